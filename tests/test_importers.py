"""The readers that play importers, held to small packages written by hand: a good one arrives whole, each fault is seen."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from importers import ImportAborted, canvas, canvas_package, cartridge, moodle

Files = Mapping[str, str | bytes]
Edit = tuple[str, str, str | None]
"""A file, what stands there and what shall; no text to find writes the whole file, None takes the file away."""
M = "imsmanifest.xml"


def zipped(files: Files) -> bytes:
    """Return a zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return target.getvalue()


def edited(files: Files, edits: Iterable[Edit]) -> dict[str, str | bytes]:
    """Return a package with a fault in it."""
    found = dict(files)
    for path, old, new in edits:
        if new is None:
            del found[path]
        elif not old:
            found[path] = new
        else:
            text = found[path]
            assert isinstance(text, str) and old in text, (path, old)
            found[path] = text.replace(old, new, 1)
    return found


def fault(name: str, edits: Edit | list[Edit], *issues: str) -> Any:
    return pytest.param(edits if isinstance(edits, list) else [edits], list(issues), id=name)


def test_a_fault_that_changes_nothing_is_no_fault() -> None:
    with pytest.raises(AssertionError):
        edited({"a": "text"}, [("a", "other", "")])


def test_what_is_no_zip_is_refused_by_all(tmp_path: Path) -> None:
    path = tmp_path / "package.imscc"
    path.write_bytes(b"no zip")
    for reader in (canvas, cartridge, moodle):
        with pytest.raises(ImportAborted, match="no zip"):
            reader.imported(path)
        with pytest.raises(ImportAborted, match=M):
            reader.imported(zipped({}))


# --- Canvas ---

CCCV = 'xmlns="http://canvas.instructure.com/xsd/cccv1p0"'
LOR = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
CANVAS: Files = {
    M: f"""<?xml version="1.0"?>
<manifest identifier="man" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion></metadata>
<organizations><organization identifier="org" structure="rooted-hierarchy"><item identifier="top"><item identifier="f">
<title>One</title></item></item></organization></organizations>
<resources>
<resource identifier="settings" type="{LOR}" href="course_settings/canvas_export.txt">
<file href="course_settings/canvas_export.txt"/><file href="course_settings/module_meta.xml"/></resource>
<resource identifier="syl" type="{LOR}" href="course_settings/syllabus.html" intendeduse="syllabus">
<file href="course_settings/syllabus.html"/></resource>
<resource identifier="page1" type="webcontent" href="wiki_content/one.html"><file href="wiki_content/one.html"/></resource>
<resource identifier="page2" type="webcontent" href="wiki_content/two.html"><file href="wiki_content/two.html"/></resource>
<resource identifier="file1" type="webcontent" href="web_resources/img/a%20b.png">
<file href="web_resources/img/a%20b.png"/></resource>
<resource identifier="as1" type="{LOR}" href="as1/task.html">
<file href="as1/task.html"/><file href="as1/assignment_settings.xml"/></resource>
<resource identifier="as2" type="assignment_xmlv1p0" href="as2/a.xml"><file href="as2/a.xml"/></resource>
<resource identifier="as2_fallback" type="webcontent" href="as2/a.html"><file href="as2/a.html"/>
<variant xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_extensionv1p2" identifier="v" identifierref="as2"/></resource>
<resource identifier="dt1" type="imsdt_xmlv1p1"><file href="dt1.xml"/><dependency identifierref="dt1m"/></resource>
<resource identifier="dt1m" type="{LOR}" href="dt1m.xml"><file href="dt1m.xml"/></resource>
<resource identifier="wl1" type="imswl_xmlv1p1"><file href="wl1.xml"/></resource>
<resource identifier="lti1" type="imsbasiclti_xmlv1p0"><file href="lti1.xml"/></resource>
<resource identifier="qz1" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="qz1/assessment_qti.xml"/>
<dependency identifierref="qz1m"/></resource>
<resource identifier="qz1m" type="{LOR}" href="qz1/assessment_meta.xml"><file href="qz1/assessment_meta.xml"/>
<file href="non_cc_assessments/qz1.xml.qti"/></resource>
</resources></manifest>""",
    "course_settings/canvas_export.txt": "any",
    "course_settings/course_settings.xml": f"""<course identifier="c" {CCCV}><title>Course</title>
<course_code>C1</course_code><default_view>wiki</default_view><group_weighting_scheme>percent</group_weighting_scheme>
<image_identifier_ref>file1</image_identifier_ref><tab_configuration>[]</tab_configuration></course>""",
    "course_settings/syllabus.html": "<html><body><p>Plan</p></body></html>",
    "course_settings/files_meta.xml": f"""<fileMeta {CCCV}><folders><folder path="img"><hidden>true</hidden></folder>
</folders><files><file identifier="file1"><display_name>A B</display_name></file></files></fileMeta>""",
    "course_settings/assignment_groups.xml": f"""<assignmentGroups {CCCV}><assignmentGroup identifier="g1">
<title>Tasks</title><position>1</position><group_weight>100.0</group_weight></assignmentGroup></assignmentGroups>""",
    "course_settings/learning_outcomes.xml": f"""<learningOutcomes {CCCV}><learningOutcomeGroup identifier="og">
<title>Aims</title><description>d</description><learningOutcomes><learningOutcome identifier="o1"><title>Knows</title>
<description>d</description><points_possible>2</points_possible><ratings><rating><description>yes</description>
<points>2</points></rating></ratings></learningOutcome></learningOutcomes></learningOutcomeGroup></learningOutcomes>""",
    "course_settings/rubrics.xml": f"""<rubrics {CCCV}><rubric identifier="r1"><read_only>false</read_only><title>Scale</title>
<description>d</description><points_possible>4</points_possible><criteria><criterion><criterion_id>c1</criterion_id>
<points>4</points><description>Depth</description><long_description>l</long_description>
<learning_outcome_identifierref>o1</learning_outcome_identifierref><ratings><rating><description>Full</description>
<points>4</points><id>x</id><long_description>l</long_description></rating></ratings></criterion></criteria></rubric></rubrics>""",
    "course_settings/module_meta.xml": f"""<modules {CCCV}>
<module identifier="m1"><title>One</title><workflow_state>active</workflow_state><position>1</position>
<require_sequential_progress>true</require_sequential_progress><items>
<item identifier="i0"><content_type>ContextModuleSubHeader</content_type><workflow_state>active</workflow_state>
<title>Head</title><position>1</position></item>
<item identifier="i1"><content_type>WikiPage</content_type><workflow_state>active</workflow_state><title>Page one</title>
<identifierref>page1</identifierref><position>2</position><indent>1</indent></item>
<item identifier="i2"><content_type>Assignment</content_type><workflow_state>active</workflow_state><title>Task</title>
<identifierref>as1</identifierref><position>3</position></item>
<item identifier="i3"><content_type>Attachment</content_type><workflow_state>active</workflow_state><title>Picture</title>
<identifierref>file1</identifierref><position>4</position></item></items>
<completionRequirements><completionRequirement type="must_view"><identifierref>i1</identifierref></completionRequirement>
<completionRequirement type="min_score"><min_score>3</min_score><identifierref>i2</identifierref></completionRequirement>
</completionRequirements></module>
<module identifier="m2"><title>Two</title><workflow_state>unpublished</workflow_state><position>2</position>
<prerequisites><prerequisite type="context_module"><title>One</title><identifierref>m1</identifierref></prerequisite>
</prerequisites><items>
<item identifier="j1"><content_type>ExternalUrl</content_type><workflow_state>active</workflow_state><title>Web</title>
<url>https://example.org/</url><position>1</position><new_tab>true</new_tab></item>
<item identifier="j2"><content_type>DiscussionTopic</content_type><workflow_state>active</workflow_state><title>Talk</title>
<identifierref>t1</identifierref><position>2</position></item>
<item identifier="j3"><content_type>Quizzes::Quiz</content_type><workflow_state>active</workflow_state><title>Quiz</title>
<identifierref>qz1</identifierref><position>3</position></item>
<item identifier="j4"><content_type>ContextExternalTool</content_type><workflow_state>active</workflow_state>
<title>Tool</title><identifierref>lti1</identifierref><url>https://example.org/lti</url><position>4</position></item>
</items></module></modules>""",
    "wiki_content/one.html": """<html><head><meta charset="utf-8"/><title>Page one</title>
<meta name="identifier" content="page1"/><meta name="workflow_state" content="active"/>
<meta name="front_page" content="true"/></head><body><h2 id="top">Grüße</h2>
<p style="color: red"><a href="$WIKI_REFERENCE$/pages/two">two</a> <a href="#top">up</a>
<img src="$IMS-CC-FILEBASE$/img/a%20b.png" alt="a"/> <a href="$CANVAS_OBJECT_REFERENCE$/assignments/as1">task</a>
<a href="$CANVAS_COURSE_REFERENCE$/modules/items/i2">item</a> <a href="https://example.org">out</a></p></body></html>""",
    "wiki_content/two.html": """<html><head><meta charset="utf-8"/><title>Page two</title>
<meta name="identifier" content="page2"/><meta name="workflow_state" content="active"/></head>
<body><p>Two</p></body></html>""",
    "web_resources/img/a b.png": b"png",
    "as1/task.html": "<html><body><p>Do it</p></body></html>",
    "as1/assignment_settings.xml": f"""<assignment identifier="as1" {CCCV}><title>Task</title><due_at>2026-01-31T10:00:00</due_at>
<assignment_group_identifierref>g1</assignment_group_identifierref><workflow_state>published</workflow_state>
<rubric_identifierref>r1</rubric_identifierref><rubric_use_for_grading>true</rubric_use_for_grading>
<points_possible>4</points_possible><grading_type>points</grading_type>
<submission_types>online_text_entry,online_upload</submission_types></assignment>""",
    "as2/a.xml": f"""<assignment identifier="as2" xmlns="http://www.imsglobal.org/xsd/imscc_extensions/assignment">
<title>Other</title><text texttype="text/html">&lt;p&gt;Other&lt;/p&gt;</text><instructor_text texttype="text/html"/>
<gradable points_possible="5">true</gradable><submission_formats><format type="file"/></submission_formats>
<extensions platform="canvas.instructure.com"><assignment identifier="as2x" {CCCV}><title>Other</title>
<assignment_group_identifierref>g1</assignment_group_identifierref><workflow_state>unpublished</workflow_state>
<grading_type>points</grading_type><submission_types>online_upload</submission_types></assignment></extensions></assignment>""",
    "as2/a.html": "<p>Other</p>",
    "dt1.xml": """<topic xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"><title>Talk</title>
<text texttype="text/html">&lt;p&gt;Hi&lt;/p&gt;</text></topic>""",
    "dt1m.xml": f"""<topicMeta identifier="dt1m" {CCCV}><topic_id>t1</topic_id><title>Talk</title><type>topic</type>
<workflow_state>active</workflow_state></topicMeta>""",
    "wl1.xml": """<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>Web</title>
<url href="https://example.org/"/></webLink>""",
    "lti1.xml": """<l:cartridge_basiclti_link xmlns:l="http://www.imsglobal.org/xsd/imslticc_v1p0"
xmlns:blti="http://www.imsglobal.org/xsd/imsbasiclti_v1p0"><blti:title>Tool</blti:title>
<blti:secure_launch_url>https://example.org/lti</blti:secure_launch_url></l:cartridge_basiclti_link>""",
    "qz1/assessment_qti.xml": "<questestinterop/>",
    "qz1/assessment_meta.xml": f"""<quiz identifier="qz1" {CCCV}><title>Quiz</title><description>d</description>
<quiz_type>assignment</quiz_type><points_possible>1</points_possible><available>true</available>
<assignment identifier="qz1a"><title>Quiz</title><quiz_identifierref>qz1</quiz_identifierref>
<submission_types>online_quiz</submission_types></assignment></quiz>""",
    "non_cc_assessments/qz1.xml.qti": """<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">
<assessment ident="qz1" title="Quiz"><section ident="s"><item ident="q1"><itemmetadata><qtimetadata><qtimetadatafield>
<fieldlabel>question_type</fieldlabel><fieldentry>essay_question</fieldentry></qtimetadatafield></qtimetadata>
</itemmetadata></item></section></assessment></questestinterop>""",
}
TOOL = str(CANVAS["lti1.xml"])
META, ONE, TWO = "course_settings/module_meta.xml", "wiki_content/one.html", "wiki_content/two.html"
SET, TASK, RUB = "as1/assignment_settings.xml", "as1/task.html", "course_settings/rubrics.xml"
DT1 = "dt1.xml"
CRS, OUT = "course_settings/course_settings.xml", "course_settings/learning_outcomes.xml"
FLAGGED = 'href="course_settings/canvas_export.txt">'


