"""What Moodle limits in the documents of a backup: the columns of its tables, and what its restore cannot do without.

One column stands for one field of a document: a database refuses what does not fit, and the restore stops there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from coursewright.audit.lms.limits import Effect, Filled, Length, Limit, LimitTable, Matching, Number, OneOf, There

_TABLES, _RESTORED = "tables", "restored"
_SOURCES = {
    _TABLES: "the columns of Moodle's tables (install.xml) in 5.0.6; every kind was tried by restoring",
    _RESTORED: "restored or imported into 5.0.6 without the field, or with another value",
}
# By document and element: fields, each with how many characters its column has.
_LENGTHS: Mapping[str, Mapping[str, str]] = {
    "assign": {"assign": "name 255, attemptreopenmethod 10", "plugin_config": "plugin 28, subtype 28, name 28"},
    "bigbluebuttonbn": {"bigbluebuttonbn": "name 255, meetingid 255, moderatorpass 255, viewerpass 255"},
    "book": {"book": "name 255", "chapter": "title 255, importsrc 255"},
    "choice": {"choice": "name 255"},
    "data": {"data": "name 255", "field": "type 255, name 255"},
    "feedback": {
        "feedback": "name 255, site_after_submit 255",
        "item": "name 255, label 255, typ 255, dependvalue 255, options 255",
    },
    "folder": {"folder": "name 255"},
    "forum": {"forum": "type 20, name 255", "discussion": "name 255", "post": "subject 255, attachment 100"},
    "glossary": {
        "glossary": "name 255, displayformat 50, approvaldisplayformat 50",
        "entry": "concept 255, attachment 100",
        "category": "name 255",
    },
    "h5pactivity": {"h5pactivity": "name 255"},
    "imscp": {"imscp": "name 255"},
    "label": {"label": "name 255"},
    "lesson": {"lesson": "name 255, password 32, mediafile 255, bgcolor 7", "page": "title 255"},
    "lti": {"lti": "name 255, resourcekey 255, password 255, servicesalt 40"},
    "page": {"page": "name 255"},
    "qbank": {"qbank": "name 255, type 40"},
    "quiz": {
        "quiz": "name 255, overduehandling 16, preferredbehaviour 32, navmethod 16, password 255, subnet 255, "
        "browsersecurity 32",
        "question_instance": "displaynumber 16",
        "section": "heading 1333",
    },
    "resource": {"resource": "name 255"},
    "scorm": {
        "scorm": "name 255, scormtype 50, reference 255, version 9, sha1hash 40, md5hash 32, options 255",
        "sco": "manifest 255, organization 255, parent 255, identifier 255, scormtype 5, title 255",
    },
    "subsection": {"subsection": "name 255"},
    "url": {"url": "name 255"},
    "wiki": {"wiki": "name 255, firstpagetitle 255, wikimode 20, defaultformat 20", "page": "title 255"},
    "workshop": {
        "workshop": "name 255, strategy 30, evaluation 30, submissionfiletypes 255, overallfeedbackfiletypes 255"
    },
    "grading": {"area": "activemethod 100", "definition": "name 255"},
    "module": {"module": "idnumber 100, lang 30"},
    "section": {"section": "name 255, component 100"},
    "grades": {"grade_item": "itemname 255, itemtype 30, itemmodule 30, idnumber 255"},
    "gradebook": {
        "grade_category": "fullname 255",
        "grade_item": "itemname 255, itemtype 30, idnumber 255",
        "grade_letter": "letter 255",
    },
    "groups": {"group": "name 254, idnumber 100, enrolmentkey 50", "grouping": "name 255, idnumber 100"},
    "questions": {
        "question_category": "name 255, stamp 255, idnumber 100",
        "question_bank_entry": "idnumber 100",
        "question": "name 255, qtype 20, stamp 255",
        "question_hint": "options 255",
        "match": "answertext 255",
        "numerical_unit": "unit 50",
        "multichoice": "answernumbering 10",
        "essay": "responseformat 16",
    },
    "files": {"file": "component 100, filearea 50, filepath 255, filename 255, mimetype 100, author 255, license 255"},
    "scales": {"scale": "name 255"},
    "outcomes": {"outcome": "shortname 255"},
}
# Texts that may be empty, and may not be missing: a column without a default.
_THERE: Mapping[str, Mapping[str, str]] = {
    "assign": {"assign": "intro"},
    "book": {"chapter": "content"},
    "choice": {"choice": "intro"},
    "data": {"data": "intro", "field": "description"},
    "feedback": {"feedback": "intro, page_after_submit", "item": "presentation"},
    "forum": {"forum": "intro", "post": "message"},
    "glossary": {"glossary": "intro", "entry": "definition"},
    "label": {"label": "intro"},
    "lti": {"lti": "toolurl"},
    "quiz": {"quiz": "intro, timeopen, timeclose"},
    "scorm": {"scorm": "intro"},
    "url": {"url": "externalurl"},
    "section": {"section": "number"},
    "questions": {
        "question_category": "contextid",
        "question": "questiontext, generalfeedback, qtype",
        "answer": "answertext, feedback",
        "multichoice": "correctfeedback, partiallycorrectfeedback, incorrectfeedback",
        "match": "questiontext, answertext",
        "question_hint": "hint",
    },
}
# Columns that hold numbers: a word in them is refused.
_NUMBERS: Mapping[str, Mapping[str, str]] = {
    "module": {
        "module": "visible, completion, completionview, completionexpected, completiongradeitemnumber, "
        "completionpassgrade, groupmode, indent, showdescription"
    },
    "section": {"section": "number, visible"},
    "assign": {"assign": "grade, duedate, allowsubmissionsfromdate, cutoffdate, maxattempts, completionsubmit"},
    "quiz": {
        "quiz": "timeopen, timeclose, timelimit, attempts_number, grademethod, sumgrades, grade, questionsperpage",
        "question_instance": "slot, page, maxmark",
    },
    "forum": {"forum": "duedate, cutoffdate, scale, grade_forum"},
    "grades": {"grade_item": "grademax, grademin, gradepass, itemnumber, multfactor, plusfactor"},
    "questions": {"question": "defaultmark, penalty, questiontextformat", "answer": "fraction"},
    "grading": {"level": "score"},
    "course": {"course": "startdate"},
    "page": {"page": "contentformat, display, introformat"},
}
# What is shown by its name alone; a label has none of its own.
_NAMED = tuple(name for name, fields in _LENGTHS.items() if "name 255" in fields.get(name, "") and name != "label")


def _limits() -> Iterator[Limit]:
    for name in {**_LENGTHS, **_NUMBERS}:
        for element, field, most in _fields(_LENGTHS.get(name, {})):
            yield Limit(f"{name}.xml", element, field, Length(int(most)), Effect.STOPS, _TABLES)
        for element, field, _ in _fields(_THERE.get(name, {})):
            yield Limit(f"{name}.xml", element, field, There(), Effect.STOPS, _TABLES)
        for element, field, _ in _fields(_NUMBERS.get(name, {})):
            yield Limit(f"{name}.xml", element, field, Number(), Effect.STOPS, _RESTORED)
        if name in _NAMED and name != "section":
            yield Limit(f"{name}.xml", name, "name", Filled(), Effect.HIDDEN, _RESTORED)


def _fields(elements: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the elements and fields of a row of the tables above, each with the number beside it."""
    for element, fields in elements.items():
        for field in fields.split(", "):
            name, _, most = field.partition(" ")
            yield element, name, most


