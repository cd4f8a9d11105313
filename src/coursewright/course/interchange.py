"""The curriculum and its graph as text and JSON: the stable interface of `curriculum --json` and of `graph`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from coursewright.course.assets import Target, ToUnit
from coursewright.course.division import parts_of, said, staff_parts
from coursewright.course.edition import learner_edition
from coursewright.course.gate_tables import table_of
from coursewright.course.gates import OPEN, Gate, UnwritableError
from coursewright.course.graph import Graph, LinkedMention, in_order
from coursewright.course.identifiers import identifier
from coursewright.course.model import About, Curriculum, Unit
from coursewright.course.parts import Assignment, Discussion, File, Leading, Link, Page, Part, Words
from coursewright.course.quiz import Answer, Question, QuestionKind, Quiz, asked
from coursewright.course.values import Audience, References
from coursewright.findings.finding import Finding
from coursewright.frozen import frozen
from coursewright.text.markdown.targets import linked, links, targets
from coursewright.text.markdown.values import Prose
from coursewright.text.names import shortened

Json = dict[str, Any]
_KINDS = {
    Page: "page",
    Assignment: "assignment",
    Discussion: "discussion",
    Quiz: "quiz",
    Link: "link",
    File: "file",
}
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|[#?]|$", re.IGNORECASE)


def curriculum_json(
    curriculum: Curriculum, graph: Graph, findings: Iterable[Finding], words: Words, labels: Mapping[str, str]
) -> Json:
    """Return everything that was read, an object a unit with what it becomes in an LMS, and what was found.

    `labels` are the titles of parts that have none of their own.
    """
    parts = _Parts(graph, words, labels, {unit.path for unit in curriculum.units})
    return {
        "units": [{**unit_json(unit, graph), "parts": parts.of(unit)} for unit in curriculum.units],
        "findings": [found.as_json() for found in findings],
        **({"courses": [_course(about) for about in curriculum.courses]} if curriculum.courses else {}),
    }


def _course(about: About) -> Json:
    return {
        "track": about.track,
        "title": about.title,
        "language": about.language,
        "rights": about.rights,
        "summary": about.summary,
        "cover": about.cover.path if about.cover else "",
        "keywords": list(about.keywords),
        "order": about.order,
        "source": about.source,
    }


def unit_json(unit: Unit, graph: Graph) -> Json:
    """Return one unit; texts are inline Markdown as written."""
    return {
        "path": unit.path,
        "line": unit.line,
        "kind": str(unit.kind),
        "id": unit.id,
        "title": unit.title,
        "track": unit.track,
        "roles": list(unit.roles),
        "summary": unit.summary,
        "hours": {
            "total": _number(unit.hours.total),
            "breakdown": {kind: _number(hours) for kind, hours in unit.hours.breakdown.items()},
        },
        "prerequisites": _references(unit.prerequisites, graph.prerequisites[unit.identity]),
        "next": _references(unit.next, graph.next[unit.identity]),
        "placement": {"raw": unit.placement.raw, "after": [mention.id for mention in unit.placement.mentions]},
        "fields": _rows(unit.fields, "label", "qualifier", "value", "children"),
        "objectives": list(unit.objectives),
        "competencies": _rows(unit.competencies, "name", "target", "evidence", "role"),
        "outline": _rows(unit.outline, "title", "detail"),
        "activities": list(unit.activities),
        "assessments": list(unit.assessments),
        "components": _rows(unit.components, "asset", "description", "criteria", "validation"),
        "deliverables": list(unit.deliverables),
        "milestones": [
            {"from": due.first, "to": due.last, "unit": due.unit, "text": due.text} for due in unit.milestones
        ],
        "risks": _rows(unit.risks, "risk", "mitigation"),
        "checklist": _rows(unit.checklist, "text", "done"),
        **({"opens": _gate(unit.gate)} if unit.gate != OPEN else {}),
        "sections": _rows(unit.sections, "title", "level", "line", "audience", "markdown"),
    }


def _gate(gate: Gate) -> object:
    """Return what opens a unit; None where it has conditions that are on no unit."""
    try:
        return table_of(gate)
    except UnwritableError:
        return None


@frozen
class _Parts:
    """Tells what units become; `paths` are those of all documents."""

    graph: Graph
    words: Words
    labels: Mapping[str, str]
    paths: Collection[str]

    def of(self, unit: Unit) -> list[Json]:
        """Return the parts of a unit's edition for learners, and then those for staff."""
        edition = learner_edition(unit).unit
        staff = [section for section in unit.sections if section.audience is Audience.STAFF]
        hidden = (part for part in unit.parts if part.audience is Audience.STAFF)
        parts = (*parts_of(edition, self.words), *staff_parts(unit, staff, self.words), *hidden)
        return [self._part(part, unit if part in unit.parts else edition) for part in parts]

    def _part(self, part: Part, unit: Unit) -> Json:
        if any(part is found for found in unit.parts) or (part.audience is Audience.STAFF and part in unit.parts):
            return self._authored(part, unit)
        files = dict.fromkeys((*_named_units(part, unit, self.graph), *_files(part, unit)))
        return {
            "kind": _KINDS[type(part)],
            "key": part.key,
            "title": self._title(part),
            "path": part.path,
            "line": part.line,
            "audience": str(part.audience),
            "objectives": _objectives(part, unit),
            "links": [path for path in files if path in self.paths],
            "assets": [path for path in files if path not in self.paths],
            **({"url": part.url} if isinstance(part, Link) else {}),
        }

    def _authored(self, part: Part, unit: Unit) -> Json:
        """Return a part that its reader made."""
        targets = part.targets.values() if isinstance(part, Leading) else ()
        files = [found.asset for found in targets if not isinstance(found, ToUnit)]
        files += [part.asset] if isinstance(part, File) else []
        return {
            "kind": _KINDS[type(part)],
            "key": part.key,
            "title": part.title or (self.words.plain(unit.title) if isinstance(part, Page) else self._title(part)),
            "path": part.path,
            "line": part.line,
            "audience": str(part.audience),
            "objectives": list(part.objectives) if isinstance(part, Page) else [],
            "links": list(dict.fromkeys(filter(None, map(self._document, targets)))),
            "assets": list(dict.fromkeys(asset.path for asset in files)),
            **({"url": part.url} if isinstance(part, Link) else {}),
            **({"questions": [_question(one) for one in asked(part)]} if isinstance(part, Quiz) else {}),
            **(_work(part) if isinstance(part, Assignment) else {}),
        }

    def _title(self, part: Part) -> str:
        return part.title if isinstance(part, Link | File) else part.title or self.labels[part.label]

    def _document(self, target: Target) -> str:
        """Return the document that a target leads to, an empty text for a file."""
        if not isinstance(target, ToUnit):
            return ""
        unit = self.graph.units.get(target.unit)
        leads = (part.path for part in unit.parts if part.key == target.part) if unit else ()
        return next(iter(leads), unit.path if unit else "")


