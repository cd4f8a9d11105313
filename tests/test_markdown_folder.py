"""A course as a folder of Markdown: what is written reads as the same course, and is written again as the same bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import authored
import pytest
from conftest import ROOT
from folders import written
from packages import files_in

from coursewright.building.pipeline import Linted, build, planned, read
from coursewright.building.settings import Config
from coursewright.course.assets import Target, ToFile, ToUnit
from coursewright.course.blocks import Headed, Judged
from coursewright.course.gates import Any, AtLeast, Done, Not
from coursewright.course.graph import link
from coursewright.course.identifiers import identifier
from coursewright.course.model import About, Course, Curriculum
from coursewright.course.parts import (
    Assignment,
    Discussion,
    Group,
    Leading,
    Link,
    Page,
    Part,
    RubricCriterion,
    RubricRating,
    Submission,
)
from coursewright.course.plan import Selection
from coursewright.course.quiz import Quiz, asked
from coursewright.course.values import Audience, Identity
from coursewright.pages.renderer import Renderer
from coursewright.text.markdown.readdressing import readdressed
from coursewright.text.markdown.values import Prose, Text

CONFIG = Config(formats=("markdown",))
WORK = Assignment(
    key="assignment-0123456789",
    title="1.5e3: an essay",
    text=Text(""),
    judged=Judged(Text("All **three** parts are there"), Text("A teacher reads it")),
    path="work.md",
    line=1,
    group=Group.PROJECTS,
    points=12.5,
    criterion=Text("All **three** parts are there"),
    threshold=80.0,
    competencies=(),
    content=(Headed(Prose(1, "Write with [the plan](files/plan.pdf) of [the hive](hive.md#brood).")),),
    submissions=(Submission.TEXT, Submission.PAPER),
    rubric=(RubricCriterion("Clarity", 10.0, (RubricRating("Good", 10.0, "No: doubt"), RubricRating("Poor", 0.0))),),
)
TALK = Discussion(
    key="discussion-0123456789",
    title="Say hello",
    text=Text(""),
    judged=Judged(Text(""), Text("")),
    path="talk.md",
    line=1,
    group=Group.LABS,
    graded=False,
    content=(Headed(Prose(1, "Who are you?")),),
)


def curriculum(folder: Path) -> Curriculum:
    """Return the course about bees with work and talk of its author's, and a unit that opens by one of two others."""
    found = authored.curriculum(folder)
    start, hive, honey = found.units
    sheet = next(t for t in start.parts[0].targets.values() if isinstance(t, ToFile) and t.asset.name == "plan.pdf")  # type: ignore[union-attr]
    targets: dict[str, Target] = {
        "files/plan.pdf": sheet,
        "hive.md#brood": ToUnit(hive.identity, authored.FRAMES, "brood"),
    }
    work = replace(WORK, targets=targets)
    empty = authored.unit(Identity(authored.TRACK, "empty"), "Nothing yet", (TALK,))
    honey = replace(honey, gate=Any((Done("start"), AtLeast(2, (Done("the-hive"), Done("start"))), Not(Done("empty")))))
    units = (replace(start, parts=(*start.parts, work)), hive, honey, replace(empty, parts=()))
    return Curriculum(
        tuple(replace(unit, parts=(*unit.parts, TALK) if unit is hive else unit.parts) for unit in units), ()
    )


def linted(found: Curriculum) -> Linted:
    """Return a curriculum as the pipeline has it."""
    from coursewright.course.edition import learner_edition

    graph = link(found)
    return Linted(found, graph, {name: learner_edition(unit) for name, unit in graph.units.items()}, [])


def folder_of(source: Linted, out: Path, *, staff: bool = False) -> Path:
    """Write the folder of the only course in a source, and return it."""
    config = replace(CONFIG, staff=staff)
    build(planned(source, Selection(staff=staff), config), config, out)
    return next(path for path in out.iterdir() if path.is_dir())


def course_of(source: Linted, *, staff: bool = False) -> Course:
    """Return the only course of a source."""
    (course,) = planned(source, Selection(staff=staff), CONFIG).courses
    return course


