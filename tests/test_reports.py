"""Reports: every form of them holds any text, and says of each finding what the form can say."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from coursewright import __version__
from coursewright.findings.finding import Finding, Place, Severity, filtered
from coursewright.findings.messages import catalogue
from coursewright.findings.messages.shown import rules, rules_as_json
from coursewright.findings.reports import FINGERPRINT, REPORTS, as_json, full, github, junit, sarif

E, W, I = Severity.ERROR, Severity.WARNING, Severity.INFO  # noqa: E741
NASTY = [
    Finding("C101", E, Place("a, b/ü 100%.md", 3), 'says "100 % <b>" & \'x\', ]]> :: end', "Mend: {it}.", (Place("o#?.md"), Place("p.md", 9))),
    Finding("C101", E, Place("a, b/ü 100%.md", 3), "a second one of this line", "Mend: {it}."),
    Finding("C104", W, Place(r"C:\Temp files\x.md", 1), "line one\r\nline two\n::error::no", "Mend\nit."),
    Finding("S001", I, Place("/whole/file.md"), "emoji 👩‍🏫 and \u2028 and {0} [x](y) %0A", "é"),
    Finding("S002", W, Place(r"\\host\share\y z.md"), "", ""),
    Finding("Z999", I, Place("udc\udc80.md", 2), "bell \x07, escape \x1b[31m, nul \x00, half \ud800, \ufffe", "\x9b"),
]  # fmt: skip
FILES = ["clean & fine.md", "/whole/file.md", "/whole"]

_anything = st.text(alphabet=st.characters(codec=None, categories=None))
_places = st.builds(Place, _anything, st.integers(0, 3))
findings = st.lists(
    st.builds(
        Finding,
        st.sampled_from(["C101", "S001", "L401"]),
        st.sampled_from(Severity),
        _places,
        _anything,
        _anything,
        st.lists(_places, max_size=2).map(tuple),
    ),
    max_size=4,
)


@pytest.mark.parametrize("name", REPORTS)
@given(found=findings, files=st.lists(_anything, max_size=2))
def test_no_text_breaks_a_report(name: str, found: list[Finding], files: list[str]) -> None:
    report = REPORTS[name](found, files)
    assert report == REPORTS[name](found, files)
    assert (report.encode("utf-8") and report.endswith("\n")) or not found
    match name:
        case "json" | "sarif":
            json.loads(report)
        case "junit":
            etree.fromstring(report.encode())
        case "github":
            assert len(re.findall(r"[\r\n]", report)) == len(found)


# --- full ---


def test_the_full_report_is_a_line_a_finding_with_each_hint_once() -> None:
    report = full(NASTY).split("\n")
    assert report[:4] == [
        "a, b/ü 100%.md:3: error C101 says \"100 % <b>\" & 'x', ]]> :: end",
        "    Mend: {it}.",
        "a, b/ü 100%.md:3: error C101 a second one of this line",
        r"C:\Temp files\x.md:1: warning C104 line one\r\nline two\n::error::no",
    ]
    assert r"udc\udc80.md:2: info Z999 bell \x07, escape \x1b[31m, nul \x00, half \ud800, " in full(NASTY)
    assert report[-2:] == ["2 errors, 2 warnings, 2 info", ""]
    assert full([]) == "no findings\n" and full(NASTY[:1]).endswith("\n1 error\n")


# --- json ---


def test_json_has_a_stable_shape() -> None:
    report = json.loads(as_json(NASTY))
    assert list(report) == ["findings", "counts"]
    assert report["counts"] == {"error": 2, "warning": 2, "info": 2}
    assert report["findings"][:5] == [found.as_json() for found in NASTY[:5]]
    assert report["findings"][5]["text"] == "bell \x07, escape \x1b[31m, nul \x00, half \\ud800, \ufffe"
    assert json.loads(as_json([])) == {"findings": [], "counts": {"error": 0, "warning": 0, "info": 0}}


# --- github ---

_COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def _read_command(line: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command the way a runner does."""
    command = _COMMAND.fullmatch(line)
    assert command, line
    pairs = (pair.split("=", 1) for pair in command[2].split(","))
    return command[1], {name: _unescaped(value) for name, value in pairs}, _unescaped(command[3])


