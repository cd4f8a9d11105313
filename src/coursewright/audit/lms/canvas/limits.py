"""What Canvas limits in its own documents: what its models refuse to save, and which values its converters know.

A line has a document, an element, and its fields: `title:name` is bounded by what is called a name here, and
`position:column:begun` by two things; `type=a|b+c` is one of these words, to the letter, of which c is nothing to
write, and `>` says what becomes of others, if they are not left out. What stands for work is an assignment wherever
one says how it is graded: in its own document, or in that of a quiz or a discussion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from coursewright.audit.lms import field_bounds as bounds
from coursewright.audit.lms.canvas.failures import FAILURES
from coursewright.audit.lms.canvas.losses import LONGEST, LONGEST_TEXT
from coursewright.audit.lms.failures import TRIED
from coursewright.audit.lms.limits import Effect, Limit, LimitTable
from coursewright.packages.documents.canvas import names as places

_MODELS, _CONVERTERS = "models", "converters"
_SOURCES = {
    _MODELS: "what its models refuse to save, by their source; the import goes on without the thing",
    _CONVERTERS: "its converters of cartridges, run on packages with the value, and its importers, by their source",
    TRIED: "its converters, run on packages damaged so in several ways, and its importers, by their source",
}
_OF_WORK = ("assignment_settings.xml", "assessment_meta.xml", "topicMeta", "assignment")
_SUBMISSIONS = (
    *("online_text_entry", "online_url", "online_upload", "online_quiz", "media_recording", "student_annotation"),
    *("on_paper", "none", "not_graded", "external_tool", "basic_lti_launch", "discussion_topic", "wiki_page"),
    *("attendance", "ams"),
)
ROLES = ("teachers", "students", "members", "public")
"""Who may edit a page."""
_WEB = re.compile(r"\s*((https?://)?[^\s/:?#@]+(:\d+)?([/?#]\S*)?\s*)?", re.IGNORECASE)
# What names no host that learners reach: without a scheme, `htp//example.org`, `handbook`, `page.html`; with one, that
# which has another behind it.
_UNHOSTED = r"\s*((?!localhost\b)[^\s/:?#@.\[]+\.?|[^\s/:?#@]+\.x?html?|https?://https?[.;:]?)(?=[/?#]|\s*$)"
_HOSTED = re.compile(rf"(?!{_UNHOSTED}).*", re.IGNORECASE | re.DOTALL)
_LOCALE = re.compile(r"(([a-z]{2,3}|en-(AU|CA|GB))(-x-[a-z0-9]+)?|es-ES|fr-CA|pt-BR|zh-(Hans|Hant|HK))?")
_TOPICS = re.compile(r"(?!.*an+o?u?n).*|.*announcement.*", re.IGNORECASE | re.DOTALL)
_ATTEMPTS = re.compile(r"\s*((-1|0*[1-9]\d{0,8})(\.\d*)?)?\s*")
_ONCE = re.compile(r"(?!.*&(amp|lt|gt|quot);).*", re.DOTALL)
_ATTEMPTS_OF_QUIZ = re.compile(r"\s*((-1(?!\d)|\+?0*[1-9]).*)?", re.DOTALL)  # what it begins with counts
_VERSION = re.compile(r"\s*0*[12](?!\d).*", re.DOTALL)
_NUMBER_OF_ATTEMPTS = "a number above 0, or -1 for any number"
_TITLE = bounds.Matching(re.compile(r".*\S.*", re.DOTALL), "a title")
_ADDRESS, _LANGUAGE = "an address such as https://example.org/", "a language such as en or pt-BR"
# By what they are called in the table: what becomes of a field, and how that is known.
_EFFECTS = {
    "refused": (Effect.LEFT_OUT, _MODELS),
    "unknown": (Effect.LEFT_OUT, _CONVERTERS),
    "broken": (Effect.FAILS, _MODELS),
    "unsaved": (Effect.IGNORED, _MODELS),
    "ignored": (Effect.IGNORED, _CONVERTERS),
    "shown": (Effect.SHOWN, _CONVERTERS),
    "hidden": (Effect.HIDDEN, _CONVERTERS),
    "taken": (Effect.TAKEN, _CONVERTERS),
    "usual": (Effect.DEFAULT, _MODELS),
    "lent": (Effect.BORROWED, _CONVERTERS),
    "unnamed": (Effect.UNNAMED, _MODELS),
    "closed": (Effect.CLOSES, _MODELS),
    "no way": (Effect.NO_WAY, _MODELS),
    "no ways": (Effect.TAKES_NOTHING, _MODELS),
    "unhosted": (Effect.UNHOSTED, _CONVERTERS),
    "begun": (Effect.BEGUN, _CONVERTERS),
    "nought": (Effect.NOUGHT, _MODELS),
    "once": (Effect.ONCE, _MODELS),
    "misread": (Effect.MISREAD, _CONVERTERS),
    "misdated": (Effect.MISDATED, _CONVERTERS),
    "empty": (Effect.EMPTY, _CONVERTERS),
}
# By what it is called in the table: what holds of a field, and what becomes of it otherwise.
_BOUNDS: dict[str, tuple[bounds.Bound, str]] = {
    "name": (bounds.Length(LONGEST), "refused"),
    "key": (bounds.Length(LONGEST), "refused"),  # what a column of short texts has room for
    "group": (bounds.Length(LONGEST), "ignored"),
    "titled": (_TITLE, "refused"),
    "linked": (bounds.Readable(), "ignored"),
    "roles": (bounds.SomeOf(ROLES, exact=True), "ignored"),
    "long": (bounds.Length(64 * 1024 - 1), "refused"),
    "html": (bounds.HtmlLength(LONGEST_TEXT), "refused"),
    "column": (bounds.Within(-(2**31), 2**31 - 1), "refused"),  # what one of whole numbers has room for
    "room": (bounds.Within(most=2e9), "refused"),
    "submissions": (bounds.SomeOf(_SUBMISSIONS, exact=True), "no way"),
    "web": (bounds.Matching(_WEB, _ADDRESS), "refused"),
    "hosted": (bounds.Matching(_HOSTED, _ADDRESS), "unhosted"),
    "begun": (bounds.Begun(), "begun"),
    "nought": (bounds.Within(least=0), "nought"),
    "attempts": (bounds.Matching(_ATTEMPTS, _NUMBER_OF_ATTEMPTS), "refused"),
    "attempts_of_quiz": (bounds.Matching(_ATTEMPTS_OF_QUIZ, _NUMBER_OF_ATTEMPTS), "once"),
    "time": (bounds.Within(least=1), "closed"),
    "count": (bounds.Within(least=0), "ignored"),
    "weight": (bounds.Within(least=0), "taken"),
    "endings": (bounds.Matching(re.compile(r"[\w\s.,-]*"), "a list of endings between commas"), "unsaved"),
    "networks": (bounds.Networks(), "refused"),
    "switch": (bounds.Switch(), "misread"),
    "moment": (bounds.Moment(), "misdated"),
    "lately": (bounds.Lately(), "taken"),
    "there": (bounds.There(), "refused"),
    "usual": (bounds.There(), "usual"),
    "title": (_TITLE, "usual"),
    "visible": (_TITLE, "unnamed"),
    "named": (bounds.Readable(), "unnamed"),
    "topics": (bounds.Matching(_TOPICS, "topic or announcement"), "ignored"),
    "ways": (bounds.Filled(), "no ways"),
    "filled": (bounds.Readable(), "refused"),
    "lent": (bounds.There(), "lent"),
    "points": (bounds.Filled(), "empty"),
    "version": (bounds.There(), "ignored"),
    "known_version": (bounds.Matching(_VERSION, "1 or 2"), "unknown"),
    "verbosity": (bounds.OneOf(("full", "link_only", "truncate")), "unsaved"),
    "locale": (bounds.Matching(_LOCALE, _LANGUAGE), "broken"),
    "language": (bounds.Matching(re.compile("[A-Za-z-]+"), _LANGUAGE), "refused"),
    "once": (bounds.Matching(_ONCE, "an address, escaped once"), "taken"),
    "picture": (bounds.Matching(re.compile(r"\s*|\S+"), "an address without blanks"), "broken"),
    "needed": (bounds.There(), "broken"),
    "needed_filled": (bounds.Filled(), "broken"),
    "number": (bounds.Number(), "broken"),
    "percent": (bounds.Within(0, 100), "broken"),
}
_TABLE = """
(work) assignment title:name grading_type=points|percent|letter_grade|gpa_scale|pass_fail|not_graded
  submission_types:submissions external_tool_url:web:hosted position:column peer_review_count:column:begun
  points_possible:begun:nought:room workflow_state=published|unpublished>hidden allowed_attempts:attempts
  allowed_extensions:endings group_category:group @identifier:key
