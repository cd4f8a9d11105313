"""A quiz as a learner meets it on a page of ours: a form without its key, and the sheet by which a script judges it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from markupsafe import Markup

from coursewright.course.questions import GAP
from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz, asked
from coursewright.frozen import frozen, slotted
from coursewright.pages.keys import choices_of, is_judged, key_of, scrambled, sealed, targets_of
from coursewright.pages.renderer import Renderer
from coursewright.pages.views import QuizView, Sheet
from coursewright.text.names import cut, digest, slug
from coursewright.text.patterns import later

_MOST_LIGHT = 2  # questions of a check within a text
_LONGEST_NAME = 70  # of a check, which is called by what it asks
_LONGEST_IDENTIFIER = 60
_LONGEST_DESCRIPTION = 250  # of cmi.interactions.n.description
_PARAGRAPH = later(r"<p>((?:(?!</?(?:p|div|ul|ol|pre|table|blockquote|h\d|hr)\b).)*)</p>\s*", re.DOTALL)
_PRIVATE = 0xE000  # where Unicode leaves room for signs of one's own
_MOST_GAPS = 6000
_SIGN = later(f"([{chr(_PRIVATE)}-{chr(_PRIVATE + _MOST_GAPS)}])")


@slotted
class Texts:
    """How the texts of a quiz become HTML: whole ones, single lines, and what is left of a line without markup.

    `address` says where an address that is written leads, or None.
    """

    renderer: Renderer
    anchor: str
    address: Callable[[str], str | None]
    count: int = 0

    def block(self, markdown: str) -> Markup:
        """Return the HTML of a whole text, whose anchors no other text has."""
        self.count += 1
        prefix = f"{self.anchor}-{self.count}-"
        return self.renderer.converter.block(markdown, address=self.address, top=4, prefix=prefix, boxes=False)

    def inline(self, text: str) -> Markup:
        """Return the HTML of a line, or of more than that where it shows or leads to something."""
        if "\n" not in text.strip() and "](" not in text:
            return self.renderer.inline(text)
        html = self.block(text)
        found = _PARAGRAPH.fullmatch(str(html).strip())
        return Markup(found[1]) if found else html  # noqa: S704 - the converter's

    def plain(self, text: str) -> str:
        """Return a line as text without markup."""
        return self.renderer.plain(text)

    def line(self, text: str) -> str:
        """Return a whole text on one line, without markup, its gaps as such."""
        return " ".join(self.plain(GAP.sub("…", text)).split())


def _nowhere(address: str) -> None:
    """Return where an address leads within a package that has nothing but the quiz."""


@frozen
class QuestionView:
    """A question on a page. `line` is its stem where that fits into a legend, else `stem` is.

    `fields` are what is to be filled in: each has its label, and its choices if there are any.
    """

    index: int
    kind: str
    line: Markup
    stem: Markup
    options: Sequence[Markup]
    fields: Sequence[tuple[Markup, Sequence[str]]]
    hints: Sequence[Markup]
    is_drawn: bool

    @property
    def pieces(self) -> list[Any]:
        """The stem, cut at its gaps: first what stands before them all, then each gap's number with what follows it."""
        first, *rest = _SIGN.split(str(self.stem))
        gaps = zip(rest[::2], rest[1::2], strict=True)
        return [Markup(first), *((ord(sign) - _PRIVATE, Markup(text)) for sign, text in gaps)]  # noqa: S704


def is_check(quiz: Quiz) -> bool:
    """Say whether a quiz may stand within a text: it asks a thing or two, and sets no limits."""
    limited = quiz.passing is not None or quiz.minutes or quiz.attempts
    return not limited and not quiz.instructions and sum(1 for _ in asked(quiz)) <= _MOST_LIGHT


