"""How Canvas reads yes and no in its own documents."""

from __future__ import annotations

import re

_YES = re.compile("[ty1]", re.IGNORECASE)


def says_yes(text: str | None) -> bool:
    """Say whether Canvas reads a text as yes: it does so where there is a t, a y or a 1 in it."""
    return _YES.search(text or "") is not None
