"""What is behind the entries of a Common Cartridge, and of any content package with a menu."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from coursewright.course.body import Body, Fact, Lead
from coursewright.course.outline import Entry, Outline
from coursewright.packages.documents.addresses import FILEBASE
from coursewright.packages.documents.cartridge_files import CartridgeAssignment, CartridgeLink, CartridgeTopic, ToolLink
from coursewright.packages.documents.reading import is_page
from coursewright.packages.subject import Subject
from coursewright.packages.words import number
from coursewright.readers.packages.bodies.questions import questions_of
from coursewright.readers.packages.documents import PackageDocuments
from coursewright.text.addresses import pieces_of


class CartridgeBodies:
    """The bodies of the entries of a cartridge."""

    def __init__(self, subject: Subject, outline: Outline) -> None:
        self.documents = PackageDocuments(subject)
        self.files = subject.container.sizes
        self.home = self.view = self.syllabus = ""
        self.names: Mapping[str, str] = {}
        self._by_file = {file: one.identifier for one, _ in outline.walk() for file in one.files[:1]}

    def body(self, entry: Entry) -> Body:
        """Return what is behind an entry."""
        first = next((file for file in entry.files if file in self.files), "")
        if entry.kind == "discussion":
            return self.topic(entry)
        if entry.kind == "assignment" and (found := self.documents.first_value(entry.files, CartridgeAssignment)):
            return _assignment(found)
        if entry.kind in ("quiz", "question bank"):
            return self.quiz(entry)
        if entry.kind == "web link":
            return Body(address=self._link(entry))
        if entry.kind == "tool":
            tool = self.documents.first_value(entry.files, ToolLink)
            return Body(tool.description, address=tool.secure_launch_url or tool.launch_url) if tool else Body()
        return Body(file=first)

    def topic(self, entry: Entry) -> Body:
        """Return what a discussion is about."""
        found = self.documents.first_value(entry.files, CartridgeTopic)
        return Body(found.html if found else "")

    def quiz(self, entry: Entry) -> Body:
        """Return the questions of a quiz."""
        found = self.documents.first_root(entry.files, "questestinterop")
        if found is None:
            return Body()
        questions = questions_of(found, {})
        return Body(facts=((Fact.QUESTIONS, str(len(questions))),), questions=questions)

    def _link(self, entry: Entry) -> str:
        found = self.documents.first_value(entry.files, CartridgeLink)
        return found.url.href if found and found.url else entry.address

    def lead(self, address: str, entry: Entry) -> Lead:
        """Return where an address on a page leads."""
        path = unquote(pieces_of(address).path)
        if pieces_of(address).scheme or address.startswith("//"):
            return Lead(address=address)
        if path.startswith(FILEBASE):
            return self.file_at(path.removeprefix(FILEBASE).lstrip("/"))
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


def _assignment(found: CartridgeAssignment) -> Body:
    return Body(found.html, stated([(Fact.POINTS, number(found.points)), (Fact.WAYS, ",".join(found.ways))]))


def stated(facts: Iterable[tuple[Fact, str]]) -> tuple[tuple[Fact, str], ...]:
    """Return those facts of which anything is said."""
    return tuple(fact for fact in facts if fact[1])
