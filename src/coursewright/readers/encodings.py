"""The encodings of text before Unicode: which one bytes may be in. Never sure enough to publish, but worth naming."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from coursewright.text.patterns import later

_SAMPLE = 20_000
_BESIDE_ASCII = later(r"(?<=[A-Za-z])([^\x00-\x7f])|([^\x00-\x7f])(?=[A-Za-z])")

# Each encoding with what shows it, and what speaks against it.
_SIGNS: tuple[tuple[str, str, str, str], ...] = (
    ("shift_jis", "Shift_JIS (Japanese)", "[ぁ-ヿ]", "[ｦ-ﾟ]"),
    ("euc_jp", "EUC-JP (Japanese)", "[ぁ-ヿ]", "[ｦ-ﾟ]"),
    ("euc_kr", "EUC-KR (Korean)", "[이다의는을에가하고한로지와기물사은도를대리어자수]", "[^가-힣·]"),
    ("gb18030", "GB18030 or GBK (Chinese)", "[的一是不了在人有我他这中来个国和面粉水们]", "[^一-鿿，。：！？]"),
    ("big5", "Big5 (Chinese)", "[的一是不了在人有我他這中來個國和麵粉水們]", "[^一-鿿，。、：；！？「」（）《》]"),
    ("cp1251", "Windows-1251 (Cyrillic)", "[а-яіїєґ]", "[^а-яА-ЯёЁіІїЇєЄґҐ«»—–№„“”’…]|(?<=[а-я])[А-Я]"),
    ("koi8_r", "KOI8-R or KOI8-U (Cyrillic)", "[а-я]", "[^а-яА-ЯёЁ]|(?<=[а-я])[А-Я]"),
    ("cp866", "code page 866 (Cyrillic)", "[а-я]", "[^а-яА-ЯёЁ№]|(?<=[а-я])[А-Я]"),
    ("cp1253", "Windows-1253 (Greek)", "[α-ώ]", "[^Ά-ώ«»–—’“”…·]|(?<=[α-ώ])[Α-Ω]"),
    ("cp1255", "Windows-1255 (Hebrew)", "[א-ת]", "[^א-ת־״׳–—“”]"),
    ("cp1256", "Windows-1256 (Arabic)", "[ء-ي]", "[^ء-ي،؛؟\u200c\u200d–—“”«»]"),
    ("cp1254", "Windows-1254 (Turkish)", "[ğşıİĞŞçöü]", "[^ğşıİĞŞçöüÇÖÜâî–—“”’…]"),
    ("cp1250", "Windows-1250 (Central European)", "[ąęłżźśćńěščřžůňťďőűăşţđ]", "[^\\w–—“”„’…«»§°]"),
    ("iso8859_2", "ISO 8859-2 (Central European)", "[ąęłżźśćńěščřžůňťďőűăşţđ]", "[^\\w°§]"),
    ("cp1257", "Windows-1257 (Baltic)", "[ąčęėįšųūžāēģīķļņ]", "[^\\w–—“”„’…«»]"),
    ("mac_roman", "Mac OS Roman", "[äöüéèàçñáíóúß’“”–]", "[^\\w’‘“”–—…•«»]|(?<=[a-z])[À-Þ]"),
    ("cp437", "code page 437 or 850 (MS-DOS)", "[äöüéèàçñáíóúß]", "[^\\w¿¡«»°]"),
)  # fmt: skip


def likely_encoding(data: bytes, possible: Sequence[str] = ()) -> str:
    """Return what bytes that are neither Unicode nor Western text are most likely in, or an empty text.

    `possible` are the names of encodings in which all of them make sense, if there are any.
    """
    if b"\x1b$" in data:
        return "ISO-2022-JP (Japanese)"
    sample = b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:_SAMPLE]
    scores = [(_score(sample, *signs), signs[1]) for signs in _SIGNS]
    best, name = max(scores, key=lambda scored: scored[0])
    if name not in possible:
        return " or ".join(possible[:2]) if possible else name * (best > 0)
    script = name.partition("(")[2]
    alike = [other for other in possible if other != name and other.endswith(f"({script}")]
    return " or ".join([name, *alike[:1]])


def _score(sample: bytes, codec: str, name: str, usual: str, odd: str) -> float:
    """Return how much of a sample is what an encoding is for, less what would be strange in it.

    The sample may end within a character.
    """
    try:
        text = codecs.getincrementaldecoder(codec)().decode(sample)
    except UnicodeDecodeError:
        return 0
    foreign = re.sub(r"[\x00-\x7f]+", " ", text)
    strange: int = sum(not found[0].isspace() for found in re.finditer(odd, foreign))
    strange += 2 * sum(sign.isalpha() and sign > "\u024f" for pair in _BESIDE_ASCII.findall(text) for sign in pair)
    usual_count = len(re.findall(usual, foreign))
    return (usual_count - strange) / max(1, len(foreign.replace(" ", "")))
