"""SCORM 2004 packages: the gates as sequencing, the metadata, and what Moodle's literal-minded reader takes.

That engines enforce the gates is for the browser tests to show.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path

import pytest
from conftest import SEEDS, built, roadmap
from lxml import etree
from moodle import moodle_takes

from coursewright.building.settings import Config
from coursewright.course.identifiers import identifier
from coursewright.course.plan import Grouping, Selection
from coursewright.course.values import Identity
from coursewright.writers import FORMATS

Sources = Callable[[Mapping[str, str | bytes]], Path]
SS = "http://www.imsglobal.org/xsd/imsss"
NS = {
    "cp": "http://www.imsglobal.org/xsd/imscp_v1p1",
    "ss": SS,
    "lom": "http://ltsc.ieee.org/xsd/LOM",
}
EDITIONS = ("scorm2004-3rd", "scorm2004-4th")
each_edition = pytest.mark.parametrize("edition", EDITIONS)


def manifests(edition: str, source: Path, target: Path, selection: Selection | None = None) -> list[etree._Element]:
    report = built(source, target, selection, Config(formats=(edition,)))
    assert [found for found in report.findings if found.severity == "error"] == []
    return [etree.fromstring(read(target / package.name)) for package in report.packages]


def read(package: Path, name: str = "imsmanifest.xml") -> bytes:
    with zipfile.ZipFile(package) as archive:
        return archive.read(name)


def attributes(element: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.items()}


def items(root: etree._Element) -> dict[str, etree._Element]:
    return {item.get("identifier", ""): item for item in root.iterfind(".//cp:item", NS)}


def reads(item: etree._Element) -> dict[str, str]:
    """Return the global objective that each plain objective of an item reads, by the objective's name."""
    found = {}
    for objective in item.iterfind("ss:sequencing/ss:objectives/ss:objective", NS):
        for mapping in objective.iterfind("ss:mapInfo", NS):
            assert attributes(mapping) | {"targetObjectiveID": ""} == {
                "targetObjectiveID": "",
                "readSatisfiedStatus": "true",
                "readNormalizedMeasure": "false",
                "writeSatisfiedStatus": "false",
                "writeNormalizedMeasure": "false",
            }
            assert objective.get("objectiveID") not in found
            found[objective.get("objectiveID", "")] = mapping.get("targetObjectiveID", "")
    return found


def writes(item: etree._Element) -> str:
    """Return the global objective of an item's own status."""
    (mapping,) = item.iterfind("ss:sequencing/ss:objectives/ss:primaryObjective/ss:mapInfo", NS)
    assert attributes(mapping) | {"targetObjectiveID": ""} == {
        "targetObjectiveID": "",
        "readSatisfiedStatus": "true",
        "readNormalizedMeasure": "false",
        "writeSatisfiedStatus": "true",
        "writeNormalizedMeasure": "false",
    }
    return mapping.get("targetObjectiveID", "")


def gates(root: etree._Element) -> dict[str, set[str]]:
    """Return the items that each item waits for, as its rules and objectives say; every rule must be of the one form."""
    writers = {writes(item): name for name, item in items(root).items()}
    assert len(writers) == len(items(root))
    found = {}
    for name, item in items(root).items():
        rules = item.findall("ss:sequencing/ss:sequencingRules/ss:preConditionRule", NS)
        asked = [rule_asks(rule, action) for rule, action in zip(rules, ("skip", "disabled"), strict=False)]
        assert len(rules) in (0, 2) and asked[:1] == asked[1:]
        needs = reads(item)
        assert set(needs) == (asked[0] if asked else set())
        found[name] = {writers[target] for target in needs.values()}
    return found


