"""Packages that are read back: what becomes of their menus, pages and locks, and that nothing of hostile ones escapes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

import pytest
from cartridges import PAGE, cartridge, question
from conftest import ROOT
from packages import tarred, unzipped, zipped, zipped_folder
from typer.testing import CliRunner

from coursewright.audit.inspect import inspect_package
from coursewright.building.conversion import Conversion, lost, read_back, report_of
from coursewright.building.pipeline import build, planned, read
from coursewright.building.settings import Config
from coursewright.building.unpacked import let_go
from coursewright.cli.program import app
from coursewright.course.assets import ToUnit
from coursewright.course.gates import Any, Done
from coursewright.course.model import Unit
from coursewright.course.parts import File, Link, Page
from coursewright.course.plan import Selection
from coursewright.course.values import Identity
from coursewright.packages.files.unpacking import unpack
from coursewright.readers.packages.recovery import ElementKind, Fate

PIXELS = ROOT / "examples" / "pixels"
CP, ADL = "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.adlnet.org/xsd/adlcp_rootv1p2"


def scorm(items: str, pages: Mapping[str, str], others: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Return the files of a SCORM 1.2 package with a resource for each page, called by its name without an ending."""
    resources = "".join(
        f'<resource identifier="r-{name}" type="webcontent" adlcp:scormtype="sco" href="{name}.html"/>'
        for name in pages
    )
    manifest = f"""<manifest xmlns="{CP}" xmlns:adlcp="{ADL}" identifier="m">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Keeping bees</title>{items}</organization></organizations>
<resources>{resources}</resources></manifest>"""
    html = {f"{name}.html": f"<html><body>{body}</body></html>".encode() for name, body in pages.items()}
    return {"imsmanifest.xml": manifest.encode(), **html, **(others or {})}


def item(name: str, title: str, inner: str = "") -> str:
    """Return an item of a menu that opens a page."""
    return f'<item identifier="{name}" identifierref="r-{name}"><title>{title}</title>{inner}</item>'


def waits(expression: str) -> str:
    """Return what keeps an item closed."""
    return f'<adlcp:prerequisites type="aicc_script">{expression}</adlcp:prerequisites>'


def converted(folder: Path, files: Mapping[str, bytes]) -> Conversion:
    """Return what is read back of a package with these files."""
    return read_back(zipped(folder / "course.zip", files), Config())


def units(conversion: Conversion) -> tuple[Unit, ...]:
    return conversion.linted.curriculum.units


def text(page: object) -> str:
    """Return the Markdown of a page."""
    assert isinstance(page, Page)
    return "\n\n".join(headed.block.markdown for headed in page.body)  # type: ignore[union-attr]


def test_a_menu_becomes_units_and_static_pages_become_markdown_with_their_links_and_pictures(tmp_path: Path) -> None:
    pages = {
        "hive": '<h1>The hive</h1><p>A hive has <b>one</b> queen.</p><img src="pics/hive.gif" alt="A hive">'
        '<p><a href="year.html">The year</a> and <a href="sheet.pdf">a sheet</a></p>',
        "year": "<p>In spring the bees fly out.</p><script>track()</script>",
    }
    others = {"pics/hive.gif": b"GIF89a" + bytes(40), "sheet.pdf": b"%PDF-1.4 and more"}
    found = converted(tmp_path, scorm(item("hive", "The hive") + item("year", "The year"), pages, others))
    hive, year = units(found)
    assert [str(unit.title) for unit in (hive, year)] == ["The hive", "The year"]
    assert "A hive has **one** queen." in text(hive.parts[0]) and "track" not in text(year.parts[0])
    page = hive.parts[0]
    assert isinstance(page, Page)
    assert {href: type(target).__name__ for href, target in page.targets.items()} == {
        "pics/hive.gif": "ToFile",
        "year.html": "ToUnit",
        "sheet.pdf": "ToFile",
    }


