"""What the name of a file or folder says: its number, its title, and whether it is a lesson."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath

from coursewright.readers.decoding import NOTEBOOK
from coursewright.text.names import slug
from coursewright.text.patterns import later

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
SUFFIXES = frozenset({*MARKDOWN, NOTEBOOK})
QUIZ_SUFFIXES = frozenset({".gift", ".aiken", ".json", ".yaml", ".yml", ".xml", ".txt", ".qti", ".csv", ".tsv"})
OVERVIEWS = ("index", "_index", "readme")
"""Names of the document that stands for its folder; a site's before a repository's."""


class Left(StrEnum):
    """Why a document is no page of a course."""

    COMMUNITY = "about the repository"
    TEMPLATE = "templates for authors"
    TOOL = "about a program"
    TRANSLATION = "translations"
    ARCHIVED = "archived"
    FILES = "notes beside pictures and files"
    DRAFT = "drafts"
    OUTSIDE = "outside the folder that the site is made of"
    PEOPLE = "about people"
    PLANS = "plans of those who made the course"
    ASIDE = "beside the numbered lessons"
    TWIN = "copies of documents beside them"


_NUMBER = later(r"(?:[^\W\d_]{1,14}[-_. ]{0,2})?(\d{1,6}(?:\.\d{1,4})*)")
# A number in words of Chinese and Japanese before what is counted, or before a comma that lists: `第三章`, `十二、`
_HAN = "〇一二三四五六七八九"
_IN_HAN = later(
    rf"(?:第(?P<of>[{_HAN}零十百]{{1,5}})(?:[章节節回课課讲講周週天日部篇卷编編集步关關]|单元|單元|部分|章节)"
    rf"|(?P<listed>[{_HAN}零十百]{{1,5}})(?=[、．.]))"
)
_LEADING = later(r"(\d{1,6}(?:\.\d{1,4})*[a-z]?)(?:[-_.) :]+|$)")
_COUNTED = later(r"(?:part|lesson|chapter|step|week|day|episode|unit|module|session)[-_ ]?(\d+)[-_.: ]+(?=\S)", re.I)
_TOKEN = later(r"\d+|\D+")
_LAST = later(
    r"conclusions?|summary|wrap-?up|next-?steps|further-?reading|assignments?|homework|quiz(?:zes)?|exam|assessment"
)
_ROLES = (
    (later(r"(?:lecture|lesson|reading|theory|content|note)s?(?:-.*)?"), 2),
    (later(r"(?:exercise|lab|practice|practical|activit|tutorial|worksheet|challenge)(?:s|ies|y)?(?:-.*)?"), 4),
    (later(r"(?:projects?|capstone)(?:-.*)?"), 5),
    (later(r"(?:resource|reference|appendi|glossary|bibliography|further)\w*(?:-.*)?"), 7),
)
_USUAL, _LATE = 3, 6
_WITHIN = later(
    r"(?:lectures?|labs?|contents?|quiz(?:zes)?|slides?|exercises?|(?:lecture-)?notes|lessons?|tasks?|assignments?"
    r"|homework|drills?|readings?|demos?|resources?|videos?|practice|solutions?|theory|questions?|tests?|projects?"
    r"|activities|guides?|media)"
)
_FIRST = later(r"intro(?:duction)?|welcome|overview|getting-?started|start(?:-?here)?")
_QUIZ = later(r"quiz|exam(?!ple)|question|test[-_ ]?bank", re.IGNORECASE)
_QUIZ_APP = later(r"quiz(?:zes)?[-_]?app", re.IGNORECASE)
_NEVER = later(
    r"code[-_]?of[-_]?conduct|contributing|contributors|changelog|licen[cs]e|copilot-instructions"
    r"|pull[-_]request[-_]template|issue[-_]template|maintainers|_?for[-_]authors|readme[-_]template"
    r"|_sidebar|_navbar|_coverpage|_toc|404|_404|llms"
)
# Subjects of lessons as well: about the repository at its top, or in capitals.
_AT_ROOT = later(
    r"changes|citation|funding|governance|security|style|support|todo|translations?|(?:privacy|cookies?)[-_]policy"
    r"|terms[-_](?:(?:and|&)[-_]conditions|of[-_](?:use|service))|(?:about|contact)[-_]us|imprint|impressum"
)
_AT_ROOT_IN_CAPITALS = later(r"BACKLOG|DEPLOYMENT|DESIGN|DEVELOPMENT|HACKING|PUBLISHING|TRANSLATING|TODO[-_ ].*")
_IN_CAPITALS = later(r"AGENTS|CLAUDE|GEMINI|QWEN|SUMMARY|AUTHORS|HISTORY|RELEASES?|NEWS|NOTICE|INSTALL|ROADMAP|CREDITS")
_TEMPLATES = frozenset(("template", "templates"))
_BEGUN_WITH_TEMPLATES = """
a assignment blank blog chapter challenge class concept content course day deck doc document documentation episode
example exam exercise guide homework index lab lecture lesson module new notes page post practice presentation
project question quiz readme reading rubric sample section session simple skeleton slide slides solution speaker
starter syllabus task test the topic tutorial unit v1 v2 v3 week workshop
"""
_FROM_TEMPLATES = frozenset(_BEGUN_WITH_TEMPLATES.split())
_UNNAMED = later(r"untitled\d*", re.IGNORECASE)  # as Jupyter calls a new notebook
_BESIDE = later(
    r"(?:appendi(?:x|ces)|capstone|final|projects?|labs?|exercises?|conclusions?|intro|introduction|set-?up|getting-?started|install"
    r"(?:ation)?|welcome|overview|assessments?|exams?|quiz(?:zes)?|bonus|extras?|glossary|prerequisites|syllabus|next-?steps"
    r"|wrap-?up|summary|assignments?|homework|faq|cheat-?sheets?|references?|resources|schedule|start-?here|about"
    r"|before-?you-?(?:start|begin)|workshop|course|bibliography|discuss(?:ion)?)(?:-.*)?"
)
_ARCHIVED = later(
    r"[_.]?(?:archived?|archives|deprecated|obsolete|old|drafts?|trash)"
    r"(?:[-_ ](?:content|docs?|files?|lessons?|materials?|notes|pages|stuff|versions?))?",
    re.IGNORECASE,
)
_FILES = later(r"_?assets|images?|imgs?|media|static|figs?|figures|css|fonts|sketchnotes", re.IGNORECASE)
_PEOPLE = later(r"_(?:authors|members|people|staff|staffers|team)")  # collections of Jekyll
_PLANS = frozenset({"spec.md", "plan.md", "tasks.md"})  # what agents work by, in a folder for each change
_MANIFESTS = frozenset(
    {"package.json", "pyproject.toml", "setup.py", "Cargo.toml", "go.mod", "pom.xml", "composer.json"}
)


def stem(name: str) -> str:
    """Return the name of a document without its extension; one of several parts keeps the others (`a.b.md`)."""
    path = PurePosixPath(name)
    return path.stem if path.suffix.lower() in SUFFIXES else path.name


def may_be_quiz(relative: str) -> bool:
    """Say whether a file that is no Markdown may be a quiz, by its name or its folder's."""
    path = PurePosixPath(relative)
    suffix = path.suffix.lower()
    named = suffix in QUIZ_SUFFIXES and bool(_QUIZ.search("/".join(path.parts[-2:])))
    return suffix in (".gift", ".aiken") or named or (suffix == ".json" and is_in_quiz_app(relative))


