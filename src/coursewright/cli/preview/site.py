"""What a preview shows now, under which hosts, and the news of it."""

from __future__ import annotations

import hmac
import json
import queue
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from coursewright.cli.preview.contents import ContainedFiles
from coursewright.cli.preview.courses import Loaded, PlayedPackage
from coursewright.cli.preview.imitation import done
from coursewright.cli.preview.screens import Node, Screens
from coursewright.course.progress import Deeds
from coursewright.pages.preview import Phrasebook

MOST_LAST_WORDS = 16  # of a unit, and units: what a package may fill is bounded
MOST_FINDINGS = 500  # that are listed
MOST_NEWS = 1_000  # that wait for one listener
Event = dict[str, str]


class Site:
    """What is shown now, replaced as a whole by each load, and those who listen for news of it."""

    def __init__(self, loaded: Loaded) -> None:
        self._lock = threading.Lock()
        self._listeners: set[queue.Queue[Event]] = set()
        self._editions: dict[str, PlayedPackage] = {}
        self._before: dict[str, PlayedPackage] = {}  # a unit of the last load may still be running
        self._deeds: dict[str, dict[str, Deeds]] = {}
        self._last_words: dict[str, list[str]] = {}
        self._secret = secrets.token_bytes(16)
        self._loaded = loaded
        self.show(loaded)

    def show(self, loaded: Loaded) -> None:
        """Show these courses from now on, and tell all listeners."""
        editions = {edition.stamp: edition for course in loaded.courses for edition in course.editions}
        with self._lock:
            kept = {id(edition.archive) for edition in (*editions.values(), *self._editions.values())}
            gone = [edition for edition in self._before.values() if id(edition.archive) not in kept]
            self._loaded, self._before, self._editions = loaded, self._editions, editions
        for edition in gone:
            edition.archive.close()
        self.announce({"kind": "changed"})

    def close(self) -> None:
        """Close all packages."""
        for edition in (*self._editions.values(), *self._before.values()):
            edition.archive.close()

    def host(self, edition: PlayedPackage) -> str:
        """Return the name of the host that a package has to itself, until this preview ends; nobody can guess it."""
        name = edition.name.encode("utf-8", "surrogateescape")
        return f"{hmac.new(self._secret, name, 'sha256').hexdigest()[:32]}.localhost"

    def is_host(self, host: str) -> bool:
        """Say whether a host is that of a package, of this load or the one before."""
        with self._lock:
            editions = [*self._editions.values(), *self._before.values()]
        return any(hmac.compare_digest(self.host(edition), host) for edition in editions)

    def archive(self, host: str, stamp: str) -> ContainedFiles | None:
        """Return the files of an edition, of this load or the one before, as its own host has them."""
        found = self._found(host, stamp)
        return found.archive if found else None

    def imitated(self, host: str, stamp: str) -> PlayedPackage | None:
        """Return an edition that is shown as its LMS would, as its own host has it; None where there is none."""
        found = self._found(host, stamp)
        return found if found and found.imitation is not None else None

    def _found(self, host: str, stamp: str) -> PlayedPackage | None:
        with self._lock:
            found = self._editions.get(stamp) or self._before.get(stamp)
        return found if found and hmac.compare_digest(self.host(found), host) else None

    def screen(self, edition: PlayedPackage, path: str, query: Mapping[str, str], words: Phrasebook) -> str | None:
        """Return a page of an imitated LMS; whoever looks at an open entry has viewed it."""
        if edition.imitation is None:
            return None
        number = path.removeprefix("entry/") if path.startswith("entry/") else ""
        entry = edition.imitation.entry(number)
        with edition.imitation.files.lock:
            if entry is not None and not self._screens(edition, words).standing.closed(entry):
                self._add(edition, entry.identifier, "view", "")
            page = self._screens(edition, words).page(path, query)
        if entry is not None:
            self.announce({"kind": "at", "what": edition.stamp, "where": number})
        return page

    def act(self, edition: PlayedPackage, number: str, act: str, score: str) -> None:
        """Note what a learner does with an entry."""
        entry = edition.imitation.entry(number) if edition.imitation else None
        if entry is not None:
            self._add(edition, entry.identifier, act, score)

    def _add(self, edition: PlayedPackage, identifier: str, act: str, score: str) -> None:
        with self._lock:
            deeds = self._deeds.setdefault(edition.name, {})
            before = deeds.get(identifier, Deeds())
            deeds[identifier] = done(before, act, score)
            changed = deeds[identifier] != before
        if changed:
            self.announce({"kind": "progress", "what": edition.stamp})

    def forget(self, stamp: str) -> None:
        """Take back all that a learner has done in an edition."""
        with self._lock:
            found = self._editions.get(stamp)
            self._deeds.pop(found.name if found else "", None)
        self.announce({"kind": "progress", "what": stamp})

    def _screens(self, edition: PlayedPackage, words: Phrasebook) -> Screens:
        if edition.imitation is None:
            raise LookupError(edition.name)
        with self._lock:
            deeds = dict(self._deeds.get(edition.name, {}))
        base, files = f"/shown/{edition.stamp}/", f"/packages/{edition.stamp}/"
        return Screens(edition.imitation, deeds, words, base, files)

    def _tree(self, edition: PlayedPackage, words: Phrasebook) -> list[Node] | None:
        """Return the menu of an imitated LMS as it is now."""
        if edition.imitation is None:
            return None
        with edition.imitation.files.lock:
            return list(self._screens(edition, words).tree())

    def keep_last_words(self, text: str) -> bool:
        """Keep what a unit still says while its page goes away, for the player to ask for; say whether it was kept."""
        try:
            token = str(json.loads(text)["token"])
        except (ValueError, KeyError, TypeError, RecursionError):
            return False
        with self._lock:
            said = self._last_words.setdefault(token, [])
            said.append(text)
            del said[MOST_LAST_WORDS:]
            while len(self._last_words) > MOST_LAST_WORDS:
                del self._last_words[next(iter(self._last_words))]
        return True

    def last_words(self, token: str) -> list[str] | None:
        """Return what a unit said last, once; None if it has said nothing."""
        with self._lock:
            return self._last_words.pop(token, None)

    def courses_json(self, words: Phrasebook) -> bytes:
        """Return everything the player wants to know."""
        with self._lock:
            loaded = self._loaded
        courses = [
            {
                "name": course.name,
                "title": course.title,
                "editions": [self._edition(edition, words) for edition in course.editions],
            }
            for course in loaded.courses
        ]
        findings = [found for found in loaded.findings if found.severity != "info"][:MOST_FINDINGS]
        listed = [
            {"severity": str(found.severity), "code": found.code, "text": f"{found.place}: {found.text}"}
            for found in findings
        ]
        told = json.dumps({"courses": courses, "errors": loaded.errors, "findings": listed}, ensure_ascii=False)
        return told.encode("utf-8", "replace")  # names of files need not be text

    def _edition(self, edition: PlayedPackage, words: Phrasebook) -> dict[str, object]:
        return {
            **edition.manifest,
            "name": edition.name,
            "host": self.host(edition),
            "base": f"/packages/{edition.stamp}/",
            "stamp": edition.stamp,
            "home": edition.home,
            "tree": self._tree(edition, words),
        }

    def announce(self, event: Event) -> None:
        """Tell all listeners."""
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            if event["kind"] == "changed" or listener.qsize() < MOST_NEWS:  # a package may cause any number of others
                listener.put(event)

    @contextmanager
    def listening(self) -> Iterator[queue.Queue[Event]]:
        """Hear what is announced, as long as the context lasts."""
        listener: queue.Queue[Event] = queue.Queue()
        with self._lock:
            self._listeners.add(listener)
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners.discard(listener)
