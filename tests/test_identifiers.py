"""The names under which courses leave the house."""

from __future__ import annotations

import pytest

from coursewright.course.identifiers import readable


@pytest.mark.parametrize(
    ("title", "file"),
    [
        ("मधुमक्खी पालक", "मधुमक्खी-पालक"),
        ("การเลี้ยงผึ้ง ขั้นสูง", "การเลี้ยงผึ้ง-ขั้นสูง"),
        ("ශ්‍රී ලංකා", "ශ්රී-ලංකා"),
        ("養蜂家_入門 2", "養蜂家-入門-2"),
        ("Ünï – é", "uni-e"),
    ],
)
def test_vowel_signs_and_other_marks_belong_to_the_word_in_a_files_name(title: str, file: str) -> None:
    assert readable(title) == file