# Without which something is not restored, though the restore goes on.
_LEFT_OUT = (
    Limit("module.xml", "module", "modulename", Filled(), Effect.LEFT_OUT, _RESTORED),
    Limit("scorm.xml", "scorm", "reference", Filled(), Effect.LEFT_OUT, _RESTORED),
)

# What is restored as it stands, and then does not work.
_BEHAVIOURS = (
    *("deferredfeedback", "adaptive", "adaptivenopenalty", "deferredcbm", "immediatecbm", "immediatefeedback"),
    *("interactive", "interactivecountback", "manualgraded"),
)
_AMISS = (
    Limit("quiz.xml", "quiz", "preferredbehaviour", OneOf(_BEHAVIOURS), Effect.TAKEN, _RESTORED),
    Limit("module.xml", "module", "completion", OneOf(("0", "1", "2")), Effect.TAKEN, _RESTORED),
    Limit("module.xml", "module", "visible", OneOf(("0", "1")), Effect.TAKEN, _RESTORED),
    Limit("page.xml", "page", "content", There(), Effect.EMPTY, _RESTORED),
)
_PLACES = (
    Limit(
        *("files.xml", "file", "filepath"),
        Matching(re.compile("/(.*/)?", re.S), "a path from / to /"),
        Effect.STOPS,
        _RESTORED,
    ),
    Limit(*("files.xml", "file", "filename"), Filled(), Effect.STOPS, _RESTORED),
)

LONGEST = 255
"""The characters of a name, of a folder with a slash on either side, and of the name of a file."""

# Of cartridges and SCORM packages: only what becomes an activity has a name that is stored.
_NAMES = (
    Limit("imsmanifest.xml", "item", "title", Length(LONGEST), Effect.STOPS, _RESTORED),
    Limit("imsmanifest.xml", "item", "@identifier", Length(LONGEST), Effect.STOPS, _RESTORED),
    Limit("(discussions)", "topic", "title", Length(LONGEST), Effect.STOPS, _RESTORED),
    Limit("(tools)", "cartridge_basiclti_link", "title", Length(LONGEST), Effect.STOPS, _RESTORED),
    Limit("(quizzes)", "item", "@title", Length(LONGEST), Effect.STOPS, _RESTORED),
)

TABLE = LimitTable(
    "Moodle", ("5.0.6",), _SOURCES, (*_limits(), *_LEFT_OUT, *_AMISS, *_PLACES, *_NAMES), null="$@NULL@$"
)
"""What Moodle limits in the documents of a backup."""
