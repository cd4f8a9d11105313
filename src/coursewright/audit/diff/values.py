"""What changes from one package to another, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coursewright.audit.diff.pairing import Node
from coursewright.audit.diff.rewording import Rewording
from coursewright.audit.inspect import Inspection
from coursewright.findings.finding import Finding, Severity, filtered
from coursewright.frozen import frozen


@frozen
class Files:
    """The names of files that are only in the new package, only in the old one, and in both with other contents."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


@frozen
class Change:
    """One thing that changes: what is said of it, and the entry that it is about, if it is about one, now and `before`.

    `passages` are the first paragraphs of it that differ, where its content does.
    """

    finding: Finding
    node: Node | None = None
    before: Node | None = None
    passages: tuple[Rewording, ...] = ()


@frozen
class Comparison:
    """Two packages, the old and the new, and what changes between them, the gravest first."""

    old: Inspection
    new: Inspection
    changes: list[Change]
    files: Files

    @property
    def kinds(self) -> str:
        """What both are, once if that is the same."""
        return " → ".join(dict.fromkeys((self.old.kind, self.new.kind)))

    @property
    def findings(self) -> list[Finding]:
        """The changes as findings."""
        return [change.finding for change in self.changes]

    def filtered(self, select: Iterable[str], ignore: Iterable[str], least: Severity = Severity.INFO) -> Comparison:
        """Return the comparison with the chosen findings alone, of a severity or graver."""
        chosen, left_out = tuple(select), tuple(ignore)
        graver = (one for one in self.changes if one.finding.severity.rank <= least.rank)
        return replace(self, changes=[one for one in graver if filtered([one.finding], chosen, left_out)])
