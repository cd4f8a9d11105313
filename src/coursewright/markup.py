"""Markdown to HTML that is safe in a learner's page: raw HTML shows as text, and no link leads to a missing file."""

from __future__ import annotations

import re
from functools import cached_property
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markupsafe import Markup, escape

from coursewright.formulas import FORMULA, formula
from coursewright.wording import intricacy

# What makes a text more than plain: without any of these it only needs escaping, which is 50 times as fast.
_MARKED_UP = re.compile(r"[`\\\[*\n]|<(?=[^\s<>]*[:@])|&#?\w+;|(?<!\w)_|_(?!\w)")
# Strong text and code, holding nothing else, are most of what is marked up: they need no parser either.
_SIMPLE = re.compile(r"(?<![*\w])\*\*(?! )([^*`\\\[<&_$\n]+)(?<! )\*\*(?![*\w])|(?<!`)`([^`\\\n]+)`(?!`)")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_FENCE = re.compile(r"^\s*(?:>\s*)*(?:```|~~~)", re.MULTILINE)
_MATH = re.compile(r'<math alttext="([^"]*)".*?</math>', re.DOTALL)
_STRONG, _CODE = Markup("<strong>{}</strong>"), Markup("<code>{}</code>")
_EXTENSIONS = ("tables", "fenced_code", "sane_lists", "def_list")


class Converter:
    """Converts Markdown. Not safe to share between threads; make one for each."""

    def __init__(self, *, math: bool = False) -> None:
        self._extensions: list[str | Extension] = [*_EXTENSIONS, _OnlySafeMarkup(), *([_Formulas()] if math else [])]
        self._markdown = Markdown(extensions=self._extensions)
        self._marked_up = re.compile(rf"{_MARKED_UP.pattern}|\$") if math else _MARKED_UP

    @cached_property
    def _with_code(self) -> Markdown:
        """What highlights code: a twentieth of a second to load, so only where there is any."""
        from markdown.extensions.codehilite import CodeHiliteExtension

        highlighter = CodeHiliteExtension(css_class="code", guess_lang=False)
        return Markdown(extensions=[*self._extensions, highlighter])

    def inline(self, text: str) -> Markup:
        """Return the HTML of one line of Markdown, without a paragraph around it."""
        if not self._marked_up.search(text) or intricacy(text):
            return escape(text)
        if (simple := self._simple(text)) is not None:
            return simple
        return self._parsed(text)

    def _simple(self, text: str) -> Markup | None:
        """Return the HTML of a text with strong parts and code alone, or None when it holds any other markup."""
        html, position = Markup(""), 0
        for match in _SIMPLE.finditer(text):
            between = text[position : match.start()]
            if self._marked_up.search(between):
                return None
            html += escape(between) + (_STRONG.format(match[1]) if match[1] else _CODE.format(match[2].strip()))
            position = match.end()
        return None if self._marked_up.search(text[position:]) else html + escape(text[position:])

    def _parsed(self, text: str) -> Markup:
        root = Element("div")
        SubElement(root, "p").text = text
        for processor in ("inline", "safe_links", "unescape"):
            self._markdown.treeprocessors[processor].run(root)
        html = self._markdown.serializer(root[0])
        return Markup(self._finished(html).removeprefix("<p>").removesuffix("</p>"))  # noqa: S704 - the converter's

    def block(self, markdown: str) -> Markup:
        """Return the HTML of paragraphs, lists, code and tables."""
        if intricacy(markdown):
            return Markup("<pre>{}</pre>").format(markdown)
        converter = self._with_code if _FENCE.search(markdown) else self._markdown
        html = converter.reset().convert(markdown)
        # Code may be wider than the page: with a tabindex the keyboard can scroll it. An author's "<pre>" is escaped.
        return Markup(html.replace("<pre>", '<pre tabindex="0">'))  # noqa: S704 - the converter's

    def plain(self, text: str) -> str:
        """Return one line of Markdown as text without markup."""
        if not self._marked_up.search(text):
            return text
        html = _MATH.sub(r"\1", str(self.inline(text)))
        return Markup(html).striptags()  # noqa: S704 - the converter's

    def _finished(self, html: str) -> str:
        for processor in self._markdown.postprocessors:
            html = processor.run(html)
        self._markdown.reset()
        return html


class _OnlySafeMarkup(Extension):
    """Takes raw HTML away from the author and unsafe links from the page."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_SafeLinks(md), "safe_links", 15)


class _SafeLinks(Treeprocessor):
    """Keeps links to the web, opened beside the course; turns any other link, and every picture, into its text."""

    def run(self, root: Element) -> None:
        for parent in root.iter():
            for child in list(parent):
                if child.tag == "img":
                    _become_text(child, child.get("alt", ""), child.get("src", ""))
        for link in root.iter("a"):
            if _SAFE_LINK.match(link.get("href", "")):
                link.set("target", "_blank")
                link.set("rel", "noopener noreferrer")
            else:
                link.tag = "span"
                link.attrib.clear()


def _become_text(picture: Element, description: str, source: str) -> None:
    """Turn a picture that the package does not hold into a link to it on the web, or into its description."""
    picture.attrib.clear()
    picture.tag = "a" if _SAFE_LINK.match(source) else "span"
    if picture.tag == "a":
        picture.set("href", source)
    picture.text = description or source


class _Formulas(Extension):
    """Reads formulas between dollars."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.ESCAPED_CHARS.append("$")
        md.block_level_elements.remove("math")  # it stands in the middle of a line
        md.inlinePatterns.register(_Formula(FORMULA, md), "formula", 185)  # after code, before what a backslash escapes


class _Formula(InlineProcessor):
    """Makes MathML of a formula; one that cannot be read shows as it is written."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        latex, display = (m["display"] or m["inline"]).strip(), bool(m["display"])
        element = formula(latex, display=display)
        if element is None:
            element = Element("code")
            element.text = latex
        for inner in element.iter():
            inner.text = AtomicString(inner.text) if inner.text else None
        return element, m.start(0), m.end(0)
