"""A package of SCORM 2004 with two objectives of one name in an item, which different items may have."""

import zipfile
from pathlib import Path

MANIFEST = """<?xml version="1.0"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" identifier="M">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
  <organizations default="O">
    <organization identifier="O">
      <title>Course</title>
      <item identifier="A" identifierref="R"><title>One</title></item>
      <item identifier="B" identifierref="R"><title>B</title><imsss:sequencing><imsss:objectives>
        <imsss:primaryObjective objectiveID="own"/><imsss:objective objectiveID="x"/><imsss:objective objectiveID="x"/></imsss:objectives></imsss:sequencing></item>
      <item identifier="C" identifierref="R"><title>C</title><imsss:sequencing><imsss:objectives>
        <imsss:primaryObjective objectiveID="own"/><imsss:objective objectiveID="own"/></imsss:objectives></imsss:sequencing></item>
      <item identifier="D" identifierref="R"><title>D</title><imsss:sequencing><imsss:objectives>
        <imsss:primaryObjective objectiveID="own"/><imsss:objective objectiveID="x"/><imsss:objective objectiveID="y"/></imsss:objectives></imsss:sequencing></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="R" type="webcontent" adlcp:scormType="sco" href="a.html"><file href="a.html"/></resource>
  </resources>
</manifest>
"""


def make(folder: Path) -> None:
    page = Path(__file__).parent / "zipped" / "a.html"
    with zipfile.ZipFile(folder / "objectives.zip", "w") as package:
        package.writestr("imsmanifest.xml", MANIFEST)
        package.write(page, "a.html")
