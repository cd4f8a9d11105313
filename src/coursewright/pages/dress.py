"""The looks that a page brings along into an LMS that leaves our stylesheet out: styles on the elements themselves.

What takes an attribute apart (Canvas's sanitiser, Moodle's purifier) wants plain ASCII, colours as hexadecimal numbers
and properties that it knows. Text and ground are coloured together or not at all, so that a dark page can be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import cast

from lxml import etree
from lxml.etree import Element, _Element
from markupsafe import Markup

from coursewright.frozen import frozen
from coursewright.pages.fragment import fragment
from coursewright.pages.once import NEVER, Once
from coursewright.pages.renderer import Renderer
from coursewright.pages.theme.colour import BLACK, WHITE, Colour
from coursewright.pages.theme.palette import Palette, ours

_ENOUGH = 4.5  # WCAG 2.2, 1.4.3
_NEVER_CLOSED = re.compile(r"</(?:source|track|wbr)>")  # the parser is older than these, and closes them
_MANY = 3  # columns, from which on a table may scroll
_COLUMN, _WIDEST = 130, 780  # least widths in pixels

# By tag or class. {start} is the side where a line begins; {mark} and {ground} are the colours of the box around.
_PANEL = (
    "border: 1px solid {rule}; border-radius: 6px; padding: 16px 20px 8px 20px; margin: 16px 0;"
    " background-color: {ground}; color: {ink};"
)
_EDGED = (
    "border: 1px solid {rule}; border-{start}: 6px solid {mark}; border-radius: 6px; padding: 16px 20px 8px 20px;"
    " margin: 20px 0; background-color: {ground}; color: {ink};"
)
_PLAIN: Mapping[str, str] = {
    "h2": "font-size: 1.4em; line-height: 1.3; font-weight: bold; margin: 28px 0 10px 0;",
    "h3": "font-size: 1.2em; line-height: 1.3; font-weight: bold; margin: 24px 0 8px 0;",
    "h4": "font-size: 1.05em; line-height: 1.3; font-weight: bold; margin: 20px 0 6px 0;",
    "blockquote": "border-{start}: 4px solid {rule}; padding: 0 16px; margin: 0 0 16px 0;",
    "pre": (
        "border: 1px solid {rule}; border-radius: 6px; padding: 12px 16px; margin: 0 0 16px 0;"
        " background-color: {code}; color: {ink}; font-size: 0.9em; line-height: 1.5; overflow-x: auto;"
        " white-space: pre; text-align: left;"
    ),
    "table": "border-collapse: collapse; width: 100%; margin: 0;",
    "caption": "padding: 0 0 8px 0; font-weight: bold; text-align: {start};",
    "th": "border: 1px solid {rule}; padding: 8px 12px; text-align: {start}; vertical-align: top; font-weight: bold;",
    "thead-th": "background-color: {tint}; color: {ink};",
    "td": "border: 1px solid {rule}; padding: 8px 12px; vertical-align: top;",
    "figure": "margin: 0 0 20px 0;",
    "figcaption": "font-size: 0.9em; margin: 8px 0 0 0;",
    "img": "max-width: 100%; height: auto;",
    "video": "max-width: 100%; height: auto;",
    "dt": "font-weight: bold; margin: 0;",
    "dd": "margin: 0 0 10px 0;",
    "task": "list-style: none;",
    "callout-title": "font-weight: bold; margin: 0 0 6px 0; color: {mark}; background-color: {ground};",
    "code-title": (
        "font-weight: bold; font-size: 0.9em; margin: 0; padding: 6px 16px; border: 1px solid {rule}; border-bottom: 0;"
        " background-color: {tint}; color: {ink};"
    ),
    "tab": "border-{start}: 4px solid {rule}; padding: 0 16px; margin: 0 0 16px 0;",
    "tab-title": "font-weight: bold; margin: 0 0 8px 0;",
    "footnotes": "border-top: 1px solid {rule}; font-size: 0.9em; padding: 12px 0 0 0; margin: 28px 0 0 0;",
    "film": "font-weight: bold;",
    "film-host": "display: block; font-size: 0.9em; font-weight: normal;",
    "film-frame": "margin: 0 0 8px 0;",
    "iframe": "width: 100%; height: 315px; border: 0;",
    "centred": "text-align: center;",
    "end": "text-align: {end};",
    "lead": "font-size: 1.15em; line-height: 1.5; margin: 0 0 20px 0;",
    "small": "font-size: 0.9em;",
    "topics": "margin: 0 0 16px 0; padding: 0; padding-{start}: 28px;",
    "topic": "border-top: 1px solid {rule}; padding: 10px 0; margin: 0;",
    "timeline": "list-style: none; border-{start}: 3px solid {accent}; padding: 0 20px; margin: 0 0 16px 8px;",
    "milestone": "margin: 0 0 12px 0;",
    "checks": "list-style: none; padding: 0; margin: 0 0 16px 0;",
    "check": "border-top: 1px solid {rule}; padding: 8px 0; margin: 0;",
    "fact": "display: inline-block; vertical-align: top; min-width: 120px; margin: 0 28px 8px 0;",
    "figures": "font-size: 1.25em;",
    "hours-bar": "height: 10px; margin: 4px 0 10px 0; overflow: hidden; background-color: {paper}; color: {ink};",
    "hours-part": "float: {start}; height: 10px;",
    "hours-key": "padding: 0 8px; margin: 0 4px 0 0; font-size: 0.7em;",
    "hours-named": "list-style: none; padding: 0; margin: 0;",
    "hours-name": "display: inline-block; margin: 0 18px 4px 0; font-size: 0.9em;",
    "columns": "margin: 0 0 20px 0;",
    "column-wide": "display: inline-block; vertical-align: top; width: 98%; max-width: 440px; margin: 0 2% 0 0;",
    "column": "display: inline-block; vertical-align: top; width: 100%; max-width: 320px;",
    "units": "list-style: none; padding: 0; margin: 0 0 16px 0;",
    **{f"part-{number}": f"background-color: {{part_{number}}}; color: {{part_{number}}};" for number in range(1, 7)},
}
_BOXED: Mapping[str, str] = {
    **dict.fromkeys(("p", "ul", "ol"), "margin-top: 0; margin-bottom: 8px;"),
    "unit": "margin: 0 0 12px 0;",
    "a": "color: {mark}; background-color: {ground}; text-decoration: underline;",
    "h2": "font-size: 1.2em; line-height: 1.3; font-weight: bold; margin: 0 0 8px 0;",
    "h3": "font-size: 1.1em; line-height: 1.3; font-weight: bold; margin: 0 0 8px 0;",
    "facts": "margin: 0 0 8px 0;",
}
# What has a box, and of which colour; those of _MARKED have an edge that marks them.
_BOXES: Mapping[str, str] = {
    **dict.fromkeys(("card", "film", "unit", "facts", "before", "after"), "paper"),
    **dict.fromkeys(("callout", "glance"), "tint"),
    **dict.fromkeys(("callout-tip", "callout-hint", "callout-solution", "finished"), "done"),
    **dict.fromkeys(("callout-important", "callout-warning", "callout-caution"), "warn"),
}
_MARKED = frozenset(("callout", "before", "after", "finished"))
_GROUNDS = {
    "paper": ("accent", "paper"),
    "tint": ("accent", "tint"),
    "done": ("done", "done_tint"),
    "warn": ("warn", "warn_tint"),
}

_Styles = Mapping[str, str]


@frozen
class _Look:
    """What an element becomes: its tag, its style, and the kind of box that it is or stands in."""

    tag: str
    style: str
    kind: str


@frozen
class Dress:
    """The styles of elements by tag or class: outside boxes under an empty name, and inside each kind of box.

    `lost` are attributes that the LMS takes away, and that are not written then. `known` are the looks that were asked
    for: few, for thousands of elements. `once` keeps what was dressed for other formats of the course.
    """

    styles: Mapping[str, _Styles]
    lost: Sequence[str] = ()
    known: dict[tuple[str, str, str, bool], _Look] = field(default_factory=dict, compare=False, repr=False)
    once: Once = field(default=NEVER, compare=False, repr=False)

    def on(self, body: Markup) -> Markup:
        """Return a page in this dress: not a word of it changes."""
        lost = tuple(name for name in self.lost if re.search(rf"\b{name}\s*=", body))
        return self.once.made(("dressed", id(self.styles), lost, body), lambda: self._lasting(body, lost))

    def _lasting(self, body: Markup, lost: Sequence[str]) -> Markup:
        return self.once.lasting(lambda: self._on(body, lost), "dressed", *lost, body)

    def _on(self, body: Markup, lost: Sequence[str]) -> Markup:
        root = fragment(body)
        _Dressing(self).dress(root)
        for name in lost:
            etree.strip_attributes(root, name)
        whole = etree.tostring(root, method="html", encoding="unicode").removeprefix("<div>").removesuffix("</div>")
        return Markup(_NEVER_CLOSED.sub("", whole))  # noqa: S704 - was safe, and has styles in it now

    def look(self, tag: str, classes: str, around: str, *, in_head: bool) -> _Look:
        """Return the look of an element in a kind of box; `in_head` is a cell that heads a column."""
        asked = (tag, classes, around, in_head)
        if asked not in self.known:
            self.known[asked] = self._look(tag, classes.split(), around, in_head=in_head)
        return self.known[asked]

    def _look(self, tag: str, names: Sequence[str], around: str, *, in_head: bool) -> _Look:
        tag = "div" if "film" in names else tag  # Moodle plays it there, by what has no place in a paragraph
        kind = _box(names, around) or ("paper" if tag == "details" and not around else "")
        styles = self.styles[kind or around]
        own = [styles[tag]] if tag in styles else []
        found = [styles[name] for name in names if name in styles]
        if in_head:
            found.append(styles["thead-th"])
            kind = "tint"
        box = [styles[_kind_of_box(names)]] if kind and tag not in ("th", "details") else []
        return _Look(tag, " ".join(filter(None, [*own, *box, *found])), kind or around)


@frozen
class _Dressing:
    """Dresses the elements of one page. `folded` are those that fold, with the kind of box that each is."""

    worn: Dress
    folded: list[tuple[_Element, str]] = field(default_factory=list)

    def dress(self, root: _Element) -> None:
        """Dress everything in an element, each after what it is in."""
        self._inside(root, "")
        for details, kind in self.folded:
            self._fold(details, kind)

    def _inside(self, element: _Element, around: str) -> None:
        """Dress what is in an element, which is a kind of box or stands in one."""
        is_listing = element.tag == "code"  # of thousands of words, each in its colour
        for one in element.findall("*"):
            kind = "" if is_listing else self._dress(one, around)
            if len(one):
                self._inside(one, kind)

    def _dress(self, element: _Element, around: str) -> str:
        """Dress an element, and return in which kind of box its own stand."""
        tag = element.tag
        in_head = tag == "th" and _in_head(element)
        look = self.worn.look(tag, element.get("class") or "", around, in_head=in_head)
        if look.tag != tag:
            element.tag = look.tag
        if look.style:
            _wear(element, look.style)
        if tag == "table":
            _scroll(element)
        elif look.tag == "details":
            self.folded.append((element, look.kind))
        return look.kind

    def _fold(self, details: _Element, kind: str) -> None:
        """Frame what is folded by what stays where an LMS takes the fold away; its title is bold then, too."""
        for summary in details.iterchildren("summary"):
            strong = Element("strong")
            strong.text, summary.text = summary.text, None
            strong.extend(list(summary))
            summary.append(strong)
        names = (details.get("class") or "").split()
        _framed(details, self.worn.styles[kind or "paper"][_kind_of_box(names)])


def _box(names: Sequence[str], around: str) -> str:
    """Return the kind of box that an element has by its classes; facts in a box have none of their own."""
    kinds = [_BOXES[name] for name in names if name in _BOXES and not (around and name == "facts")]
    return kinds[-1] if kinds else ""


def _kind_of_box(names: Sequence[str]) -> str:
    return "panel" if _MARKED.isdisjoint(names) else "edged"


def _wear(element: _Element, style: str) -> None:
    own = (element.get("style") or "").strip()
    element.set("style", f"{style} {own}" if own else style)


def _in_head(cell: _Element) -> bool:
    return cell.get("scope") != "row" and str(_parent(_parent(cell)).tag) == "thead"


def _scroll(table: _Element) -> None:
    """Put a table into a frame that scrolls: on a phone it may be wider than the page."""
    columns = max((len(row) for row in list(table.iter("tr"))[:2]), default=0)
    if columns >= _MANY:
        _wear(table, f"min-width: {min(columns * _COLUMN, _WIDEST)}px;")
    if not any(True for _ in table.iterancestors("table")):
        _framed(table, "overflow-x: auto; margin: 0 0 20px 0;")


def _framed(element: _Element, style: str) -> None:
    frame = Element("div", style=style)
    frame.tail, element.tail = element.tail, None
    _parent(element).replace(element, frame)
    frame.append(element)


def _parent(element: _Element) -> _Element:
    return cast("_Element", element.getparent())


def dress_of(renderer: Renderer, once: Once, *, lost: Sequence[str] = ()) -> Dress:
    """Return the dress in the colours of a renderer's theme, or in ours, for pages in its language."""
    plain = once.made("dress", lambda: dress(renderer.theme.light, rtl=renderer.language.flow.turned))
    return replace(plain, lost=tuple(lost), once=once)


