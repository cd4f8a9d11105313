"""What Canvas limits in its own documents: what its models refuse to save, and which values its converters know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.audit.lms.field_bounds import (
    Begun,
    Bound,
    Filled,
    Length,
    Matching,
    Moment,
    Networks,
    Number,
    OneOf,
    SomeOf,
    Switch,
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
_SWITCHES = {
    (
        "assessment_meta.xml",
        "quiz",
    ): "available shuffle_answers show_correct_answers one_question_at_a_time "
    "cant_go_back one_time_results anonymous_submissions could_be_locked show_correct_answers_last_attempt "
    "require_lockdown_browser require_lockdown_browser_for_results require_lockdown_browser_monitor "
    "only_visible_to_overrides",
    ("topicMeta", "topicMeta"): "pinned require_initial_post has_group_category allow_rating only_graders_can_rate "
    "sort_by_rating locked",
    ("module_meta.xml", "module"): "require_sequential_progress",
    ("module_meta.xml", "item"): "new_tab",
    ("rubrics.xml", "rubric"): "read_only reusable public hide_score_total free_form_criterion_comments",
    ("rubrics.xml", "criterion"): "ignore_for_scoring",
    ("events.xml", "event"): "all_day",
    ("files_meta.xml", "file"): "hidden locked",
    ("files_meta.xml", "folder"): "hidden locked",
    ("course_settings.xml", "default_post_policy"): "post_manually",
    ("course_settings.xml", "course"): "is_public is_public_to_auth_users public_syllabus public_syllabus_to_auth "
    "allow_student_wiki_edits allow_student_forum_attachments allow_student_organized_groups lock_all_announcements "
    "open_enrollment self_enrollment hide_final_grade grading_standard_enabled hide_distribution_graphs "
    "allow_student_discussion_topics allow_student_discussion_editing show_announcements_on_home_page",
    ("late_policy.xml", "late_policy"): "missing_submission_deduction_enabled late_submission_deduction_enabled "
    "late_submission_minimum_percent_enabled",
}
_SWITCHES_OF_WORK = (
    "peer_reviews automatic_peer_reviews anonymous_peer_reviews intra_group_peer_reviews has_group_category "
    "grade_group_students_individually omit_from_final_grade moderated_grading anonymous_grading freeze_on_copy "
    "rubric_use_for_grading rubric_hide_score_total rubric_hide_points rubric_hide_outcome_results "
    "external_tool_new_tab"
)
# What a column of whole numbers has room for.
_COLUMN = Within(-(2**31), 2**31 - 1)
_COUNTED = {
    ("assessment_meta.xml", "quiz"): "allowed_attempts time_limit",
    ("topicMeta", "topicMeta"): "position",
    ("module_meta.xml", "module"): "position requirement_count",
    ("module_meta.xml", "item"): "position indent",
    ("assignment_groups.xml", "assignmentGroup"): "position",
}
_WEB = Matching(
    re.compile(r"\s*((https?://)?[^\s/:?#@]+(:\d+)?([/?#]\S*)?\s*)?", re.IGNORECASE),
    "an address such as https://example.org/",
)
_LICENSES = ("private", "cc_by_nc_nd", "cc_by_nc_sa", "cc_by_nc", "cc_by_nd", "cc_by_sa", "cc_by", "public_domain")
_RIGHTS = ("own_copyright", "public_domain", "used_by_permission", "fair_use", "creative_commons")
_LOCALE = Matching(re.compile(r"([a-z]{2,3}([-_][A-Za-z]{2,4})?(-x-[a-z0-9]+)?)?"), "a language such as en or pt-BR")
_TITLE = Matching(re.compile(r".*\S.*", re.DOTALL), "a title")
_PICTURE = Matching(re.compile(r"\s*|\S+"), "an address without blanks")
_TOPICS = Matching(re.compile(r"(?!.*an+o?u?n).*|.*announcement.*", re.IGNORECASE | re.DOTALL), "topic or announcement")
_LONG_TEXT = 64 * 1024 - 1
# Where an assignment says how it is graded: in its own document, or in that of a quiz or a discussion.
_ASSIGNMENTS = ("assignment_settings.xml", "assessment_meta.xml", "topicMeta", "assignment")
_TITLED = (
    *((document, "assignment") for document in _ASSIGNMENTS),
    *(("assessment_meta.xml", "quiz"), ("topicMeta", "topicMeta")),
    *(("assignment_groups.xml", "assignmentGroup"), ("rubrics.xml", "rubric")),
    *(("grading_standards.xml", "gradingStandard"), ("external_feeds.xml", "externalFeed")),
    ("cartridge_basiclti_link", "cartridge_basiclti_link"),
    *(("learning_outcomes.xml", "learningOutcome"), ("learning_outcomes.xml", "learningOutcomeGroup")),
)
_ATTEMPTS = Matching(re.compile(r"\s*((-1|0*[1-9]\d{0,8})(\.\d*)?)?\s*"), "a number above 0, or -1 for any number")
_ENDINGS = Matching(re.compile(r"[\w\s.,-]*"), "a list of endings between commas")
_OF_TOPICS = ("posted_at", "delayed_post_at", "lock_at", "todo_date")
_VALUES: tuple[tuple[str, str, str, Bound, Effect, str], ...] = (
    *(
        (one, "assignment", "grading_type", OneOf(GRADING_TYPES, exact=True), Effect.LEFT_OUT, _MODELS)
        for one in _ASSIGNMENTS
    ),
    *(
        (one, "assignment", "submission_types", SomeOf(_SUBMISSIONS, exact=True), Effect.IGNORED, _MODELS)
        for one in _ASSIGNMENTS
    ),
    *((one, "assignment", "external_tool_url", _WEB, Effect.LEFT_OUT, _MODELS) for one in _ASSIGNMENTS),
    *((one, "assignment", "position", _COLUMN, Effect.LEFT_OUT, _MODELS) for one in _ASSIGNMENTS),
    *((one, "assignment", "peer_review_count", _COLUMN, Effect.LEFT_OUT, _MODELS) for one in _ASSIGNMENTS),
    *((*place, name, _COLUMN, Effect.LEFT_OUT, _MODELS) for place, names in _COUNTED.items() for name in names.split()),
    *((one, "assignment", "points_possible", Begun(), Effect.BEGUN, _CONVERTERS) for one in _ASSIGNMENTS),
    *((one, "assignment", "points_possible", Within(least=0), Effect.NOUGHT, _MODELS) for one in _ASSIGNMENTS),
    *((one, "assignment", "points_possible", Within(most=2e9), Effect.LEFT_OUT, _MODELS) for one in _ASSIGNMENTS),
    *(
        (one, "assignment", "workflow_state", OneOf(_STATES["assignment"], exact=True), Effect.HIDDEN, _CONVERTERS)
        for one in _ASSIGNMENTS
    ),
    (
        *("assessment_meta.xml", "quiz", "quiz_type"),
        OneOf(("assignment", "practice_quiz", "graded_survey", "survey"), exact=True),
        *(Effect.LEFT_OUT, _MODELS),
    ),
    (
        *("assessment_meta.xml", "quiz", "hide_results"),
        OneOf(("always", "until_after_last_attempt", "until_after_due_date", "until_after_available_date"), exact=True),
        *(Effect.LEFT_OUT, _MODELS),
    ),
    (
        *("assessment_meta.xml", "quiz", "scoring_policy"),
        OneOf(("keep_highest", "keep_latest", "keep_average"), exact=True),
        *(Effect.IGNORED, _MODELS),
    ),
    *(
        ("assessment_meta.xml", "quiz", name, Begun(), Effect.BEGUN, _CONVERTERS)
        for name in ("time_limit", "points_possible")
    ),
    ("assessment_meta.xml", "quiz", "ip_filter", Networks(), Effect.LEFT_OUT, _MODELS),
    *((one, "assignment", "allowed_attempts", _ATTEMPTS, Effect.LEFT_OUT, _MODELS) for one in _ASSIGNMENTS),
    *((one, "assignment", "allowed_extensions", _ENDINGS, Effect.IGNORED, _MODELS) for one in _ASSIGNMENTS),
    *((one, "assignment", "peer_review_count", Begun(), Effect.BEGUN, _CONVERTERS) for one in _ASSIGNMENTS),
    ("assessment_meta.xml", "quiz", "allowed_attempts", _ATTEMPTS, Effect.CLOSES, _MODELS),
    ("assessment_meta.xml", "quiz", "time_limit", Within(least=0), Effect.CLOSES, _MODELS),
    ("assessment_meta.xml", "quiz", "points_possible", Within(most=2e9), Effect.LEFT_OUT, _MODELS),
    ("module_meta.xml", "module", "title", Filled(), Effect.BORROWED, _CONVERTERS),
    ("module_meta.xml", "module", "workflow_state", There(), Effect.BORROWED, _CONVERTERS),
    ("assignment_settings.xml", "assignment", "title", There(), Effect.DEFAULT, _MODELS),
    ("assignment_settings.xml", "assignment", "title", _TITLE, Effect.DEFAULT, _MODELS),
    ("topicMeta", "topicMeta", "title", There(), Effect.DEFAULT, _MODELS),
    ("topicMeta", "topicMeta", "title", _TITLE, Effect.TAKEN, _MODELS),
    ("assignment_settings.xml", "assignment", "submission_types", Filled(), Effect.TAKES_NOTHING, _MODELS),
    ("module_meta.xml", "module", "requirement_count", Begun(), Effect.BEGUN, _CONVERTERS),
    ("module_meta.xml", "module", "requirement_count", Within(least=0), Effect.IGNORED, _CONVERTERS),
    ("learning_outcomes.xml", "learningOutcome", "title", Filled(), Effect.LEFT_OUT, _MODELS),
    ("learning_outcomes.xml", "learningOutcomeGroup", "title", Filled(), Effect.LEFT_OUT, _MODELS),
    ("learning_outcomes.xml", "learningOutcome", "points_possible", Begun(), Effect.BEGUN, _CONVERTERS),
    ("learning_outcomes.xml", "rating", "points", Begun(), Effect.BEGUN, _CONVERTERS),
    ("rubrics.xml", "rubric", "points_possible", Begun(), Effect.BEGUN, _CONVERTERS),
    ("rubrics.xml", "rating", "points", Begun(), Effect.BEGUN, _CONVERTERS),
    ("rubrics.xml", "rating", "points", Filled(), Effect.EMPTY, _CONVERTERS),
    ("assignment_groups.xml", "assignmentGroup", "group_weight", Within(least=0), Effect.TAKEN, _CONVERTERS),
    ("assignment_groups.xml", "rule", "drop_count", Begun(), Effect.BEGUN, _CONVERTERS),
    ("cartridge_basiclti_link", "cartridge_basiclti_link", "title", Filled(), Effect.LEFT_OUT, _MODELS),
    ("events.xml", "event", "title", Length(LONGEST), Effect.LEFT_OUT, _MODELS),
    *(("events.xml", "event", name, Moment(), Effect.IGNORED, _CONVERTERS) for name in ("start_at", "end_at")),
    *(("topicMeta", "topicMeta", name, Moment(), Effect.IGNORED, _CONVERTERS) for name in _OF_TOPICS),
    *(
        ("assessment_meta.xml", "quiz", name, Moment(), Effect.IGNORED, _CONVERTERS)
        for name in ("show_correct_answers_at", "hide_correct_answers_at")
    ),
    *(
        (*place, name, Switch(), Effect.MISREAD, _CONVERTERS)
        for place, names in _SWITCHES.items()
        for name in names.split()
    ),
    *(
        (one, "assignment", name, Switch(), Effect.MISREAD, _CONVERTERS)
        for one in _ASSIGNMENTS
        for name in _SWITCHES_OF_WORK.split()
    ),
    *(
        (*place, name, Moment(), Effect.IGNORED, _CONVERTERS)
        for place in (*((one, "assignment") for one in _ASSIGNMENTS), ("assessment_meta.xml", "quiz"))
        for name in ("due_at", "lock_at", "unlock_at")
    ),
    ("rubrics.xml", "criterion", "points", Begun(), Effect.BEGUN, _CONVERTERS),
    ("rubrics.xml", "criterion", "points", Within(least=0), Effect.TAKEN, _CONVERTERS),
    ("assignment_groups.xml", "assignmentGroup", "group_weight", Begun(), Effect.BEGUN, _CONVERTERS),
    (
        *("assignment_groups.xml", "rule", "drop_type"),
        OneOf(("drop_lowest", "drop_highest", "never_drop"), exact=True),
        *(Effect.IGNORED, _MODELS),
    ),
    ("learning_outcomes.xml", "learningOutcome", "mastery_points", Begun(), Effect.BEGUN, _CONVERTERS),
    ("module_meta.xml", "module", "unlock_at", Moment(), Effect.IGNORED, _CONVERTERS),
    (
        "course_settings.xml",
        "course",
        "group_weighting_scheme",
        OneOf(("equal", "percent"), exact=True),
        Effect.IGNORED,
        _MODELS,
    ),
    ("module_meta.xml", "module", "workflow_state", OneOf(_STATES["module"], exact=True), Effect.IGNORED, _CONVERTERS),
    ("module_meta.xml", "item", "workflow_state", OneOf(_STATES["item"], exact=True), Effect.HIDDEN, _CONVERTERS),
    ("topicMeta", "topicMeta", "workflow_state", OneOf(_STATES["topicMeta"], exact=True), Effect.HIDDEN, _CONVERTERS),
    ("topicMeta", "topicMeta", "type", _TOPICS, Effect.IGNORED, _CONVERTERS),
    (
        *("topicMeta", "topicMeta", "discussion_type"),
        OneOf(("side_comment", "threaded", "flat", "not_threaded"), exact=True),
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
            ),
            exact=True,
        ),
        *(Effect.LEFT_OUT, _MODELS),
    ),
    (
        *("course_settings.xml", "course", "default_view"),
        OneOf(("feed", "wiki", "modules", "assignments", "syllabus"), exact=True),
        *(Effect.FAILS, _MODELS),
    ),
    ("course_settings.xml", "course", "locale", _LOCALE, Effect.FAILS, _MODELS),
    *(
        ("course_settings.xml", "course", name, _PICTURE, Effect.FAILS, _MODELS)
        for name in ("image_url", "banner_image_url")
    ),
    *(
        ("course_settings.xml", "course", name, Begun(), Effect.BEGUN, _CONVERTERS)
        for name in ("home_page_announcement_limit", "storage_quota")
    ),
    ("topicMeta", "topicMeta", "workflow_state", There(), Effect.BORROWED, _CONVERTERS),
    *(
        ("rubrics.xml", "criterion", name, There(), Effect.BORROWED, _CONVERTERS)
        for name in ("criterion_id", "description", "points")
    ),
    *(
        ("late_policy.xml", "late_policy", name, bound, Effect.FAILS, _MODELS)
        for name in ("missing_submission_deduction", "late_submission_deduction", "late_submission_minimum_percent")
        for bound in (Filled(), Number(), Within(0, 100))
    ),
    *(
        ("late_policy.xml", "late_policy", name, There(), Effect.FAILS, _MODELS)
        for name in _SWITCHES["late_policy.xml", "late_policy"].split()
    ),
    *(
        ("late_policy.xml", "late_policy", "late_submission_interval", bound, Effect.FAILS, _MODELS)
        for bound in (Filled(), OneOf(("day", "hour"), exact=True))
    ),
    *(
        ("external_feeds.xml", "externalFeed", "url", bound, Effect.LEFT_OUT, _MODELS)
        for bound in (Filled(), _WEB, Length(LONGEST))
    ),
    (
        "external_feeds.xml",
        "externalFeed",
        "verbosity",
        OneOf(("full", "link_only", "truncate")),
        Effect.IGNORED,
        _MODELS,
    ),
    ("assignment_groups.xml", "rule", "drop_count", Within(least=0), Effect.IGNORED, _CONVERTERS),
    ("grading_standards.xml", "gradingStandard", "@version", There(), Effect.IGNORED, _CONVERTERS),
    ("grading_standards.xml", "gradingStandard", "@version", OneOf(("1", "2")), Effect.LEFT_OUT, _CONVERTERS),
    (
        *("media_tracks.xml", "track", "@kind"),
        OneOf(("subtitles", "captions", "descriptions", "chapters", "metadata"), exact=True),
        *(Effect.LEFT_OUT, _MODELS),
    ),
    *(
        ("media_tracks.xml", "track", "@locale", bound, Effect.LEFT_OUT, _MODELS)
        for bound in (There(), Matching(re.compile("[A-Za-z-]+"), "a language such as en or pt-BR"))
    ),
    ("media_tracks.xml", "track", "@kind", There(), Effect.LEFT_OUT, _MODELS),
    ("files_meta.xml", "usage_rights", "@use_justification", OneOf(_RIGHTS, exact=True), Effect.LEFT_OUT, _MODELS),
    ("files_meta.xml", "usage_rights", "@use_justification", There(), Effect.LEFT_OUT, _MODELS),
    ("files_meta.xml", "usage_rights", "license", OneOf(_LICENSES, exact=True), Effect.LEFT_OUT, _MODELS),
    *(("files_meta.xml", "file", name, Moment(), Effect.IGNORED, _CONVERTERS) for name in ("unlock_at", "lock_at")),
    *(
        ("learning_outcomes.xml", one, "description", Length(_LONG_TEXT), Effect.LEFT_OUT, _MODELS)
        for one in ("learningOutcome", "learningOutcomeGroup")
    ),
    ("rubrics.xml", "rubric", "description", Length(_LONG_TEXT), Effect.LEFT_OUT, _MODELS),
    ("rubrics.xml", "criterion", "mastery_points", Begun(), Effect.BEGUN, _CONVERTERS),
)


def _limits() -> Iterator[Limit]:
    for document, element in _TITLED:
        yield Limit(document, element, "title", Length(LONGEST), Effect.LEFT_OUT, _MODELS)
    for value in _VALUES:
        yield Limit(*value)


WORK, FILE = "assignment", "file"
"""Stand for whatever is graded, wherever that is said, and for the files of the course."""
# What must lead somewhere: a field of an element in a document, to an element of another document of settings by its
# identifier, or where that is none, to a resource, to a file of the course, or to whatever is graded.
REFERENCES = (
    ("course_settings.xml", "course", "image_identifier_ref", "", FILE),
    ("course_settings.xml", "course", "banner_image_identifier_ref", "", FILE),
    ("course_settings.xml", "course", "grading_standard_identifier_ref", "grading_standards.xml", "gradingStandard"),
    ("assignment_groups.xml", "rule", "identifierref", "", WORK),
    ("learning_outcomes.xml", "alignment", "content_id", "", WORK),
    ("media_tracks.xml", "media", "@identifierref", "", FILE),
    ("media_tracks.xml", "track", "@identifierref", "", FILE),
    ("rubrics.xml", "criterion", "learning_outcome_identifierref", "learning_outcomes.xml", "learningOutcome"),
    *(
        (one, "assignment", "grading_standard_identifierref", "grading_standards.xml", "gradingStandard")
        for one in _ASSIGNMENTS
    ),
    *((one, "assignment", "external_tool_identifierref", "", "") for one in _ASSIGNMENTS),
    ("topicMeta", "topicMeta", "attachment_identifierref", "", FILE),
    ("topicMeta", "topicMeta", "external_feed_identifierref", "external_feeds.xml", "externalFeed"),
)

TABLE = LimitTable(
    "Canvas",
    ("a public copy of its importer of 2026, converters run on Ruby 3.1", "QTIMigrationTool of 2022"),
    _SOURCES,
    tuple(_limits()),
)
"""What Canvas limits in the documents of its own cartridges."""
