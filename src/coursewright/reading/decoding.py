"""From a file's bytes to clean lines of text."""

from __future__ import annotations

import re
from pathlib import Path

from coursewright import messages
from coursewright.diagnostics import Finding, Place

MAX_BYTES = 4 * 1024 * 1024

# A lead byte of UTF-8 followed by a continuation byte, both seen through Windows-1252: the mark of mojibake.
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PATCH = re.compile(r"#?\*{3} (?:Begin|End) Patch$|^#?\*{3} (?:Add|Update|Delete) File: .*$")


def read_lines(path: Path, shown: str) -> tuple[list[str] | None, list[Finding]]:
    """Return the lines of a text file without their ends, or None when it cannot be read as text.

    `shown` is the path that findings name.
    """
    place = Place(shown)
    try:
        if not path.is_file():
            return None, [messages.UNREADABLE.at(place, reason=_why_no_file(path))]
        if (size := path.stat().st_size) > MAX_BYTES:
            return None, [messages.TOO_LARGE.at(place, size=size, limit=MAX_BYTES)]
        data = path.read_bytes()
    except OSError as error:
        return None, [messages.UNREADABLE.at(place, reason=error.strerror or error)]
    return lines_of(data, shown)


def _why_no_file(path: Path) -> str:
    if path.is_symlink() and not path.exists():
        return "it is a link to nowhere"
    return "it is no ordinary file"


def lines_of(data: bytes, shown: str) -> tuple[list[str] | None, list[Finding]]:
    """Return the lines in a file's bytes, decoded and repaired, or None when they are no text."""
    findings: list[Finding] = []
    text = _decoded(data, shown, findings)
    if text is None or _mostly_control(text):
        return None, [messages.BINARY.at(Place(shown), reason=_guessed_type(data))]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for index, line in enumerate(lines):
        if not line.isascii() or not line.isprintable() or "***" in line:
            lines[index] = _cleaned(line, Place(shown, index + 1), findings)
    return lines, findings


def _decoded(data: bytes, shown: str, findings: list[Finding]) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        findings.append(messages.NOT_UTF8.at(Place(shown), encoding="UTF-16"))
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        findings.append(messages.NOT_UTF8.at(Place(shown, line), encoding="Windows-1252"))
    return "\n".join(map(_decoded_line, data.removeprefix(b"\xef\xbb\xbf").split(b"\n")))


def _decoded_line(line: bytes) -> str:
    """Return a line as UTF-8 where it is, else as Windows-1252, so that one bad byte spoils its own line alone."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _mostly_control(text: str) -> bool:
    sample = text[:4096]
    return len(_NOT_XML.findall(sample)) * 20 > len(sample)


def _guessed_type(data: bytes) -> str:
    known = {b"PK\x03\x04": "a zip archive or office document", b"%PDF": "a PDF", b"\x89PNG": "a picture"}
    return next((name for start, name in known.items() if data.startswith(start)), "it holds binary data")


def _cleaned(line: str, place: Place, findings: list[Finding]) -> str:
    if (clean := _NOT_XML.sub("", line)) != line:
        findings.append(messages.CONTROL_CHARACTERS.at(place))
    if "***" in clean and (residue := _PATCH.search(clean.rstrip())):
        findings.append(messages.PATCH_RESIDUE.at(place, text=residue[0]))
        clean = clean[: residue.start()].rstrip()
    return _repaired(clean, place, findings)


def _repaired(line: str, place: Place, findings: list[Finding]) -> str:
    if not (damage := _MOJIBAKE.search(line)):
        return line
    from ftfy import fix_encoding  # 20 ms to import, and few documents need it

    if (repaired := fix_encoding(line)) != line:
        start = damage.start()
        before, after = _difference(line, repaired, start)
        findings.append(messages.MOJIBAKE.at(place, before=before, after=after))
    return repaired


def _difference(line: str, repaired: str, start: int) -> tuple[str, str]:
    """Return the word around the first repair, before and after it."""
    begin = line.rfind(" ", 0, start) + 1
    return line[begin:].split(" ", 1)[0].strip("|*_"), repaired[begin:].split(" ", 1)[0].strip("|*_")
