"""The files of an unpacked package as assets: hashed in pieces, each content once, under names that are safe."""

from __future__ import annotations

import binascii
import hashlib
import posixpath
import re
from base64 import b64decode
from dataclasses import field, replace
from pathlib import Path
from urllib.parse import unquote

from coursewright.course.assets import Asset
from coursewright.frozen import slotted
from coursewright.packages.documents.reading import is_page
from coursewright.packages.files.budget import LARGEST_READ
from coursewright.packages.files.container import Container
from coursewright.readers.folder.assets import media_type, safe_name
from coursewright.readers.folder.drawings import cleaned

_HEAD = 4_096
_DRAWING = "image/svg+xml"
_PICTURE = re.compile(r"data:image/[\w.+-]+(?:;[\w=-]+)*;base64,", re.IGNORECASE)
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", _DRAWING: "svg"}


@slotted
class PackageFiles:
    """The files of a package that lies unpacked in a folder. `used` are the names of those that something shows."""

    container: Container
    folder: Path
    used: set[str] = field(default_factory=set)
    _known: dict[str, Asset | None] = field(default_factory=dict)
    _named: dict[str, Asset] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _endings: dict[str, list[str]] = field(default_factory=dict)

    def asset(self, name: str, called: str = "") -> Asset | None:
        """Return a file of the package as an asset; None where it is not there, empty, or cannot be read.

        `called` is its name where that in the package is only a number.
        """
        if name not in self._known:
            self._known[name] = self._read(name, called or name)
        found = self._known[name]
        if found:
            self.used.add(name)
        return found

    def ending(self, path: str) -> str:
        """Return the only file of the package whose path ends in another, "" where there is none, or several.

        Programs move files into folders of their own, and leave what leads to them as it was. A page is known by its
        whole path alone, since most are called as others are.
        """
        if not self._endings:
            for name in self.container.sizes:
                self._endings.setdefault(posixpath.basename(name), []).append(name)
        named = self._endings.get(posixpath.basename(path), []) if not is_page(path) else []
        found = [name for name in named if f"/{name}".endswith(f"/{path}") and not name.startswith("__MACOSX/")]
        return found[0] if len(found) == 1 else ""

    def shown(self) -> dict[str, Asset]:
        """Return the files that something shows, by their names in the package."""
        return {name: asset for name, asset in self._known.items() if asset and name in self.used}

    def _read(self, name: str, called: str) -> Asset | None:
        if name not in self.container.sizes:  # nor is any name that no system has
            return None
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            return None
        try:
            with path.open("rb") as stream:
                head = stream.read(_HEAD)
                stream.seek(0)
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
                size = path.stat().st_size
        except OSError:
            return None
        kind = media_type(called, head)
        found = Asset(name, str(path), safe_name(posixpath.basename(called)), digest, size, kind)
        if kind == _DRAWING and size <= LARGEST_READ:
            return self._drawn(found, path)
        return self._unique(found) if size else None

    def embedded(self, address: str) -> Asset | None:
        """Return a picture that stands within its address as an asset; None for other addresses."""
        found = _PICTURE.match(address[:_HEAD])
        try:
            data = b64decode(unquote(address[found.end() :])) if found else b""
        except (binascii.Error, ValueError):
            return None
        kind = media_type("", data[:_HEAD])
        if kind == _DRAWING:
            data = cleaned(data)[0] or b""
        if kind not in _ENDINGS or not data or len(data) > LARGEST_READ:
            return None
        digest = hashlib.sha256(data).hexdigest()
        name = f"picture-{digest[:12]}.{_ENDINGS[kind]}"
        return self._unique(Asset(name, name, name, digest, len(data), kind, data))

    def _drawn(self, asset: Asset, path: Path) -> Asset | None:
        """Return a drawing without its scripts."""
        data, dropped = cleaned(path.read_bytes())
        if data is None:
            return None
        if dropped:
            asset = replace(asset, held=data, digest=hashlib.sha256(data).hexdigest(), size=len(data))
        return self._unique(asset)

    def _unique(self, asset: Asset) -> Asset:
        """Return an asset under a name that no other content has; the same content is one asset."""
        if asset.digest in self._named:
            return self._named[asset.digest]
        name = asset.name
        if name.lower() in self._taken:
            stem, ending = posixpath.splitext(name)
            name = f"{stem}-{asset.digest[:12]}{ending}"
        self._taken.add(name.lower())
        self._named[asset.digest] = replace(asset, name=name)
        return self._named[asset.digest]
