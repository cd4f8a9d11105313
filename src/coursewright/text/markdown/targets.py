"""Links and pictures of a text, and targets that stand apart from the links that refer to them.

That is `[the norm][din]`, and somewhere `[din]: https://www.din.de`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from coursewright.text.markdown.code import CODE_SPAN, intricacy, without_code, without_code_blocks
from coursewright.text.patterns import later

_DEFINITION = later(
    r"^ {0,3}\[(?!\^)(?P<label>[^\[\]\n]+)\]:[ \t]+<?(?P<address>\S+?)>?"
    r"(?:[ \t]+(?P<title>\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*$",
    re.MULTILINE,
)
_REFERENCE = later(rf"{CODE_SPAN}|(?<![\\\]])\[(?P<text>[^\[\]]+)\](?:\[(?P<label>[^\[\]\n]*)\])?(?![(\[:])", re.DOTALL)
_TARGET = r"(?:[^()\s]|\([^()\s]*\))+"
NAMED = rf"(?:<([^<>\n]*)>|({_TARGET}))(?:[ \t]+(\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*\)"
_ANY_LINK = re.compile(rf"(!?)\[[^\]]*\]\({NAMED}", re.IGNORECASE)


def links(text: str) -> Iterator[re.Match[str]]:
    """Return every link and picture of a text that is not too intricate to look into.

    The groups are the mark of a picture, its target in angles or without, and its title.
    """
    return _ANY_LINK.finditer(without_code(text) if "](" in text and not intricacy(text) else "")


def targets(texts: Iterable[str]) -> Mapping[str, str]:
    """Return by label the targets that some texts define, and some refer to; whatever else looks like one is text."""
    kept = [text for text in texts if "[" in text]
    found: dict[str, str] = {}
    for definition in (one for text in kept if "]:" in text for one in _DEFINITION.finditer(without_code_blocks(text))):
        target = " ".join(filter(None, definition.group("address", "title")))
        found.setdefault(definition["label"].lower(), target)
    if not found:
        return found
    used = {_label(one) for text in kept for one in _REFERENCE.finditer(without_code_blocks(text)) if one["text"]}
    return {label: target for label, target in found.items() if label in used}


def _label(reference: re.Match[str]) -> str:
    return (reference["label"] or reference["text"]).lower()


def linked(text: str, known: Mapping[str, str]) -> str:
    """Return a text with known targets in the links that refer to them."""

    def link(found: re.Match[str]) -> str:
        target = known.get(_label(found)) if found["text"] else None
        return f"[{found['text']}]({target})" if target else found[0]

    return _REFERENCE.sub(link, text) if known and "[" in text else text


def defines(line: str, known: Mapping[str, str]) -> bool:
    """Say whether a line defines one of the known targets."""
    found = _DEFINITION.match(line) if known else None
    return bool(found and found["label"].lower() in known)
