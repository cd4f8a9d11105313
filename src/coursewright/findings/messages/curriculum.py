"""C: what the curriculum says."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

DUPLICATE_IDENTITY = message("C101", ERROR,
    "{id} appears twice in the track {track}; the other one is at {other}",
    "Give one of them another id.",
    "A unit is identified by its track and its id. References, identifiers in packages and learners' progress all depend on them.",
    "an id appears twice in a track",
)  # fmt: skip
PREREQUISITE_CYCLE = message("C102", ERROR,
    "the prerequisites form a circle: {cycle}",
    "Remove one of these prerequisites. Use 'Next' for what merely comes afterwards.",
    "No unit in a circle could ever be opened, since each waits for another.",
)  # fmt: skip
PREREQUISITE_OUTSIDE = message("C103", WARNING,
    "the prerequisite {id} ({track}) is not in this course; learners see it as an entry requirement",
    "Build one package for both (--by all, or --only {own}/{unit} --with-prerequisites), or accept that the LMS cannot check it.",
    "A package can lock a unit only until another unit in it is complete.",
    "a prerequisite is not in this course; learners see it as an entry requirement",
)  # fmt: skip
PREREQUISITE_UNKNOWN = message("C104", WARNING,
    "the prerequisite {id} is not among the documents; learners see it as an entry requirement",
    "Correct the id, or add the document that has it to the sources.",
    "A unit that does not exist can never be complete, so nothing can wait for it.",
    "a prerequisite is not among the documents; learners see it as an entry requirement",
)  # fmt: skip
PREREQUISITE_AMBIGUOUS = message("C105", WARNING,
    "the prerequisite {id} could mean {candidates}; it locks nothing",
    "Write the track before the id, such as '{example}'.",
    "The same id is used in several other tracks, and a guess would lock learners behind the wrong unit.",
    "a prerequisite could mean several units; it locks nothing",
)  # fmt: skip
PREREQUISITE_IN_WORDS = message("C106", WARNING,
    "no lock was made for '{text}'; learners see it as an entry requirement",
    "If a unit must be completed first, write its id, such as MOD-101, with commas between several. Otherwise leave it as it is.",
    "A lock needs the id of a unit and nothing that casts doubt on it. Skills, choices and recommendations are shown to learners, but an LMS can't check them.",
    "no lock was made for a prerequisite in words; learners see it as an entry requirement",
)  # fmt: skip
NEXT_NOT_REQUIRED = message("C107", INFO,
    "'Next' names {id}, which does not have {unit} as a prerequisite",
    "If it must come first, add {unit} to the prerequisites of {id}; otherwise there is nothing to do.",
    "'Next' is a hint for learners and locks nothing, so the two may differ on purpose.",
    "'Next' names a unit that does not have this one as a prerequisite",
)  # fmt: skip
NOT_IN_NEXT = message("C108", INFO,
    "{unit} is a prerequisite of {id}, but does not name it as 'Next'",
    "If learners should be sent there, add {id} to 'Next' of {unit}.",
    "Learners who finish a unit are shown what its 'Next' names.",
    "a unit is a prerequisite of another, but does not name it as 'Next'",
)  # fmt: skip
NEXT_UNKNOWN = message("C109", INFO,
    "'Next' names {id}, which is the id of no document, or of several",
    "Correct the id, or add the document that has it to the sources.",
    "Learners see the id, but there is nothing to link it to.",
    "'Next' names the id of no document, or of several",
)  # fmt: skip
HOURS_DISAGREE = message("C110", INFO,
    "{total} hours are stated, but the parts add up to {sum}",
    "Correct the total or the parts.",
    "Learners and the LMS are shown the stated total.",
    "the stated hours differ from the sum of the parts",
)  # fmt: skip
HOURS_UNREADABLE = message("C111", WARNING,
    "the hours cannot be read from '{text}'",
    "Write it as '40 hours (12 lecture, 20 lab, 8 project)'.",
    "Without them, the package does not say how long the unit takes.",
    "the hours cannot be read",
)  # fmt: skip
PLACEHOLDER = message("C112", INFO,
    "'{text}' is only a placeholder",
    "Write the real content, or remove it.",
    "Text that points to templates or plans tells learners nothing.",
    "the text is only a placeholder",
)  # fmt: skip
ID_MISSING = message("C113", WARNING,
    "the unit has no id; it is called {id}, after its file",
    "Add a '- **{label}**: ...' field to its overview.",
    "An id taken from a file name changes when the file is renamed, and learners' progress is lost with it.",
    "the unit has no id; it is called after its file",
)  # fmt: skip
ID_FORM = message("C114", WARNING,
    "nothing can refer to an id like '{id}'",
    "Use a short id without commas, semicolons or brackets, such as MOD-101 or CS-101.",
    "These characters separate and annotate ids in a list of prerequisites, so no other unit can require this one.",
    "nothing can refer to an id like this",
)  # fmt: skip
TITLE_MISSING = message("C115", WARNING,
    "{id} has no title; its id is shown instead",
    "Add a '- **{label}**: ...' field to its overview.",
    "Learners see the title in the LMS's menu.",
    "a unit has no title; its id is shown instead",
)  # fmt: skip
ROLE_MISSING = message("C116", WARNING,
    "{id} names no target role; it is put in the track '{track}', after its folder",
    "Add a '- **Target Role(s)**: ...' field to its overview.",
    "The target role decides which course a unit belongs to.",
    "a unit names no target role; it is put in a track named after its folder",
)  # fmt: skip
STAFF_TEXT_WITHHELD = message("C117", WARNING,
    "not shown to learners, as {what}: {text}",
    "If learners should read it, reword it. Otherwise move it to a section for staff, such as 'Solutions Plan'.",
    "Learners should not see solutions, and have no use for notes on how the course is taught or where its files are kept.",
    "text is not shown to learners, because it seems to be for staff",
)  # fmt: skip
COMMENT_WITHHELD = message("C134", INFO,
    "{what} not shown to learners: {text}",
    "Nothing to do. If learners should read the words, take them out of the comment.",
    "Comments are the author's notes. No page in any format shows them.",
    "a comment is not shown to learners",
)  # fmt: skip
PLACEMENT_DISAGREES = message("C118", INFO,
    "the placement mentions {id}, which is not a prerequisite",
    "If it must be completed first, add {id} to the prerequisites.",
    "Only prerequisites lock anything. The placement is for orientation.",
    "the placement mentions a unit that is not a prerequisite",
)  # fmt: skip
OBJECTIVES_MISSING = message("C119", INFO,
    "{id} has no learning objectives",
    "Add a '## Learning Objectives' section with one bullet for each.",
    "Objectives go into the package's metadata, and tell learners what the unit is for.",
    "a unit has no learning objectives",
)  # fmt: skip
SECTION_FOR_STAFF = message("C120", WARNING,
    "the section '{title}' is not shown to learners, because its title sounds like staff material{text}",
    "If learners should read it, add this under [audience] in coursewright.toml: \"{title}\" = \"learner\".",
    "Solutions and teachers' notes must not reach learners, so a section is left out when its title is in doubt.",
    "a section is not shown to learners, because its title sounds like staff material",
)  # fmt: skip
LANGUAGE_UNSET = message("C132", WARNING,
    "no language is set; the pages are marked as '{language}', because most of the text is in {script} letters",
    "Add language = \"{language}\" to coursewright.toml, or the tag of the language that it is in.",
    "Browsers choose fonts, hyphens and the direction of lines by the language, and screen readers their voice.",
    "no language is set, but the text is not in Latin letters",
)  # fmt: skip
LAYOUT_FOR_STAFF = message("C133", INFO,
    "sections for staff, not shown to learners: {sections}",
    "Nothing to do. If learners should read one, add its title under [audience] in coursewright.toml: \"Sign-off\" = \"learner\".",
    "In this layout they hold solutions, where files are kept and who signed what, which is of no use to learners.",
    "sections for staff are not shown to learners",
)  # fmt: skip
LINK_NOT_CARRIED = message("C121", WARNING,
    "'{target}' is left out: {shown}",
    "Use a full https address for a link, and say in words what a picture shows.",
    "Pages must work offline and inside an LMS. A link into the author's own folders, or a picture that is not in the package, leads nowhere.",
    "a link or picture is left out",
)  # fmt: skip
AUDIENCE_UNUSED = message("C122", WARNING,
    "the settings give an audience for the section '{title}', but no document has this section{nearest}",
    "Correct the title under [audience].",
    "A setting that is meant to hide a section from learners, but does not match it, hides nothing.",
)  # fmt: skip
FORMULA_UNREADABLE = message("C123", WARNING,
    "the formula cannot be read: {formula}",
    "Correct its LaTeX. If it is an amount of money, write the dollar as \\$, or set math = false.",
    "Learners see the LaTeX instead of the formula. A formula in $$ may span several lines, but none of them may be blank or begin a list.",
)  # fmt: skip
HTML_AS_TEXT = message("C124", WARNING,
    "HTML is shown as plain text: {tags}",
    "Write it in Markdown, or put it in backticks if learners should read the tags.",
    "Unknown HTML can run scripts, load files from elsewhere and break a page, so none of it is used.",
)  # fmt: skip
CONDITION_NOT_HELD = message("C125", WARNING,
    "the lock can't check the condition in '{text}'; learners see it as an entry requirement",
    "Check the condition yourself before you admit learners, or remove it if completing the unit is enough.",
    "The lock opens as soon as the unit is complete. Not every LMS has a grade for a whole unit, and none asks when it was completed.",
    "the lock can't check a condition; learners see it as an entry requirement",
)  # fmt: skip
PREREQUISITE_STRUCK = message("C126", WARNING,
    "this is struck through or in a comment, so it locks nothing: {text}",
    "Delete it, or remove the marks if it is required.",
    "Text that is struck through or in a comment isn't meant for readers, so learners don't see it and nothing waits for it.",
    "a prerequisite is struck through or in a comment, so it locks nothing",
)  # fmt: skip
PREREQUISITES_DISAGREE = message("C127", WARNING,
    "one place says there are no prerequisites, another lists some; the listed ones apply",
    "Remove whichever is wrong.",
    "Prerequisites may stand in a field, a section or the text. They are added together.",
)  # fmt: skip
GATES_NOTHING = message("C128", WARNING,
    "this looks like a prerequisite, but locks nothing: {text}",
    "If the unit must wait, add '- **Prerequisites**: MOD-101' (with the right id) to its overview. List units that come after it under 'Next'.",
    "Only fields and sections that are plainly about prerequisites make locks. Elsewhere the text may be about another unit, or just mention one.",
)  # fmt: skip
IDS_ALIKE = message("C129", WARNING,
    "the ids {id} and {other} differ only in upper and lower case",
    "Give one of them another id, or always write the ids exactly as they are defined.",
    "Case is ignored when an id is looked up. One that matches neither spelling exactly is taken for the first of the two.",
    "two ids differ only in upper and lower case",
)  # fmt: skip
FRONT_MATTER_PREREQUISITES = message("C130", WARNING,
    "'{key}' in the front matter is ignored, so it locks nothing",
    "Add a '- **Prerequisites**: ...' field to the overview instead.",
    "Every tool has its own form of front matter. Whatever locks a unit has to be where authors and learners can see it.",
    "prerequisites in the front matter are ignored, so they lock nothing",
)  # fmt: skip
ROLES_TAKEN_APART = message("C131", WARNING,
    "the roles {roles} would share the track '{track}', so each gets its own track, and identifiers in packages to match: {tracks}",
    "If they are one role, spell it the same way everywhere. If a role that you published as '{track}' now has another track, an LMS will treat its packages as new ones.",
    "Tracks are named in letters, digits and hyphens only. The role spelled like the track keeps it, or else the first; adding a role with a similar name changes the identifiers of the others.",
    "several roles would share a track, so each gets its own",
)  # fmt: skip
