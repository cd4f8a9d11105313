"""A module or a project of ours from the pages that it became: as the roadmap that they were made of.

What its pages and its work say is put back into the layout of roadmaps, and read as one. Only where that gives the very
same parts – pages and work by the same keys, with the same words – is it the unit; else the unit keeps its pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from coursewright.course.blocks import Facts
from coursewright.course.blocks import texts as texts_of
from coursewright.course.division import parts_of
from coursewright.course.edition import learner_edition
from coursewright.course.identifiers import part_key
from coursewright.course.model import Unit
from coursewright.course.parts import Assignment, Discussion, Page, Part, Words
from coursewright.course.roadmap import COLUMNS, HEADINGS, PLACEMENT, TITLES
from coursewright.course.values import Kind, References
from coursewright.frozen import frozen
from coursewright.packages.documents.elements import words
from coursewright.readers.packages.frames import Unframed, top_of
from coursewright.readers.packages.texts import inline, inner_of, unchanged, words_of, written
from coursewright.readers.roadmap.units import read_units
from coursewright.text.markdown.values import Prose
from coursewright.text.names import known_as

_PAGE = re.compile(r"page-(overview|objectives|topics|activities|assessment|checklist|more)")
_WORK = re.compile(r"(act|out|lab|test|talk)-[0-9a-f]{10}")
_WORD = re.compile(r"\w+")
_MADE = ("placement", "competency", "target", "evidence", "role", "criteria", "validation", "colon")
# What is made anew of a unit: its time, what it waits for, what is next, and its objectives above its first page.
_HEAD = """div[@class="before" or @class="after" or @class="glance"]
    | h2[following-sibling::*[1][self::ul]][following-sibling::section]
    | ul[preceding-sibling::*[1][self::h2]][following-sibling::section]"""
_LEVEL = re.compile(r"^[●○]+\s*|\s*\(\d/\d\)$")
# The sections whose titles pages put into the language of a course; of work, they have other ones.
_TITLED = ("objectives", "competencies", "outline", "milestones", "risks", "checklist")


@frozen
class Shown:
    """A page of a unit as the package has it: its key, its HTML, and what stood around that."""

    key: str
    html: str
    frame: Unframed


def as_roadmap(unit: Unit, shown: Sequence[Shown], labels: Mapping[str, str], words: Words) -> Unit | None:
    """Return the module or the project that pages and work of ours were made of; None where they don't tell."""
    keys = [part.key for part in unit.parts]
    if not (unit.given_id and shown and all(_PAGE.fullmatch(key) or _WORK.fullmatch(key) for key in keys)):
        return None
    back = _Back(unit, shown, labels)
    document = "\n\n".join(filter(None, back.texts())).split("\n")
    found = read_units(document, unit.path, {}, [])
    if len(found) != 1:
        return None
    (read,) = found
    own = {"id": unit.id, "track": unit.track, "title": unit.title, "path": unit.path, "line": 0, "parts": ()}
    read = replace(read, **own, prerequisites=back.before(), next=back.after(), gate=unit.gate)  # type: ignore[arg-type]
    made = parts_of(learner_edition(read).unit, words)
    return read if _is_same(made, unit.parts, shown, labels) else None


def _is_same(made: Sequence[Part], had: Sequence[Part], shown: Sequence[Shown], labels: Mapping[str, str]) -> bool:
    """Say whether parts are by the same keys in the same order what they were, and say no word less."""
    mine = [one for one in made if isinstance(one, Page | Assignment | Discussion)]
    if len(mine) != len(made) or [_key(one) for one in mine] != [one.key for one in had]:
        return False
    pages = {one.key: one for one in shown}
    return all(
        _says_all(one, other.title, pages[other.key].frame.html, labels)
        if isinstance(one, Page)
        else _is_same_work(one, other)
        for one, other in zip(mine, had, strict=True)
    )