def test_pages_that_the_first_one_links_to_are_read_after_it_and_each_once(tmp_path: Path) -> None:
    pages = {
        "a": '<p>Where it all begins.</p><a href="b.html">on</a>',
        "b": '<p>Where it goes on and on.</p><a href="a.html">back</a> <a href="c.html">on</a>',
        "c": "<p>Where it comes to an end.</p>",
    }
    (unit,) = units(converted(tmp_path, scorm(item("a", "All of it"), pages)))
    assert [text(part).splitlines()[0] for part in unit.parts] == [
        "Where it all begins.",
        "Where it goes on and on.",
        "Where it comes to an end.",
    ]


def test_locks_of_a_menu_become_what_units_wait_for(tmp_path: Path) -> None:
    pages = {name: f"<p>This is what {name} has to say.</p>" for name in "abcd"}
    menu = (
        item("a", "One")
        + item("b", "Two", waits("a"))
        + item("c", "Three", waits("a&amp;b"))
        + item("d", "Four", waits("a|b"))
    )
    one, two, three, four = units(converted(tmp_path, scorm(menu, pages)))
    assert [mention.id for mention in two.prerequisites.mentions] == [one.id]
    assert [mention.id for mention in three.prerequisites.mentions] == [one.id, two.id]
    assert four.gate == Any((Done(one.id), Done(two.id)))


def test_a_folder_whose_entries_wait_for_one_another_is_taken_apart_so_that_they_still_do(tmp_path: Path) -> None:
    pages = {name: f"<p>This is what {name} has to say.</p>" for name in "abc"}
    menu = f'<item identifier="f"><title>Part</title>{item("a", "One")}{item("b", "Two", waits("a"))}</item>'
    one, two, _ = units(converted(tmp_path, scorm(menu + item("c", "Last"), pages)))
    assert (str(one.title), str(two.title)) == ("Part: One", "Part: Two")
    assert [mention.id for mention in two.prerequisites.mentions] == [one.id]


def test_a_lock_that_no_unit_can_have_is_left_out_and_said(tmp_path: Path) -> None:
    pages = {name: f"<p>This is what {name} has to say.</p>" for name in "ab"}
    menu = item("a", "One") + item("b", "Two", waits('a="incomplete"'))
    found = converted(tmp_path, scorm(menu, pages))
    assert lost(found, Fate.DROPPED) == {ElementKind.GATE: 1}
    assert not units(found)[1].prerequisites.mentions


def test_what_a_script_makes_is_never_claimed_to_be_read(tmp_path: Path) -> None:
    pages = {"a": "<p>This can be read by anybody.</p>", "b": '<div id="app"></div><script src="app.js"></script>'}
    found = converted(tmp_path, scorm(item("a", "One") + item("b", "Two"), pages))
    assert lost(found, Fate.DROPPED) == {ElementKind.PAGE: 1}
    assert "could not be converted" in text(units(found)[1].parts[0])
    assert [one.code for one in found.linted.findings if one.severity == "warning"] == ["S121"]
    report = json.loads(report_of(found))
    assert [one["fate"] for one in report["elements"] if one["kind"] == "page"] == ["kept", "dropped"]


def test_of_courses_by_authoring_tools_the_words_are_read_and_keys_are_not(tmp_path: Path) -> None:
    slide = json.dumps({
        "title": "Welcome",
        "slideLayers": [
            {"isBaseLayer": True, "objects": [{"textLib": [{"vartext": {"blocks": [{"spans": [{"text": "Bees "}, {"text": "dance."}]}]}}]}]},
            {"isBaseLayer": False, "objects": [{"textLib": [{"vartext": {"blocks": [{"spans": [{"text": "Right!"}]}]}}]}]},
        ],
    })  # fmt: skip
    data = json.dumps({"scenes": [{"slides": [{"html5url": "html5/data/js/s1.js"}]}]})
    others = {
        "html5/data/js/data.js": f"window.globalProvideData('data', '{data}');".encode(),
        "html5/data/js/s1.js": f"window.globalProvideData('slide', '{slide}');".encode(),
    }
    found = converted(tmp_path, scorm(item("story", "Dances"), {"story": "<script></script>"}, others))
    assert text(units(found)[0].parts[0]) == "Bees dance."
    adapt = {
        "course/en/contentObjects.json": json.dumps([{"_id": "p", "_type": "page", "title": "Hives"}]).encode(),
        "course/en/articles.json": json.dumps([{"_id": "a", "_parentId": "p", "displayTitle": "Inside"}]).encode(),
        "course/en/blocks.json": json.dumps([{"_id": "b", "_parentId": "a"}]).encode(),
        "course/en/components.json": json.dumps([
            {"_id": "c", "_parentId": "b", "body": "<p>Combs hang in frames.</p>"},
            {"_id": "q", "_parentId": "b", "body": "Who lays?", "_items": [{"text": "The queen", "_shouldBeSelected": True}]},
        ]).encode(),
    }  # fmt: skip
    made = text(units(converted(tmp_path, scorm(item("x", "All"), {"x": "<script></script>"}, adapt)))[0].parts[0])
    assert "Combs hang in frames." in made and "Who lays?" in made and "The queen" not in made


