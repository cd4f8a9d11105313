"""Front matter: what site generators keep above a document, in YAML, TOML, JSON, or the forms of LiaScript and Pelican.

What cannot be read as it should is read line by line where it is plain, with a finding.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.text.jsons import parsed_json
from coursewright.text.phrases import quoted
from coursewright.text.yaml import YamlError, read_yaml

MAX_LINES = 2_000
_OPENS = re.compile(r"(?P<mark>---|\+\+\+)\s*(?P<form>yaml|toml|json)?\s*$", re.IGNORECASE)
_KEY = re.compile(r"(?P<key>[^\W\d][\w.\-]{0,60}|\"[^\"]{1,60}\"|'[^']{1,60}')\s*[:=](?:\s+|$)(?P<value>.*)$")
_ITEM = re.compile(r"\s*-\s+(?P<value>.*\S)")
_EXERCISE = re.compile(r"---\s*type:\s*\w")
_JSON_KEY = re.compile(r"\s*\"[^\"]{1,60}\"\s*:")
_MACRO = re.compile(r"@(?P<name>[\w.]+)\s*(?::\s*(?P<value>.*))?$")
_LIA_KEY = re.compile(
    r"(?:authors?|email|version|language|narrator|comment|logo|icon|link|script|import|title|tags|date|edit|mode|dark"
    r"|attribute|translation|repository|persistent|onload)$"
)
_PELICAN_KEY = re.compile(r"(?:title|date|modified|slug|authors?|category|tags|summary|status|lang|template)$")
_LONGEST = 300
# Keys that are known by their English names, in other languages; blanks and hyphens as `_`.
_CALLED = {
    "title": "titel titre título titulo العنوان عنوان タイトル 題名",
    "duration": "dauer zeitbedarf durée duree duración duracion duração duracao المدة الوقت 所要時間 学習時間",
    "prerequisites": "voraussetzung voraussetzungen vorkenntnisse prérequis requisitos requisitos_previos"
    " pré_requisitos"
    " pre_requisitos prérequisitos المتطلبات المتطلبات_السابقة المتطلبات_المسبقة 前提 前提条件",
    "objectives": "lernziele ziele objectifs objectifs_d'apprentissage objetivos objetivos_de_aprendizaje"
    " objetivos_de_aprendizagem أهداف أهداف_التعلم الأهداف 学習目標 目標",
    "description": "beschreibung descripción descripcion descrição descricao الوصف 説明",
    "language": "sprache langue idioma اللغة 言語",
    "audience": "zielgruppe public_cible público_alvo الفئة_المستهدفة 対象",
    "weight": "reihenfolge ordre orden ordem الترتيب 順序",
}
_ENGLISH = {name: key for key, names in _CALLED.items() for name in names.split()}


class Fronted(NamedTuple):
    """A document parted: its front matter, the lines after it, the number of the first of these, what was found."""

    front: Mapping[str, Any]
    lines: tuple[str, ...]
    start: int
    findings: tuple[Finding, ...] = ()


class _Block(NamedTuple):
    """Front matter as it stands: its form, the index of its first line, that of the first line after it, its lines."""

    form: str
    begin: int
    after: int
    lines: Sequence[str]


def front_matter(text: str, path: str = "") -> Fronted:
    """Return a document's text parted into its front matter and what follows. `path` is how findings name it."""
    lines = text.removeprefix("\ufeff").split("\n")
    first = next((index for index, line in enumerate(lines[:MAX_LINES]) if line.strip()), None)
    whole = Fronted({}, tuple(lines), 1)
    if first is None:
        return whole
    for known in (_marked, _json, _lia, _pelican, _whole):
        if block := known(lines, first):
            mapping, findings = _read(block, path)
            return (
                Fronted(_in_english(mapping), tuple(lines[block.after :]), block.after + 1, findings)
                if mapping is not None
                else whole
            )
    return whole


