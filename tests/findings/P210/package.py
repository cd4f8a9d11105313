"""What is no archive, whatever its name says."""

from pathlib import Path


def make(folder: Path) -> None:
    for name, content in {
        "empty.zip": b"",
        "error.zip": b"<!DOCTYPE html><title>Sign in</title>",
        "cut.zip": b"PK\x03\x04 and no end",
        "renamed.zip": b"Rar!\x1a\x07\x00",
        "pointer.zip": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
        "text.zip": b"a course",
    }.items():
        (folder / name).write_bytes(content)
