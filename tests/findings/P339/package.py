"""Names with the slashes of Windows, in a zip and in a tarball; the package is sound but for them."""

from pathlib import Path

from backups import backup
from packages import PAGE, manifest, tarred, zipped


def make(folder: Path) -> None:
    files = {"imsmanifest.xml": manifest().replace(b'"a.html"', b'"b/a.html"'), "b\\": b"", "b\\a.html": PAGE}
    zipped(folder / "a.zip", files)
    tarred(folder / "b.mbz", {name.replace("/", "\\"): content for name, content in backup().items()})
