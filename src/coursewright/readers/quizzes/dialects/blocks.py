"""Blocks named after quizzes: ```` ```mcq ```` of mkdocs-mcq, ```` ```quiz ```` of Obsidian, and directives of MyST.

Their documentation says: mkdocs-mcq has YAML between rules above boxes, and quotes below them say why. Obsidian's hold
YAML, or options that begin with `-- A` and end with `-- Answer`. munchboka-edutools' `{quiz}` has lines with `Q:`, `+`
before what is right and `-` before what is wrong; its `{quiz-question}` holds `{quiz-answer}`, of which some have
`:correct:`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.quiz import Question
from coursewright.findings import messages
from coursewright.readers.quizzes.fences import Ends, closing
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.mappings import first_number, question_in
from coursewright.readers.quizzes.sheet import Sheet, below_first, trimmed
from coursewright.readers.quizzes.spots import Found
from coursewright.text.yaml import YamlError, read_yaml

_OPENED = re.compile(
    r"\s*(?:(?P<fence>`{3,}|~{3,})\s*(?P<name>quiz|mcq)|(?P<mark>`{3,}|~{3,}|:{3,})\s*\{(?P<directive>quiz|quiz-question)\})\s*$"
)
_HOLDER = re.compile(r"\s*(?P<mark>:{3,}|`{3,})\s*\{quiz-2\}\s*$")
_DIRECTIVE = re.compile(r"\s*(?P<mark>`{3,}|~{3,})\s*\{(?!quiz\})[\w-]+\}")
_FENCE = re.compile(r"\s*(?P<mark>`{3,}|~{3,})[^`{]*$")
_ANSWER = re.compile(r"\s*(?P<mark>`{3,}|~{3,}|:{3,})\s*\{quiz-answer\}\s*$")
_OPTION = re.compile(r"\s*:(?P<name>[\w-]+):\s*(?P<value>.*)$")
_TASK = re.compile(r"\s*[-*+]\s+\[(?P<tick>[ xX]?)\](?=\s|$)\s*(?P<text>.*)$")
_QUOTE = re.compile(r"\s*>\s?(?P<text>.*)$")
_LETTERED = re.compile(r"--\s*(?P<name>\w{1,20})\s*(?P<text>.*)$")
_ASKED = re.compile(r"Q:\s*(?P<text>.*)$")
_MOST_BROKEN = 200
_LONGEST = 100
_SIGNED = re.compile(r"(?P<sign>[-+])\s+(?P<text>\S.*)$")


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in such blocks."""
    return list(_spots(sheet)) if "quiz" in sheet.whole or "mcq" in sheet.whole else []


def _spots(sheet: Sheet) -> Iterator[Found]:
    index = broken = 0
    known = Ends(sheet.lines)
    around = ""  # the mark of the directive that holds questions
    begin = 0
    ends: set[int | None] = set()  # of directives that hold anything
    while index < len(sheet.lines) and broken < _MOST_BROKEN:
        line = sheet.lines[index]
        if directive := _DIRECTIVE.match(line):
            ends.add(closing(sheet.lines, index, directive["mark"], _LONGEST))
        holder = _HOLDER.match(line)
        if holder:
            around, begin, index = holder["mark"], index, index + 1
            continue
        found = _OPENED.match(line)
        other = None if found or index in ends else _FENCE.match(line)
        mark = (found["fence"] or found["mark"]) if found else other["mark"] if other else ""
        end = known.after(index, mark) if mark else None
        if end is None:
            broken += bool(mark)
            begin = begin if around and not line.strip() else index + 1
            index += 1
            continue
        below = next((at for at in range(end + 1, len(sheet.lines)) if sheet.lines[at].strip()), end)
        last = below if around and sheet.lines[below].strip() == around else end
        spots = list(_found(sheet, begin if found and around else index, index, last + 1)) if found else []
        yield from spots
        broken += bool(found and not spots)  # such may lie in one another, each to the end
        index = last + 1 if spots or other else index + 1
        begin, around = index, "" if last > end else around


def _found(sheet: Sheet, begin: int, index: int, end: int) -> Iterator[Found]:
    """Yield the questions of a block; the first takes its lines, so that nothing of it is shown."""
    opened = _OPENED.match(sheet.lines[index])
    if opened is None:
        return
    place = sheet.place(index)
    close = closing(sheet.lines, index, opened["fence"] or opened["mark"]) or end
    questions = list(_questions(opened["name"] or opened["directive"], list(sheet.lines[index + 1 : close])))
    if not questions and opened["fence"]:
        reason = "its block is written in a way that is not known"
        yield Found(index, end, None, (messages.QUESTION_LEFT_OUT.at(place, reason=reason),))
    for question in questions:
        question, findings = checked(replace(question, line=place.line), place)
        yield Found(begin, end, question, tuple(findings))
        begin = end


