"""The documents of a course: each is read once, as it stands, and as what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.readers.decoding import read_lines
from coursewright.readers.folder.addressing import Wayfinding
from coursewright.readers.folder.apps import bank_of, by_lesson
from coursewright.readers.folder.assembly import is_draft
from coursewright.readers.folder.content import content_of
from coursewright.readers.folder.document import Document, DocumentContent, Piece, document_of
from coursewright.readers.folder.links import Routes
from coursewright.readers.folder.listed import Convention, Ordering
from coursewright.readers.folder.names import Left, is_markdown, is_notebook
from coursewright.readers.folder.options import FolderOptions
from coursewright.readers.folder.orders.books import variables_of
from coursewright.readers.folder.rewriting import ContentOptions, names_of
from coursewright.readers.folder.sourcefolder import SourceFolder
from coursewright.readers.folder.tree import Tree
from coursewright.readers.quizzes import read_quizzes
from coursewright.text.markdown.values import Text
from coursewright.text.names import few

OnFile = Callable[[int], None]
_MERGED = ("episodes", "learners", "instructors", "profiles")


@dataclass
class Library:
    """The documents of a course by their paths, and how they speak of each other once their order is known."""

    tree: Tree
    options: FolderOptions
    findings: list[Finding]
    on_file: OnFile = lambda count: None
    documents: dict[str, Document] = field(default_factory=dict)
    ways: Routes = field(init=False)
    wayfinding: Wayfinding = field(init=False)
    _asked: ContentOptions = field(init=False)
    _contents: dict[str, DocumentContent] = field(default_factory=dict)
    _told: dict[str, tuple[Finding, ...]] = field(default_factory=dict)  # of front matter, once its document is read

    def read(self, ordering: Ordering | None) -> None:
        """Read every document that is found, or listed."""
        listed = [place.path for one in (ordering.listed if ordering else ()) for place in one.documents()]
        staff = [path for one in (ordering.listed if ordering else ()) for path in one.staff]
        opening = [one.path for one in (ordering.opening if ordering else ())]
        quizzes = () if listed and ordering and ordering.convention is Convention.OWN else self.tree.quizzes
        named = dict.fromkeys([*self.tree.documents, *listed, *staff, *opening, *quizzes])
        for count, path in enumerate(named, 1):
            if not is_markdown(path):
                self._read_quiz(path, whole=path in listed)
            elif document := self._document(path):
                self.documents[path] = document
            self.on_file(count)
        drafts = [path for path, found in self.documents.items() if is_draft(found)]
        for path in drafts:
            del self.documents[path]
        self.left(Left.DRAFT, drafts)

    def know(self, order: Ordering) -> None:
        """Learn how the documents of the course speak of each other."""
        names = names_of(self.documents.values(), wiki=(self.tree.root / ".obsidian").is_dir())
        self.ways = Routes(self.documents.keys(), order.about.get("url", ""), names.by_name, order.base)
        sites = [*filter(None, [self.ways.url]), *self.ways.repositories(self.documents.values())]
        self.wayfinding = Wayfinding(sites, _MERGED if order.convention is Convention.SANDPAPER else ())
        variables = variables_of(self.tree, order.base)
        self._asked = ContentOptions(self.options.audiences, self.options.solutions, variables, names)

    @cached_property
    def folder(self) -> SourceFolder:
        """The folder of the course, whose notebooks are read."""
        return SourceFolder(self.tree.root)

    def content(self, path: str) -> DocumentContent:
        """Return what a document says."""
        if path not in self._contents:
            self._contents[path], found = content_of(self.documents[path], self.folder, self._asked)
            self.findings += (*self._told.get(path, ()), *found)
        return self._contents[path]

    def left(self, why: Left, paths: Sequence[str]) -> None:
        """Tell of documents that are no pages."""
        if paths:
            told = messages.LEFT_OUT.at(Place(self.tree.shown), count=len(paths), why=why, names=few(paths))
            self.findings.append(told)

    def _document(self, path: str) -> Document | None:
        file = self.tree.file(path)
        shown = self.tree.named(file)
        lines, problems = self._lines(file, shown)
        if lines is None:
            self.findings += problems
            return None
        document, found = document_of(shown, path, lines)
        self._told[path] = (*problems, *found)
        return document

    def _lines(self, file: str, shown: str) -> tuple[list[str] | None, list[Finding]]:
        """Return the lines of a document, and what is wrong with them; pictures in a notebook are known from now on."""
        if not is_notebook(file):
            return read_lines(self.tree.root / file, shown)
        from coursewright.readers.notebook import read_notebook  # few courses have one

        made = read_notebook(self.tree.root / file, shown)
        self.folder.pictures[file] = made.pictures
        return made.lines, made.findings

    def _read_quiz(self, path: str, *, whole: bool) -> None:
        """Read a file that is no Markdown as a document of quizzes, if it holds any."""
        shown = self.tree.named(bank_of(path))
        quizzes, problems = read_quizzes(self.tree.root / bank_of(path), shown)
        self.findings += [one for one in problems if one not in self.findings]
        for name, some in by_lesson(path, quizzes, whole=whole).items():
            title = Text(some[0].title if len(some) == 1 else "", 1)
            self.documents[name] = Document(shown, name, ())
            self._contents[name] = DocumentContent(title, tuple(Piece(quiz) for quiz in some))
