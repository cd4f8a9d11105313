"""The block parser of a grammar, which finds where the lines of a text begin and end by its lines, not its signs."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

_BLANKS, _TAB = " \t", 4


class FastBlocks(ParserBlock):
    """A block parser like the library's, whose state is made in less time."""

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: MutableMapping[str, Any],
        outTokens: list[Token],  # noqa: N803 - the library's name
    ) -> list[Token] | None:
        if not src:
            return None
        state = _State(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens


class _State(StateBlock):
    """A text whose lines are measured, with an empty one behind the last."""

    def __init__(self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        lines = src.split("\n")
        if not lines[-1].strip(_BLANKS):
            lines.pop()
        starts, place = [], 0
        for line in lines:
            starts.append(place)
            place += len(line) + 1
        shifts = [len(line) - len(line.lstrip(_BLANKS)) for line in lines]
        self.bMarks, self.tShift = [*starts, len(src)], [*shifts, 0]
        self.eMarks = [*(start + len(line) for start, line in zip(starts, lines, strict=True)), len(src)]
        self.sCount = [*map(_width, lines, shifts), 0]
        self.bsCount, self.lineMax = [0] * (len(lines) + 1), len(lines)


def _width(line: str, shift: int) -> int:
    """Return how wide the blanks are with which a line begins."""
    return len(line[:shift].expandtabs(_TAB)) if shift and "\t" in line[:shift] else shift
