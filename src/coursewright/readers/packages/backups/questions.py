"""Questions of a backup's bank with their keys.

They are brought into the form of Moodle XML, which the reader of quizzes knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from urllib.parse import quote

from lxml import etree
from lxml.etree import Element, SubElement
from markupsafe import Markup

from coursewright.course.quiz import Question
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import slotted
from coursewright.packages.documents.moodle.availability import said
from coursewright.packages.documents.moodle.xml import OWN_FILE
from coursewright.readers.packages.moodle_bank import Bank, Banked
from coursewright.readers.quizzes.moodle import question_of

_FORMATS = {"0": "moodle_auto_format", "1": "html", "2": "plain_text", "4": "markdown"}
_GAP = re.compile(r"\{#(\d{1,9})\}")
_GROUP = re.compile(r'"?(?:draggroup|group)"?[;:]\s*(?:s:\d+:)?"?(\d+)')


@slotted
class BankReader:
    """Reads the questions of a bank.

    `pictures` are the names of the files onto which things are dragged, by the numbers of questions, and `asked` the
    numbers of the questions that were read.
    """

    bank: Bank = field(default_factory=Bank)
    pictures: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    _made: dict[str, Question | None] = field(default_factory=dict)

    def unasked(self) -> dict[str, list[Banked]]:
        """Return the questions that no quiz asks or draws, by their categories."""
        left: dict[str, list[Banked]] = {}
        for one in self.bank.by_entry.values():
            if one.number not in self.asked and one.stands_alone:
                left.setdefault(one.category, []).append(one)
        return left

    def question(self, one: Banked, shown: str, findings: list[Finding]) -> Question | None:
        """Return a question with its key; None with a finding where it cannot be read. Each is read once."""
        self.asked.add(one.number)
        if one.number not in self._made:
            kind = said(one.element, "qtype")
            made = question_of(self._exported(one, kind), kind, Place(shown), findings)
            self._made[one.number] = replace(made, line=0) if made else None
        return self._made[one.number]

    def _exported(self, one: Banked, kind: str) -> etree._Element:
        """Return a question as an export to XML has it."""
        source, owner = one.element, f"q{one.number}"
        made = Element("question", type=kind)
        SubElement(SubElement(made, "name"), "text").text = said(source, "name")
        text = said(source, "questiontext")
        if kind == "multianswer":
            text = self._with_gaps(text, source)
        if kind in ("ddimageortext", "ddmarker"):
            text += _dragged(source, self.pictures.get(one.number, ""))
        exported_text(made, "questiontext", text, said(source, "questiontextformat"), owner)
        exported_text(
            made, "generalfeedback", said(source, "generalfeedback"), said(source, "generalfeedbackformat"), owner
        )
        SubElement(made, "defaultgrade").text = said(source, "defaultmark") or said(source, "defaultgrade") or "1"
        SubElement(made, "idnumber").text = one.idnumber
        _OPTIONS.get(kind, _as_answers)(made, source, owner)
        for hint in source.iterfind("question_hints/question_hint"):
            exported_text(made, "hint", said(hint, "hint"), said(hint, "hintformat"), owner)
        tags = SubElement(made, "tags")
        for tag in source.iterfind("tags/tag"):
            SubElement(SubElement(tags, "tag"), "text").text = said(tag, "rawname") or said(tag, "name")
        return made

    def _with_gaps(self, text: str, source: etree._Element) -> str:
        """Return a text with its gaps written out, which are questions of their own in a bank, each for one gap."""
        numbers = next((said(one, "sequence") for one in source.iter("multianswer") if said(one, "sequence")), "")
        gaps = {str(place): number.strip() for place, number in enumerate(numbers.split(","), start=1)}
        left = dict.fromkeys(gaps.values())

        def filled(found: re.Match[str]) -> str:
            if found[1] not in gaps:
                return found[0]
            number = gaps[found[1]]
            gap = self.bank.by_number.get(number) if number in left else None
            left.pop(number, None)
            return said(gap.element, "questiontext") if gap else "_____"

        return _GAP.sub(filled, text)


def _dragged(source: etree._Element, picture: str) -> str:
    """Return the picture of a question and what is dragged onto it, as HTML."""
    labels = [said(one, "label") for one in source.iter("drag")]
    items = Markup("").join(Markup("<li>{}</li>").format(_words(one)) for one in labels if _words(one))
    shown = Markup('<p><img src="{}{}" alt=""></p>').format(OWN_FILE, quote(picture)) if picture else ""
    return f"{shown}<ul>{items}</ul>" if items else str(shown)


def _words(label: str) -> str:
    return " ".join(re.sub(r"<[^<>]*>", " ", label).split())


def exported_text(parent: etree._Element, tag: str, text: str, format: str, owner: str) -> etree._Element:
    """Append a text as an export to XML has it, its own files under what has them, so that no two mean the same file.

    Such an owner is a question of a bank, q12, or a page of a lesson, p12. The format is a number of Moodle's.
    """
    made = SubElement(parent, tag, format=_FORMATS.get(format, "html"))
    SubElement(made, "text").text = text.replace(OWN_FILE, f"{OWN_FILE}{owner}/")
    return made


def _share(text: str) -> str:
    try:
        return f"{float(text) * 100:.5f}"
    except ValueError:
        return "0"


def _as_answers(made: etree._Element, source: etree._Element, owner: str) -> None:
    """Append answers with their shares."""
    tolerances = {said(one, "answer"): said(one, "tolerance") for one in source.iter("numerical_record")}
    for answer in source.iter("answer"):
        if answer.get("id") is None:
            continue
        own = exported_text(
            made,
            "answer",
            said(answer, "answertext") or said(answer, "answer_text"),
            said(answer, "answerformat"),
            owner,
        )
        own.set("fraction", _share(said(answer, "fraction")))
        exported_text(own, "feedback", said(answer, "feedback"), said(answer, "feedbackformat"), owner)
        if tolerance := tolerances.get(answer.get("id", "")):
            SubElement(own, "tolerance").text = tolerance


def _as_choice(made: etree._Element, source: etree._Element, owner: str) -> None:
    _as_answers(made, source, owner)
    for own in source.iter("multichoice"):
        SubElement(made, "single").text = "true" if said(own, "single") == "1" else "false"
        _shuffled(made, own)
        _told(made, own, owner)


def _shuffled(made: etree._Element, own: etree._Element) -> None:
    SubElement(made, "shuffleanswers").text = "false" if said(own, "shuffleanswers") == "0" else "true"


def _told(made: etree._Element, own: etree._Element, owner: str) -> None:
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        exported_text(made, name, said(own, name), said(own, f"{name}format"), owner)


def _as_written(made: etree._Element, source: etree._Element, owner: str) -> None:
    _as_answers(made, source, owner)
    for own in source.iter("shortanswer"):
        SubElement(made, "usecase").text = said(own, "usecase")


def _as_match(made: etree._Element, source: etree._Element, owner: str) -> None:
    for own in (*source.iter("matchoptions"), *source.iter("ddmatchoptions")):
        _shuffled(made, own)
        _told(made, own, owner)
    for one in source.iter("match"):
        if one.get("id") is None:
            continue
        part = exported_text(made, "subquestion", said(one, "questiontext"), said(one, "questiontextformat"), owner)
        SubElement(SubElement(part, "answer"), "text").text = said(one, "answertext")


def _as_gaps(made: etree._Element, source: etree._Element, owner: str) -> None:
    """Append the words to choose from; the bank keeps their groups where others keep feedback."""
    tag = "selectoption" if said(source, "qtype") == "gapselect" else "dragbox"
    for answer in source.iter("answer"):
        if answer.get("id") is None:
            continue
        told = said(answer, "feedback")
        group = told if told.isdecimal() else (found[1] if (found := _GROUP.search(told)) else "1")
        own = SubElement(made, tag)
        SubElement(own, "text").text = said(answer, "answertext")
        SubElement(own, "group").text = group
    for own in (*source.iter("gapselect"), *source.iter("ddwtos")):
        _told(made, own, owner)


def _as_order(made: etree._Element, source: etree._Element, owner: str) -> None:
    for answer in source.iter("answer"):
        if answer.get("id") is not None:
            own = exported_text(made, "answer", said(answer, "answertext"), said(answer, "answerformat"), owner)
            own.set("fraction", said(answer, "fraction"))
    for own in source.iter("ordering"):
        _told(made, own, owner)


def _as_essay(made: etree._Element, source: etree._Element, owner: str) -> None:
    for own in source.iter("essay"):
        for name in ("responseformat", "attachments"):
            SubElement(made, name).text = said(own, name)


_OPTIONS: Mapping[str, Callable[[etree._Element, etree._Element, str], None]] = {
    "multichoice": _as_choice,
    "multichoiceset": _as_choice,
    "shortanswer": _as_written,
    "match": _as_match,
    "ddmatch": _as_match,
    "gapselect": _as_gaps,
    "ddwtos": _as_gaps,
    "ordering": _as_order,
    "essay": _as_essay,
}
