"""Courses that are read back from cartridges, Canvas exports and packages of QTI: what comes back, and what is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from cartridges import COURSE, MANIFEST, MODULES, PAGE_FILE, cartridge, choice, question, quiz, resource
from conftest import ROOT
from lxml import etree
from packages import zipped, zipped_folder

from coursewright.audit.inspect import inspect_package
from coursewright.building.conversion import Conversion, counted, read_back
from coursewright.building.pipeline import build, planned, read
from coursewright.building.settings import Config
from coursewright.course.assets import ToFile, ToUnit
from coursewright.course.division import parts_of_all
from coursewright.course.model import Unit
from coursewright.course.parts import Assignment, Discussion, File, Link, Page, Part, Submission
from coursewright.course.plan import Selection
from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz, Show
from coursewright.course.values import Audience
from coursewright.findings.finding import Finding
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.recovery import Element, ElementKind, Fate
from coursewright.readers.quizzes.qti import tests2
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.text.markdown.html import Converter

PIXELS = ROOT / "examples" / "pixels"


def back(folder: Path, files: Mapping[str, bytes]) -> Conversion:
    """Return what is read back of a package with these files."""
    return read_back(zipped(folder / "course.imscc", files), Config())


def units(conversion: Conversion) -> dict[str, Unit]:
    """Return the units that came back, by their titles."""
    return {str(unit.title): unit for unit in conversion.linted.curriculum.units}


def parts(conversion: Conversion) -> dict[str, Part]:
    """Return the parts that came back, by their titles."""
    return {part.title: part for unit in units(conversion).values() for part in unit.parts}


def said(part: Part) -> str:
    """Return the Markdown of a part."""
    assert isinstance(part, Page | Assignment | Discussion)
    blocks = part.body if isinstance(part, Page) else part.content
    return "\n\n".join(headed.block.markdown for headed in blocks).strip()  # type: ignore[union-attr]


def elements(conversion: Conversion, fate: Fate) -> list[Element]:
    """Return the elements with a fate."""
    recovery = conversion.read.recovery
    return [one for one in recovery.elements if one.fate is fate] if recovery else []


def codes(conversion: Conversion) -> set[str]:
    return {finding.code for finding in conversion.read.curriculum.findings}


def written(
    *pieces: str, resources: str, more: Mapping[str, bytes] | None = None, version: int = 1
) -> dict[str, bytes]:
    """Return a cartridge with these items in one folder."""
    items = f'<item identifier="F"><title>Bees</title>{"".join(pieces)}</item>'
    page = b"<html><head><title>One</title></head><body><p>One.</p></body></html>"
    return {MANIFEST: cartridge(items, resources, version), "a.html": page, **(more or {})}


def item(name: str, reference: str, title: str) -> str:
    return f'<item identifier="{name}" identifierref="{reference}"><title>{title}</title></item>'


# --- packages of ours ---


@pytest.mark.parametrize("format", ["canvas", "cc13", "cc12"])
def test_a_cartridge_of_ours_comes_back_with_its_units_keys_gates_and_questions(format: str, tmp_path: Path) -> None:
    linted = read([PIXELS], Config(formats=(format,)))
    package = build(
        planned(linted, Selection(), Config(formats=(format,))), Config(formats=(format,)), tmp_path
    ).written
    conversion = read_back(tmp_path / package[0].name, Config())
    before, after = linted.curriculum.units, conversion.linted.curriculum.units
    assert [unit.identity for unit in after] == [unit.identity for unit in before]
    assert [unit.given_id for unit in after] == [unit.given_id for unit in before]
    assert [unit.prerequisites.mentions for unit in after] == [unit.prerequisites.mentions for unit in before]
    assert [[(part.key, part.title) for part in unit.parts] for unit in after] == [
        [(part.key, part.title) for part in unit.parts] for unit in before
    ]
    for old, new in zip(_quizzes(before), _quizzes(after), strict=True):
        assert [one.key for one in new] == [one.key for one in old]
        assert [[option.fraction > 0 for option in one.options] for one in new] == [
            [option.fraction > 0 for option in one.options] for one in old
        ]
    words = [one for one in conversion.read.recovery.elements if one.words]  # type: ignore[union-attr]
    assert sum(one.kept_words for one in words) >= 0.995 * sum(one.words for one in words)
    assert conversion.linted.curriculum.courses[0].summary == linted.curriculum.courses[0].summary


@pytest.mark.parametrize(
    ("link", "needed"),
    [
        ('<a href="../MOD-001-e65471/overview.html">Whatever it is called</a>', ["MOD-001"]),
        ('<a href="../gone.html">MOD-001 Flour, Water &amp; Salt</a>', ["MOD-001"]),
        ("MOD-001 Flour, Water &amp; Salt", []),  # which is something to have, not a unit
        ('<a href="../gone.html">Whatever it is called</a>', []),
        ('<a href="overview.html">PROJ-001 The First Loaf</a>', []),
    ],
)
def test_a_cartridge_of_ours_waits_for_the_unit_that_a_page_links_or_else_names(
    link: str, needed: list[str], tmp_path: Path
) -> None:
    tiny = ROOT / "tests" / "golden" / "tiny" / "cc13"
    files = {path.relative_to(tiny).as_posix(): path.read_bytes() for path in tiny.rglob("*") if path.is_file()}
    page = "units/PROJ-001-a0fbc4/overview.html"
    named = b'<a href="../MOD-001-e65471/overview.html">MOD-001 Flour, Water &amp; Salt</a>'
    assert named in files[page]
    came = units(back(tmp_path, {**files, page: files[page].replace(named, link.encode())}))
    assert [one.id for one in came["The First Loaf"].prerequisites.mentions] == needed


def _quizzes(found: tuple[Unit, ...]) -> list[list[Question]]:
    quizzes = [part for unit in found for part in unit.parts if isinstance(part, Quiz)]
    return [[one for one in quiz.questions if isinstance(one, Question)] for quiz in quizzes]


def test_of_a_list_that_is_too_long_the_first_are_read_and_the_rest_is_told() -> None:
    ledger, rubric = Ledger("c.imscc"), Element(ElementKind.RUBRIC, "r", "Essay")
    assert ledger.first("abcde", "criteria", rubric, 3) == "abc"
    assert ledger.first("abc", "criteria", rubric, 3) == "abc"
    assert [(one.title, one.why) for one in ledger.elements()] == [
        ("Essay: 2 more criteria", "of one list, 3 are read")
    ]


def test_building_what_came_back_gives_the_same_cartridge_again(tmp_path: Path) -> None:
    config = Config(formats=("canvas",))
    build(planned(read([PIXELS], config), Selection(), config), config, tmp_path / "one")
    first = next((tmp_path / "one").glob("*.imscc"))
    conversion = read_back(first, config)
    build(planned(conversion.linted, Selection(), config), config, tmp_path / "two")
    outlines = [inspect_package(tmp_path / name / first.name).outline for name in ("one", "two")]
    assert outlines[0] is not None
    assert outlines[0] == outlines[1]


def test_work_of_a_roadmap_comes_back_with_its_criteria_and_is_introduced_once(tmp_path: Path) -> None:
    package = zipped_folder(ROOT / "tests" / "golden" / "tiny" / "canvas", tmp_path / "tiny.imscc")
    found = units(read_back(package, Config()))
    assert [unit.id for unit in found.values()] == ["MOD-001", "PROJ-001"]
    words = Converter()
    work = [one for unit in found.values() for one in parts_of_all(unit, words) if isinstance(one, Assignment)]
    assert len(work) == 4
    assert any(one.criterion for one in work)
    assert all("hand in" not in one.text.lower() for one in work)


# --- Canvas ---


def test_modules_of_canvas_become_units_with_their_gates_work_talk_quizzes_and_links(tmp_path: Path) -> None:
    conversion = back(tmp_path, COURSE)
    found = units(conversion)
    assert list(found) == ["First", "Second"]
    assert [mention.id for mention in found["Second"].prerequisites.mentions] == ["first"]
    page, work, test, talk, link = found["First"].parts
    assert (type(page), type(work), type(test), type(talk), type(link)) == (Page, Assignment, Quiz, Discussion, Link)
    assert isinstance(work, Assignment)
    assert (work.points, work.submissions, said(work)) == (10, (Submission.TEXT,), "Do it.")
    assert isinstance(found["Second"].parts[0], File)
    assert said(talk) == "Talk."
    assert isinstance(page, Page)
    kinds = {type(target) for target in page.targets.values()}
    assert kinds == {ToFile, ToUnit}
    assert sorted(target.part for target in page.targets.values() if isinstance(target, ToUnit)) == sorted(
        [work.key, page.key]
    )


def test_what_canvas_does_not_show_is_for_staff_and_dates_are_told(tmp_path: Path) -> None:
    hidden = COURSE[MODULES].replace(
        b"<content_type>WikiPage</content_type><workflow_state>active",
        b"<content_type>WikiPage</content_type><workflow_state>unpublished",
    )
    due = COURSE["W/assignment_settings.xml"].replace(b"</title>", b"</title><due_at>2026-03-01T00:00:00</due_at>", 1)
    conversion = back(tmp_path, {**COURSE, MODULES: hidden, "W/assignment_settings.xml": due})
    work, *_, page = units(conversion)["First"].parts
    assert (page.audience, work.audience) == (Audience.STAFF, Audience.LEARNER)
    assert "S122" in codes(conversion)
    whole = back(
        tmp_path,
        {**COURSE, MODULES: COURSE[MODULES].replace(b"<workflow_state>active", b"<workflow_state>unpublished")},
    )
    assert all(part.audience is Audience.LEARNER for part in parts(whole).values())
    assert "S121" in codes(whole)
    assert any("2026-03-01" in one.title for one in elements(conversion, Fate.DROPPED))
    assert "S121" in codes(conversion)


def test_what_stands_in_no_module_comes_last_and_the_front_page_first(tmp_path: Path) -> None:
    alone = COURSE[MODULES].replace(b"<identifierref>W</identifierref>", b"<identifierref>gone</identifierref>")
    alone = alone.replace(b"<identifierref>P</identifierref>", b"<identifierref>gone too</identifierref>")
    conversion = back(tmp_path, {**COURSE, MODULES: alone})
    found = units(conversion)
    assert list(found) == ["Course", "First", "Second", "Further information"]
    assert isinstance(found["Course"].parts[0], Page)
    assert isinstance(found["Further information"].parts[0], Assignment)
    assert {one.identifier for one in elements(conversion, Fate.DROPPED)} >= {"gone", "gone too"}


def test_addresses_of_canvas_lead_on_whatever_their_form(tmp_path: Path) -> None:
    links = {
        "percent": "%24CANVAS_OBJECT_REFERENCE%24/quizzes/Q",
        "line": "$CANVAS_COURSE_REFERENCE$/modules/items/I4",
        "module": "$CANVAS_OBJECT_REFERENCE$/modules/M2",
        "graded": "$CANVAS_OBJECT_REFERENCE$/assignments/QA",
        "file": "$CANVAS_COURSE_REFERENCE$/file_ref/F?wrap=1",
        "old": "https://school.instructure.com/courses/12/pages/one",
        "lost": "$WIKI_REFERENCE$/pages/gone",
        "theirs": "https://school.instructure.com/courses/12/grades",
        "web": "https://example.org/bees",
    }
    body = "".join(f'<p><a href="{address}">{name}</a></p>' for name, address in links.items())
    head = b'<html><head><title>One</title><meta name="identifier" content="P"></head><body>'
    conversion = back(tmp_path, {**COURSE, PAGE_FILE: head + body.encode() + b"</body></html>"})
    page = units(conversion)["First"].parts[0]
    assert isinstance(page, Page)
    text = said(page)
    inside = [line for line in text.split("\n\n") if "(units/" in line or "(files/" in line]
    assert [line[1 : line.index("]")] for line in inside] == ["percent", "line", "module", "graded", "file", "old"]
    assert "lost" in text.split("\n\n")
    assert "[web](https://example.org/bees)" in text
    found = {one.fate: one.why for one in elements(conversion, Fate.DROPPED) + elements(conversion, Fate.CHANGED)
             if one.kind is ElementKind.REFERENCE}  # fmt: skip
    assert "pages/gone" in found[Fate.DROPPED]
    assert "grades" in found[Fate.CHANGED]


BANK = """<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><objectbank ident="B">{asked}</objectbank></questestinterop>"""
DRAWN = """<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="Q" title="Quiz">
<section ident="root_section"><section ident="G" title="Some"><selection_ordering><selection><sourcebank_ref>B</sourcebank_ref>
<selection_number>1</selection_number><selection_extension><points_per_item>2</points_per_item></selection_extension>
</selection></selection_ordering></section></section></assessment></questestinterop>"""


def test_a_quiz_of_canvas_keeps_its_bank_its_settings_and_where_its_pictures_are(tmp_path: Path) -> None:
    asked = question("Q1", "multiple_choice", *choice("a", "b", right="a"))
    asked = asked.replace("<mattext>Why?</mattext>", '<mattext texttype="text/html">&lt;p&gt;Why? &lt;img '
                          'src="%24IMS-CC-FILEBASE%24/bee%201.png" alt="A bee"&gt;&lt;/p&gt;</mattext>')  # fmt: skip
    meta = COURSE["Q/assessment_meta.xml"].replace(
        b"</quiz_type>",
        b"</quiz_type><time_limit>20</time_limit><allowed_attempts>3</allowed_attempts>"
        b"<show_correct_answers>false</show_correct_answers><access_code>honey</access_code>",
    )
    files = {
        **COURSE,
        "Q/assessment_meta.xml": meta,
        "non_cc_assessments/Q.xml.qti": DRAWN.encode(),
        "non_cc_assessments/B.xml.qti": BANK.format(asked=asked + question("Q2")).encode(),
        "web_resources/bee 1.png": b"\x89PNG\r\n\x1a\n" + bytes(40),
    }
    conversion = back(tmp_path, files)
    test = next(part for part in units(conversion)["First"].parts if isinstance(part, Quiz))
    assert (test.minutes, test.attempts, test.show) == (20, 3, Show.NEVER)
    (draw,) = test.questions
    assert isinstance(draw, Draw)
    assert (draw.count, draw.points, [one.kind for one in draw.questions]) == (
        1, 2, [QuestionKind.CHOICE, QuestionKind.ESSAY],
    )  # fmt: skip
    assert [option.fraction for option in draw.questions[0].options] == [1, 0]
    assert "![A bee](files/bee-1.png)" in draw.questions[0].stem
    assert isinstance(test.targets["files/bee-1.png"], ToFile)
    assert any("an access code" in one.title and "honey" not in one.title for one in elements(conversion, Fate.DROPPED))


# --- Common Cartridge ---


def test_folders_of_a_cartridge_become_units_and_inner_folders_stand_before_titles(tmp_path: Path) -> None:
    inner = f'<item identifier="I"><title>Reading</title>{item("B", "R2", "Two")}</item>'
    more = resource("R2", "webcontent", "sub/b.html", attributes='href="sub/b.html"')
    page = b'<html><body><h2>Two</h2><p>Back to <a href="../a.html#top">one</a>.</p><img src="p.png" alt="P"></body></html>'
    files = written(
        item("A", "R", "One"), inner, resources=more, more={"sub/b.html": page, "sub/p.png": b"\x89PNG\r\n\x1a\n"}
    )
    found = units(back(tmp_path, files))
    assert list(found) == ["Bees"]
    one, two = found["Bees"].parts
    assert (one.title, two.title) == ("One", "Reading: Two")
    assert isinstance(two, Page)
    assert {type(target) for target in two.targets.values()} == {ToUnit, ToFile}
    assert [target.anchor for target in two.targets.values() if isinstance(target, ToUnit)] == ["top"]


def test_an_assignment_of_the_profile_has_its_points_and_what_is_for_teachers_apart(tmp_path: Path) -> None:
    work = b"""<assignment xmlns="http://www.imsglobal.org/xsd/imscc_extensions/assignment" identifier="W1"><title>Essay</title>
