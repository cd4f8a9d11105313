"""What Canvas limits in its own documents: what its models refuse to save, and which values its converters know."""

from __future__ import annotations

import re

from coursewright.audit.lms.canvas.consequences import LONGEST
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
_MEANT = re.IGNORECASE | re.DOTALL
_WEB = Matching(
    re.compile(r"\s*((https?://)?[^\s/:?#@]+(:\d+)?([/?#]\S*)?\s*)?", re.IGNORECASE),
    "an address such as https://example.org/",
)
_LOCALE = Matching(re.compile(r"([a-z]{2,3}([-_][A-Za-z]{2,4})?(-x-[a-z0-9]+)?)?"), "a language such as en or pt-BR")
_LANGUAGE = Matching(re.compile("[A-Za-z-]+"), "a language such as en or pt-BR")
_TITLE = Matching(re.compile(r".*\S.*", re.DOTALL), "a title")
_PICTURE = Matching(re.compile(r"\s*|\S+"), "an address without blanks")
_TOPICS = Matching(re.compile(r"(?!.*an+o?u?n).*|.*announcement.*", _MEANT), "topic or announcement")
_ATTEMPTS = Matching(re.compile(r"\s*((-1|0*[1-9]\d{0,8})(\.\d*)?)?\s*"), "a number above 0, or -1 for any number")
_ENDINGS = Matching(re.compile(r"[\w\s.,-]*"), "a list of endings between commas")
_COLUMN = Within(-(2**31), 2**31 - 1)  # what a column of whole numbers has room for
_NAME, _LONG_TEXT = Length(LONGEST), Length(64 * 1024 - 1)
_NOT_NEGATIVE, _ROOM = Within(least=0), Within(most=2e9)


def _words(text: str) -> OneOf:
    """Return that a value is one of some words, to the letter."""
    return OneOf(tuple(text.split()), exact=True)


_SUBMISSIONS = (
    "online_text_entry online_url online_upload online_quiz media_recording student_annotation on_paper none "
    "not_graded external_tool basic_lti_launch discussion_topic wiki_page attendance ams"
)
_SWITCHES_OF_WORK = (
    "peer_reviews automatic_peer_reviews anonymous_peer_reviews intra_group_peer_reviews has_group_category "
    "grade_group_students_individually omit_from_final_grade moderated_grading anonymous_grading freeze_on_copy "
    "rubric_use_for_grading rubric_hide_score_total rubric_hide_points rubric_hide_outcome_results "
    "external_tool_new_tab"
)
_SWITCHES_OF_QUIZZES = (
    "available shuffle_answers show_correct_answers one_question_at_a_time cant_go_back one_time_results "
    "anonymous_submissions could_be_locked show_correct_answers_last_attempt require_lockdown_browser "
    "require_lockdown_browser_for_results require_lockdown_browser_monitor only_visible_to_overrides"
)
_SWITCHES_OF_COURSES = (
    "is_public is_public_to_auth_users public_syllabus public_syllabus_to_auth allow_student_wiki_edits "
    "allow_student_forum_attachments allow_student_organized_groups lock_all_announcements open_enrollment "
    "self_enrollment hide_final_grade grading_standard_enabled hide_distribution_graphs "
    "allow_student_discussion_topics allow_student_discussion_editing show_announcements_on_home_page"
)
_SWITCHES_OF_LATE_WORK = (
    "missing_submission_deduction_enabled late_submission_deduction_enabled late_submission_minimum_percent_enabled"
)
_SWITCHES_OF_RUBRICS = "read_only reusable public hide_score_total free_form_criterion_comments"
_SWITCHES_OF_TOPICS = (
    "pinned require_initial_post has_group_category allow_rating only_graders_can_rate sort_by_rating locked"
)
_DEDUCTIONS = "missing_submission_deduction late_submission_deduction late_submission_minimum_percent"
_METHODS = "decaying_average n_mastery highest latest average weighted_average standard_decaying_average"
_RESULTS = "always until_after_last_attempt until_after_due_date until_after_available_date"
_RIGHTS = "own_copyright public_domain used_by_permission fair_use creative_commons"
_LICENSES = "private cc_by_nc_nd cc_by_nc_sa cc_by_nc cc_by_nd cc_by_sa cc_by public_domain"

