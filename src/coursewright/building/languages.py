"""Which languages the tracks of a curriculum are in, where nobody says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from coursewright.building.readings import Readings
from coursewright.building.settings import Config
from coursewright.course import blocks
from coursewright.course.edition import Edition, texts
from coursewright.course.model import Curriculum, Unit
from coursewright.course.parts import Assigned, Page
from coursewright.course.values import Identity
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.text.languages import likely_language
from coursewright.text.markdown.values import Prose
from coursewright.text.scripts import foreign_script


def languages_of(
    curriculum: Curriculum, editions: Mapping[Identity, Edition], config: Config, readings: Readings | None
) -> tuple[dict[str, str], list[Finding]]:
    """Return the languages of tracks whose texts plainly tell, where nobody has set one, and what is said of each."""
    if config.language_given or config.language != Config().language:
        return {}, []
    told = {about.track for about in curriculum.courses if about.language}
    written: defaultdict[str, list[Unit]] = defaultdict(list)
    for edition in editions.values():
        if edition.unit.track not in told:
            written[edition.unit.track].append(edition.unit)
    found = {track: _likely_of(units, readings) for track, units in written.items()}
    guesses = {track: guess for track, guess in found.items() if guess}
    findings = dict.fromkeys(found for _, found in guesses.values())
    return {track: tag for track, (tag, _) in guesses.items()}, list(findings)


def _likely_of(units: Sequence[Unit], readings: Readings | None) -> tuple[str, Finding] | None:
    return readings.made_of_all(units, "languages", lambda: _likely(units)) if readings else _likely(units)


def _likely(units: Sequence[Unit]) -> tuple[str, Finding] | None:
    """Return the language that units are plainly in, if not the usual one, and what is to be said of it."""
    written = [text for unit in units for text in _written(unit)]
    if found := foreign_script(written):
        script, tag = found
        return tag, messages.LANGUAGE_UNSET.at(Place("settings"), script=script, language=tag)
    if likely := likely_language(written):
        name, tag = likely
        return tag, messages.LANGUAGE_LIKELY.at(Place("settings"), name=name, language=tag)
    return None


def _written(unit: Unit) -> Iterator[str]:
    """Yield what a unit says, the pages of its author's own included."""
    yield from texts(unit)
    for part in unit.parts:
        yield from said_on(part) if isinstance(part, Page | Assigned) else ()


def said_on(page: Page | Assigned) -> Iterator[str]:
    """Yield what a page says."""
    for block in (headed.block for headed in page.body):
        yield from (text.markdown if isinstance(text, Prose) else text for text in blocks.texts(block))
