"""What Canvas drops of cartridges, puts elsewhere, or stops at: general ones and its own."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.packages.documents.addresses import address_in_package, addresses_in_package, found_as, name_of
from coursewright.packages.documents.canvas.names import FLAG, QUESTIONS, SETTINGS, WIKI
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import child_text, is_page, place_of, read_document, read_pages
from coursewright.packages.files.budget import MOST_READ
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds
from coursewright.text.names import few, nearest

_LARGEST_SETTINGS = 25 * 1024 * 1024
_LONGEST_TITLE = 255
_TOKENS = ("IMS-CC-FILEBASE", "CANVAS_OBJECT_REFERENCE", "CANVAS_COURSE_REFERENCE", "WIKI_REFERENCE")
# A link that begins with a token, whether that ends as it should, and what comes then.
_TOKEN = re.compile(
    rb"""(?:href|src|data|poster)\s*=\s*(?:["']|&quot;|&#34;)(?:\$|%24)([0-9A-Za-z][A-Za-z_-]{5,60})(\$|%24)?(.)"""
)
_SEARCHED = (".html", ".htm", ".xhtml", ".xml", ".qti")
_LARGEST_SEARCHED = 3_000_000
_MOST_NAMED = 5
_REMOVED = ("script", "style", "svg", "canvas", "form", "input", "select", "button")
_UNKNOWN_TYPES = {
    "imsqti_item_xmlv": "items of QTI 2",
    "imsqti_test_xmlv": "tests of QTI 2",
    "imsqti_assessment_xmlv": "tests of QTI 2",
    "imsapip": "APIP tests",
    "imsiwb": "whiteboard files",
    "idpfepub": "EPUB books",
}


@rule("L520", family=Family.CARTRIDGE, lms="canvas")
def resources_do_not_stop_it(subject: Subject) -> Iterator[Finding]:
    """Every resource has a type, and every file an href."""
    for resource in subject.resources:
        name = name_of(resource)
        if not resource.get("type"):
            yield _stops(subject, resource, f"the resource '{name}' has no type", "give it one, such as webcontent")
        for file in resource.iter("{*}file"):
            if file.get("href") is None:
                yield _stops(subject, file, f"a <file> of '{name}' has no href", "name the file in it, or remove it")


def _stops(subject: Subject, element: etree._Element, reason: str, remedy: str) -> Finding:
    return messages.CANVAS_STOPS.at(subject.place(element), reason=reason, remedy=remedy)


@rule("L521", family=Family.CARTRIDGE, lms="canvas")
def it_is_taken_for_what_it_is(subject: Subject) -> Iterator[Finding]:
    """A cartridge with Canvas's own files says so where Canvas looks."""
    if subject.found.is_canvas:
        return
    for file in subject.found.root.iter("{*}file"):
        if file.get("href") == FLAG:
            yield messages.CANVAS_TAKES_FOR_GENERIC.at(subject.place(file))
            return


@rule("L522 L523", family=Family.CARTRIDGE, lms="canvas")
def pages_arrive_as_pages(subject: Subject) -> Iterator[Finding]:
    """Whatever the menu shows arrives where it can be read and edited."""
    if subject.found.is_canvas:
        return
    pages = {name for name, resource in subject.by_identifier.items() if _is_file(resource)}
    if shown := subject.shows & pages:
        yield messages.CANVAS_MAKES_FILES.at(Place(subject.shown), count=len(shown))
    roots = subject.found.root.iterfind("{*}organizations/{*}organization/{*}item")
    if leaves := [leaf for root in roots for leaf in root.iterfind("{*}item") if leaf.get("identifierref")]:
        found = messages.CANVAS_COLLECTS.at(subject.place(leaves[0]), count=len(leaves))
        above = {leaf.getparent() for leaf in leaves}
        is_lost = len(above) > 1 and all(text_of(one.find("{*}title")).strip() for one in above if one is not None)
        yield replace(found, severity=Severity.WARNING) if is_lost else found  # the titles of what are no roots


def _is_file(resource: etree._Element) -> bool:
    """Say whether a resource is a page that is meant for nothing else."""
    is_content = resource.get("type") == "webcontent" and resource.get("intendeduse") != "assignment"
    return is_content and is_page(address_in_package(resource) or _first_file(resource))


def _first_file(resource: etree._Element) -> str:
    file = resource.find("{*}file")
    return address_in_package(file) if file is not None else ""


@rule("L553", family=Family.CARTRIDGE, lms="canvas")
def addresses_are_literal(subject: Subject) -> Iterator[Finding]:
    """Every address in the manifest is the very name of a file: nothing in it is decoded."""
    files, told = subject.container.sizes, set()
    for resource in subject.resources if not subject.container.alone else ():
        for element in (resource, *resource.iterfind("{*}file")):
            address = addresses_in_package(element)[1]
            written = (element.get("href") or "").replace("\\", "/")
            path = address_in_package(element)
            is_cut = path in files and written not in files and address not in files and not _is_known(path, subject)
            is_other = "%" in address or is_cut or (address in files and _is_based(written, address))
            if not address or address in told or not is_other or (address in files and written in files):
                continue
            name = found_as(address, subject.container) or found_as(address_in_package(element), subject.container)
            if name:
                address = written or address
                told.add(address)
                yield messages.CANVAS_READS_LITERALLY.at(subject.place(element), name=name, address=address)


def _is_known(path: str, subject: Subject) -> bool:
    """Say whether Canvas finds a file of its own cartridges by its folder, whatever the manifest calls it."""
    return subject.found.is_canvas and path.startswith((SETTINGS, WIKI, QUESTIONS))


def _is_based(written: str, address: str) -> bool:
    """Say whether an address is found by an xml:base alone, which Canvas passes over."""
    return posixpath.normpath(written.lstrip("/")) != address


@rule("L524", family=Family.CARTRIDGE, lms="canvas")
def tokens_are_known(subject: Subject) -> Iterator[Finding]:
    """Links to files of the cartridge begin with what Canvas knows; in general ones it takes any token away."""
    container = subject.container
    if not subject.found.is_canvas:
        return
    names = sorted(name for name in container.sizes if name.lower().endswith(_SEARCHED))
    found: dict[str, list[str]] = {}
    for name in within_bounds(names, container, "documents with links", MOST_READ):
        for token in sorted(set(_unknown_tokens(container.read(name, _LARGEST_SEARCHED) or b""))):
            found.setdefault(token, []).append(name)
    for token, pages in list(found.items())[:_MOST_NAMED]:
        known = nearest(token, tuple(f"${name}$" for name in _TOKENS)) or "; use $IMS-CC-FILEBASE$ for files"
        yield messages.CANVAS_TOKEN_UNKNOWN.at(
            Place(container.shown), token=token, pages=few(pages, _MOST_NAMED), known=known
        )


def _unknown_tokens(content: bytes) -> Iterator[str]:
    """Yield the tokens at the beginnings of links that Canvas does not know, or that lack the sign at their end."""
    for link in _TOKEN.finditer(content) if b"$" in content or b"%24" in content else ():
        name, end = link[1].decode("ascii", "replace").replace("_CC_", "-CC-"), link[2]
        is_written, is_meant = name in _TOKENS and end, name.upper().replace("_CC_", "-CC-") in _TOKENS
        if link[3] == b"/" and not is_written and (is_meant or name[0].isupper() or name[0].isdigit()):
            yield f"${name}$" if end else f"${name}"
        elif is_written and link[3].isalnum():
            yield f"${name}${link[3].decode()}"


@rule("L525 L528", family=Family.CARTRIDGE, lms="canvas")
def pages_keep_what_is_on_them(subject: Subject) -> Iterator[Finding]:
    """Pages that Canvas shows as its own hold what it lets through, and have titles that fit."""
    if not subject.found.is_canvas:
        return
    removed: Counter[str] = Counter()
    for name, root in read_pages(sorted(set(_own_pages(subject))), subject.container):
        removed.update(sorted(set(_removed(root))))
        title = next(root.iter("title"), None)
        length = len((title.text or "").strip()) if title is not None else 0
        if name.startswith(WIKI) and length > _LONGEST_TITLE:
            place = place_of(name, subject.container, title)
            yield messages.CANVAS_TITLE_TOO_LONG.at(place, length=length, limit=_LONGEST_TITLE)
    if removed:
        what = ", ".join(f"<{tag}> (on {count})" for tag, count in removed.most_common())
        yield messages.CANVAS_SANITISES.at(Place(subject.container.shown), what=what)


def _own_pages(subject: Subject) -> Iterator[str]:
    """Yield the files that become a text in Canvas: pages, the syllabus, and what assignments say."""
    yield from (name for name in subject.container.sizes if name.startswith((WIKI, f"{SETTINGS}syllabus.html")))
    for resource in subject.resources:
        files = [found_as(address_in_package(file), subject.container) or "" for file in resource.iterfind("{*}file")]
        if any(file.endswith("assignment_settings.xml") for file in files):
            yield from files


def _runs(link: str) -> bool:
    return link.strip().lower().startswith("javascript:")


def _removed(root: etree._Element) -> Iterator[str]:
    body = next(root.iter("body"), None)
    found: Iterable[etree._Element] = body.iter(*_REMOVED) if body is not None else ()
    yield from (str(element.tag) for element in found)
    pictures = body.iter("img") if body is not None else ()
    if any((one.get("src") or "").strip().lower().startswith("data:") for one in pictures):
        yield "img src=data:"
    if body is not None and any(
        name.startswith("on") for one in body.iter(etree.Element) for name in map(str, one.attrib)
    ):
        yield "on..."
    if body is not None and any(_runs(one.get("href") or "") for one in body.iter("a")):
        yield "a href=javascript:"
    if body is not None and any(one.get("srcdoc") is not None for one in body.iter("iframe")):
        yield "iframe srcdoc"


@rule("L526 L527", family=Family.CARTRIDGE, lms="canvas")
def settings_are_read(subject: Subject) -> Iterator[Finding]:
    """The documents of settings are small enough to be read, and change nothing of the course unasked."""
    container = subject.container
    for name in sorted(container.sizes):
        if name.startswith(SETTINGS) and name.endswith(".xml") and container.sizes[name] > _LARGEST_SETTINGS:
            reason = f"it has more than {_LARGEST_SETTINGS} bytes"
            found = messages.CANVAS_LEAVES_OUT.at(
                place_of(name, container), what=name, reason=reason, remedy="split it"
            )
            yield found
    root = read_document(f"{SETTINGS}course_settings.xml", container) if subject.found.is_canvas else None
    settings = {} if root is None else {name: child_text(root, name) for name in ("is_public", "license")}
    if shown := [f"{name} is {value}" for name, value in settings.items() if value]:
        severity = Severity.WARNING if settings["is_public"] == "true" else Severity.INFO
        place = place_of(f"{SETTINGS}course_settings.xml", container)
        yield replace(messages.CANVAS_CHANGES_COURSE.at(place, settings=", ".join(shown)), severity=severity)


@rule("L527", family=Family.CARTRIDGE, lms="canvas")
def everything_is_of_a_kind_it_knows(subject: Subject) -> Iterator[Finding]:
    """A general cartridge holds nothing that Canvas passes over."""
    for begin, what in _UNKNOWN_TYPES.items():
        if them := [one for one in subject.resources if one.get("type", "").startswith(begin)]:
            yield _left_out(subject, them[0], f"{what} ({len(them)})", "put them into the course by hand")
    standards = next(subject.found.root.iter("{*}curriculumStandardsMetadata"), None)
    if standards is not None:
        found = _left_out(subject, standards, "curriculum standards", "take a Canvas cartridge for outcomes")
        yield replace(found, severity=Severity.INFO)


def _left_out(subject: Subject, element: etree._Element, what: str, remedy: str) -> Finding:
    place = subject.place(element)
    return messages.CANVAS_LEAVES_OUT.at(place, what=what, reason="it does not support them", remedy=remedy)
