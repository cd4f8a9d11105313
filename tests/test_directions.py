"""Which languages are written from right to left."""

from __future__ import annotations

import pytest

from coursewright.pages.theme.theme import OURS, direction, labels_of


@pytest.mark.parametrize(
    "language", ["ar", "ar-EG", "he", "fa", "ur", "ps", "sd", "ug", "yi", "dv", "ckb", "az-Arab", "FA"]
)
def test_a_language_written_from_right_to_left_is_shown_so(language: str) -> None:
    assert direction(language) == "rtl"
    assert labels_of(language, OURS)[0]["text_direction"] == "rtl"


@pytest.mark.parametrize("language", ["en", "de", "az", "ks-Deva", "ks-Deva-IN", "sd-Deva", "ar-Latn", "en-x-arab"])
def test_any_other_is_not(language: str) -> None:
    assert direction(language) == "ltr"
