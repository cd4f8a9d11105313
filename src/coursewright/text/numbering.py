"""What a piece of work is about, by its name: `Lab 3: Docker networking` is about Docker networking.

A number says where something stands, and changes as soon as something is put before it. That of `Windows 11` does not:
it counts only behind a word for a piece of work, or where a table counts its rows with any other word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from coursewright.text.letters import small
from coursewright.text.patterns import later, lettered

# What a piece of work is called in tables, in the languages that curricula come in; before a number it says nothing.
_KINDS = frozenset(
    re.findall(
        r"\S+",
        """
    hands-on lab labs labo labor laboratory laboratoire laboratorio laboratório exercise exercice ejercicio esercizio
    exercício übung uebung aufgabe praktikum practical practice práctica prática pratique pratica tp td
    activity activité actividad atividade aktivität task tarea tâche tarefa workshop atelier taller project projekt
    projet proyecto assignment devoir assessment evaluation évaluation evaluación quiz test exam examen prüfung
    klausur component komponente part teil partie parte step schritt étape paso week woche semaine semana day
    tag jour día dia session sitzung séance sesión module modul unit lesson lektion leçon lección lecture
    challenge sprint milestone phase mission demo deliverable portfolio capstone simulation drill scenario
    iteration checkpoint oppgave opgave opdracht oefening övning uppgift øvelse harjoitus ćwiczenie zadanie
    cvičení úkol feladat gyakorlat лабораторная работа задание практика упражнение завдання άσκηση تمرين 演習 実験
    実習 課題 练习 实验 作业 練習 實驗 실습 과제
    """,
    )
) | {"case study", "travaux pratiques"}
_SIGN = r"(?:#|№|(?:no|nr|num|n[°º])\.?(?=[\s\d]))?\s*"
_COUNTED = r"\d+(?:(?:[.\-–/]|\s?[&+]\s?|\s(?:and|und|et|y|e)\s)\d+)*"
_ROMAN = r"(?=[ivx])(?:x{0,2}(?:ix|iv|v?i{0,3}))"
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = rf"(?:\d+(?:st|nd|rd|th|er|re|e|ème|[ªº])|{'|'.join(_ORDINALS)})"
_END = r"(?:\s*[:：.,)\]|–—-]+(?=\s|$)\s*|\s*：\s*|\s*$)"
_BARE_END = r"(?:\s+|(?=[^\w\s.,/-]))"
# One of these begins every label.
_BEGINNINGS = (*sorted(_KINDS), *_ORDINALS, *"(#№第")


def _of_kinds(made: Callable[[str], str]) -> re.Pattern[str]:
    """Return a pattern that is made of that of a kind."""
    plain, elsewhere = ("|".join(kind for kind in sorted(_KINDS) if kind.isascii() is it) for it in (True, False))
    return lettered(lambda words: made(f"(?:(?:{words})(?:s|es)?)"), plain, elsewhere, re.IGNORECASE)


def _labelled(kind: str) -> str:
    return "|".join(
        (
            rf"{kind}(?:"
            # `Lab 3:`, `Lab 1A`, `Practical II`, `Lab B -`, `Lab no. 3`, `Week 3`
            rf"[\s_-]*{_SIGN}{_COUNTED}\s?[a-z]?(?!\w){_END}"
            rf"|[\s_-]+(?:{_ROMAN}|[a-z]|{_WORDS})(?!\w){_END}"
            # `Lab 3 Docker networking`, but not `Lab 5G networks`, `Lab 802.11 access`
            rf"|[\s_-]*{_SIGN}\d{{1,2}}(?:\.\d{{1,2}})*[a-cef]?{_BARE_END})",
            # `3. Docker networking`, `2.1 Lab`, `#3 Docker`, `(3) Docker`, `3rd lab`, `第3回`
            r"\(?\d{1,3}(?:\.\d+)*(?:[.):]+\s+|\s*[–—]\s+|\s-\s+)",
            r"[#№]\s*\d+[:.)]*\s+",
            rf"(?:\d+(?:\.\d+)+|{_ORDINAL})\s+(?={kind}(?!\w))",
            r"第\s*[\d一二三四五六七八九十]+\s*[回章课課节節次]\s*[:：]?\s*",
        )
    )


# A word that is not known here, or none, with its number before a colon, or alone: `Kata 3: Docker`, `2.1 Sorting`
_OTHER = later(
    rf"(?P<word>[^\W\d_]+(?:\s[^\W\d_]+)?)[\s_-]*{_SIGN}(?P<number>\d+(?:\.\d+)*)\s?[a-z]?(?!\w){_END}"
    r"|(?P<dotted>\d+(?:\.\d+)+)\s+(?=\w)",
    re.IGNORECASE,
)
_LAB = r"(?:labs?|exercise|exercice|ejercicio|esercizio|übung|aufgabe|practical|activity|task|workshop|tp|td)"
_LABEL = _of_kinds(_labelled)
_LABEL_BEHIND = _of_kinds(
    lambda kind: rf"(?:(?:\s*[(\[]|\s*[,:–—-]\s+){kind}|\s+{_LAB})[\s_-]*{_SIGN}(?:{_COUNTED}[a-z]?|{_ROMAN})[)\]]?$"
)
_KIND_ALONE = _of_kinds(lambda kind: f"{kind}{_END}")
_ONLY_KINDS = _of_kinds(lambda kind: rf"(?:{kind}(?:\s+|$))*")


def counting(names: Iterable[str]) -> frozenset[str]:
    """Return the words that the names of a table count with, from one on: `kata` in `Kata 2: Docker`.

    `Windows 10` and `Windows 11` are not counted so.
    """
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for name in names:
        if found := _other(name.strip()):
            numbers[_word(found)].add(int((found["number"] or found["dotted"]).rpartition(".")[2][:9]))
    return frozenset(word for word, found in numbers.items() if len(found) > 1 and min(found) <= 1)


def is_numbered(name: str, counted: frozenset[str] = frozenset()) -> bool:
    """Say whether a name has a number that says where something stands: `Lab 3`, but not `IPv6 lab`.

    `counted` are the other words that its table counts with.
    """
    return _unnumbered(name, counted) != name.strip()


def about(name: str, counted: frozenset[str] = frozenset()) -> str:
    """Return what a numbered name is about; an empty text if it says no more than a kind and a number."""
    rest = _unnumbered(name, counted)
    if rest != name.strip() and (kind := _KIND_ALONE.match(rest)):
        rest = rest[kind.end() :]
    return rest if rest and not (_may_begin(rest) and _ONLY_KINDS.fullmatch(rest)) else ""


def _unnumbered(name: str, counted: frozenset[str]) -> str:
    """Return a name without the labels before it and behind it: `Week 3, Lab 2: Docker` has two."""
    rest = name.strip()
    while label := (_LABEL.match(rest) if _may_begin(rest) else None) or _counted(rest, counted):
        if not label.end():
            break
        rest = rest[label.end() :].lstrip(" ,;")
    return _LABEL_BEHIND.sub("", rest) if _may_end(rest) else rest


def _may_begin(name: str) -> bool:
    """Say whether a name may begin with a label."""
    return name[:1].isdigit() or small(name).startswith(_BEGINNINGS)


def _may_end(name: str) -> bool:
    """Say whether a name may end with a label: with a number."""
    last = name.rstrip(")]")[-2:]
    return not last.isascii() or last[-1:] in "ivxIVX" or any(map(str.isdigit, last))


def _other(name: str) -> re.Match[str] | None:
    return _OTHER.match(name) if any(map(str.isdigit, name)) else None


def _counted(name: str, counted: frozenset[str]) -> re.Match[str] | None:
    found = _other(name) if counted else None
    return found if found and _word(found) in counted else None


def _word(found: re.Match[str]) -> str:
    return (found["word"] or "").casefold()
