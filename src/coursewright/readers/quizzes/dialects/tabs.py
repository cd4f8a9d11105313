"""Boxes to tick in one tab or box of MkDocs, and the same list with its marks in the next, `=== "Solution"`.

Teachers of French schools write most of their quizzes so: the marks of the second list are signs (`:white_check_mark:`,
`:x:`) or ticks, it says of each option why, and what stands below it is of the whole question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coursewright.course.quiz import Feedback, Question
from coursewright.findings import messages
from coursewright.frozen import frozen
from coursewright.readers.quizzes.dialects.admonitions import below
from coursewright.readers.quizzes.dialects.tabmarks import MOST, Key, by_text, key_of, lists_in
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.paragraphs import paragraph_above
from coursewright.readers.quizzes.sheet import Sheet, below_first, trimmed
from coursewright.readers.quizzes.spots import Found
from coursewright.readers.quizzes.wording import heading_label, is_key_title, is_quiz_title, is_task_title
from coursewright.text.names import normal

_BOX = re.compile(r"(?P<indent>[ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+\[ \][ \t]+(?P<text>\S.*)$")
_OPENER = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<tab>===[!+]*)|(?:!!!|\?\?\?\+?)(?P<kind>[ \t]+[\w -]{1,80}?)?)"
    r"(?:[ \t]+[\"'](?P<title>[^\n]*)[\"'])?[ \t]*$"
)
_LISTED = re.compile(r"(?P<indent>[ \t]*)(?:\d{1,3}[.)]|[-*+])[ \t]+(?!\[)(?P<text>\S.*)$")
_STRUCK = re.compile(r"~~.+?~~")
_NAMED = re.compile(r":[a-z0-9_-]+:")
_CORRECTION = re.compile(
    r"\b(?:corrections?|corrected|corrigés?|korrektur|corrección|correção|correzione)\b", re.IGNORECASE
)
_TICKING = re.compile(
    r"\W*(?:coch|tick|check\b|select|choose|choisi|propositions?\b|options?\b|choix\b|ankreuzen|kreuz|marca|marque|marqu|scegli|segna)",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\W*(?:questions?|frage|pregunta|pergunta|domanda|vraag|qcm|exercices?|exercise)\b", re.IGNORECASE
)
_ASKED = ("?", "？", "؟")
_MOST_HINTS, _NEAR = 5, 40  # hints before the answers, lines between boxes of one tab
_SEVERAL = re.compile(r"la ou les|\(s\)|\bles\b|\ball\b|\balle\b|\btodas\b", re.IGNORECASE)


@frozen
class _Boxes:
    """Boxes to tick, from `first` up to `end`."""

    first: int
    end: int
    options: tuple[str, ...]


@frozen
class AnswerTab:
    """A tab or a box with the answers, from `first` up to `end`, and the hints in those before it."""

    first: int
    end: int
    text: str
    hints: tuple[str, ...] = ()


@frozen
class Above:
    """What stands above options in the same box: where it begins, its text, and the title of the box."""

    first: int
    stem: str
    title: str = ""


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in such tabs and boxes."""
    return list(_spots(sheet)) if "[ ]" in sheet.whole and re.search(r"===|!!!|\?\?\?", sheet.whole) else []


def _spots(sheet: Sheet) -> Iterator[Found]:
    index = before = 0
    groups: list[_Boxes] = []
    while index < len(sheet.lines):
        first = None if index in sheet.fences else _BOX.match(sheet.lines[index])
        if not first:
            index += 1
            continue
        end, options = _options(sheet, index, first["indent"])
        if groups and not _together(sheet, groups[-1], index):
            groups = []
        if 1 < len(options) <= MOST:
            groups.append(_Boxes(index, end, tuple(options)))
        told = answering(sheet, end, options) if groups and groups[-1].end == end else None
        found = [*_answered(sheet, before, groups, told)] if told else []
        yield from found
        index = found[-1].end if found else end
        before = index if found else before
        groups = [] if told else groups


def _options(sheet: Sheet, index: int, indent: str) -> tuple[int, list[str]]:
    """Return the boxes that begin on a line, and the index of the line after them."""
    items: list[list[str]] = []
    end = index
    for at in range(index, len(sheet.lines)):
        line = sheet.lines[at]
        found = _BOX.match(line)
        if found and found["indent"] == indent:
            items.append([found["text"]])
        elif line.startswith((f"{indent}  ", f"{indent}\t")):
            items[-1] += [*[""] * (at - end), line]
        elif line.strip():
            break
        end = at + 1 if line.strip() else end
    return end, ["\n".join(below_first(one)).strip() for one in items]


def tells(title: str) -> bool:
    """Say whether a tab or a box is one with the answers, by its title."""
    plain = _NAMED.sub("", title).strip()
    label = heading_label(plain) if plain else None
    return bool(label and label.what in ("answer", "why")) or is_key_title(plain) or bool(_CORRECTION.search(plain))


