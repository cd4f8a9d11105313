"""What Moodle limits in the documents of a backup: the columns of its tables, and what its restore cannot do without.

One column stands for one field of a document: a database refuses what does not fit, and the restore stops there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.audit.lms.field_bounds import (
    Alone,
    Filled,
    Leading,
    Length,
    Matching,
    OneOf,
    There,
    Whole,
    Within,
    Written,
)
from coursewright.audit.lms.limits import Effect, Limit, LimitTable
from coursewright.audit.lms.moodle.columns import columns, numbers
from coursewright.audit.lms.moodle.mappings import mapped
from coursewright.audit.lms.moodle.stock import MODULES
from coursewright.packages.documents.moodle.xml import NULL

_TABLES, _RESTORED = "tables", "restored"
_SOURCES = {
    _TABLES: "the columns of Moodle's tables (install.xml) in 5.0.6; every kind was tried by restoring",
    _RESTORED: "restored or imported into 5.0.6 without the field, or with another value",
}
_NAMED = sorted(MODULES - {"label"})  # what is shown by its name alone; a label has none of its own

# How a text is written: Moodle's own way, HTML, plain or Markdown. Of any other, the page shows an error in its place.
_TEXT_FORMATS = (
    *("introformat", "contentformat", "summaryformat", "questiontextformat", "generalfeedbackformat", "answerformat"),
    *("feedbackformat", "definitionformat", "descriptionformat", "hintformat", "messageformat", "activityformat"),
    *("page_after_submitformat", "feedbacktextformat", "contentsformat"),
)


_LATEST = 9_999_999_999  # seconds since 1970, in 2286: what is beyond was written in milliseconds


def _limits() -> Iterator[Limit]:
    for document, element, field, bound in columns():
        is_name = field == "name" and element in _NAMED and document == f"{element}.xml"
        if not (is_name and isinstance(bound, There)):  # what has no name is not shown, which is told in its place
            yield Limit(document, element, field, bound, Effect.STOPS, _TABLES)
        if field in _TEXT_FORMATS and isinstance(bound, Whole):
            yield Limit(document, element, field, OneOf(("0", "1", "2", "4")), Effect.BREAKS, _RESTORED)
        if isinstance(bound, Leading):  # and of what begins so, the rest is lost
            yield Limit(document, element, field, Alone(), Effect.CUT, _RESTORED)
            yield Limit(document, element, field, Within(most=_LATEST), Effect.TAKEN, _RESTORED)
    for name in _NAMED:
        yield Limit(f"{name}.xml", name, "name", Filled(), Effect.HIDDEN, _RESTORED)


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
_SOMETHING = re.compile(".+", re.S)
# By document and element: fields, each with the values that it knows; of others, Moodle makes what it can.
_VALUES = """
quiz.xml quiz grademethod=1|2|3|4 navmethod=free|sequential overduehandling=autosubmit|graceperiod|autoabandon
forum.xml forum type=general|eachuser|single|qanda|blog|news|social|teacher forcesubscribe=0|1|2|3
glossary.xml glossary displayformat=dictionary|continuous|encyclopedia|entrylist|faq|fullwithauthor|fullwithoutauthor
workshop.xml workshop strategy=accumulative|comments|numerrors|rubric evaluation=best
scorm.xml scorm scormtype=local|localsync|external|aiccurl
choice.xml choice display=0|1 publish=0|1 showresults=0|1|2|3
data.xml field type=checkbox|date|file|latlong|menu|multimenu|number|picture|radiobutton|text|textarea|url
feedback.xml item typ=captcha|info|label|multichoice|multichoicerated|numeric|pagebreak|textarea|textfield
lesson.xml page qtype=1|2|3|5|8|10|20|21|30|31
wiki.xml wiki wikimode=collaborative|individual defaultformat=html|creole|nwiki
assign.xml assign attemptreopenmethod=none|manual|automatic|untilpass
folder.xml folder display=0|1
book.xml book numbering=0|1|2|3
page.xml page display=0|1|2|3|4|5|6
url.xml url display=0|1|2|3|4|5|6
resource.xml resource display=0|1|2|3|4|5|6
lti.xml lti launchcontainer=1|2|3|4|5
grades.xml grade_item gradetype=0|1|2|3
gradebook.xml grade_item gradetype=0|1|2|3
gradebook.xml grade_category aggregation=0|2|4|6|8|10|11|12|13
questions.xml question_versions status=ready|hidden|draft
questions.xml multichoice single=0|1
questions.xml essay responseformat=editor|editorfilepicker|plain|monospaced|noinline
module.xml module groupmode=0|1|2 completionview=0|1
completion.xml course_completion_criteria criteriatype=1|2|3|4|5|6|7|8
"""


def _fields(table: str) -> Iterator[tuple[str, str, str]]:
    """Yield the fields of a table, each with its document and element, which begin a line."""
    for line in table.strip().replace("\n  ", " ").splitlines():
        document, element, *fields = line.split()
        yield from ((document, element, field) for field in fields)


def _known() -> Iterator[Limit]:
    for document, element, word in _fields(_VALUES):
        field, _, values = word.partition("=")
        yield Limit(document, element, field, OneOf(tuple(values.split("|"))), Effect.TAKEN, _RESTORED)


# By document and element: fields that every backup of Moodle's own has, and of which no default is what was meant.
_AWAITED = """
assign.xml assign grade
assign.xml plugin_config name plugin subtype value
book.xml chapter pagenum title
choice.xml option text
course.xml course enablecompletion visible
data.xml field name type
feedback.xml item hasvalue name position typ
gradebook.xml grade_category aggregation
gradebook.xml grade_item grademax
grades.xml grade_item grademax itemname itemnumber
grading.xml area activemethod
grading.xml criterion description
grading.xml definition status
grading.xml level definition
lesson.xml answer answer_text jumpto
lesson.xml page qtype title
module.xml module completion completionview
questions.xml answer fraction
quiz.xml quiz grade reviewattempt reviewcorrectness reviewgeneralfeedback reviewmarks reviewoverallfeedback
  reviewrightanswer reviewspecificfeedback
