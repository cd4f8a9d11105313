"""What the pages of a web site have besides those of a package for an LMS: addresses, and ways to their sources."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import cast
from urllib.parse import quote, urlsplit

from lxml import etree

from coursewright.course.identifiers import identifier
from coursewright.course.model import Course, Unit
from coursewright.course.parts import Leading
from coursewright.frozen import frozen
from coursewright.pages.authored import page_names
from coursewright.pages.renderer import Content

COURSE, PATH = "{course}", "{path}"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@frozen
class SiteOptions:
    """What a user can say of web sites.

    `base_url` is where a site will stand, with `{course}` for its name; `edit_url` is where sources are edited, with
    `{path}` for that of a document. Either may be empty. An `unzipped` site is written as a folder.
    """

    base_url: str = ""
    edit_url: str = ""
    unzipped: bool = False


@frozen
class SiteView:
    """A page of a web site: its address there, what it is about, and where its pages are edited, by their keys."""

    canonical: str = ""
    description: str = ""
    edits: Mapping[str, str] = field(default_factory=dict)


@frozen
class Website:
    """A course as a web site. `base` is its address with a slash at the end, or empty where nobody has said it."""

    course: Course
    options: SiteOptions

    @property
    def base(self) -> str:
        """Where the site will stand."""
        found = self.options.base_url.replace(COURSE, quote(self.course.file or self.course.name))
        return f"{found.rstrip('/')}/" if found else ""

    @property
    def root(self) -> str:
        """The path of the site on its server, with slashes around it."""
        return urlsplit(self.base).path or "/"

    def address(self, unit: Unit | None = None) -> str:
        """Return the address of the page of a unit, or of the home page; nothing without a base."""
        path = f"units/{identifier(unit.identity)}/" if unit else ""
        return f"{self.base}{path}" if self.base else ""

    def view(self, unit: Unit, content: Content, about: str) -> SiteView:
        """Return what the page of a unit says of itself."""
        return SiteView(self.address(unit), about, {key: url for key, url in self._edits(unit, content).items() if url})

    def _edits(self, unit: Unit, content: Content) -> dict[str, str]:
        """Return by the keys of pages where they are edited: those of an author's own in their own documents."""
        names = page_names(unit)
        own = {names[part.key]: part.path for part in unit.parts if isinstance(part, Leading)}
        return {page.key: self.edit(own.get(page.key, unit.path)) for page in content.pages}

    def edit(self, path: str) -> str:
        """Return where a document is edited; nothing for one that no repository holds under its path."""
        if not self.options.edit_url or not is_within(path):
            return ""
        quoted = quote(re.sub(r"^(\./)+", "", path))
        if PATH in self.options.edit_url:
            return self.options.edit_url.replace(PATH, quoted)
        return f"{self.options.edit_url.rstrip('/')}/{quoted}"

    def sitemap(self) -> bytes:
        """Return the sitemap of the site."""
        root = etree.Element(etree.QName(_SITEMAP, "urlset"), nsmap=cast("dict[str, str]", {None: _SITEMAP}))
        for address in (self.address(), *map(self.address, self.course.units)):
            entry = etree.SubElement(root, etree.QName(_SITEMAP, "url"))
            etree.SubElement(entry, etree.QName(_SITEMAP, "loc")).text = address
        etree.indent(root)
        return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def is_within(path: str) -> bool:
    """Say whether a path lies below the folder that a build began in."""
    return not path.startswith("/") and ".." not in path.split("/") and ":" not in path.partition("/")[0]
