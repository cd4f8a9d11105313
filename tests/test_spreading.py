"""Work that copies of this process share: its results are the same, whoever has a part in it, and whoever is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import roadmap

from coursewright.building.cache import Cache
from coursewright.building.pipeline import read
from coursewright.building.pool import start_method
from coursewright.building.readings import Readings
from coursewright.building.settings import Config
from coursewright.building.spreading import Spread

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes do not start as copies here")


def test_several_processes_share_what_is_worth_it_and_the_results_are_in_order() -> None:
    def made(number: int) -> tuple[int, int]:
        return number * number, os.getpid()

    is_alone = start_method() == "fork"
    for count, total, processes in ((1, 100, 1), (2, 100, 2), (3, 100, 3), (2, 10, 1), (0, 100, 1)):
        found = Spread(count).made(made, total)
        assert [square for square, _ in found] == [number * number for number in range(total)]
        assert len({process for _, process in found}) == (processes if is_alone else 1)
    assert Spread(2).made(made, 0) == []


def test_what_a_lost_process_has_not_done_this_one_does() -> None:
    own = os.getpid()

    def made(number: int) -> int:
        if number == 99 and os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert Spread(2).made(made, 100) == [*range(100)]


def test_what_cannot_be_done_is_told_by_whoever_could_not() -> None:
    with pytest.raises(ZeroDivisionError):
        Spread(3).made(lambda number: 1 // (99 - number), 100)


def test_documents_that_several_processes_read_are_as_one_reads_them(tmp_path: Path) -> None:
    for number in range(101, 161):
        text = roadmap(number, f"MOD-{number - 1}", extra="\nInstructors only: no.\n" if number % 7 else "")
        (tmp_path / f"module-{number}-roadmap.md").write_text(text, encoding="utf-8")
    alone = read([tmp_path], Config())
    assert len(alone.graph.units) == 60
    for count in (1, 2):
        readings = Readings(Cache(tmp_path / f"cache-{count}"), "program", "sources", Spread(count))
        assert read([tmp_path], Config(), readings=readings) == alone
        readings.keep()
    entries = [{path.name for path in (tmp_path / f"cache-{count}").rglob("*")} for count in (1, 2)]
    assert entries[0] == entries[1]


ALONE = """
import sys
from pathlib import Path
import test_spreading as these
from coursewright.building.pool import start_method
print(start_method(), end=" ")
done = 0
for name, test in list(vars(these).items()):
    if name.startswith("test_") and "one_thread" not in name:
        test(*[Path(sys.argv[1])][: test.__code__.co_argcount])
        done += 1
print(done)
"""


def test_all_of_this_holds_in_a_process_of_one_thread(tmp_path: Path) -> None:
    if start_method() == "fork":
        return  # it just did
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(tmp_path)],
        cwd=Path(__file__).parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "fork 4\n"), done.stderr
