"""No damage to a package breaks the validator, inspect or diff: bytes, tarballs, manifests, and spite in any document.

A command in CONTRIBUTING.md runs it for longer: COURSEWRIGHT_MUTATIONS says how many.
"""

from __future__ import annotations

import gzip
import io
import os
import random
import re
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from itertools import zip_longest
from pathlib import Path

import pytest
from lxml import etree
from moodle_course import COURSE
from mutations import Vocabulary, mutants, parse
from packages import files_in, zipped

from coursewright.audit.changed import comparison_as_text
from coursewright.audit.inspect import inspect_package
from coursewright.audit.lms import ALL as ALL_LMSS
from coursewright.audit.lms import LMSS
from coursewright.audit.shown import as_text
from coursewright.audit.validate import validate_package
from coursewright.building.comparing import compared

GOLDEN = Path(__file__).parent / "golden" / "tiny"
CASES = Path(__file__).parent / "findings"
LISTING = "moodle_backup.xml"
MUTATIONS = int(os.environ.get("COURSEWRIGHT_MUTATIONS", "1000"))


@cache
def _golden() -> dict[str, dict[str, bytes]]:
    """Return the golden packages for LMSs, file by file."""
    manifests = ("imsmanifest.xml", "moodle_backup.xml")
    folders = [folder for folder in sorted(GOLDEN.iterdir()) if any((folder / name).is_file() for name in manifests)]
    return {folder.name: files_in(folder) for folder in folders}


def _archive(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _bytes_changed(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 50))):
        at = chance.randrange(len(changed))
        # Where it hurts: a zip's directory is at its end, and holds the lengths.
        at = at if chance.random() < 0.5 else max(0, len(changed) - chance.randrange(1, 2_000))
        way = chance.randrange(4)
        if way == 0:
            changed[at] = chance.randrange(256)
        elif way == 1:
            changed[at] ^= 1 << chance.randrange(8)
        elif way == 2:
            del changed[at : at + chance.choice((1, 2, 100))]
        else:
            changed[at:at] = chance.choice((b"PK\x01\x02", b"\xff\xff\xff\xff", bytes(8), b"<![CDATA[", b"&x;"))
    return bytes(changed)


