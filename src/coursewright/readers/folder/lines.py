"""The lines of a document: which of them are code, which are headings, and how the rest is rewritten line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from functools import lru_cache

from coursewright.frozen import frozen, slotted
from coursewright.readers.quizzes.fences import closes
from coursewright.text.markdown.headings import heading_on
from coursewright.text.markdown.values import Text

Lines = list[Text]

_KEPT = 8  # texts of which it is known what is code: the passes over a document leave most of its lines as they are
_PREFIX = r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*[ \t>]*"
_FENCE = re.compile(rf"(?P<prefix>{_PREFIX})(?P<mark>`{{3,}}|~{{3,}})(?P<info>.*)$")
_DIRECTIVE = re.compile(r"\s*\{(?P<name>[A-Za-z][\w:-]*)\}")
# What stands in braces after a fence and holds code: languages that notebooks run, and directives for listings.
_CODE_NAMES = re.compile(
    r"(?:r|python\d?|py|bash|sh|zsh|shell|console|julia|sql|js|javascript|ojs|observable|css|html|rust|c|cpp|java"
    r"|stan|rcpp"
    r"|fortran|perl|ruby|go|scala|yaml|json|toml|cat|asis|dot|graphviz|mermaid|math|code|code-block|code-cell"
    r"|sourcecode"
    r"|literalinclude|highlight|raw|eval-rst|csv-table|jupyter-execute|embed|webr(?:-r)?|pyodide(?:-python)?"
    r"|ipython3?"
    r"|prompt|parsed-literal|doctest|testcode|plantuml|wavedrom|tikz|d3|glue:.*|toctree|include)$",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)]|\[\^[^\]]+\]:|:|!!!|\?\?\?|===)(?:[ \t+]|$)")
_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|\$\$.+?\$\$")
_SETEXT = re.compile(r" {0,3}(?P<mark>=+|-+)[ \t]*$")
_INCLUDE = re.compile(r"\s*<!--\s*@include:")
_HTML_HEADING = re.compile(r"\s*<h(?P<level>[1-6])\b[^>]*>(?P<title>.*?)</h(?P=level)>\s*$", re.IGNORECASE)
_NOT_TEXT = re.compile(r"\s*(?:[-*+>|#]|\d+[.)]|<|:::|!!!|$)")


@slotted
class _Open:
    mark: str
    code: bool
    quoted: bool


@slotted
class Fences:
    """Knows line by line whether code is open. `notebook` says that every name in braces is a language, `indents` that
    what is indented is code.
    """

    notebook: bool = False
    indents: bool = True
    _open: list[_Open] = field(default_factory=list)
    _before: str = ""
    _in_list: bool = False
    _indented: bool = False

    @property
    def open(self) -> bool:
        """Whether the next line is in a fence of code."""
        return bool(self._open) and self._open[-1].code

    @property
    def ending(self) -> str:
        """What every line holds that ends the code that is open; "" where none is, or where lines end it otherwise."""
        return self._open[-1].mark if self.open and not self._open[-1].quoted else ""

    def feed(self, line: str) -> bool:
        """Take the next line and say whether it is code, or the fence of some."""
        if self._open and (current := self._open[-1]).code:
            if current.quoted and not line.lstrip().startswith(">"):
                self._open.pop()
                return self.feed(line)
            if current.mark in line and closes(line, current.mark):
                self._open.pop()
            return True
        if found := _fence(line):
            return self._fenced(line, found)
        return self._is_indented(line)

    def _fenced(self, line: str, found: re.Match[str]) -> bool:
        self._before, self._indented = line, False
        if self._open and closes(line, self._open[-1].mark):
            self._open.pop()
            return False
        named = _DIRECTIVE.match(found["info"])
        code = not named or self.notebook or bool(_CODE_NAMES.match(named["name"]))
        self._open.append(_Open(found["mark"], code, ">" in found["prefix"]))
        return code

    def _is_indented(self, line: str) -> bool:
        """Say whether a line is code by its indent: after a blank one, and in no list."""
        if not line.strip():
            self._before = ""
            return False
        if line.startswith(("    ", "\t")):
            self._indented = self.indents and not self._in_list and (self._indented or not self._before)
            self._before = line
            return self._indented
        self._in_list = bool(_LIST.match(line)) or (self._in_list and line.startswith(" "))
        self._before, self._indented = line, False
        return False


def on_line(rows: Iterable[str], number: int) -> Lines:
    """Return lines that all stand on one line of the file."""
    return [Text(row, number) for row in rows]


def hold(lines: Iterable[str], *signs: str) -> bool:
    """Say whether one of the signs stands anywhere in lines: one look, where a document has none of a dialect."""
    text = "\n".join(lines)
    return any(sign in text for sign in signs)


def begin(lines: Iterable[str], *signs: str) -> bool:
    """Say whether a line begins with one of the signs."""
    return hold(("", *lines), *(f"\n{sign}" for sign in signs))


def _fence(line: str) -> re.Match[str] | None:
    if "```" not in line and "~~~" not in line:
        return None
    found = _FENCE.match(line)
    return found if found and not (found["mark"][0] == "`" and "`" in found["info"]) else None


def code_marks(lines: Iterable[str], *, notebook: bool = False, indents: bool = True) -> tuple[bool, ...]:
    """Return of each line whether it is code, or a fence around some; whoever asks again gets what is known."""
    return _code_marks(tuple(lines), notebook, indents)


@lru_cache(maxsize=_KEPT)
def _code_marks(lines: tuple[str, ...], notebook: bool, indents: bool) -> tuple[bool, ...]:
    fences, mark = Fences(notebook, indents), ""
    marks: list[bool] = []
    for line in lines:
        if mark and mark not in line:  # most lines of most listings
            marks.append(True)
            continue
        marks.append(fences.feed(line))
        mark = fences.ending
    return tuple(marks)


def outside_code(line: str, change: Callable[[str], str]) -> str:
    """Return a line with a change made to all of it that is neither a code span nor a formula."""
    if "`" not in line and "$$" not in line:
        return change(line)
    parts: list[str] = []
    last = 0
    for span in _SPAN.finditer(line):
        parts += [change(line[last : span.start()]), span[0]]
        last = span.end()
    return "".join([*parts, change(line[last:])])


def without_spans(line: str) -> str:
    """Return a line as long as it was, with blanks for its code spans and formulas."""
    return _SPAN.sub(lambda span: " " * len(span[0]), line) if "`" in line or "$$" in line else line


def rewritten(lines: Lines, change: Callable[[str, int], str], *, notebook: bool = False) -> Lines:
    """Return lines with a change made to all text outside code; it is told the text and its line.

    A line of which nothing is left goes, so that it parts no paragraph.
    """
    kept: Lines = []
    for line, code in zip(lines, code_marks(lines, notebook=notebook), strict=True):
        if code:
            kept.append(line)
            continue
        changed = outside_code(line, lambda text, at=line.line: change(text, at))  # type: ignore[misc]
        if changed.strip() or not line.strip():
            kept += on_line(changed.split("\n"), line.line)
    return kept


def without_comments(lines: Sequence[Text], *, notebook: bool = False) -> Lines:
    """Return lines without the comments of HTML. One that never ends is text."""
    if not hold(lines, "<!--"):
        return list(lines)
    fences = Fences(notebook)
    kept: Lines = []
    begun: tuple[int, str] | None = None  # how many lines were kept, and what stood before the comment
    for number, line in enumerate(lines):
        rest: str = line
        if begun:
            if "-->" not in rest:
                continue
            rest = begun[1] + rest.split("-->", 1)[1]
        if not begun and (fences.open or "<!--" not in rest or _INCLUDE.match(rest)):
            fences.feed(rest)
            kept.append(line)
            continue
        rest, opened = _uncommented(rest)
        begun = None
        if opened is not None and any("-->" in later for later in lines[number + 1 :]):
            begun = (len(kept), rest)
            continue
        rest += opened or ""
        fences.feed(rest)
        if rest.strip() or not line.strip():
            kept.append(Text(rest, line.line))
    return kept


def _uncommented(line: str) -> tuple[str, str | None]:
    """Return a line without its comments, and what stands in one that does not end on it."""
    spans = [span.span() for span in _SPAN.finditer(line)]
    kept, at = "", 0
    while (start := line.find("<!--", at)) >= 0:
        inside = next((end for begin, end in spans if begin <= start < end), None)
        if inside is not None:
            kept, at = kept + line[at:inside], inside
            continue
        end = line.find("-->", start)
        if end < 0:
            return kept + line[at:start], line[start + 4 :]
        kept, at = kept + line[at:start], end + 3
    return kept + line[at:], None


@frozen
class HeadingLine:
    """A heading: its level, its text as written, the index of its line, and on how many lines it stands."""

    level: int
    title: str
    index: int
    height: int = 1


def heading_lines(lines: Sequence[str], *, notebook: bool = False) -> tuple[HeadingLine, ...]:
    """Return the headings outside code, of all three forms: with `#`, underlined, and in HTML on one line."""
    return _headings(tuple(lines), notebook)


@lru_cache(maxsize=_KEPT)
def _headings(lines: tuple[str, ...], notebook: bool) -> tuple[HeadingLine, ...]:
    return tuple(_each_heading(lines, code_marks(lines, notebook=notebook)))


def _each_heading(lines: Sequence[str], marks: Sequence[bool]) -> Iterator[HeadingLine]:
    for index, line in enumerate(lines):
        if marks[index]:
            continue
        if found := heading_on(line):
            yield HeadingLine(*found, index)
        elif html := _HTML_HEADING.match(line):
            yield HeadingLine(int(html["level"]), _untagged(html["title"]), index)
        elif underlined := _underlined(lines, index, marks):
            yield HeadingLine(1 if underlined == "=" else 2, line.strip(), index, 2)


def _underlined(lines: Sequence[str], index: int, marks: Sequence[bool]) -> str:
    """Return the mark that makes a line a heading by standing under it, or nothing."""
    below = lines[index + 1] if index + 1 < len(lines) and not marks[index + 1] else ""
    if not (found := _SETEXT.match(below)) or _NOT_TEXT.match(lines[index]):
        return ""
    return found["mark"][0] if not index or not lines[index - 1].strip() or marks[index - 1] else ""


def _untagged(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


_BOX = re.compile(r"(?P<indent>[ \t]*)(?P<mark>:{3,})[ \t]*(?P<what>\S.*)?$")


def dedented(lines: Lines) -> Lines:
    """Return lines with what stands in boxes moved left by as much as all of it is indented."""
    kept = list(lines)
    opened: list[int] = []
    for index, line in enumerate(lines):
        found = _BOX.match(line) if ":::" in line else None
        if found and found["what"]:
            opened.append(index)
        elif found and opened:
            start = opened.pop()
            inside = [one for one in kept[start + 1 : index] if one.strip() and not one.startswith(":::")]
            width = min((len(one) - len(one.lstrip(" ")) for one in inside), default=0)
            if width:
                kept[start + 1 : index] = [
                    one if one.startswith(":::") else Text(one[width:], one.line) for one in kept[start + 1 : index]
                ]
    return kept
