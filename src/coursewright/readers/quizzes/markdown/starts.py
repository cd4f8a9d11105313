"""Where questions begin: a heading, bold or plain words with a number, or the paragraph above the options."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from coursewright.readers.quizzes.markdown.asides import holds_key
from coursewright.readers.quizzes.marks import Run
from coursewright.readers.quizzes.numbers import NUMBER, Form, Start, marked_start
from coursewright.readers.quizzes.paragraphs import is_end, paragraph_above
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.wording import heading_label, is_key_title, is_lead, is_quiz_title, label_of

_PLAIN = re.compile(rf"^(?P<indent> {{0,3}}){NUMBER}[.)]\s+(?P<text>\S.*)$")
_ITEM = re.compile(r"^\s*[-*+]\s+(?:(?P<strong>\*{1,2}[^*]+\*{1,2}|_[^_]+_)\s*$|\S)")
_ASKS = re.compile(r"[?？؟](?=\s|$)|(?:\?|…|\.{3})[ *_]*$")  # a question mark, or a gap to fill at the end
_PICTURE = re.compile(r"\s*!\[[^\]]*\]\([^()\s]+(?:\s+[\"'][^\"']*[\"'])?\)\s*")
_LONGEST_STEM = 80


def starts(sheet: Sheet, runs: Sequence[Run], masked: frozenset[int], listed: Mapping[str, int]) -> list[Start]:
    """Return where questions begin, in their order; `masked` are lines where none does.

    `listed` are the numbers to which a list of keys has one, each with the line before which its question stands.
    """
    told = masked | sheet.hidden
    marked = [start for index in range(len(sheet.lines)) if index not in told and (start := marked_start(sheet, index))]
    marked = _without_inner(_without_sections(sheet, marked, runs, masked), runs)
    places = [start.index for start in marked]
    found: list[Start] = []
    before, number = 0, 0
    for run in runs:
        within = marked[bisect_left(places, before) : bisect_left(places, run.first)]
        if within and (over := _over(sheet, within[-1], run.first)):
            found += within
            before, number, within = over, 0, []
        within = within or _numbered(sheet, before, run.first, number, masked)
        within = within or [above(sheet, before, run.first)]
        found += within
        before = run.end
        number = int(within[-1].number) if within[-1].number.isdigit() else number
    end = len(sheet.lines)
    listed = listed if runs or marked else _of_its_own(_numbered(sheet, before, end, number, masked), listed)
    found += marked[bisect_left(places, before) :] or list(
        _told(sheet, _numbered(sheet, before, end, number, masked), end, masked, listed)
    )
    return found


def _of_its_own(found: Sequence[Start], listed: Mapping[str, int]) -> Mapping[str, int]:
    """Return a list of keys, or an empty one where a document without options has items for few of its numbers."""
    items = {start.number for start in found if start.index < listed.get(start.number, 0)}
    return listed if len(items) * 2 >= len(listed) else {}


def _over(sheet: Sheet, start: Start, end: int) -> int:
    """Return the line after a heading that ends what began as a question under a lower one; 0 without such."""
    if start.form is not Form.HEADING:
        return 0
    headed = [*sheet.headed]
    for at in reversed(headed[bisect_left(headed, start.rest) : bisect_left(headed, end)]):
        level, text = sheet.heading(at) or (7, "")
        if level < start.level or (level == start.level and is_quiz_title(text)):
            return at + 1
    return 0


def _without_sections(
    sheet: Sheet, marked: Sequence[Start], runs: Sequence[Run], masked: frozenset[int]
) -> list[Start]:
    """Return starts without the headings of a level whose numbers count sections: one of them holds questions."""
    headings = [start for start in marked if start.form is Form.HEADING and not start.named]
    ends = _section_ends(sheet)
    held: dict[int, list[bool]] = {}
    for start in headings:
        asked = _questions_in(sheet, start, ends[start.index], marked, runs, masked)
        if asked is not None:
            held.setdefault(start.level, []).append(asked)
    levels = {level for level, asked in held.items() if any(asked) and sum(asked) * 2 >= len(asked)}
    return [start for start in marked if start.form is not Form.HEADING or start.named or start.level not in levels]


def _without_inner(marked: Sequence[Start], runs: Sequence[Run]) -> list[Start]:
    """Return starts without each that only says `Question:` below a heading with a number, after a scenario."""
    kept: list[Start] = []
    for at, start in enumerate(marked):
        alone = not start.number and (at + 1 == len(marked) or bool(marked[at + 1].number))
        if alone and at and marked[at - 1].number and marked[at - 1].form is Form.HEADING:
            first = bisect_left(runs, marked[at - 1].index, key=_first)
            if first < len(runs) and runs[first].first > start.index and _belongs(marked, at, runs[first]):
                continue
        kept.append(start)
    return kept


def _belongs(marked: Sequence[Start], at: int, run: Run) -> bool:
    """Say whether options stand below a start, and above the next."""
    return at + 1 == len(marked) or run.first < marked[at + 1].index


def _section_ends(sheet: Sheet) -> dict[int, int]:
    """Return for each heading, by its line, where the next of its level or a higher one stands."""
    ends, nearest = {}, [len(sheet.lines)] * 7
    for at in reversed([*sheet.headed]):
        level, _ = sheet.heading(at) or (1, "")
        ends[at] = nearest[level]
        nearest[level:] = [at] * (7 - level)
    return ends


def _questions_in(
    sheet: Sheet, heading: Start, end: int, marked: Sequence[Start], runs: Sequence[Run], masked: frozenset[int]
) -> bool | None:
    """Say whether questions with numbers of their own stand below a heading: several, or one below `2. Quiz`.

    None without any options below it.
    """
    before, asked = heading.rest, 0
    within = runs[bisect_left(runs, before, key=_first) : bisect_left(runs, end, key=_first)]
    for run in within:
        at = bisect_left(marked, before, key=_begun)
        own = at < len(marked) and marked[at].index < run.first
        asked += own or bool(_numbered(sheet, before, run.first, asked, masked))
        before = run.end
    held = asked > 1 or (asked == 1 and is_quiz_title(heading.text) and not heading.text.endswith("?"))
    return held if within else None


def _first(run: Run) -> int:
    return run.first


def _begun(start: Start) -> int:
    return start.index


def _numbered(sheet: Sheet, first: int, end: int, number: int, masked: frozenset[int]) -> list[Start]:
    """Return the questions that begin with plain numbers which go on from `number`, or begin anew."""
    found: list[Start] = []
    fresh, depth = number == 0, 0
    for index in range(first, end):
        if index in masked or index in sheet.hidden:
            continue
        if heading := sheet.heading(index):
            if is_key_title(heading[1]):
                break
            fresh = True
        match = _PLAIN.match(sheet.lines[index])
        if not match or "." in match["number"] or not match["number"].isdigit():
            continue
        value, indent = int(match["number"]), len(match["indent"])
        if found and indent > depth:
            continue
        if value == number + 1 or (value == 1 and (fresh or (number == 1 and not indent))):  # lazy ones are all 1
            found.append(Start(index, index + 1, Form.NUMBER, match["number"], match["text"].strip()))
            number, fresh, depth = value, False, indent
    return found


def _told(
    sheet: Sheet, found: list[Start], end: int, folded: frozenset[int], listed: Mapping[str, int]
) -> Iterator[Start]:
    """Yield the numbered items that are questions: a key is known, or a list follows of which one item is strong.

    Nothing else tells them from items of a list.
    """
    ends = [start.index for start in found[1:]] + [end]
    for start, stop in zip(found, ends, strict=False):
        lines = range(start.rest, min(stop, start.rest + _LONGEST_STEM))
        items = [item for at in lines if (item := _ITEM.match(sheet.lines[at]))]
        strong = [bool(item["strong"]) and not is_lead(item["strong"]) for item in items]
        keyed = start.index < listed.get(start.number, 0) or holds_key(start.text)
        if keyed or (len(strong) > 1 and sum(strong) == 1) or any(at in folded or _is_key(sheet, at) for at in lines):
            yield start


def _is_key(sheet: Sheet, index: int) -> bool:
    label = label_of(sheet.lines[index]) if index not in sheet.hidden else None
    return label is not None and label.what == "answer"


def above(sheet: Sheet, before: int, end: int) -> Start:
    """Return the start of a question without a mark: the heading above it, or the paragraph above its options."""
    index = end
    while index > before and end - index < _LONGEST_STEM:
        index -= 1
        if heading := sheet.heading(index):
            if heading_label(heading[1]) or not _is_stem(sheet, index, heading[1], end):
                break
            return Start(index, index + 1, Form.HEADING, "", heading[1].strip(), heading[0])
        if is_end(sheet, index):
            break
    first = paragraph_above(sheet, before, end)
    return Start(first, first, Form.BARE)


def _is_stem(sheet: Sheet, index: int, heading: str, end: int) -> bool:
    """Say whether a heading asks what the options below it answer, rather than what stands between them."""
    if _ASKS.search(heading):
        return True
    return all(at in sheet.hidden or _is_shown(sheet.lines[at]) for at in range(index + 1, end))


def _is_shown(line: str) -> bool:
    """Say whether a line has no words of its own: it is empty, or a picture."""
    return not line.strip() or _PICTURE.fullmatch(line) is not None
