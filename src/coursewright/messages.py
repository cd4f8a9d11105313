"""The catalogue of findings, one entry a code.

S = what a source file holds, C = what the curriculum says, P = what a package holds, X = a schema, L = what an LMS will
do with it, D = what changes from one package to the next. A code is never used again for something else.
"""

from __future__ import annotations

from coursewright.diagnostics import Message, Severity

_ALL: dict[str, Message] = {}


def _message(code: str, severity: Severity, text: str, hint: str, why: str) -> Message:
    message = Message(code, severity, text, hint, why)
    if code in _ALL:
        raise ValueError(f"{code} stands twice in the catalogue")
    _ALL[code] = message
    return message


def catalogue() -> dict[str, Message]:
    """Return every message by its code, in the order of the catalogue."""
    return dict(_ALL)


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

# --- S: sources -------------------------------------------------------------------------------------------------------
SOURCE_MISSING = _message(
    "S001", ERROR, "there is no file or folder of this name",
    "Check the path; a relative one starts at the folder you are in.",
    "Nothing can be read from a path that does not exist.",
)  # fmt: skip
SOURCE_EMPTY = _message(
    "S002", ERROR, "no roadmap or plan was found here",
    "Name a folder that holds .md or .txt documents beginning with '# Module Roadmap' or '# Project Plan'.",
    "A build without a single unit is almost always a wrong path, so it is not passed over in silence.",
)  # fmt: skip
UNREADABLE = _message(
    "S003", ERROR, "the file cannot be read: {reason}",
    "Check that it is an ordinary file which you may read.",
    "A document that is left out would be missing from a package without anybody noticing.",
)  # fmt: skip
BINARY = _message(
    "S004", ERROR, "the file is not text ({reason})",
    "Save it as UTF-8 text, or move it out of the source folder.",
    "A binary file under a text file's name (a word processor's document, an archive) holds no Markdown to read.",
)  # fmt: skip
TOO_LARGE = _message(
    "S005", ERROR, "the file has {size} bytes; at most {limit} are read",
    "Split the document, or remove what was pasted into it.",
    "Real documents have a few kilobytes. The limit bounds the time that a broken or hostile file can take.",
)  # fmt: skip
NOT_UTF8 = _message(
    "S006", WARNING, "this is not UTF-8; it was read as {encoding}",
    "Save it as UTF-8.",
    "Other encodings cannot be told apart with certainty, so letters with accents may have come out wrong.",
)  # fmt: skip
MOJIBAKE = _message(
    "S007", INFO, "text damaged by a wrong encoding was repaired: {before} became {after}",
    "Put the repaired text into the source.",
    "UTF-8 that was once read as Windows-1252 shows as sequences such as â‰¥. The repair is safe, but the next tool may not do it.",
)  # fmt: skip
CONTROL_CHARACTERS = _message(
    "S008", WARNING, "characters that XML cannot hold were removed",
    "Remove the control characters from this line.",
    "A manifest with a control character is not XML, and no LMS would import it.",
)  # fmt: skip
NOT_A_UNIT = _message(
    "S009", WARNING, "this is neither a module roadmap nor a project plan; it was left out",
    "Begin it with '# Module Roadmap' or '# Project Plan' and a 'Module ID' or 'Project ID' field, or move it elsewhere.",
    "Only documents that say which unit they are can be placed in a course.",
)  # fmt: skip
PATCH_RESIDUE = _message(
    "S010", WARNING, "the remains of a patch ({text}) were dropped",
    "Delete these words.",
    "Editing tools sometimes leave their own markers behind; learners should not read them.",
)  # fmt: skip
ROW_BROKEN = _message(
    "S011", WARNING, "a table row that was broken over several lines was joined",
    "Write the row on one line.",
    "Markdown ends a row at the end of its line: other tools would show the rest as loose text.",
)  # fmt: skip
ROW_CELLS = _message(
    "S012", WARNING, "the row has {found} for a table of {expected} columns",
    "Give the row one cell a column; write a | that belongs to the text as \\|.",
    "Cells that are missing are read as empty, and cells too many are joined to the last one.",
)  # fmt: skip
TABLE_CUT = _message(
    "S013", WARNING, "a table is cut in two here; these rows were read as part of the table above",
    "Remove what stands between the rows of one table.",
    "After a blank line Markdown begins a new table, and rows without a header are shown as text.",
)  # fmt: skip
FIELD_TWICE = _message(
    "S014", WARNING, "the field '{label}' stands twice; the first counts",
    "Keep one of them.",
    "Two values for one field cannot both be meant.",
)  # fmt: skip
TOO_INTRICATE = _message(
    "S015", WARNING, "this text is not read as Markdown but shown as it is written: {reason}",
    "Split or simplify it.",
    "Unbounded nesting takes unbounded time to convert, so it is bounded.",
)  # fmt: skip
TABLE_COLUMNS = _message(
    "S016", WARNING, "the table lacks the column '{column}'",
    "Give the table the header row: {expected}.",
    "Without its header a column cannot be told apart from the others; the table is shown as it is written.",
)  # fmt: skip
WRONG_EXTENSION = _message(
    "S017", ERROR, "only .md and .txt documents are read",
    "Export the document as Markdown.",
    "A file named on the command line is meant to be read, so it is not passed over in silence.",
)  # fmt: skip
FENCE_UNCLOSED = _message(
    "S018", WARNING, "code begins here and never ends; what follows was read as if it had not begun",
    "End the code with a line of the same marks.",
    "Everything after an open fence is code to Markdown: sections for staff could slip onto a learner's page with it.",
)  # fmt: skip

THEME_UNUSABLE = _message(
    "S019", ERROR, "the theme cannot be used: {reason}",
    "Correct it, or take `theme` out of the settings.",
    "Pages that look other than they should, without a word about it, are found by learners only.",
)  # fmt: skip

