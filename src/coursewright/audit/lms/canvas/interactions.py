"""What Canvas makes of packages of QTI 2: questions of kinds that it lacks, tests that it does not find, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.rule import rule
from coursewright.audit.rules.questions.assessments import Assessment, assessments, attribute, plain
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.documents.addresses import followed, is_address, name_of
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.kinds import Family, Recognised
from coursewright.packages.subject import Subject

# By the beginnings of these namespaces on its root, or by its schema, Canvas tells a manifest of QTI 2.
_SPACES = tuple(
    f"http://www.imsglobal.org/xsd/{name}{n}" for name in ("imsqti_v2p", "qti/qtiv2p") for n in (0, 1)
)  # fmt: skip
_SCHEMA = re.compile(r"QTIv2\.", re.IGNORECASE)
_OF_2 = re.compile(r"imsqti_[a-z]+_xmlv2p\d+$")
_TESTS = ("imsqti_test_xmlv2p1", "imsqti_assessment_xmlv2p1")
_KNOWN = (
    *("choiceInteraction", "associateInteraction", "extendedTextInteraction", "textEntryInteraction"),
    *("matchInteraction", "inlineChoiceInteraction"),
)
_SHOWN = {"img": "src", "object": "data", "audio": "src", "video": "src", "source": "src"}
_MOST_TOLD = 20
# The namespaces in which Canvas looks for the interactionType of an item.
_TYPED = tuple(f"http://www.imsglobal.org/xsd/imsqti_{part}v2p{n}" for part in ("", "item_") for n in (0, 1))


def is_qti_2(found: Recognised) -> bool:
    """Say whether Canvas takes a package for one of QTI 2, which it does not convert before it reads it."""
    schema = text_of(next(found.root.iter("{*}schema"), None))
    spaces = (space or "" for space in found.root.nsmap.values())
    is_named = any(space.startswith(_SPACES) for space in spaces) or bool(_SCHEMA.search(schema))
    return found.kind.family is Family.QTI and is_named


def refusal(found: Recognised) -> str:
    """Return why Canvas finds nothing in a package of QTI, in words that follow "since"; "" where it does."""
    types = [one.get("type", "") for one in found.root.iter("{*}resource")]
    if found.kind.family is not Family.QTI:
        return ""
    if any("xmlv3p" in kind for kind in types) and not any("v1p" in kind or _OF_2.match(kind) for kind in types):
        return "it does not know QTI 3"
    is_of_2 = any(map(_OF_2.match, types)) and not any("v1p" in kind for kind in types)
    if is_of_2 and not is_qti_2(found):
        return "neither the schema that its manifest names nor a namespace of its manifest is of QTI 2"
    return ""


@rule("L520 L527 L552 L555", family=Family.QTI, lms="canvas")
def items_are_of_kinds_it_has(subject: Subject) -> Iterator[Finding]:
    """Every item is answered in a way that Canvas has, every test finds its items, and every picture is found."""
    if subject.container.alone or not is_qti_2(subject.found):
        return
    listed = {link for one in subject.found.root.iter("{*}file") if (link := unquote(one.get("href", "")))}
    launched = {one.get("href") for one in subject.resources}
    found = list(assessments(subject))
    names = {one.name: attribute(one.root, "identifier") for _, _, one in found}
    yield from _unopened(subject)
    yield from _unread(subject)
    yield from _doubled(found)
    for resource, wanted, one in found:
        if wanted == "assessmentItem":
            yield from _item(resource, one)
            yield from _pictures(one, {name for name in listed if name not in launched}, subject)
        elif wanted == "assessmentTest":
            yield from _test(resource, one, names)


def _unopened(subject: Subject) -> Iterator[Finding]:
    """Yield that a resource has no href, at which the conversion of all items stops."""
    for one in subject.resources:
        if _OF_2.match(one.get("type", "")) and not one.get("href"):
            reason, remedy = f"the resource '{name_of(one)}' has no href", "write its file into it"
            yield messages.CANVAS_STOPS.at(subject.place(one), reason=reason, remedy=remedy)


def _unread(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each resource of QTI of a type that Canvas does not look for."""
    for one in subject.resources:
        kind = one.get("type", "")
        is_known = kind in _TESTS or kind.startswith(("imsqti_item_xmlv2p", "imsqti_test_", "imsqti_assessment_"))
        if kind.startswith("imsqti") and not is_known:
            what, reason = f"the resource '{name_of(one)}'", f"its type is {kind[:60]}"
            yield _left_out(what, reason, "write imsqti_item_xmlv2p1, or imsqti_test_xmlv2p1", subject.place(one))


