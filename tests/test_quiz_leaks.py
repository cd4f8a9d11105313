"""The guard: no learner reads a key, an explanation, a solution or a word for staff in a package, before an attempt.

What an LMS keeps for itself may hold them: questions in QTI, and the question bank of a Moodle backup. All other files,
their names and all texts of manifests are looked through. COURSEWRIGHT_FIELD names a folder of foreign curricula, each
of which is built and looked through, too.
"""

from __future__ import annotations

import html
import io
import json
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import CORPUS, SEEDS, built
from lxml import etree
from quizzing import EVERY_KIND, course, page, quiz_of, statement, unit, written

from coursewright.building.pipeline import planned, read
from coursewright.building.settings import Config
from coursewright.course.model import Course
from coursewright.course.parts import Page
from coursewright.course.plan import Selection
from coursewright.course.quiz import (
    Answer,
    Blank,
    Draw,
    Feedback,
    Option,
    Question,
    QuestionKind,
    Quiz,
    asked,
    keys,
)
from coursewright.text.markdown.values import Prose
from coursewright.writers import WHOLE

FIELD = "COURSEWRIGHT_FIELD"
FORMATS = [*(found.name for found in WHOLE if found.name != "markdown"), "epub"]  # authors keep their keys
_QTI = b"http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_KEPT_BY_THE_LMS = ("questions.xml",)
_TICKED = re.compile(r"<input(?![^>]*name=\"cw-)[^>]*\bchecked|[☑✅🗹]|&#x?2611;")
_LONG_ENOUGH = 12  # of a key in a foreign curriculum: a shorter one may stand anywhere
_GAPS = "//q:item[.//q:fieldentry='fill_in_multiple_blanks_question']//q:render_choice"
_SAID = ("presentation", "rubric", "presentation_material", "qtimetadata", "itemmetadata")

SECRET = (
    Question(
        "one",
        QuestionKind.CHOICE,
        "Who lays eggs?",
        options=(
            Option("a", "The queen", 1.0, "Sekret indeed the queen"),
            Option("b", "A drone", 0.0, "Sekret drones do not"),
            Option("c", "A worker"),
        ),
        feedback=Feedback("Sekret in general", "Sekret when right", "Sekret when partly", "Sekret when wrong"),
    ),
    Question("two", QuestionKind.TEXT, "Largest town?", answers=(Answer("Sekretzurich", feedback="Sekret town"),)),
    Question("three", QuestionKind.BLANKS, "It is [[a]].", blanks=(Blank("a", (Answer("Sekretgap"),)),)),
    replace(statement("four", "Water is wet.", right=True), feedback=Feedback("Sekret water")),
)
BANKED = Draw("Bank", 1, 1, (replace(SECRET[1], key="five", stem="And now?"),))


def hidden_course() -> Course:
    """Return a course that holds every sort of key."""
    first = unit("first", page(), quiz_of(*SECRET, BANKED, passing=50.0))
    return course(first, unit("second", page("More of bees.")))


def files(package: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a package with their names, those of packages in it as well."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            yield name, content
            if content.startswith(b"PK\x03\x04"):
                yield from files(content)


def readable(package: bytes) -> Iterator[tuple[str, str]]:
    """Yield what learners can read of a package, as (where, text): of questions in QTI all but how they are judged."""
    for name, content in files(package):
        yield name, name
        if name in _KEPT_BY_THE_LMS:
            continue
        if _QTI in content[:500]:
            root: Any = etree.fromstring(content)
            for gap in root.xpath(_GAPS, namespaces={"q": _QTI.decode()}):  # what Canvas takes, and shows to nobody
                gap.getparent().remove(gap)
            said = [text for tag in _SAID for found in root.iter(f"{{*}}{tag}") for text in found.itertext()]
            yield name, "\n".join([*map(str, said), *map(str, root.xpath("//@title"))])
        else:
            yield name, _plain(content.decode("utf-8", "replace"))


def _plain(text: str) -> str:
    """Return a text with what HTML, XML and JavaScript escape in it as it reads."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return html.unescape(html.unescape(text))


def leaks(package: bytes, secrets: set[str]) -> list[tuple[str, str]]:
    """Return where secrets of a course can be read in a package, as (where, secret)."""
    return [(name, secret) for name, text in readable(package) for secret in secrets if secret in text]


@pytest.mark.parametrize("format", FORMATS)
def test_no_package_tells_a_key_before_an_attempt(format: str, tmp_path: Path) -> None:
    made = written(hidden_course(), format, tmp_path)
    package = (tmp_path / made.name).read_bytes()
    assert leaks(package, {"Sekret"}) == []


@pytest.mark.parametrize("format", ["cc11", "cc12", "cc13", "canvas", "moodle"])
def test_what_the_lms_keeps_has_the_keys(format: str, tmp_path: Path) -> None:
    made = written(hidden_course(), format, tmp_path)
    kept = "\n".join(
        content.decode()
        for name, content in files((tmp_path / made.name).read_bytes())
        if name in _KEPT_BY_THE_LMS or _QTI in content[:500]
    )
    for question in asked(quiz_of(*SECRET, BANKED)):
        for key in keys(question):
            assert key in kept or "partly" in key, key


AUTHORED = {
    "bees/lesson.md": "# Bees\n\nBees are insects.\n\n## Instructor notes\n\nSekret note for teachers.\n",
    "bees/quiz.md": """# Quiz

Passing score: 70%

1. Who lays eggs?

- [ ] A drone
- [x] The queen
- [ ] A worker

**Explanation:** Sekret explanation.

2. Largest town of Switzerland?

**Answer:** Sekretzurich

3. Which of them flies first?

a) the drone
b) the queen
c) the worker

