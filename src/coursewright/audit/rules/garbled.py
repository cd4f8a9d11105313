"""Rules over the letters of manifests and quizzes: none of them was read in one encoding and written in another."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import WITH_MANIFEST, is_whole, opened_documents, rule
from coursewright.findings import messages
from coursewright.packages.documents.reading import read_document
from coursewright.packages.files.budget import MOST_OF_A_BACKUP
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds
from coursewright.text.patterns import later

_RUN = later("[\u0080-\uffff]{2,200}")
# What the first byte of a letter in UTF-8 looks like, and what may follow.
_LIKELY = later(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]{1,3}"
)
# Documents of a backup that hold texts: some by their place, others wherever they are.
_BANKS = ("questions.xml", "gradebook.xml", "groups.xml", "badges.xml", "scales.xml", "outcomes.xml")
_LOST = "\N{REPLACEMENT CHARACTER}"
_ASKING = ("imsqti", "ims_qti", "imsdt_")


def mended(run: str) -> str:
    """Return the letters that others stand for, which are what UTF-8 looks like in Windows-1252; "" for none."""
    try:
        read = b"".join(_byte(sign) for sign in run).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""
    return read if len(read) < len(run) else ""


def _byte(sign: str) -> bytes:
    """Return the byte that a letter is in Windows-1252, or one that has no letter there."""
    return bytes([ord(sign)]) if 0x80 <= ord(sign) < 0xA0 else sign.encode("cp1252")


@rule("P379", family=WITH_MANIFEST)
def letters_are_whole(subject: Subject) -> Iterator[Flaw]:
    """The titles of a manifest, and the texts of quizzes and topics, have the letters that were meant."""
    yield from _document(subject.found.root)
    for document in opened_documents(sorted(set(_quizzes(subject))), subject, "topics and quizzes"):
        yield from (one.within(document.name) for one in _document(document.root))


@rule("P379", family=Family.MOODLE, when=is_whole)
def letters_of_backups_are_whole(subject: Subject) -> Iterator[Flaw]:
    """The texts of a backup have the letters that were meant."""
    container, every = subject.container, sorted(subject.container.sizes)
    names = (name for name in every if name in _BANKS or ("/" in name and name.endswith(".xml")))
    for name in within_bounds((subject.found.file, *names), container, "documents", count=MOST_OF_A_BACKUP):
        root = None if (container.read(name) or b"").isascii() else read_document(name, container)
        if root is not None:
            yield from (one.within(name) for one in _document(root))


def garbled_page(content: bytes) -> Iterator[Flaw]:
    """Yield one flaw for all garbled texts of a page in UTF-8."""
    try:
        text = "" if content.isascii() else content.decode("utf-8")
    except UnicodeDecodeError:
        return
    found = [(run, meant) for run in _LIKELY.finditer(text) if (meant := mended(run[0]))] if text else []
    if found:
        run, meant = found[0]
        line = text.count("\n", 0, run.start()) + 1
        how = f"'{run[0][:20]}' stands for '{meant[:20]}'"
        start, end = text.rfind(">", 0, run.start()) + 1, text.find("<", run.end())
        around = _around(text[start : end if end > 0 else None], run.start() - start)
        yield flaw(messages.TEXT_GARBLED, line, text=around, problem=how, count=len(found))


def _quizzes(subject: Subject) -> Iterator[str]:
    for resource in subject.typed(*_ASKING) if not subject.container.alone else ():
        yield from (one for one in subject.files_of(resource, launched=True) if one.endswith((".xml", ".qti")))
    own = (name for name in subject.container.sizes if name.startswith("non_cc_assessments/"))
    yield from (name for name in own if name.endswith(".qti"))


def _document(root: etree._Element) -> Iterator[Flaw]:
    """Yield one flaw for all garbled texts of a document."""
    found = [(element, problem) for element in root.iter(etree.Element) if (problem := _problem(element))]
    if found:
        element, (text, how) = found[0]
        yield flaw(messages.TEXT_GARBLED, element, text=text, problem=how, count=len(found))


def _problem(element: etree._Element) -> tuple[str, str] | None:
    """Return a text in or after an element that is garbled, and how, from shortly before its first such letter on."""
    for text in (element.text or "", element.tail or ""):
        if text.isascii():
            continue
        if _LOST in text:
            return _around(text, text.index(_LOST)), f"a letter was lost, and {_LOST} stands for it"
        for run in _RUN.finditer(text):
            if meant := mended(run[0]):
                return _around(text, run.start()), f"'{run[0][:20]}' stands for '{meant[:20]}'"
    return None


def _around(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 20) : at + 40].split())
