"""Questions of a backup's bank with their keys, and those that no quiz asks."""

from __future__ import annotations

import re
from dataclasses import field, replace
from urllib.parse import quote

from markupsafe import Markup

from coursewright.course.quiz import Question
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import slotted
from coursewright.packages.documents.moodle.bank_rows import GapsRow, QuestionPlugin, QuestionRow
from coursewright.packages.documents.moodle.xml import OWN_FILE
from coursewright.readers.packages.moodle_bank import Bank, Banked
from coursewright.readers.packages.moodle_texts import values_in_one_language
from coursewright.readers.packages.texts import list_of, plain_of
from coursewright.readers.quizzes.moodle import question_of

_GAP = re.compile(r"\{#(\d{1,9})\}")


@slotted
class BankReader:
    """Reads the questions of a bank.

    `pictures` are the names of the files onto which things are dragged, by the numbers of questions, and `asked` the
    numbers of the questions that were read.
    """

    language: str = ""
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
            row = values_in_one_language(self._whole(one), self.language)
            made = question_of(row, one.idnumber, Place(shown), findings, f"q{one.number}/")
            self._made[one.number] = replace(made, line=0) if made else None
        return self._made[one.number]

    def _whole(self, one: Banked) -> QuestionRow:
        """Return a question with what belongs to its text and stands elsewhere."""
        row, plugin = one.row, one.row.plugin
        if plugin.multianswer:
            row = replace(row, questiontext=self._with_gaps(row.questiontext, plugin.multianswer))
        if row.qtype in ("ddimageortext", "ddmarker"):
            dragged = _dragged(plugin, self.pictures.get(one.number, ""))
            row = replace(row, questiontext=row.questiontext + dragged)
        return row

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


def _dragged(source: QuestionPlugin, picture: str) -> str:
    """Return the picture of a question and what is dragged onto it, as HTML."""
    labels = filter(None, (plain_of(one.label) for one in source.drags))
    shown = Markup('<p><img src="{}{}" alt=""></p>').format(OWN_FILE, quote(picture)) if picture else ""
    return f"{shown}{list_of(labels)}"
