"""Packages for the validator to judge, good and bad, made by hand where zipfile would refuse to."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

CP_12, ADL_12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.adlnet.org/xsd/adlcp_rootv1p2"
ITEM = '<item identifier="A" identifierref="R"><title>One</title></item>'
PAGE = b"<html><head><title>One</title></head><body><p>One</p><script>findAPI(window)</script></body></html>"


def manifest(items: str = ITEM, resources: str = "", doctype: str = "") -> bytes:
    """Return the manifest of a small SCORM 1.2 course, which has the resource R."""
    return f"""<?xml version="1.0"?>{doctype}
<manifest xmlns="{CP_12}" xmlns:adlcp="{ADL_12}" identifier="M">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Course</title>
{items}
</organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="a.html"><file href="a.html"/></resource>
{resources}</resources></manifest>""".encode()


SMALL: Mapping[str, bytes] = {"imsmanifest.xml": manifest(), "a.html": PAGE}
"""The files of a package with which nothing is wrong."""


def zipped(target: Path, files: Mapping[str, bytes] = SMALL, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write files into a zip."""
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target


def zipped_folder(folder: Path, target: Path) -> Path:
    """Write a folder into a zip."""
    return zipped(target, files_in(folder))


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder, those of folders in it too, by their paths in it, sorted."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def unzipped(package: Path) -> dict[str, bytes]:
    """Return the files of a zip by their paths, in their order."""
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tarred(
    target: Path, files: Mapping[str, bytes], others: Iterable[tarfile.TarInfo] = (), mode: str = "w:gz"
) -> Path:
    """Write files, and other things, into a tarball."""
    with tarfile.open(target, mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        for entry in others:
            archive.addfile(entry)
    return target


def claimed(target: Path, entries: Iterable[tuple[bytes, int, int, int]], content: bytes = b"") -> Path:
    """Write a zip whose directory claims entries: name, offset, size in the zip, size unpacked; `content` comes first."""
    directory, count = io.BytesIO(), 0
    for name, offset, packed, size in entries:
        head = (20, 20, 0, 8, 0, 33, 0, packed, size, len(name), 0, 0, 0, 0, 0, offset)
        directory.write(struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *head) + name)
        count += 1
    data, counted = directory.getvalue(), min(count, 0xFFFF)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, counted, counted, len(data), len(content), 0)
    target.write_bytes(content + data + end)
    return target


def patched(path: Path, changes: Mapping[bytes, bytes]) -> Path:
    """Replace bytes of a file by as many others."""
    content = path.read_bytes()
    for old, new in changes.items():
        assert old in content and len(old) == len(new)
        content = content.replace(old, new)
    path.write_bytes(content)
    return path


def flagged(path: Path, at: int, value: int) -> Path:
    """Change two bytes of the first entry in the directory of a zip."""
    content = bytearray(path.read_bytes())
    where = content.index(b"PK\x01\x02") + at
    content[where : where + 2] = struct.pack("<H", value)
    path.write_bytes(content)
    return path
