"""What a document says of itself beside its text: its title, how long it takes, what it needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from coursewright.readers.folder.lines import HeadingLine, Lines, heading_lines
from coursewright.readers.quizzes.dialects.exams import heads_exercise, name_of_exercise
from coursewright.text.markdown.addresses import addresses
from coursewright.text.markdown.anchors import anchor_of
from coursewright.text.markdown.values import Text
from coursewright.text.names import normal

_ANCHORS = re.compile(r"\s*(?:\{(?:[:#.]|-(?=[\s#.}]))[^{}]*\}|\[\[[\w-]+\]\]|<a\b[^>]*>\s*</a>|<a\b[^>]*/>)\s*")
_ID = re.compile(r"\{[^{}]*#([\w:.-]+)[^{}]*\}\s*$")
_BEFORE = re.compile(r"\s*(?:$|!?\[|<|>|:::|---|\*\*\*|___|\||`{3}|\{|[*_]|\([\w-]+\)=$)")
_AMOUNT = r"(?P<{0}>\d{{1,4}}(?:[.,]\d{{1,2}})?)"
_HOURS = re.compile(
    rf"{_AMOUNT.format('hours')}\s*(?:[-–]\s*\d+\s*)?(?:h|hrs?|hours?|std|stunden?|heures?|horas?|ساعات|ساعة|時間)(?![a-z])",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    rf"(?:\d+\s*[-–]\s*)?{_AMOUNT.format('minutes')}\s*[-\s]?(?:m|min|mins|minutes?|minuten|minutos?|minuti"
    rf"|دقائق|دقيقة|分)(?![a-z])",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)(?::[0-5]\d)?$")
_ISO = re.compile(r"PT(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?$", re.IGNORECASE)
_BARE = re.compile(r"\d{1,4}(?:\.\d+)?$")
_IN_HEADING = re.compile(
    r"[(\[（]\s*(?:[^()\[\]]{0,20}\s)?(?P<time>[^()\[\]]*\d\s*(?:h|hrs?|hours?|m|mins?|minutes?|minuten|分"
    r"|時間)[^()\[\]]{0,12})[)\]）]",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"[\s>*_#⏱️⏰🕒⌛|-]*(?:(?:estimated|total|approximate|expected|approx\.?|reading|lesson|completion"
    r"|learning)\s+)*(?:time|duration|length|dauer|zeitbedarf|durée|temps"
    r"|duración|duração|المدة|الوقت|所要時間|学習時間)(?:\s+(?:to (?:complete|completion|read)|required|needed"
    r"|estimate))?[\s*_]*[:：|][\s*_|~≈]*(?P<time>.{1,40})",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"(?:estimated_?time(?:_in_minutes)?|minutes|(?:duration|time|length|timing)(?:_(?:in_)?minutes)?|reading_?time"
    r"|time_?required)$"
)
_NEEDS = re.compile(
    r"(?:prerequisites?|pre_?reqs?|requires?|required_(?:modules|lessons)|depends(?:_on.*)?|dependencies|needs"
    r"|after)$"
)
_NEED_TITLE = re.compile(
    r"(?:\d[\d ]*)?(?:course |module |lesson )?(?:pre ?requisites?|prereqs?|requirements?|required (?:knowledge"
    r"|modules|lessons)|before you (?:begin|start)"
    r"|what you (?:need|should know)(?: .{0,30})?|voraussetzungen|prérequis|pré requis|requisitos(?: previos)?"
    r"|pré requisitos|前提(?:条件|知識)?|vorkenntnisse|bevor (?:sie|du|ihr|es) .{1,20}|avant de commencer"
    r"|connaissances préalables"
    r"|antes de (?:empezar|comenzar|começar|iniciar)|conocimientos previos|conhecimentos prévios"
    r"|(?:ال)?متطلبات(?: (?:ال)?سابقة"
    r"| (?:ال)?مسبقة)?|قبل أن تبدأ|始める前に|はじめる前に|事前(?:準備|知識))"
)
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(?P<text>\S.*)$")
_STRONG = re.compile(r"\s*[*_]{2}(?P<title>[^*_]{3,60}?)[:：]?[*_]{2}[:：]?\s*(?P<rest>.*)$")
_LONGEST = 120


def title_of(lines: Lines, front: Mapping[str, Any], given: str, *, notebook: bool = False) -> tuple[Text, Lines]:
    """Return the title of a document, and its lines without the heading that is it.

    A heading that says something else than the title of the header stays.
    """
    named = _named(front) or given
    first = _title_heading(lines, notebook=notebook)
    if first and heads_exercise(first.title, lines):
        return Text(named or name_of_exercise(lines), 1), lines
    if not first:
        return Text(named, 1), lines
    found = Text(_ANCHORS.sub(" ", first.title).strip(), lines[first.index].line)
    if named and normal(found) != normal(named):
        return Text(named, 1), lines
    line = lines[first.index].line
    own = _ID.search(first.title)
    anchor = [Text(f'<a id="{own[1]}"></a>', line), Text("", line)] if own and own[1] != anchor_of(found) else []
    kept = [*lines[: first.index], *anchor, *lines[first.index + first.height :]]
    return (found or Text(named, 1)), kept


def _named(front: Mapping[str, Any]) -> str:
    lab = front.get("lab")
    for values in (front, lab if isinstance(lab, Mapping) else {}):
        value = values.get("title")
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return " ".join(str(value).split())
    return ""


def _title_heading(lines: Lines, *, notebook: bool) -> HeadingLine | None:
    """Return the heading that is a document's title: its first of level 1, or its very first if no other is so high."""
    listed = list(heading_lines(lines, notebook=notebook))
    first = next((one for one in listed if one.level == 1), None)
    if first:
        return first if first is listed[0] or not _has_text(lines[: first.index]) else None
    if not listed or any(one.level <= listed[0].level for one in listed[1:]):
        return None
    return None if any(not _BEFORE.match(line) for line in lines[: listed[0].index]) else listed[0]