_Row = tuple[str, Bound, Effect, str]
_REFUSED, _BROKEN, _UNSAVED = (Effect.LEFT_OUT, _MODELS), (Effect.FAILS, _MODELS), (Effect.IGNORED, _MODELS)
_PASSED_OVER, _HIDDEN = (Effect.IGNORED, _CONVERTERS), (Effect.HIDDEN, _CONVERTERS)
_BORROWED, _AS_IT_IS = (Effect.BORROWED, _CONVERTERS), (Effect.TAKEN, _CONVERTERS)
_BEGUN, _SHUT = (Begun(), Effect.BEGUN, _CONVERTERS), (Effect.CLOSES, _MODELS)
_SWITCH, _MOMENT = (Switch(), Effect.MISREAD, _CONVERTERS), (Moment(), *_PASSED_OVER)
# Where an assignment says how it is graded: in its own document, or in that of a quiz or a discussion.
_OF_WORK = "assignment_settings.xml assessment_meta.xml topicMeta assignment"


def _rows(documents: str, elements: str, *rows: _Row) -> tuple[Limit, ...]:
    """Return the limits of elements in documents: each row is of one or several fields."""
    return tuple(
        Limit(document, element, field, bound, effect, source)
        for document in documents.split()
        for element in elements.split()
        for fields, bound, effect, source in rows
        for field in fields.split()
    )


