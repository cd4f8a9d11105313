"""Shortcodes of Hugo and Quarto: `{{< figure >}}`, `{{< tab >}}`, `{{% notice %}}`, `{{< meta x >}}`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import field

from coursewright.frozen import slotted
from coursewright.readers.folder.forms import (
    FOLD_END,
    FOLDS,
    arguments,
    callout,
    callout_kind,
    first_of,
    fold,
    link,
    picture,
    target,
    vimeo,
    youtube,
)
from coursewright.readers.folder.lines import Lines, code_marks, dedented, hold, on_line
from coursewright.readers.folder.objectives import in_front
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.readers.folder.sourcefolder import RefusedError
from coursewright.text.markdown.values import Text

_TAG = re.compile(
    r"\{\{(?P<open>[<%])-?\s*(?P<end>/)?\s*(?P<name>\w[\w./-]*)(?P<rest>(?:[^{}\"`>%]|\"(?:[^\"\\]|\\.)*\"|`[^`]*`"
    r"|[>%](?!\}\}))*?)"
    r"\s*(?P<self>/)?-?[>%]\}\}"
)
_ESCAPED = re.compile(r"\{\{(?P<open>[<%])/\*(?P<inside>.*?)\*/(?P<close>[>%])\}\}")
_BARE = re.compile(r"\{\{<\s*([\w-]+)\s*/?>\}\}")
_VALUE = re.compile(
    r"\{\{-?\s*(?:\.Page|\$)?\.?[sS]ite\.Params\.(?P<name>[\w.]+)\s*(?:\|\s*default\s*\"(?P<default>[^\"]*)\")?\s*-?\}\}"
)
MAX_TEMPLATE = 4_096
_CYF_TAB = re.compile(r"\s*===\s*\[\[(?P<title>.+?)\]\]\s*===\s*$")
_QUIZZES = re.compile(
    r"(?:multiple-?choice|quiz(?:down)?|question|single-?choice|mcq|answers?|option)s?$", re.IGNORECASE
)
_SILENT = re.compile(
    r"(?:br|hr|pagebreak|fa[bs]?|bi|icon(?:ify)?|columns?|grid|steps?|clearfix|tocs?|section|block|div|wrapper"
    r"|(?:raw)?html"
    r"|unsafe|contributors|timer|slides?|fragment|attr|math|katex|latex)$"
)
_LINKS = frozenset(("button", "link", "card", "blocklink", "linkcard", "btn", "url", "cta", "link-card"))
_CLOSING = re.compile(r"\{\{[<%]\s*/\s*([\w-]+)")
_COLUMN = re.compile(r"\s*<-+>\s*$")
_MAX_LINES = 80


@slotted
class _Tags:
    rewriting: Rewriting
    paired: frozenset[str] = frozenset()  # names that the document closes somewhere
    tabs: int = 0
    open_tab: bool = False
    endings: list[tuple[str, str]] = field(default_factory=list)  # names that are open, and what closes each


def without_shortcodes(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines without shortcodes, with what they stand for where that is known. Quizzes stay as they are."""
    if not hold(lines, "{{<", "{{%"):
        return lines
    tags = _Tags(rewriting, frozenset(found for line in lines for found in _CLOSING.findall(line)))
    kept: Lines = []
    joined = _joined(lines, code_marks(lines, notebook=rewriting.notebook, indents=False))
    fenced = ""  # the name of a shortcode that holds code
    for line, code in joined:
        if fenced and re.search(rf"\{{\{{[<%]\s*/\s*{fenced}\b", line):
            kept, fenced = [*kept, Text("```", line.line)], ""
        elif code or fenced:
            kept.append(Text(_ESCAPED.sub(_unescaped, line), line.line) if "/*" in line else line)
        elif (
            (found := _TAG.match(line.strip()))
            and found["name"] in ("highlight", "mermaid", "code")
            and not found["end"]
        ):
            language = "mermaid" if found["name"] == "mermaid" else "".join(arguments(found["rest"])[0][:1])
            kept, fenced = [*kept, Text(f"```{language}", line.line)], found["name"]
        elif tags.tabs and (tab := _CYF_TAB.match(line)):
            kept += on_line(_next_tab(tags, tab["title"]), line.line)
        else:
            kept += [Text("", line.line)] if _COLUMN.match(line) else _line(line, tags)
    return dedented(kept)


