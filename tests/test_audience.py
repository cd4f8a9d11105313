"""A sentence, a label or a section is withheld from learners for what it is, never for a word or a path in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import linted, read_one, roadmap

from coursewright.course.audience import divided, usual_audience
from coursewright.course.edition import learner_edition, texts
from coursewright.course.making import is_box_of_authors, tells_origin
from coursewright.course.values import Audience
from coursewright.findings.finding import Finding
from coursewright.readers.roadmap.units import read_units
from coursewright.text.markdown.values import Text
from coursewright.text.names import normal

Sources = Callable[[Mapping[str, str | bytes]], Path]

SHOWN = """\
Answer each question in one sentence.
Answers: at most 50 words each
Correct answers earn two points, wrong ones cost one.
The right answer is rarely obvious.
The answer is in chapter 3.
Solutions: compare at least two of them.
Possible answers: yes, no, don't know
Write your solution to `answers/ex3.txt`.
Antworte in ganzen Sätzen: ja oder nein genügt nicht.
Diskutiere mögliche Lösungen: Was spricht dafür?
Responde con tus propias palabras: ¿qué es un bucle?
Your repository is hosted at git.example.com/you/project.
The project is built with src/main.rs and src/lib.rs.
Course materials are found on moodle.example.edu/course/7.
This unit is for teachers: it shows how to plan a lesson.
Reviewers: two peers read each draft.
**Legacy systems**: what banks run on.
In this lab you find solutions to three problems: latency, cost and risk.
Answers: use complete sentences.
Answers: see the discussion forum.
Solution: submit a zip file.
Answers: graded by peers
The correct answer is revealed at the end.
The correct answer is usually found by elimination.
If the answer is 0, the system has no solution.
Solution: a mixture in which one substance dissolves in another?
Solution design: three steps from need to draft.
Die richtige Antwort ist oft ein Kompromiss.
Antwort: ________
La bonne réponse est souvent un compromis.
La respuesta correcta es a menudo un compromiso.
La solución es salina.
Antwoorden: schrijf twee zinnen.
The lab machine is located at lab-7.example.org:8080/console.
Slides: https://slides.example.org/week/3
Add a file `solutions.md` to your repository.
Terraform state is stored in an S3 bucket such as `s3://team/state`.
An instructor guide is a document for trainers.
Note: for instructors there is a separate course.
Answers: write each in one sentence.
Answer: explain why the second run is faster.
**Answer**: describe what you see.
Correct answers: 10 points each.
Answers: 5 points
Answer: ________
**Solution**: your own, in at most 20 lines.
Solutions: discuss them in pairs.
Answer: true or false?
Expected answer: two paragraphs.
Antworten: schreiben Sie je einen Satz.
Réponse : expliquez votre choix.
Respuestas: escribe una frase para cada una.
The right answer is often a trade-off.
The right answer is the one you can defend.
The correct answer is worth two points.
The correct answers are shown after the deadline.
The answer is 42 only if the base is ten.
The answer is a matter of taste.
There is no correct answer: argue your case.
Check your work against the answer key
Each question has one right answer: find it.
Materials are stored in s3/bucket-7/raw.
The course is hosted at host.example/path.
This course lives at learn.example.org/bread/2.
The repository is hosted at git.example.com/acme/bread.
The slides are kept in `slides/week-1`.
Assets are stored under `static/img`.
This module is found in spring/autumn terms.
For this lesson, images are stored in `img/loaf.png`.
Clone the repository, which is hosted at `acme/bread`.
Save your answers in `solutions/ex1.py`.
Write a `metadata.yaml` for your chart.
State is maintained in `var/state.db`.
Discuss your repository strategy: one or many?
Draw a legacy mapping of your systems.
Solutions are validated by your peers.
**Solutions to hunger**: three of them.
**Repository URL**: https://git.example.com/acme/bread
**Solution** architects draw the big picture.
**Internal combustion**: burning inside.
""".splitlines()
WITHHELD = """\
Answer: The capital of Peru is Lima.
**Model answer** – Photosynthesis turns light into sugar.
Correct answer: the second one, since it has no side effects.
Exercise 2 solution: x = 7
Name three mammals. Answer: cat, dog, whale.
The right answer is "none of the above".
Richtige Antwort: b
Die richtige Lösung lautet 12.
**Corrigé** : la fonction est croissante.
**Solución:** x = 2
Soluzione: si usa il teorema di Pitagora.
Odpowiedź: Warszawa
Teacher's note: many pupils confuse mass and weight.
Note pour l'enseignant : prévoir des calculatrices.
Solutions are kept in `private/solutions/week2.py`.
This lesson lives in `lessons/07-loops`.
The rubric is stored in `grading/rubrics/essay.md`.
Q3 answer: 256
Suggested answer: The team should split the service by domain.
Reference solution: `solutions/ref.py`
Correct: the right answer is 12 km.
The right choice is C, as it scales linearly.
Which port does HTTPS use? (correct answer: 443)
Quiz 3 answer key: A B D C
Lösungsvorschlag: Man wendet den Satz von Pythagoras an.
La réponse correcte est 7.
Soluciones: 1-b, 2-c
Het juiste antwoord is B.
Svar: b
Facilitator note: split the room into four groups.
[Instructor only] The trick is in step 4.
Hinweis für die Lehrperson: Puffer einplanen.
Nota para el profesor: no mostrar la solución.
Solution files are kept in `staff/solutions`.
Our repository is mirrored to `backup/acme`.
Based on `modules/senior/module-203-networks`.
Answers: 1b, 2c, 3a
Answer: use a dictionary.
**Answer**: because water boils.
Solution to question 3 = 12
What is 6 × 7? Answer: 42
The correct answer is C.
The correct answer is B, because yeast eats sugar.
The correct answer is "flour".
The correct answer is Paris.
The right answers are A and C.
The answer is `ls -l`.
The solution is: 3.5 kg
Sample answer: Bread rises since yeast makes gas.
Die richtige Antwort ist B.
Musterlösung: Hefe und Zucker
La bonne réponse est C.
La respuesta correcta es 42.
Lösung zu Aufgabe 2: x = 4
Answer key: 1B 2C
Note to instructors: hand out the flour first.
**Instructor notes**: collect the forms.
For teachers only: room 5 has the oven.
Hinweis für Lehrende: Zeit geben.
The solutions are in `labs/solved/`.
The answers are at git.example.com/acme/answers.
This course is maintained in `acme/bread-course`.
The repository is located under `repositories/bread`.
""".splitlines()
SECTIONS = {
    Audience.STAFF: """\
