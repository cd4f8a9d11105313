"""The commands over what coursewright knows: rules, explain, formats."""

from __future__ import annotations

from typing import Annotated

import typer

from coursewright.cli.console import Listing, refuse_code


def rules(
    output: Annotated[Listing, typer.Option("--output", help="As JSON with reasons and remedies too.")] = Listing.full,
) -> None:
    """List every code of a finding, with its severity and its text."""
    from coursewright import reports

    typer.echo(reports.rules_as_json() if output is Listing.json else reports.rules(), nl=False)


def explain(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="Such as C103; without one, all are listed.")] = "",
) -> None:
    """Explain a finding, or list them all."""
    from coursewright.messages import catalogue
    from coursewright.reports import blanked

    if not code:
        rules(Listing.full)
        return
    found = catalogue().get(code.upper())
    if found is None:
        refuse_code(code)
    typer.echo(f"{found.code} ({found.severity})\n\n{blanked(found.text)}\n")
    typer.echo(f"Why: {found.why}\nMend: {blanked(found.hint)}")


def formats() -> None:
    """List the package formats."""
    from coursewright.formats import ALL

    for found in ALL:
        names = ", ".join([found.name, *found.aliases])
        typer.echo(f"{names:<25} {found.title:<23} {found.extension:<6} {found.about}")
