"""What an LMS limits in the documents of packages, as values: one table an LMS, one rule over all of them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from ipaddress import ip_network

from lxml import etree

from coursewright.packages.documents.parsing import text_of
from coursewright.text.names import nearest

_NUMBER = re.compile(r"\s*[+-]?(\d{1,18}(\.\d*)?|\.\d{1,18})([eE][+-]?\d{1,2})?\s*")
_WHOLE = re.compile(r"[+-]?\d{1,40}")
_SHOWN = 40  # characters of a value, in a finding
_YES, _NO = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0", "off", "none", "never", "disabled")


# A day in figures, as year-month-day, day-month-year or without anything between, and what comes after it.
_DAYS = (
    re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)(?P<rest>.*)", re.DOTALL),
    re.compile(r"(?P<d>\d{1,2})([-/.])(?P<m>\d{1,2})\2(?P<y>\d{4})(?!\d)(?P<rest>.*)", re.DOTALL),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?P<rest>(T?\d{4}(\d{2})?)?(Z|[+-]\d{2}:?\d{2})?)"),
)
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


def _is_moment(text: str) -> bool:
    """Say whether a text names a day of the calendar, and no time that no clock shows."""
    found = next(filter(None, (form.fullmatch(text) for form in _DAYS)), None)
    if found is None:
        return bool(_MONTH.search(text) and re.search(r"\d", text))
    try:
        date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return False
    clock = _CLOCK.search(found["rest"])
    return clock is None or (int(clock[1]) <= 24 and int(clock[2]) < 60 and int(clock[3] or 0) < 60)


class Effect(StrEnum):
    """What becomes of whatever goes beyond a limit."""

    STOPS = "the import stops"
    LEFT_OUT = "it is left out"
    HIDDEN = "it is not shown"
    SHORTENED = "it is cut off"
    IGNORED = "the value is ignored"
    EMPTY = "it is empty"
    TAKEN = "it is taken as it is"
    CLOSES = "no learner can begin it"
    MISREAD = "it counts as yes where there is a t, a y or a 1 in it, and as no otherwise"
    BORROWED = "it gets that of the first thing in it"
    TAKES_NOTHING = "learners cannot hand in anything"
    FAILS = "the import fails near its end"
    BREAKS = "the page that shows it ends with an error"


@dataclass(frozen=True, slots=True)
class Length:
    """At most so many characters."""

    most: int

    @property
    def told(self) -> str:
        return f"at most {self.most} characters"

    def breach(self, text: str | None) -> str:
        is_longer = text is not None and len(text) > self.most
        return f"has {len(text or '')} characters, and there is room for {self.most}" if is_longer else ""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several values, or nothing; `exact` where blanks around it count."""

    values: tuple[str, ...]
    exact: bool = False

    @property
    def told(self) -> str:
        return "one of " + ", ".join(self.values)

    def breach(self, text: str | None) -> str:
        value = text if self.exact and text else (text or "").strip()
        if not value.strip() or value in self.values:
            return ""
        return f"is '{value[:_SHOWN]}', which is none of its values{nearest(value[:_SHOWN], self.values)}"


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Values of a list, between commas; `exact` where blanks around them count."""

    values: tuple[str, ...]
    exact: bool = False

    @property
    def told(self) -> str:
        return "a list of " + ", ".join(self.values)

    def breach(self, text: str | None) -> str:
        return next(filter(None, map(OneOf(self.values, self.exact).breach, (text or "").split(","))), "")


@dataclass(frozen=True, slots=True)
class Switch:
    """Yes or no in a word that is read as it is meant: whatever has a t, a y or a 1 in it is read as yes."""

    @property
    def told(self) -> str:
        return "one of true, false"

    def breach(self, text: str | None) -> str:
        value = (text or "").strip().lower()
        is_read = bool(re.search("[ty1]", value))
        if not value or value in (_YES if is_read else _NO):
            return ""
        return f"is '{value[:_SHOWN]}', which is neither true nor false"


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or nothing."""

    @property
    def told(self) -> str:
        return "a number"

    def breach(self, text: str | None) -> str:
        value = (text or "").strip()
        return f"is '{value[:_SHOWN]}', which is not a number" if value and not _NUMBER.fullmatch(value) else ""


@dataclass(frozen=True, slots=True)
class Within:
    """A number, if it is one, within bounds."""

    least: float = -math.inf
    most: float = math.inf

    @property
    def told(self) -> str:
        ends = [f"{word} {end:.0f}" for word, end in (("from", self.least), ("up to", self.most)) if math.isfinite(end)]
        return f"a number {' '.join(ends)}"

    def breach(self, text: str | None) -> str:
        value = (text or "").strip()
        if not _NUMBER.fullmatch(value) or self.least <= float(value) <= self.most:
            return ""
        way, end = ("below", self.least) if float(value) < self.least else ("above", self.most)
        return f"is {value[:_SHOWN]}, which is {way} {end:.0f}"


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, or nothing, that fits into so many bytes."""

    size: int

    @property
    def told(self) -> str:
        return f"a whole number up to {2 ** (8 * self.size - 1) - 1}"

    def breach(self, text: str | None) -> str:
        value = (text or "").strip()
        if not value:
            return ""
        if not _WHOLE.fullmatch(value):
            return f"is '{value[:_SHOWN]}', which is not a whole number"
        most = 2 ** (8 * self.size - 1)
        return "" if -most <= int(value) < most else f"is {value[:_SHOWN]}, and there is room up to {most - 1}"


@dataclass(frozen=True, slots=True)
class Matching:
    """A text of a form, which words tell."""

    form: re.Pattern[str]
    told: str

    def breach(self, text: str | None) -> str:
        return "" if text is None or self.form.fullmatch(text) else f"is '{text[:_SHOWN]}', which is not {self.told}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a time, or nothing; importers forgive much, but not what has no day."""

    @property
    def told(self) -> str:
        return "a time, such as 2026-01-31T10:00:00"

    def breach(self, text: str | None) -> str:
        value = (text or "").strip()
        return f"is '{value[:_SHOWN]}', which is not a time" if value and not _is_moment(value) else ""


