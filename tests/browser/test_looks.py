"""How pages look where it is hard: right to left, on a phone, with long words, and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from .player import Opener, build

pytestmark = pytest.mark.browser

LONG = "Oberflächenbehandlungstechnologie"
WIDE = "\n".join(["| a " * 12 + "|", "|---" * 12 + "|", "| proficient " * 12 + "|"])
SHEET = 718  # of A4 between a browser's margins, in CSS pixels

TEXT = "Wer Bienen hält, hält Maß. " * 30


def unit(number: int) -> str:
    return f"""# Module Roadmap

## Module Overview

- **Module ID**: MOD-{number:03}
- **Module Title**: Kurs {number}
- **Target Role(s)**: Ingenieur
- **Duration**: 10 hours (4 lecture, 6 lab)
- **Prerequisites**: {f"MOD-{number - 1:03}" if number > 1 else "None"}

## Learning Objectives

- Know it.

{TEXT}

## Competencies

| Competency | Target | Evidence |
|---|---|---|
| {LONG} | Expert | A report |

## Notes

{TEXT}

{WIDE}

> {WIDE.replace(chr(10), chr(10) + "> ")}
"""


@pytest.fixture(scope="session", params=["de", "ar"])
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of twelve units in a language, extracted."""
    folder = tmp_path_factory.mktemp("looks")
    (folder / "source").mkdir()
    for number in range(1, 13):
        (folder / "source" / f"{number}.md").write_text(unit(number), encoding="utf-8")
    (folder / "theme" / "labels").mkdir(parents=True)
    (folder / "theme" / "labels" / "ar.toml").write_text('text_direction = "rtl"\n', encoding="utf-8")
    settings = folder / "settings.toml"
    settings.write_text(f'language = "{request.param}"\ntheme = "theme"\n', encoding="utf-8")
    return build(folder / "source", folder / "out", "scorm12", "--config", str(settings))


def opened(open_page: Opener, course: Path, width: int, place: str = "") -> Page:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme="dark")
    (file,) = course.glob("units/MOD-005-*/index.html")
    page.goto(file.as_uri() + place)
    return page


@pytest.mark.parametrize("width", [320, 1280])
def test_the_links_of_a_map_hold_their_texts_and_lines_end_at_them(open_page: Opener, course: Path, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto((course / "index.html").as_uri())
    wrong = page.evaluate(
        """() => {
          const stops = [...document.querySelectorAll(".stops > .stop")].map((stop) => [stop, stop.getBoundingClientRect()]);
          const within = (part, box) => {
            const { left, right, top, bottom } = part.getBoundingClientRect();
            return left >= box.left - 1 && right <= box.right + 1 && top >= box.top - 1 && bottom <= box.bottom + 1;
          };
          const cut = stops.filter(([stop, box]) => ![...stop.querySelectorAll("a, .standing")].every((part) => within(part, box)));
          const meet = stops.filter(([one, a]) => stops.some(([other, b]) => one !== other && a.left < b.right
            && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
          const side = document.documentElement.dir === "rtl" ? ["left", "right"] : ["right", "left"];
          const at = (path, length) => path.getPointAtLength(length).matrixTransform(path.getScreenCTM());
          const near = (point, edge) => stops.some(([, box]) => Math.abs(box[edge] - point.x) < 3
            && box.top <= point.y && point.y <= box.bottom);
          const paths = [...document.querySelectorAll(".ways path")].filter((path) => path.getBoundingClientRect().height + path.getBoundingClientRect().width);
          const loose = paths.filter((path) => {
            const upright = path.closest(".tall");
            return !near(at(path, 0), upright ? side[1] : side[0]) || !near(at(path, path.getTotalLength()), side[1]);
          });
          return [stops.length, paths.length, cut.length, meet.length, loose.length];
        }"""
    )
    assert wrong == [12, 11, 0, 0, 0]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 390])
def test_a_long_name_leaves_the_scale_in_sight(open_page: Opener, course: Path, width: int) -> None:
    box = opened(open_page, course, width, "#objectives").locator(".competencies .scale").first.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width


@pytest.mark.parametrize("width", [320, 390])
def test_the_buttons_of_a_phone_break_no_word(open_page: Opener, course: Path, width: int) -> None:
    page = opened(open_page, course, width, "#objectives")
    broken = page.evaluate(
        """() => [...document.querySelectorAll(".turn button:not([hidden]) .to")].flatMap((line) => {
          const text = line.firstChild;
          return [...text.data.matchAll(/\\S+/g)].filter((word) => {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            return range.getClientRects().length > 1;
          }).map(String);
        })"""
    )
    assert broken == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_escape_folds_the_menu_of_a_phone_and_returns_to_its_button(open_page: Opener, course: Path) -> None:
    page = opened(open_page, course, 390)
    button = page.locator("[data-do=menu]")
    button.click()
    page.keyboard.press("Tab")
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert page.evaluate("() => document.activeElement.dataset.do") == "menu"
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"


def test_nothing_cuts_the_frame_around_the_menu_button(open_page: Opener, course: Path) -> None:
    overflow = "() => getComputedStyle(document.querySelector('[data-do=menu]').parentNode).overflowY"
    assert opened(open_page, course, 390).evaluate(overflow) == "visible"


def test_a_sheet_of_paper_holds_every_page(open_page: Opener, course: Path) -> None:
    page = opened(open_page, course, SHEET)
    page.emulate_media(media="print", color_scheme="dark")
    wide = "() => document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= SHEET
    page.goto((course / "index.html").as_uri())
    assert page.evaluate(wide) <= SHEET


def test_paper_gets_the_colours_of_light_pages(open_page: Opener, course: Path) -> None:
    page = opened(open_page, course, SHEET)
    token = "(name) => getComputedStyle(document.documentElement).getPropertyValue(name)"
    assert page.evaluate(token, "--part-1") == "#7fc8c2"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(token, "--part-1") == "#0f5e63"
    assert page.evaluate(token, "--done") == "#20683d"
    step = "() => getComputedStyle(document.querySelector('.scale > .on')).printColorAdjust"
    assert page.evaluate(step) == "exact"
