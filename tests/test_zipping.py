"""Our zips: the same bytes as the standard library writes, and read by it, the large ones too."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursewright.packages.files.long_document import LongDocument
from coursewright.packages.files.zipping import ZipWriter, shrunk_in

MOMENT = (2026, 11, 29, 14, 35, 58)
NOISE = random.Random(1).randbytes(900_000)
_PATHS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0/\\"), min_size=1, max_size=20)
_FILES = st.dictionaries(_PATHS, st.tuples(st.binary(max_size=2_000), st.booleans()), max_size=8)


def _ours(files: dict[str, tuple[bytes, bool]], known: dict[bytes, bytes] | None = None) -> bytes:
    stream = io.BytesIO()
    archive = ZipWriter(stream, MOMENT, known)
    for path, (data, stored) in files.items():
        archive.add(path, data, stored=stored)
    archive.close()
    return stream.getvalue()


def _theirs(files: dict[str, tuple[bytes, bool]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, (data, stored) in files.items():
            entry = zipfile.ZipInfo(path, MOMENT)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    return stream.getvalue()


@given(_FILES)
def test_a_zip_is_the_same_as_the_standard_library_writes(files: dict[str, tuple[bytes, bool]]) -> None:
    assert _ours(files) == _theirs(files)


@given(_FILES, _FILES)
def test_what_an_earlier_zip_has_compressed_is_not_compressed_anew_and_the_bytes_are_the_same(
    before: dict[str, tuple[bytes, bool]], files: dict[str, tuple[bytes, bool]]
) -> None:
    known = shrunk_in(_ours(before))
    assert known.keys() == {data for data, stored in before.values() if not stored}
    assert _ours(before | files, known) == _theirs(before | files)


@given(st.binary(max_size=200))
def test_of_what_is_no_zip_nothing_is_known(data: bytes) -> None:
    assert shrunk_in(data) == {}


def test_of_an_earlier_zip_that_is_damaged_something_is_known_or_nothing() -> None:
    earlier = _ours({"a.txt": (b"honey and wax " * 9, False), "b.txt": (b"", True)})
    for at in range(len(earlier)):
        for value in (0x00, 0x7F, 0xFF):
            assert len(shrunk_in(earlier[:at] + bytes([value]) + earlier[at + 1 :])) <= 2
        assert len(shrunk_in(earlier[:at])) <= 2


def test_a_zip_of_more_files_than_the_old_format_counts_is_read_whole() -> None:
    paths = [f"{number}.txt" for number in range(65_536)]
    with zipfile.ZipFile(io.BytesIO(_ours(dict.fromkeys(paths, (b"", True))))) as archive:
        assert archive.namelist() == paths
        assert archive.read("65535.txt") == b""


@pytest.mark.parametrize("data", [b"", b"honey and wax " * 9, NOISE, b"\0" * 2_600_000, b"\0" * 100_000])
def test_a_file_is_the_same_in_a_zip_whichever_way_it_is_added(data: bytes, tmp_path: Path) -> None:
    document = LongDocument()
    for start in range(0, len(data), 70_001):
        document.write(data[start : start + 70_001])
    document.close()
    assert (document(), document.sum) == (data, hashlib.sha256(data).hexdigest())
    (tmp_path / "file").write_bytes(data)
    made = [io.BytesIO() for _ in range(4)]
    whole, long, stored, file = (ZipWriter(stream, MOMENT) for stream in made)
    whole.add("bees.xml", data)
    long.add_long("bees.xml", document)
    stored.add("b\u00e4r.png", data, stored=True)
    file.add_file("b\u00e4r.png", tmp_path / "file")
    for archive in (whole, long, stored, file):
        archive.close()
    assert made[0].getvalue() == made[1].getvalue()
    assert made[2].getvalue() == made[3].getvalue()
    with zipfile.ZipFile(made[1]) as read:
        assert read.read("bees.xml") == data


def test_a_file_that_shrinks_so_far_that_canvas_would_refuse_it_is_stored() -> None:
    with zipfile.ZipFile(io.BytesIO(_ours({"a": (b"\0" * 200_000, False), "b": (b"\0" * 50_000, False)}))) as archive:
        assert [info.compress_type for info in archive.infolist()] == [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]
        assert archive.testzip() is None