def test_a_good_canvas_cartridge_arrives_whole() -> None:
    course = canvas.imported(zipped(CANVAS))
    assert course.issues == []
    assert (course.flavour, course.version, course.title, course.code) == ("canvas", "1.1.0", "Course", "C1")
    one, two = course.modules
    assert (one.title, one.state, one.sequential) == ("One", "active", True)
    assert (two.title, two.state, two.prerequisites) == ("Two", "unpublished", (one,))
    assert [item.kind for item in one.items] == ["ContextModuleSubHeader", "WikiPage", "Assignment", "Attachment"]
    assert [item.content for item in one.items[1:]] == [course.pages[0], course.assignments[0], course.files[0]]
    assert one.requirements == {
        "i1": (canvas.Requirement("must_view", None),),
        "i2": (canvas.Requirement("min_score", 3.0),),
    }
    assert [item.content for item in two.items[1:]] == [course.discussions[0], course.quizzes[0], course.tools[0]]
    assert course.links == (canvas.WebLink("Web", "https://example.org/", "active"),)
    assert course.syllabus == "<p>Plan</p>"


def test_the_contents_of_a_canvas_cartridge_arrive_whole() -> None:
    course = canvas.imported(zipped(CANVAS))
    page, other = course.pages
    assert (page.identifier, page.slug, page.title) == ("page1", "one", "Page one")
    assert (page.front, page.state, other.front) == (True, "active", False)
    assert "Grüße" in page.body
    task, plain = course.assignments
    assert task.group == course.groups[0] == canvas.Group("g1", "Tasks", 100.0)
    assert (task.points, task.grading_type, task.rubric) == (4.0, "points", course.rubrics[0])
    assert (task.submission_types, task.body) == (("online_text_entry", "online_upload"), "<p>Do it</p>")
    assert (plain.points, plain.state, plain.body) == (5.0, "unpublished", "<p>Other</p>")
    assert course.rubrics[0].criteria[0].outcome == course.outcomes[0]
    assert course.outcomes[0].groups == ("Aims",)
    assert course.files == (canvas.File("file1", "img/a b.png", "A B", True, False),)
    assert (course.discussions[0].identifier, course.discussions[0].body) == ("t1", "<p>Hi</p>")
    assert course.quizzes[0].questions == ("essay_question",)


def swapped(text: str) -> str:
    """Return the modules in the other order."""
    first, second = text.index('<module identifier="m1"'), text.index('<module identifier="m2"')
    return text[:first] + text[second : text.index("</modules>")] + text[first:second] + "</modules>"


OTHERS = str(CANVAS[META])


