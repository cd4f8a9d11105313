"""How the texts of quizzes become HTML: as those of pages do."""

from __future__ import annotations

from coursewright.packages.documents.wording import Wording
from coursewright.pages.renderer import Renderer


def wording(renderer: Renderer) -> Wording:
    """Return what makes the texts of quizzes in the language and the manner of a renderer."""
    labels = renderer.labels
    return Wording(
        block=lambda markdown: str(renderer.converter.block(markdown)),
        plain=renderer.plain,
        yes=labels["quiz_true"],
        no=labels["quiz_false"],
    )
