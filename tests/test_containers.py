"""What is made of archives, folders and files of every kind, good and bad: `pytest --golden` writes it anew."""

from __future__ import annotations

import gzip
import io
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from packages import SMALL, claimed, files_in, flagged, manifest, tarred, zipped
from spelt import spelt

from coursewright.cli.preview.contents import ContainedFiles, PackageError, refuse_damaged
from coursewright.packages.files.container import Container, Guarded
from coursewright.packages.files.names import name_findings
from coursewright.packages.files.opening import open_container
from coursewright.packages.files.paths import is_course_package, is_harmless, is_package, mark_of
from coursewright.packages.files.unpacking import unpack

GOLDEN = Path(__file__).parent / "containers.txt"
NOISE = bytes(range(256)) * 2
FLAGS, METHOD = 8, 10  # where they stand in an entry of a zip's directory


def _folder(path: Path, **more: bytes) -> None:
    path.mkdir()
    for name, content in {**SMALL, **more}.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)


def _linked(path: Path) -> None:
    _folder(path, **{"in/b.html": b"b", ".hidden": b"h"})
    (path / "out").symlink_to("/etc")
    (path / "out.html").symlink_to("/etc/hostname")
    (path / "gone.html").symlink_to("nothing")
    (path / "same.html").symlink_to("a.html")
    (path / "inner").symlink_to("in")
    os.mkfifo(path / "pipe")


def _entry(name: str, kind: int = 0, system: int = 3) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr, entry.create_system = kind << 16, system
    return entry


def _special(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in SMALL.items():
            archive.writestr(name, content)
        archive.writestr(_entry("link.html", stat.S_IFLNK | 0o777), "/etc/passwd")
        archive.writestr(_entry("pipe", stat.S_IFIFO), b"")
        archive.writestr(_entry("socket", stat.S_IFSOCK), b"")
        archive.writestr(_entry("device", stat.S_IFCHR, system=0), b"of DOS, so it is none")
        archive.writestr("folder/", b"")
        archive.writestr("./here.txt", b"here")
        archive.writestr("/top.txt", b"top")
        archive.writestr("../out.txt", b"out")
        archive.writestr("c:/windows.txt", b"windows")
        archive.writestr("bees\u00fc.txt", b"bees")


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", manifest())
        archive.writestr("large.txt", bytes(10_000_001))
        archive.writestr("just.txt", bytes(10_000_000))


def _tar(path: Path, mode: str) -> None:
    others = []
    for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("pipe", tarfile.FIFOTYPE)):
        others.append(tarfile.TarInfo(name))
        others[-1].type, others[-1].linkname = kind, "a.html"
    others += [tarfile.TarInfo(name) for name in ("device", "folder", "fol\\der", "../away", "./", "/top/")]
    others[3].type = tarfile.CHRTYPE
    for one in others[4:]:
        one.type = tarfile.DIRTYPE
    twice = {"./b.txt": b"b", "../c.txt": b"out", "/d.txt": b"top", "e\\f.txt": b"turned", "picture.png": NOISE}
    tarred(path, {"moodle_backup.xml": b"<moodle_backup/>", **SMALL, **twice}, others, mode)


def _cut(path: Path, mode: str, left: int) -> None:
    _tar(path, mode)
    path.write_bytes(path.read_bytes()[:-left])


