"""Raspberry Pi's questions: `--- question ---`, `--- choices ---`, `- (x) right` and feedback after each choice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from coursewright.course.quiz import Question
from coursewright.findings.finding import Finding
from coursewright.frozen import slotted
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found

_DIRECTIVE = re.compile(r"^\s*---\s*(?P<end>/?)\s*(?P<name>question|choices|feedback|hints?)\s*---\s*$", re.IGNORECASE)
_CHOICE = re.compile(r"^\s*[-*+]\s+(?:\((?P<one>[ xX]?)\)|\[(?P<many>[ xX]?)\])(?P<text>\s.*|)$")
_FRONT = re.compile(r"^\s*(?P<name>[\w-]+)\s*:\s*(?P<value>.*)$")


@slotted
class _Reading:
    first: int
    stem: list[str] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    told: list[list[str]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    many: bool = False
    state: str = "question"


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions between `--- question ---` and its end."""
    return list(_spots(sheet))


def _spots(sheet: Sheet) -> Iterator[Found]:
    reading: _Reading | None = None
    for index, line in enumerate(sheet.lines):
        found = None if index in sheet.fences else _DIRECTIVE.match(line)
        name = found["name"].lower() if found else ""
        if name == "question" and found:
            if reading:
                yield _spot(reading, index + bool(found["end"]), sheet)
            reading = None if found["end"] else _Reading(index)
        elif reading and found:
            reading.state = _after(name) if found["end"] else name
        elif reading:
            _read(reading, line)
    if reading and reading.texts:
        yield _spot(reading, len(sheet.lines), sheet)


def _after(name: str) -> str:
    return {"feedback": "choices", "hint": "question", "hints": "question"}.get(name, "end")


def _read(reading: _Reading, line: str) -> None:
    choice = _CHOICE.match(line)
    if reading.state in ("choices", "feedback") and choice:
        reading.many = reading.many or choice["many"] is not None
        if (choice["one"] or choice["many"] or "").strip():
            reading.right.append(len(reading.texts))
        reading.texts.append([choice["text"]])
        reading.told.append([])
        reading.state = "choices"
    elif reading.state == "feedback":
        (reading.told[-1] if reading.told else reading.stem).append(line)
    elif reading.state == "choices" and reading.texts:
        reading.texts[-1].append(line)
    elif reading.state in ("hint", "hints"):
        reading.hints.append(line)
    elif reading.state == "question":
        reading.stem.append(line)


def _spot(reading: _Reading, end: int, sheet: Sheet) -> Found:
    question, findings = _question(reading, sheet)
    return Found(reading.first, end, question, tuple(findings))


def _question(reading: _Reading, sheet: Sheet) -> tuple[Question, list[Finding]]:
    stem = trimmed(_fenced(_without_front(reading.stem)))
    title = re.match(r"#{1,6}\s+(?P<text>.*)\n+(?=\S)", stem)
    words = stem[title.end() :] if title else re.sub(r"^#{1,6}\s+", "", stem)
    texts = [_text(one) for one in reading.texts]
    question = chosen(
        texts,
        reading.right,
        stem=words,
        many=reading.many,
        feedback=[trimmed(one) for one in reading.told],
        line=sheet.line(reading.first),
        title=title["text"].strip() if title else "",
        hints=tuple(filter(None, [trimmed(reading.hints)])),
    )
    return checked(question, sheet.place(reading.first))


def _text(lines: list[str]) -> str:
    """Return what a choice says: words beside its mark, or a picture or code below it."""
    rest = trimmed(_fenced(lines[1:]))
    return f"{lines[0].strip()}\n{rest}".strip()


def _fenced(lines: list[str]) -> list[str]:
    """Return lines in which `--- code ---` is a fence as other Markdown has it."""
    kept: list[str] = []
    state = ""
    for line in lines:
        mark = re.fullmatch(r"\s*---\s*(/?)\s*code\s*---\s*", line)
        if mark:
            kept += ["```"] if mark[1] or state == "code" else []
            state = "" if mark[1] else "head"
        elif state == "head" and (line.strip() in ("", "---") or _FRONT.match(line)) and "```" not in kept[-1:]:
            language = re.match(r"\s*language\s*:\s*(\w+)", line)
            kept += [f"```{language[1]}"] if language else []
            state = "code" if line.strip() == "---" and kept and kept[-1].startswith("```") else state
        else:
            kept.append(line)
    return kept


def _without_front(lines: list[str]) -> list[str]:
    """Return lines without the front matter that each question has of its own."""
    kept = lines[next((at for at, line in enumerate(lines) if line.strip()), len(lines)) :]
    if not kept or kept[0].strip() != "---":
        return kept
    end = next((at for at in range(1, len(kept)) if kept[at].strip() == "---"), 0)
    is_front = end and all(not line.strip() or _FRONT.match(line) for line in kept[1:end])
    return kept[end + 1 :] if is_front else kept
