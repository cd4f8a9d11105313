"""The words that an author explains: found in a course's glossary, and explained where a page uses them first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from lxml import html
from lxml.html import defs
from markupsafe import Markup, escape

from coursewright.course.glossary import has_glossary, is_glossary
from coursewright.course.identifiers import identifier
from coursewright.course.model import Course, Unit
from coursewright.course.values import Identity
from coursewright.frozen import frozen, slotted
from coursewright.pages.links import shut
from coursewright.pages.renderer import Content, PageView, Renderer
from coursewright.text.names import cut
from coursewright.text.patterns import later

_MOST_TERMS = 1_000  # of a course
_LONGEST_NAME, _MOST_WORDS, _LONGEST_TEXT = 60, 8, 400
_MOST_CARDS = 40  # of a page
_ASIDE = later(r"\s*[(（].*[)）]$")
_LEAD = later(r"^[\s:：.–—-]+")
_WORD = later(r"\w+")
# Scripts that leave no blanks between words.
_UNSPACED = later(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_TOKEN = later(r"<!--.*?-->|<(/?)([a-zA-Z][^\s/<>]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
# Where a word stays as it is.
_SHUT = frozenset(
    (
        *("a", "abbr", "audio", "button", "code", "dt", "form", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label"),
        *("math", "noscript", "pre", "samp", "script", "style", "summary", "svg", "template", "th", "var", "video"),
    )
)
_QUIZ = later(r"\bdata-quiz=")
_BUTTON = Markup('<button type="button" class="term" popovertarget="{}">{}</button>')


@frozen
class Term:
    """A word with what it means, as plain texts, and where that stands: a unit, a page of it, and an anchor on that."""

    name: str
    text: str
    unit: Identity
    page: str
    anchor: str = ""

    @property
    def word(self) -> str:
        """What a text calls it: its name without what stands in brackets after it."""
        return _ASIDE.sub("", self.name)


@frozen
class TermCard:
    """A term as a page explains it: `id` is its own there, `href` leads to the glossary, if that is open."""

    id: str
    name: str
    text: str
    href: str


@dataclass
class Glossary:
    """The terms of a course, which explain themselves on its pages. `made` returns the pages of a unit.

    A course that is part of another one has the terms of that `whole` one.
    """

    course: Course
    renderer: Renderer
    made: Callable[[Unit], Content]
    whole: Glossary | None = None

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms, in their order, each once."""
        if self.whole:
            return self.whole.terms
        found: dict[str, Term] = {}
        for unit in filter(has_glossary, self.course.units):
            for term in terms_of(unit, self.made(unit)):
                found.setdefault(term.word.casefold(), term)
        return tuple(found.values())[:_MOST_TERMS]

    @cached_property
    def _words(self) -> Vocabulary:
        return self.whole._words if self.whole else Vocabulary(self.terms)

    @cached_property
    def _pages(self) -> frozenset[tuple[Identity, str]]:
        """The pages that explain terms, by their units and keys."""
        return frozenset((term.unit, term.page) for term in self.terms)

    def explained(self, unit: Unit, content: Content) -> Content:
        """Return the pages of a unit, with what terms on them mean; a glossary itself is left as it is."""
        if not self.terms:
            return content
        return replace(content, pages=tuple(self._explained(page, unit) for page in content.pages))

    def _explained(self, page: PageView, unit: Unit) -> PageView:
        if (unit.identity, page.key) in self._pages:
            return page
        found, used = marked(page, self._words)
        if not used:
            return page
        cards = [TermCard(id, term.name, term.text, self._href(term, unit)) for id, term in used.items()]
        return replace(found, body=found.body + Markup(self.renderer.render("terms.html.j2", cards=cards)))  # noqa: S704

    def _href(self, term: Term, unit: Unit) -> str:
        place = f"#{term.anchor or term.page}"
        home = self.course.find(term.unit)
        if home is None or home.identity == unit.identity:
            return place if home else ""
        is_open = not shut(self.course, unit, [home])
        return f"../{identifier(home.identity)}/index.html?reading=1{place}" if is_open else ""


# --- the terms of a glossary ---


def terms_of(unit: Unit, content: Content) -> Iterator[Term]:
    """Yield the terms that the pages of a unit explain, below a title or a heading that says glossary."""
    alone = len(content.pages) == 1 and is_glossary(unit.title)
    for page in content.pages:
        whole = alone or is_glossary(page.title)
        for name, text, anchor in _entries(page.body, whole=whole) if page.body.strip() else ():
            shown, meaning = " ".join(name.split()), _LEAD.sub("", " ".join(text.split()))
            if meaning and 1 < len(shown) <= _LONGEST_NAME and len(shown.split()) <= _MOST_WORDS:
                yield Term(shown, cut(meaning, _LONGEST_TEXT), unit.identity, page.key, anchor)


def _entries(body: Markup, *, whole: bool) -> Iterator[tuple[str, str, str]]:
    """Yield the entries of the glossary on a page: a name, what it means, and the anchor of both."""
    level, anchor = 0 if whole else 9, ""  # of the heading that the glossary stands below; 9 is outside
    for element in html.fragment_fromstring(body, create_parent="div").iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        if re.fullmatch("h[1-6]", tag):
            at, title = int(tag[1]), element.text_content()
            if level == 9 or (level > 0 and at <= level):
                level = at if is_glossary(title) else 9
            anchor = element.get("id", "")
            if level < at and (after := _paragraph_after(element)):
                yield title, after, anchor
        elif level < 9:
            yield from ((name, text, element.get("id", "") or anchor) for name, text in _entry(element, tag))


