"""A package of SCORM 1.2 whose item wants another to be done, and not to be done."""

import zipfile
from pathlib import Path

MANIFEST = """<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" identifier="M">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Course</title>
<item identifier="A" identifierref="R"><title>A</title></item>
<item identifier="B" identifierref="R"><title>B</title>
<adlcp:prerequisites type="aicc_script">A&amp;~A</adlcp:prerequisites></item>
<item identifier="C" identifierref="R"><title>C</title>
<adlcp:prerequisites type="aicc_script">A&amp;(B|~A)</adlcp:prerequisites></item>
</organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="a.html"><file href="a.html"/></resource>
</resources></manifest>"""


def make(folder: Path) -> None:
    with zipfile.ZipFile(folder / "contradiction.zip", "w") as package:
        package.writestr("imsmanifest.xml", MANIFEST)
        package.writestr("a.html", (Path(__file__).parent / "zipped" / "a.html").read_bytes())
