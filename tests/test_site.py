"""A course as a web site: plain files with relative links, nothing about LMSs, nothing for staff."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from conftest import ROOT, SEEDS, built, roadmap
from lxml import etree, html

from coursewright.building.pipeline import planned, read
from coursewright.building.settings import Config, ConfigError, load_config
from coursewright.course.plan import Grouping, Selection
from coursewright.pages.website import SiteOptions, Website, is_within

Sources = Callable[[Mapping[str, str | bytes]], Path]
ENGLISH = tomllib.loads((ROOT / "packaging_templates" / "labels" / "en.toml").read_text(encoding="utf-8"))
SITE = Config(formats=("site",))


def unpacked(package: Path, folder: Path) -> Path:
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seeds as one site, unpacked."""
    folder = tmp_path_factory.mktemp("seeds")
    report = built(SEEDS, folder / "out", Selection(Grouping.ALL), SITE)
    return unpacked(folder / "out" / report.written[0].name, folder / "site")


def matches(document: Any, path: str) -> list[str]:
    """Return what an XPath finds in a document, as texts."""
    return [str(found) for found in document.xpath(path)]


def dead_links(site: Path) -> list[str]:
    """Return the links of a site that lead nowhere in it."""
    pages = {path: html.fromstring(path.read_bytes()) for path in site.rglob("*.html")}
    ids = {path: set(matches(page, "//@id")) for path, page in pages.items()}
    dead = []
    for path, page in pages.items():
        for link in matches(page, "//@href | //@src"):
            parts = urlsplit(link)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if parts.scheme:
                continue
            if not target.is_file() or (parts.fragment and unquote(parts.fragment) not in ids[target]):
                dead.append(f"{path.relative_to(site)}: {link}")
    return dead


def test_every_link_leads_to_a_file_and_a_place_in_the_site(seeds: Path) -> None:
    assert (seeds / "index.html").is_file() and len(list(seeds.glob("units/*/index.html"))) == 5
    assert dead_links(seeds) == []


def test_no_page_speaks_of_an_lms(seeds: Path) -> None:
    words = {text for text in ENGLISH.values() if re.search("course player|course menu|instructor", text)}
    assert words
    for path in seeds.rglob("*.html"):
        said = "".join(matches(html.fromstring(path.read_bytes()), "//text()"))
        assert [text for text in words if text in said] == []


def test_without_a_base_address_a_site_claims_none(seeds: Path) -> None:
    names = {path.relative_to(seeds).as_posix() for path in seeds.rglob("*")}
    assert not {"404.html", "sitemap.xml", "imsmanifest.xml"} & names
    assert not any(b"canonical" in path.read_bytes() for path in seeds.rglob("*.html"))


def test_with_a_base_address_it_has_a_sitemap_canonical_links_and_a_page_for_what_is_missing(
    curriculum: Sources, tmp_path: Path
) -> None:
    source = curriculum({"a.md": roadmap(1), "b.md": roadmap(2, "MOD-001")})
    config = Config(formats=("site",), base_url="https://example.org/learn/{course}")
    report = built(source, tmp_path / "out", config=config)
    site = unpacked(tmp_path / "out" / report.written[0].name, tmp_path / "site")
    base = "https://example.org/learn/engineer/"
    units = [f"{base}units/{path.name}/" for path in (site / "units").iterdir()]
    assert sorted(matches(etree.parse(site / "sitemap.xml"), "//*[local-name()='loc']/text()")) == [
        base,
        *sorted(units),
    ]
    canonical = [matches(html.parse(path), "//link[@rel='canonical']/@href") for path in site.rglob("index.html")]
    assert sorted(canonical) == sorted([[base], *([unit] for unit in units)])
    missing = (site / "404.html").read_text(encoding="utf-8")
    assert 'href="/learn/engineer/shared/course.css"' in missing and "noindex" in missing


def test_pages_lead_to_where_they_are_edited_by_the_paths_of_their_documents(
    curriculum: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = curriculum({"one/a b.md": "# One\n\nText", "one/c.md": "# Two\n\nText"})
    monkeypatch.chdir(folder.parent)
    config = Config(formats=("site",), edit_url="https://example.org/edit/main/{path}")
    report = built(Path(folder.name), tmp_path / "out", config=config)
    site = unpacked(tmp_path / "out" / report.written[0].name, tmp_path / "site")
    found = {link for path in site.rglob("*.html") for link in matches(html.parse(path), "//p[@class='edit']/a/@href")}
    assert found == {f"https://example.org/edit/main/source/one/{name}" for name in ("a%20b.md", "c.md")}


@pytest.mark.parametrize(
    ("path", "within"),
    [("a/b.md", True), ("/a.md", False), ("../a.md", False), ("a/../../b.md", False), ("c:/a", False)],
)
def test_only_what_lies_below_the_current_folder_is_edited(path: str, within: bool) -> None:
    assert is_within(path) is within


def test_a_folder_takes_the_place_of_a_zip_and_forgets_what_is_gone(curriculum: Sources, tmp_path: Path) -> None:
    config, out = Config(formats=("site",), unzipped=True), tmp_path / "out"
    source = curriculum({"a.md": roadmap(1), "b.md": roadmap(2)})
    report = built(source, out, config=config)
    (site,) = (out / package.name for package in report.written)
    assert site.name == "engineer-site" and len(list(site.glob("units/*"))) == 2
    (site / "CNAME").write_text("example.org", encoding="utf-8")
    (source / "b.md").unlink()
    built(source, out, config=config)
    assert [path.name[:7] for path in site.glob("units/*")] == ["MOD-001"]
    assert (site / "CNAME").is_file()
    assert "engineer-site" not in (out / "SHA256SUMS").read_text(encoding="utf-8")


def test_the_name_of_a_course_goes_into_its_address() -> None:
    plan = planned(read([SEEDS], SITE), Selection(), SITE)
    bases = {Website(course, SiteOptions("https://example.org/{course}/")).base for course in plan.courses}
    assert len(bases) == len(plan.courses) == 3


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https://", "https://a b", "https://x.org/?q"])
def test_an_address_that_is_none_is_refused(address: str, tmp_path: Path) -> None:
    (tmp_path / "coursewright.toml").write_text(f'base_url = "{address}"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="takes an address such as"):
        load_config(None, ("site",), tmp_path)
