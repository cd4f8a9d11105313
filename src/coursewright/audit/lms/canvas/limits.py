"""What Canvas limits in its own documents: what its models refuse to save, and which values its converters know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.audit.lms.field_bounds import (
    Bound,
    Filled,
    Length,
    Matching,
    Moment,
    Networks,
    Number,
    OneOf,
    SomeOf,
    There,
    Within,
)
from coursewright.audit.lms.limits import Effect, Limit, LimitTable

_MODELS, _CONVERTERS = "models", "converters"
_SOURCES = {
    _MODELS: "what its models refuse to save, by their source; the import goes on without the thing",
    _CONVERTERS: "its converters of cartridges, run on packages with the value, and its importers, by their source",
}
LONGEST = 255
"""The characters of a title."""
GRADING_TYPES = ("points", "percent", "letter_grade", "gpa_scale", "pass_fail", "not_graded")
_SUBMISSIONS = (
    *("online_text_entry", "online_url", "online_upload", "online_quiz", "media_recording", "student_annotation"),
    *("on_paper", "none", "not_graded", "external_tool", "basic_lti_launch", "discussion_topic", "wiki_page"),
    *("attendance", "ams"),
)
_STATES = {
    "assignment": ("published", "unpublished"),
    "item": ("active", "published", "unpublished", "deleted"),
    "topicMeta": ("active", "unpublished", "post_delayed", "locked", "deleted"),
    "module": ("active", "unpublished", "locked", "unlocked", "deleted"),
}
_YES_OR_NO = OneOf(("true", "false", "1", "0", "yes", "no"))
_SWITCHES = {
    (
        "assessment_meta.xml",
        "quiz",
    ): "available shuffle_answers show_correct_answers one_question_at_a_time cant_go_back "
    "one_time_results anonymous_submissions could_be_locked show_correct_answers_last_attempt",
    ("topicMeta", "topicMeta"): "pinned require_initial_post has_group_category allow_rating",
    ("module_meta.xml", "module"): "require_sequential_progress",
    ("module_meta.xml", "item"): "new_tab",
    ("rubrics.xml", "rubric"): "read_only reusable public hide_score_total free_form_criterion_comments",
}
_SWITCHES_OF_WORK = (
    "peer_reviews has_group_category omit_from_final_grade rubric_use_for_grading rubric_hide_score_total"
)
# Where an assignment says how it is graded: in its own document, or in that of a quiz or a discussion.
_ASSIGNMENTS = ("assignment_settings.xml", "assessment_meta.xml", "topicMeta", "assignment")
_TITLED = (
    *((document, "assignment") for document in _ASSIGNMENTS),
    *(("assessment_meta.xml", "quiz"), ("topicMeta", "topicMeta"), ("module_meta.xml", "module")),
    *(("assignment_groups.xml", "assignmentGroup"), ("rubrics.xml", "rubric")),
    ("cartridge_basiclti_link", "cartridge_basiclti_link"),
    *(("learning_outcomes.xml", "learningOutcome"), ("learning_outcomes.xml", "learningOutcomeGroup")),
)
_ATTEMPTS = Matching(re.compile(r"\s*(-1|0*[1-9]\d{0,8})?\s*"), "a number above 0, or -1 for any number")
_ENDINGS = Matching(re.compile(r"[\w\s.,*-]*"), "a list of endings between commas")
_OF_TOPICS = ("posted_at", "delayed_post_at", "lock_at", "todo_date")
_VALUES: tuple[tuple[str, str, str, Bound, Effect, str], ...] = (
    *((one, "assignment", "grading_type", OneOf(GRADING_TYPES), Effect.LEFT_OUT, _MODELS) for one in _ASSIGNMENTS),
    *((one, "assignment", "submission_types", SomeOf(_SUBMISSIONS), Effect.IGNORED, _MODELS) for one in _ASSIGNMENTS),
    *((one, "assignment", "points_possible", Number(), Effect.IGNORED, _CONVERTERS) for one in _ASSIGNMENTS),
    *((one, "assignment", "points_possible", Within(least=0), Effect.TAKEN, _MODELS) for one in _ASSIGNMENTS),
    *((one, "assignment", "points_possible", Within(most=2e9), Effect.LEFT_OUT, _MODELS) for one in _ASSIGNMENTS),
    *(
        (one, "assignment", "workflow_state", OneOf(_STATES["assignment"]), Effect.HIDDEN, _CONVERTERS)
        for one in _ASSIGNMENTS
    ),
    (
        *("assessment_meta.xml", "quiz", "quiz_type"),
        OneOf(("assignment", "practice_quiz", "graded_survey", "survey")),
        *(Effect.LEFT_OUT, _MODELS),
    ),
    (
        *("assessment_meta.xml", "quiz", "hide_results"),
        OneOf(("always", "until_after_last_attempt", "until_after_due_date", "until_after_available_date")),
        *(Effect.LEFT_OUT, _MODELS),
    ),
    (
        *("assessment_meta.xml", "quiz", "scoring_policy"),
        OneOf(("keep_highest", "keep_latest", "keep_average")),
        *(Effect.IGNORED, _MODELS),
    ),
    *(
        ("assessment_meta.xml", "quiz", name, Number(), Effect.IGNORED, _CONVERTERS)
        for name in ("allowed_attempts", "time_limit", "points_possible")
    ),
    ("assessment_meta.xml", "quiz", "ip_filter", Networks(), Effect.LEFT_OUT, _MODELS),
    *((one, "assignment", "allowed_attempts", _ATTEMPTS, Effect.LEFT_OUT, _MODELS) for one in _ASSIGNMENTS),
    *((one, "assignment", "allowed_extensions", _ENDINGS, Effect.IGNORED, _MODELS) for one in _ASSIGNMENTS),
    *((one, "assignment", "peer_review_count", Number(), Effect.IGNORED, _CONVERTERS) for one in _ASSIGNMENTS),
    ("assessment_meta.xml", "quiz", "allowed_attempts", Within(least=-1), Effect.CLOSES, _MODELS),
    ("assessment_meta.xml", "quiz", "time_limit", Within(least=0), Effect.CLOSES, _MODELS),
    ("assessment_meta.xml", "quiz", "points_possible", Within(most=2e9), Effect.LEFT_OUT, _MODELS),
    ("module_meta.xml", "module", "title", Filled(), Effect.BORROWED, _CONVERTERS),
    ("module_meta.xml", "module", "workflow_state", There(), Effect.BORROWED, _CONVERTERS),
    ("assignment_settings.xml", "assignment", "submission_types", Filled(), Effect.TAKES_NOTHING, _MODELS),
    ("module_meta.xml", "module", "requirement_count", Number(), Effect.IGNORED, _CONVERTERS),
    ("module_meta.xml", "module", "requirement_count", Within(least=0), Effect.IGNORED, _CONVERTERS),
    ("learning_outcomes.xml", "learningOutcome", "title", Filled(), Effect.LEFT_OUT, _MODELS),
    ("learning_outcomes.xml", "learningOutcomeGroup", "title", Filled(), Effect.LEFT_OUT, _MODELS),
    ("learning_outcomes.xml", "learningOutcome", "points_possible", Number(), Effect.IGNORED, _CONVERTERS),
    ("learning_outcomes.xml", "rating", "points", Number(), Effect.IGNORED, _CONVERTERS),
    ("rubrics.xml", "rubric", "points_possible", Number(), Effect.IGNORED, _CONVERTERS),
    ("rubrics.xml", "rating", "points", Number(), Effect.IGNORED, _CONVERTERS),
    ("assignment_groups.xml", "assignmentGroup", "group_weight", Within(least=0), Effect.TAKEN, _CONVERTERS),
    ("assignment_groups.xml", "rule", "drop_count", Number(), Effect.IGNORED, _CONVERTERS),
    ("cartridge_basiclti_link", "cartridge_basiclti_link", "title", Filled(), Effect.LEFT_OUT, _MODELS),
    ("events.xml", "event", "title", Length(LONGEST), Effect.LEFT_OUT, _MODELS),
    *(("events.xml", "event", name, Moment(), Effect.IGNORED, _CONVERTERS) for name in ("start_at", "end_at")),
    *(("topicMeta", "topicMeta", name, Moment(), Effect.IGNORED, _CONVERTERS) for name in _OF_TOPICS),
    *(
        ("assessment_meta.xml", "quiz", name, Moment(), Effect.IGNORED, _CONVERTERS)
        for name in ("show_correct_answers_at", "hide_correct_answers_at")
    ),
    *(
        (*place, name, _YES_OR_NO, Effect.MISREAD, _CONVERTERS)
        for place, names in _SWITCHES.items()
        for name in names.split()
    ),
    *(
        (one, "assignment", name, _YES_OR_NO, Effect.MISREAD, _CONVERTERS)
        for one in _ASSIGNMENTS
        for name in _SWITCHES_OF_WORK.split()
    ),
    *(
        (*place, name, Moment(), Effect.IGNORED, _CONVERTERS)
        for place in (*((one, "assignment") for one in _ASSIGNMENTS), ("assessment_meta.xml", "quiz"))
        for name in ("due_at", "lock_at", "unlock_at")
    ),
    ("rubrics.xml", "criterion", "points", Number(), Effect.IGNORED, _CONVERTERS),
    ("rubrics.xml", "criterion", "points", Within(least=0), Effect.TAKEN, _CONVERTERS),
    ("assignment_groups.xml", "assignmentGroup", "group_weight", Number(), Effect.IGNORED, _CONVERTERS),
    (
        *("assignment_groups.xml", "rule", "drop_type"),
        OneOf(("drop_lowest", "drop_highest", "never_drop")),
        *(Effect.IGNORED, _MODELS),
    ),
    ("learning_outcomes.xml", "learningOutcome", "mastery_points", Number(), Effect.IGNORED, _CONVERTERS),
    ("module_meta.xml", "module", "unlock_at", Moment(), Effect.IGNORED, _CONVERTERS),
    ("course_settings.xml", "course", "group_weighting_scheme", OneOf(("equal", "percent")), Effect.IGNORED, _MODELS),
    ("module_meta.xml", "module", "workflow_state", OneOf(_STATES["module"]), Effect.IGNORED, _CONVERTERS),
    ("module_meta.xml", "item", "workflow_state", OneOf(_STATES["item"]), Effect.HIDDEN, _CONVERTERS),
    ("topicMeta", "topicMeta", "workflow_state", OneOf(_STATES["topicMeta"]), Effect.HIDDEN, _CONVERTERS),
    ("topicMeta", "topicMeta", "type", OneOf(("topic", "announcement")), Effect.IGNORED, _CONVERTERS),
    (
        *("topicMeta", "topicMeta", "discussion_type"),
        OneOf(("side_comment", "threaded", "flat", "not_threaded")),
        *(Effect.LEFT_OUT, _MODELS),
    ),
    (
        *("learning_outcomes.xml", "learningOutcome", "calculation_method"),
        OneOf(
            (
                "decaying_average",
                "n_mastery",
                "highest",
                "latest",
                "average",
                "weighted_average",
                "standard_decaying_average",
            )
        ),
        *(Effect.LEFT_OUT, _MODELS),
    ),
    (
        *("course_settings.xml", "course", "default_view"),
        OneOf(("feed", "wiki", "modules", "assignments", "syllabus")),
        *(Effect.IGNORED, _MODELS),
    ),
)


def _limits() -> Iterator[Limit]:
    for document, element in _TITLED:
        yield Limit(document, element, "title", Length(LONGEST), Effect.LEFT_OUT, _MODELS)
    for value in _VALUES:
        yield Limit(*value)


# What must lead somewhere: a field of an element in a document, to an element of another document of settings by its
# identifier, or where that is none, to a resource.
REFERENCES = (
    ("course_settings.xml", "course", "image_identifier_ref", "", ""),
    ("rubrics.xml", "criterion", "learning_outcome_identifierref", "learning_outcomes.xml", "learningOutcome"),
    *(
        (one, "assignment", "grading_standard_identifierref", "grading_standards.xml", "gradingStandard")
        for one in _ASSIGNMENTS
    ),
    *((one, "assignment", "external_tool_identifierref", "", "") for one in _ASSIGNMENTS),
    ("topicMeta", "topicMeta", "attachment_identifierref", "", ""),
)

TABLE = LimitTable(
    "Canvas",
    ("a public copy of its importer of 2026, converters run on Ruby 3.1", "QTIMigrationTool of 2022"),
    _SOURCES,
    tuple(_limits()),
)
"""What Canvas limits in the documents of its own cartridges."""