def _paragraph_after(heading: html.HtmlElement) -> str:
    """Return the paragraph that a heading stands above, unless that begins with a term of its own."""
    after = heading.getnext()
    return after.text_content() if after is not None and after.tag == "p" and not _strong(after) else ""


def _entry(element: html.HtmlElement, tag: str) -> Iterator[tuple[str, str]]:
    """Yield what an element explains: a name with its definition, a row of a table, a paragraph with a strong lead."""
    if tag == "dt":
        after = (other for other in element.itersiblings() if other.tag == "dd")
        meaning = next(after, None)
        if meaning is not None:
            yield element.text_content(), meaning.text_content()
    elif tag == "tr":
        cells = [cell for cell in element if cell.tag in ("td", "th")]
        if len(cells) > 1 and cells[1].tag == "td":
            yield cells[0].text_content(), cells[1].text_content()
    elif tag in ("p", "li") and (name := _strong(element)):
        whole = element.text_content().strip()
        yield name, whole[len(name) :] if whole.startswith(name) else ""


def _strong(element: html.HtmlElement) -> str:
    """Return the strong words that an element begins with, without a colon after them."""
    first = next(iter(element), None)
    if (element.text or "").strip() or first is None or first.tag not in ("strong", "b", "dfn"):
        return ""
    return str(first.text_content()).strip().rstrip(":：").strip()


# --- where pages use them ---


class Vocabulary:
    """The terms by the words that they begin with, in small letters; those of scripts without blanks by themselves."""

    def __init__(self, terms: Iterable[Term]) -> None:
        found: dict[str, list[Term]] = {}
        unspaced: dict[str, Term] = {}
        for term in sorted(terms, key=lambda term: -len(term.word)):
            first = _WORD.match(term.word)
            if _UNSPACED.search(term.word):
                unspaced[str(escape(term.word))] = term
            elif first:
                found.setdefault(first[0].casefold(), []).append(term)
                if first[0] == term.word and not term.word.isupper():
                    found.setdefault(f"{first[0].casefold()}s", []).append(term)
        self.by_first: Mapping[str, Sequence[Term]] = found
        self._unspaced = unspaced
        self._pattern = re.compile("|".join(map(re.escape, unspaced))) if unspaced else None

    def within(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Yield where a text of HTML uses terms, from its beginning."""
        end = 0
        for start, stop, term in sorted([*self._spaced(text), *self._others(text)], key=lambda spot: spot[:2]):
            if start >= end:
                yield start, stop, term
                end = stop

    def _spaced(self, text: str) -> Iterator[tuple[int, int, Term]]:
        for word in _WORD.finditer(text):
            for term in self.by_first.get(word[0].casefold(), ()):
                if stop := _use(text, word.start(), word.end(), str(escape(term.word))):
                    yield word.start(), stop, term
                    break

    def _others(self, text: str) -> Iterator[tuple[int, int, Term]]:
        if self._pattern:
            yield from ((*found.span(), self._unspaced[found[0]]) for found in self._pattern.finditer(text))


def _use(text: str, start: int, end: int, name: str) -> int:
    """Return where the use of a name ends that may begin at a word of a text; 0 where it is another word.

    Capitals count in a name of nothing else: `IT` is not `it`. A plural with an s is a use, too.
    """
    stop = start + len(name)
    written = text[start:stop]
    same = written == name if name.isupper() else written.casefold() == name.casefold()
    if not same:
        return 0
    if text[stop : stop + 1] == "s" and not name.isupper():
        stop += 1
    return 0 if re.match(r"\w", text[stop : stop + 1]) or stop < end else stop


@slotted
class _Marking:
    """A page that is being marked: the terms used so far by their ids, and the element that keeps words as they are."""

    page: str
    words: Vocabulary
    used: dict[str, Term] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    shut: str = ""
    depth: int = 0

    def html(self, body: str) -> Markup:
        """Return a part of the page, marked."""
        made, done = [], 0
        for token in _TOKEN.finditer(body):
            made += [self.text(body[done : token.start()]), token[0]]
            self.tag(token)
            done = token.end()
        made.append(self.text(body[done:]))
        return Markup("".join(made))  # noqa: S704 - as it was, but for our buttons

    def text(self, text: str) -> str:
        """Return a text between two tags, with a button for the first use of each term."""
        if self.shut or len(self.used) >= _MOST_CARDS:
            return text
        made, done = [], 0
        for start, stop, term in self.words.within(text):
            if term.name not in self.seen and len(self.used) < _MOST_CARDS:
                self.seen.add(term.name)
                name = f"cw-{self.page}-term-{len(self.used) + 1}"  # no heading is called so
                self.used[name] = term
                made += [text[done:start], str(_BUTTON.format(name, Markup(text[start:stop])))]  # noqa: S704
                done = stop
        return "".join([*made, text[done:]])

    def tag(self, token: re.Match[str]) -> None:
        """Take notice of a tag."""
        closes, name, attributes = token[1], (token[2] or "").lower(), token[3] or ""
        if not name or name in defs.empty_tags or attributes.endswith("/"):
            return
        if not self.shut and not closes and (name in _SHUT or _QUIZ.search(attributes)):
            self.shut, self.depth = name, 1
        elif self.shut == name:
            self.depth += -1 if closes else 1
            self.shut = self.shut if self.depth else ""


def marked(page: PageView, words: Vocabulary) -> tuple[PageView, Mapping[str, Term]]:
    """Return a page with a button for the first use of each term, and the terms by what the buttons open."""
    marking = _Marking(page.key, words)
    introduction, rest = marking.html(page.introduction), marking.html(page.rest)
    return replace(page, body=introduction + rest, introduced=len(introduction)), marking.used
