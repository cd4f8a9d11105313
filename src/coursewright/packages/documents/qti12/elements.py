"""What both flavours of QTI 1.2 are made of: items, materials, responses, conditions and feedback."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml.etree import _Element

from coursewright.course.quiz import Draw, Question, Quiz
from coursewright.frozen import frozen
from coursewright.packages.documents.cartridge import QUESTIONS
from coursewright.packages.documents.manifest import child, element
from coursewright.packages.documents.wording import Wording, unlike

RESPONSE = "response1"
GENERAL, CORRECT, INCORRECT = "general_fb", "correct_fb", "general_incorrect_fb"


def interoperable() -> _Element:
    """Return the root of a document of QTI."""
    return element(QUESTIONS, "questestinterop")


def begun_assessment(identifier: str, title: str) -> tuple[_Element, _Element]:
    """Return the root of a document that holds a quiz, and the quiz in it, as yet without its questions."""
    root = interoperable()
    assessment = child(root, "assessment")
    assessment.set("ident", identifier)
    assessment.set("title", title)
    return root, assessment


def shown(parent: _Element, html: str) -> None:
    """Append a text in HTML."""
    child(child(parent, "material"), "mattext", html).set("texttype", "text/html")


def titled(parent: _Element, question: Question, ident: str, words: Wording) -> _Element:
    """Append an item, as yet without anything in it."""
    item = child(parent, "item")
    item.set("ident", ident)
    item.set("title", words.name(question))
    return item


def response(presentation: _Element, ident: str, cardinality: str, *, text: bool = False) -> _Element:
    """Append a response: what learners choose, or write."""
    found = child(presentation, "response_str" if text else "response_lid")
    found.set("ident", ident)
    found.set("rcardinality", cardinality)
    return found


def offered(parent: _Element, options: Iterable[tuple[str, str]], *, shuffled: bool, fixed: Sequence[str] = ()) -> None:
    """Append what can be chosen, as (ident, HTML)."""
    choice = child(parent, "render_choice")
    if shuffled:
        choice.set("shuffle", "Yes")
    for ident, html in options:
        label = child(choice, "response_label")
        label.set("ident", ident)
        if ident in fixed:
            label.set("rshuffle", "No")
        shown(label, html)


def written(presentation: _Element, *, decimal: bool = False, rows: int = 0) -> None:
    """Append a place to write into."""
    place = child(response(presentation, RESPONSE, "Single", text=True), "render_fib")
    if decimal:
        place.set("fibtype", "Decimal")
    if rows:
        place.set("rows", str(rows))
    label = child(place, "response_label")
    label.set("ident", "answer1")
    label.set("rshuffle", "No")


@frozen
class Judging:
    """How an item is scored and what learners are told, as it grows. `points` are what is right is worth, of 100."""

    item: _Element
    processing: _Element

    @staticmethod
    def of(item: _Element) -> Judging:
        """Append the scoring of an item."""
        processing = child(item, "resprocessing")
        variable = child(child(processing, "outcomes"), "decvar")
        for name, value in {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}.items():
            variable.set(name, value)
        return Judging(item, processing)

    def condition(self, *, goes_on: bool) -> _Element:
        """Append a condition, and return where it says what must hold."""
        found = child(self.processing, "respcondition")
        found.set("continue", "Yes" if goes_on else "No")
        return child(found, "conditionvar")

    def told(self, tests: _Element, ident: str) -> None:
        """Say that a condition shows a feedback."""
        parent = tests.getparent()
        if parent is not None:
            feedback = child(parent, "displayfeedback")
            feedback.set("feedbacktype", "Response")
            feedback.set("linkrefid", ident)

    def scores(self, tests: _Element, points: str = "100", action: str = "Set") -> None:
        """Say that a condition gives points."""
        parent = tests.getparent()
        if parent is not None:
            variable = child(parent, "setvar", points)
            variable.set("action", action)
            variable.set("varname", "SCORE")

    def always(self, ident: str) -> None:
        """Show a feedback whatever was answered."""
        tests = self.condition(goes_on=True)
        child(tests, "other")
        self.told(tests, ident)

    def when(self, answer: str, ident: str, responding: str = RESPONSE) -> None:
        """Show a feedback to one answer."""
        tests = self.condition(goes_on=True)
        equal(tests, answer, responding)
        self.told(tests, ident)

    def feedback(self, ident: str, html: str) -> None:
        """Append the text of a feedback."""
        found = child(self.item, "itemfeedback")
        found.set("ident", ident)
        shown(child(found, "flow_mat"), html)


def equal(parent: _Element, answer: str, responding: str = RESPONSE, *, cased: bool = False) -> None:
    """Append that a response is an answer."""
    found = child(parent, "varequal", answer)
    found.set("respident", responding)
    if cased:
        found.set("case", "Yes")


def feedback_texts(question: Question, names: Sequence[str], words: Wording) -> dict[str, str]:
    """Return the feedback of a question as HTML by its ident: of the whole, and of single answers by their names."""
    told = question.feedback
    said = [option.feedback for option in question.options] or [answer.feedback for answer in question.answers]
    texts = {GENERAL: told.general, CORRECT: told.correct, INCORRECT: told.incorrect}
    texts |= {f"{name}_fb": text for name, text in zip(names, said, strict=False)}
    return {ident: words.html(text) for ident, text in texts.items() if text}


def option_names(question: Question) -> list[str]:
    """Return the idents of what can be chosen, of which no two are the same."""
    return unlike(option.key for option in question.options)


def item_names(questions: Iterable[Question], quiz: str) -> list[str]:
    """Return the idents of questions: what they are known by when they are imported again."""
    return unlike(f"{quiz}-{question.key}" for question in questions)


def bank_name(quiz: str, number: int) -> str:
    """Return the identifier of the bank that the so-manieth draw of a quiz is from."""
    return f"{quiz}-bank{number}"


def draws(quiz: Quiz) -> list[Draw]:
    """Return what a quiz draws by chance."""
    return [one for one in quiz.questions if isinstance(one, Draw)]


def number_of(points: float) -> str:
    """Return points as Canvas writes them: `1.0`, `0.33`."""
    return f"{points:.5f}".rstrip("0") + ("0" if points == int(points) else "")
