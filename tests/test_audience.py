"""A sentence, a label or a section is withheld from learners for what it is, never for a word or a path in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import linted, read_one, roadmap

from coursewright.audience import for_learners, usual_audience
from coursewright.edition import learner_edition, texts
from coursewright.model import Audience, Text

Sources = Callable[[Mapping[str, str | bytes]], Path]

SHOWN = """\
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
Solutions to the exercises
Hints and Solutions
Module 2 answers
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
    assert for_learners(Text(text)) == text


@pytest.mark.parametrize("text", WITHHELD)
def test_what_gives_an_answer_or_is_a_note_of_the_authors_is_withheld(text: str) -> None:
    assert for_learners(Text(text)) in ("", "What is 6 × 7?")


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
