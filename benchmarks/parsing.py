"""The least any validator has to do: open every package, and parse every XML document in it.

python parsing.py PACKAGES
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

from lxml import etree


def parse(folder: Path) -> int:
    """Parse the documents of every package in a folder, read every other file, and return how many there were."""
    count = 0
    for path in folder.glob("*.zip"):
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                content = package.read(name)
                if name.endswith((".xml", ".xsd")):
                    etree.fromstring(content)
                count += 1
    return count


if __name__ == "__main__":
    parse(Path(sys.argv[1]))
