"""The block parser that Python-Markdown gets from us: it reads blocks as GitHub does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree.ElementTree import ElementTree

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown_it import MarkdownIt

from coursewright.text.markdown.tree import Growth


class GitHubBlocks(Extension):
    """Gives a converter the block rules of a grammar; what stands in lines is still read by the converter."""

    def __init__(self, grammar: MarkdownIt, growth: Callable[[Markdown], Growth]) -> None:
        self._grammar, self._growth = grammar, growth
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.preprocessors.deregister("html_block")
        md.parser = _GitHubParser(md, self._grammar, self._growth(md))


class _GitHubParser(BlockParser):
    """Reads the blocks of a document; the targets that it defines are known to the converter then."""

    def __init__(self, md: Markdown, grammar: MarkdownIt, growth: Growth) -> None:
        super().__init__(md)
        self._grammar = grammar
        self.growth = growth

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 - the library's name
        found: dict[str, dict[str, dict[str, str]]] = {}
        tokens = self._grammar.parse("\n".join(lines), found)
        for label, target in found.get("references", {}).items():
            self.md.references[label.lower()] = (target["href"], target["title"])
        return ElementTree(self.growth.tree(tokens))