def _unescaped(text: str) -> str:
    signs = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    return re.sub("%0D|%0A|%3A|%2C|%25", lambda found: signs[found[0]], text)


_held = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff").filter(
    lambda sign: sign >= " " or sign in "\t\r\n"
))  # fmt: skip


@given(path=_held, line=st.integers(0), text=_held)
def test_a_github_command_unescapes_to_its_finding(path: str, line: int, text: str) -> None:
    (command, properties, told) = _read_command(github([Finding("C101", W, Place(path, line), text, "")])[:-1])
    assert command == "warning" and told == text
    assert properties == {"file": path, **({"line": str(line)} if line else {}), "title": "C101"}


def test_github_annotates_by_severity_and_escapes() -> None:
    lines = github(NASTY).removesuffix("\n").split("\n")
    assert [_read_command(line)[0] for line in lines] == ["error", "error", "warning", "notice", "warning", "notice"]
    assert lines[0].startswith("::error file=a%2C b/ü 100%25.md,line=3,title=C101::says")
    assert lines[2].startswith(r"::warning file=C%3A\Temp files\x.md,line=1,title=C104::line one%0D%0Aline two%0A::e")
    assert lines[3].startswith("::notice file=/whole/file.md,title=S001::")
    assert github([]) == ""


# --- junit ---


def test_junit_has_a_suite_a_file_and_a_case_a_finding() -> None:
    root = etree.fromstring(junit(NASTY, FILES).encode())
    assert {name: root.get(name) for name in root.keys()} == {  # noqa: SIM118
        "name": "coursewright", "tests": "7", "failures": "2", "skipped": "4", "errors": "0", "time": "0",
    }  # fmt: skip
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == [
        "clean & fine.md", "/whole/file.md", "a, b/ü 100%.md", r"C:\Temp files\x.md", r"\\host\share\y z.md", r"udc\udc80.md",
    ]  # fmt: skip
    for suite in suites.values():
        for count, path in (("tests", "testcase"), ("failures", "testcase/failure"), ("skipped", "testcase/skipped")):
            assert int(suite.get(count, "")) == len(suite.findall(path))
    (clean,) = suites["clean & fine.md"]
    assert clean.get("name") == "no findings" and len(clean) == 0
    first, second = suites["a, b/ü 100%.md"]
    assert (first.get("name"), second.get("name")) == ("C101 line 3", "C101 line 3 (2)")
    failure = first[0]
    assert (failure.tag, failure.get("message"), failure.get("type")) == ("failure", NASTY[0].text, "error")
    assert str(failure.text).endswith("]]> :: end\nMend: {it}.\nsee also o#?.md\nsee also p.md:9")
    (whole,) = suites["/whole/file.md"]
    assert whole.get("line") is None and whole[0].tag == "skipped" and whole[0].get("message") == NASTY[3].text
    (windows,) = suites[r"C:\Temp files\x.md"]
    assert windows[0].get("message") == NASTY[2].text


def test_junit_passes_a_package_only_if_nothing_in_it_was_found() -> None:
    inside = Finding("X302", E, Place("a.zip/imsmanifest.xml", 4), "no", "Mend.")
    suites = etree.fromstring(junit([inside], ["a.zip", "b.zip"]).encode())
    assert [(suite.get("name"), suite.get("failures")) for suite in suites] == [("a.zip", "1"), ("b.zip", "0")]
    assert suites[0][0].get("name") == "X302 imsmanifest.xml:4"


def test_junit_fails_what_fails_the_run() -> None:
    warned = Finding("P205", W, Place("a.zip"), "no", "Mend.")
    for strict, failures, skipped in ((False, "0", "1"), (True, "1", "0")):
        root = etree.fromstring(junit([warned], ["a.zip"], strict=strict).encode())
        assert (root.get("failures"), root.get("skipped")) == (failures, skipped)


def test_github_names_the_package_and_says_the_hint() -> None:
    inside = Finding("X302", E, Place("dist/a.zip/imsmanifest.xml", 4), "no", "Mend.")
    assert github([inside], ["dist/a.zip"]) == "::error file=dist/a.zip,title=X302::imsmanifest.xml:4: no%0AMend.\n"


# --- sarif ---

