"""C: what the curriculum says."""

from __future__ import annotations

from coursewright.messages.catalogue import ERROR, INFO, WARNING, message

DUPLICATE_IDENTITY = message(
    "C101", ERROR, "{id} stands twice in the track {track}; the other one is at {other}",
    "Give one of them another id.",
    "Identity is the track and the id. References, the identifiers in packages and learners' progress all hang on it.",
)  # fmt: skip
PREREQUISITE_CYCLE = message(
    "C102", ERROR, "prerequisites go round in a circle: {cycle}",
    "Remove one of these prerequisites; 'Next' is the place to say what merely follows.",
    "No unit of a circle could ever be opened, since each waits for another.",
)  # fmt: skip
PREREQUISITE_OUTSIDE = message(
    "C103", WARNING, "the prerequisite {id} ({track}) is not in this course; learners read it as an entry requirement",
    "Build one package for both (--by all, or --only {own}/{unit} --with-prerequisites), or accept that the LMS cannot check it.",
    "A package can only gate on what it holds.",
)  # fmt: skip
PREREQUISITE_UNKNOWN = message(
    "C104", WARNING, "the prerequisite {id} is not among the documents; learners read it as an entry requirement",
    "Correct the id, or add the document it names to the source.",
    "A unit that does not exist can never be complete, so it cannot gate.",
)  # fmt: skip
PREREQUISITE_AMBIGUOUS = message(
    "C105", WARNING, "the prerequisite {id} could mean {candidates}; it does not gate",
    "Write the track before the id, such as '{example}'.",
    "The same id is used in several other tracks, and a guess would lock learners behind the wrong unit.",
)  # fmt: skip
PREREQUISITE_IN_WORDS = message(
    "C106", WARNING, "the prerequisite '{text}' is not plainly a unit; learners read it as an entry requirement",
    "Name the units by their ids (such as MOD-602 or PROJ-604) if it means any, with a comma between them.",
    "A gate opens once all of certain units are complete. Prose, choices and recommendations never make one.",
)  # fmt: skip
NEXT_NOT_REQUIRED = message(
    "C107", INFO, "'Next' names {id}, which does not have {unit} as a prerequisite",
    "Add {unit} to the prerequisites of {id} if it must come first; otherwise all is well.",
    "'Next' is a hint for the learner and never gates, so the two may differ on purpose.",
)  # fmt: skip
NOT_IN_NEXT = message(
    "C108", INFO, "{unit} is a prerequisite of {id}, but does not name it as 'Next'",
    "Add {id} to 'Next' of {unit} if learners should be sent there.",
    "Learners who finish a unit are shown what its 'Next' names.",
)  # fmt: skip
NEXT_UNKNOWN = message(
    "C109", INFO, "'Next' names {id}, of which no single document was found",
    "Correct the id, or add the document it names to the source.",
    "Learners read the id, but there is nothing to link it to.",
)  # fmt: skip
HOURS_DISAGREE = message(
    "C110", INFO, "{total} hours are stated, but the parts sum to {sum}",
    "Correct the total or the parts.",
    "The stated total is what learners and the LMS are told.",
)  # fmt: skip
HOURS_UNREADABLE = message(
    "C111", WARNING, "no number of hours can be read from '{text}'",
    "Write it as '40 hours (12 lecture, 20 lab, 8 project)'.",
    "Without it the package says nothing of how long the unit takes.",
)  # fmt: skip
PLACEHOLDER = message(
    "C112", INFO, "'{text}' only stands in for content",
    "Write what is meant, or remove it.",
    "Text that points into templates or plans tells a learner nothing.",
)  # fmt: skip
ID_MISSING = message(
    "C113", WARNING, "the unit has no id; it is called {id}, after its file",
    "Add a '- **{label}**: ...' field to its overview.",
    "An id taken from a file's name changes when the file is renamed, and learners' progress is lost with it.",
)  # fmt: skip
ID_FORM = message(
    "C114", WARNING, "nothing can refer to the id '{id}'",
    "Write a short id without commas, semicolons and brackets, such as MOD-101 or CS-101.",
    "These characters separate and annotate the ids in a list of prerequisites, so no other unit can require this one.",
)  # fmt: skip
TITLE_MISSING = message(
    "C115", WARNING, "{id} has no title; its id is shown instead",
    "Add a '- **{label}**: ...' field to its overview.",
    "The title is what learners see in the menu of the LMS.",
)  # fmt: skip
ROLE_MISSING = message(
    "C116", WARNING, "{id} names no target role; it is put into the track '{track}', after its folder",
    "Add a '- **Target Role(s)**: ...' field to its overview.",
    "The target role decides which course a unit belongs to.",
)  # fmt: skip
STAFF_TEXT_WITHHELD = message(
    "C117", WARNING, "learners do not get this, since it gives a solution or says where the authors keep things: {text}",
    "Move it to a section for staff, such as 'Solutions Plan', or reword it if learners should read it.",
    "Solutions must not reach learners, and notes on the authors' repository are of no use to them.",
)  # fmt: skip
PLACEMENT_DISAGREES = message(
    "C118", INFO, "the placement speaks of {id}, which is no prerequisite",
    "Add {id} to the prerequisites if it must be complete first.",
    "Only the prerequisites gate; the placement is read for orientation.",
)  # fmt: skip
OBJECTIVES_MISSING = message(
    "C119", INFO, "{id} states no learning objectives",
    "Add a '## Learning Objectives' section with a bullet each.",
    "Objectives go into the package's metadata, and learners want to know what a unit is for.",
)  # fmt: skip
SECTION_FOR_STAFF = message(
    "C120", WARNING, "the section '{title}' is taken to be for staff, after its title; learners do not get it",
    "If learners should read it, write under [audience] in coursewright.toml: \"{title}\" = \"learner\".",
    "Solutions and notes for teachers must not slip into a learner's package, so a doubtful title keeps a section out.",
)  # fmt: skip
LINK_NOT_CARRIED = message(
    "C121", WARNING, "'{target}' is not in the package: {shown}",
    "Give a link a full https address, and say in words what a picture shows.",
    "Pages must work offline and inside an LMS, so a link into the author's own folders, or a picture that is not packed, leads nowhere.",
)  # fmt: skip
AUDIENCE_UNUSED = message(
    "C122", WARNING, "the settings name the audience of a section '{title}', but no document has one{nearest}",
    "Correct the title under [audience].",
    "A setting that is meant to keep a section from learners, and does not match it, keeps nothing from anybody.",
)  # fmt: skip
FORMULA_UNREADABLE = message(
    "C123", WARNING, "the formula cannot be read: {formula}",
    "Correct its LaTeX; if it is money, write the dollar as \\$, or set math = false.",
    "Learners see the LaTeX instead of the formula. One in $$ may take several lines, but none that is blank or begins a list.",
)  # fmt: skip
HTML_AS_TEXT = message(
    "C124", WARNING, "HTML is shown as it is written: {tags}",
    "Write it in Markdown, or put it between backquotes if learners are to read the tags.",
    "HTML of unknown making can run scripts, load from elsewhere and break a page, so none of it gets into one.",
)  # fmt: skip
CONDITION_NOT_HELD = message(
    "C125", WARNING, "the lock does not hold the condition in '{text}'; learners read it as an entry requirement",
    "Check it yourself before you admit learners, or leave it out if completing the unit is enough.",
    "The lock opens once the unit is complete. A unit as a whole has no grade that every LMS knows, and no lock asks when it was completed.",
)  # fmt: skip
PREREQUISITE_STRUCK = message(
    "C126", WARNING, "this is struck out or in a comment, so it is not a prerequisite: {text}",
    "Remove it, or write it without those marks if it is required.",
    "What is struck out or in a comment is not meant for readers, so it neither gates nor stands on a page.",
)  # fmt: skip
PREREQUISITES_DISAGREE = message(
    "C127", WARNING, "one place says that there are no prerequisites, another names some; those count",
    "Remove one of the two.",
    "The prerequisites of the field, of the section and of the text are joined.",
)  # fmt: skip
GATES_NOTHING = message(
    "C128", WARNING, "this looks like a prerequisite, but gates nothing where it stands: {text}",
    "Write in the overview '- **Prerequisites**: MOD-101' if this unit waits for it. What waits for this unit belongs under 'Next'.",
    "Locks come from fields and sections of prerequisites. What is said elsewhere could be about another unit.",
)  # fmt: skip
IDS_ALIKE = message(
    "C129", WARNING, "the ids {id} and {other} differ only in capitals",
    "Give one of them another id, or write each reference exactly as the id.",
    "References are read whatever their capitals, so one of another spelling means the first of the two.",
)  # fmt: skip
FRONT_MATTER_PREREQUISITES = message(
    "C130", WARNING, "'{key}' in the front matter is not read, so it locks nothing",
    "Write it as a '- **Prerequisites**: ...' field of the overview.",
    "Front matter has no form that all tools share. What gates must stand where authors and learners can see it.",
)  # fmt: skip
ROLES_TAKEN_APART = message(
    "C131", INFO, "the roles {roles} have one name for files, '{track}'; each has a track of its own: {tracks}",
    "Nothing need be done; write a role in one way throughout if the same one is meant.",
    "Names of files and identifiers hold letters, digits and hyphens only, so that C++ and C# look the same in them.",
)  # fmt: skip
