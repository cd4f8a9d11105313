"""The questions of a backup as rows of Moodle's tables: categories, entries with their versions, and what each has."""

from __future__ import annotations

from typing import ClassVar

from coursewright.frozen import frozen
from coursewright.packages.documents.fields import attribute, listed, long_text, mixed, others, tag
from coursewright.packages.documents.moodle.rows import MoodleRow, OpenRow, TagRow
from coursewright.packages.documents.moodle.xml import MOMENT

_TYPES = (
    *("multichoice", "multichoiceset", "truefalse", "shortanswer", "numerical", "multianswer", "match", "ddmatch"),
    *("essay", "description", "gapselect", "ddwtos", "ordering", "ddimageortext", "ddmarker"),
)


@frozen
class AnswerRow(MoodleRow):
    """An answer with its share of the points; without a number, it is another thing of this name."""

    id: str = attribute()
    answertext: str = long_text()
    answerformat: str = "0"
    fraction: str = ""
    feedback: str = long_text()
    feedbackformat: str = "1"


@frozen
class CombinedRow(MoodleRow):
    """What is said to an attempt by how far it is right, and whether the order of answers is mixed."""

    id: str = attribute()
    shuffleanswers: str = "0"
    correctfeedback: str = long_text()
    correctfeedbackformat: str = "1"
    partiallycorrectfeedback: str = long_text()
    partiallycorrectfeedbackformat: str = "1"
    incorrectfeedback: str = long_text()
    incorrectfeedbackformat: str = "1"
    shownumcorrect: str = "0"


@frozen
class ChoiceRow(MoodleRow):
    """The same of a choice, with whether one is to be chosen."""

    id: str = attribute()
    layout: str = "0"
    single: str = "1"
    shuffleanswers: str = "0"
    correctfeedback: str = long_text()
    correctfeedbackformat: str = "1"
    partiallycorrectfeedback: str = long_text()
    partiallycorrectfeedbackformat: str = "1"
    incorrectfeedback: str = long_text()
    incorrectfeedbackformat: str = "1"
    shownumcorrect: str = "0"
    answernumbering: str = "abc"
    showstandardinstruction: str = "0"


@frozen
class TruefalseRow(MoodleRow):
    """Which of two answers is which."""

    id: str = attribute()
    trueanswer: str = ""
    falseanswer: str = ""
    showstandardinstruction: str = "0"


@frozen
class ShortanswerRow(MoodleRow):
    """Whether capitals count."""

    id: str = attribute()
    usecase: str = "0"


@frozen
class ToleranceRow(MoodleRow):
    """How far an answer that is a number may be missed."""

    id: str = attribute()
    answer: str = ""
    tolerance: str = "0"


@frozen
class UnitsRow(MoodleRow):
    """How a number is written with its unit."""

    id: str = attribute()
    showunits: str = "3"
    unitsleft: str = "0"
    unitgradingtype: str = "0"
    unitpenalty: str = "0.1000000"


@frozen
class MatchRow(MoodleRow):
    """What is to be matched."""

    id: str = attribute()
    questiontext: str = long_text()
    questiontextformat: str = "1"
    answertext: str = long_text()


@frozen
class EssayRow(MoodleRow):
    """How a text, or files, are handed in."""

    id: str = attribute()
    responseformat: str = "editor"
    responserequired: str = "1"
    responsefieldlines: str = "10"
    attachments: str = "0"
    attachmentsrequired: str = "0"
    minwordlimit: str | None = None
    maxwordlimit: str | None = None
    filetypeslist: str | None = None
    maxbytes: str = "0"
    graderinfo: str = long_text()
    graderinfoformat: str = "1"
    responsetemplate: str = long_text()
    responsetemplateformat: str = "1"


@frozen
class GapsRow(MoodleRow):
    """Which questions stand in the gaps of a text, by their numbers, with commas."""

    id: str = attribute()
    sequence: str = ""


@frozen
class DragRow(MoodleRow):
    """What is dragged onto a picture."""

    id: str = attribute()
    label: str = long_text()


