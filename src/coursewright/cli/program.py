"""The command line as one program: its commands, and what it says by itself."""

from __future__ import annotations

from typing import Annotated

import typer

from coursewright.cli.commands import Commands
from coursewright.cli.console import say
from coursewright.cli.start import FIRST_WORDS

app = typer.Typer(
    name="coursewright",
    cls=Commands,
    help="pandoc for courses: build LMS course packages from a Markdown curriculum, and check anyone's packages.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if context.invoked_subcommand is None and not version:
        say(FIRST_WORDS)
    if version:
        from coursewright.version import __version__

        typer.echo(f"coursewright {__version__}")
        raise typer.Exit
