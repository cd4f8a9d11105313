"""What an LMS is to the validator."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from coursewright.audit.lms.failures import Failure
from coursewright.audit.lms.limits import LimitTable
from coursewright.audit.rule import DeclaredRule, Wanted, ask, codes_in, rules_over
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.packages.files.container import Container
from coursewright.packages.kinds import Family, Recognised
from coursewright.packages.subject import Subject

_OWN_FOLDERS = ("canvas",)  # of rules over the documents of one LMS


@frozen
class Lms:
    """An LMS: its name on the command line, its title, what it takes, and what it does to packages.

    `refusal` returns why it does not take a package at all, in words that follow "since", and "" where it does; the
    rules, by the family of the package, yield what it drops, renames or breaks of one that it takes. `whole` are the
    families that it is known to take as they are: silence about any other is forgetfulness, and a test finds it.
    """

    name: str
    title: str
    takes: str
    refusal: Callable[[Recognised], str] = lambda found: ""
    whole: frozenset[Family] = frozenset()
    digs: frozenset[Family] = frozenset()
    """The families of packages whose manifest it finds in a folder, too."""
    digs_into: Callable[[Container, str], bool] = lambda container, folder: True
    """Says whether this is a folder in which it looks."""
    mends: bool = False
    """Says whether it reads a manifest that is not XML as far as it goes."""
    limits: LimitTable | None = None
    minds: Callable[[Finding, Subject], bool] = lambda finding, subject: True
    """Says whether it minds what a general rule has found; where no LMS that is asked for does, that is a remark."""
    eased: Callable[[list[Finding], Container], Iterator[Finding]] = lambda findings, container: iter(findings)
    """Weighs what keeps it from taking a package."""

    writes: str = ""
    """The folder of rules over documents of its own, which no other LMS opens."""

    def concerns(self, finding: Finding) -> bool:
        """Say whether something was found in what any LMS opens, or in what this one alone does."""
        return all(finding.code not in codes_in(folder) or folder == self.writes for folder in _OWN_FOLDERS)

    def failure(self, finding: Finding, subject: Subject | None, *, is_minded: bool = True) -> Failure | None:
        """Return what it does about what a general rule has found; None where that is not known."""
        known = self.limits.by_code.get(finding.code, ()) if self.limits else ()
        found = (one for one in known if one.is_forgiving is not is_minded and one.is_of(finding, subject))
        return next(found, None)

    def judge(self, subject: Subject, wanted: Wanted) -> Iterator[Finding]:
        """Yield what becomes of a package in this LMS, without the work for codes that are not wanted."""
        if reason := self.refusal(subject.found):
            place = Place(subject.container.shown)
            refused = messages.LMS_REFUSES.at(place, lms=self.title, reason=reason, takes=self.takes)
            yield from self.eased([refused], subject.container)
            return
        yield from ask(subject, wanted, self.name)

    def rules(self, family: Family) -> tuple[DeclaredRule, ...]:
        """Return what is asked of the packages of a family that it takes."""
        return rules_over(family, self.name)
