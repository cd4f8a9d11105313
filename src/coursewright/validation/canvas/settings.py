"""Rules over Canvas's own files in a cartridge. Canvas looks at no schema, takes newer fields than any that was
published, and passes over what it does not know: against a schema they are remarks. What is no XML is a loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import cast

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Severity
from coursewright.schema import parser
from coursewright.validation.kinds import parsed
from coursewright.validation.subject import Rule, Subject, address_in_package, found_as, schema_findings

NAMESPACE = "http://canvas.instructure.com/xsd/cccv1p0"
_SCHEMA = "canvas/cccv1p0.xsd"
_FOLDERS = ("course_settings/", "non_cc_assessments/")
_ENDINGS = (".xml", ".xml.qti")
_MOST_FILES = 2_000


def settings_can_be_read(subject: Subject) -> Iterator[Finding]:
    """Canvas's own files are XML to their ends, and hold what its schema knows."""
    if subject.container.alone or not subject.found.is_canvas:
        return
    for name in sorted(_settings(subject))[:_MOST_FILES]:
        before = len(subject.container.findings)
        document = parsed(subject.container, name)
        found, subject.container.findings = subject.container.findings[before:], subject.container.findings[:before]
        for finding in found:
            yield _as_canvas_reads(finding, name, subject)
        if document and etree.QName(document[1]).namespace == NAMESPACE:
            for finding in schema_findings(document[0], _SCHEMA, subject.container.path_of(name)):
                yield replace(finding, severity=Severity.INFO)


def _settings(subject: Subject) -> set[str]:
    """Return the files that Canvas reads settings and questions from: by their folder, or by their resource."""
    found = {name for name in subject.container.sizes if name.startswith(_FOLDERS)}
    for resource in subject.resources:
        if resource.get("type", "").startswith("associatedcontent/"):
            files = (found_as(address_in_package(file), subject.container) for file in resource.iterfind("{*}file"))
            found |= {name for name in files if name}
    return {name for name in found if name.endswith(_ENDINGS)}


def _as_canvas_reads(finding: Finding, name: str, subject: Subject) -> Finding:
    """Return what is wrong with a file, or what comes of it where Canvas reads on."""
    content = subject.container.read(name) if finding.code == messages.NOT_WELL_FORMED.code else None
    if content is None:
        return finding
    reading = parser()
    try:
        etree.fromstring(content, reading)
    except etree.XMLSyntaxError as error:
        if all(entry.type in _ONLY_NAMESPACES for entry in cast("Iterable[etree._LogEntry]", reading.error_log)):
            return replace(finding, severity=Severity.INFO)
        return messages.READ_IN_PART.at(finding.place, reason=error.msg)
    return finding


# Errors over which a parser reads on.
_ONLY_NAMESPACES = (
    etree.ErrorTypes.NS_ERR_XML_NAMESPACE,
    etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE,
    etree.ErrorTypes.NS_ERR_QNAME,
    etree.ErrorTypes.WAR_NS_URI,
    etree.ErrorTypes.WAR_NS_URI_RELATIVE,
)

RULES: tuple[Rule, ...] = (settings_can_be_read,)
