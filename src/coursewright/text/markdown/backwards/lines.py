"""What stands in lines: words, links, stress, code, and the tags that Markdown lacks signs for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import NamedTuple
from unicodedata import category

from lxml.etree import _Element as Element

from coursewright.text.markdown.backwards.addressing import address, title
from coursewright.text.markdown.backwards.equations import TAG, in_line
from coursewright.text.markdown.backwards.escapes import escaped, risks
from coursewright.text.markdown.backwards.media import medium_in_line, picture
from coursewright.text.markdown.backwards.page import BLOCKS, Dropped, Node, Source, nodes, words
from coursewright.text.markdown.backwards.raw import raw

BREAK = "\\\n"
_BLANKS = re.compile(r"[ \t\n\r\f\u200b]+")
_NARROW = re.compile(r"(?: ?\xa0){2,} ?| \xa0 ?|\xa0 ")
_STRESSED = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "strike": "~~", "del": "~~"}
_TAG_OF = {"**": "strong", "*": "em", "~~": "del"}
# Tags that stay tags, with the attributes that stay with them.
_KEPT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("sub", "sup", "kbd", "mark", "ins", "u", "small", "var", "samp", "cite", "dfn", "q"), ()),
    **dict.fromkeys(("ruby", "rt", "bdi"), ()),
    "abbr": ("title",), "bdo": ("dir",), "time": ("datetime",),
}  # fmt: skip
_WEIGHT = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)", re.IGNORECASE)
_SLANTED = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:\s*[\w -]*line-through", re.IGNORECASE)
_UNDERLINED = re.compile(r"text-decoration(?:-line)?\s*:\s*[\w -]*underline", re.IGNORECASE)
_ALIGNED = re.compile(r"vertical-align\s*:\s*(?P<where>super|sub)\b", re.IGNORECASE)
_ROLE = re.compile(r"\{[\w:+.-]+\}`")  # it would be read also within code
_SCRIPT = re.compile(r"\s*(?:javascript|vbscript|data):", re.IGNORECASE)
_PLAIN_LINK = re.compile(r"https?://[^\s<>\"'`\\]+")


class _Piece(NamedTuple):
    """A piece of a line: words that are not escaped yet, markup as it is, or what stands between two marks."""

    kind: str
    text: str
    marks: str = ""


def line_of(source: Source, run: list[Node], around: frozenset[str] = frozenset()) -> str:
    """Return a run of words and elements as a line of Markdown, with the blanks at its ends."""
    return _joined(list(_merged(_pieces(source, run, around))), _risks(run), linked="a" in around)


def _risks(run: list[Node]) -> frozenset[str]:
    return risks("".join(one if isinstance(one, str) else "".join(map(str, one.itertext())) for one in run))


def _pieces(source: Source, run: list[Node], around: frozenset[str]) -> Iterator[_Piece]:
    for node in run:
        if isinstance(node, str):
            yield _Piece("words", _without_runs(node))
        else:
            yield from _of_element(source, node, around)


def _without_runs(text: str) -> str:
    """Return words with one blank where there are more; one that binds stays where it stands alone."""
    text = _BLANKS.sub(" ", text)
    return _NARROW.sub(" ", text) if "\xa0" in text else text


def _of_element(source: Source, element: Element, around: frozenset[str]) -> Iterator[_Piece]:
    tag = str(element.tag)
    if marks := _stress(element, tag):
        if marks in around:
            yield from _pieces(source, list(nodes(element)), around)
        else:
            yield _Piece("stressed", line_of(source, list(nodes(element)), around | {marks}), marks)
    elif tag == "br":
        yield _Piece("break", "")
    elif tag in _RULES:
        yield _Piece("markup", _RULES[tag](source, element, around))
    elif tag in _KEPT:
        yield _kept(source, element, tag, around)
    elif tag == "math":
        yield _Piece("markup", _mathml(source, element))
    elif label := source.notes.get(element.get("data-note-mark", "")):
        yield _Piece("markup", f"[^{label}]")
    elif other := _tag_by_looks(element, tag, around):
        yield _kept(source, element, other, around)
    else:
        yield from _marked(source, element, around)


def _tag_by_looks(element: Element, tag: str, around: frozenset[str]) -> str:
    """Return the tag that says what an element's style or its language say, or nothing."""
    style = element.get("style", "")
    if tag == "span" and (found := _ALIGNED.search(style)):
        return "sup" if found["where"] == "super" else "sub"
    if tag == "span" and "a" not in around and _UNDERLINED.search(style):
        return "u"
    return "span" if tag in ("span", "bdo") and (element.get("dir") or _is_foreign(element)) else ""


