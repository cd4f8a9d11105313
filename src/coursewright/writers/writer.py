"""What writers work with, and what a user can say of how they write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from coursewright.course.description import Publication
from coursewright.course.model import Course, Unit
from coursewright.frozen import frozen
from coursewright.pages.authored import content_of
from coursewright.pages.glossary import Glossary
from coursewright.pages.once import NEVER, Last, Once
from coursewright.pages.renderer import Content, Renderer
from coursewright.pages.search import SearchIndex
from coursewright.pages.theme.theme import OURS, Theme
from coursewright.pages.website import SiteOptions
from coursewright.writers.files import course_files


@frozen
class WriteOptions:
    """What a user can say of how packages are written. It pickles.

    `with_scorm` asks for our own pages, as SCORM packages, where a format could have native ones.
    `canvas_home` lets a Canvas course open with our front page and show our syllabus, whatever a teacher chose.
    `embed_videos` plays films of the usual hosts in the page, where it could have a card that leads to them.
    `site` is about web sites alone. `certificate` adds a page to print, for whoever has completed every unit.
    One that `carries` has its source along, where the format keeps it from learners' eyes.
    """

    publication: Publication = Publication("en")
    theme: Theme = OURS
    math: bool = False
    with_scorm: bool = False
    canvas_home: bool = False
    embed_videos: bool = False
    site: SiteOptions = SiteOptions()
    certificate: bool = False
    carries: bool = True


@frozen
class Materials:
    """What a writer works with besides the course. `content` returns the pages of a unit in a SCO.

    `glossary` explains terms on them, `index` is what a search in them looks into, and `once` keeps what is the same in
    all formats of the course.
    """

    renderer: Renderer
    options: WriteOptions
    content: Callable[[Unit], Content]
    glossary: Glossary
    index: SearchIndex
    once: Once

    def alone(self, course: Course, content: Callable[[Unit], Content]) -> Materials:
        """Return materials for a part of the course as a package by itself; `content` returns the pages of its units.

        Its pages and its search know of nothing outside of it, but explain the same terms.
        """
        glossary = Glossary(course, self.renderer, content, self.glossary)
        index = SearchIndex(course, self.renderer, content, glossary)
        return replace(self, content=content, glossary=glossary, index=index, once=NEVER)


def materials_for(course: Course, renderer: Renderer, options: WriteOptions, once: Once) -> Materials:
    """Return what writers work with on a course; what is made once for all of them goes into `once`."""
    made = partial(content_of, renderer, course, course_files(course).name)
    kept = once if once.keep else Last()  # a unit's page and its answers are written one after the other

    def content(unit: Unit) -> Content:
        return kept.made(("content", unit.identity), lambda: once.of_unit(unit, lambda: made(unit), "content"))

    glossary = Glossary(course, renderer, content)
    return Materials(renderer, options, content, glossary, SearchIndex(course, renderer, content, glossary, once), once)
