"""Items that ask for more than learners can reach, or for less than anybody has, and items that wait for them."""

from pathlib import Path

from packages import PAGE, SMALL, manifest, zipped

SCORE = (
    '<item identifier="{0}" identifierref="R"><title>{0}</title>{1}<adlcp:masteryscore>{2}</adlcp:masteryscore></item>'
)
WAITS = '<adlcp:prerequisites type="aicc_script">{}</adlcp:prerequisites>'
OLD = (
    SCORE.format("High", "", "150"),
    SCORE.format("Low", "", "-5"),
    SCORE.format("Right", "", "100"),
    SCORE.format("Next", WAITS.format("High"), "80"),
    SCORE.format("Last", WAITS.format("Next"), "80"),
    SCORE.format("Either", WAITS.format("High|Low"), "80"),
    SCORE.format("Failed", WAITS.format("High=failed"), "80"),
)
SEQUENCED = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" identifier="M">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="O"><organization identifier="O" adlseq:objectivesGlobalToSystem="false"><title>Course</title>
{}</organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormType="sco" href="a.html"><file href="a.html"/></resource>
</resources></manifest>"""
ITEM = """<item identifier="{0}" identifierref="R"><title>{0}</title>{4}<imsss:sequencing>
<imsss:sequencingRules>{1}</imsss:sequencingRules>
<imsss:objectives><imsss:primaryObjective objectiveID="own" satisfiedByMeasure="{2}">{3}</imsss:primaryObjective>
<imsss:objective objectiveID="other"><imsss:mapInfo targetObjectiveID="g.{5}"/></imsss:objective>
</imsss:objectives></imsss:sequencing></item>
"""
LOCK = """<imsss:preConditionRule><imsss:ruleConditions conditionCombination="any">
<imsss:ruleCondition referencedObjective="other" operator="not" condition="satisfied"/>
<imsss:ruleCondition referencedObjective="other" operator="not" condition="objectiveStatusKnown"/></imsss:ruleConditions>
<imsss:ruleAction action="disabled"/></imsss:preConditionRule>"""
MEASURE = '<imsss:minNormalizedMeasure>{}</imsss:minNormalizedMeasure><imsss:mapInfo targetObjectiveID="g.{}" writeSatisfiedStatus="true"/>'
PROGRESS = '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="{}"/>'


def _item(name: str, least: str, waits: str = "", by_measure: str = "true", progress: str = "") -> str:
    more = PROGRESS.format(progress) if progress else ""
    return ITEM.format(name, LOCK if waits else "", by_measure, MEASURE.format(least, name), more, waits or "none")


ITEMS = (
    _item("High", "1.5"),
    _item("Low", "-3"),
    _item("Unmeasured", "1.5", by_measure="false"),
    _item("Half", "0.5", progress="0.8"),
    _item("Long", "1", progress="80"),
    _item("Next", "0.5", "High"),
    _item("Last", "0.5", "Next"),
    _item("After", "0.5", "Unmeasured"),
)


def make(folder: Path) -> None:
    zipped(folder / "prerequisites.zip", {**SMALL, "imsmanifest.xml": manifest("\n".join(OLD))})
    zipped(folder / "sequencing.zip", {"imsmanifest.xml": SEQUENCED.format("".join(ITEMS)).encode(), "a.html": PAGE})
