"""A document while it becomes plain Markdown: what is known of its course, and what is found on the way."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from coursewright.course.values import Audience
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message, Place
from coursewright.readers.folder.document import Document
from coursewright.readers.folder.lines import heading_lines
from coursewright.readers.folder.sourcefolder import SourceFolder
from coursewright.text.phrases import quoted

_LABEL = re.compile(r"\((?P<label>[^()\s]+)\)=\s*$")
_HEADING_ID = re.compile(r"\{[^{}]*#(?P<id>[\w:.-]+)[^{}]*\}\s*$")
_DROPPED = re.compile(r"\s*(?:\{[^{}]*\}|\[\[[\w-]+\]\])\s*$")
EQUATION = re.compile(r"(?<=\$\$)[ \t]*\((?P<label>[A-Za-z][\w:.-]*)\)[ \t]*$")
"""The label of a formula, behind the dollars that end it."""
_NOTEBOOKS = (".rmd", ".qmd")

_TITLED_BLOCK = re.compile(r"\{(?:prf:[a-z]+|exercise|admonition)(?:-start)?\}")  # others have a language or an address


@dataclass(frozen=True)
class DocumentNames:
    """By what names the documents of a course are spoken of: file names for wikilinks, labels for cross references.

    `headings` are the titles of the sections that have a label. `equations` are the formulas that have one, each with
    its document and its number in that; `named` are the labels of other blocks, such as exercises, each with the title
    of its block, or as words.
    """

    by_name: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    wiki: bool = False
    equations: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)


def names_of(documents: Iterable[Document], *, wiki: bool = False) -> DocumentNames:
    """Return the names of the documents of a course. `wiki` says that it is a vault whose links are all wikilinks."""
    by_name: dict[str, str] = {}
    labels: dict[str, tuple[str, str]] = {}
    titles: dict[str, str] = {}
    headings: dict[str, str] = {}
    equations: dict[str, tuple[str, int]] = {}
    named: dict[str, str] = {}
    for document in documents:
        stem = posixpath.splitext(document.relative)[0]
        by_name.setdefault(posixpath.basename(stem).lower(), document.relative)
        by_name.setdefault(stem.lower(), document.relative)
        given = document.front.get("title")
        found = next((one.title for one in heading_lines(document.lines) if one.level == 1), "")
        titles[document.relative] = str(given) if isinstance(given, str) and given else _DROPPED.sub("", found)
        for label, heading in _labels(document.lines):
            if heading and label not in labels:
                headings[label] = heading
            labels.setdefault(label, (document.relative, label))
        numbered, others = _blocks_named(document.lines)
        for number, label in enumerate(numbered, 1):
            equations.setdefault(label, (document.relative, number))
        named = {**others, **named}
    return DocumentNames(by_name, labels, titles, headings, wiki, equations, named)


def _blocks_named(lines: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the labels of a document's formulas in their order, and those of its other blocks with their titles."""
    numbered: list[str] = []
    others: dict[str, str] = {}
    for at, line in enumerate(lines):
        if "$$" in line and (found := EQUATION.search(line)):
            numbered.append(found["label"])
        elif line.lstrip().startswith((":label:", ":name:")):
            label = line.split(":", 2)[2].strip()
            above = next(
                (one for one in reversed(lines[max(0, at - 4) : at]) if one.lstrip()[:3] in ("```", ":::")), ""
            )
            if "{math}" in above:
                numbered.append(label)
            else:
                title = above.partition("}")[2].strip() if _TITLED_BLOCK.match(above.lstrip("`: ")) else ""
                others.setdefault(label, title or label.replace("_", " "))
    return numbered, others


def _labels(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Yield the labels of a document, each with the title of the section that has it, or nothing."""
    for line in lines:
        if line.startswith("(") and (found := _LABEL.match(line)):
            yield found["label"], ""
        elif "#" in line and (given := _HEADING_ID.search(line)):
            yield given["id"], line[: given.start()].strip("# ") if line.startswith("#") else ""


@dataclass(frozen=True)
class ContentOptions:
    """What a course says of all its documents.

    `audiences` gives the audience of sections by normal title. `solutions` is whom the folded solutions of exercises
    are for. `variables` are the values that a site generator knows, such as those of `_quarto.yml` or `_config.yml`.
    """

    audiences: Mapping[str, Audience] = field(default_factory=dict)
    solutions: Audience = Audience.LEARNER
    variables: Mapping[str, Any] = field(default_factory=dict)
    names: DocumentNames = field(default_factory=DocumentNames)


@dataclass
class Rewriting:
    """A document while its author's dialect is read.

    `left_out` is what is not understood, each with its first line; `missing` are files that it includes and lacks,
    `asked` those whose questions it asks.
    """

    document: Document
    folder: SourceFolder
    options: ContentOptions
    findings: list[Finding] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    included: int = 0
    title: str = ""
    chunks: int = 0

    @property
    def notebook(self) -> bool:
        """Whether the document is one whose code is run: R Markdown, or Quarto's."""
        return self.document.relative.lower().endswith(_NOTEBOOKS)

    @property
    def home(self) -> str:
        """The folder of the document, relative to the course."""
        return posixpath.dirname(self.document.relative)

    def leading_to(self, path: str, anchor: str) -> str:
        """Return the address of a place in a document of the course, as it is written in this one."""
        return f"#{anchor}" if path == self.document.relative else f"/{path}#{anchor}"

    def found(self, message: Message, line: int, **values: object) -> None:
        """Note a finding at a line of the document."""
        self.findings.append(message.at(Place(self.document.path, line), **values))

    def leave_out(self, what: str, line: int) -> str:
        """Note that something is not understood; return what stands in its place, which is nothing."""
        self.left_out.setdefault(" ".join(what.split()), line)
        return ""

    def told(self) -> None:
        """Note one finding for all that was not understood."""
        if not self.left_out:
            return
        words = "; ".join(quoted(what, 60) for what in list(self.left_out)[:8])
        more = f" and {len(self.left_out) - 8} more" if len(self.left_out) > 8 else ""
        place = Place(self.document.path, min(self.left_out.values()))
        found = messages.DIRECTIVES_LEFT_OUT.at(place, what=words + more)
        self.findings.append(replace(found, words=tuple(self.left_out)))

    def value(self, name: str) -> str | None:
        """Return what a name stands for in the front matter, or in the course's values: `title`, `book.author`."""
        for known in (self.document.front, self.options.variables):
            value: Any = known
            for part in name.split("."):
                value = value.get(part) if isinstance(value, Mapping) else None
            if isinstance(value, str | int | float):
                return str(value)
        return None
