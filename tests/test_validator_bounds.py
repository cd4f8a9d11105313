"""What keeps the validator from being kept busy or made to say too much, and what it says once such a bound is met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest
from cartridges import COURSE, cartridge, quiz, resource
from packages import ITEM, PAGE, SMALL, manifest, zipped
from test_inspection import ROLLED

from coursewright.audit.bounds import MOST_OF_A_KIND
from coursewright.audit.judging import judge
from coursewright.audit.lms import LMSS
from coursewright.audit.rules.pages import judge_pages
from coursewright.audit.validate import validate_package
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.reading import has_endless_tag, read_document, read_page
from coursewright.packages.documents.scorm.prerequisites import read_expression
from coursewright.packages.files.budget import MOST_DOCUMENTS, Budget
from coursewright.packages.files.opening import open_container
from coursewright.packages.kinds import recognise
from coursewright.packages.subject import Subject, parsed_apart

ASSESSMENT = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"


def _found(files: Mapping[str, bytes], folder: Path, *lmss: str) -> list[Finding]:
    return validate_package(zipped(folder / "course.zip", files), [LMSS[lms] for lms in lmss]).findings


def _strays(count: int) -> Mapping[str, bytes]:
    return {**SMALL, "imsmanifest.xml": manifest(ITEM + "".join(f"\n<stray{n}/>" for n in range(count)))}


def test_moodle_judges_a_hidden_button_in_a_menu_of_another_namespace(tmp_path: Path) -> None:
    hidden = '<n:hideLMSUI xmlns:n="http://www.adlnet.org/xsd/adlnav_v1p3">continue</n:hideLMSUI>'
    before, _, rest = ROLLED.partition('<item identifier="F">')
    after = rest[rest.rindex("</item>") + len("</item>") :]
    document = f'{before}<x:item xmlns:x="u">{hidden}</x:item>{after}'
    assert _found({"imsmanifest.xml": document.encode(), "a.html": PAGE}, tmp_path, "moodle")


def test_how_many_more_there_are_is_not_said_of_what_is_ignored(tmp_path: Path) -> None:
    pages = {f"{n}.html": b"<a href='none%d.html'>One</a>" % n for n in range(MOST_OF_A_KIND + 100)}
    path = zipped(tmp_path / "course.zip", {**SMALL, **pages})
    more = [one for one in validate_package(path).findings if one.code == "P256" and "P248" in one.text]
    assert [(one.text, one.severity) for one in more] == [
        ("there are 100 more findings of the kind P248", Severity.WARNING)
    ]
    assert not [one for one in validate_package(path, ignore=["P248"]).findings if "P248" in (one.code + one.text)]
    chosen = validate_package(path, select=["P248"]).findings
    assert {one.code for one in chosen} == {"P248", "P256"}
    assert {one.code for one in validate_package(path, select=["P248"], ignore=["P256"]).findings} == {"P248"}


def test_findings_are_counted_once_each(tmp_path: Path) -> None:
    items = '<item identifier="A"><title>One</title></item>' * (MOST_OF_A_KIND + 100)
    found = _found({**SMALL, "imsmanifest.xml": manifest(ITEM + items)}, tmp_path)
    assert not [one for one in found if one.code == "P256"]


def _waiting(count: int, prerequisite: Callable[[int], str]) -> Mapping[str, bytes]:
    items = "".join(
        f'<item identifier="I{n}" identifierref="R"><title>One</title>'
        f'<adlcp:prerequisites type="aicc_script">{prerequisite(n)}</adlcp:prerequisites></item>'
        for n in range(count)
    )
    return {**SMALL, "imsmanifest.xml": manifest(items)}


@pytest.mark.parametrize("hidden", ["", '<!-- <p a=" -->', "<script>i<n='</script>"])
@pytest.mark.parametrize("value", ["'>'", '"<b>"', "'<b='"])
def test_no_value_hides_how_many_attributes_a_tag_has(value: str, hidden: str, tmp_path: Path) -> None:
    tag = "<p " + " ".join(f"a{n}={value}" for n in range(60_000)) + ">"
    files = {**SMALL, "b.html": f"<html><body>{hidden}{tag}</body></html>".encode()}
    assert "P251" in {one.code for one in _found(files, tmp_path)}


def test_pages_with_long_values_and_scripts_are_read() -> None:
    words = b"it is a long text, <b> and all; " * 20_000
    script = b"for (var i = 0; i < n; i++) { s = 'a'; if (i > 3) { t = \"it's\" } }\n" * 10_000
    for page in (b'<img alt="%b" src=a>' % words, b"<script>%b</script>" % script, b"<p>it's</p>" * 100_000, words):
        assert not has_endless_tag(page)


def test_a_long_chain_of_prerequisites_is_no_circle(tmp_path: Path) -> None:
    found = _found(_waiting(10_000, lambda n: f"I{n + 1}"), tmp_path)
    assert messages.PREREQUISITE_CIRCLE.code not in {one.code for one in found}


def test_an_expression_is_read_once_for_all_rules() -> None:
    text = "&".join(f"{n:x}" for n in range(1_300))
    assert read_expression(text) is read_expression(text)


def test_a_long_circle_is_told_by_its_ends(tmp_path: Path) -> None:
    found = _found(_waiting(5_000, lambda n: f"I{(n + 1) % 5_000}"), tmp_path)
    ways = [one.text for one in found if one.code == messages.PREREQUISITE_CIRCLE.code]
    assert len(ways) == 1 and "“One” (I9) → … → “One” (I0)" in ways[0]


def test_a_base_that_is_too_long_leads_nowhere(tmp_path: Path) -> None:
    files = "".join(f'<file href="f{n}.html"/>' for n in range(10_000))
    listed = f'<resource identifier="S" type="webcontent" adlcp:scormtype="asset">{files}</resource>'
    based = manifest(resources=listed).replace(b'identifier="M"', b'identifier="M" xml:base="%b"' % (b"a/" * 45_000))
    assert _found({**SMALL, "imsmanifest.xml": based}, tmp_path)


def test_a_response_is_looked_at_once_for_all_its_answers(tmp_path: Path) -> None:
    count = 40_000
    parts, answers = "<x/>" * count, '<varequal respident="R">a</varequal>' * count
    question = (
        f'<item ident="Q"><presentation><response_lid ident="R">{parts}</response_lid></presentation><resprocessing>'
        f"<respcondition><conditionvar>{answers}</conditionvar></respcondition></resprocessing></item>"
    )
    files = {"imsmanifest.xml": cartridge(resources=resource("X", ASSESSMENT, "x.xml")), "a.html": PAGE}
    assert _found({**files, "x.xml": quiz(question)}, tmp_path)


def test_a_file_counts_once_however_often_it_is_read(tmp_path: Path) -> None:
    with closing(open_container(zipped(tmp_path / "course.zip"))) as container:
        before = container.budget.left
        for _ in range(3):
            assert container.read("a.html") == PAGE
        assert before - container.budget.left == len(PAGE)


@pytest.mark.parametrize(
    ("sizes", "most", "count", "taken"),
    [((5, 5), 10, 2, 2), ((5, 6), 10, 2, 1), ((1, 1, 1), 10, 2, 2), ((0, 0), 0, 2, 2), ((1,), 0, 2, 0), ((), 0, 2, 0)],
)
def test_documents_are_taken_up_to_a_count_and_a_size_of_all(
    sizes: tuple[int, ...], most: int, count: int, taken: int
) -> None:
    budget, names = Budget(), [f"{number}.xml" for number in range(len(sizes))]
    assert list(budget.first(names, dict(zip(names, sizes, strict=True)), "pages", most, count)) == names[:taken]
    assert bool(budget.told) is (taken < len(names))


def test_that_the_end_of_what_may_be_read_was_met_is_said_once_whoever_asked(tmp_path: Path) -> None:
    with closing(open_container(zipped(tmp_path / "course.zip"))) as container:
        container.budget.left = 0
        for _ in range(2):
            assert read_document("imsmanifest.xml", container) is None
            assert read_page("a.html", container) is None
            assert parsed_apart(container, "imsmanifest.xml") == (None, [])
        assert [one.code for one in container.found] == ["P251"]


def test_a_package_of_canvas_is_read_once(tmp_path: Path) -> None:
    with closing(open_container(zipped(tmp_path / "course.zip", COURSE))) as container:
        found = recognise(container)
        assert found
        subject, before = Subject(found, container), container.budget.left
        list(chain(judge(subject, [LMSS["canvas"]]), judge_pages(subject)))
        assert before - container.budget.left <= sum(container.sizes.values())


def test_documents_beyond_the_most_that_are_looked_into_are_told(tmp_path: Path) -> None:
    topic = b'<topic xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"/>'
    names = [f"{n}.xml" for n in range(MOST_DOCUMENTS + 1)]
    listed = "".join(resource(f"X{name}", "imsdt_xmlv1p1", name) for name in names)
    shown = "".join(f'<item identifier="I{name}" identifierref="X{name}"><title>T</title></item>' for name in names)
    files = {"imsmanifest.xml": cartridge(shown, listed), "a.html": PAGE, **dict.fromkeys(names, topic)}
    told = {one.text for one in _found(files, tmp_path, "moodle") if one.code == "P251"}
    assert any("its links, topics" in text for text in told) and any("its tools and" in text for text in told)
    assert len(told) == 3  # and its texts


def test_pages_beyond_the_most_that_are_looked_into_are_told_once(tmp_path: Path) -> None:
    pages = {f"wiki_content/{n}.html": b"<html><title>One</title></html>" for n in range(MOST_DOCUMENTS + 1)}
    found = _found({**COURSE, **pages}, tmp_path, "canvas")
    assert [one.text.split(", ")[0] for one in found if one.code == "P251" and "pages" in one.text] == [
        "not everything was checked: of its pages"
    ]
