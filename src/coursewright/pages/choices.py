"""What a unit asks for besides the units that it requires: its author's words, and choices of units."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from coursewright.course.gates import Any, Done
from coursewright.course.model import Course, Step
from coursewright.pages.renderer import Renderer


def entry_of(renderer: Renderer, course: Course, step: Step) -> list[Markup]:
    """Return what learners should have besides, as its author says it, and the choices that open the unit."""
    return [*(renderer.inline(text) for text in step.entry), *choices_of(renderer, course, step)]


def choices_of(renderer: Renderer, course: Course, step: Step) -> Iterator[Markup]:
    """Yield in a sentence each choice of units of which one must be complete before a unit opens."""
    for gate in step.others:
        if isinstance(gate, Any) and all(isinstance(part, Done) for part in gate.parts):
            names = [unit.called(renderer.plain(unit.title)) for unit in course.named_by(gate)]
            yield renderer.said("one_completed", units=names)
