"""A course of what is seldom: media of every kind, blocks of every kind on one page, and more to wait for than fits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from authored import asset, picture, prose_page

from coursewright.course.assets import Targets, ToFile
from coursewright.course.blocks import (
    Block,
    Box,
    Card,
    Cards,
    Checklist,
    Facts,
    Headed,
    Judged,
    Paragraph,
    Scale,
    Timeline,
    Topics,
)
from coursewright.course.edition import learner_edition
from coursewright.course.gates import OPEN, Any, AtLeast, Done, Gate, Not, Status
from coursewright.course.graph import link
from coursewright.course.model import About, Course, Curriculum, Unit
from coursewright.course.parts import Page, Part
from coursewright.course.plan import Selection, plan
from coursewright.course.values import Audience, Competency, Field, Kind, Mention, Milestone, References, Topic
from coursewright.text.markdown.values import Item, Listing, Prose, Table, Text

TRACK = "wax"
_LONG = "a-unit-with-an-identifier-that-is-long-indeed"
_MEDIA = """<video controls poster="img/cell.png"><source src="film.ogv" type="video/ogg"><source src="film.mp4" type="video/mp4"><track src="film.vtt">A film</video>

<audio controls src="talk.mp3"></audio> and <audio controls title="A talk"><source src="talk.wav"></audio>

<video controls src="film.ogv"></video>

![](img/cell.png) ![In the page](data:image/png;base64,iVBORw0KGgo=) ![A broken drawing](img/broken.svg) ![Odd](img/odd.tiff "A title") ![](img/odd.tiff)

![Gone](img/gone.png) ![Far](https://far.example/a.png)

[A film](film.mp4), [the same](film.mp4), [nothing](gone.md), [far](https://far.example/ä?b=%zz), [mail](mailto:a@b.example), [odd](ftp://far.example/x), [bad](http://[bad), [here](#below), [gone](#nowhere)

## Below

<ul><li>one</li><p>between</p></ul>

<dl><dt>Term</dt></dl>

<details>Without a title</details>

<h3><a href="https://far.example/"><div>A title</div></a></h3>

<table><tr><td rowspan="0" align="left">a</td></tr></table>
"""
_BLOCKS: tuple[tuple[Block, str], ...] = (
    (Paragraph(Text("One *line*.", 3)), "A paragraph"),
    (Listing(4, (Item(Text("one"), children=(Item(Text("deeper"), True),)), Item(Text("two"), False)), True), "A list"),
    (Listing(5, (Item(Text("plain")),)), ""),
    (Table(6, (Text("A"), Text("B | C")), ((Text("1"), Text("2")), (Text("x | y"), Text("")))), "A table"),
    (Checklist((Box("a", Text("Do *this*")), Box("b", Text("And that"))), explained=True), "Boxes"),
    (Facts((Field("Owner", Text("Ada"), 7, "", (Text("and Bob"),)), Field("Nothing", Text(""), 8)), Text("After it")), "Facts"),
    (Facts((Field("Room", Text("12"), 7),), Text("")), ""),
    (Topics((Topic(Text("First"), Text("in detail")), Topic(Text(""), Text("only detail")), Topic(Text("only title"), Text("")))), "Topics"),
    (Scale((Competency(Text("Wax"), Text("Working"), Text("Essay"), Text("Keeper")),), with_roles=True), "A scale"),
    (Scale((Competency(Text("Honey"), Text("Aware"), Text(""), Text("")),), with_roles=False), ""),
    (Judged(Text("Ten lines"), Text("Peers")), "Judged"),
    (Judged(Text(""), Text("Only peers")), ""),
    (Cards((Card(Text("A card"), Text("Its text."), Judged(Text("Done"), Text(""))), Card(Text("Another"), Text("")))), "Cards"),
    (Timeline((Milestone(1, 1, "week", Text("Start")), Milestone(2, 4, "month", Text("Go on")))), "When"),
    (Prose(9, "```\nx = 1\n```"), ""),
)  # fmt: skip


def course(folder: Path) -> Course:
    """Return the course; its files are written to a folder."""
    files: Targets = {
        address: ToFile(asset(folder, address, content, kind))
        for address, content, kind in (
            ("film.mp4", b"mp4", "video/mp4"), ("film.ogv", b"ogv", "video/ogg"), ("film.vtt", b"WEBVTT", "text/vtt"),
            ("talk.mp3", b"mp3", "audio/mpeg"), ("talk.wav", b"wav", "audio/wav"),
            ("img/cell.png", picture((200, 150, 40), 20, 10), "image/png"), ("img/odd.tiff", b"tiff", "image/tiff"),
            ("img/broken.svg", b"<svg", "image/svg+xml"),
        )
    }  # fmt: skip
    blocks = tuple(
        Headed(block, Text(title), "" if title else "next", depth % 3) for depth, (block, title) in enumerate(_BLOCKS)
    )
    units = (
        _unit("media", (prose_page("page-media", "Media", "media.md", _MEDIA, targets=files),)),
        _unit(
            "blocks",
            (
                Page("page-blocks", "Blocks", Text("First.", 1), blocks, "blocks.md", 1),
                Page("page-staff", "For staff", Text(""), blocks[1:3], "blocks.md", 1, Audience.STAFF),
            ),
        ),
        *(
            _unit(f"{_LONG}-{number}", needs=[f"{_LONG}-{number - 1}"] if number in (2, 3) else [])
            for number in range(1, 8)
        ),
        _unit("last", needs=[f"{_LONG}-{number}" for number in range(1, 8)]),
        _unit(
            "choosing", gate=Any((Done("media"), Done("blocks"))), needs=[f"{_LONG}-{number}" for number in range(1, 6)]
        ),
        _unit("some", gate=AtLeast(2, (Done("media"), Done("blocks"), Done("last")))),
        _unit("not-yet", gate=Not(Done("media", Status.FAILED))),
        _unit("many", gate=Any(tuple(Done(f"{_LONG}-{number}") for number in range(1, 8)))),
    )
    found = Curriculum(units, (), (About(TRACK, "Wax", "en"),))
    graph = link(found)
    editions = {one.identity: learner_edition(one) for one in found.units}
    ((planned,), _) = plan(graph, editions, Selection(staff=True))
    return planned


def _unit(id: str, parts: tuple[Part, ...] = (), needs: Sequence[str] = (), gate: Gate = OPEN) -> Unit:
    return Unit(
        f"{id}.md",
        1,
        Kind.UNIT,
        id,
        Text(id.replace("-", " "), 1),
        TRACK,
        roles=(),
        parts=parts or (prose_page(f"page-{id}", id, f"{id}.md", f"Of {id}."),),
        prerequisites=References(Text(", ".join(needs), 1), tuple(map(Mention, needs))),
        gate=gate,
        given_id=False,
    )
