"""LiaScript: `[(X)]` for one answer, `[[X]]` for several, `[[text]]` for a gap, `[[?]]` for hints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field, replace

from coursewright.course.quiz import Feedback, Question, QuestionKind
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.frozen import slotted
from coursewright.readers.quizzes.gaps import Gap, gapped
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.paragraphs import paragraph_above
from coursewright.readers.quizzes.sheet import Sheet, below_first, trimmed
from coursewright.readers.quizzes.spots import Found
from coursewright.text.names import shortened

_CHOICE = re.compile(
    r"^(?P<indent>\s*)(?:[-*+>]\s+)?(?:\[\((?P<one>[xX ]?)\)\]|\[\[(?P<many>[xX ]?)\]\])\s+(?P<text>\S.*)$"
)
_HINT = re.compile(r"^\s*(?:[-*+]\s+)?\[\[\?\]\]\s*(?P<text>.*)$")
_SHOWN = re.compile(r"^\s*(?:[-*+]\s+)?\[\[!\]\]\s*(?P<text>.*)$")
_GAP = re.compile(r"\[(?:->)?\[(?!\?\]|!\])(?P<text>(?:[^\[\]\n]|\[[^\[\]\n]{0,80}\](?!\])){1,400})\]\]")
_SELECT = re.compile(
    r"\[(?:->)?\[(?:[^\[\]\n]{1,300}\|)?\s?\([^()\[\]\n]{1,100}\)\s?(?:\||\]\])"
)  # one of several words
_WRAPPER = re.compile(r"^\s*</?div\b[^>]*>\s*$")
_STARS = re.compile(r"^\s*\*{3,}\s*$")
_HEADER = re.compile(
    r"^\s*(?:author|email|version|language|narrator|script|import|comment|mode|logo|icon|persistent)\s*:",
    re.IGNORECASE | re.MULTILINE,
)


@slotted
class After:
    """What stands below a question: hints, a script that judges it, why."""

    end: int
    hints: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    judged: bool = False


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions of a document in LiaScript."""
    if not any(sign in sheet.whole for sign in ("[[", "[(", "[->[")):
        return []
    choices = [at for at, line in enumerate(sheet.lines) if at not in sheet.hidden and _CHOICE.match(line)]
    headed = bool(_HEADER.search("\n".join(sheet.lines[:60]).partition("-->")[0])) and sheet.lines[
        0
    ].lstrip().startswith("<!--")
    asked = headed or any("[[?]]" in line or _SHOWN.match(line) for line in sheet.lines)
    asked = asked or any("|" in found[0] for found in _SELECT.finditer(sheet.whole))
    if not choices and not asked:
        return []
    return list(_spots(sheet))


def _spots(sheet: Sheet) -> Iterator[Found]:
    index = before = 0
    while index < len(sheet.lines):
        found: Found | None = None
        if index not in sheet.hidden:
            if _CHOICE.match(sheet.lines[index]):
                found = _chosen(sheet, before, index)
            elif _GAP.search(sheet.lines[index]) and not sheet.heading(index):
                found = _filled(sheet, before, index)
        if found:
            yield found
            before = index = found.end
        else:
            index += 1


def _chosen(sheet: Sheet, before: int, index: int) -> Found:
    texts: list[list[str]] = []
    right: list[int] = []
    at, several = index, 0
    while at < len(sheet.lines):
        found = None if at in sheet.hidden else _CHOICE.match(sheet.lines[at])
        if found:
            mark = found["one"] if found["one"] is not None else found["many"]
            several += found["many"] is not None
            right += [len(texts)] if mark.strip() else []
            texts.append([found["text"]])
        elif not sheet.lines[at].startswith("   ") or not sheet.lines[at].strip() or _HINT.match(sheet.lines[at]):
            break
        else:
            texts[-1].append(sheet.lines[at].strip())
        at += 1
    after = after_question(sheet, at)
    first = paragraph_above(sheet, before, index)
    stem = stem_of(sheet, first, index)
    question = chosen(["\n".join(one) for one in texts], right, stem=stem, many=bool(several))
    return _spot(sheet, first, question, after)


def stem_of(sheet: Sheet, first: int, index: int) -> str:
    """Return what is asked on some lines, without marks of animations."""
    lines = [re.sub(r"\{\{\d+(?:-\d+)?\}\}\s*", "", sheet.lines[at]) for at in range(first, index)]
    text = trimmed(line for line in lines if not re.fullmatch(r"\s*(?:<!--.*-->|--\{\{\d+\}\}--.*|\*{5,})\s*", line))
    numbered = re.match(r"\d{1,3}[.)]\s+(?=\S)", text)
    return trimmed(below_first(text[numbered.end() :].split("\n"))) if numbered else text


