"""What learners read: everything the author wrote for them, nothing that is for staff, and no markup that bites."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import SEEDS, built, linted, read_one, roadmap
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from markupsafe import Markup

from coursewright.course.audience import divided, usual_audience
from coursewright.course.division import parts_of
from coursewright.course.edition import learner_edition
from coursewright.course.layout import tick_names
from coursewright.course.parts import Page
from coursewright.course.values import Audience
from coursewright.findings.finding import Finding
from coursewright.pages.renderer import Content, PageView, Renderer
from coursewright.readers.roadmap.units import read_units
from coursewright.text.markdown.html import Converter
from coursewright.text.markdown.values import Text

Sources = Callable[[Mapping[str, str | bytes]], Path]


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


def text_of(renderer: Renderer, folder: Path) -> str:
    content = renderer.content(learner_edition(read_one(folder)).unit)
    return "\n".join(page.title + page.body.striptags() for page in content.pages) + content.summary.striptags()


def test_a_learner_reads_everything_that_is_not_for_staff(renderer: Renderer) -> None:
    for unit in linted(SEEDS).curriculum.units:
        content = renderer.content(learner_edition(unit).unit)
        read = " ".join(page.body.striptags() for page in content.pages)
        written = [*unit.objectives, *unit.activities, *unit.assessments, *unit.deliverables]
        written += [part for topic in unit.outline for part in (topic.title, topic.detail)]
        written += [component.criteria for component in unit.components]
        written += [check.text for check in unit.checklist] + [due.text for due in unit.milestones]
        for text in written:
            assert text in read


@pytest.mark.parametrize(
    "secret", ["solutions/", "modules/", "projects/", "Validation Status", "Legacy source", "Extends strategy"]
)
def test_staff_material_reaches_no_page_of_the_seeds(renderer: Renderer, secret: str) -> None:
    for unit in linted(SEEDS).curriculum.units:
        content = renderer.content(learner_edition(unit).unit)
        assert secret not in "".join(page.body for page in content.pages) + content.summary


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Extends skills (legacy alignment: modules/principal/module-602-strategy).", "Extends skills."),
        ("Create `metadata.yaml` using `./tools/curriculum.py scaffold`.", ""),
        ("Legacy docs at `/home/someone/lessons/mod-1`", ""),
        ("**Solution Path**: somewhere", ""),
        ("**Answer**: B", ""),
        ("__Answer__: B", ""),
        ("Kept. See `solutions/x` for more. Kept too.", "Kept. Kept too."),
        ("Say it <!-- the answer is B --> aloud", "Say it  aloud"),
        ("A workflow in `.github/workflows/ci.yml`", "A workflow in `.github/workflows/ci.yml`"),
        ("Fill `templates/deployment.yaml` in", "Fill `templates/deployment.yaml` in"),
        ("**Builds On** (modules/roles): Module 5", "**Builds On** (modules/roles): Module 5"),
        ("TorchServe/TensorFlow Serving and CI/CD", "TorchServe/TensorFlow Serving and CI/CD"),
        ("See https://example.org/projects/one-two for more", "See https://example.org/projects/one-two for more"),
        ("Portfolio references outputs from modules/projects.", "Portfolio references outputs from modules/projects."),
    ],
)
def test_repository_paths_and_keys_are_kept_from_learners(text: str, shown: str) -> None:
    assert divided(Text(text)).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "Edit `exercises/ex07/main.rs`, then compile it.",
        "Type `python tools/grade.py` and read what it says.",
        "On your machine, cd to /home/pupil/work.",
        "Open `projects/project-01/main.py`.",
        "Download `resources/rates.csv`.",
        "Save your work as `solution.py`.",
        "Your solution is stored in `work/ex1`.",
        "Write the answers: two for each text.",
        "Choose the correct answer: A, B or C.",
        "There is no right answer: discuss it.",
        "Configuration lives in `config/app.yaml`.",
        "Migrate the legacy app in `projects/shop/old`.",
        "**Author**: Mary Shelley wrote Frankenstein.",
        "**Repository layer**: hides where data is kept.",
        "**Access Controls**: rules that say who may read.",
        "**Legacy code**: code without tests.",
    ],
)
def test_instructions_and_definitions_reach_learners_whatever_paths_they_hold(text: str) -> None:
    assert divided(Text(text)).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Answer: C",
        "2. Correct answers: 2, 4",
        "Solution for exercise 2: use a dict",
        "(correct answer: D)",
        "The correct answer is B.",
        "Quiz 1 answers: 1B 2C",
        "Musterlösung: 42",
        "Answer key: 1B 2C",
        "The solutions are in `labs/solved/`.",
        "Compare with `exercises/solutions/ex1.py`.",
        "Repo / Path: `labs/<role>/module-009`",
        "**Repository Strategy**: one for each role",
        "Legacy mapping: old module 3",
        "This module lives in `curriculum/mod-3`.",
        "The repository is mirrored at `gitlab/course`.",
    ],
)
def test_solutions_and_notes_of_the_authors_reach_no_learner(text: str) -> None:
    assert divided(Text(text)).text == ""


def test_what_stands_under_a_label_for_staff_is_for_staff(renderer: Renderer, curriculum: Sources) -> None:
    extra = "- **Answer**:\n  - SECRET\n\n## Notes\n\n- Correct answer:\n  - SECRET\n"
    assert "SECRET" not in text_of(renderer, curriculum({"a.md": roadmap(1, extra=extra)}))


@pytest.mark.parametrize(
    ("title", "audience"),
    [
        ("Solutions Plan", Audience.STAFF),
        ("Shared Assets & Legacy Mapping", Audience.STAFF),
        ("Sign-off", Audience.STAFF),
        ("Answer Key", Audience.STAFF),
        ("Instructor Notes", Audience.STAFF),
        ("Quality Checklist", Audience.LEARNER),
        ("Designing Cloud Solutions", Audience.LEARNER),
        ("Sample Solution", Audience.STAFF),
        ("Musterlösung", Audience.STAFF),
        ("Marking Scheme", Audience.STAFF),
        ("For Instructors", Audience.STAFF),
        ("Risks & Mitigations", Audience.LEARNER),
    ],
)
def test_a_section_is_for_whom_its_title_says(title: str, audience: Audience) -> None:
    assert usual_audience(title)[0] is audience


def test_a_section_nobody_expects_is_shown(renderer: Renderer, curriculum: Sources) -> None:
    extra = "\n## Glossary\n\nA **term** and its meaning.\n\n| Word | Meaning |\n|---|---|\n| SCO | unit |\n"
    read = text_of(renderer, curriculum({"a.md": roadmap(1, extra=extra)}))
    assert "Glossary" in read and "A term and its meaning." in read and "SCO" in read


@pytest.mark.parametrize(
    ("section", "page", "order"),
    [
        ("## Risks\n\n| Name | What |\n|---|---|\n| a | FIRST |\n", "more", ["Risks", "FIRST"]),
        ("## Risks\n\nFIRST\n\n- **SECOND**: x → y\n", "more", ["Risks to watch", "FIRST", "SECOND"]),
        ("## Milestones\n\n- FIRST\n- Week 2: SECOND\n", "activities", ["Milestones", "FIRST", "SECOND"]),
        ("## Milestones\n\n- Week 2: FIRST\n- SECOND\n", "activities", ["Milestones", "FIRST", "SECOND"]),
        ("## Deliverables\n\nFIRST\n\n- SECOND\n", "activities", ["What you will deliver", "FIRST", "SECOND"]),
        ("## Competencies\n\nFIRST\n\n| Competency | Target |\n|---|---|\n| SECOND | Expert |\n", "objectives",
         ["Competencies", "FIRST", "SECOND"]),
        ("## Prerequisites\n\nFIRST\n", "overview", ["Prerequisites", "FIRST"]),
    ],
)  # fmt: skip
def test_the_title_of_a_section_stands_once_and_first(
    renderer: Renderer, curriculum: Sources, section: str, page: str, order: list[str]
) -> None:
    unit = learner_edition(read_one(curriculum({"a.md": roadmap(1, extra=f"\n{section}")}))).unit
    (found,) = renderer.content(unit).pages
    assert page == "overview" or f'id="{page}"' in found.body or page == "objectives"
    shown = found.body.striptags()
    places = [shown.index(word) for word in order]
    assert places == sorted(places)
    assert re.findall(r"<h3>(.*?)</h3>", found.body).count(order[0]) == 1


def test_cards_under_a_sentence_stay_below_the_title_of_both(renderer: Renderer, curriculum: Sources) -> None:
    extra = "\n## Risks\n\nA sentence.\n\n- **Late**: x → y\n"
    unit = learner_edition(read_one(curriculum({"a.md": roadmap(1, extra=extra)}))).unit
    (found,) = renderer.content(unit).pages
    assert "<h4>Late</h4>" in found.body


def test_placeholders_are_not_shown(renderer: Renderer, curriculum: Sources) -> None:
    read = text_of(renderer, curriculum({"a.md": roadmap(1, extra="- See skills matrix\n- Real work\n")}))
    assert "skills matrix" not in read and "Real work" in read


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("plain & <simple>", "plain &amp; &lt;simple&gt;"),
        ("latency <60s for `<container_id>`", "latency &lt;60s for <code>&lt;container_id&gt;</code>"),
        ("**bold** and *soft*", "<strong>bold</strong> and <em>soft</em>"),
        ("a snake_case_name", "a snake_case_name"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("**x** <b onclick=y>", "<strong>x</strong> &lt;b onclick=y&gt;"),
        ("[bad](javascript:alert(1))", "<span>bad</span>"),
        ("[file](guide.md)", "<span>file</span>"),
        ("![alt](pic.png)", "<span>alt</span>"),
        ("costs $$$$ and {{ name }} {% if %}", "costs $$$$ and {{ name }} {% if %}"),
        ("&amp; stays, R&D too", "&amp; stays, R&amp;D too"),
    ],
)
def test_inline_markdown_becomes_safe_html(markdown: str, expected: str) -> None:
    assert Converter().inline(markdown) == expected


@given(st.text("ab *`_&<\\[]().!-", max_size=40))
def test_the_short_way_through_markdown_leads_to_the_same_place(text: str) -> None:
    assert RENDERER.inline(text) == Markup(RENDERER.converter._parsed(text)) or not text.strip()


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ('![y](" o="a(9)) [e](https://a.de)', ["y", "o=", "e"]),
        ('![Abb](bild "T"(2)) und [Web](c:x)', ["Abb", "und", "Web"]),
        ("\x02klzzwxh:0000\x03 `code`", ["klzzwxh", "code"]),
    ],
)
def test_a_link_without_an_end_takes_nothing_along(markdown: str, words: list[str]) -> None:
    for made in (Converter().inline(markdown), Converter().block(markdown)):
        assert "\x02" not in made and "\x03" not in made
        assert all(word in Markup(made).striptags() for word in words)


def test_an_address_is_a_link(renderer: Renderer) -> None:
    found = html.fromstring(f"<p>{renderer.inline('write to <ann@example.org>')}</p>")
    assert [link.get("href") for link in found.iter("a")] == ["mailto:ann@example.org"]


def test_an_escaped_tag_is_text(renderer: Renderer) -> None:
    assert renderer.inline(r"\<b> stands") == "&lt;b&gt; stands"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("press <kbd>x</kbd>", True),
        ("a <main> of it", True),
        (r"an escaped \<b> tag", False),
        ("```\n<b>\n```", False),
        ("~~~\n<b>\n~~~", False),
        ("    <b>", False),
        ("``a ` <b>``", False),
        ("a <b without an end", False),
    ],
)
def test_html_is_found_where_it_shows(curriculum: Sources, text: str, tags: bool) -> None:
    found = linted(curriculum({"a.md": roadmap(1, extra=f"\n## Notes\n\n{text}\n")})).findings
    assert any(finding.code == "C124" for finding in found) is tags


def test_a_picture_on_the_web_is_said_to_be_a_link(curriculum: Sources) -> None:
    found = linted(
        curriculum({"a.md": roadmap(1, extra="- ![x](https://example.org/x.png) and ![y](y.png)\n")})
    ).findings
    texts = [finding.text for finding in found if finding.code == "C121"]
    assert ["link to this picture on the web" in text for text in texts] == [True, False]


def test_a_target_defined_elsewhere_in_the_unit_is_found(renderer: Renderer, curriculum: Sources) -> None:
    extra = """- The [norm][DIN], [din] and [a `[din]`](b.md), `[din]`, [other].