def _doubled(found: list[tuple[etree._Element, str, Assessment]]) -> Iterator[Finding]:
    """Yield a finding for each item with the identifier of another."""
    seen: dict[str, str] = {}
    for _, wanted, one in found:
        name = attribute(one.root, "identifier")
        if wanted == "assessmentItem" and seen.setdefault(name, one.name) != one.name:
            what, reason = f"one item of two '{name[:60]}'", f"{seen[name]} has the same identifier"
            yield _left_out(what, reason, "give each an identifier of its own", one.place(one.root))


def _item(resource: etree._Element, item: Assessment) -> Iterator[Finding]:
    """Yield that an item is answered in no way that Canvas has, or in several."""
    asked = [plain(one) for one in item.interactions()]
    unknown = next((one for one in asked if one not in _KNOWN and not _is_told(resource, one)), "")
    reason, remedy = "", "ask for a choice, a word, a text, or for pairs"
    if item.root.prefix is not None:
        reason, remedy = "its names begin with a prefix, and Canvas looks for those without", "write them without"
    elif unknown:
        reason = f"Canvas has no question that is answered by <{unknown}>"
    elif asked.count("choiceInteraction") > 1:
        reason, remedy = "it asks for several choices, and Canvas takes that for matching", "make an item of each"
    elif len(set(asked)) > 1:
        reason, remedy = "it is answered in several ways, and Canvas takes one of them", "make an item of each"
    elif blank := next((text_of(one).strip() for one in item.all("value") if _is_blank(one)), ""):
        reason, remedy = f"there are blanks around its right answer '{blank[:40]}'", "write none"
    elif lost := _misread(resource, item, asked):
        reason, remedy = lost
    if reason:
        place = item.place(item.root)
        yield messages.CANVAS_BREAKS_QUESTION.at(place, question=item.title[:80], reason=reason, remedy=remedy)


def _is_blank(value: etree._Element) -> bool:
    """Say whether the identifier of a choice has blanks around it, with which Canvas does not find it."""
    declared = next(value.iterancestors("{*}responseDeclaration"), None)
    is_name = declared is not None and declared.get("baseType") == "identifier"
    return is_name and text_of(value) != text_of(value).strip()


def _misread(resource: etree._Element, item: Assessment, asked: list[str]) -> tuple[str, str] | None:
    """Return what of an item that Canvas could show it loses, and what to do."""
    said = _said(resource)
    if said in ("textentryinteraction", "inlinechoiceinteraction") and len(asked) == 1:
        return f"the manifest says interactionType {said}, with which its answers are lost", "leave that out"
    if asked == ["extendedTextInteraction"] and any(map(str.strip, _right(item))):
        return "it has a right answer, and becomes a question of one word", "leave its answer out"
    choices = item.all("simpleChoice", "inlineChoice")
    if any(not text_of(one).strip() and not len(one) for one in choices):
        return "a choice is empty, and reads 'No answer text provided.'", "write what learners can choose"
    pairs = [parts[0] for parts in map(str.split, _right(item)) if len(parts) == 2]
    if "matchInteraction" in asked and len(set(pairs)) < len(pairs):
        return "something in it has several matches, and the last one counts", "let each have one match"
    return None


def _right(item: Assessment) -> Iterator[str]:
    """Yield the right answers of an item."""
    for correct in item.all("correctResponse"):
        yield from (text_of(one) for one in correct.iterchildren(etree.Element))


