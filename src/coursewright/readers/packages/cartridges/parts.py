"""Parts of units from what stands behind the entries of a cartridge, Canvas's or anybody's."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from urllib.parse import quote, unquote

from lxml import etree
from markupsafe import Markup

from coursewright.course.parts import Assignment, Group, Page, Part, RubricCriterion
from coursewright.course.values import Audience
from coursewright.frozen import slotted
from coursewright.packages.documents.canvas import names
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.canvas.discussions import TopicMeta
from coursewright.packages.documents.cartridge_files import (
    Attachment,
    CartridgeAssignment,
    CartridgeLink,
    CartridgeTopic,
    ToolLink,
)
from coursewright.packages.documents.fields import read_as
from coursewright.packages.files.names import printable
from coursewright.readers.packages.addresses import without_secrets
from coursewright.readers.packages.cartridges.planning import KINDS, PartDraft, UnitDraft
from coursewright.readers.packages.cartridges.quizzes import QuizReader
from coursewright.readers.packages.cartridges.reworked import rediscussed, reworked
from coursewright.readers.packages.cartridges.roadmaps import Shown
from coursewright.readers.packages.cartridges.ways import PackageWays
from coursewright.readers.packages.cartridges.work import (
    Terms,
    canvas_terms,
    criterion_of,
    is_made,
    profile_terms,
)
from coursewright.readers.packages.documents import PackageDocuments
from coursewright.readers.packages.frames import Unframed, is_introduction, is_written, unframed
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.reasons import NO_ADDRESS, NO_FILE, NO_TOOL, TOOL
from coursewright.readers.packages.recovery import Element, ElementKind
from coursewright.readers.packages.texts import Lead, WrittenText, body_of, list_of, written
from coursewright.readers.quizzes.markup import escaped
from coursewright.text.addresses import is_web, pieces_of
from coursewright.text.names import plain_number, shortened

_LONGEST_TITLE = 60
_MOST_ATTACHED = 200


@slotted
class PartReader:
    """Makes the parts of a course. `frames` are what pages of ours had around them, by their identifiers."""

    documents: PackageDocuments
    ways: PackageWays
    ledger: Ledger
    folder: Path
    labels: Mapping[str, str]
    ours: bool = False
    frames: dict[str, Unframed] = field(default_factory=dict)
    resources: Mapping[str, str] = field(default_factory=dict)
    shown: dict[str, list[Shown]] = field(default_factory=dict)

    def parts(self, unit: UnitDraft) -> Iterator[Part]:
        """Yield the parts of a unit; what cannot be read is entered in the ledger."""
        for planned in unit.parts:
            make = _MAKERS.get(planned.kind, _MAKERS["file"])
            yield from make(self, planned, unit)

    def _lead(self, planned: PartDraft, origin: str, where: str = "") -> Lead:
        """Return what says where the addresses in a file of an entry lead."""
        own, where = self.ways.parts.get(planned.entry.identifier), where or planned.title
        return lambda address: self.ways.lead(address, origin, where, own)

    def _element(self, planned: PartDraft, file: str = "", text: WrittenText | None = None) -> Element:
        kind = KINDS.get(planned.kind, ElementKind.FILE)
        found = Element(kind, planned.entry.identifier, planned.title, file=file)
        return found.of(text) if text else found

    def _damaged(self, planned: PartDraft, why: str, file: str = "") -> Iterator[Page]:
        """Yield the page that stands for something that cannot be read."""
        file = file or next(iter(planned.entry.files), "")
        yield planned.standing_in(self.ledger, replace(self._element(planned, printable(file)), why=why))

    # --- pages ---

    def page(self, planned: PartDraft, unit: UnitDraft) -> Iterator[Part]:
        """Yield a page."""
        found = self.documents.page(planned.entry.files)
        if found is None:
            yield from self._damaged(planned, "its page cannot be read")
            return
        name, content = found
        html = self._unframed(planned, unit, body_of(content))
        if html is None:  # it is made anew
            return
        text = written(html, self._lead(planned, name))
        self.ledger.note(self._element(planned, name, text))
        yield planned.head.page(text)

    def text(self, planned: PartDraft, unit: UnitDraft) -> Iterator[Part]:
        """Yield a page of what is said between other parts."""
        head = replace(planned.head, title=shortened(planned.title, _LONGEST_TITLE))
        yield head.page(WrittenText(escaped(planned.title), {}))

    def _unframed(self, planned: PartDraft, unit: UnitDraft, html: str) -> str | None:
        """Return a page without what we put around it; None where all of it is ours."""
        if not self.ours:
            return html
        found = self.frames[planned.entry.identifier] = unframed(html)
        self.shown.setdefault(unit.name.id, []).append(Shown(planned.head.key, html, found))
        is_written_by_hand = any(is_written(one.head.key) for one in unit.parts)
        return None if is_introduction(planned.head.key) and found.is_bare and is_written_by_hand else found.html

    # --- work ---

    def assignment(self, planned: PartDraft, unit: UnitDraft) -> Iterator[Part]:
        """Yield an assignment, of Canvas, of the profile, or as a page that is to be one; and what is for teachers."""
        terms, html, name, work = self._assigned(planned)
        if not html and work is None and not name:
            if self.documents.first(planned.entry.files, ToolLink.ROOT):
                yield from self.tool(replace(planned, kind="tool"), unit)
            else:
                yield from self._damaged(planned, "its text cannot be read")
            return
        frame = unframed(html) if self.ours else Unframed(html)
        title = self._own_title(planned, unit)
        html = frame.html + self._attached(planned, work.attachments if work else ())
        text = written(html, self._lead(planned, name, title))
        self._lost(planned, terms)
        self.ledger.note(self._element(planned, name, text))
        made = self._work(planned, title, text, terms)
        if self.ours:
            yield reworked(made, frame, self.labels, self._criterion(work, terms.rubric))
            return
        yield made
        yield from self._for_teachers(planned, work, name)

    def _work(self, planned: PartDraft, title: str, text: WrittenText, terms: Terms) -> Assignment:
        head, finish = replace(planned.head, title=title), planned.entry.finish
        threshold = finish.minimum if finish and terms.points else None
        rubric = self._rubric(terms.rubric)
        return head.assignment(text, terms.points, threshold, terms.submissions, rubric, terms.group)

    def _assigned(self, planned: PartDraft) -> tuple[Terms, str, str, CartridgeAssignment | None]:
        """Return the terms of an assignment, its HTML, where that stands, and the document of the profile."""
        found = self._document(planned, CartridgeAssignment.ROOT)
        page = self.documents.page(planned.entry.files)
        html, name = (body_of(page[1]), page[0]) if page else ("", "")
        if found is None:
            return (Terms(), html, name, None) if page else (Terms(), *self._handed_out(planned), None)
        file, root = found
        work = read_as(CartridgeAssignment, root)
        if "canvas" in (etree.QName(root).namespace or "") or (work.text is None and page):
            return canvas_terms(read_as(AssignmentSettings, root)), html, name or file, None
        terms = profile_terms(work)
        if work.extensions and work.extensions.assignment:
            own = canvas_terms(work.extensions.assignment)
            terms = replace(own, points=own.points or terms.points, submissions=own.submissions or terms.submissions)
        return terms, work.html, file, work

    def _handed_out(self, planned: PartDraft) -> tuple[str, str]:
        """Return what leads to the file that an assignment is, and its name: a picture is shown, others are linked."""
        name = next((one for one in planned.entry.files if not one.lower().endswith(".xml")), "")
        asset = self.ways.materials.asset(name) if name else None
        if asset is None:
            return "", ""
        shown = (
            Markup('<img src="{}" alt="{}">')
            if asset.media_type.startswith("image/")
            else Markup("<a href='{}'>{}</a>")
        )
        return shown.format(quote(posixpath.basename(name)), posixpath.basename(name)), name

    def _document(self, planned: PartDraft, name: str) -> tuple[str, etree._Element] | None:
        """Return the document of an entry with its own name: that of a file, or the manifest's."""
        return self.documents.of(planned.entry.files, self.resources.get(planned.entry.identifier, ""), name)

    def _for_teachers(self, planned: PartDraft, work: CartridgeAssignment | None, name: str) -> Iterator[Part]:
        html = work.instructor_text.html if work and work.instructor_text else ""
        if html:
            head = replace(planned.head, key=f"{planned.head.key}-staff", audience=Audience.STAFF)
            yield head.page(written(html, self._lead(planned, name)))

    def _own_title(self, planned: PartDraft, unit: UnitDraft) -> str:
        """Return the title of work of ours without the name of its unit, which is put before it."""
        if not self.ours:
            return planned.title
        starts = (f"{unit.name.id} ", f"{unit.name.title}: ", f"{unit.name.id} {unit.name.title}: ")
        named = starts if unit.name.given else starts[1:2]
        return next(
            (planned.title.removeprefix(one) for one in reversed(named) if planned.title.startswith(one)), planned.title
        )

    def _criterion(self, work: CartridgeAssignment | None, rubric: str) -> str:
        """Return what counts as done of work of ours, as it is told those who judge it."""
        told = work.instructor_text.text if work and work.instructor_text else ""
        found = self.documents.rubrics.get(rubric) if rubric else None
        rows = map(criterion_of, filter(is_made, found.criteria if found else ()))
        return told.strip() or next((row.title for row in rows if row.points), "")

    def _rubric(self, identifier: str) -> tuple[RubricCriterion, ...]:
        if not identifier:
            return ()
        found = self.documents.rubrics.get(identifier)
        title, criteria = (found.title, found.criteria) if found else ("", ())
        element = Element(ElementKind.RUBRIC, identifier, title, file=names.RUBRICS)
        if criteria:
            self.ledger.note(element)
        else:
            self.ledger.note(replace(element, title=title or identifier).dropped("it is not in the package"))
        own = [one for one in criteria if not (self.ours and is_made(one))]
        rows = map(criterion_of, self.ledger.first(own, "criteria", element))
        return tuple(map(_in_markdown, rows))

    def _lost(self, planned: PartDraft, terms: Terms) -> None:
        self.ledger.unkept(planned.entry.identifier, planned.title, terms.dates, terms.lost)
        if terms.is_tool:
            why = "it is handed in by an external tool, which only its LMS can start"
            self.ledger.changed(ElementKind.TOOL, planned.entry.identifier, planned.title, why)

    # --- discussions, links, tools, files ---

    def discussion(self, planned: PartDraft, unit: UnitDraft) -> Iterator[Part]:
        """Yield a discussion; an announcement is a page for staff."""
        found = self._document(planned, CartridgeTopic.ROOT)
        if found is None:
            yield from self._damaged(planned, "its topic cannot be read")
            return
        (name, root), title = found, self._own_title(planned, unit)
        topic = read_as(CartridgeTopic, root)
        html = topic.html + self._attached(planned, topic.attachments)
        frame = unframed(html) if self.ours else Unframed(html)
        text = written(frame.html, self._lead(planned, name, title))
        meta = self.documents.first_value(planned.entry.files, TopicMeta)
        if meta and meta.is_announcement:
            self.ledger.note(self._element(planned, name, text).changed("an announcement becomes a page for staff"))
            yield replace(planned.head, audience=Audience.STAFF).page(text)
            return
        self.ledger.note(self._element(planned, name, text))
        work = meta.assignment if meta else None
        terms = canvas_terms(work) if work else Terms()
        self._lost(planned, terms)
        self._lost_points(planned, title, terms)
        head = replace(planned.head, title=title)
        made = head.discussion(text, terms.group if work else Group.LABS, graded=work is not None)
        yield rediscussed(made, frame, self.labels) if self.ours else made

    def _lost_points(self, planned: PartDraft, title: str, terms: Terms) -> None:
        if terms.points and not self.ours:
            said = f"{title}: {plain_number(terms.points)}"
            why = "discussions here have no points of their own"
            self.ledger.dropped(ElementKind.SETTING, planned.entry.identifier, said, why)

    def link(self, planned: PartDraft, unit: UnitDraft) -> Iterator[Part]:
        """Yield a link to the web."""
        found = self._document(planned, CartridgeLink.ROOT)
        url = read_as(CartridgeLink, found[1]).url if found else None
        address = (url.href if url else planned.entry.address).strip()
        if not _is_outside(address):
            self.ledger.note(self._element(planned).dropped(NO_ADDRESS))
            return
        self.ledger.note(self._element(planned, found[0] if found and found[0] in planned.entry.files else ""))
        yield replace(planned.head, title=planned.title or address).link(address)

    def tool(self, planned: PartDraft, unit: UnitDraft) -> Iterator[Part]:
        """Yield a link in the place of an external tool, without what would let anybody in."""
        found = self.documents.first(planned.entry.files, ToolLink.ROOT)
        tool = read_as(ToolLink, found[1]) if found else None
        said = (tool.secure_launch_url, tool.launch_url) if tool else (planned.entry.address,)
        address = next(filter(None, map(without_secrets, filter(_is_outside, said))), "")
        element = self._element(planned, found[0] if found else "")
        if not address:
            self.ledger.note(element.dropped(NO_TOOL))
            return
        self.ledger.note(element.changed(TOOL))
        yield replace(planned.head, title=planned.title or address).link(address)

    def file(self, planned: PartDraft, unit: UnitDraft) -> Iterator[Part]:
        """Yield a file; what is a small document of a cartridge becomes what it says."""
        small = (name for name in planned.entry.files[:1] if name.lower().endswith(".xml"))
        root = self.documents.root(next(small, ""))
        if root is not None and (kind := _DOCUMENTS.get(etree.QName(root).localname)):
            yield from _MAKERS[kind](self, replace(planned, kind=kind), unit)
            return
        for name in planned.entry.files[:1]:
            asset = self.ways.materials.asset(name)
            if asset:
                self.ledger.note(self._element(planned, name))
                yield replace(planned.head, title=planned.title or asset.name).file(asset)
                return
        element = self._element(planned, printable(next(iter(planned.entry.files), "")))
        self.ledger.note(element.dropped(NO_FILE))

    def _attached(self, planned: PartDraft, attachments: Sequence[Attachment]) -> str:
        owner = Element(ElementKind.FILE, planned.entry.identifier, planned.title)
        return _links_to(self.ledger.first(attachments, "attachments", owner, _MOST_ATTACHED))

    def quiz(self, planned: PartDraft, unit: UnitDraft) -> Iterator[Part]:
        """Yield a quiz or a bank with its keys."""
        reader = QuizReader(self.documents, self.ways, self.ledger, self.folder, ours=self.ours)
        resource = self.resources.get(planned.entry.identifier, "")
        yield from reader.made(planned, self._own_title(planned, unit), resource)


