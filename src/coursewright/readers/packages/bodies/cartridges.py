"""What is behind the entries of a Common Cartridge, and of any content package with a menu."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urlsplit

from lxml import etree

from coursewright.course.body import Body, Fact, Lead
from coursewright.course.outline import Entry, Outline
from coursewright.packages.documents.parsing import text_at, text_of
from coursewright.packages.documents.reading import is_page
from coursewright.packages.subject import Subject
from coursewright.packages.words import number
from coursewright.readers.packages.bodies.documents import ShownDocuments, html_of
from coursewright.readers.packages.bodies.questions import questions_of

FILE_BASE = "$IMS-CC-FILEBASE$"


class CartridgeBodies:
    """The bodies of the entries of a cartridge."""

    def __init__(self, subject: Subject, outline: Outline) -> None:
        self.documents = ShownDocuments(subject.container)
        self.files = subject.container.sizes
        self.home = ""
        self.outline = outline
        self._by_file = {file: one.identifier for one, _ in outline.walk() for file in one.files[:1]}

    def body(self, entry: Entry) -> Body:
        """Return what is behind an entry."""
        first = next((file for file in entry.files if file in self.files), "")
        if entry.kind == "discussion":
            return self.topic(entry)
        if entry.kind == "assignment" and (found := self.documents.first(entry.files, "assignment")) is not None:
            return _assignment(found)
        if entry.kind in ("quiz", "question bank"):
            return self.quiz(entry)
        if entry.kind == "web link":
            return Body(address=self._link(entry))
        if entry.kind == "tool":
            found = self.documents.first(entry.files, "cartridge_basiclti_link")
            return Body() if found is None else Body(text_at(found, "description"), address=_launched(found))
        return Body(file=first)

    def topic(self, entry: Entry) -> Body:
        """Return what a discussion is about."""
        found = self.documents.first(entry.files, "topic")
        return Body(_written(found))

    def quiz(self, entry: Entry) -> Body:
        """Return the questions of a quiz."""
        found = self.documents.first(entry.files, "questestinterop")
        if found is None:
            return Body()
        questions = questions_of(found, {})
        return Body(facts=((Fact.QUESTIONS, str(len(questions))),), questions=questions)

    def _link(self, entry: Entry) -> str:
        found = self.documents.first(entry.files, "webLink")
        url = None if found is None else found.find("{*}url")
        return entry.address if url is None else url.get("href", "")

    def lead(self, address: str, entry: Entry) -> Lead:
        """Return where an address on a page leads."""
        path = unquote(urlsplit(address).path)
        if urlsplit(address).scheme or address.startswith("//"):
            return Lead(address=address)
        if path.startswith(FILE_BASE):
            return self.file_at(path.removeprefix(FILE_BASE).lstrip("/"))
        own = next((file for file in entry.files if is_page(file)), "")
        return self.file_at(posixpath.normpath(posixpath.join(posixpath.dirname(own), path)))

    def file_at(self, name: str) -> Lead:
        """Return where a name of a file leads: to an entry that it is, or to the file; nowhere if it is not there."""
        for found in (name, f"web_resources/{name}"):
            if found in self._by_file and is_page(found):
                return Lead(entry=self._by_file[found])
            if found in self.files:
                return Lead(file=found)
        return Lead()


def _assignment(found: etree._Element) -> Body:
    gradable = found.find("{*}gradable")
    points = "" if gradable is None else number(gradable.get("points_possible", ""))
    formats = [one.get("type", "") for one in found.iterfind("{*}submission_formats/{*}format")]
    facts = ((Fact.POINTS, points), (Fact.WAYS, ",".join(formats)))
    return Body(_written(found), tuple(fact for fact in facts if fact[1]))


def _written(found: etree._Element | None) -> str:
    """Return the text of a discussion or an assignment as HTML."""
    text = None if found is None else found.find("{*}text")
    return html_of(text_of(text), rich=text is not None and text.get("texttype", "").lower() != "text/plain")


def _launched(found: etree._Element) -> str:
    return text_at(found, "secure_launch_url") or text_at(found, "launch_url")
