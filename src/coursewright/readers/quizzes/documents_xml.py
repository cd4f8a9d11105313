"""Banks in XML as trees: bounded before they are parsed, without anything from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.files.budget import MOST_MARKS
from coursewright.packages.schema import parser

MAX_BYTES = 64 * 1024 * 1024
_FILE = re.compile(rb"(<file\b[^>]{0,2000}>)\s*[A-Za-z0-9+/=\s]{400000,}(?=</file>)")
_DATA = re.compile(rb"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=]{200000,}")
_ROOT = re.compile(
    rb"<(?:\w+:)?(?P<name>quiz|questestinterop|assessmentItem|assessmentTest|qti-assessment-item|qti-assessment-test)\b"
)


def root_name(data: bytes) -> str:
    """Return the name of the root of a bank of questions, or "" where a file is none."""
    head = data[:65_536]
    if b"\0" in head[:200]:
        head = head.replace(b"\0", b"")
    found = _ROOT.search(head)
    before = head[: found.start()] if found else b""
    before = re.sub(rb"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", b"", before, flags=re.DOTALL)
    return found["name"].decode() if found and not before.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n") else ""


def read_bytes(path: Path, shown: str, findings: list[Finding]) -> bytes | None:
    """Return what is in a file, or None with a finding."""
    try:
        if not path.is_file():
            return None
        if (size := path.stat().st_size) > MAX_BYTES:
            findings.append(messages.TOO_LARGE.at(Place(shown), size=size, limit=MAX_BYTES))
            return None
        return path.read_bytes()
    except OSError as error:
        findings.append(messages.UNREADABLE.at(Place(shown), reason=error.strerror or error))
        return None


def rooted(data: bytes, shown: str, format: str, findings: list[Finding]) -> etree._Element | None:
    """Return the root of a document, or None with a finding; pictures that are too large are left out of it."""
    for pattern, kept in ((_FILE, rb"\1"), (_DATA, b"")):
        if b"base64" in data and (found := pattern.search(data)):
            line = data.count(b"\n", 0, found.start()) + 1
            findings.append(messages.PICTURE_LEFT_OUT.at(Place(shown, line), name="base64", reason="it is too large"))
            data = pattern.sub(kept, data)
    if data.count(b"<") > MOST_MARKS:
        findings.append(
            messages.QUIZ_UNREADABLE.at(Place(shown), format=format, reason=f"it has more than {MOST_MARKS} tags")
        )
        return None
    try:
        return etree.fromstring(data, parser())
    except etree.XMLSyntaxError as error:
        reason = str(error.msg or "it is not XML").split(", line")[0]
        findings.append(messages.QUIZ_UNREADABLE.at(Place(shown, error.lineno or 0), format=format, reason=reason))
        return None


def name_of(element: etree._Element) -> str:
    """Return the name of an element without its namespace; those of QTI 3.0 as those of 2.1: `choiceInteraction`."""
    if not isinstance(element.tag, str):
        return ""
    name = element.tag.rpartition("}")[2]
    if name.startswith("qti-"):
        return re.sub(r"-(\w)", lambda found: found[1].upper(), name[4:])
    return name


def inner_of(element: etree._Element | None) -> str:
    """Return all the text in an element; a comment has none."""
    if element is None or not isinstance(element.tag, str):
        return ""
    return "".join(map(str, element.itertext()))
