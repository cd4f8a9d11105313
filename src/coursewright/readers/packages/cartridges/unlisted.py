"""Quizzes and banks in Canvas's own folder for them, which Canvas reads whether a manifest names them or not."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.course.outline import Entry
from coursewright.packages.documents.canvas.names import QUESTIONS, QUIZ
from coursewright.packages.documents.qti12.values import QtiSection
from coursewright.readers.packages.documents import PackageDocuments
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.recovery import Element, ElementKind


def unlisted(documents: PackageDocuments, known: set[str], ledger: Ledger) -> Iterator[Entry]:
    """Yield the quizzes and banks that stand in Canvas's folder for them, whether a manifest names them or not."""
    names = [name for name in documents.container.sizes if name.startswith(QUESTIONS) and name.endswith(".xml.qti")]
    read = ledger.first(names, "quizzes and banks", Element(ElementKind.QUIZ, QUESTIONS, QUESTIONS))
    roots = {name: root for name in read if (root := documents.value(QtiSection, name))}
    drawn = {text for root in roots.values() for text in _drawn(root)}
    for name, root in roots.items():
        identifier = name.removeprefix(QUESTIONS).removesuffix(".xml.qti")
        own = next(iter((*root.held("objectbank"), *root.held("assessment"))), root)
        if identifier in known or own.ident in drawn | known:
            continue
        title = own.title or own.known.facts.get("bank_title") or identifier
        kind = "question bank" if own.name == "objectbank" else "quiz"
        meta = f"{identifier}/{QUIZ}"
        yield Entry(identifier, title, kind, files=(name, *([meta] if meta in documents.container.sizes else ())))


def _drawn(whole: QtiSection) -> Iterator[str]:
    yield from (one.sourcebank_ref for one in whole.selections)
    for one in whole.contents:
        if isinstance(one, QtiSection):
            yield from _drawn(one)
