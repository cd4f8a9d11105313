"""Elements of HTML that a page hides: folds where something visible opens them, such as a button; else for staff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from coursewright.frozen import slotted
from coursewright.readers.folder.elements import HtmlElement, elements_of, is_hiding, words_of
from coursewright.readers.folder.forms import FOLD_ENDS, folded
from coursewright.readers.folder.lines import Lines, code_marks, hold, on_line
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.text.markdown.values import Text

_BARE = frozenset({"div", "p", "section", "aside", "span"})  # others mean something around what stands in them
_NEVER = frozenset({"script", "template"})
_ASKING = re.compile(r"\bdata-|\b(?:quiz|question|option|choice|feedback)", re.IGNORECASE)  # a dialect reads these
_BUTTON = re.compile(
    r"[ \t]*<(?P<tag>button|a)\b"
    r"(?P<given>(?:(?=[^<>]{0,500}?\bclass\s*=\s*[\"']?[^\"'<>]{0,200}?\b(?:accordion|collaps|toggle|expand|reveal))"
    r"|(?=[^<>]{0,500}?\b(?:on\w+\s*=|data-(?:bs-)?(?:toggle|target)\b|href\s*=\s*[\"']?(?:#|javascript:))))"
    r"[^<>]{0,500})>(?P<text>[^<>]{1,80})</(?P=tag)>[ \t]*$",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"<(?P<tag>button|a|input|label|summary|select|img|span|div|p|li|h[1-6])\b(?P<given>[^<>]{1,500})>"
    r"(?:(?P<text>[^<>]{1,80})</(?P=tag)>)?|<script\b[^<>]{0,200}>(?P<script>[^<]*+(?:<(?!/?script\b)[^<]*+)*+)</script\s*>",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?<![\w-])(?:on\w+|data-[\w-]+|href|for|aria-controls)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+))",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"\s*javascript:", re.IGNORECASE)
_NAME = re.compile(r"[\w-]+")
_SELECTED = re.compile(r"\.([\w-]+)")  # a class, as selectors name it
_BOUNDS = re.compile(r"[\s\"'`(),;#<>=\[\]{}]+\.?")
_TARGET = re.compile(r"\b(?:href|data-(?:bs-)?target)\s*=\s*[\"']?#(?P<id>[\w-]+)", re.IGNORECASE)
_NAMES = re.compile(
    r"(?<![\w-])(?P<what>id|class)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+))",
    re.IGNORECASE,
)
_COMPUTED = re.compile(r"(?<![\w-])hidden\s*=\s*\{(?!\s*true\b)")  # by JSX, from what is clicked
_SHOWN = re.compile(  # one after another, by the script of a theme, unless it is called notes or an answer
    r"(?!.*(?:notes?\b|answer|solution|staff|teacher|instructor|\bkeys?\b))"
    r"(?:.*(?<![\w-])role\s*=\s*[\"']?tabpanel"
    r"|.*(?<![\w-])class\s*=\s*(?:\"[^\"]*?|'[^']*?)(?:\btab(?:s\b|\b|-?pane|-?content)|slides?\b|carousel|accordion))",
    re.IGNORECASE | re.DOTALL,
)
_ROW = re.compile(r"[ \t]*\|")
_LONGEST = 1_000
_TITLE = "Details"
_FOR_STAFF = "Instructor notes"


def with_hidden_folded(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with folds in place of what is hidden, each named as what opens it, or else for staff."""
    if not _may_hide(lines):
        return lines
    marks = code_marks(lines, notebook=rewriting.notebook)
    openers = _openers(lines, marks)
    folding = _Folding(lines, marks)
    for one in elements_of(lines, marks):
        if folding.is_past(one) or not _is_hidden(one) or _ASKING.search(one.given) or not words_of(one.content(lines)):
            continue
        in_row = bool(_ROW.match(folding.up_to(one)))
        title = (None if in_row else folding.button(one)) or openers.words_for(one)
        before = folding.up_to(one).strip()
        if title is None and (in_row or before or folding.is_in_paragraph):
            folding.put_off(one)
        elif not in_row and (not before or one.tag == "span"):
            folding.fold(one, title or _FOR_STAFF)
    return folding.ended()


def hidden_lines(lines: Lines, rewriting: Rewriting) -> list[bool]:
    """Return of each line whether all of it is hidden, and nothing opens it: what no dialect has read."""
    hidden = [False] * len(lines)
    if not _may_hide(lines):
        return hidden
    marks = code_marks(lines, notebook=rewriting.notebook)
    openers = _openers(lines, marks)
    for one in elements_of(lines, marks):
        is_alone = not (lines[one.start.line][: one.start.at] + lines[one.end.line][one.end.at :]).strip()
        if is_alone and _is_hidden(one) and words_of(one.content(lines)) and openers.words_for(one) is None:
            hidden[one.start.line : one.end.line + 1] = [True] * (one.end.line + 1 - one.start.line)
    return hidden


def _may_hide(lines: Lines) -> bool:
    return hold(lines, "none", "hidden", "HIDDEN", "Hidden", "NONE") and hold(lines, "<")


def _is_hidden(one: HtmlElement) -> bool:
    return one.is_hidden and one.tag not in _NEVER and one.end.line - one.start.line < _LONGEST


# --- what opens it ---