Solutions
Answer Key
Answers to Lab 2
Lab 3: Solutions
Exercise 4 – Solution
3. Answers
Appendix B: Answer key
Listening answer key - Unit 3
Solutions to the exercises
Hints and Solutions
Module 2 answers
Answers (Week 2)
Solutions (instructors only)
Lösungshinweise
Instructor Notes
Notes for instructors
For Teachers
Teaching Guide
Staff only
Reviews and Approvals
Lösungen
Lösungen zu Aufgabe 3
Hinweise für Lehrende
Corrigé des exercices
Soluciones
Notas para el docente""".splitlines(),
    Audience.LEARNER: """\
Solutions to Climate Change
Solution Architecture
FAQ: questions and answers
Writing an answer key: what helps
Designing Cloud Solutions
AI Solutions
Common Problems and Solutions
Problem Solving
Problemlösung
Salzlösungen
Internal Combustion Engines
Becoming a Staff Engineer
Drug Approvals in Europe
AI Tools for Teachers
Repository Strategy for Monorepos
Answers in Genesis
How to write good answers
Teachers of the Year
Exact solutions of differential equations""".splitlines(),
}


@pytest.mark.parametrize("text", SHOWN)
def test_what_asks_or_speaks_about_answers_and_addresses_is_shown(text: str) -> None:
    assert divided(Text(text)).text == text


@pytest.mark.parametrize("text", WITHHELD)
def test_what_gives_an_answer_or_is_a_note_of_the_authors_is_withheld(text: str) -> None:
    assert divided(Text(text)).text in (
        "",
        "What is 6 × 7?",
        "Compute 3!.",
        "Name three mammals.",
        "Which port does HTTPS use?",
    )


@pytest.mark.parametrize(
    ("audience", "title"), [(whom, title) for whom, titles in SECTIONS.items() for title in titles]
)
def test_a_section_is_for_staff_if_its_title_is_no_more_than_that(audience: Audience, title: str) -> None:
    assert usual_audience(title)[0] is audience


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ("Answer:\n\n- SECRET\n", False),
        ("**Solution**\n\n| a | b |\n|---|---|\n| SECRET | 1 |\n", False),
        ("Kept.\nAnswer:\n\n```\nSECRET\n```\n", False),
        ("- **Answer**\n  - SECRET\n", False),
        ("**Solution**\n\nFirst.\n\nSECRET\n\n**Next**\n\nKept.\n", False),
        ("> **Instructor note**\n> SECRET\n", False),
        ("1. Which? a) bread b) stone\n   Answer: SECRET\n", False),
        ("Which? **Answer:** SECRET\n", False),
        ("**Instructor notes**:\n\n1. SECRET\n", False),
        ("<details><summary>Show the solution</summary>\n\nSECRET\n\n</details>\n", False),
        ("Answers:\n\n- Explain SECRET.\n", True),
        ("- Answer:\n  - write SECRET down\n", True),
        ("<details><summary>Solution architecture</summary>\n\nSECRET\n\n</details>\n", True),
    ],
)
def test_what_stands_below_a_bare_label_goes_with_it(curriculum: Sources, block: str, shown: bool) -> None:
    sources = curriculum({"a.md": roadmap(1, extra=f"\n## Notes\n\n{block}")})
    edition = learner_edition(read_one(sources))
    assert any("SECRET" in text for text in texts(edition.unit)) is shown
    assert any("SECRET" in found.text for found in linted(sources).findings if found.code == "C117") is not shown


def test_one_finding_tells_of_all_that_is_withheld_for_one_reason(curriculum: Sources) -> None:
    long = "Answer: " + "flour and water " * 20
    extra = f"- Answer: B\n- {long}\n- Bread <!-- check the oven --> and butter.\n- See `modules/a/module-1/x.md`.\n"
    found = [
        one for one in linted(curriculum({"a.md": roadmap(1, extra=extra)})).findings if one.code in ("C117", "C134")
    ]
    (answers, comment, kept) = sorted(found, key=lambda one: one.place)
    assert answers.text.startswith(
        "not shown to learners, as 2 answers or solutions: line 16: Answer: B; line 17: Answer:"
    )
    assert "more characters)" in answers.text and answers.words == ("Answer: B", long.strip())
    assert [place.line for place in answers.related] == [17]
    assert (comment.code, comment.severity, comment.words) == ("C134", "info", ())
    assert comment.text == "a comment is not shown to learners: <!-- check the oven -->"
    assert kept.text.endswith("the people who make or teach the course: See `modules/a/module-1/x.md`.")


ROADMAP = "# Module Roadmap\n\n## Module Overview\n\n- **Module ID**: MOD-1\n- **Target Role(s)**: Chemist\n\n"
DEFINED = "A solution is a homogeneous mixture. " * 10


def _told(text: str, audiences: dict[str, Audience]) -> list[Finding]:
    findings: list[Finding] = []
    read_units((ROADMAP + text).split("\n"), "a.md", audiences, findings)
    return [found for found in findings if found.code in ("C120", "C133")]


@pytest.mark.parametrize(
    "title", ["Solutions", "Instructor notes", "Answers", "Answer Key", "Sign-off", "Solutions Plan"]
)
def test_a_section_withheld_within_one_for_learners_is_a_warning_with_its_words(title: str) -> None:
    (found,) = _told(f"## Content Outline\n\n- Mixtures\n\n### {title}\n\n{DEFINED}\n\n#### More\n\nwords", {})
    assert (found.code, found.severity) == ("C120", "warning")
    assert "A solution is a homogeneous mixture." in found.text and "more characters" in found.text
    assert found.words == (f"{DEFINED.strip()}\nMore\nwords",)
    assert not _told(f"## Content Outline\n\n### {title}\n\n{DEFINED}", {normal(title): Audience.LEARNER})
    assert not _told(f"## Content Outline\n\n### {title}\n\n{DEFINED}", {normal(title): Audience.STAFF})


def test_the_layouts_own_sections_for_staff_are_one_info() -> None:
    (found,) = _told("## Solutions Plan\n\nHere.\n\n## Sign-off\n\nMe.", {})
    assert (found.code, found.severity) == ("C133", "info")
    assert found.words == ("Solutions Plan\nHere.", "Sign-off\nMe.")


def test_a_document_that_is_no_unit_is_told_of_no_sections() -> None:
    findings: list[Finding] = []
    read_units(["# Notes", "", "## Solutions", "", "None."], "a.md", {}, findings)
    assert not findings


IN_OTHER_SCRIPTS = {
    Audience.STAFF: """\