@pytest.mark.parametrize(
    ("edits", "issues"),
    [
        fault(
            "version",
            (M, "<schemaversion>1.1.0", "<schemaversion>1.3.0"),
            "imsmanifest.xml: the Canvas flavour wants version 1.1.0, not '1.3.0'",
        ),
        fault(
            "newer discussion",
            [(M, '"imsdt_xmlv1p1"', '"imsdt_xmlv1p3"'), (META, "t1</identifierref>", "t9</identifierref>")],
            "imsmanifest.xml: resource dt1 has the type 'imsdt_xmlv1p3', which the Canvas flavour does not read",
            f"{META}: item j2 refers to the DiscussionTopic 't9', which is not there, and is dropped",
        ),
        fault(
            "newer tool",
            (M, '"imsbasiclti_xmlv1p0"', '"imsbasiclti_xmlv1p3"'),
            "imsmanifest.xml: resource lti1 has the type 'imsbasiclti_xmlv1p3', which the Canvas flavour does not read",
        ),
        fault(
            "missing file",
            ("qz1/assessment_qti.xml", "", None),
            "imsmanifest.xml: resource qz1 names qz1/assessment_qti.xml, which is not in the package",
        ),
        fault(
            "identifier given twice",
            (M, 'resource identifier="wl1"', 'resource identifier="lti1"'),
            "imsmanifest.xml: resource lti1 has an identifier that is given twice",
        ),
        fault(
            "identifier that is no name",
            (M, 'resource identifier="wl1"', 'resource identifier="1wl"'),
            "imsmanifest.xml: resource '1wl' has an identifier that is no NCName",
        ),
        fault("file that nothing reads", ("other/a.txt", "", "x"), "other/a.txt: Canvas does not read it"),
        fault(
            "web content elsewhere",
            [
                ("other/a.html", "", "x"),
                (M, "</resources>", '<resource identifier="w" type="webcontent" href="other/a.html">'),
                (M, 'href="other/a.html">', 'href="other/a.html"><file href="other/a.html"/></resource></resources>'),
            ],
            "other/a.html: Canvas does not read it",
        ),
        fault(
            "path out of the package", ("../a", "", "x"), "../a: its path leads out of the package, and it is skipped"
        ),
        fault("name too long", (f"x/{'n' * 256}", "", "x"), f"x/{'n' * 256}: its name is too long, and it is skipped"),
        # pages
        fault(
            "page without identifier",
            (TWO, 'name="identifier"', 'name="id"'),
            f"{TWO}: it has no identifier in its head, and is not saved",
            f"{ONE}: the link $WIKI_REFERENCE$/pages/two leads to nothing in the package",
        ),
        fault(
            "no charset",
            (ONE, '<meta charset="utf-8"/>', ""),
            f"{ONE}: it says no charset, and its letters may come out wrong",
        ),
        fault(
            "attributes of the body",
            (TWO, "<body>", '<body class="x">'),
            f"{TWO}: its <body> has the attribute class, which leaks into the content",
        ),
        fault(
            "state of a page",
            (TWO, 'content="active"', 'content="published"'),
            f"{TWO}: its workflow_state 'published' is neither active nor unpublished",
        ),
        fault(
            "loose boolean of a page",
            (ONE, 'content="true"', 'content="not"'),
            f"{ONE}: its front_page 'not' is neither true nor false and is read loosely",
        ),
        fault(
            "second front page",
            (TWO, "</head>", '<meta name="front_page" content="true"/></head>'),
            f"{TWO}: it is a second front page",
        ),
        fault(
            "time of a page",
            (TWO, "</head>", '<meta name="todo_date" content="2026-01-01T00:00:00Z"/></head>'),
            f"{TWO}: its todo_date '2026-01-01T00:00:00Z' is no time in UTC without offset",
        ),
        fault("title too long", (TWO, "Page two", "x" * 256), f"{TWO}: its title has 256 characters, not 1 to 255"),
        fault(
            "two pages of one name",
            ("wiki_content/sub/two.html", "", str(CANVAS[TWO]).replace("page2", "page3")),
            "wiki_content/sub/two.html: another page has the same name, and one of them gets another",
        ),
        fault(
            "two pages of one identifier",
            ("wiki_content/three.html", "", str(CANVAS[TWO])),
            "wiki_content/three.html: page page2 has an identifier that is given twice",
            f"{ONE}: the link $WIKI_REFERENCE$/pages/two leads to nothing in the package",
        ),
        # modules
        fault(
            "no modules",
            (META, "", None),
            f"imsmanifest.xml: resource settings names {META}, which is not in the package",
            "imsmanifest.xml: there is no course_settings/module_meta.xml, and so no module",
            f"{ONE}: the link $CANVAS_COURSE_REFERENCE$/modules/items/i2 leads to nothing in the package",
            "wl1.xml: no module has its address https://example.org/, and it is lost",
        ),
        fault(
            "state of the first item",
            (META, "<title>One</title><workflow_state>active</workflow_state>", "<title>One</title>"),
            f"{META}: module m1 takes the <workflow_state> of the <item> in it",
        ),
        fault(
            "state of a module",
            (META, "<title>One</title><workflow_state>active", "<title>One</title><workflow_state>locked"),
            f"{META}: module m1 has the <workflow_state> 'locked', which Canvas does not know",
        ),
        fault(
            "loose boolean",
            (META, "progress>true<", "progress>not<"),
            f"{META}: module m1 has the <require_sequential_progress> 'not', which is neither true nor false and is read loosely",
        ),
        fault(
            "prerequisite on a later module",
            (META, "", swapped(OTHERS).replace("<position>2</position>\n<prereq", "<position>1</position>\n<prereq")),
            f"{META}: module m2 has the prerequisite m1, which does not come before it and is dropped",
        ),
        fault(
            "prerequisite on a later position",
            (META, "active</workflow_state><position>1<", "active</workflow_state><position>3<"),
            f"{META}: module m2 has the prerequisite m1, whose position is not smaller, and which is dropped",
        ),
        fault(
            "prerequisite on nothing",
            (META, "<identifierref>m1<", "<identifierref>m9<"),
            f"{META}: module m2 has the prerequisite m9, which is no module and is dropped",
        ),
        fault(
            "prerequisite of another type",
            (META, 'type="context_module"', 'type="module"'),
            f"{META}: module m2 has a prerequisite of the type 'module', which is dropped",
        ),
        fault(
            "requirement of the content",
            (META, "<identifierref>i1</identifierref></completion", "<identifierref>page1</identifierref></completion"),
            f"{META}: module m1 has the requirement must_view of 'page1', which is content and not an item of it, and it is dropped",
        ),
        fault(
            "requirement of nothing",
            (META, "<identifierref>i1</identifierref></completion", "<identifierref>j1</identifierref></completion"),
            f"{META}: module m1 has the requirement must_view of 'j1', which is no item of it, and it is dropped",
        ),
        fault(
            "requirement of what has no score",
            (META, 'type="must_view"', 'type="must_submit"'),
            f"{META}: module m1 has the requirement must_submit of i1, which has no score, and it is dropped",
        ),
        fault(
            "unknown requirement",
            (META, 'type="must_view"', 'type="must_read"'),
            f"{META}: module m1 has the requirement must_read of i1, which Canvas does not know",
        ),
        fault(
            "requirement of newer versions",
            (META, 'type="min_score"', 'type="min_percentage"'),
            f"{META}: module m1 has the requirement min_percentage of i2, which only a newer Canvas knows",
        ),
        fault(
            "score that is missing",
            (META, "<min_score>3</min_score>", ""),
            f"{META}: module m1 has the requirement min_score of i2 without a score",
        ),
        fault(
            "item of nothing",
            (META, "<identifierref>file1<", "<identifierref>file9<"),
            f"{META}: item i3 refers to the Attachment 'file9', which is not there, and is dropped",
        ),
        fault(
            "item of another kind",
            (META, "<identifierref>file1<", "<identifierref>page1<"),
            f"{META}: item i3 refers to the Attachment 'page1', which is not there, and is dropped",
        ),
        fault(
            "unknown kind of item",
            (META, ">Attachment<", ">File<"),
            f"{META}: item i3 has the content_type 'File', and is dropped",
        ),
        fault(
            "heading without state",
            (META, "SubHeader</content_type><workflow_state>active</workflow_state>", "SubHeader</content_type>"),
            f"{META}: item i0 has no workflow_state active, and stays unpublished",
        ),
        fault(
            "link without address",
            (META, "<url>https://example.org/</url>", ""),
            f"{META}: item j1 has no url, and is dropped",
            "wl1.xml: no module has its address https://example.org/, and it is lost",
        ),
        fault(
            "title that gives way",
            (META, "<title>Task<", "<title>My task<"),
            f"{META}: item i2 has the title 'My task', and is shown as 'Task'",
        ),
        fault(
            "state that gives way",
            (
                META,
                "Assignment</content_type><workflow_state>active",
                "Assignment</content_type><workflow_state>unpublished",
            ),
            f"{META}: item i2 is unpublished, and becomes active as its content is",
        ),
        fault(
            "order of the positions",
            (META, "<identifierref>as1</identifierref><position>3", "<identifierref>as1</identifierref><position>9"),
            f"{META}: module m1 lists its items in another order than their positions, and the order of the file counts",
        ),
        fault(
            "count of requirements",
            (META, "<require_seq", "<requirement_count>2</requirement_count><require_seq"),
            f"{META}: module m1 has the requirement_count '2', and only 1 has a meaning",
        ),
        fault(
            "locked",
            (META, "<require_seq", "<locked>true</locked><require_seq"),
            f"{META}: module m1 is locked, which is ignored",
        ),
        fault(
            "time of a module",
            (META, "<require_seq", "<unlock_at>2026-01-01T00:00:00+01:00</unlock_at><require_seq"),
            f"{META}: module m1 has the <unlock_at> '2026-01-01T00:00:00+01:00', which is no time in UTC without offset",
        ),
        fault(
            "items of one identifier",
            (META, 'item identifier="j4"', 'item identifier="j3"'),
            f"{META}: item j3 has an identifier that is given twice",
        ),
        # assignments, rubrics, outcomes
        fault(
            "no grading type",
            (SET, "<grading_type>points</grading_type>", ""),
            f"{SET}: assignment as1 has points and no grading_type, and the points are ignored",
        ),
        fault(
            "unknown grading type",
            (SET, "<grading_type>points", "<grading_type>marks"),
            f"{SET}: assignment as1 has the <grading_type> 'marks', which Canvas does not know",
        ),
        fault(
            "points that are no number",
            (SET, "<points_possible>4", "<points_possible>four"),
            f"{SET}: assignment as1 has the <points_possible> 'four', which is no number",
        ),
        fault(
            "unknown group",
            (SET, ">g1<", ">g9<"),
            f"{SET}: assignment as1 is in the group 'g9', which is not there: it goes to \"Imported Assignments\"",
        ),
        fault(
            "unknown submission type",
            (SET, ",online_upload", ",paper"),
            f"{SET}: assignment as1 has the submission type 'paper', which Canvas does not know",
        ),
        fault(
            "no submission types",
            (SET, "online_text_entry,online_upload", ""),
            f"{SET}: assignment as1 has no submission types",
        ),
        fault(
            "unknown rubric",
            (SET, ">r1<", ">r9<"),
            f"{SET}: assignment as1 refers to the rubric r9, which is not there",
        ),
        fault(
            "time with an offset",
            (SET, "10:00:00<", "10:00:00Z<"),
            f"{SET}: assignment as1 has the <due_at> '2026-01-31T10:00:00Z', which is no time in UTC without offset",
        ),
        fault(
            "state of an assignment",
            (SET, ">published<", ">active<"),
            f"{SET}: assignment as1 has the <workflow_state> 'active', which Canvas does not know",
        ),
        fault(
            "title of an assignment",
            (SET, "<title>Task</title>", ""),
            f"{SET}: assignment as1 has no title",
            f"{META}: item i2 has the title 'Task', and is shown as ''",
        ),
        fault(
            "settings in no namespace",
            (SET, f" {CCCV}", ""),
            f"{SET}: its root is not <assignment> with Canvas's namespace as the default one",
        ),
        fault(
            "another identifier than the resource",
            (M, 'identifier="as2"', 'identifier="as3"'),
            "as2/a.xml: assignment as2 has another identifier than its resource as3",
        ),
        fault(
            "points of a rubric",
            (RUB, "<points_possible>4", "<points_possible>5"),
            f"{RUB}: rubric r1 is stored with 5 points, and its criteria make 4",
        ),
        fault(
            "description of the first criterion",
            (RUB, "<title>Scale</title>\n<description>d</description>", "<title>Scale</title>"),
            f"{RUB}: rubric r1 takes the <description> of the <criterion> in it",
        ),
        fault(
            "unknown outcome",
            (RUB, ">o1<", ">o9<"),
            f"{RUB}: <criterion> c1 refers to the outcome o9, which is not there",
        ),
        fault(
            "alignment of an outcome",
            (OUT, "</ratings>", "</ratings><alignments><alignment/></alignments>"),
            f"{OUT}: learningOutcome o1 has alignments, which are dropped as the assignments come after it",
        ),
        # the rest of the settings
        fault(
            "front page that is not published",
            (ONE, 'name="workflow_state" content="active"', 'name="workflow_state" content="unpublished"'),
            f"{CRS}: course c opens with the front page, and no published page is it",
            f"{META}: item i1 is active, and becomes unpublished as its content is",
        ),
        fault(
            "who sees the course",
            (CRS, "<course_code>", "<is_public>true</is_public><course_code>"),
            f"{CRS}: course c sets is_public, which changes who sees the course",
        ),
        fault(
            "unknown view",
            (CRS, ">wiki<", ">home<"),
            f"{CRS}: course c has the <default_view> 'home', which Canvas does not know",
        ),
        fault(
            "group of a quiz",
            (
                "qz1/assessment_meta.xml",
                "<submission_types>",
                "<assignment_group_identifierref>g9</assignment_group_identifierref><submission_types>",
            ),
            "qz1/assessment_meta.xml: assignment qz1a is in the group 'g9', which is not there: it goes to"
            ' "Imported Assignments"',
        ),
        fault(
            "rubric without criteria",
            (RUB, "", f'<rubrics {CCCV}><rubric identifier="r1"><title>Scale</title></rubric></rubrics>'),
            f"{RUB}: rubric r1 has no criteria",
        ),
        fault(
            "assignment without state",
            (SET, "<workflow_state>published</workflow_state>", ""),
            f"{SET}: assignment as1 has no workflow_state",
        ),
        fault(
            "format of an assignment",
            ("as2/a.xml", 'type="file"', 'type="paper"'),
            "as2/a.xml: assignment as2 has the format 'paper', which Canvas does not know",
        ),
        fault(
            "name of a quiz",
            [
                ("non_cc_assessments/other.xml.qti", "", str(CANVAS["non_cc_assessments/qz1.xml.qti"])),
                ("non_cc_assessments/qz1.xml.qti", "", None),
                (M, "non_cc_assessments/qz1.xml.qti", "non_cc_assessments/other.xml.qti"),
            ],
            "non_cc_assessments/other.xml.qti: the assessment is named qz1, unlike its file",
        ),
        fault(
            "quiz without settings",
            ("qz1/assessment_meta.xml", "", None),
            f"{M}: resource qz1m names qz1/assessment_meta.xml, which is not in the package",
            "non_cc_assessments/qz1.xml.qti: there is no qz1/assessment_meta.xml",
            f"{META}: item j3 is active, and becomes unpublished as its content is",
        ),
        fault("file without a title", (META, "<title>Picture</title>", ""), f"{META}: item i3 has no title"),
        fault(
            "no syllabus",
            ("course_settings/syllabus.html", "", None),
            f"{M}: resource syl names course_settings/syllabus.html, which is not in the package",
        ),
        fault(
            "link of a syllabus",
            ("course_settings/syllabus.html", "<p>Plan</p>", '<a href="plan.html">Plan</a>'),
            "course_settings/syllabus.html: the link plan.html is no token, and leads nowhere in Canvas",
        ),
        fault(
            "markup in a settings file",
            (
                OUT,
                "<description>d</description><learningOutcomes>",
                "<description>d<p/></description><learningOutcomes>",
            ),
            f"{OUT}: learningOutcomeGroup og has elements in its <description>, and not escaped text",
        ),
        fault(
            "markup in a discussion",
            (DT1, "&lt;p&gt;Hi&lt;/p&gt;", "<p>Hi</p>"),
            f"{DT1}: <topic> has elements in its <text>, and not escaped text",
        ),
        fault("image", (CRS, ">file1<", ">file9<"), f"{CRS}: course c has the image file9, which is not there"),
        fault("tabs", (CRS, ">[]<", ">[<"), f"{CRS}: course c has a tab_configuration that is no JSON"),
        fault(
            "settings of no file",
            ("course_settings/files_meta.xml", 'identifier="file1"', 'identifier="file9"'),
            "course_settings/files_meta.xml: file file9 is no file of the package",
        ),
        fault(
            "discussion without settings",
            [(M, '<dependency identifierref="dt1m"/>', ""), (META, ">t1<", ">dt1<")],
            "dt1.xml: its resource dt1 has no topicMeta as its first dependency",
        ),
        fault(
            "type of a discussion",
            ("dt1m.xml", ">topic<", ">chat<"),
            "dt1m.xml: topicMeta dt1m has the <type> 'chat', which Canvas does not know",
        ),
        fault(
            "web link of no module",
            ("wl1.xml", "https://example.org/", "https://example.org/other"),
            "wl1.xml: no module has its address https://example.org/other, and it is lost",
        ),
        fault(
            "type of a question",
            ("non_cc_assessments/qz1.xml.qti", "essay_question", "cc.essay.v0p1"),
            "non_cc_assessments/qz1.xml.qti: the question q1 has the type 'cc.essay.v0p1', and is lost",
        ),
        fault(
            "quiz without assignment",
            (
                "qz1/assessment_meta.xml",
                "",
                f'<quiz identifier="qz1" {CCCV}><title>Quiz</title><quiz_type>assignment</quiz_type><available>true</available></quiz>',
            ),
            "qz1/assessment_meta.xml: quiz qz1 is graded and has no <assignment>, and gets no assignment",
        ),
        fault(
            "quizzes that are not read",
            ("non_cc_assessments/qz1.xml.qti", "", None),
            "imsmanifest.xml: resource qz1m names non_cc_assessments/qz1.xml.qti, which is not in the package",
            "imsmanifest.xml: there are quizzes and no non_cc_assessments/, and none of them is read",
            f"{META}: item j3 refers to the Quizzes::Quiz 'qz1', which is not there, and is dropped",
        ),
    ],
)
def test_canvas_says_each_fault(edits: list[Edit], issues: list[str]) -> None:
    assert sorted(canvas.imported(zipped(edited(CANVAS, edits))).issues) == sorted(issues)


