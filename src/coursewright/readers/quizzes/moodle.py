"""Questions of Moodle, wherever they are from: a bank as Moodle exports it, and each question by its row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from coursewright.course.quiz import Answer, Blank, Draw, Feedback, Option, Pair, Question, QuestionKind, Quiz
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.bank_rows import AnswerRow, QuestionRow
from coursewright.packages.documents.moodle.exported import read_exported
from coursewright.packages.documents.moodle.xml import OWN_FILE
from coursewright.packages.documents.parsing import line_of
from coursewright.readers.quizzes.banks import bank
from coursewright.readers.quizzes.cloze import cloze_of
from coursewright.readers.quizzes.documents_xml import inner_of
from coursewright.readers.quizzes.making import boolean_of, checked
from coursewright.readers.quizzes.markup import escaped, markdown_of
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.text.names import shortened

_GAP = re.compile(r"\\?\[\\?\[(\d+)\\?\]\\?\]")
_GROUP = re.compile(r'"?(?:draggroup|group)"?[;:]\s*(?:s:\d+:)?"?(\d+)')
_AS_IT_IS, _PLAIN, _MARKDOWN = "0", "2", "4"  # formats of texts; all others are HTML


def moodle_of(root: etree._Element, sheet: Sheet, findings: list[Finding]) -> Quiz | None:
    """Return a bank of questions as a quiz."""
    questions: list[Question | Draw] = []
    title, category = "", ""
    for element in root.iterchildren("question"):
        if (element.get("type") or "").strip().lower() == "category":
            path = re.sub(r"(?<!/)/(?!/)", "\n", inner_of(element.find("category/text"))).split("\n")
            category = path[-1].replace("//", "/").strip()
            title = title or category
            continue
        place = Place(sheet.path, line_of(element))
        _warn_of_files(element, findings, place)
        row = read_exported(element)
        question = question_of(row, row.unknown["idnumber"], place, findings)
        if question:
            own = (category,) if category and category != "top" else ()
            tags = (*filter(None, (tag.rawname for tag in row.tags)), *own)
            questions.append(replace(question, tags=tuple(dict.fromkeys(tags))))
    return bank(sheet, "" if title == "top" else title, questions, findings)


def _warn_of_files(element: etree._Element, findings: list[Finding], place: Place) -> None:
    for found in element.iter("file"):
        at = replace(place, line=line_of(found))
        reason = "files within a bank are not read"
        findings.append(messages.PICTURE_LEFT_OUT.at(at, name=shortened(found.get("name") or "", 60), reason=reason))


@frozen
class _Source:
    """A question as it is read. `shelf` is the folder that addresses of its own files get, so that no two are one."""

    row: QuestionRow
    shelf: str = ""

    def text(self, text: str, format: str) -> str:
        """Return a text of the question as Markdown, by the number of its format."""
        text = text.replace(OWN_FILE, self.shelf)
        if format == _MARKDOWN:
            return text.strip()
        if format == _PLAIN or (format == _AS_IT_IS and "<" not in text):
            return escaped(text.strip())
        return markdown_of(text)

    @property
    def told(self) -> Feedback:
        """What is said to an attempt by how far it is right."""
        found = self.row.plugin.combined
        if found is None:
            return Feedback()
        return Feedback(
            correct=self.text(found.correctfeedback, found.correctfeedbackformat),
            partial=self.text(found.partiallycorrectfeedback, found.partiallycorrectfeedbackformat),
            incorrect=self.text(found.incorrectfeedback, found.incorrectfeedbackformat),
        )

    @property
    def is_shuffled(self) -> bool:
        """Whether its answers are mixed."""
        found = self.row.plugin.combined
        return found is None or found.shuffleanswers != "0"

    def answers(self) -> Iterator[tuple[AnswerRow, float, str]]:
        """Yield its answers, each with its share of the points and what is said to it; one without a number is none."""
        for one in self.row.plugin.answers:
            if one.id:
                share = max(-1.0, min(1.0, _float(one.fraction, 0.0)))
                yield one, share, self.text(one.feedback, one.feedbackformat)


def question_of(
    row: QuestionRow, known: str, place: Place, findings: list[Finding], shelf: str = ""
) -> Question | None:
    """Return a question with its key, which is `known` by a name; None with a finding where it asks nothing.

    `shelf` is the folder that its own files go by, "" for none.
    """
    source = _Source(row, shelf)
    stem, title = source.text(row.questiontext, row.questiontextformat), " ".join(row.name.split())
    if not stem and not title:
        findings.append(messages.QUESTION_LEFT_OUT.at(place, reason="it has no text"))
        return None
    reader = _KINDS.get(row.qtype)
    question = reader(source, stem) if reader else Question("", QuestionKind.ESSAY, stem, graded=False)
    if not reader:
        name = shortened(title or stem, 60)
        findings.append(messages.QUESTION_KIND_UNKNOWN.at(place, kind=row.qtype or "unknown", question=name))
    points = _float(row.defaultmark or row.unknown.get("defaultgrade", ""), 1.0)
    told = question.feedback
    if general := source.text(row.generalfeedback, row.generalfeedbackformat):
        told = replace(told, general=general)
    hints = (source.text(hint.hint, hint.hintformat) for hint in row.hints)
    question = replace(
        question,
        key=known,
        title=title,
        stem=question.stem or escaped(title),
        line=place.line,
        points=0.0 if question.kind is QuestionKind.PASSAGE else points,
        hints=tuple(filter(None, hints)),
        feedback=told,
    )
    question, more = checked(question, place)
    findings += more
    return question


def _float(text: str, default: float) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return default


def _choice(source: _Source, stem: str) -> Question:
    found = source.row.plugin.multichoice
    options = tuple(
        Option("", source.text(one.answertext, one.answerformat), share, told) for one, share, told in source.answers()
    )
    kind = QuestionKind.CHOICES if found and found.single != "1" else QuestionKind.CHOICE
    question = Question("", kind, stem, options=options, feedback=source.told, shuffled=source.is_shuffled)
    return boolean_of(question)


def _boolean(source: _Source, stem: str) -> Question:
    shares = {one.answertext.strip().lower(): (share, told) for one, share, told in source.answers()}
    best = max(shares, key=lambda said: shares[said][0], default="")
    right = None if not best or shares[best][0] <= 0 else best == "true"
    if right is None:
        return Question("", QuestionKind.BOOLEAN, stem)
    told = {said: told for said, (_, told) in shares.items()}
    feedback = Feedback(correct=told.get(str(right).lower(), ""), incorrect=told.get(str(not right).lower(), ""))
    return Question("", QuestionKind.BOOLEAN, stem, right=right, feedback=feedback)


def _written(source: _Source, stem: str) -> Question:
    found = source.row.plugin.shortanswer
    exact = found is not None and found.usecase == "1"
    answers = tuple(
        Answer(one.answertext.strip(), fraction=share, feedback=told, exact_case=exact)
        for one, share, told in source.answers()
    )
    return Question("", QuestionKind.TEXT, stem, answers=answers)


def _number(source: _Source, stem: str) -> Question:
    return Question("", QuestionKind.NUMBER, stem, answers=tuple(_numbers(source)))


def _numbers(source: _Source) -> Iterator[Answer]:
    tolerances = {one.answer: one.tolerance for one in source.row.plugin.tolerances}
    for one, share, told in source.answers():
        text = one.answertext.strip()
        if text == "*":
            yield Answer("*", fraction=share, feedback=told)
            continue
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            continue
        tolerance = _float(tolerances.get(one.id, ""), 0.0)
        yield Answer(value=value, tolerance=tolerance, fraction=share, feedback=told)


def _match(source: _Source, stem: str) -> Question:
    pairs = tuple(
        Pair(source.text(one.questiontext, one.questiontextformat), escaped(one.answertext.strip()))
        for one in source.row.plugin.matches
        if one.id
    )
    return Question("", QuestionKind.MATCH, stem, pairs=pairs, feedback=source.told, shuffled=source.is_shuffled)


def _order(source: _Source, stem: str) -> Question:
    answers = sorted((one for one, _, _ in source.answers()), key=lambda one: _float(one.fraction, 0.0))
    options = tuple(Option("", source.text(one.answertext, one.answerformat), 1.0) for one in answers)
    return Question("", QuestionKind.ORDER, stem, options=options, feedback=source.told)


def _essay(source: _Source, stem: str) -> Question:
    found = source.row.plugin.essay
    upload = found is not None and found.attachments not in ("", "0") and found.responseformat == "noinline"
    return Question("", QuestionKind.UPLOAD if upload else QuestionKind.ESSAY, stem)


def _passage(source: _Source, stem: str) -> Question:
    return Question("", QuestionKind.PASSAGE, stem, points=0.0, graded=False)


def _gaps(source: _Source, stem: str) -> Question:
    words = [(markdown_of(one.answertext), _group(one.feedback.strip())) for one, _, _ in source.answers()]
    blanks: dict[str, Blank] = {}
    for number in dict.fromkeys(_GAP.findall(stem)):
        if 0 < int(number) <= len(words):
            text, own = words[int(number) - 1]
            options = tuple(dict.fromkeys(word for word, group in words if group == own))
            blanks[number] = Blank(number, (Answer(text),), options)
    stem = _GAP.sub(lambda found: f"[[{found[1]}]]", stem)
    return Question("", QuestionKind.BLANKS, stem, blanks=tuple(blanks.values()), feedback=source.told)


def _group(told: str) -> str:
    """Return to which words one belongs: it says so as a number, or as PHP keeps its values."""
    found = None if told.isdecimal() else _GROUP.search(told)
    return found[1] if found else told or "1"


def _cloze(source: _Source, stem: str) -> Question:
    shelf = f"{OWN_FILE}{source.shelf}"
    text, blanks = cloze_of(source.row.questiontext.replace(OWN_FILE, shelf), markdown_of)
    stem = markdown_of(text).replace("\\[\\[", "[[").replace("\\]\\]", "]]")
    return Question("", QuestionKind.BLANKS, stem, blanks=blanks)


_KINDS: Mapping[str, Callable[[_Source, str], Question]] = {
    "multichoice": _choice,
    "multichoiceset": _choice,
    "truefalse": _boolean,
    "shortanswer": _written,
    "numerical": _number,
    "matching": _match,
    "match": _match,
    "ddmatch": _match,
    "ordering": _order,
    "essay": _essay,
    "description": _passage,
    "gapselect": _gaps,
    "ddwtos": _gaps,
    "multianswer": _cloze,
    "cloze": _cloze,
}
