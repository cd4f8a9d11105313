"""A document of QTI 1.2 as values: what is written is read as it was, and what others wrote as far as it goes.

What stands where nothing of its name should is kept as well, as a `QtiFlow`, `QtiTests` or `QtiSection` by its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import ClassVar

from lxml.etree import _Element

from coursewright.frozen import frozen
from coursewright.packages.documents.fields import attribute, content, line, listed, mixed, read_as, tag

RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy", "response_extension")


@frozen
class QtiText:
    """A text that is shown: HTML or plain, as `texttype` says. Elements in it are no part of QTI."""

    TAGS: ClassVar[tuple[str, ...]] = ("mattext", "matemtext")
    name: str = tag("mattext")
    texttype: str = attribute()
    text: str = content()
    contents: tuple[QtiFlow, ...] = mixed()


@frozen
class QtiImage:
    """A picture by its address."""

    TAGS: ClassVar[tuple[str, ...]] = ("matimage",)
    uri: str = attribute()
    label: str = attribute()
    contents: tuple[QtiFlow, ...] = mixed()


@frozen
class QtiLabel:
    """Something to choose, or a place to write into."""

    TAGS: ClassVar[tuple[str, ...]] = ("response_label",)
    ident: str | None = attribute(default=None)
    rshuffle: str = attribute()
    contents: tuple[QtiPiece, ...] = mixed()
    line: int = line()


@frozen
class QtiRendering:
    """How learners answer: by choosing (`render_choice`), by writing (`render_fib`) or otherwise."""

    TAGS: ClassVar[tuple[str, ...]] = (
        *("render_choice", "render_fib", "render_hotspot", "render_slider", "render_extension"),
    )
    name: str = tag("render_choice")
    shuffle: str = attribute()
    fibtype: str = attribute()
    rows: str = attribute()
    contents: tuple[QtiPiece, ...] = mixed()


@frozen
class QtiResponse:
    """What learners answer, once or several times in a question."""

    TAGS: ClassVar[tuple[str, ...]] = RESPONSES
    name: str = tag("response_lid")
    ident: str = attribute()
    rcardinality: str | None = attribute(default=None)
    contents: tuple[QtiPiece, ...] = mixed()

    @property
    def labels(self) -> list[QtiLabel]:
        """Return what it offers."""
        return [one for one in pieces(self.contents) if isinstance(one, QtiLabel)]

    def rendered(self, name: str) -> QtiRendering | None:
        """Return the first way in which it is answered that has a name."""
        found = (one for one in pieces(self.contents) if isinstance(one, QtiRendering) and one.name == name)
        return next(found, None)


@frozen
class QtiFlow:
    """What only holds others: a material, a flow, a hint, and whatever is not known."""

    name: str = tag("material")
    contents: tuple[QtiPiece, ...] = mixed()


QtiPiece = QtiText | QtiImage | QtiLabel | QtiRendering | QtiResponse | QtiFlow
"""Whatever stands in the presentation of a question, and in its feedback."""


@frozen
class QtiTest:
    """What an answer is compared with, or that it is `other` than all before."""

    TAGS: ClassVar[tuple[str, ...]] = (
        *("varequal", "varsubstring", "varsubset", "vargt", "vargte", "varlt", "varlte", "other"),
    )
    name: str = tag("varequal")
    respident: str = attribute()
    case: str = attribute()
    text: str = content()
    line: int = line()

    @property
    def value(self) -> str:
        """Return what it compares with, without blanks around it."""
        return self.text.strip()


@frozen
class QtiTests:
    """Comparisons that hold together: `conditionvar`, `and`, `or`, `not`."""

    name: str = tag("conditionvar")
    tests: tuple[QtiTest | QtiTests, ...] = mixed()


@frozen
class QtiScore:
    """What a condition earns."""

    action: str | None = attribute(default=None)
    varname: str | None = attribute(default=None)
    text: str = content()


@frozen
class QtiShown:
    """The feedback that a condition shows."""

    feedbacktype: str = attribute()
    linkrefid: str = attribute()
    line: int = line()


@frozen
class QtiCondition:
    """What earns something or is told something; whether the next one is asked, too, says `goes_on`."""

    goes_on: str = attribute("continue")
    tests: tuple[QtiTests, ...] = listed("conditionvar")
    scores: tuple[QtiScore, ...] = listed("setvar")
    shown: tuple[QtiShown, ...] = listed("displayfeedback")

    def compared(self) -> Iterator[tuple[QtiTest, bool]]:
        """Yield all that is compared, each with whether it must not hold."""
        return chain.from_iterable(_compared(one, negated=False) for one in self.tests)


@frozen
class QtiRange:
    """Between which numbers a score is."""

    maxvalue: str = attribute()
    minvalue: str = attribute()
    varname: str = attribute()
    vartype: str = attribute()


@frozen
class QtiProcessing:
    """How a question is scored."""

    ranges: tuple[QtiRange, ...] = listed("decvar", "outcomes")
    conditions: tuple[QtiCondition, ...] = listed("respcondition")


@frozen
class QtiFeedback:
    """What learners are told."""

    ident: str | None = attribute(default=None)
    contents: tuple[QtiPiece, ...] = mixed()
    line: int = line()


@frozen
class MetadataField:
    """A label and its entry."""

    fieldlabel: str = ""
    fieldentry: str = ""
    line: int = line()


@frozen
class QtiMetadata:
    """What a question, a quiz or a bank says of itself, by labels."""

    own: tuple[MetadataField, ...] = listed("qtimetadatafield", "qtimetadata")
    of_item: tuple[MetadataField, ...] = listed("qtimetadatafield", "itemmetadata/qtimetadata")

    @property
    def fields(self) -> tuple[MetadataField, ...]:
        """Return all of it."""
        return (*self.own, *self.of_item)

    @property
    def facts(self) -> dict[str, str]:
        """Return the same as entries by label."""
        return {one.fieldlabel: one.fieldentry for one in self.fields}

    @property
    def folded(self) -> dict[str, str]:
        """Return the same by labels in small letters: Canvas makes no difference."""
        return {label.lower(): entry for label, entry in self.facts.items()}


@frozen
class QtiItem:
    """A question."""

    TAGS: ClassVar[tuple[str, ...]] = ("item",)
    ident: str | None = attribute(default=None)
    title: str = attribute()
    metadata: tuple[MetadataField, ...] = listed("qtimetadatafield", "qtimetadata")
    item_metadata: tuple[MetadataField, ...] = listed("qtimetadatafield", "itemmetadata/qtimetadata")
    presentation: QtiFlow | None = None
    processing: tuple[QtiProcessing, ...] = listed("resprocessing")
    feedback: tuple[QtiFeedback, ...] = listed("itemfeedback")
    contents: tuple[QtiPiece, ...] = mixed()
    line: int = line()

    @property
    def known(self) -> QtiMetadata:
        """Return what it says of itself."""
        return QtiMetadata(self.metadata, self.item_metadata)

    @property
    def conditions(self) -> tuple[QtiCondition, ...]:
        """Return what earns something or is told something."""
        return tuple(one for processing in self.processing for one in processing.conditions)

    @property
    def compared(self) -> list[tuple[QtiTest, bool]]:
        """Return all that its answers are compared with, each with whether it must not hold."""
        return [found for condition in self.conditions for found in condition.compared()]

    @property
    def presented(self) -> Iterator[QtiPiece]:
        """Yield all that is presented."""
        return pieces(self.presentation.contents) if self.presentation else iter(())

    @property
    def responses(self) -> tuple[QtiResponse, ...]:
        """Return what is answered, in whatever it stands."""
        return tuple(one for one in self.presented if isinstance(one, QtiResponse))


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


@frozen
class QtiSection:
    """What holds questions: a document, an assessment, a bank (`objectbank`) or a section."""

    name: str = tag("section")
    ident: str = attribute()
    title: str = attribute()
    metadata: tuple[MetadataField, ...] = listed("qtimetadatafield", "qtimetadata")
    rubric: QtiFlow | None = None
    presentation_material: QtiFlow | None = None
    selections: tuple[BankSelection, ...] = listed("selection", "selection_ordering")
    contents: tuple[QtiItem | QtiSection, ...] = mixed()
    line: int = line()

    @property
    def known(self) -> QtiMetadata:
        """Return what it says of itself."""
        return QtiMetadata(self.metadata)

    @property
    def selection(self) -> BankSelection | None:
        """Return what it draws, None where it asks all that is in it."""
        return self.selections[0] if self.selections else None

    @property
    def items(self) -> Iterator[QtiItem]:
        """Yield the questions in it, in whatever section."""
        for one in self.contents:
            if isinstance(one, QtiItem):
                yield one
            else:
                yield from one.items

    def held(self, *names: str) -> list[QtiSection]:
        """Return what stands right in it under some names, and holds questions."""
        return [one for one in self.contents if isinstance(one, QtiSection) and one.name in names]


def facts_of(element: _Element) -> dict[str, str]:
    """Return what the element of a question, a quiz or a bank says of itself, as entries by label."""
    return read_as(QtiMetadata, element).facts


def pieces(found: Iterable[QtiPiece], *, around: tuple[type, ...] = ()) -> Iterator[QtiPiece]:
    """Yield pieces, each before those in it; what is in one of the classes `around` is not looked into."""
    for one in found:
        yield one
        if not isinstance(one, around):
            yield from pieces(one.contents, around=around)


def _compared(tests: QtiTests, *, negated: bool) -> Iterator[tuple[QtiTest, bool]]:
    for one in tests.tests:
        if isinstance(one, QtiTest):
            yield one, negated
        else:
            yield from _compared(one, negated=negated != (one.name == "not"))
