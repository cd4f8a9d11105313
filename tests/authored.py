"""A course whose reader made its parts: three units, seven pages, pictures, files, links, a quiz, and what is for staff."""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path

from coursewright.building.jobs import Job, Workshop, run
from coursewright.building.report import Built
from coursewright.building.withdrawals import output_of
from coursewright.course.assets import Asset, ToFile, ToUnit
from coursewright.course.blocks import Headed
from coursewright.course.edition import learner_edition
from coursewright.course.graph import link
from coursewright.course.model import Course, Curriculum, Unit
from coursewright.course.parts import File, Link, Page, Part
from coursewright.course.plan import Selection, plan
from coursewright.course.quiz import Option, Question, QuestionKind, Quiz
from coursewright.course.values import Audience, Identity, Kind, Mention, References
from coursewright.packages.files.writing import Package, zipped
from coursewright.text.markdown.values import Prose, Text
from coursewright.writers.writer import WriteOptions

PLAIN = WriteOptions()
SCRIPT_TEXT = b"print('honey')\n"
SCRIPT_ZIP = zipped(Package("extract.py.zip", [("extract.py", SCRIPT_TEXT)]))
TRACK = "beekeeping"
START, HIVE, HONEY = (Identity(TRACK, id) for id in ("start", "the-hive", "honey"))
WELCOME, TOOLS, FRAMES, SMOKE, EXTRACT, SCRIPT, LABELS = (f"page-{number:010x}" for number in range(1, 8))

_SETUP = """Everything that you need stands in [the list](tools.md), and [the hive](../hive/frames.md#brood-frames) waits.

![A beekeeper at a hive](img/logo.png)

## What you will find

Read [what comes last](#at-the-end) first, or [the sheet](files/plan.pdf).

### A closer look

| Tool | Use |
|------|-----|
| Smoker | Calms the bees |

## Numbers

1. One
2. Two

## At the end

Go on with [tools](tools.md#the-smoker).
"""
_TOOLS = """You need a smoker.

## The smoker

It smokes. [Back](index.md), and [the colours](../honey/labels.md) are not open yet.

```python
def smoke(puffs: int) -> str:
    return "puff " * puffs
```
"""
_FRAMES = """## Brood frames

![The same name, another picture](img/logo.png)

See [where we began](../start/index.md#what-you-will-find) and [nothing](missing.md).
"""


def picture(colour: tuple[int, int, int], width: int = 320, height: int = 160) -> bytes:
    """Return a picture of one colour, as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def asset(folder: Path, path: str, content: bytes, media_type: str, name: str = "", held: bytes = b"") -> Asset:
    """Write a file, and return it as an asset; `held` is what is packed in its place."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    digest = hashlib.sha256(held or content).hexdigest()
    return Asset(path, str(file), name or file.name, digest, len(held or content), media_type, held)


def prose_page(key: str, title: str, path: str, markdown: str, **more: object) -> Page:
    """Return a page that says some Markdown."""
    return Page(key, title, Text(""), (Headed(Prose(1, markdown)),), path, 1, **more)  # type: ignore[arg-type]


def asking(title: str, path: str, **more: object) -> Quiz:
    """Return a quiz of one question."""
    options = (Option("a", "The queen", 1.0), Option("b", "A drone"), Option("c", "A worker"))
    question = Question("q1", QuestionKind.CHOICE, "Who lays eggs?", options=options)
    return Quiz("quiz-1", title, path, 1, (question,), **more)  # type: ignore[arg-type]


def unit(identity: Identity, title: str, parts: tuple[Part, ...], **more: object) -> Unit:
    """Return a unit of a folder, whose id nobody gave."""
    path = next(iter(parts)).path
    return Unit(path, 1, Kind.UNIT, identity.id, Text(title, 1), TRACK, (), parts=parts, given_id=False, **more)  # type: ignore[arg-type]