def is_quiz_app(folder: str) -> bool:
    """Say whether a folder is called a program that asks quizzes."""
    return bool(_QUIZ_APP.fullmatch(folder))


def is_in_quiz_app(relative: str) -> bool:
    """Say whether a file is among the texts of a program that asks quizzes, in whatever language."""
    parts = PurePosixPath(relative).parts
    return "translations" in parts and any(map(is_quiz_app, parts[: parts.index("translations")]))


def is_quiz(path: str) -> bool:
    """Say whether a document is called a quiz."""
    return bool(_QUIZ.search(stem(PurePosixPath(path).name)))


def is_overview(name: str) -> bool:
    """Say whether a document stands for its folder."""
    return stem(name).casefold() in OVERVIEWS


def number(name: str) -> str:
    """Return the number that a name begins with, after a word at most (`step_10`), or nothing."""
    found = _NUMBER.match(_in_digits(stem(name).lstrip("_")))
    return found[1] if found else ""


def _in_digits(name: str) -> str:
    """Return a name whose number in Chinese characters stands in digits: `第十二章` says `第12章`."""
    found = _IN_HAN.match(name)
    if not found:
        return name
    at, end = found.span("of" if found["of"] else "listed")
    return f"{name[:at]}{_of_han(name[at:end])}{name[end:]}"


