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


def test_things_of_a_list_are_parted_as_the_language_does() -> None:
    assert Renderer("ar").said("map_after", units=["أ", "ب"]) == "بعد أ، ب"
    assert Renderer("ja").said("map_after", units=["甲", "乙"]) == "甲、乙の後"


def test_french_and_german_signs_do_not_leave_their_words() -> None:
    assert [text for text in LABELS["fr"].values() if re.search(r" [:;!?%»]|« ", text)] == []
    assert [text for language in ("de", "es") for text in LABELS[language].values() if " %" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_has_all_its_words_in_each_language(language: str) -> None:
    folder = ROOT / "packaging_templates" / "preview" / "labels"
    english, own = (tomllib.loads((folder / f"{tag}.toml").read_text(encoding="utf-8")) for tag in ("en", language))
    assert list(own) == list(english)
    assert [key for key in own if not own[key] or _braces(own[key]) != _braces(english[key])] == []
    assert own["text_direction"] == LABELS[language]["text_direction"]
