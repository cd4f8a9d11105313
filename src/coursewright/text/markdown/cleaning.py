"""HTML without anything that could act on a page: the cleaner of all that authors and converter make."""

from __future__ import annotations

from functools import lru_cache

import nh3

from coursewright.text.markdown.formulas import ATTRIBUTES, ELEMENTS

_TAGS = frozenset(
    [
        *("a", "abbr", "audio", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup"),
        *("dd", "del"),
        *("details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
        *("i", "iframe", "img", "input", "ins", "kbd", "label", "li", "mark", "ol", "p", "pre", "q", "rp", "rt"),
        *("ruby", "s", "samp"),
        *("section", "small", "source", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "time", "tr", "track", "u", "ul", "var", "video", "wbr"),
    ]
)
_GONE = frozenset(("script", "style", "template", "object", "embed", "applet", "noembed", "head", "title", "xml"))
_ATTRIBUTES = {
    "*": {"id", "title", "lang", "dir"},
    "a": {"href", "name", "aria-label"},
    "audio": {"src", "controls"},
    "col": {"span"},
    "details": {"open", "aria-label"},
    "div": {"aria-label"},
    "iframe": {"src"},
    "img": {"src", "alt", "width", "height"},
    "input": {"disabled", "checked"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan", "style", "align"},
    "th": {"colspan", "rowspan", "scope", "style", "align"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"src", "poster", "controls", "width", "height"},
}
# What our style sheet knows, and what it gives to an author's element does no harm.
_OURS = {"callout-title", "anchored", "tab", "tabs", "tab-title", "code", "code-title", "diagram", "footnotes"}
_KINDS = (
    *("note", "tip", "hint", "important", "warning", "caution", "example", "exercise", "solution", "questions"),
    *("objectives", "prerequisites", "keypoints", "discussion", "definition", "more", "quote"),
)
_CLASSES = {*_OURS, "callout", *(f"callout-{kind}" for kind in _KINDS), "footnote-ref", "footnote-back"}


@lru_cache
def _cleaner() -> nh3.Cleaner:
    tags = ("div", "p", "details", "summary", "section", "sup", "a", "table", "blockquote")
    return nh3.Cleaner(
        tags=_TAGS | ELEMENTS,
        clean_content_tags=set(_GONE),
        attributes={**_ATTRIBUTES, **{name: set(ATTRIBUTES) | {"alttext"} for name in ELEMENTS}},
        tag_attribute_values={"div": {"role": {"note"}}, "input": {"type": {"checkbox"}}},
        allowed_classes={**dict.fromkeys(tags, _CLASSES), "li": {"task"}},
        filter_style_properties={"text-align"},
        url_schemes={"http", "https", "mailto", "tel", "data"},
        link_rel=None,
    )


def cleaned(html: str) -> str:
    """Return HTML that is safe and whole: every tag closed, no comments, no scripts, styles, forms or handlers."""
    return str(_cleaner().clean(html))
