"""DataCamp's exercises: their marks as headings, folds and staff blocks; of choices, the key that their check names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.frozen import frozen
from coursewright.readers.folder.forms import link
from coursewright.readers.folder.lines import Lines, code_marks
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
_RIGHT = re.compile(r"[-*] \[(?P<text>[^\[\]]+)\]\s*$")
_CHECKED = re.compile(r"\b(?:test_mc|check_mc|has_chosen)\(\s*(?:correct\s*=\s*)?(?P<number>\d{1,2})\b")
_ITEM = re.compile(r"(?:[-*+]|\d{1,2}[.)])\s+(?P<text>\S.*)$")
_OPENING = {"staff": ("::::::: instructor", ""), "hint": ("<details>", "<summary>Hint</summary>", "")}
_CLOSING = {"staff": ":::::::", "hint": "</details>"}


@frozen
class _Exercise:
    """The lines of an exercise, without what tells DataCamp's player of which kind it is."""

    kind: str
    lines: Lines

    @property
    def listed(self) -> str:
        """The mark below which the answers stand of which learners choose one; "" where they choose none."""
        names = {_name(found) for line in self.lines if (found := _MARKER.match(line))}
        if "possible_answers" in names:
            return "possible_answers"
        return "instructions" if "multiplechoice" in self.kind.lower() else ""

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
    kept: Lines = []
    opened = name = ""
    number = 0
    bracketed = any(_RIGHT.match(line) for line in exercise.lines)
    listed = exercise.listed if bracketed or exercise.right is not None else ""
    for line, code in zip(exercise.lines, code_marks(exercise.lines, notebook=True), strict=True):
        found = None if code else _MARKER.match(line)
        if opened and not code and (found or line.startswith(("## ", "# ", "---"))):
            kept += _all(("", _CLOSING[opened], ""), line)
            opened = ""
        name = _name(found) if found else "" if line.startswith("#") and not code else name
        if found:
            opened = _block(found)
            heading = ("",) if name == listed else (_HEADINGS[name],) if name in _HEADINGS else ()
            kept += _all(_OPENING[opened] if opened else heading, line)
            continue
        option = _ITEM.match(line) if name and name == listed and not code else None
        if option:
            number += 1
            kept.append(_option(option["text"], number, None if bracketed else exercise.right, line))
        elif name in _VIDEOS:
            kept.append(_video(line))
        else:
            kept.append(line)
    return [*kept, *_all((_CLOSING[opened],), exercise.lines[-1])] if opened else kept


def _all(texts: tuple[str, ...], line: Text) -> Lines:
    return [Text(text, line.line) for text in texts]


def _name(found: re.Match[str]) -> str:
    return str(found["known"] or found["name"])


def _block(found: re.Match[str]) -> str:
    """Return which block a mark opens: "" for what is shown as it is, and for facts that stand beside their name."""
    name = _name(found)
    if name in _HEADINGS or name in _SHOWN or name in _VIDEOS or found["value"]:
        return ""
    return "hint" if name == "hint" else "staff"


def _option(text: str, number: int, right: int | None, line: Text) -> Text:
    """Return an option as an item with a box; the right one stands in brackets, or its check names its number."""
    bracketed = re.fullmatch(r"\[([^\[\]]+)\]\s*", text) if right is None else None
    tick = "x" if bracketed or number == right else " "
    return Text(f"- [{tick}] {bracketed[1] if bracketed else text}", line.line)


def _video(line: Text) -> Text:
    address = line.strip()
    if not address.startswith(("//", "https://", "http://")):
        return line
    return Text(link("Video", f"https:{address}" if address.startswith("//") else address), line.line)
