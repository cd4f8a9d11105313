"""Quizzes that are made up: whatever stands in them is read back, and nothing hostile does harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursewright.course.quiz import QuestionKind, Quiz, asked
from coursewright.findings.finding import Finding
from coursewright.readers.quizzes import divided, read_quiz, read_quizzes
from coursewright.readers.quizzes.markup import escaped, markdown_of
from coursewright.text.markdown.values import Prose

WORDS = st.lists(
    st.sampled_from(["honey", "comb", "wax", "queen", "drone", "hive", "nectar", "pollen", "swarm", "bee"]),
    min_size=1,
    max_size=6,
)
TEXTS = WORDS.map(" ".join)
SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CHOICES = st.lists(TEXTS, min_size=2, max_size=6, unique=True)


@st.composite
def questions(draw: st.DrawFn) -> list[tuple[str, list[str], int]]:
    """Return what is asked, the options, and which is right."""
    found = []
    for number in range(draw(st.integers(1, 6))):
        options = draw(CHOICES)
        found.append((f"{draw(TEXTS)} {number}?", options, draw(st.integers(0, len(options) - 1))))
    return found


def _letters(options: list[str], mark: str) -> str:
    return "\n".join(mark.format(letter=chr(65 + at), text=text) for at, text in enumerate(options))


def _beside(asked_for: list[tuple[str, list[str], int]]) -> str:
    return "\n\n".join(
        f"### Question {number}\n\n{stem}\n\n{_letters(options, '{letter}) {text}')}\n\n**Answer**: {chr(65 + right)}"
        for number, (stem, options, right) in enumerate(asked_for, 1)
    )


def _at_the_end(asked_for: list[tuple[str, list[str], int]]) -> str:
    body = "\n\n".join(
        f"{number}. {stem}\n\n{_letters(options, '   {letter}. {text}')}"
        for number, (stem, options, _) in enumerate(asked_for, 1)
    )
    return f"{body}\n\n## Answer Key\n\n" + "\n".join(
        f"{at}. {chr(97 + right)}" for at, (_, _, right) in enumerate(asked_for, 1)
    )


def _ticked(asked_for: list[tuple[str, list[str], int]]) -> str:
    def boxes(options: list[str], right: int) -> str:
        return "\n".join(f"- [{'x' if at == right else ' '}] {text}" for at, text in enumerate(options))

    return "\n\n".join(f"#### {stem}\n\n{boxes(options, right)}" for stem, options, right in asked_for)


def _folded(asked_for: list[tuple[str, list[str], int]]) -> str:
    return "\n\n".join(
        f"**{number}. {stem}**\n\n{_letters(options, '- {letter}: {text}')}\n\n<details><summary>Answer</summary>\n\n"
        f"**{chr(65 + right)}) {options[right]}**\n\n</details>"
        for number, (stem, options, right) in enumerate(asked_for, 1)
    )


@pytest.mark.parametrize("written", [_beside, _at_the_end, _ticked, _folded])
@SETTINGS
@given(asked_for=questions())
def test_every_question_of_every_form_is_read_with_its_key(
    written: object, asked_for: list[tuple[str, list[str], int]]
) -> None:
    assert callable(written)
    pieces, _ = divided(f"# Quiz\n\n{written(asked_for)}\n", "quiz.md")
    [quiz] = [piece for piece in pieces if isinstance(piece, Quiz)]
    read = [
        (
            one.stem,
            [option.text for option in one.options],
            next(at for at, o in enumerate(one.options) if o.fraction > 0),
        )
        for one in asked(quiz)
    ]
    assert read == asked_for


SIGNS = st.text(alphabet="ab ~=#{}:\\*_`<>&[]-+.1!|", min_size=1, max_size=30).map(str.strip).filter(bool)


def _gift(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "~=#{}:\\" else sign for sign in text)


@SETTINGS
@given(stem=SIGNS, right=SIGNS, wrong=SIGNS)
def test_escapes_of_gift_keep_every_sign(tmp_path: Path, stem: str, right: str, wrong: str) -> None:
    file = tmp_path / "a.gift"
    file.write_text(f"::One::Which {_gift(stem)} is it? {{\n={_gift(right)}\n~{_gift(wrong)}\n}}\n", encoding="utf-8")
    quiz, _ = read_quiz(file, "a.gift")
    assert quiz is not None
    [question] = asked(quiz)
    assert question.stem == escaped(f"Which {stem} is it?")
    assert [option.text for option in question.options] == [escaped(right), escaped(wrong)]


@SETTINGS
@given(text=st.text(alphabet="ab *_`<>&[]#-+1.\\~|\n", max_size=40))
def test_plain_text_as_markdown_is_never_markup(text: str) -> None:
    shown = escaped(" ".join(text.split()))
    assert "<" not in shown.replace("&lt;", "") or "<" in text


@SETTINGS
@given(source=st.text(alphabet="ab<>/=\"' pbi&;#!-", max_size=60))
def test_any_html_becomes_markdown_without_a_traceback(source: str) -> None:
    assert "<script" not in markdown_of(f"<p>{source}</p><script>alert(1)</script>")


@SETTINGS
@given(text=st.text(max_size=200))
def test_any_text_is_divided_without_a_traceback(text: str) -> None:
    for start in (
        "# Quiz\n\n1. What?\nA) a\nB) b\n",
        "<quiz>\n- [x] a\n",
        "--- question ---\n",
        "<Question choices={[",
        "[[X]] a\n",
        "",
    ):
        pieces, _ = divided(f"{start}{text}", "any.md")
        assert all(isinstance(piece, Quiz | Prose) for piece in pieces)


HALVES = (
    "", "", "# Quiz", "## 1. Which?", "## 2. Quiz", "### Question 3", "**4.**", "**Question:**", "Q5.", "6. Which is it?", "1. Match these:",
    "   1. Queen", "a) honey", "B. wax", "- [ ] comb", "- [x] bee", "* (X) so", "   - C) no", "- plain", "| 1 | b |", "|---|---|", "Answer:",
    "The answer is:", "The correct answers are", "b is correct", "**Answer: B**", "Answer: 1-b, 2-a", "Correct answer: 7 +/- 1", "Hint:", "Why?", "Points: 2",
    "## Answers", "### Answer key", "1. b", "2. 1-b, 2-a", "1-a, 2-b", "<details>", "<summary>Answer</summary>", "</details>", "::: {.answer}", ":::",
    "```", "```quiz", "---", "--- question ---", "--- /question ---", "--- type:MultipleChoiceExercise lang:r", "*** =instructions", "*** =sct1", "`@possible_answers`",
    "- [bee]", "test_mc(correct = 9)", "<Quiz>", "<Quiz", 'question="What?"', ">", "</Quiz>", "<quiz>", "</quiz>", '<Question options={["a"]} answer={0} />',
    "[[gap]] it is", "[(x)] a", "{{< quiz >}}", "{{< /quiz >}}", "{% quiz %}", "<!--", "-->", "Richtige Antwort:", "Réponse :", "Solución", "正解：", "True", "F",
)  # fmt: skip


@SETTINGS
@given(lines=st.lists(st.sampled_from(HALVES), max_size=30), name=st.sampled_from(("a.md", "a.mdx")))
def test_halves_of_quizzes_are_divided_without_a_traceback(lines: list[str], name: str) -> None:
    pieces, _ = divided("\n".join(lines), name)
    assert all(isinstance(piece, Quiz | Prose) for piece in pieces)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("q.json", '{"questions":[{"question":"2\\ud800?","options":["3","4"],"answer":1}]}'),
        ("q.json", '{"questions":[{"question":"a?","options":["b","c"],"answer":' + "9" * 5000 + "}]}"),
        ("a.md", "{{ multi_qcm([\"{a} Q\", [\"a\", \"b\"], [2], {'a': '{a}{a}', 'n': 0x" + "F" * 5000 + ", 'h': '\\ud800'}]) }}"),
        ("a.md", "- x {" + "data-a" * 30 + "!\n- y { data-correct }\n"),
        ("a.md", ":::{quiz}\n" * 300 + ":::\n"),
        ("a.Rmd", "question answer\n~~~~\n" + '```{r}\nquestion("a", answer("b"))\n' * 300),
    ],
    ids=["half", "digits", "names", "braces", "directives", "chunks"],
)  # fmt: skip
def test_hostile_quizzes_end_in_no_fault(tmp_path: Path, name: str, data: str) -> None:
    quizzes, _ = _read(tmp_path, name, data)
    for quiz in quizzes:
        repr(quiz).encode()


def test_code_between_tags_in_the_options_of_a_component_is_code() -> None:
    component = '<Question choices={[\n{text: "Use <code>@tool</code>", correct: true},\n{text: "No"}\n]} />\n'
    quiz = next(one for one in divided(f"# Quiz\n\nWhich?\n\n{component}", "a.mdx")[0] if isinstance(one, Quiz))
    assert [option.text for question in asked(quiz) for option in question.options] == ["Use `@tool`", "No"]


def _read(folder: Path, name: str, data: bytes | str) -> tuple[list[Quiz], list[Finding]]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_quizzes(path, name)


MANY = 1_000
LARGE = {
    "letters.md": "# Quiz\n\n" + "".join(f"### Question {at}\n\nWhat {at}?\n\nA) a\nB) b\n\n**Answer**: B\n\n" for at in range(1, MANY + 1)),
    "ticks.md": "# Quiz\n\n" + "".join(f"What is {at}?\n\n- [ ] a\n- [x] b\n\n" for at in range(1, MANY + 1)),
    "end.md": "# Quiz\n\n" + "".join(f"{at}. What?\n   a) a\n   b) b\n\n" for at in range(1, MANY + 1)) + "## Answer Key\n\n" + "\n".join(f"{at}. b" for at in range(1, MANY + 1)),
    "bank.gift": "\n\n".join(f"::Q{at}:: What {at}? {{=a ~b}}" for at in range(MANY)),
    "bank.txt": "\n\n".join(f"What {at}?\nA. x\nB. y\nANSWER: B" for at in range(MANY)),
    "bank.json": "[" + ",".join(f'{{"question":"What {at}?","options":["a","b"],"answer":1}}' for at in range(MANY)) + "]",
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_thousands_of_questions_are_all_read(tmp_path: Path, name: str) -> None:
    [quiz], findings = _read(tmp_path, name, LARGE[name])
    assert len(quiz.questions) == MANY and not findings
    assert all(question.graded for question in asked(quiz))


def test_an_xml_bomb_is_refused_and_nothing_is_fetched(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    question = (
        '<question type="essay"><name><text>a</text></name><questiontext><text>{}</text></questiontext></question>'
    )
    source = f'<!DOCTYPE quiz [<!ENTITY a "aaaa">{bomb}<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>{question}</quiz>'
    for name in ("j", "x"):
        quizzes, _ = _read(tmp_path, "bomb.xml", source.format(f"&{name};"))
        assert "root:" not in str(quizzes) and "aaaaaaaa" not in str(quizzes)


def test_pictures_of_twenty_megabytes_are_left_out_with_a_finding(tmp_path: Path) -> None:
    picture = b'<file name="a.png" encoding="base64">' + b"A" * 20_000_000 + b"</file>"
    text = (
        b'<question type="essay"><name><text>a</text></name><questiontext><text>Say.</text>'
        + picture
        + b"</questiontext></question>"
    )
    [quiz], findings = _read(tmp_path, "large.xml", b"<quiz>" + text + b"</quiz>")
    assert [question.stem for question in asked(quiz)] == ["Say."]
    assert {found.code for found in findings} == {"S110"}


def test_scripts_in_a_bank_reach_nobody(tmp_path: Path) -> None:
    evil = "<![CDATA[<p onclick='x()'>Say.<script>steal()</script><iframe src='x'></iframe></p>]]]]><![CDATA[>]]>"
    source = f'<quiz><question type="essay"><name><text>a</text></name><questiontext format="html"><text>{evil}</text></questiontext></question></quiz>'
    [quiz], _ = _read(tmp_path, "evil.xml", source)
    [question] = asked(quiz)
    assert question.stem.startswith("Say.") and "steal" not in question.stem and "onclick" not in question.stem


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("half.xml", '<quiz><question type="essay"><name><text>a</te'),
        ("half.json", '{"questions":[{"question":"a","options":["a"'),
        ("deep.yaml", "questions: " + "[" * 100_000),
    ],
)
def test_half_a_bank_is_one_finding(tmp_path: Path, name: str, data: str) -> None:
    quizzes, findings = _read(tmp_path, name, data)
    assert not quizzes and [found.code for found in findings] == ["S108"]


@pytest.mark.parametrize(
    "data",
    [
        "[" * 50_000,
        "`" * 100_000,
        "<details>" * 50_000,
        "A) x\n" * 10_000,
        "[[" * 50_000,
        "<Question choices={[{{{{\n" * 3_000,
        "*" * 200_000,
    ],
    ids=["brackets", "ticks", "folds", "options", "gaps", "components", "stars"],
)
def test_hostile_documents_ask_nothing_that_is_graded(tmp_path: Path, data: str) -> None:
    for name in ("a.md", "a.gift", "a.json", "a.txt"):
        quizzes, _ = _read(tmp_path, name, data)
        assert not any(question.graded for quiz in quizzes for question in asked(quiz))


def test_other_encodings_are_read_and_told_of(tmp_path: Path) -> None:
    text = "Wie heißt die Straße?\nA. Müller\nB. Höhe\nANSWER: A\n"
    for data in (text.encode("utf-16"), text.encode("latin-1")):
        [quiz], findings = _read(tmp_path, "a.txt", data)
        assert [question.stem for question in asked(quiz)] == ["Wie heißt die Straße?"]
        assert "S006" in {found.code for found in findings}


def test_a_file_that_is_no_quiz_is_none_and_has_no_finding(tmp_path: Path) -> None:
    others = {
        "package.json": '{"name": "x", "scripts": {"test": "y"}}',
        "nav.yml": "nav:\n  - Home: index.md\n",
        "note.txt": "A letter.\n\nNothing is asked here.\n",
        "readme.md": "# Read me\n\nA. first\n\nB. second\n",
        "page.xml": "<page><title>x</title></page>",
    }
    for name, text in others.items():
        quizzes, findings = _read(tmp_path, name, text)
        assert not quizzes and not findings, name


def test_both_keys_of_a_single_choice_are_right_and_told_of() -> None:
    pieces, findings = divided(
        "# Quiz\n\nQ1. Which?\n\nA) a\nB) b\nC) c\n\n**Answer**: A (or B, both are right)\n", "quiz.md"
    )
    [quiz] = [piece for piece in pieces if isinstance(piece, Quiz)]
    [question] = asked(quiz)
    assert question.kind is QuestionKind.CHOICE
    assert [option.fraction for option in question.options] == [1.0, 1.0, 0.0]
    assert [found.code for found in findings] == ["S103"]


def test_questions_that_people_ask_are_something_to_read() -> None:
    faq = "# Questions that beekeepers ask\n\nQ: Do bees sting?\nA: Yes."
    assert [isinstance(part, Prose) and part.markdown for part in divided(faq, "faq.md")[0]] == [faq]


_TEST = """<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="T" title="Sums">
<testPart identifier="P"><assessmentSection identifier="S" title="All">
<assessmentItemRef identifier="I" href="../../items/sum.xml"/></assessmentSection></testPart></assessmentTest>"""
_ITEM = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="I" title="Sum">
<responseDeclaration identifier="R" cardinality="single" baseType="identifier">
<correctResponse><value>B</value></correctResponse></responseDeclaration>
<itemBody><choiceInteraction responseIdentifier="R" maxChoices="1"><prompt>1 + 1?</prompt>
<simpleChoice identifier="A">1</simpleChoice><simpleChoice identifier="B">2</simpleChoice></choiceInteraction></itemBody>
</assessmentItem>"""


