"""C: what the curriculum says."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

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
    "C106", WARNING, "no lock was made for '{text}'; learners see it as an entry requirement",
    "If a unit must be completed first, write its id, such as MOD-101, with commas between several. Otherwise leave it as it is.",
    "A lock needs the id of a unit and nothing that casts doubt on it. Skills, choices and recommendations are shown to learners, but an LMS can't check them.",
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
    "C117", WARNING, "not shown to learners, as {what}: {text}",
    "If learners should read it, reword it; otherwise move it to a section for staff, such as 'Solutions Plan'.",
    "Learners should not see solutions, and have no use for notes on how the course is taught or where its files are kept.",
)  # fmt: skip
COMMENT_WITHHELD = message(
    "C134", INFO, "{what} not shown to learners: {text}",
    "Nothing need be done; take the words out of the comment if learners should read them.",
    "Comments are an author's notes. No page of any format shows them.",
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
    "C120", WARNING, "the section '{title}' is not shown to learners, because its title sounds like one for staff",
    "If learners should read it, write under [audience] in coursewright.toml: \"{title}\" = \"learner\".",
    "Solutions and notes for teachers must not reach learners, so a section is left out when its title is in doubt.",
)  # fmt: skip
LINK_NOT_CARRIED = message(
    "C121", WARNING, "'{target}' is left out: {shown}",
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
    "C125", WARNING, "the lock can't check the condition in '{text}'; learners see it as an entry requirement",
    "Check the condition yourself before you admit learners, or remove it if completing the unit is enough.",
    "The lock opens as soon as the unit is complete. Not every LMS has a grade for a whole unit, and none asks when it was completed.",
)  # fmt: skip
PREREQUISITE_STRUCK = message(
    "C126", WARNING, "this is struck through or in a comment, so it locks nothing: {text}",
    "Delete it, or remove the marks if it is required.",
    "Text that is struck through or in a comment isn't meant for readers, so learners don't see it and nothing waits for it.",
)  # fmt: skip
PREREQUISITES_DISAGREE = message(
    "C127", WARNING, "one place says there are no prerequisites, another lists some; the listed ones apply",
    "Remove whichever is wrong.",
    "Prerequisites may stand in a field, a section or the text. They are added together.",
)  # fmt: skip
GATES_NOTHING = message(
    "C128", WARNING, "this looks like a prerequisite, but locks nothing: {text}",
    "If the unit must wait, add '- **Prerequisites**: MOD-101' (with the right id) to its overview. List units that come after it under 'Next'.",
    "Only fields and sections that are plainly about prerequisites make locks. Elsewhere the text may be about another unit, or just mention one.",
)  # fmt: skip
IDS_ALIKE = message(
    "C129", WARNING, "the ids {id} and {other} differ only in upper and lower case",
    "Give one of them another id, or always write the ids exactly as they are defined.",
    "Case is ignored when an id is looked up. One that matches neither spelling exactly is taken for the first of the two.",
)  # fmt: skip
FRONT_MATTER_PREREQUISITES = message(
    "C130", WARNING, "'{key}' in the front matter is ignored, so it locks nothing",
    "Add a '- **Prerequisites**: ...' field to the overview instead.",
    "Every tool has its own form of front matter. Whatever locks a unit has to be where authors and learners can see it.",
)  # fmt: skip
ROLES_TAKEN_APART = message(
    "C131", WARNING, "the roles {roles} would share the track '{track}', so each gets its own track, and identifiers in packages to match: {tracks}",
    "If they are one role, spell it the same way everywhere. If a role that you published as '{track}' now has another track, an LMS will take its packages for new ones.",
    "Tracks are named in letters, digits and hyphens only. The role spelled like the track keeps it, or else the first; adding a role with a similar name changes the identifiers of the others.",
)  # fmt: skip
