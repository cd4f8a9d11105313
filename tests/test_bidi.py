"""Text that runs the other way than its page keeps its order: on pages of ours, on an LMS's own, and on the map."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import linted, roadmap
from lxml import html
from markupsafe import Markup

from coursewright.building.pipeline import planned
from coursewright.building.settings import Config
from coursewright.course.model import Course
from coursewright.course.plan import Selection
from coursewright.pages.overview import map_file, native_overview
from coursewright.pages.renderer import Renderer
from coursewright.text.bidi import Flow, leaning
from coursewright.text.markdown.html import Converter

Sources = Callable[[Mapping[str, str | bytes]], Path]
ARABIC, HEBREW, ENGLISH = Flow("ar", "rtl"), Flow("he", "rtl"), Flow()


@pytest.fixture
def course(curriculum: Sources) -> Course:
    """A course of two units, one with an English and one with a Hebrew title."""
    source = curriculum({"a.md": roadmap(1, title="Read me!"), "b.md": roadmap(2, "MOD-001", title="שלום")})
    (course,) = planned(linted(source), Selection(), Config()).courses
    return course


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("An English sentence.", "ltr"),
        ("هذه جملة", "rtl"),
        ("Docker هو أداة", "rtl"),
        ("Docker Compose و Kubernetes", "ltr"),
        ("MOD-101 (CI/CD) أساسيات", "rtl"),
        ("The word سلام means peace.", "ltr"),
        ("שלום https://example.org/a/long/address https://example.org", "rtl"),
        ("12", ""),
        ("5–8 (…)", ""),
        ("١٢", ""),
        ("\x02klzzwxh:0001\x03", ""),
    ],
)
def test_most_words_say_which_way_a_text_runs(text: str, way: str) -> None:
    assert leaning(text) == way


@pytest.mark.parametrize(
    ("flow", "text", "made"),
    [
        (ARABIC, "Read it!", '<span dir="ltr">Read it!</span>'),
        (ENGLISH, "اقرأ هذا!", '<span dir="rtl">اقرأ هذا!</span>'),
        (ENGLISH, "Read it! C++ costs <5", "Read it! C++ costs &lt;5"),
        (ARABIC, "12 ساعات", "12 ساعات"),
        (ARABIC, "لغة C++ أو C#.", 'لغة <span dir="ltr">C++</span> أو <span dir="ltr">C#</span>.'),
        (ARABIC, "منصة .NET و --help", 'منصة <span dir="ltr">.NET</span> و <span dir="ltr">--help</span>'),
        (ARABIC, "قبل 2026-12-01.", 'قبل <span dir="ltr">2026-12-01</span>.'),
        (ARABIC, "نسبة ≥80%", 'نسبة <span dir="ltr">≥80%</span>'),
        (HEBREW, "5–8 שעות", '<span dir="ltr">5–8</span> שעות'),
        (HEBREW, "5 - 8.", '<span dir="ltr">5 - 8</span>.'),
        (ARABIC, "5–8 ساعات", "5–8 ساعات"),  # it runs with the line
        (HEBREW, "פרק 3.2 (CI/CD), MOD-101", "פרק 3.2 (CI/CD), MOD-101"),
        (HEBREW, "משווה Docker Swarm, Google Kubernetes Engine.", "משווה Docker Swarm, Google Kubernetes Engine."),
        (HEBREW, "<b> שלום", "&lt;b&gt; שלום"),
    ],
)
def test_a_line_marks_what_runs_the_other_way_or_falls_apart(flow: Flow, text: str, made: str) -> None:
    assert flow.line(text) == made
    assert Converter(flow=flow).inline(text) == made


@pytest.mark.parametrize(
    ("flow", "text", "made"),
    [
        (HEBREW, "**Read** it.", '<span dir="ltr"><strong>Read</strong> it.</span>'),
        (HEBREW, "הרץ `ls -l`", 'הרץ <code dir="ltr">ls -l</code>'),
        (HEBREW, "**C++** היא שפה", '<strong><span dir="ltr">C++</span></strong> היא שפה'),
        (ENGLISH, "**שלום** לכולם!", '<span dir="rtl"><strong>שלום</strong> לכולם!</span>'),
    ],
)
def test_marked_up_lines_too(flow: Flow, text: str, made: str) -> None:
    assert Converter(flow=flow).inline(text) == made


@pytest.mark.parametrize("text", ["a.", "1,", "-a", "1–", "+1 ", "ש a+", "#a "])
def test_a_long_row_of_signs_is_read_to_its_end(text: str) -> None:
    assert Markup(HEBREW.line(text * 5000)).striptags() == " ".join((text * 5000).split())


MIXED = """\
An English paragraph.

