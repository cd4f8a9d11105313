"""From the tokens of Markdown's blocks to a tree of elements, whose lines are still Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString, code_escape
from markdown_it.token import Token

from coursewright.frozen import slotted
from coursewright.text.markdown import boxes
from coursewright.text.markdown.anchors import anchor_of, given_anchor
from coursewright.text.markdown.attribute_lists import without_attributes
from coursewright.text.markdown.boxes import Aside, Attributes
from coursewright.text.markdown.listings import CodeListing, is_hidden, listing
from coursewright.text.patterns import later

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ALERT = later(r"\[!(?P<name>[\w-]+)\](?P<fold>[-+]?)[ \t]*(?P<title>[^\n]*)(?:\n|$)")
_OLD_ALERT = later(r"\*\*(?P<name>Note|Warning|Tip|Important|Caution):?\*\*:?[ \t]*(?:\n|$)")
_CONTENTS = frozenset(("[toc]", "[[toc]]", "[[_toc_]]", "{{toc}}", "{:toc}", "${toc}", "@[toc]"))
_TICK = later(r"\[(?P<done>[ xX])\][ \t]+(?=\S)")


@slotted
class Growth:
    """What grows a tree from tokens.

    `kept` puts HTML aside and returns what stands for it; `shown` makes HTML of a listing of code. `labels` name boxes
    in the language of the page. Where texts are `whole`, they have boxes, footnotes, ticks and titles of code.
    """

    kept: Callable[[str], str]
    shown: Callable[[CodeListing], str]
    labels: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False
    math: bool = False
    notes: dict[str, Element] = field(default_factory=dict)
    _open: list[tuple[Element, Aside | None]] = field(default_factory=list)
    _hidden: list[bool] = field(default_factory=list)

    def tree(self, tokens: Iterable[Token]) -> Element:
        """Return the tree of a document."""
        root = Element("div")
        self._open, self._hidden, self.notes = [(root, None)], [], {}
        for token in tokens:
            if token.type == "inline":
                self._line(token)
            elif token.nesting == 1:
                self._begin(token)
            elif token.nesting == -1:
                self._end(token)
            else:
                self._leaf(token)
        if self.notes:
            _put_at_end(root, self.notes)
        return root

    def _line(self, token: Token) -> None:
        holder, text = self._open[-1][0], token.content
        if self._hidden and self._hidden[-1] and (len(holder) or holder.text):
            holder = SubElement(holder, "p")
        if self.whole and holder.tag in HEADINGS:
            text, anchor = given_anchor(text)
            if anchor:
                holder.set("id", anchor)
        elif self.whole and "}" in text and (holder.tag == "li" or self._is_in_item(holder) or text[:1] == "{"):
            text = without_attributes(text)
        ticked = _TICK.match(text) if self.whole and text.startswith("[") and self._is_first_of_item(holder) else None
        if ticked:
            _put_tick(holder, text[ticked.end() :], ticked["done"] != " ")
            (holder if holder.tag == "li" else self._open[-2][0]).set("class", "task")
        else:
            holder.text = text

    def _is_in_item(self, holder: Element) -> bool:
        return holder.tag == "p" and len(self._open) > 1 and self._open[-2][0].tag == "li"

    def _is_first_of_item(self, holder: Element) -> bool:
        if holder.tag == "li":
            return True
        item = self._open[-2][0] if len(self._open) > 1 else holder
        return holder.tag == "p" and item.tag == "li" and item[0] is holder

    def _begin(self, token: Token) -> None:
        holder = self._open[-1][0]
        if token.type == "paragraph_open":
            self._hidden.append(token.hidden)
            if not token.hidden:
                self._open.append((SubElement(holder, "p"), None))
        elif token.type == "box_open":
            self._open.append((SubElement(holder, "div"), token.meta["box"]))
        elif token.type == "footnote_reference_open":
            note = Element("li")
            self.notes.setdefault(token.meta["label"].lower(), note)
            self._open.append((note, None))
        else:
            element = SubElement(holder, token.tag)
            if token.attrs:
                _set_attributes(element, token)
            self._open.append((element, None))

    def _end(self, token: Token) -> None:
        if token.type == "paragraph_close":
            if not self._hidden.pop():
                self._paragraph(self._open.pop()[0])
            return
        element, box = self._open.pop()
        holder = self._open[-1][0]
        if box:
            self._box(element, box, holder)
        elif self.whole and element.tag == "blockquote":
            self._quote(element, holder)
        elif element.tag == "figure":
            _caption(element)

    def _paragraph(self, paragraph: Element) -> None:
        """Take away a paragraph that only asks for a table of contents: pages have menus."""
        if self.whole and (paragraph.text or "").strip().lower() in _CONTENTS:
            self._open[-1][0].remove(paragraph)

    def _leaf(self, token: Token) -> None:
        holder = self._open[-1][0]
        if token.type == "fence":
            self._fence(token, holder)
        elif token.type == "code_block":
            code = SubElement(SubElement(holder, "pre"), "code")
            code.text = AtomicString(code_escape(token.content.rstrip()) + "\n")
        elif token.type == "html_block":
            self._aside(holder, token.content)
        elif token.type == "attributes":
            self._describe(holder, token.meta["attributes"], token.content)
        elif token.type == "math_block":
            self._formula(holder, token.content)
        elif token.type == "hr":
            SubElement(holder, "hr")

    def _aside(self, holder: Element, html: str) -> None:
        SubElement(holder, "p").text = AtomicString(self.kept(html))

    def _fence(self, token: Token, holder: Element) -> None:
        if self.whole and is_hidden(token.info, token.content):
            return
        self._aside(holder, self.shown(listing(token.info, token.content)))

    def _formula(self, holder: Element, latex: str) -> None:
        if self.math:
            SubElement(holder, "p").text = f"$$\n{latex}\n$$"
        else:
            self._aside(holder, self.shown(CodeListing(latex, "latex")))

    def _quote(self, quote: Element, holder: Element) -> None:
        """Make a box of a quote that begins as an alert of GitHub or a callout of Obsidian does."""
        first = quote[0] if len(quote) and quote[0].tag == "p" else None
        text = (first.text or "") if first is not None else ""
        found = _ALERT.match(text) if text.startswith("[!") else _OLD_ALERT.match(text)
        if first is None or not found:
            return
        if text[found.end() :].strip():
            first.text = text[found.end() :]
        else:
            quote.remove(first)
        fold = found.groupdict().get("fold")
        folded = {"-": True, "+": False}.get(fold or "")
        title = (found.groupdict().get("title") or "").strip()
        self._box(quote, boxes.named(found["name"], title, folded=bool(folded)), holder)

    def _describe(self, holder: Element, found: Attributes, written: str) -> None:
        """Say of the block before it what a line of attributes says."""
        if not len(holder):
            return
        block = holder[-1]
        if written.strip() == "toc" and block.tag in ("ul", "ol"):
            holder.remove(block)
        elif block.tag == "blockquote" and any(map(boxes.is_known, found.classes)):
            self._box(block, boxes.of_classes(found.classes, found.values), holder)
        elif found.id and not block.get("id"):
            block.set("id", found.id)

    def _box(self, element: Element, box: Aside, holder: Element) -> None:
        """Finish a box, of which the content is known."""
        if box.kind == "tab":
            _put_into_tabs(element, holder)
            self._title(element, box, "p", "tab-title")
            element.set("class", "tab")
        elif box.kind == "tabs":
            _part(element)
            element.set("class", "tabs")
        elif box.kind == "quote" and not box.title:
            element.tag = "blockquote"
        elif not box.is_plain:
            self._callout(element, box)

    def _callout(self, element: Element, box: Aside) -> None:
        label = self.labels.get(f"callout_{box.kind}", box.kind.capitalize())
        element.tag = "details" if box.folded else "div"
        element.set("class", f"callout callout-{box.kind}" if box.kind else "callout")
        self._title(element, box, "summary" if box.folded else "p", "callout-title", label)
        if not box.folded:
            element.set("role", "note")
        if box.kind:
            element.set("aria-label", label)

    def _title(self, element: Element, box: Aside, tag: str, name: str, label: str = "") -> None:
        title = Element(tag, {"class": name})
        title.text = box.title or AtomicString(label)
        if box.headed and not box.title and len(element) and element[0].tag in HEADINGS:
            heading = element[0]
            element.remove(heading)
            title.text, title.attrib = heading.text, {**heading.attrib, "class": f"{name} anchored"}
        element.insert(0, title)


def _set_attributes(element: Element, token: Token) -> None:
    for name, value in token.attrs.items():
        if name == "style":
            element.set("style", f"{str(value).replace(':', ': ')};")
        elif name == "start":
            element.set("start", str(value))


def _put_tick(holder: Element, text: str, done: bool) -> None:
    label = SubElement(holder, "label")
    box = SubElement(label, "input", {"type": "checkbox", "disabled": "disabled"})
    if done:
        box.set("checked", "checked")
    box.tail = f" {text}"


def _put_into_tabs(tab: Element, holder: Element) -> None:
    """Put a tab with the tabs right before it, or into tabs of its own; in tabs it stands already."""
    before = list(holder)[-2:-1]
    if holder.get("class") == "tabs":
        return
    holder.remove(tab)
    if before and before[0].get("class") == "tabs":
        before[0].append(tab)
    else:
        SubElement(holder, "div", {"class": "tabs"}).append(tab)


def _part(tabs: Element) -> None:
    """Make tabs of what stands below each heading, where no tabs are there."""
    for child in [child for child in tabs if child.get("class") == "tabs"]:
        place = list(tabs).index(child)
        tabs.remove(child)
        for number, tab in enumerate(list(child)):
            tabs.insert(place + number, tab)
    if not any(child.get("class") == "tab" for child in tabs):
        _part_at_headings(tabs)


def _part_at_headings(tabs: Element) -> None:
    tab: Element | None = None
    for child in list(tabs):
        if child.tag in HEADINGS:
            tab = SubElement(tabs, "div", {"class": "tab"})
            tabs.remove(child)
            title = SubElement(tab, "p", {**child.attrib, "class": "tab-title anchored"})
            title.text = child.text
        elif tab is not None:
            tabs.remove(child)
            tab.append(child)


def _caption(figure: Element) -> None:
    """Make the caption of what stands below a picture."""
    rest = list(figure)[1:]
    if not rest:
        return
    caption = SubElement(figure, "figcaption")
    for block in rest:
        figure.remove(block)
        caption.append(block)
    if len(caption) == 1 and caption[0].tag == "p" and not len(caption[0]):
        caption.text = caption[0].text
        caption.remove(caption[0])


def _put_at_end(root: Element, notes: Mapping[str, Element]) -> None:
    listed = SubElement(SubElement(root, "section", {"class": "footnotes"}), "ol")
    for label, note in notes.items():
        note.set("id", f"fn-{anchor_of(label)}")
        listed.append(note)
