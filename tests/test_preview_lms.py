"""The preview's imitations of LMSs without a browser: what opens when, what learners see, and what never acts."""

from __future__ import annotations

import http.client
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from conftest import ROOT, built
from lxml import etree
from packages import files_in
from test_preview import packed

from coursewright.building.settings import Config
from coursewright.cli.preview.courses import Packages, PlayedPackage
from coursewright.cli.preview.imitation import Imitation, imitate
from coursewright.cli.preview.reasons import reasons
from coursewright.cli.preview.screens import Node, Screens
from coursewright.cli.preview.server import Server
from coursewright.cli.preview.site import Site
from coursewright.course.body import Fact
from coursewright.course.gates import All, Any, AtLeast, Belongs, Date, Done, Gate, Not, Score, Status
from coursewright.course.outline import Act, Completing, Entry, Outline
from coursewright.course.progress import Deeds, Standing
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.moodle.instances import QuizInstance
from coursewright.packages.documents.qti12.values import QtiSection
from coursewright.pages.preview import words_for
from coursewright.readers.packages.bodies.bank import asked_in
from coursewright.readers.packages.bodies.questions import questions_of
from coursewright.readers.packages.moodle_bank import Bank
from coursewright.text.imported import as_canvas_shows, as_moodle_shows

TINY = ROOT / "tests" / "golden" / "tiny"
ENGLISH = words_for(["en"])


def zipped(folder: Path, target: Path, more: Mapping[str, bytes] | None = None) -> Path:
    return packed(target, files_in(folder) | dict(more or {}))


@contextmanager
def closing_files(imitation: Imitation) -> Iterator[Imitation]:
    with closing(imitation.files):
        yield imitation


Opening = Callable[[Path], Imitation]


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Imitation]]:
    """Open packages for as long as a test lasts."""
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(closing_files(imitate(path)))


def screens(imitation: Imitation, deeds: Mapping[str, Deeds] | None = None) -> Screens:
    return Screens(imitation, deeds or {}, ENGLISH, "/shown/x/", "/packages/x/")


def page(shown: Screens, path: str) -> str:
    found = shown.page(path, {})
    assert found is not None
    return found


def titled(nodes: list[Node], title: str) -> Node:
    waiting = list(nodes)
    while waiting:
        node = waiting.pop(0)
        if node["title"] == title:
            return node
        waiting += node["inner"]
    raise AssertionError(title)


def all_done(imitation: Imitation, section: int) -> dict[str, Deeds]:
    """What a learner has done who has finished one unit."""
    return {one.identifier: Deeds(frozenset(Act), 100.0) for one in imitation.outline.entries[section].children}


# --- gates ---------------------------------------------------------------------------------------------------------------

A = Entry("a", "A", "page", finish=Completing((Act.VIEW,)))
B = Entry("b", "B", "quiz", finish=Completing((Act.GRADE,), 60.0))
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
EARLY, LATE = NOON.replace(hour=8), NOON.replace(hour=20)


