"""What is known of more than one LMS about how it imports: rules, each made for an LMS, and the documents they read."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place
from coursewright.validation.kinds import parsed
from coursewright.validation.subject import Rule, Subject, address_in_package, found_as

_MOST_DOCUMENTS = 2_000
_MOST_READ = 40_000_000  # bytes of them


def kind_is_documented(lms: str, known: str, unknown: Collection[str]) -> Rule:
    """The kind of the package is one that the LMS's maker names; `unknown` holds beginnings of those it does not."""

    def rule(subject: Subject) -> Iterator[Finding]:
        kind = subject.found.kind.title
        if kind.startswith(tuple(unknown)):
            yield messages.KIND_NOT_NAMED.at(Place(subject.container.shown), lms=lms, kind=kind, known=known)

    return rule


def imports_replace_nothing(lms: str) -> Rule:
    """What is imported is added to a course, whatever was imported before."""

    def rule(subject: Subject) -> Iterator[Finding]:
        yield messages.IMPORTED_TWICE.at(Place(subject.container.shown), lms=lms)

    return rule


def documents_of(subject: Subject, kind: str) -> Iterator[tuple[etree._Element, Place, etree._Element]]:
    """Yield the resources whose types begin with `kind`, each with its document and where that is, if it is XML.

    A document of several resources comes once, with one of them. What is wrong with the documents themselves is for
    the rules of their family to say.
    """
    resources = [resource for resource in subject.resources if resource.get("type", "").startswith(kind)]
    named = {_document_name(resource, subject): resource for resource in reversed(resources[:_MOST_DOCUMENTS])}
    left = _MOST_READ
    for name, resource in reversed(named.items()):
        left -= subject.container.sizes[name] if name else 0
        if left < 0:
            what = f"of the small documents that LMSs take, {_MOST_READ} bytes are read"
            subject.container.findings.append(messages.NOT_ALL_JUDGED.at(Place(subject.container.shown), what=what))
            return
        document = _read(name, subject) if name else None
        if name and document is not None:
            yield resource, Place(subject.container.path_of(name)), document


def _document_name(resource: etree._Element, subject: Subject) -> str | None:
    named = (
        found_as(address_in_package(element), subject.container)
        for element in (resource, *resource.iterfind("{*}file"))
    )
    return next((name for name in named if name and name.lower().endswith(".xml")), None)


def _read(name: str, subject: Subject) -> etree._Element | None:
    before = len(subject.container.findings)
    found = parsed(subject.container, name)
    del subject.container.findings[before:]
    return found[1] if found else None
