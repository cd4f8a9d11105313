"""The course of a Moodle backup is read back as units, parts, gates and quizzes with their keys."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from backups import backup, waiting
from lxml import etree
from packages import unzipped, zipped

from coursewright import build, plan, read
from coursewright.audit.inspect import inspect_package
from coursewright.course.assets import ToFile, ToUnit
from coursewright.course.model import Unit
from coursewright.course.parts import Assignment, Discussion, Link, Page, Part, Submission
from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz, Show
from coursewright.course.values import Audience
from coursewright.findings.finding import Finding
from coursewright.packages.files.budget import MOST_LISTED
from coursewright.packages.files.opening import open_container
from coursewright.packages.kinds import recognise
from coursewright.packages.subject import Subject
from coursewright.readers.packages.backups.questions import BankReader
from coursewright.readers.packages.backups.reading import recover_moodle
from coursewright.readers.packages.moodle_bank import DrawnFrom
from coursewright.readers.packages.moodle_texts import html_of, in_one_language
from coursewright.readers.packages.recovery import ElementKind, Fate, Recovery

ROOT = Path(__file__).resolve().parent.parent
PIXELS = ROOT / "examples" / "pixels"


def recovered(folder: Path) -> Recovery:
    with closing(open_container(folder)) as container:
        found = recognise(container)
        assert found is not None
        return recover_moodle(Subject(found, container), folder)


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def parts_of(units: Iterable[Unit]) -> dict[str, Part]:
    return {part.title: part for unit in units for part in unit.parts}


@pytest.mark.parametrize("site", ["https://coursewright.example", "https://school.example"])
def test_a_backup_of_ours_comes_back_with_its_ids_keys_gates_and_questions(tmp_path: Path, site: str) -> None:
    courses = plan(read(PIXELS))
    build(courses, tmp_path / "out", ["moodle"])
    package = next((tmp_path / "out").glob("*.mbz"))

    files, title = unzipped(package), courses.courses[0].title.encode()
    for name in ("moodle_backup.xml", "course/course.xml"):
        if site == "https://school.example":  # it was restored there, where it was already, and is a backup of that
            files[name] = files[name].replace(b"https://coursewright.example", site.encode())
            files[name] = files[name].replace(title + b"</", title + b" copy 1</")
            files[name] = re.sub(rb"<idnumber>[^<]*", b"<idnumber>", files[name])

    found = recovered(written(tmp_path / "in", files))

    [course] = courses.courses
    assert found.curriculum.courses[0].title == courses.courses[0].title
    assert not [one for one in found.elements if one.fate is Fate.DROPPED]
    own = {unit.id: unit for unit in course.units}
    units = {unit.id: unit for unit in found.curriculum.units}
    assert [*units] == [*own]
    assert found.curriculum.courses[0].track == course.units[0].track
    for id, unit in units.items():
        assert (unit.title, unit.given_id) == (own[id].title, own[id].given_id)
        assert [part.key for part in unit.parts] == [part.key for part in own[id].parts]
        assert {one.id for one in unit.prerequisites.mentions} == {one.id for one in course.step(own[id]).needs}
        for part, before in zip(unit.parts, own[id].parts, strict=True):
            if isinstance(part, Quiz) and isinstance(before, Quiz):
                assert [one.key for one in part.questions if isinstance(one, Question)] == [
                    one.key for one in before.questions if isinstance(one, Question)
                ]
    pages = [one for one in found.elements if one.kind is ElementKind.PAGE and one.words]
    assert sum(one.kept_words for one in pages) == sum(one.words for one in pages)


def activity(kind: str, number: int, fields: str, *, more: str = "") -> dict[str, bytes]:
    """Return the documents of an activity of section 1, which takes the place of page 10."""
    own = f'<{kind} id="{number}">{fields}</{kind}>'
    module = f'<module id="{number}"><completion>2</completion><visible>1</visible>{more}</module>'
    return {
        f"activities/{kind}_{number}/{kind}.xml": (
            f'<activity id="{number}" moduleid="{number}" modulename="{kind}" contextid="9{number}">{own}</activity>'
        ).encode(),
        f"activities/{kind}_{number}/module.xml": module.encode(),
    }


def course(*kinds: tuple[str, int, str], documents: dict[str, bytes] | None = None) -> dict[str, bytes]:
    """Return a backup whose first section holds activities as (kind, number, fields)."""
    files = backup(documents=documents)
    listed = "".join(
        f"<activity><moduleid>{number}</moduleid><sectionid>1</sectionid><modulename>{kind}</modulename>"
        f"<title>{kind}</title><directory>activities/{kind}_{number}</directory></activity>"
        for kind, number, _ in kinds
    )
    contents = (
        f"<contents><activities>{listed}</activities><sections><section><sectionid>1</sectionid><title>1</title>"
        "<directory>sections/section_1</directory></section></sections></contents>"
    )
    information = "<original_course_fullname>Bees</original_course_fullname><original_wwwroot>https://old.example</original_wwwroot>"
    files["moodle_backup.xml"] = (
        f"<moodle_backup><information>{information}{contents}</information></moodle_backup>".encode()
    )
    order = ",".join(str(number) for _, number, _ in kinds)
    files["sections/section_1/section.xml"] = (
        f'<section id="1"><number>1</number><name>Honey</name><sequence>{order}</sequence><visible>1</visible></section>'
    ).encode()
    for kind, number, fields in kinds:
        files |= activity(kind, number, fields)
    return files


def field(name: str, text: str, format: int = 1) -> str:
    return f"<{name}>{escape(text)}</{name}><{name}format>{format}</{name}format>"


def span(language: str, text: str) -> str:
    return f'<span lang="{language}" class="multilang">{text}</span>'


FILE = b"\x89PNG\r\n\x1a\n hive"
HASH = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
FILES = (
    f'<files><file id="1"><contenthash>{HASH}</contenthash><contextid>910</contextid><component>mod_page</component>'
    "<filearea>content</filearea><itemid>0</itemid><filepath>/</filepath><filename>a hive.png</filename></file></files>"
)


def test_activities_become_parts_and_their_links_lead_on(tmp_path: Path) -> None:
    page = (
        '<h2>Hives</h2><p><img src="@@PLUGINFILE@@/a%20hive.png" alt="A hive"> <a href="$@ASSIGNVIEWBYID*11@$">work</a> '
        '<a href="$@PAGEVIEWBYID*99@$">gone</a></p>'
    )
    plugin = (
        "<plugin_configs><plugin_config><plugin>onlinetext</plugin><subtype>assignsubmission</subtype><name>enabled</name>"
        "<value>1</value></plugin_config></plugin_configs>"
    )
    files = course(
        ("label", 9, "<name>x</name>" + field("intro", "<h3>Week one</h3>")),
        ("page", 10, "<name>Hives</name>" + field("content", page)),
        ("assign", 11, "<name>Count</name><grade>20</grade><duedate>17</duedate>" + field("intro", "Count *bees*.", 4) + plugin),
        ("forum", 12, "<name>Talk</name><type>general</type>" + field("intro", "{mlang en}Hello{mlang}{mlang de}Hallo{mlang}")),
        ("url", 13, "<name>Bees</name><externalurl>https://bees.example/?a=1&amp;amp;b=2</externalurl>"),
        ("lti", 14, "<name>Lab</name><toolurl>https://lab.example/x?key=1</toolurl><password>secret</password>"),
        ("book", 15, "<name>Book</name><chapters>"
         '<chapter id="2"><pagenum>2</pagenum><title>Two</title>' + field("content", "<p>Second</p>") + "</chapter>"
         '<chapter id="1"><pagenum>1</pagenum><title>One</title>' + field("content", "First", 2) + "</chapter></chapters>"),
        ("forum", 16, "<name>News</name><type>news</type>"),
        ("hologram", 17, "<name>Hologram</name>"),
        documents={"files.xml": FILES.encode(), f"files/{HASH[:2]}/{HASH}": FILE, "users.xml": b'<users><user id="3"/></users>'},
    )  # fmt: skip

    found = recovered(written(tmp_path, files))

    [unit] = found.curriculum.units
    parts = parts_of([unit])
    hives, count = parts["Week one: Hives"], parts["Week one: Count"]
    assert isinstance(hives, Page) and isinstance(count, Assignment)
    [picture] = [one for one in hives.targets.values() if isinstance(one, ToFile)]
    assert (picture.asset.name, picture.asset.content()) == ("a-hive.png", FILE)
    assert [one.part for one in hives.targets.values() if isinstance(one, ToUnit)] == [count.key]
    assert (count.points, count.submissions) == (20, (Submission.TEXT,))
    assert "Count *bees*." in count.content[0].block.markdown  # type: ignore[union-attr]
    talk, link, tool = parts["Week one: Talk"], parts["Week one: Bees"], parts["Week one: Lab"]
    assert isinstance(talk, Discussion) and isinstance(link, Link) and isinstance(tool, Link)
    assert talk.content[0].block.markdown.strip() == "Hello"  # type: ignore[union-attr]
    assert (link.url, tool.url) == ("https://bees.example/?a=1&b=2", "https://lab.example/x")
    chapters = [part.title for part in unit.parts if "Book" in part.title]
    assert chapters == ["Week one: Book: One", "Week one: Book: Two"]
    dropped = {one.kind for one in found.elements if one.fate is Fate.DROPPED}
    assert dropped == {
        *(
            ElementKind.SETTING,
            ElementKind.DISCUSSION,
            ElementKind.ACTIVITY,
            ElementKind.USER_DATA,
            ElementKind.REFERENCE,
        ),
    }
    assert "secret" not in str(found) and "key=1" not in str(found)


def test_a_text_with_a_heading_is_called_by_it_and_ends_what_stood_over_what_follows(tmp_path: Path) -> None:
    long = (
        "<h4>Week two: the queen</h4><p>She lays all of the eggs, and the workers care for them until they hatch.</p>"
    )
    files = course(
        ("label", 9, "<name>x</name>" + field("intro", "<h3>Week one</h3>")),
        ("page", 10, "<name>Hives</name>" + field("content", "<p>Hives.</p>")),
        ("label", 11, "<name>Week two: the queen She lays all of the eggs, and...</name>" + field("intro", long)),
        ("page", 12, "<name>Queens</name>" + field("content", "<p>Queens.</p>")),
    )
    found = parts_of(recovered(written(tmp_path, files)).curriculum.units)
    assert list(found) == ["Week one: Hives", "Week two: the queen", "Queens"]


def test_activities_are_called_as_their_own_documents_say_and_markdown_is_plain_text(tmp_path: Path) -> None:
    files = course(
        ("label", 9, "<name>## The **first** [week](x.html):</name>" + field("intro", "## The **first** week:", 4)),
        ("page", 10, "<name>Hives &amp; *bees*</name>" + field("content", "<p>Hives.</p>")),
        ("label", 11, "<name>- Bring `gloves`, as...</name>" + field("intro", "- Bring `gloves`, as bees sting.", 4)),
        ("page", 12, "<name></name>" + field("content", "<p>Queens.</p>")),
        (
            "label",
            13,
            "<name># Of a queen\nShe lays...</name>"
            + field("intro", "# Of a queen\n\nShe lays all of the eggs, and others care for them.", 4),
        ),
        ("page", 14, "<name>Drones</name>" + field("content", "<p>Drones.</p>")),
    )
    outline = inspect_package(zipped(tmp_path / "course.mbz", files)).outline
    assert outline is not None
    [section] = outline.entries
    assert [one.title for one in section.children] == [
        *("The first week:", "Hives & *bees*", "Bring gloves, as...", "page", "Of a queen She lays...", "Drones"),
    ]
    found = recovered(written(tmp_path / "in", files))
    assert list(parts_of(found.curriculum.units)) == [
        *("The first week: Hives & *bees*", "Bring gloves, as bees sting", "The first week: page"),
        *("Of a queen", "Drones"),
    ]


def in_sections(*sections: tuple[str, str, str], activities: tuple[tuple[str, int, int], ...]) -> dict[str, bytes]:
    """Return a backup with sections as (name, fields, summary), and activities as (kind, number, section)."""
    files = course(*((kind, number, f"<name>{kind} {number}</name>") for kind, number, _ in activities))
    listed = "".join(
        f"<section><sectionid>{number}</sectionid><title>{number}</title><directory>sections/section_{number}</directory>"
        "</section>"
        for number in range(len(sections))
    )
    contents = re.sub(
        rb"<sections>.*</sections>", f"<sections>{listed}</sections>".encode(), files["moodle_backup.xml"]
    )
    for kind, number, section in activities:
        one, own = f"<moduleid>{number}</moduleid><sectionid>", f"{section}</sectionid><modulename>{kind}<"
        contents = contents.replace(f"{one}1</sectionid><modulename>{kind}<".encode(), f"{one}{own}".encode())
    for number, (name, fields, summary) in enumerate(sections):
        files[f"sections/section_{number}/section.xml"] = (
            f'<section id="{number}"><number>{number}</number><name>{name}</name>{field("summary", summary)}<visible>1'
            f"</visible>{fields}</section>"
        ).encode()
    return {**files, "moodle_backup.xml": contents}


def test_titles_of_empty_sections_stand_before_those_in_them_and_others_are_said(tmp_path: Path) -> None:
    def inside(number: int) -> str:
        option = f"<format>flexsections</format><name>parent</name><value>{number}</value>"
        return f'<course_format_options id="1{number}">{option}</course_format_options>'

    files = in_sections(
        ("$@NULL@$", "", ""),
        ("Year", inside(0), ""),
        ("Spring", inside(1), ""),
        ("Swarms", inside(2), ""),
        ("Full", inside(0), ""),
        ("Within", inside(4), ""),
        ("Round", inside(7), ""),
        ("About", inside(6), ""),
        ("Unused", "", ""),
        ("$@NULL@$", "", ""),
        ("Months", "", ""),
        ("May", "<component>mod_subsection</component><itemid>40</itemid>", ""),
        activities=(
            *(("forum", 20, 3), ("forum", 21, 4), ("forum", 22, 5), ("forum", 23, 7)),
            *(("subsection", 40, 10), ("forum", 24, 11)),
        ),
    )
    found = recovered(written(tmp_path, files))
    titles = [str(unit.title) for unit in found.curriculum.units]
    assert titles == ["Year: Spring: Swarms", "Full", "Within", "Round: About", "Months: May"]
    lost = [(one.title, one.fate, one.told) for one in found.elements if one.kind is ElementKind.UNIT and one.why]
    assert lost == [
        *(("Year", Fate.CHANGED, False), ("Year: Spring", Fate.CHANGED, False), ("Round", Fate.CHANGED, False)),
        *(("Unused", Fate.DROPPED, False), ("section 9", Fate.DROPPED, True), ("Months", Fate.CHANGED, False)),
    ]


def test_what_a_folder_lacks_is_said(tmp_path: Path) -> None:
    more = FILES.replace("mod_page", "mod_folder")
    files = course(("folder", 10, "<name>Handouts</name>"), documents={"files.xml": more.encode()})
    lost = [one for one in recovered(written(tmp_path, files)).elements if one.fate is Fate.DROPPED]
    assert [(one.kind, one.title) for one in lost if one.kind is ElementKind.FILE] == [
        (ElementKind.FILE, "Handouts: a hive.png")
    ]


def test_a_picture_within_its_address_becomes_a_file(tmp_path: Path) -> None:
    page = f'<p>Look: <img src="data:image/png;base64,{b64encode(FILE).decode()}" alt="A hive"></p>'
    found = recovered(written(tmp_path, course(("page", 10, "<name>Hives</name>" + field("content", page)))))
    hives = parts_of(found.curriculum.units)["Hives"]
    assert isinstance(hives, Page)
    [(address, picture)] = hives.targets.items()
    assert isinstance(picture, ToFile)
    assert (picture.asset.media_type, picture.asset.content()) == ("image/png", FILE)
    assert f"![A hive]({address})" in hives.body[0].block.markdown  # type: ignore[union-attr]


def test_one_document_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    files = course(("page", 10, "<name>Good</name>" + field("content", "<p>Yes</p>")), ("page", 11, "<name>Bad</name>"))
    files["activities/page_11/page.xml"] = b"<activity><page>"

    found = recovered(written(tmp_path, files))

    assert [*parts_of(found.curriculum.units)] == ["Good"]
    assert [one.title for one in found.elements if one.kind is ElementKind.ACTIVITY] == ["page"]


@pytest.mark.parametrize(
    ("restriction", "required"),
    [
        (waiting("10", "11"), True),
        (waiting("10", "11", op="|"), True),
        ('{"op":"&","c":[{"type":"date","d":">=","t":1}],"showc":[true]}', False),
        ('{"op":"|","c":[{"type":"date","d":">=","t":1},{"type":"completion","cm":10,"e":1}],"show":true}', False),
    ],
)
def test_what_a_section_waits_for_becomes_what_its_unit_requires(
    tmp_path: Path, restriction: str, required: bool
) -> None:
    files = backup({"2": restriction})
    for number in ("10", "11", "20", "21"):
        text = f"<name>P{number}</name>{field('content', f'<p>Text {number}</p>')}"
        files[f"activities/page_{number}/page.xml"] = (
            f'<activity moduleid="{number}" contextid="9{number}"><page>{text}</page></activity>'.encode()
        )

    found = recovered(written(tmp_path, files))

    first, second = found.curriculum.units
    assert [one.id for one in second.prerequisites.mentions] == [first.id] * required
    held = [one for one in found.elements if one.kind is ElementKind.GATE]
    assert held and all(one.why for one in held if one.fate is not Fate.KEPT)
    assert (Fate.DROPPED in {one.fate for one in held}) is not required


MULTICHOICE = (
    "<name>Q</name><questiontext>Which &lt;b&gt;fly&lt;/b&gt;?</questiontext><questiontextformat>1</questiontextformat>"
    "<generalfeedback>Both.</generalfeedback><defaultmark>1</defaultmark><qtype>multichoice</qtype>"
    "<plugin_qtype_multichoice_question><answers>"
    '<answer id="1"><answertext>bee</answertext><fraction>0.5</fraction><feedback/></answer>'
    '<answer id="2"><answertext>wasp</answertext><fraction>0.5</fraction><feedback/></answer>'
    '<answer id="3"><answertext>stone</answertext><fraction>-1</fraction><feedback>No.</feedback></answer></answers>'
    '<multichoice id="1"><single>0</single><shuffleanswers>0</shuffleanswers></multichoice>'
    "</plugin_qtype_multichoice_question>"
)
NUMERICAL = (
    "<name>N</name><questiontext>How many?</questiontext><questiontextformat>1</questiontextformat><parent>0</parent>"
    "<qtype>numerical</qtype><defaultmark>1</defaultmark><plugin_qtype_numerical_question><answers>"
    '<answer id="7"><answertext>6</answertext><fraction>1</fraction></answer></answers><numerical_records>'
    '<numerical_record id="1"><answer>7</answer><tolerance>0.5</tolerance></numerical_record></numerical_records>'
    "</plugin_qtype_numerical_question>"
)
SHAPES = {
    "3.x": (
        f'<questions><question id="51">{MULTICHOICE}</question><question id="52">{NUMERICAL}</question></questions>',
        "<question_instance><slot>1</slot><questionid>51</questionid><maxmark>3</maxmark></question_instance>"
        "<question_instance><slot>2</slot><questionid>52</questionid><maxmark>1</maxmark></question_instance>",
    ),
    "4.x": (
        "<question_bank_entries>"
        + "".join(
            f'<question_bank_entry id="{number}"><question_version><question_versions id="1"><version>1</version>'
            f'<questions><question id="5{number}">{text}</question></questions></question_versions></question_version>'
            "</question_bank_entry>"
            for number, text in ((1, MULTICHOICE), (2, NUMERICAL))
        )
        + "</question_bank_entries>",
        "".join(
            f"<question_instance><slot>{number}</slot><maxmark>{mark}</maxmark><question_reference>"
            f"<questionbankentryid>{number}</questionbankentryid></question_reference></question_instance>"
            for number, mark in ((1, 3), (2, 1))
        ),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_questions_come_back_with_their_keys_whatever_shape_the_bank_has(tmp_path: Path, shape: str) -> None:
    bank, slots = SHAPES[shape]
    questions = f'<question_categories><question_category id="5"><name>Bank</name>{bank}</question_category></question_categories>'
    quiz = (
        "<name>Quiz</name><timelimit>600</timelimit><attempts_number>2</attempts_number><grade>10</grade>"
        f"<reviewrightanswer>0</reviewrightanswer><question_instances>{slots}</question_instances>"
    )
    files = course(("quiz", 10, quiz), documents={"questions.xml": questions.encode()})

    [unit] = recovered(written(tmp_path, files)).curriculum.units

    [made] = unit.parts
    assert isinstance(made, Quiz)
    assert (made.minutes, made.attempts, made.show) == (10, 2, Show.NEVER)
    several, number = made.questions
    assert isinstance(several, Question) and isinstance(number, Question)
    assert (several.kind, several.stem, several.points) == (QuestionKind.CHOICES, "Which **fly**?", 3)
    assert [option.fraction for option in several.options] == [0.5, 0.5, -1.0]
    assert (several.feedback.general, several.options[2].feedback, several.shuffled) == ("Both.", "No.", False)
    assert (number.kind, number.answers[0].value, number.answers[0].tolerance) == (QuestionKind.NUMBER, 6.0, 0.5)


def test_questions_that_are_drawn_come_back_as_a_draw_and_others_for_staff(tmp_path: Path) -> None:
    bank, _ = SHAPES["4.x"]
    drawn = '{"filter":{"category":{"jointype":1,"values":["5"]}}}'
    slot = (
        "<question_instance><slot>NUMBER</slot><maxmark>2</maxmark><question_set_reference>"
        f"<filtercondition>{escape(drawn)}</filtercondition></question_set_reference></question_instance>"
    )
    categories = (
        f'<question_categories><question_category id="5"><name>Bank</name>{bank}</question_category>'
        f'<question_category id="6"><name>Spare</name><questions><question id="61">{NUMERICAL}</question></questions>'
        "</question_category></question_categories>"
    )
    slots = slot.replace("NUMBER", "1") + slot.replace("NUMBER", "2")
    quiz = f"<name>Quiz</name><grade>10</grade><question_instances>{slots}</question_instances>"
    files = course(("quiz", 10, quiz), documents={"questions.xml": categories.encode()})

    first, more = recovered(written(tmp_path, files)).curriculum.units

    [made], [spare] = first.parts, more.parts
    assert isinstance(made, Quiz) and isinstance(spare, Quiz)
    [draw] = made.questions
    assert isinstance(draw, Draw)
    assert (draw.count, draw.points, len(draw.questions)) == (2, 2, 2)
    assert (spare.title, spare.audience) == ("Spare", Audience.STAFF)


TAGGED = '<tags><tag id="20"><name>easy</name><rawname>Easy</rawname></tag></tags>'
FILTERS = {
    "any": '{"filter":{"category":{"jointype":1,"values":[5]},"qtagids":{"jointype":1,"values":["20","21"]}}}',
    "all": '{"filter":{"category":{"jointype":1,"values":[5]},"qtagids":{"jointype":2,"values":["20"]}}}',
    "none": '{"filter":{"category":{"jointype":1,"values":[5]},"qtagids":{"jointype":0,"values":["20"]}}}',
    "4.0": '{"questioncategoryid":5,"includingsubcategories":0,"tags":["20,easy"]}',
}


@pytest.mark.parametrize(
    "join, title, drawn",
    [
        ("any", "Bank (Easy, 21)", "Which **fly**?"),
        ("all", "Bank (Easy)", "Which **fly**?"),
        ("none", "Bank (not Easy)", "How many?"),
        ("4.0", "Bank (Easy)", "Which **fly**?"),
    ],
)
def test_a_draw_asks_only_for_questions_with_its_tags_and_never_for_a_description(
    tmp_path: Path, join: str, title: str, drawn: str
) -> None:
    texts = (MULTICHOICE + TAGGED, NUMERICAL, MULTICHOICE.replace(">multichoice<", ">description<") + TAGGED)
    bank = "".join(
        f'<question_bank_entry id="{number}"><question_version><question_versions id="1"><version>1</version>'
        f'<questions><question id="5{number}">{text}</question></questions></question_versions></question_version>'
        "</question_bank_entry>"
        for number, text in enumerate(texts, start=1)
    )
    categories = (
        '<question_categories><question_category id="5"><name>Bank</name><question_bank_entries>'
        f"{bank}</question_bank_entries></question_category></question_categories>"
    )
    slot = (
        "<question_instance><slot>1</slot><maxmark>2</maxmark><question_set_reference>"
        f"<filtercondition>{escape(FILTERS[join])}</filtercondition></question_set_reference></question_instance>"
    )
    quiz = f"<name>Quiz</name><grade>10</grade><question_instances>{slot}</question_instances>"
    files = course(("quiz", 10, quiz), documents={"questions.xml": categories.encode()})

    made = recovered(written(tmp_path, files)).curriculum.units[0].parts[0]

    assert isinstance(made, Quiz)
    [draw] = made.questions
    assert isinstance(draw, Draw)
    assert (draw.title, [one.stem for one in draw.questions]) == (title, [drawn])


def test_texts_of_activities_beside_their_introduction_are_kept_and_what_users_write_is_not(tmp_path: Path) -> None:
    entries = "".join(
        f"<entry id='{number}'><concept>{word}</concept>{field('definition', f'<p>{word}: words.</p>')}"
        f"<teacherentry>{teacher}</teacherentry><approved>1</approved></entry>"
        for number, (word, teacher) in enumerate([("Wax", 1), ("Comb", 1), ("Mine", 0)])
    )
    items = (
        "<item id='1'><name>How?</name><presentation>r&gt;&gt;&gt;&gt;&gt;1####good\n|bad&lt;&lt;&lt;&lt;&lt;1</presentation>"
        "<typ>multichoicerated</typ></item><item id='2'><name>Why?</name><typ>textarea</typ></item>"
        "<item id='3'><name>label</name><presentation>&lt;p&gt;Thanks.&lt;/p&gt;</presentation><typ>label</typ></item>"
    )
    files = course(
        ("glossary", 10, f"<name>Words</name><entries>{entries}</entries>"),
        ("workshop", 11, "<name>Peers</name>" + field("instructauthors", "<p>Write.</p>") + field("instructreviewers", "Judge.")),
        ("feedback", 12, f"<name>Ask</name><items>{items}</items>"),
        ("lti", 13, "<name>Lab</name><toolurl>https://lab.example/x?key=1</toolurl>" + field("intro", "<p>Try it.</p>")),
    )  # fmt: skip

    found = recovered(written(tmp_path, files))

    texts = {
        title: part.body[0].block.markdown.strip()  # type: ignore[union-attr]
        for title, part in parts_of(found.curriculum.units).items()
        if isinstance(part, Page)
    }
    assert texts["Words"].split() == ["####", "Comb", "Comb:", "words.", "####", "Wax", "Wax:", "words."]
    assert texts["Peers"].split() == ["Write.", "Judge."]
    assert texts["Ask"].split() == ["-", "How?", "-", "good", "-", "bad", "-", "Why?", "Thanks."]
    assert texts["Lab"].split() == ["Try", "it.", "[Lab](https://lab.example/x)"]
    [of_users] = [one for one in found.elements if one.kind is ElementKind.USER_DATA]
    assert (of_users.title, of_users.fate) == ("Words: 1 entry", Fate.DROPPED)
    assert {one.file for one in found.elements if one.identifier == "11"} == {"activities/workshop_11/workshop.xml"}


def test_of_very_long_lists_it_is_told_how_much_is_left_out(tmp_path: Path) -> None:
    count = MOST_LISTED + 3
    chapters = "".join(
        f"<chapter id='{one}'><pagenum>{one}</pagenum><title>{one}</title></chapter>" for one in range(count)
    )
    pages = "".join(f"<page id='{one}'><qtype>20</qtype></page>" for one in range(count))
    slots = "<question_instance/>" * count
    words = "".join(
        f"<entry id='{one}'><concept>{one:04}</concept><teacherentry>1</teacherentry></entry>" for one in range(count)
    )

    found = recovered(
        written(
            tmp_path,
            course(
                ("book", 10, f"<name>Bees</name><chapters>{chapters}</chapters>"),
                ("glossary", 11, f"<name>Words</name><entries>{words}</entries>"),
                ("lesson", 12, f"<name>Dances</name><pages>{pages}</pages>"),
                ("quiz", 13, f"<name>Asked</name><question_instances>{slots}</question_instances>"),
                ("choice", 14, f"<name>Pick</name><options>{'<option><text>a</text></option>' * count}</options>"),
            ),
        )
    )

    left = {one.title: one.why for one in found.elements if one.title.partition(": ")[2].startswith("3 more")}
    assert set(left) == {
        *("Bees: 3 more chapters", "Words: 3 more entries", "Dances: 3 more pages"),
        *("Asked: 3 more questions", "Pick: 3 more choices"),
    }
    assert set(left.values()) == {f"of one list, {MOST_LISTED} are read"}


def test_a_lesson_becomes_its_pages_in_order_and_a_quiz_of_what_it_asks(tmp_path: Path) -> None:
    def page(
        number: int, after: int, kind: int, text: str, *answers: tuple[str, str, int, int], several: int = 0
    ) -> str:
        rows = "".join(
            f"<answer id='{place}'><jumpto>{to}</jumpto><score>{score}</score><answer_text>{said}</answer_text>"
            f"<response>{told}</response><answerformat>1</answerformat></answer>"
            for place, (said, told, score, to) in enumerate(answers)
        )
        return (
            f"<page id='{number}'><prevpageid>{after}</prevpageid><nextpageid>{number + 1}</nextpageid><qtype>{kind}</qtype>"
            f"<qoption>{several}</qoption><title>T{number}</title>{field('contents', text)}<answers>{rows}</answers></page>"
        )

    pages = (
        page(3, 2, 8, "How much?", ("4:6", "", 0, -9)),
        page(1, 0, 20, "<p>Read.</p>", ("On", "", 0, -1)),
        page(
            2,
            1,
            3,
            '<p>Which? <img src="@@PLUGINFILE@@/a%20hive.png"></p>',
            ("This", "Yes.", 0, -1),
            ("That", "", 0, 2),
        ),
        page(4, 3, 5, "Match.", ("", "", 1, -1), ("", "", 0, 0), ("bee", "honey", 0, 0), ("wasp", "paper", 0, 0)),
        page(5, 4, 3, "<pre>let a\nlet b</pre>", ("a", "", 1, 0), ("b", "", 1, 0), ("c", "", 0, -1), several=1),
        page(6, 5, 21, "End"),
        page(7, 6, 77, "Strange"),
    )
    files = course(
        ("lesson", 10, f"<name>Tour</name><grade>10</grade>{field('intro', 'Hello.')}<pages>{''.join(pages)}</pages>"),
        documents={"files.xml": FILES.encode(), f"files/{HASH[:2]}/{HASH}": FILE},
    )

    found = recovered(written(tmp_path, files))

    [unit] = found.curriculum.units
    read, quiz = unit.parts
    assert isinstance(read, Page) and isinstance(quiz, Quiz)
    assert read.body[0].block.markdown.split() == ["Hello.", "Read."]  # type: ignore[union-attr]
    which, number, match, several = [one for one in quiz.questions if isinstance(one, Question)]
    assert [(one.text, one.fraction, one.feedback) for one in which.options] == [("This", 1, "Yes."), ("That", 0, "")]
    assert which.stem == "Which? ![](files/a-hive.png)" and isinstance(quiz.targets["files/a-hive.png"], ToFile)
    assert (number.kind, number.answers[0].value, number.answers[0].tolerance) == (QuestionKind.NUMBER, 5, 1)
    assert [(one.prompt, one.answer) for one in match.pairs] == [("bee", "honey"), ("wasp", "paper")]
    assert (several.kind, [one.fraction for one in several.options]) == (QuestionKind.CHOICES, [0.5, 0.5, 0])
    assert "let a\nlet b" in several.stem
    [lost] = [one for one in found.elements if one.fate is Fate.DROPPED and one.kind is ElementKind.QUESTION]
    assert lost.title == "Tour: 1 question"


def test_what_is_hidden_or_waits_alone_is_told_and_a_site_of_files_starts_at_its_first(tmp_path: Path) -> None:
    gate = escape('{"op":"|","c":[{"type":"completion","cm":10,"e":1},{"type":"date","d":">=","t":0}],"show":true}')
    listed = "".join(
        f'<file id="{number}"><contenthash>{HASH}</contenthash><contextid>912</contextid><component>mod_resource</component>'
        f"<filearea>content</filearea><itemid>0</itemid><filepath>/</filepath><filename>{name}</filename></file>"
        for number, name in ((7, "a.html"), (5, "start.html"))
    )
    files = course(
        ("page", 10, "<name>First</name>" + field("content", "<p>1</p>")),
        ("page", 11, "<name>Second</name>" + field("content", "<p>2</p>")),
        ("resource", 12, "<name>Site</name>" + field("intro", "<p>About.</p>")),
        documents={"files.xml": f"<files>{listed}</files>".encode(), f"files/{HASH[:2]}/{HASH}": b"<p>Words.</p>"},
    )
    hidden = f"<module id='11'><visible>0</visible><availability>{gate}</availability></module>"
    files["activities/page_11/module.xml"] = hidden.encode()

    found = recovered(written(tmp_path, files))

    parts = parts_of(found.curriculum.units)
    assert parts["Second"].audience is Audience.STAFF
    site = parts["Site"]
    assert isinstance(site, Page) and site.body[0].block.markdown.split() == ["About.", "Words."]  # type: ignore[union-attr]
    kinds = (ElementKind.SETTING, ElementKind.GATE)
    told = {one.title: one.fate for one in found.elements if one.kind in kinds and one.identifier == "11"}
    assert told == {
        "Second: hidden": Fate.CHANGED,
        "Second: “First” is complete or it is 1970-01-01 00:00 UTC or later": Fate.DROPPED,
    }


# A host in brackets that never close: no library reads such an address.
ODD = ("@@PLUGINFILE@@///[x", "$@PAGEVIEWBYID*10@$//[x", "q1///[x", "/&#10;/[x", "https://old.example[x", "//[x")


def test_addresses_that_nobody_can_read_cost_no_page(tmp_path: Path) -> None:
    links = "".join(f'<p><a href="{address}">word</a></p>' for address in ODD)
    tools = [
        ("lti", 20 + number, f"<name>T</name><toolurl>{escape(tool)}</toolurl>") for number, tool in enumerate(TOOLS)
    ]
    files = course(("page", 10, "<name>Odd</name>" + field("content", links)), *tools)

    found = recovered(written(tmp_path, files))

    [unit] = found.curriculum.units
    page, *kept = unit.parts
    assert isinstance(page, Page)
    assert page.body[0].block.markdown.count("word") == len(ODD)  # type: ignore[union-attr]
    assert [one.url for one in kept if isinstance(one, Link)] == ["https://lab.example/x", "https://lab.example:x/y"]


def test_what_is_said_about_a_link_is_read_once(tmp_path: Path) -> None:
    about = "<name>Lab</name>" + field("intro", '<p>See <a href="$@PAGEVIEWBYID*99@$">it</a>.</p>')
    files = course(
        ("url", 10, f"<externalurl>https://bees.example</externalurl>{about}"),
        ("lti", 11, f"<toolurl>https://lab.example/x</toolurl>{about}"),
    )

    found = recovered(written(tmp_path, files))

    lost = [one for one in found.elements if one.kind is ElementKind.REFERENCE]
    assert [(one.title, one.why.partition(":")[0]) for one in lost] == [
        ("Lab", "2 links lead to nothing in the package")
    ]


TOOLS = ("https://me:secret@lab.example/x?key=1#k", "https://lab.example:x/y", "https://[lab/z")


@pytest.mark.parametrize(
    "html", ["<!doctype html>", "<html><frameset></frameset></html>", "<html><body>a</body><body>b"]
)
def test_summaries_and_headings_that_are_whole_pages_cost_no_backup(tmp_path: Path, html: str) -> None:
    summary = f"<course id='1'><fullname>Bees</fullname>{field('summary', html)}</course>".encode()
    kinds = [
        ("label", 10, "<name>x</name>" + field("intro", html)),
        ("page", 11, field("name", html) + field("content", "A")),
    ]
    found = recovered(written(tmp_path, course(*kinds, documents={"course/course.xml": summary})))
    assert isinstance(found.curriculum.units[0].parts[-1], Page)


def test_of_a_question_only_addresses_are_led_elsewhere_and_no_words(tmp_path: Path) -> None:
    view = "https://old.example/mod/page/view.php?id=10"
    text = f'<p>See <a href="{view}">the page</a> ({view}0 is gone).</p>'
    bank = (
        '<question_categories><question_category id="5"><name>Bank</name><questions><question id="51"><name>Q</name>'
        f"{field('questiontext', text)}<qtype>essay</qtype></question></questions></question_category></question_categories>"
    )
    slots = "<question_instances><question_instance><slot>1</slot><questionid>51</questionid></question_instance></question_instances>"
    kinds = [("page", 10, "<name>A</name>" + field("content", "A")), ("quiz", 11, f"<name>Quiz</name>{slots}")]
    [unit] = recovered(written(tmp_path, course(*kinds, documents={"questions.xml": bank.encode()}))).curriculum.units
    made = unit.parts[-1]
    assert isinstance(made, Quiz) and isinstance(made.questions[0], Question)
    assert f"({view}0 is gone)" in made.questions[0].stem
    [address] = made.targets
    assert f"[the page]({address})" in made.questions[0].stem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{span('en', 'Bees')} fly, {span('en', 'wasps')}{span('de', 'Wespen')} too", "Bees fly, wasps too"),
        ("{mlang en}Bees{mlang}{mlang other}?{mlang} fly {mlang de}nie{mlang}", "Bees fly "),
        ("{mlang de}Bienen{mlang}{mlang other}Bees{mlang} fly{mlang fr, en_us} !{mlang}", "Bees fly"),
        ("{mlang de}Bienen{mlang}{mlang fr,EN}Bees{mlang}", "Bees"),
        (f"{{mlang de}}Bienen{{mlang}}{{mlang en}}Bees{{mlang}} {span('de', 'und')}{span('en_us', 'and')}", "Bees und"),
        ("{mlang en}" * 30_000, "{mlang en}" * 30_000),
        ('<span class="multilang" ' * 10_000, '<span class="multilang" ' * 10_000),
    ],
    ids=["spans apart", "a filter", "others", "of several", "both", "marks that never close", "tags that never close"],
)
def test_texts_in_several_languages_are_in_one_and_lose_no_other_words(text: str, said: str) -> None:
    assert re.sub("<span[^<>]*>|</span>", "", in_one_language(text, "en")) == re.sub("<span[^<>]*>|</span>", "", said)


@pytest.mark.parametrize("format", ["0", "1", "2", "4"])
def test_a_text_that_says_nothing_becomes_no_paragraph(format: str) -> None:
    assert [html_of(text, format, "en") for text in ("", " \n\n", "{mlang de} {mlang}")] == [("", False)] * 3


def test_each_question_is_read_once_and_fills_one_gap() -> None:
    gap = "<question id='52'><parent>51</parent><questiontext>{1:SA:=wax}</questiontext><qtype>shortanswer</qtype></question>"
    whole = (
        "<question id='51'><name>Q</name><questiontext>{#1} and {#2} and {#3}</questiontext><qtype>multianswer</qtype>"
        "<plugin_qtype_multianswer_question><multianswer><sequence>52,52</sequence></multianswer>"
        "</plugin_qtype_multianswer_question></question>"
    )
    strange = "<question id='53'><name>S</name><questiontext>Draw</questiontext><qtype>drawing</qtype></question>"
    reader, findings = BankReader(), list[Finding]()
    reader.bank.enter(
        etree.fromstring(
            "<question_categories><question_category id='5'><parent>6</parent><questions>"
            f"{whole}{gap}{strange}</questions></question_category><question_category id='6'><parent>5</parent>"
            "</question_category></question_categories>"
        )
    )
    among = reader.bank.drawn(DrawnFrom("6", True))
    assert [one.number for one in among] == ["51", "53"]
    once, again = ([reader.question(one, "course.mbz", findings) for one in among] for _ in "12")
    assert all(one is other for one, other in zip(once, again, strict=True))
    assert len([one for one in findings if "drawing" in one.text]) == 1
    assert once[0] is not None and len(once[0].blanks) == 1
    assert once[0].stem.count("\\_\\_\\_\\_\\_") + once[0].stem.count("_____") == 1


def test_rubrics_are_plain_text_and_addresses_that_begin_like_the_site_are_others(tmp_path: Path) -> None:
    grading = (
        "<areas><area><definitions><definition><rubric><criteria><criterion id='1'><description>Uses *names*</description>"
        "<levels><level id='1'><score>2</score><definition>[all] of them</definition></level></levels></criterion>"
        "</criteria></rubric></definition></definitions></area></areas>"
    )
    text = '<p><a href="https://old.example.org/mod/page/view.php?id=10">elsewhere</a></p>'
    work = ("assign", 10, "<name>Work</name><grade>10</grade>" + field("intro", text))
    files = course(work, documents={"activities/assign_10/grading.xml": grading.encode()})
    found = recovered(written(tmp_path, files))
    [made] = found.curriculum.units[0].parts
    assert isinstance(made, Assignment)
    assert [inline_words(row.title) for row in made.rubric] == ["Uses *names*"]
    assert [inline_words(one.title) for one in made.rubric[0].ratings] == ["[all] of them"]
    assert not made.targets
    assert not [one for one in found.elements if one.kind is ElementKind.REFERENCE]


def inline_words(markdown: str) -> str:
    """Return what a line of Markdown says as plain text."""
    return re.sub(r"\\(?=[^\w\s])", "", markdown)
