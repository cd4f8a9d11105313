"""Quizzes as GIFT: plain text that Moodle imports, and that people can read and write.

A blank line ends a question, so there is none in a text: lines end as `\\n`. Texts are Markdown, and said to be so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from coursewright.course.forms import QuizForm, Trait
from coursewright.course.questions import answers_of, bounds, number_text
from coursewright.course.quiz import Answer, Question, QuestionKind, Quiz
from coursewright.packages.documents.moodle.questions import categories, percent
from coursewright.packages.documents.wording import Wording
from coursewright.text.patterns import later

FORM = QuizForm(
    "GIFT",
    frozenset(
        {
            *(QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.BOOLEAN, QuestionKind.TEXT, QuestionKind.NUMBER),
            *(QuestionKind.MATCH, QuestionKind.ESSAY, QuestionKind.PASSAGE),
        }
    ),
    frozenset({Trait.PARTIAL, Trait.BY_ANSWER, Trait.GENERAL}),
    shares=True,
    draws=True,
)
_SPECIAL = later(r"([\\~=#{}:])")
_STAR = r"\*"  # without the backslash it stands for any text
_ARROW = "->"  # what Moodle takes for a pair to be matched, wherever it stands


def gift(quizzes: Mapping[str, tuple[str, Quiz]], words: Wording) -> str:
    """Return quizzes, lowered and by their identifiers with their titles, as GIFT: a category each."""
    return "\n".join(line for title, quiz in quizzes.values() for line in _quiz(title, quiz, words))


def _quiz(title: str, quiz: Quiz, words: Wording) -> Iterator[str]:
    for path, questions in categories(title, quiz):
        yield f"$CATEGORY: {path}\n"
        for question in questions:
            answers = "" if question.kind is QuestionKind.PASSAGE else f"{{{_answers(question, words)}}}"
            yield from _tags(question)
            yield f"::{_escaped(words.name(question))}::[markdown]{_escaped(question.stem)}{answers}\n"


def _tags(question: Question) -> Iterator[str]:
    """Yield a comment with the tags of a question, which Moodle reads there."""
    tags = [" ".join(tag.split()).replace("]", r"\]") for tag in question.tags]
    if any(tags):
        yield "// " + " ".join(f"[tag:{tag}]" for tag in tags if tag)


def _escaped(text: str) -> str:
    lines = [_SPECIAL.sub(r"\\\1", line.rstrip()) for line in text.strip().split("\n")]
    return "\\n".join(lines)


def _told(text: str) -> str:
    return f"#{_escaped(text)}" if text.strip() else ""


def _answers(question: Question, words: Wording) -> str:
    """Return what stands between the braces of a question."""
    general = f"####{_escaped(question.feedback.general)}" if question.feedback.general.strip() else ""
    return _KINDS[question.kind](question, words) + general


def _choice(question: Question, _: Wording) -> str:
    """Return the options, of which one at least has the sign of a choice, even where all of them are right."""
    single = question.kind is QuestionKind.CHOICE
    marks = [_mark(option.fraction, single=single) for option in question.options]
    marks = [marks[0], *(_mark(1, single=False) for _ in marks[1:])] if set(marks) == {"="} else marks
    return " ".join(
        f"{mark}{_escaped(option.text)}{_told(option.feedback)}"
        for mark, option in zip(marks, question.options, strict=True)
    )


def _mark(fraction: float, *, single: bool) -> str:
    if single and fraction == 1:
        return "="
    return f"~%{percent(fraction)}%" if fraction else "~"


def _boolean(question: Question, _: Wording) -> str:
    """Return what is right; what learners are told follows, to a wrong answer first."""
    told = question.feedback
    said = f"#{_escaped(told.incorrect)}{_told(told.correct)}" if told.incorrect or told.correct else ""
    return ("TRUE" if question.right else "FALSE") + said


def _text(question: Question, words: Wording) -> str:
    """Return the texts that are accepted; what an arrow has between its signs is left to the learner."""
    texts = [_escaped(one.text.replace("*", _STAR)).replace(_ARROW, "-*>") for one in question.answers]
    told = [_said(one.feedback, words) for one in question.answers]
    return " ".join(f"{_share(one)}{text}{said}" for one, text, said in zip(question.answers, texts, told, strict=True))


def _share(answer: Answer) -> str:
    return "=" if answer.fraction == 1 else f"=%{percent(answer.fraction)}%"


def _number(question: Question, _: Wording) -> str:
    return "#" + " ".join(f"{_share(one)}{_amount(one)}{_told(one.feedback)}" for one in question.answers)


def _amount(answer: Answer) -> str:
    if answer.value is None:
        return "..".join(map(number_text, bounds(answer)))
    return f"{number_text(answer.value)}:{number_text(answer.tolerance)}"


def _said(text: str, words: Wording) -> str:
    return f"#{_single(text, words)}" if text.strip() else ""


def _match(question: Question, words: Wording) -> str:
    """Return what is to be matched; what is chosen is plain text in Moodle."""
    known = {pair.answer for pair in question.pairs if pair.prompt}
    pairs = [(pair.prompt, pair.answer) for pair in question.pairs if pair.prompt]
    pairs += [("", text) for text in answers_of(question) if text not in known]
    return " ".join(f"={_single(prompt, words)} -> {_escaped(words.plain(answer))}" for prompt, answer in pairs)


def _single(text: str, words: Wording) -> str:
    """Return a text in which no arrow stands: as HTML where it has one."""
    return _escaped(f"[html]{words.line(text)}".replace(_ARROW, "-&gt;") if _ARROW in text else text)


def _essay(_: Question, __: Wording) -> str:
    return ""


_KINDS: Mapping[QuestionKind, Callable[[Question, Wording], str]] = {
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choice,
    QuestionKind.BOOLEAN: _boolean,
    QuestionKind.TEXT: _text,
    QuestionKind.NUMBER: _number,
    QuestionKind.MATCH: _match,
    QuestionKind.ESSAY: _essay,
}
