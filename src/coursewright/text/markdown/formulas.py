"""Formulas, written in LaTeX between dollars, to MathML, which browsers show and screen readers read without a script.

Off unless asked for, since a dollar is more often money. Pandoc's rule tells them apart: what opens has no blank after
it, what closes has none before it and no digit after it. A command of LaTeX right behind what opens plainly begins a
formula, with blanks around it, or on several lines. `\\$` is a dollar in any case, and so is one within the target
of a link. GitHub's form, backquotes within the dollars, is read too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from coursewright.text.markdown.code import CODE_SPAN, depth, without_code, without_code_blocks
from coursewright.text.patterns import later

_FORMULA = (
    r"(?<![\\$])(?:\$\$(?=[^$]*[^\s$])(?P<display>[^$\x02\x03]+)\$\$"
    r"|\$(?=[^\s$])(?P<inline>(?:\\\$|[^$\n\x02\x03])+?)(?<![\s\\])\$(?![\d$])"
    r"|\$(?P<spaced>[ \t]+\\(?:[A-Za-z]{2}|\{)(?:\\\$|[^$\n\x02\x03]){0,300}?[ \t]"
    r"|\\(?:[A-Za-z]{2}|\{)(?:\\\$|[^$\n\x02\x03]|\n(?![ \t]*\n)){0,300}?)(?<!\\)\$(?![\w$]))"
)
_TARGET = (
    r"\]\([ ]*[^\s()]*(?:\([^\s()]*\)[^\s()]*)*(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?\s*\)"
    r"|<(?:[a-z][a-z0-9+.-]*:|[^\s<>`@]+@)[^<>`\s]*>"
)
IN_DOLLARS = rf"(?P<target>{_TARGET})|{_FORMULA}"
IN_BACKQUOTES = rf"(?P<target>{_TARGET})|(?<![\\$`])\$`(?P<quoted>[^`\n]+)`\$(?![\d$])|{CODE_SPAN}"

_IN_DOLLARS, _IN_BACKQUOTES = (
    later(IN_DOLLARS, re.IGNORECASE),
    later(IN_BACKQUOTES, re.DOTALL | re.IGNORECASE),
)
_LINK = later(_TARGET, re.IGNORECASE)
_UNCLOSED = later(r"^(?:[ \t]*(\$\$.*)|(.*(?<!\\)\$\$)[ \t]*)$", re.MULTILINE)
_LONGEST, _DEEPEST = 2_000, 20
# The converter takes the brackets of a matrix apart unless they are grouped, and knows an alignment by one name only.
_GROUPED = later(r"\\(begin|end)\{(\w*matrix|cases|aligned)\}")
# MathML Core's elements that the converter makes, with how many children each needs, where that matters.
_CHILDREN: dict[str, int | None] = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3,
    **dict.fromkeys(
        ("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "msqrt", "mstyle", "mpadded", "mphantom", "merror",
         "menclose", "mtable", "mtr", "mtd", "mlabeledtr", "mmultiscripts", "mprescripts", "none"),
    ),
}  # fmt: skip
ELEMENTS = frozenset(_CHILDREN)
ATTRIBUTES = frozenset(
    [
        *("accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle"),
        *("fence", "form", "height", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits"),
        *("notation", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "symmetric"),
        *("voffset", "width"),
    ]
)
_LENGTHS = frozenset(
    [
        *("columnspacing", "depth", "height", "linethickness", "lspace", "maxsize", "minsize", "rowspacing", "rspace"),
        *("voffset", "width"),
    ]
)
_LENGTH = later(r"(?:[+-]?(?:\d{1,2}(?:\.\d{1,5})?|\.\d{1,5})(?:em|ex|px|pt|mm)?(?: |$))+")
_NAMED_LENGTHS = {"negativethinmathspace": "-0.167em"}
_ESCAPED = later(r"\\([%$#&_{} ])")


_COMMAND = later(r"\\[A-Za-z]{2,}")


class Formula(NamedTuple):
    """A formula in a text: as it stands there, and its LaTeX."""

    written: str
    latex: str
    display: bool
    start: int
    end: int

    def element(self) -> Element | None:
        """Return the formula as MathML, or None if it cannot be read."""
        return formula(self.latex, display=self.display)


def next_formula(text: str, start: int = 0) -> Formula | None:
    """Return the first formula between dollars from a place on; a link's target neither holds nor cuts one."""
    while found := _IN_DOLLARS.search(text, start):
        if found["target"]:
            start = found.end()
        elif any(found.end() < link.end() for link in _links_begun(text, found)):
            start = found.start() + 1
        else:
            latex = (found["display"] or found["inline"] or found["spaced"]).strip()
            return Formula(found[0], latex, bool(found["display"]), *found.span())
    return None


