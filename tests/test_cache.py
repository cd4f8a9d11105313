"""The cache: a build that nothing has changed for is not made again, and says the same; warm or cold, the bytes are equal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS, roadmap
from hypothesis import given
from hypothesis import strategies as st
from packages import files_in
from test_cli import run

from coursewright.building import digests, pool
from coursewright.building.cache import Cache, usual_cache
from coursewright.building.digests import digest, digest_of_program, digest_of_trees
from coursewright.building.pipeline import read
from coursewright.building.readings import Readings
from coursewright.building.settings import Config
from coursewright.building.unchanged import Order
from coursewright.packages.files import zipping

UNCHANGED = "nothing changed: these packages are as they were built before\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h{}"/></svg>'


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with two courses, a picture, settings and a theme, and with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    files = {
        "seeds/a-roadmap.md": roadmap(101, title="First"),
        "seeds/b-roadmap.md": roadmap(102, "MOD-101"),
        "seeds/c-roadmap.md": roadmap(201, "MOD-999", role="Analyst"),
        "bees/README.md": "# Bees\n\nMost live alone.\n\n![A bee](bee.svg)\n",
        "bees/.gitbook/assets/more.svg": PICTURE.format(1),
        "bees/bee.svg": PICTURE.format(2),
        "coursewright.toml": 'publisher = "The school"\ntheme = "looks"\n',
        "looks/theme.toml": 'logo_text = "The school"\n',
        "looks/labels/en.toml": 'objectives = "What you will learn"\n',
    }
    for name, text in files.items():
        path = tmp_path / "here" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "here"


def _build(place: Path, *options: str, out: str = "dist") -> tuple[int, str, str]:
    done = run("build", "seeds", "bees", "-f", "scorm12,canvas,moodle", "-o", out, *options, cwd=place)
    return done.returncode, done.stdout, done.stderr


def _entries(place: Path) -> list[Path]:
    return sorted(path for path in (place.parent / "caches").rglob("*") if path.is_file())


def test_what_was_built_and_has_not_changed_is_said_again_and_left_alone(place: Path) -> None:
    status, said, found = _build(place)
    assert status == 0 and "C104" in found
    before = {path: path.stat().st_mtime_ns for path in (place / "dist").iterdir()}
    assert _build(place) == (status, said + UNCHANGED, found)
    assert _build(place, "--jobs", "2") == (status, said + UNCHANGED, found)
    assert {path: path.stat().st_mtime_ns for path in (place / "dist").iterdir()} == before
    strict = _build(place, "--strict")
    assert strict == (1, said, found)
    assert _build(place, "--strict") == (1, said + UNCHANGED, found)
    shown = _build(place, "--verbose")
    assert len(shown[2]) > len(found) and _build(place, "--verbose") == (0, said + UNCHANGED, shown[2])
    assert _build(place, "--no-cache") == (status, said, found)


def test_a_report_for_programs_stays_one_and_a_quiet_build_stays_quiet(place: Path) -> None:
    status, said, beside = _build(place, "--report", "json")
    assert _build(place, "--report", "json") == (status, said, beside + UNCHANGED)
    assert [_build(place, "--quiet") for _ in range(2)] == [(0, "", "")] * 2


@pytest.mark.parametrize(
    "edit",
    [
        ("a document", "seeds/a-roadmap.md", "First", "Other"),
        ("a document of a folder", "bees/README.md", "Most", "Few"),
        ("a picture", "bees/bee.svg", "h2", "h3"),
        ("a hidden picture", "bees/.gitbook/assets/more.svg", "h1", "h2"),
        ("the settings", "coursewright.toml", "The school", "A school"),
        ("the looks", "looks/theme.toml", "The school", "A school"),
        ("words of the looks", "looks/labels/en.toml", "will", "shall"),
        ("a package", "dist/engineer-scorm12.zip", "PK", "KP"),
        ("the report", "dist/report.json", "First", "Other"),
        ("the sums", "dist/SHA256SUMS", "a", "b"),
    ],
    ids=lambda edit: edit[0],
)
def test_whatever_is_edited_the_build_is_made_again_as_if_there_were_no_cache(
    edit: tuple[str, ...], place: Path
) -> None:
    _build(place)
    _, name, old, new = edit
    path = place / name
    content = path.read_bytes()
    assert old.encode() in content or name == "dist/report.json"
    path.write_bytes(content.replace(old.encode(), new.encode()) + b"\n" * (name == "dist/report.json"))
    shutil.copytree(place / "dist", place / "cold")
    warm, cold = _build(place), _build(place, "--no-cache", out="cold")
    assert UNCHANGED not in warm[1]
    assert warm == (cold[0], cold[1].replace("cold/", "dist/"), cold[2])
    assert files_in(place / "dist") == files_in(place / "cold")


@pytest.mark.parametrize(
    "gone", ["bees/bee.svg", "dist/engineer-moodle.mbz", "dist/report.json", "dist", "looks/labels/en.toml"]
)
def test_whatever_is_missing_the_build_is_made_again(gone: str, place: Path) -> None:
    _build(place)
    path = place / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    warm, cold = _build(place), _build(place, "--no-cache", out="cold")
    assert UNCHANGED not in warm[1]
    assert {n: c for n, c in files_in(place / "dist").items() if n != "report.json"} == {
        n: c for n, c in files_in(place / "cold").items() if n != "report.json"
    }
    assert warm[0] == cold[0]


@pytest.mark.parametrize(
    "variable", [("SOURCE_DATE_EPOCH", "1800000000"), ("COURSEWRIGHT_TITLE", "Another"), ("NO_COLOR", "1")]
)
def test_what_the_environment_says_is_minded(
    variable: tuple[str, str], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    order = Order([Path("seeds")], Path("dist"), None, [])
    before = order.key("program")
    monkeypatch.setenv(*variable)
    assert before and order.key("program") != before


def test_another_version_of_the_program_or_of_its_templates_builds_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = tmp_path / "template.html.j2"
    template.write_text("one", encoding="utf-8")
    monkeypatch.setattr(digests, "resource", lambda name: tmp_path)
    known = [digest_of_program()]
    assert digest_of_program() in known
    template.write_text("other", encoding="utf-8")
    known.append(digest_of_program())
    monkeypatch.setattr(digests, "__version__", "9.9.9")
    known.append(digest_of_program())
    for library in ("jinja2", "lxml"):
        there = tmp_path / library / "package" / "__init__.py"
        there.parent.mkdir(parents=True)
        found = {library: ModuleSpec(library, None, origin=str(there))}
        monkeypatch.setattr(digests, "find_spec", lambda name, found=found: found.get(name))
        known.append(digest_of_program())
        os.utime(there.parent.parent, ns=(1, 1))
        known.append(digest_of_program())
    assert len(set(known)) == 7


def _packages(place: Path) -> int:
    return sum(path.parent.parent.name == "packages" for path in _entries(place))


def test_one_edit_makes_only_the_packages_of_its_course_anew(place: Path) -> None:
    _build(place)
    (place / "seeds" / "a-roadmap.md").write_text(roadmap(101, title="Changed"), encoding="utf-8")
    before = _packages(place)
    _build(place)
    assert _packages(place) == before + 3  # a course in three formats


def test_after_an_edit_only_what_it_changed_is_compressed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compressed: list[bytes] = []
    shrink = zipping._deflated

    def counted(data: bytes) -> bytes:
        compressed.append(data)
        return shrink(data)

    monkeypatch.setattr(zipping, "_deflate", lambda size: counted)
    _build(place)
    first = len(compressed)
    (place / "seeds" / "a-roadmap.md").write_text(roadmap(101, title="First", extra="\nMore.\n"), encoding="utf-8")
    _build(place)
    assert 0 < len(compressed) - first < first / 4
    _build(place, "--no-cache", out="cold")
    assert files_in(place / "dist") == files_in(place / "cold")


def test_an_edit_of_what_learners_do_not_see_makes_no_package_anew_and_is_told_all_the_same(place: Path) -> None:
    path = place / "seeds" / "a-roadmap.md"
    path.write_text(roadmap(101, title="First", extra="\n## Sign-off\n\n- Author: Ada\n"), encoding="utf-8")
    _build(place)
    before, packages = _packages(place), files_in(place / "dist")
    path.write_text(path.read_text(encoding="utf-8").replace("Ada", "Grace"), encoding="utf-8")
    warm, cold = _build(place, "--verbose"), _build(place, "--verbose", "--no-cache", out="cold")
    assert _packages(place) == before and "Grace" in warm[2]
    assert warm == (cold[0], cold[1].replace("cold/", "dist/"), cold[2])
    after = files_in(place / "dist")
    assert after == files_in(place / "cold")
    assert {name for name in after if after[name] != packages[name]} == {"report.json"}


@dataclass(slots=True)
class _Counted(Readings):
    """Readings that count what was made."""

    made_anew: list[str] = field(default_factory=list)

    def each(
        self, wanted: Sequence[tuple[str, str]], make: Callable[[int], Any], stow: Callable[[int, Any], Any]
    ) -> Iterator[Any]:
        def counted(number: int) -> Any:
            self.made_anew.append(wanted[number][1])
            return make(number)

        return Readings.each(self, wanted, counted, stow)


def test_after_an_edit_only_what_was_edited_is_read_again_and_nothing_else_is_found(place: Path) -> None:
    sources, config, cache = [place / "seeds"], Config(), Cache(place.parent / "caches")

    def again() -> int:
        readings = _Counted(cache, "program", "sources")
        assert read(sources, config, readings=readings) == read(sources, config)
        readings.keep()
        return len(readings.made_anew)

    first = again()
    anew = 3 * 3 + 2  # three documents read, settled and edited, and the languages of two tracks
    assert (first, again()) == (anew, 0)
    path = place / "seeds" / "a-roadmap.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    assert (again(), again()) == (3 + 1, 0)
    path.write_text(path.read_text(encoding="utf-8").replace("First", "Other"), encoding="utf-8")
    assert (again(), again()) == (first - 3, 0)  # other documents are not read, but may mean it by its new title


def test_what_others_could_have_written_into_the_cache_is_not_unpickled(place: Path) -> None:
    cache = Cache(place.parent / "caches")
    Readings(cache, "program", "sources").made("", "name", lambda: 1)
    readings = Readings(cache, "program", "sources")
    readings.made("", "name", lambda: 1)
    readings.keep()
    folder = cache.folder / "readings"
    for mode, known in ((0o700, 1), (0o770, 2), (0o702, 2), (0o755, 1)):
        folder.chmod(mode)
        assert Readings(cache, "program", "sources").made("", "name", lambda: 2) == (known if os.name != "nt" else 1)
    if os.name != "nt" and os.geteuid() == 0:  # nobody else can give a file away
        for path in folder.rglob("*"):
            os.chown(path, 65534, -1)
        assert Readings(cache, "program", "sources").made("", "name", lambda: 2) == 2


def test_templates_are_compiled_once_and_those_of_a_theme_by_what_they_say(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(place / "code"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def build(out: str, *options: str) -> set[Path]:
        vars(pool._own).clear()  # as a process does that has built nothing yet
        assert run("build", "seeds", "-f", "scorm12", "-o", out, *options, cwd=place).returncode == 0
        return {path for path in _entries(place) if path.parent.parent.name == "templates"}

    ours = build("dist")
    assert len(ours) > 5 and not (place / "code").exists()
    own = (ROOT / "packaging_templates" / "scorm" / "unit.html.j2").read_text(encoding="utf-8")
    template = place / "looks" / "scorm" / "unit.html.j2"
    template.parent.mkdir()
    for title in ("one", "other"):
        template.write_text(own.replace("<title>", f"<title>{title} "), encoding="utf-8")
        assert build("dist") > ours
        build(title, "--no-cache")
        assert files_in(place / "dist") == files_in(place / title)


def test_our_templates_are_kept_compiled_beside_them_and_damaged_ones_are_compiled_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(place / "code"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    def build(out: str) -> dict[Path, bytes]:
        vars(pool._own).clear()
        assert run("build", "seeds", "-f", "scorm12", "-o", out, "--no-cache", cwd=place).returncode == 0
        return {path: path.read_bytes() for path in (place / "code").rglob("*.jinja")}

    whole = build("one")
    assert len(whole) > 5
    for number, (path, content) in enumerate(whole.items()):
        path.write_bytes([b"", content[:-1], content[:70] + b"?" + content[71:]][number % 3])
    assert build("other") == whole
    assert files_in(place / "one") == files_in(place / "other")


def test_a_damaged_cache_is_noticed_and_mended(place: Path) -> None:
    said = _build(place)
    cold = files_in(place / "dist")
    whole = {path: path.read_bytes() for path in _entries(place)}
    for number, path in enumerate(whole):
        path.write_bytes([b"", whole[path][:-1], whole[path][:40] + b"?" + whole[path][41:]][number % 3])
    shutil.rmtree(place / "dist")
    assert _build(place) == said
    assert files_in(place / "dist") == cold
    assert {path: path.read_bytes() for path in _entries(place)} == whole


@pytest.mark.parametrize("folder", ["a file", "read-only", "", "/dev/full"])
def test_a_cache_that_cannot_be_written_never_fails_a_build(
    folder: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = place.parent / "a file"
    path.write_text("", encoding="utf-8")
    if folder == "read-only":
        path = place.parent / "closed"
        path.mkdir(mode=0o500)
    monkeypatch.setenv("XDG_CACHE_HOME", str(path) if folder in ("a file", "read-only") else folder)
    monkeypatch.setenv("HOME", str(place.parent / "nowhere" / "a file"))
    cold = _build(place, "--no-cache")
    packages = files_in(place / "dist")
    assert _build(place)[1].removesuffix(UNCHANGED) == cold[1]
    assert files_in(place / "dist") == packages


def test_builds_at_one_time_share_a_cache(place: Path) -> None:
    command = [sys.executable, "-m", "coursewright", "build", "seeds", "-f", "scorm12,moodle", "-o"]
    both = [subprocess.Popen([*command, out], cwd=place, stderr=subprocess.DEVNULL) for out in ("one", "other")]
    assert [process.wait() for process in both] == [0, 0]
    assert files_in(place / "one") == files_in(place / "other")
    for out in ("one", "other"):
        done = subprocess.run([*command, out], cwd=place, capture_output=True, text=True, check=True)
        assert done.stdout.endswith(UNCHANGED)


def test_what_an_earlier_package_held_is_said_once_as_a_warning_whatever_the_cache_knows(place: Path) -> None:
    said = []
    for cached in ((), ("--no-cache",)):
        out = f"dist{len(cached)}"
        path = place / "seeds" / "a-roadmap.md"
        path.write_text(roadmap(101, title="First"), encoding="utf-8")
        _build(place, *cached, out=out)
        path.unlink()
        said += [[_build(place, *cached, out=out)[2].replace(out, "dist") for _ in range(3)]]
        path.write_text(roadmap(101, title="First"), encoding="utf-8")
        said[-1].append(_build(place, *cached, out=out)[2])
    assert said[0] == said[1] and "L420" in said[0][0] and said[0][1] != said[0][0]


def test_what_is_used_least_goes_when_there_is_too_much(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most=1_000)
    for number in range(8):
        cache.keep("packages", digest(str(number)), b"x" * 200)
        os.utime(next(tmp_path.rglob(digest(str(number)))), (number, number))
    assert cache.found("packages", digest("0"))  # it is used again, and stays
    cache.shrink()
    left = [number for number in range(8) if cache.found("packages", digest(str(number)))]
    assert left == [0, 5, 6, 7]
    cache.keep("packages", digest("large"), b"x" * 2_000)
    assert cache.found("packages", digest("large")) is None


def test_an_output_folder_within_the_sources_is_left_out_and_one_around_them_is_not_cached(place: Path) -> None:
    (place / "bees" / "dist").mkdir()
    known = digest_of_trees([place / "bees"], place / "bees" / "dist")
    (place / "bees" / "dist" / "x.zip").write_bytes(b"x")
    assert known and digest_of_trees([place / "bees"], place / "bees" / "dist") == known
    assert digest_of_trees([place / "bees"]) != known
    assert digest_of_trees([place / "bees"], place) is None
    (place / "bees" / "circle").symlink_to(place / "bees")
    assert digest_of_trees([place / "bees"], place / "bees" / "dist") != known
    os.mkfifo(place / "bees" / "pipe")
    assert digest_of_trees([place / "bees"])


def test_a_folder_with_too_much_in_it_is_not_cached(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "_MOST_FILES", 2)
    assert digest_of_trees([place]) is None
    assert _build(place) == _build(place)


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_texts_have_one_digest_only_if_they_are_the_same(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_every_file_that_a_build_opens_is_known_to_its_key(place: Path) -> None:
    script = (
        "import sys; opened = set()\n"
        "sys.addaudithook(lambda event, given: opened.add(str(given[0])) if event == 'open' and 'r' in str(given[1]) else None)\n"
        "from coursewright.cli.program import app\n"
        "app(['build', 'seeds', 'bees', '-f', 'scorm12,canvas,moodle', '--no-cache'], standalone_mode=False)\n"
        "print('OPENED', *opened, sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=place, capture_output=True, text=True, check=True)
    opened = [Path(place, name).resolve() for name in done.stdout.partition("OPENED\n")[2].splitlines()]
    ours = [path for path in opened if path.is_relative_to(place) and "dist" not in path.parts]
    known = {"seeds", "bees", "looks", "coursewright.toml", "pyproject.toml"}
    assert ours and {path.relative_to(place).parts[0] for path in ours} <= known
    program = (ROOT / "src", ROOT / "packaging_templates", ROOT / "schemas", Path(sys.prefix), Path(sys.base_prefix))
    other = [path for path in opened if not path.is_relative_to(place) and not any(map(path.is_relative_to, program))]
    assert [path for path in other if not path.is_relative_to(digests_libraries())] == []


def digests_libraries() -> Path:
    """Return where libraries are installed."""
    return Path(pytest.__file__).parent.parent


def test_the_cache_is_where_the_user_or_the_system_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COURSEWRIGHT_CACHE", str(tmp_path / "own"))
    assert usual_cache() == Cache(tmp_path / "own")
    monkeypatch.delenv("COURSEWRIGHT_CACHE")
    if sys.platform != "win32":
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        assert usual_cache() == Cache(tmp_path / "coursewright")
        monkeypatch.delenv("XDG_CACHE_HOME")
        monkeypatch.setenv("HOME", str(tmp_path))
        assert usual_cache() == Cache(tmp_path / ".cache" / "coursewright")


def test_an_unzipped_site_is_looked_at_file_by_file(place: Path) -> None:
    def site() -> str:
        return run("build", "seeds", "-f", "site", "--unzipped", "--by", "all", "-o", "out", cwd=place).stdout

    said = site()
    assert site() == said + UNCHANGED
    next((place / "out").rglob("index.html")).write_text("changed", encoding="utf-8")
    assert site() == said
    assert site() == said + UNCHANGED


def test_a_known_build_loads_nothing_heavy(place: Path) -> None:
    script = (
        "import sys; from coursewright.cli.program import app\n"
        f"app(['build', {str(SEEDS)!r}, '-o', 'out'], standalone_mode=False)\n"
        "print([name for name in ('lxml', 'jinja2', 'tomllib', 'coursewright.building.pipeline') if name in sys.modules])"
    )
    for loaded in ("'coursewright.building.pipeline'", "[]"):
        done = subprocess.run([sys.executable, "-c", script], cwd=place, capture_output=True, text=True, check=True)
        assert loaded in done.stdout.splitlines()[-1]
