"""Elements of Canvas's own documents whose names are spelt wrong: Canvas looks for names, and passes over others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.canvas.losses import ANY, MOST_TOLD, misspelt, of_document, taken_for
from coursewright.audit.lms.canvas.placing import KNOWN
from coursewright.audit.rule import OpenedDocument
from coursewright.findings.finding import Severity
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.canvas.mending import names_in_schema
from coursewright.packages.documents.canvas.names import NAMESPACE
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import child_text

_ORDER = "position"
_MOVE = "move it there"
_SHORTEST = 3  # letters of a name that may be meant for another
# What its converters look for, by the document, and what holds that: what only wraps others, it does not need.
_READ_NAMES = """
title description workflow_state position identifierref assignment_group_identifierref due_at lock_at unlock_at
peer_reviews_due_at allowed_extensions grading_type submission_types external_tool_url external_tool_new_tab
external_tool_identifierref grading_standard_identifierref rubric_identifierref rubric_use_for_grading
rubric_hide_score_total rubric_hide_points quiz_identifierref points_possible peer_reviews peer_review_count
automatic_peer_reviews anonymous_peer_reviews intra_group_peer_reviews has_group_category group_category
grade_group_students_individually omit_from_final_grade allowed_attempts anonymous_grading moderated_grading
access_code ip_filter quiz_type scoring_policy hide_results show_correct_answers_at hide_correct_answers_at
time_limit could_be_locked anonymous_submissions show_correct_answers shuffle_answers available cant_go_back
one_question_at_a_time one_time_results show_correct_answers_last_attempt require_lockdown_browser assignment
topic_id type discussion_type pinned require_initial_post external_feed_identifierref attachment_identifierref
posted_at delayed_post_at todo_date allow_rating module require_sequential_progress requirement_count item
indent url new_tab content_type completionRequirement min_score min_percentage prerequisite assignmentGroup
group_weight rules rule drop_type drop_count externalFeed verbosity header_match gradingStandard data event
start_at end_at all_day all_day_date rubric criterion criterion_id points mastery_points ignore_for_scoring
long_description learning_outcome_identifierref rating learningOutcomes learningOutcomeGroup learningOutcome
calculation_method calculation_int alignments alignment content_id mastery_type mastery_score folders folder
files file hidden locked display_name usage_rights license legal_copyright media_tracks media track late_policy
course course_code missing_submission_deduction_enabled missing_submission_deduction
late_submission_deduction_enabled late_submission_deduction late_submission_interval
late_submission_minimum_percent_enabled late_submission_minimum_percent default_wiki_editing_roles default_view
locale group_weighting_scheme is_public grading_standard_identifier_ref grading_standard_enabled
image_identifier_ref image_url tab_configuration allow_student_wiki_edits public_syllabus self_enrollment
open_enrollment hide_final_grade storage_quota
"""
_READ = frozenset(_READ_NAMES.split())
# Newer names than those of the published schema.
_NEWER_NAMES = """
rubric_hide_outcome_results post_to_sis post_policy post_manually line_items line_item similarity_detection_tool
annotatable_attachment_migration_id resource_link_lookup_uuid time_zone_edited hide_in_gradebook grader_count
default_post_policy overridden_course_visibility banner_image_url banner_image_identifier_ref course_color
alt_name disable_timer_autosubmission lti_context_id reply_to_entry_required_count sub_assignments
sub_assignment friendly_description vendor_guid criterion_use_range hide_points rating_order button_display
rubric_imported context_info course_id course_name root_account_id root_account_name root_account_uuid
canvas_domain global_identifierref link_settings_json publish_at content_tag expanded sort_order
sort_order_locked module_locked lti_resource_link external_tool_data_json external_tool_link_settings_json
"""
_NEWER = frozenset(_NEWER_NAMES.split())
# What Canvas reads of topics and tools, by their roots, and which other names stand there; what tools tell it by names.
_PARTS = {
    "topic": ("text",),
    "cartridge_basiclti_link": (
        *("title", "description", "custom", "extensions", "launch_url", "secure_launch_url", "icon", "property"),
        "options",
    ),
}
_OTHER_PARTS = frozenset(("title", "secure_icon", "vendor", "code", "name", "url", "contact", "email"))
_OF_QUESTIONS = tuple(sorted(KNOWN - {"or", "not", "and", "min", "max", "var"}))
_NAMES_OF_QTI = KNOWN | {
    "other",
    "matbreak",
    "matref",
    "material_ref",
    "altmaterial",
    "mat",
    "presentation_material",
    "response_na",
}
_PLATFORM = "canvas.instructure.com"
_PROPERTIES = (
    *("domain", "privacy_level", "tool_id", "not_selectable", "consumer_key", "shared_secret", "outcome", "icon_url"),
    *("course_navigation", "account_navigation", "user_navigation", "editor_button", "resource_selection"),
    *("homework_submission", "assignment_selection", "link_selection", "course_home_sub_navigation", "collaboration"),
    *("migration_selection", "tool_configuration", "selection_width", "selection_height", "visibility", "default"),
    *("enabled", "message_type", "canvas_icon_class"),
)
# What documents of settings are made of, and nothing else.
_MADE_OF = {
    "module_meta.xml": ("module",),
    "assignment_groups.xml": ("assignmentGroup",),
    "rubrics.xml": ("rubric",),
    "learning_outcomes.xml": ("learningOutcome", "learningOutcomeGroup"),
    "grading_standards.xml": ("gradingStandard",),
    "external_feeds.xml": ("externalFeed",),
    "events.xml": ("event",),
}

# Whose names Canvas finds without a prefix alone: its own, and those of discussions.
_UNPREFIXED = {NAMESPACE, *(f"http://www.imsglobal.org/xsd/imsccv1p{one}/imsdt_v1p{one}" for one in (1, 2, 3))}


@of_document("L572", named=ANY)
def names_are_read(document: OpenedDocument) -> Iterator[Flaw]:
    """No element has a name that is all but one which Canvas looks for."""
    root = document.root
    namespace, name = etree.QName(root).namespace, local_name(root)
    is_unprefixed = root.prefix is None or root.nsmap.get(None) == namespace
    if namespace in _UNPREFIXED and not is_unprefixed:
        near = "; it looks for names without a prefix"
        remedy = f"take the prefix {root.prefix}: from all names here, and write xmlns= for xmlns:{root.prefix}="
        yield misspelt(root, f"{root.prefix}:{name}", near, Severity.ERROR, remedy)
    elif name in _PARTS:
        yield from islice(_misspelt_parts(root, _PARTS[name]), MOST_TOLD)
    elif namespace in (None, NAMESPACE):
        yield from islice(_misspelt(document), MOST_TOLD)
        yield from islice(_misplaced(document), MOST_TOLD)


@of_document("L552", named=ANY, most=MOST_TOLD)
def fields_stand_once(document: OpenedDocument) -> Iterator[Flaw]:
    """No field of Canvas's own documents stands twice in one thing, with another value: the first counts."""
    for element in document.root.iter(f"{{{NAMESPACE}}}*"):
        first: dict[str, str] = {}
        for field in element.iterchildren(etree.Element):
            name, said = local_name(field), text_of(field).strip()
            if len(field) or field.attrib or name not in _READ or first.setdefault(name, said) == said:
                continue
            what = f"the {local_name(element)} '{child_text(element, 'title')[:60] or element.get('identifier', '?')}'"
            reason = f"<{name}> stands twice in it, first with '{first[name][:40]}'"
            weight = Severity.INFO if name == _ORDER else None  # some exporters write two
            yield taken_for(field, what, reason, "the first one counts", f"one <{name}>", weight)


