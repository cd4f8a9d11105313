"""Which lines of a document are for staff: notes for instructors, open solutions, answer keys, whole pages of these."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coursewright.course.audience import Reason, is_bare_label, label_for_staff, usual_audience
from coursewright.course.values import Audience
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.readers.folder.elements import words_of
from coursewright.readers.folder.lines import HeadingLine, Lines, code_marks, heading_lines
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.readers.quizzes.fences import closes
from coursewright.text.names import normal, shortened
from coursewright.text.vocabulary import TEACHERS

_COLONS = re.compile(r"(?P<indent>[ \t>]*)(?P<mark>:{3,})[ \t]*(?P<what>\S.*)?$")
_DIRECTIVE = re.compile(r"(?P<indent>[ \t>]*)(?P<mark>`{3,}|~{3,})[ \t]*\{(?P<what>[A-Za-z][\w:-]*\}.*)$")
_BANGS = re.compile(r"(?P<indent>[ \t]*)(?P<mark>!!!|\?\?\?\+?)[ \t]+(?P<what>\S.*)$")
_NAME = re.compile(r"[{\s.]*(?:callout[-_])?(?P<name>[A-Za-z][\w:-]*)")
_TITLE = re.compile(
    r"(?:title\s*=\s*\"(?P<given>[^\"]*)\"|\[(?P<bracketed>[^\]]*)\]|(?<![=\w])\"(?P<quoted>[^\"]*)\""
    r"|\}\s*(?P<after>[^\s{:].*)|^\s*[\w-]+\s+(?P<plain>[^{:\s][^{:]*))"
)
_DETAILS = re.compile(r"<details\b(?P<rest>[^>]*)>", re.IGNORECASE)
_SUMMARY = re.compile(r"<summary\b[^>]*>(?P<text>.*?)(?:</summary>|$)", re.IGNORECASE)
_END_DETAILS = re.compile(r"</details\s*>", re.IGNORECASE)
_STAFF_NAME = re.compile(
    rf"(?:{TEACHERS}|staff|speakers?|presenters?|lecturers?|tutors?)(?:[-_ ]?(?:notes?|only|tips?|guide|info|view))?"
    r"|notes|answer[-_ ]?keys?",
    re.IGNORECASE,
)
_SOLUTION_NAME = re.compile(r"solutions?|answers?|spoilers?|solution-?box|reveal", re.IGNORECASE)
# Quarto's blocks for one version of a course.
_PROFILE = re.compile(
    r"content-visible.*when-(?:profile|meta)=\"?(?:instructor|teacher|staff|solution|answer)"
    r"|content-hidden.*when-(?:profile|meta)=\"?(?:student|learner|public)",
    re.IGNORECASE,
)
_FOLDED = re.compile(r"collapse\s*=\s*\"?true|dropdown|^\?\?\?(?!\+)|\]-", re.IGNORECASE)
_ANSWER = re.compile(
    r"\b(?:answers?|solutions?|lösung(?:en)?|antworten?|réponses?|corrigés?|respuestas?|soluci[oó]n(?:es)?"
    r"|soluç(?:ão|ões)|respostas?"
    r"|risposte|soluzion[ei])\b|解答|答え|答案",
    re.IGNORECASE,
)
_PEOPLE = rf"(?:{TEACHERS}|teaching (?:staff|assistants?|team)|lecturers?|tutors?|staff)"
_PAGE = re.compile(
    rf"(?:this|these|the following) (?:page|document|file|guide|chapter|section|material|materials|notes?"
    rf"|lesson plan|content)s?\b[^.]{{0,60}}\b"
    rf"(?:is|are)\b[^.]{{0,40}}\b(?:for|aimed at|addressed to|intended for|only for)\b[^.]{{0,30}}\b{_PEOPLE}\b"
    rf"|^\W*(?:(?:notes?|information|material|instructions|guidance) )?(?:intended |meant "
    rf"|only )*for (?:the )?(?:course |workshop )?{_PEOPLE}\b(?:\W|$)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"this is a placeholder file\W+(?:please )?add content here\W*", re.IGNORECASE)
_MARKUP = re.compile(r"[\s>]*(?::::|`{3}|~{3}|</?\w|!!!|\?\?\?)")
_QUESTIONS_TOO = re.compile(
    r"\w+ (?:and|y|e|und|en|et|och|a) (?:answers?|respuestas|respostas|antworten|risposte|antwoorden|réponses|svar)"
)
_ONE_OF_MANY = re.compile(r"(?:^|[:–—-]\s+)(?:an?|one)\s", re.IGNORECASE)
_SOLUTION_LABEL = re.compile(r"[>\s]*(?:[-*+]\s+)?[*_]{2,3}Solution[*_:]", re.IGNORECASE)
_TASK_TITLE = re.compile(
    r"\b(?:exercises?|questions?|tasks?|quiz\w*|problems?|challenges?|homework|assignments?|practice|labs?|puzzles?|tests?"
    r"|aufgaben?|übung\w*|exercices?|ejercicios?|exerc[ií]cios?|your turn)\b",
    re.IGNORECASE,
)
_STAFF_WORDS = frozenset(
    ("staff", "instructor", "instructors", "teacher", "teachers", "trainer", "facilitator", "internal")
)


@frozen
class _Block:
    """A block of lines: its name, its title, whether it is folded, and whether it has any title to be folded under."""

    start: int
    end: int
    name: str
    title: str = ""
    folded: bool = False
    untitled: bool = False
    profiled: bool = False


def staff_lines(lines: Lines, rewriting: Rewriting) -> list[bool]:
    """Return of each line whether it is for staff, and note what is."""
    if reason := page_reason(lines, rewriting):
        rewriting.found(messages.PAGE_FOR_STAFF, 0, reason=reason)
        return [True] * len(lines)
    marks = [False] * len(lines)
    listed = list(_blocks(lines, notebook=rewriting.notebook))
    taken = [span for block in listed if _is_staff(block, rewriting) for span in [(block.start, block.end)]]
    taken += _sections(lines, listed, rewriting)
    taken += _labelled(lines, listed, rewriting)
    for start, end in taken:
        marks[start:end] = [True] * (end - start)
    if any(marks):
        rewriting.findings.append(told_of_staff(lines, marks, rewriting))
    return marks


def page_reason(lines: Lines, rewriting: Rewriting) -> str:
    """Return why a whole page is for staff, or nothing."""
    front = rewriting.document.front
    said = front.get("audience")
    if isinstance(said, str) and said.strip().lower() in _STAFF_WORDS:
        return "its header says so"
    title = rewriting.title
    if title and rewriting.options.audiences.get(normal(title), usual_audience(title)[0]) is Audience.STAFF:
        return f"its title is '{shortened(title, 80)}'"
    if title and normal(title) in rewriting.options.audiences:
        return ""
    text = [line.strip(" >*_#") for line in lines[:30] if line.strip() and not line.startswith("#")]
    if any(_PAGE.search(line) for line in text[:4]):
        return "it says that it is for instructors"
    return "it holds nothing yet" if len(text) <= 2 and _PLACEHOLDER.fullmatch(" ".join(text)) else ""


# --- blocks ---


def _blocks(lines: Lines, *, notebook: bool) -> Iterator[_Block]:
    """Yield the blocks of a document: divs, directives, admonitions, quotes that are alerts, and details."""
    marks = code_marks(lines, notebook=notebook)
    open_colons: list[tuple[int, str]] = []
    open_details: list[int] = []
    for index, line in enumerate(lines):
        if marks[index]:
            continue
        if ":::" in line and (found := _COLONS.match(line)):
            if found["what"]:
                open_colons.append((index, found["what"]))
            elif open_colons:
                start, what = open_colons.pop()
                yield _block(start, index + 1, what, lines)
        elif "details" in line.lower():
            bare = re.sub(r"`[^`]*`", "", line)
            open_details += [index] * len(_DETAILS.findall(bare))
            for _ in _END_DETAILS.findall(bare)[: len(open_details)]:
                yield _details(lines, open_details.pop(), index + 1)
        else:
            yield from _led(lines, index)
    yield from (_block(start, len(lines), what, lines) for start, what in open_colons)
    yield from (_details(lines, start, len(lines)) for start in open_details)


def _led(lines: Lines, index: int) -> Iterator[_Block]:
    """Yield the block that a line begins as a directive, an admonition or an alert, whose end is told by its form."""
    line = lines[index]
    if "{" in line and (found := _DIRECTIVE.match(line)):
        end = next((at for at in range(index + 1, len(lines)) if closes(lines[at], found["mark"])), len(lines) - 1)
        yield _block(index, end + 1, "{" + found["what"], lines)
    elif line.lstrip().startswith(("!!!", "???")) and (found := _BANGS.match(line)):
        yield _block(index, _indented_end(lines, index, found["indent"]), f"{found['mark']} {found['what']}", lines)
    elif line.lstrip().startswith("> [!"):
        end = next((at for at in range(index, len(lines)) if not lines[at].lstrip().startswith(">")), len(lines))
        yield _alert(index, end, line, lines)


def _alert(start: int, end: int, line: str, lines: Lines) -> _Block:
    """Return an alert as a block: `> [!NOTE]- Title`; one without a title may begin with a label."""
    found = re.match(r"[>\s]*\[!(?P<name>[\w-]+)\](?P<fold>[-+]?)\s*(?P<title>.*)$", line)
    first = next((one.strip("> \t") for one in lines[start + 1 : min(start + 4, end)] if one.strip("> \t")), "")
    if not found:
        return _Block(start, end, "")
    staff = label_for_staff(first) is Reason.STAFF
    return _Block(start, end, "staff" if staff else found["name"], found["title"].strip(), found["fold"] == "-")


def _indented_end(lines: Lines, index: int, indent: str) -> int:
    """Return the index after the lines that are indented below one."""
    end = index + 1
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith((f"{indent}  ", f"{indent}\t"))):
        end += 1
    while end > index + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _block(start: int, end: int, what: str, lines: Lines) -> _Block:
    bare = what.lstrip("!?+ ")
    named = _NAME.match(bare)
    title = _TITLE.search(bare)
    told = next(filter(None, title.groups()), "").strip() if title else ""
    if not told:
        first = next((line for line in lines[start + 1 : min(start + 4, end)] if line.strip()), "")
        headed = re.match(r"[\s>]*#{1,6}\s+(.*?)[\s#]*$", first)
        told = headed[1] if headed else ""
    inside = " ".join(lines[start + 1 : min(start + 4, end)])
    folded = bool(_FOLDED.search(what) or re.search(r":class:[^\n]*dropdown", inside))
    return _Block(start, end, named["name"] if named else "", told, folded, profiled=bool(_PROFILE.search(what)))


def _details(lines: Lines, start: int, end: int) -> _Block:
    whole = "\n".join(lines[start : min(end, start + 10)])
    opened = _DETAILS.search(whole)
    whole = whole[opened.end() :] if opened else whole
    summary = _SUMMARY.search(whole)
    text = re.sub(r"<[^>]*>", " ", summary["text"]) if summary else ""
    first = (whole[summary.end() :] if summary else whole).strip().split("\n\n")[0]
    name = "staff" if label_for_staff(first) is Reason.STAFF else "details"
    return _Block(start, end, name, " ".join(text.split()), folded=True, untitled="<summary" not in whole.lower())


def _is_staff(block: _Block, rewriting: Rewriting) -> bool:
    """Say whether a block is for staff: by its name, its title, or because it is an open solution."""
    if _STAFF_NAME.fullmatch(block.name) or block.profiled or (block.untitled and _is_mdbook(rewriting)):
        return True
    if _STAFF_NAME.fullmatch(block.title.strip(" :")) or _is_for_instructors(block.title):
        return True
    solution = bool(_SOLUTION_NAME.fullmatch(block.name))
    answers = solution or bool(_ANSWER.search(block.title))
    if block.folded or solution:
        return answers and rewriting.options.solutions is Audience.STAFF
    if re.match(r"(?:a|an|one)\s", block.title, re.IGNORECASE):  # `A possible solution` to what the text speaks of
        return False
    return usual_audience(block.title)[0] is Audience.STAFF if block.title else False


def _is_mdbook(rewriting: Rewriting) -> bool:
    """Say whether a document is one of a book of mdBook, where details without a summary are speaker notes."""
    home = rewriting.home
    homes = [home]
    while home:
        home = posixpath.dirname(home)
        homes.append(home)
    return any(
        rewriting.folder.is_file(posixpath.join(one, name)) for one in homes for name in ("book.toml", "SUMMARY.md")
    )


def _is_for_instructors(title: str) -> bool:
    return bool(title) and label_for_staff(f"**{title.strip(' :*_')}:** x") is Reason.STAFF


# --- sections and paragraphs ---


def _sections(lines: Lines, listed: Sequence[_Block], rewriting: Rewriting) -> Iterator[tuple[int, int]]:
    """Yield the sections whose titles are those of staff, as far as the block goes that they stand in."""
    headed = list(heading_lines(lines, notebook=rewriting.notebook))
    for number, one in enumerate(headed):
        title = re.sub(r"\s*\{[^{}]*\}\s*$", "", one.title)
        usual, _ = usual_audience(title)
        if rewriting.options.audiences.get(normal(title), usual) is not Audience.STAFF:
            continue
        around = [block for block in listed if block.start < one.index < block.end]
        if any(block.folded or _SOLUTION_NAME.fullmatch(block.name) for block in around):
            continue
        if _QUESTIONS_TOO.fullmatch(normal(title)) or (_ONE_OF_MANY.search(title) and around):
            continue
        end = next((each.index for each in headed[number + 1 :] if each.level <= one.level), len(lines))
        yield one.index, min([end, *(block.end - 1 for block in around)])


def _labelled(lines: Lines, listed: Sequence[_Block], rewriting: Rewriting) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs and quotes that begin with a label for staff, or of an answer, and stand open."""
    marks = code_marks(lines, notebook=rewriting.notebook)
    folded = [(block.start, block.end) for block in listed if block.folded or _SOLUTION_NAME.fullmatch(block.name)]
    headed = list(heading_lines(lines, notebook=rewriting.notebook))
    for index, line in enumerate(lines):
        if marks[index] or not line.strip() or (index and lines[index - 1].strip()) or not _may_label(line):
            continue
        end = next((at for at in range(index, len(lines)) if not lines[at].strip()), len(lines))
        text = "\n".join(lines[index:end])
        bare = is_bare_label(line) and end - index == 1
        if not (bare or label_for_staff(text)) or any(start <= index < stop for start, stop in folded):
            continue
        if _SOLUTION_LABEL.match(line) and not _follows_a_task(lines, index, headed):
            continue
        if bare:
            end = _until_heading(lines, marks, end)
        yield index, end


