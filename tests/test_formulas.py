"""Formulas: what is one and what is money, what comes out, and that nothing in one reaches a page but MathML."""

from __future__ import annotations

import re
from xml.etree.ElementTree import tostring

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import html

from coursewright.text.markdown.formulas import formula, unreadable
from coursewright.text.markdown.formulas import formulas as read
from coursewright.text.markdown.html import Converter


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
        ("let $ \\alpha $ be, and $\\beta\n+ b $ too", [r"\alpha", "\\beta\n+ b"]),
        (r"costs $5 and $\alpha$", [r"\alpha"]),
        (r"Set $HOME to C:\Users\me and $PATH to D:\bin.", []),
        (r"$ x $ then \Delta and $ y $", []),
        (r"It is $5 (see \ref{x}) or $6 a piece.", []),
        ("$5 a unit.\nLet \\alpha be it,\nthen $ is paid", []),
        (r"$a$, $\beta $ and $ \gamma $", ["a", r"\beta", r"\gamma"]),
        ("$\\alpha\n\nnew$", []),
        (r"\begin{aligned}", []),
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
        (r"\begin{aligned} a = b \end{aligned}", '<mtable displaystyle="true" rowspacing="3pt"><mtr>'),
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
    assert unreadable(f"so ${latex}$") == [f"${latex}$"]
    assert converter.inline(f"so ${latex}$") == "so <code>${}$</code>".format(latex.replace("&", "&amp;"))


def test_a_formula_in_a_title_reads_as_its_latex(converter: Converter) -> None:
    assert converter.plain("Why $a < b_1$ & *not* $c$") == "Why a < b_1 & not c"


def test_without_the_setting_dollars_stay_dollars() -> None:
    assert Converter().inline("let $x$ be") == "let $x$ be"
    assert Converter().block("$$\nx\n$$") == "<p>$$\nx\n$$</p>"


EVERYDAY = [
    (r"\alpha", "α"),
    (r"\hat\beta", "β^"),
    (r"\mathbb{R}", "ℝ"),
    (r"x \in \mathbb{N}", "x∈ℕ"),
    (r"1, \ldots, n", "1,…,n"),
    (r"a \pm b", "a±b"),
    (r"\frac{-b \pm \sqrt{b^2 - 4ac}}{2a}", "−b±b2−4ac2a"),
    (r"\sum_{i=1}^{n} i^2", "∑i=1ni2"),
    (r"\int_0^1 x \, dx", "∫01xdx"),
    (r"\lim_{x \to 0} f(x)", "limx→0f(x)"),
    (r"a \leq b \neq c", "a≤b≠c"),
    (r"e^{i\pi}", "eiπ"),
    (r"\sigma^2", "σ2"),
    (r"\{1, 2\}", "{1,2}"),
    (r"\left\{ x \right\}", "{x}"),
    (r"\lbrace x \rbrace", "{x}"),
    (r"P(A \mid B)", "P(A∣B)"),
    (r"A \cup B \setminus C", "A∪B⧵C"),
    (r"\operatorname{Var}(X)", "Var(X)"),
    (r"\binom{n}{k}", "(nk)"),
    (r"O(n \log n)", "O(nlogn)"),
    (r"\mathcal{O}(n)", "𝒪(n)"),
    (r"50\%", "50%"),
    (r"\$5 \& \#1", "$5&#1"),
    (r"\lfloor x \rfloor", "⌊x⌋"),
    (r"90^\circ", "90∘"),
    (r"\vec{v} \cdot \vec{w}", "v→·w→"),
    (r"A \Rightarrow B \iff C", "A⇒B⟺C"),
    (r"f'(x) = \nabla f", "f′(x)=∇f"),
    (r"\sqrt[3]{x}", "x3"),
    (r"\text{if } x > 0 \text{, 50\% \& more}", "if\u00a0x>0,\u00a050%\u00a0&\u00a0more"),
    (r"x\!y\quad z", "xyz"),
    (r"\sum\limits_{i}^{n} i", "∑ini"),
]


@pytest.mark.parametrize(("latex", "signs"), EVERYDAY)
def test_everyday_formulas_show_their_signs(latex: str, signs: str) -> None:
    element = formula(latex, display=False)
    assert element is not None
    assert "".join(element.itertext()) == signs


@pytest.mark.parametrize(
    "latex",
    [
        "a } b",
        r"\ce{H2O}",
        r"\kern10000pt x",
        r"\hspace{9999em}",
        r"\unicode{zz}",
        r"\text{\alpha}",
        r"\text{a {b} c}",
        r"\limits",
    ],
)
def test_what_the_converter_passes_on_unread_is_no_formula(latex: str) -> None:
    assert formula(latex, display=False) is None


