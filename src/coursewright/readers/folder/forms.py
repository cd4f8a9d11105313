"""The plain forms that authors' dialects are turned into: callouts, folds, tabs, pictures, videos, code."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif|ico|tiff?)(?:[?#].*)?$", re.IGNORECASE)
_NEEDS_ANGLES = re.compile(r"[\s()<>]")
_ARGUMENT = re.compile(
    r"(?:(?P<name>[\w:@.-]+)\s*=\s*)?(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'"
    r"|`(?P<raw>[^`]*)`"
    r"|\{(?P<braces>[^{}]*)\}|(?P<bare>[^\s\"'`=<>]+))"
)
_FOLD = "Details"  # as a fold without a title is called
FOLDS = frozenset(
    (
        *("details", "expand", "expandable", "spoiler", "collapse", "collapsible", "toggle", "disclosure", "fold"),
        *("accordion", "accordionitem"),
    )
)
"""What authors' dialects call a fold."""
# What site generators call their callouts, by the name that all of them are written with here.
_KINDS = {
    **{
        name: name
        for name in ("note", "info", "tip", "important", "warning", "caution", "danger", "question", "example")
    },
    **{
        name: name for name in ("callout", "exercise", "challenge", "solution", "objectives", "keypoints", "discussion")
    },
    **{name: name for name in ("checklist", "instructor", "task", "prereq")},
    **dict.fromkeys(("primary", "secondary", "quote", "abstract", "summary", "admonition", "notice", "aside"), "note"),
    **dict.fromkeys(("box", "panel"), "note"),
    **dict.fromkeys(("hint", "success", "check", "idea"), "tip"),
    **dict.fromkeys(("warn", "alert", "attention"), "warning"),
    **dict.fromkeys(("error", "bug"), "danger"),
    "activity": "exercise",
    "prerequisites": "prereq",
}


def callout_kind(name: str) -> str:
    """Return the name of a callout as it is written here, or nothing where a name is that of none."""
    return _KINDS.get(name.lower().removeprefix("callout-").removeprefix("alert-"), "")


def callout(kind: str, title: str = "", colons: int = 4) -> str:
    """Return the line that opens a callout. What closes it is as many colons."""
    return f"{':' * colons} {kind} {title}".rstrip()


def arguments(text: str) -> tuple[list[str], dict[str, str]]:
    """Return what stands in a tag after its name: values alone, and values by name in lower case."""
    alone: list[str] = []
    named: dict[str, str] = {}
    for found in _ARGUMENT.finditer(text[:4_000]):
        values = (found["double"], found["single"], found["raw"], found["braces"], found["bare"])
        value = re.sub(r"\\(.)", r"\1", next(one for one in values if one is not None)).strip()
        if found["name"]:
            named[found["name"].lower()] = value
        else:
            alone.append(value)
    return alone, named


def first_of(named: Mapping[str, str], *names: str) -> str:
    """Return the first value that a tag has of several names, or nothing."""
    return next((named[name] for name in names if named.get(name)), "")


def is_picture(address: str) -> bool:
    """Say whether an address is that of a picture, by its name."""
    return bool(_PICTURE.search(address))


def target(address: str) -> str:
    """Return an address as it stands in a link."""
    return f"<{address.replace('>', '%3E').replace('<', '%3C')}>" if _NEEDS_ANGLES.search(address) else address


def picture(address: str, alt: str = "", caption: str = "") -> str:
    """Return a picture, with its caption below it where it has one."""
    shown = f"![{_bracketed(alt or _plain(caption))}]({target(address)})"
    caption = caption.strip()
    if not caption:
        return shown
    return f"{shown}\n\n{caption}\n" if "*" in caption or "_" in caption else f"{shown}\n\n*{caption}*\n"


def link(text: str, address: str) -> str:
    """Return a link."""
    return f"[{_bracketed(text)}]({target(address)})"


def folded(title: str = "") -> tuple[str, ...]:
    """Return the lines that open a fold."""
    return "", "<details>", f"<summary>{title or _FOLD}</summary>", ""


def fold(title: str = "") -> str:
    """Return what opens a fold in the midst of a text."""
    return "\n".join((*folded(title), ""))


FOLD_ENDS = ("", "</details>", "")
"""The lines that end a fold."""
FOLD_END = "\n".join(("", *FOLD_ENDS))
"""What ends a fold in the midst of a text."""


def youtube(code: str, title: str = "") -> str:
    """Return a link to a video of YouTube, from its code or its address."""
    address = code if "/" in code else f"https://www.youtube.com/watch?v={code}"
    return link(title or "Video", address)


def vimeo(code: str, title: str = "") -> str:
    """Return a link to a video of Vimeo, from its code or its address."""
    return link(title or "Video", code if "/" in code else f"https://vimeo.com/{code}")


def _bracketed(text: str) -> str:
    return text.replace("[", "\\[").replace("]", "\\]") if text.count("[") != text.count("]") else text


def _plain(text: str) -> str:
    return re.sub(r"[*_`]|<[^>]*>|\]\([^)]*\)|[\[\]]", "", text).strip()
