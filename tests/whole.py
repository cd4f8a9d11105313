"""A course that has one of everything: every kind of part and of question, of gate and of file, what is for staff, too.

For what must hold of all that a writer can be given. Its units are named by what they have.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from authored import asset, picture, prose_page
from quizzes import BANK, CASTES, CELL, CHECK, COLOURS, ESSAY, EVERY, GAPS, HOUSE, LIFE, STING, WORK

from coursewright.course.assets import Asset, Targets, ToFile, ToUnit
from coursewright.course.blocks import Headed, Judged
from coursewright.course.edition import learner_edition
from coursewright.course.gates import All, Any, AtLeast, Date, Done, Not, Score
from coursewright.course.graph import link
from coursewright.course.model import About, Course, Curriculum, Unit
from coursewright.course.parts import (
    Assignment,
    Discussion,
    File,
    Group,
    Link,
    Page,
    Part,
    RubricCriterion,
    RubricRating,
    Submission,
)
from coursewright.course.plan import Selection, plan
from coursewright.course.quiz import Answer, Blank, Draw, Feedback, Option, Pair, Question, QuestionKind, Quiz, Show
from coursewright.course.values import Audience, Competency, Hours, Identity, Kind, Mention, References
from coursewright.text.markdown.values import Prose, Text

TRACK = "bees"
TITLE = "Keeping bees & selling honey: what everybody ought to know before the first spring"
READING, WORKING, ASKING, LOCKED, LATE = (
    Identity(TRACK, id) for id in ("reading", "working", "asking", "locked", "late")
)
NOTHING = Text("")
NO_KEY = Question(
    "no-key", QuestionKind.CHOICE, "What do you like?", options=(Option("a", "A"), Option("b", "B")), graded=False
)
PARTLY = Question(
    "partly",
    QuestionKind.CHOICE,
    "Which is *best*? ![A cell](img/cell.png)",
    title="The best",
    points=2.5,
    options=(
        Option("wax", "Wax, `raw`", 1.0, "Yes: [look](tools.md)."),
        Option("foil", "Foil $x^2$", 0.25),
        Option("none", 'None <of> these & "those"', -0.5, "No.", fixed=True),
    ),
    feedback=Feedback("In general.", "Well done.", "Nearly.", "Not so."),
    hints=("Think.", "Think **again**."),
    tags=("wax", "first week"),
    shuffled=False,
)
EXACT = Question(
    "exact",
    QuestionKind.TEXT,
    "Which *genus*?",
    answers=(Answer("Apis", exact_case=True), Answer("apis", fraction=0.5, feedback="In capitals."), Answer("A*s")),
    feedback=Feedback(correct="That is it."),
)
BOUNDS = Question(
    "bounds",
    QuestionKind.NUMBER,
    "How many?",
    answers=(
        Answer(min=10.0, feedback="Many."),
        Answer(max=-2.5, fraction=0.5),
        Answer(value=5.0, tolerance=0.25, fraction=0.75),
        Answer(min=6.0, max=7.0, fraction=0.2),
    ),
)
UNKNOWN = Question("unknown", QuestionKind.BOOLEAN, "Is it so?", graded=False)
TRUE = Question("true", QuestionKind.BOOLEAN, "It is.", right=True, feedback=Feedback(incorrect="It is."))
CHOSEN = Question(
    "chosen",
    QuestionKind.BLANKS,
    "A [[one]] and [[two]] {braces} ~tilde~ = # :\n\n- of a list",
    blanks=(
        Blank("one", (Answer("bee"), Answer("wasp", fraction=0.5)), ("wasp", "bee", "fly")),
        Blank("two", (Answer(value=2.0), Answer("two"))),
    ),
    shuffled=False,
)
PAIRED = replace(WORK, key="paired", pairs=(Pair("A\n\nB", "1"), Pair("C", "1"), Pair("D", "2")), shuffled=False)
SORTED = replace(LIFE, key="sorted", points=4.0, shuffled=False)
LISTED = Question(
    "listed", QuestionKind.BLANKS, "A [[one]].\n\n```\n## Question 9\n```", blanks=(Blank("one", (Answer("bee"),)),)
)
ODD = (LISTED, PARTLY, EXACT, BOUNDS, UNKNOWN, TRUE, CHOSEN, PAIRED, SORTED, NO_KEY)


def curriculum(folder: Path) -> Curriculum:
    """Return the course; its files are written to a folder."""
    cell = asset(folder, "img/cell.png", picture((200, 150, 40), 20, 10), "image/png")
    cover = asset(folder, "img/cover.png", picture((40, 120, 110), 30, 20), "image/png")
    sheet = asset(folder, "files/the sheet.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf", "the-sheet.pdf")
    drawing = asset(folder, "img/hive.svg", _DRAWING, "image/svg+xml")
    track = asset(folder, "talk.mp3", b"ID3\x03", "audio/mpeg")
    targets: Targets = {
        "tools.md": ToUnit(READING, "page-tools"),
        "img/cell.png": ToFile(cell),
        "img/hive.svg": ToFile(drawing),
        "talk.mp3": ToFile(track),
        "files/the sheet.pdf": ToFile(sheet),
        "tools.md#the-smoker": ToUnit(READING, "page-tools", "the-smoker"),
        "essay.md": ToUnit(WORKING, "assignment-essay"),
        "quiz.md": ToUnit(ASKING, "quiz-every"),
        "../asking": ToUnit(ASKING),
    }
    units = (
        _unit(READING, "Reading, looking & listening", _reading(targets, sheet), **_MORE),
        _unit(WORKING, "Working", _working(targets), competencies=_COMPETENCIES),
        _unit(ASKING, "Asking", _asking(targets), prerequisites=_needs("reading"), next=_needs("late")),
        _unit(LOCKED, "Locked", (prose_page("page-a", "A", "a.md", "A."),), gate=_GATE, prerequisites=_needs("asking")),
        _unit(LATE, "Late", (prose_page("page-b", "B", "b.md", "B."),), gate=_CHOICE),
    )
    about = About(
        TRACK,
        TITLE,
        "en",
        "CC BY 4.0",
        ("bees", "honey"),
        url="https://bees.example/",
        summary="All about *bees*.",
        cover=cover,
        certificate=True,
    )
    return Curriculum(units, (), (about,))


_DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90">'
    b'<metadata>made by hand</metadata><defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
    b'<a href="https://bees.example/"><rect id="r" width="80" height="80" fill="url(#g)"/></a>'
    b'<use xlink:href="#r" x="1"/><use xlink:href="#nowhere"/><a xlink:href="#r" target="_blank"><rect/></a><text aria-label="x" data-x="y">Hive</text></svg>'
)
_MORE = {
    "roles": (Text("Beekeeper"), Text("Neighbour & friend")),
    "summary": Text("What is *in* the box.", 3),
    "hours": Hours(Text("3 hours (2 lecture, 1 lab)"), 3.0, "3 hours", True, {"lecture": 2.0, "lab": 1.0}),
    "objectives": (Text("Open a **hive**", 4), Text("Close it", 5)),
    "given_id": True,
}
_COMPETENCIES = (
    Competency(Text("Handling"), Text("Working"), Text("Essay"), Text("Beekeeper")),
    Competency(Text("Writing"), Text("Proficient"), Text("Talk"), NOTHING),
)
_AUTUMN = datetime(2031, 9, 1, 8, 30, tzinfo=UTC)
_GATE = All((Any((Done("reading"), Score("asking", 60.0))), Date(_AUTUMN), Not(Date(datetime(2032, 1, 1, tzinfo=UTC)))))
_CHOICE = AtLeast(2, (Done("reading"), Done("working"), Done("asking")))


def _needs(*ids: str) -> References:
    return References(Text(", ".join(ids), 1), tuple(map(Mention, ids)), text=("Patience",))


def _unit(identity: Identity, title: str, parts: tuple[Part, ...], **more: object) -> Unit:
    known = {"roles": (), "given_id": False, **more}
    return Unit(f"{identity.id}.md", 1, Kind.UNIT, identity.id, Text(title, 1), TRACK, parts=parts, **known)  # type: ignore[arg-type]


_TOOLS = """You need a **smoker** and $$\\sum_{i=1}^n i$$