def test_what_an_authoring_tool_shows_comes_back_once_however_often_it_is_opened(tmp_path: Path) -> None:
    data = json.dumps({"scenes": [{"slides": [{"html5url": "html5/data/js/s1.js"}]}]})
    slide = json.dumps({"slideLayers": [{"vartext": "<p>Bees dance.</p>"}]})
    others = {
        "html5/data/js/data.js": f"globalProvideData('data', '{data}');".encode(),
        "html5/data/js/s1.js": f"globalProvideData('slide', '{slide}');".encode(),
    }
    files = scorm(item("one", "One") + item("two", "Two"), {"one": "", "two": ""}, others)
    one, two = (unit.parts[0] for unit in units(converted(tmp_path, files)))
    assert isinstance(two, Page)
    assert (text(one), [*two.targets.values()]) == ("Bees dance.", [ToUnit(Identity("keeping-bees", "one"), one.key)])


@pytest.mark.parametrize(
    "data", [{"items": 5}, {"items": {"a": 1}}, {"title": None, "items": [None, {"paragraph": "Bees"}]}]
)
def test_data_of_an_odd_shape_costs_no_package(tmp_path: Path, data: Mapping[str, object]) -> None:
    course = b64encode(json.dumps({"course": {"lessons": [data, {"title": "x" * 99, "items": []}]}}).encode()).decode()
    others = {"scormcontent/index.html": f'<script>deserialize("{course}")</script>'.encode()}
    [unit] = units(converted(tmp_path, scorm(item("rise", "All"), {"rise": ""}, others)))
    assert unit.parts[0].title == "All"


def test_of_pieces_that_stand_in_nothing_or_in_many_none_is_read_twice(tmp_path: Path) -> None:
    rows = [{"body": "<p>A bee</p>", "_id": "same", "_parentId": "same"} for _ in range(200)]
    rows += [{"body": "<p>Nowhere</p>"} for _ in range(200)]
    kinds = ("contentObjects", "articles", "blocks", "components")
    adapt = {f"course/en/{kind}.json": json.dumps(rows).encode() for kind in kinds}
    [unit] = units(converted(tmp_path, scorm(item("x", "All"), {"x": ""}, adapt)))
    assert all(text(page).count("A bee") <= 1 for page in unit.parts)


def test_pages_that_all_link_to_one_another_are_read_once_in_their_order(tmp_path: Path) -> None:
    names = [f"p{number:03}" for number in range(40)]
    links = " ".join(f'<a href="{name}.html">{name}</a>' for name in names)
    pages = {name: f"<h1>{name}</h1><p>About this very page: {links}</p>" for name in names}
    files = scorm(item("p000", "All"), {"p000": pages["p000"]})
    files |= {f"{name}.html": f"<html><body>{body}</body></html>".encode() for name, body in pages.items()}
    [unit] = units(converted(tmp_path, files))
    assert [part.title for part in unit.parts] == names


