"""Rules over what units have to say: whether the pages of SCOs look for the LMS, and for the one of their edition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import SCORM, rule
from coursewright.findings import messages
from coursewright.frozen import frozen
from coursewright.packages.documents.addresses import address_in_package, followed, found_as, scorm_type
from coursewright.packages.files.budget import LARGEST_READ
from coursewright.packages.files.container import Container
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject
from coursewright.text.addresses import is_address
from coursewright.text.patterns import later

_PAGES, _SCRIPTS = (".html", ".htm", ".xhtml"), (".js", ".mjs")
_MOST_PARTS = 100  # of a page: scripts, and pages in frames
_MOST_FILES, _MOST_BYTES = 2_000, 60_000_000  # of a package that are asked whether they look for the LMS
# What a tag runs or shows, on a page or in what a script writes: quotes may be escaped there.
_PART = later(
    rb"""<(?:(?:script|iframe|frame|embed)\b[^<>]{0,3000}?\ssrc|object\b[^<>]{0,3000}?\sdata)\s*=\s*\\?["']?([^"'>\s\\]{1,2000})""",
    re.IGNORECASE,
)
# A name in quotes that may be one of a page or a script, wherever a script has it.
_NAMED = later(rb"""["'`]([^"'`<>\s=;\\]{1,300}\.(?:x?html?|m?js)(?:[?#][^"'`<>\s\\]{0,300})?)["'`]""", re.IGNORECASE)
# A link that opens in a frame.
_AIMED = later(
    rb"""<a\b(?=[^<>]{0,3000}?\starget\s*=\s*["']?[^_"'\s>])[^<>]{0,3000}?\shref\s*=\s*["']?([^"'>\s]{1,2000})""",
    re.IGNORECASE,
)
_API_12 = later(rb"LMS(?:Initialize|SetValue|GetValue|Commit|Finish)|\.API\b|[\"']API[\"']")
_API_2004 = later(rb"API_1484_11")
_API = later(rb"findAPI|getAPI|scormAPI|pipwerks|SCORM_API", re.IGNORECASE)
_LINK = later(rb"<(?:a|area|link|base|form)\b[^<>]{0,3000}>", re.IGNORECASE)
# An address that a script sets, other than one in quotes alone, and what may have it set.
_SETS = later(
    rb"""\.(?:src|data)\s{0,9}=(?!=|\s{0,9}["'][^"'<>]{0,300}["']\s{0,9}(?:[;})<,\r\n]|$))|\bsrc["']?\s{0,9}:\s{0,9}[^"'\s]"""
    rb"""|\.(?:attr|prop|setAttribute)\s{0,9}\(\s{0,9}["'](?:src|data)["']\s{0,9},\s{0,9}(?!["'][^"'<>]{0,300}["']\s{0,9}\))"""
    rb"""|\b(?:src|data)\s{0,9}=\s{0,9}\\?["']?(?:["']\s{0,9}\+|\$\{)""",
    re.IGNORECASE,
)
_FRAMED = later(rb"<i?frame\b|<object\b|<embed\b|[\"'](?:i?frame|object|embed)[\"']|\bframes\b", re.IGNORECASE)
# What says that more may be run than stands on the page, or that the page around it is asked.
_LOADER = later(
    rb"createElement\s*\(\s*[\"']script|document\.write|\bimport\s*[({\"'*]|\bimport\s+\w+\s+from|\brequire\s*\("
    rb"|getScript|importScripts|location\s*=|location\.(?:href|replace|assign)|XMLHttpRequest|\bfetch\s*\("
    rb"|http-equiv\s*=\s*[\"']?refresh|window\.(?:open|parent|opener|top)\b|\bparent\.\w"
    rb"|\.load\s*\(\s*[\"'`][^\"'`]|\bopen\s*\(\s*[\"'`]|\bnavigate\s*\(|<object\b|<applet\b",
    re.IGNORECASE,
)
_TAG = later(rb"""<(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_SCRIPT = later(rb"<script\b", re.IGNORECASE)
_SCRIPT_WHOLE = later(rb".*?</script", re.IGNORECASE | re.DOTALL)
_ELSEWHERE = later(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_SIGNS = {"1.2": _API_12, "2004": _API_2004, "?": _API, "…": _LOADER, "=": _SETS, "[": _FRAMED}
_SET = {"=", "["}
_WEAK = {"…", *_SET}


@frozen
class _Part:
    """What a file does: the editions whose API it names, "?" where some API may be, "…" where it may load more.

    "-" stands for one that is not there: it may have been the one that looks for the LMS, and is missed elsewhere;
    "=" for an address that is set by a script, "[" for a frame that may have it. `names` are of files that a script
    may run or show, from the page that it is on, or from itself.
    """

    signs: frozenset[str] = frozenset("?")
    parts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass
class _Units:
    """The files of a package, as far as units run or show them."""

    container: Container
    known: dict[str, _Part] = field(default_factory=dict)

    def signs(self, page: str) -> set[str]:
        """Return what a page does, its scripts, and what it shows in frames."""
        seen: set[str] = set()
        signs: set[str] = set()
        waiting = [(page, page)]
        while waiting and len(seen) < _MOST_PARTS:
            path, base = waiting.pop()
            if path not in seen:
                seen.add(path)
                part = self.known.get(path) or self.known.setdefault(path, _part(path, self.container))
                signs |= part.signs
                waiting += self._next(part, path, path if path.lower().endswith(_PAGES) else base)
        return (signs - _SET) | ({"…"} if waiting or signs >= _SET else set())

    def _next(self, part: _Part, path: str, base: str) -> Iterator[tuple[str, str]]:
        """Yield the files that a part runs or shows, each with the page that it is on."""
        yield from ((one, base) for one in part.parts)
        for name in part.names:
            for found in {followed(base, name), followed(path, name)} & self.container.sizes.keys():
                yield found, base

    @cached_property
    def speak(self) -> bool:
        """Say whether anything in the package looks for the LMS; where it is too much to be read, something does."""
        names = [name for name in self.container.sizes if name.lower().endswith((*_PAGES, *_SCRIPTS))]
        left = _MOST_BYTES
        for name in names[:_MOST_FILES]:
            left -= self.container.sizes[name]
            if left < 0 or (self.known.get(name) or _part(name, self.container)).signs - _WEAK:
                return True
        return len(names) > _MOST_FILES


@rule("P250 P316", family=SCORM, reads_files=True)
def units_speak(subject: Subject) -> Iterator[Flaw]:
    """Every SCO's page looks for the LMS, itself or by a script of its own, by the name it has in this edition."""
    container, units = subject.container, _Units(subject.container)
    said: set[str] = set()
    for resource in subject.resources:
        page = found_as(address_in_package(resource), container) or ""
        if page.lower().endswith(_PAGES) and scorm_type(resource) == "sco" and page not in said:
            said.add(page)
            yield from (one.within(page) for one in _of_unit(page, units, subject.found.kind.family))


def _of_unit(page: str, units: _Units, family: Family) -> Iterator[Flaw]:
    signs = units.signs(page)
    own, other = ("1.2", "2004") if family is Family.SCORM12 else ("2004", "1.2")
    if not signs or (signs == {"…"} and not units.speak):
        yield flaw(messages.UNIT_IS_SILENT)
    elif signs - {"?", "-"} == {other}:
        yield flaw(messages.API_OF_ANOTHER_EDITION, asks=f"SCORM {other}", is_in=f"SCORM {own}")


def _part(path: str, container: Container) -> _Part:
    """Return what a file does; of one that cannot be read, that is not known."""
    if path not in container.sizes:
        return _Part(frozenset("-"))
    if container.sizes[path] > LARGEST_READ or (content := container.read(path)) is None:
        return _Part()
    is_page = path.lower().endswith(_PAGES)
    content = _run_by(content) if is_page else content
    signs = {sign for sign, form in _SIGNS.items() if form.search(content)}
    sources = _all(_PART, content) | (_all(_AIMED, content) if is_page else {})
    if any("scorm" in source.lower() for source in sources if _ELSEWHERE.match(source)):
        signs.add("?")
    names = _all(_NAMED, _LINK.sub(b"", content)) | ({} if is_page else sources)
    run = [*sources][: _MOST_PARTS + 1] if is_page else ()
    parts = tuple(followed(path, source) for source in run if _is_inside(source))
    return _Part(frozenset(signs), parts, tuple(filter(_is_inside, names))[:_MOST_PARTS])


def _all(form: re.Pattern[bytes], content: bytes) -> dict[str, None]:
    """Return what a form finds, each once."""
    return dict.fromkeys(found.decode("utf-8", "replace") for found in form.findall(content))


def _is_inside(source: str) -> bool:
    """Say whether an address is one in the package."""
    return is_address(source) and not _ELSEWHERE.match(source) and "${" not in source


def _run_by(page: bytes) -> bytes:
    """Return what of a page may run: its tags and its scripts, without comments and without what learners read."""
    kept: list[bytes] = []
    at = 0
    while (start := page.find(b"<", at)) >= 0:
        if page.startswith(b"<!--", start):
            end = page.find(b"-->", start + 4)
            at = end + 3 if end >= 0 else len(page)
            continue
        part = (_SCRIPT_WHOLE if _SCRIPT.match(page, start) else _TAG).match(page, start)
        if part is None:  # a tag or a script without an end, in which anything may stand
            return b"".join((*kept, page[start:]))
        at = part.end()
        kept.append(page[start:at])
    return b"".join(kept)
