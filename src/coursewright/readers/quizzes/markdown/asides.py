"""A key on the line of its question: `(Answer: 4)`, `(T)` before a statement, or **True** behind it."""

from __future__ import annotations

import re

from coursewright.readers.quizzes.wording import label_of, told_at_end, truth

_LONGEST = 600
_TRUTH = r"true|false|wahr|falsch|vrai|faux|verdadero|falso|verdadeiro|vero|صواب|صح|خطأ|正しい|誤り"
_SHORT = {"T": "True", "F": "False"}
_NOTED = re.compile(r"^(?P<stem>.*\S)\s*[*_]{0,2}[(\[][*_]{0,2}(?P<key>[^()\[\]]{3,120}?)[*_]{0,2}[)\]][*_]{0,2}\s*$")
_BEHIND = re.compile(
    rf"^(?P<stem>.*\S)\s+(?:[-–—→]\s*|=>\s*)?(?P<open>[*_]{{1,3}}|\()(?P<key>{_TRUTH}|T|F)[.]?(?:[*_]{{1,3}}|\))\s*$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"^[*_]{{0,2}}[(\[](?P<key>{_TRUTH}|T|F)[)\]][*_]{{0,2}}[:.]?\s+(?P<stem>\S.*)$",
    re.IGNORECASE,
)


def apart(text: str) -> tuple[str, str]:
    """Return a question without the key on its line, and this key; the question alone where there is none."""
    if len(text) > _LONGEST or "\n" in text:
        return text, ""
    if found := _BEFORE.match(text) or _BEHIND.match(text):
        return found["stem"].strip(), _SHORT.get(found["key"].upper(), found["key"])
    found = _NOTED.match(text)
    label = label_of(found["key"]) if found else None
    if found and label and label.what == "answer" and label.value:
        return found["stem"].strip(), label.value
    return text, ""


def holds_key(text: str) -> bool:
    """Say whether a question has its key on its line, or ends with whether it is true: `It is blue. Answer: True`."""
    told = told_at_end(text)
    return bool(apart(text)[1]) or (told is not None and truth(told[1]) is not None)
