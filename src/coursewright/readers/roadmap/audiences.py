"""Whom each section of a document is for, and what is said of those that learners do not get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coursewright.course.audience import usual_audience
from coursewright.course.values import Audience
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.readers.roadmap.blocks import HeadedBlocks
from coursewright.text.names import normal
from coursewright.text.phrases import quoted


@frozen
class Aimed:
    """Whom a section is for, and how that is known: `settled` by the settings, or `guessed` from words of its title.

    A part of a staff section is for staff, whatever its title; `inherited` says that it is one.
    """

    audience: Audience
    settled: bool = False
    guessed: bool = False
    inherited: bool = False


def aimed(group: Sequence[HeadedBlocks], configured: Mapping[str, Audience]) -> list[Aimed]:
    """Return whom each section is for. A title of the layout's own is a guess where it heads a part of a section."""
    found: list[Aimed] = []
    above: list[tuple[int, Audience]] = []
    for headed in group:
        above = [(level, audience) for level, audience in above if level < headed.level]
        usual, guessed = usual_audience(headed.title)
        settled = normal(headed.title) in configured
        audience = configured.get(normal(headed.title), usual)
        inherited = any(outer is Audience.STAFF for _, outer in above)
        guessed = guessed or (audience is Audience.STAFF and any(level > 1 for level, _ in above))
        found.append(Aimed(Audience.STAFF if inherited else audience, settled, guessed and not settled, inherited))
        above.append((headed.level, found[-1].audience))
    return found


def told(group: Sequence[HeadedBlocks], whom: Sequence[Aimed], path: str) -> Iterator[Finding]:
    """Yield a finding for each section that is only guessed to be for staff, and one for all of the layout's own."""
    own: list[tuple[HeadedBlocks, str]] = []
    for headed, aim, words in _withheld(group, whom):
        if aim.settled:
            continue
        if aim.guessed:
            text = f": {quoted(words)}" if words else ""
            found = messages.SECTION_FOR_STAFF.at(Place(path, headed.line), title=headed.title, text=text)
            yield replace(found, words=_whole(words))
        else:
            own.append((headed, words))
    if own:
        sections = "; ".join(f"'{headed.title}' ({quoted(words, 60) or 'empty'})" for headed, words in own)
        first, *others = (Place(path, headed.line) for headed, _ in own)
        found = messages.LAYOUT_FOR_STAFF.at(first, sections=sections)
        yield replace(found, words=tuple(f"{headed.title}\n{words}" for headed, words in own), related=tuple(others))


def _withheld(group: Sequence[HeadedBlocks], whom: Sequence[Aimed]) -> Iterator[tuple[HeadedBlocks, Aimed, str]]:
    """Yield each outermost section that learners do not get, with all its words: its own and those of its parts."""
    index = 0
    while index < len(group):
        headed, aim = group[index], whom[index]
        index += 1
        if aim.audience is not Audience.STAFF:
            continue
        words = [headed.markdown]
        while index < len(group) and whom[index].inherited and group[index].level > headed.level:
            words += [group[index].title, group[index].markdown]
            index += 1
        yield headed, aim, "\n".join(filter(None, (text.strip() for text in words)))


def _whole(words: str) -> tuple[str, ...]:
    return () if quoted(words) == " ".join(words.split()) else (words,)
