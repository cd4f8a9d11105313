"""P210 on: zips, tarballs and folders, and documents as far as nobody has looked into them."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

NOT_A_PACKAGE = message("P210", ERROR,
    "this is neither a zip file nor any other package: {what}",
    "Use a zip file that contains a package: {remedy}.",
    "LMSs take packages as zip files, and some say no more than that the upload failed.",
)  # fmt: skip
CONTAINER_DAMAGED = message("P211", ERROR,
    "the archive cannot be read: {reason}",
    "Create it again; if it was downloaded, download it again.",
    "LMSs import what they can read of a damaged archive, or nothing, often without saying so.",
)  # fmt: skip
CONTAINER_EMPTY = message("P212", ERROR,
    "the {what} contains no files",
    "Use one that contains the course's files: {remedy}.",
    "There is nothing to import.",
    "the archive or folder contains no files",
)  # fmt: skip
NAME_UNSAFE = message("P213", ERROR,
    "the file name '{name}' leads out of the package, or is not valid on every system",
    "Rename it. Use letters, digits, dots, hyphens and underscores, with / between folders.",
    "Names that lead out of the folder are an attack, and LMSs reject the whole package because of one.",
)  # fmt: skip
ENTRY_TWICE = message("P214", ERROR,
    "the archive contains this file name twice",
    "Keep one of them.",
    "Which of the two survives unpacking depends on the LMS.",
)  # fmt: skip
NAMES_COLLIDE = message("P215", WARNING,
    "the name differs from {other} only in case or accents",
    "Rename one of them.",
    "On many servers, the second file overwrites the first.",
)  # fmt: skip
ENTRY_IS_LINK = message("P216", ERROR,
    "this is a link to another file, not a file",
    "Put the file itself in the archive.",
    "Links may lead out of the package, so LMSs drop them or reject the package.",
)  # fmt: skip
ENTRY_ENCRYPTED = message("P217", ERROR,
    "the archive is encrypted: {what}",
    "Create the archive without a password.",
    "No LMS asks for a password.",
)  # fmt: skip
COMPRESSION_UNKNOWN = message("P218", ERROR,
    "the file is compressed with method {method}, which LMSs do not read",
    "Zip it with the usual method (deflate).",
    "Only stored and deflated files are read everywhere.",
)  # fmt: skip
RATIO_TOO_HIGH = message("P219", ERROR,
    "the file unpacks from {packed} to {size} bytes",
    "Remove it, or store it uncompressed.",
    "Zip bombs look like this, so LMSs reject it: Canvas does from 100:1 on.",
    "the file unpacks to many times its size",
)  # fmt: skip
PACKAGE_TOO_LARGE = message("P220", ERROR,
    "the package unpacks to {size} bytes; at most {limit} are read",
    "Host videos elsewhere, or split the course.",
    "Uploads of this size time out, and most servers allow far less.",
)  # fmt: skip
TOO_MANY_FILES = message("P221", ERROR,
    "the package contains {count} files; at most {limit} are read",
    "Remove files that learners do not need.",
    "Canvas stops at 100,000 files, others sooner.",
)  # fmt: skip
ENTRIES_OVERLAP = message("P222", ERROR,
    "the file shares bytes with {other}",
    "Create the archive again.",
    "Overlapping files let a small zip file unpack to a huge one.",
)  # fmt: skip
ENTRY_DAMAGED = message("P223", ERROR,
    "the file cannot be read: {reason}",
    "Create the archive again.",
    "Its checksum or its length is not what the archive says.",
)  # fmt: skip
FILE_TOO_LARGE = message("P224", WARNING,
    "the file has {size} bytes; at most {limit} are read",
    "If it is XML or HTML, split it.",
    "Larger files are not checked.",
)  # fmt: skip
NAME_NOT_ASCII = message("P225", INFO,
    "the name contains characters outside ASCII",
    "Rename it with plain letters.",
    "Some LMSs cannot find such files, or do not recognise the package at all.",
)  # fmt: skip
JUNK_FILE = message("P226", INFO,
    "this file comes from the system that made the archive, not from the course",
    "Leave it out of the archive{remedy}.",
    "It does no harm, but may confuse an importer.",
)  # fmt: skip
FILE_REFUSED = message("P227", WARNING,
    "some LMSs reject packages with {kind} files",
    "Remove it, or put it in a zip file of its own.",
    "They look like programs that the server might run.",
)  # fmt: skip
ENTITIES_DECLARED = message("P228", ERROR,
    "the document declares entities",
    "Write the characters themselves.",
    "Entities can expand without end, or read files on the server, so no importer should expand them.",
)  # fmt: skip
NO_MANIFEST = message("P229", ERROR,
    "there is no imsmanifest.xml, cmi5.xml, tincan.xml or moodle_backup.xml{advice}",
    "Export the course as a package for an LMS, and upload that.",
    "Without one of these, an LMS cannot tell what it has been given.",
)  # fmt: skip
IS_A_SITE = message("S119", INFO,
    "this is a web site, not a package for an LMS",
    "Unzip it on a web server, or open its index.html in a browser; for an LMS, build scorm12, canvas or moodle.",
    "It has no manifest, so an LMS cannot tell what it has been given.",
)  # fmt: skip
MANIFEST_DEEPER = message("P230", ERROR,
    "{name} is not at the top level of the {what}",
    "Put it at the top level: {remedy}.",
    "LMSs look for it at the top level only. This is the most common reason why packages fail.",
    "the manifest is not at the top level",
)  # fmt: skip
MANIFEST_MISNAMED = message("P231", ERROR,
    "{name} must be spelled {wanted}",
    "Rename it to {wanted}, and zip again.",
    "LMSs look for a file with exactly this name.",
    "the manifest's file name is spelled wrongly",
)  # fmt: skip
NOT_ALL_JUDGED = message("P251", WARNING,
    "not everything was checked: {what}",
    "Split the package, or validate part of it.",
    "Without such limits, a package could keep a validator busy forever.",
)  # fmt: skip
ENTRY_NO_FILE = message("P252", ERROR,
    "this is {what}, not a file",
    "Leave it out.",
    "A program that reads it may wait forever, or reach into the system.",
    "this is a device, a pipe or the like, not a file",
)  # fmt: skip
TAKES_IN = message("P253", ERROR,
    "the document includes another: {what}",
    "Remove the reference, and write what is meant in the document itself.",
    "An importer that follows it opens a file on the server, or contacts an unknown site; others find nothing.",
)  # fmt: skip
DOCUMENT_TOO_LARGE = message("P254", ERROR,
    "the document is too large to check: {count} {what}, and at most {limit} are read",
    "Split the course.",
    "Importers load the whole document, and run out of memory or time.",
    "the document is too large to check",
)  # fmt: skip
MORE_OF_THEM = message("P256", INFO,
    "there are {count} more findings of the kind {code}",
    "Correct those that are listed, then validate again.",
    "Nobody reads a list that never ends.",
    "there are more findings of the same kind",
)  # fmt: skip
TARBALL = message("P336", ERROR,
    "this is a tarball; LMSs read {kind} only as a zip file",
    "Unpack it, and zip its contents.",
    "Only Moodle backups may be tarballs.",
    "this is a tarball; LMSs read this kind of package only as a zip file",
)  # fmt: skip
SUFFIX_UNUSUAL = message("P337", WARNING,
    "the name {ends}; LMSs expect {wanted} for this kind of package: {kind}",
    "Rename the file; there is no need to create it again.",
    "Upload forms offer and accept only files whose names end like this.",
    "the file name does not have the ending that LMSs expect",
)  # fmt: skip
MANIFEST_ALONE = message("P338", INFO,
    "only the manifest was checked, not the files that it names",
    "To check its files, validate {whole}.",
    "Whether the files are there, and what is on the pages, can only be seen in the package.",
)  # fmt: skip
NAMES_BACKSLASHED = message("P339", ERROR,
    "{count} names contain \\ instead of /, such as {name}",
    "Zip it again with another tool; old tools on Windows write such names.",
    "Many servers do not recognise these as files in folders, and then find none of them.",
    "names contain \\ instead of /",
)  # fmt: skip
NAME_GARBLED = message("P340", ERROR,
    "the manifest names '{name}'; the package contains '{other}', the same letters in another encoding",
    "Rename the file with plain letters, or zip again with a tool that writes names in UTF-8.",
    "LMSs cannot find the file.",
)  # fmt: skip
NAME_CUT = message("P341", ERROR,
    "'{address}' is read only up to its {sign}, so it leads to no file; the package contains '{name}'",
    "Write {sign} in file names as {escaped}, or rename the file.",
    "In an address, # begins a place on the page and ? begins a query.",
    "an address is read only up to its # or ?, so it leads to no file",
)  # fmt: skip
HOLDS_PACKAGES = message("P342", ERROR,
    "the folder is not a package; it contains {count}: {names}",
    "Validate them one by one: coursewright validate {first} …, or all of them with an asterisk.",
    "A folder of packages is not a package itself.",
    "the folder is not a package; it contains packages",
)  # fmt: skip
HOLDS_SOURCES = message("P343", ERROR,
    "the folder contains source documents, such as {name}, but no package",
    "Build packages from them: coursewright build {folder}.",
    "`coursewright validate` checks what is given to an LMS.",
)  # fmt: skip
PACKAGE_INSIDE = message("P344", ERROR,
    "it contains no manifest, but {name}, which looks like a package",
    "Unzip this file, and upload {name}.",
    "LMSs do not look for a package inside a package.",
    "it contains no manifest, but a file that looks like a package",
)  # fmt: skip
EDITIONS_MIXED = message("P345", ERROR,
    "the manifest says that it is {kind}, but its namespaces are those of {other}",
    "If the course was made for {other}, write <schemaversion>{version}</schemaversion>; otherwise export it again.",
    "An LMS that goes by the version looks for names that are not there: it treats every SCO as an asset, or stops.",
    "the manifest's version and its namespaces belong to different editions",
)  # fmt: skip
SCHEMA_NOT_NAMED = message("P346", ERROR,
    "the manifest has resources of a Common Cartridge, but does not say that it is one",
    "Begin the manifest with <metadata><schema>IMS Common Cartridge</schema><schemaversion>{version}</schemaversion></metadata>.",
    "Without it, Canvas imports only the questions, and Moodle does not know what it has been given.",
)  # fmt: skip
NO_MANIFEST_AT_ALL = message("P347", ERROR,
    "this is not a manifest: {what}",
    "Download or export the package again{remedy}.",
    "An LMS opens the file, and finds nothing that it looks for.",
)  # fmt: skip
GIT_LFS_POINTERS = message("P348", ERROR,
    "these are Git LFS pointers, not the files themselves: {what}",
    "Fetch the files with `git lfs pull`, and make the package again.",
    "Git keeps large files elsewhere, and leaves three lines of text in their place.",
)  # fmt: skip
