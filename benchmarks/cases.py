"""The cases of the benchmark: each runs contestants in turn, and adds rows to what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from pathlib import Path
from statistics import median

from contestants import (
    build_with_coursewright,
    build_with_mkdocs,
    convert_with_coursewright,
    edit_and_build,
    parse_with_lxml,
    run_bare_python,
    run_floor,
    show_help,
    validate_with_coursewright,
)
from curriculum import write_curriculum
from lessons import write_lessons
from processes import Contestant, Usage, interleaved, typical
from table import Row

SMALL, MEDIUM, LARGE, PAGES, VALIDATED = 168, 1_000, 10_000, 100, 300
FORMATS = ("scorm12", "scorm2004", "cc13", "canvas", "moodle", "site", "epub")
MOST_OF_MKDOCS = {SMALL: 0.5, MEDIUM: 0.35}
MOST_OF_ONE, MOST_OF_ALL, MOST_UNCHANGED, MOST_EDITED = 0.8, 1.5, 0.12, 0.3
MOST_MEMORY, MOST_MEMORY_OF_ONE_PACKAGE = 64.0, 120.0
MOST_GROWTH, MOST_OF_BARE_PYTHON = 11.0, 8.5
LEAST_OF_TWO = 1.7  # times as fast as one process, on a machine with nothing else to do


@dataclass(slots=True)
class Bench:
    """A folder to work in, the rows so far, and every single run behind them."""

    folder: Path
    rows: list[Row] = field(default_factory=list)
    runs: dict[str, dict[str, list[Usage]]] = field(default_factory=dict)

    def source(self, documents: int) -> Path:
        """Return the folder of a curriculum of so many documents, written when first asked for."""
        folder = self.folder / f"curriculum-{documents}"
        return folder if folder.exists() else write_curriculum(folder, documents)

    def output(self, name: str) -> Path:
        """Return a folder for what a contestant makes."""
        return self.folder / name

    def coursewright(self, documents: int, *options: str) -> Contestant:
        """Return the contestant that builds a curriculum of so many documents, as SCORM 1.2 unless told otherwise."""
        told = options if "-f" in options else ("-f", "scorm12", *options)
        output = self.output(f"packages-{documents}")
        return partial(build_with_coursewright, self.source(documents), output, documents, "-j", "1", *told)

    def mkdocs(self, documents: int) -> Contestant:
        """Return the contestant that makes a site of the same documents."""
        return partial(build_with_mkdocs, self.source(documents), self.output(f"site-{documents}"), documents)

    def compare(
        self, case: str, names: tuple[str, str], contestants: Sequence[Contestant], runs: int, *, warm_up: bool = True
    ) -> Pair:
        """Run two contestants in turn, and return what they took."""
        taken = self.runs[case] = interleaved(dict(zip(names, contestants, strict=True)), runs, warm_up=warm_up)
        return Pair(case, names[1], taken[names[0]], taken[names[1]])


@dataclass(frozen=True, slots=True)
class Pair:
    """What ours and another took in a case, run by run."""

    case: str
    other: str
    ours: list[Usage]
    theirs: list[Usage]

    def row(self, measure: str, unit: str, *, most_ratio: float | None = None, most_value: float | None = None) -> Row:
        """Return a row for one measure; its ratio is the median of those of runs that followed each other."""
        amount = attrgetter(measure)
        ratio = median(amount(our) / amount(their) for our, their in zip(self.ours, self.theirs, strict=True))
        scale = 1000 if unit == "ms" else 1
        ours, theirs = (scale * amount(typical(usages)) for usages in (self.ours, self.theirs))
        return Row(
            *(self.case, _NAMES[measure], unit, ours, self.other, theirs, ratio),
            most_ratio=most_ratio,
            most_value=most_value,
        )


_NAMES = {"cpu": "CPU", "wall": "wall", "memory": "peak memory"}


def against_mkdocs(bench: Bench, documents: int, runs: int) -> None:
    """Compare a build with MkDocs over the same documents, and hold it to a peak of memory."""
    contestants = [bench.coursewright(documents), bench.mkdocs(documents)]
    pair = bench.compare(f"{documents:,} documents", ("coursewright", "MkDocs"), contestants, runs)
    bench.rows += [
        pair.row("cpu", "s", most_ratio=MOST_OF_MKDOCS[documents]),
        pair.row("wall", "s"),
        pair.row("memory", "MiB", most_value=MOST_MEMORY),
    ]


def formats_against_mkdocs(bench: Bench, runs: int, formats: Sequence[str]) -> None:
    """Compare each format, and all of them together, with MkDocs over the same documents."""
    each = [*((name, name, MOST_OF_ONE) for name in formats), ("all formats", ",".join(FORMATS), MOST_OF_ALL)]
    for title, names, most in each:
        contestants: list[Contestant] = [bench.coursewright(SMALL, "-f", names), bench.mkdocs(SMALL)]
        pair = bench.compare(f"{SMALL:,} documents, {title}", ("coursewright", "MkDocs"), contestants, runs)
        bench.rows.append(pair.row("cpu", "s", most_ratio=most))


def again(bench: Bench, runs: int) -> None:
    """Compare a build of what has not changed, and one after an edit, each in all formats, with MkDocs from nothing."""
    source, output = write_curriculum(bench.output("edited"), SMALL), bench.output("packages-edited")
    given = (source, output, SMALL, "-j", "1", "-f", ",".join(FORMATS))
    build_with_coursewright(*given)
    kinds: list[tuple[str, Contestant, float]] = [
        ("nothing changed", partial(build_with_coursewright, *given, warm=True), MOST_UNCHANGED),
        ("one edit", partial(edit_and_build, *given), MOST_EDITED),
    ]
    for title, contestant, most in kinds:
        names = ("coursewright", "MkDocs")
        pair = bench.compare(f"{SMALL:,} documents, {title}", names, [contestant, bench.mkdocs(SMALL)], runs)
        bench.rows.append(pair.row("cpu", "s", most_ratio=most))


def lessons_against_mkdocs(bench: Bench, runs: int) -> None:
    """Compare a build of lessons with pictures and quizzes with MkDocs."""
    source, case = write_lessons(bench.output("lessons"), PAGES), f"{PAGES} pages with pictures and quizzes"
    units = PAGES // 10
    ours = partial(build_with_coursewright, source, bench.output("packages-lessons"), units, "-f", "scorm12", "-j", "1")
    theirs = partial(build_with_mkdocs, source, bench.output("site-lessons"), PAGES)
    contestants: list[Contestant] = [ours, theirs]
    pair = bench.compare(case, ("coursewright", "MkDocs"), contestants, runs)
    bench.rows.append(pair.row("cpu", "s", most_ratio=MOST_OF_ONE))


def against_floor(bench: Bench, documents: int, runs: int) -> None:
    """Compare a build with reading the documents and deflating the packages' bytes, in one process."""
    packages, output = bench.output(f"packages-{documents}"), bench.output(f"floor-{documents}")
    floor = partial(run_floor, bench.source(documents), packages, output)
    contestants: list[Contestant] = [bench.coursewright(documents), floor]
    pair = bench.compare(f"{documents:,} documents, lower limit", ("coursewright", "limit"), contestants, runs)
    bench.rows.append(pair.row("cpu", "s"))