@pytest.mark.parametrize(
    ("gate", "opens"),
    [
        (Done("a"), True),
        (Done("b"), False),
        (Done("gone"), False),
        (Done("b", Status.FAILED), True),
        (Done("b", Status.ATTEMPTED), False),
        (Done("a", Status.ATTEMPTED), True),
        *((Done(of, Status.PASSED), of in ("just", "free")) for of in ("a", "b", "just", "free", "c")),
        *((Done(of, Status.FAILED), of == "b") for of in ("a", "b", "just", "free", "c")),
        *((Done(of, Status.INCOMPLETE), of in ("b", "c")) for of in ("a", "b", "just", "free", "c")),
        *((Done("a", status), True) for status in (Status.COMPLETED, Status.SATISFIED)),
        *((Done("a", status), False) for status in (Status.BROWSED, Status.JUDGED, Status.OUT_OF_TIME)),
        (Done("b", Status.COMPLETED), False),
        (Score("just", 60.0), True),
        (Score("just", 60.0, strict=True), False),
        (Score("just", None, 60.0), False),
        (Score("just", None, 60.0, strict=True), True),
        (Score("b", 50.0, 55.0), False),
        (All(()), True),
        (All((Done("a"), Done("b"))), False),
        (AtLeast(1, (Done("a"), Done("b"))), True),
        (Date(NOON), True),
        (Date(NOON, before=True), False),
        (Date(NOON.replace(hour=13, tzinfo=None)), False),
        (Score("b", 50.0), True),
        (Score("b", 59.0, strict=True), False),
        (Score("b", None, 59.0), False),
        (Score("b", "many"), True),
        (Score("a", 0.0), False),
        (Any((Done("b"), Done("a"))), True),
        (AtLeast(2, (Done("a"), Done("b"))), False),
        (Not(Done("b")), True),
        (Date(EARLY), True),
        (Date(LATE), False),
        (Date(LATE, before=True), True),
        (Date("some day"), False),
        (Belongs("group", "1"), False),
    ],
)
def test_a_gate_opens_by_what_was_done(gate: Gate, opens: bool) -> None:
    just = Entry("just", "Just", "quiz", finish=Completing((Act.GRADE,), 60.0))
    free = Entry("free", "Free", "quiz", finish=Completing((Act.GRADE,)))
    deeds = {"a": Deeds(frozenset({Act.VIEW})), "b": Deeds(score=59.0)}
    deeds |= {"just": Deeds(score=60.0), "free": Deeds(score=0.0)}
    standing = Standing(Outline("", (A, B, just, free, Entry("c", "C", "page", gate=gate))), deeds, NOON)
    assert standing.holds(gate) is opens


@pytest.mark.parametrize(
    ("gates", "told"),
    [
        ((), ""),
        ((Done("a"),), "you complete A"),
        ((Done("a"), Done("a"), Done("b", Status.COMPLETED)), "you complete A, B"),
        (
            (Score("b", 60.0), Date(NOON), Done("a")),
            "you complete A; you reach at least 60 % in B; 2026-05-01 12:00 has come",
        ),
        (
            (Done("b", Status.PASSED), Score("b", 60.0, strict=True), Done("gone")),
            "“B” is passed; “B” has a score above 60; “gone” (which is not there) is complete",
        ),
        (
            (Date(NOON, before=True), Score("gone", 1.0), Belongs("group", "1"), Belongs("group", "1")),
            "it is before 2026-05-01 12:00 UTC; “gone” (which is not there) has a score of at least 1; the learner is in the group 1 (which is not there)",
        ),
        (
            tuple(Done(str(number)) for number in range(6)),
            "you complete Page 0, Page 1, Page 2, Page 3, Page 4, Page 5",
        ),
        (
            tuple(Done(str(number)) for number in range(8)),
            "you complete Page 0, Page 1, Page 2, Page 3, Page 4, Page 5, …",
        ),
    ],
)
def test_what_keeps_an_entry_closed_is_said_in_words(gates: tuple[Gate, ...], told: str) -> None:
    titles = {"a": "A", "b": "B", **{str(number): f"Page {number}" for number in range(8)}}
    assert reasons(gates, titles, ENGLISH) == told


def test_a_module_counts_as_it_says() -> None:
    def is_done(completing: Completing) -> bool:
        folder = Entry("m", "M", "module", (A, B), finish=completing)
        return Standing(Outline("", (folder,)), {"a": Deeds(frozenset({Act.VIEW}))}, NOON).is_done(folder)

    assert (is_done(Completing()), is_done(Completing(one_suffices=True))) == (False, True)
    ordered = Entry("m", "M", "module", (B, A), finish=Completing(in_order=True))
    assert Standing(Outline("", (ordered,)), {}, NOON).closed(A) == (Done("b"),)


