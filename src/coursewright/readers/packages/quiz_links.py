"""Where the addresses in the texts of a quiz lead: to where the course has things."""

from __future__ import annotations

from dataclasses import replace

from coursewright.course.assets import Target
from coursewright.course.quiz import Quiz, with_texts
from coursewright.readers.packages.texts import Lead
from coursewright.text.markdown.addresses import addresses
from coursewright.text.markdown.readdressing import readdressed


def linked(quiz: Quiz, lead: Lead) -> Quiz:
    """Return a quiz whose addresses lead to where the course has things."""
    known: dict[str, str] = {}
    targets: dict[str, Target] = {}

    def led(text: str) -> str:
        if "(" not in text and "<" not in text and "]:" not in text:
            return text
        found = dict.fromkeys(one.href for one in addresses(text) if one.href)
        for address in found:
            if address not in known:
                shown, target = lead(address)
                known[address] = address if target is None else shown
                targets.update({} if target is None else {shown: target})
        return readdressed(text, {address: known[address] for address in found})[0]

    changed = with_texts(quiz, led)
    return replace(changed, targets=targets) if targets else quiz