assignment_settings.xml assignment title:usual:title submission_types:ways
(work) assignment peer_reviews:switch automatic_peer_reviews:switch anonymous_peer_reviews:switch
  intra_group_peer_reviews:switch has_group_category:switch grade_group_students_individually:switch
  omit_from_final_grade:switch moderated_grading:switch anonymous_grading:switch freeze_on_copy:switch
  rubric_use_for_grading:switch rubric_hide_score_total:switch rubric_hide_points:switch
  rubric_hide_outcome_results:switch external_tool_new_tab:switch peer_reviews_due_at:moment due_at:moment:lately
  lock_at:moment:lately unlock_at:moment:lately
(work) override @set_type:filled @title:name:titled @due_at:moment @lock_at:moment @unlock_at:moment
assessment_meta.xml quiz title:name:title access_code:key @identifier:key allowed_attempts:column:attempts_of_quiz
  time_limit:column:begun:time quiz_type=assignment|practice_quiz|graded_survey|survey
  hide_results=always|until_after_last_attempt|until_after_due_date|until_after_available_date
  scoring_policy=keep_highest|keep_latest|keep_average>unsaved points_possible:begun:room ip_filter:networks
  show_correct_answers_at:moment hide_correct_answers_at:moment available:switch shuffle_answers:switch
  show_correct_answers:switch one_question_at_a_time:switch cant_go_back:switch one_time_results:switch
  anonymous_submissions:switch could_be_locked:switch show_correct_answers_last_attempt:switch
  require_lockdown_browser:switch require_lockdown_browser_for_results:switch require_lockdown_browser_monitor:switch
  only_visible_to_overrides:switch due_at:moment:lately lock_at:moment:lately unlock_at:moment:lately description:html
