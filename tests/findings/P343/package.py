"""A folder of what packages are built from."""

from pathlib import Path


def make(folder: Path) -> None:
    (folder / "seeds").mkdir()
    (folder / "seeds" / "notes.txt").write_text("nothing")
    (folder / "seeds" / "one.md").write_text("\n# Module Roadmap\n\n- Module ID: MOD-1\n")
