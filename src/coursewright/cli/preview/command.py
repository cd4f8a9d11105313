"""The command `preview`. It is loaded with every command: what is heavy waits inside the functions."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from coursewright.cli.start import usual_sources

if TYPE_CHECKING:
    from coursewright.building.settings import Config
    from coursewright.cli.preview.courses import Loaded, Origin
    from coursewright.cli.preview.server import Server
    from coursewright.cli.preview.site import Site

PORT = 8000


def preview(
    source: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SOURCE...|PACKAGE...]",
            help="A curriculum (seeds/, or else this folder), or packages from any tool, known by their content: "
            "SCORM, Canvas, Common Cartridge, Moodle, web sites, EPUB.",
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT[,FORMAT...]",
            help="What to show, first the first: scorm12, scorm2004, canvas, moodle, cc13 and others. Of SCORM alone, "
            "both versions are built.",
        ),
    ] = None,
    comparing: Annotated[
        bool,
        typer.Option(
            "--compare", help="Show two formats, or two packages, side by side: by default scorm12 and canvas."
        ),
    ] = False,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="8000 by default, or a free one.")] = None,
    open_browser: Annotated[
        bool | None, typer.Option("--open/--no-open", help="Open a browser; by default only in a terminal.")
    ] = None,
    watching: Annotated[bool, typer.Option("--watch", "-w", help="Reload when a source changes.")] = False,
    config_file: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Settings file; ./coursewright.toml by default.")
    ] = None,
) -> None:
    """Show courses in a browser as LMSs show them: played, with locks, progress and a log of LMS calls."""
    if comparing and not format:
        format = None if source and all(map(_is_package, source)) else "scorm12,canvas"
    origin = _origin(source or usual_sources("showing"), format, config_file)
    seen = origin.mark()  # before it is read: what changes meanwhile is read again
    loaded = origin.load()
    _tell(loaded)
    if not loaded.courses and not watching:
        typer.echo("coursewright: there is nothing to play", err=True)
        raise typer.Exit(1)
    opening = open_browser if open_browser is not None else sys.stdout.isatty()
    _show(origin, loaded, port, seen if watching else None, _compared(loaded) if comparing else "", opening=opening)


def _show(origin: Origin, loaded: Loaded, port: int | None, seen: str | None, start: str, *, opening: bool) -> None:
    """Serve what is loaded until told to stop; `seen` is the mark to watch from, `start` the first page."""
    from coursewright.cli.preview.site import Site

    site = Site(loaded)
    server = _bound(port, site)
    if opening:
        import webbrowser

        threading.Thread(target=webbrowser.open, args=(server.address + start,), daemon=True).start()
    with _watched(origin, site, seen) if seen is not None else _nothing():
        _serve(server, start)


def _is_package(path: Path) -> bool:
    from coursewright.packages.files.paths import is_package

    return is_package(path)


def _compared(loaded: Loaded) -> str:
    """Return the address of the comparison, below the player's: of two formats, or of two packages."""
    from urllib.parse import urlencode

    both = [(course.name, edition.manifest["version"]) for course in loaded.courses for edition in course.editions]
    if len(both) < 2:
        _refuse("--compare takes two formats (-f scorm12,canvas) or two packages")
    (left_course, left), (right_course, right) = both[:2]
    query = {"left-course": left_course, "left": left, "right-course": right_course, "right": right}
    return f"compare?{urlencode(query)}"


def _origin(paths: Sequence[Path], format: str | None, config_file: Path | None) -> Origin:
    from coursewright.building.settings import settings_of
    from coursewright.cli.preview.courses import SETTINGS, Documents, Packages
    from coursewright.packages.files.paths import is_package

    packages = [path for path in paths if is_package(path)]
    if not packages:
        wanted = _formats(format)
        beside = settings_of(paths[0]) if config_file is None and len(paths) == 1 else None
        settings = (*(SETTINGS if config_file is None else (config_file,)), *([beside] if beside else []))
        load = partial(_load_config, config_file, wanted, beside)
        _config(load)  # at once, since a mistake in it is wrong usage
        return Documents(paths, load, settings)
    if len(packages) < len(paths):
        _refuse("give either packages or a curriculum, not both")
    if format:
        _refuse("--format is for a curriculum only; packages are shown as they are")
    return Packages(packages)


