"""The text format of text2qti: numbered questions, `*b)` for what is right, and lines that begin with a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from coursewright.course.quiz import Answer, Draw, Feedback, Question, QuestionKind, Quiz
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.frozen import slotted
from coursewright.readers.quizzes.banks import bank
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet, below_first, trimmed
from coursewright.text.names import shortened

_SETTING = re.compile(
    r"^(?P<name>quiz title|quiz description|shuffle answers|show correct answers|one question at a time|can't go back"
    r"|feedback is solution"
    r"|solutions sample groups|solutions randomize groups|title|points|text title|text|pick|solutions? pick"
    r"|points per question)\s*:\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_SIGNS = re.compile(
    r"^(?:(?P<number>\d+)\.(?=\s|$)|(?P<choice>\*?[A-Za-z]\))(?=\s|$)|(?P<box>\[[ *]?\])(?=\s|$)|(?P<short>\*)(?=\s)"
    r"|(?P<numeric>=)(?=\s|$)|(?P<essay>_{3,})\s*$|(?P<upload>\^{3,})\s*$"
    r"|(?P<told>\.\.\.)(?=\s|$)|(?P<correct>\+)(?=\s)|(?P<incorrect>-)(?=\s)|(?P<solution>!)(?=\s))\s*(?P<text>.*)$"
)
_ONLY = re.compile(
    r"^(?:Quiz title\s*:|\*[a-zA-Z]\)\s|\[\*\]\s|=\s+[-\d\[.]|\^{3,}\s*$|_{3,}\s*$|END_GROUP\s*$|Text title\s*:)",
    re.IGNORECASE,
)
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_NEAR = re.compile(rf"^(?P<value>{_NUMBER})\s*(?:\+-|\+/-|±)\s*(?P<tolerance>{_NUMBER})\s*(?P<percent>%?)$")
_WITHIN = re.compile(rf"^\[\s*(?P<min>{_NUMBER})\s*,\s*(?P<max>{_NUMBER})\s*\]$")


def is_text2qti(sheet: Sheet) -> bool:
    """Say whether a text is a quiz as text2qti reads it."""
    own = [line for line in sheet.lines if _ONLY.match(line)]
    numbered = any(re.match(r"\d+\.\s+\S", line) for line in sheet.lines)
    return bool(own) and numbered and not any(line.startswith("#") for line in sheet.lines)


@slotted
class _Entry:
    kind: str
    text: list[str]
    right: bool = False
    told: list[str] = field(default_factory=list)


@slotted
class _Item:
    """A question as it is read, line by line."""

    index: int
    title: str
    points: float
    stem: list[str]
    entries: list[_Entry] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=dict)


@slotted
class _Group:
    index: int
    pick: int = 1
    points: float = 1.0
    questions: list[Question] = field(default_factory=list)


@slotted
class _Reader:
    """What is read so far: settings that wait for their question, the open question, the open group."""

    sheet: Sheet
    findings: list[Finding]
    found: list[Question | Draw] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    item: _Item | None = None
    group: _Group | None = None
    target: list[str] | None = None

    def close(self) -> None:
        """End the open question."""
        if self.item is None:
            return
        question = _question(self.item, self.sheet, self.findings)
        if self.group:
            self.group.questions.append(question)
        else:
            self.found.append(question)
        self.item = self.target = None

    def read(self, index: int, line: str) -> None:
        """Take in a line."""
        if line.strip() in ("GROUP", "END_GROUP"):
            self._grouped(index, opens=line.strip() == "GROUP")
        elif line[:1].isspace() or not line.strip():
            if self.target is not None:
                self.target.append(line)
        elif setting := _SETTING.match(line):
            self._set(index, setting["name"].lower(), setting["value"].strip())
        elif sign := _SIGNS.match(line):
            self._signed(index, sign)
        elif self.target is not None:
            self.target.append(line)

    def _grouped(self, index: int, *, opens: bool) -> None:
        self.close()
        if self.group and self.group.questions:
            group = self.group
            self.found.append(Draw("", min(group.pick, len(group.questions)), group.points, tuple(group.questions)))
        self.group = _Group(index) if opens else None

    def _set(self, index: int, name: str, value: str) -> None:
        number = _positive(value)
        if name == "pick" and self.group:
            self.group.pick = int(number or 1)
        elif name == "points per question" and self.group:
            self.group.points = number or 1.0
        elif name == "text":
            self.close()
            self.fill()
            self.target = self.texts = [value]
            self.found.append(
                Question(
                    "",
                    QuestionKind.PASSAGE,
                    "",
                    self.sheet.line(index),
                    self.settings.pop("text title", ""),
                    0.0,
                    graded=False,
                )
            )
        else:
            if name in ("title", "points", "text title"):
                self.close()
            self.settings[name] = value
            if name == "quiz description":
                self.target = described = [value]
                self.settings.setdefault("", "")
                self.description = described

    texts: list[str] = field(default_factory=list)
    description: list[str] = field(default_factory=list)

    def fill(self) -> None:
        """Give the last text between questions the lines that were read for it."""
        passage = next((one for one in reversed(self.found) if _is_text(one)), None) if self.texts else None
        if isinstance(passage, Question):
            at = self.found.index(passage)
            self.found[at] = replace(passage, stem=_text(self.texts))
        self.texts = []

    def _signed(self, index: int, sign: re.Match[str]) -> None:
        kind = next(name for name, value in sign.groupdict().items() if value is not None and name != "text")
        if kind == "number":
            self.close()
            stem = [sign["text"]]
            points = _positive(self.settings.pop("points", "")) or 1.0
            self.item, self.target = _Item(index, self.settings.pop("title", ""), points, stem), stem
        elif self.item is None:
            return
        elif kind in ("told", "correct", "incorrect", "solution"):
            self._tell(kind, sign["text"])
        else:
            right = sign[kind].startswith("*") or sign[kind] == "[*]"
            entry = _Entry(kind, [sign["text"]], right)
            self.item.entries.append(entry)
            self.target = entry.text

    def _tell(self, kind: str, text: str) -> None:
        assert self.item is not None  # noqa: S101 - its caller has looked
        if kind == "told" and self.item.entries:
            self.target = self.item.entries[-1].told
            self.target.append(text)
        else:
            self.target = self.item.told.setdefault(kind, [])
            self.target.append(text)


def _is_text(one: Question | Draw) -> bool:
    return isinstance(one, Question) and one.kind is QuestionKind.PASSAGE and not one.stem


def _positive(text: str) -> float | None:
    found = re.match(r"\d+(?:\.\d+)?", text.strip())
    return float(found[0]) if found else None


def text2qti_of(sheet: Sheet, findings: list[Finding]) -> Quiz | None:
    """Return a quiz in the format of text2qti."""
    reader = _Reader(sheet, findings)
    for index, line in _shown(sheet.lines):
        reader.read(index, line)
    reader.close()
    reader.fill()
    title = reader.settings.get("quiz title", "")
    quiz = bank(sheet, title, reader.found, findings)
    return quiz and replace(quiz, instructions=trimmed(below_first(reader.description)))


def _shown(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are no comments, with their indexes."""
    within = False
    for index, line in enumerate(lines):
        if line.strip() in ("COMMENT", "END_COMMENT"):
            within = line.strip() == "COMMENT"
        elif not within and not line.startswith("%"):
            yield index, line


