"""Moodle backups: whether all that they list is there, and is what they say, and whether all of it can be opened."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.audit.rule import checks_over, is_whole, rule
from coursewright.audit.rules.moodle.backup import Backup, read_backup
from coursewright.findings.finding import Finding
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject


@rule(family=Family.MOODLE, through=(Backup,), when=is_whole)
def backups_can_be_restored(subject: Subject) -> Iterator[Finding]:
    """A backup holds all that it lists, as it lists it, and none of it waits for ever."""
    backup = read_backup(subject)
    for check in checks_over(Backup, subject):
        yield from check(backup)
