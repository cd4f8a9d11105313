"""What entries are called where a change is told, so that nobody takes one for another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from coursewright.audit.diff.pairing import Node, nodes_of
from coursewright.course.outline import FOLDER, UNLISTED, Entry, Outline
from coursewright.packages.words import clipped
from coursewright.text.names import few

_MOST_NAMED = 5


class Naming:
    """The titles that several entries of one package have, or several in one folder."""

    def __init__(self, *outlines: Outline) -> None:
        counts = [Counter(name for node in nodes_of(outline).values() for name in _names(node)) for outline in outlines]
        self._repeated = {name for counted in counts for name, count in counted.items() if count > 1}

    def named(self, node: Node) -> str:
        """Return the title of an entry: with its folder where others have it, and its identifier if there."""
        alone, with_folder = _names(node)
        name = quoted(node.entry)
        if alone not in self._repeated:
            return name
        if with_folder in self._repeated and node.entry.identifier:
            name = f"{name} ({clipped(node.entry.identifier)})"
        return f"{name} {inside(node)}" if node.parent else name


def _names(node: Node) -> Iterator[object]:
    yield node.entry.title
    yield (node.entry.title, node.inside)


def quoted(entry: Entry) -> str:
    """Return the title of an entry in quotation marks; a folder that has none in words."""
    return f"what is {UNLISTED}" if _is_unlisted(entry) else f"“{clipped(entry.title)}”"


def _is_unlisted(entry: Entry) -> bool:
    return (entry.identifier, entry.title, entry.kind) == ("", UNLISTED, FOLDER)


def inside(node: Node) -> str:
    """Return in words what an entry is in."""
    if node.parent is None:
        return "at the top"
    return UNLISTED if _is_unlisted(node.parent.entry) else f"in {quoted(node.parent.entry)}"


def where(node: Node) -> str:
    """Return in words where an entry stands."""
    place = f"{inside(node)} " if node.parent else ""
    return f"{place}after {quoted(node.before)}" if node.before else f"{place}as the first"


def listed(names: list[str]) -> str:
    """Return the names of files, the first few of many."""
    return few((clipped(name, 80) for name in names), _MOST_NAMED)
