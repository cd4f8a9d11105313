"""What a test says and sees: the small LMS, and a unit playing in it, in the words of a learner."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict
from urllib.parse import urlsplit

from lxml import etree
from playwright.sync_api import Frame, Locator, Page, Request, Response, expect
from test_cli import run

BEES = "Bees & Their Year"
HIVE = "Inspecting a Hive"  # after BEES
HONEY = "Honey & Wax"  # after BEES
COLONY = "A First Colony"  # after HIVE and HONEY
UNITS = (BEES, HIVE, HONEY, COLONY)
# Without a frame drawn for each page, as a learner's clicks would have; those are made where the menu itself is tested.
READ_ALL = """() => {
  for (const at of document.querySelectorAll("[data-page]"))
    document.querySelector(`nav a[data-goto="${at.dataset.page}"]`).click();
}"""


def build(source: Path, folder: Path, format: str = "scorm12", *options: str) -> Path:
    """Build a curriculum with the real command, extract its only package in a folder, and return where."""
    out, extracted = folder / "out", folder / "package"
    built = run("build", source, "-o", out, "-f", format, *options)
    packages = [*out.glob(f"*-{format}.zip"), *out.glob(f"*-{format}.imscc")]
    assert len(packages) == 1, f"{built.args} made {packages}\n{built.stdout}\n{built.stderr}"
    with zipfile.ZipFile(packages[0]) as archive:
        archive.extractall(extracted)
    return extracted


class Call(TypedDict):
    """One call of a unit to the LMS's API."""

    item: str
    method: str
    values: list[str]
    result: str
    error: str


class Watch:
    """Collects whatever a browser context should not do: complain, fail to load something, leave this machine."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def request(self, request: Request) -> None:
        address = urlsplit(request.url)
        host = address.hostname or ""
        if address.scheme != "file" and host not in ("127.0.0.1", "localhost") and not host.endswith(".localhost"):
            self.problems.append(f"a request left this machine: {request.url}")

    def response(self, response: Response) -> None:
        if response.status >= 400:
            self.problems.append(f"{response.status} for {response.url}")

    def failed(self, request: Request) -> None:
        """Note what could not be loaded; what a page no longer waits for that was left, or whose server ends, is none."""
        if request.failure in ("net::ERR_ABORTED", "net::ERR_CONNECTION_RESET"):
            return
        self.problems.append(f"failed: {request.url} ({request.failure})")

    def say(self, text: str) -> None:
        self.problems.append(text)


class Unit:
    """A unit that is open in a frame of the LMS, or in a page of its own."""

    def __init__(self, frame: Frame | Page) -> None:
        self.frame = frame
        # A page's markup is hidden or shown all at once, as soon as the script knows who keeps the progress.
        self.find("[data-when]:not([hidden])").first.wait_for(state="attached")

    def find(self, selector: str) -> Locator:
        return self.frame.locator(selector)

    def pages(self) -> list[str]:
        """Return the keys of all pages, in order."""
        return list(
            self.frame.evaluate("() => [...document.querySelectorAll('[data-page]')].map(at => at.dataset.page)")
        )

    def shown(self) -> list[str]:
        """Return the keys of the pages that are visible: one, unless something is wrong."""
        return [key for key in self.pages() if self.find(f"#{key}").is_visible()]

    def go(self, key: str) -> None:
        """Choose a page from the menu."""
        self.find(f"nav a[data-goto={key}]").click()

    def next(self) -> None:
        self.find("[data-do=next]").click()

    def read_all(self) -> None:
        """Visit every page at once, by the menu's own links; ends on the last."""
        self.frame.evaluate(READ_ALL)

    def complete(self) -> None:
        """Press the button, as it stands."""
        self.find("[data-do=complete]").click()

    def work_through(self) -> None:
        """Read everything and mark the unit as complete."""
        self.read_all()
        self.complete()
        expect(self.find(".finish .done")).to_be_visible()

    def boxes(self) -> Locator:
        return self.find("input[data-tick]:not(.goals *)")

    def ticked(self) -> list[bool]:
        return [bool(at) for at in self.boxes().evaluate_all("boxes => boxes.map(box => box.checked)")]

    def state(self) -> str:
        """Return the state as the page words it, empty where it shows none."""
        return self.find(".state [data-state]:visible").inner_text() if self.find(".state").is_visible() else ""

    def focused(self) -> str:
        return str(self.frame.evaluate("() => document.activeElement.innerText.trim()"))


