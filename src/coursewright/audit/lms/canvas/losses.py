"""What becomes of something in Canvas, as flaws: the few ways in which it goes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache, partial

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import OpenedDocument, not_of_canvas, of_canvas, rule
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.kinds import Family

of_document = partial(rule, over=OpenedDocument, lms="canvas")
"""Declares a rule over each document that Canvas reads and that is `named` so, such as `module_meta.xml`."""
of_own = partial(rule, family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
"""Declares a rule over cartridges of Canvas's own."""
of_general = partial(rule, family=Family.CARTRIDGE, lms="canvas", when=not_of_canvas)
"""Declares a rule over those of others."""
ANY = "(any)"
"""Names every document that Canvas reads, in what rules declare."""
LONGEST = 255
"""The characters of a title."""
LONGEST_TEXT = 500 * 1024 - 1
"""The characters of a page, or of another text."""
MOST_TOLD = 20
"""How many findings of one kind there are of a document."""
TAGS = re.compile(rb"<[^<>]*>")
"""Whatever is a tag."""
_SHORTEST = 3  # letters of a name that may be meant for another
Amiss = tuple[str, str]
"""Why something is lost or broken, and what to do."""
Where = etree._Element | OpenedDocument | None
"""What is wrong: an element of the document that is judged, a whole document, or the whole of that which is judged."""


def left_out(where: Where, what: str, reason: str, remedy: str, weight: Severity | None = None) -> Flaw:
    """Return that something does not arrive."""
    return flaw(messages.CANVAS_LEAVES_OUT, where, weight, what=what, reason=reason, remedy=remedy)


def taken_for(where: Where, what: str, reason: str, taken: str, known: str, weight: Severity | None = None) -> Flaw:
    """Return that Canvas does not know a value, and what it takes it for."""
    return flaw(messages.CANVAS_KNOWS_NO_SUCH_VALUE, where, weight, what=what, reason=reason, taken=taken, known=known)


def stopped(where: Where, reason: str, remedy: str) -> Flaw:
    """Return that the import stops."""
    return flaw(messages.CANVAS_STOPS, where, reason=reason, remedy=remedy)


def text_lost(where: Where, what: str, reason: str) -> Flaw:
    """Return that a text arrives in part, or not at all."""
    return flaw(messages.CANVAS_TEXT_LOST, where, what=what, reason=reason)


def unsettled(where: Where, what: str, reason: str, remedy: str) -> Flaw:
    """Return that something arrives without its settings."""
    return flaw(messages.CANVAS_LOSES_SETTINGS, where, what=what, reason=reason, remedy=remedy)


def misspelt(where: Where, name: str, near: str, weight: Severity | None = None, remedy: str = "") -> Flaw:
    """Return that Canvas passes over an element, since it looks for another name."""
    remedy = remedy or "spell it so, or remove it"
    return flaw(messages.CANVAS_MISSPELT, where, weight, name=name[:60], near=near, remedy=remedy)


def misnamed(root: etree._Element, known: Container[str], looked_for: tuple[str, ...]) -> Iterator[Flaw]:
    """Yield the elements whose names are not known, and all but one that Canvas looks for."""
    for element in root.iter(etree.Element):
        written = local_name(element)
        if written not in known and (meant := meant_of(written, looked_for)):
            yield misspelt(element, written, f"; did you mean <{meant}>?")


@cache
def meant_of(written: str, looked_for: tuple[str, ...]) -> str:
    """Return which of some names one is meant for that has a letter too many, too few or wrong; "" for none."""
    if len(written) < _SHORTEST:
        return ""
    return next((name for name in looked_for if is_near(written.lower(), name.lower())), "")


def is_near(one: str, other: str) -> bool:
    """Say whether a letter, or two that changed their places, is all that tells two names apart."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, left = one[start:], other[start:]
    return left in (rest, rest[1:]) or rest == left[1:] or rest[1:] == left[1:] or rest[1::-1] + rest[2:] == left


def untitled(where: Where, what: str, title: str, otherwise: str) -> Iterator[Flaw]:
    """Yield that something has no title, if anything comes of that `otherwise`, or one for which there is no room."""
    if len(title) > LONGEST:
        reason = f"its title has {len(title)} characters, and there is room for {LONGEST}"
        yield left_out(where, what, reason, "shorten it")
    elif not title.strip() and otherwise:
        yield taken_for(where, what, "it has no title", otherwise, "a title")
