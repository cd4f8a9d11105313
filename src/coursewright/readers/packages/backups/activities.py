"""Parts of units from the activities of a backup: one maker a module of Moodle."""

from __future__ import annotations

import html as html_text
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree
from markupsafe import Markup

from coursewright.course.blocks import Headed, Judged
from coursewright.course.identifiers import part_key
from coursewright.course.model import Audience
from coursewright.course.outline import Entry
from coursewright.course.parts import (
    Assignment,
    Discussion,
    File,
    Group,
    Link,
    Page,
    Part,
    RubricCriterion,
    RubricRating,
    Submission,
)
from coursewright.course.quiz import Quiz, asked, keyed
from coursewright.findings.finding import Finding
from coursewright.packages.documents.moodle.availability import said
from coursewright.packages.documents.reading import is_page
from coursewright.readers.packages.backups.lessons import lesson_pages
from coursewright.readers.packages.backups.questions import Bank
from coursewright.readers.packages.backups.quizzes import quiz_in
from coursewright.readers.packages.backups.stored import Stored, StoredAs, html_at
from coursewright.readers.packages.backups.ways import BackupWays, joined
from coursewright.readers.packages.cartridges.frames import unframed
from coursewright.readers.packages.cartridges.ledger import Ledger
from coursewright.readers.packages.cartridges.quizzes import linked
from coursewright.readers.packages.cartridges.texts import WrittenText, decoded, written
from coursewright.readers.packages.cartridges.work import amount, whole_points
from coursewright.readers.packages.recovery import Element, ElementKind, Fate
from coursewright.text.markdown.values import Prose, Text

_NOTHING = Text("")
_PLUGINS: Mapping[str, Submission] = {
    "onlinetext": Submission.TEXT,
    "file": Submission.FILE,
    "onlinepoodll": Submission.RECORDING,
}
_DATES = (
    "allowsubmissionsfromdate",
    "duedate",
    "cutoffdate",
    "gradingduedate",
    "timeopen",
    "timeclose",
    "assesstimestart",
)
_LOST = {"teamsubmission": "group work", "blindmarking": "blind marking", "markingworkflow": "a marking workflow"}
_PACKED = {"scorm": "package", "h5pactivity": "package", "imscp": "backup", "hvp": "content"}
_LISTED: Mapping[str, tuple[str, str]] = {
    "choice": ("option", "text"),
    "feedback": ("item", "name"),
    "data": ("field", "name"),
}
_MOST = 1_000


@dataclass(frozen=True, slots=True)
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


