"""Pictures and files that documents refer to, as assets: by their content, under safe names, none with a key in it."""

from __future__ import annotations

import hashlib
import mimetypes
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from coursewright.course.assets import Asset, Embedded
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.files.writing import Package, zipped
from coursewright.readers.folder.drawings import cleaned
from coursewright.readers.folder.forms import is_picture
from coursewright.readers.folder.sourcefolder import RefusedError, SourceFolder, within
from coursewright.readers.quizzes import read_quiz
from coursewright.text.names import digest as short_digest
from coursewright.text.names import is_safe

MAX_PICTURE = 20 * 1024 * 1024
MAX_FILE = 512 * 1024 * 1024
MAX_ZIPPED = 20 * 1024 * 1024
MAX_IN_FOLDER = 300
MAX_JUDGED = 2 * 1024 * 1024
_LONGEST_NAME = 80
_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\0\0\1\0", "image/x-icon"),
)
_REFUSED = re.compile(
    r"\.(?:pyw?|sh|bash|zsh|[cm]?js|ts|exe|bat|cmd|com|ps1|psm1|vbs|jar|msi|dll|so|bin|php\d?|cgi|pl|rb|jsp|aspx?|scr|app"
    r"|html?|xhtml|css|rs|go|c|cc|cpp|h|hpp|ino|java|class|kt|swift|lua|r|jl)$",
    re.IGNORECASE,
)
_BANKS = re.compile(r"\.(?:json5?|ya?ml|gift|xml|txt|qti|aiken|csv|imscc|mbz)$", re.IGNORECASE)
_KEY_NAME = re.compile(
    r"(?:^|[-_. ])(?:solutions?|answers?|answer[-_ ]?keys?|l(?:ö|oe)sung(?:en)?|corrigés?|soluciones"
    r"|key)(?:[-_. \d]|$)",
    re.IGNORECASE,
)
_KEY_MARK = re.compile(
    rb"ANCHOR:\s*solution|@solution\b|BEGIN SOLUTION|# *solution\b\s*$", re.IGNORECASE | re.MULTILINE
)
_TEXTS = re.compile(r"\.(?:rs|py|js|ts|java|go|c|cpp|rmd|qmd|md|ipynb|r)$", re.IGNORECASE)
_POINTER = b"version https://git-lfs.github.com/spec/"