def rule_asks(rule: etree._Element, action: str) -> set[str]:
    """Return the objectives that a rule looks at: any that is not satisfied, or not known, brings the action about."""
    assert [str(found) for found in rule.xpath("ss:ruleAction/@action", namespaces=NS)] == [action]  # type: ignore[union-attr]
    (conditions,) = rule.findall("ss:ruleConditions", NS)
    assert conditions.get("conditionCombination") == "any"
    asked = Counter((one.get("referencedObjective", ""), one.get("condition")) for one in conditions)
    assert {one.get("operator") for one in conditions} == {"not"}
    objectives = {objective for objective, _ in asked}
    assert asked == Counter((name, asks) for name in objectives for asks in ("satisfied", "objectiveStatusKnown"))
    return objectives


def name(id: str, track: str = "engineer") -> str:
    return identifier(Identity(track, id))


DIAMOND = {
    "a.md": roadmap(1),
    "b.md": roadmap(2, "MOD-001"),
    "c.md": roadmap(3, "MOD-001"),
    "d.md": roadmap(4, "MOD-002, MOD-003"),
}


@each_edition
def test_every_gate_of_the_curriculum_is_in_the_manifest(edition: str, curriculum: Sources, tmp_path: Path) -> None:
    (root,) = manifests(edition, curriculum(DIAMOND), tmp_path / "out")
    assert gates(root) == {
        name("MOD-001"): set(),
        name("MOD-002"): {name("MOD-001")},
        name("MOD-003"): {name("MOD-001")},
        name("MOD-004"): {name("MOD-002"), name("MOD-003")},
    }


@each_edition
def test_the_seeds_gate_what_their_packages_hold(edition: str, tmp_path: Path) -> None:
    (root,) = manifests(edition, SEEDS, tmp_path, Selection(Grouping.ALL))
    principal, senior = "principal-ai-infrastructure-architect", "senior-ai-infrastructure-architect"
    found = gates(root)
    assert found[name("PROJ-604", principal)] == {name("MOD-607", principal)}
    assert found[name("MOD-607", principal)] == {name("MOD-407", senior)}
    assert sum(map(len, found.values())) == 2


@each_edition
def test_nothing_is_left_to_a_default_that_opens_or_closes_a_gate(edition: str, tmp_path: Path) -> None:
    for root in manifests(edition, SEEDS, tmp_path):
        (organization,) = root.iterfind(".//cp:organization", NS)
        assert organization.get("{http://www.adlnet.org/xsd/adlseq_v1p3}objectivesGlobalToSystem") == "false"
        (control,) = organization.iterfind("ss:sequencing/ss:controlMode", NS)
        assert attributes(control) == {
            "choice": "true",
            "flow": "true",
            "useCurrentAttemptObjectiveInfo": "false",
            "useCurrentAttemptProgressInfo": "false",
        }
        for item in items(root).values():
            (delivery,) = item.iterfind("ss:sequencing/ss:deliveryControls", NS)
            assert attributes(delivery) == {"completionSetByContent": "true", "objectiveSetByContent": "true"}


