"""What keeps the validator from being kept busy or made to say too much, and what it says once such a bound is met."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from packages import ITEM, PAGE, SMALL, manifest, zipped
from test_inspection import ROLLED

from coursewright.diagnostics import Finding
from coursewright.validation import MOST_OF_A_KIND, validate_package
from coursewright.validation.lms import LMSS


def _found(files: Mapping[str, bytes], folder: Path, *lmss: str) -> list[Finding]:
    return validate_package(zipped(folder / "course.zip", files), [LMSS[lms] for lms in lmss]).findings


def _strays(count: int) -> Mapping[str, bytes]:
    return {**SMALL, "imsmanifest.xml": manifest(ITEM + "".join(f"\n<stray{n}/>" for n in range(count)))}


def test_moodle_judges_a_hidden_button_in_a_menu_of_another_namespace(tmp_path: Path) -> None:
    hidden = '<n:hideLMSUI xmlns:n="http://www.adlnet.org/xsd/adlnav_v1p3">continue</n:hideLMSUI>'
    before, _, rest = ROLLED.partition('<item identifier="F">')
    after = rest[rest.rindex("</item>") + len("</item>") :]
    document = f'{before}<x:item xmlns:x="u">{hidden}</x:item>{after}'
    assert _found({"imsmanifest.xml": document.encode(), "a.html": PAGE}, tmp_path, "moodle")


def test_how_many_more_there_are_is_not_said_of_what_is_ignored(tmp_path: Path) -> None:
    pages = {f"{n}.html": b"<a href='none%d.html'>One</a>" % n for n in range(MOST_OF_A_KIND + 100)}
    path = zipped(tmp_path / "course.zip", {**SMALL, **pages})
    more = [one for one in validate_package(path).findings if one.code == "P256" and "P248" in one.text]
    assert [one.text for one in more] == ["there are 100 more findings P248"]
    assert not [one for one in validate_package(path, ignore=["P248"]).findings if "P248" in (one.code + one.text)]
    chosen = validate_package(path, select=["P248"]).findings
    assert {one.code for one in chosen} == {"P248", "P256"}
    assert {one.code for one in validate_package(path, select=["P248"], ignore=["P256"]).findings} == {"P248"}


def test_findings_are_counted_once_each(tmp_path: Path) -> None:
    items = '<item identifier="A"><title>One</title></item>' * (MOST_OF_A_KIND + 100)
    found = _found({**SMALL, "imsmanifest.xml": manifest(ITEM + items)}, tmp_path)
    assert not [one for one in found if one.code == "P256"]