def _work(work: Assignment) -> Json:
    """Return how an assignment is handed in and judged."""
    rows = _rows(work.rubric, "title", "points", "text", "ratings")
    rows = [{**row, "ratings": _rows(row["ratings"], "title", "points", "text")} for row in rows]
    return {"points": _number(work.points), "submissions": list(map(str, work.submissions)), "rubric": rows}


def _question(question: Question) -> Json:
    """Return a question; what its kind does not have is left out, but for the options and the answers."""
    found: Json = {
        "kind": str(question.kind),
        "key": question.key,
        "stem": question.stem,
        "points": question.points if question.graded else 0,
        "line": question.line,
        "options": _rows(question.options, "text", "fraction", "feedback") or _gap_options(question),
        "answers": [_answer(one) for one in question.answers],
    }
    if question.kind is QuestionKind.BOOLEAN:
        found["right"] = question.right
    if question.pairs:
        found["pairs"] = [[pair.prompt, pair.answer] for pair in question.pairs]
    if question.blanks:
        found["blanks"] = [
            {"key": blank.key, "answers": [one.text for one in blank.answers], "options": list(blank.options)}
            for blank in question.blanks
        ]
    return found


def _gap_options(question: Question) -> list[Json]:
    """Return what can be chosen in the gaps of a text, each once: right is what belongs in any of them."""
    right = {answer.text for blank in question.blanks for answer in blank.answers if answer.fraction > 0}
    texts = dict.fromkeys(text for blank in question.blanks for text in blank.options)
    return [{"text": text, "fraction": float(text in right), "feedback": ""} for text in texts]


