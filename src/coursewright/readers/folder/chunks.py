"""Code that notebooks run, in R Markdown and Quarto; and the marks of DataCamp's and Raspberry Pi's lessons."""

from __future__ import annotations

import re

from coursewright.findings import messages
from coursewright.readers.folder.datacamp import is_datacamp, without_datacamp
from coursewright.readers.folder.forms import FOLD_ENDS, folded, link, picture
from coursewright.readers.folder.includes import Wanted, included
from coursewright.readers.folder.lines import Lines, begin, hold, on_line, rewritten
from coursewright.readers.folder.macros import is_liascript
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.readers.folder.tutorials import exercises_in, in_its_role, label_of, with_hints
from coursewright.readers.quizzes.dialects import exams, learnr
from coursewright.readers.quizzes.fences import closes
from coursewright.text.markdown.values import Text
from coursewright.text.yaml import YamlError, read_yaml

_CHUNK = re.compile(
    r"(?P<indent>[ \t>]*)(?P<mark>`{3,}|~{3,})\s*\{\s*(?P<language>r|python|py|bash|sh|julia|sql|ojs|js|css|rust|c"
    r"|stan"
    r"|rcpp|webr(?:-r)?|pyodide(?:-python)?|cat|shell|zsh|dot|mermaid)\b(?P<options>[^{}]*)\}\s*$",
    re.IGNORECASE,
)
_OPTION = re.compile(r"\s*(?:#|//|%%|--)\|\s?(?P<text>.*)$")
_SET = re.compile(r"(?P<name>[\w.-]+)\s*[:=]\s*(?P<value>\"[^\"]*\"|'[^']*'|[^,]+)")
_GRAPHICS = re.compile(r"(?:knitr::)?include_graphics\(\s*(?:path\s*=\s*)?[\"']([^\"']+)[\"']")
_ATTRIBUTES = re.compile(
    r"(?P<indent>[ \t>]*)(?P<mark>`{3,}|~{3,})\s*\{\s*\.(?P<language>[\w+-]+)(?P<rest>[^{}]*)\}\s*$"
)
_FILENAME = re.compile(r"(?:filename|title|caption)\s*=\s*\"([^\"]*)\"")
_PI = re.compile(r"--- (?P<end>/?)(?P<name>[a-z][\w-]*) ---(?:\s+(?P<rest>\S.*))?\s*$")
_CAPTION = re.compile(r"^:\s+(?P<text>.*?)\s*\{#tbl-[^{}]*\}\s*$")
_INGREDIENT = re.compile(r"\[\[\[[\w-]+\]\]\]\s*$")
_REFERENCE = re.compile(r"(?<![\w.@/`\\])@(?P<kind>sec|fig|tbl|eq|lst|thm)-(?P<name>[\w-]+)")
_SHOWN = {"fig": "the figure", "tbl": "the table", "eq": "the equation", "lst": "the listing", "thm": "the theorem"}
_PI_END = re.compile(r"(?<=\S)\s+(?P<mark>--- /[a-z][\w-]* ---)\s*$")
_PI_FIELD = re.compile(r"(?P<name>\w+):\s*(?P<value>.*)$")