@frozen
class QuestionPlugin(MoodleRow):
    """What a question has that only those of its type have."""

    TAGS: ClassVar[tuple[str, ...]] = tuple(f"plugin_qtype_{one}_question" for one in _TYPES)
    name: str = tag(f"plugin_qtype_{_TYPES[0]}_question")
    answers: tuple[AnswerRow, ...] = listed("answer", "answers")
    multichoice: ChoiceRow | None = None
    truefalse: TruefalseRow | None = None
    shortanswer: ShortanswerRow | None = None
    tolerances: tuple[ToleranceRow, ...] = listed("numerical_record", "numerical_records")
    units: tuple[UnitsRow, ...] = listed("numerical_option", "numerical_options")
    matchoptions: CombinedRow | None = None
    ddmatchoptions: CombinedRow | None = None
    matches: tuple[MatchRow, ...] = listed("match", "matches")
    essay: EssayRow | None = None
    multianswer: GapsRow | None = None
    gapselect: CombinedRow | None = None
    ddwtos: CombinedRow | None = None
    ordering: CombinedRow | None = None
    drags: tuple[DragRow, ...] = listed("drag", "drags")

    @property
    def combined(self) -> ChoiceRow | CombinedRow | None:
        """What is said to an attempt by how far it is right."""
        paired = self.matchoptions or self.ddmatchoptions
        return self.multichoice or paired or self.gapselect or self.ddwtos or self.ordering


@frozen
class HintRow(MoodleRow):
    """What is said after an attempt that was wrong."""

    id: str = attribute()
    hint: str = long_text()
    hintformat: str = "1"
    shownumcorrect: str = "0"
    clearwrong: str = "0"
    options: str | None = None


@frozen
class QuestionRow(OpenRow):
    """A question; what it had before Moodle 4 is among the `others`."""

    id: str = attribute()
    parent: str = "0"
    name: str = ""
    questiontext: str = long_text()
    questiontextformat: str = "1"
    generalfeedback: str = long_text()
    generalfeedbackformat: str = "1"
    defaultmark: str = ""
    penalty: str = "0.3333333"
    qtype: str = ""
    length: str = "1"
    stamp: str = ""
    timecreated: str = str(MOMENT)
    timemodified: str = str(MOMENT)
    createdby: str | None = None
    modifiedby: str | None = None
    plugins: tuple[QuestionPlugin, ...] = mixed()
    hints: tuple[HintRow, ...] = listed("question_hint", "question_hints")
    tags: tuple[TagRow, ...] = listed("tag", "tags")
    others: tuple[tuple[str, str], ...] = others()

    @property
    def plugin(self) -> QuestionPlugin:
        """What only questions of its type have."""
        return self.plugins[0] if self.plugins else QuestionPlugin()


@frozen
class VersionRow(MoodleRow):
    """A version of a question."""

    id: str = attribute()
    version: str = "1"
    status: str = "ready"
    questions: tuple[QuestionRow, ...] = listed("question", "questions")


@frozen
class EntryRow(MoodleRow):
    """An entry of a bank: a question in all its versions."""

    id: str = attribute()
    questioncategoryid: str = ""
    idnumber: str | None = None
    ownerid: str | None = None
    versions: tuple[VersionRow, ...] = listed("question_versions", "question_version")


@frozen
class CategoryRow(MoodleRow):
    """A category of a bank, with its entries, or before Moodle 4 its questions."""

    ROOT: ClassVar[str] = "question_category"
    id: str = attribute()
    name: str = ""
    contextid: str = ""
    contextlevel: str = ""
    contextinstanceid: str = ""
    info: str = long_text()
    infoformat: str = "0"
    stamp: str = ""
    parent: str = ""
    sortorder: str = ""
    idnumber: str | None = None
    entries: tuple[EntryRow, ...] = listed("question_bank_entry", "question_bank_entries", always=True)
    questions: tuple[QuestionRow, ...] = listed("question", "questions")


@frozen
class QuestionBank(MoodleRow):
    """All that `questions.xml` says."""

    ROOT: ClassVar[str] = "question_categories"
    categories: tuple[CategoryRow, ...] = listed("question_category")
