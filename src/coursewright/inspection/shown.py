"""How an inspection, and a comparison of two, look: as text for people, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from coursewright.diagnostics import Finding, Severity, counts
from coursewright.inspection import Inspection, bytes_of
from coursewright.inspection.comparison import Comparison, Files
from coursewright.inspection.outline import Entry, Outline
from coursewright.inspection.words import clipped, in_words, shown_size, titles_of
from coursewright.reports import summary

Json = dict[str, Any]
_MOST_FILES, _MOST_CHANGES = 10, 30
_NOTHING_TO_DO = "Nothing to do."


def as_text(found: Inspection) -> Iterator[str]:
    """Yield the lines that show a package to people."""
    yield f"{clipped(str(found.path))}: {found.kind}, since {clipped(found.why)}"
    if found.outline is None:
        return
    yield f"  title: {clipped(found.outline.title) or 'none'}"
    yield from (f"  {name}: {clipped(value)}" for name, value in found.outline.metadata.items())
    yield f"  {_volume(found)}"
    yield ""
    titles = titles_of(found.outline)
    yield from _tree(found.outline, titles, found.sizes)


def _tree(outline: Outline, titles: Mapping[str, str], sizes: Mapping[str, int]) -> Iterator[str]:
    depths: dict[int, int] = {}
    for entry, parent in outline.walk():
        depth = depths[id(entry)] = 0 if parent is None else depths[id(parent)] + 1
        margin = "  " * depth
        completed = f" completed {clipped(entry.completion)}" if entry.completion else ""
        yield f"{margin}- {clipped(entry.title)}  {_details(entry, sizes)}{completed}"
        if entry.gate:
            yield f"{margin}    opens once {in_words(entry.gate, titles)}"
    if not depths:
        yield "there is nothing in its menu"


def _details(entry: Entry, sizes: Mapping[str, int]) -> str:
    size = bytes_of(entry.files, sizes)
    known_as = entry.identifier if entry.identifier != entry.title else ""
    parts = [entry.kind, shown_size(size) if size else "", "hidden" if entry.hidden else "", known_as]
    return f"[{clipped(', '.join(filter(None, parts)))}]"


def _volume(found: Inspection) -> str:
    files, size = len(found.sizes), shown_size(sum(found.sizes.values()))
    packed = f", {shown_size(found.packed)} packed" if found.packed else ""
    return f"{files} {'file' if files == 1 else 'files'}, {size}{packed}"


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
        entries = [_entry_json(entry, found.sizes) for entry in found.outline.entries]
        shown |= {"title": found.outline.title, "metadata": dict(found.outline.metadata), "entries": entries}
    return {**shown, "findings": [one.as_json() for one in found.findings]}


def _entry_json(entry: Entry, sizes: Mapping[str, int]) -> Json:
    return {
        "identifier": entry.identifier,
        "title": entry.title,
        "kind": entry.kind,
        "address": entry.address,
        "hidden": entry.hidden,
        "gate": [{"of": condition.of, "what": condition.what} for condition in entry.gate],
        "completion": entry.completion,
        "bytes": bytes_of(entry.files, sizes),
        "files": list(entry.files),
        "children": [_entry_json(child, sizes) for child in entry.children],
    }


# --- comparisons ---

_GROUPS: Mapping[str, tuple[str, ...]] = {
    "records of learners": ("D601", "D602", "D616", "D617"),
    "for learners": ("D603", "D607", "D608", "D609", "D610", "D611", "D612"),
    "where things are": ("D604", "D605", "D606", "D613"),
    "contents": ("D614", "D615"),
}


def comparison_as_text(found: Comparison, grade: Callable[[Severity], str] = str) -> Iterator[str]:
    """Yield the lines that show to people what changes; `grade` says how a severity is written."""
    yield f"{clipped(str(found.old.path))} → {clipped(str(found.new.path))}: {found.new.kind}"
    for title, codes in _GROUPS.items():
        changes = [one for one in found.findings if one.code in codes]
        if changes:
            yield ""
            yield f"{title}:"
            yield from _changes(changes[:_MOST_CHANGES], grade)
            if len(changes) > _MOST_CHANGES:
                yield f"  and {len(changes) - _MOST_CHANGES} more (--output json)"
    yield ""
    yield from _differing(found.files)
    yield summary(found.findings).replace("no findings", "nothing changes")


def _changes(findings: list[Finding], grade: Callable[[Severity], str]) -> Iterator[str]:
    """Yield a line a change, and below the first that can be mended how."""
    hinted = {_NOTHING_TO_DO}
    for found in findings:
        yield f"  {grade(found.severity)} {found.code} {found.text}"
        if found.hint not in hinted and found.severity is not Severity.INFO:
            hinted.add(found.hint)
            yield f"      {found.hint}"


def _differing(files: Files) -> Iterator[str]:
    for word, names in (("changed", files.changed), ("added", files.added), ("removed", files.removed)):
        if names:
            more = f" and {len(names) - _MOST_FILES} more (--output json)" if len(names) > _MOST_FILES else ""
            yield f"files {word} ({len(names)}): {', '.join(clipped(name, 100) for name in names[:_MOST_FILES])}{more}"


def comparison_as_json(found: Comparison) -> Json:
    """Return what changes as the stable JSON shape of `diff --output json`."""
    return {
        "old": {"path": str(found.old.path), "kind": found.old.kind},
        "new": {"path": str(found.new.path), "kind": found.new.kind},
        "changes": [one.as_json() for one in found.findings],
        "counts": counts(found.findings),
        "files": {
            "added": list(found.files.added),
            "removed": list(found.files.removed),
            "changed": list(found.files.changed),
        },
    }
