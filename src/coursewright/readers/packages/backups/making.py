"""An activity of a backup on its way to parts: its texts as Markdown, and what is entered of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from lxml import etree

from coursewright.course.blocks import Headed
from coursewright.course.model import Audience
from coursewright.course.outline import Entry
from coursewright.course.parts import Page
from coursewright.course.quiz import Quiz, asked
from coursewright.findings.finding import Finding
from coursewright.frozen import frozen, slotted
from coursewright.packages.files.budget import MOST_LISTED
from coursewright.readers.packages.backups.questions import BankReader
from coursewright.readers.packages.backups.stored import Stored, html_at
from coursewright.readers.packages.backups.ways import BackupWays, joined
from coursewright.readers.packages.frames import unframed
from coursewright.readers.packages.ledger import Ledger, Listed
from coursewright.readers.packages.recovery import Element, ElementKind, Fate
from coursewright.readers.packages.texts import WrittenText, written
from coursewright.text.markdown.values import Prose, Text

_NOTHING = Text("")


@frozen
class BackedUp:
    """An activity of a backup: its entry in the outline, its module, its own document, and the key of its part.

    `chapters` are the keys of a book's chapters by their numbers.
    """

    entry: Entry
    module: str
    root: etree._Element
    own: etree._Element
    grades: etree._Element | None
    grading: etree._Element | None
    key: str
    audience: Audience
    chapters: Mapping[str, str] = field(default_factory=dict)
    title: str = ""

    @property
    def context(self) -> str:
        """The number of its context, to which its files belong."""
        return self.root.get("contextid", "")


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
        self, one: BackedUp, found: Sequence[Listed], kind: ElementKind, what: str, most: int = MOST_LISTED
    ) -> Sequence[Listed]:
        """Return as many of what an activity lists as are read; that there are more is told."""
        return self.ledger.first(found, what, Element(kind, one.entry.identifier, one.title), most)

    def text(
        self, one: BackedUp, element: etree._Element, names: Sequence[tuple[str, str]], item: str = "", more: str = ""
    ) -> WrittenText:
        """Return some texts of a document as Markdown, one below the other, with HTML after them."""
        found = [*(html_at(element, name, format, self.language) for name, format in names), (more, False)]
        return joined(self._written(one, text, item, is_markdown=known) for text, known in found if text.strip())

    def _written(self, one: BackedUp, text: str, item: str, *, is_markdown: bool) -> WrittenText:
        lead = self.ways.lead_on(one.context, item, one.title)
        if is_markdown:
            return self.ways.in_markdown(text, lead)
        return written(unframed(text).html if self.ours else text, lead)

    def element(self, kind: ElementKind, one: BackedUp, text: WrittenText | None = None) -> Element:
        """Return an activity as an element that is kept."""
        words = (text.words, text.kept) if text else (0, 0)
        file = next((name for name in one.entry.files if name.endswith(f"/{one.module}.xml")), "")
        file = file or next(iter(one.entry.files), "")
        return Element(kind, one.entry.identifier, one.title, Fate.KEPT, "", file, *words)

    def changed(self, kind: ElementKind, one: BackedUp, why: str, text: WrittenText | None = None) -> None:
        """Enter an activity of which something is lost, or that becomes another thing."""
        self.ledger.note(replace(self.element(kind, one, text), fate=Fate.CHANGED, why=why))

    def dropped(self, kind: ElementKind, one: BackedUp, why: str) -> None:
        """Enter an activity that is not kept."""
        self.ledger.note(replace(self.element(kind, one), fate=Fate.DROPPED, why=why))

    def page(self, one: BackedUp, text: WrittenText, title: str = "", key: str = "") -> Page:
        """Return a text as a page."""
        return Page(
            key or one.key,
            title or one.title,
            _NOTHING,
            (Headed(Prose(0, text.markdown)),),
            self.ledger.shown,
            0,
            one.audience,
            text.targets,
        )

    def intro(self, one: BackedUp) -> WrittenText:
        """Return what is said about an activity."""
        return self.text(one, one.own, [("intro", "introformat")])

    def note_questions(self, quiz: Quiz) -> None:
        """Enter the questions of a quiz, which are kept."""
        for question in asked(quiz):
            self.ledger.kept(ElementKind.QUESTION, question.key, question.title or question.stem[:60])
