"""What is no package, or none that can be read: what it lacks to be one, and what it was probably meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.documents.manifest import ADLCP_1_2, ADLCP_1_3, CP_1_1_2
from coursewright.packages.files.budget import LARGEST_READ
from coursewright.packages.files.container import Container, Holding
from coursewright.packages.files.names import printable
from coursewright.packages.files.paths import MANIFESTS
from coursewright.text.names import first_of
from coursewright.text.patterns import later

_WANTED = tuple(MANIFESTS.values())
_PACKAGES = (".zip", ".imscc", ".mbz", ".pif")
_SOURCES = (".md", ".txt", ".markdown")
_SOURCE = later(rb"^#\s*(?:Module Roadmap|Project Plan)", re.MULTILINE)
_MOST_SOURCES, _FEW, _MANY = 50, 5, 10
# What copies of a file, and editors, put to its name: "imsmanifest (1).xml", "Copy of imsmanifest.xml.txt".
_ADDED = later(r"^(?:copy of|kopie von|~\$)\s*|[\s_-]*(?:\(\d+\)|copy|kopie)(?=\.xml)|\.(?:txt|xml|bak|old)$")
_OF_A_BACKUP = ("activities", "sections", "course")
_EXE = "a project of eXeLearning, which is opened there and exported as SCORM or IMS"
# What else a file at the top tells.
_STRANGERS = {
    "h5p.json": "an H5P, which is uploaded as such",
    **dict.fromkeys(("content.xml", "contentv3.xml", "contentv2.xml", "content.data"), _EXE),
    "CSF.xml": "a course of SCORM 1.1, which LMSs no longer read",
    **dict.fromkeys(("AngelManifest.xml", "angelData.xml"), "an export of ANGEL, which no LMS of today reads whole"),
    "moodle.xml": "a backup of Moodle 1.9, which today's Moodle no longer reads",
    "course.json": "a course in some tool's own format",
    "story.html": "what an authoring tool publishes for the web",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "xl/workbook.xml": "an Excel workbook",
    "META-INF/container.xml": "an EPUB, a book",
    "index.html": "a website",
}
# By what stands in a manifest that cannot be parsed, the first that fits: its kind.
_TRACES = (
    (b"IMS Thin Common Cartridge", "a thin Common Cartridge"),
    (b"canvas_export.txt", "a Canvas cartridge"),
    (b"Common Cartridge", "a Common Cartridge"),
    (b"2004 4th Edition", "SCORM 2004 4th edition"),
    (b"2004 3rd Edition", "SCORM 2004 3rd edition"),
    (b"CAM 1.3", "SCORM 2004 2nd edition"),
    (ADLCP_1_3.encode(), "SCORM 2004"),
    (ADLCP_1_2.encode(), "SCORM 1.2"),
    (b"imsccv1p", "a Common Cartridge"),
    (b"imsqti", "a QTI package"),
    (b"<moodle_backup", "a Moodle backup"),
    (b"<courseStructure", "a cmi5 course"),
    (b"projecttincan.com", "an xAPI (Tin Can) package"),
    (CP_1_1_2.encode(), "SCORM 1.2 or an IMS content package"),
    (b"imscp_", "an IMS content package"),
)


_OUR_SITE = frozenset(("index.html", "shared/search-index.js", "shared/course.css"))


def is_our_site(container: Container) -> bool:
    """Say whether it is a web site that coursewright made, which no LMS imports, and no package of SCORM, which has
    schemas, too, whose manifest is missing or spelled otherwise."""
    if not container.sizes.keys() >= _OUR_SITE:
        return False
    return not any(name.endswith(".xsd") or f"{_stem(name.lower())}.xml" in _WANTED for name in container.sizes)


def guessed(container: Container) -> str:
    """Return what a package with a manifest that cannot be read probably is; "" where nothing tells."""
    file = next((name for name in _WANTED if name in container.sizes), "")
    if not file and is_our_site(container):
        return "a web site made by coursewright"
    document = container.read(file) if file and container.sizes[file] <= LARGEST_READ else None
    if not document:
        return ""
    if b"\0" in document[:100]:
        document = document.replace(b"\0", b"")  # UTF-16, as far as it is ASCII
    kind = next((kind for trace, kind in _TRACES if trace in document), "")
    return f"probably {kind}: its manifest cannot be read" if kind else ""


def near_misses(container: Container) -> Iterator[Finding]:
    """Yield what a package lacks to be one, and what it may have meant."""
    place = Place(container.shown)
    if is_our_site(container):
        yield messages.IS_A_SITE.at(place)
        return
    for look in (_many, _deeper, _misnamed, _backup, _sources, _inside):
        if found := next(iter(look(container, place)), None):
            yield found
            return
    if container.sizes:
        yield messages.NO_MANIFEST.at(place, advice=_advice(container))
    elif not container.findings:
        yield _empty(container, place)


def _empty(container: Container, place: Place) -> Finding:
    if container.holding is Holding.FOLDER:
        return messages.CONTAINER_EMPTY.at(place, what="folder", remedy="use the folder that contains the course")
    return messages.CONTAINER_EMPTY.at(place, what="archive", remedy="zip the contents of the course folder")


def _in_order(names: Iterable[str]) -> list[str]:
    """Return names, the highest first, without what a Mac puts beside each file."""
    own = [name for name in names if not name.startswith("__MACOSX/")]
    return sorted(own, key=lambda name: (name.count("/"), name))


def _many(container: Container, place: Place) -> Iterator[Finding]:
    """Yield a finding for a folder that holds packages, zipped or not."""
    if container.holding is not Holding.FOLDER:
        return
    found = [name for name in container.sizes if name.lower().endswith(_PACKAGES)]
    folders = {name.rpartition("/")[0] for name in container.sizes if name.rpartition("/")[2] in _WANTED}
    tops = [folder for folder in _in_order(folders) if folder.rpartition("/")[0] not in folders]
    found = [*_in_order(found), *tops]
    if len(tops) > 1 or len(found) > len(tops):
        names = first_of(map(printable, found), _FEW)
        first = f"{container.shown}/{printable(found[0])}"
        yield messages.HOLDS_PACKAGES.at(place, count=len(found), names=names, first=first)


def _deeper(container: Container, place: Place) -> Iterator[Finding]:
    """Yield a finding for a manifest that is not at the top."""
    for name in _in_order(container.sizes):
        folder, _, file = name.rpartition("/")
        if file in _WANTED and folder:
            shown = printable(folder)
            what, remedy = "archive", f"zip what is in {shown}, not the folder"
            if container.holding is Holding.FOLDER:
                what, remedy = "folder", f"judge {container.shown}/{shown}"
            yield messages.MANIFEST_DEEPER.at(place, name=printable(name), what=what, remedy=remedy)


def _misnamed(container: Container, place: Place) -> Iterator[Finding]:
    """Yield a finding for a manifest in other letters, or with what copying and editing it has put to its name."""
    for name in _in_order(container.sizes):
        file = name.rpartition("/")[2].lower()
        if (wanted := f"{_stem(file)}.xml") in _WANTED:
            yield messages.MANIFEST_MISNAMED.at(place, name=printable(name), wanted=wanted)


def _stem(file: str) -> str:
    while (less := _ADDED.sub("", file)) != file and len(file) < 100:
        file = less
    return file


def _backup(container: Container, place: Place) -> Iterator[Finding]:
    """Yield a finding for a backup of Moodle without what says what is in it."""
    tops = {name.partition("/")[0] for name in container.sizes if "/" in name}
    if len(tops.intersection(_OF_A_BACKUP)) > 1 and any(name.endswith(".xml") for name in container.sizes):
        why = "which says what is in it; without that it is not a Moodle backup"
        yield messages.BACKUP_INCOMPLETE.at(place, name="moodle_backup.xml", why=why)


def _sources(container: Container, place: Place) -> Iterator[Finding]:
    """Yield a finding for a folder of what courses are built from."""
    names = _in_order(name for name in container.sizes if name.lower().endswith(_SOURCES))
    for name in islice(names, _MOST_SOURCES if container.holding is Holding.FOLDER else 0):
        if container.sizes[name] < 1_000_000 and _SOURCE.search((container.read(name) or b"")[:4_000]):
            yield messages.HOLDS_SOURCES.at(place, name=printable(name), folder=container.shown)


def _inside(container: Container, place: Place) -> Iterator[Finding]:
    """Yield a finding for a package in a package."""
    names = _in_order(container.sizes)
    found = [name for name in names if name.lower().endswith(_PACKAGES)]
    if found and len(names) < _MANY:
        yield messages.PACKAGE_INSIDE.at(place, name=printable(found[0]))


def _advice(container: Container) -> str:
    if {".crs", ".cst"} & {name[name.rfind(".") :].lower() for name in container.sizes}:
        return "; it looks like an AICC course, which only some LMSs read"
    stranger = next((what for file, what in _STRANGERS.items() if file in container.sizes), "")
    return f"; it looks like {stranger}" if stranger else ""
