"""How pages look in Canvas and Moodle, which leave our stylesheet out: what they bring along, and what is left of it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from authored import written
from conftest import SEEDS, built, linted, roadmap
from looks import faults, sanitised
from lxml import etree, html

from coursewright.building.pipeline import planned
from coursewright.building.settings import Config
from coursewright.course.plan import Grouping, Selection
from coursewright.pages.dress import dress, readable_colours
from coursewright.pages.parts import Exam, Handout, WebLink, lessons
from coursewright.pages.renderer import Renderer
from coursewright.pages.theme.colour import Colour

ALL = Selection(Grouping.ALL, staff=True)
LMSS = ("canvas", "moodle")
RICH = """# Bread

> [!WARNING]
> A hot oven burns. [How hot](https://example.org)?

| Flour | Water | Salt |
|---|--:|---|
| Rye | 80 % | 2 % |

```python title="ratio.py"
water = flour * 0.65
```

![A loaf](loaf.png "A loaf from the oven")

- [ ] Feed the starter

<details><summary>Why <em>flat</em>?</summary>

It was in the oven too late.

</details>

[Shaping](https://www.youtube.com/watch?v=dQw4w9WgXcQ)

> It speaks.
"""
QUIZ = """# Check

## Question 1

What does this print?

```python
print(1)
```

- [x] 1
- [ ] 2

## Question 2

Which row is right?

| A | B |
|---|---|
| 1 | 2 |

- [x] the first
- [ ] none
"""


def packages(folder: Path, format: str) -> Iterator[Path]:
    """Yield packages of the seeds, of a folder course, and of one with boxes, listings and a quiz."""
    config = Config(formats=(format,))
    yield from (folder / "seeds" / one.name for one in built(SEEDS, folder / "seeds", ALL, config).written)
    yield folder / "authored" / "out" / written(folder / "authored", format, staff=True).name
    source = folder / "rich"
    (source / "one").mkdir(parents=True)
    (source / "one" / "index.md").write_text(RICH, encoding="utf-8")
    (source / "one" / "quiz.md").write_text(QUIZ, encoding="utf-8")
    (source / "one" / "loaf.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (source / "two.md").write_text("# Sharing\n\nCut it.\n", encoding="utf-8")
    yield from (folder / "bread" / one.name for one in built(source, folder / "bread", ALL, config).written)


def bodies(package: Path) -> Iterator[str]:
    """Yield the HTML of a package: of its pages, and of the texts in its documents."""
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            text = archive.read(name)
            if name.endswith(".html"):
                yield text.decode().partition("<body>")[2].partition("</body>")[0]
            elif name.endswith((".xml", ".qti")):
                yield from (
                    found.text for found in etree.fromstring(text).iter("*") if found.text and "<" in found.text
                )


def words(body: str) -> str:
    return " ".join(html.fragment_fromstring(body, create_parent="div").text_content().split())


@pytest.fixture(scope="module", params=LMSS)
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The HTML of everything that an LMS would show."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "authored").mkdir()
    return [body for package in packages(folder, request.param) for body in bodies(package)]


def test_no_style_of_any_page_has_anything_in_it_that_a_cleaner_takes(pages: list[str]) -> None:
    assert sum(body.count("style=") for body in pages) > 300
    assert [fault for body in pages for fault in faults(body)] == []


def test_what_canvas_leaves_of_a_page_has_the_same_words_and_boxes(pages: list[str]) -> None:
    for body in pages:
        left = sanitised(body)
        assert words(left) == words(re.sub("<svg.*?</svg>|<script.*?</script>", "", body, flags=re.DOTALL))
        assert left.count("background-color") == body.count("background-color")


def test_boxes_listings_tables_and_what_is_folded_bring_their_looks_along(pages: list[str]) -> None:
    (page,) = [body for body in pages if "It was in the oven too late." in body and "</details>" in body]
    assert re.search(
        r'<div [^<>]*class="callout callout-warning"[^<>]* style="[^"]*border-left: 6px solid #7a4a00', page
    )
    assert re.search(r'<div style="overflow-x: auto;[^<>]*><table[^<>]*min-width', page)
    assert re.search(r'<div style="[^"]*#ffffff[^"]*"><details>\s*<summary[^<>]*><strong>Why <em>flat', page)
    assert "\u2610" in page and re.search(r'<div class="film" style="', page)
    assert any("Which row is right?" in body and re.search(r'<table[^<>]*style="', body) for body in pages)


def test_dressing_changes_no_word() -> None:
    renderer = Renderer()
    for course in planned(linted(SEEDS), ALL, Config()).courses:
        for lesson in lessons(renderer, course, lambda unit: ""):
            for part in (*lesson.parts, *lesson.staff):
                if not isinstance(part, Exam | Handout | WebLink):
                    assert words(dress({}).on(part.body)) == words(part.body)


def test_a_theme_dresses_pages_in_its_accent_or_in_a_tone_of_it_that_can_be_read() -> None:
    purple, yellow = Colour(90, 40, 140), Colour(255, 212, 0)
    assert readable_colours({"accent": purple})["accent"] == str(purple)
    shown = Colour.of(readable_colours({"accent": yellow})["accent"])
    assert shown and shown.contrast(Colour(255, 255, 255)) >= 4.5
    box = dress({"accent": purple}).styles["paper"]
    assert str(purple) in box["edged"] and str(purple) in box["a"]


def test_edges_stand_at_the_side_where_lines_begin() -> None:
    assert "border-right: 6px" in dress({}, rtl=True).styles["tint"]["edged"]


def test_pages_are_called_by_the_names_of_their_units(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    long = "How an Extraordinarily Long Name of a Module Is Shortened Before the Name of Its Page Is Lost " * 2
    for number, title in enumerate(("Sourdough", "Rye", long), start=1):
        (tmp_path / "a" / f"{number}.md").write_text(roadmap(number, title=title), encoding="utf-8")
    (course,) = planned(linted(tmp_path / "a"), ALL, Config()).courses
    titles = [part.title for found in lessons(Renderer(), course, lambda unit: "") for part in found.parts]
    assert "Sourdough: Overview" in titles and "Rye: Overview" in titles
    (cut,) = [title for title in titles if title.startswith("How an") and title.endswith(": Overview")]
    assert len(cut) <= 120
    assert len(set(titles)) == len(titles)


def test_the_first_page_of_a_unit_says_what_it_takes_and_the_last_what_is_next(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    first = roadmap(1).replace("- **Prerequisites**", "- **Next**: MOD-002\n- **Prerequisites**")
    (tmp_path / "a" / "1.md").write_text(first, encoding="utf-8")
    (tmp_path / "a" / "2.md").write_text(roadmap(2, "MOD-001"), encoding="utf-8")
    (course,) = planned(linted(tmp_path / "a"), ALL, Config()).courses
    one, two = ([part for part in found.parts if hasattr(part, "body")] for found in lessons(Renderer(), course, str))
    assert "Time needed" in words(one[0].body) and "Learning objectives" in words(one[0].body)
    assert "Complete these units of this course first" in words(two[0].body)
    assert "Where to go next" in words(one[-1].body) and "MOD-002 Module 2" in words(one[-1].body)
    assert "Where to go next" not in words(one[0].body)