_LIMITS = (
    *_rows(
        *(_OF_WORK, "assignment"),
        ("title", _NAME, *_REFUSED),
        ("grading_type", _words("points percent letter_grade gpa_scale pass_fail not_graded"), *_REFUSED),
        ("submission_types", SomeOf(tuple(_SUBMISSIONS.split()), exact=True), *_UNSAVED),
        ("external_tool_url", _WEB, *_REFUSED),
        ("position peer_review_count", _COLUMN, *_REFUSED),
        ("points_possible", *_BEGUN),
        ("points_possible", _NOT_NEGATIVE, Effect.NOUGHT, _MODELS),
        ("points_possible", _ROOM, *_REFUSED),
        ("workflow_state", _words("published unpublished"), *_HIDDEN),
        ("allowed_attempts", _ATTEMPTS, *_REFUSED),
        ("allowed_extensions", _ENDINGS, *_UNSAVED),
        ("peer_review_count", *_BEGUN),
    ),
    *_rows(
        *("assignment_settings.xml", "assignment"),
        ("title", There(), Effect.DEFAULT, _MODELS),
        ("title", _TITLE, Effect.DEFAULT, _MODELS),
        ("submission_types", Filled(), Effect.TAKES_NOTHING, _MODELS),
    ),
    *_rows(_OF_WORK, "assignment", (_SWITCHES_OF_WORK, *_SWITCH), ("due_at lock_at unlock_at", *_MOMENT)),
    *_rows(
        *("assessment_meta.xml", "quiz"),
        ("title", _NAME, *_REFUSED),
        ("allowed_attempts time_limit", _COLUMN, *_REFUSED),
        ("quiz_type", _words("assignment practice_quiz graded_survey survey"), *_REFUSED),
        ("hide_results", _words(_RESULTS), *_REFUSED),
        ("scoring_policy", _words("keep_highest keep_latest keep_average"), *_UNSAVED),
        ("time_limit points_possible", *_BEGUN),
        ("ip_filter", Networks(), *_REFUSED),
        ("allowed_attempts", _ATTEMPTS, *_SHUT),
        ("time_limit", _NOT_NEGATIVE, *_SHUT),
        ("points_possible", _ROOM, *_REFUSED),
        ("show_correct_answers_at hide_correct_answers_at", *_MOMENT),
        (_SWITCHES_OF_QUIZZES, *_SWITCH),
        ("due_at lock_at unlock_at", *_MOMENT),
    ),
    *_rows(
        *("topicMeta", "topicMeta"),
        ("title", _NAME, *_REFUSED),
        ("position", _COLUMN, *_REFUSED),
        ("title", There(), Effect.DEFAULT, _MODELS),
        ("title", _TITLE, Effect.TAKEN, _MODELS),
        ("posted_at delayed_post_at lock_at todo_date", *_MOMENT),
        (_SWITCHES_OF_TOPICS, *_SWITCH),
        ("workflow_state", _words("active unpublished post_delayed locked deleted"), *_HIDDEN),
        ("type", _TOPICS, *_PASSED_OVER),
        ("discussion_type", _words("side_comment threaded flat not_threaded"), *_REFUSED),
        ("workflow_state", There(), *_BORROWED),
    ),
    *_rows(
        *("module_meta.xml", "module"),
        ("position requirement_count", _COLUMN, *_REFUSED),
        ("title", Filled(), *_BORROWED),
        ("workflow_state", There(), *_BORROWED),
        ("requirement_count", *_BEGUN),
        ("requirement_count", _NOT_NEGATIVE, *_PASSED_OVER),
        ("require_sequential_progress", *_SWITCH),
        ("unlock_at", *_MOMENT),
        ("workflow_state", _words("active unpublished locked unlocked deleted"), *_PASSED_OVER),
    ),
    *_rows(
        *("module_meta.xml", "item"),
        ("position indent", _COLUMN, *_REFUSED),
        ("new_tab", *_SWITCH),
        ("workflow_state", _words("active published unpublished deleted"), *_HIDDEN),
    ),
    *_rows(
        *("assignment_groups.xml", "assignmentGroup"),
        ("title", _NAME, *_REFUSED),
        ("position", _COLUMN, *_REFUSED),
        ("group_weight", _NOT_NEGATIVE, *_AS_IT_IS),
        ("group_weight", *_BEGUN),
    ),
    *_rows(
        *("assignment_groups.xml", "rule"),
        ("drop_count", *_BEGUN),
        ("drop_type", _words("drop_lowest drop_highest never_drop"), *_UNSAVED),
        ("drop_count", _NOT_NEGATIVE, *_PASSED_OVER),
    ),
    *_rows(
        *("rubrics.xml", "rubric"),
        ("title", _NAME, *_REFUSED),
        ("points_possible", *_BEGUN),
        (_SWITCHES_OF_RUBRICS, *_SWITCH),
        ("description", _LONG_TEXT, *_REFUSED),
    ),
    *_rows(
        *("rubrics.xml", "criterion"),
        ("ignore_for_scoring", *_SWITCH),
        ("points", *_BEGUN),
        ("points", _NOT_NEGATIVE, *_AS_IT_IS),
        ("criterion_id description points", There(), *_BORROWED),
        ("mastery_points", *_BEGUN),
    ),
    *_rows("rubrics.xml", "rating", ("points", *_BEGUN), ("points", Filled(), Effect.EMPTY, _CONVERTERS)),
    *_rows(
        *("grading_standards.xml", "gradingStandard"),
        ("title", _NAME, *_REFUSED),
        ("@version", There(), *_PASSED_OVER),
        ("@version", OneOf(("1", "2")), Effect.LEFT_OUT, _CONVERTERS),
    ),
    *_rows(
        *("external_feeds.xml", "externalFeed"),
        ("title", _NAME, *_REFUSED),
        ("url", Filled(), *_REFUSED),
        ("url", _WEB, *_REFUSED),
        ("url", _NAME, *_REFUSED),
        ("verbosity", OneOf(("full", "link_only", "truncate")), *_UNSAVED),
    ),
    *_rows(
        "cartridge_basiclti_link",
        "cartridge_basiclti_link",
        ("title", _NAME, *_REFUSED),
        ("title", Filled(), *_REFUSED),
    ),
    *_rows(
        *("learning_outcomes.xml", "learningOutcome learningOutcomeGroup"),
        ("title", _NAME, *_REFUSED),
        ("title", Filled(), *_REFUSED),
    ),
    *_rows(
        *("learning_outcomes.xml", "learningOutcome"),
        ("points_possible mastery_points", *_BEGUN),
        ("calculation_method", _words(_METHODS), *_REFUSED),
    ),
    *_rows("learning_outcomes.xml", "learningOutcome learningOutcomeGroup", ("description", _LONG_TEXT, *_REFUSED)),
    *_rows("learning_outcomes.xml", "rating", ("points", *_BEGUN)),
    *_rows("events.xml", "event", ("title", _NAME, *_REFUSED), ("start_at end_at", *_MOMENT), ("all_day", *_SWITCH)),
    *_rows("files_meta.xml", "file folder", ("hidden locked", *_SWITCH)),
    *_rows("files_meta.xml", "file", ("unlock_at lock_at", *_MOMENT)),
    *_rows(
        *("files_meta.xml", "usage_rights"),
        ("@use_justification", _words(_RIGHTS), *_REFUSED),
        ("@use_justification", There(), *_REFUSED),
        ("license", _words(_LICENSES), *_REFUSED),
    ),
    *_rows("course_settings.xml", "default_post_policy", ("post_manually", *_SWITCH)),
    *_rows(
        *("course_settings.xml", "course"),
        (_SWITCHES_OF_COURSES, *_SWITCH),
        ("group_weighting_scheme", _words("equal percent"), *_UNSAVED),
        ("default_view", _words("feed wiki modules assignments syllabus"), *_BROKEN),
        ("locale", _LOCALE, *_BROKEN),
        ("image_url banner_image_url", _PICTURE, *_BROKEN),
        ("home_page_announcement_limit storage_quota", *_BEGUN),
    ),
    *_rows(
        *("late_policy.xml", "late_policy"),
        (_SWITCHES_OF_LATE_WORK, *_SWITCH),
        (_DEDUCTIONS, Filled(), *_BROKEN),
        (_DEDUCTIONS, Number(), *_BROKEN),
        (_DEDUCTIONS, Within(0, 100), *_BROKEN),
        (_SWITCHES_OF_LATE_WORK, There(), *_BROKEN),
        ("late_submission_interval", Filled(), *_BROKEN),
        ("late_submission_interval", _words("day hour"), *_BROKEN),
    ),
    *_rows(
        *("media_tracks.xml", "track"),
        ("@kind", _words("subtitles captions descriptions chapters metadata"), *_REFUSED),
        ("@locale", There(), *_REFUSED),
        ("@locale", _LANGUAGE, *_REFUSED),
        ("@kind", There(), *_REFUSED),
    ),
)

