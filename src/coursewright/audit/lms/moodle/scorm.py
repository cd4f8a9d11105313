"""What Moodle's SCORM activity reads otherwise than the standard has it."""

from __future__ import annotations

import codecs
import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import loses_text, misreads, stops
from coursewright.audit.lms.moodle.names import long_paths, too_long
from coursewright.audit.rule import SCORM, rule
from coursewright.audit.rules.scorm.scores import MOST_OF_A_SCORE, SCORED, behind, never_open
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.addresses import local_name, scorm_type
from coursewright.packages.documents.elements import number
from coursewright.packages.documents.manifest import ADLCP_1_2, ADLCP_1_3, ADLNAV, SS, XML
from coursewright.packages.documents.menu import threshold
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, shown_name

_MOST_NAMED = 20
_TAKEN_FOR_2004 = ("1.3", "CAM 1.3", "2004 3rd Edition", "2004 4th Edition")
# A reference to a character by number, in the text of a title.
_TITLE = re.compile(rb"<(?:[\w.-]+:)?title\b[^<>]*>([^<]*)<", re.IGNORECASE)
_NUMBERED = re.compile(rb"&#x?[0-9A-Fa-f]+;")
# A blank between two places where its reader cuts a text: after an escape, and before one or a letter beyond ASCII.
_LOST_BLANK = re.compile(r"& (?=[&<]|[^\x00-\x7f])")
_BARE = re.compile(rb"&(?!\w{2,6};)")
_LAUNCH_DATA = re.compile(rb"<(?:[\w.-]+:)?datafromlms\b[^<>]*>\s*<!\[CDATA\[(.*?)\]\]>", re.DOTALL | re.IGNORECASE)
_LONGEST_EXPRESSION = 5_000
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_STATUSES = ("passed", "completed", "failed", "incomplete", "browsed", "not attempted", *"pcfibn")
_SPOILED = "the manifest is in UTF-16, which spoils the & in them, and the item never opens"
_VISIBLE = "isvisible"
_BASE = f"{{{XML}}}base"
_LOCKS = ("disabled", "hiddenFromChoice", "stopForwardTraversal", "skip")
# What its reader looks for by a prefix, whatever its namespace is bound to.
_PREFIXES = (
    (ADLCP_1_2, "adlcp", "prerequisites and mastery scores"),
    (ADLCP_1_3, "adlcp", "completion thresholds and data from the LMS"),
    (ADLNAV, "adlnav", "hidden buttons"),
)
_ALL_OF_IT = "1.0"  # the progress that completes an item where nothing else is said
of_moodle = partial(rule, lms="moodle")
of_scorm = partial(of_moodle, family=SCORM)
"""Declares a rule over a SCORM package: what it yields is placed in the manifest."""


# --- whether it is read at all ---


@of_scorm("L503")
def its_version_is_known(subject: Subject) -> Iterator[Flaw]:
    """Moodle knows the schemaversion, letter by letter, as that of the edition it is."""
    element = subject.found.root.find("{*}metadata/{*}schemaversion")
    version = (element.text or "").removesuffix("\n") if element is not None else ""
    is_2004 = subject.found.kind.family is Family.SCORM2004
    if is_2004 is not (version in _TAKEN_FOR_2004):
        played, wanted = ("1.2", "one of " + ", ".join(_TAKEN_FOR_2004)) if is_2004 else ("2004", "1.2")
        is_what = "no schemaversion is written" if element is None else f"the schemaversion is '{version}'"
        reason = f"{is_what}, so it plays this as SCORM {played}"
        yield misreads(element, "the edition", reason, f"write {wanted}, without blanks around it")


