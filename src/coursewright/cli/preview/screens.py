"""The pages of an imitated LMS: its menu, its lists, and what is behind an entry, as a learner would see them now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

from coursewright.cli.preview.imitation import CANVAS, MOODLE, Imitation
from coursewright.cli.preview.reasons import needs, others, reasons, requirements
from coursewright.cli.preview.sights import Sight
from coursewright.course.outline import Entry
from coursewright.course.progress import Deeds, Standing
from coursewright.packages.files.names import printable
from coursewright.packages.gate_words import titles_of
from coursewright.pages.preview import Phrasebook, preview_page

NAMES = {CANVAS: "Canvas", MOODLE: "Moodle"}
Node = dict[str, Any]
_KINDS = {
    "page": "page",
    "book": "page",
    "label": "heading",
    "heading": "heading",
    "assignment": "assignment",
    "discussion": "discussion",
    "quiz": "quiz",
    "test": "quiz",
    "question": "quiz",
    "question bank": "quiz",
    "file": "file",
    "web link": "link",
    "tool": "tool",
    "section": "section",
    "module": "module",
    "folder": "module",
}
LISTS = {"pages": "page", "assignments": "assignment", "discussions": "discussion", "quizzes": "quiz"}
_INSIDE = ("heading", "module", "section")  # what has no page of its own
_MOST_FILES = 500


def _kind(entry: Entry) -> str:
    return _KINDS.get(entry.kind, "other")


@dataclass(frozen=True)
class Screens:
    """The pages of one package at one moment, in one language: under `base`, its files under `files`."""

    shown: Imitation
    deeds: Mapping[str, Deeds]
    words: Phrasebook
    base: str
    files: str

    @cached_property
    def standing(self) -> Standing:
        """Where the learner stands."""
        return self.shown.standing(self.deeds)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {id(entry): number for number, entry in enumerate(self.shown.entries)}

    @cached_property
    def _titles(self) -> dict[str, str]:
        return titles_of(self.shown.outline)

    @cached_property
    def sight(self) -> Sight:
        """How what is behind entries is shown."""
        return Sight(self.shown, self.words, self.base, self.files)

    def page(self, path: str, query: Mapping[str, str]) -> str | None:
        """Return a page by its path below the base, or None where there is none."""
        first, _, rest = path.partition("/")
        if first == "entry" and (entry := self.shown.entry(rest)):
            return self._entry(entry)
        if first in LISTS and not rest:
            nodes = [self.node(one) for one in self.shown.entries if _kind(one) == LISTS[first]]
            return self._render("list.html.j2", first, nodes=nodes, heading=self.words[first])
        plain = {"": self._start, "menu": self._menu, "syllabus": self._syllabus, "files": self._files}
        if path == "away":
            return self._away(query.get("to", ""))
        return plain[path]() if path in plain else None

    def _render(self, template: str, current: str, **context: Any) -> str:
        return preview_page(
            template,
            self.words,
            lms=self.shown.lms,
            lms_name=NAMES.get(self.shown.lms, ""),
            title=self.shown.outline.title,
            base=self.base,
            current=current,
            list_kinds=LISTS,
            lists=[name for name, kind in LISTS.items() if any(_kind(one) == kind for one in self.shown.entries)],
            sections=[
                (self._title(one), f"{self.base}menu#m{self._numbers[id(one)]}")
                for one in self.shown.outline.entries
                if one.kind == "section" and self._is_shown(one)
            ],
            has_syllabus=bool(self.shown.bodies.syllabus),
            has_home=bool(self.shown.bodies.home),
            **context,
        )

    def _start(self) -> str:
        """Return the page that the course opens with."""
        home = self.shown.home
        if home is not None and self.shown.bodies.view in ("", "wiki"):
            return self._entry(home, "home")
        return self._syllabus("home") if self.shown.bodies.view == "syllabus" else self._menu("home")

    def _menu(self, current: str = "menu") -> str:
        entries = [entry for entry in self.shown.outline.entries if self._is_shown(entry)]
        count = sum(entry.hidden for entry, _ in self.shown.outline.walk())
        nodes = [self.node(entry) for entry in entries if entry.identifier or not self._is_canvas]
        return self._render(f"{self.shown.lms}.html.j2", current, nodes=nodes, hidden=count)

    @property
    def _is_canvas(self) -> bool:
        return self.shown.lms == CANVAS

    def _syllabus(self, current: str = "syllabus") -> str:
        body = self.sight.clean(self.shown.bodies.syllabus, self.shown.outline.entries[:1])
        return self._render("text.html.j2", current, heading=self.words["syllabus"], body=body, said="")

    def _files(self) -> str:
        names = [name for name in self.shown.file_names() if name.startswith("web_resources/")][:_MOST_FILES]
        links = [(printable(name.removeprefix("web_resources/")), self.files + quote(name)) for name in names]
        return self._render("files.html.j2", "files", links=links)

    def _away(self, address: str) -> str:
        said = self.words.said("leads_to", address=printable(address[:500])) if address else self.words["leads_nowhere"]
        return self._render("text.html.j2", "", heading="", body="", said=said)

    def _is_shown(self, entry: Entry) -> bool:
        return id(entry) in self._numbers

    def node(self, entry: Entry, *, texts: bool = True) -> Node:
        """Return an entry as menus show it, with what is in it; `texts` with those that stand in the menu itself."""
        kind = _kind(entry)
        closed = self.standing.closed(entry)
        text = self.sight.menu_text(entry) if texts and kind in ("heading", "section") and not closed else ""
        return {
            "number": self._numbers[id(entry)],
            "identifier": entry.identifier,
            "title": self._title(entry),
            "kind": kind,
            "kind_said": self.words[f"kind_{kind}"],
            "href": "" if kind in _INSIDE else f"{self.base}entry/{self._numbers[id(entry)]}",
            "is_locked": bool(closed),
            "why": reasons(closed, self._titles, self.words),
            "needs": needs(entry.gate, self._titles),
            "others": reasons(others(entry.gate), self._titles, self.words),
            "is_tracked": entry.finish is not None or any(one.finish for one in entry.children),
            "is_done": self._is_done(entry),
            "required": self._required(entry),
            "mark": entry.mark,
            "text": text,
            "inner": [self.node(child, texts=texts) for child in entry.children if self._is_shown(child)],
        }

    def _is_done(self, entry: Entry) -> bool:
        counts = entry.finish is not None or any(one.finish for one in entry.children)
        return counts and self.standing.is_done(entry)

    def _required(self, entry: Entry) -> list[tuple[str, bool]]:
        """Return what completes an entry in words, and whether that is done."""
        deeds = self.standing.of(entry)
        finish = entry.finish
        return [
            (said, finish is not None and not entry.children and deeds.has(act, finish.minimum))
            for act, said in requirements(entry, self.words)
        ]

    def _entry(self, entry: Entry, current: str = "") -> str:
        node, sight = self.node(entry), None
        if not node["is_locked"]:
            sight = self.sight.of(entry, node["kind"], self.standing.of(entry))
        before, after = self._neighbours(entry)
        list_name = next((name for name, kind in LISTS.items() if kind == node["kind"]), "menu")
        return self._render("entry.html.j2", current or list_name, node=node, sight=sight, previous=before, next=after)

    def _neighbours(self, entry: Entry) -> tuple[Node | None, Node | None]:
        """Return what is before and after an entry in the menu."""
        listed = [one for one in self.shown.entries if _kind(one) not in _INSIDE]
        at = next((at for at, one in enumerate(listed) if one is entry), -1)
        around = ([None, *listed, None])[at : at + 3] if at >= 0 else [None, None, None]
        return self._step(around[0]), self._step(around[2])

    def _step(self, entry: Entry | None) -> Node | None:
        if entry is None:
            return None
        return {"title": self._title(entry), "href": f"{self.base}entry/{self._numbers[id(entry)]}"}

    def _title(self, entry: Entry) -> str:
        return entry.title or self.words[f"kind_{_kind(entry)}"]

    def tree(self) -> Iterator[Node]:
        """Yield the entries as the player's own menu lists them."""
        for entry in self.shown.outline.entries:
            if self._is_shown(entry) and (entry.identifier or not self._is_canvas):
                yield self.node(entry, texts=False)
