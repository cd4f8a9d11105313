"""What a package says, in words that fit a line and move no cursor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from coursewright.course.outline import ALL_OF, ANY_OF, Condition, Outline, Rule
from coursewright.packages.files.names import printable

_LONGEST = 200
_MOST_NAMED = 6
_JOINED = {ALL_OF: " and ", ANY_OF: " or "}
_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?"
)
_SPANS = ("year", "month", "week", "day", "hour", "minute", "second")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z?")


def titles_of(outline: Outline) -> dict[str, str]:
    """Return the titles of entries by their identifiers."""
    return {entry.identifier: entry.title for entry, _ in outline.walk()}


# --- conditions ---


def in_words(gate: Iterable[Condition], titles: Mapping[str, str], own: str = "") -> str:
    """Return a gate in words, that of the entry `own` if given: what holds for several entries is said once."""
    return clipped(" and ".join(_phrases(gate, titles, own)), 3 * _LONGEST)


def rules_in_words(rules: Iterable[Rule], titles: Mapping[str, str]) -> str:
    """Return in words what happens to an entry without locking it."""
    return "; ".join(f"{rule.what} {in_words(rule.conditions, titles)}".strip() for rule in rules)


def _phrases(gate: Iterable[Condition], titles: Mapping[str, str], own: str) -> list[str]:
    by_what: dict[str, list[str]] = {}
    for condition in gate:
        if condition.parts:
            by_what[_combined(condition, titles, own)] = []
        else:
            by_what.setdefault(condition.what, []).append(_named(condition.of, titles, own))
    return [_said(what, names) for what, names in by_what.items()]


def _combined(condition: Condition, titles: Mapping[str, str], own: str) -> str:
    parts = [
        f"({_combined(part, titles, own)})" if part.parts else " and ".join(_phrases([part], titles, own))
        for part in condition.parts
    ]
    joined = _JOINED.get(condition.what)
    return joined.join(parts) if joined else f"{condition.what}: {'; '.join(parts)}"


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


def hidden_word(is_canvas: bool, whole: bool = False) -> str:
    """Return how an entry that learners do not see is called: in Canvas, where it can be published, as it is there."""
    return "unpublished" if is_canvas else "hidden from learners" if whole else "hidden"


# --- times and sizes ---


def duration(text: str) -> str:
    """Return a duration such as `PT1H30M` for people; as it is written where it is none."""
    found = _DURATION.fullmatch(text)
    spans = [f"{int(count)} {span}{'' if int(count) == 1 else 's'}" for count, span in _spans(found) if int(count)]
    return " ".join(spans) or text


def _spans(found: re.Match[str] | None) -> Iterable[tuple[str, str]]:
    return [(count[:9], span) for count, span in zip(found.groups(), _SPANS, strict=True) if count] if found else []


def moment(text: str) -> str:
    """Return a moment of Canvas, such as `2019-09-01T04:00:00`, for people; as it is written where it is none."""
    found = _MOMENT.fullmatch(text)
    return f"{found[1]} {found[2]} UTC" if found else text


def moment_of(seconds: object) -> str:
    """Return a moment that is counted in seconds since 1970 for people; the number where it is none."""
    try:
        return datetime.fromtimestamp(int(str(seconds)), UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def number(text: str) -> str:
    """Return a number without the zeros at its end."""
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


def shown_size(size: int) -> str:
    """Return a number of bytes for people."""
    if size < 1024:
        return f"{size} bytes"
    return f"{size / 1024:.1f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def clipped(text: str, longest: int = _LONGEST) -> str:
    """Return what a stranger wrote so that it fits a line, and moves no cursor."""
    text = printable(" ".join(text[: 2 * longest].split()))
    return text if len(text) <= longest else f"{text[:longest]} …"
