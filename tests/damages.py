"""Damaged packages, with what became of each in a real importer: it stopped, it lost something, or nothing was wrong.

Moodle's verdicts are those of a running Moodle 5.0.6, into which each package was restored or imported; Canvas's are
those of its own converters, run on each package, and of its importers' source. A damage is a file, what is replaced in
it, and by what; None takes the file away, and no text to find writes the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from cartridges import COURSE
from packages import SMALL

STOPS, LOSES, FINE = "stops", "loses", "fine"
Damage = tuple[str, str, str | None]
Case = tuple[str, str, tuple[Damage, ...]]
LONG = "x" * 256


def damaged(files: Mapping[str, bytes], damages: tuple[Damage, ...]) -> dict[str, bytes]:
    """Return the files of a package with damages; what is to be replaced is a pattern."""
    found = dict(files)
    for name, old, new in damages:
        if new is None:
            del found[name]
        elif not old:
            found[name] = new.encode()
        else:
            text, count = re.subn(old, new, found[name].decode(), count=1, flags=re.DOTALL)
            assert count, (name, old)
            found[name] = text.encode()
    return found


# --- backups of Moodle ---

_TREE = Path(__file__).parent / "golden" / "tiny" / "moodle"
BACKUP: Mapping[str, bytes] = {
    str(path.relative_to(_TREE)): path.read_bytes() for path in sorted(_TREE.rglob("*")) if path.is_file()
}
_PAGE, _GATED, _LIST = "activities/page_1", "activities/page_299999", "moodle_backup.xml"
_WORK = min(name.rpartition("/")[0] for name in BACKUP if name.endswith("/assign.xml"))
_KEPT = next(name for name in BACKUP if name.startswith("files/"))
_NUMBER = _WORK.rpartition("_")[2]
_MODULE, _GATE = f"{_PAGE}/module.xml", f"{_GATED}/module.xml"


def _field(name: str, value: str) -> tuple[str, str]:
    return rf"<{name}>[^<]*</{name}>", f"<{name}>{value}</{name}>"


def _gone(name: str) -> tuple[str, str]:
    return rf"\s*<{name}>[^<]*</{name}>", ""


def _waits(*conditions: str, op: str = "&amp;") -> tuple[str, str]:
    showing = f'"showc":[{",".join("true" for _ in conditions)}]' if op == "&amp;" else '"show":true'
    return _field("availability", f'{{"op":"{op}","c":[{",".join(conditions)}],{showing}}}')


def _done(number: int, expected: int) -> str:
    return f'{{"type":"completion","cm":{number},"e":{expected}}}'


def _disabled(plugin: str) -> tuple[str, str]:
    return (
        rf"(<plugin>{plugin}</plugin>\s*<subtype>assignsubmission</subtype>\s*<name>enabled</name>\s*<value>)1",
        r"\g<1>0",
    )


def _graded(method: str, status: str, options: str) -> tuple[str, str]:
    return r"<areas>.*</areas>", (
        f'<areas><area id="1"><areaname>submissions</areaname><activemethod>{method}</activemethod><definitions>'
        f'<definition id="1"><method>rubric</method><name>R</name><description></description><descriptionformat>1'
        f"</descriptionformat><status>{status}</status><timecreated>0</timecreated><timemodified>0</timemodified>"
        f'<options>{options}</options><plugin_gradingform_rubric_definition><criteria><criterion id="1"><sortorder>1'
        '</sortorder><description>C</description><descriptionformat>0</descriptionformat><levels><level id="1"><score>0'
        '</score><definition>No</definition><definitionformat>0</definitionformat></level><level id="2"><score>1'
        "</score><definition>Yes</definition><definitionformat>0</definitionformat></level></levels></criterion></criteria>"
        "</plugin_gradingform_rubric_definition><instances/></definition></definitions></area></areas>"
    )


_BANK = """<?xml version="1.0" encoding="UTF-8"?>
<question_categories><question_category id="1"><name>top</name><contextid>{0}</contextid><contextlevel>70</contextlevel>
<info></info><stamp>a</stamp><parent>0</parent></question_category><question_category id="2"><name>{2}</name>
<contextid>{0}</contextid><contextlevel>70</contextlevel><info></info><stamp>b</stamp><parent>{1}</parent>
</question_category></question_categories>"""
_ASKED = """<question_bank_entries><question_bank_entry id="7"><questioncategoryid>2</questioncategoryid><idnumber>$@NULL@$</idnumber>
<ownerid>$@NULL@$</ownerid><question_version><question_versions id="7"><version>1</version><status>ready</status><questions>
<question id="7"><parent>0</parent><name>Q</name><questiontext>Why?</questiontext><questiontextformat>1</questiontextformat>
<generalfeedback></generalfeedback><generalfeedbackformat>1</generalfeedbackformat><defaultmark>1</defaultmark><penalty>0</penalty>
<qtype>{0}</qtype><length>1</length><stamp>q</stamp><timecreated>0</timecreated><timemodified>0</timemodified>
<createdby>$@NULL@$</createdby><modifiedby>$@NULL@$</modifiedby>{1}</question></questions></question_versions></question_version>
</question_bank_entry></question_bank_entries></question_category></question_categories>"""
_CALCULATED = """<plugin_qtype_calculated_question><answers><answer id="8"><answertext>{{x}}</answertext><answerformat>0</answerformat>
<fraction>1</fraction><feedback></feedback><feedbackformat>1</feedbackformat></answer></answers><dataset_definitions>
<dataset_definition id="1"><category>0</category><name>x</name><type>1</type><options>uniform:1:10:1</options><itemcount>{0}</itemcount>
{1}</dataset_definition></dataset_definitions><calculated_records><calculated_record id="1"><answer>8</answer><tolerance>0.01</tolerance>
<tolerancetype>1</tolerancetype><correctanswerlength>2</correctanswerlength><correctanswerformat>1</correctanswerformat>
</calculated_record></calculated_records></plugin_qtype_calculated_question>"""
_VALUE = '<dataset_items><dataset_item id="1"><number>{}</number><value>{}</value></dataset_item></dataset_items>'


def _asked(kind: str, inside: str) -> tuple[Damage, ...]:
    """Return what puts a question into the bank of a page."""
    bank = _BANK.format(3, 1, "Cat").replace("</question_category></question_categories>", _ASKED)
    return _NAMED, ("questions.xml", "", bank.format(kind, inside))


def _counted(count: int, items: str) -> tuple[Damage, ...]:
    return _asked("calculated", _CALCULATED.format(count, items))


_USER = """<user id="900" contextid="900"><username>{0}</username><idnumber></idnumber><email>{1}@example.org</email><phone1></phone1>
<phone2></phone2><institution></institution><department></department><address></address><city></city><country>{2}</country>
<lastip></lastip><picture>0</picture><description></description><descriptionformat>1</descriptionformat><imagealt>$@NULL@$</imagealt>
<auth>manual</auth><firstname>F</firstname><lastname>L</lastname><confirmed>1</confirmed><lang>en</lang><timezone>99</timezone>{3}</user>"""


def _user(*said: str, is_named: bool = True) -> tuple[Damage, ...]:
    """Return what puts a user into a backup, whom an activity names or not."""
    named = (f"{_PAGE}/inforef.xml", "</inforef>", "<userref><user><id>900</id></user></userref></inforef>")
    on = (_LIST, r"(<name>users</name>\s*<value>)0", r"\g<1>1")
    return on, ("users.xml", "", f"<users>{_USER.format(*said)}</users>"), *((named,) if is_named else ())


_NAMED: Damage = (
    f"{_PAGE}/inforef.xml",
    "</inforef>",
    "<question_categoryref><question_category><id>1</id></question_category><question_category><id>2</id>"
    "</question_category></question_categoryref></inforef>",
)
_GIVEN = (
    '<?xml version="1.0" encoding="UTF-8"?><roles><role_overrides></role_overrides><role_assignments><assignment id="1"><roleid>5</roleid>'
    "<userid>999</userid><modifierid>2</modifierid><timemodified>0</timemodified><component></component><itemid>0</itemid>"
    "<sortorder>0</sortorder></assignment></role_assignments></roles>"
)
BACKUPS: tuple[Case, ...] = (
    ("comment-in-a-text", FINE, ((f"{_PAGE}/page.xml", "<content>", "<content>Before <!-- why --> "),)),
    ("grades-of-no-bytes", FINE, ((f"{_PAGE}/grades.xml", "", ""),)),
    ("completion-missing", LOSES, (("completion.xml", "", None),)),
    ("tags-in-plain-text", LOSES, ((f"{_PAGE}/page.xml", "<contentformat>1", "<contentformat>2"),)),
    ("due-in-milliseconds", LOSES, ((f"{_WORK}/assign.xml", *_field("duedate", "1800000000000")),)),
    ("gate-in-milliseconds", LOSES, ((_MODULE, *_waits('{"type":"date","d":"&gt;=","t":1700000000000}')),)),
    ("grade-of-nothing", STOPS, ((f"{_WORK}/assign.xml", *_field("grade", "")),)),
    ("ways-of-a-plugin", LOSES, ((f"{_WORK}/assign.xml", "<plugin>onlinetext", "<plugin>github"),)),
    ("name-255", FINE, ((f"{_PAGE}/page.xml", *_field("name", LONG[1:])),)),
    ("name-256", STOPS, ((f"{_PAGE}/page.xml", *_field("name", LONG)),)),
    ("name-empty", LOSES, ((f"{_PAGE}/page.xml", *_field("name", "")),)),
    ("name-missing", LOSES, ((f"{_PAGE}/page.xml", *_gone("name")),)),
    ("name-blank", FINE, ((f"{_PAGE}/page.xml", *_field("name", "   ")),)),
    ("name-zero", FINE, ((f"{_PAGE}/page.xml", *_field("name", "0")),)),
    ("work-name-256", STOPS, ((f"{_WORK}/assign.xml", *_field("name", LONG)),)),
    ("work-intro-missing", STOPS, ((f"{_WORK}/assign.xml", *_gone("intro")),)),
    ("work-grade-word", STOPS, ((f"{_WORK}/assign.xml", *_field("grade", "hundred")),)),
    ("page-intro-missing", FINE, ((f"{_PAGE}/page.xml", *_gone("intro")),)),
    ("page-unclosed", STOPS, ((f"{_PAGE}/page.xml", "</content>", ""),)),
    ("idnumber-100", FINE, ((_GATE, *_field("idnumber", "x" * 100)),)),
    ("idnumber-101", STOPS, ((_GATE, *_field("idnumber", "x" * 101)),)),
    ("completion-word", STOPS, ((_MODULE, *_field("completion", "yes")),)),
    ("visible-word", STOPS, ((_MODULE, *_field("visible", "true")),)),
    ("modulename-missing", LOSES, ((_MODULE, *_gone("modulename")),)),
    ("section-name-256", STOPS, (("sections/section_102/section.xml", *_field("name", LONG)),)),
    ("section-number-missing", STOPS, (("sections/section_102/section.xml", *_gone("number")),)),
    ("grade-itemname-256", STOPS, ((f"{_WORK}/grades.xml", *_field("itemname", LONG)),)),
    ("file-name-256", STOPS, (("files.xml", "map.svg", f"{LONG[4:]}.svg"),)),
    ("file-folder-257", STOPS, (("files.xml", *_field("filepath", f"/{LONG[1:]}/")),)),
    ("file-author-256", STOPS, (("files.xml", *_field("author", LONG)),)),
    ("file-context", LOSES, (("files.xml", *_field("contextid", "99999")),)),
    ("file-area", LOSES, (("files.xml", *_field("filearea", "other")),)),
    ("file-content-missing", LOSES, ((_KEPT, "", None),)),
    ("file-not-shown", LOSES, ((f"{_PAGE}/page.xml", "map.svg", "nap.svg"),)),
    ("inforef-missing", LOSES, ((f"{_PAGE}/inforef.xml", "", None),)),
    ("inforef-other", LOSES, ((f"{_PAGE}/inforef.xml", *_field("id", "99")),)),
    ("module-missing", STOPS, ((_MODULE, "", None),)),
    ("roles-missing", STOPS, ((f"{_PAGE}/roles.xml", "", None),)),
    ("grades-missing", STOPS, ((f"{_PAGE}/grades.xml", "", None),)),
    ("groups-missing", STOPS, (("groups.xml", "", None),)),
    ("scales-missing", STOPS, (("scales.xml", "", None),)),
    ("questions-missing", STOPS, (("questions.xml", "", None),)),
    ("course-missing", STOPS, (("course/course.xml", "", None),)),
    ("section-unknown", LOSES, ((_LIST, r"(<moduleid>1</moduleid>\s*<sectionid>)100", r"\g<1>999"),)),
    ("setting-of-none", STOPS, ((_LIST, "<settings>", "<settings><setting><level>activity</level><activity>page_7"
                                 "</activity><name>page_7_included</name><value>1</value></setting>"),)),
    ("filters-asked", STOPS, ((_LIST, r"(<name>filters</name>\s*<value>)0", r"\g<1>1"),)),
    ("calendar-asked", STOPS, ((_LIST, r"(<name>calendarevents</name>\s*<value>)0", r"\g<1>1"),)),
    ("users-missing", STOPS, ((_LIST, r"(<name>users</name>\s*<value>)0", r"\g<1>1"),)),
    ("bank", FINE, (_NAMED, ("questions.xml", "", _BANK.format(3, 1, "Cat")))),
    ("bank-two-tops", STOPS, (_NAMED, ("questions.xml", "", _BANK.format(3, 0, "Cat")))),
    ("bank-name-256", STOPS, (_NAMED, ("questions.xml", "", _BANK.format(3, 1, LONG)))),
    ("page-id-missing", STOPS, ((f"{_PAGE}/page.xml", r'<page id="[^"]*"', "<page"),)),
    ("activity-id-word", STOPS, ((f"{_PAGE}/page.xml", r'(<activity) id="[^"]*"', r'\1 id="one"'),)),
    ("work-itself-missing", STOPS, ((f"{_WORK}/assign.xml", "<assign id.*</assign>", "<other><a/></other>"),)),
    ("work-grade-of-half", STOPS, ((f"{_WORK}/assign.xml", *_field("grade", "99.5")),)),
    ("work-grade-too-great", STOPS, ((f"{_WORK}/assign.xml", *_field("grade", "9" * 20)),)),
    ("work-intro-of-null", STOPS, ((f"{_WORK}/assign.xml", *_field("intro", "$@NULL@$")),)),
    ("page-format-3", STOPS, ((f"{_PAGE}/page.xml", *_field("introformat", "-3")),)),
    ("startdate-missing", STOPS, (("course/course.xml", *_gone("startdate")),)),
    ("due-missing", STOPS, ((f"{_WORK}/assign.xml", *_gone("duedate")),)),
    ("cutoff-missing", FINE, ((f"{_WORK}/assign.xml", *_gone("cutoffdate")),)),
    ("due-hexadecimal", LOSES, ((f"{_WORK}/assign.xml", *_field("duedate", "0x1F")),)),
    ("due-of-half", STOPS, ((f"{_WORK}/assign.xml", *_field("duedate", "1.5")),)),
    ("due-in-words", STOPS, ((f"{_WORK}/assign.xml", *_field("duedate", "tomorrow")),)),
    ("due-blank", STOPS, ((f"{_WORK}/assign.xml", *_field("duedate", " ")),)),
    ("work-grade-blank", STOPS, ((f"{_WORK}/assign.xml", *_field("grade", " ")),)),
    ("work-grade-twice", FINE, ((f"{_WORK}/assign.xml", "<grade>", "<grade>none</grade><grade>"),)),
    ("work-scale-dangles", LOSES, ((f"{_WORK}/assign.xml", *_field("grade", "-999999")),)),
    ("grouping-dangles", LOSES, ((_MODULE, *_field("groupingid", "999999")),)),
    (
        "due-before-it-opens",
        LOSES,
        (
            (f"{_WORK}/assign.xml", *_field("allowsubmissionsfromdate", "1800000000")),
            (f"{_WORK}/assign.xml", *_field("duedate", "1700000000")),
        ),
    ),
    ("section-dangles", FINE, ((_MODULE, *_field("sectionid", "999999")),)),
    ("section-format-missing", STOPS, (("sections/section_102/section.xml", *_gone("summaryformat")),)),
    ("activities-excluded", LOSES, ((_LIST, r"(<name>activities</name>\s*<value>)1", r"\g<1>0"),)),
    ("kind-of-backup-missing", STOPS, ((_LIST, *_gone("type")),)),
    ("backup-of-a-section", LOSES, ((_LIST, *_field("type", "section")),)),
    ("backup-version-in-words", STOPS, ((_LIST, *_field("backup_version", "0x1F")),)),
    ("context-empty", STOPS, ((_LIST, *_field("original_course_contextid", "")),)),
    ("section-number-empty", STOPS, (("sections/section_102/section.xml", *_field("number", "")),)),
    ("number-listed-otherwise", FINE, ((_LIST, r"<moduleid>1</moduleid>", "<moduleid>77</moduleid>"),)),
    ("course-visible-missing", LOSES, (("course/course.xml", *_gone("visible")),)),
    ("format-with-plus", FINE, ((f"{_PAGE}/page.xml", *_field("introformat", "+1")),)),
    ("grade-from-above", LOSES, ((f"{_WORK}/grades.xml", *_field("grademin", "500")),)),
    ("grade-to-pass-above", LOSES, ((f"{_WORK}/grades.xml", *_field("gradepass", "500")),)),
    ("gate-of-a-profile", LOSES, ((_GATE, *_waits('{"type":"profile","cf":"shoe","op":"isequalto","v":"42"}')),)),
    ("gate", FINE, ((_GATE, *_waits(_done(100001, 1))),)),
    ("gate-untracked", LOSES, ((_GATE, *_waits(_done(1, 1))),)),
    ("gate-passed-by-viewing", LOSES, ((_GATE, *_waits(_done(100001, 2))),)),
    ("gate-expects-9", STOPS, ((_GATE, *_waits(_done(100001, 9))),)),
    ("gate-both", LOSES, ((_GATE, *_waits(_done(100001, 1), _done(100001, 0))),)),
    ("gate-either", FINE, ((_GATE, *_waits(_done(100001, 1), _done(100002, 1), op="|")),)),
    ("gate-of-101-percent", LOSES, ((_GATE, *_waits(f'{{"type":"grade","id":{_NUMBER},"min":101}}')),)),
    ("gate-showc-short", STOPS, ((_GATE, *_field("availability", '{"op":"&amp;","showc":[],"c":[' + _done(100001, 1) + "]}")),)),
    ("gate-group-in-quotes", STOPS, ((_GATE, *_waits('{"type":"group","id":"5"}')),)),
    ("gate-group-gone", LOSES, ((_GATE, *_waits('{"type":"group","id":5}')),)),
    ("gate-grouping-gone", LOSES, ((_GATE, *_waits('{"type":"grouping","id":5}')),)),
    ("gate-grouping-of-nothing", STOPS, ((_GATE, *_waits('{"type":"grouping"}')),)),
    ("gate-profile-without-value", STOPS, ((_GATE, *_waits('{"type":"profile","sf":"city","op":"isequalto"}')),)),
    ("gate-profile-with-value", STOPS, ((_GATE, *_waits('{"type":"profile","sf":"city","op":"isempty","v":""}')),)),
    ("gate-profile", FINE, ((_GATE, *_waits('{"type":"profile","sf":"city","op":"isempty"}')),)),
    ("gate-date-in-quotes", STOPS, ((_GATE, *_waits('{"type":"date","d":"&gt;=","t":"1700000000"}')),)),
    ("group-name-empty", LOSES, (("groups.xml", "<groupings", '<group id="1"><name></name><idnumber></idnumber><description>'
                                  "</description><descriptionformat>1</descriptionformat></group><groupings"),)),
    ("grade-of-half-the-points", LOSES, ((f"{_WORK}/grades.xml", *_field("grademax", "50")),)),
    ("work-of-no-kind", LOSES, ((f"{_WORK}/assign.xml", *_disabled("onlinetext")), (f"{_WORK}/assign.xml", *_disabled("file")))),
    ("file-of-the-introduction", LOSES, (("files.xml", *_field("filearea", "intro")),)),
    ("method-empty", LOSES, ((f"{_WORK}/grading.xml", *_graded("", "20", "{}")),)),
    ("rubric-of-a-draft", LOSES, ((f"{_WORK}/grading.xml", *_graded("rubric", "10", "{}")),)),
    ("rubric-options-of-words", LOSES, ((f"{_WORK}/grading.xml", *_graded("rubric", "20", "sortlevelsasc=1")),)),
    ("rubric", FINE, ((f"{_WORK}/grading.xml", *_graded("rubric", "20", '{"sortlevelsasc":"1"}')),)),
    ("setting-of-no-name", STOPS, ((_LIST, r"(<level>section</level>)\s*<section>[^<]*</section>", r"\1"),)),
    ("user-admin", LOSES, _user("admin", "a1", "", "")),
    ("user-of-a-long-country", STOPS, _user("a2", "a2", "DEU", "")),
    ("user-with-tags-of-nothing", STOPS, _user("a3", "a3", "DE", "<tags/>")),
    ("two-users-of-a-number", LOSES, (*_user("a6", "a6", "DE", ""), ("users.xml", "<users>", "<users>" + _USER.format("a7", "a7", "DE", "")))),
    ("role-of-nobody", LOSES, (*_user("a8", "a8", "DE", ""), ("course/roles.xml", ".*", _GIVEN))),
    ("user-whom-nothing-names", FINE, _user("admin", "a4", "DEU", "", is_named=False)),
    ("question", FINE, _asked("description", "")),
    ("question-with-hints-of-nothing", STOPS, _asked("description", "<question_hints/>")),
    ("question-with-hints-of-blanks", STOPS, _asked("description", "<question_hints> \n</question_hints>")),
    ("question-with-hints-of-a-comment", STOPS, _asked("description", "<question_hints><!-- none --></question_hints>")),
    ("question-with-no-hints-but-a-comment", FINE, _asked("description", "<question_hints>\n<!-- none --></question_hints>")),
    ("question-with-no-hints", FINE, _asked("description", "<question_hints>\n</question_hints>")),
    ("question-of-pairs-of-nothing", STOPS, _asked("match", "<plugin_qtype_match_question/>")),
    ("question-with-a-tag-of-256", LOSES, _asked("description", f'<tags><tag id="1"><name>{LONG}</name><rawname>{LONG}</rawname></tag></tags>')),
    ("question-with-a-tag-of-255", FINE, _asked("description", f'<tags><tag id="1"><name>{LONG[1:]}</name><rawname>{LONG[1:]}</rawname></tag></tags>')),
    ("data-set", FINE, _counted(1, _VALUE.format(1, 2.5))),
    ("data-set-of-nothing", STOPS, _counted(1, "<dataset_items/>")),
    ("data-set-of-blanks", STOPS, _counted(1, "<dataset_items>  </dataset_items>")),
    ("data-set-missing", LOSES, _counted(1, "")),
    ("data-set-from-2", LOSES, _counted(1, _VALUE.format(2, 2.5))),
    ("data-set-in-words", LOSES, _counted(1, _VALUE.format(1, "two"))),
    ("version-of-none-yet", FINE, ((_LIST, *_field("moodle_version", "2099010100")),)),
    ("letters-garbled", LOSES, ((f"{_PAGE}/page.xml", "<content>", "<content>CafÃ© "),)),
    ("encoding-misnamed", LOSES, ((f"{_PAGE}/page.xml", 'encoding="UTF-8"', 'encoding="ISO-8859-1"'),
                                  (f"{_PAGE}/page.xml", "<content>", "<content>Café "))),
    ("folder-unlisted", STOPS, ((_LIST, r"<activity>(?:(?!</activity>).)*<directory>activities/page_1</directory>\s*</activity>", ""),)),
    ("method-unknown", LOSES, ((f"{_WORK}/grading.xml", *_graded("rubrik", "20", "{}")),)),
    ("work-of-groups-without-groups", LOSES, ((f"{_WORK}/assign.xml", *_field("teamsubmission", "1")),
                                              (f"{_WORK}/assign.xml", *_field("preventsubmissionnotingroup", "1")))),
    ("file-name-escaped", LOSES, (("files.xml", "map.svg", "ma%70.svg"), (f"{_PAGE}/page.xml", "map.svg", "ma%70.svg"))),
    ("gate-dates", LOSES, ((_GATE, *_waits('{"type":"date","d":"&gt;=","t":1900000000}', '{"type":"date","d":"&lt;","t":1800000000}')),)),
)  # fmt: skip


# --- cartridges in Moodle ---

_M = "imsmanifest.xml"
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1"


def _item(number: int, title: str) -> str:
    return f'<item identifier="I{number}" identifierref="R{number}"><title>{title}</title></item>'


def _page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>One</title></head><body>{body}</body></html>"


def _scored(value: str, score: str) -> str:
    return (
        f'<respcondition><conditionvar><varequal respident="r">{value}</varequal></conditionvar>'
        f'<setvar varname="SCORE">{score}</setvar></respcondition>'
    )


CARTRIDGE: Mapping[str, bytes] = {
    _M: f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" xmlns="{_NAMESPACE}/imscp_v1p1" xmlns:lomm="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion><lomm:lom><lomm:general><lomm:title>
<lomm:string>Course</lomm:string></lomm:title></lomm:general></lomm:lom></metadata>
<organizations><organization identifier="O" structure="rooted-hierarchy"><item identifier="ROOT"><item identifier="F1">
<title>Section</title>{_item(1, "Page")}{_item(2, "Doc")}{_item(3, "Link")}{_item(4, "Talk item")}{_item(5, "Quiz")}
{_item(6, "Tool item")}</item></item></organization></organizations>
<resources><resource identifier="R1" type="webcontent" href="one.html"><file href="one.html"/></resource>
<resource identifier="R2" type="webcontent" href="doc.pdf"><file href="doc.pdf"/></resource>
<resource identifier="R3" type="imswl_xmlv1p1"><file href="link.xml"/></resource>
<resource identifier="R4" type="imsdt_xmlv1p1"><file href="topic.xml"/></resource>
<resource identifier="R5" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="quiz.xml"/></resource>
<resource identifier="R6" type="imsbasiclti_xmlv1p0"><file href="tool.xml"/></resource></resources></manifest>""".encode(),
    "one.html": _page("<p>One.</p>").encode(),
    "doc.pdf": b"%PDF-1.4",
    "link.xml": f"""<?xml version="1.0"?>
<webLink xmlns="{_NAMESPACE}/imswl_v1p1"><title>Link</title><url href="https://example.org/x"/></webLink>""".encode(),
    "topic.xml": f"""<?xml version="1.0"?>
<topic xmlns="{_NAMESPACE}/imsdt_v1p1"><title>Talk</title><text texttype="text/html">Talk.</text></topic>""".encode(),
    "quiz.xml": f"""<?xml version="1.0"?>
<questestinterop xmlns="{_QTI}"><assessment ident="A" title="Quiz title"><qtimetadata><qtimetadatafield>
<fieldlabel>cc_profile</fieldlabel><fieldentry>cc.exam.v0p1</fieldentry></qtimetadatafield></qtimetadata>
<section ident="S"><item ident="q1" title="First"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel>
<fieldentry>cc.multiple_choice.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation><material>
<mattext texttype="text/html">Why?</mattext></material><response_lid ident="r" rcardinality="Single"><render_choice>
<response_label ident="a"><material><mattext>A</mattext></material></response_label><response_label ident="b"><material>
<mattext>B</mattext></material></response_label><response_label ident="c"><material><mattext>C</mattext></material></response_label></render_choice></response_lid></presentation><resprocessing><outcomes>
<decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>{_scored("a", "100")}</resprocessing></item>
</section></assessment></questestinterop>""".encode(),
    "tool.xml": b"""<?xml version="1.0"?>
<cartridge_basiclti_link xmlns="http://www.imsglobal.org/xsd/imslticc_v1p0" xmlns:blti="http://www.imsglobal.org/xsd/imsbasiclti_v1p0"
xmlns:lticm="http://www.imsglobal.org/xsd/imslticm_v1p0" xmlns:lticp="http://www.imsglobal.org/xsd/imslticp_v1p0">
<blti:title>Tool</blti:title><blti:launch_url>https://example.org/lti</blti:launch_url>
<blti:vendor><lticp:code>x</lticp:code><lticp:name>x</lticp:name></blti:vendor></cartridge_basiclti_link>""",
}
_DOC = CARTRIDGE["doc.pdf"].decode()
_FACT = "<qtimetadatafield><fieldlabel>{}</fieldlabel><fieldentry>{}</fieldentry></qtimetadatafield>"
_MINUTES, _WORTH = _FACT.format("qmd_timelimit", "an hour"), _FACT.format("cc_weighting", "two")
_TRUTH = f"""<item ident="{{}}" title="Second"><itemmetadata><qtimetadata>{_FACT.format("cc_profile", "cc.true_false.v0p1")}</qtimetadata>
</itemmetadata><presentation><material><mattext>Is it?</mattext></material><response_lid ident="r" rcardinality="Single"><render_choice>
<response_label ident="true"><material><mattext>True</mattext></material></response_label><response_label ident="false"><material>
<mattext>False</mattext></material></response_label></render_choice></response_lid></presentation><resprocessing><outcomes>
<decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>{_scored("true", "100")}</resprocessing></item>"""
_MANIFEST = CARTRIDGE["imsmanifest.xml"].decode()
_PREFIXED = re.sub(r"<(/?)(?=\w+[\s/>])", r"<\1ns0:", _MANIFEST).replace("xmlns=", "xmlns:ns0=", 1)
CARTRIDGES: tuple[Case, ...] = (
    ("whole", FINE, ()),
    ("of-a-prefix", STOPS, (("imsmanifest.xml", "", _PREFIXED),)),
    ("of-a-late-name", STOPS, (("imsmanifest.xml", "<manifest", f"<!--{' why' * 300} --><manifest"),)),
    ("of-a-later-version", STOPS, (("imsmanifest.xml", "", _MANIFEST.replace("imsccv1p1/", "imsccv1p3/")),)),
    ("quiz-gone", STOPS, (("quiz.xml", "", None),)),
    ("quiz-after-a-blank", STOPS, (("quiz.xml", "^", "\n"),)),
    ("topic-gone", LOSES, (("topic.xml", "", None),)),
    ("topic-after-a-blank", LOSES, (("topic.xml", "^", "\n"),)),
    ("link-gone", LOSES, (("link.xml", "", None),)),
    ("link-after-a-blank", LOSES, (("link.xml", "^", "\n"),)),
    ("tool-gone", LOSES, (("tool.xml", "", None),)),
    ("base-not-needed", FINE, ((_M, "<resources>", '<resources xml:base="units/">'),)),
    ("version-of-another-namespace", STOPS, ((_M, "<schemaversion>1.1.0", "<schemaversion>1.2.0"),)),
    ("title-255", FINE, ((_M, "<title>Page", f"<title>{LONG[1:]}"),)),
    ("title-of-page", STOPS, ((_M, "<title>Page", f"<title>{LONG}"),)),
    ("title-of-file", STOPS, ((_M, "<title>Doc", f"<title>{LONG}"),)),
    ("title-of-link", STOPS, ((_M, "<title>Link", f"<title>{LONG}"),)),
    ("title-of-quiz", STOPS, ((_M, "<title>Quiz", f"<title>{LONG}"),)),
    ("title-of-section", FINE, ((_M, "<title>Section", f"<title>{LONG}"),)),
    ("title-of-topic-item", FINE, ((_M, "<title>Talk item", f"<title>{LONG}"),)),
    ("title-of-tool-item", FINE, ((_M, "<title>Tool item", f"<title>{LONG}"),)),
    ("title-of-topic", STOPS, (("topic.xml", "<title>Talk", f"<title>{LONG}"),)),
    ("title-of-tool", STOPS, (("tool.xml", "<blti:title>Tool", f"<blti:title>{LONG}"),)),
    ("title-of-question", STOPS, (("quiz.xml", 'title="First"', f'title="{LONG}"'),)),
    ("title-of-assessment", FINE, (("quiz.xml", 'title="Quiz title"', f'title="{LONG}"'),)),
    ("title-of-course", FINE, ((_M, ">Course<", f">{LONG}<"),)),
    ("title-empty", LOSES, ((_M, "<title>Page", "<title>"),)),
    ("escaped", LOSES, ((_M, 'href="doc.pdf"><file href="doc.pdf"', 'href="my%20doc.pdf"><file href="my%20doc.pdf"'),
                        ("doc.pdf", "", None), ("my doc.pdf", "", _DOC))),
    ("blank", FINE, ((_M, 'href="doc.pdf"><file href="doc.pdf"', 'href="my doc.pdf"><file href="my doc.pdf"'),
                     ("doc.pdf", "", None), ("my doc.pdf", "", _DOC))),
    ("fragment", LOSES, ((_M, 'href="doc.pdf"', 'href="doc.pdf#page=2"'),)),
    ("query", LOSES, ((_M, 'href="doc.pdf"', 'href="doc.pdf?x=1"'),)),
    ("link-without-address", LOSES, (("link.xml", "<url [^>]*/>", ""),)),
    ("tool-untitled", LOSES, (("tool.xml", "<blti:title>Tool</blti:title>", ""),)),
    ("tool-of-an-empty-address", LOSES, (("tool.xml", "<blti:launch_url>https://example.org/lti<", "<blti:launch_url> <"),)),
    ("tool-of-a-secure-address-alone", LOSES, (("tool.xml", "<blti:launch_url>(.*)</blti:launch_url>",
                                                                      r"<blti:secure_launch_url>\1</blti:secure_launch_url>"),)),
    ("tool-without-address", LOSES, (("tool.xml", "<blti:launch_url>https://example.org/lti</blti:launch_url>", ""),)),
    ("topic-without-text", LOSES, (("topic.xml", "<text.*</text>", ""),)),
    ("topic-called-discussion", LOSES, (("topic.xml", "<topic (.*)</topic>", r"<discussion \1</discussion>"),)),
    ("quiz-minutes-in-words", STOPS, (("quiz.xml", "(?<=<assessment ident=\"A\" title=\"Quiz title\"><qtimetadata>)", _MINUTES),)),
    ("question-worth-in-words", LOSES, (("quiz.xml", "(?=</qtimetadata></itemmetadata>)", _WORTH),)),
    ("option-of-nothing", LOSES, (("quiz.xml", "<mattext>C</mattext>", ""),)),
    ("file-missing", LOSES, (("doc.pdf", "", None),)),
    ("no-file-named", LOSES, ((_M, ' href="doc.pdf"><file href="doc.pdf"/></resource>', "/>"), ("doc.pdf", "", None))),
    ("page-of-nothing", STOPS, (("one.html", "", "\n"),)),
    ("page-of-blanks", STOPS, (("one.html", "", "   \n"),)),
    ("page-of-a-comment", STOPS, (("one.html", "", "<!-- one -->"),)),
    ("body-of-nothing", STOPS, (("one.html", "", _page("")),)),
    ("body-of-blanks", STOPS, (("one.html", "", _page("  \n ")),)),
    ("body-of-a-comment", STOPS, (("one.html", "", _page("<!-- one -->")),)),
    ("body-of-a-script", STOPS, (("one.html", "", _page("<script>a()</script>")),)),
    ("body-of-a-space", LOSES, (("one.html", "", _page("&nbsp;")),)),
    ("body-of-a-paragraph", LOSES, (("one.html", "", _page("<p></p>")),)),
    ("no-body", LOSES, (("one.html", "", "<html><head><title>x</title></head></html>"),)),
    ("plain-text", FINE, (("one.html", "", "just text"),)),
    ("page-missing", LOSES, (("one.html", "", None),)),
    ("no-items", LOSES, ((_M, '<item identifier="F1">.*</item></item></organization>', "</item></organization>"),)),
    ("no-organization", STOPS, ((_M, "<organization .*</organization>", ""),)),
    ("reference-unknown", LOSES, ((_M, 'identifierref="R2"', 'identifierref="R9"'),)),
    ("folder-255", FINE, ((_M, 'href="doc.pdf"><file href="doc.pdf"', f'href="{"a/" * 120}doc.pdf"><file href="{"a/" * 120}doc.pdf"'),
                          ("doc.pdf", "", None), (f"{'a/' * 120}doc.pdf", "", _DOC))),
    ("folder-270", STOPS, ((_M, 'href="doc.pdf"><file href="doc.pdf"', f'href="{"a/" * 135}doc.pdf"><file href="{"a/" * 135}doc.pdf"'),
                           ("doc.pdf", "", None), (f"{'a/' * 135}doc.pdf", "", _DOC))),
    ("link-relative", LOSES, (("link.xml", "https://example.org/x", "page.html"),)),
    ("link-of-1.2", LOSES, (("link.xml", "imsccv1p1/imswl_v1p1", "imsccv1p2/imswl_v1p2"),)),
    ("link-missing", LOSES, (("link.xml", "", None),)),
    ("topic-of-1.2", LOSES, (("topic.xml", "imsccv1p1/imsdt_v1p1", "imsccv1p2/imsdt_v1p2"),)),
    ("topic-unclosed", LOSES, (("topic.xml", "</topic>", ""),)),
    ("quiz-missing", STOPS, (("quiz.xml", "", None),)),
    ("quiz-unclosed", STOPS, (("quiz.xml", "</questestinterop>", ""),)),
    ("quiz-twice", STOPS, ((_M, 'identifierref="R2"', 'identifierref="R5"'),)),
    ("no-right-answer", LOSES, (("quiz.xml", ">100<", ">0<"),)),
    ("right-answer-unknown", LOSES, (("quiz.xml", '<varequal respident="r">a', '<varequal respident="r">z'),)),
    ("half-the-points", FINE, (("quiz.xml", ">100<", ">50<"),)),
    ("two-scores", LOSES, (("quiz.xml", "</resprocessing>", _scored("b", "50") + "</resprocessing>"),)),
    ("points-to-lose", LOSES, (("quiz.xml", "</resprocessing>", _scored("b", "-50") + "</resprocessing>"),)),
    ("profile-in-capitals", STOPS, (("quiz.xml", "cc.multiple_choice", "cc.Multiple_Choice"),)),
    ("type-of-1.3", STOPS, ((_M, "imswl_xmlv1p1", "imswl_xmlv1p3"),)),
    ("attempts-in-words", STOPS, (("quiz.xml", "<qtimetadatafield>", "<qtimetadatafield><fieldlabel>cc_maxattempts</fieldlabel>"
                                   "<fieldentry>many</fieldentry></qtimetadatafield><qtimetadatafield>"),)),
    ("picture-in-itself", LOSES, (("one.html", "</body>", '<img src="data:image/png;base64,iVBORw0KGgo="></body>'),)),
    ("picture-from-the-root", LOSES, (("one.html", "</body>", '<img src="/doc.pdf" alt="a"></body>'),)),
    ("topic-untitled", LOSES, (("topic.xml", "<title>[^<]*", "<title>"),)),
    ("document-of-no-bytes", LOSES, (("doc.pdf", "", ""),)),
    ("href-alone", FINE, ((_M, '<file href="one.html"/>', ""),)),
    ("picture-before-its-page", LOSES, ((_M, 'href="one.html"><file href="one.html"/>', '><file href="p.png"/><file href="one.html"/>'),
                                        ("p.png", "", "PNG"))),
    ("choice-that-says-it-is-a-gap", LOSES, (("quiz.xml", "cc.multiple_choice.v0p1", "cc.fib.v0p1"),)),
    ("truth-named-as-another-question", STOPS, (("quiz.xml", "<item .*</item>", r"\g<0>" + _TRUTH.format("q1")),)),
    ("another-question-named-as-a-truth", LOSES, (("quiz.xml", "<item .*</item>", _TRUTH.format("q1") + r"\g<0>"),)),
    ("truth-of-its-own-name", FINE, (("quiz.xml", "<item .*</item>", r"\g<0>" + _TRUTH.format("q2")),)),
    ("file-of-nobody", FINE, (("readme.txt", "", "Read me"),)),
)  # fmt: skip


