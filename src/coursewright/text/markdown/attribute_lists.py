"""Attribute lists at the end of a block, as Python-Markdown's attr_list has them: `{ .class #id key=value }`."""

from __future__ import annotations

from coursewright.text.patterns import later

_LONGEST = 500
_TOKENS = later(
    r"(?:[ \t]*(?:[.#][\w:-]{1,200}|data-[\w-]{1,200}|[A-Za-z][\w:-]{0,200}=(?:\"[^\"]*\"|'[^']*'|[^\s\"'{}]+))"
    r"(?=[ \t]|$))+[ \t]*"
)


def without_attributes(text: str) -> str:
    """Return the text of a block without the attributes at its end, which stand apart from its words or on a line.

    Those of data, which only scripts read, may stand before it, too.
    """
    if text.startswith("{ data-") and (end := text.find("} ", 0, _LONGEST)) > 0 and _TOKENS.fullmatch(text[1:end]):
        text = text[end + 1 :].lstrip()
    bare = text.rstrip()
    at = bare.rfind("{") if bare.endswith("}") else -1
    if at < 0 or len(bare) - at > _LONGEST or bare[at - 1 : at].strip():
        return text
    inner = bare[at + 1 : -1].removeprefix(":")
    return bare[:at].rstrip() if _TOKENS.fullmatch(inner) else text
