"""MDX, as Docusaurus and other sites write it: import lines, components, pictures given by code."""

from __future__ import annotations

import json
import re

from coursewright.readers.folder.forms import (
    FOLD_END,
    FOLDS,
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
from coursewright.readers.folder.includes import Wanted, included
from coursewright.readers.folder.lines import Lines, begin, code_marks, dedented, on_line, outside_code
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.readers.quizzes.dialects.jsx import asked_within, component_end, is_asked
from coursewright.text.markdown.values import Text

_IMPORT = re.compile(r"import\s+(?:[\w*{}\s,$]+\s+from\s+)?[\"'](?P<path>[^\"']+)[\"'];?\s*$")
_BEGUN_IMPORT = re.compile(r"import\s+\{[^}]*$")
_NAMED = re.compile(r"import\s+(?P<name>[A-Za-z_]\w*)\s+from\s+[\"'](?P<path>[^\"']+)[\"']")
_EXPORT = re.compile(r"export\s+(?:const|let|default|function|async)\b")
_COMMENT = re.compile(r"\{/\*.*?\*/\}")
_TAG = re.compile(
    r"<(?P<end>/)?(?P<name>[A-Z][\w.]*)(?P<rest>(?:\s+(?:[^<>\"'{}]|\"[^\"]*\"|'[^']*'|\{(?:[^{}]"
    r"|\{[^{}]*\})*\})*)?)(?P<self>/)?>"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[\w:-]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|\{(?P<code>(?:[^{}]|\{[^{}]*\})*)\}))?"
)
_GIVEN = re.compile(r"(?:src|href)=\{(?:require\(|useBaseUrl\()?\s*[\"'`]([^\"'`]+)[\"'`]\s*\)?(?:\.default)?\}")
_KNOWN = re.compile(
    r"</?(?:Listing|Tip|Tabs?|TabItem|Note|Warning|Info|Admonition|Callout|Youtube|YouTube|CourseFloatingBanner|Steps?)\b"
)
_SILENT = frozenset(
    ("fragment", "steps", "step", "columns", "column", "cardgroup", "cards", "grid", "box", "codegroup")
)
_OWN = re.compile(r"<(?P<name>exercise|choice|codeblock|slides)\b(?P<rest>[^>]*)>")
_OWN_END = re.compile(r"\s*</(?:exercise|choice|codeblock|slides)>\s*$")
_OPTION = re.compile(r"<opt\b(?P<rest>[^>]*)>(?P<body>.*?)</opt>", re.DOTALL)
_NAMED_BY = re.compile(r"=\{\s*([A-Za-z_]\w*)(?:\.src)?\s*\}")
_MAX_LINES = 60


def is_mdx(lines: Lines, rewriting: Rewriting) -> bool:
    """Say whether a document uses components: by its name, an import, or a component that course sites know."""
    if rewriting.document.relative.lower().endswith(".mdx"):
        return True
    return any(
        not code and (_IMPORT.match(line) or _KNOWN.match(line.lstrip()) or _asks(line))
        for line, code in zip(lines, code_marks(lines, indents=False), strict=True)
    )


def _asks(line: str) -> bool:
    """Say whether a component in a line asks something, which learners are not to see with its key."""
    return outside_code(line, lambda text: "" if asked_within(text) else text) != line


