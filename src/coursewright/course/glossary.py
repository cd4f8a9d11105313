"""Where an author explains the words of a course: a page or a heading that is called a glossary, in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.course.blocks import texts
from coursewright.course.model import Unit
from coursewright.course.parts import Page
from coursewright.text.markdown.headings import heading_on
from coursewright.text.markdown.values import Prose
from coursewright.text.names import normal
from coursewright.text.patterns import later

_NAMES = frozenset(
    (
        *("glossary", "glossary of terms", "the glossary", "glossar", "glossaire", "glosario", "glossário"),
        *("glossario", "woordenlijst", "ordlista", "słownik", "глоссарий", "словарь", "用語集", "术语表", "용어집"),
        *("مسرد", "مسرد المصطلحات", "מילון מונחים"),
    )
)
_ATTRIBUTES = later(r"\{[^{}]*\}[ \t]*$")
_UNDERLINED = later(r"^(\S[^\n]{0,60})\n(?:=+|-+)[ \t]*$", re.MULTILINE)


def is_glossary(title: str) -> bool:
    """Say whether a title is that of a glossary."""
    return normal(title) in _NAMES


def has_glossary(unit: Unit) -> bool:
    """Say whether a page of a unit may be a glossary, or hold one, by its titles and headings."""
    titles = [unit.title, *(section.title for section in unit.sections)]
    return any(map(is_glossary, titles)) or any(map(is_glossary, _titles(unit)))


def _titles(unit: Unit) -> Iterator[str]:
    for page in (part for part in unit.parts if isinstance(part, Page)):
        yield page.title
        for headed in page.body:
            yield headed.title
            for text in texts(headed.block):
                yield from _headings(text.markdown) if isinstance(text, Prose) else ()


def _headings(markdown: str) -> Iterator[str]:
    yield from (_ATTRIBUTES.sub("", title).rstrip() for _, title in filter(None, map(heading_on, markdown.split("\n"))))
    yield from (_ATTRIBUTES.sub("", found[1]).rstrip() for found in _UNDERLINED.finditer(markdown))