KINDS: dict[str, Callable[[Path], object]] = {
    "small.zip": zipped,
    "stored.zip": lambda path: zipped(path, SMALL, zipfile.ZIP_STORED),
    "bzip2.zip": lambda path: zipped(path, SMALL, zipfile.ZIP_BZIP2),
    "special.zip": _special,
    "turned.zip": lambda path: zipped(path, {"imsmanifest.xml": manifest(), "fo\\a.html": b"a", "fo\\b\\": b""}),
    "encrypted.zip": lambda path: flagged(zipped(path), FLAGS, 1),
    "all-encrypted.zip": lambda path: flagged(flagged(zipped(path, {"b.html": b"", "c.html": b""}), FLAGS, 1), FLAGS, 9),
    "unknown.zip": lambda path: flagged(zipped(path), METHOD, 99),
    "bomb.zip": _bomb,
    "overlapping.zip": lambda path: claimed(path, [(b"a.txt", 0, 10, 10), (b"b.txt", 20, 10, 10)], bytes(80)),
    "apart.zip": lambda path: claimed(path, [(b"a.txt", 0, 10, 10), (b"b.txt", 40, 10, 10)], bytes(80)),
    "huge.zip": lambda path: claimed(path, [(b"a.txt", 0, 2_000_000_001, 2_000_000_001)]),
    "inner.zip": lambda path: zipped(path, {f"course/{name}": content for name, content in SMALL.items()}),
    "no-manifest.zip": lambda path: zipped(path, {"a.html": b"a"}),
    "empty.zip": lambda path: zipped(path, {}),
    "cut.zip": lambda path: path.write_bytes(zipped(path).read_bytes()[:-30]),
    "damaged.zip": lambda path: path.write_bytes(zipped(path).read_bytes().replace(b"<title>", b"<tytle>")),
    "spelt.zip": lambda path: zipped(path, {**SMALL, "A.HTML": b"a", "e\u0301.html": b"e", "x" * 300: b"x", "nul.txt": b""}),
    "misleading.zip": lambda path: zipped(path, dict.fromkeys(("\x07.txt", "\u202eback.txt", "end.txt\x1b", "\u200b.txt"), b"")),
    "backup.mbz": lambda path: _tar(path, "w:gz"),
    "plain.tar": lambda path: _tar(path, "w"),
    "cut.mbz": lambda path: _cut(path, "w:gz", 20),
    "cut.tar": lambda path: _cut(path, "w", 9_000),
    "bomb.mbz": lambda path: tarred(path, {"a.txt": bytes(12_000_000)}),
    "no-tar.gz": lambda path: path.write_bytes(gzip.compress(b"no tarball", mtime=0)),
    "folder": _folder,
    "linked": _linked,
    "empty-folder": lambda path: path.mkdir(),
    "alone.xml": lambda path: path.write_bytes(manifest()),
    "imsmanifest.xml": lambda path: path.write_bytes(b"no manifest at all"),
    "tincan.txt": lambda path: path.write_bytes(b'\xef\xbb\xbf <?xml version="1.0"?><tincan xmlns="x"/>'),
    "nothing.zip": lambda path: None,
    "null.zip": lambda path: path.write_bytes(b""),
    "word.docx": zipped,
    **{
        f"sign{number}.zip": lambda path, sign=sign: path.write_bytes(sign)  # type: ignore[misc]
        for number, sign in enumerate(
            (
                b"Rar!", b"7z\xbc\xaf", b"\xfd7zXZ", b"BZh", b"PK", b"version https://git-lfs.github.com/spec/v1\n",
                b"%PDF", b"\xd0\xcf\x11\xe0", b"<!DOCTYPE html>", b"  <html>", b"<x/>", b'\r\n{"a": 1}', b"words",
            )
        )
    },
}  # fmt: skip


def test_whatever_lies_there_is_opened_as_far_as_it_can_be_and_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(tmp_path)
    said = ""
    for name, make in KINDS.items():
        make(Path(name))
        said += f"=== {name}\n" + "".join(_said(Path(name))).replace(str(tmp_path), ".")
    if pytestconfig.getoption("--golden"):
        GOLDEN.write_text(said, encoding="utf-8")
    assert said.split("\n") == GOLDEN.read_text(encoding="utf-8").split("\n")


def _said(path: Path) -> Iterator[str]:
    yield f"a package {is_package(path)}, of a course {is_course_package(path)}, played {_played(path)}\n"
    with closing(open_container(path)) as container:
        yield spelt({"holding": container.holding.name, "archived": bool(container.packed), "alone": container.alone})
        for name, size in container.sizes.items():
            yield f"{container.path_of(name)}: {size} bytes, {_read(container, name)}\n"
        missing = container.read("missing.txt")
        yield f"missing: {missing!r}, {container.checksum('missing.txt')}, {container.knows('a.html')}\n"
        yield spelt(*container.findings)
    target = Path(f"{path.name}-unpacked")
    target.mkdir()
    unpacked = unpack(path, target)
    found = files_in(target)
    yield f"unpacked to {unpacked.folder}: {[(name, len(content)) for name, content in found.items()]}\n"
    yield spelt(*unpacked.findings)


