"""An item that is locked by its own rule, one by a shared one, and a course that goes forward only."""

from pathlib import Path

from packages import ITEM, SMALL, manifest, zipped

SS = 'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'


def make(folder: Path) -> None:
    rule = '<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules>'
    locked = f"<imsss:sequencing {SS}>{rule}</imsss:sequencing>"
    shared = f'<imsss:sequencing {SS} IDRef="X"/>'
    items = [
        ITEM.replace('"A"', f'"I{n}"').replace("</item>", f"{one}</item>") for n, one in enumerate((locked, shared, ""))
    ]
    control = f'<imsss:sequencing {SS}><imsss:controlMode forwardOnly="true"/></imsss:sequencing>'
    collection = f'<imsss:sequencingCollection {SS}><imsss:sequencing ID="X">{rule}</imsss:sequencing></imsss:sequencingCollection>'
    document = (
        manifest("".join([*items, control]))
        .replace(b"adlcp_rootv1p2", b"adlcp_v1p3")
        .replace(b">1.2<", b">2004 4th Edition<")
    )
    document = document.replace(b"</manifest>", f"{collection}</manifest>".encode())
    zipped(folder / "course.zip", {**SMALL, "imsmanifest.xml": document})
