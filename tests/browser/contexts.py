"""Browser contexts that one test after the other uses, each as if it were new.

The first page of a context takes a second of work, further ones a third of that as long as one stays open: an empty one
does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, WebError

from .player import Opener, Watch

LONGEST = 600_000  # ms: a guard against hanging, however slow this machine is


class Contexts:
    """Contexts of a browser, by their options."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[str, list[Page]] = {}

    @contextmanager
    def opener(self, watch: Watch, *, alone: bool = False) -> Iterator[Opener]:
        """Give a function that opens a page in a watched context; those of a test that is `alone` are not used again."""
        visits: list[Visit] = []

        def opened(**options: Any) -> Page:
            idle = [] if alone else self._idle.setdefault(repr(sorted(options.items())), [])
            resident = idle.pop() if idle else self._browser.new_context(**options).new_page()
            visits.append(Visit(resident, watch, idle))
            return resident.context.new_page()

        try:
            yield opened
        finally:
            for visit in visits:
                visit.end(alone)


class Visit:
    """The use of a context by one test; its resident page stays empty."""

    def __init__(self, resident: Page, watch: Watch, idle: list[Page]) -> None:
        self._resident, self._watch, self._idle = resident, watch, idle
        self._context = resident.context
        self._origins: set[tuple[str, str]] = set()
        self._context.set_default_timeout(LONGEST)
        self._context.on("console", self._console)
        self._context.on("weberror", self._error)
        self._context.on("request", self._request)
        self._context.on("response", watch.response)
        self._context.on("requestfailed", watch.failed)

    def end(self, alone: bool) -> None:
        """Leave the context as it was found; it is closed where pages were opened that may keep something.

        Those of files share their storage, and others may still write into theirs while they are closed.
        """
        if alone or self._origins:
            self._context.close()
            return
        for page in self._context.pages:
            if page != self._resident:
                page.close()
        self._clear()
        self._context.remove_listener("console", self._console)
        self._context.remove_listener("weberror", self._error)
        self._context.remove_listener("request", self._request)
        self._context.remove_listener("response", self._watch.response)
        self._context.remove_listener("requestfailed", self._watch.failed)
        self._idle.append(self._resident)

    def _clear(self) -> None:
        """Forget all that pages have left: storage of each kind, routes, permissions, what was kept of files."""
        session = self._context.new_cdp_session(self._resident)
        for scheme, host in self._origins:
            session.send("Storage.clearDataForOrigin", {"origin": f"{scheme}://{host}", "storageTypes": "all"})
        session.send("Network.clearBrowserCache")
        session.detach()
        self._context.unroute_all()
        self._context.clear_permissions()
        self._context.clear_cookies()

    def _console(self, message: ConsoleMessage) -> None:
        self._watch.say(f"console {message.type}: {message.text}")

    def _error(self, error: WebError) -> None:
        self._watch.say(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        self._origins.add((address.scheme, address.netloc))
        self._watch.request(request)
