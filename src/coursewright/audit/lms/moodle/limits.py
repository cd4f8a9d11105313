"""What Moodle limits in the documents of a backup: the columns of its tables, and what its restore cannot do without.

One column stands for one field of a document: a database refuses what does not fit, and the restore stops there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.audit.lms.limits import Effect, Filled, Length, Limit, LimitTable, Matching, OneOf, There, Whole
from coursewright.audit.lms.moodle.columns import columns

_TABLES, _RESTORED = "tables", "restored"
_SOURCES = {
    _TABLES: "the columns of Moodle's tables (install.xml) in 5.0.6; every kind was tried by restoring",
    _RESTORED: "restored or imported into 5.0.6 without the field, or with another value",
}
# What is shown by its name alone; a label has none of its own.
_NAMED = (
    *("assign", "bigbluebuttonbn", "book", "choice", "data", "feedback", "folder", "forum", "glossary", "h5pactivity"),
    *("imscp", "lesson", "lti", "page", "qbank", "quiz", "resource", "scorm", "subsection", "url", "wiki", "workshop"),
)

# How a text is written: Moodle's own way, HTML, plain or Markdown. Of any other, the page shows an error in its place.
_TEXT_FORMATS = (
    *("introformat", "contentformat", "summaryformat", "questiontextformat", "generalfeedbackformat", "answerformat"),
    *("feedbackformat", "definitionformat", "descriptionformat", "hintformat", "messageformat", "activityformat"),
    *("page_after_submitformat", "feedbacktextformat", "contentsformat"),
)


def _limits() -> Iterator[Limit]:
    for document, element, field, bound in columns():
        is_name = field == "name" and element in _NAMED and document == f"{element}.xml"
        if not (is_name and isinstance(bound, There)):  # what has no name is not shown, which is told in its place
            yield Limit(document, element, field, bound, Effect.STOPS, _TABLES)
        if field in _TEXT_FORMATS and isinstance(bound, Whole):
            yield Limit(document, element, field, OneOf(("0", "1", "2", "4")), Effect.BREAKS, _RESTORED)
    for name in _NAMED:
        yield Limit(f"{name}.xml", name, "name", Filled(), Effect.HIDDEN, _RESTORED)


# Without which something is not restored, though the restore goes on.
_LEFT_OUT = (
    Limit("module.xml", "module", "modulename", Filled(), Effect.LEFT_OUT, _RESTORED),
    Limit("scorm.xml", "scorm", "reference", Filled(), Effect.LEFT_OUT, _RESTORED),
    Limit("scorm.xml", "scorm", "version", Filled(), Effect.LEFT_OUT, _RESTORED),
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
