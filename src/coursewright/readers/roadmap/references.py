"""Reads the fields that name units: `MOD-305 HA & DR, architect PROJ-405, Modules 001-005, Linux essentials`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coursewright.course.values import Mention, References
from coursewright.readers.roadmap.choices import is_a_choice, only_points, opens_the_other_half
from coursewright.readers.roadmap.matches import AND, MORE, TO, Reference, matches, skeleton
from coursewright.readers.roadmap.requirements import (
    NOTHING_KNOWN,
    Known,
    Meaning,
    is_plain,
    meaning,
    names_a_track,
    without_held,
    words,
)
from coursewright.readers.roadmap.signs import held_titles, plain_signs, split_top_level, without_markup
from coursewright.text.markdown.values import Text
from coursewright.text.patterns import later
from coursewright.text.phrases import is_placeholder

_NUMBERS = later(rf"\d{{1,9}}{MORE}(?:{TO}\d{{1,9}})?$", re.IGNORECASE)
_STRUCK = later(
    r"<!--.*?(?:-->|$)|~~(?=\S).{0,2000}?~~|<(?P<tag>del|s|strike)\b[^<>]{0,200}>.{0,2000}?</(?P=tag)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETS = later(r"[()\[\]\s,.]*$")
_NO_LINK = later(r"(?![+·・]$)[^\w\s,()]+$")
_ONWARDS = frozenset(
    {"above", "beyond", "following", "higher", "later", "more", "not", "onwards", "or", "others", "up"}
)
_NOTHING = later(
    r"(?:none|no|n/?a|nil|no prerequisites?|not applicable|nothing"
    r"|keine?|aucune?|néant|ningun[oa]|ningún|nessun[oa]|geen|nenhuma?|brak|inga|ingen|ei mitään|žádné"
    r"|нет|なし|无|無|없음|لا يوجد|אין"
    r"|[-–—]*)\.?$",
    re.IGNORECASE,
)
_JOINT = later(rf"(?:(?<=\s)|^)(?:{AND}|plus|sowie|και|dan|và|与|和)(?=\s|$)|&", re.IGNORECASE)
_NO_QUALIFIER = later(
    r"\b(?:modules?|projects?|units?|the|completion|completed|of|from|and|or|track|role|finish(?:ed)?|see)\b|[^\w\s-]",
    re.IGNORECASE,
)

# Wording that makes of a requirement something an "all of these" cannot say. \0 stands for a unit.
_MILDER = (
    r"recommended|optional(?:ly)?|suggested|ideally|prefer(?:ably|red)|helpful"
    r"|concurrent(?:ly)?|co-?requisites?|parallel"
)
_CONDITIONAL = later(
    rf"^[^\0]*\b(?:{_MILDER}|not|except|unless|without|either|at least|any|one|two|or)\b[^\0]*\0"
    rf"|\0[^\w\0]*(?:or|oder|ou|unless|except|if|{_MILDER})\b|\b(?:or|oder|ou)\s+\0|\0\s*[/|]\s*\0"
    rf"|\0[^\0]*\([^()]*\b(?:{_MILDER})\b[^()]*\)|\0[^\0]*\b(?:exempt|waived?|unless|if)\b"
    r"|\0[^\0]*\bor\s+(?:an?\s+|some\s+)?(?:similar|equivalent|comparable|other|prior|relevant|same)\b",
    re.IGNORECASE,
)
# The beginning, and the last part, of a list that is a choice as a whole.
_CHOICE_OF = later(rf"^\W*(?:(?:at least|any|one|two|\d+)\b[^\0]*\bof\b|(?:either|{_MILDER})\b)[^\0]*\0", re.IGNORECASE)
_OR_LAST = later(r"\b(?:or|oder|ou)\s+\0", re.IGNORECASE)


def read_prerequisites(raw: Text, known: Known = NOTHING_KNOWN, *, doubted: bool = False) -> References:
    """Return what must be complete before a unit: locks where they are plainly meant, and words for the rest.

    A choice or a mere recommendation (`MOD-10 or MOD-12`, `MOD-11 (recommended)`) is kept as words: no gate can say it.
    What is struck out or in a comment is not said. A condition (`MOD-10 with at least 70%`) stays beside its lock.
    """
    said = " ".join(_STRUCK.sub(" ", raw).split()) if _STRUCK.search(raw) else str(raw)
    said, titles = held_titles(without_markup(known.spelt(plain_signs(said))), known)
    struck = tuple(found[0] for found in _STRUCK.finditer(raw) if words(found[0]))
    if is_placeholder(said) and not matches(said, known):
        return References(raw, placeholder=True, struck=struck)
    groups = _groups(said, known)
    doubted = doubted or _opens_in_doubt(groups, known) or is_a_choice([said], known) or only_points(said, known)
    if not doubted and _is_one_choice(groups, known):
        groups, doubted = [["; ".join(", ".join(group) for group in groups)]], True
    mentions: list[Mention] = []
    text: list[str] = []
    conditions: list[str] = []
    doubtful: set[str] = set()
    for group in groups:
        for part in _parts(group, known, doubted=doubted):
            found, beside, held = _mentions(part, known)
            if doubted or _is_conditional(part, known) or held is Meaning.DOUBTFUL:
                found, beside = [], [part]
                doubtful.add(part)
            elif held is Meaning.CONDITION:
                conditions.append(part)
            mentions += found
            text += [words for words in beside if not _NOTHING.match(words)]
    return References(
        raw,
        tuple(replace(mention, label=mention.label.translate(titles)) for mention in mentions),
        tuple(words.translate(titles) for words in (*text, *conditions)),
        conditions=tuple(words.translate(titles) for words in conditions),
        struck=struck,
        skills=tuple(words.translate(titles) for words in text if words not in doubtful and _is_skill(words, known)),
    )


def _is_skill(text: str, known: Known) -> bool:
    return known.is_skill(text) and not opens_the_other_half(text)


def is_nothing(text: str) -> bool:
    """Say whether a field says that there is nothing to say: `None`, `Keine`."""
    return bool(_NOTHING.match(text.strip()))


def read_next(raw: Text, known: Known = NOTHING_KNOWN) -> References:
    """Return where a unit leads to."""
    said = known.spelt(plain_signs(raw))
    if is_placeholder(raw) and not matches(said, known):
        return References(raw, placeholder=True)
    mentions: list[Mention] = []
    text: list[str] = []
    for part in (part for group in _groups(said, known) for part in group):
        found, beside, _ = _mentions(part, known)
        if not found and (id := known.would_be(part)):
            found, beside = [Mention(id)], []
        mentions += found
        text += [words for words in beside if not _NOTHING.match(words)]
    return References(raw, tuple(mentions), tuple(text))


def _parts(group: list[str], known: Known, *, doubted: bool) -> list[str]:
    """Return the parts of a group, or all as one where what it says of one unit it may say of all."""
    skeletons = [_skeleton(part, known) for part in group]
    choice = len(group) > 1 and (
        doubted
        or _CHOICE_OF.search(", ".join(skeletons))
        or _OR_LAST.search(skeletons[-1])
        or _reaches_further(group, known)
    )
    return [", ".join(group)] if choice else group


def _opens_in_doubt(groups: list[list[str]], known: Known) -> bool:
    """Say whether a field begins with words and a colon that make of all that follows no plain requirement."""
    opening, colon, _ = next((part for group in groups for part in group), "").partition(":")
    if not colon or matches(opening, known):
        return False
    return not is_plain(opening, known) and any(matches(part, known) for group in groups for part in group)


def _is_one_choice(groups: list[list[str]], known: Known) -> bool:
    """Say whether unknown words before the first of several groups, or an `or` before a later one, hold for all."""
    named = [group for group in groups if any(matches(part, known) for part in group)]
    if len(named) < 2:
        return False
    first = next(part for part in named[0] if matches(part, known))
    return _begins_in_doubt(first, known) or any(opens_the_other_half(group[0]) for group in groups[1:])


def _reaches_further(group: list[str], known: Known) -> bool:
    """Say whether unknown words at the beginning or the end of a list may hold for all: `Eine von MOD-1, MOD-2`."""
    named = [part for part in group if matches(part, known)]
    if len(named) < 2:
        return False
    last = matches(named[-1], known)
    after = named[-1][last[-1].end :]
    if any(_begins_in_doubt(part, known) for part in (named[0], named[-1])):
        return True
    trailing = _at_joint(after, at_start=True)[0].strip(" :–—-.,")
    doubtful = meaning(trailing, [id for match in last for id in match.ids], known) is Meaning.DOUBTFUL
    return doubtful and trailing[:1].isalpha() and not trailing[:1].isupper()


def _begins_in_doubt(part: str, known: Known) -> bool:
    """Say whether unknown words stand before the last id of a part."""
    found = matches(part, known)
    before = _at_joint(part[: found[0].start])[1]
    if _mentions(part, known)[2] is Meaning.PLAIN:
        return False
    return len(found) > 1 or not is_plain(before, known)


def _groups(raw: str, known: Known) -> list[list[str]]:
    """Return the parts of a field between commas, in groups between semicolons, without markup.

    A bare number belongs to the kind of unit named before it.
    """
    groups: list[list[str]] = []
    kind = ""
    for group in split_top_level(without_markup(raw), ";"):
        groups.append([])
        for part in split_top_level(group):
            if kind and _NUMBERS.match(part) and not matches(part, known):
                part = f"{kind}-{part}"
            found = matches(part, known)
            kind = found[-1].prefix if found else kind
            groups[-1].append(part)
    return groups


def _is_conditional(part: str, known: Known) -> bool:
    skeleton = _skeleton(part, known)
    plain_minimum = skeleton.count("\0") == 1 and "%" in skeleton and _mentions(part, known)[2] is Meaning.CONDITION
    return (bool(_CONDITIONAL.search(skeleton)) and not plain_minimum) or any(
        match.backwards for match in matches(part, known)
    )


def _skeleton(text: str, known: Known) -> str:
    return skeleton(text, matches(text, known))


def read_placement(raw: Text, known: Known = NOTHING_KNOWN) -> References:
    """Return the units a project stands after: those named before the first semicolon, for `feeds ...` follows it."""
    before = known.spelt(plain_signs(raw)).split(";", 1)[0]
    if is_placeholder(raw) and not matches(before, known):
        return References(raw, placeholder=True)
    mentions = (Mention(id) for match in matches(before, known) if _stands_for_a_unit(match) for id in match.ids)
    return References(raw, tuple(dict.fromkeys(mentions)))


def _stands_for_a_unit(match: Reference) -> bool:
    """Say whether ids in running words are no plain words or numbers, which mean other things there."""
    return any(map(str.isdigit, match.ids[0])) and (match.ids[0][:1].isalpha() or "." in match.ids[0])


def _mentions(part: str, known: Known) -> tuple[list[Mention], list[str], Meaning]:
    """Return the units one part names, the requirements in words beside them, and what the words make of it.

    A qualifier goes before an id, a label follows it. Units in parentheses only annotate, unless the part names no
    other: `Foundations (MOD-101)`.
    """
    everywhere, depths = matches(part, known), _depths(part)
    if not everywhere:
        return [], [part], Meaning.PLAIN
    outer = [match for match in everywhere if not depths[match.start]]
    if not outer:
        return _annotating(part, everywhere, known)
    before, qualifier = _at_joint(part[: outer[0].start])
    texts, mentions = [before], []
    held = [meaning(qualifier.removesuffix(":"), list(outer[0].ids), known)]
    for match, following in zip(outer, [*outer[1:], None], strict=True):
        gap = part[match.end : following.start if following else len(part)]
        label, rest = (
            _at_joint(gap, at_start=following is None) if not _is_titled_with(gap, match, known) else (gap, "")
        )
        held.append(_meaning_after(label, rest, match, following, known))
        named = _qualifier(qualifier) or (_qualifier(label) if names_a_track(label) else "")
        mentions += [Mention(id, _label(label), named) for id in match.ids]
        qualifier = rest
    texts.append(qualifier)
    return mentions, [text for text in texts if _qualifier(text)], _worst(held)


def _annotating(part: str, found: Sequence[Reference], known: Known) -> tuple[list[Mention], list[str], Meaning]:
    """Read a part whose units all stand in parentheses, after their title."""
    ids = [id for match in found for id in match.ids]
    beside = _skeleton(part, known).replace("\0", " ")
    held = Meaning.PLAIN if _BRACKETS.match(without_held(beside)) else meaning(beside, ids, known)
    return [Mention(id) for id in ids], [], held


def _is_titled_with(gap: str, match: Reference, known: Known) -> bool:
    """Say whether what follows an id is of its title, the `&` within it included: `MOD-305 HA & DR`."""
    return (
        bool(words(_label(gap)))
        and bool(known.titles(match.ids[0]))
        and (meaning(gap, list(match.ids), known) is not Meaning.DOUBTFUL)
    )


def _meaning_after(label: str, rest: str, match: Reference, following: Reference | None, known: Known) -> Meaning:
    """Return what the words after an id make of it; between two ids nothing stands alone that could be a choice."""
    if following and not rest and (_NO_LINK.match(without_held(label).strip()) or words(label) == ["of"]):
        return Meaning.DOUBTFUL
    if not following and rest and set(words(rest)) <= _ONWARDS:
        return Meaning.DOUBTFUL
    ids = list(match.ids)
    last = meaning(rest, list(following.ids), known) if following else Meaning.PLAIN
    return _worst([meaning(label, ids, known), last])


def _worst(held: Sequence[Meaning]) -> Meaning:
    return next((found for found in (Meaning.DOUBTFUL, Meaning.CONDITION) if found in held), Meaning.PLAIN)


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


def _qualifier(text: str) -> str:
    """Return the words before an id that may name a track: `senior architect track` is `senior architect`."""
    return " ".join(_NO_QUALIFIER.sub(" ", re.sub(r"['’]s\b", "", text)).split())


def _unparenthesised(label: str) -> str:
    wrapped = label.startswith("(") and label.endswith(")") and label.count("(") == 1
    return label[1:-1].strip() if wrapped else label
