"""Questions as components: `<Question choices={[{text: "..", correct: true}]} />` and its kin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from coursewright.course.quiz import Question, QuestionKind
from coursewright.findings import messages
from coursewright.readers.quizzes.fields import KEY, MARK, OPTIONS, first_of, options_in, spelt
from coursewright.readers.quizzes.making import checked
from coursewright.readers.quizzes.mappings import first_number, question_in
from coursewright.readers.quizzes.numbers import marked_start
from coursewright.readers.quizzes.paragraphs import paragraph_above
from coursewright.readers.quizzes.scripts import ScriptError, value_of
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found
from coursewright.readers.quizzes.wording import label_of

_NAME = (
    r"(?P<name>(?:[A-Z]\w*)?(?:Quiz|Question|MultipleChoice|MCQ|Mcq|TrueFalse|KnowledgeCheck|FillInTheBlank|Trivia)\w*)"
)
_OPENED = re.compile(rf"^\s*(?:(?:[-*+>]|\d+[.)])\s+)*<{_NAME}(?=[\s/>]|$)")
_PART = (
    r"(?:Quiz|Question)(?:Choice|Answer|Option|Alternative|Explanation|Explain|Rationale|Feedback|Reason|Solution|Hint)"
)
_NESTED = re.compile(rf"<(?!{_PART}\b){_NAME}(?=[\s/>])")
_ASKING = re.compile(rf"<{_NAME}\s[^<>]*?=\s*\{{.*", re.DOTALL)
_ATTRIBUTE = re.compile(r"\s*(?P<name>[A-Za-z_][\w-]*)\s*(?P<equals>=)?\s*")
_WITHIN = r"(?:[^<>{}\"']|\"[^\"]*\"|'[^']*'|\{[^{}]*\})*?"
_RIGHT = frozenset(("Correct", "CorrectAnswer", "RightAnswer"))
_CHOICE = re.compile(
    r"<(?P<name>(?:Quiz|Question)?(?:Choice|Answer|Option|Alternative)|Correct|CorrectAnswer|RightAnswer|Incorrect"
    rf"|WrongAnswer|Wrong|Distractor)\b(?P<attributes>{_WITHIN})(?:/>|>(?P<text>.*?)</(?P=name)>)",
    re.DOTALL,
)
_SAID = re.compile(
    rf"<(?P<name>(?:Quiz|Question)?(?:Explanation|Explain|Rationale|Feedback|Reason|Solution|Hint))\b{_WITHIN}>(?P<text>.*?)</(?P=name)>",
    re.DOTALL,
)
_TAG = re.compile(rf"</?[A-Z][\w.]*{_WITHIN}/?>")
_SLOT = re.compile(
    r"<(?P<tag>span|div|p)\s+slot=[\"']\w+[\"']\s*>(?P<text>[^<]*(?:<(?!/?(?P=tag)\b)[^<]*)*)</(?P=tag)>"
)
_COMMENT = re.compile(r"\{/\*.*?\*/\}", re.DOTALL)
_TELLING = re.compile(r"<[A-Z][\w.]*\s[^<>]*\b(?:is)?(?:correct|answer|solution|right|key)\w*", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:[-*+]|\(?[A-Za-z\d]{1,2}[.)])\s+(?!\[[ xX]?\])(?P<text>\S.*)$", re.MULTILINE)
_KEYED = frozenset((*KEY, *MARK, *OPTIONS))
_ASKED = ("question", "question_text", "prompt", "stem", "q", "query", "statement", "text")
_UNREAD = re.compile(r"=\s*\{|</?[A-Z]|/>")
_PASSAGE = "<passage>"  # no attribute is called so
_LONGEST = 2_000
_MOST_BROKEN = 20
_DEEPEST = 5


def is_asked(line: str) -> bool:
    """Say whether a line begins with a component that asks something."""
    return _OPENED.match(line) is not None


def asked_within(text: str) -> re.Match[str] | None:
    """Return the first component in a text that asks something by values in braces, up to the end of the text."""
    return _ASKING.search(text)


def component_end(lines: Sequence[str], index: int) -> int:
    """Return the index of the line after the component that begins on a line."""
    found = _OPENED.match(lines[index])
    if not found:
        return index + 1
    text = _text(lines, index, found.end())
    try:
        at = _read(text, found["name"])[2]
    except ScriptError as error:
        at = _broken_end(text, found["name"], error.at)
    return index + text.count("\n", 0, at) + 1


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions in components."""
    return list(_spots(sheet))


