"""What Moodle limits in the documents of a backup: the columns of its tables, and what its restore cannot do without.

One column stands for one field of a document: a database refuses what does not fit, and the restore stops there. A line
of the table has a document, or several between |, an element, and its fields: `type=a|b` knows these values,
`title:written` is bounded by what is called so here, and `>` says what becomes of others, if that is not the usual:
`phase=10|20>breaks:filled`. Of cartridges and SCORM packages, only what becomes an activity has a name that is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

from coursewright.audit.lms import field_bounds as bounds
from coursewright.audit.lms.failures import TRIED
from coursewright.audit.lms.limits import Effect, Limit, LimitTable
from coursewright.audit.lms.moodle.columns import columns
from coursewright.audit.lms.moodle.failures import FAILURES
from coursewright.audit.lms.moodle.mappings import mapped
from coursewright.audit.lms.moodle.stock import MODULES
from coursewright.packages.documents.moodle.xml import NULL

_TABLES, _RESTORED = "tables", "restored"
_SOURCES = {
    _TABLES: "the columns of Moodle's tables (install.xml) in 5.0.6; every kind was tried by restoring",
    _RESTORED: "restored or imported into 5.0.6 without the field, or with another value",
    TRIED: "packages damaged so in several ways, restored or imported into 5.0.6",
}
_NAMED = sorted(MODULES - {"label"})  # what is shown by its name alone; a label has none of its own

# How a text is written: Moodle's own way, HTML, plain or Markdown. Of any other, the page shows an error in its place.
_TEXT_FORMATS = (
    *("introformat", "contentformat", "summaryformat", "questiontextformat", "generalfeedbackformat", "answerformat"),
    *("feedbackformat", "definitionformat", "descriptionformat", "hintformat", "messageformat", "activityformat"),
    *("page_after_submitformat", "feedbacktextformat", "contentsformat"),
)


_LATEST = 9_999_999_999  # seconds since 1970, in 2286: what is beyond was written in milliseconds


def _columns() -> Iterator[Limit]:
    for document, element, field, bound in columns():
        is_name = field == "name" and element in _NAMED and document == f"{element}.xml"
        if not (is_name and isinstance(bound, bounds.There)):  # what has no name is not shown, which is told
            yield Limit(document, element, field, bound, Effect.STOPS, _TABLES)
        if field in _TEXT_FORMATS and isinstance(bound, bounds.Whole):
            yield Limit(document, element, field, bounds.OneOf(("0", "1", "2", "4")), Effect.BREAKS, _RESTORED)
        if isinstance(bound, bounds.Leading):  # and of what begins so, the rest is lost
            yield Limit(document, element, field, bounds.Alone(), Effect.CUT, _RESTORED)
            yield Limit(document, element, field, bounds.Within(most=_LATEST), Effect.TAKEN, _RESTORED)
    for name in _NAMED:
        yield Limit(f"{name}.xml", name, "name", bounds.Filled(), Effect.HIDDEN, _RESTORED)


# What a Moodle seals with a key of its own, and no other opens: 48 bytes and what they hold, in Base64.
_SEALED = bounds.Matching(
    re.compile("|(?:[A-Za-z0-9+/]{4}){16,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"), "sealed by a Moodle"
)
# Of which the first 48 bytes are read, whatever they are, wherever the Moodle has sealed something before.
_OPENED = bounds.Matching(re.compile(r"|(?=(?:\s*[A-Za-z0-9+/]){64}).*", re.S), "as long as what a Moodle seals")
# What browsers take as one; javascript: is none that leads anywhere.
_ADDRESS = bounds.Matching(
    re.compile(r"|[/#].*|\s*(?!javascript:)[a-z][a-z0-9+.-]+:.+", re.S | re.I), "an address with https:// before it"
)
_TOOL = bounds.Matching(
    re.compile(r"|\s*(?!javascript:)[a-z][a-z0-9+.-]+:.+", re.S | re.I), "an address with https:// before it"
)
_SUBNETS = bounds.Matching(
    re.compile(r"|\s*[0-9A-Fa-f.:]+(?:[/-][0-9A-Fa-f.:]+)?\s*(?:,\s*(?:[0-9A-Fa-f.:]+(?:[/-][0-9A-Fa-f.:]+)?)?\s*)*"),
    "a list of IP addresses",
)
_PLAIN = bounds.Matching(
    re.compile(r"""[^\x00-\x1f\x7f&<>"`|':\\/]*"""), "without signs that Moodle takes out, such as / and :"
)
_VERSION = bounds.Matching(re.compile(r"|.*\d{10}.*", re.S), "the version of a Moodle, such as 2025041400")
# Of those that come with it, the ones that a quiz can ask for: others are chosen by questions.
_BEHAVIOURS = (
    *("deferredfeedback", "adaptive", "adaptivenopenalty", "deferredcbm", "immediatecbm", "immediatefeedback"),
    *("interactive", "manualgraded"),
)


