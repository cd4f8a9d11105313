"""Quizzes in packages, as importers meet them: questions, settings, banks, and what waits for them."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from conftest import built
from importers import canvas, cartridge, mbz, moodle
from lxml import etree
from packages import files_in, unzipped
from quizzing import BANK, EVERY_KIND, course, every_quiz, page, quiz_of, statement, unit, whole_course, written

from coursewright.audit.lms import LMSS
from coursewright.audit.validate import validate_package
from coursewright.building.jobs import Job, Workshop, run
from coursewright.building.settings import Config
from coursewright.building.withdrawals import Output
from coursewright.course.quiz import Show
from coursewright.findings.finding import Severity
from coursewright.writers import ALL
from coursewright.writers.writer import WriteOptions

WHOLE = ["cc11", "cc12", "cc13", "canvas", "moodle"]
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    for format in [*WHOLE, "qti12"]:
        made = written(whole_course(), format, folder)
        assert made.size, [found.text for found in made.findings]
    return folder


def document(package: Path, name: str) -> Any:
    with zipfile.ZipFile(package) as archive:
        return etree.fromstring(archive.read(name))


def names(package: Path) -> list[str]:
    with zipfile.ZipFile(package) as archive:
        return archive.namelist()


@pytest.mark.parametrize(
    ("format", "lms"),
    [("cc11", "moodle"), ("cc12", ""), ("cc13", ""), ("canvas", "canvas"), ("moodle", "moodle"), ("qti12", "canvas")],
)
def test_our_own_validator_finds_nothing_wrong(packages: Path, format: str, lms: str) -> None:
    (package,) = packages.glob(f"bees-{format}.*")
    found = validate_package(package, [LMSS[lms]] if lms else []).findings
    assert [one.text for one in found if one.severity is not Severity.INFO] == []


def test_canvas_gets_quizzes_with_what_the_module_waits_for(packages: Path) -> None:
    course = canvas.imported(packages / "bees-canvas.imscc")
    assert course.issues == []
    quiz, last = course.quizzes
    assert (quiz.title, quiz.kind, quiz.state, quiz.points) == ("All about bees", "assignment", "active", 28.0)
    assert "text_only_question" in quiz.questions and "multiple_dropdowns_question" in quiz.questions
    first, second = course.modules
    assert first.requirements[f"{quiz.identifier}-item"] == (canvas.Requirement("min_score", 19.6),)
    assert second.requirements[f"{last.identifier}-item"] == (canvas.Requirement("must_submit", None),)
    assert second.prerequisites == (first,)
    assert [group.title for group in course.groups] == ["Assessments"]


def test_canvas_gets_the_settings_of_a_quiz(packages: Path) -> None:
    name = next(one for one in names(packages / "bees-canvas.imscc") if one.endswith("quiz-all/assessment_meta.xml"))
    meta = document(packages / "bees-canvas.imscc", name)
    said = {etree.QName(one).localname: one.text for one in meta}
    assert (said["time_limit"], said["allowed_attempts"], said["show_correct_answers"]) == ("30", "3", "true")
    last = document(packages / "bees-canvas.imscc", name.replace("first-74c473-quiz-all", "second-1a80a4-quiz-last"))
    assert last.findtext("{*}show_correct_answers") == "false"
    assert last.findtext("{*}allowed_attempts") == "-1"


@pytest.mark.parametrize("format", ["cc11", "cc12", "cc13"])
def test_cartridges_have_quizzes_in_the_menu_and_banks_beside_it(packages: Path, format: str) -> None:
    package = packages / f"bees-{format}.imscc"
    assert cartridge.imported(package).issues == []
    tag = f"imscc_xmlv1p{format[-1]}"
    kinds = [found.get("type") for found in document(package, "imsmanifest.xml").iter("{*}resource")]
    assert kinds.count(f"imsqti_xmlv1p2/{tag}/assessment") == 2
    assert kinds.count(f"imsqti_xmlv1p2/{tag}/question-bank") == 1
    bank = document(package, "first-74c473-quiz-all-bank1.xml")
    assert len(bank.findall(".//{*}item")) == len(BANK.questions)


def test_moodle_imports_the_quizzes_of_a_cartridge(packages: Path) -> None:
    course = moodle.imported(packages / "bees-cc11.imscc")
    assert [one.name for part in course.sections for one in part.activities if one.kind == "quiz"] == [
        "All about bees",
        "Second: Quiz",
    ]


def test_a_moodle_backup_is_whole_and_waits_for_its_quizzes(packages: Path) -> None:
    course = mbz.imported(packages / "bees-moodle.mbz")
    assert list(course.issues) == []
    activities = {one.name: one for part in course.sections for one in part.activities}
    quiz, last = activities["All about bees"], activities["Quiz: Second"]
    assert (quiz.most, quiz.to_pass, quiz.conditions) == (28.0, 19.6, frozenset({"pass", "grade"}))
    assert (last.to_pass, last.conditions) == (0.0, frozenset({"attempt"}))
    assert quiz.number in course.sections[2].needs
    assert quiz.number in activities["First completed"].needs


def test_quizzes_of_one_title_are_told_apart_in_canvas(tmp_path: Path) -> None:
    """Its gradebook and its list of quizzes have all of a course."""
    made = course(unit("first", quiz_of(EVERY_KIND[0])), unit("second", quiz_of(EVERY_KIND[1])))
    written(made, "canvas", tmp_path)
    titles = [quiz.title for quiz in canvas.imported(tmp_path / "bees-canvas.imscc").quizzes]
    assert titles == ["First: Bees", "Second: Bees"]


def test_units_as_scorm_packages_in_moodle_keep_their_quizzes_as_moodle_has_them(tmp_path: Path) -> None:
    made = run(Job(whole_course(), "moodle", WriteOptions(with_scorm=True), Output(tmp_path)), Workshop())
    restored = mbz.imported(tmp_path / made.name)
    assert list(restored.issues) == []
    kinds = [one.kind for one in restored.sections[1].activities if one.tracked]
    assert kinds == ["scorm", "quiz"]


def test_each_slot_of_a_moodle_quiz_leads_to_a_question_of_its_own_bank(packages: Path) -> None:
    package = packages / "bees-moodle.mbz"
    bank = document(package, "questions.xml")
    entries = {one.get("id") for one in bank.iter("question_bank_entry")}
    categories = {one.get("id"): one.findtext("contextid") for one in bank.iter("question_category")}
    for name in names(package):
        if name.endswith("/quiz.xml"):
            root = document(package, name)
            for slot in root.iter("question_instance"):
                if slot.find("question_reference") is not None:
                    assert slot.findtext("question_reference/questionbankentryid") in entries
                else:
                    condition = json.loads(slot.findtext("question_set_reference/filtercondition"))
                    assert categories[condition["questioncategoryid"]] == root.get("contextid")
            referred = document(package, name.replace("quiz.xml", "inforef.xml")).iterfind(".//question_category/id")
            own = {number for number, context in categories.items() if context == root.get("contextid")}
            assert {one.text for one in referred} == own


_TEXTS = ("questiontext", "generalfeedback", "questiontextformat", "defaultmark", "qtype", "name")
_NO_EMPTY = ("question_hints", "answers", "numerical_units", "tags")  # a restore stops at these with nothing in them
_OF_TYPE = {
    "multichoice": ("multichoice/single", "multichoice/correctfeedback", "multichoice/incorrectfeedback"),
    "truefalse": ("truefalse/trueanswer", "truefalse/falseanswer"),
    "shortanswer": ("shortanswer/usecase",),
    "numerical": ("numerical_records/numerical_record/tolerance",),
    "match": ("matchoptions/shuffleanswers", "matches/match/questiontext"),
    "multianswer": ("multianswer/sequence",),
    "essay": ("essay/responseformat",),
}


def test_a_question_bank_has_what_a_restore_needs(packages: Path) -> None:
    bank = document(packages / "bees-moodle.mbz", "questions.xml")
    kinds = set()
    for question in bank.iter("question"):
        assert all(question.find(name) is not None for name in _TEXTS)
        kind = question.findtext("qtype")
        kinds.add(kind)
        own = question.find(f"plugin_qtype_{kind}_question")
        assert all(own.find(path) is not None for path in _OF_TYPE.get(kind, ()))
    assert kinds == {*_OF_TYPE, "description"}
    for empty in _NO_EMPTY:
        assert all(len(found) for found in bank.iter(empty))
    stamps = [one.text for one in bank.iter("stamp")]
    assert len(stamps) == len(set(stamps))
    ids = [one.get("id") for one in bank.iter("question")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("show", "attempts", "right", "attempt"),
    [
        (Show.AFTER_ATTEMPT, 0, 0x01110, 0x11110),
        (Show.NEVER, 0, 0, 0x11110),
        (Show.AFTER_LAST, 1, 0x01110, 0x11110),
        (Show.AFTER_LAST, 3, 0x00010, 0x11110),
    ],
)
def test_moodle_shows_what_was_right_when_the_author_says(
    show: Show, attempts: int, right: int, attempt: int, tmp_path: Path
) -> None:
    quiz = quiz_of(EVERY_KIND[0], show=show, attempts=attempts)
    written(course(unit("first", quiz)), "moodle", tmp_path)
    root = document(tmp_path / "bees-moodle.mbz", "activities/quiz_100001/quiz.xml").find("quiz")
    assert int(root.findtext("reviewrightanswer")) == right
    assert int(root.findtext("reviewattempt")) == attempt


def test_a_quiz_of_which_nothing_counts_is_no_grade(tmp_path: Path) -> None:
    made = course(unit("first", quiz_of(EVERY_KIND[-1], passing=80.0)), unit("second", page()))
    written(made, "moodle", tmp_path)
    restored = mbz.imported(tmp_path / "bees-moodle.mbz")
    (quiz,) = [one for part in restored.sections for one in part.activities if one.kind == "quiz"]
    assert (quiz.most, quiz.conditions) == (0.0, frozenset({"attempt"}))
    written(made, "canvas", tmp_path)
    first, _ = canvas.imported(tmp_path / "bees-canvas.imscc").modules
    assert [one.kind for (one,) in first.requirements.values()] == ["must_submit"]


def test_identifiers_of_questions_stay_when_others_come_before_them(tmp_path: Path) -> None:
    def idents(*questions: Any) -> set[str]:
        written(course(unit("first", quiz_of(*questions))), "canvas", tmp_path)
        root = document(tmp_path / "bees-canvas.imscc", "non_cc_assessments/first-74c473-quiz-bees.xml.qti")
        return {one.get("ident") for one in root.iter(f"{{{_QTI}}}item")}

    one, two = statement("one", "One?", right=True), statement("two", "Two?", right=False)
    assert idents(one) < idents(two, one)


def test_companions_of_a_moodle_backup_are_its_questions(tmp_path: Path) -> None:
    made = written(whole_course(), "moodle", tmp_path)
    assert made.companions == ("bees-moodle-questions.xml", "bees-moodle-questions.gift.txt")
    root = etree.fromstring((tmp_path / made.companions[0]).read_bytes())
    assert root.tag == "quiz"
    assert "::Who lays eggs in a hive?::" in (tmp_path / made.companions[1]).read_text(encoding="utf-8")


def test_a_course_without_quizzes_has_no_such_companions(tmp_path: Path) -> None:
    assert written(course(unit("first", page())), "moodle", tmp_path).companions == ()


@pytest.mark.parametrize("format", [found.name for found in ALL if found.only_quizzes])
def test_a_course_without_quizzes_is_no_package_of_quizzes(format: str, tmp_path: Path) -> None:
    made = written(course(unit("first", page())), format, tmp_path)
    assert (made.size, [found.code for found in made.findings]) == (None, ["L465"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", [found.name for found in ALL if found.only_quizzes])
def test_packages_of_quizzes_are_the_same_bytes_every_time(format: str, tmp_path: Path) -> None:
    first, second = (written(whole_course(), format, tmp_path / name) for name in "ab")
    assert first.sha256 == second.sha256


def test_quizzes_of_markdown_arrive_in_every_format(tmp_path: Path) -> None:
    source = tmp_path / "source" / "bees"
    source.mkdir(parents=True)
    (source / "lesson.md").write_text("# Bees\n\nBees are insects.\n", encoding="utf-8")
    quiz = "# Quiz\n\nPassing score: 70%\n\n1. Who lays eggs?\n\n- [ ] A drone\n- [x] The queen\n- [ ] A worker\n"
    (source / "quiz.md").write_text(quiz, encoding="utf-8")
    config = Config(formats=tuple(found.name for found in ALL))
    report = built(tmp_path / "source", tmp_path / "out", config=config)
    assert len(report.written) == len(config.formats)
    for package in report.written:
        path = tmp_path / "out" / package.name
        content = b"".join(files_in(path).values()) if path.is_dir() else path.read_bytes()
        if not content.startswith(b"PK"):
            assert "Who lays eggs?" in content.decode()
        else:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                assert any(b"Who lays eggs?" in archive.read(name) for name in archive.namelist()), package.name


def test_the_quiz_of_all_kinds_is_whole() -> None:
    assert len(every_quiz().questions) == len(EVERY_KIND) + 1


_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cf"
    "c0000003010100c9fe92ef0000000049454e44ae426082"
)
_PICTURED = """# Quiz

