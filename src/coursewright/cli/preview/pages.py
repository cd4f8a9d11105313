"""A package of plain pages: a web site, or an EPUB by its chapters, without locks or tracking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coursewright.cli.preview.contents import ContainedFiles, PackageError
from coursewright.packages.documents.menu import plain_menu
from coursewright.packages.files.container import Container
from coursewright.packages.files.opening import open_container
from coursewright.packages.files.paths import MANIFESTS
from coursewright.readers.packages.books import chapters_of, is_book

_START = "index.html"


def has_pages(container: Container) -> bool:
    """Say whether a package is of plain pages."""
    known = any(name in container.sizes for name in MANIFESTS.values())
    return not known and (is_book(container) or _START in container.sizes)


def open_pages(path: Path) -> tuple[dict[str, Any], ContainedFiles]:
    """Open a package of pages as long as the preview shows it. Raises PackageError."""
    container = open_container(path)
    title, pages = chapters_of(container) if is_book(container) else (path.stem, [(path.stem, _START)])
    if not pages:
        container.close()
        raise PackageError(f"{path}: is an EPUB without chapters that can be read")
    menu = plain_menu(title or path.stem, pages, "EPUB" if is_book(container) else "Web site")
    return menu.in_json() | {"opens": len(pages) == 1}, ContainedFiles(container)
