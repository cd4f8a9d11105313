"""Where a text names units: by their ids as written, as MOD-1 and PROJ-1, or as `Modules 1-5`, in many languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from coursewright.frozen import frozen
from coursewright.readers.roadmap.requirements import Known
from coursewright.text.patterns import later, lettered

AND = r"(?:and|&|und|et|y|e|en|i|och|og|и|та|ja|és|ve|și|oraz)"
TO = (
    r"(?:\s?(?:[-–—]|\.{2,3}|…)\s?|\s+(?:to|up to|through|thru|until|till|bis|bis zu|jusqu['’]?[aà]|à|au?|ao|hasta"
    r"|fino a|tot|tot en met|t/m|até|do|til|till)\s+)"
)
MORE = rf"(?:(?:/|\s+{AND}\s+)\d{{1,9}}(?!\d|\s+(?!{AND}\b)[^\W\d_]))*"
# Words of scripts that put no space between them may stand right beside an id: `MOD-101和MOD-102`.
_BEGIN, _END = r"(?<![A-Za-z0-9_À-ʯ])", r"(?![A-Za-z0-9_À-ʯ])"
_GAP = r"(?:\s+|(?<=[^\x00-ʯ])\s*)"
ID = later(rf"{_BEGIN}(MOD|PROJ)-(\d{{1,9}})({MORE})(?:{TO}(?:(?:MOD|PROJ)-)?(\d{{1,9}}))?{_END}", re.IGNORECASE)
_KINDS = (
    r"Modul(?:es|en|s|e|i|o|ok|u)?|Moduły?|Moduuli(?:t|en)?"
    r"|Proje[kc]?t(?:en|es|s|e|y|i|it)?|Progett[oi]|Proyectos?|Projetos?|Proje(?:ler)?"
)
_KINDS_ELSEWHERE = (
    r"Módulos?|Modül(?:ler|ü)?|Модул(?:ь|я|и|ей|і)|Ενότητ(?:α|ες)|מודול(?:ים)?|(?:ال)?وحد(?:ة|ات)|模块|模組|单元|モジュール|모듈"
    r"|Проект(?:а|ы|ов|и)?|פרויקט(?:ים)?|(?:ال)?مشروع|项目|專案|プロジェクト|프로젝트"
)
_WORDS = lettered(
    lambda kinds: rf"{_BEGIN}({kinds}){_GAP}(\d{{1,9}})({MORE})(?:{TO}(?:({kinds}){_GAP})?(\d{{1,9}}))?{_END}",
    *(_KINDS, _KINDS_ELSEWHERE, re.IGNORECASE),
)
_RANGE = later(rf"{TO}$", re.IGNORECASE)
_LONGEST_RANGE = 200
_PROJECT = later(r"p|п|π|פ|(?:ال)?مشروع|项目|專案|プロ|프로", re.IGNORECASE)


@frozen
class Reference:
    """Where a text names units, which, and whether it does so as a range that runs backwards."""

    start: int
    end: int
    ids: tuple[str, ...]
    backwards: bool = False
    prefix: str = ""


@lru_cache(maxsize=512)
def matches(text: str, known: Known) -> tuple[Reference, ...]:
    """Return the references in a text: by ids of any known form, else by MOD-1 and PROJ-1, else by `Module 1`."""
    found = _of_known(text, known)
    taken = bytearray(len(text))
    for reference in found:
        taken[reference.start : reference.end] = b"\1" * (reference.end - reference.start)
    for pattern in (ID, _WORDS):
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                found.append(_reference(match))
    return tuple(sorted(found, key=lambda reference: reference.start))


def _of_known(text: str, known: Known) -> list[Reference]:
    found: list[Reference] = []
    for start, end, id in known.found(text):
        between = known.between(found[-1].ids[-1], id) if found and _RANGE.match(text[found[-1].end : start]) else []
        if between:
            found[-1] = Reference(found[-1].start, end, (*found[-1].ids[:-1], *between))
        else:
            found.append(Reference(start, end, (id,)))
    return found


def _reference(match: re.Match[str]) -> Reference:
    """Return what a match names: one unit, a range (`401–405`, `001-005`) or alternatives (`103/104`)."""
    prefix = _prefix(match)
    first, last = match[2], match[match.re.groups]
    numbers = [first, *re.findall(r"\d+", match[3])]
    if last and int(numbers[-1]) < int(last) <= int(numbers[-1]) + _LONGEST_RANGE:
        numbers += [str(number).zfill(len(first)) for number in range(int(numbers[-1]) + 1, int(last) + 1)]
    elif last:
        numbers.append(last)
    ids = tuple(f"{prefix}-{number}" for number in numbers)
    return Reference(match.start(), match.end(), ids, bool(last) and int(last) < int(first), prefix)


def _prefix(match: re.Match[str]) -> str:
    return "PROJ" if _PROJECT.match(match[1]) else "MOD"


def skeleton(text: str, found: Sequence[Reference]) -> str:
    """Return a text with a \0 for each reference."""
    parts, end = [], 0
    for reference in found:
        parts += [text[end : reference.start], "\0"]
        end = reference.end
    return "".join([*parts, text[end:]])