def _formats(names: str | None) -> tuple[str, ...]:
    """Return the formats to show, by the names that their packages bear; none if the settings may say."""
    from coursewright.text.names import nearest
    from coursewright.writers import FORMATS

    known = tuple(name for name, found in FORMATS.items() if not found.only_quizzes)
    wanted = tuple(filter(None, (name.strip() for name in (names or "").split(","))))
    for name in wanted:
        if name not in known:
            _refuse(f"there is no format '{name}' to show{nearest(name, known)}; formats: {', '.join(known)}")
    return wanted


def _load_config(file: Path | None, wanted: Sequence[str], beside: Path | None = None) -> Config:
    from coursewright.building.settings import load_config
    from coursewright.cli.preview.courses import both_versions
    from coursewright.writers import FORMATS

    config = replace(load_config(file, tuple(FORMATS), beside=beside), unzipped=False)  # a site is shown from its zip
    if len(wanted) > 1 or any(not name.startswith("scorm") for name in wanted):
        return replace(config, formats=tuple(dict.fromkeys(wanted)))
    playable = [name for name in (*wanted, *config.formats) if name.startswith("scorm")]
    return both_versions(config, next(iter(playable), "scorm12"))


def _config(load: Callable[[], Config]) -> Config:
    from coursewright.building.settings import ConfigError

    try:
        return load()
    except ConfigError as error:
        _refuse(str(error))


def _bound(port: int | None, site: Site) -> Server:
    """Return a server on the port that was asked for; on the usual one, or any that is free, if none was."""
    from coursewright.cli.preview.server import Server

    try:
        return Server(PORT if port is None else port, site)
    except OSError as error:
        if port is not None:
            _refuse(f"port {port} cannot be used: {error.strerror or error}")
        return Server(0, site)


def _serve(server: Server, start: str = "") -> None:
    """Serve until Ctrl-C, or until someone ends this process."""
    if hasattr(signal, "SIGPIPE"):  # a browser that hangs up must not end the server
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        typer.echo(f"{server.address}{start}  (Ctrl-C ends the preview)")
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        typer.echo("", err=True)
    finally:
        server.server_close()
        server.site.close()


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def _watched(origin: Origin, site: Site, seen: str) -> Iterator[None]:
    from coursewright.cli.preview.server import watch

    stop = threading.Event()
    watcher = threading.Thread(target=watch, args=(origin, site, seen, stop, _tell), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join(timeout=10)  # a build under way clears its folder


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _tell(loaded: Loaded) -> None:
    """Say in brief what was loaded, and what was found about it, in characters that any terminal can show."""
    from coursewright.packages.files.names import printable

    shown = [found for found in loaded.findings if found.severity != "info"]
    for found in shown:
        typer.echo(printable(f"{found.place}: {found.severity} {found.code} {found.text}"), err=True)
    for error in loaded.errors if not shown else ():
        typer.echo(f"coursewright: {printable(error)}", err=True)
    if hidden := len(loaded.findings) - len(shown):
        typer.echo(f"({hidden} more for information; see coursewright lint)", err=True)
    for course in loaded.courses:
        versions = ", ".join(
            edition.manifest["edition"] or _version(edition.manifest["version"]) for edition in course.editions
        )
        typer.echo(f"{printable(course.title)}  ({versions})")


def _version(version: str) -> str:
    return f"SCORM {version}" if version else "no SCORM"


def _refuse(text: str) -> NoReturn:
    typer.echo(f"coursewright: {text}", err=True)
    raise typer.Exit(2)
