"""How much of what an entry says another one says too: by words that not all of its package says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from html import unescape

from coursewright.audit.diff.contents import OpenedPackage, has_words
from coursewright.audit.diff.pairing import Key, Node

# What stands around the words of an author: heads, menus, buttons, headings, and the settings beside a page.
_NAMES = (
    *("script", "style", "head", "header", "footer", "nav", "button", "label", "legend", "summary", "dialog"),
    *("template", "h1", "h2", "h3", "h4", "h5", "h6", "th", "dt"),
)
_OPENED = re.compile(rf"<({'|'.join(_NAMES)})\b[^<>]*>", re.IGNORECASE | re.ASCII)
_CLOSED = {name: re.compile(f"</{name}\\b", re.IGNORECASE | re.ASCII) for name in _NAMES}
_TAG = re.compile(r"<[^<>]*>")
_CJK = r"\u3040-\u9fff\uac00-\ud7a3"
_WORD = re.compile(rf"[^\W\d_{_CJK}]{{4,}}|(?=([{_CJK}]{{2}}))")
_SMALL = re.compile(rf"(?<!\w)[^\W\d_{_CJK}]{{1,3}}(?!\w)|[{_CJK}]")
_READ = (".html", ".htm", ".xhtml", ".xml", ".md", ".txt", ".qti")
_LARGEST, _MOST_FILES, _MOST_OTHERS = 100_000, 40, 12
_FEWEST = 8  # of fewer words nothing is said
_FEWEST_SMALL = 10  # from fewer small words no language is known
# Measured on courses that were renamed, revised, translated and renumbered (tests/test_owners.py). With a smaller share
# of words in common two contents are not of one thing; with a larger one of new small words, it is translated. The
# second of each holds where an entry is the only one of its kind.
_STRANGE = (0.4, 0.65)
_FOREIGN = (0.15, 0.25)

Nodes = Mapping[Key, Node]


class Likeness:
    """The entries of two packages, the old and the new, with their words."""

    def __init__(self, old: OpenedPackage, new: OpenedPackage, before: Nodes, now: Nodes) -> None:
        self._old, self._new = _Words(old, before), _Words(new, now)

    def of(self, key: Key, other: Key) -> float | None:
        """Return the share of words that an old entry and a new one have in common, or None where little is known."""
        titles = self._old.title(key) | self._new.title(other)
        one, two = self._old.own(key) - titles, self._new.own(other) - titles
        if len(one) < _FEWEST or len(two) < _FEWEST:
            return None
        return len(one & two) / min(len(one), len(two))

    def is_same(self, key: Key, other: Key) -> bool:
        """Say whether an old entry and a new one are the very same files at one address, which no other entry has."""
        one = self._old.told_by(key)
        return one is not None and one == self._new.told_by(other)

    def is_other(self, key: Key, other: Key) -> bool:
        """Say whether a new entry is about something else than an old one; never where little is known.

        Where no other entry of its kind tells what all of them say, two texts share more without having to do with
        each other. A translation shares nothing, and is about the same.
        """
        alone = self._old.is_alone(key)
        like = self.of(key, other)
        return like is not None and like < _STRANGE[alone] and self._foreign(key, other) < _FOREIGN[alone]

    def _foreign(self, key: Key, other: Key) -> float:
        """Return the share of small words, such as `and` or `und`, that an old entry and those like it do not say."""
        known, small = self._old.all_small(key), self._new.small(other)
        total = sum(small.values())
        if total < _FEWEST_SMALL or len(known) < _FEWEST_SMALL:
            return 0
        return sum(count for word, count in small.items() if word not in known) / total


class _Words:
    """The words in the files of the entries of one package, read when they are asked for."""

    def __init__(self, opened: OpenedPackage, nodes: Nodes) -> None:
        self._opened, self._package, self._nodes = opened, opened.package, nodes
        self._known: dict[Key, tuple[frozenset[str], Counter[str]]] = {}
        self._counts: dict[str, tuple[frozenset[Key], Counter[str]]] = {}
        self._spoken: dict[str, frozenset[str]] = {}

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
    def _shown(self) -> Counter[tuple[str, ...]]:
        return Counter(node.entry.files for node in self._nodes.values())

    def told_by(self, key: Key) -> tuple[str, ...] | None:
        """Return the address of an entry and its files with their marks; None where they are not its own."""
        entry, marks = self._nodes[key].entry, self._package.marks
        if not entry.files or self._package.alone or self._shown[entry.files] > 1:
            return None
        return (entry.address, *(f"{name} {marks.get(name, '')}" for name in entry.files))

    def title(self, key: Key) -> frozenset[str]:
        """Return the words of an entry's title."""
        return _words(self._nodes[key].entry.title)

    def own(self, key: Key) -> frozenset[str]:
        """Return the words of an entry and of what is in it that fewer than half of the others of its kind say."""
        several, counts = self._others(self._nodes[key].entry.kind)
        words, others = self._of(key)[0], len(several - {key})
        itself = key in several
        return frozenset(word for word in words if not others or 2 * (counts[word] - itself) < others)

    def small(self, key: Key) -> Counter[str]:
        """Return how often an entry says each small word, which tell a language."""
        return self._of(key)[1]

    def all_small(self, key: Key) -> frozenset[str]:
        """Return the small words of an entry and of others of its kind."""
        kind = self._nodes[key].entry.kind
        if kind not in self._spoken:
            self._spoken[kind] = frozenset(word for one in self._others(kind)[0] for word in self.small(one))
        return self._spoken[kind] | set(self.small(key))

    def is_alone(self, key: Key) -> bool:
        """Say whether no other entry of its kind is known."""
        return not self._others(self._nodes[key].entry.kind)[0] - {key}

    def _others(self, kind: str) -> tuple[frozenset[Key], Counter[str]]:
        """Return some entries of a kind, and how many of them say each word."""
        if kind not in self._counts:
            alike = [key for key, node in self._nodes.items() if node.entry.kind == kind and self._files[key]]
            several = alike[:: len(alike) // _MOST_OTHERS + 1]
            self._counts[kind] = frozenset(several), Counter(word for key in several for word in self._of(key)[0])
        return self._counts[kind]

    def _of(self, key: Key) -> tuple[frozenset[str], Counter[str]]:
        """Return the words of an entry, and its small words, those in capitals left out."""
        if key not in self._known:
            text = "" if self._package.alone else self._read(self._files[key])
            small = (word[0] for word in _SMALL.finditer(text))
            self._known[key] = _words(text), Counter(word for word in small if word == word.lower())
        return self._known[key]

    def _read(self, files: Iterable[str]) -> str:
        texts: list[str] = []
        for name in list(dict.fromkeys(files))[:_MOST_FILES]:
            if has_words(name, _READ) and (content := self._opened.read(name, _LARGEST)):
                text = content.decode("utf-8", "replace")
                texts.append(_without_markup(unescape(_without_markup(text))))
        return " ".join(texts)


def _without_markup(text: str) -> str:
    """Return the words of an author on a page, without elements around them; what is never closed is read."""
    kept, at, never = [], 0, set[str]()
    for opened in _OPENED.finditer(text):
        name = opened[1].lower()
        if opened.start() < at or name in never:
            continue
        if closed := _CLOSED[name].search(text, opened.end()):
            kept.append(text[at : opened.start()])
            at = closed.start()
        else:
            never.add(name)
    return _TAG.sub(" ", " ".join((*kept, text[at:])))


def _words(text: str) -> frozenset[str]:
    return frozenset(found[1] or found[0] for found in _WORD.finditer(text.casefold()))
