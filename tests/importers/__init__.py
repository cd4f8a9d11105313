"""Readers that play the importers of other people: what each takes of a package, and what it drops, changes or refuses.

They are written from what the importers were seen to do, and know nothing of who wrote a package.
`canvas`, `cartridge`, `moodle` and `mbz` (a Moodle backup) each have `imported(package)`, which takes a path or the bytes of a zip.
"""

from __future__ import annotations

from importers.package import ImportAborted, Package

__all__ = ["ImportAborted", "Package"]
