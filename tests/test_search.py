"""What a search looks into: the pages' own words, place by place, under 1 MB; and the terms of a glossary."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import built, linted, roadmap
from markupsafe import Markup

from coursewright.building.settings import Config
from coursewright.course.glossary import has_glossary
from coursewright.course.values import Identity
from coursewright.pages.glossary import Term, Vocabulary, marked
from coursewright.pages.renderer import PageView
from coursewright.pages.search import MOST_BYTES, longest, passages_of, written

Sources = Callable[[Mapping[str, str | bytes]], Path]


def index_of(package: Path) -> dict[str, Any]:
    """Return the index that a package holds."""
    with zipfile.ZipFile(package) as archive:
        script = archive.read("shared/search-index.js").decode()
    found: dict[str, Any] = json.loads(script.removeprefix("window.coursewrightIndex = ").removesuffix(";\n"))
    return found


def made(source: Path, target: Path, format: str = "site") -> dict[str, Any]:
    report = built(source, target, config=Config(formats=(format,)))
    return index_of(target / report.written[0].name)


def said(index: Mapping[str, Any]) -> str:
    """Return everything that a search can find."""
    return json.dumps(index, ensure_ascii=False)


BEES = """\
# Bees & their year

A colony has **one** queen.

## In spring

It grows. `honey = 1`

### Swarms

```python
def swarm() -> None: ...
```

::: solution
The Sekret of the exercise.
:::

## Quiz

1. Who lays Sekret eggs?
   - [x] The Sekret queen
   - [ ] A drone
"""


@pytest.mark.parametrize("format", ["site", "scorm12"])
def test_each_heading_is_a_place_with_the_words_below_it(format: str, curriculum: Sources, tmp_path: Path) -> None:
    index = made(curriculum({"bees.md": BEES, "wasps.md": "# Wasps\n\nThey sting."}), tmp_path / "out", format)
    first, second = index["units"]
    ((key, title, passages),) = first["pages"]
    assert (first["title"], title, first["needs"]) == ("Bees & their year", "Bees & their year", [])
    assert [heading for _, heading, _ in passages] == ["", "In spring", "Swarms", "Quiz"]
    assert passages[0] == ["", "", "A colony has one queen."]
    assert passages[1] == [f"{key}-in-spring", "In spring", "It grows. honey = 1"]
    assert passages[2][2] == "def swarm() -> None: ..."
    assert second["pages"][0][2] == [["", "", "They sting."]]


def test_neither_quizzes_nor_solutions_nor_what_is_for_staff_can_be_found(curriculum: Sources, tmp_path: Path) -> None:
    staff = roadmap(1, extra="\n## Solutions Plan\n\n- The Sekret key.\n\n## Instructor Notes\n\n- Sekret notes.\n")
    assert "Sekret" not in said(made(curriculum({"bees.md": BEES}), tmp_path / "a"))
    assert "Sekret" not in said(made(curriculum({"a.md": staff}), tmp_path / "b"))


def test_a_roadmap_is_found_by_its_sections_and_says_what_it_waits_for(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum({"a.md": roadmap(1), "b.md": roadmap(2, "MOD-001")})
    index = made(source, tmp_path / "out", "scorm12")
    assert [unit["title"] for unit in index["units"]] == ["MOD-001 Module 1", "MOD-002 Module 2"]
    assert [unit["needs"] for unit in index["units"]] == [[], [0]]
    assert "Know what module 2 teaches." in said(index["units"][1])


def test_formulas_pictures_and_hidden_words_are_passed_over() -> None:
    body = Markup(
        '<p>One<br>two <math alttext="x"><mi>x</mi></math> three<span class="unseen">four</span></p><ul><li>five</li>'
        '<li>six</li></ul><section id="a"><h3>Seven <code>8</code></h3><table><tr><td>a</td><td>b</td></tr></table></section>'
    )
    first, second = passages_of(PageView("page", "Page", body))
    assert first.text == "One two three five six"
    assert (second.anchor, second.heading, second.text) == ("a", "Seven 8", "a b")


def test_texts_are_cut_to_what_there_is_room_for_the_longest_first() -> None:
    assert longest([10, 20, 30], 60) == 30
    assert longest([10, 200, 300], 110) == 60  # never shorter than this
    assert longest([10, 500, 600], 1000) == 495
    assert longest([], 5) == 0
    many = " ".join(f"word{number}" for number in range(3000))
    again = "again " * 3000 + "last"
    script = written(
        [unit_of("many", many) for _ in range(167)] + [unit_of("again", again), unit_of("few", "Few.")], []
    )
    assert MOST_BYTES * 0.9 < len(script) < MOST_BYTES
    assert '"Few."' in script.decode() and 'again again … last"' in script.decode()


def test_an_index_of_texts_that_need_escapes_stays_as_small() -> None:
    quoted = " ".join(f'"{number}"' for number in range(300))
    script = written([unit_of("many", quoted) for _ in range(3_000)], [])
    assert MOST_BYTES * 0.8 < len(script) < MOST_BYTES
    json.loads(script.decode().removeprefix("window.coursewrightIndex = ").removesuffix(";\n"))


def unit_of(name: str, text: str) -> Mapping[str, Any]:
    return {"name": name, "title": name, "needs": [], "pages": [["p", "Page", [["", "", text]]]]}


GLOSSARY = """\
# Glossary

