"""The course of a package of QTI: its tests and banks are the quizzes of one unit, questions alone are one more."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from coursewright.course.model import Unit
from coursewright.course.outline import ASKING
from coursewright.course.parts import Part
from coursewright.course.quiz import Quiz
from coursewright.packages.subject import Subject
from coursewright.readers.packages.cartridges.cartridge import unlisted
from coursewright.readers.packages.cartridges.gathering import Gathering
from coursewright.readers.packages.cartridges.quizzes import as_one
from coursewright.readers.packages.documents import PackageDocuments
from coursewright.readers.packages.manifests import read_manifest_outline
from coursewright.readers.packages.recovery import Recovery


def recover_qti(subject: Subject, folder: Path) -> Recovery:
    """Return the quizzes of a package of QTI that lies unpacked in a folder."""
    outline = read_manifest_outline(subject)
    found = [one for one, _ in outline.walk() if not one.children and one.kind in ASKING]
    tests = [one for one in found if one.kind == "test"]
    only = tests if len(tests) == 1 else found if len(found) == 1 else []
    outline = replace(outline, title=outline.title or next((one.title for one in only), ""))
    gathered = Gathering(subject, folder, outline, outline.entries)
    named = {file for one in tests for file in (*one.files[1:], *_items(gathered.documents, one.files[:1]))}
    alone = [one for one in found if not (one.kind == "question" and set(one.files[:1]) & named)]
    alone += unlisted(gathered.documents, {one.identifier for one in found}, gathered.ledger)
    gathered.add("quizzes", gathered.about.title, alone)
    recovered = gathered.recovered()
    units = tuple(replace(unit, parts=_joined(unit)) for unit in recovered.curriculum.units)
    return replace(recovered, curriculum=replace(recovered.curriculum, units=units))


def _items(documents: PackageDocuments, files: Iterable[str]) -> Iterator[str]:
    """Yield the files that a test names as its items, whether the manifest says so or not."""
    for file in files:
        root = documents.root(file)
        for element in () if root is None else root.iter("{*}assessmentItemRef", "{*}qti-assessment-item-ref"):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(element.get("href") or "")))


def _joined(unit: Unit) -> tuple[Part, ...]:
    """Return the parts of a unit, quizzes of one question joined into one."""
    single = [part for part in unit.parts if isinstance(part, Quiz) and _is_single(part)]
    if len(single) < 2:
        return unit.parts
    whole = as_one(single, single[0].key, str(unit.title), unit.path)
    targets = {address: target for one in single for address, target in one.targets.items()}
    rest = tuple(part for part in unit.parts if not _is_single(part))
    return (*rest, replace(whole, targets=targets))


def _is_single(part: Part) -> bool:
    return isinstance(part, Quiz) and len(part.questions) == 1
