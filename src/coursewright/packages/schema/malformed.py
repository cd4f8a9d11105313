"""What libxml2 has against a document that it cannot read, in words for who wrote the course, with the usual cause."""

from __future__ import annotations

import re

from lxml import etree

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.packages.schema.words import LONGEST, clipped
from coursewright.text.names import cut
from coursewright.text.patterns import later

GIT_LFS = b"version https://git-lfs"
"""How a file begins that Git keeps elsewhere."""

HTML_PAGE = "it is an HTML page, such as an error message"

_AROUND = 40  # bytes on each side of the spot
_SHOWN = 15  # characters on each side of a sign
BLANK = b"\xef\xbb\xbf \t\r\n"
"""What may stand before a document."""
_LONE_AMPERSAND = later(r"&(?!#?\w{1,30};)")
_ENDS_IN_ENTITY = later(rb"&\w*\s*\Z")
_CURLY = later("[“”„‟«»‘’\x93\x94]")


@frozen
class _Spot:
    """The document, and the text around the place where reading stopped."""

    document: bytes
    text: str

    def around(self, pattern: re.Pattern[str]) -> str:
        """Return a sign with what stands beside it, in quotes; "" where there is none."""
        found = pattern.search(self.text)
        return f"'{self.text[max(0, found.start() - _SHOWN) : found.end() + _SHOWN].strip()}'" if found else ""


def not_well_formed(error: etree.XMLSyntaxError, document: bytes, shown: str) -> Finding:
    """Return the finding for a document that is no XML."""
    reason, remedy = explained(error, document)
    return messages.NOT_WELL_FORMED.at(Place(shown, error.lineno or 0), reason=reason, remedy=remedy)


def explained(error: etree.XMLSyntaxError, document: bytes) -> tuple[str, str]:
    """Return what is wrong, and how to mend it, as the end of a sentence.

    These are libxml2's words where no better ones are known.
    """
    line, column = error.position
    said = re.sub(r", line \d+, column \d+$", "", error.msg or "")[:2_000].strip()
    if document[:1_000].lstrip(BLANK).lower().startswith((b"<!doctype html", b"<html")):
        return HTML_PAGE, "fetch or export it again; the page says what went wrong"
    spot = _Spot(document, _text(document, line or 1, column or 0))
    if look := next((look for pattern, look in _LOOKS if pattern.match(said)), None):
        return look(spot)
    for pattern, reason, remedy in _SAYINGS:
        if found := pattern.match(said):
            names = [*map(clipped, found.groups())]
            return reason.format(*names), remedy.format(*names)
    return cut(said, LONGEST), "see to this line"


def _text(document: bytes, line: int, column: int) -> str:
    """Return what stands around a spot on its line, as far as it can be read."""
    start = 0
    for _ in range(line - 1):
        start = document.find(b"\n", start) + 1
    end = document.find(b"\n", start)
    at = min(start + column, len(document) if end < 0 else end)
    piece = document[max(start, at - _AROUND) : min(at + _AROUND, len(document) if end < 0 else end)]
    return "" if b"\0" in piece else piece.decode("utf-8", "replace")


def _no_beginning(spot: _Spot) -> tuple[str, str]:
    head = spot.document.lstrip(BLANK)[:100]
    if not head:
        return "it is empty", "export the course again; the document was not written to its end"
    if head.startswith(GIT_LFS):
        return (
            "it is a pointer of Git LFS, not the document itself",
            "fetch the files with `git lfs pull`, and zip again",
        )
    return (
        "it does not begin with a tag, so it is not XML",
        "put the original document here, not a copy",
    )


def _ampersand(spot: _Spot) -> tuple[str, str]:
    if _ENDS_IN_ENTITY.search(spot.document[-40:]):
        return "it ends in the middle of a character", "export the course again; the document was cut off"
    where = spot.around(_LONE_AMPERSAND)
    return f"there is an unescaped &{f': {where}' if where else ''}", "write & as &amp;, in addresses too"


def _unquoted(spot: _Spot) -> tuple[str, str]:
    if where := spot.around(_CURLY):
        return (
            f"the value of an attribute is in curly quotes: {where}",
            'write straight quotes, "; a word processor made them curly',
        )
    return "the value of an attribute has no quotes", 'put it into quotes: name="value"'


def _encoding(spot: _Spot) -> tuple[str, str]:
    named = re.search(rb"encoding\s*=\s*[\"']([\w.-]{1,40})", spot.document[:200])
    encoding = named[1].decode() if named else "UTF-8"
    return (
        f"there are bytes that are not {encoding}, although the document says that it is",
        "save it as UTF-8; old Windows programs write Windows-1252",
    )


