"""What a folder says without any settings: whose lesson a quiz is of, its language, and whether it has formulas."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursewright.building.pipeline import planned, read
from coursewright.building.settings import Config
from coursewright.course.model import Course
from coursewright.course.plan import Selection
from coursewright.pages.theme.static import style

ARABIC = "الوزن أدقّ من الحجم، فاستعمل الميزان دائمًا، ولا تنس أن تسخّن الفرن قبل نصف ساعة."
QUIZ = "# Quiz\n\n1. Is it so?\n   - [x] Yes\n   - [ ] No\n"


def course(folder: Path, documents: dict[str, str], config: Config = Config()) -> Course:  # noqa: B008 - frozen
    for name, text in documents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (found,) = planned(read([folder], config), Selection(), config).courses
    return found


def test_a_lesson_with_a_quiz_is_a_unit_of_the_lesson_s_title_that_others_can_require(tmp_path: Path) -> None:
    found = course(
        tmp_path,
        {
            "01-rights/lesson.md": "# The five rights\n\nFive checks before each dose.\n",
            "01-rights/quiz.md": QUIZ,
            "02-dosage/lesson.md": "---\nprerequisites: [The five rights]\n---\n\n# Dosage\n\nHalf is half.\n",
            "02-dosage/quiz.md": QUIZ,
        },
    )
    assert [unit.title for unit in found.units] == ["The five rights", "Dosage"]
    assert [[need.title for need in step.needs] for step in found.steps] == [[], ["The five rights"]]


@pytest.mark.parametrize(("config", "language"), [(Config(), "ar"), (Config(language="fr", language_given=True), "")])
def test_pages_are_in_the_language_that_their_letters_tell_where_nobody_says_another(
    config: Config, language: str, tmp_path: Path
) -> None:
    assert course(tmp_path, {"1.md": f"# الخبز\n\n{ARABIC}\n"}, config).language == language


@pytest.mark.parametrize(
    ("text", "config", "math"),
    [
        ("So\n\n$$\\frac{a}{b}$$\n\nit is.", Config(), True),
        ("So\n\n$$\\frac{a}{b}$$\n\nit is.", Config(math_given=True), False),
        ("From $5 to $10.", Config(), False),
        ("```sh\necho $$ \\n $$ \\frac\n```", Config(), False),
    ],
)
def test_formulas_are_shown_as_such_where_a_page_plainly_has_one(
    text: str, config: Config, math: bool, tmp_path: Path
) -> None:
    (tmp_path / "1.md").write_text(f"# A page\n\n{text}\n", encoding="utf-8")
    assert read([tmp_path], config).math is math


def test_a_stylesheet_keeps_the_space_between_what_holds_and_what_is_held() -> None:
    assert b".quiz :is(input[" in style("scorm/quiz.css")
