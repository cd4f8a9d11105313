"""What an entry of a menu shows, as far as it can be read without running a script: pages of HTML, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from coursewright.packages.documents.addresses import followed, shown_as
from coursewright.packages.documents.elements import words
from coursewright.packages.documents.reading import encoding_of, has_endless_tag, is_page
from coursewright.packages.files.budget import LARGEST_PAGE
from coursewright.packages.files.container import Container
from coursewright.readers.packages.courseware.games import without_games
from coursewright.readers.packages.courseware.sheet import ReadSheet, as_written, count_words, words_of
from coursewright.text.addresses import is_absolute, is_address
from coursewright.text.markdown.backwards import markdown_of

_MOST_PAGES = 5_000
_FEWEST_WORDS = 3
_UNSEEN = ("script", "style", "noscript", "template", "nav")
_MEDIA = ("img", "video", "audio", "iframe", "object", "table", "svg", "math")
# Of a unit of ours: what every page has, and what a script makes of quizzes.
_OURS = "body[@data-unit]"
_QUIZ = ".//form[@data-quiz-part='questions']"
_RUNTIME = ".//*[contains(concat(' ', @class, ' '), ' finish ')] | .//form"


@dataclass
class StaticPages:
    """The pages of a package, each taken once; those that are `claimed` only by their own names."""

    container: Container
    claimed: frozenset[str] = frozenset()
    taken: set[str] = field(default_factory=set)

    def read(self, name: str) -> list[ReadSheet]:
        """Return the page in a file, and those that it leads on to; nothing where none can be read."""
        found: list[ReadSheet] = []
        waiting = [name] if is_page(name) else []  # the next one last
        while waiting and len(self.taken) < _MOST_PAGES:
            name = waiting.pop()
            root = None if name in self.taken else self._root(name)
            self.taken.add(name)
            if root is not None:
                waiting += reversed(dict.fromkeys(self._onward(root, name)))
                found += _sheets(root, name)
        if waiting:
            self.container.budget.leave_out("pages", count=_MOST_PAGES)
        return found

    def _root(self, name: str) -> HtmlElement | None:
        content = self.container.read(name, LARGEST_PAGE)
        if not content or has_endless_tag(content):
            return None
        try:
            parser = lxml.html.HTMLParser(no_network=True, encoding=encoding_of(content))
            return lxml.html.document_fromstring(content, parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            return None

    def _onward(self, root: HtmlElement, name: str) -> Iterator[str]:
        """Yield the pages of the package that a page links to, or shows in frames; units of ours are whole."""
        if root.xpath(f"boolean(//{_OURS})"):
            return
        for element in root.iter("a", "iframe", "frame"):
            link = (element.get("href") or element.get("src") or "").strip()
            if not link or is_absolute(link) or link.startswith("#") or not is_address(link):
                continue
            found = next((one for one in shown_as(followed(name, link)) if one in self.container.sizes), "")
            if is_page(found) and found not in self.taken and found not in self.claimed:
                yield found


def _sheets(root: HtmlElement, name: str) -> Iterator[ReadSheet]:
    """Yield the pages in a document: a unit of ours holds several, anybody else's is one."""
    own = root.xpath("//section[@data-page]") if root.xpath(f"boolean(//{_OURS})") else []
    for section in own:
        title = _title(section, "h2")
        quizzes = [title for _ in section.xpath(_QUIZ)]
        for part in section.xpath(_RUNTIME):
            part.drop_tree()
        yield from _sheet(section, name, title, section.get("data-page", ""), quizzes)
    if not own:
        body = root.find("body")
        yield from _sheet(root if body is None else body, name, _title(root, "h1") or _title(root, "title"), "")


def _title(element: HtmlElement, tag: str) -> str:
    return words(next(iter(element.iter(tag)), None))


def _sheet(element: HtmlElement, name: str, title: str, key: str, quizzes: Sequence[str] = ()) -> Iterator[ReadSheet]:
    for unseen in list(element.iter(*_UNSEEN)):
        unseen.drop_tree()
    games = (*quizzes, *without_games(element))
    words = count_words(element.text_content())
    if words < _FEWEST_WORDS and next(element.iter(*_MEDIA), None) is None:
        return
    if key and (heading := next(element.iter("h2"), None)) is not None:
        heading.drop_tree()
    markdown = markdown_of(lxml.html.tostring(element, encoding="unicode"), as_written).markdown
    kept = words_of(markdown) + (count_words(title) if key else 0)
    yield ReadSheet(name, title, markdown, words, min(words, kept), key, games)
