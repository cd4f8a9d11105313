"""The grammar of Markdown's blocks: CommonMark with GitHub's tables, and what authors of courses write beside it."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from coursewright.text.markdown.dialects import dialect, formula
from coursewright.text.markdown.fastblocks import FastBlocks
from coursewright.text.markdown.rules import Rules
from coursewright.text.patterns import later

_LONGEST_LINE, _MOST_BRACKETS, _MOST_STEPS = 100_000, 500, 20_000_000
_DEEPEST = 40  # levels, of which a list takes two; what is nested deeper is text
LEADING = later(r"[\[<]")  # what an address begins after
_MARKUP = later(r"[\\`*_~!\[<&\n]")  # without any of these, what stands in a line is text alone
_ENDS = ["paragraph", "reference", "blockquote", "list"]  # what a rule may end without a blank line


class _Grammar(MarkdownIt):
    """A parser that leaves addresses as they are written: what may be in a page is decided elsewhere."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return True


def _read_lines(state: StateCore) -> None:
    """Read what stands in headings, and in lines that may lead somewhere; where that would take long, all is text."""
    steps, before = 0, ""
    for token in state.tokens:
        if token.type == "inline":
            text, brackets = token.content, token.content.count("[")
            steps += brackets * brackets
            plain = not (_MARKUP if before == "heading_open" else LEADING).search(text)
            if plain or len(text) > _LONGEST_LINE or brackets > _MOST_BRACKETS or steps > _MOST_STEPS:
                token.children = [Token("text", "", 0, content=text)]
            else:
                token.children = state.md.inline.parse(text, state.md, state.env, [])
        before = token.type


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take what is nested too deep as code."""
    if silent or state.level < _DEEPEST:
        return False
    line = start + 1
    while line < end and state.sCount[line] >= state.blkIndent:
        line += 1
    token = state.push("code_block", "code", 0)
    token.content, token.map = state.getLines(start, line, state.blkIndent, True), [start, line]
    state.line = line
    return True


def _grammar(*, html: bool) -> MarkdownIt:
    parser = _Grammar("commonmark", {"maxNesting": _DEEPEST + 40, "html": html}).enable(["table", "strikethrough"])
    parser.block, known = FastBlocks(), parser.block.ruler
    parser.block.ruler = Rules(known)
    parser.block.ruler.before("table", "too_deep", _too_deep)
    return parser


def _of_lessons(*, math: bool = False) -> MarkdownIt:
    parser = _grammar(html=True).use(footnote_plugin, inline=False, move_to_end=False).use(deflist_plugin)
    parser.block.ruler.before("fence", "dialect", dialect, {"alt": _ENDS})
    return _with_formulas(parser) if math else parser


def _with_formulas(parser: MarkdownIt) -> MarkdownIt:
    parser.block.ruler.before("fence", "formula", formula, {"alt": _ENDS})
    return parser


@lru_cache
def whole() -> MarkdownIt:
    """Return the parser of blocks, and of the lines in which there are addresses, or which are headings."""
    parser = _of_lessons()
    parser.core.ruler.at("inline", _read_lines)
    return parser


@lru_cache
def lessons(*, math: bool) -> MarkdownIt:
    """Return the parser of the blocks of lessons, whose lines others read."""
    parser = _of_lessons(math=math)
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


@lru_cache
def roadmaps(*, math: bool) -> MarkdownIt:
    """Return the parser of the blocks of roadmaps, in which raw HTML is text, and so are targets that nothing uses."""
    parser = _grammar(html=False).use(deflist_plugin)
    parser.core.ruler.disable(["inline", "text_join"])
    parser.block.ruler.disable(["reference", "html_block"])
    return _with_formulas(parser) if math else parser
