"""What stands in lines of lessons beside CommonMark: footnotes, marks, attributes, roles, and raw HTML."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.inlinepatterns import (
    HTML_RE,
    HtmlInlineProcessor,
    InlineProcessor,
    SimpleTagInlineProcessor,
)
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import AtomicString

from coursewright.text.emoji import NAMED, sign_of
from coursewright.text.markdown.anchors import anchor_of
from coursewright.text.markdown.boxes import attributes
from coursewright.text.markdown.formulas import formula
from coursewright.text.markdown.tree import HEADINGS
from coursewright.text.patterns import later

_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_SUBSCRIPT = r"(?<=[\w)\]])(~)(?=[^~\s])([^~\s]{1,40})~(?!~)"
_SUPERSCRIPT = r"(?<=[\w)\]])(\^)(?=[^\^\s])([^\^\s\[\]]{1,40})\^"
_MARKED = r"(?<![=\w])(==)(?=[^\s=])([^=\n]{1,500})(?<=[^\s=])==(?![=\w])"
_STRUCK = r"(?<![~\w])(~)(?=[^~\s])([^~\n]{1,500})(?<=[^~\s])~(?![~\w])"
_WWW = r"(?<![\w/.@\"'=])(www\.[^\s<>\"'`\x02\x03*]+)"
_NOTE = r"\[\^([^\]\s]+)\]"
_BRACES = r"(?:(?<=\x03)|(?=\{:))\{(:[ \t]*[.#\w][^{}\n]*|[ \t]{0,8}(?:[.#]|[\w-]+=)[^{}]{0,2000})\}"
_INNER_SPAN = r"\[([^\[\]]{1,500})\]\{[.#][^{}\n]*\}"
_SPAN = r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]{0,500}\](?:\([^()\s]{0,500}\)|\{[.#][^{}\n]*\})){0,500})\]\{([.#][^{}\n]*)\}"
_ROLE = r"\{([a-zA-Z][\w:+-]*)\}(?<!\\)(`+)(.+?)(?<!`)\2(?!`)"
_ESCAPED = UnescapeTreeprocessor.RE
_TITLED_TARGET = later(r"(?P<title>[^<>]*)<(?P<target>[^<>]+)>")
_ROLE_TAGS = {"kbd": "kbd", "kbd:": "kbd", "sub": "sub", "subscript": "sub", "sup": "sup", "superscript": "sup",
              "code": "code", "command": "code", "program": "code", "file": "code", "abbr": "span"}  # fmt: skip
_LINKING = frozenset(("doc", "ref", "numref", "download", "std:doc", "std:ref", "any", "link", "eq"))
_LENGTH = later(r"(\d{1,4})(?:px)?")


class Extras(Extension):
    """Reads what lessons have in their lines beyond what every text may have."""

    def __init__(self, *, math: bool) -> None:
        self._math = math
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.preprocessors.deregister("normalize_whitespace")  # tabs matter in code
        md.ESCAPED_CHARS[:] = _PUNCTUATION
        patterns = md.inlinePatterns
        patterns.register(_Role(_ROLE, md, math=self._math), "role", 197)
        patterns.register(_NoteReference(_NOTE, md), "note", 172)
        patterns.register(_Span(_SPAN, md), "span", 165)
        patterns.register(_Braces(_BRACES, md), "braces", 122)
        patterns.register(HtmlInlineProcessor(HTML_RE, md), "html", 117)
        patterns.register(_Www(_WWW, md), "www", 114)
        patterns.register(_Emoji(NAMED, md), "emoji", 76)
        patterns.register(_HeadedEmoji(NAMED, md), "headed_emoji", 75.5)
        patterns.register(SimpleTagInlineProcessor(_SUBSCRIPT, "sub"), "subscript", 75)
        patterns.register(SimpleTagInlineProcessor(_SUPERSCRIPT, "sup"), "superscript", 74)
        patterns.register(SimpleTagInlineProcessor(_MARKED, "mark"), "marked", 73)
        patterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", 59)
        if md.delimiters is not None:
            md.delimiters.add("~", "del", double=True)
        md.treeprocessors.register(_Notes(md), "notes", 18)
        md.postprocessors.register(_RawHtml(md), "raw_html", 30)


class _RawHtml(RawHtmlPostprocessor):
    """Puts HTML back without a paragraph around it."""

    def isblocklevel(self, html: str) -> bool:
        return True


class _NoteReference(InlineProcessor):
    """Makes a reference to a footnote that the text has."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        label = m[1].lower()
        if label not in _notes(self.md):
            return None, None, None
        mark = Element("sup", {"class": "footnote-ref"})
        link = SubElement(mark, "a", {"href": f"#fn-{anchor_of(label)}", "data-note": label})
        link.text = AtomicString(m[1])
        return mark, m.start(), m.end()


