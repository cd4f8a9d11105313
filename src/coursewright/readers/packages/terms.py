"""What is set for graded work: when it opens, is due and closes; how often and how long it may be tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from math import inf

from coursewright.course.outline import Setting
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.text.patterns import later

_OPENS, _DUE, _CLOSES = "opens", "due", "closes"
_ATTEMPTS, _TIME = "attempts allowed", "time limit"
_NO_LIMIT, _ANY_TIME = "no limit", "no date"
_MOMENT = later(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00(?:\.0+)?)?Z?")
# What the document of an activity of Moodle calls these, whichever module it is of.
_MOODLE: Mapping[str, str] = {
    **dict.fromkeys(("allowsubmissionsfromdate", "timeopen", "available", "timeavailablefrom"), _OPENS),
    "duedate": _DUE,
    **dict.fromkeys(("cutoffdate", "timeclose", "deadline", "timeavailableto"), _CLOSES),
    "submissionstart": "opens for submissions",
    "submissionend": "closes for submissions",
    "assessmentstart": "opens for assessments",
    "assessmentend": "closes for assessments",
}
_MOODLE_ATTEMPTS = ("attempts_number", "maxattempts", "maxattempt")
MOODLE_TERMS = (*_MOODLE, *_MOODLE_ATTEMPTS, "timelimit")
"""The elements of Moodle's activities that say such things."""
CANVAS_TERMS = ("unlock_at", "due_at", "lock_at", "allowed_attempts", "time_limit")
"""Those of Canvas's quizzes and assignments."""
_UNLIMITED = ("", "0", "-1")
_WRITTEN = "%Y-%m-%d %H:%M UTC"
_NUMBER = later(r"\d{1,12}(?:\.\d{1,12})?(?= min$|$)")


def moodle_terms(said: Callable[[str], str], kind: str) -> Iterator[Setting]:
    """Yield what the document of an activity says, by the names of its elements."""
    for name, words in _MOODLE.items():
        yield _date(words, _since_1970(said(name)))
    for name in _MOODLE_ATTEMPTS:
        words = "attempts allowed at a question" if kind == "lesson" else _ATTEMPTS
        yield _amount(words, _limited(said(name)))
    yield _amount(_TIME, _seconds(said("timelimit")))


def canvas_terms(found: QuizSettings | AssignmentSettings) -> Iterator[Setting]:
    """Yield what the settings of a quiz or an assignment say."""
    yield _date(_OPENS, _moment(found.unlock_at))
    yield _date(_DUE, _moment(found.due_at))
    yield _date(_CLOSES, _moment(found.lock_at))
    attempts, minutes = dict(found.others).get("allowed_attempts", ""), ""
    if isinstance(found, QuizSettings):
        attempts, minutes = found.allowed_attempts, found.time_limit
    usual = "1" if isinstance(found, QuizSettings) else _NO_LIMIT
    yield _amount(_ATTEMPTS, _limited(attempts) if attempts else usual, usual)
    yield _amount(_TIME, _NO_LIMIT if minutes in _UNLIMITED else f"{minutes} min")


def told(found: Iterator[Setting]) -> tuple[Setting, ...]:
    """Return settings without what is as usual, and of those of one name the first."""
    named: dict[str, Setting] = {}
    for one in found:
        if one.value != one.usual:
            named.setdefault(one.name, one)
    return tuple(named.values())


def _date(words: str, value: str) -> Setting:
    """Return a date: the later the better for learners, but where something opens; none is the best."""
    opens = words.startswith(_OPENS)
    return Setting(words, value, _ANY_TIME, _room_of_date(value, -1 if opens else 1), inf)


def _room_of_date(value: str, sign: int) -> float | None:
    if value == _ANY_TIME:
        return inf
    try:
        return sign * datetime.strptime(value, _WRITTEN).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None


def _amount(words: str, value: str, usual: str = _NO_LIMIT) -> Setting:
    """Return attempts, or minutes: the more the better for learners."""
    return Setting(words, value, usual, _room_of(value), _room_of(usual))


def _room_of(value: str) -> float | None:
    if value == _NO_LIMIT:
        return inf
    found = _NUMBER.match(value)
    return float(found[0]) if found else None


def _limited(text: str) -> str:
    return _NO_LIMIT if text in _UNLIMITED else text


def _since_1970(text: str) -> str:
    if text in _UNLIMITED:
        return _ANY_TIME
    try:
        return datetime.fromtimestamp(int(text), UTC).strftime(_WRITTEN)
    except (ValueError, OverflowError, OSError):
        return text


def _moment(text: str) -> str:
    found = _MOMENT.fullmatch(text)
    return f"{found[1]} {found[2]} UTC" if found else text or _ANY_TIME


def _seconds(text: str) -> str:
    if text in _UNLIMITED:
        return _NO_LIMIT
    return f"{int(text) / 60:g} min" if text.isdecimal() and len(text) < 12 else text