def without_components(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines without MDX's own, with what components show where that is known. Quizzes stay as they are."""
    if not any("<" in line or line.startswith(("import", "export")) for line in lines) or not is_mdx(lines, rewriting):
        return lines
    imported: dict[str, str] = {}
    kept: Lines = []
    depth = 0  # of the brackets of a statement that are open
    for line, code, asked in _joined(lines):
        if depth > 0:
            depth += _depth(line)
        elif code or asked:
            kept.append(line)
        elif _IMPORT.match(line):
            if named := _NAMED.match(line):
                imported[named["name"]] = named["path"]
        elif _BEGUN_IMPORT.match(line) or _EXPORT.match(line):
            depth = _depth(line)
        else:
            kept += _line(line, imported, rewriting)
    return dedented(kept)


def _depth(line: str) -> int:
    """Return how many more brackets a line opens than it closes."""
    return sum(line.count(sign) for sign in "([{") - sum(line.count(sign) for sign in ")]}")


def with_questions(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with exercises in elements of their own as headings, and choices of options as questions of JSX."""
    if not begin(lines, "<exercise", "<choice", "<codeblock", "<slides"):
        return lines
    kept: Lines = []
    index = 0
    while index < len(lines):
        line, end = lines[index], index + 1
        if found := _OWN.match(line):
            name, title = found["name"], _attributes(found["rest"]).get("title", "")
            if name == "choice":
                end = next((at + 1 for at in range(end, len(lines)) if "</choice>" in lines[at]), end)
                line = Text(_asked(" ".join(lines[index:end])), line.line)
            elif name == "exercise":
                line = Text(f"## {title}" if title else "", line.line)
            else:
                line = Text(rewriting.leave_out(line, line.line), line.line)
        elif _OWN_END.match(line):
            line = Text("", line.line)
        kept.append(line)
        index = end
    return kept


def _asked(text: str) -> str:
    """Return a choice among options, of which the right one is marked, as a question of JSX."""
    options = [
        {
            "text": named.get("text", ""),
            "explain": " ".join(found["body"].split()),
            "correct": named.get("correct") == "true",
        }
        for found in _OPTION.finditer(text)
        for named in [_attributes(found["rest"])]
    ]
    return f"<Question choices={{{json.dumps(options, ensure_ascii=False)}}} />" if options else ""


def _joined(lines: Lines) -> list[tuple[Text, bool, bool]]:
    """Return lines with each tag of a component that stands on several of them on one; those of quizzes excepted.

    With each goes whether it is code, and whether it belongs to a quiz.
    """
    marks = code_marks(lines, indents=False)
    found: list[tuple[Text, bool, bool]] = []
    index = 0
    while index < len(lines):
        line, end = lines[index], index + 1
        if not marks[index] and is_asked(line):
            end = component_end(lines, index)
            found += ((one, False, True) for one in lines[index:end])
            index = end
            continue
        if not marks[index] and re.match(r"\s*<(?:[A-Z][\w.]*|img|video|iframe)\b[^>]*$", line):
            last = min(len(lines), index + _MAX_LINES)
            closed = next((at + 1 for at in range(index + 1, last) if re.search(r"/?>\s*$", lines[at])), None)
            if closed:
                line, end = Text(" ".join(one.strip() for one in lines[index:closed]), line.line), closed
        found.append((line, marks[index], False))
        index = end
    return found


def _line(line: Text, imported: dict[str, str], rewriting: Rewriting) -> Lines:
    if "<" not in line and "{/*" not in line:
        return [line]
    if (found := _TAG.fullmatch(line.strip())) and found["name"] in imported and not found["end"]:
        path = imported[found["name"]].removeprefix("@site/")
        if path.endswith((".md", ".mdx")):
            return included(Wanted(path, "", line.line), rewriting) or []

    is_meant = line.lstrip().startswith("<") or _asks(line)
    if not rewriting.document.relative.lower().endswith(".mdx") and not is_meant:
        return [line]  # `Vec<T>` in a text is no component

    def change(text: str) -> str:
        text = _NAMED_BY.sub(lambda one: f'="{imported[one[1]]}"' if one[1] in imported else one[0], text)
        text = _GIVEN.sub(r'src="\1"' if "<img" in text.lower() or "src=" in text else r'href="\1"', text)
        text = _TAG.sub(lambda one: _tag(one, line.line, rewriting), _COMMENT.sub("", text))
        return (
            text[: unread.start()] + rewriting.leave_out(unread[0], line.line)
            if (unread := asked_within(text))
            else text
        )

    changed = change(line) if found else outside_code(line, change)
    if changed == line:
        return [line]
    return on_line(changed.split("\n"), line.line) if changed.strip() else []


def _tag(found: re.Match[str], line: int, rewriting: Rewriting) -> str:
    name = found["name"].rsplit(".", 1)[-1].lower()
    if found["end"]:
        return _ended(name)
    named = _attributes(found["rest"] or "")
    title = first_of(named, "title", "label", "header", "summary", "name")
    address = first_of(named, "src", "url", "href", "image", "source", "to")
    if name in ("youtube", "youtubeembed", "youtubevideo", "yt") or (name == "video" and "youtu" in address):
        return youtube(first_of(named, "id", "videoid", "video", "embedid") or address, title)
    if name == "vimeo":
        return vimeo(first_of(named, "id", "videoid") or address, title)
    if address and (is_picture(address) or name in ("image", "img", "figure", "zoomimage", "themedimage")):
        return picture(address, first_of(named, "alt", "title"), first_of(named, "caption"))
    if address and (found["self"] or (found["rest"] or "").rstrip().endswith("/")):
        words = first_of(named, "description", "text", "caption")
        return link(title or words or first_of(named, "alt") or address, address) + (
            f" – {words}" if title and words else ""
        )
    return _opened(name, title, named, found, line, rewriting)


def _opened(name: str, title: str, named: dict[str, str], found: re.Match[str], line: int, rewriting: Rewriting) -> str:
    if name == "tabs":
        return "\n\n:::::: tabs\n"
    if name in ("tabitem", "tab"):
        return f"\n\n::::: tab {title or first_of(named, 'value')}\n\n"
    if name in FOLDS:
        return fold(title)
    if kind := callout_kind(name):
        style = callout_kind(first_of(named, "type", "kind", "variant"))
        style = style or ("warning" if named.get("warning") else kind)
        return "\n" + callout(style, title) + "\n"
    if caption := first_of(named, "caption", "file-name", "filename"):
        number = first_of(named, "number")
        return f"\n*{found['name']}{f' {number}' if number else ''}: {caption}*\n"
    return "" if name in _SILENT else rewriting.leave_out(found[0], line)


def _ended(name: str) -> str:
    if name in ("tabs", "tabitem", "tab"):
        return "\n::::::\n" if name == "tabs" else "\n:::::\n"
    if name in FOLDS:
        return FOLD_END
    return "\n::::\n" if callout_kind(name) else ""


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in _ATTRIBUTE.finditer(text[:4_000]):
        code = (one["code"] or "").strip()
        text_of = re.search(r"[\"'`]([^\"'`]*)[\"'`]", code)
        found[one["name"].lower()] = one["double"] or one["single"] or (text_of[1] if text_of else code or "true")
    return found
