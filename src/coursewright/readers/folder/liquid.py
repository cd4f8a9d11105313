"""Jekyll's and GitBook's tags: `{% include figure.html %}`, `{% highlight %}`, `{{ page.root }}`, `{: .note}`."""

from __future__ import annotations

import re

from coursewright.readers.folder.forms import (
    FOLD_END,
    FOLDS,
    arguments,
    callout,
    callout_kind,
    first_of,
    fold,
    is_picture,
    link,
    picture,
    vimeo,
    youtube,
)
from coursewright.readers.folder.includes import Wanted, included, located
from coursewright.readers.folder.lines import Lines, code_marks, hold, on_line, outside_code
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.text.markdown.values import Text

_TAG = re.compile(r"(?<!\{)\{%-?\s*(?P<name>/?[\w.-]+)(?P<rest>(?:(?!\{%|%\}).)*?)-?%\}")
_OUTPUT = re.compile(
    r"\{\{-?(?P<what>\s[^{}]*?|[\"'][^{}]*?|[a-z_]+\.[\w.\[\]\"'-]+(?:\s*\|[^{}]*?)?|[a-z_]\w*\([^{}]*\)\s*?)-?\}\}"
)
# Parts of a theme, which hold nothing for learners.
_THEME = re.compile(
    r"(?:links\.md|base_path|toc|head|header|footer|nav|navbar|navigation|sidebar|scripts?|analytics)(?:\.html)?$"
)
_STRING = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)')")
_ROOTS = frozenset(
    (
        "page.root",
        "site.baseurl",
        "site.url",
        "relative_root_path",
        "site.root",
        "base_path",
        "page.baseurl",
        "repo_url",
    )
)
_DROPPED_REGIONS = frozenset(("comment", "for", "capture", "schema", "javascript", "tablerow"))
_SILENT = re.compile(
    r"(?:(?:end)?(?:if|unless|raw|code|stepper|step|content-ref|block|case|columns?|embed|file|video)|elsif|else"
    r"|assign"
    r"|when|endhighlight|increment|decrement|cycle|break|continue|toc)$"
)
# The parts of an exercise of GitBook's: what begins each, and what ends it.
_EXERCISE = {
    "exercise": ("\n::::: exercise\n", ""),
    "initial": ("```js", "```"),
    "solution": (":::: solution\n\n```js", "```\n\n::::"),
    "validation": (":::: instructor\n\n```js", "```\n\n::::"),
    "context": (":::: instructor\n\n```js", "```\n\n::::"),
    "endexercise": (":::::\n", ""),
}


