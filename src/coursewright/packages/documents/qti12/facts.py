"""What QTI 1.2 says of quizzes and questions beside their text: labels with entries, kinds, and what is drawn."""

from __future__ import annotations

from collections.abc import Mapping

from lxml.etree import _Element

from coursewright.course.quiz import Draw, QuestionKind
from coursewright.frozen import frozen
from coursewright.packages.documents.fields import add_as, line, read_as
from coursewright.packages.documents.manifest import child

CANVAS_KINDS: Mapping[QuestionKind, str] = {
    QuestionKind.CHOICE: "multiple_choice_question",
    QuestionKind.CHOICES: "multiple_answers_question",
    QuestionKind.BOOLEAN: "true_false_question",
    QuestionKind.TEXT: "short_answer_question",
    QuestionKind.NUMBER: "numerical_question",
    QuestionKind.BLANKS: "fill_in_multiple_blanks_question",
    QuestionKind.MATCH: "matching_question",
    QuestionKind.ESSAY: "essay_question",
    QuestionKind.UPLOAD: "file_upload_question",
    QuestionKind.PASSAGE: "text_only_question",
}
"""What Canvas calls the kinds of questions that it has."""
DROPDOWNS, CALCULATED = "multiple_dropdowns_question", "calculated_question"
PROFILE_KINDS: Mapping[QuestionKind, str] = {
    QuestionKind.CHOICE: "cc.multiple_choice.v0p1",
    QuestionKind.CHOICES: "cc.multiple_response.v0p1",
    QuestionKind.BOOLEAN: "cc.true_false.v0p1",
    QuestionKind.TEXT: "cc.fib.v0p1",
    QuestionKind.ESSAY: "cc.essay.v0p1",
}
"""What the profile of cartridges calls the kinds of questions that it has."""
_KINDS: Mapping[str, QuestionKind] = {
    **{name: kind for kind, name in CANVAS_KINDS.items()},
    **{name: kind for kind, name in PROFILE_KINDS.items()},
    DROPDOWNS: QuestionKind.BLANKS,
    "ordering_question": QuestionKind.ORDER,
    "cc.pattern_match.v0p1": QuestionKind.TEXT,
}


@frozen
class MetadataField:
    """A label and its entry."""

    fieldlabel: str = ""
    fieldentry: str = ""
    line: int = line()


def fields_of(element: _Element) -> tuple[MetadataField, ...]:
    """Return the metadata of an assessment, a bank or an item: its own, not those of what is in it."""
    holders = (element, *element.iterfind("{*}itemmetadata"))
    found = (one for holder in holders for one in holder.iterfind("{*}qtimetadata/{*}qtimetadatafield"))
    return tuple(read_as(MetadataField, one) for one in found)


def facts_of(element: _Element) -> dict[str, str]:
    """Return the same as entries by label."""
    return {one.fieldlabel: one.fieldentry for one in fields_of(element)}


def described(parent: _Element, **labels: str) -> None:
    """Append metadata: a field for each label that has a value."""
    if known := {label: value for label, value in labels.items() if value}:
        metadata = child(parent, "qtimetadata")
        for label, value in known.items():
            add_as(metadata, "qtimetadatafield", MetadataField(label, value))


def kind_named(facts: Mapping[str, str]) -> QuestionKind | None:
    """Return the kind that the metadata of an item name: Canvas's first, then that of the profile."""
    return _KINDS.get(facts.get("question_type", "")) or _KINDS.get(facts.get("cc_profile", ""))


def points_of(facts: Mapping[str, str]) -> str:
    """Return what an item is worth, as its metadata say it."""
    return facts.get("points_possible") or facts.get("cc_weighting", "")


@frozen
class SelectionExtension:
    """What Canvas says of a selection besides."""

    points_per_item: str = ""


@frozen
class BankSelection:
    """How many questions a section asks of those in it, or of a bank."""

    sourcebank_ref: str = ""
    selection_number: str = ""
    selection_extension: SelectionExtension | None = None

    @property
    def points(self) -> str:
        """What each question is worth."""
        return self.selection_extension.points_per_item if self.selection_extension else ""


def selection_of(section: _Element) -> BankSelection | None:
    """Return what a section draws, None where it asks all that is in it."""
    found = section.find("{*}selection_ordering/{*}selection")
    return None if found is None else read_as(BankSelection, found)


def drawn(section: _Element, draw: Draw, bank: str, points: str) -> None:
    """Append that a section draws questions of a bank."""
    selection = BankSelection(bank, str(draw.count), SelectionExtension(points))
    add_as(child(section, "selection_ordering"), "selection", selection)
