"""Packages whose items want another to be done and not to be done, or wait for a status of their own."""

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


SEQUENCED = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" identifier="M">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="O"><organization identifier="O" adlseq:objectivesGlobalToSystem="false"><title>Course</title>
{}</organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormType="sco" href="a.html"><file href="a.html"/></resource>
</resources></manifest>"""
ITEM = """<item identifier="{0}" identifierref="R"><title>{0}</title><imsss:sequencing>
<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions conditionCombination="{1}">{2}</imsss:ruleConditions>
<imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules>
<imsss:objectives><imsss:primaryObjective objectiveID="own">{3}</imsss:primaryObjective></imsss:objectives></imsss:sequencing>
</item>
"""
NOT = '<imsss:ruleCondition operator="not" condition="{}"/>'
SHARED = '<imsss:mapInfo targetObjectiveID="g.{}" {}SatisfiedStatus="true"/>'


def _item(name: str, *asked: str, combined: str = "any", shared: str = "") -> str:
    return ITEM.format(name, combined, "".join(map(NOT.format, asked)), shared)


ITEMS = (
    _item("satisfied", "satisfied", "objectiveStatusKnown"),
    _item("completed", "completed", "activityProgressKnown"),
    _item("attempted", "attempted", combined="all"),
    _item("alone", "satisfied", "objectiveStatusKnown", shared=SHARED.format("alone", "write")),
    _item("openAtFirst", "satisfied"),
    _item("neverBoth", "satisfied", "objectiveStatusKnown", combined="all"),
    _item("told", "satisfied", "objectiveStatusKnown", shared=SHARED.format("teller", "read")),
    _item("teller", "satisfied", shared=SHARED.format("teller", "write")),
)


def make(folder: Path) -> None:
    with zipfile.ZipFile(folder / "contradiction.zip", "w") as package:
        package.writestr("imsmanifest.xml", MANIFEST)
        package.writestr("a.html", (Path(__file__).parent / "zipped" / "a.html").read_bytes())
    with zipfile.ZipFile(folder / "itself.zip", "w") as package:
        package.writestr("imsmanifest.xml", SEQUENCED.format("".join(ITEMS)))
        package.writestr("a.html", (Path(__file__).parent / "zipped" / "a.html").read_bytes())
