"""The preview without its browser: manifests of all kinds, packages that mean harm, and what the server lets out."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import os
import random
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS, built, roadmap
from test_cli import run

from coursewright.building.settings import Config, ConfigError
from coursewright.cli.preview.command import _load_config as load_config
from coursewright.cli.preview.contents import ContainedFiles
from coursewright.cli.preview.courses import Documents, Loaded, Packages, both_versions
from coursewright.cli.preview.pages import open_pages
from coursewright.cli.preview.policies import LONGEST_NAME, LONGEST_REPORT
from coursewright.cli.preview.server import Server, blocked, watch
from coursewright.cli.preview.site import MOST_LAST_WORDS, Site
from coursewright.packages.documents.menu import ManifestError, read_manifest
from coursewright.packages.files.container import DAMAGED
from coursewright.packages.files.opening import open_container
from coursewright.pages.preview import words_for

Sources = Callable[[Mapping[str, str | bytes]], Path]
HANGS = 1_200  # seconds, after which what was waited for never comes, however slow this machine is
CP_12, ADL_12 = "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.adlnet.org/xsd/adlcp_rootv1p2"
CP_2004, ADL_2004 = "http://www.imsglobal.org/xsd/imscp_v1p1", "http://www.adlnet.org/xsd/adlcp_v1p3"


def manifest(
    body: str, resources: str = '<resource identifier="R" href="a.html" a:scormtype="sco"/>', more: str = ""
) -> bytes:
    return f"""<manifest xmlns="{CP_12}" xmlns:a="{ADL_12}" identifier="M">{more}
    <organizations default="O">{body}</organizations><resources>{resources}</resources></manifest>""".encode()


def organization(items: str, identifier: str = "O", title: str = "Course") -> str:
    return f'<organization identifier="{identifier}"><title>{title}</title>{items}</organization>'


ONE = organization('<item identifier="A" identifierref="R"><title>One</title></item>')


def told(document: bytes) -> dict[str, Any]:
    """Return what the player is told of a manifest."""
    return read_manifest(document).in_json()


def only(tree: dict[str, Any]) -> dict[str, Any]:
    (item,) = tree["root"]["children"]
    return dict(item)


def packed(target: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target


Opened = Callable[[Path], ContainedFiles]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """What opens a package until the test ends."""
    with contextlib.ExitStack() as held:
        yield lambda path: held.enter_context(contextlib.closing(ContainedFiles(open_container(path))))


def refused(path: Path) -> str:
    """Return why the preview does not show a package, or what of it."""
    loaded = Packages([path]).load()
    Site(loaded).close()
    return "\n".join(loaded.errors)


# --- manifests ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("format", "version"), [("scorm12", "1.2"), ("scorm2004-3rd", "2004"), ("scorm2004", "2004")])
def test_packages_of_ours_are_read_whole(
    curriculum: Sources, tmp_path: Path, format: str, version: str, opened: Opened
) -> None:
    source = curriculum({"1.md": roadmap(1), "2.md": roadmap(2, "MOD-001")})
    report = built(source, tmp_path / "dist", config=Config(formats=(format,)))
    tree = told(opened(tmp_path / "dist" / report.packages[0].name).read("imsmanifest.xml") or b"")
    assert (tree["version"], tree["problems"], tree["notSimulated"]) == (version, [], [])
    first, second = tree["root"]["children"]
    assert [first["title"], second["title"]] == ["Module 1", "Module 2"]
    assert first["kind"] == "sco" and first["href"].endswith("/index.html")
    if version == "1.2":
        assert second["prerequisites"] == first["identifier"]
    else:
        assert [rule["action"] for rule in second["rules"]] == ["skip", "disabled"]
        target = next(objective for objective in first["objectives"] if objective["primary"])["maps"][0]["target"]
        assert target in [map["target"] for objective in second["objectives"] for map in objective["maps"]]
        assert tree["root"]["flow"] and second["completionSetByContent"]
    json.dumps(tree)


def test_prefixes_and_capitals_do_not_matter() -> None:
    tree = told(
        f"""<x:manifest xmlns:x="{CP_2004}" xmlns:y="{ADL_2004}" identifier="M"><x:organizations>
        <x:organization identifier="O"><x:item identifier="A" identifierref="R"><x:title> T <!-- no --> u </x:title>
        <y:dataFromLMS>told</y:dataFromLMS><y:completionThreshold completedByMeasure="true" minProgressMeasure="0.8"/></x:item>
        </x:organization></x:organizations><x:resources>
        <x:resource identifier="R" href="a.html" y:scormType="asset"/></x:resources></x:manifest>""".encode()
    )
    item = only(tree)
    assert (tree["version"], item["title"], item["kind"]) == ("2004", "T u", "asset")
    assert (item["launchData"], item["completionThreshold"]) == ("told", 0.8)


def test_of_several_organizations_the_default_one_plays() -> None:
    body = organization("", "X", "Other") + ONE
    tree = told(manifest(body))
    assert tree["title"] == "Course"
    assert tree["problems"] == ["there are 2 organizations; only the default one is played"]


def test_a_default_that_names_nothing_is_the_first() -> None:
    tree = told(manifest(ONE.replace('"O"', '"P"')))
    assert only(tree)["title"] == "One"
    assert "the default organization 'O' does not exist" in tree["problems"][0]


def test_without_an_organization_what_can_start_is_listed() -> None:
    tree = told(manifest(""))
    assert (only(tree)["title"], only(tree)["href"]) == ("a.html", "a.html")
    with pytest.raises(ManifestError, match="nothing to play"):
        read_manifest(manifest("", resources=""))


@pytest.mark.parametrize(
    ("href", "parameters", "expected"),
    [
        ("a.html", "", "deep/er/a.html"),
        ("../a.html", "?x=1", "deep/a.html?x=1"),
        ("a.html?x=1", "?&y=2", "deep/er/a.html?x=1&y=2"),
        ("a.html#top", "#end", "deep/er/a.html#top"),
        ("a.html", "#end", "deep/er/a.html#end"),
        ("a.html#top", "x=1", "deep/er/a.html?x=1#top"),
        ("https://elsewhere.example/a", "", "https://elsewhere.example/a"),
    ],
)
def test_bases_and_parameters_make_the_address(href: str, parameters: str, expected: str) -> None:
    items = organization(f'<item identifier="A" identifierref="R" parameters="{parameters.replace("&", "&amp;")}"/>')
    resources = f'<resource identifier="R" xml:base="er" href="{href}" a:scormtype="sco"/>'
    document = manifest(items, resources).replace(b"<resources>", b'<resources xml:base="deep/">')
    assert only(told(document))["href"] == expected


def test_what_dangles_or_is_missing_is_said_and_played_on() -> None:
    items = '<item identifier="A" identifierref="R"/><item identifier="B" identifierref="Z"/><item identifier="C">'
    items += "<a:prerequisites>A&amp;NOWHERE</a:prerequisites></item>"
    tree = told(manifest(organization(items), '<resource identifier="R" href="a.html"/>'))
    said = "\n".join(tree["problems"])
    for words in (
        "'Z' that is not there",
        "no scormtype",
        "'NOWHERE', which is not an item",
        "heading C has prerequisites",
    ):
        assert words in said
    assert [item["href"] for item in tree["root"]["children"]] == ["a.html", None, None]


def test_a_shared_sequencing_stands_under_the_items_own() -> None:
    ss = "http://www.imsglobal.org/xsd/imsss"
    document = f"""<manifest xmlns="{CP_2004}" xmlns:s="{ss}" identifier="M"><metadata><schemaversion>2004 3rd Edition</schemaversion></metadata>
    <organizations><organization identifier="O"><item identifier="A"><s:sequencing IDRef="S"><s:controlMode flow="1"/></s:sequencing></item>
    <item identifier="B"><s:sequencing IDRef="T"/></item></organization></organizations><resources/>
    <s:sequencingCollection><s:sequencing ID="S"><s:controlMode choice="false"/><s:limitConditions attemptLimit="1"/>
    <s:deliveryControls tracked="false" objectiveSetByContent="true"/></s:sequencing></s:sequencingCollection></manifest>"""
    tree = told(document.encode())
    item = tree["root"]["children"][0]
    assert (item["choice"], item["flow"], item["objectiveSetByContent"]) == (True, True, True)
    assert tree["problems"] == ["the sequencing 'T' is not in the manifest's collection"]
    assert tree["notSimulated"] == ["limits on attempts and durations: 1", "units that are not tracked: 1"]


@pytest.mark.parametrize(
    "document",
    [b"", b"<manifest", b"<html/>", b"\xff\xfe", b"<manifest/>", b"<manifest xmlns='" + CP_12.encode() + b"'/>"],
)
def test_what_is_no_manifest_is_refused_in_words(document: bytes) -> None:
    with pytest.raises(ManifestError, match=r"imsmanifest\.xml"):
        read_manifest(document)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    document = manifest(organization('<item identifier="A" identifierref="R"><title>&e;</title></item>'))
    doctype = f'<!DOCTYPE manifest [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    assert "secret" not in only(told(doctype + document))["title"].replace("&e;", "")


def test_a_bomb_of_entities_is_refused() -> None:
    entities = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 100) for n in range(6))
    bomb = b'<!DOCTYPE manifest [<!ENTITY a "' + b"a" * 1000 + b'">' + entities + b"]>"
    items = organization('<item identifier="A" identifierref="R"><title>&g;</title></item>')
    with pytest.raises(ManifestError, match="not well-formed"):
        read_manifest(bomb + manifest(items))


# --- packages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["../up.html", "a/../../up.html", "/etc/passwd", "C:/x", "c:x", "a\\..\\x", "\\\\host\\x", "a/.."]
)
def test_what_leads_out_is_left_out_and_said(tmp_path: Path, name: str, opened: Opened) -> None:
    path = packed(tmp_path / "p.zip", {"imsmanifest.xml": manifest(ONE), name: b"x"})
    assert refused(path)
    assert set(opened(path).names) == {"imsmanifest.xml"}


def test_a_name_cut_at_nul_is_left_out(tmp_path: Path, opened: Opened) -> None:
    path = packed(tmp_path / "p.zip", {"imsmanifest.xml": manifest(ONE), "aXb.html": b"x"})
    path.write_bytes(path.read_bytes().replace(b"aXb.html", b"a\0b.html"))
    assert set(opened(path).names) == {"imsmanifest.xml"}


def test_a_bomb_is_not_opened(tmp_path: Path, opened: Opened) -> None:
    path = packed(tmp_path / "p.zip", {"imsmanifest.xml": manifest(ONE), "big": bytes(11_000_000)})
    assert "11000000 bytes" in refused(path)
    with pytest.raises(KeyError):
        opened(path).open("big")


@pytest.mark.parametrize("flag", [1, 0])
def test_what_is_encrypted_or_strangely_compressed_is_refused(tmp_path: Path, flag: int) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED if flag else zipfile.ZIP_LZMA) as archive:
        archive.writestr("imsmanifest.xml", manifest(ONE))
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 8
    content[at : at + 2] = struct.pack("<H", flag)
    path.write_bytes(content)
    assert ("encrypted" if flag else "compress") in refused(path)


def test_a_zipped_folder_is_told_from_a_package(tmp_path: Path) -> None:
    assert "top" in refused(packed(tmp_path / "p.zip", {"course/imsmanifest.xml": manifest(ONE)}))
    assert "imsmanifest.xml" in refused(packed(tmp_path / "q.zip", {"a.html": b""}))


def test_damage_is_said_in_words(tmp_path: Path) -> None:
    path = packed(tmp_path / "p.zip", {"imsmanifest.xml": manifest(ONE) * 9})
    content = path.read_bytes()
    path.write_bytes(content[:80] + b"\0" * 30 + content[110:])
    assert "imsmanifest.xml" in refused(path)
    path.write_bytes(content[:100])
    assert "does not end as one" in refused(path)


def test_a_damaged_home_page_is_none_and_the_rest_is_played(tmp_path: Path) -> None:
    path = packed(tmp_path / "p.zip", {"imsmanifest.xml": manifest(ONE), "index.html": b"<body data-course='a'>" * 9})
    whole = path.read_bytes()
    at = whole.index(b"index.html") + len("index.html")
    path.write_bytes(whole[:at] + b"\xff" * 8 + whole[at + 8 :])
    (course,) = Packages([path]).load().courses
    assert [edition.home for edition in course.editions] == [""]


def test_a_folder_shows_nothing_outside_it(tmp_path: Path, opened: Opened) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "imsmanifest.xml").write_bytes(manifest(ONE))
    (tmp_path / "secret").write_text("secret")
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "circle").symlink_to("circle")
    for name in ("linked.html", "gone.html", "folder.html"):
        (folder / name).write_text("as it was")
    archive = opened(folder)
    for name in ("linked.html", "gone.html", "folder.html"):
        archive.open(name)[0].close()
        (folder / name).unlink()
    (folder / "linked.html").symlink_to(tmp_path / "secret")
    (folder / "folder.html").mkdir()
    for name in ("linked.html", "gone.html", "folder.html"):
        with pytest.raises(KeyError):
            archive.open(name)
    for name in ("../secret", "link", "circle", "circle/x", "", "missing", "/etc/passwd"):
        with pytest.raises(KeyError):
            archive.open(name)
    with archive.open("imsmanifest.xml")[0] as stream:
        assert stream.read() == manifest(ONE)


def test_packages_of_one_name_are_two_courses_and_names_need_not_be_text(tmp_path: Path) -> None:
    paths = [tmp_path / "old" / "p.zip", tmp_path / "new" / "p.zip", tmp_path / "new" / os.fsdecode(b"\xff.zip")]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        packed(path, {"imsmanifest.xml": manifest(ONE)})
    origin = Packages(paths)
    for _ in range(2):  # a load anew gives the same names
        site = Site(origin.load())
        assert [one["name"] for one in json.loads(site.courses_json(words_for(())))["courses"]] == [
            "p.zip/M",
            "p.zip/M (2)",
            "?.zip/M",
        ]
    hosts = {one["editions"][0]["host"] for one in json.loads(site.courses_json(words_for(())))["courses"]}
    assert len(hosts) == len(paths)


# --- the server ---------------------------------------------------------------------------------------------------------


class Client:
    """Talks to a server in plain HTTP, paths as they are."""

    def __init__(self, server: Server, site: Site) -> None:
        self.port = server.server_port
        self.site = site

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, Mapping[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        if path.startswith("/packages"):
            headers = {"Host": self.host(), **headers}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def edition(self) -> dict[str, Any]:
        return dict(json.loads(self.ask("/courses.json")[2])["courses"][0]["editions"][0])

    def base(self) -> str:
        return str(self.edition()["base"])

    def host(self) -> str:
        """The host that the package has to itself."""
        return f"{self.edition()['host']}:{self.port}"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    files = {
        "imsmanifest.xml": manifest(ONE),
        "a.html": b"<p>a</p>",
        "b c/ü.js": b"0123456789",
        "odd": b"?",
        "100%": b"%",
    }
    site = Site(Packages([packed(tmp_path / "p.zip", files)]).load())
    server = Server(0, site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield Client(server, site)
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_player_and_its_courses_are_served(client: Client) -> None:
    for path, type in (("/", "text/html"), ("/player.js", "text/javascript"), ("/player.css", "text/css")):
        status, headers, content = client.ask(path)
        assert status == 200 and content and headers["Content-Type"] == f"{type}; charset=utf-8"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert client.ask("/", "HEAD")[2] == b""
    assert client.ask("/favicon.ico")[0] == 204


def test_files_come_from_the_zip_with_a_policy(client: Client) -> None:
    base = client.base()
    status, headers, content = client.ask(f"{base}a.html?x=1")
    assert (status, content) == (200, b"<p>a</p>")
    assert headers["Content-Type"] == "text/html"
    assert headers["Content-Security-Policy"].startswith("default-src 'self' 'unsafe-inline'")
    assert headers["Cache-Control"] == "no-store"
    assert client.ask(f"{base}b%20c/%C3%BC.js")[1]["Content-Type"] == "text/javascript"
    assert client.ask(f"{base}odd")[1]["Content-Type"] == "application/octet-stream"
    assert client.ask(f"{base}100%")[2] == b"%"


@pytest.mark.parametrize(
    ("wanted", "status", "content"),
    [
        ("bytes=2-4", 206, b"234"),
        ("bytes=7-", 206, b"789"),
        ("bytes=-3", 206, b"789"),
        ("bytes=0-999", 206, b"0123456789"),
        ("bytes=50-60", 200, b"0123456789"),
        ("bytes=4-2", 200, b"0123456789"),
        ("bytes=-", 200, b"0123456789"),
        ("lines=1-2", 200, b"0123456789"),
    ],
)
def test_a_part_of_a_file_can_be_had(client: Client, wanted: str, status: int, content: bytes) -> None:
    found = client.ask(f"{client.base()}b%20c/%C3%BC.js", Range=wanted)
    assert (found[0], found[2]) == (status, content)
    assert found[1]["Content-Length"] == str(len(content))


@pytest.mark.parametrize(
    "path",
    [
        "/packages", "/packages/", "/packages/x/a.html", "{base}", "{base}../../player.js", "{base}%2e%2e/%2e%2e/etc/passwd",
        "{base}/etc/passwd", "{base}a.html/", "{base}..%5c..%5cx", "{base}%00", "/../../etc/passwd", "/%2e%2e/README.md",
        "/player.html", "/src", "//etc/passwd", "/blocked", "//[x",
    ],
)  # fmt: skip
def test_nothing_else_is_served(client: Client, path: str) -> None:
    status, _, content = client.ask(path.format(base=client.base()))
    assert (status, content) == (404, b"404: there is nothing here.\n")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", ""])
def test_only_requests_that_name_this_machine_are_answered(client: Client, host: str) -> None:
    name = host.format(port=client.port)
    assert client.ask("/courses.json", Host=name)[0] == 403
    assert client.ask("/blocked", "POST", b"{}", Host=name)[0] == 403
    assert client.ask("/courses.json", Host=f"localhost:{client.port}")[0] == 200


def test_a_package_has_a_host_to_itself_and_nothing_of_the_players(client: Client) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}\.localhost", client.edition()["host"])
    page = f"{client.base()}a.html"
    assert client.ask(page)[0] == 200
    for host in (f"127.0.0.1:{client.port}", f"localhost:{client.port}"):
        assert client.ask(page, Host=host)[0] == 404
    for host in (f"{'0' * 32}.localhost:{client.port}", f"a.localhost:{client.port}", client.edition()["host"]):
        assert client.ask(page, Host=host)[0] == 403
    for path in ("/", "/player.js", "/courses.json", "/events", "/last/x"):
        assert client.ask(path, Host=client.host())[0] == 404
    assert client.ask("/runtime.html", Host=client.host())[0] == 200
    assert client.ask("/runtime.html")[0] == 404
    assert client.ask(page, "GET", None, **{"Service-Worker": "script"})[0] == 403


def test_what_a_unit_says_last_is_kept_once_and_within_bounds(client: Client) -> None:
    said = b'{"token": "t", "said": []}'
    assert client.ask("/last/t")[0] == 204
    assert client.ask("/last", "POST", said)[0] == 404
    assert client.ask("/last", "POST", said, Host=client.host())[0] == 204
    assert json.loads(client.ask("/last/t")[2]) == [said.decode()]
    assert client.ask("/last/t")[0] == 204
    for nonsense in (b"", b"[]", b"{", b"\xff", b"[" * 60_000):
        assert client.ask("/last", "POST", nonsense, Host=client.host())[0] == 400
    assert client.ask("/last", "POST", b"x" * (LONGEST_REPORT + 1), Host=client.host())[0] == 404
    for number in range(2 * MOST_LAST_WORDS):
        client.site.keep_last_words(json.dumps({"token": str(number)}))
        client.site.keep_last_words(json.dumps({"token": "many"}))
    assert client.site.last_words("0") is None
    assert len(client.site.last_words("many") or []) <= MOST_LAST_WORDS


def test_what_is_blocked_or_missing_becomes_news(client: Client) -> None:
    report = {
        "csp-report": {
            "blocked-uri": "https://cdn.example/x",
            "effective-directive": "script-src",
            "document-uri": "http://h/p",
        }
    }
    with client.site.listening() as news:
        assert client.ask("/blocked", "POST", json.dumps(report).encode())[0] == 204
        assert news.get(timeout=HANGS)["what"] == "https://cdn.example/x"
        client.ask(f"{client.base()}gone.png")
        assert news.get(timeout=HANGS) == {"kind": "missing", "what": "gone.png", "why": ""}
        client.ask(f"{client.base()}{'x' * 5_000}")
        assert len(news.get(timeout=HANGS)["what"]) == LONGEST_NAME
    assert client.ask("/blocked", "POST", b"x" * (LONGEST_REPORT + 1))[0] == 404
    assert client.ask("/elsewhere", "POST", b"{}")[0] == 404
    for nonsense in (b"", b"[]", b"{", b'{"csp-report": 1}', b"null", b"\xff", b"[" * 60_000):
        assert blocked(nonsense) is None


def test_news_is_streamed(client: Client) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", client.port)
    connection.request("GET", "/events")
    stream = connection.getresponse()
    assert stream.getheader("Content-Type") == "text/event-stream"
    assert stream.readline() == b"retry: 1000\n"
    client.site.announce({"kind": "changed"})
    assert stream.readline() + stream.readline() == b'\ndata: {"kind": "changed"}\n'
    connection.close()


# --- loading, and the command -------------------------------------------------------------------------------------------


def test_a_change_is_noticed_and_a_bad_one_keeps_the_last_good_course(curriculum: Sources) -> None:
    source = curriculum({"1.md": roadmap(1, title="Before")})
    origin = Documents([source], lambda: both_versions(Config(), "scorm2004-3rd"), ())
    site, stop = Site(origin.load()), threading.Event()

    def shown() -> dict[str, Any]:
        return dict(json.loads(site.courses_json(words_for(()))))

    def after(text: str) -> dict[str, Any]:
        with site.listening() as news:
            written = source / "1.md.new"
            written.write_text(text, encoding="utf-8")
            written.replace(source / "1.md")  # at once: half a document may be read too
            news.get(timeout=HANGS)
        return shown()

    assert [edition["edition"] for edition in shown()["courses"][0]["editions"]] == ["2004 3rd Edition", "1.2"]
    thread = threading.Thread(target=watch, args=(origin, site, origin.mark(), stop, lambda loaded: None, 0.05))
    thread.start()
    title = "courses", 0, "editions", 0, "root", "children", 0, "title"
    try:
        assert _at(after(roadmap(1, title="Afterwards")), *title) == "Afterwards"
        broken = after(roadmap(1, "MOD-001", title="Circular"))
        assert _at(broken, *title) == "Afterwards"
        assert "1.md" in broken["errors"][0]
    finally:
        stop.set()
        thread.join()


class _Written:
    """A source that something writes as it is watched: its marks by turns, and how often it was loaded."""

    def __init__(self, *marks: str) -> None:
        self.marks, self.loads = iter(marks), 0

    def mark(self) -> str:
        return next(self.marks)

    def load(self) -> Loaded:
        self.loads += 1
        return Loaded(errors=(f"load {self.loads}",))


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        (["old", "half", "half", "half"], "load 1"),  # settled, and the same once read
        (["half", "more", "whole", "whole", "whole"], "load 1"),  # was still being written: not read at all
        (["half", "half", "whole", "whole", "whole", "whole"], "load 2"),  # changed as it was read: not shown
    ],
)
def test_what_is_still_being_written_is_not_shown(marks: list[str], shown: str) -> None:
    source, site, stop = _Written(*marks), Site(Loaded()), threading.Event()
    told: list[Loaded] = []

    def tell(loaded: Loaded) -> None:
        told.append(loaded)
        stop.set()

    watch(source, site, "old", stop, tell, 0.001)
    assert [loaded.errors for loaded in told] == [(shown,)]
    assert json.loads(site.courses_json(words_for(())))["errors"] == [shown]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "Permission denied", "a.md"), "a.md: Permission denied"),
        (OSError(28, "No space left on device"), "a file: No space left on device"),
        (OSError("gone"), "a file: gone"),
        (ConfigError("what is that?"), "what is that?"),
    ],
)
def test_what_keeps_a_course_from_being_read_is_said_of_its_file(error: Exception, told: str) -> None:
    def fails() -> Config:
        raise error

    assert Documents([], fails, ()).load().errors == (told,)


def test_whatever_is_shown_is_watched_and_nothing_else(tmp_path: Path) -> None:
    def marks(watched: Documents | Packages, *edited: str) -> list[bool]:
        """Say of each file whether an edit of it is noticed."""
        noticed = []
        for name in edited:
            before = watched.mark()
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            with (tmp_path / name).open("a", encoding="utf-8") as stream:
                stream.write("more")
            noticed.append(watched.mark() != before)
        return noticed

    config, theme = Config(theme=tmp_path / "theme"), "theme/theme.toml"
    documents = Documents([tmp_path / "a", tmp_path / "b.md"], lambda: config, (tmp_path / "coursewright.toml",))
    shown = ("a/1.md", "a/in/2.mdx", "a/in/picture.png", "b.md", "coursewright.toml", theme, "theme/new.css")
    assert marks(documents, *shown) == [True] * len(shown)
    assert marks(documents, "a/notes.log", "a/.git/3.md", "c.md") == [False] * 3
    for name in ("p.zip", "q.zip", "folder/imsmanifest.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    packages = Packages([tmp_path / "p.zip", tmp_path / "q.zip", tmp_path / "folder"])
    assert marks(packages, "p.zip", "q.zip", "folder/imsmanifest.xml") == [True] * 3
    assert marks(packages, "r.zip") == [False]


def _at(value: Any, *path: str | int) -> Any:
    for key in path:
        value = value[key]
    return value


COMMAND = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
import typer
from coursewright.cli.preview.command import preview
app = typer.Typer(pretty_exceptions_enable=False)
app.command()(preview)
app()
"""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["bad.zip"], 1, "bad.zip: this is neither a zip"),
        (["missing.zip"], 1, "missing.zip: there is no such file"),
        (["up.zip"], 1, "leads out"),
        (["empty"], 1, "nothing to play"),
        (["missing"], 1, "nothing to play"),
        (["cartridge.imscc"], 1, "is Common Cartridge 1.1, with nothing in it"),
        (["cartridge"], 1, "with nothing in it"),
        (["cmi5.zip"], 1, "coursewright inspect"),
        (["course.mbz"], 1, "Moodle"),
        (["named.zip"], 1, "\\x9b31m\\u202e\\x7f"),
        (["good.zip", "--format", "scorm12"], 2, "--format is for a curriculum only"),
        (["good.zip", "empty"], 2, "not both"),
        (["empty", "-f", "scorm13"], 2, "did you mean 'scorm12'"),
        (["empty", "--config", "none.toml"], 2, "none.toml"),
    ],
)
def test_what_cannot_be_played_is_said_and_the_exit_status_tells(
    tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK")
    (tmp_path / "empty").mkdir()
    packed(tmp_path / "good.zip", {"imsmanifest.xml": manifest(ONE)})
    cartridge = b'<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" identifier="M"><metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion></metadata></manifest>'
    for name in ("cartridge.imscc", "cartridge"):
        packed(tmp_path / name, {"imsmanifest.xml": cartridge})
    packed(
        tmp_path / "cmi5.zip",
        {"cmi5.xml": b'<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"/>'},
    )
    packed(tmp_path / "course.mbz", {"moodle_backup.xml": b"<moodle_backup/>"})
    packed(tmp_path / "named.zip", {"imsmanifest.xml": manifest(ONE), "../\x9b31m\u202e\x7f": b""})
    packed(tmp_path / "up.zip", {"imsmanifest.xml": manifest(ONE), "../x": b""})
    done = run("preview", *arguments, "--no-open", cwd=tmp_path)
    assert (done.returncode, words in done.stderr) == (code, True), done.stderr


def test_the_command_serves_until_it_is_interrupted_and_leaves_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", COMMAND, str(SEEDS), "--no-open", "--watch", "--port"]
    with Server(0, Site(Packages([]).load())) as taken:
        refused = subprocess.run([*command, str(taken.server_port)], env=environment, capture_output=True, check=False)
        assert refused.returncode == 2 and b"cannot be used" in refused.stderr
    for ending in (signal.SIGINT, signal.SIGTERM):
        with subprocess.Popen(
            [*command, "0"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as preview:
            assert preview.stdout is not None and preview.stderr is not None
            address = next(line.split()[0] for line in preview.stdout if line.startswith("http://127.0.0.1:"))
            port = int(address.rstrip("/").rpartition(":")[2])
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/")
            assert connection.getresponse().status == 200
            connection.close()
            preview.send_signal(ending)
            assert preview.wait(timeout=HANGS) == 0
            assert "Traceback" not in preview.stderr.read()
    assert list(tmp_path.iterdir()) == []


def test_a_browser_that_hangs_up_does_not_end_the_server(client: Client) -> None:
    for _ in range(3):
        connection = http.client.HTTPConnection("127.0.0.1", client.port)
        connection.request("GET", f"{client.base()}a.html", headers={"Host": client.host()})
        connection.close()
    assert client.ask("/")[0] == 200


def test_a_damaged_zip_is_refused_in_words_whatever_is_wrong_with_it(tmp_path: Path, opened: Opened) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"imsmanifest.xml": "<manifest/>", "a/b.html": "x" * 500, "c.js": ""}.items():
            archive.writestr(name, content)
    whole = made.getvalue()
    dice, path = random.Random(2004), tmp_path / "damaged.zip"
    for _ in range(1_000):
        damaged = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            damaged[dice.randrange(len(damaged))] = dice.choice([0, 255, dice.randrange(256)])
        path.write_bytes(damaged)
        with contextlib.closing(opened(path)) as package:
            for name in ("imsmanifest.xml", "a/b.html", "c.js"):
                with contextlib.suppress(KeyError, *DAMAGED), package.open(name)[0] as stream:
                    stream.read()


def test_both_addresses_of_this_machine_answer_and_a_port_taken_on_either_is_taken() -> None:
    try:
        other = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no ::1")
    site = Site(Loaded())
    with other:
        port = other.getsockname()[1]
        with pytest.raises(OSError):
            Server(port, site)
    server = Server(0, site)  # which is free on both; the other port may be anyone's by now
    port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        for host in ("127.0.0.1", "::1"):
            connection = http.client.HTTPConnection(host, port)
            connection.request("GET", "/courses.json", headers={"Host": f"localhost:{port}"})
            assert connection.getresponse().status == 200
            connection.close()
    finally:
        server.shutdown()
        server.server_close()


def test_a_site_is_shown_from_its_zip_where_the_settings_want_a_folder(curriculum: Sources, tmp_path: Path) -> None:
    settings = tmp_path / "coursewright.toml"
    settings.write_text("unzipped = true\n", encoding="utf-8")
    source = curriculum({"bees.md": "# Bees\n\nThey fly.\n"})
    loaded = Documents([source], lambda: load_config(settings, ["site"]), ()).load()
    with contextlib.closing(loaded.courses[0].editions[0].archive) as archive:
        stream, size = archive.open("index.html")
        assert len(stream.read()) == size > 0


def test_a_site_may_be_called_by_what_no_document_can_hold(tmp_path: Path) -> None:
    tree, files = open_pages(packed(tmp_path / "bees\x01.zip", {"index.html": b"<h1>Bees</h1>"}))
    files.close()
    assert tree["title"] == "bees\\x01"