# --- Canvas ---

_S, _A, _Z, _N = "course_settings/module_meta.xml", "W/assignment_settings.xml", "Q/assessment_meta.xml", "DM.xml"
_P, _G, _X = "wiki_content/one.html", "course_settings/assignment_groups.xml", "non_cc_assessments/Q.xml.qti"
_TWICE = "<lock_all_announcements>true</lock_all_announcements><lock_all_announcements>false</lock_all_announcements>"
_C = "course_settings/course_settings.xml"
_TYPED = "<fieldlabel>question_type</fieldlabel><fieldentry>{}</fieldentry>"
_ESSAY = "<fieldlabel>cc_profile</fieldlabel><fieldentry>cc.essay.v0p1</fieldentry>"
_RESPONSE = '<response_str ident="X"><render_fib/></response_str>'
CANVAS_SPACE = 'xmlns="http://canvas.instructure.com/xsd/cccv1p0"'
_L = "course_settings/late_policy.xml"
_O, _F = "course_settings/learning_outcomes.xml", "course_settings/files_meta.xml"
_DROPS = "<title>Work</title><rules><rule><drop_type>{}</drop_type><drop_count>{}</drop_count></rule></rules>"
_WEIGHED = "".join(
    f'<assignmentGroup identifier="{name}"><title>{name}</title><group_weight>{weight}</group_weight></assignmentGroup>'
    for name, weight in (("G", 60), ("H", 40))
)
_OUTCOME = f"""<learningOutcomes {CANVAS_SPACE}><learningOutcome identifier="LO"><title>Lands</title>
<vendor_guid>{{}}</vendor_guid><points_possible>3</points_possible><mastery_points>2</mastery_points>
<ratings><rating><description>Well</description><points>3</points></rating></ratings>
<alignments><alignment><content_type>{{}}</content_type><content_id>W</content_id></alignment></alignments>
</learningOutcome></learningOutcomes>"""
_COUNTED = _OUTCOME.format("V", "Assignment").replace(
    "<ratings>", "<calculation_method>{}</calculation_method><calculation_int>{}</calculation_int><ratings>"
)
_KEYS = (
    '<resource identifier="K" type="webcontent" href="web_resources/keys/a.pdf"><file href="web_resources/keys/a.pdf"/>'
    "</resource></resources>"
)
_HIDDEN = f'<fileMeta {CANVAS_SPACE}><folders><folder path="{{}}"><hidden>true</hidden></folder></folders></fileMeta>'
_POLICY = f"""<late_policy {CANVAS_SPACE} identifier="L"><missing_submission_deduction_enabled>false</missing_submission_deduction_enabled>
<missing_submission_deduction>100</missing_submission_deduction>
<late_submission_deduction_enabled>true</late_submission_deduction_enabled><late_submission_interval>{{0}}</late_submission_interval>
<late_submission_deduction>{{1}}</late_submission_deduction><late_submission_minimum_percent>0</late_submission_minimum_percent>
<late_submission_minimum_percent_enabled>false</late_submission_minimum_percent_enabled></late_policy>"""
_FEED = f'<externalFeeds {CANVAS_SPACE}><externalFeed identifier="F"><url>{{}}</url></externalFeed></externalFeeds>'
_GRADES = f'<gradingStandards {CANVAS_SPACE}><gradingStandard identifier="G" version="2"><title>Letters</title><data>{{}}</data></gradingStandard></gradingStandards>'
_EVENT = f"""<events {CANVAS_SPACE}><event identifier="E"><title>Trip</title><start_at>{{}}</start_at><end_at>{{}}</end_at></event>
</events>"""
_LINKED = '<resource identifier="LL" type="imswl_xmlv1p1"><file href="LL.xml"/></resource>'
_SCORING = '<resprocessing><respcondition><conditionvar><varequal respident="X">a</varequal></conditionvar><setvar action="{}">{}</setvar></respcondition></resprocessing>'
_PREFIXED = """<c:modules xmlns:c="http://canvas.instructure.com/xsd/cccv1p0"><c:module identifier="M1"><c:title>First</c:title>
<c:workflow_state>active</c:workflow_state></c:module></c:modules>"""
_SUBMIT = 'type="must_submit"><identifierref>I2'