def led(target: Target) -> object:
    """Return where a target leads, whatever a file is called on this machine."""
    return (target.asset.digest, target.anchor) if isinstance(target, ToFile) else target


def told(part: Part) -> object:
    """Return what a part is, but for its line, its path and how its addresses are written."""
    if isinstance(part, Quiz):
        return (part.key, part.title, [replace(one, line=0) for one in asked(part)], part.passing, part.audience)
    if not isinstance(part, Leading):
        return (
            type(part),
            part.key,
            part.title,
            part.audience,
            part.url if isinstance(part, Link) else part.asset.digest,
        )
    leads = {str(led(target)) for href, target in part.targets.items() if not href.startswith("#")}
    if isinstance(part, Page):
        return replace(part, path="", line=0, targets={}, body=()), leads
    return replace(part, path="", line=0, targets={}, content=()), leads


@pytest.mark.parametrize("staff", [False, True])
def test_a_written_folder_reads_as_the_same_course_and_is_written_again_as_the_same_bytes(
    staff: bool, tmp_path: Path
) -> None:
    source = linted(curriculum(tmp_path / "source"))
    first = folder_of(source, tmp_path / "first", staff=staff)
    again = read([first], CONFIG)
    dead = [found for found in again.findings if found.code.startswith("S")]
    assert [found.words for found in dead] == [("missing.md",)]  # which led nowhere before
    before, after = course_of(source, staff=staff), course_of(again, staff=staff)
    assert [step.unit.identity for step in after.steps] == [step.unit.identity for step in before.steps]
    for old, new in zip(before.steps, after.steps, strict=True):
        assert (new.gate, new.entry, new.unit.title) == (old.gate, old.entry, old.unit.title)
        assert [need.id for need in new.needs] == [need.id for need in old.needs]
        assert (new.unit.objectives, new.unit.summary) == (old.unit.objectives, old.unit.summary)
        assert list(map(told, new.unit.parts)) == list(map(told, old.unit.parts))
        assert list(map(told, new.staff_parts)) == list(map(told, old.staff_parts))
    assert files_in(folder_of(again, tmp_path / "second", staff=staff)) == files_in(first)
    assert staff is any("SECRET" in content.decode(errors="replace") for content in files_in(first).values())


def test_a_folder_of_roadmaps_keeps_the_identifiers_of_its_units_and_its_work(tmp_path: Path) -> None:
    source = read([ROOT / "tests" / "golden" / "tiny" / "source"], CONFIG)
    first = folder_of(source, tmp_path / "first")
    again = read([first], CONFIG)
    assert [found.text for found in again.findings if found.code.startswith("S")] == []
    assert files_in(folder_of(again, tmp_path / "second")) == files_in(first)
    words = Renderer().converter
    from coursewright.course.division import parts_of

    for old, new in zip(course_of(source).steps, course_of(again).steps, strict=True):
        assert (old.unit.identity, old.gate) == (new.unit.identity, new.gate)
        assert old.unit.competencies == new.unit.competencies
        work = [one for one in parts_of(old.unit, words) if isinstance(one, Assignment)]
        kept = [one for one in parts_of(new.unit, words) if isinstance(one, Assignment)]
        assert [identifier(old.unit.identity, one.key) for one in work] == [
            identifier(new.unit.identity, one.key) for one in kept
        ]
        assert [(one.points, one.threshold, one.title, len(one.competencies)) for one in work] == [
            (one.points, one.threshold, one.title, len(one.competencies)) for one in kept
        ]


def test_links_lead_from_file_to_file_as_github_shows_them(tmp_path: Path) -> None:
    first = folder_of(linted(curriculum(tmp_path / "source")), tmp_path / "first")
    welcome = (first / "units" / "01-getting-started" / "01-welcome.md").read_text("utf-8")
    assert "[the list](02-tools-what-why.md)" in welcome
    assert "[the hive](../02-the-hive/01-frames.md#brood-frames)" in welcome
    assert "![A beekeeper at a hive](../../files/logo.png)" in welcome
    work = (first / "units" / "01-getting-started" / "04-1-5e3-an-essay.md").read_text("utf-8")
    assert "[the plan](../../files/plan.pdf) of [the hive](../02-the-hive/01-frames.md#brood)" in work


