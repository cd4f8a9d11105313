"""Safe at any moment: builds that are killed, that run at once, that meet full and read-only disks, or Ctrl-C."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import built, linted, roadmap
from packages import files_in
from test_cli import run

from coursewright.building.drafts import drafts
from coursewright.building.pipeline import build, planned
from coursewright.building.settings import Config
from coursewright.course.plan import Selection

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no locks on folders")
Sources = Callable[[Mapping[str, str | bytes]], Path]
MAIN = "from coursewright.cli import main; main()"
WORK = "\n## Key Deliverables\n\n- {}\n"


def documents(deliverable: str, roles: int = 3) -> dict[str, str]:
    """Return a curriculum of several courses; what is to be delivered changes in the first two."""
    words = [deliverable, deliverable, "Rye diary"]
    return {
        f"{number}.md": roadmap(number, role=f"Baker {number}", extra=WORK.format(words[number % 3]))
        for number in range(roles)
    }


def parts(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".part")]


def sums_hold(folder: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (folder.name, done.stdout, done.stderr, (folder / "SHA256SUMS").read_text())


@pytest.mark.parametrize("change", ["everything", "two of three", "nothing"])
def test_wherever_a_build_is_killed_the_packages_are_whole_and_their_sums_hold(
    change: str, curriculum: Sources, tmp_path: Path
) -> None:
    import killed

    where, roles = tmp_path / "where", 1 if change == "everything" else 3
    source = curriculum(documents("Sourdough diary", roles))
    killed.make(linted(source), where / "old")
    source = curriculum(documents("Sourdough diary" if change == "nothing" else "Spelt diary", roles))
    new = tmp_path / "new"
    shutil.copytree(where / "old", new)
    killed.make(linted(source), new)
    old, chance = files_in(where / "old"), random.Random(f"killed {change}")
    largest = max(map(len, old.values()))
    places = [f"event-{number}" for number in chance.sample(range(1, 160), 25)]
    places += [f"byte-{chance.randrange(1, largest)}" for _ in range(5)]
    for place in places:
        shutil.copytree(where / "old", where / place)
    script = Path(killed.__file__)
    command = [sys.executable, str(script), str(source), str(where), *places]
    reached = {*places} - {*subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()}
    assert len(reached) >= 17, reached
    for place in sorted(reached):
        _whole(where / place, old, files_in(new))
    for place in sorted(reached)[:6]:
        killed.make(linted(source), where / place)
        assert files_in(where / place) == files_in(new)
        assert parts(where / place) == []


def test_wherever_a_build_with_a_cache_is_killed_the_next_one_makes_the_same(
    curriculum: Sources, tmp_path: Path
) -> None:
    import killed

    where = tmp_path / "where"
    source = curriculum(documents("Sourdough diary"))
    killed.make_cached(source, where / "old")
    source = curriculum(documents("Spelt diary"))
    killed.make_cached(source, where / "new")
    old, new, chance = files_in(where / "old"), files_in(where / "new"), random.Random("killed with a cache")
    places = [f"cached-event-{number}" for number in chance.sample(range(1, 260), 14)]
    places += [f"cached-byte-{chance.randrange(1, 60_000)}" for _ in range(6)]
    for place in places:
        shutil.copytree(where / "old", where / place)
        shutil.copytree(where / "old-cache", where / f"{place}-cache")
    command = [sys.executable, str(Path(killed.__file__)), str(source), str(where), *places]
    reached = {*places} - {*subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()}
    assert len(reached) >= 12, reached
    for place in sorted(reached):
        _whole(where / place, old, new)
        killed.make_cached(source, where / place)
        assert files_in(where / place) == new
        left = [path.name for path in where.joinpath(f"{place}-cache").rglob("*.part")]
        assert (parts(where / place), left) == ([], [])


def test_a_full_disk_is_an_error_that_names_the_file_and_what_was_there_stays_whole(
    curriculum: Sources, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = ["build", "-f", "scorm12", "-o", str(out)]
    assert run(*command, curriculum(documents("Rye diary", 1))).returncode == 0
    before = files_in(out)
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); {MAIN}"
    full = [sys.executable, "-c", limited, *command, str(curriculum(documents("Spelt diary", 1)))]
    done = subprocess.run(full, capture_output=True, text=True, check=False)
    package = out / "baker-0-scorm12.zip"
    assert (done.returncode, done.stderr) == (2, f"coursewright: {package}: File too large\n")
    assert files_in(out) == before


def _whole(folder: Path, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    sums_hold(folder)
    found = {
        name: content for name, content in files_in(folder).items() if ".part/" not in name and name != "SHA256SUMS"
    }
    assert found.keys() == {*old} - {"SHA256SUMS"}
    assert all(content in (old[name], new[name]) for name, content in found.items())
    json.loads(found["report.json"])
    for package in (path for path in folder.iterdir() if path.suffix in (".zip", ".mbz")):
        with zipfile.ZipFile(package) as opened:
            assert opened.testzip() is None


def test_drafts_of_dead_builds_are_deleted_and_those_of_live_ones_and_of_strangers_are_not(
    curriculum: Sources, tmp_path: Path
) -> None:
    source, out = curriculum(documents("Rye diary", 1)), tmp_path / "out"
    dead, stranger = out / ".coursewright-dead1234.part", out / "notes.part"
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead.mkdir(parents=True)
    for path in (dead / "a.zip", stranger, out / f".a.zip.{ended.pid}.part", out / f".a.zip.{os.getppid()}.part"):
        path.write_text("half a packa")
    with drafts(out) as alive:
        built(source, out)
        assert alive.is_dir()
        assert sorted(parts(out)) == sorted([alive.name, stranger.name, f".a.zip.{os.getppid()}.part"])
    assert not alive.exists()


def test_two_builds_at_once_leave_packages_and_sums_of_one_piece(curriculum: Sources, tmp_path: Path) -> None:
    sources = []
    for name in ("one", "other"):
        shutil.copytree(curriculum(documents(f"{name} diary")), tmp_path / name)
        sources.append(tmp_path / name)
    command = [sys.executable, "-m", "coursewright", "build", "-f", "scorm12,moodle", "-o", str(tmp_path / "out")]
    running = [subprocess.Popen([*command, str(source)], stdout=subprocess.DEVNULL) for source in sources]
    assert [process.wait() for process in running] == [0, 0]
    sums_hold(tmp_path / "out")
    assert parts(tmp_path / "out") == []
    alone = [tmp_path / "alone" / source.name for source in sources]
    for source, folder in zip(sources, alone, strict=True):
        built(source, folder, config=Config(formats=("scorm12", "moodle")))
    made = {name: data for name, data in files_in(tmp_path / "out").items() if name != "report.json"}
    assert made in [{name: files_in(folder)[name] for name in made} for folder in alone]


def test_what_earlier_builds_wrote_is_told_and_deleted_when_asked_and_nothing_else_is(
    curriculum: Sources, tmp_path: Path
) -> None:
    source, out = curriculum(documents("Rye diary", 1)), tmp_path / "out"

    def make(*formats: str, clean: bool = False) -> tuple[str, ...]:
        config = Config(formats=formats)
        report = build(planned(linted(source), Selection(), config), config, out, clean=clean)
        assert [found.code for found in report.findings if found.code == "S091"] == ["S091"] * bool(report.older)
        return report.older

    assert make("scorm12") == make("scorm12") == ()
    (out / "theirs.zip").write_bytes(b"a stranger's")
    assert make("cc13") == ("baker-0-scorm12.zip",)
    moodle = make("moodle")
    assert moodle == ("baker-0-cc13.imscc", "baker-0-scorm12.zip")
    assert (
        make("scorm12")
        == ("baker-0-cc13.imscc", "baker-0-moodle-competencies.csv", "baker-0-moodle.mbz")[
            :: 1 if (out / "baker-0-moodle-competencies.csv").exists() else 2
        ]
    )
    assert make("cc13", clean=True) == ()
    assert {path.name for path in out.iterdir()} == {"baker-0-cc13.imscc", "theirs.zip", "report.json", "SHA256SUMS"}


def test_a_package_that_is_held_back_leaves_its_older_one_even_to_clean(curriculum: Sources, tmp_path: Path) -> None:
    out, config = tmp_path / "out", Config(formats=("scorm12",))
    built(curriculum(documents("Rye diary", 2)), out)
    source = curriculum({"1.md": documents("Rye diary", 2)["1.md"] + roadmap(1, "MOD-001", role="Baker 1")})
    (source / "1.md").write_text(roadmap(1, "MOD-001", role="Baker 1"))
    report = build(planned(linted(source), Selection(), config), config, out, clean=True)
    assert [package.size is None for package in report.packages] == [False, True]
    assert report.older == ("baker-1-scorm12.zip",)
    assert (out / "baker-1-scorm12.zip").exists()
    sums_hold(out)


def test_many_files_of_others_cost_a_line(curriculum: Sources, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for number in range(3_000):
        (out / f"{number:04}.zip").touch()
    done = run("build", curriculum(documents("Rye", 1)), "-o", out)
    assert done.returncode == 0
    assert "0004.zip and 2995 more" in done.stdout and len(done.stdout) < 1_500


@contextmanager
def _read_only(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    folder.chmod(0o555)
    try:
        yield folder
    finally:
        folder.chmod(0o755)


def test_a_read_only_folder_is_an_error_that_names_it(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum(documents("Rye diary", 1))
    with _read_only(tmp_path / "dist") as folder:
        out = Path("/proc/dist") if os.geteuid() == 0 else folder  # nothing is read-only to root, but this
        done = run("build", source, "-o", out)
    assert (done.returncode, "Traceback" in done.stderr, f"coursewright: {out}: " in done.stderr) == (2, False, True)


class _Stopped(KeyboardInterrupt):
    """Ctrl-C, as it reaches a build."""


def test_a_build_that_is_stopped_leaves_the_folder_as_it_was_and_no_process(
    curriculum: Sources, tmp_path: Path
) -> None:
    source, out = curriculum(documents("Rye diary")), tmp_path / "out"

    def stop(text: str) -> None:
        if text.startswith("writing"):
            raise _Stopped

    for count in (1, 2):
        with pytest.raises(_Stopped):
            build(planned(linted(source), Selection(), Config()), Config(), out, stop, count=count)
        assert not out.exists()
        assert not multiprocessing.active_children()


STOPPED = """
import os, signal, sys
from importlib import import_module
from coursewright.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored

