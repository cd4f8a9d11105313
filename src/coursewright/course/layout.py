"""Which page of a unit holds which of its rows and sections, in which order, below which titles.

The pages are the same for every format. Where work has a place of its own, they are laid out without it.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from coursewright.course.blocks import (
    Box,
    Card,
    Cards,
    Checklist,
    Facts,
    Headed,
    Judged,
    Scale,
    Timeline,
    Topics,
)
from coursewright.course.joining import LaidPage, joined_pages
from coursewright.course.model import Section, Unit
from coursewright.frozen import frozen, slotted
from coursewright.text.markdown import values
from coursewright.text.markdown.values import Item, Listing, Prose, Text
from coursewright.text.names import digest
from coursewright.text.phrases import is_assessing

Plain = Callable[[str], str]
"""Takes the Markdown out of a line."""

Ticks = Mapping[str, tuple[str, ...]]
"""The names of the boxes with a text, by that text."""

# The page on which a kind of section stands, and what is left of it; a section of no kind stands with its parent.
_PAGE_OF = {
    "overview": "overview",
    "progression": "overview",
    "prerequisites": "overview",
    "objectives": "objectives",
    "competencies": "objectives",
    "outline": "topics",
    "narrative": "topics",
    "activities": "activities",
    "components": "activities",
    "deliverables": "activities",
    "milestones": "activities",
    "experience": "activities",
    "assessments": "assessment",
    "checklist": "checklist",
    "risks": "more",
}
PAGES = ("overview", "objectives", "topics", "activities", "assessment", "checklist", "more")

_Placed = tuple[int, Headed]


@frozen
class _PlacedSection:
    """A section, the page it stands on, the line where the next one begins, and whether its title is to be seen.

    `depth` is how many sections it is part of whose titles are to be seen on the same page.
    """

    section: Section
    page: str
    end: int
    titled: bool
    depth: int = 0


def laid_out(unit: Unit, plain: Plain, ticks: Ticks, *, opened: bool = False) -> tuple[LaidPage, ...]:
    """Return the pages of a unit in their order; with `opened` the first is its overview, even if that is empty.

    `ticks` name its boxes; see `tick_names`.
    """
    blocks = _Blocks(plain, ticks).of(unit)
    opened = opened or not any(blocks[key] for key in PAGES)
    keys = [key for key in PAGES if blocks[key] or (opened and key == "overview")]
    return joined_pages({key: tuple(_ordered(blocks[key])) for key in keys}, unit.summary)


def without_work(unit: Unit) -> Unit:
    """Return a unit without the rows that are assignments or discussions of their own."""
    return replace(unit, components=(), activities=(), deliverables=(), assessments=())


def _ordered(blocks: list[_Placed]) -> Iterator[Headed]:
    yield from (block for _, block in sorted(blocks, key=_line))


@slotted
class _Blocks:
    """Makes the blocks of a unit's pages. Each is placed by its line, so that a page keeps the author's order."""

    plain: Plain
    ticks: Ticks
    unticked: dict[str, deque[str]] = field(default_factory=dict)

    def of(self, unit: Unit) -> defaultdict[str, list[_Placed]]:
        """Return the blocks of each page, each with the line it stands on."""
        self.unticked = {text: deque(names) for text, names in self.ticks.items()}
        pages: defaultdict[str, list[_Placed]] = defaultdict(list)
        for key, make in _TYPED.items():
            pages[key] += make(unit)
        if unit.checklist:
            checks = self._checklist((check.text for check in unit.checklist), explained=True)
            pages["checklist"].append((unit.checklist[0].text.line, Headed(checks, label="checklist")))
        typed = {key: len(blocks) for key, blocks in pages.items()}
        for placed in _placed(unit.sections):
            self._add_leftovers(placed, pages[placed.page], typed.get(placed.page, 0))
        return pages

    def _checklist(self, texts: Iterable[Text], *, explained: bool = False) -> Checklist:
        return Checklist(tuple(Box(self.unticked[text].popleft(), text) for text in texts), explained)

    def _add_leftovers(self, placed: _PlacedSection, page: list[_Placed], typed: int) -> None:
        """Add to a page what no typed value of a section holds; its title stands once, before its first block.

        The first `typed` blocks of the page are of typed values. They bring a title along; what stands before them in
        the section takes it from them.
        """
        rest = sorted(placed.section.rest, key=lambda block: block.line)
        blocks = [(block.line, Headed(self._block(block))) for block in rest]
        title = placed.section.title if placed.titled and self.plain(placed.section.title) else Text("")
        if not blocks:
            nothing = Headed(Prose(placed.section.line, ""), title, depth=placed.depth)
            page += [(placed.section.line, nothing)] if title else []
            return
        label = ""
        for number, (line, block) in enumerate(page[:typed]) if placed.titled else ():
            if block.label and placed.section.line <= line < placed.end:
                title, label = Text(""), block.label if blocks[0][0] < line else ""
                if label:
                    page[number] = line, _untitled(block)
                break
        blocks[0] = blocks[0][0], Headed(blocks[0][1].block, title, label, placed.depth)
        page += blocks

    def _block(self, block: values.Block) -> values.Block | Checklist:
        if isinstance(block, Listing) and is_task_list(block):
            return self._checklist(item.text for item in block.items)
        return block


# --- typed values, page by page ---


def _overview(unit: Unit) -> Iterator[_Placed]:
    facts = Facts(unit.fields, unit.placement.raw)
    if facts.placement or any(found.value or any(found.children) for found in facts.fields):
        yield 1, Headed(facts)


def _objectives(unit: Unit) -> Iterator[_Placed]:
    yield from _list("objectives", unit.objectives)
    if rows := unit.competencies:
        with_roles = any(row.role and row.role not in unit.roles for row in rows)
        yield rows[0].name.line, Headed(Scale(rows, with_roles), label="competencies")


def _topics(unit: Unit) -> Iterator[_Placed]:
    if unit.outline:
        yield unit.outline[0].title.line, Headed(Topics(unit.outline), label="outline")


def _activities(unit: Unit) -> Iterator[_Placed]:
    yield from _list("activities", unit.activities)
    yield from _components(unit, assessing=False)
    yield from _list("deliverables", unit.deliverables)
    if unit.milestones:
        yield unit.milestones[0].text.line, Headed(Timeline(unit.milestones), label="milestones")


def _assessment(unit: Unit) -> Iterator[_Placed]:
    yield from _list("assessments", unit.assessments)
    yield from _components(unit, assessing=True)


def _more(unit: Unit) -> Iterator[_Placed]:
    if unit.risks:
        cards = Cards(tuple(Card(found.risk, found.mitigation) for found in unit.risks))
        yield unit.risks[0].risk.line, Headed(cards, label="risks")


def _list(label: str, texts: tuple[Text, ...]) -> Iterator[_Placed]:
    if texts:
        yield texts[0].line, Headed(Listing(texts[0].line, tuple(map(Item, texts))), label=label)


def _components(unit: Unit, *, assessing: bool) -> Iterator[_Placed]:
    chosen = [component for component in unit.components if is_assessing(component.asset) is assessing]
    cards = []
    for component in chosen:
        title, text = component.asset, component.description
        if not title:  # a card needs a heading
            title, text = text, Text("")
        cards.append(Card(title, text, Judged(component.criteria, component.validation)))
    if cards:
        label = "assessed_work" if assessing else "components"
        yield chosen[0].asset.line, Headed(Cards(tuple(cards)), label=label)


_TYPED: Mapping[str, Callable[[Unit], Iterator[_Placed]]] = {
    "overview": _overview,
    "objectives": _objectives,
    "topics": _topics,
    "activities": _activities,
    "assessment": _assessment,
    "more": _more,
}


# --- sections ---


def is_task_list(block: Listing) -> bool:
    """Say whether a list is a flat one of boxes to tick."""
    return all(item.done is not None and not item.children for item in block.items)


def tick_names(unit: Unit) -> Ticks:
    """Return by text the stable names of the boxes with it: made from the text, they survive an edit of the others."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    taken: set[str] = set()
    seen: Counter[str] = Counter()
    for text in _check_texts(unit):
        seen[text] += 1
        whole = digest(f"{text}\n{seen[text]}", 64)
        length = next(length for length in range(4, 65) if whole[:length] not in taken)
        taken.add(whole[:length])
        names[text].append(whole[:length])
    return {text: tuple(found) for text, found in names.items()}


