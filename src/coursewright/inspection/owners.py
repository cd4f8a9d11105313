"""Which identifiers name something else in a newer package, so that the records of one thing become those of another.

A new title is a new name, as long as no other entry has the old one and there is something of the old content left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import cached_property

from coursewright.inspection import Inspection
from coursewright.inspection.pairing import Key, Node, is_telling, words_of
from coursewright.validation.opening import open_container

_TAG = re.compile(rb"<(script|style)\b[^<>]*>.{0,20000}?</\1>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}|[\u3040-\u9fff\uac00-\ud7a3]")
_READ = (".html", ".htm", ".xhtml", ".xml", ".md", ".txt", ".qti")
_LARGEST, _MOST_FILES, _MOST_OTHERS, _MOST_ASKED = 100_000, 40, 12, 300
_STRANGE = 0.3  # with a smaller share of words in common, two contents are not of one thing
_FEWEST = 8  # of fewer words nothing is said

Nodes = Mapping[Key, Node]


class Owners:
    """The entries of two packages by their keys, and those keys that name something else than before."""

    def __init__(self, old: Inspection, new: Inspection, before: Nodes, now: Nodes) -> None:
        self._before, self._now = before, now
        self._words = _Words(old, before), _Words(new, now)
        self._titles = _titles(before), _titles(now)

    @cached_property
    def changed(self) -> frozenset[Key]:
        """The keys of both packages that name something else, or something in what does."""
        renamed = [key for key in self._before if key in self._now and self._is_renamed(key)]
        own = {key for key in renamed if self._has_swapped(key)}
        own |= {key for key in renamed[:_MOST_ASKED] if key not in own and self._is_strange(key)}
        return frozenset(own | {key for key in self._before if key in self._now and self._is_inside(key, own)})

    def _is_renamed(self, key: Key) -> bool:
        one, other = self._before[key].entry, self._now[key].entry
        return bool(one.identifier) and not one.identifier.isdigit() and _plain(one.title) != _plain(other.title)

    def _is_inside(self, key: Key, changed: set[Key]) -> bool:
        """Say whether something stayed in what names something else, or is known by its place, as an overview is."""
        above, other = self._before[key].parent, self._now[key].parent
        if above is None or other is None or key in changed:
            return False
        if above.key == other.key:
            return above.key in changed
        if _looks(above) == _looks(other) or is_telling(self._before[key].entry.title):
            return False
        return any((self._elsewhere(other.key, above, 1), self._elsewhere(above.key, other, 0)))

    def _has_swapped(self, key: Key) -> bool:
        """Say whether the old title is that of another entry now, or the new one was, and not the titles alone."""
        there = self._elsewhere(key, self._before[key], 1), self._elsewhere(key, self._now[key], 0)
        if not any(there):
            return False
        stayed = self._likeness(key, key)
        moved = [self._likeness(key, there[0])] if there[0] else []
        moved += [self._likeness(there[1], key)] if there[1] else []
        known = [like for like in moved if like is not None]
        return stayed is None or not known or stayed <= max(known) or stayed < _STRANGE

    def _elsewhere(self, key: Key, node: Node, package: int) -> Key | None:
        """Return where the title of an entry stands in one of the packages, if that is one other place."""
        here = self._titles[1 - package].get(_looks(node), [])
        there = self._titles[package].get(_looks(node), [])
        return there[0] if len(here) == len(there) == 1 and there[0] != key and is_telling(node.entry.title) else None

    def _is_strange(self, key: Key) -> bool:
        """Say whether neither the title nor the content of an entry is what it was."""
        one, other = (set(words_of(nodes[key].entry.title)) for nodes in (self._before, self._now))
        if any(map(is_telling, one & other)):
            return False
        like = self._likeness(key, key)
        return like is not None and like < _STRANGE

    def _likeness(self, key: Key, other: Key) -> float | None:
        """Return the share of the words of an old entry and a new one that both have, or None where little is known."""
        one, two = self._words[0].of(key), self._words[1].of(other)
        common = self._words[0].common | self._words[1].common
        one, two = one - common, two - common
        if len(one) < _FEWEST or len(two) < _FEWEST:
            return None
        return len(one & two) / min(len(one), len(two))


class _Words:
    """The words in the files of the entries of one package, read when they are asked for."""

    def __init__(self, package: Inspection, nodes: Nodes) -> None:
        self._package, self._nodes = package, nodes
        self._known: dict[Key, frozenset[str]] = {}

    @cached_property
    def _files(self) -> Mapping[Key, list[str]]:
        """The files of each entry and of all that is in it."""
        found: dict[Key, list[str]] = {key: [] for key in self._nodes}
        for node in self._nodes.values():
            above: Node | None = node
            while above is not None:
                found[above.key] += [] if len(found[above.key]) > _MOST_FILES else node.entry.files
                above = above.parent
        return found

    @cached_property
    def common(self) -> frozenset[str]:
        """What most entries say: labels, menus, what every page has in its head."""
        several = [key for key in self._nodes if self._files[key]][:_MOST_OTHERS]
        counts = Counter(word for key in several for word in self.of(key))
        return frozenset(word for word, count in counts.items() if len(several) > 2 and 2 * count > len(several))

    def of(self, key: Key) -> frozenset[str]:
        """Return the words of an entry and of what is in it."""
        if key not in self._known:
            titles = _WORD.findall(self._nodes[key].entry.title.casefold())
            self._known[key] = self._read(self._files[key]) - frozenset(titles)
        return self._known[key]

    def _read(self, files: Iterable[str]) -> frozenset[str]:
        if self._package.alone:
            return frozenset()
        words: set[str] = set()
        with closing(open_container(self._package.path)) as container:
            for name in list(dict.fromkeys(files))[:_MOST_FILES]:
                if name.lower().endswith(_READ) and (content := container.read(name, _LARGEST)):
                    words.update(_WORD.findall(_TAG.sub(b" ", content).decode("utf-8", "replace").casefold()))
        return frozenset(words)


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _looks(node: Node) -> tuple[str, tuple[str, ...]]:
    """Return what an entry is known by in both packages: its title without numbers, which change with its place."""
    return node.entry.kind, words_of(node.entry.title)


def _titles(nodes: Nodes) -> dict[tuple[str, tuple[str, ...]], list[Key]]:
    found: dict[tuple[str, tuple[str, ...]], list[Key]] = {}
    for key, node in nodes.items():
        found.setdefault(_looks(node), []).append(key)
    return found