@pytest.mark.parametrize(
    ("path", "end"), [(M, "</resources></manifest>"), ("course_settings/files_meta.xml", "</fileMeta>")]
)
def test_canvas_reads_what_is_cut_off_as_far_as_it_goes(path: str, end: str) -> None:
    course = canvas.imported(zipped(edited(CANVAS, [(path, end, "")])))
    (issue,) = course.issues
    assert issue.startswith(f"{path}: it is damaged, and read as far as it goes: line ")
    assert len(course.modules) == 2 and course.files[0].name == "A B"


def body(content: str) -> canvas.Page:
    """Return the page that Canvas makes of a body, in a course that has nothing else wrong."""
    course = canvas.imported(zipped(edited(CANVAS, [(TWO, "<p>Two</p>", content)])))
    page = next(page for page in course.pages if page.identifier == "page2")
    said = [f"{TWO}: the sanitiser takes out {what}" for what in page.stripped]
    assert [issue for issue in course.issues if " the link " not in issue] == said
    assert len(course.issues) == len(said) + len(page.broken)
    return page


@pytest.mark.parametrize(
    ("content", "stripped"),
    [
        ("<script>x</script>", "<script> with what is in it"),
        ("<p>a<svg><path onclick='x'/></svg></p>", "<svg> with what is in it"),
        ("<button>a</button>", "<button> around its content"),
        ("<main><p>a</p></main>", "<main> around its content"),
        ("<p><input></p>", "<input>"),
        ("<style>p {}</style>", "<style>, which is not to be relied on"),
        ("<x-tabs>a</x-tabs>", "<x-tabs>, which is not known to be kept"),
        ("<details open><summary>a</summary></details>", "the open of <details>"),
        ("<ol reversed><li>a</li></ol>", "the reversed of <ol>"),
        ("<ol><li value='3'>a</li></ol>", "the value of <li>"),
        ("<p hidden>a</p>", "the hidden of <p>"),
        ("<p onclick='x'>a</p>", "the onclick of <p>"),
        ("<a href='https://a.example' rel='me'>a</a>", "the rel of <a>"),
        ("<a href='javascript:x()'>a</a>", "the href of <a>, a javascript: address"),
        ("<img alt='' src='data:image/png;base64,AA'>", "the src of <img>, a data: address"),
        ("<p style='color: red; box-shadow: none'>a</p>", "the style box-shadow of <p>"),
        ("<p style='color: var(--x)'>a</p>", "the style color of <p>"),
        ("<p><time datetime='2026'>a</time></p>", "the datetime of <time>"),
    ],
)
def test_what_the_sanitiser_takes_is_said(content: str, stripped: str) -> None:
    assert body(content).stripped == (stripped,)


def test_what_the_sanitiser_leaves_is_not_said() -> None:
    kept = """<section class="a" id="b" data-x="1" aria-label="c"><details><summary>s</summary></details><table><tr><td>a
    </td></tr></table><math><mi>x</mi></math><p style="margin-top: 1px; max-width: 2em; font-size: 9px">a <mark>b</mark>
    </p><!-- a comment --></section>"""
    assert body(kept).stripped == body(kept).broken == ()


@pytest.mark.parametrize(
    "address",
    [
        "$WIKI_REFERENCE$/pages/three",
        "$IMS-CC-FILEBASE$/img/c.png",
        "$IMS-CC-FILEBASE$/img/a b.png",
        "$1EdTech-CC-FILEBASE$/img/a%20b.png",
        "$CANVAS_OBJECT_REFERENCE$/assignments/page1",
        "$CANVAS_OBJECT_REFERENCE$/things/as1",
        "$CANVAS_COURSE_REFERENCE$/modules/items/m1",
        "one.html",
        "/courses/1",
        "#nowhere",
    ],
)
def test_links_that_lead_nowhere_are_said(address: str) -> None:
    assert body(f'<a href="{address}">a</a>').broken == (address,)


@pytest.mark.parametrize(
    "address",
    [
        "$WIKI_REFERENCE$/pages/one#top",
        "$IMS-CC-FILEBASE$/img/a%20b.png?canvas_download=1",
        "$CANVAS_OBJECT_REFERENCE$/quizzes/qz1",
        "$CANVAS_OBJECT_REFERENCE$/discussion_topics/t1",
        "$CANVAS_OBJECT_REFERENCE$/attachments/file1",
        "$CANVAS_OBJECT_REFERENCE$/modules/m1",
        "$CANVAS_COURSE_REFERENCE$/modules",
        "mailto:a@example.org",
        "#",
    ],
)
def test_links_that_lead_somewhere_are_not_said(address: str) -> None:
    assert body(f'<a href="{address}">a</a>').broken == ()


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        fault("no type", (M, ' type="imswl_xmlv1p1"', ""), "resource wl1 has no type"),
        fault("no href", (M, '<file href="wl1.xml"/>', "<file/>"), "resource wl1 has a file without href"),
        fault(
            "no html",
            (M, '<file href="as1/task.html"/>', ""),
            "resource as1 is an assignment without an html file",
        ),
        fault(
            "no text",
            ("as2/a.xml", "text texttype", "words texttype"),
            "as2/a.xml: the assignment of version 1.3 has no <text>",
        ),
        fault("ratio", ("wiki_content/two.html", "", "x"), "more than 100 times"),
        fault("manifest elsewhere", [("sub/" + M, "", "x"), (M, "", None)], "is not at the root of the zip"),
        fault(
            "version",
            [(M, FLAGGED, ">"), (M, '<file href="course_settings/canvas_export.txt"/>', ""), (M, "1.1.0<", "1.1<")],
            "the schemaversion is '1.1'",
        ),
        fault("no cartridge", (M, "", "<manifest/>"), "its schema is no Common Cartridge's"),
        fault(
            "SCORM",
            [
                (M, "IMS Common Cartridge", "ADL SCORM"),
                (M, "<metadata>", '<metadata xmlns:a="http://www.adlnet.org/xsd/adlcp_rootv1p2">'),
            ],
            "it is a SCORM package",
        ),
    ],
)
def test_canvas_gives_up(edits: list[Edit], reason: list[str]) -> None:
    package = zipped(edited(CANVAS, edits))
    if reason == ["more than 100 times"]:
        package = squeezed({**CANVAS, TWO: "x" * 3_000_000})
    with pytest.raises(ImportAborted) as aborted:
        canvas.imported(package)
    assert reason[0] in str(aborted.value)


