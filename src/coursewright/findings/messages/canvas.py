"""P: Canvas's own files in a cartridge."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

READ_IN_PART = message(
    "P267", ERROR, "this is no XML, and Canvas reads of it what it can make out: {reason}",
    "Correct the XML at this line.",
    "It does not stop at an error, and says nothing of it: what stands after it may be missing from the course.",
)  # fmt: skip
MODULE_ITEM_DANGLES = message(
    "P290", ERROR, "the module item '{item}' shows the {kind} '{reference}', which the cartridge does not hold",
    "Name the identifier that the {kind} itself has, and put the {kind} into the cartridge.",
    "Canvas leaves such items out of the module without a word.",
)  # fmt: skip
MODULE_WAITS_FOR_NOTHING = message(
    "P291", ERROR, "the module '{module}' waits for '{reference}', {reason}",
    "Name a module that stands before it in module_meta.xml.",
    "Canvas drops such a prerequisite, and the module is open from the start.",
)  # fmt: skip
REQUIREMENT_DANGLES = message(
    "P292", ERROR, "a requirement of the module '{module}' names '{reference}', {reason}",
    "Name the identifier of an <item> of this module, not that of what it shows.",
    "Canvas drops such a requirement: the module counts as complete without it, and what waits for it opens too soon.",
)  # fmt: skip
REQUIREMENT_UNFIT = message(
    "P293", WARNING, "the requirement {type} of the module item '{item}' is dropped: {reason}",
    "Ask for must_view or must_mark_done.",
    "The module counts as complete without it.",
)  # fmt: skip
PAGE_NOT_SAVED = message(
    "P294", ERROR, "Canvas does not keep this page: {reason}",
    "Give each page a <title>, and <meta name=\"identifier\" content=\"...\"> with a name of its own.",
    "The import says nothing of it; the page is missing, and so is whatever shows it.",
)  # fmt: skip
PAGE_ADDRESS_TWICE = message(
    "P295", WARNING, "the page gets the same address in Canvas as {other}",
    "Rename one of the files.",
    "A page's address is made of its file's name. The second one gets another, and links to it lead to the first.",
)  # fmt: skip
ASSIGNMENT_INCOMPLETE = message(
    "P296", ERROR, "the assignment '{name}' has no {what}",
    "Add it, be it empty.",
    "Canvas stops there, and imports nothing of the course.",
)  # fmt: skip
TYPE_OF_OTHER_VERSION = message(
    "P297", ERROR, "the resource '{name}' is of the type {type}; in its own cartridges Canvas reads {wanted} alone",
    "Write it as {wanted}, and the manifest as Common Cartridge 1.1.",
    "What it holds is missing after the import, and nothing says so.",
)  # fmt: skip
POINTS_IGNORED = message(
    "P298", WARNING, "the assignment '{name}' has points and no <grading_type>",
    "Add <grading_type>points</grading_type>.",
    "Without it Canvas ignores the points.",
)  # fmt: skip
SETTING_DANGLES = message(
    "P299", WARNING, "the assignment '{name}' names the {what} '{reference}', which the cartridge does not hold",
    "Correct the identifier, or add the {what} to course_settings/{file}.",
    "Canvas puts what has no group under \"Imported Assignments\", and leaves out a rubric that it does not find.",
)  # fmt: skip
QUIZ_WITHOUT_QUESTIONS = message(
    "P300", ERROR, "the quiz '{name}' has no {file}",
    "Write its questions there, in QTI 1.2, too.",
    "In its own cartridges Canvas reads quizzes from non_cc_assessments/ alone; without it there is no quiz.",
)  # fmt: skip
QUIZ_NOT_IN_GRADEBOOK = message(
    "P301", WARNING, "the quiz '{name}' is graded and has no <assignment>",
    "Add one to its assessment_meta.xml, with submission_types online_quiz.",
    "Without it the quiz does not appear in the gradebook.",
)  # fmt: skip
MODULES_MISSING = message(
    "P302", ERROR, "there is a menu, and no course_settings/module_meta.xml",
    "Write the modules and their items into that file.",
    "In its own cartridges Canvas ignores the menu of the manifest: the course would have no modules.",
)  # fmt: skip
ITEM_STAYS_HIDDEN = message(
    "P303", WARNING, "the module item '{item}' has no <workflow_state>",
    "Add <workflow_state>active</workflow_state>.",
    "Addresses and headings without it arrive unpublished, and learners do not see them.",
)  # fmt: skip
FRONT_PAGE_MISSING = message(
    "P304", WARNING, "the course opens with its front page, and no published page is that",
    "Give a page <meta name=\"front_page\" content=\"true\"> and the state active, or take another <default_view>.",
    "Learners who open the course find no page there.",
)  # fmt: skip
CANVAS_LINK_BROKEN = message(
    "P305", WARNING, "'{link}' leads to nothing in the cartridge",
    "Correct the name, or add what it names.",
    "Canvas reports a missing link, and learners meet an error page.",
)  # fmt: skip
ITEM_WITHOUT_ADDRESS = message(
    "P306", ERROR, "the module item '{item}' has no address that Canvas takes: '{url}'",
    "Write an absolute address into <url>, such as https://example.org/page.",
    "Canvas leaves the item out of the module.",
)  # fmt: skip
UNREAD_JUDGED_APART = message(
    "P350", INFO, "links and module items that may lead to what stands in {names} are not judged, for that cannot be read",
    "Mend what is said of it first, then judge again.",
    "What is in a document that breaks off is not known, so whatever leads there may be right.",
)  # fmt: skip
SCORE_OUT_OF_REACH = message(
    "P351", ERROR, "the module item '{item}' asks for {wanted} of {points}",
    "Lower the <{type}> in module_meta.xml, or raise the <points_possible>.",
    "No learner reaches it, so the module is never complete, and what waits for it never opens.",
)  # fmt: skip
CANVAS_TYPES = message(
    "P352", INFO, "resources ({count}) are of types of another version than the manifest, as Canvas writes them",
    "Nothing to do for Canvas; for another LMS export a general Common Cartridge.",
    "Canvas writes its exports so, and reads them; importers that go by the version may pass over what is in them.",
)  # fmt: skip
