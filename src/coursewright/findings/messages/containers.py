"""P210 on: zips, tarballs and folders, and documents as far as nobody has looked into them."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

NOT_A_PACKAGE = message(
    "P210", ERROR, "this is no zip, and no package: {what}",
    "Take a zip that holds a package: {remedy}.",
    "Every LMS reads packages as zips; some say no more than that the upload failed.",
)  # fmt: skip
CONTAINER_DAMAGED = message(
    "P211", ERROR, "the archive cannot be read: {reason}",
    "Make it anew; if it came over the net, fetch it again.",
    "An LMS imports what it can read of a broken archive, or nothing, often without saying so.",
)  # fmt: skip
CONTAINER_EMPTY = message(
    "P212", ERROR, "the {what} holds no files",
    "Take what holds the files of the course: {remedy}.",
    "There is nothing to import.",
)  # fmt: skip
NAME_UNSAFE = message(
    "P213", ERROR, "a file is named '{name}', which leads out of the package or is no name on every system",
    "Rename it: letters, digits, dots, hyphens and underscores, folders by /.",
    "Names that climb out of the folder are an attack, and LMSs refuse the whole package for one.",
)  # fmt: skip
ENTRY_TWICE = message(
    "P214", ERROR, "a file of this name stands in the archive twice",
    "Keep one of them.",
    "Which one survives the unpacking differs from LMS to LMS.",
)  # fmt: skip
NAMES_COLLIDE = message(
    "P215", WARNING, "its name differs from {other} in capitals or accents only",
    "Rename one of them.",
    "On many servers the second overwrites the first.",
)  # fmt: skip
ENTRY_IS_LINK = message(
    "P216", ERROR, "this is a link to another file, not a file",
    "Put the file itself into the archive.",
    "Links may lead out of the package; LMSs drop them or refuse the package.",
)  # fmt: skip
ENTRY_ENCRYPTED = message(
    "P217", ERROR, "the archive is encrypted: {what}",
    "Make the archive without a password.",
    "No LMS asks for one.",
)  # fmt: skip
COMPRESSION_UNKNOWN = message(
    "P218", ERROR, "the file is compressed by method {method}, which LMSs do not read",
    "Zip it the ordinary way (deflate).",
    "Only stored and deflated files are read everywhere.",
)  # fmt: skip
RATIO_TOO_HIGH = message(
    "P219", ERROR, "the file unpacks to {size} bytes from {packed}",
    "Leave it out, or store it uncompressed.",
    "That is how a zip bomb looks, and LMSs refuse it: Canvas from 100:1 on.",
)  # fmt: skip
PACKAGE_TOO_LARGE = message(
    "P220", ERROR, "the package unpacks to {size} bytes; at most {limit} are looked at",
    "Put videos elsewhere, or split the course.",
    "Uploads of this size time out, and servers limit them far below.",
)  # fmt: skip
TOO_MANY_FILES = message(
    "P221", ERROR, "the package holds {count} files; at most {limit} are looked at",
    "Leave out what learners do not need.",
    "Canvas stops at 100,000, others sooner.",
)  # fmt: skip
ENTRIES_OVERLAP = message(
    "P222", ERROR, "the file shares its bytes with {other}",
    "Make the archive anew.",
    "Files that overlap let a small zip unpack to a huge one.",
)  # fmt: skip
ENTRY_DAMAGED = message(
    "P223", ERROR, "the file cannot be read: {reason}",
    "Make the archive anew.",
    "Its checksum or its length is not what the archive says.",
)  # fmt: skip
FILE_TOO_LARGE = message(
    "P224", WARNING, "the file has {size} bytes; at most {limit} are looked into",
    "If it is XML or HTML, split it.",
    "What is larger is not judged.",
)  # fmt: skip
NAME_NOT_ASCII = message(
    "P225", INFO, "the name has letters beyond ASCII",
    "Rename it in plain letters.",
    "Some LMSs do not find such files, or do not recognise the package at all.",
)  # fmt: skip
JUNK_FILE = message(
    "P226", INFO, "this file is of the system that made the archive, not of the course",
    "Leave it out of the archive{remedy}.",
    "It does no harm, and may confuse an importer.",
)  # fmt: skip
FILE_REFUSED = message(
    "P227", WARNING, "some LMSs refuse packages with {kind} files",
    "Leave it out, or put it into a zip of its own.",
    "They look like programs that the server might run.",
)  # fmt: skip
ENTITIES_DECLARED = message(
    "P228", ERROR, "the document declares entities",
    "Write the characters themselves.",
    "Entities can expand without end or read files of the server, so no importer should expand them.",
)  # fmt: skip
NO_MANIFEST = message(
    "P229", ERROR, "there is no imsmanifest.xml, cmi5.xml, tincan.xml or moodle_backup.xml{advice}",
    "Export the course as a package for an LMS, and upload that.",
    "Without one of them an LMS cannot tell what it is given.",
)  # fmt: skip
MANIFEST_DEEPER = message(
    "P230", ERROR, "{name} is not at the top of the {what}",
    "Have it at the top: {remedy}.",
    "LMSs look for it at the top only. This is the mistake most packages fail by.",
)  # fmt: skip
MANIFEST_MISNAMED = message(
    "P231", ERROR, "{name} is not spelled {wanted}",
    "Rename it {wanted}, and zip again.",
    "LMSs look for a file of exactly this name.",
)  # fmt: skip
NOT_ALL_JUDGED = message(
    "P251", WARNING, "not everything was looked at: {what}",
    "Split the package, or judge a part of it.",
    "Without such bounds, a package could keep whoever judges it busy for ever.",
)  # fmt: skip
ENTRY_NO_FILE = message(
    "P252", ERROR, "this is {what}, not a file",
    "Leave it out.",
    "Whoever reads it waits for ever, or reaches into the system.",
)  # fmt: skip
TAKES_IN = message(
    "P253", ERROR, "the document takes in another: {what}",
    "Remove the reference; write what is meant into the document itself.",
    "An importer that follows it opens a file of the server, or asks a stranger over the net; others find nothing.",
)  # fmt: skip
DOCUMENT_TOO_LARGE = message(
    "P254", ERROR, "the document is too large to be judged: {count} {what}, and at most {limit} are read",
    "Split the course.",
    "Importers hold it in memory whole, and run out of it or of time.",
)  # fmt: skip
MORE_OF_THEM = message(
    "P256", INFO, "there are {count} more findings {code}",
    "Mend those that are listed, then judge again.",
    "A list that nobody reads to its end helps nobody.",
)  # fmt: skip
TARBALL = message(
    "P336", ERROR, "this is a tarball; of {kind}, LMSs read zips only",
    "Unpack it, and zip what was in it.",
    "Only backups of Moodle may be tarballs.",
)  # fmt: skip
SUFFIX_UNUSUAL = message(
    "P337", WARNING, "the name {ends}, where LMSs want {wanted} for this kind of package: {kind}",
    "Rename the file, without making it anew.",
    "Forms that packages are uploaded by offer and accept only files whose names end so.",
)  # fmt: skip
MANIFEST_ALONE = message(
    "P338", INFO, "only the manifest was judged, and not the files that it names",
    "For its files, judge {whole}.",
    "Whether the files are there, and what is on the pages, shows in the package alone.",
)  # fmt: skip
NAMES_BACKSLASHED = message(
    "P339", ERROR, "{count} names have \\ instead of /, such as {name}",
    "Zip it again, with another tool; old ones on Windows write such names.",
    "Many servers do not take them for files in folders, and then find none of them.",
)  # fmt: skip
NAME_GARBLED = message(
    "P340", ERROR, "the manifest names '{name}'; the package holds '{other}', the same letters in another encoding",
    "Rename the file in plain letters, or zip again with a tool that writes names in UTF-8.",
    "LMSs do not find the file.",
)  # fmt: skip
NAME_CUT = message(
    "P341", ERROR, "'{address}' is read only up to its {sign}, and so leads to no file; the package holds '{name}'",
    "Write {sign} in the names of files as {escaped}, or rename the file.",
    "In an address, # begins a place on the page and ? what is asked of it.",
)  # fmt: skip
HOLDS_PACKAGES = message(
    "P342", ERROR, "the folder is no package; it holds {count}: {names}",
    "Judge them by themselves: coursewright validate {first} …, or all in the folder by an asterisk.",
    "A package is judged by what it holds; a folder of packages is none.",
)  # fmt: skip
HOLDS_SOURCES = message(
    "P343", ERROR, "the folder holds source documents, such as {name}, and no package",
    "Build packages from them: coursewright build {folder}.",
    "Validating is for what an LMS is given.",
)  # fmt: skip
PACKAGE_INSIDE = message(
    "P344", ERROR, "there is no manifest in it, but {name}, which looks like a package",
    "Unzip this, and upload {name}.",
    "LMSs do not look into a package within a package.",
)  # fmt: skip
EDITIONS_MIXED = message(
    "P345", ERROR, "the manifest says that it is {kind}, and its namespaces are those of SCORM 1.2",
    "Write <schemaversion>1.2</schemaversion> if the course was made for SCORM 1.2; else export it again.",
    "An LMS that goes by the version looks for names that are not there, and takes every SCO for an asset.",
)  # fmt: skip
SCHEMA_NOT_NAMED = message(
    "P346", ERROR, "the manifest has resources of a Common Cartridge, and does not say that it is one",
    "Write <metadata><schema>IMS Common Cartridge</schema><schemaversion>{version}</schemaversion></metadata> first.",
    "Without it Canvas imports the questions alone, and Moodle does not know what it is given.",
)  # fmt: skip
NO_MANIFEST_AT_ALL = message(
    "P347", ERROR, "this is no manifest: {what}",
    "Fetch or export the package again{remedy}.",
    "An LMS finds the file, and in it nothing of what it looks for.",
)  # fmt: skip
GIT_LFS_POINTERS = message(
    "P348", ERROR, "here are pointers of Git LFS, not the files themselves: {what}",
    "Fetch the files with `git lfs pull`, and make the package again.",
    "Git keeps large files elsewhere, and leaves three lines of text in their place.",
)  # fmt: skip
