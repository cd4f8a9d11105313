"""HTML of anybody's page becomes Markdown that our readers read as it was meant."""

from __future__ import annotations

import html as entities
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from coursewright.pages.dress import dress
from coursewright.readers.folder.content import content_of
from coursewright.readers.folder.document import Document
from coursewright.text.markdown.backwards import Dropped, inline_of, markdown_of
from coursewright.text.markdown.html import Converter
from coursewright.text.markdown.values import Prose

CONVERTER = Converter(math=True)
DRESS = replace(dress({}), lost=("rel", "tabindex"))
_NO_MEANING = {"id", "tabindex", "target", "rel", "aria-label"}


def _html(markdown: str, *, native: bool = False) -> str:
    top = 2 if native else None
    return str(CONVERTER.block(markdown, address=lambda address: address, boxes=not native, top=top))


def _tokens(page: str) -> list[str]:
    """Return the words and tags of a page, without what holds no more than looks."""
    found: list[str] = []

    def walk(element: html.HtmlElement) -> None:
        kept = element.tag != "div" or element.get("class")
        named = sorted((name, value) for name, value in element.attrib.items() if value and name not in _NO_MEANING)
        found.extend([f"<{element.tag} {named}>"] if kept else [])
        found.extend((element.text or "").split())
        for child in element:
            walk(child)
            found.extend((child.tail or "").split())
        found.extend([f"</{element.tag}>"] if kept else [])

    walk(html.fragment_fromstring(page, create_parent="div"))
    return found


