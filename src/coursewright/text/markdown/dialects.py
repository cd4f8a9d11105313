"""Rules for blocks that CommonMark lacks: fenced divs, admonitions, directives, tabs, shortcodes, attribute lists.

Each is a rule of the block parser: given the lines it may begin on and must end before, it takes some and says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from coursewright.text.markdown import boxes
from coursewright.text.markdown.boxes import Aside
from coursewright.text.markdown.divs import FENCE, Mark, end_of_div, line_of
from coursewright.text.markdown.listings import directive, options_of
from coursewright.text.patterns import later

Rule = Callable[[StateBlock, int, int, bool], bool]

_COLONS = later(r":{3,}(?P<words>.*?)(?:[ \t]*:{3,})?[ \t]*$")
_ADMONITION = later(r"(?P<mark>!!!|\?\?\?\+?)[ \t]*(?P<words>[\w\"'].*)$")
_TAB = later(r"===[!+]?[ \t]+(?:\"(?P<double>[^\"]+)\"|'(?P<single>[^']+)')[ \t]*$")
_ATTRIBUTES = later(r"\{:(?P<inner>[^{}]*)\}[ \t]*$")
_SHORTCODE = later(
    r"(?:\{\{[<%][ \t]*(?P<end>/?)(?P<name>[\w-]+)(?P<words>[^{}]*?)/?[ \t]*[>%]\}\}"
    r"|\{%-?[ \t]*(?P<liquid_end>end)?(?P<liquid>[a-z_-]+)(?P<liquid_words>[^{}%]*?)[ \t]*-?%\})[ \t]*$"
)
_NAMED_PLACE = later(r"\(([\w:.-]{1,200})\)=[ \t]*")
_OPENED = later(r"<[a-zA-Z][\w-]*\s(?:[^<>]*\s)?markdown\s*=\s*[\"']?(?:1|block|span)[\"']?[^<>]*>[ \t]*")
_WEB = later(r"https?://[^\s\"'<>]+")
# Shortcodes that show a film, and where its id leads.
_FILMS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/", "video": "", "embed": ""}
_HIDDEN = frozenset(
    ("toctree", "tableofcontents", "contents", "include", "bibliography", "raw", "index", "meta", "only", "eval-rst")
)
_FIGURES = frozenset(("figure", "image", "figure-md"))
_INDENT = 4


class _Opened(NamedTuple):
    """What opens a div: its box, or none where this is what closes one."""

    box: Aside | None
    name: str = ""


def _first(state: StateBlock, line: int) -> str:
    """Return the first sign of a line, or nothing where that is empty or indented like code."""
    place = state.bMarks[line] + state.tShift[line]
    return "" if place >= state.eMarks[line] or state.is_code_block(line) else state.src[place]


def _hold(state: StateBlock, box: Aside, first: int, last: int, after: int, *, indent: int = 0) -> None:
    """Push a box that holds the blocks of some lines."""
    kept = state.parentType, state.lineMax, state.blkIndent, state.tight
    state.parentType, state.lineMax = "container", last
    state.blkIndent += indent
    opening = state.push("box_open", "div", 1)
    opening.meta, opening.map = {"box": box}, [first - 1, after]
    state.md.block.tokenize(state, first, last)
    state.push("box_close", "div", -1)
    state.parentType, state.lineMax, state.blkIndent, state.tight = kept
    state.line = after


def _colons(text: str) -> _Opened | None:
    found = _COLONS.match(text)
    if not found:
        return None
    words = found["words"].strip()
    return _Opened(boxes.of_fence(words) if words else None)


def _shortcode(text: str) -> _Opened | None:
    found = _SHORTCODE.match(text)
    if not found:
        return None
    name = (found["name"] or found["liquid"]).lower()
    if found["end"] or found["liquid_end"]:
        return _Opened(None, name)
    return _Opened(boxes.of_component(name, (found["words"] or found["liquid_words"] or "").strip()), name)


def _mark_of_colons(text: str) -> Mark | None:
    found = _COLONS.match(text)
    return Mark(not found["words"].strip()) if found else None


def _mark_of_shortcode(text: str) -> Mark | None:
    found = _SHORTCODE.match(text)
    return (
        Mark(bool(found["end"] or found["liquid_end"]), (found["name"] or found["liquid"]).lower()) if found else None
    )


def _div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take `::: note` to the `:::` that belongs to it, however many colons each has."""
    if _first(state, start) != ":" or not (opened := _colons(line_of(state, start))):
        return False
    if silent:
        return True
    if opened.box is None:
        state.line = start + 1  # it closes nothing
        return True
    last, after = end_of_div(state, start, end, _mark_of_colons)
    _directed(state, _directive_of_colons(line_of(state, start)), opened.box, start, last, after)
    return True


