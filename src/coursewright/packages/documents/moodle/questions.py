"""Questions as Moodle has them: what kind each is there, the texts of its answers, and Moodle XML for imports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from lxml.etree import CDATA, Element, SubElement, _Element

from coursewright.course.forms import QuizForm, Trait
from coursewright.course.questions import answers_of, centre, number_text
from coursewright.course.quiz import Answer, Blank, Draw, Question, QuestionKind, Quiz
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.values import LONGEST_NAME
from coursewright.packages.documents.moodle.xml import document, name
from coursewright.packages.documents.wording import Wording
from coursewright.text.names import cut, digest
from coursewright.text.patterns import later

LONGEST_IDNUMBER = 100
PENALTY = "0.3333333"
TYPES: Mapping[QuestionKind, str] = {
    QuestionKind.CHOICE: "multichoice",
    QuestionKind.CHOICES: "multichoice",
    QuestionKind.BOOLEAN: "truefalse",
    QuestionKind.TEXT: "shortanswer",
    QuestionKind.NUMBER: "numerical",
    QuestionKind.BLANKS: "multianswer",
    QuestionKind.MATCH: "match",
    QuestionKind.ESSAY: "essay",
    QuestionKind.UPLOAD: "essay",
    QuestionKind.PASSAGE: "description",
}
_IN_XML = {"multianswer": "cloze", "match": "matching"}
_OF_QUESTIONS = frozenset(
    {
        *(Trait.PARTIAL, Trait.CASE, Trait.HINTS, Trait.BY_ANSWER, Trait.BY_RESULT, Trait.PARTLY, Trait.GENERAL),
        Trait.POINTS,
    }
)
_OF_NO_RESULT = (QuestionKind.BLANKS, QuestionKind.ESSAY, QuestionKind.UPLOAD, QuestionKind.PASSAGE)
_LONGEST_MATCH = 255  # characters of an answer to be matched, for which its table has room
FORM = QuizForm(
    "Moodle XML",
    frozenset(TYPES),
    _OF_QUESTIONS,
    shares=True,
    draws=True,
    heavy=True,
    longest=_LONGEST_MATCH,
    without=frozenset((kind, Trait.BY_RESULT) for kind in _OF_NO_RESULT),
)
_IN_CLOZE = later(r"[\\{}#~]|^[=%]")


def in_course(title: str) -> QuizForm:
    """Return what a quiz in a Moodle course can be, which draws questions and has settings."""
    settings = {
        Trait.FILES,
        Trait.DRAWN,
        Trait.PASSING,
        Trait.TIME,
        Trait.ATTEMPTS,
        Trait.INSTRUCTIONS,
        Trait.MIXED,
        Trait.SHOWN,
    }
    return replace(FORM, title=title, traits=_OF_QUESTIONS | settings | {Trait.FILES}, heavy=False)


@frozen
class MarkedAnswer:
    """An answer in Moodle: its text as HTML or plain, its share of the points, feedback as HTML, and a tolerance."""

    text: str
    fraction: float
    feedback: str = ""
    tolerance: str = ""


def answers(question: Question, words: Wording) -> list[MarkedAnswer]:
    """Return the answers of a question; after those of one to be written, what is said to anything else."""
    told = question.feedback
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.CHOICES:
            return [
                MarkedAnswer(words.line(option.text), option.fraction, words.html(option.feedback))
                for option in question.options
            ]
        case QuestionKind.BOOLEAN:
            said = {True: words.html(told.correct), False: words.html(told.incorrect)}
            values = {"True": question.right is True, "False": question.right is False}
            return [MarkedAnswer(text, float(right), said[right]) for text, right in values.items()]
        case QuestionKind.TEXT | QuestionKind.NUMBER:
            found = [_written(answer, question, words) for answer in question.answers]
            return [*found, MarkedAnswer("*", 0.0, words.html(told.incorrect))] if told.incorrect else found
        case _:
            return []


def _written(answer: Answer, question: Question, words: Wording) -> MarkedAnswer:
    said = answer.feedback or (question.feedback.correct if answer.fraction == 1 else "")
    if question.kind is QuestionKind.NUMBER:
        value, tolerance = map(number_text, centre(answer))
        return MarkedAnswer(value, answer.fraction, words.html(said), tolerance)
    return MarkedAnswer(answer.text.strip().replace("*", r"\*"), answer.fraction, words.html(said))


def matches(question: Question, words: Wording) -> list[tuple[str, str]]:
    """Return what is to be matched, as (HTML, plain text), and distractors without a prompt after that."""
    prompted = [pair for pair in question.pairs if pair.prompt.strip()]
    known = {pair.answer for pair in prompted}
    found = [(words.line(pair.prompt), words.plain(pair.answer)) for pair in prompted]
    return [*found, *(("", words.plain(text)) for text in answers_of(question) if text not in known)]


def question_text(question: Question, words: Wording, *, numbered: bool = False) -> str:
    """Return the text of a question, its gaps in Moodle's own form: written out, or by their numbers."""
    weight = max(1, round(question.points / max(1, len(question.blanks))))
    gaps = {blank.key: gap_text(blank, words, weight) for blank in question.blanks}
    numbers = {key: f"{{#{place}}}" for place, key in enumerate(gaps, start=1)}
    return words.gapped(question.stem, lambda key: (numbers if numbered else gaps).get(key, "_____"))


