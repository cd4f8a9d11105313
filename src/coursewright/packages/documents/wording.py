"""The texts of quizzes as documents hold them: HTML or plain text, and gaps where a text has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from coursewright.course.questions import GAP
from coursewright.course.quiz import Question
from coursewright.frozen import frozen
from coursewright.text.names import cut
from coursewright.text.patterns import later

_LONGEST_NAME = 80
_FIRST, _LAST = 0xF0000, 0xFFFFD  # signs that no text means anything by: each holds the place of a gap, in code too
_SIGN = later(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_ONE_PARAGRAPH = later(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)


@frozen
class Wording:
    """Makes the texts of a quiz. `block` returns the HTML of Markdown, `plain` a line of it without markup.

    `spoken` marks the HTML of a text with its language, and `phrased` that of a line, where that is needed. `yes` and
    `no` are what the answers to a statement that is true or false are called.
    """

    block: Callable[[str], str]
    plain: Callable[[str], str]
    yes: str = "True"
    no: str = "False"
    spoken: Callable[[str], str] = str
    phrased: Callable[[str], str] = str

    def html(self, markdown: str) -> str:
        """Return the HTML of a text."""
        found = self._bare(markdown)
        return self.spoken(found) if found else found

    def _bare(self, markdown: str) -> str:
        return self.block(_SIGN.sub("", markdown)).strip()

    def line(self, markdown: str) -> str:
        """Return the HTML of a text that stands in a line, such as an answer: without a paragraph around it."""
        found = self.unmarked(markdown)
        return self.phrased(found) if found else found

    def unmarked(self, markdown: str) -> str:
        """Return the HTML of a line that stands in a text whose language is marked."""
        html = self._bare(markdown)
        found = _ONE_PARAGRAPH.fullmatch(html)
        return found[1] if found else html

    def gapped(self, markdown: str, shown: Callable[[str], str]) -> str:
        """Return the HTML of a text in which each gap `[[key]]` is what `shown` makes of its key."""
        keys: list[str] = []

        def held(gap: re.Match[str]) -> str:
            keys.append(gap[1])
            return chr(min(_FIRST + len(keys) - 1, _LAST))

        def filled(sign: re.Match[str]) -> str:
            place = ord(sign[0]) - _FIRST
            return shown(keys[place]) if place < len(keys) else ""

        html = self.block(GAP.sub(held, _SIGN.sub("", markdown))).strip()
        return self.spoken(_SIGN.sub(filled, html))

    def name(self, question: Question) -> str:
        """Return what lists call a question: its title, or how it begins."""
        first = next(filter(None, map(str.strip, question.stem.splitlines())), "")
        return cut(self.plain(question.title or GAP.sub("_____", first).lstrip("#>-* ")) or question.key, _LONGEST_NAME)


def unlike(names: Iterable[str]) -> list[str]:
    """Return names of which no two are the same: a second one has its number after it."""
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        own, number = name, 1
        while own in taken:
            number += 1
            own = f"{name}-{number}"
        taken.add(own)
        found.append(own)
    return found