def dress(palette: Palette, *, rtl: bool = False) -> Dress:
    """Return a dress in the colours of a palette over ours, for pages that run from left to right or the other way."""
    colours = readable_colours(palette)
    sides = {"start": "right" if rtl else "left", "end": "left" if rtl else "right"}
    outside = {**colours, **sides, "mark": colours["accent"], "ground": colours["paper"], "code": colours["ground"]}
    styles = {"": _filled(_PLAIN, outside)}
    for kind, (mark, ground) in _GROUNDS.items():
        own = {"mark": colours[mark], "ground": colours[ground]}
        styles[kind] = _filled({**_PLAIN, **_BOXED, "panel": _PANEL, "edged": _EDGED}, {**outside, **own})
    return Dress(styles)


def readable_colours(palette: Palette) -> Mapping[str, str]:
    """Return the colours of a palette over ours by name, as a style writes them: what is written can be read."""
    known = {**ours()[0], **palette}
    grounds: dict[str, list[Colour]] = {}
    for mark, ground in _GROUNDS.values():
        for name in ("ink", mark):
            grounds.setdefault(name, [known["ground"]] if name == "ink" else []).append(known[ground.replace("_", "-")])
    known |= {name: _readable(known[name], found) for name, found in grounds.items()}
    return {name.replace("-", "_"): str(colour) for name, colour in known.items()}


def _readable(colour: Colour, grounds: list[Colour]) -> Colour:
    """Return a colour, or a tone of it, that can be read on all grounds; black or white where none can."""
    ends = max((BLACK, WHITE), key=lambda end: min(end.contrast(ground) for ground in grounds))
    return colour.readable_on(grounds, _ENOUGH) or ends


def _filled(styles: _Styles, values: Mapping[str, str]) -> dict[str, str]:
    return {name: style.format_map(values) for name, style in styles.items()}