def _check_texts(unit: Unit) -> Iterator[Text]:
    yield from (check.text for check in unit.checklist)
    for section in unit.sections:
        for block in section.rest:
            if isinstance(block, Listing) and is_task_list(block):
                yield from (item.text for item in block.items)


def _untitled(headed: Headed) -> Headed:
    """Return a block whose title stands before another already."""
    block = headed.block
    return Headed(replace(block, under=True) if isinstance(block, Cards) else block)


def _line(placed: _Placed) -> int:
    return placed[0]


def _placed(sections: Sequence[Section]) -> Iterator[_PlacedSection]:
    """Yield each section with the page it stands on; one of no kind stands with the section it is part of."""
    above: list[tuple[int, str, bool]] = []
    ends = [*(section.line for section in sections[1:]), sys.maxsize]
    for section, following, end in zip(sections, [*sections[1:], None], ends, strict=False):
        above = [outer for outer in above if outer[0] < section.level]
        outer = above[-1][1] if above and above[-1][0] > 1 else "more"
        page = _PAGE_OF.get(section.kind, "overview" if section.level < 2 else outer)
        titled = section.kind != "overview" and not (section.kind and following and _is_bare(section, following))
        depth = sum(level > 1 and on == page and seen for level, on, seen in above)
        above.append((section.level, page, titled and bool(section.title)))
        yield _PlacedSection(section, page, end, titled, depth)


def _is_bare(section: Section, following: Section) -> bool:
    """Say whether a heading of the layouts only leads to another of theirs: the title of its page stands for it."""
    return not section.rest and following.level > section.level and bool(following.kind)
