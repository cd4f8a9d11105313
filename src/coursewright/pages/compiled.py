"""Templates as Jinja compiles them, kept from one run to the next: compiling takes longer than most pages."""

from __future__ import annotations

import marshal
from hashlib import sha256
from types import CodeType
from typing import Protocol

import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from coursewright.frozen import frozen
from coursewright.version import __version__

_KIND = "templates"


class Keeper(Protocol):
    """Keeps what was made, by its kind and a key, and returns it only if it is whole."""

    def own(self, kind: str, key: str) -> bytes | None:
        """Return what is kept, if it is there and whole, and only this user can have written it."""

    def keep(self, kind: str, key: str, content: bytes) -> None:
        """Keep what was made."""


class Neighbours(Protocol):
    """Keeps what was made of a file of this program beside it, and returns it only if it is whole and of that key."""

    def beside(self, path: str, key: bytes) -> bytes | None:
        """Return what is kept of a file."""

    def put(self, path: str, key: bytes, content: bytes) -> bool:
        """Keep what was made of a file, in the place of what was made of it before; say whether that could be done."""


@frozen
class CompiledTemplates:
    """Where compiled templates are kept, and the program that they are compiled by, Jinja and Python included."""

    keeper: Keeper
    program: str


class Compiled(BytecodeCache):
    """What Jinja asks for compiled templates: our own are kept beside them, those of themes where a user keeps things.

    So are ours where nobody may write beside them, and in a sandbox, where they are compiled otherwise.
    """

    def __init__(self, neighbours: Neighbours, kept: CompiledTemplates | None) -> None:
        self._neighbours = neighbours
        self._kept = kept

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return what a bucket is known by: the path of its template."""
        return filename or name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with the code of its template, if that is kept."""
        if found := self._found(bucket):
            code: CodeType = marshal.loads(found)  # noqa: S302 - it is whole, and this program's or this user's
            bucket.code = code

    def _found(self, bucket: Bucket) -> bytes | None:
        if not _is_sandboxed(bucket) and (found := self._neighbours.beside(bucket.key, _own_key(bucket))):
            return found
        return self._kept.keeper.own(_KIND, _key(bucket, self._kept.program)) if self._kept else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        code = marshal.dumps(bucket.code)
        if not _is_sandboxed(bucket) and self._neighbours.put(bucket.key, _own_key(bucket), code):
            return
        if self._kept:
            self._kept.keeper.keep(_KIND, _key(bucket, self._kept.program), code)


def _is_sandboxed(bucket: Bucket) -> bool:
    return bool(bucket.environment.sandboxed)


def _own_key(bucket: Bucket) -> bytes:
    """Return all that the code of a template of ours depends on: its text, and who compiles it in which way."""
    made = bucket.environment
    how = (made.code_generator_class.__module__, made.trim_blocks, made.lstrip_blocks, made.autoescape)
    parts = (__version__, jinja2.__version__, *how, bucket.checksum)
    return sha256("\0".join(map(str, parts)).encode()).digest()


def _key(bucket: Bucket, program: str) -> str:
    """Return all that the code of any template depends on: the bucket knows its path and text."""
    parts = (program, str(_is_sandboxed(bucket)), bucket.key, bucket.checksum)
    return sha256("\0".join(parts).encode()).hexdigest()
