"""Options as authors mark them: with letters, with boxes, or both; and where a run of them begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from itertools import zip_longest

from coursewright.frozen import slotted
from coursewright.readers.quizzes.sheet import Sheet, below_first, trimmed
from coursewright.readers.quizzes.verdicts import RIGHT, without_sign, without_told
from coursewright.readers.quizzes.wording import label_of

_MARK = re.compile(
    r"^(?P<indent>[\s>]*)(?:(?P<bullet>[-*+]|\d{1,2}[.)])\s+)?"
    r"(?:(?P<box>\[[ xX✓✔*]?\]|\([ xX]?\)(?=\s)|[☐☑☒🔘⭕])\s*)?(?P<bold>\*\*|__)?"
    r"(?:\((?P<round>[A-Za-z])\)|(?P<letter>[A-Za-z])[.):]|`(?P<code>[A-J])[.):]?`)?(?P<bold_end>\*\*:?|__)?(?:\s+|$)(?P<text>.*)$"
)
_BOXED = re.compile(
    r"[✅☑✔✓]\ufe0f?\s*$|\s(?:←|<-+|⬅)\s*(?:the\s+)?(?:correct|right|answer)\b[^\n]*$"
    rf"|\s[\[(*_]{{1,3}}(?:right|answer|{RIGHT})[\])*_]{{1,3}}\s*[.!]?$",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\s+[\[(*_]{1,3}(?:incorrect|wrong|false answer|falsch|incorrecto|incorrecta|faux|errado)[\])*_]{1,3}\s*[.!]?$",
    re.IGNORECASE,
)
_TICKED_BEFORE = re.compile(r"^(?P<before>\s*(?:[-*+]\s+)?)[✅✔]\ufe0f?\s*(?P<after>(?:\*\*)?\(?[A-Ja-j][.):].*)$")
_STARRED_BEFORE = re.compile(r"^(?P<before>\s*(?:[-+]\s+)?)\*(?P<after>\(?[A-Ja-j][.)]\s+[^*]*)$")
_NEXT = re.compile(r"(?P<gap>(?<!\s)\s++)\(?(?P<letter>[B-Jb-j])[.)]\s+(?=\S)")
_QUESTION = re.compile(
    r"^[\s>]*(?:[-*+]\s+)?(?:#{1,6}\s+)?[*_]{0,3}(?:question|frage|pregunta|pergunta|domanda|vraag|q|mcq)\s*\.?\s*#?\d",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^ {0,3}[*_]{0,2}\d{1,3}(?:\.\d{1,3})?[.)][*_]{0,2}\s+\S")
_ITEM_ANEW = re.compile(r"\s*[*_]{0,2}\d{1,3}[.)][*_]{0,2}\s")
_SMALL = re.compile(r"^\W*[a-j]\b")
_JOINING = re.compile(r"and|or|und|oder|et|ou|y|o|e|only|nur", re.IGNORECASE)
_LONGEST_LETTERS = 40
_LONGEST_PAUSE = 60
_TICKED = {"x", "X", "✓", "✔", "*", "☑", "☒"}


@slotted
class Choice:
    """An option as it is marked: `letter` is its name or empty, `ticked` None without a box."""

    first: int
    letter: str
    ticked: bool | None
    strong: bool
    indent: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What the option says, without signs that tell whether it is right."""
        text = trimmed(below_first([self.lines[0].strip(), *self.lines[1:]])).strip()
        text = without_verdict(text)
        return text[2:-2].strip() if self.strong else text

    @property
    def is_told_right(self) -> bool:
        """Whether its author ticks it, or writes beside it that it is right."""
        return bool(self.ticked) or bool(_BOXED.search("\n".join(self.lines).rstrip()))


def is_told_right(text: str) -> bool:
    """Say whether an author writes behind an option that it is right."""
    return bool(_BOXED.search(text.rstrip()))


def without_verdict(text: str) -> str:
    """Return an option without what its author writes behind it: that it is right, or wrong."""
    return _VERDICT.sub("", without_told(_BOXED.sub("", text.rstrip()))).rstrip()


