"""P: Canvas's own files in a cartridge."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

READ_IN_PART = message("P267", ERROR,
    "this is not well-formed XML, and Canvas {read}: {reason}",
    "Correct the XML on this line.",
    "Canvas seldom stops at the error, and does not report it. Anything after it may be missing from the course.",
    "this is not well-formed XML, and Canvas reads only what it can make out",
)  # fmt: skip
MODULE_ITEM_DANGLES = message("P290", ERROR,
    "the module item '{item}' shows the {kind} '{reference}', which is not in the cartridge",
    "Correct its <identifierref>: {remedy}.",
    "Canvas silently leaves such items out of the module, with what the module requires of them.",
    "a module item shows something that is not in the cartridge",
)  # fmt: skip
MODULE_WAITS_FOR_NOTHING = message("P291", ERROR,
    "the module '{module}' waits for '{reference}', {reason}",
    "Name a module that comes before it in module_meta.xml.",
    "Canvas drops the prerequisite, and the module is open from the start.",
    "a module waits for one that does not come before it",
)  # fmt: skip
REQUIREMENT_DANGLES = message("P292", ERROR,
    "a requirement of the module '{module}' names '{reference}', {reason}",
    "Use the identifier of an <item> in this module, not of what the item shows.",
    "Canvas drops the requirement: the module counts as complete without it, and whatever waits for the module opens too soon.",
    "a requirement of a module does not name one of its items",
)  # fmt: skip
REQUIREMENT_UNFIT = message("P293", WARNING,
    "Canvas drops the requirement {type} of the module item '{item}': {reason}",
    "Use must_view or must_mark_done.",
    "The module counts as complete without it.",
    "Canvas drops a requirement of a module item",
)  # fmt: skip
PAGE_NOT_SAVED = message("P294", ERROR,
    "Canvas does not import this page: {reason}",
    "Give each page a <title>, and in <meta name=\"identifier\" content=\"...\"> an identifier of its own, by which modules name it.",
    "The import reports nothing. The page is missing, and so is anything that shows it.",
)  # fmt: skip
PAGE_ADDRESS_TWICE = message("P295", WARNING,
    "Canvas gives this page the same address as {other}",
    "Rename one of the files.",
    "Canvas makes a page's address from its file name. The second page gets another address, and links to it lead to the first.",
)  # fmt: skip
ASSIGNMENT_INCOMPLETE = message("P296", ERROR,
    "the assignment '{name}' has no {what}",
    "Add it, even if it is empty; where its name ends otherwise, rename it, and where it is there, list it in a <file>.",
    "Canvas stops there, and imports nothing from the course.",
    "an assignment lacks something that Canvas requires",
)  # fmt: skip
TYPE_OF_OTHER_VERSION = message("P297", ERROR,
    "the resource '{name}' has the type {type}; in its own cartridges Canvas reads only {wanted}",
    "Use the type {wanted}, and write the manifest as Common Cartridge 1.1.",
    "Its content is missing after the import, and nothing says so.",
    "a resource has a type that Canvas does not read in its own cartridges",
)  # fmt: skip
POINTS_IGNORED = message("P298", WARNING,
    "the assignment '{name}' has points but no <grading_type>",
    "Add <grading_type>points</grading_type>.",
    "Without it Canvas ignores the points.",
)  # fmt: skip
SETTING_DANGLES = message("P299", WARNING,
    "the assignment '{name}' names the {what} '{reference}', which is not in the cartridge",
    "Correct the identifier, or add the {what} to course_settings/{file}.",
    "Canvas puts an assignment without a group under \"Imported Assignments\", and drops a rubric that it cannot find.",
    "an assignment names a group, rubric or the like that is not in the cartridge",
)  # fmt: skip
QUIZ_WITHOUT_QUESTIONS = message("P300", ERROR,
    "the quiz '{name}' has no {file}",
    "Write its questions there too, in QTI 1.2.",
    "In its own cartridges, Canvas reads quizzes only from non_cc_assessments/. Without this file there is no quiz.",
    "a quiz lacks its file in non_cc_assessments/",
)  # fmt: skip
QUIZ_NOT_IN_GRADEBOOK = message("P301", WARNING,
    "the quiz '{name}' is graded but has no <assignment>",
    "Add one to its assessment_meta.xml, with submission_types online_quiz.",
    "Without it the quiz does not appear in the gradebook.",
)  # fmt: skip
MODULES_MISSING = message("P302", ERROR,
    "the manifest has a menu, but there is no course_settings/module_meta.xml",
    "Write the modules and their items to that file.",
    "In its own cartridges, Canvas ignores the manifest's menu, so the course would have no modules.",
)  # fmt: skip
ITEM_STAYS_HIDDEN = message("P303", WARNING,
    "the module item '{item}' has no <workflow_state>",
    "Add <workflow_state>active</workflow_state>.",
    "Without it, external links, tools and text headers arrive unpublished, and learners do not see them.",
)  # fmt: skip
FRONT_PAGE_MISSING = message("P304", WARNING,
    "the course opens on its front page, but no published page is the front page",
    "Mark a page with <meta name=\"front_page\" content=\"true\"> and the state active, or choose another <default_view>.",
    "Learners who open the course find no page.",
)  # fmt: skip
CANVAS_LINK_BROKEN = message("P305", WARNING,
    "the link '{link}' leads to nothing in the cartridge{near}",
    "Correct the link{remedy}.",
    "Canvas reports a missing link, and learners get an error page.",
    "a link leads to nothing in the cartridge",
)  # fmt: skip
ITEM_WITHOUT_ADDRESS = message("P306", ERROR,
    "the module item '{item}' has no address that Canvas accepts: '{url}'",
    "Write an absolute address in <url>, such as https://example.org/page.",
    "Canvas leaves the item out of the module.",
)  # fmt: skip
UNREAD_JUDGED_APART = message("P350", INFO,
    "some links and module items were not checked: they may lead to something in {names}, which cannot be read",
    "Correct what is reported there first, then validate again.",
    "When a document breaks off, the rest of it is unknown, so links to it may be right.",
)  # fmt: skip
SCORE_OUT_OF_REACH = message("P351", ERROR,
    "the module item '{item}' requires {wanted} out of {points}",
    "Lower the <{type}> in module_meta.xml, or raise the <points_possible>.",
    "No learner can reach it, so the module is never complete, and whatever waits for it never opens.",
    "a module item requires a score that cannot be reached",
)  # fmt: skip
CANVAS_TYPES = message("P352", INFO,
    "resources ({count}) have types from another version than the manifest, which is how Canvas writes them",
    "Nothing to do for Canvas; for another LMS, export a general Common Cartridge.",
    "Canvas writes its exports this way, and can read them. Importers that go by the version may skip these resources.",
)  # fmt: skip
QUIZ_IDENT_DIFFERS = message("P376", ERROR,
    "no quiz has the name of this folder, {folder}, so Canvas loses the settings of the quiz '{name}' (quizzes: {known})",
    "Let folder and <assessment> have one name, which is the identifier of the quiz in the manifest and in modules, too.",
    "Canvas knows a quiz by the ident of its <assessment>. Its settings, its assignment and its module item are lost without a word.",
    "a quiz has another ident than its settings",
)  # fmt: skip
ITEM_OF_NO_KIND = message("P377", ERROR,
    "Canvas leaves out the module item '{item}': '{kind}' is not a kind that a module can show{near}",
    "Change the item: {remedy}.",
    "The item is missing from the module, and no warning names it.",
    "a module item is of a kind that Canvas does not know",
)  # fmt: skip
REQUIREMENT_IMPOSSIBLE = message("P378", ERROR,
    "nobody can meet the requirement {type} of the module item '{item}': {reason}",
    "Use must_view, or change what the item shows.",
    "The module is never complete, and whatever waits for it never opens.",
    "nobody can meet a requirement of a module item",
)  # fmt: skip
SCORE_UNSAID = message("P381", WARNING,
    "the module item '{item}' requires {type}, and {reason}",
    "Write <{type}> with a number above 0 into the <completionRequirement>.",
    "Canvas then takes any score, however low, so the module counts as complete too soon.",
    "a module item requires a score that is not a number above 0",
)  # fmt: skip
WAITS_FOR_UNPUBLISHED = message("P382", WARNING,
    "the module '{module}' waits for '{reference}', which is {state}",
    "Publish the module that it waits for, or remove the prerequisite.",
    "Learners never see an unpublished module. Canvas passes over it: what waits for it is open from the start.",
    "a module waits for one that is not published",
)  # fmt: skip
MODULE_ASKS_TOO_MUCH = message("P387", INFO,
    "the module '{module}' asks that {wanted} of its requirements are met, and has {count}",
    "Write <requirement_count>1</requirement_count> for any one of them, or leave it out for all.",
    "Canvas then asks for all of them.",
    "a module asks that more requirements are met than it has",
)  # fmt: skip
REQUIREMENT_REPLACED = message("P393", WARNING,
    "the module '{module}' asks two things of the item '{item}', {first} and {second}: the second alone counts",
    "Keep the one that is meant. For both, let learners see the item in another module.",
    "Canvas keeps one requirement for each item, which is the last. The module may be complete too soon.",
    "a module asks two things of one item",
)  # fmt: skip
QUIZ_ASKS_NOTHING = message("P388", INFO,
    "the quiz '{name}' has no questions",
    "Write its questions into non_cc_assessments/{folder}.xml.qti.",
    "Canvas imports it empty, and nobody can earn its points.",
)  # fmt: skip
