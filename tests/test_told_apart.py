"""Whatever changes in a course, its digest changes; and the hash of a release, if learners could read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import quizzes
from conftest import ROOT

from coursewright.building.cache import Cache
from coursewright.building.content import digest_of_content
from coursewright.building.copies import Copies
from coursewright.building.jobs import Job
from coursewright.building.pipeline import planned, read
from coursewright.building.release.record import hash_of
from coursewright.building.settings import Config
from coursewright.building.withdrawals import Output
from coursewright.course.model import Course, Step
from coursewright.course.parts import Assignment
from coursewright.course.plan import Selection
from coursewright.course.quiz import Quiz
from coursewright.findings.finding import Severity
from coursewright.text.markdown.values import Text
from coursewright.writers.writer import WriteOptions

UNREAD = ("line", "path", "key")
WORK = ROOT / "tests" / "readings" / "folders" / "what-front-matter-says-of-work-is-read-and-mistakes"


def _steps() -> tuple[Step, ...]:
    """Return a step with quizzes, and one with the work of documents."""
    some = replace(quizzes.QUIZ, questions=(quizzes.COLOURS, quizzes.GAPS, quizzes.WORK, quizzes.WARMTH))
    drawn = replace(quizzes.DRAWN, questions=(replace(quizzes.BANK, questions=(quizzes.STING, quizzes.CELL)),))
    asked = quizzes.course(quizzes.unit("A", some, drawn), quizzes.unit("B")).steps
    (course,) = planned(read([WORK / "source"], Config()), Selection(), Config()).courses
    return (*asked, *course.steps)


def _others(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what a value would be if one thing in it were another, each with where that is."""
    if isinstance(value, Enum):
        yield from ((path, one) for one in type(value) if one is not value)
    elif isinstance(value, str | int | float):
        yield from ((path, one) for one in _plain_others(value))
    elif isinstance(value, tuple) and not hasattr(value, "_asdict"):
        yield from _other_lists(value, path)
    elif isinstance(value, Mapping):
        yield f"{path}[more]", {**value, "one more": "x"}
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            for where, other in _others(getattr(value, field.name), f"{path}.{field.name}"):
                yield where, replace(value, **{field.name: other})


def _plain_others(value: str | float) -> Iterator[object]:
    if isinstance(value, Text):
        yield from (Text(f"{value}x", value.line), Text(str(value), value.line + 1))
    else:
        yield f"{value}x" if isinstance(value, str) else not value if isinstance(value, bool) else value + 1


def _other_lists(value: tuple[Any, ...], path: str) -> Iterator[tuple[str, Any]]:
    if value:
        yield f"{path}[fewer]", value[:-1]
    if len(set(map(repr, value))) > 1:
        yield f"{path}[turned]", value[::-1]
    for number, one in enumerate(value):
        for where, other in _others(one, f"{path}[{number}]"):
            yield where, (*value[:number], other, *value[number + 1 :])


def test_no_two_steps_or_parts_that_differ_in_anything_have_one_digest() -> None:
    known: dict[str, str] = {}
    steps = _steps()
    bare = [replace(step, unit=replace(step.unit, parts=())) for step in steps]
    for number, value in enumerate([*bare, *(part for step in steps for part in step.unit.parts)]):
        for where, other in [("", value), *_others(value)]:
            found = digest_of_content(other)
            assert found not in known or repr(other) == known[found], f"{number}{where}"
            known[found] = repr(other)
    assert len(known) > 250


def test_a_digest_is_the_same_for_equal_values_however_they_came_to_be() -> None:
    for one, other in zip(_steps(), _steps(), strict=True):
        assert digest_of_content(one) == digest_of_content(other)
    assert digest_of_content(["a", "b"]) == digest_of_content(("a", "b")) != digest_of_content(("ab",))


def test_the_hash_of_a_part_changes_with_what_learners_read_of_it_and_with_nothing_else() -> None:
    for step in _steps():
        for part in (one for one in step.unit.parts if isinstance(one, Quiz | Assignment)):
            for where, other in _others(part):
                is_read = where.rpartition(".")[2].partition("[")[0] not in UNREAD and where != ".title"
                is_elsewhere = _without_lines(other) == _without_lines(part)
                assert (hash_of(other) != hash_of(part)) is (is_read and not is_elsewhere), where


def _without_lines(value: object) -> str:
    return re.sub(r"line=\d+", "", repr(value))


def test_the_key_of_a_package_changes_with_all_that_it_is_made_of(tmp_path: Path) -> None:
    course = Course("bees", "Bees", _steps()[:2], "bees")
    output = Output(tmp_path)

    def key(job: Job, program: str = "1") -> str:
        return Copies(Cache(tmp_path), program)._key(job)

    job = Job(course, "scorm12", WriteOptions(), output)
    assert key(job) == key(replace(job, findings=())) != ""
    others = [
        replace(job, course=replace(course, title="Ants")), replace(job, course=replace(course, steps=course.steps[:1])),
        replace(job, course=replace(course, steps=course.steps[::-1])), replace(job, format="canvas"),
        replace(job, severities={"C103": None}), replace(job, severities={"C103": Severity.ERROR}),
        *(
            replace(job, options=other) for _, other in _others(WriteOptions()) if other != WriteOptions()
        ),
    ]  # fmt: skip
    keys = [key(job), key(job, "2"), *map(key, others)]
    assert len(set(keys)) == len(keys) > 12
