"""Damages of a Moodle backup with an activity of nearly every kind, with what became of each in a running Moodle 5.0.6.

Each was restored into it: whether that stops, and what arrives, is what was seen. That something arrives and never works,
such as a door that opens after it shuts, is what follows of it there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from damages import FINE, LOSES, STOPS, Case, Damage
from moodle_course import COURSE, NULL, NUMBERS, a_category, a_question

_PLACES = {kind: f"activities/{kind}_{number}" for kind, number in NUMBERS.items()}
_LIST, _BANK, _BOOK = "moodle_backup.xml", "questions.xml", "gradebook.xml"
_ORDERING = next(iter(re.findall("<ordering id=.*?</ordering>", COURSE[_BANK].decode(), re.DOTALL)))
_ORDERED = "".join(
    f'<answer id="{number}"><answertext>{number}</answertext><answerformat>0</answerformat><fraction>{number}</fraction><feedback></feedback>'
    "<feedbackformat>1</feedbackformat></answer>"
    for number in (190, 191)
)


def _of(kind: str, old: str, new: str, document: str = "") -> Damage:
    """Return a damage of the document of an activity, or of another of its documents."""
    return f"{_PLACES[kind]}/{document or kind}.xml", old, new


def _is(name: str, value: str) -> tuple[str, str]:
    return rf"<{name}>[^<]*</{name}>", f"<{name}>{value}</{name}>"


def _gone(name: str) -> tuple[str, str]:
    return rf"<{name}>[^<]*</{name}>", ""


def _after(sign: str, name: str, value: str) -> tuple[str, str]:
    """Return what a field is that comes after a sign."""
    return rf"({sign}.*?<{name}>)[^<]*", rf"\g<1>{value}"


def _question(kind: str, name: str, value: str) -> Damage:
    return _BANK, *_after(f"<name>Q {kind}<", name, value)


def _waits(kind: str, *conditions: str, op: str = "&amp;") -> Damage:
    shown = ",".join("true" for _ in conditions)
    return _of(kind, *_is("availability", f'{{"op":"{op}","c":[{",".join(conditions)}],"showc":[{shown}]}}'), "module")


def _drawing(inside: str) -> tuple[Damage, ...]:
    """Return that the quiz draws from another category, whose only question has this inside."""
    question = re.sub(
        "questioncategoryid>2",
        "questioncategoryid>3",
        a_question(19, "ordering", f"<answers>{_ORDERED}</answers>{inside}"),
    )
    category = a_category(3, 1, "R", question)
    named = "<question_category><id>3</id></question_category></question_categoryref>"
    return (
        (_BANK, "</question_categories>", f"{category}</question_categories>".replace("\\", r"\\")),
        _of("quiz", "</question_categoryref>", named, "inforef"),
        _of("quiz", '"values":."2".', '"values":["3"]'),
    )


def _criterion(kind: str, **said: str) -> Damage:
    """Return by what the course is complete."""
    usual = ("role", "module", "moduleinstance", "courseinstanceshortname", "enrolperiod", "timeend", "gradepass")
    fields = "".join(f"<{name}>{value}</{name}>" for name, value in {**dict.fromkeys(usual, NULL), **said}.items())
    return (
        "completion.xml",
        "(<course_completion_criteria[^>]*>).*(</course_completion_criteria>)",
        (rf"\1<course>2</course><criteriatype>{kind}</criteriatype>{fields}\2"),
    )


DAMAGES: tuple[Case, ...] = (
    ("whole", FINE, ()),
    # documents, and what is listed
    ("gradebook-missing", LOSES, ((_BOOK, "", None),)),
    ("badges-of-no-bytes", LOSES, (("badges.xml", ".*", ""),)),
    ("badges-of-another-root", LOSES, (("badges.xml", "<badges>(.*)</badges>", r"<things>\1</things>"),)),
    ("completion-of-another-root", LOSES, (("completion.xml", "<course_completion>(.*)</course_completion>", r"<things>\1</things>"),)),
    ("files-of-no-bytes", LOSES, (("files.xml", ".*", ""),)),
    ("files-of-another-root", LOSES, (("files.xml", "<files>(.*)</files>", r"<things>\1</things>"),)),
    ("questions-of-no-bytes", LOSES, ((_BANK, ".*", ""),)),
    ("block-cut-off", STOPS, (("course/blocks/html_1/block.xml", "</block>.*", ""),)),
    ("block-of-another-root", LOSES, (("course/blocks/html_1/block.xml", "<block (.*)</block>", r"<things \1</things>"),)),
    ("list-in-another-order", LOSES, ((_LIST, "(<activity><.*?</activity>)(<activity>.*?</activity>)", r"\2\1"),)),
    ("section-of-no-bytes", LOSES, (("sections/section_101/section.xml", ".*", ""),)),
    ("module-of-no-bytes", STOPS, (_of("assign", ".*", "", "module"),)),
    ("assign-of-no-bytes", STOPS, (_of("assign", ".*", ""),)),
    ("assign-of-another-root", STOPS, (_of("assign", "<activity (.*)</activity>", r"<things \1</things>"),)),
    ("assign-missing", STOPS, ((f"{_PLACES['assign']}/assign.xml", "", None),)),
    ("grades-of-work-missing", STOPS, ((f"{_PLACES['assign']}/grades.xml", "", None),)),
    ("blocks-of-a-plugin", LOSES, (("course/blocks/html_1/block.xml", *_is("blockname", "sharing")),)),
    ("block-in-another-context", LOSES, (("course/blocks/html_1/block.xml", *_is("parentcontextid", "77")),)),
    ("block-of-the-site", LOSES, (("course/blocks/html_1/block.xml", *_is("pagetypepattern", "site-index")),)),
    ("block-settings-of-words", LOSES, (("course/blocks/html_1/block.xml", *_is("configdata", "title: Bees")),)),
    ("block-settings", FINE, (("course/blocks/html_1/block.xml", *_is("configdata", "Tzo4OiJzdGRDbGFzcyI6MDp7fQ==")),)),
    ("calendar-missing", STOPS, (("course/calendar.xml", "", None),)),
    ("activity-calendar-missing", STOPS, ((f"{_PLACES['page']}/calendar.xml", "", None),)),
    ("event-of-no-kind", LOSES, (("course/calendar.xml", *_is("eventtype", "lecture")),)),
    ("event-without-group", STOPS, (("course/calendar.xml", *_gone("groupid")),)),
    ("event-of-no-group", FINE, (("course/calendar.xml", *_is("groupid", "")),)),
    ("event-of-no-length", STOPS, (("course/calendar.xml", *_is("timeduration", "")),)),
    ("event-by-nobody", STOPS, (("course/calendar.xml", *_is("userid", "")),)),
    ("event-by-somebody", FINE, (("course/calendar.xml", *_gone("userid")),)),
    ("event-without-description", STOPS, (("course/calendar.xml", *_gone("description")),)),
    ("event-of-a-lost-group", LOSES, (("course/calendar.xml", *_is("groupid", "99")),)),
    ("format-of-a-plugin", FINE, (("course/course.xml", *_is("format", "tiles")),)),
    ("groups-excluded", LOSES, ((_LIST, "<name>groups</name><value>1", "<name>groups</name><value>0"),)),
    ("two-groups-of-a-number", LOSES, (("groups.xml", "<group id=.*</group>", r"\g<0>\g<0>"),)),
    ("grouping-of-a-lost-group", LOSES, (("groups.xml", *_is("groupid", "99")),)),
    ("group-of-another-visibility", LOSES, (("groups.xml", "<groupcustomfields>", "<visibility>9</visibility><groupcustomfields>"),)),
    ("activity-listed-twice", STOPS, ((_LIST, "<activity>.*?</activity>", r"\g<0>\g<0>"), (_LIST, "activities/page_1<", "activities/page_0<"))),
    ("activity-of-another-kind", LOSES, (_of("label", *_is("modulename", "page"), "module"),)),
    ("activity-in-another-section", LOSES, (_of("label", *_is("sectionid", "100"), "module"),)),
    ("activity-of-a-plugin", LOSES, ((_LIST, "<modulename>wiki", "<modulename>hvp"),)),
    ("activity-of-old", LOSES, ((_LIST, "<modulename>wiki", "<modulename>chat"),)),
    ("sections-far-apart", LOSES, (("sections/section_101/section.xml", *_is("number", "9")),)),
    ("sections-of-one-number", LOSES, (("sections/section_101/section.xml", *_is("number", "0")),)),
    ("section-of-an-activity", LOSES, (("sections/section_101/section.xml", "</section>", "<itemid>4</itemid></section>"),)),
    ("section-below-none", LOSES, (("sections/section_101/section.xml", *_is("number", "-1")),)),
    # what is looked for by number, and what must be there whatever it holds
    ("page-without-what-it-is", STOPS, (_of("page", "<page .*</page>", ""),)),
    ("label-with-nothing-around", STOPS, (_of("label", "(<activity [^>]*>).*", r"\1</activity>"),)),
    ("goes-with-a-category-in-words", STOPS, (_of("quiz", r"(<question_category>.*?<id>)[^<]*", r"\1three", "inforef"),)),
    ("tag-of-nothing", STOPS, (_of("page", "</module>", '<tags><tag id="1"><rawname></rawname></tag></tags></module>', "module"),)),
    ("tag-of-one-letter", FINE, (_of("page", "</module>", '<tags><tag id="1"><rawname>a</rawname></tag></tags></module>', "module"),)),
    ("event-by-a-name", STOPS, (("course/calendar.xml", *_is("userid", "anna")),)),
    ("block-around-nothing", STOPS, (("course/blocks/html_1/block.xml", *_is("parentcontextid", "")),)),
    ("categories-without-parents", STOPS, ((_BANK, *_gone("parent")), (_BANK, *_gone("parent")))),
    ("tool-sealed-around-nothing", FINE, (_of("lti", "<password>", '<password encrypted="true">'),)),
    ("tool-without-password", FINE, (_of("lti", *_gone("password")),)),
    ("badge-without-notification", STOPS, (("badges.xml", *_gone("notification")),)),
    ("format-option-of-a-long-format", STOPS, (("course/course.xml", "</course>", "<courseformatoptions><courseformatoption><format>"
      f"{'topics' * 5}</format><sectionid>0</sectionid><name>hiddensections</name><value>0</value></courseformatoption>"
      "</courseformatoptions></course>"),)),
    # what completes something, and what waits
    ("course-complete-by-the-untracked", LOSES, (_of("page", *_is("completion", "0"), "module"),)),
    ("course-complete-by-the-lost", LOSES, (("completion.xml", *_is("moduleinstance", "99")),)),
    ("course-complete-by-no-grade", LOSES, (_criterion("6"),)),
    ("course-complete-by-too-good-a-grade", LOSES, (_criterion("6", gradepass="200"),)),
    ("course-complete-by-a-grade", FINE, (_criterion("6", gradepass="31"),)),
    ("course-complete-on-no-day", LOSES, (_criterion("2"),)),
    ("course-complete-on-a-day", FINE, (_criterion("2", timeend="1900000000"),)),
    ("course-complete-after-no-time", LOSES, (_criterion("5"),)),
    ("course-complete-by-no-activity", LOSES, (_criterion("4", module="page"),)),
    ("course-complete-by-nobody", LOSES, (_criterion("7"),)),
    ("course-complete-by-a-lost-role", LOSES, (_criterion("7", role="77"),)),
    ("course-complete-by-a-role-of-every-site", FINE, (_criterion("7", role="3", roleshortname="editingteacher"),)),
    ("course-complete-after-no-course", LOSES, (_criterion("8"),)),
    ("course-complete-after-another", LOSES, (_criterion("8", courseinstanceshortname="nope"),)),
    ("badge-of-a-lost-activity", LOSES, (("badges.xml", *_is("value", "99")),)),
    ("badge-without-overall", LOSES, (("badges.xml", '<criterion id="1">.*?</criterion>', ""),)),
    ("label-viewed", LOSES, (_of("label", *_is("completion", "2"), "module"), _of("label", *_is("completionview", "1"), "module"))),
    ("pass-of-nothing", LOSES, (_of("quiz", *_is("gradepass", "0"), "grades"),)),
    ("pass-of-nothing-written-out", LOSES, (_of("quiz", *_is("gradepass", "0.00000"), "grades"),)),
    ("attempts-too-many", LOSES, (_of("quiz", *_is("completionminattempts", "3")),)),
    ("attempts-as-many", FINE, (_of("quiz", *_is("completionminattempts", "2")),)),
    ("submission-of-no-kind", LOSES, (_of("assign", *_is("value", "0")),)),
    ("no-ways-at-all", LOSES, (_of("assign", "<plugin_configs>.*</plugin_configs>", "<plugin_configs></plugin_configs>"),)),
    ("waits-for-a-hidden-page", LOSES, (_waits("book", '{"type":"completion","cm":1,"e":1}'), _of("page", *_is("visible", "0"), "module"))),
    ("waits-for-a-page-of-nothing", LOSES, (_waits("book", '{"type":"completion","cm":1,"e":1}'), _of("page", *_is("completionview", "0"), "module"))),
    ("waits-for-a-pass", FINE, (_waits("book", '{"type":"completion","cm":15,"e":2}'),)),
    ("waits-for-a-pass-by-hand", LOSES, (_waits("book", '{"type":"completion","cm":7,"e":2}'),)),
    ("waits-for-a-lost-group", LOSES, (_waits("book", '{"type":"group","id":99}'),)),
    ("waits-for-a-lost-grouping", LOSES, (_waits("book", '{"type":"grouping","id":99}'),)),
    ("waits-for-a-group", FINE, (_waits("book", '{"type":"group","id":7}'),)),
    ("waits-for-no-grouping", LOSES, (_waits("book", '{"type":"grouping","activity":true}'),)),
    ("waits-for-a-lost-grade", LOSES, (_waits("book", '{"type":"grade","id":99,"min":50}'),)),
    ("waits-for-less-than-nothing", LOSES, (_waits("book", '{"type":"grade","id":515,"max":0}'),)),
    ("waits-for-blanks", STOPS, (_of("book", *_is("availability", " "), "module"),)),
    ("waits-for-nought", FINE, (_of("book", *_is("availability", "0"), "module"),)),
    ("section-waits-for-blanks", STOPS, (("sections/section_101/section.xml", *_is("availabilityjson", "\n")),)),
    ("waits-for-itself", LOSES, (_waits("page", '{"type":"completion","cm":1,"e":1}'),)),
    ("waits-for-no-time-at-all", LOSES, (_waits("book", '{"type":"date","d":"&lt;","t":1800000000}', '{"type":"date","d":">=","t":1700000000}', op="!|"),)),
    ("waits-for-a-time-outside", FINE, (_waits("book", '{"type":"date","d":"&lt;","t":1700000000}', '{"type":"date","d":">=","t":1800000000}', op="!|"),)),
    ("waits-for-neither-of-two-within", LOSES, (_waits("book", '{"op":"!|","c":[{"type":"completion","cm":1,"e":1},{"type":"completion","cm":1,"e":0}]}'),)),
    ("waits-for-a-group-and-for-none", LOSES, (_waits("book", '{"type":"group","id":7}', '{"op":"!|","c":[{"type":"group"}]}'),)),
    ("waits-for-no-grade-at-all", FINE, (_waits("book", '{"type":"grade","id":515,"min":50}', '{"type":"grade","id":515,"max":60}', op="!|"),)),
    ("waits-for-what-is-done-and-not-passed", FINE, (_waits("book", '{"type":"completion","cm":15,"e":1}', '{"op":"!|","c":[{"type":"completion","cm":15,"e":2}]}'),)),
    ("section-of-an-own-grouping", LOSES, (("sections/section_101/section.xml", *_is("availabilityjson", '{"op":"&amp;","c":[{"type":"grouping","activity":true}],"showc":[true]}')),)),
    # grades
    ("grade-by-a-lost-scale", LOSES, (_of("assign", *_is("gradetype", "2"), "grades"), _of("assign", *_is("scaleid", "99"), "grades"))),
    ("grade-by-no-scale", LOSES, (_of("assign", *_is("gradetype", "2"), "grades"),)),
    ("grade-without-number", LOSES, (_of("assign", *_is("itemnumber", ""), "grades"),)),
    ("grade-of-another-number", LOSES, (_of("assign", *_is("itemnumber", "1"), "grades"),)),
    ("grade-of-a-lost-category", LOSES, (_of("assign", *_is("categoryid", "99"), "grades"),)),
    ("grade-missing", LOSES, (_of("assign", "<grade_item .*</grade_item>", "", "grades"),)),
    ("grades-of-no-bytes", LOSES, ((f"{_PLACES['quiz']}/grades.xml", "", ""),)),
    ("formula-of-a-lost-grade", LOSES, ((_BOOK, "##gi515##", "##gi99##"),)),
    ("formula-of-itself", LOSES, ((_BOOK, "##gi515##", "##gi601##"),)),
    ("formula-without-sign", LOSES, ((_BOOK, "=##gi", "##gi"),)),
    ("formula-of-words", LOSES, ((_BOOK, "=##gi515##", "=best(##gi515##)"),)),
    ("formula-by-idnumbers", LOSES, ((_BOOK, "##gi515##", "[[quiz]]"),)),
    ("formula-of-functions", FINE, ((_BOOK, "=##gi515##", "=round(##gi515##)"),)),
    ("grade-by-hand-of-nothing", STOPS, ((_BOOK, *_after('id="601"', "grademax", "")),)),
    ("category-drops-all", LOSES, ((_BOOK, *_is("droplow", "3")),)),
    ("category-drops-some", FINE, ((_BOOK, *_is("droplow", "1")),)),
    ("category-counts-by-nothing", LOSES, ((_BOOK, *_is("aggregation", "5")),)),
    ("letter-beyond", LOSES, ((_BOOK, *_is("lowerboundary", "900")),)),
    ("letters-of-one-grade", LOSES, ((_BOOK, *_is("lowerboundary", "0")),)),
    # texts and files
    ("link-to-another-kind", LOSES, (_of("page", "BOOKVIEW", "QUIZVIEW"),)),
    ("link-to-the-lost", LOSES, (_of("page", r"VIEWBYID\*2", "VIEWBYID*99"),)),
    ("link-to-a-misspelt-kind", LOSES, (_of("page", "BOOKVIEW", "BOKVIEW"),)),
    ("link-to-the-course", FINE, (_of("page", r"BOOKVIEWBYID\*2", "COURSEVIEWBYID*2"),)),
    ("text-escaped-twice", LOSES, (_of("book", "Words", "&amp;lt;p&amp;gt;Words&amp;lt;/p&amp;gt;"),)),
    ("text-in-markdown", FINE, (_of("book", *_is("contentformat", "4")),)),
    ("file-by-its-old-address", LOSES, (_of("page", "Hello", "&lt;img src=&quot;https://moodle.example/pluginfile.php/3/mod_page/content/0/a.png&quot;&gt;"),)),
    ("file-of-a-draft", LOSES, (_of("page", "Hello", "&lt;img src=&quot;https://x.example/draftfile.php/5/user/draft/7/a.png&quot;&gt;"),)),
    ("file-of-another-site", FINE, (_of("page", "Hello", "&lt;img src=&quot;https://x.example/pluginfile.php/3/mod_page/content/0/a.png&quot;&gt;"),)),
    ("file-in-small-letters", LOSES, (_of("page", "Hello", "&lt;img src=&quot;@@pluginfile@@/a.png&quot;&gt;"),)),
    ("file-under-a-number", LOSES, (("files.xml", *_is("itemid", "7")),)),
    ("file-of-another-chapter", LOSES, (("files.xml", "<itemid>21", "<itemid>22"),)),
    ("file-of-another-component", LOSES, (("files.xml", "mod_book", "mod_page"),)),
    ("file-of-no-activity", LOSES, (("files.xml", "<contextid>1002", "<contextid>9002"),)),
    ("launch-file-lost", LOSES, (("files.xml", "a[.]html", "b.html"),)),
    ("picture-of-a-question-lost", LOSES, (_question("essay", "questiontext", "&lt;img src=&quot;@@PLUGINFILE@@/q.png&quot;&gt;"),)),
    # activities
    ("book-of-hidden-chapters", LOSES, (_of("book", *_is("hidden", "1")),)),
    ("book-of-nothing", LOSES, (_of("book", "<chapter .*</chapter>", ""),)),
    ("book-numbered-otherwise", FINE, (_of("book", *_is("numbering", "7")),)),
    ("choice-of-nothing", LOSES, (_of("choice", "<option .*</option>", ""),)),
    ("choice-of-none-each", LOSES, (_of("choice", "<maxanswers>4", "<maxanswers>0"),)),
    ("choice-shut-before-it-opens", LOSES, (_of("choice", *_is("timeopen", "1800000000")), _of("choice", *_is("timeclose", "1700000000")))),
    ("choice-opens-as-it-shuts", LOSES, (_of("choice", *_is("timeopen", "1800000000")), _of("choice", *_is("timeclose", "1800000000")))),
    ("choice-shut-after-it-opens", FINE, (_of("choice", *_is("timeopen", "1700000000")), _of("choice", *_is("timeclose", "1800000000")))),
    ("data-without-fields", LOSES, (_of("data", "<field .*</field>", ""), _of("data", *_is("singletemplate", "")), _of("data", *_is("listtemplate", "")))),
    ("data-names-a-lost-field", LOSES, (_of("data", r"\[\[Name\]\] ", "[[Nam]] "),)),
    ("data-names-in-capitals", FINE, (_of("data", r"\[\[Name\]\] ", "[[NAME]] "),)),
    ("data-fields-of-one-name", LOSES, (_of("data", "<name>Age", "<name>Name"),)),
    ("data-sorted-by-a-lost-field", LOSES, (_of("data", *_is("defaultsort", "99")),)),
    ("data-field-of-no-kind", LOSES, (_of("data", *_is("type", "colour")),)),
    ("grade-of-no-kind", LOSES, (_of("quiz", *_is("gradetype", "9"), "grades"),)),
    ("grade-by-hand-of-no-points", LOSES, ((_BOOK, *_after('id="601"', "grademax", "0")),)),
    ("wiki-of-an-empty-mode", LOSES, (_of("wiki", *_is("wikimode", "")),)),
    ("work-handed-in-anew-by-no-method", LOSES, (_of("assign", *_is("attemptreopenmethod", "always")),)),
    ("page-more-than-visible", FINE, (_of("page", *_is("visible", "2"), "module"),)),
    ("feedback-of-nothing", LOSES, (_of("feedback", "<item .*</item>", ""),)),
    ("feedback-without-options", LOSES, (_of("feedback", "Good[|]Bad", ""),)),
    ("feedback-of-no-presentation", LOSES, (_of("feedback", *_is("presentation", "")),)),
    ("feedback-waits-for-a-later-item", LOSES, (_of("feedback", *_after('item id="51"', "dependitem", "52")),)),
    ("feedback-waits-for-a-lost-item", LOSES, (_of("feedback", *_after('item id="52"', "dependitem", "99")),)),
    ("feedback-of-no-number", LOSES, (_of("feedback", "1[|]9", "9|1"),)),
    ("feedback-of-one-number", FINE, (_of("feedback", "1[|]9", "9|9"),)),
    ("forum-of-no-kind", FINE, (_of("forum", *_is("type", "talk")),)),
    ("glossary-of-another-look", FINE, (_of("glossary", *_is("displayformat", "cards")),)),
    ("imscp-of-json", LOSES, (_of("imscp", *_is("structure", "[]")),)),
    ("label-without-text", STOPS, (_of("label", *_gone("intro")),)),
    ("lesson-of-nothing", LOSES, (_of("lesson", "<page .*</page>", ""),)),
    ("lesson-of-two-beginnings", LOSES, (_of("lesson", "<prevpageid>81", "<prevpageid>0"),)),
    ("lesson-without-beginning", LOSES, (_of("lesson", "<prevpageid>0", "<prevpageid>82"),)),
    ("lesson-password-of-nothing", LOSES, (_of("lesson", *_is("usepassword", "1")),)),
    ("lesson-answer-of-words", LOSES, (_of("lesson", "3:4", "three"),)),
    ("lesson-page-without-answers", LOSES, (_of("lesson", '<answer id="821">.*?</answer>', ""),)),
    ("lesson-leads-to-a-lost-page", LOSES, (_of("lesson", "<jumpto>-1", "<jumpto>99"),)),
    ("lesson-waits-for-a-lost-one", LOSES, (_of("lesson", *_is("dependency", "99")),)),
    ("lesson-waits-for-itself", LOSES, (_of("lesson", *_is("dependency", "8")), _of("lesson", *_is("conditions", 'O:8:"stdClass":1:{s:9:"completed";i:1;}')))),
    ("lesson-waits-for-nothing-of-itself", FINE, (_of("lesson", *_is("dependency", "8")),)),
    ("lesson-page-leads-to-itself", LOSES, (_of("lesson", "<jumpto>-1", "<jumpto>0"),)),
    ("lesson-page-leads-to-itself-beside-a-menu", FINE, (_of("lesson", "<jumpto>-1", "<jumpto>0"), _of("lesson", "<grade>", "<displayleft>1</displayleft><grade>"))),
    ("lesson-page-without-buttons", FINE, (_of("lesson", '<answer id="811">.*?</answer>', ""),)),
    ("lesson-question-leads-back", LOSES, (_of("lesson", "<jumpto>-9", "<jumpto>0"),)),
    ("lesson-question-leads-back-once", FINE, (_of("lesson", "<jumpto>-9", "<jumpto>0"), _of("lesson", "<grade>", "<maxattempts>1</maxattempts><grade>"))),
    ("lesson-leads-to-no-kind-of-page", LOSES, (_of("lesson", "<jumpto>-1", "<jumpto>-7"),)),
    ("lesson-page-without-list-of-answers", LOSES, (_of("lesson", '<answers><answer id="821">.*?</answers>', ""),)),
    ("lesson-pages-of-one-number", LOSES, (_of("lesson", 'page id="82"', 'page id="81"'),)),
    ("tool-of-no-address", LOSES, (_of("lti", *_is("toolurl", "")),)),
    ("tool-of-half-an-address", LOSES, (_of("lti", *_is("toolurl", "example.org/launch")),)),
    ("scorm-of-nothing", LOSES, (_of("scorm", "<sco .*</sco>", ""),)),
    ("scorm-below-nothing", LOSES, (_of("scorm", "<parent>O", "<parent>X"),)),
    ("scorm-of-no-package", LOSES, (_of("scorm", *_is("reference", "")),)),
    ("scorm-of-no-version", LOSES, (_of("scorm", *_is("version", "1.2")),)),
    ("wiki-of-no-mode", LOSES, (_of("wiki", *_is("wikimode", "shared")),)),
    ("workshop-of-a-plugin", LOSES, (_of("workshop", *_is("strategy", "pairs")),)),
    ("workshop-of-another-form", LOSES, (_of("workshop", *_is("strategy", "comments")),
                                         _of("workshop", "</workshop>", "<subplugin_workshopform_comments_workshop></subplugin_workshopform_comments_workshop></workshop>"))),
    ("workshop-without-levels", LOSES, (_of("workshop", "<workshopform_rubric_level .*</workshopform_rubric_level>", ""),)),
    ("workshop-of-no-phase", LOSES, (_of("workshop", *_is("phase", "15")),)),
    ("rubric-of-no-criteria", LOSES, (_of("assign", "<criterion .*</criterion>", "", "grading"),)),
    ("rubric-of-no-points", LOSES, (_of("assign", *_is("score", "0"), "grading"), _of("assign", "<score>5", "<score>0", "grading"))),
    ("rubric-of-no-levels", LOSES, (_of("assign", "<level .*</level>", "", "grading"),)),
    ("rubric-of-another-area", LOSES, (_of("assign", *_is("areaname", "posts"), "grading"),)),
    ("rubric-of-another-method", LOSES, (_of("assign", *_is("activemethod", "guide"), "grading"),)),
    # quizzes and their questions
    ("quiz-of-nothing", LOSES, (_of("quiz", "<question_instance .*</question_instance>", ""), _of("quiz", *_is("sumgrades", "0")))),
    ("quiz-of-no-total", LOSES, (_of("quiz", *_is("sumgrades", "0")),)),
    ("quiz-of-no-behaviour", LOSES, (_of("quiz", *_is("preferredbehaviour", "deferred_feedback")),)),
    ("quiz-of-essays-of-no-behaviour", FINE, (_of("quiz", *_is("preferredbehaviour", "deferred_feedback")), _of("quiz", "entryid>1<", "entryid>6<"),
                                              _of("quiz", '<question_instance id="2">.*</question_instance>', ""), _of("quiz", *_is("sumgrades", "1")))),
    ("quiz-of-another-total", LOSES, (_of("quiz", *_is("sumgrades", "30")),)),
    ("quiz-of-a-lost-question", LOSES, (_of("quiz", "entryid>1<", "entryid>99<"),)),
    ("quiz-of-another-context", LOSES, (_of("quiz", *_is("usingcontextid", "9")),)),
    ("quiz-of-a-lost-version", LOSES, (_of("quiz", r"<version>\$@NULL@\$", "<version>7"),)),
    ("quiz-of-a-draft", LOSES, (("questions.xml", *_is("status", "draft")),)),
    ("quiz-of-two-in-a-slot", STOPS, (_of("quiz", "<slot>2", "<slot>1"),)),
    ("quiz-slots-with-gaps", LOSES, (_of("quiz", "<slot>3", "<slot>4"),)),
    ("quiz-slot-before-the-first", LOSES, (_of("quiz", *_is("firstslot", "2")),)),
    ("quiz-draws-too-many", LOSES, (_of("quiz", '"values":."2".', '"values":["1"]'),)),
    ("quiz-draws-what-cannot-be-asked", LOSES, (_waits("book", '{"type":"completion","cm":15,"e":1}'), *_drawing(""))),
    ("quiz-draws-what-can-be-asked", FINE, (_waits("book", '{"type":"completion","cm":15,"e":1}'), *_drawing(_ORDERING))),
    ("quiz-draws-by-no-json", STOPS, (_of("quiz", *_is("filtercondition", "category 2")),)),
    ("quiz-page-missing", STOPS, (_of("quiz", *_gone("page")),)),
    ("quiz-comments-overlap", LOSES, (_of("quiz", "<maxgrade>5", "<maxgrade>7"),)),
    ("quiz-shut-at-once", LOSES, (_of("quiz", *_is("timeopen", "1800000000")), _of("quiz", *_is("timeclose", "1700000000")))),
    ("quiz-category-unnamed", LOSES, (_of("quiz", "<question_category><id>2</id></question_category>", "", "inforef"),)),
    ("quiz-marked-by-no-method", LOSES, (_of("quiz", *_is("grademethod", "9")),)),
    ("quiz-without-way-back", FINE, (_of("quiz", *_is("navmethod", "freee")),)),
    ("essay-of-no-form", LOSES, (_question("essay", "responseformat", "editer"),)),
    ("quiz-reviewed-by-nothing", LOSES, (_of("quiz", *_is("reviewattempt", "")),)),
    ("category-in-itself", LOSES, ((_BANK, "<parent>1<", "<parent>2<"),)),
    ("questions-in-the-top", STOPS, ((_BANK, "<name>Q<", "<name>top<"), (_BANK, "<parent>1<", "<parent>0<"), (_BANK, "<name>top<", "<name>Q<"))),
    ("entries-of-empty-numbers", STOPS, ((_BANK, *_after("<question_bank_entry id=.1", "idnumber", "")), (_BANK, *_after("<question_bank_entry id=.2", "idnumber", "")))),
    ("entry-of-an-empty-number", FINE, ((_BANK, *_after("<question_bank_entry id=.1", "idnumber", "")),)),
    ("entries-of-nought", STOPS, ((_BANK, *_after("<question_bank_entry id=.1", "idnumber", "0")), (_BANK, *_after("<question_bank_entry id=.2", "idnumber", "0")))),
    ("questions-of-an-earlier-moodle", LOSES, ((_LIST, *_is("backup_release", "3.8")),)),
    ("groups-of-no-number", FINE, (("groups.xml", *_is("idnumber", NULL)),)),
    ("letter-of-more", STOPS, ((_BOOK, "<lowerboundary>", "<colour>red</colour><lowerboundary>"),)),
    ("two-units-of-a-name", STOPS, ((_BANK, "</plugin_qtype_numerical_question>", '<numerical_units><numerical_unit id="1"><multiplier>1</multiplier><unit>kg</unit>'
      '</numerical_unit><numerical_unit id="2"><multiplier>2</multiplier><unit>kg</unit></numerical_unit></numerical_units></plugin_qtype_numerical_question>'),)),
    ("two-grades-in-a-place", STOPS, (_of("quiz", "<sections>", '<quiz_grade_items><quiz_grade_item id="1"><sortorder>1</sortorder><name>A</name></quiz_grade_item>'
      '<quiz_grade_item id="2"><sortorder>1</sortorder><name>B</name></quiz_grade_item></quiz_grade_items><sections>'),)),
    ("two-essays-in-a-question", STOPS, ((_BANK, "<essay id=.*?</essay>", r"\g<0>\g<0>"),)),
    ("two-orders-in-a-question", STOPS, ((_BANK, "<ordering id=.*?</ordering>", r"\g<0>\g<0>"),)),
    ("two-questions-of-a-slot", STOPS, (_of("quiz", "<question_reference id=.*?</question_reference>", r"\g<0>\g<0>"),)),
    ("two-draws-of-a-slot", STOPS, (_of("quiz", "<question_set_reference id=.*?</question_set_reference>", r"\g<0>\g<0>"),)),
    ("two-sections-from-a-slot", STOPS, (_of("quiz", "<section id=.*?</section>", r"\g<0>\g<0>"),)),
    ("two-criteria-of-a-badge", STOPS, (("badges.xml", '<criterion id="1">.*?</criterion>', r"\g<0>\g<0>"),)),
    ("two-rubrics-of-an-area", STOPS, (_of("assign", "(<definition id=.*)</definitions>", r"\1\1</definitions>", "grading"),)),
    ("two-areas-of-a-name", STOPS, (_of("assign", "<area id=.*?</area>", r"\g<0>\g<0>", "grading"),)),
    ("top-category-of-nobody", FINE, ((_BANK, "</question_categories>", '<question_category id="9"><name>top</name><contextid>1015</contextid><contextlevel>70'
      '</contextlevel><contextinstanceid>15</contextinstanceid><info></info><infoformat>0</infoformat><stamp>c+9</stamp><parent>0</parent>'
      "<sortorder>0</sortorder><idnumber>$@NULL@$</idnumber><question_bank_entries></question_bank_entries></question_category></question_categories>"),)),
    ("question-without-text", LOSES, (_question("essay", "questiontext", ""),)),
    ("question-of-a-plugin", LOSES, (_question("essay", "qtype", "stack"),)),
    ("choice-of-no-right-answer", LOSES, (_question("multichoice", "fraction", "0"),)),
    ("choice-of-half-a-right-answer", LOSES, (_question("multichoice", "fraction", "0.5"),)),
    ("choice-of-two-right-answers", FINE, ((_BANK, *_after("<answertext>B<", "fraction", "1")),)),
    ("choice-of-no-answers", LOSES, ((_BANK, "(<name>Q multichoice<.*?)<answer .*?</answers>", r"\1</answers>"),)),
    ("true-and-false-right", LOSES, ((_BANK, *_after("<answertext>False<", "fraction", "1")),)),
    ("true-of-no-answer", LOSES, ((_BANK, *_is("trueanswer", "99")),)),
    ("true-and-false-one", LOSES, ((_BANK, *_is("falseanswer", "31")),)),
    ("number-in-words", LOSES, ((_BANK, "<answertext>4<", "<answertext>four<"),)),
    ("number-with-a-comma", LOSES, ((_BANK, "<answertext>4<", "<answertext>4,5<"),)),
    ("number-with-an-exponent", FINE, ((_BANK, "<answertext>4<", "<answertext>4e2<"),)),
    ("tolerance-below-none", LOSES, ((_BANK, *_is("tolerance", "-1")),)),
    ("tolerance-of-no-answer", LOSES, ((_BANK, r"(<numerical_record id=.1.><answer>)21", r"\g<1>99"),)),
    ("short-answer-of-nothing", LOSES, ((_BANK, "<answertext>bee<", "<answertext><"),)),
    ("short-answer-of-blanks", LOSES, ((_BANK, "<answertext>bee<", "<answertext>  <"),)),
    ("match-of-nothing", LOSES, ((_BANK, "<match id=.*</match>", ""),)),
    ("match-without-options", LOSES, ((_BANK, "<matchoptions.*</matchoptions>", ""),)),
    ("essay-of-more-than-it-takes", LOSES, ((_BANK, *_is("minwordlimit", "51")),)),
    ("essay-without-record", FINE, ((_BANK, "<essay .*</essay>", ""),)),
    ("essay-of-as-many", FINE, ((_BANK, *_is("minwordlimit", "50")),)),
    ("gap-of-nothing", LOSES, ((_BANK, r"This is \[\[1\]\]", "This is [[3]]"),)),
    ("gap-of-the-last", FINE, ((_BANK, r"This is \[\[1\]\]", "This is [[2]]"),)),
    ("no-gap", LOSES, ((_BANK, r"This is \[\[1\]\]", "This is a"),)),
    ("formula-of-no-values", LOSES, ((_BANK, "<answertext>{a}", "<answertext>{b}"),)),
    ("formula-of-an-unknown-function", LOSES, ((_BANK, "<answertext>{a}", "<answertext>root({a})"),)),
    ("values-missing", LOSES, ((_BANK, *_is("itemcount", "2")),)),
    ("values-of-nothing", LOSES, ((_BANK, "<dataset_item .*</dataset_item>", "\n "),)),
    ("order-of-nothing", LOSES, ((_BANK, '<answer id="91">.*?</answers>', "</answers>"),)),
    ("order-without-record", LOSES, ((_BANK, "<ordering.*</ordering>", ""),)),
    ("answers-of-one-number", LOSES, ((_BANK, 'question id="2"', 'question id="1"'),)),
    ("question-of-no-type", LOSES, ((_BANK, "<plugin_qtype_match_question>.*</plugin_qtype_match_question>", ""),)),
)  # fmt: skip

ALL: Mapping[str, tuple[str, str, Mapping[str, bytes], tuple[Case, ...]]] = {
    "every-kind": ("moodle", ".mbz", COURSE, DAMAGES),
}
__all__ = ["ALL", "NULL"]