def test_pages_and_films_that_only_a_script_shows_are_said_to_be_left_out(tmp_path: Path) -> None:
    others = {
        "m1/one.html": b"<p>One.</p>",
        "m1/film.mp4": b"film",
        "skin/logo.png": b"logo",
        "two.html": b"<p>Two words.</p>",
    }
    conversion = converted(
        tmp_path, scorm(item("a", "One"), {"a": '<p>Words of it. <a href="two.html">On</a></p>'}, others)
    )
    assert conversion.read.recovery is not None
    lost = [(one.kind, one.title) for one in conversion.read.recovery.elements if one.fate is Fate.DROPPED]
    shown = [one for one in lost if one[1] != "skin/logo.png"]
    assert sorted(shown) == [(ElementKind.FILE, "m1/film.mp4"), (ElementKind.PAGE, "m1/one.html")]
    looks = [one for one in conversion.read.recovery.elements if one.title == "skin/logo.png"]
    assert [(one.fate, one.told) for one in looks] == [(Fate.DROPPED, True)]  # it stands in the report alone


def test_a_game_of_exelearning_is_left_out_and_said_and_its_data_are_on_no_page(tmp_path: Path) -> None:
    game = (
        '<h1 class="box-title">Guess</h1><button class="box-toggle">Toggle content</button><div class="idevice_node guess">'
        '<div class="adivina-instructions gameQP-instructions"><p>Find the words.</p></div>'
        '<div class="adivina-DataGame js-hidden">%E9%B0%E6</div></div><p>And after it.</p>'
    )
    conversion = converted(tmp_path, scorm(item("a", "One"), {"a": f"<p>Before it, some words.</p>{game}"}))
    said = text(units(conversion)[0].parts[0])
    assert "Find the words." in said
    assert "And after it." in said
    assert "%E9" not in said
    assert "Toggle" not in said
    assert conversion.read.recovery is not None
    lost = [one for one in conversion.read.recovery.elements if one.fate is Fate.DROPPED]
    assert [(one.kind, one.title) for one in lost] == [(ElementKind.ACTIVITY, "Guess")]


def test_quizzes_of_ours_without_their_source_are_said_to_be_left_out(tmp_path: Path) -> None:
    settings = Config(formats=("scorm12",))
    build(planned(read([PIXELS], settings), Selection(), settings), settings, tmp_path / "out")
    files = unzipped(next((tmp_path / "out").glob("*.zip")))
    conversion = converted(tmp_path, {name: held for name, held in files.items() if "coursewright/" not in name})
    recovery = conversion.read.recovery
    assert recovery is not None
    lost = [one.title for one in recovery.elements if one.fate is Fate.DROPPED]
    assert "Quiz: squeeze it" in lost and len(lost) == 5


def test_links_and_files_of_a_menu_stay_what_they_are(tmp_path: Path) -> None:
    files = scorm("", {})
    resources = '<resource identifier="r-l" type="webcontent" adlcp:scormtype="asset" href="https://example.org/bees"/>'
    resources += '<resource identifier="r-p" type="webcontent" adlcp:scormtype="asset" href="sheet.pdf"/>'
    manifest = files["imsmanifest.xml"].decode().replace("<resources>", f"<resources>{resources}")
    manifest = manifest.replace("</title></org", f"</title>{item('l', 'A site')}{item('p', 'A sheet')}</org")
    found = converted(tmp_path, {"imsmanifest.xml": manifest.encode(), "sheet.pdf": b"%PDF-1.4 and more"})
    assert [type(unit.parts[0]) for unit in units(found)] == [Link, File]


def test_a_course_of_ours_comes_back_with_its_units_locks_and_pages(tmp_path: Path) -> None:
    config = Config(formats=("scorm12",))
    built = build(planned(read([PIXELS], config), Selection(), config), config, tmp_path / "first")
    package = tmp_path / "first" / built.written[0].name
    again = Config(formats=("scorm12", "canvas"))
    second = build(planned(read([package], again), Selection(), again), again, tmp_path / "second")
    assert len(second.written) == 2
    before, after = (inspect_package(path).outline for path in (package, tmp_path / "second" / second.written[0].name))
    assert before and after
    assert [entry.title for entry in after.entries] == [entry.title for entry in before.entries]
    assert [bool(entry.gate) for entry in after.entries] == [bool(entry.gate) for entry in before.entries]


