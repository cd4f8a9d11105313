"""Measures coursewright against MkDocs, against itself at ten times the size, and against the least possible work.

    python benchmarks/run.py [--quick] [--json FILE]

Run it with the Python in which coursewright is installed. It ends with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from operator import attrgetter
from pathlib import Path
from statistics import median

from contestants import (
    build_with_coursewright,
    build_with_mkdocs,
    coursewright_version,
    mkdocs_version,
    run_bare_python,
    run_floor,
    show_help,
)
from curriculum import write_curriculum
from processes import ProcessError, Usage, interleaved, typical
from table import Row, missed, table

SMALL, MEDIUM, LARGE = 168, 1_000, 10_000
MOST_OF_MKDOCS = {SMALL: 0.6, MEDIUM: 0.3}
MOST_MEMORY = 64.0
MOST_GROWTH = 1.05 * LARGE / MEDIUM  # linear, and some room for the noise of a shared machine


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

    def coursewright(self, documents: int, *options: str) -> partial[Usage]:
        """Return the contestant that builds a curriculum of so many documents."""
        output = self.output(f"packages-{documents}")
        return partial(build_with_coursewright, self.source(documents), output, documents, *options)


def against_mkdocs(bench: Bench, documents: int, runs: int) -> None:
    """Compare a build with MkDocs over the same documents, and hold it to a peak of memory."""
    case, source = f"{documents:,} documents", bench.source(documents)
    contestants = {
        "coursewright": bench.coursewright(documents),
        "MkDocs": partial(build_with_mkdocs, source, bench.output(f"site-{documents}"), documents),
    }
    taken = bench.runs[case] = interleaved(contestants, runs)
    ours, theirs = taken["coursewright"], taken["MkDocs"]
    most = MOST_OF_MKDOCS[documents]
    bench.rows += [
        Row(case, "CPU", "s", cpu(ours), "MkDocs", cpu(theirs), ratio(ours, theirs, "cpu"), most_ratio=most),
        Row(case, "wall", "s", wall(ours), "MkDocs", wall(theirs), ratio(ours, theirs, "wall")),
        Row(
            case, "peak memory", "MiB", memory(ours), "MkDocs", memory(theirs), ratio(ours, theirs, "memory"),
            most_value=MOST_MEMORY,
        ),
    ]  # fmt: skip


def against_floor(bench: Bench, documents: int, runs: int) -> None:
    """Compare a build with reading the documents and deflating the packages' bytes, in one process."""
    case = f"{documents:,} documents, lower limit"
    packages, output = bench.output(f"packages-{documents}"), bench.output(f"floor-{documents}")
    contestants = {
        "coursewright": bench.coursewright(documents),
        "limit": partial(run_floor, bench.source(documents), packages, output),
    }
    taken = bench.runs[case] = interleaved(contestants, runs)
    ours, least = taken["coursewright"], taken["limit"]
    bench.rows.append(Row(case, "CPU", "s", cpu(ours), "limit", cpu(least), ratio(ours, least, "cpu")))


def growth(bench: Bench, runs: int, name: str, *options: str) -> None:
    """Compare ten times the documents with what they take once."""
    case = f"{MEDIUM:,} -> {LARGE:,} documents, {name}"
    contestants = {
        f"{MEDIUM:,}": bench.coursewright(MEDIUM, *options),
        f"{LARGE:,}": bench.coursewright(LARGE, *options),
    }
    taken = bench.runs[case] = interleaved(contestants, runs, warm_up=False)
    once, tenfold = taken[f"{MEDIUM:,}"], taken[f"{LARGE:,}"]
    against = f"{MEDIUM:,}:"
    bench.rows += [
        Row(case, "CPU", "s", cpu(tenfold), against, cpu(once), ratio(tenfold, once, "cpu"), most_ratio=MOST_GROWTH),
        Row(
            case, "peak memory", "MiB", memory(tenfold), against, memory(once), ratio(tenfold, once, "memory"),
            most_ratio=MOST_GROWTH,
        ),
    ]  # fmt: skip


def start(bench: Bench, runs: int) -> None:
    """Compare `coursewright --help` with a Python that does nothing."""
    case = "coursewright --help"
    contestants = {"coursewright": partial(show_help, bench.folder), "Python": partial(run_bare_python, bench.folder)}
    taken = bench.runs[case] = interleaved(contestants, runs)
    ours, bare = taken["coursewright"], taken["Python"]
    times = (1000 * wall(ours), "python -c pass", 1000 * wall(bare))
    bench.rows.append(Row(case, "wall", "ms", *times, ratio(ours, bare, "wall")))


def cpu(usages: Sequence[Usage]) -> float:
    """Return the median processor time, in seconds."""
    return typical(usages).cpu


def wall(usages: Sequence[Usage]) -> float:
    """Return the median wall time, in seconds."""
    return typical(usages).wall


def memory(usages: Sequence[Usage]) -> float:
    """Return the median peak memory, in MiB."""
    return typical(usages).memory


def ratio(ours: Sequence[Usage], theirs: Sequence[Usage], measure: str) -> float:
    """Return the median of the ratios of runs that followed each other."""
    amount = attrgetter(measure)
    return float(median(amount(our) / amount(their) for our, their in zip(ours, theirs, strict=True)))


def machine() -> dict[str, object]:
    """Return what the numbers hang on: the machine and the versions."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load": [round(load, 2) for load in os.getloadavg()],
        "python": platform.python_version(),
        "coursewright": coursewright_version(),
        "mkdocs": mkdocs_version(),
    }


def run(bench: Bench, *, quick: bool) -> None:
    """Run every case, or only the small one, saying on standard error what is being measured."""
    cases = [
        (f"{SMALL:,} documents against MkDocs", partial(against_mkdocs, bench, SMALL, 3 if quick else 7)),
        (f"{MEDIUM:,} documents against MkDocs", partial(against_mkdocs, bench, MEDIUM, 3)),
        (f"{SMALL:,} documents against the lower limit", partial(against_floor, bench, SMALL, 5)),
        (f"{LARGE:,} documents by track", partial(growth, bench, 3, "by track")),
        (f"{LARGE:,} documents in one package", partial(growth, bench, 3, "one package", "--by", "all")),
        ("coursewright --help", partial(start, bench, 15)),
    ]
    for name, case in cases[:1] if quick else cases:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        case()


def write_json(file: Path, about: dict[str, object], bench: Bench) -> None:
    """Write the machine, the rows and every single run."""
    runs = {
        case: {name: [asdict(used) for used in usages] for name, usages in taken.items()}
        for case, taken in bench.runs.items()
    }
    whole = {"machine": about, "rows": [row.as_json() for row in bench.rows], "runs": runs}
    file.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")


def arguments() -> argparse.Namespace:
    """Return the command line's arguments."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--quick", action="store_true", help=f"only the case of {SMALL} documents, with fewer runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there too")
    return parser.parse_args()


def main() -> int:
    """Measure, print the table, and return 1 when a target is missed."""
    options = arguments()
    try:
        about = machine()
        with tempfile.TemporaryDirectory(prefix="coursewright-benchmark-") as folder:
            bench = Bench(Path(folder))
            run(bench, quick=options.quick)
    except ProcessError as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 2
    print(", ".join(f"{name} {value}" for name, value in about.items()), table(bench.rows), sep="\n\n")
    if options.json:
        write_json(options.json, about, bench)
    print(f"\n{missed(bench.rows)} of {sum(row.passed is not None for row in bench.rows)} targets missed")
    return 1 if missed(bench.rows) else 0


if __name__ == "__main__":
    sys.exit(main())
