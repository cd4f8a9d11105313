"""What the commands share: printing findings, rejecting wrong usage, and exiting with a status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from coursewright.text.patterns import later

if TYPE_CHECKING:
    from coursewright.findings.finding import Finding, Severity


def names_of(options: list[str] | None) -> list[str]:
    """Return the names that an option gave: it may be repeated, and hold several between commas."""
    return [name.strip() for option in options or [] for name in option.split(",") if name.strip()]


def codes_of(option: str, given: list[str] | None) -> list[str]:
    """Return the codes, or how codes begin, that an option gave."""
    from coursewright.findings.messages import catalogue

    names = [name.upper() for name in names_of(given)]
    if given is not None and not names:
        refuse(f"{option} requires codes, such as {option} C103,L")
    for name in names:
        if not any(code.startswith(name) for code in catalogue()):
            refuse_code(name)
    return names


def refuse_code(code: str) -> NoReturn:
    """Exit with status 2, because there is no such code."""
    from coursewright.findings.messages import catalogue
    from coursewright.text.names import nearest

    refuse(f"there is no finding code {code}{nearest(code, tuple(catalogue()))}")


def harmless(text: str) -> str:
    """Return a text in which characters that control a terminal or reverse the writing stand as JSON escapes."""
    return _STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


# The control characters but tab and line feed, and those that embed, override or isolate a direction.
_STEERING = later("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def say(text: str, err: bool = False, nl: bool = True) -> None:
    """Show what may hold words of a stranger or an author."""
    typer.echo(harmless(text), err=err, nl=nl)


def _harmless(found: Finding) -> Finding:
    place = replace(found.place, path=harmless(found.place.path))
    related = tuple(replace(other, path=harmless(other.path)) for other in found.related)
    return replace(found, place=place, related=related, text=harmless(found.text), hint=harmless(found.hint))


def print_json(value: object) -> None:
    """Show a result as JSON on standard output."""
    import json

    say(json.dumps(value, ensure_ascii=False, indent=2))


def print_report(
    findings: list[Finding], output: str, files: Sequence[str], strict: bool, *, folded: bool = False
) -> None:
    """Show findings, which are the result, on standard output; `files` are all that were looked at.

    For people, many of one kind are `folded` into one; programs get each.
    """
    from coursewright.findings.reports import REPORTS, summary

    if output == "full":
        print_findings(findings, verbose=True, results=True, folded=folded)
        typer.echo(summary(findings))
    else:
        say(REPORTS[output](findings, files, strict=strict), nl=False)


def print_findings(
    findings: list[Finding],
    verbose: bool,
    results: bool = False,
    more: str = "--verbose, or coursewright lint",
    *,
    folded: bool = False,
) -> None:
    """Show findings: as results on standard output, else beside them on standard error. `more` says what shows all.

    Where they are `folded`, errors come first, and many of one kind are one.
    """
    for line, is_more in finding_lines(findings, verbose, more, folded=folded):
        typer.echo(line, err=is_more or not results)


def finding_lines(
    findings: Sequence[Finding], verbose: bool, more: str = "--verbose, or coursewright lint", *, folded: bool = False
) -> Iterator[tuple[str, bool]]:
    """Yield the lines of findings in their colours, and whether a line says only that there are more."""
    from coursewright.findings.reports import folded_lines, lines

    shown = [_harmless(found) for found in findings if verbose or found.severity != "info"]
    yield from ((line, False) for line in (folded_lines if folded else lines)(shown, coloured))
    if hidden := len(findings) - len(shown):
        yield f"({hidden} more for information; see {more})", True


def is_plain() -> bool:
    """Say whether nobody wants colours, or lines that are written over."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def coloured(severity: Severity) -> str:
    """Return a severity in its colour."""
    if is_plain():
        return str(severity)
    colours = {"error": typer.colors.RED, "warning": typer.colors.YELLOW, "info": typer.colors.BLUE}
    return typer.style(str(severity), fg=colours[severity], bold=True)


def progress(text: str) -> None:
    """Show on a terminal what is being done, on one line; an empty text clears it."""
    if sys.stderr.isatty() and not is_plain():
        sys.stderr.write(f"\r\x1b[K{harmless(text)}")
        sys.stderr.flush()


def leave(findings: list[Finding], strict: bool = False, sources: Sequence[Path] = ()) -> None:
    """Exit with the status of some findings, unless that is 0."""
    if status := status_of(findings, strict, sources):
        raise typer.Exit(status)


def status_of(findings: Sequence[Finding], strict: bool = False, sources: Sequence[Path] = ()) -> int:
    """Return 1 if there are errors, or, with `strict`, warnings; 2 if a named source cannot be read; else 0."""
    named = {source.as_posix() for source in sources}
    if any(found.place.path in named and found.code in _UNREAD for found in findings):
        return 2
    failing = ("error", "warning") if strict else ("error",)
    return int(any(found.severity in failing for found in findings))


_UNREAD = ("S001", "S003", "S025")  # what is not there, or may not be opened


def existing(given: str) -> Path:
    """Return the path of an existing file or folder; exit with status 2 if there is none."""
    if "://" in given:
        refuse(f"{given}: addresses are not supported; download it, and give the file")
    if not given.strip() or not os.path.lexists(given):
        refuse(f"{given or 'an empty name'}: there is no such file or folder")
    return Path(given)


def refuse(text: str) -> NoReturn:
    """Exit with status 2, because the command was used wrongly."""
    say(f"coursewright: {text}", err=True)
    raise typer.Exit(2)


def new_folder(given: str | Path) -> Path:
    """Return the path of a folder to write into; leave where it has no name, which would be the current folder."""
    if not str(given).strip():
        refuse("--output takes the name of a folder; for the current one, write .")
    return Path(given)
