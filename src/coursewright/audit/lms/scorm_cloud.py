"""What SCORM Cloud does with packages: as its makers' help says; of cmi5, as its refusals read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.lms.imports import external_metadata_is_there, it_says_to_be_scorm, prerequisites_count
from coursewright.audit.lms.lms import Lms
from coursewright.audit.rule import SCORM, rule
from coursewright.audit.rules.xapi import cmi5
from coursewright.findings import messages
from coursewright.packages.kinds import Family, Recognised
from coursewright.packages.subject import Subject

_TITLE = "SCORM Cloud"
_TAKEN = (Family.SCORM12, Family.SCORM2004, Family.CONTENT, Family.CMI5, Family.XAPI)


def _refusal(found: Recognised) -> str:
    return "" if found.kind.family in _TAKEN else "it takes SCORM, AICC, xAPI and cmi5 only"


@rule("L546", family=Family.CMI5, lms="scorm-cloud")
def course_structures_are_valid(subject: Subject) -> Iterator[Flaw]:
    """A cmi5.xml is as its schema says, and its ids are absolute IRIs: both are looked at before anything is taken."""
    names = [one for one in cmi5.names_are_unique_iris(subject) if one.code == messages.ID_NO_IRI.code]
    if count := len(subject.violations) + len(names):
        yield flaw(messages.STRUCTURE_REFUSED, lms=_TITLE, count=count)


_rule = partial(rule, lms="scorm-cloud")
_rule("L540", family=Family.SCORM12)(prerequisites_count(_TITLE))
_rule("L541", family=SCORM)(external_metadata_is_there(_TITLE))
_rule("L542", family=Family.CONTENT)(it_says_to_be_scorm(_TITLE))
LMS = Lms("scorm-cloud", _TITLE, "SCORM 1.2 and 2004, xAPI, cmi5, AICC", _refusal, frozenset((Family.XAPI,)))
