"""Every page of the preview of packages, as an outline of its elements: `pytest --golden` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from conftest import ROOT
from lxml import etree, html
from packages import zipped_folder

from coursewright.cli.preview.imitation import Imitation, done, imitate
from coursewright.cli.preview.screens import LISTS, Screens
from coursewright.course.outline import Act
from coursewright.course.progress import Deeds
from coursewright.pages.preview import words_for

TINY = ROOT / "tests" / "golden" / "tiny"
PACKAGES = ROOT / "tests" / "readings" / "packages"
SCREENS = ROOT / "tests" / "screens"
SHOWN = {
    "canvas": TINY / "canvas",
    "moodle": TINY / "moodle",
    "cartridge": TINY / "cc13",
    "canvas-of-others": PACKAGES / "what-canvas-does-not-show-is-for-staff-and-dates" / "source",
    "quiz-of-others": PACKAGES / "a-quiz-of-canvas-keeps-its-bank-its-settings" / "source",
    "moodle-of-others": PACKAGES / "activities-become-parts-and-their-links-lead-on" / "source",
}
_SAID = ("href", "src", "action", "value", "name", "open", "disabled", "type")


@pytest.mark.parametrize("name", SHOWN)
def test_every_page_of_an_imitated_lms_shows_what_it_should(
    name: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    shown = imitate(zipped_folder(SHOWN[name], tmp_path / "course.zip"))
    with closing(shown.files):
        said = "".join(_said(shown))
    golden = SCREENS / f"{name}.txt"
    if pytestconfig.getoption("--golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(said, encoding="utf-8")
    assert said.split("\n") == golden.read_text(encoding="utf-8").split("\n")


def _said(shown: Imitation) -> Iterator[str]:
    """Yield all pages before anything is done, and those that change once the first half is done."""
    paths = ["", "menu", "syllabus", "files", *LISTS, *(f"entry/{number}" for number in range(len(shown.entries) + 1))]
    first = dict(_pages(shown, {}, [*paths, "away", "nowhere"], "en"))
    yield from (f"=== {path or 'start'}\n{page}" for path, page in first.items())
    deeds = dict(_half_done(shown))
    for path, page in _pages(shown, deeds, paths, "de"):
        if path in ("", "menu") or path.startswith("entry/"):
            before, now = first[path].split("\n"), page.split("\n")
            yield f"=== {path or 'start'}, half of it done, in German\n"
            yield "".join(f"{line}\n" for line in now if line not in before)


def _pages(shown: Imitation, deeds: Mapping[str, Deeds], paths: list[str], language: str) -> Iterator[tuple[str, str]]:
    screens = Screens(shown, deeds, words_for([language]), "/shown/x/", "/packages/x/")
    for path in paths:
        page = screens.page(path, {"to": "https://bees.example/a b"})
        yield path, "nothing\n" if page is None else "".join(f"{line}\n" for line in _outline(page))


def _half_done(shown: Imitation) -> Iterator[tuple[str, Deeds]]:
    """Yield what a learner has done who did all that is asked in the first half, and a little in one entry more."""
    half = len(shown.entries) // 2
    for entry in shown.entries[:half]:
        deeds = Deeds()
        for act in Act:
            deeds = done(deeds, act, "80")
        yield entry.identifier, deeds
    yield shown.entries[half].identifier, done(done(Deeds(), "grade", "250"), "grade", "many")


def _outline(page: str) -> Iterator[str]:
    """Yield a line for each element of a page that has text or leads somewhere, by how deep it is."""
    for element in html.document_fromstring(page).iter(etree.Element):
        told = " ".join(f"{name}={element.get(name)!r}" for name in _SAID if element.get(name) is not None)
        texts = [element.text or "", *(child.tail or "" for child in element)]
        text = " … ".join(" ".join(one.split()) for one in texts if one.strip())
        if (told or text) and element.tag not in ("script", "style", "link", "meta"):
            kind = f".{element.get('class')}" if element.get("class") else ""
            yield " ".join(filter(None, ["  " * len(list(element.iterancestors())) + element.tag + kind, told, text]))