@dataclass(frozen=True, slots=True)
class Networks:
    """Addresses of computers or of networks, between commas."""

    @property
    def told(self) -> str:
        return "IP addresses or networks, such as 192.0.2.0/24"

    def breach(self, text: str | None) -> str:
        for part in filter(None, (part.strip() for part in (text or "").split(","))):
            try:
                ip_network(part, strict=False)
            except ValueError:
                return f"has '{part[:_SHOWN]}', which is not an IP address"
        return ""


@dataclass(frozen=True, slots=True)
class There:
    """It is there, if only empty."""

    @property
    def told(self) -> str:
        return "must be there, may be empty"

    def breach(self, text: str | None) -> str:
        return "is missing" if text is None else ""


@dataclass(frozen=True, slots=True)
class Filled:
    """It is there, and something is in it."""

    @property
    def told(self) -> str:
        return "must not be empty"

    def breach(self, text: str | None) -> str:
        return "" if text else "is missing" if text is None else "is empty"


@dataclass(frozen=True, slots=True)
class Given:
    """Something, if only empty, where it is there at all."""

    @property
    def told(self) -> str:
        return "may be missing, may not stand for nothing"

    def breach(self, text: str | None) -> str:
        return "stands for nothing, which is not allowed" if text is None else ""


Bound = (
    Length | OneOf | SomeOf | Switch | Number | Whole | Within | Matching | Moment | Networks | There | Filled | Given
)


@dataclass(frozen=True, slots=True)
class Limit:
    """What must hold of a field: a child, or with @ an attribute, of each element of a name in documents of a name.

    A document is named by the end of its path. `source` is how that is known, by its name in the table.
    """

    document: str
    element: str
    field: str
    bound: Bound
    effect: Effect
    source: str


@dataclass(frozen=True, slots=True)
class LimitTable:
    """What an LMS limits, as far as it is known: on which versions that was checked, and from what it is known."""

    title: str
    versions: tuple[str, ...]
    sources: Mapping[str, str]
    limits: tuple[Limit, ...]
    null: str = ""
    """What stands in a field for nothing at all."""
    by_document: dict[str, list[Limit]] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        for limit in self.limits:
            self.by_document.setdefault(limit.document, []).append(limit)

    def of(self, name: str) -> list[Limit]:
        """Return the limits of a document."""
        return self.by_document.get(name.rpartition("/")[2], [])


@dataclass(frozen=True, slots=True)
class Breach:
    """A limit that something goes beyond, the element it is of, and what is wrong, in words."""

    limit: Limit
    element: etree._Element
    reason: str


def breaches(root: etree._Element, name: str, table: LimitTable) -> Iterator[Breach]:
    """Yield what goes beyond the limits of a document, whatever its namespace."""
    by_element: dict[str, list[Limit]] = {}
    for limit in table.of(name):
        by_element.setdefault(limit.element, []).append(limit)
    for element in root.iter(etree.Element) if by_element else ():
        is_value = not len(element) and not element.attrib  # of this name, but no structure
        for limit in () if is_value else by_element.get(etree.QName(element).localname, ()):
            if reason := _reason(element, limit, table.null):
                yield Breach(limit, element, f"{named(limit.field)} of <{limit.element}> {reason}")


def _reason(element: etree._Element, limit: Limit, null: str) -> str:
    """Return how a field goes beyond its limit, or ""; what stands for nothing is as if it were missing, but for what
    may be missing and may not be nothing."""
    value = _value(element, limit.field)
    if isinstance(limit.bound, Given) and value is None:
        return ""
    return limit.bound.breach(None if null and value == null else value)


def named(field: str) -> str:
    """Return what a finding calls a field."""
    return f"the attribute {field[1:]}" if field.startswith("@") else f"<{field}>"


def _value(element: etree._Element, field: str) -> str | None:
    """Return the text of a field, None where it is missing."""
    if field.startswith("@"):
        return element.get(field[1:])
    child = element.find(f"{{*}}{field}")
    return None if child is None else text_of(child)


def shown_limits(table: LimitTable) -> str:
    """Return a table in lines: what is limited, to what, what happens beyond, and how that is known."""
    lines = [f"{table.title}: checked on {'; '.join(table.versions)}", ""]
    lines += [f"[{name}] {text}" for name, text in table.sources.items()]
    document = ""
    for limit in table.limits:
        if limit.document != document:
            document = limit.document
            lines += ["", document]
        lines.append(f"  {limit.element}/{limit.field}: {limit.bound.told}; else {limit.effect} [{limit.source}]")
    return "".join(f"{line}\n" for line in lines)


def as_json(tables: Iterable[LimitTable]) -> list[dict[str, object]]:
    """Return tables for programs."""
    return [
        {
            "lms": table.title,
            "checked": list(table.versions),
            "sources": dict(table.sources),
            "limits": [
                {
                    "document": limit.document,
                    "element": limit.element,
                    "field": limit.field,
                    "holds": limit.bound.told,
                    "else": str(limit.effect),
                    "source": limit.source,
                }
                for limit in table.limits
            ],
        }
        for table in tables
    ]