1. What is this?

![An insect](bee.png)

- [ ] ![A wasp](wasp.png)
- [x] A bee
- [ ] [The lesson](lesson.md)

**Explanation:** Compare ![the wasp](wasp.png)
"""


@pytest.mark.parametrize("format", [*WHOLE, "scorm12", "scorm2004-4th"])
def test_pictures_in_questions_travel_along(format: str, tmp_path: Path) -> None:
    source = tmp_path / "source" / "bees"
    source.mkdir(parents=True)
    (source / "lesson.md").write_text("# Bees\n\nBees are insects.\n", encoding="utf-8")
    (source / "quiz.md").write_text(_PICTURED, encoding="utf-8")
    for number, name in enumerate(("bee.png", "wasp.png")):
        (source / name).write_bytes(_PIXEL + bytes([number]))
    report = built(tmp_path / "source", tmp_path / "out", config=Config(formats=(format,)))
    assert "L462" not in {one.code for one in report.findings if "pictures" in one.text}
    (package,) = report.written
    contents = unzipped(tmp_path / "out" / package.name)
    for number, name in enumerate(("bee.png", "wasp.png")):
        assert _PIXEL + bytes([number]) in contents.values()
        assert any(f"/{name}&quot;".encode() in text or f'/{name}"'.encode() in text for text in contents.values())


def test_a_backup_says_which_text_of_a_question_has_a_picture(tmp_path: Path) -> None:
    source = tmp_path / "source" / "bees"
    source.mkdir(parents=True)
    (source / "quiz.md").write_text(_PICTURED, encoding="utf-8")
    for name in ("bee.png", "wasp.png"):
        (source / name).write_bytes(_PIXEL + name.encode())
    (package,) = built(tmp_path / "source", tmp_path / "out", config=Config(formats=("moodle",))).written
    backup = tmp_path / "out" / package.name
    bank = document(backup, "questions.xml")
    question, answers = bank.find(".//question").get("id"), [one.get("id") for one in bank.iter("answer")]
    stored = {
        (one.findtext("filearea"), one.findtext("itemid"), one.findtext("filename"))
        for one in document(backup, "files.xml").iter("file")
        if one.findtext("component") == "question"
    }
    assert stored == {
        ("questiontext", question, "bee.png"),
        ("answer", answers[0], "wasp.png"),
        ("generalfeedback", question, "wasp.png"),
    }
