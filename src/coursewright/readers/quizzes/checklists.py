"""Boxes that are options of a question, told from lists of tasks to tick off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found
from coursewright.readers.quizzes.wording import is_asked, is_quiz_title, is_task_title
from coursewright.text.names import shortened

_MOST = 0.6
_MOST_ABOVE = 40
_SEVERAL = 3
_FEW_WORDS = 6


def is_called_quiz(sheet: Sheet) -> bool:
    """Say whether a document's title announces a quiz: its own, or its first heading where that is the title."""
    headings = (found for at in range(len(sheet.lines)) if (found := sheet.heading(at)))
    level, text = next((found for found in headings if not found[1].startswith("--")), (1, ""))
    return is_quiz_title(sheet.title) or (is_quiz_title(text) and (level == 1 or not sheet.title))


def asking(sheet: Sheet, spots: Sequence[Found], findings: list[Finding]) -> list[Found]:
    """Return the questions and keys among some places, with a finding for each list of tasks that may be one."""
    called = is_called_quiz(sheet)
    told = [spot for spot in spots if spot.question or spot.sure]
    sure = [spot for spot in told if spot.sure and spot.question]
    ranks = _ranks(sheet, sure, [spot for spot in told if not spot.sure and spot.ticks])
    kept, tasks = _sorted_out(
        told,
        lambda spot: _are_tasks(sheet, spot, called=called) and not (spot.number and _is_like(sheet, spot, ranks)),
    )
    findings += unsure(sheet, tasks)
    rest, checklists = _sorted_out(
        kept, lambda spot: bool(spot.question and not spot.sure and spot.boxed and not _is_like(sheet, spot, ranks))
    )
    if not sure and called and _are_ticked_once(checklists):
        return kept
    if sure or called:
        findings += unsure(sheet, checklists)
    return rest


def _sorted_out(spots: Sequence[Found], is_out: Callable[[Found], bool]) -> tuple[list[Found], list[Found]]:
    """Return the places that stay, and those that do not."""
    judged = [(spot, is_out(spot)) for spot in spots]
    return [spot for spot, out in judged if not out], [spot for spot, out in judged if out]


def _ranks(sheet: Sheet, sure: Sequence[Found], boxed: Sequence[Found]) -> set[int]:
    """Return the levels of headings at which questions are asked so often that any with ticks below one is another."""
    asked = Counter(_rank(sheet, spot) for spot in sure if spot.ticks)
    others = Counter(_rank(sheet, spot) for spot in boxed)
    return {rank for rank, count in asked.items() if rank and count >= _SEVERAL and count * 2 >= others[rank]}


def _is_like(sheet: Sheet, spot: Found, ranks: Collection[int]) -> bool:
    """Say whether boxes stand below a heading like those of questions, which announces no tasks."""
    _, text = sheet.heading(spot.first) or (0, "")
    return _rank(sheet, spot) in ranks and not _is_task(text)


def _is_task(title: str) -> bool:
    """Say whether a heading over boxes announces tasks: a long one asks something, whatever words are in it."""
    return len(title.split()) <= _FEW_WORDS and is_task_title(title)


def _rank(sheet: Sheet, spot: Found) -> int:
    """Return the level of the heading with which a question begins, 0 without one."""
    found = sheet.heading(spot.first)
    return found[0] if found else 0


def _are_tasks(sheet: Sheet, spot: Found, *, called: bool) -> bool:
    """Say whether boxes are to be ticked off: a heading above says so, or nothing is asked where no quiz is."""
    question = spot.question
    if question is None or spot.sure or not spot.ticks or is_asked(question.stem):
        return False
    titles = [*_titles_over(sheet, spot.first)]
    if any(map(is_quiz_title, titles)):
        return False
    own, over = (titles[:1], titles[1:]) if _rank(sheet, spot) else ([], titles)
    return any(map(_is_task, own)) or any(map(is_task_title, over)) or not (question.graded or called)


def _titles_over(sheet: Sheet, index: int) -> Iterator[str]:
    """Yield the headings of the sections in which a line stands, the innermost first, of those that are near."""
    at, level = sheet.heading_above(index + 1), 7
    for _ in range(_MOST_ABOVE):
        found = sheet.heading(at) if at is not None else None
        if at is None or found is None or level == 1:
            return
        if found[0] < level:
            yield found[1]
        level, at = min(level, found[0]), sheet.heading_above(at)


def _are_ticked_once(checklists: Sequence[Found]) -> bool:
    """Say whether lists look like questions: there are several, nearly all with one tick, none without or with all."""
    ticks = [[option.fraction > 0 for option in spot.question.options] for spot in checklists if spot.question]
    once = sum(sum(ticked) == 1 for ticked in ticks)
    return len(ticks) > 1 and all(0 < sum(ticked) < len(ticked) for ticked in ticks) and once >= _MOST * len(ticks)


def unsure(sheet: Sheet, group: Sequence[Found]) -> Iterator[Finding]:
    for spot in group:
        question = spot.question
        if question and question.options and any(option.fraction > 0 for option in question.options):
            yield messages.TASKS_UNSURE.at(sheet.place(spot.first), text=shortened(question.stem, 60))
