"""Wikilinks, as Obsidian writes them: `[[Note|text]]`, `![[picture.png|300]]`, `![[Note#Heading]]`."""

from __future__ import annotations

import posixpath
import re

from coursewright.readers.folder.forms import is_picture, link, picture
from coursewright.readers.folder.includes import Wanted, included
from coursewright.readers.folder.lines import HeadingLine, Lines, code_marks, heading_lines, outside_code
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.text.markdown.anchors import anchor_of
from coursewright.text.markdown.values import Text

_LINK = re.compile(
    r"(?<![\\!=])\[\[(?P<target>[^\[\]|#\n]*)(?:#(?P<heading>[^\[\]|\n]*))?(?:\\?\|(?P<text>[^\[\]\n]*))?\]\](?!\()"
)
_EMBED = re.compile(r"!\[\[(?P<target>[^\[\]|#\n]+)(?:#(?P<heading>[^\[\]|\n]*))?(?:\\?\|(?P<text>[^\[\]\n]*))?\]\]")
_COMMENT = re.compile(r"%%.*?%%")
_BLOCK_ID = re.compile(r"\s\^[A-Za-z0-9-]+\s*$")
_HEADING_ID = re.compile(r"(?P<heading>\s*#{1,6}\s.*?)\s*\[\[(?P<id>[\w-]+)\]\]\s*$")


def without_wiki(lines: Lines, rewriting: Rewriting, above: tuple[str, ...] = ()) -> Lines:
    """Return lines with wikilinks as links, and embedded notes and pictures in their place.

    `above` are the notes that these lines are embedded through.
    """
    wiki = rewriting.options.names.wiki
    if not any("[[" in line or (wiki and ("%%" in line or "^" in line)) for line in lines):
        return lines
    kept: Lines = []
    for line, code in zip(lines, code_marks(lines, notebook=rewriting.notebook), strict=True):
        if code or ("[[" not in line and not wiki):
            kept.append(line)
        elif found := _HEADING_ID.match(line):
            kept.append(Text(f"{found['heading']} {{#{found['id']}}}", line.line))
        elif (embed := _EMBED.fullmatch(line.strip())) and not _is_file(embed["target"]):
            kept += _note(embed, line, rewriting, above)
        else:
            changed = outside_code(line, lambda text, at=line.line: _changed(text, at, rewriting))  # type: ignore[misc]
            if changed.strip() or not line.strip():
                kept.append(Text(changed, line.line))
    return kept


def _changed(text: str, line: int, rewriting: Rewriting) -> str:
    text = _EMBED.sub(lambda found: _shown(found, rewriting), text)
    text = _LINK.sub(lambda found: _linked(found, line, rewriting), text)
    return _BLOCK_ID.sub("", _COMMENT.sub("", text)) if rewriting.options.names.wiki else text


def _is_file(name: str) -> bool:
    ending = posixpath.splitext(name)[1].lower()
    return bool(ending) and ending not in (".md", ".markdown") and " " not in ending


def _shown(found: re.Match[str], rewriting: Rewriting) -> str:
    """Return an embedded picture or file by its name, wherever in the course it lies."""
    name = found["target"].strip()
    given = found["text"] or ""
    text = "" if re.fullmatch(r"\d+(?:x\d+)?", given) else given
    address = _address(name, rewriting) or name
    return picture(address, text) if is_picture(name) else link(text or name, address)


def _address(name: str, rewriting: Rewriting) -> str | None:
    """Return the address of a file by its name, from the root of the course."""
    files = rewriting.folder.named(posixpath.basename(name))
    chosen = next((one for one in files if one.lower().endswith(name.lower())), None)
    return f"/{chosen}" if chosen else None


def _document(name: str, rewriting: Rewriting) -> str | None:
    return rewriting.options.names.by_name.get(
        posixpath.splitext(name)[0].strip().lower() if name.endswith(".md") else name.strip().lower()
    )


def _linked(found: re.Match[str], line: int, rewriting: Rewriting) -> str:
    name, heading = found["target"].strip(), (found["heading"] or "").strip()
    anchor = f"#{anchor_of(heading.split('#')[-1])}" if heading and not heading.startswith("^") else ""
    if not name:
        return link(found["text"] or heading, anchor) if anchor and rewriting.options.names.wiki else found[0]
    path = _document(name, rewriting)
    address = f"/{path}" if path else _address(name, rewriting) if _is_file(name) else None
    if address:
        return link(found["text"] or (f"{name} › {heading}" if anchor else posixpath.basename(name)), address + anchor)
    if rewriting.options.names.wiki:
        return link(found["text"] or name, f"{name}.md")
    return found[0]


def _note(found: re.Match[str], line: Text, rewriting: Rewriting, above: tuple[str, ...]) -> Lines:
    """Return the lines of an embedded note, or of one of its sections; a link to it where it is no note."""
    path = _document(found["target"], rewriting)
    if not path:
        return [Text(found["text"] or found["target"], line.line)] if rewriting.options.names.wiki else [line]
    inner = included(Wanted(f"/{path}", "", line.line), rewriting, above) or []
    inner = _section(inner, found["heading"]) if found["heading"] else inner
    return without_wiki(inner, rewriting, (*above, path))


def _section(lines: Lines, title: str) -> Lines:
    """Return the lines of the section of a title."""
    listed: list[HeadingLine] = list(heading_lines(lines))
    start = next((one for one in listed if one.title.strip().lower() == title.strip().lower()), None)
    if not start:
        return lines
    end = next((one.index for one in listed if one.index > start.index and one.level <= start.level), len(lines))
    return lines[start.index : end]
