"""How the texts of quizzes become HTML: as those of pages do."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from coursewright.packages.documents.wording import Wording
from coursewright.pages.renderer import Renderer


def wording(renderer: Renderer, address: Callable[[str], str | None] | None = None) -> Wording:
    """Return what makes the texts of quizzes in the language and the manner of a renderer.

    `address` says where an address that is written leads; without it all but those on the web lead nowhere.
    """
    labels, leads = renderer.labels, address or (lambda _: None)
    return Wording(
        block=lambda markdown: str(renderer.converter.block(markdown, address=leads, boxes=False)),
        plain=renderer.plain,
        yes=labels["quiz_true"],
        no=labels["quiz_false"],
        spoken=lambda html: str(renderer.spoken(Markup(html))),  # noqa: S704 - the converter's
        phrased=lambda html: str(renderer.language.phrased(Markup(html))),  # noqa: S704
    )