def _unpacked(folder: Path) -> Path:
    """Write a test of QTI 2.1 and its item in folders of their own, and return where the test is."""
    for name, text in (("items/sum.xml", _ITEM), ("tests/one/test.xml", _TEST)):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "tests" / "one" / "test.xml"


def test_a_test_finds_its_items_anywhere_in_its_unpacked_package(tmp_path: Path) -> None:
    test = _unpacked(tmp_path)
    (tmp_path / "imsmanifest.xml").write_text("<manifest/>", encoding="utf-8")
    (quiz,), findings = read_quizzes(test, "one/tests/one/test.xml")
    (question,) = asked(quiz)
    assert [option.text for option in question.options if option.fraction > 0] == ["2"]
    assert findings == []


def test_pictures_of_an_item_lie_beside_it_rather_than_beside_its_test(tmp_path: Path) -> None:
    (tmp_path / "items").mkdir()
    picture = "<img src='sum.png' alt='a sum'/><img src='https://a.example/b.png' alt='b'/>"
    item = _ITEM.replace("<itemBody>", f"<itemBody><p>{picture}</p>")
    (tmp_path / "items" / "sum.xml").write_text(item, encoding="utf-8")
    (tmp_path / "test.xml").write_text(_TEST.replace("../../", ""), encoding="utf-8")
    (quiz,), _ = read_quizzes(tmp_path / "test.xml", "test.xml")
    (question,) = asked(quiz)
    assert "![a sum](items/sum.png)" in question.stem
    assert "![b](https://a.example/b.png)" in question.stem


