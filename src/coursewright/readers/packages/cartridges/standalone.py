"""Pages of a package that come along as files, each by itself: what they load and link to stays behind."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from coursewright.packages.documents.addresses import addresses, followed, shown_as
from coursewright.packages.documents.reading import is_page, read_pages
from coursewright.readers.packages.materials import PackageFiles
from coursewright.text.addresses import is_absolute, is_address, pieces_of


def left_behind(materials: PackageFiles) -> Iterator[tuple[str, str]]:
    """Yield the pages among the files that something shows, each with every address of a file of the package on it that
    is not beside it any more."""
    shown = materials.shown()
    beside = {asset.name: name for name, asset in shown.items()}
    for page, root in read_pages(sorted(filter(is_page, shown)), materials.container):
        for address in dict.fromkeys(address for _, address, _ in addresses(root)):
            if is_absolute(address) or address.startswith("#") or not is_address(address):
                continue
            path = pieces_of(address).path
            found = next((one for one in shown_as(followed(page, address)) if one in materials.container.sizes), "")
            if path and found not in ("", page) and beside.get(unquote(path)) != found:
                yield page, address
