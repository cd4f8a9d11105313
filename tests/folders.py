"""Small folders of documents for tests, and what is read of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from coursewright.course.quiz import Quiz
from coursewright.course.values import Audience, Identity
from coursewright.findings.finding import Finding
from coursewright.readers.folder.addressing import Wayfinding
from coursewright.readers.folder.content import content_of
from coursewright.readers.folder.document import Document, DocumentContent
from coursewright.readers.folder.linking import Links, Placed, linked
from coursewright.readers.folder.rewriting import ContentOptions, names_of
from coursewright.readers.folder.sourcefolder import SourceFolder
from coursewright.readers.frontmatter import front_matter
from coursewright.text.markdown.values import Prose

SUFFIXES = (".md", ".mdx", ".qmd", ".Rmd")


def written(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, and return it."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def documents(root: Path) -> list[Document]:
    """Return the documents of a folder."""
    found = []
    for path in sorted(one for one in root.rglob("*") if one.suffix in SUFFIXES and one.is_file()):
        relative = path.relative_to(root).as_posix()
        read = front_matter(path.read_text(encoding="utf-8"), relative)
        found.append(Document(relative, relative, read.lines, read.front, read.start))
    return found


def contents(root: Path, *, wiki: bool = False, solutions: Audience = Audience.LEARNER) -> dict[str, DocumentContent]:
    """Return what the documents of a folder say, by their paths."""
    return {path: content for path, (content, _) in read(root, wiki=wiki, solutions=solutions).items()}


def read(
    root: Path, *, wiki: bool = False, solutions: Audience = Audience.LEARNER
) -> dict[str, tuple[DocumentContent, tuple[Finding, ...]]]:
    """Return what the documents of a folder say, by their paths, and what was found."""
    listed, folder = documents(root), SourceFolder(root)
    options = ContentOptions(solutions=solutions, names=names_of(listed, wiki=wiki))
    return {one.relative: content_of(one, folder, options) for one in listed}


def shown(content: DocumentContent, audience: Audience = Audience.LEARNER) -> str:
    """Return the text of a document for an audience."""
    texts = [one.content for one in content.pieces if one.audience is audience and isinstance(one.content, Prose)]
    return "\n\n".join(text.markdown for text in texts)


def quizzes(content: DocumentContent) -> list[Quiz]:
    """Return the quizzes that stand in a document."""
    return [one.content for one in content.pieces if isinstance(one.content, Quiz)]


def links(
    root: Path, *, left_out: tuple[str, ...] = (), wayfinding: Wayfinding | None = None, wiki: bool = False
) -> Links:
    """Return where the links of a folder's documents lead, each document being a unit of its own name."""
    pages = [
        Placed(path, path, Identity("c", path), f"page-{audience}", pieces, str(content.title), audience)
        for path, content in contents(root, wiki=wiki).items()
        if path not in left_out
        for audience in Audience
        if (pieces := tuple(one for one in content.pieces if one.audience is audience)) or not content.pieces
    ]
    return linked(pages, SourceFolder(root), wayfinding, left_out=left_out)