## The smoker

It smokes. [Back](../asking), and [the quiz](quiz.md). See the [web](https://bees.example/a?b=1&c=2), and [nothing](gone.md).

![A cell](img/cell.png) ![A hive](img/hive.svg "A title")

[Listen](talk.mp3), and take [the sheet](<files/the sheet.pdf>).

> [!WARNING]
> It is hot.

| Tool | Use |
|:-----|----:|
| Veil | 1 |

```python
def smoke(puffs: int) -> str:
    return "puff " * puffs
```

- [ ] Light it
- [x] Fill it

Term
:   What it means[^1].

[^1]: A note.

<video src="https://www.youtube.com/watch?v=dQw4w9WgXcQ"></video>
"""


def _reading(targets: Targets, sheet: Asset) -> tuple[Part, ...]:
    return (
        prose_page(
            "page-welcome",
            "Welcome",
            "reading.md",
            "Read [the tools](tools.md#the-smoker) first. H~2~O, 2^nd^, ==marked==, ~~gone~~, and `code`.",
            targets=targets,
            minutes=20.0,
            objectives=(Text("Name the *parts* of a hive", 1),),
        ),
        Page(
            "page-tools",
            "Tools: what & why",
            Text("In short.", 1),
            (Headed(Prose(1, _TOOLS)), Headed(Prose(60, "More."), Text("A *title*", 59))),
            "tools.md",
            1,
            targets=targets,
        ),
        Link("link-1", "The association & more", "https://bees.example/?a=1&b=2", "links.md", 9),
        File("file-1", "The sheet", sheet, "files.md", 1),
        prose_page("page-staff", "For teachers", "notes.md", "The SECRET.", audience=Audience.STAFF),
        Link("link-2", "Answers", "https://bees.example/answers", "notes.md", 2, Audience.STAFF),
        File("file-2", "Answers", sheet, "notes.md", 3, Audience.STAFF),
    )


_RUBRIC = (
    RubricCriterion(
        "Clear & short",
        12.5,
        (RubricRating("Very", 12.5, "No *question* is left"), RubricRating("Hardly", 2.0), RubricRating("Not", 0.0)),
        "Everybody understands it",
    ),
    RubricCriterion("Right", 7.5),
)


def _assignment(key: str, title: str, group: Group, **more: object) -> Assignment:
    known: dict[str, object] = {
        "text": Text("Do *it*.", 1),
        "judged": Judged(Text("Ten lines"), Text("Peer review")),
        "path": f"{key}.md",
        "line": 1,
        "points": 20.0,
        "criterion": Text("Ten lines"),
        "threshold": None,
        "competencies": (),
        **more,
    }
    return Assignment(key, title, group=group, **known)  # type: ignore[arg-type]


def _discussion(key: str, title: str, **more: object) -> Discussion:
    known: dict[str, object] = {"text": Text("Talk."), "judged": Judged(NOTHING, NOTHING), "path": "t.md", "line": 1}
    return Discussion(key, title, **{**known, "group": Group.PROJECTS, "graded": False, **more})  # type: ignore[arg-type]


def _working(targets: Targets) -> tuple[Part, ...]:
    written = (Headed(Prose(1, "Write about [the hive](tools.md) with ![a cell](img/cell.png).")),)
    return (
        _assignment(
            "assignment-essay",
            "Essay",
            Group.PROJECTS,
            content=written,
            targets=targets,
            submissions=(Submission.TEXT, Submission.FILE, Submission.RECORDING),
            rubric=_RUBRIC,
            threshold=60.0,
            competencies=_COMPETENCIES[:1],
        ),
        _assignment("assignment-lab", "", Group.LABS, points=0.0, submissions=(Submission.ADDRESS,)),
        _assignment("assignment-test", "A test", Group.ASSESSMENTS, submissions=(Submission.PAPER,), points=7.5),
        _assignment("assignment-nothing", "Nothing", Group.LABS, submissions=(Submission.NOTHING,), threshold=80.0),
        _assignment("assignment-staff", "Mark them", Group.LABS, audience=Audience.STAFF),
        _discussion("talk-1", "Talk of [it]", content=written, targets=targets),
        _discussion("talk-2", "", graded=True, group=Group.LABS, judged=Judged(Text("Two posts"), Text("Panel"))),
    )


def _quiz(key: str, title: str, *questions: Question | Draw, **more: object) -> Quiz:
    return Quiz(key, title, f"{key}.md", 1, questions, **more)  # type: ignore[arg-type]


def _asking(targets: Targets) -> tuple[Part, ...]:
    return (
        _quiz("quiz-every", "Every kind", *EVERY, instructions="Take *your* time.", passing=70.0, targets=targets),
        _quiz("quiz-odd", "Odd kinds", *ODD, shuffled=True, show=Show.NEVER, attempts=3, minutes=90.0, targets=targets),
        _quiz("quiz-drawn", "By chance", BANK, Draw("Another", 1, 3.0, (TRUE, GAPS)), CASTES, show=Show.AFTER_LAST),
        replace(CHECK, title="", key="quiz-check"),
        _quiz("quiz-free", "For nothing", ESSAY, graded=False),
        _quiz("quiz-staff", "A bank", replace(COLOURS, key="s"), STING, HOUSE, CELL, audience=Audience.STAFF),
    )


def course(folder: Path, *, staff: bool = True) -> Course:
    """Return the course as it is planned; its files are written to a folder."""
    graph = link(curriculum(folder))
    editions = {identity: learner_edition(one) for identity, one in graph.units.items()}
    ((planned,), _) = plan(graph, editions, Selection(title=TITLE, staff=staff))
    return planned
