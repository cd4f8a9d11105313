"""Documents as values: what is written is read as it was, whatever stands in the fields, and what others write too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import count
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from coursewright.course.description import Description, Publication
from coursewright.course.quiz import QuestionKind
from coursewright.packages.documents.canvas.assignments import AssignmentGroups, AssignmentSettings
from coursewright.packages.documents.canvas.course import CourseSettings, FilesMeta
from coursewright.packages.documents.canvas.discussions import TopicMeta
from coursewright.packages.documents.canvas.modules import CanvasModule, CompletionRequirement, ModuleItem, Modules
from coursewright.packages.documents.canvas.names import NAMESPACE
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.canvas.rubrics import LearningOutcomes, OutcomeGroup, Rubrics
from coursewright.packages.documents.cartridge import V11, V12, V13
from coursewright.packages.documents.cartridge_files import (
    CartridgeAssignment,
    CartridgeLink,
    CartridgeText,
    CartridgeTopic,
    ToolLink,
)
from coursewright.packages.documents.fields import fill_as, read_as, tag_of, written_as
from coursewright.packages.documents.lom import (
    CATALOG,
    IEEE_LOM,
    IMS_METADATA,
    TRACKS,
    Binding,
    read_lom,
    write_lom,
)
from coursewright.packages.documents.manifest import (
    ADLCP_1_2,
    CP_1_1_2,
    Dialect,
    Manifest,
    ManifestItem,
    Resource,
    document,
    write_manifest,
)
from coursewright.packages.documents.menu import read_menu
from coursewright.packages.documents.moodle.activity_rows import (
    ActivityCompetencies,
    ActivityDocument,
    ActivityGrades,
    Grading,
    GradingDefinition,
    InfoReferences,
)
from coursewright.packages.documents.moodle.bank_rows import QuestionBank, QuestionRow
from coursewright.packages.documents.moodle.course_rows import (
    CourseCompetencies,
    CourseCompletion,
    CourseRow,
    Groups,
    Roles,
    WholeBackup,
)
from coursewright.packages.documents.moodle.rows import (
    FileRow,
    GradeItemRow,
    ModuleRow,
    SectionRow,
    SlotRow,
    StoredFiles,
    read_row,
)
from coursewright.packages.documents.qti12.elements import described, interoperable
from coursewright.packages.documents.qti12.facts import CANVAS_KINDS, PROFILE_KINDS, kind_named
from coursewright.packages.documents.qti12.values import (
    BankSelection,
    QtiFlow,
    QtiImage,
    QtiItem,
    QtiSection,
    QtiTests,
    QtiText,
    SelectionExtension,
    facts_of,
)
from coursewright.packages.documents.scorm.item_rules import MenuItem

DOCUMENTS = (
    *(Modules, CourseSettings, FilesMeta, AssignmentSettings, AssignmentGroups, QuizSettings, TopicMeta, Rubrics),
    *(LearningOutcomes, CartridgeTopic, CartridgeLink, CartridgeAssignment, ToolLink, QtiItem, QtiSection),
)
_SCORM = Dialect(
    "ADL SCORM",
    "1.2",
    {None: CP_1_1_2, "adlcp": ADLCP_1_2},
    {},
    200,
    sco_attribute=etree.QName(ADLCP_1_2, "scormtype"),
)
_HELD_BY_NONE = {QtiText: "contents", QtiImage: "contents"}  # what else stands in a text is no part of it
_WORDS = st.text("abäß漢&<>\"']1. ", max_size=6).map(lambda text: " ".join(text.split()))


@cache
def values(kind: Any, deep: int) -> st.SearchStrategy[Any]:
    """Return values of a class, with a text, a value or values in every field."""
    hints = get_type_hints(kind)
    known = [one.name for one in fields(kind) if one.name != _HELD_BY_NONE.get(kind)]
    made = {name: _within(name, hints[name], deep) for name in known}
    if _is_tagged(kind):
        made["name"] = st.sampled_from(getattr(kind, "TAGS", ("section", "flow")))
    return st.builds(kind, **made)


def _is_tagged(kind: Any) -> bool:
    """Whether values of a class say the names of their elements."""
    is_named = any(one.name == "name" for one in fields(kind))
    return is_named and (kind.__name__.startswith("Qti") or hasattr(kind, "TAGS"))


def _within(name: str, hint: Any, deep: int) -> st.SearchStrategy[Any]:
    if name in ("others", "of"):
        return st.lists(st.tuples(st.sampled_from(["unheard", "of"]), _WORDS), max_size=2).map(tuple)
    if name == "line":
        return st.just(0)
    if name == "module":
        return st.sampled_from(["h5pactivity", "imscp"])
    parts: tuple[Any, ...] = get_args(hint)
    if get_origin(hint) is tuple:
        kinds = get_args(parts[0]) or parts[:1]
        one = st.one_of([values(kind, deep - 1) for kind in kinds]) if deep else st.nothing()
        if parts[0] is QtiTests:
            one = one.map(lambda found: QtiTests("conditionvar", found.tests))
        return st.lists(one, max_size=2).map(tuple) if deep else st.just(())
    if get_origin(hint) is UnionType and is_dataclass(parts[0]):
        if not deep:
            return st.none()
        kind: Any = parts[0]
        one = values(kind, deep - 1)
        return st.none() | (one.map(lambda flow: QtiFlow(name, flow.contents)) if parts[0] is QtiFlow else one)
    return st.none() | _WORDS.filter(bool) if parts else _WORDS


@pytest.mark.parametrize("kind", DOCUMENTS, ids=lambda kind: kind.__name__)
@settings(max_examples=25)
@given(data=st.data())
def test_a_document_that_is_written_is_read_as_it_was(kind: Any, data: st.DataObject) -> None:
    value = data.draw(values(kind, 3))
    root = written_as(value, tag_of(value) if kind in (QtiItem, QtiSection) else kind.ROOT, NAMESPACE)
    assert read_as(kind, etree.fromstring(etree.tostring(root))) == value


_ROWS = (
    *(
        FileRow,
        GradeItemRow,
        ModuleRow,
        SectionRow,
        Grading,
        GradingDefinition,
        InfoReferences,
        SlotRow,
        QuestionRow,
        QuestionBank,
    ),
    *(WholeBackup, CourseRow, CourseCompletion, CourseCompetencies, StoredFiles, Roles, Groups),
    *(ActivityDocument, ActivityGrades, ActivityCompetencies),
)


@pytest.mark.parametrize("kind", _ROWS, ids=lambda kind: kind.__name__)
@settings(max_examples=10)
@given(data=st.data())
def test_a_row_of_moodle_is_read_as_it_was_with_nothing_for_nothing_at_all(kind: Any, data: st.DataObject) -> None:
    row = data.draw(values(kind, 2))
    element = etree.Element("row")
    fill_as(element, row)
    assert read_row(kind, etree.fromstring(etree.tostring(element))) == _as_read(row)
    said = {one.name: getattr(read_row(kind, None), one.name) for one in fields(kind)}
    assert not any(said.values())


def _as_read(row: Any) -> Any:
    """Return a row with "" for nothing at all, and the rows in it likewise."""
    return replace(row, **{one.name: _said(getattr(row, one.name), one.type) for one in fields(row)})


def _said(value: Any, kind: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_as_read(one) if is_dataclass(one) else one for one in value)
    return _as_read(value) if is_dataclass(value) else "" if value is None and kind == "str | None" else value


@pytest.mark.parametrize("binding", [IEEE_LOM, IMS_METADATA, V11.lom, V12.lom, V13.lom])
@settings(max_examples=5)
@given(title=_WORDS.filter(bool), words=st.lists(_WORDS.filter(bool), max_size=2), hours=st.integers(1, 90))
def test_metadata_are_read_as_they_were_in_every_binding(
    binding: Binding, title: str, words: list[str], hours: int
) -> None:
    about = Description("i", title, "A summary", words, hours, tracks=("t",))
    lom = read_lom(write_lom(about, Publication("de", "2", "P", "Mine"), binding))
    assert (lom.title, lom.language, lom.description, lom.keywords) == (title, "de", "A summary", tuple(words))
    assert (lom.version, lom.learning_time) == (("", "") if binding.narrow else ("2", f"PT{hours}H"))
    assert lom.rights == "Mine"
    known = ((TRACKS, "t"),) if binding.roles else ()
    assert lom.identifiers == ((*known, (CATALOG, "i")) if not binding.old else ())


_Titled = tuple[str, list[Any]]
_MENUS: st.SearchStrategy[list[_Titled]] = st.recursive(
    st.just([]), lambda below: st.lists(st.tuples(_WORDS.filter(bool), below), max_size=3), max_leaves=6
)


@settings(max_examples=25)
@given(_MENUS)
def test_a_menu_is_read_as_it_was_written(menu: list[_Titled]) -> None:
    numbers, resources = count(), []

    def items(listed: list[_Titled]) -> list[ManifestItem]:
        made = []
        for title, below in listed:
            name = f"n{next(numbers)}"
            if not below:
                resources.append(Resource(f"r{name}", [f"{name}.html"], launchable=True))
            made.append(ManifestItem(name, title, None if below else f"r{name}", items(below)))
        return made

    def titles(found: Iterable[MenuItem]) -> list[_Titled]:
        for one in found:
            assert one.href == (None if one.children else f"{one.identifier}.html")
            assert one.kind == ("" if one.children else "sco")
        return [(one.title, titles(one.children)) for one in found]

    written = write_manifest(Manifest("m", "Course", items(menu), resources), _SCORM)
    assert isinstance(written, bytes)
    found = read_menu(etree.fromstring(written))
    assert (found.identifier, found.title, found.version) == ("m", "Course", "1.2")
    assert titles(found.root.children) == menu


def test_every_part_of_a_module_comes_back_with_its_line() -> None:
    item = ModuleItem("i", "Quizzes::Quiz", "active", "A  quiz", identifierref="q", others=(("global_id", "7"),))
    module = CanvasModule("m", "One", requirements=(CompletionRequirement("min_score", "i", "5"),), items=(item,))
    found = read_as(Modules, etree.fromstring(document(written_as(Modules((module,)), Modules.ROOT, NAMESPACE))))
    assert found.modules[0].items[0].title == "A quiz"
    assert found.modules[0].items[0].others == (("global_id", "7"),)
    assert [found.modules[0].line, found.modules[0].items[0].line, found.modules[0].requirements[0].line] == [3, 7, 16]
    assert found.modules[0].requirements[0].wanted == "5"


def test_what_says_nothing_is_not_what_is_not_there() -> None:
    said = "<item><workflow_state/></item>"
    assert read_as(ModuleItem, etree.fromstring(said)).workflow_state == ""
    assert read_as(ModuleItem, etree.fromstring("<item/>")).workflow_state is None


def test_the_first_of_a_name_counts_in_any_namespace_and_comments_are_none() -> None:
    said = '<x:module xmlns:x="urn:x" identifier="m"><!-- no --><x:title>A <!-- b -->c</x:title><title>d</title></x:module>'
    assert read_as(CanvasModule, etree.fromstring(said)) == CanvasModule("m", "A c")


def test_groups_of_outcomes_stand_in_each_other_in_one_list() -> None:
    inner = OutcomeGroup("inner", "Inner")
    whole = LearningOutcomes(groups=(OutcomeGroup("outer", "Outer", groups=(inner,)),))
    root = written_as(whole, LearningOutcomes.ROOT, NAMESPACE)
    assert len(root.findall(".//{*}learningOutcomes")) == 1
    assert read_as(LearningOutcomes, root) == whole


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (CartridgeText("text/html", " <b>a</b>\n"), " <b>a</b>\n"),
        (CartridgeText("", "<i>b</i>"), "<i>b</i>"),
        (CartridgeText("text/plain", "a < b\nc\n\nd"), "<p>a &lt; b<br>\nc</p>\n<p>d</p>"),
        (CartridgeText("text/plain", " \n"), ""),
    ],
)
def test_a_text_is_html_unless_it_says_that_it_is_plain(text: CartridgeText, html: str) -> None:
    assert text.html == html


def test_what_stands_where_it_should_not_is_kept_by_its_name_and_what_is_missing_is_empty() -> None:
    said = "<item><x><mattext>a</mattext></x><resprocessing><respcondition><conditionvar><y><varequal>b</varequal></y>"
    item = read_as(QtiItem, etree.fromstring(f"{said}</conditionvar></respcondition></resprocessing></item>"))
    assert item.contents == (QtiFlow("x", (QtiText(text="a"),)),)
    assert [(test.text, negated) for test, negated in item.conditions[0].compared()] == [("b", False)]
    assert item.ident is None
    assert item.responses == ()


def test_what_a_quiz_says_of_itself_and_draws_is_read_as_it_was() -> None:
    drawn = BankSelection("bank", "2", SelectionExtension("2.0"))
    quiz = QtiSection("assessment", "i", metadata=described(a="1", b="", c="3"), selections=(drawn,))
    root = etree.fromstring(interoperable(quiz))
    assert facts_of(root[0]) == {"a": "1", "c": "3"}
    assert read_as(QtiSection, root).held("assessment")[0].selection == drawn


@pytest.mark.parametrize("names", [CANVAS_KINDS, PROFILE_KINDS], ids=["Canvas", "profile"])
def test_kinds_of_questions_have_one_name_and_are_known_by_it(names: dict[QuestionKind, str]) -> None:
    label = "question_type" if names is CANVAS_KINDS else "cc_profile"
    assert [kind_named({label: name}) for name in names.values()] == list(names)
    assert kind_named({label: "another"}) is None
