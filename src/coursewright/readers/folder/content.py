"""From an author's dialect to plain GitHub Markdown, in pieces: what learners read, what staff read, and quizzes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import or_
from pathlib import Path

from coursewright.course.identifiers import part_key
from coursewright.course.quiz import Question, Quiz, each_question
from coursewright.course.values import Audience
from coursewright.findings.finding import Finding, Place
from coursewright.readers.folder.apart import without_staff
from coursewright.readers.folder.audiences import staff_lines, told_of_staff
from coursewright.readers.folder.bookdown import without_bookdown
from coursewright.readers.folder.calls import with_calls_kept
from coursewright.readers.folder.cells import with_cells_asked
from coursewright.readers.folder.chunks import with_references, without_chunks, without_marks
from coursewright.readers.folder.components import with_questions, without_components
from coursewright.readers.folder.directives import without_directives
from coursewright.readers.folder.displays import with_whole_formulas
from coursewright.readers.folder.document import Document, DocumentContent, Piece
from coursewright.readers.folder.facts import minutes_of, needs_of, title_of
from coursewright.readers.folder.gated import without_gates
from coursewright.readers.folder.handouts import without_layout
from coursewright.readers.folder.hidden import hidden_lines, with_hidden_folded
from coursewright.readers.folder.includes import with_includes
from coursewright.readers.folder.lines import Lines, begin, code_marks, heading_lines, on_line, without_comments
from coursewright.readers.folder.liquid import without_liquid
from coursewright.readers.folder.macros import is_liascript, without_macros
from coursewright.readers.folder.material import without_material
from coursewright.readers.folder.names import is_overview, titled, without_number
from coursewright.readers.folder.objectives import in_front, objectives_of
from coursewright.readers.folder.quotes import without_kramdown
from coursewright.readers.folder.rewriting import ContentOptions, Rewriting
from coursewright.readers.folder.shortcodes import without_shortcodes
from coursewright.readers.folder.sourcefolder import SourceFolder
from coursewright.readers.folder.widgets import with_widgets
from coursewright.readers.folder.wiki import without_wiki
from coursewright.readers.quizzes import divided, told_by
from coursewright.readers.quizzes.own import own_quiz
from coursewright.text.markdown.values import Prose, Text

MAX_LINES = 100_000
_OF_THE_PAGE = frozenset({"duration", "time", "minutes"})  # in front matter: how long a document takes
_RULE = re.compile(r" {0,3}(?:-{3,}|\*{3,}|_{3,})[ \t]*$")
_BOX = re.compile(r"[ \t]*:{3,}[ \t]*(?P<what>\S.*)?$")
_BOX_MARK = re.compile(r"[ \t]*:{3,}")


def content_of(
    document: Document, folder: SourceFolder | Path, options: ContentOptions | None = None
) -> tuple[DocumentContent, tuple[Finding, ...]]:
    """Return what a document says, and what was found on the way. It is read within the folder of its course alone."""
    if document.front.get("kind") == "quiz" and (asked := _own(document)):
        return asked
    source = folder if isinstance(folder, SourceFolder) else SourceFolder(folder)
    rewriting = Rewriting(document, source, options or ContentOptions())
    plain = _plain(document.numbered(MAX_LINES), rewriting)
    objectives = objectives_of(plain, document.front, notebook=rewriting.notebook)
    needs = needs_of(plain, document.front, notebook=rewriting.notebook)
    minutes = minutes_of(plain, document.front, notebook=rewriting.notebook)
    given = rewriting.title or _note_title(plain, rewriting)
    title, body = title_of(plain, document.front, given, notebook=rewriting.notebook)
    rewriting.title = str(title)
    body = [*_questions(document), *body, *_keypoints(document)]
    staff = staff_lines(body, rewriting)
    pieces = tuple(_pieces(body, staff, rewriting))
    rewriting.told()
    said = DocumentContent(title, pieces, objectives, needs, minutes, tuple(dict.fromkeys(rewriting.asked)))
    return said, tuple(rewriting.findings)


def _note_title(lines: Lines, rewriting: Rewriting) -> str:
    """Return the title of a note of a vault, which is its name where its highest headings are those of sections."""
    if not rewriting.options.names.wiki or is_overview(rewriting.document.relative):
        return ""
    highest = [one for one in heading_lines(lines) if one.level == 1]
    name = without_number(posixpath.basename(rewriting.document.relative))
    return (name if " " in name else titled(name)) if len(highest) > 1 else ""


def _own(document: Document) -> tuple[DocumentContent, tuple[Finding, ...]] | None:
    """Return a quiz that is written as ours are; None for one in another notation."""
    quiz, findings = own_quiz(document.front, document.lines, document.path, document.start)
    if not quiz.questions:
        return None
    quiz = replace(quiz, key=quiz.key or part_key("quiz", without_number(document.relative)))
    return DocumentContent(Text(quiz.title, 1), (Piece(quiz),)), tuple(findings)


def _plain(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return a document's lines in plain Markdown."""
    lines = with_includes(without_comments(lines, notebook=rewriting.notebook), rewriting)
    lines = with_hidden_folded(with_cells_asked(lines, rewriting), rewriting)
    lines = with_calls_kept(lines, rewriting)
    lines = without_chunks(with_widgets(without_marks(lines, rewriting), rewriting), rewriting)
    lines = with_references(
        without_directives(without_gates(without_material(lines, rewriting), rewriting), rewriting), rewriting
    )
    lines = without_layout(without_bookdown(lines, rewriting), rewriting)
    lines = without_macros(lines, rewriting)
    lines = without_shortcodes(lines, rewriting)
    if not is_liascript(rewriting.document.front):
        lines = without_liquid(lines, rewriting)
    lines = without_components(with_questions(lines, rewriting), rewriting)
    lines = without_wiki(lines, rewriting)
    return with_whole_formulas(_without_setup_in_rust(without_kramdown(lines)), notebook=rewriting.notebook)


