"""A package in which nothing is launched, and one in which two activities are."""

from __future__ import annotations

from pathlib import Path

from packages import PAGE, zipped

START = '<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>'
END = "</activities></tincan>"


def make(folder: Path) -> None:
    """Write both."""
    for name, launch in (("none", ""), ("two", "<launch>a.html</launch>")):
        activities = [f'<activity id="https://example.org/{n}"><name>{n}</name>{launch}</activity>' for n in (1, 2)]
        document = "\n".join([START, *activities, END])
        zipped(folder / f"{name}.zip", {"tincan.xml": document.encode(), "a.html": PAGE})
