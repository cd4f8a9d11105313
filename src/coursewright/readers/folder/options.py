"""What a user sets for the folders that are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursewright.course.values import Audience

if TYPE_CHECKING:
    from coursewright.packages.files.unpacking import Unpacked


@dataclass(frozen=True)
class FolderOptions:
    """The settings of a course that its reader needs.

    `language` asks for a translation, if the author has one. `course` is the table `[course]` of the settings, and
    `settings` the file that it stands in. `audiences` gives the audience of sections by normal title, `solutions` whom
    folded solutions are for. `title` is what the user calls the course. `packages` says where those among the sources
    lie unpacked.
    """

    language: str = ""
    title: str = ""
    course: Mapping[str, Any] = field(default_factory=dict)
    settings: str = "coursewright.toml"
    audiences: Mapping[str, Audience] = field(default_factory=dict)
    solutions: Audience = Audience.LEARNER
    packages: Mapping[Path, Unpacked] = field(default_factory=dict)