def without_liquid(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines without Liquid's tags, with what they stand for where that is known."""
    if not hold(lines, "{%", "{{"):
        return lines
    lines = [Text(_fenced(line), line.line) if "highlight" in line else line for line in lines]
    kept: Lines = []
    region = ""  # what is left out up to its end
    raw = False
    fenced = ""  # what closes the part of an exercise that is open
    marks = code_marks(lines, notebook=rewriting.notebook)
    for line, code in zip(lines, marks, strict=True):
        if region:
            region = "" if re.search(rf"\{{%-?\s*end{region}\b", line) else region
            continue
        found = _TAG.search(line) if "{%" in line and not code else None
        if found and found["name"] in _DROPPED_REGIONS:
            ended = re.search(rf"\{{%-?\s*end{found['name']}\b", line)
            region = "" if ended else found["name"]
            if found["name"] != "comment":
                rewriting.leave_out(found[0], line.line)
        elif code:
            if line.strip().strip("{}%- ") not in ("raw", "endraw"):
                kept.append(line)
        elif found and found["name"] in _EXERCISE and found[0] == line.strip():
            fenced, shown = _exercise(found["name"], fenced)
            kept += on_line(shown, line.line)
        else:
            raw = (raw or bool(re.search(r"\{%-?\s*raw\b", line))) and "endraw" not in line
            kept += _line(line, rewriting, raw=raw or "endraw" in line)
    return kept


def _fenced(line: str) -> str:
    """Return a line that begins or ends highlighted code as a fence."""
    found = _TAG.fullmatch(line.strip())
    if not found or found["name"] not in ("highlight", "endhighlight"):
        return line
    return "```" + "".join(arguments(found["rest"])[0][:1] if found["name"] == "highlight" else [])


def _exercise(name: str, closing: str) -> tuple[str, list[str]]:
    """Return what closes the part of GitBook's exercise that begins, and the lines that end the last and begin this."""
    ending = [*closing.split("\n"), ""] if closing else []
    opening, closing = _EXERCISE[name]
    return closing, [*ending, *opening.split("\n")]


def _line(line: Text, rewriting: Rewriting, *, raw: bool) -> Lines:
    if "{%" not in line and "{{" not in line:
        return [line]

    def change(text: str) -> str:
        text = _TAG.sub(lambda found: _tag(found, line.line, rewriting), text) if "{%" in text else text
        if raw:
            return text.replace("{{", "&#123;&#123;").replace("}}", "&#125;&#125;")
        return _OUTPUT.sub(lambda found: _output(found, line.line, rewriting), text) if "{{" in text else text

    changed = outside_code(line, change)
    return on_line(changed.split("\n"), line.line) if changed.strip() else []


def _tag(found: re.Match[str], line: int, rewriting: Rewriting) -> str:
    name, rest = found["name"].lower(), found["rest"].strip()
    alone, named = arguments(rest)
    if name in ("include", "include_cached", "render", "component"):
        return _include(found, line, rewriting)
    if name in ("link", "post_url"):
        return "/" + rest.lstrip("/")
    if name in ("youtube", "youtube_embed", "yt") and (alone or named):
        return youtube(alone[0] if alone else first_of(named, "id", "url", "video"))
    if name == "vimeo" and alone:
        return vimeo(alone[0])
    return _block_tag(found, name, alone, named, line, rewriting)


def _block_tag(
    found: re.Match[str], name: str, alone: list[str], named: dict[str, str], line: int, rewriting: Rewriting
) -> str:
    """Return what stands in place of a tag that begins or ends a block, or shows something of the web."""
    if name in ("tabs", "endtabs"):
        return "\n:::::: tabs" if name == "tabs" else "\n::::::"
    if name == "tab":
        return f"\n::::: tab {first_of(named, 'title', 'name') or ' '.join(alone)}"
    if name == "endtab":
        return "\n:::::"
    if name in ("embed", "video", "file", "image") and (address := first_of(named, "url", "src") or "".join(alone[:1])):
        shown = link(first_of(named, "title") or address, address)
        return picture(address, first_of(named, "alt")) if is_picture(address) else f"{shown}\n"
    if name in FOLDS:
        return fold(first_of(named, "title", "summary") or " ".join(alone))
    if name.removeprefix("end") in FOLDS:
        return FOLD_END
    if name.startswith(("end", "/")) and callout_kind(name.removeprefix("end").removeprefix("/")):
        return "\n::::"
    if kind := callout_kind(name):
        style = callout_kind(first_of(named, "style", "type", "kind") or (alone[0] if alone else ""))
        return "\n" + callout(style or kind, first_of(named, "title"))
    return "" if _SILENT.match(name) else rewriting.leave_out(found[0], line)


def _include(found: re.Match[str], line: int, rewriting: Rewriting) -> str:
    """Return a picture, a video, or the text of a file of Markdown, in place of an include; else nothing."""
    alone, named = arguments(found["rest"])
    file = alone[0].lower() if alone else ""
    named = {key: _plain_output(value, rewriting) for key, value in named.items()}
    address = first_of(
        named, "url", "src", "image", "image_path", "img", "path", "file", "image_url", "filename", "name"
    )
    if is_picture(address):
        return picture(address, first_of(named, "alt", "title"), first_of(named, "caption", "description"))
    if any(name in file for name in ("youtube", "video", "vimeo")):
        code = first_of(named, "id", "video_id", "videoid", "code", "url", "src", "youtube_id", "video")
        if code:
            return (
                vimeo(code) if "vimeo" in f"{file} {named.get('provider')}" else youtube(code, first_of(named, "title"))
            )
    if file.endswith((".md", ".markdown")) and located(f"_includes/{file}", rewriting):
        lines = included(Wanted(f"_includes/{alone[0]}", "", line), rewriting)
        return "\n".join(lines or [])
    text = first_of(named, "content", "text", "body")
    if text and (kind := callout_kind(file.split("/")[-1].split(".")[0])):
        return f"\n{callout(kind, first_of(named, 'title'))}\n{text}\n::::\n"
    return "" if _THEME.match(file) else rewriting.leave_out(found[0], line)


def _plain_output(value: str, rewriting: Rewriting) -> str:
    return _OUTPUT.sub(lambda found: _output(found, 0, rewriting), value) if "{{" in value else value


def _output(found: re.Match[str], line: int, rewriting: Rewriting) -> str:
    """Return the value of `{{ ... }}`: a text, the way to the root of the site, or what the course says of a name."""
    what = found["what"].strip()
    if text := _STRING.match(what):
        return text[1] or text[2] or ""
    name = what.split("|")[0].strip()
    if name in _ROOTS:
        return ""
    value = rewriting.value(name.removeprefix("page.").removeprefix("site."))
    if value is None:
        substitutions = rewriting.value(f"substitutions.{name}") or rewriting.value(f"myst.substitutions.{name}")
        return substitutions or rewriting.leave_out(found[0], line)
    return value
