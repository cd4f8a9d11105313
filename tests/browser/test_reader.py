"""What helps to read a page: content at the top, a head that shrinks, contents that follow, tools that are remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .player import Opener, Unit, build

PARAGRAPH = "Bees find their way home by the sun, and by what they have seen before. " * 12
LESSON = f"""\
# How a bee finds flowers

A bee does not see the meadow that we see.

## What a bee sees

{PARAGRAPH}

> [!TIP]
> Plant in clumps.

## A model in code

```python
def angle(dance, sun):
    return dance + sun
```

=== "Linux"

    apt install bees

=== "macOS"

    brew install bees

{PARAGRAPH}

=== "Linux"

    apt remove bees

=== "macOS"

    brew remove bees

<details>
<summary>Why not red?</summary>

Their eyes lack the receptor.

</details>

See [the society](https://example.org/bees).

## Going on

{PARAGRAPH}
"""


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one long lesson, as a package that stands alone, extracted."""
    folder = tmp_path_factory.mktemp("lessons")
    (folder / "source").mkdir()
    (folder / "source" / "01-flowers.md").write_text(LESSON, encoding="utf-8")
    return build(folder / "source", folder / "out")


def first(package: Path) -> str:
    return sorted(package.glob("units/*/index.html"))[0].as_uri()


def test_the_reading_tools_work_and_are_remembered(open_page: Opener, lessons: Path) -> None:
    page = open_page(viewport={"width": 1280, "height": 700}, color_scheme="light", permissions=["clipboard-write"])
    page.goto(first(lessons))
    Unit(page)
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("[data-open=tools]").click()
    page.get_by_label("Dark").check(force=True)
    page.get_by_label("Larger").check(force=True)
    dark, large = page.evaluate(ground), "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"
    assert dark != light and page.evaluate(large) > 20
    page.keyboard.press("Escape")
    expect(page.locator("[data-tools]")).to_be_hidden()
    assert page.evaluate("() => document.activeElement.dataset.open") == "tools"
    page.reload()
    assert page.evaluate(ground) == dark and page.evaluate(large) > 20
    page.emulate_media(media="print")
    assert page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--ground')") == "#ffffff"
    page.emulate_media(media="screen")

    # one tab of a name is shown, wherever it stands; arrows choose
    shown = """() => [...document.querySelectorAll('.tab')]
      .filter((tab) => tab.getClientRects().length).map((tab) => tab.innerText.trim())"""
    assert page.evaluate(shown) == ["apt install bees", "apt remove bees"]
    page.get_by_role("tab", name="Linux").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(shown) == ["brew install bees", "brew remove bees"]

    # a listing can be copied, a box has its sign
    page.get_by_role("button", name="Copy").first.click()
    expect(page.locator(".copied").first).to_be_visible()
    assert page.locator(".callout-tip .glyph path").count() == 1

    # the contents follow, the head shrinks and nothing jumps
    page.locator("[data-part]").filter(has_text="Going on").click()
    expect(page.locator("[data-part][aria-current]")).to_have_text("Going on")
    expect(page.locator("html")).to_have_class("reader js slim")
    head = page.locator("header.unit .inner").bounding_box()
    assert head and -2 <= head["y"] <= 0 and head["height"] < 90
    assert page.evaluate("() => document.activeElement.textContent") == "Going on"

    # paper has all tabs, all that was folded, and the addresses of links
    page.emulate_media(media="print")
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert len(page.evaluate(shown)) == 4
    assert page.locator("details[open]").count() == page.locator("details").count() >= 1
    after = "() => getComputedStyle(document.querySelector('a[href^=http]'), '::after').content"
    assert "https://example.org/bees" in page.evaluate(after)
    expect(page.locator(".tools")).to_be_hidden()


def test_a_page_is_whole_where_storage_is_denied(open_page: Opener, lessons: Path) -> None:
    page = open_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })")
    page.goto(first(lessons))
    Unit(page)
    page.locator("[data-open=tools]").click()
    page.get_by_label("Dark").check(force=True)
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"


def heading_at(page: Page) -> float:
    """Return where the first heading of what is read stands, as a share of the window."""
    return float(
        page.evaluate(
            """() => {
              const all = [...document.querySelectorAll("main :is(h2, h3)")];
              const seen = all.find((at) => at.getBoundingClientRect().height > 1);
              return seen.getBoundingClientRect().top / innerHeight;
            }"""
        )
    )


def test_content_begins_within_the_upper_third(open_page: Opener, package: Path) -> None:
    """With the banner of a unit that others must come before, on a phone and in the frame of a player."""
    for width, height in ((390, 844), (900, 560)):
        page = open_page(viewport={"width": width, "height": height})
        for file in sorted(package.glob("units/*/index.html")):
            page.goto(file.as_uri())
            Unit(page)
            assert heading_at(page) < 1 / 3, f"{file} at {width}"
            assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
