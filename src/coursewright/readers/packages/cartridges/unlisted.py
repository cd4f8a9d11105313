"""Quizzes and banks in Canvas's own folder for them, which Canvas reads whether a manifest names them or not."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursewright.course.outline import Entry
from coursewright.packages.documents.canvas.names import QUESTIONS, QUIZ
from coursewright.packages.documents.qti12.facts import facts_of
from coursewright.readers.packages.documents import PackageDocuments
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.recovery import Element, ElementKind


def unlisted(documents: PackageDocuments, known: set[str], ledger: Ledger) -> Iterator[Entry]:
    """Yield the quizzes and banks that stand in Canvas's folder for them, whether a manifest names them or not."""
    names = [name for name in documents.container.sizes if name.startswith(QUESTIONS) and name.endswith(".xml.qti")]
    read = ledger.first(names, "quizzes and banks", Element(ElementKind.QUIZ, QUESTIONS, QUESTIONS))
    roots = {name: root for name in read if (root := documents.root(name)) is not None}
    drawn = {text for root in roots.values() for text in _drawn(root)}
    for name, root in roots.items():
        identifier = name.removeprefix(QUESTIONS).removesuffix(".xml.qti")
        whole = root.find("{*}objectbank")
        own = next((one for one in (whole, root.find("{*}assessment")) if one is not None), root)
        if identifier in known or own.get("ident", "") in drawn | known:
            continue
        title = own.get("title") or facts_of(own).get("bank_title") or identifier
        kind = "quiz" if whole is None else "question bank"
        meta = f"{identifier}/{QUIZ}"
        yield Entry(identifier, title, kind, files=(name, *([meta] if meta in documents.container.sizes else ())))


def _drawn(root: etree._Element) -> Iterator[str]:
    for found in root.iter("{*}sourcebank_ref"):
        yield (found.text or "").strip()
