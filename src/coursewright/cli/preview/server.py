"""The server of a preview, for this machine alone: the player, the packages, and what happens, as it happens."""

from __future__ import annotations

import errno
import json
import mimetypes
import os
import queue
import re
import socket
import sys
import threading
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import IO, Any, cast
from urllib.parse import parse_qs, unquote, urlsplit

from coursewright.cli.preview.contents import ContainedFiles
from coursewright.cli.preview.courses import Loaded, Origin, PlayedPackage
from coursewright.cli.preview.policies import (
    LONGEST_NAME,
    LONGEST_REPORT,
    PACKAGE_POLICY,
    PAGES,
    PLAYER,
    PLAYER_POLICY,
    RUNTIME,
    RUNTIME_POLICY,
    SCREEN_POLICY,
    TYPES,
)
from coursewright.cli.preview.site import Event, Site
from coursewright.packages.files.container import DAMAGED
from coursewright.pages.preview import Phrasebook, preview_page, words_for
from coursewright.resources import resource

ADDRESS, ADDRESS_6 = "127.0.0.1", "::1"
_MOST_TRIES = 20
_SETTLES = 0.1  # seconds without a change, after which a source is no longer being written
HEARTBEAT = 15.0  # seconds between signs of life, by which a listener that has gone is noticed


