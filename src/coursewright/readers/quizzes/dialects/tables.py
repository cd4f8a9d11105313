"""A table with a question in each row: columns for what is asked, for the options, and for the key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursewright.course.quiz import Feedback
from coursewright.frozen import frozen
from coursewright.readers.quizzes.letters import named_in
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found
from coursewright.readers.quizzes.wording import heading_label, unmarked
from coursewright.text.names import normal

_CELLS = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)+$")
_ASKED = re.compile(r"^(?:questions?|frage|pregunta|pergunta|domanda|vraag|prompt|stem|statement)$", re.IGNORECASE)
_OPTION = re.compile(
    r"^(?:(?:options?|choices?|answers?|antwort|réponse|opción|respuesta|opção|opzione|risposta|optie)\s*)?[#(]?(?:[A-J]|\d)[).]?$",
    re.IGNORECASE,
)


@frozen
class _Columns:
    asked: int
    options: tuple[int, ...]
    key: int
    why: int | None


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions that stand in tables: each row that has a text, options and a key."""
    rows = (at for at in range(1, len(sheet.lines)) if "|" in sheet.lines[at] and _RULE.match(sheet.lines[at]))
    return [found for at in rows if at not in sheet.hidden for found in _table(sheet, at)]


def _table(sheet: Sheet, rule: int) -> Iterator[Found]:
    """Yield the questions of the table whose second line is `rule`."""
    columns = _columns(_cells(sheet.lines[rule - 1]))
    at, first = rule + 1, rule - 1
    while columns and at < len(sheet.lines) and "|" in sheet.lines[at]:
        if found := _row(sheet, at, first, columns):
            yield found
            first = at + 1
        at += 1


def _cells(line: str) -> list[str]:
    line = line.strip()
    line = line[1:] if line.startswith("|") else line
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [cell.replace("\\|", "|").strip() for cell in _CELLS.split(line)]


def _columns(head: Sequence[str]) -> _Columns | None:
    """Return which columns hold what, None where a table holds no questions with options."""
    names = [unmarked(name) for name in head]
    asked = [at for at, name in enumerate(names) if _ASKED.match(name)]
    options = tuple(at for at, name in enumerate(names) if _OPTION.match(name))
    labels = {at: heading_label(name) for at, name in enumerate(names) if at not in options and at not in asked}
    told = {label.what: at for at, label in labels.items() if label}
    if len(asked) != 1 or len(options) < 2 or "answer" not in told:
        return None
    return _Columns(asked[0], options, told["answer"], told.get("why"))


def _row(sheet: Sheet, at: int, first: int, columns: _Columns) -> Found | None:
    cells = _cells(sheet.lines[at])
    if len(cells) <= max(columns.asked, columns.key, *columns.options):
        return None
    texts = [cells[one] for one in columns.options if cells[one]]
    why = cells[columns.why] if columns.why is not None and columns.why < len(cells) else ""
    right = _right(cells[columns.key], texts)
    question = chosen(texts, right, stem=cells[columns.asked], told=Feedback(general=why), line=sheet.line(at))
    question, findings = checked(question, sheet.place(at))
    return Found(first, at + 1, question, tuple(findings))


def _right(key: str, texts: Sequence[str]) -> list[int]:
    """Return the options that a key names: by letters, in words, or by a number."""
    key = unmarked(key)
    same = [at for at, text in enumerate(texts) if normal(text) == normal(key)]
    if same:
        return same[:1]
    named = named_in(key)
    places = [ord(letter) - ord("A") for letter in named.letters] if named else []
    places = places or [int(number) - 1 for number in re.findall(r"\d{1,2}", key)]
    return places if all(0 <= place < len(texts) for place in places) else []
