"""Draws the pictures of the README: of the course in examples/, as learners see it, and of the preview.

.venv/bin/python .github/pictures.py        (needs the extra `test`, and Chromium)
"""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
COURSE = HERE.parent / "examples" / "pixels"
_SHEET = """<style>
body { margin: 0; padding: 36px; inline-size: 1482px; background: #dfe5e3 }
body { display: flex; gap: 28px; align-items: start }
img { display: block; border-radius: 14px; box-shadow: 0 8px 30px #1d273333 }
</style>"""


def main() -> None:
    """Build the course, and draw both pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        command = [sys.executable, "-m", "coursewright", "build", str(COURSE), "-f", "site", "-o", folder]
        subprocess.run(command, check=True, capture_output=True)
        site = Path(folder) / "site"
        with zipfile.ZipFile(next(Path(folder).glob("*-site.zip"))) as archive:
            archive.extractall(site)
        chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        draw_pages(browser, site)
        draw_preview(browser)
        browser.close()


def draw_pages(browser: Browser, site: Path) -> None:
    """Draw the home on a desktop in light, and a unit on a phone in dark."""
    unit = next((site / "units").glob("PIX-4-*")) / "index.html"
    home = shown(browser, (site / "index.html").as_uri(), 1280, 1190, "light")
    phone = shown(browser, unit.as_uri(), 390, 1188, "dark")
    page = browser.new_page(viewport={"width": 1554, "height": 1108})
    page.set_content(_SHEET + picture(home, 1114) + picture(phone, 340))
    page.locator("body").screenshot(path=HERE / "pages.png")


def shown(browser: Browser, address: str, width: int, height: int, scheme: str) -> bytes:
    """Return a picture of a page."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    made = page.screenshot()
    context.close()
    return made


def picture(content: bytes, width: int) -> str:
    """Return an element that shows a picture."""
    return f'<img width="{width}" src="data:image/png;base64,{base64.b64encode(content).decode()}">'


def draw_preview(browser: Browser) -> None:
    """Draw the preview of the course with a unit opened."""
    command = [sys.executable, "-m", "coursewright", "preview", str(COURSE), "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as preview:
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(address_of(preview), wait_until="networkidle")
            open_unit(page)
            page.screenshot(path=HERE / "preview.png")
        finally:
            preview.terminate()


def address_of(preview: subprocess.Popen[str]) -> str:
    """Return where a preview says that it is."""
    for line in preview.stdout or ():
        for word in line.split():
            if word.startswith("http://"):
                return word.rstrip(".,")
    raise SystemExit("the preview did not start")


def open_unit(page: Page) -> None:
    """Open the first unit with an id, and wait until its frame has loaded."""
    page.get_by_text("Numbers for light").first.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => document.querySelector('iframe')")
    for frame in page.frames[1:]:
        frame.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()
