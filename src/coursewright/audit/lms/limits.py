"""What an LMS limits in the documents of packages, as values: one table an LMS, one rule over all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from operator import itemgetter

from lxml import etree

from coursewright.audit.lms.failures import Failure, shown_failure
from coursewright.audit.lms.field_bounds import Bound, Given, Written
from coursewright.audit.lms.references import FieldReference, shown_reference
from coursewright.frozen import frozen, slotted
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.parsing import text_of


class Effect(StrEnum):
    """What becomes of whatever goes beyond a limit."""

    STOPS = "the import stops"
    LEFT_OUT = "it is left out"
    HIDDEN = "it is not shown"
    SHORTENED = "it is cut off"
    STRIPPED = "those signs are taken out of it"
    IGNORED = "the value is ignored"
    EMPTY = "it is empty"
    NAMELESS = "it is shown without a name"
    ADDRESSLESS = "learners read that it cannot be shown"
    WORDLESS = "no grade can be chosen from it"
    TAKEN = "it is taken as it is"
    UNNAMED = "learners see no name"
    DEFAULT = "a default is taken"
    NOUGHT = "it is taken for 0"
    BEGUN = "it is taken for the number that it begins with, or for 0"
    CUT = "it is taken for the whole number that it begins with, or for 0"
    CLOSES = "no learner can begin it"
    MISDATED = "that time is lost, or it is another one"
    UNHOSTED = "http:// is put before it, and the link leads nowhere"
    MISREAD = "it counts as yes where there is a t, a y or a 1 in it, and as no otherwise"
    BORROWED = "it gets that of the first thing in it"
    ONCE = "learners can take it once, and never again"
    NOT_AGAIN = "nobody gets another attempt"
    SHOWN = "it is shown all the same"
    NO_WAY = "learners cannot hand in anything in that way"
    TAKES_NOTHING = "learners cannot hand in anything"
    FAILS = "the import fails near its end"
    BREAKS = "the page that shows it ends with an error"
    UNPLUGGED = (
        "without a plugin of that name, teachers get an error in place of its page, and so does whoever assesses"
    )
    UNMARKED = "whoever hands in gets an error"
    UNENDED = "what is not handed in when the time is over stays open"
    UNLETTERED = "learners see ERR in place of letters or numbers"
    LOOKS = "it only looks otherwise"
    NO_BUTTON = "learners find no button to go back, and do so by the list of questions"
    USUAL_FORUM = "it is shown as a forum for general use"
    NO_BOX = "learners find nothing there to fill in"
    AS_SCORM_12 = "it is run as SCORM 1.2"
    SHUT = "nobody can read it, or write in it"
    MEAN = "it counts the mean of its grades"
    NO_POINTS = "only a grade that is written into the gradebook counts"
    UNSTARTED = "no attempt can be started"


@frozen
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


_MOST_KNOWN, _LONGEST_KNOWN = 100, 40  # values of a field that are known to keep its limits, and their characters


@slotted
class FieldLimits:
    """The limits of a field of an element, each with its number in the table, and values known to keep them."""

    limits: list[tuple[int, Limit]] = field(default_factory=list)
    kept: set[str | None] = field(default_factory=set)

    def breached(self, value: str | None, null: str) -> list[tuple[int, Limit, str]]:
        """Return the limits that a value goes beyond, each with how; most values stand in very many fields."""
        if value in self.kept:
            return []
        reasons = ((number, limit, _reason(value, limit, null)) for number, limit in self.limits)
        found = [one for one in reasons if one[2]]
        if not found and len(self.kept) < _MOST_KNOWN and len(value or "") <= _LONGEST_KNOWN:
            self.kept.add(value)
        return found


@frozen
class LimitTable:
    """What an LMS limits, as far as it is known: on which versions that was checked, and from what it is known."""

    title: str
    versions: tuple[str, ...]
    sources: Mapping[str, str]
    limits: tuple[Limit, ...]
    references: tuple[FieldReference, ...] = ()
    null: str = ""
    """What stands in a field for nothing at all."""
    takes_last: bool = False
    """Say whether of several elements for one field the last counts that is not blank, and not the first."""
    failures: tuple[Failure, ...] = ()
    """What it does where general rules have found something."""
    by_document: dict[str, dict[str, dict[str, FieldLimits]]] = field(default_factory=dict, init=False, compare=False)
    by_code: dict[str, tuple[Failure, ...]] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        for failure in self.failures:
            for one in failure.messages:
                self.by_code[one.code] = (*self.by_code.get(one.code, ()), failure)
        for number, limit in enumerate(self.limits):
            fields = self.by_document.setdefault(limit.document, {}).setdefault(limit.element, {})
            fields.setdefault(limit.field, FieldLimits()).limits.append((number, limit))

    def of(self, name: str) -> dict[str, dict[str, FieldLimits]]:
        """Return the limits of a document, by element and field."""
        return self.by_document.get(name.rpartition("/")[2], {})


@frozen
class Breach:
    """A limit that something goes beyond, the element it is of, and what is wrong, in words."""

    limit: Limit
    element: etree._Element
    reason: str


def breaches(root: etree._Element, name: str, table: LimitTable) -> Iterator[Breach]:
    """Yield what goes beyond the limits of a document, whatever its namespace."""
    by_element = table.of(name)
    for element in root.iter(*(f"{{*}}{one}" for one in by_element)) if by_element else ():
        children = _children(element, table.takes_last)
        if not children and not element.attrib:  # of this name, but no structure
            continue
        found: list[tuple[int, Limit, str]] = []
        for name_of_field, limits in by_element[local_name(element)].items():
            found += limits.breached(_value(element, children, name_of_field), table.null)
        for _, limit, reason in sorted(found, key=itemgetter(0)):
            yield Breach(limit, element, f"{named(limit.field)} of <{limit.element}> {reason}")


def _children(element: etree._Element, takes_last: bool) -> dict[str, etree._Element]:
    """Return what is in an element by name: the first of a name, or the last that is not blank."""
    found: dict[str, etree._Element] = {}
    for child in element.iterchildren(etree.Element):
        name = local_name(child)
        if name not in found or (takes_last and text_of(child).strip()):
            found[name] = child
    return found


def _value(element: etree._Element, children: Mapping[str, etree._Element], field: str) -> str | None:
    """Return the text of a field, None where it is missing."""
    if field.startswith("@"):
        return element.get(field[1:])
    return text_of(children[field]) if field in children else None


def _reason(value: str | None, limit: Limit, null: str) -> str:
    """Return how a field goes beyond its limit, or ""; what stands for nothing is as if it were missing, but for what
    may be missing and may not be nothing."""
    if isinstance(limit.bound, Given) and value is None:
        return ""
    if isinstance(limit.bound, Written):
        return limit.bound.breach(value)
    return limit.bound.breach(None if null and value == null else value)


def named(field: str) -> str:
    """Return what a finding calls a field."""
    return f"the attribute {field[1:]}" if field.startswith("@") else f"<{field}>"


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
    if table.failures:
        lines += ["", "What comes of what is found in any package:", *map(shown_failure, table.failures)]
    if table.references:
        lines += ["", "What must be there, because something names it:", *map(shown_reference, table.references)]
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
            "failures": [one.as_json() for one in table.failures],
            "references": [one.as_json() for one in table.references],
        }
        for table in tables
    ]
