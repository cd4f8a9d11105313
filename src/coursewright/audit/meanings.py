"""What documents of a package say, without the numbers that their format counts things by on each export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coursewright.packages.documents.canvas.names import QUIZ
from coursewright.packages.documents.carried import CARRIED
from coursewright.packages.documents.reading import is_page
from coursewright.packages.kinds import Family, Recognised
from coursewright.readers.packages.terms import CANVAS_TERMS, MOODLE_TERMS

_POSITION = re.compile(rb"<position>\d+</position>")
_TERMS = re.compile(rb"<(%s)(?: ?/>|>[^<]*</\1>)" % "|".join(CANVAS_TERMS).encode())  # told as settings of an entry
_WORK = b"<assignment "
_CANVAS = ("/assignment_settings.xml", "/assessment_meta.xml")
_COUNTED = (b"id", b"sectionid", b"sectionnumber", b"number", b"sequence", b"added", b"timemodified", b"timecreated")
# Which question of the bank a slot means, which is compared by what it asks.
_MEANT = (b"questionid", b"questionbankentryid", b"usingcontextid")
# Elsewhere: as what locks it, as its title, and as what is set for it.
_TOLD = (b"availability", b"availabilityjson", b"name", *(name.encode() for name in MOODLE_TERMS))
_MOODLE = re.compile(rb"""(?<=\s)\w*id="\d+"|<(%s)>[^<]*</\1>|\*\d+@\$""" % b"|".join((*_COUNTED, *_MEANT, *_TOLD)))
_SETTINGS = ("/module.xml", "/inforef.xml", "/roles.xml", "/grades.xml", "/calendar.xml", "/filters.xml")
_AS_IT_STANDS = re.compile(rb"<(pre|textarea|script|style)\b", re.IGNORECASE)
_BLANKS = re.compile(rb"\s+")
# What says of all entries what they are, which is told of each; and the numbers that a backup has for its files.
_LISTS = ("course_settings/module_meta.xml", "files.xml", "moodle_backup.xml")


def is_numbered(name: str, found: Recognised) -> bool:
    """Say whether a document may differ and say the same."""
    if is_page(name) or name == CARRIED:
        return True
    if found.kind.family is Family.MOODLE:
        return name in _LISTS or (name.endswith(".xml") and name.startswith(("activities/", "sections/")))
    return found.is_canvas and (name in _LISTS or name.endswith(_CANVAS))


def meaning_of(name: str, content: bytes, found: Recognised) -> bytes:
    """Return what of a document would change something for learners and teachers, and nothing else says."""
    if name in _LISTS or name == CARRIED:  # which says again what the rest of the package does
        return b""
    if is_page(name):
        return b"".join(_squeezed(content))
    if found.is_canvas:
        return _POSITION.sub(b"", _without_terms(name, content))
    return b"" if name.endswith(_SETTINGS) else _MOODLE.sub(b"", content)


def _without_terms(name: str, content: bytes) -> bytes:
    """Return settings of Canvas without those that an entry has; of the work that a quiz counts as, it has none."""
    if not name.endswith(_CANVAS):
        return content
    own, within, rest = content.partition(_WORK) if name.endswith(QUIZ) else (content, b"", b"")
    return _TERMS.sub(b"", own) + within + rest


def _squeezed(page: bytes) -> Iterator[bytes]:
    """Yield a page in pieces, its blanks as one each where a browser shows them so."""
    at, unclosed = 0, set[bytes]()
    while found := _AS_IT_STANDS.search(page, at):
        name = found[1].lower()
        closed = None if name in unclosed else re.compile(rb"</%s\s*>" % name, re.IGNORECASE).search(page, found.end())
        unclosed |= set() if closed else {name}  # each is looked for to the end of the page once
        end = closed.end() if closed else found.end()
        yield from (_BLANKS.sub(b" ", page[at : found.start()]), page[found.start() : end])
        at = end
    yield _BLANKS.sub(b" ", page[at:])


def shared_files(files: Iterable[tuple[tuple[str, ...], str]]) -> set[str]:
    """Return the files that several entries are made of, and that none of them opens; given with their addresses."""
    seen: set[str] = set()
    shared: set[str] = set()
    opened: set[str] = set()
    for names, address in files:
        shared |= seen.intersection(names)
        seen.update(names)
        opened.add(address.split("#")[0].split("?")[0])
    return shared - opened
