"""What changes from one package to another, for people, as JSON, and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from coursewright.audit.diff.values import Change, Comparison, Files
from coursewright.findings import messages
from coursewright.findings.finding import Severity, counts
from coursewright.findings.reports import summary
from coursewright.packages.words import as_markdown, clipped

Json = dict[str, Any]

_MOST_FILES, _MOST_CHANGES = 10, 30

_GROUPS: Mapping[str, tuple[str, ...]] = {
    "records of learners": ("D601", "D602", "D616", "D617", "D624"),
    "to be done by hand": ("D625", "D626", "D627", "D628", "D629"),
    "for learners": (
        "D603",
        "D607",
        "D608",
        "D609",
        "D610",
        "D611",
        "D612",
        "D619",
        "D620",
        "D622",
        "D623",
        "D639",
        "D640",
    ),
    "where things are": ("D604", "D605", "D606", "D613"),
    "questions": ("D641", "D643", "D644", "D645", "D642"),
    "contents": ("D614", "D615", "D621", "D638"),
    "about the course": ("D618",),
}


def comparison_as_text(
    found: Comparison, grade: Callable[[Severity], str] = str, *, whole: bool = False
) -> Iterator[str]:
    """Yield the lines that show to people what changes; `grade` says how a severity is written."""
    yield f"{clipped(str(found.old.path))} → {clipped(str(found.new.path))}: {found.kinds}"
    if found.old.alone or found.new.alone:
        yield "only the manifests are compared, since one of them stands alone"
    findings = found.findings
    for title, changes in _grouped(found):
        yield from ("", f"{title}:")
        most = len(changes) if whole else _MOST_CHANGES
        yield from _lines(changes[:most], grade)
        if len(changes) > most:
            yield f"  and {len(changes) - most} more (--verbose)"
    yield ""
    yield from _differing(found.files)
    differing = found.files.added or found.files.removed or found.files.changed
    nothing = "nothing changes for learners and teachers" if differing else "nothing changes"
    yield summary(findings) if findings else nothing


def _grouped(found: Comparison) -> Iterator[tuple[str, list[Change]]]:
    """Yield the changes by what they are for, with its title."""
    for title, codes in _GROUPS.items():
        if changes := [change for change in found.changes if change.finding.code in codes]:
            yield title, changes


def _lines(changes: list[Change], grade: Callable[[Severity], str]) -> Iterator[str]:
    """Yield a line a change, below the first that can be mended how, and the words that differ."""
    hinted = {messages.ENTRY_NEW.hint}  # that there is nothing to do
    for change in changes:
        found = change.finding
        yield f"  {grade(found.severity)} {found.code} {found.text}"
        for passage in change.passages:
            yield from (f"      {sign} {text}" for sign, text in (("-", passage.before), ("+", passage.now)) if text)
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
        "changes": [_change_json(change) for change in found.changes],
        "counts": counts(found.findings),
        "files": {
            "added": list(found.files.added),
            "removed": list(found.files.removed),
            "changed": list(found.files.changed),
        },
    }


def _change_json(change: Change) -> Json:
    """Return a change; `identifier` and `title` of the entry, and `parent` for the one that it is in."""
    node = change.node
    entry, parent = (node.entry, node.parent) if node else (None, None)
    return {
        **change.finding.as_json(),
        "identifier": entry.identifier if entry else "",
        "title": entry.title if entry else "",
        "words": [{"before": passage.before, "now": passage.now} for passage in change.passages],
        "parent": {"identifier": parent.entry.identifier, "title": parent.entry.title} if parent else None,
    }


# --- Markdown ---


def comparison_as_markdown(found: Comparison) -> Iterator[str]:
    """Yield the lines of what changes as Markdown, such as for a comment on a pull request."""
    yield f"# {_plain(found.new.outline.title if found.new.outline else '') or 'What changes'}"
    yield ""
    yield f"`{_code(found.old.path.name)}` → `{_code(found.new.path.name)}`, {_plain(found.kinds)}"
    for title, changes in _grouped(found):
        yield from ("", f"## {title[0].upper()}{title[1:]}", "")
        for change in changes[:_MOST_CHANGES]:
            yield f"- **{change.finding.severity}** {change.finding.code} {_plain(change.finding.text)}"
            yield from _quoted_words(change)
        if len(changes) > _MOST_CHANGES:
            yield f"- and {len(changes) - _MOST_CHANGES} more"
    yield ""
    yield f"{summary(found.findings)}." if found.changes else "Nothing changes for learners and teachers."


def _quoted_words(change: Change) -> Iterator[str]:
    for passage in change.passages:
        yield ""
        if passage.before:
            yield f"  > − {_plain(passage.before)}"
        if passage.before and passage.now:
            yield "  >"
        if passage.now:
            yield f"  > + {_plain(passage.now)}"
    if change.passages:
        yield ""


def _plain(text: str) -> str:
    return as_markdown(clipped(text))


def _code(text: str) -> str:
    return clipped(text).replace("`", "'")
