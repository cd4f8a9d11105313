"""Pages that ask as pages that are read: forms as on paper, and nothing that waits for a script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from lxml.etree import Element, _Element

from coursewright.writers.epub.xhtml import drop, elements, with_attributes

# What waits for a script, or is of no use without one.
_WAITING = frozenset(("noscript", "button", "script", "template", "iframe", "style"))
_BOX, _TICKED = "☐ ", "☑ "
_GAP = "________"


def on_paper(root: _Element) -> None:
    """Make a page one to read: what waits for a script goes, what is to be filled in has room."""
    _drop(root)
    classes = _by_class(root)
    _choices(classes)
    _pairs(classes)
    _gaps(root)
    _boxes(root)
    _frames(classes)


def _by_class(root: _Element) -> Mapping[str, Sequence[_Element]]:
    """Return the elements of a page by their classes."""
    found: defaultdict[str, list[_Element]] = defaultdict(list)
    for element in with_attributes(root):
        for name in element.get("class", "").split():
            found[name].append(element)
    return found


def _drop(root: _Element) -> None:
    for element in elements(root, *_WAITING):
        drop(element)
    for element in with_attributes(root):
        is_hidden = element.get("hidden") is not None
        if (is_hidden and element.tag != "fieldset") or _waits(element):
            drop(element)
        elif is_hidden:
            del element.attrib["hidden"]


def _waits(element: _Element) -> bool:
    names = element.get("class", "").split()
    is_hint = "hint" in names and "block-checks" in (_parent(element).get("class") or "")  # ticks are not remembered
    return is_hint or element.get("role") == "status" or "moves" in names or "quiz-facts" in names


def _parent(element: _Element) -> _Element:
    parent = element.getparent()
    return element if parent is None else parent


def _choices(classes: Mapping[str, Sequence[_Element]]) -> None:
    """Make a list with letters of the options of a question."""
    for options in classes.get("options", ()):
        options.tag = "ol"
    for option in classes.get("option", ()):
        option.tag = "li"
        for field in option.findall("input"):
            drop(field)
    for sorted_ in classes.get("sorted", ()):
        sorted_.tag = "ul"


def _pairs(classes: Mapping[str, Sequence[_Element]]) -> None:
    """Let what is to be matched be followed by what it can be matched to."""
    for pairs in classes.get("pairs", ()):
        offered = _options(next(pairs.iter("select"), None))
        for field in elements(pairs, "select"):
            _replace(field, _GAP, "blank")
        said = Element("p")
        said.set("class", "offered")
        said.text = " · ".join(offered)
        pairs.addnext(said)


def _options(field: _Element | None) -> list[str]:
    offered = () if field is None else field.iter("option")
    return ["".join(map(str, option.itertext())) for option in offered if option.get("value")]


def _gaps(root: _Element) -> None:
    for field in elements(root, "select"):
        _replace(field, f"({' / '.join(_options(field))})", "choices")
    for field in elements(root, "textarea"):
        _replace(field, "", "room")
    for field in elements(root, "input"):
        if field.get("type") == "text":
            _replace(field, _GAP, "blank")


def _boxes(root: _Element) -> None:
    """Let a box be a sign, and the parts of a form plain ones."""
    for field in elements(root, "input"):
        is_box = field.get("type") == "checkbox"
        _replace(field, (_TICKED if field.get("checked") is not None else _BOX) if is_box else "", "box")
    plain = {"form": "div", "fieldset": "div", "legend": "p", "label": "span", "article": "div"}
    for element in elements(root, *plain):
        names = f"{element.get('class', '')} legend".strip() if element.tag == "legend" else element.get("class")
        element.tag = plain[element.tag]
        if names:
            element.set("class", names)
        element.attrib.pop("for", "")


def _frames(classes: Mapping[str, Sequence[_Element]]) -> None:
    """Drop what is empty now."""
    for name in ("film-frame", "hand-in"):
        _drop_empty(classes.get(name, ()))


def _drop_empty(found: Iterable[_Element]) -> None:
    for element in found:
        if not len(element) and not (element.text or "").strip():
            drop(element)


def _replace(field: _Element, text: str, name: str) -> None:
    """Put a text in the place of a field."""
    shown = Element("span")
    shown.set("class", name)
    shown.text, shown.tail = text, field.tail
    parent = field.getparent()
    if parent is not None:
        parent.replace(field, shown)