def _of_han(words: str) -> int:
    """Return the number that Chinese characters say: `百二十三`, `二十`, `一〇`."""
    if not set(words) & {"十", "百"}:
        return int("".join(str(_HAN.index(word.replace("零", "〇"))) for word in words))
    value, digit = 0, 0
    for word in words.replace("零", "").replace("〇", ""):
        if word in "十百":
            value, digit = value + (digit or 1) * (10 if word == "十" else 100), 0
        else:
            digit = _HAN.index(word)
    return value + digit


def without_number(name: str) -> str:
    """Return a name without the number that puts it in order, or the name where nothing else is left."""
    rest = stem(name)
    rest = _LEADING.sub("", rest, count=1) if _LEADING.match(rest) else _COUNTED.sub("", rest, count=1)
    return rest or stem(name)


def titled(name: str) -> str:
    """Return the title that a name gives: `02-data_types.md` says `Data types`, `quiz.csv` says `Quiz`."""
    path = PurePosixPath(name)
    name = path.stem if path.suffix.lower() in QUIZ_SUFFIXES else name
    words = " ".join(re.sub(r"[-_]+", " ", without_number(name).strip("_")).split())
    return words[:1].upper() + words[1:]


def unit_title(given: str, own: str, folder: str) -> str:
    """Return what a unit is called: by its order, its first lesson unless that is called `Reading`, or its folder."""
    return given or (own if own and not (folder and is_within_unit(own)) else titled(folder))


def identified(relative: str) -> str:
    """Return the id that a path gives: without the numbers that put it in order, so that it stays when they change."""
    path = PurePosixPath(relative)
    parts = [*path.parent.parts, *([] if is_overview(path.name) and path.parent.parts else [path.name])]
    return ".".join(slug(without_number(part)) for part in parts)


def natural(name: str, *, plain: bool = False) -> tuple[object, ...]:
    """Return what sorts names as people do: numbers as numbers, what stands for the folder first.

    With `plain`, which is for names without numbers, introductions and lectures come first, then exercises, and at last
    conclusions, quizzes and what is looked up.
    """
    bare = re.sub(r"[_ ]+", "-", _in_digits(stem(name).strip("_")).casefold())
    rank = 0 if is_overview(name) else _USUAL
    if plain or not number(name):
        rank = 1 if _FIRST.fullmatch(bare) else rank
    if plain and rank == _USUAL:
        roles = (place for pattern, place in _ROLES if pattern.fullmatch(bare))
        rank = _LATE if _LAST.fullmatch(bare) else next(roles, rank)
    tokens = tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _TOKEN.findall(bare))
    return rank, tokens, name


def by_number(name: str) -> tuple[object, ...]:
    """Return what sorts names of which most have a number: those without come last, but for introductions."""
    rank, *rest = natural(name, plain=not number(name))
    return (not number(name) and rank not in (0, 1), rank, *rest)