def _text(lines: Sequence[str]) -> str:
    return trimmed(below_first(lines))


def _question(item: _Item, sheet: Sheet, findings: list[Finding]) -> Question:
    told = {name: _text(lines) for name, lines in item.told.items()}
    general = "\n\n".join(filter(None, (told.get("told", ""), told.get("solution", ""))))
    feedback = Feedback(general, told.get("correct", ""), "", told.get("incorrect", ""))
    place = sheet.place(item.index)
    question = replace(
        _answered(item, feedback), title=item.title, points=item.points, line=place.line, feedback=feedback
    )
    if question.kind is QuestionKind.PASSAGE:
        reason = f"nothing says how it is answered: {shortened(question.stem, 60)}"
        findings.append(messages.QUESTION_LEFT_OUT.at(place, reason=reason))
    question, more = checked(question, place)
    findings += more
    return question


def _answered(item: _Item, feedback: Feedback) -> Question:
    stem = _text(item.stem)
    kinds = {entry.kind for entry in item.entries}
    if kinds & {"choice", "box"}:
        entries = [entry for entry in item.entries if entry.kind in ("choice", "box")]
        right = [at for at, entry in enumerate(entries) if entry.right]
        many = "box" in kinds or len(right) > 1
        texts, told = [_text(entry.text) for entry in entries], [_text(entry.told) for entry in entries]
        return chosen(texts, right, stem=stem, many=many, feedback=told, told=feedback)
    if "short" in kinds:
        answers = tuple(Answer(_text(entry.text), feedback=_text(entry.told)) for entry in item.entries)
        return Question("", QuestionKind.TEXT, stem, answers=answers)
    if "numeric" in kinds:
        answers = tuple(answer for entry in item.entries if (answer := _number(_text(entry.text))))
        return Question("", QuestionKind.NUMBER, stem, answers=answers)
    kind = QuestionKind.ESSAY if "essay" in kinds else QuestionKind.UPLOAD
    return Question("", kind if kinds else QuestionKind.PASSAGE, stem, graded=bool(kinds))


def _number(text: str) -> Answer | None:
    if near := _NEAR.match(text):
        value, tolerance = float(near["value"]), float(near["tolerance"])
        return Answer(value=value, tolerance=abs(value) * tolerance / 100 if near["percent"] else tolerance)
    if within := _WITHIN.match(text):
        return Answer(min=float(within["min"]), max=float(within["max"]))
    return Answer(value=float(text)) if re.fullmatch(_NUMBER, text) else None