def _declaration(spot: _Spot) -> tuple[str, str]:
    if spot.document.count(b"<?xml", 0, 100_000) > 1:
        return (
            "<?xml is in the middle of the document",
            "keep the first <?xml … ?>; two documents were joined into one",
        )
    return "there is something before <?xml", "remove it, even if it is only a blank line"


def _heading(spot: _Spot) -> tuple[str, str]:
    declared = re.match(rb"\s*<\?xml\b[^>]*encoding\s*=\s*[\"'](utf-?16|ucs-?[24])", spot.document, re.IGNORECASE)
    if declared:
        return f"it is not in {declared[1].decode()}, although it says that it is", "save it as UTF-8, and say so"
    return "its first line, <?xml … ?>, is damaged", 'write it as <?xml version="1.0" encoding="UTF-8"?>'


# What is said once the document has been looked at, by the words of libxml2.
_LOOKS = tuple(
    (later(pattern, re.DOTALL), look)
    for pattern, look in (
        (r"Document is empty|Start tag expected", _no_beginning),
        (r"xmlParseEntityRef: no name|EntityRef: expecting ';'", _ampersand),
        (r"AttValue: \" or ' expected", _unquoted),
        (r"Invalid bytes in character encoding|Input is not proper UTF-8|encoder error|input conversion", _encoding),
        (r"XML declaration allowed only at the start|xmlParsePI : XML declaration allowed", _declaration),
        (r"Blank needed|Malformed declaration|parsing XML declaration|Invalid PI name|.*reserved for XML", _heading),
    )
)
# What is said without: what is wrong, and how to mend it, with what the words name.
_SAYINGS = tuple(
    (later(pattern, re.DOTALL), reason, remedy)
    for pattern, reason, remedy in (
        (
            r"Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)",
            "</{2}> closes <{0}> of line {1}",
            "write </{0}>, or close <{0}> before; a tag is misspelled, or one was left out",
        ),
        (
            r"(?:Premature end of data in tag|Couldn't find end of Start Tag) (\S+) line (\d+)",
            "it ends in the middle of <{0}> of line {1}",
            "export the course again; the document was cut off, or a tag is not closed",
        ),
        (
            r"Entity '(.*)' not defined",
            "&{0}; is not known in XML",
            "write the character itself; this name exists only in HTML",
        ),
        (
            r"Specification mandates value for attribute (\S+)",
            "the attribute {0} has no value",
            'give it one: name="value"',
        ),
        (
            r"attributes construct error",
            "an attribute ends in the wrong place",
            'put a space between attributes; within a value write " as &quot;',
        ),
        (r"Attribute (\S+) redefined", "the attribute {0} appears twice in one tag", "keep one of them"),
        (
            r"Unescaped '<' not allowed in attributes values",
            "there is a < in the value of an attribute",
            "write < as &lt;, or close the open quotes",
        ),
        (
            r"StartTag: invalid element name",
            "there is a < where no tag begins",
            "write < as &lt;; the names of tags begin with a letter",
        ),
        (
            r"Double hyphen within comment",
            "there is a -- in a comment",
            "remove the two hyphens; they may only end a comment",
        ),
        (r"Comment not terminated", "a comment is not closed", "close it with -->"),
        (r"CData section not finished", "<![CDATA[ is not closed", "close it with ]]>"),
        (r"Sequence '\]\]>' not allowed", "there is a ]]> in the text", "write it as ]]&gt;"),
        (
            r"(?:PCDATA invalid Char value|xmlParseCharRef: invalid xmlChar value|Char 0x|invalid character)\D*(\w*)",
            "there is a control character ({0}), which XML does not allow",
            "remove it; it is invisible in most editors",
        ),
        (
            r"Extra content at the end of the document",
            "there is something after the end of the root element",
            "remove it; or a tag further up closed the document too soon",
        ),
        (
            r"expected '>'",
            "a tag is not closed with >",
            "close it; or export the course again, if the document was cut off here",
        ),
        (
            r"Unsupported encoding: (\S+)",
            "the document says that its encoding is {0}, which is not one",
            "save it as UTF-8",
        ),
        (
            r"Excessive depth in document: (\d+)",
            "its elements are nested more than {0} deep",
            "reduce the nesting; no importer reads this many levels",
        ),
        (
            r"Namespace prefix (\S+) (?:for \S+ )?on (\S+) is not defined",
            "the prefix '{0}' is declared nowhere: <{1}>",
            "declare it on the outermost element",
        ),
    )
)