def squeezed(files: Files) -> bytes:
    """Return a zip of these files, as small as it gets."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return target.getvalue()


def test_settings_that_are_too_large_are_passed_over() -> None:
    large = f"<fileMeta {CCCV}>{' ' * (25 * 2**20)}</fileMeta>"
    course = canvas.imported(zipped({**CANVAS, "course_settings/files_meta.xml": large}))
    assert course.issues == ["course_settings/files_meta.xml: it is larger than 25 MB, and is skipped"]


def test_symbolic_links_are_passed_over() -> None:
    target = io.BytesIO(zipped(CANVAS))
    entry = zipfile.ZipInfo("wiki_content/link.html")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(entry, "one.html")
    assert canvas.imported(target.getvalue()).issues == [
        "wiki_content/link.html: it is a symbolic link, and is skipped"
    ]


def test_the_flag_has_to_be_an_href() -> None:
    course = canvas.imported(zipped(edited(CANVAS, [(M, FLAGGED, ">")])))
    assert (course.flavour, course.pages) == ("cc", ())
    assert "has course_settings/canvas_export.txt as a file and not as its href" in course.issues[0]


# --- any cartridge ---

CSMD = "http://www.imsglobal.org/xsd/imsccv1p3/imscsmd_v1p0"
XSD = "http://www.imsglobal.org/xsd"
THREE: Files = {
    M: f"""<?xml version="1.0"?>
<manifest identifier="man" xmlns="{XSD}/imsccv1p3/imscp_v1p1" xmlns:cpx="{XSD}/imsccv1p3/imscp_extensionv1p2"
 xmlns:lomm="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest" xmlns:lomr="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/resource">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion><lomm:lom><lomm:general>
<lomm:title><lomm:string>Course</lomm:string></lomm:title><lomm:language>en</lomm:language>
<lomm:description><lomm:string>About</lomm:string></lomm:description>
<lomm:keyword><lomm:string>k1</lomm:string></lomm:keyword><lomm:keyword><lomm:string>k2</lomm:string></lomm:keyword>
</lomm:general></lomm:lom><c:curriculumStandardsMetadataSet xmlns:c="{CSMD}"><c:curriculumStandardsMetadata providerId="P">
<c:setOfGUIDs region="R" version="V"><c:labelledGUID><c:label>L</c:label><c:GUID>G</c:GUID></c:labelledGUID></c:setOfGUIDs>
</c:curriculumStandardsMetadata></c:curriculumStandardsMetadataSet></metadata>
<organizations><organization identifier="org" structure="rooted-hierarchy"><item identifier="top">
<item identifier="f1"><title>Folder</title>
<item identifier="i1" identifierref="r1"><title>Page</title></item>
<item identifier="i2" identifierref="wl"><title>Web</title></item>
<item identifier="i3" identifierref="dt"><title>Talk</title></item></item>
<item identifier="i4" identifierref="as"><title>Task</title></item>
</item></organization></organizations>
<resources>
<resource identifier="r1" type="webcontent" href="a/one.html"><file href="a/one.html"/><file href="a/s.css"/>
<dependency identifierref="pic"/></resource>
<resource identifier="pic" type="webcontent" href="b/p.png"><file href="b/p.png"/></resource>
<resource identifier="wl" type="imswl_xmlv1p3"><file href="wl.xml"/></resource>
<resource identifier="dt" type="imsdt_xmlv1p3"><file href="dt.xml"/></resource>
<resource identifier="as" type="assignment_xmlv1p0"><metadata><lomr:lom><lomr:educational><lomr:intendedEndUserRole>
<lomr:source>IMSGLC_CC_Rolesv1p3</lomr:source><lomr:value>Instructor</lomr:value></lomr:intendedEndUserRole>
</lomr:educational></lomr:lom></metadata><file href="as.xml"/></resource>
<resource identifier="asf" type="webcontent" href="as.html"><file href="as.html"/>
<cpx:variant identifier="v" identifierref="as"><cpx:metadata/></cpx:variant></resource>
</resources></manifest>""",
    "a/one.html": """<html><head><link rel="stylesheet" href="s.css"></head><body><h1 id="h">One</h1><a href="#h">up</a>
<img src="../b/p.png" alt=""><a href="../as.html#x">task</a><a href="$IMS-CC-FILEBASE$/b/p.png">p</a></body></html>""",
    "a/s.css": "p { background: url('../b/p.png') }",
    "b/p.png": b"png",
    "wl.xml": f"""<webLink xmlns="{XSD}/imsccv1p3/imswl_v1p3"><title>Web</title><url href="https://example.org/" target="_blank"/>
</webLink>""",
    "dt.xml": f"""<topic xmlns="{XSD}/imsccv1p3/imsdt_v1p3"><title>Talk</title>
<text texttype="text/html">&lt;img src="$IMS-CC-FILEBASE$/b/p.png"&gt;</text></topic>""",
    "as.xml": f"""<assignment xmlns="{XSD}/imscc_extensions/assignment" identifier="a1"><title>Task</title>