@of_scorm("L503 L504")
def its_letters_are_of_utf8(subject: Subject) -> Iterator[Flaw]:
    """A manifest in UTF-16 does not say whether it stands alone: of one that does, its reader finds no element."""
    document, remedy = subject.found.document, "save it as UTF-8"
    if document.startswith(_UTF_16) and b"standalone" in document[:400].replace(b"\0", b""):
        reason = "the manifest is in UTF-16, and its declaration has more than that"
        yield misreads(None, "any item", reason, remedy)
    elif document.startswith(_UTF_16) and b"&" in document:
        reason = "the manifest is in UTF-16, and what it puts in place of that is not"
        yield loses_text(None, "text with &", reason, remedy)


@of_scorm("L503")
def its_prefixes_are_known(subject: Subject) -> Iterator[Flaw]:
    """The manifest has no prefix, and those of ADL and of sequencing have the usual ones."""
    root = subject.found.root
    if root.prefix is not None:
        reason = f"the manifest's elements have the prefix {root.prefix}, and it wants none"
        yield misreads(root, "any item", reason, "make that of content packaging the default namespace")
        return
    yield from _hidden_types(subject)
    for namespace, wanted, what in _PREFIXES:
        elements = root.iter(f"{{{namespace}}}*")
        found = next((one for one in elements if (one.prefix or "").lower() != wanted), None)  # whatever its capitals
        if found is not None:
            reason = f"<{found.prefix or ''}:{etree.QName(found).localname}> must be written with the prefix {wanted}"
            yield misreads(found, what, reason, f"rename the prefix to {wanted}")


@of_scorm("L503")
def references_are_written_alike(subject: Subject) -> Iterator[Flaw]:
    """Items name resources letter by letter: a blank before an identifier or after it counts."""
    names = {one.get("identifier", "") for one in subject.resources}
    bare = {name.strip() for name in names}
    for item in subject.items:
        reference = item.get("identifierref") or ""
        if reference not in names and reference.strip() in bare - {""}:
            reason = f"'{reference}' has other blanks around it than the resource"
            yield misreads(item, f"what '{shown_name(item)}' opens", reason, "remove the blanks")


@of_scorm("L503")
def items_are_shown(subject: Subject) -> Iterator[Flaw]:
    """Learners find something in the menu."""
    if subject.items and all(item.get(_VISIBLE) == "false" for item in subject.items):
        reason = 'each has isvisible="false", so the menu is empty'
        yield misreads(subject.items[0], "any item", reason, "remove that from what learners should open")
    for item in subject.items:
        seen = item.get(_VISIBLE, "true")
        if item.get("identifierref") and seen not in ("true", "false"):
            reason = f"its {_VISIBLE} is '{seen[:20]}', and opens nothing but by the letters 'true'"
            yield misreads(item, f"the item '{shown_name(item)}'", reason, "write true")


def _hidden_types(subject: Subject) -> Iterator[Flaw]:
    """Yield a finding where Moodle does not see which resources are SCOs, and takes them for assets."""
    if hidden := [one for one in subject.resources if scorm_type(one) == "sco" and not _type_is_seen(one)]:
        reason = f"adlcp:scormtype has another prefix, or none, so it takes them ({len(hidden)}) for assets"
        yield misreads(hidden[0], "which items are SCOs", reason, "write the attribute with the prefix adlcp")
    if loud := [one for one in subject.resources if scorm_type(one) == "sco" and _type_of(one) != "sco"]:
        reason = f"'{_type_of(loud[0])}' is not 'sco', letter by letter, so they ({len(loud)}) show no status"
        yield misreads(loud[0], "which items are SCOs", f"{reason} and do not count", "write sco")


def _type_of(resource: etree._Element) -> str:
    """Return what a resource says that it is, in its own letters; "" for nothing."""
    found = (value for name, value in resource.items() if str(name).lower().endswith("scormtype"))
    return str(next(found, ""))


def _type_is_seen(resource: etree._Element) -> bool:
    for name in map(etree.QName, map(str, resource.attrib)):
        if name.localname.lower() == "adlcp:scormtype":  # of a prefix that is declared nowhere
            return True
        if name.localname.lower() == "scormtype":
            prefixes = [prefix or "" for prefix, bound in resource.nsmap.items() if bound == name.namespace]
            return any(prefix.lower() == "adlcp" for prefix in prefixes)
    return False