## Notes

[din]: https://www.din.de "The norm"

[^1]: A footnote.

```
[din]: stays in code
```

[unused]: https://example.org
"""
    unit = learner_edition(read_one(curriculum({"a.md": roadmap(1, extra=extra)}))).unit
    pages = [html.fromstring(f"<div>{page.body}</div>") for page in renderer.content(unit).pages]
    links = [(link.text, link.get("href")) for page in pages for link in page.iter("a")]
    unused = ("https://example.org", "https://example.org")  # a bare address is a link, too
    assert links == [("norm", "https://www.din.de"), ("din", "https://www.din.de"), unused]
    text = " ".join("".join(map(str, page.itertext())) for page in pages)
    for kept in ("[^1]: A footnote.", "[din]: stays in code", "[unused]: https://example.org", "[other]"):
        assert kept in text
    assert "[din]: https" not in text


def test_a_block_finds_the_targets_that_it_defines() -> None:
    made = Converter().block(
        "The [norm][din].\n\n[din]: https://www.din.de\n\n```\n[din]: code\n```\n\n[x]: https://x.de"
    )
    assert '<a href="https://www.din.de"' in made and "[din]: code" in Markup(made).striptags()
    assert "[x]: https://x.de" in Markup(made).striptags() and "[din]: https" not in made


def test_links_to_the_web_open_beside_the_course() -> None:
    found = html.fromstring(Converter().inline("[site](https://example.org/a?b=1&c=2)"))
    assert {str(key): found.get(key) for key in map(str, found.keys())} == {
        "href": "https://example.org/a?b=1&c=2", "target": "_blank", "rel": "noopener noreferrer",
    }  # fmt: skip


@given(st.text("ab<>&\"'`*_[]()!\\ \n#-|:/", max_size=80))
def test_no_text_becomes_an_element_the_author_may_not_write(text: str) -> None:
    allowed = {"div", "p", "em", "strong", "code", "a", "span", "br", "pre", "ul", "li", "ol", "hr", "blockquote",
               "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd"}  # fmt: skip
    converter = Converter()
    for made in (converter.inline(text), converter.block(text)):
        root = html.fragment_fromstring(made, create_parent="div")
        assert {element.tag for element in root.iter()} <= allowed
        assert all(name not in element.attrib for element in root.iter() for name in ("onclick", "onerror", "style"))


def test_ticks_have_stable_names(curriculum: Sources) -> None:
    def names(checks: str) -> tuple[str, ...]:
        found = tick_names(read_one(curriculum({"a.md": roadmap(1, extra=f"\n## Quality Checklist\n\n{checks}")})))
        return tuple(name for named in found.values() for name in named)

    before = names("- [ ] one\n- [ ] two\n- [ ] two\n")
    after = names("- [x] zero\n- [ ] two\n- [ ] one\n- [ ] two\n")
    assert len(set(before)) == 3
    assert set(before) <= set(after)


def test_an_unknown_language_has_english_labels() -> None:
    assert Renderer("tlh").labels == Renderer("en").labels


def test_headings_without_content_stand_over_their_parts(renderer: Renderer, curriculum: Sources) -> None:
    extra = (
        "\n## Timetable\n\n### Monday\n\n#### Talk\n\n- Bread\n\n### Tuesday\n\n#### Talk\n\n- Butter\n\n"
        "## Deliverables\n\n## Afterword\n\n# Another Part\n"
    )
    unit = learner_edition(read_one(curriculum({"a.md": roadmap(1, extra=extra)}))).unit
    own = [page.body for page in renderer.content(unit).pages]
    native = [renderer.native(part) for part in parts_of(unit, renderer.converter) if isinstance(part, Page)]
    for bodies in (own, native):
        read = " ".join(" ".join(body.striptags() for body in bodies).split())
        assert "Timetable Monday Talk Bread Tuesday Talk Butter" in read
        levels = re.findall(r"<h(\d)>(Timetable|Monday|Talk|Tuesday|Afterword)<", "".join(bodies))
        assert [int(level) - int(levels[0][0]) for level, _ in levels] == [0, 1, 2, 1, 2, 0]
        assert all(title in read for title in ("Deliverables", "Afterword", "Another Part"))


def test_a_heading_over_nothing_but_solutions_goes_with_them(renderer: Renderer, curriculum: Sources) -> None:
    sources = curriculum({"a.md": roadmap(1, extra="\n## Riddle\n\nAnswer: a door\n")})
    assert "Riddle" not in text_of(renderer, sources)
    assert any(found.code == "C117" and "Riddle" in found.text for found in linted(sources).findings)


LINES = [
    "Prose about PROSE.",
    "- item ITEM",
    "  - nested NESTED",
    "1. numbered NUMBERED",
    "- [ ] box BOX",
    "| ALPHA | BETA |",
    "|---|---|",
    "| cell CELL | TBD |",
    "> quote QUOTE",
    "```",
    "- **Label** (HINT): value VALUE",
    "- **Risk**: DANGER → CURE",
    "- Week 1-2: WORK",
    "- see `modules/a/b-1` PATH",
    "**Answer**: ANSWER",
    "[^1]: FOOTNOTE",
    '[unused]: https://example.org "UNUSED"',
    "",
]
TITLES = ["Learning Objectives", "Risks & Mitigations", "Milestones", "Key Deliverables", "Content Outline", "Glossary",
          "Practical Components", "Quality Checklist", "Project Narrative", "Assessment & Rubric"]  # fmt: skip


@settings(max_examples=300)
@given(st.sampled_from(TITLES), st.lists(st.sampled_from(LINES), max_size=14))
def test_every_word_is_on_a_page_or_in_a_finding(title: str, lines: list[str]) -> None:
    document = [*roadmap(1).splitlines()[:13], f"## {title}", "", *lines]
    findings: list[Finding] = []
    (unit,) = read_units(document, "a.md", {}, findings)
    edition = learner_edition(unit)
    content = RENDERER.content(edition.unit)
    shown = " ".join(Markup(page.body).striptags() for page in content.pages)
    told = " ".join([*(found.text for found in findings), *(found.cut for found in edition.withheld)])
    for word in re.findall(r"[A-Z]{3,}", " ".join(lines)):
        assert word in shown or word in told


RENDERER = Renderer()


def test_code_is_highlighted_at_build_time_and_stays_text(renderer: Renderer) -> None:
    html = renderer.converter.block('Look:\n\n```python\nif "<b>":  # why\n    pass\n```\n')
    assert '<span class="k">if</span>' in html and "&lt;b&gt;" in html and "<b>" not in html
    assert "style=" not in html


@pytest.mark.parametrize("fence", ["```nonsense", "```", "~~~python"])
def test_code_in_any_language_is_kept(renderer: Renderer, fence: str) -> None:
    html = renderer.converter.block(f"{fence}\nx = <script>\n{fence[:3]}\n")
    assert "<script>" not in html and "x = <script>" in Markup(html).striptags()


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        (
            "*Text* with `code`, <kbd>x</kbd> and [links](https://x.org).\n\n1. a\n   - b\n\n| a | b |\n|---|---|\n| 1 | 2 |",
            False,
        ),
        ("## A heading\n\n> A quotation\n\nTerm\n: Meaning\n\n<details><summary>More</summary>Text</details>", False),
        ("```python\nprint()\n```", True),
        ("    no language", True),
        ("1. In an item:\n\n       code", True),
        ("> [!TIP]\n> Look.", True),
        ("??? note\n    Folded.", True),
        ('=== "Linux"\n\n    apt', True),
        ("- [ ] To do", True),
        ("A note[^1].\n\n[^1]: Here.", True),
        ("![Dot](data:image/gif;base64,R0lGODlhAQABAAAAACw=)", True),
        ("https://youtu.be/dQw4w9WgXcQ", True),
    ],
)
def test_a_unit_gets_the_looks_of_lessons_where_it_needs_them(text: str, needs: bool) -> None:
    page = PageView("a", "A", Converter().block(text, address=lambda _: None))
    assert Content(Markup(""), Markup(""), None, (page,), ()).is_lesson is needs


def test_a_page_lists_what_stands_on_it(renderer: Renderer, curriculum: Sources) -> None:
    extra = "".join(f"\n## Note {number}\n\nText {number}.\n" for number in range(1, 6))
    content = renderer.content(learner_edition(read_one(curriculum({"a.md": roadmap(1, extra=extra)}))).unit)
    (page,) = [page for page in content.pages if page.parts]
    assert [title for _, title in page.parts] == ["Learning objectives", *(f"Note {number}" for number in range(1, 6))]
    assert all(f'id="{id}"' in page.body for id, _ in page.parts)


HOSTILE = """
## Notes

