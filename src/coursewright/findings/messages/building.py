"""P201 to P209: what a package that is built must hold, too; X: what a schema has against a document."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, WARNING, message

PATH_UNSAFE = message(
    "P201", ERROR, "the package would hold a file under the unsafe name '{name}'",
    "Give the unit an id of plain letters, digits and hyphens.",
    "Names that are absolute, climb out of the folder or are not ASCII fail in one LMS or another.",
)  # fmt: skip
PATH_TWICE = message(
    "P202", ERROR, "the package would hold two files under the name '{name}'",
    "Give the units ids that differ in more than capitals or punctuation.",
    "Only one of two files with one name survives unpacking.",
)  # fmt: skip
REFERENCE_DANGLES = message(
    "P203", ERROR, "{element} refers to '{reference}', which the manifest does not declare",
    "Name an identifier that is there, or declare it.",
    "Neither schema nor most LMSs notice; the item then cannot be launched.",
)  # fmt: skip
FILE_MISSING = message(
    "P204", ERROR, "the manifest names the file '{name}', which the package does not hold",
    "Add the file, or remove its entry.",
    "LMSs import such a package without a word, and the learner meets an error page.",
)  # fmt: skip
FILE_UNDECLARED = message(
    "P205", WARNING, "the package holds the file '{name}', which no resource declares",
    "Declare it with a <file> element.",
    "Some LMSs copy only what is declared.",
)  # fmt: skip
PREREQUISITE_NOT_LAUNCHABLE = message(
    "P206", ERROR, "the prerequisites of {item} name {operand}, which is no launchable SCO of this manifest",
    "Name items that launch a SCO.",
    "Only a SCO has a status. An unknown or unlaunchable operand is false for ever, and the item never opens.",
)  # fmt: skip
PREREQUISITE_SYNTAX = message(
    "P207", ERROR, "the prerequisites of {item} are not of the form A&B&C: {expression}",
    "Join item identifiers by & alone.",
    "An expression that an LMS cannot read can take its whole activity down.",
)  # fmt: skip
OBJECTIVE_UNDECLARED = message(
    "P208", ERROR, "a rule of {item} looks at the objective '{objective}', which the item does not declare",
    "Name the objectiveID of an objective of the same item.",
    "Objectives are local to their item. What an engine makes of one that is not there is its own affair.",
)  # fmt: skip
NEVER_OPENS = message(
    "P209", ERROR, "{item} waits for the objective '{objective}', which no other item can satisfy: {opens}",
    "Map the objective to a global one (readSatisfiedStatus) that the item waited for writes (writeSatisfiedStatus).",
    "A locked item cannot satisfy its own objectives, so only another item, through a global objective, can unlock it.",
)  # fmt: skip
NOT_WELL_FORMED = message(
    "X301", ERROR, "the document is no XML that can be read: {reason}",
    "Mend the document: {remedy}.",
    "No LMS reads past the first error.",
)  # fmt: skip
SCHEMA_VIOLATED = message(
    "X302", ERROR, "{reason}",
    "Correct the element at this line.",
    "LMSs refuse, or silently misread, a manifest that its schema does not allow.",
)  # fmt: skip
