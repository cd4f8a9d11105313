"""Boxes to tick in one tab or box of MkDocs, and the same list with its marks in the next, `=== "Solution"`.

Teachers of French schools write most of their quizzes so: the marks of the second list are signs (`:white_check_mark:`,
`:x:`) or ticks, it says of each option why, and what stands below it is of the whole question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coursewright.course.quiz import Feedback, Question
from coursewright.frozen import frozen
from coursewright.readers.quizzes.dialects.admonitions import below
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.paragraphs import paragraph_above
from coursewright.readers.quizzes.sheet import Sheet, below_first, trimmed
from coursewright.readers.quizzes.spots import Found
from coursewright.readers.quizzes.wording import heading_label, is_key_title, is_quiz_title
from coursewright.text.names import normal

_BOX = re.compile(r"(?P<indent>[ \t]*)[-*+][ \t]+\[ \][ \t]+(?P<text>\S.*)$")
_OPENER = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<tab>===[!+]*)|(?:!!!|\?\?\?\+?)(?P<kind>[ \t]+[\w -]{1,80}?)?)"
    r"(?:[ \t]+[\"'](?P<title>[^\n]*)[\"'])?[ \t]*$"
)
_LISTED = re.compile(r"(?P<indent>[ \t]*)(?:\d{1,3}[.)]|[-*+])[ \t]+(?!\[)(?P<text>\S.*)$")
_MARKED = re.compile(
    r"(?P<indent>[ \t]*)[-*+][ \t]+(?:"
    r"(?P<right>[✅✔☑]\ufe0f?|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check):|\[[xX]\])"
    r"|[❌✗✘✖]\ufe0f?|:(?:x|negative_squared_cross_mark|heavy_multiplication_x|no_entry(?:_sign)?):|\[ \])(?P<text>.*)$"
)
_STRUCK = re.compile(r"~~.+?~~")
_NAMED = re.compile(r":[a-z_]+:")
_CORRECTION = re.compile(
    r"\b(?:corrections?|corrected|corrigés?|korrektur|corrección|correção|correzione)\b", re.IGNORECASE
)
_TICKING = re.compile(
    r"\W*(?:coch|tick|check\b|select|choose|choisi|propositions?\b|options?\b|choix\b|ankreuzen|kreuz|marca|marque|marqu|scegli|segna)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"la ou les|\(s\)|\bles\b|\ball\b|\balle\b|\btodas\b", re.IGNORECASE)


@frozen
class _Key:
    """The list that tells which boxes are right: for each whether it is, and what is said of it; where it ends."""

    right: tuple[bool, ...]
    texts: tuple[str, ...]
    rest: str
    end: int


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
    while index < len(sheet.lines):
        first = None if index in sheet.fences else _BOX.match(sheet.lines[index])
        if not first:
            index += 1
            continue
        end, options = _options(sheet, index, first["indent"])
        key = _key(sheet, end, options) if len(options) > 1 else None
        found = _found(sheet, before, index, options, key) if key else None
        if found:
            yield found
            before = found.end
        index = found.end if found else end


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


def answering(sheet: Sheet, index: int) -> tuple[str, int] | None:
    """Return what a tab or a box with the answers holds that begins below a line, and where it ends."""
    at = next((at for at in range(index, len(sheet.lines)) if sheet.lines[at].strip()), len(sheet.lines))
    found = _OPENER.match(sheet.lines[at]) if at < len(sheet.lines) else None
    if not found or not tells(found["title"] or found["kind"] or ""):
        return None
    end = below(sheet.lines, at + 1, found["indent"])
    return trimmed(sheet.lines[at + 1 : end]), end


def _key(sheet: Sheet, index: int, options: Sequence[str]) -> _Key | None:
    """Return the list with marks in the tab or box that follows; None where none says of each box whether it is right.

    Its items repeat the boxes, in any order, or are as many.
    """
    told = answering(sheet, index)
    if told is None:
        return None
    items: list[list[str]] = []
    right: list[bool] = []
    rest: list[str] = []
    for line in told[0].split("\n"):
        found = _MARKED.match(line) if not rest else None
        if found and not found["indent"]:
            right.append(bool(found["right"]))
            items.append([found["text"].strip()])
        elif items and not rest and (not line.strip() or line[0] in " \t"):
            items[-1].append(line)
        elif line.strip() or rest:
            rest.append(line)
    texts = ["\n".join(below_first(one)).strip() for one in items]
    order = _order(options, texts)
    if order is None or not any(right[at] for at in order):
        return None
    return _Key(tuple(right[at] for at in order), tuple(texts[at] for at in order), trimmed(rest), told[1])


def _order(options: Sequence[str], texts: Sequence[str]) -> list[int] | None:
    """Return for each option the item that speaks of it: the one that begins with it, or else the one at its place."""
    bare = [text.removeprefix("~~") for text in texts]
    begun = [[at for at, text in enumerate(bare) if text.startswith(option)] for option in options]
    exact = [
        [at for at in found if normal(bare[at]) == normal(option)] for found, option in zip(begun, options, strict=True)
    ]
    found = [(same or like)[:1] for same, like in zip(exact, begun, strict=True)]
    places = [at for one in found for at in one]
    if len(places) == len(options) and len(set(places)) == len(places):
        return places
    return list(range(len(options))) if len(options) == len(texts) else None


def _found(sheet: Sheet, before: int, index: int, options: Sequence[str], key: _Key) -> Found:
    above = above_options(sheet, before, index)
    asked = _title_of_tab(sheet, before, index)
    end, more = rest_of(sheet, above.first, key.end)
    told = "\n\n".join(filter(None, (key.rest, more)))
    right = [at for at, one in enumerate(key.right) if one]
    said = [_why(text, option) for text, option in zip(key.texts, options, strict=True)]
    many = True if len(right) > 1 or _SEVERAL.search(f"{asked} {above.title}") else None
    question = chosen(
        options, right, stem=above.stem, many=many, feedback=said, told=Feedback(general=told), title=above.title
    )
    return _placed(sheet, above.first, end, question)


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


def _title_of_tab(sheet: Sheet, before: int, index: int) -> str:
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