WORK, FILE = "assignment", "file"
"""Stand for whatever is graded, wherever that is said, and for the files of the course."""
_FEED, _SCHEME = ("external_feeds.xml", "externalFeed"), ("grading_standards.xml", "gradingStandard")
# What must lead somewhere: a field of an element in a document, to an element of another document of settings by its
# identifier, or where that is none, to a resource, to a file of the course, or to whatever is graded.
REFERENCES = (
    ("course_settings.xml", "course", "image_identifier_ref", "", FILE),
    ("course_settings.xml", "course", "banner_image_identifier_ref", "", FILE),
    ("course_settings.xml", "course", "grading_standard_identifier_ref", *_SCHEME),
    ("assignment_groups.xml", "rule", "identifierref", "", WORK),
    ("learning_outcomes.xml", "alignment", "content_id", "", WORK),
    ("media_tracks.xml", "media", "@identifierref", "", FILE),
    ("media_tracks.xml", "track", "@identifierref", "", FILE),
    ("rubrics.xml", "criterion", "learning_outcome_identifierref", "learning_outcomes.xml", "learningOutcome"),
    *((one, "assignment", "grading_standard_identifierref", *_SCHEME) for one in _OF_WORK.split()),
    *((one, "assignment", "external_tool_identifierref", "", "") for one in _OF_WORK.split()),
    ("topicMeta", "topicMeta", "attachment_identifierref", "", FILE),
    ("topicMeta", "topicMeta", "external_feed_identifierref", *_FEED),
)

_VERSIONS = ("a public copy of its importer of 2026, converters run on Ruby 3.1", "QTIMigrationTool of 2022")
TABLE = LimitTable("Canvas", _VERSIONS, _SOURCES, tuple(sorted(_LIMITS, key=lambda one: one.document)))
"""What Canvas limits in the documents of its own cartridges."""