def test_the_plain_dialect_guesses_nothing(tmp_path: Path) -> None:
    text = "Solution: B\n\n{% if x %} [[wiki]] {{< film >}}\n\n1. What? \n\nA) one\nB) two\n\n**Answer:** B"
    course = 'title = "C"\ndialect = "plain"\n[[unit]]\nslug = "u"\ntitle = "U"\npages = ["a.md"]\n'
    source = written(tmp_path, {"course.toml": course, "a.md": f"# Title\n\n{text}\n"})
    (unit,) = read([source], CONFIG).curriculum.units
    ((page,),) = (unit.parts,)
    assert (page.title, [headed.block.markdown for headed in page.body]) == ("Title", [text])  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('dialect = "wiki"', "there is no dialect 'wiki'"),
        ('dialect = "plain"\n[[unit]]\nslug = "u"\ntitle = "U"\npages = []\nopens = { any = [] }', "'opens' takes"),
        ('dialect = "plain"\n[[unit]]\nslug = "u"\ntitle = "U"\npages = []\nopens = { any = ["x"] }', "names 'x'"),
        ('[[unit]]\nslug = "u"\ntitle = "U"\npages = [{ file = "a.md" }]', "'file' needs dialect"),
        (
            '[[unit]]\nslug = "u"\ntitle = "U"\npages = [{ path = "a.md", url = "b" }]',
            "one of 'path', 'url' and 'file'",
        ),
        ('dialect = "plain"\n[[unit]]\nslug = "u"\ntitle = "U"\npages = [{ file = "../../etc/passwd" }]', "passwd"),
    ],
)
def test_a_mistake_in_a_course_file_is_told_with_its_line(toml: str, said: str, tmp_path: Path) -> None:
    source = written(tmp_path, {"course.toml": f'title = "C"\n{toml}\n', "a.md": "Text.\n"})
    found = [one for one in read([source], CONFIG).findings if said in one.text]
    assert found
    assert found[0].place.line > 1


def test_documents_of_any_folder_may_be_assignments_and_discussions(tmp_path: Path) -> None:
    essay = "---\ntitle: Essay\nkind: assignment\npoints: 20\npassing: 80%\nsubmissions: file\nkey: essay-1\n---\n\nWrite.\n"
    talk = "---\ntitle: Talk\nkind: discussion\n---\n\nSay hello to [the essay](1-essay.md).\n"
    course = 'title = "C"\n[[unit]]\ntitle = "Week"\npages = ["0-read.md", "1-essay.md", "2-talk.md"]\n'
    documents = {"0-read.md": "# Read\n\nThis.\n", "1-essay.md": essay, "2-talk.md": talk}
    source = written(tmp_path, {"course.toml": course, **documents})
    (unit,) = read([source], CONFIG).curriculum.units
    page, work, discussion = unit.parts
    assert isinstance(work, Assignment)
    assert (work.key, work.points, work.threshold, work.submissions) == ("essay-1", 20.0, 80.0, (Submission.FILE,))
    assert isinstance(discussion, Discussion)
    assert list(discussion.targets.values()) == [ToUnit(unit.identity, "essay-1")]
    assert page.audience is Audience.LEARNER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](x.md) `[a](x.md)`", "[a](y z.md) `[a](x.md)`"),
        ("![a](x.md 'T') and <a href='x.md'>b</a>", "![a](<y z.md> 'T') and <a href=\"y z.md\">b</a>"),
        ('[a][r]\n\n[r]: x.md "T"', '[a][r]\n\n[r]: <y z.md> "T"'),
        ("```\n[a](x.md)\n```\n\n[b](x.md#c)", "```\n[a](x.md)\n```\n\n[b](x.md#c)"),
    ],
)
def test_addresses_are_changed_where_they_lead_and_nowhere_else(text: str, expected: str) -> None:
    made, left = readdressed(text, {"x.md": "y z.md"})
    assert (made.replace("](<y z.md>) `", "](y z.md) `"), left) == (expected, ())