Queen
: The mother of the colony.

Varroa mite
: A parasite.

**Drone**: a male bee.

- **API**: an interface
- **R&D** – research & development

| Term | Meaning |
|------|---------|
| Propolis | Bees' glue |

### Hive

Where bees live.
"""
USES = """\
# Uses

The queen, `queen` and [queen](https://example.org). Varroa mites, R&D, drones. An api is no API.

## Queen

Another queen.

## Quiz

1. Who is a drone?
   - [x] He
   - [ ] She
"""


def test_the_terms_of_a_glossary_are_found_however_they_are_written(curriculum: Sources, tmp_path: Path) -> None:
    index = made(curriculum({"1-uses.md": USES, "2-glossary.md": GLOSSARY}), tmp_path / "out")
    found = {name: meaning for name, meaning, _, _ in index["terms"]}
    assert found == {
        "Queen": "The mother of the colony.",
        "Varroa mite": "A parasite.",
        "Drone": "a male bee.",
        "API": "an interface",
        "R&D": "research & development",
        "Propolis": "Bees' glue",
        "Hive": "Where bees live.",
    }
    assert {unit for _, _, unit, _ in index["terms"]} == {1}


def test_the_first_use_on_a_page_is_explained_but_not_in_code_links_headings_or_quizzes(
    curriculum: Sources, tmp_path: Path
) -> None:
    source = curriculum({"1-uses.md": USES, "2-glossary.md": GLOSSARY})
    report = built(source, tmp_path / "out", config=Config(formats=("scorm12", "cc13", "epub")))
    with zipfile.ZipFile(tmp_path / "out" / report.written[0].name) as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("units/")}
    (page,) = (text for name, text in pages.items() if "uses" in name and name.endswith(".html"))
    (glossary,) = (text for name, text in pages.items() if "glossary" in name)
    words = [part.partition(">")[2].partition("<")[0] for part in page.split('class="term"')[1:]]
    assert words == ["queen", "Varroa mites", "R&amp;D", "drones", "API"]
    assert page.count('class="term-card"') == 5 and "The mother of the colony." in page
    assert 'class="term"' not in glossary
    for other in report.written[1:]:
        with zipfile.ZipFile(tmp_path / "out" / other.name) as archive:
            assert not any(b"popovertarget" in archive.read(name) for name in archive.namelist())


def test_an_introduction_ends_where_it_did_when_a_term_in_it_is_explained() -> None:
    term = Term("queen", "The mother.", Identity("bees", "a"), "page")
    body = Markup("<p>The queen.</p><h3>More</h3><p>A queen.</p>")
    found, used = marked(PageView("page", "Page", body, introduced=17), Vocabulary([term]))
    assert found.introduction.endswith("queen</button>.</p>") and found.rest == "<h3>More</h3><p>A queen.</p>"
    assert list(used.values()) == [term]


def test_a_glossary_may_be_a_section_and_in_a_script_without_blanks(curriculum: Sources, tmp_path: Path) -> None:
    japanese = (
        "# 蜂\n\n女王蜂は卵を産む。\n\n## 用語集\n\n- **女王蜂**：群れの母。\n\n## ほか\n\n- **これ**は用語ではない。\n"
    )
    index = made(curriculum({"a.md": japanese}), tmp_path / "out")
    assert [term[:2] for term in index["terms"]] == [["女王蜂", "群れの母。"]]


def test_a_course_without_a_glossary_has_no_terms(curriculum: Sources, tmp_path: Path) -> None:
    assert made(curriculum({"bees.md": BEES}), tmp_path / "out")["terms"] == []


@pytest.mark.parametrize(
    ("heading", "is_one"),
    [("## Glossary ##", True), ("# Glossary {#terms}", True), ("Glossary\n===", True), ("# Glossary of bees", False)]
    + [(f"# {sign * 100_000}x", False) for sign in ("#", " #", "{", "{}")],
)
def test_a_heading_that_says_glossary_is_one_however_it_is_written(
    heading: str, is_one: bool, curriculum: Sources
) -> None:
    (unit,) = linted(curriculum({"bees.md": f"# Bees\n\nThey fly.\n\n{heading}\n\nA text.\n"})).curriculum.units
    assert has_glossary(unit) is is_one


def test_a_heading_is_never_called_as_a_term_is(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum({"1-uses.md": "# Uses\n\nThe queen.\n\n## Term 1\n\nWork.\n", "2-glossary.md": GLOSSARY})
    report = built(source, tmp_path / "out", config=Config(formats=("site",)))
    with zipfile.ZipFile(tmp_path / "out" / report.written[0].name) as archive:
        pages = [
            archive.read(name).decode() for name in archive.namelist() if "uses" in name and name.endswith(".html")
        ]
    ids = re.findall(r'\bid="([^"]+)"', pages[0])
    assert len(ids) == len(set(ids)) and sum(id.endswith("term-1") for id in ids) == 2
