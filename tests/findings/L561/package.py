"""SCOs whose mastery scores are no numbers in Moodle, or too high, and one that waits for one; progress that it reads otherwise."""

from pathlib import Path

from packages import SMALL, manifest, zipped

SCORE = "<adlcp:masteryscore>{}</adlcp:masteryscore>"


WAITS = (
    '<item identifier="B" identifierref="R"><title>Two</title>'
    '<adlcp:prerequisites type="aicc_script">A</adlcp:prerequisites></item>'
)
NEWER = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" identifier="M">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 {}</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Course</title>
<item identifier="A" identifierref="R"><title>One</title>{}</item></organization></organizations>
<resources><resource identifier="R" type="webcontent" adlcp:scormType="sco" href="a.html"><file href="a.html"/></resource>
</resources></manifest>"""
PROGRESS = {
    "third": ("3rd Edition", "<adlcp:completionThreshold>0.5</adlcp:completionThreshold>"),
    "all": ("4th Edition", '<adlcp:completionThreshold completedByMeasure="true"/>'),
    "part": ("4th Edition", '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.5"/>'),
    "one": ("4th Edition", '<adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="1"/>'),
}


def make(folder: Path) -> None:
    wrong = (("beyond", "150%"), ("power", "1e3"), ("negative", "-5%"), ("word", "high"), ("within", "about 60"))
    right = (("number", "80"), ("percent", "60%"), ("blank", " 60"), ("tail", "0.6x"), ("point", ".5"))
    for name, score in (*wrong, *right):
        item = f'<item identifier="A" identifierref="R"><title>One</title>{SCORE.format(score)}</item>'
        items = item + WAITS if name == "word" else item
        zipped(folder / f"{name}.zip", {**SMALL, "imsmanifest.xml": manifest(items)})
    for name, values in PROGRESS.items():
        zipped(folder / f"{name}.zip", {**SMALL, "imsmanifest.xml": NEWER.format(*values).encode()})
