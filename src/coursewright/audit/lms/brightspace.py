"""What Brightspace does with packages: as its makers' help says; of names, topics and questions, as users report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.lms.imports import (
    canvas_files_are_left_out,
    documents_of,
    imports_replace_nothing,
    kind_is_documented,
    nothing_is_known,
)
from coursewright.audit.lms.lms import Lms
from coursewright.audit.rule import is_whole, rule
from coursewright.findings import messages
from coursewright.packages.documents.qti12.values import facts_of
from coursewright.packages.files.names import printable
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

_TITLE = "Brightspace"
_FORBIDDEN = re.compile(r'[\\:*?"<>|~#%&+{}]')
_TYPED, _WRITTEN = re.compile(r"xmlv1p(\d)$"), re.compile(r"/imsdt_v1p(\d)$")


@rule("L549", family=(Family.CARTRIDGE, Family.CONTENT), lms="brightspace", when=is_whole)
def names_hold_no_forbidden_signs(subject: Subject) -> Iterator[Flaw]:
    """No name of a file or folder has a sign that names must not have, nor a blank at its ends."""
    for name in sorted(subject.container.sizes):
        signs = list(dict.fromkeys(_FORBIDDEN.findall(name)))
        if any(part != part.strip() for part in name.split("/")):
            signs.append("a space at an end")
        if signs:
            yield flaw(messages.NAME_FORBIDDEN, lms=_TITLE, signs=printable(", ".join(signs))).within(name)


@rule("L550", family=Family.CARTRIDGE, lms="brightspace")
def topics_are_of_the_version_of_their_types(subject: Subject) -> Iterator[Flaw]:
    """A topic is written in the version of Common Cartridge that its resource's type says."""
    for resource, document in documents_of(subject, "imsdt_"):
        said = _TYPED.search(resource.get("type", ""))
        written = _WRITTEN.search(etree.QName(document.root).namespace or "")
        if said and written and said[1] != written[1]:
            versions = {"said": f"1.{said[1]}", "written": f"1.{written[1]}"}
            yield flaw(messages.VERSIONS_MIXED, lms=_TITLE, **versions).within(document.name)


@rule("L551", family=Family.CARTRIDGE, lms="brightspace")
def questions_say_their_profile(subject: Subject) -> Iterator[Flaw]:
    """Every question of a cartridge says by its cc_profile of what type it is."""
    for _, document in documents_of(subject, "imsqti_"):
        questions = list(document.root.iter("{*}item"))
        if without := sum("cc_profile" not in facts_of(question) for question in questions):
            yield flaw(messages.PROFILE_MISSING, lms=_TITLE, count=without, total=len(questions)).within(document.name)


_KNOWN = "SCORM 1.2 and SCORM 2004"
_TAKES = "SCORM, Common Cartridges, its own exports"


_rule = partial(rule, lms="brightspace")
_rule("L532", family=(Family.SCORM11, Family.QTI, Family.MOODLE))(nothing_is_known(_TITLE, _TAKES))
_rule("L532", family=Family.VENDOR)(nothing_is_known(_TITLE, _TAKES, ("Blackboard", "WebCT")))
_rule("L543", family=(Family.CMI5, Family.XAPI))(kind_is_documented(_TITLE, _KNOWN, ("cmi5", "xAPI")))
_rule("L530", family=Family.CARTRIDGE)(canvas_files_are_left_out(_TITLE))
_rule("L544", family=Family.CARTRIDGE)(imports_replace_nothing(_TITLE))
LMS = Lms("brightspace", _TITLE, _TAKES, whole=frozenset((Family.SCORM12, Family.SCORM2004)))
