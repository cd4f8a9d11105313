"""What becomes of many small texts: `tables/` has a file a subject, in which what is made of each text stands below it.

The lines of a text begin with `>`. `pytest --golden tests/test_tables.py` writes anew what stands below.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from spelt import spelt

from coursewright.course.gates import UnwritableError, simplified
from coursewright.course.model import Unit
from coursewright.course.values import Field, Kind
from coursewright.findings.finding import Finding
from coursewright.packages.documents.addresses import (
    addresses,
    addresses_in_package,
    followed,
    named_from_the_top,
    sheet_addresses,
    shown_as,
)
from coursewright.packages.documents.menu import ManifestError, read_manifest, read_menu
from coursewright.packages.documents.moodle.availability import (
    UnreadableRestrictionError,
    guessed_availability,
    read_availability,
    written_availability,
)
from coursewright.packages.documents.parsing import parsed
from coursewright.packages.documents.quiz_document.reading import quiz_parts
from coursewright.packages.documents.scorm.item_rules import MenuItem
from coursewright.packages.documents.scorm.preconditions import Preconditions
from coursewright.packages.documents.scorm.prerequisites import UnreadableError, read_expression, written_expression
from coursewright.packages.files.container import Container
from coursewright.readers.roadmap.durations import read_hours
from coursewright.readers.roadmap.elsewhere import resembling
from coursewright.readers.roadmap.references import read_next, read_placement, read_prerequisites
from coursewright.readers.roadmap.requirements import Known
from coursewright.readers.roadmap.units import read_units, settled_among
from coursewright.text.addresses import is_address
from coursewright.text.markdown.values import Text
from coursewright.writers.epub.shelf import web_address
from coursewright.writers.epub.xhtml import tidy, tree_of, written

TABLES = Path(__file__).parent / "tables"


@pytest.mark.parametrize("table", sorted(TABLES.glob("*.txt")), ids=lambda table: table.stem)
def test_texts_become_what_stands_below_them(table: Path, pytestconfig: pytest.Config) -> None:
    lines = table.read_text(encoding="utf-8").split("\n")[:-1]
    made = [line for text in _texts(lines) for line in (*_quoted(text), *_shown(_MADE[table.stem](text)))]
    if pytestconfig.getoption("--golden"):
        table.write_text("".join(f"{line}\n" for line in made), encoding="utf-8")
        lines = made
    assert made == lines


def _texts(lines: Sequence[str]) -> Iterator[str]:
    for is_text, found in groupby(lines, key=lambda line: line.startswith(">")):
        if is_text:
            yield "\n".join(line[2:] for line in found)


def _quoted(text: str) -> list[str]:
    return [f"> {line}".rstrip() for line in text.split("\n")]


def _shown(made: str) -> list[str]:
    return [f"    {line}".rstrip() for line in made.rstrip("\n").split("\n")]


def _prerequisites(text: str) -> str:
    """Return a prerequisite of SCORM 1.2 as a gate, and written again."""
    try:
        gate = read_expression(text)
    except UnreadableError as error:
        return f"cannot be read: {error}"
    return spelt(gate) + _again(lambda: written_expression(gate))


def _availability(text: str) -> str:
    """Return a restriction of Moodle as a gate, and written again; what is guessed where it cannot be read."""
    if text.startswith("<"):
        return spelt(guessed_availability(etree.fromstring(text)))
    try:
        gate = read_availability(text)
    except UnreadableRestrictionError as error:
        document = etree.Element("module")
        etree.SubElement(document, "availability").text = text
        return f"cannot be read: {error}\n{spelt(guessed_availability(document))}"
    return spelt(gate) + _again(lambda: written_availability(simplified(gate), shown=True) or "nothing")


def _again(write: Callable[[], str]) -> str:
    try:
        return f"written: {write()}"
    except UnwritableError as error:
        return f"cannot be written: {error}"


def _menu(text: str) -> str:
    """Return the menu of a manifest, what is wrong with it, and what locks, skips and hides its items."""
    document = f'<manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" identifier="M">{text}</manifest>'
    try:
        tree = read_manifest(document.encode()).in_json()
        root = read_menu(etree.fromstring(document)).root
    except ManifestError as error:
        return f"cannot be played: {error}"
    rules = Preconditions(root)
    gates = {item.identifier: (rules.gate(item), *rules.rules(item)) for item in _items(root)}
    return json.dumps(_said(tree), indent=1, ensure_ascii=False) + "\n" + spelt(gates)


def _said(tree: Any) -> Any:
    """Return values without those that say nothing."""
    if isinstance(tree, dict):
        return {name: _said(value) for name, value in tree.items() if value}
    return [_said(value) for value in tree] if isinstance(tree, list) else tree


def _items(item: MenuItem) -> Iterator[MenuItem]:
    yield item
    for child in item.children:
        yield from _items(child)


def _book(text: str) -> str:
    """Return a part of a page as it stands in a book."""
    root = tree_of(f"<html><body>{text}</body></html>")
    tidy(root)
    made = written(root).decode()
    return made.partition("<body>")[2].partition("</body>")[0]


def _addresses(text: str) -> str:
    """Return what an address means in a book, in a manifest, on a page and in a cartridge."""
    element = etree.fromstring('<m xml:base="in/"><r xml:base="two/"/><s/></m>')
    for one in element:
        one.set("href", text)
    known = is_address(text)
    page = [followed("in/page.html", text), *shown_as(followed("page.html", text))] if known else []
    lines = [f"in a book: {web_address(text)}", f"in a manifest: {[addresses_in_package(one) for one in element]}"]
    return "\n".join([*lines, f"on a page: {page}", f"from the top: {named_from_the_top(text) if known else ''}"])


def _loads(text: str) -> str:
    """Return what a page, or a style sheet, has from elsewhere."""
    if text.startswith("<"):
        return spelt(
            [f"{use.name} {address} {line}" for use, address, line in addresses(html.document_fromstring(text))]
        )
    return spelt(list(sheet_addresses(text.encode())))


def _quiz(text: str) -> str:
    """Return the quiz of a document of ours."""
    return spelt(*quiz_parts(text.split("\n")))


def _document(text: str) -> str:
    """Return a document of a package as a tree, and what is wrong with it."""
    content = text.encode().decode("unicode_escape").encode("latin-1")
    container = Container("course.zip", sizes={"x.xml": len(content)}, reader=lambda name: content)
    found = parsed(container, "x.xml")
    tree = [f"{element.tag} {dict(element.items())}" for element in found[1].iter(etree.Element)] if found else []
    return "\n".join(
        [*tree, *(f"{one.code} {one.severity} {one.place} {one.text} {one.hint}" for one in container.findings)]
    )


def _needs(text: str) -> str:
    """Return what a unit needs, as its roadmap says it, beside units that are known."""
    return spelt(read_prerequisites(Text(text), _KNOWN))


def _next(text: str) -> str:
    """Return where a unit leads to, and which units a project stands after."""
    return spelt(read_next(Text(text), _KNOWN).mentions, read_placement(Text(text), _KNOWN).mentions)


def _sentences(text: str) -> str:
    """Return what in the words of a unit, or in a field of it, looks like something that it needs."""
    name, _, value = text.partition(": ")
    unit = _unit("MOD-999", "The last", summary=Text(text), fields=(Field(name, Text(value), 1),))
    return spelt(*resembling(unit, _KNOWN))


def _statements(text: str) -> str:
    """Return what a unit needs, as it stands in its roadmap."""
    overview = [
        "# Module Roadmap",
        "",
        "## Module Overview",
        "",
        "- **Module ID**: MOD-999",
        "- **Module Title**: Last",
        "",
    ]
    findings: list[Finding] = []
    (unit,) = read_units([*overview, *text.split("\n")], "roadmap.md", {}, findings)
    return spelt(settled_among(unit, _KNOWN)[0], *unit.fields, *(one for one in findings if one.code != "C116"))


def _unit(id: str, title: str, role: str = "", **more: Any) -> Unit:
    roles = (Text(role),) if role else ()
    return Unit(f"units/{id}.md", 1, Kind.MODULE, id, Text(title), "bees", roles=roles, **more)


_KNOWN = Known(
    [
        _unit("MOD-101", "Foundations of Honey", "Senior Beekeeper"),
        _unit("MOD-102", "Salt, Sugar or Spice"),
        _unit("MOD-103", "High Availability & Recovery"),
        _unit("PROJ-201", "Production Pipelines"),
        *(_unit(f"CS-{number}", f"Computing {number}") for number in (101, 102, 104)),
        _unit("BEES", "Keeping *Bees*"),
        _unit("intro.1", "An Introduction"),
        _unit("bee-keeping", "Optional Wax"),
    ]
)

_MADE: dict[str, Callable[[str], str]] = {
    "addresses": _addresses,
    "availability": _availability,
    "book": _book,
    "documents": _document,
    "hours": lambda text: spelt(read_hours(Text(text))),
    "loads": _loads,
    "menus": _menu,
    "needs": _needs,
    "next": _next,
    "prerequisites": _prerequisites,
    "quizzes": _quiz,
    "sentences": _sentences,
    "statements": _statements,
}
