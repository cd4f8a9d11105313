"""Lessons: what becomes an assignment, a discussion or a link, what it is called, and what it stays known by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import SEEDS, built, linted, roadmap
from importers import canvas, cartridge
from lxml import etree

from coursewright.building.pipeline import planned
from coursewright.building.settings import Config
from coursewright.course.identifiers import part_key
from coursewright.course.parts import Group
from coursewright.course.plan import Grouping, Selection
from coursewright.pages.parts import Lesson, Part, Reading, Talk, WebLink, Work, lessons
from coursewright.pages.renderer import Renderer
from coursewright.text.names import lead
from coursewright.text.numbering import counting
from coursewright.text.phrases import is_assessing, is_discussed, is_scored, threshold
from coursewright.writers import WHOLE

Sources = Callable[[Mapping[str, str | bytes]], Path]


def lessons_of(source: Path, selection: Selection | None = None) -> list[Lesson]:
    config = Config()
    (course,) = planned(linted(source), selection or Selection(Grouping.ALL), config).courses
    return list(lessons(Renderer(), course, lambda unit: f"to/{unit.id}"))


def of(lesson: Lesson, kind: type[Part]) -> list[Part]:
    return [part for part in lesson.parts if isinstance(part, kind)]


def assignments(lesson: Lesson) -> dict[str, Work]:
    """Return the assignments of a lesson by their titles, which must differ."""
    found = [part for part in lesson.parts if isinstance(part, Work)]
    assert len({part.title for part in found}) == len(found)
    return {part.title: part for part in found}


def one(curriculum: Sources, extra: str) -> Lesson:
    (found,) = lessons_of(curriculum({"a.md": roadmap(1, extra=extra)}))
    return found


def table(*rows: str) -> str:
    head = (
        "\n## Practical Components\n\n| Asset | Description | Completion Criteria | Validation |\n|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


def work(activities: str = "", deliverables: str = "", assessments: str = "") -> str:
    parts = {
        "Learning Activities": activities,
        "Key Deliverables": deliverables,
        "Assessment & Validation": assessments,
    }
    return "".join(f"\n## {title}\n\n{text}\n" for title, text in parts.items() if text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ecosystem strategy document (segmentation, targets).", "Ecosystem strategy document"),
        ("Charter: roles and cadence", "Charter"),
        ("Charter – roles", "Charter"),
        ("Deploy e.g. nginx behind a proxy.", "Deploy e.g. nginx behind a proxy"),
        ("Ask Dr. Who about time.", "Ask Dr. Who about time"),
        ("Write the report. Then present it.", "Write the report"),
        ("Joint OKR design-lab aligning teams", "Joint OKR design-lab aligning teams"),
        ("?", "?"),
        ("", ""),
    ],
)
def test_a_thing_is_known_by_what_stands_before_the_details(text: str, name: str) -> None:
    assert lead(text) == name


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("≥80% on executive panel rubric", 80),
        ("At least 70 % of points", 70),
        ("Score of 80%", 80),
        ("Pass mark: 65%", 65),
        ("≥80,5 %", 80.5),
        ("mindestens 60 % der Punkte", 60),
        ("90% or higher", 90),
        ("at least 15 of 20 genera", 75),
        ("≥ 9/10 correct", 90),
        ("≥0%", None),
        ("≥150%", None),
        ("<=80% or so", None),
        ("80% of learners", None),
    ],
)
def test_a_threshold_is_a_share_to_reach(text: str, share: float | None) -> None:
    assert threshold(text) == share


def test_only_a_score_is_a_threshold_that_locks(curriculum: Sources) -> None:
    found = one(
        curriculum,
        table(
            "| Service | Serve it | ≥99.9% availability | probes |",
            "| Quiz service | Serve quizzes | ≥75% | probes |",
            "| Lab | Bake | ≥70% on the panel's rubric | panel |",
            "| Plain | Bake | ≥60% | panel |",
        ),
    )
    assert {title.removeprefix("MOD-001 "): part.threshold for title, part in assignments(found).items()} == {
        "Service": None,
        "Lab: Bake": 70.0,
        "Plain": 60.0,
        "Quiz service": 75.0,
    }
    assert is_scored("at least 5 points") and not is_scored("≥95% coverage of the code")


@pytest.mark.parametrize("name", ["Final exam", "Assessment", "Unit tests", "Quizzes", "Checkpoint 2", "Test"])
def test_what_assesses_is_told_by_its_name(name: str) -> None:
    assert is_assessing(name)


@pytest.mark.parametrize("name", ["Load testing lab", "Latest deployment", "Contest design", "Greatest hits"])
def test_what_only_sounds_so_does_not_assess(name: str) -> None:
    assert not is_assessing(name)


def test_peer_reviews_and_reflections_are_discussions_and_lose_nothing(curriculum: Sources) -> None:
    found = one(
        curriculum,
        table("| Peer review | Bring two loaves | | by the panel |")
        + work(activities="- Reflection on what rose.\n- Reflection API lab", deliverables="- Reflection on it."),
    )
    talks = [part for part in found.parts if isinstance(part, Talk)]
    assert [talk.title for talk in talks] == ["MOD-001 Peer review", "MOD-001 Reflection on what rose"]
    assert "Bring two loaves" in talks[0].body and "by the panel" in talks[0].body
    assert set(assignments(found)) == {"MOD-001 Reflection API lab", "MOD-001 Reflection on it"}
    assert is_discussed("**Peer review** of it") and not is_discussed("Reflective essay")


def test_work_stands_after_the_page_it_would_be_on(curriculum: Sources) -> None:
    boxes = "".join(f"- [ ] Good in its way, number {number}, and in another.\n" for number in range(20))
    about = f"\n## Narrative\n\n{'Bread takes time, and so does whoever bakes it. ' * 20}\n"
    extra = f"{about}{work('- Walk', '- Talk', '- Prove it')}\n## Quality Checklist\n\n{boxes}"
    found = one(curriculum, extra)
    kinds = [part.key if isinstance(part, Reading) else part.title for part in found.parts]
    assert kinds == ["overview", "MOD-001 Walk", "MOD-001 Talk", "MOD-001 Prove it", "more"]
    groups = {title: part.group for title, part in assignments(found).items()}
    assert groups == {"MOD-001 Walk": Group.LABS, "MOD-001 Talk": Group.PROJECTS, "MOD-001 Prove it": Group.ASSESSMENTS}


def keys(lesson: Lesson) -> dict[str, str]:
    return {part.body.striptags().split("  ")[0]: part.key for part in lesson.parts if isinstance(part, Work)}


def test_equal_names_are_told_apart_by_all_their_words_wherever_they_stand(curriculum: Sources) -> None:
    first = keys(one(curriculum, work("- Workshop: A\n- Workshop: B\n- Charter", "- Charter")))
    second = keys(one(curriculum, work("- Workshop: Z\n- Workshop: B\n- Workshop: A", "- Charter")))
    assert first["Workshop: A"] == second["Workshop: A"] and first["Workshop: B"] == second["Workshop: B"]
    assert len(set(second.values())) == 4
    deliverables = [key for key in (*first.values(), *second.values()) if key.startswith("out-")]
    assert len(set(deliverables)) == 1


def labs(curriculum: Sources, *rows: str) -> dict[str, str]:
    """Return the key of each row by its description."""
    return keys_by_description(one(curriculum, table(*rows)))


def keys_by_description(lesson: Lesson) -> dict[str, str]:
    works = [part for part in lesson.parts if isinstance(part, Work)]
    return {part.body.partition("</p>")[0].striptags().strip(): part.key for part in works}


LABELS = """Lab {}|Lab {}: |Exercise 2.{}|Übung {}|Aufgabe {} – |TP {}|Week {} Lab|Lab {}A|Lab #{}|Lab-0{}
    |{}. Lab: |実習{}：|Cvičení {}|Practical {}|Kata {}|Pokus {}: """


@pytest.mark.parametrize("about", [("", "", ""), ("Knead", "Proof", "Bake")])
def test_a_lab_of_a_table_is_known_by_what_it_is_about_and_never_by_its_number(
    about: tuple[str, str, str], curriculum: Sources
) -> None:
    """One unit for each label, in one course before a lab is added to each, and in one after."""
    labels = [label.lstrip() for label in LABELS.replace("\n", "").split("|")]
    said = dict(zip(("By hand", "In a basket", "On a stone"), about, strict=True))

    def rows(label: str, order: tuple[str, ...]) -> list[str]:
        label += ": " if about[0] and label.endswith(("}", "A", "Lab")) else ""
        return [f"| {label.format(number)}{said[text]} | {text} | | |" for number, text in enumerate(order, start=1)]

    def known(*order: str) -> dict[str, dict[str, str]]:
        units = {f"{at:02}.md": roadmap(at + 1, extra=table(*rows(label, order))) for at, label in enumerate(labels)}
        return dict(zip(labels, map(keys_by_description, lessons_of(curriculum(units))), strict=True))

    before, after = known("By hand", "On a stone"), known("In a basket", "By hand", "On a stone")
    for label, old in before.items():
        new = after[label]
        assert len(set(new.values())) == 3, label
        assert {text: new[text] for text in old} == old, label


def test_equal_labs_of_a_table_are_told_apart_by_what_they_say(curriculum: Sources) -> None:
    old = labs(curriculum, "| Lab 1: Rye | Mix: 60 % | | |", "| Lab 2: Rye | Mix: 70 % | | |")
    new = labs(
        curriculum,
        "| Lab 1: Rye | Mix: 80 % | | |",
        "| Lab 2: Rye | Mix: 60 % | | |",
        "| Lab 3: Rye | Mix: 70 % | | |",
    )
    assert {text: new[text] for text in old} == old and len(set(new.values())) == 3


def test_roman_numbers_letters_and_words_are_numbers(curriculum: Sources) -> None:
    for names in (
        ("Practical I", "Practical II"),
        ("Lab A:", "Lab B:"),
        ("Lab one", "Lab two"),
        ("1st lab", "2nd lab"),
    ):
        assert len({labs(curriculum, f"| {name} | Knead | | |")["Knead"] for name in names}) == 1, names


def test_a_table_counts_from_one_and_more_than_one_row() -> None:
    assert counting(["2.1 Sorting", "2.2 Searching", "Kata 1: Fold", "Kata 2"]) == {"", "kata"}
    assert not counting(["Windows 10", "Windows 11", "Kata 1: Fold", "3.11 features", "3.12 features"])


def test_assessments_of_a_table_are_known_as_they_were(curriculum: Sources) -> None:
    found = labs(curriculum, "| Assessment 1 | Essay | | |", "| Assessment 2 | Talk | | |")
    assert list(found.values()) == [part_key("test", "assessment 1"), part_key("test", "assessment 2")]


def test_numbers_that_say_what_a_lab_is_about_stay_in_its_name(curriculum: Sources) -> None:
    names: tuple[str, ...] = ("IPv6 lab", "Python 3 basics", "Lab 5G networks", "3D printing", "Lab C++", "HTTP/2 lab")
    names += ("Windows 10", "Windows 11", "Python 3: basics", "Python 2: relics", "802.11 access", "Exercises", "Labs")
    names += ("Kubernetes 1: basics", "3.11 features", "Preparing for project 2")
    found = labs(curriculum, *(f"| {name} | About {name} | | |" for name in names))
    assert list(found.values()) == [part_key("lab", name.casefold()) for name in names]


def test_parts_of_nearly_one_name_keep_apart(curriculum: Sources) -> None:
    rows = ("| Lab | a | | |", "| Lab | a | | |", "| Lab 2 | b | | |", "| Lab C++ | c | | |", "| Lab C# | d | | |")
    links = "\n## References\n\n[one](https://x.org/A) [two](https://x.org/a) [none](http://[x) <https://x.org/w_(b)>\n"
    found = one(curriculum, table(*rows) + links)
    names = [part.identifier for part in found.parts]
    assert len(set(names)) == len(names)
    assert [part.url for part in found.parts if isinstance(part, WebLink)] == [
        "https://x.org/A",
        "https://x.org/a",
        "https://x.org/w_(b)",
    ]


def test_a_generic_name_says_more(curriculum: Sources) -> None:
    found = one(
        curriculum, table("| Lab 1 | Bake (slowly) | | |", "| | Nameless work | | |") + work("- **Task 2**: Mix it")
    )
    assert list(assignments(found)) == ["MOD-001 Lab 1: Bake", "MOD-001 Nameless work", "MOD-001 Task 2: Mix it"]


def test_a_title_that_is_cut_stands_whole_on_its_page(curriculum: Sources) -> None:
    name = "word " * 60
    found = one(curriculum, table(f"| {name}| Bake | | |"))
    (part,) = of(found, Work)
    assert len(part.title) <= 200 and part.title.endswith("…")
    assert isinstance(part, Work) and name.strip() in part.body


def test_a_competency_that_stands_twice_counts_once_with_its_higher_target(curriculum: Sources) -> None:
    rows = "| C++ | Working | x | |\n| c++ | Expert | x | |\n| C# | Awareness | x | |\n"
    extra = f"\n## Competency Alignment\n\n| Competency | Target | Evidence | Role |\n|---|---|---|---|\n{rows}"
    (part,) = of(one(curriculum, extra + work(assessments="- Exam")), Work)
    assert isinstance(part, Work)
    assert [(row.name, row.target) for row in part.competencies] == [("c++", "Expert"), ("C#", "Awareness")]


NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]{0,63}$")


@pytest.mark.parametrize("format", [found.name for found in WHOLE if found.extension == ".imscc"])
def test_identifiers_are_short_names_however_long_ids_and_titles_are(
    format: str, curriculum: Sources, tmp_path: Path
) -> None:
    role = "Very " * 20 + "Senior Engineer"
    extra = (
        table("| Final exam | x | done | y |", "| Peer review | x | | |", "| Lab | x | done | |")
        + work("- Walk", "- Talk", "- [Prove](https://x.org)")
        + "\n## Quality Checklist\n\n- [ ] Good\n\n## Solutions Plan\n\nHidden.\n\n## Risks\n\nNone.\n"
    )
    text = roadmap(1, role=role, extra=extra).replace("MOD-001", "MOD-1" + "0" * 60)
    source = curriculum({"a.md": text, "b.md": roadmap(2, role=role)})
    selection = Selection(Grouping.ALL, staff=True, title="A Title Of Many Words " * 5)
    report = built(source, tmp_path / "out", selection, Config(formats=(format,)))
    (package,) = report.written
    read = canvas.imported if format == "canvas" else cartridge.imported
    assert read(tmp_path / "out" / package.name).issues == []
    for name in identifiers(tmp_path / "out" / package.name):
        assert NCNAME.match(name), name


def identifiers(path: Path) -> set[str]:
    import zipfile

    found: set[str] = set()
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                root = etree.fromstring(package.read(name))
                found |= {str(value) for element in root.iter() if (value := element.get("identifier"))}
    assert len(found) > 20
    return found


def test_a_unit_waits_for_all_its_prerequisites_in_canvas(curriculum: Sources, tmp_path: Path) -> None:
    documents = {f"{number}.md": roadmap(number) for number in (1, 2, 3)}
    source = curriculum({**documents, "4.md": roadmap(4, "MOD-001, MOD-002, MOD-003")})
    report = built(source, tmp_path / "out", config=Config(formats=("canvas",)))
    course = canvas.imported(tmp_path / "out" / report.written[0].name)
    assert [len(module.prerequisites) for module in course.modules] == [0, 0, 0, 3]


def test_a_course_of_one_unit_leaves_front_page_and_syllabus_of_canvas_alone(tmp_path: Path) -> None:
    report = built(SEEDS, tmp_path, Selection(Grouping.UNIT), Config(formats=("canvas",)))
    for package in report.written:
        course = canvas.imported(tmp_path / package.name)
        assert course.issues == []
        assert not course.syllabus and "default_view" not in course.settings
        assert not [page for page in course.pages if page.front]


def test_what_shrinks_too_far_is_stored_as_it_is(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum(
        {"a.md": roadmap(1, extra="\n## Notes\n\n" + ("The same again and again. " * 20 + "\n\n") * 500)}
    )
    report = built(source, tmp_path / "out", config=Config(formats=("canvas",)))
    assert canvas.imported(tmp_path / "out" / report.written[0].name).issues == []


def test_a_piece_of_work_is_worth_the_points_that_it_says(curriculum: Sources) -> None:
    found = one(curriculum, work(activities="- Walk (5 points)", deliverables="- Report, worth 40 points\n- Poster"))
    worth = {title.removeprefix("MOD-001 "): part.points for title, part in assignments(found).items()}
    assert worth == {"Walk": 0, "Report, worth 40 points": 40, "Poster": 100}


@pytest.mark.parametrize(
    "title",
    ["Lecturer Notes", "TA Notes", "Teacher's Guide", "Quiz Key", "Hinweise für Lehrende", "Erwartungshorizont"],
)
def test_notes_for_whoever_teaches_reach_no_learner(title: str, curriculum: Sources) -> None:
    found = one(curriculum, f"\n## {title}\n\nThe secret of the loaf.\n")
    assert not [part for part in found.parts if "secret" in getattr(part, "body", "")]


def test_answers_in_a_text_reach_no_learner_and_the_rest_of_it_does(curriculum: Sources) -> None:
    tests = "- What is 2+2? Answer: 4.\n- Choose one (Solution: B)\n- Data package; see `solutions/proj-201/data`."
    found = one(curriculum, work(assessments=tests))
    text = " ".join(part.body.striptags() for part in found.parts if isinstance(part, Work))
    assert "2+2?" in text and "Choose one" in text and "Data package" in text
    assert "4." not in text and "Solution" not in text and "solutions" not in text
