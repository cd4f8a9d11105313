"""SCORM 1.2 packages: what the manifest says, that it is valid, and that Moodle's literal-minded reader takes it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import SEEDS, built, linted, roadmap
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from moodle import moodle_takes

from coursewright.building.settings import Config
from coursewright.course.edition import learner_edition
from coursewright.course.identifiers import identifier
from coursewright.course.plan import Grouping, Selection
from coursewright.course.values import Identity
from coursewright.pages.renderer import Renderer
from coursewright.writers.scorm.unit_page import state_size, ticks_kept

Sources = Callable[[Mapping[str, str | bytes]], Path]
NS = {
    "cp": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    "md": "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
}


def manifest_of(package: Path) -> etree._Element:
    with zipfile.ZipFile(package) as archive:
        return etree.fromstring(archive.read("imsmanifest.xml"))


def texts(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NS)
    assert isinstance(found, list)
    return [str(text) for text in found]


def gates(root: etree._Element) -> dict[str, str]:
    items = root.findall(".//cp:item", NS)
    return {item.get("identifier", ""): item.findtext("adlcp:prerequisites", "", NS) for item in items}


def name(id: str, track: str = "engineer") -> str:
    return identifier(Identity(track, id))


def test_every_gate_of_the_curriculum_is_in_the_manifest(curriculum: Sources, tmp_path: Path) -> None:
    documents = {
        "a": roadmap(1),
        "b": roadmap(2, "MOD-001"),
        "c": roadmap(3, "MOD-001"),
        "d": roadmap(4, "MOD-002, MOD-003"),
    }
    built(curriculum({f"{key}.md": text for key, text in documents.items()}), tmp_path / "out")
    assert gates(manifest_of(tmp_path / "out" / "engineer-scorm12.zip")) == {
        name("MOD-001"): "",
        name("MOD-002"): name("MOD-001"),
        name("MOD-003"): name("MOD-001"),
        name("MOD-004"): f"{name('MOD-002')}&{name('MOD-003')}",
    }


def test_the_seeds_gate_what_their_packages_hold(tmp_path: Path) -> None:
    built(SEEDS, tmp_path / "tracks")
    built(SEEDS, tmp_path / "all", Selection(Grouping.ALL))
    principal, senior = "principal-ai-infrastructure-architect", "senior-ai-infrastructure-architect"
    by_track = gates(manifest_of(tmp_path / "tracks" / f"{principal}-scorm12.zip"))
    assert by_track[name("PROJ-604", principal)] == name("MOD-607", principal)
    assert by_track[name("MOD-607", principal)] == ""
    together = gates(manifest_of(tmp_path / "all" / "curriculum-scorm12.zip"))
    assert together[name("MOD-607", principal)] == name("MOD-407", senior)
    assert len(together) == 5


def test_the_path_to_a_unit_holds_what_it_needs(tmp_path: Path) -> None:
    found = linted(SEEDS)
    wanted = next(unit for unit in found.curriculum.units if unit.id == "PROJ-604")
    report = built(SEEDS, tmp_path, Selection(only=(wanted,), with_prerequisites=True))
    assert [package.name for package in report.packages] == ["proj-604-path-scorm12.zip"]
    assert [unit.id for unit, _ in report.packages[0].units] == ["MOD-407", "MOD-607", "PROJ-604"]


def test_one_package_a_unit_can_be_had(tmp_path: Path) -> None:
    report = built(SEEDS, tmp_path, Selection(Grouping.UNIT))
    assert sorted(path.name for path in tmp_path.glob("*.zip")) == sorted(package.name for package in report.packages)
    assert "mlops-engineer-mod-551-scorm12.zip" in " ".join(package.name for package in report.packages)


def test_the_metadata_says_what_the_document_says(tmp_path: Path) -> None:
    config = Config(language="en-GB", version="1.4", publisher="Acme, Ltd; Academy", rights="CC BY 4.0")
    built(SEEDS, tmp_path, config=config)
    root = manifest_of(tmp_path / "senior-ai-infrastructure-architect-scorm12.zip")
    lom = root.find(".//cp:item/cp:metadata/md:lom", NS)
    assert lom is not None
    assert texts(lom, "md:general/md:title/md:langstring/text()") == ["Strategic Partnerships & Vendor Ecosystems"]
    assert texts(lom, "md:general/md:description/md:langstring/text()") == [
        "Module 407 governs strategic partnerships and vendor ecosystems."
    ]
    assert texts(lom, "md:general/md:language/text()") == ["en-GB"]
    assert "partnerships-ecosystem" in texts(lom, "md:general/md:keyword/md:langstring/text()")
    assert texts(lom, "md:educational/md:typicallearningtime/md:datetime/text()") == ["PT40H"]
    assert texts(lom, "md:lifecycle/md:version/md:langstring/text()") == ["1.4"]
    assert "FN:Acme\\, Ltd\\; Academy" in texts(lom, "md:lifecycle/md:contribute/md:centity/md:vcard/text()")[0]
    assert texts(lom, "md:rights/md:description/md:langstring/text()") == ["CC BY 4.0"]

    def entries(purpose: str) -> list[str]:
        path = (
            "md:classification[md:purpose/md:value/md:langstring=$purpose]/md:taxonpath/md:taxon/md:entry/md:langstring"
        )
        found = lom.xpath(f"{path}/text()", namespaces=NS, purpose=purpose)
        assert isinstance(found, list)
        return [str(text) for text in found]

    assert len(entries("Educational Objective")) == 3
    assert entries("Prerequisite") == ["MOD-402", "MOD-404"]
    assert entries("Competency") == ["partnerships-ecosystem: Expert", "executive-advisory: Proficient"]
    assert entries("Discipline") == ["Senior AI Infrastructure Architect"]


def test_a_threshold_in_words_is_no_mastery_score_where_nothing_reports_a_score(tmp_path: Path) -> None:
    report = built(SEEDS, tmp_path)
    root = manifest_of(tmp_path / "senior-ai-infrastructure-architect-scorm12.zip")
    assert root.find(".//adlcp:masteryscore", NS) is None
    assert [found.place.line for found in report.findings if found.code == "L401"] == [49]


def packages(tmp_path: Path, *sources: Path) -> list[Path]:
    for number, source in enumerate(sources):
        assert not [found for found in built(source, tmp_path / str(number)).findings if found.severity == "error"]
    return sorted(tmp_path.rglob("*.zip"))


def test_moodle_takes_every_package_of_the_seeds(tmp_path: Path) -> None:
    for package in packages(tmp_path, SEEDS):
        moodle_takes(package)


def test_moodle_takes_every_package_of_the_corpus(tmp_path: Path, corpus: Path) -> None:
    found = packages(tmp_path, corpus)
    assert len(found) == 2
    for package in found:
        moodle_takes(package)


def test_a_hostile_title_stays_a_title(curriculum: Sources, tmp_path: Path) -> None:
    title = "A ]]> & <script>alert(1)</script> \"q\" 'x' &amp; R & <b>"
    built(curriculum({"a.md": roadmap(1, title=title), "b.md": roadmap(2, title="Planung & Übung")}), tmp_path / "out")
    package = tmp_path / "out" / "engineer-scorm12.zip"
    moodle_takes(package)
    titles = texts(manifest_of(package), "//cp:item/cp:title/text()")
    assert titles == ["A ]]>\xa0&\xa0<script>alert(1)</script> \"q\" 'x' & R &\xa0<b>", "Planung &\xa0Übung"]
    with zipfile.ZipFile(package) as archive:
        assert b"<script>alert" not in archive.read(f"units/{name('MOD-001')}/index.html")


def test_identifiers_do_not_hang_on_position_or_title(curriculum: Sources, tmp_path: Path) -> None:
    built(curriculum({"b.md": roadmap(2, "MOD-001"), "a.md": roadmap(1)}), tmp_path / "before")
    edited = {"0.md": roadmap(0), "b.md": roadmap(2, "MOD-000", title="Renamed"), "a.md": roadmap(1)}
    built(curriculum(edited), tmp_path / "after")
    before = gates(manifest_of(tmp_path / "before" / "engineer-scorm12.zip"))
    after = gates(manifest_of(tmp_path / "after" / "engineer-scorm12.zip"))
    assert set(before) < set(after)


def test_one_id_in_two_tracks_has_two_identifiers(curriculum: Sources, tmp_path: Path) -> None:
    folder = curriculum({"a.md": roadmap(1), "b.md": roadmap(1, role="Architect")})
    report = built(folder, tmp_path / "out", Selection(Grouping.ALL))
    assert len(report.written) == 1
    assert set(gates(manifest_of(tmp_path / "out" / report.packages[0].name))) == {
        name("MOD-001"), name("MOD-001", "architect"),
    }  # fmt: skip


def test_the_state_of_the_largest_unit_fits(tmp_path: Path) -> None:
    renderer, largest = Renderer(), 0
    for unit in linted(SEEDS).curriculum.units:
        content = renderer.content(learner_edition(unit).unit)
        largest = max(largest, state_size([page.key for page in content.pages], content.ticks))
    assert 0 < largest <= 4096 // 10


NAMES = st.lists(st.text("abc", min_size=1, max_size=6), max_size=8)


@given(NAMES, NAMES, st.integers(0, 60))
def test_a_state_too_long_leaves_out_the_last_ticks(pages: list[str], ticks: list[str], limit: int) -> None:
    kept = ticks_kept(pages, ticks, limit)
    fitting = [
        count for count in range(len(ticks) + 1) if len(f"1;p={','.join(pages)};t={','.join(ticks[:count])}") <= limit
    ]
    assert kept == max(fitting, default=0)


def test_the_schemas_travel_in_the_package(tmp_path: Path) -> None:
    (first, *_) = packages(tmp_path, SEEDS)
    with zipfile.ZipFile(first) as archive:
        folder = tmp_path / "unpacked"
        archive.extractall(folder)
    schema = etree.XMLSchema(etree.parse(folder / "imscp_rootv1p1p2.xsd"))
    assert schema.validate(etree.parse(folder / "imsmanifest.xml"))


def test_pages_link_to_units_of_the_course_alone(tmp_path: Path) -> None:
    built(SEEDS, tmp_path)
    track = "principal-ai-infrastructure-architect"
    with zipfile.ZipFile(tmp_path / f"{track}-scorm12.zip") as archive:
        page = archive.read(f"units/{name('PROJ-604', track)}/index.html").decode()
        links = re.findall(r'href="(\.\./[^"#?]+)', page)
        held = set(archive.namelist())
    assert f"../{name('MOD-607', track)}/index.html" in links
    for link in links:
        assert (Path("units/x") / link).as_posix().replace("units/x/../../", "").replace("x/../", "") in held
    assert "MOD-609" in page


@pytest.mark.parametrize("code", ["C101", "C102"])
def test_a_course_that_cannot_be_is_held_back_and_the_others_are_built(
    code: str, curriculum: Sources, tmp_path: Path
) -> None:
    bad = {"C101": [roadmap(1), roadmap(1)], "C102": [roadmap(1, "MOD-002"), roadmap(2, "MOD-001")]}[code]
    documents = {"good.md": roadmap(1, role="Architect"), "bad1.md": bad[0], "bad2.md": bad[1]}
    report = built(curriculum(documents), tmp_path / "out")
    assert [package.name for package in report.written] == ["architect-scorm12.zip"]
    assert code in [found.code for found in report.findings if found.severity == "error"]
    assert not (tmp_path / "out" / "engineer-scorm12.zip").exists()
