"""What of a curriculum is for learners: staff sections stay out whole, and repository paths out of every text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coursewright.model import Audience, Block, Item, Listing, Prose, Table, Text
from coursewright.wording import normal

# The layouts' own sections that speak to the people who make and run the course.
_STAFF_SECTIONS = frozenset(
    {
        "solutions plan",
        "solutions and validation",
        "solution and repository plan",
        "solutions",
        "answer key",
        "answers",
        "shared assets and legacy mapping",
        "legacy alignment and next steps",
        "assets and reuse strategy",
        "dependencies and notes",
        "sign off",
        "signoff",
        "instructor notes",
        "facilitator notes",
        "teacher notes",
        "validation status",
        "repository strategy",
    }
)
_STAFF_WORDS = re.compile(
    r"\b(?:solutions?|\w*lösung(?:en)?|corrigés?|soluci[oó]n(?:es)?|answer keys?|answers|answer sheets?"
    r"|sign offs?|approvals?|legacy (?:mapping|alignment)|internal"
    r"|(?:instructor|facilitator|teacher|trainer|grader|staff)s? (?:notes?|guide|only|section|use)"
    r"|(?:grading|marking) (?:notes?|keys?|guide|scheme)|repository (?:plan|strategy|mapping)|validation status)\b"
)
_STAFF_LABEL = re.compile(
    r"\*\*(?:solutions?\b[^*]*|answers?\b[^*]*|answer key|correct answer|validation (?:status|profiles|requirements)"
    r"|repository\b[^*]*|repo / path|legacy\b[^*]*|automation hooks|access controls"
    r"|author|reviewers?(?:\(s\))?|date approved):?\*\*",
    re.IGNORECASE,
)
_ROOTS = r"(?:modules|projects|solutions|templates|lessons|curriculum|repositories|tools|resources|exercises|\.github)"
_PATH = re.compile(
    rf"`[^`]*(?:\b{_ROOTS}/|\./tools/|/home/|metadata\.yaml|master-plan\.yaml)[^`]*`"
    rf"|(?<![\w/:.@])(?:\.{{0,2}}/)?{_ROOTS}/(?=[\w.<>*-]*(?:[-\d_<*/]|\.\w))[\w.<>*/-]+"
    r"|(?<![\w/:.])/home/[\w./-]+|(?<![\w/])\./tools/\S+",
)
_STAFF_TEXT = re.compile(
    r"\brepository strategy\b|\bsolutions? (?:are |is )?(?:planned|validated|published)\b"
    r"|<summary>[^<]*(?:answer|solution|lösung)",
    re.IGNORECASE,
)
_FOLDED_ANSWER = re.compile(r"<summary>[^<]*(?:answer|solution|lösung)", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ`*(\[])")


def usual_audience(title: str) -> tuple[Audience, bool]:
    """Return whom a section is for by its title, and whether that is a guess from words rather than a known title."""
    name = normal(title)
    if name in _STAFF_SECTIONS:
        return Audience.STAFF, False
    if _STAFF_WORDS.search(name):
        return Audience.STAFF, True
    return Audience.LEARNER, False


def for_learners(text: Text) -> Text | None:
    """Return what a learner may read of a text, or None when nothing is left.

    An aside in parentheses that holds a repository path is cut out; a path anywhere else takes its sentence with it.
    """
    if not _may_be_staff(text):
        return text
    if _STAFF_LABEL.match(text):
        return None
    spoken = _ASIDE.sub(lambda aside: "" if _is_staff(aside[0]) else aside[0], text) if "(" in text else str(text)
    kept = " ".join(sentence for sentence in _SENTENCE_END.split(spoken) if not _is_staff(sentence))
    if kept == text:
        return text
    return Text(kept, text.line) if kept.strip(" .") else None


def withheld(text: Text) -> str:
    """Return what learners do not get of a text: all of it, its asides, or its sentences about the repository."""
    kept = for_learners(text)
    if kept == text:
        return ""
    if kept is None:
        return text
    cut = [aside.strip() for aside in _ASIDE.findall(text) if _is_staff(aside)]
    return " … ".join(cut or [sentence for sentence in _SENTENCE_END.split(text) if _is_staff(sentence)])


def _may_be_staff(text: str) -> bool:
    """Say quickly whether a text is worth a closer look."""
    return "/" in text or "**" in text or "yaml" in text or "olution" in text or "epository" in text


def _is_staff(text: str) -> bool:
    return bool(_PATH.search(text) or _STAFF_TEXT.search(text))


def blocks_for_learners(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield what learners may read of blocks; from a folded answer on, nothing until it is folded up."""
    folded = False
    for block in blocks:
        text = block.markdown if isinstance(block, Prose) else ""
        folded = folded or bool(_FOLDED_ANSWER.search(text))
        if not folded and (kept := block_for_learners(block)):
            yield kept
        folded = folded and "</details>" not in text


def block_for_learners(block: Block) -> Block | None:
    """Return what learners may read of a block, or None when nothing is left."""
    if isinstance(block, Listing):
        items = _items_for_learners(block.items)
        return Listing(block.line, items, block.ordered) if items else None
    if isinstance(block, Table):
        rows = tuple(tuple(for_learners(cell) or Text("", cell.line) for cell in row) for row in block.rows)
        return Table(block.line, block.header, tuple(row for row in rows if any(row)))
    if "```" in block.markdown or "~~~" in block.markdown:
        return block
    kept = for_learners(Text(block.markdown, block.line))
    return None if kept is None else Prose(block.line, str(kept))


def _items_for_learners(items: tuple[Item, ...]) -> tuple[Item, ...]:
    kept = []
    for item in items:
        text, children = for_learners(item.text), _items_for_learners(item.children)
        emptied = bool(item.children) and not children and item.text.rstrip().endswith((":", ":**"))
        if text is not None and not emptied:
            kept.append(Item(text, item.done, children))
    return tuple(kept)
