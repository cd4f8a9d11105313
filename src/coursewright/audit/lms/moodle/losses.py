"""What Moodle makes of something wrong, as flaws: it stops, leaves it out, or takes it otherwise than it is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw, Where, flaw
from coursewright.findings import messages

Problem = tuple[str, str]
"""Why something does not work, and what to do about it."""

BACK_UP_AGAIN = "create the backup again"
"""The remedy where something is missing that every backup has."""


def stops(where: Where, reason: str, remedy: str) -> Flaw:
    """Return that the import stops."""
    return flaw(messages.MOODLE_STOPS, where, reason=reason, remedy=remedy)


def amiss(where: Where, what: str, reason: str, taken: str, remedy: str) -> Flaw:
    """Return that something is restored otherwise than it is meant, and what it is taken for."""
    return flaw(messages.MOODLE_TAKES_AMISS, where, what=what, reason=reason, taken=taken, remedy=remedy)


def left_out(where: Where, what: str, reason: str, remedy: str) -> Flaw:
    """Return that something is left out."""
    return flaw(messages.MOODLE_LEAVES_OUT, where, what=what, reason=reason, remedy=remedy)


def breaks_quiz(where: Where, quiz: str, reason: str, remedy: str) -> Flaw:
    """Return that a quiz, or one with a question, does not work."""
    return flaw(messages.MOODLE_BREAKS_QUIZ, where, quiz=quiz, reason=reason, remedy=remedy)


def marks_amiss(where: Where, question: str, reason: str, taken: str, remedy: str) -> Flaw:
    """Return that a question is asked, and something of it cannot be answered or marked as it should."""
    return flaw(messages.MOODLE_MARKS_AMISS, where, question=question, reason=reason, taken=taken, remedy=remedy)


def loses_file(where: Where, file: str, item: str, reason: str, remedy: str) -> Flaw:
    """Return that a file of something is not restored."""
    about = {"does": "does not restore the", "file": file, "item": item}
    return flaw(messages.MOODLE_LOSES_FILE, where, **about, reason=reason, remedy=remedy)


def lacks_file(where: Where, file: str, item: str, reason: str, remedy: str) -> Flaw:
    """Return that something names a file that the backup does not have."""
    return flaw(messages.MOODLE_LOSES_FILE, where, does="finds no", file=file, item=item, reason=reason, remedy=remedy)


def empties(where: Where, item: str, reason: str, remedy: str, arrives: str = "arrives empty") -> Flaw:
    """Return that an item of a menu arrives empty, or as what is as good as that."""
    return flaw(messages.MOODLE_EMPTIES, where, item=item, arrives=arrives, reason=reason, remedy=remedy)


def misreads(where: Where, what: str, reason: str, remedy: str) -> Flaw:
    """Return that something is not seen, because of how it is written."""
    return flaw(messages.MOODLE_MISREADS, where, what=what, reason=reason, remedy=remedy)


def loses_text(where: Where, what: str, reason: str, remedy: str) -> Flaw:
    """Return that a text or a value is shown otherwise."""
    return flaw(messages.MOODLE_LOSES_TEXT, where, what=what, reason=reason, remedy=remedy)


def bare_lists(elements: Iterable[Where]) -> Iterator[Flaw]:
    """Yield that the restore stops at elements with nothing in them: it looks for a list there.

    Only a line break right after the tag has it see that there is none; it takes blanks for a text. It does not see
    what comes after elements that hold others.
    """
    for one in elements:
        if not isinstance(one, etree._Element) or one.find("*") is not None or any(map(len, _before(one))):
            continue
        text = str(one.xpath("string()"))
        if not text.startswith("\n"):
            holds = "holds only a text" if text.strip() else "holds only blanks" if text else "is empty"
            remedy = "take the element out, or write a line break right after its start tag"
            yield stops(one, f"<{one.tag}> {holds}, and the restore looks for a list in it", remedy)


def _before(element: etree._Element) -> Iterator[etree._Element]:
    return element.itersiblings(preceding=True)