def _has_text(lines: Iterable[str]) -> bool:
    return any(line.startswith("#") for line in lines)


def minutes_of(lines: Lines, front: Mapping[str, Any], *, notebook: bool = False) -> float | None:
    """Return how many minutes a document says that it takes, in its header, a heading, or a line at its beginning."""
    parts = [found for name in ("teaching", "exercises") if (found := minutes_in(front.get(name))) is not None]
    if parts:
        return sum(parts)
    lab = front.get("lab")
    for values in (front, lab if isinstance(lab, Mapping) else {}):
        for found in (minutes_in(value) for name, value in values.items() if _TIMES.match(_key(name))):
            if found is not None:
                return found
    for line in lines[:40]:
        if (told := _LINE.match(line)) and (found := minutes_in(told["time"].strip(" *_|"))) is not None:
            return found
    return _in_headings(heading_lines(lines, notebook=notebook))


def _key(name: object) -> str:
    """Return a key of front matter as it is compared."""
    return str(name).lower().lstrip("@").replace("-", "_")


def _in_headings(listed: Iterable[HeadingLine]) -> float | None:
    """Return the time that headings state: that of the highest level that states any, added up."""
    found: dict[int, float] = {}
    for one in listed:
        told = _IN_HEADING.search(one.title)
        minutes = minutes_in(told["time"]) if told else None
        if minutes is not None:
            found[one.level] = found.get(one.level, 0.0) + minutes
    return found[min(found)] if found else None


def minutes_in(value: Any) -> float | None:
    """Return the minutes that a value says: `30`, `1 hour 30 min`, `1:30`, `PT45M`; None where it says no time."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if 0 < value < 100_000 else None
    text = str(value).strip()
    if _BARE.match(text):
        return float(text) or None
    clock = _CLOCK.match(text) or _ISO.match(text)
    if clock:
        return float(int(clock["hours"] or 0) * 60 + int(clock["minutes"] or 0)) or None
    hours, minutes = _HOURS.search(text), _MINUTES.search(text)
    whole = (_number(hours["hours"]) * 60 if hours else 0.0) + (_number(minutes["minutes"]) if minutes else 0.0)
    return whole or None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def needs_of(lines: Lines, front: Mapping[str, Any], *, notebook: bool = False) -> tuple[Text, ...]:
    """Return what a document plainly names as prerequisites: addresses, ids and titles, of which some may be words."""
    found = [Text(one, 1) for name, value in front.items() if _NEEDS.match(_key(name)) for one in _listed(value)]
    listed = list(heading_lines(lines, notebook=notebook))
    for number, one in enumerate(listed):
        if _NEED_TITLE.fullmatch(normal(_ANCHORS.sub(" ", one.title))):
            end = next((each.index for each in listed[number + 1 :] if each.level <= one.level), len(lines))
            found += _under(lines[one.index + one.height : end])
    for line in lines[:60]:
        strong = _STRONG.match(line)
        if strong and _NEED_TITLE.fullmatch(normal(strong["title"])) and strong["rest"]:
            found += _in_text(strong["rest"], line.line)
    return tuple(dict.fromkeys(found))


def _listed(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for one in value for text in _listed(one)]
    if isinstance(value, Mapping):
        return [str(value[name]) for name in ("id", "slug", "path", "title", "name") if value.get(name)][:1]
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return []
    text = str(value)
    items = [found["text"] for line in text.split("\n") if (found := _ITEM.match(line))]
    if items:
        return [one.strip() for one in items]
    linked = [one.href for one in addresses(text) if not one.is_picture] if "](" in text else []
    return linked or [one.strip() for one in re.split(r"[,;\n]", text) if one.strip()]


def _under(lines: Lines) -> list[Text]:
    """Return what the lines of a section name: the links of its text, tables and lists, and short items without one."""
    found: list[Text] = []
    for line in lines:
        if line.startswith(("```", "~~~")):
            break
        item = _ITEM.match(line)
        found += _in_text(item["text"] if item else line, line.line, whole=bool(item))
    return found


def _in_text(text: str, line: int, *, whole: bool = True) -> list[Text]:
    linked = (
        [Text(one.href, line) for one in addresses(text) if not one.is_picture] if "](" in text or "<a" in text else []
    )
    return linked or ([Text(text.strip(), line)] if whole and len(text.strip()) <= _LONGEST else [])
