"""The commands over what coursewright knows: rules, explain, formats."""

from __future__ import annotations

from typing import Annotated

import typer

from coursewright.cli.console import CatalogueForm, Select, codes_of


def rules(
    select: Select = None,
    output: Annotated[
        CatalogueForm, typer.Option("--output", help="Text, or JSON with reasons and fixes.")
    ] = CatalogueForm.full,
) -> None:
    """List all finding codes, each with its severity and text."""
    from coursewright.findings.messages import shown

    beginnings = codes_of("--select", select) or [""]
    typer.echo(shown.rules_as_json(beginnings) if output is CatalogueForm.json else shown.rules(beginnings), nl=False)


def explain(
    code: Annotated[
        str, typer.Argument(metavar="[CODE]", help="A code such as C103, or the start of several; all by default.")
    ] = "",
) -> None:
    """Explain a finding code, or list the codes that start with it."""
    from coursewright.findings.messages import catalogue
    from coursewright.findings.messages.shown import blanked, outline, rules

    found = catalogue().get(code.upper())
    if found is None:
        typer.echo(rules(codes_of("explain", [code]) if code else [""]), nl=False)
        return
    typer.echo(f"{found.code} ({found.severity})\n\n{outline(found)}\n")
    typer.echo(f"Why: {found.why}\nFix: {blanked(found.hint)}")


def formats() -> None:
    """List the package formats."""
    from coursewright.writers import ALL

    for found in ALL:
        names = ", ".join([found.name, *found.aliases])
        typer.echo(f"{names:<25} {found.title:<23} {found.extension:<6} {found.about}")
