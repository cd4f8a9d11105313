"""What changes for learners and teachers from one package to the next: entries, identities, gates, contents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from coursewright import messages
from coursewright.diagnostics import Finding, Place, Severity
from coursewright.inspection import Inspection
from coursewright.inspection.outline import FOLDER, Entry, Outline
from coursewright.inspection.words import clipped, in_words, titles_of

_MOST_NAMED = 5
_HAS_DIGIT = re.compile(r"\d")
# What keeps nothing of what a learner did: whatever becomes of its identifier, no record is lost.
_WITHOUT_RECORDS = (FOLDER, "heading", "section", "module", "block", "nothing", "web link", "question bank")
# Kinds of packages that an LMS always makes a new course of.
_ALWAYS_NEW = ("Moodle backup",)


@dataclass(frozen=True, slots=True)
class Files:
    """The names of files that are only in the new package, only in the old one, and in both with other contents."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two packages, the old and the new, and what changes between them, the gravest first."""

    old: Inspection
    new: Inspection
    findings: list[Finding]
    files: Files


def compare(old: Inspection, new: Inspection) -> Comparison:
    """Return what changes from one package to another; both must have been looked into with marks."""
    files = _files(old, new)
    changes = _Changes(old, new, files)
    findings = sorted(dict.fromkeys(changes.all()), key=lambda found: found.severity.rank)
    return Comparison(old, new, findings, files)


def _files(old: Inspection, new: Inspection) -> Files:
    before, after = (set(found.marks) - {found.manifest} for found in (old, new))
    changed = (name for name in before & after if old.marks[name] != new.marks[name])
    return Files(tuple(sorted(after - before)), tuple(sorted(before - after)), tuple(sorted(changed)))


# --- which entry is which ---


@dataclass(frozen=True, slots=True)
class _Node:
    """An entry where it stands: the one that it is in, and its place in the menu.

    No other entry of its package has its key, though an LMS may show one thing twice.
    """

    entry: Entry
    parent: Entry | None
    position: int
    key: tuple[str, int]

    @property
    def inside(self) -> str:
        """The identifier of the entry that it is in; "" at the top."""
        return self.parent.identifier if self.parent else ""


def _nodes(outline: Outline) -> dict[tuple[str, int], _Node]:
    seen: Counter[str] = Counter()
    nodes = {}
    for position, (entry, parent) in enumerate(outline.walk()):
        name = entry.identifier or f"{entry.kind} {entry.title}"
        key = (name, seen[name])
        seen[name] += 1
        nodes[key] = _Node(entry, parent, position, key)
    return nodes


def _alike(gone: Iterable[_Node], come: Iterable[_Node]) -> list[tuple[_Node, _Node]]:
    """Return pairs of entries that are one and the same to people, each looking like no other on either side."""
    before, now = {node.key: node for node in gone}, {node.key: node for node in come}
    pairs = []
    for look in (_by_title, _by_address, _by_words, _by_first_child):
        ones, others = _only(before.values(), look), _only(now.values(), look)
        for name in ones.keys() & others.keys():
            pairs.append((before.pop(ones[name].key), now.pop(others[name].key)))
    return sorted(pairs, key=lambda pair: pair[1].position)


Look = Callable[[Entry], Hashable]
"""Returns what an entry looks like, or None where it looks like nothing."""


def _by_title(entry: Entry) -> Hashable:
    return (entry.kind, entry.title.casefold()) if entry.title else None


def _by_address(entry: Entry) -> Hashable:
    return (entry.kind, entry.address) if entry.address else None


def _by_words(entry: Entry) -> Hashable:
    """By the title without its numbers: `MOD-607 Overview` looks like `MOD-617 Overview`."""
    words = [word for word in entry.title.casefold().split() if not _HAS_DIGIT.search(word)]
    return (entry.kind, tuple(words)) if words else None


def _by_first_child(entry: Entry) -> Hashable:
    return (entry.kind, entry.children[0].identifier) if entry.children and entry.children[0].identifier else None


def _only(nodes: Iterable[_Node], look: Look) -> dict[Hashable, _Node]:
    """Return the nodes that look like no other, by how they look."""
    listed = list(nodes)
    counts = Counter(look(node.entry) for node in listed)
    return {name: node for node in listed if (name := look(node.entry)) and counts[name] == 1}


# --- what changes ---


