"""Which script a text is in."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursewright.building.pipeline import read
from coursewright.building.settings import Config
from coursewright.text.languages import likely_language
from coursewright.text.scripts import foreign_script


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("ミツバチの一年を説明できる。巣箱を安全に開けられる。", "ja"),
        ("学习如何安全地打开蜂箱并说明蜜蜂一年的生活规律和特点", "zh"),
        ("벌통을 안전하게 여는 방법과 꿀벌의 한 해를 설명한다", "ko"),
        ("Объяснить, как живёт пчелиная семья", "ru"),
        ("Пояснити, як живе бджолина сім'я та її вулики", "uk"),
        ("شرح حياة النحل على مدار السنة", "ar"),
        ("להסביר את חיי הדבורים במשך השנה", "he"),
        ("मधुमक्खियों का जीवन समझाना", "hi"),
        ("Объяснить, как работает docker compose up --build web", "ru"),
    ],
)
def test_the_language_is_guessed_from_the_script(text: str, tag: str) -> None:
    found = foreign_script([text])
    assert found and found[1] == tag


@pytest.mark.parametrize(
    "text",
    [
        "Explain the life of bees",
        "Erklären, wie Bienen überwintern",
        "日本",
        "Learn to read words such as 養蜂家 or пчела, and to write them, too",
    ],
)
def test_text_in_latin_letters_and_single_words_are_of_no_other_script(text: str) -> None:
    assert foreign_script([text]) is None


@pytest.mark.parametrize(
    ("config", "told"),
    [(Config(), True), (Config(language="ru"), False), (Config(language_given=True), False)],
)
def test_only_a_language_that_nobody_has_set_is_told_of(config: Config, told: bool, tmp_path: Path) -> None:
    text = (
        "# Module Roadmap\n\n## Module Overview\n\n- **Module ID**: MOD-1\n- **Module Title**: Жизнь пчелиной семьи\n"
    )
    (tmp_path / "a.md").write_text(text + "\n## Learning Objectives\n\n- Знать пчёл.\n", encoding="utf-8")
    assert ("C132" in {found.code for found in read([tmp_path], config).findings}) is told


_TOLD = {
    "de": "Im Herbst wird das Volk kleiner, und die Drohnen werden aus dem Stock gedrängt. Sie sind nicht mehr nötig.",
    "fr": "Le miel est mûr quand les cellules sont fermées, et il ne faut pas ouvrir la ruche pour rien dans le froid.",
    "es": "La miel está madura cuando las celdas están cerradas, y no hay que abrir la colmena por nada con el frío.",
    "pt": "O mel está maduro quando as células estão fechadas, e não se abre a colmeia para nada com o frio do inverno.",
}


@pytest.mark.parametrize("language", _TOLD)
def test_a_language_in_latin_letters_is_told_by_its_common_words(language: str) -> None:
    found = likely_language([_TOLD[language]] * 20)
    assert found and found[1] == language


@pytest.mark.parametrize(
    "texts",
    [
        [_TOLD["de"]],  # too short a text
        ["In autumn the colony is smaller, and the drones are pushed out of the hive. They are not needed."] * 20,
        [_TOLD["de"], _TOLD["fr"], _TOLD["es"]] * 10,  # no clear margin
        ["```\n" + _TOLD["de"] + "\n```"] * 20,  # code
        ["Il miele è maturo quando le celle sono chiuse, e non si apre l'arnia per niente con il freddo."] * 20,
        ["Kubernetes Docker Terraform Ansible Helm Prometheus Grafana"] * 40,
    ],
)
def test_no_language_is_guessed_without_a_clear_sign(texts: list[str]) -> None:
    assert likely_language(texts) is None
