"""Texts of a package as Markdown, with where their links and pictures lead, and how many of their words are kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from html import unescape

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement
from markupsafe import Markup

from coursewright.course.assets import Target
from coursewright.frozen import frozen
from coursewright.packages.documents.reading import has_endless_tag, parsed_page
from coursewright.text.markdown.backwards import inline_of, markdown_of

_WORD = re.compile(r"\w+")
_UNSAID = ("script", "style", "title", "template", "noscript", "iframe", "object", "svg")
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "small"),
        *("span", "strike", "strong", "sub", "sup", "tt", "u", "var"),
    }
)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CLOSED = re.compile("</body", re.IGNORECASE)
_MOST_HEAD = 4_096
_NAMED = re.compile(
    rb"\b(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}((?:windows|cp|iso|koi8|mac|shift|sjis|euc|gb|big5|tis)[\w.:-]{0,30})",
    re.IGNORECASE,
)
_WESTERN = re.compile(r"iso[-_]?8859[-_]?1$", re.IGNORECASE)  # browsers read it as Windows-1252
_DECLARED = b'<meta charset="utf-8">'
_TAG = re.compile(r"</?(?:sub|sup|kbd|mark|u|s|small|ins|del|span|b|i|em|strong|code|a)\b[^<>]{0,2000}>")
_APART = re.compile(r"(?=</?(?:p|div|li|h[1-6]|tr|td|br)\b)", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_MARK = re.compile(r"\\(?=[^\w\s])")
Lead = Callable[[str], tuple[str, Target | None]]
"""Returns how an address is written in Markdown, "" for nothing, and where it leads within the course."""


@frozen
class WrittenText:
    """A text as Markdown, its targets, and how many words it had and has."""

    markdown: str
    targets: dict[str, Target]
    words: int = 0
    kept: int = 0


def written(html: str, lead: Lead) -> WrittenText:
    """Return HTML as Markdown."""
    targets: dict[str, Target] = {}
    markdown = markdown_of(html, noting(lead, targets)).markdown
    plain = unescape(_TAG.sub("", _MARK.sub("", markdown)))
    before, after = words_of(html), Counter(_WORD.findall(plain.casefold()))
    return WrittenText(markdown, targets, before.total(), (before & after).total())


def noting(lead: Lead, targets: dict[str, Target]) -> Callable[[str], str]:
    """Return what says how an address is written, and notes among the targets where it leads."""

    def led(address: str) -> str:
        shown, target = lead(address)
        if target is not None:
            targets[shown] = target
        return shown

    return led


def unchanged(address: str) -> tuple[str, Target | None]:
    """Return an address as it is: it leads nowhere within the course."""
    return address, None


def inline(html: str) -> str:
    """Return HTML as one line of Markdown."""
    return inline_of(html).markdown.strip()


def fragment_of(html: str) -> HtmlElement | None:
    """Return an element with what stands in a piece of HTML; None where nothing of it can be read, as of frames."""
    if has_endless_tag(html.encode("utf-8", "replace")):
        return None
    try:
        return lxml_html.fragment_fromstring(html or " ", create_parent="div")
    except (etree.ParserError, AssertionError):  # what lxml says of a page with no body, or with two
        return None


def inner_of(element: HtmlElement) -> str:
    """Return what stands in an element, as HTML."""
    pieces = [element.text or "", *(lxml_html.tostring(child, encoding="unicode") for child in element)]
    return "".join(pieces).strip()


def list_of(items: Iterable[str]) -> str:
    """Return plain texts, or such as are HTML already, as a list in HTML; "" where there are none."""
    lines = Markup("").join(map(Markup("<li>{}</li>").format, items))
    return f"<ul>{lines}</ul>" if lines else ""


def plain_of(html: str) -> str:
    """Return what HTML says as plain text on one line."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    root = fragment_of(_APART.sub(" ", html))
    text = unescape(_ANY_TAG.sub(" ", html)) if root is None else str(root.text_content())
    return " ".join(text.split())


def words_of(html: str) -> Counter[str]:
    """Return the words that a reader of HTML sees."""
    root = parsed_page(_DECLARED + html.encode("utf-8", "replace")) if html.strip() else None
    return Counter(_WORD.findall("".join(_said(root)).casefold())) if root is not None else Counter()


def _said(root: etree._Element) -> Iterator[str]:
    """Yield what is said in an element; words end where a block does, not where an inline element does."""
    waiting: list[tuple[etree._Element, bool] | str] = [(root, False)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
            continue
        element, is_inline = one
        yield "" if is_inline else " "
        waiting.append("" if is_inline else " ")
        for child in reversed(element):
            waiting.append(child.tail or "")
            if isinstance(child.tag, str) and not _is_unsaid(child):
                waiting.append((child, child.tag in _INLINE))
        waiting.append(element.text or "")


def _is_unsaid(element: etree._Element) -> bool:
    return element.tag in _UNSAID or bool(_HIDDEN.search(element.get("style") or ""))


def body_of(page: bytes) -> str:
    """Return what is in the body of a page, as it is written; all of it where it has none."""
    text = decoded(page)
    opened = re.search(r"<body\b[^>]{0,4000}>", text, re.IGNORECASE)
    if not opened:
        return text
    closed = max((found.start() for found in _CLOSED.finditer(text, opened.end())), default=len(text))
    return text[opened.end() : closed]


def decoded(page: bytes) -> str:
    """Return a page as text: in UTF-8, else in the encoding that it names, else as Windows writes it."""
    marked = ("utf-16",) if page[:2] in (b"\xff\xfe", b"\xfe\xff") else ()
    named = (found[1].decode() for found in _NAMED.finditer(page, 0, _MOST_HEAD))
    for encoding in ("utf-8-sig", *marked, *(name for name in named if not _WESTERN.match(name))):
        try:
            return page.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return page.decode("cp1252", "replace")


def head_of(page: bytes) -> dict[str, str]:
    """Return the title of a page, and what its metas say, by their names."""
    root = parsed_page(decoded(page)[:50_000].encode())
    if root is None:
        return {}
    found = {one.get("name", ""): one.get("content", "") for one in root.iter("meta") if one.get("name")}
    title = next(root.iter("title"), None)
    return {"title": " ".join("".join(map(str, title.itertext())).split()) if title is not None else "", **found}