@of_scorm("L502")
def maps_do_not_stop_it(subject: Subject) -> Iterator[Flaw]:
    """No objective has a map that its parser trips over."""
    if found := [one for one in subject.found.root.iter(f"{{{SS}}}mapInfo") if (one.prefix or "").lower() == "imsss"]:
        reason = f"it breaks off at <{found[0].prefix}:mapInfo> in an objective ({len(found)} of them)"
        remedy = "bind a second prefix to the namespace of imsss, and write mapInfo, and nothing else, with that"
        yield stops(found[0], reason, remedy)


@of_scorm("L502")
def names_fit(subject: Subject) -> Iterator[Flaw]:
    """Titles and identifiers of what is in the menu fit into the columns of its tables, and so do folders and names."""
    root = subject.found.root
    menu = [*subject.items, *root.iter("{*}organization")]
    for element in (root, *(menu or subject.resources)):  # without a menu, it shows the resources
        yield from too_long(element, "an identifier", element.get("identifier") or "")
        yield from too_long(element, "a title", element.findtext("{*}title") or "")
    yield from long_paths(subject.container.sizes)


# --- what it reads otherwise ---


@of_scorm("L504")
def texts_arrive(subject: Subject) -> Iterator[Flaw]:
    """Titles and scores are none of what its reader drops or shows as it is written."""
    if numbered := sum(bool(_NUMBERED.search(title[1])) for title in _TITLE.finditer(subject.found.document)):
        reason, remedy = "they refer to characters by number, as &#8217;", "write the characters themselves, in UTF-8"
        yield loses_text(None, f"titles ({numbered})", reason, remedy)
    for item in subject.items:
        text = (item.findtext("{*}title") or "").strip()
        if text == "0":
            yield loses_text(item, "the title 0", "it takes it for none", "write a word")
        elif _LOST_BLANK.search(text):
            reason = "the space between two characters is lost"
            yield loses_text(item, f"the title '{text}'", reason, "write a no-break space there")
    for score in subject.found.root.iter(f"{{{ADLCP_1_2}}}masteryscore"):
        if (score.text or "").strip() == "0":
            reason = "it takes it for none, so that the SCO's own status counts"
            yield loses_text(score, "the mastery score 0", reason, "write 1, or leave it out")


@of_scorm("L504")
def data_arrive(subject: Subject) -> Iterator[Flaw]:
    """What SCOs get when they are launched has no & in CDATA, for each that begins no entity is escaped first."""
    document = subject.found.document
    if spoilt := [found for found in _LAUNCH_DATA.finditer(document) if _BARE.search(found[1])]:
        line, what = document.count(b"\n", 0, spoilt[0].start()) + 1, f"what SCOs get from it ({len(spoilt)})"
        yield loses_text(line, what, "the & in CDATA arrives as &amp;", "write &amp; without CDATA")


@of_scorm("L508")
def bases_stand_on_resources(subject: Subject) -> Iterator[Flaw]:
    """No other xml:base than that of a resource is needed to find what is launched, for no other counts."""
    root, launching = subject.found.root, [one for one in subject.resources if one.get("href")]
    if not subject.container.alone and all(path_of_moodle(one) in subject.container.sizes for one in launching):
        return
    for element in (root, *root.iterfind("{*}resources")):
        if element.get(_BASE, "./") != "./":
            yield Flaw(messages.MOODLE_OVERLOOKS_BASE, element, {"element": local_name(element)})


def path_of_moodle(resource: etree._Element) -> str:
    """Return the file that Moodle looks for where a resource is launched: it knows the base of that alone."""
    address = resource.get(_BASE, "") + resource.get("href", "")
    return posixpath.normpath(unquote(address.split("?")[0].split("#")[0])).lstrip("/")


