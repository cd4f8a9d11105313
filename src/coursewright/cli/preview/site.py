"""What a preview shows now, under which hosts, and the news of it."""

from __future__ import annotations

import hmac
import json
import queue
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from coursewright.cli.preview.courses import Loaded, PlayedPackage
from coursewright.packages.files.bounds import Archive

MOST_LAST_WORDS = 16  # of a unit, and units: what a package may fill is bounded
MOST_NEWS = 1_000  # that wait for one listener
Event = dict[str, str]


class Site:
    """What is shown now, replaced as a whole by each load, and those who listen for news of it."""

    def __init__(self, loaded: Loaded) -> None:
        self._lock = threading.Lock()
        self._listeners: set[queue.Queue[Event]] = set()
        self._editions: dict[str, PlayedPackage] = {}
        self._before: dict[str, PlayedPackage] = {}  # a unit of the last load may still be running
        self._last_words: dict[str, list[str]] = {}
        self._secret = secrets.token_bytes(16)
        self._loaded = loaded
        self.show(loaded)

    def show(self, loaded: Loaded) -> None:
        """Show these courses from now on, and tell all listeners."""
        editions = {edition.stamp: edition for course in loaded.courses for edition in course.editions}
        with self._lock:
            gone = [edition for stamp, edition in self._before.items() if stamp not in editions | self._editions]
            self._loaded, self._before, self._editions = loaded, self._editions, editions
        for edition in gone:
            edition.archive.close()
        self.announce({"kind": "changed"})

    def host(self, edition: PlayedPackage) -> str:
        """Return the name of the host that a package has to itself, until this preview ends; nobody can guess it."""
        name = edition.name.encode("utf-8", "surrogateescape")
        return f"{hmac.new(self._secret, name, 'sha256').hexdigest()[:32]}.localhost"

    def is_host(self, host: str) -> bool:
        """Say whether a host is that of a package, of this load or the one before."""
        with self._lock:
            editions = [*self._editions.values(), *self._before.values()]
        return any(hmac.compare_digest(self.host(edition), host) for edition in editions)

    def archive(self, host: str, stamp: str) -> Archive | None:
        """Return the files of an edition, of this load or the one before, as its own host has them."""
        with self._lock:
            found = self._editions.get(stamp) or self._before.get(stamp)
        return found.archive if found and hmac.compare_digest(self.host(found), host) else None

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

    def courses_json(self) -> bytes:
        """Return everything the player wants to know."""
        with self._lock:
            loaded = self._loaded
        courses = [
            {
                "name": course.name,
                "title": course.title,
                "editions": [
                    {
                        **edition.manifest,
                        "name": edition.name,
                        "host": self.host(edition),
                        "base": f"/packages/{edition.stamp}/",
                    }
                    for edition in course.editions
                ],
            }
            for course in loaded.courses
        ]
        told = json.dumps({"courses": courses, "errors": loaded.errors}, ensure_ascii=False)
        return told.encode("utf-8", "replace")  # names of files need not be text

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
