"""An item of a module of which two things are asked, one after the other; and one of which one thing is asked twice."""

from pathlib import Path

from cartridges import COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    asked = '<completionRequirement type="must_submit"><identifierref>I2</identifierref>'
    for name, kind in (("other", "must_view"), ("same", "must_submit")):
        more = (
            f'<completionRequirement type="{kind}"><identifierref>I2</identifierref></completionRequirement>\n{asked}'
        )
        zipped(folder / f"{name}.zip", changed(COURSE, MODULES, asked, more))