class _Listener(ThreadingHTTPServer):
    """Serves a site on one address of this machine. Raises OSError if the port is taken."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there it would share a port that another program listens on

    def __init__(self, host: str, port: int, site: Site) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), Handler)
        self.site = site

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that has hung up."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Server(_Listener):
    """Serves a site on this machine's own addresses, of both kinds; port 0 is any that is free on both.

    Browsers may look for *.localhost on either: on both it must be this program that answers. Raises OSError if the
    port is taken on one of them.
    """

    def __init__(self, port: int, site: Site) -> None:
        for left in reversed(range(_MOST_TRIES)):
            super().__init__(ADDRESS, port, site)
            try:
                self.beside = _beside(self.server_port, site)
                return
            except OSError:
                self.server_close()
                if port or not left:
                    raise

    @property
    def address(self) -> str:
        """Where a browser finds the player."""
        return f"http://{ADDRESS}:{self.server_port}/"

    def serve_forever(self, poll_interval: float = 0.5) -> None:
        """Serve until told to stop."""
        if self.beside:
            beside = partial(self.beside.serve_forever, poll_interval)
            threading.Thread(target=beside, daemon=True).start()
        try:
            super().serve_forever(poll_interval)
        finally:
            if self.beside:
                self.beside.shutdown()

    def server_close(self) -> None:
        """Let both addresses go."""
        if beside := getattr(self, "beside", None):
            beside.server_close()
        super().server_close()


def _beside(port: int, site: Site) -> _Listener | None:
    """Return what serves at the address of the sixth version of IP; None where this machine has none."""
    try:
        return _Listener(ADDRESS_6, port, site)
    except OSError as error:
        if error.errno == errno.EADDRINUSE or (os.name == "nt" and error.errno == errno.EACCES):
            raise
        return None


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server_version = "coursewright"
    sys_version = ""

    @property
    def _site(self) -> Site:
        return cast("_Listener", self.server).site

    def do_GET(self) -> None:
        """Answer with the player, what it plays, or a file of a package."""
        path = re.split(r"[?#]", self.path, maxsplit=1)[0]
        if self._is_players():
            self._answer_player(unquote(path))
        elif self._content_host():
            self._answer_content(path)
        else:
            self._refuse(403)

    def _answer_player(self, path: str) -> None:
        if path in PAGES:
            self._html(preview_page(PAGES[path], self._words()), PLAYER_POLICY)
        elif path in PLAYER:
            self._own(PLAYER[path], PLAYER_POLICY)
        elif path == "/courses.json":
            self._send(200, "application/json", self._site.courses_json(self._words()))
        elif path == "/events":
            self._events()
        elif path.startswith("/last/"):
            said = self._site.last_words(path.removeprefix("/last/"))
            self._send(204 if said is None else 200, "application/json", json.dumps(said or []).encode())
        elif path == "/favicon.ico":  # browsers ask for it unasked
            self._send(204, "", b"")
        else:
            self._refuse(404)

    def _answer_content(self, raw: str) -> None:
        if self.headers.get("Service-Worker"):  # it would outlive the unit
            self._refuse(403, PACKAGE_POLICY)
        elif raw in RUNTIME:
            self._own(RUNTIME[raw], RUNTIME_POLICY)
        elif raw.startswith("/packages/"):
            self._package(raw)
        elif raw.startswith("/shown/"):
            self._screen(raw)
        else:
            self._refuse(404, PACKAGE_POLICY)

    def _words(self) -> Phrasebook:
        """Return the words of the preview in the language that the browser asks for."""
        wanted = self.headers.get("Accept-Language", "")[:LONGEST_NAME]
        return words_for(part.partition(";")[0].strip() for part in wanted.split(","))

    # --- an imitated LMS ---

    def _shown(self, raw: str) -> tuple[PlayedPackage | None, str]:
        """Return the edition that an address is of, and the path below it."""
        stamp, path = _parted(raw)
        return self._site.imitated(self._content_host(), stamp), unquote(path)

    def _screen(self, raw: str) -> None:
        edition, path = self._shown(raw)
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        page = self._site.screen(edition, path, query, self._words()) if edition else None
        if page is None:
            self._refuse(404, SCREEN_POLICY)
        else:
            self._html(page, SCREEN_POLICY)

    def _act(self, length: int) -> None:
        """Take what a learner does with an entry, and show the entry again."""
        edition, path = self._shown(self.path)
        form = parse_qs(self.rfile.read(length).decode("utf-8", "replace"))
        number, act, score = (form.get(name, [""])[0] for name in ("entry", "act", "score"))
        if edition is None or path != "act" or not number.isdecimal():
            self._refuse(404, SCREEN_POLICY)
            return
        self._site.act(edition, number, act, score)
        target = f"/shown/{edition.stamp}/entry/{number[:9]}"
        self._head(303, "", 0, SCREEN_POLICY, {"Location": target})

    def _html(self, page: str, policy: str) -> None:
        self._send(200, "text/html; charset=utf-8", page.encode("utf-8", "replace"), policy)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the content."""
        self.do_GET()

    def do_POST(self) -> None:
        """Take the browser's report of what a policy has blocked, and a unit's last words."""
        length = self.headers.get("Content-Length", "")
        host = self._content_host()
        if not host and not self._is_players():
            self._refuse(403)
        elif not length.isdecimal() or int(length) > LONGEST_REPORT:
            self._refuse(404)
        elif self.path == "/blocked":
            if (event := blocked(self.rfile.read(int(length)))) is not None:
                self._site.announce(event)
            self._send(204, "", b"")
        elif self.path.startswith("/shown/") and host:
            self._act(int(length))
        elif self.path.startswith("/reset/") and not host:
            self._reset()
        elif self.path == "/last" and host:
            kept = self._site.keep_last_words(self.rfile.read(int(length)).decode("utf-8", "replace"))
            self._send(204 if kept else 400, "", b"")
        else:
            self._refuse(404)

    def _reset(self) -> None:
        """Forget what was done in an imitated LMS, if it is the player that asks."""
        if self.headers.get("Origin", "") != f"http://{self.headers.get('Host', '')}":
            self._refuse(403)
            return
        self._site.forget(self.path.removeprefix("/reset/"))
        self._send(204, "", b"")

    @property
    def _port(self) -> int:
        return cast("_Listener", self.server).server_port

    def _is_players(self) -> bool:
        """Say whether the request names this machine: a page elsewhere may have its own name point here."""
        return self.headers.get("Host", "") in (f"{ADDRESS}:{self._port}", f"localhost:{self._port}")

    def _content_host(self) -> str:
        """Return the host of the package that the request names; "" if it names none."""
        name, _, port = self.headers.get("Host", "").rpartition(":")
        return name if port == str(self._port) and self._site.is_host(name) else ""

    def _own(self, name: str, policy: str) -> None:
        content = (resource("packaging_templates") / "preview" / name).read_bytes()
        self._send(200, f"{_type(name)}; charset=utf-8", content, policy)

    def _send(self, status: int, type: str, content: bytes, policy: str = PLAYER_POLICY) -> None:
        self._head(status, type, len(content), policy, {"X-Content-Type-Options": "nosniff"})
        if self.command != "HEAD":
            self.wfile.write(content)

    def _head(self, status: int, type: str, size: int | None, policy: str, more: dict[str, str]) -> None:
        self.send_response(status)
        if type:
            self.send_header("Content-Type", type)
        if size is not None:
            self.send_header("Content-Length", str(size))
        player = f"http://{ADDRESS}:{self._port} http://localhost:{self._port}"
        self.send_header("Content-Security-Policy", policy.format(port=self._port, player=player))
        self.send_header("X-DNS-Prefetch-Control", "off")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if policy is PLAYER_POLICY:  # no page that opens the player keeps a hold of its window
            self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Referrer-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()

    def _refuse(self, status: int, policy: str = PLAYER_POLICY) -> None:
        self._send(status, "text/plain; charset=utf-8", f"{status}: there is nothing here.\n".encode(), policy)

    # --- files of a package ---

    def _package(self, raw: str) -> None:
        stamp, name = _parted(raw)
        archive = self._site.archive(self._content_host(), stamp)
        found = _opened(archive, name) if archive else None
        if isinstance(found, tuple):
            with found[0] as stream:
                self._file(stream, found[1], unquote(name))
            return
        self._announce("missing", unquote(name), found or "")
        self._refuse(500 if found else 404, PACKAGE_POLICY)

    def _file(self, stream: IO[bytes], size: int, name: str) -> None:
        """Send a file, or the part of it that was asked for, as players of sound and film do."""
        part = _part(self.headers.get("Range", ""), size)
        more = {"Accept-Ranges": "bytes"}
        start, end = part or (0, size)
        if part:
            more["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
        self._head(206 if part else 200, _type(name), end - start, PACKAGE_POLICY, more)
        if self.command == "HEAD":
            return
        if _type(name) == "application/pdf" and self.headers.get("Sec-Fetch-Dest") in ("iframe", "frame"):
            self._announce("closed", name, "browsers show no PDF in the closed frame of a preview; an LMS will")
        try:
            stream.seek(start)
            _copy(stream, self.wfile, end - start)
        except ConnectionError:
            return  # the browser has seen enough
        except DAMAGED as error:
            self.close_connection = True
            self._announce("missing", name, str(error))

    # --- news ---

    def _announce(self, kind: str, what: str, why: str) -> None:
        self._site.announce({"kind": kind, "what": what[:LONGEST_NAME], "why": why[:LONGEST_NAME]})

    def _events(self) -> None:
        self._head(200, "text/event-stream", None, PLAYER_POLICY, {})
        with self._site.listening() as events:
            text = "retry: 1000\n\n"
            while self.command != "HEAD":
                try:
                    self.wfile.write(text.encode())
                    text = f"data: {json.dumps(events.get(timeout=HEARTBEAT))}\n\n"
                except queue.Empty:
                    text = ": still here\n\n"
                except ConnectionError:
                    return

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: what matters shows in the player."""


def blocked(report: bytes) -> Event | None:
    """Return a browser's report of something blocked as an event; None if it is no such report."""
    try:
        found = json.loads(report)["csp-report"]
        return {
            "kind": "blocked",
            "what": str(found.get("blocked-uri", ""))[:LONGEST_NAME],
            "why": str(found.get("effective-directive") or found.get("violated-directive", ""))[:100],
            "where": urlsplit(str(found.get("document-uri", ""))).path[:LONGEST_NAME],
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _parted(raw: str) -> tuple[str, str]:
    """Return the stamp of the edition that an address is of, and what stands below it; nothing for any other."""
    _, _, stamp, path = raw.split("/", 3) if raw.count("/") > 2 else ("", "", "", "")
    return stamp, path


def _opened(archive: ContainedFiles, name: str) -> tuple[IO[bytes], int] | str | None:
    """Return a file by its name in an address, as it is meant or as it stands; a text says why it cannot be read."""
    for wanted in dict.fromkeys((unquote(name), name)):
        try:
            return archive.open(wanted)
        except KeyError:
            continue
        except DAMAGED as error:
            return str(error) or "it cannot be read"
    return None


def _part(wanted: str, size: int) -> tuple[int, int] | None:
    """Return the start and the end of the part that a header asks for; None for the whole, and for what cannot be."""
    found = re.fullmatch(r"bytes=(\d{0,15})-(\d{0,15})", wanted)
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    return (start, end) if start < end else None


def _copy(source: IO[bytes], target: Any, size: int) -> None:
    while size > 0 and (chunk := source.read(min(size, 65_536))):
        target.write(chunk)
        size -= len(chunk)


def _type(name: str) -> str:
    ending = os.path.splitext(name)[1].lower()  # noqa: PTH122 - a name in a zip is no path of this machine
    return TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def watch(
    origin: Origin, site: Site, seen: str, stop: threading.Event, tell: Callable[[Loaded], None], every: float = 0.5
) -> None:
    """Load the courses anew whenever their mark is another than the one seen before, until told to stop. What is still
    being written is left until it has settled, and what changes while it is read is read again."""
    while not stop.wait(every):
        now = origin.mark()
        if now == seen or stop.wait(min(every, _SETTLES)) or origin.mark() != now:
            continue
        loaded = origin.load()
        if origin.mark() == now:
            seen = now
            site.show(loaded)
            tell(loaded)
