"""What Blackboard Learn does with packages: as its makers' help says; of QTI 2 in Ultra, as users found by trying."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lxml import etree

from coursewright.audit.flaw import PACKAGE, Flaw, flaw
from coursewright.audit.lms.imports import (
    canvas_files_are_left_out,
    documents_of,
    external_metadata_is_there,
    imports_replace_nothing,
    it_is_converted,
    it_says_to_be_scorm,
    kind_is_documented,
    nothing_is_known,
    prerequisites_count,
)
from coursewright.audit.lms.lms import Lms
from coursewright.audit.rule import SCORM, rule
from coursewright.findings import messages
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

_TITLE = "Blackboard Learn"
# How questions of QTI 2 are answered that it imports: a choice of one or several, a word, an essay. The last one is a
# button for a hint, which makes no kind of question.
_TAKEN = frozenset(("choiceInteraction", "textEntryInteraction", "extendedTextInteraction", "endAttemptInteraction"))


@rule("L547", family=Family.QTI, lms="blackboard")
def questions_are_of_kinds_that_it_has(subject: Subject) -> Iterator[Flaw]:
    """Every question of QTI 2 is answered by choosing, or by writing a word or an essay."""
    for _, document in documents_of(subject, "imsqti_item_xmlv2"):
        namespace = etree.QName(document.root).namespace or ""
        kinds = (etree.QName(element).localname for element in document.root.iter(f"{{{namespace}}}*"))
        for kind in dict.fromkeys(kind for kind in kinds if kind.endswith("Interaction") and kind not in _TAKEN):
            yield flaw(messages.QUESTION_SKIPPED, lms=_TITLE, kind=kind).within(document.name)


@rule("L548", family=Family.QTI, lms="blackboard")
def questions_look_as_plain_text(subject: Subject) -> Iterator[Flaw]:
    """No question of QTI 2 gets its looks, such as colours, by style or class."""
    styled = [_is_styled(document.root) for _, document in documents_of(subject, "imsqti_item_xmlv2")]
    if count := sum(styled):
        lms = f"{_TITLE} Ultra"
        yield flaw(messages.LOOKS_STRIPPED, lms=lms, count=count, total=len(styled))


def _is_styled(question: etree._Element) -> bool:
    body = question.find("{*}itemBody")
    return body is not None and any(element.get("style") or element.get("class") for element in body.iter("{*}*"))


@rule("L545", family=Family.XAPI, lms="blackboard")
def statements_are_kept(subject: Subject) -> Iterator[Flaw]:
    """What an xAPI package says of learners is kept somewhere."""
    yield flaw(messages.NO_RECORD_STORE, lms=_TITLE).within(PACKAGE)


_KNOWN, _CARTRIDGES = "SCORM 1.2, SCORM 2004, AICC and xAPI", "Common Cartridge 1.0 to 1.2 (release 9.1)"
_UNKNOWN_CARTRIDGES = ("Common Cartridge 1.3", "Common Cartridge 1.4", "Common Cartridge of", "thin Common")
_TAKES = "SCORM, xAPI, Common Cartridges, QTI"
_FOREIGN = ("Brightspace", "WebCT")  # of exports: its own it takes as they are
_NEWER = ("QTI 2.2", "QTI 3", "QTI package")  # than the QTI 2.1 of which its users tell


_rule = partial(rule, lms="blackboard")
_rule("L532", family=Family.SCORM11)(nothing_is_known(_TITLE, _TAKES))
_rule("L532", family=Family.QTI)(nothing_is_known(_TITLE, "QTI 2.1", _NEWER))
_rule("L532", family=Family.VENDOR)(nothing_is_known(_TITLE, _TAKES, _FOREIGN))
_rule("L540", family=Family.SCORM12)(prerequisites_count(_TITLE))
_rule("L541", family=SCORM)(external_metadata_is_there(_TITLE))
_rule("L542", family=Family.CONTENT)(it_says_to_be_scorm(_TITLE))
_rule("L543", family=Family.CMI5)(kind_is_documented(_TITLE, _KNOWN, ("cmi5",)))
_rule("L543", family=Family.CARTRIDGE)(kind_is_documented(_TITLE, _CARTRIDGES, _UNKNOWN_CARTRIDGES))
_rule("L530", family=Family.CARTRIDGE)(canvas_files_are_left_out(_TITLE))
_rule("L544", family=Family.CARTRIDGE)(imports_replace_nothing(_TITLE))
_rule("L531", family=Family.MOODLE)(it_is_converted(f"{_TITLE} Ultra"))
LMS = Lms("blackboard", _TITLE, _TAKES)