# --- C: curriculum ----------------------------------------------------------------------------------------------------
DUPLICATE_IDENTITY = _message(
    "C101", ERROR, "{id} stands twice in the track {track}; the other one is at {other}",
    "Give one of them another id.",
    "Identity is the track and the id. References, the identifiers in packages and learners' progress all hang on it.",
)  # fmt: skip
PREREQUISITE_CYCLE = _message(
    "C102", ERROR, "prerequisites go round in a circle: {cycle}",
    "Remove one of these prerequisites; 'Next' is the place to say what merely follows.",
    "No unit of a circle could ever be opened, since each waits for another.",
)  # fmt: skip
PREREQUISITE_OUTSIDE = _message(
    "C103", WARNING, "the prerequisite {id} ({track}) is not in this course; learners read it as an entry requirement",
    "Build one package for both (--by all, or --only {own}/{unit} --with-prerequisites), or accept that the LMS cannot check it.",
    "A package can only gate on what it holds.",
)  # fmt: skip
PREREQUISITE_UNKNOWN = _message(
    "C104", WARNING, "the prerequisite {id} is not among the documents; learners read it as an entry requirement",
    "Correct the id, or add the document it names to the source.",
    "A unit that does not exist can never be complete, so it cannot gate.",
)  # fmt: skip
PREREQUISITE_AMBIGUOUS = _message(
    "C105", WARNING, "the prerequisite {id} could mean {candidates}; it does not gate",
    "Write the track before the id, such as '{example}'.",
    "The same id is used in several other tracks, and a guess would lock learners behind the wrong unit.",
)  # fmt: skip
PREREQUISITE_IN_WORDS = _message(
    "C106", WARNING, "the prerequisite '{text}' is not plainly a unit; learners read it as an entry requirement",
    "Name the units by their ids (such as MOD-602 or PROJ-604) if it means any, with a comma between them.",
    "A gate opens once all of certain units are complete. Prose, choices and recommendations never make one.",
)  # fmt: skip
NEXT_NOT_REQUIRED = _message(
    "C107", INFO, "'Next' names {id}, which does not have {unit} as a prerequisite",
    "Add {unit} to the prerequisites of {id} if it must come first; otherwise all is well.",
    "'Next' is a hint for the learner and never gates, so the two may differ on purpose.",
)  # fmt: skip
NOT_IN_NEXT = _message(
    "C108", INFO, "{unit} is a prerequisite of {id}, but does not name it as 'Next'",
    "Add {id} to 'Next' of {unit} if learners should be sent there.",
    "Learners who finish a unit are shown what its 'Next' names.",
)  # fmt: skip
NEXT_UNKNOWN = _message(
    "C109", INFO, "'Next' names {id}, of which no single document was found",
    "Correct the id, or add the document it names to the source.",
    "Learners read the id, but there is nothing to link it to.",
)  # fmt: skip
HOURS_DISAGREE = _message(
    "C110", INFO, "{total} hours are stated, but the parts sum to {sum}",
    "Correct the total or the parts.",
    "The stated total is what learners and the LMS are told.",
)  # fmt: skip
HOURS_UNREADABLE = _message(
    "C111", WARNING, "no number of hours can be read from '{text}'",
    "Write it as '40 hours (12 lecture, 20 lab, 8 project)'.",
    "Without it the package says nothing of how long the unit takes.",
)  # fmt: skip
PLACEHOLDER = _message(
    "C112", INFO, "'{text}' only stands in for content",
    "Write what is meant, or remove it.",
    "Text that points into templates or plans tells a learner nothing.",
)  # fmt: skip
ID_MISSING = _message(
    "C113", WARNING, "the unit has no id; it is called {id}, after its file",
    "Add a '- **{label}**: ...' field to its overview.",
    "An id taken from a file's name changes when the file is renamed, and learners' progress is lost with it.",
)  # fmt: skip
ID_FORM = _message(
    "C114", WARNING, "nothing can refer to the id '{id}'",
    "Write ids as MOD-101 or PROJ-101.",
    "References are recognised by this form, so no other unit can require this one.",
)  # fmt: skip
TITLE_MISSING = _message(
    "C115", WARNING, "{id} has no title; its id is shown instead",
    "Add a '- **{label}**: ...' field to its overview.",
    "The title is what learners see in the menu of the LMS.",
)  # fmt: skip
ROLE_MISSING = _message(
    "C116", WARNING, "{id} names no target role; it is put into the track '{track}', after its folder",
    "Add a '- **Target Role(s)**: ...' field to its overview.",
    "The target role decides which course a unit belongs to.",
)  # fmt: skip
STAFF_TEXT_WITHHELD = _message(
    "C117", INFO, "learners do not get this, since it is about the authors' repository or for staff: {text}",
    "Move it to a part for staff, such as the solutions plan, or name something that learners can open.",
    "Paths into the authors' repository are of no use to learners, and may lead to solutions.",
)  # fmt: skip
PLACEMENT_DISAGREES = _message(
    "C118", INFO, "the placement speaks of {id}, which is no prerequisite",
    "Add {id} to the prerequisites if it must be complete first.",
    "Only the prerequisites gate; the placement is read for orientation.",
)  # fmt: skip
OBJECTIVES_MISSING = _message(
    "C119", INFO, "{id} states no learning objectives",
    "Add a '## Learning Objectives' section with a bullet each.",
    "Objectives go into the package's metadata, and learners want to know what a unit is for.",
)  # fmt: skip
SECTION_FOR_STAFF = _message(
    "C120", WARNING, "the section '{title}' is taken to be for staff, after its title; learners do not get it",
    "If learners should read it, write under [audience] in coursewright.toml: \"{title}\" = \"learner\".",
    "Solutions and notes for teachers must not slip into a learner's package, so a doubtful title keeps a section out.",
)  # fmt: skip
LINK_NOT_CARRIED = _message(
    "C121", WARNING, "'{target}' is not in the package: {shown}",
    "Give a link a full https address, and say in words what a picture shows.",
    "Pages must work offline and inside an LMS, so a link into the author's own folders, or a picture that is not packed, leads nowhere.",
)  # fmt: skip
AUDIENCE_UNUSED = _message(
    "C122", WARNING, "the settings name the audience of a section '{title}', but no document has one{nearest}",
    "Correct the title under [audience].",
    "A setting that is meant to keep a section from learners, and does not match it, keeps nothing from anybody.",
)  # fmt: skip

FORMULA_UNREADABLE = _message(
    "C123", WARNING, "the formula cannot be read: {formula}",
    "Correct its LaTeX; if it is money, write the dollar as \\$, or set math = false.",
    "Learners see the LaTeX instead of the formula. One in $$ may take several lines, but none that is blank or begins a list.",
)  # fmt: skip

HTML_AS_TEXT = _message(
    "C124", WARNING, "HTML is shown as it is written: {tags}",
    "Write it in Markdown, or put it between backquotes if learners are to read the tags.",
    "HTML of unknown making can run scripts, load from elsewhere and break a page, so none of it gets into one.",
)  # fmt: skip

