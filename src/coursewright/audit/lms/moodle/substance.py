"""What the activities of a backup need in order to do anything, though their restore goes on without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from coursewright.audit.lms.moodle.parts import folders
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.moodle.xml import NULL
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

Lack = tuple[etree._Element, str, str, str]
"""What lacks something, why, what becomes of it, and the remedy."""
_MOST_NAMED = 10  # of an activity
_SHOWS_NOTHING = ("pagebreak", "captcha")  # items of a feedback
_SERIALISED = re.compile(r"a:\d+:\{.*\}", re.DOTALL)


@rule("L556", family=Family.MOODLE, lms="moodle")
def activities_have_substance(subject: Subject) -> Iterator[Finding]:
    """SCORM has something to start, items of a feedback show something, tools lead somewhere, work can be handed in."""
    for folder in folders("activities/activity", subject):
        kind = folder.rpartition("/")[2].partition("_")[0]
        name = f"{folder}/{kind}.xml"
        root = read_document(name, subject.container) if kind in _LACKS else None
        for count, (element, reason, taken, remedy) in enumerate(_LACKS[kind](root) if root is not None else ()):
            if count < _MOST_NAMED:
                place, what = place_of(name, subject.container, element), f"<{element.tag}>"
                found = messages.MOODLE_TAKES_AMISS
                yield found.at(place, what=what, reason=reason, taken=taken, remedy=remedy)


def _text(element: etree._Element, name: str) -> str:
    text = (element.findtext(name) or "").strip()
    return "" if text == NULL else text


def _of_scorm(root: etree._Element) -> Iterator[Lack]:
    for scorm in root.iterfind("scorm"):
        if scorm.find("scoes/sco") is None:
            yield scorm, "it has no <sco>", "there is nothing to start", "create the backup again"
        names = {"/", *(_text(sco, "identifier") for sco in scorm.iterfind("scoes/sco"))}
        for sco in scorm.iterfind("scoes/sco"):
            if (parent := _text(sco, "parent")) not in names:
                yield (
                    sco,
                    f"its <parent> is '{parent[:60]}', and there is no such <sco>",
                    "it is not in the menu",
                    "name the <identifier> of one, or /",
                )


def _of_feedback(root: etree._Element) -> Iterator[Lack]:
    for item in root.iterfind("feedback/items/item"):
        shown = item.find("presentation")
        if shown is not None and not shown.text and _text(item, "typ") not in _SHOWS_NOTHING:
            yield (
                item,
                f"the item “{_text(item, 'name')[:60]}” has no <presentation>",
                "there is nothing to choose",
                "add it",
            )


def _of_tool(root: etree._Element) -> Iterator[Lack]:
    for tool in root.iterfind("lti"):
        if not _text(tool, "toolurl") + _text(tool, "securetoolurl") and tool.find("ltitype") is None:
            yield tool, "its <toolurl> is empty", "it leads nowhere", "write the address of the tool"


def _of_assignment(root: etree._Element) -> Iterator[Lack]:
    for assign in root.iterfind("assign"):
        kinds = [one for one in assign.iterfind("plugin_configs/plugin_config") if _text(one, "name") == "enabled"]
        asked = [one for one in kinds if _text(one, "subtype") == "assignsubmission"]
        if not kinds:
            yield (
                assign,
                "it has no <plugin_config> that is enabled",
                "nothing can be handed in",
                "write those of its ways",
            )
        if asked and _text(assign, "completionsubmit") == "1" and not any(_text(one, "value") == "1" for one in asked):
            reason = "it is complete once something is handed in, and no kind of submission is enabled"
            yield assign, reason, "nobody completes it", "write 1 as <value> of a kind of submission"


def _of_content(root: etree._Element) -> Iterator[Lack]:
    for content in root.iterfind("imscp"):
        if not _SERIALISED.fullmatch(_text(content, "structure")):
            yield (
                content,
                "its <structure> is no serialised array of PHP",
                "its menu is empty",
                "create the backup again",
            )


_LACKS: Mapping[str, Callable[[etree._Element], Iterator[Lack]]] = {
    "assign": _of_assignment,
    "feedback": _of_feedback,
    "imscp": _of_content,
    "lti": _of_tool,
    "scorm": _of_scorm,
}