@dataclass
class Assets:
    """The files that the pages of a course refer to. Those that are refused are known by why."""

    folder: SourceFolder
    shown: str = ""
    findings: list[Finding] = field(default_factory=list)
    _found: dict[str, Asset | None] = field(default_factory=dict)

    def asset(self, relative: str, *, picture: bool) -> Asset | None:
        """Return a file of the course, or None where it is refused, with a finding. Its name is not settled yet."""
        if relative not in self._found:
            self._found[relative] = self._read(relative, picture=picture)
        return self._found[relative]

    def _read(self, relative: str, *, picture: bool) -> Asset | None:
        place = self._place(relative)
        try:
            return self._made(relative, place, picture=picture)
        except RefusedError as error:
            self.findings.append(messages.ASSET_REFUSED.at(place, reason=error.reason))
            return None

    def as_it_stands(self, relative: str) -> Asset | None:
        """Return a file whatever it is, but for scripts in a drawing; None where it cannot be taken, with a finding."""
        place = self._place(relative)
        try:
            path, size = self.folder.located(relative, MAX_FILE)
            asset = Asset(place.path, str(path), posixpath.basename(relative), "", size, "")
            asset = replace(asset, media_type=media_type(relative, self._head(relative)))
            drawn = asset.media_type == "image/svg+xml" and size <= MAX_PICTURE
            return self._drawing(asset, relative, place) if drawn else _digested(asset)
        except RefusedError as error:
            self.findings.append(messages.ASSET_REFUSED.at(place, reason=error.reason))
            return None

    def _place(self, relative: str) -> Place:
        return Place(f"{self.shown}/{relative}" if self.shown not in ("", ".") else relative)

    def _made(self, relative: str, place: Place, *, picture: bool) -> Asset | None:
        """Return the asset of a file; raises RefusedError where it is not to be taken."""
        if where := self.folder.picture(relative):
            return self._within(relative, where, place)
        path, size = self.folder.located(relative, MAX_PICTURE if picture and is_picture(relative) else MAX_FILE)
        if not size:
            raise RefusedError("is empty")
        if not picture and self._gives_keys_away(relative, size):
            self.findings.append(messages.KEY_FILE.at(place))
            return None
        head = self._head(relative)
        kind = media_type(relative, head)
        if picture and not kind.startswith(("image/", "video/", "audio/")):
            self.findings.append(messages.NOT_A_PICTURE.at(place, reason=_what(head)))
            return None
        asset = Asset(place.path, str(path), posixpath.basename(relative), "", size, kind)
        if kind == "image/svg+xml":
            return self._drawing(asset, relative, place)
        return self._packed(asset, relative, place) if _REFUSED.search(relative) and not picture else _digested(asset)

    def _within(self, relative: str, where: Embedded, place: Place) -> Asset | None:
        """Return the asset of a picture that a notebook holds; raises RefusedError where that is not to be taken."""
        source = str(self.folder.root / within(relative)[0])
        try:
            data = where.content(source)
        except (OSError, ValueError) as error:
            raise RefusedError("cannot be read") from error
        if len(data) > MAX_PICTURE:
            raise RefusedError(f"has {len(data)} bytes, and at most {MAX_PICTURE} are taken")
        kind = media_type(relative, data[:4_096])
        if not kind.startswith("image/"):
            self.findings.append(messages.NOT_A_PICTURE.at(place, reason=_what(data[:4_096])))
            return None
        digest = hashlib.sha256(data).hexdigest()
        asset = Asset(place.path, source, posixpath.basename(relative), digest, len(data), kind, embedded=where)
        return self._drawn(asset, data, place) if kind == "image/svg+xml" else asset

    def of_folder(self, relative: str) -> Asset | None:
        """Return all files of a folder in a zip, such as the code that a lesson speaks of; None where it is refused."""
        key = f"{relative}/"
        if key not in self._found:
            place = self._place(relative)
            try:
                self._found[key] = self._whole_folder(relative, place)
            except RefusedError as error:
                self.findings.append(messages.ASSET_REFUSED.at(place, reason=error.reason))
                self._found[key] = None
        return self._found[key]

    def _whole_folder(self, relative: str, place: Place) -> Asset | None:
        names = self.folder.inside(relative)
        if len(names) > MAX_IN_FOLDER:
            raise RefusedError(f"is a folder of more than {MAX_IN_FOLDER} files")
        package = Package(f"{safe_name('-'.join(relative.split('/')[-2:]))}.zip")
        size = 0
        for name in names:
            length = self.folder.located(name, MAX_ZIPPED)[1]
            size += length
            if size > MAX_ZIPPED:
                raise RefusedError(f"is a folder of more than {MAX_ZIPPED} bytes")
            if not self._gives_keys_away(name, length):
                package.add(name[len(relative) :].lstrip("/"), self.folder.content(name, MAX_ZIPPED))
        if not package.files:
            return None
        self.findings.append(messages.FILE_ZIPPED.at(place))
        return _held(
            Asset(place.path, str(self.folder.root / relative), package.name, "", 0, "application/zip"), zipped(package)
        )

    def _head(self, relative: str) -> bytes:
        path, _ = self.folder.located(relative, MAX_FILE)
        try:
            with path.open("rb") as stream:
                return stream.read(4_096)
        except OSError as error:
            raise RefusedError("cannot be read") from error

    def _gives_keys_away(self, relative: str, size: int) -> bool:
        """Say whether a file is a quiz with its key, or a solution."""
        name = posixpath.basename(relative)
        if _KEY_NAME.search(posixpath.splitext(name)[0]):
            return True
        if size > MAX_JUDGED:
            return False
        if _TEXTS.search(name):
            return bool(_KEY_MARK.search(self.folder.content(relative, MAX_JUDGED)))
        if not _BANKS.search(name):
            return False
        quiz, _ = read_quiz(self.folder.located(relative, MAX_JUDGED)[0], relative)
        return quiz is not None

    def _drawing(self, asset: Asset, relative: str, place: Place) -> Asset | None:
        return self._drawn(asset, self.folder.content(relative, MAX_PICTURE), place)

    def _drawn(self, asset: Asset, drawn: bytes, place: Place) -> Asset | None:
        data, dropped = cleaned(drawn)
        if data is None:
            self.findings.append(messages.NOT_A_PICTURE.at(place, reason="it is not XML that can be read"))
            return None
        if not dropped:
            return asset if asset.embedded else _digested(asset)
        self.findings.append(messages.DRAWING_CLEANED.at(place, what=", ".join(dropped)))
        return _held(asset, data)

    def _packed(self, asset: Asset, relative: str, place: Place) -> Asset:
        """Return a file that LMSs refuse, in a zip of its own."""
        name = safe_name(posixpath.basename(relative))
        package = Package(f"{name}.zip")
        package.add(name, self.folder.content(relative, MAX_ZIPPED))
        self.findings.append(messages.FILE_ZIPPED.at(place))
        return _held(replace(asset, name=f"{asset.name}.zip", media_type="application/zip"), zipped(package))


