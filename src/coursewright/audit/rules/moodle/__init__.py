"""Moodle backups: whether all that they list is there, and is what they say, and whether all of it can be opened."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.audit.rules.moodle.backup import read_backup
from coursewright.audit.rules.moodle.contents import backup_is_whole, sections_show_their_activities
from coursewright.audit.rules.moodle.restrictions import restrictions_can_be_met
from coursewright.findings.finding import Finding
from coursewright.packages.subject import Rule, Subject


def backups_can_be_restored(subject: Subject) -> Iterator[Finding]:
    """A backup holds all that it lists, as it lists it, and none of it waits for ever."""
    if subject.container.alone:
        return
    backup = read_backup(subject)
    yield from backup_is_whole(backup)
    yield from sections_show_their_activities(backup)
    yield from restrictions_can_be_met(backup)


RULES: tuple[Rule, ...] = (backups_can_be_restored,)
