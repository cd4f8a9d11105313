"""MyST's and Sphinx' own: directives that include, show a picture or code, roles such as {doc}, and targets."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from coursewright.frozen import frozen
from coursewright.readers.folder.forms import link, picture, youtube
from coursewright.readers.folder.includes import Wanted, included
from coursewright.readers.folder.lines import Lines, code_marks, on_line
from coursewright.readers.folder.rewriting import EQUATION, Rewriting
from coursewright.readers.folder.sourcefolder import joined
from coursewright.readers.quizzes.fences import closing
from coursewright.text.markdown.values import Text

_OPENS = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>`{3,}|:{3,}|~{3,})[ \t]*\{(?P<name>[A-Za-z][\w:-]*)\}[ \t]*(?P<argument>.*)$"
)
_OPTION = re.compile(r"\s*:(?P<name>[\w-]+):\s*(?P<value>.*)$")
_YAML_OPTION = re.compile(r"\s*(?P<name>[\w-]+):\s+(?P<value>.*)$")
_ROLE = re.compile(r"\{(?P<name>[a-z][\w:+.-]*)\}(?P<ticks>`+)(?P<body>.+?)(?P=ticks)(?!`)")
_NAMED = re.compile(r"(?P<text>.*?)\s*<(?P<target>[^<>]+)>$", re.DOTALL)
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]\n]*)\]\((?P<goal>[A-Za-z][\w:.-]*)\)")
_TARGET = re.compile(r"\((?P<label>[^()\s]+)\)=\s*$")
_CODE = frozenset(
    ("code", "code-block", "sourcecode", "code-cell", "highlight", "prompt", "parsed-literal", "ipython", "ipython3")
)
_INCLUDES = ("include", "literalinclude")
_PICTURES = frozenset(("figure", "image", "figure-md"))
_VIDEOS = frozenset(("youtube", "vimeo", "video", "iframe"))
_SILENT = re.compile(
    r"(?:toctree|tableofcontents|contents|index|bibliography|exerciselist|solutionlist|tags|highlight|meta|only"
    r"|currentmodule"
    r"|module|sectionauthor|eval-rst|raw|printindex)$"
)
_CODE_ROLES = re.compile(
    r"(?:(?:py:)?(?:func|class|mod|meth|obj|attr)|code|file|command|program|option|envvar|samp|literal|regexp)$"
)
_NOT_WEB = frozenset({"jupyter", "latex", "tex", "pdf", "docx", "typst"})  # what a raw text may be for but pages
_LOOKS = {"sub": "sub", "sup": "sup", "subscript": "sub", "superscript": "sup", "kbd": "kbd", "strike": "s"}


@frozen
class _Directive:
    name: str
    argument: str
    options: dict[str, str]
    body: Lines
    line: int
    indent: str


def without_directives(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with what directives show or include, and roles as links. Callouts and tabs stay as they are."""
    if not any("{" in line or "](" in line or line.startswith("(") for line in lines):
        return lines
    kept: Lines = []
    index = 0
    marks = code_marks(lines, notebook=rewriting.notebook)
    openers = frozenset(_openers(lines, marks))
    open_ended: set[str] = set()  # marks of which none is left that closes what they open
    while index < len(lines):
        line = lines[index]
        found = (
            _OPENS.match(line)
            if "{" in line and (not marks[index] or line.lstrip()[:3] in ("```", "~~~", ":::"))
            else None
        )
        found = found if found and _is_known(found["name"].lower()) else None
        is_within = marks[index] and index > 0 and marks[index - 1] and index not in openers
        end = None if not found or is_within or found["mark"] in open_ended else closing(lines, index, found["mark"])
        if found and not is_within and end is None:
            open_ended.add(found["mark"])
        elif found and end is not None:
            shown = _shown(_directive(found, lines[index + 1 : end], line), rewriting)
            if shown is not None:
                kept += [Text(f"{found['indent']}{one}" if one else one, one.line) for one in shown]
                index = end + 1
                continue
        kept += _plain_line(line, lines, index, rewriting) if not marks[index] else [line]
        index += 1
    return kept


