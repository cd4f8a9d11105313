"""A link to a document that is not in the course's folder."""

from pathlib import Path


def make(source: Path) -> None:
    (source.parent / "outside.md").write_text("# Outside\n", encoding="utf-8")
    (source / "outside.md").symlink_to("../outside.md")
