"""The words around what authors write: each language has all of them, with the same values to fill in."""

from __future__ import annotations

import re
import tomllib

import pytest
from conftest import ROOT

from coursewright.pages.renderer import Renderer
from coursewright.text.plurals import FORMS, counted_by, form_of

FOLDER = ROOT / "packaging_templates" / "labels"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
LABELS = {language: tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8")) for language in LANGUAGES}
ENGLISH = LABELS["en"]
NUMBERS = (*range(250), 0.5, 1.5, 2.5, 10.25)


def _braces(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def _whole(labels: dict[str, str]) -> list[str]:
    return [name for name in labels if not counted_by(name)]


def test_there_are_seven_languages() -> None:
    assert LANGUAGES == ["ar", "de", "en", "es", "fr", "ja", "pt"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_whole_and_in_the_order_of_the_english_one(language: str) -> None:
    found = LABELS[language]
    assert _whole(found) == _whole(ENGLISH)
    assert found["text_direction"] in ("ltr", "rtl")
    assert all(text.strip() or key == "between" for key, text in found.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_label_has_the_values_of_the_english_one_in_braces(language: str) -> None:
    for key, text in LABELS[language].items():
        name = counted_by(key) or key
        numbers = {number for number in NUMBERS if f"{name}-{form_of(language, number)}" == key}
        # `ساعتان` is two hours without a 2 in it: so may be what stands for a single number
        lacks = name != key and len(numbers) == 1 and not _braces(text)
        assert lacks or _braces(text) == _braces(ENGLISH[name]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_counts_has_every_form_that_its_language_tells_apart(language: str) -> None:
    forms = {form for number in NUMBERS if (form := form_of(language, number))}
    counting = {counted_by(name) for name in ENGLISH if counted_by(name)}
    for name in counting | {counted_by(name) for name in LABELS[language] if counted_by(name)}:
        assert {form for form in FORMS if f"{name}-{form}" in LABELS[language]} == forms, name


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["0 hours", "1 hour", "1.5 hours", "2 hours"]),
        ("de", ["0 Stunden", "1 Stunde", "1,5 Stunden", "2 Stunden"]),
        ("fr", ["0 heure", "1 heure", "1,5 heure", "2 heures"]),
        ("pt-BR", ["0 hora", "1 hora", "1,5 hora", "2 horas"]),
        ("ja", ["0時間", "1時間", "1.5時間", "2時間"]),
        (
            "ar",
            ["0 ساعة", "ساعة واحدة", "1.5 ساعة", "ساعتان", "3 ساعات", "10 ساعات", "11 ساعة", "100 ساعة", "103 ساعات"],
        ),
    ],
)
def test_a_number_chooses_the_form_of_its_noun(language: str, told: list[str]) -> None:
    numbers = (0, 1, 1.5, 2, 3, 10, 11, 100, 103)
    assert [Renderer(language).said("hours", hours=number) for number in numbers[: len(told)]] == told


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("de-AT", "Lernziele"),
        ("es", "Objetivos de aprendizaje"),
        ("pt-BR", "Objetivos de aprendizagem"),
        ("ja", "学習目標"),
    ],
)
def test_a_page_speaks_its_language(language: str, heading: str) -> None:
    renderer = Renderer(language)
    assert renderer.language.is_whole
    assert renderer.labels["objectives"] == heading


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


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ru", {"one": (1, 21, 101), "few": (2, 4, 22), "many": (0, 5, 11, 12, 14, 112), "": (1.5,)}),
        ("pl", {"one": (1,), "few": (2, 4, 22), "many": (0, 5, 11, 12, 21, 112), "": (1.5,)}),
        ("cs", {"one": (1,), "few": (2, 4), "many": (1.5,), "": (0, 5, 22)}),
    ],
)
def test_a_language_that_a_theme_brings_has_its_forms(language: str, told: dict[str, tuple[float, ...]]) -> None:
    assert {form: tuple(n for n in numbers if form_of(language, n) == form) for form, numbers in told.items()} == told
