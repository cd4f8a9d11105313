"""Markdown as values: a text with its line, and the blocks that a section is made of."""

from __future__ import annotations

from coursewright.frozen import frozen


class Text(str):
    """Inline Markdown as written (mojibake repaired), which knows the line it stands on."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, value: str, line: int = 0) -> Text:
        text = super().__new__(cls, value)
        text.line = line
        return text

    def __reduce__(self) -> tuple[type[Text], tuple[str, int]]:
        return type(self), (str(self), self.line)


@frozen
class Item:
    """A list item: its text on one line, its nested items, and whether it is ticked (None without a box)."""

    text: Text
    done: bool | None = None
    children: tuple[Item, ...] = ()

    def inline(self) -> Text:
        """Return the item's text with its nested items after it, on one line."""
        if not self.children:
            return self.text
        parts: list[str] = []
        waiting: list[Item | str] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                parts.append(one)
                continue
            parts.append(one.text)
            for number, child in reversed(list(enumerate(one.children))):
                waiting += [child, "; " if number else _joint(one.text)]
        return Text("".join(parts), self.text.line)


def _joint(text: str) -> str:
    """Return what stands between an item and those nested in it."""
    return " " if text.endswith((":", "–", "-", ".", "!", "?")) else ": "


@frozen
class Listing:
    """A list of items."""

    line: int
    items: tuple[Item, ...]
    ordered: bool = False


@frozen
class Table:
    """A table: header cells, and rows of as many cells."""

    line: int
    header: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@frozen
class Prose:
    """Anything else, as Markdown: paragraphs, quotes, code, lists that hold more than text."""

    line: int
    markdown: str


Block = Listing | Table | Prose
