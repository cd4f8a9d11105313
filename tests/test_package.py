"""Zips are the same bytes every time, hold only safe names, and replace what was there whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from coursewright.packages.files.opening import open_container
from coursewright.packages.files.writing import Package, write_zip, zip_time
from coursewright.text.names import is_safe

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def digests(folder: Path) -> str:
    return (folder / "SHA256SUMS").read_text()


def build_elsewhere(folder: Path, zone: str, umask: int, seeds: Path) -> str:
    folder.mkdir()
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(umask)}
    subprocess.run(
        [sys.executable, "-m", "coursewright", "build", os.path.relpath(seeds, folder)],
        cwd=folder, env=environment, umask=umask, check=True, capture_output=True,
    )  # fmt: skip
    return digests(folder / "dist")


def test_builds_in_other_folders_zones_and_umasks_are_the_same_bytes(tmp_path: Path) -> None:
    first = build_elsewhere(tmp_path / "one", "Pacific/Auckland", 0o077, SEEDS)
    second = build_elsewhere(tmp_path / "two", "America/Los_Angeles", 0o002, SEEDS)
    assert first == second
    assert len(first.splitlines()) == 9


def test_the_time_of_an_entry_comes_from_the_environment_or_is_fixed() -> None:
    assert zip_time("") == zip_time("never") == zip_time("0") == (1980, 1, 1, 0, 0, 0)
    assert zip_time("1700000000") == (2023, 11, 14, 22, 13, 20)
    assert zip_time("99999999999999") == (2107, 12, 31, 23, 59, 58)


def test_a_package_that_fails_halfway_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "p.zip"
    write_zip(Package("p.zip", [("a.txt", b"good")]), target)
    before = target.read_bytes()

    def fails() -> bytes:
        raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        write_zip(Package("p.zip", [("a.txt", b"new"), ("b.txt", fails)]), target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["p.zip"]


class Full(io.FileIO):
    """A file on a disk that is soon full."""

    room = 40

    def write(self, content: ReadableBuffer, /) -> int:
        self.room -= memoryview(content).nbytes
        if self.room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(content)


def test_a_full_disk_leaves_the_old_package_and_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "p.zip"
    write_zip(Package("p.zip", [("a.txt", b"good")]), target)
    before = target.read_bytes()
    monkeypatch.setattr(Path, "open", lambda path, mode: Full(path, mode))
    with pytest.raises(OSError, match="No space left") as raised:
        write_zip(Package("p.zip", [("a.txt", b"new"), ("b.txt", b"b" * 99)]), target)
    assert raised.value.filename == str(target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["p.zip"]


names = st.from_regex(r"[A-Za-z0-9_-]{1,20}(/[A-Za-z0-9_-]{1,20}){0,3}", fullmatch=True)


@given(st.dictionaries(names, st.binary(max_size=300), max_size=8))
def test_what_goes_in_comes_out_in_order(files: dict[str, bytes]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "p.zip"
        write_zip(Package("p.zip", list(files.items())), target)
        with zipfile.ZipFile(target) as archive:
            assert archive.testzip() is None
            assert [(name, archive.read(name)) for name in archive.namelist()] == list(files.items())


@given(st.text(max_size=40))
def test_a_safe_name_stays_in_its_folder(name: str) -> None:
    if is_safe(name):
        inside = Path("/root-of-package")
        assert os.path.normpath(inside / name).startswith(str(inside) + "/")
        assert name.isascii() and "\\" not in name and ":" not in name


@pytest.mark.parametrize("folder", [True, False])
def test_a_package_without_permission_to_read_it_is_told_of_in_plain_words(
    folder: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "package"
    path.mkdir() if folder else path.write_bytes(b"PK")
    monkeypatch.setattr(os, "scandir", refused)
    monkeypatch.setattr(Path, "open", refused)
    (found,) = open_container(path).findings
    assert found.code == ("S025" if folder else "S003")
    assert found.text.endswith("cannot be read: you have no permission to read it")


def test_a_package_that_is_written_to_a_zip_has_let_go_of_its_files(tmp_path: Path) -> None:
    package = Package("p.zip", [("a.txt", b"good"), ("b.txt", lambda: b"made")])
    write_zip(package, tmp_path / "p.zip")
    assert package.files == []
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert [archive.read(name) for name in archive.namelist()] == [b"good", b"made"]