topic topic text:html
topicMeta topicMeta title:name:usual:visible position:column posted_at:moment topic_id:key group_category:group
  delayed_post_at:moment:lately lock_at:moment:lately todo_date:moment:lately pinned:switch require_initial_post:switch
  has_group_category:switch allow_rating:switch only_graders_can_rate:switch sort_by_rating:switch locked:switch
  workflow_state=active|unpublished|post_delayed+locked|deleted>shown type:topics
  discussion_type=side_comment|threaded|flat|not_threaded workflow_state:lent
module_meta.xml module @identifier:key position:column requirement_count:column:begun:count title:lent:visible
  workflow_state:lent require_sequential_progress:switch unlock_at:moment:lately
  workflow_state=active|unpublished+published|available|unlocked>ignored
module_meta.xml item @identifier:key position:column indent:column new_tab:switch url:once:hosted title:usual:visible
  workflow_state=active|unpublished+deleted>hidden
assignment_groups.xml assignmentGroup @identifier:key title:name:usual:title position:column group_weight:weight:begun
assignment_groups.xml rule drop_count:begun:count drop_type=drop_lowest|drop_highest|never_drop>unsaved
rubrics.xml rubric @identifier:key title:name:usual:visible points_possible:begun read_only:switch reusable:switch
  public:switch hide_score_total:switch free_form_criterion_comments:switch description:long
rubrics.xml criterion ignore_for_scoring:switch points:begun:weight criterion_id:lent description:lent points:lent
  mastery_points:begun
rubrics.xml rating points:begun:points
grading_standards.xml gradingStandard @identifier:key title:name:named @version:version:known_version
external_feeds.xml externalFeed @identifier:key title:name header_match:key url:filled:web:hosted:name
  verbosity:verbosity
cartridge_basiclti_link cartridge_basiclti_link title:name:filled
learning_outcomes.xml learningOutcome @identifier:key vendor_guid:key title:name:filled points_possible:begun
  mastery_points:begun description:long
  calculation_method=decaying_average|n_mastery|highest|latest|average|weighted_average|standard_decaying_average
learning_outcomes.xml learningOutcomeGroup @identifier:key vendor_guid:key title:name:filled description:long
learning_outcomes.xml rating points:begun
learning_outcomes.xml alignment content_type:linked content_type=Assignment|AssessmentQuestionBank>ignored
  content_id:linked
events.xml event @identifier:key all_day_date:moment title:name:usual start_at:moment:lately end_at:moment:lately
  all_day:switch description:html
files_meta.xml file hidden:switch locked:switch unlock_at:moment lock_at:moment
files_meta.xml folder hidden:switch locked:switch
files_meta.xml usage_rights @use_justification=own_copyright|public_domain|used_by_permission|fair_use|creative_commons
  @use_justification:there license=private|cc_by_nc_nd|cc_by_nc_sa|cc_by_nc|cc_by_nd|cc_by_sa|cc_by|public_domain
course_settings.xml default_post_policy post_manually:switch
course_settings.xml course is_public:switch is_public_to_auth_users:switch public_syllabus:switch
  public_syllabus_to_auth:switch allow_student_wiki_edits:switch allow_student_forum_attachments:switch
  allow_student_organized_groups:switch lock_all_announcements:switch open_enrollment:switch self_enrollment:switch
  hide_final_grade:switch grading_standard_enabled:switch hide_distribution_graphs:switch
  allow_student_discussion_topics:switch allow_student_discussion_editing:switch show_announcements_on_home_page:switch
  default_wiki_editing_roles:roles group_weighting_scheme=equal|percent>unsaved
  license=private|cc_by_nc_nd|cc_by_nc_sa|cc_by_nc|cc_by_nd|cc_by_sa|cc_by|public_domain>unsaved
  default_view=feed|wiki|modules|assignments|syllabus>broken locale:locale image_url:picture banner_image_url:picture
  home_page_announcement_limit:begun storage_quota:begun
