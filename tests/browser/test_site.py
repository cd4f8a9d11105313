"""A course as a web site, opened as files and from a path below a server; the search in it and in an LMS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import served
from .player import BEES, HIVE, Lms, Opener, Unit, build
from .test_accessibility import axe as axe
from .test_accessibility import judged

pytestmark = pytest.mark.browser

DOCUMENTS = {
    "01-colony.md": """\
# The colony

A colony has one queen, and `queen` in code stays.

## Los niños y la apicultura

Está permitido mirar.

## Quiz

1. Who lays eggs?
   - [x] The queen
   - [ ] A drone
""",
    "02-japan.md": "# 養蜂\n\nはちみつの採り方を学ぶ。機械学習は別の話。\n\n## النحل\n\nيَعِيشُ النَّحْلُ في خلية.\n",
    "03-glossary.md": "# Glossary\n\nQueen\n: The mother of the colony.\n\nStraße\n: A way for bees.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course as a site, unpacked."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "source").mkdir()
    for name, text in DOCUMENTS.items():
        (folder / "source" / name).write_text(text, encoding="utf-8")
    return build(folder / "source", folder, "site")


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """Where the site stands: in a folder, or in one of a server's."""
    if request.param == "file":
        yield site.as_uri()
    else:
        with served(site) as origin:
            yield f"{origin}/package"


def found(page: Page, words: str) -> list[str]:
    """Search, and return the headings of what is found."""
    page.locator(".search [type=search]").fill(words)
    expect(page.locator(".search-state")).not_to_be_empty()
    return page.locator(".search-found strong").all_inner_texts()


def test_a_site_is_searched_read_and_completed_without_a_server_or_below_one(
    open_page: Opener, address: str, axe: str
) -> None:
    page = open_page()
    page.goto(f"{address}/index.html")
    page.keyboard.press("/")
    expect(page.locator(".search dialog")).to_be_visible()
    assert found(page, "nino APICULT") == ["Los niños y la apicultura"]
    assert page.locator(".search-found mark").all_inner_texts()[:2] == ["niño", "apicult"]
    assert found(page, "strasse")[0] == "Glossary: Straße"
    assert found(page, "機械学習") == ["養蜂"] and found(page, "はちみつを学ぶ") == []
    assert found(page, "يعيش النحل") == ["النحل"]
    assert found(page, "no such words") == []
    if address.startswith("file"):
        found(page, "colony")
        assert judged(page, axe) == []
    assert found(page, "permitido") == ["Los niños y la apicultura"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/units/*/index.html#*")
    unit = Unit(page)
    expect(page.get_by_role("heading", name="niños")).to_be_in_viewport()

    page.locator(".term", has_text="queen").click()
    expect(page.get_by_text("The mother of the colony.")).to_be_visible()
    if address.startswith("file"):
        assert judged(page, axe, [("light", 390), ("dark", 1280)]) == []
    page.keyboard.press("Escape")
    expect(page.get_by_text("The mother of the colony.")).to_be_hidden()

    page.get_by_label("The queen").check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("group", name="Result")).to_contain_text("Right")
    unit.complete()
    expect(unit.find(".finish .done")).to_be_visible()
    assert "course player" not in page.locator("body").inner_text()
    page.get_by_role("link", name="Home").click()
    expect(page.locator("[data-stop^='colony'][data-is=done]").first).to_be_visible()

    page.goto(f"{address}/index.html")
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("hive")
    page.keyboard.press("Escape")
    expect(page.locator(".search dialog")).to_be_hidden()
    page.get_by_role("button", name="Search").click()
    page.get_by_label("Open the search with the key /").uncheck()
    page.keyboard.press("Escape")
    for _ in range(20):  # what a page of a file keeps may reach the next one only a moment later
        page.reload()
        page.keyboard.press("/")
        if page.locator(".search dialog").is_hidden():
            break
    expect(page.locator(".search dialog")).to_be_hidden()


def test_in_an_lms_a_search_leads_to_what_is_open_and_names_the_rest(lms: Lms) -> None:
    unit = lms.launch(BEES)
    unit.find(".search [data-search-do=open]").click()
    field = unit.find(".search [type=search]")
    field.fill("hive")
    expect(unit.find(".search-found .locked").first).to_be_visible()
    assert unit.find(".search-found .locked a").count() == 0
    own = unit.find(".search-found a")
    assert all(
        str(href).startswith("#") for href in own.evaluate_all("links => links.map(a => a.getAttribute('href'))")
    )
    key = str(own.last.get_attribute("href"))
    own.last.click()
    expect(unit.find(".search dialog")).to_be_hidden()
    assert unit.find(key).is_visible()
    unit.work_through()
    lms.exit()
    unit = lms.launch(HIVE)
    unit.find(".search [data-search-do=open]").click()
    unit.find(".search [type=search]").fill("year")
    link = unit.find(".search-found a[target=_blank]").first
    expect(link).to_be_visible()
    assert "?reading=1#" in str(link.get_attribute("href"))
