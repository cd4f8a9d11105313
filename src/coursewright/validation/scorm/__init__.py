"""Rules over SCORM packages: what their items launch, and what locks them, in either of the two lines of editions."""

from __future__ import annotations

from coursewright.validation.scorm import launches, locks
from coursewright.validation.subject import Rule

IN_12: tuple[Rule, ...] = (*launches.RULES, *launches.IN_12, *locks.PREREQUISITES)
IN_2004: tuple[Rule, ...] = (*launches.RULES, *launches.IN_2004, *locks.SEQUENCING)