# What a page shows, and what is to stand in Markdown for it.
FORMS = {
    "headings": ("<h1>A</h1><h3>B<br>c #</h3>", "# A\n\n### B c \\#"),
    "stress": ("<p><b>a</b><b>b</b> <i>c</i>d <strong> e </strong>f <s>g</s></p>", "**ab** *c*d **e** f ~~g~~"),
    "stress that marks cannot say": ("<p>Is <b>bold:</b>text</p>", "Is <strong>bold:</strong>text"),
    "stress by style": ("<p><span style='font-weight: 700'>b</span> <b style='font-weight:normal'>n</b></p>", "**b** n"),
    "breaks": ("<p>one<br><br>two<br>three<br></p>", "one\n\ntwo\\\nthree"),
    "tags that Markdown lacks": (
        "<p>H<sub>2</sub>O <kbd>Esc</kbd> <mark>m</mark> <abbr title='Hyper'>H</abbr> <ruby>漢<rp>(</rp><rt>kan</rt></ruby> <bdo dir='rtl'>ab</bdo></p>",
        'H<sub>2</sub>O <kbd>Esc</kbd> <mark>m</mark> <abbr title="Hyper">H</abbr> <ruby>漢<rt>kan</rt></ruby> <bdo dir="rtl">ab</bdo>',
    ),
    "nested lists": (
        "<ul><li>a<ol start='3'><li>b</li><li>c</li></ol></li><ul><li>d</li></ul></ul>",
        "- a\n    3. b\n    4. c\n    - d",
    ),
    "lists side by side": ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
    "code in a list": ("<ol><li><p>a</p><pre>b\n  c</pre></li></ol>", "1. a\n\n    ```\n    b\n      c\n    ```"),
    "tasks": ("<ul><li><input type='checkbox' checked> a</li><li class='task'>☐ b</li></ul>", "- [x] a\n- [ ] b"),
    "definitions": ("<dl><dt>Bee</dt><dd>An insect.</dd><dd>A letter.</dd></dl>", "Bee\n:   An insect.\n:   A letter."),
    "footnotes": (
        "<p>Bees<sup id='fnref:1'><a href='#fn:1' rel='footnote'>1</a></sup>.</p><div class='footnotes'><hr><ol><li id='fn:1'><p>Or <em>wasps</em>. <a href='#fnref:1' rev='footnote'>↩</a></p></li></ol></div>",
        "Bees[^1].\n\n[^1]: Or *wasps*.",
    ),
    "a table of lines": (
        "<table><thead><tr><th>A</th><th style='text-align: right'>B</th></tr></thead><tr><td>a|b<br>c</td><td style='text-align:right'><code>x|y</code></td></tr></table>",
        "| A | B |\n| --- | ---: |\n| a\\|b<br>c | `x\\|y` |",
    ),
    "a table without a head": (
        "<table style='x'><tr><td colspan='2' class='y'>a</td></tr><tr><td><ul><li>b</li></ul></td><td>{{ c }}</td></tr></table>",
        '<table>\n<tr><td colspan="2">a</td></tr>\n<tr><td><ul>\n<li>b</li>\n</ul></td><td>&#123;{ c }}</td></tr>\n</table>',
    ),
    "bold heads": ("<table><tr><td><b>A</b></td><td><b>B</b></td></tr><tr><td>1</td><td>2</td></tr></table>", "| A | B |\n| --- | --- |\n| 1 | 2 |"),
    "a frame": ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "a\n\nb"),
    "an alert of Bootstrap": ("<div class='alert alert-warning'><h4 class='alert-heading'>Hot</h4><p>Wax.</p></div>", "> [!WARNING] Hot\n> Wax."),
    "an admonition of Sphinx": ("<div class='admonition tip'><p class='admonition-title'>Tip</p><p>Wax.</p></div>", "> [!TIP]\n> Wax."),
    "an alert of GitHub": ("<div class='markdown-alert markdown-alert-note'><p class='markdown-alert-title'>Note</p><p>Wax.</p></div>", "> [!NOTE]\n> Wax."),
    "a callout of Quarto": (
        "<div class='callout callout-style-default callout-warning'><div class='callout-header'><div class='callout-title-container'>Look</div></div><div class='callout-body'><p>Wax.</p></div></div>",
        "> [!WARNING] Look\n> Wax.",
    ),
    "a component for learning of Moodle": ("<div class='c4l-keyconcept'><p>Wax.</p></div>", "> [!IMPORTANT]\n> Wax."),
    "tabs of an editor": (
        "<div class='enhanceable_content tabs'><ul><li><a href='#t1'>One</a></li><li><a href='#t2'>Two</a></li></ul><div id='t1'>a</div><div id='t2'>b</div></div>",
        ':::: tabs\n\n::: tab "One"\n\na\n\n:::\n\n::: tab "Two"\n\nb\n\n:::\n\n::::',
    ),
    "what is shown on demand": ("<a class='element_toggler' aria-controls='k'>Show</a><div id='k' style='display: none'>Wax.</div>", "Show\n\nWax."),
    "a list that only stands further in": ("<ul><li style='list-style-type: none'><ol><li>a</li></ol></li></ul>", "1. a"),
    "underlined words": ("<p><span style='text-decoration: underline'>a</span></p>", "<u>a</u>"),
    "what is folded": ("<details><summary><b>More</b></summary>Wax.</details>", "<details>\n<summary>More</summary>\n\nWax.\n\n</details>"),
    "an equation of Canvas": (
        "<p><img class='equation_image' alt='LaTeX: x' data-equation-content='x^2' src='/equation_images/x'> <img src='/equation_images/%255Cfrac%257Ba%257Db'></p>",
        "$x^2$ $\\frac{a}b$",
    ),
    "formulas that are written": ("<p>a \\(x_1\\) b</p><p>\\[ \\sum_i \\]</p>", "a $x_1$ b\n\n$$\n\\sum_i\n$$"),
    "a formula of KaTeX": (
        "<p><span class='katex'><span class='katex-mathml'><math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x^2</annotation></semantics></math></span><span class='katex-html' aria-hidden='true'>x2</span></span></p>",
        "$`x^2`$",
    ),
    "a formula of MathJax": ("<p><span class='MathJax_Preview'>x</span><span class='MathJax'>xx</span><script type='math/tex'>x+1</script></p>", "$`x+1`$"),
    "MathML without LaTeX": ("<p>a <math><mi>b</mi></math></p>", "a <math><mi>b</mi></math>"),
    "a film in a frame": ("<iframe src='//www.youtube.com/embed/dQw4w9WgXcQ?rel=0' title='YouTube video player'></iframe>", "<https://www.youtube.com/watch?v=dQw4w9WgXcQ>"),
    "a film with a title": ("<p><iframe src='https://player.vimeo.com/video/12345678' title='Bees'></iframe></p>", "[Bees](https://vimeo.com/12345678)"),
    "another frame": ("<iframe src='https://h5p.example/1' title='Game' style='x'></iframe>", '<iframe src="https://h5p.example/1" title="Game"></iframe>'),
    "an object": ("<object data='a.pdf'></object>", "[a.pdf](a.pdf)"),
    "a picture": ("<p><img src='a/b%20c.png' alt='b c.png' width='300' height='200'></p>", "![](a/b%20c.png){width=300}"),
    "a picture with a caption": ("<figure><img src='a.png' alt='A bee'><figcaption>Apis</figcaption></figure>", '![A bee](a.png "Apis")'),
    "links": ("<p><a href='a b.pdf' title='t'>[f]</a> <a href='https://x.org'>https://x.org</a> <a href='javascript:x()'>j</a></p>", '[\\[f\\]](<a b.pdf> "t") <https://x.org> j'),
    "a link around blocks": ("<a href='x'><div><h3>Card</h3><p>text</p></div></a>", "### [Card](x)\n\n[text](x)"),
    "an anchor that is used": ("<h2 id='wax'>Hot wax</h2><h2 id='b1'>B</h2><p><a href='#wax'>x</a></p>", "## Hot wax {#wax}\n\n## B\n\n[x](#wax)"),
    "a list of Word": (
        "<p class='MsoListParagraph' style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>a</p><p class='MsoListParagraph' style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.</span>b<o:p></o:p></p>",
        "- a\n    1. b",
    ),
    "XHTML": ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>t</title></head><body><p><a name='x'/>a</p></body></html>", "a"),
    "CDATA and comments": ("<!-- c --><![CDATA[<p>a</p>]]>", "a"),
    "signs of Windows": ("<p>\x93a\x94 it\x92s</p>", "“a” it’s"),
    "a rule first": ("<hr><p>a</p>", "***\n\na"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_becomes_markdown(name: str) -> None:
    page, wanted = FORMS[name]
    assert markdown_of(page).markdown == f"{wanted}\n"


# How highlighters say the language of a listing.
LISTINGS = [
    ("python", "<div class='highlight-python notranslate'><div class='highlight'><pre><span></span>{}</pre></div></div>"),
    ("rust", "<div class='highlight highlight-source-rust'><pre>{}</pre></div>"),
    ("ruby", "<div class='language-ruby highlighter-rouge'><div class='highlight'><pre class='highlight'><code>{}</code></pre></div></div>"),
    ("java", "<pre class='brush: java; gutter: true'>{}</pre>"),
    ("sql", "<pre class='prettyprint lang-sql'>{}</pre>"),
    ("kotlin", "<pre><code class='hljs kotlin'>{}</code></pre>"),
    ("css", "<pre class='language-css line-numbers'><code>{}<span class='line-numbers-rows'><span></span></span></code></pre>"),
    ("python", "<div class='sourceCode'><pre class='sourceCode python'><code class='sourceCode python'><span>{}</span></code></pre></div>"),
    ("go", "<figure class='highlight go'><table><tr><td class='gutter'><pre>1</pre></td><td class='code'><pre><span class='line'>{}</span><br></pre></td></tr></table></figure>"),
    ("cpp", "<pre data-lang='c++'>{}</pre>"),
    ("jsx", "<div class='theme-code-block language-jsx'><pre class='prism-code language-jsx'><code><span class='token-line'>{}</span></code></pre></div>"),
    ("", "<div class='CodeMirror'><pre class='CodeMirror-line'>{}</pre></div>"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "page"), LISTINGS)
def test_a_listing_keeps_its_language_and_loses_its_numbers(language: str, page: str) -> None:
    assert markdown_of(page.format("x &lt; 1")).markdown == f"```{language}\nx < 1\n```\n"


DOCUMENT = """\
# Bees

A **bee** is *small*: `Apis`[^1], H~2~O, ==wax==, ~~wasp~~ and [a link](b.md "Title") to <https://example.org/a_b>.\\
<ruby>漢<rt>kan</rt></ruby>, <bdo dir="rtl">abc</bdo>, <kbd>Esc</kbd>, <u>u</u>. Her price is $5, not $6; 2 * 3 < 7 & x_1 = __init__.

> [!WARNING] Hot wax
> Mind it.
>
> - one
> - two

> [!SOLUTION]-
> Fly.

::: {title="A box"}

With words.

:::

:::: tabs

::: tab "Linux"

```bash title="a.sh"
ls | wc
```

:::

::: tab "Windows"

Two.

:::

::::

- [x] done
- [ ] open

1. first

    ```python
    if x:

        pass
    ```

2. second
    - deep
        - deeper

```output
1
```

| Name | n |
| :--- | ---: |
| a \\| b | `1 \\| 2` |

Term
:   What it means.

![A bee](bee.png "Apis mellifera")

[A film](https://www.youtube.com/watch?v=dQw4w9WgXcQ)

<https://vimeo.com/12345678>

<details>
<summary>More <em>of it</em></summary>

Inside, $x_1^2 + \\frac{1}{2}$.

</details>

$$
\\sum_{i=1}^n i
$$

<table>
<tr><td colspan="2">Wide</td></tr>
<tr><td>a</td><td><ul><li>b</li></ul></td></tr>
</table>

[^1]: Of *old*.
"""


@pytest.mark.parametrize("native", [False, True], ids=["own page", "page of an LMS"])
@pytest.mark.parametrize(
    "path", [None, *sorted((ROOT / "examples" / "pixels").rglob("*.md"))], ids=lambda path: path and path.name
)
def test_a_lesson_of_ours_comes_back_as_it_was(path: Path | None, native: bool) -> None:
    text = path.read_text(encoding="utf-8").split("\n---\n")[-1] if path else DOCUMENT
    page = _html(text, native=native)
    worn = str(DRESS.on(CONVERTER.block(text, address=lambda address: address, boxes=False, top=2))) if native else page
    assert _tokens(_html(markdown_of(worn).markdown, native=native)) == _tokens(page)


SIGNS = [
    *("*", "_", "**", "__", "`", "```", "~~~", "[", "]", "(", ")", "<", ">", "#", "+", "-", "---", "1.", "2)", "|", "$", "$$"),
    *("&amp;", "&copy;", "{", "{{", "}}", "{%", "%}", ":::", "!!!", "???", "===", "@[", "[[", "]]", "![[", "!", "[!NOTE]", "[ ]"),
    *("[^1]:", "[a]:", ":tada:", ":material-x:", "++ctrl++", "==x==", "~x~", "^x^", "\\", "https://e.org/a_b", "a", "é", "漢字"),
    *("__init__", "x < y", "<div>", "<!--", "{#id}", "{: .x}", "(name)=", "@hint", 'import "x"', "[toc]", "**a**", "[a](b)", "<Tip>"),
    *("{kbd}`x`", ": def", "|--|", "***", "- - -", "$x$", "5$", "{{< x >}}", "{% raw %}", "*[HTML]: x", "--- task ---"),
]  # fmt: skip
TEXTS = st.lists(st.sampled_from([*SIGNS, " ", " "]), min_size=1, max_size=9).map("".join)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    text=TEXTS,
    page=st.sampled_from(
        ["<p>{}</p>", "<ul><li>{}</li></ul>", "<p>a <b>{}</b> c</p>", "<table><tr><th>{}</th></tr></table>"]
    ),
)
def test_words_that_look_like_markup_stay_words(text: str, page: str) -> None:
    whole = f"<p>Words.</p>{page.format(entities.escape(text))}"
    if "$$" in text and text.count("$$") > 1:
        return  # a formula, by anybody's rules
    document = Document("a.md", "a.md", ("# Title", "", *markdown_of(whole).markdown.split("\n")))
    content, findings = content_of(document, Path("nowhere"))
    read = "\n\n".join(one.content.markdown for one in content.pieces if isinstance(one.content, Prose))
    assert _words(whole) == _words(_html(read))
    assert not findings


