"""The paragraph above a line, with what belongs to it: where a question without a mark begins."""

from __future__ import annotations

from coursewright.readers.quizzes.marks import choice_at
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.wording import label_of


def paragraph_above(sheet: Sheet, before: int, end: int) -> int:
    """Return where the paragraph right above some options begins, with code and quotes that it stands above."""
    index = _block(sheet, before, end)
    while index > before and (index in sheet.hidden or sheet.lines[index].lstrip().startswith((">", "|", "![", "<"))):
        above = _block(sheet, before, index)
        if above == index:
            break
        index = above
    above = _block(sheet, before, index)
    if above < index and above in sheet.fences:
        over = _block(sheet, before, above)
        index = over if over < above else index
    return index


def _block(sheet: Sheet, before: int, end: int) -> int:
    """Return where the block of lines above a line begins, or that line where there is none."""
    index = end
    while index > before and sheet.is_blank(index - 1):
        index -= 1
    last = index
    while index > before and not sheet.is_blank(index - 1):
        if (
            is_end(sheet, index - 1)
            or sheet.heading(index - 1)
            or (choice_at(sheet, index - 1) and index - 1 < last - 1)
        ):
            break
        if index < last and (index - 1 in sheet.fences) != (index in sheet.fences):
            break
        index -= 1
    return index if index < last else end


def is_end(sheet: Sheet, index: int) -> bool:
    """Say whether a line ends what belongs to the question before."""
    if index in sheet.hidden:
        return False
    line = sheet.lines[index].strip().lower()
    return sheet.is_rule(index) or "</details" in line or bool(label_of(line))
