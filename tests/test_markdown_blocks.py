"""Documents have the blocks that GitHub reads in them: compared with a CommonMark parser, over documents real and nasty."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import nh3
import pytest
from lxml import html
from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler

from coursewright.text.markdown.grammar import lessons
from coursewright.text.markdown.html import Converter
from coursewright.text.markdown.rules import Rule

CORPUS = os.environ.get("COURSEWRIGHT_CORPUS", "")
REFERENCE = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
BLOCKS = {"ul", "ol", "li", "pre", "table", "tr", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "p"}
TAGS = BLOCKS | {"code", "details", "div", "em", "strong", "a", "thead", "tbody", "th", "td"}


def structure(made: str) -> str:
    """Return the blocks of a page, nested; paragraphs count where no list item holds them."""
    root = html.fragment_fromstring(
        nh3.clean(made, tags=TAGS, clean_content_tags={"script", "style"}), create_parent="div"
    )
    return " ".join(_blocks(root))


def _blocks(element: html.HtmlElement, holder: str = "") -> Iterator[str]:
    for child in element:
        tag = str(child.tag)
        shown = tag in BLOCKS and not (tag == "p" and (holder == "li" or not "".join(child.itertext()).strip()))
        inner = list(_blocks(child, tag if tag in BLOCKS else holder)) if tag != "pre" else []
        if shown:
            yield f"{tag}({' '.join(inner)})" if inner else tag
        else:
            yield from inner


def alike(converter: Converter, markdown: str) -> bool:
    """Say whether our page of a text has the blocks of the reference's."""
    return structure(converter.block(markdown, address=str)) == structure(REFERENCE.render(markdown))


NASTY = [
    "A paragraph\n- a list\n- right under it\n",
    "A paragraph\n1. one\n2. two\n\n2. no paragraph\n",
    "In 1984\n1984. is no list\n",
    "- a\n  - b\n    - c\n- d\n",
    "- a\n   - b\n      - c\n   - d\n",
    "1. a\n  - b\n2. c\n   - d\n",
    "1. one\n\n   ```sh\n   a\n\n   b\n   ```\n\n2. two\n",
    "- x\n  ```py\n  # no heading\n  ```\n  text\n",
    "<details>\n<summary>S</summary>\n\n## In it\n\n- **a**\n\n</details>\n\nafter\n",
    '<div align="center">\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n</div>\n',
    "> one\n\n> two\n",
    "> one\nlazy\n> - a\n> - b\n\nout\n",
    "Title\n=====\n\nOther\n---\n\ntext\n***\n",
    "- a\n\n- b\n\n  more\n- c\n",
    "* a\n- b\n+ c\n",
    "| a | b |\n|---|:-:|\n| `x \\| y` | \\| |\n| 1 |\n| 1 | 2 | 3 |\n\nnot | a table\n",
    "text\n| a | b |\n|---|---|\n| 1 | 2 |\nafter\n",
    "    code\n\n\tcode\n\ntext\n    no code\n",
    "- a\n\n      code in it\n\n- b\n",
    "~~~~md\n```\nx\n```\n~~~~\n",
    "```\nnever closed\n\n# no heading\n",
    "#no heading\n# Heading #\n####### seven\n",
    "[a]: /b 'c'\n[d]:\n/e\n\n[a] [d]\n",
    "1) a\n2) b\n10) c\n\n7. seven\n",
    "- [ ] a\n- [x] b\n\n  c\n",
    "<!-- a\n\n# no\n\n-->\n# Yes\n",
    "a  \nb\\\nc\n\n\n\nd\n",
    "- \n- b\n-\n",
    "***\n---\n___\n- - -\n",
    "> ```\n> a\nb\n",
    ">> deep\n> > deep\n>\n> shallow\n",
    "- > quoted\n  > more\n\n  - x\n",
    "<table><tr><td>\n\n**a**\n\n</td></tr></table>\n",
    "Term\n\n---\n\n- a\n***\n- b\n",
    "1. a\n\n1. b\n\n\n1. c\n# H\n1. d\n",
    "  - a\n - b\n- c\n",
    "* TOC\n1. x\n   * y\n      * z\n",
]


@pytest.mark.parametrize("markdown", NASTY)
def test_nasty_documents_have_the_blocks_that_github_reads(markdown: str) -> None:
    made = structure(Converter().block(markdown, address=str))
    assert made == structure(REFERENCE.render(markdown))


@pytest.mark.skipif(not CORPUS, reason="COURSEWRIGHT_CORPUS names no folder of documents")
def test_real_documents_have_the_blocks_that_github_reads() -> None:
    converter = Converter()
    paths = [path for path in sorted(Path(CORPUS).rglob("*.md")) if path.is_file()]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    differing = [str(path) for path, text in zip(paths, texts, strict=True) if not alike(converter, text)]
    assert len(differing) <= 0.03 * len(paths), differing


LINES = [
    *("text", "", "# heading", "---", "===", "- item", "* * *", "+ item", "2. item", "> quote", "[a]: b", "[^n]: note"),
    *("```", "~~~ {note}", "<div>", "| a | b |", "|---|---|", ": said", "::: note", "!!! note", "(place)=", "{: .tip}"),
    *("$$", "    indented", "  - nested", '=== "Tab"'),
]


@pytest.mark.parametrize("first", LINES)
def test_a_line_becomes_what_it_would_if_every_rule_saw_it(first: str) -> None:
    quick = lessons.__wrapped__(math=True)
    texts = [f"{first}\n{second}\ntext\n" for second in LINES]
    made = [quick.parse(text) for text in texts]
    every: Ruler[Rule] = Ruler()
    every.__rules__ = quick.block.ruler.__rules__
    quick.block.ruler = every
    assert made == [quick.parse(text) for text in texts]
