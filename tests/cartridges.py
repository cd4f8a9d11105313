"""Small cartridges for the validator to judge: general ones, and one with Canvas's own files."""

from __future__ import annotations

from collections.abc import Mapping

OWN = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
ITEM = '<item identifier="A" identifierref="R"><title>One</title></item>'
PAGE = b"<!DOCTYPE html><html><head><title>One</title></head><body><p>One.</p></body></html>"
QUESTION = """<item ident="{ident}" title="{ident}"><itemmetadata><qtimetadata><qtimetadatafield>
<fieldlabel>cc_profile</fieldlabel><fieldentry>{profile}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext>Why?</mattext></material>{response}</presentation>{processing}</item>
"""
CANVAS = 'xmlns="http://canvas.instructure.com/xsd/cccv1p0"'


def cartridge(items: str = ITEM, resources: str = "", version: int = 1, metadata: str = "") -> bytes:
    """Return the manifest of a small cartridge 1.1, or another version, which has the page R."""
    return f"""<?xml version="1.0"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p{version}/imscp_v1p1" identifier="M"
  xmlns:lomm="http://ltsc.ieee.org/xsd/imsccv1p{version}/LOM/manifest">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.{version}.0</schemaversion><lomm:lom/>{metadata}</metadata>
<organizations><organization identifier="O" structure="rooted-hierarchy"><item identifier="ROOT">
{items}
</item></organization></organizations>
<resources><resource identifier="R" type="webcontent" href="a.html"><file href="a.html"/></resource>
{resources}</resources></manifest>""".encode()


def resource(identifier: str, kind: str, *files: str, inside: str = "", attributes: str = "") -> str:
    """Return a resource with its files."""
    listed = "".join(f'<file href="{file}"/>' for file in files)
    return f'<resource identifier="{identifier}" type="{kind}" {attributes}>{listed}{inside}</resource>\n'


def quiz(*questions: str) -> bytes:
    """Return a quiz of questions in the form of cartridges."""
    asked = "".join(questions)
    return f"""<?xml version="1.0"?>
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="Z" title="Quiz"><section ident="S">
{asked}</section></assessment></questestinterop>""".encode()


def question(ident: str, profile: str = "essay", response: str = "", processing: str = "") -> str:
    """Return a question of a profile, an essay by default."""
    response = response or '<response_str ident="X"><render_fib/></response_str>'
    return QUESTION.format(ident=ident, profile=f"cc.{profile}.v0p1", response=response, processing=processing)


def choice(*idents: str, right: str = "", before: str = "") -> tuple[str, str]:
    """Return the answers to choose from, and what makes one right."""
    labels = "".join(f'<response_label ident="{ident}"/>' for ident in idents)
    asked = f'<response_lid ident="X"><render_choice>{labels}</render_choice></response_lid>'
    judged = f'<respcondition><conditionvar>{before}<varequal respident="X">{right}</varequal></conditionvar>'
    return asked, f"<resprocessing>{judged}<setvar>100</setvar></respcondition></resprocessing>"


def changed(files: Mapping[str, bytes], name: str, old: str, new: str) -> dict[str, bytes]:
    """Return the files of a package, a word in one of them replaced."""
    content = files[name].decode()
    assert old in content, (name, old)
    return {**files, name: content.replace(old, new).encode()}


def _item(identifier: str, kind: str, reference: str = "", more: str = "") -> str:
    shown = f"<identifierref>{reference}</identifierref>" if reference else ""
    return f"""<item identifier="{identifier}"><content_type>{kind}</content_type><workflow_state>active</workflow_state>
<title>{kind} {identifier}</title>{shown}{more}</item>
"""


MODULES, SETTINGS = "course_settings/module_meta.xml", "course_settings/course_settings.xml"
MANIFEST, PAGE_FILE, ASSIGNMENT = "imsmanifest.xml", "wiki_content/one.html", "W/assignment_settings.xml"
QUIZ_META, QUESTIONS = "Q/assessment_meta.xml", "non_cc_assessments/Q.xml.qti"

POINTS = (
    b"</qtimetadatafield><qtimetadatafield><fieldlabel>points_possible</fieldlabel><fieldentry>2</fieldentry>"
    b"</qtimetadatafield>"
)