def _without_setup_in_rust(lines: Lines) -> Lines:
    """Return lines without those that mdBook hides in code of Rust: they begin with `# `."""
    if not begin(lines, "```rust", "~~~rust"):
        return lines
    kept: Lines = []
    rust = False
    for line, code in zip(lines, code_marks(lines), strict=True):
        fence = code and line.startswith(("```", "~~~"))
        rust = (line[3:7] == "rust") if fence and not rust else rust and code and not fence
        text = line.strip()
        if not (rust and not fence and (text == "#" or text.startswith("# "))):
            kept.append(line)
    return kept


def _questions(document: Document) -> Lines:
    """Return the guiding questions that a lesson's header lists, as a box."""
    return _box("questions", document.front.get("questions"), document)


def _keypoints(document: Document) -> Lines:
    """Return the summary that a lesson's header lists, as a box."""
    return _box("keypoints", document.front.get("keypoints"), document)


def _box(name: str, values: object, document: Document) -> Lines:
    known = in_front({"objectives": values}) if isinstance(values, list) else ()
    if not known or any(line.startswith(":::") and name in line for line in document.lines):
        return []
    lines = ["", f":::: {name}", "", *(f"- {' '.join(one.split())}" for one in known), "", "::::", ""]
    return on_line(lines, 1)


def _pieces(lines: Lines, staff: Sequence[bool], rewriting: Rewriting) -> Iterator[Piece]:
    """Yield the pieces of a document in order. Staff's part of a text follows it, so that no list or box is torn."""
    found, findings = divided("\n".join(lines), rewriting.document.path, 1, title=rewriting.title)
    rewriting.findings += (_placed(one, lines, rewriting.document.path) for one in findings)
    around: list[str] = []
    hidden = _outside_quizzes(hidden_lines(lines, rewriting), found)
    unseen = [*map(or_, staff, hidden)]
    left = [is_hidden and not is_staffs for is_hidden, is_staffs in zip(hidden, staff, strict=True)]
    if any(left):
        rewriting.findings.append(told_of_staff(lines, left, rewriting))
    front = {name: value for name, value in rewriting.document.front.items() if name not in _OF_THE_PAGE}
    for part in found:
        if isinstance(part, Quiz):
            part = told_by(part, front) if part.graded else part
            index = _index(part.line, lines)
            audience = Audience.STAFF if lines and staff[index] else part.audience
            part, apart = (part, []) if audience is Audience.STAFF else without_staff(part, lines, staff)
            yield Piece(replace(_numbered(part, lines), audience=audience), audience)
            if rows := _trimmed((str(row), row.line) for row in apart):
                text = Prose(rows[0][1], "\n".join(row for row, _ in rows))
                yield Piece(text, Audience.STAFF, tuple(number for _, number in rows))
        else:
            yield from _texts(part, lines, unseen, around if len(found) > 1 else [])


