"""A small backup of Moodle's with an activity of nearly every kind, which a running Moodle 5.0.6 restores whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

NULL = "$@NULL@$"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TEXTS = "<intro></intro><introformat>1</introformat>"
_ZEROS = "<assesstimestart>0</assesstimestart><assesstimefinish>0</assesstimefinish>"
_OPEN = "<timeopen>0</timeopen><timeclose>0</timeclose>"

# What is inside of each activity, after its name, in the order of their numbers from 1 on.
INSIDE: Mapping[str, str] = {
    "page": f'{_TEXTS}<content>Hello &lt;a href="$@BOOKVIEWBYID*2@$"&gt;book&lt;/a&gt;</content><contentformat>1</contentformat>'
    "<display>5</display>",
    "book": f'{_TEXTS}<numbering>1</numbering><chapters><chapter id="21"><pagenum>1</pagenum><subchapter>0</subchapter>'
    "<title>Chapter</title><content>Words</content><contentformat>1</contentformat><hidden>0</hidden></chapter></chapters>",
    "choice": f"{_TEXTS}<publish>0</publish><showresults>0</showresults><display>0</display><limitanswers>1</limitanswers>{_OPEN}"
    '<options><option id="31"><text>One</text><maxanswers>4</maxanswers></option><option id="32"><text>Two</text>'
    "<maxanswers>0</maxanswers></option></options><answers></answers>",
    "data": f"{_TEXTS}<timeavailablefrom>0</timeavailablefrom><timeavailableto>0</timeavailableto><timeviewfrom>0</timeviewfrom>"
    f"<timeviewto>0</timeviewto>{_ZEROS}<assessed>0</assessed><scale>0</scale><defaultsort>41</defaultsort>"
    "<singletemplate>[[Name]]</singletemplate><listtemplate>[[Name]] [[Name#id]]</listtemplate><fields>"
    '<field id="41"><type>text</type><name>Name</name><description></description></field><field id="42"><type>text</type>'
    "<name>Age</name><description></description></field></fields><records></records>",
    "feedback": f"{_TEXTS}<page_after_submit></page_after_submit>{_OPEN}<items>"
    '<item id="51"><template>0</template><name>How?</name><label></label><presentation>r&gt;&gt;&gt;&gt;&gt;Good|Bad</presentation>'
    "<typ>multichoice</typ><hasvalue>1</hasvalue><position>1</position><required>0</required><dependitem>0</dependitem>"
    '<dependvalue></dependvalue><options></options></item><item id="52"><template>0</template><name>Many?</name><label></label>'
    "<presentation>1|9</presentation><typ>numeric</typ><hasvalue>1</hasvalue><position>2</position><required>0</required>"
    "<dependitem>51</dependitem><dependvalue>Good</dependvalue><options></options></item></items><completeds></completeds>",
    "glossary": f"{_TEXTS}<displayformat>dictionary</displayformat>{_ZEROS}<assessed>0</assessed><scale>0</scale><entries></entries>"
    "<entriestags></entriestags><categories></categories>",
    "label": "<intro>Look here.</intro><introformat>1</introformat><timemodified>0</timemodified>",
    "lesson": f"{_TEXTS}<usepassword>0</usepassword><password></password><dependency>0</dependency><conditions>x</conditions>"
    "<grade>0</grade><available>0</available><deadline>0</deadline><activitylink>0</activitylink><pages>"
    '<page id="81"><prevpageid>0</prevpageid><nextpageid>82</nextpageid><qtype>20</qtype><title>First</title><contents>Read.'
    '</contents><contentsformat>1</contentsformat><answers><answer id="811"><jumpto>-1</jumpto><answer_text>On</answer_text>'
    '</answer></answers></page><page id="82"><prevpageid>81</prevpageid><nextpageid>0</nextpageid><qtype>8</qtype>'
    "<title>Second</title><contents>How many?</contents><contentsformat>1</contentsformat><answers>"
    '<answer id="821"><jumpto>-9</jumpto><score>1</score><answer_text>3:4</answer_text></answer></answers></page></pages>',
    "lti": f"{_TEXTS}<typeid>0</typeid><toolurl>https://example.org/launch</toolurl><securetoolurl></securetoolurl>"
    "<launchcontainer>1</launchcontainer><grade>0</grade><resourcekey></resourcekey><password></password>",
    "forum": f"<type>general</type>{_TEXTS}<assessed>0</assessed>{_ZEROS}<scale>0</scale><forcesubscribe>0</forcesubscribe>"
    "<maxbytes>0</maxbytes><maxattachments>9</maxattachments><grade_forum>0</grade_forum>",
    "workshop": f"{_TEXTS}<instructauthors></instructauthors><instructreviewers></instructreviewers><phase>10</phase>"
    "<strategy>rubric</strategy><evaluation>best</evaluation><submissionstart>0</submissionstart><submissionend>0</submissionend>"
    "<assessmentstart>0</assessmentstart><assessmentend>0</assessmentend><timemodified>0</timemodified>"
    '<subplugin_workshopform_rubric_workshop><workshopform_rubric_dimension id="111"><sort>1</sort><description>Right'
    '</description><descriptionformat>1</descriptionformat><workshopform_rubric_level id="1111"><grade>0</grade><definition>No'
    '</definition><definitionformat>1</definitionformat></workshopform_rubric_level><workshopform_rubric_level id="1112">'
    "<grade>5</grade><definition>Yes</definition><definitionformat>1</definitionformat></workshopform_rubric_level>"
    "</workshopform_rubric_dimension></subplugin_workshopform_rubric_workshop>",
    "scorm": f"<scormtype>local</scormtype><reference>p.zip</reference>{_TEXTS}<version>SCORM_1.2</version><maxgrade>100</maxgrade>"
    f"<grademethod>1</grademethod><whatgrade>0</whatgrade><height>500</height><width>100</width>{_OPEN}<scoes>"
    '<sco id="121"><manifest>M</manifest><organization></organization><parent>/</parent><identifier>O</identifier><launch>'
    '</launch><scormtype></scormtype><title>Course</title><sortorder>1</sortorder></sco><sco id="122"><manifest>M</manifest>'
    "<organization>O</organization><parent>O</parent><identifier>A</identifier><launch>a.html</launch><scormtype>sco</scormtype>"
    "<title>One</title><sortorder>2</sortorder></sco></scoes>",
    "imscp": f"{_TEXTS}<revision>1</revision><keepold>-1</keepold><structure>a:0:{{}}</structure>",
    "wiki": f"{_TEXTS}<firstpagetitle>Home</firstpagetitle><wikimode>collaborative</wikimode><defaultformat>html</defaultformat>"
    "<editbegin>0</editbegin><editend>0</editend>",
    "quiz": f"{_TEXTS}{_OPEN}<timelimit>0</timelimit><overduehandling>autosubmit</overduehandling><preferredbehaviour>"
    "deferredfeedback</preferredbehaviour><attempts_number>2</attempts_number><grademethod>1</grademethod>"
    "<decimalpoints>2</decimalpoints><reviewattempt>69904</reviewattempt><reviewcorrectness>0</reviewcorrectness>"
    "<reviewspecificfeedback>0</reviewspecificfeedback><reviewgeneralfeedback>0</reviewgeneralfeedback>"
    "<reviewrightanswer>0</reviewrightanswer><reviewmaxmarks>4368</reviewmaxmarks><reviewmarks>4368</reviewmarks>"
    "<reviewoverallfeedback>4368</reviewoverallfeedback><questionsperpage>1</questionsperpage><navmethod>free</navmethod>"
    "<sumgrades>3</sumgrades><grade>10</grade><password></password><subnet></subnet><browsersecurity>-</browsersecurity>"
    "<completionminattempts>1</completionminattempts><question_instances>{slots}</question_instances><sections>"
    '<section id="1"><firstslot>1</firstslot><heading></heading><shufflequestions>0</shufflequestions></section></sections>'
    '<feedbacks><feedback id="1"><feedbacktext>Good</feedbacktext><feedbacktextformat>1</feedbacktextformat><mingrade>5'
    '</mingrade><maxgrade>11</maxgrade></feedback><feedback id="2"><feedbacktext>Bad</feedbacktext><feedbacktextformat>1'
    "</feedbacktextformat><mingrade>0</mingrade><maxgrade>5</maxgrade></feedback></feedbacks>",
    "assign": f"{_TEXTS}<duedate>0</duedate><allowsubmissionsfromdate>0</allowsubmissionsfromdate><cutoffdate>0</cutoffdate>"
    "<grade>20</grade><completionsubmit>1</completionsubmit><attemptreopenmethod>none</attemptreopenmethod><maxattempts>-1"
    '</maxattempts><plugin_configs><plugin_config id="1"><plugin>onlinetext</plugin><subtype>assignsubmission</subtype>'
    '<name>enabled</name><value>1</value></plugin_config><plugin_config id="2"><plugin>comments</plugin><subtype>assignfeedback'
    "</subtype><name>enabled</name><value>1</value></plugin_config></plugin_configs>",
    "resource": f"{_TEXTS}<tobemigrated>0</tobemigrated><legacyfiles>0</legacyfiles><display>0</display><revision>1</revision>",
    "folder": f"{_TEXTS}<revision>1</revision><display>0</display><showexpanded>1</showexpanded>",
    "url": f"{_TEXTS}<externalurl>https://example.org/a?b=1</externalurl><display>0</display>",
}
NUMBERS: Mapping[str, int] = {kind: number for number, kind in enumerate(INSIDE, 1)}


def _slot(number: int, entry: int) -> str:
    return (
        f'<question_instance id="{number}"><slot>{number}</slot><page>{number}</page><requireprevious>0</requireprevious>'
        f'<maxmark>1</maxmark><question_reference id="{number}"><usingcontextid>1015</usingcontextid><component>mod_quiz'
        f"</component><questionarea>slot</questionarea><questionbankentryid>{entry}</questionbankentryid><version>{NULL}"
        "</version></question_reference></question_instance>"
    )


_DRAWN = (
    '<question_instance id="3"><slot>3</slot><page>3</page><requireprevious>0</requireprevious><maxmark>1</maxmark>'
    '<question_set_reference id="3"><usingcontextid>1015</usingcontextid><component>mod_quiz</component><questionarea>slot'
    '</questionarea><questionscontextid>1015</questionscontextid><filtercondition>{"filter":{"category":{"jointype":1,'
    '"values":["2"],"filteroptions":{"includesubcategories":false}}}}</filtercondition></question_set_reference>'
    "</question_instance>"
)


def a_question(number: int, kind: str, plugin: str, text: str = "Why?") -> str:
    return (
        f'<question_bank_entry id="{number}"><questioncategoryid>2</questioncategoryid><idnumber>{NULL}</idnumber><ownerid>{NULL}'
        f'</ownerid><question_version><question_versions id="{number}"><version>1</version><status>ready</status><questions>'
        f'<question id="{number}"><parent>0</parent><name>Q {kind}</name><questiontext>{text}</questiontext><questiontextformat>1'
        "</questiontextformat><generalfeedback></generalfeedback><generalfeedbackformat>1</generalfeedbackformat><defaultmark>1"
        f"</defaultmark><penalty>0</penalty><qtype>{kind}</qtype><length>1</length><stamp>s+{number}</stamp><timecreated>0"
        f"</timecreated><timemodified>0</timemodified><createdby>{NULL}</createdby><modifiedby>{NULL}</modifiedby>"
        f"<plugin_qtype_{kind}_question>{plugin}</plugin_qtype_{kind}_question></question></questions></question_versions>"
        "</question_version></question_bank_entry>"
    )


def _answers(*answers: tuple[int, str, str]) -> str:
    found = "".join(
        f'<answer id="{number}"><answertext>{text}</answertext><answerformat>1</answerformat><fraction>{fraction}</fraction>'
        "<feedback></feedback><feedbackformat>1</feedbackformat></answer>"
        for number, text, fraction in answers
    )
    return f"<answers>{found}</answers>"


_SAID = (
    "<shuffleanswers>0</shuffleanswers><correctfeedback></correctfeedback><correctfeedbackformat>1</correctfeedbackformat>"
    "<partiallycorrectfeedback></partiallycorrectfeedback><partiallycorrectfeedbackformat>1</partiallycorrectfeedbackformat>"
    "<incorrectfeedback></incorrectfeedback><incorrectfeedbackformat>1</incorrectfeedbackformat>"
)
_DATASET = (
    '<dataset_definitions><dataset_definition id="1"><category>0</category><name>a</name><type>1</type><options>uniform:1:9:1'
    '</options><itemcount>1</itemcount><dataset_items><dataset_item id="1"><number>1</number><value>3</value></dataset_item>'
    "</dataset_items></dataset_definition></dataset_definitions>"
)
QUESTIONS = (
    a_question(1, "multichoice", _answers((11, "A", "1"), (12, "B", "0")) + f'<multichoice id="1"><layout>0</layout><single>1</single>{_SAID}'
              "<answernumbering>abc</answernumbering><shownumcorrect>0</shownumcorrect></multichoice>"),
    a_question(2, "numerical", _answers((21, "4", "1")) + '<numerical_records><numerical_record id="1"><answer>21</answer>'
              "<tolerance>0.5</tolerance></numerical_record></numerical_records>"),
    a_question(3, "truefalse", _answers((31, "True", "1"), (32, "False", "0")) + '<truefalse id="1"><trueanswer>31</trueanswer>'
              "<falseanswer>32</falseanswer></truefalse>"),
    a_question(4, "shortanswer", _answers((41, "bee", "1")) + '<shortanswer id="1"><usecase>0</usecase></shortanswer>'),
    a_question(5, "match", f'<matchoptions id="1">{_SAID}<shownumcorrect>0</shownumcorrect></matchoptions><matches><match id="51">'
              "<questiontext>One</questiontext><questiontextformat>1</questiontextformat><answertext>1</answertext></match>"
              '<match id="52"><questiontext>Two</questiontext><questiontextformat>1</questiontextformat><answertext>2</answertext>'
              "</match></matches>"),
    a_question(6, "essay", '<essay id="1"><responseformat>editor</responseformat><responserequired>1</responserequired>'
              "<responsefieldlines>9</responsefieldlines><minwordlimit>5</minwordlimit><maxwordlimit>50</maxwordlimit><attachments>0"
              "</attachments><attachmentsrequired>0</attachmentsrequired></essay>"),
    a_question(7, "gapselect", _answers((71, "the", "0"), (72, "a", "0")) + f'<gapselect id="1">{_SAID}<shownumcorrect>0</shownumcorrect>'
              "</gapselect>", "This is [[1]] bee."),
    a_question(8, "calculated", _answers((81, "{a}+1", "1")) + _DATASET + '<calculated_records><calculated_record id="1"><answer>81'
              "</answer><tolerance>0.01</tolerance><tolerancetype>1</tolerancetype><correctanswerlength>2</correctanswerlength>"
              "<correctanswerformat>1</correctanswerformat></calculated_record></calculated_records>", "What is {a}+1?"),
    a_question(9, "ordering", _answers((91, "First", "1"), (92, "Second", "2")) + '<ordering id="1"><layouttype>0</layouttype><selecttype>0'
              "</selecttype><selectcount>0</selectcount><gradingtype>0</gradingtype><showgrading>1</showgrading><numberingstyle>none"
              f"</numberingstyle>{_SAID.partition('</shuffleanswers>')[2]}</ordering>"),
)  # fmt: skip


def a_category(number: int, parent: int, name: str, entries: str) -> str:
    return (
        f'<question_category id="{number}"><name>{name}</name><contextid>1015</contextid><contextlevel>70</contextlevel>'
        f"<contextinstanceid>15</contextinstanceid><info></info><infoformat>0</infoformat><stamp>c+{number}</stamp>"
        f"<parent>{parent}</parent><sortorder>999</sortorder><idnumber>{NULL}</idnumber>"
        f"<question_bank_entries>{entries}</question_bank_entries></question_category>"
    )


def _grade(kind: str, most: int, passes: int) -> str:
    number = NUMBERS[kind]
    return (
        f'<grade_item id="{500 + number}"><categoryid>1</categoryid><itemname>{kind}</itemname><itemtype>mod</itemtype>'
        f"<itemmodule>{kind}</itemmodule><iteminstance>{number}</iteminstance><itemnumber>0</itemnumber><calculation>{NULL}"
        f"</calculation><gradetype>1</gradetype><grademax>{most}</grademax><grademin>0</grademin><scaleid>{NULL}</scaleid>"
        f"<outcomeid>{NULL}</outcomeid><gradepass>{passes}</gradepass><sortorder>{number}</sortorder><locktime>0</locktime>"
        "<grade_grades></grade_grades></grade_item>"
    )


def _level(number: int, score: int, text: str) -> str:
    return f'<level id="{number}"><score>{score}</score><definition>{text}</definition><definitionformat>0</definitionformat></level>'


_RUBRIC = (
    '<areas><area id="1"><areaname>submissions</areaname><activemethod>rubric</activemethod><definitions><definition id="1">'
    "<method>rubric</method><name>R</name><description></description><descriptionformat>1</descriptionformat><status>20</status>"
    "<timecreated>0</timecreated><timemodified>0</timemodified><options>{}</options><plugin_gradingform_rubric_definition><criteria>"
    '<criterion id="1"><sortorder>1</sortorder><description>C</description><descriptionformat>0</descriptionformat><levels>'
    f"{_level(1, 0, 'No')}{_level(2, 5, 'Yes')}</levels></criterion></criteria></plugin_gradingform_rubric_definition>"
    "</definition></definitions></area></areas>"
)
_GRADEBOOK = (
    '<gradebook><attributes></attributes><grade_categories><grade_category id="1"><parent>$@NULL@$</parent><depth>1</depth><path>/1/'
    "</path><fullname>?</fullname><aggregation>13</aggregation><keephigh>0</keephigh><droplow>0</droplow><timecreated>0</timecreated>"
    '<timemodified>0</timemodified></grade_category></grade_categories><grade_items><grade_item id="600"><categoryid>$@NULL@$'
    "</categoryid><itemname>$@NULL@$</itemname><itemtype>course</itemtype><itemmodule>$@NULL@$</itemmodule><iteminstance>1"
    "</iteminstance><itemnumber>$@NULL@$</itemnumber><calculation>$@NULL@$</calculation><gradetype>1</gradetype><grademax>30"
    "</grademax><grademin>0</grademin><scaleid>$@NULL@$</scaleid><outcomeid>$@NULL@$</outcomeid><gradepass>0</gradepass>"
    "<sortorder>1</sortorder><locktime>0</locktime><timecreated>0</timecreated><timemodified>0</timemodified><grade_grades>"
    '</grade_grades></grade_item><grade_item id="601"><categoryid>1</categoryid><itemname>By hand</itemname><itemtype>manual'
    "</itemtype><itemmodule>$@NULL@$</itemmodule><iteminstance>$@NULL@$</iteminstance><itemnumber>$@NULL@$</itemnumber>"
    "<calculation>=##gi515##*2</calculation><gradetype>1</gradetype><grademax>100</grademax><grademin>0</grademin><scaleid>$@NULL@$"
    "</scaleid><outcomeid>$@NULL@$</outcomeid><gradepass>0</gradepass><sortorder>2</sortorder><locktime>0</locktime><timecreated>0"
    "</timecreated><timemodified>0</timemodified><grade_grades></grade_grades></grade_item></grade_items><grade_letters>"
    '<grade_letter id="1"><lowerboundary>90</lowerboundary><letter>A</letter></grade_letter><grade_letter id="2"><lowerboundary>0'
    "</lowerboundary><letter>F</letter></grade_letter></grade_letters><grade_settings></grade_settings></gradebook>"
)
_GROUPS = (
    '<groups><group id="7"><name>Bees</name><idnumber></idnumber><description></description><descriptionformat>1</descriptionformat>'
    '<groupcustomfields></groupcustomfields></group><groupings><grouping id="8"><name>All</name><idnumber></idnumber><description>'
    "</description><descriptionformat>1</descriptionformat><groupingcustomfields></groupingcustomfields><grouping_groups>"
    '<grouping_group id="1"><groupid>7</groupid><timeadded>0</timeadded></grouping_group></grouping_groups></grouping></groupings></groups>'
)
_COMPLETION = (
    '<course_completion><course_completion_criteria id="1"><course>2</course><criteriatype>4</criteriatype><module>page</module>'
    "<moduleinstance>1</moduleinstance><courseinstanceshortname>$@NULL@$</courseinstanceshortname><enrolperiod>$@NULL@$</enrolperiod>"
    "<timeend>$@NULL@$</timeend><gradepass>$@NULL@$</gradepass><role>$@NULL@$</role></course_completion_criteria></course_completion>"
)
_BADGES = (
    '<badges><badge id="1"><name>Keeper</name><description>Keeps.</description><timecreated>0</timecreated><timemodified>0'
    "</timemodified><issuername>Us</issuername><issuerurl>https://example.org</issuerurl><issuercontact></issuercontact><expiredate>"
    "$@NULL@$</expiredate><expireperiod>$@NULL@$</expireperiod><type>2</type><courseid>2</courseid><message>Well done</message>"
    "<messagesubject>Badge</messagesubject><attachment>1</attachment><notification>0</notification><status>1</status><nextcron>0"
    '</nextcron><criteria><criterion id="1"><criteriatype>0</criteriatype><method>1</method><description></description>'
    '<descriptionformat>1</descriptionformat><criterion_parameters></criterion_parameters></criterion><criterion id="2">'
    "<criteriatype>1</criteriatype><method>1</method><description></description><descriptionformat>1</descriptionformat>"
    '<criterion_parameters><parameter id="1"><name>module_1</name><value>1</value><criteriatype>1</criteriatype></parameter>'
    "</criterion_parameters></criterion></criteria><manual_awards></manual_awards></badge></badges>"
)
_EVENTS = (
    '<events><event id="1"><name>Trip</name><description></description><format>1</format><courseid>2</courseid><groupid>0</groupid><userid>2</userid><repeatid>0</repeatid>'
    "<modulename></modulename><instance>0</instance><eventtype>course"
    "</eventtype><timestart>1800000000</timestart><timeduration>0</timeduration><visible>1</visible><uuid></uuid>"
    "<sequence>1</sequence><timemodified>0</timemodified></event></events>"
)
_BLOCK = (
    '<block id="1" contextid="2001" version="2022112800"><blockname>html</blockname><parentcontextid>2</parentcontextid>'
    "<showinsubcontexts>0</showinsubcontexts><pagetypepattern>course-view-*</pagetypepattern><subpagepattern>$@NULL@$</subpagepattern>"
    "<defaultregion>side-pre</defaultregion><defaultweight>0</defaultweight><configdata></configdata><block_positions>"
    "</block_positions></block>"
)
_LINKING = (
    b'<!DOCTYPE html><html><head><title>Links</title></head><body><p>See <a href="https://example.org/a">there</a>, '
    b'<a href="#below">below</a>, <a href="//example.org/b">that</a>, <a href="more%20words.html">more</a>, '
    b'<a href="../page_1/a.png">a picture</a>, <a href="$@PAGEVIEWBYID*1@$">the page</a> and <img src="p.png" alt="P">.</p></body></html>'
)


def _hash(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _file(kind: str) -> str:
    number, area, item, name, content = _KEPT[kind]
    return (
        f'<file id="{number}"><contenthash>{_hash(content)}</contenthash><contextid>{1000 + NUMBERS[kind]}</contextid><component>mod_{kind}'
        f"</component><filearea>{area}</filearea><itemid>{item}</itemid><filepath>/</filepath><filename>{name}</filename><userid>{NULL}"
        f"</userid><filesize>{len(content)}</filesize><mimetype>image/png</mimetype><status>0</status><timecreated>0</timecreated><timemodified>0"
        f"</timemodified><source>{NULL}</source><author>{NULL}</author><license>{NULL}</license><sortorder>0</sortorder>"
        f"<repositorytype>{NULL}</repositorytype><repositoryid>{NULL}</repositoryid><reference>{NULL}</reference></file>"
    )


_KEPT: Mapping[str, tuple[int, str, int, str, bytes]] = {
    "page": (1, "content", 0, "a.png", b" "),
    "book": (2, "chapter", 21, "b.png", b" "),
    "scorm": (3, "content", 0, "a.html", b" "),
    "resource": (4, "content", 0, "index.html", _LINKING),
    "folder": (5, "content", 0, "notes.txt", b"Notes."),
}
_TRACKED = {"page": 2, "quiz": 2, "assign": 2, "label": 1}


def _activity(kind: str) -> dict[str, bytes]:
    number = NUMBERS[kind]
    inside = INSIDE[kind].replace("{slots}", _slot(1, 1) + _slot(2, 2) + _DRAWN)
    graded = {"quiz": _grade("quiz", 10, 5), "assign": _grade("assign", 20, 0)}.get(kind, "")
    named = f"<fileref><file><id>{_KEPT[kind][0]}</id></file></fileref>" if kind in _KEPT else ""
    if kind == "quiz":
        named += "<question_categoryref><question_category><id>1</id></question_category><question_category><id>2</id></question_category></question_categoryref>"
    by_grade, on_pass = ("0", "1") if kind == "quiz" else (NULL, "0")
    module = (
        f'<module id="{number}" version="2022112800"><modulename>{kind}</modulename><sectionid>101</sectionid><sectionnumber>1'
        f"</sectionnumber><idnumber></idnumber><added>0</added><visible>1</visible><visibleoncoursepage>1</visibleoncoursepage><groupmode>0</groupmode>"
        f"<groupingid>0</groupingid><completion>{_TRACKED.get(kind, 0)}</completion><completiongradeitemnumber>{by_grade}"
        f"</completiongradeitemnumber><completionpassgrade>{on_pass}</completionpassgrade><completionview>{int(kind == 'page')}"
        f"</completionview><completionexpected>0</completionexpected><availability>{NULL}</availability></module>"
    )
    documents = {
        f"{kind}.xml": f'<activity id="{number}" moduleid="{number}" modulename="{kind}" contextid="{1000 + number}"><{kind} id="{number}">'
        f"<name>The {kind}</name>{inside}</{kind}></activity>",
        "module.xml": module,
        "grades.xml": f"<activity_gradebook><grade_items>{graded}</grade_items><grade_letters></grade_letters></activity_gradebook>",
        "roles.xml": "<roles><role_overrides></role_overrides><role_assignments></role_assignments></roles>",
        "inforef.xml": f"<inforef>{named}</inforef>",
        **({"grading.xml": _RUBRIC} if kind == "assign" else {}),
        "calendar.xml": "<events></events>",
    }
    return {f"activities/{kind}_{number}/{name}": (_HEAD + text).encode() for name, text in documents.items()}


def _list() -> str:
    activities = "".join(
        f"<activity><moduleid>{number}</moduleid><sectionid>101</sectionid><modulename>{kind}</modulename><title>The {kind}</title>"
        f"<directory>activities/{kind}_{number}</directory></activity>"
        for kind, number in NUMBERS.items()
    )
    sections = "".join(
        f"<section><sectionid>{100 + number}</sectionid><title>{number}</title><directory>sections/section_{100 + number}</directory>"
        "</section>"
        for number in (0, 1)
    )
    on = ("activities", "filters", "calendarevents", "badges", "groups", "blocks", "questionbank")
    settings = "".join(
        f"<setting><level>root</level><name>{name}</name><value>{int(name != 'filters')}</value></setting>"
        for name in on
    )
    return (
        "<moodle_backup><information><name>every.mbz</name><moodle_version>2022112800</moodle_version><moodle_release>4.1 (Build: 20221128)"
        "</moodle_release><backup_version>2022112800</backup_version><backup_release>4.1</backup_release><backup_date>1669593600"
        "</backup_date><mnet_remoteusers>0</mnet_remoteusers><include_files>1</include_files><include_file_references_to_external_content>0"
        "</include_file_references_to_external_content><original_wwwroot>https://moodle.example</original_wwwroot>"
        "<original_site_identifier_hash>0a</original_site_identifier_hash><original_course_id>2</original_course_id>"
        "<original_course_format>topics</original_course_format><original_course_fullname>Every</original_course_fullname>"
        "<original_course_shortname>Every</original_course_shortname><original_course_startdate>0</original_course_startdate>"
        "<original_course_contextid>2</original_course_contextid><original_system_contextid>1</original_system_contextid><details>"
        '<detail backup_id="77fd6c5c4a6f2030c3d9fe7240898efd"><type>course</type><format>moodle2</format><interactive>1</interactive>'
        "<mode>10</mode><execution>1</execution><executiontime>0</executiontime></detail></details><contents><activities>"
        f"{activities}</activities><sections>{sections}</sections><course><courseid>2</courseid><title>Every</title><directory>course"
        f"</directory></course></contents><settings>{settings}</settings></information></moodle_backup>"
    )


def _section(number: int, sequence: str) -> str:
    return (
        f'<section id="{100 + number}"><number>{number}</number><name>S{number}</name><summary></summary><summaryformat>1</summaryformat>'
        f"<sequence>{sequence}</sequence><visible>1</visible><availabilityjson>{NULL}</availabilityjson><timemodified>0</timemodified>"
        "</section>"
    )


def _files() -> dict[str, bytes]:
    documents = {
        "moodle_backup.xml": _list(),
        "files.xml": f"<files>{''.join(_file(kind) for kind in _KEPT)}</files>",
        "questions.xml": f"<question_categories>{a_category(1, 0, 'top', '')}{a_category(2, 1, 'Q', ''.join(QUESTIONS))}</question_categories>",
        "roles.xml": "<roles_definition></roles_definition>",
        "scales.xml": '<scales_definition><scale id="9"><courseid>2</courseid><userid>2</userid><name>S</name><scale>A,B</scale>'
        "<description></description></scale></scales_definition>",
        "outcomes.xml": "<outcomes_definition></outcomes_definition>",
        "groups.xml": _GROUPS,
        "gradebook.xml": _GRADEBOOK,
        "completion.xml": _COMPLETION,
        "badges.xml": _BADGES,
        "course/course.xml": '<course id="2" contextid="2"><shortname>E</shortname><fullname>Every</fullname><summary></summary>'
        "<summaryformat>1</summaryformat><format>topics</format><showgrades>1</showgrades><startdate>0</startdate><enddate>0</enddate>"
        "<visible>1</visible><defaultgroupingid>0</defaultgroupingid><enablecompletion>1</enablecompletion></course>",
        "course/roles.xml": "<roles><role_overrides></role_overrides><role_assignments></role_assignments></roles>",
        "course/calendar.xml": _EVENTS,
        "course/inforef.xml": "<inforef></inforef>",
        "course/blocks/html_1/block.xml": _BLOCK,
        "course/blocks/html_1/roles.xml": "<roles><role_overrides></role_overrides><role_assignments></role_assignments></roles>",
        "course/blocks/html_1/inforef.xml": "<inforef></inforef>",
        "sections/section_100/section.xml": _section(0, ""),
        "sections/section_101/section.xml": _section(1, ",".join(map(str, NUMBERS.values()))),
        "sections/section_100/inforef.xml": "<inforef></inforef>",
        "sections/section_101/inforef.xml": "<inforef></inforef>",
    }
    files = {name: (_HEAD + text).encode() for name, text in documents.items()}
    for kind in NUMBERS:
        files |= _activity(kind)
    contents = (content for *_, content in _KEPT.values())
    return {**files, **{f"files/{_hash(content)[:2]}/{_hash(content)}": content for content in contents}}


COURSE: Mapping[str, bytes] = _files()
