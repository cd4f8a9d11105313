"""D601 to D629, D639 to D641: what changes from one package to the next."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

IDENTITY_CHANGED = message("D601", ERROR,
    "{entry} was {before} and is now {now}: to an LMS it is a different one",
    "Keep the old identifier; a new title does not need a new one. coursewright makes a unit's identifier from its track and id, and an assignment's from the words of its name before the first bracket, colon or dash.",
    "An LMS matches records to entries by identifier alone. With a new one, what learners did is lost, or the entry appears twice.",
    "an entry has a new identifier",
)  # fmt: skip
ENTRY_GONE = message("D602", WARNING,
    "{entry} ({kind}) is gone",
    "Tell teachers before they import it. Where its records still count, keep the entry but hide it.",
    "In most LMSs, importing the package again deletes the entry, together with what learners did there.",
    "an entry is gone",
)  # fmt: skip
ENTRY_NEW = message("D603", INFO,
    "{entry} ({kind}) is new, {where}",
    "Nothing to do.",
    "Learners who had completed everything have something left to do again.",
    "an entry is new",
)  # fmt: skip
RENAMED = message("D604", INFO,
    "{entry} is now called “{now}”",
    "Nothing to do.",
    "Records stay, since they belong to the identifier. Learners may look for the old title.",
    "an entry has a new title",
)  # fmt: skip
MOVED = message("D605", INFO,
    "{entry} moves from {before} to {now}",
    "Nothing to do.",
    "Records stay. Learners find it elsewhere, and the conditions of its new place apply to it.",
    "an entry moves to another place",
)  # fmt: skip
ORDER_CHANGED = message("D606", INFO,
    "the entries {where} are in a different order",
    "Nothing to do.",
    "Learners who continue where they left off may be sent to something they know, or past something they don't.",
    "entries are in a different order",
)  # fmt: skip
GATE_ADDED = message("D607", WARNING,
    "{entry} now opens only once {gate}",
    "Tell learners who are in the middle of it, or keep it open for them.",
    "Learners who have started it but do not meet the condition find it locked. If they had to meet it before anyway, this is for information only.",
    "an entry now waits for something",
)  # fmt: skip
GATE_REMOVED = message("D608", INFO,
    "{entry} no longer waits until {gate}",
    "Nothing to do, if this is intended.",
    "Learners can start it earlier than before.",
    "an entry no longer waits for something",
)  # fmt: skip
COMPLETION_CHANGED = message("D609", WARNING,
    "{entry} is {now}; it was {before}",
    "Tell teachers: reports from before and after mean different things.",
    "What completes an entry decides who has finished, and what opens for whom.",
    "an entry is completed in a different way",
)  # fmt: skip
ENTRY_KIND_CHANGED = message("D610", WARNING,
    "{entry} changes from {before} to {now}",
    "If it is a different thing, give it another identifier.",
    "An LMS keeps the records of each kind apart, so those of the old kind are left behind.",
    "an entry changes from one kind to another",
)  # fmt: skip
HIDDEN = message("D611", WARNING,
    "{entry} is now {how}",
    "Publish it, unless this is intended.",
    "Learners cannot complete what is hidden, and whatever waits for it stays locked.",
    "an entry is now hidden",
)  # fmt: skip
SHOWN = message("D612", INFO,
    "{entry} is now shown to learners",
    "Check that it contains nothing meant for staff.",
    "It was hidden before.",
    "a hidden entry is now shown to learners",
)  # fmt: skip
ADDRESS_CHANGED = message("D613", INFO,
    "{entry} now opens {now} instead of {before}",
    "Nothing to do.",
    "Bookmarks that a unit has saved may point to places in the old file.",
    "an entry opens a different file",
)  # fmt: skip
CONTENT_CHANGED = message("D614", INFO,
    "{entry} differs in {files}",
    "Nothing to do.",
    "Learners who have completed it have not seen what is new.",
    "the content of an entry differs",
)  # fmt: skip
OTHER_FILES_CHANGED = message("D615", INFO,
    "files that belong to no entry differ: {files}",
    "Nothing to do.",
    "Stylesheets, scripts and settings change how everything looks and works.",
)  # fmt: skip
PACKAGE_KIND_CHANGED = message("D616", ERROR,
    "the package changes from {before} to {now}",
    "Import it as a new course, and let learners who have started finish in the old one.",
    "An LMS cannot replace one kind of package with another, so no records carry over. Between editions of the same kind they may.",
    "the package changes from one kind to another",
)  # fmt: skip
ALWAYS_NEW = message("D617", INFO,
    "a {kind} is restored as a new course, without any learner records, even if nothing changed",
    "Restore it for new learners, and let those who have started finish in the old course.",
    "Moodle does not match the activities and sections of a backup with those of an existing course.",
    "a backup is restored as a new course, without any learner records",
)  # fmt: skip
METADATA_CHANGED = message("D618", INFO,
    "the course's {name} was {before} and is now {now}",
    "Nothing to do, but keep the identifiers: some LMSs know the course by them.",
    "Catalogues show it, and use it to find the course.",
    "the course's metadata has changed",
)  # fmt: skip
MARK_CHANGED = message("D619", WARNING,
    "the grading of {entry} has changed; now: {now}; before: {before}",
    "Tell teachers: learners who had passed may no longer have, or the other way round.",
    "An LMS applies the new values to work already done, and shows the result in its gradebook.",
    "the grading of an entry has changed",
)  # fmt: skip
OPENS_NOTHING = message("D620", WARNING,
    "{entry} no longer opens anything: {fault}",
    "Put the file back in the package, or remove the entry from the menu.",
    "Learners see an entry that leads nowhere and that they can never complete.",
    "an entry no longer opens anything",
)  # fmt: skip
SHARED_FILES_CHANGED = message("D621", INFO,
    "files shared by several entries differ: {files}",
    "Nothing to do.",
    "A stylesheet, a script or an overview changes wherever it is used.",
)  # fmt: skip
INCOMPLETE_AGAIN = message("D622", WARNING,
    "{entry} ({kind}) is new, {where}, and must be completed: learners who had completed {parent} no longer have",
    "Tell learners, or do not require it.",
    "What is complete only when everything in it is complete becomes incomplete as soon as more is required. So may whatever waits for it.",
    "a new entry must be completed, so what it is part of becomes incomplete",
)  # fmt: skip
RULES_CHANGED = message("D623", WARNING,
    "the rules of {entry} have changed; now: {now}; before: {before}",
    "Play the new package as a learner who is halfway through.",
    "Learners do not see what is skipped or hidden from the menu. An LMS may take them past it, or back to it.",
    "the sequencing rules of an entry have changed",
)  # fmt: skip
RECORDS_CHANGE_OWNER = message("D624", ERROR,
    "{identifier} was {entry}{more} and is now {now}: {effect}",
    "Keep the identifiers of the package in use, and give new things new ones. In a curriculum, never reuse a unit's id for another unit.",
    "An LMS matches records by identifier alone, so learners would be credited with work they never did, grades included.",
    "an identifier now belongs to a different entry",
)  # fmt: skip
KEPT_BY_CANVAS = message("D625", WARNING,
    "{entry} ({kind}) is no longer in the package, but stays in Canvas, {state}",
    "After the import, delete it in Canvas by hand.",
    "Importing into an existing course adds and overwrites. It deletes nothing except items of modules. A page that was renamed, removed or made staff-only stays at its old address.",
    "an entry is no longer in the package, but stays in Canvas",
)  # fmt: skip
STAYS_PUBLISHED = message("D626", WARNING,
    "{entry} ({kind}) is unpublished in the new package, but stays published in Canvas",
    "After the import, unpublish it in Canvas by hand.",
    "Canvas sets the state of a page or an assignment only when it is new or had been deleted.",
    "an entry is unpublished in the new package, but stays published in Canvas",
)  # fmt: skip
LOCK_KEPT_BY_CANVAS = message("D627", WARNING,
    "{entry} has no prerequisites in the new package, but in Canvas it still waits until {gate}",
    "After the import, edit the module in Canvas and remove its prerequisites by hand.",
    "Canvas replaces a module's prerequisites only if the package names at least one that it can find.",
    "a module has no prerequisites in the new package, but keeps its old ones in Canvas",
)  # fmt: skip
REQUIREMENTS_KEPT_BY_CANVAS = message("D628", WARNING,
    "{entry} requires nothing in the new package, but keeps its old requirements in Canvas",
    "After the import, edit the module in Canvas and remove its requirements by hand.",
    "Canvas replaces a module's requirements only if the package names at least one that it can find.",
    "a module has no requirements in the new package, but keeps its old ones in Canvas",
)  # fmt: skip
WORK_KEPT_BY_CANVAS = message("D629", WARNING,
    "{entry} ({kind}) is no longer in the package, but stays in Canvas, {state}, with its submissions and grades",
    "After the import, delete it in Canvas by hand if nobody has submitted anything. Otherwise keep it, and leave it out of the final grade if it should no longer count.",
    "No submission is lost, but none moves to the replacement: learners submit again there, while the old work stays in the gradebook and counts. If the replacement is the same work under another name, that is D601, an error.",
    "graded work is no longer in the package, but stays in Canvas with its submissions and grades",
)  # fmt: skip
SEQUENCING_CHANGED = message("D639", WARNING,
    "what moves learners on at {entry} has changed: {changes}",
    "Play the new package as a learner who is halfway through.",
    "A player of SCORM 2004 judges by it who has passed, where the buttons lead, and what counts for what an entry is in. Records stay, but are judged anew.",
    "what moves learners on at an entry has changed",
)  # fmt: skip
