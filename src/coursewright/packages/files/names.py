"""The names of a package's files: which are none on every system, collide, are junk, or were spoiled on the way."""

from __future__ import annotations

import posixpath
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.packages.files.paths import is_harmless

_OF_A_MAC = "; on a Mac: zip -r course.zip . -x '*.DS_Store' '__MACOSX/*'"
_JUNK = {
    **dict.fromkeys(("__MACOSX/", ".DS_Store"), _OF_A_MAC),
    **dict.fromkeys(("Thumbs.db", "desktop.ini"), "; Windows hides such files in folders"),
    ".git/": "; it holds all that was ever in the folder",
}
_JUNK_FOLDERS = tuple(_JUNK)
_REFUSED = {
    **dict.fromkeys((".php", ".jsp", ".asp", ".aspx", ".cgi", ".exe", ".bat", ".cmd"), Severity.WARNING),
    **dict.fromkeys((".py", ".sh", ".rb", ".pl"), Severity.INFO),  # courses on programming are full of them
}
# By which letters beyond ASCII are written, and mistaken.
_ENCODINGS = ("utf-8", "cp437", "cp850", "cp1252", "latin-1")

_TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def printable(text: str) -> str:
    """Return a text as it can be shown anywhere: what moves a cursor or reverses the writing is spelled out."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    return character if character.isprintable() else ascii(character)[1:-1]


def place_in(shown: str, name: str) -> Place:
    """Return where a file stands, in a package of which findings call it so."""
    return Place(f"{shown}/{printable(name)}")


def such_as(names: Sequence[str]) -> str:
    """Return files in words: the only one by its name, or how many there are, with the first."""
    first = printable(names[0])
    return f"{len(names)} files, such as {first}" if names[1:] else first


def is_junk(name: str) -> bool:
    """Say whether a file is what an operating system or a version control has left there."""
    return posixpath.basename(name) in _JUNK or name.startswith(_JUNK_FOLDERS)


def slashed(name: str) -> str:
    """Return a name with slashes for the backslashes of old tools on Windows, as far as it leads nowhere else then."""
    turned = name.replace("\\", "/")
    return turned if is_harmless(turned) else name


def folded(name: str) -> str:
    """Return what all spellings of a name have in common: in capitals or not, with either kind of slash."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()


def mistaken(name: str) -> set[str]:
    """Return what a name becomes where its letters are read in another encoding than they were written in."""
    found: set[str] = set()
    for written in _ENCODINGS if not name.isascii() else ():
        for read in _ENCODINGS:
            try:
                found.add(name.encode(written).decode(read))
            except UnicodeError:
                continue
    return found - {name}


def name_findings(shown: str, names: Iterable[str]) -> Iterator[Finding]:
    """Yield what is wrong with names: each by itself, and each beside the others."""
    by_fold: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        by_fold[unicodedata.normalize("NFC", name).lower()].append(name)
        yield from _problems(shown, name)
    for alike in by_fold.values():
        first, *rest = alike
        for name in rest:
            place = place_in(shown, name)
            if name == first:
                yield messages.ENTRY_TWICE.at(place)
            else:
                yield messages.NAMES_COLLIDE.at(place, other=printable(first))


def folder_findings(shown: str, names: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each folder whose name leads out of the package."""
    for name in names:
        if name.rstrip("/") not in ("", ".") and not is_harmless(name.rstrip("/")):
            yield messages.NAME_UNSAFE.at(place_in(shown, name), name=printable(name))


def _misleads(name: str) -> bool:
    """Say whether a name has characters that control a terminal, reverse the writing, or stand for nothing."""
    return not name.isprintable() and any(
        unicodedata.category(sign) in ("Cc", "Cs") or unicodedata.bidirectional(sign) in _TURNING for sign in name
    )


def _problems(shown: str, name: str) -> Iterator[Finding]:
    place = place_in(shown, name)
    if not is_harmless(name) or _misleads(name):
        yield messages.NAME_UNSAFE.at(place, name=printable(name))
    elif not name.isascii():
        yield messages.NAME_NOT_ASCII.at(place)
    file = posixpath.basename(name)
    suffix = posixpath.splitext(file)[1].lower()
    if is_junk(name):
        yield messages.JUNK_FILE.at(
            place, remedy=next(how for junk, how in _JUNK.items() if name.startswith(junk) or file == junk)
        )
    elif suffix in _REFUSED:
        yield replace(messages.FILE_REFUSED.at(place, kind=suffix), severity=_REFUSED[suffix])
