"""Addresses as they stand in links and pictures of Markdown, and the titles behind them."""

from __future__ import annotations

import re

from coursewright.text.markdown.backwards.escapes import in_html


def title(text: str, said: str) -> str:
    """Return a title as it stands behind an address, or nothing where it says no more than is said anyway."""
    text = " ".join(text.split())
    if not text or text == said:
        return ""
    return ' "{}"'.format(in_html(text.replace("\\", "\\\\").replace('"', "&quot;")))


def address(target: str) -> str:
    """Return an address as it stands in a link, in angles where it needs them."""
    target = " ".join(target.split()).replace('"', "%22")
    if re.search(r"[\s()<>\\]", target):
        target = target.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
        return f"<{target}>" if re.search(r"[\s()]", target) else target
    return target
