"""Rules over Canvas's own files in a cartridge, which Canvas alone reads."""

from __future__ import annotations

from coursewright.audit.rules.canvas import modules, settings
from coursewright.packages.subject import Rule

RULES: tuple[Rule, ...] = (*settings.RULES, *modules.RULES)
