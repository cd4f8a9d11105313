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
_SHOWN = ("online_quiz", "discussion_topic")  # work that is not handed in with the assignment
_ORDER, _STATE = "position", "workflow_state"
_Kept = dict[tuple[str, str], tuple[str, etree._Element]]


@rule("L527 L552", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def documents_replace_none(subject: Subject) -> Iterator[Flaw]:
    """No two assignments, discussions, quizzes or banks in different documents have one identifier."""
    return islice(_doubled(subject), MOST_TOLD)


def _doubled(subject: Subject) -> Iterator[Flaw]:
    kept = _Kept()
    for document in canvas_documents(subject):
        for one in document.all(*_NAMED):
            if found := _replaced(one, document.name, kept):
                other, first = found
                told = _disagreeing(first, other, one, document.name) if _is_one(first, one) else _told(one, other)
                if told:
                    yield told.within(document.name)


def _replaced(one: etree._Element, document: str, kept: _Kept) -> tuple[str, etree._Element] | None:
    """Return what else has the name of an element, after its document; the first of a name is kept."""
    name = _name(one)
    if not name or etree.QName(one).namespace not in (None, NAMESPACE, _OF_QUESTIONS):
        return None
    other, first = kept.setdefault((local_name(one), name), (document, one))
    is_equal = other == document or canonical(first) == canonical(one)
    return None if is_equal else (other, first)


def _is_one(first: etree._Element, one: etree._Element) -> bool:
    """Say whether one assignment is meant, once in its own document and once in that of its quiz or discussion."""
    if (first.getparent() is None) == (one.getparent() is None):
        return False
    own = one if one.getparent() is None else first
    is_shown = child_text(own, "quiz_identifierref") or child_text(own, "submission_types") in _SHOWN
    return bool(is_shown) or child_text(first, "title") == child_text(one, "title")


def _disagreeing(first: etree._Element, other: str, one: etree._Element, document: str) -> Flaw | None:
    """Return how what is said of one assignment in its own document, and in that of its quiz or discussion, differs:
    Canvas makes one assignment of both, and writes what the former says last."""
    said = {name: child_text(first, name) for name in map(local_name, first.iterchildren(etree.Element))}
    both = (name for name in map(local_name, one.iterchildren(etree.Element)) if said.get(name) and name != _ORDER)
    field = next((name for name in both if child_text(one, name) not in ("", said[name])), "")
    if not field:
        return None
    is_last = (one.getparent() is None) != (field == _STATE)  # this it has from the first alone
    counts = document if is_last else other
    reason = f"<{field}> is '{said[field][:60]}' in {other}, and '{child_text(one, field)[:60]}' here"
    return taken_for(one, f"the assignment '{_name(one)}'", reason, f"that of {counts} counts", "the same in both")


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