def _is_same_work(one: Part, other: Part) -> bool:
    """Say whether work is what it was: one with other words, points or a rubric was changed where it comes from."""
    if not isinstance(one, Assignment | Discussion) or type(one) is not type(other):
        return False
    if isinstance(one, Assignment) and isinstance(other, Assignment):
        if (one.points, one.threshold) != (other.points, other.threshold) or other.submissions or other.rubric:
            return False
        if [row.name for row in one.competencies] != [row.name for row in other.competencies]:
            return False
    judged = (one.judged.criteria, one.judged.validation, other.judged.criteria, other.judged.validation)
    said = [Counter(_WORD.findall(text.casefold())) for text in (one.text, _said(other), *judged)]
    return one.title == other.title and said[0] == said[1] and said[2:4] == said[4:]


def _says_all(page: Page, title: str, text: str, labels: Mapping[str, str]) -> bool:
    """Say whether a page says all the words of its text but those that are made anew."""
    said = [page.lead, page.title]
    for headed in page.body:
        said += [headed.title, labels[headed.label] if headed.label else ""]
        said += [found.name for found in headed.block.fields] if isinstance(headed.block, Facts) else []
        said += [one.markdown if isinstance(one, Prose) else one for one in texts_of(headed.block)]
    have = Counter(_WORD.findall(" ".join(said).casefold()))
    usual = [text for name, text in labels.items() if name in _MADE or name.startswith("when")]
    made = set(_WORD.findall(" ".join(usual).casefold()))
    own = (page.title or labels[page.label]) in title
    return own and all(
        have[word] >= count or word in made or (word.isdigit() and len(word) < 3)
        for word, count in _words(text).items()
    )


def _words(page: str) -> Counter[str]:
    """Return the words of a page without its frame, but for those of the head of its unit."""
    top = top_of(page)
    for one in top.xpath(_HEAD):
        one.drop_tree()
    return words_of(inner_of(top))


def _key(part: Part) -> str:
    return f"page-{part.key}" if isinstance(part, Page) else part.key


