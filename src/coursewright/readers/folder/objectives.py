"""What a document says that learners will be able to do: under a heading, after a sentence, in a box, in its header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from coursewright.readers.folder.lines import Lines, code_marks, heading_lines
from coursewright.text.markdown.values import Text
from coursewright.text.names import normal

_THING = (
    r"(?:lesson|module|chapter|section|unit|episode|course|tutorial|workshop|session|lab|week|lecture|part"
    r"|activity|guide"
    r"|project|exercise|class|page|day|challenge|training|bootcamp|path|sprint|topic|notebook|step|assignment"
    r"|reading)"
)
_ABLE = r"(?:you|we|learners?|students?|participants?|trainees?|attendees|everyone)"
_TITLE = re.compile(
    rf"(?:\d[\d ]*)?(?:(?:the|our|your|key|main|specific|intended|{_THING}(?: s)?) )*"
    r"(?:learning (?:objectives?|outcomes?|goals?|aims?|targets?|intentions?)|objectives?|outcomes?|goals?|aims"
    rf"|(?:lesson|{_THING}) (?:overview|objectives?|goals?|outcomes?)|job skills?|skills (?:you (?:will"
    rf"|ll) )?(?:learn|gain|covered|gained))"
    rf"(?: (?:of|for|in) (?:this|the) {_THING})?(?: and (?:outcomes|goals|objectives))?"
    rf"|(?:\d[\d ]*)?(?:what|things) (?:{_ABLE}|this {_THING})(?: will| ll| are going to| re going to| can| should)?"
    r" (?:be )?(?:learn(?:ing)?|covers?|covering|know|teach(?:es)?|discover|explore|build|practi[cs]e|do"
    r"|able to do)(?: .{0,60})?"
    rf"|(?:\d[\d ]*)?in this {_THING}(?: .{{0,60}})?"
    rf"|(?:by|at) the end of (?:this|the) {_THING}.{{0,80}}|after (?:this|completing this) {_THING}.{{0,80}}"
    rf"|{_ABLE} (?:will|ll) (?:learn|be able to)(?: .{{0,40}})?"
    r"|lernziele?|(?:die )?ziele(?: (?:dieser|dieses|der|des) \w+)?|das (?:lernst du|lernen sie)(?: .{0,30})?"
    r"|(?:das|was) (?:du|sie|wir)"
    r"(?: .{0,20})? (?:lernst|lernen|lernt)(?: .{0,20})?|kompetenzen"
    r"|objectifs?(?: (?:d |de |du |des |pédagogiques?|d apprentissage).{0,40})?|ce que (?:vous|tu|nous) (?:allez "
    r"|vas |allons )?(?:apprend\w+)(?: .{0,30})?"
    r"|objetivos?(?: (?:de|del|da|do) .{0,40})?|resultados de (?:aprendizaje|aprendizagem)"
    r"|(?:qué|lo que|o que) (?:aprender\w+|vas a aprender|você (?:vai aprender|aprenderá))(?: .{0,30})?"
    r"|obiettivi(?: .{0,40})?|leerdoelen|cele(?: nauczania)?|цели(?: .{0,40})?|чему вы научитесь"
    r"|学習(?:目標|内容|のゴール)|この(?:章|レッスン|モジュール|講座|コース)(?:で学ぶこと|の目標|の目的|のゴール)|(?:到達)?目標|ゴール"
    r"|(?:学习|學習)(?:目标|目標)|학습 ?목표"
    r"|(?:ال)?أهداف(?: .{0,40})?|(?:مخرجات|نواتج) التعلم|(?:ما|ماذا|ما الذي) (?:س|سوف )تتعلمه?(?: .{0,30})?"
    r"|学べること|学ぶこと|ねらい"
)
_WILL = r"(?:will|shall|'ll|’ll|are going to|'re going to|’re going to|should|can|are able to|get to)"
_SENTENCE = re.compile(
    rf"(?:in|during|throughout|with) (?:this|the following"
    rf"|today['’]s) {_THING}s?\b[^.!?]{{0,120}}?\b(?:{_ABLE})\s?{_WILL}?\s*[^.!?]{{0,120}}[:：]$"
    rf"|(?:by|at|upon|on|after|when|once) (?:the end|the conclusion|completion|completing|finishing|you complete"
    rf"|you finish|you['’]ve|reading"
    rf"|this|working through|studying|successful completion)\b[^.!?]{{0,160}}\b{_ABLE}\s?{_WILL}[^.!?]{{0,120}}[:：]$"
    rf"|(?:what )?{_ABLE}\s?(?:will|shall|['’]ll|are going to) (?:also )?(?:learn|be able to|know how to|cover"
    rf"|explore|discover|understand)\b[^.!?]{{0,80}}[:：]$"
    rf"|this {_THING} (?:will )?(?:covers?|introduces?|teach(?:es)? you|shows?|explains?|helps? you|aims? to"
    rf"|discusse?s?)\b[^.!?]{{0,80}}[:：]$"
    r"|(?:the )?(?:learning |lesson |key )*(?:objectives|outcomes|goals)(?: (?:are"
    r"|of this \w+ are))?(?: as follows)?\s*[:：]$"
    r"|(?:in dieser|in diesem|am ende|nach (?:dieser|diesem|abschluss))\b[^.!?]{0,160}[:：]$"
    r"|(?:dans (?:cette|ce|cet)|à la fin|après (?:cette|ce))\b[^.!?]{0,160}[:：]$"
    r"|(?:en (?:esta|este)|al (?:final|finalizar|terminar|término|completar)|después de)\b[^.!?]{0,160}[:：]$"
    r"|(?:n(?:esta|este)|ao (?:final|fim|terminar|concluir))\b[^.!?]{0,160}[:：]$"
    r"|(?:في هذا|في هذه|بنهاية هذا|بنهاية هذه|في نهاية هذا|في نهاية هذه|بعد (?:إكمال|إتمام"
    r"|الانتهاء من))\b[^.!؟]{0,160}[:：]$"
    r"|(?:この(?:章|レッスン|モジュール|セクション|講座|チュートリアル)(?:で|を|の)|以下を学)[^。]{0,120}[:：]$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:covered|learned|learnt|saw|seen|explored|discussed|looked at|explained)\b|prerequisit|need to|must",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"\s*(?:>\s*)*(?::{3,}|`{3,}|!!!|\?\?\?\+?|\[!)\s*(?:\{\.?|\[!)?\s*(?P<name>(?:learning[-_ ])?(?:objectives?"
    r"|outcomes?|goals?))\b",
    re.IGNORECASE,
)
_TITLED_BOX = re.compile(
    r"\s*(?:>\s*)*(?::{3,}|`{3,}|!!!|\?\?\?\+?|\[!)\s*(?:\{[^{}]*\}|\[?!?[\w-]+\]?)[+-]?\s*(?P<title>.*)$"
)
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+•]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?P<text>\S.*)$")
_STRONG = re.compile(
    r"\s*(?:>\s*)*(?:[*_]{2,3}|<(?:b|strong)>)(?P<title>[^*_<>]{3,100}?)[:：]?(?:[*_]{2,3}|</(?:b"
    r"|strong)>)\s*[:：]?\s*(?:<br ?/?>)?$"
)
_EDGES = re.compile(r"^[\s\W]*(?:<[^>]*>\s*)*|(?:<[^>]*>\s*)*\s*$")
_FRONT = re.compile(r"@?(?:(?:learning[-_ ]?)?(?:objectives|outcomes)|goals)$", re.IGNORECASE)
_MOST_LINES = 120


def is_objectives(title: str) -> bool:
    """Say whether a heading is that of a list of objectives."""
    return bool(_TITLE.fullmatch(normal(title)))


def objectives_of(lines: Lines, front: Mapping[str, Any], *, notebook: bool = False) -> tuple[Text, ...]:
    """Return the objectives of a document, as inline Markdown: those of its header, else the first list of them."""
    given = in_front(front)
    if given:
        return given
    marks = code_marks(lines, notebook=notebook)
    for start, quoted in _starts(lines, marks, notebook=notebook):
        found = _listed(lines, marks, start, quoted=quoted)
        if found:
            return found
    return ()


def in_front(front: Mapping[str, Any]) -> tuple[Text, ...]:
    """Return the objectives that front matter lists."""
    for name, value in front.items():
        if not _FRONT.match(name):
            continue
        if isinstance(value, Mapping):  # a table of TOML: `[objectives]`, `1 = "..."`
            value = [one for one in value.values() if isinstance(one, str)]
        if isinstance(value, list):
            return tuple(Text(" ".join(one.split()), 1) for one in _texts(value))
        if isinstance(value, str) and value.strip():
            items = [found["text"] for line in value.split("\n") if (found := _ITEM.match(line))]
            return tuple(Text(" ".join(one.split()), 1) for one in items or [value])
    return ()


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for one in values:
        if isinstance(one, str | int | float) and str(one).strip():
            yield str(one)
        elif isinstance(one, Mapping):
            named = next(
                (str(one[name]) for name in ("text", "title", "description", "objective", "name") if one.get(name)), ""
            )
            if named:
                yield named
            else:  # `Explain: how` is a mapping to YAML
                yield from (f"{key}: {value}" for key, value in one.items() if isinstance(value, str | int | float))


def _starts(lines: Lines, marks: Sequence[bool], *, notebook: bool) -> Iterator[tuple[int, bool]]:
    """Yield after which lines objectives may be listed, the plainest first, and whether they stand in a quote."""
    late: list[tuple[int, bool]] = []
    headed = {one.index: one for one in heading_lines(lines, notebook=notebook)}
    for index, line in enumerate(lines):
        if marks[index] and line.lstrip()[:3] not in ("```", "~~~"):
            continue
        if index in headed:
            if is_objectives(headed[index].title):
                yield index + headed[index].height, False
        elif _names_objectives(line):
            yield index + 1, line.lstrip().startswith(">")
        elif line.rstrip().endswith((":", "：")) and len(late) < 3 and _is_sentence(line):
            late.append((index + 1, line.lstrip().startswith(">")))
    yield from late


def _names_objectives(line: str) -> bool:
    """Say whether a line opens a box of objectives, or is a bold line that heads them."""
    if found := _STRONG.match(line):
        return is_objectives(found["title"])
    if not line.lstrip("> ").startswith((":::", "```{", "````", "!!!", "???", "[!")):
        quote = re.match(r"\s*>\s*#{1,6}\s+(.+)$", line)
        return bool(quote and is_objectives(quote[1]))
    if _BOX.match(line):
        return True
    found = _TITLED_BOX.match(line)
    given = re.search(r"title\s*=\s*\"([^\"]*)\"", line)
    title = given[1] if given else (found["title"] if found else "").strip("\"' ")
    return bool(title) and is_objectives(title)


def _is_sentence(line: str) -> bool:
    *_, sentence = re.split(r"(?<=[.!?。])\s+", re.sub(r"[*_`>#]", "", line).strip())
    return bool(_SENTENCE.match(sentence)) and not _PAST.search(sentence)


def _listed(lines: Lines, marks: Sequence[bool], start: int, *, quoted: bool) -> tuple[Text, ...]:
    """Return the items of the outermost list that follows a line and no heading; a few words between are passed."""
    found: list[Text] = []
    outer: int | None = None
    passed = 0
    for index in range(start, min(len(lines), start + _MOST_LINES)):
        line: str = re.sub(r"^\s*(?:>\s?)+", "", lines[index]) if quoted else lines[index]
        if marks[index] or (quoted and lines[index].strip() and not lines[index].lstrip().startswith(">")):
            break
        item = _ITEM.match(line)
        if item:
            indent = len(item["indent"].expandtabs(4))
            outer = indent if outer is None else outer
            if indent <= outer + 1:
                found.append(Text(item["text"].strip(), lines[index].line))
        elif not line.strip() or re.match(r"\s*:[\w-]+:", line):
            continue
        elif outer is None:
            passed += 1
            strong = _STRONG.match(line)
            titled = re.match(r"\s*#{1,6}\s", line)
            if passed > 12 or (titled and passed > 1) or (strong and not is_objectives(strong["title"]) and passed > 3):
                break
        elif line[:1].isspace() and lines[index - 1].strip():
            found[-1] = Text(f"{found[-1]} {line.strip()}", found[-1].line) if not _ITEM.match(line) else found[-1]
        elif lines[index - 1].strip() and not re.match(r"(?:#|:::|```|</?\w|\||!!!|\{)", line):
            found[-1] = Text(f"{found[-1]} {line.strip()}", found[-1].line)
        else:
            break
    return tuple(
        one for one in (Text(_EDGES.sub("", one) if one.startswith("<") else one, one.line) for one in found) if one
    )
