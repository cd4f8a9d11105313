"""Reads the fields that name units: `MOD-305 HA & DR, architect PROJ-405, Modules 001-005, Linux essentials`."""

from __future__ import annotations

import re

from coursewright.model import Mention, References, Text
from coursewright.wording import is_placeholder

_TO = r"(?:\s?(?:[-–—]|\.{2,3}|…)\s?|\s+(?:to|through|thru|until|bis)\s+)"
_MORE = r"(?:(?:/|\s+(?:and|&)\s+)\d{1,9}(?!\d|\s+(?!and\b)[a-z]))*"
_ID = re.compile(rf"\b(MOD|PROJ)-(\d{{1,9}})({_MORE})(?:{_TO}(?:(?:MOD|PROJ)-)?(\d{{1,9}}))?\b", re.IGNORECASE)
_WORDS = re.compile(rf"\b(Module|Project)s?\s+(\d{{1,9}})({_MORE})(?:{_TO}(\d{{1,9}}))?\b", re.IGNORECASE)
_NUMBERS = re.compile(rf"\d{{1,9}}{_MORE}(?:{_TO}\d{{1,9}})?$", re.IGNORECASE)
_MARKUP = re.compile(r"\[([^\[\]]*)\]\([^()]*\)|[`*]")
_PREFIX_OF_WORD = {"module": "MOD", "project": "PROJ"}
_NOTHING = re.compile(
    r"(?:none|no|n/?a|nil|no prerequisites?|not applicable|nothing"
    r"|keine?|aucune?|ningun[oa]|nessun[oa]|geen|[-–—]*)\.?$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(?:(?<=\s)|^)(?:and|plus)(?=\s|$)|&", re.IGNORECASE)
_NO_QUALIFIER = re.compile(
    r"\b(?:modules?|projects?|units?|the|completion|completed|of|from|and|or|track|role|finish(?:ed)?|see)\b|[^\w\s-]",
    re.IGNORECASE,
)
_LONGEST_RANGE = 200

# Wording that makes of a requirement something an "all of these" cannot say. \0 stands for a unit.
_MILDER = (
    r"recommended|optional(?:ly)?|suggested|ideally|prefer(?:ably|red)|helpful"
    r"|concurrent(?:ly)?|co-?requisites?|parallel"
)
_CONDITIONAL = re.compile(
    rf"^[^\0]*\b(?:{_MILDER}|not|except|unless|without|either|at least|any|one|two|or)\b[^\0]*\0"
    rf"|\0[^\w\0]*(?:or|oder|ou|unless|except|if|{_MILDER})\b|\b(?:or|oder|ou)\s+\0|\0\s*[/|]\s*\0"
    rf"|\0[^\0]*\([^()]*\b(?:{_MILDER})\b[^()]*\)|\0[^\0]*\b(?:exempt|waived?|unless|if)\b"
    r"|\0[^\0]*\bor\s+(?:an?\s+|some\s+)?(?:similar|equivalent|comparable|other|prior|relevant|same)\b",
    re.IGNORECASE,
)
# The beginning, and the last part, of a list that is a choice as a whole.
_CHOICE_OF = re.compile(
    rf"^\W*(?:(?:at least|any|one|two|\d+)\b[^\0]*\bof\b|(?:either|{_MILDER})\b)[^\0]*\0", re.IGNORECASE
)
_OR_LAST = re.compile(r"\b(?:or|oder|ou)\s+\0", re.IGNORECASE)


def read_prerequisites(raw: Text) -> References:
    """Return what must be complete before a unit.

    A choice or a mere recommendation (`MOD-10 or MOD-12`, `MOD-11 (recommended)`) is kept as words: no gate can say it.
    """
    parts: list[str] = []
    for group in _groups(raw):
        skeleton = [_skeleton(part) for part in group]
        choice = len(group) > 1 and (_CHOICE_OF.search(", ".join(skeleton)) or _OR_LAST.search(skeleton[-1]))
        parts += [", ".join(group)] if choice else group
    return _read(raw, parts, {part for part in parts if _is_conditional(part)})


def read_next(raw: Text) -> References:
    """Return where a unit leads to."""
    return _read(raw, [part for group in _groups(raw) for part in group], set())


def _read(raw: Text, parts: list[str], words: set[str]) -> References:
    if is_placeholder(raw) and not _ID.search(raw):
        return References(raw, placeholder=True)
    mentions: list[Mention] = []
    text: list[str] = []
    for part in parts:
        found, beside = _mentions(part) if part not in words else ([], [])
        mentions += found
        text += beside
        if not found and not _NOTHING.match(part):
            text.append(part)
    return References(raw, tuple(mentions), tuple(text))