def _small(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a package's manifest and some of its small files: mutations of pictures teach nothing."""
    found = sorted(files.items(), key=lambda pair: (pair[0].count("/"), len(pair[1])))
    return dict([pair for pair in found if pair[0].endswith((".xml", ".html"))][:8])


def _mutated_archives(count: int) -> Iterator[bytes]:
    chance = random.Random(5)
    archives = [_archive(_small(files)) for files in _golden().values()]
    for _ in range(count):
        yield _bytes_changed(chance, chance.choice(archives))


def _mutated_tarballs(count: int) -> Iterator[bytes]:
    chance = random.Random(6)
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in _small(_golden()["moodle"]).items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    for number in range(count):
        changed = _bytes_changed(chance, stream.getvalue())
        yield gzip.compress(changed, 1) if number % 2 else _bytes_changed(chance, gzip.compress(changed, 1))


def _mutated_documents(count: int) -> Iterator[bytes]:
    """Yield packages whose manifest is well-formed and wrong in one to three places."""
    for number, files in enumerate(_golden().values()):
        names = [name for name in files if "/" not in name and name.endswith(".xml")]
        name = next(one for one in names if one in ("imsmanifest.xml", "moodle_backup.xml"))
        words = Vocabulary.of([parse(files[name])], identifiers=["identifier"], lengths=(200,))
        rest = {one: content for one, content in _small(files).items() if one != name}
        for mutant in mutants([files[name]], words, seed=number, count=count // len(_golden())):
            yield _archive({name: mutant.document, **rest})


@cache
def _cases() -> list[dict[str, bytes]]:
    """Return the packages that break a rule each, of every kind, file by file: where rules look is where it hurts."""
    folders = [folder for case in sorted(CASES.iterdir()) for folder in sorted(case.iterdir()) if folder.is_dir()]
    cases = [files_in(folder) for folder in folders if folder.name in ("zipped", "old", "new")]
    return cases + [_small(files) for files in _golden().values()]


_VALUE, _TEXT, _ATTRIBUTE = re.compile(rb'="[^"<]*"'), re.compile(rb">[^<>]+<"), re.compile(rb'\s[\w:.-]+="[^"<]*"')
_NAMED, _ELEMENT = re.compile(rb"(?<=[<\s/])[A-Za-z][\w.-]*(?=[\s>=/])"), re.compile(rb"<(\w+)[^<>]*>[^<>]*</\1>")
_SPITEFUL = (
    *("", " ", "0", "-1", "9" * 400, "1e999", "NaN", "٣", "true", "None", "{x}", "{0.__class__}", "%s", "a:b", "//[x", "http://[", "#"),
    *("?", "..", "../../x", "/", "\\", "a b", "é", "&#x7d;", "&#x202e;", "x" * 3_000, "A&amp;&amp;B", "((((", "2*{A,B", '{"op":"&amp;","c":['),
)  # fmt: skip


def _spited(chance: random.Random, document: bytes) -> bytes:
    """Return a document with something in it that nobody who means well would write."""
    ways = (
        lambda value: (_VALUE, b'="%b"' % value),
        lambda value: (_TEXT, b">%b<" % value),
        lambda value: (_ATTRIBUTE, b""),
        lambda value: (_ELEMENT, b""),
        lambda value: (_NAMED, chance.choice((b"a:b:c", b"a:b", b"x", b"item", b"manifest"))),
        lambda value: (_ATTRIBUTE, b' xmlns="{x}"'),
    )
    for _ in range(chance.choice((1, 1, 2, 3))):
        pattern, put = chance.choice(ways)(chance.choice(_SPITEFUL).encode())
        found = list(pattern.finditer(document))
        if found:
            spot = chance.choice(found)
            document = document[: spot.start()] + put + document[spot.end() :]
    return document


def _spited_packages(count: int) -> Iterator[bytes]:
    chance = random.Random(7)
    for _ in range(count):
        files = dict(chance.choice(_cases()))
        names = [name for name in files if name.endswith((".xml", ".html", ".qti", ".css", ".json"))]
        name = chance.choice(names or list(files))
        yield _archive({**files, name: _spited(chance, files[name])})


def _misnamed_packages() -> Iterator[bytes]:
    """Yield packages in which documents have everything with an identifier in a namespace whose name is no address."""
    named = re.compile(rb"(<[\w:]+)(?=[^<>]*\sident(?:ifier)?=)")
    for files in _golden().values():
        inner = {name: named.sub(rb'\1 xmlns="../x"', content) for name, content in files.items() if "/" in name}
        yield _archive({**files, **inner})


def _judged(made: Iterator[bytes], target: Path, every: int = 10) -> int:
    count, before = 0, inspect_package(GOLDEN / "scorm12", marked=True)
    for count, content in enumerate(made, start=1):
        target.write_bytes(content)
        try:
            verdict = validate_package(target, ALL_LMSS)
            if count % every == 0:
                looked = inspect_package(target, marked=True)
                shown = [*as_text(looked), *comparison_as_text(compared(before, looked))]
                assert all(map(str.isprintable, shown))
                before = looked
        except Exception as error:
            raise AssertionError(f"mutation {count}: {content!r}"[:3_000]) from error
        assert all(f"{found.place}{found.text}".isprintable() for found in verdict.findings)
    return count


@pytest.mark.long
def test_no_mutation_of_an_archive_breaks_the_validator(tmp_path: Path) -> None:
    assert _judged(_mutated_archives(MUTATIONS * 76 // 100), tmp_path / "p.zip") >= MUTATIONS * 76 // 100


def test_no_mutation_of_a_tarball_breaks_the_validator(tmp_path: Path) -> None:
    assert _judged(_mutated_tarballs(MUTATIONS * 16 // 100), tmp_path / "p.mbz") >= MUTATIONS * 16 // 100


@pytest.mark.long
def test_no_mutation_of_a_manifest_breaks_the_validator(tmp_path: Path) -> None:
    wanted = MUTATIONS * 8 // 100 - len(_golden())
    assert _judged(_mutated_documents(MUTATIONS * 8 // 100), tmp_path / "p.zip") >= wanted


@pytest.mark.long
def test_no_spite_in_a_document_breaks_the_validator(tmp_path: Path) -> None:
    wanted = MUTATIONS * 15 // 100
    assert _judged(_spited_packages(wanted), tmp_path / "p.zip", every=1) == wanted


def test_no_backup_that_lacks_elements_ends_in_a_traceback(tmp_path: Path) -> None:
    roots = {name: etree.fromstring(text) for name, text in COURSE.items() if name.endswith(".xml")}
    kinds = {name: sorted({str(one.tag) for one in root.iter()} - {root.tag}) for name, root in roots.items()}
    # One by one, for without some of them nothing else is read.
    listed = [{LISTING: name} for name in kinds.pop(LISTING)]
    rounds = [dict(zip(kinds, names, strict=True)) for names in zip_longest(*kinds.values())]
    for lacking in (*listed, *rounds):
        files = {name: _without(roots[name], kind) for name, kind in lacking.items() if kind}
        validate_package(zipped(tmp_path / "a.mbz", {**COURSE, **files}, 0), [LMSS["moodle"]])


def _without(root: etree._Element, name: str) -> bytes:
    """Return a document without its elements of a kind."""
    found = deepcopy(root)
    for one in list(found.iter(name)):
        parent = one.getparent()
        assert parent is not None
        parent.remove(one)
    return etree.tostring(found)


def test_no_namespace_without_an_address_breaks_the_validator(tmp_path: Path) -> None:
    assert _judged(_misnamed_packages(), tmp_path / "p.zip", every=1) == len(_golden())
