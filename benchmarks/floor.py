"""The least any compiler has to do: read every document, and deflate every byte that goes into a package.

    python floor.py SOURCE STORED OUTPUT

STORED holds the packages without compression; they are written compressed to OUTPUT.
"""

from __future__ import annotations

import os
import sys
import zipfile


def read_documents(source: str) -> int:
    """Read every file under a folder and return how many bytes there were."""
    size = 0
    for folder, _, names in os.walk(source):
        for name in names:
            with open(os.path.join(folder, name), "rb") as document:  # noqa: PTH118, PTH123 - pathlib is slower to import
                size += len(document.read())
    return size


def deflate(stored: str, output: str) -> None:
    """Write every package of one folder to another, compressed."""
    for name in os.listdir(stored):  # noqa: PTH208
        target = os.path.join(output, name)  # noqa: PTH118
        with (
            zipfile.ZipFile(os.path.join(stored, name)) as source,  # noqa: PTH118
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package,
        ):
            for entry in source.infolist():
                package.writestr(entry.filename, source.read(entry))


if __name__ == "__main__":
    read_documents(sys.argv[1])
    deflate(sys.argv[2], sys.argv[3])