def _joined(lines: Lines, marks: Sequence[bool]) -> list[tuple[Text, bool]]:
    """Return lines with each shortcode that stands on several of them on one; those of quizzes stay as they are."""
    found: list[tuple[Text, bool]] = []
    index = 0
    while index < len(lines):
        line, code = lines[index], marks[index]
        end = index + 1
        if not code and _unclosed(line) and not _QUIZZES.match(_name(line)):
            end = next(
                (
                    at + 1
                    for at in range(index + 1, min(len(lines), index + _MAX_LINES))
                    if re.search(r"[>%]\}\}", lines[at])
                ),
                end,
            )
            line = Text(" ".join(lines[index:end]), line.line)
        found.append((line, code))
        index = end
    return found


def _unclosed(line: str) -> bool:
    at = max(line.rfind("{{<"), line.rfind("{{%"))
    return at >= 0 and not re.search(r"[>%]\}\}", line[at:])


def _name(line: str) -> str:
    found = re.search(r"\{\{[<%]-?\s*/?\s*([\w./-]+)", line[max(line.rfind("{{<"), line.rfind("{{%")) :])
    return found[1] if found else ""


def _line(line: Text, tags: _Tags) -> Lines:
    if "{{<" not in line and "{{%" not in line:
        return [line]
    line = Text(_BARE.sub(lambda found: _own_text(found[1], tags.rewriting) or found[0], line), line.line)
    changed = _outside_spans(line, lambda found: _tag(found, line.line, tags))
    changed = _ESCAPED.sub(_unescaped, changed)
    return on_line(changed.split("\n"), line.line) if changed.strip() else []


def _own_text(name: str, rewriting: Rewriting) -> str:
    """Return what a shortcode of the course's own says, if its template is only a text or a value of the site."""
    path = next((one for one in rewriting.folder.named(f"{name}.html") if "layouts/shortcodes/" in f"/{one}"), "")
    if not path:
        return ""
    try:
        lines, _ = rewriting.folder.lines(path, path, MAX_TEMPLATE)
    except RefusedError:
        return ""
    text = " ".join(re.sub(r"<[^>]*>", "", " ".join(lines)).split())
    if found := _VALUE.fullmatch(text):
        return rewriting.value(f"params.{found['name']}") or rewriting.value(found["name"]) or found["default"] or ""
    return "" if "{{" in text else text


def _outside_spans(line: str, change: object) -> str:
    """Return a line with its tags changed, those in code left; a tag's own quotes may hold back-ticks."""
    parts: list[str] = []
    last = 0
    for found in re.finditer(rf"(?P<span>(?<!`)(?P<ticks>`+)(?!`).+?(?P=ticks)(?!`))|(?P<tag>{_TAG.pattern})", line):
        parts.append(line[last : found.start()])
        parts.append(found[0] if found["span"] else change(_TAG.match(found[0])))  # type: ignore[operator]
        last = found.end()
    return "".join([*parts, line[last:]])


def _unescaped(found: re.Match[str]) -> str:
    return f"`{{{{{found['open']}{found['inside']}{found['close']}}}}}`".replace("\n", " ")


def _tag(found: re.Match[str], line: int, tags: _Tags) -> str:
    name = found["name"].rsplit("/", 1)[-1].lower()
    if _QUIZZES.match(name) and "=" in found["rest"]:
        return found[0]
    if found["end"]:
        return _ended(name, tags)
    alone, named = arguments(found["rest"])
    shown = _shown(name, alone, named, line, tags.rewriting)
    if shown is not None:
        return shown
    return _opened(name, alone, named, found, line, tags)