def gap_text(blank: Blank, words: Wording, weight: int = 1) -> str:
    """Return a gap in Moodle's own form, with its points: `{1:SHORTANSWER:=Paris~%50%Lyon#near}`."""
    if blank.options:
        right = {one.text for one in blank.answers}
        options = [
            ("=" if text in right else "") + _cloze(words.unmarked(text)) for text in dict.fromkeys(blank.options)
        ]
        return f"{{{weight}:MULTICHOICE:{'~'.join(options)}}}"
    told = [_cloze(words.unmarked(one.feedback)) for one in blank.answers]
    if is_numeric(blank):
        kind, texts = "NUMERICAL", [":".join(map(number_text, centre(one))) for one in blank.answers]
    else:
        kind = "SHORTANSWER_C" if any(one.exact_case for one in blank.answers) else "SHORTANSWER"
        texts = [_cloze(one.text.strip().replace("*", r"\*")) for one in blank.answers]
    marked = [
        f"{_mark(one.fraction)}{text}{f'#{said}' if said else ''}"
        for one, text, said in zip(blank.answers, texts, told, strict=True)
    ]
    return f"{{{weight}:{kind}:{'~'.join(marked)}}}"


def is_numeric(blank: Blank) -> bool:
    """Say whether a number is to be written into a gap."""
    return not blank.options and all(one.value is not None or one.min is not None for one in blank.answers)


def _mark(fraction: float) -> str:
    return "=" if fraction == 1 else f"%{percent(fraction)}%"


def _cloze(text: str) -> str:
    """Return HTML, or plain text, as it stands in a gap, whose characters Moodle decodes before it is anything else.

    Of what a backslash keeps from meaning something it takes the backslash away only sometimes.
    """
    return _IN_CLOZE.sub(lambda sign: f"&#{ord(sign[0])};", escape(text, quote=False))


def percent(fraction: float) -> str:
    """Return a share in percent, as Moodle compares it: `33.33333`."""
    return f"{fraction * 100:.5f}".rstrip("0").rstrip(".")


def exact_case(question: Question) -> bool:
    """Say whether capitals count in a question."""
    return any(answer.exact_case for answer in question.answers)


def idnumber(quiz: str, question: Question) -> str:
    """Return what a question is known by in its category."""
    known = f"{quiz}-{question.key}"
    return known if len(known) <= LONGEST_IDNUMBER else f"{known[:80]}-{digest(known, 12)}"


def numbering(question: Question) -> dict[str, str]:
    """Return what a choice has besides its answers: whether one is to be chosen, and whether in any order."""
    single = question.kind is QuestionKind.CHOICE
    return {"single": "true" if single else "false", "shuffleanswers": "true" if question.shuffled else "false"}


# --- Moodle XML ---


def moodle_xml(quizzes: Mapping[str, tuple[str, Quiz]], words: Wording) -> bytes:
    """Return quizzes, lowered and by their identifiers with their titles, as Moodle XML: a category each."""
    root = Element("quiz")
    for identifier, (title, quiz) in quizzes.items():
        for path, questions in categories(title, quiz):
            _category(root, path)
            for question in questions:
                _question(root, question, identifier, words)
    return document(root)