def _directive_of_colons(text: str) -> tuple[str, str] | None:
    found = _COLONS.match(text)
    return directive(found["words"]) if found else None


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a fence that is a directive of MyST, or a box of Exercism: Markdown stands in it."""
    if _first(state, start) not in ("`", "~") or not (fence := FENCE.match(line_of(state, start))):
        return False
    info = fence[2].strip()
    found = (info, "") if info.lower().startswith("exercism/") else directive(info)
    if not found:
        return False
    if silent:
        return True
    last, after = _end_of_fence(state, start, end, fence[1])
    _directed(state, found, Aside(""), start, last, after)
    return True


def _end_of_fence(state: StateBlock, start: int, end: int, mark: str) -> tuple[int, int]:
    for line in range(start + 1, end):
        text = line_of(state, line)
        if state.sCount[line] < state.blkIndent and text:
            return line, line
        if text.startswith(mark) and not text.strip(mark[0] + " \t"):
            return line, line + 1
    return end, end


def _directed(state: StateBlock, found: tuple[str, str] | None, box: Aside, start: int, last: int, after: int) -> None:
    """Push what a directive makes of its lines."""
    if not found:
        _hold(state, box, start + 1, last, after)
        return
    name, argument = found
    lines = [line_of(state, line) for line in range(start + 1, last)]
    options, skipped = options_of(lines)
    first = start + 1 + skipped
    if name in _HIDDEN:
        state.line = after
    elif name in _FIGURES:
        _figure(state, argument, options, first, last, after)
    elif name == "math":
        _push_formula(state, "\n".join(lines[skipped:]), start, after)
    elif name.startswith(("code", "sourcecode")):
        _push_code(state, argument, state.getLines(first, last, state.sCount[start], True), start, after)
    else:
        _hold(state, boxes.of_directive(name, argument, options), first, last, after)


def _push_code(state: StateBlock, language: str, code: str, start: int, after: int) -> None:
    token = state.push("fence", "code", 0)
    token.info, token.content, token.map, token.markup = language, code, [start, after], "```"
    state.line = after


def _push_formula(state: StateBlock, latex: str, start: int, after: int) -> None:
    token = state.push("math_block", "", 0)
    token.content, token.map = latex.strip(), [start, after]
    state.line = after


def _push_line(state: StateBlock, text: str, start: int, after: int) -> None:
    state.push("paragraph_open", "p", 1).map = [start, after]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text, [start, after], []
    state.push("paragraph_close", "p", -1)
    state.line = after


def _figure(state: StateBlock, source: str, options: Mapping[str, str], first: int, last: int, after: int) -> None:
    """Push a picture with its caption."""
    state.push("figure_open", "figure", 1).map = [first - 1, after]
    if source:
        alt = options.get("alt", "").replace("]", "\\]")
        width = options.get("width", "")
        _push_line(state, f"![{alt}](<{source}>)" + (f"{{width={width}}}" if width else ""), first - 1, after)
    kept, state.lineMax = state.lineMax, last
    state.md.block.tokenize(state, first, last)
    state.lineMax = kept
    state.push("figure_close", "figure", -1)
    state.line = after


def _end_of_indented(state: StateBlock, start: int, end: int) -> int:
    """Return the line after those that are indented below a first one."""
    last = start + 1
    for line in range(start + 1, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] - state.blkIndent < _INDENT:
            break
        last = line + 1
    return last


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take `!!! note "Title"` with what is indented below, or `??? note`, which is folded."""
    if _first(state, start) not in ("!", "?") or not (found := _ADMONITION.match(line_of(state, start))):
        return False
    if silent:
        return True
    box = boxes.of_admonition(found["words"], folded=found["mark"].startswith("?"))
    last = _end_of_indented(state, start, end)
    _hold(state, box, start + 1, last, last, indent=_INDENT)
    return True