def progress(text):
    if text.startswith("writing"):
        os.killpg(0, signal.SIGINT)  # as a terminal does

if __name__ == "__main__":
    import_module("coursewright.cli.curriculum").progress = progress
    main()
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_all_processes_with_a_word(jobs: str, curriculum: Sources, tmp_path: Path) -> None:
    script = tmp_path / "stopped.py"
    script.write_text(STOPPED)
    source, out = curriculum(documents("Rye diary")), tmp_path / "out"
    command = [sys.executable, str(script), "build", str(source), "-o", str(out), "--jobs", jobs]
    done = subprocess.run(command, capture_output=True, text=True, check=False, start_new_session=True)
    assert (done.returncode, "Traceback" in done.stderr) == (130, False), done.stderr
    assert done.stderr == "coursewright: stopped\n"
    assert not out.exists()


FAULTY = """
import sys
from importlib import import_module
from coursewright.cli import main

def fail(*_, **__):
    raise AttributeError("no such thing")

import_module("coursewright.readers.kinds").read_sources = fail
main()
"""


@pytest.mark.parametrize("whole", [False, True])
def test_a_fault_of_ours_is_told_as_one(whole: bool, curriculum: Sources, tmp_path: Path) -> None:
    script = tmp_path / "faulty.py"
    script.write_text(FAULTY)
    source, out = curriculum(documents("Rye diary")), tmp_path / "out"
    command = [sys.executable, str(script), "build", str(source), "-o", str(out), "--jobs", "1"]
    wanted = {"COURSEWRIGHT_TRACEBACK": "1"} if whole else {}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **wanted})
    assert ("Traceback" in done.stderr, done.returncode) == (whole, 1 if whole else 3), done.stderr
    assert "AttributeError: no such thing" in done.stderr
    if not whole:
        assert "faulty.py, line 7" in done.stderr
        assert "a fault of coursewright, not of your files" in done.stderr
    assert not out.exists()