@of_scorm("L509")
def assets_are_few(subject: Subject) -> Iterator[Flaw]:
    """Items show SCOs, which report what was learned."""
    types = {name: scorm_type(one) for name, one in subject.by_identifier.items()}
    shown = [item for item in subject.items if item.get("identifierref") in types]
    assets = [item for item in shown if types[item.get("identifierref", "")] != "sco"]
    if assets:
        silent = [item for item in assets if not _type_of(subject.by_identifier[item.get("identifierref", "")])]
        untyped = f"; of {len(silent)} the resource does not say in adlcp:scormtype what it is" if silent else ""
        values = {"count": len(assets), "total": len(shown), "untyped": untyped}
        found = Flaw(messages.MOODLE_COMPLETES_ASSETS, (silent or assets)[0], values)
        yield found.weighing(Severity.WARNING) if silent else found  # and what says nothing is meant as a SCO


# What parseFloat of JavaScript reads of a text: the number at its beginning, and nothing of what follows.
_SCORE = re.compile(r"\s*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")


@of_scorm("L561")
def scores_are_numbers(subject: Subject) -> Iterator[Flaw]:
    """A score from which a SCO is passed begins with a number; what is one is judged for all LMSs."""
    bad = [one for one in subject.found.root.iter(f"{{{ADLCP_1_2}}}masteryscore") if number(text_of(one)) is None]
    read = [(one, text.strip(), _SCORE.match(text)) for one in bad if (text := text_of(one)).strip()]
    never = [one for one, _, found in read if found is None or float(found[1]) > MOST_OF_A_SCORE]
    waiting = behind(subject, never) if never else {}
    for score, text, found in read:
        if score in never or (found is not None and float(found[1]) < 0):
            who = "nobody with a score passes" if score in never else "whoever has a score passes"
            is_read = "does not begin with a number" if found is None else f"it reads as {float(found[1]):g}"
            what, remedy = f"its mastery score is '{text[:40]}', which {is_read}", "write a number from 0 to 100"
            yield _never(score, who, what, remedy, waiting.get(score, []))


@of_moodle("L561", family=Family.SCORM2004)
def thresholds_are_read(subject: Subject) -> Iterator[Flaw]:
    """The progress that completes an item is what Moodle compares with: an attribute, and both of them as texts."""
    for one in subject.found.root.iter(f"{{{ADLCP_1_3}}}completionThreshold"):
        meant = threshold(one)
        if one.get("minProgressMeasure", _ALL_OF_IT) != _ALL_OF_IT:
            continue
        if meant is not None and 0 <= meant < 1:
            who, what = "nobody with a progress below 1 completes", f"it overlooks the completion threshold {meant:g}"
            remedy = f'write completedByMeasure="true" minProgressMeasure="{meant:g}"'
            yield _never(one, who, what, remedy)
        else:
            who, what = "nobody with a progress of 1 completes", f"it wants {_ALL_OF_IT}, and compares them as texts"
            yield _never(one, who, what, 'write minProgressMeasure="1"')


def _never(where: etree._Element, who: str, what: str, remedy: str, waiting: Sequence[str] = ()) -> Flaw:
    """Return that nobody passes or completes an item, or everybody."""
    item = where.getparent()
    values = {"who": who, "item": shown_name(item) if item is not None else "?", "what": what, "remedy": remedy}
    found = Flaw(messages.MOODLE_CANNOT_PASS, where, {**values, "waiting": never_open(waiting, SCORED)})
    return found.weighing(Severity.ERROR) if waiting else found


# --- prerequisites ---


@of_moodle("L505", family=Family.SCORM12)
def prerequisites_act(subject: Subject) -> Iterator[Flaw]:
    """Every prerequisite does in Moodle what it says."""
    items = {name: item for item in subject.items if (name := item.get("identifier"))}
    for element in subject.found.root.iter(f"{{{ADLCP_1_2}}}prerequisites"):
        item = element.getparent()
        if item is not None and 0 < len((element.text or "").strip()) < _LONGEST_EXPRESSION:
            is_spoiled = subject.found.document.startswith(_UTF_16) and "&" in (element.text or "")
            reasons = _otherwise(element, item, items)
            for reason in (_SPOILED,) if is_spoiled else reasons:
                yield Flaw(messages.MOODLE_LOCKS_OTHERWISE, element, {"item": shown_name(item), "reason": reason})