def _shown(name: str, alone: list[str], named: dict[str, str], line: int, rewriting: Rewriting) -> str | None:
    """Return what a shortcode without an end shows, or None where it is of another kind."""
    first = alone[0] if alone else ""
    if name in ("youtube", "yt", "youtube-lite") and (code := first or first_of(named, "id", "src", "url")):
        return youtube(code, first_of(named, "title"))
    if name == "vimeo" and (code := first or first_of(named, "id")):
        return vimeo(code, first_of(named, "title"))
    if name in ("ref", "relref"):
        return _reference(first or first_of(named, "path"), rewriting)
    address = first_of(named, "src", "url", "link", "href", "image", "path") or first
    if name in ("video", "audio", "embed", "iframe") and address:
        shown = "Video" if name == "video" else posixpath.basename(address)
        return link(first_of(named, "title") or shown or "Video", address)
    if name in ("figure", "img", "image", "picture", "imgproc", "lightbox") and address:
        return picture(first_of(named, "src") or address, first_of(named, "alt", "title"), first_of(named, "caption"))
    if name in ("meta", "var", "param", "env"):
        return rewriting.value(first) or rewriting.leave_out(f"{{{{< {name} {first} >}}}}", line)
    if name == "objectives" and (listed := in_front(rewriting.document.front)):
        return "\n" + "\n".join(f"- {one}" for one in listed) + "\n"
    if name == "kbd":
        return "".join(f"<kbd>{one}</kbd>" for one in alone)
    return None


def _reference(path: str, rewriting: Rewriting) -> str:
    """Return the address of another document of the site, as a link can hold it."""
    name, hash_, anchor = path.partition("#")
    if not name:
        return f"#{anchor}"
    if rewriting.folder.is_file(posixpath.join(rewriting.home, name)):
        return name.replace(" ", "%20") + hash_ + anchor
    known = rewriting.options.names.by_name
    stem = posixpath.splitext(name.strip("/"))[0].lower()
    found = known.get(stem) if not name.startswith("/") and "/" not in name else None
    return (f"/{found}" if found else name).replace(" ", "%20") + hash_ + anchor


def _opened(name: str, alone: list[str], named: dict[str, str], found: re.Match[str], line: int, tags: _Tags) -> str:
    """Return what stands in place of a shortcode that begins a block, and remember what ends it."""
    title = first_of(named, "title", "header", "heading", "name", "label", "summary")
    if name in ("tabs", "tabpane", "tabset", "codetabs"):
        tags.tabs += 1
        return "\n:::::: tabs\n"
    if name in ("tab", "tab-item"):
        return "\n" + "\n".join(_next_tab(tags, title or " ".join(alone))) + "\n"
    if name in FOLDS:
        return fold(title or " ".join(alone))
    if name in _LINKS and (
        address := first_of(named, "href", "link", "url", "relref", "to")
        or (alone[0] if name == "url" and alone else "")
    ):
        words = first_of(named, "text", "title", "label")
        if not words and name in tags.paired and found["self"] is None:
            tags.endings.append((name, f"]({target(address)})"))
            return "["
        shown = link(words or address, address)
        return f"{shown} {first_of(named, 'caption', 'description')}".strip()
    if name == "tooltip":
        return f"{title} " if found["self"] is None else title
    if kind := callout_kind(name):
        style = next(
            (
                each
                for one in (first_of(named, "type", "kind", "style", "class", "status", "color"), *alone[:1])
                if (each := callout_kind(one))
            ),
            "",
        )
        words = title or " ".join(one for one in alone if not callout_kind(one))
        body = first_of(named, "text", "content", "body") if found["self"] else ""
        return "\n" + callout(style or kind, words) + (f"\n{body}\n::::" if found["self"] else "\n")
    if _SILENT.match(name):
        return ""
    text = tags.rewriting.value(f"shortcodes.{name}")
    return text if text is not None else tags.rewriting.leave_out(found[0], line)


def _ended(name: str, tags: _Tags) -> str:
    if tags.endings and tags.endings[-1][0] == name:
        return tags.endings.pop()[1]
    if name in ("tabs", "tabpane", "tabset", "codetabs"):
        tags.tabs = max(0, tags.tabs - 1)
        closed, tags.open_tab = tags.open_tab, False
        return f"\n{':::::' if closed else ''}\n\n::::::\n"
    if name in ("tab", "tab-item"):
        closed, tags.open_tab = tags.open_tab, False
        return "\n:::::\n" if closed else ""
    if name in FOLDS:
        return FOLD_END
    return "\n::::\n" if callout_kind(name) else ""


def _next_tab(tags: _Tags, title: str) -> list[str]:
    closing = [":::::", ""] if tags.open_tab else []
    tags.open_tab = True
    return [*closing, f"::::: tab {title}".rstrip(), ""]
