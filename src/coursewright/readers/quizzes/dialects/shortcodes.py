"""Hugo's shortcodes for questions: `{{<multiple-choice question=".." answers="a | b" correct="0" >}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.quiz import Question
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found

_OPENED = re.compile(
    r"\{\{[<%]\s*(?P<name>[\w-]*(?:multiple[-_]?choice|quiz|question|mcq)[\w-]*)\b(?!\s*\*/)", re.IGNORECASE
)
_CLOSED = re.compile(r"/?\s*[>%]\}\}")
_VALUE = re.compile(
    r"(?P<name>[\w-]+)\s*=\s*(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|`(?P<raw>[^`]*)`|'(?P<single>[^']*)'|(?P<bare>[^\s\"'`>]+))",
    re.DOTALL,
)
_LONGEST = 200


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in shortcodes."""
    return list(_spots(sheet)) if "{{" in sheet.whole else []


def _spots(sheet: Sheet) -> Iterator[Found]:
    index = 0
    while index < len(sheet.lines):
        found = None if index in sheet.hidden else _OPENED.search(sheet.lines[index])
        if not found:
            index += 1
            continue
        text, end = _call(sheet, index, found.end())
        question = _question(text)
        if question is not None:
            place = sheet.place(index)
            question, findings = checked(replace(question, line=place.line), place)
            yield Found(index, end, question, tuple(findings))
        index = max(end, index + 1)


def _call(sheet: Sheet, index: int, start: int) -> tuple[str, int]:
    """Return what stands in a shortcode, and the index of the line after it."""
    lines = [sheet.lines[index][start:]]
    end = index + 1
    while not _closes("\n".join(lines)) and end < min(len(sheet.lines), index + _LONGEST):
        lines.append(sheet.lines[end])
        end += 1
    text = "\n".join(lines)
    found = _CLOSED.search(_VALUE.sub(lambda one: "x" * len(one[0]), text))
    return text[: found.start()] if found else text, end


def _closes(text: str) -> bool:
    return bool(_CLOSED.search(_VALUE.sub("", text)))


def _question(text: str) -> Question | None:
    values = {found["name"].lower(): _said(found) for found in _VALUE.finditer(text)}
    stem = values.get("question") or values.get("q") or values.get("prompt") or ""
    answers = values.get("answers") or values.get("options") or values.get("choices") or ""
    delimiter = values.get("delimiter") or "|"
    if not answers:
        lettered = [
            values[name] for name in sorted(values) if re.fullmatch(r"(?:option|answer|choice)[-_]?[a-f1-6]", name)
        ]
        answers, delimiter = "\0".join(lettered), "\0"
    texts = [one.strip() for one in answers.split(delimiter)]
    if not stem or len(texts) < 2:
        return None
    told = [one.strip() for one in values.get("feedback", "").split(delimiter)] if values.get("feedback") else []
    right = _right(values.get("correct") or values.get("answer") or values.get("correctanswer") or "", texts)
    return chosen(texts, right, stem=stem.strip(), feedback=told if len(told) == len(texts) else ())


def _said(found: re.Match[str]) -> str:
    if found["double"] is not None:
        return re.sub(r"\\([\"\\])", r"\1", found["double"]).replace("\\n", "\n")
    return next(found[name] for name in ("raw", "single", "bare") if found[name] is not None)


def _right(correct: str, texts: list[str]) -> list[int]:
    numbers = [int(one) for one in re.findall(r"\d+", correct)]
    if numbers and re.fullmatch(r"[\d\s,|;]+", correct):
        return [number for number in numbers if number < len(texts)]
    if re.fullmatch(r"[a-zA-Z]", correct.strip()):
        return [ord(correct.strip().upper()) - ord("A")]
    return [at for at, text in enumerate(texts) if text == correct.strip()]
