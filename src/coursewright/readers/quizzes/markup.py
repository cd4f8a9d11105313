"""Markdown of what is not Markdown: plain text, and the HTML that LMSs keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import html as lxml_html

_LONGEST = 400_000
_TAG = re.compile(
    r"</?(?:b|i|u|s|em|strong|code|pre|br|p|sub|sup|ul|ol|li|img|a|span|div|table|tr|td|th|thead|tbody|kbd|h[1-6]|hr|small|mark|del|ins|tt|font|center)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\\`*\[\]]")
_UNDERSCORE = re.compile(r"(?<!_)_{1,2}(?!_)")
_STARTING = re.compile(r"^(?P<blank>\s*)(?P<mark>[#>+=~-]|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)
_DROPPED = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "link",
    "meta",
    "noscript",
    "template",
    "audio",
    "video",
}
_STRONG, _SOFT = {"b", "strong"}, {"i", "em", "cite", "dfn"}
_KEPT = {"sub", "sup", "kbd", "u", "s", "del", "ins", "mark", "small"}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "center",
    "figure",
    "figcaption",
    "header",
    "footer",
    "dd",
    "dt",
    "dl",
    "fieldset",
    "address",
}
_SAFE_TABLE = {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col"}


def escaped(text: str) -> str:
    """Return plain text as Markdown that says the same; known tags stay tags where they stand around words."""
    if not any(mark in text for mark in "\\`*[]_<>&#+=~-") and not re.search(r"^\s*\d+[.)]", text, re.MULTILINE):
        return text
    if "<" not in text or not _TAG.sub("", text).strip():
        return _plain(text)
    parts: list[str] = []
    at = 0
    for found in _TAG.finditer(text):
        parts += [_plain(text[at : found.start()], begins=at == 0), found[0]]
        at = found.end()
    return "".join([*parts, _plain(text[at:], begins=at == 0)])


def _plain(text: str, *, begins: bool = True) -> str:
    text = _MARKS.sub(lambda found: f"\\{found[0]}", text)
    text = _UNDERSCORE.sub(lambda found: _underscored(text, found), text)
    text = re.sub(r"&(?=#?\w{1,32};)", "&amp;", text).replace("<", "&lt;").replace("~~", "&#126;&#126;")
    return _STARTING.sub(_started, text) if begins else text


def _underscored(text: str, found: re.Match[str]) -> str:
    """Return an underscore, as an entity where it could begin or end an emphasis: not within a word."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return (
        found[0]
        if (before.isalnum() and after.isalnum()) or not (before.strip() or after.strip())
        else "&#95;" * len(found[0])
    )


def _started(found: re.Match[str]) -> str:
    mark = found["mark"]
    after = found.string[found.end() : found.end() + 1]
    if mark.isdigit():
        return f"{found['blank']}{mark}\\"
    if mark in "+-" and after and not after.isspace() and after != mark:
        return found[0]
    return f"{found['blank']}{'&gt;' if mark == '>' else '&#126;' if mark == '~' else f'&#{ord(mark)};'}"


def markdown_of(source: str) -> str:
    """Return HTML as Markdown; scripts, styles, comments and forms are dropped, tables stay HTML."""
    if "<" not in source and "&" not in source:
        return escaped(" ".join(source.split())) if source.strip() else ""
    if len(source) > _LONGEST:
        return escaped(source[:_LONGEST])
    from lxml import html

    try:
        root = html.fragment_fromstring(source.replace("\0", ""), create_parent="div")
    except (ValueError, AssertionError, html.etree.LxmlError):
        return escaped(re.sub(r"<[^>]*>", " ", source))
    return _tidy("".join(_children(root)))


def _tidy(text: str) -> str:
    """Return Markdown without blanks at the ends of lines and with one blank line between blocks, code as it is."""
    parts = re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)
    for at in range(0, len(parts), 2):
        part = re.sub(r"[ \t]+\n", lambda found: "  \n" if found[0].startswith("  \n") else "\n", parts[at])
        part = re.sub(r"(?m)^[ \t]+(?=\S)(?![-\d])", "", part) if "\n" in part else part
        parts[at] = re.sub(r"\n{3,}", "\n\n", part)
    return "".join(parts).strip()