def _tab(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take `=== "Title"` with what is indented below."""
    if _first(state, start) != "=" or not (found := _TAB.match(line_of(state, start))):
        return False
    if silent:
        return True
    last = _end_of_indented(state, start, end)
    _hold(state, Aside("tab", found["double"] or found["single"]), start + 1, last, last, indent=_INDENT)
    return True


def _attribute_list(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Take a line of attributes, which say something of the block before it."""
    if _first(state, start) != "{" or not (found := _ATTRIBUTES.match(line_of(state, start))):
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.content, token.meta = found["inner"], {"attributes": boxes.attributes(found["inner"])}
        state.line = start + 1
    return True


def _target(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Take a line such as `(name)=`, which names the place for MyST."""
    if _first(state, start) != "(" or not (found := _NAMED_PLACE.fullmatch(line_of(state, start))):
        return False
    if not silent:
        token = state.push("html_block", "", 0)
        token.content, token.map = f'<a id="{found[1].lower()}"></a>\n', [start, start + 1]
        state.line = start + 1
    return True


def _opened(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Take a tag that says `markdown="1"` alone on its line: what comes after it is Markdown."""
    if _first(state, start) != "<" or not _OPENED.fullmatch(line_of(state, start)[:2_000]):
        return False
    if not silent:
        token = state.push("html_block", "", 0)
        token.content, token.map = f"{line_of(state, start)}\n", [start, start + 1]
        state.line = start + 1
    return True


def _shortcodes(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take shortcodes of Hugo, GitBook and Jekyll that carry content: films, and boxes with their ends."""
    if _first(state, start) != "{" or not (opened := _shortcode(line_of(state, start))):
        return False
    if opened.name in _FILMS:
        return silent or _film(state, opened.name, start)
    if not (boxes.is_known(opened.name) or opened.name in ("notice", "alert", "admonition", "callout", "code")):
        return False
    if silent:
        return True
    if opened.box is None:
        state.line = start + 1
        return True
    last, after = end_of_div(state, start, end, _mark_of_shortcode)
    box = Aside("", opened.box.title) if opened.name == "code" else opened.box
    _hold(state, box, start + 1, last, after)
    return True


def _film(state: StateBlock, name: str, start: int) -> bool:
    text = line_of(state, start)
    web, words = _WEB.search(text), re.findall(r"[\w-]+", text)
    address = web[0] if web else _FILMS[name] + words[-1] if _FILMS[name] and len(words) > 1 else ""
    if not address:
        return False
    _push_line(state, f"<{address}>", start, start + 1)
    return True


def formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take `$$` to the next `$$`, so that no line between them is a list or a heading."""
    text = line_of(state, start)
    if _first(state, start) != "$" or not text.startswith("$$"):
        return False
    for line in range(start, end):
        shown = line_of(state, line)[2 if line == start else 0 :]
        if not shown and line != start:
            return False
        if shown.rstrip().endswith("$$") and (shown.strip() != "$$" or line > start):
            if not silent:
                content = state.getLines(start, line + 1, state.blkIndent, False)
                _push_line(state, content.strip(), start, line + 1)
            return True
    return False


_RULES: Mapping[str, tuple[Rule, ...]] = {
    ":": (_div,),
    "`": (_directive,),
    "~": (_directive,),
    "!": (_admonition,),
    "?": (_admonition,),
    "=": (_tab,),
    "{": (_attribute_list, _shortcodes),
    "(": (_target,),
    "<": (_opened,),
}


SIGNS = "".join(_RULES)  # with which a block of a dialect begins


def dialect(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take whatever block of a dialect begins on a line."""
    place = state.bMarks[start] + state.tShift[start]
    if place >= state.eMarks[start]:
        return False
    rules = _RULES.get(state.src[place])
    return rules is not None and any(rule(state, start, end, silent) for rule in rules)
