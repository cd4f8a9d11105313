"""Listings: code between fences, in the language that one of many highlighters names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, takewhile

from lxml.etree import _Element as Element

from coursewright.text.markdown.backwards.page import Source, classes, words
from coursewright.text.names import between_blanks

_NAMED = re.compile(
    r"(?:language|lang|highlight-source|highlight-text|highlight|brush|mw-highlight-lang|src)[-:_](?P<name>[\w+#.-]+)",
)
_BRUSH = re.compile(r"(?:brush|lang|language)\s*:\s*(?P<name>[\w+#.-]+)", re.IGNORECASE)
_SAYS = ("data-language", "data-lang", "data-enlighter-language", "data-code-language", "data-programming-language",
         "data-syntaxhighlighter-params")  # fmt: skip
_NO_LANGUAGE = frozenset(
    ["none", "nohighlight", "default", "generic", "auto", "undefined", "unknown", "no-highlight", "plain-text", "raw"]
)
_USUAL = {"docker": "dockerfile", "c++": "cpp"}  # where authors do not use Pygments' first name
# Classes of highlighters that are followed, or preceded, by one that is a language.
_HIGHLIGHTERS = frozenset(
    ["hljs", "sourcecode", "prettyprint", "syntaxhighlighter", "prism-code", "codehilite", "chroma", "geshi", "shiki"]
)
_OF_LOOKS = frozenset(
    [
        *("numbersource", "numberlines", "linenums", "lineno", "notranslate", "highlighter-rouge", "line-numbers"),
        *("prettyprinted", "copyable", "wrap", "nogutter", "code", "highlight", "literal-block", "code-block", "pre"),
        *("wp-block-code", "listing", "source", "programlisting", "screen", "hljs-copy-wrapper", "codesample", "dark"),
        *("light", "theme", "github-dark", "github-light", "github", "monokai", "console-output", "run", "toggle"),
    ]
)
_NUMBERS = frozenset(
    ["gutter", "rouge-gutter", "linenos", "linenodiv", "lineno", "line-numbers-rows", "lntd-numbers", "hljs-ln-numbers",
     "blob-num", "crayon-nums", "ln-num", "codemirror-linenumber", "codemirror-gutter-wrapper", "codemirror-gutters",
     "syntaxhighlighter-line-numbers", "code-toolbar-item", "toolbar", "copy-button", "copybtn", "o-tooltip--left"]
)  # fmt: skip
_LINES = frozenset(["line", "codemirror-line", "cm-line", "view-line", "token-line", "crayon-line", "hljs-ln-line"])
_BLOCK_HOLDERS = frozenset(["syntaxhighlighter", "codemirror", "cm-editor", "crayon-syntax", "code-listing"])
_TITLES = frozenset(["code-title", "code-block-caption", "filename", "code-header", "codeblocktitle"])


def is_listing(element: Element) -> bool:
    """Say whether an element is a listing of code, or holds one and nothing else but its name and its numbers."""
    if element.tag == "pre":
        return True
    named = set(classes(element))
    if element.tag not in ("div", "figure", "td", "table", "section") or not named:
        return False
    if named & _BLOCK_HOLDERS:
        return bool(words(element))
    highlights = named & (_HIGHLIGHTERS | {"highlight", "code", "code-block", "literal-block-wrapper", "rouge-table"})
    if not highlights and not any(_NAMED.match(name) for name in named):
        return False
    listings = [one for one in islice(element.iter("pre"), 3) if not _is_numbered_off(one, element)]
    return len(listings) == 1 and _holds_only(element, listings[0])


def _is_numbered_off(listing: Element, whole: Element) -> bool:
    """Say whether what looks like a listing holds the numbers of its lines."""
    above = takewhile(lambda one: one is not whole, listing.iterancestors())
    return _is_numbering(listing) or any(map(_is_numbering, above))


def _holds_only(element: Element, listing: Element) -> bool:
    inside = {listing, *listing.iterdescendants()}
    return not any(
        (one.text or "").strip() and not _is_numbering(one) and not _TITLES & set(classes(one)) and one.tag != "button"
        for one in element.iter()
        if one not in inside and not any(_is_numbering(above) for above in one.iterancestors("pre", "td", "div"))
    )


def _is_numbering(element: Element) -> bool:
    return bool(_NUMBERS & set(classes(element)))


def listing(source: Source, element: Element) -> list[str]:
    """Return a listing between fences."""
    code = code_of(element)
    if not code.strip():
        return []
    ticks = "`" * max((len(run) + 1 for run in re.findall("^[ \t>]*(`{3,})", code, re.MULTILINE)), default=3)
    title = next((words(one) for one in element.iter() if _TITLES & set(classes(one))), "")
    language = "mermaid" if any("diagram" in classes(one) for one in element.iter("div")) else language_of(element)
    if language == "mermaid":
        title = ""
    named = ' title="{}"'.format(title.replace('"', "'")) if title else ""
    return [f"{ticks}{language or ('text' if named else '')}{named}\n{code}\n{ticks}"]


def code_of(element: Element) -> str:
    """Return the code of a listing as it was written, without the numbers of its lines."""
    found = [one for one in element.iter("pre") if not _is_numbered_off(one, element)]
    whole = found[0] if len(found) == 1 else element
    code = "".join(_written(whole, False)).replace("\xa0", " ").replace("\u200b", "")
    return "\n".join(between_blanks([line if line.strip() else "" for line in code.split("\n")]))


def _written(element: Element, after_line: bool) -> Iterator[str]:
    """Yield the code in an element; lines that are elements each end one."""
    yield element.text or ""
    ended = after_line
    for child in element:
        named = set(classes(child))
        if child.tag == "br":
            yield "\n"
        elif not (_is_numbering(child) or _TITLES & named or child.tag == "button"):
            is_line = bool(named & _LINES) or child.tag in ("div", "tr", "li", "p", "pre")
            inner = "".join(_written(child, ended))
            yield inner
            if is_line and not inner.endswith("\n") and not _ends_itself(child):
                yield "\n"
        yield child.tail or ""


def _ends_itself(line: Element) -> bool:
    """Say whether a line's end stands behind it."""
    if (line.tail or "").startswith("\n"):
        return True
    after = line.getnext()
    return not line.tail and after is not None and after.tag == "br"


