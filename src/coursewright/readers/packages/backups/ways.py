"""Where the addresses in a backup lead: to its files, to activities and sections by their numbers, or to the web."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import field
from urllib.parse import unquote

from coursewright.course.assets import Asset, Target, ToFile, ToUnit
from coursewright.frozen import slotted
from coursewright.packages.documents.moodle.xml import OWN_FILE
from coursewright.readers.packages.addresses import NO_PLACES, written_as
from coursewright.readers.packages.backups.stored import Stored
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.texts import Lead, WrittenText, noting
from coursewright.text.addresses import is_absolute, pieces_of

_TOKEN = re.compile(r"\$@(?P<what>[A-Z0-9]+)\*(?P<numbers>[\d*]+)@\$(?P<rest>.*)", re.DOTALL)
_EMBEDDED = "data:image/"
_QUESTION = re.compile(r"q(?P<number>\d+)/(?P<path>.+)", re.DOTALL)
_MARKDOWN = re.compile(r"(?:@@PLUGINFILE@@/|\$@[A-Z0-9]+\*[\d*]+@\$)[^\s)\"'<>]*")


@slotted
class BackupWays:
    """What addresses may mean: `modules` are activities by their numbers, `sections` units by theirs, `section_ids`
    units by the ids of their sections, `chapters` the chapters of books; `site` is where the course was."""

    stored: Stored
    ledger: Ledger
    site: str = ""
    modules: dict[str, ToUnit] = field(default_factory=dict)
    sections: dict[str, ToUnit] = field(default_factory=dict)
    section_ids: dict[str, ToUnit] = field(default_factory=dict)
    chapters: dict[str, ToUnit] = field(default_factory=dict)

    def lead_on(self, context: str, item: str, where: str) -> Lead:
        """Return what says where the addresses in a text of a context lead."""
        return lambda address: self._lead(address.strip(), context, item, where)

    def lead_beside(self, context: str, page: str, where: str) -> Lead:
        """Return what says where the addresses of a page among the files of a context lead."""

        def lead(address: str) -> tuple[str, Target | None]:
            if not address or address.startswith("#") or is_absolute(address):
                return self._lead(address, context, "", where)
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(pieces_of(address).path)))
            return self._lead(f"{OWN_FILE}{path.lstrip('/')}", context, "", where)

        return lead

    def _lead(self, address: str, context: str, item: str, where: str) -> tuple[str, Target | None]:
        if not address or address.startswith("#"):
            return address, None
        target = self._target(address, context, item)
        if target is not None:
            return written_as(target), target
        if address.startswith(("$@", OWN_FILE)) or not is_absolute(address):
            self.ledger.nowhere(address, where)
            return "", None
        if self._is_of_site(address):
            self.ledger.outside(address, where)
        return ("" if address.lower().startswith(NO_PLACES) else address), None

    def _target(self, address: str, context: str, item: str) -> Target | None:
        if found := _TOKEN.match(address):
            return self._place(found["what"], found["numbers"].split("*"), found["rest"])
        if found := _QUESTION.fullmatch(address):
            return _file(self.stored.of_question(found["path"], found["number"]))
        if address.startswith(_EMBEDDED):
            return _file(self.stored.materials.embedded(address))
        if address.startswith(OWN_FILE):
            rest = address.removeprefix(OWN_FILE)
            if found := _QUESTION.fullmatch(rest):
                return _file(self.stored.of_question(found["path"], found["number"]))
            return _file(self.stored.at(rest, context, item))
        if self._is_of_site(address):
            return self._at_site(address)
        return None

    def _is_of_site(self, address: str) -> bool:
        """Say whether an address is one of the site where the course was: not one that only begins like it."""
        own = self.site.rstrip("/")
        return bool(own) and address.startswith(own) and address[len(own) :][:1] in ("", "/", "?", "#")

    def _place(self, what: str, numbers: list[str], rest: str) -> ToUnit | None:
        anchor = pieces_of(rest).fragment
        if what.startswith("COURSE"):
            return (
                self.sections.get(anchor.removeprefix("section-")) or self.sections.get("1") or self.sections.get("0")
            )
        if what.startswith("SECTION"):
            return self.section_ids.get(numbers[0])
        found = (self.chapters.get(numbers[1]) if len(numbers) > 1 else None) or self.modules.get(numbers[0])
        return ToUnit(found.unit, found.part, anchor) if found else None

    def _at_site(self, address: str) -> ToUnit | None:
        """Return where an address of the site itself leads: `/mod/page/view.php?id=12`."""
        parts = pieces_of(address)
        found = re.search(r"(?:^|&)id=(\d+)", parts.query)
        return self.modules.get(found[1]) if found and re.search(r"/mod/\w+/view\.php$", parts.path) else None

    def in_markdown(self, text: str, lead: Lead) -> WrittenText:
        """Return a text that is Markdown already, its addresses as the course has them."""
        targets: dict[str, Target] = {}
        led, count = noting(lead, targets), len(re.findall(r"\w+", text))
        return WrittenText(_MARKDOWN.sub(lambda found: led(found[0]), text), targets, count, count)


def joined(texts: Iterable[WrittenText]) -> WrittenText:
    """Return texts as one, one below the other."""
    found = [one for one in texts if one.markdown.strip()]
    targets: dict[str, Target] = {}
    for one in found:
        targets |= one.targets
    words, kept = (sum(getattr(one, name) for one in found) for name in ("words", "kept"))
    return WrittenText("\n".join(one.markdown for one in found), targets, words, kept)


def _file(asset: Asset | None) -> ToFile | None:
    return ToFile(asset) if asset else None
