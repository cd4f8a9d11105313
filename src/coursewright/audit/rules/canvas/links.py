"""Rules over the links in a cartridge of Canvas's own: in its pages, and in the texts of its documents."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import rule
from coursewright.audit.rules.canvas.modules import renamed
from coursewright.findings import messages
from coursewright.packages.documents.addresses import hrefs
from coursewright.packages.documents.canvas.cartridge import CanvasCourse
from coursewright.packages.documents.canvas.names import EVENTS, OUTCOMES, QUESTIONS, SYLLABUS, TOPIC_TYPE, WIKI
from coursewright.packages.documents.canvas.pages import address_of
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import is_page, parsed_page, read_document, read_pages
from coursewright.packages.files.budget import MOST_DOCUMENTS
from coursewright.text.names import nearest
from coursewright.text.patterns import later

_MODULES = "module_meta.xml"
# A path within the package that ends like a file, for which Canvas looks among the files of the course.
_RELATIVE = later(r"(?![/#?$]|[A-Za-z][A-Za-z0-9+.-]*:)[^\s]{1,500}\.[A-Za-z0-9]{2,5}([?#].*)?", re.DOTALL)
_LOCAL = later(r"file:|[A-Za-z]:[\\/]|@@PLUGINFILE@@", re.IGNORECASE)
_DEEPEST = 30  # folders of a link
_LINK = later(r"\$([A-Z_-]+)\$/(.*)", re.DOTALL)
_BACKSLASH = later(r"\$[A-Z]+[A-Z_-]+\$\\")
_BARE = later(r"\$(CANVAS_OBJECT_REFERENCE|CANVAS_COURSE_REFERENCE|WIKI_REFERENCE|IMS[-_]CC[-_]FILEBASE)\$")
# What has identifiers in Canvas besides what is looked for here.
_OTHER_OBJECTS = (
    *("context_modules", "wiki", "wiki_pages", "calendar_events", "context_external_tools", "external_tools"),
    *("rubrics", "media_objects", "media_attachments", "media_attachments_iframe", "collaborations"),
    *("assignment_groups",),
)
_OF_OBJECTS = ("assignments", "quizzes", "discussion_topics", "announcements", "attachments", "modules", "pages")
FILES, OBJECTS, WIKI_PAGES = "IMS-CC-FILEBASE", "CANVAS_OBJECT_REFERENCE", "WIKI_REFERENCE"
_COURSE = "CANVAS_COURSE_REFERENCE"
TOKENS = (FILES, OBJECTS, _COURSE, WIKI_PAGES)
"""What links begin with that Canvas knows, between signs of dollars."""
# What may stand behind a token, if something is to come of it.
_KINDS: Mapping[str, tuple[str, ...]] = {
    OBJECTS: (*_OF_OBJECTS, *_OTHER_OBJECTS),
    WIKI_PAGES: ("pages", "wiki", *(kind for kind in _OF_OBJECTS if kind != "pages"), *_OTHER_OBJECTS),
    _COURSE: ("modules", "assignments", "quizzes", "discussion_topics", "announcements", "pages", "wiki", "files"),
}
# The same in the singular, as it stands nowhere in Canvas's addresses.
_SPELT_WRONG = tuple(f"{_COURSE} {one}" for one in ("assignment", "quiz", "page", "module", "discussion_topic", "file"))
_LONGEST_KIND = 40
# What Canvas knows by numbers, other ones in each course.
_NUMBERED = ("files", "assignments", "quizzes", "discussion_topics", "announcements")
_NUMBER = later(r"\d+(?:/|$)")
_CURLY = ("\u201c", "\u201d", "\u201e", "\u2018", "\u2019")  # quotes that HTML takes for a part of the address
_LINKING = ("href", "src", "data", "poster")


@rule("P305", over=CanvasCourse, reads_files=True)
def links_of_canvas_lead_somewhere(course: CanvasCourse) -> Iterator[Flaw]:
    """Every link of Canvas's own form leads to something; where a document could not be read, nobody can say."""
    if not course.is_all_read:
        return
    names = {name for name in course.subject.container.sizes if name.startswith(WIKI)}
    names |= {file for assignment in course.assignments for file in assignment.files if is_page(file)}
    targets = _targets(course)
    for name, root in read_pages(sorted({*names, SYLLABUS}), course.subject.container):
        for link in sorted({link for link in _linked(root) if not _is_there(link, targets)}):
            yield flaw(messages.CANVAS_LINK_BROKEN, **_broken(link, course)).within(name)
    for name, element in _texts(course):
        page = parsed_page(f"<meta charset=utf-8>{text_of(element)}".encode())
        links = _linked(page) if page is not None else ()
        found = {link for link in links if link.startswith("$") or is_local(link)}
        for link in sorted(link for link in found if not _is_there(link, targets)):
            yield flaw(messages.CANVAS_LINK_BROKEN, element, **_broken(link, course)).within(name)


def _texts(course: CanvasCourse) -> Iterator[tuple[str, etree._Element]]:
    """Yield the texts in documents that may hold links: of questions, discussions, quizzes, events and outcomes."""
    topics = {name for one in course.subject.resources if one.get("type") == TOPIC_TYPE for name in hrefs(one)}
    sizes = course.subject.container.sizes
    names = {name for name in sizes if name.startswith(QUESTIONS) and name.endswith(".qti")}
    names |= {
        name for name in (*topics, *(one.name for one in course.quizzes.values()), EVENTS, OUTCOMES) if name in sizes
    }
    for name in sorted(names)[:MOST_DOCUMENTS]:  # that there are more, others tell
        root = read_document(name, course.subject.container)
        for element in root.iter("{*}mattext", "{*}text", "{*}description") if root is not None else ():
            if any(sign in text_of(element) for sign in ("$", "%24", "file:", ":\\", "@@")):
                yield name, element


