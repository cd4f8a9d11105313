"""The preview's own pages: its words in the reader's language, and its templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from coursewright.pages.theme.theme import direction
from coursewright.resources import resource
from coursewright.text.toml import read_toml

_FOLDER = "packaging_templates/preview"


@dataclass(frozen=True)
class Phrasebook:
    """The words of the preview in one language; those it lacks are English."""

    language: str
    labels: Mapping[str, str]

    @property
    def direction(self) -> str:
        """The direction of the language: `ltr` or `rtl`."""
        return direction(self.language)

    def __getitem__(self, key: str) -> str:
        return self.labels[key]

    def get(self, key: str, usual: str) -> str:
        """Return a label, or the usual text where there is none."""
        return self.labels.get(key, usual)

    def said(self, key: str, **values: object) -> str:
        """Return a label with values filled in."""
        return self.labels[key].format(**values)


def words_for(languages: Iterable[str]) -> Phrasebook:
    """Return the words in the first of some languages that there are words of; else in English."""
    there = {path.stem for path in (resource(_FOLDER) / "labels").glob("*.toml")}
    tags = (tag for language in languages for tag in (language.lower(), language.split("-")[0].lower()))
    return _words(next((tag for tag in tags if tag in there), "en"))


@cache
def _words(language: str) -> Phrasebook:
    folder = resource(_FOLDER) / "labels"
    english, own = (read_toml(folder / f"{name}.toml").table for name in ("en", language))
    return Phrasebook(language, english | own)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resource(_FOLDER)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def preview_page(template: str, words: Phrasebook, **context: Any) -> str:
    """Return what a template of the preview makes of its context."""
    return _environment().get_template(template).render(words=words, **context)
