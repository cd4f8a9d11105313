"""Rules over questions and quizzes: QTI 1.2 in its profiles, and QTI 2 and 3."""

from __future__ import annotations

from coursewright.audit.rules.questions import qti1, qti2
from coursewright.packages.subject import Rule

IN_CARTRIDGES: tuple[Rule, ...] = qti1.RULES
RULES: tuple[Rule, ...] = (*qti1.RULES, *qti2.RULES)
