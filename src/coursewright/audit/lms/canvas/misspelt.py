"""Elements of Canvas's own documents whose names are spelt wrong: Canvas looks for names, and passes over others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.canvas.limits import MADE_OF, names_looked_for
from coursewright.audit.lms.canvas.losses import (
    ANY,
    MOST_TOLD,
    is_near,
    meant_of,
    misnamed,
    misspelt,
    of_document,
    taken_for,
)
from coursewright.audit.rule import OpenedDocument
from coursewright.findings.finding import Severity
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.canvas.mending import names_in_schema
from coursewright.packages.documents.canvas.names import NAMESPACE
from coursewright.packages.documents.elements import has_plain_names
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import child_text

_ORDER = "position"
_MOVE = "move it there"
# What its converters look for besides what has a limit or leads somewhere. What only wraps others, they do not need.
_ELSE_READ = """
alignments assignment_group_identifierref calculation_int completionRequirement course_code data display_name files
folders learningOutcomes legal_copyright long_description mastery_score mastery_type media_tracks min_percentage
min_score prerequisite rules tab_configuration
"""
_READ = names_looked_for().union(_ELSE_READ.split())
# Newer names than those of the published schema.
_NEWER_NAMES = """
alt_name lti_context_id reply_to_entry_required_count sub_assignments sub_assignment friendly_description
hide_points button_display rubric_imported publish_at content_tag expanded sort_order sort_order_locked
lti_resource_link
"""
_NEWER = frozenset(_NEWER_NAMES.split())
_OF_CANVAS = tuple(sorted(_READ))
# What Canvas reads of topics and tools, by their roots, and which other names stand there; what tools tell it by names.
_PARTS = {
    "topic": ("text",),
    "cartridge_basiclti_link": (
        *("title", "description", "custom", "extensions", "launch_url", "secure_launch_url", "icon", "property"),
        "options",
    ),
}
_OTHER_PARTS = frozenset(("title", "secure_icon", "vendor", "code", "name", "url", "contact", "email"))
_PLATFORM = "canvas.instructure.com"
_PROPERTIES = (
    *("domain", "privacy_level", "tool_id", "not_selectable", "consumer_key", "shared_secret", "outcome", "icon_url"),
    *("course_navigation", "account_navigation", "user_navigation", "editor_button", "resource_selection"),
    *("homework_submission", "assignment_selection", "link_selection", "course_home_sub_navigation", "collaboration"),
    *("migration_selection", "tool_configuration", "selection_width", "selection_height", "visibility", "default"),
    *("enabled", "message_type", "canvas_icon_class"),
)
# Whose names Canvas finds without a prefix alone: its own, and those of discussions.
_UNPREFIXED = {NAMESPACE, *(f"http://www.imsglobal.org/xsd/imsccv1p{one}/imsdt_v1p{one}" for one in (1, 2, 3))}


@of_document("L572", named=ANY)
def names_are_read(document: OpenedDocument) -> Iterator[Flaw]:
    """No element has a name that is all but one which Canvas looks for."""
    root = document.root
    namespace, name = etree.QName(root).namespace, local_name(root)
    if namespace in _UNPREFIXED and not has_plain_names(root):
        near = "; it looks for names without a prefix"
        remedy = f"take the prefix {root.prefix}: from all names here, and write xmlns= for xmlns:{root.prefix}="
        yield misspelt(root, f"{root.prefix}:{name}", near, Severity.ERROR, remedy)
    elif name in _PARTS:
        yield from islice(_misspelt_parts(root, _PARTS[name]), MOST_TOLD)
    elif namespace in (None, NAMESPACE):
        yield from islice(misnamed(root, _known() | _NEWER, _OF_CANVAS), MOST_TOLD)
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


def _misspelt_parts(root: etree._Element, known: tuple[str, ...]) -> Iterator[Flaw]:
    """Yield what Canvas does not read of a topic or a tool: elements, and what an extension for it says by names."""
    yield from misnamed(root, _OTHER_PARTS.union(known), known)
    for extensions in root.iter("{*}extensions"):
        platform = extensions.get("platform", "")
        if platform != _PLATFORM and is_near(platform.strip().lower(), _PLATFORM):
            near = f"; did you mean '{_PLATFORM}'?"
            yield misspelt(extensions, f'extensions platform="{platform}"', near)
        for element in extensions.iter("{*}property", "{*}options"):
            name = element.get("name", "")
            if name not in _PROPERTIES and (meant := meant_of(name, _PROPERTIES)):
                yield misspelt(element, f'{local_name(element)} name="{name}"', f"; did you mean '{meant}'?")


def _misplaced(document: OpenedDocument) -> Iterator[Flaw]:
    """Yield a finding for each part of a document that has a name that Canvas knows elsewhere."""
    for element in document.all("learningOutcome", "learningOutcomeGroup"):
        around = element.getparent()
        if around is not None and local_name(around) == "learningOutcomeGroup":
            near = "; it looks for it in the <learningOutcomes> of the group"
            yield misspelt(element, local_name(element), near, Severity.ERROR, _MOVE)
    made_of = MADE_OF.get(document.name, ())
    for element in document.root.iterchildren(etree.Element) if made_of else ():
        written = local_name(element)
        if written not in made_of and written in _known() and len(element):
            yield misspelt(element, written, f"; it looks for <{made_of[0]}> there", None, _MOVE)


@cache
def _known() -> frozenset[str]:
    return _READ | names_in_schema()