def _said(resource: etree._Element) -> str:
    """Return how the manifest says that an item is answered, where Canvas looks for that; "" where it does not."""
    spaces = (*_TYPED, etree.QName(resource).namespace or "")
    said = (one for space in spaces for one in resource.iter(f"{{{space}}}interactionType"))
    return next((text_of(one).strip().lower() for one in said), "")


def _is_told(resource: etree._Element, interaction: str) -> bool:
    """Say whether the manifest says that an item is one of putting in order, which Canvas does not tell otherwise."""
    return interaction == "orderInteraction" and "orderinteraction" in _said(resource)


def _pictures(item: Assessment, files: set[str], subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each picture that is there, and that Canvas does not find: it looks for a file that is listed
    with an item, and whose path ends as the link does."""
    told = 0
    for name, key in _SHOWN.items():
        for element in item.all(name):
            link = attribute(element, key)
            if not is_address(link) or followed(item.name, link) not in subject.container.sizes:
                continue
            if not any(one.endswith(unquote(link)) for one in files) and (told := told + 1) <= _MOST_TOLD:
                reason = "no <file> of an item in the manifest has a path that ends so"
                remedy = "list it among the files of its item, and link to it by its path from the top"
                what = f"the picture '{link[:80]}' of '{item.title[:60]}'"
                yield messages.CANVAS_LEAVES_OUT.at(item.place(element), what=what, reason=reason, remedy=remedy)


def _test(resource: etree._Element, test: Assessment, names: dict[str, str]) -> Iterator[Finding]:
    """Yield why Canvas makes no quiz of a test, or one without some of its questions."""
    kind, what = resource.get("type", ""), f"the test '{test.title[:60]}'"
    reason, remedy = "", ""
    if test.root.prefix is not None:
        reason, remedy = "its names begin with a prefix, and Canvas looks for those without", "write them without"
    elif kind not in _TESTS:
        reason, remedy = f"its resource has the type {kind[:60]}", f"write {_TESTS[0]}"
    elif not test.elements.get("testPart"):
        reason, remedy = "it has no <testPart>", "put its sections into one"
    if reason:
        yield _left_out(what, reason, remedy, test.place(test.root))
        return
    if not attribute(test.root, "title"):
        found, about = messages.CANVAS_KNOWS_NO_SUCH_VALUE, {"taken": "it is called 'Unnamed Quiz'", "known": "a title"}
        yield found.at(test.place(test.root), what=what, reason="it has no title", **about)
    for reference in test.all("assessmentSectionRef"):
        reason, remedy = "it stands in a document of its own", "write the section into the test"
        yield _left_out(f"a section of {what}", reason, remedy, test.place(reference))
    for reference in test.all("assessmentItemRef"):
        known = names.get(followed(test.name, attribute(reference, "href")))
        name = attribute(reference, "identifier")
        if known is not None and known != name:
            reason, remedy = (
                f"the test calls it '{name[:40]}', and it calls itself '{known[:40]}'",
                "write one for both",
            )
            yield _left_out(f"a question of {what}", reason, remedy, test.place(reference))


def _left_out(what: str, reason: str, remedy: str, place: Place) -> Finding:
    return messages.CANVAS_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy)


@rule("L527", family=Family.QTI, lms="canvas")
def tests_are_listed(subject: Subject) -> Iterator[Finding]:
    """There is a resource for every test of the package."""
    if subject.container.alone or not is_qti_2(subject.found):
        return
    kinds = [one.get("type", "") for one in subject.resources]
    if any("_test_" in kind or "_assessment_" in kind for kind in kinds):
        return
    documents = (name for name in sorted(subject.container.sizes) if name.endswith(".xml"))
    for name in documents:
        content = subject.container.read(name, 4096 * 64) or b""
        if re.search(rb"<(?:\w+:)?assessmentTest\b", content[:4096]):
            what, remedy = f"the test in {name}", f"give it a resource of the type {_TESTS[0]}"
            yield _left_out(what, "no resource of the manifest is a test", remedy, Place(subject.shown))
            return
