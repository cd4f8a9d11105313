"""The texts of a backup's documents as HTML, in one language where they are in several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from markupsafe import Markup

_Value = TypeVar("_Value")
_LANGUAGES = re.compile(
    r"\{mlang\s{1,9}(?P<tags>[\w,-][\w, -]{0,200})\}(?P<text>(?:(?!\{mlang\b).)*)\{mlang\}", re.DOTALL | re.IGNORECASE
)
_ONE = r'<span\b[^<>]{0,500}class="multilang"[^<>]{0,500}>(?:(?!</span>).)*</span>'
_SPANS = re.compile(rf"{_ONE}(?:\s*{_ONE})+", re.DOTALL | re.IGNORECASE)
_SPAN = re.compile(r"<span\b(?P<tag>[^<>]{0,1000})>(?P<text>.*?)</span>", re.DOTALL | re.IGNORECASE)
# The marks of Markdown, with what stands for each; Moodle may have cut off where they end.
_MARKS = (
    (re.compile(r"^\s*(?:#{1,6}|[-*+>])\s+", re.MULTILINE), ""),
    (re.compile(r"!?\[([^\[\]]*)\]\([^()]*(?:\)|$)"), r"\1"),
    (re.compile(r"`([^`]{1,300})`"), r"\1"),
    (re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3})(?=\S)([^*_]{1,300})(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"(?<!\w)(?:\*\*|__)(?=\w)"), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_LANG = re.compile(r'lang="(?P<lang>[\w-]+)"')


def html_of(text: str, format: str, language: str) -> tuple[str, bool]:
    """Return a text as HTML, or as Markdown where it is that, and whether it is Markdown.

    Its format is a number: 0 is Moodle's own, 1 HTML, 2 plain text, 4 Markdown.
    """
    text = in_one_language(text, language)
    if not text.strip():
        return "", False
    if format == "4":
        return text, True
    if format == "2" or (format == "0" and "<" not in text):
        return "\n".join(_paragraphs(text)), False
    return text, False


def plain_title(title: str, format: str) -> str:
    """Return what an activity is called as plain text: a text of the course page that is Markdown, as its format says,
    is called by its first letters with the marks in them."""
    return unmarked(title) if format == "4" else title


def unmarked(markdown: str) -> str:
    """Return the words of a short text that is Markdown on one line."""
    for mark, words in _MARKS:
        markdown = mark.sub(words, markdown)
    return " ".join(markdown.split())


def _paragraphs(text: str) -> Iterator[str]:
    for one in re.split(r"\n\s*\n", text.strip()):
        yield str(Markup("<p>{}</p>").format(one)).replace("\n", "<br>\n")


def in_one_language(text: str, language: str) -> str:
    """Return a text that says the same in several languages in one: the course's, that for others, or the first."""
    if "{mlang" in text:
        text = _chosen(
            text, {tag: None for found in _LANGUAGES.finditer(text) for tag in _tags(found["tags"])}, language
        )
    if "multilang" in text:
        text = _SPANS.sub(lambda found: _of_spans(found[0], language), text)
    return text


def values_in_one_language(value: _Value, language: str) -> _Value:
    """Return a row of a document with all of its texts in one language."""
    made: Any = value
    if isinstance(made, str):
        made = in_one_language(made, language)
    elif isinstance(made, tuple):
        made = tuple(values_in_one_language(one, language) for one in made)
    elif is_dataclass(made) and not isinstance(made, type):
        known = {one.name: getattr(made, one.name) for one in fields(made) if one.init}
        said = {name: values_in_one_language(one, language) for name, one in known.items()}
        changed = {name: one for name, one in said.items() if one != known[name]}
        made = replace(made, **changed) if changed else made
    return cast("_Value", made)


def _tags(text: str) -> list[str]:
    return [one.strip().lower().replace("_", "-") for one in text.split(",")]


def _chosen(text: str, tags: Mapping[str, None], language: str) -> str:
    language = language.lower().replace("_", "-")  # as Moodle has it: `de_at`
    short = language.partition("-")[0]
    wanted = next((one for one in (language, short, "other", *tags) if one in tags), "other")
    return _LANGUAGES.sub(lambda found: found["text"] if wanted in _tags(found["tags"]) else "", text)


def _of_spans(text: str, language: str) -> str:
    spans = [(_LANG.search(found["tag"]), found["text"]) for found in _SPAN.finditer(text)]
    known = {found["lang"].lower().replace("_", "-"): said for found, said in spans if found}
    wanted = language.lower().replace("_", "-")
    chosen = next((one for one in (wanted, wanted.partition("-")[0]) if one in known), next(iter(known), ""))
    return known.get(chosen, text)
