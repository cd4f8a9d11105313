"""Templates as Jinja compiles them, kept from one run to the next: compiling takes longer than most pages."""

from __future__ import annotations

import marshal
from dataclasses import dataclass
from hashlib import sha256
from types import CodeType
from typing import Protocol

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_KIND = "templates"


class Keeper(Protocol):
    """Keeps what was made, by its kind and a key, and returns it only if it is whole."""

    def own(self, kind: str, key: str) -> bytes | None:
        """Return what is kept, if it is there and whole, and only this user can have written it."""

    def keep(self, kind: str, key: str, content: bytes) -> None:
        """Keep what was made."""


@dataclass(frozen=True, slots=True)
class CompiledTemplates:
    """Where compiled templates are kept, and the program that they are compiled by, Jinja and Python included."""

    keeper: Keeper
    program: str


class Compiled(BytecodeCache):
    """What Jinja asks for compiled templates; those of a sandbox stand apart."""

    def __init__(self, kept: CompiledTemplates, *, sandboxed: bool) -> None:
        self._kept = kept
        self._sandboxed = sandboxed

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with the code of its template, if that is kept."""
        if found := self._kept.keeper.own(_KIND, self._key(bucket)):
            code: CodeType = marshal.loads(found)  # noqa: S302 - it is whole, and this user's
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._kept.keeper.keep(_KIND, self._key(bucket), marshal.dumps(bucket.code))

    def _key(self, bucket: Bucket) -> str:
        """Return all that the code depends on: the bucket knows the template's name, file and text."""
        parts = (self._kept.program, str(self._sandboxed), bucket.key, bucket.checksum)
        return sha256("\0".join(parts).encode()).hexdigest()
