"""Browser contexts, each for one test, watched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from .player import Opener, Watch

LONGEST = 600_000  # ms: a guard against hanging, however slow this machine is


@contextmanager
def opener(browser: Browser, watch: Watch) -> Iterator[Opener]:
    """Give a function that opens a page in a new context with its options; all are closed at the end."""
    with ExitStack() as contexts:

        def opened(**options: Any) -> Page:
            context = contexts.enter_context(browser.new_context(**options))
            context.set_default_timeout(LONGEST)
            context.on("console", lambda message: watch.say(f"console {message.type}: {message.text}"))
            context.on("weberror", lambda error: watch.say(f"uncaught: {error.error}"))
            context.on("request", watch.request)
            context.on("response", watch.response)
            context.on("requestfailed", watch.failed)
            return context.new_page()

        yield opened
