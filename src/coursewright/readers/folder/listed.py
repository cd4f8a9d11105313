"""What an order file or a folder lists: titles and documents in order, nested, and by which convention."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum

from coursewright.course.gates import OPEN, Gate
from coursewright.course.values import Audience, Competency
from coursewright.frozen import frozen

PLAIN = "plain"
"""The dialect in which course.toml says all, and nothing is guessed."""


class Convention(StrEnum):
    """What says in which order documents are read."""

    OWN = "course.toml"
    SUMMARY = "SUMMARY.md"
    MKDOCS = "nav of mkdocs.yml"
    TOC = "_toc.yml"
    TOCTREE_FILE = "_toctree.yml"
    TOCTREE = "toctree"
    QUARTO = "_quarto.yml"
    MYST = "myst.yml"
    BOOKDOWN = "_bookdown.yml"
    VITEPRESS = "sidebar of VitePress"
    VUEPRESS = "sidebar of VuePress"
    DOCSIFY = "_sidebar.md"
    SANDPAPER = "config.yaml"
    SIDEBARS = "sidebars.js"
    FRONT = "front matter"
    LINKS = "links"
    NUMBERS = "numbers in names"
    NAMES = "names"
    ALONE = "one document"
    QUIZ = "quiz"


@frozen
class Listed:
    """A place in the order: a document, a heading over others, or both.

    `path` is relative to the course's folder, empty for a heading that is no document, and `folder` is the folder that
    a unit is. `line` is where the order file says so. `id` is what the author calls it, `slug` an id that learners
    never see, `name` what its id comes from where that is no folder, `requires` what it waits for. `url` is a place on
    the web instead of a document, `file` a file to download; `key` is what such a part is known by. `gate` is what must
    hold before a unit opens, besides what it requires, and `next` what its author sends learners to; `roadmap` is the
    document of a module or a project that is one, and `hours` is its time by kinds.
    """

    title: str
    path: str = ""
    line: int = 0
    children: tuple[Listed, ...] = ()
    url: str = ""
    name: str = ""
    slug: str = ""
    folder: str = ""
    id: str = ""
    staff: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    minutes: float | None = None
    file: str = ""
    key: str = ""
    audience: Audience = Audience.LEARNER
    summary: str = ""
    next: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    competencies: tuple[Competency, ...] = ()
    gate: Gate = OPEN
    roadmap: str = ""
    hours: Mapping[str, float] = field(default_factory=dict)

    def documents(self) -> Iterator[Listed]:
        """Yield itself if it is a document, and the documents below it, in order."""
        if self.path:
            yield self
        for child in self.children:
            yield from child.documents()


@frozen
class Ordering:
    """The order of a course: who says so, in which file (how findings name it), and what it lists.

    `base` is the folder that holds the documents, relative to the course's; an order that lists nothing leaves their
    order to their names. `title` is that of the course, if the file has one. `about` is what else it says of the course
    as a whole, by names of ours: `id`, `language`, `rights`, `keywords`, `url`, `dialect`, `sequential`. `opening`
    are documents about the course as a whole. `grouped` says that what it lists at the top are the units.
    """

    convention: Convention
    file: str
    listed: tuple[Listed, ...] = ()
    base: str = ""
    title: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    opening: tuple[Listed, ...] = ()
    grouped: bool = False
