"""What LMSs do where general rules have found something, in words that follow what was found: as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from coursewright.findings.finding import Finding, Message, Place, Severity
from coursewright.frozen import frozen
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

When = Callable[[Finding, Subject], bool]
TRIED = "damaged"
"""What packages damaged so have shown, by its name in the tables of limits."""


@frozen
class Failure:
    """What an LMS does where one of these is found in a package of these families: `does` is a clause about the LMS.

    Without families, it is what keeps a package from being known at all. `document` is the end of the name of that in
    which it is found, where that matters; `when` judges the rest, with words for that.
    """

    does: str
    families: tuple[Family, ...]
    messages: tuple[Message, ...]
    document: str = ""
    when: tuple[When, str] | None = None
    is_forgiving: bool = False
    """Say whether it is what the LMS does since it does not mind."""
    remedy: str = ""
    """What to do instead of what the finding says, where that would do harm in the LMS."""
    weight: Severity | None = None
    """How grave it is in that LMS, where it is less so than in general."""

    def is_of(self, finding: Finding, subject: Subject | None) -> bool:
        """Say whether it is what comes of a finding; without a subject, of a package that nothing tells the kind of."""
        if subject is None or not self.families:
            is_of_family = subject is None and not self.families
        else:
            is_of_family = subject.found.kind.family in self.families
        is_there = finding.place.path.endswith(self.document)
        return is_of_family and is_there and (subject is None or self.when is None or self.when[0](finding, subject))

    def as_json(self) -> dict[str, object]:
        """Return it for programs."""
        return {
            "codes": [one.code for one in self.messages],
            "packages": list(map(str, self.families)),
            "where": ", ".join(filter(None, (self.document, self.when[1] if self.when else ""))),
            "does": self.does,
            "source": TRIED,
        }


def failure(
    does: str,
    families: tuple[Family, ...],
    *found: Message,
    document: str = "",
    when: tuple[When, str] | None = None,
    is_forgiving: bool = False,
    remedy: str = "",
    weight: Severity | None = None,
) -> Failure:
    """Return one, with what is found as it comes."""
    return Failure(does, families, found, document, when, is_forgiving, remedy, weight)


def of_value(name: str, *values: str) -> When:
    """Return what says whether a value of what was found is one of these."""
    return lambda finding, subject: finding.values.get(name) in values


def resources_around(finding: Finding, subject: Subject) -> Iterator[etree._Element]:
    """Yield the resources of which, of whose files, or in whose documents something was found."""
    around, name = subject.once(_around), subject.container.name_at(finding.place.path)
    yield from dict.fromkeys((*around.get(finding.place, ()), *around.get(name, ())))


def _around(subject: Subject) -> Mapping[Place | str, list[etree._Element]]:
    """Return the resources by where they and their files stand, and by what these are called."""
    found: defaultdict[Place | str, list[etree._Element]] = defaultdict(list)
    for one in subject.resources:
        for element in (one, *one.iterchildren("{*}file")):
            found[subject.place(element)].append(one)
            found[subject.address(element)[0]].append(one)
    return found


def shown_failure(one: Failure) -> str:
    """Return one in a line."""
    told = one.as_json()
    codes, packages = (" ".join(map(str, told[name])) for name in ("codes", "packages"))  # type: ignore[call-overload]
    where = ", ".join(filter(None, (packages or "a package of no kind that is known", str(told["where"]))))
    return f"  {codes} ({where}): {one.does} [{TRIED}]"
