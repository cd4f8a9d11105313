"""HTML of anybody's pages, turned back into Markdown that our readers read as it was meant."""

from coursewright.text.markdown.backwards.page import Dropped, Leading, Turned
from coursewright.text.markdown.backwards.turning import inline_of, markdown_of

__all__ = ["Dropped", "Leading", "Turned", "inline_of", "markdown_of"]
