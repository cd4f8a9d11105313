"""Every kind of page before two judges of others' making: axe-core in the browser, html-validate over the files."""

from __future__ import annotations

import gzip
import json
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from authored import written
from conftest import WIDE
from playwright.sync_api import Page

from .conftest import HERE, missing
from .player import BEES, Opener, Unit, build

pytestmark = pytest.mark.browser

Look = tuple[Literal["light", "dark"], int]
MORE_LOOKS: list[Look] = [("dark", 320), ("light", 1280)]
LOOKS: list[Look] = [("light", 320), ("dark", 1280), *(MORE_LOOKS if WIDE else [])]
SEEDS = Path(__file__).parents[2] / "seeds"
HTML_RULES: dict[str, Any] = {
    "extends": ["html-validate:recommended"],
    "rules": {"long-title": "off", "no-trailing-whitespace": "off"},
}


@pytest.fixture(scope="session")
def axe() -> str:
    """The judge's script, from npm."""
    script = HERE / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        missing("axe-core is not installed: run `npm ci` in tests/browser")
    return script.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds as one extracted package."""
    return build(SEEDS, tmp_path_factory.mktemp("seeds"), "scorm2004-4th", "--by", "all")


def judged(page: Page, axe: str, looks: Sequence[Look] = LOOKS) -> list[str]:
    """Return what axe finds wrong, in every look."""
    page.evaluate(axe)
    found = []
    for scheme, width in looks:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 800})
        report: dict[str, Any] = page.evaluate(
            "() => axe.run(document, { preload: false, resultTypes: ['violations'] })"
        )
        found += [
            f"{scheme} {width}: {violation['id']}: {node['html'][:200]} {node['any'] and node['any'][0]['message']}"
            for violation in report["violations"]
            for node in violation["nodes"]
        ]
    return found


@pytest.mark.parametrize("id", ["MOD-407", "PROJ-604"])
def test_axe_finds_nothing_on_any_page_of_a_unit(open_page: Opener, seeds: Path, axe: str, id: str) -> None:
    (file,) = seeds.glob(f"units/{id}-*/index.html")
    page = open_page()
    page.goto(file.as_uri())
    unit = Unit(page)
    for key in unit.pages():
        unit.go(key) if unit.find(f"nav a[data-goto={key}]").is_visible() else page.goto(f"{file.as_uri()}#{key}")
        assert judged(page, axe) == [], key
        page.set_viewport_size({"width": 1280, "height": 800})
    unit.complete()
    assert judged(page, axe) == []


def test_axe_finds_nothing_on_pages_of_an_authors_own(open_page: Opener, tmp_path: Path, axe: str) -> None:
    page, built, folder = open_page(), written(tmp_path, "scorm12"), tmp_path / "package"
    with zipfile.ZipFile(tmp_path / "out" / built.name) as archive:
        archive.extractall(folder)
    page.goto((folder / "index.html").as_uri())
    assert judged(page, axe) == []
    for file in sorted(folder.glob("units/*/index.html")):
        page.goto(file.as_uri())
        for key in Unit(page).pages():
            page.goto(f"{file.as_uri()}#{key}")
            assert judged(page, axe) == [], f"{file}#{key}"


LESSON = """\
# Everything

> [!WARNING]
> With *care* and `code`.

> [!tip]- Folded
> Text

::::: challenge
### Count

```sh
ls
```

::: solution
`3`
:::
:::::

=== "Linux"

    ls

=== "Windows"

    dir

The plan:[^1]

- [ ] read
- [ ] try it out

| a | b | c | d | e | f | g |
|---|---|---|---|---|---|---|
| a long word | a long word | a long word | a long word | a long word | a long word | a long word |

```python title="main.py"
x = 1  # a very long line of code that no phone has room for, and goes on and on and on and on and on
```

```mermaid
graph TD
```

