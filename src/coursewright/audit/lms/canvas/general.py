"""What Canvas loses of general cartridges: of topics, links, tools and work, and of files that no resource lists."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.canvas.limits import TABLE
from coursewright.audit.lms.canvas.losses import (
    MOST_TOLD,
    Amiss,
    left_out,
    misspelt,
    of_general,
    stopped,
    taken_for,
    text_lost,
    untitled,
)
from coursewright.audit.lms.canvas.settings import beyond
from coursewright.audit.lms.canvas.wiring import unfit_property
from coursewright.audit.lms.field_bounds import Begun, Filled, Number, Within
from coursewright.audit.lms.imports import documents_of
from coursewright.audit.lms.limits import breaches
from coursewright.audit.rule import OpenedDocument, rule
from coursewright.audit.rules.canvas.modules import takes_address
from coursewright.audit.rules.cartridges.resources import ADDRESSES
from coursewright.audit.rules.cartridges.texts import WITH_TEXTS
from coursewright.findings.finding import Severity
from coursewright.packages.documents.addresses import (
    FILEBASE,
    address_in_package,
    addresses,
    followed,
    found_as,
    hrefs,
    local_name,
    name_of,
)
from coursewright.packages.documents.canvas.cartridge import number
from coursewright.packages.documents.cartridge_files import CartridgeAssignment
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import child_text, is_page, read_document, read_pages
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, shown_name
from coursewright.text.addresses import is_address, is_web
from coursewright.text.names import few, nearest

_FORMATS = ("text", "html", "url", "file")
_NAMES = (
    *("manifest", "metadata", "schema", "schemaversion", "organizations", "organization", "item", "title"),
    *("resources", "resource", "file", "dependency"),
)
_TOOL, _LINK = "cartridge_basiclti_link", "webLink"
_MADE_OF_FILES = ("imsdt", "imsqti", "assignment_")  # types of resources, of each of which Canvas makes something
_QUIZ = "questestinterop"
_USES = ("assignment", "syllabus", "lessonplan", "unspecified")  # of the first two Canvas makes more than a file
_OF_CANVAS = "{*}extensions[@platform='canvas.instructure.com']"
_OUTCOME = "{*}property[@name='outcome']"  # by which Canvas makes an assignment of a tool, with these points
_FROM_TOP = (FILEBASE, "%24IMS-CC-FILEBASE%24", "@@PLUGINFILE@@")


@of_general("L527 L552 L573")
def topics_arrive(subject: Subject) -> Iterator[Flaw]:
    """Every topic has a title that fits, a text that is one, and the files that belong to it."""
    for resource, document in documents_of(subject, "imsdt"):
        what = f"the discussion '{name_of(resource)[:60]}'"
        is_missing = next(document.all("title"), None) is None
        called = "it is called 'No Title'" if is_missing else "learners see no name"
        yield from untitled(document, what, _text(document.root, "title"), called)
        yield from _told(what, resource, document)


def _text(root: etree._Element, name: str) -> str:
    """Return the text of the first element of a name, wherever it stands: so does Canvas."""
    return text_of(next(root.iter(f"{{*}}{name}"), None))


def _told(what: str, resource: etree._Element, document: OpenedDocument) -> Iterator[Flaw]:
    """Yield that the text of something is lost, or a file that belongs to it: alone, it counts from the top."""
    text = next(document.all("text"), ())
    if any(len(one) or one.get("href") or one.get("src") for one in text):
        yield text_lost(document, what, "its HTML is not escaped, so that the words alone arrive")
    attachments = [link for one in document.all("attachment") if (link := one.get("href"))]
    is_alone = len(attachments) == 1 and resource.get("type", "").startswith("imsdt")
    for link in attachments[:MOST_TOLD]:
        if not _is_found(link, "" if is_alone else posixpath.dirname(_file(resource)), document.subject):
            reason = f"'{link[:80]}' is not in the package, or not by this path from the top"
            yield left_out(document, f"a file that belongs to {what}", reason, "write its path from the top")


def _file(resource: etree._Element) -> str:
    return next(filter(None, hrefs(resource, launched=True)), "")


def _is_found(link: str, folder: str, subject: Subject) -> bool:
    """Say whether Canvas finds a file: among those that resources list, or in the package."""
    if "://" in link:
        return True
    plain = link.replace("../", "").rpartition("$")[2].lstrip("/")
    tried = (posixpath.normpath(link), posixpath.normpath(posixpath.join(folder, link)), plain)
    listed = subject.once(_listed)
    return any(name in subject.container.sizes and (name in listed or name == link) for name in tried)


def _listed(subject: Subject) -> frozenset[str]:
    """Return the files that resources name, by their paths from the top."""
    written = (name for one in subject.resources for name in hrefs(one, launched=True))
    return frozenset(name.replace("\\", "/").lstrip("/") for name in written)


@of_general("L527")
def links_lead_to_the_web(subject: Subject) -> Iterator[Flaw]:
    """Every link of the menu has an address that Canvas takes."""
    for resource, document in documents_of(subject, "imswl"):
        url = next(document.all("url"), None)
        address = (url.get("href") or "").strip() if url is not None else ""
        if local_name(document.root) != _LINK:
            reason, remedy = f"its document begins with <{local_name(document.root)[:40]}>", f"begin it with <{_LINK}>"
            yield left_out(document, f"the link '{name_of(resource)[:60]}'", reason, remedy)
        elif resource.get("identifier") in subject.shows and not takes_address(address):
            reason = f"its address '{address[:80]}' is not one of the web" if address else "it has no address"
            remedy = "write one such as https://example.org/ into the href of its <url>"
            yield left_out(document, f"the link '{_text(document.root, 'title')[:60]}'", reason, remedy)


@rule("L572", family=(Family.CARTRIDGE, Family.QTI), lms="canvas")
def names_are_in_small_letters(subject: Subject) -> Iterator[Flaw]:
    """The elements of a manifest have names as Canvas looks for them, in small letters."""
    space = etree.QName(subject.found.root).namespace
    for one in subject.found.root.iter(etree.Element):
        name = local_name(one)
        if name not in _NAMES and name.lower() in _NAMES and etree.QName(one).namespace == space:
            yield misspelt(one, name, f"; it looks for <{name.lower()}>", Severity.ERROR)
            return


@of_general("L527")
def files_have_one_resource(subject: Subject) -> Iterator[Flaw]:
    """No two resources launch one file: the later takes it from the one before, and from what shows that."""
    content = [(one, file) for one in subject.resources if one.get("type") == "webcontent" and (file := _file(one))]
    last = {file: one for one, file in content}
    for one, file in content:
        name, other = one.get("identifier"), last[file]
        if name != other.get("identifier") and name in subject.shows:
            what, reason = f"what shows the resource '{name_of(one)}'", f"'{name_of(other)}' has the same file"
            yield left_out(one, what, reason, "let one resource have the file")


@of_general("L552")
def nothing_arrives_twice(subject: Subject) -> Iterator[Flaw]:
    """No two resources of different names have one document: Canvas makes something of each."""
    first: dict[str, str] = {}
    for one in subject.typed(*_MADE_OF_FILES):
        name, file = one.get("identifier", ""), _file(one)
        if file and (other := first.setdefault(file, name)) != name:
            reason = f"'{other[:60]}' has the same document"
            what, known = f"the resource '{name_of(one)[:60]}'", "one resource for it"
            yield taken_for(one, what, reason, "it arrives twice", known)


@of_general("L527")
def menu_shows_what_it_knows(subject: Subject) -> Iterator[Flaw]:
    """Every item of the menu shows a resource of a type that modules have; of unknown types and banks, others tell."""
    for item in subject.items:
        name, named = shown_name(item)[:60], item.get("identifierref")
        if amiss := _unshown(subject.by_identifier.get(named or ""), named or ""):
            yield left_out(item, f"the item '{name}'", *amiss)
        elif named == "" and item.find("{*}item") is not None:
            reason, remedy = "it has an identifierref, if an empty one, so that it is no folder", "remove the attribute"
            yield left_out(item, f"the folder '{name}', with what is in it", reason, remedy)


def _unshown(resource: etree._Element | None, named: str) -> Amiss | None:
    """Return why what an item names is not shown, and what to do."""
    kind = "" if resource is None else resource.get("type", "")
    if kind.startswith(("imsqti", "ims_qti")) and not kind.endswith(("assessment", "question-bank")):
        return f"its resource has the type {kind[:60]}", "let the type end in /assessment"
    if kind == "webcontent" and resource is not None:
        name = _file(resource)
        if not name:
            return "its resource has neither an href nor a file", "name its file"
        if name.lower().startswith(("http:", "https:", "//")):
            return "its resource is an address of the web", "make a web link of it"
    is_blank = named != named.strip()
    return (f"its identifierref is '{named[:60]}', with blanks around it", "write it without") if is_blank else None


@of_general("L527")
def there_is_a_menu(subject: Subject) -> Iterator[Flaw]:
    """What learners read and discuss stands in the menu, of which Canvas makes modules."""
    kinds = [one.get("type", "") for one in subject.resources]
    pages = [one for one in subject.resources if one.get("type") == "webcontent" and is_page(_file(one))]
    if not subject.items and (pages or any(kind.startswith(("imsdt", "imswl", "assignment")) for kind in kinds)):
        reason, remedy = "the menu has no items, so that everything lies about loose", "list it in <organizations>"
        yield left_out(None, "the modules", reason, remedy, Severity.WARNING)


@of_general("L527")
def tools_have_titles(subject: Subject) -> Iterator[Flaw]:
    """Every tool has a title, without which Canvas does not save it."""
    for resource, document in documents_of(subject, "imsbasiclti"):
        what = f"the tool '{name_of(resource)[:60]}'"
        yield from untitled(document, what, _text(document.root, "title"), "")
        if amiss := _unsaved(document.root):
            yield left_out(document, what, *amiss)
        outcome = next((text_of(one) for one in document.root.iterfind(f"{_OF_CANVAS}/{_OUTCOME}")), None)
        if reason := (outcome is not None and Filled().breach(outcome.strip())) or _unlike_points(outcome):
            taken = "the assignment that it makes of the tool is worth what that begins with, or 0"
            yield taken_for(document, what, f"its property outcome {reason}", taken, Number().told)
        if any(one.get("name") is None for one in document.root.iter("{*}property")):
            yield taken_for(document, what, "a <property> of it has no name", "the tool does not get it", "its name")


def _unlike_points(text: str | None) -> str:
    """Return how a text is not what something can be worth, in words; "" where it is."""
    return Begun().breach(text) or Within(least=0).breach(text)


def _unsaved(root: etree._Element) -> Amiss | None:
    """Return why Canvas does not save a tool, and what to do; that it has no address at all, others tell."""
    if local_name(root) != _TOOL:
        return f"its document begins with <{local_name(root)[:40]}>", f"begin it with <{_TOOL}>"
    if not child_text(root, "title"):
        return "it has no title", "write one"
    told = {one.get("name", ""): text_of(one).strip() for one in root.iter("{*}property")}
    is_of_canvas = root.find(_OF_CANVAS) is not None
    if is_of_canvas and (amiss := unfit_property(told)):
        return amiss
    address = next((text for one in ADDRESSES if (text := child_text(root, one))), "")
    if address and not is_web(address):
        return f"its address is '{address[:60]}'", "write one that begins with https://"
    secure = root.find("{*}secure_launch_url")
    is_empty = secure is not None and not text_of(secure).strip() and child_text(root, "launch_url")
    return ("its secure_launch_url is empty, and counts all the same", "remove it, or fill it in") if is_empty else None


@of_general("L520 L527 L552 L573")
def work_arrives(subject: Subject) -> Iterator[Flaw]:
    """Every assignment has a title, points that are a number, ways to hand it in, and the files that belong to it."""
    for resource, document in documents_of(subject, "assignment_"):
        root, title = document.root, _text(document.root, "title")
        what = f"the assignment '{title.strip()[:60] or name_of(resource)}'"
        yield from untitled(document, what, title, "it is called 'untitled assignment'")
        yield from _told(what, resource, document)
        work = read_as(CartridgeAssignment, root)
        if reason := _unlike_points(work.points):
            taken = "what it begins with counts, or 0"
            yield taken_for(document, what, f"points_possible {reason}", taken, Number().told)
        if work.gradable and work.gradable.said.strip() == "false" and number(work.points):
            reason, known = "it is not graded, and worth points", "no points_possible where it is not"
            yield taken_for(document, what, reason, "it is graded", known)
        if unknown := next((way for way in work.ways if way not in _FORMATS), ""):
            reason, known = f"the type of a <format> is '{unknown[:40]}'", f"one of {', '.join(_FORMATS)}"
            yield taken_for(document, what, reason, "it cannot be handed in so", known)
        for extended in root.iterfind("{*}extensions/{*}assignment"):
            yield from (beyond(one, document) for one in breaches(extended, "assignment", TABLE))
        if any(one.get("href") is None for one in root.iter("{*}attachment")):
            yield stopped(document, f"an <attachment> of {what} has no href", "name its file in it, or remove it")


@of_general("L527")
def quizzes_inside_come_first(subject: Subject) -> Iterator[Flaw]:
    """A quiz that stands in its resource is the first element there; of all else Canvas looks for the name."""
    for resource in subject.typed("imsqti"):
        inside = list(resource.iterchildren(etree.Element))
        names = list(map(local_name, inside))
        if _QUIZ in names[1:] and names[0] != _QUIZ and not any(hrefs(resource, launched=True)):
            reason = f"<{names[0][:40]}> stands before its <{_QUIZ}>, and Canvas takes the first element for the quiz"
            yield left_out(inside[0], f"the quiz '{name_of(resource)[:60]}'", reason, f"let <{_QUIZ}> come first")


@of_general("L552")
def files_are_used_as_intended(subject: Subject) -> Iterator[Flaw]:
    """What content is intended for is a word that Canvas knows, to the letter, and it makes something of it."""
    for resource in subject.resources:
        is_content = resource.get("type", "").startswith(("webcontent", "associatedcontent"))
        use = resource.get("intendeduse", "") if is_content else ""
        what, known = f"the resource '{name_of(resource)[:60]}'", f"one of {', '.join(_USES)}"
        if use and use not in _USES and use.lower() not in _USES[2:]:
            reason = f"its intendeduse is '{use[:40]}', which is none of its values{nearest(use.lower(), _USES)}"
            yield taken_for(resource, what, reason, "it stays a file", known)
        elif use in _USES[:2] and is_page(_file(resource)) and not resource.get("href"):
            reason = f"its intendeduse is {use}, and it has no href"
            yield taken_for(resource, what, reason, "it stays a file", "the page in its href")


@of_general("L527", reads_files=True)
def pages_find_their_files(subject: Subject) -> Iterator[Flaw]:
    """What pages show is a file of some resource, and they say where it is as pages do: Canvas keeps them so."""
    container = subject.container
    listed = {name for one in subject.naming() for name in subject.address(one)}  # a # or a ? may be a part of a name
    spelled = {name.replace("\\", "/").lstrip("/") for name in listed}
    names = sorted({found_as(name, container) or "" for name in spelled} - {""})
    lost: dict[str, str] = {}
    marked: dict[str, None] = {}
    for name, root in read_pages(names, container):
        for _, link, _ in addresses(root):
            is_from_top = link.startswith("/") and link.lstrip("/") in container.sizes
            if is_from_top or link.startswith(_FROM_TOP):
                marked.setdefault(name)
            is_relative = is_address(link) and not link.startswith(("/", "$", "#")) and "://" not in link
            target = followed(name, link) if is_relative else ""
            if target in container.sizes and target not in names:
                lost.setdefault(target, name)
    known = _shown_in_texts(subject)
    for target, page in list(lost.items())[:MOST_TOLD]:
        if target.rpartition("/")[2] not in known:
            reason = f"the page {page} shows it, and no resource lists it"
            yield left_out(None, f"the file '{target}'", reason, "list it among the files of the page")
    if marked:
        what, remedy = f"what would make links with {FILEBASE}, or from the top, work", "link from where the page is"
        kept = f"it keeps pages as files, with these links as they are ({few(list(marked), 3)})"
        reason = f"{kept}, so that they are dead, whether what they mean arrives or not"
        yield left_out(None, what, reason, remedy, Severity.WARNING)


def _shown_in_texts(subject: Subject) -> set[str]:
    """Return the names of files that topics, quizzes and work show: those Canvas takes, whether listed or not."""
    found = (one for one in subject.resources if one.get("type", "").startswith(WITH_TEXTS))
    every = (address_in_package(one) for each in found for one in (each, *each.iterfind("{*}file")))
    names = list(dict.fromkeys(filter(None, every)))
    roots = (read_document(name, subject.container) for name in names[:200])
    texts = (text_of(one) for root in roots if root is not None for one in root.iter("{*}mattext", "{*}text"))
    quoted = (part for text in texts for part in text.replace("&quot;", '"').split('"'))
    return {part.rpartition("/")[2] for part in quoted}