def answering(sheet: Sheet, index: int, options: Sequence[str] = ()) -> AnswerTab | None:
    """Return the tab or box with the answers that begins below a line, or below a hint; None where there is none.

    What its title does not tell, signs do beside the same options.
    """
    hints: list[str] = []
    for _ in range(_MOST_HINTS):
        at = next((at for at in range(index, len(sheet.lines)) if sheet.lines[at].strip()), len(sheet.lines))
        found = _OPENER.match(sheet.lines[at]) if at < len(sheet.lines) and at not in sheet.fences else None
        if not found:
            return None
        title = found["title"] or found["kind"] or ""
        end = below(sheet.lines, at + 1, found["indent"])
        text = trimmed(sheet.lines[at + 1 : end])
        if text and (tells(title) or _repeats(text, options)):
            return AnswerTab(at, end, text, tuple(filter(None, hints)))
        label = heading_label(title)
        if not label or label.what != "hint":
            return None
        hints.append(text)
        index = end
    return None


def _repeats(text: str, options: Sequence[str]) -> bool:
    """Say whether a text has a list that draws a sign before each of some options."""
    lists = lists_in(text.split("\n")) if options else []
    return any(one.drawn and any(one.right) and by_text(options, one.texts) is not None for one in lists)


def _together(sheet: Sheet, boxes: _Boxes, index: int) -> bool:
    """Say whether other boxes stand in the same tab as those before them."""
    depth = _depth(sheet.lines[boxes.first])
    between = [line for line in sheet.lines[boxes.end : index] if line.strip()] if index < boxes.end + _NEAR else None
    if not depth or depth != _depth(sheet.lines[index]) or between is None:
        return False
    return all(_depth(line) >= depth and not _OPENER.match(line) for line in between)


def _answered(sheet: Sheet, before: int, groups: Sequence[_Boxes], told: AnswerTab) -> Iterator[Found]:
    """Yield the questions of boxes for which a tab tells the answers; without a key, that tab is withheld."""
    lines = told.text.split("\n")
    lists = lists_in(lines)
    keys = [key_of(boxes.options, lists, at, len(groups)) for at, boxes in enumerate(groups)]
    last = groups[-1]
    asks = _asks(sheet, above_options(sheet, before, last.first), title_of_tab(sheet, before, last.first))
    if keys[-1] is None or (keys[-1].brief and not asks):
        if asks:
            reason = "nothing tells which of its options are right, and what stands in its answer is not shown"
            left_out = messages.QUESTION_LEFT_OUT.at(sheet.place(last.first), reason=reason)
            yield Found(told.first, told.end, None, (left_out,))
        return
    if len(groups) > 1 and len(lists) == len(groups) and all(keys):
        for boxes, (at, key) in zip(groups[:-1], enumerate(keys), strict=False):
            key = replace(key, rest=_around(lines[lists[at].end : lists[at + 1].first])) if key else None
            found = _found(sheet, before, boxes, key, AnswerTab(boxes.end, boxes.end, "")) if key else None
            if found:
                yield found
                before = found.end
        rest = _around(lines[lists[-1].end :])
    else:
        chosen_list = next(one for one in lists if one.texts is keys[-1].items)
        rest = "\n\n".join(filter(None, (_around(lines[: chosen_list.first]), trimmed(lines[chosen_list.end :]))))
    found = _found(sheet, before, last, replace(keys[-1], rest=rest), told)
    if found:
        yield found


def _around(lines: Sequence[str]) -> str:
    """Return what stands beside lists, without what only announces the next: `Second:`."""
    text = trimmed(lines)
    above, _, end = text.rpartition("\n")
    return above.strip() if end.rstrip("*_ ").endswith(":") else text


def _asks(sheet: Sheet, above: Above, tab: str) -> bool:
    """Say whether boxes are asked about: by what stands above them, or by the title of their tab or box."""
    if above.stem.rstrip("*_ `)").endswith(_ASKED):
        return True
    titles = (above.title, tab)
    if _are_tasks(sheet, above, tab):
        return False
    return bool(above.stem) and any(_TICKING.match(one) or _ASKING.match(one) or is_quiz_title(one) for one in titles)


def _are_tasks(sheet: Sheet, above: Above, tab: str) -> bool:
    """Say whether a title says that boxes are to be ticked off."""
    at = sheet.heading_above(above.first + 1)
    heading = sheet.heading(at) if at is not None else None
    return any(map(is_task_title, (above.title, tab, heading[1] if heading else "")))


