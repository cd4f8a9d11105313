"""D: what changes from one package to the next."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

IDENTITY_CHANGED = message(
    "D601", ERROR, "{entry} was {before} and is {now}: for an LMS it is another one",
    "Keep the old identifier; a new title needs no new one. From sources of coursewright it comes from the unit's track and id, and that of an assignment from its name's words before the first bracket, colon or dash.",
    "An LMS knows by the identifier alone whose records belong to what: with another one all that learners did there is lost, or stands beside it twice.",
)  # fmt: skip
ENTRY_GONE = message(
    "D602", WARNING, "{entry} ({kind}) is gone",
    "Tell teachers before they import it; keep the entry, hidden, where its records still count.",
    "Importing the package again deletes it in most LMSs, together with what learners did there.",
)  # fmt: skip
ENTRY_NEW = message(
    "D603", INFO, "{entry} ({kind}) is new, {where}",
    "Nothing to do.",
    "Learners who had completed everything have something before them again.",
)  # fmt: skip
RENAMED = message(
    "D604", INFO, "{entry} is called “{now}” now",
    "Nothing to do.",
    "Records stay, since they hang on the identifier; learners look for the old name.",
)  # fmt: skip
MOVED = message(
    "D605", INFO, "{entry} moves from {before} to {now}",
    "Nothing to do.",
    "Records stay; learners find it elsewhere, and the gates of its new place hold for it.",
)  # fmt: skip
ORDER_CHANGED = message(
    "D606", INFO, "what stands {where} is in another order",
    "Nothing to do.",
    "Learners who go on where they left may be led to what they know, or past something.",
)  # fmt: skip
GATE_ADDED = message(
    "D607", WARNING, "{entry} now opens only once {gate}",
    "Tell learners who are in the middle of it, or keep it open for them.",
    "Whoever has begun it and lacks what it waits for finds it locked. Where it had to be so before anyway, this is for information.",
)  # fmt: skip
GATE_REMOVED = message(
    "D608", INFO, "{entry} no longer waits until {gate}",
    "Nothing to do, if it was meant.",
    "Learners may begin it earlier than before.",
)  # fmt: skip
COMPLETION_CHANGED = message(
    "D609", WARNING, "{entry} is {now}; it was {before}",
    "Tell teachers: reports before and after mean different things.",
    "What completes an entry decides who is through, and what opens for whom.",
)  # fmt: skip
ENTRY_KIND_CHANGED = message(
    "D610", WARNING, "{entry} was of the kind {before} and is of the kind {now}",
    "Give it another identifier, if it is another thing.",
    "An LMS keeps the records of one kind for itself; those of the old kind stay behind.",
)  # fmt: skip
HIDDEN = message(
    "D611", WARNING, "{entry} is {how} now",
    "Publish it, unless that was meant.",
    "What is hidden cannot be completed, and what waits for it stays locked.",
)  # fmt: skip
SHOWN = message(
    "D612", INFO, "{entry} is shown to learners now",
    "Look whether it holds anything for staff.",
    "It was hidden before.",
)  # fmt: skip
ADDRESS_CHANGED = message(
    "D613", INFO, "{entry} opens {now}; it opened {before}",
    "Nothing to do.",
    "Bookmarks that a unit has kept may name places of the old file.",
)  # fmt: skip
CONTENT_CHANGED = message(
    "D614", INFO, "{entry} differs in {files}",
    "Nothing to do.",
    "Learners who had completed it have not seen what is new.",
)  # fmt: skip
OTHER_FILES_CHANGED = message(
    "D615", INFO, "files of no entry differ: {files}",
    "Nothing to do.",
    "Styles, scripts and settings change how everything looks and works.",
)  # fmt: skip
PACKAGE_KIND_CHANGED = message(
    "D616", ERROR, "the package was of the kind {before} and is of the kind {now}",
    "Import it as a new course, and let those who have begun finish in the old one.",
    "An LMS cannot put one kind in the place of another, so no record is carried over. From one edition to the next of the same kind it may.",
)  # fmt: skip
ALWAYS_NEW = message(
    "D617", INFO, "a {kind} is restored as a new course: it holds no record of a learner, whatever stayed the same",
    "Restore it for new learners, and let those who have begun finish in the old course.",
    "Moodle matches neither activities nor sections of a course in use with those of a backup.",
)  # fmt: skip
METADATA_CHANGED = message(
    "D618", INFO, "the course's {name}: now {now}; before {before}",
    "Nothing to do; keep the identifiers, by which some LMSs know the course.",
    "Catalogues show it and find the course by it.",
)  # fmt: skip
MARK_CHANGED = message(
    "D619", WARNING, "{entry} has other marks: {now}; it had: {before}",
    "Tell teachers: who had passed may not have any more, or the other way round.",
    "An LMS judges what learners have done by the new marks, and shows them so in its gradebook.",
)  # fmt: skip
OPENS_NOTHING = message(
    "D620", WARNING, "{entry} opens nothing any more: {fault}",
    "Put the file back into the package, or take the entry out of the menu.",
    "Learners are shown an entry that leads nowhere, and can never complete it.",
)  # fmt: skip
SHARED_FILES_CHANGED = message(
    "D621", INFO, "what several entries share differs: {files}",
    "Nothing to do.",
    "A stylesheet, a script or an overview changes wherever it is used.",
)  # fmt: skip
INCOMPLETE_AGAIN = message(
    "D622", WARNING, "{entry} ({kind}) is new, {where}, and has to be completed: whoever had completed {parent} has not any more",
    "Tell learners, or do not ask for it.",
    "What is complete only with everything in it is incomplete as soon as more is asked for, and so may be what waits for it.",
)  # fmt: skip
RULES_CHANGED = message(
    "D623", WARNING, "{entry} has other rules: {now}; it had: {before}",
    "Play the new package through, as one who is in the middle of it.",
    "What is skipped or not in the menu, learners do not see; an LMS may bring them past it, or back to it.",
)  # fmt: skip
RECORDS_CHANGE_OWNER = message(
    "D624", ERROR, "{identifier} was {entry}{more} and is now {now}: {effect}",
    "Keep the identifiers of the package in use, and give new things new ones. In sources of coursewright, never reuse a unit's id for another unit.",
    "An LMS matches records by the identifier alone: learners would be credited with work that they never did, grades included.",
)  # fmt: skip
KEPT_BY_CANVAS = message(
    "D625", WARNING, "{entry} ({kind}) is no longer in the package, but stays in Canvas, {state}",
    "After the import, delete it in Canvas by hand.",
    "An import into an existing course adds and overwrites; it deletes nothing but lines of modules. A page that was renamed, removed or is for staff only now stays at its old address.",
)  # fmt: skip
STAYS_PUBLISHED = message(
    "D626", WARNING, "{entry} ({kind}) is unpublished in the new package, but stays published in Canvas",
    "After the import, unpublish it in Canvas by hand.",
    "Canvas sets the state of a page or an assignment only when it is new or had been deleted.",
)  # fmt: skip
LOCK_KEPT_BY_CANVAS = message(
    "D627", WARNING, "{entry} has no prerequisites in the new package, but in Canvas it still waits until {gate}",
    "After the import, edit the module in Canvas and remove its prerequisites by hand.",
    "Canvas replaces a module's prerequisites only if the package names at least one that it can find.",
)  # fmt: skip
REQUIREMENTS_KEPT_BY_CANVAS = message(
    "D628", WARNING, "{entry} requires nothing in the new package, but keeps its old requirements in Canvas",
    "After the import, edit the module in Canvas and remove its requirements by hand.",
    "Canvas replaces a module's requirements only if the package names at least one that it can find.",
)  # fmt: skip
WORK_KEPT_BY_CANVAS = message(
    "D629", WARNING, "{entry} ({kind}) is no longer in the package, but stays in Canvas, {state}, with its submissions and grades",
    "After the import, delete it in Canvas by hand if nobody has submitted anything. Otherwise keep it, and take it out of the final grade if it should no longer count.",
    "No submission is lost, and none moves to what replaces it: learners hand in anew there, while the old one stays in the gradebook and counts. Where the new one is the same work under another name, that is D601, an error.",
)  # fmt: skip
