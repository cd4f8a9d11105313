"""Moodle backups and SCORM 2004 packages whose parts wait in a circle, and some that only look so."""

import zipfile
from pathlib import Path

from backups import waiting, written

ANY = '{"op":"|","c":[{"type":"completion","cm":21,"e":1},{"type":"completion","cm":10,"e":1}],"show":true}'

MANIFEST = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss" identifier="M">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="O"><organization identifier="O"{}><title>Course</title>
{}</organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormType="sco" href="a.html"><file href="a.html"/></resource>
</resources></manifest>"""
ITEM = """<item identifier="{0}"{1}><title>{0}</title>{2}<imsss:sequencing>
<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions conditionCombination="any">{3}</imsss:ruleConditions>
<imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules>
<imsss:objectives><imsss:primaryObjective objectiveID="own"><imsss:mapInfo targetObjectiveID="g.{0}"
  writeSatisfiedStatus="true"/></imsss:primaryObjective>{4}</imsss:objectives></imsss:sequencing></item>
"""
ASKED = """<imsss:ruleCondition referencedObjective="need.{0}" operator="not" condition="satisfied"/>
<imsss:ruleCondition referencedObjective="need.{0}" operator="not" condition="objectiveStatusKnown"/>"""
NEED = """<imsss:objective objectiveID="need.{0}"><imsss:mapInfo targetObjectiveID="g.{0}"/></imsss:objective>"""

# A heading that is satisfied once what is in it is.
WHOLE = """<item identifier="H"><title>H</title>{}<imsss:sequencing><imsss:objectives><imsss:primaryObjective
objectiveID="own"><imsss:mapInfo targetObjectiveID="g.H" readSatisfiedStatus="false" readNormalizedMeasure="false"
writeSatisfiedStatus="true"/></imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>
"""
UNCOUNTED = ("<imsss:objectives>", '<imsss:rollupRules rollupObjectiveSatisfied="false"/><imsss:objectives>')

GATED = """<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" identifier="M">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Course</title>
<item identifier="A" identifierref="R"><title>A</title>{}</item>
<item identifier="H"><title>H</title><item identifier="B" identifierref="R"><title>B</title>{}</item></item>
</organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormtype="sco" href="a.html"><file href="a.html"/></resource>
</resources></manifest>"""
GATE = '<adlcp:prerequisites type="aicc_script">{}</adlcp:prerequisites>'


def _gated(path: Path, *gates: str) -> None:
    _zipped(path, GATED.format(*(GATE.format(gate) if gate else "" for gate in gates)))


def _item(name: str, needs: str, inside: str = "") -> str:
    asked, declared = ("".join(text.format(need) for need in needs) for text in (ASKED, NEED))
    return ITEM.format(name, "" if inside else ' identifierref="R"', inside, asked, declared)


def _sequenced(path: Path, items: str, attributes: str = ' adlseq:objectivesGlobalToSystem="false"') -> None:
    _zipped(path, MANIFEST.format(attributes, items))


def _zipped(path: Path, manifest: str) -> None:
    page = (Path(__file__).parent / "zipped" / "a.html").read_bytes()
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("imsmanifest.xml", manifest)
        package.writestr("a.html", page)


def make(folder: Path) -> None:
    written(folder / "inside.mbz", restrictions={"2": waiting("10", "21")})
    written(folder / "round.mbz", restrictions={"10": waiting("20"), "20": waiting("11"), "11": waiting("10")})
    written(folder / "neither.mbz", restrictions={"10": ANY, "21": waiting("10")})
    written(
        folder / "graded.mbz", restrictions={"2": '{"op":"|","c":[{"type":"grade","id":520,"min":5}],"show":false}'}
    )
    written(folder / "or.mbz", restrictions={"2": ANY})
    written(folder / "not.mbz", restrictions={"2": waiting("20").replace('"&"', '"!|"')})
    written(folder / "incomplete.mbz", restrictions={"2": waiting("20").replace('"e":1', '"e":0')})
    written(folder / "chain.mbz", restrictions={"2": waiting("10", "11"), "21": waiting("20"), "11": waiting("10")})
    _sequenced(
        folder / "three.zip", _item("A", "C") + _item("B", "A") + _item("C", "B") + _item("D", "A") + _item("E", "")
    )
    _sequenced(folder / "heading.zip", _item("H", "A", _item("A", "")) + _item("B", ""))
    _sequenced(folder / "elsewhere.zip", _item("A", "B") + _item("B", "A") + _item("C", ""), "")
    _sequenced(
        folder / "line.zip", _item("H", "D", _item("A", "B") + _item("B", "D")) + _item("D", "E") + _item("E", "")
    )
    _sequenced(folder / "parent.zip", _item("B", "") + WHOLE.format(_item("A", "H")))
    _sequenced(folder / "weighed.zip", WHOLE.format(_item("A", "H").replace(*UNCOUNTED) + _item("B", "")))
    _gated(folder / "brackets.zip", "(B)", "((A))")
    _gated(folder / "statuses.zip", 'B="completed"', 'A="passed"')
    _gated(folder / "comment.zip", "<!-- the second -->B", "A")
    _gated(folder / "under.zip", "", "H&amp;A")
    _gated(folder / "round_heading.zip", "H", "A")
    _gated(folder / "either.zip", "(A|B)", "(A)")
    _gated(folder / "before.zip", "", 'A="completed"')
