"""Pages that stand for what a package holds and nobody can read."""

from __future__ import annotations

from coursewright.course.parts import Page
from coursewright.readers.packages.cartridges.planning import PartDraft
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.recovery import Element
from coursewright.readers.packages.texts import WrittenText

_SAID = WrittenText("This part of the course could not be converted.", {})


def standing_in(ledger: Ledger, planned: PartDraft, element: Element) -> Page:
    """Return the page that stands for an element, which is entered in the ledger as damaged."""
    ledger.damaged(element)
    return planned.head(ledger.shown).page(_SAID)