def _notes(md: Markdown | None) -> dict[str, Element]:
    parser: BlockParser | None = md.parser if md else None
    return getattr(getattr(parser, "growth", None), "notes", {})


class _Notes(Treeprocessor):
    """Numbers footnotes by their first references, and leads back to these; what nobody refers to stands last."""

    def run(self, root: Element) -> None:
        notes = _notes(self.md)
        if not notes:
            return
        order: dict[str, list[Element]] = {}
        for link in root.iter("a"):
            if label := link.get("data-note"):
                order.setdefault(label, []).append(link)
        for number, (label, links) in enumerate(order.items(), start=1):
            _number(notes[label], anchor_of(label), links, number)
        listed = root[-1][0]
        listed[:] = [notes[label] for label in [*order, *(label for label in notes if label not in order)]]


def _number(note: Element, name: str, links: list[Element], number: int) -> None:
    for again, link in enumerate(links):
        link.text = AtomicString(str(number))
        link.set("id", f"fnref-{name}" + (f"-{again}" if again else ""))
        del link.attrib["data-note"]
    holder = note[-1] if len(note) and note[-1].tag == "p" else SubElement(note, "p")
    back = SubElement(holder, "a", {"href": f"#fnref-{name}", "class": "footnote-back", "aria-label": str(number)})
    back.text = AtomicString("\u21a9")


class _Braces(InlineProcessor):
    """Takes attributes away from behind a picture, link or code; an id and a width stay with what they are said of."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        restored = _ESCAPED.sub(lambda sign: chr(int(sign[1])), self.unescape(m[1]))
        found = attributes(" ".join(restored.lstrip(":").split()))
        element = self._before(data, m.start())
        if element is not None:
            if found.id:
                element.set("id", found.id)
            if width := _LENGTH.fullmatch(found.values.get("width", "")):
                element.set("width", width[1])
            if alt := found.values.get("fig-alt", found.values.get("alt", "")):
                element.set("title", element.get("title", element.get("alt", "")))
                element.set("alt", alt)
            elif element.tag == "img" and (found.id.startswith("fig") or "fig-cap" in found.values):
                element.set("title", found.values.get("fig-cap", element.get("alt", "")))
        return "", m.start(), m.end()

    def _before(self, data: str, place: int) -> Element | None:
        start = data.rfind("\x02", 0, place) if data[place - 1 : place] == "\x03" else -1
        stashed = self.md.treeprocessors["inline"].stashed_nodes if start >= 0 and self.md else {}  # type: ignore[attr-defined]
        found = stashed.get(data[start:place].rpartition(":")[2].rstrip("\x03"))
        return found if isinstance(found, Element) else None


class _Span(InlineProcessor):
    """Makes of a text in brackets with attributes behind it a text with its place."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        found = attributes(m[2])
        span = Element("mark" if "mark" in found.classes else "kbd" if "kbd" in found.classes else "span")
        if found.id:
            span.set("id", found.id)
        span.text = re.sub(_INNER_SPAN, r"\1", m[1])  # a span in a span keeps its words
        return span, m.start(), m.end()


class _Role(InlineProcessor):
    """Makes of a role of MyST, such as {kbd}`x` or {doc}`Title <target>`, what GitHub's Markdown has for it."""

    def __init__(self, pattern: str, md: Markdown, *, math: bool) -> None:
        super().__init__(pattern, md)
        self._math = math

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        return self._made(m[1].lower(), m[3].strip()), m.start(), m.end()

    def _made(self, name: str, text: str) -> Element:
        if name == "math" and self._math and (made := formula(text, display=False)) is not None:
            for inner in made.iter():
                inner.text = AtomicString(inner.text) if inner.text else None
            return made
        element = Element(_ROLE_TAGS.get(name, "code" if name == "math" else "span"))
        titled = _TITLED_TARGET.fullmatch(text)
        if name in _LINKING:
            target = titled["target"].strip() if titled else text
            element = Element("a", {"href": f"#{target.lower()}" if name.endswith("ref") else target})
        element.text = AtomicString(titled["title"].strip() if titled else text)
        return element


class _Emoji(InlineProcessor):
    """Makes of a name such as :tada: what GitHub shows for it."""

    ANCESTOR_EXCLUDES = HEADINGS

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        sign = sign_of(m[1])
        return (sign, m.start(), m.end()) if sign else (None, None, None)


class _HeadedEmoji(InlineProcessor):
    """Makes signs of such names in headings, with the name for the anchor, which GitHub makes of it."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        if not (sign := sign_of(m[1])):
            return None, None, None
        element = Element("span", {"title": m[1]})
        element.text = AtomicString(sign)
        return element, m.start(), m.end()


class _Www(InlineProcessor):
    """Makes a link of an address without a scheme."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        address = m[1].rstrip(".,;:!?_)")
        link = Element("a", {"href": f"https://{address}"})
        link.text = AtomicString(address)
        return link, m.start(1), m.start(1) + len(address)
