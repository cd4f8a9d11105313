"""What a document of a quiz says besides its questions, of which changes tell one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursewright.packages.documents.reading import is_page, parsed_page
from coursewright.packages.schema import parser

Said = list[tuple[object, ...]]

SCRIPT = "/quiz.js"
"""How the script that has the keys of a page of ours is called."""
DOCUMENTS = (".xml", ".qti", ".html", SCRIPT)
# What a document has for its questions. What they count for together, and how many there are, changes with them.
_ASKING = (
    *("item", "assessmentItem", "qti-assessment-item", "assessmentItemRef", "qti-assessment-item-ref"),
    *("selection_ordering", "question_instances", "sumgrades", "grade", "points_possible", "question_count"),
    *("timemodified", "timecreated"),
)
_ON_PAGES = (".//form[@data-quiz-part]", ".//dl[@class='quiz-facts']")
_NAMES = re.compile(r"\w*id|data-quiz|aria-labelledby")


def besides_questions(name: str, content: bytes) -> Said | None:
    """Return what a document says but for its questions, None where it cannot be read."""
    if name.endswith(SCRIPT):
        return []
    root = parsed_page(content) if is_page(name) else _parsed(content)
    if root is None:
        return None
    without = {one for path in _ON_PAGES for one in root.iterfind(path)} if is_page(name) else set()
    found: Said = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        asks = isinstance(element.tag, str) and etree.QName(element).localname in _ASKING
        if isinstance(element.tag, str) and not asks and element not in without:
            found.append((element.tag, *_named(element), _plain(element.text)))
            waiting += reversed(element)
        found.append((_plain(element.tail),) if _plain(element.tail) else ())
    return [one for one in found if one]


def _named(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the attributes of an element, but for those that only name it, or lead to such a name."""
    for name, value in sorted((str(name), str(value)) for name, value in element.attrib.items()):
        if not _NAMES.fullmatch(name) and value[:1] != "#":
            yield name, value


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _parsed(content: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(content, parser())
    except (etree.LxmlError, ValueError):
        return None
