"""What things in a package are named by: identifiers of their own, IRIs, addresses on the net, and files."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from coursewright.audit.flaw import Flaw, Where, flaw
from coursewright.findings import messages
from coursewright.packages.documents.addresses import found_as
from coursewright.packages.files.names import printable
from coursewright.packages.spellings import difference
from coursewright.packages.subject import Subject
from coursewright.text.addresses import has_scheme, pieces_of
from coursewright.text.patterns import later

Thing = TypeVar("Thing")
_IRI = later(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def is_iri(name: str) -> bool:
    """Say whether a name is an absolute IRI; one of the web has a host."""
    parts = pieces_of(name) if _IRI.fullmatch(name) else None
    return parts is not None and bool(parts.scheme) and (bool(parts.hostname) or parts.scheme not in ("http", "https"))


def shared_names(named: Iterable[tuple[str | None, Thing]]) -> Iterator[tuple[str, Thing]]:
    """Yield the names that several things have, each with the first of these; what has none is passed over."""
    found = [(name, thing) for name, thing in named if name is not None]
    counts = Counter(name for name, _ in found)
    return ((name, thing) for name, thing in found if counts.pop(name, 0) > 1)


def twice_flaws(named: Iterable[tuple[str | None, Where]]) -> Iterator[Flaw]:
    """Yield which names several things have, each at the first of these; what has none is passed over."""
    return (flaw(messages.IDENTIFIER_TWICE, where, name=name) for name, where in shared_names(named))


def name_flaws(elements: Iterable[etree._Element]) -> Iterator[Flaw]:
    """Yield which ids are no absolute IRIs, or name several things; blanks around one are none of it."""
    seen: set[str] = set()
    for element in elements:
        name = element.get("id", "").strip()
        if not is_iri(name):
            yield flaw(messages.ID_NO_IRI, element, name=name)
        if name and name in seen:
            yield flaw(messages.IDENTIFIER_TWICE, element, name=name)
        seen.add(name)


def launch_flaws(address: str, taken: Collection[str], where: Where, subject: Subject) -> Iterator[Flaw]:
    """Yield why an address cannot be launched: it is none, it names no file, or has names of launch in its query."""
    if problem := _problem(address):
        yield flaw(messages.URL_INVALID, where, url=address, reason=problem)
        return
    parts = urlsplit(address)
    if not parts.scheme and subject.container.alone:
        reason = "it leads to a file, and there is no package around this document"
        yield flaw(messages.URL_INVALID, where, url=address, reason=reason)
    elif not parts.scheme:
        yield from file_flaws(posixpath.normpath(parts.path) if parts.path else address, where, subject)
    if found := [name for name, _ in parse_qsl(parts.query, keep_blank_values=True) if name in taken]:
        yield flaw(messages.URL_INVALID, where, url=address, reason=f"its query contains '{found[0]}', which LMSs add")


def _problem(address: str) -> str:
    if not address:
        return "it is empty"
    if any(character.isspace() for character in address):
        return "it has a blank in it"
    try:
        parts = urlsplit(address)
    except ValueError as error:
        return str(error)
    if parts.scheme in ("http", "https"):
        return "" if parts.hostname else "it has no host"
    if has_scheme(address):
        return "it is neither a file of the package nor an address on the web"
    return "it names a host and no http or https" if parts.netloc else ""


def file_flaws(name: str, where: Where, subject: Subject) -> Iterator[Flaw]:
    """Yield why a name leads to no file: there is none, or one of another spelling."""
    if found_as(name, subject.container) is not None:
        return
    other = subject.spelled(name)
    if not other:
        yield flaw(messages.FILE_MISSING, where, name=name)
        return
    subject.container.misspelled.add(name)
    shown = {"name": printable(name), "other": printable(other)}
    if other == subject.garbled(name):
        yield flaw(messages.NAME_GARBLED, where, **shown)
    else:
        differs = difference(name, other)
        yield flaw(messages.NAME_DIFFERS, where, **shown, difference=differs.text, mend=differs.mend)
