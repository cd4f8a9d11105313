"""What a Moodle backup lists, with what the documents of its sections and activities say; each is read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import field

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rules.moodle.unfinished import never_completed, ungraded
from coursewright.findings import messages
from coursewright.findings.finding import Message, Severity
from coursewright.frozen import slotted
from coursewright.packages.documents.moodle.xml import NULL, number
from coursewright.packages.documents.parsing import parsed
from coursewright.packages.files.budget import MOST_OF_A_BACKUP
from coursewright.packages.files.container import Container
from coursewright.packages.subject import Subject, within_bounds

_SAID = (
    *("sequence", "availabilityjson", "availability", "visible", "number"),
    *("completion", "completionview", "completiongradeitemnumber", "completionpassgrade", "groupingid"),
)
_ON, _AUTOMATIC = "1", "2"
_ITEMS = ("0", "1")  # the grades that an activity has of its own
_LEAST_PASS = 0.000009  # up to this, a grade to pass is none
_LARGE = 5_000_000  # bytes: what learners did, and banks of questions
# What documents begin with, by their names, at the top and in the folders of parts; others may begin with anything.
_AT_THE_TOP = {
    "roles.xml": "roles_definition",
    "scales.xml": "scales_definition",
    "outcomes.xml": "outcomes_definition",
    "groups.xml": "groups",
    "questions.xml": "question_categories",
    "gradebook.xml": "gradebook",
    "badges.xml": "badges",
    "completion.xml": "course_completion",
    "users.xml": "users",
}
_IN_PARTS = {
    "module.xml": "module",
    "section.xml": "section",
    "course.xml": "course",
    "grades.xml": "activity_gradebook",
    "inforef.xml": "inforef",
    "roles.xml": "roles",
    "calendar.xml": "events",
    "grading.xml": "areas",
    "block.xml": "block",
}

Key = tuple[str, str]
"""The kind of a part, section or activity, and its number."""


@slotted
class Part:
    """A section or an activity: its name, what it lies in, and what its own document says."""

    kind: str
    id: str
    title: str
    directory: str
    module: str = ""
    around: Key = ("", "")
    texts: dict[str, str] | None = None
    """What is in the elements of its document that matter here; None where it could not be read."""

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @property
    def shown(self) -> str:
        """How findings call it: by its title, and its number."""
        word = "the section " if self.kind == "section" else ""
        return f"{word}“{self.title}” ({self.id})" if self.title else f"{word or 'the activity '}{self.id}"

    @property
    def document(self) -> str:
        """The document that says where it stands and when it opens."""
        return f"{self.directory}/{'section' if self.kind == 'section' else 'module'}.xml"

    @property
    def own_document(self) -> str:
        """The document of an activity that is called as its kind."""
        return f"{self.directory}/{self.module}.xml"

    def flaw(self, message: Message, weight: Severity | None = None, **values: object) -> Flaw:
        """Return what is wrong with it, in its own document."""
        return flaw(message, None, weight, item=self.shown, **values).within(self.document)

    def says(self, name: str) -> str:
        """Return what its document has in an element; "" where it has none, or nothing in it."""
        text = (self.texts or {}).get(name, "")
        return "" if text == NULL else text


@slotted
class Backup:
    """The parts of a backup by kind and number, and the numbers of what else a restriction may name.

    `graded` has the activity of each grade item, "" for those of the course.
    """

    container: Container
    contents: etree._Element | None
    parts: dict[Key, Part]
    graded: dict[str, str] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)
    groupings: set[str] = field(default_factory=set)
    flaws: list[Flaw] = field(default_factory=list)
    passing: set[str] = field(default_factory=set)
    """The activities that have a grade to pass that can be reached."""
    beyond: dict[str, str] = field(default_factory=dict)
    """Why nobody passes an activity, whose grade to pass is above the greatest."""
    unfinished: dict[str, str] = field(default_factory=dict)
    """Why nobody completes an activity, where it does that by itself."""
    numbers: dict[str, str] = field(default_factory=dict)
    """Of each grade item, which of its activity it is, mostly 0."""
    ungraded: dict[Key, str] = field(default_factory=dict)
    """Why nobody is graded, by the activity and by which grade of that."""
    preceded: dict[Key, bool] = field(default_factory=dict)
    """Of each part, in the order of the course, whether an activity that can be complete comes before it."""
    is_tracked: bool = True
    """Say whether the course keeps track of completion at all."""

    def unfinishable(self, part: Part) -> str:
        """Return why nobody completes an activity, in words about "it", where it does that by itself; or ""."""
        is_by_passing = part.says("completionpassgrade") == _ON and part.says("completiongradeitemnumber")
        if is_by_passing and part.says("completion") == _AUTOMATIC and part.id in self.beyond:
            return self.beyond[part.id]
        return self.unfinished.get(part.id, "")


def read_backup(subject: Subject) -> Backup:
    """Read what a backup lists; what is another document than it should be is among its flaws."""
    contents, container = subject.found.root.find("information/contents"), subject.container
    parts = list(_listed(contents)) if contents is not None else []
    backup = Backup(container, contents, {part.key: part for part in parts})
    by_document = {part.document: part for part in parts}
    modules = {part.directory: part for part in parts if part.kind == "activity"}
    for name in within_bounds(_documents(container, parts), container, "documents", count=MOST_OF_A_BACKUP):
        document = parsed(container, name)
        if document is None or not _begins_well(name, document[1], modules, backup):
            continue
        if part := by_document.get(name):
            part.id = document[1].get("id") or part.id  # which a restore goes by, whatever is listed
            part.texts = {said: document[1].findtext(said, "").strip() for said in _SAID}
        _note(name, document[1], modules, backup)
    backup.parts = {part.key: part for part in parts}
    return backup


def _listed(contents: etree._Element) -> Iterator[Part]:
    for found in contents.iterfind("sections/section"):
        number, title, above = (found.findtext(name, "").strip() for name in ("sectionid", "title", "parentcmid"))
        yield Part("section", number, title, found.findtext("directory", ""), around=("activity", above))
    for found in contents.iterfind("activities/activity"):
        names = ("moduleid", "title", "sectionid", "modulename")
        number, title, section, module = (found.findtext(name, "").strip() for name in names)
        yield Part("activity", number, title, found.findtext("directory", ""), module, ("section", section))


def _documents(container: Container, parts: list[Part]) -> list[str]:
    """Return the documents at the top, of the course and of what is listed: those that matter most first."""
    by_folder: defaultdict[str, list[str]] = defaultdict(list)
    for name in container.sizes:
        folder, _, file = name.rpartition("/")
        if file.endswith(".xml") and not file.startswith("._"):  # what a Mac puts beside each
            by_folder[folder].append(name)
    blocks = (folder for folder in by_folder if "blocks" in folder.split("/"))
    folders = {"", "course", *(part.directory for part in parts), *blocks}
    first = {part.document for part in parts}
    read = {name for folder in folders for name in by_folder[folder]}
    read -= {"moodle_backup.xml", "files.xml"}  # which are read elsewhere
    large = {name for name in read - first if container.sizes[name] > _LARGE}
    if large:
        container.budget.leave_out("documents", each=_LARGE)
    return sorted(read - large, key=lambda name: (name not in first, container.sizes[name], name))


def _begins_well(name: str, root: etree._Element, modules: dict[str, Part], backup: Backup) -> bool:
    """Say whether a document begins with what it should; where not, that is a flaw."""
    folder, _, file = name.rpartition("/")
    wanted = (_IN_PARTS if folder else _AT_THE_TOP).get(file, "")
    if folder in modules and name == modules[folder].own_document:
        wanted = "activity"
    if wanted and root.tag != wanted:
        backup.flaws.append(wrong_root(root, wanted).within(name))
        return False
    return True


def wrong_root(root: etree._Element, wanted: str) -> Flaw:
    """Return that a document begins with another element than it should."""
    return flaw(messages.ROOT_WRONG, root, found=f"<{etree.QName(root).localname}>", wanted=f"<{wanted}>")


def _note(name: str, root: etree._Element, modules: dict[str, Part], backup: Backup) -> None:
    """Remember the grade items and the groups of a document, which restrictions may name, and what nobody completes."""
    folder, _, file = name.rpartition("/")
    part = modules.get(folder)
    if part is not None and name == part.own_document:
        activity = root.find(part.module)
        if reason := never_completed(part.module, activity, part.says):
            backup.unfinished[part.id] = reason
        for item in _ITEMS:
            if reason := ungraded(part.module, item, activity):
                backup.ungraded[part.id, item] = reason
    elif file in ("grades.xml", "gradebook.xml"):
        graded = part.id if part is not None else ""
        items = list(root.iterfind("grade_items/grade_item"))
        backup.numbers |= {item.get("id", ""): item.findtext("itemnumber", "").strip() for item in items}
        backup.graded |= {item.get("id", ""): graded for item in items}
        backup.passing |= {graded for item in items if can_be_passed(item)}
        if graded and items and all(reasons := [is_out_of_reach(item) for item in items]):
            backup.beyond[graded] = reasons[0]
    elif name == "course/course.xml":
        backup.is_tracked = root.findtext("enablecompletion", "1").strip() != "0"
    elif name == "groups.xml":
        backup.groups |= {group.get("id", "") for group in root.iterfind("group")}
        backup.groupings |= {grouping.get("id", "") for grouping in root.iterfind("groupings/grouping")}


def can_be_passed(item: etree._Element) -> bool:
    """Say whether a grade item has a grade to pass, and one that can be reached."""
    return (number(item, "gradepass") or 0) > _LEAST_PASS and not is_out_of_reach(item)


def is_out_of_reach(item: etree._Element) -> str:
    """Return why nobody passes a grade, in words about "it"; "" where somebody may, or there is nothing to pass."""
    most, pass_at = number(item, "grademax") or 0, number(item, "gradepass") or 0
    return f"it is passed with {pass_at:g}, and its greatest grade is {most:g}" if pass_at > most > 0 else ""
