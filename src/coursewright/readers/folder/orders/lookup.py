"""From what an order file writes to the documents that it means."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from coursewright.course.values import Competency
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import slotted
from coursewright.readers.decoding import NOTEBOOK, read_lines
from coursewright.readers.folder.listed import Listed
from coursewright.readers.folder.names import SUFFIXES, is_in_quiz_app, may_be_quiz
from coursewright.readers.folder.tree import Tree
from coursewright.text.markdown.values import Text
from coursewright.text.names import shortened
from coursewright.text.yaml import YamlError, read_yaml

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,62}")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_SUFFIXES = (".md", ".qmd", ".mdx", ".Rmd", ".rmd", ".markdown", NOTEBOOK)
_FOLDERS = ("index.md", "README.md", "_index.md", "index.qmd", "index.mdx", "readme.md", "index.ipynb")
_FOREIGN = frozenset({".rst", ".html", ".adoc", ".pdf", ".py", ".org", ".tex"})
MOST = 5_000  # entries of an order file


@slotted
class Lookup:
    """An order file in a tree: finds the documents that it means, each with its line, and tells of what is missing.

    `file` is relative to the tree, `base` the folder that its paths start from.
    """

    tree: Tree
    file: str
    findings: list[Finding]
    base: str = ""
    lines: list[str] = field(default_factory=list)
    _at: dict[str, int] = field(default_factory=dict)
    _count: int = 0

    def read(self) -> bool:
        """Read the file itself; say whether it is text."""
        path = self.tree.root / self.file
        lines, problems = read_lines(path, self.tree.named(self.file))
        self.findings += problems
        self.lines = lines or []
        return lines is not None

    def yaml(self) -> Any:
        """Return the value of the file, or None where it is no YAML, which is an error."""
        if not self.read():
            return None
        try:
            return read_yaml("\n".join(self.lines))
        except YamlError as error:
            self.broken(error.reason, error.line)
            return None

    def broken(self, reason: str, line: int = 0) -> None:
        """Tell that the order cannot be read."""
        self.findings.append(messages.ORDER_FILE_BROKEN.at(self.place(line), reason=reason))

    def place(self, line: int = 0) -> Place:
        """Return a line of the file, as findings name it."""
        return Place(self.tree.named(self.file), line)

    def line(self, text: str) -> int:
        """Return the line that a text stands on, after that where it was found last, or 0."""
        for start in (self._at.get(text, 0), 0):
            for number in range(start, len(self.lines)):
                if text in self.lines[number]:
                    self._at[text] = number + 1
                    return number + 1
        return 0

    def listed(self, title: object, target: object, children: Iterable[Listed] = (), line: int = 0) -> Iterator[Listed]:
        """Yield the place that a title, a target and what is below them make: none for a document that is missing."""
        self._count += 1
        below = tuple(children)
        name = "" if title is None else " ".join(str(title).split())
        if self._count > MOST:
            return
        if not isinstance(target, str) or not target.strip():
            if below or target is None or target == "":
                yield Listed(name, "", line or self.line(name), below)
            return
        line = line or self.line(target)
        if _ELSEWHERE.match(target.strip()):
            yield Listed(name or target.strip(), "", line, below, url=target.strip())
        elif path := self.path(target):
            yield Listed(name, path, line, below)
        else:
            self._missing(target, line)
            if below:
                yield Listed(name, "", line, below)

    def _missing(self, target: str, line: int) -> None:
        """Tell of a document that is not there, or is no Markdown."""
        foreign = PurePosixPath(target.split("#")[0]).suffix.lower() in _FOREIGN
        if foreign:
            self.strange(target, line)
        else:
            self.findings.append(messages.ORDER_ENTRY_MISSING.at(self.place(line), path=shortened(target)))

    def strange(self, entry: object, line: int = 0) -> None:
        """Tell of an entry that is not understood."""
        self.findings.append(messages.NOT_UNDERSTOOD.at(self.place(line), text=shortened(str(entry))))

    def path(self, target: str, base: str | None = None) -> str:
        """Return the document that a target means, relative to the tree, or nothing."""
        plain, number = re.split("[#?]", target.strip())[0], target.strip().rpartition("#")[2]
        for name in dict.fromkeys((plain, unquote(plain))):
            root = "" if name.startswith("/") else (self.base if base is None else base)
            path = posixpath.normpath(posixpath.join(root, name.lstrip("/")))
            for found in candidates(path):
                if not found.startswith("..") and self.tree.has(found):
                    return f"{found}#{number}" if number.isdigit() and is_in_quiz_app(found) else found
        return ""

    def matching(self, pattern: str) -> list[str]:
        """Return the documents that a pattern means, in the order of their names."""
        whole = posixpath.normpath(posixpath.join(self.base, pattern))
        return [path for path in self.tree.documents if PurePosixPath(path).match(whole)]


def quiet(tree: Tree, file: str) -> dict[str, Any]:
    """Return the mapping in a YAML file beside an order, empty where there is none that can be read."""
    lookup = Lookup(tree, file, [])
    if not tree.has(file) or not lookup.read():
        return {}
    try:
        return texts(read_yaml("\n".join(lookup.lines)))
    except YamlError:
        return {}


def candidates(path: str) -> Iterator[str]:
    """Yield the paths that a document may have whose path is written without extension, as a folder, or as built."""
    suffix = PurePosixPath(path).suffix
    if suffix.lower() in SUFFIXES or may_be_quiz(path):
        yield path
        return
    bare = path.removesuffix(".html") if suffix == ".html" else path
    if suffix.lower() not in _FOREIGN or suffix == ".html":
        yield from (f"{bare}{known}" for known in _SUFFIXES)
        yield from (posixpath.normpath(f"{bare}/{name}") for name in _FOLDERS)


def texts(value: object) -> dict[str, Any]:
    """Return a mapping with names as texts, empty for what is no mapping."""
    return {str(key): found for key, found in value.items()} if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """Return a list, or one thing as a list; nothing for none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def said(value: object) -> str:
    """Return a plain value as a text on one line, empty for what is none; several with commas between them."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(said, value)))
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def competency_of(row: Mapping[str, object], line: int) -> Competency:
    """Return a competency from a mapping with its name, and maybe its target, evidence and role."""
    name, target, evidence, role = (Text(said(row.get(key)), line) for key in ("name", "target", "evidence", "role"))
    return Competency(name, target, evidence, role)