def named(found: Iterable[Asset], *, exact: bool = False) -> Mapping[str, Asset]:
    """Return assets by their paths with names that no two contents share. One content has one asset.

    With `exact`, a name that is safe stays as it is.
    """
    ordered = sorted(set(found), key=lambda asset: asset.path)
    firsts: dict[str, Asset] = {}
    for asset in ordered:
        name = asset.name if exact and is_safe(asset.name) else safe_name(asset.name)
        firsts.setdefault(asset.digest, replace(asset, name=name))
    taken: dict[str, list[Asset]] = {}
    for asset in firsts.values():
        taken.setdefault(asset.name.lower(), []).append(asset)
    names = {
        one.digest: one.name if len(same) == 1 else _told_apart(one, taken) for same in taken.values() for one in same
    }
    return {asset.path: replace(firsts[asset.digest], name=names[asset.digest]) for asset in ordered}


def _told_apart(asset: Asset, taken: Mapping[str, list[Asset]]) -> str:
    """Return a name with digits of the content in it, which no other file has."""
    stem, ending = posixpath.splitext(asset.name)
    for length in (8, 16, 64):
        name = f"{stem}-{asset.digest[:length]}{ending}"
        if name.lower() not in taken:
            break
    return name


def safe_name(name: str) -> str:
    """Return a file name of plain letters, digits, dots, hyphens and underscores, with the ending it had."""
    stem, ending = posixpath.splitext(name)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    plain = re.sub(r"-*[^A-Za-z0-9._-]+-*", "-", plain.replace("&", " and ")).strip("-.")
    ending = re.sub(r"[^A-Za-z0-9.]", "", ending)[:12]
    if not re.search(r"[A-Za-z0-9]", plain) or (len(plain) < 3 and not stem.isascii()):
        plain = f"{plain}-{short_digest(stem)}".strip("-")
    return f"{plain[:_LONGEST_NAME].rstrip('-.')}{ending}"


def media_type(name: str, head: bytes) -> str:
    """Return what a file is: of a picture by its content, of others by the name."""
    if head.startswith(_POINTER):
        return "text/x-git-lfs"
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    if re.match(
        rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?>\s*)*<(?:\w+:)?svg[\s>]",
        head,
        re.DOTALL,
    ):
        return "image/svg+xml"
    guessed = mimetypes.MimeTypes().guess_type(name)[0] or ""
    return "application/octet-stream" if guessed.startswith("image/") or not guessed else guessed


def _what(head: bytes) -> str:
    if head.startswith(_POINTER):
        return "it only says where Git LFS keeps the file"
    return "it is a web page" if b"<html" in head[:500].lower() else "its content is that of no known kind of picture"


def _digested(asset: Asset) -> Asset:
    try:
        with open(asset.source, "rb") as stream:  # noqa: PTH123 - the path was looked at by the folder
            return replace(asset, digest=hashlib.file_digest(stream, "sha256").hexdigest())
    except OSError as error:
        raise RefusedError("cannot be read") from error


def _held(asset: Asset, data: bytes) -> Asset:
    return replace(asset, held=data, embedded=None, size=len(data), digest=hashlib.sha256(data).hexdigest())
