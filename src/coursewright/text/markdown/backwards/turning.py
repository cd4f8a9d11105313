"""Turns HTML back into Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import unquote

from lxml.etree import _Element as Element

from coursewright.text.markdown.backwards.blocks import blocks_of, find_blocky
from coursewright.text.markdown.backwards.equations import mark_formulas
from coursewright.text.markdown.backwards.escapes import escaped
from coursewright.text.markdown.backwards.lines import line_of
from coursewright.text.markdown.backwards.notes import find_notes
from coursewright.text.markdown.backwards.page import Leading, Source, Turned
from coursewright.text.markdown.backwards.parsing import opened
from coursewright.text.markdown.backwards.rubbish import remove_rubbish
from coursewright.text.markdown.backwards.word import list_paragraphs

_MARKUP = re.compile(r"[<&]")


def _same(address: str) -> str:
    return address


def markdown_of(html: str, lead: Leading = _same, *, anchors: Collection[str] = ()) -> Turned:
    """Return HTML of a page as Markdown that our readers read as it was meant.

    `lead` says what stands for each address of a link, picture or film: a path or another address, or nothing to drop
    it. `anchors` are ids that links of other pages lead to; those of its own links a page knows.
    """
    source, body = _source(html, lead, anchors)
    made = blocks_of(source, body)
    if made and made[0] == "---":
        made[0] = "***"  # else it begins front matter
    text = "\n\n".join(made)
    return Turned(f"{text}\n" if text else "", dict(source.dropped), source.formulas)


def inline_of(html: str, lead: Leading = _same) -> Turned:
    """Return HTML as one line of Markdown: a title, an option of a question. Paragraphs are joined."""
    if not _MARKUP.search(html) and "\\" not in html and "$" not in html:
        return Turned(escaped(" ".join(html.split())))
    source, body = _source(html, lead, ())
    made = [_on_one_line(one) for one in blocks_of(source, body)]
    return Turned("<br>".join(filter(None, made)), dict(source.dropped), source.formulas)


def _source(html: str, lead: Leading, anchors: Collection[str]) -> tuple[Source, Element]:
    source = Source(lead, blocks_of, line_of, set(anchors))
    body = opened(html, source)
    mark_formulas(body, source)
    if "mso-list" in html:
        list_paragraphs(body)
    remove_rubbish(body, source)
    find_notes(body, source)
    find_blocky(body, source)
    wanted = {unquote(link.get("href", "")[1:]) for link in body.iter("a") if link.get("href", "").startswith("#")}
    source.anchors = frozenset({*source.anchors, *wanted})
    return source, body


def _on_one_line(block: str) -> str:
    found = re.fullmatch(r"(`{3,})[^\n]*\n(?P<code>.*)\n\1", block, re.DOTALL)
    if found:
        from html import escape

        return f"<code>{'<br>'.join(map(escape, found['code'].split(chr(10))))}</code>"
    return re.sub(r"\\\n", "<br>", block).replace("\n", " ").strip()
