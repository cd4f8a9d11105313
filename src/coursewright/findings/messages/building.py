"""P201 to P209: what a package that is built must hold, too; X: what a schema has against a document."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, WARNING, message

PATH_UNSAFE = message("P201", ERROR,
    "the package would contain a file with the unsafe name '{name}'",
    "Give the unit an id of plain letters, digits and hyphens.",
    "Absolute names, names that lead out of the folder and names that are not ASCII each fail in one LMS or another.",
)  # fmt: skip
PATH_TWICE = message("P202", ERROR,
    "the package would contain two files named '{name}'",
    "Give the units ids that differ in more than case or punctuation.",
    "Of two files with the same name, only one survives unpacking.",
)  # fmt: skip
REFERENCE_DANGLES = message("P203", ERROR,
    "{element} refers to '{reference}', which the manifest does not declare",
    "Correct the identifier, or declare it.",
    "Neither the schema nor most LMSs notice, and the item cannot be launched.",
    "a reference names something that the manifest does not declare",
)  # fmt: skip
FILE_MISSING = message("P204", ERROR,
    "the manifest lists the file '{name}', which is not in the package",
    "Add the file, or remove its entry.",
    "LMSs import such a package without complaint, and learners get an error page.",
)  # fmt: skip
FILE_UNDECLARED = message("P205", WARNING,
    "the file '{name}' is in the package, but no resource declares it",
    "Declare it with a <file> element.",
    "Some LMSs copy only declared files.",
)  # fmt: skip
PREREQUISITE_NOT_LAUNCHABLE = message("P206", ERROR,
    "the prerequisites of {item} name {operand}, which is not a SCO that this manifest can launch",
    "Name only items that launch a SCO.",
    "Only a SCO has a status. An operand that is unknown or launches no SCO is never true, so the item never opens.",
    "prerequisites name something that is not a launchable SCO",
)  # fmt: skip
PREREQUISITE_SYNTAX = message("P207", ERROR,
    "the prerequisites of {item} list items, and do not have the form A&B&C: {expression}",
    "Join item identifiers with & only.",
    "An expression that an LMS cannot read can make its whole activity fail.",
    "prerequisites list items, and do not have the form A&B&C",
)  # fmt: skip
OBJECTIVE_UNDECLARED = message("P208", ERROR,
    "a rule of {item} tests the objective '{objective}', which the item does not declare",
    "Use the objectiveID of one of the item's own objectives.",
    "Objectives are local to their item. What an LMS does with one that is not declared is undefined.",
    "a rule tests an objective that its item does not declare",
)  # fmt: skip
NEVER_OPENS = message("P209", ERROR,
    "{item} waits for the objective '{objective}', which no other item can satisfy: {opens}",
    "Map the objective to a global one (readSatisfiedStatus) that the item it waits for writes to (writeSatisfiedStatus).",
    "A locked item cannot satisfy its own objectives. Only another item can unlock it, through a global objective.",
    "an item waits for an objective that no other item can satisfy",
)  # fmt: skip
NOT_WELL_FORMED = message("X301", ERROR,
    "the document cannot be read as XML: {reason}",
    "Correct the document: {remedy}.",
    "LMSs stop reading at the first error.",
)  # fmt: skip
SCHEMA_VIOLATED = message("X302", ERROR,
    "{reason}",
    "Correct the element on this line.",
    "LMSs reject a manifest that breaks its schema, or silently misread it.",
    "the document does not follow its schema",
)  # fmt: skip