def _filled(sheet: Sheet, before: int, index: int) -> Found | None:
    """Return the question of a paragraph with gaps."""
    first = index
    while (
        first > before
        and sheet.lines[first - 1].strip()
        and not sheet.heading(first - 1)
        and not _STARS.match(sheet.lines[first - 1])
        and first - 1 not in sheet.hidden
    ):
        first -= 1
    end = index + 1
    while (
        end < len(sheet.lines)
        and sheet.lines[end].strip()
        and end not in sheet.hidden
        and not _is_after(sheet.lines[end])
    ):
        end += 1
    text = stem_of(sheet, first, end)
    after = after_question(sheet, end)
    pieces: list[str | Gap] = []
    if not re.sub(r"[\s\[\]]", "", _GAP.sub("", text)):
        above = paragraph_above(sheet, before, first)
        pieces += [f"{stem_of(sheet, above, first)}\n\n"] if above < first else []  # whose code may hold what is no gap
        first = above
    at = 0
    for found in _GAP.finditer(text):
        pieces += [text[at : found.start()], _gap(found["text"])]
        at = found.end()
    return _spot(sheet, first, gapped([*pieces, text[at:]]), after)


def _gap(text: str) -> Gap:
    """Return what a gap accepts: a text, or of several the ones in parentheses."""
    text = text.removeprefix("->")
    if "|" not in text:
        return Gap((text.strip(),))
    parts = [part.strip() for part in text.split("|")]
    right = tuple(part[1:-1].strip() for part in parts if part.startswith("(") and part.endswith(")"))
    options = tuple(part[1:-1].strip() if part.startswith("(") and part.endswith(")") else part for part in parts)
    return Gap(right, options) if right else Gap(tuple(parts))


def _is_after(line: str) -> bool:
    is_element = line.lstrip().startswith(("<script", "<details", "<div", "<lia", "<!--"))
    return bool(is_element or _HINT.match(line) or _SHOWN.match(line) or _STARS.match(line))


def after_question(sheet: Sheet, at: int) -> After:
    """Return what stands below a question, and where that ends."""
    after = After(at)
    while at < len(sheet.lines):
        line = sheet.lines[at]
        if found := _HINT.match(line):
            after.hints.append(found["text"])
        elif found := _SHOWN.match(line):
            after.why += [found["text"]] if found["text"].strip() else []
        elif line.lstrip().startswith("<script"):
            at = _closing(sheet, at, lambda one: "</script>" in one, first=True)
            after.judged = True
        elif _STARS.match(line) and (end := _closing(sheet, at, lambda one: bool(_STARS.match(one)))) > at:
            after.why += sheet.lines[at + 1 : end]
            at = end
            after.end = at + 1
            return after
        elif line.strip() or at >= after.end + 2:
            return after
        else:
            at += 1
            continue
        at += 1
        after.end = at
    return after


def _closing(sheet: Sheet, at: int, closes: Callable[[str], object], *, first: bool = False) -> int:
    for index in range(at if first else at + 1, min(len(sheet.lines), at + 400)):
        if closes(sheet.lines[index]):
            return index
    return at


def with_told(question: Question, after: After) -> Question:
    """Return a question with the hints and the reasons that stand below it."""
    told = Feedback(general=trimmed(line for line in after.why if not _WRAPPER.match(line)))
    return replace(question, feedback=told, hints=tuple(hint.strip() for hint in after.hints if hint.strip()))


def _spot(sheet: Sheet, first: int, question: Question, after: After) -> Found:
    place = sheet.place(first)
    question = with_told(replace(question, line=place.line), after)
    findings: list[Finding] = []
    if any(re.fullmatch("_[_ ]*", answer.text) for answer in question.answers):  # the field of a survey
        question = _ungraded(question)
    elif after.judged:  # what stands in brackets is what LiaScript shows as the solution
        instead = "of the answers that it takes only the one in the document counts"
        if question.kind is QuestionKind.ESSAY:
            instead = "it is asked but not graded"
        findings = [messages.JUDGED_BY_SCRIPT.at(place, instead=instead, question=shortened(question.stem, 60))]
    question, more = checked(question, place)
    return Found(first, after.end, question, (*findings, *more))


def _ungraded(question: Question) -> Question:
    """Return a question whose answer a program judges: what stands in its gap is no key."""
    if question.kind in (QuestionKind.TEXT, QuestionKind.BLANKS):
        stem = re.sub(r"\[\[\d+\]\]", "_____", question.stem)
        return replace(question, kind=QuestionKind.ESSAY, stem=stem, answers=(), blanks=(), graded=False)
    return question