def is_within_unit(name: str) -> bool:
    """Say whether a folder is named by what it holds of a unit, such as `exercises`, not by its subject."""
    return bool(_WITHIN.fullmatch(re.sub(r"[_ ]+", "-", without_number(name).casefold())))


def left(name: str, *, at_root: bool) -> Left | None:
    """Return why a document is no page by its name, or None."""
    bare = stem(name)
    if _NEVER.fullmatch(bare.casefold()) or _IN_CAPITALS.fullmatch(bare):
        return Left.COMMUNITY
    if (at_root or bare.isupper()) and _AT_ROOT.fullmatch(bare.casefold()):
        return Left.COMMUNITY
    if at_root and _AT_ROOT_IN_CAPITALS.fullmatch(bare):
        return Left.COMMUNITY
    if name.casefold().endswith(".prompt.md"):
        return Left.PLANS
    if is_notebook(name) and _UNNAMED.fullmatch(bare):
        return Left.DRAFT
    if _is_template(bare) or (bare.startswith("_") and PurePosixPath(name).suffix.lower() in (".qmd", ".mdx", ".rmd")):
        return Left.TEMPLATE
    return None


def is_never_lesson(path: str) -> bool:
    """Say whether a document is about the repository even where an order lists it."""
    bare = stem(PurePosixPath(path).name)
    return bool(_NEVER.fullmatch(bare.casefold()) or _IN_CAPITALS.fullmatch(bare))


def is_of_repository(name: str, beside: frozenset[str]) -> bool:
    """Say whether the document at the top that is called README speaks of a site of Jekyll, which has a home beside."""
    home = beside & {"index.html", "index.md", "index.markdown"}
    return bool(home) and "_config.yml" in beside and stem(name).casefold() == "readme"


def _is_template(bare: str) -> bool:
    """Say whether a document is what authors begin with, not a lesson on templates: `lesson-template`, `_template`."""
    words = [word for word in re.split(r"[-_. ]+", bare.casefold()) if word]
    others = [word for word in words if word not in _TEMPLATES]
    if len(others) == len(words) or bare[:1].isdigit():
        return False
    shouted = bare.isupper() or bare.startswith("_")
    return shouted or all({word, word.removesuffix("s")} & _FROM_TEMPLATES or word.isdecimal() for word in others)


def folder_left(name: str, files: frozenset[str]) -> Left | None:
    """Return why no document in a folder is a page, by its name and the files in it, or None."""
    if _is_template(name):
        return Left.TEMPLATE
    if _ARCHIVED.fullmatch(name):
        return Left.ARCHIVED
    if _PEOPLE.fullmatch(name):
        return Left.PEOPLE
    if len(_PLANS & files) > 1:
        return Left.PLANS
    lessons = sum(map(is_markdown, files))
    if _FILES.fullmatch(name) and not (lessons > 1 and lessons == len(files)):
        return Left.FILES
    return Left.TOOL if files & _MANIFESTS and not number(name) else None


def beside_lessons(name: str) -> bool:
    """Say whether an unnumbered document is a part of a course whose lessons are numbered."""
    bare = re.sub(r"[_ .]+", "-", stem(name).casefold())
    return is_overview(name) or bool(_BESIDE.fullmatch(bare))


def is_markdown(path: str) -> bool:
    """Say whether a file is Markdown by its name, or a notebook, which is read as such."""
    return PurePosixPath(path).suffix.lower() in SUFFIXES


def is_notebook(path: str) -> bool:
    """Say whether a file is a notebook of Jupyter by its name."""
    return path.lower().endswith(NOTEBOOK)


def stands_for(folder: str, path: str) -> bool:
    """Say whether a document is the overview of a folder."""
    return path.rpartition("/")[0] == folder and is_overview(path.rpartition("/")[2])


def starts(path: str) -> bool:
    """Say whether a document may be a start note, whose links say the order."""
    return "/" not in path and stem(path).casefold() in ("start", "start here", "home", "toc", "contents")