def test_global_objectives_belong_to_one_course(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum({"a.md": roadmap(1), "b.md": roadmap(1, role="Architect")})
    roots = manifests("scorm2004-4th", source, tmp_path / "tracks")
    (together,) = manifests("scorm2004-4th", source, tmp_path / "all", Selection(Grouping.ALL))
    targets = [writes(item) for root in [*roots, together] for item in items(root).values()]
    assert len(targets) == len(set(targets)) == 4
    assert all(re.fullmatch(r"urn:coursewright:[a-z0-9-]+:[A-Za-z0-9-]+", target) for target in targets)


def test_the_editions_differ_in_their_name_alone(tmp_path: Path) -> None:
    for edition in EDITIONS:
        built(SEEDS, tmp_path / edition, config=Config(formats=(edition,)))
    third = sorted((tmp_path / EDITIONS[0]).glob("*.zip"))
    fourth = sorted((tmp_path / EDITIONS[1]).glob("*.zip"))
    assert len(third) == len(fourth) == 3
    for one, other in zip(third, fourth, strict=True):
        assert read(one).replace(b"2004 3rd Edition", b"2004 4th Edition") == read(other)


# --- names of the format ------------------------------------------------------------------------------------------------


def test_scorm2004_is_the_fourth_edition_and_is_written_once(curriculum: Sources, tmp_path: Path) -> None:
    assert FORMATS["scorm2004"] is FORMATS["scorm2004-4th"]
    config = Config(formats=("scorm2004", "scorm2004-4th"))
    report = built(curriculum({"a.md": roadmap(1)}), tmp_path / "out", config=config)
    assert [package.name for package in report.written] == ["engineer-scorm2004-4th.zip"]


# --- learning objectives ------------------------------------------------------------------------------------------------


def test_learning_objectives_are_listed_by_names_that_say_what_they_are(curriculum: Sources, tmp_path: Path) -> None:
    text = 'Weigh <flour> & "salt" to the gram — it\'s worth it'
    extra = f"- {text}\n- {text}\n- 測る\n"
    (root,) = manifests("scorm2004-4th", curriculum({"a.md": roadmap(1, extra=extra)}), tmp_path / "out")
    (item,) = items(root).values()
    found = [
        objective.get("objectiveID", "")
        for objective in item.iterfind("ss:sequencing/ss:objectives/ss:objective", NS)
        if objective.find("ss:mapInfo", NS) is None
    ]
    assert len(found) == len(set(found)) == 3
    assert found[1].startswith("goal.weigh-flour-salt-to-the-gram-it-s-worth-it.")
    assert all(re.fullmatch(r"goal\.[a-z0-9-]+\.[0-9a-f]{6}", one) for one in found)
    page = read(tmp_path / "out" / "engineer-scorm2004-4th.zip", f"units/{name('MOD-001')}/index.html").decode()
    (goals,) = re.findall(r'data-goals="([^"]*)"', page)
    listed = json.loads(unescape(goals))
    assert [goal for goal, _ in listed] == found
    assert [said for _, said in listed] == ["Know what module 1 teaches.", text, "測る"]


def test_goals_leave_room_for_what_is_required_and_have_words(curriculum: Sources, tmp_path: Path) -> None:
    many = "".join(f"- Know fact {number}.\n" for number in range(120)) + "- ![](https://example.org/a.png)\n"
    source = curriculum({"a.md": roadmap(1), "b.md": roadmap(2), "c.md": roadmap(3, "MOD-001, MOD-002", extra=many)})
    report = built(source, tmp_path / "out", config=Config(formats=("scorm2004",)))
    root = etree.fromstring(read(tmp_path / "out" / "engineer-scorm2004-4th.zip"))
    listed = items(root)[name("MOD-003")].findall("ss:sequencing/ss:objectives/*", NS)
    assert len(listed) == 100
    assert [found.code for found in report.findings if found.code == "L406"] == ["L406"]


def test_a_long_objective_is_cut_where_the_run_time_ends(curriculum: Sources, tmp_path: Path) -> None:
    built(
        curriculum({"a.md": roadmap(1, extra=f"- {'word ' * 100}\n")}),
        tmp_path / "out",
        config=Config(formats=("scorm2004",)),
    )
    page = read(tmp_path / "out" / "engineer-scorm2004-4th.zip", f"units/{name('MOD-001')}/index.html").decode()
    (goals,) = re.findall(r'data-goals="([^"]*)"', page)
    assert max(len(text) for _, text in json.loads(unescape(goals))) <= 250


# --- metadata -----------------------------------------------------------------------------------------------------------


def test_the_metadata_says_what_the_document_says(tmp_path: Path) -> None:
    config = Config(
        language="en-GB",
        version="1.4",
        publisher="Acme, Ltd; Academy",
        rights="CC BY 4.0",
        formats=("scorm2004-4th",),
    )
    built(SEEDS, tmp_path, config=config)
    root = etree.fromstring(read(tmp_path / "senior-ai-infrastructure-architect-scorm2004-4th.zip"))
    (lom,) = root.iterfind(".//cp:item/cp:metadata/lom:lom", NS)

    def texts(path: str, purpose: str = "") -> list[str]:
        found = lom.xpath(f"{path}/text()", namespaces=NS, purpose=purpose)
        assert isinstance(found, list)
        return [str(text) for text in found]

    assert texts("lom:general/lom:identifier/lom:entry") == [name("MOD-407", "senior-ai-infrastructure-architect")]
    assert texts("lom:general/lom:title/lom:string") == ["Strategic Partnerships & Vendor Ecosystems"]
    assert texts("lom:general/lom:title/lom:string[@language='en-GB']") == texts("lom:general/lom:title/lom:string")
    assert texts("lom:general/lom:language") == ["en-GB"]
    assert texts("lom:educational/lom:typicalLearningTime/lom:duration") == ["PT40H"]
    assert texts("lom:lifeCycle/lom:version/lom:string") == ["1.4"]
    assert "FN:Acme\\, Ltd\\; Academy" in texts("lom:lifeCycle/lom:contribute/lom:entity")[0]
    assert texts("lom:rights/lom:description/lom:string") == ["CC BY 4.0"]
    entries = "lom:classification[lom:purpose/lom:value=$purpose]/lom:taxonPath/lom:taxon/lom:entry/lom:string"
    assert len(texts(entries, purpose="educational objective")) == 3
    assert texts(entries, purpose="prerequisite") == ["MOD-402", "MOD-404"]
    assert texts(entries, purpose="competency") == ["partnerships-ecosystem: Expert", "executive-advisory: Proficient"]
    assert texts(entries, purpose="discipline") == ["Senior AI Infrastructure Architect"]


# --- Moodle -------------------------------------------------------------------------------------------------------------


@each_edition
def test_moodle_takes_every_package_of_the_seeds(edition: str, tmp_path: Path) -> None:
    manifests(edition, SEEDS, tmp_path)
    packages = sorted(tmp_path.glob("*.zip"))
    assert len(packages) == 3
    for package in packages:
        moodle_takes(package)


@each_edition
def test_moodle_takes_every_package_of_the_corpus(edition: str, tmp_path: Path, corpus: Path) -> None:
    manifests(edition, corpus, tmp_path)
    packages = sorted(tmp_path.glob("*.zip"))
    assert len(packages) == 2
    for package in packages:
        moodle_takes(package)


def test_a_map_is_the_same_element_under_either_prefix(tmp_path: Path) -> None:
    (first, *_) = manifests("scorm2004-4th", SEEDS, tmp_path, Selection(Grouping.ALL))
    text = read(next(tmp_path.glob("*.zip"))).decode()
    assert text.count("<ims2:mapInfo ") == len(first.findall(".//ss:mapInfo", NS)) > 0
    renamed = etree.fromstring(text.replace("ims2:mapInfo", "imsss:mapInfo").encode())
    assert contents(renamed) == contents(first)


def contents(root: etree._Element) -> list[tuple[object, dict[str, str], str | None]]:
    return [(element.tag, attributes(element), element.text) for element in root.iter()]


@pytest.mark.parametrize(
    ("what", "by"),
    [
        ("ims2:mapInfo", "imsss:mapInfo"),
        ("imsss:", "ims2:"),
        ("adlcp:", "adl:"),
        ("scormType", "scormtype"),
        ("2004 4th Edition", "2004 4th edition"),
        ("<title>", "<title>&#8217;"),
    ],
)
def test_what_moodle_would_choke_on_is_found(what: str, by: str, tmp_path: Path) -> None:
    manifests("scorm2004-4th", SEEDS, tmp_path, Selection(Grouping.ALL))
    (package,) = tmp_path.glob("*.zip")
    spoilt = tmp_path / "spoilt.zip"
    with zipfile.ZipFile(package) as archive, zipfile.ZipFile(spoilt, "w") as other:
        manifest = archive.read("imsmanifest.xml").decode()
        assert what in manifest
        other.writestr("imsmanifest.xml", manifest.replace(what, by))
        for path in archive.namelist()[1:]:
            other.writestr(path, archive.read(path))
    moodle_takes(package)
    with pytest.raises((AssertionError, etree.XMLSyntaxError)):
        moodle_takes(spoilt)