COURSE: Mapping[str, bytes] = {
    MANIFEST: cartridge(
        '<item identifier="T"><title>Module</title><item identifier="A" identifierref="P"><title>One</title></item></item>',
        resource("SET", OWN, SETTINGS, MODULES, "course_settings/assignment_groups.xml", "course_settings/canvas_export.txt",
                 attributes='href="course_settings/canvas_export.txt"')
        + resource("P", "webcontent", PAGE_FILE, attributes=f'href="{PAGE_FILE}"')
        + resource("W", OWN, "W/work.html", ASSIGNMENT, attributes='href="W/work.html"')
        + resource("D", "imsdt_xmlv1p1", "D.xml", inside='<dependency identifierref="DM"/>')
        + resource("DM", OWN, "DM.xml", attributes='href="DM.xml"')
        + resource("Q", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "Q/assessment_qti.xml", inside='<dependency identifierref="QM"/>')
        + resource("QM", OWN, QUIZ_META, QUESTIONS, attributes=f'href="{QUIZ_META}"')
        + resource("F", "webcontent", "web_resources/f.pdf", attributes='href="web_resources/f.pdf"'),
    ).replace(b'<resource identifier="R" type="webcontent" href="a.html"><file href="a.html"/></resource>', b""),
    "course_settings/canvas_export.txt": b"x",
    SETTINGS: f'<course {CANVAS} identifier="C"><title>Course</title><default_view>wiki</default_view></course>'.encode(),
    "course_settings/assignment_groups.xml": f'<assignmentGroups {CANVAS}><assignmentGroup identifier="G"><title>Work</title></assignmentGroup></assignmentGroups>'.encode(),
    MODULES: f"""<modules {CANVAS}>
<module identifier="M1"><title>First</title><workflow_state>active</workflow_state><items>
{_item("I1", "WikiPage", "P")}{_item("I2", "Assignment", "W")}{_item("I3", "Quizzes::Quiz", "Q")}{_item("I4", "DiscussionTopic", "D")}
{_item("I5", "ExternalUrl", more="<url>https://example.org/</url>")}{_item("I6", "ContextModuleSubHeader")}</items>
<completionRequirements><completionRequirement type="must_view"><identifierref>I1</identifierref></completionRequirement>
<completionRequirement type="must_submit"><identifierref>I2</identifierref></completionRequirement></completionRequirements>
</module>
<module identifier="M2"><title>Second</title><workflow_state>active</workflow_state>
<prerequisites><prerequisite type="context_module"><title>First</title><identifierref>M1</identifierref></prerequisite></prerequisites>
<items>{_item("I7", "Attachment", "F")}</items></module>
</modules>""".encode(),
    PAGE_FILE: b"""<html><head><title>One</title><meta name="identifier" content="P"><meta name="front_page" content="true">
<meta name="workflow_state" content="active"></head><body><p><a href="$CANVAS_OBJECT_REFERENCE$/assignments/W">Work</a>
<a href="$IMS-CC-FILEBASE$/f.pdf?download=1">File</a> <a href="$WIKI_REFERENCE$/pages/one">Here</a></p></body></html>""",
    "W/work.html": b"<html><head><title>Work</title></head><body><p>Do it.</p></body></html>",
    ASSIGNMENT: f"""<assignment {CANVAS} identifier="W"><title>Work</title><assignment_group_identifierref>G</assignment_group_identifierref>
<points_possible>10</points_possible><grading_type>points</grading_type>
<submission_types>online_text_entry</submission_types></assignment>""".encode(),
    "D.xml": b'<topic xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"><title>Talk</title><text texttype="text/html">&lt;p&gt;Talk.&lt;/p&gt;</text></topic>',
    "DM.xml": f'<topicMeta {CANVAS} identifier="DM"><topic_id>D</topic_id><title>Talk</title></topicMeta>'.encode(),
    "Q/assessment_qti.xml": quiz(question("Q1")),
    QUIZ_META: f"""<quiz {CANVAS} identifier="Q"><title>Quiz</title><quiz_type>assignment</quiz_type><available>true</available>
<assignment identifier="QA"><title>Quiz</title><assignment_group_identifierref>G</assignment_group_identifierref></assignment></quiz>""".encode(),
    QUESTIONS: quiz(question("Q1")).replace(b'ident="Z"', b'ident="Q"').replace(b"</qtimetadatafield>", POINTS),
    "web_resources/f.pdf": b"%PDF",
}  # fmt: skip
"""The files of a cartridge with Canvas's own, with which nothing is wrong."""
