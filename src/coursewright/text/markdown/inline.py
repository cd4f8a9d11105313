"""What stands in lines of Markdown: patterns that Python-Markdown looks for, ours beside its own."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    LINK_RE,
    BacktickInlineProcessor,
    DelimiterProcessor,
    ImageInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.util import AtomicString

from coursewright.text.markdown.formulas import IN_BACKQUOTES, IN_DOLLARS, Formula, next_formula, quoted_formula

# Strong text and code, holding nothing else, are most of what is marked up: they need no parser.
SIMPLE = re.compile(r"(?<![*\w])\*\*(?! )([^*`\\\[<&_$\n]+)(?<! )\*\*(?![*\w])|(?<!`)`([^`\\\n]+)`(?!`)")
# The library's pattern, but for the atomic group: without it a long row of backquotes takes minutes. As CODE_SPAN.
_BACKQUOTED = r"(?:(?<!\\)((?:\\{2})+)(?=`+)|(?<![\\`])((?>`+))(.+?)(?<!`)\2(?!`))"
_BARE_ADDRESS = r"(?<![\w/\"'=])(https?://[^\s<>\"'`\x02\x03]+)"
_HARD_BREAK = r"\\\n"


class CommonPatterns(Extension):
    """Reads code, links and breaks in lines as GitHub does."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        stressed = _Stressed("*", "strong,em", md)
        stressed.add("_", "strong,em", smart=True)
        md.inlinePatterns.register(stressed, "em_strong", 60)
        md.inlinePatterns.register(BacktickInlineProcessor(_BACKQUOTED), "backtick", 190)
        md.inlinePatterns.register(SubstituteTagInlineProcessor(_HARD_BREAK, "br"), "hard_break", 182)
        md.inlinePatterns.register(_Link(LINK_RE, md), "link", 160)
        md.inlinePatterns.register(_Picture(IMAGE_LINK_RE, md), "image_link", 150)
        md.inlinePatterns.register(_BareAddress(_BARE_ADDRESS, md), "bare_address", 115)
        md.ESCAPED_CHARS.append("<")


class _Stressed(DelimiterProcessor):
    """Makes emphasis of stars and lines. The library loses its place where they nest badly, and then eats letters."""

    def get_cached_result(self, pos: int, data: str) -> tuple[Element, int, int]:
        """Return what was found before for a place, if it is there, and else what is found now."""
        if self._fits(pos, data):
            return super().get_cached_result(pos, data)
        self.reset()
        found = self.compiled_re.match(data, pos)
        return self.handleMatch(found, data) if found else (None, pos, pos + 1)  # type: ignore[return-value]

    def _fits(self, pos: int, data: str) -> bool:
        """Say whether the regions that come next begin and end with their sign, and none of them in a stash."""
        first = self.regions[self.cache_index]
        offset = pos - (self.cache_pos if pos != self.cache_pos else first[0])
        within = (one for one in self.regions[self.cache_index :] if one[0] < first[3])
        return all(_is_row(data[a + offset : b + offset] + data[c + offset : d + offset]) for a, b, c, d, *_ in within)


def _is_row(signs: str) -> bool:
    return bool(signs) and signs[0] in "*_~" and not signs.strip(signs[0])


class _BareAddress(InlineProcessor):
    """Makes a link of an address that stands in a text; what ends the sentence is not part of it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        address = m[1].rstrip(".,;:!?*_")
        while address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1].rstrip(".,;:!?*_")
        link = Element("a", href=address)
        link.text = AtomicString(address)
        return link, m.start(1), m.start(1) + len(address)


class _Bounded(LinkInlineProcessor):
    """Refuses a link whose end the library does not find: it would take the rest of the text along."""

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802 - the library's name
        href, title, end, handled = super().getLink(data, index)
        return href, title, end, handled and end > index


class _Link(_Bounded):
    """A link."""


class _Picture(_Bounded, ImageInlineProcessor):
    """A picture."""


class Formulas(Extension):
    """Reads formulas between dollars."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.ESCAPED_CHARS.append("$")
        md.block_level_elements.remove("math")  # it stands in the middle of a line
        # before a backslash escapes: what stands between backquotes first, then code, then what stands between dollars
        md.inlinePatterns.register(_QuotedFormula(IN_BACKQUOTES, md), "quoted_formula", 195)
        md.inlinePatterns.register(_Formula(IN_DOLLARS, md), "formula", 185)


_Handled = tuple[Element | None, int | None, int | None]


class _Formula(InlineProcessor):
    """Makes MathML of a formula; one that cannot be read shows as it is written."""

    def __init__(self, pattern: str, md: Markdown) -> None:
        super().__init__(pattern, md)
        self.compiled_re = re.compile(pattern, re.DOTALL | re.IGNORECASE)

    def handleMatch(self, m: re.Match[str], data: str) -> _Handled:  # type: ignore[override]  # noqa: N802
        found = next_formula(data, m.start())
        return (_shown(found), found.start, found.end) if found else (None, len(data), len(data))


class _QuotedFormula(InlineProcessor):
    """Makes MathML of a formula between backquotes, and leaves code alone."""

    def handleMatch(self, m: re.Match[str], data: str) -> _Handled:  # type: ignore[override]  # noqa: N802
        found = quoted_formula(m)
        return (_shown(found), found.start, found.end) if found else (None, None, None)


def _shown(found: Formula) -> Element:
    element = found.element()
    if element is None:
        element = Element("code")
        element.text = found.written
    for inner in element.iter():
        inner.text = AtomicString(inner.text) if inner.text else None
    return element
