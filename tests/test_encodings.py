"""Text in an encoding of old times is read right, or not at all."""

from __future__ import annotations

import pytest
from conftest import roadmap

from coursewright.reading.decoding import lines_of

FOREIGN = {
    "cp1250": [
        "Český chléb",
        "Mouka a voda jsou základ těsta",
        "Książka o chlebie",
        "Idő és erő",
        "kuća",
        "język",
        "dzień",
    ],
    "iso8859_2": ["Žitná mouka", "Škola", "Mąka i woda", "Idő és erő", "łódź"],
    "cp1251": ["Мука и вода", "Д и Ж", "Что такое тесто?", "Борошно і вода"],
    "koi8_r": ["Мука и вода", "Хлеб"],
    "cp866": ["Мука и вода", "Хлеб"],
    "cp1253": ["Αλεύρι και νερό", "Ψωμί"],
    "cp1254": ["Ekmek yapımı", "İstanbul", "Ağaç"],
    "cp1255": ["קמח ומים"],
    "cp1256": ["الدقيق والماء"],
    "cp1257": ["Miltai, žmonės ją valgo", "ūdens ir mīklas pamats"],
    "shift_jis": ["小麦粉と水", "パン", "ﾊﾟﾝ"],
    "euc_jp": ["小麦粉と水", "パン"],
    "iso2022_jp": ["小麦粉と水"],
    "euc_kr": ["밀가루와 물", "빵"],
    "gb18030": ["面粉和水", "我们学习如何做面包的基础。"],
    "big5": ["麵粉和水", "麵包"],
    "mac_roman": ["Café", "Brot ist schön", "don’t", "Señor, canción", "crème"],
    "cp437": ["Café", "März", "Señor", "naïve"],
}
WESTERN = [
    "Die Übung macht den Meister: „Brot“ – was sonst?",
    "L’élève où naît l’œuvre: «goût», château, à côté, déjà vu",
    "¿Qué es el pan? ¡El año de la niña española! 1.º, nº 5",
    "São três pães: não é fácil, irmã. Órgãos, ações, avô",
    "Città è più bella: perché così, lunedì e virtù di Roma",
    "Rugbrød og smør på æblegrød",
    "Bjørnen går på fjellet, være",
    "Smörgåsbord är gott och kött på räv",
    "Það er íslenskur þáttur um Ægi og öðru",
    "Jäätelö on hyvää ja tämä kyllä",
    "Het één-op-één gesprek: coördinatie, scène van de hond",
    "Això és el català: llengües, l·lusió, dels més",
    "Café, naïve façade – résumé",
    "Søren, Ångström, señor Núñez, São Paulo",
    "100 m², 20 °C ± 5, ½ cup, £5, €3, § 5 © 2024 ®, 4 × 5 µm",
    "“quotes” ‘single’ it’s… — dash – ok • bullet",
]


@pytest.mark.parametrize(("encoding", "title"), [(name, title) for name, titles in FOREIGN.items() for title in titles])
def test_letters_that_may_be_others_are_never_read(encoding: str, title: str) -> None:
    lines, findings = lines_of(roadmap(1, title=title).encode(encoding), "a.md")
    assert lines is None
    assert [(found.code, found.hint) for found in findings] == [("S022", "Save the document as UTF-8.")]


@pytest.mark.parametrize("title", WESTERN)
def test_western_text_is_read_as_windows_1252(title: str) -> None:
    text = roadmap(1, title=title)
    lines, findings = lines_of(text.encode("cp1252"), "a.md")
    assert lines == text.split("\n")
    assert [(found.code, found.place.line) for found in findings] == [("S006", 8)]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-32"])
@pytest.mark.parametrize("title", ["Мука", "面粉", "Brot"])
def test_wide_text_needs_no_mark(encoding: str, title: str) -> None:
    text = roadmap(1, title=title)
    lines, findings = lines_of(text.encode(encoding), "a.md")
    assert lines == text.split("\n")
    assert [found.code for found in findings] == ["S006"]


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1251", "Windows-1251"), ("shift_jis", "Shift_JIS"), ("koi8_r", "KOI8-R")]
)
def test_the_finding_names_what_it_may_be(encoding: str, name: str) -> None:
    title = "Мука, вода и соль" if encoding != "shift_jis" else "小麦粉と水のパン"
    _, (found,) = lines_of(roadmap(1, title=title).encode(encoding), "a.md")
    assert found.text.endswith(")") and f"it may be {name}" in found.text


def test_damaged_wide_text_is_not_read() -> None:
    assert lines_of(b"\xff\xfea\0\n\0\x00\xd8", "a.md")[0] is None