def test_a_narrow_space_is_a_length_that_browsers_know() -> None:
    element = formula(r"x\!y", display=False)
    assert element is not None
    assert [space.get("width") for space in element.iter("mspace")] == ["-0.167em"]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("a $`x^2`$ b", ["x^2"]),
        ("`` $`x`$ ``", []),
        ("$5 `a` and $x$", ["x"]),
        ("$a `b` c$", []),
        ("[x](https://api/v?$filter=a&$top=5)", []),
        ("[x](a 't $b$ u') and $y$", ["y"]),
        ("[p $5](https://x?$a=1) and $x$", ["x"]),
        ("[x](https://x?$a)$y$", ["y"]),
        ("<https://a/?$a=$b> and $z$", ["z"]),
        ("$f[x](y)$", ["f[x](y)"]),
        (r"$\$5$", [r"\$5"]),
        (r"\$x$ y$", []),
        ("$x$$y$", []),
        ("$x$5", []),
        ("_$*a*$_ $*b*$", ["*a*", "*b*"]),
        ("$$a$$ and $b$", ["a", "b"]),
    ],
)
def test_code_links_and_escapes_bound_formulas(converter: Converter, text: str, formulas: list[str]) -> None:
    for page in (converter.inline(text), converter.block(text)):
        assert [found.get("alttext") for found in html.fromstring(f"<div>{page}</div>").iter("math")] == formulas
        assert "\x02" not in page and "\x03" not in page
    assert sorted(found.latex for found in read(text)) == sorted(formulas)


def test_what_stands_in_a_formula_is_no_markdown(converter: Converter) -> None:
    shown = converter.inline("a $x$ b, $`y`$ c $$z$$.")
    assert re.sub("<math.*?</math>", "M", shown) == "a M b, M c M."
    assert "<mtext>*a*</mtext>" in converter.inline(r"$\text{*a*}$")
    assert converter.inline(r"$\frac{*a*}$ and *b*") == r"<code>$\frac{*a*}$</code> and <em>b</em>"
    assert converter.inline("*a* $*b*$ *c*").count("<em>") == 2


def test_the_links_around_dollars_stay_whole(converter: Converter) -> None:
    assert 'href="https://api/v?$filter=a&amp;$top=5"' in converter.inline("[x](https://api/v?$filter=a&$top=5)")
    assert 'href="https://a/?$a=$b"' in converter.inline("<https://a/?$a=$b>")


@pytest.mark.parametrize("text", ["$$\na", "b\n$$", "$$a = b", r"$$ \text{if $x$} $$"])
def test_a_formula_without_an_end_is_found(text: str) -> None:
    assert unreadable(text)


@pytest.mark.parametrize(
    "text", ["    $x_$", "```\n$x_$\n```", "~~~\n$x_$\n~~~", "`$x_$`", "``a ` $x_$``", "costs $$ more"]
)
def test_code_and_money_are_no_unreadable_formulas(text: str) -> None:
    assert unreadable(text) == []


def test_what_is_indented_in_a_list_is_no_code(converter: Converter) -> None:
    assert unreadable("- a\n\n    $x_$") == ["$x_$"]
    assert "<code>$x_$</code>" in converter.block("- a\n\n    $x_$")


TEXT_PIECES = ["$", "$$", "`", "``", "x", " ", "5", "\\", "[a](", ")", "<https://a/", ">", "    ", "*", "_"]


@given(st.lists(st.sampled_from(TEXT_PIECES), max_size=12).map("".join))
@settings(max_examples=500, derandomize=True)
def test_what_is_looked_at_is_what_is_converted(text: str) -> None:
    assume(not re.search(r"\]\([^)]*\s", text))  # the library takes a link's address with blanks, unlike everyone else
    page = Converter(math=True).inline(text.strip())
    shown = html.fromstring(f"<div>{page}</div>")
    found = [found.latex for found in read(text.strip()) if found.element() is not None]
    assert sorted(found) == sorted(found.get("alttext") or "" for found in shown.iter("math"))
    assert "\x02" not in page and "\x03" not in page


ALLOWED = set(  # noqa: C405
    [
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "mtext",
        "mspace",
        "ms",
        "msqrt",
        "mstyle",
        "mpadded",
        "mphantom",
        "merror",
        "menclose",
        "mtable",
        "mtr",
        "mtd",
        "mlabeledtr",
        "mmultiscripts",
        "mprescripts",
        "none",
        "mfrac",
        "mroot",
        "msub",
        "msup",
        "msubsup",
        "munder",
        "mover",
        "munderover",
    ]
)


@pytest.mark.parametrize(
    "text", ["`" * 9000 + "a$" * 4000, "```a\n" * 4000 + "$", "$$ a $x \n" * 300, "$x](y$z) " * 900]
)
def test_any_text_is_looked_at_and_converted(converter: Converter, text: str) -> None:
    unreadable(text)
    assert converter.block(text)


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
@settings(max_examples=300)
def test_any_formula_is_mathml_or_none(latex: str) -> None:
    element = formula(latex, display=True)
    for inner in () if element is None else element.iter():
        assert inner.tag in ALLOWED
        assert inner.tag != "munderover" or len(inner) == 3
        assert not {"href", "style", "class", "id"} & set(inner.attrib)
        assert "\\" not in (inner.text or "")