def quiz_view(
    renderer: Renderer,
    quiz: Quiz,
    address: Callable[[str], str | None] = _nowhere,
    *,
    light: bool = False,
    around: Collection[str] = (),
) -> QuizView:
    """Return a quiz for a page, or for a place within a text; `address` says where what it shows and leads to is.

    Within a text it has its title above it, unless that is one of those `around` it: of the page, the unit, the course.
    """
    name = quiz_name(quiz)
    texts = Texts(renderer, f"quiz-{name}", address)
    first = texts.line(next(asked(quiz)).stem) if light else ""
    heading = texts.plain(quiz.title) if light and quiz.title not in around else ""
    heading = "" if heading == first else heading
    body = renderer.render(
        "scorm/quiz.html.j2",
        name=name,
        heading=heading,
        anchor=f"quiz-{name}",
        instructions=texts.block(quiz.instructions) if quiz.instructions else "",
        facts=[] if light else _facts(renderer, quiz),
        is_light=light,
        is_timed=bool(quiz.minutes),
        questions=_questions(quiz, texts),
    )
    title = texts.plain(quiz.title) or renderer.labels[quiz.label]
    if light and not heading:
        title = cut(first, _LONGEST_NAME) or title
    return QuizView(quiz.key, name, title, Markup(body), _sheet(quiz, name, texts))  # noqa: S704 - escaped there


def quiz_name(quiz: Quiz) -> str:
    """Return the short name of a quiz, under which a learner's state keeps it."""
    return digest(quiz.key, 5)


def answers_file(views: Iterable[QuizView]) -> bytes:
    """Return the script that brings the sheets of a unit's quizzes to its page."""
    sheets = json.dumps([view.sheet for view in views], ensure_ascii=False, separators=(",", ":"))
    return f"window.coursewrightQuizzes = {sheets};\n".encode()


def total_points(quiz: Quiz) -> float:
    """Return the points that a page of ours can give for a quiz: what it cannot judge counts nothing."""
    if not quiz.graded:
        return 0
    drawn = (one.count * one.points for one in quiz.questions if isinstance(one, Draw) and _judges(one))
    return sum(drawn) + sum(one.points for one in quiz.questions if isinstance(one, Question) and is_judged(one))


def _judges(draw: Draw) -> bool:
    return draw.points > 0 and any(is_judged(question) for question in draw.questions)


def _facts(renderer: Renderer, quiz: Quiz) -> list[tuple[str, Markup | str]]:
    """Return what a learner wants to know before beginning, each with its label."""
    labels, count = renderer.labels, _count(quiz)
    found: list[tuple[str, Markup | str]] = [(labels["quiz_questions"], str(count))]
    if points := total_points(quiz):
        found.append((labels["quiz_points"], renderer.language.number(points)))
    if quiz.passing is not None and points:
        found.append((labels["quiz_to_pass"], renderer.said("quiz_percent", percent=quiz.passing)))
    if quiz.minutes:
        found.append((labels["quiz_time"], renderer.said("quiz_minutes", count=quiz.minutes)))
    if quiz.attempts:
        found.append((labels["quiz_attempts"], str(quiz.attempts)))
    return found


def _count(quiz: Quiz) -> int:
    passages = sum(isinstance(one, Question) and one.kind is QuestionKind.PASSAGE for one in quiz.questions)
    return sum(one.count if isinstance(one, Draw) else 1 for one in quiz.questions) - passages


# --- what learners see ---


def _questions(quiz: Quiz, texts: Texts) -> list[QuestionView]:
    banks = [one.questions for one in quiz.questions if isinstance(one, Draw)]
    drawn = {id(question) for bank in banks for question in bank}
    return [_question(index, one, texts, id(one) in drawn) for index, one in enumerate(asked(quiz))]


def _question(index: int, question: Question, texts: Texts, is_drawn: bool) -> QuestionView:
    line, stem = _stem(question, texts)
    shown = scrambled(question.options) if question.kind is QuestionKind.ORDER else question.options
    return QuestionView(
        index=index,
        kind=question.kind.value,
        line=line,
        stem=stem,
        options=[texts.inline(option.text) for option in shown],
        fields=_fields(question, texts),
        hints=[texts.block(hint) for hint in question.hints],
        is_drawn=is_drawn,
    )