def _marked(source: Source, element: Element, around: frozenset[str]) -> Iterator[_Piece]:
    """Yield what is in an element that is none itself, after the place that it names."""
    if (name := element.get("id")) and name in source.anchors:
        yield _Piece("markup", f'<span id="{escape(name)}"></span>')
    apart = element.tag in BLOCKS or element in source.blocky
    yield from (_Piece("words", " ") for _ in range(apart))
    yield from _pieces(source, list(nodes(element)), around)
    yield from (_Piece("words", " ") for _ in range(apart))


def _is_foreign(element: Element) -> bool:
    """Say whether an element is in another language than what is around it, in a page that Word did not make."""
    own = element.get("lang", "")
    if not own or own.isupper():  # as word processors say it of every word
        return False
    holder = element.getparent()
    return holder is None or words(holder) != words(element)


def _stress(element: Element, tag: str) -> str:
    style = element.get("style", "")
    if tag in ("b", "strong") and style and _LIGHT.search(style):
        return ""
    if tag != "span" or not style:
        return _STRESSED.get(tag, "")
    return next(
        (marks for said, marks in ((_WEIGHT, "**"), (_SLANTED, "*"), (_THROUGH, "~~")) if said.search(style)), ""
    )


def _kept(source: Source, element: Element, tag: str, around: frozenset[str]) -> _Piece:
    inner = line_of(source, list(nodes(element)), around)
    if not inner.strip() or (tag in ("ins", "u") and tag in around):
        return _Piece("markup", inner)
    names = _KEPT.get(tag, ("dir", "lang"))
    said = "".join(f' {name}="{escape(element.get(name, ""))}"' for name in names if element.get(name))
    return _Piece("markup", f"<{tag}{said}>{inner}</{tag}>")


def _mathml(source: Source, math: Element) -> str:
    return raw(source, math).replace("*", "&#42;").replace("_", "&#95;").replace("\n", " ")


