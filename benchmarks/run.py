"""Measures coursewright against MkDocs, against itself at ten times the size, and against the least possible work.

    python benchmarks/run.py [--quick] [--only WORD] [--json FILE]

Run it with the Python in which coursewright is installed. All figures are ratios of runs that followed each other, so a
busy machine disturbs them little. It ends with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from dataclasses import asdict
from functools import partial
from pathlib import Path

from cases import (
    FORMATS,
    LARGE,
    MEDIUM,
    PAGES,
    SMALL,
    Bench,
    again,
    against_floor,
    against_mkdocs,
    conversion,
    formats_against_mkdocs,
    growth,
    lessons_against_mkdocs,
    start,
    two_workers,
    validation,
)
from contestants import coursewright_version, mkdocs_version
from processes import ProcessError
from table import missed, table


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


def run(bench: Bench, *, quick: bool, only: str = "") -> None:
    """Run every case, or only the quick ones, with fewer runs, saying on standard error what is being measured."""
    few = [
        ("start-up", partial(start, bench, 5 if quick else 15)),
        (f"{SMALL:,} documents against MkDocs", partial(against_mkdocs, bench, SMALL, 3 if quick else 7)),
        ("formats", partial(formats_against_mkdocs, bench, 1 if quick else 3, () if quick else FORMATS)),
        ("nothing changed, and one edit", partial(again, bench, 1 if quick else 5)),
    ]
    more = [
        (f"{PAGES} pages with pictures and quizzes", partial(lessons_against_mkdocs, bench, 3)),
        (f"{MEDIUM:,} documents against MkDocs", partial(against_mkdocs, bench, MEDIUM, 3)),
        (f"{SMALL:,} documents against the lower limit", partial(against_floor, bench, SMALL, 5)),
        ("two processes", partial(two_workers, bench, 3)),
        ("validator", partial(validation, bench, 3)),
        ("conversion", partial(conversion, bench, 3)),
        (f"{LARGE:,} documents by track", partial(growth, bench, 1, "by track")),
        (f"{LARGE:,} documents in one package", partial(growth, bench, 1, "one package", "--by", "all")),
    ]
    for name, case in few if quick else [*few, *more]:
        if only in name:
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
    parser.add_argument("--quick", action="store_true", help="only the small cases, with fewer runs")
    parser.add_argument("--only", default="", metavar="WORD", help="only the cases with this in their names")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there too")
    return parser.parse_args()


def main() -> int:
    """Measure, print the table, and return 1 when a target is missed."""
    options = arguments()
    try:
        about = machine()
        with tempfile.TemporaryDirectory(prefix="coursewright-benchmark-") as folder:
            bench = Bench(Path(folder))
            run(bench, quick=options.quick, only=options.only)
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
