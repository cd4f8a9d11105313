"""Elements of HTML that a page hides: folds where something visible opens them, such as a button; else for staff."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from coursewright.frozen import frozen
from coursewright.readers.folder.elements import HtmlElement, elements_of, words_of
from coursewright.readers.folder.forms import FOLD_ENDS, folded
from coursewright.readers.folder.lines import Lines, code_marks, hold
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.text.markdown.values import Text

_BARE = frozenset({"div", "p", "section", "aside", "span"})  # others mean something around what stands in them
_NEVER = frozenset({"script", "template"})
_ASKING = re.compile(r"\bdata-|\b(?:quiz|question|option|choice|feedback)", re.IGNORECASE)  # a dialect reads these
_BUTTON = re.compile(
    r"[ \t]*<(?P<tag>button|a)\b"
    r"(?P<given>(?=[^<>]{0,500}?\b(?:on\w+\s*=|data-(?:bs-)?(?:toggle|target)\b|href\s*=\s*[\"']?(?:#|javascript:)))"
    r"[^<>]{0,500})>(?P<text>[^<>]{1,80})</(?P=tag)>[ \t]*$",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"<(?P<tag>button|a|input|label|summary|select|img|span|div|p|li|h[1-6])\b(?P<given>[^<>]{1,500})>"
    r"(?:(?P<text>[^<>]{1,80})</(?P=tag)>)?|<script\b[^<>]{0,200}>(?P<script>.*?)</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
_LEADS = re.compile(
    r"\b(?:on\w+|data-[\w-]+|href|for|aria-controls)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+))",
    re.IGNORECASE,
)
_TARGET = re.compile(r"\b(?:href|data-(?:bs-)?target)\s*=\s*[\"']?#(?P<id>[\w-]+)", re.IGNORECASE)
_NAMES = re.compile(
    r"\b(?P<what>id|class)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+))", re.IGNORECASE
)
_ROW = re.compile(r"[ \t]*\|")
_LONGEST = 1_000
_MOST_CONTROLS = 2_000
_TITLE = "Details"
_FOR_STAFF = "Instructor notes"


def with_hidden_folded(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with folds in place of what is hidden, each named as what opens it, or else for staff."""
    if not hold(lines, "none", "hidden", "HIDDEN", "Hidden", "NONE") or not hold(lines, "<"):
        return lines
    marks = code_marks(lines, notebook=rewriting.notebook)
    controls = _controls(lines, marks)
    folding = _Folding(lines, marks)
    for one in elements_of(lines, marks):
        if folding.is_past(one) or not _is_hidden(one) or _ASKING.search(one.given) or not words_of(one.content(lines)):
            continue
        in_row = bool(_ROW.match(folding.up_to(one)))
        title = (None if in_row else folding.button(one)) or _opener(one, controls)
        before = folding.up_to(one).strip()
        if title is None and (in_row or before or folding.is_in_paragraph):
            folding.put_off(one)
        elif not in_row and (not before or one.tag == "span"):
            folding.fold(one, title or _FOR_STAFF)
    return folding.ended()


def hidden_lines(lines: Lines, rewriting: Rewriting) -> list[bool]:
    """Return of each line whether all of it is hidden, and nothing opens it: what no dialect has read."""
    hidden = [False] * len(lines)
    if not hold(lines, "none", "hidden", "HIDDEN", "Hidden", "NONE") or not hold(lines, "<"):
        return hidden
    marks = code_marks(lines, notebook=rewriting.notebook)
    controls = _controls(lines, marks)
    for one in elements_of(lines, marks):
        is_alone = not (lines[one.start.line][: one.start.at] + lines[one.end.line][one.end.at :]).strip()
        if is_alone and _is_hidden(one) and words_of(one.content(lines)) and _opener(one, controls) is None:
            hidden[one.start.line : one.end.line + 1] = [True] * (one.end.line + 1 - one.start.line)
    return hidden


def _is_hidden(one: HtmlElement) -> bool:
    return one.is_hidden and one.tag not in _NEVER and one.end.line - one.start.line < _LONGEST


# --- what opens it ---


@frozen
class _Control:
    """What may open something: what it says of where it leads, whether as a script, and the words on it."""

    leads: str
    text: str
    is_script: bool = False


def _controls(lines: Lines, marks: Sequence[bool]) -> list[_Control]:
    """Return what on a page may open something."""
    text = "\n".join("" if is_code else line for line, is_code in zip(lines, marks, strict=True))
    found: list[_Control] = []
    for one in _CONTROL.finditer(text):
        if one["script"] is not None:
            found.append(_Control(one["script"], "", is_script=True))
        elif leads := " ".join(value for _, value in _values(_LEADS, one["given"])):
            found.append(_Control(leads, " ".join((one["text"] or "").split())))
        if len(found) > _MOST_CONTROLS:
            break
    return found


def _values(pattern: re.Pattern[str], given: str) -> Iterator[tuple[str, str]]:
    """Yield the attributes of a tag that a pattern finds, each with its value."""
    for one in pattern.finditer(given):
        yield one[0].partition("=")[0].strip().lower(), one["double"] or one["single"] or one["bare"] or ""


def _opener(one: HtmlElement, controls: Sequence[_Control]) -> str | None:
    """Return the words on what leads to an element by its id, or by a class in a script; None where nothing does."""
    names = dict(_values(_NAMES, one.given))
    known = [name for name in (names.get("id", ""), *names.get("class", "").split()) if name]
    for control in controls:
        if any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", control.leads) for name in known):
            return control.text or _TITLE
    return None


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
        yield from (Text(row, first) for row in folded(title))
        yield from (Text(row, self.lines[one.inner.line + at].line) for at, row in enumerate(content))
        yield from (Text(row, last) for row in FOLD_ENDS)

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
