"""One question as it stands in Markdown: what it asks, its options, and what is told of its answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from coursewright.frozen import slotted
from coursewright.readers.quizzes.markdown.asides import apart, holds_key
from coursewright.readers.quizzes.markdown.telling import Told, listen
from coursewright.readers.quizzes.markdown.wrappers import Fold
from coursewright.readers.quizzes.marks import Run
from coursewright.readers.quizzes.numbers import Form, Start
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.wording import Telling, label_of, told_at_end, unmarked

_POINTS = re.compile(
    r"\s*[(\[]\s*(?P<points>\d+(?:\.\d+)?)\s*(?:points?|pts?\.?|marks?|punkte?|puntos?|pontos?)\s*(?:each)?[)\]]",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"^\s*[*_]{1,3}(?:type|difficulty|topic|category|level|bloom'?s?(?: level)?|tags?|objective"
    r"|reference)\s*:?[*_]{0,3}\s*:?.*$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"[?？؟](?:[\s*_`)\]]|$)")
_ITEM = re.compile(r"^(?P<indent>\s*)(?:[-*+]|(?P<number>\d{1,2})[.)])\s+(?P<text>\S.*)$")


@slotted
class Sketch:
    """A question before its key is applied; its lines go from `first` up to `end`."""

    first: int
    end: int
    start: Start
    run: Run | None
    title: str
    stem: str
    told: Told
    listed: tuple[str, ...] = ()
    numbered: bool = False
    nested: bool = False

    @property
    def number(self) -> str:
        """What its author calls it."""
        return self.start.number


def draft_of(
    sheet: Sheet, start: Start, stop: int, run: Run | None, folded: Mapping[int, Fold], *, last: bool
) -> Sketch:
    """Return the question that begins at `start` and ends before `stop`."""
    told = Told()
    body = run.first if run else _body_end(sheet, start, stop, folded)
    begin = start.index if start.form is Form.BARE else start.rest
    lines = _stem_lines(sheet, begin, body, told)
    after = run.end if run else body
    state = "why" if run and run.is_boxed and not _is_over(sheet, start, run, stop, last=last) else ""
    depth = start.level if start.form is Form.HEADING else 2
    end = listen(told, sheet, after, stop, folded, state=state, last=last, depth=depth)
    title, stem = _named(start, lines)
    stem, told.points = _pointed(stem, told.points)
    stem = _without_key(stem, told)
    if not run and start.form is Form.NUMBER and not told.asked:
        stem, beside = apart(stem)
        told.take(Telling("answer", beside)) if beside else None
    title, told.points = _pointed(title, told.points)
    draft = Sketch(start.index, max(end, after), start, run, title, stem, told)
    return draft if run else _with_list(draft)


def _without_key(stem: str, told: Told) -> str:
    """Return what is asked without a key at its end, which is taken in."""
    above, gap, line = stem.rpartition("\n")
    found = None if told.answer else told_at_end(line)
    if not found:
        return stem
    told.take(Telling("answer", found[1]))
    return above + gap + unmarked(found[0])


def _is_over(sheet: Sheet, start: Start, run: Run, stop: int, *, last: bool) -> bool:
    """Say whether a numbered question ends with its options: no other follows, and what does is not within its item."""
    if start.form is not Form.NUMBER or not run.choices[0].indent:
        return False
    after = next((at for at in range(run.end, stop) if sheet.lines[at].strip()), stop)
    apart = run.end < after < stop and not sheet.lines[after][0].isspace()
    return apart and (last or any(sheet.heading(at) for at in range(after, stop)))


def _body_end(sheet: Sheet, start: Start, stop: int, folded: Mapping[int, Fold]) -> int:
    """Return where what a question without options asks is over."""
    items = 0
    ended = start.form is Form.NUMBER and holds_key(start.text)
    for index in range(start.rest, stop):
        if index in folded:
            return index
        if index in sheet.hidden:
            continue
        line = sheet.lines[index]
        items += bool(_ITEM.match(line))
        if (
            (items > 1 or ended)
            and line.strip()
            and not line[0].isspace()
            and not _ITEM.match(line)
            and sheet.is_blank(index - 1)
        ):
            return index
        if sheet.heading(index) or sheet.is_rule(index):
            return index
        label = label_of(sheet.lines[index])
        if label and label.what in ("answer", "why", "hint"):
            return index
    return stop


def _stem_lines(sheet: Sheet, begin: int, body: int, told: Told) -> list[str]:
    """Return what is asked, without points and the like, which are taken in."""
    kept: list[str] = []
    for index in range(begin, body):
        line = sheet.lines[index]
        label = label_of(line) if index not in sheet.hidden else None
        if label and label.what in ("points", "hint") and index > begin:
            told.take(label)
        elif index in sheet.hidden and index not in sheet.fences:
            continue
        elif index in sheet.hidden or not _ASIDE.match(line):
            heading = sheet.heading(index)
            kept.append(f"**{heading[1]}**" if heading and heading[1] else line)
    return kept


def _named(start: Start, lines: Sequence[str]) -> tuple[str, str]:
    """Return a question's title and what it asks, of what stands beside its number and below it."""
    head, rest = start.text.strip(), trimmed(lines)
    if start.form is Form.BARE or not head:
        return "", _plain(rest)
    words = re.sub(r"```.*?```", "", rest, flags=re.DOTALL).strip()
    if start.form is Form.HEADING and words and start.named and not _is_question(head) and not head.endswith(":"):
        return unmarked(head), _plain(rest)
    return "", _joined(head, rest, tight=start.form is not Form.HEADING and not _stands_apart(lines))


def _is_question(head: str) -> bool:
    return head.rstrip("*_ ").endswith(("…", "...")) or _ASKED.search(head) is not None or len(head.split()) > 12


def _stands_apart(lines: Sequence[str]) -> bool:
    return not lines or not lines[0].strip() or lines[0].lstrip().startswith(("```", "~~~", "|", "-", "*", ">"))


def _joined(head: str, rest: str, *, tight: bool) -> str:
    if not rest:
        return _plain(head)
    return f"{_plain(head)}\n{rest}" if tight else f"{_plain(head)}\n\n{_plain(rest)}"


def _plain(stem: str) -> str:
    """Return what is asked without an emphasis around the whole of its first paragraph."""
    first, gap, rest = stem.partition("\n\n")
    return unmarked(first) + gap + rest


def _pointed(text: str, points: float | None) -> tuple[str, float | None]:
    """Return a text without the points it names, and these."""
    found = _POINTS.search(text)
    if not found:
        return text, points
    return (text[: found.start()] + text[found.end() :]).strip(), points if points is not None else float(
        found["points"]
    )


def _with_list(draft: Sketch) -> Sketch:
    """Return a question whose stem ends with a list, apart from that list: it may be the options."""
    lines = draft.stem.split("\n")
    at = len(lines)
    while at > 0 and (not lines[at - 1].strip() or _ITEM.match(lines[at - 1])):
        at -= 1
    items = [found for line in lines[at:] if (found := _ITEM.match(line))]
    if len(items) > 1 and at > 0:
        draft.listed = tuple(found["text"].strip() for found in items)
        draft.numbered = all(found["number"] for found in items)
        depths = [len(found["indent"]) for found in items]
        draft.nested = max(depths) - min(depths) > 1
    return draft


def without_list(stem: str) -> str:
    """Return a stem without the list at its end."""
    lines = stem.split("\n")
    while lines and (not lines[-1].strip() or _ITEM.match(lines[-1])):
        lines.pop()
    return "\n".join(lines)
