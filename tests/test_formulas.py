"""Formulas: what is one and what is money, what comes out, and that nothing in one reaches a page but MathML."""

from __future__ import annotations

from xml.etree.ElementTree import tostring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from coursewright.formulas import formula, unreadable
from coursewright.markup import Converter


@pytest.fixture(scope="module")
def converter() -> Converter:
    return Converter(math=True)


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("let $x$ be", ["x"]),
        ("$a$ and $b$", ["a", "b"]),
        ("an $x$-axis", ["x"]),
        ("$$x^2$$", ["x^2"]),
        ("before $$\nx^2\n$$ after", ["x^2"]),
        (r"$a_1*b_2*c$ is **$d$**", ["a_1*b_2*c", "d"]),
        ("costs $5 and $10", []),
        ("from $5 to $10k", []),
        ("US$5, CA$6", []),
        ("$ x $", []),
        (r"\$x\$", []),
        ("`$x$`", []),
        ("$$ $$", []),
    ],
)
def test_a_formula_is_told_from_money(converter: Converter, text: str, formulas: list[str]) -> None:
    page = html.fromstring(f"<div>{converter.inline(text)}</div>")
    assert [found.get("alttext") for found in page.iter("math")] == formulas


@pytest.mark.parametrize(
    ("latex", "mathml"),
    [
        (r"\frac{a}{b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"),
        (r"x_1 < 2", "<msub><mi>x</mi><mn>1</mn></msub><mo>&lt;</mo><mn>2</mn>"),
        (r"\begin{pmatrix} a \end{pmatrix}^2", "<msup><mrow><mo>(</mo><mtable>"),
        (r"\begin{aligned} a &= b \end{aligned}", '<mtd columnalign="right"><mi>a</mi></mtd>'),
        (r"\text{<script>}", "<mtext>&lt;script&gt;</mtext>"),
        (r"\href{javascript:alert(1)}{y}", "<mrow><mrow><mrow><mi>y</mi></mrow></mrow></mrow>"),
        (r"\style{background:url(//evil)}{y}", "<mrow><mrow><mi>y</mi></mrow></mrow>"),
    ],
)
def test_a_formula_becomes_mathml(latex: str, mathml: str) -> None:
    element = formula(latex, display=False)
    assert element is not None
    assert mathml in tostring(element, encoding="unicode")


@pytest.mark.parametrize("latex", [r"\frac{a}", r"\nosuchthing", "x_", "{{{", "a & b", "{" * 21 + "}" * 21, "x" * 2001])
def test_what_cannot_be_read_shows_as_it_is_written(converter: Converter, latex: str) -> None:
    assert formula(latex, display=False) is None
    assert unreadable(f"so ${latex}$") == [latex]
    assert converter.inline(f"so ${latex}$") == "so <code>{}</code>".format(latex.replace("&", "&amp;"))


def test_a_formula_in_a_title_reads_as_its_latex(converter: Converter) -> None:
    assert converter.plain("Why $a < b_1$ & *not* $c$") == "Why a < b_1 & not c"


def test_without_the_setting_dollars_stay_dollars() -> None:
    assert Converter().inline("let $x$ be") == "let $x$ be"
    assert Converter().block("$$\nx\n$$") == "<p>$$\nx\n$$</p>"


PIECES = [
    *(
        [
            r"\frac",
            r"\sqrt",
            r"\text",
            r"\href",
            r"\style",
            r"\class",
            r"\left(",
            r"\right)",
            r"\begin{matrix}",
            r"\end{matrix}",
            r"\\",
            r"\sum",
            r"\limits",
        ]
    ),
    *(["{", "}", "_", "^", "&", "a", "1", "<", ">", '"', "'", "[", "]", "|", "%", "#", "~", "é"]),
    " ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_formula_is_mathml_or_none(latex: str) -> None:
    element = formula(latex, display=True)
    for inner in () if element is None else element.iter():
        assert inner.tag.startswith(("m", "none"))
        assert not {"href", "style", "class", "id"} & set(inner.attrib)