def _stem(question: Question, texts: Texts) -> tuple[Markup, Markup]:
    """Return what a question asks as a line, or as more than that; gaps are marked by private signs."""
    asks = question.stem
    if question.kind is QuestionKind.BLANKS:
        names = {blank.key: chr(_PRIVATE + number) for number, blank in enumerate(question.blanks[:_MOST_GAPS])}
        asks = GAP.sub(lambda found: names.get(found[1].strip(), found[0]), _SIGN.sub("", asks))
        missing = [sign for sign in names.values() if sign not in asks]
        asks = "\n\n".join([asks, " ".join(missing)]) if missing else asks
    html = texts.block(asks)
    found = _PARAGRAPH.fullmatch(str(html).strip())
    if found and question.kind not in (QuestionKind.BLANKS, QuestionKind.PASSAGE):
        return Markup(found[1]), Markup("")  # noqa: S704 - the converter's
    return Markup(""), html


def _fields(question: Question, texts: Texts) -> list[tuple[Markup, Sequence[str]]]:
    if question.kind is QuestionKind.MATCH:
        targets = [texts.plain(target) for target in targets_of(question)]
        return [(texts.inline(pair.prompt), targets) for pair in question.pairs if pair.prompt]
    if question.kind is QuestionKind.BLANKS:
        return [
            (Markup(""), [texts.plain(text) for text in choices_of(blank)]) for blank in question.blanks[:_MOST_GAPS]
        ]
    return []


# --- what the script knows ---


def _sheet(quiz: Quiz, name: str, texts: Texts) -> Sheet:
    questions = [_entry(question, f"{quiz.key} {index}", texts) for index, question in enumerate(asked(quiz))]
    _tell_apart(questions)
    return {
        "name": name,
        "version": digest("\n".join(question.key for question in asked(quiz)), 4),
        "graded": quiz.graded,
        "total": total_points(quiz),
        "passing": quiz.passing if total_points(quiz) else None,
        "minutes": quiz.minutes or 0,
        "attempts": quiz.attempts,
        "shuffled": quiz.shuffled,
        "show": quiz.show.value,
        "slots": _slots(quiz),
        "questions": questions,
    }


def _slots(quiz: Quiz) -> list[Any]:
    """Return what stands where: a question by its index, or how many of which, each for how many points."""
    slots: list[Any] = []
    index = 0
    for one in quiz.questions:
        if isinstance(one, Draw):
            end = index + len(one.questions)
            slots.append(
                {"count": min(one.count, len(one.questions)), "points": one.points, "of": [*range(index, end)]}
            )
            index = end
        else:
            slots.append(index)
            index += 1
    return slots


def _entry(question: Question, salt: str, texts: Texts) -> dict[str, Any]:
    plain = texts.plain
    shown = scrambled(question.options) if question.kind is QuestionKind.ORDER else question.options
    options = [option.key for option in shown]
    if question.kind is QuestionKind.MATCH:
        options = [plain(target) for target in targets_of(question)]
    prompts = [plain(pair.prompt) for pair in question.pairs if pair.prompt]
    return {
        "id": _identifiers([question.key])[0],
        "about": cut(texts.line(question.stem), _LONGEST_DESCRIPTION),
        "kind": question.kind.value,
        "points": question.points,
        "judged": is_judged(question),
        "shuffled": question.shuffled,
        "fixed": [index for index, option in enumerate(shown) if option.fixed],
        "options": _identifiers(options),
        "prompts": _identifiers(prompts),
        "salt": digest(salt, 8),
        "key": sealed(key_of(question, lambda text: str(texts.block(text))), digest(salt, 8)),
    }


def _tell_apart(questions: Sequence[dict[str, Any]]) -> None:
    names = _identifiers([question["id"] for question in questions])
    for question, name in zip(questions, names, strict=True):
        question["id"] = name


def _identifiers(texts: Iterable[str]) -> list[str]:
    """Return names that every LMS takes for an answer, no two alike: Moodle allows letters, digits, `_` and `.`."""
    seen: Counter[str] = Counter()
    names = []
    for text in texts:
        name = slug(text).replace("-", "_")[:_LONGEST_IDENTIFIER]
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return names
