"""The course of a Moodle backup is read back as units, parts, gates and quizzes with their keys."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from backups import backup, waiting
from packages import unzipped

from coursewright import build, plan, read
from coursewright.course.assets import ToFile, ToUnit
from coursewright.course.model import Audience, Unit
from coursewright.course.parts import Assignment, Discussion, Link, Page, Part, Submission
from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz, Show
from coursewright.packages.files.opening import open_container
from coursewright.packages.kinds import recognise
from coursewright.packages.subject import Subject
from coursewright.readers.packages.backups.reading import recover_moodle
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


def test_a_backup_of_ours_comes_back_with_its_ids_keys_gates_and_questions(tmp_path: Path) -> None:
    courses = plan(read(PIXELS))
    build(courses, tmp_path / "out", ["moodle"])
    package = next((tmp_path / "out").glob("*.mbz"))

    found = recovered(written(tmp_path / "in", unzipped(package)))

    [course] = courses.courses
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
