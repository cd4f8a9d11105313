"""P: manifests, what they launch and lock, pages, backups, cmi5 and xAPI."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

NOTHING_TO_LAUNCH = message(
    "P232", ERROR, "no item of the menu shows anything",
    "Give an item an identifierref that names a resource.",
    "Learners would see an empty course.",
)  # fmt: skip
ITEM_LEADS_NOWHERE = message(
    "P233", WARNING, "the item '{item}' shows nothing and holds no other",
    "Give it an identifierref, or remove it.",
    "Learners choose it and nothing happens.",
)  # fmt: skip
ITEM_WITHOUT_TITLE = message(
    "P234", WARNING, "the item '{item}' has no title",
    "Give it a <title>.",
    "It is an empty line in the menu, and a screen reader has nothing to say.",
)  # fmt: skip
IDENTIFIER_TWICE = message(
    "P235", ERROR, "'{name}' names two things",
    "Give each an identifier of its own.",
    "LMSs keep one of them, and a learner's progress goes to whichever that is.",
)  # fmt: skip
SEVERAL_ORGANIZATIONS = message(
    "P236", WARNING, "there are {count} organizations",
    "Keep one.",
    "Most LMSs show one, and not all the same one.",
)  # fmt: skip
SCO_WITHOUT_HREF = message(
    "P237", ERROR, "the SCO '{name}' does not say which file launches it",
    "Give the resource an href.",
    "It cannot be opened.",
)  # fmt: skip
TYPE_UNKNOWN = message(
    "P238", WARNING, "no importer of cartridges knows resources of the type '{type}'",
    "Take webcontent, or one of the cartridge's own types.",
    "Resources of unknown types are left out without a word.",
)  # fmt: skip
RESOURCE_FILES = message(
    "P239", ERROR, "the resource '{name}' has {count} files; it must have one",
    "Keep the file that holds the link, topic, quiz or assignment.",
    "Importers read the first, or none.",
)  # fmt: skip
RESOURCE_HREF = message(
    "P240", WARNING, "the resource '{name}' has an href, which only web content may have",
    "Remove the href; the <file> says it.",
    "Strict importers refuse it.",
)  # fmt: skip
HREF_NOT_AMONG_FILES = message(
    "P241", ERROR, "the resource '{name}' launches {href}, which is not among its files",
    "Add a <file> with the same href.",
    "Importers copy the files, and then do not find what to launch.",
)  # fmt: skip
DEPENDENCY_WRONG = message(
    "P242", ERROR, "a resource depends on '{target}', which nothing may depend on",
    "Remove the <dependency>.",
    "Only files can be depended on, and never the resource itself.",
)  # fmt: skip
BANK_IN_MENU = message(
    "P243", ERROR, "the item '{item}' shows a question bank",
    "Remove the item.",
    "A bank is for teachers to take questions from; it cannot be shown.",
)  # fmt: skip
ID_NO_IRI = message(
    "P244", ERROR, "the id '{name}' is no absolute IRI",
    "Take one such as https://example.org/course/1.",
    "Statements about learners are sent under it to every system.",
)  # fmt: skip
URL_INVALID = message(
    "P245", ERROR, "the address '{url}' cannot be launched: {reason}",
    "Correct it.",
    "The unit could not be opened, or would start without knowing its learner.",
)  # fmt: skip
PAGE_EMPTY = message(
    "P246", WARNING, "the page is empty",
    "Remove it, or put something on it.",
    "Learners see nothing, and Moodle's importer of cartridges stops at an empty page.",
)  # fmt: skip
PAGE_WITHOUT_TITLE = message(
    "P247", INFO, "the page has no title",
    "Give it a <title>.",
    "Screen readers read it first, and browsers show it on the tab.",
)  # fmt: skip
LINK_BROKEN = message(
    "P248", WARNING, "'{link}' leads to nothing in the package{near}",
    "Add the file, or correct the link.",
    "Learners meet a broken picture or an error page.",
)  # fmt: skip
LOADED_FROM_ELSEWHERE = message(
    "P249", INFO, "the page loads {link} from elsewhere",
    "Put it into the package.",
    "It fails offline and behind a firewall, and tells a stranger who reads the page; from http:// browsers refuse it.",
)  # fmt: skip
UNIT_IS_SILENT = message(
    "P250", WARNING, "neither this page nor a script of its own looks for the LMS",
    "Make it an asset, or have it report that it was completed.",
    "A SCO that never reports stays incomplete for ever, and whatever waits for it stays locked.",
)  # fmt: skip
NAME_DIFFERS = message(
    "P255", ERROR, "the manifest names '{name}'; the package holds '{other}': {difference}",
    "Give both the same spelling{mend}.",
    "Most servers compare names character by character: one that only looks the same is not found.",
)  # fmt: skip
EXPRESSION_UNREADABLE = message(
    "P257", ERROR, "the prerequisites of {item} cannot be read: {reason}: {expression}",
    "Join item identifiers by & and |, with ~ for not and brackets around what belongs together.",
    "An LMS that evaluates it stops with an error, and some take the whole course down.",
)  # fmt: skip
PREREQUISITE_CIRCLE = message(
    "P258", ERROR, "{item} waits for itself: {way}",
    "Remove one of these prerequisites.",
    "Each waits for the next, so none of them ever opens.",
)  # fmt: skip
UNREACHABLE = message(
    "P259", ERROR, "nothing under {item} can be reached: its control mode allows neither choice nor flow",
    "Set choice or flow to true.",
    "The menu refuses these items, and the buttons for the next and the last pass them by.",
)  # fmt: skip
OPEN_AT_FIRST = message(
    "P260", WARNING, "{item} is open from the start: nobody knows yet whether '{objective}' is satisfied",
    "Add a condition <ruleCondition operator=\"not\" condition=\"objectiveStatusKnown\"> to the rule, combined by any.",
    "What has no status yet is neither satisfied nor not: the rule does not fire until the learner has failed.",
)  # fmt: skip
WRITTEN_TWICE = message(
    "P261", ERROR, "two objectives of {item} write to '{objective}'",
    "Let one of them write.",
    "The standard forbids it, for the one would undo what the other wrote.",
)  # fmt: skip
BACKUP_INCOMPLETE = message(
    "P262", ERROR, "the backup lacks {name}, {why}",
    "Make the backup anew.",
    "Moodle stops in the middle of the restore, and leaves half a course.",
)  # fmt: skip
CONTENT_DIFFERS = message(
    "P263", ERROR, "the file is not the one that files.xml means: its SHA-1 is {found}",
    "Make the backup anew.",
    "Moodle knows files by their SHA-1 alone, and may show another in its place.",
)  # fmt: skip
THIN_HOLDS_MORE = message(
    "P264", WARNING, "a thin cartridge holds links alone, and '{name}' is of the type '{type}'",
    "Make it a link to the web or to a tool, or export an ordinary cartridge.",
    "Whoever asks for a thin cartridge expects nothing but links in it, and leaves the rest out.",
)  # fmt: skip
LINK_MISSING = message(
    "P265", ERROR, "the resource '{name}' has neither a link in it nor a file",
    "Put the link's own document, with its address, into the resource.",
    "Thin cartridges have their links in the manifest; without an address there is nothing to open.",
)  # fmt: skip
OUTDATED = message(
    "P266", ERROR, "this is {what}, which {who} of today reads",
    "Export the course as {wanted}.",
    "What came after has other names for nearly all that a manifest says.",
)  # fmt: skip
MOVE_ON_LEFT_OUT = message(
    "P285", INFO, "{count} of {total} units have no moveOn",
    "Write one, such as moveOn=\"Completed\", if learners are to do the unit.",
    "Without it a unit counts as satisfied from the start, before anyone has opened it.",
)  # fmt: skip
ROOT_WRONG = message(
    "P286", ERROR, "the document is {found}; it must be {wanted}",
    "Correct the outermost element.",
    "Importers look for exactly this, and do not find the content.",
)  # fmt: skip
LAUNCHES = message(
    "P287", ERROR, "{count} activities have a <launch>; one must have it",
    "Keep it at the activity that is the course.",
    "An LMS starts the one that says how; with none there is nothing to start, with more it takes the first or refuses.",
)  # fmt: skip
ACTIVITY_WRONG = message(
    "P288", WARNING, "the activity '{activity}' {problem}",
    "Give it a <name>, and a type such as http://adlnet.gov/expapi/activities/course.",
    "The name is what an LMS lists the course by; a record store refuses statements with a type that is no IRI.",
)  # fmt: skip
LOADED_UNSAFELY = message(
    "P310", WARNING, "the page {does} {link}, over http",
    "Take https://, or put it into the package.",
    "LMSs are reached by https, and on such a page browsers block what goes over http: it stays away without a word.",
)  # fmt: skip
SCORM_TYPE_MISSPELLED = message(
    "P311", WARNING, "the resource '{name}' has {written}, where {kind} wants {wanted}",
    "Write it so, by the prefix that the manifest has for the namespace of this edition.",
    "An LMS that does not find it takes the resource for an asset, which has no status, and no score.",
)  # fmt: skip
SCO_TYPE = message(
    "P312", WARNING, "the SCO '{name}' is of the type '{type}'",
    "Write type=\"webcontent\".",
    "SCORM knows no other type, and an LMS may leave out what it does not know.",
)  # fmt: skip
ITEM_WITH_BOTH = message(
    "P313", WARNING, "the item '{item}' shows something and holds other items",
    "Move what it shows into an item of its own, as the first that it holds.",
    "In SCORM 2004 and in cartridges only items at the ends of branches show something; of others an LMS may drop that.",
)  # fmt: skip
WAITS_FOR_ASSET = message(
    "P314", WARNING, "{item} waits for {operand}, which shows an asset",
    "Make it a SCO that reports when it is completed, or wait for another.",
    "An asset reports nothing. Some LMSs hold it to be complete once it was opened; in others the wait never ends.",
)  # fmt: skip
ITEM_OUT_OF_REACH = message(
    "P315", WARNING, "the item '{item}' is hidden, and nothing flows to it",
    "Remove isvisible=\"false\", or set flow=\"true\" on the item above it.",
    "The menu does not show it, and the button for the next passes it by.",
)  # fmt: skip
API_OF_ANOTHER_EDITION = message(
    "P316", WARNING, "the page looks for the LMS as in {asks} alone, and the package is {is_in}",
    "Publish it again for the edition that the manifest names, or have it look for either.",
    "The two editions have other names for everything: the unit finds no LMS, and stays incomplete for ever.",
)  # fmt: skip
LAUNCHES_NO_PAGE = message(
    "P317", WARNING, "the resource '{name}' launches {file}, which is {what}",
    "Put it onto a web page, or link to it from one.",
    "Browsers play and show web pages. What is none cannot report to the LMS either, so a SCO stays incomplete.",
)  # fmt: skip
SCO_FROM_ELSEWHERE = message(
    "P318", WARNING, "the SCO '{name}' is launched from {address}, outside the package",
    "Put its pages into the package.",
    "Browsers keep a page of one site from scripts of another: it does not reach the LMS, and reports nothing.",
)  # fmt: skip
VERSION_UNKNOWN = message(
    "P319", WARNING, "the manifest names the version '{version}'; of {kind}, importers know {known}",
    "Write one of these into <schemaversion>.",
    "It is by this that an LMS chooses how to read a package; some refuse one that they do not know, others guess.",
)  # fmt: skip
LINK_FROM_THE_TOP = message(
    "P320", WARNING, "'{link}' begins with a slash: it leads to the top of the server, not of the package",
    "Make it relative to the page; for a build tool, set its base to './'.",
    "An LMS keeps a package in some folder of its own, where such an address finds nothing: the page stays blank.",
)  # fmt: skip
PREFIX_UNDECLARED = message(
    "P321", ERROR, "the XML breaks the rules of namespaces: {reason}",
    "Declare the prefix on the outermost element, as xmlns:prefix=\"...\", or correct what is declared.",
    "Some importers stop here, others do not see what bears the prefix, and take a SCO for an asset.",
)  # fmt: skip
LINK_WITHOUT_SCHEME = message(
    "P353", WARNING, "the address of the web link is '{url}', which does not begin with http:// or https://",
    "Write the whole address, such as https://www.example.org/page.",
    "Browsers take it for a page of the LMS itself, and learners meet an error page; some importers refuse the link.",
)  # fmt: skip
DOCUMENT_AS_FILE = message(
    "P354", ERROR, "the item '{item}' shows {file} as a page, and it is a {what}",
    "Give its resource the type of a {what}: {wanted}.",
    "Of the type webcontent, it arrives as a file, and learners see XML.",
)  # fmt: skip
NOTHING_REPORTS = message(
    "P355", INFO, "nothing in this package reports to the LMS: all that it shows are assets",
    "Nothing to do where opening is enough; else make one a SCO that reports when it was completed.",
    "Assets have no status and no score, so an LMS cannot tell how far a learner has come.",
)  # fmt: skip
ALWAYS_LOCKED = message(
    "P356", ERROR, "{item} can never be opened: {why}",
    "Remove the rule, the limit or the contradiction, or the item.",
    "It stands in the menu, and no learner can ever come to it.",
)  # fmt: skip
LOCK_LETS_THROUGH = message(
    "P357", WARNING, "{item} is only {does} until something else is satisfied, not locked: {way}",
    "Add the same rule with the action disabled.",
    "Rules that skip or hide close one way to an item, and leave the other open.",
)  # fmt: skip
SCHEMA_MISNAMED = message(
    "P363", WARNING, "the manifest calls its schema '{schema}'; importers look for '{wanted}'",
    "Write <schema>{wanted}</schema>.",
    "By this they tell a cartridge from other packages; some take it for files alone then, or refuse it.",
)  # fmt: skip
LINK_DEPENDS = message(
    "P364", WARNING, "the web link '{name}' depends on '{target}'",
    "Remove the <dependency>.",
    "A web link is its address alone, and cartridges allow it no dependency; strict importers refuse one.",
)  # fmt: skip
NAMED_TWICE = message(
    "P365", WARNING, "the resource '{name}' names the {what} '{target}' twice",
    "Keep one of them.",
    "Cartridges allow each once. Importers copy it twice, under another name, or refuse the cartridge.",
)  # fmt: skip
LINK_RUNS = message(
    "P366", WARNING, "the address of the web link is '{url}', which is no page on the web",
    "Write an address that begins with https://.",
    "LMSs and browsers refuse to open what runs a script, holds a page itself or lies on someone's computer.",
)  # fmt: skip
TOOL_WITHOUT_ADDRESS = message(
    "P367", WARNING, "the link to a tool has neither a launch_url nor a secure_launch_url",
    "Write the tool's address into <blti:secure_launch_url>.",
    "Without one there is nothing to launch, unless whoever imports it chooses a tool for it by hand.",
)  # fmt: skip