def _set(document: str, before: str, name: str, value: str) -> tuple[Damage, ...]:
    return ((document, f"<{before}>", f"<{name}>{value}</{name}><{before}>"),)


def _called(written: str, name: str) -> tuple[Damage, ...]:
    """Return what names the file of the course in another way."""
    twice = f'href="web_resources/{written}"'
    link = name.replace(" ", "%20").replace("#", "%23")
    return (
        (_M, r'<file href="web_resources/f.pdf"', f"<file {twice}"),
        (_M, r'href="web_resources/f.pdf"', twice),
        (_P, r"f\.pdf", link),
        ("web_resources/f.pdf", "", None),
        (f"web_resources/{name}", "", "%PDF"),
    )


_OTHER = (
    '<resource identifier="V" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" href="V/other.html">'
    '<file href="V/other.html"/><file href="V/assignment_settings.xml"/></resource>'
)
_CHOICE = """<item ident="Q1" title="Q1"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel>
<fieldentry>multiple_choice_question</fieldentry></qtimetadatafield><qtimetadatafield><fieldlabel>points_possible</fieldlabel>
<fieldentry>2</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation><material><mattext>Why?</mattext></material>
<response_lid ident="X" rcardinality="Single"><render_choice><response_label ident="1"><material><mattext>A</mattext></material>
</response_label><response_label ident="2"><material><mattext texttype="text/html">{}</mattext></material></response_label>
</render_choice></response_lid></presentation><resprocessing><respcondition><conditionvar><varequal respident="X">1</varequal>
</conditionvar><setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing></item>"""