def _words(page: str) -> str:
    return "".join("".join(html.fragment_fromstring(page, create_parent="div").itertext()).split())


def test_addresses_lead_where_the_caller_says() -> None:
    page = '<p><a href="$WIKI_REFERENCE$/pages/a">a</a> <a href="gone">b</a> <img src="$F$/c.png" alt="c.png"></p><table><tr><td><a href="$WIKI_REFERENCE$/pages/a">d</a></td><td></td></tr></table>'
    known = {"$WIKI_REFERENCE$/pages/a": "a.md", "$F$/c.png": "files/c (1).png"}
    made = markdown_of(page, lambda address: known.get(address, "")).markdown
    assert made.startswith("[a](a.md) b ![](<files/c (1).png>)\n")
    assert '<td><a href="a.md">d</a></td>' in made


def test_what_is_dropped_is_counted() -> None:
    page = (
        '<style>p {}</style><script>x()</script><p style="color: red" class="a">a</p><p>&nbsp;</p><p style="display:none">b</p>'
        '<span class="screenreader-only">c</span><img src="t.gif" width="1" height="1"><input type="text"><!-- d --><svg><text>e</text></svg>'
    )
    turned = markdown_of(page)
    assert turned.markdown == "a\n\nc\n"
    assert turned.dropped == {
        Dropped.STYLES: 2, Dropped.SCRIPTS: 1, Dropped.CLASSES: 2, Dropped.BLANKS: 1, Dropped.HIDDEN: 1, Dropped.PIXELS: 1,
        Dropped.FORMS: 1, Dropped.COMMENTS: 1, Dropped.DRAWINGS: 1,
    }  # fmt: skip


