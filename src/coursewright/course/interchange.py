"""The curriculum and its graph as text and JSON: the stable interface of `curriculum --json` and of `graph`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from coursewright.course.graph import Graph, LinkedMention, in_order
from coursewright.course.identifiers import identifier
from coursewright.course.model import Curriculum, References, Unit
from coursewright.findings.finding import Finding
from coursewright.text.names import shortened

Json = dict[str, Any]


def curriculum_json(curriculum: Curriculum, graph: Graph, findings: Iterable[Finding]) -> Json:
    """Return everything that was read, an object a unit, and what was found."""
    return {
        "units": [unit_json(unit, graph) for unit in curriculum.units],
        "findings": [found.as_json() for found in findings],
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
        "sections": _rows(unit.sections, "title", "level", "line", "audience", "markdown"),
    }


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
            lines.append(f"  {unit.id}  {unit.title}")
            if needs := ", ".join(_needed(found, unit) for found in graph.prerequisites[unit.identity]):
                lines.append(f"      after {needs}")
            if unit.prerequisites.text:
                lines.append(f"      with {'; '.join(map(shortened, unit.prerequisites.text))}")
    return "\n".join(lines) + "\n"


def _needed(found: LinkedMention, unit: Unit) -> str:
    if found.target is None:
        return f"{found.mention.id} ({'ambiguous' if found.candidates else 'not found'})"
    return found.target.id if found.target.track == unit.track else f"{found.target.id} ({found.target.track})"


def graph_dot(graph: Graph) -> str:
    """Return the graph for Graphviz: a cluster a track, gates drawn through, hints dashed."""
    lines = ["digraph curriculum {", "  rankdir=LR;", '  node [shape=box, style=rounded, fontname="sans-serif"];']
    for number, (track, units) in enumerate(_by_track(graph).items()):
        lines += [f"  subgraph cluster_{number} {{", f"    label={_dot(track)};"]
        lines += [f"    {_dot(_node(unit))} [label={_dot(f'{unit.id}' + chr(10) + unit.title)}];" for unit in units]
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
        lines += [f"    {_node(unit)}[{_mermaid(f'{unit.id} {unit.title}')}]" for unit in units]
        lines.append("  end")
    for kind, source, target in _edges(graph):
        lines.append(f"  {_node(source)} {'-->' if kind == 'gate' else '-.->'} {_node(target)}")
    return "\n".join(lines) + "\n"


def _node(unit: Unit) -> str:
    return identifier(unit.identity)


def _dot(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _mermaid(text: str) -> str:
    entities = {'"': "#quot;", "<": "#lt;", ">": "#gt;"}
    return '"' + "".join(entities.get(character, character) for character in text.replace("#", "#35;")) + '"'


GRAPH_FORMATS = {"text": graph_text, "dot": graph_dot, "mermaid": graph_mermaid}
