"""What may stand in a field of a document: values that say of a text how it breaches them, in words."""

from __future__ import annotations

import math
import re
from datetime import date
from ipaddress import ip_network
from typing import Protocol

from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.switches import says_yes
from coursewright.text.names import nearest_of

_NUMBER = re.compile(r"\s*[+-]?(\d{1,18}(\.\d*)?|\.\d{1,18})([eE][+-]?\d{1,2})?\s*", re.ASCII)
# A number with nothing, a sign, a word or noughts behind it that change nothing of it, as minutes do.
_BEGUN = re.compile(
    r"[+-]?(?:\d{1,18}(?:\.\d*|,00?)?|\.\d{1,18})(?:e[+-]?\d{1,2})?(?:\s*(?:%|min(?:ute)?s?|p(?:oin)?ts?))?", re.I
)
_WHOLE = re.compile(r"[+-]?\d{1,40}")
_WITHIN = re.compile(r"data:[^\"'\s<>]*")  # a picture in its own address
_LEADING = re.compile(r"\s*([+-]?(?:\d{1,40}(?:\.\d*)?|\.\d{1,40})(?:[eE][+-]?\d{1,2})?)(.*)", re.DOTALL)
_SHOWN = 40  # characters of a value, in a finding
_YES, _NO = ("true", "t", "yes", "y", "1"), ("false", "f", "no", "n", "0", "off", "none", "never", "disabled")
_SPELT = ("true", "yes", "false")  # words that are long enough to be known when they are spelt wrong


# A day in figures, as year-month-day, day-month-year or without anything between, and what comes after it.
_DAYS = (
    re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)(?P<rest>.*)", re.DOTALL),
    re.compile(r"(?P<d>\d{1,2})([-/.])(?P<m>\d{1,2})\2(?P<y>\d{4})(?!\d)(?P<rest>.*)", re.DOTALL),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?P<rest>(T?\d{4}(\d{2})?)?(Z|[+-]\d{2}:?\d{2})?)"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\b", re.IGNORECASE)
_YEARS = range(1970, 2101)  # in which courses are given
_LEAP = 2000  # a year that has every day
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


def moment_of(text: str) -> str:
    """Return a time that is written in figures as one that compares as a text; "" for what is none."""
    found = _day_in(text)
    if found is None or not _is_moment(text):
        return ""
    hour, minute, second = _clock_in(found["rest"])
    is_afternoon = "pm" in found["rest"].lower() and _CLOCK.search(found["rest"]) is not None and hour < 12
    day = f"{int(found['y']):04}-{int(found['m']):02}-{int(found['d']):02}"
    return f"{day}T{hour + 12 * is_afternoon:02}:{minute:02}:{second:02}"


def _day_in(text: str) -> re.Match[str] | None:
    return next(filter(None, (form.fullmatch(text) for form in _DAYS)), None)


def _clock_in(text: str) -> tuple[int, int, int]:
    """Return the hour, minute and second that a text says, or 0."""
    clock = _CLOCK.search(text)
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    return hour, minute, second


def _is_moment(text: str) -> bool:
    """Say whether a text names a day of the calendar, and no time that no clock shows."""
    found = _day_in(text)
    hour, minute, second = _clock_in(text if found is None else found["rest"])
    is_shown = max(minute, second) < 60 and (hour < 24 or (hour, minute, second) == (24, 0, 0))
    return is_shown and (_is_day_in_words(text) if found is None else _is_day(*map(int, found.group("y", "m", "d"))))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_day_in_words(text: str) -> bool:
    """Say whether a text names a month by its name, and a day that this month has, if any."""
    month, said = _MONTH.search(text), re.findall(r"\d{1,6}", _CLOCK.sub("", text))
    day = next((int(number) for number in said if len(number) < 3), 1)
    return bool(month and said) and _is_day(_LEAP, _MONTHS.index(month[1].lower()) + 1, day) if month else False


class Bound(Protocol):
    """What may stand in a field, if there is one: in words, and how a text breaches it, "" where it does not."""

    @property
    def told(self) -> str: ...

    def breach(self, text: str | None) -> str: ...


@frozen
class Length:
    """At most so many characters."""

    most: int

    @property
    def told(self) -> str:
        return f"at most {self.most} characters"

    def breach(self, text: str | None) -> str:
        is_longer = text is not None and len(text) > self.most
        return f"has {len(text or '')} characters, and there is room for {self.most}" if is_longer else ""


@frozen
class HtmlLength:
    """At most so many characters of HTML, without the pictures that are written into it."""

    most: int

    @property
    def told(self) -> str:
        return f"at most {self.most} characters"

    def breach(self, text: str | None) -> str:
        is_longer = text is not None and len(text) > self.most
        return Length(self.most).breach(_WITHIN.sub("", text or "")) if is_longer else ""


# Words for one thing, of which each document has its own: what learners see, and a quiz that counts.
_ALIKE = (("active", "published", "available"), ("assignment", "graded", "graded_quiz", "quiz"))


@frozen
class OneOf:
    """One of several values, or nothing; `exact` where blanks around it count. What is `spared` does no harm, and is
    nothing to write, either."""

    values: tuple[str, ...]
    exact: bool = False
    spared: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        return "one of " + ", ".join(self.values)

    def breach(self, text: str | None) -> str:
        value = text if self.exact and text else (text or "").strip()
        if not value.strip() or value.removeprefix("+") in self.values or value in (*self.values, *self.spared):
            return ""
        meant = self.meant(value[:_SHOWN])
        near = f"; did you mean '{meant}'?" if meant else ""
        return f"is '{value[:_SHOWN]}', which is none of its values{near}"

    def meant(self, value: str) -> str:
        """Return the value that another is probably meant for; "" for none."""
        own = {word: one for alike in _ALIKE for one in self.values if one in alike for word in alike}
        meant = nearest_of(value.strip(), (*self.values, *own))
        return meant if meant in self.values else own.get(meant, "")