def _outside_quizzes(marks: Sequence[bool], found: Iterable[Prose | Quiz]) -> list[bool]:
    """Return marks of lines without those on lines that quizzes have read."""
    kept = [False] * len(marks)
    for part in found:
        if isinstance(part, Prose):
            span = slice(part.line - 1, part.line + part.markdown.count("\n"))
            kept[span] = marks[span]
    return kept


def _index(line: int, lines: Sequence[Text]) -> int:
    return max(0, min(line - 1, len(lines) - 1))


def _placed(found: Finding, lines: Sequence[Text], path: str) -> Finding:
    """Return a finding at the line of the file, from one at a line of the plain text."""
    if found.place.path != path or not found.place.line or not lines:
        return found
    return replace(found, place=Place(path, lines[_index(found.place.line, lines)].line))


def _numbered(quiz: Quiz, lines: Lines) -> Quiz:
    """Return a quiz whose lines are those of the file."""
    line = lines[_index(quiz.line, lines)].line if lines else quiz.line
    questions = tuple(each_question(one, lambda question: _at(question, lines)) for one in quiz.questions)
    return replace(quiz, line=line, questions=questions)


def _at(question: Question, lines: Lines) -> Question:
    return replace(question, line=lines[_index(question.line, lines)].line) if question.line and lines else question


def _texts(part: Prose, lines: Lines, staff: Sequence[bool], around: list[str]) -> Iterator[Piece]:
    """Yield a text as what learners read of it, and what staff read.

    `around` are the lines that opened the boxes in which the text stands, and then those in which it ends.
    """
    first = part.line - 1
    rows = part.markdown.split("\n")
    places = [_index(first + at + 1, lines) for at in range(len(rows))]
    numbers = [lines[place].line for place in places]
    marks = [staff[place] for place in places]
    for audience, wanted in ((Audience.LEARNER, False), (Audience.STAFF, True)):
        chosen = _trimmed(_spaced(rows, numbers, marks, wanted))
        if audience is Audience.LEARNER:
            chosen = _boxed(chosen, around)
        if chosen:
            text = "\n".join(row for row, _ in chosen)
            yield Piece(Prose(chosen[0][1], text), audience, tuple(number for _, number in chosen))


def _boxed(rows: list[tuple[str, int]], around: list[str]) -> list[tuple[str, int]]:
    """Return lines with the boxes that a quiz cuts in two opened again before them, and closed after them."""
    before = [(line, rows[0][1]) for line in around for line in (line, "")] if rows else []
    for (row, _), code in zip(rows, code_marks(row for row, _ in rows), strict=True):
        found = None if code else _BOX.match(row)
        if found and found["what"]:
            around.append(row)
        elif found and around:
            around.pop()
    after = [("", 0), *((_BOX_MARK.match(line)[0], 0) for line in reversed(around))] if rows and around else []  # type: ignore[index]
    return [*before, *rows, *((line, rows[-1][1]) for line, _ in after)]


def _spaced(
    rows: Sequence[str], numbers: Sequence[int], marks: Sequence[bool], wanted: bool
) -> Iterator[tuple[str, int]]:
    """Yield the lines of one audience, with a blank line where some of the other's stood between them."""
    gap = False
    for row, number, mark in zip(rows, numbers, marks, strict=True):
        if mark is wanted:
            if gap and row.strip():
                yield "", number
            yield row, number
        gap = mark is not wanted


def _trimmed(rows: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return lines without blank ones and rules before and after them."""
    kept = list(rows)
    while kept and (
        not kept[-1][0].strip() or (_RULE.match(kept[-1][0]) and len(kept) > 1 and not kept[-2][0].strip())
    ):
        kept.pop()
    start = next((at for at, (row, _) in enumerate(kept) if row.strip() and not _RULE.match(row)), len(kept))
    return kept[start:]