@slotted
class Run:
    """Options that belong together: the lines from `first` up to `end`."""

    first: int
    end: int
    choices: list[Choice]

    @property
    def is_lettered(self) -> bool:
        """Whether its options have letters."""
        return bool(self.choices[0].letter)

    @property
    def is_boxed(self) -> bool:
        """Whether its options have boxes."""
        return self.choices[0].ticked is not None


def choice_at(sheet: Sheet, index: int) -> Choice | None:
    """Return the option that begins on a line, or None."""
    line = sheet.lines[index]
    if index in sheet.hidden or not line.strip():
        return None
    if index in sheet.verdicts:
        text = without_sign(line).lstrip(" \t>")[1:].strip()
        return Choice(index, "", sheet.verdicts[index], False, len(line) - len(line.lstrip()), [text])
    line = _TICKED_BEFORE.sub(r"\g<before>\g<after> ✅", line) if "✅" in line or "✔" in line else line
    line = _STARRED_BEFORE.sub(r"\g<before>\g<after> ✅", line) if "*" in line[:8] else line
    found = _MARK.match(line)
    if not found:
        return None
    letter = found["round"] or found["letter"] or found["code"] or ""
    if not letter and not found["box"]:
        return None
    box = found["box"]
    ticked = None if box is None else box.strip("[]() ") in _TICKED
    text, strong = found["text"], False
    if found["bold"] and not found["bold_end"]:
        strong = text.rstrip().endswith(found["bold"])
        text = found["bold"] + text
    elif found["bold_end"] and not found["bold"]:
        text = found["bold_end"] + text
    elif letter and text.rstrip().endswith("**") and text.count("**") == 1:
        text, strong = f"**{text.strip()}", True
    elif letter and text.strip()[:2] == text.strip()[-2:] == "**" and text.count("**") == 2 and len(text) > 4:
        text, strong = text.strip(), True
    return Choice(index, letter.upper(), ticked, strong, len(found["indent"].replace(">", "")), [text])


def runs(sheet: Sheet) -> list[Run]:
    """Return the runs of two or more options in a document."""
    found = [run for run in _runs(sheet) if len(run.choices) > 1]
    found = [run for at, run in enumerate(found) if at == 0 or not _is_answer(sheet, found[at - 1].end, run)]
    return [run for run, after in zip_longest(found, found[1:]) if not _is_listed(sheet, run, after)]


def _is_listed(sheet: Sheet, run: Run, after: Run | None) -> bool:
    """Say whether what looks like options is a list `(a)`, `(b)` that the question is about: `A.`, `B.` stand below."""
    if after and _are_combined(sheet, run, after):
        return True
    if after is None or not run.is_lettered or not after.is_lettered:
        return False
    if any(sheet.lines[at].strip() for at in range(run.end, after.first)):
        return False
    small, large = (_SMALL.search(sheet.lines[one.first]) for one in (run, after))
    return bool(small and not large)


def _are_combined(sheet: Sheet, run: Run, after: Run) -> bool:
    """Say whether boxes are the options of a question that lists statements with letters above: `- [ ] A, C or D`."""
    if not run.is_lettered or run.is_boxed or after.is_lettered or not after.is_boxed:
        return False
    between = [at for at in range(run.end, after.first) if sheet.lines[at].strip()]
    if len(between) > len(run.choices) or any(_ends(sheet, at) for at in between):
        return False
    texts = [choice.text for choice in after.choices]
    named = sum(len(text) <= _LONGEST_LETTERS and set("ABCDEFGHIJ").issuperset(_letters(text) or "?") for text in texts)
    return named * 4 >= len(texts) * 3


