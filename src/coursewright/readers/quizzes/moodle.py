"""Moodle XML: a bank of questions as Moodle exports it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from coursewright.course.quiz import Answer, Blank, Draw, Feedback, Option, Pair, Question, QuestionKind, Quiz
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.packages.documents.parsing import line_of
from coursewright.readers.quizzes.banks import bank
from coursewright.readers.quizzes.cloze import cloze_of
from coursewright.readers.quizzes.documents_xml import inner_of
from coursewright.readers.quizzes.making import boolean_of, checked
from coursewright.readers.quizzes.markup import escaped, markdown_of
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.text.names import shortened

_GAP = re.compile(r"\\?\[\\?\[(\d+)\\?\]\\?\]")


def moodle_of(root: etree._Element, sheet: Sheet, findings: list[Finding]) -> Quiz | None:
    """Return a bank of questions as a quiz."""
    questions: list[Question | Draw] = []
    title, category = "", ""
    for element in root.iterchildren("question"):
        kind = (element.get("type") or "").strip().lower()
        if kind == "category":
            path = re.sub(r"(?<!/)/(?!/)", "\n", inner_of(element.find("category/text"))).split("\n")
            category = path[-1].replace("//", "/").strip()
            title = title or category
            continue
        place = Place(sheet.path, line_of(element))
        question = question_of(element, kind, place, findings)
        if question:
            tags = tuple(filter(None, (inner_of(tag).strip() for tag in element.iterfind("tags/tag/text"))))
            own = (category,) if category and category != "top" else ()
            questions.append(replace(question, tags=tuple(dict.fromkeys((*tags, *own)))))
    return bank(sheet, "" if title == "top" else title, questions, findings)


def _text(element: etree._Element | None, default: str = "html") -> str:
    """Return a text of a question as Markdown, by the format that it names."""
    if element is None:
        return ""
    source = inner_of(element.find("text")) if element.find("text") is not None else str(element.text or "")
    source = re.sub(r"@@PLUGINFILE@@/", "", source)
    name = (element.get("format") or default).lower()
    if name == "markdown":
        return source.strip()
    if name in ("plain_text", "plain"):
        return escaped(source.strip())
    if name in ("moodle_auto_format", "moodle") and "<" not in source:
        return escaped(source.strip())
    return markdown_of(source)


def question_of(element: etree._Element, kind: str, place: Place, findings: list[Finding]) -> Question | None:
    """Return a question with its key; None with a finding where it asks nothing."""
    stem = _text(element.find("questiontext"))
    title = " ".join(inner_of(element.find("name/text")).split())
    _warn_of_files(element, findings, place)
    if not stem and not title:
        findings.append(messages.QUESTION_LEFT_OUT.at(place, reason="it has no text"))
        return None
    reader = _KINDS.get(kind)
    question = reader(element, stem) if reader else Question("", QuestionKind.ESSAY, stem, graded=False)
    if not reader:
        name = shortened(title or stem, 60)
        findings.append(messages.QUESTION_KIND_UNKNOWN.at(place, kind=kind or "unknown", question=name))
    points = _float(inner_of(element.find("defaultgrade")), 1.0)
    told = question.feedback
    if general := _text(element.find("generalfeedback")):
        told = replace(told, general=general)
    question = replace(
        question,
        key=inner_of(element.find("idnumber")).strip(),
        title=title,
        line=place.line,
        points=0.0 if question.kind is QuestionKind.PASSAGE else points,
        hints=tuple(filter(None, map(_text, element.iterfind("hint")))),
        feedback=told,
    )
    if question.stem:
        question, more = checked(question, place)
        findings += more
    else:
        question, more = checked(replace(question, stem=escaped(title)), place)
        findings += more
    return question


def _warn_of_files(element: etree._Element, findings: list[Finding], place: Place) -> None:
    for found in element.iter("file"):
        at = replace(place, line=line_of(found))
        reason = "files within a bank are not read"
        findings.append(messages.PICTURE_LEFT_OUT.at(at, name=shortened(found.get("name") or "", 60), reason=reason))


def _float(text: str, default: float) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return default


def _share(answer: etree._Element) -> float:
    return max(-1.0, min(1.0, _float(answer.get("fraction") or "0", 0.0) / 100))


def _told(element: etree._Element) -> Feedback:
    return Feedback(
        correct=_text(element.find("correctfeedback")),
        partial=_text(element.find("partiallycorrectfeedback")),
        incorrect=_text(element.find("incorrectfeedback")),
    )


def _is_yes(element: etree._Element, name: str, *, default: bool) -> bool:
    found = inner_of(element.find(name)).strip().lower()
    return found in ("1", "true", "yes") if found else default


def _choice(element: etree._Element, stem: str) -> Question:
    options = tuple(
        Option("", _text(answer), _share(answer), _text(answer.find("feedback")))
        for answer in element.iterfind("answer")
    )
    single = _is_yes(element, "single", default=True)
    kind = QuestionKind.CHOICE if single else QuestionKind.CHOICES
    shuffled = _is_yes(element, "shuffleanswers", default=True)
    question = Question("", kind, stem, options=options, feedback=_told(element), shuffled=shuffled)
    return boolean_of(question)


def _boolean(element: etree._Element, stem: str) -> Question:
    shares = {inner_of(answer.find("text")).strip().lower(): answer for answer in element.iterfind("answer")}
    best = max(shares, key=lambda said: _share(shares[said]), default="")
    right = None if not best or _share(shares[best]) <= 0 else best == "true"
    told = {said: _text(answer.find("feedback")) for said, answer in shares.items()}
    if right is None:
        return Question("", QuestionKind.BOOLEAN, stem)
    feedback = Feedback(correct=told.get(str(right).lower(), ""), incorrect=told.get(str(not right).lower(), ""))
    return Question("", QuestionKind.BOOLEAN, stem, right=right, feedback=feedback)


def _written(element: etree._Element, stem: str) -> Question:
    exact = _is_yes(element, "usecase", default=False)
    answers = tuple(
        Answer(
            inner_of(answer.find("text")).strip(),
            fraction=_share(answer),
            feedback=_text(answer.find("feedback")),
            exact_case=exact,
        )
        for answer in element.iterfind("answer")
    )
    return Question("", QuestionKind.TEXT, stem, answers=answers)


def _number(element: etree._Element, stem: str) -> Question:
    return Question("", QuestionKind.NUMBER, stem, answers=tuple(_numbers(element)))


def _numbers(element: etree._Element) -> Iterator[Answer]:
    for answer in element.iterfind("answer"):
        text = inner_of(answer.find("text")).strip()
        told, share = _text(answer.find("feedback")), _share(answer)
        if text == "*":
            yield Answer("*", fraction=share, feedback=told)
            continue
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            continue
        yield Answer(
            value=value, tolerance=_float(inner_of(answer.find("tolerance")), 0.0), fraction=share, feedback=told
        )


def _match(element: etree._Element, stem: str) -> Question:
    pairs = tuple(
        Pair(_text(one), escaped(inner_of(one.find("answer/text")).strip())) for one in element.iterfind("subquestion")
    )
    shuffled = _is_yes(element, "shuffleanswers", default=True)
    return Question("", QuestionKind.MATCH, stem, pairs=pairs, feedback=_told(element), shuffled=shuffled)


def _order(element: etree._Element, stem: str) -> Question:
    answers = sorted(element.iterfind("answer"), key=lambda answer: _float(answer.get("fraction") or "", 0.0))
    options = tuple(Option("", _text(answer), 1.0) for answer in answers)
    return Question("", QuestionKind.ORDER, stem, options=options, feedback=_told(element))


def _essay(element: etree._Element, stem: str) -> Question:
    files = inner_of(element.find("attachments")).strip() not in ("", "0")
    none = inner_of(element.find("responseformat")).strip() == "noinline"
    return Question("", QuestionKind.UPLOAD if files and none else QuestionKind.ESSAY, stem)


def _passage(element: etree._Element, stem: str) -> Question:
    return Question("", QuestionKind.PASSAGE, stem, points=0.0, graded=False)


@frozen
class _Word:
    text: str
    group: str


def _gaps(element: etree._Element, stem: str) -> Question:
    words = [
        _Word(markdown_of(inner_of(one.find("text"))), inner_of(one.find("group")).strip() or "1")
        for one in (*element.iterfind("selectoption"), *element.iterfind("dragbox"))
    ]
    blanks: dict[str, Blank] = {}
    for number in dict.fromkeys(_GAP.findall(stem)):
        if 0 < int(number) <= len(words):
            word = words[int(number) - 1]
            options = tuple(dict.fromkeys(one.text for one in words if one.group == word.group))
            blanks[number] = Blank(number, (Answer(word.text),), options)
    stem = _GAP.sub(lambda found: f"[[{found[1]}]]", stem)
    return Question("", QuestionKind.BLANKS, stem, blanks=tuple(blanks.values()), feedback=_told(element))


def _cloze(element: etree._Element, stem: str) -> Question:
    source = inner_of(element.find("questiontext/text"))
    text, blanks = cloze_of(source)
    return Question(
        "", QuestionKind.BLANKS, markdown_of(text).replace("\\[\\[", "[[").replace("\\]\\]", "]]"), blanks=blanks
    )


_KINDS: Mapping[str, Callable[[etree._Element, str], Question]] = {
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
