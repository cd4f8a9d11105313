"""Units whose reader made their parts: their pages, pictures, files and links are written truly in every format."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from authored import HONEY, LABELS, START, TOOLS, WELCOME, course, picture, prose_page, unit, written
from importers import canvas, cartridge, mbz, moodle
from lxml import etree, html
from markupsafe import Markup
from packages import unzipped

from coursewright.audit.lms import LMSS
from coursewright.audit.validate import validate_package
from coursewright.course.assets import ToUnit
from coursewright.course.identifiers import identifier, part_key
from coursewright.course.model import Course, Step
from coursewright.course.parts import Part
from coursewright.course.values import Identity
from coursewright.findings.finding import Severity
from coursewright.packages.files.writing import Package
from coursewright.pages.authored import content_of, page_names, size_in_words
from coursewright.pages.dress import dress
from coursewright.pages.links import Places, Ways
from coursewright.pages.renderer import Renderer
from coursewright.writers import FORMATS, WHOLE
from coursewright.writers.files import course_files, packed_files
from coursewright.writers.scorm.unit_page import state_size
from coursewright.writers.writer import WriteOptions

NAMES = sorted(format.name for format in WHOLE if format.is_judged)
ITS_LMS = {"scorm12": "moodle", "cc11": "moodle", "cc12": "brightspace", "cc13": "brightspace"} | {
    "canvas": "canvas",
    "moodle": "moodle",
    "scorm2004-4th": "scorm-cloud",
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """The files of the course in each format, with what is for staff."""
    folder = tmp_path_factory.mktemp("authored")
    return {name: opened(folder, name, staff=True) for name in NAMES}


def opened(folder: Path, format: str, *, staff: bool = False) -> dict[str, bytes]:
    built = written(folder, format, staff=staff)
    return unzipped(folder / "out" / built.name)


def text_of(files: dict[str, bytes]) -> str:
    """Return what a package says, its pages within XML too."""
    pages = (content.decode() for name, content in files.items() if name.endswith((".html", ".xml")))
    return unescape(unescape("\n".join(pages)))


@pytest.mark.parametrize("format", NAMES)
def test_every_page_is_there_under_its_authors_title_and_headings(
    packages: dict[str, dict[str, bytes]], format: str
) -> None:
    said = text_of(packages[format])
    for words in ("Welcome", "Tools: what & why", "Frames", "Smoke", "A script", "Labels", "A closer look", "Numbers"):
        assert words in said
    assert "Name the parts of a hive" in said and "Open a hive" in said
    assert "Further information" not in said


@pytest.mark.parametrize("format", NAMES)
def test_each_picture_and_file_is_packed_once_as_it_is_held(packages: dict[str, dict[str, bytes]], format: str) -> None:
    contents = list(packages[format].values())
    assert contents.count(picture((200, 150, 40))) == contents.count(picture((40, 120, 110))) == 1
    assert contents.count(b"%PDF-1.4\n%%EOF\n") == 1
    assert b"print('honey')\n" not in contents
    (packed,) = (content for content in contents if content.startswith(b"PK"))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"extract.py": b"print('honey')\n"}
    (drawing,) = (content for content in contents if b'width="90"' in content and b"<svg" in content)
    assert b"alert" not in drawing and b"<rect" in drawing


@pytest.mark.parametrize("format", NAMES)
def test_an_id_that_nobody_gave_is_never_shown(packages: dict[str, dict[str, bytes]], format: str) -> None:
    said = text_of(packages[format])
    shown = re.sub(r"<[^<>]*>|\$@[^@]*@\$", " ", said)
    assert not re.search(r"\b(?:the-hive|start) (?:The hive|Getting)|Unit (?:start|the-hive|honey)\b", shown)
    assert ">the-hive<" not in said and "beekeeping," not in said


@pytest.mark.parametrize("format", NAMES)
def test_staff_material_is_hidden_where_that_can_be_and_nowhere_else(
    packages: dict[str, dict[str, bytes]], tmp_path: Path, format: str
) -> None:
    files, asked = opened(tmp_path, format), packages[format]
    assert "SECRET" not in text_of(files) and b"%PDF-1.4\nanswers\n" not in files.values()
    hides = not format.startswith(("scorm", "site"))
    assert ("SECRET" in text_of(asked)) is hides
    assert (b"%PDF-1.4\nanswers\n" in asked.values()) is hides


def test_canvas_locks_what_only_staff_gets(packages: dict[str, dict[str, bytes]]) -> None:
    files = packages["canvas"]
    meta = etree.fromstring(files["course_settings/files_meta.xml"])
    manifest = etree.fromstring(files["imsmanifest.xml"])
    (locked,) = (found.get("identifier") for found in meta.iter("{*}file"))
    (path,) = (one.get("href") for one in manifest.iter("{*}resource") if one.get("identifier") == locked)
    assert path == "web_resources/beekeeping/answers.pdf"
    assert b'content="unpublished"' in files["wiki_content/honey-bf3af3-page-staff.html"]


@pytest.mark.parametrize("format", ["scorm12", "scorm2004-4th", "cc11", "cc12", "cc13"])
def test_every_local_address_leads_to_a_file_and_a_place_on_it(
    packages: dict[str, dict[str, bytes]], format: str
) -> None:
    files = packages[format]
    pages = {name: html.fromstring(content) for name, content in files.items() if name.endswith(".html")}
    for name, page in pages.items():
        for element in page.iter("a", "img"):
            address = element.get("href") or element.get("src") or ""
            if not address.startswith(("http", "mailto")):
                path, _, anchor = address.partition("#")
                parts = [*name.split("/")[:-1], *path.partition("?")[0].split("/")] if path else name.split("/")
                target = "/".join(resolved(parts))
                assert target in files, address
                assert not anchor or pages[target].xpath("//*[@id=$name]", name=anchor), address


def resolved(parts: list[str]) -> list[str]:
    found: list[str] = []
    for part in parts:
        found = found[:-1] if part == ".." else [*found, part]
    return found


def test_links_in_canvas_name_pages_and_files_and_not_what_is_locked(packages: dict[str, dict[str, bytes]]) -> None:
    welcome = packages["canvas"][f"wiki_content/start-6dee71-{WELCOME}.html"].decode()
    assert f'href="$WIKI_REFERENCE$/pages/start-6dee71-{TOOLS}#the-smoker"' in welcome
    assert 'src="$IMS-CC-FILEBASE$/beekeeping/logo.png"' in welcome
    assert '<a href="#at-the-end">' in welcome
    tools = packages["canvas"][f"wiki_content/start-6dee71-{TOOLS}.html"].decode()
    assert "the colours" in tools and LABELS not in tools


def test_links_in_moodle_name_activities_and_files_that_the_page_has(packages: dict[str, dict[str, bytes]]) -> None:
    files = packages["moodle"]
    welcome = etree.fromstring(files["activities/page_100001/page.xml"]).findtext(".//content") or ""
    assert '<a href="$@PAGEVIEWBYID*100002@$#the-smoker">' in welcome
    assert '<a href="$@PAGEVIEWBYID*200002@$#brood-frames">' in welcome
    assert "@@PLUGINFILE@@/logo.png" in welcome and "@@PLUGINFILE@@/plan.pdf" in welcome
    listed = etree.fromstring(files["files.xml"])
    own = [one for one in listed if one.findtext("contextid") == "100003"]
    assert sorted(one.findtext("filename") or "" for one in own) == ["logo.png", "plan.pdf"]
    assert all(f"files/{one.findtext('contenthash', '')[:2]}/{one.findtext('contenthash')}" in files for one in listed)
    assert all(
        len(files[f"files/{one.findtext('contenthash', '')[:2]}/{one.findtext('contenthash')}"])
        == int(one.findtext("filesize", ""))
        for one in listed
    )


def test_a_file_of_its_own_is_what_each_lms_calls_one(packages: dict[str, dict[str, bytes]]) -> None:
    assert "activities/resource_300005/resource.xml" in packages["moodle"]
    assert b"<content_type>Attachment</content_type>" in packages["canvas"]["course_settings/module_meta.xml"]
    manifest = etree.fromstring(packages["cc13"]["imsmanifest.xml"])
    (item,) = (one for one in manifest.iter("{*}item") if one.findtext("{*}title") == "The plan")
    (resource,) = (one for one in manifest.iter("{*}resource") if one.get("identifier") == item.get("identifierref"))
    assert resource.get("href") == "files/plan.pdf"
    sco = packages["scorm12"]["units/honey-bf3af3/index.html"].decode()
    assert '<a href="../../files/plan.pdf" download>The plan</a> <span class="hint">(PDF, 15 B)</span>' in sco


@pytest.mark.parametrize("format", sorted(ITS_LMS))
def test_a_strict_judge_finds_nothing_to_say_for_its_lms(tmp_path: Path, format: str) -> None:
    built = written(tmp_path, format)
    judged = validate_package(tmp_path / "out" / built.name, [LMSS[ITS_LMS[format]]])
    assert [found for found in judged.findings if found.severity is not Severity.INFO and found.code != "L540"] == []


@pytest.mark.parametrize("format", [name for name in NAMES if name.startswith("scorm")])
def test_a_quiz_stands_on_a_page_of_its_unit(packages: dict[str, dict[str, bytes]], format: str) -> None:
    page = packages[format]["units/honey-bf3af3/index.html"].decode()
    assert page.count("data-quiz=") == 1
    assert '<script src="quiz.js" defer></script>' in page
    assert "units/honey-bf3af3/quiz.js" in packages[format]


def test_cartridges_for_moodle_say_that_links_between_pages_are_lost(tmp_path: Path) -> None:
    assert [found.text for found in written(tmp_path, "cc11").findings if found.code == "L441"] == [
        "importers of Common Cartridge 1.1 break links between pages, so 7 of them are plain text"
    ]
    assert "L441" not in {found.code for found in written(tmp_path, "cc13").findings}


def test_units_as_scorm_within_moodle_lead_to_no_other_unit(tmp_path: Path) -> None:
    built = written(tmp_path, "moodle", WriteOptions(with_scorm=True))
    with zipfile.ZipFile(tmp_path / "out" / built.name) as archive:
        pages = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if "files/" in name]
    scos = [page for page in pages if "data-page" in page and "<!DOCTYPE" in page]
    assert len(scos) == 3 and not any('href="../the-hive' in page or 'href="../start' in page for page in scos)
    assert any('src="../../files/logo.png"' in page for page in scos)


def test_packages_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("scorm12", "canvas", "moodle", "cc13"):
        assert written(tmp_path / "one", name).sha256 == written(tmp_path / "two", name).sha256


def test_metadata_say_what_a_unit_is_for(packages: dict[str, dict[str, bytes]]) -> None:
    manifest = packages["scorm12"]["imsmanifest.xml"].decode()
    assert "Name the parts of a hive" in manifest and "PT20M" in manifest
    assert ">start<" not in manifest


# --- what many pages need ---


def many(count: int) -> Course:
    pages: tuple[Part, ...] = tuple(
        prose_page(part_key("page", f"{number}.md"), f"Page {number}", f"{number}.md", f"Text {number}")
        for number in range(count)
    )
    return Course("many", "Many", (Step(unit(Identity("many", "many"), "Many", pages)),))


def test_a_learners_state_holds_hundreds_of_pages() -> None:
    planned = many(600)
    names = list(page_names(planned.units[0]).values())
    assert len(set(names)) == 600
    assert state_size(names, ()) <= 4096


def test_too_many_pages_for_a_learners_state_are_told_of(tmp_path: Path) -> None:
    planned = many(900)
    made = WriteOptions()
    from coursewright.building.jobs import Workshop

    package = Package("many.zip")
    found = FORMATS["scorm12"].write(package, planned, Workshop().materials(planned, made))
    assert [one.code for one in found] == ["L443"]


def test_the_names_of_pages_come_from_their_keys_alone() -> None:
    few, more = page_names(many(3).units[0]), page_names(many(40).units[0])
    assert all(more[key] == name for key, name in few.items())


def test_a_way_that_is_locked_or_leads_nowhere_is_none(tmp_path: Path) -> None:
    planned = course(tmp_path)
    start, honey = planned.units[0], planned.find(HONEY)
    assert honey
    places = Places(lambda unit, part, anchor: f"{unit.id}/{part.key}#{anchor}")
    ways = Ways(planned, start, lambda unit: unit.id, places, locked=True)
    assert ways.to(ToUnit(START, TOOLS, "x")) == f"start/{TOOLS}#x"
    assert ways.to(ToUnit(HONEY, LABELS)) == "" and replace(ways, locked=False).to(ToUnit(HONEY, LABELS))
    assert ways.to(ToUnit(Identity("other", "x"))) == ways.to(ToUnit(START, "gone")) == ""
    assert Ways(planned, honey, lambda unit: unit.id, places, locked=True).to(ToUnit(HONEY, LABELS))


def test_anchors_of_pages_in_one_document_are_told_apart(tmp_path: Path) -> None:
    planned = course(tmp_path)
    renderer = Renderer()
    content = content_of(renderer, planned, course_files(planned).name, planned.units[0])
    ids = re.findall(r' id="([^"]+)"', "".join(page.body for page in content.pages))
    assert len(ids) == len(set(ids)) and all(re.match(r"p[0-9a-f]{4}-", id) for id in ids if "-what" in id)
    assert content.pages[0].title == "Welcome"


# --- files ---


def test_what_is_compressed_is_not_compressed_again(tmp_path: Path) -> None:
    built = written(tmp_path, "scorm12")
    with zipfile.ZipFile(tmp_path / "out" / built.name) as archive:
        ways = {info.filename: info.compress_type for info in archive.infolist()}
    assert ways["files/logo.png"] == ways["files/extract.py.zip"] == zipfile.ZIP_STORED
    assert ways["index.html"] == ways["files/plan.pdf"] == zipfile.ZIP_DEFLATED


def test_a_name_that_is_taken_is_another(tmp_path: Path) -> None:
    from authored import asset

    one, other = (asset(tmp_path, f"{name}/a.png", name.encode(), "image/png") for name in ("one", "other"))
    names = [found.name for found in packed_files([one, replace(other, name="A.png"), one])]
    assert len({name.lower() for name in names}) == len(names) == 2


def test_sizes_are_told_in_words(tmp_path: Path) -> None:
    from authored import asset

    one = asset(tmp_path, "plan.pdf", b"x", "application/pdf")
    assert size_in_words(replace(one, size=1_250_000), Renderer()) == "PDF, 1.2 MB"
    assert size_in_words(replace(one, size=2_000, name="LICENSE"), Renderer()) == "2 KB"
    assert size_in_words(replace(one, size=1_250_000), Renderer("de")) == "PDF, 1,2 MB"


def test_identifiers_of_parts_fit_everywhere(tmp_path: Path) -> None:
    long = Identity("a" * 60, "an-id-that-is-much-longer-than-any-lms-would-have-it")
    assert len(identifier(long, f"{part_key('page', 'x')}-item")) <= 64


def test_pages_bring_their_looks_where_our_stylesheet_stays_behind(packages: dict[str, dict[str, bytes]]) -> None:
    canvas = packages["canvas"][f"wiki_content/start-6dee71-{WELCOME}.html"].decode()
    moodle = packages["moodle"]["activities/page_100001/page.xml"].decode()
    assert 'style="border-collapse: collapse;' in canvas and "max-width: 100%" in canvas
    assert "border-collapse: collapse;" in moodle
    assert "style=" not in packages["cc13"][f"units/start-6dee71/{WELCOME}.html"].decode()


def test_what_a_page_brings_along_passes_a_cleaner_of_styles() -> None:
    box = '<div class="callout callout-warning"><p class="callout-title">Mind</p></div>'
    made = str(
        dress({}).on(Markup('<table><tr><td style="text-align: right">1</td></tr></table>' + box + "<p>x &amp; y</p>"))
    )
    for style in re.findall(r'style="([^"]*)"', made):
        assert style.isascii() and not set(style) & set("_@*+=?[{") and "rgb" not in style
    assert "text-align: right" in made and "#7a4a00" in made and made.endswith("<p>x &amp; y</p>")
    assert made.startswith('<div style="overflow-x: auto; margin: 0 0 20px 0;"><table')


def test_cells_are_aligned_without_styles_in_their_tags(tmp_path: Path) -> None:
    table = "| A | B |\n|:-:|--:|\n| 1 | <b>2</b> |\n"
    page = prose_page("page-1", "Table", "table.md", table)
    planned = Course("t", "T", (Step(unit(Identity("t", "t"), "T", (page,))),))
    (shown,) = content_of(Renderer(), planned, course_files(planned).name, planned.units[0]).pages
    assert "style=" not in shown.body and "&lt;" not in shown.body
    dressed = dress({}).on(shown.body)
    assert "text-align: center;" in dressed and "text-align: right;" in dressed


@pytest.mark.parametrize("format", ["cc11", "cc12", "cc13", "canvas", "moodle"])
def test_everything_arrives_where_it_is_imported(tmp_path: Path, format: str) -> None:
    built = written(tmp_path, format, staff=True)
    package = tmp_path / "out" / built.name
    if format == "cc11":
        known = ("ids are removed", "its marks are wrong")
        assert [fault for fault in moodle.imported(package).damage if not fault.endswith(known)] == []
    else:
        importer = {"canvas": canvas, "moodle": mbz}.get(format, cartridge)
        assert importer.imported(package).issues == []
