"""What Canvas loses of general cartridges: of topics, links, tools and work, and of files that no resource lists."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from coursewright.audit.lms.canvas.limits import LONGEST, TABLE
from coursewright.audit.lms.canvas.settings import beyond
from coursewright.audit.lms.canvas.wiring import PRIVACY
from coursewright.audit.lms.field_bounds import Number, Within
from coursewright.audit.lms.imports import documents_of
from coursewright.audit.lms.limits import breaches
from coursewright.audit.rule import not_of_canvas, rule
from coursewright.audit.rules.canvas.modules import takes_address
from coursewright.audit.rules.cartridges.thin import ADDRESSES
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.packages.documents.addresses import (
    FILEBASE,
    address_in_package,
    addresses,
    followed,
    found_as,
    is_address,
    local_name,
    name_of,
)
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import child_text, is_page, read_document, read_pages
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, shown_name
from coursewright.text.names import few

_FORMATS = ("text", "html", "url", "file")
_MOST_TOLD = 20
_NAMES = (
    "manifest",
    "metadata",
    "schema",
    "schemaversion",
    "organizations",
    "organization",
    "item",
    "title",
    "resources",
)
_TOOL = "cartridge_basiclti_link"
_OF_CANVAS = "{*}extensions[@platform='canvas.instructure.com']"
_TEXTS = ("imsdt_", "imsqti_", "assignment_")


def _left_out(place: Place, what: str, reason: str, remedy: str) -> Finding:
    return messages.CANVAS_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy)


@rule("L527 L552 L573", family=Family.CARTRIDGE, lms="canvas", when=not_of_canvas)
def topics_arrive(subject: Subject) -> Iterator[Finding]:
    """Every topic has a title that fits, a text that is one, and the files that belong to it."""
    for resource, place, root in documents_of(subject, "imsdt"):
        what = f"the discussion '{name_of(resource)[:60]}'"
        yield from _titled(what, root, place, "'No Title'")
        yield from _escaped(what, root, place)
        yield from _attached(what, resource, root, place, subject)


def _titled(what: str, root: etree._Element, place: Place, otherwise: str) -> Iterator[Finding]:
    """Yield that something has no title, or one for which there is no room."""
    title = _text(root, "title")
    if len(title) > LONGEST:
        reason = f"its title has {len(title)} characters, and there is room for {LONGEST}"
        yield _left_out(place, what, reason, "shorten it")
    elif not title.strip() and otherwise:
        found = messages.CANVAS_KNOWS_NO_SUCH_VALUE
        yield found.at(place, what=what, reason="it has no title", taken=f"it is called {otherwise}", known="a title")


def _text(root: etree._Element, name: str) -> str:
    """Return the text of the first element of a name, wherever it stands: so does Canvas."""
    return text_of(next(root.iter(f"{{*}}{name}"), None))


def _escaped(what: str, root: etree._Element, place: Place) -> Iterator[Finding]:
    text = next(root.iter("{*}text"), None)
    if text is not None and any(len(one) or one.get("href") or one.get("src") for one in text.iterchildren()):
        reason = "its HTML is not escaped, so that the words alone arrive"
        yield messages.CANVAS_TEXT_LOST.at(place, what=what, reason=reason)


def _attached(
    what: str, resource: etree._Element, root: etree._Element, place: Place, subject: Subject
) -> Iterator[Finding]:
    """Yield a finding for each file that belongs to something, and is not found: alone, it counts from the top."""
    attachments = [link for one in root.iter("{*}attachment") if (link := one.get("href"))]
    folder = posixpath.dirname(_file(resource))
    is_alone = len(attachments) == 1 and resource.get("type", "").startswith("imsdt")
    for link in attachments[:_MOST_TOLD]:
        if not _is_found(link, "" if is_alone else folder, subject):
            reason = f"'{link[:80]}' is not in the package, or not by this path from the top"
            yield _left_out(place, f"a file that belongs to {what}", reason, "write its path from the top")


def _file(resource: etree._Element) -> str:
    return next((found for one in (resource, *resource.iterfind("{*}file")) if (found := one.get("href"))), "")


def _is_found(link: str, folder: str, subject: Subject) -> bool:
    """Say whether Canvas finds a file: among those that resources list, or in the package."""
    if "://" in link:
        return True
    plain = link.replace("../", "").rpartition("$")[2].lstrip("/")
    tried = (posixpath.normpath(link), posixpath.normpath(posixpath.join(folder, link)), plain)
    written = (one.get("href", "") for each in subject.resources for one in (each, *each.iterfind("{*}file")))
    listed = {name.replace("\\", "/").lstrip("/") for name in written}
    return any(name in subject.container.sizes and (name in listed or name == link) for name in tried)


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=not_of_canvas)
def links_lead_to_the_web(subject: Subject) -> Iterator[Finding]:
    """Every link of the menu has an address that Canvas takes."""
    for resource, place, root in documents_of(subject, "imswl"):
        url = next(root.iter("{*}url"), None)
        address = (url.get("href") or "").strip() if url is not None else ""
        if resource.get("identifier") in subject.shows and not takes_address(address):
            what, told = (
                f"the link '{_text(root, 'title')[:60]}'",
                f"its address '{address[:80]}' is not one of the web",
            )
            reason = told if address else "it has no address"
            yield _left_out(place, what, reason, "write one such as https://example.org/ into the href of its <url>")


@rule("L572", family=(Family.CARTRIDGE, Family.QTI), lms="canvas")
def names_are_in_small_letters(subject: Subject) -> Iterator[Finding]:
    """The elements of a manifest have names as Canvas looks for them, in small letters."""
    known, space = (*_NAMES, "resource", "file", "dependency"), etree.QName(subject.found.root).namespace
    for one in subject.found.root.iter(etree.Element):
        name = local_name(one)
        if name not in known and name.lower() in known and etree.QName(one).namespace == space:
            found = messages.CANVAS_MISSPELT.at(subject.place(one), name=name, near=f"; it looks for <{name.lower()}>")
            yield replace(found, severity=Severity.ERROR)
            return


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=not_of_canvas)
def files_have_one_resource(subject: Subject) -> Iterator[Finding]:
    """No two resources launch one file: the later takes it from the one before, and from what shows that."""
    last = {_file(one): one for one in subject.resources if one.get("type") == "webcontent" and _file(one)}
    for one in subject.resources:
        other = last.get(_file(one), one) if one.get("type") == "webcontent" else one
        names = one.get("identifier"), other.get("identifier")
        if names[0] != names[1] and names[0] in subject.shows:
            what, reason = f"what shows the resource '{name_of(one)}'", f"'{name_of(other)}' has the same file"
            yield _left_out(subject.place(one), what, reason, "let one resource have the file")


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=not_of_canvas)
def menu_shows_what_it_knows(subject: Subject) -> Iterator[Finding]:
    """Every item of the menu shows a resource of a type that modules have; of unknown types and banks, others tell."""
    for item in subject.items:
        resource = subject.by_identifier.get(item.get("identifierref", ""))
        kind = resource.get("type", "") if resource is not None else ""
        if kind.startswith(("imsqti", "ims_qti")) and not kind.endswith(("assessment", "question-bank")):
            reason, remedy = f"its resource has the type {kind[:60]}", "let the type end in /assessment"
            yield _left_out(subject.place(item), f"the item '{shown_name(item)[:60]}'", reason, remedy)
        elif kind == "webcontent" and resource is not None and (bare := _fileless(resource)):
            yield _left_out(subject.place(item), f"the item '{shown_name(item)[:60]}'", *bare)
        elif (written := item.get("identifierref", "")) != written.strip():
            reason, remedy = f"its identifierref is '{written[:60]}', with blanks around it", "write it without"
            yield _left_out(subject.place(item), f"the item '{shown_name(item)[:60]}'", reason, remedy)
        elif item.get("identifierref") == "" and item.find("{*}item") is not None:
            reason, remedy = "it has an identifierref, if an empty one, so that it is no folder", "remove the attribute"
            what = f"the folder '{shown_name(item)[:60]}', with what is in it"
            yield _left_out(subject.place(item), what, reason, remedy)


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=not_of_canvas)
def there_is_a_menu(subject: Subject) -> Iterator[Finding]:
    """What learners read and discuss stands in the menu, of which Canvas makes modules."""
    kinds = [one.get("type", "") for one in subject.resources]
    pages = [one for one in subject.resources if one.get("type") == "webcontent" and is_page(_file(one))]
    if not subject.items and (pages or any(kind.startswith(("imsdt", "imswl", "assignment")) for kind in kinds)):
        reason, remedy = "the menu has no items, so that everything lies about loose", "list it in <organizations>"
        found = _left_out(Place(subject.shown), "the modules", reason, remedy)
        yield replace(found, severity=Severity.WARNING)


def _fileless(resource: etree._Element) -> tuple[str, str] | None:
    """Return that there is no file behind web content, and what to do."""
    name = _file(resource)
    if not name:
        return "its resource has neither an href nor a file", "name its file"
    is_elsewhere = name.lower().startswith(("http:", "https:", "//"))
    return ("its resource is an address of the web", "make a web link of it") if is_elsewhere else None


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=not_of_canvas)
def tools_have_titles(subject: Subject) -> Iterator[Finding]:
    """Every tool has a title, without which Canvas does not save it."""
    for resource, place, root in documents_of(subject, "imsbasiclti"):
        what = f"the tool '{name_of(resource)[:60]}'"
        yield from _titled(what, root, place, "")
        if reason := _unsaved(root):
            yield _left_out(place, what, *reason)


def _unsaved(root: etree._Element) -> tuple[str, str] | None:
    """Return why Canvas does not save a tool, and what to do; that it has no address at all, others tell."""
    if local_name(root) != _TOOL:
        return f"its document begins with <{local_name(root)[:40]}>", f"begin it with <{_TOOL}>"
    if not child_text(root, "title").strip():
        return "it has no title", "write one"
    told = {one.get("name", ""): text_of(one).strip() for one in root.iter("{*}property")}
    privacy = told.get("privacy_level", "") if next(root.iterfind(_OF_CANVAS), None) is not None else ""
    if privacy and privacy not in PRIVACY:
        return f"its privacy_level is '{privacy[:40]}'", f"write one of {', '.join(PRIVACY)}"
    address = next((text for one in ADDRESSES if (text := child_text(root, one).strip())), "")
    if address and not address.lower().startswith(("http://", "https://")):
        return f"its address is '{address[:60]}'", "write one that begins with https://"
    secure = root.find("{*}secure_launch_url")
    is_empty = secure is not None and not text_of(secure).strip() and child_text(root, "launch_url")
    return ("its secure_launch_url is empty, and counts all the same", "remove it, or fill it in") if is_empty else None


@rule("L520 L527 L552 L573", family=Family.CARTRIDGE, lms="canvas", when=not_of_canvas)
def work_arrives(subject: Subject) -> Iterator[Finding]:
    """Every assignment has a title, points that are a number, ways to hand it in, and the files that belong to it."""
    for resource, place, root in documents_of(subject, "assignment_"):
        what = f"the assignment '{_text(root, 'title').strip()[:60] or name_of(resource)}'"
        yield from _titled(what, root, place, "'Unnamed Assignment'")
        yield from _escaped(what, root, place)
        yield from _attached(what, resource, root, place, subject)
        found = messages.CANVAS_KNOWS_NO_SUCH_VALUE
        graded = next(root.iter("{*}gradable"), None)
        points = graded.get("points_possible") if graded is not None else None
        if reason := Number().breach(points) or Within(least=0).breach(points):
            known, reason = Number().told, f"points_possible {reason}"
            yield found.at(place, what=what, reason=reason, taken="what it begins with counts, or 0", known=known)
        ways = [one.get("type", "") for one in root.iterfind("{*}submission_formats/{*}format")]
        if unknown := next((way for way in ways if way not in _FORMATS), ""):
            about = {"taken": "it cannot be handed in so", "known": f"one of {', '.join(_FORMATS)}"}
            yield found.at(place, what=what, reason=f"the type of a <format> is '{unknown[:40]}'", **about)
        for extended in root.iterfind("{*}extensions/{*}assignment"):
            yield from (beyond(one, place) for one in breaches(extended, "assignment", TABLE))
        if any(one.get("href") is None for one in root.iter("{*}attachment")):
            reason, remedy = f"an <attachment> of {what} has no href", "name its file in it, or remove it"
            yield messages.CANVAS_STOPS.at(place, reason=reason, remedy=remedy)


@rule("L527", family=Family.CARTRIDGE, lms="canvas", is_slow=True, when=not_of_canvas)
def pages_find_their_files(subject: Subject) -> Iterator[Finding]:
    """What pages show is a file of some resource, and they say where it is as pages do: Canvas keeps them so."""
    listed = {address_in_package(one) for each in subject.resources for one in (each, *each.iterfind("{*}file"))}
    spelled = {name.replace("\\", "/").lstrip("/") for name in listed}
    names = sorted({found_as(name, subject.container) or "" for name in spelled} - {""})
    lost: dict[str, str] = {}
    marked: dict[str, None] = {}
    for name, root in read_pages(names, subject.container):
        for _, link, _ in addresses(root):
            is_from_top = link.startswith("/") and link.lstrip("/") in subject.container.sizes
            if is_from_top or link.startswith((FILEBASE, "%24IMS-CC-FILEBASE%24", "@@PLUGINFILE@@")):
                marked.setdefault(name)
            target = followed(name, link) if _is_relative(link) else ""
            if target in subject.container.sizes and target not in names:
                lost.setdefault(target, name)
    known = _shown_in_texts(subject)
    for target, page in list(lost.items())[:_MOST_TOLD]:
        if target.rpartition("/")[2] not in known:
            reason = f"the page {page} shows it, and no resource lists it"
            yield _left_out(Place(subject.shown), f"the file '{target}'", reason, "list it among the files of the page")
    if marked:
        what, remedy = f"what links with {FILEBASE}, or from the top, lead to", "link to files from where the page is"
        reason = f"it keeps pages as files, with their links as they are ({few(list(marked), 3)})"
        yield replace(_left_out(Place(subject.shown), what, reason, remedy), severity=Severity.WARNING)


def _is_relative(link: str) -> bool:
    return is_address(link) and not link.startswith(("/", "$", "#")) and "://" not in link


def _shown_in_texts(subject: Subject) -> set[str]:
    """Return the names of files that topics, quizzes and work show: those Canvas takes, whether listed or not."""
    names: dict[str, None] = {}
    for one in subject.resources:
        if one.get("type", "").startswith(_TEXTS):
            names.update(dict.fromkeys(filter(None, map(address_in_package, (one, *one.iterfind("{*}file"))))))
    roots = (read_document(name, subject.container) for name in list(names)[:200])
    texts = (text_of(one) for root in roots if root is not None for one in root.iter("{*}mattext", "{*}text"))
    return {word for text in texts for word in _words(text)}


def _words(text: str) -> Iterable[str]:
    return (part.rpartition("/")[2] for part in text.replace("&quot;", '"').split('"'))