def _given(what: str) -> bounds.Matching:
    return bounds.Matching(re.compile(".+", re.S), what)


LONGEST = 255
"""The characters of a name, of a folder with a slash on either side, and of the name of a file."""
# By what it is called in the table: what holds of a field, and what becomes of it otherwise, if the table does not say.
_BOUNDS: Mapping[str, tuple[bounds.Bound, Effect]] = {
    "name": (bounds.Length(LONGEST), Effect.STOPS),
    "whole": (bounds.Whole(8), Effect.STOPS),
    "json": (_given("JSON"), Effect.STOPS),
    "unblank": (bounds.Matching(re.compile(r"|.*\S.*", re.S), "JSON, or nothing"), Effect.STOPS),
    "path": (bounds.Matching(re.compile("/(.*/)?", re.S), "a path from / to /"), Effect.STOPS),
    # What every backup of Moodle's own has: no default is what was meant, and an empty number is taken for 0.
    "written": (bounds.Written(), Effect.DEFAULT),
    "filled": (bounds.Filled(), Effect.DEFAULT),
    "number": (_given("a number"), Effect.DEFAULT),
    "there": (bounds.There(), Effect.TAKEN),
    # Whatever is shown, or found, by an empty text has nothing to be known by.
    "text": (_given("a text"), Effect.TAKEN),
    "positive": (bounds.Within(least=0), Effect.TAKEN),
    "percent": (bounds.Within(0, 100), Effect.TAKEN),
    "address": (_ADDRESS, Effect.TAKEN),
    "tool": (_TOOL, Effect.TAKEN),
    "behaviour": (bounds.OneOf(_BEHAVIOURS, exact=True), Effect.UNSTARTED),
    "behaves": (_given("one, such as deferredfeedback"), Effect.UNSTARTED),
    "sealed": (_SEALED, Effect.EMPTY),
    "opened": (_OPENED, Effect.STOPS),
    "named": (_given("a name"), Effect.NAMELESS),
    "numeric": (bounds.Number(), Effect.NOUGHT),
    "version": (_VERSION, Effect.NOUGHT),
    "plain": (_PLAIN, Effect.STRIPPED),
    "tag": (bounds.Length(LONGEST), Effect.SHORTENED),
    "subnets": (_SUBNETS, Effect.CLOSES),
}
_TABLE = """
(discussions) topic title:name
(quizzes) item @title:name
(tools) cartridge_basiclti_link title:name
assign.xml assign timelimit:positive grade:number>stops:filled
  attemptreopenmethod=none|manual|automatic|untilpass>not_again maxattempts:number
assign.xml plugin_config name:written plugin:written subtype:written value:written
badges.xml criterion criteriatype=0|1|2|3|4|5|6|7|8|9>breaks
bigbluebuttonbn.xml bigbluebuttonbn type=0|1|2
book.xml|course.xml|forum.xml|glossary.xml|module.xml|questions.xml|wiki.xml tag rawname:tag:filled>stops
book.xml book numbering=0|1|2|3>looks
book.xml chapter pagenum:filled title:written:text
choice.xml choice display=0|1>looks publish=0|1 showresults=0|1|2|3
choice.xml option text:written:text
completion.xml course_completion_criteria criteriatype=1|2|3|4|5|6|7|8>breaks
course.xml course enablecompletion:filled visible:filled showgrades:number
data.xml data scale:number>stops
data.xml field
  type=checkbox|date|file|latlong|menu|multimenu|number|picture|radiobutton|text|textarea|url>no_box:written
  name:written:text
feedback.xml item
  typ=captcha|info|label|multichoice|multichoicerated|numeric|pagebreak|textarea|textfield>breaks:written
  hasvalue:filled name:written position:filled
files.xml file filepath:path filename:filled>stops:plain
folder.xml folder display=0|1>looks
forum.xml forum scale:number>stops type=general|eachuser|single|qanda|blog|news|social>usual_forum
  forcesubscribe=0|1|2|3
  maxattachments:number maxbytes:number
glossary.xml entry concept:text
glossary.xml glossary scale:number>stops
  displayformat=dictionary|continuous|encyclopedia|entrylist|faq|fullwithauthor|fullwithoutauthor>looks
  entbypage:number
gradebook.xml grade_category aggregation=0|2|4|6|8|10|11|12|13>mean:filled
gradebook.xml grade_item itemtype=course|category|mod|manual>stops gradetype=0|1|2|3>no_points grademax:filled
  decimals:number
gradebook.xml grade_letter lowerboundary:percent
grades.xml grade_item itemtype=course|category|mod|manual gradetype=0|1|2|3>no_points:number grademax:filled
  itemname:written
  itemnumber:written decimals:number
grading.xml area activemethod:written
grading.xml criterion description:written
grading.xml definition status:filled
grading.xml level definition:written
groups.xml group visibility=0|1|2|3 name:named
h5pactivity.xml h5pactivity grademethod=0|1|2|3|4 displayoptions:number enabletracking:number grade:number
imsmanifest.xml item title:name @identifier:name
lesson.xml answer answer_text:written jumpto:filled
lesson.xml lesson timelimit:positive grade:number maxanswers:number maxattempts:number
lesson.xml page qtype=1|2|3|5|8|10|20|21|30|31>breaks:filled title:written
lti.xml lti toolurl:tool securetoolurl:tool launchcontainer=1|2|3|4|5>looks grade:whole>cut resourcekey:sealed:opened
  password:sealed:opened
module.xml module modulename:filled>left_out groupmode=0|1|2 completionview=0|1:filled completion=0|1|2:filled
  visible=0|1>shown:number visibleoncoursepage:number availability:unblank
moodle_backup.xml information original_course_fullname:filled>nameless original_course_id:filled>stops:whole
  original_course_contextid:filled>stops:whole original_system_contextid:filled>stops:whole
  original_course_startdate:whole moodle_version:version
page.xml page display=0|1|2|3|4|5|6>looks content:there>empty
questions.xml answer fraction:filled
questions.xml calculated_record tolerance:numeric
questions.xml drop shape=circle|rectangle|polygon>breaks
questions.xml essay responseformat=editor|editorfilepicker|plain|monospaced|noinline>breaks
questions.xml multichoice single=0|1:there answernumbering=0|abc|ABCD|123|iii|IIII|none>unlettered
questions.xml ordering gradingtype=-1|0|1|2|3|4|5|6|7 layouttype=0|1>looks selecttype=0|1|2
questions.xml question defaultmark:number name:text
questions.xml question_versions status=ready|hidden|draft version:number
quiz.xml question_instance maxmark:positive:number page:number
quiz.xml quiz subnet:subnets timelimit:positive grademethod=1|2|3|4>unmarked navmethod=free|sequential>no_button
  overduehandling=autosubmit|graceperiod|autoabandon>unended browsersecurity=-|securewindow|safebrowser
  grade:filled:positive
  reviewattempt:filled reviewcorrectness:filled reviewgeneralfeedback:filled reviewmarks:filled
  reviewoverallfeedback:filled reviewrightanswer:filled reviewspecificfeedback:filled decimalpoints:number
  questionsperpage:number reviewmaxmarks:number preferredbehaviour:behaviour:behaves
resource.xml resource display=0|1|2|3|4|5|6>looks
roles.xml override permission=-1000|-1|0|1
scales.xml scale scale:filled>wordless
scorm.xml sco scormtype:written title:written
scorm.xml scorm reference:filled>taken
  version=SCORM_1.2|SCORM_1.3|SCORM_2004|SCORM_12|AICC|TCAPI|external>as_scorm_12:filled>as_scorm_12
  scormtype=local|localsync|external|aiccurl grademethod=0|1|2|3 whatgrade=0|1|2|3
  maxgrade:filled height:number width:number
section.xml section visible:number number:positive availabilityjson:json:unblank
url.xml url externalurl:address:filled>addressless display=0|1|2|3|4|5|6>looks
users.xml user username:filled>taken
wiki.xml wiki firstpagetitle:filled>taken:written wikimode=collaborative|individual>shut:filled>shut
  defaultformat=html|creole|nwiki>breaks:written
workshop.xml workshop phase=10|20|30|40|50>breaks:filled
  strategy=accumulative|comments|numerrors|rubric>unplugged:written evaluation=best>default
"""


def _restored() -> Iterator[Limit]:
    """Yield what the table says."""
    for line in _TABLE.strip().replace("\n  ", " ").splitlines():
        documents, element, *fields = line.split()
        for document, field in product(documents.split("|"), fields):
            told, *words = field.split(":")
            name, _, values = told.partition("=")
            for bound, effect in _told(values, words):
                yield Limit(document, element, name, bound, effect, _RESTORED)


def _told(values: str, words: list[str]) -> Iterator[tuple[bounds.Bound, Effect]]:
    """Yield what holds of a field, and what becomes of it otherwise."""
    if values:
        known, _, effect = values.partition(">")
        yield bounds.OneOf(tuple(known.split("|"))), Effect[effect.upper()] if effect else Effect.TAKEN
    for name, _, effect in (word.partition(">") for word in words):
        bound, usual = _BOUNDS[name]
        yield bound, Effect[effect.upper()] if effect else usual


_ALL = (*_columns(), *_restored())
TABLE = LimitTable("Moodle", ("5.0.6",), _SOURCES, _ALL, tuple(mapped()), null=NULL, takes_last=True, failures=FAILURES)
"""What Moodle limits in the documents of a backup, and what it does where general rules have found something."""
