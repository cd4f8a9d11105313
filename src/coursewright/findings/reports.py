"""What findings look like for people and for programs: text, JSON, GitHub's annotations, JUnit XML and SARIF,
and, elsewhere, GitLab's Code Quality.

A report is a function of the findings alone, and the same findings are the same bytes every time. What a form cannot
hold – a control character in XML, half a surrogate pair anywhere – is shown by its escape, such as `\\x1b`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

from coursewright.findings import messages
from coursewright.findings.codequality import codequality
from coursewright.findings.finding import Finding, Message, Place, Severity, counts
from coursewright.findings.forms import (
    NOT_A_LINE,
    NOT_UTF8,
    NOT_XML,
    dumped,
    escaped,
    fingerprint,
    joined,
    likeness,
    numbered,
    shown,
)
from coursewright.findings.messages import catalogue
from coursewright.findings.messages.shown import blanked, outline
from coursewright.version import __version__

if TYPE_CHECKING:
    from lxml.etree import _Element

Json = dict[str, Any]

_FOLDED_FROM, _PLACES = 3, 3  # findings of one kind that are one from then on, and the places that it names

HOME = "https://coursewright.example"
FINGERPRINT = "coursewrightFinding/v1"
SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_MOST_LISTED = {Severity.ERROR: 20, Severity.WARNING: 20, Severity.INFO: 5}  # findings of one code, for people
_PLURALS = {"error": "errors", "warning": "warnings", "info": "info"}

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class Reporter(Protocol):
    """Makes a report of findings. `files` are all that were looked at: a report may name those without findings, and
    places within them, as in a package. `strict` says that warnings fail a run, too."""

    def __call__(self, findings: Sequence[Finding], files: Sequence[str] = (), *, strict: bool = False) -> str:
        """Return the report, whole lines or nothing."""


# --- for people ---


def full(findings: Sequence[Finding], files: Sequence[str] = (), *, strict: bool = False) -> str:
    """Return one finding a line, each hint below the first that has it, and a line that counts them."""
    return joined([*lines(findings), summary(findings)])


def lines(findings: Iterable[Finding], grade: Callable[[Severity], str] = str) -> Iterator[str]:
    """Yield the lines of findings; `grade` says how a severity is written, in colour for one."""
    hinted: set[str] = set()
    for found in shown(findings, NOT_A_LINE):
        yield f"{found.place}: {grade(found.severity)} {found.code} {found.text}"
        if found.hint not in hinted:
            yield f"    {found.hint}"
            hinted.add(found.hint)


def folded_lines(findings: Iterable[Finding], grade: Callable[[Severity], str] = str) -> Iterator[str]:
    """Yield the lines of findings, the gravest first; many of a kind, errors aside, are one."""
    kinds: dict[tuple[Severity, str], list[Finding]] = {}
    for found in shown(findings, NOT_A_LINE):
        kinds.setdefault((found.severity, found.code), []).append(found)
    for (severity, code), alike in sorted(kinds.items(), key=lambda kind: kind[0][0].rank):
        if severity is Severity.ERROR or len(alike) < _FOLDED_FROM:
            yield from lines(alike, grade)
        else:
            yield from _folded(alike, f"{grade(severity)} {code}")


def _folded(alike: Sequence[Finding], named: str) -> Iterator[str]:
    """Yield findings of one kind as one: how many, what they say, the first places, and how to mend them."""
    message = catalogue()[alike[0].code]
    places = list(dict.fromkeys(str(found.place) for found in alike))
    more = f" and {len(places) - _PLACES} more places" if len(places) > _PLACES + 1 else ""
    shown = places[: _PLACES if more else None]
    same = {found.text for found in alike}
    yield f"{named}, {len(alike)} times: {alike[0].text if len(same) == 1 else outline(message)}"
    yield f"    at {', '.join(shown)}{more}; --verbose shows each"
    yield f"    {alike[0].hint if len({found.hint for found in alike}) == 1 else blanked(message.hint)}"


def verdict_lines(
    verdict: JudgedPackage, grade: Callable[[Severity], str] = str, *, whole: bool = False
) -> Iterator[str]:
    """Yield the lines of what was found about one package: the gravest first, and of each code the first few, or the
    `whole`, with the hint below the first that has it. Places are within the package."""
    path = escaped(str(verdict.path), NOT_A_LINE)
    by_code: dict[str, list[Finding]] = {}
    more = messages.MORE_OF_THEM.code
    for found in sorted(shown(verdict.findings, NOT_A_LINE), key=lambda one: (one.severity.rank, one.code == more)):
        by_code.setdefault(found.code, []).append(found)
    hinted: set[str] = set()
    for code, listed in by_code.items():
        most = len(listed) if whole else _MOST_LISTED[listed[0].severity]
        for found in listed[:most]:
            _, inside = split_place(found.place, (path,))
            where = inside or str(found.place).removeprefix(path).lstrip(":")
            yield f"  {where}{': ' if where else ''}{grade(found.severity)} {found.code} {found.text}"
            if found.hint not in hinted:
                hinted.add(found.hint)
                yield f"      {found.hint}"
        if len(listed) > most:
            yield f"  and {len(listed) - most} more {code} (--verbose)"


def summary(findings: Sequence[Finding]) -> str:
    """Return how many findings there are, in words."""
    found = [f"{count} {_PLURALS[grade] if count > 1 else grade}" for grade, count in counts(findings).items() if count]
    return ", ".join(found) or "no findings"


# --- JSON ---


def as_json(findings: Sequence[Finding], files: Sequence[str] = (), *, strict: bool = False) -> str:
    """Return the findings and how many there are of each severity, in the shape of `report.json`."""
    return dumped({"findings": [found.as_json() for found in shown(findings, NOT_UTF8)], "counts": counts(findings)})


class JudgedPackage(Protocol):
    """A package that was judged: what it was taken for and why, what was found, and how much of each severity."""

    @property
    def path(self) -> object: ...
    @property
    def kind(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def findings(self) -> Sequence[Finding]: ...


def verdicts_as_json(packages: Iterable[JudgedPackage], beside: Sequence[Finding] = ()) -> Json:
    """Return packages with what each was taken for, whether it passes, and all findings in the shape of `as_json`.

    Each finding names its package, and its file in it. `kind` is empty for what is of no kind. Findings `beside` these
    are about no package.
    """
    told: list[Json] = []
    listed: list[Json] = [found.as_json() for found in shown(beside, NOT_UTF8)]
    everything: list[Finding] = list(beside)
    for one in packages:
        found, path = list(shown(one.findings, NOT_UTF8)), escaped(str(one.path), NOT_UTF8)
        passes = not any(each.severity is Severity.ERROR for each in found)
        told.append({"path": path, "kind": one.kind, "why": one.why, "passes": passes, "counts": counts(found)})
        for each in found:
            inside = each.place.path.removeprefix(f"{path}/") if each.place.path != path else ""
            listed.append({**each.as_json(), "package": path, "file": inside})
        everything += found
    return {"packages": told, "findings": listed, "counts": counts(everything)}


# --- GitHub ---


def github(findings: Sequence[Finding], files: Sequence[str] = (), *, strict: bool = False) -> str:
    """Return a workflow command a finding, which GitHub shows beside the line in a pull request, with its hint.

    What lies in a package is named in the text: GitHub knows the files of a checkout alone.
    """
    known = frozenset(files)
    return joined(_command(found, known) for found in shown(findings, NOT_XML))


def _command(found: Finding, files: Collection[str]) -> str:
    file, inside = split_place(found.place, files)
    line = {"line": str(found.place.line)} if found.place.line and not inside else {}
    properties = {"file": file, **line, "title": found.code}
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = "\n".join(filter(None, (f"{inside}: {found.text}" if inside else found.text, found.hint)))
    return f"::{_COMMANDS[found.severity]} {told}::{_data(text)}"


def split_place(place: Place, files: Collection[str]) -> tuple[str, str]:
    """Return the file that a place is in, and where within it, if it is a package: its path there and the line."""
    path = place.path
    at = len(path) if path in files else path.rfind("/")
    while at > 0 and path[:at] not in files:
        at = path.rfind("/", 0, at)
    return (path[:at], str(Place(path[at + 1 :], place.line))) if 0 < at < len(path) else (path, "")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# --- JUnit ---


def junit(findings: Sequence[Finding], files: Sequence[str] = (), *, strict: bool = False) -> str:
    """Return JUnit XML: a suite a file, or a package with all that is in it, and a case a finding.

    What fails the run is a failure; a warning that does not, and information, is a case that was skipped. A file
    without findings has a case that passed.
    """
    from lxml import etree

    root = etree.Element("testsuites", name="coursewright")
    files = [escaped(file, NOT_XML) for file in files]
    known = frozenset(files)
    suites: dict[str, list[Finding]] = {file: [] for file in files}
    for found in shown(findings, NOT_XML):
        suites.setdefault(split_place(found.place, known)[0], []).append(found)
    failing = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    for path, own in suites.items():
        if own or not any(other.startswith(f"{path}/") for other in suites):  # such as the folder of others
            _suite(root, path, own, failing)
    _count(root)
    document: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return document.decode("utf-8")


def _suite(root: _Element, path: str, findings: Sequence[Finding], failing: Collection[Severity]) -> None:
    from lxml.etree import SubElement

    suite = SubElement(root, "testsuite", name=path)
    names = [_case_name(found, path) for found in findings]
    for found, name, number in zip(findings, names, numbered(names), strict=True):
        _case(suite, found, f"{name} ({number})" if number > 1 else name, failing)
    if not findings:
        SubElement(suite, "testcase", classname=path, name="no findings", file=path, time="0")
    _count(suite)


def _case_name(found: Finding, path: str) -> str:
    _, inside = split_place(found.place, (path,))
    if inside:
        return f"{found.code} {inside}"
    return f"{found.code} line {found.place.line}" if found.place.line else found.code


def _case(suite: _Element, found: Finding, name: str, failing: Collection[Severity]) -> None:
    from lxml.etree import SubElement

    path = found.place.path
    case = SubElement(suite, "testcase", classname=path, name=name, file=path, time="0")
    if found.place.line:
        case.set("line", str(found.place.line))
    if found.severity in failing:
        outcome = SubElement(case, "failure", message=found.text, type=str(found.severity))
    else:
        outcome = SubElement(case, "skipped", message=found.text)
    related = [f"see also {place}" for place in found.related]
    outcome.text = "\n".join([f"{found.place}: {found.severity} {found.code} {found.text}", found.hint, *related])


def _count(element: _Element) -> None:
    """Write into a suite, or the suites, how many cases are below it."""
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        element.set(name, str(sum(1 for _ in element.iter(tag))))
    element.set("errors", "0")
    element.set("time", "0")


# --- SARIF ---


def sarif(findings: Sequence[Finding], files: Sequence[str] = (), *, strict: bool = False) -> str:
    """Return SARIF 2.1.0: the whole catalogue as rules, and a result a finding."""
    listed, rules = shown(findings, NOT_UTF8), catalogue()
    indices = {code: index for index, code in enumerate(rules)}
    numbers = numbered([likeness(found) for found in listed])
    driver = {
        "name": "coursewright",
        "version": __version__,
        "informationUri": HOME,
        "rules": [_rule(message) for message in rules.values()],
    }
    results = [_result(found, indices, number) for found, number in zip(listed, numbers, strict=True)]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return dumped({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(message: Message) -> Json:
    return {
        "id": message.code,
        "shortDescription": {"text": outline(message)},
        "fullDescription": {"text": message.why},
        "help": {"text": blanked(message.hint)},
        "defaultConfiguration": {"level": _LEVELS[message.severity]},
    }


def _result(found: Finding, indices: dict[str, int], number: int) -> Json:
    index = {"ruleIndex": indices[found.code]} if found.code in indices else {}
    related = [{**_location(place), "message": {"text": "see also"}} for place in found.related]
    return {
        "ruleId": found.code,
        **index,
        "level": _LEVELS[found.severity],
        "message": {"text": _braced(f"{found.text}\n{found.hint}")},
        "locations": [_location(found.place)],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {FINGERPRINT: fingerprint(found, number)},
    }


def _location(place: Place) -> Json:
    region = {"region": {"startLine": place.line}} if place.line else {}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(place.path)}, **region}}


def _uri(path: str) -> str:
    """Return a path as a URI: a relative one stays relative, an absolute one of either kind of system is a file's."""
    if _DRIVE.match(path):
        return f"file:///{path[:2]}{quote(path[2:].replace(chr(92), '/'))}"
    if path.startswith("\\\\"):
        return f"file:{quote(path.replace(chr(92), '/'))}"
    return f"file://{quote(path)}" if path.startswith("/") else quote(path)


def _braced(text: str) -> str:
    """Return a text as SARIF has it in messages, where single braces hold arguments."""
    return text.replace("{", "{{").replace("}", "}}")


REPORTS: dict[str, Reporter] = {
    "full": full,
    "json": as_json,
    "github": github,
    "junit": junit,
    "sarif": sarif,
    "codequality": codequality,
}
"""Every form of report by its name."""
