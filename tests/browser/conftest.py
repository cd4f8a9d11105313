"""A browser, a package built by the command line, and a server on this machine that offers both it and a small LMS."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from .contexts import LONGEST, opener
from .player import Lms, Opener, Shelf, Watch, build

HERE = Path(__file__).parent
expect.set_options(timeout=LONGEST)
# The first has no window to draw, and takes a third less time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Fewer processes and threads: there is no core to spare for them.
    "--in-process-gpu",
    "--js-flags=--single-threaded",
    "--enable-features=NetworkServiceInProcess2",
]
# What a cautious LMS sends along: a package must do without anything inline and without the network.
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def missing(what: str) -> NoReturn:
    """Skip, unless the browser tests are demanded."""
    if os.environ.get("COURSEWRIGHT_REQUIRE_BROWSER"):
        pytest.fail(f"{what}, and COURSEWRIGHT_REQUIRE_BROWSER demands the browser tests")
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium: the first on the PATH, else playwright's own."""
    system = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        executable = system or playwright.chromium.executable_path
        if not Path(executable).exists():
            missing("there is no Chromium: install one, or run `playwright install chromium`")
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def scorm_again() -> None:
    """The LMS run-time, from npm."""
    if not (HERE / "node_modules" / "scorm-again" / "dist" / "scorm12.min.js").is_file():
        missing("scorm-again is not installed: run `npm ci` in tests/browser")


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small curriculum as an extracted SCORM 1.2 package, made by the real command."""
    return build(HERE / "curriculum", tmp_path_factory.mktemp("course"))


class Site(SimpleHTTPRequestHandler):
    """Serves /package/ and /lms/; a favicon, which browsers ask for unasked, is nothing."""

    def __init__(self, *args: Any, package: Path, **kwargs: Any) -> None:
        self._folders = {"package": package, "lms": HERE}
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        top, _, rest = unquote(urlsplit(path).path).lstrip("/").partition("/")
        folder = self._folders.get(top)
        found = (folder / rest).resolve() if folder else HERE / "nowhere"
        return str(found if folder and found.is_relative_to(folder.resolve()) else HERE / "nowhere")

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        if self.path.startswith("/package/"):
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def served(package: Path) -> Iterator[str]:
    """Serve an extracted package and the LMS; the address is without a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, package=package))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def origin(package: Path) -> Iterator[str]:
    """The address of the server, without a slash."""
    with served(package) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    """Open a page in a browser context of its own, with that context's options; whatever happens there is watched."""
    watch = Watch()
    with opener(browser, watch) as opened:
        yield opened
    assert watch.problems == []


@pytest.fixture
def page(open_page: Opener) -> Page:
    return open_page()


@pytest.fixture
def lms(page: Page, origin: str, scorm_again: None) -> Lms:
    """The LMS with the package, as a new learner finds it."""
    return Lms(page, origin).open()


@pytest.fixture
def shelf(package: Path, origin: str) -> Shelf:
    """The units of the package, for a test that needs no LMS."""
    return Shelf(package, origin)