@frozen
class SomeOf:
    """Values of a list, between commas; `exact` where blanks around them count."""

    values: tuple[str, ...]
    exact: bool = False

    @property
    def told(self) -> str:
        return "a list of " + ", ".join(self.values)

    def breach(self, text: str | None) -> str:
        return next(filter(None, map(OneOf(self.values, self.exact).breach, (text or "").split(","))), "")


@frozen
class Switch:
    """Yes or no in a word that is read as it is meant: whatever has a t, a y or a 1 in it is read as yes."""

    told = "one of true, false"

    def breach(self, text: str | None) -> str:
        value = (text or "").strip().lower()
        if not value or value in (_YES if says_yes(value) else _NO):
            return ""
        return f"is '{value[:_SHOWN]}', which is neither true nor false"

    def is_read_as_meant(self, text: str | None) -> bool:
        """Say whether a word that is spelt wrong is read as what it was probably meant for."""
        value = (text or "").strip().lower()[:_SHOWN]
        meant = nearest_of(value, _SPELT) if len(value) > 2 else ""
        return bool(meant) and (meant in _YES) == says_yes(value)


@frozen
class Number:
    """A number, or nothing."""

    told = "a number"
    form = _NUMBER

    def breach(self, text: str | None) -> str:
        value = (text or "").strip()
        return f"is '{value[:_SHOWN]}', which is not a number" if value and not self.form.fullmatch(value) else ""


@frozen
class Begun(Number):
    """What begins with a number, if with a unit behind it, or nothing."""

    form = _BEGUN


@frozen
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


@frozen
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


@frozen
class NotBlank:
    """Something, or nothing, but no mere blanks."""

    told = "may be empty, may not be blank"

    def breach(self, text: str | None) -> str:
        return "consists of blanks" if text and not text.strip() else ""


@frozen
class Leading:
    """What begins with a whole number of eight bytes, or nothing: something is added to that number."""

    told = f"begins with a whole number up to {2**63 - 1}"

    def breach(self, text: str | None) -> str:
        if not text:
            return ""
        found = _LEADING.fullmatch(text)
        if found is None:
            return f"is '{text.strip()[:_SHOWN]}', which does not begin with a number"
        if not float(found[1]).is_integer() or abs(float(found[1])) >= 2**63:
            return f"is {found[1][:_SHOWN]}, which is not a whole number of eight bytes"
        return ""


@frozen
class Alone:
    """What begins with a number has nothing behind it."""

    told = "has nothing behind its number"

    def breach(self, text: str | None) -> str:
        found = _LEADING.fullmatch(text or "")
        is_more = found is not None and bool(found[2].strip())
        return f"is '{(text or '').strip()[:_SHOWN]}', which is more than a number" if is_more else ""


@frozen
class Matching:
    """A text of a form, which words tell."""

    form: re.Pattern[str]
    told: str

    def breach(self, text: str | None) -> str:
        if text is None or self.form.fullmatch(text):
            return ""
        return f"is '{text[:_SHOWN]}', which is not {self.told}" if text else "is empty"


@frozen
class Moment:
    """A date or a time, or nothing; importers forgive much, but not what has no day."""

    told = "a time, such as 2026-01-31T10:00:00"

    def breach(self, text: str | None) -> str:
        value = (text or "").strip()
        return f"is '{value[:_SHOWN]}', which is not a time" if value and not _is_moment(value) else ""


@frozen
class Lately:
    """A time, if it is one that is written in figures, in a year in which courses are given."""

    told = f"a time in a year from {_YEARS[0]} to {_YEARS[-1]}"

    def breach(self, text: str | None) -> str:
        moment = moment_of((text or "").strip())
        return f"is in the year {int(moment[:4])}" if moment and int(moment[:4]) not in _YEARS else ""


@frozen
class Networks:
    """Addresses of computers or of networks, between commas."""

    told = "IP addresses or networks, such as 192.0.2.0/24"

    def breach(self, text: str | None) -> str:
        for part in filter(None, (part.strip() for part in (text or "").split(","))):
            try:
                ip_network(part, strict=False)
            except ValueError:
                return f"has '{part[:_SHOWN]}', which is not an IP address"
        return ""


@frozen
class There:
    """It is there, if only empty."""

    told = "must be there, may be empty"

    def breach(self, text: str | None) -> str:
        return "is missing" if text is None else ""


@frozen
class Written(There):
    """It is there, if only to stand for nothing at all."""

    told = "must be there"


@frozen
class Filled:
    """It is there, and something is in it."""

    told = "must not be empty"

    def breach(self, text: str | None) -> str:
        return "" if text else "is missing" if text is None else "is empty"


@frozen
class Readable(Filled):
    """It is there, and something can be read in it."""

    told = "must not be blank"

    def breach(self, text: str | None) -> str:
        return Filled().breach(text and text.strip())


@frozen
class Given:
    """Something, if only empty, where it is there at all."""

    told = "may be missing, may not stand for nothing"

    def breach(self, text: str | None) -> str:
        return "stands for nothing, which is not allowed" if text is None else ""
