"""A document that is cut keeps its link targets and footnotes."""

from __future__ import annotations

from coursewright.text.markdown.definitions import Definition, completed, definitions


def whole(*texts: str) -> list[str]:
    """Return texts of one document, each with what it refers to."""
    lines = [text.split("\n") for text in texts]
    return ["\n".join("" if line < 0 else lines[text][line] for text, line in places) for places in completed(texts)]


def test_definitions_are_found_where_markdown_has_them() -> None:
    text = "a\n\n[X y]: /a\n[z]:\n  /b 'c'\n\n[^n]: A note\n\n    and more\n\n```\n[no]: /x\n```\n"
    assert sorted(definitions(text)) == [Definition("^n", 6, 10), Definition("x y", 2, 3), Definition("z", 3, 5)]


def test_a_text_gets_what_it_refers_to_and_keeps_what_nobody_else_needs() -> None:
    assert whole("see [a][X] [y] and[^1]", "late [x]\n\n[x]: /x\n[y]: /y\n\n[^1]: Note.\n[^2]: Nobody's.") == [
        "see [a][X] [y] and[^1]\n\n[^1]: Note.\n\n[x]: /x\n\n[y]: /y",
        "late [x]\n\n[x]: /x\n[y]: /y\n\n[^2]: Nobody's.",
    ]


def test_texts_without_definitions_stay_as_they_are() -> None:
    assert whole("a [b]", "- [ ] c\n") == ["a [b]", "- [ ] c\n"]