def _questions(name: str, lines: list[str]) -> Iterator[Question]:
    if name == "mcq":
        yield from _boxed(lines)
    elif name == "quiz-question":
        yield from _nested(lines)
    elif any(_ASKED.match(line.strip()) for line in lines):
        yield from _signed(lines)
    elif any(_LETTERED.match(line) for line in lines):
        yield from _lettered(lines)
    elif name == "quiz":
        yield from _mapped(lines)


def _boxed(lines: list[str]) -> Iterator[Question]:
    rules = [at for at, line in enumerate(lines) if line.strip() == "---"][:2]
    facts = _mapping(lines[rules[0] + 1 : rules[1]]) if len(rules) == 2 else {}
    stem = facts.get("question")
    texts: list[list[str]] = []
    told: list[list[str]] = []
    right: list[int] = []
    for line in lines[rules[1] + 1 :] if len(rules) == 2 else []:
        if found := _TASK.match(line):
            right += [len(texts)] if found["tick"].strip() else []
            texts.append([found["text"]])
            told.append([])
        elif texts and (quote := _QUOTE.match(line)):
            told[-1].append(quote["text"])
        elif texts:
            texts[-1].append(line)
    if isinstance(stem, str) and len(texts) > 1:
        many = {"single": False, "multiple": True}.get(str(facts.get("type")).lower())
        options = ["\n".join(below_first(one)).strip() for one in texts]
        yield chosen(options, right, stem=stem.strip(), many=many, feedback=[trimmed(one) for one in told])


def _nested(lines: list[str]) -> Iterator[Question]:
    """Yield the question of a directive, whose answers are directives in it."""
    stem: list[str] = []
    texts: list[str] = []
    right: list[int] = []
    at = 0
    while at < len(lines):
        found = _ANSWER.match(lines[at])
        end = closing(lines, at, found["mark"], _LONGEST) if found else None
        if found is None or end is None:
            stem += [lines[at]] if not texts else []
            at += 1
            continue
        inner = lines[at + 1 : end]
        while inner and (option := _OPTION.match(inner[0])):
            right += [len(texts)] if option["name"] == "correct" and option["value"].lower() != "false" else []
            inner = inner[1:]
        texts.append(trimmed(inner))
        at = end + 1
    if trimmed(stem) and len(texts) > 1:
        yield chosen(texts, right, stem=trimmed(stem))


def _signed(lines: list[str]) -> Iterator[Question]:
    parts: list[list[str]] = []
    for line in lines:
        if found := _ASKED.match(line.strip()):
            parts.append([found["text"]])
        elif parts:
            parts[-1].append(line.strip())
    for part in parts:
        signed = [found for line in part if (found := _SIGNED.match(line))]
        first = next((at for at, line in enumerate(part) if _SIGNED.match(line)), len(part))
        right = [at for at, found in enumerate(signed) if found["sign"] == "+"]
        if len(signed) > 1:
            yield chosen([found["text"] for found in signed], right, stem=trimmed(part[:first]))


def _lettered(lines: list[str]) -> Iterator[Question]:
    """Yield the question whose options begin with `-- A`; `-- Answer` names the right ones, on its line or the next."""
    stem: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    for line in lines:
        if found := _LETTERED.match(line):
            parts.append((found["name"], [found["text"]]))
        else:
            (parts[-1][1] if parts else stem).append(line)
    options = [(name, trimmed(text)) for name, text in parts if name.lower() != "answer"]
    key = " ".join(trimmed(text) for name, text in parts if name.lower() == "answer")
    right = [at for at, (name, _) in enumerate(options) if name in re.split(r"[\s,;]+", key)]
    if len(options) > 1:
        yield chosen([text for _, text in options], right, stem=trimmed(stem))


def _mapped(lines: list[str]) -> Iterator[Question]:
    try:
        read = read_yaml("\n".join(lines))
    except YamlError:
        return
    listed = read.get("questions", [read]) if isinstance(read, dict) else read
    mappings = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    counted = first_number(mappings)
    for mapping in mappings:
        question = question_in(mapping, counted)
        if question is not None and question.stem:
            yield question


def _mapping(lines: list[str]) -> dict[str, object]:
    try:
        read = read_yaml("\n".join(lines))
    except YamlError:
        return {}
    return {str(name): value for name, value in read.items()} if isinstance(read, dict) else {}
