"""Rules over the texts in a cartridge's topics and questions: what they show and link to is in the package."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import OpenedDocument, not_of_canvas, opened_documents, rule
from coursewright.audit.rules.pages import filebase_flaws, is_filled_in, leads_somewhere
from coursewright.findings import messages
from coursewright.packages.documents.addresses import FILEBASE, Use, addresses, followed
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import parsed_page
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject
from coursewright.text.addresses import is_address

WITH_TEXTS = ("imsdt_", "imsqti_", "assignment_")
"""How the types of resources begin that have texts: topics, quizzes and work."""


@rule("P248", family=Family.CARTRIDGE, when=not_of_canvas)
def texts_link_to_what_is_there(subject: Subject) -> Iterator[Flaw]:
    """What topics and questions show is in the package; links of Canvas's own cartridges are judged with its pages."""
    for document in opened_documents(_documents(subject), subject, "topics and quizzes"):
        yield from (one.within(document.name) for one in _of_document(document))


def _documents(subject: Subject) -> dict[str, None]:
    """Return the files that hold topics and questions."""
    files = (name for one in subject.typed(*WITH_TEXTS) for name in subject.files_of(one))
    return dict.fromkeys(name for name in files if name.endswith((".xml", ".qti")))


def _of_document(document: OpenedDocument) -> Iterator[Flaw]:
    for element in document.all("text", "mattext"):
        text = text_of(element)
        page = parsed_page(f"<meta charset=utf-8>{text}".encode()) if "<" in text else None
        links = dict.fromkeys((use, link) for use, link, _ in addresses(page)) if page is not None else ()
        for use, link in links:
            yield from _link_flaws(use, link, element, document)


def _link_flaws(use: Use, link: str, element: etree._Element, document: OpenedDocument) -> Iterator[Flaw]:
    """Yield that a link leads nowhere: one that is relative counts from its document, or from the top."""
    name, subject = document.name, document.subject
    if link.startswith(FILEBASE):
        yield from filebase_flaws(link, name, element, subject)
    if use is Use.SENDS or is_filled_in(link) or link.startswith("/") or not is_address(link):
        return
    parts = urlsplit(link)
    if parts.scheme == "file" or len(parts.scheme) == 1:  # of somebody's own computer
        yield flaw(messages.LINK_BROKEN, element, link=link, near="")
    if parts.scheme or parts.netloc or not parts.path:
        return
    targets = (followed(name, link), followed("", link), posixpath.join("web_resources", followed("", link)))
    if not any(leads_somewhere(target, subject.container) for target in targets):
        yield flaw(messages.LINK_BROKEN, element, link=link, near=subject.near(link, name))
