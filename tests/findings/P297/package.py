"""A discussion and a tool of cartridges 1.3; where a tool is used, as Canvas itself writes it, is none."""

from pathlib import Path

from cartridges import COURSE, MANIFEST, changed
from packages import zipped


def make(folder: Path) -> None:
    files = dict(COURSE)
    files = changed(files, MANIFEST, "imsdt_xmlv1p1", "imsdt_xmlv1p3")
    files = changed(
        files,
        MANIFEST,
        "</resources>",
        '<resource identifier="L" type="imsbasiclti_xmlv1p3"><file href="l.xml"/></resource><resource identifier="U" type="imsbasiclti_xmlv1p3"><file href="lti_resource_links/u.xml"/></resource></resources>',
    )
    zipped(folder / "course.zip", files)
