"""Questions as components: `<Question choices={[{text: "..", correct: true}]} />` and its kin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from coursewright.findings import messages
from coursewright.readers.quizzes.making import checked
from coursewright.readers.quizzes.mappings import first_number, question_in
from coursewright.readers.quizzes.numbers import marked_start
from coursewright.readers.quizzes.paragraphs import paragraph_above
from coursewright.readers.quizzes.scripts import ScriptError, value_of
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found

_NAME = (
    r"(?P<name>(?:[A-Z]\w*)?(?:Quiz|Question|MultipleChoice|MCQ|Mcq|TrueFalse|KnowledgeCheck|FillInTheBlank|Trivia)\w*)"
)
_OPENED = re.compile(rf"^\s*<{_NAME}(?=[\s/>]|$)")
_ATTRIBUTE = re.compile(r"\s*(?P<name>[A-Za-z_][\w-]*)\s*(?P<equals>=)?\s*")
_CHOICE = re.compile(
    r"<(?P<name>Choice|Answer|Option|Alternative)\b(?P<attributes>(?:[^<>{}\"']|\"[^\"]*\"|'[^']*'|\{[^{}]*\})*?)(?:/>|>(?P<text>.*?)</(?P=name)>)",
    re.DOTALL,
)
_LONGEST = 2_000
_MOST_BROKEN = 20


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in components."""
    return list(_spots(sheet))


def _spots(sheet: Sheet) -> Iterator[Found]:
    index = before = broken = 0
    while index < len(sheet.lines) and broken < _MOST_BROKEN:
        found = None if index in sheet.hidden else _OPENED.match(sheet.lines[index])
        if not found:
            index += 1
            continue
        found_spots, end = _component(sheet, before, index, found["name"], found.end())
        yield from found_spots
        broken += any(spot.question is None for spot in found_spots)
        index = max(end, index + 1)
        before = index if found_spots else before


def _component(sheet: Sheet, before: int, index: int, name: str, start: int) -> tuple[list[Found], int]:
    """Return the questions of a component, and the index of the line after it."""
    text = "\n".join((sheet.lines[index][start:], *sheet.lines[index + 1 : index + _LONGEST]))
    try:
        values, at, closed = _attributes(text)
    except ScriptError as error:
        finding = messages.QUESTION_LEFT_OUT.at(sheet.place(index), reason=f"<{name}> cannot be read: {error}")
        return [Found(index, index + 1 + text[: error.at].count("\n"), None, (finding,))], index + 1
    inner = ""
    if not closed:
        stop = text.find(f"</{name}>", at)
        inner, at = (text[at:stop], stop + len(name) + 3) if stop >= 0 else ("", at)
    end = index + text.count("\n", 0, at) + 1
    mappings = list(_mappings(values, inner))
    if not mappings:
        return [], end
    return list(_made(sheet, before, index, end, mappings)), end


def _made(sheet: Sheet, before: int, index: int, end: int, mappings: list[dict[str, Any]]) -> Iterator[Found]:
    counted = first_number(mappings)
    for number, mapping in enumerate(mappings):
        first, stem = (index, "") if number else _above(sheet, before, index, mapping)
        question = question_in({**mapping, "question": stem} if stem else mapping, counted)
        if question is None:
            continue
        question = replace(question, line=sheet.line(first))
        question, findings = checked(question, sheet.place(index))
        yield Found(first if not number else end, end, question, tuple(findings))


def _above(sheet: Sheet, before: int, index: int, mapping: dict[str, Any]) -> tuple[int, str]:
    """Return where a question begins whose component does not say what is asked, and what that is."""
    asked = question_in(mapping)
    if asked is not None and asked.stem:
        return index, ""
    for at in range(index - 1, before - 1, -1):
        if heading := sheet.heading(at):
            start = marked_start(sheet, at)
            words = start.text if start and start.text else heading[1]
            rest = trimmed(sheet.lines[at + 1 : index])
            return at, f"{words}\n\n{rest}" if rest else words
        if sheet.is_rule(at) or sheet.lines[at].lstrip().startswith(("/>", "</")):
            break
    first = paragraph_above(sheet, before, index)
    return first, sheet.text(first, index)


def _mappings(values: dict[str, Any], inner: str) -> Iterator[dict[str, Any]]:
    """Yield what each question of a component is made of."""
    several = next(
        (values[name] for name in ("questions", "quiz", "items", "data") if isinstance(values.get(name), list)), None
    )
    if several is not None:
        yield from (one for one in several if isinstance(one, dict))
        return
    within = list(_choices(inner))
    if within:
        rest = _CHOICE.sub("", inner)
        prompt = re.sub(r"</?[A-Z]\w*[^>]*>", "", rest).strip()
        yield {"question": prompt, **values, "choices": within}
    elif values:
        yield values


def _choices(inner: str) -> Iterator[dict[str, Any]]:
    for found in _CHOICE.finditer(inner):
        try:
            attributes, _, _ = _attributes(f"{found['attributes']}/>")
        except ScriptError:
            continue
        yield {"text": " ".join((found["text"] or "").split()), **attributes}


def _attributes(text: str) -> tuple[dict[str, Any], int, bool]:
    """Return the attributes of a component, where they end, and whether it is closed there."""
    values: dict[str, Any] = {}
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if text.startswith("/>", at):
            return values, at + 2, True
        if text.startswith(">", at):
            return values, at + 1, False
        found = _ATTRIBUTE.match(text, at)
        if not found:
            raise ScriptError("its attributes are broken", at)
        name, at = found["name"], found.end()
        if not found["equals"]:
            values[name] = True
            continue
        values[name], at = value_of(text, at)
