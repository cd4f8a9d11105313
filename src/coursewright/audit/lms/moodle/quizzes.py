"""What Moodle's importer of Common Cartridges makes of quizzes: what it drops, and what it marks wrongly."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.cartridges import ASSESSMENT, misplaced, of_cartridge
from coursewright.audit.lms.moodle.losses import Problem, amiss, stops
from coursewright.audit.lms.moodle.names import too_long
from coursewright.findings import messages
from coursewright.packages.documents.addresses import address_in_package, found_as
from coursewright.packages.documents.qti12.facts import QTI_NAMESPACE
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject, within_bounds
from coursewright.text.names import first_of

_NS, _TEXT = {"q": QTI_NAMESPACE}, f"{{{QTI_NAMESPACE}}}mattext"
_BANK = "/question-bank"
_CHOICE, _RESPONSE, _TRUE_FALSE = "cc.multiple_choice.v0p1", "cc.multiple_response.v0p1", "cc.true_false.v0p1"
_CHOSEN = (_CHOICE, _RESPONSE, _TRUE_FALSE)
_TRUTHS = {"true", "false"}
_FIB = "cc.fib.v0p1"
_PATTERN = "cc.pattern_match.v0p1"
_PROFILES = (_CHOICE, _RESPONSE, _TRUE_FALSE, _FIB, _PATTERN, "cc.essay.v0p1")
_ATTEMPTS, _MINUTES, _WEIGHT, _UNLIMITED = "cc_maxattempts", "qmd_timelimit", "cc_weighting", ("unlimited", "")
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
        if root is not None:
            flaws = chain(misplaced(name, root.iter(_TEXT)), _quiz(root, root.findall(paths[name], _NS)))
            yield from (flaw.within(name) for flaw in flaws)


def _is_imported(resource: etree._Element, subject: Subject) -> bool:
    kind = resource.get("type", "")
    return kind.endswith(_BANK) or (kind.endswith(ASSESSMENT) and resource.get("identifier") in subject.shows)


def _quiz(root: etree._Element, items: list[etree._Element]) -> Iterator[Flaw]:
    for field in root.iterfind("q:assessment/q:qtimetadata/q:qtimetadatafield", _NS):
        label, entry = _field(field)
        if label == _ATTEMPTS and entry.lower() not in _UNLIMITED and not entry.isdecimal():
            yield stops(field, f"its {_ATTEMPTS} is '{entry[:40]}'", "write a number, or unlimited")
        elif label == _MINUTES and entry and not entry.isdecimal():
            yield stops(field, f"its {_MINUTES} is '{entry[:40]}'", "write a whole number of minutes")
    yield from _confused(root)
    known = list(filter(_is_known, items))
    if not known:
        remedy = "write questions of the six profiles of cartridges, right under the first section, or take it out"
        yield stops(root, "it finds no question in this quiz", remedy)
    elif lost := list(_dropped(root, items)):
        yield Flaw(messages.MOODLE_DROPS_QUESTIONS, root, {"what": first_of(lost, _MOST_NAMED)})
    for item in known:
        yield from too_long(item, "the title of a question", item.get("title") or "")  # it is named by its text
        yield from _marks(item)
        yield from _silent(item)


def _confused(root: etree._Element) -> Iterator[Flaw]:
    """Yield where questions of one ident are true/false, for the kind of the last, and get answers of another kind."""
    named: defaultdict[str, list[etree._Element]] = defaultdict(list)
    for item in root.iter(f"{{{QTI_NAMESPACE}}}item"):
        named[item.get("ident", "")].append(item)
    for ident, items in named.items():
        kinds = [kind for kind in map(_profile, items) if kind]
        its_own = (all(label in _TRUTHS for label in _labels(item)) for item in items if _profile(item) == _TRUE_FALSE)
        if ident and kinds[-1:] == [_TRUE_FALSE] and all(its_own) and set(chain(*map(_labels, items))) - _TRUTHS:
            reason = f"the true/false question '{_shown(items[-1])}' gets the answers of all questions named {ident}"
            yield stops(items[-1], reason, "give each question an ident of its own")


def _labels(item: etree._Element) -> set[str]:
    return {label.get("ident", "") for label in item.iter(f"{{{QTI_NAMESPACE}}}response_label")}


def _silent(item: etree._Element) -> Iterator[Flaw]:
    """Yield the answers to choose from that have neither a text nor anything else to see."""
    for label in item.iter(f"{{{QTI_NAMESPACE}}}response_label") if _profile(item) in _CHOSEN else ():
        if not any((one.text or "").strip() for one in label.iter(_TEXT)):
            what, taken = f"the question '{_shown(item)}'", "learners see nothing there"
            yield amiss(label, what, "one of its answers has no text", taken, "write it")


def _field(field: etree._Element) -> tuple[str, str]:
    """Return the label and the entry of what a quiz or a question says of itself."""
    return field.findtext("q:fieldlabel", "", _NS), field.findtext("q:fieldentry", "", _NS).strip()


def _dropped(root: etree._Element, items: list[etree._Element]) -> Iterator[str]:
    """Yield which questions are left out."""
    yield from (f"{_shown(item)} ({_profile(item) or 'no cc_profile'})" for item in items if not _is_known(item))
    names = Counter(item.get("ident", "") for item in items)
    yield from (f"all but one named {ident}" for ident, count in names.items() if count > 1 and ident)
    if nested := sum(1 for _ in root.iter(f"{{{QTI_NAMESPACE}}}item")) - len(items):
        yield f"those in sections within sections ({nested})"


def _is_known(item: etree._Element) -> bool:
    return bool(item.get("ident")) and _profile(item) in _PROFILES


def _profile(item: etree._Element) -> str:
    return _facts(item).get("cc_profile", "")


def _facts(item: etree._Element) -> dict[str, str]:
    return dict(map(_field, item.iterfind("q:itemmetadata/q:qtimetadata/q:qtimetadatafield", _NS)))


def _shown(item: etree._Element) -> str:
    return item.get("title") or item.get("ident") or "one without ident"


def _marks(item: etree._Element) -> Iterator[Flaw]:
    """Yield a flaw where a question is read otherwise than it is meant."""
    profile, labels = _profile(item), _labels(item)
    if profile == _TRUE_FALSE and labels != _TRUTHS:
        reason = f"the answers of the true/false question '{_shown(item)}' have other idents than true and false"
        yield stops(item, reason, "name them true and false, in lower case")
    elif problem := _wrongly_marked(profile, item, labels) or _misweighed(item):
        reason, remedy = problem
        yield Flaw(messages.MOODLE_MARKS_WRONGLY, item, {"question": _shown(item), "reason": reason, "remedy": remedy})


def _misweighed(item: etree._Element) -> Problem | None:
    """Return that a question says another number of points than whole ones from 0 to 99, which are all that counts."""
    weight = _facts(item).get(_WEIGHT, "")
    if not weight or re.fullmatch(r"\d{1,2}(?:\.0*)?", weight):
        return None
    return f"its {_WEIGHT} is '{weight[:20]}', which Moodle reads otherwise", "write a whole number from 0 to 99"


def _wrongly_marked(profile: str, item: etree._Element, labels: set[str]) -> Problem | None:
    """Return that a question is none of the kind that it says it is, or that its answers are judged otherwise."""
    conditions = item.findall("q:resprocessing/q:respcondition", _NS)
    scores = [(condition, (condition.findtext("q:setvar", "", _NS) or "")) for condition in conditions]
    if profile not in _CHOSEN and next(item.iter(f"{{{QTI_NAMESPACE}}}render_choice"), None) is not None:
        return f"its cc_profile is {profile}, and it has answers to choose from", "write the profile of its kind"
    if profile in (_CHOICE, _TRUE_FALSE):
        return _of_choice(profile, scores, labels)
    if profile == _FIB and not any(score == "100" for _, score in scores):
        return "no <setvar> is exactly 100", "write <setvar>100</setvar> for the right answers"
    if profile == _FIB and not any((one.text or "").strip() for one in item.iter(f"{{{QTI_NAMESPACE}}}varequal")):
        return "its right answers are empty", "write them into <varequal>"
    if profile == _PATTERN and any(score.strip() == "100" for _, score in scores):
        return "an answer earns 100 times its mark, for pattern match takes the 100 as it is", f"make it {_FIB}"
    if profile == _RESPONSE:
        rewarded = [one for condition, score in scores if score.strip() == "100" for one in _right(condition)]
        if not rewarded:
            remedy = 'write <varequal case="Yes"> and <setvar varname="SCORE">100</setvar>'
            return 'no right answer says case="Yes"', remedy
        if {one.text for one in rewarded} - labels:
            return "a right answer is none of its answers", "name an answer in <varequal>"
    return None


def _of_choice(profile: str, scores: list[tuple[etree._Element, str]], labels: set[str]) -> Problem | None:
    """Return that no answer counts as right, or one with part of the marks: whatever has a score counts, if not 0."""
    earning = ((one.findtext("q:conditionvar/q:varequal", "", _NS), score) for one, score in scores)
    right = {name: score for name, score in earning if score not in ("", "0")}
    if profile == _TRUE_FALSE:  # whatever its capitals
        right = {name.lower(): score for name, score in right.items()}
    named = next(filter(None, right), "")
    if not right.keys() & labels and named:
        reason = f"its right answer '{named[:40]}' is none of its answers, so no answer counts as right"
        return reason, "name an answer in <varequal>"
    if not right.keys() & labels:
        return "no answer counts as right", _DIRECT
    if len({score.strip() for name, score in right.items() if name in labels}) > 1:
        return "answers that earn or cost part of the marks count as right", "give points to one answer alone"
    return None


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
