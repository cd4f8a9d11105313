"""What Moodle's importer of Common Cartridges makes of quizzes: what it drops, and what it marks wrongly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.cartridges import ASSESSMENT, misplaced, of_cartridge
from coursewright.audit.lms.moodle.losses import amiss, stops
from coursewright.audit.lms.moodle.names import too_long
from coursewright.findings import messages
from coursewright.packages.documents.addresses import address_in_package, found_as
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject, within_bounds

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_NS, _TEXT = {"q": _QTI}, f"{{{_QTI}}}mattext"
_BANK = "/question-bank"
_CHOICE, _RESPONSE, _TRUE_FALSE = "cc.multiple_choice.v0p1", "cc.multiple_response.v0p1", "cc.true_false.v0p1"
_CHOSEN = (_CHOICE, _RESPONSE, _TRUE_FALSE)
_FIB = "cc.fib.v0p1"
_PATTERN = "cc.pattern_match.v0p1"
_PROFILES = (_CHOICE, _RESPONSE, _TRUE_FALSE, _FIB, _PATTERN, "cc.essay.v0p1")
# What a quiz says of itself in numbers, and what it may say otherwise.
_COUNTED = {"cc_maxattempts": ("unlimited", ""), "qmd_timelimit": ("",)}
_WEIGHT = re.compile(r"\d{1,9}(\.\d{1,9})?")
_IN_BANK, _IN_QUIZ = "q:objectbank/q:item", "q:assessment/q:section/q:item"
_MOST_NAMED = 5
_DIRECT = "write a <varequal> directly into <conditionvar>, and <setvar>100</setvar> beside it"


@of_cartridge("L502 L513 L515 L516 L556")
def quizzes_arrive(subject: Subject) -> Iterator[Flaw]:
    """Every quiz has questions that the importer knows, and marks as they are meant."""
    paths: dict[str, str] = {}
    for resource in subject.resources:
        file = resource.find("{*}file") if _is_imported(resource, subject) else None
        name = found_as(address_in_package(file), subject.container) if file is not None else None
        if name:
            paths[name] = _IN_BANK if resource.get("type", "").endswith(_BANK) else _IN_QUIZ
    for name in within_bounds(paths, subject.container, "quizzes"):
        root = read_document(name, subject.container)
        flaws = (
            (misplaced(name, root.iter(_TEXT)), _quiz(root, root.findall(paths[name], _NS))) if root is not None else ()
        )
        yield from (flaw.within(name) for flaw in chain(*flaws))


def _is_imported(resource: etree._Element, subject: Subject) -> bool:
    kind = resource.get("type", "")
    return kind.endswith(_BANK) or (kind.endswith(ASSESSMENT) and resource.get("identifier") in subject.shows)


def _quiz(root: etree._Element, items: list[etree._Element]) -> Iterator[Flaw]:
    for field in root.iterfind("q:assessment/q:qtimetadata/q:qtimetadatafield", _NS):
        name, value = field.findtext("q:fieldlabel", "", _NS), field.findtext("q:fieldentry", "", _NS).strip()
        if name in _COUNTED and value.lower() not in _COUNTED[name] and not value.isdecimal():
            wanted = " or ".join(("a number", *filter(None, _COUNTED[name])))
            yield stops(field, f"its {name} is '{value[:40]}'", f"write {wanted}")
    known = list(filter(_is_known, items))
    if not known:
        remedy = "write questions of the six profiles of cartridges, right under the first section, or take it out"
        yield stops(root, "it finds no question in this quiz", remedy)
    elif lost := list(_dropped(root, items)):
        what = ", ".join(lost[:_MOST_NAMED]) + (" …" if len(lost) > _MOST_NAMED else "")
        yield Flaw(messages.MOODLE_DROPS_QUESTIONS, root, {"what": what})
    for item in known:
        title = item.get("title") or ""
        yield from too_long(item, "the title of a question", title)  # it is named by its text
        yield from _marks(item)
        yield from _oddities(item)


def _oddities(item: etree._Element) -> Iterator[Flaw]:
    """Yield what is lost of a question, though it is marked as it is meant."""
    what, weight = f"the question '{_shown(item)}'", _metadata(item, "cc_weighting").strip()
    if weight and not _WEIGHT.fullmatch(weight):
        yield amiss(item, what, f"its cc_weighting is '{weight[:40]}'", "it earns 1 point, or none", "write a number")
    for label in item.iter(f"{{{_QTI}}}response_label") if _profile(item) in _CHOSEN else ():
        if not any((one.text or "").strip() for one in label.iter(_TEXT)):
            yield amiss(label, what, "one of its answers has no text", "learners see nothing there", "write it")


def _dropped(root: etree._Element, items: list[etree._Element]) -> Iterator[str]:
    """Yield which questions are left out."""
    yield from (f"{_shown(item)} ({_profile(item) or 'no cc_profile'})" for item in items if not _is_known(item))
    names = Counter(item.get("ident", "") for item in items)
    yield from (f"all but one named {ident}" for ident, count in names.items() if count > 1 and ident)
    if nested := sum(1 for _ in root.iter(f"{{{_QTI}}}item")) - len(items):
        yield f"those in sections within sections ({nested})"


def _is_known(item: etree._Element) -> bool:
    return bool(item.get("ident")) and _profile(item) in _PROFILES


def _profile(item: etree._Element) -> str:
    return _metadata(item, "cc_profile")


def _metadata(item: etree._Element, label: str) -> str:
    """Return what a question says of itself under a label, or ""."""
    for field in item.iterfind("q:itemmetadata/q:qtimetadata/q:qtimetadatafield", _NS):
        if field.findtext("q:fieldlabel", "", _NS) == label:
            return field.findtext("q:fieldentry", "", _NS) or ""
    return ""


def _shown(item: etree._Element) -> str:
    return item.get("title") or item.get("ident") or "one without ident"


def _marks(item: etree._Element) -> Iterator[Flaw]:
    """Yield a flaw where a question is read otherwise than it is meant."""
    profile = _profile(item)
    labels = {label.get("ident") for label in item.iter(f"{{{_QTI}}}response_label")}
    if profile == _TRUE_FALSE and labels != {"true", "false"}:
        reason = f"the answers of the true/false question '{_shown(item)}' have other idents than true and false"
        yield stops(item, reason, "name them true and false, in lower case")
    elif problem := _wrongly_marked(profile, item, labels):
        reason, remedy = problem
        yield Flaw(messages.MOODLE_MARKS_WRONGLY, item, {"question": _shown(item), "reason": reason, "remedy": remedy})


def _wrongly_marked(profile: str, item: etree._Element, labels: set[str | None]) -> tuple[str, str] | None:
    conditions = item.findall("q:resprocessing/q:respcondition", _NS)
    scores = [(condition, (condition.findtext("q:setvar", "", _NS) or "")) for condition in conditions]
    if profile in (_CHOICE, _TRUE_FALSE):
        right = {one.findtext("q:conditionvar/q:varequal", "", _NS): score for one, score in scores if _earns(score)}
        if profile == _TRUE_FALSE:  # whatever its capitals
            right = {name.lower(): score for name, score in right.items()}
        if not right.keys() & labels:
            return "no answer counts as right", _DIRECT
        if len({score.strip() for name, score in right.items() if name in labels}) > 1:
            return "answers that earn or cost part of the marks count as right", "give points to one answer alone"
    if profile == _FIB and not any(score == "100" for _, score in scores):
        return "no <setvar> is exactly 100", "write <setvar>100</setvar> for the right answers"
    if profile == _FIB and not any((one.text or "").strip() for one in item.iter(f"{{{_QTI}}}varequal")):
        return "its right answers are empty", "write them into <varequal>"
    if profile == _PATTERN and any(score.strip() == "100" for _, score in scores):
        return (
            "an answer earns 100 times its mark, for pattern match takes the 100 as it is",
            "make it cc.fib.v0p1",
        )
    if profile == _RESPONSE and not _rewarded(scores):
        return 'no right answer says case="Yes"', 'write <varequal case="Yes"> and <setvar varname="SCORE">100</setvar>'
    if profile == _RESPONSE and {one.text for one in _rewarded(scores)} - labels:
        return "a right answer is none of its answers", "name an answer in <varequal>"
    return None


def _earns(score: str) -> bool:
    """Say whether Moodle takes an answer for right: whatever its score is, if only not 0."""
    return score not in ("", "0")


def _rewarded(scores: list[tuple[etree._Element, str]]) -> list[etree._Element]:
    """Return the right answers of a multiple response."""
    return [answer for condition, score in scores if score.strip() == "100" for answer in _right(condition)]


def _right(condition: etree._Element) -> list[etree._Element]:
    """Return the right answers of multiple response in a condition."""
    setvar = condition.find("q:setvar", _NS)
    if setvar is None or setvar.get("varname") != "SCORE":
        return []
    found = condition.iterfind("q:conditionvar//q:varequal", _NS)
    return [one for one in found if one.get("case") == "Yes" and not _is_negated(one)]


def _is_negated(answer: etree._Element) -> bool:
    parent = answer.getparent()
    return parent is not None and etree.QName(parent).localname == "not"
