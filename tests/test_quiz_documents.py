"""The documents of quizzes: valid by their schemas, with the keys where an LMS looks for them."""

from __future__ import annotations

import pytest
from lxml import etree
from quizzing import BANK, EVERY_KIND, WORDS, choices, every_quiz
from test_schemas_cc import PROFILES, Profile

from coursewright.course.lowering import lowered
from coursewright.course.quiz import Answer, Blank, Option, Pair, Question, QuestionKind, Quiz, Show
from coursewright.packages.documents import gift
from coursewright.packages.documents.moodle import questions as moodle
from coursewright.packages.documents.qti12 import canvas
from coursewright.packages.documents.qti12.cartridge import cartridge_assessment, cartridge_bank, cartridge_form
from coursewright.packages.schema import validate
from coursewright.writers.quiz_settings import quiz_settings

IN_QTI = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
QUESTIONS = [profile for profile in PROFILES if profile.kind == "qti" and profile.version]


def quiz(*questions: Question) -> Quiz:
    return Quiz("q", "Bees", "bees.md", 1, questions)


def in_profile(found: Quiz) -> bytes:
    return cartridge_assessment(lowered(found, cartridge_form("CC")).quiz, "quiz-1", "Bees", WORDS)


def in_canvas(found: Quiz) -> etree._Element:
    return etree.fromstring(canvas.canvas_assessment(lowered(found, canvas.FORM).quiz, "quiz-1", "Bees", WORDS))


def in_moodle(found: Quiz) -> etree._Element:
    return etree.fromstring(moodle.moodle_xml({"quiz-1": ("Bees", lowered(found, moodle.FORM).quiz)}, WORDS))


def as_gift(found: Quiz) -> str:
    return gift.gift({"quiz-1": ("Bees", lowered(found, gift.FORM).quiz)}, WORDS)


@pytest.mark.parametrize("profile", QUESTIONS, ids=lambda profile: f"1.{profile.version}")
def test_a_quiz_of_a_cartridge_is_valid_by_our_schemas_and_the_official_ones(profile: Profile) -> None:
    for document in (in_profile(every_quiz()), cartridge_bank(BANK, "quiz-1", "bank-1", WORDS)):
        assert profile.schemas.verdicts(document) == (True, True)


def test_the_settings_of_a_quiz_are_valid() -> None:
    for found in (every_quiz(), every_quiz(show=Show.NEVER, minutes=None, attempts=0), quiz(EVERY_KIND[-1])):
        made = lowered(found, canvas.FORM).quiz
        assert list(validate(quiz_settings(made, "quiz-1", "Bees", WORDS), "canvas/cccv1p0.xsd", "x")) == []


def test_a_quiz_whose_points_nobody_gives_is_practice_in_canvas() -> None:
    root = etree.fromstring(quiz_settings(lowered(quiz(EVERY_KIND[-1]), canvas.FORM).quiz, "quiz-1", "Bees", WORDS))
    assert root.findtext("{*}quiz_type") == "practice_quiz"
    assert root.find("{*}assignment") is None


def item(root: etree._Element, key: str) -> etree._Element:
    return next(found for found in root.iterfind(".//q:item", IN_QTI) if found.get("ident") == f"quiz-1-{key}")


def kind(found: etree._Element) -> str:
    return str(
        found.xpath("string(.//q:qtimetadatafield[q:fieldlabel='question_type']/q:fieldentry)", namespaces=IN_QTI)
    )


def test_canvas_gets_the_answers_that_give_points() -> None:
    root = in_canvas(every_quiz())
    right = "string(.//q:respcondition[q:setvar]/q:conditionvar/q:varequal)"
    assert item(root, "hive").xpath(right, namespaces=IN_QTI) == "queen"
    assert item(root, "wet").xpath(right, namespaces=IN_QTI) == "true"
    both = item(root, "even").find(".//q:and", IN_QTI)
    assert both is not None
    assert [found.text for found in both.findall("q:varequal", IN_QTI)] == ["o1", "o3"]
    assert [found.text for found in both.findall("q:not/q:varequal", IN_QTI)] == ["o2", "o4"]
    number = item(root, "pi")
    assert [number.findtext(f".//q:{name}", namespaces=IN_QTI) for name in ("vargte", "varlte")] == ["3.13", "3.15"]
    assert kind(item(root, "drops")) == "multiple_dropdowns_question"
    assert "[a]" in item(root, "gaps").findtext(".//q:mattext", "", IN_QTI)


def test_canvas_draws_from_a_bank_by_its_name() -> None:
    root = in_canvas(every_quiz())
    assert root.findtext(".//q:sourcebank_ref", namespaces=IN_QTI) == "quiz-1-bank1"
    assert root.findtext(".//q:selection_number", namespaces=IN_QTI) == "2"
    assert root.findtext(".//q:points_per_item", namespaces=IN_QTI) == "1.5"


def test_canvas_knows_what_is_matched_by_numbers_of_their_own() -> None:
    """It takes the digits of a name for one, and so two names with the same digits for one answer."""
    for key in ("sounds", "life"):
        made = item(in_canvas(every_quiz()), key)
        for response in made.iterfind(".//q:response_lid", IN_QTI):
            names = response.xpath(".//q:response_label/@ident", namespaces=IN_QTI)
            assert all(str(name).isdecimal() for name in names)  # type: ignore[union-attr]
            assert len(set(names)) == len(names)  # type: ignore[arg-type]


