"""Reads the fields that name units: `MOD-305 HA & DR, architect PROJ-405, Modules 001-005, Linux essentials`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.model import Mention, References, Text
from coursewright.wording import is_placeholder

_DASH = "[-–—]"
_ID = re.compile(
    rf"\b(MOD|PROJ)-(\d{{1,9}})((?:/\d{{1,9}})*)(?:\s?{_DASH}\s?(?:(?:MOD|PROJ)-)?(\d{{1,9}}))?\b",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"\b(Module|Project)s?\s+(\d{{1,9}})((?:/\d{{1,9}})*)(?:\s?{_DASH}\s?(\d{{1,9}}))?\b",
    re.IGNORECASE,
)
_PREFIX_OF_WORD = {"module": "MOD", "project": "PROJ"}
_NOTHING = re.compile(r"(?:none|n/?a|nil|no prerequisites?|not applicable|nothing|[-–—]*)\.?$", re.IGNORECASE)
_JOINING = re.compile(r"^(?:and|or|&|plus)(?:\s+|$)|(?:^|\s+)(?:and|or|&|plus)$", re.IGNORECASE)
_LONGEST_RANGE = 200


def read_references(raw: Text) -> References:
    """Return what a `Prerequisites` or `Next` field names.

    Only commas and semicolons outside parentheses separate, since labels hold `&`, `and` and hyphens.
    """
    if is_placeholder(raw) and not _ID.search(raw):
        return References(raw, placeholder=True)
    mentions: list[Mention] = []
    text: list[str] = []
    for part in split_top_level(raw):
        if found := list(_mentions(part)):
            mentions += found
        elif not _NOTHING.match(part):
            text.append(part)
    return References(raw, tuple(mentions), tuple(text))


def read_placement(raw: Text) -> References:
    """Return the units a project stands after: those named before the first semicolon, for `feeds ...` follows it."""
    if is_placeholder(raw) and not _ID.search(raw):
        return References(raw, placeholder=True)
    before = raw.split(";", 1)[0]
    mentions = (Mention(id) for match in _matches(before) for id in _ids(match))
    return References(raw, tuple(dict.fromkeys(mentions)))


def ids_in(text: str) -> list[str]:
    """Return the ids of every unit that a text names, in order."""
    return [id for match in _matches(text) for id in _ids(match)]


def split_top_level(text: str) -> list[str]:
    """Return the parts of a text between commas and semicolons that stand outside parentheses."""
    parts, depth, begin = [], 0, 0
    for index, character in enumerate(text):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif character in ",;" and not depth:
            parts.append(text[begin:index])
            begin = index + 1
    parts.append(text[begin:])
    return [stripped for part in parts if (stripped := part.strip())]


def _mentions(part: str) -> Iterator[Mention]:
    """Yield the units one part names. A label follows its id, a qualifier goes before it."""
    matches = [match for match in _matches(part) if not _in_parentheses(part, match.start())]
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(part)
        label = _JOINING.sub("", part[match.end() : end].strip()).strip(" :–—-.")
        qualifier = _qualifier(part[: match.start()]) if index == 0 else ""
        for id in _ids(match):
            yield Mention(id, _unparenthesised(label), qualifier)


def _matches(text: str) -> list[re.Match[str]]:
    """Return the references in a text; an id is preferred to the words before it (`Modules MOD-101`)."""
    return sorted([*_ID.finditer(text), *_WORDS.finditer(text)], key=re.Match.start)


def _ids(match: re.Match[str]) -> list[str]:
    """Return every id of a reference: one, a range (`401–405`, `001-005`) or alternatives (`103/104`)."""
    prefix = _PREFIX_OF_WORD.get(match[1].lower(), match[1].upper())
    first, last = match[2], match[4]
    numbers = [first, *filter(None, match[3].split("/"))]
    if last and int(numbers[-1]) < int(last) <= int(numbers[-1]) + _LONGEST_RANGE:
        numbers += [str(number).zfill(len(first)) for number in range(int(numbers[-1]) + 1, int(last) + 1)]
    elif last:
        numbers.append(last)
    return [f"{prefix}-{number}" for number in numbers]


def _in_parentheses(text: str, position: int) -> bool:
    return text.count("(", 0, position) > text.count(")", 0, position)


def _qualifier(text: str) -> str:
    words = re.sub(r"\b(?:modules?|projects?|the|completion of|and|or)\b|&", " ", text, flags=re.IGNORECASE)
    return " ".join(words.split())


def _unparenthesised(label: str) -> str:
    wrapped = label.startswith("(") and label.endswith(")") and label.count("(") == 1
    return label[1:-1].strip() if wrapped else label
