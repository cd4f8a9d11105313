"""Names that look alike and are not: in which characters they differ, and how both become one."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from urllib.parse import quote, unquote

from coursewright.frozen import frozen
from coursewright.packages.files.names import printable
from coursewright.text.names import alike
from coursewright.text.patterns import later

# Letters of other scripts that look like Latin ones, small as `casefold` leaves them.
_LOOKS = str.maketrans(
    "абвгдеёзийкмнорстухѕіјһѵԁԛԝԍɡαβγεηικμνορτυχωℓıˈ’‘‚′`´“”″⁄∕·•",
    "aбbгдeeзийkmhopctyxsijhvdqwggaβyenikμvoptuxwli'''''''\"\"\"//..",
)
_DASH, _BLANK = later("[\u2010-\u2015\u2212\u00ad\ufe58\ufe63\uff0d]"), later(r"\s+")
_NEAR = 60  # characters that are compared from the first difference on
_ACCENTS = ": the manifest's as in the package, or zip the files again with composed names; plain letters are safest"
_LETTERS = ": copy the file's name into the manifest; plain letters, digits and hyphens are safest"


@frozen
class Difference:
    """In what two spellings of a name differ, and how in particular to mend it."""

    text: str
    mend: str


_ESCAPE = later(r"(?:%[0-9A-Fa-f]{2})+")


def look(name: str) -> str:
    """Return what all names have in common that are hard to tell apart, if only for who reads fast."""
    plain = unicodedata.normalize("NFKC", _unquoted(name).replace("\\", "/")).casefold().translate(_LOOKS)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf" or sign == "\u00ad")
    return _BLANK.sub(" ", _DASH.sub("-", plain)).strip()


def difference(name: str, other: str, named_by: str = "the manifest") -> Difference:
    """Return in what the name that a manifest or a link has differs from that of the file in the package."""
    if (escape := _ESCAPE.search(other)) and unquote(other) in (name, unquote(name)):
        sign = unquote(other)
        return Difference(f"its name has '{escape[0]}' itself", f": rename the file to '{printable(sign)}'")
    if _unquoted(name) == other != unquote(name):
        return Difference(
            f"{named_by} escapes it twice", f": write '{printable(quote(other, errors='replace'))}' in {named_by}"
        )
    here, there = _first_difference(unquote(name) if "%" in name and "%" not in other else name, other)
    signs = f"{_points(here)} in {named_by}, {_points(there)} in the package"
    if unicodedata.normalize("NFC", here) == unicodedata.normalize("NFC", there):
        return Difference(f"the accent is {_form(here)} in {named_by} and {_form(there)} in the package", _ACCENTS)
    if here.casefold() == there.casefold():
        return Difference(f"they differ in upper and lower case: {signs}", "")
    if {here, there} == {"\\", "/"}:
        return Difference(f"the slash differs: {signs}", "")
    return Difference(f"they look alike but differ: {signs}", _LETTERS)


def _unquoted(name: str) -> str:
    for _ in range(3):  # a name may be escaped more than once
        name = unquote(name)
    return name


def _first_difference(name: str, other: str) -> tuple[str, str]:
    """Return the first characters in which two names differ, each with its accents; "" where one has nothing there."""
    here, there = _CLUSTER.findall(name), _CLUSTER.findall(other)
    start = alike(here, there)
    if len(here) == len(there):
        return "".join(here[start : start + 1]), "".join(there[start : start + 1])
    here, there = here[start : start + _NEAR], there[start : start + _NEAR]
    changes = SequenceMatcher(None, here, there, autojunk=False).get_opcodes()
    _, a, b, c, d = next((change for change in changes if change[0] != "equal"), ("", 0, 0, 0, 0))
    return "".join(here[a:b]), "".join(there[c:d])


# A character with the marks that combine with it.
_CLUSTER = later(
    ".[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u093c\u3099\u309a"
    "\u1ab0-\u1aff\u1160-\u11ff\u20d0-\u20ff]{0,30}",
    re.DOTALL,
)


def _form(signs: str) -> str:
    how = "composed" if unicodedata.is_normalized("NFC", signs) else "decomposed, as a Mac writes it"
    return f"{how} ({' '.join(map(_code, signs[:8]))})"


def _points(signs: str) -> str:
    """Return characters in words: by code point, and by name beyond ASCII."""
    return ", ".join(map(_point, signs[:8])) or "nothing"


def _point(sign: str) -> str:
    shown = f"'{sign}' " if sign.isprintable() and not sign.isspace() and not unicodedata.combining(sign) else ""
    name = "" if shown and sign.isascii() else f" {unicodedata.name(sign, 'a control character').lower()}"
    return f"{shown}{_code(sign)}{name}"


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"