# --- P, X: packages and schemas ---------------------------------------------------------------------------------------
PATH_UNSAFE = _message(
    "P201", ERROR, "the package would hold a file under the unsafe name '{name}'",
    "Give the unit an id of plain letters, digits and hyphens.",
    "Names that are absolute, climb out of the folder or are not ASCII fail in one LMS or another.",
)  # fmt: skip
PATH_TWICE = _message(
    "P202", ERROR, "the package would hold two files under the name '{name}'",
    "Give the units ids that differ in more than capitals or punctuation.",
    "Only one of two files with one name survives unpacking.",
)  # fmt: skip
REFERENCE_DANGLES = _message(
    "P203", ERROR, "{element} refers to '{reference}', which the manifest does not declare",
    "Name an identifier that is there, or declare it.",
    "Neither schema nor most LMSs notice; the item then cannot be launched.",
)  # fmt: skip
FILE_MISSING = _message(
    "P204", ERROR, "the manifest names the file '{name}', which the package does not hold",
    "Add the file, or remove its entry.",
    "LMSs import such a package without a word, and the learner meets an error page.",
)  # fmt: skip
FILE_UNDECLARED = _message(
    "P205", WARNING, "the package holds the file '{name}', which no resource declares",
    "Declare it with a <file> element.",
    "Some LMSs copy only what is declared.",
)  # fmt: skip
PREREQUISITE_NOT_LAUNCHABLE = _message(
    "P206", ERROR, "the prerequisites of '{item}' name '{operand}', which is no launchable SCO of this manifest",
    "Name items that launch a SCO.",
    "Only a SCO has a status. An unknown or unlaunchable operand is false for ever, and the item never opens.",
)  # fmt: skip
PREREQUISITE_SYNTAX = _message(
    "P207", ERROR, "the prerequisites of '{item}' are not of the form A&B&C: {expression}",
    "Join item identifiers by & alone.",
    "An expression that an LMS cannot read can take its whole activity down.",
)  # fmt: skip
OBJECTIVE_UNDECLARED = _message(
    "P208", ERROR, "a rule of '{item}' looks at the objective '{objective}', which the item does not declare",
    "Name the objectiveID of an objective of the same item.",
    "Objectives are local to their item. What an engine makes of one that is not there is its own affair.",
)  # fmt: skip
NEVER_OPENS = _message(
    "P209", ERROR, "'{item}' waits for the objective '{objective}', which no other item can satisfy: it never opens",
    "Map the objective to a global one (readSatisfiedStatus) that the item waited for writes (writeSatisfiedStatus).",
    "A locked item cannot satisfy its own objectives, so only another item, through a global objective, can unlock it.",
)  # fmt: skip
NOT_A_PACKAGE = _message(
    "P210", ERROR, "this is no zip, and no package: {what}",
    "Export the course again, as a zip; a file that was renamed does not become one.",
    "Every LMS reads packages as zips; some say no more than that the upload failed.",
)  # fmt: skip
CONTAINER_DAMAGED = _message(
    "P211", ERROR, "the archive cannot be read: {reason}",
    "Make it anew; if it came over the net, fetch it again.",
    "An LMS imports what it can read of a broken archive, or nothing, often without saying so.",
)  # fmt: skip
CONTAINER_EMPTY = _message(
    "P212", ERROR, "the archive holds no files",
    "Zip what is in the folder of the course.",
    "There is nothing to import.",
)  # fmt: skip
NAME_UNSAFE = _message(
    "P213", ERROR, "a file is named '{name}', which leads out of the package or is no name on every system",
    "Rename it: letters, digits, dots, hyphens and underscores, folders by /.",
    "Names that climb out of the folder are an attack, and LMSs refuse the whole package for one.",
)  # fmt: skip
ENTRY_TWICE = _message(
    "P214", ERROR, "a file of this name stands in the archive twice",
    "Keep one of them.",
    "Which one survives the unpacking differs from LMS to LMS.",
)  # fmt: skip
NAMES_COLLIDE = _message(
    "P215", WARNING, "its name differs from {other} in capitals or accents only",
    "Rename one of them.",
    "On many servers the second overwrites the first.",
)  # fmt: skip
ENTRY_IS_LINK = _message(
    "P216", ERROR, "this is a link to another file, not a file",
    "Put the file itself into the archive.",
    "Links may lead out of the package; LMSs drop them or refuse the package.",
)  # fmt: skip
ENTRY_ENCRYPTED = _message(
    "P217", ERROR, "the file is encrypted",
    "Make the archive without a password.",
    "No LMS asks for one.",
)  # fmt: skip
COMPRESSION_UNKNOWN = _message(
    "P218", ERROR, "the file is compressed by method {method}, which LMSs do not read",
    "Zip it the ordinary way (deflate).",
    "Only stored and deflated files are read everywhere.",
)  # fmt: skip
RATIO_TOO_HIGH = _message(
    "P219", ERROR, "the file unpacks to {size} bytes from {packed}",
    "Leave it out, or store it uncompressed.",
    "That is how a zip bomb looks, and LMSs refuse it: Canvas from 100:1 on.",
)  # fmt: skip
PACKAGE_TOO_LARGE = _message(
    "P220", ERROR, "the package unpacks to {size} bytes; at most {limit} are looked at",
    "Put videos elsewhere, or split the course.",
    "Uploads of this size time out, and servers limit them far below.",
)  # fmt: skip
TOO_MANY_FILES = _message(
    "P221", ERROR, "the package holds {count} files; at most {limit} are looked at",
    "Leave out what learners do not need.",
    "Canvas stops at 100,000, others sooner.",
)  # fmt: skip
ENTRIES_OVERLAP = _message(
    "P222", ERROR, "the file shares its bytes with {other}",
    "Make the archive anew.",
    "Files that overlap let a small zip unpack to a huge one.",
)  # fmt: skip
ENTRY_DAMAGED = _message(
    "P223", ERROR, "the file cannot be read: {reason}",
    "Make the archive anew.",
    "Its checksum or its length is not what the archive says.",
)  # fmt: skip
FILE_TOO_LARGE = _message(
    "P224", WARNING, "the file has {size} bytes; at most {limit} are looked into",
    "If it is XML or HTML, split it.",
    "What is larger is not judged.",
)  # fmt: skip
NAME_NOT_ASCII = _message(
    "P225", INFO, "the name has letters beyond ASCII",
    "Rename it in plain letters.",
    "Some LMSs do not find such files, or do not recognise the package at all.",
)  # fmt: skip
JUNK_FILE = _message(
    "P226", INFO, "this file is of the system that made the archive, not of the course",
    "Leave it out; on a Mac, zip with `zip -r -X`.",
    "It does no harm, and may confuse an importer.",
)  # fmt: skip
FILE_REFUSED = _message(
    "P227", WARNING, "some LMSs refuse packages with {kind} files",
    "Leave it out, or put it into a zip of its own.",
    "They look like programs that the server might run.",
)  # fmt: skip
ENTITIES_DECLARED = _message(
    "P228", ERROR, "the document declares entities",
    "Write the characters themselves.",
    "Entities can expand without end or read files of the server, so no importer should expand them.",
)  # fmt: skip
NO_MANIFEST = _message(
    "P229", ERROR, "there is no imsmanifest.xml, cmi5.xml, tincan.xml or moodle_backup.xml{advice}",
    "Export the course as a package for an LMS, and upload that.",
    "Without one of them an LMS cannot tell what it is given.",
)  # fmt: skip
MANIFEST_DEEPER = _message(
    "P230", ERROR, "{name} is not at the top of the archive",
    "Zip what is in {folder}, not the folder.",
    "LMSs look for it at the top only. This is the mistake most packages fail by.",
)  # fmt: skip
MANIFEST_MISNAMED = _message(
    "P231", ERROR, "{name} is not spelled {wanted}",
    "Rename it.",
    "Most servers tell capitals apart.",
)  # fmt: skip
NOTHING_TO_LAUNCH = _message(
    "P232", ERROR, "no item of the menu shows anything",
    "Give an item an identifierref that names a resource.",
    "Learners would see an empty course.",
)  # fmt: skip
ITEM_LEADS_NOWHERE = _message(
    "P233", WARNING, "the item '{item}' shows nothing and holds no other",
    "Give it an identifierref, or remove it.",
    "Learners choose it and nothing happens.",
)  # fmt: skip
ITEM_WITHOUT_TITLE = _message(
    "P234", WARNING, "the item '{item}' has no title",
    "Give it a <title>.",
    "It is an empty line in the menu, and a screen reader has nothing to say.",
)  # fmt: skip
IDENTIFIER_TWICE = _message(
    "P235", ERROR, "'{name}' names two things",
    "Give each an identifier of its own.",
    "LMSs keep one of them, and a learner's progress goes to whichever that is.",
)  # fmt: skip
SEVERAL_ORGANIZATIONS = _message(
    "P236", WARNING, "there are {count} organizations",
    "Keep one.",
    "Most LMSs show one, and not all the same one.",
)  # fmt: skip
SCO_WITHOUT_HREF = _message(
    "P237", ERROR, "the SCO '{name}' does not say which file launches it",
    "Give the resource an href.",
    "It cannot be opened.",
)  # fmt: skip
TYPE_UNKNOWN = _message(
    "P238", WARNING, "no importer of cartridges knows resources of the type '{type}'",
    "Take webcontent, or one of the cartridge's own types.",
    "Resources of unknown types are left out without a word.",
)  # fmt: skip
RESOURCE_FILES = _message(
    "P239", ERROR, "the resource '{name}' has {count} files; it must have one",
    "Keep the file that holds the link, topic, quiz or assignment.",
    "Importers read the first, or none.",
)  # fmt: skip
RESOURCE_HREF = _message(
    "P240", WARNING, "the resource '{name}' has an href, which only web content may have",
    "Remove the href; the <file> says it.",
    "Strict importers refuse it.",
)  # fmt: skip
HREF_NOT_AMONG_FILES = _message(
    "P241", ERROR, "the resource '{name}' launches {href}, which is not among its files",
    "Add a <file> with the same href.",
    "Importers copy the files, and then do not find what to launch.",
)  # fmt: skip
DEPENDENCY_WRONG = _message(
    "P242", ERROR, "a resource depends on '{target}', which nothing may depend on",
    "Remove the <dependency>.",
    "Only files can be depended on, and never the resource itself.",
)  # fmt: skip
BANK_IN_MENU = _message(
    "P243", ERROR, "the item '{item}' shows a question bank",
    "Remove the item.",
    "A bank is for teachers to take questions from; it cannot be shown.",
)  # fmt: skip
ID_NO_IRI = _message(
    "P244", ERROR, "the id '{name}' is no absolute IRI",
    "Take one such as https://example.org/course/1.",
    "Statements about learners are sent under it to every system.",
)  # fmt: skip
URL_INVALID = _message(
    "P245", ERROR, "the address '{url}' cannot be launched: {reason}",
    "Correct it.",
    "The unit could not be opened, or would start without knowing its learner.",
)  # fmt: skip
PAGE_EMPTY = _message(
    "P246", WARNING, "the page is empty",
    "Remove it, or put something on it.",
    "Moodle's importer of cartridges stops at an empty page.",
)  # fmt: skip
PAGE_WITHOUT_TITLE = _message(
    "P247", INFO, "the page has no title",
    "Give it a <title>.",
    "Screen readers read it first, and browsers show it on the tab.",
)  # fmt: skip
LINK_BROKEN = _message(
    "P248", WARNING, "'{link}' leads to nothing in the package",
    "Add the file, or correct the link.",
    "Learners meet a broken picture or an error page.",
)  # fmt: skip
LOADED_FROM_ELSEWHERE = _message(
    "P249", INFO, "the page loads {link} from elsewhere",
    "Put it into the package.",
    "It fails offline and behind a firewall, and tells a stranger who reads the page; from http:// browsers refuse it.",
)  # fmt: skip
UNIT_IS_SILENT = _message(
    "P250", WARNING, "neither this page nor a script of its own looks for the LMS",
    "Make it an asset, or have it report that it was completed.",
    "A SCO that never reports stays incomplete for ever, and whatever waits for it stays locked.",
)  # fmt: skip
NOT_ALL_JUDGED = _message(
    "P251", WARNING, "not everything was looked at: {what}",
    "Split the package, or judge a part of it.",
    "Without such bounds, a package could keep whoever judges it busy for ever.",
)  # fmt: skip
ENTRY_NO_FILE = _message(
    "P252", ERROR, "this is {what}, not a file",
    "Leave it out.",
    "Whoever reads it waits for ever, or reaches into the system.",
)  # fmt: skip
TAKES_IN = _message(
    "P253", ERROR, "the document takes in another: {what}",
    "Remove the reference; write what is meant into the document itself.",
    "An importer that follows it opens a file of the server, or asks a stranger over the net; others find nothing.",
)  # fmt: skip
DOCUMENT_TOO_LARGE = _message(
    "P254", ERROR, "the document is too large to be judged: {count} {what}, and at most {limit} are read",
    "Split the course.",
    "Importers hold it in memory whole, and run out of it or of time.",
)  # fmt: skip
NAME_DIFFERS = _message(
    "P255", ERROR, "the manifest names '{name}'; the package holds '{other}'",
    "Give both the same spelling.",
    "Most servers tell capitals and kinds of slashes apart, and do not find the file.",
)  # fmt: skip
MORE_OF_THEM = _message(
    "P256", INFO, "there are {count} more findings {code}",
    "Mend those that are listed, then judge again.",
    "A list that nobody reads to its end helps nobody.",
)  # fmt: skip
EXPRESSION_UNREADABLE = _message(
    "P257", ERROR, "the prerequisites of '{item}' cannot be read: {reason}: {expression}",
    "Join item identifiers by & and |, with ~ for not and brackets around what belongs together.",
    "An LMS that evaluates it stops with an error, and some take the whole course down.",
)  # fmt: skip
PREREQUISITE_CIRCLE = _message(
    "P258", ERROR, "'{item}' waits for itself: {way}",
    "Remove one of these prerequisites.",
    "Each waits for the next, so none of them ever opens.",
)  # fmt: skip
UNREACHABLE = _message(
    "P259", ERROR, "nothing under '{item}' can be reached: its control mode allows neither choice nor flow",
    "Set choice or flow to true.",
    "The menu refuses these items, and the buttons for the next and the last pass them by.",
)  # fmt: skip
OPEN_AT_FIRST = _message(
    "P260", WARNING, "'{item}' is open from the start: nobody knows yet whether '{objective}' is satisfied",
    "Add a condition <ruleCondition operator=\"not\" condition=\"objectiveStatusKnown\"> to the rule, combined by any.",
    "What has no status yet is neither satisfied nor not: the rule does not fire until the learner has failed.",
)  # fmt: skip
WRITTEN_TWICE = _message(
    "P261", ERROR, "two objectives of '{item}' write to '{objective}'",
    "Let one of them write.",
    "The standard forbids it, for the one would undo what the other wrote.",
)  # fmt: skip
BACKUP_INCOMPLETE = _message(
    "P262", ERROR, "the backup lacks {name}, {why}",
    "Make the backup anew.",
    "Moodle stops in the middle of the restore, and leaves half a course.",
)  # fmt: skip
CONTENT_DIFFERS = _message(
    "P263", ERROR, "the file is not the one that files.xml means: its SHA-1 is {found}",
    "Make the backup anew.",
    "Moodle knows files by their SHA-1 alone, and may show another in its place.",
)  # fmt: skip
THIN_HOLDS_MORE = _message(
    "P264", WARNING, "a thin cartridge holds links alone, and '{name}' is of the type '{type}'",
    "Make it a link to the web or to a tool, or export an ordinary cartridge.",
    "Whoever asks for a thin cartridge expects nothing but links in it, and leaves the rest out.",
)  # fmt: skip
LINK_MISSING = _message(
    "P265", ERROR, "the resource '{name}' has neither a link in it nor a file",
    "Put the link's own document, with its address, into the resource.",
    "Thin cartridges have their links in the manifest; without an address there is nothing to open.",
)  # fmt: skip
OUTDATED = _message(
    "P266", ERROR, "this is {what}, which {who} of today reads",
    "Export the course as {wanted}.",
    "What came after has other names for nearly all that a manifest says.",
)  # fmt: skip
READ_IN_PART = _message(
    "P267", WARNING, "this is no XML, and Canvas reads of it what it can make out: {reason}",
    "Correct the XML at this line.",
    "It does not stop at an error, and says nothing of it: what stands after it may be missing from the course.",
)  # fmt: skip
QUIZ_EMPTY = _message(
    "P270", ERROR, "the quiz '{quiz}' has no question",
    "Add one, or leave the quiz out.",
    "Moodle's import of a cartridge stops at such a quiz; elsewhere learners open an empty page.",
)  # fmt: skip
QUESTION_WITHOUT_TEXT = _message(
    "P271", WARNING, "the question '{question}' has no text",
    "Write into its presentation what is asked.",
    "Learners see answers and no question.",
)  # fmt: skip
ANSWER_UNKNOWN = _message(
    "P272", ERROR, "the question '{question}' judges {problem}, which it does not have",
    "Take the identifier of one that it has.",
    "Nobody can ever give that answer, so the question is scored wrongly, or lost at the import.",
)  # fmt: skip
NO_RIGHT_ANSWER = _message(
    "P273", ERROR, "no answer to the question '{question}' gives points{reason}",
    "Say which answer is right.",
    "Everyone gets 0 for it; Moodle leaves the question out.",
)  # fmt: skip
FEEDBACK_WRONG = _message(
    "P274", WARNING, "the feedback of the question '{question}' does not fit together: {problem}",
    "Let each displayfeedback name an itemfeedback of its question: a hint as 'hint', a solution as 'solution'.",
    "Learners do not see this feedback, or see it when it helps nobody.",
)  # fmt: skip
PROFILE_UNKNOWN = _message(
    "P275", ERROR, "nothing says what kind of question '{question}' is: {problem}",
    "Give it a cc_profile: cc.multiple_choice.v0p1, or that of true_false, multiple_response, fib, pattern_match, essay.",
    "Importers of cartridges leave out a question of a kind they do not know, most without a word.",
)  # fmt: skip
UNLIKE_PROFILE = _message(
    "P276", WARNING, "the question '{question}' is no {profile}: it {problem}",
    "Mend the question, or name the profile that it is of.",
    "Strict importers refuse it; others guess, and may ask or score it in another way.",
)  # fmt: skip
METADATA_WRONG = _message(
    "P277", WARNING, "the metadata of {whose} have {problem}",
    "Correct the <qtimetadatafield>, or remove it.",
    "Strict importers refuse the quiz; others take no notice, so that attempts, times or points are not what was meant.",
)  # fmt: skip
VARIABLE_WRONG = _message(
    "P280", ERROR, "the item '{item}' does not fit together: {problem}",
    "Give both places the same identifier, or declare what is missing.",
    "A player stops at such an item, or scores it 0 whatever the learner does.",
)  # fmt: skip
TEMPLATE_UNKNOWN = _message(
    "P281", WARNING, "the item '{item}' is processed by a template that only its author has: {template}",
    "Take match_correct, map_response or map_response_point, or write the processing out.",
    "Players know the templates of the standard; by any other, answers are not scored.",
)  # fmt: skip
ITEM_UNDECLARED = _message(
    "P282", WARNING, "the test takes in {name}, which is no resource of the manifest",
    "Give it a <resource> of its own.",
    "Importers that go by the manifest leave the item out of the test.",
)  # fmt: skip
MOVE_ON_LEFT_OUT = _message(
    "P285", INFO, "{count} of {total} units have no moveOn",
    "Write one, such as moveOn=\"Completed\", if learners are to do the unit.",
    "Without it a unit counts as satisfied from the start, before anyone has opened it.",
)  # fmt: skip
ROOT_WRONG = _message(
    "P286", ERROR, "the document is {found}; it must be {wanted}",
    "Correct the outermost element.",
    "Importers look for exactly this, and do not find the content.",
)  # fmt: skip
LAUNCHES = _message(
    "P287", ERROR, "{count} activities have a <launch>; one must have it",
    "Keep it at the activity that is the course.",
    "An LMS starts the one that says how; with none there is nothing to start, with more it takes the first or refuses.",
)  # fmt: skip
ACTIVITY_WRONG = _message(
    "P288", WARNING, "the activity '{activity}' {problem}",
    "Give it a <name>, and a type such as http://adlnet.gov/expapi/activities/course.",
    "The name is what an LMS lists the course by; a record store refuses statements with a type that is no IRI.",
)  # fmt: skip
MODULE_ITEM_DANGLES = _message(
    "P290", ERROR, "the module item '{item}' shows the {kind} '{reference}', which the cartridge does not hold",
    "Name the identifier that the {kind} itself has, and put the {kind} into the cartridge.",
    "Canvas leaves such items out of the module without a word.",
)  # fmt: skip
MODULE_WAITS_FOR_NOTHING = _message(
    "P291", ERROR, "the module '{module}' waits for '{reference}', {reason}",
    "Name a module that stands before it in module_meta.xml.",
    "Canvas drops such a prerequisite, and the module is open from the start.",
)  # fmt: skip
REQUIREMENT_DANGLES = _message(
    "P292", ERROR, "a requirement of the module '{module}' names '{reference}', {reason}",
    "Name the identifier of an <item> of this module, not that of what it shows.",
    "Canvas drops such a requirement: the module counts as complete without it, and what waits for it opens too soon.",
)  # fmt: skip
REQUIREMENT_UNFIT = _message(
    "P293", WARNING, "the requirement {type} of the module item '{item}' is dropped: {reason}",
    "Ask for must_view or must_mark_done.",
    "The module counts as complete without it.",
)  # fmt: skip
PAGE_NOT_SAVED = _message(
    "P294", ERROR, "Canvas does not keep this page: {reason}",
    "Give each page a <title>, and <meta name=\"identifier\" content=\"...\"> with a name of its own.",
    "The import says nothing of it; the page is missing, and so is whatever shows it.",
)  # fmt: skip
PAGE_ADDRESS_TWICE = _message(
    "P295", WARNING, "the page gets the same address in Canvas as {other}",
    "Rename one of the files.",
    "A page's address is made of its file's name. The second one gets another, and links to it lead to the first.",
)  # fmt: skip
ASSIGNMENT_INCOMPLETE = _message(
    "P296", ERROR, "the assignment '{name}' has no {what}",
    "Add it, be it empty.",
    "Canvas stops there, and imports nothing of the course.",
)  # fmt: skip
TYPE_OF_OTHER_VERSION = _message(
    "P297", ERROR, "the resource '{name}' is of the type {type}; in its own cartridges Canvas reads {wanted} alone",
    "Write it as {wanted}, and the manifest as Common Cartridge 1.1.",
    "What it holds is missing after the import, and nothing says so.",
)  # fmt: skip
POINTS_IGNORED = _message(
    "P298", WARNING, "the assignment '{name}' has points and no <grading_type>",
    "Add <grading_type>points</grading_type>.",
    "Without it Canvas ignores the points.",
)  # fmt: skip
SETTING_DANGLES = _message(
    "P299", WARNING, "the assignment '{name}' names the {what} '{reference}', which the cartridge does not hold",
    "Correct the identifier, or add the {what} to course_settings/{file}.",
    "Canvas puts what has no group under \"Imported Assignments\", and leaves out a rubric that it does not find.",
)  # fmt: skip
QUIZ_WITHOUT_QUESTIONS = _message(
    "P300", ERROR, "the quiz '{name}' has no {file}",
    "Write its questions there, in QTI 1.2, too.",
    "In its own cartridges Canvas reads quizzes from non_cc_assessments/ alone; without it there is no quiz.",
)  # fmt: skip
QUIZ_NOT_IN_GRADEBOOK = _message(
    "P301", WARNING, "the quiz '{name}' is graded and has no <assignment>",
    "Add one to its assessment_meta.xml, with submission_types online_quiz.",
    "Without it the quiz does not appear in the gradebook.",
)  # fmt: skip
MODULES_MISSING = _message(
    "P302", ERROR, "there is a menu, and no course_settings/module_meta.xml",
    "Write the modules and their items into that file.",
    "In its own cartridges Canvas ignores the menu of the manifest: the course would have no modules.",
)  # fmt: skip
ITEM_STAYS_HIDDEN = _message(
    "P303", WARNING, "the module item '{item}' has no <workflow_state>",
    "Add <workflow_state>active</workflow_state>.",
    "Addresses and headings without it arrive unpublished, and learners do not see them.",
)  # fmt: skip
FRONT_PAGE_MISSING = _message(
    "P304", WARNING, "the course opens with its front page, and no published page is that",
    "Give a page <meta name=\"front_page\" content=\"true\"> and the state active, or take another <default_view>.",
    "Learners who open the course find no page there.",
)  # fmt: skip
CANVAS_LINK_BROKEN = _message(
    "P305", WARNING, "'{link}' leads to nothing in the cartridge",
    "Correct the name, or add what it names.",
    "Canvas reports a missing link, and learners meet an error page.",
)  # fmt: skip
ITEM_WITHOUT_ADDRESS = _message(
    "P306", ERROR, "the module item '{item}' has no address that Canvas takes: '{url}'",
    "Write an absolute address into <url>, such as https://example.org/page.",
    "Canvas leaves the item out of the module.",
)  # fmt: skip
LOADED_UNSAFELY = _message(
    "P310", WARNING, "the page {does} {link}, over http",
    "Take https://, or put it into the package.",
    "LMSs are reached by https, and on such a page browsers block what goes over http: it stays away without a word.",
)  # fmt: skip
SCORM_TYPE_MISSPELLED = _message(
    "P311", WARNING, "the resource '{name}' has {written}, where {kind} wants {wanted}",
    "Write it so, by the prefix that the manifest has for the namespace of this edition.",
    "An LMS that does not find it takes the resource for an asset, which has no status, and no score.",
)  # fmt: skip
SCO_TYPE = _message(
    "P312", WARNING, "the SCO '{name}' is of the type '{type}'",
    "Write type=\"webcontent\".",
    "SCORM knows no other type, and an LMS may leave out what it does not know.",
)  # fmt: skip
ITEM_WITH_BOTH = _message(
    "P313", WARNING, "the item '{item}' shows something and holds other items",
    "Move what it shows into an item of its own, as the first that it holds.",
    "SCORM 2004 has only the items at the ends of the branches show something. Of others an LMS may drop what they show.",
)  # fmt: skip
WAITS_FOR_ASSET = _message(
    "P314", WARNING, "'{item}' waits for '{operand}', which shows an asset",
    "Make it a SCO that reports when it is completed, or wait for another.",
    "An asset reports nothing. Some LMSs hold it to be complete once it was opened; in others the wait never ends.",
)  # fmt: skip
ITEM_OUT_OF_REACH = _message(
    "P315", WARNING, "the item '{item}' is hidden, and nothing flows to it",
    "Remove isvisible=\"false\", or set flow=\"true\" on the item above it.",
    "The menu does not show it, and the button for the next passes it by.",
)  # fmt: skip
API_OF_ANOTHER_EDITION = _message(
    "P316", WARNING, "the page looks for the LMS as in {asks} alone, and the package is {is_in}",
    "Publish it again for the edition that the manifest names, or have it look for either.",
    "The two editions have other names for everything: the unit finds no LMS, and stays incomplete for ever.",
)  # fmt: skip
LAUNCHES_NO_PAGE = _message(
    "P317", WARNING, "the resource '{name}' launches {file}, which is {what}",
    "Put it onto a web page, or link to it from one.",
    "Browsers play and show web pages. What is none cannot report to the LMS either, so a SCO stays incomplete.",
)  # fmt: skip
SCO_FROM_ELSEWHERE = _message(
    "P318", WARNING, "the SCO '{name}' is launched from {address}, outside the package",
    "Put its pages into the package.",
    "Browsers keep a page of one site from scripts of another: it does not reach the LMS, and reports nothing.",
)  # fmt: skip
VERSION_UNKNOWN = _message(
    "P319", WARNING, "the manifest names the version '{version}'; of {kind}, importers know {known}",
    "Write one of these into <schemaversion>.",
    "It is by this that an LMS chooses how to read a package; some refuse one that they do not know, others guess.",
)  # fmt: skip
LINK_FROM_THE_TOP = _message(
    "P320", WARNING, "'{link}' begins with a slash: it leads to the top of the server, not of the package",
    "Make it relative to the page; for a build tool, set its base to './'.",
    "An LMS keeps a package in some folder of its own, where such an address finds nothing: the page stays blank.",
)  # fmt: skip
PREFIX_UNDECLARED = _message(
    "P321", ERROR, "the XML breaks the rules of namespaces: {reason}",
    "Declare the prefix on the outermost element, as xmlns:prefix=\"...\", or correct what is declared.",
    "Some importers stop here, others do not see what bears the prefix, and take a SCO for an asset.",
)  # fmt: skip
NOT_WELL_FORMED = _message(
    "X301", ERROR, "the document is not well-formed XML: {reason}",
    "Correct the XML at this line.",
    "No LMS reads past the first error.",
)  # fmt: skip
SCHEMA_VIOLATED = _message(
    "X302", ERROR, "{reason}",
    "Correct the element at this line.",
    "LMSs refuse, or silently misread, a manifest that its schema does not allow.",
)  # fmt: skip