Schema = dict[str, Any]


def _object(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    properties = {**required, **(optional or {})}
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


def _array(items: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": items, "minItems": least}


_TEXT: Schema = {"type": "string"}
_MESSAGE = _object({"text": _TEXT})
_LEVEL: Schema = {"enum": ["none", "note", "warning", "error"]}
_URI: Schema = {"type": "string", "pattern": r"(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|:(?=/)|%[0-9A-F]{2})*"}
_PHYSICAL = _object({"artifactLocation": _object({"uri": _URI})}, {"region": _object({"startLine": {"type": "integer", "minimum": 1}})})  # fmt: skip
_RULE = _object(
    {"id": _TEXT},
    {
        "shortDescription": _MESSAGE,
        "fullDescription": _MESSAGE,
        "help": _MESSAGE,
        "defaultConfiguration": _object({}, {"level": _LEVEL}),
    },
)
_RESULT = _object(
    {"message": _MESSAGE},
    {
        "ruleId": _TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": _LEVEL,
        "locations": _array(_object({"physicalLocation": _PHYSICAL})),
        "relatedLocations": _array(_object({"physicalLocation": _PHYSICAL}, {"message": _MESSAGE}), 1),
        "partialFingerprints": _object({FINGERPRINT: {"type": "string", "pattern": "[0-9a-f]{64}"}}),
    },
)
_DRIVER = _object({"name": _TEXT}, {"version": _TEXT, "informationUri": {"type": "string", "pattern": "https://.+"}, "rules": _array(_RULE)})  # fmt: skip
_RUN = _object({"tool": _object({"driver": _DRIVER})}, {"columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]}, "results": _array(_RESULT)})  # fmt: skip
SARIF = _object(
    {"version": {"enum": ["2.1.0"]}, "runs": _array(_RUN)},
    {"$schema": {"type": "string", "pattern": r"https://.+/sarif-schema-2\.1\.0\.json"}},
)
_TYPES = {"object": dict, "array": list, "string": str, "integer": int}


def _faults(value: Any, schema: Schema, at: str = "$") -> list[str]:
    """Judge a value by the part of JSON Schema that is used above."""
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{at} is {value!r}"]
    if type(value) is not _TYPES[schema["type"]]:
        return [f"{at} is no {schema['type']}"]
    return _faults_within(value, schema, at)


def _faults_within(value: Any, schema: Schema, at: str) -> list[str]:
    match schema["type"]:
        case "object":
            faults = [f"{at} lacks {name}" for name in schema["required"] if name not in value]
            faults += [f"{at} has {name}" for name in value if name not in schema["properties"]]
            parts = [(name, schema["properties"].get(name)) for name in value]
            return faults + [f for name, part in parts if part for f in _faults(value[name], part, f"{at}.{name}")]
        case "array":
            few = [f"{at} has too few"] if len(value) < schema["minItems"] else []
            return few + [f for n, item in enumerate(value) for f in _faults(item, schema["items"], f"{at}[{n}]")]
        case "string":
            return [] if re.fullmatch(schema.get("pattern", "(?s:.*)"), value) else [f"{at} is {value!r}"]
    return [] if value >= schema["minimum"] else [f"{at} is {value}"]


@given(found=findings)
def test_sarif_keeps_to_the_standard(found: list[Finding]) -> None:
    assert _faults(json.loads(sarif(found)), SARIF) == []


def test_the_judge_of_sarif_finds_faults() -> None:
    broken = json.loads(sarif(NASTY))
    run = broken["runs"][0]
    run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "a b.md"
    run["results"][2]["relatedLocations"] = []
    run["results"][3]["level"] = "info"
    run["tool"]["driver"]["home"] = run["tool"]["driver"].pop("name")
    assert len(_faults(broken, SARIF)) == 6


def test_sarif_lists_the_catalogue_as_rules() -> None:
    driver = json.loads(sarif([]))["runs"][0]["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("coursewright", __version__)
    assert [rule["id"] for rule in driver["rules"]] == list(catalogue())
    by_id = {rule["id"]: rule for rule in driver["rules"]}
    assert by_id["C101"]["defaultConfiguration"] == {"level": "error"}
    assert by_id["C119"]["defaultConfiguration"] == {"level": "note"}
    assert by_id["C119"]["shortDescription"] == {"text": "a unit has no learning objectives"}
    assert by_id["X302"]["shortDescription"]["text"] == "the document does not follow its schema"


def test_sarif_says_of_each_result_what_where_and_what_else() -> None:
    run = json.loads(sarif(NASTY))["runs"][0]
    rules_, results = run["tool"]["driver"]["rules"], run["results"]
    for found, result in zip(NASTY[:5], results, strict=False):
        assert rules_[result["ruleIndex"]]["id"] == result["ruleId"] == found.code
        assert result["message"]["text"].replace("{{", "{").replace("}}", "}") == f"{found.text}\n{found.hint}"
    assert "ruleIndex" not in results[5]
    assert [result["level"] for result in results] == ["error", "error", "warning", "note", "warning", "note"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert [place["artifactLocation"]["uri"] for place in places] == [
        "a%2C%20b/%C3%BC%20100%25.md",
        "a%2C%20b/%C3%BC%20100%25.md",
        "file:///C:/Temp%20files/x.md",
        "file:///whole/file.md",
        "file://host/share/y%20z.md",
        "udc%5Cudc80.md",
    ]
    assert [place.get("region") for place in places[2:]] == [{"startLine": 1}, None, None, {"startLine": 2}]
    related = [place["physicalLocation"] for place in results[0]["relatedLocations"]]
    assert related == [
        {"artifactLocation": {"uri": "o%23%3F.md"}},
        {"artifactLocation": {"uri": "p.md"}, "region": {"startLine": 9}},
    ]


@given(
    path=st.text(st.characters(exclude_categories=["Cs"])).filter(
        lambda path: not re.match(r"[A-Za-z]:[\\/]|/|\\\\", path)
    )
)
def test_a_uri_of_sarif_is_its_path(path: str) -> None:
    uri = _uri_of(Finding("C101", E, Place(path, 1), "", ""))
    assert unquote(uri) == path
    assert urlsplit(uri).path == uri


def _uri_of(found: Finding) -> str:
    (result,) = json.loads(sarif([found]))["runs"][0]["results"]
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def _fingerprints(found: list[Finding]) -> list[str]:
    return [result["partialFingerprints"][FINGERPRINT] for result in json.loads(sarif(found))["runs"][0]["results"]]


def test_fingerprints_outlive_moved_lines_and_tell_equal_findings_apart() -> None:
    here, below = (Finding("S008", W, Place("a.md", line), "removed", "Mend.") for line in (3, 8))
    elsewhere = Finding("S008", W, Place("b.md", 3), "removed", "Mend.")
    first = _fingerprints([here, below, elsewhere])
    assert len(set(first)) == 3
    moved = [Finding("S008", W, Place("a.md", line), "removed", "Mend.") for line in (13, 18)]
    assert _fingerprints([*moved, elsewhere]) == first
    assert first[0].startswith("c7c8f53b"), "a fingerprint never changes: name a changed one /v2"


# --- the catalogue, and choosing from it ---


def test_the_catalogue_is_listed_as_text_and_json() -> None:
    lines = rules().splitlines()
    assert [line.split()[0] for line in lines if line[:4].isalnum()] == list(catalogue())
    assert "C: the curriculum" in lines
    assert "C119 info     a unit has no learning objectives" in lines
    listed = json.loads(rules_as_json())["rules"]
    assert [rule["code"] for rule in listed] == list(catalogue())
    assert all(list(rule) == ["code", "severity", "text", "reason", "mend"] for rule in listed)
    assert all(re.search("[a-z]", value) and "{" not in value for rule in listed for value in list(rule.values())[1:])


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        ([], [], ["C101", "C101", "C104", "S001", "S002", "Z999"]),
        (["C"], [], ["C101", "C101", "C104"]),
        (["C101", "S"], [], ["C101", "C101", "S001", "S002"]),
        ([], ["C1", "Z"], ["S001", "S002"]),
        (["C"], ["C101"], ["C104"]),
    ],
)
def test_findings_are_chosen_by_code(select: list[str], ignore: list[str], left: list[str]) -> None:
    assert [found.code for found in filtered(NASTY, select, ignore)] == left
