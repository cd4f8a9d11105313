"""Anchors of headings, made as GitHub makes them."""

from __future__ import annotations

from unicodedata import category

from coursewright.text.patterns import later

_GIVEN = later(r"[ \t]*\{:?[ \t]*(?P<unnumbered>-(?=[\s#.}]))?[ \t]*(?:#(?P<id>[^\s{}]+))?(?P<rest>[^{}]*)\}[ \t]*$")
_BREAK = later(r"\n[ \t]*")
_KEPT = frozenset(("Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Me", "Mn", "Nd", "Pc"))
_BEFORE = later(r"^\[\[(?P<id>[\w-]+)\]\][ \t]*")  # AsciiDoc's, which some authors keep


def anchor_of(text: str) -> str:
    """Return the anchor of a heading's plain text: its letters, digits, `_` and `-`, with hyphens for blanks.

    What has none of these is called a section.
    """
    kept = (sign for sign in _BREAK.sub(" ", text.strip()).lower() if sign in "- " or category(sign) in _KEPT)
    return "".join(kept).replace(" ", "-") or "section"


def given_anchor(text: str) -> tuple[str, str]:
    """Return a heading without the attributes at its end (`{#id .class}`, `{-}`), and the id among them, or nothing."""
    found = _GIVEN.search(text) if text.rstrip().endswith("}") else None
    if found and (
        found["id"] or found["unnumbered"] or found["rest"].strip().startswith((".", ":")) or "=" in found["rest"]
    ):
        given = found["id"] or _id_among(found["rest"])
        return text[: found.start()], given
    if found := _BEFORE.match(text):
        return text[found.end() :], found["id"]
    return text, ""


def _id_among(attributes: str) -> str:
    return next((one[1:] for one in attributes.split() if one.startswith("#")), "")


class Anchors:
    """The anchors of one page, each of which stands there once."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def anchor(self, wanted: str) -> str:
        """Return an anchor, with `-1`, `-2` and so on where the page has it."""
        anchor = wanted
        while anchor in self._counts:
            anchor = f"{wanted}-{self._counts[wanted]}"
            self._counts[wanted] += 1
        self._counts[anchor] = 1
        return anchor
