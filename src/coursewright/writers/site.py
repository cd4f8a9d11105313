"""A course as a web site: plain pages for any server, any path below it, or none; progress stays in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from coursewright.course.model import Course, Step
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.packages.files.writing import Package
from coursewright.pages.authored import file_path, page_path
from coursewright.pages.certificate import CERTIFICATE, certificate_page
from coursewright.pages.overview import Home, cover_name, overview_page
from coursewright.pages.quiz import answers_file
from coursewright.pages.theme.rules import SHARED
from coursewright.pages.website import SiteView, Website, is_within
from coursewright.text.names import cut
from coursewright.writers import FORMATS
from coursewright.writers.files import course_files, large_files
from coursewright.writers.losses import links_outside, staff_left_out
from coursewright.writers.scorm.scores import quizzes_of
from coursewright.writers.scorm.unit_page import (
    OVERVIEW,
    SEARCH_INDEX,
    Runtime,
    answers_path,
    sco_page,
    shared_files,
)
from coursewright.writers.writer import Materials

_LONGEST_STATE = 100_000  # characters that a browser keeps of a unit
_LONGEST_ABOUT = 160
_NO_JEKYLL = ".nojekyll"  # GitHub Pages would leave out files whose names begin with an underscore


@frozen
class _Site:
    """What the pages of a site are made of."""

    course: Course
    materials: Materials
    website: Website

    def home(self) -> bytes:
        """Return the home page."""
        plain = self.materials.renderer.plain
        view = SiteView(self.website.address(), plain(self.course.summary or self.course.title))
        home = Home(locks=False, site=view, certificate=self.certificate)
        return overview_page(self.materials.renderer, self.course, home)

    def unit(self, step: Step) -> bytes:
        """Return the page of a unit."""
        content = self.materials.content(step.unit)
        self.materials.index.add(step.unit, content)
        shown, renderer = self.materials.glossary.explained(step.unit, content), self.materials.renderer
        view = self.website.view(step.unit, content, cut(content.summary.striptags(), _LONGEST_ABOUT))
        alone = Runtime(api="2004", longest_state=_LONGEST_STATE, site=view)
        certified = bool(self.certificate)
        return sco_page(renderer, self.course, step, shown, alone, certified=certified)

    @property
    def certificate(self) -> str:
        """The address of the certificate, if there is one."""
        return CERTIFICATE if self.materials.options.certificate else ""

    def answers(self, step: Step) -> bytes:
        """Return what judges the quizzes of a unit."""
        return answers_file(self.materials.content(step.unit).quizzes)

    def missing(self) -> bytes:
        """Return what a server shows where there is no page, at whatever address."""
        renderer = self.materials.renderer
        title = renderer.inline(self.course.title)
        return renderer.render("site/404.html.j2", root=self.website.root, title=title).encode()


def write(package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill the web site of a course; return what is lost in it, and what is wrong with it."""
    website = Website(course, materials.options.site)
    site = _Site(course, materials, website)
    if website.options.unzipped:
        package.unzipped = True
    package.add(OVERVIEW, site.home)
    for step in course.steps:
        package.add(page_path(step.unit), partial(site.unit, step))
        if quizzes_of(step.unit):
            package.add(answers_path(step.unit), partial(site.answers, step))
    _add_common(package, site)
    files = course_files(course)
    for found in files:
        package.add(file_path(found.name), found.asset.content, stored=found.is_shrunk)
    package.add(SEARCH_INDEX, materials.index.file)
    return [
        *_losses(course, website, package.name),
        *large_files(files, package.name),
        *links_outside(course, package.name),
        *package.problems(),
    ]


def _add_common(package: Package, site: _Site) -> None:
    """Add what the pages share, and what a server asks for."""
    course, theme = site.course, site.materials.renderer.theme
    certified, with_quizzes = bool(site.certificate), any(map(quizzes_of, course.units))
    for path, content in shared_files(theme, with_quizzes=with_quizzes, certified=certified):
        package.add(path, content)
    if course.cover:
        package.add(f"{SHARED}/{cover_name(course)}", course.cover.content)
    if certified:
        package.add(CERTIFICATE, partial(certificate_page, site.materials.renderer, course, OVERVIEW))
    package.add(_NO_JEKYLL, b"")
    if site.website.base:
        package.add("404.html", site.missing)
        package.add("sitemap.xml", site.website.sitemap)


def _losses(course: Course, website: Website, package: str) -> Iterator[Finding]:
    place = Place(package)
    if count := sum(step.is_gated for step in course.steps):
        yield messages.SITE_OPEN.at(place, count=count)
    if count := sum(len(quizzes_of(unit)) for unit in course.units):
        yield messages.SITE_RECORDS_NOTHING.at(place, count=count)
    if website.options.edit_url:
        paths = (path for unit in course.units for path in (unit.path, *(part.path for part in unit.parts)))
        outside = dict.fromkeys(path for path in paths if not is_within(path))
        if outside:
            yield messages.NOT_EDITED.at(place, count=len(outside), name=PurePosixPath(next(iter(outside))).name)
    yield from staff_left_out(course, package, FORMATS["site"].title)
