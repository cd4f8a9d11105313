"""DataCamp's exercises: their marks as headings, folds and staff blocks; of choices, the key that their check names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.frozen import frozen
from coursewright.readers.folder.forms import FOLD_ENDS, folded, link
from coursewright.readers.folder.lines import Lines, code_marks, on_line
from coursewright.text.markdown.values import Text

_KNOWN = (
    r"instructions|hint|pre_exercise_code|sample_code|solution|sct|projector_key|video_link|video_hls|script"
    r"|possible_answers|feedbacks?|context|skill|part|assignment|question"
)
_MARKER = re.compile(
    rf"\s*`?(?:@(?P<known>{_KNOWN})|\*{{3}}\s*=\s*(?P<name>[a-z_]+?))\d*`?\s*(?:\{{[^}}]*\}}|:\s*(?P<value>\S.*?)?)?\s*$"
)
_BEGUN = re.compile(r"---\s*type:\s*(?P<kind>\w+)")
_FACTS = re.compile(r"(?:```|--- *)ya?ml|---\s*type:")
_KIND = re.compile(r"type:\s*(?P<kind>\w+)")
_HEADINGS = {"instructions": "### Instructions", "sample_code": "### Sample code", "possible_answers": ""}
_SHOWN = frozenset(("context", "skill", "part", "assignment", "question"))
_VIDEOS = frozenset(("video_link", "video_hls"))
_FEEDBACK = ("feedback", "feedbacks")
_RIGHT = re.compile(r"[-*] \[(?P<text>[^\[\]]+)\]\s*$")
_CHECKED = re.compile(r"\b(?:test_mc|check_mc|has_chosen)\(\s*(?:correct\s*=\s*)?(?P<number>\d{1,2})\b")
_RULE = re.compile(r"\s*<hr\s*/?>\s*$")
_ITEM = re.compile(r"(?:[-*+]|\d{1,2}[.)])\s+(?P<text>\S.*)$")
_OPENING = {"staff": ("::::::: instructor", ""), "hint": folded("Hint")}
_CLOSING = {"staff": ("", ":::::::", ""), "hint": FOLD_ENDS}


@frozen
class _Block:
    """The lines below a mark, and the mark's name: "" above the first."""

    name: str
    line: int
    lines: Lines


@frozen
class _Exercise:
    """The lines of an exercise, without what tells DataCamp's player of which kind it is."""

    kind: str
    lines: Lines

    @property
    def blocks(self) -> list[_Block]:
        """Its lines, apart by their marks."""
        found = [_Block("", self.lines[0].line if self.lines else 1, [])]
        for line, code in zip(self.lines, code_marks(self.lines, notebook=True), strict=True):
            mark = None if code else _MARKER.match(line)
            if mark and not mark["value"]:
                found.append(_Block(mark["known"] or mark["name"], line.line, []))
            elif not code and found[-1].name and line.startswith(("## ", "# ", "---")):
                found.append(_Block("", line.line, [line]))
            elif not mark:
                found[-1].lines.append(line)
        return found

    @property
    def right(self) -> int | None:
        """The number of the answer that its check takes for right."""
        found = next((said for line in self.lines if (said := _CHECKED.search(line))), None)
        return int(found["number"]) if found else None


def is_datacamp(lines: Lines) -> bool:
    """Say whether lines hold marks of DataCamp's."""
    return any(_MARKER.match(line) for line in lines if "@" in line or "***" in line)


def without_datacamp(lines: Lines) -> Lines:
    """Return the lines of DataCamp's exercises as Markdown; keys, checks and solutions are for staff."""
    return [line for exercise in _exercises(lines) for line in _written(exercise)]


def _exercises(lines: Lines) -> Iterator[_Exercise]:
    """Yield the exercises of a chapter: each begins with a heading, or with the line that says its kind above that."""
    kept: Lines = []
    kind, headed = "", False
    facts = 0  # up to which line the facts of an exercise go
    for at, (line, code) in enumerate(zip(lines, code_marks(lines, notebook=True), strict=True)):
        if at < facts:
            continue
        begun = None if code else _BEGUN.match(line)
        heading = not code and line.startswith(("# ", "## "))
        if begun or (heading and headed):
            yield _Exercise(kind, kept)
            kept, kind, headed = [], "", False
        headed = headed or heading
        facts = _facts_end(lines, at)
        if facts:
            kind = (_KIND.match(lines[at + 1]) or {"kind": kind})["kind"]
        elif begun:
            kind = begun["kind"]
        else:
            kept.append(line)
    yield _Exercise(kind, kept)


