"""Spaces that only look like one, and signs that nobody sees: read as plain ones where they carry structure."""

from __future__ import annotations

from coursewright.readers.roadmap.labels import label_of
from coursewright.text import vocabulary
from coursewright.text.names import normal
from coursewright.text.patterns import later

_ODD = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
_BLANKS = " \t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000" + _UNSEEN
_INVISIBLE = later(f"[{_UNSEEN}]")
_ANY_SPACE = later(f"[{_ODD}]")
_TELLING = later(f"[{_ODD}{_UNSEEN}]")
_GAP = f"[ \t{_ODD}{_UNSEEN}]"
_HEADING = later(f"{_GAP}*(#{{1,6}})({_GAP}+)(.*)$")
_MARKED = later(f"({_GAP}*)([-*+]|\\d{{1,9}}[.)])({_GAP}*[ \t{_ODD}]{_GAP}*)(.*)$")
_BOX = later(f"\\[([xX]|{_GAP}?)\\]{_GAP}+")
_DRAWN = later(f"(?=.*[-=|])[-=|:*_ \t{_ODD}{_UNSEEN}]+$")
_FENCE = later(f"({_GAP}+)(`{{3,}}|~{{3,}})")
_LABELLED = later(
    r"((?:[-*+]|\d{1,9}[.)])?\s*)(\*\*[^*]{1,60}?(?:[:：]\*\*|\*\*[^*:：]{0,60}[:：])|[^*`:：]{1,60}[:：])(.*)$"
)
_NAMING = later(r"(?:(?:module|project) )?id|next\b.*")
_KNOWN = later(r"(?:(?:module|project) )?(?:id|title)|(?:target )?roles?|(?:estimated )?duration|hours|placement\b.*")

_ELSEWHERE = dict(vocabulary.names(vocabulary.FIELDS))
_NAMES = frozenset(("module id", "project id", "next"))


def plain_structure(line: str, before: str) -> str:
    """Return a line outside code with plain spaces where they make a heading, an item, a rule or a field.

    `before` is the line before: text that runs on is no item, though it begin with a number and a no-break space.
    """
    if not _TELLING.search(line):
        return line
    if not _plain(line).strip() or _DRAWN.match(line):
        return _plain(line)
    if heading := _HEADING.match(line):
        return f"{heading[1]} {seen(heading[3])}"
    if fence := _FENCE.match(line):
        return _plain(fence[1]) + line[fence.end(1) :]
    if (item := _MARKED.match(line)) and (
        not before.strip() or before.lstrip()[0] in "#-*+0123456789" or before[0] == " "
    ):
        box = _BOX.match(item[4])
        text = f"[{_plain(box[1]) or ' '}] {item[4][box.end() :]}" if box else item[4]
        return f"{_plain(item[1])}{item[2]} {_field(text)}"
    return _field(line)


def seen(text: str) -> str:
    """Return a text without signs that nobody sees."""
    return _INVISIBLE.sub("", text)


def _plain(text: str) -> str:
    return _ANY_SPACE.sub(" ", seen(text))


def _field(text: str) -> str:
    """Return a field with a plain label, and a plain value if it names units; any other text as it is."""
    start = len(text) - len(text.lstrip(f" \t{_UNSEEN}"))
    if not (found := _LABELLED.match(text, start)):
        return text
    label = normal(_plain(found[2]))
    names = _NAMING.fullmatch(label) or _ELSEWHERE.get(label) in _NAMES or label_of(label)
    if not names and not _KNOWN.fullmatch(label) and label not in _ELSEWHERE:
        return text
    value = _plain(found[3]) if names else f" {found[3].strip(_BLANKS)}"
    return f"{seen(text[:start])}{found[1]}{_plain(found[2])}{value}"
