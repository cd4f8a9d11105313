"""Markdown to HTML that is safe in a learner's page: raw HTML shows as text, and no link leads to a missing file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from lxml.html import fromstring
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE
from markupsafe import Markup, escape

from coursewright.text.bidi import Directed, Directions, Flow
from coursewright.text.markdown.code import intricacy
from coursewright.text.markdown.inline import SIMPLE, CommonPatterns, Formulas
from coursewright.text.markdown.listings import titled
from coursewright.text.markdown.targets import defines, linked, targets
from coursewright.text.markdown.values import Prose
from coursewright.text.patterns import later

if TYPE_CHECKING:
    from coursewright.text.markdown.lesson import LessonPages

# What makes a text more than plain: without any of these it only needs escaping, which is 50 times as fast.
_MARKED_UP = later(r"[`\\\[*\n]|<(?=[^\s<>]*[:@])|&#?\w+;|(?<!\w)_|_(?!\w)|https?://")
_PARAGRAPH = later(r"[A-Za-z][^\n\\\[\]<>&:\"'$#|]*[A-Za-z.]")  # a line that begins and ends with words
_SIGNS = later(r"[`\\\[*\n<&_:$]")  # one of these is in all of it
_SAFE_LINK = later(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_CODE_BLOCK = later(r"(^(?:~{3,}[^\n]*\n.*?^~{3,}|`{3,}[^\n]*\n.*?^`{3,})[ ]*$)", re.MULTILINE | re.DOTALL)
_MATH = later(r'<math alttext="([^"]*)".*?</math>', re.DOTALL)
_CONTROL = later("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # no XML holds them
_STASH = later("[\x02\x03]")  # what the library marks its own places with
_MAIL_SIGN = later(rf"{AMP_SUBSTITUTE}#(\d+);")  # it hides addresses from machines of long ago
_KEPT = 2048  # lines: those of a course of some size
_MOST_SIGNS, _BRIEF = 2_000_000, 4_000  # of the texts that are kept with their HTML, and of each
_SENTENCE = later(r"(?:[^\W\d_]|\d+(?![\d.)]))(?:[\w ,.;:?()/%'\"–—-]*[\w.;:?)%'\"])?")  # one line of words and numbers
_STRONG, _CODE = Markup("<strong>{}</strong>"), Markup("<code>{}</code>")


class Converter:
    """Converts Markdown. Not safe to share between threads; make one for each."""

    def __init__(
        self,
        *,
        math: bool = False,
        flow: Flow = Flow(),  # noqa: B008 - a Flow is immutable
        labels: Mapping[str, str] | None = None,
        embed_videos: bool = False,
    ) -> None:
        self._flow, self._math, self._labels, self._embed = flow, math, labels or {}, embed_videos
        self._markdown = Markdown(extensions=self._extensions())
        self._directed = Directed(self._markdown, flow)
        self._marked_up = re.compile(rf"{_MARKED_UP.pattern}|\$") if math else _MARKED_UP
        # the same lines stand on the pages of a unit, in its metadata and in the menu, of each format
        self._inlined = lru_cache(_KEPT, typed=True)(self._inline)
        self._plainly = lru_cache(_KEPT, typed=True)(self._plain)
        self._brief: dict[tuple[str, int | None, str, bool], Markup] = {}
        self._signs = 0

    def _extensions(self) -> list[Extension]:
        formulas = [Formulas()] if self._math else []
        return [CommonPatterns(), _OnlySafeMarkup(), Directions(self._flow), *formulas]

    @cached_property
    def _whole(self) -> Markdown:
        """What reads several lines together: only where there are any."""
        from coursewright.text.markdown.blocks import GitHubBlocks
        from coursewright.text.markdown.grammar import roadmaps
        from coursewright.text.markdown.tree import Growth

        blocks = GitHubBlocks(roadmaps(math=self._math), lambda md: Growth(md.htmlStash.store, titled))
        return Markdown(extensions=[blocks, *self._extensions()])

    @cached_property
    def _lessons(self) -> LessonPages:
        """What reads whole documents: only where there are any."""
        from coursewright.text.markdown.lesson import LessonPages

        return LessonPages(math=self._math, flow=self._flow, labels=self._labels)

    def inline(self, text: str) -> Markup:
        """Return the HTML of one line of Markdown, without a paragraph around it."""
        return self._inlined(text)

    def _inline(self, text: str) -> Markup:
        text = _STASH.sub("", text)
        if not self._is_marked_up(text) or intricacy(text):
            return self._flow.line(text)
        if not self._flow.turned and not self._flow.minds(text) and (simple := self._simple(text)) is not None:
            return simple
        return self._parsed(text)

    def _is_marked_up(self, text: str) -> bool:
        return bool(_SIGNS.search(text) and self._marked_up.search(text))

    def _simple(self, text: str) -> Markup | None:
        """Return the HTML of a text with strong parts and code alone, or None when it holds any other markup."""
        if "://" in text:
            return None
        html, position = Markup(""), 0
        for match in SIMPLE.finditer(text):
            between = text[position : match.start()]
            if self._is_marked_up(between):
                return None
            html += escape(between) + (_STRONG.format(match[1]) if match[1] else _CODE.format(match[2].strip()))
            position = match.end()
        return None if self._is_marked_up(text[position:]) else html + escape(text[position:])

    def _parsed(self, text: str) -> Markup:
        root = Element("div")
        SubElement(root, "p").text = text
        for processor in ("inline", "safe_links"):
            self._markdown.treeprocessors[processor].run(root)
        self._directed.line(root[0])
        self._markdown.treeprocessors["unescape"].run(root)
        html = self._markdown.serializer(root[0])
        return Markup(self._finished(html).removeprefix("<p>").removesuffix("</p>"))  # noqa: S704 - the converter's

    def block(
        self,
        markdown: str,
        *,
        address: Callable[[str], str | None] | None = None,
        top: int | None = None,
        prefix: str = "",
        boxes: bool = True,
    ) -> Markup:
        """Return the HTML of paragraphs, lists, code and tables; with `address`, of all that a lesson may hold.

        `address` says where an address that is written leads within the package, or None. `top` is the level that the
        highest heading gets. `prefix` stands before every id. Without `boxes`, for LMSs that take
        forms and focus away, ticks are signs, and tables are no boxes that scroll.
        """
        if address is not None:
            return self._of_lesson(markdown, address, top, prefix, boxes)
        markdown = _STASH.sub("", markdown)
        if intricacy(markdown):
            return Markup("<pre>{}</pre>").format(markdown)
        markdown = _resolved(markdown) if "]:" in markdown else markdown
        if _PARAGRAPH.fullmatch(markdown) and not self._flow.turned and not self._flow.minds(markdown):
            return Markup("<p>{}</p>").format(self.inline(markdown))
        html = self._whole.reset().convert(markdown)
        way = ' dir="ltr"' if self._flow.turned else ""
        # Code may be wider than the page: with a tabindex the keyboard can scroll it. An author's "<pre>" is escaped.
        return Markup(_STASH.sub("", html).replace("<pre>", f'<pre tabindex="0"{way}>'))  # noqa: S704 - the converter's

    def _of_lesson(
        self, markdown: str, address: Callable[[str], str | None], top: int | None, prefix: str, boxes: bool
    ) -> Markup:
        """Return the HTML of a text that is a page by itself.

        The same answers stand in each document of each format: what is brief and has no address is converted once.
        """
        key, asked = (markdown, top, prefix, boxes), False

        def leading(href: str) -> str | None:
            nonlocal asked
            asked = True
            return address(href)

        if (known := self._sentence(markdown) or self._brief.get(key)) is not None:
            return known
        made = self.blocks([markdown], address=leading, top=top, prefix=prefix, boxes=boxes)[0]
        if len(markdown) <= _BRIEF and not asked:
            self._signs += len(markdown)
            if self._signs > _MOST_SIGNS:
                self._brief.clear()
                self._signs = len(markdown)
            self._brief[key] = made
        return made

    def _sentence(self, text: str) -> Markup | None:
        """Return the HTML of a line of words alone, as in a lesson; None where anything else may be in it."""
        from coursewright.text.markdown.lesson import is_marked_up

        if not _SENTENCE.fullmatch(text) or is_marked_up(text) or self._flow.turned or self._flow.minds(text):
            return None
        return Markup(f"<p>{text}</p>")  # noqa: S704 - no sign of HTML is in it

    def blocks(
        self,
        texts: Sequence[str],
        *,
        address: Callable[[str], str | None],
        top: int | None = None,
        prefix: str = "",
        boxes: bool = True,
    ) -> list[Markup]:
        """Return the HTML of the texts that make one page: as `block`; levels, anchors and links are of one page."""
        from coursewright.text.markdown.finish import Finish

        finish = Finish(address, top, prefix, self._embed, boxes, self._labels)
        attributes = ' tabindex="0"' + (' dir="ltr"' if self._flow.turned else "")
        finished = finish.finished(self._lessons.bodies(texts))
        return [Markup(self._lessons.with_listings(html, attributes)) for html in finished]  # noqa: S704 - cleaned

    def plain(self, text: str) -> str:
        """Return one line of Markdown as text without markup."""
        return self._plainly(text)

    def _plain(self, text: str) -> str:
        if not self._is_marked_up(text):
            return str(text)
        html = _MATH.sub(r"\1", str(self.inline(text)))
        said = Markup(html).striptags()  # noqa: S704 - the converter's
        return said if said.isprintable() else _CONTROL.sub("", said)

    def links(self, text: str | Prose) -> Iterator[tuple[str, str]]:
        """Yield the address of each link of a text that may lead to the web, with what it says."""
        markdown = text.markdown if isinstance(text, Prose) else text
        if "http" not in markdown.lower() and "&" not in markdown:  # what begins an address, or an entity in one
            return
        html = self.block(markdown) if isinstance(text, Prose) else self.inline(markdown)
        if "<a " in html:
            for link in fromstring(f"<p>{html}</p>").iter("a"):
                yield link.get("href", ""), " ".join("".join(map(str, link.itertext())).split())

    def _finished(self, html: str) -> str:
        for processor in self._markdown.postprocessors:
            html = processor.run(html)
        self._markdown.reset()
        return _STASH.sub("", html)


def _resolved(markdown: str) -> str:
    """Return Markdown with the targets that it defines for itself in its links; code stays as it is."""
    if not (known := targets([markdown])):
        return markdown
    parts = _CODE_BLOCK.split(markdown)
    for number, part in enumerate(parts):
        if not _CODE_BLOCK.match(part):
            kept = (line for line in part.split("\n") if not defines(line, known))
            parts[number] = linked("\n".join(kept), known)
    return "".join(parts)


class _OnlySafeMarkup(Extension):
    """Takes raw HTML away from the author and unsafe links from the page."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
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
            link.set("href", _MAIL_SIGN.sub(lambda sign: chr(int(sign[1])), link.get("href", "")))
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
