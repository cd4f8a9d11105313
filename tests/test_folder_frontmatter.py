"""Front matter of a folder's documents: every form is read, and what is broken is read as far as it is plain."""

from __future__ import annotations

import pytest

from coursewright.readers.frontmatter import front_matter

FORMS = {
    "yaml": '---\ntitle: "Bees: a start"\nminutes: 20\n---\n',
    "yaml that ends in dots": "---\ntitle: 'Bees: a start'\nminutes: 20\n...\n",
    "yaml after blank lines": '\n\n---\ntitle: "Bees: a start"\nminutes: 20\n---\n',
    "yaml after a byte order mark": '\ufeff---\ntitle: "Bees: a start"\nminutes: 20\n---\n',
    "yaml that is broken": "---\ntitle: Bees: a start\nminutes: 20\n---\n",
    "toml": '+++\ntitle = "Bees: a start"\nminutes = 20\n+++\n',
    "toml that is broken": '+++\ntitle = "Bees: a start"\nminutes = 20\nx = \n+++\n',
    "json": '{\n  "title": "Bees: a start",\n  "minutes": 20\n}\n',
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_read_and_taken_off(form: str) -> None:
    found = front_matter(FORMS[form] + "# Hello\n", "a.md")
    assert (found.front["title"], found.front["minutes"]) == ("Bees: a start", 20)
    assert found.lines == ("# Hello", "")
    assert found.start == FORMS[form].count("\n") + 1
    assert [one.code for one in found.findings] == (["S070"] if "broken" in form else [])


def test_broken_yaml_is_a_finding_at_its_line() -> None:
    (found,) = front_matter("---\nauthor: Ada\ntitle: Bash: more\n---\n", "a.md").findings
    assert (found.place.path, found.place.line) == ("a.md", 3)


def test_unknown_tags_are_ignored_and_words_stay_words() -> None:
    front = front_matter(
        "---\nx: !!python/name:os.system y\ny: !Ref {a: 1}\nz: no\nt: 1:30\nd: 2024-01-01\nm: !secret [1]\n---\n"
    ).front
    assert front == {"x": "y", "y": {"a": 1}, "z": "no", "t": "1:30", "d": "2024-01-01", "m": [1]}


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule opens this.\n\n---\n\nMore.\n",
        "***\n\nText\n",
        "---\n- a list\n- of two\n---\n",
        "# Title\n\n---\ntitle: x\n---\n",
        "--- question ---\n---\nlegend: x\n---\n",
        "<!-- (c) Ada, licence: CC0 -->\n# Title\n",
        "Note: this is a text\nand it goes on.\n",
    ],
)
def test_what_only_looks_like_front_matter_stays(text: str) -> None:
    found = front_matter(text)
    assert (found.front, "\n".join(found.lines), found.start, found.findings) == ({}, text, 1, ())


def test_liascript_keeps_its_header_in_a_comment() -> None:
    found = front_matter(
        "<!--\nauthor:   Ada\nversion:  1.0\ncomment:  A module\n  about bees.\n@estimated_time_in_minutes: 20\n"
        "@learning_objectives  \n\n- Name a bee\n- Keep a bee\n@end\n-->\n\n# Bees\n"
    )
    assert found.front["comment"] == "A module about bees."
    assert found.front["@estimated_time_in_minutes"] == "20"
    assert found.front["@learning_objectives"].strip() == "- Name a bee\n- Keep a bee"
    assert found.lines[:2] == ("", "# Bees")


def test_pelican_keeps_its_header_in_plain_lines() -> None:
    found = front_matter("Title: Bees: a start\nDate: 2020-01-01\n\nText.\n")
    assert found.front == {"title": "Bees: a start", "date": "2020-01-01"}
    assert found.start == 3


def test_a_document_that_is_all_yaml_is_all_front_matter() -> None:
    found = front_matter("name: Bees\ndescription: Of bees\n\ninsights:\n  - wax\n  - honey\n")
    assert (found.front["title"], found.front["insights"], found.lines) == ("Bees", ["wax", "honey"], ())


def test_front_matter_that_never_ends_is_a_finding() -> None:
    found = front_matter("---\ntitle: Bees\nmore: x\n\n# Bees\n", "a.md")
    assert (found.front["title"], found.lines[1]) == ("Bees", "# Bees")
    assert [one.code for one in found.findings] == ["S024"]


HOSTILE = {
    "aliases": "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(
        f"{after}: &{after} [{', '.join([f'*{one}'] * 9)}]\n" for one, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "---\n",
    "itself": "---\na: &a\n  - *a\n---\n",
    "depth": "---\na: " + "[" * 100_000 + "\n---\n",
    "depth of lines": "---\n" + "\n".join(" " * n + "a:" for n in range(900)) + "\n---\n",
    "a number": "---\na: " + "9" * 100_000 + "\n---\n",
    "a list as a key": "---\n? [a]\n: b\nx: {{ page.title }}\n---\n",
    "control": "---\na: \x07b\n---\n",
    "open": "---\n" + "a: b\n" * 100_000,
    "toml depth": "+++\na = " + "[" * 100_000 + "\n+++\n",
    "json depth": '{"a": ' + "[" * 100_000 + "\n}\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_front_matter_loses_no_line(name: str) -> None:
    fronted, lines = front_matter(HOSTILE[name], "a.md"), HOSTILE[name].split("\n")
    assert list(fronted.lines) == lines[fronted.start - 1 :]
