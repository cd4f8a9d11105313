"""The environment of our templates and of a theme's: what they know stays as it is while pages are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment


class _Context(Context):
    """What a template knows. Nothing that ours call wants to be told of the context, so none is looked for."""

    def call(
        __self,  # noqa: N805 - the library's name
        __obj: Callable[..., Any],
        *args: Any,
        _loop_vars: Any = None,
        _block_vars: Any = None,
        **kwargs: Any,
    ) -> Any:
        return __obj(*args, **kwargs)


class _Trusted(Environment):
    context_class = _Context

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what `obj.attribute` means: of a mapping its value, for which the library asks only after failing."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def make_globals(self, d: Mapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every template knows as one mapping, which each page copies."""
        return {**self.globals, **(d or {})}


class _Sandboxed(_Trusted, ImmutableSandboxedEnvironment):
    """For themes, which may come from anywhere: their templates get what they are given, and nothing else."""


def environment(
    folders: Sequence[Path], known: Mapping[str, object], compiled: BytecodeCache | None, *, sandboxed: bool
) -> Environment:
    """Return an environment whose templates are in folders, the first of which counts most, and know some values."""
    made = (_Sandboxed if sandboxed else _Trusted)(
        loader=FileSystemLoader(folders),
        bytecode_cache=compiled,
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= known
    return made
