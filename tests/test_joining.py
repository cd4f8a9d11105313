"""What there is to read makes the pages of a unit: none is short, unless it is all there is, and no word is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import linted, read_one, roadmap
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from coursewright.course.blocks import Headed, texts
from coursewright.course.division import parts_of
from coursewright.course.edition import learner_edition
from coursewright.course.joining import SHORTEST, joined_pages, words
from coursewright.course.model import Unit
from coursewright.course.parts import Page
from coursewright.pages.renderer import Renderer
from coursewright.text.markdown.html import Converter
from coursewright.text.markdown.openings import introduction_lines
from coursewright.text.markdown.values import Prose

Sources = Callable[[Mapping[str, str | bytes]], Path]
LENGTHS = st.dictionaries(
    st.sampled_from(["overview", "objectives", "topics", "activities", "assessment", "checklist", "more"]),
    st.lists(st.integers(0, 150), min_size=1, max_size=3),
    min_size=1,
)


def said(blocks: tuple[Headed, ...]) -> str:
    return " ".join(text.markdown for headed in blocks for text in texts(headed.block) if isinstance(text, Prose))


@settings(max_examples=200, derandomize=True, suppress_health_check=list(HealthCheck))
@given(lengths=LENGTHS, lead=st.integers(0, 150))
def test_no_page_is_short_unless_it_is_all_and_no_word_is_lost(lengths: dict[str, list[int]], lead: int) -> None:
    pages = {
        key: tuple(
            Headed(Prose(1, " ".join(f"{key}{at}w{number}" for number in range(size)))) for at, size in enumerate(sizes)
        )
        for key, sizes in lengths.items()
    }
    made = joined_pages(pages, "word " * lead)
    assert " ".join(said(one.blocks) for one in made).split() == " ".join(map(said, pages.values())).split()
    sizes = [len(said(one.blocks).split()) for one in made]
    sizes[0] += lead
    assert len(made) == 1 or min(sizes) >= SHORTEST
    keys = [key for one in made for key in (one.key, *(block.opens for block in one.blocks if block.opens))]
    assert keys == list(pages)
    assert made == joined_pages(pages, "word " * lead)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("three plain words", 3),
        ("- a list\n- of | marks | --- |", 4),
        ("日本語の文章です", 4),
        ("Ein „Wort“ – zwei", 3),
        ("", 0),
    ],
)
def test_marks_are_no_words_and_letters_without_spaces_are_half_of_one(text: str, count: int) -> None:
    assert words([text]) == count


LONG = "Bees find their way home by the sun. " * 20


def edition(curriculum: Sources, extra: str) -> Unit:
    return learner_edition(read_one(curriculum({"a.md": roadmap(1, extra=extra)}))).unit


def test_a_page_with_one_section_of_its_author_has_that_title(curriculum: Sources) -> None:
    unit = edition(curriculum, f"\n## Content Outline\n\n1. **Dances** - {LONG}\n\n## Where to look\n\n{LONG}\n")
    content = Renderer().content(unit)
    assert [(page.key, page.title) for page in content.pages] == [("overview", "Overview"), ("more", "Where to look")]
    assert "Where to look" not in content.pages[1].body
    native = [part.title for part in parts_of(unit, Converter()) if isinstance(part, Page)]
    assert native == ["", "Where to look"]


def test_the_key_of_a_page_that_was_joined_still_leads_to_it(curriculum: Sources) -> None:
    unit = edition(curriculum, "\n## Content Outline\n\n1. **Dances** - round and waggle.\n\n## Aside\n\nA note.\n")
    (page,) = Renderer().content(unit).pages
    found = html.fragment_fromstring(page.body, create_parent="div")
    assert [part.get("id") for part in found.xpath("./section[@id]")] == ["objectives", "topics", "more"]
    assert [title for _, title in page.parts] == ["Learning objectives", "Content outline", "Aside"]
    assert all(found.xpath("//*[@id=$id]", id=id) for id, _ in page.parts)


def test_the_introduction_stands_before_what_a_unit_asks_for(curriculum: Sources) -> None:
    source = curriculum(
        {
            "a.md": roadmap(1),
            "b.md": roadmap(2, "MOD-001", extra="\n## Narrative\n\nBees dance.\n"),
        }
    )
    (unit,) = [found.unit for found in linted(source).editions.values() if found.unit.id == "MOD-002"]
    (page,) = Renderer().content(unit).pages
    assert page.body == page.introduction + page.rest
    assert not re.search("Know what module", page.introduction) and re.search("Know what module", page.rest)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("A bee.\n\n## More\n\nText.", 2),
        ("## First\n\nA bee.\n\n## More", 4),
        ("```\n# no heading\n```\n# One", 3),
        ("A bee.[^1]\n\n## More\n\n[^1]: Note", 0),
        ("See [this][that].\n\n## More", 0),
        ("> [!NOTE]\n> See [this](a.md).\n\n## More", 3),
        ("::: tip\nA bee.\n\n## In the box\n:::", 0),
        ("<details>\n\n## In the fold", 0),
        ("## Only headings\n\n### So", 0),
        ("All of it.", 0),
    ],
)
def test_an_introduction_ends_where_nothing_reaches_over(text: str, lines: int) -> None:
    assert introduction_lines(text) == lines
