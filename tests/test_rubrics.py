"""A rubric or guide of Moodle with which nobody can be graded is told, and one with which people can is not."""

from __future__ import annotations

import pytest
from lxml import etree

from coursewright.audit.lms.moodle.contradictions import unusable

LEVEL = "<level><score>{}</score></level>"


def rubric(*criteria: str) -> str:
    return (
        "<rubric>"
        + "".join(f"<criterion><description>Bread</description>{one}</criterion>" for one in criteria)
        + "</rubric>"
    )


@pytest.mark.parametrize(
    ("kind", "definition", "said"),
    [
        ("rubric", rubric(LEVEL.format(0) + LEVEL.format(5)), ""),
        ("rubric", rubric(), "no criteria"),
        ("rubric", rubric(LEVEL.format(0)), "none of its levels earns points"),
        ("rubric", rubric(LEVEL.format(5), ""), "“Bread” has no levels"),
        ("guide", "<guide><guidecriterion/></guide>", ""),
        ("guide", "<guide/>", "no criteria"),
        ("another", "<x/>", ""),
    ],
)
def test_who_cannot_be_graded_is_told(kind: str, definition: str, said: str) -> None:
    found = unusable(kind, etree.fromstring(definition))
    assert said in found and bool(said) == bool(found)