def test_nothing_of_a_hostile_archive_lands_outside_its_folder_and_the_rest_is_read(tmp_path: Path) -> None:
    link = tarfile.TarInfo("out")
    link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path)
    pipe = tarfile.TarInfo("pipe")
    pipe.type = tarfile.FIFOTYPE
    ball = tarred(
        tmp_path / "a.mbz", {"../up.txt": b"up", "/abs.txt": b"abs", "good.txt": b"good", "out/x": b"x"}, [link, pipe]
    )
    ball_folder, zip_folder = tmp_path / "ball", tmp_path / "zip"
    for folder in (ball_folder, zip_folder):
        folder.mkdir()
    before = sorted(tmp_path.iterdir())
    unpack(ball, ball_folder)
    archive = zipped(
        tmp_path / "b.zip", {"../up.txt": b"up", "good.txt": b"good", "a": b"1", "a/b": b"2", "x" * 300: b"3"}
    )
    found = unpack(archive, zip_folder)
    assert {
        path.relative_to(folder).as_posix() for folder in (ball_folder, zip_folder) for path in folder.rglob("*")
    } >= {"good.txt"}
    assert not any(path.is_symlink() for path in tmp_path.rglob("*"))
    assert sorted(tmp_path.iterdir()) == sorted([*before, archive])
    assert any(one.code == "P223" for one in found.findings)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bomb.zip", {"zeros.bin": bytes(30_000_000), "good.txt": b"good"})
    folder = tmp_path / "folder"
    folder.mkdir()
    found = unpack(bomb, folder)
    assert [path.name for path in folder.iterdir()] == ["good.txt"]
    assert [one.code for one in found.findings] == ["P219"]


@pytest.mark.parametrize(("piece", "damaged"), [(b"one thing", b"one thins"), (b"PK\3\4", b"PK\0\0")])
def test_a_file_that_is_damaged_stops_no_other(tmp_path: Path, piece: bytes, damaged: bytes) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("first.txt", b"one thing")
        archive.writestr("second.txt", b"another thing")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(whole.getvalue().replace(piece, damaged, 1))
    folder = tmp_path / "folder"
    folder.mkdir()
    found = unpack(broken, folder)
    assert [path.name for path in folder.iterdir()] == ["second.txt"]
    assert [one.code for one in found.findings] == ["P223"]


def test_the_command_says_what_it_read_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    pages = {"a": "<p>This can be read by anybody.</p>", "b": "<script></script>"}
    zipped(tmp_path / "course.zip", scorm(item("a", "One") + item("b", "Two"), pages))
    result = CliRunner().invoke(app, ["convert", "course.zip", "-f", "canvas,scorm12", "--title", "Bees"])
    assert result.exit_code == 0, result.output
    assert "course.zip: SCORM 1.2, salvaged: 2 units, 1 page" in result.output
    assert "  left out: 1 page" in result.output
    assert {path.name for path in (tmp_path / "dist").iterdir()} >= {
        "keeping-bees-canvas.imscc",
        "keeping-bees-scorm12.zip",
    }
    report = json.loads((tmp_path / "dist" / "keeping-bees-import-report.json").read_text(encoding="utf-8"))
    assert report["how"] == "salvaged"
    let_go()
    assert not any((tmp_path / "temporary").iterdir())
    strict = CliRunner().invoke(app, ["convert", "course.zip", "-f", "canvas", "--strict"])
    assert strict.exit_code == 1


def test_what_was_unpacked_is_gone_when_the_process_ends(tmp_path: Path) -> None:
    package = zipped(tmp_path / "course.zip", scorm(item("a", "One"), {"a": "<p>This can be read by anybody.</p>"}))
    (temporary := tmp_path / "temporary").mkdir()
    command = [sys.executable, "-m", "coursewright", "convert", str(package), "-o", str(tmp_path / "out")]
    surroundings = {**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary)}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "keeping-bees-markdown").is_dir() and not any(temporary.iterdir())


