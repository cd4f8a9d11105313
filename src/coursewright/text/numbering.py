"""What a piece of work is about, by its name: `Lab 3: Docker networking` is about Docker networking.

A number says where something stands, and changes as soon as something is put before it. That of `Windows 11` does not:
it counts only behind a word for a piece of work, or where a table counts its rows with any other word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from coursewright.text.patterns import later

# What a piece of work is called in tables, in the languages that curricula come in; before a number it says nothing.
_KINDS = re.findall(
    r"\S+",
    """lab labs labo labor laboratory laboratoire laboratorio laboratório exercise exercice ejercicio esercizio
    exercício übung uebung aufgabe praktikum practical practice práctica prática pratique pratica tp td activity
    activité actividad atividade aktivität task tarea tâche tarefa workshop atelier taller project projekt
    projet proyecto assignment devoir assessment evaluation évaluation evaluación quiz test exam examen prüfung
    klausur component komponente part teil partie parte step schritt étape paso week woche semaine semana day
    tag jour día dia session sitzung séance sesión module modul unit lesson lektion leçon lección lecture
    challenge sprint milestone phase mission demo deliverable portfolio capstone simulation drill scenario
    iteration checkpoint oppgave opgave opdracht oefening övning uppgift øvelse harjoitus ćwiczenie zadanie
    cvičení úkol feladat gyakorlat лабораторная работа задание практика упражнение завдання άσκηση تمرين 演習 実験
    実習 課題 练习 实验 作业 練習 實驗 실습 과제""",
)
_KIND = rf"(?:(?:hands-on|case study|travaux pratiques|{'|'.join(map(re.escape, _KINDS))})(?:s|es)?)"
_SIGN = r"(?:#|№|(?:no|nr|num|n[°º])\.?(?=[\s\d]))?\s*"
_COUNTED = r"\d+(?:(?:[.\-–/]|\s?[&+]\s?|\s(?:and|und|et|y|e)\s)\d+)*"
_ROMAN = r"(?=[ivx])(?:x{0,2}(?:ix|iv|v?i{0,3}))"
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ORDINAL = r"(?:\d+(?:st|nd|rd|th|er|re|e|ème|[ªº])|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
_END = r"(?:\s*[:：.,)\]|–—-]+(?=\s|$)\s*|\s*：\s*|\s*$)"
_BARE_END = r"(?:\s+|(?=[^\w\s.,/-]))"

_LEADING = (
    # `Lab 3:`, `Lab 1A`, `Practical II`, `Lab B -`, `Lab no. 3`, `Week 3`, `第3回`
    rf"{_KIND}[\s_-]*{_SIGN}{_COUNTED}\s?[a-z]?(?!\w){_END}",
    rf"{_KIND}[\s_-]+(?:{_ROMAN}|[a-z]|{_WORDS})(?!\w){_END}",
    # `Lab 3 Docker networking`, but not `Lab 5G networks`, `Lab 802.11 access`
    rf"{_KIND}[\s_-]*{_SIGN}\d{{1,2}}(?:\.\d{{1,2}})*[a-cef]?{_BARE_END}",
    # `3. Docker networking`, `2.1 Lab`, `#3 Docker`, `(3) Docker`, `3rd lab`
    rf"\(?\d{{1,3}}(?:\.\d+)*(?:[.):]+\s+|\s*[–—]\s+|\s-\s+)|\d+(?:\.\d+)+\s+(?={_KIND}(?!\w))",
    r"[#№]\s*\d+[:.)]*\s+",
    rf"{_ORDINAL}\s+(?={_KIND}(?!\w))",
    r"第\s*[\d一二三四五六七八九十]+\s*[回章課课節节次]\s*[:：]?\s*",
)
# A word that is not known here, or none, with its number before a colon, or alone: `Kata 3: Docker`, `2.1 Sorting`
_OTHER = later(
    rf"(?P<word>[^\W\d_]+(?:\s[^\W\d_]+)?)[\s_-]*{_SIGN}(?P<number>\d+(?:\.\d+)*)\s?[a-z]?(?!\w){_END}"
    r"|(?P<dotted>\d+(?:\.\d+)+)\s+(?=\w)",
    re.IGNORECASE,
)
_LAB = r"(?:labs?|exercise|exercice|ejercicio|esercizio|übung|aufgabe|practical|activity|task|workshop|tp|td)"
_TRAILING = rf"(?:(?:\s*[(\[]|\s*[,:–—-]\s+){_KIND}|\s+{_LAB})[\s_-]*{_SIGN}(?:{_COUNTED}[a-z]?|{_ROMAN})[)\]]?$"
_LABEL = later("|".join(f"(?:{found})" for found in _LEADING), re.IGNORECASE)
_LABEL_BEHIND = later(_TRAILING, re.IGNORECASE)
_KIND_ALONE = later(rf"{_KIND}{_END}", re.IGNORECASE)
_ONLY_KINDS = later(rf"(?:{_KIND}(?:\s+|$))*", re.IGNORECASE)


def counting(names: Iterable[str]) -> frozenset[str]:
    """Return the words that the names of a table count with, from one on: `kata` in `Kata 2: Docker`.

    `Windows 10` and `Windows 11` are not counted so.
    """
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for name in names:
        if found := _OTHER.match(name.strip()):
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
    return "" if _ONLY_KINDS.fullmatch(rest) else rest


def _unnumbered(name: str, counted: frozenset[str]) -> str:
    """Return a name without the labels before it and behind it: `Week 3, Lab 2: Docker` has two."""
    rest = name.strip()
    while label := _LABEL.match(rest) or _counted(rest, counted):
        if not label.end():
            break
        rest = rest[label.end() :].lstrip(" ,;")
    return _LABEL_BEHIND.sub("", rest)


def _counted(name: str, counted: frozenset[str]) -> re.Match[str] | None:
    found = _OTHER.match(name) if counted else None
    return found if found and _word(found) in counted else None


def _word(found: re.Match[str]) -> str:
    return (found["word"] or "").casefold()
