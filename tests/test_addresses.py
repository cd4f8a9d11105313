"""What a Markdown text leads to, and its headings."""

from __future__ import annotations

import pytest

from coursewright.text.markdown.addresses import Address, Heading, addresses, headings

TEXT = """\
# Title `code` & *more* {#given}

A [link](a.md "t") and ![pic](<p q.png>), `[no](no.md)` and \\[no](no.md)
[ref][R] <a href="x.html#y"
 id=z>text <b>b</b></a>

[![nested](pic.png)](target.md)

<!-- [c](c.md)

[c2](c3) <a href="c4">-->
```md
[no](no.md)
# no
```
<p align="center"><img src="i.png" alt="Alt">
<a href='b.md'>B
b</a> <!-- <img src="no"> -->
</p>

- item [a_b](c_d_e.md)
  > [q](q&amp;r.md)

[r]: ref.md 'T'
"""


def test_links_and_pictures_are_found_with_their_lines() -> None:
    assert list(addresses(TEXT)) == [
        Address("a.md", 3, False, "link"),
        Address("p q.png", 3, True, "pic"),
        Address("ref.md", 4, False, "ref"),
        Address("x.html#y", 4, False, "text b"),
        Address("target.md", 7, False, "nested"),
        Address("pic.png", 7, True, "nested"),
        Address("i.png", 16, True, "Alt"),
        Address("b.md", 17, False, "B b"),
        Address("c_d_e.md", 21, False, "a_b"),
        Address("q&r.md", 22, False, "q"),
    ]


def test_headings_have_the_anchors_of_github() -> None:
    text = (
        "# What's *new* in `v1.0`?\n\nSame\n----\n\n## Same\n\n```sh\n# no\n```\n<!--\n# no\n-->\n\n"
        '<h1 align="center">The <b>HTML</b> title</h1>\n\n## Own {#my-id .x}\n### हिन्दी 日本 – x\n> # Quoted #\n'
    )
    assert list(headings(text)) == [
        Heading(1, "What's *new* in `v1.0`?", "whats-new-in-v10", 1),
        Heading(2, "Same", "same", 3),
        Heading(2, "Same", "same-1", 6),
        Heading(1, "The HTML title", "the-html-title", 15),
        Heading(2, "Own", "my-id", 17),
        Heading(3, "हिन्दी 日本 – x", "हिन्दी-日本--x", 18),
        Heading(1, "Quoted", "quoted", 19),
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 40_000, ">" * 100_000, "*" * 100_000, "<a " * 50_000, "<!--" * 50_000, "<a href='x'>" * 30_000),
        *("\n".join(["<h1>"] * 20_000), ("[" * 500 + "\n\n") * 50, "- " * 50_000, "a " * 500_000),
    ],
    ids=lambda text: text[:6],
)
def test_any_text_is_looked_into_to_its_end(text: str) -> None:
    lines = text.count("\n") + 1
    assert all(1 <= found.line <= lines for found in addresses(text))
    assert all(1 <= found.line <= lines for found in headings(text))


def test_more_links_than_are_read_are_found_all_the_same() -> None:
    found = list(addresses("[a](x.md) ![b](<y z.png>)\n" * 1_000))
    assert len(found) == 2_000
    assert found[1] == Address("y z.png", 1, True, "b")