late_policy.xml late_policy missing_submission_deduction_enabled:switch:needed
  late_submission_deduction_enabled:switch:needed late_submission_minimum_percent_enabled:switch:needed
  missing_submission_deduction:needed_filled:number:percent late_submission_deduction:needed_filled:number:percent
  late_submission_minimum_percent:needed_filled:number:percent late_submission_interval:needed_filled
  late_submission_interval=day|hour>broken
media_tracks.xml track @kind=subtitles|captions|descriptions|chapters|metadata @locale:there:language @kind:filled
  @identifierref:filled
media_tracks.xml media @identifierref:filled
"""


def _limits() -> Iterator[Limit]:
    for line in _TABLE.strip().replace("\n  ", " ").splitlines():
        name, element, *fields = line.split()
        for document in _OF_WORK if name == "(work)" else (name,):
            for field in fields:
                yield from (Limit(document, element, *told) for told in _told(field))


def _told(field: str) -> Iterator[tuple[str, bounds.Bound, Effect, str]]:
    """Yield what the table says of a field."""
    name, sign, words = field.partition("=")
    if sign:
        words, _, effect = words.partition(">")
        written, _, spared = (tuple(part.split("|")) for part in words.partition("+"))
        yield name, bounds.OneOf(written, exact=True, spared=spared), *_EFFECTS[effect or "refused"]
    else:
        name, *known = field.split(":")
        yield from ((name, bound, *_EFFECTS[effect]) for bound, effect in map(_BOUNDS.__getitem__, known))


def has_host(address: str) -> bool:
    """Say whether an address still names a host that learners reach once Canvas has put http:// before it."""
    return bool(_HOSTED.fullmatch(address))


MADE_OF: Mapping[str, tuple[str, ...]] = {
    places.MODULES: ("module",),
    places.GROUPS: ("assignmentGroup",),
    places.RUBRICS: ("rubric",),
    places.OUTCOMES: ("learningOutcome", "learningOutcomeGroup"),
    places.SCHEMES: ("gradingStandard",),
    places.FEEDS: ("externalFeed",),
    places.EVENTS: ("event",),
}
"""What documents of settings are made of, and nothing else: what has an identifier of its own."""
WORK, FILE, QUIZ = "assignment", "file", "quiz"
"""Stand for whatever is graded, wherever that is said, for the files of the course, and for its quizzes."""
_SCHEME = ("grading_standards.xml", "gradingStandard")
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
    *((one, "assignment", "grading_standard_identifierref", *_SCHEME) for one in _OF_WORK),
    *((one, "assignment", "external_tool_identifierref", "", "") for one in _OF_WORK),
    ("assignment_settings.xml", "assignment", "quiz_identifierref", "", QUIZ),
    ("topicMeta", "topicMeta", "attachment_identifierref", "", FILE),
    ("topicMeta", "topicMeta", "external_feed_identifierref", "external_feeds.xml", "externalFeed"),
)
_OUTSIDE = (
    ("rubric_external_identifier", "rubric_identifierref"),
    ("grading_standard_external_identifier", "grading_standard_identifierref"),
)
# What names something by its number in the Canvas that it comes from, instead of a thing in the cartridge: a field of
# an element in a document, and the field that names such a thing.
NUMBERS = (
    ("course_settings.xml", "course", "grading_standard_id", "grading_standard_identifier_ref"),
    ("rubrics.xml", "criterion", "learning_outcome_external_identifier", "learning_outcome_identifierref"),
    *((one, "assignment", *fields) for one in _OF_WORK for fields in _OUTSIDE),
)

_VERSIONS = ("a public copy of its importer of 2026, converters run on Ruby 3.1", "QTIMigrationTool of 2022")
TABLE = LimitTable(
    "Canvas", _VERSIONS, _SOURCES, tuple(sorted(_limits(), key=lambda one: one.document)), failures=FAILURES
)
"""What Canvas limits in its own documents, and what it does where general rules have found something."""


def names_looked_for() -> frozenset[str]:
    """Return the names of the elements that are limited here, or that name something."""
    limited = (name for one in TABLE.limits for name in (one.element, one.field))
    naming = (name for one in REFERENCES for name in (one[1], one[2], one[4]))
    named = (name for one in NUMBERS for name in (one[1], one[3]))
    return frozenset(name for name in (*limited, *naming, *named) if name and not name.startswith("@"))
