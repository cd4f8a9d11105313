"""Jobs: one for each package to be written, and what runs them.

A job holds values alone, so that another process can run it. What it names, and what does not pickle, the workshop of
the process that runs it holds: the writers, a renderer, and the pages of the course that it is at.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path

from coursewright.building.bundles import shrunk_before
from coursewright.building.bytecode import Bytecode
from coursewright.building.judgement import judged
from coursewright.building.lasting import LastingPages, lasting_pages
from coursewright.building.report import Built
from coursewright.building.withdrawals import Output
from coursewright.course.model import Course
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity, has_errors, regraded
from coursewright.frozen import frozen
from coursewright.packages.files.writing import Package, write_folder, write_zip
from coursewright.packages.files.zipping import Shrunk
from coursewright.pages.compiled import Compiled, CompiledTemplates
from coursewright.pages.once import Once
from coursewright.pages.renderer import Renderer
from coursewright.pages.theme.theme import ThemeError
from coursewright.writers import FORMATS
from coursewright.writers.writer import Materials, WriteOptions, materials_for

_MOST_KEPT = 1_000  # units, up to which what formats have in common stays in memory
_MOST_LASTING = 300  # units, up to which what the next build needs of them does


@frozen
class Job:
    """One package to be written: its course, the name of its format, how, and where to. It pickles.

    `findings` are those about the units of the course: with an error among them, nothing is written. `severities` are
    for what is found on the way. `earlier` is the key of the package that an earlier build wrote, if that is known, and
    `names` say what is in each unit, if all are known.
    """

    course: Course
    format: str
    options: WriteOptions
    output: Output
    findings: tuple[Finding, ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    earlier: str = ""
    names: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """The name of the file that it writes."""
        return FORMATS[self.format].file_name(self.course)


class Workshop:
    """What the jobs that one thread runs have in common: a renderer, and the pages of the course that it is at.

    `keep` says that several formats are made of a course: then each of its units is converted once. `compiled` is where
    templates are kept as they were compiled.
    """

    def __init__(self, *, keep: bool = True, compiled: CompiledTemplates | None = None) -> None:
        self.keep = keep
        self.compiled = compiled
        self._course: Course | None = None
        self._materials: Materials | None = None
        self._lasting: LastingPages | None = None

    def materials(self, course: Course, options: WriteOptions, names: tuple[str, ...] = ()) -> Materials:
        """Return what a writer works with; the pages of another course are let go of."""
        found = self._materials if self._materials and self._materials.options == options else None
        if found is None or self._course != course:
            renderer = found.renderer if found else _renderer(options, self.compiled)
            del found
            self._let_go()
            found = materials_for(course, renderer, options, self._once(course, options, names))
            self._course, self._materials = course, found
        return found

    def _once(self, course: Course, options: WriteOptions, names: tuple[str, ...]) -> Once:
        count = len(course.units)
        self._lasting = lasting_pages(self.compiled, course, options, names) if count <= _MOST_LASTING else None
        return Once(keep=self.keep and count <= _MOST_KEPT, lasting=self._lasting.made if self._lasting else None)

    def keep_lasting(self) -> None:
        """Keep what lasts of the course, of which everything is made now."""
        if self._lasting:
            self._lasting.keep()

    def _let_go(self) -> None:
        """Let go of the pages of a course, and of the circles in them while nothing else is young: that takes least."""
        if self._materials:
            self._course = self._materials = None
            gc.collect(1)


def _renderer(options: WriteOptions, compiled: CompiledTemplates | None) -> Renderer:
    language, theme = options.publication.language, options.theme
    kept = Compiled(Bytecode(), compiled)
    return Renderer(language, theme, math=options.math, embed_videos=options.embed_videos, compiled=kept)


def run(job: Job, workshop: Workshop) -> Built:
    """Write the package of a job; return what was written, or what kept it from that. The result pickles."""
    found, package = list(job.findings), Package(job.file_name)
    if has_errors(found):
        return _built(job, found)
    try:
        materials = workshop.materials(job.course, job.options, job.names)
        problems = FORMATS[job.format].write(package, job.course, materials)
        if FORMATS[job.format].is_judged and package.files and not package.bare:
            problems += judged(package, workshop.compiled)
        found += regraded([*problems, *job.output.withdrawn(package)], job.severities)
        if not has_errors(found):
            drafts = job.output.drafts
            known = shrunk_before(workshop.compiled.keeper, job.earlier) if workshop.compiled else None
            return (_written if not drafts or drafts.is_dir() else _carried)(job, found, package, known)
    except ThemeError as error:
        found.append(error.finding)
    return _built(job, found)


def _built(job: Job, findings: list[Finding]) -> Built:
    units = tuple((unit.identity, unit.path) for unit in job.course.units)
    return Built(job.file_name, job.format, job.course.title, units, findings)


def _written(job: Job, findings: list[Finding], package: Package, known: Shrunk | None) -> Built:
    folder = job.output.target
    if package.unzipped:
        name = Path(package.name).stem
        return replace(_built(job, findings), name=name, size=write_folder(package, folder / name))
    size, sha256 = write_zip(package, folder / package.name, known)
    companions = {f"{Path(package.name).stem}-{name}": content for name, content in package.companions.items()}
    for name, content in companions.items():
        (folder / name).write_bytes(content)
    return replace(_built(job, findings), size=size, sha256=sha256, companions=tuple(companions), kept=package.kept)


def _carried(job: Job, findings: list[Finding], package: Package, known: Shrunk | None) -> Built:
    """Return what was written, with its bytes: the folder that it goes to is on another machine."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as made:
        folder = Path(made)
        built = _written(replace(job, output=Output(folder)), findings, package, known)
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        return replace(built, carried={path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


def held_back(job: Job, error: BaseException) -> Built:
    """Return what comes of a job that failed in a way that nobody foresaw."""
    reason = f"{type(error).__name__}: {error}".splitlines()[0][:300]
    return _built(job, [*job.findings, messages.COURSE_FAILED.at(Place(job.file_name), reason=reason)])