# --- L: what the LMS will do ------------------------------------------------------------------------------------------
THRESHOLD_NOT_REPORTED = _message(
    "L401", INFO, "the threshold in '{text}' cannot become a mastery score: the unit reports no score in {format}",
    "Nothing to do: learners read the threshold, and whoever assesses applies it.",
    "A mastery score only acts on a score that the content itself reports; with none it would never be reached.",
)  # fmt: skip
GATE_TOO_LONG = _message(
    "L402", WARNING, "SCORM 1.2 has 200 characters for prerequisites; {left_out} of {id} are not enforced",
    "Require fewer units directly: {id} need not name what its other prerequisites already require.",
    "The schema refuses a longer expression. The learner's page still lists them all.",
)  # fmt: skip
TITLE_CUT = _message(
    "L403", WARNING, "the title has {length} characters; {format} has room for {limit}, so the manifest holds a cut one",
    "Shorten the title.",
    "A longer title makes the schema, and the import into Moodle, fail. The page shows it whole.",
)  # fmt: skip
TICKS_NOT_KEPT = _message(
    "L404", WARNING, "{format} keeps {limit} characters of a learner's state: only {kept} of {total} ticks are remembered",
    "Split the unit's checklist.",
    "An LMS silently drops state that is longer, and with it the page the learner was on.",
)  # fmt: skip
OBJECTIVES_NOT_LISTED = _message(
    "L406", INFO, "SCORM 2004 lists {limit} objectives of a unit, its requirements included: {kept} of {total} are listed",
    "Nothing to do: learners read them all. Fewer and broader objectives make better reports.",
    "An LMS need not keep more than 100 objectives of a unit.",
)  # fmt: skip
LABELS_MISSING = _message(
    "L405", WARNING, "there are {count} labels for the language '{language}': {rest} are in English",
    "Put the others into labels/{file}.toml of a theme, a copy of our en.toml with its texts translated.",
    "A screen reader pronounces a page by its one language, so labels in another are hard to understand.",
)  # fmt: skip
CONTRAST_LOW = _message(
    "L407", WARNING, "the theme's {colour} ({value}) on {ground} ({on}) has a contrast of {ratio}:1 on {scheme} pages; WCAG asks for {wanted}:1",
    "Take {better}.",
    "Readers with weak eyes, and everyone on a phone in the sun, cannot read it; public institutions may not publish it.",
)  # fmt: skip
GATES_LOST = _message(
    "L408", WARNING, "{format} has no sequencing: the units that wait for others ({count}) are open from the start",
    "Take moodle, canvas or scorm12 where the LMS should lock them; here the pages say what comes first.",
    "A cartridge holds an order and no conditions. Learners can begin anywhere.",
)  # fmt: skip
MOODLE_DAMAGES = _message(
    "L409", INFO, "Moodle's importer of cartridges damages {what} on: {pages}",
    "For Moodle take the format moodle; other LMSs show it as it is written.",
    "It takes one level of escaping away from every page, so that text such as <name> vanishes, and all of MathML.",
)  # fmt: skip
STAFF_LEFT_OUT = _message(
    "L410", WARNING, "{format} cannot hide anything from learners, so the staff material that was asked for is left out",
    "Take moodle, canvas or a cartridge (cc11, cc12, cc13) for it.",
    "What is in a SCORM package can be read by whoever plays it.",
)  # fmt: skip
RULE_LOADS = _message(
    "L411", WARNING, "the theme's rules load '{address}', which is not in the package",
    "Put the file into the theme's files/ and name it as theme/NAME; put other rules into theme.css itself.",
    "Pages must work offline and inside an LMS: what comes from elsewhere is missing there, and tells others who reads.",
)  # fmt: skip
WORK_REDUCED = _message(
    "L412", INFO, "{format} has no place for {lost}: graded work ({count}) goes without",
    "Take moodle or canvas where these matter; the pages of the work say all of it.",
    "Teachers would look for them after the import.",
)  # fmt: skip
LMS_REFUSES = _message(
    "L501", ERROR, "{lms} does not take this package, since {reason}",
    "Export the course in a form that it takes.",
    "The upload fails, or imports nothing, and the LMS seldom says why.",
)  # fmt: skip
MOODLE_STOPS = _message(
    "L502", ERROR, "Moodle's import stops: {reason}",
    "For Moodle, {remedy}.",
    "Nothing of the package arrives, or half of it, and the message on the screen seldom names the cause.",
)  # fmt: skip
MOODLE_MISREADS = _message(
    "L503", ERROR, "Moodle does not see {what}: {reason}",
    "For Moodle, {remedy}.",
    "Moodle compares names and prefixes letter by letter, where the standard lets their writers choose.",
)  # fmt: skip
MOODLE_LOSES_TEXT = _message(
    "L504", WARNING, "Moodle shows {what} otherwise: {reason}",
    "For Moodle, {remedy}.",
    "Its reader takes text in pieces, drops those that PHP takes for nothing, and reads no numeric references.",
)  # fmt: skip
MOODLE_LOCKS_OTHERWISE = _message(
    "L505", WARNING, "the prerequisites of '{item}' act otherwise in Moodle: {reason}",
    "Join identifiers of SCOs by & and |, and put the rule on each item that opens a page.",
    "An item that should be locked is open there, or one that should open never does.",
)  # fmt: skip
MOODLE_LOCKS_NOTHING = _message(
    "L506", WARNING, "Moodle does not enforce SCORM 2004's sequencing: items that it should lock or order ({count}) are open",
    "For locks in Moodle take SCORM 1.2 with prerequisites, or a Moodle backup.",
    "It stores the rules and never evaluates them: every item of its menu has a link.",
)  # fmt: skip
MOODLE_UNLINKS = _message(
    "L507", WARNING, "'{item}' hides the button Continue; Moodle takes away the link to the item after it",
    "Remove <adlnav:hideLMSUI>continue</adlnav:hideLMSUI>.",
    "That item cannot be chosen in the menu, however far the learner has come.",
)  # fmt: skip
MOODLE_OVERLOOKS_BASE = _message(
    "L508", ERROR, "Moodle overlooks xml:base on <{element}>",
    "Move it to each <resource>, or write the whole path into each href.",
    "It looks for the files without it, and learners get a page that is not found.",
)  # fmt: skip
MOODLE_COMPLETES_ASSETS = _message(
    "L509", INFO, "Moodle marks assets as completed when they are opened: {count} of {total} items",
    "Nothing to do where opening is enough; else make them SCOs that report.",
    "An asset tells nobody how far a learner has come.",
)  # fmt: skip
MOODLE_MAKES_ACTIVITY = _message(
    "L510", INFO, "Moodle takes this as one activity, an IMS content package: learners can read it, and nothing is recorded",
    "Nothing to do; for completion take SCORM.",
    "The standard has no way to talk to an LMS.",
)  # fmt: skip
MOODLE_REARRANGES = _message(
    "L511", INFO, "Moodle's import rearranges the menu: {what}",
    "Nothing to do; for a course as it was meant take a Moodle backup.",
    "A Moodle course has sections of activities, and its importer of cartridges puts their titles into the summaries.",
)  # fmt: skip
MOODLE_EMPTIES = _message(
    "L512", ERROR, "the item '{item}' arrives empty in Moodle: {reason}",
    "For Moodle, {remedy}.",
    "The item is in the menu, and learners find nothing behind it.",
)  # fmt: skip
MOODLE_BREAKS_LINKS = _message(
    "L513", WARNING, "in Moodle these links lead nowhere: {what}",
    "For Moodle, {remedy}.",
    "Its importer of cartridges copies no HTML files, and rewrites links to other files only where they are plain paths.",
)  # fmt: skip
MOODLE_STRIPS = _message(
    "L514", WARNING, "Moodle's import takes {what} away",
    "For Moodle take a Moodle backup, or SCORM, whose pages stay as they are.",
    "It cleans every page, and takes away one level of escaping, so that &lt;b&gt; becomes a tag.",
)  # fmt: skip
MOODLE_DROPS_QUESTIONS = _message(
    "L515", ERROR, "Moodle leaves out questions of this quiz: {what}",
    "Give each question an ident of its own and one of the six cc_profile values, and write other kinds as one of these.",
    "It knows multiple choice, multiple response, true/false, fill-in-blank, pattern match and essay by cc_profile alone.",
)  # fmt: skip
MOODLE_MARKS_WRONGLY = _message(
    "L516", WARNING, "Moodle marks the question '{question}' wrongly: {reason}",
    "For Moodle, {remedy}.",
    "It looks for what is right in one form only, and takes every other answer for wrong.",
)  # fmt: skip
MOODLE_DROPS_PARAMETERS = _message(
    "L517", WARNING, "Moodle drops the custom parameters of this tool ({count})",
    "Enter them again in the activity, after the import.",
    "The tool is launched without them, and may show another page than it was meant to.",
)  # fmt: skip
CANVAS_STOPS = _message(
    "L520", ERROR, "Canvas's import stops: {reason}",
    "For Canvas, {remedy}.",
    "Nothing of the package arrives.",
)  # fmt: skip
CANVAS_TAKES_FOR_GENERIC = _message(
    "L521", ERROR, "Canvas does not take this for its own: no resource has the href course_settings/canvas_export.txt",
    "Make it the href of the resource that lists the files of course_settings/.",
    "All settings, pages, modules with their locks and quizzes are lost; pages arrive as files.",
)  # fmt: skip
CANVAS_MAKES_FILES = _message(
    "L522", WARNING, "Canvas puts the HTML pages ({count}) among the files of the course, not among its pages",
    "For pages that can be edited there, and locks, take a Canvas cartridge.",
    "Modules link to them as files. A newer Canvas can make pages of them, where an administrator has switched that on.",
)  # fmt: skip
CANVAS_COLLECTS = _message(
    "L523", INFO, "Canvas puts the items that stand in no folder ({count}) into a module of its own, \"Misc Module\"",
    "Put them into a folder.",
    "Each folder at the top of the menu becomes a module; what is in none has to go somewhere.",
)  # fmt: skip
CANVAS_TOKEN_UNKNOWN = _message(
    "L524", WARNING, "Canvas does not know {token}, with which links begin on these pages: {pages}",
    "Write $IMS-CC-FILEBASE$ for it.",
    "It leaves such links as they are, and learners meet broken pictures.",
)  # fmt: skip
CANVAS_SANITISES = _message(
    "L525", INFO, "Canvas takes these off its pages: {what}",
    "Nothing to do where the pages read well without; put what must run into web_resources/, and show it in a frame.",
    "It lets neither scripts nor forms nor drawings into pages that it shows as its own.",
)  # fmt: skip
CANVAS_CHANGES_COURSE = _message(
    "L526", INFO, "the import changes the course's visibility or licence: {settings}",
    "Take these out of course_settings.xml, unless they are meant to change.",
    "Canvas applies them to the course that is imported into, without asking.",
)  # fmt: skip
CANVAS_LEAVES_OUT = _message(
    "L527", ERROR, "Canvas leaves out {what}: {reason}",
    "For Canvas, {remedy}.",
    "The import counts as complete all the same.",
)  # fmt: skip
CANVAS_CUTS_TITLE = _message(
    "L528", WARNING, "the title of the page has {length} characters; Canvas keeps {limit}",
    "Shorten the title.",
    "The rest is cut off, with a warning among many.",
)  # fmt: skip
CANVAS_CONVERTS = _message(
    "L529", WARNING, "Canvas takes {what} only through a converter: {loss}",
    "For Canvas, {remedy}.",
    "What the converter does not know is missing afterwards, and not every installation of Canvas has it.",
)  # fmt: skip
PREREQUISITES_IGNORED = _message(
    "L540", WARNING, "{lms} ignores prerequisites of SCORM 1.2: the items that wait for others ({count}) are open from the start",
    "Take SCORM 2004, whose sequencing it follows; or say on the pages what comes first.",
    "SCORM 1.2 leaves prerequisites to the LMS, and this one's makers chose to leave them out.",
)  # fmt: skip
METADATA_MISSING = _message(
    "L541", WARNING, "{lms} cannot open the metadata in {name}, which is not in the package, and says so at the import",
    "Add the file, or remove the <adlcp:location>.",
    "Whoever imports the package meets a warning that it may not play; the description is lost.",
)  # fmt: skip
TAKEN_FOR_SCORM = _message(
    "L542", WARNING, "{lms} takes this package for SCORM, which it does not say to be, and says so at the import",
    "Export the course as SCORM, or expect that nothing is reported of its learners.",
    "A content package of IMS has a menu and no way to talk to an LMS; whoever imports it meets a warning that it may not play.",
)  # fmt: skip
KIND_NOT_NAMED = _message(
    "L543", INFO, "the help of {lms} names {known} among what it takes; it does not name: {kind}",
    "Import one package and look at all of it before you send others, or take a kind that is named.",
    "It may work, and nobody has promised that it will.",
)  # fmt: skip
IMPORTED_TWICE = _message(
    "L544", INFO, "{lms} adds what it imports and replaces no page, topic or quiz: imported again, they are there twice",
    "Import a newer package into a new course, or remove the older content first.",
    "It does not match what it has by identifiers, and learners' work stays with the older copy.",
)  # fmt: skip
NO_RECORD_STORE = _message(
    "L545", INFO, "{lms} has no learning record store: of what the package reports, the basic data reaches the grade centre",
    "Name a record store of your own in the package where statements matter.",
    "Statements beyond completion, score and time are kept nowhere.",
)  # fmt: skip
STRUCTURE_REFUSED = _message(
    "L546", ERROR, "{lms} refuses this cmi5.xml: it does not import what its schema forbids or ids that are no IRIs ({count} found)",
    "Mend what is said of this document, then import it.",
    "It judges a course structure before it takes anything of the package, and stops at the first mistake.",
)  # fmt: skip
QUESTION_SKIPPED = _message(
    "L547", ERROR, "{lms} imports no questions that are answered by <{kind}>",
    "Ask by a choice, a word to write or an essay, or write the question anew after the import.",
    "The question is left out, and the test is shorter without a word.",
)  # fmt: skip
LOOKS_STRIPPED = _message(
    "L548", INFO, "{lms} removes styles and classes from questions, which changes {count} of {total}",
    "Say nothing by colour or layout alone; draw what must look so as a picture.",
    "Text stays and its looks go, so that what was marked by colour can no longer be told.",
)  # fmt: skip
NAME_FORBIDDEN = _message(
    "L549", WARNING, "{lms} does not allow this in names of files: {signs}",
    "Rename the file, and what refers to it.",
    "Those who run it report files that cannot be uploaded or opened; what an import makes of them is not documented.",
)  # fmt: skip
VERSIONS_MIXED = _message(
    "L550", WARNING, "{lms} may lose the title: this topic is written for Common Cartridge {written}, and its type in the manifest says {said}",
    "Give manifest, types and documents one version.",
    "Users of it saw such topics arrive in one flat list, with identifiers for titles.",
)  # fmt: skip
PROFILE_MISSING = _message(
    "L551", WARNING, "{lms} may not load questions that do not say their cc_profile: {count} of {total}",
    "Say of each question's type by a cc_profile in its metadata, such as cc.multiple_choice.v0p1.",
    "The standard demands it, for importers tell types by it; users of this LMS saw quizzes arrive empty.",
)  # fmt: skip

