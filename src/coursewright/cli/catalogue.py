"""The commands over what coursewright knows: rules, explain, formats."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from coursewright.cli.completion import code_names, lms_names
from coursewright.cli.console import codes_of
from coursewright.cli.options import CatalogueForm, Select


def rules(
    select: Select = None,
    output: Annotated[
        CatalogueForm, typer.Option("--output", help="Text, or JSON with reasons and fixes.")
    ] = CatalogueForm.full,
    lms: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            help="Show what this LMS limits instead: moodle or canvas; repeatable.",
            autocompletion=lms_names,
        ),
    ] = None,
) -> None:
    """List all finding codes, each with its severity and text; or with --for, what an LMS limits in packages."""
    from coursewright.findings.messages import shown

    if lms:
        _show_limits(lms, output)
        return
    beginnings = codes_of("--select", select) or [""]
    typer.echo(shown.rules_as_json(beginnings) if output is CatalogueForm.json else shown.rules(beginnings), nl=False)


def _show_limits(lms: list[str], output: CatalogueForm) -> None:
    """Print the tables of what LMSs limit; those that have none are a mistake of usage."""
    from coursewright.audit.lms import LMSS
    from coursewright.audit.lms.limits import as_json, shown_limits

    tables = {name: found.limits for name, found in LMSS.items() if found.limits is not None}
    if unknown := [name for name in lms if name not in tables]:
        raise typer.BadParameter(f"'{unknown[0]}' has no table; choose from {', '.join(tables)}", param_hint="--for")
    chosen = [tables[name] for name in dict.fromkeys(lms)]
    if output is CatalogueForm.json:
        typer.echo(json.dumps({"limits": as_json(chosen)}, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(map(shown_limits, chosen)), nl=False)


def explain(
    code: Annotated[
        str,
        typer.Argument(
            metavar="[CODE]",
            help="A code such as C103, or the start of several; all by default.",
            autocompletion=code_names,
        ),
    ] = "",
) -> None:
    """Explain a finding code, or list the codes that start with it."""
    from coursewright.audit.rule import places_of
    from coursewright.findings.messages import catalogue
    from coursewright.findings.messages.shown import blanked, modules_with, outline, rules

    found = catalogue().get(code.upper())
    if found is None:
        typer.echo(rules(codes_of("explain", [code]) if code else [""]), nl=False)
        return
    typer.echo(f"{found.code} ({found.severity})\n\n{outline(found)}\n")
    typer.echo(f"Why: {found.why}\nFix: {blanked(found.hint)}")
    rules_of = places_of(found.code)
    for place in rules_of:
        typer.echo(f"Rule: {place}")
    for module in () if rules_of else modules_with(found):
        typer.echo(f"Found in: {module}")


def formats() -> None:
    """List the package formats."""
    from coursewright.writers import ALL

    for found in ALL:
        names = ", ".join([found.name, *found.aliases])
        typer.echo(f"{names:<25} {found.title:<23} {found.extension:<6} {found.about}")