def categories(title: str, quiz: Quiz) -> list[tuple[str, list[Question]]]:
    """Return the categories of a quiz by their paths: its own, and below that one for each draw."""
    path = f"$course$/top/{_level(title)}"
    found = [(path, [one for one in quiz.questions if isinstance(one, Question)])]
    drawn = [one for one in quiz.questions if isinstance(one, Draw)]
    paths = [f"{path}/{_level(one.title or str(number))}" for number, one in enumerate(drawn, start=1)]
    return [*found, *((below, list(one.questions)) for below, one in zip(paths, drawn, strict=True))]


def _level(title: str) -> str:
    """Return the name of a category as a step of a path, in which a slash stands twice."""
    return cut(" ".join(title.split()), 200).replace("/", "//")


def _category(root: _Element, path: str) -> None:
    found = SubElement(root, "question", type="category")
    SubElement(SubElement(found, "category"), "text").text = path


def _question(root: _Element, question: Question, quiz: str, words: Wording) -> None:
    kind = TYPES[question.kind]
    found = SubElement(root, "question", type=_IN_XML.get(kind, kind))
    SubElement(SubElement(found, "name"), "text").text = name(words.name(question), LONGEST_NAME)
    _html(found, "questiontext", question_text(question, words))
    _html(found, "generalfeedback", words.html(question.feedback.general))
    SubElement(found, "defaultgrade").text = percent(question.worth / 100)
    SubElement(found, "penalty").text = PENALTY
    SubElement(found, "hidden").text = "0"
    SubElement(found, "idnumber").text = idnumber(quiz, question)
    for own, value in _own(question).items():
        SubElement(found, own).text = value
    if kind in ("multichoice", "match"):
        told = question.feedback
        _html(found, "correctfeedback", words.html(told.correct))
        _html(found, "partiallycorrectfeedback", words.html(told.partial))
        _html(found, "incorrectfeedback", words.html(told.incorrect))
    for answer in answers(question, words):
        _answer(found, answer, question)
    for prompt, text in matches(question, words):
        part = _html(found, "subquestion", prompt)
        SubElement(SubElement(part, "answer"), "text").text = text
    for hint in question.hints:
        _html(found, "hint", words.html(hint))
    _tags(found, question)


def _own(question: Question) -> dict[str, str]:
    """Return the fields that only questions of a kind have."""
    match TYPES[question.kind]:
        case "multichoice":
            return {**numbering(question), "answernumbering": "abc", "showstandardinstruction": "0"}
        case "shortanswer":
            return {"usecase": str(int(exact_case(question)))}
        case "match":
            return {"shuffleanswers": "true" if question.shuffled else "false"}
        case "essay":
            return essay_fields(question)
        case _:
            return {}


def essay_fields(question: Question) -> dict[str, str]:
    """Return how an essay is handed in: as a text, or as files."""
    upload = question.kind is QuestionKind.UPLOAD
    return {
        "responseformat": "noinline" if upload else "editor",
        "responserequired": "0" if upload else "1",
        "responsefieldlines": "10",
        "attachments": "3" if upload else "0",
        "attachmentsrequired": "1" if upload else "0",
    }


def _answer(parent: _Element, answer: MarkedAnswer, question: Question) -> None:
    rich = TYPES[question.kind] == "multichoice"
    found = SubElement(parent, "answer", fraction=percent(answer.fraction), format="html" if rich else "plain_text")
    text = answer.text.lower() if question.kind is QuestionKind.BOOLEAN else answer.text
    _text(found, text, rich=rich)
    _html(found, "feedback", answer.feedback)
    if question.kind is QuestionKind.NUMBER:
        SubElement(found, "tolerance").text = answer.tolerance or "0"


def _tags(parent: _Element, question: Question) -> None:
    if question.tags:
        tags = SubElement(parent, "tags")
        for tag in question.tags:
            SubElement(SubElement(tags, "tag"), "text").text = tag


def _html(parent: _Element, tag: str, html: str) -> _Element:
    found = SubElement(parent, tag, format="html")
    _text(found, html, rich=True)
    return found


def _text(parent: _Element, text: str, *, rich: bool) -> None:
    """Append a text: HTML as it is, as far as XML can hold it so, which ends at the end of a section."""
    found = SubElement(parent, "text")
    found.text = CDATA(text) if rich and text and "]]>" not in text else text