@dataclass(slots=True)
class Maker:
    """Makes the parts of a course from its activities. `ours` says that we wrote the backup."""

    stored: Stored
    ways: BackupWays
    bank: Bank
    ledger: Ledger
    language: str = ""
    ours: bool = False
    findings: list[Finding] = field(default_factory=list)

    def parts(self, one: BackedUp) -> list[Part]:
        """Return the parts that an activity becomes."""
        return list(_MAKERS.get(one.module, Maker.other)(self, one))

    # --- texts ---

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

    def _element(self, kind: ElementKind, one: BackedUp, text: WrittenText | None = None) -> Element:
        words = (text.words, text.kept) if text else (0, 0)
        return Element(kind, one.entry.identifier, one.title, Fate.KEPT, "", next(iter(one.entry.files), ""), *words)

    def _changed(self, kind: ElementKind, one: BackedUp, why: str, text: WrittenText | None = None) -> None:
        self.ledger.note(replace(self._element(kind, one, text), fate=Fate.CHANGED, why=why))

    def _dropped(self, kind: ElementKind, one: BackedUp, why: str) -> None:
        self.ledger.note(replace(self._element(kind, one), fate=Fate.DROPPED, why=why))

    def _page(self, one: BackedUp, text: WrittenText, title: str = "", key: str = "") -> Page:
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

    def _intro(self, one: BackedUp, more: str = "") -> WrittenText:
        return self.text(one, one.own, [("intro", "introformat")], more=more)

    # --- what is read ---

    def page(self, one: BackedUp) -> Iterator[Part]:
        """Yield a page."""
        text = self.text(one, one.own, [("intro", "introformat"), ("content", "contentformat")])
        self.ledger.note(self._element(ElementKind.PAGE, one, text))
        yield self._page(one, text)

    def label(self, one: BackedUp) -> Iterator[Part]:
        """Yield a text of the course page as a page of its own."""
        text = self._intro(one)
        if text.markdown.strip():
            self._changed(ElementKind.TEXT, one, "a text between activities becomes a page", text)
            yield self._page(one, text)

    def book(self, one: BackedUp) -> Iterator[Part]:
        """Yield a page for each chapter of a book."""
        chapters = list(one.own.iterfind("chapters/chapter"))[:_MOST]
        chapters.sort(key=lambda found: amount(said(found, "pagenum")))
        if not chapters:
            yield from self.other(one)
            return
        intro = self._intro(one)
        words = kept = 0
        for place, chapter in enumerate(chapters):
            text = self.text(one, chapter, [("content", "contentformat")], chapter.get("id", ""))
            text = text if place else joined([intro, text])
            words, kept = words + text.words, kept + text.kept
            title, number = said(chapter, "title"), chapter.get("id", "")
            page = self._page(one, text, f"{one.title}: {title}" if title else one.title, one.chapters.get(number, ""))
            yield replace(page, audience=Audience.STAFF) if said(chapter, "hidden") == "1" else page
        element = self._element(ElementKind.PAGE, one)
        why = "each chapter of a book becomes a page"
        self.ledger.note(replace(element, fate=Fate.CHANGED, why=why, words=words, kept_words=kept))

    def lesson(self, one: BackedUp) -> Iterator[Part]:
        """Yield the pages of a lesson that are to be read."""
        pages, questions = lesson_pages(one.own)
        words = kept = 0
        for number, (title, page) in enumerate(pages):
            text = self.text(one, page, [("contents", "contentsformat")], page.get("id", ""))
            words, kept = words + text.words, kept + text.kept
            key = one.key if not number else f"{one.key}-{number + 1}"
            yield self._page(one, text, f"{one.title}: {title}" if title else one.title, key)
        why = "the pages of a lesson follow one another; where answers lead is lost"
        element = self._element(ElementKind.ACTIVITY, one)
        self.ledger.note(replace(element, fate=Fate.CHANGED, why=why, words=words, kept_words=kept))
        if questions:
            title = f"{one.title}: {questions} questions"
            self.ledger.dropped(
                ElementKind.QUESTION, one.entry.identifier, title, "questions within a lesson are not read"
            )

    # --- what is done ---

    def assign(self, one: BackedUp) -> Iterator[Part]:
        """Yield an assignment."""
        attached = _links(self.stored.of(one.context, "introattachment", "activityattachment"))
        text = self.text(one, one.own, [("intro", "introformat"), ("activity", "activityformat")], more=attached)
        grade = said(one.own, "grade")
        points, lost = whole_points(amount(grade))
        if grade.startswith("-"):
            lost = "a scale; it is not graded here"
        self._settings_lost(one, lost)
        self.ledger.note(self._element(ElementKind.ASSIGNMENT, one, text))
        yield Assignment(
            one.key,
            one.title,
            _NOTHING,
            Judged(_NOTHING, _NOTHING),
            self.ledger.shown,
            0,
            Group.ASSESSMENTS,
            points,
            _NOTHING,
            _threshold(one.grades),
            (),
            one.audience,
            (Headed(Prose(0, text.markdown)),),
            text.targets,
            tuple(_submissions(one.own)),
            self._rubric(one),
        )

    def _rubric(self, one: BackedUp) -> tuple[RubricCriterion, ...]:
        rows = tuple(_criteria(one.grading))
        if rows:
            self.ledger.kept(ElementKind.RUBRIC, one.entry.identifier, one.title)
        return rows

    def _settings_lost(self, one: BackedUp, *more: str) -> None:
        dates = [name for name in _DATES if said(one.own, name) not in ("", "0")]
        lost = [words for name, words in _LOST.items() if said(one.own, name) not in ("", "0")]
        if dates:
            self.ledger.dropped(
                ElementKind.SETTING,
                one.entry.identifier,
                f"{one.title}: {', '.join(dates)}",
                "no course here has dates",
            )
        for words in (*lost, *filter(None, more)):
            self.ledger.dropped(
                ElementKind.SETTING, one.entry.identifier, f"{one.title}: {words}", "no course here has such settings"
            )

    def forum(self, one: BackedUp) -> Iterator[Part]:
        """Yield a discussion; a forum for announcements holds only what its users wrote."""
        text = self._intro(one)
        if said(one.own, "type") == "news":
            self._dropped(ElementKind.DISCUSSION, one, "users write announcements, and an LMS makes a forum for them")
            return
        self._settings_lost(one)
        self.ledger.note(self._element(ElementKind.DISCUSSION, one, text))
        graded = amount(said(one.own, "grade_forum")) > 0 or said(one.own, "assessed") not in ("", "0")
        yield Discussion(
            one.key,
            one.title,
            _NOTHING,
            Judged(_NOTHING, _NOTHING),
            self.ledger.shown,
            0,
            Group.ASSESSMENTS if graded else Group.LABS,
            graded,
            one.audience,
            (Headed(Prose(0, text.markdown)),),
            text.targets,
        )

    def quiz(self, one: BackedUp) -> Iterator[Part]:
        """Yield a quiz with its keys."""
        found = quiz_in(one.own, one.grades, one.key, self.bank, self.ledger.shown, self.findings)
        quiz = linked(found.quiz, self.ways.lead_on(one.context, "", one.title))
        text = self._intro(one)
        quiz = replace(quiz, title=one.title, audience=one.audience, instructions=text.markdown.strip())
        quiz = replace(quiz, targets={**quiz.targets, **text.targets})
        for question in asked(quiz):
            self.ledger.note(Element(ElementKind.QUESTION, question.key, question.title or question.stem[:60]))
        if found.missing:
            title = f"{one.title}: {found.missing} questions"
            self.ledger.dropped(ElementKind.QUESTION, one.entry.identifier, title, "they are not in the backup's bank")
        self._settings_lost(one, *found.lost)
        if not quiz.questions:
            yield from self._empty_quiz(one, text)
            return
        self.ledger.note(self._element(ElementKind.QUIZ, one, text))
        yield quiz

    def leftover(self) -> Iterator[Quiz]:
        """Yield the questions that no quiz asks, those of each category of the bank as a quiz for staff."""
        for category, banked in self.bank.unasked().items():
            title, found = self.bank.categories.get(category, ""), self.findings
            questions = filter(None, [self.bank.question(one, self.ledger.shown, found) for one in banked])
            key = part_key("bank", f"{category}\n{title}")
            quiz = Quiz(key, title, self.ledger.shown, 0, keyed(questions), graded=False, audience=Audience.STAFF)
            if quiz.questions:
                why = "no quiz asks its questions: it is kept for staff"
                self.ledger.changed(ElementKind.BANK, category, title, why, "questions.xml")
                yield linked(quiz, self.ways.lead_on("", "", title))

    def _empty_quiz(self, one: BackedUp, text: WrittenText) -> Iterator[Part]:
        if not text.markdown.strip():
            self._dropped(ElementKind.QUIZ, one, "it asks nothing")
            return
        self._changed(ElementKind.QUIZ, one, "it asks nothing: its text becomes a page", text)
        yield self._page(one, text)

    # --- what leads elsewhere ---

    def url(self, one: BackedUp) -> Iterator[Part]:
        """Yield a link; one with a text of its own becomes a page with both."""
        address = html_text.unescape(said(one.own, "externalurl")).strip()
        if not address.lower().startswith(("http://", "https://")):
            self._dropped(ElementKind.LINK, one, "it has no address on the web")
            return
        yield from self._beside_text(one, ElementKind.LINK, address, lambda: Link(
            one.key, one.title, address, self.ledger.shown, 0, one.audience
        ))  # fmt: skip

    def _beside_text(self, one: BackedUp, kind: ElementKind, address: str, alone: Callable[[], Part]) -> Iterator[Part]:
        """Yield a part, or a page where something is said about it."""
        text = self._intro(one)
        if not text.markdown.strip() or text.markdown.strip() == one.title:
            self.ledger.note(self._element(kind, one))
            yield alone()
            return
        link = Markup('<p><a href="{}">{}</a></p>').format(address, one.title)
        self._changed(kind, one, "what is said about it becomes a page with a link to it", text)
        yield self._page(one, self._intro(one, more=str(link)))

    def lti(self, one: BackedUp) -> Iterator[Part]:
        """Yield a link in the place of an external tool, without its keys."""
        address = said(one.own, "toolurl") or said(one.own, "securetoolurl")
        address = address.partition("?")[0]
        text = self._intro(one)
        if not address.startswith(("http://", "https://")):
            if text.markdown.strip():
                self._changed(ElementKind.TOOL, one, "of an external tool only its text is kept", text)
                yield self._page(one, text)
            else:
                self._dropped(ElementKind.TOOL, one, "an external tool without an address")
            return
        self._changed(
            ElementKind.TOOL,
            one,
            "an external tool becomes a link to its address, without its keys: only its LMS can start it",
        )
        yield Link(one.key, one.title, address, self.ledger.shown, 0, one.audience)

    def resource(self, one: BackedUp) -> Iterator[Part]:
        """Yield a file; a page of HTML with its files becomes a page."""
        files = list(self.stored.of(one.context, "content"))
        if not files:
            self._dropped(ElementKind.FILE, one, "its file is not in the backup")
            return
        main = files[0]
        if is_page(main.path):
            yield from self._html_file(one, main)
            return
        asset = self.stored.asset(main)
        if asset is None:
            self._dropped(ElementKind.FILE, one, "it is empty, or cannot be read")
            return
        address = f"@@PLUGINFILE@@{main.path}"
        yield from self._beside_text(one, ElementKind.FILE, address, lambda: File(
            one.key, one.title, asset, self.ledger.shown, 0, one.audience
        ))  # fmt: skip

    def _html_file(self, one: BackedUp, main: StoredAs) -> Iterator[Part]:
        content = self.stored.materials.container.read(main.file)
        text = written(decoded(content or b""), self.ways.lead_beside(one.context, main.path, one.title))
        if not text.markdown.strip():
            self._dropped(ElementKind.FILE, one, "its page says nothing that could be read")
            return
        self._changed(ElementKind.FILE, one, "a file of HTML becomes a page", text)
        yield self._page(one, text)

    def folder(self, one: BackedUp) -> Iterator[Part]:
        """Yield the files of a folder, and what is said about them."""
        text = self._intro(one)
        if text.markdown.strip():
            yield self._page(one, text)
        files = [(found, self.stored.asset(found)) for found in self.stored.of(one.context, "content")]
        for number, (found, asset) in enumerate(files[:_MOST], start=1):
            if asset:
                title = f"{one.title}: {found.path.strip('/')}"
                yield File(f"{one.key}-{number}", title, asset, self.ledger.shown, 0, one.audience)
        self._changed(ElementKind.FILE, one, f"a folder of {len(files)} files becomes that many files", text)

    def other(self, one: BackedUp) -> Iterator[Part]:
        """Yield what is said about an activity of another kind, and the package that it plays."""
        listed = "".join(_items(one.own, *_LISTED[one.module])) if one.module in _LISTED else ""
        text = self._intro(one, more=listed)
        files = [self.stored.asset(found) for found in self.stored.of(one.context, _PACKED.get(one.module, "-"))]
        assets = [asset for asset in files if asset]
        if text.markdown.strip():
            why = f"a {one.module} becomes a page with its text" + ("; what it plays becomes a file" if assets else "")
            self._changed(ElementKind.ACTIVITY, one, why, text)
            yield self._page(one, text)
        elif assets:
            self._changed(ElementKind.ACTIVITY, one, f"what a {one.module} plays becomes a file")
        else:
            self._dropped(ElementKind.ACTIVITY, one, f"nothing of a {one.module} can be kept")
        for number, asset in enumerate(assets[:1]):
            yield File(
                f"{one.key}-file" if not number else one.key, one.title, asset, self.ledger.shown, 0, one.audience
            )


