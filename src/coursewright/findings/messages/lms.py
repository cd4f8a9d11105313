"""L501 on: what an LMS drops, renames or refuses."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

LMS_REFUSES = message(
    "L501", ERROR, "{lms} does not take this package, since {reason}",
    "Export the course in a form that it takes: {takes}.",
    "The upload fails, or imports nothing, and the LMS seldom says why.",
)  # fmt: skip
MOODLE_STOPS = message(
    "L502", ERROR, "Moodle's import stops: {reason}",
    "Remove what stops it. For Moodle, {remedy}.",
    "Nothing of the package arrives, or half of it, and the message on the screen seldom names the cause.",
)  # fmt: skip
MOODLE_MISREADS = message(
    "L503", ERROR, "Moodle does not see {what}: {reason}",
    "Write names and prefixes as Moodle knows them. For Moodle, {remedy}.",
    "Moodle compares names and prefixes letter by letter, where the standard lets their writers choose.",
)  # fmt: skip
MOODLE_LOSES_TEXT = message(
    "L504", WARNING, "Moodle shows {what} otherwise: {reason}",
    "Write the text so that it survives Moodle's reader. For Moodle, {remedy}.",
    "Its reader takes text in pieces, drops those that PHP takes for nothing, and reads no numeric references.",
)  # fmt: skip
MOODLE_LOCKS_OTHERWISE = message(
    "L505", WARNING, "the prerequisites of '{item}' act otherwise in Moodle: {reason}",
    "Join identifiers of SCOs by & and |, and put the rule on each item that opens a page.",
    "An item that should be locked is open there, or one that should open never does.",
)  # fmt: skip
MOODLE_LOCKS_NOTHING = message(
    "L506", WARNING, "Moodle does not enforce SCORM 2004's sequencing: items that it should lock or order ({count}) are open",
    "For locks in Moodle take SCORM 1.2 with prerequisites, or a Moodle backup.",
    "It stores the rules and never evaluates them: every item of its menu has a link.",
)  # fmt: skip
MOODLE_UNLINKS = message(
    "L507", WARNING, "'{item}' hides the button Continue; Moodle takes away the link to the item after it",
    "Remove <adlnav:hideLMSUI>continue</adlnav:hideLMSUI>.",
    "That item cannot be chosen in the menu, however far the learner has come.",
)  # fmt: skip
MOODLE_OVERLOOKS_BASE = message(
    "L508", ERROR, "Moodle overlooks xml:base on <{element}>",
    "Move it to each <resource>, or write the whole path into each href.",
    "It looks for the files without it, and learners get a page that is not found.",
)  # fmt: skip
MOODLE_COMPLETES_ASSETS = message(
    "L509", INFO, "Moodle marks assets as completed when they are opened: {count} of {total} items",
    "Nothing to do where opening is enough; else make them SCOs that report.",
    "An asset tells nobody how far a learner has come.",
)  # fmt: skip
MOODLE_MAKES_ACTIVITY = message(
    "L510", INFO, "Moodle takes this as one activity, an IMS content package: learners can read it, and nothing is recorded",
    "Nothing to do; for completion take SCORM.",
    "The standard has no way to talk to an LMS.",
)  # fmt: skip
MOODLE_REARRANGES = message(
    "L511", INFO, "Moodle's import rearranges the menu: {what}",
    "Nothing to do; for a course as it was meant take a Moodle backup.",
    "A Moodle course has sections of activities, and its importer of cartridges puts their titles into the summaries.",
)  # fmt: skip
MOODLE_EMPTIES = message(
    "L512", ERROR, "the item '{item}' arrives empty in Moodle: {reason}",
    "Let the item show something that Moodle imports. For Moodle, {remedy}.",
    "The item is in the menu, and learners find nothing behind it.",
)  # fmt: skip
MOODLE_BREAKS_LINKS = message(
    "L513", WARNING, "in Moodle these links lead nowhere: {what}",
    "Link by plain relative paths, and to files that are no pages. For Moodle, {remedy}.",
    "Its importer of cartridges copies no HTML files, and rewrites links to other files only where they are plain paths.",
)  # fmt: skip
MOODLE_STRIPS = message(
    "L514", WARNING, "Moodle's import takes {what} away",
    "For Moodle take a Moodle backup, or SCORM, whose pages stay as they are.",
    "It cleans every page, and takes away one level of escaping, so that &lt;b&gt; becomes a tag.",
)  # fmt: skip
MOODLE_DROPS_QUESTIONS = message(
    "L515", ERROR, "Moodle leaves out questions of this quiz: {what}",
    "Give each question an ident of its own and one of the six cc_profile values, and write other kinds as one of these.",
    "It knows multiple choice, multiple response, true/false, fill-in-blank, pattern match and essay by cc_profile alone.",
)  # fmt: skip
MOODLE_MARKS_WRONGLY = message(
    "L516", WARNING, "Moodle marks the question '{question}' wrongly: {reason}",
    "Mark what is right in the form that Moodle looks for. For Moodle, {remedy}.",
    "It looks for what is right in one form only, and takes every other answer for wrong.",
)  # fmt: skip
MOODLE_DROPS_PARAMETERS = message(
    "L517", WARNING, "Moodle drops the custom parameters of this tool ({count})",
    "Enter them again in the activity, after the import.",
    "The tool is launched without them, and may show another page than it was meant to.",
)  # fmt: skip
CANVAS_STOPS = message(
    "L520", ERROR, "Canvas's import stops: {reason}",
    "Remove what stops it. For Canvas, {remedy}.",
    "Nothing of the package arrives.",
)  # fmt: skip
CANVAS_TAKES_FOR_GENERIC = message(
    "L521", ERROR, "Canvas does not take this for its own: no resource has the href course_settings/canvas_export.txt",
    "Make it the href of the resource that lists the files of course_settings/.",
    "All settings, pages, modules with their locks and quizzes are lost; pages arrive as files.",
)  # fmt: skip
CANVAS_MAKES_FILES = message(
    "L522", WARNING, "Canvas puts the HTML pages ({count}) among the files of the course, not among its pages",
    "For pages that can be edited there, and locks, take a Canvas cartridge.",
    "Modules link to them as files. A newer Canvas can make pages of them, where an administrator has switched that on.",
)  # fmt: skip
CANVAS_COLLECTS = message(
    "L523", INFO, "Canvas puts the items that stand in no folder ({count}) into a module of its own, \"Misc Module\"",
    "Put them into a folder.",
    "Each folder at the top of the menu becomes a module; what is in none has to go somewhere.",
)  # fmt: skip
CANVAS_TOKEN_UNKNOWN = message(
    "L524", WARNING, "Canvas does not know {token}, with which links begin on these pages: {pages}",
    "Write $IMS-CC-FILEBASE$ for it.",
    "It leaves such links as they are, and learners meet broken pictures.",
)  # fmt: skip
CANVAS_SANITISES = message(
    "L525", INFO, "Canvas takes these off its pages: {what}",
    "Nothing to do where the pages read well without; put what must run into web_resources/, and show it in a frame.",
    "It lets neither scripts nor forms nor drawings into pages that it shows as its own.",
)  # fmt: skip
CANVAS_CHANGES_COURSE = message(
    "L526", INFO, "the import changes the course's visibility or licence: {settings}",
    "Take these out of course_settings.xml, unless they are meant to change.",
    "Canvas applies them to the course that is imported into, without asking.",
)  # fmt: skip
CANVAS_LEAVES_OUT = message(
    "L527", ERROR, "Canvas leaves out {what}: {reason}",
    "Take a kind that Canvas knows, or add it in Canvas by hand. For Canvas, {remedy}.",
    "The import counts as complete all the same.",
)  # fmt: skip
CANVAS_CUTS_TITLE = message(
    "L528", WARNING, "the title of the page has {length} characters; Canvas keeps {limit}",
    "Shorten the title.",
    "The rest is cut off, with a warning among many.",
)  # fmt: skip
CANVAS_CONVERTS = message(
    "L529", WARNING, "Canvas takes {what} only through a converter: {loss}",
    "Export the course in a form that Canvas reads itself. For Canvas, {remedy}.",
    "What the converter does not know is missing afterwards, and not every installation of Canvas has it.",
)  # fmt: skip
CANVAS_FILES_UNREAD = message(
    "L530", WARNING, "{lms} leaves out what stands in Canvas's own files: {what}",
    "Set these up by hand after the import: nothing in this cartridge carries them to {lms}.",
    "No LMS but Canvas is known to read course_settings/ and what Canvas writes beside the standard's own documents.",
)  # fmt: skip
LMS_CONVERTS = message(
    "L531", WARNING, "{lms} takes {what} only through a converter: what has no counterpart there is left out",
    "Look through the course and its list of exceptions after the import, or take a Common Cartridge.",
    "A converter keeps what both systems know; conditions, locks and kinds of activities are the first to go.",
)  # fmt: skip
NOTHING_KNOWN = message(
    "L532", INFO, "nothing is known here of what {lms} does with a {kind}",
    "Import one and look at all of it before you send others, or take a kind that is known: {takes}.",
    "It may be taken whole, in part, or be refused; silence would read as a promise.",
)  # fmt: skip
PREREQUISITES_IGNORED = message(
    "L540", WARNING, "{lms} ignores prerequisites of SCORM 1.2: the items that wait for others ({count}) are open from the start",
    "Take SCORM 2004, whose sequencing it follows; or say on the pages what comes first.",
    "SCORM 1.2 leaves prerequisites to the LMS, and this one's makers chose to leave them out.",
)  # fmt: skip
METADATA_MISSING = message(
    "L541", WARNING, "{lms} cannot open the metadata in {name}, which is not in the package, and says so at the import",
    "Add the file, or remove the <adlcp:location>.",
    "Whoever imports the package meets a warning that it may not play; the description is lost.",
)  # fmt: skip
TAKEN_FOR_SCORM = message(
    "L542", WARNING, "{lms} takes this package for SCORM, which it does not say to be, and says so at the import",
    "Export the course as SCORM, or expect that nothing is reported of its learners.",
    "A content package of IMS has a menu and no way to talk to an LMS; whoever imports it meets a warning that it may not play.",
)  # fmt: skip
KIND_NOT_NAMED = message(
    "L543", INFO, "the help of {lms} names {known} among what it takes; it does not name: {kind}",
    "Import one package and look at all of it before you send others, or take a kind that is named.",
    "It may work, and nobody has promised that it will.",
)  # fmt: skip
IMPORTED_TWICE = message(
    "L544", INFO, "{lms} adds what it imports and replaces no page, topic or quiz: imported again, they are there twice",
    "Import a newer package into a new course, or remove the older content first.",
    "It does not match what it has by identifiers, and learners' work stays with the older copy.",
)  # fmt: skip
NO_RECORD_STORE = message(
    "L545", INFO, "{lms} has no learning record store: of what the package reports, the basic data reaches the grade centre",
    "Name a record store of your own in the package where statements matter.",
    "Statements beyond completion, score and time are kept nowhere.",
)  # fmt: skip
STRUCTURE_REFUSED = message(
    "L546", ERROR, "{lms} refuses this cmi5.xml: it does not import what its schema forbids or ids that are no IRIs ({count} found)",
    "Mend what is said of this document, then import it.",
    "It judges a course structure before it takes anything of the package, and stops at the first mistake.",
)  # fmt: skip
QUESTION_SKIPPED = message(
    "L547", ERROR, "{lms} imports no questions that are answered by <{kind}>",
    "Ask by a choice, a word to write or an essay, or write the question anew after the import.",
    "The question is left out, and the test is shorter without a word.",
)  # fmt: skip
LOOKS_STRIPPED = message(
    "L548", INFO, "{lms} removes styles and classes from questions, which changes {count} of {total}",
    "Say nothing by colour or layout alone; draw what must look so as a picture.",
    "Text stays and its looks go, so that what was marked by colour can no longer be told.",
)  # fmt: skip
NAME_FORBIDDEN = message(
    "L549", WARNING, "{lms} does not allow this in names of files: {signs}",
    "Rename the file, and what refers to it.",
    "Those who run it report files that cannot be uploaded or opened; what an import makes of them is not documented.",
)  # fmt: skip
VERSIONS_MIXED = message(
    "L550", WARNING, "{lms} may lose the title: this topic is written for Common Cartridge {written}, and its type in the manifest says {said}",
    "Give manifest, types and documents one version.",
    "Users of it saw such topics arrive in one flat list, with identifiers for titles.",
)  # fmt: skip
PROFILE_MISSING = message(
    "L551", WARNING, "{lms} may not load questions that do not say their cc_profile: {count} of {total}",
    "Say of each question's type by a cc_profile in its metadata, such as cc.multiple_choice.v0p1.",
    "The standard demands it, for importers tell types by it; users of this LMS saw quizzes arrive empty.",
)  # fmt: skip