פסקה עם [קישור](https://example.org) ועם https://example.org/a/ ועם C++.

- פריט
- An item, with `code`.
    - A nested one.

An English list:

1. One.
2. Two.

> A quotation.

| שם | ערך |
|----|-----|
| נמל | A port. |

```
code = 1
```
"""


def test_blocks_say_which_way_they_run() -> None:
    root = html.fragment_fromstring(Converter(flow=HEBREW).block(MIXED), create_parent="div")
    ways = [(element.tag, element.get("dir"), element.text_content().split("\n")[0]) for element in root.iter()]
    assert [found for found in ways if found[1] and found[0] != "pre"] == [
        ("p", "ltr", "An English paragraph."),
        ("a", "ltr", "https://example.org/a/"),
        ("span", "ltr", "C++"),
        ("span", "ltr", "An item, with code."),
        ("span", "ltr", "A nested one."),
        ("p", "ltr", "An English list:"),
        ("ol", "ltr", ""),
        ("blockquote", "ltr", ""),
        ("span", "ltr", "A port."),
    ]
    assert all(code.get("dir") == "ltr" for code in root.iter("pre"))


def test_a_page_of_the_same_writing_keeps_its_bytes() -> None:
    assert "dir=" not in Converter().block(re.sub("[א-ת]", "x", MIXED))
    assert Converter().block("Text with `code`.\n\n- **a** & b\n") == (
        "<p>Text with <code>code</code>.</p>\n<ul>\n<li><strong>a</strong> &amp; b</li>\n</ul>"
    )


def test_labels_that_a_language_lacks_are_english_to_eye_and_ear() -> None:
    language = Renderer("fa").language
    assert language.worded("Topics") == '<span lang="en" dir="ltr">Topics</span>'
    assert language.said("hours", hours="12") == '<span lang="en" dir="ltr">12 hours</span>'
    assert language.said("made_for", roles=["مهندس", "Engineer"]) == Markup(
        '<span lang="en" dir="ltr">For <span lang="fa" dir="rtl">مهندس</span>,'
        ' <span lang="fa" dir="ltr">Engineer</span></span>'
    )
    assert language.said("onward_unit", unit="MOD-101") == '<span lang="en" dir="ltr">Next: MOD-101</span>'
    assert language.named("Topics") == ' aria-label="Topics" lang="en"' and language.own("Topics") == ' lang="fa"'
    assert language.named("خريطة") == ' aria-label="خريطة"' and language.own("خريطة") == ""


def test_where_labels_are_there_nothing_is_marked() -> None:
    german = Renderer("de").language
    assert german.said("hours", hours="12") == "12 Stunden" and german.worded("Topics") == "Topics"
    assert Renderer().language.named("A & B") == ' aria-label="A &amp; B"'
    assert Renderer().language.said("made_for", roles=["R&D", "Ops"]) == "For R&amp;D, Ops"


def test_the_words_of_an_lms_page_run_their_own_way(course: Course) -> None:
    body = native_overview(Renderer("he"), course, lambda unit: "", "map.svg")
    assert body.startswith('<div lang="he" dir="rtl">')
    assert '<strong><span dir="ltr">MOD-001</span> <span dir="ltr">Read me!</span></strong>' in body
    assert (
        '<img src="map.svg" alt="Which unit comes after which; the list of units below says the same." lang="en"'
        in body
    )
    assert "style=" not in body and "bdi" not in body
    english = native_overview(Renderer(), course, lambda unit: "", "map.svg")
    assert re.findall(r'<[^>]+dir="[^>]+>[^<]*', english) == ['<span dir="rtl">שלום']


def test_the_narrow_map_is_mirrored_with_its_arrows(course: Course) -> None:
    left, right = ((map_file(Renderer(tag), course) or b"").decode() for tag in ("en", "he"))
    (way,), (turned,) = (re.findall(r' d="([^"]*)"', svg) for svg in (left, right))
    assert way == "M24 46H14V105H24m-5 -4l5 4l-5 4"
    assert turned == "M256 46H266V105H256m5 -4l-5 4l5 4"
    assert re.findall(r"<text[^>]* (direction=[^>]*)>(?!&)", left) == ['direction="rtl" text-anchor="end"']
    assert ' xml:lang="he" direction="rtl" ' in right
    assert 'direction="ltr" text-anchor="end">Read me!' in right
    assert 'direction="rtl">שלום' in right
