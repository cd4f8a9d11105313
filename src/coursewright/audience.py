"""What of a curriculum is for learners: staff sections stay out whole, and repository paths out of every text."""

from __future__ import annotations

import re

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
    r"\b(?:solutions? (?:plan|path|key|repository)|answer keys?|answers|sign off|legacy (?:mapping|alignment)"
    r"|(?:instructor|facilitator|teacher|trainer|grader|staff|internal) (?:notes?|guide|only|section|use)"
    r"|grading (?:notes?|key)|repository (?:plan|strategy|mapping)|validation status)\b"
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
_ASIDE = re.compile(r"\s*\([^()]*\)")


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

    An aside in parentheses that holds a repository path is cut out; a path anywhere else takes the whole text with it.
    """
    if "/" not in text and "**" not in text and "yaml" not in text:
        return text
    kept = _ASIDE.sub(lambda aside: "" if _PATH.search(aside[0]) else aside[0], text) if "(" in text else str(text)
    if _PATH.search(kept) or _STAFF_LABEL.match(kept):
        return None
    return Text(kept, text.line) if kept != text else text


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


def withheld(text: Text) -> bool:
    """Say whether learners read less than the whole text."""
    return for_learners(text) != text