def _spots(sheet: Sheet) -> Iterator[Found]:
    index = before = broken = 0
    while index < len(sheet.lines) and broken < _MOST_BROKEN:
        found = None if index in sheet.hidden else _OPENED.match(sheet.lines[index])
        if not found:
            index += 1
            continue
        found_spots, end = _component(sheet, before, index, found["name"], found.end())
        yield from found_spots
        broken += any(spot.question is None for spot in found_spots)
        index = max(end, index + 1)
        before = index if found_spots else before


def _component(sheet: Sheet, before: int, index: int, name: str, start: int) -> tuple[list[Found], int]:
    """Return the questions of a component, and the index of the line after it."""
    text = _text(sheet.lines, index, start)
    try:
        values, inner, at = _read(text, name)
    except ScriptError as error:
        end = index + 1 + text.count("\n", 0, _broken_end(text, name, error.at))
        return [_left_out(sheet, index, index, end, f"<{name}> cannot be read: {error}")], end
    end = index + text.count("\n", 0, at) + 1
    found = list(_made(sheet, before, index, end, list(_mappings(values, inner))))
    if any(spot.question for spot in found):
        return found, end
    if _KEYED & set(spelt(values)) or any(one.search(inner) for one in (_CHOICE, _NESTED, _TELLING)):
        return [_left_out(sheet, index, index, end, f"<{name}> is written in a way that is not known")], end
    return [], index + 1


def _left_out(sheet: Sheet, index: int, first: int, end: int, reason: str) -> Found:
    """Return lines of which nothing is shown, because they may hold a key that cannot be read."""
    return Found(first, end, None, (messages.QUESTION_LEFT_OUT.at(sheet.place(index), reason=reason),))


def _text(lines: Sequence[str], index: int, start: int) -> str:
    return "\n".join((lines[index][start:], *lines[index + 1 : index + _LONGEST]))


def _read(text: str, name: str) -> tuple[dict[str, Any], str, int]:
    """Return the attributes of a component, what stands in it, and where it ends."""
    values, at, closed = _attributes(text)
    stop = -1 if closed else text.find(f"</{name}>", at)
    return (values, text[at:stop], stop + len(name) + 3) if stop >= 0 else (values, "", at)


def _broken_end(text: str, name: str, at: int) -> int:
    """Return where a component ends that cannot be read: a key may stand anywhere in it."""
    closed, other = text.find(f"</{name}>"), _NESTED.search(text, at)
    if closed >= 0 and text.find(f"<{name}", 0, closed) < 0:
        return closed + len(name) + 3
    found = re.compile(r"/>[ \t]*$|^[ \t]*$", re.MULTILINE).search(text, at)
    return min(found.end() if found else len(text), other.start() if other else len(text))


def _made(sheet: Sheet, before: int, index: int, end: int, mappings: list[dict[str, Any]]) -> Iterator[Found]:
    counted = first_number(mappings)
    begin = index
    for mapping in mappings:
        if _PASSAGE in mapping:
            yield _between(sheet, index, begin, end, mapping[_PASSAGE])
            begin = end
            continue
        first, stem = (index, "") if begin == end else _above(sheet, before, index, mapping)
        question = question_in({**mapping, "question": stem} if stem else mapping, counted)
        if question is None:
            if _KEYED & set(spelt(mapping)) and len(mappings) > 1:
                yield _left_out(sheet, index, end, end, "a question of several is written in a way that is not known")
            continue
        question = replace(question, line=sheet.line(first))
        question, findings = checked(question, sheet.place(index))
        yield Found(first if begin != end else end, end, question, tuple(findings))
        begin = end


def _between(sheet: Sheet, index: int, begin: int, end: int, text: str) -> Found:
    """Return what is to be read between questions; nothing of it where a component is left in it, with its key."""
    if _UNREAD.search(text):
        return _left_out(sheet, index, begin, end, "a component within another cannot be read")
    return Found(begin, end, Question("", QuestionKind.PASSAGE, text, sheet.line(index), points=0.0, graded=False))


