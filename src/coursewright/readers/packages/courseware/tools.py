"""Courses that authoring tools made: by which they are known, and the words in them that can be read without a script.

Such a tool keeps a course as data, and a script makes its pages. Of what can be read in the data, words are kept; what
tells the right answer of a question never is.
"""

from __future__ import annotations

import binascii
import posixpath
import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from coursewright.frozen import frozen
from coursewright.packages.files.budget import LARGEST_READ
from coursewright.packages.files.container import Container
from coursewright.readers.packages.courseware.sheet import ReadSheet, as_markdown, as_written, words_of
from coursewright.readers.packages.texts import plain_of
from coursewright.text.jsons import read_json
from coursewright.text.markdown.backwards import markdown_of

Data = Mapping[str, Any]
_MOST_TEXTS, _DEEPEST = 20_000, 60
_RISE = re.compile(
    r"(?:courseData\s*=|deserialize\(|__resolveJsonp\(\s*\"course:[\w-]*\"\s*,)\s*[\"']([A-Za-z0-9+/=\s]{100,})[\"']"
)
_PROVIDED = re.compile(r"globalProvideData\(\s*'[\w-]+'\s*,\s*'")
_UNESCAPED = re.compile(r"\\(['\"\\/])")
_SPOKEN = re.compile(r"\baccstr:\s*'((?:[^'\\]|\\.){1,5000})'")
_RISE_TEXTS = ("heading", "title", "paragraph", "description", "caption", "subtitle", "text", "front", "back")
_H5P_TEXTS = (
    "title",
    "introduction",
    "text",
    "description",
    "subtitle",
    "alt",
    "caption",
    "question",
    "taskDescription",
)
_H5P_NEVER = (
    "l10n",
    "behaviour",
    "overallFeedback",
    "UI",
    "override",
    "answers",
    "tipsAndFeedback",
    "correct",
    "metadata",
)


@frozen
class Tool:
    """An authoring tool: its name, and what reads the words of a course that it made, from the page that opens it."""

    name: str
    read: Callable[[Container, str], list[ReadSheet]]


def tool_of(container: Container) -> Tool | None:
    """Return the tool that made a package, known by its files; None where none is known to have made it."""
    names = list(container.sizes)
    for sign, tool in _SIGNS:
        if any(sign.search(name) for name in names):
            return tool
    return None


def _text(container: Container, name: str) -> str:
    return (container.read(name, LARGEST_READ) or b"").decode("utf-8", "replace") if name in container.sizes else ""


def _beside(container: Container, launch: str, ending: str) -> list[str]:
    """Return the files with a name that stand below the page that opens a course, or else anywhere."""
    home = posixpath.dirname(launch)
    found = sorted(name for name in container.sizes if name.endswith(ending))
    return [name for name in found if not home or name.startswith(f"{home}/")] or found