def _openers(lines: Sequence[str], marks: Sequence[bool]) -> Iterator[int]:
    """Yield the lines of code that are fences that open, those right below one that closed among them."""
    at = 0
    while at < len(lines):
        opens = re.match(r"\s*(`{3,}|~{3,})", lines[at]) if marks[at] else None
        end = closing(lines, at, opens[1]) if opens else None
        if end is None:  # no fence, or none that closes: what follows it in the same code is no opening
            in_code = marks[at]
            at += 1
            while in_code and at < len(lines) and marks[at]:
                at += 1
            continue
        yield at
        at = end + 1


def _directive(found: re.Match[str], body: Lines, line: Text) -> _Directive:
    indent = found["indent"]
    inner = [Text(one[len(indent) :] if one.startswith(indent) else one.lstrip(), one.line) for one in body]
    options: dict[str, str] = {}
    at = 0
    form = _OPTION
    if inner and inner[0].strip() == "---":
        form, at = _YAML_OPTION, 1
    while at < len(inner) and (option := form.match(inner[at])):
        options[option["name"]] = option["value"].strip()
        at += 1
    if form is _YAML_OPTION and at < len(inner) and inner[at].strip() == "---":
        at += 1
    return _Directive(found["name"].lower(), found["argument"].strip(), options, inner[at:], line.line, indent)


def _is_known(name: str) -> bool:
    """Say whether a directive of this name is shown otherwise than it stands, or not at all."""
    return name in _INCLUDES or name in {"math"} | _CODE | _PICTURES | _VIDEOS or bool(_SILENT.match(name))


def _shown(one: _Directive, rewriting: Rewriting) -> Lines | None:
    """Return what a directive shows, or None where it stays as it is."""
    if one.name == "include":
        return included(Wanted(one.argument, _range(one.options), one.line), rewriting) or []
    if one.name == "literalinclude":
        inner = included(Wanted(one.argument, _range(one.options), one.line, markdown=False), rewriting)
        language = one.options.get("language") or posixpath.splitext(one.argument)[1][1:]
        return _fenced(language, one.options.get("caption", ""), inner, one.line) if inner is not None else []
    if one.name in _CODE and not rewriting.notebook:
        if "remove-cell" in one.options.get("tags", "") or "remove_cell" in one.options.get("tags", ""):
            return []
        return _fenced(one.argument.split(" ")[0], one.options.get("caption", ""), one.body, one.line)
    if one.name in _PICTURES and one.argument:
        text = picture(one.argument, one.options.get("alt", ""), " ".join(" ".join(one.body).split()))
        return on_line(text.split("\n"), one.line)
    if one.name in _VIDEOS and one.argument:
        text = youtube(one.argument) if one.name == "youtube" else link(one.options.get("title", "Video"), one.argument)
        return [Text(text, one.line)]
    if not _SILENT.match(one.name):
        return _formula(one, rewriting) if one.name == "math" else None
    if one.name == "raw" and one.argument in _NOT_WEB:
        return []
    if one.name in ("eval-rst", "raw") and any(line.strip() for line in one.body):
        rewriting.leave_out(f"{{{one.name}}} {one.argument}", one.line)
    return []


def _formula(one: _Directive, rewriting: Rewriting) -> Lines | None:
    """Return a formula with a label, which has a number, as one between dollars; None for any other."""
    label = one.options.get("label", "")
    if label not in rewriting.options.names.equations:
        return None
    end = f"$${_numbered(label, rewriting)}"
    return on_line(("", "$$", *filter(str.strip, one.body), end, ""), one.line)


def _range(options: dict[str, str]) -> str:
    if lines := options.get("lines", ""):
        return lines.split(",")[0].replace("-", ":").strip()
    first, last = options.get("start-line"), options.get("end-line")
    return f"{int(first or 0) + 1}:{last or ''}" if (first or last) and (first or "0").isdigit() else ""


def _fenced(language: str, title: str, inner: Sequence[Text], line: int) -> Lines:
    longest = max([2, *(len(found[0]) for one in inner if (found := re.match(r"`{3,}", one.strip())))])
    mark = "`" * (longest + 1)
    named = f' title="{title}"' if title else ""
    return [Text(f"{mark}{language}{named}", line), *inner, Text(mark, line)]