Hello <script>alert(1)</script> and <img src=x onerror=alert(2)>, [click](javascript:alert(3)), <svg/onload=alert(4)>.

<iframe src="https://evil.example"></iframe>

[again][evil] <javascript:alert(5)> ![p](data:image/svg+xml;base64,PHN2Zz4=)

[evil]: javascript:alert(6) "t"

- <b onmouseover="alert(7)">[x](JaVaScRiPt:alert(8))</b>
"""


def test_a_hostile_document_yields_safe_pages_and_findings(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum({"a.md": roadmap(1, title="Evil <script>alert(9)</script>", extra=HOSTILE)})
    report = built(source, tmp_path / "out")
    assert {(found.code, found.place.line) for found in report.findings} == {
        ("C124", 8), ("C124", 19), ("C121", 19), ("C124", 21), ("C121", 23), ("C124", 27), ("C121", 27)
    }  # fmt: skip
    with zipfile.ZipFile(tmp_path / "out" / report.written[0].name) as package:
        for name in package.namelist():
            if name.endswith(".html"):
                _assert_harmless(html.fromstring(package.read(name)))


def _assert_harmless(page: html.HtmlElement) -> None:
    assert {script.get("src", "").rpartition("/")[2] for script in page.iter("script")} <= {
        "sco.js",
        "overview.js",
        "search.js",
        "reader.js",
        "lesson.js",
    }
    assert not list(page.iter("iframe", "object", "embed", "img", "form"))
    for element in page.iter(etree.Element):
        assert not [name for name in element.attrib if name.startswith("on")]
        assert not element.get("href", "").lower().startswith(("javascript:", "data:"))


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("see https://x.org/a_b?x=1&y=2.", ["https://x.org/a_b?x=1&y=2"]),
        ("(https://x.org/a_(b)), then", ["https://x.org/a_(b)"]),
        ("**https://x.org**", ["https://x.org"]),
        ("[https://x.org](https://y.org)", ["https://y.org"]),
        ("`https://x.org` and http://", []),
    ],
)
def test_a_bare_address_is_a_link_without_what_ends_the_sentence(text: str, addresses: list[str]) -> None:
    page = html.fromstring(f"<p>{Converter().inline(text)}</p>")
    assert [link.get("href") for link in page.iter("a")] == addresses


def test_a_text_without_markup_holds_nothing_that_xml_cannot() -> None:
    assert Converter().plain("a&#12;b &#xFFFF; *c*") == "ab  c"
