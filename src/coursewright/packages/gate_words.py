"""Gates in words: what must hold before an entry opens, and what else happens to it, for people and for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coursewright.course.gates import (
    NEVER,
    OPEN,
    OWN_GROUPING,
    All,
    Any,
    AtLeast,
    Belongs,
    Condition,
    Date,
    Done,
    Foreign,
    Gate,
    Not,
    Profile,
    Score,
    Status,
    Unknown,
    each,
)
from coursewright.course.outline import OFF_MENU, SKIPPED, Outline, Rule
from coursewright.frozen import frozen
from coursewright.packages.words import clipped, number

_LONGEST, _MOST_NAMED = 200, 6
_ALL_OF, _ANY_OF = "all of", "any of"
_JOINED = {_ALL_OF: " and ", _ANY_OF: " or "}
# What is said of an entry that has a status, and of one that has not.
_STATUSES: Mapping[Status, tuple[str, str]] = {
    Status.DONE: ("is complete", "is not complete"),
    Status.COMPLETED: ("is complete", "is not complete"),
    Status.ATTEMPTED: ("was attempted", "was not attempted"),
    Status.JUDGED: ("has a success status", "has no success status"),
    Status.TRACKED: ("has a completion status", "has no completion status"),
    Status.OUT_OF_ATTEMPTS: ("has no attempts left", "has attempts left"),
    Status.OUT_OF_TIME: ("has no time left", "has time left"),
    Status.OUT_OF_SEASON: ("is out of its time", "is in its time"),
}
# What happens to an entry while something holds, and what if that is always so.
_EFFECTS: Mapping[str, tuple[str, str]] = {
    SKIPPED: ("is skipped while", "is always skipped"),
    OFF_MENU: ("is not in the menu while", "is never in the menu"),
}
_FIELDS: Mapping[str, str] = {
    "email": "e-mail address",
    "firstname": "first name",
    "lastname": "last name",
    "idnumber": "ID number",
    "phone1": "phone",
    "phone2": "mobile phone",
}
_COMPARISONS: Mapping[str, str] = {
    "isequalto": "is “{}”",
    "contains": "contains “{}”",
    "doesnotcontain": "does not contain “{}”",
    "startswith": "begins with “{}”",
    "endswith": "ends with “{}”",
    "isempty": "is empty",
    "isnotempty": "is not empty",
}


@frozen
class Phrase:
    """A condition in words: `what` is said of the entry `of`, or is all of it; with parts, how many of them hold."""

    what: str
    of: str = ""
    parts: tuple[Phrase, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return it as the stable JSON shape of `inspect --output json`."""
        parts = {"parts": [part.as_json() for part in self.parts]} if self.parts else {}
        return {"of": self.of, "what": self.what, **parts}


def titles_of(outline: Outline) -> dict[str, str]:
    """Return the titles of entries by their identifiers."""
    return {entry.identifier: entry.title for entry, _ in outline.walk()}


def in_words(gate: Gate, titles: Mapping[str, str], own: str = "") -> str:
    """Return a gate in words, that of the entry `own` if given: what holds for several entries is said once."""
    return clipped(" and ".join(_told(phrases(gate), titles, own)), 3 * _LONGEST)


def rules_in_words(rules: Iterable[Rule], titles: Mapping[str, str]) -> str:
    """Return in words what happens to an entry without locking it."""
    return "; ".join(f"{effect_of(rule)} {in_words(rule.gate, titles)}".strip() for rule in rules)


def effect_of(rule: Rule) -> str:
    """Return in words what happens to an entry, up to the conditions."""
    return _EFFECTS[rule.effect][rule.gate == OPEN]


def phrases(gate: Gate) -> tuple[Phrase, ...]:
    """Return what must hold in words, each alone where all must."""
    return tuple(map(_phrase, each(gate)))


# --- conditions ---


def _phrase(gate: Gate) -> Phrase:
    match gate:
        case All() | Any():
            return _group(gate, _ALL_OF if isinstance(gate, All) else _ANY_OF)
        case AtLeast(count, parts):
            return Phrase(f"at least {count} of", parts=tuple(map(_phrase, parts)))
        case Not(All() | Any() as inner):
            return _group(inner, "not all of" if isinstance(inner, All) else "none of")
        case Not(Done() | Foreign() | Score(in_percent=False) as inner):
            return _condition(inner, holds=False)
        case Not(inner):
            return Phrase("none of", parts=(_phrase(inner),))
        case _:
            return _condition(gate, holds=True)


def _group(gate: All | Any, what: str) -> Phrase:
    if not gate.parts:
        return Phrase("never" if gate == NEVER else "always")
    return Phrase(what, parts=tuple(map(_phrase, gate.parts)))


