"""The home of a course of ours in a package: it is made anew whenever the course is built."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from lxml import html

from coursewright.course.outline import Entry
from coursewright.readers.packages.cartridges.gathering import Gathering
from coursewright.readers.packages.texts import body_of, fragment_of, written


def take_home(gathered: Gathering, entry: Entry) -> None:
    """Take what a course is about from its home of ours."""
    page = gathered.maker.documents.page(entry.files)
    root = fragment_of(body_of(page[1])) if page else None
    lead = [] if root is None else cast("list[html.HtmlElement]", root.xpath('.//p[@class="lead"]'))
    if lead:
        said = written(html.tostring(lead[0], encoding="unicode", with_tail=False), lambda address: (address, None))
        gathered.about = replace(gathered.about, summary=said.markdown.strip())
