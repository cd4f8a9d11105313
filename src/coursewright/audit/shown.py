"""How an inspection looks: as text for people, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coursewright.audit.inspect import Inspection, bytes_of
from coursewright.audit.meanings import shared_files
from coursewright.course.gates import NEVER, OPEN, Gate
from coursewright.course.outline import Entry, Outline
from coursewright.packages.gate_words import effect_of, in_words, phrases, rules_in_words, titles_of
from coursewright.packages.words import clipped, hidden_word, shown_size
from coursewright.text.names import few, plural

Json = dict[str, Any]
_MOST_ENTRIES = 5_000


def as_text(found: Inspection) -> Iterator[str]:
    """Yield the lines that show a package to people."""
    yield f"{clipped(str(found.path))}: {clipped(found.kind)}, since {clipped(found.why)}"
    if found.outline is None:
        return
    shared = _shared(found.outline)
    yield f"  title: {clipped(found.outline.title) or 'none'}"
    yield from (f"  {name}: {clipped(value)}" for name, value in found.outline.metadata.items())
    if found.outcomes:
        yield f"  outcomes: {clipped(few(found.outcomes))}"
    yield f"  {_volume(found, shared)}"
    yield ""
    yield from _tree(found, found.outline, shared)


def _tree(found: Inspection, outline: Outline, shared: set[str]) -> Iterator[str]:
    titles = titles_of(outline)
    depths: dict[int, int] = {}
    for number, (entry, parent) in enumerate(outline.walk()):
        if number == _MOST_ENTRIES:
            yield f"and more than these {_MOST_ENTRIES} (--output json)"
            return
        depth = depths[id(entry)] = 0 if parent is None else depths[id(parent)] + 1
        margin = "  " * depth
        completed = f" completed {clipped(entry.completion)}" if entry.completion else ""
        yield f"{margin}- {clipped(entry.title)}  {_details(entry, found, shared)}{completed}"
        yield from (f"{margin}    {line}" for line in _set(entry, found))
        yield from (f"{margin}    {line}" for line in _locks(entry, titles))
    if not depths:
        yield "there is nothing in its menu"


def _set(entry: Entry, found: Inspection) -> Iterator[str]:
    """Yield in words what a quiz asks and work is judged by, and what is set for it."""
    held = found.held.get(entry.identifier)
    if line := ", ".join(held.words() if held else ()):
        yield clipped(line)
    if entry.settings:
        yield clipped(", ".join(f"{one.name}: {one.value}" for one in entry.settings))


def _locks(entry: Entry, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield in words what an entry waits for, and what else happens to it."""
    if entry.gate == NEVER:
        yield "never opens"
    elif entry.gate != OPEN:
        yield f"opens once {in_words(entry.gate, titles, entry.identifier)}"
    yield from (rules_in_words([rule], titles) for rule in entry.rules)


def _details(entry: Entry, found: Inspection, shared: set[str]) -> str:
    size = bytes_of((file for file in entry.files if file not in shared), found.sizes)
    known_as = entry.identifier if entry.identifier != entry.title else ""
    hidden = hidden_word(found.is_canvas) if entry.hidden else ""
    parts = [entry.kind, entry.mark, shown_size(size) if size else "", entry.fault, hidden, known_as]
    return f"[{clipped(', '.join(filter(None, parts)))}]"


def _volume(found: Inspection, shared: set[str]) -> str:
    files, size = plural(len(found.sizes), "file"), shown_size(sum(found.sizes.values()))
    packed = f", {shown_size(found.packed)} packed" if found.packed else ""
    several = f", shared: {shown_size(bytes_of(shared, found.sizes))}" if shared else ""
    return f"{files}, {size}{packed}{several}"


def _shared(outline: Outline) -> set[str]:
    return shared_files((entry.files, entry.address) for entry, _ in outline.walk())


def as_json(found: Inspection) -> Json:
    """Return a package as the stable JSON shape of `inspect --output json`; sizes are bytes."""
    shown: Json = {
        "path": str(found.path),
        "kind": found.kind,
        "why": found.why,
        "files": len(found.sizes),
        "bytes": sum(found.sizes.values()),
        "packed": found.packed,
    }
    if found.outline is not None:
        entries = [_entry_json(entry, found) for entry in found.outline.entries]
        shown["shared"] = bytes_of(_shared(found.outline), found.sizes)
        shown |= {"title": found.outline.title, "metadata": dict(found.outline.metadata)}
        shown |= {"outcomes": list(found.outcomes), "entries": entries}
    return {**shown, "findings": [one.as_json() for one in found.findings]}


def _entry_json(entry: Entry, found: Inspection) -> Json:
    held = found.held.get(entry.identifier)
    return {
        "identifier": entry.identifier,
        "title": entry.title,
        "kind": entry.kind,
        "address": entry.address,
        "hidden": entry.hidden,
        "gate": _gate_json(entry.gate),
        "rules": [{"what": effect_of(rule), "conditions": _gate_json(rule.gate)} for rule in entry.rules],
        "completion": entry.completion,
        "mark": entry.mark,
        "holds": held.as_json() if held else {},
        "settings": {one.name: one.value for one in entry.settings},
        "fault": entry.fault,
        "bytes": bytes_of(entry.files, found.sizes),
        "files": list(entry.files),
        "children": [_entry_json(child, found) for child in entry.children],
    }


def _gate_json(gate: Gate) -> list[Json]:
    return [phrase.as_json() for phrase in phrases(gate)]
