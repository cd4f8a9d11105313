"""Documents of the plain dialect as they stand: UTF-8, front matter between lines of `---`, nothing repaired."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coursewright.findings.finding import Finding
from coursewright.readers.decoding import MAX_BYTES, read_lines
from coursewright.readers.folder.document import Document
from coursewright.readers.folder.listed import Ordering
from coursewright.readers.folder.sourcefolder import RefusedError, SourceFolder
from coursewright.readers.folder.tree import Tree
from coursewright.readers.frontmatter import front_matter


def plain_document(tree: Tree, folder: SourceFolder, path: str, findings: list[Finding]) -> Document | None:
    """Return a document, or None where it cannot be read. What is no UTF-8 is read as that of any folder is."""
    shown = tree.named(path)
    try:
        text = folder.content(path, MAX_BYTES).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (RefusedError, UnicodeDecodeError):
        lines, problems = read_lines(tree.root / path, shown)
        findings += problems
        text = "\n".join(lines or [])
        if lines is None:
            return None
    if not text.startswith("---\n"):
        return Document(shown, path, tuple(text.split("\n")))
    parted = front_matter(text, shown)
    findings += parted.findings
    return Document(shown, path, parted.lines, parted.front, parted.start, tuple(text.split("\n")[: parted.start - 1]))


def of_others(order: Ordering, tree: Tree, told: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what was found by those who made an order, of other documents than those in it: these are read again."""
    listed = [path for one in order.listed for path in (*(place.path for place in one.documents()), *one.staff)]
    shown = {tree.named(path) for path in (*listed, *(one.path for one in order.opening))}
    yield from (one for one in told if one.place.path not in shown)