def _children(element: lxml_html.HtmlElement) -> Iterator[str]:
    yield _words(element.text)
    for child in element:
        if isinstance(child.tag, str):
            yield _element(child)
        yield _words(child.tail)


def _words(text: str | None) -> str:
    return _plain(re.sub(r"\s+", " ", text), begins=False) if text else ""


def _element(element: lxml_html.HtmlElement) -> str:
    tag = str(element.tag).lower()
    if tag in _DROPPED:
        return ""
    if tag == "br":
        return "  \n"
    if tag == "hr":
        return "\n\n---\n\n"
    if tag == "pre":
        return _code_block(element)
    if tag in ("code", "tt", "samp"):
        return _code(str(element.text_content()))
    if tag == "img":
        return f"![{_words(element.get('alt'))}]({_address(element.get('src'))})" if element.get("src") else ""
    if tag in ("ul", "ol"):
        return _list(element, ordered=tag == "ol")
    if tag in _SAFE_TABLE:
        return f"\n\n{_table(element)}\n\n" if tag == "table" else "".join(_children(element))
    if tag.rpartition(":")[2] == "mfrac":
        return "/".join(_term(child) for child in element if isinstance(child.tag, str))
    return _around(tag, "".join(_children(element)), element)


def _term(element: lxml_html.HtmlElement) -> str:
    """Return a part of a fraction of MathML, in brackets where it is more than a number or a name."""
    words = "".join(_children(element)).strip()
    return words if re.fullmatch(r"[\w.,]*", words) else f"({words})"


def _around(tag: str, inner: str, element: lxml_html.HtmlElement) -> str:
    if tag in _BLOCKS:
        return f"\n\n{inner.strip(' ')}\n\n"
    if tag in _STRONG:
        return _emphasis(inner, "**")
    if tag in _SOFT:
        return _emphasis(inner, "*")
    if tag in _KEPT:
        return f"<{tag}>{inner}</{tag}>" if inner.strip() else inner
    if tag == "a" and element.get("href") and inner.strip():
        return f"[{inner.strip()}]({_address(element.get('href'))})"
    if re.fullmatch("h[1-6]", tag):
        return f"\n\n{'#' * int(tag[1])} {inner.strip()}\n\n"
    if tag == "blockquote":
        quoted = _tidy(inner).replace("\n", "\n> ")
        return f"\n\n> {quoted}\n\n"
    return inner


def _emphasis(inner: str, marks: str) -> str:
    words = inner.strip()
    if not words or "\n\n" in words:
        return inner
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f"{before}{marks}{words}{marks}{after}"


def _code(text: str) -> str:
    if not text.strip():
        return text
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{' '.join(text.split(chr(10)))}{pad}{ticks}"


def _code_block(element: lxml_html.HtmlElement) -> str:
    text = str(element.text_content()).strip("\n")
    inner = next(iter(element), None)
    kind = (
        (element.get("class") or (inner.get("class") if inner is not None else "") or "")
        .replace("language-", "")
        .split()
    )
    marks = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"\n\n{marks}{kind[0] if kind and kind[0].isalnum() else ''}\n{text}\n{marks}\n\n"


def _address(address: str | None) -> str:
    found = (address or "").strip()
    return f"<{found.replace('<', '%3C').replace('>', '%3E')}>" if re.search(r"[\s()]", found) else found


def _list(element: lxml_html.HtmlElement, *, ordered: bool) -> str:
    items: list[str] = []
    for child in element:
        if isinstance(child.tag, str) and child.tag.lower() == "li":
            mark = f"{len(items) + 1}. " if ordered else "- "
            inner = _tidy("".join(_children(child))).replace("\n", "\n" + " " * len(mark))
            items.append(mark + inner)
    return "\n\n" + "\n".join(items) + "\n\n"


def _table(element: lxml_html.HtmlElement) -> str:
    from lxml import html

    for child in list(element.iter()):
        if not isinstance(child.tag, str) or child.tag.lower() in _DROPPED:
            child.drop_tree()
    return str(html.tostring(element, encoding="unicode", with_tail=False)).replace("\n", " ").strip()
