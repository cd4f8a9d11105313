"""Which entry of a package is which of another: by what an LMS knows it by, else by what people would."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping

from coursewright.course.outline import ASSOCIATED, Entry, Outline
from coursewright.frozen import frozen

_HAS_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{3,}")
_PART = re.compile(r"-(?:lab|act|out|test|talk)-[0-9a-f]{10}$")
_ALIKE = 0.6  # with this share of words in common, two contents are of one thing, whatever it is called
_MOST_COMPARED = 1_000  # pairs of entries, in all
# Words that a title may be made of and say nothing about what it is of.
_GENERIC = frozenset(
    re.findall(
        r"\w+",
        """activities activity and annex appendix assessment assessments assignment assignments chapter checklist
        competencies complete completed conclusion content contents course discussion end exam exercise exercises final
        for forum glossary home intro introduction lab labs learning lesson links materials module news objectives
        outline overview page part practice project projects quiz quizzes reading readings recap references resources
        review section session start summary syllabus task tasks test tests the topic topics unit video videos week
        welcome work your""",
    )
)

Key = tuple[str, int]
Look = Callable[[Entry], Hashable]
"""Returns what an entry looks like, or None where it looks like nothing."""
Compared = Callable[[Key, Key], float | None]
"""Returns how much of what an old entry says a new one says too, or None where that is not known."""


@frozen
class Node:
    """An entry where it stands: the one that it is in, the one before it there, and its place in the menu.

    No other entry of its package has its key, though an LMS may show one thing twice.
    """

    entry: Entry
    parent: Node | None
    before: Entry | None
    position: int
    key: Key

    @property
    def inside(self) -> Key | None:
        """The key of the entry that it is in; None at the top."""
        return self.parent.key if self.parent else None


@frozen
class Pairing:
    """The entries of two packages: those of both, in the order of the new one, those gone, and those that came.

    `renewed` are the pairs in both that an LMS takes for two different things, and people for one, by their old keys.
    """

    pairs: list[tuple[Node, Node]]
    gone: list[Node]
    come: list[Node]
    renewed: Mapping[Key, Key]


def paired(
    before: Mapping[Key, Node], now: Mapping[Key, Node], strangers: Mapping[Key, Key], likeness: Compared
) -> Pairing:
    """Return which entry is which: children first where those that they are in are, then what moved elsewhere.

    `strangers` are old keys with new ones that do not name one thing, `likeness` compares the contents of two keys.
    """
    matching = _Matching(before, now, strangers)
    matching.downwards()
    for look in (_by_title, _by_address, _by_words, _by_first_child, _by_part):
        matching.anywhere(look)
        matching.downwards()
    matching.by_contents(likeness)
    matching.by_numbers()
    pairs = sorted(
        ((before[key], now[other]) for key, other in matching.found.items()), key=lambda pair: pair[1].position
    )
    gone = [node for key, node in before.items() if key not in matching.found]
    come = [node for key, node in now.items() if key not in matching.taken]
    renewed = {key: other for key, other in matching.found.items() if key != other}
    return Pairing(pairs, gone, come, renewed)


def nodes_of(outline: Outline) -> dict[Key, Node]:
    """Return the entries of a package where they stand, by their keys, in the order of its menu."""
    seen: Counter[str] = Counter()
    by_entry: dict[int, Node] = {}
    last: dict[int, Entry] = {}
    nodes = {}
    for position, (entry, parent) in enumerate(outline.walk()):
        name = entry.identifier or f"{entry.kind} {entry.title}"
        key = (name, seen[name])
        seen[name] += 1
        node = Node(entry, by_entry.get(id(parent)), last.get(id(parent)), position, key)
        nodes[key] = by_entry[id(entry)] = node
        last[id(parent)] = entry
    return nodes


def told_beside(nodes: Mapping[Key, Node]) -> frozenset[Key]:
    """Return the entries that only hold settings of others, which have the same files: these tell of them."""
    owned: Counter[str] = Counter(file for node in nodes.values() for file in set(node.entry.files))
    return frozenset(
        key
        for key, node in nodes.items()
        if node.entry.kind == ASSOCIATED and node.entry.files and all(owned[file] > 1 for file in node.entry.files)
    )


class _Matching:
    """Two packages while their entries are paired. Those that have one key are so from the start."""

    def __init__(self, before: Mapping[Key, Node], now: Mapping[Key, Node], strangers: Mapping[Key, Key]) -> None:
        self._before, self._now, self._strangers = before, now, strangers
        self._inside = _by_parent(before), _by_parent(now)
        self.found: dict[Key, Key] = {}
        self.taken: set[Key] = set()
        self._waiting: deque[tuple[Key | None, Key | None]] = deque([(None, None)])
        for key in self._common():
            if not key[0].isdigit() or before[key].entry.title == now[key].entry.title:
                self._pair(key, key)

    def _common(self) -> list[Key]:
        return [key for key in self._before if key in self._now and self._strangers.get(key) != key]

    def by_numbers(self) -> None:
        """Pair what has one number, if nothing else is alike: Moodle numbers activities anew on each site."""
        for key in self._common():
            if self._is_free(key, key) and self._before[key].entry.kind == self._now[key].entry.kind:
                self._pair(key, key)
        self.downwards()

    def _is_free(self, key: Key, other: Key) -> bool:
        return key not in self.found and other not in self.taken

    def _pair(self, key: Key, other: Key) -> None:
        self.found[key] = other
        self.taken.add(other)
        self._waiting.append((key, other))

    def downwards(self) -> None:
        """Pair the children of whatever was paired."""
        while self._waiting:
            above, other = self._waiting.popleft()
            children, others = self._inside[0][above], self._inside[1][other]
            looks = (_by_title, _by_address, _by_words, _by_first_child)
            for look in looks if above else (_by_title, _by_address, _by_distinct_words, _by_first_child):
                self._alike(look, children, others)

    def anywhere(self, look: Look) -> None:
        """Pair what looks like nothing else in both packages, and not like what every package has."""
        self._alike(_distinct(look), self._before.values(), self._now.values())

    def by_contents(self, likeness: Compared) -> None:
        """Pair what has another name and says the same, in one place: a lab that is renamed is still that lab."""
        left = _MOST_COMPARED
        for above, other in [(None, None), *self.found.items()]:
            gone = [node for node in self._inside[0][above] if node.key not in self.found]
            come = [node for node in self._inside[1][other] if node.key not in self.taken]
            if 0 < len(gone) * len(come) <= left:
                left -= len(gone) * len(come)
                self._closest(gone, come, likeness)
        self.downwards()

    def _closest(self, gone: Iterable[Node], come: Iterable[Node], likeness: Compared) -> None:
        """Pair those that say nearly the same, the most alike first."""
        found = [
            (like, one.key, other.key)
            for one in gone
            for other in come
            if one.entry.kind == other.entry.kind and self._strangers.get(one.key) != other.key
            if (like := likeness(one.key, other.key) or 0) >= _ALIKE
        ]
        for _, key, to in sorted(found, reverse=True):
            if self._is_free(key, to):
                self._pair(key, to)

    def _alike(self, look: Look, before: Iterable[Node], now: Iterable[Node]) -> None:
        one, other = _only(before, look), _only(now, look)
        for name in (name for name in one if name in other):
            key, to = one[name].key, other[name].key
            if self._is_free(key, to) and self._strangers.get(key) != to:
                self._pair(key, to)


def _by_parent(nodes: Mapping[Key, Node]) -> defaultdict[Key | None, list[Node]]:
    inside: defaultdict[Key | None, list[Node]] = defaultdict(list)
    for node in nodes.values():
        inside[node.inside].append(node)
    return inside


def _only(nodes: Iterable[Node], look: Look) -> dict[Hashable, Node]:
    """Return the nodes that look like no other, by how they look."""
    looks = [(look(node.entry), node) for node in nodes]
    counts = Counter(name for name, _ in looks)
    return {name: node for name, node in looks if name and counts[name] == 1}


# --- looks ---


def _by(look: Callable[[Entry], Hashable]) -> Look:
    """Return how an entry of a kind looks by something of it, if it has that."""
    return lambda entry: (entry.kind, found) if (found := look(entry)) else None


def _part(entry: Entry) -> str:
    """Return what our own identifiers say of a piece of work, whichever unit it is in."""
    found = _PART.search(entry.identifier)
    return found[0] if found else ""


_by_title = _by(lambda entry: entry.title.casefold())
_by_address = _by(lambda entry: entry.address)
_by_words = _by(lambda entry: words_of(entry.title))  # `MOD-607 Overview` looks like `MOD-617 Overview`
_by_distinct_words = _by(lambda entry: words_of(entry.title) if is_distinct(entry.title) else ())
_by_first_child = _by(lambda entry: entry.children[0].identifier if entry.children else "")
_by_part = _by(_part)


def _distinct(look: Look) -> Look:
    """Return a look that only what has a telling title of several words has; an address tells enough of itself."""
    if look in (_by_address, _by_first_child, _by_part):
        return look
    return lambda entry: look(entry) if is_distinct(entry.title) and len(words_of(entry.title)) > 1 else None


def words_of(title: str) -> tuple[str, ...]:
    """Return the words of a title without those that have a number in them."""
    return tuple(word for word in title.casefold().split() if not _HAS_DIGIT.search(word))


def numbers_of(title: str) -> list[str]:
    """Return the words of a title that have a number in them."""
    return [word for word in title.split() if _HAS_DIGIT.search(word)]


def is_distinct(title: str) -> bool:
    """Say whether a title has a word that not every course has."""
    return any(word not in _GENERIC for word in _WORD.findall(" ".join(words_of(title))))


def is_telling(title: str) -> bool:
    """Say whether a title has a word that not every course has, be it short."""
    words = (word.strip(".,:;!?()-–—") for word in words_of(title))
    return any(word not in _GENERIC and (len(word) > 1 or word > "\u2e80") for word in words)
