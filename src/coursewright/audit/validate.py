"""The validator: what a package is, by what is in it, and what is wrong with it, whoever made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from coursewright.audit.bounds import LONGEST, bounded, presentable
from coursewright.audit.judging import as_minded, judge, with_failures
from coursewright.audit.rule import Wanted
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity, in_order, is_selected
from coursewright.frozen import frozen
from coursewright.packages.files.container import Container
from coursewright.packages.files.opening import open_container
from coursewright.packages.files.paths import MANIFEST
from coursewright.packages.kinds import Recognised, recognise
from coursewright.packages.nearmisses import guessed
from coursewright.packages.subject import Subject
from coursewright.packages.words import clipped

if TYPE_CHECKING:
    from coursewright.audit.lms.lms import Lms


@frozen
class Verdict:
    """What a package was taken for and why, and everything found.

    `kind` is empty where it could not be told; `why` then says what it probably is, if anything tells.
    """

    path: Path
    kind: str
    why: str
    findings: list[Finding]

    @property
    def summary(self) -> str:
        """What it was taken for and why, on one line."""
        told = f"{self.kind}, since {self.why}" if self.kind else self.why or "not recognised"
        return clipped(f"{self.path}: {told}", LONGEST)


def validate_package(
    path: Path, lmss: Iterable[Lms] = (), select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> Verdict:
    """Judge a package: its container, its kind, its manifest, its pages, and what LMSs that are asked for make of it.

    Findings are those whose codes begin with any of `select`, if there is one, and with none of `ignore`. Writes
    nothing, opens no connection.
    """
    with closing(open_container(path)) as container:
        asked = tuple(lmss)
        found, judged_in = _recognised(container, asked)
        # S: that nothing could be read
        wanted = partial(is_selected, select=(*select, "S") if select else (), ignore=ignore)
        judged = (one for one in _judged(found, judged_in, asked, wanted) if wanted(one.code))
        findings = in_order(bounded(judged, container.shown, ignore))
        kind, why = (found.kind.title, found.why) if found else ("", guessed(container))
    return Verdict(path, clipped(kind, LONGEST), clipped(why, LONGEST), [presentable(one) for one in findings])


def _as_refused(finding: Finding) -> Finding:
    """Return what is found of a web site that an LMS is asked to import, as the error that it is."""
    return finding.weighing(Severity.ERROR if finding.code == messages.IS_A_SITE.code else None)


def _recognised(container: Container, lmss: Sequence[Lms]) -> tuple[Recognised | None, Container]:
    """Return what a package is, with what holds it: a folder in it, where all LMSs that are asked for look there."""
    mends = bool(lmss) and all(lms.mends for lms in lmss)
    found = recognise(container, mends=mends)
    digs = frozenset.intersection(*(lms.digs for lms in lmss)) if lmss else frozenset()
    name = next((name for name in container.sizes if name.endswith(f"/{MANIFEST}")), "") if digs and not found else ""
    folder = name.rpartition("/")[0]
    if not name or not all(lms.digs_into(container, folder) for lms in lmss):
        return found, container
    inner = container.within(folder)
    deeper = recognise(inner, mends=mends)
    return (deeper, inner) if deeper and deeper.kind.family in digs else (None, container)


def _judged(found: Recognised | None, container: Container, asked: Sequence[Lms], wanted: Wanted) -> Iterator[Finding]:
    """Yield everything that is found; what reading has found stands in the container, and comes last."""
    if found is None:
        refused = [with_failures(_as_refused(one), asked, None) if asked else one for one in container.found]
        yield from asked[0].eased(refused, container) if len(asked) == 1 else refused
        return
    subject = Subject(found, container)
    yield from judge(subject, asked, wanted)
    yield from as_minded(list(container.found), subject, asked)
