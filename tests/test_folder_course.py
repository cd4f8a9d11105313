"""A folder of Markdown as a course: what is a page, in which order, in which unit, under which title and id."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import roadmap
from hypothesis import given, settings
from hypothesis import strategies as st

from coursewright.course.model import Curriculum, Unit
from coursewright.course.quiz import Quiz
from coursewright.course.values import Audience
from coursewright.readers.folder.explicit import course_file
from coursewright.readers.folder.options import FolderOptions
from coursewright.readers.kinds import SourceKind, kind_of, read_sources

Folder = Callable[[Mapping[str, str | bytes]], Path]


def read(folder: Path, **options: object) -> Curriculum:
    return read_sources([folder], FolderOptions(**options))  # type: ignore[arg-type]


def page(title: str, more: str = "") -> str:
    return f"# {title}\n\nWhat is to be said of {title}.\n{more}"


def outline(curriculum: Curriculum, folder: Path, audience: Audience = Audience.LEARNER) -> list[tuple[str, list[str]]]:
    """Return the units by title, each with the paths of its pages, those of the same document once."""
    base = f"{folder.as_posix()}/"
    return [
        (
            str(unit.title),
            list(dict.fromkeys(part.path.removeprefix(base) for part in unit.parts if part.audience is audience)),
        )
        for unit in curriculum.units
    ]


def codes(curriculum: Curriculum) -> list[str]:
    return [found.code for found in curriculum.findings]


def unit(curriculum: Curriculum, title: str) -> Unit:
    return next(one for one in curriculum.units if one.title == title)


def waits_for(curriculum: Curriculum, title: str) -> list[str]:
    titles = {one.id: str(one.title) for one in curriculum.units}
    return [titles[mention.id] for mention in unit(curriculum, title).prerequisites.mentions]


# --- what a source is ---


def test_notes_for_coding_agents_are_no_roadmap(curriculum: Folder) -> None:
    folder = curriculum({"AGENTS.md": "# AGENTS.md\n\n## Project Overview\n\nBuild it.\n", "bees.md": page("Bees")})
    assert kind_of(folder) is SourceKind.FOLDER
    assert outline(read(folder), folder) == [("Bees", ["bees.md"])]


def test_a_folder_with_a_roadmap_in_it_is_read_as_roadmaps(curriculum: Folder) -> None:
    assert kind_of(curriculum({"a.md": roadmap(1), "b.md": page("B")})) is SourceKind.ROADMAP


def test_a_document_alone_is_a_course_of_one_unit(curriculum: Folder) -> None:
    folder = curriculum({"bees.md": page("Bees")})
    read_one = read(folder / "bees.md")
    assert [str(one.title) for one in read_one.units] == ["Bees"]
    assert read_one.courses[0].track == "bees"


def test_a_long_document_alone_is_a_page_for_each_section(curriculum: Folder) -> None:
    sections = "".join(f"\n## Part {number}\n\n" + "A line.\n\n" * 40 for number in (1, 2, 3))
    folder = curriculum({"bees.md": page("Bees", sections)})
    (only,) = read(folder / "bees.md").units
    assert [part.title for part in only.parts] == ["Bees", "Part 1", "Part 2", "Part 3"]


def test_documents_named_together_are_one_course(curriculum: Folder) -> None:
    folder = curriculum({"2-b.md": page("B"), "1-a.md": page("A"), "3-c.md": page("C")})
    found = read_sources([folder / "2-b.md", folder / "1-a.md"])
    assert [str(one.title) for one in found.units] == ["A", "B"]
    assert len(found.courses) == 1


def test_a_document_named_beside_roadmaps_is_told_of(curriculum: Folder) -> None:
    folder = curriculum({"a.md": roadmap(1), "b.md": page("B")})
    found = read_sources([folder / "a.md", folder / "b.md"])
    assert [one.id for one in found.units] == ["MOD-001"] and codes(found) == ["S009"]


def test_a_quiz_alone_is_a_course_of_one_unit_with_one_quiz(curriculum: Folder) -> None:
    folder = curriculum({"bees.gift": "::Food:: What do bees eat? {=nectar ~leaves}\n"})
    (only,) = read(folder / "bees.gift").units
    assert [type(part).__name__ for part in only.parts] == ["Quiz"]


@pytest.mark.parametrize("name", ["bees.md", "bees.gift"])
def test_a_quiz_alone_brings_its_files_along_and_says_which_are_not_there(curriculum: Folder, name: str) -> None:
    ask = "[this](notes.pdf) [that](gone.pdf)"
    gift = f"::Food:: [markdown]What says {ask}? {{=nectar ~leaves}}\n"
    boxes = f"# Quiz\n\n1. What says {ask}?\n   - [x] Nectar\n   - [ ] Leaves\n"
    folder = curriculum({name: boxes if name.endswith(".md") else gift, "notes.pdf": "%PDF-1.4 x"})
    found = read(folder / name)
    (quiz,) = found.units[0].parts
    assert isinstance(quiz, Quiz)
    assert [*quiz.targets] == ["notes.pdf"]
    assert codes(found) == ["S077"]


def test_a_folder_without_anything_is_an_error(curriculum: Folder) -> None:
    assert codes(read(curriculum({"notes.bin": "x"}))) == ["S002"]


def test_two_folders_of_one_title_are_two_courses(curriculum: Folder, tmp_path: Path) -> None:
    folder = curriculum({"one/README.md": page("Bees"), "two/README.md": page("Bees")})
    found = read_sources([folder / "one", folder / "two"])
    assert [about.track for about in found.courses] == ["bees", "bees-2"]
    assert {one.track for one in found.units} == {"bees", "bees-2"}


# --- order files ---

BEES = {"bees.md": page("Bees"), "hive.md": page("Hive"), "honey.md": page("Honey"), "wax.md": page("Wax")}
IN_ORDER = [("Start", ["wax.md", "bees.md"]), ("More", ["honey.md", "hive.md"])]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "SUMMARY.md",
            "# Summary\n\n# Start\n\n- [W](wax.md)\n- [B](bees.md)\n\n# More\n\n- [Ho](honey.md)\n- [Hi](./hive.md)\n- [Draft]()\n",
        ),
        (
            "SUMMARY.md",
            "# Summary\n\n- Start\n  - [W](wax.md)\n  - [B](bees.md)\n- More\n    - [Ho](honey.md)\n    - [Hi](hive.md)\n",
        ),
        (
            "mkdocs.yml",
            "site_name: X\ndocs_dir: .\nextra: !!python/name:a.b c\nnav:\n  - Start:\n    - W: wax.md\n    - bees.md\n  - More: [honey.md, hive.md]\n",
        ),
        (
            "_toc.yml",
            "format: jb-book\nparts:\n  - caption: Start\n    chapters:\n      - file: wax\n      - file: bees.md\n  - caption: More\n    chapters:\n      - file: honey\n      - file: hive\n",
        ),
        ("_toc.yml", "- header: Start\n- file: wax\n- file: bees\n- header: More\n- file: honey\n- file: hive\n"),
        (
            "_toctree.yml",
            "- title: Start\n  sections:\n  - local: wax\n    title: W\n  - local: bees\n    title: B\n- title: More\n  sections:\n  - local: honey\n    title: Ho\n  - local: hive\n    title: Hi\n",
        ),
        (
            "_quarto.yml",
            "project: {type: book}\nbook:\n  title: X\n  chapters:\n    - part: Start\n      chapters: [wax.md, bees.md]\n    - part: More\n      chapters: [honey.md, hive.md]\n",
        ),
        (
            "_quarto.yml",
            "website:\n  sidebar:\n    contents:\n      - section: Start\n        contents: [wax.md, bees.md]\n      - section: More\n        contents:\n          - text: Ho\n            href: honey.md\n          - hive.md\n",
        ),
        (
            "myst.yml",
            "project:\n  toc:\n    - title: Start\n      children: [{file: wax.md}, {file: bees.md}]\n    - title: More\n      children: [{file: honey.md}, {file: hive.md}]\n",
        ),
        (
            "sidebars.js",
            "// order\nmodule.exports = {\n  docs: [\n    {type: 'category', label: 'Start', items: ['wax', 'bees']},\n    {type: 'category', label: 'More', items: ['honey', 'hive'],},\n  ],\n};\n",
        ),
        (
            ".vitepress/config.ts",
            "import x from 'y'\nexport default defineConfig({\n  title: 'Bees',\n  themeConfig: {\n    nav: nav(),\n    sidebar: [\n      { text: 'Start', items: start() },\n      ...more,\n    ],\n    socialLinks: [{ icon: x }],\n  },\n})\n"
            "function start() {\n  return [\n    { text: 'W', link: '/wax' }, // first\n    { text: 'B', link: '/bees.html' },\n  ]\n}\nconst more = [{ text: 'More', items: [{ link: 'honey' }, 'hive'] }]\n",
        ),
        (
            ".vuepress/config.js",
            "module.exports = {\n  themeConfig: {\n    sidebar: {\n      '/': [\n        { title: 'Start', collapsable: false, children: ['/wax', ['/bees.md', 'B']] },\n        { title: 'More', children: ['honey', 'hive'] },\n      ],\n    },\n  },\n}\n",
        ),
        (
            "course.toml",
            'title = "X"\n[[unit]]\ntitle = "Start"\npages = ["wax.md", { path = "bees.md", title = "B" }]\n[[unit]]\ntitle = "More"\npages = ["honey.md", "hive.md"]\n',
        ),
    ],
)
def test_an_order_file_says_units_and_pages(curriculum: Folder, name: str, text: str) -> None:
    folder = curriculum({**BEES, name: text})
    assert outline(read(folder), folder) == IN_ORDER


def test_the_bar_of_a_site_of_quarto_is_an_order_where_it_leads_to_most(curriculum: Folder) -> None:
    def site(menu: str) -> Path:
        text = (
            "project:\n  render: ['*.qmd', '!drafts/', '!notes.md']\nwebsite:\n  title: Of bees\n  navbar:\n    left:\n"
        )
        files = {**BEES, "index.qmd": page("Home"), "notes.md": page("Notes")}
        drafts = {f"drafts/{at}.md": page("D") for at in range(9)}
        return curriculum({**files, **drafts, "_quarto.yml": text + menu})

    start = "    - text: Start\n      menu: [{text: Wax, href: wax.md}, {href: bees.md}]\n"
    whole = site(start + "    - {text: More, menu: [honey.md, {text: ---}, hive.md]}\n    - {href: 'https://a.org'}\n")
    assert outline(read(whole), whole) == [("Of bees", ["index.qmd"]), *IN_ORDER]
    part = site(start)
    assert "hive.md" in [path for _, paths in outline(read(part), part) for path in paths]


def test_a_book_of_gitbook_says_what_its_summary_is_called(curriculum: Folder) -> None:
    text = "# Contents\n\n- [Wax](wax.md)\n- [Bees](bees.md)\n"
    told = {"title": "Of bees", "root": "./src", "structure": {"summary": "README.md"}}
    files = {f"src/{name}": text for name, text in BEES.items()}
    folder = curriculum({**files, "src/README.md": text, "book.json": json.dumps(told)})
    found = read(folder)
    assert found.courses[0].title == "Of bees"
    assert [paths for _, paths in outline(found, folder)] == [["src/wax.md"], ["src/bees.md"]]
    for broken in ("{", "[]", '{"structure": {"summary": "../a.md"}}', '{"structure": 3, "root": []}'):
        assert read(curriculum({**files, "book.json": broken})).units


def test_toctrees_list_documents_and_their_captions_are_units(curriculum: Folder) -> None:
    index = "# Bees\n\nWelcome.\n\n```{toctree}\n:caption: Start\n:maxdepth: 1\n\nwax\nThe bees <bees>\n```\n\n:::{toctree}\n---\ncaption: More\n---\nhoney\nhive\nWeb <https://example.org>\n:::\n"
    folder = curriculum({**BEES, "index.md": index})
    found = read(folder)
    assert outline(found, folder)[:2] == [("Bees", ["index.md"]), ("Start", ["wax.md", "bees.md"])]
    assert [part.title for part in unit(found, "More").parts] == ["Honey", "Hive", "Web"]


def test_a_book_of_bookdown_has_its_parts_for_units(curriculum: Folder) -> None:
    book = {
        "_bookdown.yml": "book_filename: bees\nnew_session: true\n",
        "index.Rmd": "---\ntitle: Of bees\nsite: bookdown::bookdown_site\n---\n\n# Welcome {-}\n\nHello.\n",
        "01-wax.Rmd": "# (PART) Start {-}\n\n# Wax {#wax}\n\nText. See Chapter \\@ref(honey), [there](#honey), Figure \\@ref(fig:a-hive).\n",
        "02-bees.Rmd": page("Bees"),
        "03-honey.Rmd": "# (PART\\*) More {-}\n\n# Honey {-#honey}\n\nText.\n\n## Of honey {-}\n\nMore.\n",
        "10-end.Rmd": page("End"),
        "README.md": page("How to build this"),
        "docs/01-wax.md": page("Wax"),
    }
    folder = curriculum(book)
    found = read(folder)
    assert found.courses[0].title == "Of bees"
    assert outline(found, folder) == [
        ("Of bees", ["index.Rmd"]),
        ("Start", ["01-wax.Rmd", "02-bees.Rmd"]),
        ("More", ["03-honey.Rmd", "10-end.Rmd"]),
    ]
    titles = [str(part.title) for one in found.units for part in one.parts]
    assert titles == ["Of bees", "Wax", "Bees", "Honey", "End"]
    listed = curriculum({**book, "_bookdown.yml": "rmd_files:\n  html: [index.Rmd, 10-end.Rmd, 02-bees.Rmd]\n"})
    assert [paths for _, paths in outline(read(listed), listed)] == [["index.Rmd"], ["10-end.Rmd"], ["02-bees.Rmd"]]


def test_settings_of_a_site_that_name_each_other_without_end_are_read(curriculum: Folder) -> None:
    names = "".join(f"const a{n} = [{', '.join([f'a{n + 1}'] * 9)}]\n" for n in range(20))
    folder = curriculum(
        {**BEES, ".vitepress/config.mts": f"export default {{ themeConfig: {{ sidebar: a0 }} }}\n{names}"}
    )
    assert codes(read(folder)) == ["S128"]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        *((told, []) for told in ("sidebar: false", "sidebar: 'auto'", "sidebar: true, nav: []", "nav: []")),
        *((told, ["S128"]) for told in ("sidebar: made({root: 'docs'})", "sidebar", "nav: [], sidebar, x: 1")),
        *((told, ["S128"]) for told in ("sidebar: [x ? { link: '/wax' } : {}]", "sidebar: [{ text: `Bees ${1}` }]")),
    ],
)
def test_a_sidebar_that_is_made_leaves_the_order_to_the_documents(
    curriculum: Folder, told: str, found: list[str]
) -> None:
    site = f"import sidebar from './sidebar'\nexport default {{ themeConfig: {{ {told} }} }}\n"
    folder = curriculum({**BEES, ".vitepress/config.ts": site})
    assert codes(read(folder)) == found
    assert [title for title, _ in outline(read(folder), folder)] == ["Bees", "Hive", "Honey", "Wax"]


def test_what_comments_and_texts_say_of_a_sidebar_is_none(curriculum: Folder) -> None:
    site = (
        "export default { // sidebar: ['/wax'], title: 'No'\n /* const all = ['/wax'] */ description: 'a sidebar: [] it is',"
        ' title: "Bees\' own", "sidebar": [{ text: \'More, all\', items: all }, "/wax"] }\nconst all = [\'/honey\']\n'
    )
    folder = curriculum({**BEES, ".vitepress/config.ts": site})
    found = read(folder)
    assert outline(found, folder)[0] == ("More, all", ["honey.md"]) and codes(found) == ["S042"]
    assert found.courses[0].title == "Bees' own"


def test_a_sidebar_of_many_names_is_read_to_its_end(curriculum: Folder) -> None:
    names = ", ".join(f"n{at}" for at in range(15_000))
    site = f"export default {{ sidebar: [{names}] }}\n" + "const z " * 12_000
    assert codes(read(curriculum({**BEES, ".vitepress/config.ts": site}))) == ["S128"]


@pytest.mark.parametrize(
    ("listed", "pages", "found"),
    [
        (["wax.ipynb", "wax_students.ipynb"], ["wax_students.ipynb"], ["S127"]),
        (["wax.ipynb"], ["wax.ipynb"], ["S042"]),
        (["wax_students.ipynb"], ["wax_students.ipynb"], ["S042"]),
    ],
)
def test_a_notebook_that_an_order_lists_alone_is_for_learners(
    curriculum: Folder, listed: list[str], pages: list[str], found: list[str]
) -> None:
    summary = "".join(f"- [Wax {at}]({name})\n" for at, name in enumerate(listed))
    texts = {"wax.ipynb": "# Wax\nHow soft is it?\nIt is soft.", "wax_students.ipynb": "# Wax\nHow soft is it?"}
    cells = {name: {"cells": [{"cell_type": "markdown", "source": text}]} for name, text in texts.items()}
    folder = curriculum({"SUMMARY.md": summary, **{name: json.dumps(one) for name, one in cells.items()}})
    course = read(folder)
    learned = [part.path for one in course.units for part in one.parts if part.audience is Audience.LEARNER]
    assert [path.rpartition("/")[2] for path in learned] == pages and codes(course) == found


def test_the_bar_of_a_site_lists_what_its_sidebar_does_not(curriculum: Folder) -> None:
    quarto = "website:\n  navbar:\n    left:\n      - {href: index.qmd, text: Home}\n      - text: More\n        menu: [{href: data.qmd}, {href: https://a.de, text: A}]\n  sidebar: {contents: [{section: Start, contents: lessons/*.qmd}]}\n"
    names = ["index.qmd", "data.qmd", "lessons/1-a.qmd", "lessons/2-b.qmd", "notes.qmd"]
    folder = curriculum({"_quarto.yml": quarto, **{name: page(name) for name in names}})
    paths = [one for _, paths in outline(read(folder), folder) for one in paths]
    assert paths == ["index.qmd", "lessons/1-a.qmd", "lessons/2-b.qmd", "data.qmd"]


def test_what_lies_outside_the_folder_of_a_site_is_told_of(curriculum: Folder) -> None:
    site = {
        "sidebars.js": "const plan = { type: 'ref', id: 'gone' };\nmodule.exports = { main: [plan.id, make('a')] };\n"
    }
    folder = curriculum({**site, "docs/a.md": page("A"), "docs/b.md": page("B"), "notes/c.md": page("C")})
    found = read(folder)
    assert [title for title, _ in outline(found, folder)] == ["A", "B"]
    assert [(one.code, "notes/c.md" in one.text) for one in found.findings] == [("S044", True)]


def test_a_quiz_is_called_what_the_order_calls_it(curriculum: Folder) -> None:
    quiz = "# Check yourself\n\n1. Which?\n   - [ ] A\n   - [x] B\n"
    folder = curriculum(
        {
            "_toctree.yml": "- title: One\n  sections:\n  - {local: a, title: A}\n  - {local: q, title: Quiz 2}\n",
            "a.md": page("A"),
            "q.md": quiz,
        }
    )
    assert [str(part.title) for part in read(folder).units[0].parts] == ["A", "Quiz 2"]


def test_lessons_of_the_carpentries_are_units_and_their_notes_are_for_staff(curriculum: Folder) -> None:
    folder = curriculum(
        {
            "config.yaml": "carpentry: swc\ntitle: Bees\nlang: en\nlicense: CC-BY 4.0\nepisodes:\n- hive.md\n- bees.md\nlearners:\ninstructors:\n",
            "index.md": "---\nsite: sandpaper\n---\n\nWelcome.\n",
            "episodes/bees.md": page("Bees"),
            "episodes/hive.md": page("Hive"),
            "learners/setup.md": page("Setup"),
            "instructors/notes.md": page("Notes"),
        }
    )
    found = read(folder)
    assert outline(found, folder) == [
        ("Bees", ["index.md", "learners/setup.md"]),
        ("Hive", ["episodes/hive.md"]),
        ("Bees", ["episodes/bees.md"]),
    ]
    assert ("Hive", ["instructors/notes.md"]) in outline(found, folder, Audience.STAFF)
    assert (found.courses[0].title, found.courses[0].language, found.courses[0].rights) == ("Bees", "en", "CC-BY 4.0")


def test_parts_of_a_book_hold_chapters_that_are_units(curriculum: Folder) -> None:
    summary = "# Summary\n\n# One\n\n- [A](a.md)\n  - [A1](a1.md)\n- [B](b.md)\n  - [B1](b1.md)\n\n# Two\n\n- [C](c.md)\n  - [C1](c1.md)\n- [D](d.md)\n  - [D1](d1.md)\n"
    names = ["a", "a1", "b", "b1", "c", "c1", "d", "d1"]
    folder = curriculum({"SUMMARY.md": summary, **{f"{name}.md": page(name) for name in names}})
    assert [title for title, _ in outline(read(folder), folder)] == ["A", "B", "C", "D"]


def test_units_of_one_title_are_told_apart_by_their_parts(curriculum: Folder) -> None:
    toc = "root: a\nparts:\n" + "".join(
        f"  - caption: {part}\n    chapters:\n      - file: {name}\n        sections: [{{file: {name}1}}]\n      - file: {name}2\n        title: Exam\n        sections: [{{file: {name}3}}]\n"
        for part, name in (("One", "b"), ("Two", "c"))
    )
    folder = curriculum(
        {
            "_toc.yml": toc,
            "a.md": page("A"),
            **{f"{name}{n}.md": page(f"{name}{n}") for name in "bc" for n in ("", 1, 2, 3)},
        }
    )
    assert [title for title, _ in outline(read(folder), folder)] == ["A", "b", "One: Exam", "c", "Two: Exam"]


def test_an_order_file_that_cannot_be_read_is_an_error_and_no_other_order_is_taken(curriculum: Folder) -> None:
    folder = curriculum({**BEES, "_toctree.yml": "- title: [\n"})
    found = read(folder)
    assert codes(found) == ["S040"] and not found.units
    assert found.findings[0].place.line > 0


@pytest.mark.parametrize(
    "name", [".vitepress/config.js", ".vuepress/config.ts", "_bookdown.yml", "sidebars.js", "_toc.yml", "_toctree.yml", "mkdocs.yml", "SUMMARY.md"]
)  # fmt: skip
@pytest.mark.parametrize("text", ["", "{", "- [x](nowhere.md)\n", "a: &a [*a]\n", "- " * 3000, "\x00"])
def test_no_order_file_however_broken_ends_in_a_traceback(curriculum: Folder, name: str, text: str) -> None:
    read(curriculum({**BEES, name: text}))


# --- order without a file ---


def test_numbers_in_names_are_numbers(curriculum: Folder) -> None:
    names = ["step_10.md", "step_9.md", "step_1.md", "README.md"]
    folder = curriculum({name: page(name.removesuffix(".md")) for name in names})
    assert [paths for _, paths in outline(read(folder), folder)] == [
        ["README.md"], ["step_1.md"], ["step_9.md"], ["step_10.md"]
    ]  # fmt: skip


def test_numbers_in_chinese_characters_are_numbers(curriculum: Folder) -> None:
    names = ["第一章 蜂", "第二章 蜡", "第十章 巢", "第十一章 花", "第二十章 蜜", "第一百零二章 终"]
    folder = curriculum({f"{name}.md": page(name) for name in reversed(names)})
    assert [title for title, _ in outline(read(folder), folder)] == names


def test_chinese_numbers_before_a_comma_are_numbers_and_those_in_words_are_none(curriculum: Folder) -> None:
    names = ["一、蜂", "二、蜡", "三、巢", "十、花"]
    folder = curriculum({f"a/{name}.md": page(name) for name in reversed(names)})
    assert [title for title, _ in outline(read(folder), folder)] == names
    words = curriculum({f"b/{name}.md": page(name) for name in ("一般", "第三者", "一次函数")})
    assert read(words / "b").courses[0].order == "names"


def test_the_first_of_two_numbers_groups_documents_and_a_table_names_the_units(curriculum: Folder) -> None:
    table = "\n| Module number | Module name | Lesson |\n|---|---|---|\n| 1.1 | Basics | [A](1.1%20A.md) |\n| 2.1 | Locks | [C](2.1%20C.md) |\n"
    names = ["1.1 A.md", "1.2 B.md", "1.10 Z.md", "2.1 C.md", "2.2 D.md"]
    folder = curriculum({"README.md": page("Course", table), **{name: page(name[4:-3].strip()) for name in names}})
    assert outline(read(folder), folder)[1:] == [
        ("Basics", ["1.1 A.md", "1.2 B.md", "1.10 Z.md"]),
        ("Locks", ["2.1 C.md", "2.2 D.md"]),
    ]


def test_groups_of_numbered_documents_are_called_after_what_stands_for_them(curriculum: Folder) -> None:
    names = ["1.1-a", "1.2-b", "2-c", "2.1-d", "2.2-e"]
    files = {f"net/{name}.md": page(name[-1].upper()) for name in names}
    folder = curriculum({**files, "net/README.md": page("Networks"), "other/x.md": page("X"), "other/y.md": page("Y")})
    assert [title for title, _ in outline(read(folder), folder)] == ["Networks", "Networks 1", "C", "Other"]


def test_a_note_of_a_vault_has_its_name_for_a_title(curriculum: Folder) -> None:
    folder = curriculum(
        {".obsidian/app.json": "{}", "Loops - and more.md": "# for\n\nA.\n\n# while\n\nB.\n", "b.md": "# Bees\n\nC.\n"}
    )
    assert sorted(title for title, _ in outline(read(folder), folder)) == ["Bees", "Loops - and more"]


def test_a_folder_with_an_index_is_a_unit_and_what_lies_below_are_its_pages(curriculum: Folder) -> None:
    folder = curriculum(
        {
            "README.md": page("Course"),
            "1-start/README.md": page("Start"),
            "1-start/lessons/1-a/README.md": page("A"),
            "1-start/lessons/1-a/assignment.md": page("Do A"),
            "1-start/lessons/1-a/pi.md": page("Pi"),
            "1-start/lessons/2-b/README.md": page("B"),
            "2-more/README.md": page("More"),
            "hardware.md": page("Hardware"),
        }
    )
    found = read(folder)
    assert outline(found, folder)[1:] == [
        (
            "Start",
            ["1-start/README.md"]
            + [
                f"1-start/lessons/{name}"
                for name in ("1-a/README.md", "1-a/pi.md", "1-a/assignment.md", "2-b/README.md")
            ],
        ),
        ("More", ["2-more/README.md"]),
    ]
    assert [found.text for found in found.findings if found.code == "S044"] == [
        "1 left out, because they are beside the numbered lessons rather than lessons: hardware.md"
    ]


def test_front_matter_puts_in_order_also_with_texts_and_fractions(curriculum: Folder) -> None:
    weights = {"c.md": '"1"', "a.md": "5.1", "b.md": "5.2"}
    folder = curriculum(
        {name: f"---\ntitle: {name}\nweight: {weight}\n---\n\nText.\n" for name, weight in weights.items()}
    )
    found = read(folder)
    assert [title for title, _ in outline(found, folder)] == ["c.md", "a.md", "b.md"]
    assert found.courses[0].order == "front matter"


def test_docusaurus_says_by_positions_and_labels(curriculum: Folder) -> None:
    def at(position: float, title: str) -> str:
        return f"---\nsidebar_position: {position}\n---\n\n# {title}\n\nText.\n"

    folder = curriculum(
        {
            "sidebars.js": "module.exports = {all: [{type: 'autogenerated', dirName: '.'}]};\n",
            "docs/intro.md": at(1, "Intro"),
            "docs/zebra/_category_.json": '{"label": "The zebras", "position": 2}',
            "docs/zebra/b.md": at(1, "B"),
            "docs/zebra/a.md": at(2, "A"),
            "docs/ants/_category_.yml": "label: The ants\nposition: 3\n",
            "docs/ants/c.md": at(1, "C"),
        }
    )
    assert outline(read(folder), folder) == [
        ("Intro", ["docs/intro.md"]),
        ("The zebras", ["docs/zebra/b.md", "docs/zebra/a.md"]),
        ("The ants", ["docs/ants/c.md"]),
    ]


def test_sections_in_front_matter_are_units(curriculum: Folder) -> None:
    def lab(section: str, index: int) -> str:
        return f"---\ntitle: Lab {index}\nlab:\n  module: {section}\n  index: {index}\n---\n\nText.\n"

    folder = curriculum({"a.md": lab("Two", 3), "b.md": lab("One", 1), "c.md": lab("One", 2), "d.md": lab("Two", 4)})
    assert outline(read(folder), folder) == [("One", ["b.md", "c.md"]), ("Two", ["a.md", "d.md"])]


def test_the_links_of_an_index_put_in_order_what_has_no_numbers(curriculum: Folder) -> None:
    links = "\n- [Wax](wax.md)\n- [Bees](https://github.com/me/bees/blob/main/bees.md)\n- [[hive]]\n- [Honey](honey)\n"
    folder = curriculum({**BEES, "README.md": page("Course", links)})
    assert [title for title, _ in outline(read(folder), folder)] == ["Course", "Wax", "Bees", "Hive", "Honey"]


def test_the_links_of_an_index_put_in_order_what_has_numbers_in_part(curriculum: Folder) -> None:
    names = ["hive", "example1", "wax", "example2", "example3"]
    index = page("Course", "\n" + "".join(f"- [{name}](a/{name}.md)\n" for name in names))
    files = {f"a/{name}.md": page(name) for name in names}
    folder = curriculum({"README.md": index, **files, "b.md": page("B")})
    assert outline(read(folder), folder)[1] == ("A", [f"a/{name}.md" for name in names])
    less = curriculum({"README.md": index.replace("[wax]", "wax: ")})
    assert outline(read(less), less)[1][1][0] == "a/example1.md"


def test_folders_are_called_after_the_headings_over_their_links_in_an_index(curriculum: Folder) -> None:
    def links(folder: str) -> str:
        return f"- [x]({folder}/x.md)\n- [y]({folder}/y.md)\n\n"

    files = {f"{folder}/{name}.md": page(name) for folder in ("m1", "m2", "m3", "m4") for name in "xy"}
    index = f"## 1. **Bees**\n\n{links('m1')}## 2. Wax\n\n{links('m2')}## More\n\n{links('m3')}{links('m4')}"
    folder = curriculum({**files, "README.md": page("Course", index)})
    assert [title for title, _ in outline(read(folder), folder)] == ["Course", "1. Bees", "2. Wax", "M3", "M4"]
    alone = curriculum({"README.md": page("Course", f"## Table of contents\n\n{links('m1')}")})
    assert [title for title, _ in outline(read(alone), alone)] == ["Course", "M1", "M2", "M3", "M4"]


def test_a_folder_that_a_quiz_stands_for_is_called_after_it(curriculum: Folder) -> None:
    asked = "# All about wax\n\n## 1. What is it?\n\n- [x] Fat\n- [ ] Stone\n\n## 2. Who makes it?\n\n- [x] Workers\n- [ ] Drones\n"
    folder = curriculum({"a/README.md": asked, "a/more.md": page("More"), "b.md": page("B")})
    assert [title for title, _ in outline(read(folder), folder)] == ["All about wax", "B"]


def test_a_course_whose_readme_says_no_title_is_called_after_its_folder(curriculum: Folder) -> None:
    readme = "<p><img src='a.png'></p>\n\nSome questions on bees.\n\n## News\n\nNone.\n"
    folder = curriculum({"README.md": readme, "1-wax.md": page("Wax"), "2-bees.md": page("Bees")})
    found = read(folder)
    assert found.courses[0].title == "Source"
    assert [title for title, _ in outline(found, folder)] == ["Source", "Wax", "Bees"]


def test_names_alone_put_introductions_first_and_quizzes_last(curriculum: Folder) -> None:
    names = ["quiz.md", "bees.md", "introduction.md", "hive.md", "exercises.md"]
    folder = curriculum({f"course/{name}": page(name) for name in names})
    assert [title for title, _ in outline(read(folder), folder)] == [
        "introduction.md", "bees.md", "hive.md", "exercises.md", "quiz.md"
    ]  # fmt: skip


# --- what is a page, and for whom ---


def test_what_is_about_the_repository_or_for_authors_is_no_page(curriculum: Folder) -> None:
    others = [
        "CONTRIBUTING.md",
        "code_of_conduct.md",
        "CLAUDE.md",
        "SECURITY.md",
        "lesson-template/README.md",
        ".draft.md",
    ]
    others += [
        ".github/x.md",
        "node_modules/a/README.md",
        "translations/fr/README.md",
        "de-DE/bees.md",
        "fr-FR/bees.md",
    ]
    others += ["quiz-app/README.md", "bees.fr.md", "archive/old.md"]
    folder = curriculum(
        {"bees.md": page("Bees"), "_episodes/a.md": page("A"), "quiz-app/package.json": "{}"}
        | {name: page(name) for name in others}
    )
    shown = [path for _, paths in outline(read(folder), folder) for path in paths]
    assert sorted(shown) == ["_episodes/a.md", "bees.md"]


def test_plans_and_records_of_agents_are_no_lessons(curriculum: Folder) -> None:
    others = [
        "specs/001-site/spec.md",
        "specs/001-site/plan.md",
        "specs/001-site/checklists/a.md",
        "GEMINI.md",
        "DESIGN.md",
    ]
    others += ["history/prompts/1-make-it.spec.prompt.md", "TODO_CHAPTERS.md", "old_files/a.md", "old-versions/b.md"]
    lessons = ["bees.md", "hive.md", "more/agents.md", "more/claude.md", "more/governance.md", "more/plan.md"]
    folder = curriculum({name: page(name) for name in (*others, *lessons)})
    shown = [path for _, paths in outline(read(folder), folder) for path in paths]
    assert sorted(shown) == sorted(lessons)


def test_of_a_site_of_jekyll_people_and_the_repository_are_no_lessons(curriculum: Folder) -> None:
    site = {"_config.yml": "title: Bees\n", "index.html": "<p>Hello</p>", "README.md": page("How to build this site")}
    folder = curriculum({**site, "_team/ada.md": page("Ada"), "_wax/1-a.md": page("A"), "_wax/2-b.md": page("B")})
    found = read(folder)
    assert sorted(path for _, paths in outline(found, folder) for path in paths) == ["_wax/1-a.md", "_wax/2-b.md"]
    assert found.courses[0].title == "Bees"


def test_what_an_order_lists_is_a_lesson_unless_it_can_only_be_about_the_repository(curriculum: Folder) -> None:
    names = ["bees.md", "citation.md", "CONTRIBUTING.md", "CLAUDE.md"]
    text = "# Summary\n\n" + "".join(f"- [{name}]({name})\n" for name in names)
    folder = curriculum({"SUMMARY.md": text, **{name: page(name) for name in names}})
    assert [paths for _, paths in outline(read(folder), folder)] == [["bees.md"], ["citation.md"]]


def test_front_matter_is_told_of_where_its_document_is_in_the_course(curriculum: Folder) -> None:
    broken = {name: f"---\na: [\n---\n\n{page(name)}" for name in ("bees.md", "notes/plan.md")}
    folder = curriculum({**broken, "SUMMARY.md": "# Summary\n\n- [Bees](bees.md)\n"})
    assert [found.place.path for found in read(folder).findings if found.code == "S070"] == [f"{folder}/bees.md"]


def test_legal_pages_of_a_site_are_no_lessons_but_lessons_on_them_are(curriculum: Folder) -> None:
    pages = [
        "privacy-policy.md",
        "terms-and-conditions.md",
        "terms_of_use.md",
        "about-us.md",
        "cookie-policy.md",
        "bees.md",
    ]
    folder = curriculum({**{name: page(name) for name in pages}, "law/privacy-policy.md": page("Law")})
    assert [paths for _, paths in outline(read(folder), folder)] == [["bees.md"], ["law/privacy-policy.md"]]


def test_a_lesson_about_security_or_templates_is_a_lesson(curriculum: Folder) -> None:
    names = ["01-intro.md", "02-security.md", "03-templates.md", "04-summary.md", "05-introduction-to-marl.md"]
    folder = curriculum({name: page(name) for name in names})
    assert [paths for _, paths in outline(read(folder), folder)] == [[name] for name in names]


def test_drafts_and_documents_without_text_are_no_pages(curriculum: Folder) -> None:
    folder = curriculum({"a.md": page("A"), "b.md": "---\ndraft: true\n---\n\nText.\n", "c.md": "<!-- later -->\n"})
    found = read(folder)
    assert outline(found, folder) == [("A", ["a.md"])]
    assert {"S044", "S051"} <= set(codes(found))


def test_guides_and_solutions_are_for_staff(curriculum: Folder) -> None:
    folder = curriculum(
        {
            "1-a/README.md": page("A"),
            "1-a/solution.md": page("How A is done"),
            "1-a/instructors/notes.md": page("Notes"),
            "2-b/README.md": page("B"),
            "for-teachers.md": page("For teachers"),
        }
    )
    found = read(folder)
    assert outline(found, folder) == [("A", ["1-a/README.md"]), ("B", ["2-b/README.md"])]
    staff = dict(outline(found, folder, Audience.STAFF))["A"]
    assert sorted(staff) == ["1-a/instructors/notes.md", "1-a/solution.md", "for-teachers.md"]


def test_solutions_in_any_language_are_for_staff(curriculum: Folder) -> None:
    folders = [
        "soluzioni",
        "Soluciones",
        "solucoes",
        "2-Lösungen",
        "musterloesungen",
        "rozwiązania",
        "решения",
        "参考答案",
    ]
    files = {f"a/{name}/one.md": page(f"How {name} go") for name in folders}
    plain = ["resolution", "solution-design", "answering-machines", "rozwiązanie-umów"]
    folder = curriculum({"a/README.md": page("A"), **files, **{f"a/{name}/x.md": page(name) for name in plain}})
    found = read(folder)
    counts = [sum(len(paths) for _, paths in outline(found, folder, one)) for one in (Audience.STAFF, Audience.LEARNER)]
    assert counts == [len(folders), len(plain) + 1]


def test_of_two_notebooks_the_solved_one_is_for_staff(curriculum: Folder) -> None:
    note = json.dumps({"cells": [{"cell_type": "markdown", "source": "# Loops\n\nSome words."}]})
    folder = curriculum({f"{name}.ipynb": note for name in ("loops", "loops-sol", "if-sol", "console")})
    found = read(folder)
    shown = [path for _, paths in outline(found, folder) for path in paths]
    assert shown == ["console.ipynb", "if-sol.ipynb", "loops.ipynb"]


def test_a_translation_is_a_course_when_it_is_asked_for(curriculum: Folder) -> None:
    folder = curriculum(
        {
            "1-a/README.md": page("A"),
            "translations/fr/1-a/README.md": page("Un"),
            "translations/de/1-a/README.md": page("Eins"),
        }
    )
    found = read(folder, language="fr")
    assert outline(found, folder) == [("Un", ["translations/fr/1-a/README.md"])]
    assert found.courses[0].language == "fr"


def test_of_folders_in_several_languages_english_is_read(curriculum: Folder) -> None:
    folder = curriculum(
        {f"chapters/{tag}/{name}.md": page(f"{name} {tag}") for tag in ("de", "en", "ja") for name in "ab"}
    )
    assert [title for title, _ in outline(read(folder), folder)] == ["a en", "b en"]
    assert [title for title, _ in outline(read(folder, language="ja"), folder)] == ["a ja", "b ja"]


def test_endings_that_are_words_as_well_are_languages_where_many_documents_have_them(curriculum: Folder) -> None:
    names = ["wax", "bees", "hives"]
    files = {f"{name}/{name}-quiz{tag}.md": page(name) for name in names for tag in ("", "-it", "-ua", "-fr")}
    words = {"what/what-is.md": page("What"), "what/what-is-it.md": page("It"), "what/loops.md": page("L")}
    folder = curriculum({**files, **words, "what/loops-ii.md": page("Loops II"), "what/tables-it.md": page("T")})
    shown = [path for _, paths in outline(read(folder), folder) for path in paths]
    assert not [path for path in shown if path.endswith(("quiz-it.md", "-ua.md", "-fr.md"))]
    assert {"what/loops-ii.md", "what/tables-it.md", "wax/wax-quiz.md"} <= set(shown)
    assert read(folder, language="it").courses[0].language == "it"


def test_folders_named_after_languages_beside_numbered_lessons_are_translations(curriculum: Folder) -> None:
    lessons = {f"{number}-{number}/README.md": page(f"Day {number}") for number in (1, 2)}
    others = {f"{name}/{number}.md": page(f"{name} {number}") for name in ("French", "Korean") for number in (1, 2)}
    folder = curriculum({**lessons, **others, "0/ptbr/a.md": page("Um"), "0/en/a.md": page("Zero")})
    assert [title for title, _ in outline(read(folder), folder)] == ["Zero", "Day 1", "Day 2"]
    assert [title for title, _ in outline(read(curriculum(others)), folder)]  # a course about languages


def test_a_folder_like_those_of_translations_is_one_whatever_its_name(curriculum: Folder) -> None:
    numbers = range(1, 6)
    lessons = {f"{number}-day/{number}_lesson.md": page(f"Day {number}") for number in numbers}
    others = {
        f"{name}/{number}_lesson{more}.md": page(name)
        for name, more in (("French", "_fr"), ("Spanish", ""), ("Persain", ""))
        for number in numbers
    }
    folder = curriculum({**lessons, **others, **{f"extra/{number}_more.md": page("More") for number in numbers}})
    shown = {path.split("/")[0] for _, paths in outline(read(folder), folder) for path in paths}
    assert shown == {"1-day", "2-day", "3-day", "4-day", "5-day", "extra"}


def test_documents_that_are_each_named_by_a_language_are_one(curriculum: Folder) -> None:
    names = ["content/_index", "content/1/_index", "content/1/bees", "content/2/only"]
    files = {f"{name}.{tag}.md": f"---\ntitle: {name} {tag}\n---\n\nText.\n" for name in names for tag in ("en", "es")}
    del files["content/2/only.es.md"]
    folder = curriculum(files)
    found = read(folder)
    assert outline(found, folder)[0] == ("content/_index en", ["content/_index.en.md"])
    assert outline(found, folder)[1] == ("content/1/_index en", ["content/1/_index.en.md", "content/1/bees.en.md"])
    assert [one.id for one in found.units] == ["content", "content.1", "content.2"]
    assert "S047" in codes(found)
    spanish = read(folder, language="es")
    titles = [str(part.title) for one in spanish.units for part in one.parts]
    assert titles == ["content/_index es", "content/1/_index es", "content/1/bees es", "content/2/only en"]
    assert spanish.courses[0].language == "es"


@pytest.mark.parametrize(("given", "rights"), [('"2022"', ""), ("Ada, 2022", "Ada, 2022")])
def test_a_year_alone_is_no_licence(curriculum: Folder, given: str, rights: str) -> None:
    book = {"_toc.yml": "format: jb-book\nroot: a\n", "_config.yml": f"title: Bees\ncopyright: {given}\n"}
    assert read(curriculum({**book, "a.md": page("A")})).courses[0].rights == rights


def test_a_language_is_no_title_of_a_numbered_unit(curriculum: Folder) -> None:
    folder = curriculum({f"{unit}/en/{name}.md": "Text.\n" for unit in (1, 2) for name in "ab"})
    assert [title for title, _ in outline(read(folder), folder)] == ["1", "2"]


def test_links_are_not_followed_out_of_the_folder(curriculum: Folder, tmp_path: Path) -> None:
    folder = curriculum({"a.md": page("A"), "../outside/secret.md": page("Secret")})
    (folder / "b").symlink_to(tmp_path / "outside")
    (folder / "c.md").symlink_to(tmp_path / "outside" / "secret.md")
    (folder / "again").symlink_to(folder)
    found = read(folder)
    assert outline(found, folder) == [("A", ["a.md"])]
    assert codes(found).count("S046") == 2


def test_odd_names_and_files_are_findings_and_no_tracebacks(curriculum: Folder) -> None:
    folder = curriculum({"a.md": page("A"), "a\nb.md": page("Line"), "c\\d.md": page("Slash"), "e.md/f.md": page("F")})
    (folder / "binary.md").write_bytes(b"\0\1\2" * 100)
    os.mkfifo(folder / "pipe.md")
    with open(os.fsencode(folder) + b"/\xff.md", "w", encoding="utf-8") as stream:  # noqa: PTH123 - a name of bytes
        stream.write(page("Bytes"))
    found = read(folder)
    assert {title for title, _ in outline(found, folder)} >= {"A", "F"}
    assert {"S003", "S004"} <= set(codes(found))


def test_a_pipe_is_no_source_that_anybody_waits_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert kind_of(tmp_path / "pipe") is SourceKind.ROADMAP  # whose reader tells of what is no document


# --- titles, ids, prerequisites ---


def test_a_heading_in_a_fence_is_no_title(curriculum: Folder) -> None:
    folder = curriculum({"README.md": "<!-- MIT -->\n\n```sh\n# install\n```\n\n# Bees\n\nText.\n"})
    assert read(folder).courses[0].title == "Bees"


def test_titles_lose_what_only_a_generator_reads(curriculum: Folder) -> None:
    folder = curriculum(
        {"a.md": "# The [bees](https://example.org) [[anchor]] {#id}\n\nText.\n", "02_data-types.md": "Text.\n"}
    )
    assert sorted(title for title, _ in outline(read(folder), folder)) == ["Data types", "The bees"]


def test_ids_come_from_paths_and_stay_when_the_order_changes(curriculum: Folder, tmp_path: Path) -> None:
    before = read(curriculum({"1-bees/README.md": page("Bees"), "2-hive/README.md": page("Hive")}))
    again = tmp_path / "again"
    for name, title in (("2-bees", "All bees"), ("1-hive", "Hive")):
        (again / name).mkdir(parents=True)
        (again / name / "README.md").write_text(page(title), encoding="utf-8")
    assert {one.id for one in before.units} == {one.id for one in read(again).units} == {"bees", "hive"}
    assert not any(one.given_id for one in before.units)


def test_the_same_name_in_each_unit_and_two_documents_of_one_title_have_ids_of_their_own(curriculum: Folder) -> None:
    folder = curriculum({f"{number}-u/{name}.md": page("Same") for number in (1, 2) for name in ("intro", "a")})
    found = read(folder)
    assert len({one.id for one in found.units}) == 2
    for one in found.units:
        assert len({part.key for part in one.parts}) == len(one.parts)


@pytest.mark.parametrize(
    "named",
    [
        "Unit 2",
        "unit 2",
        "2-hive",
        "hive",
        "../2-hive/README.md",
        "[Hive](../2-hive/)",
        "/2-hive/README.md",
        "The hive",
    ],
)
def test_what_plainly_names_a_unit_locks(curriculum: Folder, named: str) -> None:
    folder = curriculum(
        {
            "1-bees/README.md": page("Bees"),
            "2-hive/README.md": page("The hive"),
            "3-honey/README.md": f'---\nprerequisites: ["{named}"]\n---\n\n' + page("Honey"),
        }
    )
    assert waits_for(read(folder), "Honey") == ["The hive"]


def test_addresses_of_the_courses_own_site_lock(curriculum: Folder) -> None:
    folder = curriculum(
        {
            "mkdocs.yml": "site_url: https://bees.example/course/\nnav:\n  - A: [a/index.md, a/x.md]\n  - B: [b/index.md, b/y.md]\n",
            "docs/a/index.md": page("A"),
            "docs/a/x.md": page("X"),
            "docs/b/index.md": page("B", "\n## Prerequisites\n\n- [A](https://bees.example/course/a/)\n- Patience\n"),
            "docs/b/y.md": page("Y"),
        }
    )
    assert waits_for(read(folder), "B") == ["A"]


def test_words_lock_nothing(curriculum: Folder) -> None:
    folder = curriculum(
        {"1-a/README.md": page("A"), "2-b/README.md": page("B", "\n## Prerequisites\n\n- A computer\n")}
    )
    assert waits_for(read(folder), "B") == []


def test_units_stand_after_what_they_require(curriculum: Folder) -> None:
    folder = curriculum({"103.md": page("M103"), "101.md": "---\nprerequisites: [103]\n---\n\n" + page("M101")})
    assert [str(one.title) for one in read(folder).units] == ["M103", "M101"]


def test_a_circle_of_prerequisites_keeps_its_units(curriculum: Folder) -> None:
    folder = curriculum(
        {"a.md": "---\nprerequisites: [b]\n---\n\n" + page("A"), "b.md": "---\nprerequisites: [a]\n---\n\n" + page("B")}
    )
    assert [str(one.title) for one in read(folder).units] == ["A", "B"]


def test_with_sequential_each_unit_waits_for_the_one_before(curriculum: Folder) -> None:
    folder = curriculum({**BEES, "README.md": page("Course")})
    found = read(folder, course={"sequential": True})
    assert waits_for(found, "Wax") == ["Honey"]
    assert waits_for(found, "Course") == []


def test_an_id_of_the_author_is_the_units_id(curriculum: Folder) -> None:
    text = '[[unit]]\nid = "CS-101"\ntitle = "Bees"\npages = ["bees.md"]\n[[unit]]\ntitle = "Wax"\npages = ["wax.md"]\nrequires = ["CS-101"]\n'
    found = read(curriculum({**BEES, "course.toml": text}))
    assert (unit(found, "Bees").id, unit(found, "Bees").given_id) == ("CS-101", True)
    assert waits_for(found, "Wax") == ["Bees"]


def test_front_matter_gives_ids_that_look_like_ids(curriculum: Folder) -> None:
    folder = curriculum(
        {
            "a.md": "---\nid: CS-101\n---\n\n" + page("Bees"),
            "b.md": "---\nid: introduction\nprerequisites: CS-101\n---\n\n" + page("M2: Hives"),
            "c.md": "---\nprerequisites: [M2]\n---\n\n" + page("Wax"),
        }
    )
    found = read(folder)
    assert [(one.id, one.given_id) for one in found.units] == [("CS-101", True), ("b", False), ("c", False)]
    assert (waits_for(found, "M2: Hives"), waits_for(found, "Wax")) == (["Bees"], ["M2: Hives"])


# --- lessons beside roadmaps ---


def test_lessons_beside_a_roadmap_are_further_parts_of_its_unit(curriculum: Folder) -> None:
    base = "modules/engineer/module-001-bees"
    folder = curriculum(
        {
            "module-001-roadmap.md": roadmap(1),
            f"{base}/README.md": page("Bees"),
            f"{base}/lecture-notes/01-hive.md": page("Hive", "\n[Bees](../README.md)\n"),
            f"{base}/exercises/exercise-01-honey.md": page("Honey"),
            f"{base}/solutions/exercise-01.md": page("Done"),
        }
    )
    found = read(folder)
    (only,) = found.units
    assert only.id == "MOD-001" and only.given_id
    shown = [part.title for part in only.parts if part.audience is Audience.LEARNER]
    assert shown == ["Bees", "Hive", "Honey"]
    assert [part.title for part in only.parts if part.audience is Audience.STAFF] == ["Done"]
    assert "S009" not in codes(found)


# --- written down ---

FOLDERS: list[Mapping[str, str]] = [
    {**BEES, "README.md": page("Course")},
    {"1-a/README.md": page("A"), "1-a/x.md": page("X"), "2-b/README.md": "---\nprerequisites: [A]\n---\n\n" + page("B")},
    {"1.1 A.md": page("A"), "1.2 B.md": page("B"), "2.1 C.md": page("C"), "2.2 D.md": page("D"), "2.3 solution.md": page("E")},
    {"SUMMARY.md": "- Start\n  - [W](wax.md)\n  - [Web](https://example.org)\n- [Bees & \"more\"](bees.md)\n", **BEES},
    {"a/b/c.md": page("C"), "a/d.md": page("D"), "e/f/g.md": page("G"), "e/f/h.md": page("H")},
]  # fmt: skip


@pytest.mark.parametrize("files", FOLDERS)
def test_what_is_written_down_reads_the_same(curriculum: Folder, files: Mapping[str, str]) -> None:
    folder = curriculum(files)
    before = read(folder)
    (folder / "course.toml").write_text(course_file(before, folder.as_posix()), encoding="utf-8")
    after = read(folder)
    assert after.courses[0].order == "course.toml"
    assert _told(after) == _told(before)


def _told(curriculum: Curriculum) -> str:
    """Return what a course is, but for what says so."""
    return json.dumps(
        [
            [
                one.id,
                str(one.title),
                one.track,
                one.given_id,
                [(type(part).__name__, part.key, part.title, str(part.audience)) for part in one.parts],
                [mention.id for mention in one.prerequisites.mentions],
                list(one.objectives),
                one.hours.total,
            ]
            for one in curriculum.units
        ],
        indent=1,
    )


NAMES = st.sampled_from(
    ["1-bees", "2 hive", "10_wax", "honey", "intro", "solutions", "Quiz", "README", "1.1 a", "1.2 b", "ünïcode & co"]
)
TREES = st.dictionaries(
    st.lists(NAMES, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".md"),
    st.sampled_from(
        [
            "# Bees\n\nText.\n",
            "Text.\n",
            "---\ntitle: 'A: \"b\"'\nweight: 2\n---\n\n# B\n\nText.\n",
            "# Same\n\n## Two\n\nx\n",
        ]
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(TREES)
def test_whatever_a_folder_holds_reads_the_same_once_it_is_written_down(files: dict[str, str]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "source"
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        before = read(folder)
        if before.courses:
            (folder / "course.toml").write_text(course_file(before, folder.as_posix()), encoding="utf-8")
            assert _told(read(folder)) == _told(before)


@pytest.mark.parametrize(
    ("files", "language", "titles"),
    [
        ({"README.md": "# Bees", "README.fr.md": "# Abeilles", "1-a.md": "# A", "1-a.fr.md": "# À"}, "fr", ["Abeilles", "À"]),
        ({"README.md": "# Bees", "README.fr.md": "# Abeilles", "1-a.md": "# A", "1-a.fr.md": "# À"}, "", ["Bees", "A"]),
        ({"docs/en/1.md": "# A", "docs/fr/1.md": "# À", "docs/de/1.md": "# Ä"}, "fr", ["À"]),
        ({"intro/1.md": "# A", "intro_fr/1.md": "# À"}, "fr", ["À"]),
        ({"intro/1.md": "# A", "intro_fr/1.md": "# À"}, "", ["A"]),
        ({"docs/1.md": "# A", "i18n/fr/docusaurus-plugin-content-docs/current/1.md": "# À"}, "fr", ["À"]),
        ({"1.md": "# A", "1.pt-BR.md": "# Ã"}, "pt", ["Ã"]),
    ],
)  # fmt: skip
def test_a_translation_is_read_where_its_language_is_set(
    files: dict[str, str], language: str, titles: list[str], tmp_path: Path
) -> None:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n\nText of {name}.\n", encoding="utf-8")
    found = read_sources([tmp_path], FolderOptions(language))
    assert sorted(str(unit.title) for unit in found.units) == sorted(titles)