class Lms:
    """The small LMS of lms.html, playing the package under test."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin

    def open(self, query: str = "") -> Lms:
        self.page.goto(f"{self.origin}/lms/lms.html?package=/package/&{query}")
        return self._ready()

    def reload(self) -> Lms:
        self.page.reload()
        return self._ready()

    def _ready(self) -> Lms:
        expect(self.page.locator("#menu li")).to_have_count(len(UNITS))
        return self

    def items(self) -> dict[str, str]:
        """Return identifier by title, in the order of the manifest."""
        found: list[tuple[str, str]] = self.page.evaluate("() => lms.items.map(item => [item.title, item.identifier])")
        return dict(found)

    def item(self, title: str) -> str:
        """Return the identifier of the unit with a title."""
        (found,) = [identifier for text, identifier in self.items().items() if title in text]
        return found

    def address(self, title: str) -> str:
        """Return where a unit's file stands."""
        script = "identifier => lms.items.find(item => item.identifier === identifier).href"
        return f"{self.origin}/package/{self.page.evaluate(script, self.item(title))}"

    def entry(self, title: str) -> Locator:
        return self.page.locator(f"#menu li[data-item={self.item(title)}]")

    def locked(self) -> list[str]:
        """Return the titles that the menu shows without a way in."""
        return [title for title in UNITS if self.entry(title).locator("button").count() == 0]

    def status(self, title: str) -> str:
        return str(self.page.evaluate("identifier => lms.status(identifier)", self.item(title)))

    def launch(self, title: str) -> Unit:
        """Open a unit from the menu, as a learner does."""
        self.entry(title).locator("button").click()
        return self.playing()

    def playing(self) -> Unit:
        handle = self.page.locator("#stage iframe").element_handle()
        frame = handle.content_frame()
        assert frame is not None
        frame.wait_for_load_state()
        return Unit(frame)

    def exit(self) -> None:
        self.page.locator("#exit").click()

    def complete(self, title: str) -> None:
        self.launch(title).work_through()
        self.exit()

    def saved(self, title: str) -> dict[str, Any]:
        """Return what the LMS keeps of a unit: `core` and `suspend_data`."""
        return dict(self.page.evaluate("identifier => lms.saved[identifier]", self.item(title)))

    def patch(self, title: str, suspend_data: str | None = None, **core: str) -> None:
        """Lay values into what the LMS keeps of a unit."""
        script = "([identifier, core, data]) => lms.patch(identifier, core, data === null ? undefined : data)"
        self.page.evaluate(script, [self.item(title), core, suspend_data])

    def answer(self, method: str, result: str | bool) -> None:
        """Let a method of the API return a value instead of doing its work."""
        self.page.evaluate("([method, result]) => { lms.answers[method] = result }", [method, result])

    def let(self, method: str) -> None:
        """Let a method of the API do its work again."""
        self.page.evaluate("method => { delete lms.answers[method] }", method)

    def calls(self, method: str | None = None, of: str | None = None) -> list[Call]:
        """Return the calls so far, of one method and of one unit if given."""
        calls: list[Call] = self.page.evaluate("() => lms.calls")
        return [
            call
            for call in calls
            if (method is None or call["method"] == method) and (of is None or call["item"] == self.item(of))
        ]

    def written(self, element: str, of: str | None = None) -> list[str]:
        """Return the values written to an element, in order."""
        return [call["values"][1] for call in self.calls("LMSSetValue", of) if call["values"][0] == element]


class Shelf:
    """The units of a package as its manifest names them, for whoever opens their files without an LMS."""

    def __init__(self, package: Path, origin: str) -> None:
        self.origin = origin
        manifest = etree.parse(package / "imsmanifest.xml")
        files = {at.get("identifier"): at.get("href") for at in manifest.iterfind("{*}resources/{*}resource")}
        self._units = {
            at.findtext("{*}title"): (str(at.get("identifier")), files[at.get("identifierref")])
            for at in manifest.iterfind("{*}organizations/{*}organization//{*}item[@identifierref]")
        }

    def _unit(self, title: str) -> tuple[str, str | None]:
        (found,) = [unit for text, unit in self._units.items() if text and title in text]
        return found

    def item(self, title: str) -> str:
        """Return the identifier of the unit with a title."""
        return self._unit(title)[0]

    def address(self, title: str) -> str:
        """Return where a unit's file stands."""
        return f"{self.origin}/package/{self._unit(title)[1]}"


Opener = Callable[..., Page]
