"""Things in several documents of a Canvas cartridge that have one identifier: Canvas keeps one of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.canvas.losses import MOST_TOLD, left_out, taken_for
from coursewright.audit.rule import of_canvas, rule
from coursewright.audit.rules.canvas.settings import canvas_documents
from coursewright.packages.documents.addresses import hrefs, local_name, name_of
from coursewright.packages.documents.canvas.names import NAMESPACE
from coursewright.packages.documents.elements import canonical
from coursewright.packages.documents.reading import child_text
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

_OF_QUESTIONS = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
# Elements that Canvas knows by a name, which stands in an attribute or in an element; what findings call them.
_NAMED: Mapping[str, tuple[str, str]] = {
    "assignment": ("identifier", "assignment"),
    "topicMeta": ("topic_id", "discussion"),
    "assessment": ("ident", "quiz"),
    "objectbank": ("ident", "bank"),
}
_BANK, _TOPIC = "objectbank", "imsdt_xmlv1p1"
_Kept = dict[tuple[str, str], tuple[str, etree._Element]]


@rule("L527 L552", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def documents_replace_none(subject: Subject) -> Iterator[Flaw]:
    """No two assignments, discussions, quizzes or banks in different documents have one identifier."""
    return islice(_doubled(subject), MOST_TOLD)


def _doubled(subject: Subject) -> Iterator[Flaw]:
    kept = _Kept()
    for document in canvas_documents(subject):
        for one in document.all(*_NAMED):
            if other := _replaced(one, document.name, kept):
                yield _told(one, other).within(document.name)


def _replaced(one: etree._Element, document: str, kept: _Kept) -> str:
    """Return the document in which something else has the name of an element; it is kept if there is none."""
    name = _name(one)
    if not name or etree.QName(one).namespace not in (None, NAMESPACE, _OF_QUESTIONS):
        return ""
    other, first = kept.setdefault((local_name(one), name), (document, one))
    is_equal = other == document or canonical(first) == canonical(one)
    return "" if is_equal else other


def _name(one: etree._Element) -> str:
    field = _NAMED[local_name(one)][0]
    return one.get(field, "") or child_text(one, field)


def _told(one: etree._Element, other: str) -> Flaw:
    kind, name, reason = local_name(one), _name(one)[:60], f"another in {other} has the same identifier"
    if kind == _BANK:
        merged = "the questions of both come into one bank"
        return taken_for(one, f"the bank '{name}'", reason, merged, "an identifier of its own")
    return left_out(one, f"one {_NAMED[kind][1]} of two '{name}'", reason, "give each an identifier of its own")


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def discussions_share_no_settings(subject: Subject) -> Iterator[Flaw]:
    """No two discussions depend on the same settings: those give both the same name."""
    first: dict[str, str] = {}
    for one in subject.resources:
        needed = one.find("{*}dependency") if one.get("type") == _TOPIC else None
        target = "" if needed is None else needed.get("identifierref", "")
        text = next(iter(hrefs(one)), "")
        if target in subject.by_identifier and first.setdefault(target, text) != text:
            reason = f"another depends on '{target[:60]}', too, which gives both the same name"
            yield left_out(one, f"the discussion '{name_of(one)}'", reason, "give each its own topicMeta")