<details><summary>Answer</summary>

b) Sekret details
</details>

## Answer key

1. B
2. Sekretzurich
3. b
""",
    "wasps/lesson.md": "# Wasps\n\nWasps are insects.\n\n## Check your understanding\n\n- [ ] birds\n- [x] insects\n",
    "wasps/more.md": "# More\n\nWhat are they?\n\n- [ ] birds\n- [x] insects\n\nMuch more text about them.\n" * 2,
    "wasps/solutions.md": "# Solutions\n\nSekret solution of the exercises.\n",
    "wasps/quiz.gift": "::One::What are wasps?{=insects#Sekret gift ~birds#Sekret birds ~fish}\n",
    "wasps/answer-key.md": "# Answer key\n\n1. Sekret key\n",
}


@pytest.mark.parametrize("format", FORMATS)
def test_no_package_tells_what_an_author_wrote_for_staff_or_for_after(format: str, tmp_path: Path) -> None:
    for name, text in AUTHORED.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    report = built(tmp_path / "source", tmp_path / "out", config=Config(formats=(format,)))
    assert report.written
    for package in report.written:
        found = leaks((tmp_path / "out" / package.name).read_bytes(), {"Sekret", "[x]", "[X]"})
        assert found == []
        for name, text in readable((tmp_path / "out" / package.name).read_bytes()):
            assert not _TICKED.search(text), name


def _shown(made: Course) -> str:
    """Return all that learners are meant to read of a course: pages, stems and options."""
    said: list[str] = []
    for one in made.units:
        for part in one.parts:
            if isinstance(part, Page):
                said += [block.block.markdown for block in part.body if isinstance(block.block, Prose)]
            elif isinstance(part, Quiz):
                said.append(part.instructions)
                for question in asked(part):
                    said += [question.stem, *(option.text for option in question.options)]
                    said += [pair.answer for pair in question.pairs]
    return "\n".join(said)


def _keys(made: Course) -> set[str]:
    """Return the keys of a course that stand in nothing that learners are meant to read."""
    shown = _shown(made)
    told = {
        key
        for one in made.units
        for part in one.parts
        if isinstance(part, Quiz)
        for q in asked(part)
        for key in keys(q)
    }
    return {key for key in told if len(key) >= _LONG_ENOUGH and "\n" not in key and key not in shown}


def _sources() -> Iterator[Path]:
    yield SEEDS
    if corpus := os.environ.get(CORPUS):
        yield Path(corpus)
    if field := os.environ.get(FIELD):
        yield from sorted(path for path in Path(field, "curricula").iterdir() if path.is_dir())
        yield Path(field, "quizzes")


@pytest.mark.parametrize("source", list(_sources()), ids=lambda path: path.name)
def test_no_package_of_a_curriculum_tells_the_keys_of_its_quizzes(source: Path, tmp_path: Path) -> None:
    config = Config(formats=("scorm12", "canvas", "moodle", "cc13"))
    courses = planned(read([source], config), Selection(), config).courses
    secrets = {secret for made in courses for secret in _keys(made)}
    report = built(source, tmp_path, config=config)
    for package in report.written:
        assert leaks((tmp_path / package.name).read_bytes(), secrets) == []


def test_the_guard_sees_what_is_told(tmp_path: Path) -> None:
    """Else it would find nothing for the wrong reason."""
    path = tmp_path / "a.zip"
    said = {"page.html": "&lt;p&gt;Sek&#114;et", "sco.js": json.dumps("Sekret ä"), "Sekret.html": ""}
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in said.items():
            archive.writestr(name, text)
    assert [name for name, _ in leaks(path.read_bytes(), {"Sekret"})] == ["page.html", "sco.js", "Sekret.html"]


def test_every_kind_of_question_has_keys_that_the_guard_knows() -> None:
    for question in EVERY_KIND:
        if question.answers:
            assert set(keys(question)) >= {one.text for one in question.answers if one.text}