def _answer(answer: Answer) -> Json:
    shared = {"fraction": answer.fraction, "feedback": answer.feedback}
    if answer.value is not None:
        return {"value": answer.value, "tolerance": answer.tolerance, **shared}
    if answer.min is not None or answer.max is not None:
        return {"min": answer.min, "max": answer.max, **shared}
    return {"text": answer.text, **shared}


def _objectives(part: Part, unit: Unit) -> list[str]:
    """Return what a part sets as a goal, or shows: learning objectives, and competencies by name."""
    if isinstance(part, Assignment):
        return [row.name for row in part.competencies]
    pages = (part.key, *(headed.opens for headed in part.body)) if isinstance(part, Page) else ()
    is_goals = "objectives" in pages and part.audience is Audience.LEARNER
    return [*unit.objectives, *(row.name for row in unit.competencies)] if is_goals else []


def _named_units(part: Part, unit: Unit, graph: Graph) -> list[str]:
    """Return the documents of the units that an overview names: those before its unit, and those after it."""
    if part.key != "overview" or part.audience is Audience.STAFF:
        return []
    return [found.path for found in (*graph.required(unit), *graph.following(unit))]


def _files(part: Part, unit: Unit) -> Iterator[str]:
    """Yield the paths of the files that a part's links and pictures lead to."""
    titles = [] if isinstance(part, Link | File | Quiz) else [headed.title for headed in part.body]
    for text in (*titles, *said(unit, part)):
        markdown = text.markdown if isinstance(text, Prose) else text
        for found in links(linked(markdown, targets([markdown]))):
            target = found[2] or found[3] or ""
            if not _ELSEWHERE.match(target):
                name = unquote(re.split("[#?]", target)[0])
                yield posixpath.normpath(posixpath.join(posixpath.dirname(part.path), name))


def _rows(values: Iterable[object], *names: str) -> list[Json]:
    return [{name: getattr(value, name) for name in names} for value in values]


def _references(references: References, links: Iterable[LinkedMention]) -> Json:
    return {"raw": references.raw, "refs": [_reference(found) for found in links], "text": list(references.text)}


def _reference(found: LinkedMention) -> Json:
    target = found.target
    return {
        "id": target.id if target else found.mention.id,
        "track": target.track if target else None,
        "label": found.mention.label,
        "path": target.path if target else None,
    }


def _number(hours: float | None) -> float | int | None:
    return int(hours) if hours is not None and hours == int(hours) else hours


# --- the graph ---


def graph_json(graph: Graph) -> Json:
    """Return the units in learning order, and an edge for each prerequisite (`gate`) and each next unit (`next`)."""
    units = _ordered(graph)
    return {
        "units": [
            {"track": unit.track, "id": unit.id, "kind": str(unit.kind), "title": unit.title, "path": unit.path}
            for unit in units
        ],
        "edges": [
            {"kind": kind, "from": _identity(source), "to": _identity(target)} for kind, source, target in _edges(graph)
        ],
        "unresolved": [
            {
                "kind": kind,
                "unit": _identity(unit),
                "id": found.mention.id,
                "candidates": [str(unit.identity) for unit in found.candidates],
            }
            for unit in units
            for kind, links in (("gate", graph.prerequisites), ("next", graph.next))
            for found in links[unit.identity]
            if found.target is None
        ],
    }