# --- packages of ours ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("format", "unit"), [("canvas", 0), ("moodle", 1)])
def test_a_unit_opens_once_the_one_before_is_done(opened: Opening, tmp_path: Path, format: str, unit: int) -> None:
    imitation = opened(zipped(TINY / format, tmp_path / "p.zip"))
    before = titled(list(screens(imitation).tree()), "PROJ-001 The First Loaf")
    assert before["is_locked"] and "Flour, Water & Salt" in before["why"]
    inside = next(one for one in before["inner"] if one["href"])["href"].removeprefix("/shown/x/")
    assert "lms-restricted" in page(screens(imitation), inside)
    after = screens(imitation, all_done(imitation, unit))
    assert not titled(list(after.tree()), "PROJ-001 The First Loaf")["is_locked"]
    assert "lms-restricted" not in page(after, inside)


def test_canvas_shows_its_front_page_assignments_with_rubrics_and_files(opened: Opening, tmp_path: Path) -> None:
    shown = screens(opened(zipped(TINY / "canvas", tmp_path / "p.imscc")))
    home = page(shown, "")
    assert "An imitation of how Canvas shows this package" in home
    assert re.search(r'<img src="/packages/x/web_resources/[\w-]+\.svg"', home)
    assert re.search(r'href="/shown/x/menu#m0"', home), "a link to a module leads to its place"
    lab = titled(list(shown.tree()), "MOD-001 Lab 1: Knead by hand")
    text = page(shown, lab["href"].removeprefix("/shown/x/"))
    for words in (
        "<dt>Points</dt><dd>100</dd>",
        "text entry, file upload",
        "Windowpane holds for 5 s",
        "Meets the criterion",
    ):
        assert words in text
    assert "Prerequisites: MOD-001 Flour, Water &amp; Salt" in page(shown, "menu")
    assert all(
        shown.page(path, {}) is None for path in ("entry/999", "entry/x", "entry/²", "nowhere", "../x", "menu/1")
    )


def test_moodle_shows_files_by_their_names_and_links_between_activities(opened: Opening, tmp_path: Path) -> None:
    imitation = opened(zipped(TINY / "moodle", tmp_path / "p.mbz"))
    shown = screens(imitation)
    overview = page(shown, titled(list(shown.tree()), "Course overview")["href"].removeprefix("/shown/x/"))
    name = re.search(r'<img src="/packages/x/(backup/[^"]+)"', overview)
    assert name is not None
    with imitation.files.open(name[1])[0] as stream:
        assert b"<svg" in stream.read()
    assert "Opens once you complete MOD-001 Flour, Water &amp; Salt" in page(shown, "menu")


@pytest.mark.parametrize("format", ["canvas", "moodle", "cc13"])
def test_a_quiz_is_asked_without_its_keys(opened: Opening, tmp_path: Path, format: str) -> None:
    source = tmp_path / "quiz.gift"
    source.write_text(
        "::Q1:: What raises bread? {~Salt =Yeast#the-secret-key}\n\n::Q2:: How many loaves? {#4711}\n\n::Q3:: Who bakes? {=Wanda}\n"
    )
    report = built(source, tmp_path / "dist", config=Config(formats=(format,)))
    imitation = opened(tmp_path / "dist" / report.packages[0].name)
    shown = screens(imitation)
    pages = [page(shown, f"entry/{number}") for number in range(len(imitation.entries))]
    asked = next(text for text in pages if "What raises bread?" in text and "lms-questions" in text)
    assert "Yeast" in asked and "Salt" in asked and "How many loaves?" in asked
    for key in ("the-secret-key", "4711", "Wanda", "checked"):
        assert key not in asked


@pytest.mark.parametrize(("stated", "shown"), [("Attempts: 2\n\n", ["2"]), ("", [])])
def test_canvas_tells_how_often_a_quiz_may_be_taken(
    opened: Opening, tmp_path: Path, stated: str, shown: list[str]
) -> None:
    source = tmp_path / "quiz.md"
    source.write_text(f"# Quiz\n\n{stated}## Question 1\n\nWhat raises bread?\n\n- [ ] Salt\n- [x] Yeast\n")
    report = built(source, tmp_path / "dist", config=Config(formats=("canvas",)))
    imitation = opened(tmp_path / "dist" / report.packages[0].name)
    bodies = [imitation.bodies.body(entry) for entry in imitation.entries]
    told = [value for body in bodies for fact, value in body.facts if fact is Fact.ATTEMPTS]
    assert told == shown and any(body.questions for body in bodies)