def test_formulas_are_counted_since_a_course_says_whether_it_has_any() -> None:
    assert markdown_of("<p>\\(a\\) and \\(b\\)</p>").formulas == 2


def test_an_option_of_a_question_is_one_line() -> None:
    assert inline_of("2 * 3 &lt; x_1").markdown == "2 * 3 < x_1"
    assert inline_of("<p>a <b>b</b></p><p>c</p>").markdown == "a **b**<br>c"
    assert inline_of("<pre>a\n  b</pre>").markdown == "<code>a<br>  b</code>"


@pytest.mark.parametrize(
    "tag", ["div", "ul><li", "blockquote", "table><tr><td", "b><i", "a href=x", "details", "math><mrow", "span"]
)
def test_what_is_nested_without_end_keeps_its_words(tag: str) -> None:
    assert "deep" in markdown_of(f"<{tag}>" * 10_000 + "deep").markdown


@pytest.mark.parametrize(
    "page",
    [
        "",
        "  ",
        "<",
        "<p",
        "\0",
        "<p>\ud800</p>",
        "<![CDATA[" * 500,
        "<!--" * 500,
        "</div>" * 500,
        "<td>a<td>b",
        "<li>a",
    ],
)
def test_what_is_hardly_html_is_no_trouble(page: str) -> None:
    assert "\0" not in markdown_of(page).markdown


@pytest.mark.parametrize("src", ["https://h5p.example/1", "files/bees.mp4"])
def test_a_frame_asks_once_where_its_address_leads(src: str) -> None:
    """Whoever leads addresses counts them."""
    asked: list[str] = []

    def lead(address: str) -> str:
        asked.append(address)
        return address

    assert src in markdown_of(f'<iframe src="{src}"></iframe>', lead).markdown
    assert asked == [src]
