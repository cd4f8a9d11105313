"""The course of a package that brings its own pages: its menu as units, and of the pages what no script has to make."""

from __future__ import annotations

from pathlib import Path

from coursewright.course.model import About
from coursewright.course.outline import Outline
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject
from coursewright.readers.packages.courseware.division import planned_units
from coursewright.readers.packages.courseware.locks import locks_of
from coursewright.readers.packages.courseware.making import CourseMaking
from coursewright.readers.packages.courseware.sheet import as_markdown
from coursewright.readers.packages.naming import PackageNames, own_track, tracks_of
from coursewright.readers.packages.recovery import Recovery
from coursewright.readers.packages.scorm import read_scorm
from coursewright.readers.packages.xapi import read_cmi5, read_xapi
from coursewright.text.names import slug

_OUTLINES = {Family.CMI5: read_cmi5, Family.XAPI: read_xapi}


def read_courseware(subject: Subject, folder: Path) -> Recovery:
    """Return the course of a SCORM package, a cmi5 course or an xAPI package."""
    outline = _OUTLINES.get(subject.found.kind.family, read_scorm)(subject)
    is_named = outline.title not in ("", outline.metadata.get("organization"))
    title = outline.title if is_named else subject.container.shown.rpartition("/")[2].partition(".")[0]
    names = _names(subject, outline, title)
    making = CourseMaking(subject.container, folder, outline, names.track, names.ours)
    planned = planned_units(outline, names)
    units = [making.unit(one, lock) for one, lock in zip(planned, locks_of(planned), strict=True)]
    about = _about(outline, title, making.track, subject.container.shown)
    return making.ledger.recovery(making.linked(units), about, outline.metadata, making.findings)


def _names(subject: Subject, outline: Outline, title: str) -> PackageNames:
    """Return what gives units their ids: of a course of ours, whose identifiers prove it, those that they had."""
    units = [(entry.identifier, entry.title) for entry in outline.entries]
    track = own_track(units, tracks_of(subject.found.root.get("identifier", ""), title))
    return PackageNames(track or slug(title), bool(track))


def _about(outline: Outline, title: str, track: str, shown: str) -> About:
    said = outline.metadata
    return About(
        track,
        title,
        language=said.get("language", ""),
        rights=said.get("rights", ""),
        keywords=tuple(filter(None, said.get("keywords", "").split(", "))),
        order="the menu of the package",
        source=shown,
        summary=as_markdown(said.get("description", "")),
    )
