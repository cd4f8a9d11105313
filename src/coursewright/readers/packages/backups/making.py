"""An activity of a backup on its way to parts: its texts as Markdown, and what is entered of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from itertools import chain
from typing import Generic, TypeVar

from coursewright.course.outline import Entry
from coursewright.course.parts import Page
from coursewright.course.quiz import Quiz, asked
from coursewright.course.values import Audience
from coursewright.findings.finding import Finding
from coursewright.frozen import frozen, slotted
from coursewright.packages.documents.moodle.activity_rows import ActivityDocument, Grading
from coursewright.packages.documents.moodle.instances import Instance
from coursewright.packages.files.budget import MOST_LISTED
from coursewright.readers.packages.backups.questions import BankReader
from coursewright.readers.packages.backups.stored import Stored
from coursewright.readers.packages.backups.ways import BackupWays, joined
from coursewright.readers.packages.frames import unframed
from coursewright.readers.packages.ledger import Ledger, Listed
from coursewright.readers.packages.moodle_texts import html_of
from coursewright.readers.packages.recovery import Element, ElementKind
from coursewright.readers.packages.shaping import PartHead
from coursewright.readers.packages.texts import Lead, WrittenText, written

_DATES = (
    *("allowsubmissionsfromdate", "duedate", "cutoffdate", "gradingduedate"),
    *("timeopen", "timeclose", "assesstimestart"),
)
_LOST = {"teamsubmission": "group work", "blindmarking": "blind marking", "markingworkflow": "a marking workflow"}

Own = TypeVar("Own", bound=Instance, covariant=True)


@frozen
class BackedUp(Generic[Own]):
    """An activity of a backup: its entry in the outline, its module, what its documents say, and the key of its part.

    `passing` is the score that passes in percent, where its gradebook has one, and `chapters` are the keys of a book's
    chapters by their numbers.
    """

    entry: Entry
    module: str
    document: ActivityDocument
    own: Own
    passing: float | None
    grading: Grading
    key: str
    audience: Audience
    chapters: Mapping[str, str] = field(default_factory=dict)
    title: str = ""

    @property
    def context(self) -> str:
        """The number of its context, to which its files belong."""
        return self.document.contextid


@slotted
class Making:
    """What makers of parts have in common: texts as Markdown, and what is entered in the ledger.

    `ours` says that we wrote the backup.
    """

    stored: Stored
    ways: BackupWays
    questions: BankReader
    ledger: Ledger
    language: str = ""
    ours: bool = False
    findings: list[Finding] = field(default_factory=list)

    def first(
        self, one: BackedUp[Instance], found: Sequence[Listed], kind: ElementKind, what: str, most: int = MOST_LISTED
    ) -> Sequence[Listed]:
        """Return as many of what an activity lists as are read; that there are more is told."""
        return self.ledger.first(found, what, Element(kind, one.entry.identifier, one.title), most)

    def text(
        self, one: BackedUp[Instance], texts: Sequence[tuple[str, str]], item: str = "", more: str = ""
    ) -> WrittenText:
        """Return texts with their formats as Markdown, one below the other, with HTML after them."""
        found = [*(html_of(text, format, self.language) for text, format in texts), (more, False)]
        lead = self.ways.lead_on(one.context, item, one.title)
        return joined(self.written(text, is_markdown, lead) for text, is_markdown in found if text.strip())

    def written(self, text: str, is_markdown: bool, lead: Lead) -> WrittenText:
        """Return a text as Markdown, which it may be already."""
        if is_markdown:
            return self.ways.in_markdown(text, lead)
        return written(unframed(text).html if self.ours else text, lead)

    def _element(self, kind: ElementKind, one: BackedUp[Instance], text: WrittenText | None = None) -> Element:
        """Return an activity as an element that is kept."""
        own = (name for name in one.entry.files if name.endswith(f"/{one.module}.xml"))
        found = Element(kind, one.entry.identifier, one.title, file=next(chain(own, one.entry.files), ""))
        return found.of(text) if text else found

    def kept(self, kind: ElementKind, one: BackedUp[Instance], text: WrittenText | None = None) -> None:
        """Enter an activity that is kept as it is."""
        self.ledger.note(self._element(kind, one, text))

    def changed(self, kind: ElementKind, one: BackedUp[Instance], why: str, text: WrittenText | None = None) -> None:
        """Enter an activity of which something is lost, or that becomes another thing."""
        self.ledger.note(self._element(kind, one, text).changed(why))

    def dropped(self, kind: ElementKind, one: BackedUp[Instance], why: str) -> None:
        """Enter an activity that is not kept."""
        self.ledger.note(self._element(kind, one).dropped(why))

    def unkept(self, one: BackedUp[Instance], more: Iterable[str] = ()) -> None:
        """Enter what is set for an activity, and no course here can hold: its dates, its settings and more of them."""
        dates = [name for name in _DATES if one.own.says(name) not in ("", "0")]
        lost = [words for name, words in _LOST.items() if one.own.says(name) not in ("", "0")]
        self.ledger.unkept(one.entry.identifier, one.title, dates)
        for words in filter(None, (*lost, *more)):
            self.ledger.unkept(one.entry.identifier, one.title, settings=[words])

    def head(self, one: BackedUp[Instance], title: str = "", key: str = "") -> PartHead:
        """Return what a part of an activity is called."""
        return PartHead(key or one.key, title or one.title, self.ledger.shown, one.audience)

    def page(self, one: BackedUp[Instance], text: WrittenText, title: str = "", key: str = "") -> Page:
        """Return a text as a page."""
        return self.head(one, title, key).page(text)

    def intro(self, one: BackedUp[Instance]) -> WrittenText:
        """Return what is said about an activity."""
        return self.text(one, [(one.own.intro, one.own.introformat)])

    def note_questions(self, quiz: Quiz) -> None:
        """Enter the questions of a quiz, which are kept."""
        for question in asked(quiz):
            self.ledger.kept(ElementKind.QUESTION, question.key, question.title or question.stem[:60])
