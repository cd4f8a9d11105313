"""S: what a source file holds."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

SOURCE_MISSING = message("S001", ERROR,
    "there is no such file or folder",
    "Check the path; a relative path starts at the current folder.",
    "Nothing can be read from a path that does not exist.",
)  # fmt: skip
SOURCE_EMPTY = message("S002", ERROR,
    "no course was found here: no roadmap, no Markdown, and no quiz",
    "Name a folder that contains Markdown, or a quiz. `coursewright new FOLDER` writes a small course to start from.",
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
    "neither a document of Markdown nor a quiz is in this file",
    "Export the document as Markdown. Unpack a zip, and name the folder, or the XML document of the quiz, inside it.",
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
ORDER_FILE_BROKEN = message("S040", ERROR,
    "the order of the course cannot be read from this file: {reason}",
    "Correct the file, or say the order in a course.toml (`coursewright new --from FOLDER` writes one).",
    "Any other order than the author's would be a guess, and learners would be led the wrong way.",
)  # fmt: skip
ORDER_ENTRY_MISSING = message("S041", WARNING,
    "'{path}' is listed here, but there is no such document in the folder",
    "Correct the path, or remove the entry.",
    "A page that the author lists would be missing from the course without a word.",
)  # fmt: skip
NOT_LISTED = message("S042", INFO,
    "not listed in {order}, so not in the course: {names}",
    "List a document there if learners should read it.",
    "Where a file says the order, what it leaves out is left out on purpose, or forgotten.",
)  # fmt: skip
LEFT_OUT = message("S044", INFO,
    "{count} left out, because they are {why} rather than lessons: {names}",
    "If one is a lesson, name it in a course.toml (`coursewright new --from FOLDER` writes one).",
    "A repository contains documents for its authors, which would only confuse learners.",
    "documents are no lessons and were left out",
)  # fmt: skip
FOLDER_TOO_LARGE = message("S045", ERROR,
    "this folder has more than {files} files or {documents} documents; the rest was not read",
    "Name the folder of the course itself rather than one that contains much else.",
    "The limit bounds the time and memory that a wrong path can take.",
    "the folder has too many files",
)  # fmt: skip
LINK_LEADS_OUT = message("S046", WARNING,
    "this link leads out of the course's folder, or nowhere; it was not followed",
    "Put the file itself in the folder.",
    "A course should contain only what its author put into its folder.",
)  # fmt: skip
TRANSLATIONS = message("S047", INFO,
    "translations were left out: {languages}",
    "To build one of them, set its language, such as `language = \"fr\"`, in coursewright.toml.",
    "Each language is a course of its own.",
)  # fmt: skip
PREREQUISITE_UNCLEAR = message("S048", WARNING,
    "the prerequisite '{text}' could mean {candidates}, so it locks nothing",
    "Name the unit by its path or its id.",
    "Several units have this name, and the wrong lock would be worse than none.",
    "a prerequisite could mean several units",
)  # fmt: skip
COURSE_FILE = message("S049", ERROR,
    "{reason}",
    "Correct it; `coursewright new FOLDER` shows an example of every key.",
    "A key that is misspelt would be ignored, and the course would not be what its author asked for.",
    "a course.toml contains something that cannot be used",
)  # fmt: skip
NOT_MARKDOWN = message("S050", WARNING,
    "{count} files were not read, because {suffix} is not Markdown",
    "Convert them to Markdown if they are lessons.",
    "Lessons in another format would be missing from the course without a word.",
    "files that may be lessons are not Markdown",
)  # fmt: skip
NOTEBOOK_UNREAD = message("S125", WARNING,
    "it cannot be read as a notebook of Jupyter: {reason}",
    "Save it again in Jupyter, or leave it out of the course.",
    "A lesson that is damaged would be missing from the course without a word.",
    "a notebook cannot be read",
)  # fmt: skip
NOTEBOOK_OUTPUTS = message("S126", INFO,
    "{what}",
    "Show in the notebook what learners need as text or as pictures, and run it again.",
    "No code of a course is run while it is read: learners see what the notebook kept when it was run last.",
    "outputs of a notebook are not shown whole",
)  # fmt: skip
VERSION_FOR_STAFF = message("S127", INFO,
    "this document is for staff, and learners do not get it, as {other} beside it is the version for them, with less in it",
    "If learners should read it, give one of the two another name.",
    "The whole of what learners get in part usually holds what they are to find by themselves.",
    "a document beside its version for learners is for staff",
)  # fmt: skip
UNIT_EMPTY = message("S051", INFO,
    "nothing in '{title}' is for learners, so it is not a unit",
    "Remove it from the order, or write something for learners.",
    "A unit without anything to read cannot be completed.",
    "a unit has nothing for learners",
)  # fmt: skip
TRANSLATION_MISSING = message("S052", WARNING,
    "there is no translation into '{language}'; there are {languages}",
    "Set `language` to one of these, or leave it out.",
    "The documents as they are were read instead, and may be in another language than the labels of the pages.",
    "there is no translation into the language that is set",
)  # fmt: skip
CONTENT_WITHOUT_UNIT = message("S053", WARNING,
    "no roadmap has the number or id of this folder, so its {count} documents are in no course",
    "Give its metadata.yaml the id of the unit.",
    "Lessons that belong to no unit would be missing from the packages without a word.",
    "a folder of lessons belongs to no roadmap",
)  # fmt: skip
NOT_UNDERSTOOD = message("S054", WARNING,
    "this entry is not understood, and was left out: {text}",
    "Write it as a path, or as a title with a path.",
    "What it stands for is missing from the course.",
    "an entry of an order file is not understood",
)  # fmt: skip
SIDEBAR_IS_CODE = message("S128", WARNING,
    "code makes the sidebar of this site, and no code is run here; the order comes from the documents themselves",
    "Write the sidebar as a plain list in this file, or say the order in a course.toml (`coursewright new --from FOLDER` writes one).",
    "Names and numbers of files may tell another order than the author's, by which learners would be led.",
)  # fmt: skip
LANGUAGE_LIKELY = message("S055", INFO,
    "no language is set; the pages are in {name}, as the text seems to be",
    "Add language = \"{language}\" to coursewright.toml. If it is English, add language = \"en\".",
    "Headings, buttons and hyphens come in the language that is set, and screen readers read in its voice.",
    "no language is set, and the text seems not to be English",
)  # fmt: skip
UNTRANSLATED = message("S056", WARNING,
    "{count} no translation into '{language}' beside it, and was read as it is: {names}",
    "Translate them, or leave `language` out.",
    "Pages in two languages, read in one voice, are hard to follow.",
    "documents have no translation into the language that is set",
)  # fmt: skip
PREREQUISITES_IN_A_CIRCLE = message("S057", WARNING,
    "'{title}' needs '{other}', which needs it, directly or through other units; it does not wait for that, which comes after it",
    "If it has to wait, remove what closes the circle; a document needs only what its readers must know before.",
    "Documents of two folders may well need one another, and two units cannot: neither would ever open.",
    "units need one another in a circle, and one does not wait for what comes after it",
)  # fmt: skip
