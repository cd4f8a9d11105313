"""Judging packages of ours before they are written; that one of the same documents had nothing wrong is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from coursewright.building.digests import digest
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.files.long_document import LongDocument
from coursewright.packages.files.writing import Content, Package
from coursewright.pages.compiled import CompiledTemplates

_KIND = "sound"
_LATER = b"made as it is written"


def judged(package: Package, kept: CompiledTemplates | None) -> list[Finding]:
    """Return what is wrong with a package that an LMS is to import.

    It loads every rule, unless the same documents are known to be sound.
    """
    key = digest(kept.program, package.name, *_documents(package)) if kept else ""
    if kept and kept.keeper.own(_KIND, key) is not None:
        return []
    from coursewright.audit.own import judge_own

    made: list[str] = []
    found = [_weighed(one) for one in judge_own(replace(package, files=[*_watched(package, made)]))]
    if kept and not made and not found:
        kept.keeper.keep(_KIND, key, b"")
    return found


def _weighed(found: Finding) -> Finding:
    """Return a finding; that a document is too large to be judged keeps no package of ours from being written."""
    is_unjudged = found.code == messages.DOCUMENT_TOO_LARGE.code
    return replace(found, severity=Severity.WARNING) if is_unjudged else found


def _watched(package: Package, made: list[str]) -> Iterator[tuple[str, Content]]:
    """Yield the files of a package; the paths of those that somebody lets be made are added to a list."""

    def watched(path: str, make: Callable[[], bytes]) -> bytes:
        made.append(path)
        return make()

    for path, content in package.files:
        yield path, content if isinstance(content, bytes | LongDocument) else partial(watched, path, content)


def _documents(package: Package) -> Iterator[str | bytes]:
    for path, content in package.files:
        yield path
        yield content.sum if isinstance(content, LongDocument) else content if isinstance(content, bytes) else _LATER