def _otherwise(element: etree._Element, item: etree._Element, items: dict[str, etree._Element]) -> Iterator[str]:
    """Yield what is otherwise about an expression in Moodle."""
    if element.get("type") != "aicc_script":
        yield "it overlooks them, since their type is not aicc_script"
        return
    if not item.get("identifierref") and item.find("{*}item") is not None:
        yield "they stand on a heading, and do not lock what is under it"
    for part in dict.fromkeys(re.split(r"[&|()~]", element.text or "")):
        if reason := _never_true(part.strip(), items):
            yield reason


def _never_true(part: str, items: dict[str, etree._Element]) -> str:
    """Return why a part of an expression, between its operators, is never true; "" where it may be."""
    if re.fullmatch(r"\d+\s*\*\s*\{.*\}", part):
        return f"there are blanks in the set '{part}'" if " " in part else ""
    name, sign, status = re.split(r"(=|<>)", part, maxsplit=1) if re.search("=|<>", part) else (part, "", "")
    if sign and status.strip().strip("\"'") not in _STATUSES:
        return f"'{status.strip()}' is not a status"
    if '"' in name:
        return f"{name.strip()} is in quotation marks"
    item = items.get(name.strip())
    if item is not None and not item.get("identifierref"):
        return f"'{name.strip()}' is a heading, and is never complete"
    return f"'{name.strip()}' is hidden, and nobody can open it" if item is not None and _hides(item) else ""


def _hides(item: etree._Element) -> bool:
    """Say whether nobody can open an item, or one that it is in: what is not hidden by `false` has no link, either."""
    above = item.iterancestors("{*}item", "{*}organization")
    return item.get(_VISIBLE, "true") != "true" or any(one.get(_VISIBLE) == "false" for one in above)


# --- sequencing ---


@of_moodle("L506", family=Family.SCORM2004)
def sequencing_is_not_needed(subject: Subject) -> Iterator[Flaw]:
    """Nothing waits for anything, for nothing is locked by SCORM 2004 in Moodle."""
    collection = subject.found.root.iterfind(f"{{{SS}}}sequencingCollection/{{{SS}}}sequencing")
    shared = {str(one.get("ID")) for one in collection if _locks(one)}
    of_items = subject.found.root.iterfind(f".//{{*}}item/{{{SS}}}sequencing")
    of_menus = subject.found.root.iterfind(f".//{{*}}organization/{{{SS}}}sequencing")
    if count := sum(_locks(one) or one.get("IDRef") in shared for one in of_items) + sum(map(_orders, of_menus)):
        yield Flaw(messages.MOODLE_LOCKS_NOTHING, None, {"count": count})


def _locks(sequencing: etree._Element) -> bool:
    rules = sequencing.iterfind(f"{{{SS}}}sequencingRules/{{{SS}}}preConditionRule/{{{SS}}}ruleAction")
    return any(rule.get("action") in _LOCKS for rule in rules) or _orders(sequencing)


def _orders(sequencing: etree._Element) -> bool:
    mode = sequencing.find(f"{{{SS}}}controlMode")
    return mode is not None and (mode.get("choice") == "false" or mode.get("forwardOnly") == "true")


@of_moodle("L507", family=Family.SCORM2004)
def buttons_unlink_nothing(subject: Subject) -> Iterator[Flaw]:
    """No item hides the button Continue, for that takes the next one's link away."""
    hidden = subject.found.root.iter(f"{{{ADLNAV}}}hideLMSUI")
    for element in islice((one for one in hidden if one.text == "continue"), _MOST_NAMED):
        item = next(element.iterancestors("{*}item"), None)
        if item is not None and item not in subject.items[-1:]:
            yield Flaw(messages.MOODLE_UNLINKS, element, {"item": shown_name(item)})
