"""The preview of Canvas, Moodle and comparisons in a real browser: what opens what, and that both panes keep together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Frame, Page, expect

from coursewright.building.settings import Config
from coursewright.cli.preview.courses import Documents

from .player import BEES, HIVE, Opener
from .test_preview import BASICS, HERE, LOOKS, open_page, serving

__all__ = ["open_page"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def three() -> Iterator[str]:
    formats = ("scorm12", "canvas", "moodle")
    with serving(Documents([HERE / "curriculum"], lambda: replace(Config(), formats=formats), ())) as address:
        yield address


def shown(page: Page, part: str = "/shown/") -> Frame:
    """The frame of an imitated LMS, once it is there."""
    page.wait_for_function("() => document.querySelector('#unit iframe')")
    there = next((frame for frame in page.frames if part in frame.url), None)
    found: Frame = there or page.wait_for_event("framenavigated", lambda frame: part in frame.url)
    found.wait_for_load_state()
    return found


def fitted(frame: Frame) -> Frame:
    """Wait until a frame, and those around it, have the widths that they are given: they may be of other processes."""
    if frame.parent_frame:
        fitted(frame.parent_frame)
        width = frame.frame_element().evaluate("at => at.clientWidth")
        frame.wait_for_function("width => innerWidth === width", arg=width)
    return frame


def test_a_course_opens_on_its_home_and_as_each_lms_shows_it(open_page: Opener, three: str) -> None:
    page = open_page(reduced_motion="reduce")
    page.goto(f"{three}?version=1.2")
    home = page.frame_locator("#unit iframe.home").frame_locator("iframe")
    expect(home.locator("h1")).to_be_visible()
    expect(page.locator("#log-body")).to_be_hidden()
    home.get_by_role("link", name=BEES).first.click()  # the home's links are the player's to follow
    expect(page.locator("#status")).to_have_text(f"Running: {BEES}")
    page.get_by_role("radio", name="Canvas").check(force=True)
    expect(page.locator("#edition-name")).to_have_text("Canvas cartridge")
    module = page.locator("#items > li").filter(has_text=HIVE).first
    expect(module.locator("> .entry .state")).to_contain_text("Locked")
    lms = shown(page)
    assert "An imitation of how Canvas shows this package" in lms.inner_text("body")
    first = page.locator("#items > li").first
    for entry in first.locator("button.entry").all():
        number = entry.locator("..").get_attribute("data-item")
        entry.click()
        lms = shown(page, f"/entry/{number}")
        for act in ("submit", "tick", "grade"):
            if lms.locator(f"button[value={act}]").count():
                lms.locator(f"button[value={act}]").click()
                expect(lms.locator(".lms-try .lms-met").first).to_be_visible()
        expect(page.locator(f"#items li[data-item='{number}'] > .entry .state")).to_have_text("Done")
    expect(first.locator("> .entry .state")).to_have_text("Done")
    expect(module.locator("> .entry .state")).not_to_contain_text("Locked")
    faults = {}
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        native = [
            found for found in fitted(shown(page)).evaluate(BASICS) if not found.startswith("inline style")
        ]  # an author's
        if found := [*page.evaluate(BASICS), *native]:
            faults[scheme, width] = found
    assert faults == {}
    page.locator("#settings-toggle").click()
    page.get_by_role("button", name="Reset progress").click()
    expect(module.locator("> .entry .state")).to_contain_text("Locked")


def test_two_panes_open_the_same_unit(open_page: Opener, three: str) -> None:
    page = open_page()
    page.goto(f"{three}compare?left=1.2&right=moodle")
    left, right = page.frame_locator("#left"), page.frame_locator("#right")
    expect(right.locator("#status")).to_be_attached()
    expect(right.locator("#items li").first).to_be_attached()
    left.locator("#menu-toggle").click()
    left.locator("#items button").first.click()
    expect(left.locator("#status")).to_have_text(f"Running: {BEES}")
    section = right.locator("#items > li").filter(has_text=BEES)
    expect(section.locator("[aria-current]")).to_have_count(1)
