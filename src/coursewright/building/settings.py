"""The settings of a build: `coursewright.toml`, or `[tool.coursewright]` in pyproject.toml, under the environment."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from dataclasses import field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from coursewright.course.plan import Grouping
from coursewright.course.values import Audience
from coursewright.findings.finding import Severity
from coursewright.findings.messages import catalogue
from coursewright.frozen import frozen
from coursewright.text.names import nearest, normal
from coursewright.text.patterns import later
from coursewright.text.toml import TomlError, read_toml

PREFIX = "COURSEWRIGHT_"
SETTINGS = "coursewright.toml"
_LANGUAGE = later(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


class ConfigError(Exception):
    """The settings cannot be used: `str(error)` says where, what, and how to mend it."""


@frozen
class Config:
    """What a user can set. `severities` maps a code to a severity, or to None to switch it off.

    `theme` is the folder of a theme; in a file of settings its path starts where that file is. `staff` asks for staff
    material where a format hides it from learners, `with_scorm` for units as SCORM packages within a Moodle course,
    `canvas_home` for our front page and syllabus in place of what a Canvas course has, `embed_videos` for frames that
    play films of the usual hosts, `certificate` for a page to print once every unit is completed. `solutions` is whom
    the folded solutions of exercises are for.
    `base_url` is where a web site will stand (`{course}` is the name of the course), `edit_url` where its sources are
    edited (`{path}` is that of a document), and an `unzipped` site is a folder.
    `course` is what an author says of the order of a folder (see `new`), and `course_file` where that stands.
    `language_given` and `math_given` say that the user settled these, rather than that they are as usual.
    `description` says what the course is about, and `cover` is a picture for its home, by a path like a theme's.
    `start` is the first day of a course, in seconds since 1970, 0 for none: that of SOURCE_DATE_EPOCH.
    """

    title: str = ""
    description: str = ""
    cover: Path | None = None
    language: str = "en"
    version: str = ""
    publisher: str = ""
    rights: str = ""
    start: int = 0
    theme: Path | None = None
    math: bool = False
    staff: bool = False
    with_scorm: bool = False
    canvas_home: bool = False
    embed_videos: bool = False
    base_url: str = ""
    edit_url: str = ""
    unzipped: bool = False
    certificate: bool = False
    solutions: Audience = Audience.LEARNER
    formats: tuple[str, ...] = ("scorm12",)
    grouping: Grouping | None = None
    audience: Mapping[str, Audience] = field(default_factory=dict)
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    course: Mapping[str, Any] = field(default_factory=dict)
    course_file: str = field(default=SETTINGS, compare=False)
    language_given: bool = field(default=False, compare=False)
    math_given: bool = field(default=False, compare=False)


_FLAGS = ("math", "staff", "with_scorm", "canvas_home", "embed_videos", "unzipped", "certificate")
_ADDRESSES = ("base_url", "edit_url")
_KEYS = tuple(
    found.name for found in fields(Config) if found.name not in ("language_given", "math_given", "course_file")
)


def load_config(
    file: Path | None,
    formats: tuple[str, ...],
    folder: Path | None = None,
    beside: Path | None = None,
    usual: tuple[str, ...] = (),
) -> Config:
    """Return the settings of a file under those of the environment.

    Without a file it is `coursewright.toml`, or `[tool.coursewright]` of `pyproject.toml`, in a folder (the current
    one). `beside` is a file of settings that lies beside a source, and counts for more. `formats` are the names that
    the key `formats` may hold, `usual` those of whoever names none. Raises ConfigError.
    """
    path, table = _table(file, folder or Path())
    begun = Config(start=_day_of_source(), formats=usual or Config().formats)
    config = _settled(begun, path, table, formats)
    if beside is not None:
        config = _settled(config, beside, _parsed(beside), formats)
    return _merged(config, _environment(), "the environment", formats)


def _settled(config: Config, path: Path, table: Mapping[str, Any], formats: tuple[str, ...]) -> Config:
    """Return settings under those of a file, where the path of a theme starts, too."""
    config = _merged(config, table, str(path), formats)
    if "theme" in table and config.theme is not None:
        config = replace(config, theme=path.parent / config.theme)
    if "cover" in table and config.cover is not None:
        config = replace(config, cover=path.parent / config.cover)
    return replace(config, course_file=str(path)) if "course" in table else config


def settings_of(source: Path) -> Path | None:
    """Return the file of settings that lies in a folder of sources, unless that is the current folder."""
    found = source / SETTINGS
    is_here = source.is_dir() and source.resolve() == Path().resolve()
    return found if found.is_file() and not is_here else None


def _environment() -> dict[str, Any]:
    """Return the settings that environment variables give; others of our prefix are left alone, but for near misses."""
    found: dict[str, Any] = {}
    for name, value in os.environ.items():
        key = name.removeprefix(PREFIX).lower()
        if not name.startswith(PREFIX):
            continue
        if key in _KEYS:
            found[key] = value.replace(",", " ").split() if key == "formats" else value
        elif difflib.get_close_matches(key, _KEYS, n=1, cutoff=0.75):
            raise ConfigError(f"the environment: there is no setting {name}{_nearest(key, _KEYS)}")
    return found


def _day_of_source() -> int:
    """Return the first moment of the day that SOURCE_DATE_EPOCH falls on, or 0."""
    moment = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(moment) // 86_400 * 86_400 if moment.isascii() and moment.isdigit() else 0


def _table(file: Path | None, folder: Path) -> tuple[Path, dict[str, Any]]:
    if file is not None:
        return file, _tool_table(_parsed(file)) if file.name == "pyproject.toml" else _parsed(file)
    own, project = folder / SETTINGS, folder / "pyproject.toml"
    if own.is_file():
        return own, _parsed(own)
    return project, _tool_table(_parsed(project)) if project.is_file() else {}


def _tool_table(parsed: dict[str, Any]) -> dict[str, Any]:
    tool = parsed.get("tool", {})
    found = tool.get("coursewright", {}) if isinstance(tool, dict) else {}
    return _table_of("tool.coursewright", found, "pyproject.toml")


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return read_toml(path).table
    except TomlError as error:
        raise ConfigError(str(error)) from error


def _merged(config: Config, table: Mapping[str, Any], where: str, formats: tuple[str, ...]) -> Config:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            raise ConfigError(f"{where}: there is no setting '{key}'{_nearest(key, _KEYS)}")
        values[key] = _value(key, value, where, formats)
    values |= {f"{key}_given": True for key in ("language", "math") if key in values}
    return replace(config, **values)


def _value(key: str, value: Any, where: str, formats: tuple[str, ...]) -> Any:
    if key in _FLAGS:
        return _one_of(key, str(value).lower(), ("true", "false"), where) == "true"
    match key:
        case "start":
            return _day(value, where)
        case "theme" | "cover" if isinstance(value, str) and value.isprintable():
            return _path(key, value, where)
        case "solutions":
            return Audience(_one_of(key, value, tuple(Audience), where))
        case "formats":
            names = _texts(key, value, where)
            return tuple(_one_of(key, name, formats, where) for name in names)
        case "grouping":
            return Grouping(_one_of(key, value, tuple(Grouping), where))
        case "audience":
            return {
                normal(title): Audience(_one_of(f"audience.{title}", whom, tuple(Audience), where))
                for title, whom in _table_of(key, value, where).items()
            }
        case "course":
            return _table_of(key, value, where)
        case "severities":
            return dict(_severity(code, grade, where) for code, grade in _table_of(key, value, where).items())
    return (_address if key in _ADDRESSES else _text)(key, value, where)


def _address(key: str, value: Any, where: str) -> str:
    """Return an address on the web, to which more is added."""
    text = _text(key, value, where)
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    is_whole = parts.scheme in ("http", "https") and parts.netloc and not re.search(r"[\s\"<>\\^`|]", text)
    if text and not (is_whole and (key == "edit_url" or not (parts.query or parts.fragment))):
        raise ConfigError(f"{where}: '{key}' takes an address such as https://example.org/course/, not '{text}'")
    return text


def _text(key: str, value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{where}: '{key}' takes a text")
    if not value.isprintable():
        raise ConfigError(f"{where}: '{key}' contains characters that cannot be printed")
    return language_tag(value, where) if key == "language" else value


def language_tag(value: str, where: str = "--language") -> str:
    """Return a language tag; raises ConfigError for anything else."""
    if not _LANGUAGE.match(value):
        raise ConfigError(f"{where}: '{value}' is not a language tag; write one such as 'en' or 'de-AT'")
    return value


_NAMES = {"theme": "a folder; leave it out for our own looks", "cover": "a picture; leave it out for none"}


def _path(key: str, value: str, where: str) -> Path:
    if not value.strip():
        raise ConfigError(f"{where}: '{key}' takes the name of {_NAMES[key]}")
    return Path(value)


def _day(value: Any, where: str) -> int:
    """Return a day in seconds since 1970, from `2027-01-11` as a text or as TOML has it."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError as error:
        raise ConfigError(f"{where}: 'start' takes a day such as 2027-01-11, not '{value}'") from error
    return (day - date(1970, 1, 1)).days * 86_400


def _severity(code: str, grade: Any, where: str) -> tuple[str, Severity | None]:
    known = tuple(catalogue())
    if code not in known:
        raise ConfigError(f"{where}: there is no finding code '{code}'{_nearest(code, known)}")
    name = _one_of(f"severities.{code}", grade, (*Severity, "off"), where)
    if catalogue()[code].severity is Severity.ERROR and name != Severity.ERROR:
        raise ConfigError(f"{where}: {code} stays an error: what it is about cannot be built, or would not work")
    return code, None if name == "off" else Severity(name)


def _table_of(key: str, value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"{where}: '{key}' takes a table")
    return value


def _texts(key: str, value: Any, where: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ConfigError(f"{where}: '{key}' takes a list of names, such as {key} = [\"scorm12\"]")
    return value


def _one_of(key: str, value: Any, known: tuple[str, ...], where: str) -> str:
    if value not in known:
        raise ConfigError(f"{where}: '{key}' cannot be {value!r}{_nearest(str(value), known)}")
    return str(value)


def _nearest(name: str, known: tuple[str, ...]) -> str:
    few = f"; there are {', '.join(known)}" if len(known) <= 12 else ""
    return nearest(name, known) or few
