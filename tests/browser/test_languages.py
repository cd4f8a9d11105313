"""A course in Arabic: every page runs from right to left, and every word of ours is Arabic."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from .player import Opener, build
from .test_accessibility import axe, judged  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

LESSONS = Path(__file__).parents[1] / "roadmaps" / "lessons-ar"
LATIN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!holder.checkVisibility() || holder.closest("pre, code, em, [aria-hidden=true], script, template")) continue;
    if (/[a-z]{4}/i.test(node.textContent.replace(/Smoker|JavaScript|Python/g, ""))) found.push(node.textContent.trim());
  }
  return found;
}"""


def _holds(page: Page, axe: str) -> None:  # noqa: F811
    assert judged(page, axe, [("light", 390), ("dark", 1280)]) == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert page.evaluate("() => getComputedStyle(document.body).direction") == "rtl"
    assert page.evaluate(LATIN) == [] and page.locator("[lang=en]").count() == 0


def test_a_course_in_arabic_runs_from_right_to_left_in_its_own_words(
    open_page: Opener,
    tmp_path: Path,
    axe: str,  # noqa: F811
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('language = "ar"\ntitle = "سنة مع النحل"\n', encoding="utf-8")
    folder = build(LESSONS, tmp_path / "out", "scorm12", "--config", str(settings))
    page = open_page()
    page.goto((folder / "index.html").as_uri())
    _holds(page, axe)
    (file,) = folder.glob("units/spring-*/index.html")
    page.goto(file.as_uri())
    _holds(page, axe)
    heading, text = (page.locator(selector).first.bounding_box() for selector in ("h1", "main p"))
    assert heading and text and heading["x"] + heading["width"] > 300 and text["x"] + text["width"] > 300
    page.get_by_label("في مارس").check()
    for label in ("بيوت ملكات جديدة", "ازدحام الخلية"):
        page.get_by_label(label).check()
    page.get_by_role("button", name="تحقق").click()
    assert page.get_by_text("إجابة صحيحة").count() > 0
    page.get_by_role("button", name="تحديد كمكتملة").click()
    assert page.get_by_text("لقد أكملت هذه الوحدة.").first.is_visible()
    _holds(page, axe)
