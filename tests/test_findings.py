"""A directory a code: what is in it brings the finding about, and `expected.txt` says where and how it reads.

What else is found there, and what is seen in its packages, stands in `also.txt`, which `pytest --golden` writes anew.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import quizzing
from packages import zipped_folder

from coursewright.audit import rule
from coursewright.audit.built import look_into
from coursewright.audit.inspect import inspect_package
from coursewright.audit.lms import LMSS
from coursewright.audit.rule import DeclaredRule, places_of
from coursewright.audit.shown import as_text
from coursewright.audit.validate import validate_package
from coursewright.building.comparing import compared
from coursewright.building.pipeline import build, planned, read
from coursewright.building.release.changes import changes_between
from coursewright.building.release.identities import identities_text, read_identities
from coursewright.building.release.losses import losses
from coursewright.building.release.record import ReleaseRecord
from coursewright.building.release.release import record_of
from coursewright.building.settings import Config, load_config
from coursewright.course.plan import Selection
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.findings.messages import catalogue
from coursewright.findings.messages.shown import modules_with
from coursewright.packages.files.writing import Package
from coursewright.packages.kinds import Family
from coursewright.readers.quizzes import read_quizzes
from coursewright.writers import FORMATS

CASES = Path(__file__).parent / "findings"
_MOST_ALSO = 60  # lines
# What opening a package finds, telling its kind, counting findings, and asking an LMS whether it takes it at all.
OPENING = {
    "L501",
    "P210",
    "P211",
    "P212",
    "P213",
    "P214",
    "P215",
    "P216",
    "P217",
    "P218",
    "P219",
    "P220",
    "P221",
    "P222",
    "P225",
    "P226",
    "P227",
    "P228",
    "P229",
    "P230",
    "P231",
    "P252",
    "P256",
    "P339",
    "P342",
    "P343",
    "P344",
    "P347",
    "P352",
    "S119",
}


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    assert sorted(catalogue()) == sorted(path.name for path in CASES.iterdir())


def test_no_two_messages_have_one_name() -> None:
    folder = Path(messages.__file__).parent
    names = Counter(
        re.findall(r"^([A-Z]\w+) = message\(", "\n".join(p.read_text("utf-8") for p in folder.glob("*.py")), re.M)
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_every_message_says_why_and_how_to_mend_it() -> None:
    for message in catalogue().values():
        assert message.text and message.hint.endswith("."), message.code
        assert message.why.endswith("."), message.code


def test_every_hint_says_something_before_it_is_known_what_of() -> None:
    for message in catalogue().values():
        sentences = re.split(r"[.;] ", message.hint)
        assert any("{" not in one for one in sentences) or len(re.sub(r"\{\w+\}", "", message.hint)) > 15, message.code


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_the_finding_is_made_where_it_should_be_and_nowhere_else(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    case = tmp_path / code
    shutil.copytree(CASES / code, case, symlinks=True)
    monkeypatch.chdir(case)
    undeclared = _watched(monkeypatch)
    found = _findings(case)
    lines = [_line(finding) for finding in found if finding.code == code]
    assert lines == (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert undeclared == set()
    also = [f"{finding.code} {_line(finding)}" for finding in found if finding.code != code]
    if pytestconfig.getoption("--golden"):
        _write_anew(CASES / code / "also.txt", [*also[:_MOST_ALSO], *_seen()])
    expected = CASES / code / "also.txt"
    assert [*also[:_MOST_ALSO], *_seen()] == (expected.read_text("utf-8").split("\n")[:-1] if expected.exists() else [])


def _line(finding: Finding) -> str:
    return f"{finding.place}: {finding.severity} {finding.text[:300]}".removeprefix("packages/")


def _seen() -> list[str]:
    """Return how the packages of a case show."""
    packages = sorted(Path("packages").iterdir()) if Path("packages").exists() else []
    return [line for path in packages for line in as_text(inspect_package(path))][:_MOST_ALSO]


def _write_anew(path: Path, lines: list[str]) -> None:
    path.unlink(missing_ok=True)
    if lines:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _watched(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Return what fills with the rules that find what they have not declared, each with the code."""
    undeclared: set[tuple[str, str]] = set()
    rules_over = rule.rules_over

    def watch(one: DeclaredRule, *judged: object) -> Iterator[Finding]:
        for finding in one.check(*judged):
            if finding.code not in one.codes | rule.READING:
                undeclared.add((one.place, finding.code))
            yield finding

    def watched(*asked: Any) -> tuple[DeclaredRule, ...]:
        return tuple(replace(one, check=partial(watch, one)) for one in rules_over(*asked))

    monkeypatch.setattr(rule, "rules_over", watched)
    return undeclared


def test_whatever_is_found_in_packages_is_declared_by_a_rule_or_found_on_opening_them() -> None:
    declared = {code for code in catalogue() if places_of(code)} | rule.READING
    judged = {path.name for path in CASES.iterdir() if any((path / name).exists() for name in ("zipped", "package.py"))}
    assert judged - declared == OPENING
    assert declared - judged == set()


