"""Which documents a folder holds: those behind links too, each once, and a word about what cannot be opened."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from conftest import built, linted, roadmap

from coursewright.readers.sources import read_curriculum
from coursewright.text.markdown.html import Converter

Curriculum = Callable[[Mapping[str, str | bytes]], Path]


def test_links_to_folders_are_followed_once_and_last(curriculum: Curriculum, tmp_path: Path) -> None:
    folder = curriculum({"z/a.md": roadmap(1), "../other/b.md": roadmap(2), "../other/deep/c.md": roadmap(3)})
    for name, target in {"a": folder / "z", "b": tmp_path / "other", "c": tmp_path / "other" / "deep"}.items():
        (folder / name).symlink_to(target)
    (tmp_path / "other" / "again").symlink_to(folder / "b")
    read = linted(folder).curriculum
    paths = [Path(unit.path).relative_to(folder).as_posix() for unit in read.units]
    assert paths == ["z/a.md", "b/b.md", "b/deep/c.md"]
    assert not read.findings


def test_a_link_upwards_is_not_followed(curriculum: Curriculum) -> None:
    folder = curriculum({"m/a.md": roadmap(1)})
    (folder / "m" / "all").symlink_to("/")
    (folder / "m" / "loop").symlink_to(folder)
    read = linted(folder).curriculum
    assert len(read.units) == 1
    assert [(found.code, Path(found.place.path).name) for found in read.findings] == [("S025", "all")]


def test_a_folder_that_may_not_be_opened_is_an_error(curriculum: Curriculum, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = curriculum({"a.md": roadmap(1), "closed/b.md": roadmap(2)})
    opened = os.scandir

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if os.path.basename(path) == "closed":  # noqa: PTH119 - root may open every folder
            raise PermissionError(13, "Permission denied", path)
        return opened(path)

    monkeypatch.setattr(os, "scandir", scandir)
    read = read_curriculum([folder])
    assert len(read.units) == 1
    assert [found.text for found in read.findings] == ["the folder cannot be read: Permission denied"]


STRANGERS = {
    "AGENTS.md": "# AGENTS.md\n\n## Project Overview\n\n- **Language**: Python\n- **License**: MIT\n\n## Project Plan\n\nShip it.\n",
    "README.md": "# My project\n\n## Project Overview\n\nThis project bakes bread.\n\n## Overview\n\n- Title: Bread\n",
    "post.md": "# How we teach\n\n## Module Overview\n\n- Prerequisites: none\n\n## Learning Objectives\n\n- Read.\n",
    "CLAUDE.md": "# Project Plan\n\n## Overview\n\n- Use Python.\n\n## Milestones\n\n- Week 1: Ship it.\n",
    "planning.md": "# Project Planning in practice\n\nText.\n",
    "roadmaps.md": "# Module Roadmaps compared\n\nText.\n",
}


@pytest.mark.parametrize("name", STRANGERS)
def test_a_document_of_another_kind_is_not_read(name: str, curriculum: Curriculum) -> None:
    read = linted(curriculum({"a.md": roadmap(1), name: STRANGERS[name]})).curriculum
    assert [unit.id for unit in read.units] == ["MOD-001"]
    assert [(found.code, Path(found.place.path).name) for found in read.findings] == [("S009", name)]


OURS = ["# Module Roadmap", "# Module Roadmap: Flour", "# Project Plan – Bread", "# Flour", "Module Roadmap\n==="]


@pytest.mark.parametrize("heading", OURS)
def test_a_document_of_the_family_is_known_by_its_heading_or_its_id(heading: str, curriculum: Curriculum) -> None:
    folder = curriculum({"a.md": roadmap(1).replace("# Module Roadmap", heading, 1)})
    assert [unit.id for unit in linted(folder).curriculum.units] == ["MOD-001"]
    without_id = roadmap(1).replace("- **Module ID**: MOD-001\n", "").replace("# Module Roadmap", heading, 1)
    assert len(linted(curriculum({"a.md": without_id})).curriculum.units) == 1


@pytest.mark.parametrize(
    ("roles", "tracks"),
    [
        (["Arzt", "Ärzt"], ["arzt", "aerzt"]), (["Ärzte", "Arzte"], ["aerzte", "arzte"]),
        ([".NET Developer", "NET Developer"], ["dot-net-developer", "net-developer"]),
        (["C Developer", "C++ Developer"], ["c-developer", "c-plus-plus-developer"]),
        (["C++ Developer", "C# Developer"], ["c-developer", "c-sharp-developer"]),
        (["R&D Lead", "R D Lead"], ["r-and-d-lead", "r-d-lead"]), (["Ärzte", "ärzte"], ["arzte", "arzte"]),
        ([".NET Developer"], ["net-developer"]), (["Café Lead", "Cafe\u0301 Lead"], ["cafe-lead", "cafe-lead"]),
        (["Café Lead", "Cafe Lead"], ["cafe-lead-", "cafe-lead"]),
    ],
)  # fmt: skip
def test_a_role_keeps_its_track_when_one_of_a_like_name_is_added(
    roles: list[str], tracks: list[str], curriculum: Curriculum
) -> None:
    folder = curriculum({f"{n}.md": roadmap(n, role=role) for n, role in enumerate(roles)})
    found = [unit.track for unit in linted(folder).curriculum.units]
    assert [track[: len(wanted)] for track, wanted in zip(found, tracks, strict=True)] == tracks
    assert len(set(found)) == len(set(tracks))


def test_packages_of_roles_of_signs_have_names_that_begin_with_a_word(curriculum: Curriculum, tmp_path: Path) -> None:
    roles = [".NET Developer", "NET Developer", "R&D", "★★", "- Lead"]
    built(curriculum({f"{n}.md": roadmap(n, role=role) for n, role in enumerate(roles)}), tmp_path / "out")
    names = sorted(path.name.removesuffix("-scorm12.zip") for path in (tmp_path / "out").glob("*-scorm12.zip"))
    assert names[1:] == ["dot-net-developer", "lead", "net-developer", "r-d"] and names[0].startswith("course-")


def test_roles_told_apart_by_signs_are_tracks_of_their_own(curriculum: Curriculum) -> None:
    folder = curriculum({f"{n}.md": roadmap(n, role=role) for n, role in enumerate(["C++ Developer", "C Developer"])})
    assert [unit.track for unit in linted(folder).curriculum.units] == ["c-plus-plus-developer", "c-developer"]


def test_a_role_that_stands_alone_keeps_its_track(curriculum: Curriculum) -> None:
    folder = curriculum({"a.md": roadmap(1, role="C++ Developer"), "b.md": roadmap(2, role="c++ developer")})
    read = linted(folder).curriculum
    assert {unit.track for unit in read.units} == {"c-developer"} and not read.findings


def test_definitions_that_would_nest_too_deep_are_shown_as_written() -> None:
    terms = "\n".join(f"Term {number}\n: text" for number in range(2000))
    assert Converter().block(terms).startswith("<pre>")