def _read(container: Container, name: str) -> str:
    before = container.budget.left
    content, again = container.read(name), container.read(name)
    assert content is again or content == again
    start = "nothing" if content is None else f"{content[:12]!r}"
    return f"{start}, counted {before - container.budget.left}, {container.checksum(name)}, {container.read(name, 3) is None}"


def _played(path: Path) -> str:
    """Return what the player makes of a package."""
    container = open_container(path)
    with closing(ContainedFiles(container)) as files:
        try:
            refuse_damaged(container)
        except PackageError as error:
            return f"no: {error}"
        tried = []
        for name in ("a.html", "b.html", "../a.html", "out.html", "same.html", "folder/"):
            try:
                stream, size = files.open(name)
            except KeyError:
                tried.append(f"{name} not there")
            else:
                with stream:
                    tried.append(f"{name} {size} {stream.read(5)!r}")
        return f"{len(files.read('imsmanifest.xml') or b'')} bytes of manifest, {', '.join(tried)}"


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("a", True), ("a/b..c", True), ("a:b", False), ("..a", True), ("ab:/c", True), ("", False), ("a\\b", False),
        ("a\0", False), ("/a", False), ("..", False), ("a/../b", False), ("C:a", False),
    ],
)  # fmt: skip
def test_a_name_that_leads_out_of_a_package_is_not_harmless(name: str, stays: bool) -> None:
    assert is_harmless(name) is stays


def test_a_mark_changes_with_any_file_of_a_package(tmp_path: Path) -> None:
    _folder(tmp_path / "folder", **{"in/b.html": b"b"})
    marks = {mark_of(tmp_path / "folder")}
    (tmp_path / "folder" / "in" / "b.html").write_bytes(b"bb")
    marks.add(mark_of(tmp_path / "folder"))
    os.utime(tmp_path / "folder" / "a.html", (5, 5))
    marks.add(mark_of(tmp_path / "folder"))
    (tmp_path / "folder" / "in" / "b.html").unlink()
    marks.add(mark_of(tmp_path / "folder"))
    assert len(marks) == 4
    assert mark_of(zipped(tmp_path / "a.zip")) != mark_of(zipped(tmp_path / "b.zip"))


def test_a_stream_is_read_up_to_its_end_and_no_further() -> None:
    stream = Guarded(io.BytesIO(bytes(range(100))), 50)
    assert (stream.seek(50), stream.tell(), stream.read(0)) == (50, 50, b"")
    assert (stream.seek(40), stream.read(10)) == (40, bytes(range(40, 50)))
    assert stream.seek(-60, os.SEEK_END) == 40
    assert stream.seek(5, os.SEEK_CUR) == 45
    assert stream.seekable()
    with pytest.raises(OSError, match="goes on after 50 bytes"):
        stream.read(6)
    with pytest.raises(OSError, match="goes on after 50 bytes"):
        stream.seek(51)
    whole = Guarded(io.BytesIO(b"a" * 60), 60)
    assert whole.read() == b"a" * 60


@pytest.mark.parametrize(
    ("name", "misleads"),
    [
        ("plain.html", False),
        ("Leçon\u00a01.html", False),
        ("Lehr\u00adplan.html", False),
        ("👩\u200d🚀.html", False),
        ("עברית.html", False),
        ("left\u200eright\u200f.html", False),
        ("bell\a.html", True),
        ("next\x85line.html", True),
        ("gone\x7f.html", True),
        ("half\ud83d.html", True),
        *((f"turned{sign}lmth.exe", True) for sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    ],
)
def test_names_that_mislead_are_told_from_those_of_other_writings(name: str, misleads: bool) -> None:
    assert ("P213" in {found.code for found in name_findings("course.zip", [name])}) == misleads