def without_chunks(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with chunks of code as fences in their languages, and what they include in its place."""
    if not any("{" in line and ("```" in line or "~~~" in line) for line in lines):
        return lines
    exercises = exercises_in(lines)
    computed = exams.holds_exercises(lines)  # by chunks of R, which tell what is right
    lines = with_hints(lines, exercises) if exercises else lines
    kept: Lines = []
    index = 0
    while index < len(lines):
        line = lines[index]
        found = _CHUNK.match(line) if "{" in line else None
        if not found:
            named = _ATTRIBUTES.match(line) if "{" in line else None
            kept.append(Text(_attributed(named), line.line) if named else line)
            index += 1
            continue
        end = next((at for at in range(index + 1, len(lines)) if closes(lines[at], found["mark"])), len(lines))
        body = lines[index + 1 : end]
        if computed and found["language"].lower() == "r" and not any(map(_GRAPHICS.search, body)):
            pass
        elif learnr.asks(line, body):
            kept += lines[index : end + 1]
        else:
            label = label_of(found["options"])
            kept += in_its_role(_chunk(found, body, line, rewriting), label, exercises)
        index = end + 1
    if rewriting.chunks:
        rewriting.found(messages.OUTPUT_NOT_THERE, rewriting.chunks)
    return kept


def _attributed(found: re.Match[str]) -> str:
    name = _FILENAME.search(found["rest"])
    title = f' title="{name[1]}"' if name else ""
    return f"{found['indent']}{found['mark']}{found['language']}{title}"


def _chunk(found: re.Match[str], body: Lines, line: Text, rewriting: Rewriting) -> Lines:
    """Return what stands in place of a chunk: its code, pictures that it shows, files that it includes, or nothing."""
    options = {name: value.strip("\"' ") for name, value in _SET.findall(found["options"])}
    code: Lines = []
    told: list[str] = []
    for one in body:
        if not code and (option := _OPTION.match(one.lstrip(" >"))):
            told.append(option["text"])
        else:
            code.append(one)
    options |= _told(told)
    text = "\n".join(code)
    if child := options.get("child"):
        return included(Wanted(child, "", line.line), rewriting) or []
    shown = _GRAPHICS.findall(text)
    if shown and len([one for one in code if one.strip()]) <= 2 * len(shown) + 1:
        caption = options.get("fig.cap") or options.get("fig-cap") or ""
        alt = options.get("fig.alt") or options.get("fig-alt") or caption
        pictures = "\n\n".join(picture(address, alt, caption) for address in shown)
        return [Text(f"{found['indent']}{each}", line.line) for each in pictures.split("\n")]
    if not text.strip() or options.get("include", "").lower() in ("false", "f"):
        return []
    rewriting.chunks = rewriting.chunks or line.line
    caption = " ".join((options.get("fig.cap") or options.get("fig-cap") or options.get("tbl-cap") or "").split())
    said = " ".join((options.get("fig.alt") or options.get("fig-alt") or "").split())
    shows = [f"*{one}*" for one in dict.fromkeys((caption, said)) if one and "paste" not in one]
    after = [Text(one, line.line) for each in shows for one in ("", f"{found['indent']}{each}")]
    language = {"py": "python", "webr-r": "r", "webr": "r", "pyodide-python": "python", "pyodide": "python"}
    name = found["language"].lower()
    mark = f"{found['indent']}{found['mark']}"
    return [Text(f"{mark}{language.get(name, name)}", line.line), *code, Text(mark, line.line), *after]


def _told(lines: list[str]) -> dict[str, str]:
    """Return the options that stand in the comments a chunk begins with, which are YAML."""
    try:
        values = read_yaml("\n".join(lines)) if lines else {}
    except YamlError:
        return {name: value.strip("\"' |") for text in lines for name, value in _SET.findall(text)[:1]}
    found = values if isinstance(values, dict) else {}
    return {str(name): str(value) for name, value in found.items() if isinstance(value, str | int | float)}


def with_references(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with Quarto's references to sections as links, and those to figures and tables as words."""
    if not rewriting.notebook:
        return lines
    lines = [Text(_CAPTION.sub(r"*\g<text>*", line), line.line) if line.startswith(": ") else line for line in lines]
    if not hold(lines, "@"):
        return lines

    def one(found: re.Match[str]) -> str:
        label = f"{found['kind']}-{found['name']}"
        known = rewriting.options.names.labels.get(label)
        if not known:
            return _SHOWN.get(found["kind"], found["name"].replace("-", " "))
        path, anchor = known
        title = rewriting.options.names.titles.get(path, "") or found["name"].replace("-", " ")
        return link(title, rewriting.leading_to(path, anchor))

    return rewritten(lines, lambda text, _: _REFERENCE.sub(one, text) if "@" in text else text, notebook=True)


def without_marks(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with DataCamp's marks as headings, folds and staff blocks, and Raspberry Pi's as callouts."""
    marked = not is_liascript(rewriting.document.front)
    lines = without_datacamp(lines) if marked and is_datacamp(lines) else lines
    lines = [line for line in lines if not _is_ingredient(line, rewriting)] if _has_ingredients(lines) else lines
    if not begin(lines, "--- "):
        return lines
    return _pi([Text(part, line.line) for line in lines for part in _PI_END.sub("\n\\g<mark>", line).split("\n")])


def _has_ingredients(lines: Lines) -> bool:
    return begin(lines, "[[[")


def _is_ingredient(line: Text, rewriting: Rewriting) -> bool:
    """Say whether a line stands for a text of Raspberry Pi's that is kept elsewhere, and note it."""
    found = _INGREDIENT.match(line)
    if found:
        rewriting.leave_out(found[0], line.line)
    return bool(found)


def _pi(lines: Lines) -> Lines:
    """Return lines with the blocks of Raspberry Pi's projects as folds, callouts and code; quizzes stay as they are."""
    kept: Lines = []
    index = 0
    while index < len(lines):
        line = lines[index]
        found = _PI.match(line)
        if not found:
            kept.append(line)
            index += 1
            continue
        fields, index = ({}, index + 1) if found["end"] else _pi_fields(lines, index + 1)
        name = found["name"]
        if name == "code" and not found["end"]:
            title = f' title="{fields["filename"]}"' if fields.get("filename") else ""
            kept.append(Text(f"```{fields.get('language', '')}{title}", line.line))
        else:
            kept += on_line(_pi_block(name, bool(found["end"]), fields, line), line.line)
            kept += [Text(found["rest"], line.line)] if found["rest"] and kept[-1] != line else []
    return kept


def _pi_fields(lines: Lines, index: int) -> tuple[dict[str, str], int]:
    """Return the fields between `---` and `---` that begin a block, and the index after them."""
    if index >= len(lines) or lines[index].strip() != "---":
        return {}, index
    end = next((at for at in range(index + 1, min(index + 20, len(lines))) if lines[at].strip() == "---"), None)
    if end is None:
        return {}, index
    found = {one["name"]: one["value"].strip() for line in lines[index + 1 : end] if (one := _PI_FIELD.match(line))}
    return found, end + 1


def _pi_block(name: str, end: bool, fields: dict[str, str], line: str) -> list[str]:
    if name in ("task", "challenge", "collapse", "hint"):
        if end:
            return [*FOLD_ENDS] if name in ("collapse", "hint") else ["::::", ""]
        if name in ("collapse", "hint"):
            return [*folded(fields.get("title") or ("Hint" if name == "hint" else ""))]
        return [f":::: {name}", ""]
    if name in ("no-print", "print-only", "hints", "save", "new-page", "quiz-results"):
        return []
    return ["```"] if name == "code" else [line]