def _strings(value: Any, names: Sequence[str], never: Sequence[str] = (), depth: int = 0) -> Iterator[str]:
    """Yield the texts that stand under some names, in their order."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _strings(one, names, never, depth + 1)
    elif isinstance(value, dict):
        for name in sorted(value, key=lambda key: names.index(key) if key in names else len(names)):
            inner = value[name]
            if name in names and isinstance(inner, str) and inner.strip():
                yield inner
            elif name not in never:
                yield from _strings(inner, names, never, depth + 1)


def _sheet(file: str, title: str, texts: Iterable[str]) -> list[ReadSheet]:
    """Return texts, which are HTML, as a page, each once; nothing where there are none."""
    each = dict.fromkeys(list(texts)[:_MOST_TEXTS])
    return _of_blocks(file, plain_of(title), (markdown_of(text, as_written).markdown for text in each))


def _of_blocks(file: str, title: str, blocks: Iterable[str]) -> list[ReadSheet]:
    """Return blocks of Markdown as a page; nothing where none of them says anything."""
    markdown = "\n\n".join(filter(None, blocks))
    words = words_of(markdown)
    return [ReadSheet(file, title, markdown, words, words)] if markdown else []


def _rise(container: Container, launch: str) -> list[ReadSheet]:
    held = ("scormcontent/index.html", "scormcontent/runtime-data.js", "scormcontent/locales/und.js")
    for name in [*(name for ending in held for name in _beside(container, "", ending)), launch]:
        found = _RISE.search(_text(container, name))
        course = _rise_course(found[1]) if found else None
        if course:
            return [sheet for lesson in course for sheet in _lesson(lesson, name)]
    return []


def _rise_course(encoded: str) -> list[Data]:
    try:
        data = read_json(b64decode("".join(encoded.split())).decode("utf-8", "replace"))
    except (ValueError, binascii.Error):
        return []
    course = data.get("course", data) if isinstance(data, dict) else {}
    lessons = course.get("lessons", []) if isinstance(course, dict) else []
    return [one for one in lessons if isinstance(one, dict) and not one.get("deleted")]


def _lesson(lesson: Data, name: str) -> list[ReadSheet]:
    told = [one for one in _rows(lesson.get("items")) if not _asks(one)]
    return _sheet(name, str(lesson.get("title") or ""), _strings(told, _RISE_TEXTS, ("answers", "feedback", "media")))


def _asks(item: Data) -> bool:
    """Say whether a block of Rise is a question."""
    return (
        "quiz" in str(item.get("type", "")).lower() or "knowledge" in str(item.get("family", item.get("type"))).lower()
    )


def _adapt(container: Container, launch: str) -> list[ReadSheet]:
    folder = next((posixpath.dirname(name) for name in _beside(container, launch, "/components.json")), "")
    objects, *inner = (_rows(read_json(_text(container, f"{folder}/{kind}.json"))) for kind in _ADAPT)
    within = [_by_parent(rows) for rows in inner]
    pages = [one for one in objects if one.get("_type", "page") == "page"]
    return [sheet for page in pages for sheet in _adapt_page(page, within, f"{folder}/contentObjects.json")]


_ADAPT = ("contentObjects", "articles", "blocks", "components")


def _rows(value: Any) -> list[Data]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _adapt_page(page: Data, within: Sequence[dict[str, list[Data]]], file: str) -> list[ReadSheet]:
    """Return a page of Adapt with its articles, their blocks and the components of these, each of them once."""
    articles, blocks, components = within
    told = [*_said(page, with_title=False)]
    for article in _taken(page, articles):
        told += _said(article)
        for block in _taken(article, blocks):
            told += _said(block)
            for component in _taken(block, components):
                told += _said(component)
                if not any("_shouldBeSelected" in item for item in _rows(component.get("_items"))):
                    told += _strings(component.get("_items"), ("title", "body", "text", "strapline"))
    return _sheet(file, str(page.get("displayTitle") or page.get("title") or ""), told)


def _by_parent(rows: Iterable[Data]) -> dict[str, list[Data]]:
    """Return what says in what it stands, by that."""
    found: dict[str, list[Data]] = {}
    for one in rows:
        found.setdefault(str(one.get("_parentId") or ""), []).append(one)
    return found


def _taken(parent: Data, children: dict[str, list[Data]]) -> list[Data]:
    """Return what stands in something, which nothing else of its name is asked for again."""
    name = str(parent.get("_id") or "")
    return children.pop(name, []) if name else []


def _said(one: Data, *, with_title: bool = True) -> Iterator[str]:
    title = str(one.get("displayTitle") or "")
    if with_title and title.strip():
        yield f"<h2>{title}</h2>"
    yield from filter(str.strip, (str(one.get(name) or "") for name in ("body", "instruction")))


def _storyline(container: Container, launch: str) -> list[ReadSheet]:
    found: list[ReadSheet] = []
    for name in _slides(container, launch):
        slide = _provided(_text(container, name))
        if isinstance(slide, dict):
            texts = dict.fromkeys(_blocks(slide.get("slideLayers", slide)))
            found += _of_blocks(name, str(slide.get("title") or ""), map(as_markdown, texts))
    return found


def _slides(container: Container, launch: str) -> list[str]:
    """Return the files of slides, in the order of their scenes."""
    index = next(iter(_beside(container, launch, "html5/data/js/data.js")), "")
    home = index.removesuffix("html5/data/js/data.js")
    named = list(_strings(_provided(_text(container, index)), ("html5url",)))
    return [f"{home}{name}" for name in dict.fromkeys(named) if f"{home}{name}" in container.sizes]


def _provided(script: str) -> Any:
    found = _PROVIDED.search(script)
    end = script.rfind("'", found.end()) if found else -1
    return read_json(_UNESCAPED.sub(r"\1", script[found.end() : end])) if found and end >= 0 else None


def _blocks(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the paragraphs of a slide of Storyline, but for those of layers that only answers bring up."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _blocks(one, depth + 1)
    elif isinstance(value, dict) and value.get("isBaseLayer") is not False:
        spans, html = value.get("spans"), value.get("vartext")
        if isinstance(spans, list):
            said = "".join(str(one.get("text", "")) for one in _rows(spans))
            yield from filter(None, [" ".join(said.split())])
        if isinstance(html, str):  # as older versions have it
            yield from filter(None, map(plain_of, html.split("</p>")))
        for inner in value.values():
            yield from _blocks(inner, depth + 1)


def _captivate(container: Container, launch: str) -> list[ReadSheet]:
    for name in _beside(container, launch, "assets/js/CPM.js"):
        texts = dict.fromkeys(_UNESCAPED.sub(r"\1", one[1]).strip() for one in _SPOKEN.finditer(_text(container, name)))
        if found := _of_blocks(name, "", map(as_markdown, list(texts)[:_MOST_TEXTS])):
            return found
    return []


def _h5p(container: Container, launch: str) -> list[ReadSheet]:
    found: list[ReadSheet] = []
    for name in _beside(container, launch, "content/content.json"):
        about = read_json(_text(container, f"{posixpath.dirname(posixpath.dirname(name))}/h5p.json".lstrip("/")))
        title = str(about.get("title") or "") if isinstance(about, dict) else ""
        found += _sheet(name, title, _strings(read_json(_text(container, name)), _H5P_TEXTS, _H5P_NEVER))
    return found


_SIGNS: Sequence[tuple[re.Pattern[str], Tool]] = tuple(
    (re.compile(sign), Tool(name, read))
    for sign, name, read in (
        (r"(?:^|/)scormcontent/index\.html$", "Articulate Rise", _rise),
        (r"(?:^|/)html5/data/js/data\.js$|(?:^|/)story_content/", "Articulate Storyline", _storyline),
        (r"(?:^|/)assets/js/CPM\.js$", "Adobe Captivate", _captivate),
        (r"(?:^|/)data/browsersupport\.js$", "iSpring", lambda *_: []),
        (r"(?:^|/)course/[\w-]+/components\.json$", "Adapt", _adapt),
        (r"(?:^|/)content/content\.json$", "H5P", _h5p),
    )
)
"""By which file a tool is known."""
