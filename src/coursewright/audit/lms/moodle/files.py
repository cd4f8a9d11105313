"""Which files of a backup its restore brings along: those of an area that it knows, which their activity names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.xml import NULL
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.files.budget import MOST_OF_A_BACKUP
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

_TOKEN = "@@PLUGINFILE@@/"  # noqa: S105
_ADDRESS = re.compile(r"@@PLUGINFILE@@(/[^\s\"'<>)?#]{1,2000})")
_COMPONENT = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_MOST_NAMED = 5  # files of an activity
# The areas of files that the restore of each kind of activity asks for.
_AREAS: Mapping[str, str] = {
    "assign": "intro introattachment activityattachment",
    "bigbluebuttonbn": "intro presentation",
    "book": "intro chapter",
    "choice": "intro",
    "data": "intro content",
    "feedback": "intro item page_after_submit",
    "folder": "intro content",
    "forum": "intro post attachment",
    "glossary": "intro entry attachment",
    "h5pactivity": "intro package",
    "imscp": "intro content backup",
    "label": "intro",
    "lesson": "intro mediafile page_contents page_answers page_responses essay_answers essay_responses",
    "lti": "intro",
    "page": "intro content",
    "qbank": "intro",
    "quiz": "intro feedback",
    "resource": "intro content",
    "scorm": "intro content package",
    "url": "intro",
    "wiki": "intro attachments",
    "workshop": "intro instructauthors instructreviewers conclusion submission_content submission_attachment "
    "overallfeedback_content overallfeedback_attachment",
}
# The areas whose files Moodle shows under the itemid 0 alone.
_UNNUMBERED = frozenset({("page", "content"), ("resource", "content"), ("folder", "content"), ("scorm", "package")})
# The areas whose files belong to one of an element of the activity's document, by its number.
_OF_PARTS: Mapping[tuple[str, str], str] = {
    ("book", "chapter"): "chapter",
    ("feedback", "item"): "item",
    ("lesson", "page_answers"): "answer",
    ("lesson", "page_contents"): "page",
    ("lesson", "page_responses"): "answer",
    ("quiz", "feedback"): "feedback",
}
_ZIPPED, _ZIP = frozenset({("h5pactivity", "package"), ("scorm", "package")}), b"PK"
# What consists of its files: without them nothing is left.
_ARE_FILES = ("resource", "folder", "scorm", "imscp", "h5pactivity")
_CONTENT = "content"


@frozen
class _Stored:
    """A file as the list of files has it."""

    id: str
    context: str
    component: str
    area: str
    item: str
    name: str
    element: etree._Element


@rule("L534", family=Family.MOODLE, lms="moodle")
def files_arrive(subject: Subject) -> Iterator[Finding]:
    """Every file of an activity is named by the activity, in an area that is restored, and its texts show no other."""
    contents = subject.found.root.find("information/contents")
    if contents is None or subject.container.alone or "files.xml" not in subject.container.sizes:
        return
    listed = read_document("files.xml", subject.container)
    if listed is None:
        return
    by_context: defaultdict[str, list[_Stored]] = defaultdict(list)
    for file in map(_stored, listed.iterfind("file")):
        by_context[file.context].append(file)
    activities = {one.findtext("directory", ""): one for one in contents.iterfind("activities/activity")}
    documents = {f"{folder}/{one.findtext('modulename', '')}.xml": folder for folder, one in activities.items()}
    contexts: set[str] = set()
    known = {file.get("id", "") for file in listed.iterfind("file")}
    for name in within_bounds(documents, subject.container, "documents", count=MOST_OF_A_BACKUP):
        root = read_document(name, subject.container)
        context = root.get("contextid", "") if root is not None else ""
        if root is not None and context and context not in contexts:
            contexts.add(context)
            yield from _of_activity(name, root, by_context[context], known, subject)
    if len(contexts) == len(documents):
        yield from _of_nothing(by_context, contexts, subject)


def _stored(file: etree._Element) -> _Stored:
    context, component, area, item = (
        file.findtext(name, "") for name in ("contextid", "component", "filearea", "itemid")
    )
    path = f"{file.findtext('filepath', '/')}{file.findtext('filename', '')}"
    return _Stored(file.get("id", ""), context, component, area, item, path, file)


def _of_activity(
    name: str, root: etree._Element, files: list[_Stored], known: set[str], subject: Subject
) -> Iterator[Finding]:
    """Yield what is lost of the files of an activity, and what its texts show that is not there."""
    folder, _, document = name.rpartition("/")
    module, item = document.removesuffix(".xml"), f"“{_title(root, document)}”"
    inforef = read_document(f"{folder}/inforef.xml", subject.container)
    named = {(one.text or "").strip() for one in inforef.iterfind("fileref/file/id")} if inforef is not None else set()
    lost = 0
    for file in files:
        problem = "", ""
        if not file.name.endswith("/.") and not _is_of_core(file):
            problem = _lost(file, module, named, root) or _unusable(module, file, subject) or problem
        reason, remedy = problem
        lost += bool(reason)
        if reason and lost <= _MOST_NAMED:
            place = place_of("files.xml", subject.container, file.element)
            found = messages.MOODLE_LOSES_FILE.at(place, file=file.name, item=item, reason=reason, remedy=remedy)
            yield replace(found, severity=Severity.ERROR) if module in _ARE_FILES else found
    yield from _not_launched(name, root, item, files, subject)
    yield from _shown_nowhere(name, root, item, files, subject)
    if inforef is not None and (strays := sorted(named - known)):
        more = f" and {len(strays) - 1} more" if len(strays) > 1 else ""
        reason = f"its inforef.xml names it by number{more}, and files.xml does not list it"
        remedy = "create the backup again"
        place, first = place_of(f"{folder}/inforef.xml", subject.container), strays[0]
        yield messages.MOODLE_LOSES_FILE.at(place, file=first, item=item, reason=reason, remedy=remedy)


def _is_of_core(file: _Stored) -> bool:
    """Say whether a file is of no activity, but of something that is known."""
    return _COMPONENT.fullmatch(file.component) is not None and not file.component.startswith("mod_")


def _lost(file: _Stored, module: str, named: set[str], root: etree._Element) -> tuple[str, str] | None:
    """Return why a file is not restored with its activity, and what to do about it."""
    areas = _AREAS.get(module, "").split()
    if file.id not in named:
        return f"its inforef.xml does not name it ({file.id})", "name its number in <fileref>"
    if file.component != f"mod_{module}":
        return f"its component is '{file.component}'", f"write <component>mod_{module}</component>"
    if (module, file.area) in _UNNUMBERED and file.item not in ("", "0"):
        return f"Moodle looks for it under the itemid 0, not {file.item}", "write <itemid>0</itemid>"
    if (part := _OF_PARTS.get((module, file.area))) and file.item not in _ids(root, part):
        return f"its itemid ({file.item}) is that of no <{part}>", "write the number of what shows it"
    if areas and file.area not in areas:
        return f"its area is '{file.area}'", f"write one of {', '.join(areas)} as its <filearea>"
    return None


def _not_launched(
    name: str, root: etree._Element, item: str, files: list[_Stored], subject: Subject
) -> Iterator[Finding]:
    """Yield a finding where a SCO of a SCORM activity is launched from a file that is not among its own."""
    kept = _names(files, _CONTENT)
    for sco in root.iterfind("scorm/scoes/sco") if kept else ():
        launch = (sco.findtext("launch") or "").partition("?")[0].partition("#")[0].strip()
        if launch not in ("", NULL) and "://" not in launch and not {f"/{launch}", f"/{unquote(launch)}"} & kept:
            reason, remedy = "a <sco> is launched from it, and files.xml lists no such file", "create the backup again"
            place = place_of(name, subject.container, sco)
            found = messages.MOODLE_LOSES_FILE.at(place, file=launch, item=item, reason=reason, remedy=remedy)
            yield replace(found, severity=Severity.ERROR)
            return


def _unusable(module: str, file: _Stored, subject: Subject) -> tuple[str, str] | None:
    """Return why a file is of no use to its activity, and what to do about it."""
    digest = file.element.findtext("contenthash", "")
    name = f"files/{digest[:2]}/{digest}"
    size = subject.container.sizes.get(name)
    if size == 0:
        return "the file has no bytes", "replace the file"
    if (module, file.area) in _ZIPPED and size and not (subject.container.read(name) or _ZIP).startswith(_ZIP):
        return "the package is not a zip", "replace the file"
    return None


def _ids(root: etree._Element, name: str) -> set[str]:
    return {one.get("id", "") for one in root.iter(name)}


def _title(root: etree._Element, document: str) -> str:
    element = root.find(f"{document.removesuffix('.xml')}/name")
    return (element.text or "").strip() if element is not None else document


def _shown_nowhere(
    name: str, root: etree._Element, item: str, files: list[_Stored], subject: Subject
) -> Iterator[Finding]:
    """Yield what the texts of an activity show that is among no files of it."""
    texts = ((_area_of(element), element.text or "") for element in root.iter(etree.Element))
    shown = ((area, found[1]) for area, text in texts if _TOKEN in text for found in _ADDRESS.finditer(text))
    whole = (element.text or "" for element in root.iter(etree.Element))
    if any(_TOKEN.lower() in text.replace(_TOKEN, "").lower() for text in whole if "@@" in text):
        reason, remedy = "a text has the token in other letters", "write @@PLUGINFILE@@ in capitals"
        place = place_of(name, subject.container)
        yield messages.MOODLE_LOSES_FILE.at(place, file=_TOKEN, item=item, reason=reason, remedy=remedy)
    missing = dict.fromkeys(path for area, path in shown if not {path, unquote(unescape(path))} & _names(files, area))
    for path in list(missing)[:_MOST_NAMED]:
        reason, remedy = "files.xml lists no such file of this activity", "add the file, or remove the link"
        place = place_of(name, subject.container)
        yield messages.MOODLE_LOSES_FILE.at(place, file=path, item=item, reason=reason, remedy=remedy)


def _area_of(element: etree._Element) -> str:
    """Return the one area whose files a text shows, or "" where it may be one of several."""
    is_of_page = element.tag == _CONTENT and element.getroottree().getpath(element) == "/activity/page/content"
    return _CONTENT if is_of_page else ""


def _names(files: list[_Stored], area: str) -> set[str]:
    return {file.name for file in files if area in ("", file.area)}


def _of_nothing(by_context: Mapping[str, list[_Stored]], contexts: set[str], subject: Subject) -> Iterator[Finding]:
    """Yield the files of activities that are of none in the backup."""
    for context, files in by_context.items():
        strays = [one for one in files if one.component.startswith("mod_") and not one.name.endswith("/.")]
        if context not in contexts and strays:
            more = f", nor that of {len(strays) - 1} more" if len(strays) > 1 else ""
            reason = f"no activity in the backup has its context ({context}){more}"
            remedy = "write the contextid of its activity"
            place = place_of("files.xml", subject.container, strays[0].element)
            item = f"an activity of {strays[0].component}"
            yield messages.MOODLE_LOSES_FILE.at(place, file=strays[0].name, item=item, reason=reason, remedy=remedy)
