"""Prerequisites of another type, on a heading, of a heading, and in forms that are never true."""

from pathlib import Path

from packages import ITEM, SMALL, manifest, zipped

RULE = '<adlcp:prerequisites type="{}">{}</adlcp:prerequisites>'


def make(folder: Path) -> None:
    rules = ("A", "H", "2*{A, B}", '"A"', "A=done", "A=passed|2*{A,B}&amp;~B")
    items = [
        f'<item identifier="I{n}" identifierref="R"><title>{n}</title>{RULE.format("aicc_script", rule)}</item>'
        for n, rule in enumerate(rules)
    ]
    other = f'<item identifier="O" identifierref="R"><title>Other</title>{RULE.format("javascript", "A")}</item>'
    heading = f'<item identifier="H"><title>Heading</title>{ITEM.replace("A", "B", 1)}{RULE.format("aicc_script", "A")}</item>'
    document = manifest("\n".join([ITEM, *items, other, heading]))
    zipped(folder / "course.zip", {**SMALL, "imsmanifest.xml": document})
