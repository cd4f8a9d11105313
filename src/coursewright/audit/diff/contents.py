"""The files of packages: opened when they are asked for, which of two differ in what they say, and whose they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import ExitStack, closing
from functools import cached_property

from coursewright.audit.inspect import Inspection
from coursewright.audit.meanings import shared_files
from coursewright.packages.files.container import Container
from coursewright.packages.files.opening import open_container
from coursewright.packages.kinds import Family

_SETTINGS = ("settings.xml", "_meta.xml", "/module.xml", "/inforef.xml", "/roles.xml", "/grades.xml", "/grading.xml")


class OpenedPackage:
    """A package that was inspected, and its files; to be closed."""

    def __init__(self, package: Inspection) -> None:
        self.package = package
        self._stack = ExitStack()

    @cached_property
    def _container(self) -> Container:
        return self._stack.enter_context(closing(open_container(self.package.path)))

    def read(self, name: str, most: int) -> bytes:
        """Return a file of so many bytes at most, nothing where it is larger, or cannot be read."""
        return self._container.read(name, most) or b""

    def close(self) -> None:
        """Close the package, if it was opened."""
        self._stack.close()


def has_words(name: str, endings: tuple[str, ...]) -> bool:
    """Say whether a file with one of these endings may have words of an author, as settings beside a page have not."""
    return name.lower().endswith(endings) and not name.lower().endswith(_SETTINGS)


class Contents:
    """The files of two packages. Of a manifest without its package nothing is known, so nothing differs.

    `explained` are the names of files of which it is told elsewhere what differs.
    """

    def __init__(self, old: Inspection, new: Inspection, explained: Collection[str] = ()) -> None:
        self._explained = explained
        self._known = not (old.alone or new.alone)
        self._old, self._new = old.meanings, new.meanings
        self._is_numbered = new.family is Family.MOODLE
        entries = [[entry for entry, _ in found.course.walk()] for found in (old, new)]
        self._shared: set[str] = set()
        for found in entries:
            self._shared |= shared_files((entry.files, entry.address) for entry in found)
        self._owned = {file for found in entries for entry in found for file in entry.files}
        self._owned |= {old.manifest, new.manifest}

    def differing(self, before: Iterable[str], now: Iterable[str]) -> list[str]:
        """Return in which files an entry differs, by their new names if they have any.

        What has the same meaning under another name does not; Moodle gives the folder of an activity another one.
        """
        if not self._known:
            return []
        old = {self._local(name): name for name in before if name not in self._shared}
        new = {self._local(name): name for name in now if name not in self._shared}
        gone, come = [old[name] for name in old.keys() - new.keys()], [new[name] for name in new.keys() - old.keys()]
        lost = Counter(self._old.get(name) for name in gone)
        added = Counter(self._new.get(name) for name in come)
        changed = [
            new[name] for name in old.keys() & new.keys() if self._old.get(old[name]) != self._new.get(new[name])
        ]
        changed += [name for name in gone if self._old.get(name) not in added]
        differing = {*changed, *(name for name in come if self._new.get(name) not in lost)}
        return sorted(differing.difference(self._explained))

    def shared_differing(self) -> list[str]:
        """Return the files that several entries share and that differ."""
        return [name for name in self._differing() if name in self._shared]

    def others_differing(self) -> list[str]:
        """Return the files that differ and are of no entry."""
        return [name for name in self._differing() if name not in self._owned]

    def _differing(self) -> list[str]:
        names = {*self._old, *self._new} if self._known else set()
        differing = {name for name in names if self._old.get(name) != self._new.get(name)}
        return sorted(differing.difference(self._explained))

    def _local(self, name: str) -> str:
        """Return the name of a file that stays the same from one export to the next."""
        return name.split("/", 2)[2] if self._is_numbered and name.count("/") > 1 else name
