"""Front matter: what site generators keep above a document, in YAML, TOML or JSON. It is for machines, never shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.readers.roadmap.labels import label_of
from coursewright.readers.roadmap.references import is_nothing
from coursewright.text.names import normal
from coursewright.text.patterns import later
from coursewright.text.phrases import quoted
from coursewright.text.vocabulary import HEADINGS, names

_OPENS = later(r"(---(?=\s*(?:yaml|toml|json)?\s*$)|\+\+\+(?=\s*$))")
_KEY = later(r"""(["']?)([^\W\d][\w .\-]{0,60}?)\1\s*[:=](?:\s+|$)(.*)$""")
_ANY_KEY = later(r"""[\s{,\-]*(["']?)([^\W\d][\w .\-]{0,60}?)\1\s*[:=]\s*(.*)$""")
# What may stand between keys: nested values, items, comments, tables of TOML, and what closes a list.
_INSIDE = later(r"""$|[ \t]+\S|- (?!\*\*)|-$|#(?!#)|\[|[\]})]|["']""")
_TITLES = "|".join(name.replace(" ", r"[\W_]+") for name, _ in names(HEADINGS))
_DOCUMENT = later(rf"# *(?:module roadmap|project plan|{_TITLES})", re.IGNORECASE)
_NEEDS = frozenset(("requires", "require", "required", "depends", "depends on", "dependencies", "needs"))
_MARK = later(r"\s*(?:---|\+\+\+|\.\.\.)\s*(?:yaml|toml|json)?\s*$|\ufeff?\s*$")
_LONGEST = 300  # characters that a finding tells of it


@frozen
class _FrontMatter:
    begin: int
    end: int
    keys: Sequence[str]
    closed: bool


def without_front_matter(lines: list[str], path: str, findings: list[Finding]) -> list[str]:
    """Return the lines of a document with front matter blanked out, so that each stays where it is."""
    if not (found := _front_matter(lines)):
        return lines
    place = Place(path, found.begin + 1)
    left_out = messages.FRONT_MATTER if found.closed else messages.FRONT_MATTER_UNCLOSED
    content = [line.strip() for line in lines[found.begin : found.end] if not _MARK.match(line)]
    whole = "; ".join(filter(None, content))
    cut = quoted(whole, _LONGEST)
    findings.append(replace(left_out.at(place, content=cut), words=() if cut == whole else tuple(content)))
    findings += _unread_prerequisites(lines, found, path)
    return [*lines[: found.begin], *[""] * (found.end - found.begin), *lines[found.end :]]


def _front_matter(lines: list[str]) -> _FrontMatter | None:
    begin = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not lines or not (first := lines[begin].lstrip("\ufeff")):
        return None
    if mark := _OPENS.match(first):
        return _fenced(lines, begin, mark[1])
    return _json(lines, begin) if first.startswith("{") else None


def _fenced(lines: list[str], begin: int, mark: str) -> _FrontMatter | None:
    """Return front matter between two marks, or None where the first one is only a rule on the page."""
    if "json" in lines[begin]:
        inner = _json(lines, begin + 1)
        closes = inner is not None and [line.rstrip() for line in lines[inner.end : inner.end + 1]] == [mark]
        return _FrontMatter(begin, inner.end + closes, inner.keys, closes) if inner else None
    keys: list[str] = []
    for number in range(begin + 1, len(lines)):
        line = lines[number].rstrip()
        if keys and (line == mark or (line == "..." and mark == "---")):
            return _FrontMatter(begin, number + 1, keys, closed=True)
        if key := _KEY.match(line):
            keys.append(key[2])
        elif not _INSIDE.match(line) or _DOCUMENT.match(line):
            break
    return _unclosed(lines, begin) if keys and _KEY.match(lines[begin + 1]) else None


def _unclosed(lines: list[str], begin: int) -> _FrontMatter:
    """Return front matter that nothing closes: the keys right below its mark, up to a blank line or other text."""
    end = begin + 1
    while end < len(lines) and lines[end].strip() and (_KEY.match(lines[end]) or _INSIDE.match(lines[end])):
        if _DOCUMENT.match(lines[end]):
            break
        end += 1
    return _FrontMatter(begin, end, [key[2] for line in lines[begin:end] if (key := _KEY.match(line))], closed=False)


def _json(lines: list[str], begin: int) -> _FrontMatter | None:
    text = "\n".join(lines[begin:]).removeprefix("\ufeff")
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return _broken_json(lines, begin)
    rest = text[end:].partition("\n")[0]
    if not isinstance(value, dict) or not value or rest.strip():
        return None
    return _FrontMatter(begin, begin + text.count("\n", 0, end) + 1, list(map(str, value)), closed=True)


def _broken_json(lines: list[str], begin: int) -> _FrontMatter | None:
    end = begin + 1
    while end < len(lines) and lines[end].strip() and not lines[end].startswith("#"):
        end += 1
    keys = re.findall(r'^[\s{]*"([^"\n]{1,60})"\s*:', "\n".join(lines[begin:end]), re.MULTILINE)
    return _FrontMatter(begin, end, keys, closed=False) if keys else None


def _unread_prerequisites(lines: list[str], found: _FrontMatter, path: str) -> Iterator[Finding]:
    for number in range(found.begin, found.end):
        key = _ANY_KEY.match(lines[number])
        if (
            key
            and (label_of(key[2]) or normal(key[2]) in _NEEDS)
            and not _is_empty(key[3], *lines[number + 1 : number + 2])
        ):
            yield messages.FRONT_MATTER_PREREQUISITES.at(Place(path, number + 1), key=key[2])


def _is_empty(value: str, following: str = "") -> bool:
    """Say whether a key has no value, neither beside it nor below."""
    text = value.strip(" ,[]\"'{}")
    below = not value.strip(" [{") and following.lstrip().startswith(("-", '"', "'")) and following.strip() != "---"
    return not below and (is_nothing(text) or text in ("null", "~", "false"))
