"""The grammar of Markdown's blocks: CommonMark with GitHub's tables, and what authors of courses write beside it."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin


class _Grammar(MarkdownIt):
    """A parser that leaves addresses as they are written: what may be in a page is decided elsewhere."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return True


_LONGEST_LINE, _MOST_BRACKETS, _MOST_STEPS = 100_000, 500, 20_000_000


def _read_lines(state: StateCore) -> None:
    """Read what stands in lines; where that would take long, all of it is text."""
    steps = 0
    for token in state.tokens:
        if token.type == "inline":
            text, brackets = token.content, token.content.count("[")
            steps += brackets * brackets
            if len(text) > _LONGEST_LINE or brackets > _MOST_BRACKETS or steps > _MOST_STEPS:
                token.children = [Token("text", "", 0, content=text)]
            else:
                token.children = state.md.inline.parse(text, state.md, state.env, [])


@lru_cache
def whole() -> MarkdownIt:
    """Return the parser of blocks and of what stands in lines."""
    parser = _Grammar("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    parser.core.ruler.at("inline", _read_lines)
    return parser.use(footnote_plugin, inline=False, move_to_end=False).use(deflist_plugin)
