"""Rules over SCORM packages: what their items launch, and what locks them, in either of the two lines of editions."""

from __future__ import annotations

from coursewright.audit.rules.scorm import launches, locks, silence
from coursewright.packages.subject import Rule

IN_12: tuple[Rule, ...] = (*launches.RULES, *launches.IN_12, *locks.PREREQUISITES, *silence.RULES)
IN_2004: tuple[Rule, ...] = (*launches.RULES, *launches.IN_2004, *locks.SEQUENCING, *silence.RULES)