解答
練習問題の解答
Ответы
Решения
Ответы и решения
Ключи к заданиям
الحلول
ملاحظات المدرس
פתרונות
תשובות
講師用メモ
答案
정답
Solutions et corrigés
Musterloesung""".splitlines(),
    Audience.LEARNER: """\
Решение проблем
Ключи
回答者
解答の書き方
حلول المناخ
פתרונות אנרגיה
Solutions et environnement""".splitlines(),
}
GIVEN = """\
Ответ: 42
- Правильный ответ: B
**Ответ**: да
答え：東京
解答：B
答案：A
정답: 3
الجواب: ٤
תשובה: ארבע
Ans: 40
Loesung: 40
Correct: b
講師用メモ：ここで休憩
Примечание для преподавателя: не спешите
The code of the authors: `projects/foo/solution.py`.""".splitlines()
ASKED = """\
Ответ:
答え：
解答：____
**Ответ**
Ans:
Correct:
Ответ: запишите в тетрадь
答え：文章で書いてください
الجواب: اكتب جملتين
ANS: the autonomic nervous system
Correct: she has gone.
Write it in `projects/foo/solution.py`.
Your code goes to `projects/foo/solution.py`.""".splitlines()


@pytest.mark.parametrize(
    ("audience", "title"), [(whom, title) for whom, titles in IN_OTHER_SCRIPTS.items() for title in titles]
)
def test_a_title_of_staff_is_known_in_other_scripts(audience: Audience, title: str) -> None:
    assert usual_audience(title)[0] is audience


@pytest.mark.parametrize("text", GIVEN)
def test_an_answer_given_in_another_script_or_spelling_is_withheld(text: str) -> None:
    assert divided(Text(text)).text == ""


@pytest.mark.parametrize("text", ASKED)
def test_a_label_alone_and_what_asks_stay(text: str) -> None:
    assert divided(Text(text)).text == text


@pytest.mark.parametrize(
    "box",
    [
        "Module objectives map to competency framework",
        "Learning outcomes are aligned to the skills matrix",
        "Hands-on assets cover key skills",
        "Case studies or examples included",
        "Code examples validated by automation script",
        "Assessment rubric aligned with learning objectives",
        "Module advances prior-role content without duplicating material",
        "Content reviewed and approved by the curriculum lead",
    ],
)
def test_a_box_that_authors_tick_stays_with_them(box: str, curriculum: Sources) -> None:
    extra = f"\n## Quality Checklist\n\n- [ ] {box}\n- [ ] The log covers three days.\n"
    edition = learner_edition(read_one(curriculum({"a.md": roadmap(1, extra=extra)})))
    assert [check.text for check in edition.unit.checklist] == ["The log covers three days."]
    assert [found.cut for found in edition.withheld] == [box]


@pytest.mark.parametrize(
    "box",
    [
        "Governance templates cover roles, cadence, escalation, and compliance.",
        "Scorecard tracks technical, financial, and innovation metrics.",
        "Project builds without warnings",
        "Objectives of the campaign are measurable",
        "Code examples in your README run",
        "Modules map to services one to one",
        "Diagrams and references included",
        "Rubric filled in for your own work",
        "All tests pass without duplicating setup code",
    ],
)
def test_a_box_for_the_work_of_learners_stays_theirs(box: str, curriculum: Sources) -> None:
    extra = f"\n## Quality Checklist\n\n- [ ] {box}\n"
    edition = learner_edition(read_one(curriculum({"a.md": roadmap(1, extra=extra)})))
    assert [check.text for check in edition.unit.checklist] == [box] and not edition.withheld


@pytest.mark.parametrize(
    "lead",
    [
        "Derived from the legacy track on hives.",
        "Built on legacy assets in the old course.",
        "Adapted from the legacy module readme materials.",
        "This module is based on the legacy curriculum.",
        "Content was migrated from our legacy repository.",
    ],
)
def test_from_which_course_a_text_was_made_is_for_staff(lead: str) -> None:
    kept = divided(Text(f"Bees dance. {lead}"))
    assert kept.text == "Bees dance." and [cut for _, cut in kept.cut] == [lead]


@pytest.mark.parametrize(
    "told",
    [
        "Derived from the legacy of Ada Lovelace.",
        "Migrated from a monolith to services.",
        "Your service is built on a legacy system.",
        "Data extracted from the legacy warehouse is cleaned.",
        "Adapted from a talk by Grace Hopper.",
    ],
)
def test_what_learners_take_over_is_no_word_of_origin(told: str) -> None:
    assert divided(Text(told)).text == told


@pytest.mark.parametrize("signs", [".", "( ", "_", "; ", "derived from ", "approved by "])
def test_signs_without_end_are_neither_a_box_of_authors_nor_a_word_of_origin(signs: str) -> None:
    assert not is_box_of_authors(signs * 100_000) and not tells_origin(signs * 100_000)
