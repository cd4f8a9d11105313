"""The notes of a release in Markdown: what changes, in the learner's words, and what teachers have to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coursewright.building.release.changes import Changes, CourseChanges, UnitChanges
from coursewright.building.release.losses import Loss
from coursewright.building.release.phrasing import (
    by_kind,
    joined_up,
    known_as,
    named,
    numbered_off,
    parts_in_words,
    plain,
    quoted,
)
from coursewright.building.release.record import CourseRecord
from coursewright.writers import FORMATS

_MOST_LINES = 60


def notes(changes: Changes, found: Sequence[Loss], files: Sequence[str]) -> str:
    """Return the notes of a release as Markdown; `files` are the packages that were written."""
    several = len(changes.courses) > 1
    said = [
        *_head(changes, several),
        *_body(changes, several),
        *_records(changes, found),
        *_teachers(files, found, changes.old is None),
    ]
    return "\n".join(said)


def _head(changes: Changes, several: bool) -> Iterator[str]:
    title = "Release notes" if several or not changes.courses else plain(changes.courses[0].now.title)
    yield f"# {title} {plain(changes.new.version)}".rstrip()
    yield ""
    if changes.old is None:
        yield "This is the first release."
        yield ""
    elif changes.old.version:
        yield f"This is what has changed since {plain(changes.old.version)}."
        yield ""


def _body(changes: Changes, several: bool) -> Iterator[str]:
    if changes.old is not None and not changes.is_any:
        yield from ("Nothing changes for learners.", "")
    for course in changes.courses:
        if several and (course.is_any or changes.old is None):
            yield from (f"## {plain(course.now.title)}", "")
        yield from _course(course, is_first=changes.old is None, deep="###" if several else "##")
    for gone in changes.gone:
        yield from (f"The course {quoted(gone.title)} is no longer in this release.", "")


def _course(course: CourseChanges, is_first: bool, deep: str) -> Iterator[str]:
    if course.before is None:
        yield from _new_course(course.now, is_first)
        return
    sections = {
        "New": _new(course),
        "Changed": _changed(course),
        "What opens when": _gates(course),
        "No longer there": _gone(course),
    }
    for title, said in sections.items():
        if told := list(said):
            yield from (f"{deep} {title}", "")
            yield from (f"- {line}" for line in told[:_MOST_LINES])
            if len(told) > _MOST_LINES:
                yield f"- and {len(told) - _MOST_LINES} more changes of this kind"
            yield ""


def _new_course(course: CourseRecord, is_first: bool) -> Iterator[str]:
    count = len(course.units)
    new = "It" if is_first else "This course is new. It"
    yield f"{new} has {numbered_off(count, 'unit')}: {named(course.units)}."
    yield ""


def _new(course: CourseChanges) -> Iterator[str]:
    if course.come:
        verb = "is" if len(course.come) == 1 else "are"
        yield _capital(f"{numbered_off(len(course.come), 'unit')} {verb} new: {named(course.come)}.")
    for change in course.units:
        for kind, parts in by_kind(change.come):
            yield f"{known_as(change.now)} has {parts_in_words(kind, parts, 'new ')}."


def _changed(course: CourseChanges) -> Iterator[str]:
    if course.before and course.before.title != course.now.title:
        yield f"The course is now called {quoted(course.now.title)}. It was {quoted(course.before.title)}."
    for change in course.units:
        if change.is_retitled:
            yield f"{quoted(change.before.title)} is now called {quoted(change.now.title)}."
        if revised := _revised(change):
            yield revised
        for one, other in (*change.retitled, *change.renewed):
            if one.title != other.title:
                titles = f"{quoted(one.title)} is now called {quoted(other.title)}"
                yield f"In {known_as(change.now)}, the {plain(one.kind)} {titles}."
    if course.is_reordered:
        yield f"The units are in a different order: {named(course.now.units)}."


def _revised(change: UnitChanges) -> str:
    """Return a sentence about what was rewritten in a unit, or nothing."""
    if not change.revised:
        return (
            ""
            if change.come or change.gone or not change.says_otherwise
            else f"{known_as(change.now)} has been revised."
        )
    if all(part.title == change.now.title for part in change.revised):
        return f"{known_as(change.now)} has been revised."
    what = joined_up(parts_in_words(kind, parts, "", "the") for kind, parts in by_kind(change.revised))
    return f"In {known_as(change.now)}, {what} {'has' if len(change.revised) == 1 else 'have'} been revised."


def _gates(course: CourseChanges) -> Iterator[str]:
    for change in course.units:
        unit, freed = known_as(change.now), joined_up(map(known_as, change.freed))
        if change.awaits:
            instead = f", and no longer for {freed}" if freed else ""
            yield f"{unit} now waits for {joined_up(map(known_as, change.awaits))}{instead}."
        elif freed and not change.now.needs:
            yield f"{unit} is open from the start. It waited for {freed}."
        elif freed:
            yield f"{unit} no longer waits for {freed}."


def _gone(course: CourseChanges) -> Iterator[str]:
    for unit in course.gone:
        yield f"The unit {quoted(unit.title)}."
    for change in course.units:
        for kind, parts in by_kind(change.gone):
            yield f"In {known_as(change.now)}: {parts_in_words(kind, parts, '', 'the')}."


def _records(changes: Changes, found: Sequence[Loss]) -> Iterator[str]:
    if changes.old is None:
        return
    yield from ("## Your records", "")
    if lost := [loss.told for loss in found if loss.told]:
        yield from ("Some of what you did does not carry over:", "")
        yield from (f"- {told}" for told in lost[:_MOST_LINES])
        yield from [f"- and {len(lost) - _MOST_LINES} more"] if len(lost) > _MOST_LINES else []
    else:
        yield "Nobody loses records: what you have completed stays completed."
        if any(change.come for course in changes.courses for change in course.units):
            yield "Where a unit has something new, there is something left to do in it."
    yield ""


def _teachers(files: Sequence[str], found: Sequence[Loss], is_first: bool) -> Iterator[str]:
    formats = [(name, goes) for name in files if (goes := _format_of(name))]
    if not formats:
        return
    where = "" if is_first else " in place of the one in use"
    yield from ("## For teachers", "", f"Upload the package for your platform{where}:", "")
    for name, goes in formats:
        yield f"- `{name}`: {plain(goes)}"
    yield ""
    if any(name.endswith(FORMATS["moodle"].extension) for name, _ in formats):
        yield "Moodle restores a backup as a new course. Learners who have started finish in the old one."
        yield ""
    if by_hand := [loss.by_hand for loss in found if loss.by_hand]:
        yield from ("To see to by hand:", "")
        yield from (f"- {told}" for told in by_hand[:_MOST_LINES])
        yield ""


def _format_of(file: str) -> str:
    """Return where a package goes, by its name."""
    found = [one for one in dict.fromkeys(FORMATS.values()) if file.endswith(f"-{one.name}{one.extension}")]
    return found[0].goes if found else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
