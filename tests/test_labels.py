"""The words around what authors write: each language has all of them, with the same values to fill in."""

from __future__ import annotations

import re
import tomllib

import pytest
from conftest import ROOT

from coursewright.pages.renderer import Renderer

FOLDER = ROOT / "packaging_templates" / "labels"
ENGLISH = tomllib.loads((FOLDER / "en.toml").read_text(encoding="utf-8"))
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def test_there_are_four_languages_to_start_with() -> None:
    assert LANGUAGES == ["de", "en", "es", "fr"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_whole(language: str) -> None:
    found = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    assert list(found) == list(ENGLISH)
    assert found["text_direction"] in ("ltr", "rtl")
    for key, text in found.items():
        assert text and sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", ENGLISH[key])), key


@pytest.mark.parametrize(("language", "heading"), [("de-AT", "Lernziele"), ("es", "Objetivos de aprendizaje")])
def test_a_page_speaks_its_language(language: str, heading: str) -> None:
    renderer = Renderer(language)
    assert renderer.language.is_whole
    assert renderer.labels["objectives"] == heading


PREVIEW = ROOT / "packaging_templates" / "preview" / "labels"


@pytest.mark.parametrize("language", sorted(path.stem for path in PREVIEW.glob("*.toml")))
def test_the_words_of_the_preview_are_whole_in_each_language(language: str) -> None:
    english = tomllib.loads((PREVIEW / "en.toml").read_text(encoding="utf-8"))
    found = tomllib.loads((PREVIEW / f"{language}.toml").read_text(encoding="utf-8"))
    assert list(found) == list(english)
    for key, text in found.items():
        assert text and sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", english[key])), key