def test_every_code_leads_to_where_it_is_found() -> None:
    assert [code for code, message in catalogue().items() if not places_of(code) and not modules_with(message)] == []
    assert modules_with(catalogue()["P229"]) == ["coursewright.packages.nearmisses"]


@pytest.mark.parametrize("family", Family)
def test_a_family_is_judged_by_the_rules_that_stand_in_its_folders(family: Family) -> None:
    own = rule.rules_over(family)
    places_of("P201")  # which loads all rules
    assert rule.rules_over(family) == own


@pytest.mark.parametrize("code", ["P204", "P239", "P248", "P253", "P318", "X302"])
def test_what_is_asked_for_alone_is_found_as_among_all(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for case in ("P204", "P239", "P240", "P253", "P318"):
        path = zipped_folder(CASES / case / "zipped", tmp_path / f"{case}.zip")
        found = [one for one in validate_package(path, [LMSS["moodle"]]).findings if one.code == code]
        assert validate_package(path, [LMSS["moodle"]], select=[code]).findings == found


def _findings(case: Path) -> list[Finding]:
    if (case / "paths.txt").exists():
        return _path_findings(case)
    if (case / "zipped").exists() or (case / "package.py").exists():
        return _validator_findings(case)
    if (case / "earlier").exists() or (case / "earlier.json").exists():
        return _release_findings(case)
    if (case / "built").exists():
        return list(look_into(Path("built")).findings)
    if (case / "old").exists():
        return _changes(case)
    if (case / "quiz").exists():
        return [found for path in sorted(Path("quiz").iterdir()) for found in read_quizzes(path, path.as_posix())[1]]
    if (case / "course.py").exists():
        return _course_findings(case / "course.py")
    return _source_findings(case)


def _path_findings(case: Path) -> list[Finding]:
    package = Package("package.zip")
    for path in (case / "paths.txt").read_text(encoding="utf-8").splitlines():
        package.add(path, b"")
    return package.problems()


def _validator_findings(case: Path) -> list[Finding]:
    """Return what the validator says of `zipped/`, and of the packages that `package.py` writes."""
    folder = Path("packages")
    folder.mkdir()
    if (case / "zipped").exists():
        zipped_folder(case / "zipped", folder / "course.zip")
    if (case / "package.py").exists():
        _make(case / "package.py", folder)
    asked = case / "for.txt"  # the LMS whose words are asked for
    lmss = [LMSS[name] for name in asked.read_text(encoding="utf-8").split()] if asked.exists() else []
    return [finding for path in sorted(folder.iterdir()) for finding in validate_package(path, lmss).findings]


def _changes(case: Path) -> list[Finding]:
    """Return what changes from the package in `old/` to that in `new/`."""
    looked = [inspect_package(zipped_folder(case / name, Path(f"{name}.zip")), marked=True) for name in ("old", "new")]
    return compared(looked[0], looked[1]).findings


def _release_findings(case: Path) -> list[Finding]:
    """Return whose records are lost from the release of `earlier/`, or of its identities, to that of `now/`."""
    if (case / "earlier").exists():
        Path("earlier.json").write_text(identities_text(_record(case, "earlier")), encoding="utf-8")
    old, unread = read_identities(Path("earlier.json"))
    return [loss.finding for loss in losses(changes_between(old, _record(case, "now")), "earlier")] if old else unread


def _record(case: Path, name: str) -> ReleaseRecord:
    chosen = case / f"{name}-formats.txt"
    formats = chosen.read_text(encoding="utf-8").split() if chosen.exists() else ["canvas", "scorm12"]
    config = Config(formats=tuple(formats))
    return record_of([(planned(read([Path(name)], config), Selection(), config), config)], "1.0")


def _source_findings(case: Path) -> list[Finding]:
    source = Path("source")
    source.mkdir(exist_ok=True)
    if (case / "make.py").exists():
        _make(case / "make.py", source)
    arguments = case / "arguments.txt"
    sources = [Path(line) for line in arguments.read_text().splitlines()] if arguments.exists() else [source]
    config = load_config(None, tuple(FORMATS))
    plan = planned(read(sources, config), Selection(staff=config.staff), config)
    executor = _module(case / "executor.py").EXECUTOR if (case / "executor.py").exists() else None
    return build(plan, config, Path("out"), executor=executor).findings


def _course_findings(script: Path) -> list[Finding]:
    """Return what is said of a course that is given as a value, in the format it is for."""
    found = _module(script)
    return quizzing.written(found.COURSE, found.FORMAT, Path("out")).findings


def _make(script: Path, source: Path) -> None:
    _module(script).make(source)


def _module(script: Path) -> Any:
    spec = importlib.util.spec_from_file_location("make", script)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
