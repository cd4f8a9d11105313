"""S07x, S08x and S092 to S094: what a document of a folder holds, and where its links and pictures lead."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

FRONT_MATTER_INVALID = message("S070", WARNING,
    "the front matter is not {form} that can be read, so only its plain lines were used: {reason}",
    "Correct that line; in YAML, a value with a colon or another special character stands between quotation marks.",
    "A title, an order or a prerequisite that cannot be read would be missing without anyone noticing.",
)  # fmt: skip
INCLUDE_MISSING = message("S071", WARNING,
    "what is included here could not be found: {name}",
    "Correct the name of the file, or of the section in it; paths start at the document's own folder.",
    "Learners would miss a part of the page, and nobody would notice.",
)  # fmt: skip
INCLUDE_REFUSED = message("S072", WARNING,
    "{name} was not included: it {reason}",
    "Include only files of the course's own folder, each of them once and of a moderate size.",
    "A document could otherwise bring any file of the computer into a package, or never end.",
)  # fmt: skip
DIRECTIVES_LEFT_OUT = message("S073", WARNING,
    "what only the course's own site generator understands was left out: {what}",
    "Write what learners should read as plain Markdown.",
    "Tags and macros are not for learners, and what they stand for is known to the site generator alone.",
)  # fmt: skip
OUTPUT_NOT_THERE = message("S074", INFO,
    "code that a notebook would run is shown as it is written, without its output",
    "Put output that learners need in the document, or keep its pictures as files.",
    "No code of a course is run while it is read.",
)  # fmt: skip
PAGE_FOR_STAFF = message("S075", INFO,
    "the page is kept for staff, because {reason}",
    "If learners should read it, rename it, or say so in the settings.",
    "Teachers' notes, solutions and answer keys must not reach learners.",
)  # fmt: skip
BLOCKS_FOR_STAFF = message("S076", INFO,
    "{count} for staff, which learners do not get: {what}",
    "If learners should read one of them, write it as an ordinary section.",
    "Notes for instructors and open solutions must not reach learners.",
    "blocks of a page are for staff, and learners do not get them",
)  # fmt: skip
LINKS_DEAD = message("S077", WARNING,
    "{count} to what is not in the course's folder, so learners see only the words: {targets}",
    "Correct the addresses, or remove the links.",
    "A link that leads nowhere is an error page for learners.",
    "links lead to what is not in the course's folder",
)  # fmt: skip
LINKS_LEFT_OUT = message("S078", INFO,
    "{count} to documents that are not in the course, so learners see only the words: {targets}",
    "Add the documents to the course, or remove the links.",
    "Learners cannot follow a link to what is not packed.",
    "links lead to documents that are not in the course",
)  # fmt: skip
ANCHORS_WRONG = message("S079", INFO,
    "{count} to a heading that is not there, so they lead to the top of the page: {targets}",
    "Correct what stands after the # in the address.",
    "Learners would have to look for the place themselves.",
    "links lead to headings that are not there",
)  # fmt: skip
ASSET_REFUSED = message("S080", WARNING,
    "the file is not packed: it {reason}",
    "Put a proper file of a moderate size into the course's own folder.",
    "A package must hold only what belongs to the course, and what an LMS can take.",
)  # fmt: skip
NOT_A_PICTURE = message("S081", WARNING,
    "the file is not packed: it is shown as a picture, but {reason}",
    "Replace it with a picture in PNG, JPEG, GIF, WebP or SVG.",
    "Learners would see a broken picture.",
)  # fmt: skip
REMOTE_PICTURES = message("S082", INFO,
    "{count} from the web, which learners see only while they are online: {targets}",
    "Save the pictures in the course's folder.",
    "A picture on another site can vanish, and tells that site who is learning.",
    "pictures come from the web",
)  # fmt: skip
KEY_FILE = message("S083", WARNING,
    "the file is not packed, because it contains answers or a solution",
    "Give learners a file without them, under a name that does not speak of solutions.",
    "Learners could read the answers before they try.",
)  # fmt: skip
DRAWING_CLEANED = message("S084", INFO,
    "the drawing is packed without {what}",
    "Nothing needs to be done unless the drawing now looks wrong.",
    "Scripts, and what a drawing loads from elsewhere, can harm learners or tell others who they are.",
)  # fmt: skip
FILE_ZIPPED = message("S085", INFO,
    "this is packed in a zip file, because learning platforms refuse or run such files",
    "Nothing needs to be done: learners download the zip file.",
    "Platforms refuse programs and web pages among a course's files.",
)  # fmt: skip
FRONT_VALUE = message("S092", WARNING,
    "'{key}' in the front matter {reason}",
    "Correct the value, or delete the line.",
    "What a document says of itself decides what it becomes in an LMS: a page, an assignment, a discussion, and for how many points.",
    "the front matter of a document contains a value that cannot be used",
)  # fmt: skip