def _also_apart(title: str, submitted: str = "online_quiz", name: str = "QA") -> tuple[Damage, ...]:
    """Return what says apart, too, how a quiz or a discussion is graded."""
    settings = f"""<assignment {CANVAS_SPACE} identifier="{name}"><title>{title}</title><assignment_group_identifierref>G</assignment_group_identifierref>
    <submission_types>{submitted}</submission_types></assignment>"""
    listed = _OTHER.replace("V/other", "V/work")
    return (
        (_M, "</resources>", f"{listed}</resources>"),
        ("V/work.html", "", "<html><head><title>W</title></head><body><p>Do.</p></body></html>"),
        ("V/assignment_settings.xml", "", settings),
    )


_COURSE, _WORKS, _QUIZ, _WORK_ALONE, _QUESTIONS = (COURSE[name].decode() for name in (_C, _G, _Z, _A, _X))
_TALK = ((_N, "</topicMeta>", '<assignment identifier="TA"><title>Talk</title></assignment></topicMeta>'),)
CANVAS: tuple[Case, ...] = (
    ("whole", FINE, ()),
    *(
        (f"{told}-called-otherwise", LOSES, ((name, "", None), (f"{name[:-4]}_x.xml", "", text), (_M, name, f"{name[:-4]}_x.xml")))
        for told, name, text in (("course", _C, _COURSE), ("groups", _G, _WORKS), ("work", _A, _WORK_ALONE))
    ),
    ("quiz-called-otherwise", LOSES, ((_Z, "", None), ("Q/quiz_meta.xml", "", _QUIZ), *((_M, "assessment_meta", "quiz_meta"),) * 2)),
    ("policy-called-otherwise", LOSES, ((_L.replace("late", "latest"), "", _POLICY.format("day", "10")),)),
    ("questions-called-otherwise", LOSES, ((_X, "", None), (f"{_X}.txt", "", _QUESTIONS), (_M, r"Q\.xml\.qti", "Q.xml.qti.txt"))),
    ("questions-in-capitals", FINE, ((_X, "", None), (_X.upper().replace("NON_CC_ASSESSMENTS", "non_cc_assessments"), "", _QUESTIONS),
                                     (_M, r"Q\.xml\.qti", "Q.XML.QTI"))),
    ("groups-twice", FINE, ((f"{_G[:-4]}_old.xml", "", _WORKS),)),
    ("yes-spelt-wrong", FINE, ((_Z, "<available>true", "<available>ture"),)),
    ("no-spelt-wrong", FINE, ((_Z, "<quiz_type>", "<shuffle_answers>flase</shuffle_answers><quiz_type>"),)),
    ("yes-in-other-words", FINE, ((_Z, "<available>true", "<available>YES"), (_Z, "<quiz_type>", "<shuffle_answers>1</shuffle_answers><quiz_type>"))),
    ("yes-in-a-word-that-is-none", LOSES, ((_Z, "<available>true", "<available>on"),)),
    ("no-in-a-word-with-a-t", LOSES, ((_Z, "<available>true", "<available>not"),)),
    ("page-hidden-in-capitals", LOSES, ((_P, "</head>", '<meta name="hide_from_students" content="TRUE"></head>'), (_P, '<meta name="front_page" content="true">', ""))),
    ("assignment-of-a-quiz-twice", FINE, _also_apart("Quiz")),
    ("assignment-of-a-quiz-otherwise", LOSES, _also_apart("Test")),
    ("assignment-of-a-discussion-twice", FINE, (*_also_apart("Talk", "discussion_topic", "TA"), *_TALK)),
    ("assignment-of-a-discussion-otherwise", LOSES, (*_also_apart("Chat", "discussion_topic", "TA"), *_TALK)),
    ("manifest-with-a-tag-that-another-closes", FINE, ((_M, "</organizations>", "</organisations>"),)),
    ("manifest-without-its-end", FINE, ((_M, "</manifest>", ""),)),
    ("manifest-cut-off", LOSES, ((_M, '<resource identifier="F".*', "<resour"),)),
    ("resources-of-another-name", LOSES, ((_M, "<resources>(.*)</resources>", r"<things>\1</things>"),)),
    ("file-with-nothing-in-it", LOSES, (("web_resources/f.pdf", "", ""),)),
    ("option-with-text", FINE, ((_X, "<item .*</item>", _CHOICE.format("B")),)),
    ("option-with-a-picture", FINE, ((_X, "<item .*</item>", _CHOICE.format("&lt;img src=\"$IMS-CC-FILEBASE$/f.pdf\"&gt;")),)),
    ("option-of-a-blank", LOSES, ((_X, "<item .*</item>", _CHOICE.format("&lt;p&gt;&amp;nbsp;&lt;/p&gt;")),)),
    ("option-of-nothing", LOSES, ((_X, "<item .*</item>", _CHOICE.format("")),)),
    ("style-with-a-picture", LOSES, ((_P, "<body>", '<body><p style="background: url($IMS-CC-FILEBASE$/f.pdf)">A</p>'),)),
    ("style-with-colours", FINE, ((_P, "<body>", '<body><p style="color: red; border: 1px solid">A</p>'),)),
    ("picture-written-into-a-page", FINE, ((_P, "<body>", '<body><img alt="" src="data:image/png;base64,iVBORw0KGgo=">'),)),
    ("drawing-written-into-a-page", LOSES, ((_P, "<body>", '<body><img alt="" src="data:image/svg+xml;utf8,x">'),)),
    ("link-to-a-kind-that-is-none", LOSES, ((_P, "REFERENCE[$]/pages/one", "REFERENCE$/page/one"),)),
    ("link-to-work-as-in-a-wiki", FINE, ((_P, "[$]CANVAS_OBJECT_REFERENCE[$]/assignments/W", "$WIKI_REFERENCE$/assignments/W"),)),
    ("feedback-in-no-place-of-its-own", STOPS, ((_X, "</presentation>", '<itemfeedback ident="general_fb"/></presentation>'),)),
    ("answers-that-nothing-closes", STOPS, ((_X, "</material>", ""),)),
    ("sign-that-is-not-escaped", LOSES, ((_X, "Why[?]", "Why & how?"),)),
    ("rubric-by-number", LOSES, _set(_A, "points_possible", "rubric_external_identifier", "55")),
    ("grading-scheme-by-number", LOSES, _set(_C, "default_view", "grading_standard_id", "55")),
    ("requirements-too-many", FINE, ((_S, "<completionRequirements>", "<requirement_count>9</requirement_count><completionRequirements>"),)),
    ("locked-before-open", LOSES, ((_A, "<points_possible>", "<unlock_at>2026-02-01T10:00:00</unlock_at><lock_at>2026-01-01T10:00:00"
                                    "</lock_at><points_possible>"),)),
    ("no-attempts", LOSES, _set(_A, "points_possible", "allowed_attempts", "0")),
    ("attempts-below-none", LOSES, _set(_Z, "available", "allowed_attempts", "-7")),
    ("time-below-none", LOSES, _set(_Z, "available", "time_limit", "-3")),
    ("switch-of-words", LOSES, _set(_Z, "available", "shuffle_answers", "maybe")),
    ("due-on-no-day", LOSES, _set(_A, "points_possible", "due_at", "2026-13-45T10:00:00")),
    ("page-of-nothing", LOSES, ((_P, "", ""),)),
    ("page-title-of-signs", LOSES, ((_P, "<title>One", "<title>???"),)),
    ("page-link-of-a-page", LOSES, ((_P, "<body>", '<body><a href="other.html">Other</a>'),)),
    ("title-255", FINE, ((_A, "<title>Work", f"<title>{LONG[1:]}"),)),
    ("title-of-assignment", LOSES, ((_A, "<title>Work", f"<title>{LONG}"),)),
    ("title-of-quiz", LOSES, ((_Z, "<title>Quiz", f"<title>{LONG}"),)),
    ("title-of-discussion", LOSES, ((_N, "<title>Talk", f"<title>{LONG}"),)),
    ("title-of-module", FINE, ((_S, "<title>First", f"<title>{LONG}"),)),
    ("title-of-group", LOSES, ((_G, "<title>Work", f"<title>{LONG}"),)),
    ("title-of-page", LOSES, ((_P, "<title>One", f"<title>{LONG}"),)),
    ("grading-unknown", LOSES, ((_A, "<grading_type>points", "<grading_type>point"),)),
    ("grading-missing", LOSES, ((_A, "<grading_type>points</grading_type>", ""),)),
    ("state-misspelt", LOSES, _set(_A, "points_possible", "workflow_state", "publishd")),
    ("state", FINE, _set(_A, "points_possible", "workflow_state", "published")),
    ("submission-unknown", LOSES, ((_A, "<submission_types>[^<]*", "<submission_types>online_text"),)),
    ("quiz-left-by-a-mac", FINE, (("__MACOSX/non_cc_assessments/._Q.xml.qti", "", "Mac"),)),
    ("positions-of-two", FINE, ((_S, "<content_type>Assignment", "<position>1</position><position>2</position>" r"\g<0>"),)),
    ("policy-that-is-not-there", FINE, ((_M, "<resource ", rf'<resource identifier="LP" type="webcontent"><file href="{_L}"/></resource>\g<0>'),)),
    ("submission", FINE, ((_A, "<submission_types>[^<]*", "<submission_types>online_text_entry,online_url"),)),
    ("points-in-words", LOSES, ((_A, "<points_possible>10", "<points_possible>ten"),)),
    ("due-in-words", LOSES, _set(_A, "points_possible", "due_at", "soon")),
    ("due", FINE, _set(_A, "points_possible", "due_at", "2026-01-31T10:00:00")),
    ("quiz-type-unknown", LOSES, ((_Z, "<quiz_type>assignment", "<quiz_type>exam"),)),
    ("results-unknown", LOSES, _set(_Z, "available", "hide_results", "never")),
    ("results", FINE, _set(_Z, "available", "hide_results", "always")),
    ("addresses-unknown", LOSES, _set(_Z, "available", "ip_filter", "campus")),
    ("attempts-in-words", LOSES, _set(_Z, "available", "allowed_attempts", "unlimited")),
    ("attempts", FINE, _set(_Z, "available", "allowed_attempts", "-1")),
    ("policy-unknown", LOSES, _set(_Z, "available", "scoring_policy", "best")),
    ("discussion-unknown", LOSES, _set(_N, "title", "discussion_type", "round")),
    ("discussion", FINE, _set(_N, "title", "discussion_type", "threaded")),
    ("discussion-state", FINE, _set(_N, "title", "workflow_state", "publishd")),
    ("scores-dropped", FINE, ((_G, "<title>Work</title>", _DROPS.format("drop_lowest", "1")),)),
    ("scores-dropped-by-none", LOSES, ((_G, "<title>Work</title>", _DROPS.format("drop_lowest", "")),)),
    ("scores-dropped-by-no-rule", LOSES, ((_G, "<title>Work</title>", _DROPS.format("drop_lowst", "1")),)),
    ("weights-that-count", FINE, ((_G, "<assignmentGroup .*</assignmentGroup>", _WEIGHED),
                                  *_set(_C, "default_view", "group_weighting_scheme", "percent"))),
    ("weights-without-a-scheme", LOSES, ((_G, "<assignmentGroup .*</assignmentGroup>", _WEIGHED),)),
    ("weights-of-a-course-that-does-not-weigh", FINE, ((_G, "<assignmentGroup .*</assignmentGroup>", _WEIGHED),
                                                       *_set(_C, "default_view", "group_weighting_scheme", "equal"))),
    ("weights-of-nothing", LOSES, ((_G, "<assignmentGroup .*</assignmentGroup>", _WEIGHED.replace("60", "0").replace("40", "0")),
                                   *_set(_C, "default_view", "group_weighting_scheme", "percent"))),
    *(
        (f"outcome-counted-by-{method}-of-{count or 'nothing'}", outcome, ((_O, "", _COUNTED.format(method, count)),))
        for method, count, outcome in (("decaying_average", "65", FINE), ("decaying_average", "100", LOSES), ("n_mastery", "11", LOSES),
                                       ("standard_decaying_average", "49", FINE), ("highest", "", FINE))
    ),
    ("outcome-with-a-long-guid", LOSES, ((_O, "", _OUTCOME.format(LONG, "Assignment")),)),
    ("outcome-of-work", FINE, ((_O, "", _OUTCOME.format(LONG[1:], "Assignment")),)),
    ("outcome-of-no-kind-of-work", LOSES, ((_O, "", _OUTCOME.format("V", "Asignment")),)),
    ("code-of-quiz-too-long", LOSES, _set(_Z, "available", "access_code", LONG)),
    ("exception-of-no-type", LOSES, ((_A, "<points_possible>", '<assignment_overrides><override title="A"/></assignment_overrides><points_possible>'),)),
    ("folder-hidden", FINE, (("web_resources/keys/a.pdf", "", "%PDF"), (_M, "</resources>", _KEYS), (_F, "", _HIDDEN.format("keys")))),
    ("folder-hidden-of-another-name", LOSES, (("web_resources/keys/a.pdf", "", "%PDF"), (_M, "</resources>", _KEYS), (_F, "", _HIDDEN.format("kyes")))),
    ("topic-text-misspelt", LOSES, (("D.xml", "text(?=[ >])", "txt"), ("D.xml", "</text", "</txt"))),
    ("question-text-misspelt", LOSES, ((_X, "<material>(.*?)</material>", r"<mateial>\1</mateial>"),)),
    ("item-of-a-quiz-renamed", LOSES, ((_S, "<title>Quizzes::Quiz I3</title><identifierref>Q<", "<title>Quiz</title><identifierref>OLD<"),)),
    ("page-state", LOSES, ((_P, 'content="active"', 'content="publishd"'),)),
    ("view-unknown", LOSES, ((_C, "<default_view>wiki", "<default_view>home"),)),
    ("image-unknown", LOSES, _set(_C, "default_view", "image_identifier_ref", "none")),
    ("kind-unknown", LOSES, ((_S, "<content_type>WikiPage", "<content_type>Page"),)),
    ("kind-missing", LOSES, ((_S, "<content_type>WikiPage</content_type>", ""),)),
    ("kind-in-small-letters", FINE, ((_S, "<content_type>WikiPage", "<content_type>wikipage"),)),
    ("item-dangles", LOSES, ((_S, "<identifierref>P<", "<identifierref>P9<"),)),
    ("item-without-address", LOSES, ((_S, "<url>https://example.org/</url>", ""),)),
    ("item-address-of-words", LOSES, ((_S, "https://example.org/", "not an address"),)),
    ("item-of-news", LOSES, _set(_N, "title", "type", "announcement")),
    ("score-of-a-discussion", LOSES, ((_S, _SUBMIT, 'type="min_score"><min_score>3</min_score><identifierref>I4'),)),
    ("submission-of-a-discussion", LOSES, ((_S, _SUBMIT, 'type="must_submit"><identifierref>I4'),)),
    ("submission-of-a-page", LOSES, ((_S, _SUBMIT, 'type="must_submit"><identifierref>I1'),)),
    ("contribution-to-a-discussion", FINE, ((_S, _SUBMIT, 'type="must_contribute"><identifierref>I4'),)),
    ("view-of-a-heading", LOSES, ((_S, _SUBMIT, 'type="must_view"><identifierref>I6'),)),
    ("requirement-unknown", LOSES, ((_S, _SUBMIT, 'type="must_read"><identifierref>I2'),)),
    ("requirement-of-content", LOSES, ((_S, _SUBMIT, 'type="must_submit"><identifierref>W'),)),
    ("score-out-of-reach", LOSES, ((_S, _SUBMIT, 'type="min_score"><min_score>99</min_score><identifierref>I2'),)),
    ("submission-of-nothing", LOSES, ((_A, "<submission_types>[^<]*", "<submission_types>on_paper"),)),
    ("module-later", LOSES, ((_S, "<identifierref>M1", "<identifierref>M2"),)),
    ("module-put-before-what-it-waits-for", LOSES, ((_S, "<title>First</title>", "<title>First</title><position>2</position>"),
                                                    (_S, "<title>Second</title>", "<title>Second</title><position>1</position>"))),
    ("item-between-blanks", LOSES, ((_S, "<identifierref>P<", "<identifierref> P <"),)),
    ("contribution-to-an-assignment", LOSES, ((_S, _SUBMIT, 'type="must_contribute"><identifierref>I2'),)),
    ("points-with-a-unit", FINE, ((_A, "<points_possible>10", "<points_possible>10 points"),)),
    ("escaped-blank", LOSES, _called("a%20b.pdf", "a b.pdf")),
    ("blank", FINE, _called("a b.pdf", "a b.pdf")),
    ("number-sign", FINE, _called("a#b.pdf", "a#b.pdf")),
    ("escaped-number-sign", LOSES, _called("a%23b.pdf", "a#b.pdf")),
    ("settings-escaped", STOPS, ((_M, _A, "W%201/assignment_settings.xml"), (_A, "", None),
                                 ("W 1/assignment_settings.xml", "", COURSE[_A].decode()))),
    ("token-misspelt", LOSES, ((_P, r"\$IMS-CC-FILEBASE\$", "$IMS-CC-FILEBSE$"),)),
    ("token-open", LOSES, ((_P, r"\$IMS-CC-FILEBASE\$", "$IMS-CC-FILEBASE"),)),
    ("token-of-object", LOSES, ((_P, r"\$CANVAS_OBJECT_REFERENCE\$", "$CANVAS_OBJECT_REFERENC$"),)),
    ("object-of-no-kind", LOSES, ((_P, r"\$/assignments/W", "$/assignment/W"),)),
    ("object-dangles", LOSES, ((_P, r"\$/assignments/W", "$/assignments/W9"),)),
    ("folder-too-many", FINE, ((_P, r"FILEBASE\$/f.pdf", "FILEBASE$/more/f.pdf"),)),
    ("page-without-identifier", LOSES, ((_P, '<meta name="identifier" content="P">', ""),)),
    ("page-without-title", LOSES, ((_P, "<title>One</title>", ""),)),
    ("type-missing", STOPS, ((_M, ' type="imsdt_xmlv1p1"', ""),)),
    ("file-without-href", STOPS, ((_M, '<file href="D.xml"/>', "<file/>"),)),
    ("topic-of-1.3", LOSES, ((_M, "imsdt_xmlv1p1", "imsdt_xmlv1p3"),)),
    ("version-odd", FINE, ((_M, "<schemaversion>1.1.0", "<schemaversion>1.1"),)),
    ("work-without-page", STOPS, ((_M, '<file href="W/work.html"/>', ""),)),
    ("work-missing", STOPS, ((_A, "", None),)),
    ("group-dangles", LOSES, ((_A, "<assignment_group_identifierref>G", "<assignment_group_identifierref>G9"),)),
    ("quiz-ident", LOSES, ((_X, 'ident="Q"', 'ident="Q9"'),)),
    ("quiz-file", FINE, ((_M, _X, "non_cc_assessments/other.xml.qti"), (_X, "", None),
                         ("non_cc_assessments/other.xml.qti", "", COURSE[_X].decode()))),
    ("question-unknown", FINE, ((_X, _ESSAY, _TYPED.format("hologram_question")),)),
    ("question-of-nothing", LOSES, ((_X, _ESSAY, "<fieldlabel>x</fieldlabel><fieldentry>y</fieldentry>"), (_X, _RESPONSE, ""))),
    ("question-without-choices", LOSES, ((_X, _ESSAY, _TYPED.format("multiple_choice_question")),)),
    ("question-without-formula", LOSES, ((_X, _ESSAY, _TYPED.format("calculated_question")),)),
    ("question-without-points", LOSES, ((_X, "<fieldlabel>points_possible</fieldlabel>", "<fieldlabel>points</fieldlabel>"),)),
    ("question-too-long", LOSES, ((_X, "Why[?]", "Why? " * 4_000),)),
    ("late-policy-of-weeks", STOPS, ((_L, "", _POLICY.format("week", "10")),)),
    ("late-policy-above-all", STOPS, ((_L, "", _POLICY.format("day", "101")),)),
    ("late-policy-of-none", STOPS, ((_L, "", f"<other {CANVAS_SPACE}/>"),)),
    ("late-policy", FINE, ((_L, "", _POLICY.format("hour", "10")),)),
    ("locale-unknown", STOPS, _set(_C, "default_view", "locale", "not a language")),
    ("switch-off", FINE, _set(_Z, "available", "shuffle_answers", "off")),
    ("switch-in-capitals", FINE, _set(_Z, "available", "shuffle_answers", "TRUE")),
    ("switch-on", LOSES, _set(_Z, "available", "shuffle_answers", "on")),
    ("due-with-figures", FINE, _set(_A, "points_possible", "due_at", "31/12/2026")),
    ("due-in-a-year", LOSES, _set(_A, "points_possible", "due_at", "2026")),
    ("state-with-blanks", LOSES, _set(_A, "points_possible", "workflow_state", " published ")),
    ("setting-of-a-course-misspelt", LOSES, _set(_C, "default_view", "public_syllabus_to_aut", "true")),
    ("setting-of-a-course-twice", LOSES, ((_C, "<default_view", f"{_TWICE}<default_view"),)),
    ("name-misspelt", LOSES, ((_A, "<grading_type>points</grading_type>", "<grading_typ>points</grading_typ>"),)),
    ("modules-in-modules", LOSES, ((_S, "<module (.*)</module>", r"<modules \1</modules>"),)),
    ("feed-without-scheme-of-the-web", LOSES, (("course_settings/external_feeds.xml", "", _FEED.format("ftp://example.org")),)),
    ("feed", FINE, (("course_settings/external_feeds.xml", "", _FEED.format("https://example.org/feed")),)),
    ("event-that-ends-before", LOSES, (("course_settings/events.xml", "", _EVENT.format("2026-04-01", "2026-03-01")),)),
    ("event", FINE, (("course_settings/events.xml", "", _EVENT.format("2026-04-01", "2026-04-02")),)),
    ("topic-without-settings", LOSES, ((_M, '<dependency identifierref="DM"/>', '<dependency identifierref="XM"/>'),)),
    ("topic-missing", STOPS, (("D.xml", "", None),)),
    ("topic-known-otherwise", LOSES, ((_N, "<topic_id>D", "<topic_id>E"),)),
    ("settings-of-a-course-missing", FINE, ((_C, "", None), (_M, f'<file href="{_C}"/>', ""))),
    ("settings-of-a-course-listed", FINE, ((_C, "", None),)),
    ("flag-in-other-capitals", LOSES, ((_M, "canvas_export.txt", "Canvas_Export.txt"),)),
    ("flag-known-from-the-top", LOSES, ((_M, 'href="course_settings/canvas_export.txt"', 'href="./course_settings/canvas_export.txt"'),)),
    ("flag-not-listed", LOSES, ((_M, 'href="course_settings/canvas_export.txt">', ">"), (_M, '<file href="course_settings/canvas_export.txt"/>', ""))),
    ("folder-of-pages-in-capitals", LOSES, ((_M, 'href="wiki_content/one.html"><file href="wiki_content/one.html"', 'href="Wiki_Content/one.html"><file href="Wiki_Content/one.html"'),
                                            (_P, "", None), ("Wiki_Content/one.html", "", COURSE["wiki_content/one.html"].decode()))),
    ("questions-in-another-folder", LOSES, ((_X, "", None), ("assessments/Q.xml.qti", "", COURSE["non_cc_assessments/Q.xml.qti"].decode()))),
    ("field-twice", LOSES, ((_A, "<title>Work</title>", "<title>Play</title><title>Work</title>"),)),
    ("field-twice-alike", FINE, ((_A, "<title>Work</title>", "<title>Work</title><title>Work</title>"),)),
    ("title-of-a-quiz-empty", LOSES, ((_Z, "<title>[^<]*</title>", "<title/>"),)),
    ("closing-tag-misspelt", FINE, ((_S, "</title>", "</titel>"),)),
    ("closing-tag-of-another", LOSES, ((_S, "</title>", ""),)),
    ("module-called-published", FINE, ((_S, "<workflow_state>active", "<workflow_state>published"),)),
    ("grades-from-60", LOSES, (("course_settings/grading_standards.xml", "", _GRADES.format('[["A", 0.9], ["B", 0.6]]')),)),
    ("grades-from-0", FINE, (("course_settings/grading_standards.xml", "", _GRADES.format('[["A", 0.9], ["B", 0.0]]')),)),
    ("link-document-missing", FINE, ((_M, "</resources>", _LINKED + "</resources>"),)),
    ("version-1.2", FINE, ((_M, "<schemaversion>1.1.0", "<schemaversion>1.2.0"),)),
    ("resource-twice", FINE, ((_M, r'(<resource identifier="W".*?</resource>)', r"\1\1"),)),
    ("file-without-href", LOSES, ((_M, ' href="web_resources/f.pdf"><file', "><file"),)),
    ("control-character", FINE, ((_N, "<title>Talk", "<title>Ta\x0blk"),)),
    ("control-character-in-a-quiz", FINE, ((_X, "Why[?]", "Wh\x0by?"),)),
    ("page-cut-off", LOSES, ((_P, 'ere</a></p></body></html>', ""),)),
    ("page-without-end-tags", FINE, ((_P, "</p></body></html>", ""),)),
    ("page-quote-missing", LOSES, ((_P, "<body><p>", '<body><p class="a>'),)),
    ("page-time-of-no-day", LOSES, ((_P, "</head>", '<meta name="todo_date" content="2026-13-01"></head>'),)),
    ("work-of-nothing", LOSES, (("W/work.html", "", "\n"),)),
    ("response-without-ident", STOPS, ((_X, '<response_str ident="X">', "<response_str>"),)),
    ("score-with-an-action-unknown", STOPS, ((_X, "</item>", _SCORING.format("plus", "100") + "</item>"),)),
    ("quiz-without-sections", LOSES, ((_X, '<section ident="S">(.*)</section>', r"\1"),)),
    ("quiz-root-misspelt", LOSES, ((_X, "questestinterop", "questestinter"), (_X, "</questestinterop>", "</questestinter>"))),
    ("work-with-children-as-text", LOSES, (("D.xml", "&lt;p&gt;Talk.&lt;/p&gt;", "<p>Talk.</p>"),)),
    ("positions-too-great", LOSES, _set(_A, "points_possible", "position", "9" * 12)),
    ("modules-with-a-prefix", LOSES, ((_S, "", _PREFIXED),)),
    ("modules-with-a-prefix-and-without", FINE, ((_S, '^(.*<modules )', r'\1xmlns:c="http://canvas.instructure.com/xsd/cccv1p0" '),)),
    ("file-with-backslashes", LOSES, ((_P, r"FILEBASE\$/", r"FILEBASE$\\"),)),
    ("topic-of-another-type", FINE, _set(_N, "title", "type", "Discussion")),
    ("topic-announcement-misspelt", LOSES, _set(_N, "title", "type", "anouncement")),
    ("work-in-the-name-of-another", LOSES, (("V/assignment_settings.xml", "", COURSE[_A].decode().replace("Work", "Other")),
                                            ("V/other.html", "", "<p>Do it.</p>"), (_M, "</resources>", _OTHER + "</resources>"))),
    ("work-of-a-quiz-in-the-name-of-another", LOSES, ((_Z, 'identifier="QA"', 'identifier="W"'),)),
    ("work-that-nothing-lists", LOSES, ((_M, f'<file href="{_A}"/>', ""),)),
    ("work-of-another-type", LOSES, ((_M, '(identifier="W" type=")[^"]*', r"\1webcontent"),)),
    ("work-of-a-quiz-that-is-not-there", LOSES, _set(_A, "points_possible", "quiz_identifierref", "Q9")),
    ("work-too-long", LOSES, (("W/work.html", "", f"<html><body>{'Do it. ' * 80_000}</body></html>"),)),
    ("page-too-long", LOSES, ((_P, "<body>", f"<body>{'One. ' * 110_000}"),)),
    ("quiz-that-ends-at-once", LOSES, _set(_Z, "available", "time_limit", "0")),
    ("locale-of-another-form", STOPS, _set(_C, "default_view", "locale", "de_DE")),
    ("locale", FINE, _set(_C, "default_view", "locale", "en-GB")),
    ("license-unknown", LOSES, _set(_C, "default_view", "license", "CC-BY-4.0")),
    ("due-on-a-day-in-words", FINE, _set(_A, "points_possible", "due_at", "1 March 2027 11:59pm")),
    ("due-on-no-day-in-words", LOSES, _set(_A, "points_possible", "due_at", "March 32, 2027")),
    ("due-at-no-hour", LOSES, _set(_A, "points_possible", "due_at", "2027-03-01T24:30:00")),
    ("due-long-ago", LOSES, _set(_A, "points_possible", "due_at", "0027-03-01T10:00:00")),
    ("points-with-noughts", FINE, ((_A, "<points_possible>10", "<points_possible>10,0"),)),
    ("points-with-a-comma", LOSES, ((_A, "<points_possible>10", "<points_possible>1,000"),)),
    ("exception-for-a-section", LOSES, ((_A, "<points_possible>", '<assignment_overrides><override set_type="Section" set_id="2"/>'
                                         "</assignment_overrides><points_possible>"),)),
    *((f"exception-for-{name}", LOSES, ((_A, "<points_possible>", f'<assignment_overrides><override title="Late" {said}/>'
                                         "</assignment_overrides><points_possible>"),)) for name, said in (
        ("a-section-of-the-old-course", 'set_type="CourseSection" set_id="4711"'), ("learners-with-a-number", 'set_type="ADHOC" set_id="1"'))),
    ("topic-put-off", LOSES, _set(_N, "title", "workflow_state", "post_delayed")),
    ("requirements-two-of-one", LOSES, ((_S, _SUBMIT, 'type="must_view"><identifierref>I2</identifierref></completionRequirement>'
                                         f"<completionRequirement {_SUBMIT}"),)),
    ("link-by-number", LOSES, ((_P, r"\$IMS-CC-FILEBASE\$/f.pdf", "$CANVAS_COURSE_REFERENCE$/files/99/preview"),)),
    ("link-into-another-course", LOSES, ((_P, r"\$IMS-CC-FILEBASE\$/f.pdf", "/courses/4711/files/99"),)),
    ("link-to-a-list", FINE, ((_P, r"\$IMS-CC-FILEBASE\$/f.pdf", "$CANVAS_COURSE_REFERENCE$/assignments"),)),
    ("token-begun-by-nothing", LOSES, ((_P, r"\$IMS-CC-FILEBASE\$", "-CC-FILEBASE$"),)),
    ("syllabus-elsewhere", LOSES, (("syllabus.html", "", "<html><body><p>Mondays.</p></body></html>"),)),
    ("topic-escaped-twice", LOSES, (("D.xml", "&lt;p&gt;Talk.&lt;/p&gt;", "&amp;lt;p&amp;gt;Talk.&amp;lt;/p&amp;gt;"),)),
    ("points-of-a-quiz-otherwise", LOSES, _set(_Z, "available", "points_possible", "100")),
    ("points-of-a-quiz", FINE, _set(_Z, "available", "points_possible", "2")),
    ("item-address-escaped-twice", LOSES, ((_S, "https://example.org/", "https://example.org/?a=1&amp;amp;b=2"),)),
    ("link-in-curly-quotes", LOSES, ((_P, r'href="\$WIKI_REFERENCE\$/pages/one"', "href=\u201d$WIKI_REFERENCE$/pages/one\u201d"),)),
    ("question-with-a-picture-within", LOSES, ((_X, "Why[?]", '&lt;img src="data:image/png;base64,AAAA"&gt;'),)),
    ("sign-in-a-title", LOSES, ((_A, "<title>Work", "<title>Work & play"),)),
)  # fmt: skip

