"""What Blackboard Learn does with packages: as its makers' help says; of QTI 2 in Ultra, as users found by trying."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place
from coursewright.validation.kinds import Family, Recognised
from coursewright.validation.lms.imports import documents_of, imports_replace_nothing, kind_is_documented
from coursewright.validation.lms.lms import Lms
from coursewright.validation.lms.scorm_engine import (
    external_metadata_is_there,
    it_says_to_be_scorm,
    prerequisites_count,
)
from coursewright.validation.subject import Subject

_TITLE = "Blackboard Learn"
# How questions of QTI 2 are answered that it imports: a choice of one or several, a word, an essay. The last one is a
# button for a hint, which makes no kind of question.
_TAKEN = frozenset(("choiceInteraction", "textEntryInteraction", "extendedTextInteraction", "endAttemptInteraction"))


def _refusal(found: Recognised) -> str:
    return ""


def questions_are_of_kinds_that_it_has(subject: Subject) -> Iterator[Finding]:
    """Every question of QTI 2 is answered by choosing, or by writing a word or an essay."""
    for _, place, question in documents_of(subject, "imsqti_item_xmlv2"):
        namespace = etree.QName(question).namespace or ""
        kinds = (etree.QName(element).localname for element in question.iter(f"{{{namespace}}}*"))
        for kind in dict.fromkeys(kind for kind in kinds if kind.endswith("Interaction") and kind not in _TAKEN):
            yield messages.QUESTION_SKIPPED.at(place, lms=_TITLE, kind=kind)


def questions_look_as_plain_text(subject: Subject) -> Iterator[Finding]:
    """No question of QTI 2 gets its looks, such as colours, by style or class."""
    styled = [_is_styled(question) for _, _, question in documents_of(subject, "imsqti_item_xmlv2")]
    if count := sum(styled):
        lms = f"{_TITLE} Ultra"
        yield messages.LOOKS_STRIPPED.at(Place(subject.shown), lms=lms, count=count, total=len(styled))


def _is_styled(question: etree._Element) -> bool:
    body = question.find("{*}itemBody")
    return body is not None and any(element.get("style") or element.get("class") for element in body.iter("{*}*"))


def statements_are_kept(subject: Subject) -> Iterator[Finding]:
    """What an xAPI package says of learners is kept somewhere."""
    yield messages.NO_RECORD_STORE.at(Place(subject.container.shown), lms=_TITLE)


_CARTRIDGES = kind_is_documented(
    _TITLE, "Common Cartridge 1.0 to 1.2 (release 9.1)", ("Common Cartridge 1.3", "Common Cartridge of", "thin Common")
)
LMS = Lms(
    "blackboard",
    _TITLE,
    "SCORM, xAPI, Common Cartridges, QTI",
    _refusal,
    {
        Family.SCORM12: (prerequisites_count(_TITLE), external_metadata_is_there(_TITLE)),
        Family.SCORM2004: (external_metadata_is_there(_TITLE),),
        Family.CONTENT: (it_says_to_be_scorm(_TITLE),),
        Family.XAPI: (statements_are_kept,),
        Family.CMI5: (kind_is_documented(_TITLE, "SCORM 1.2, SCORM 2004, AICC and xAPI", ("cmi5",)),),
        Family.CARTRIDGE: (_CARTRIDGES, imports_replace_nothing(_TITLE)),
        Family.QTI: (questions_are_of_kinds_that_it_has, questions_look_as_plain_text),
    },
)
