"""Rules of the block parser, of which each line is shown only to those that its first sign may concern."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

from coursewright.text.markdown.dialects import SIGNS

Rule = Callable[[StateBlock, int, int, bool], bool]

# By rules, the signs with which what they take begins; the others may take any line.
_BEGINNINGS: Mapping[str, str] = {
    "dialect": SIGNS,
    "formula": "$",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}


class Rules(Ruler[Rule]):
    """Rules in their order, each chain of them as one."""

    def __init__(self, known: Ruler[Rule]) -> None:
        super().__init__()
        self.__rules__ = known.__rules__

    def __compile__(self) -> None:
        super().__compile__()
        chains = self.__cache__ or {}
        names = {rule.fn: rule.name for rule in self.__rules__}
        self.__cache__ = {
            chain: [_as_one([(names[rule], rule) for rule in rules])] for chain, rules in chains.items() if rules
        }


def _as_one(rules: Sequence[tuple[str, Rule]]) -> Rule:
    """Return a rule that does what the first of some rules does that takes a line."""
    every = [rule for _, rule in rules]
    others = [rule for name, rule in rules if name not in _BEGINNINGS]
    by_sign = {
        sign: [rule for name, rule in rules if sign in _BEGINNINGS.get(name, sign)]
        for sign in set("".join(_BEGINNINGS.values()))
    }

    def first_of_them(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        place = state.bMarks[start] + state.tShift[start]
        fitting = by_sign.get(state.src[place], others) if place < state.eMarks[start] else every
        for rule in fitting:  # noqa: SIM110 - this runs for every line
            if rule(state, start, end, silent):
                return True
        return False

    return first_of_them