def _in_english(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return front matter with the keys of other languages under their English names, unless these are there too."""
    english = {name: _ENGLISH.get(re.sub(r"[\s-]", "_", name.lower()), name) for name in mapping}
    return {name if english[name] in mapping else english[name]: value for name, value in mapping.items()}


# --- where it stands ---


def _marked(lines: Sequence[str], first: int) -> _Block | None:
    """Return front matter between `---` and `---` or `...`, between `+++`, or up to DataCamp's first exercise."""
    if not (opens := _OPENS.match(lines[first].rstrip())):
        return None
    mark = opens["mark"]
    form = (opens["form"] or ("toml" if mark == "+++" else "yaml")).lower()
    ends = ("---", "...") if mark == "---" else ("+++",)
    last = min(len(lines), first + MAX_LINES)
    closes = (at for at in range(first + 1, last) if lines[at].rstrip() in ends or _EXERCISE.match(lines[at]))
    if (end := next(closes, None)) is not None:
        return _Block(form, first + 1, end + (lines[end].rstrip() in ends), lines[first + 1 : end])
    end = next((at for at in range(first + 1, last) if not _KEY.match(lines[at]) and not _ITEM.match(lines[at])), last)
    return _Block("unclosed", first + 1, end, lines[first + 1 : end]) if end > first + 1 else None


def _json(lines: Sequence[str], first: int) -> _Block | None:
    if not lines[first].startswith("{") or lines[first].startswith(("{%", "{{")):
        return None
    last = min(len(lines), first + MAX_LINES)
    end = next(
        (at for at in range(first, last) if lines[at].rstrip().endswith("}") and not lines[at][0].isspace()), None
    )
    if end is None:
        return None
    block = _Block("json", first, end + 1, lines[first : end + 1])
    try:
        return block if isinstance(parsed_json("\n".join(block.lines)), dict) else None
    except (ValueError, RecursionError):
        return block if _is_broken_json(block.lines) else None


def _is_broken_json(lines: Sequence[str]) -> bool:
    """Say whether lines are plainly meant as JSON: braces on lines of their own, and between them names and values."""
    return lines[0].strip() == "{" and lines[-1].strip() == "}" and len(lines) > 2 and bool(_JSON_KEY.match(lines[1]))


def _lia(lines: Sequence[str], first: int) -> _Block | None:
    """Return LiaScript's header: a comment at the top whose lines are `key: value`, and macros `@name ... @end`."""
    if not lines[first].startswith("<!--"):
        return None
    last = min(len(lines), first + MAX_LINES)
    end = next((at for at in range(first, last) if "-->" in lines[at]), None)
    if end is None:
        return None
    block = [lines[first].removeprefix("<!--"), *lines[first + 1 : end + 1]]
    block[-1] = block[-1].split("-->")[0]
    named = [found["key"] for line in block if (found := _KEY.match(line.lstrip() if line is block[0] else line))]
    macros = sum(bool(_MACRO.match(line)) for line in block)
    known = any(map(_LIA_KEY.match, named)) and (len(named) > 1 or macros)
    return _Block("lia", first, end + 1, block) if known or (macros and "@end" in map(str.strip, block)) else None


def _pelican(lines: Sequence[str], first: int) -> _Block | None:
    """Return lines of `Key: value` that open a document up to the first blank one, as Pelican keeps them."""
    block: list[str] = []
    for line in lines[first : first + 30]:
        if not line.strip():
            break
        if not _KEY.match(line) and not (block and line.startswith("    ")):
            return None
        block.append(line)
    names = [found["key"] for line in block if (found := _KEY.match(line))]
    known = (
        len(names) > 1
        and {"title", "Title"} & set(names)
        and all(_PELICAN_KEY.match(name.lower()) for name in names[:2])
    )
    return _Block("lines", first, first + len(block), block) if known else None


def _whole(lines: Sequence[str], first: int) -> _Block | None:
    """Return all of a document that is nothing but YAML, such as a README that names a lesson and lists its parts."""
    if (
        not re.match(r"(?:name|title):\s+\S", lines[first])
        or len(lines) > _LONGEST
        or any(line[:1] == "#" for line in lines)
    ):
        return None
    try:
        value = read_yaml("\n".join(lines))
    except YamlError:
        return None
    known = isinstance(value, dict) and any(isinstance(one, list) for one in value.values())
    return _Block("whole", first, len(lines), lines) if known else None


# --- what it says ---


def _read(block: _Block, path: str) -> tuple[Mapping[str, Any] | None, tuple[Finding, ...]]:
    """Return the values of front matter and what is wrong with it; None when it is no front matter after all."""
    if block.form == "lia":
        return _lia_values(block.lines), ()
    if block.form == "whole":
        values = _parsed("yaml", "\n".join(block.lines))
        return {"title": values.get("name", ""), **values}, ()
    if block.form == "lines":
        return {name.lower(): value for name, value in _line_by_line(block.lines).items()}, ()
    if block.form == "unclosed":
        told = quoted("; ".join(filter(None, map(str.strip, block.lines))), _LONGEST)
        return _line_by_line(block.lines), (messages.FRONT_MATTER_UNCLOSED.at(Place(path, block.begin), content=told),)
    try:
        value = _parsed(block.form, "\n".join(block.lines))
    except YamlError as error:
        return _salvaged(block, path, error)
    if isinstance(value, dict):
        return {str(name): each for name, each in value.items()}, ()
    return ({}, ()) if value is None and block.lines else (None, ())


def _parsed(form: str, text: str) -> Any:
    """Return the value of a text in YAML, TOML or JSON; raises YamlError for any of them."""
    if form == "yaml":
        return read_yaml(text)
    try:
        return tomllib.loads(text) if form == "toml" else parsed_json(text)
    except RecursionError as error:
        raise YamlError("it nests too deep") from error
    except json.JSONDecodeError as error:
        raise YamlError(error.msg, error.lineno) from error
    except ValueError as error:
        at = re.search(r" \(at line (\d+)", str(error))
        raise YamlError(re.sub(r" \(at .*\)$", "", str(error)), int(at[1]) if at else 0) from error


def _salvaged(block: _Block, path: str, error: YamlError) -> tuple[Mapping[str, Any] | None, tuple[Finding, ...]]:
    """Return what is plain of front matter that cannot be read; None where nothing in it looks like a key."""
    bare = [line.strip().removesuffix(",") for line in block.lines] if block.form == "json" else block.lines
    values = _line_by_line(bare)
    if not values:
        return None, ()
    line = block.begin + error.line if error.line else block.begin
    return values, (messages.FRONT_MATTER_INVALID.at(Place(path, line), form=block.form.upper(), reason=error.reason),)


def _line_by_line(lines: Sequence[str]) -> dict[str, Any]:
    """Return the keys that begin a line with what stands after them; a list below a key is its value."""
    values: dict[str, Any] = {}
    name = ""
    for line in lines:
        if found := _KEY.match(line):
            name = found["key"].strip("\"'")
            values[name] = _plain_value(found["value"])
        elif name and (item := _ITEM.match(line)):
            held = values[name]
            values[name] = [*(held if isinstance(held, list) else []), _plain_value(item["value"])]
    return {key: value for key, value in values.items() if value != ""}


def _plain_value(text: str) -> Any:
    """Return a value as YAML reads it, or as it stands where it is no YAML or would be more than a line says."""
    text = text.strip()
    try:
        value = read_yaml(text) if text else ""
    except YamlError:
        return text.strip("\"'")
    return text if isinstance(value, dict) else value


def _lia_values(lines: Sequence[str]) -> dict[str, Any]:
    """Return the keys of LiaScript's header; of a macro `@name ... @end`, its lines."""
    values: dict[str, Any] = {}
    name, macro = "", ""
    for line in lines:
        if macro:
            if line.strip() == "@end":
                macro = ""
            else:
                values[macro] = f"{values[macro]}\n{line}"
        elif found := _MACRO.match(line.strip()):
            key = f"@{found['name']}"
            if found["value"]:
                values[key] = found["value"].strip()
            else:
                macro = key
                values[macro] = ""
            name = ""
        elif found := _KEY.match(line if line[:1].isspace() and name else line.lstrip()):
            name = found["key"]
            values[name] = "\n".join(filter(None, (values.get(name, ""), found["value"].strip())))
        elif name and line.strip():
            values[name] = f"{values[name]} {line.strip()}".strip()
    return values
