"""Listings of code: what the words behind a fence say of them, and their highlighting."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from coursewright.text.markdown.boxes import attributes
from coursewright.text.patterns import later

_LONGEST = 60_000  # characters of a listing, from which on it is not highlighted
_BRACED = later(r"^\{(?P<inner>[^{}]*)\}[ \t]*(?P<rest>.*)$")
_LANGUAGE = later(r"^(?P<name>[^\s{},:\[\"']+)(?::(?P<file>[^\s{}]+))?")
_TITLE = later(r"(?:^|[\s,{])(?:title|filename|file|caption|name)\s*[=:]\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s{}]+))")
_BRACKETED = later(r"\s\[([^\]]+)\]")
_DIRECTIVES = frozenset(
    ("code", "code-block", "code-cell", "sourcecode", "prompt", "exec_code", "parsed-literal", "literalinclude")
)
_ENGINES = frozenset(
    [
        *("asis", "awk", "bash", "c", "cat", "console", "cpp", "css", "dot", "error", "fortran", "go", "haskell"),
        *("html", "ipython3", "java", "javascript", "js", "json", "julia", "latex", "matlab", "mermaid", "node"),
        *("octave", "ojs", "output", "perl", "powershell", "python", "python3", "r", "rcpp", "ruby", "rust", "sas"),
        *("scala", "sed", "sh", "sql", "stan", "tex", "text", "typescript", "verbatim", "yaml", "zsh"),
    ]
)
_UNCOLOURED = frozenset(("text", "plain", "txt", "output", "mermaid", "none", "ascii"))
_ALIASES = {
    "jsonc": "json", "json5": "json", "terminal": "console", "shell-session": "console", "plaintext": "text",
    "vue": "html", "svelte": "html", "mdx": "md", "ipython": "python", "ipython3": "python", "node": "js",
    "tf": "terraform", "dotenv": "bash", "env": "bash", "proto": "protobuf", "rmd": "md", "qmd": "md",
}  # fmt: skip
_OPTION = later(r"^:([\w-]+):[ \t]*(.*)$")


class CodeListing(NamedTuple):
    """A listing: its code, its language as its author calls it, and its title."""

    code: str
    language: str = ""
    title: str = ""

    @property
    def is_diagram(self) -> bool:
        """Whether it draws a picture, which we do not."""
        return self.language == "mermaid"


def listing(info: str, code: str) -> CodeListing:
    """Return the listing of a fence."""
    info = info.strip()
    if found := _BRACED.match(info):
        return _of_attributes(found["inner"].strip(), found["rest"], code)
    named = _LANGUAGE.match(info)
    if not named:
        return CodeListing(code, "", _title(info))
    language = named["name"].lower()
    return CodeListing(code, _ALIASES.get(language, language), _title(info[named.end("name") :]) or named["file"] or "")


def _title(words: str) -> str:
    if found := _TITLE.search(words):
        return found[1] or found[2] or found[3] or ""
    found = _BRACKETED.search(f" {words}")
    return found[1] if found else ""


def _of_attributes(inner: str, rest: str, code: str) -> CodeListing:
    """Return the listing of a fence with braces: of Pandoc's attributes, a cell of a notebook, or a directive."""
    if inner[:1] in (".", "#"):
        parsed = attributes(inner)
        language = parsed.classes[0].lower() if parsed.classes else ""
        return CodeListing(code, _ALIASES.get(language, language), _title(inner))
    name = re.split(r"[\s,]", inner, maxsplit=1)[0].lower()
    lines = code.split("\n")
    if name in _DIRECTIVES:
        options, skipped = options_of(lines)
        language = rest.strip().lower()
        code = "\n".join(lines[skipped:])
        return CodeListing(code, _ALIASES.get(language, language), options.get("caption", options.get("title", "")))
    title = next((line.partition(":")[2].strip(" \"'") for line in lines if line.startswith("#| filename:")), "")
    code = "\n".join(line for line in lines if not line.startswith(("#|", "//|", "%%|")))
    return CodeListing(code, _ALIASES.get(name, name), title)


def options_of(lines: list[str]) -> tuple[dict[str, str], int]:
    """Return the options at the beginning of a directive, and how many lines they take."""
    options: dict[str, str] = {}
    if lines and lines[0].strip() == "---":
        end = next((at for at, line in enumerate(lines[1:20], start=1) if line.strip() == "---"), 0)
        pairs = (line.partition(":") for line in lines[1:end])
        return {key.strip(): value.strip(" \"'") for key, colon, value in pairs if colon}, end + 1 if end else 0
    for number, line in enumerate(lines):
        found = _OPTION.match(line.strip())
        if not found:
            return options, number
        options[found[1].lower()] = found[2].strip()
    return options, len(lines)


def directive(info: str) -> tuple[str, str] | None:
    """Return the name of MyST's directive that a fence is, and what stands behind it; None where it is code."""
    found = _BRACED.match(info.strip())
    if not found or found["inner"].strip()[:1] in (".", "#", "") or "=" in found["inner"]:
        return None
    name = found["inner"].strip().lower()
    is_code = name in _DIRECTIVES or re.split(r"[\s,]", name, maxsplit=1)[0] in _ENGINES or " " in name
    return None if is_code else (name, found["rest"].strip())


def is_hidden(info: str, code: str) -> bool:
    """Say whether a cell of a notebook is not to be shown."""
    if not info.lstrip().startswith("{"):
        return False
    words = info.replace(" ", "").lower()
    return any(one in words for one in ("include=false", "echo=false")) or any(
        line.replace(" ", "").lower() in ("#|include:false", "#|echo:false") for line in code.split("\n", 10)[:10]
    )


def titled(listing: CodeListing, title: str = "") -> str:
    """Return the HTML of a listing below its own title, or this one, if there is any."""
    title = listing.title or title
    if not title:
        return highlighted(listing)
    opening, made = highlighted(listing).split(">", 1)
    opening = opening.replace('"code"', '"code diagram"') if listing.is_diagram else opening
    return f'{opening}><p class="code-title">{escape(title)}</p>{made}'


@lru_cache(maxsize=1024)  # each format shows the same listings
def highlighted(listing: CodeListing) -> str:
    """Return the HTML of a listing, which says the name of its language."""
    code = listing.code.strip("\n")
    lexer = _lexer(listing.language) if listing.language and len(code) <= _LONGEST else None
    if lexer is None:
        text = escape(code, quote=False).replace('"', "&quot;").replace("'", "&#39;")
        named = f' class="language-{escape(listing.language)}"' if listing.language else ""
        return f'<div class="code"><pre><span></span><code{named}>{text}\n</code></pre></div>\n'
    from pygments import highlight  # type: ignore[import-untyped]

    made = str(highlight(code, lexer, _formatter()))
    return made.replace('<div class="code">', f'<div class="code" data-language="{escape(lexer.name)}">', 1)


@lru_cache(maxsize=256)
def _lexer(language: str) -> Any:
    """Return what colours a language, or None where nobody knows how to."""
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]

    try:
        return None if language in _UNCOLOURED else get_lexer_by_name(language)
    except (ClassNotFound, ValueError):
        return None


@lru_cache
def _formatter() -> object:
    from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]

    return HtmlFormatter(cssclass="code", wrapcode=True)
