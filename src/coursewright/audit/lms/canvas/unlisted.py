"""What is in a Canvas cartridge, and stands where Canvas does not look for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.canvas.losses import MOST_TOLD, left_out, taken_for
from coursewright.audit.rule import of_canvas, rule
from coursewright.packages.documents.addresses import hrefs
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.canvas.cartridge import OWN, read_course
from coursewright.packages.documents.canvas.names import ASSIGNMENT, FILES, FILES_META, SYLLABUS, WIKI
from coursewright.packages.documents.reading import child_text, read_document, read_value
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def assignments_are_listed(subject: Subject) -> Iterator[Flaw]:
    """The settings of every assignment are the first of their kind among the files of a resource of Canvas's own."""
    own = (one for one in subject.resources if one.get("type", "").endswith(OWN))
    listed = {next((name for name in hrefs(one) if name.endswith(ASSIGNMENT)), "") for one in own}
    known = {name.lower() for name in listed}  # in other capitals, others tell
    unread = (name for name in sorted(subject.container.sizes) if name.endswith(f"/{ASSIGNMENT}"))
    for name in islice((name for name in unread if name.lower() not in known), MOST_TOLD):
        settings = read_value(AssignmentSettings, name, subject.container)
        what = f"the assignment '{(settings.title if settings else '')[:60] or name.rpartition('/')[0]}'"
        reason = f"no resource of Canvas's own has {name} as the first of its settings"
        remedy = f"list it, and the page of the assignment, in a resource whose type ends with {OWN}"
        yield left_out(None, what, reason, remedy)


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def syllabus_is_in_its_place(subject: Subject) -> Iterator[Flaw]:
    """The syllabus, if there is one, stands where Canvas looks for it."""
    if SYLLABUS in subject.container.sizes:
        return
    file = SYLLABUS.rpartition("/")[2]
    named = {name for one in subject.resources if one.get("intendeduse") == "syllabus" for name in hrefs(one)}
    there = (name for name in sorted(subject.container.sizes) if not name.startswith((FILES, WIKI)))
    for name in (name for name in there if name in named or name.rpartition("/")[2].lower() == file):
        reason, remedy = f"it is {name}, and Canvas looks for {SYLLABUS}", "move it there"
        yield left_out(None, "the syllabus", reason, remedy).within(name)
        return


@rule("L552", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def what_is_hidden_stays_so(subject: Subject) -> Iterator[Flaw]:
    """Whatever is hidden or locked is a file of the course, by its identifier."""
    root, files = read_document(FILES_META, subject.container), read_course(subject).own_files
    every = root.iter("{*}file") if root is not None else ()
    lost = (one for one in every if one.get("identifier", "") not in files and _kept_from(one))
    for one in islice(lost, MOST_TOLD):
        reason = f"it is {_kept_from(one)}, and '{one.get('identifier', '')[:60]}' is no file of the course"
        yield taken_for(one, "a file", reason, "learners see it", "the identifier of its resource").within(FILES_META)


def _kept_from(file: etree._Element) -> str:
    """Return how a file is kept from learners, or ""."""
    return next((name for name in ("hidden", "locked") if child_text(file, name) == "true"), "")
