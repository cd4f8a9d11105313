"""GIFT, Moodle's own text format for questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.quiz import Answer, Draw, Feedback, Option, Pair, Question, QuestionKind, Quiz
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.frozen import frozen
from coursewright.readers.quizzes.banks import bank
from coursewright.readers.quizzes.making import boolean_of, checked
from coursewright.readers.quizzes.markup import escaped, markdown_of
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.text.names import shortened

_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_SHIELD = {sign: chr(0xE000 + at) for at, sign in enumerate("~=#{}:\\n")}
_BARE = {mark: "\n" if sign == "n" else sign for sign, mark in _SHIELD.items()}
_TITLE = re.compile(r"^\s*::(?P<title>.*?)::\s*(?P<rest>.*)$", re.DOTALL)
_FORMAT = re.compile(r"^\s*\[(?P<format>html|markdown|plain|moodle)\]\s*", re.IGNORECASE)
_WEIGHT = re.compile(r"^\s*%(?P<weight>-?\d+(?:\.\d+)?)%\s*")
_CATEGORY = re.compile(r"^\s*\$CATEGORY:\s*(?P<name>.*)$", re.IGNORECASE)
_TAGS = re.compile(r"\[(?P<what>id|tag):(?P<name>(?:\\\]|[^\]])*)\]")
_TRUTH = re.compile(r"^\s*(?P<said>TRUE|T|FALSE|F)\s*$", re.IGNORECASE)
_NUMBER = r"[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?"
_RANGE = re.compile(rf"^\s*(?P<min>{_NUMBER})\s*\.\.\s*(?P<max>{_NUMBER})\s*$")
_NEAR = re.compile(rf"^\s*(?P<value>{_NUMBER})\s*(?::\s*(?P<tolerance>{_NUMBER})\s*)?$")


def is_gift(sheet: Sheet) -> bool:
    """Say whether a text is questions in GIFT: blocks with answers in braces, or with titles between colons."""
    blocks = [block for block in _blocks(sheet) if block.text.strip()]
    marked = [block for block in blocks if _is_marked(block.text)]
    return bool(marked) and len(marked) * 2 >= len(blocks)


def _is_marked(text: str) -> bool:
    if _CATEGORY.match(text) or re.match(r"\s*::.+?::", text, re.DOTALL):
        return True
    inside = re.search(r"(?<!\\)\{(?P<inside>(?:[^{}\\]|\\.)*)\}", text, re.DOTALL)
    return bool(
        inside
        and re.match(r"\s*(?:[=~#]|(?:T|F|TRUE|FALSE)\s*(?:#|$)|$)", inside["inside"], re.IGNORECASE)
        and not text.lstrip().startswith(("#", "- ", "```", "<"))
    )


def gift_of(sheet: Sheet, findings: list[Finding]) -> Quiz | None:
    """Return a bank in GIFT as a quiz."""
    questions: list[Question | Draw] = []
    title, category = "", ""
    for block in _blocks(sheet):
        if found := _CATEGORY.match(block.text):
            category = found["name"].strip().rsplit("/", 1)[-1].replace("\\", "")
            title = title or category
            continue
        question = _question(block, sheet, findings)
        if question:
            tags = (*question.tags, category) if category and category != "top" else question.tags
            questions.append(replace(question, tags=tags))
    return bank(sheet, "" if title in ("top", "Default") else title, questions, findings)


@frozen
class _Block:
    index: int
    text: str
    told: str = ""


def _blocks(sheet: Sheet) -> Iterator[_Block]:
    """Yield what stands between blank lines, without comments, with escaped signs out of the way."""
    lines: list[str] = []
    begun, told = 0, ""
    for index, line in enumerate((*sheet.lines, "")):
        if re.match(r"\s*//", line):
            if not lines and _TAGS.search(line):
                told = line
            continue
        if _CATEGORY.match(line):
            if lines:
                yield _Block(begun, "\n".join(lines))
                lines = []
            yield _Block(index, line)
        elif line.strip():
            begun = begun if lines else index
            lines.append(_ESCAPE.sub(lambda found: _SHIELD[found[1]], line))
        elif lines and _is_open(lines) and _goes_on(sheet, index):
            lines.append("")
        elif lines:
            yield _Block(begun, "\n".join(lines), told)
            lines, told = [], ""
    if lines:
        yield _Block(begun, "\n".join(lines).rstrip())


def _is_open(lines: list[str]) -> bool:
    """Say whether a brace is open: some authors leave a blank line within the answers."""
    text = "\n".join(lines[-400:])
    return text.count("{") > text.count("}") and len(lines) < 400


def _goes_on(sheet: Sheet, index: int) -> bool:
    """Say whether answers follow after a blank line."""
    rest = sheet.lines[index : index + 20]
    return any(line.lstrip().startswith(("=", "~", "}", "#")) for line in [one for one in rest if one.strip()][:1])


def _bare(text: str) -> str:
    """Return a text with what was escaped in it."""
    return "".join(_BARE.get(sign, sign) for sign in text)


@frozen
class _Texts:
    """How the texts of a question are written."""

    format: str = "moodle"

    def __call__(self, text: str) -> str:
        """Return a text of the question as Markdown."""
        name = self.format
        if own := _FORMAT.match(text):
            name, text = own["format"].lower(), text[own.end() :]
        bare = _bare(text).strip()
        if name == "html":
            return markdown_of(bare)
        return bare if name == "markdown" else escaped(bare)


def _question(block: _Block, sheet: Sheet, findings: list[Finding]) -> Question | None:
    text, title = _TAGS.sub("", block.text).strip(), ""
    if found := _TITLE.match(text):
        title, text = _bare(found["title"]).strip(), found["rest"]
    own = _FORMAT.match(text)
    texts = _Texts(own["format"].lower()) if own else _Texts()
    text = text[own.end() :] if own else text
    opened, closed = text.find("{"), text.rfind("}")
    place = sheet.place(block.index)
    if opened >= 0 and closed < opened:
        findings.append(
            messages.QUESTION_LEFT_OUT.at(place, reason=f"its braces never close: {shortened(_bare(text), 60)}")
        )
        return None
    if opened < 0:
        passage = Question("", QuestionKind.PASSAGE, texts(text), title=title, points=0.0, graded=False)
        return replace(passage, line=place.line)
    before, inside, after = text[:opened], text[opened + 1 : closed], text[closed + 1 :]
    stem = texts(_with_gap(before, after))
    question = _answered(stem, inside, texts)
    named = list(_named(f"{block.told} {block.text}"))
    key = next((name for what, name in named if what == "id"), "")
    tags = tuple(name for what, name in named if what == "tag")
    question = replace(question, key=key, title=title, line=place.line, tags=tags)
    question, more = checked(question, place)
    findings += more
    return question


def _with_gap(before: str, after: str) -> str:
    """Return a question with a gap where its answers stand within it."""
    if not after.strip():
        return before
    return f"{before.rstrip(' ')} _____{'' if after[:1] in '.,;:!?)' else ' '}{after.strip()}"


def _named(text: str) -> Iterator[tuple[str, str]]:
    yield from ((found["what"], _bare(found["name"].replace("\\]", "]")).strip()) for found in _TAGS.finditer(text))


def _answered(stem: str, inside: str, texts: _Texts) -> Question:
    inside, general = _general(inside, texts)
    told = Feedback(general=general)
    if not inside.strip():
        return Question("", QuestionKind.ESSAY, stem, feedback=told)
    first, *rest = inside.split("#")
    if _TRUTH.match(first):
        return _boolean(stem, first, rest, told, texts)
    if inside.lstrip().startswith("#"):
        right, otherwise = _apart(inside.lstrip()[1:])
        told = replace(told, incorrect=texts(otherwise)) if otherwise else told
        return Question("", QuestionKind.NUMBER, stem, answers=tuple(_numbers(right, texts)), feedback=told)
    return _listed(stem, inside, told, texts)


def _general(inside: str, texts: _Texts) -> tuple[str, str]:
    before, found, after = inside.rpartition("####")
    return (before, texts(after)) if found else (inside, "")


def _boolean(stem: str, first: str, rest: list[str], told: Feedback, texts: _Texts) -> Question:
    right = first.strip().upper() in ("T", "TRUE")
    wrong_told, right_told = (texts(rest[0]) if rest else ""), (texts(rest[1]) if len(rest) > 1 else "")
    feedback = replace(told, incorrect=wrong_told, correct=right_told)
    return Question("", QuestionKind.BOOLEAN, stem, right=right, feedback=feedback)


@frozen
class _Entry:
    sign: str
    weight: float | None
    text: str
    told: str


def _entries(inside: str, texts: _Texts, signs: str = "=~") -> list[_Entry]:
    found: list[_Entry] = []
    for part in re.findall(rf"([{signs}])([^{signs}]*)", inside):
        text, _, told = part[1].partition("#")
        weight = _WEIGHT.match(text)
        share = float(weight["weight"]) / 100 if weight else None
        found.append(_Entry(part[0], share, text[weight.end() :] if weight else text, texts(told)))
    return found


def _listed(stem: str, inside: str, told: Feedback, texts: _Texts) -> Question:
    entries = _entries(inside, texts)
    equal = [entry for entry in entries if entry.sign == "="]
    if equal and len(equal) == len(entries) and all("->" in entry.text for entry in entries):
        pairs = (entry.text.partition("->") for entry in entries)
        matched = tuple(Pair(texts(prompt), texts(answer)) for prompt, _, answer in pairs)
        return Question("", QuestionKind.MATCH, stem, pairs=matched, feedback=told)
    if equal and len(equal) == len(entries):
        answers = tuple(
            Answer(
                _bare(entry.text).strip(), fraction=1.0 if entry.weight is None else entry.weight, feedback=entry.told
            )
            for entry in entries
        )
        return Question("", QuestionKind.TEXT, stem, answers=answers, feedback=told)
    options = tuple(Option("", texts(entry.text), _share(entry), entry.told) for entry in entries)
    several = not equal and sum(option.fraction > 0 for option in options) > 1
    kind = QuestionKind.CHOICES if several or _is_single(options) is False else QuestionKind.CHOICE
    return boolean_of(Question("", kind, stem, options=options, feedback=told))


def _is_single(options: tuple[Option, ...]) -> bool:
    """Say whether one option gets all points: as Moodle does, others make a question with several right answers."""
    return any(option.fraction >= 0.999 for option in options) or not any(option.fraction > 0 for option in options)


def _share(entry: _Entry) -> float:
    if entry.weight is not None:
        return entry.weight
    return 1.0 if entry.sign == "=" else 0.0


def _apart(inside: str) -> tuple[str, str]:
    """Return the accepted numbers, and what is said of any other: `3:2 ~#Wrong`."""
    found = re.search(r"~\s*#(?!##)(?P<told>[^~=]*)\s*$", inside)
    return (inside[: found.start()], found["told"].strip()) if found else (inside, "")


def _numbers(inside: str, texts: _Texts) -> Iterator[Answer]:
    """Yield the accepted numbers: one, or several with their shares."""
    if "=" in inside:
        entries = _entries(inside, texts)
    else:
        text, _, told = inside.partition("#")
        entries = [_Entry("=", None, text, texts(told))]
    for entry in entries:
        share = 1.0 if entry.weight is None and entry.sign == "=" else entry.weight or 0.0
        if within := _RANGE.match(_bare(entry.text)):
            yield Answer(min=_float(within["min"]), max=_float(within["max"]), fraction=share, feedback=entry.told)
        elif near := _NEAR.match(_bare(entry.text)):
            tolerance = _float(near["tolerance"]) if near["tolerance"] else 0.0
            yield Answer(value=_float(near["value"]), tolerance=tolerance, fraction=share, feedback=entry.told)


def _float(text: str) -> float:
    return float(text.replace(",", "."))
