"""R/exams' exercises of the type cloze: several parts in one text, each a number, a text, or one of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coursewright.course.quiz import Answer, Blank, Feedback, Question, QuestionKind
from coursewright.frozen import frozen
from coursewright.readers.quizzes.gaps import LINE
from coursewright.readers.quizzes.making import chosen
from coursewright.readers.quizzes.sheet import below_first, trimmed
from coursewright.text.names import shortened

_ITEM = re.compile(r"[-*+]\s+(?P<text>.*)$")
_PLACE = re.compile(r"##ANSWER(?P<number>\d{1,3})##")
_CHOICES = ("schoice", "mchoice")
_WRITTEN = ("essay", "file", "verbatim")
_KINDS = ("num", "string", *_CHOICES, *_WRITTEN)


@frozen
class _Part:
    """A part of a cloze: its kind, what is right, how far from it a number may be, and the items that belong to it."""

    kind: str
    solution: str
    near: str
    items: tuple[str, ...]
    said: tuple[str, ...]


def cloze(fields: Mapping[str, str], sections: Mapping[str, tuple[str, ...]]) -> Iterator[Question]:
    """Yield the questions of a cloze: one text with gaps, or a question a part where these are more than gaps."""
    stem, told = trimmed(sections.get("question", ())), trimmed(sections.get("solution", ()))
    parts = _parts(
        fields, items_in(sections.get("question answerlist", ())), items_in(sections.get("solution answerlist", ()))
    )
    if not stem or parts is None:
        return
    title, placed = fields.get("exname", ""), _PLACE.findall(stem)
    if placed and sorted(map(int, placed)) != [*range(1, len(parts) + 1)]:
        return
    if len(parts) > 1 and all(part.kind in ("num", "string", "schoice") for part in parts):
        said = "\n".join(f"- {one}" for part in parts for one in part.said if one)
        question = _gapped(stem, parts, placed=bool(placed))
        general = "\n\n".join(filter(None, (told, said)))
        yield replace(question, title=title, feedback=Feedback(general=general))
        return
    for at, part in enumerate(parts):
        text = _PLACE.sub(lambda found, at=at: LINE if int(found["number"]) == at + 1 else f"({found['number']})", stem)  # type: ignore[misc]
        yield _alone(text, part, title, told)


def refused(fields: Mapping[str, str], sections: Mapping[str, tuple[str, ...]]) -> str:
    """Return why a cloze is not read."""
    kinds = [one.strip().lower() for one in fields.get("exclozetype", "").split("|")]
    unknown = [one for one in kinds if one not in _KINDS]
    if unknown:
        return (
            f"its exclozetype {shortened(unknown[0], 40)} is not known"
            if unknown[0]
            else "it has no exclozetype for one of its parts"
        )
    parts = _parts(
        fields, items_in(sections.get("question answerlist", ())), items_in(sections.get("solution answerlist", ()))
    )
    if parts is None:
        return "its exclozetype, its exsolution, its extol and its list of answers do not fit one another"
    if trimmed(sections.get("question", ())):
        return f"its places are not ##ANSWER1## to ##ANSWER{len(parts)}##, each of them once"
    return "it asks nothing"


def _parts(fields: Mapping[str, str], items: list[str], said: list[str]) -> list[_Part] | None:
    """Return the parts of a cloze; None where its kinds, its solutions and its items do not fit one another."""
    solutions = [one.strip() for one in fields["exsolution"].split("|")]
    kinds = [one.strip().lower() for one in fields.get("exclozetype", "").split("|")]
    near = [one.strip() for one in fields.get("extol", "0").split("|")]
    near = near * len(solutions) if len(near) == 1 else near
    if not len(solutions) == len(kinds) == len(near):
        return None
    counts = [len(one) if kind in _CHOICES else 1 for kind, one in zip(kinds, solutions, strict=True)]
    if not any(kind in _CHOICES for kind in kinds) and not items:
        counts = [0] * len(kinds)
    if sum(counts) != len(items):
        return None
    said = said if len(said) == len(items) else [""] * len(items)
    parts: list[_Part] = []
    for kind, solution, tolerance, count in zip(kinds, solutions, near, counts, strict=True):
        parts.append(_Part(kind, solution, tolerance, tuple(items[:count]), tuple(said[:count])))
        items, said = items[count:], said[count:]
    return parts if all(part.kind in _KINDS for part in parts) else None


def _gapped(stem: str, parts: Sequence[_Part], *, placed: bool) -> Question:
    """Return a text with gaps, at their places or below it."""
    blanks: list[Blank] = []
    rows: list[str] = []
    for number, part in enumerate(parts, 1):
        options = part.items if part.kind == "schoice" else ()
        blanks.append(Blank(str(number), _answers(part), tuple(dict.fromkeys(options))))
        label = "" if options else " ".join(part.items)
        rows += [] if placed and not label else [f"{number}. {label} [[{number}]]".replace("  ", " ")]
    if placed:
        rows = [row.replace(f" [[{number}]]", "") for number, row in enumerate(rows, 1)]
    stem = _PLACE.sub(r"[[\g<number>]]", stem)
    return Question("", QuestionKind.BLANKS, "\n\n".join(filter(None, (stem, "\n".join(rows)))), blanks=tuple(blanks))


def _answers(part: _Part) -> tuple[Answer, ...]:
    if "`" in part.solution:  # what R makes of it nobody knows here
        return ()
    if part.kind == "schoice":
        return tuple(Answer(text) for text, sign in zip(part.items, part.solution, strict=False) if sign == "1")
    if part.kind == "num":
        value = number_of(part.solution)
        near = abs(number_of(part.near) or 0.0)
        return (Answer(part.solution, value=value, tolerance=near),) if value is not None else ()
    return (Answer(part.solution, exact_case=True),) if part.solution else ()


def _alone(stem: str, part: _Part, title: str, told: str) -> Question:
    """Return a part as a question of its own, below the text of all."""
    feedback = Feedback(general=told)
    if part.kind in _CHOICES:
        right = [at for at, sign in enumerate(part.solution) if sign == "1"]
        return chosen(
            part.items, right, stem=stem, many=part.kind == "mchoice", feedback=part.said, told=feedback, title=title
        )
    stem = "\n\n".join(filter(None, (stem, " ".join(part.items))))
    kind = {"num": QuestionKind.NUMBER, "string": QuestionKind.TEXT}.get(part.kind, QuestionKind.ESSAY)
    answers = _answers(part) if kind is not QuestionKind.ESSAY else ()
    if kind is QuestionKind.NUMBER:
        answers = tuple(replace(one, text="") for one in answers)
    return Question(
        "", kind, stem, title=title, answers=answers, feedback=feedback, graded=kind is not QuestionKind.ESSAY
    )


def number_of(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def items_in(lines: tuple[str, ...]) -> list[str]:
    """Return the items of a list, each with the lines that belong to it."""
    items: list[list[str]] = []
    for line in lines:
        found = _ITEM.match(line)
        if found:
            items.append([found["text"]])
        elif items:
            items[-1].append(line)
    return ["\n".join(below_first(one)).strip() for one in items]