@slotted
class _Openers:
    """What may open something on a page: the words on the first that leads to an id, or to a class."""

    ids: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)

    def learn(self, leads: str, words: str, *, is_script: bool) -> None:
        """Add what a control says of where it leads: a script may name a class by its word alone."""
        named = {*_NAME.findall(leads), *filter(None, _BOUNDS.split(leads))}
        for name in named:
            self.ids.setdefault(name, words or _TITLE)
        for name in named if is_script else _SELECTED.findall(leads):
            self.classes.setdefault(name, words or _TITLE)

    def words_for(self, one: HtmlElement) -> str | None:
        """Return the words on what leads to an element by its id, or else by a class of it; None where nothing does."""
        own = dict(_values(_NAMES, one.given))
        known = (self.classes.get(name) for name in own.get("class", "").split())
        words = self.ids.get(own.get("id", "")) or next((words for words in known if words), None)
        return words or (_TITLE if _COMPUTED.search(one.given) or _SHOWN.match(one.given) else None)


def _openers(lines: Lines, marks: Sequence[bool]) -> _Openers:
    """Return what on a page may open something: scripts, and what is not hidden itself."""
    text = "\n".join("" if is_code else line for line, is_code in zip(lines, marks, strict=True))
    found = _Openers()
    for one in _CONTROL.finditer(text):
        if one["script"] is not None:
            found.learn(one["script"], "", is_script=True)
            continue
        for name, value in () if is_hiding(one["given"]) else _values(_LEADS, one["given"]):
            is_script = name.startswith("on") or bool(_SCRIPT.match(value))
            if is_script or name != "href" or value.lstrip().startswith("#"):  # others lead off the page
                found.learn(value, " ".join((one["text"] or "").split()), is_script=is_script)
    return found


def _values(pattern: re.Pattern[str], given: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes of a tag that a pattern finds, each with its value."""
    for one in pattern.finditer(given):
        yield one[0].partition("=")[0].strip().lower(), one["double"] or one["single"] or one["bare"] or ""


# --- what stands in its place ---


@dataclass
class _Folding:
    """A document while what it hides is folded: what is kept of it, and what comes next."""

    lines: Lines
    marks: Sequence[bool]
    kept: Lines = field(default_factory=list)
    index: int = 0
    after: int = 0  # how much of the line that comes next is gone,
    before: str = ""  # and what is left before that
    waiting: Lines = field(default_factory=list)  # folds that come where a paragraph ends

    @property
    def is_in_paragraph(self) -> bool:
        """Whether the line above belongs to what stands on this one."""
        return bool(self.kept and self.kept[-1].strip())

    def is_past(self, one: HtmlElement) -> bool:
        """Say whether an element stands in what is folded already."""
        return (one.start.line, one.start.at) < (self.index, self.after)

    def up_to(self, one: HtmlElement) -> str:
        """Keep the lines before that on which an element begins; return what stands before it on its own."""
        while self.index < one.start.line:
            self._next()
        return self.before + self.lines[self.index][self.after : one.start.at]

    def _next(self) -> None:
        line, is_code = self.lines[self.index], self.marks[self.index]
        rest = self.before + line[self.after :]
        if not (self.after or self.before):
            self.kept.append(line)
        elif rest.strip():
            self.kept.append(Text(rest, line.line))
        self.index, self.after, self.before = self.index + 1, 0, ""
        if not rest.strip() and not is_code and self.waiting:
            self.kept += self.waiting
            self.waiting = []

    def button(self, one: HtmlElement) -> str | None:
        """Return what the button says right above an element, which goes, as the fold is its button."""
        before = self.up_to(one)
        above = next((at for at in range(len(self.kept) - 1, -1, -1) if self.kept[at].strip()), 0)
        is_beside = bool(before.strip())
        found = _BUTTON.match(before) if is_beside else _BUTTON.match(self.kept[above]) if self.kept else None
        if not found or not _is_for(found["given"], one):
            return None
        if is_beside:
            self.before, self.after = "", one.start.at
        else:
            del self.kept[above:]
        return found["text"].strip()

    def fold(self, one: HtmlElement, title: str) -> None:
        """Put a fold in place of an element."""
        line = self.lines[self.index]
        before = self.before + line[self.after : one.start.at]
        self.kept += [Text(before, line.line)] if before.strip() else []
        self.kept += self._folded(one, title)
        self.index, self.after, self.before = one.end.line, one.end.at, ""

    def put_off(self, one: HtmlElement) -> None:
        """Take an element out of a paragraph, and have it as a fold for staff behind that."""
        before = self.before + self.lines[self.index][self.after : one.start.at]
        self.waiting += self._folded(one, _FOR_STAFF)
        self.index, self.after, self.before = one.end.line, one.end.at, before

    def _folded(self, one: HtmlElement, title: str) -> Iterator[Text]:
        first, last = self.lines[one.start.line].line, self.lines[one.end.line].line
        tags = ("", "") if one.tag in _BARE else (f"<{one.tag}>", f"</{one.tag}>")
        content = one.content(self.lines)
        content = [f"{tags[0]}{content[0]}", *content[1:]]
        content[-1] += tags[1]
        yield from on_line(folded(title), first)
        yield from (Text(row, self.lines[one.inner.line + at].line) for at, row in enumerate(content))
        yield from on_line(FOLD_ENDS, last)

    def ended(self) -> Lines:
        """Return the whole document."""
        while self.index < len(self.lines):
            self._next()
        return [*self.kept, *self.waiting]


def _is_for(button: str, one: HtmlElement) -> bool:
    """Say whether a button is for the element below it: it leads to no other, by an id."""
    own = dict(_values(_NAMES, one.given)).get("id", "")
    target = _TARGET.search(button)
    return not target or target["id"] == own