def _links_to(attachments: Sequence[Attachment]) -> str:
    """Return links to what is attached to a document."""
    names = (posixpath.basename(unquote(pieces_of(one.href).path)) or one.href for one in attachments)
    link = Markup('<a href="{}">{}</a>')
    return list_of(link.format(one.href, name) for one, name in zip(attachments, names, strict=True))


def _in_markdown(row: RubricCriterion) -> RubricCriterion:
    ratings = tuple(replace(one, title=escaped(one.title), text=escaped(one.text)) for one in row.ratings)
    return replace(row, title=escaped(row.title), text=escaped(row.text), ratings=ratings)


def _is_outside(address: str) -> bool:
    return is_web(address) or address.lower().startswith("mailto:")


# What small documents of a cartridge are, whatever a menu takes them for.
_DOCUMENTS = {
    ToolLink.ROOT: "tool",
    CartridgeLink.ROOT: "web link",
    CartridgeTopic.ROOT: "discussion",
    "questestinterop": "quiz",
}
_Make = Callable[[PartReader, PartDraft, UnitDraft], Iterable[Part]]
_MAKERS: Mapping[str, _Make] = {
    "page": PartReader.page,
    "text": PartReader.text,
    "syllabus": PartReader.page,
    "lesson plan": PartReader.page,
    "assignment": PartReader.assignment,
    "discussion": PartReader.discussion,
    "web link": PartReader.link,
    "tool": PartReader.tool,
    "file": PartReader.file,
    "quiz": PartReader.quiz,
    "test": PartReader.quiz,
    "question": PartReader.quiz,
    "question bank": PartReader.quiz,
}