def _groups(raw: str) -> list[list[str]]:
    """Return the parts of a field between commas, in groups between semicolons, without markup.

    A bare number belongs to the kind of unit named before it.
    """
    groups: list[list[str]] = []
    kind = ""
    for group in split_top_level(_MARKUP.sub(r"\1", raw), ";"):
        groups.append([])
        for part in split_top_level(group):
            if kind and _NUMBERS.match(part):
                part = f"{kind}-{part}"
            found = _matches(part)
            kind = _prefix(found[-1]) if found else kind
            groups[-1].append(part)
    return groups


def _is_conditional(part: str) -> bool:
    return bool(_CONDITIONAL.search(_skeleton(part))) or any(_runs_backwards(match) for match in _matches(part))


def _runs_backwards(match: re.Match[str]) -> bool:
    return bool(match[4]) and int(match[4]) < int(match[2])


def _skeleton(text: str) -> str:
    return _ID.sub("\0", _WORDS.sub("\0", text))


def read_placement(raw: Text) -> References:
    """Return the units a project stands after: those named before the first semicolon, for `feeds ...` follows it."""
    if is_placeholder(raw) and not _ID.search(raw):
        return References(raw, placeholder=True)
    before = raw.split(";", 1)[0]
    mentions = (Mention(id) for match in _matches(before) for id in _ids(match))
    return References(raw, tuple(dict.fromkeys(mentions)))


def split_top_level(text: str, separators: str = ",;") -> list[str]:
    """Return the parts of a text between separators that stand outside parentheses."""
    parts, depth, begin = [], 0, 0
    for index, character in enumerate(text):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif character in separators and not depth:
            parts.append(text[begin:index])
            begin = index + 1
    parts.append(text[begin:])
    return [stripped for part in parts if (stripped := part.strip())]


def _mentions(part: str) -> tuple[list[Mention], list[str]]:
    """Return the units one part names, and the requirements in words that are joined to them (`Python and MOD-101`).

    A qualifier goes before an id, a label follows it. Units in parentheses only annotate, unless the part names no
    other: `Foundations (MOD-101)`.
    """
    everywhere, depths = _matches(part), _depths(part)
    matches = [match for match in everywhere if not depths[match.start()]]
    if not matches:
        return [Mention(id) for match in everywhere for id in _ids(match)], []
    words, qualifier = _at_joint(part[: matches[0].start()])
    texts = [words]
    mentions: list[Mention] = []
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        gap = part[match.end() : following.start() if following else len(part)]
        label, rest = _at_joint(gap, at_start=following is None)
        mentions += [Mention(id, _label(label), _qualifier(qualifier)) for id in _ids(match)]
        qualifier = rest
    texts.append(qualifier)
    return mentions, [text for text in texts if _qualifier(text)]


def _at_joint(text: str, *, at_start: bool = False) -> tuple[str, str]:
    """Return what stands before and after the `and` in a text: one that opens the text, or the last one."""
    joints = [match for match in _JOINT.finditer(text) if not at_start or not text[: match.start()].strip()]
    if not joints:
        return (text, "") if at_start else ("", text)
    return text[: joints[-1].start()].strip(), text[joints[-1].end() :].strip()


def _label(text: str) -> str:
    return _unparenthesised(" ".join(text.split()).strip(" :–—-."))


def _depths(text: str) -> list[int]:
    """Return for each character how many parentheses are open around it."""
    depths, depth = [], 0
    for character in text:
        depth += character == "("
        depths.append(depth)
        depth = max(0, depth - (character == ")"))
    return depths


def _matches(text: str) -> list[re.Match[str]]:
    """Return the references in a text; an id is preferred to the words before it (`Modules MOD-101`)."""
    return sorted([*_ID.finditer(text), *_WORDS.finditer(text)], key=re.Match.start)


def _ids(match: re.Match[str]) -> list[str]:
    """Return every id of a reference: one, a range (`401–405`, `001-005`) or alternatives (`103/104`)."""
    prefix = _prefix(match)
    first, last = match[2], match[4]
    numbers = [first, *re.findall(r"\d+", match[3])]
    if last and int(numbers[-1]) < int(last) <= int(numbers[-1]) + _LONGEST_RANGE:
        numbers += [str(number).zfill(len(first)) for number in range(int(numbers[-1]) + 1, int(last) + 1)]
    elif last:
        numbers.append(last)
    return [f"{prefix}-{number}" for number in numbers]


def _prefix(match: re.Match[str]) -> str:
    return _PREFIX_OF_WORD.get(match[1].lower(), match[1].upper())


def _qualifier(text: str) -> str:
    """Return the words before an id that may name a track: `senior architect track` is `senior architect`."""
    return " ".join(_NO_QUALIFIER.sub(" ", re.sub(r"['’]s\b", "", text)).split())


def _unparenthesised(label: str) -> str:
    wrapped = label.startswith("(") and label.endswith(")") and label.count("(") == 1
    return label[1:-1].strip() if wrapped else label
