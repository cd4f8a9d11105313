"""What the metadata of a manifest says of its course, in whatever binding of LOM it is written."""

from __future__ import annotations

from lxml import etree

from coursewright.packages.documents.lom import Lom, read_lom
from coursewright.packages.documents.parsing import text_at
from coursewright.packages.words import duration


def metadata_of(root: etree._Element) -> dict[str, str]:
    """Return what a manifest's metadata says by names for people, without what it leaves out."""
    lom = root.find("{*}metadata/{*}lom")
    found = {} if lom is None else _named(read_lom(lom))
    found["schema"] = " ".join(filter(None, (text_at(root, "metadata", name) for name in ("schema", "schemaversion"))))
    return {"identifier": root.get("identifier", ""), **{name: value for name, value in found.items() if value}}


def _named(lom: Lom) -> dict[str, str]:
    return {
        "title": lom.title,
        "language": lom.language,
        "description": lom.description,
        "keywords": ", ".join(lom.keywords),
        "version": lom.version,
        "learning time": duration(lom.learning_time),
        "rights": lom.rights,
    }
