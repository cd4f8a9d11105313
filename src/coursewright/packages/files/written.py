"""A document of ours as its bytes, with the tree that it was written from."""

from __future__ import annotations

from typing import Any


class WrittenDocument(bytes):
    """The bytes of a document; `root` is the tree that they were written from, for whoever would read them next.

    No element of the tree knows its line. Nobody changes a tree that is written.
    """

    root: Any = None


def written(content: bytes, root: Any) -> WrittenDocument:
    """Return the bytes of a document with its tree."""
    made = WrittenDocument(content)
    made.root = root
    return made
