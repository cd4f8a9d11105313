"""Which identifiers name something else in a newer package, so that the records of one thing become those of another.

A new title is a new name, as long as no other entry has the old one and there is something of the old content left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from coursewright.audit.diff.likeness import Likeness, Nodes
from coursewright.audit.diff.pairing import Key, Node, is_telling, words_of

_MOST_ASKED = 300
_SIGNS = ".,:;!?()-–—"


class Owners:
    """The entries of two packages by their keys, and those keys that name something else than before."""

    def __init__(self, before: Nodes, now: Nodes, likeness: Likeness) -> None:
        self._before, self._now, self._likeness = before, now, likeness
        self._titles = _titles(before), _titles(now)

    @cached_property
    def changed(self) -> Mapping[Key, Key]:
        """What names something else now, or something in what does, by old keys with the new ones.

        The two differ only for what has no name but its title, as sections of Moodle: it is known by what is in it.
        """
        renamed = [pair for pair in self._named_alike() if self._is_renamed(*pair)]
        own = {pair for pair in renamed if self._has_swapped(*pair)}
        own |= {pair for pair in renamed[:_MOST_ASKED] if pair not in own and self._is_strange(*pair)}
        within = {(key, key) for key in self._before if key in self._now and self._is_inside(key, own)}
        return dict(sorted(own | within))

    def _named_alike(self) -> Iterator[tuple[Key, Key]]:
        """Yield the old and the new key of whatever has one name in both packages."""
        homes: dict[Key, Counter[Key]] = {}
        for key, node in self._before.items():
            if is_nameless(node) or key not in self._now:
                continue
            yield key, key
            other = self._now[key]
            if node.inside and other.inside and is_nameless(node.parent):
                homes.setdefault(node.inside, Counter())[other.inside] += 1
        yield from ((key, found.most_common(1)[0][0]) for key, found in homes.items())

    def _is_renamed(self, key: Key, other: Key) -> bool:
        """Say whether an entry has another title, but for the name of what it is in, which some titles repeat."""
        before, now = self._before[key], self._now[other]
        return _plain(before.entry.title) != _plain(now.entry.title) and _apart(before) != _apart(now)

    def _is_inside(self, key: Key, changed: set[tuple[Key, Key]]) -> bool:
        """Say whether something stayed in what names something else, or is known by its place, as an overview is."""
        above, other = self._before[key].parent, self._now[key].parent
        if above is None or other is None or (key, key) in changed or self._likeness.is_same(key, key):
            return False
        if (above.key, other.key) in changed:
            return True
        if above.key == other.key or _looks(above) == _looks(other) or self._is_alone(key):
            return False
        return any((self._elsewhere(other.key, above, 1), self._elsewhere(above.key, other, 0)))

    def _is_alone(self, key: Key) -> bool:
        """Say whether the title of an entry tells what it is, and no other has it."""
        node = self._before[key]
        return is_telling(node.entry.title) and len(self._titles[0][_looks(node)]) == 1

    def _has_swapped(self, key: Key, other: Key) -> bool:
        """Say whether the old title is that of another entry now, or the new one was, and not the titles alone."""
        there = self._elsewhere(other, self._before[key], 1), self._elsewhere(key, self._now[other], 0)
        if not any(there):
            return False
        stayed = self._likeness.of(key, other)
        moved = [self._likeness.of(key, there[0])] if there[0] else []
        moved += [self._likeness.of(there[1], other)] if there[1] else []
        known = [like for like in moved if like is not None]
        return stayed is None or not known or stayed <= max(known) or self._likeness.is_other(key, other)

    def _elsewhere(self, key: Key, node: Node, package: int) -> Key | None:
        """Return where the title of an entry stands in one of the packages, if that is one other place."""
        here = self._titles[1 - package].get(_looks(node), [])
        there = self._titles[package].get(_looks(node), [])
        return there[0] if len(here) == len(there) == 1 and there[0] != key and is_telling(node.entry.title) else None

    def _is_strange(self, key: Key, other: Key) -> bool:
        """Say whether neither the title nor the content of an entry is what it was, and it is not translated."""
        one, two = set(words_of(self._before[key].entry.title)), set(words_of(self._now[other].entry.title))
        return not any(map(is_telling, one & two)) and self._likeness.is_other(key, other)


def is_nameless(node: Node | None) -> bool:
    """Say whether an LMS knows an entry by no more than its title, or a number of its own."""
    return node is None or node.entry.identifier in ("", node.entry.title) or node.entry.identifier.isdigit()


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _apart(node: Node) -> tuple[str, ...]:
    """Return the words of a title that are not in that of what the entry is in; all of them if no others are."""
    words = words_of(node.entry.title)
    around = [word.strip(_SIGNS) for word in words_of(node.parent.entry.title)] if node.parent else []
    return tuple(word for word in words if word.strip(_SIGNS) not in around) or words


def _looks(node: Node) -> tuple[str, tuple[str, ...]]:
    """Return what an entry is known by in both packages: its title without numbers, which change with its place."""
    return node.entry.kind, words_of(node.entry.title)


def _titles(nodes: Nodes) -> dict[tuple[str, tuple[str, ...]], list[Key]]:
    found: dict[tuple[str, tuple[str, ...]], list[Key]] = {}
    for key, node in nodes.items():
        found.setdefault(_looks(node), []).append(key)
    return found
