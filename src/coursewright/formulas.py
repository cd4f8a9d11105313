"""Formulas, written in LaTeX between dollars, to MathML, which browsers show and screen readers read without a script.

Off unless asked for, since a dollar is more often money. Pandoc's rule tells them apart: what opens has no blank after
it, what closes has none before it and no digit after it. `\\$` is a dollar in any case.
"""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

from coursewright.wording import depth

FORMULA = (
    r"(?<![\\$])(?:\$\$(?=[^$]*[^\s$])(?P<display>[^$]+)\$\$"
    r"|\$(?=[^\s$])(?P<inline>(?:\\\$|[^$\n])+?)(?<![\s\\])\$(?![\d$]))"
)

_WRITTEN = re.compile(r"`[^`]*`|" + FORMULA)
_LONGEST, _DEEPEST = 2_000, 20
# The converter takes the brackets of a matrix apart unless they are grouped, and knows an alignment by one name only.
_GROUPED = re.compile(r"\\(begin|end)\{(\w*matrix|cases|aligned)\}")
# MathML Core's elements that the converter makes, with how many children each needs, where that matters.
_CHILDREN: dict[str, int | None] = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3,
    **dict.fromkeys(
        ("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "msqrt", "mstyle", "mpadded", "mphantom", "merror",
         "menclose", "mtable", "mtr", "mtd", "mlabeledtr", "mmultiscripts", "mprescripts", "none"),
    ),
}  # fmt: skip
_ATTRIBUTES = frozenset(
    [
        *("accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle"),
        *("fence", "form", "height", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits"),
        *("notation", "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "symmetric"),
        *("voffset", "width"),
    ]
)


def formula(latex: str, *, display: bool) -> Element | None:
    """Return a formula as MathML that is safe in a page, or None if it cannot be read."""
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
        inner.text = html.unescape(inner.text) if inner.text else None
        inner.attrib = {name: value for name, value in inner.attrib.items() if name in _ATTRIBUTES}
    element.attrib = {"alttext": latex, **element.attrib}
    return element


def _grouped(found: re.Match[str]) -> str:
    name = {"aligned": "align*"}.get(found[2], found[2])
    return f"{{\\begin{{{name}}}" if found[1] == "begin" else f"\\end{{{name}}}}}"


def _is_sound(element: Element) -> bool:
    """Say whether an element has the children it needs, and is nothing that the converter failed to understand."""
    wanted = _CHILDREN.get(element.tag, -1)
    unknown = element.tag == "mi" and (element.text or "").startswith(("\\", "&"))
    return (wanted is None or wanted == len(element)) and not unknown


def unreadable(text: str) -> list[str]:
    """Return the formulas of a Markdown text that cannot be read."""
    found = [
        (match["display"], match["inline"]) for match in _WRITTEN.finditer(text) if match["display"] or match["inline"]
    ]
    return [display or inline for display, inline in found if formula(display or inline, display=bool(display)) is None]
