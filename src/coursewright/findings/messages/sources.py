"""S: what a source file holds."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

SOURCE_MISSING = message("S001", ERROR,
    "there is no such file or folder",
    "Check the path; a relative path starts at the current folder.",
    "Nothing can be read from a path that does not exist.",
)  # fmt: skip
SOURCE_EMPTY = message("S002", ERROR,
    "no roadmap or plan was found here",
    "Name a folder that contains .md or .txt documents beginning with '# Module Roadmap' or '# Project Plan'.",
    "A build without any units is almost always a wrong path, so it is reported.",
)  # fmt: skip
UNREADABLE = message("S003", ERROR,
    "the file cannot be read: {reason}",
    "Check that it is an ordinary file and that you may read it.",
    "A document that is left out would be missing from a package without anyone noticing.",
)  # fmt: skip
BINARY = message("S004", ERROR,
    "the file is not text ({reason})",
    "Save it as UTF-8 text, or move it out of the source folder.",
    "A binary file with a text file's name (a word processor's document, an archive) contains no Markdown to read.",
)  # fmt: skip
TOO_LARGE = message("S005", ERROR,
    "the file has {size} bytes; at most {limit} are read",
    "Split the document, or remove what was pasted into it.",
    "Real documents have a few kilobytes. The limit bounds the time that a damaged or hostile file can take.",
)  # fmt: skip
NOT_UTF8 = message("S006", WARNING,
    "the file is not UTF-8; it was read as {encoding}",
    "Save it as UTF-8.",
    "Other encodings cannot be told apart with certainty, so accented letters may be wrong.",
)  # fmt: skip
MOJIBAKE = message("S007", INFO,
    "text damaged by a wrong encoding was repaired: {before} became {after}",
    "Put the repaired text in the source.",
    "UTF-8 that was once read as Windows-1252 contains sequences such as â‰¥. The repair is safe, but other tools may not make it.",
)  # fmt: skip
CONTROL_CHARACTERS = message("S008", WARNING,
    "characters that XML does not allow were removed",
    "Remove the control characters from this line.",
    "A manifest with a control character is not XML, and no LMS would import it.",
)  # fmt: skip
NOT_A_UNIT = message("S009", WARNING,
    "this is neither a module roadmap nor a project plan; it was left out",
    "Begin it with '# Module Roadmap' or '# Project Plan' and a 'Module ID' or 'Project ID' field, or move it elsewhere.",
    "Only documents that say which unit they are can be placed in a course. A heading alone does not.",
)  # fmt: skip
PATCH_RESIDUE = message("S010", WARNING,
    "the remains of a patch ({text}) were removed",
    "Delete these words.",
    "Editing tools sometimes leave their own markers behind; learners should not read them.",
)  # fmt: skip
ROW_BROKEN = message("S011", WARNING,
    "a table row that was broken over several lines was joined",
    "Write the row on one line.",
    "In Markdown, a row ends at the end of its line: other tools would show the rest as loose text.",
)  # fmt: skip
ROW_CELLS = message("S012", WARNING,
    "the row has {found}, but the table has {expected} columns",
    "Give the row one cell per column; write a | that belongs to the text as \\|.",
    "Missing cells are read as empty, and extra cells are joined to the last one.",
)  # fmt: skip
TABLE_CUT = message("S013", WARNING,
    "a table is cut in two here; these rows were read as part of the table above",
    "Remove what is between the rows of the table.",
    "In Markdown, a blank line ends a table, and rows without a header are shown as text.",
)  # fmt: skip
FIELD_TWICE = message("S014", WARNING,
    "the field '{label}' appears twice; the first one counts, so this value is ignored: {value}",
    "Keep only one of them.",
    "A field can have only one value.",
)  # fmt: skip
TOO_INTRICATE = message("S015", WARNING,
    "this text is shown as it is written, not read as Markdown: {reason}",
    "Split or simplify it.",
    "Without limits, such text could take forever to convert.",
)  # fmt: skip
TABLE_COLUMNS = message("S016", WARNING,
    "the table has no column '{column}'",
    "Give the table this header row: {expected}.",
    "Without its header, a column cannot be told from the others; the table is shown as it is written.",
)  # fmt: skip
WRONG_EXTENSION = message("S017", ERROR,
    "only .md and .txt documents are read",
    "Export the document as Markdown.",
    "A file named on the command line is meant to be read, so it is reported.",
)  # fmt: skip
FENCE_UNCLOSED = message("S018", WARNING,
    "a code block begins here and never ends; what follows was read as if it had not begun",
    "End the code block with a line of the same marks.",
    "To Markdown, everything after an open fence is code: sections for staff could end up on a learner's page with it.",
)  # fmt: skip
THEME_UNUSABLE = message("S019", ERROR,
    "the theme cannot be used: {reason}",
    "Correct it, or remove `theme` from the settings.",
    "If pages just looked different, only learners would notice.",
)  # fmt: skip
ENCODING_UNKNOWN = message("S022", ERROR,
    "the file was not read: it is not UTF-8, and its encoding is uncertain{guess}",
    "Save the document as UTF-8.",
    "Each encoding uses the same bytes for different letters, so a wrong guess would show learners the wrong ones.",
)  # fmt: skip
FRONT_MATTER = message("S023", INFO,
    "front matter is not shown to learners: {content}",
    "If learners or the LMS should have it, write it in the document itself.",
    "Front matter is for tools that build web sites, and often contains notes for authors only.",
)  # fmt: skip
FRONT_MATTER_UNCLOSED = message("S024", WARNING,
    "this front matter is never closed, so where it ends is a guess; not shown to learners: {content}",
    "Close it with the same marks on a line of their own.",
    "Text that belongs to the document may be taken for front matter, and be missing from the page.",
)  # fmt: skip
FOLDER_UNREADABLE = message("S025", ERROR,
    "the folder cannot be read: {reason}",
    "Check its permissions, or leave it out of the sources.",
    "Units in a folder that cannot be read would be missing from the package, and nobody would notice.",
)  # fmt: skip