def _condition(found: Condition, holds: bool) -> Phrase:
    match found:
        case Done(of, status, objective):
            usual = f"is {status}", f"is not {status}"
            return _of(of, objective, _STATUSES.get(status, usual)[not holds])
        case Score(of, objective=objective):
            if not found.of_course:
                return _of(of, objective, _grade(found) if found.in_percent else _measure(found, holds))
            name = f"“{of}”" if of else "the total of the course"
            return Phrase(f"{name} is {_percentages(found) or 'graded'}")
        case Foreign(kind, of, objective) if of or objective:
            return _of(of, objective, f"is {'' if holds else 'not '}{kind}")
        case _:
            return Phrase(_alone(found))


def _alone(found: Date | Belongs | Profile | Foreign | Unknown) -> str:
    """Return in words a condition that is of no entry."""
    match found:
        case Date(moment, before):
            when = moment if isinstance(moment, str) else moment.strftime("%Y-%m-%d %H:%M UTC")
            return f"it is before {when}" if before else f"it is {when} or later"
        case Belongs():
            return _belonging(found)
        case Profile():
            return _profile(found)
        case Unknown(words):
            return f"what cannot be read: {words}" if words else "what cannot be read"
        case Foreign(kind):
            return f"a condition of the type “{clipped(kind, 40)}” holds, which is not understood"


def _of(of: str, objective: str, what: str) -> Phrase:
    return Phrase(f"the objective {objective} {what}") if objective and not of else Phrase(what, of)


def _measure(score: Score, holds: bool) -> str:
    """Return what a score is of those of SCORM: above something, or below it."""
    if score.minimum is None and score.maximum is None:
        return "has a score" if holds else "has no score"
    is_above = (score.minimum is not None) is holds
    bound = score.maximum if score.minimum is None else score.minimum
    words = ("above", "of at most") if score.strict else ("of at least", "below")
    return f"has a score {words[not is_above]} {_number(bound)}"


def _grade(score: Score) -> str:
    bounds = _percentages(score)
    return f"has a grade {'of ' if bounds.startswith('at least') else ''}{bounds}".strip()


def _percentages(score: Score) -> str:
    bounds = ("at least", score.minimum), ("below", score.maximum)
    return " and ".join(f"{word} {_number(bound)} %" for word, bound in bounds if bound is not None)


def _number(bound: float | str | None) -> str:
    return number(str(bound))


def _profile(found: Profile) -> str:
    value = clipped(found.value, 80)
    known = _COMPARISONS.get(found.comparison)
    comparison = known.format(value) if known else f"{found.comparison} “{value}”"
    return f"the learner's {_FIELDS.get(found.field, clipped(found.field, 60))} {clipped(comparison)}"


def _belonging(found: Belongs) -> str:
    if found.kind == OWN_GROUPING:
        return "the learner is in a group of the activity's grouping"
    if not found.of:
        return "the learner is in any group"
    shown = f"“{clipped(found.of, 80)}”" if found.by_name else f"{found.of} (which is not there)"
    return {
        "group": f"the learner is in the group {shown}",
        "grouping": f"the learner is in a group of the grouping {shown}",
        "role": f"the learner has the role {shown}",
    }[found.kind]


# --- sentences ---


def _told(phrases: Iterable[Phrase], titles: Mapping[str, str], own: str) -> list[str]:
    by_what: dict[str, list[str]] = {}
    for phrase in phrases:
        if phrase.parts:
            by_what[_combined(phrase, titles, own)] = []
        else:
            by_what.setdefault(phrase.what, []).append(_named(phrase.of, titles, own))
    return [_said(what, names) for what, names in by_what.items()]


def _combined(phrase: Phrase, titles: Mapping[str, str], own: str) -> str:
    parts = [
        f"({_combined(part, titles, own)})" if part.parts else " and ".join(_told([part], titles, own))
        for part in phrase.parts
    ]
    joined = _JOINED.get(phrase.what)
    return joined.join(parts) if joined else f"{phrase.what}: {'; '.join(parts)}"


def _named(identifier: str, titles: Mapping[str, str], own: str) -> str:
    if not identifier:
        return ""
    if identifier not in titles:
        return f"“{clipped(identifier, 80)}” (which is not there)"
    return f"“{clipped(titles[identifier], 80)}”{' (itself)' if identifier == own else ''}"


def _said(what: str, names: list[str]) -> str:
    named = list(filter(None, names))
    if len(named) > _MOST_NAMED:
        named = [*named[: _MOST_NAMED - 1], f"{len(named) - _MOST_NAMED + 1} others"]
    if len(named) > 1:
        what = what.replace("is ", "are ", 1).replace("has ", "have ", 1).replace("was ", "were ", 1)
    return f"{', '.join(named[:-1])}{' and ' if len(named) > 1 else ''}{named[-1]} {what}" if named else what