def test_options_of_one_key_get_names_of_their_own() -> None:
    twin = Question(
        "t", QuestionKind.CHOICE, "Which?", options=(Option("x", "A", 1.0), Option("x", "B"), Option("x", "C"))
    )
    names = item(in_canvas(quiz(twin)), "t").xpath(".//q:response_label/@ident", namespaces=IN_QTI)
    assert names == ["x", "x-2", "x-3"]


def test_moodle_gets_answers_with_their_shares() -> None:
    found = {one.findtext("idnumber"): one for one in in_moodle(every_quiz()).iter("question")}

    def shares(key: str) -> dict[str | None, str | None]:
        return {one.findtext("text"): one.get("fraction") for one in found[f"quiz-1-{key}"].iter("answer")}

    assert shares("even") == {"2": "50", "3": "-50", "4": "50", "None of these": "-50"}
    assert shares("town") == {"Zurich": "100", "Zürich": "100", "Bern": "50"}
    assert shares("wet") == {"true": "100", "false": "0"}
    assert found["quiz-1-town"].findtext("usecase") == "1"
    assert "{1:SHORTANSWER:=Rome~=Roma}" in (found["quiz-1-gaps"].findtext("questiontext/text") or "")


def test_the_end_of_a_section_in_a_text_leaves_moodle_xml_whole() -> None:
    stem = "What does `]]>` do in <![CDATA[x]]>?"
    root = in_moodle(quiz(Question("c", QuestionKind.TEXT, stem, answers=(Answer("]]>", feedback="It ends ]]> it."),))))
    assert root.findtext(".//answer/text") == "]]>"


def test_what_means_something_in_cloze_is_escaped_in_it() -> None:
    blank = Blank("x", (Answer("a}b#c~d*e"),))
    text = moodle.gap_text(blank, WORDS)
    assert text == r"{1:SHORTANSWER:=a\}b\#c\~d\\*e}"


def test_gift_keeps_a_question_in_one_paragraph_and_escapes_what_it_means() -> None:
    stem = "Which set is {1, 2}?\n\n    x = 1 # one\n\nNote: ~half"
    text = as_gift(quiz(Question("g", QuestionKind.CHOICE, stem, options=choices("*a=b", "c:d", "e\nf"))))
    line = text.splitlines()[2]
    assert r"Which set is \{1, 2\}?\n\n    x \= 1 \# one\n\nNote\: \~half{=a\=b ~c\:d ~e\nf}" in line
    assert len(text.strip().splitlines()) == 3


def test_a_choice_of_nothing_but_right_options_is_a_choice_in_gift() -> None:
    options = (Option("a", "Yes", 1.0), Option("b", "No", 1.0))
    assert "{=Yes ~%100%No}" in as_gift(quiz(Question("c", QuestionKind.CHOICE, "Well?", options=options)))


def test_an_arrow_in_gift_makes_nothing_a_pair_and_is_accepted_as_it_is_written() -> None:
    text = as_gift(
        quiz(Question("a", QuestionKind.TEXT, "Which sign?", answers=(Answer("f() -> x", feedback="`->`!"),)))
    )
    assert "{=f() -*> x#[html]<code>-&gt;</code>!}" in text
    pairs = (Pair("`p->x`", "`a` -> b"), Pair("one", "*c*"))
    text = as_gift(quiz(Question("m", QuestionKind.MATCH, "Match.", pairs=pairs)))
    assert r"{=[html]<code>p-&gt;x</code> -> a -> b =one -> c}" in text


def test_gaps_within_code_are_gaps_in_moodle_and_canvas() -> None:
    blanks = (Blank("a", (Answer("let"),)), Blank("b", (Answer("=>"),)))
    stem = "Fill in &#xF0009;\n\n```js\n[[a]] f = x [[b]] x + 10;\n```"
    found = quiz(Question("g", QuestionKind.BLANKS, stem, blanks=blanks, points=2))
    text = in_moodle(found).findtext(".//questiontext/text") or ""
    assert "{1:SHORTANSWER:=let}" in text and "{1:SHORTANSWER:==>}" in text.replace("&gt;", ">")
    asked = item(in_canvas(found), "g").findtext("q:presentation/q:material/q:mattext", namespaces=IN_QTI) or ""
    assert "[a]" in asked and "[b]" in asked


def test_scripts_in_a_question_reach_no_document_as_markup() -> None:
    bad = Question(
        "s", QuestionKind.CHOICE, "<script>alert(1)</script>Which?", options=choices("*<img onerror=x>", "b", "c")
    )
    for document in (in_profile(quiz(bad)), etree.tostring(in_canvas(quiz(bad))), etree.tostring(in_moodle(quiz(bad)))):
        for element in etree.fromstring(document).iter("*"):
            assert "<script" not in (element.text or "")
            assert "<img" not in (element.text or "")


def test_a_long_quiz_is_written_whole() -> None:
    questions = tuple(
        Question(f"q{n}", QuestionKind.CHOICE, f"Question {n}?", options=choices("*a", "b", "c")) for n in range(1000)
    )
    assert len(in_canvas(quiz(*questions)).findall(".//q:item", IN_QTI)) == 1000
