"""Questions of a backup's bank with their keys.

They are brought into the form of Moodle XML, which the reader of quizzes knows.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from urllib.parse import quote

from lxml import etree
from lxml.etree import Element, SubElement
from markupsafe import Markup

from coursewright.course.quiz import Question
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import slotted
from coursewright.packages.documents.moodle.bank_rows import AnswerRow, GapsRow, QuestionPlugin, QuestionRow
from coursewright.packages.documents.moodle.xml import OWN_FILE
from coursewright.readers.packages.moodle_bank import Bank, Banked
from coursewright.readers.quizzes.moodle import question_of

_FORMATS = {"0": "moodle_auto_format", "1": "html", "2": "plain_text", "4": "markdown"}
_OF_WORDS = {"gapselect": "selectoption", "ddwtos": "dragbox"}
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
            made = question_of(self._exported(one), one.row.qtype, Place(shown), findings)
            self._made[one.number] = replace(made, line=0) if made else None
        return self._made[one.number]

    def _exported(self, one: Banked) -> etree._Element:
        """Return a question as an export to XML has it."""
        source, owner = one.row, f"q{one.number}"
        made, text = Element("question", type=source.qtype), source.questiontext
        _add(made, "name/text", source.name)
        if source.plugin.multianswer:
            text = self._with_gaps(text, source.plugin.multianswer)
        if source.qtype in ("ddimageortext", "ddmarker"):
            text += _dragged(source.plugin, self.pictures.get(one.number, ""))
        exported_text(made, "questiontext", text, source.questiontextformat, owner)
        exported_text(made, "generalfeedback", source.generalfeedback, source.generalfeedbackformat, owner)
        _add(made, "defaultgrade", source.defaultmark or source.before.get("defaultgrade") or "1")
        _add(made, "idnumber", one.idnumber)
        _add_answers(made, source, owner)
        _add_settings(made, source.plugin, owner)
        for hint in source.hints:
            exported_text(made, "hint", hint.hint, hint.hintformat, owner)
        for tag in source.tags:
            _add(made, "tags/tag/text", tag.rawname or tag.name)
        return made

    def _with_gaps(self, text: str, source: GapsRow) -> str:
        """Return a text with its gaps written out, which are questions of their own in a bank, each for one gap."""
        gaps = {str(place): number.strip() for place, number in enumerate(source.sequence.split(","), start=1)}
        left = dict.fromkeys(gaps.values())

        def filled(found: re.Match[str]) -> str:
            if found[1] not in gaps:
                return found[0]
            number = gaps[found[1]]
            gap = self.bank.by_number.get(number) if number in left else None
            left.pop(number, None)
            return " ".join(gap.row.questiontext.split()) if gap else "_____"

        return _GAP.sub(filled, text)


def _add(parent: etree._Element, path: str, text: str) -> None:
    """Append an element with a text in it, at the end of a path."""
    for name in path.split("/"):
        parent = SubElement(parent, name)
    parent.text = text


def _dragged(source: QuestionPlugin, picture: str) -> str:
    """Return the picture of a question and what is dragged onto it, as HTML."""
    labels = filter(None, (_words(one.label) for one in source.drags))
    items = Markup("").join(map(Markup("<li>{}</li>").format, labels))
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


def _add_answers(made: etree._Element, source: QuestionRow, owner: str) -> None:
    """Append answers with their shares, words to choose from, or what is to be matched."""
    tolerances = {one.answer: one.tolerance for one in source.plugin.tolerances}
    for answer in (one for one in source.plugin.answers if one.id):
        if source.qtype in _OF_WORDS:
            _add_word(made, answer, _OF_WORDS[source.qtype])
            continue
        own = exported_text(made, "answer", answer.answertext, answer.answerformat, owner)
        own.set("fraction", answer.fraction if source.qtype == "ordering" else _share(answer.fraction))
        exported_text(own, "feedback", answer.feedback, answer.feedbackformat, owner)
        if tolerance := tolerances.get(answer.id):
            _add(own, "tolerance", tolerance)
    for one in (one for one in source.plugin.matches if one.id):
        part = exported_text(made, "subquestion", one.questiontext, one.questiontextformat, owner)
        _add(part, "answer/text", one.answertext)


def _add_word(made: etree._Element, answer: AnswerRow, tag: str) -> None:
    """Append a word to choose from; the bank keeps its group where others keep feedback."""
    told = answer.feedback.strip()
    group = told if told.isdecimal() else (found[1] if (found := _GROUP.search(told)) else "1")
    own = SubElement(made, tag)
    _add(own, "text", answer.answertext)
    _add(own, "group", group)


def _add_settings(made: etree._Element, plugin: QuestionPlugin, owner: str) -> None:
    """Append what a question has besides its answers."""
    if told := plugin.combined:
        _add(made, "shuffleanswers", "false" if told.shuffleanswers == "0" else "true")
        for said, text, format in (
            ("correct", told.correctfeedback, told.correctfeedbackformat),
            ("partiallycorrect", told.partiallycorrectfeedback, told.partiallycorrectfeedbackformat),
            ("incorrect", told.incorrectfeedback, told.incorrectfeedbackformat),
        ):
            exported_text(made, f"{said}feedback", text, format, owner)
    if plugin.multichoice:
        _add(made, "single", "true" if plugin.multichoice.single == "1" else "false")
    if plugin.shortanswer:
        _add(made, "usecase", plugin.shortanswer.usecase)
    if plugin.essay:
        _add(made, "responseformat", plugin.essay.responseformat)
        _add(made, "attachments", plugin.essay.attachments)