def test_a_test_outside_a_package_reads_nothing_beyond_its_folder(tmp_path: Path) -> None:
    quizzes, findings = read_quizzes(_unpacked(tmp_path), "test.xml")
    assert quizzes == []
    assert "S107" in [found.code for found in findings]


@pytest.mark.parametrize("after", ["", "\n\n## Next\n\nWords.\n\n1. How many drones?\n   - [x] Many\n   - [ ] One\n"])
def test_text_below_a_numbered_question_is_to_be_read_before_it_is_answered(after: str) -> None:
    check = "1. How many queens?\n   - [x] One\n   - [ ] Two\n"
    parts, _ = divided(
        f"# Bees\n\nBees live in hives.\n\n{check}\nA queen lays eggs.\n\nShe lives for years.{after}", "a", 1
    )
    read = "\n\n".join(part.markdown for part in parts if isinstance(part, Prose))
    assert "A queen lays eggs.\n\nShe lives for years." in read


def test_an_explanation_within_the_item_of_a_question_stays_with_its_answer() -> None:
    parts, _ = divided("# Bees\n\n1. How many queens?\n   - [x] One\n   - [ ] Two\n\n   Others are killed.\n", "a", 1)
    (quiz,) = [part for part in parts if isinstance(part, Quiz)]
    assert [one.feedback.general for one in asked(quiz)] == ["Others are killed."]


def test_a_fraction_in_mathml_stays_a_fraction() -> None:
    assert (
        markdown_of("<p><math><mfrac><mn>1</mn><mn>3</mn></mfrac></math> of it</p>")
        == "<math><mfrac><mn>1</mn><mn>3</mn></mfrac></math> of it"
    )
    sum = "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>"
    assert markdown_of(f"<m:math xmlns:m='x'>{sum}</m:math>") == f"<math>{sum}</math>"