<text texttype="text/html">&lt;p&gt;Write.&lt;/p&gt;</text><instructor_text texttype="text/plain">Look for &lt;b&gt;.</instructor_text>
<gradable points_possible="8">true</gradable><submission_formats><format type="file"/><format type="url"/></submission_formats>
<attachments><attachment href="sheet.pdf" role="All"/></attachments></assignment>"""
    files = written(
        item("A", "W", "Essay"),
        resources=resource("W", "assignment_xmlv1p0", "w.xml"),
        more={"w.xml": work, "sheet.pdf": b"%PDF-1.4"},
        version=3,
    )
    essay, note = units(back(tmp_path, files))["Bees"].parts
    assert isinstance(essay, Assignment)
    assert (essay.points, essay.submissions) == (8, (Submission.FILE, Submission.ADDRESS))
    assert said(essay) == "Write.\n\n- [sheet.pdf](files/sheet.pdf)"
    assert note.audience is Audience.STAFF
    assert "Look for" in said(note)


def test_tools_become_links_without_keys_and_topics_and_links_stay_what_they_are(tmp_path: Path) -> None:
    tool = (
        b'<cartridge_basiclti_link xmlns="http://www.imsglobal.org/xsd/imslticc_v1p0" xmlns:b="urn:b"><b:title>Tool</b:title>'
        b"<b:secure_launch_url>https://me:secret@tools.example:8443/start?key=hidden</b:secure_launch_url>"
        b"<b:custom><b:property name='shared_secret'>hidden</b:property></b:custom></cartridge_basiclti_link>"
    )
    link = b'<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>W</title><url href="https://example.org/"/></webLink>'
    topic = b'<topic xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"><title>T</title><text texttype="text/plain">a &lt; b</text></topic>'
    resources = (
        resource("L", "imsbasiclti_xmlv1p0", "l.xml")
        + resource("W", "imswl_xmlv1p1", "w.xml")
        + resource("D", "imsdt_xmlv1p1", "d.xml")
    )
    files = written(
        *(item(*one) for one in (("A", "L", "Tool"), ("B", "W", "Web"), ("C", "D", "Talk"))),
        resources=resources,
        more={"l.xml": tool, "w.xml": link, "d.xml": topic},
    )
    conversion = back(tmp_path, files)
    found = parts(conversion)
    assert isinstance(found["Tool"], Link)
    assert found["Tool"].url == "https://tools.example:8443/start"
    assert isinstance(found["Web"], Link)
    assert said(found["Talk"]) == "a < b"
    assert [one.kind for one in elements(conversion, Fate.CHANGED)] == [ElementKind.TOOL]


def test_a_thin_cartridge_and_one_of_version_1_4_are_read(tmp_path: Path) -> None:
    link = b'<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"><title>W</title><url href="https://example.org/"/></webLink>'
    files = written(
        item("B", "W", "Web"), resources=resource("W", "imswl_xmlv1p3", "w.xml"), more={"w.xml": link}, version=3
    )
    thin = {**files, MANIFEST: files[MANIFEST].replace(b"IMS Common", b"IMS Thin Common")}
    newer = {
        **files,
        MANIFEST: files[MANIFEST]
        .replace(b"IMS Common", b"1EdTech Common")
        .replace(b"1.3.0", b"1.4.0")
        .replace(b"v1p3", b"v1p4"),
    }
    for number, one in enumerate((thin, newer)):
        (folder := tmp_path / str(number)).mkdir()
        assert isinstance(parts(back(folder, one))["Web"], Link)


def test_one_damaged_part_does_not_keep_the_rest_from_being_read(tmp_path: Path) -> None:
    files = written(
        item("A", "R", "One"),
        item("B", "Q", "Quiz"),
        item("C", "D", "Talk"),
        item("D", "nothing", "Gone"),
        resources=resource("Q", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "q.xml")
        + resource("D", "imsdt_xmlv1p1", "d.xml"),
        more={"q.xml": b"<questestinterop><assessment>", "d.xml": b"\x00\xff no XML"},
    )
    conversion = back(tmp_path, files)
    assert [type(part) for part in units(conversion)["Bees"].parts] == [Page, Page, Page]
    assert conversion.read.recovery is not None
    assert conversion.read.recovery.standins == 2
    assert codes(conversion) >= {"S120", "S121"}


def test_links_in_a_package_lead_to_no_file_outside_of_it(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    page = b'<html><body><a href="../../secret.txt">a</a> <a href="/etc/passwd">b</a> <img src="..%2F..%2Fsecret.txt" alt=""></body></html>'
    conversion = back(tmp_path, {**written(item("A", "R", "One"), resources=""), "a.html": page})
    (part,) = units(conversion)["Bees"].parts
    assert isinstance(part, Page)
    assert part.targets == {}
    assert "S123" in codes(conversion)


# --- QTI ---


def test_a_package_of_qti_is_a_unit_of_its_quizzes(tmp_path: Path) -> None:
    manifest = (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><metadata/><organizations/><resources>'
        '<resource identifier="q" type="imsqti_xmlv1p2" href="q.xml"><file href="q.xml"/></resource></resources></manifest>'
    )
    asked = quiz(question("Q1", "true_false", *choice("t", "f", right="t")), question("Q2"))
    (unit,) = units(back(tmp_path, {MANIFEST: manifest.encode(), "q.xml": asked})).values()
    (test,) = unit.parts
    assert isinstance(test, Quiz)
    assert [one.kind for one in test.questions if isinstance(one, Question)] == [
        QuestionKind.CHOICE,
        QuestionKind.ESSAY,
    ]


def test_a_course_of_links_alone_is_the_same_as_a_folder_of_markdown(tmp_path: Path) -> None:
    link = b'<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>W</title><url href="https://example.org/"/></webLink>'
    files = written(item("B", "W", "Web"), resources=resource("W", "imswl_xmlv1p1", "w.xml"), more={"w.xml": link})
    config = Config(formats=("markdown",))
    conversion = read_back(zipped(tmp_path / "course.imscc", files), config)
    build(planned(conversion.linted, Selection(), config), config, tmp_path / "out")
    (folder,) = [path for path in (tmp_path / "out").iterdir() if path.is_dir()]
    again = read([folder], Config()).curriculum.units
    assert [[(part.key, part.title) for part in unit.parts] for unit in again] == [
        [(part.key, part.title) for part in unit.parts] for unit in conversion.linted.curriculum.units
    ]


def test_another_course_beside_a_folder_of_markdown_leaves_that_alone(tmp_path: Path) -> None:
    config, names = Config(formats=("markdown",)), ("One", "Two")
    for name in names:
        page = written(item("A", "R", "One"), resources="")
        page[MANIFEST] = page[MANIFEST].replace(b">Bees<", f">{name}<".encode()).replace(b'"M"', f'"{name}"'.encode())
        conversion = read_back(zipped(tmp_path / f"{name}.imscc", page), config)
        build(planned(conversion.linted, Selection(), config), config, tmp_path / "out")
    assert len([path for path in (tmp_path / "out").iterdir() if path.is_dir()]) == len(names)


def test_assignments_of_the_profile_count_in_an_export_of_canvas_too(tmp_path: Path) -> None:
    work = b"""<assignment xmlns="http://www.imsglobal.org/xsd/imscc_extensions/assignment" identifier="E"><title>Essay</title>
