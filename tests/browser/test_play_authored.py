"""A course of an author's own pages, played as SCORM: each page is reached, pictures load, links lead where they should."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

import pytest
from authored import written
from playwright.sync_api import Page, expect

from .conftest import served
from .player import Lms, Opener, Unit
from .player2004 import Lms2004

pytestmark = pytest.mark.browser

START, HIVE, HONEY = "Getting started", "The hive", "Honey & wax"
FORMATS = {"scorm12": Lms, "scorm2004-4th": Lms2004}


class _Small:
    """A menu of three units."""

    page: Page

    def _ready(self) -> _Small:
        expect(self.page.locator("#menu li")).to_have_count(3)
        return self


class _Small12(_Small, Lms):  # type: ignore[misc]
    pass


class _Small2004(_Small, Lms2004):  # type: ignore[misc]
    pass


@pytest.fixture(scope="module", params=FORMATS)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The format, and the address of a server of its package and the LMS."""
    folder = tmp_path_factory.mktemp(request.param)
    built = written(folder, request.param)
    with zipfile.ZipFile(folder / "out" / built.name) as archive:
        archive.extractall(folder / "package")
    with served(folder / "package") as address:
        yield request.param, address


@pytest.fixture
def lms(page: Page, played: tuple[str, str], scorm_again: None) -> Lms:
    format, address = played
    return (_Small12 if format == "scorm12" else _Small2004)(page, address).open()


def title_shown(unit: Unit) -> str:
    title = unit.find("section.page:not([hidden]) > h2")
    expect(title).to_have_count(1)  # a page that has just been opened shows all, until its script runs
    return title.inner_text()


def test_every_page_is_reached_and_every_picture_loads(lms: Lms) -> None:
    for title, pages in ((START, 3), (HIVE, 2)):
        unit = lms.launch(title)
        assert len(unit.pages()) == pages
        for key in unit.pages():
            unit.go(key)
            assert unit.shown() == [key]
        widths = unit.find("section.page img").evaluate_all("found => found.map(one => one.naturalWidth)")
        assert widths == [320]
        unit.complete()
        expect(unit.find(".finish .done")).to_be_visible()
        lms.exit()
    unit = lms.launch(HONEY)
    unit.read_all()
    widths = unit.find("section.page img").evaluate_all("found => found.map(one => one.naturalWidth)")
    assert widths == [90, 320]
    expect(unit.find("[data-do=complete]")).to_be_disabled()
    unit.find("nav.pages").get_by_role("link", name="Check yourself").click()
    unit.find(".page:not([hidden])").get_by_label("The queen").check()
    unit.find(".page:not([hidden]) [data-quiz-part='hand-in'] button").last.click()
    unit.go(unit.pages()[-1])
    unit.complete()
    expect(unit.find(".finish .done")).to_be_visible()


def test_what_was_read_is_still_read_after_a_break(lms: Lms) -> None:
    unit = lms.launch(START)
    first, second, *_ = unit.pages()
    unit.go(second)
    lms.exit()
    unit = lms.launch(START)
    assert unit.shown() == [second]
    read = unit.find("nav .read:not([hidden])").evaluate_all("marks => marks.map(one => one.closest('a').dataset.goto)")
    assert read == [first, second]


def test_links_lead_to_pages_and_to_places_on_them(lms: Lms) -> None:
    unit = lms.launch(START)
    unit.find("section.page:not([hidden])").get_by_role("link", name="the list").click()
    assert title_shown(unit) == "Tools: what & why"
    unit.find("section.page:not([hidden])").get_by_role("link", name="Back").click()
    assert title_shown(unit) == "Welcome"
    unit.find("section.page:not([hidden])").get_by_role("link", name="tools").click()
    assert title_shown(unit) == "Tools: what & why"
    assert unit.focused().startswith("The smoker")
    unit.go(unit.pages()[0])
    unit.find("section.page:not([hidden])").get_by_role("link", name="what comes last").click()
    assert title_shown(unit) == "Welcome"


def test_another_unit_opens_beside_this_one_and_a_locked_one_is_only_named(lms: Lms) -> None:
    unit = lms.launch(START)
    with lms.page.context.expect_page() as opened:
        unit.find("section.page:not([hidden])").get_by_role("link", name="the hive").click()
    other = Unit(opened.value)
    assert title_shown(other) == "Frames"
    assert "Brood frames" in other.find("section.page:not([hidden]) h3").first.inner_text()
    unit.go(unit.pages()[1])
    assert unit.find("section.page:not([hidden])").get_by_role("link", name="the colours").count() == 0
    assert "the colours" in unit.find("section.page:not([hidden])").inner_text()


def test_a_file_is_there_to_be_had(lms: Lms) -> None:
    unit = lms.launch(START)
    address = unit.find("section.page:not([hidden])").get_by_role("link", name="the sheet").get_attribute("href")
    assert address == "../../files/plan.pdf"
    assert lms.page.request.get(f"{lms.origin}/package/files/plan.pdf").ok


@pytest.mark.parametrize("width", [320, 1280])
def test_the_course_and_its_pages_fit_their_window(open_page: Opener, played: tuple[str, str], width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(f"{played[1]}/package/index.html")
    page.get_by_role("link", name="Tools: what & why").click()
    assert title_shown(Unit(page)) == "Tools: what & why"
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