def test_a_folder_of_markdown_from_an_earlier_conversion_stays(tmp_path: Path) -> None:
    pages = {"a": "<p>This can be read by anybody.</p>"}
    package = zipped(tmp_path / "course.zip", scorm(item("a", "One"), pages))
    other = zipped(tmp_path / "other.zip", scorm(item("a", "One"), pages))
    for source, format in ((package, "markdown"), (other, "canvas")):
        config = Config(formats=(format,), title="")
        build(planned(read([source], config), Selection(), config), config, tmp_path / "out", clean=True)
    assert (tmp_path / "out" / "keeping-bees-markdown" / "course.toml").is_file()


def test_an_address_that_is_no_place_on_the_web_is_no_link(tmp_path: Path) -> None:
    files = scorm(item("l", "A trick"), {"a": "<p>Nobody leads here, as it seems.</p>"})
    resources = '<resource identifier="r-l" type="webcontent" adlcp:scormtype="asset" href="javascript:alert(1)"/>'
    manifest = files["imsmanifest.xml"].decode().replace("<resources>", f"<resources>{resources}")
    found = converted(tmp_path, files | {"imsmanifest.xml": manifest.encode()})
    assert not any(isinstance(part, Link) for unit in units(found) for part in unit.parts)


def test_what_is_for_staff_is_in_the_folder_and_elsewhere_it_is_said(tmp_path: Path) -> None:
    bank = (
        b'<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><objectbank ident="B"><qtimetadata>'
        b"<qtimetadatafield><fieldlabel>bank_title</fieldlabel><fieldentry>Hives</fieldentry></qtimetadatafield></qtimetadata>"
        + question("Q1").encode()
        + b"</objectbank></questestinterop>"
    )
    files = {"imsmanifest.xml": cartridge(), "a.html": PAGE, "non_cc_assessments/B.xml.qti": bank}
    package = zipped(tmp_path / "course.imscc", files)
    folder = CliRunner().invoke(app, ["convert", str(package), "-o", str(tmp_path / "out")])
    assert "1 question bank" in folder.output
    assert "--staff" not in folder.output
    assert any("audience: staff" in one.read_text() for one in (tmp_path / "out").rglob("*.md"))
    other = CliRunner().invoke(app, ["convert", str(package), "-f", "moodle", "-o", str(tmp_path / "out")])
    assert "for staff, written only with --staff: 1 question bank" in other.output


def test_where_nothing_was_written_it_is_said_and_is_a_failure(tmp_path: Path) -> None:
    lost = b'<resource identifier="R" type="imsqti_xmlv1p2"><file href="$id/$id.xml"/></resource>'
    head = b'<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" identifier="M"><organizations/>'
    files = {"imsmanifest.xml": head + b"<resources>" + lost + b"</resources></manifest>"}
    empty = zipped(tmp_path / "empty.zip", files)
    good = zipped(tmp_path / "good.zip", scorm(item("a", "A"), {"a": "<p>Bees make honey all summer.</p>"}))
    asked = ["convert", str(empty), "-o", str(tmp_path / "out")]
    alone, quiet = CliRunner().invoke(app, asked), CliRunner().invoke(app, [*asked, "--quiet"])
    both = CliRunner().invoke(app, [*asked, str(good)])
    assert [one.exit_code for one in (alone, quiet, both)] == [1, 1, 1]
    for one in (alone, quiet, both):
        assert f"nothing was written of {empty}: nothing in it could be kept" in one.output
        assert f"coursewright validate {empty}" in one.output
    assert str(good) not in next(line for line in both.output.splitlines() if "nothing was written" in line)
    assert (tmp_path / "out" / "keeping-bees-markdown").is_dir()


def test_what_never_opens_is_told_and_left_out_where_a_format_has_no_lock_for_it(tmp_path: Path) -> None:
    package = zipped_folder(ROOT / "tests" / "findings" / "P356" / "zipped", tmp_path / "course.zip")
    asked = ["convert", str(package), "-f", "markdown,scorm2004", "-o", str(tmp_path / "out"), "--verbose"]
    made = CliRunner().invoke(app, asked)
    assert made.exit_code == 0
    assert (
        "Markdown folder cannot hold a condition that opens 'B', so it is left out: it can never be met" in made.output
    )
    assert (tmp_path / "out" / "course-scorm2004-4th.zip").exists()