<text texttype="text/html">&lt;p&gt;Do&lt;/p&gt;</text><instructor_text texttype="text/plain">Look</instructor_text>
<attachments><attachment href="b/p.png" role="All"/></attachments><gradable points_possible="5">true</gradable>
<submission_formats><format type="file"/></submission_formats></assignment>""",
    "as.html": '<html><body><p id="x">Do</p></body></html>',
}


def test_a_good_cartridge_arrives_whole() -> None:
    found = cartridge.imported(zipped(THREE))
    assert found.issues == []
    assert (found.version, found.identifier, found.title, found.description) == ("1.3.0", "man", "Course", "About")
    assert (found.keywords, found.language) == (("k1", "k2"), "en")
    assert found.standards == (cartridge.Standard("P", "R", "V", "L", "G"),)
    assert [(item.title, item.kind) for item in found.walk()] == [
        *(("Folder", "folder"), ("Page", "webcontent"), ("Web", "weblink"), ("Talk", "topic"), ("Task", "assignment"))
    ]
    web, talk, task = (found.resources[name].content for name in ("wl", "dt", "as"))
    assert web == cartridge.WebLink("Web", "https://example.org/", "_blank")
    assert talk == cartridge.Topic("Talk", '<img src="$IMS-CC-FILEBASE$/b/p.png">', "text/html", ())
    attached = (("b/p.png", "All"),)
    assert task == cartridge.Assignment("Task", "<p>Do</p>", "text/html", "Look", True, 5.0, ("file",), attached)
    assert (found.instructors_only, found.variants) == (("as",), (("asf", "as"),))
    assert found.fallback("as") == found.resources["asf"] and found.fallback("wl") is None
    assert found.resources["r1"].body == str(THREE["a/one.html"]).encode()


def older(version: int) -> dict[str, str | bytes]:
    """Return the cartridge in an older version, with no assignment in it."""
    gone = ("as.xml",)
    manifest = str(THREE[M])
    start, end = manifest.index('<resource identifier="as"'), manifest.index('<resource identifier="asf"')
    manifest = manifest[:start] + manifest[end:]
    manifest = manifest.replace('<cpx:variant identifier="v" identifierref="as"><cpx:metadata/></cpx:variant>', "")
    manifest = manifest.replace('identifierref="as"', 'identifierref="asf"').replace("1.3.0", f"1.{version}.0")
    if version == 1:
        first, last = manifest.index("<c:curr"), manifest.index("</metadata>")
        manifest = manifest[:first] + manifest[last:]
    files = {M: manifest, **{path: text for path, text in THREE.items() if path not in (M, *gone)}}
    return {
        path: text.replace("v1p3", f"v1p{version}") if isinstance(text, str) else text for path, text in files.items()
    }


@pytest.mark.parametrize("version", [1, 2])
def test_older_cartridges_arrive_whole(version: int) -> None:
    found = cartridge.imported(zipped(older(version)))
    assert (found.issues, found.version, found.title) == ([], f"1.{version}.0", "Course")
    assert [item.kind for item in found.walk()] == ["folder", "webcontent", "weblink", "topic", "webcontent"]


WL, DT, AS = "wl.xml", "dt.xml", "as.xml"
LINKED = '<file href="wl.xml"/>'


@pytest.mark.parametrize(
    ("edits", "issues"),
    [
        fault(
            "dangling item",
            (M, 'identifierref="wl"', 'identifierref="w9"'),
            f"{M}: item i2 refers to w9, which is no resource",
        ),
        fault("dangling dependency", (M, '"pic"/>', '"p9"/>'), f"{M}: resource r1 depends on p9, which is no resource"),
        fault("dependency on itself", (M, '"pic"/>', '"r1"/>'), f"{M}: resource r1 depends on itself"),
        fault(
            "dependency on a topic", (M, '"pic"/>', '"dt"/>'), f"{M}: resource r1, a webcontent, depends on dt, a topic"
        ),
        fault(
            "dependency given twice",
            (M, '"pic"/>', '"pic"/><dependency identifierref="pic"/>'),
            f"{M}: resource r1 depends on pic 2 times",
        ),
        fault(
            "dependency of a web link",
            (M, LINKED, f'{LINKED}<dependency identifierref="pic"/>'),
            f"{M}: resource wl is a web link and has dependencies",
        ),
        fault("undeclared file", ("c.txt", "", "x"), "the zip holds c.txt, which no resource lists"),
        fault(
            "missing file",
            ("as.html", "", None),
            f"{M}: resource asf lists as.html, which is not in the package",
            "a/one.html: the href '../as.html#x' of a <a> leads to as.html, which is not in the package",
        ),
        fault(
            "file given twice",
            (M, '<file href="b/p.png"/>', '<file href="b/p.png"/><file href="b/p.png"/>'),
            f"{M}: resource pic lists b/p.png 2 times",
        ),
        fault(
            "href that is no file",
            (M, '<file href="a/one.html"/>', ""),
            f"{M}: resource r1 has the href a/one.html, but no such file",
            "the zip holds a/one.html, which no resource lists",
        ),
        fault(
            "href of a web link",
            (M, '"imswl_xmlv1p3"', '"imswl_xmlv1p3" href="wl.xml"'),
            f"{M}: resource wl has an href, which a weblink must not have",
        ),
        fault(
            "two files of a topic",
            (M, '<file href="dt.xml"/>', '<file href="dt.xml"/><file href="b/p.png"/>'),
            f"{M}: resource dt has 2 files, not one",
        ),
        fault(
            "space in an href",
            (M, '<file href="b/p.png"/>', '<file href="b/p.png"/><file href="b/p q"/>'),
            f"{M}: resource pic has the href 'b/p q', which is no relative path",
            f"{M}: resource pic lists b/p q, which is not in the package",
        ),
        fault(
            "folder that refers to something",
            (M, '"f1">', '"f1" identifierref="pic">'),
            f"{M}: item f1 refers to a resource and has items below it",
        ),
        fault("no title", (M, "<title>Web</title>", ""), f"{M}: item i2 has no title"),
        fault("empty title", (M, "<title>Web</title>", "<title/>"), f"{M}: item i2 has an empty title"),
        fault("title of the root", (M, '"top">', '"top"><title>T</title>'), f"{M}: item top at the top has a title"),
        fault(
            "two roots",
            (M, "</item></organization>", '</item><item identifier="top2"/></organization>'),
            f"{M}: organization org has 2 items at the top, not one",
        ),
        fault(
            "two organizations",
            (
                M,
                "</organizations>",
                '<organization identifier="o2" structure="rooted-hierarchy"><item identifier="x"/></organization></organizations>',
            ),
            f"{M}: <organizations> has 2 <organization>",
        ),
        fault(
            "structure",
            (M, '"rooted-hierarchy"', '"flat"'),
            f"{M}: organization org has the structure 'flat'",
        ),
        fault(
            "type of another version",
            (M, '"imsdt_xmlv1p3"', '"imsdt_xmlv1p1"'),
            f"{M}: resource dt has the type 'imsdt_xmlv1p1', which version 1.3.0 does not know",
        ),
        fault(
            "namespace of another version",
            (WL, "v1p3", "v1p1"),
            f"{WL}: its root is {{{XSD}/imsccv1p1/imswl_v1p3}}webLink, not {{{XSD}/imsccv1p3/imswl_v1p3}}webLink",
        ),
        fault("schemaversion", (M, "1.3.0", "1.3"), f"{M}: the schemaversion is '1.3' in the namespace of 1.3.0"),
        fault("schema", (M, "IMS Common", "IMS Thin Common"), f"{M}: the schema is 'IMS Thin Common Cartridge'"),
        fault(
            "metadata in another namespace",
            (M, "v1p3/LOM/manifest", "v1p2/LOM/manifest"),
            f"{M}: the <lom> of the manifest is in the namespace http://ltsc.ieee.org/xsd/imsccv1p2/LOM/manifest",
        ),
        fault(
            "no title of the course", (M, "<lomm:string>Course</lomm:string>", ""), f"{M}: the metadata give no title"
        ),
        fault(
            "standard without GUID", (M, "<c:GUID>G</c:GUID>", "<c:GUID/>"), f"{M}: a curriculum standard has no GUID"
        ),
        fault(
            "identifier given twice",
            (M, 'identifier="i2"', 'identifier="i1"'),
            f"{M}: the identifier i1 is given 2 times",
        ),
        fault(
            "identifier that is none", (M, 'identifier="i2"', 'identifier="2"'), f"{M}: the identifier '2' is no xs:ID"
        ),
        fault(
            "attribute out of place",
            (M, 'identifier="i2"', 'identifier="i2" isvisible="true"'),
            f"{M}: item i2 has an attribute isvisible, which has no place there",
        ),
        fault(
            "element out of place",
            (M, "<title>Web</title>", "<title>Web</title><note/>"),
            f"{M}: item i2 has no place for {{{XSD}/imsccv1p3/imscp_v1p1}}note",
        ),
        fault(
            "order of a resource",
            (
                M,
                '<file href="a/one.html"/><file href="a/s.css"/>\n<dependency identifierref="pic"/>',
                '<file href="a/one.html"/><dependency identifierref="pic"/><file href="a/s.css"/>',
            ),
            f"{M}: resource r1 has <file> after <dependency>",
        ),
        fault(
            "use",
            (M, 'href="as.html">', 'href="as.html" intendeduse="task">'),
            f"{M}: resource asf has the use 'task', which version 1.3.0 does not know",
        ),
        fault("role", (M, ">Instructor<", ">Teacher<"), f"{M}: resource as is for the role 'Teacher', which is none"),
        fault(
            "variant of nothing",
            (M, '"v" identifierref="as"', '"v" identifierref="a9"'),
            f"{M}: resource asf has the variant a9, which is no other resource",
        ),
        fault("page without href", (M, ' href="b/p.png"><file href="b/p.png"/>', '><file href="b/p.png"/>')),
        fault(
            "item without something to open",
            [
                (M, ' href="b/p.png"><file href="b/p.png"/>', '><file href="b/p.png"/>'),
                (M, '"dt"><title>', '"pic"><title>'),
            ],
            f"{M}: item i3 refers to pic, which has no href to open",
        ),
        fault(
            "question bank in the tree",
            [(M, '"imsdt_xmlv1p3"', '"imsqti_xmlv1p2/imscc_xmlv1p3/question-bank"')],
            f"{M}: item i3 refers to the question bank dt",
        ),
        fault(
            "path that is not safe",
            ("../c.txt", "", "x"),
            "the zip holds ../c.txt, which is no safe path",
            "the zip holds ../c.txt, which no resource lists",
        ),
        fault(
            "metadata of a resource",
            (M, "<metadata><lomr:lom>", "<metadata><title/><lomr:lom>"),
            f"{M}: the metadata of resource as have no place for <title>",
        ),
        fault(
            "path that is not plain",
            ("./c.txt", "", "x"),
            "the zip holds ./c.txt, which is no plain path",
            "the zip holds ./c.txt, which no resource lists",
        ),
        fault(
            "web link without a file",
            (M, LINKED, ""),
            f"{M}: resource wl has no file",
            "the zip holds wl.xml, which no resource lists",
        ),
        fault(
            "resource without identifier",
            (M, 'identifier="pic" ', ""),
            f"{M}: resource b/p.png has no identifier",
            f"{M}: resource r1 depends on pic, which is no resource",
        ),
        fault(
            "root that refers to something",
            (M, '"top">', '"top" identifierref="pic">'),
            f"{M}: item top at the top refers to a resource",
        ),
        fault(
            "metadata of a resource in another namespace",
            (M, "v1p3/LOM/resource", "v1p3/LOM/other"),
            f"{M}: the <lom> of resource as is in the namespace http://ltsc.ieee.org/xsd/imsccv1p3/LOM/other",
        ),
        # what the resources say
        fault(
            "picture of several sizes",
            ("a/one.html", 'alt=""', 'alt="" srcset="../b/p.png 1x, q.png 2x"'),
            "a/one.html: the srcset 'q.png' of a <img> leads to a/q.png, which is not in the package",
        ),
        fault(
            "order of a web link",
            (
                WL,
                '<title>Web</title><url href="https://example.org/" target="_blank"/>',
                '<url href="https://example.org/"/><title>Web</title>',
            ),
            f"{WL}: its elements are not in the order title, url",
        ),
        fault("elements in a text", (DT, "&lt;img", "<b/>&lt;img"), f"{DT}: its <text> holds elements, not text"),
        fault("gradable", (AS, ">true<", ">yes<"), f"{AS}: its <gradable> is 'yes', no boolean"),
        fault(
            "address that is broken",
            (WL, "https://example.org/", "https://[example"),
            f"{WL}: its address 'https://[example' is no absolute URL",
        ),
        fault(
            "link to nothing",
            ("a/one.html", "../b/p.png", "p.png"),
            "a/one.html: the src 'p.png' of a <img> leads to a/p.png, which is not in the package",
        ),
        fault(
            "link to no element", ("a/one.html", "#h", "#i"), "a/one.html: the href '#i' of a <a> leads to no element"
        ),
        fault(
            "link to no element of another page",
            ("a/one.html", "#x", "#y"),
            "a/one.html: the href '../as.html#y' of a <a> leads to no element of as.html",
        ),
        fault(
            "link with spaces",
            ("a/one.html", "../b/p.png", "../b/p p.png"),
            "a/one.html: the src '../b/p p.png' of a <img> is no relative address",
        ),
        fault(
            "link of a style sheet",
            ("a/s.css", "../b", "../c"),
            "a/s.css: the url '../c/p.png' of a <style> leads to c/p.png, which is not in the package",
        ),
        fault(
            "link of a topic",
            (DT, "b/p.png", "p.png"),
            f"{DT}: the src '$IMS-CC-FILEBASE$/p.png' of a <img> leads to p.png, which is not in the package",
        ),
        fault(
            "web link that is relative",
            (WL, "https://example.org/", "a.html"),
            f"{WL}: its address 'a.html' is no absolute URL",
        ),
        fault("web link without title", (WL, "<title>Web</title>", ""), f"{WL}: it has no <title>"),
        fault("order of a topic", (DT, "<title>Talk</title>", ""), f"{DT}: it has no <title>"),
        fault("type of a text", (DT, "text/html", "html"), f"{DT}: its <text> has the texttype 'html'"),
        fault(
            "no text for instructors",
            (AS, '<instructor_text texttype="text/plain">Look</instructor_text>', ""),
            f"{AS}: it has no <instructor_text>",
        ),
        fault(
            "attachment of nothing",
            (AS, "b/p.png", "p.png"),
            f"{AS}: the href 'p.png' of a <attachment> leads to p.png, which is not in the package",
        ),
        fault(
            "role of an attachment",
            (AS, 'role="All"', 'role="Us"'),
            f"{AS}: the attachment b/p.png is for the role 'Us'",
        ),
        fault("format", (AS, 'type="file"', 'type="paper"'), f"{AS}: its submission formats are 'paper'"),
        fault("points", (AS, '"5"', '"five"'), f"{AS}: its points are 'five', no number"),
    ],
)
def test_a_strict_importer_says_each_fault(edits: list[Edit], issues: list[str]) -> None:
    assert sorted(cartridge.imported(zipped(edited(THREE, edits))).issues) == sorted(issues)


def test_an_assignment_is_none_of_an_older_version() -> None:
    (issue,) = cartridge.imported(
        zipped(edited(older(2), [(M, '"imsdt_xmlv1p2"', '"assignment_xmlv1p0"'), (DT, "", str(THREE[AS]))]))
    ).issues
    assert issue == f"{M}: resource dt has the type 'assignment_xmlv1p0', which version 1.2.0 does not know"


def test_damaged_xml_is_said() -> None:
    (issue,) = cartridge.imported(zipped(edited(THREE, [(DT, "</topic>", "")]))).issues
    assert issue.startswith(f"{DT}: it is not well-formed: line ")


def test_a_file_that_is_in_the_zip_twice_is_said() -> None:
    target = io.BytesIO(zipped(THREE))
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(WL, THREE[WL])
    assert cartridge.imported(target.getvalue()).issues == ["the zip holds wl.xml twice"]


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        fault("manifest elsewhere", [("sub/" + M, "", "x"), (M, "", None)], "is not at the root"),
        fault("damaged", (M, "</manifest>", ""), "is not well-formed"),
        fault(
            "unknown version", (M, "imsccv1p3/imscp_v1p1", "imsccv1p9/imscp_v1p1"), "no cartridge of a known version"
        ),
    ],
)
def test_a_strict_importer_gives_up(edits: list[Edit], reason: list[str]) -> None:
    with pytest.raises(ImportAborted, match=reason[0]):
        cartridge.imported(zipped(edited(THREE, edits)))


def test_version_1_1_has_no_standards_and_one_question_bank() -> None:
    bank = '"imsqti_xmlv1p2/imscc_xmlv1p1/question-bank"'
    files = edited(older(1), [(M, '"imswl_xmlv1p1"', bank), (M, '"imsdt_xmlv1p1"', bank)])
    issues = cartridge.imported(zipped(files)).issues
    assert f"{M}: there are 2 question banks, and version 1.1.0 allows one" in issues
    files = edited(older(1), [(M, "</lomm:lom>", "</lomm:lom><curriculumStandardsMetadataSet xmlns='x'/>")])
    assert cartridge.imported(zipped(files)).issues == [f"{M}: version 1.1.0 has no place for curriculum standards"]


def test_questions_of_a_cartridge_have_a_profile() -> None:
    quiz = str(ELEVEN["qz.xml"])
    edits = [(M, '"imsdt_xmlv1p3"', '"imsqti_xmlv1p2/imscc_xmlv1p3/assessment"'), (DT, "", quiz)]
    found = cartridge.imported(zipped(edited(THREE, edits)))
    assert (found.issues, found.resources["dt"].content) == ([], cartridge.Assessment("a", "Quiz", ("cc.essay.v0p1",)))
    edits[1] = (DT, "", quiz.replace("cc_profile", "profile"))
    assert cartridge.imported(zipped(edited(THREE, edits))).issues == [f"{DT}: the question q1 has no cc_profile"]


def test_canvas_counts_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canvas_package, "MOST_FILES", 3)
    with pytest.raises(ImportAborted, match="more than 3 files"):
        canvas.imported(zipped(CANVAS))


def test_canvas_takes_what_has_questions_for_questions() -> None:
    course = canvas.imported(zipped(edited(CANVAS, [(M, "IMS Common Cartridge", "IMS Content")])))
    assert (course.flavour, course.pages, course.modules) == ("qti", (), ())
    assert course.issues == [f"{M}: the package is taken for one of QTI, and gives nothing but questions"]


def test_canvas_makes_assignments_and_tools_of_a_generic_cartridge() -> None:
    edits = [
        (M, 'href="a/one.html">', 'href="a/one.html" intendeduse="assignment">'),
        (M, '"imsdt_xmlv1p3"', '"imsbasiclti_xmlv1p3"'),
        (DT, "", TOOL),
        (M, '"imswl_xmlv1p3"', '"imsqti_xmlv1p2/imscc_xmlv1p3/question-bank"'),
    ]
    course = canvas.imported(zipped(edited(THREE, edits)))
    assert [item.kind for item in course.modules[0].items] == ["Assignment", "ContextExternalTool"]
    assert course.issues == [f"{M}: item i2 refers to wl, which gives nothing: it is lost"]


def test_canvas_takes_any_cartridge_for_a_generic_one() -> None:
    course = canvas.imported(zipped(THREE))
    assert (course.flavour, course.issues, course.pages) == ("cc", [], ())
    folder, rest = course.modules
    assert (folder.title, rest.title) == ("Folder", "Misc Module")
    assert [item.kind for item in folder.items] == ["Attachment", "ExternalUrl", "DiscussionTopic"]
    assert [(item.kind, item.state) for item in rest.items] == [("Assignment", "unpublished")]
    nested = [(M, '<item identifier="i2"', '<item identifier="s"><title>S</title></item><item identifier="i2"')]
    nested += [(M, 'identifierref="dt"', 'identifierref="d9"')]
    course = canvas.imported(zipped(edited(THREE, nested)))
    assert [item.kind for item in course.modules[0].items] == ["Attachment", "ContextModuleSubHeader", "ExternalUrl"]
    assert course.issues == [f"{M}: item i3 refers to d9, which gives nothing: it is lost"]


# --- Moodle ---

MENTOR = """<metadata><r:lom xmlns:r="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource"><r:educational><r:intendedEndUserRole>
<r:source>IMSGLC_CC_Rolesv1p1</r:source><r:value>Mentor</r:value></r:intendedEndUserRole></r:educational></r:lom></metadata>"""
ELEVEN: Files = {
    M: f"""<?xml version="1.0"?>
