"""A backup that lacks a file which it lists: the rest is restored."""

from pathlib import Path

from backups import written

FILE = "<file><contenthash>{}</contenthash><filename>{}</filename><repositoryid>$@NULL@$</repositoryid></file>"


def make(folder: Path) -> None:
    listed = FILE.format("e9d71f5ee7c92d6dc9e92ffdad17b8bd49418f98", "b.png") + FILE.format("da39a3ee", ".")
    written(folder / "a.mbz", documents={"files.xml": f"<files>{listed}</files>".encode()})