[Bees](https://youtu.be/abcdefghijk)

<details><summary>More</summary>

Press <kbd>Enter</kbd>, ==marked==, H~2~O.

</details>

Term
: What it means

![Dot](data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7 "A dot")

[^1]: A note.
"""


def test_axe_finds_nothing_on_a_page_with_all_that_lessons_hold(open_page: Opener, tmp_path: Path, axe: str) -> None:
    (tmp_path / "source").mkdir()
    for name in ("01-everything.md", "02-more.md"):
        (tmp_path / "source" / name).write_text(LESSON, encoding="utf-8")
    file, *_ = sorted(build(tmp_path / "source", tmp_path).glob("units/*/index.html"))
    page = open_page()
    page.goto(file.as_uri())
    unit = Unit(page)
    page.goto(f"{file.as_uri()}#{unit.pages()[0]}")
    assert page.locator(".callout").count() >= 4 and page.locator(".film").count() >= 1
    assert judged(page, axe) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


CODE = """\
# Module Roadmap

## Module Overview

- **Module ID**: MOD-007
- **Module Title**: Quiet Pipelines
- **Target Role(s)**: Data Engineer

## One

```python
async def main(path: str = "data.csv", other: str = "a very long line that no phone has room for") -> int:
    \"\"\"Read and count.\"\"\"
    return 3.5  # not yet
```

## Two

[Out](https://example.org) of here.

## Three

```sql
SELECT name, COUNT(*) FROM events WHERE kind = 'click'; -- by name
```

## Four

| a | b |
|---|---|
| 1 | 2 |
"""


def test_axe_finds_nothing_on_a_long_page_with_code(open_page: Opener, tmp_path: Path, axe: str) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.md").write_text(CODE, encoding="utf-8")
    (file,) = build(tmp_path / "source", tmp_path).glob("units/*/index.html")
    page = open_page()
    page.goto(f"{file.as_uri()}#more")
    unit = Unit(page)
    assert unit.shown() == ["more"]
    assert judged(page, axe) == []
    unit.find("[data-part]").filter(has_text="Four").click()
    assert page.evaluate("() => window.scrollY") > 0
    assert unit.shown() == ["more"]


DRESSED = (
    CODE.replace("Quiet Pipelines", "Quiet $L_2$ Pipelines")
    + r"""
$$
X = \begin{pmatrix} a & b \\ c & d \end{pmatrix}^{-1} + \sum_{i=1}^{n} \frac{1}{i} + \sqrt[3]{x}
$$

So $\hat\beta$ is small.
"""
)


@pytest.fixture(scope="session")
def dressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package with a theme and formulas, extracted."""
    folder = tmp_path_factory.mktemp("dressed")
    looks = {
        "source/a.md": DRESSED,
        "theme/theme.toml": 'logo = "logo.svg"\nlogo_text = "Acme"\n[light]\naccent = "#5b2a86"\n',
        "theme/files/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><path d="M0 0h80v20z"/></svg>',
        "settings.toml": 'theme = "theme"\nmath = true\n',
    }
    for name, text in looks.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return build(folder / "source", folder / "out", "scorm12", "--config", str(folder / "settings.toml"))


def test_axe_finds_nothing_on_a_page_with_a_theme_and_formulas(open_page: Opener, dressed: Path, axe: str) -> None:
    (file,) = dressed.glob("units/*/index.html")
    page = open_page()
    page.goto(f"{file.as_uri()}#more")
    assert page.locator(".logo img").evaluate("logo => logo.naturalWidth") == 80
    assert page.locator("math mfrac").first.bounding_box() is not None
    assert judged(page, axe) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_page_written_from_right_to_left_is_sound_and_fits(open_page: Opener, seeds: Path, axe: str) -> None:
    (file,) = seeds.glob("units/PROJ-604-*/index.html")
    page = open_page()
    page.goto(file.as_uri())
    page.evaluate("() => { document.documentElement.dir = 'rtl' }")
    assert judged(page, axe) == []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


HEBREW = f"""\
# Module Roadmap

## Module Overview

- **Module ID**: MOD-007
- **Module Title**: צינורות נתונים שקטים, למשל ב-C++
- **Target Role(s)**: מהנדסת נתונים
- **Duration**: 5–8 שעות
{CODE.partition("Data Engineer")[2].replace("## One", "## אחת").replace("[Out]", "פסקה [החוצה]")}
An English paragraph.

- Read it, please.
- פריט
"""


@pytest.fixture(scope="session")
def hebrew(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package in Hebrew, with code, tables and English in it, and English labels; and the same for Canvas."""
    folder = tmp_path_factory.mktemp("hebrew")
    (folder / "source").mkdir()
    (folder / "source" / "a.md").write_text(HEBREW, encoding="utf-8")
    (folder / "source" / "b.md").write_text(
        HEBREW.replace("MOD-007", "MOD-008").replace("- **Duration", "- **Prerequisites**: MOD-007\n- **Duration"),
        encoding="utf-8",
    )
    (folder / "settings.toml").write_text('language = "he"\n', encoding="utf-8")
    for format in ("scorm12", "canvas"):
        build(folder / "source", folder / format, format, "--config", str(folder / "settings.toml"))
    return folder


def extracted(folder: Path, pattern: str) -> list[Path]:
    found = sorted(folder.rglob(pattern))
    assert found
    return found


def test_axe_finds_nothing_on_a_course_in_hebrew(open_page: Opener, hebrew: Path, axe: str) -> None:
    page = open_page()
    (file,) = extracted(hebrew / "scorm12", "units/MOD-008*/index.html")
    for place in (file.as_uri(), f"{file.as_uri()}#more", (file.parents[2] / "index.html").as_uri()):
        page.goto("about:blank")
        page.goto(place)
        assert judged(page, axe, [("light", 320), ("dark", 1280)]) == [], place
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_map_in_hebrew_runs_from_right_to_left(open_page: Opener, hebrew: Path) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    page.goto(extracted(hebrew / "scorm12", "index.html")[0].as_uri())
    first, second = (page.locator(".stops > .stop").nth(at).bounding_box() for at in (0, 1))
    way = page.locator(".ways.wide path").bounding_box()
    assert first and second and way
    assert second["x"] + second["width"] <= way["x"] + 5 and way["x"] + way["width"] <= first["x"] + 5
    page.set_viewport_size({"width": 320, "height": 800})
    box, lanes = page.locator(".stops > .stop").first.bounding_box(), page.locator(".ways.tall").bounding_box()
    assert box and lanes and box["x"] + box["width"] <= lanes["x"] + 5
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_html_of_a_course_in_hebrew_is_valid(hebrew: Path, tmp_path: Path) -> None:
    assert invalid(list(map(str, extracted(hebrew, "*.html"))), tmp_path, styled=True) == ""


def test_english_on_a_hebrew_page_ends_with_its_full_stop(open_page: Opener, hebrew: Path) -> None:
    page = open_page()
    page.goto(extracted(hebrew / "scorm12", "units/MOD-008*/index.html")[0].as_uri() + "#more")
    places = """() => Object.fromEntries(["An English paragraph.", "Read it, please."].map((text) => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode() && walker.currentNode.data.trim() !== text) {}
        const at = (first, last) => {
          const range = document.createRange();
          const start = walker.currentNode.data.indexOf(text);
          range.setStart(walker.currentNode, start + first);
          range.setEnd(walker.currentNode, start + last);
          return range.getBoundingClientRect().left;
        };
        return [text, at(text.length - 1, text.length) > at(0, 1)];
    }))"""
    assert page.evaluate(places) == {"An English paragraph.": True, "Read it, please.": True}


def test_the_keyboard_alone_completes_a_unit(open_page: Opener, seeds: Path) -> None:
    (file,) = seeds.glob("units/MOD-407-*/index.html")
    page = open_page()
    page.goto(file.as_uri())
    unit = Unit(page)
    focused = "() => document.activeElement.dataset.do || document.activeElement.dataset.tick || ''"
    for _ in range(300):
        page.keyboard.press("Tab")
        on = page.evaluate(focused)
        if on == "next" or on == "complete":
            page.keyboard.press("Enter")
        elif on and on not in ("previous", "menu"):
            page.keyboard.press("Space")
        if unit.state() == "Completed":
            break
    assert unit.state() == "Completed"
    assert all(unit.ticked())


def test_axe_finds_nothing_on_an_overview(open_page: Opener, seeds: Path, axe: str) -> None:
    page = open_page()
    page.goto((seeds / "index.html").as_uri())
    assert judged(page, axe) == []


STANDING = """() => [...document.querySelectorAll(".stops > .stop")].map((stop) => [
    stop.querySelector("a").innerText, stop.querySelector(".standing").innerText, stop.classList.contains("is-next")])"""


def test_the_home_says_how_each_unit_stands_and_leads_on_by_the_keyboard(
    open_page: Opener, package: Path, axe: str
) -> None:
    home = (package / "index.html").as_uri()
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(home)
    bees, *others = names = [stop.replace("\n", " ") for stop in page.locator(".stops a").all_inner_texts()]
    assert page.locator("[data-go]").inner_text() == f"Start: {BEES}"
    assert page.locator(".so-far").is_hidden()
    page.keyboard.press("Tab")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "() => document.activeElement.closest('.stops')?.className && document.activeElement.innerText"
        )
        reached += [stop] if stop else []
        outline = "() => getComputedStyle(document.activeElement.closest('.stop')).outlineStyle"
        assert not stop or page.evaluate(outline) == "solid"
    assert reached[: len(names)] == names
    waiting = ["Locked after MOD-901", "Locked after MOD-901", "Locked after MOD-902, MOD-903"]
    assert page.evaluate(STANDING) == [
        [bees, "Open", True],
        *([one, how, False] for one, how in zip(others, waiting, strict=True)),
    ]
    assert judged(page, axe, LOOKS) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390

    page.set_viewport_size({"width": 1280, "height": 844})
    page.locator("[data-go]").click()
    Unit(page).work_through()
    page.goto(home)
    found = page.evaluate(STANDING)
    assert [standing for _, standing, _ in found] == ["Completed", "Open", "Open", waiting[2]] and found[1][2]
    assert page.locator("[data-go]").inner_text() == f"Continue: {others[0].partition(' ')[2]}"
    assert page.locator(".so-far").inner_text().startswith("1 of 4 units")
    assert page.locator(".row.reached").count() == 1 and page.locator("circle.reached").count() == 1

    page.goto(f"{home}?reading")
    assert page.locator(".reached, [data-go]:visible, [data-word]:visible").count() == 0
    course = page.evaluate("() => document.body.dataset.course")
    unit = page.locator(".stop").first.get_attribute("data-stop")
    state = '{"state": "completed"}'
    page.evaluate(f"() => localStorage.setItem('coursewright/{course}/zz/{unit}', '{state}')")
    page.goto("about:blank")
    page.goto(f"{home}?reading=1#learner=zz")
    assert [standing for _, standing, _ in page.evaluate(STANDING)] == ["Completed", "Open", "Open", waiting[2]]
    page.locator(".stops a").first.click()
    assert page.url.endswith("?reading=1")


@pytest.mark.parametrize("format", ["scorm12", "scorm2004-4th"])
def test_the_html_is_valid(tmp_path: Path, format: str) -> None:
    files = sorted(map(str, build(SEEDS, tmp_path, format, "--by", "all").rglob("*.html")))
    assert len(files) == 6
    assert invalid(files, tmp_path) == ""


@pytest.mark.parametrize("format", ["cc11", "cc12", "cc13", "canvas"])
def test_the_html_that_an_lms_shows_as_its_own_is_valid(tmp_path: Path, format: str) -> None:
    files = sorted(map(str, build(SEEDS, tmp_path, format, "--by", "all", "--staff").rglob("*.html")))
    assert len(files) > 35
    assert invalid(files, tmp_path, styled=True) == ""


def test_axe_finds_nothing_on_the_pages_of_a_cartridge(open_page: Opener, tmp_path: Path, axe: str) -> None:
    built = build(SEEDS, tmp_path, "cc13", "--by", "all")
    page = open_page()
    pages = [built / "course" / "index.html", *built.glob("units/MOD-407-*/*.html")]
    assert len(pages) == 6
    for file in pages:
        page.goto(file.as_uri())
        found = judged(page, axe)
        assert [text for text in found if "page-has-heading-one" not in text] == [], file.name  # the LMS has it


def test_the_html_of_a_theme_with_formulas_is_valid(dressed: Path, tmp_path: Path) -> None:
    assert invalid(sorted(map(str, dressed.rglob("*.html"))), tmp_path) == ""


def invalid(files: list[str], folder: Path, *, styled: bool = False) -> str:
    """Return what html-validate says against these files; `styled` ones bring their looks along, for an LMS."""
    if not (HERE / "node_modules" / "html-validate").is_dir():
        missing("html-validate is not installed: run `npm ci` in tests/browser")
    rules = HTML_RULES | {"rules": {**HTML_RULES["rules"], "no-inline-style": "off"}} if styled else HTML_RULES
    (folder / "rules.json").write_text(json.dumps(rules), encoding="utf-8")
    validator = HERE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    command = ["node", str(validator), "--config", str(folder / "rules.json"), *files]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if judged.returncode == 0 else judged.stdout[-4000:]


def test_a_page_weighs_little(seeds: Path) -> None:
    def weight(file: Path) -> int:  # over the wire, as servers send text
        return len(gzip.compress(file.read_bytes()))

    shared = sum(weight(seeds / "shared" / name) for name in ("course.css", "reader.js", "sco.js", "search.js"))
    for file in seeds.glob("units/*/index.html"):
        assert weight(file) + shared < 28_000
