"""From a file's bytes to clean lines of text."""

from __future__ import annotations

from pathlib import Path

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.readers.encodings import likely_encoding
from coursewright.text.patterns import later

MAX_BYTES = 4 * 1024 * 1024
NOTEBOOK = ".ipynb"
"""How the names of Jupyter's notebooks end."""

# A lead byte of UTF-8 followed by a continuation byte, both seen through Windows-1252: the mark of mojibake.
_MOJIBAKE = later(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
)
_NOT_XML = later("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPED = later("[\udc80-\udcff]")
_WESTERN = {chr(0xDC00 + byte): bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_SAMPLE = 65_536
_SELDOM = 500  # bytes for each NUL that a text may hold by accident
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32-be", "UTF-32"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
_UNMARKED = (("utf-32-le", "UTF-32"), ("utf-32-be", "UTF-32"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"))
_PATCH = later(r"#?\*{3} (?:Begin|End) Patch$|^#?\*{3} (?:Add|Update|Delete) File: .*$")


def read_lines(path: Path, shown: str) -> tuple[list[str] | None, list[Finding]]:
    """Return the lines of a text file without their ends, or None when it cannot be read as text.

    `shown` is the path that findings name. The lines of a notebook are those of the Markdown that it stands for;
    one that cannot be read is no error, as it may be no lesson.
    """
    if path.suffix.lower() == NOTEBOOK:
        from coursewright.readers.notebook import read_notebook  # few courses have one

        made = read_notebook(path, shown)
        return made.lines, made.findings
    data, problems = read_data(path, shown)
    return (None, problems) if data is None else lines_of(data, shown)


def read_data(path: Path, shown: str, most: int = MAX_BYTES) -> tuple[bytes | None, list[Finding]]:
    """Return the bytes of a file of text, or None when there are none, or too many."""
    place = Place(shown)
    try:
        if not path.is_file():
            return None, [messages.UNREADABLE.at(place, reason=_why_no_file(path))]
        if (size := path.stat().st_size) > most:
            return None, [messages.TOO_LARGE.at(place, size=size, limit=most)]
        return path.read_bytes(), []
    except OSError as error:
        return None, [messages.UNREADABLE.at(place, reason=error.strerror or error)]


def _why_no_file(path: Path) -> str:
    if path.is_symlink() and not path.exists():
        return "it is a broken link"
    return "it is not an ordinary file"


def lines_of(data: bytes, shown: str) -> tuple[list[str] | None, list[Finding]]:
    """Return the lines in a file's bytes, decoded and repaired, or None when they are no text."""
    findings: list[Finding] = []
    try:
        text = _decoded(data, shown, findings)
    except UnknownEncodingError as error:
        guess = f"; it may be {error.likely}" if error.likely else ""
        return None, [messages.ENCODING_UNKNOWN.at(Place(shown, error.line), guess=guess)]
    if text is None or _mostly_control(text):
        return None, [messages.BINARY.at(Place(shown), reason=_guessed_type(data))]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for index, line in enumerate(lines):
        if not line.isascii() or not line.isprintable() or "***" in line:
            lines[index] = _cleaned(line, Place(shown, index + 1), findings)
    return lines, findings


class UnknownEncodingError(Exception):
    """Bytes are text, but in what encoding is not known: `likely` is what it may be, from `line` on."""

    def __init__(self, line: int, likely: str) -> None:
        super().__init__(likely)
        self.line, self.likely = line, likely


def _decoded(data: bytes, shown: str, findings: list[Finding]) -> str | None:
    if found := _wide(data):
        codec, name = found
        findings.append(messages.NOT_UTF8.at(Place(shown), encoding=name))
        try:
            return data.decode(codec).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise UnknownEncodingError(1, f"damaged {name}") from error
    if b"\0" in data and not _is_stray(data):
        return None
    if b"\x1b$" in data:
        raise UnknownEncodingError(_line_at(data, data.index(b"\x1b$")), likely_encoding(data))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_at(data, error.start)
    text = _decoded_western(data.removeprefix(b"\xef\xbb\xbf"), line)
    findings.append(messages.NOT_UTF8.at(Place(shown, line), encoding="Windows-1252"))
    return text


def _is_stray(data: bytes) -> bool:
    """Say whether a text holds a few NULs, as where it was being written when a machine went down."""
    if data.count(b"\0") * _SELDOM > len(data):
        return False
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _line_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _wide(data: bytes) -> tuple[str, str] | None:
    """Return the codec and the name of UTF-16 or UTF-32, known by its mark, or without one by its NULs."""
    marks = next((found for mark, *found in _MARKS if data.startswith(mark)), None)
    if marks:
        return marks[0], marks[1]
    if b"\0" not in data[:_SAMPLE] or _is_stray(data):
        return None
    read = [
        (codec, name, _ascii_in(data, codec)) for codec, name in _UNMARKED if len(data) % (int(codec[4:6]) // 8) == 0
    ]
    codec, name, count = max(read, key=lambda found: found[2], default=("", "", 0))
    return (codec, name) if count else None


def _ascii_in(data: bytes, codec: str) -> int:
    """Return how many blanks and ASCII letters a codec makes of bytes; 0 when what it makes is no text."""
    sample = data[: _SAMPLE // 4 * 4] if len(data) > _SAMPLE else data
    text = sample.decode(codec, errors="replace")
    if _NOT_XML.search(text) or "\ufffd" in text[:-1]:
        return 0
    return sum(sign.isascii() for sign in text)


def _decoded_western(data: bytes, line: int) -> str:
    """Return text whose bytes that are not UTF-8 are Windows-1252, so that one bad byte spoils nothing but itself.

    Raises UnknownEncodingError where they cannot be.
    """
    from coursewright.readers.western import is_western  # 40 ms to import, and few documents need it

    marked = data.decode("utf-8", "surrogateescape")
    text = _ESCAPED.sub(lambda found: _WESTERN[found[0]], marked)
    pairs = zip(marked.split("\n"), text.split("\n"), strict=True)
    doubtful = [(before, after) for before, after in pairs if _ESCAPED.search(before)]
    legacy = frozenset(found.start() for found in _ESCAPED.finditer("\n".join(before for before, _ in doubtful)))
    western, likely = is_western("\n".join(after for _, after in doubtful), legacy, text)
    if not western:
        raise UnknownEncodingError(line, likely_encoding(data, likely))
    return text


def _mostly_control(text: str) -> bool:
    sample = text[:4096]
    return len(_NOT_XML.findall(sample)) * 20 > len(sample)


def _guessed_type(data: bytes) -> str:
    known = {b"PK\x03\x04": "a zip archive or office document", b"%PDF": "a PDF", b"\x89PNG": "a picture"}
    return next((name for start, name in known.items() if data.startswith(start)), "it contains binary data")


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
