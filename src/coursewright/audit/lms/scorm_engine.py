"""What the Rustici Engine, which plays SCORM in more than one LMS, makes of packages. Each rule is made for an LMS."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import told_of_an_lms
from coursewright.findings import messages
from coursewright.packages.documents.addresses import address_in_package, found_as
from coursewright.packages.documents.manifest import ADLCP_1_2, ADLCP_1_3
from coursewright.packages.subject import Subject


@told_of_an_lms
def prerequisites_count(subject: Subject, lms: str) -> Iterator[Flaw]:
    """No item waits for others by prerequisites of SCORM 1.2, which are ignored."""
    found = subject.found.root.iter(f"{{{ADLCP_1_2}}}prerequisites")
    waiting = [element for element in found if (element.text or "").strip()]
    if waiting:
        yield flaw(messages.PREREQUISITES_IGNORED, waiting[0], lms=lms, count=len(waiting))


@told_of_an_lms
def external_metadata_is_there(subject: Subject, lms: str) -> Iterator[Flaw]:
    """Every file of metadata that the manifest points to is in the package."""
    if subject.container.alone:
        return
    for element in subject.found.root.iter(f"{{{ADLCP_1_2}}}location", f"{{{ADLCP_1_3}}}location"):
        name = address_in_package(element)
        if name and found_as(name, subject.container) is None:
            yield flaw(messages.METADATA_MISSING, element, lms=lms, name=name)


@told_of_an_lms
def it_says_to_be_scorm(subject: Subject, lms: str) -> Iterator[Flaw]:
    """A package with a menu says that it is SCORM; for those of IMS content packaging alone, which do not."""
    yield flaw(messages.TAKEN_FOR_SCORM, lms=lms)
