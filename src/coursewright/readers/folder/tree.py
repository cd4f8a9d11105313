"""What documents a folder holds: found within bounds, without leaving it, translations and programs left aside."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path, PurePosixPath

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen, slotted
from coursewright.readers.decoding import NOTEBOOK
from coursewright.readers.folder.apps import banks_of
from coursewright.readers.folder.languages import (
    HOMES,
    NAMED,
    chosen,
    in_languages,
    of_several,
    translated,
    translated_among,
    translation_of,
    untranslated,
)
from coursewright.readers.folder.names import (
    SUFFIXES,
    Left,
    folder_left,
    is_markdown,
    is_of_repository,
    is_overview,
    left,
    may_be_quiz,
    number,
    stem,
)
from coursewright.text.names import few

MOST_FILES = 200_000
MOST_DOCUMENTS = 5_000
_BUILT_NAMES = """
_site _build _book _freeze node_modules bower_components vendor dist site_libs __pycache__ venv env _includes
_layouts _sass _data _plugins _templates
"""
_BUILT = frozenset(_BUILT_NAMES.split())
ORDER_FILES = (
    "course.toml",
    "SUMMARY.md",
    "mkdocs.yml",
    "mkdocs.yaml",
    "_toc.yml",
    "_toctree.yml",
    "_quarto.yml",
    "_quarto.yaml",
    "myst.yml",
    "_bookdown.yml",
    "config.yaml",
    "sidebars.js",
    "sidebars.ts",
    *(f".{name}/config.{suffix}" for name in ("vitepress", "vuepress") for suffix in ("ts", "mts", "js", "mjs")),
    "book.json",
    "_sidebar.md",
    "index.md",
    "_config.yml",
)
HIDDEN_ORDERS = tuple(name for name in ORDER_FILES if "/" in name)
HIDDEN_HOMES = tuple(dict.fromkeys(name.split("/")[0] for name in HIDDEN_ORDERS))
_DEEPEST_ORDER = 3
_FEW = 3  # documents that two folders may both have without being translations of one another
_UNREAD = frozenset({".rst", ".adoc", ".asciidoc", ".org", ".tex"})


@frozen
class Tree:
    """The documents of a folder, by their paths relative to it, and those that are no pages, by why.

    `shown` is how findings name the folder, and `start` the folder in it that the course is: that of a translation.
    `orders` are the files that may say the order, the outermost first, `quizzes` those that are no Markdown, and may be
    quizzes, `twins` the files beside documents that are their translations into the language that is meant.
    """

    root: Path
    shown: str
    documents: tuple[str, ...]
    left: Mapping[Left, tuple[str, ...]]
    language: str = ""
    translations: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    quizzes: tuple[str, ...] = ()
    start: str = ""
    twins: Mapping[str, str] = field(default_factory=dict)

    def file(self, relative: str) -> str:
        """Return the file that a document is read from: itself, or its translation beside it."""
        return self.twins.get(relative, relative)

    def named(self, relative: str) -> str:
        """Return a path as findings name it."""
        return f"{self.shown}/{relative}" if self.shown not in ("", ".") else relative

    def has(self, relative: str) -> bool:
        """Say whether a file is there, within the folder."""
        path = self.root / self.file(relative)
        return path.is_file() and path.resolve().is_relative_to(self.root.resolve())


def order_name(path: str) -> str:
    """Return which of the order files a path is: its last part, or two where a hidden folder holds it."""
    return next((name for name in HIDDEN_ORDERS if path.endswith(name)), path.rpartition("/")[2])


def order_home(path: str) -> str:
    """Return the folder that an order file is about."""
    return path.removesuffix(order_name(path)).rstrip("/")


@slotted
class _Walk:
    root: Path
    shown: str
    wanted: str
    real: Path
    findings: list[Finding]
    documents: list[str] = field(default_factory=list)
    left: dict[Left, list[str]] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)
    orders: list[str] = field(default_factory=list)
    quizzes: list[str] = field(default_factory=list)
    twins: dict[str, str] = field(default_factory=dict)
    start: str = ""
    seen: int = 0

    def walk(self) -> None:
        """Visit folders one after another; what a folder holds is looked at before anything below it."""
        waiting = [f"{self.start}/" if self.start else ""]
        left_out: dict[str, Left] = {}
        while waiting and self.seen <= MOST_FILES and len(self.documents) <= MOST_DOCUMENTS:
            relative = waiting.pop()
            files, folders = self._listed(relative)
            name = PurePosixPath(relative).name
            inner = relative.removeprefix(f"{self.start}/") if self.start else relative
            why = left_out.get(relative) or (folder_left(name, frozenset(files)) if inner else None)
            self._take(relative, inner, files, why)
            below = [f"{relative}{name}/" for name in reversed(self._followed(relative, folders))]
            left_out.update(dict.fromkeys(below, why) if why and why is not Left.TOOL else {})
            waiting += below
        if self.seen > MOST_FILES or len(self.documents) > MOST_DOCUMENTS:
            self.findings.append(
                messages.FOLDER_TOO_LARGE.at(Place(self.shown), files=MOST_FILES, documents=MOST_DOCUMENTS)
            )
            for found in (self.documents, self.orders, self.quizzes):
                found.clear()

    def part_twins(self) -> None:
        """Leave translations out that only their number shows to be some, or read them in place of what they are of."""
        for path, (base, language) in translated_among(self.documents).items():
            self.languages.add(language)
            self.documents.remove(path)
            if self.wanted and chosen([language], self.wanted):
                self.twins[base] = path
            else:
                self.left.setdefault(Left.TRANSLATION, []).append(path)

    def _listed(self, relative: str) -> tuple[list[str], list[str]]:
        """Return the names of the files and folders in a folder that nobody hides."""
        files: list[str] = []
        folders: list[str] = []
        try:
            with os.scandir(self.root / relative) as found:
                for entry in found:
                    self.seen += 1
                    if self.seen > MOST_FILES:
                        break
                    if not entry.name.startswith("."):
                        self._sort(entry, relative, files, folders)
        except OSError as error:
            place = Place(self._named(relative))
            self.findings.append(messages.FOLDER_UNREADABLE.at(place, reason=error.strerror or error))
        return sorted(files), sorted(folders)

    def _sort(self, entry: os.DirEntry[str], relative: str, files: list[str], folders: list[str]) -> None:
        """Put an entry among files or folders; a link to a folder is no part of this one, nor what leads outside."""
        if not _is_text(entry.name):
            named = self._named(f"{relative}{entry.name.encode('utf-8', 'backslashreplace').decode()}")
            self.findings.append(messages.UNREADABLE.at(Place(named), reason="its name is not UTF-8"))
            return
        if entry.is_dir(follow_symlinks=False):
            folders.append(entry.name)
            return
        real = Path(os.path.realpath(entry.path)) if entry.is_symlink() else None
        if real is None or (real.is_file() and real.is_relative_to(self.real)):
            files.append(entry.name)
        elif PurePosixPath(entry.name).suffix.lower() in SUFFIXES or _leads_out(real, self.real):
            self.findings.append(messages.LINK_LEADS_OUT.at(Place(self._named(f"{relative}{entry.name}"))))

    def _take(self, relative: str, inner: str, files: list[str], why: Left | None) -> None:
        """Take the documents of a folder, and count what is no Markdown but may be a lesson.

        `inner` is its path within the course, and `why` the reason why nothing in it is a page.
        """
        names = [name for name in files if PurePosixPath(name).suffix.lower() in SUFFIXES]
        stems = frozenset(stem(name) for name in names)
        if why is Left.TOOL and not all(is_overview(name) or left(name, at_root=False) for name in names):
            why = None
        if inner.count("/") <= _DEEPEST_ORDER:
            self.orders += [f"{relative}{name}" for name in files if name in ORDER_FILES]
            self.orders += self._hidden_orders(relative)
        for name in names:
            reason = why or left(name, at_root=not inner)
            if not inner and is_of_repository(name, frozenset(files)):
                reason = Left.COMMUNITY
            reason = reason or _copied(name, names)
            if reason:
                self.left.setdefault(reason, []).append(f"{relative}{name}")
            else:
                self._take_document(relative, name, names, stems)
        if not why and len(self.quizzes) < MOST_DOCUMENTS:
            self.quizzes += [f"{relative}{name}" for name in files if may_be_quiz(f"{relative}{name}")]
        if why in (None, Left.TOOL):
            self.quizzes += banks_of(self.root, relative, self.wanted)
        for name in files:
            if (suffix := PurePosixPath(name).suffix.lower()) in _UNREAD:
                self.unread[suffix] = self.unread.get(suffix, 0) + 1

    def _take_document(self, relative: str, name: str, names: Sequence[str], stems: frozenset[str]) -> None:
        """Take a document, unless it is a translation of one beside it and in another language than is meant."""
        variant = in_languages(stems).get(stem(name))
        language = variant.language if variant else translation_of(stem(name), stems)
        if not language:
            self.documents.append(f"{relative}{name}")
            return
        self.languages.add(language)
        if variant and of_several(variant.languages, self.wanted) == language:
            self.documents.append(f"{relative}{self._alone(relative, name, variant.base)}")
            return
        if not variant and self.wanted and chosen([language], self.wanted):
            self._pair(relative, name, names)
            return
        self.left.setdefault(Left.TRANSLATION, []).append(f"{relative}{name}")

    def _hidden_orders(self, relative: str) -> list[str]:
        """Return the order files in folders that generators hide."""
        homes = {name for name in HIDDEN_HOMES if (self.root / relative / name).is_dir()}
        paths = [f"{relative}{name}" for name in HIDDEN_ORDERS if name.split("/")[0] in homes]
        return [
            path
            for path in paths
            if (self.root / path).resolve().is_relative_to(self.real) and (self.root / path).is_file()
        ]

    def _alone(self, relative: str, name: str, base: str) -> str:
        """Know a document that is in one of several languages by its name without the language, and return that."""
        known = f"{base}{PurePosixPath(name).suffix}"
        self.twins[f"{relative}{known}"] = f"{relative}{name}"
        return known

    def _pair(self, relative: str, name: str, names: Sequence[str]) -> None:
        """Know a document as the translation of the one whose name it has besides its language."""
        whole = untranslated(stem(name))
        base = next(other for other in names if stem(other) == whole)
        self.twins[f"{relative}{base}"] = f"{relative}{name}"

    def _followed(self, relative: str, folders: list[str]) -> list[str]:
        """Return the folders to be looked into: no translations but those in the language that is meant."""
        found = translated(folders)
        if any(name.casefold() in NAMED for name in found):
            found |= {one: one for one in folders if one not in found and self._is_like(relative, one, found)}
        twins = {name: tag for name in folders if name not in found and (tag := translation_of(name, folders))}
        self.languages |= {*found.values(), *twins.values()}
        meant = chosen(found.values(), self.wanted) if found else ""
        taken = {name for name, tag in twins.items() if self.wanted and chosen([tag], self.wanted)}
        passed = (set(twins) - taken) | {untranslated(name) for name in taken}
        for name in folders:
            if name.casefold() in HOMES:
                self.languages |= _languages_in(self.root / relative / name)
        return [
            name
            for name in folders
            if name not in _BUILT | passed and name.casefold() not in HOMES and found.get(name, meant) == meant
        ]

    def _is_like(self, relative: str, name: str, translations: Collection[str]) -> bool:
        """Say whether a folder is a translation by what it holds: documents of the names that a translation has."""
        own = self._documents_in(f"{relative}{name}") if not number(name) else set[str]()
        return len(own) > _FEW and any(
            len(own & self._documents_in(f"{relative}{other}")) * 10 >= len(own) * 8 for other in translations
        )

    def _documents_in(self, folder: str) -> set[str]:
        try:
            names = [one.name for one in (self.root / folder).iterdir()]
            return {untranslated(stem(one)) for one in names if is_markdown(one) and not is_overview(one)}
        except OSError:
            return set()

    def _named(self, relative: str) -> str:
        return f"{self.shown}/{relative}".rstrip("/") if self.shown not in ("", ".") else relative.rstrip("/") or "."


def _copied(name: str, names: Sequence[str]) -> Left | None:
    """Return why a notebook is no page that is the same as a document beside it, as Jupytext keeps both, or None."""
    own = PurePosixPath(name)
    others = (PurePosixPath(other) for other in names if own.suffix.lower() == NOTEBOOK)
    return Left.TWIN if any(one.suffix.lower() != NOTEBOOK and one.stem == own.stem for one in others) else None


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _leads_out(path: Path, folder: Path) -> bool:
    return path.is_dir() and not path.is_relative_to(folder)


def _languages_in(folder: Path) -> set[str]:
    """Return the languages that a folder of translations has, without looking into any."""
    try:
        return set(
            translated([*(found.name for found in os.scandir(folder) if found.is_dir()), "en", "en-GB"]).values()
        )
    except OSError:
        return set()


def walked(root: Path, shown: str, wanted: str, findings: list[Finding]) -> Tree:
    """Return the documents of a folder; `wanted` is the language whose translation is meant, or empty."""
    found = _translation(root, wanted) if wanted else None
    start = found.relative_to(root).as_posix() if found else ""
    walk = _Walk(root, shown, wanted, Path(os.path.realpath(root)), findings, start=start)
    walk.walk()
    walk.part_twins()
    left_out = {reason: tuple(paths) for reason, paths in walk.left.items()}
    languages = tuple(sorted(walk.languages - {"en", "en-GB"} - {wanted}))
    language = wanted if start or wanted in walk.languages else ""
    orders = tuple(
        sorted(walk.orders, key=lambda path: (order_home(path).count("/"), ORDER_FILES.index(order_name(path))))
    )
    tree = Tree(
        root,
        shown,
        tuple(walk.documents),
        left_out,
        language,
        languages,
        orders,
        tuple(walk.quizzes),
        start,
        {base: twin for base, twin in walk.twins.items() if base in walk.documents},
    )
    findings += _told(tree, walk.unread, wanted)
    return tree


def _translation(root: Path, wanted: str) -> Path | None:
    """Return the folder of a translation that lies with its like in one folder: `translations/fr`, `i18n/fr`."""
    for home in sorted(HOMES):
        try:
            names = {
                found.name: found for found in (root / home).iterdir() if found.is_dir() and not found.is_symlink()
            }
        except OSError:
            continue
        tags = translated([*names, "en", "en-GB"])
        known = {tag: name for name, tag in tags.items() if name in names}
        if tag := chosen(known, wanted):
            docs = names[known[tag]] / "docusaurus-plugin-content-docs" / "current"
            return docs if docs.is_dir() and not docs.is_symlink() else names[known[tag]]
    return None


def _told(tree: Tree, unread: Mapping[str, int], wanted: str) -> Iterator[Finding]:
    """Yield what is to be said of documents that are no pages."""
    place = Place(tree.shown)
    for reason in Left:
        orders = tree.orders if reason is Left.COMMUNITY else ()  # such a one says what is a lesson
        if paths := [path for path in tree.left.get(reason, ()) if path not in orders]:
            yield messages.LEFT_OUT.at(place, count=len(paths), why=reason, names=few(paths))
    if tree.translations and not tree.language:
        yield messages.TRANSLATIONS.at(place, languages=few(tree.translations))
    if wanted and wanted != "en" and not tree.language and tree.translations:
        yield messages.TRANSLATION_MISSING.at(place, language=wanted, languages=few(tree.translations))
    untold = [path for path in tree.documents if path not in tree.twins] if wanted and tree.twins else []
    if untold:
        have = f"{len(untold)} {'documents have' if len(untold) > 1 else 'document has'}"
        yield messages.UNTRANSLATED.at(place, count=have, language=wanted, names=few(untold))
    for suffix, count in sorted(unread.items()):
        yield messages.NOT_MARKDOWN.at(place, count=count, suffix=suffix)