<manifest identifier="man" xmlns="{XSD}/imsccv1p1/imscp_v1p1" xmlns:m="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion><m:lom><m:general><m:title>
<m:string>Course</m:string></m:title></m:general></m:lom></metadata>
<organizations><organization identifier="org" structure="rooted-hierarchy"><item identifier="top">
<item identifier="s1"><title>One</title><item identifier="i1" identifierref="p1"><title>Page</title></item>
<item identifier="f1"><title>Deeper</title><item identifier="i2" identifierref="wl"><title>Web</title></item></item>
<item identifier="i3" identifierref="dt"><title>Talk</title></item></item>
<item identifier="i4" identifierref="pic"><title>Picture</title></item>
<item identifier="i5" identifierref="qz"><title>Quiz</title></item>
</item></organization></organizations>
<resources><resource identifier="p1" type="webcontent" href="p/one.html"><file href="p/one.html"/></resource>
<resource identifier="pic" type="webcontent" href="p/a.png">{MENTOR}<file href="p/a.png"/></resource>
<resource identifier="wl" type="imswl_xmlv1p1"><file href="wl.xml"/></resource>
<resource identifier="dt" type="imsdt_xmlv1p1"><file href="dt.xml"/></resource>
<resource identifier="qz" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="qz.xml"/></resource>
</resources></manifest>""",
    "p/one.html": """<html><body><h2>AT&amp;T</h2><p>a &lt; b <img src="a.png" alt="">
<a href="https://example.org/?a#b">out</a></p></body></html>""",
    "p/a.png": b"png",
    "wl.xml": """<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>Web</title>
<url href="https://example.org/"/></webLink>""",
    "dt.xml": """<topic xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"><title>Talk</title>
<text texttype="text/html">&lt;img src="$IMS-CC-FILEBASE$/p/a.png"&gt;</text></topic>""",
    "qz.xml": """<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="a" title="Quiz">