def _plain_line(line: Text, lines: Lines, index: int, rewriting: Rewriting) -> Lines:
    """Return a line with roles as links and words, and a target as the anchor of what follows."""
    if line.startswith("(") and (found := _TARGET.match(line)):
        return _anchor(found["label"], lines, index)
    if line.startswith("+++") and (not line.strip("+ ") or line[3:].lstrip().startswith("{")):
        return []  # where a cell of a notebook ends, with what is said of the next
    before = next((at for at in range(index - 1, max(index - 4, -1), -1) if lines[at].strip()), None)
    label = _TARGET.match(lines[before]) if before is not None else None
    if label and line.startswith("#") and "{#" not in line:
        line = Text(f"{line.rstrip()} {{#{label['label']}}}", line.line)
    if "$$" in line:
        line = Text(EQUATION.sub(lambda found: _numbered(found["label"], rewriting), line), line.line)
    if "](" in line:
        line = Text(_LINK.sub(lambda found: _labelled(found, rewriting), line), line.line)
    if "}`" not in line:
        return [line]
    return [Text(_ROLE.sub(lambda found: _role(found, line.line, rewriting), line), line.line)]


def _numbered(label: str, rewriting: Rewriting) -> str:
    """Return what stands behind a formula with a label: its number, to which references lead."""
    _, number = rewriting.options.names.equations.get(label, ("", 0))
    return f' <a id="{label}"></a> ({number})' if number else f" ({label})"


def _labelled(found: re.Match[str], rewriting: Rewriting) -> str:
    """Return a link whose address is a label, as a reference to what has it; any other as it is."""
    names, goal = rewriting.options.names, found["goal"]
    if goal in names.equations:
        return _equation(goal, found["text"], rewriting)
    if goal in names.labels:
        return _reference(found["text"], goal, rewriting, numbered=False)
    return (found["text"] or names.named[goal]) if goal in names.named else found[0]


def _equation(goal: str, text: str, rewriting: Rewriting) -> str:
    path, number = rewriting.options.names.equations[goal]
    return link(text or f"({number})", rewriting.leading_to(path, goal))


def _anchor(label: str, lines: Lines, index: int) -> Lines:
    following = next((one for one in lines[index + 1 : index + 4] if one.strip()), "")
    return (
        []
        if following.startswith("#")
        else [Text(f'<a id="{label}"></a>', lines[index].line), Text("", lines[index].line)]
    )


def _role(found: re.Match[str], line: int, rewriting: Rewriting) -> str:
    name, body = found["name"], " ".join(found["body"].split())
    named = _NAMED.match(body)
    text, goal = (named["text"], named["target"]) if named else ("", body)
    if name in ("doc", "download"):
        return _document(text, goal, rewriting) if name == "doc" else link(text or posixpath.basename(goal), goal)
    if name == "eq" and goal in rewriting.options.names.equations:
        return _equation(goal, text, rewriting)
    if name in ("ref", "numref", "std:ref", "prf:ref", "eq"):
        return _reference(text, goal, rewriting, numbered=name == "numref")
    if name.startswith("cite"):
        return f"({body})"
    if name == "math":
        return f"${found['body']}$"
    if name in _LOOKS:
        return f"<{_LOOKS[name]}>{body}</{_LOOKS[name]}>"
    if _CODE_ROLES.match(name):
        return f"`{body}`"
    return rewriting.leave_out(found[0], line) if name.startswith("glue") else text or body


def _document(text: str, goal: str, rewriting: Rewriting) -> str:
    path = joined("" if goal.startswith("/") else rewriting.home, goal.lstrip("/")) or goal
    names = rewriting.options.names
    known = names.by_name.get(path.lower())
    shown = text or (names.titles.get(known, "") if known else "") or posixpath.basename(goal)
    return link(shown, f"/{known}" if known else goal)


def _reference(text: str, goal: str, rewriting: Rewriting, *, numbered: bool) -> str:
    known = rewriting.options.names.labels.get(goal)
    if not known:
        return text or ("the figure" if numbered else rewriting.options.names.named.get(goal, goal))
    path, anchor = known
    text = re.sub(r"\s*(?:%s|\{number\}|\{name\})\s*", " ", text).strip()
    shown = text or rewriting.options.names.titles.get(path, "") or goal
    return link(shown, rewriting.leading_to(path, anchor))