# --- what means harm -----------------------------------------------------------------------------------------------------

EVIL = """<title>t</title><script>alert(1)</script><style>*{}</style><svg onload=alert(1)></svg><form action=/x><input></form>
<p onclick="alert(1)" style="color: #ff0000; background: url(//evil.example/x); -moz-binding: url(x); position: fixed">a</p>
<a href="javascript:alert(1)">j</a><a href="//evil.example/">o</a><iframe src="//evil.example"></iframe>
<img src="https://evil.example/x.png" srcset="//evil.example/y 2x"><meta http-equiv=refresh content="0;url=//evil.example"><base href="//evil.example">"""


def test_what_an_author_wrote_never_acts_and_asks_nobody() -> None:
    for clean in (as_canvas_shows, as_moodle_shows):
        html = clean(EVIL, lambda address: "/away")
        assert not re.search(r"script|onclick|onload|evil|url\(|<form|<input|<iframe|<meta|<base|srcset|alert", html), (
            html
        )
        assert 'style="color: #ff0000; position: fixed"' in html
    assert "style" not in as_canvas_shows("<p style=\"font-family: 'Ü'\">a</p>", lambda address: None)


@contextmanager
def served(*paths: Path) -> Iterator[tuple[Site, Server]]:
    site = Site(Packages(list(paths)).load())
    server = Server(0, site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield site, server
    server.shutdown()
    server.server_close()
    site.close()
    thread.join()


def ask(
    server: Server, host: str, path: str, form: Mapping[str, str] | None = None, more: Mapping[str, str] | None = None
) -> tuple[int, Mapping[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    headers = {"Host": f"{host}:{server.server_port}", **(more or {})}
    connection.request(
        "GET" if form is None else "POST", path, None if form is None else urlencode(form).encode(), headers
    )
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read().decode()
    connection.close()
    return found


def test_the_server_keeps_what_was_done_and_shows_pages_to_their_own_host_alone(tmp_path: Path) -> None:
    with served(zipped(TINY / "canvas", tmp_path / "p.imscc")) as (site, server):
        edition: PlayedPackage = site._loaded.courses[0].editions[0]
        own, base = site.host(edition), f"/shown/{edition.stamp}/"
        status, headers, text = ask(server, own, f"{base}menu", more={"Accept-Language": "de-AT, en"})
        assert status == 200 and '<html lang="de"' in text
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src")
        assert "script-src" not in headers["Content-Security-Policy"]
        assert ask(server, "127.0.0.1", f"{base}menu")[0] == 404
        assert ask(server, f"{'0' * 32}.localhost", f"{base}menu")[0] == 403
        lab = titled(site._tree(edition, ENGLISH) or [], "MOD-001 Lab 1: Knead by hand")
        form = {"entry": str(lab["number"]), "act": "submit"}
        assert ask(server, own, f"{base}act", form)[0] == 303
        assert "Submitted" in ask(server, own, f"{base}entry/{lab['number']}")[2]
        for other in (
            {"entry": "99999", "act": "submit"},
            {"entry": str(lab["number"]), "act": "grade", "score": "nan?"},
        ):
            assert ask(server, own, f"{base}act", other)[0] == 303
        assert ask(server, own, f"{base}act", {"entry": "x"})[0] == 404
        assert ask(server, "127.0.0.1", f"/reset/{edition.stamp}", {})[0] == 403, "only the player may"
        player = {"Origin": f"http://127.0.0.1:{server.server_port}"}
        assert ask(server, "127.0.0.1", f"/reset/{edition.stamp}", {}, player)[0] == 204
        assert "lms-met" not in ask(server, own, f"{base}menu")[2]


def test_a_site_and_a_book_are_shown_as_they_are(tmp_path: Path) -> None:
    book = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": b'<container><rootfiles><rootfile full-path="E/b.opf"/></rootfiles></container>',
        "E/b.opf": b"""<package xmlns="http://www.idpf.org/2007/opf"><metadata><title>Bread</title></metadata><manifest>
        <item id="n" properties="nav" href="nav.xhtml"/><item id="a" href="one%20.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>""",
        "E/nav.xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml"><nav><a href="one%20.xhtml#x">Flour</a></nav></html>',
        "E/one .xhtml": b"<html/>",
    }
    paths = [packed(tmp_path / "b.epub", book), packed(tmp_path / "s.zip", {"index.html": b"<p>Hi", "a/b.css": b""})]
    loaded = Packages(paths).load()
    assert loaded.errors == ()
    for course in loaded.courses:
        course.editions[0].archive.close()
    shown = [(course.title, course.editions[0].manifest) for course in loaded.courses]
    assert [
        (title, tree["edition"], [item["title"] for item in tree["root"]["children"]]) for title, tree in shown
    ] == [
        ("Bread", "EPUB", ["Flour"]),
        ("s", "Web site", ["s"]),
    ]


# --- what is no value ----------------------------------------------------------------------------------------------------


def test_what_is_no_address_leads_nowhere(opened: Opening, tmp_path: Path) -> None:
    body = b'<html><body><p><a href="http://[x">a</a> <img src="//[y" alt="b"> <a href="https://x.org">c</a></p></body></html>'
    path = "wiki_content/mod-001-e65471-overview.html"
    shown = screens(opened(zipped(TINY / "canvas", tmp_path / "c.imscc", {path: body})))
    entry = next(one for one in shown.shown.entries if path in one.files)
    text = page(shown, shown.node(entry)["href"].removeprefix("/shown/x/"))
    assert "<a>a</a>" in text and "x.org" in text and "[x" not in text and "[y" not in text


def test_a_quiz_shows_no_more_questions_than_anybody_reads() -> None:
    item = "<item ident='i'><presentation><material><mattext>Q</mattext></material></presentation></item>"
    drawn = (
        "<section><selection_ordering><selection><sourcebank_ref>b</sourcebank_ref>"
        f"<selection_number>{'9' * 5_000}</selection_number></selection></selection_ordering></section>"
    )
    root = etree.fromstring(f"<questestinterop><assessment>{drawn * 3_000}</assessment></questestinterop>")
    bank = read_as(QtiSection, etree.fromstring(f"<objectbank>{item * 2_500}</objectbank>"))
    assert len(questions_of(root, {"b": bank})) == 2_000


def test_a_quiz_of_moodle_asks_each_question_in_its_last_version_and_draws_from_categories_within() -> None:
    bank = Bank()
    bank.enter(
        etree.fromstring(
            "<question_categories><question_category id='5'><question_bank_entries><question_bank_entry id='7'>"
            "<question_version><question_versions><version>2</version><questions><question id='72'>"
            "<questiontext>New</questiontext><qtype>essay</qtype></question></questions></question_versions>"
            "<question_versions><version>1</version><questions><question id='71'><questiontext>Old</questiontext>"
            "<qtype>essay</qtype></question></questions></question_versions></question_version></question_bank_entry>"
            "</question_bank_entries></question_category><question_category id='6'><parent>5</parent><questions>"
            "<question id='8'><questiontext>Within</questiontext><qtype>essay</qtype></question></questions>"
            "</question_category></question_categories>"
        )
    )
    condition = '{"questioncategoryid":"5","includingsubcategories":"1"}'
    quiz = etree.fromstring(
        "<quiz><question_instances><question_instance><maxmark>2</maxmark><question_reference><questionbankentryid>7"
        "</questionbankentryid></question_reference></question_instance><question_instance><maxmark>1</maxmark>"
        f"<question_set_reference><filtercondition>{condition}</filtercondition></question_set_reference>"
        "</question_instance></question_instances></quiz>"
    )
    assert [(one.html, one.points, one.drawn) for one in asked_in(read_as(QuizInstance, quiz), bank)] == [
        ("New", "2", 0),
        ("New", "1", 2),
    ]
