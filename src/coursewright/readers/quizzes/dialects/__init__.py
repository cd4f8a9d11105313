"""Dialects of Markdown that have a notation of their own for questions: how each is found in a document."""

from __future__ import annotations

from collections.abc import Callable

from coursewright.readers.quizzes.dialects import (
    admonitions,
    attributes,
    blocks,
    cards,
    directives,
    elements,
    enki,
    exams,
    freecodecamp,
    gitbook,
    inline,
    jsx,
    jupyter,
    labelled,
    learn,
    learnr,
    liascript,
    marked,
    markua,
    matrices,
    mdbook,
    qcm,
    quizdown,
    raspberry,
    shortcodes,
    signed,
    tables,
    tabs,
    webexercises,
)
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found

DIALECTS: tuple[Callable[[Sheet], list[Found]], ...] = (
    freecodecamp.spots,
    raspberry.spots,
    signed.spots,
    elements.spots,
    admonitions.spots,
    attributes.spots,
    tabs.spots,
    blocks.spots,
    directives.spots,
    marked.spots,
    learn.spots,
    markua.spots,
    exams.spots,
    learnr.spots,
    mdbook.spots,
    qcm.spots,
    jupyter.spots,
    gitbook.spots,
    webexercises.spots,
    enki.spots,
    shortcodes.spots,
    jsx.spots,
    matrices.spots,
    liascript.spots,
    quizdown.spots,
    tables.spots,
    inline.spots,
    labelled.spots,
    cards.spots,
)
"""By dialect, what finds its questions; what one has found the others do not see."""
