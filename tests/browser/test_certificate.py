"""The certificate of a course: offered where every unit is known to be completed, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import HERE, served
from .player import COLONY, UNITS, Lms, Unit, build
from .player2004 import Lms2004
from .test_accessibility import axe, invalid, judged

pytestmark = pytest.mark.browser

__all__ = ["axe"]  # a fixture
FORGET = """() => {
  const ours = Object.keys(localStorage).filter((key) => key.startsWith("coursewright/"));
  ours.forEach((key) => localStorage.removeItem(key));
}"""


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The small curriculum with a certificate, served: an address by format."""
    settings = tmp_path_factory.mktemp("settings") / "settings.toml"
    settings.write_text("certificate = true\n", encoding="utf-8")
    with ExitStack() as stack:
        yield {
            format: stack.enter_context(
                served(build(HERE / "curriculum", tmp_path_factory.mktemp(format), format, "--config", str(settings)))
            )
            for format in ("scorm12", "scorm2004-4th")
        }


def offer(unit: Unit) -> bool:
    return unit.find("[data-certificate]").is_visible()


def test_scorm_1_2_offers_it_as_far_as_this_browser_knows(
    page: Page, scorm_again: None, certified: dict[str, str], axe: str, tmp_path: Path
) -> None:
    lms = Lms(page, certified["scorm12"]).open("learner=anna")
    for title in UNITS[:-1]:
        lms.complete(title)
    unit = lms.launch(COLONY)
    unit.read_all()
    assert not offer(unit)
    unit.complete()
    assert offer(unit)
    with page.context.expect_page() as opened:
        unit.find("[data-certificate] a").click()
    sheet = opened.value
    expect(sheet.locator("[data-part=sheet]")).to_be_visible()
    sheet.locator("[data-part=name]").fill("Anna Meier")
    sheet.locator("[data-part=date]").fill("2027-01-11")
    expect(sheet.locator("[data-part=who]")).to_have_text("Anna Meier")
    expect(sheet.locator("[data-part=when]")).to_have_text("January 11, 2027")
    expect(sheet.locator("[data-part=sheet]")).to_contain_text("The learner’s own record")
    assert judged(sheet, axe, [("light", 320), ("dark", 1280)]) == []
    for paper in ("A4", "Letter"):
        assert sheet.pdf(format=paper).count(b"/Type /Page\n") == 1
    home = sheet.locator("[data-home]:visible")
    assert "/index.html?reading=1#learner=" in str(home.get_attribute("href"))
    home.click()
    expect(sheet.locator("[data-certificate]")).to_be_visible()
    sheet.goto(f"{certified['scorm12']}/package/certificate.html")
    expect(sheet.locator("[data-part=sheet]")).to_be_hidden()  # of nobody in particular
    expect(sheet.locator("[data-unit]:visible")).to_have_count(len(UNITS))
    assert judged(sheet, axe, [("dark", 320)]) == []
    page.evaluate(FORGET)
    lms.exit()
    unit = lms.launch(COLONY)
    unit.read_all()
    assert not offer(unit)  # the LMS knows better, and has no way to say so
    (tmp_path / "certificate.html").write_text(
        page.evaluate("() => fetch('/package/certificate.html').then((got) => got.text())"), encoding="utf-8"
    )
    assert invalid([str(tmp_path / "certificate.html")], tmp_path) == ""


def test_scorm_2004_tells_of_units_that_were_completed_in_another_browser(
    page: Page, scorm_again: None, certified: dict[str, str]
) -> None:
    lms = Lms2004(page, certified["scorm2004-4th"]).open("learner=anna")
    for title in UNITS[:-1]:
        lms.complete(title)
    page.evaluate(FORGET)
    unit = lms.launch(COLONY)
    unit.work_through()
    assert offer(unit)
    kept = page.evaluate("() => Object.entries(localStorage).filter(([key]) => key.startsWith('coursewright/'))")
    assert [json.loads(value)["state"] for _, value in kept] == ["completed"] * len(UNITS)
    lms.exit()
    page.evaluate(FORGET)
    lms = Lms2004(page, certified["scorm2004-4th"]).open()  # by whom, the LMS does not say
    lms.launch(COLONY)
    assert page.evaluate("() => Object.keys(localStorage).filter(key => key.startsWith('coursewright/'))") == []