def curriculum(folder: Path) -> Curriculum:
    """Return the course; its files are written to a folder."""
    one = asset(folder, "start/img/logo.png", picture((200, 150, 40)), "image/png")
    two = asset(folder, "hive/img/logo.png", picture((40, 120, 110)), "image/png", "hive-logo.png")
    again = asset(folder, "honey/img/copy.png", picture((200, 150, 40)), "image/png")
    sheet = asset(folder, "start/files/plan.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    script = asset(folder, "honey/extract.py", SCRIPT_TEXT, "application/zip", "extract.py.zip", SCRIPT_ZIP)
    drawing = asset(
        folder,
        "honey/img/cell.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><script>alert(1)</script></svg>',
        "image/svg+xml",
        held=b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="80" height="80"/></svg>',
    )
    key = asset(folder, "honey/answers.pdf", b"%PDF-1.4\nanswers\n", "application/pdf")
    start = (
        prose_page(
            WELCOME,
            "Welcome",
            "start/index.md",
            _SETUP,
            minutes=20.0,
            objectives=(Text("Name the parts of a hive", 1),),
            targets={
                "tools.md": ToUnit(START, TOOLS),
                "tools.md#the-smoker": ToUnit(START, TOOLS, "the-smoker"),
                "../hive/frames.md#brood-frames": ToUnit(HIVE, FRAMES, "brood-frames"),
                "img/logo.png": ToFile(one),
                "files/plan.pdf": ToFile(sheet),
            },
        ),
        prose_page(
            TOOLS,
            "Tools: what & why",
            "start/tools.md",
            _TOOLS,
            targets={"index.md": ToUnit(START, WELCOME), "../honey/labels.md": ToUnit(HONEY, LABELS)},
        ),
        Link("link-1", "The association", "https://bees.example/", "start/tools.md", 9),
    )
    hive = (
        prose_page(
            FRAMES,
            "Frames",
            "hive/frames.md",
            _FRAMES,
            targets={
                "img/logo.png": ToFile(two),
                "../start/index.md#what-you-will-find": ToUnit(START, WELCOME, "what-you-will-find"),
            },
        ),
        prose_page(SMOKE, "Smoke", "hive/smoke.md", "Calm. [A unit](../start)", targets={"../start": ToUnit(START)}),
    )
    honey = (
        prose_page(
            EXTRACT, "Frames", "honey/extract.md", "![A cell](img/cell.svg)", targets={"img/cell.svg": ToFile(drawing)}
        ),
        prose_page(
            SCRIPT, "A script", "honey/script.md", "[Run it](extract.py)", targets={"extract.py": ToFile(script)}
        ),
        prose_page(
            LABELS, "Labels", "honey/labels.md", "![Twice](img/copy.png)", targets={"img/copy.png": ToFile(again)}
        ),
        asking("Check yourself", "honey/quiz.md"),
        File("file-1", "The plan", sheet, "honey/files.md", 1),
        prose_page(
            "page-staff",
            "Notes for teachers",
            "honey/notes.md",
            "The [answers](answers.pdf) are SECRET.",
            audience=Audience.STAFF,
            targets={"answers.pdf": ToFile(key)},
        ),
    )
    needs = References(Text("The hive", 1), (Mention("the-hive"),))
    units = (
        unit(START, "Getting started", start),
        unit(HIVE, "The hive", hive, summary=Text("What is in the box.", 1), objectives=(Text("Open a hive", 1),)),
        unit(HONEY, "Honey & wax", honey, prerequisites=needs),
    )
    return Curriculum(units, ())


def course(folder: Path, *, staff: bool = False) -> Course:
    """Return the course as it is planned."""
    graph = link(curriculum(folder))
    editions = {identity: learner_edition(one) for identity, one in graph.units.items()}
    ((planned,), _) = plan(graph, editions, Selection(title="Bees for beginners", staff=staff))
    return planned


def written(folder: Path, format: str, options: WriteOptions = PLAIN, *, staff: bool = False) -> Built:
    """Write the course in a format, into the folder `out` of another."""
    job = Job(course(folder / "source", staff=staff), format, options, output_of(folder / "out"))
    return run(job, Workshop())
