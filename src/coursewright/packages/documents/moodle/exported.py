"""A question of Moodle XML as the row that it is in a bank: its answers, and what is to be matched, are numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from coursewright.packages.documents.moodle.bank_rows import (
    AnswerRow,
    ChoiceRow,
    CombinedRow,
    EssayRow,
    HintRow,
    MatchRow,
    QuestionPlugin,
    QuestionRow,
    ShortanswerRow,
    ToleranceRow,
)
from coursewright.packages.documents.moodle.rows import TagRow
from coursewright.packages.documents.parsing import text_of

_FORMATS: Mapping[str, str] = {
    "moodle_auto_format": "0",
    "moodle": "0",
    "plain_text": "2",
    "plain": "2",
    "markdown": "4",
}
_HTML = "1"
_CHOICES = ("multichoice", "multichoiceset")
_WORDS = ("selectoption", "dragbox")


def read_exported(element: etree._Element) -> QuestionRow:
    """Return a question of Moodle XML."""
    return QuestionRow(
        "",
        "0",
        text_of(element.find("name/text")),
        *_said(element.find("questiontext")),
        *_said(element.find("generalfeedback")),
        text_of(element.find("defaultgrade")).strip(),
        qtype=(element.get("type") or "").strip().lower(),
        plugins=(_plugin(element),),
        hints=tuple(HintRow("", *_said(one)) for one in element.iterfind("hint")),
        tags=tuple(TagRow(rawname=text_of(one).strip()) for one in element.iterfind("tags/tag/text")),
        others=(("idnumber", text_of(element.find("idnumber")).strip()),),
    )


def _said(element: etree._Element | None) -> tuple[str, str]:
    """Return a text with the number of its format."""
    if element is None:
        return "", _HTML
    inner = element.find("text")
    text = element.text or "" if inner is None else text_of(inner)
    return text, _FORMATS.get((element.get("format") or "").lower(), _HTML)


def _plugin(element: etree._Element) -> QuestionPlugin:
    """Return what only questions of its type have."""
    answers = list(enumerate(element.iterfind("answer"), start=1))
    shuffled, told = _flag(element, "shuffleanswers", usual=True), tuple(_told(element))
    is_choice = (element.get("type") or "").strip().lower() in _CHOICES
    parts = enumerate(element.iterfind("subquestion"), start=1)
    return QuestionPlugin(
        answers=(*(_answer(number, one) for number, one in answers), *_words(element)),
        multichoice=ChoiceRow("", "0", _flag(element, "single", usual=True), shuffled, *told) if is_choice else None,
        matchoptions=None if is_choice else CombinedRow("", shuffled, *told),
        shortanswer=ShortanswerRow("", _flag(element, "usecase", usual=False)),
        tolerances=tuple(ToleranceRow("", str(number), text_of(one.find("tolerance"))) for number, one in answers),
        matches=tuple(
            MatchRow(str(number), *_said(one), text_of(one.find("answer/text")).strip()) for number, one in parts
        ),
        essay=EssayRow(
            responseformat=text_of(element.find("responseformat")).strip(),
            attachments=text_of(element.find("attachments")).strip(),
        ),
    )


def _answer(number: int, element: etree._Element) -> AnswerRow:
    return AnswerRow(str(number), *_said(element), _share(element.get("fraction")), *_said(element.find("feedback")))


def _words(element: etree._Element) -> Iterator[AnswerRow]:
    """Yield words to choose from, whose groups a bank keeps where other answers have feedback."""
    for number, one in enumerate((each for name in _WORDS for each in element.iterfind(name)), start=1):
        yield AnswerRow(str(number), text_of(one.find("text")), feedback=text_of(one.find("group")).strip())


def _told(element: etree._Element) -> Iterator[str]:
    for said in ("correct", "partiallycorrect", "incorrect"):
        yield from _said(element.find(f"{said}feedback"))


def _flag(element: etree._Element, name: str, *, usual: bool) -> str:
    found = text_of(element.find(name)).strip().lower()
    return str(int(found in ("1", "true", "yes") if found else usual))


def _share(percent: str | None) -> str:
    """Return a share of the points, which is said in percent."""
    try:
        return str(float((percent or "0").strip().replace(",", ".")) / 100)
    except ValueError:
        return "0"
