"""What changes for learners and teachers from one package to the next: entries, identities, gates, contents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from coursewright.audit.diff.contents import Contents, OpenedPackage
from coursewright.audit.diff.likeness import Likeness
from coursewright.audit.diff.locks import Locks
from coursewright.audit.diff.naming import Naming, inside, listed, quoted, where
from coursewright.audit.diff.owners import Owners, is_nameless
from coursewright.audit.diff.pairing import Key, Node, nodes_of, numbers_of, paired, told_beside, words_of
from coursewright.audit.diff.questions.placing import AskedInBoth, QuizzesOfBoth
from coursewright.audit.diff.rewording import Paragraphs, Titles, drawn_everywhere, is_read, shortened
from coursewright.audit.diff.settings import changed_settings
from coursewright.audit.diff.values import Change, Comparison, Files
from coursewright.audit.inspect import Inspection
from coursewright.course.gates import All, each, mentioned
from coursewright.course.outline import FOLDER, NOTHING, Entry
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message, Place, Severity
from coursewright.packages.gate_words import in_words, rules_in_words, titles_of
from coursewright.packages.kinds import ALWAYS_NEW, Family
from coursewright.packages.words import OUTSIDE_MENU, clipped, hidden_word
from coursewright.text.names import alike

# What keeps nothing of what a learner did: whatever becomes of its identifier, no record is lost.
_WITHOUT_RECORDS = (FOLDER, "heading", "section", "module", "block", NOTHING, "web link", "question bank")
# What is complete with all in it that is tracked.
_COMPLETE_WITH_ALL = ("section", "module")
# What is not known to LMSs by itself, and what Canvas keeps of a course when a package without it is imported.
_SHOWN_ONLY = (FOLDER, "heading", "web link", NOTHING)
_KEPT = ("page", "assignment", "discussion", "quiz", "module")
_SUBMITTED = ("assignment", "discussion", "quiz")
_STAY_PUBLISHED = ("page", "assignment")
_RECORDS = "learners' records of the one will count for the other"
_BY_NUMBER = "grade formulas and reports that go by ID number will take the one for the other"
_MOST_READ, _MOST_NAMING = 300, 40  # entries, of which the words are compared, and paragraphs of one


def compare(old: Inspection, new: Inspection, *, quizzes: QuizzesOfBoth = ((), ())) -> Comparison:
    """Return what changes from one package to another; both must have been looked into with marks.

    `quizzes` are those of the old package and of the new one, where somebody has read them.
    """
    with closing(OpenedPackage(old)) as before, closing(OpenedPackage(new)) as now:
        likeness = Likeness(before, now, nodes_of(old.course), nodes_of(new.course))
        asked = AskedInBoth(before, now, quizzes)
        found = _Changes(old, new, likeness, asked.explained)
        changes = sorted((*found.all(), *asked.changes), key=lambda change: change.finding.severity.rank)
        shown = {id(change) for change in changes if found.shows_otherwise(change)}
        return Comparison(old, new, _with_words(changes, before, now, asked.explained, shown), _files(old, new))


def _with_words(
    changes: list[Change], old: OpenedPackage, new: OpenedPackage, explained: Collection[str], shown: Collection[int]
) -> list[Change]:
    """Return changes with the words that differ; entries with other surroundings alone are counted in one finding.

    `shown` are changes that are not of words alone, and so never of surroundings alone.
    """
    asked = [change for change in changes if change.finding.code == messages.CONTENT_CHANGED.code][:_MOST_READ]
    passages = Paragraphs(old, new)
    found = {id(change): passages.changed(*_contents(change, explained)) for change in asked}
    names = Titles(entry.title for one in (old, new) for entry, _ in one.package.course.walk())
    around = drawn_everywhere(found.values()) | {
        one for own in found.values() for one in own[:_MOST_NAMING] if names.only(one)
    }
    drawn = {key for key, own in found.items() if own and key not in shown and around.issuperset(own)}
    told = [
        replace(change, passages=shortened(one for one in found[id(change)] if one not in around))
        if id(change) in found
        else change
        for change in changes
        if id(change) not in drawn
    ]
    place = Place(clipped(str(new.package.path)))
    return [*told, Change(messages.SURROUNDINGS_CHANGED.at(place, count=len(drawn)))] if drawn else told


def _contents(change: Change, explained: Collection[str]) -> tuple[tuple[str, ...], ...]:
    files = (node.entry.files if node else () for node in (change.before, change.node))
    return tuple(tuple(name for name in names if name not in explained) for names in files)


def _files(old: Inspection, new: Inspection) -> Files:
    before, after = set(old.marks), set(new.marks)
    if old.alone or new.alone:
        before, after = before & after, before & after
    changed = (name for name in before & after if old.marks[name] != new.marks[name])
    return Files(tuple(sorted(after - before)), tuple(sorted(before - after)), tuple(sorted(changed)))


class _Changes:
    """Two packages with their entries paired."""

    def __init__(self, old: Inspection, new: Inspection, likeness: Likeness, explained: Collection[str]) -> None:
        self.packages = old, new
        self.old, self.new = old.course, new.course
        self.place = Place(clipped(str(new.path)))
        self.titles = titles_of(self.old), titles_of(self.new)
        self.nodes = nodes_of(self.old), nodes_of(self.new)
        self.beside = told_beside(self.nodes[0]), told_beside(self.nodes[1])
        self.strangers: Mapping[Key, Key] = {}
        if old.family is new.family:
            self.strangers = Owners(*self.nodes, likeness).changed
        self.pairing = paired(*self.nodes, self.strangers, likeness.of)
        self.gone = {node.key for node in self.pairing.gone}
        self.kept = {now.key for _, now in self.pairing.pairs}
        self.contents = Contents(old, new, explained)
        self.is_other = old.family is not new.family
        self.is_new = new.family in ALWAYS_NEW
        self.in_canvas = old.is_canvas and new.is_canvas
        identities = {one.entry.identifier: other.entry.identifier for one, other in self.pairing.pairs}
        self.locks = Locks(self.old, self.new, identities, alike=self.is_other)
        self.naming = Naming(self.old, self.new)

    def all(self) -> Iterator[Change]:
        """Yield whatever changes."""
        yield from (Change(finding) for finding in (*self._course(), *self._metadata()))
        yield from (Change(self._owner(key), self.nodes[0][key]) for key in self._owners())
        yield from (Change(self._gone(node), node) for node in self.pairing.gone if self._is_withdrawn(node))
        for node in self.pairing.come:
            if node.key not in self.beside[1]:
                yield Change(self._new(node), node)
        for before, now in self.pairing.pairs:
            if now.key in self.beside[1] and before.key in self.beside[0]:
                continue
            yield from (Change(finding, now, before) for finding in self._pair(before, now))
        yield from (Change(finding) for finding in (*self._order(), *self._files()))

    # --- of the course ---

    def _course(self) -> Iterator[Finding]:
        before, now = self.packages
        if before.kind != now.kind:
            weight = None if self.is_other else Severity.WARNING
            yield messages.PACKAGE_KIND_CHANGED.at(self.place, before=before.kind, now=now.kind).weighing(weight)
        if self.is_new:
            yield messages.ALWAYS_NEW.at(self.place, kind=now.kind)
        if self.old.title != self.new.title:
            yield messages.RENAMED.at(self.place, entry=f"“{clipped(self.old.title)}”", now=clipped(self.new.title))
        for changes, weight in () if self.is_other else changed_settings(self.old.settings, self.new.settings):
            found = messages.SEQUENCING_CHANGED.at(self.place, entry="the whole course", changes=changes)
            yield found.weighing(weight)

    def _metadata(self) -> Iterator[Finding]:
        before, now = self.old.metadata, self.new.metadata
        if self.is_other:
            return
        for name in dict.fromkeys((*before, *now)):
            if before.get(name) != now.get(name) and name != OUTSIDE_MENU:
                old, new = (f"“{clipped(found[name])}”" if name in found else "none" for found in (before, now))
                yield messages.METADATA_CHANGED.at(self.place, name=name, before=old, now=new)

    # --- of entries ---

    def _of(self, message: Message, node: Node, **values: object) -> Finding:
        return message.at(self.place, entry=self.naming.named(node), **values)

    def _owners(self) -> Iterator[Key]:
        """Yield the identifiers that name something else: not those that are told of with what they are in."""
        for key, node in self.nodes[0].items():
            told = node.entry.children or node.entry.kind not in _SHOWN_ONLY
            if key in self.strangers and node.inside not in self.strangers and told:
                yield key

    def _owner(self, key: Key) -> Finding:
        one, other = self.nodes[0][key], self.nodes[1][self.strangers[key]]
        now = quoted(other.entry)
        if one.parent and other.parent and one.entry.title == other.entry.title:
            now = f"{now} {inside(other)}"
        values = {"identifier": self._known_as(one), "more": self._with_it(key), "now": now}
        effect, weight = (_BY_NUMBER, Severity.WARNING) if self.is_new else (_RECORDS, None)
        return self._of(messages.RECORDS_CHANGE_OWNER, one, effect=effect, **values).weighing(weight)

    def _with_it(self, key: Key) -> str:
        """Return in words how much of what is in an entry goes with it: what both packages have under one name."""
        going, inside = self._going[key], self._within[key]
        if going == inside:
            return " with everything in it" if inside else ""
        return f" with {going} of the {inside} entries in it" if going else ""

    @cached_property
    def _within(self) -> Counter[Key | None]:
        """How many entries of their own each entry of the old package has in it."""
        return Counter(node.inside for node in self.nodes[0].values() if node.entry.kind not in _SHOWN_ONLY)

    @cached_property
    def _going(self) -> Counter[Key | None]:
        """How many of them name something else in the new package."""
        nodes = (self.nodes[0][key] for key in self.strangers)
        return Counter(node.inside for node in nodes if node.entry.kind not in _SHOWN_ONLY)

    def _known_as(self, node: Node) -> str:
        """Return the identifier of an entry, or how those of what is in it begin, if that alone has any."""
        if not is_nameless(node):
            return clipped(node.entry.identifier)
        names = [entry.identifier for entry in node.entry.children if not entry.identifier.isdigit()]
        if not names:
            return clipped(node.entry.identifier) or quoted(node.entry)
        first = min(names)
        return f"{clipped(first[: alike(first, max(names))] or names[0])}…"

    def _is_withdrawn(self, node: Node) -> bool:
        """Say whether an entry that is in the old package alone is to be told of.

        A heading or a link goes from Canvas with an import of its module, and stays where that stays.
        """
        stays = self.in_canvas and node.entry.kind not in _KEPT and node.inside in self.gone
        return node.key not in self.strangers and not stays and node.key not in self.beside[0]

    def _gone(self, node: Node) -> Finding:
        if self.in_canvas and node.entry.kind in _KEPT:
            message = messages.WORK_KEPT_BY_CANVAS if node.entry.kind in _SUBMITTED else messages.KEPT_BY_CANVAS
            return self._of(message, node, kind=node.entry.kind, state=_state(node.entry))
        return self._eased(self._of(messages.ENTRY_GONE, node, kind=node.entry.kind), node.entry)

    def _new(self, node: Node) -> Finding:
        entry, parent = node.entry, node.parent
        values = {"entry": quoted(entry), "kind": entry.kind, "where": where(node)}
        with_records = not self.is_new  # of what is always restored as a new course, nobody has completed anything
        if with_records and parent and parent.key in self.kept and _is_asked_for(entry, parent.entry):
            return messages.INCOMPLETE_AGAIN.at(self.place, parent=quoted(parent.entry), **values)
        return messages.ENTRY_NEW.at(self.place, **values)

    def _pair(self, before: Node, now: Node) -> Iterator[Finding]:
        renewed = before.key != now.key and not self.is_new and not self.is_other
        if renewed:
            yield from () if before.key in self.strangers else [self._identity(before, now)]
        elif self._moved(before, now):
            old, new = (quoted(node.parent.entry) if node.parent else "the top" for node in (before, now))
            yield messages.MOVED.at(self.place, entry=quoted(now.entry), before=old, now=new)
        yield from self._looks(before, now, renewed)
        yield from self._gate(before.entry, now)
        yield from self._tracking(before.entry, now)
        if now.entry.opens_nothing and not before.entry.opens_nothing:
            yield self._of(messages.OPENS_NOTHING, now, fault=now.entry.fault)
        elif not renewed:
            yield from self._content(before.entry, now)

    def _identity(self, before: Node, now: Node) -> Finding:
        """Return the finding that an entry has another identifier, and another place if that is so."""
        names = [clipped(node.entry.identifier) or "without an identifier" for node in (before, now)]
        if self._moved(before, now):
            names = [f"{name} {inside(node)}" for name, node in zip(names, (before, now), strict=True)]
        stays = self._stays_in_canvas(before)
        finding = self._of(messages.IDENTITY_CHANGED, now, before=names[0], now=names[1], stays=stays)
        weight = Severity.WARNING if stays else None  # which somebody has to delete, be there any records or none
        finding = self._eased(finding, before.entry)
        return finding.weighing(weight if finding.severity is Severity.INFO else None)

    def _stays_in_canvas(self, before: Node) -> str:
        """Return in words what Canvas keeps under the old identifier of an entry, beside the one with the new."""
        if not self.in_canvas or before.key in self.nodes[1] or before.entry.kind not in _KEPT:
            return ""
        answers = ", with its submissions and grades" if before.entry.kind in _SUBMITTED else ""
        return f"; the old one stays in Canvas, {_state(before.entry)}{answers}, until it is deleted by hand"

    def _eased(self, finding: Finding, entry: Entry) -> Finding:
        """Return a finding about what may be lost, as information where there is nothing to lose."""
        nothing = entry.kind in _WITHOUT_RECORDS or self.is_new
        return finding.weighing(Severity.INFO if nothing else None)

    def _moved(self, before: Node, now: Node) -> bool:
        old, above = before.inside, (before.parent, now.parent)
        if self.is_other and all(above) and len({node.entry.title for node in above if node}) == 1:
            return False  # what is a section in one format is a module in another
        return (self.pairing.renewed.get(old, old) if old else None) != now.inside

    def _looks(self, before: Node, now: Node, renewed: bool) -> Iterator[Finding]:
        one, other = before.entry, now.entry
        only_numbers = renewed and words_of(one.title) == words_of(other.title)
        if one.title != other.title and not only_numbers and not _renumbered(before, now):
            yield self._of(messages.RENAMED, before, now=clipped(other.title))
        if one.kind != other.kind and not self.is_other and not other.opens_nothing:
            yield self._of(messages.ENTRY_KIND_CHANGED, now, before=one.kind, now=other.kind)
        if other.hidden and not one.hidden and not renewed and self.in_canvas and other.kind in _STAY_PUBLISHED:
            yield self._of(messages.STAYS_PUBLISHED, now, kind=other.kind)
        elif one.hidden != other.hidden and not (one.hidden and other.opens_nothing):  # of that, something else is said
            how = hidden_word(self.packages[1].is_canvas, whole=True)
            yield self._of(messages.HIDDEN if other.hidden else messages.SHOWN, now, how=how)

    def _gate(self, one: Entry, now: Node) -> Iterator[Finding]:
        """Yield what else must hold before an entry opens: for information where it had to hold before anyway."""
        before, after = self.locks.of(one, now.entry)
        more = [found for found in each(now.entry.gate) if self.locks.as_compared(found) not in before.asked]
        stricter = [found for found in more if not before.implies(self.locks.as_compared(found))]
        if more:
            gate = in_words(All(tuple(stricter or more)), self.titles[1], now.entry.identifier)
            yield self._of(messages.GATE_ADDED, now, gate=gate).weighing(None if stricter else Severity.INFO)
        if less := [found for found in each(one.gate) if not after.implies(self.locks.as_now(found))]:
            kept = self.in_canvas and one.identifier == now.entry.identifier and not mentioned(now.entry.gate)
            message = messages.LOCK_KEPT_BY_CANVAS if kept else messages.GATE_REMOVED
            titles = {**self.titles[0], **self.titles[1]} if kept else self.titles[0]
            yield self._of(message, now, gate=in_words(All(tuple(less)), titles, one.identifier))

    def _tracking(self, one: Entry, now: Node) -> Iterator[Finding]:
        """Yield what else completes an entry, what else is to be had for it, and what else happens to it."""
        other = now.entry
        if self.in_canvas and one.kind == "module" and one.completion and not other.completion:
            yield self._of(messages.REQUIREMENTS_KEPT_BY_CANVAS, now)
        elif one.completion != other.completion and not self.is_other:
            yield self._of(messages.COMPLETION_CHANGED, now, before=_tracked(one), now=_tracked(other))
        if one.mark != other.mark and not self.is_other:
            yield self._of(messages.MARK_CHANGED, now, before=one.mark or "none", now=other.mark or "none")
        is_sequenced = self.packages[1].family is Family.SCORM2004
        for changes, weight in () if self.is_other else changed_settings(one.settings, other.settings):
            message = messages.SEQUENCING_CHANGED if is_sequenced else messages.TERMS_CHANGED
            yield self._of(message, now, changes=changes).weighing(weight)
        if self.locks.rules_as_now(one) != list(other.rules) and not self.is_other:
            old, new = rules_in_words(one.rules, self.titles[0]), rules_in_words(other.rules, self.titles[1])
            yield self._of(messages.RULES_CHANGED, now, before=old or "none", now=new or "none")

    def _content(self, one: Entry, now: Node) -> Iterator[Finding]:
        other = now.entry
        if one.address != other.address:
            old, new = clipped(one.address) or "nothing", clipped(other.address) or "nothing"
            yield self._of(messages.ADDRESS_CHANGED, now, before=old, now=new)
        if differing := self.contents.differing(one.files, other.files):
            yield self._of(messages.CONTENT_CHANGED, now, files=listed(differing))

    def shows_otherwise(self, change: Change) -> bool:
        """Say whether a file without words differs in an entry that stayed, such as a picture."""
        if change.before is None or change.node is None:
            return False
        return not all(map(is_read, self.contents.differing(change.before.entry.files, change.node.entry.files)))

    # --- of places and files ---

    def _order(self) -> Iterator[Finding]:
        """Yield a finding for each folder in which what stayed stands in another order."""
        positions: defaultdict[Key | None, list[int]] = defaultdict(list)
        named: dict[Key | None, str] = {}
        for before, now in self.pairing.pairs:
            if not self._moved(before, now):
                positions[now.inside].append(before.position)
                named[now.inside] = inside(now)
        for key, found in positions.items():
            if any(one > other for one, other in pairwise(found)):
                yield messages.ORDER_CHANGED.at(self.place, where=named[key])

    def _files(self) -> Iterator[Finding]:
        """Yield one finding for files that differ and that several entries share, and one for those of no entry."""
        if shared := self.contents.shared_differing():
            yield messages.SHARED_FILES_CHANGED.at(self.place, files=listed(shared))
        if others := self.contents.others_differing():
            yield messages.OTHER_FILES_CHANGED.at(self.place, files=listed(others))


def _state(entry: Entry) -> str:
    return "unpublished" if entry.hidden else "published"


def _tracked(entry: Entry) -> str:
    return f"completed {clipped(entry.completion)}" if entry.completion else "not tracked"


def _is_asked_for(entry: Entry, parent: Entry) -> bool:
    with_any = parent.finish is not None and parent.finish.one_suffices
    return bool(entry.completion) and parent.kind in _COMPLETE_WITH_ALL and not with_any


def _renumbered(before: Node, now: Node) -> bool:
    """Say whether an entry has another number only since the one that it is in has it."""
    old, new = ([] if node.parent is None else numbers_of(node.parent.entry.title) for node in (before, now))
    if len(old) != len(new) or old == new:
        return False
    renamed = dict(zip(old, new, strict=True))
    return [renamed.get(word, word) for word in before.entry.title.split()] == now.entry.title.split()
