"""A page of a stranger's package as it was read, and how many of its words there are."""

from __future__ import annotations

import re
from html import escape

from coursewright.frozen import frozen
from coursewright.text.markdown.backwards import inline_of

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"\]\([^()\s]*(?:\s\"[^\"]*\")?\)|<[^<>]*>")


@frozen
class ReadSheet:
    """A page that was read: where it stands in the package, its title, and what it says as Markdown.

    `words` are those of the page, `kept` those of them that the Markdown has. `key` is what the page itself is known
    by, if by anything; `games` are the titles of what a script plays on it.
    """

    file: str
    title: str
    markdown: str
    words: int = 0
    kept: int = 0
    key: str = ""
    games: tuple[str, ...] = ()


def count_words(text: str) -> int:
    """Return how many words a plain text has."""
    return sum(1 for _ in _WORD.finditer(text))


def words_of(markdown: str) -> int:
    """Return about how many words a reader sees of Markdown."""
    return count_words(_ADDRESS.sub(" ", markdown))


def as_markdown(words: str) -> str:
    """Return plain words as a line of Markdown that says the same."""
    return inline_of(escape(words, quote=False), as_written).markdown if words else ""


def as_written(address: str) -> str:
    """Return an address as it is: where it leads is found out later."""
    return address