def _follows_a_task(lines: Lines, index: int, headed: Sequence[HeadingLine]) -> bool:
    """Say whether a solution is that of a task or a question, rather than of what a text speaks of."""
    above = [one.title for one in headed if one.index < index][-3:]
    asked = next((one for one in reversed(lines[max(0, index - 12) : index]) if one.strip()), "")
    return bool(_TASK_TITLE.search(" ".join(above))) or asked.rstrip(" *_`").endswith(("?", "？"))


def _may_label(line: str) -> bool:
    return line.lstrip(" >-*+").startswith(("*", "_", "<", "[", "(")) or ":" in line[:80] or "：" in line[:40]


def _until_heading(lines: Lines, marks: Sequence[bool], start: int) -> int:
    """Return the index of the next heading, rule, bold line or end of a block."""
    for at in range(start, len(lines)):
        if not marks[at] and re.match(
            r"\s*(?:#{1,6}\s|(?:-{3,}|\*{3,}|_{3,})\s*$|:::|\*\*[^*]+\*\*\s*:?\s*$|</)", lines[at]
        ):
            return at
    return len(lines)


def told_of_staff(lines: Lines, marks: Sequence[bool], rewriting: Rewriting) -> Finding:
    """Return one finding for all that is for staff in a document."""
    spans: list[list[str]] = []
    places: list[Place] = []
    for index, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark and (not index or not marks[index - 1]):
            spans.append([])
            places.append(Place(rewriting.document.path, line.line))
        if mark:
            spans[-1].append(line)
    texts = ["\n".join(span).strip() for span in spans]
    what = "; ".join(f"'{shortened(_first_words(text), 50)}'" for text in texts[:5])
    count = f"{len(texts)} block{'s are' if len(texts) > 1 else ' is'}"
    found = messages.BLOCKS_FOR_STAFF.at(places[0], count=count, what=what)
    return replace(found, related=tuple(places[1:]), words=tuple(texts))


def _first_words(text: str) -> str:
    bare = [line.replace("**", "").strip(" `>#*_") for line in text.split("\n") if not _MARKUP.match(line)]
    return " ".join([words for words in bare if words][:2]) or " ".join(words_of([_SUMMARY.sub("", text)]).split())