<text texttype="text/html">&lt;p&gt;Write.&lt;/p&gt;</text><gradable points_possible="8">true</gradable></assignment>"""
    own = resource("E", "assignment_xmlv1p0", "e/assignment.xml", attributes='href="e/assignment.xml"')
    files = {**COURSE, MANIFEST: COURSE[MANIFEST].replace(b"</resources>", own.encode() + b"</resources>")}
    found = units(back(tmp_path, {**files, "e/assignment.xml": work}))
    (essay,) = found["Further information"].parts
    assert isinstance(essay, Assignment)
    assert (essay.title, essay.points, said(essay)) == ("Essay", 8, "Write.")


def test_banks_that_no_quiz_draws_from_are_kept_for_staff(tmp_path: Path) -> None:
    bank = BANK.format(asked=question("Q1", "multiple_choice", *choice("a", "b", right="a"))).encode()
    files = {**written(item("A", "R", "One"), resources=""), "non_cc_assessments/B.xml.qti": bank}
    quizzes = [part for part in parts(back(tmp_path, files)).values() if isinstance(part, Quiz)]
    assert [(len(one.questions), one.audience) for one in quizzes] == [(1, Audience.STAFF)]
    read = counted(back(tmp_path, files))
    assert (read.get(ElementKind.QUIZ), read.get(ElementKind.BANK)) == (None, 1)


# A host in brackets that never close: no library reads such an address.
ODD = (
    "a%00.png",
    "$IMS-CC-FILEBASE$///[x",
    "$WIKI_REFERENCE$///[x",
    "$CANVAS_COURSE_REFERENCE$///[x",
    "//[x",
    "/&#10;/[x",
)


def test_addresses_that_nobody_can_read_cost_no_page(tmp_path: Path) -> None:
    links = "".join(f'<p><a href="{address}">word</a></p>' for address in ODD)
    tool = "<cartridge_basiclti_link><launch_url>https://tools.example:x/y</launch_url></cartridge_basiclti_link>"
    topic = '<topic><title>T</title><text>Talk.</text><attachments><attachment href="//[x"/></attachments></topic>'
    files = written(
        item("I", "R", "Odd"), item("J", "L", "Tool"), item("K", "D", "Talk"),
        resources=resource("L", "imsbasiclti_xmlv1p0", "l.xml") + resource("D", "imsdt_xmlv1p1", "d.xml"),
        more={"a.html": f"<body>{links}</body>".encode(), "l.xml": tool.encode(), "d.xml": topic.encode()},
    )  # fmt: skip
    found = parts(back(tmp_path, files))
    assert said(found["Odd"]).count("word") == len(ODD)
    assert isinstance(found["Tool"], Link)
    assert found["Tool"].url == "https://tools.example:x/y"
    assert "Talk." in said(found["Talk"])


@pytest.mark.parametrize(
    ("page", "said_there"),
    [
        ("<html><body><p>İİİ bal.</p></body></html>".encode(), "İİİ bal."),
        ('<head><meta charset="windows-1251"></head><body><p>Пчёлы</p></body>'.encode("cp1251"), "Пчёлы"),
        ('<meta charset="ISO-8859-1"><body><p>“Bees”</p></body>'.encode("cp1252"), "“Bees”"),
        ('<meta charset="cp0"><body><p>caf\xe9</p></body>'.encode("cp1252"), "café"),
    ],
    ids=["a letter that grows in lower case", "an encoding that is named", "Western", "none that there is"],
)
def test_a_page_comes_back_whatever_letters_it_has(tmp_path: Path, page: bytes, said_there: str) -> None:
    found = parts(back(tmp_path, written(item("I", "R", "Page"), resources="", more={"a.html": page})))
    assert said(found["Page"]) == said_there


def test_pages_of_frames_cost_no_package_of_canvas(tmp_path: Path) -> None:
    frames = b"<!doctype html><html><frameset><frame src='a.html'></frameset></html>"
    files = {**COURSE, PAGE_FILE: frames, "course_settings/syllabus.html": frames}
    assert list(units(back(tmp_path, files))) == ["First", "Second"]


def test_an_item_whose_name_no_system_has_costs_one_question(tmp_path: Path) -> None:
    reference = "<assessmentItemRef identifier='a' href='a%00b.xml'/>"
    root = etree.fromstring(
        f"<assessmentTest><testPart><assessmentSection>{reference}</assessmentSection></testPart></assessmentTest>"
    )
    findings: list[Finding] = []
    assert tests2.test_quiz(root, Sheet((), "test.xml"), tmp_path, findings) is None
    assert [one.code for one in findings] == ["S107"]


def test_a_file_that_windows_named_anew_when_the_package_was_unpacked_there_is_found(tmp_path: Path) -> None:
    files = written(
        item("I", "W", "Case study | Week 1"), resources=resource("W", "webcontent", "W/case-study-|-week-1.html")
    )
    page = b"<html><head><title>Case</title></head><body><p>Study the case.</p></body></html>"
    conversion = back(tmp_path, files | {"W/case-study-_-week-1.html": page})
    assert said(parts(conversion)["Case study | Week 1"]) == "Study the case."
    assert not [one for one in elements(conversion, Fate.DROPPED) if one.kind is ElementKind.PAGE]


TEST2 = """<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="T" title="Sums"><testPart identifier="P">
<assessmentSection identifier="S" title="S"><assessmentItemRef identifier="I" href="one.xml"/></assessmentSection>
</testPart></assessmentTest>"""
ITEM2 = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="I" title="One">
<responseDeclaration identifier="R" cardinality="single"><correctResponse><value>A</value></correctResponse></responseDeclaration>
<itemBody><choiceInteraction responseIdentifier="R"><prompt>1 + 1?</prompt><simpleChoice identifier="A">2</simpleChoice>
<simpleChoice identifier="B">3</simpleChoice></choiceInteraction></itemBody></assessmentItem>"""