scorm.xml sco scormtype title
scorm.xml scorm maxgrade
wiki.xml wiki defaultformat firstpagetitle
workshop.xml workshop phase strategy
"""


# And numbers that may be missing, but are never empty: 0 is not what was meant.
_NUMBERED = """
assign.xml assign maxattempts
forum.xml forum maxattachments maxbytes
glossary.xml glossary entbypage
grades.xml grade_item decimals gradetype
gradebook.xml grade_item decimals
h5pactivity.xml h5pactivity displayoptions enabletracking grade
lesson.xml lesson grade maxanswers maxattempts
module.xml module visible visibleoncoursepage
questions.xml question defaultmark
questions.xml question_versions version
quiz.xml question_instance maxmark page
quiz.xml quiz decimalpoints questionsperpage reviewmaxmarks
scorm.xml scorm height width
section.xml section visible
"""


def _awaited() -> Iterator[Limit]:
    """Yield that these are there, and that none of the numbers among them is empty, which is taken for 0."""
    for document, element, name in _fields(_AWAITED):
        is_number = name in numbers(document, element) and name != "itemnumber"
        yield Limit(document, element, name, Filled() if is_number else Written(), Effect.DEFAULT, _RESTORED)
    for document, element, name in _fields(_NUMBERED):
        yield Limit(document, element, name, Matching(_SOMETHING, "a number"), Effect.DEFAULT, _RESTORED)


_VERSIONS = ("SCORM_1.2", "SCORM_1.3", "SCORM_2004", "SCORM_12", "AICC", "TCAPI", "external")
_ITEMS = ("course", "category", "mod", "manual")
_TIMED = ("assign", "lesson", "quiz")
# Numbers of which those below 0 name a scale: the restore counts with what is there.
_SCALED = (
    ("assign.xml", "assign", "grade"),
    ("data.xml", "data", "scale"),
    ("forum.xml", "forum", "scale"),
    ("glossary.xml", "glossary", "scale"),
)
# What a Moodle seals with a key of its own, and no other opens: 48 bytes and what they hold, in Base64.
_SEALED = Matching(
    re.compile("|(?:[A-Za-z0-9+/]{4}){16,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"), "sealed by a Moodle"
)
# What browsers take as one; javascript: is none that leads anywhere.
_ADDRESS = Matching(
    re.compile(r"|[/#].*|\s*(?!javascript:)[a-z][a-z0-9+.-]+:.+", re.S | re.I), "an address with https:// before it"
)
_SUBNETS = Matching(
    re.compile(r"|\s*[0-9A-Fa-f.:]+(?:[/-][0-9A-Fa-f.:]+)?\s*(?:,\s*(?:[0-9A-Fa-f.:]+(?:[/-][0-9A-Fa-f.:]+)?)?\s*)*"),
    "a list of IP addresses",
)
_AMISS = (
    Limit("quiz.xml", "quiz", "subnet", _SUBNETS, Effect.CLOSES, _RESTORED),
    *(Limit(f"{name}.xml", name, "timelimit", Within(least=0), Effect.TAKEN, _RESTORED) for name in _TIMED),
    Limit("workshop.xml", "workshop", "phase", OneOf(("10", "20", "30", "40", "50")), Effect.BREAKS, _RESTORED),
    Limit("wiki.xml", "wiki", "firstpagetitle", Filled(), Effect.TAKEN, _RESTORED),
    Limit("scales.xml", "scale", "scale", Filled(), Effect.EMPTY, _RESTORED),
    Limit("users.xml", "user", "username", Filled(), Effect.TAKEN, _RESTORED),
    Limit("gradebook.xml", "grade_item", "itemtype", OneOf(_ITEMS), Effect.STOPS, _RESTORED),
    Limit("grades.xml", "grade_item", "itemtype", OneOf(_ITEMS), Effect.TAKEN, _RESTORED),
    Limit("url.xml", "url", "externalurl", _ADDRESS, Effect.TAKEN, _RESTORED),
    *(Limit("lti.xml", "lti", name, _ADDRESS, Effect.TAKEN, _RESTORED) for name in ("toolurl", "securetoolurl")),
    Limit("scorm.xml", "scorm", "version", OneOf(_VERSIONS), Effect.TAKEN, _RESTORED),
    Limit("quiz.xml", "question_instance", "maxmark", Within(least=0), Effect.TAKEN, _RESTORED),
    *(Limit(*place, Matching(_SOMETHING, "a number"), Effect.STOPS, _RESTORED) for place in _SCALED),
    *_known(),
    *_awaited(),
    Limit("questions.xml", "multichoice", "single", There(), Effect.TAKEN, _RESTORED),
    Limit("scorm.xml", "scorm", "version", Filled(), Effect.TAKEN, _RESTORED),
    Limit("quiz.xml", "quiz", "preferredbehaviour", OneOf(_BEHAVIOURS), Effect.TAKEN, _RESTORED),
    Limit("module.xml", "module", "completion", OneOf(("0", "1", "2")), Effect.TAKEN, _RESTORED),
    Limit("module.xml", "module", "visible", OneOf(("0", "1")), Effect.TAKEN, _RESTORED),
    Limit("page.xml", "page", "content", There(), Effect.EMPTY, _RESTORED),
    Limit("url.xml", "url", "externalurl", Filled(), Effect.EMPTY, _RESTORED),
    Limit("moodle_backup.xml", "information", "original_course_fullname", Filled(), Effect.EMPTY, _RESTORED),
    Limit("groups.xml", "group", "name", Matching(_SOMETHING, "a name"), Effect.EMPTY, _RESTORED),
    Limit("lti.xml", "lti", "grade", Whole(8), Effect.CUT, _RESTORED),
    *(Limit("lti.xml", "lti", name, _SEALED, Effect.EMPTY, _RESTORED) for name in ("resourcekey", "password")),
)
_PLACES = (
    *(
        Limit("moodle_backup.xml", "information", name, bound, Effect.STOPS, _RESTORED)
        for name in ("original_course_id", "original_course_contextid", "original_system_contextid")
        for bound in (Filled(), Whole(8))
    ),
    Limit(
        *("files.xml", "file", "filepath"),
        Matching(re.compile("/(.*/)?", re.S), "a path from / to /"),
        Effect.STOPS,
        _RESTORED,
    ),
    Limit("section.xml", "section", "availabilityjson", Matching(_SOMETHING, "JSON"), Effect.STOPS, _RESTORED),
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

_ALL = (*_limits(), *_LEFT_OUT, *_AMISS, *_PLACES, *_NAMES)
TABLE = LimitTable("Moodle", ("5.0.6",), _SOURCES, _ALL, tuple(mapped()), null=NULL, takes_last=True)
"""What Moodle limits in the documents of a backup."""