def _letters(text: str) -> list[str]:
    """Return the letters that are all that a text names, but for what joins them: `A, B or D`; none of another text."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not _JOINING.fullmatch(word) or word in ("E", "O")]
    return [letter for word in words for letter in word]


def _is_answer(sheet: Sheet, end: int, run: Run) -> bool:
    """Say whether options are what an answer consists of: all that stands between them and others is its label."""
    between = (
        [at for at in range(end, run.first) if sheet.lines[at].strip()] if run.first - end < _LONGEST_PAUSE else []
    )
    label = label_of(sheet.lines[between[0]]) if len(between) == 1 and between[0] not in sheet.hidden else None
    return label is not None and label.what in ("answer", "why") and not label.value


def _runs(sheet: Sheet) -> Iterator[Run]:
    run: Run | None = None
    pause: list[int] = []
    for index in range(len(sheet.lines)):
        choice = choice_at(sheet, index) if index not in sheet.hidden else None
        if choice and choice.letter == "A" and (beside := _beside(choice)):
            if run:
                yield _closed(run, sheet, pause)
            yield Run(index, index + 1, beside)
            run, pause = None, []
        elif choice and run and _follows(choice, run):
            run.choices[-1].lines += [sheet.lines[at] for at in pause]
            run.choices.append(choice)
            run.end, pause = index + 1, []
        elif choice and choice.letter in ("", "A"):
            if run:
                yield _closed(run, sheet, pause)
            run, pause = Run(index, index + 1, [choice]), []
        elif run:
            pause.append(index)
            if len(pause) > _LONGEST_PAUSE or _ends(sheet, index) or _is_new(sheet, index, run):
                yield _closed(run, sheet, pause)
                run, pause = None, []
    if run:
        yield _closed(run, sheet, pause)


def _beside(choice: Choice) -> list[Choice]:
    """Return the options that stand beside one another on the line of the first: `A) one  B) two  C) three`."""
    found = list(_NEXT.finditer(choice.lines[0]))
    letters = [one["letter"].upper() for one in found]
    apart = all(len(one["gap"]) > 1 or "\t" in one["gap"] for one in found)
    if letters != [chr(ord("B") + at) for at in range(len(letters))] or not letters or (not apart and len(letters) < 2):
        return []
    text, at, texts = choice.lines[0], 0, list[str]()
    for one in found:
        texts.append(text[at : one.start()].strip())
        at = one.end()
    texts.append(text[at:].strip())
    names = ["A", *letters]
    return [
        Choice(choice.first, name, None, False, choice.indent, [one]) for name, one in zip(names, texts, strict=True)
    ]


def _follows(choice: Choice, run: Run) -> bool:
    last = run.choices[-1]
    if (choice.ticked is None) != (last.ticked is None) or bool(choice.letter) != bool(last.letter):
        return False
    if not choice.letter:
        return choice.indent == last.indent
    return ord(choice.letter) == ord(last.letter) + 1


def _is_new(sheet: Sheet, index: int, run: Run) -> bool:
    """Say whether a line begins a paragraph, or an item with a number, that no letter ties to the options above it."""
    line = sheet.lines[index]
    if run.is_lettered or index in sheet.hidden or not line.strip():
        return False
    if not sheet.is_blank(index - 1) and not _ITEM_ANEW.match(line):
        return False
    return len(line) - len(line.lstrip()) <= run.choices[-1].indent


def _ends(sheet: Sheet, index: int) -> bool:
    """Say whether a line cannot belong to an option, nor to what lies between two."""
    if index in sheet.hidden:
        return False
    line = sheet.lines[index]
    if sheet.heading(index) or sheet.is_rule(index) or label_of(line) or _QUESTION.match(line):
        return True
    if line.lstrip().lower().startswith(("<details", "<summary", "</details", "<question", "<quiz")):
        return True
    return bool(_NUMBERED.match(line)) and (index == 0 or sheet.is_blank(index - 1))


def _closed(run: Run, sheet: Sheet, pause: list[int]) -> Run:
    """Return a run with those lines that go on with its last option: indented, or right below it."""
    last, blank = run.choices[-1], False
    for at in pause:
        line = sheet.lines[at]
        if at not in sheet.hidden:
            if not line.strip():
                blank = True
                continue
            depth = len(line) - len(line.lstrip())
            if _ends(sheet, at) or (depth <= last.indent and (blank or _is_apart(line))):
                break
        elif blank and line[:1] not in (" ", "\t") and any(text.strip() for text in last.lines):
            break
        last.lines += [sheet.lines[one] for one in range(run.end, at + 1)]
        run.end, blank = at + 1, False
    return run


def _is_apart(line: str) -> bool:
    """Say whether a line right below an option is something else: a quote, or the start of another list."""
    return bool(re.match(r"\s*(?:>|[-*+]\s|<)", line) or _ITEM_ANEW.match(line))
