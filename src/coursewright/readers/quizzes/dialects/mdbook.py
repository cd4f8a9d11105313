"""mdbook-quiz's files of TOML, which stand in a fence where a page of mdBook asks for one.

Its questions are what its README says: ShortAnswer, MultipleChoice with `prompt.distractors`, and Tracing, in which
learners say whether a program compiles, and what it prints. `multipart` names a text that several questions are about.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from coursewright.course.quiz import Answer, Feedback, Question, QuestionKind
from coursewright.findings import messages
from coursewright.readers.quizzes.fences import fences_of
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found

NAME = "mdbook-quiz"
_NOT_COMPILED = "does not compile"
_HUGE = 10**18


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions of such files."""
    return [spot for first, end in fences_of(sheet, NAME) for spot in _questions(sheet, first, end)]


def _questions(sheet: Sheet, first: int, end: int) -> Iterator[Found]:
    """Yield the questions of a file; the first takes its lines, so that nothing of it is shown."""
    place = sheet.place(first)
    try:
        quiz = tomllib.loads("\n".join(sheet.lines[first + 1 : end - 1]))
    except (ValueError, RecursionError) as error:
        yield Found(
            first,
            end,
            None,
            (messages.QUESTION_LEFT_OUT.at(place, reason=f"its file cannot be read as TOML: {error}"),),
        )
        return
    listed, texts = quiz.get("questions"), quiz.get("multipart")
    about = ""
    for mapping in listed if isinstance(listed, list) else [{}]:
        question = _question(mapping) if isinstance(mapping, dict) else None
        if question is None:
            kind = mapping.get("type", "") if isinstance(mapping, dict) else ""
            reason = f"{kind or 'it'} is written in a way that is not known"
            yield Found(first, end, None, (messages.QUESTION_LEFT_OUT.at(place, reason=reason),))
            first = end
            continue
        named = mapping.get("multipart")
        if named != about and isinstance(texts, dict) and (text := _text(texts, named)):
            passage = Question("", QuestionKind.PASSAGE, text, place.line, points=0.0, graded=False)
            yield Found(first, end, passage)
            first = end
        about = named
        question, findings = checked(replace(question, line=place.line), place)
        yield Found(first, end, question, tuple(findings))
        first = end


def _question(mapping: Mapping[str, Any]) -> Question | None:
    prompt, answer = mapping.get("prompt"), mapping.get("answer")
    if not isinstance(prompt, dict) or not isinstance(answer, dict):
        return None
    told = Feedback(general=_text(mapping, "context"))
    stem = _text(prompt, "prompt")
    kind = mapping.get("type")
    if kind == "Tracing":
        return _traced(_text(prompt, "program"), answer, told)
    if kind == "MultipleChoice" and stem:
        return _choice(stem, prompt, answer, told)
    texts = [*_texts(answer.get("answer")), *_texts(answer.get("alternatives"))]
    if kind != "ShortAnswer" or not stem:
        return None
    if prompt.get("response") == "long":
        return Question("", QuestionKind.ESSAY, stem, feedback=told, graded=False)
    answers = tuple(Answer(text) for text in dict.fromkeys(texts))
    return Question("", QuestionKind.TEXT, stem, answers=answers, feedback=told)


def _choice(stem: str, prompt: Mapping[str, Any], answer: Mapping[str, Any], told: Feedback) -> Question | None:
    """Return a choice: with the right answer where its author puts it, else in the order of the alphabet."""
    right, wrong = _texts(answer.get("answer")), _texts(prompt.get("distractors"))
    place = prompt.get("answerIndex")
    if not right or len(right) + len(wrong) < 2:
        return None
    if isinstance(place, int) and len(right) == 1:
        texts = [*wrong[:place], *right, *wrong[place:]]
    else:
        texts = sorted((*right, *wrong), key=lambda text: (text.strip("`*_ \n").lower(), text))
    fixed = isinstance(place, int) or prompt.get("sortAnswers") is True
    many = isinstance(answer.get("answer"), list)
    marked = [at for at, text in enumerate(texts) if text in right]
    return chosen(texts, marked, stem=stem, many=many, told=told, shuffled=not fixed)


def _traced(program: str, answer: Mapping[str, Any], told: Feedback) -> Question | None:
    """Return what is asked of a program: what it prints; whether it compiles, where that is no single line."""
    compiles, printed = answer.get("doesCompile"), _text(answer, "stdout")
    if not program or not isinstance(compiles, bool):
        return None
    code = f"```rust\n{program}\n```"
    if "\n" in printed or (compiles and not printed):
        output = f"```text\n{printed}\n```\n\n" if printed else ""
        general = f"{output}{told.general}".strip()
        stem = f"Does this program compile?\n\n{code}"
        return Question("", QuestionKind.BOOLEAN, stem, right=compiles, feedback=replace(told, general=general))
    stem = f"What does this program print? If it does not compile, write `{_NOT_COMPILED}`.\n\n{code}"
    answers = (Answer(printed if compiles else _NOT_COMPILED),)
    return Question("", QuestionKind.TEXT, stem, answers=answers, feedback=told)


def _text(mapping: Mapping[str, Any], name: object) -> str:
    value = mapping.get(name) if isinstance(name, str) else None
    return value.strip() if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [str(one).strip() for one in listed if isinstance(one, str) or (isinstance(one, int) and abs(one) < _HUGE)]
