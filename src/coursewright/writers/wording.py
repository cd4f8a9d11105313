"""How the texts of quizzes become HTML: as those of pages do."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from coursewright.packages.documents.wording import Wording
from coursewright.pages.renderer import Renderer
from coursewright.text.patterns import later

_LOOKS = later(r"<(?:pre|table|img|figure|details|blockquote|video|iframe)\b|class=")


def wording(
    renderer: Renderer,
    address: Callable[[str], str | None] | None = None,
    dressed: Callable[[Markup], Markup] | None = None,
) -> Wording:
    """Return what makes the texts of quizzes in the language and the manner of a renderer.

    `address` says where an address that is written leads; without it all but those on the web lead nowhere. `dressed`
    gives a text its looks, where it has anything that needs some.
    """
    labels, leads = renderer.labels, address or (lambda _: None)

    def block(markdown: str) -> str:
        made = renderer.converter.block(markdown, address=leads, boxes=False)
        return str(dressed(made) if dressed and _LOOKS.search(made) else made)

    return Wording(
        block=block,
        plain=renderer.plain,
        yes=labels["quiz_true"],
        no=labels["quiz_false"],
        spoken=lambda html: str(renderer.spoken(Markup(html))),  # noqa: S704 - the converter's
        phrased=lambda html: str(renderer.language.phrased(Markup(html))),  # noqa: S704
    )