def _identity(unit: Unit) -> Json:
    return {"track": unit.track, "id": unit.id}


def _ordered(graph: Graph) -> list[Unit]:
    return in_order(list(graph.units.values()), graph)


def _edges(graph: Graph) -> Iterable[tuple[str, Unit, Unit]]:
    for unit in _ordered(graph):
        for required in graph.required(unit):
            yield "gate", required, unit
        for following in graph.following(unit):
            if unit not in graph.required(following):
                yield "next", unit, following


def _by_track(graph: Graph) -> dict[str, list[Unit]]:
    tracks: dict[str, list[Unit]] = {}
    for unit in _ordered(graph):
        tracks.setdefault(unit.track, []).append(unit)
    return dict(sorted(tracks.items()))


def graph_text(graph: Graph) -> str:
    """Return each track's units in learning order, with what they require."""
    lines = []
    for track, units in _by_track(graph).items():
        lines.append(track)
        for unit in units:
            lines.append(f"  {unit.id}  {unit.title}" if unit.given_id else f"  {unit.title}")
            if needs := ", ".join(_needed(found, unit) for found in graph.prerequisites[unit.identity]):
                lines.append(f"      after {needs}")
            if unit.prerequisites.text:
                lines.append(f"      with {'; '.join(map(shortened, unit.prerequisites.text))}")
    return "\n".join(lines) + "\n"


def _needed(found: LinkedMention, unit: Unit) -> str:
    if found.target is None:
        return f"{found.mention.id} ({'ambiguous' if found.candidates else 'not found'})"
    name = found.target.named(found.target.title)
    return name if found.target.track == unit.track else f"{name} ({found.target.track})"


def graph_dot(graph: Graph) -> str:
    """Return the graph for Graphviz: a cluster a track, gates drawn through, hints dashed."""
    lines = ["digraph curriculum {", "  rankdir=LR;", '  node [shape=box, style=rounded, fontname="sans-serif"];']
    for number, (track, units) in enumerate(_by_track(graph).items()):
        lines += [f"  subgraph cluster_{number} {{", f"    label={_dot(track)};"]
        lines += [f"    {_dot(_node(unit))} [label={_dot(_label(unit, chr(10)))}];" for unit in units]
        lines.append("  }")
    for kind, source, target in _edges(graph):
        style = "" if kind == "gate" else " [style=dashed, constraint=false]"
        lines.append(f"  {_dot(_node(source))} -> {_dot(_node(target))}{style};")
    return "\n".join([*lines, "}"]) + "\n"


def graph_mermaid(graph: Graph) -> str:
    """Return the graph for Mermaid: a subgraph a track, gates drawn through, hints dotted."""
    lines = ["flowchart LR"]
    for number, (track, units) in enumerate(_by_track(graph).items()):
        lines.append(f"  subgraph track_{number}[{_mermaid(track)}]")
        lines += [f"    {_node(unit)}[{_mermaid(_label(unit))}]" for unit in units]
        lines.append("  end")
    for kind, source, target in _edges(graph):
        lines.append(f"  {_node(source)} {'-->' if kind == 'gate' else '-.->'} {_node(target)}")
    return "\n".join(lines) + "\n"


def _node(unit: Unit) -> str:
    return identifier(unit.identity)


def _label(unit: Unit, between: str = " ") -> str:
    return f"{unit.id}{between}{unit.title}" if unit.given_id else unit.title


def _dot(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _mermaid(text: str) -> str:
    entities = {'"': "#quot;", "<": "#lt;", ">": "#gt;"}
    return '"' + "".join(entities.get(character, character) for character in text.replace("#", "#35;")) + '"'


GRAPH_FORMATS = {"text": graph_text, "dot": graph_dot, "mermaid": graph_mermaid}