def _merged(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """Yield pieces, with words that stand side by side as one, and likewise what is stressed the same way."""
    last: _Piece | None = None
    for piece in pieces:
        if last and piece.kind == last.kind and piece.kind in ("words", "stressed") and piece.marks == last.marks:
            last = _Piece(last.kind, last.text + piece.text, last.marks)
        elif piece.text or piece.kind == "break":
            if last:
                yield last
            last = piece
    if last:
        yield last


def _joined(pieces: list[_Piece], twice: frozenset[str], *, linked: bool) -> str:
    made = [_written(piece, twice, linked=linked) for piece in pieces]
    after = [*_next_signs(made), ""]
    out: list[str] = []
    last = ""  # the sign before
    for number, (piece, text) in enumerate(zip(pieces, made, strict=True)):
        if piece.kind == "stressed":
            text = _stressed(text, piece.marks, last, after[number + 1])
        elif piece.kind == "words" and text.endswith("!") and after[number + 1] == "[":
            text = f"{text[:-1]}\\!"
        if last in (" ", "\n"):
            text = text.lstrip(" ")
        if piece.kind == "break" and out:
            out[-1] = out[-1].rstrip(" ")
        out.append(text)
        last = text[-1:] or last
    return _without_last_breaks("".join(out))


def _next_signs(made: list[str]) -> list[str]:
    """Return for each text its first sign, or that of the next one that is not empty."""
    found, after = [], ""
    for text in reversed(made):
        after = text[:1] or after
        found.append(after)
    return found[::-1]


def _without_last_breaks(text: str) -> str:
    while text.endswith(BREAK):
        text = text.removesuffix(BREAK).rstrip(" ")
    while text.startswith(BREAK):
        text = text.removeprefix(BREAK).lstrip(" ")
    return text


def _written(piece: _Piece, twice: frozenset[str], *, linked: bool) -> str:
    if piece.kind == "break":
        return BREAK
    return escaped(_BLANKS.sub(" ", piece.text), twice, linked=linked) if piece.kind == "words" else piece.text


def _stressed(text: str, marks: str, before: str, after: str) -> str:
    """Return a stressed text between marks; between tags, where marks would mean nothing at that place."""
    inner = text.strip()
    if not inner:
        return text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    opens = bool(lead) or _may_stand(before, inner[0])
    closes = bool(tail) or _may_stand(after, inner[-1])
    if opens and closes and not (marks == "~~" and "~" in inner):
        return f"{lead}{marks}{inner}{marks}{tail}"
    return f"{lead}<{_TAG_OF[marks]}>{inner}</{_TAG_OF[marks]}>{tail}"


def _may_stand(outside: str, inside: str) -> bool:
    """Say whether a mark between two signs is one that begins or ends a stress."""
    if not outside.strip():
        return True
    if outside in "*_~" or inside in "*_~":
        return False
    return not _is_sign(inside) or _is_sign(outside)


def _is_sign(sign: str) -> bool:
    return category(sign)[0] in "PS"


def _link(source: Source, link: Element, around: frozenset[str]) -> str:
    href = link.get("href", "").strip()
    named = link.get("id") or link.get("name") or ""
    place = f'<span id="{escape(named)}"></span>' if named in source.anchors and named else ""
    inner = line_of(source, list(nodes(link)), around | {"a"})
    if href in ("", "#") or _SCRIPT.match(href) or "a" in around:
        return place + inner
    text = inner.strip() or escaped(link.get("aria-label") or link.get("title") or "", linked=True)
    if not text:
        source.drop(Dropped.LINKS)
        return place + inner
    target = source.lead(href)
    if not target:
        return place + inner
    lead, tail = (" " if inner[:1].isspace() else ""), (" " if inner[-1:].isspace() else "")
    return f"{lead}{place}{_written_link(text.replace(BREAK, ' '), target, link, words(link))}{tail}"


def _written_link(text: str, target: str, link: Element, said: str) -> str:
    caption = title(link.get("title", ""), said)
    if said == target and not caption and _PLAIN_LINK.fullmatch(target) and not len(link):
        return f"<{target}>"
    return f"[{text}]({address(target)}{caption})"


def _code(_source: Source, code: Element, _around: frozenset[str]) -> str:
    return code_span("".join(map(str, code.itertext())))


def code_span(text: str) -> str:
    """Return code in a line."""
    text = " ".join(text.replace("\xa0", " ").split("\n")).replace("\t", " ")
    inner = text.strip()
    if not inner:
        return text
    if _ROLE.search(inner):
        return f"<code>{escaped(inner, risks(inner))}</code>"
    ticks = "`" * (max((len(run) for run in re.findall("`+", inner)), default=0) + 1)
    pad = " " if inner.startswith("`") or inner.endswith("`") else ""
    lead, tail = (" " if text[:1] == " " else ""), (" " if text[-1:] == " " else "")
    return f"{lead}{ticks}{pad}{inner}{pad}{ticks}{tail}"


def _formula(source: Source, element: Element, _around: frozenset[str]) -> str:
    return in_line(element.text or "", element.get("display") == "block", plain=source.plain)


def _picture(source: Source, element: Element, _around: frozenset[str]) -> str:
    return picture(source, element)


def _medium(source: Source, element: Element, _around: frozenset[str]) -> str:
    return medium_in_line(source, element)


def _linked_code(source: Source, code: Element, around: frozenset[str]) -> str:
    """Return code; where all of it is a link, that stays one."""
    link = code[0] if len(code) == 1 and code[0].tag == "a" and words(code[0]) == words(code) else None
    if link is None or not link.get("href") or not (target := source.lead(link.get("href", ""))) or "a" in around:
        return _code(source, code, around)
    return f"[{code_span(words(code))}]({address(target)})"


_RULES: Mapping[str, Callable[[Source, Element, frozenset[str]], str]] = {
    "a": _link,
    "code": _linked_code,
    "tt": _linked_code,
    "img": _picture,
    "iframe": _medium,
    "video": _medium,
    "audio": _medium,
    "object": _medium,
    "embed": _medium,
    TAG: _formula,
}
