"""Makes the source of this case, which is too large to keep."""

from pathlib import Path


def make(source: Path) -> None:
    """Write ten megabytes of opening brackets."""
    (source / "brackets.md").write_text("[" * 10_000_000, encoding="ascii")
