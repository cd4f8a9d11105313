"""Text in an encoding of old times is read right, or not at all."""

from __future__ import annotations

import pytest
from conftest import roadmap

from coursewright.readers.decoding import lines_of

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
# Titles alone, without a word of their language around them: signs of one encoding are letters of another.
SHORT = {
    "cp850": ["Smør, mælk", "Små kager", "Gå på opdagelse", "Größe und Maß", "Forno à lenha", "Città e pane", "Où aller"],
    "cp437": ["Två år", "Grönsaker på hösten", "Brötchen", "El pa català", "Jäätelö"],
    "cp852": ["Dzień dobry", "Idő és erő", "Čas za peko"],
    "mac_roman": ["Übung macht Meister", "Panadería española", "Año nuevo", "Così si fa", "Blå æbler"],
    "cp1250": ["Stĺp a vŕba", "Přírodní vědy", "Łódź i góry", "Žene u povijesti", "Pădure", "Gyűjtés"],
    "iso8859_2": ["Książka", "Ďalšie kroky", "Šuma i voće", "Örökség ősszel"],
    "cp1254": ["İstanbul ekmeği", "Iğdır", "Kış"],
    "cp1257": ["Ruginė duona", "Trīs dienas", "Įvadas į fiziką", "Ķīmija"],
    "iso8859_5": ["Хлеб"], "mac_cyrillic": ["Ржаной хлеб"], "koi8_u": ["Їжа"], "iso8859_7": ["Ψωμί"],
    "iso8859_6": ["خبز"], "cp874": ["ขนมปัง"], "gb18030": ["历史"], "iso8859_3": ["Ĉiuj ĝojoj"],
}  # fmt: skip
SHORT_WESTERN = [
    "Två dagar på sjön", "Räksmörgås", "Åka båt", "Lær at bage", "Smør, mælk, æg", "Blå æbler", "Små grøt", "Børn lærer",
    "Élève boulanger", "Les élèves français", "Così si fa", "Lições de pão", "Geïnteresseerde bakkers", "Älä pelkää",
    "Íslenska", "Corazón y pulmón", "Straßenbau", "Café culture", "Brontë sisters", "it’s a façade", "Öö ja päev",
    "• 5 µm – “so”", "Über 100 €",
]  # fmt: skip
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


@pytest.mark.parametrize(("encoding", "title"), [(name, title) for name, titles in SHORT.items() for title in titles])
def test_a_title_alone_is_never_read_with_wrong_letters(encoding: str, title: str) -> None:
    assert lines_of(roadmap(1, title=title).encode(encoding), "a.md")[0] is None


def test_english_with_its_own_signs_is_read() -> None:
    text = roadmap(1, title="Wait… what?", extra="- Bake the bread of your dreams … with this—or that.\n")
    assert lines_of(text.encode("cp1252"), "a.md")[0] == text.split("\n")


@pytest.mark.parametrize("title", [*WESTERN, *SHORT_WESTERN])
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


@pytest.mark.parametrize(
    ("encoding", "name"), [("shift_jis", "Shift_JIS"), ("gb18030", "GB18030"), ("koi8_r", "KOI8-R")]
)
def test_a_long_text_may_be_cut_within_a_character_to_be_looked_at(encoding: str, name: str) -> None:
    title = "a. " + {"shift_jis": "小麦粉と水のパン", "gb18030": "面粉和水", "koi8_r": "мука и вода "}[encoding] * 4000
    _, (found,) = lines_of(roadmap(1, title=title).encode(encoding), "a.md")
    assert f"it may be {name}" in found.text


def test_damaged_wide_text_is_not_read() -> None:
    assert lines_of(b"\xff\xfea\0\n\0\x00\xd8", "a.md")[0] is None


@pytest.mark.parametrize("left", [b"\r\n\0\r\n\0\r\n", b"\0\0"])
def test_a_few_nuls_spoil_no_text(left: bytes) -> None:
    lines, findings = lines_of(("# Bees – a text\n" + "Bees live in hives.\n" * 100).encode() + left, "a.md")
    assert lines is not None
    assert lines[:2] == ["# Bees – a text", "Bees live in hives."]
    assert not any("\0" in line for line in lines)
    assert {found.code for found in findings} == {"S008"}


def test_many_nuls_are_no_text() -> None:
    lines, findings = lines_of(b"# Bees\n" + b"Bees.\n\0" * 100, "a.md")
    assert (lines, [found.code for found in findings]) == (None, ["S004"])
