"""What learners read of an assignment or a discussion below its title: in an LMS, or on a page of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from coursewright.course.blocks import Headed, Scale
from coursewright.course.parts import Assigned, Assignment, RubricCriterion, Submission
from coursewright.course.questions import number_text
from coursewright.pages import views
from coursewright.pages.renderer import Renderer

Found = Callable[[str], str | None]
"""Says where an address leads, or that it leads nowhere."""


def native_body(renderer: Renderer, work: Assigned, address: Found, *, rubric: bool) -> Markup:
    """Return what an LMS shows of work as its own; with `rubric` the rubric, too, for one that has none itself."""
    inline, viewer = renderer.inline, renderer.viewer_of(work.content, address)
    shown = work.competencies if isinstance(work, Assignment) else ()
    content = renderer.body([viewer.view(headed) for headed in work.content], native=True) if work.content else ""
    rows = [_rubric_view(renderer, work.rubric)] if rubric and isinstance(work, Assignment) and work.rubric else []
    body = renderer.render(
        "native/assignment.html.j2",
        text=inline(work.text),
        content=content,
        hand_in=_hand_in(renderer, work),
        facts=renderer.viewer.judged(work.judged),
        judged=_judged(renderer, work) if work.graded else "",
        competencies=[(inline(row.name), inline(row.target), inline(row.evidence)) for row in shown],
        rubric=renderer.body(rows, native=True) if rows else "",
    )
    return Markup(body)  # noqa: S704 - escaped there


def own_body(renderer: Renderer, work: Assigned, address: Found, name: str) -> Markup:
    """Return what a page of ours shows of work, where nothing can be handed in; `name` is that of the page."""
    viewer = renderer.viewer_of(work.content, address, name)
    told = [headed for headed in work.body if headed.block is not work.judged and not isinstance(headed.block, Scale)]
    blocks: list[views.BlockView] = [viewer.view(headed) for headed in told]
    if facts := list(_facts(renderer, work)):
        blocks.append(views.FactsView("", facts))
    if isinstance(work, Assignment) and work.competencies:
        blocks.append(viewer.view(Headed(Scale(work.competencies, with_roles=False), label="competencies")))
    if isinstance(work, Assignment) and work.rubric:
        blocks.append(_rubric_view(renderer, work.rubric))
    return renderer.body(blocks) if blocks else Markup("")


def _facts(renderer: Renderer, work: Assigned) -> Iterator[tuple[str, Markup]]:
    if isinstance(work, Assignment) and work.graded:
        yield renderer.labels["quiz_points"], Markup("{}").format(renderer.language.number(work.points))
    if isinstance(work, Assignment) and work.submissions and (ways := _hand_in(renderer, work)):
        yield renderer.labels["hand_in"], Markup("{}").format(ways)
    yield from renderer.viewer.judged(work.judged)


def _hand_in(renderer: Renderer, work: Assigned) -> str:
    """Return in which ways work is handed in; nothing where it is not."""
    ways = work.submissions if isinstance(work, Assignment) else ()
    if not ways:
        return renderer.labels["hand_in_work"] if work.graded else ""
    named = [renderer.labels[f"submission_{way}"] for way in ways if way is not Submission.NOTHING]
    return renderer.said("hand_in_ways", ways=named) if named else ""


def _judged(renderer: Renderer, work: Assigned) -> str:
    """Return in a sentence how graded work is judged, where what counts as done does not say it."""
    labels = renderer.labels
    if isinstance(work, Assignment):
        if work.threshold:
            return renderer.said("judged_score", score=work.threshold)
        if work.competencies:
            return labels["judged_competencies"]
        if work.rubric:
            return ""
    return "" if work.judged.criteria else labels["judged_plain"]


def _rubric_view(renderer: Renderer, rubric: Sequence[RubricCriterion]) -> views.ListView:
    return views.ListView(renderer.labels["judged"], [_row(renderer, row) for row in rubric])


def _row(renderer: Renderer, row: RubricCriterion) -> Markup:
    inline = renderer.inline
    said = Markup("<strong>{}</strong> ({})").format(inline(row.title), number_text(row.points))
    said = Markup("{}<br>{}").format(said, inline(row.text)) if row.text else said
    levels = [
        Markup("<li>{}</li>").format(
            Markup("{} ({}){}{}").format(
                inline(one.title),
                number_text(one.points),
                renderer.labels["colon"] if one.text else "",
                inline(one.text),
            )
        )
        for one in row.ratings
    ]
    return said + (Markup("<ul>{}</ul>").format(Markup("").join(levels)) if levels else Markup(""))
