"""What is behind an entry of an imitated LMS, as values for its page: cleaned as the LMS cleans it, links turned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from coursewright.cli.preview.imitation import CANVAS, Imitation
from coursewright.course.body import Asked, Body, Fact
from coursewright.course.outline import Act, Entry
from coursewright.course.progress import Deeds
from coursewright.packages.files.names import printable
from coursewright.pages.preview import Phrasebook
from coursewright.text.imported import as_canvas_shows, as_moodle_shows

_ACTS: dict[str, tuple[Act, ...]] = {"assignment": (Act.SUBMIT,), "discussion": (Act.POST,), "quiz": (Act.SUBMIT,)}
_FRAME = re.compile(r"<iframe\b", re.IGNORECASE)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
_PAGES = (".html", ".htm", ".xhtml")
_LARGEST_TEXT = 3_000_000  # characters
_MOST_QUESTIONS = 500


def address_of(shown: Imitation, number: int, base: str) -> str:
    """Return the address of an entry: of its page, or of its place in the menu where it is a folder."""
    return f"{base}menu#m{number}" if shown.entries[number].children else f"{base}entry/{number}"


@dataclass(frozen=True)
class Sight:
    """Shows what is behind the entries of a package."""

    shown: Imitation
    words: Phrasebook
    base: str
    files: str
    _numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers.update(self.shown.numbers)

    def clean(self, html: str, beside: Sequence[Entry]) -> Markup:
        """Return HTML as the LMS shows it, its links leading as they do on the page of the first of some entries."""
        if not html or not beside:
            return Markup("")
        cleaner = as_canvas_shows if self.shown.lms == CANVAS else as_moodle_shows
        return Markup(cleaner(html[:_LARGEST_TEXT], lambda address: self._leading(address, beside[0])))  # noqa: S704

    def _leading(self, address: str, entry: Entry) -> str:
        lead = self.shown.bodies.lead(address, entry)
        if lead.entry and lead.entry in self._numbers:
            return address_of(self.shown, self._numbers[lead.entry], self.base)
        if lead.file:
            return self.files + quote(lead.file)
        return f"{self.base}away?to={quote(lead.address, safe='')}"

    def menu_text(self, entry: Entry) -> Markup:
        """Return the text that stands in the menu itself: of a section, or of a label."""
        return self.clean(self.shown.bodies.body(entry).html, [entry])

    def of(self, entry: Entry, kind: str, deeds: Deeds) -> dict[str, Any]:
        """Return what is behind an entry."""
        body = self.shown.bodies.body(entry)
        return {
            "html": self.clean(body.html, [entry]),
            "facts": [(self.words[fact], self._fact(fact, value)) for fact, value in body.facts],
            "rubric": body.criteria,
            "questions": [self._question(one, entry) for one in body.questions[:_MOST_QUESTIONS]],
            "file": self._file(body),
            "address": body.address[:2_000],
            "away": f"{self.base}away?to={quote(body.address[:2_000], safe='')}",
            "frames": len(_FRAME.findall(body.html)),
            "acts": list(self._acts(entry, kind, deeds)),
            "graded": self._is_graded(entry, kind, body),
            "score": deeds.score,
            "any": bool(deeds.acts - {Act.VIEW}) or deeds.score is not None,
        }

    def _fact(self, fact: Fact, value: str) -> str:
        if fact is Fact.MINUTES:
            return self.words.said("in_minutes", minutes=value)
        if fact is Fact.WAYS:
            return ", ".join(self.words.get(f"way_{way}", way) for way in value.split(","))
        return value

    def _question(self, asked: Asked, entry: Entry) -> dict[str, Any]:
        return {
            "html": self.clean(asked.html, [entry]),
            "reply": str(asked.reply),
            "points": asked.points,
            "options": [self.clean(option, [entry]) for option in asked.options[:100]],
            "prompts": [self.clean(prompt, [entry]) for prompt in asked.prompts[:100]],
            "drawn": asked.drawn,
        }

    def _file(self, body: Body) -> dict[str, Any] | None:
        if not body.file:
            return None
        name = body.file.rpartition("/")[2].lower()
        return {
            "href": self.files + quote(body.file),
            "name": printable(body.file.rpartition("/")[2]),
            "is_page": name.endswith(_PAGES),
            "is_picture": name.endswith(_PICTURES),
        }

    def _acts(self, entry: Entry, kind: str, deeds: Deeds) -> Iterator[dict[str, Any]]:
        """Yield what a learner can do with an entry beside looking at it."""
        asked = () if entry.finish is None else entry.finish.acts
        for act in dict.fromkeys((*_ACTS.get(kind, ()), *asked)):
            if act in (Act.VIEW, Act.GRADE):
                continue
            label = "act_quiz" if kind == "quiz" and act is Act.SUBMIT else f"act_{act}"
            is_done = act in deeds.acts
            yield {"act": str(act), "label": self.words[label], "said": self.words[f"done_{act}"], "is_done": is_done}

    def _is_graded(self, entry: Entry, kind: str, body: Body) -> bool:
        """Say whether there is a grade for an entry."""
        asked = entry.finish is not None and Act.GRADE in entry.finish.acts
        return asked or kind == "quiz" or any(fact is Fact.POINTS and value != "0" for fact, value in body.facts)
