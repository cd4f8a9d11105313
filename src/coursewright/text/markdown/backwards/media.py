"""Pictures, films and sounds: in Markdown where it has a form for them, else in the tags that our readers take."""

from __future__ import annotations

import re
from html import escape
from posixpath import basename, splitext
from urllib.parse import unquote

from lxml.etree import _Element as Element

from coursewright.text.addresses import pieces_of
from coursewright.text.markdown.backwards.addressing import address, title
from coursewright.text.markdown.backwards.escapes import escaped, risks
from coursewright.text.markdown.backwards.page import Dropped, Source, classes, words
from coursewright.text.markdown.backwards.raw import raw
from coursewright.text.markdown.films import film

_PIXELS = re.compile(r"\s*(\d{1,4})(?:\.\d+)?(?:px)?\s*")
_STYLED = re.compile(r"(?:^|;)\s*width\s*:\s*(\d{1,4})(?:\.\d+)?px", re.IGNORECASE)
_EMPTY = re.compile(r"(?:about|javascript|data|blob):", re.IGNORECASE)
_SIGNS = frozenset(("emoji", "emoticon", "wp-smiley"))  # pictures that stand for a sign
_SOUNDS = frozenset((".mp3", ".wav", ".m4a", ".oga", ".opus", ".flac"))
_FILMS = frozenset((".mp4", ".webm", ".ogv", ".mov", ".m4v"))
_PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp"))


def picture(source: Source, element: Element, caption: str = "") -> str:
    """Return a picture, with a caption if it has one, and its width."""
    written = _source_of(element)
    if _SIGNS & set(classes(element)) and element.get("alt"):
        return escaped(element.get("alt", ""))
    target = source.lead(written) if written else ""
    alt = _description(source, element, written, target)
    if not target:
        return escaped(alt)
    said = caption or _caption(element, alt, written)
    text = escaped(alt, risks(alt), linked=True)
    return f"![{text}]({address(target)}{title(said, '' if caption else alt)}){_width(source, element)}"


def _source_of(element: Element) -> str:
    """Return the address of a picture, also of one that a script would show later."""
    own = element.get("src", "").strip()
    later = next((element.get(name, "").strip() for name in ("data-src", "data-original", "data-lazy-src")
                  if element.get(name)), "")  # fmt: skip
    return later if later and (not own or own.startswith("data:")) else own


def _description(source: Source, element: Element, written: str, target: str) -> str:
    """Return what a picture shows; a file's name, which LMSs fill in, says nothing."""
    alt = " ".join(element.get("alt", "").split())
    if element.get("role") == "presentation" and not alt:
        return ""
    if alt and any(_is_name_of(alt, one) for one in (written, target)):
        source.drop(Dropped.NAMES)
        return ""
    return alt


def _is_name_of(alt: str, path: str) -> bool:
    name = basename(unquote(pieces_of(path).path)).lower()
    ending = splitext(name)[1]
    return bool(name) and alt.lower() == name and ending in (*_PICTURES, ".tif", ".tiff", ".jfif", ".heic")


def _caption(element: Element, alt: str, written: str) -> str:
    said = " ".join(element.get("title", "").split())
    return "" if said == alt or _is_name_of(said, written) else said


def _width(source: Source, element: Element) -> str:
    found = _PIXELS.fullmatch(element.get("width", "")) or _STYLED.search(element.get("style", ""))
    if element.get("height"):
        source.drop(Dropped.HEIGHTS)
    return f"{{width={found[1]}}}" if found and int(found[1]) > 1 else ""


def medium_in_line(source: Source, element: Element) -> str:
    """Return a film, a sound or a frame that stands among words, as a link."""
    written = _address_of(element)
    found = film(written)
    target = found.page if found else source.lead(written) if written else ""
    said = " ".join((element.get("title") or words(element) or (found.host if found else "")).split())
    return f"[{escaped(said or target, linked=True)}]({address(target)})" if target else escaped(said)


def medium(source: Source, element: Element) -> list[str]:
    """Return a film, a sound or a frame that stands alone."""
    written = _address_of(element)
    if found := film(written):
        said = " ".join(element.get("title", "").split())
        told = said and said.lower() not in (found.host.lower(), f"{found.host} video player".lower(), "video player")
        return [f"[{escaped(said, linked=True)}]({address(found.page)})" if told else f"<{found.page}>"]
    if element.tag in ("object", "embed"):
        return _embedded(source, element, written)
    if element.tag == "iframe":
        target = source.lead(written) if written and not _EMPTY.match(written) else ""
        return [_framed(element, target)] if target else []
    made = raw(source, element)
    return [made] if "src=" in made else [text] if (text := escaped(words(element))) else []


def _framed(element: Element, target: str) -> str:
    said = " ".join(element.get("title", "").split())
    named = f' title="{escape(said)}"' if said else ""
    if tag := _tag_of(target):
        return f'<{tag} controls src="{escape(target)}"></{tag}>'
    return f'<iframe src="{escape(target)}"{named}></iframe>'


def _address_of(element: Element) -> str:
    own = next((element.get(name, "").strip() for name in ("src", "data", "data-src") if element.get(name)), "")
    if own:
        return f"https:{own}" if own.startswith("//") else own
    inner = next((one for one in element.iter("source", "embed", "param") if one.get("src") or _is_film(one)), None)
    return (inner.get("src") or inner.get("value") or "").strip() if inner is not None else ""


def _is_film(parameter: Element) -> bool:
    return parameter.tag == "param" and parameter.get("name", "").lower() in ("movie", "src", "url")


def _embedded(source: Source, element: Element, written: str) -> list[str]:
    """Return what an embedded object shows: our readers take none, but they take pictures, films and links."""
    target = source.lead(written) if written else ""
    inner = [one for one in source.blocks(element) if one.strip()]
    if not target:
        source.drop(Dropped.EMBEDS)
        return inner
    said = element.get("title") or element.get("aria-label") or basename(unquote(target)) or target
    if _ending(target) in _PICTURES:
        said = element.get("aria-label") or element.get("title") or words(element)
        return [f"![{escaped(' '.join(said.split()), linked=True)}]({address(target)})"]
    if tag := _tag_of(target):
        return [f'<{tag} controls src="{escape(target)}"></{tag}>']
    source.drop(Dropped.EMBEDS)
    return (
        inner if any(target in one for one in inner) else [*inner, f"[{escaped(said, linked=True)}]({address(target)})"]
    )


def _ending(target: str) -> str:
    return splitext(pieces_of(target).path)[1].lower()


def _tag_of(target: str) -> str:
    """Return the tag that plays a file, or nothing where it is no film and no sound."""
    ending = _ending(target)
    return "audio" if ending in _SOUNDS else "video" if ending in _FILMS else ""


def is_film_card(element: Element) -> bool:
    """Say whether an element is the card by which our own pages show a film."""
    return "film" in classes(element) and element.find("a") is not None


def film_card(source: Source, element: Element) -> list[str]:
    """Return the film of one of our cards, which has its title but for the name of its host."""
    link = element.find("a")
    hosts = [one for one in link.iter("span") if "film-host" in classes(one)] if link is not None else []
    said = " ".join((link.text or "").split()) if link is not None and hosts else ""
    target = source.lead(link.get("href", "")) if link is not None else ""
    return [f"[{escaped(said, linked=True)}]({address(target)})" if said else f"<{target}>"]
