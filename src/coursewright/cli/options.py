"""Options that several commands have: each means the same wherever it is."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coursewright.cli.completion import code_names, format_names, lms_names, unit_ids
from coursewright.cli.console import codes_of, new_folder

if TYPE_CHECKING:
    from coursewright.findings.finding import Finding


class ReportForm(StrEnum):
    """How findings are shown."""

    full = "full"
    json = "json"
    github = "github"
    junit = "junit"
    sarif = "sarif"
    codequality = "codequality"


class CatalogueForm(StrEnum):
    """How the catalogue is shown."""

    full = "full"
    json = "json"


class Least(StrEnum):
    """The least severity that counts."""

    error = "error"
    warning = "warning"
    info = "info"


class By(StrEnum):
    """How units are put into packages."""

    track = "track"
    unit = "unit"
    all = "all"


Sources = Annotated[list[Path], typer.Argument(metavar="SOURCE...", help="Folders, documents or quizzes.")]
UsualSources = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[SOURCE...]", help="Folders, documents or quizzes; seeds/, or else this folder."),
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings file; ./coursewright.toml by default.")
]
Folder = Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where packages go.", parser=new_folder)]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="Package formats, with commas; see `formats`. By default moodle,canvas,scorm12.",
        autocompletion=format_names,
    ),
]
Grouped = Annotated[By | None, typer.Option("--by", help="One package per track (default), per unit, or one for all.")]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="ID",
        help="Only these units, such as MOD-602,MOD-607 or track/MOD-602.",
        autocompletion=unit_ids,
    ),
]
Lms = Annotated[
    list[str] | None,
    typer.Option(
        "--for",
        metavar="LMS",
        help="Also report what the LMS drops or rejects: moodle, canvas, blackboard, brightspace, scorm-cloud.",
        autocompletion=lms_names,
    ),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, help="How many processes write; all cores on large builds by default.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with status 1 on warnings too.")]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Show each finding by itself, those for information too.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show errors alone.")]
Report = Annotated[ReportForm, typer.Option("--report", metavar="FORM", help="How findings are shown, as in lint.")]
Output = Annotated[ReportForm, typer.Option("--output", help="How findings are shown.")]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODES",
        help="Only these findings: codes or their starts, such as C103,L.",
        autocompletion=code_names,
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODES",
        help="Leave out these findings, written the same way.",
        autocompletion=code_names,
    ),
]
Severe = Annotated[
    Least, typer.Option("--severity", metavar="LEAST", help="Only findings of this severity and graver ones.")
]


def wanted(
    findings: Iterable[Finding], select: list[str] | None, ignore: list[str] | None, least: Least = Least.info
) -> list[Finding]:
    """Return the findings that options ask for: what is left out doesn't count. That a source is unread stays."""
    from coursewright.findings.finding import Severity, is_selected

    chosen, left_out = tuple(codes_of("--select", select)), tuple(codes_of("--ignore", ignore))
    rank = Severity(least).rank
    return [
        found
        for found in findings
        if found.severity.rank <= rank
        and (is_selected(found.code, chosen) or (found.severity == "error" and found.code.startswith("S")))
        and is_selected(found.code, (), left_out)
    ]
