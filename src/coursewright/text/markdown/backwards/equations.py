"""Formulas of pages: whoever shows them, and however, they become LaTeX where that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree
from lxml.etree import _Element as Element

from coursewright.text.markdown.backwards.page import Source, classes, words
from coursewright.text.markdown.backwards.parsing import remove
from coursewright.text.markdown.formulas import formula, is_command

TAG = "tex"
"""What stands in a tree for a formula whose LaTeX is known; `display` says that it stands alone."""

_SHOWN_TWICE = ("MathJax_Preview", "MathJax_CHTML", "MathJax_SVG", "MathJax", "mjx-chtml", "MathJax_Display")
_SCRIPT = re.compile(r"math/tex(?P<display>.*mode=display)?", re.IGNORECASE)
_PICTURED = re.compile(
    r"/equation_images/(?P<tex>[^?#]+)|(?:latex\.codecogs\.com/|/cgi-bin/mimetex\.cgi)[^?]*\?(?P<query>.+)"
)
_LONGEST = 2_000
_MARK = re.compile(r"\\[()\[\]]|(?<![\\$])\$\$(?!\$)")
_ENDS = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}
_WIRIS = str.maketrans({"\u00ab": "<", "\u00bb": ">", "\u00a8": '"', "\u00a7": "&", "`": "'"})
_MAY_HOLD = re.compile(r"\\[(\[]|\$\$")
_VERBATIM = frozenset(("pre", "code", "kbd", "samp", "tt", "script", "style", "textarea", "math", TAG))


def mark_formulas(body: Element, source: Source) -> None:
    """Put what stands for a formula in the place of each whose LaTeX is known."""
    for element in list(body.iter("img", "script", "math", "span", "mjx-container")):
        if element.getparent() is not None and (found := _latex(element)):
            _replace(element, *found)
    written = [one for one in body.iter() if _MAY_HOLD.search(f"{one.text or ''} {one.tail or ''}")]
    for element in written:
        for holder in (element, element.getparent()):
            if holder is not None and not _is_verbatim(holder):
                _mark_written(holder)
    marked = list(body.iter(TAG))
    source.formulas, source.plain = len(marked), any(is_command(one.text or "") for one in marked)


def _is_verbatim(element: Element) -> bool:
    return element.tag in _VERBATIM or any(True for _ in element.iterancestors("pre", "code", "math", "textarea"))


def _latex(element: Element) -> tuple[str, bool] | None:
    """Return the LaTeX of an element, and whether it stands alone; None where it is no formula, or not known."""
    if element.tag == "img":
        return _of_picture(element)
    if element.tag == "script":
        found = _SCRIPT.match(element.get("type", ""))
        return (element.text or "", bool(found["display"])) if found else None
    if element.tag == "math":
        return _of_mathml(element)
    return _of_typeset(element)


def _of_picture(picture: Element) -> tuple[str, bool] | None:
    latex = picture.get("data-equation-content", "")
    named = classes(picture)
    if not latex and (found := _PICTURED.search(picture.get("src", ""))):
        latex = unquote(unquote(found["tex"] or found["query"]))
    if not latex and {"latex", "tex", "texrender", "mwe-math-fallback-image-inline"} & set(named):
        latex = _undressed(picture.get("alt", ""))
    if not latex and (mathml := picture.get("data-mathml", "")):
        return _of_source(mathml)
    return (latex, False) if latex.strip() else None


def _undressed(alt: str) -> str:
    latex = alt.strip().strip("$").strip()
    found = re.fullmatch(r"\{\\(?:display|text)style (.*)\}", latex, re.DOTALL)
    return found[1] if found else latex


def _of_source(mathml: str) -> tuple[str, bool] | None:
    """Return the LaTeX that MathML in an attribute gives, as Wiris and MathJax keep it."""
    text = mathml.translate(_WIRIS) if "\u00ab" in mathml else mathml
    found = etree.fromstring(text, parser=etree.HTMLParser()).find(".//math") if "<math" in text else None
    return _of_mathml(found) if found is not None else None


def _of_mathml(math: Element) -> tuple[str, bool] | None:
    display = math.get("display") == "block" or math.get("mode") == "display"
    for note in math.iter("annotation"):
        if "tex" in (note.get("encoding") or "").lower() and (note.text or "").strip():
            return note.text or "", display
    own = math.get("alttext", "")
    made = formula(own, display=display) if own else None
    if made is not None and "".join(made.itertext()).split() == "".join(map(str, math.itertext())).split():
        return own, display
    return None


def _of_typeset(element: Element) -> tuple[str, bool] | None:
    """Return the LaTeX of what KaTeX or MathJax made, of which each has several forms side by side."""
    named = (element.get("class") or "").split()
    if element.tag == "span" and not named and element.get("data-mathml") is None:
        return None
    if "katex-display" in named or "katex" in named or element.tag == "mjx-container":
        math = element.find(".//math")
        found = _of_mathml(math) if math is not None else None
        return (found[0], found[1] or "katex-display" in named or element.get("display") == "true") if found else None
    if "MathJax_Preview" in named:
        return ("", False) if element.getnext() is not None else None
    if any(name in named for name in _SHOWN_TWICE):
        return _of_source(element.get("data-mathml", "")) if _script_of(element) is None else ("", False)
    if "math" in named and ("inline" in named or "display" in named):  # Pandoc
        return _undressed(re.sub(r"^\\[(\[]|\\[)\]]$", "", words(element))), "display" in named
    return None


def _script_of(element: Element) -> Element | None:
    after = element.getnext()
    while after is not None and after.tag == "span":
        after = after.getnext()
    return after if after is not None and after.tag == "script" and "math/" in after.get("type", "") else None


def _replace(element: Element, latex: str, display: bool) -> None:
    if not latex.strip():
        remove(element)
        return
    made = _element(latex, display)
    element.addprevious(made)
    remove(element)


def _element(latex: str, display: bool) -> Element:
    made = etree.Element(TAG)
    made.text = latex.strip()
    if display:
        made.set("display", "block")
    return made


def _mark_written(element: Element) -> None:
    """Put what stands for a formula in the place of each that is written in the text of an element."""
    parts = list(_parted(element.text or ""))
    if len(parts) > 1:
        element.text = parts[0][0]
        _insert(element, None, parts)
    for child in list(element):
        parts = list(_parted(child.tail or ""))
        if len(parts) > 1:
            child.tail = parts[0][0]
            _insert(element, child, parts)


def _insert(holder: Element, before: Element | None, parts: list[tuple[str, Element | None]]) -> None:
    for after, made in parts[1:]:
        if made is None:
            continue
        made.tail = after
        if before is None:
            holder.insert(0, made)
        else:
            tail, before.tail = before.tail, None
            before.addnext(made)
            before.tail = tail
        before = made


def _parted(text: str) -> Iterator[tuple[str, Element | None]]:
    """Yield a text in parts: the words before the first formula, and each formula with the words behind it."""
    place, before = 0, None
    opened: re.Match[str] | None = None
    for found in _MARK.finditer(text) if _MAY_HOLD.search(text) else ():
        if opened and found[0] == _ENDS[opened[0]]:
            latex = text[opened.end() : found.start()]
            if latex.strip() and len(latex) <= _LONGEST:
                yield text[place : opened.start()], before
                before, place = _element(latex, opened[0] != "\\("), found.end()
            opened = None
        elif found[0] in _ENDS and not opened:
            opened = found
    yield text[place:], before


def in_line(latex: str, display: bool, *, plain: bool) -> str:
    """Return a formula as it stands in a line: in backquotes, unless it is `plain` that dollars mean one."""
    latex = " ".join(latex.split())
    if "$" in latex.replace("\\$", "") or not latex:
        return f"`{latex}`" if latex else ""
    if display:
        return f"$${latex}$$"
    return f"${latex}$" if plain or "`" in latex else f"$`{latex}`$"