def _links(files: Iterator[StoredAs]) -> str:
    """Return links to files as HTML."""
    link = Markup('<li><a href="@@PLUGINFILE@@{}">{}</a></li>')
    items = [link.format(found.path, found.path.strip("/")) for found in files]
    return str(Markup("<ul>{}</ul>").format(Markup("").join(items))) if items else ""


def _items(own: etree._Element, tag: str, name: str) -> Iterator[str]:
    found = [said(one, name) for one in list(own.iter(tag))[:_MOST]]
    if any(found):
        yield str(
            Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(one) for one in found if one))
        )


def _submissions(own: etree._Element) -> Iterator[Submission]:
    for one in own.iter("plugin_config"):
        enabled = said(one, "name") == "enabled" and said(one, "value") == "1"
        if enabled and said(one, "subtype") == "assignsubmission" and said(one, "plugin") in _PLUGINS:
            yield _PLUGINS[said(one, "plugin")]


def _threshold(grades: etree._Element | None) -> float | None:
    for item in () if grades is None else grades.iter("grade_item"):
        passing, most = amount(said(item, "gradepass")), amount(said(item, "grademax"))
        if passing and most:
            return round(100 * passing / most, 2)
    return None


def _criteria(grading: etree._Element | None) -> Iterator[RubricCriterion]:
    """Yield the rows of a rubric, or of a marking guide, which has no levels."""
    for found in () if grading is None else list(grading.iter("criterion"))[:_MOST]:
        levels = [
            RubricRating(said(one, "definition"), amount(said(one, "score"))) for one in found.iterfind("levels/level")
        ]
        levels.sort(key=lambda one: -one.points)
        yield RubricCriterion(said(found, "description"), levels[0].points if levels else 0.0, tuple(levels))
    for found in () if grading is None else list(grading.iter("guidecriterion", "guide_criterion"))[:_MOST]:
        yield RubricCriterion(
            said(found, "shortname"), amount(said(found, "maxscore")), text=" ".join(said(found, "description").split())
        )


_MAKERS: Mapping[str, Callable[[Maker, BackedUp], Iterator[Part]]] = {
    "page": Maker.page,
    "label": Maker.label,
    "book": Maker.book,
    "lesson": Maker.lesson,
    "assign": Maker.assign,
    "forum": Maker.forum,
    "quiz": Maker.quiz,
    "url": Maker.url,
    "lti": Maker.lti,
    "resource": Maker.resource,
    "folder": Maker.folder,
}