def _misspelt(document: OpenedDocument) -> Iterator[Flaw]:
    for element in document.root.iter(etree.Element):
        written = local_name(element)
        if not _is_known(written) and written not in _NEWER and (meant := _meant(written)):
            yield misspelt(element, written, f"; did you mean <{meant}>?")


def questions_are_spelt(document: OpenedDocument) -> Iterator[Flaw]:
    """Yield the elements of a document of QTI 1 whose names are all but those that Canvas looks for."""
    wrong = ((one, _meant_of(local_name(one), _OF_QUESTIONS)) for one in _unknown(document.root))
    yield from islice(
        (misspelt(one, local_name(one), f"; did you mean <{meant}>?") for one, meant in wrong if meant), MOST_TOLD
    )


def _unknown(root: etree._Element) -> Iterator[etree._Element]:
    return (one for one in root.iter(etree.Element) if local_name(one) not in _NAMES_OF_QTI)


def _misspelt_parts(root: etree._Element, known: tuple[str, ...]) -> Iterator[Flaw]:
    """Yield what Canvas does not read of a topic or a tool: elements, and what an extension for it says by names."""
    for element in root.iter(etree.Element):
        written = local_name(element)
        if written not in (*known, *_OTHER_PARTS) and (meant := _meant_of(written, known)):
            yield misspelt(element, written, f"; did you mean <{meant}>?")
    for extensions in root.iter("{*}extensions"):
        platform = extensions.get("platform", "")
        if platform != _PLATFORM and _is_near(platform.strip().lower(), _PLATFORM):
            near = f"; did you mean '{_PLATFORM}'?"
            yield misspelt(extensions, f'extensions platform="{platform}"', near)
        for element in extensions.iter("{*}property", "{*}options"):
            name = element.get("name", "")
            if name not in _PROPERTIES and (meant := _meant_of(name, _PROPERTIES)):
                yield misspelt(element, f'{local_name(element)} name="{name}"', f"; did you mean '{meant}'?")


def _misplaced(document: OpenedDocument) -> Iterator[Flaw]:
    """Yield a finding for each part of a document that has a name that Canvas knows elsewhere."""
    for element in document.all("learningOutcome", "learningOutcomeGroup"):
        around = element.getparent()
        if around is not None and local_name(around) == "learningOutcomeGroup":
            near = "; it looks for it in the <learningOutcomes> of the group"
            yield misspelt(element, local_name(element), near, Severity.ERROR, _MOVE)
    made_of = _MADE_OF.get(document.file, ())
    for element in document.root.iterchildren(etree.Element) if made_of else ():
        written = local_name(element)
        if written not in made_of and _is_known(written) and len(element):
            yield misspelt(element, written, f"; it looks for <{made_of[0]}> there", None, _MOVE)


def _is_known(name: str) -> bool:
    return name in _READ or name in names_in_schema()


@cache
def _meant(written: str) -> str:
    """Return the name that one with a letter too many, too few or wrong is meant for; "" for none."""
    return _meant_of(written, tuple(sorted(_READ)))


@cache
def _meant_of(written: str, known: tuple[str, ...]) -> str:
    """Return which of some names one is meant for; "" for none."""
    if len(written) < _SHORTEST:
        return ""
    return next((name for name in known if _is_near(written.lower(), name.lower())), "")


def _is_near(one: str, other: str) -> bool:
    """Say whether a letter, or two that changed their places, is all that tells two names apart."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, left = one[start:], other[start:]
    return left in (rest, rest[1:]) or rest == left[1:] or rest[1:] == left[1:] or rest[1::-1] + rest[2:] == left
