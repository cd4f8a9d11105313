"""Whole documents of authors as HTML: pictures, links, boxes in every dialect, films, footnotes, and nothing unsafe."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from coursewright.text.bidi import Flow
from coursewright.text.markdown.addresses import diagrams, headings
from coursewright.text.markdown.html import Converter

WORDS = Converter(labels={"callout_note": "Note", "callout_solution": "Solution"})


def place(address: str) -> str | None:
    """Say where an address leads in a package that has some pictures and documents."""
    return f"files/{address}" if re.fullmatch(r"[\w/]+\.(?:png|md|mp4)(?:#\w+)?", address) else None


def made(markdown: str, *, top: int | None = None, prefix: str = "", boxes: bool = True) -> str:
    """Return the page of a text on one line."""
    return re.sub(r"\s*\n\s*", "", WORDS.block(markdown, address=place, top=top, prefix=prefix, boxes=boxes))


NOTE = (
    '<div aria-label="Note" class="callout callout-note" role="note"><p class="callout-title">{}</p><p>text</p></div>'
)


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("> [!NOTE]\n> text\n", "Note"),
        ("> [!note] Own *title*\n> text\n", "Own <em>title</em>"),
        ("> **Note**\n> text\n", "Note"),
        ("!!! note\n    text\n", "Note"),
        ('!!! note "Own"\n\n    text\n', "Own"),
        ("::: note\ntext\n:::\n", "Note"),
        (":::note\ntext\n:::\n", "Note"),
        (":::note Own\n\ntext\n\n:::\n", "Own"),
        (":::note[Own]\ntext\n:::\n", "Own"),
        ('::: {.callout-note title="Own"}\ntext\n:::\n', "Own"),
        ("::: {.callout-note}\n## Own\n\ntext\n:::\n", "Own"),
        ("::::::::::: callout\n\ntext\n\n:::::::::::::::::\n", "Note"),
        (":::{note}\ntext\n:::\n", "Note"),
        ("```{note} Own\ntext\n```\n", "Own"),
        ("```{admonition} Own\n:class: note\ntext\n```\n", "Own"),
        ("~~~~exercism/note\ntext\n~~~~\n", "Note"),
        ("> text\n{: .note}\n", "Note"),
        ("> ## Own\n> text\n{: .callout}\n", "Own"),
        ('{{% notice note "Own" %}}\ntext\n{{% /notice %}}\n', "Own"),
        ('{% hint style="info" %}\ntext\n{% endhint %}\n', "Note"),
        ("<Note>\n\ntext\n\n</Note>\n", "Note"),
    ],
)
def test_a_note_is_one_box_in_every_dialect(markdown: str, title: str) -> None:
    page = re.sub(r'(?<=callout-title") id="own"', "", made(markdown))
    plain = NOTE.format(title)
    assert page in (plain, plain.replace(' aria-label="Note"', "").replace(' role="note"', ""))


@pytest.mark.parametrize(
    "markdown",
    [
        "::: solution\ntext\n:::\n",
        "??? solution\n    text\n",
        "> text\n{: .solution}\n",
        "```{solution}\ntext\n```\n",
        "> [!solution]-\n> text\n",
    ],
)
def test_a_solution_stays_folded(markdown: str) -> None:
    assert made(markdown) == (
        '<details aria-label="Solution" class="callout callout-solution">'
        '<summary class="callout-title">Solution</summary><p>text</p></details>'
    )


def test_boxes_nest_and_keep_what_is_in_them() -> None:
    page = html.fromstring(
        made(
            "::::: challenge\n\n## Count {#count}\n\n- a\n- b\n\n```sh\n::: note\n```\n\n:::: solution\n\n!!! tip\n    x\n\n::::\n\n"
            ":::::\n\nafter\n"
        )
    )
    assert [one.get("class") for one in page.iter("div", "details")][1:] == [
        "callout callout-exercise", "code", "callout callout-solution", "callout callout-tip",
    ]  # fmt: skip
    assert [one.text for one in page.iter("p") if one.get("id") == "count"] == ["Count"]
    assert page[-1].text == "after" and len(list(page.iter("li"))) == 2


@pytest.mark.parametrize(
    "markdown",
    [
        "::: wonder\ntext\n:::\n", "!!! wonder\n    text\n", "```{wonder}\ntext\n```\n",
        ":::{wonder}\ntext\n:::\n", "> [!WONDER]\n> text\n",
    ],
)  # fmt: skip
def test_a_box_of_an_unknown_kind_has_its_name(markdown: str) -> None:
    assert made(markdown) == '<div class="callout" role="note"><p class="callout-title">Wonder</p><p>text</p></div>'


def test_a_box_that_nobody_closes_ends_before_the_next_heading() -> None:
    assert made("::: note\ntext\n\n# Next\n") == NOTE.format("Note") + '<h1 id="next">Next</h1>'


TABS = (
    '<div class="tabs"><div class="tab"><p class="tab-title">A</p><p>x</p></div>'
    '<div class="tab"><p class="tab-title">B</p><p>y</p></div></div>'
)


@pytest.mark.parametrize(
    "markdown",
    [
        '=== "A"\n\n    x\n\n=== "B"\n\n    y\n',
        ":::: tabs\n::: tab A\nx\n:::\n::: tab B\ny\n:::\n::::\n",
        "::: group-tab\n\n### A\n\nx\n\n### B\n\ny\n\n:::\n",
        "::: {.panel-tabset}\n## A\nx\n\n## B\ny\n:::\n",
        "````{tab-set}\n```{tab-item} A\nx\n```\n```{tab-item} B\ny\n```\n````\n",
        "::::{tab-set}\n:::{tab-item} A\nx\n:::\n:::{tab-item} B\ny\n:::\n::::\n",
        '{{< tabs >}}\n{{% tab name="A" %}}\nx\n{{% /tab %}}\n{{< tab "B" >}}\ny\n{{< /tab >}}\n{{< /tabs >}}\n',
        '<Tabs>\n<TabItem value="a" label="A">\n\nx\n\n</TabItem>\n<TabItem value="b" label="B">\n\ny\n\n</TabItem>\n</Tabs>\n',
    ],
)
def test_tabs_stand_one_below_another(markdown: str) -> None:
    assert re.sub(r' id="[ab]"', "", made(markdown)) == TABS


def test_links_and_pictures_lead_where_the_package_has_them() -> None:
    page = made(
        "[a](a.md#x) [gone](gone.txt) [web](https://a.de) ![p](p.png) ![far](https://a.de/p.png) ![no](no.svg)\n"
        '[js](javascript:alert(1)) <a href="b.md">b</a> <img src="q.png"> [![in](p.png)](a.md) [r][R] <a href="vbscript:x">v</a>\n\n[R]: c.md\n'
    )
    out = ' target="_blank" rel="noopener noreferrer"'
    assert page == (
        f'<p><a href="files/a.md#x">a</a> gone <a href="https://a.de"{out}>web</a> <img alt="p" src="files/p.png"> '
        f'<a href="https://a.de/p.png"{out}>far</a> nojs <a href="files/b.md">b</a> <img src="files/q.png" alt=""> '
        '<a href="files/a.md"><img alt="in" src="files/p.png"></a> <a href="files/c.md">r</a> v</p>'
    )


def test_emphasis_that_nests_badly_loses_no_letter() -> None:
    assert made("__m_{E_t}_j\\\\_") == "<p>_<em>m</em>{E_t}<em>j\\</em></p>"


def test_attributes_with_blanks_within_their_braces_are_not_shown() -> None:
    assert made('![alt](p.png){ width="300" }') == '<p><img alt="alt" src="files/p.png" width="300"></p>'
    assert made("[a](a.md){ .md-button #top }") == '<p><a href="files/a.md" id="top">a</a></p>'


def test_a_picture_alone_with_a_title_is_a_figure() -> None:
    figure = '<figure><img alt="alt" src="files/p.png"><figcaption>Cap</figcaption></figure>'
    assert made('![alt](p.png "Cap")') == figure
    assert made("```{figure} p.png\n:alt: alt\n\nCap\n```") == figure
    assert made("![Cap](p.png){#fig-x fig-alt='alt' width=50%}") == figure.replace(" src", ' id="fig-x" src')
    assert made('![alt](p.png){width="300"}') == '<p><img alt="alt" src="files/p.png" width="300"></p>'


def test_anchors_are_those_of_github_and_links_find_them() -> None:
    text = (
        "# One\n## Two\n## Two\n### Own {#mine}\n<a id='place'></a>\n\n[a](#two-1) [b](#mine) [c](#place) [d](#gone)\n"
    )
    page = html.fromstring(made(text, top=3, prefix="p-"))
    assert [(one.tag, one.get("id")) for one in page.iter("h3", "h4", "h5")] == [
        ("h3", "p-one"), ("h4", "p-two"), ("h4", "p-two-1"), ("h5", "p-mine"),
    ]  # fmt: skip
    assert [one.get("href") for one in page.iter("a") if one.get("href")] == ["#p-two-1", "#p-mine", "#p-place"]
    assert [one.anchor for one in headings(text)] == ["one", "two", "two-1", "mine"]


def test_levels_of_headings_have_no_gaps() -> None:
    tags = re.findall(r"<(h\d)", made("### a\n##### b\n# c\n#### d\n## e\n", top=2))
    assert tags == ["h2", "h3", "h2", "h3", "h3"]


def test_the_texts_of_one_page_have_levels_and_anchors_of_one_page() -> None:
    texts = ["# A\n\n[c](#c) [a](#a-1)", "### C\n\n`x`", "# A\n\n```py\nx\n```\n"]
    one, two, three = WORDS.blocks(texts, address=place, top=2, prefix="p-")
    assert '<h2 id="p-a">' in one and 'href="#p-c"' in one and 'href="#p-a-1"' in one
    assert '<h3 id="p-c">' in two and '<h2 id="p-a-1">' in three and '<pre tabindex="0">' in three


def test_films_are_cards_that_open_them() -> None:
    card = (
        '<p class="film"><a href="https://www.youtube.com/watch?v=abcdefghijk" target="_blank" rel="noopener noreferrer">'
        'Bees<span class="film-host">Video: YouTube</span></a></p>'
    )
    assert made("[Bees](https://youtu.be/abcdefghijk?t=3)") == card
    assert made('<iframe src="//www.youtube.com/embed/abcdefghijk" title="Bees"></iframe>\n') == card
    assert "Video: Vimeo" in made("https://vimeo.com/123456789")
    assert made('a <iframe src="https://a.de/x" title="T"></iframe>').startswith('<p>a <a href="https://a.de/x"')
    framed = Converter(embed_videos=True).block("[Bees](https://youtu.be/abcdefghijk)", address=place)
    assert '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" title="Bees"' in framed
    assert made("see [Bees](https://youtu.be/abcdefghijk)").startswith("<p>see <a ")


def test_code_has_titles_and_colours() -> None:
    title = '<div class="code" data-language="Python"><p class="code-title">a.py</p><pre tabindex="0">'
    for fence in (
        '```python title="a.py" {1,3}',
        '```{.python filename="a.py"}',
        "```python:a.py",
        "```{code-block} python\n:caption: a.py",
    ):
        page = made(f"{fence}\nx = 1\n```\n")
        assert page.startswith(title) and '<span class="n">x</span>' in page, fence
    assert "<code>\tx" in made("```make\n\tx\n```").replace('<span class="w">', "").replace("</span>", "")
    assert made("```{r, include=FALSE}\nx\n```") == ""
    assert 'class="code diagram"' in made("```mermaid\ngraph TD\n```")
    assert list(diagrams("a\n```mermaid\nx\n```\n- ```{mermaid}\n  x\n  ```\n```py\n```\n")) == [2, 5]


def test_lines_are_read_as_github_reads_them() -> None:
    page = made(
        "**bold**text ~~gone~~ `` a`b `` snake_case_name __b__\\\nbreak H~2~O x^2^ \\* \\_ &copy; <kbd>K</kbd> www.a.de {: .x}"
    )
    assert page == (
        "<p><strong>bold</strong>text <del>gone</del> <code>a`b</code> snake_case_name <strong>b</strong><br>break "
        'H<sub>2</sub>O x<sup>2</sup> * _ © <kbd>K</kbd> <a href="https://www.a.de" target="_blank" '
        'rel="noopener noreferrer">www.a.de</a> </p>'
    )


def test_attributes_at_the_end_of_an_item_are_no_text() -> None:
    page = made('- a { .b #c d=e }\n- f {data-g}\n- { data-g="h" } i\n- j `{ .k }`\n- l {m} {n o}\n\n{ data-g="p" }\n')
    assert page == "<ul><li>a</li><li>f</li><li>i</li><li>j <code>{ .k }</code></li><li>l {m} {n o}</li></ul><p></p>"


def test_names_of_emoji_are_shown_as_such_and_stay_in_anchors() -> None:
    assert made("# :tada: T\n\n:tada: :no_such: 10:30:45") == '<h1 id="tada-t">🎉 T</h1><p>🎉 :no_such: 10:30:45</p>'
    assert (
        made("# 🎉 :tada: a `:tada:` \\:tada:") == '<h1 id="-tada-a-tada-tada">🎉 🎉 a <code>:tada:</code> :tada:</h1>'
    )


def test_what_asks_for_a_table_of_contents_or_names_a_place_is_not_shown() -> None:
    assert made("[TOC]\n\n* TOC\n{:toc}\n\n(here)=\n# T\n\n{ref}`t <here>`") == (
        '<a id="here"></a><h1 id="t">T</h1><p><a href="#here">t</a></p>'
    )


def test_cells_keep_to_their_sides() -> None:
    text = "| a | b | c |\n|:-:|--:|:--|\n| 1 | 2 | 3 |\n"
    assert made(text).startswith('<div class="scroll" role="group" tabindex="0" aria-label="Table"><table>')
    assert '<td class="centred">1</td><td class="end">2</td><td>3</td>' in made(text)
    assert '<td style="text-align:center">1</td>' in made(text, boxes=False) and "<div" not in made(text, boxes=False)


def test_markdown_in_a_tag_that_asks_for_it_is_read() -> None:
    page = made('<div class="x" markdown="1">\n- a *b*\n- c\n</div>\n\nd\n\n<div>\n- *raw*\n</div>\n')
    assert page == "<div><ul><li>a <em>b</em></li><li>c</li></ul></div><p>d</p><div>- *raw*</div>"


def test_ticks_are_boxes_with_labels_or_signs() -> None:
    text = "- [x] done\n- [ ] to do\n"
    assert made(text) == (
        '<ul><li class="task"><label><input checked disabled type="checkbox"> done</label></li>'
        '<li class="task"><label><input disabled type="checkbox"> to do</label></li></ul>'
    )
    assert "☑ done" in made(text, boxes=False) and "<input" not in made(text, boxes=False)


def test_footnotes_are_numbered_by_their_references() -> None:
    page = made("b[^b] a[^a] b[^b]\n\n[^a]: A *note*.\n[^b]: B.\n[^c]: Nobody's.\n\n[^none]")
    assert re.findall(r'<li id="([\w-]+)"', page) == ["fn-b", "fn-a", "fn-c"]
    assert re.findall(r'href="#(fn-\w+)" id="([\w-]+)">(\d)', page) == [
        ("fn-b", "fnref-b", "1"), ("fn-a", "fnref-a", "2"), ("fn-b", "fnref-b-1", "1"),
    ]  # fmt: skip
    assert "Nobody" in page and "[^none]" in page and 'aria-label="Back to the text (2)"' in page


def test_raw_html_is_kept_where_it_is_harmless() -> None:
    page = made(
        "<details open><summary>S</summary>\n\n**a**\n\n</details>\n\n<!-- gone -->\n"
        '<div onclick="x" style="position:fixed" class="skip"><script>bad()</script><b>un\n\n<style>p{}</style>\n\n<form><input name=q>x</form>\n'
    )
    assert page.startswith('<details open=""><summary>S</summary><p><strong>a</strong></p></details>')
    assert not re.search(r"gone|bad|onclick|position|skip|<form|<input|p\{", page) and "x</" in page


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", " javascript:x", "&#106;avascript:x", "file:///etc"],
)
def test_no_address_acts(address: str) -> None:
    page = made(
        f'[a]({address}) <a href="{address}">b</a> ![c](<{address}>) <img src="{address}"> <iframe src="{address}"></iframe>\n\n<video src="{address}"></video>'
    )
    root = html.fragment_fromstring(page, create_parent="div")
    assert not [one for one in root.iter() if one.get("href") or one.get("src")]


def test_small_pictures_may_stand_in_the_text() -> None:
    assert 'src="data:image/png;base64,AAAA"' in made("![x](data:image/png;base64,AAAA)")
    assert "svg" not in made("![x](data:image/svg+xml;base64,AAAA)")


def test_films_of_the_package_play_and_others_are_links() -> None:
    assert (
        made('<video src="a.mp4" autoplay>x</video>\n')
        == '<p><video src="files/a.mp4" controls="controls">x</video></p>'
    )
    assert made('<video><source src="b.webm">Words</video>\n') == "<p>Words</p>"
    assert 'href="https://a.de/b.mp4"' in made('<video src="https://a.de/b.mp4"></video>\n')


def test_mathematics_is_as_elsewhere() -> None:
    page = Converter(math=True).block("$a_b$ {math}`x`\n\n$$\n- x\n= y\n$$\n\n```{math}\nz\n```\n", address=place)
    assert page.count("<math ") == 4 and "<ul>" not in page
    assert "<math" not in made("$a_b$")


def test_text_from_right_to_left_keeps_its_direction() -> None:
    page = Converter(flow=Flow("he", "rtl")).block(
        "> [!NOTE]\n> all English words here\n\n```py\nx\n```\n", address=place
    )
    assert 'dir="ltr"' in page and '<pre tabindex="0" dir="ltr">' in page


MANY = {
    **{sign: sign * 30_000 for sign in "[>*_~`<&\\{#|$^=:"},
    "nested list": "".join("  " * level + "- x\n" for level in range(1_000)),
    "nested divs": "<div>" * 100_000,
    "nested tags": "<div>\n\n" * 10_000,
    "boxes": "::: note\n" * 1_500,
    "notes": "[^a] " * 5_000 + "\n\n[^a]: x",
    "one line": "a " * 500_000,
    "stars": "*a* " * 100_000,
    "links": "[a](b.md) " * 200_000,
    "table": "| a | b |\n|---|---|\n" + "| c | d |\n" * 3_000,
}


@pytest.mark.parametrize("name", MANY)
def test_any_document_becomes_a_page(name: str) -> None:
    assert made(MANY[name], top=2).strip() or name == ":"  # the end of a box that never began


def test_what_is_nested_too_deep_is_kept_as_text() -> None:
    assert "deepest" in made(
        "".join("  " * level + f"- {level}\n" for level in range(200)) + "  " * 200 + "- deepest\n"
    )
    assert "deepest" in made("> " * 200 + "deepest") and "deepest" in made("<div>" * 300 + "deepest")


SCRAPS = st.sampled_from(
    ["<div ", "<b", ">", "</b>", "</div>", "<img src=", "x.png", "onerror=a", "<script>", "</script>", "<a href='", "javascript:a", "'", '"',
     "<!--", "-->", "::: note\n", ":::\n", "> ", "- ", "    ", "\n", "\n\n", "`", "```", "[", "](", ")", "![", "*", "_", "<svg onload=a>", "&lt;",
     "<iframe src='", "<math>", "<style>", "<table>", "<td>", "[^a]", "[^a]: ", "$", "{: .x}", "{#a}", "\x02", "\ufdd00\ufdd1", "<details>", "=== \"a\"\n"]
)  # fmt: skip


@given(st.lists(SCRAPS, max_size=25).map("".join))
def test_nothing_that_acts_gets_through(text: str) -> None:
    root = html.fragment_fromstring(made(text, top=2) or "<p></p>", create_parent="div")
    for element in root.iter():
        assert element.tag not in ("script", "style", "svg", "object", "form", "iframe", "base", "meta", "link")
        assert not [name for name in element.attrib if name.startswith("on")]
        assert not element.get("href", "").lower().strip().startswith("javascript")
        assert "\ufdd0" not in (element.text or "")


@given(
    st.lists(
        st.sampled_from(
            [
                "w1 ",
                "w2 ",
                "> ",
                "- ",
                "1. ",
                "\n",
                "\n\n",
                "  ",
                "    ",
                "`",
                "*",
                "::: note\n",
                ":::\n",
                "!!! x\n",
                "# ",
                "| ",
                "|-|\n",
            ]
        ),
        max_size=20,
    ).map("".join)
)
def test_no_word_is_lost(text: str) -> None:
    page = "".join(html.fragment_fromstring(made(text) or "<p></p>", create_parent="div").itertext())
    rest = re.sub(r"(?m)^[ >\-1.]*(?::::|!!!).*$", "", text)
    assert page.count("w1") >= rest.count("w1") - text.count("|-|") * rest.count("w1")


@pytest.mark.parametrize(
    ("markdown", "page"),
    [
        ("[a *b*]{.slides} c", "<p><span>a <em>b</em></span> c</p>"),
        ("[[a]{.ex}]{.slides}", "<p><span>a</span></p>"),
        (
            "[see [b](https://b.de) c]{.mark}",
            '<p><mark>see <a href="https://b.de" target="_blank" rel="noopener noreferrer">b</a> c</mark></p>',
        ),
        ("a []{.notes} b", "<p>a <span></span> b</p>"),
        ("[a](b.md) {.x}", '<p><a href="files/b.md">a</a> {.x}</p>'),
    ],
)
def test_a_span_of_pandoc_may_hold_a_link_or_a_span(markdown: str, page: str) -> None:
    assert made(markdown) == page


@pytest.mark.parametrize("boxes", [True, False])
@pytest.mark.parametrize(
    "line",
    [
        *(
            "True",
            "Answer: B",
            "3.14",
            "1. a",
            "1986. A year",
            "12 apples",
            "a b  c",
            'it\'s "so"',
            "4/5 %",
            "a (b) – c",
        ),
        *(
            "www.x.y",
            "http://x.y",
            ":smile:",
            "a=b",
            "a == b",
            "x_1",
            "1 < 2",
            "AT&T",
            "naïve",
            "日本語",
            "עברית",
            "a\tb",
            "",
        ),
    ],
)
def test_a_line_of_words_is_made_as_any_text_is(line: str, boxes: bool) -> None:
    whole = WORDS.blocks([line], address=place, boxes=boxes)[0]
    assert WORDS.block(line, address=place, boxes=boxes) == whole


def test_what_leads_somewhere_is_made_for_each_place() -> None:
    text, places = "see [a](a.md) and *b*", ("one/a.md", "two/a.md")
    for there in (*places, *places):
        assert there in WORDS.block(text, address={"a.md": there}.get)
    assert WORDS.block("*b*", address=place) == WORDS.block("*b*", address=lambda _: None) == "<p><em>b</em></p>"
