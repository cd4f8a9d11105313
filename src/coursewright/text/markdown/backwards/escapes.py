"""Words as Markdown: whatever a dialect that we read would take for markup is escaped, and nothing else.

A backslash stands where every reader takes it; elsewhere it is an entity, which passes do not take for their marks.
"""

from __future__ import annotations

import re

_WEB = re.compile(r"(?<![^\W_])(?<![/.@])(?:https?://|www\.)(?:[^\s<>\"'`*\[\]{}\\&]|&(?!\#?\w+;))+")
_ENTITIES = ("{", "&", "<")  # what is written as an entity
_SIGNS = re.compile(
    r"(?P<escape>\\(?=[!-/:-@\[-`{-~\s]|$))"
    r"|(?P<star>(?<!\w )\*|\*(?! \w))"
    r"|(?P<line>(?<![^\W_])_+|_+(?![^\W_]))"
    r"|(?P<tick>`)"
    r"|(?P<word>\[(?![\^! \[])[^\[\]\n]{2,60}\](?![(\[{:\]]|\s*$))"
    r"|(?P<bracket>[\[\]])"
    r"|(?P<tag><(?=[A-Za-z/!?<]|\S*[:@]|$))"
    r"|(?P<entity>&(?=\#?\w{1,32};|$))"
    r"|(?P<brace>\{(?=[{%:#./]|[\w:+-]+\}|[\w-]+=|$))"
    r"|(?P<emoji>(?<![^\W_])(?<!:):(?=[a-z0-9_+-]{1,80}:))"
    r"|(?P<keys>(?<![\w+])\+(?=\+[\w-]))"
)
_START = re.compile(
    r"(?:(?P<number>\d{1,9})(?=[.)](?:\s|$))"
    r"|(?P<back>\#(?=\#{0,5}(?:\s|$))|[+-](?=\s|$)|-(?=[- ]*$|-{2,}|-8<)|>|!(?=!!)|\((?=[\w:.-]+\)=))"
    r"|(?P<entity>:(?=::|\s)|\?(?=\?\?)|=(?==|\s*$|[!+]?\s+[\"'])|~(?=\s)|@(?=[a-z_]+\d*\s*$)|\|(?=[\s:|-]+$)|:(?=-)"
    r"|i(?=mport\s+[\w\"'{*].*[\"'];?\s*$)|;(?=-+8<)))"
)
_CLOSING_MARKS = re.compile(r"(?:(?<=\s)|^)#(?=#*\s*$)")
_CLOSES_FORMULA = re.compile(r"(?<=[^\s\\])\$(?![\d])|\$(?=\$)|^\$")
_MARKS_IN_HTML = re.compile(
    r"\{(?=[{%/:]|[\w:+-]+\})|\[(?=\[)|\+(?=\+[\w-])|(?<![\w:]):(?=(?:material|fontawesome|octicons|simple)-)"
)
_RISKY = re.compile(r"[\\*_`\[\]<&{:+~^=$|]")


def risks(text: str) -> frozenset[str]:
    """Return which signs mean something in a text only because they stand there twice."""
    found = {sign for sign in "~^$" if text.count(sign) > 1}
    return frozenset(found | ({"="} if text.count("==") > 1 else set()))


def escaped(text: str, twice: frozenset[str] = frozenset(), *, linked: bool = False) -> str:
    """Return words as Markdown that says the same. `twice` are their risks; in a link, addresses are words too."""
    if not _RISKY.search(text):
        return text
    if linked or ("://" not in text and "www." not in text):
        return _escaped(text, twice)
    made, place = [], 0
    for found in _WEB.finditer(text):
        address = found[0] if text[found.end() : found.end() + 1] not in _ENTITIES else _no_address(found[0], twice)
        made += [_escaped(text[place : found.start()], twice), address]
        place = found.end()
    return "".join([*made, _escaped(text[place:], twice)])


def _no_address(address: str, twice: frozenset[str]) -> str:
    """Return an address as words, where what follows would be read as more of it."""
    return _escaped(address, twice).replace("://", "&#58;//").replace("www.", "www&#46;")


def _escaped(text: str, twice: frozenset[str]) -> str:
    text = _SIGNS.sub(_one, text)
    if "$" in twice:
        text = _CLOSES_FORMULA.sub("&#36;", text)
    for sign in twice - {"$"}:
        text = text.replace("==" if sign == "=" else sign, "&#61;&#61;" if sign == "=" else entity(sign))
    return text


def _one(found: re.Match[str]) -> str:
    kind, sign = found.lastgroup, found[0]
    if kind == "word":
        return _escaped(sign[1:-1], frozenset()).join("[]") if sign[1:-1].strip() else f"\\[{sign[1:-1]}\\]"
    if kind == "tag":
        return "&lt;"
    if kind == "entity":
        return "&amp;"
    if kind in ("brace", "emoji", "keys"):
        return entity(sign)
    return "".join(f"\\{one}" for one in sign)


def entity(sign: str) -> str:
    """Return a sign as an entity."""
    return f"&#{ord(sign)};"


def begun(text: str) -> str:
    """Return Markdown of a paragraph, in which no line begins as a block of another kind does."""
    return "\n".join(map(_begun, text.split("\n")))


def _begun(line: str) -> str:
    found = _START.match(line)
    if not found:
        return line
    if found["number"]:
        return f"{found[0]}\\{line[found.end() :]}"
    sign = f"\\{found[0]}" if found["back"] else entity(found[0])
    return sign + line[found.end() :]


def headed(text: str) -> str:
    """Return the Markdown of a heading, at whose end no signs are taken for its own."""
    return _CLOSING_MARKS.sub(r"\\#", text)


def in_html(html: str) -> str:
    """Return HTML in which nothing is taken for markup of a dialect, and no empty line ends it."""
    if _MARKS_IN_HTML.search(html):
        html = _MARKS_IN_HTML.sub(lambda found: entity(found[0]), html)
    return re.sub(r"\n(?=[ \t]*\n)", "&#10;", html)