def _links_begun(text: str, found: re.Match[str]) -> Iterator[re.Match[str]]:
    """Yield the targets of links that begin within a match."""
    for place in range(*found.span()):
        if text[place] in "]<" and (link := _LINK.match(text, place)):
            yield link


def quoted_formula(found: re.Match[str]) -> Formula | None:
    """Return the formula of a match of `IN_BACKQUOTES`, or None where that is code."""
    return Formula(found[0], found["quoted"].strip(), False, *found.span()) if found["quoted"] else None


def formula(latex: str, *, display: bool) -> Element | None:
    """Return a formula as MathML that is safe in a page, or None if it cannot be read."""
    made = _made(latex, display)
    return deepcopy(made) if made is not None else None


@lru_cache(maxsize=4_000)  # one stands on several pages, and each page in several formats
def _made(latex: str, display: bool) -> Element | None:
    if len(latex) > _LONGEST or depth(latex, "{", "}") > _DEEPEST:
        return None
    from latex2mathml import converter, exceptions  # a tenth of a second to load

    named = (found for found in vars(exceptions).values() if isinstance(found, type) and issubclass(found, Exception))
    fails: tuple[type[Exception], ...] = (*named, LookupError, ValueError, TypeError, AttributeError, StopIteration)
    mode = "block" if display else "inline"
    try:
        element = converter.convert_to_element(_GROUPED.sub(_grouped, latex), display=mode)
    except fails:
        return None
    if not all(map(_is_sound, element.iter())):
        return None
    for inner in element.iter():
        inner.text = _shown(inner) or None
        inner.attrib = {name: value for name, value in _attributes(inner).items() if name in ATTRIBUTES}
    element.attrib = {"alttext": latex, **element.attrib}
    return element


def _grouped(found: re.Match[str]) -> str:
    name = {"aligned": "align*"}.get(found[2], found[2])
    return f"{{\\begin{{{name}}}" if found[1] == "begin" else f"\\end{{{name}}}}}"


def _shown(element: Element) -> str:
    """Return the text of an element; the converter writes signs as entities, and leaves escapes in words alone."""
    text = html.unescape(element.text or "")
    return _ESCAPED.sub(r"\1", text) if element.tag == "mtext" else text


def _attributes(element: Element) -> dict[str, str]:
    return {name: _NAMED_LENGTHS.get(value, value) for name, value in element.attrib.items() if value}


def _is_sound(element: Element) -> bool:
    """Say whether an element has the children it needs, and is nothing that the converter failed to understand."""
    wanted = _CHILDREN.get(element.tag, -1)
    lengths = (value for name, value in _attributes(element).items() if name in _LENGTHS)
    return (
        (wanted is None or wanted == len(element)) and _is_understood(element) and all(map(_LENGTH.fullmatch, lengths))
    )


def _is_understood(element: Element) -> bool:
    """Say whether the text of an element is none of LaTeX's own signs, which the converter passes on as they are."""
    written, shown = element.text or "", _shown(element)
    if element.tag == "mtext":
        return "\\" not in shown and all(map(_is_printable, shown))
    left = written == "&" or written.startswith("\\") or (element.tag == "mi" and written in ("{", "}"))
    return not left and "&#" not in shown and all(map(_is_printable, shown))


def _is_printable(character: str) -> bool:
    return character.isprintable() or character.isspace()


def formulas(text: str) -> Iterator[Formula]:
    """Yield the formulas of a Markdown text: what is code holds none."""
    lifted = without_code_blocks(text)
    yield from filter(None, map(quoted_formula, _IN_BACKQUOTES.finditer(lifted)))
    lifted, start = _IN_BACKQUOTES.sub(lambda found: found["target"] or "\x02", lifted), 0
    while found := next_formula(lifted, start):
        yield found
        lifted, start = f"{lifted[: found.start]}\x02{lifted[found.end :]}", found.start  # as the converter does


def shows_latex(text: str) -> bool:
    """Say whether a text plainly has a formula: with a command of LaTeX, in backquotes, or between lines of `$$`."""
    if "$" not in text or not any(sign in text for sign in ("\\", "$`", "$$\n")):
        return False
    return any(map(_is_plain, formulas(text)))


def _is_plain(found: Formula) -> bool:
    in_lines = found.written.startswith("$$\n") and found.written.endswith("\n$$")
    return in_lines or found.written.startswith("$`") or is_command(found.latex)


def is_command(latex: str) -> bool:
    """Say whether LaTeX has a command in it, which no sum of money has."""
    return bool(_COMMAND.search(latex))


def unreadable(text: str) -> list[str]:
    """Return the formulas of a Markdown text that cannot be read, a `$$` without an end among them."""
    if "$" not in text:
        return []
    found = list(formulas(text))
    rest = without_code(text)
    for one in found:
        rest = rest.replace(one.written, "")
    unclosed = [(match[1] or match[2]).strip() for match in _UNCLOSED.finditer(rest)]
    return [*(one.written for one in found if one.element() is None), *unclosed]
