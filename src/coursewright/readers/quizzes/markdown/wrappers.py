"""What dialects wrap around an answer to fold it: MyST, Quarto, VitePress, Hugo, Jekyll, components."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.frozen import frozen
from coursewright.readers.quizzes.sheet import Sheet, trimmed

_WRAPPING = re.compile(
    r"^\s*</?(?:p|div|blockquote|center|span)\b[^>]*>\s*|\s*</?(?:p|div|blockquote|center|span)\b[^>]*>\s*$",
    re.IGNORECASE,
)
_NAMES = (
    r"dropdown|toggle|details|spoiler|solution|answer|hint|expand|collapse|reveal|callout[\w-]*|admonition|accordion\w*"
)
_ELEMENTS = r"Accordion\w*|Solution|Answer|Spoiler|Collapse|Collapsible|Reveal|Hint|Explanation"
_OPENERS = {
    "colons": rf"^\s*(?P<marks>:::+)\s*\{{?\.?(?P<what>{_NAMES})\b[^}}\n]*\}}?\s*(?P<title>.*)$",
    "fence": rf"^\s*(?P<marks>`{{3,}})\s*\{{(?P<what>{_NAMES})\}}\s*(?P<title>.*)$",
    "shortcode": rf"^\s*\{{\{{[<%]\s*(?P<what>{_NAMES})\b(?P<title>[^>%]*)[>%]\}}\}}\s*$",
    "liquid": rf"^\s*\{{%\s*(?P<what>{_NAMES})\b(?P<title>[^%]*)%\}}\s*$",
    "element": rf"^\s*<(?P<what>{_ELEMENTS})\b(?P<title>[^>]*)>\s*$",
}
_FORMS = {form: re.compile(pattern, re.IGNORECASE) for form, pattern in _OPENERS.items()}
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_LONGEST = 200


@frozen
class Fold:
    """Lines from `first` up to `end` that are folded; `inside` is what they hide, from line `begin` on."""

    first: int
    end: int
    summary: str
    inside: str


def unwrapped(text: str) -> str:
    """Return what is folded without the elements that only wrap it."""
    text, before = trimmed(text.split("\n")), ""
    while text != before:
        before, text = text, trimmed(_WRAPPING.sub("", text).split("\n"))
    return text


def wrapped(sheet: Sheet) -> Iterator[Fold]:
    """Yield what is folded in other ways than by `<details>`."""
    index = 0
    while index < len(sheet.lines):
        line = sheet.lines[index]
        opened = _opened(line) if line.lstrip()[:1] in (":", "`", "{", "<") else None
        end = 0
        if opened and (index not in sheet.hidden or opened[1] == "fence"):
            end = _closing(sheet, index, *opened)
        if opened and end:
            title, inside = _titled(opened[0], sheet.lines[index + 1 : end - 1])
            yield Fold(index, end, title, unwrapped(trimmed(inside)))
        index = end or index + 1


def _opened(line: str) -> tuple[re.Match[str], str] | None:
    return next(((found, form) for form, pattern in _FORMS.items() if (found := pattern.match(line))), None)


def _closing(sheet: Sheet, index: int, found: re.Match[str], form: str) -> int:
    """Return the index of the line after the one that closes what opens on a line; 0 where none does."""
    what = re.escape(found["what"])
    marks = re.escape(found["marks"]) if form in ("colons", "fence") else ""
    closes = {
        "colons": rf"\s*{marks}\s*$",
        "fence": rf"\s*{marks}\s*$",
        "shortcode": rf"\s*\{{\{{[<%]\s*/\s*{what}\s*[>%]\}}\}}\s*$",
        "liquid": rf"\s*\{{%\s*end{what}\s*%\}}\s*$",
        "element": rf"\s*</{what}>\s*$",
    }
    pattern = re.compile(closes[form])
    after = range(index + 1, min(len(sheet.lines), index + _LONGEST))
    return next((at + 1 for at in after if pattern.match(sheet.lines[at])), 0)


def _titled(found: re.Match[str], lines: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the title of what is folded, and its lines: options of a directive and a heading are not among them."""
    kept = [line for line in lines if not re.match(r"\s*:[\w-]+:(?:\s|$)", line)]
    quoted = _QUOTED.search(found["title"])
    title = (quoted[1] or quoted[2] or "") if quoted else found["title"].strip(" {}:")
    first = next((line for line in kept if line.strip()), "")
    heading = None if title else re.match(r"\s*#{1,6}\s+(.*)$", first)
    if heading:
        title = heading[1].strip()
        kept.remove(first)
    return title or found["what"], tuple(kept)