class _Changes:
    """Two packages with their entries paired: by what an LMS knows them by, else by what people would."""

    def __init__(self, old: Inspection, new: Inspection, files: Files) -> None:
        self.kinds = old.kind, new.kind
        self.old, self.new = (found.outline or Outline("", ()) for found in (old, new))
        self.files, self.changed = files, set(files.changed)
        self.place = Place(clipped(str(new.path)))
        self.titles = titles_of(self.old), titles_of(self.new)
        before, now = _nodes(self.old), _nodes(self.new)
        gone = [node for key, node in before.items() if key not in now]
        come = [node for key, node in now.items() if key not in before]
        self.renewed = _alike(gone, come)
        ended, begun = {one.key for one, _ in self.renewed}, {other.key for _, other in self.renewed}
        self.gone = [node for node in gone if node.key not in ended]
        self.come = [node for node in come if node.key not in begun]
        same = [(before[key], node) for key, node in now.items() if key in before]
        self.pairs = sorted([*same, *self.renewed], key=lambda pair: pair[1].position)
        self.identities = {one.entry.identifier: other.entry.identifier for one, other in self.renewed}

    def all(self) -> Iterator[Finding]:
        """Yield whatever changes."""
        yield from self._course()
        yield from self._identities()
        for node in self.gone:
            finding = messages.ENTRY_GONE.at(self.place, kind=node.entry.kind, title=clipped(node.entry.title))
            yield self._eased(finding, node.entry)
        for node in self.come:
            where = f"in “{clipped(node.parent.title)}”" if node.parent else "at the top"
            yield messages.ENTRY_NEW.at(self.place, kind=node.entry.kind, title=clipped(node.entry.title), where=where)
        for before, now in self.pairs:
            yield from self._place(before, now)
            yield from self._looks(before.entry, now.entry)
            yield from self._tracking(before.entry, now.entry)
            yield from self._content(before.entry, now.entry)
        yield from self._order()
        yield from self._other_files()

    def _course(self) -> Iterator[Finding]:
        before, now = self.kinds
        if before != now:
            yield messages.PACKAGE_KIND_CHANGED.at(self.place, before=before, now=now)
        if now in _ALWAYS_NEW:
            yield messages.ALWAYS_NEW.at(self.place, kind=now)
        if self.old.title != self.new.title:
            yield messages.RENAMED.at(self.place, before=clipped(self.old.title), now=clipped(self.new.title))

    def _identities(self) -> Iterator[Finding]:
        if self.kinds[1] in _ALWAYS_NEW:
            return
        for one, other in ((before.entry, now.entry) for before, now in self.renewed):
            names = {"before": clipped(one.identifier), "now": clipped(other.identifier)}
            finding = messages.IDENTITY_CHANGED.at(self.place, title=clipped(other.title), **names)
            yield self._eased(finding, one)

    def _eased(self, finding: Finding, entry: Entry) -> Finding:
        """Return a finding about what may be lost, as information where there is nothing to lose."""
        nothing = entry.kind in _WITHOUT_RECORDS or self.kinds[1] in _ALWAYS_NEW
        return replace(finding, severity=Severity.INFO) if nothing else finding

    def _moved(self, before: _Node, now: _Node) -> bool:
        return self.identities.get(before.inside, before.inside) != now.inside

    def _place(self, before: _Node, now: _Node) -> Iterator[Finding]:
        if self._moved(before, now):
            places = [f"“{clipped(node.parent.title)}”" if node.parent else "the top" for node in (before, now)]
            title = clipped(now.entry.title)
            yield messages.MOVED.at(self.place, title=title, before=places[0], now=places[1])

    def _looks(self, one: Entry, other: Entry) -> Iterator[Finding]:
        title = clipped(other.title)
        if one.title != other.title:
            yield messages.RENAMED.at(self.place, before=clipped(one.title), now=title)
        if one.kind != other.kind:
            yield messages.ENTRY_KIND_CHANGED.at(self.place, title=title, before=one.kind, now=other.kind)
        if one.hidden != other.hidden:
            yield (messages.HIDDEN if other.hidden else messages.SHOWN).at(self.place, title=title)

    def _tracking(self, one: Entry, other: Entry) -> Iterator[Finding]:
        """Yield what else must hold before an entry opens, and what else completes it."""
        before = {replace(found, of=self.identities.get(found.of, found.of)): found for found in one.gate}
        title = clipped(other.title)
        if more := [found for found in other.gate if found not in before]:
            yield messages.GATE_ADDED.at(self.place, title=title, gate=in_words(more, self.titles[1]))
        if less := [found for moved, found in before.items() if moved not in other.gate]:
            yield messages.GATE_REMOVED.at(self.place, title=title, gate=in_words(less, self.titles[0]))
        if one.completion != other.completion:
            said = [
                f"completed {clipped(text)}" if text else "not tracked" for text in (one.completion, other.completion)
            ]
            yield messages.COMPLETION_CHANGED.at(self.place, title=title, before=said[0], now=said[1])

    def _content(self, one: Entry, other: Entry) -> Iterator[Finding]:
        title = clipped(other.title)
        if one.address != other.address:
            said = [clipped(address) or "nothing" for address in (one.address, other.address)]
            yield messages.ADDRESS_CHANGED.at(self.place, title=title, before=said[0], now=said[1])
        if differing := set(one.files) ^ set(other.files) | (set(one.files) & self.changed):
            yield messages.CONTENT_CHANGED.at(self.place, title=title, files=_listed(sorted(differing)))

    def _order(self) -> Iterator[Finding]:
        """Yield a finding for each folder in which what stayed stands in another order."""
        positions: defaultdict[str, list[int]] = defaultdict(list)
        for before, now in self.pairs:
            if not self._moved(before, now):
                positions[now.inside].append(before.position)
        for inside, found in positions.items():
            if any(one > other for one, other in pairwise(found)):
                where = f"in “{clipped(self.titles[1].get(inside, inside))}”" if inside else "at the top"
                yield messages.ORDER_CHANGED.at(self.place, where=where)

    def _other_files(self) -> Iterator[Finding]:
        """Yield one finding for files that differ and belong to no entry."""
        shown = {file for outline in (self.old, self.new) for entry, _ in outline.walk() for file in entry.files}
        differing = {*self.files.added, *self.files.removed, *self.files.changed}
        if others := sorted(differing - shown):
            yield messages.OTHER_FILES_CHANGED.at(self.place, files=_listed(others))


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    shown = ", ".join(clipped(name, 80) for name in names[:_MOST_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown
