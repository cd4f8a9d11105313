"""What Canvas makes of packages of QTI 2: questions of kinds that it lacks, tests that it does not find, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.lms.canvas.losses import MOST_TOLD, Amiss, left_out, stopped, untitled
from coursewright.audit.rule import is_whole, rule
from coursewright.audit.rules.questions.assessments import Assessment, assessments, attribute, plain
from coursewright.findings import messages
from coursewright.packages.documents.addresses import followed, name_of
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.kinds import Family, Recognised, listed
from coursewright.packages.subject import Subject
from coursewright.text.addresses import is_address

# By the beginnings of these namespaces on its root, or by its schema, Canvas tells a manifest of QTI 2.
_SPACES = tuple(f"http://www.imsglobal.org/xsd/{name}{n}" for name in ("imsqti_v2p", "qti/qtiv2p") for n in (0, 1))
_SCHEMA = re.compile(r"QTIv2\.", re.IGNORECASE)
_OF_2 = re.compile(r"imsqti_[a-z]+_xmlv2p\d+$")
_TESTS = ("imsqti_test_xmlv2p1", "imsqti_assessment_xmlv2p1")
_READ = ("imsqti_item_xmlv2p", "imsqti_test_", "imsqti_assessment_")
_KNOWN = (
    *("choiceInteraction", "associateInteraction", "extendedTextInteraction", "textEntryInteraction"),
    *("matchInteraction", "inlineChoiceInteraction"),
)
_LARGEST_TEST, _BEGINNING = 4096 * 64, 4096  # bytes of a test, and of what tells that it is one
_SHOWN = {"img": "src", "object": "data", "audio": "src", "video": "src", "source": "src"}
# The namespaces in which Canvas looks for the interactionType of an item.
_TYPED = tuple(f"http://www.imsglobal.org/xsd/imsqti_{part}v2p{n}" for part in ("", "item_") for n in (0, 1))
_PREFIXED = "its names begin with a prefix, and Canvas looks for those without", "write them without"


def is_qti_2(found: Recognised) -> bool:
    """Say whether Canvas takes a package for one of QTI 2, which it does not convert before it reads it."""
    schema = text_of(found.root.find(".//{*}metadata//{*}schema"))
    spaces = (space or "" for space in found.root.nsmap.values())
    is_named = any(space.startswith(_SPACES) for space in spaces) or bool(_SCHEMA.search(schema))
    return found.kind.family is Family.QTI and is_named


def refusal(found: Recognised) -> str:
    """Return why Canvas finds nothing in a package of QTI, in words that follow "since"; "" where it does."""
    types = [one.get("type", "") for one in found.root.iter("{*}resource")]
    if found.kind.family is Family.QTI and next(listed(found.root), None) is None:
        return "the resources of its manifest do not stand in <resources>"
    is_of_1, is_of_2 = any("v1p" in kind for kind in types), any(map(_OF_2.match, types))
    if found.kind.family is not Family.QTI or is_of_1:
        return ""
    if any("xmlv3p" in kind for kind in types) and not is_of_2:
        return "it does not know QTI 3"
    is_lost = is_of_2 and not is_qti_2(found)
    return "neither the schema that its manifest names nor a namespace of its manifest is of QTI 2" if is_lost else ""


def _is_of_2(subject: Subject) -> bool:
    return is_whole(subject) and is_qti_2(subject.found)


@rule("L520 L527", family=Family.QTI, lms="canvas", when=_is_of_2)
def resources_are_read(subject: Subject) -> Iterator[Flaw]:
    """Every resource of QTI 2 has an href, without which the conversion stops, and a type that Canvas looks for."""
    for one in subject.resources:
        kind, name = one.get("type", ""), name_of(one)
        if _OF_2.match(kind) and not one.get("href"):
            yield stopped(one, f"the resource '{name}' has no href", "write its file into it")
        if kind.startswith("imsqti") and not kind.startswith(_READ):
            remedy = "write imsqti_item_xmlv2p1, or imsqti_test_xmlv2p1"
            yield left_out(one, f"the resource '{name}'", f"its type is {kind[:60]}", remedy)


@rule("L527 L552 L555", family=Family.QTI, lms="canvas", when=_is_of_2)
def items_are_of_kinds_it_has(subject: Subject) -> Iterator[Flaw]:
    """Every item is answered in a way that Canvas has, every test finds its items, and every picture is found."""
    listed = {link for one in subject.found.root.iter("{*}file") if (link := unquote(one.get("href", "")))}
    files = listed - {one.get("href") for one in subject.resources}
    found = list(assessments(subject))
    names = {one.name: attribute(one.root, "identifier") for _, _, one in found}
    items = [(resource, one) for resource, wanted, one in found if wanted == "assessmentItem"]
    yield from _doubled([one for _, one in items])
    for resource, one in items:
        if amiss := next(_flaws(resource, one), None):
            about = {"question": one.title[:80], "reason": amiss[0], "remedy": amiss[1]}
            yield flaw(messages.CANVAS_BREAKS_QUESTION, one.root, None, **about).within(one.name)
        yield from (found.within(one.name) for found in islice(_pictures(one, files, subject), MOST_TOLD))
    for resource, wanted, one in found:
        if wanted == "assessmentTest":
            yield from (found.within(one.name) for found in _test(resource, one, names))


def _doubled(items: list[Assessment]) -> Iterator[Flaw]:
    """Yield a finding for each item with the identifier of another."""
    seen: dict[str, str] = {}
    for one in items:
        name = attribute(one.root, "identifier")
        if seen.setdefault(name, one.name) != one.name:
            what, reason = f"one item of two '{name[:60]}'", f"{seen[name]} has the same identifier"
            yield left_out(one.root, what, reason, "give each an identifier of its own").within(one.name)


def _flaws(resource: etree._Element, item: Assessment) -> Iterator[Amiss]:
    """Yield why an item is answered in no way that Canvas has, or in several, or loses something."""
    asked, said, many = [plain(one) for one in item.interactions()], _said(resource), "make an item of each"
    if item.root.prefix is not None:
        yield _PREFIXED
    for one in asked:
        is_order = one == "orderInteraction" and "orderinteraction" in said  # which Canvas does not tell otherwise
        if one not in _KNOWN and not is_order:
            reason = f"Canvas has no question that is answered by <{one}>"
            yield reason, "ask for a choice, a word, a text, or for pairs"
    if asked.count("choiceInteraction") > 1:
        yield "it asks for several choices, and Canvas takes that for matching", many
    if len(set(asked)) > 1:
        yield "it is answered in several ways, and Canvas takes one of them", many
    yield from _lost(item, asked, said)


def _lost(item: Assessment, asked: list[str], said: str) -> Iterator[Amiss]:
    """Yield what of an item that Canvas could show it loses."""
    if blank := next((text_of(one).strip() for one in item.all("value") if _is_blank(one)), ""):
        yield f"there are blanks around its right answer '{blank[:40]}'", "write none"
    if said in ("textentryinteraction", "inlinechoiceinteraction") and len(asked) == 1:
        yield f"the manifest says interactionType {said}, with which its answers are lost", "leave that out"
    right = [text_of(one) for answers in item.all("correctResponse") for one in answers.iterchildren(etree.Element)]
    if asked == ["extendedTextInteraction"] and any(map(str.strip, right)):
        yield "it has a right answer, and becomes a question of one word", "leave its answer out"
    if any(not text_of(one).strip() and not len(one) for one in item.all("simpleChoice", "inlineChoice")):
        yield "a choice is empty, and reads 'No answer text provided.'", "write what learners can choose"
    pairs = [parts[0] for parts in map(str.split, right) if len(parts) == 2]
    if "matchInteraction" in asked and len(set(pairs)) < len(pairs):
        yield "something in it has several matches, and the last one counts", "let each have one match"


def _is_blank(value: etree._Element) -> bool:
    """Say whether the identifier of a choice has blanks around it, with which Canvas does not find it."""
    declared = next(value.iterancestors("{*}responseDeclaration"), None)
    is_name = declared is not None and declared.get("baseType") == "identifier"
    return is_name and text_of(value) != text_of(value).strip()


def _said(resource: etree._Element) -> str:
    """Return how the manifest says that an item is answered, where Canvas looks for that; "" where it does not."""
    spaces = (*_TYPED, etree.QName(resource).namespace or "")
    said = (one for space in spaces for one in resource.iter(f"{{{space}}}interactionType"))
    return next((text_of(one).strip().lower() for one in said), "")


def _pictures(item: Assessment, files: set[str], subject: Subject) -> Iterator[Flaw]:
    """Yield a finding for each picture that is there, and that Canvas does not find: it looks for a file that is listed
    with an item, and whose path ends as the link does."""
    for element, key in ((element, key) for name, key in _SHOWN.items() for element in item.all(name)):
        link = attribute(element, key)
        is_there = is_address(link) and followed(item.name, link) in subject.container.sizes
        if is_there and not any(one.endswith(unquote(link)) for one in files):
            reason = "no <file> of an item in the manifest has a path that ends so"
            remedy = "list it among the files of its item, and link to it by its path from the top"
            yield left_out(element, f"the picture '{link[:80]}' of '{item.title[:60]}'", reason, remedy)


def _test(resource: etree._Element, test: Assessment, names: dict[str, str]) -> Iterator[Flaw]:
    """Yield why Canvas makes no quiz of a test, or one without some of its questions."""
    what = f"the test '{test.title[:60]}'"
    if amiss := next(_unmade(resource, test), None):
        yield left_out(test.root, what, *amiss)
        return
    if not attribute(test.root, "title"):
        yield from untitled(test.root, what, "", "it is called 'Unnamed Quiz'")
    for reference in test.all("assessmentSectionRef"):
        reason, remedy = "it stands in a document of its own", "write the section into the test"
        yield left_out(reference, f"a section of {what}", reason, remedy)
    for reference in test.all("assessmentItemRef"):
        known = names.get(followed(test.name, attribute(reference, "href")))
        name = attribute(reference, "identifier")
        if known is not None and known != name:
            reason = f"the test calls it '{name[:40]}', and it calls itself '{known[:40]}'"
            yield left_out(reference, f"a question of {what}", reason, "write one for both")


def _unmade(resource: etree._Element, test: Assessment) -> Iterator[Amiss]:
    if test.root.prefix is not None:
        yield _PREFIXED
    if (kind := resource.get("type", "")) not in _TESTS:
        yield f"its resource has the type {kind[:60]}", f"write {_TESTS[0]}"
    if not test.elements.get("testPart"):
        yield "it has no <testPart>", "put its sections into one"


@rule("L527", family=Family.QTI, lms="canvas", when=_is_of_2)
def tests_are_listed(subject: Subject) -> Iterator[Flaw]:
    """There is a resource for every test of the package."""
    kinds = [one.get("type", "") for one in subject.resources]
    is_listed = any("_test_" in kind or "_assessment_" in kind for kind in kinds)
    for name in sorted(subject.container.sizes) if not is_listed else ():
        content = (subject.container.read(name, _LARGEST_TEST) if name.endswith(".xml") else None) or b""
        if re.search(rb"<(?:\w+:)?assessmentTest\b", content[:_BEGINNING]):
            remedy = f"give it a resource of the type {_TESTS[0]}"
            yield left_out(None, f"the test in {name}", "no resource of the manifest is a test", remedy)
            return
