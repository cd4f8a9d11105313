"""The environment of our templates and of a theme's: what they know stays as it is while pages are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

_MARKS = re.compile("[&<>\"']")


def shown(value: Any) -> str:
    """Return what shows a value in HTML: `escape` makes Markup of each, for which nobody asks amidst a page."""
    if type(value) is Markup or (type(value) is str and not _MARKS.search(value)):
        return value
    return escape(value)


class _Compiler(CodeGenerator):
    """Compiles templates so that what they show is as `shown` has it."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if finalize.src is None and frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


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


class _Ours(Environment):
    context_class = _Context
    code_generator_class = _Compiler
    shown = staticmethod(shown)

    def make_globals(self, d: Mapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every template knows as one mapping, which each page copies."""
        return {**self.globals, **(d or {})}


class _Trusted(_Ours):
    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what `obj.attribute` means: of a mapping its value, for which the library asks only after failing."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


class _Sandboxed(_Ours, ImmutableSandboxedEnvironment):
    """For themes, which may come from anywhere: their templates get what they are given, and nothing else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the same as for ours, if it is something that they may have."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


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