@frozen
class _Back:
    """Puts pages back into the layout of roadmaps."""

    unit: Unit
    shown: Sequence[Shown]
    labels: Mapping[str, str]

    def texts(self) -> Iterator[str]:
        """Yield the texts of the document."""
        unit, project = self.unit, any(part.key.startswith("out-") for part in self.unit.parts)
        is_project = project or unit.id.upper().startswith("PROJ")
        kind = "Project" if is_project else "Module"
        yield f"# {HEADINGS[Kind.PROJECT if is_project else Kind.MODULE]}: {unit.title}"
        tops = [top_of(one.html) for one in self.shown]
        lead = next((inline(inner_of(one)) for one in tops[0].xpath('p[@class="lead"]')), "")
        yield f"> {lead}" if lead else ""
        yield f"## {kind} Overview"
        yield "\n".join(self._fields(kind, tops))
        for top in tops:
            for block in top.xpath('section[contains(@class, "block")]'):
                yield from self._block(block)
        yield from self._work()

    def _fields(self, kind: str, tops: Sequence[HtmlElement]) -> Iterator[str]:
        yield f"- **{kind} ID**: {self.unit.id}"
        if roles := self._roles(tops[0]):
            yield f"- **Target Role(s)**: {roles}"
        if time := next((one.frame.time for one in self.shown if one.frame.time), ""):
            yield f"- **Duration**: {time}"
        for top in tops:
            for listed in top.xpath('section/dl[@class="facts"]'):
                for name, value in zip(listed.xpath("dt"), listed.xpath("dd"), strict=False):
                    label = words(name)
                    label = PLACEMENT if label == self.labels["placement"] else label
                    yield f"- **{label}**: {inline(inner_of(value))}"

    def _roles(self, top: HtmlElement) -> str:
        before, _, after = self.labels["made_for"].partition("{roles}")
        for told in top.xpath('div[@class="glance"]/p[not(@class)]'):
            text = words(told)
            if text.startswith(before.strip()) and text.endswith(after.strip()):
                text = text[len(before.lstrip()) : len(text) - len(after.strip())]
                return re.sub(rf",? {re.escape(self.labels.get('and', 'and'))} ", ", ", text)
        return ""

    def before(self) -> References:
        """Return what the unit waits for, with what of it is not in the course."""
        told = tuple(self._boxed("before", ""))
        return replace(self.unit.prerequisites, text=told, skills=told)

    def after(self) -> References:
        """Return what comes after the unit likewise."""
        return replace(self.unit.next, text=tuple(self._boxed("after", self.labels["not_in_course"])))

    def _boxed(self, name: str, end: str) -> Iterator[str]:
        for one in self.shown:
            for item in top_of(one.frame.html).xpath(f'div[@class="{name}"]/ul/li'):
                yield inline(inner_of(item)).removesuffix(end).strip()

    def _block(self, block: HtmlElement) -> Iterator[str]:
        heading = next(iter(block.xpath("h2 | h3 | h4 | h5 | h6")), None)
        known = {self.labels[label]: title for label, title in TITLES.items() if label in _TITLED}
        if heading is not None:
            title = inline(inner_of(heading))
            yield f"{'#' * int(str(heading.tag)[1])} {known.get(title, title)}"
            heading.drop_tree()
        kind = str(block.get("class", "")).rpartition("block-")[2]
        if kind == "facts":
            return
        if kind in ("topics", "timeline"):
            yield "\n".join(self._paired(block, " – " if kind == "topics" else ": "))
        elif kind == "checks":
            yield "\n".join(f"- [ ] {inline(inner_of(one)).removeprefix('☐ ')}" for one in block.xpath("ul/li"))
        elif kind in ("competencies", "table"):
            yield "\n".join(_rows(block))
        elif kind == "cards":
            yield "\n".join(self._risks(block))
        else:
            yield written(inner_of(block), unchanged).markdown

    def _paired(self, block: HtmlElement, between: str) -> Iterator[str]:
        for item in block.xpath("ol/li"):
            strong, rest = item.find("strong"), item.find("span")
            if strong is None or rest is None:
                yield f"- {inline(inner_of(item))}"
            else:
                yield f"- **{inline(inner_of(strong))}**{between}{inline(inner_of(rest))}"

    def _risks(self, block: HtmlElement) -> Iterator[str]:
        for card in block.xpath('div/div[@class="card"]'):
            said = [inline(inner_of(one)) for one in card]
            yield f"- **Risk**: {' → '.join(said)}"

    # --- work ---

    def _work(self) -> Iterator[str]:
        rows: dict[str, list[Part]] = {}
        for part in self.unit.parts:
            if isinstance(part, Assignment | Discussion):
                rows.setdefault(self._sort(part), []).append(part)
        for sort, title in (("lab", TITLES["components"]), ("act", TITLES["activities"])):
            if sort in rows:
                yield f"## {title}"
                columns = COLUMNS["components"].values()
                head = f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}"
                shown = [head, *map(_row, rows[sort])] if sort == "lab" else map(_listed, rows[sort])
                yield "\n".join(shown)
        for sort, title in (("out", TITLES["deliverables"]), ("test", TITLES["assessments"])):
            if sort in rows:
                yield f"## {title}"
                yield "\n".join(map(_listed, rows[sort]))

    def _sort(self, part: Assignment | Discussion) -> str:
        """Return where a piece of work stood: in the table, or in one of the lists."""
        role = part.key.partition("-")[0]
        if role == "talk":
            role = "test" if part.graded else "act"
        tabled = part.judged.criteria or part.judged.validation
        return "lab" if role == "lab" or tabled else role


def _listed(part: Part) -> str:
    return f"- {_said(part)}"


def _row(part: Part) -> str:
    if not isinstance(part, Assignment | Discussion):
        return ""
    text = _said(part)
    name, _, rest = part.title.partition(": ")
    role, whole = part.key.partition("-")[0], part_key(part.key.partition("-")[0], known_as(part.title))
    is_named = part_key(role, known_as(name)) == part.key or (whole != part.key and re.search(r"\d$", name))
    title = name if rest and is_named else part.title
    cells = (title, "" if text == title else text, part.judged.criteria, part.judged.validation)
    return f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in cells)} |"


def _said(part: Part) -> str:
    content = part.content if isinstance(part, Assignment | Discussion) else ()
    blocks = [headed.block.markdown for headed in content if isinstance(headed.block, Prose)]
    return " ".join(" ".join(blocks).split())


def _rows(block: HtmlElement) -> Iterator[str]:
    for number, row in enumerate(block.iter("tr")):
        cells = [_LEVEL.sub("", inline(inner_of(cell))).replace("|", "\\|") for cell in row]
        yield f"| {' | '.join(cells)} |"
        if not number:
            yield f"|{' --- |' * len(cells)}"
