"""What Moodle's importer of Common Cartridges refuses, rearranges and empties, but for pages and quizzes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.flaw import Flaw, Where
from coursewright.audit.lms.moodle.losses import Problem, amiss, empties, left_out, stops
from coursewright.audit.lms.moodle.names import long_paths, unfit, unpacked_in_vain
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.packages.documents.addresses import (
    address_in_package,
    addresses_in_package,
    followed,
    found_as,
    hrefs,
)
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import is_page, read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, shown_name, within_bounds
from coursewright.text.addresses import pieces_of

ASSESSMENT = "/assessment"
TOKEN = "$IMS-CC-FILEBASE$"  # noqa: S105
_WORK, _MOST_NAMED = "assignment", 20
_VERSION = re.compile(r"imsccv1p\d")
_LINK, _TOPIC, _TOOL, _ASSOCIATED = "imswl_", "imsdt_", "imsbasiclti_", "associatedcontent/"
# What the importer calls the roots of small documents: it finds nothing in others.
_ROOTS = {_TOOL: "cartridge_basiclti_link", _TOPIC: "topic"}


of_cartridge = partial(rule, family=Family.CARTRIDGE, lms="moodle")
"""Declares a rule over a cartridge: what it yields is placed in the manifest, if it does not say where."""


@of_cartridge("L502")
def its_schema_is_kept(subject: Subject) -> Iterator[Flaw]:
    """The manifest is as its schema says, for the importer refuses whatever is not."""
    if subject.violations:
        count, first = len(subject.violations), next(iter(subject.violations))
        reason = f"its schema does not allow the manifest ({count} X302, the first at line {first.place.line})"
        yield stops(first.place.line, reason, "mend what X302 says, though other LMSs may forgive it")


def _shown(item: etree._Element, subject: Subject) -> etree._Element | None:
    """Return the resource that an item shows, None where there is none."""
    return subject.by_identifier.get(item.get("identifierref", ""))


def launching(resource: etree._Element) -> etree._Element | None:
    """Return what says which file the importer shows of a resource: itself by its href, or its first file."""
    return resource if resource.get("href") else resource.find("{*}file")


def launched(resource: etree._Element, subject: Subject) -> str:
    """Return that file, "" where it is not in the package."""
    element = launching(resource)
    return found_as(address_in_package(element), subject.container) or "" if element is not None else ""


@of_cartridge("L502")
def quizzes_are_shown_once(subject: Subject) -> Iterator[Flaw]:
    """No two items show one quiz."""
    quizzes = {name for name, one in subject.by_identifier.items() if one.get("type", "").endswith(ASSESSMENT)}
    counts = Counter(item.get("identifierref") for item in subject.items)
    for item in subject.items:
        name = item.get("identifierref")
        if name in quizzes and counts.pop(name, 0) > 1:
            yield stops(item, f"several items show the quiz '{name}'", "keep one of them")


@of_cartridge("L502")
def names_fit(subject: Subject) -> Iterator[Flaw]:
    """The names of what becomes an activity fit into its tables, as do folders and names of files."""
    for item in subject.items:
        resource = _shown(item, subject)
        kind = resource.get("type", "") if resource is not None else ""
        if kind and not kind.startswith((_TOPIC, _TOOL)):  # those have titles of their own
            yield from unfit(item, "the title of an item", text_of(item.find("{*}title")))
    yield from long_paths(name for name in _stored(subject) if not unpacked_in_vain(name))


def _stored(subject: Subject) -> Iterator[str]:
    """Yield the files that become files of the course; of pages the text alone is kept, of other documents less."""
    resources = subject.typed("webcontent", _ASSOCIATED)
    names = dict.fromkeys(name for resource in resources for name in subject.files_of(resource))
    return (name for name in names if not is_page(name))


@of_cartridge("L512 L533")
def names_can_be_unpacked(subject: Subject) -> Iterator[Flaw]:
    """The name of each file and folder fits onto a disk."""
    shown: dict[str, etree._Element] = {}
    for item in subject.items:
        if (resource := _shown(item, subject)) is not None:
            shown.setdefault(launched(resource, subject), item)
    lost = ((name, reason) for name in subject.container.sizes if (reason := unpacked_in_vain(name)))
    for name, reason in islice(lost, _MOST_NAMED):
        if name in shown and is_page(name):
            yield empties(shown[name], shown_name(shown[name]), reason, "shorten it")
        else:
            yield left_out(None, f"the file {name[:40]}…", reason, "shorten it")


@of_cartridge("L502 L533 L556")
def menu_has_items(subject: Subject) -> Iterator[Flaw]:
    """There is a menu with items in it, and each has a title: nothing else is imported."""
    root, shown = subject.found.root, [item for item in subject.items if item.get("identifierref")]
    if root.find("{*}organizations/{*}organization") is None:
        remedy = "write a menu with an item for whatever learners need"
        yield stops(None, "the manifest has no <organization>", remedy)
    elif not shown and not subject.violations:  # of which the import stops
        remedy = "write an item for whatever learners need"
        yield left_out(None, "all but files and banks of questions", "no item of the menu shows anything", remedy)
    title = root.find("{*}metadata/{*}lom/{*}general/{*}title")
    if title is not None and not text_of(title).strip():
        yield _untitled(title, "the course", "Untitled Course")
    for item in shown:
        if not text_of(item.find("{*}title")).strip():
            reason = "it has no title, and nothing is shown without one"
            yield left_out(item, f"the item '{item.get('identifier', '?')}'", reason, "give it a title")


def _untitled(where: Where, what: str, called: str) -> Flaw:
    return amiss(where, what, "its title is empty", f"it is called '{called}'", "write the title")


@of_cartridge("L511")
def menu_is_flat(subject: Subject) -> Iterator[Flaw]:
    """The menu has sections without titles of their own, and activities in them."""
    tops = subject.found.root.findall("{*}organizations/{*}organization/{*}item/{*}item")
    sections = sum(not top.get("identifierref") for top in tops)
    inner = (item for top in tops for item in top.iterdescendants("{*}item"))
    folders = sum(not item.get("identifierref") for item in inner)
    shown = (one for name, one in subject.by_identifier.items() if name in subject.shows)
    changes = (
        (sections, "titles of sections ({}) become their summaries"),
        (len(tops) - sections, "items in no folder ({}) become sections of their own"),
        (folders, "folders within folders ({}) become labels, with their contents indented"),
        (sum(one.get("intendeduse") == _WORK for one in shown), "pages that are meant as assignments ({}) stay pages"),
    )
    if what := [text.format(count) for count, text in changes if count]:
        yield Flaw(messages.MOODLE_REARRANGES, None, {"what": "; ".join(what)})


@of_cartridge("L556")
def pages_come_first(subject: Subject) -> Iterator[Flaw]:
    """Of what an item shows without saying so by an href, the first file is the page: nothing else is shown."""
    for item in subject.items:
        resource = _shown(item, subject)
        if resource is None or resource.get("href") or resource.get("type") != "webcontent":
            continue
        files, what = hrefs(resource), f"the item '{shown_name(item)}'"
        if files and not is_page(files[0]) and any(map(is_page, files)):
            reason = "its resource has no href, and the first file of that is no page"
            yield amiss(item, what, reason, f"it shows {files[0][:80]}", "write the page as the href")


@of_cartridge("L512")
def items_show_something(subject: Subject) -> Iterator[Flaw]:
    """Whatever an item shows is a page that the importer reads, or a link that it takes."""
    links = dict.fromkeys(launched(one, subject) for one in subject.typed(_LINK))
    read = set(within_bounds(filter(None, links), subject.container, "web links"))
    for item in subject.items:
        name = item.get("identifierref", "")
        resource = subject.by_identifier.get(name)
        if name != name.strip():
            reason = "there are blanks around its identifierref, by which nothing is found"
            yield empties(item, shown_name(item), reason, "write it without blanks")
        elif resource is not None and (told := _emptied(resource, read, subject)):
            yield empties(item, shown_name(item), *told)


def _emptied(resource: etree._Element, read: set[str], subject: Subject) -> tuple[str, ...] | None:
    """Return why nothing is left of what a resource shows, and what to do about it; where something stands in its
    place, what that is."""
    kind, element = resource.get("type", ""), launching(resource)
    if kind == "webcontent" or kind.startswith(_ASSOCIATED):
        name, written = addresses_in_package(element) if element is not None else ("", "")
        if kind.startswith(_ASSOCIATED) and is_page(name):
            return "it copies no HTML of associatedcontent", "make it webcontent"
        return _unfound(name, written, subject)
    document = launched(resource, subject)
    if kind.startswith(_LINK) and document in read:
        return _unread_link(document, subject)
    return None


def _unfound(name: str, written: str, subject: Subject) -> Problem | None:
    """Return why a file is not found that is in the package: it is looked for by its address, letter by letter."""
    files = subject.container.sizes
    if not name:
        return "its resource names no file", "name the file in the resource"
    if files.get(written) == 0 and not is_page(written):  # over a page the import stops, which is told
        return f"the file '{written}' has no bytes", "replace the file"
    if written in files or not (name in files or unquote(name) in files):
        return None  # what is missing, others say
    return f"it looks for the file '{written}' as it is written", "name files in plain letters, without %, ? and #"


def _unread_link(document: str, subject: Subject) -> tuple[str, ...] | None:
    """Return why a web link is not taken, what to do about it, and where it leads instead, if anywhere."""
    root = read_document(document, subject.container)
    if root is None:
        return None
    if told := _of_other_version(root, subject):
        return told
    urls = list(root.iter("{*}url"))
    if not any("href" in one.attrib for one in urls):
        return "its document has no <url> with an href", "write it, with the address"
    address = urls[0].get("href", "")
    if not _is_taken(address):
        remedy = "write an absolute http:// or https:// address in plain ASCII"
        return f"it does not take the address '{address}'", remedy, "leads to http://invalidurldetected/"
    return None


def _of_other_version(root: etree._Element, subject: Subject) -> Problem | None:
    """Return that a document has the namespace of another version of cartridges than the manifest, which is 1.1: its
    reader looks for elements of that version alone."""
    named = etree.QName(root).namespace
    found, own = _VERSION.search(etree.QName(subject.found.root).namespace or ""), _VERSION.search(named or "")
    if found is None or found[0] != "imsccv1p1" or (own is not None and own[0] == found[0]):
        return None
    return f"its document has the namespace {named}", "use the namespace of this version"


def _is_taken(address: str) -> bool:
    """Say whether Moodle takes the address of a link, be it after resolving its escapes."""
    parts = pieces_of(address)
    is_plain = address.isascii() and not any(sign.isspace() for sign in address)
    return is_plain and parts.scheme in ("http", "https", "ftp") and bool(parts.netloc)


@of_cartridge("L502 L512 L513 L517 L556")
def small_files_arrive_whole(subject: Subject) -> Iterator[Flaw]:
    """Tools that items show have no parameters of their own, and such discussions lead to files that are found."""
    kinds: dict[str, str] = {}
    for resource in subject.resources:
        kind, file = resource.get("type", ""), resource.find("{*}file")
        is_shown = resource.get("identifier") in subject.shows  # nothing is made of others
        if is_shown and file is not None and kind.startswith((_TOOL, _TOPIC)):
            kinds.setdefault(found_as(address_in_package(file), subject.container) or "", kind)
    for name in within_bounds(filter(None, kinds), subject.container, "tools and discussions"):
        root = read_document(name, subject.container)
        if root is not None:
            yield from (flaw.within(name) for flaw in _small(kinds[name], name, root, subject))


def _small(kind: str, name: str, root: etree._Element, subject: Subject) -> Iterator[Flaw]:
    wanted = next(own for start, own in _ROOTS.items() if kind.startswith(start))
    if etree.QName(root).localname != wanted:
        reason = f"it begins with <{etree.QName(root).localname}>, and Moodle looks for <{wanted}>"
        yield amiss(root, name, reason, "nothing of it arrives but a name", f"call it <{wanted}>")
    else:
        yield from _tool(root) if wanted == _ROOTS[_TOOL] else _topic(name, root, subject)


def _tool(root: etree._Element) -> Iterator[Flaw]:
    title = text_of(root.find("{*}title")).strip()
    yield from unfit(None, "the title of a tool", title)
    if not title:
        yield _untitled(root, "a tool", "Untitled")
    launch = root.find("{*}launch_url")
    if not text_of(launch).strip():
        reason = "it has no <launch_url>" if launch is None else "its <launch_url> is empty"
        if text_of(root.find("{*}secure_launch_url")).strip():
            reason += ", and Moodle does not look at <secure_launch_url>"
        yield amiss(root, f"the tool “{title[:60]}”", reason, "nobody can open it", "write its address there")
    if count := len(root.findall("{*}custom/{*}property")):
        yield Flaw(messages.MOODLE_DROPS_PARAMETERS, None, {"count": count})


def _topic(name: str, root: etree._Element, subject: Subject) -> Iterator[Flaw]:
    title = text_of(root.find("{*}title"))
    yield from unfit(None, "the title of a discussion", title)
    if not title.strip():
        yield _untitled(None, "a discussion", "Untitled Topic")
    if told := _of_other_version(root, subject):
        yield empties(None, title or name, *told)
    if root.find("{*}text") is None:
        yield amiss(root, f"the discussion “{title[:60]}”", "it has no <text>", "nothing is asked", "write its text")
    attached = (one.get("href") or "" for one in root.iterfind("{*}attachments/{*}attachment"))
    if gone := [one for one in attached if followed(name, one) not in subject.container.sizes]:
        what = f"those to attachments that are not in the package, such as '{gone[0][:80]}'"
        yield Flaw(messages.MOODLE_BREAKS_LINKS, None, {"what": what, "remedy": "add the file"})
    yield from misplaced(name, root.iterfind("{*}text"))


def misplaced(name: str, texts: Iterable[etree._Element]) -> Iterator[Flaw]:
    """Yield a flaw where texts lead to files by the token, and their document does not stand at the top."""
    if "/" in name and any(TOKEN in (text.text or "") for text in texts):
        what = f"those that begin with {TOKEN}, for it puts the folder of this file before them"
        remedy = "put this file at the top of the cartridge"
        yield Flaw(messages.MOODLE_BREAKS_LINKS, None, {"what": what, "remedy": remedy})
