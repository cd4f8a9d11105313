"""Markdown of what is not Markdown: plain text, and the HTML that LMSs keep."""

from __future__ import annotations

import re

_LONGEST = 400_000
_TAG = re.compile(
    r"</?(?:b|i|u|s|em|strong|code|pre|br|p|sub|sup|ul|ol|li|img|a|span|div|table|tr|td|th|thead|tbody|kbd|h[1-6]|hr|small|mark|del|ins|tt|font|center)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\\`*\[\]]")
_UNDERSCORE = re.compile(r"(?<!_)_{1,2}(?!_)")
_STARTING = re.compile(r"^(?P<blank>\s*)(?P<mark>[#>+=~-]|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE)


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
    """Return HTML as Markdown, as `text.markdown.backwards` does."""
    if "<" not in source and "&" not in source:
        return escaped(" ".join(source.split())) if source.strip() else ""
    if len(source) > _LONGEST:
        return escaped(source[:_LONGEST])
    from coursewright.text.markdown.backwards import markdown_of as turned

    return turned(source).markdown.strip()
