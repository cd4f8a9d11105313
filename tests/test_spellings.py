"""Names in a manifest that look like those of files, and are others."""

from __future__ import annotations

from pathlib import Path

import pytest
from packages import PAGE, SMALL, manifest, zipped

from coursewright.audit.validate import validate_package
from coursewright.packages.spellings import difference

ACCENTS = "the accent is composed (U+00E9) in the manifest and decomposed, as a Mac writes it (U+0065 U+0301)"


@pytest.mark.parametrize(
    ("named", "held", "text", "mend"),
    [
        ("caf\u00e9.html", "cafe\u0301.html", ACCENTS, "zip the files again with composed names"),
        ("cafe\u0301.html", "caf\u00e9.html", "decomposed, as a Mac writes it (U+0065 U+0301) in the man", "zip"),
        ("caf%C3%A9.html", "cafe\u0301.html", ACCENTS, "composed"),
        ("\ud55c.html", "\u1112\u1161\u11ab.html", "composed (U+D55C)", "composed"),
        ("Tea.html", "tea.html", "case: 'T' U+0054 in the manifest, 't' U+0074 in", "Spell both the same way."),
        (
            "\uff54ea.html",
            "tea.html",
            "'\uff54' U+FF54 fullwidth latin small letter t in the manifest",
            "copy the file",
        ),
        ("t\u0435a.html", "tea.html", "U+0435 cyrillic small letter ie in the manifest, 'e' U+0065", "plain letters"),
        ("tea-1.html", "tea\u20111.html", "'-' U+002D in the manifest, '\u2011' U+2011 non-breaking hyphen", "plain"),
        ("tea 1.html", "tea\u00a01.html", "U+0020 space in the manifest, U+00A0 no-break space", "copy the file"),
        ("tea%201.html", "tea\u00a01.html", "U+0020 space in the manifest, U+00A0 no-break space", "copy the file"),
        ("te\u200ba.html", "tea.html", "U+200B zero width space in the manifest, nothing in the package", "copy"),
        ("tea 1.html", "tea%201.html", "its name has '%20' itself", "rename the file to 'tea 1.html'."),
        ("tea%25201.html", "tea 1.html", "the manifest escapes it twice", "write 'tea%201.html' in the manifest."),
    ],
)
def test_a_name_that_only_looks_right_is_explained(named: str, held: str, text: str, mend: str, tmp_path: Path) -> None:
    more = f'<resource identifier="S" type="webcontent" adlcp:scormtype="asset"><file href="{named}"/></resource>'
    files = {**SMALL, "imsmanifest.xml": manifest(resources=more), held: PAGE}
    found = [one for one in validate_package(zipped(tmp_path / "p.zip", files)).findings if one.severity == "error"]
    assert [one.code for one in found] == ["P255"]
    assert text in found[0].text
    assert mend in found[0].hint


def test_another_name_is_another_file(tmp_path: Path) -> None:
    more = '<resource identifier="S" type="webcontent" adlcp:scormtype="asset"><file href="b\u00e9.html"/></resource>'
    files = {**SMALL, "imsmanifest.xml": manifest(resources=more), "be.html": PAGE}
    assert "P204" in {one.code for one in validate_package(zipped(tmp_path / "p.zip", files)).findings}


@pytest.mark.parametrize(
    ("link", "held", "text"),
    [
        (
            "Tea.png",
            "tea.png",
            "they differ in upper and lower case: 'T' U+0054 in the link, 't' U+0074 in the package",
        ),
        ("caf\u00e9.png", "cafe\u0301.png", ACCENTS.replace("the manifest", "the link") + " in the package"),
        ("tea%25201.png", "tea 1.png", "the link escapes it twice"),
    ],
)
def test_a_link_that_leads_nowhere_names_the_file_that_it_looks_like(
    link: str, held: str, text: str, tmp_path: Path
) -> None:
    page = PAGE.replace(b"<p>One</p>", f'<p>One</p><img src="{link}"><img src="milk.png">'.encode())
    files = {**SMALL, "a.html": b'<meta charset="utf-8">' + page, held: b"picture"}
    report = validate_package(zipped(tmp_path / "course.zip", files))
    broken = [found.text for found in report.findings if found.code == "P248"]
    assert sorted(broken) == sorted(
        [
            "the link 'milk.png' leads to nothing in the package",
            f"the link '{link}' leads to nothing in the package; it contains '{held}': {text}",
        ]
    )


def test_half_a_character_in_a_name_does_no_harm() -> None:
    assert difference("%2541\udcff", "A\udcff").text == "the manifest escapes it twice"