<section ident="s"><item ident="q1"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel>
<fieldentry>cc.essay.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata></item></section></assessment>
</questestinterop>""",
}
MARKS = "qz.xml: its marks are wrong"
P1 = "p/one.html"


def test_a_good_cartridge_arrives_in_moodle() -> None:
    course = moodle.imported(zipped(ELEVEN))
    assert (course.version, course.title, course.damage) == ("1.1.0", "Course", [MARKS])
    assert [(section.name, section.summary) for section in course.sections] == [
        ("", "One"),
        ("", "Picture"),
        ("", "Quiz"),
    ]
    assert [(found.kind, found.name, found.indent, found.visible) for found in course.activities] == [
        ("page", "Page", 0, True),
        ("label", "Deeper", 0, True),
        ("url", "Web", 1, True),
        ("forum", "Talk", 0, True),
        ("resource", "Picture", 0, False),
        ("quiz", "Quiz", 0, True),
    ]
    page, _, web, talk, *_ = course.activities
    assert "<h2>AT&T</h2>" in page.content and web.url == "https://example.org/"
    assert talk.content == '<img src="$IMS-CC-FILEBASE$/p/a.png">'


def on_page(name: str, content: str, damage: str) -> Any:
    return fault(name, (P1, "</p>", f"</p>{content}"), f"{P1}: {damage}")


@pytest.mark.parametrize(
    ("edits", "damage"),
    [
        on_page(
            "escaped markup",
            "<p>x &lt;b&gt;c</p>",
            "one level of escaping is removed, and it comes out otherwise: '<b>c' is '<b>'",
        ),
        on_page(
            "a type in code",
            "<p>List&lt;int&gt;</p>",
            "one level of escaping is removed, and it comes out otherwise: 'List<int>' is 'List'",
        ),
        on_page(
            "escaped twice",
            "<p>&amp;lt;</p>",
            "one level of escaping is removed, and it comes out otherwise: '&lt;' is '<'",
        ),
        on_page(
            "link to a page",
            '<a href="two.html">x</a>',
            "the href 'two.html' of a <a> leads to a page, which is not copied",
        ),
        on_page(
            "link within the page", '<a href="#x">x</a>', "the href '#x' of a <a> leads to an id, and ids are removed"
        ),
        on_page(
            "token",
            '<img src="$IMS-CC-FILEBASE$/p/a.png">',
            "the src '$IMS-CC-FILEBASE$/p/a.png' of a <img> is not resolved in a page",
        ),
        on_page(
            "query",
            '<img src="a.png?x=1">',
            "the src 'a.png?x=1' of a <img> has a query, a fragment, spaces or other letters than ASCII, and stays broken",
        ),
        on_page(
            "percent sign",
            '<img src="a%20b.png">',
            "the src 'a%20b.png' of a <img> has a query, a fragment, spaces or other letters than ASCII, and stays broken",
        ),
        on_page(
            "letters",
            '<img src="ä.png">',
            "the src 'ä.png' of a <img> has a query, a fragment, spaces or other letters than ASCII, and stays broken",
        ),
        on_page(
            "link to nothing",
            '<img src="b.png">',
            "the src 'b.png' of a <img> leads to p/b.png, which is not in the package",
        ),
        on_page("text equal to a link", "<p>see a.png</p>", "its text 'a.png' is equal to a link, and is rewritten"),
        on_page("id", "<p id='x'>c</p>", "ids are removed"),
        on_page("script", "<script>x</script>", "<script> is removed"),
        on_page("svg", "<svg><g id='x'></g></svg>", "<svg> is removed"),
        on_page("iframe", "<iframe src='https://example.org'></iframe>", "<iframe> is removed"),
        on_page("details", "<details><summary>x</summary></details>", "<details> is removed"),
        on_page("math", "<math><mi>x</mi></math>", "<math> is removed"),
        fault(
            "page that nothing refers to",
            (M, 'identifierref="p1"', 'identifierref="pic"'),
            f"{P1}: no item refers to resource p1, and it is not copied",
        ),
        fault(
            "item of nothing",
            (M, 'identifierref="wl"', 'identifierref="w9"'),
            f"{M}: item i2 refers to w9, which gives no activity",
        ),
        fault("missing file", (P1, "", None), f"{P1}: resource p1 names it, and it is not in the package"),
        fault(
            "percent sign in the manifest",
            [(M, 'href="p/one.html">', 'href="p/o%6Ee.html">')],
            f"{P1}: the href of resource p1 has percent signs, and the page is empty",
        ),
        fault(
            "page in associated content",
            (M, 'identifier="p1" type="webcontent"', f'identifier="p1" type="{LOR}"'),
            f"{P1}: it is HTML in associated content, and becomes an empty file",
        ),
        fault(
            "relative web link",
            (WL, "https://example.org/", "a.html"),
            f"{WL}: its address 'a.html' is not taken, and becomes {moodle.INVALID}",
        ),
        fault(
            "web link by mail",
            (WL, "https://example.org/", "mailto:a@b.c"),
            f"{WL}: its address 'mailto:a@b.c' is not taken, and becomes {moodle.INVALID}",
        ),
        fault(
            "letters in a web link",
            (WL, "example.org/", "example.org/ä"),
            f"{WL}: its address 'https://example.org/ä' is not taken, and becomes {moodle.INVALID}",
        ),
        fault(
            "broken address",
            (WL, "https://example.org/", "https://[a"),
            f"{WL}: its address 'https://[a' is not taken, and becomes {moodle.INVALID}",
        ),
        fault(
            "link of a forum",
            (DT, "$IMS-CC-FILEBASE$/p/a.png", "p/a.png"),
            f"{DT}: the src 'p/a.png' of a <img> leads nowhere",
        ),
        fault(
            "name of a forum", (DT, ">Talk<", ">Chat<"), f"{DT}: the forum is named 'Chat', and not 'Talk' as its item"
        ),
        fault(
            "folder of a forum",
            [("d/dt.xml", "", str(ELEVEN[DT])), (DT, "", None), (M, '"dt.xml"', '"d/dt.xml"')],
            "d/dt.xml: the src '$IMS-CC-FILEBASE$/p/a.png' of a <img> is looked for below d, the folder of the topic",
        ),
        fault(
            "picture of a forum",
            (DT, "p/a.png", "p/b.png"),
            f"{DT}: the src '$IMS-CC-FILEBASE$/p/b.png' of a <img> leads to nothing that is web content",
        ),
        fault(
            "question of another kind",
            ("qz.xml", "</item>", '</item><item ident="q2"/>'),
            "qz.xml: the question q2 has the profile '', and is dropped",
        ),
    ],
)
def test_moodle_says_each_damage(edits: list[Edit], damage: list[str]) -> None:
    assert sorted(moodle.imported(zipped(edited(ELEVEN, edits))).damage) == sorted([*damage, MARKS])


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        fault("newer version", (M, "imsccv1p1/imscp", "imsccv1p2/imscp"), "unknown format"),
        fault(
            "prefixed root",
            [(M, "<manifest ", "<x:manifest "), (M, " xmlns=", " xmlns:x="), (M, "</manifest>", "</x:manifest>")],
            "unknown format",
        ),
        fault("long comment", (M, "<manifest ", f"<!-- {'x' * 1024} --><manifest "), "unknown format"),
        fault("damaged", (M, "</manifest>", ""), "not well-formed"),
        fault("schemaversion", (M, ">1.1.0<", ">1.1<"), f"{M}: the schemaversion is '1.1' in the namespace of 1.1.0"),
        fault(
            "type",
            (M, '"imsdt_xmlv1p1"', '"assignment_xmlv1p0"'),
            f"{M}: resource dt has the type 'assignment_xmlv1p0', which version 1.1.0 does not know",
        ),
        fault(
            "order",
            (M, '<file href="wl.xml"/>', '<dependency identifierref="pic"/><file href="wl.xml"/>'),
            f"{M}: resource wl has <file> after <dependency>",
        ),
        fault("identifier", (M, 'identifier="i2"', 'identifier="2i"'), f"{M}: the identifier '2i' is no xs:ID"),
        fault(
            "identifier given twice",
            (M, 'identifier="i2"', 'identifier="wl"'),
            f"{M}: the identifier wl is given 2 times",
        ),
        fault(
            "address",
            (M, '<file href="p/a.png"/>', '<file href="p/a.png"/><file href="100%.png"/>'),
            f"{M}: file 100%.png has an href that is no URI",
        ),
        fault("item without title", (M, "<title>Web</title>", ""), f"{M}: item i2 has no title"),
        fault("reference", (M, '"wl">', '"1">'), f"{M}: item i2 has the identifierref '1', which is no xs:IDREF"),
        fault("root with a title", (M, '"top">', '"top"><title>T</title>'), f"{M}: item top at the top has a title"),
        fault(
            "empty body",
            (P1, "", "<html><head><title>x</title></head><body>\n</body></html>"),
            f"{P1}: its body is empty",
        ),
        fault("quiz without questions", ("qz.xml", "cc.essay.v0p1", "other"), "qz.xml: the quiz has no question"),
        fault("quiz in two places", (M, 'identifierref="pic"', 'identifierref="qz"'), "is referred to more than once"),
    ],
)
def test_moodle_gives_up(edits: list[Edit], reason: list[str]) -> None:
    with pytest.raises(ImportAborted) as aborted:
        moodle.imported(zipped(edited(ELEVEN, edits)))
    assert len(aborted.value.reasons) == 1 and reason[0] in aborted.value.reasons[0]


def test_moodle_drops_the_parameters_of_a_tool_and_indents_what_is_deep() -> None:
    edits = [
        (M, 'type="imsdt_xmlv1p1"', 'type="imsbasiclti_xmlv1p0"'),
        (DT, "", TOOL.replace("<blti:secure", "<blti:custom><p/></blti:custom><blti:secure")),
        (M, '<item identifier="i2"', '<item identifier="f2"><title>Deepest</title></item><item identifier="i2"'),
    ]
    course = moodle.imported(zipped(edited(ELEVEN, edits)))
    assert course.damage == [f"{DT}: its custom parameters are dropped", MARKS]
    assert [(found.name, found.indent) for found in course.activities if found.kind == "label"] == [
        ("Deeper", 0),
        ("Deepest", 1),
    ]
    assert ("lti", "https://example.org/lti") in [(found.kind, found.url) for found in course.activities]


QUESTION = """<item ident="q2"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>cc.
KIND.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>REST</item>""".replace("\n", "")


@pytest.mark.parametrize(
    ("kind", "rest", "damage"),
    [
        ("true_false", "<response_label>yes</response_label>", "has other labels than true and false"),
        ("multiple_response", "<varequal>a</varequal>", "has a varequal without case=Yes"),
        ("fib", "<setvar>1</setvar>", "sets another score than exactly 100"),
        ("ordering", "", "has the profile 'cc.ordering.v0p1', and is dropped"),
    ],
)
def test_moodle_is_particular_about_questions(kind: str, rest: str, damage: str) -> None:
    question = QUESTION.replace("KIND", kind).replace("REST", rest)
    course = moodle.imported(zipped(edited(ELEVEN, [("qz.xml", "</section>", f"{question}</section>")])))
    assert course.damage == [f"qz.xml: the question q2 {damage}", MARKS]


def test_questions_of_one_name_collapse() -> None:
    again = QUESTION.replace("KIND", "essay").replace("REST", "").replace("q2", "q1")
    course = moodle.imported(zipped(edited(ELEVEN, [("qz.xml", "</section>", f"{again}</section>")])))
    assert course.damage == ["qz.xml: 2 questions are named q1, and collapse into one", MARKS]


# --- whatever comes ---


@pytest.mark.parametrize("files", [CANVAS, THREE, ELEVEN], ids=["Canvas", "1.3", "1.1"])
@pytest.mark.parametrize("spoil", ["", "<", "\x00\x01<a b='&x;'><x:y/>", "<a/>", "HALF"])
def test_no_file_however_spoilt_is_too_much(files: Files, spoil: str) -> None:
    for path, content in files.items():
        half = content[: len(content) // 2]
        package = zipped({**files, path: half if spoil == "HALF" else spoil})
        for reader in (canvas, cartridge, moodle):
            try:
                reader.imported(package)
            except ImportAborted as aborted:
                assert str(aborted)


def test_a_namespace_may_have_any_letters() -> None:
    odd = str(CANVAS[META]).replace("canvas.instructure.com", "{x}/y")
    issues = canvas.imported(zipped({**CANVAS, META: odd})).issues
    assert f"{META}: its root is not <modules> with Canvas's namespace as the default one" in issues


def test_no_zip_however_damaged_is_too_much() -> None:
    package = zipped(ELEVEN)
    for place in range(len(package) - 1200, len(package), 7):
        damaged = package[:place] + b"\xff" + package[place + 1 :]
        for reader in (canvas, cartridge, moodle):
            try:
                reader.imported(damaged)
            except ImportAborted as aborted:
                assert str(aborted)