# --- D: what changes from one package to the next -----------------------------------------------------------------------
IDENTITY_CHANGED = _message(
    "D601", ERROR, "“{title}” was {before} and is {now}: for an LMS it is another one",
    "Keep the old identifier; a new title needs no new one.",
    "An LMS knows by the identifier alone whose records belong to what: with another one all that learners did there is lost, or stands beside it twice.",
)  # fmt: skip
ENTRY_GONE = _message(
    "D602", WARNING, "“{title}” ({kind}) is gone",
    "Tell teachers before they import it; keep the entry, hidden, where its records still count.",
    "Importing the package again deletes it in most LMSs, together with what learners did there.",
)  # fmt: skip
ENTRY_NEW = _message(
    "D603", INFO, "“{title}” ({kind}) is new, {where}",
    "Nothing to do.",
    "Learners who had completed everything have something before them again.",
)  # fmt: skip
RENAMED = _message(
    "D604", INFO, "“{before}” is called “{now}” now",
    "Nothing to do.",
    "Records stay, since they hang on the identifier; learners look for the old name.",
)  # fmt: skip
MOVED = _message(
    "D605", INFO, "“{title}” moves from {before} to {now}",
    "Nothing to do.",
    "Records stay; learners find it elsewhere, and the gates of its new place hold for it.",
)  # fmt: skip
ORDER_CHANGED = _message(
    "D606", INFO, "what stands {where} is in another order",
    "Nothing to do.",
    "Learners who go on where they left may be led to what they know, or past something.",
)  # fmt: skip
GATE_ADDED = _message(
    "D607", WARNING, "“{title}” now opens only once {gate}",
    "Tell learners who are in the middle of it, or keep it open for them.",
    "Whoever has begun it and lacks what it waits for finds it locked.",
)  # fmt: skip
GATE_REMOVED = _message(
    "D608", INFO, "“{title}” no longer waits until {gate}",
    "Nothing to do, if it was meant.",
    "Learners may begin it earlier than before.",
)  # fmt: skip
COMPLETION_CHANGED = _message(
    "D609", WARNING, "“{title}” is {now}; it was {before}",
    "Tell teachers: reports before and after mean different things.",
    "What completes an entry decides who is through, and what opens for whom.",
)  # fmt: skip
ENTRY_KIND_CHANGED = _message(
    "D610", WARNING, "“{title}” was of the kind {before} and is of the kind {now}",
    "Give it another identifier, if it is another thing.",
    "An LMS keeps the records of one kind for itself; those of the old kind stay behind.",
)  # fmt: skip
HIDDEN = _message(
    "D611", WARNING, "“{title}” is hidden from learners now",
    "Publish it, unless that was meant.",
    "What is hidden cannot be completed, and what waits for it stays locked.",
)  # fmt: skip
SHOWN = _message(
    "D612", INFO, "“{title}” is shown to learners now",
    "Look whether it holds anything for staff.",
    "It was hidden before.",
)  # fmt: skip
ADDRESS_CHANGED = _message(
    "D613", INFO, "“{title}” opens {now}; it opened {before}",
    "Nothing to do.",
    "Bookmarks that a unit has kept may name places of the old file.",
)  # fmt: skip
CONTENT_CHANGED = _message(
    "D614", INFO, "“{title}” differs in {files}",
    "Nothing to do.",
    "Learners who had completed it have not seen what is new.",
)  # fmt: skip
OTHER_FILES_CHANGED = _message(
    "D615", INFO, "files of no entry differ: {files}",
    "Nothing to do.",
    "Styles, scripts and settings change how everything looks and works.",
)  # fmt: skip
PACKAGE_KIND_CHANGED = _message(
    "D616", WARNING, "the package was of the kind {before} and is of the kind {now}",
    "Import it as a new course.",
    "An LMS cannot put one kind in the place of another, so no record is carried over.",
)  # fmt: skip
ALWAYS_NEW = _message(
    "D617", INFO, "a {kind} is restored as a new course: it holds no record of a learner, whatever stayed the same",
    "Restore it for new learners, and let those who have begun finish in the old course.",
    "Moodle matches neither activities nor sections of a course in use with those of a backup.",
)  # fmt: skip