# --- SCORM in Moodle ---

SCORMS: tuple[Case, ...] = (
    ("whole", FINE, ()),
    ("base-not-needed", LOSES, ((_M, "<resource ", '<resource xml:base="one/" '),)),
    ("base-without-slash", LOSES, ((_M, '<resource (.*?)href="a.html"', r'<resource xml:base="." \1href="a.html"'),)),
    ("file-listed-of-nothing", FINE, ((_M, "</resource>", '<file href="none.css"/></resource>'),)),
    ("launch-missing", LOSES, (("a.html", "", None),)),
    ("type-missing", LOSES, ((_M, ' adlcp:scormtype="sco"', ""),)),
    ("picture-of-no-bytes", LOSES, (("a.html", "<p>One</p>", '<img src="p.png" alt="p">'), ("p.png", "", ""))),
    ("script-of-no-bytes", FINE, (("a.html", "<p>One</p>", '<script src="p.js"></script>'), ("p.js", "", ""))),
    ("page-garbled", LOSES, (("a.html", "<p>One</p>", '<meta charset="utf-8"><p>CafÃ©</p>'),)),
    (
        "base-of-all-resources",
        LOSES,
        (
            (_M, "<resources>", '<resources xml:base="sub/">'),
            ("a.html", "", None),
            ("sub/a.html", "", SMALL["a.html"].decode()),
        ),
    ),
    ("base-that-is-not-needed", FINE, ((_M, "<resources>", '<resources xml:base="sub/">'),)),
    ("address-from-the-top", FINE, ((_M, '(?<=adlcp:scormtype="sco" )href="', 'href="/'),)),
    (
        "second-organization",
        FINE,
        (
            (
                _M,
                "</organizations>",
                '<organization identifier="P"><title>More</title>'
                + _item(1, "More").replace("R1", "R")
                + "</organization></organizations>",
            ),
        ),
    ),
    ("item-hidden-by-a-capital", LOSES, ((_M, 'identifierref="R"', 'identifierref="R" isvisible="True"'),)),
    (
        "item-waits-for-a-hidden-one",
        LOSES,
        (
            (
                _M,
                '<item identifier="A" identifierref="R">',
                '<item identifier="B" identifierref="R"><title>Two</title>'
                '<adlcp:prerequisites type="aicc_script">A</adlcp:prerequisites></item>'
                '<item identifier="A" identifierref="R" isvisible="false">',
            ),
        ),
    ),
    ("type-as-in-2004", FINE, ((_M, "adlcp:scormtype", "adlcp:scormType"),)),
)

ALL: Mapping[str, tuple[str, str, Mapping[str, bytes], tuple[Case, ...]]] = {
    "backup": ("moodle", ".mbz", BACKUP, BACKUPS),
    "cartridge": ("moodle", ".imscc", CARTRIDGE, CARTRIDGES),
    "canvas": ("canvas", ".imscc", COURSE, CANVAS),
    "scorm": ("moodle", ".zip", SMALL, SCORMS),
}


Every = Mapping[str, tuple[str, str, Mapping[str, bytes], tuple[Case, ...]]]


def packages(every: Every = ALL) -> Iterator[tuple[str, str, str, str, dict[str, bytes]]]:
    """Yield each damaged package: of which kind, its name, the LMS, what became of it, and its files."""
    for kind, (lms, ending, files, cases) in every.items():
        for name, outcome, damages in cases:
            yield kind, f"{name}{ending}", lms, outcome, damaged(files, damages)
