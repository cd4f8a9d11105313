"""The commands by their names. Only the one that is asked for is loaded and built: most know many options."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import typer
from click import Command, Context, HelpFormatter
from typer.core import TyperGroup
from typer.main import get_command

# Where the function of each command is: its module in this room, and its name there.
_HOMES = {
    "build": "curriculum.build_command",
    "release": "release.release_command",
    "convert": "convert.convert",
    "new": "new.new",
    "preview": "preview.command.preview",
    "curriculum": "curriculum.curriculum",
    "graph": "curriculum.graph",
    "lint": "lint.lint",
    "validate": "packages.validate",
    "inspect": "packages.inspect",
    "diff": "packages.diff",
    "rules": "catalogue.rules",
    "explain": "catalogue.explain",
    "formats": "catalogue.formats",
}


class Commands(TyperGroup):
    """All commands, in the order of the help."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {name: Command(name) for name in _HOMES}  # their names, for shells that complete them

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Return a command with its options."""
        return _built(cmd_name) if cmd_name in _HOMES else None

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that was asked for; a mistyped one ends here: both libraries suggest others."""
        asked = args[0]
        if asked not in _HOMES and not asked.startswith("-") and not ctx.resilient_parsing:
            near = ", ".join(f"'{name}'" for name in get_close_matches(asked, _HOMES))
            ctx.fail(f"No such command '{asked}'." + (f" Did you mean {near}?" if near else ""))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """List the commands, each with what its function says of it; nobody asks for their options here."""
        listed = {name: Command(name, help=_function_of(name).__doc__) for name in _HOMES}
        TyperGroup(commands=listed).format_commands(ctx, formatter)


def _function_of(name: str) -> Callable[..., Any]:
    module, _, function = _HOMES[name].rpartition(".")
    found: Callable[..., Any] = getattr(import_module(f"{__package__}.{module}"), function)
    return found


def _built(name: str) -> Command:
    alone = typer.Typer(rich_markup_mode=None, add_completion=False)
    alone.command(name)(_function_of(name))
    return get_command(alone)