def _above(sheet: Sheet, before: int, index: int, mapping: dict[str, Any]) -> tuple[int, str]:
    """Return where a question begins whose component does not say what is asked, and what that is."""
    asked = question_in(mapping)
    if asked is not None and asked.stem:
        return index, ""
    for at in range(index - 1, before - 1, -1):
        if heading := sheet.heading(at):
            start = marked_start(sheet, at)
            words = start.text if start and start.text else heading[1]
            rest = trimmed(sheet.lines[at + 1 : index])
            return at, f"{words}\n\n{rest}" if rest else words
        if sheet.is_rule(at) or sheet.lines[at].lstrip().startswith(("/>", "</")):
            break
    first = paragraph_above(sheet, before, index)
    return first, sheet.text(first, index)


def _mappings(values: dict[str, Any], inner: str, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield what each question of a component is made of."""
    several = next(
        (values[name] for name in ("questions", "quiz", "items", "data") if isinstance(values.get(name), list)), None
    )
    if several is not None:
        yield from (one for one in several if isinstance(one, dict))
        return
    nested = [one for found in _nested(inner) for one in _mappings(*found, depth + 1)] if depth < _DEEPEST else []
    asked = [one for one in nested if question_in(one)]
    if asked and not (len(asked) == 1 and _KEYED & set(spelt(values))):
        yield from ({_PASSAGE: text} if text else one for text, one in _with_texts(inner, depth))
        return
    inner = _COMMENT.sub("", inner)
    within = list(_choices(inner))
    told = {
        ("hint" if one["name"].endswith("Hint") else "explanation"): one["text"].strip()
        for one in _SAID.finditer(inner)
    }
    prompt = _SLOT.sub(r"\g<text>", _TAG.sub("", _CHOICE.sub("", _SAID.sub("", inner))))
    if not within and _KEYED & set(spelt(values)) and not options_in(spelt(values)):
        within = [{"text": found["text"].strip()} for found in _ITEM.finditer(prompt)]
        prompt = _ITEM.sub("", prompt) if within else prompt
    values = {**told, **(nested[0] if len(nested) == 1 else {}), **values}
    if within or values:
        yield {**_worded(values, prompt.strip()), **({"choices": within} if within else {})}


def _worded(values: dict[str, Any], prompt: str) -> dict[str, Any]:
    """Return what a component says with the text in it: what is asked, or why, where an attribute asks already."""
    asked = first_of(spelt(values), _ASKED, str)
    return {"explanation": prompt, **values} if asked and prompt else {"question": prompt, **values}


def _with_texts(inner: str, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what each question within a component is made of, and what is to be read between them."""
    at = 0
    for start, end, values, within in (*_placed(inner), (len(inner), len(inner), {}, "")):
        lines = _TAG.sub("", _COMMENT.sub("", inner[at:start])).split("\n")
        shown = (line.strip() for line in lines if not ((label := label_of(line)) and label.what == "answer"))
        if text := "\n".join(shown).strip():
            yield text, {}
        yield from (("", one) for one in _mappings(values, within, depth + 1))
        at = end


def _nested(inner: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the attributes of each component that asks something within another, and what stands in it."""
    yield from ((values, within) for _, _, values, within in _placed(inner))


def _placed(inner: str) -> Iterator[tuple[int, int, dict[str, Any], str]]:
    """Yield where each component begins and ends that asks something within another, its attributes, what is in it."""
    at = 0
    while found := _NESTED.search(inner, at):
        at = found.end()
        try:
            values, within, end = _read(inner[at:], found["name"])
        except ScriptError:
            continue
        at += end
        yield found.start(), at, values, within


def _choices(inner: str) -> Iterator[dict[str, Any]]:
    for found in _CHOICE.finditer(inner):
        try:
            attributes, _, _ = _attributes(f"{found['attributes']}/>")
        except ScriptError:
            continue
        right = {"correct": True} if found["name"] in _RIGHT else {}
        yield {"text": " ".join((found["text"] or "").split()), **right, **attributes}


def _attributes(text: str) -> tuple[dict[str, Any], int, bool]:
    """Return the attributes of a component, where they end, and whether it is closed there."""
    values: dict[str, Any] = {}
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if text.startswith("/>", at):
            return values, at + 2, True
        if text.startswith(">", at):
            return values, at + 1, False
        found = _ATTRIBUTE.match(text, at)
        if not found:
            raise ScriptError("its attributes are broken", at)
        name, at = found["name"], found.end()
        if not found["equals"]:
            values[name] = True
            continue
        values[name], at = value_of(text, at)