def _facts_end(lines: Lines, index: int) -> int:
    """Return where a block of YAML ends that begins on a line and says of which kind an exercise is; 0 for others."""
    if not _FACTS.match(lines[index]) or not _KIND.match("".join(lines[index + 1 : index + 2])):
        return 0
    return next((at + 1 for at in range(index + 1, len(lines)) if lines[at].startswith(("```", "---"))), index + 1)


def _written(exercise: _Exercise) -> Lines:
    blocks = exercise.blocks
    answers = _answers(blocks, exercise)
    if not answers:
        return [line for block in blocks for line in _shown(block)]
    options = _options(answers, exercise.right)
    hints = [line for block in blocks if block.name == "hint" for line in _shown(block)]
    told = [line for block in blocks if block.name in _FEEDBACK for line in _explained(block, options)]
    others = [block for block in blocks[1:] if block is not answers and block.name not in ("hint", *_FEEDBACK)]
    rest = [line for block in others for line in _shown(block)]
    return [*_asking(blocks[0].lines), *_all(("",), answers), *options, *hints, *told, *rest]


def _asking(lines: Lines) -> Lines:
    """Return what stands above answers, with a mark where the question begins: below a rule, or below the heading."""
    marks = code_marks(lines, notebook=True)
    text = [at for at, code in enumerate(marks) if not code]
    ends = [at for at in text if _RULE.match(lines[at])] or [at for at in text if lines[at].startswith("#")][:1]
    begin = ends[-1] + 1 if ends else 0
    above = lines[max(0, begin - 1)].line if lines else 1
    return [*lines[:begin], *on_line(("", "**Question:**", ""), above), *lines[begin:]]


def _answers(blocks: list[_Block], exercise: _Exercise) -> _Block | None:
    """Return the block whose items learners choose from, where it is known which is right; None else."""
    named = next((block for block in blocks if block.name == "possible_answers"), None)
    if named is None and "multiplechoice" in exercise.kind.lower():
        named = next((block for block in blocks if block.name == "instructions"), None)
    known = named and (exercise.right is not None or any(_RIGHT.match(line) for line in named.lines))
    return named if known else None


def _options(block: _Block, right: int | None) -> Lines:
    """Return answers as items with boxes; the right one stands in brackets, or its check names its number."""
    bracketed = any(_RIGHT.match(line) for line in block.lines)
    kept: Lines = []
    number = 0
    for line in block.lines:
        item = _ITEM.match(line)
        number += bool(item)
        own = _RIGHT.match(line)
        tick = "x" if own or (not bracketed and number == right) else " "
        kept.append(Text(f"- [{tick}] {own['text'] if own else item['text']}", line.line) if item else line)
    return kept


def _explained(block: _Block, options: Lines) -> Lines:
    """Return what is said of each answer, with the answer that it is said of."""
    answers = (line[6:] for line in options if line.startswith("- ["))
    said = [
        Text(f"- {next(answers, '')} – {item['text']}", line.line) if (item := _ITEM.match(line)) else line
        for line in block.lines
    ]
    return [*_all(("", "**Explanation:**", ""), block), *said]


def _shown(block: _Block) -> Lines:
    """Return a block as Markdown: below a heading, folded, or for staff."""
    if block.name in _VIDEOS:
        return [_video(line) for line in block.lines]
    if not block.name or block.name in _SHOWN:
        return block.lines
    if block.name in _HEADINGS:
        return [*_all((_HEADINGS[block.name],), block), *block.lines]
    form = "hint" if block.name == "hint" else "staff"
    last = block.lines[-1].line if block.lines else block.line
    closing = on_line(_CLOSING[form], last)
    return [*_all(_OPENING[form], block), *block.lines, *closing]


def _all(texts: tuple[str, ...], block: _Block) -> Lines:
    return on_line(texts, block.line)


def _video(line: Text) -> Text:
    address = line.strip()
    if not address.startswith(("//", "https://", "http://")):
        return line
    return Text(link("Video", f"https:{address}" if address.startswith("//") else address), line.line)