def language_of(element: Element) -> str:
    """Return the language that a listing, something in it or right around it says it is in."""
    around = [
        one for one, _ in zip(element.iterancestors("div", "figure", "pre", "td", "table"), range(2), strict=False)
    ]
    inside = islice(element.iterdescendants("pre", "code", "div", "table", "td", "samp"), 12)
    alone = [one for one in around if len(list(islice(one.iter("pre"), 3))) <= 2 and one.get("class")]
    for one in (element, *inside, *alone):
        if found := _said(one):
            return _short(found)
    return ""


def _said(element: Element) -> str:
    for name in _SAYS:
        value = element.get(name, "").strip()
        if value:
            found = _BRUSH.match(value)
            return (found["name"] if found else value.split(";")[0].strip()).lower()
    written = element.get("class", "")
    if found := _BRUSH.search(written):
        return found["name"].lower()
    named = classes(element)
    for name in named:
        if (found := _NAMED.fullmatch(name)) and (name.startswith("lang") or found["name"] not in _OF_LOOKS):
            return found["name"]
    if (_HIGHLIGHTERS | {"highlight"}) & set(named) or element.tag == "code":
        rest = [
            one for one in named if one not in _HIGHLIGHTERS and one not in _OF_LOOKS and not one.startswith("hljs")
        ]
        return next((one for one in rest if _is_language(one)), "")
    return next((one for one in named if _is_language(one)), "") if element.tag == "pre" else ""


def _is_language(name: str) -> bool:
    return _lexer(name) is not None


def _short(name: str) -> str:
    """Return the name by which authors call a language, of one that a highlighter gives it."""
    name = name.strip().lower()
    if name in _NO_LANGUAGE or (re.search(r"[\s`{}\"']", name) and _lexer(name) is None):
        return ""
    found = _lexer(name) if re.search(r"[\s]", name) else None
    short = found or re.sub(r"^(?:source-|text-html-)", "", name)
    return _USUAL.get(short, short)


def _lexer(name: str) -> str | None:
    """Return the shortest usual name of a language that Pygments knows by this one, or None."""
    return _lexers().get(name.lower())


@lru_cache
def _lexers() -> dict[str, str]:
    from pygments.lexers import get_all_lexers  # type: ignore[import-untyped]

    known: dict[str, str] = {}
    for full, aliases, _, _ in get_all_lexers(plugins=False):
        for one in (full.lower(), *aliases):
            known.setdefault(one, aliases[0] if aliases else one)
    return known
