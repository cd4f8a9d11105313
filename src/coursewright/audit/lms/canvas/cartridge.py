"""What Canvas drops of cartridges, puts elsewhere, or stops at: general ones and its own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import PACKAGE, Flaw, flaw
from coursewright.audit.lms.canvas.loose import but_for_quizzes
from coursewright.audit.lms.canvas.losses import left_out, of_general, of_own, stopped
from coursewright.audit.lms.imports import told_of_canvas
from coursewright.audit.rule import is_whole, rule
from coursewright.audit.rules.canvas.links import TOKENS
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.addresses import address_in_package, found_as, name_of
from coursewright.packages.documents.canvas.names import ASSIGNMENT, COURSE, FLAG, QUESTIONS, QUIZ, SETTINGS, WIKI
from coursewright.packages.documents.canvas.switches import says_yes
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import child_text, is_page, read_document
from coursewright.packages.files.budget import MOST_READ
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds
from coursewright.text.names import few, nearest

_LARGEST_SETTINGS = 25 * 1024 * 1024
# A link that begins with a token, whether that ends as it should, and what comes then.
_TOKEN = re.compile(
    rb"""(?:href|src|data|poster)\s*=\s*(?:["']|&quot;|&#34;)(?:\$|%24)([0-9A-Za-z][A-Za-z_-]{5,60})(\$|%24)?(.)"""
)
# The same whose first sign is gone, or its first word with it, as where a shell took $IMS for a variable.
_HALVED = re.compile(
    rb"""(?:href|src|data|poster)\s*=\s*["']((?:IMS)?[-_]?CC[-_]FILEBASE|[A-Z]*_?(?:OBJECT|COURSE|WIKI)_REFERENCE)\$/"""
)
_ELSEWHERE = re.compile(
    rb"""(?:href|src|data|poster)\s*=\s*(?:["']|&quot;|&#34;)((?:https?://[^"'/<>\s]{1,100})?/courses/\d{1,18}/"""
    rb"""(?:files|file_contents|assignments|quizzes|discussion_topics|pages|wiki|modules)\b[^"'<>\s&]{0,200})"""
)
_SEARCHED = (".html", ".htm", ".xhtml", ".xml", ".qti")
_LARGEST_SEARCHED = 3_000_000
_MOST_NAMED = 5
_OF_COURSES = ("webcontent", "imswl_", "imsdt_", "imsbasiclti_", "assignment_")
_UNKNOWN_TYPES = {
    "imsqti_item_xmlv": "items of QTI 2",
    "imsqti_test_xmlv": "tests of QTI 2",
    "imsqti_assessment_xmlv": "tests of QTI 2",
    "imsapip": "APIP tests",
    "imsiwb": "whiteboard files",
    "idpfepub": "EPUB books",
}


def _is_general(subject: Subject) -> bool:
    return not subject.found.is_canvas


@rule("L520", family=Family.CARTRIDGE, lms="canvas")
def resources_do_not_stop_it(subject: Subject) -> Iterator[Flaw]:
    """Every resource has a type, and every file an href."""
    for resource in subject.resources:
        name = name_of(resource)
        if not resource.get("type"):
            reason, remedy = f"the resource '{name}' has no type", "give it one, such as webcontent"
            yield stopped(resource, reason, remedy)
        for file in resource.iter("{*}file"):
            if file.get("href") is None:
                reason, remedy = f"a <file> of '{name}' has no href", "name the file in it, or remove it"
                yield stopped(file, reason, remedy)


@of_general("L521", when=_is_general)
def it_is_taken_for_what_it_is(subject: Subject) -> Iterator[Flaw]:
    """A cartridge with Canvas's own files says so where Canvas looks."""
    named = (one for one in subject.found.root.iter("{*}resource", "{*}file"))
    where = next((one for one in named if (one.get("href") or "").lower().endswith(FLAG)), None)
    if where is not None or any(map(_is_its_own, subject.container.sizes)):
        lost = told_of_canvas(subject) or "what is in its own files"
        yield flaw(messages.CANVAS_TAKES_FOR_GENERIC, where, lost=lost)


def _is_its_own(name: str) -> bool:
    """Say whether a file is one that Canvas alone reads, in whatever capitals and in whatever folder that stands."""
    parts = name.lower().rsplit("/", 2)
    is_setting = len(parts) > 1 and f"{parts[-2]}/" == SETTINGS and parts[-1].endswith(".xml")
    return is_setting or parts[-1] in (ASSIGNMENT, QUIZ, FLAG.removeprefix(SETTINGS))


@of_general("L522 L523", when=_is_general)
def pages_arrive_as_pages(subject: Subject) -> Iterator[Flaw]:
    """Whatever the menu shows arrives where it can be read and edited."""
    pages = {name: page for name, resource in subject.by_identifier.items() if (page := _page(resource))}
    if subject.shows & pages.keys():
        yield flaw(messages.CANVAS_MAKES_FILES, None, count=len(set(pages.values())))
    roots = subject.found.root.iterfind("{*}organizations/{*}organization/{*}item")
    if leaves := [leaf for root in roots for leaf in root.iterfind("{*}item") if leaf.get("identifierref")]:
        above = {leaf.getparent() for leaf in leaves}
        is_lost = len(above) > 1 and all(text_of(one.find("{*}title")).strip() for one in above if one is not None)
        weight = Severity.WARNING if is_lost else None  # the titles of what are no roots
        lying = "in folders without an item around them all" if is_lost else "in no folder"
        yield flaw(messages.CANVAS_COLLECTS, leaves[0], weight, lying=lying, count=len(leaves))


@of_general("L527", when=_is_general)
def the_menu_is_found(subject: Subject) -> Iterator[Flaw]:
    """The menu stands where Canvas looks for it: in an <item> of an <organization> in <organizations>."""
    found = next(subject.found.root.iterfind(".//{*}organizations//{*}organization/{*}item/{*}item"), None)
    if found is None and subject.shows:
        reason = "none of its items stands in the <item> of an <organization> in <organizations>"
        remedy = "put them there, as the standard has it"
        yield left_out(subject.items[0], "the menu, with all its modules", reason, remedy)


def _page(resource: etree._Element) -> str:
    """Return the page that a resource is, if that is meant for nothing else; "" for others."""
    is_content = resource.get("type") == "webcontent" and resource.get("intendeduse") != "assignment"
    every = map(address_in_package, (resource, *resource.iterfind("{*}file"))) if is_content else iter(())
    file = next(every, "") or next(every, "")
    return file if is_page(file) else ""


@rule("L553", family=Family.CARTRIDGE, lms="canvas", when=is_whole)
def addresses_are_literal(subject: Subject) -> Iterator[Flaw]:
    """Every address in the manifest is the very name of a file: nothing in it is decoded."""
    files, told = subject.container.sizes, set()
    for element in subject.naming():
        path, address = subject.address(element)
        written = (element.get("href") or "").replace("\\", "/")
        # its own it finds by their folders, whatever the manifest calls them
        is_found = subject.found.is_canvas and path.startswith((SETTINGS, WIKI, QUESTIONS))
        is_cut = path in files and written not in files and address not in files and not is_found
        # what an xml:base alone leads to: Canvas passes over that
        is_based = address in files and posixpath.normpath(written.lstrip("/")) != address
        is_other = "%" in address or is_cut or is_based
        if not address or not is_other or (address in files and written in files):
            continue
        name = found_as(address, subject.container) or found_as(path, subject.container)
        if name and name not in told:
            told.add(name)
            without = ", and without its xml:base" if address in files else ""
            about = {"name": name, "address": written or address, "without": without}
            yield flaw(messages.CANVAS_READS_LITERALLY, element, **about)


@of_own("L524 L567", when=lambda subject: subject.found.is_canvas)
def links_stay_in_the_course(subject: Subject) -> Iterator[Flaw]:
    """Links to what is in the cartridge begin with what Canvas knows, and lead into no other course; in general
    cartridges Canvas takes any token away."""
    container, found, others = subject.container, dict[str, list[str]](), dict[str, list[str]]()
    names = sorted(name for name in container.sizes if name.lower().endswith(_SEARCHED))
    for name in within_bounds(names, container, "documents with links", MOST_READ):
        content = container.read(name, _LARGEST_SEARCHED) or b""
        for token in sorted(set(_unknown_tokens(content))):
            found.setdefault(token, []).append(name)
        if links := [link[1].decode("utf-8", "replace") for link in _ELSEWHERE.finditer(content)]:
            others[name] = links
    if others:
        first, count = next(iter(others.values()))[0][:100], sum(map(len, others.values()))
        told = few(list(others), _MOST_NAMED)
        yield flaw(messages.CANVAS_LEADS_ELSEWHERE, None, count=count, link=first, pages=told).within(PACKAGE)
    for token, pages in list(found.items())[:_MOST_NAMED]:
        known = nearest(token, tuple(f"${name}$" for name in TOKENS)) or "; use $IMS-CC-FILEBASE$ for files"
        shown = few(pages, _MOST_NAMED)
        yield flaw(messages.CANVAS_TOKEN_UNKNOWN, None, token=token, pages=shown, known=known).within(PACKAGE)


def _unknown_tokens(content: bytes) -> Iterator[str]:
    """Yield the tokens at the beginnings of links that Canvas does not know, or that lack the sign at their end."""
    for link in _TOKEN.finditer(content) if b"$" in content or b"%24" in content else ():
        name, end = link[1].decode("ascii", "replace").replace("_CC_", "-CC-"), link[2]
        is_written, is_meant = name in TOKENS and end, name.upper().replace("_CC_", "-CC-") in TOKENS
        if link[3] == b"/" and not is_written and (is_meant or name[0].isupper() or name[0].isdigit()):
            yield f"${name}$" if end else f"${name}"
        elif is_written and link[3].isalnum():
            yield f"${name}${link[3].decode()}"
    yield from (f"{half[1].decode()}$" for half in _HALVED.finditer(content))


@rule("L526 L527", family=Family.CARTRIDGE, lms="canvas")
def settings_are_read(subject: Subject) -> Iterator[Flaw]:
    """The documents of settings are small enough to be read, and change nothing of the course unasked."""
    container = subject.container
    for name, size in sorted(container.sizes.items()):
        if name.startswith(SETTINGS) and name.endswith(".xml") and size > _LARGEST_SETTINGS:
            yield left_out(None, name, f"it has more than {_LARGEST_SETTINGS} bytes", "split it").within(name)
    root = read_document(COURSE, container) if subject.found.is_canvas else None
    said = {} if root is None else {name: child_text(root, name) for name in ("is_public", "license")}
    if shown := [f"{name} is {value}" for name, value in said.items() if value]:
        weight = Severity.WARNING if says_yes(said["is_public"]) else Severity.INFO
        yield flaw(messages.CANVAS_CHANGES_COURSE, None, weight, settings=", ".join(shown)).within(COURSE)


@rule("L527", family=Family.QTI, lms="canvas")
def there_is_nothing_but_quizzes(subject: Subject) -> Iterator[Flaw]:
    """What Canvas takes for quizzes alone is no course of which its manifest does not say what it is."""
    shown = (one for name, one in subject.by_identifier.items() if name in subject.shows)
    is_course = FLAG in subject.container.sizes or any(one.get("type", "").startswith(_OF_COURSES) for one in shown)
    if is_course:
        schema = text_of(subject.found.root.find(".//{*}metadata//{*}schema")).strip()
        yield left_out(None, *but_for_quizzes(schema))


@rule("L527", family=Family.CARTRIDGE, lms="canvas")
def everything_is_of_a_kind_it_knows(subject: Subject) -> Iterator[Flaw]:
    """A general cartridge holds nothing that Canvas passes over."""
    reason = "it does not support them"
    for begin, what in _UNKNOWN_TYPES.items():
        if them := [one for one in subject.resources if one.get("type", "").startswith(begin)]:
            remedy = "put them into the course by hand"
            yield left_out(them[0], f"{what} ({len(them)})", reason, remedy)
    standards = next(subject.found.root.iter("{*}curriculumStandardsMetadata"), None)
    if standards is not None:
        remedy = "take a Canvas cartridge for outcomes"
        yield left_out(standards, "curriculum standards", reason, remedy, Severity.INFO)
