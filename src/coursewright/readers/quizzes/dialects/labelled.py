"""Questions as lists of labelled facts: `- Question: ..`, below it `- Type: ..`, `- Answer: ..`, `- Choices: a; b`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.quiz import Feedback, Question, QuestionKind
from coursewright.readers.quizzes.making import checked, chosen, written
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found
from coursewright.text.names import normal

_FACT = re.compile(
    r"\s*[-*+]\s+[*_]{0,2}(?P<name>question|type|(?:correct )?answers?|choices|options|explanation|feedback"
    r"|hint|points)\s*[*_]{0,2}\s*:[*_]{0,2}\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:[-*+]|\(?[A-Za-z\d]{1,2}[.)])\s+(?P<text>\S.*)$")
_LETTER = re.compile(r"\(?(?P<letter>[A-Ha-h])[.)]?$")
_SHORT = 60
_LONGEST = 200  # lines of a question


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in such lists: those that have choices, or a type and an answer."""
    return list(_spots(sheet)) if "uestion" in sheet.whole else []


def _spots(sheet: Sheet) -> Iterator[Found]:
    index = 0
    while index < len(sheet.lines):
        found = None if index in sheet.hidden else _FACT.match(sheet.lines[index])
        if not found or found["name"].lower() != "question":
            index += 1
            continue
        facts, end = _facts(sheet, index)
        question = _question(facts)
        if question is not None:
            question, findings = checked(replace(question, line=sheet.line(index)), sheet.place(index))
            yield Found(index, end, question, tuple(findings))
        index = end


def _facts(sheet: Sheet, index: int) -> tuple[dict[str, list[str]], int]:
    """Return the facts of a question by their labels, each with the lines below it, and where they end."""
    facts: dict[str, list[str]] = {}
    name, end = "", index
    for at in range(index, min(len(sheet.lines), index + _LONGEST)):
        line = sheet.lines[at]
        found = None if at in sheet.hidden else _FACT.match(line)
        label = _plain(found["name"]) if found else ""
        if (label and label in facts) or sheet.heading(at) or sheet.is_rule(at):
            break
        if not line.strip():
            continue
        if found:
            name = label
            facts[name] = [found["value"].strip()]
        elif line[:1].isspace() or at == end:
            facts[name].append(line)
        else:
            break
        end = at + 1
    return facts, end


def _plain(name: str) -> str:
    name = name.lower().removeprefix("correct ").rstrip("s")
    return {"choice": "option", "feedback": "explanation"}.get(name, name)


def _question(facts: dict[str, list[str]]) -> Question | None:
    stem, answer = trimmed(facts["question"]), trimmed(facts.get("answer", ()))
    told = Feedback(general=trimmed(facts.get("explanation", ())))
    kind = " ".join(facts.get("type", ())).lower()
    options = _options(facts.get("option", []))
    if not stem or not (len(options) > 1 or (kind and answer)):
        return None
    if len(options) > 1:
        many = True if re.search(r"multiple (?:correct )?(?:answers|responses)|multi-?select|checkbox", kind) else None
        return chosen(options, _right(answer, options), stem=stem, many=many, told=told)
    if len(answer) <= _SHORT and "\n" not in answer:
        return written([answer.strip("`")], stem=stem, told=told)
    return Question("", QuestionKind.ESSAY, stem, feedback=replace(told, general=answer), graded=False)


def _options(lines: list[str]) -> list[str]:
    """Return options that are items below their label, or stand behind it: apart by semicolons, else by commas."""
    items = [found["text"].strip() for line in lines[1:] if (found := _ITEM.match(line))]
    text = lines[0] if lines else ""
    apart = re.split(r"\s*;\s*" if ";" in text else r"\s*,\s+", text)
    return items or [one.strip() for one in apart if one.strip()]


def _right(answer: str, options: list[str]) -> list[int]:
    """Return which options an answer names, by their texts or by a letter."""
    known = [normal(one) or one for one in options]
    found: list[int] = []
    for one in (answer, *re.split(r"\s*[;\n]\s*|\s*,\s+", answer)):
        text = re.sub(r"^\s*[-*+]\s+", "", one).strip()
        letter = _LETTER.match(text)
        if text and (normal(text) or text) in known:
            found.append(known.index(normal(text) or text))
        elif letter and ord(letter["letter"].lower()) - ord("a") < len(options):
            found.append(ord(letter["letter"].lower()) - ord("a"))
    return found