def growth(bench: Bench, runs: int, name: str, *options: str) -> None:
    """Compare ten times the documents with what they take once."""
    case = f"{MEDIUM:,} -> {LARGE:,} documents, {name}"
    contestants = [bench.coursewright(documents, *options) for documents in (LARGE, MEDIUM)]
    pair = bench.compare(case, (f"{LARGE:,}", f"{MEDIUM:,}"), contestants, runs, warm_up=False)  # minutes each
    most = MOST_MEMORY_OF_ONE_PACKAGE if options else MOST_MEMORY
    bench.rows += [pair.row("cpu", "s", most_ratio=MOST_GROWTH), pair.row("memory", "MiB", most_value=most)]


def two_workers(bench: Bench, runs: int) -> None:
    """Compare two processes with one."""
    contestants = [bench.coursewright(MEDIUM, "-j", "2"), bench.coursewright(MEDIUM)]
    pair = bench.compare(f"{MEDIUM:,} documents, two processes", ("two", "one"), contestants, runs)
    bench.rows.append(pair.row("wall", "s", most_ratio=1 / LEAST_OF_TWO))


def validation(bench: Bench, runs: int) -> None:
    """Compare the validator with lxml, which only parses, over a package for each unit."""
    packages = bench.output("packages-validated")
    build_with_coursewright(bench.source(VALIDATED), packages, VALIDATED, "-f", "scorm12", "--by", "unit")
    contestants: list[Contestant] = [partial(validate_with_coursewright, packages), partial(parse_with_lxml, packages)]
    pair = bench.compare(f"validate {VALIDATED:,} packages", ("coursewright", "lxml"), contestants, runs)
    bench.rows.append(pair.row("cpu", "s"))


def conversion(bench: Bench, runs: int) -> None:
    """Compare turning packages into others with reading and opening them, which lxml does."""
    packages = bench.output("packages-converted")
    build_with_coursewright(bench.source(SMALL), packages, SMALL, "-f", "scorm12")
    contestants: list[Contestant] = [
        partial(convert_with_coursewright, packages, bench.output("converted")),
        partial(parse_with_lxml, packages),
    ]
    pair = bench.compare(f"convert packages of {SMALL:,} documents", ("coursewright", "lxml"), contestants, runs)
    bench.rows.append(pair.row("cpu", "s"))


def start(bench: Bench, runs: int) -> None:
    """Compare `coursewright --help` with a Python that does nothing."""
    contestants = [partial(show_help, bench.folder), partial(run_bare_python, bench.folder)]
    pair = bench.compare("coursewright --help", ("coursewright", "python -c pass"), contestants, runs)
    bench.rows.append(pair.row("wall", "ms", most_ratio=MOST_OF_BARE_PYTHON))