def _linked(root: etree._Element) -> Iterator[str]:
    """Yield the links of a page that begin with a token, as they are written but for the signs around the token."""
    for element in root.iter("a", "img", "iframe", "source", "video", "audio", "track", "embed", "object"):
        for value in filter(None, map(element.get, _LINKING)):
            link = value.strip().replace("%24", "$")
            if link.startswith(("$", *_CURLY)) or _RELATIVE.fullmatch(link) or is_local(link):
                yield link


def is_local(link: str) -> bool:
    """Say whether a link leads to a file on somebody's own computer, or to one that only Moodle knows."""
    return bool(_LOCAL.match(link))


def _broken(link: str, course: CanvasCourse) -> dict[str, str]:
    """Return what is said of a link that leads nowhere: nothing can be added for what has no such kind."""
    found = _LINK.match(link)
    kind, name = _target(found[2]) if found else ("", "")
    known = _KINDS.get(found[1], ()) if found else ()
    near = ""
    if known and kind not in known:
        near = f": Canvas knows no '{kind[:_LONGEST_KIND]}' there{nearest(kind[:_LONGEST_KIND], known)}"
    elif known and (there := _renamed(course).get(name)):
        near = f": {there}"
    return {"link": link, "near": near, "remedy": "" if near else ", or add what it points to"}


def _target(written: str) -> tuple[str, str]:
    """Return of which kind a link behind its token is, and what it names."""
    kind, _, name = unquote(re.split("[?#]", written)[0]).rstrip("/").partition("/")
    return kind, name


def _renamed(course: CanvasCourse) -> dict[str, str]:
    """Return what is called otherwise now than settings of quizzes and modules call it, in words."""
    idents = {title: ident for ident, title in course.known_quizzes.items()}
    others = {name: one for name, one in course.quizzes.items() if name not in course.known_quizzes}
    quizzes = {
        name: f"the quiz '{one.title[:60]}' is there as '{idents[one.title]}'"
        for name, one in others.items()
        if one.title in idents
    }
    return {**renamed(course), **quizzes}


Target = Callable[[str], bool]


def _targets(course: CanvasCourse) -> Mapping[str, Target]:
    """Return who can tell whether the target of a link is there, by the link's first words."""
    files, topics = course.subject.container.sizes, course.topics
    pages = {page.address for page in course.pages}
    is_spelt = all(map(str.isascii, pages))  # others Canvas writes in Latin letters, its own way
    named: Mapping[str, Collection[str]] = {
        "assignments": course.works,
        "quizzes": course.known_quizzes,
        "discussion_topics": topics,
        "announcements": topics,
    }

    def is_page(name: str) -> bool:
        return not is_spelt or address_of(name) in pages

    known: Mapping[str, Target] = {
        **{name: _among(known, course) for name, known in named.items()},
        "attachments": course.resources("webcontent", "associatedcontent/").__contains__,
        "modules": lambda name: course.may_name(_MODULES, "module", name),
    }
    return {
        **{f"{token} {kind}": target for token in (OBJECTS, WIKI_PAGES) for kind, target in known.items()},
        f"{OBJECTS} pages": lambda name: not course.knows_its_pages or is_page(name),
        **dict.fromkeys((f"{WIKI_PAGES} pages", f"{WIKI_PAGES} wiki"), is_page),
        FILES: lambda path: posixpath.normpath(f"web_resources/{path}") in files or _has_file(path, course),
        # nothing has its number in another course than that which it comes from
        **dict.fromkeys((f"{_COURSE} {kind}" for kind in _NUMBERED), lambda path: not _NUMBER.match(path)),
        **dict.fromkeys(_SPELT_WRONG, lambda _: False),
        f"{_COURSE} modules": lambda path: (
            not path.startswith("items/") or course.may_name(_MODULES, "item", path.removeprefix("items/"))
        ),
    }


def _among(known: Collection[str], course: CanvasCourse) -> Target:
    return lambda name: bool(course.unread) or name in known


def _has_file(path: str, course: CanvasCourse) -> bool:
    """Say whether Canvas finds a file: under that path, without its first folders, in any case, and + for a blank."""
    name = path.rpartition("/")[2].lower()
    if course.folded_files.isdisjoint({name, name.replace("+", " ")}):
        return False
    parts = [part for part in path.rsplit("/", _DEEPEST)[-_DEEPEST:] if part not in ("", ".")]
    tails = ("/".join(parts[start:]).lower() for start in range(len(parts)))
    return any(not course.folded_files.isdisjoint({tail, tail.replace("+", " ")}) for tail in tails)


def _is_there(link: str, targets: Mapping[str, Target]) -> bool:
    """Say whether a link leads somewhere; of a token that Canvas does not know, others tell."""
    if _BACKSLASH.match(link) or is_local(link) or link.startswith(_CURLY):
        return False
    found = _LINK.match(link)
    if not found and _BARE.fullmatch(link):
        return False
    if not found:
        return link.startswith("$") or targets[FILES](unquote(re.split("[?#]", link)[0]))
    token, written = found[1].replace("_CC_", "-CC-"), found[2]
    if token == FILES:
        whole = unquote(written)
        paths = (whole, whole.rpartition("?")[0])  # a # is a part of the name
        return not whole.strip("/") or any(targets[token](path) for path in paths if path)
    kind, name = _target(written)
    target = targets.get(f"{token} {kind}")
    if target is None or (token == OBJECTS and not name):
        is_known = bool(name) and kind in _OTHER_OBJECTS
        return is_known or token not in (OBJECTS, WIKI_PAGES) or (token == WIKI_PAGES and not name)
    return not name or target(name)