def test_whatever_texts_say_they_stay_as_they_are(tmp_path: Path) -> None:
    bodies = [
        "---\nx: y\n---",
        "```\nnever closed",
        "*** End Patch",
        "Ã© is no é",
        "  in, \u2028 and out",
        "# H\n\n***",
        "[r]: x.md",
    ]
    pages = [authored.prose_page(f"page-{at}", f"{at}e3: 'no'", "a.md", body) for at, body in enumerate(bodies)]
    quiz = replace(authored.asking("null", "q.md"), instructions="~~~\nnever closed", key="quiz-9")
    unit = authored.unit(
        Identity(authored.TRACK, "texts"), 'A "title" = #1', (*pages, quiz), objectives=(Text("- a: [b]"),)
    )
    about = About(authored.TRACK, "Bees", keywords=("wax, white", "honey"))
    source = linted(Curriculum((unit,), (), (about,)))
    first = folder_of(source, tmp_path / "first")
    again = read([first], CONFIG)
    (kept,) = again.curriculum.units
    said = [part.body[0].block.markdown for part in kept.parts if isinstance(part, Page)]  # type: ignore[union-attr]
    assert said == [body.strip("\n") for body in bodies]
    assert [part.title for part in kept.parts] == [part.title for part in unit.parts]
    assert (str(kept.title), kept.objectives) == ('A "title" = #1', unit.objectives)
    assert [len(part.questions) for part in kept.parts if isinstance(part, Quiz)] == [1]
    assert again.curriculum.courses[0].keywords == about.keywords
    assert files_in(folder_of(again, tmp_path / "second")) == files_in(first)


def test_a_quiz_as_we_write_them_is_one_in_any_folder(tmp_path: Path) -> None:
    quiz = "---\nkind: quiz\ntitle: Bees\npassing: 80%\n---\n\n## Question 1 (2 points)\n\nWho lays eggs?\n\n- [x] The queen\n- [ ] A drone\n"
    source = written(tmp_path, {"1-read.md": "# Read\n\nThis.\n", "2-quiz.md": quiz})
    found = [part for unit in read([source], CONFIG).curriculum.units for part in unit.parts if isinstance(part, Quiz)]
    assert [(one.title, one.passing, one.points) for one in found] == [("Bees", 80.0, 2.0)]


def test_no_file_of_a_course_leaves_its_folder(tmp_path: Path) -> None:
    found = authored.asset(tmp_path / "source", "a.pdf", b"%PDF-1.4", "application/pdf", "../../../out.pdf")
    page = authored.prose_page("page-1", "../..", "a.md", "[a](a.pdf)", targets={"a.pdf": ToFile(found)})
    unit = authored.unit(Identity(authored.TRACK, "../x"), "..", (page,))
    config = replace(CONFIG, formats=("markdown",))
    report = build(planned(linted(Curriculum((unit,), ())), Selection(), config), config, tmp_path / "in" / "out")
    assert "P201" in {one.code for one in report.findings}
    assert [path.name for path in tmp_path.rglob("out.pdf")] == []


def test_hours_of_any_name_are_read_back(tmp_path: Path) -> None:
    """A key of TOML that is no plain word needs quotes."""
    unit = '[[unit]]\npages = ["a.md"]\nminutes = 120\nhours = { "self study" = 1, "Übung" = 1 }\n'
    written(tmp_path / "in", {"course.toml": f'title = "C"\ndialect = "plain"\n{unit}', "a.md": "# A\n\nWords.\n"})
    out = folder_of(linted(read([tmp_path / "in"], CONFIG).curriculum), tmp_path / "out")
    (found,) = read([out], CONFIG).curriculum.units
    assert found.hours.breakdown == {"self study": 1.0, "Übung": 1.0}