def test_a_question_that_a_test_asks_is_asked_once_though_no_dependency_says_so(tmp_path: Path) -> None:
    manifest = (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m01"><metadata/><organizations/><resources>'
        '<resource identifier="t" type="imsqti_test_xmlv2p1" href="test.xml"><file href="test.xml"/></resource>'
        '<resource identifier="i" type="imsqti_item_xmlv2p1" href="one.xml"><file href="one.xml"/></resource>'
        "</resources></manifest>"
    )
    conversion = back(tmp_path, {MANIFEST: manifest.encode(), "test.xml": TEST2.encode(), "one.xml": ITEM2.encode()})
    ((title, unit),) = units(conversion).items()
    assert title == "Sums"
    assert [len(part.questions) for part in unit.parts if isinstance(part, Quiz)] == [1]


def test_an_assignment_of_canvas_without_modules_is_called_by_its_settings(tmp_path: Path) -> None:
    own = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    settings = (
        b'<assignment xmlns="http://canvas.instructure.com/xsd/cccv1p0" identifier="W"><title>Count the bees</title>'
        b"<points_possible>5</points_possible></assignment>"
    )
    page = b"<html><head><title>Assignment: Count the bees</title></head><body><p>Count.</p></body></html>"
    files = {
        MANIFEST: cartridge("", resource("W", own, "W/count.html", "W/assignment_settings.xml")),
        "a.html": page,
        "W/count.html": page,
        "W/assignment_settings.xml": settings,
    }
    work = parts(back(tmp_path, files))["Count the bees"]
    assert isinstance(work, Assignment)
    assert work.points == 5