def _found(sheet: Sheet, before: int, boxes: _Boxes, key: Key, told: AnswerTab) -> Found | None:
    """Return a question with its key; None for what is to be ticked off, or where nothing is asked."""
    options = boxes.options
    above = above_options(sheet, before, boxes.first)
    asked = title_of_tab(sheet, before, boxes.first)
    stem = asked_by(above.stem, asked)
    if not stem or (not stem.rstrip("*_ `)").endswith(_ASKED) and _are_tasks(sheet, above, asked)):
        return None
    end, more = rest_of(sheet, above.first, told.end) if told.text else (told.end, "")
    general = "\n\n".join(filter(None, (key.rest, more)))
    right = [at for at, one in enumerate(key.right) if one]
    said = [_why(text, option) for text, option in zip(key.texts, options, strict=True)]
    many = True if len(right) > 1 or _SEVERAL.search(f"{asked} {above.title}") else None
    question = chosen(
        options, right, stem=stem, many=many, feedback=said, told=Feedback(general=general), title=above.title
    )
    return _placed(sheet, above.first, end, replace(question, hints=told.hints))


def asked_by(stem: str, title: str) -> str:
    """Return what is asked above options, or else by the title of their tab."""
    return stem or (title.strip() if title.rstrip().endswith(_ASKED) else "")


def _placed(sheet: Sheet, first: int, end: int, question: Question) -> Found:
    place = sheet.place(first)
    question, findings = checked(replace(question, line=place.line), place)
    return Found(first, end, question, tuple(findings))


def _why(text: str, option: str) -> str:
    """Return what is said of an option where it stands again, struck out or not, before its reason."""
    rest = _STRUCK.sub("", text, count=1) if text.startswith("~~") else text
    rest = rest.removeprefix(option)
    rest = re.sub(r"^[\s.:;,–—-]+(?=\s|$)", "", rest).strip()
    return "" if normal(rest) == normal(option) else rest


def title_of_tab(sheet: Sheet, before: int, index: int) -> str:
    at = next((at for at in range(index - 1, before - 1, -1) if sheet.lines[at].strip()), before)
    found = _OPENER.match(sheet.lines[at])
    return (found["title"] or "") if found else ""


# --- where a question begins and ends ---


def above_options(sheet: Sheet, before: int, index: int) -> Above:
    """Return what stands above options in the box, the tab or the item that holds them, or in the paragraph above."""
    depth, first, title = _depth(sheet.lines[index]), index, ""
    stem: list[str] = []
    while depth:
        top, opener = _top(sheet, before, first, depth)
        stem = [*sheet.lines[top:first], *stem]
        first = top
        if opener is None:
            break
        found = _OPENER.match(sheet.lines[opener])
        first, depth = opener, _depth(sheet.lines[opener])
        if found is None:
            item = _LISTED.match(sheet.lines[opener])
            stem = [item["text"] if item else "", *stem]
            break
        title = "" if found["tab"] else (found["title"] or "").strip()
        if not found["tab"] and (_stem(stem) or _says(title)):
            break
    text = _stem(stem)
    if text:
        return Above(first, text, title)
    if _says(title):
        return Above(first, title)
    start = paragraph_above(sheet, before, first)
    return Above(start, trimmed(sheet.lines[start:first]), title)


def _says(title: str) -> bool:
    """Say whether the title of a box says what is asked, and not only that something is."""
    return bool(title) and not _TICKING.match(title) and not is_quiz_title(title)


def _stem(lines: Sequence[str]) -> str:
    """Return the lines of a stem, each paragraph as far to the left as it may be."""
    return trimmed(lines) if not lines or lines[0][:1].isspace() or len(lines) == 1 else trimmed(below_first(lines))


def _depth(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())


def _top(sheet: Sheet, before: int, index: int, depth: int) -> tuple[int, int | None]:
    """Return where the lines begin that stand above a line at the same depth, and the line that holds them all."""
    top = index
    for at in range(index - 1, before - 1, -1):
        line = sheet.lines[at]
        if not line.strip():
            continue
        if _depth(line) < depth and at not in sheet.fences:
            holds = bool(_OPENER.match(line) or _LISTED.match(line))
            return top, at if holds else None
        if at not in sheet.fences and (found := _OPENER.match(line)) and _depth(line) == depth and found["tab"]:
            return below(sheet.lines, at + 1, found["indent"]) if at + 1 < top else top, None
        top = at
    return top, None


def rest_of(sheet: Sheet, first: int, end: int) -> tuple[int, str]:
    """Return where the box ends that a question began, and what else stands in it, unless more is asked there."""
    line = sheet.lines[first]
    opens = bool(_OPENER.match(line) or _LISTED.match(line))
    least = _depth(line) + 2 * opens
    last = end
    for at in range(end, len(sheet.lines)) if least else ():
        below_it = sheet.lines[at]
        if _BOX.match(below_it) or below_it.lstrip().startswith("~~~"):
            return end, ""
        if below_it.strip() and _depth(below_it) < least:
            break
        last = at + 1 if below_it.strip() else last
    return last, trimmed(sheet.lines[end:last])
