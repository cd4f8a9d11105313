"""What never opens in Moodle: it waits for what nobody can do there, or is open until a day that is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.limits import Effect, breaches
from coursewright.audit.lms.moodle.banks import breaking as breaking_a_quiz
from coursewright.audit.lms.moodle.banks import drawn_by_chance, is_marked_by_hand
from coursewright.audit.lms.moodle.limits import TABLE
from coursewright.audit.lms.moodle.questions import breaking as breaking_questions
from coursewright.audit.lms.moodle.restored import is_of_course, of_backup
from coursewright.audit.lms.moodle.stock import MODULES
from coursewright.audit.lms.moodle.substance import hollow
from coursewright.audit.rule import is_whole
from coursewright.audit.rules.moodle.backup import Backup, Part, read_backup
from coursewright.audit.rules.moodle.restrictions import shut_by, waited_for, what_comes_after
from coursewright.course.gates import Date, Done, Gate, Score, Status
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.xml import number, said
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject
from coursewright.text.names import first_of

_BY_DOING = ("completionminattempts", "completionsubmit")
_BY_ITSELF, _BY_VIEWING = "2", "1"


@frozen
class _Dead:
    """Why nobody does anything in an activity, how grave that is, and whether it can be complete by being viewed."""

    reason: str
    weight: Severity | None = None
    may_be_viewed: bool = False


@of_backup("L564", when=is_whole)
def what_waits_opens(subject: Subject) -> Iterator[Flaw]:
    """Nothing waits for what learners cannot do, since Moodle leaves it out or cannot start it."""
    backup, known = subject.once(read_backup), dict[str, _Dead | None]()

    def deadly(gate: Gate) -> str:
        of = waited_for(gate, backup)
        part = backup.parts.get(("activity", of))
        if part is None:
            return ""
        if of not in known:
            known[of] = _why(part, backup, subject)
        found = known[of]
        return of if found is not None and not (found.may_be_viewed and _may_hold(gate, part, backup)) else ""

    shut, behind = shut_by(subject, deadly)
    then = what_comes_after(behind)
    for part, of in shut:
        waited, found = backup.parts["activity", of].shown, known[of]
        if found is not None:
            about = {"waited": waited, "reason": found.reason, "then": then}
            yield part.flaw(messages.MOODLE_NEVER_OPENS, found.weight, **about)
            then = ""


@of_backup("L565", when=is_whole)
def doors_are_not_shut_already(subject: Subject) -> Iterator[Flaw]:
    """Nothing is open only until a day before the backup was made: of a course that is over, this is told once."""
    made = number(subject.found.root, "information/backup_date")
    shut, behind = shut_by(subject, lambda gate: _day_before(made, gate)) if made else ([], [])
    if shut:
        part, date = shut[0]
        others = f"; so do others ({len(shut) - 1}): {first_of(one.shown for one, _ in shut[1:])}" if shut[1:] else ""
        then = f"; so does what comes after: {first_of(one.shown for one in behind)}" if behind else ""
        yield part.flaw(messages.MOODLE_KEEPS_CLOSED, date=date, others=others, then=then)


def _day_before(made: float, gate: Gate) -> str:
    """Return the day until which something is open, if that is before a time; or ""."""
    moment = gate.moment if isinstance(gate, Date) and gate.before else None
    return f"{moment:%Y-%m-%d}" if isinstance(moment, datetime) and moment.timestamp() <= made else ""


def _may_hold(gate: Gate, part: Part, backup: Backup) -> bool:
    """Say whether a condition may hold though nobody can take a quiz: learners tick it off, or need only look at it."""
    if isinstance(gate, Score) or (isinstance(gate, Done) and gate.status in (Status.PASSED, Status.FAILED)):
        return False
    if part.says("completion") != _BY_ITSELF:
        return True
    is_looked_at = part.says("completionview") == _BY_VIEWING and not part.says("completiongradeitemnumber")
    activity = _activity(part, backup)
    return is_looked_at and (activity is None or not any(number(activity, name) for name in _BY_DOING))


def _activity(part: Part, backup: Backup) -> etree._Element | None:
    root = read_document(part.own_document, backup.container)
    return root.find(part.module) if root is not None else None


def _why(part: Part, backup: Backup, subject: Subject) -> _Dead | None:
    """Return why nobody does anything in an activity, None where somebody may."""
    if part.module not in MODULES:
        return _Dead(f"Moodle leaves that out without the plugin {part.module[:40]}", Severity.WARNING)
    if is_of_course(subject) and part.around not in backup.parts:
        return _Dead("Moodle leaves that out, for its section is not in the backup")
    activity = _activity(part, backup)
    root = activity.getparent() if activity is not None else None
    if activity is None or root is None:
        return None
    broken = {one.limit.effect: one.reason for one in breaches(root, part.own_document, TABLE)}
    if Effect.HIDDEN in broken:
        return _Dead("Moodle does not show that on the course page, for it has no name")
    if part.module == "choice" and (reason := next(hollow("choice", activity), "")):
        return _Dead(f"nobody can answer that, for {reason}", Severity.WARNING, may_be_viewed=True)
    if part.module != "quiz":
        return None
    if Effect.UNSTARTED in broken and not is_marked_by_hand(root, subject):
        return _untaken(broken[Effect.UNSTARTED])
    for found in breaking_a_quiz(root, subject):
        return _untaken(str(found.values["reason"]), found.severity)
    asked = (said(one, "questionbankentryid") for one in activity.iter("question_reference"))
    spoilt = subject.once(breaking_questions)
    surely = (min(found & spoilt.keys(), default="") for found in _surely_drawn(root, subject, spoilt))
    for entry in (one for one in (*asked, *surely) if one in spoilt):
        return _untaken(spoilt[entry], Severity.WARNING)
    return None


def _surely_drawn(root: etree._Element, subject: Subject, spoilt: Mapping[str, str]) -> Iterator[frozenset[str]]:
    """Yield of which questions a quiz draws so many that some of those with which no attempt starts are among them."""
    for found, count in drawn_by_chance(root, subject):
        if count > len(found - spoilt.keys()):
            yield found


def _untaken(reason: str, weight: Severity | None = None) -> _Dead:
    return _Dead(f"nobody can take that, for {reason}", weight, may_be_viewed=True)
