"""The last step to a page: its links, pictures, headings, frames and ids, once its HTML is clean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from urllib.parse import unquote

from lxml import html
from lxml.html import HtmlElement

from coursewright.frozen import slotted
from coursewright.text.emoji import sign_of
from coursewright.text.markdown.anchors import Anchors, anchor_of
from coursewright.text.markdown.films import Film, film
from coursewright.text.markdown.tree import HEADINGS
from coursewright.text.patterns import later

Leading = Callable[[str], str | None]
"""Says where in a package an address of a text leads, or that it leads nowhere there."""

_WEB = later(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_SMALL_PICTURE = later(r"data:image/(?:png|gif|jpeg|webp);base64,[A-Za-z0-9+/=\s]{1,100000}\Z")
_NEVER_CLOSED = later(r"</(?:source|track|wbr)>")  # the parser is older than these, and closes them
_WAYS = {"center": "centred", "right": "end"}  # an LMS keeps styles, but has not our style sheet
_MEDIA = ("video", "audio")
_LABELS = {"video": "Video", "table": "Table", "footnote_back": "Back to the text"}


@slotted
class Finish:
    """What a page needs to be finished: where its addresses lead, the level of its headings, a prefix for its ids.

    With `embed` films of hosts that can do without cookies are shown in a frame. Without `boxes` there are no
    forms, and nothing that only wants the focus.
    """

    leading: Leading
    top: int | None = None
    prefix: str = ""
    embed: bool = False
    boxes: bool = True
    labels: Mapping[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)

    def finished(self, bodies: Iterable[str]) -> list[str]:
        """Return the finished HTML of the clean bodies of one page, whose ids and levels are counted through."""
        root = html.Element("div")
        for body in bodies:
            root.append(_parsed(body))
        found: dict[str, list[HtmlElement]] = {}
        for element in root.iter():
            found.setdefault(str(element.tag), []).append(element)
        self._name(root)
        self._level(root)
        for tag, finish in self._STEPS:
            for element in found.get(tag, ()):
                finish(self, element)
        return list(map(_written, root))

    def _name(self, root: HtmlElement) -> None:
        """Give headings their anchors, and make every id stand once."""
        anchors = Anchors()
        for element in root.iter():
            if element.get("class") == "":
                del element.attrib["class"]
            is_heading = element.tag in HEADINGS or "anchored" in element.get("class", "")
            wanted = element.get("id") or element.attrib.pop("name", "")
            if is_heading:
                said = _without_named_signs(element)
                wanted = wanted or anchor_of(said)
            if wanted:
                anchor = anchors.anchor(wanted) if is_heading or wanted not in self._ids else ""
                _set(element, "id", f"{self.prefix}{anchor}" if anchor else "")
                self._ids[anchor] = f"{self.prefix}{anchor}"
        for element in root.iter("p", "summary"):
            if "anchored" in element.get("class", ""):
                element.set("class", element.get("class", "").replace(" anchored", ""))

    def _level(self, root: HtmlElement) -> None:
        """Shift headings so that the highest has the level wanted, and none is more than one below the one before."""
        if self.top is None:
            return
        above: list[int] = []
        for heading in root.iter(*HEADINGS):
            level = int(heading.tag[1])
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            heading.tag = f"h{min(self.top + len(above) - 1, 6)}"

    def _link(self, link: HtmlElement) -> None:
        if link.get("href") is None:
            if not link.get("id"):
                link.drop_tag()
            return
        href = link.get("href", "").strip()
        target = self._target(href)
        if target is None:
            _unlink(link)
            return
        link.set("href", target)
        if link.get("class") == "footnote-back":
            link.set("aria-label", f"{self._label('footnote_back')} ({link.get('aria-label')})")
        if _WEB.match(target):
            link.set("target", "_blank")
            link.set("rel", "noopener noreferrer")
            if _stands_alone(link) and (found := film(target)):
                self._card(link, found, " ".join("".join(link.itertext()).split()))

    def _target(self, href: str) -> str | None:
        """Return where an address leads: within the course, on the page, or to the web."""
        found = self.leading(href) if href else None
        if found is not None and (found != href or not href.startswith("#")):
            return found
        if href.startswith("#"):
            name = unquote(href[1:])
            known = next((one for one in (name, name.lower()) if one in self._ids), None)
            return f"#{self._ids[known]}" if known else None
        href = f"https:{href}" if href.startswith("//") else href
        return href if _WEB.match(href) else None

    def _picture(self, picture: HtmlElement) -> None:
        source = picture.get("src", "").strip()
        if _SMALL_PICTURE.match(source):
            target: str | None = source
        else:
            target = self.leading(source) if source else None
        if target is None:
            self._describe(picture, source)
            return
        picture.set("src", target)
        picture.set("alt", picture.get("alt", ""))
        _frame(picture)

    def _describe(self, picture: HtmlElement, source: str) -> None:
        """Turn a picture that the package does not hold into a link to it on the web, or into its description."""
        text = picture.get("alt") or ("" if source.startswith("data:") else source)
        source = f"https:{source}" if source.startswith("//") else source
        linked = _WEB.match(source) and not any(True for _ in picture.iterancestors("a"))
        for name in list(picture.attrib):
            del picture.attrib[name]
        picture.tag, picture.text = ("a" if linked else "span"), text
        if linked:
            picture.set("href", source)
            picture.set("target", "_blank")
            picture.set("rel", "noopener noreferrer")
        else:
            picture.drop_tag()

    def _medium(self, medium: HtmlElement) -> None:
        """Keep a film or sound that the package holds; of another its words stay, and a link where it is on the web."""
        sources = [medium, *medium.iter("source")]
        addresses = [one.get("src", "").strip() for one in sources if one.get("src")]
        for one in [*sources, *medium.iter("track")]:
            _set(one, "src", (self.leading(one.get("src", "").strip()) or "") if one.get("src") else "")
        _set(medium, "poster", (self.leading(medium.get("poster", "")) or "") if medium.get("poster") else "")
        if any(one.get("src") for one in sources):
            medium.set("controls", "controls")
            return
        web = next((address for address in addresses if _WEB.match(address)), "")
        for one in list(medium.iter("source", "track")):
            one.drop_tree()
        if web:
            _replace_by_link(medium, web, self._said(medium) or medium.get("title") or self._label(str(medium.tag)))
        else:
            medium.drop_tag()

    def _frame_of_web(self, frame: HtmlElement) -> None:
        """Make a card of a film in a frame, and a link of any other frame."""
        source = frame.get("src", "").strip()
        source = f"https:{source}" if source.startswith("//") else source
        title = frame.get("title", "").strip()
        frame.text = None
        found = film(source)
        target = found.page if found else self.leading(source) or source
        if not _WEB.match(target) and self.leading(source) is None:
            frame.drop_tree()
            return
        alone = _stands_alone(frame) or frame.getparent().tag in ("div", "figure", "section", "li", "td")
        link = _replace_by_link(frame, target, title or (found.host if found else target))
        if found and alone and link.getparent().tag != "p":
            holder = _wrapped(link, "p")
            self._card(holder[0], found, title)
        elif found and alone:
            self._card(link, found, title)

    def _card(self, link: HtmlElement, found: Film, title: str) -> None:
        """Make a titled card of a link to a film, with the film in a frame above it where that is wanted."""
        holder = link.getparent()
        said = "" if title == link.get("href") or title == found.host else title
        for child in list(link):
            child.drop_tree()
        link.text = said or f"{self._label('video')}: {found.host}"
        link.set("href", found.page)
        link.set("target", "_blank")
        link.set("rel", "noopener noreferrer")
        holder.set("class", "film")
        if said:
            host = html.Element("span")
            host.set("class", "film-host")
            host.text = f"{self._label('video')}: {found.host}"
            link.append(host)
        if self.embed and found.frame and holder.getparent() is not None:
            frame = html.Element("iframe")
            for name, value in (("src", found.frame), ("title", said or link.text or ""), ("loading", "lazy")):
                frame.set(name, value)
            frame.set("allowfullscreen", "allowfullscreen")
            shown = html.Element("div")
            shown.set("class", "film-frame")
            shown.append(frame)
            holder.addprevious(shown)

    def _box(self, box: HtmlElement) -> None:
        if box.get("type") != "checkbox" or box.get("disabled") is None:
            box.drop_tree()
        elif not self.boxes:
            sign = "\u2611" if box.get("checked") is not None else "\u2610"
            box.tail = f"{sign}{box.tail or ''}"
            label = box.getparent()
            box.drop_tree()
            label.drop_tag()

    def _table(self, table: HtmlElement) -> None:
        """Put a table, which may be wider than the page, into what scrolls and can be reached by keyboard."""
        if not self.boxes or any(True for _ in table.iterancestors("table")):
            return
        holder = _wrapped(table, "div")
        for name, value in (("class", "scroll"), ("role", "group"), ("tabindex", "0")):
            holder.set(name, value)
        holder.set("aria-label", self._label("table"))

    def _cell(self, cell: HtmlElement) -> None:
        align = cell.attrib.pop("align", "").lower()
        if align in ("left", "right", "center") and not cell.get("style"):
            cell.set("style", f"text-align: {align};")
        if self.boxes and (style := cell.attrib.pop("style", "")):
            _set(cell, "class", next((name for way, name in _WAYS.items() if way in style), ""))
        if cell.tag == "th" and not cell.get("scope"):
            in_head = any(True for _ in cell.iterancestors("thead"))
            cell.set("scope", "col" if in_head else "row") if in_head or _is_row_header(cell) else None

    def _source(self, source: HtmlElement) -> None:
        if source.getparent() is not None and source.getparent().tag not in _MEDIA:
            source.drop_tag()

    def _said(self, element: HtmlElement) -> str:
        return " ".join("".join(element.itertext()).split())

    def _label(self, name: str) -> str:
        return self.labels.get(name, _LABELS.get(name, name.capitalize()))

    _STEPS = (
        ("iframe", _frame_of_web),
        ("img", _picture),
        ("video", _medium),
        ("audio", _medium),
        ("source", _source),
        ("a", _link),
        ("input", _box),
        ("table", _table),
        ("td", _cell),
        ("th", _cell),
    )


def _parsed(body: str) -> HtmlElement:
    parser = html.HTMLParser(huge_tree=True)
    root: HtmlElement = html.document_fromstring(f"<div>{body}</div>", parser=parser)[0][0]
    for element in reversed(list(root.iter("source", "track", "wbr"))):
        _empty(element)
    return root


def _empty(element: HtmlElement) -> None:
    """Put what the parser took into an element that holds nothing behind it."""
    for child in reversed(element):
        element.addnext(child)
    if element.text:
        element.tail, element.text = element.text + (element.tail or ""), None


def _written(body: HtmlElement) -> str:
    """Return the HTML of what is in a body."""
    made = "".join([_escaped(body.text), *(html.tostring(child, encoding="unicode") for child in body)]).strip()
    return _NEVER_CLOSED.sub("", made) if "</" in made else made


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _without_named_signs(heading: HtmlElement) -> str:
    """Return what a heading says, with the names of its signs; the signs become text."""
    named = [(one, one.text) for one in heading.iter("span") if one.text and sign_of(one.get("title", "")) == one.text]
    for sign, _ in named:
        sign.text = sign.get("title", "")
    said = "".join(heading.itertext())
    for sign, text in named:
        sign.text = text
        sign.drop_tag()
    return said


def _set(element: HtmlElement, name: str, value: str) -> None:
    """Set an attribute, or take it away where it has no value."""
    if value:
        element.set(name, value)
    elif name in element.attrib:
        del element.attrib[name]


def _unlink(link: HtmlElement) -> None:
    """Leave the text of a link, and its place if that is named."""
    name = link.get("id")
    if name:
        link.tag = "span"
        for attribute in [one for one in link.attrib if one != "id"]:
            del link.attrib[attribute]
    else:
        link.drop_tag()


def _stands_alone(element: HtmlElement) -> bool:
    """Say whether an element is all that is in its paragraph."""
    holder = element.getparent()
    return (
        holder is not None
        and holder.tag == "p"
        and len(holder) == 1
        and not (holder.text or "").strip()
        and not (element.tail or "").strip()
    )


def _frame(picture: HtmlElement) -> None:
    """Make a figure of a paragraph that is a picture with a title, which is its caption."""
    holder, title = picture.getparent(), picture.get("title", "").strip()
    if not _stands_alone(picture):
        return
    if holder.getparent() is not None and holder.getparent().tag == "figure":
        holder.drop_tag()
    elif title:
        holder.tag = "figure"
        caption = html.Element("figcaption")
        caption.text = title
        holder.append(caption)
        del picture.attrib["title"]


def _replace_by_link(element: HtmlElement, address: str, text: str) -> HtmlElement:
    link = html.Element("a")
    link.set("href", address)
    if _WEB.match(address):
        link.set("target", "_blank")
        link.set("rel", "noopener noreferrer")
    link.text, link.tail = text, element.tail
    element.getparent().replace(element, link)
    return link


def _wrapped(element: HtmlElement, tag: str) -> HtmlElement:
    holder = html.Element(tag)
    holder.tail, element.tail = element.tail, None
    element.getparent().replace(element, holder)
    holder.append(element)
    return holder


def _is_row_header(cell: HtmlElement) -> bool:
    row = cell.getparent()
    return row is not None and row[0] is cell and len(row) > 1 and row[1].tag == "td"
