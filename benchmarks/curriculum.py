"""Writes a synthetic curriculum of any size, in the five layouts that real roadmaps and project plans have.

The same size gives the same bytes, on any machine. Prerequisites lead back within a track and to earlier tracks, so
they hold no cycle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from random import Random

from vocabulary import Author

PER_TRACK = 14
_SEED = "coursewright benchmark 1"
_LEVELS = ("Junior", "Associate", "Senior", "Lead", "Principal", "Chief")
_AREAS = (
    "AI Infrastructure", "Analytics", "Cloud", "Compliance", "Data Platform", "Database", "Edge", "Embedded", "Finance",
    "Frontend", "Hardware", "Identity", "Integration", "Language Model", "Learning", "Machine Learning", "Mobile",
    "Network", "Observability", "Payments", "Privacy", "Quality", "Release", "Robotics", "Search", "Security",
    "Storage", "Supply Chain", "Vision", "Web",
)  # fmt: skip
_JOBS = ("Engineer", "Architect", "Analyst", "Manager", "Scientist")
_TARGETS = ("Expert", "Advanced", "Proficient", "Working", "Awareness/Working")
_OUTSIDE = (
    "Command-line familiarity",
    "Docker, basic networking",
    "Linux essentials",
    "None",
    "Statistics fundamentals",
)


@dataclass(slots=True)
class Unit:
    """What is decided about a document before it is written."""

    track: int
    position: int
    role: str
    layout: str
    title: str
    required: list[Unit] = field(default_factory=list)
    followers: list[Unit] = field(default_factory=list)

    @property
    def is_project(self) -> bool:
        """Whether the document is a project plan."""
        return self.layout.startswith("project")

    @property
    def number(self) -> str:
        """The number in the id: that of the track, then that of the unit."""
        return f"{self.track}{self.position:02}"

    @property
    def id(self) -> str:
        """The id other documents refer to."""
        return f"{'PROJ' if self.is_project else 'MOD'}-{self.number}"

    @property
    def folder(self) -> str:
        """The folder in the authors' repository that real documents name now and then."""
        kind = "project" if self.is_project else "module"
        return f"{kind}s/{_slug(self.role)}/{kind}-{self.number}"

    @property
    def path(self) -> str:
        """Where the document stands in the curriculum."""
        kind = "project" if self.is_project else "module"
        return f"{_slug(self.role)}/{kind}s/{kind}-{self.number}-{'plan' if self.is_project else 'roadmap'}.md"


def write_curriculum(folder: Path, documents: int) -> Path:
    """Write a curriculum of so many documents (at most 12,000) into a folder, and return the folder."""
    for units in _tracks(documents):
        names = [Author(f"{_SEED} {units[0].track} name {index}").name() for index in range(60)]
        for unit in units:
            path = folder / unit.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_document(unit, Author(f"{_SEED} {unit.number}", names)), encoding="utf-8")
    return folder


# --- which units there are, and what they require ---


def _tracks(documents: int) -> Iterator[list[Unit]]:
    """Yield the units of each track, linked to each other and to units of earlier tracks."""
    count = max(1, round(documents / PER_TRACK))
    roles = [" ".join(parts) for parts in product(_LEVELS, _AREAS, _JOBS)]
    Random(_SEED).shuffle(roles)
    earlier: list[Unit] = []
    for track in range(1, count + 1):
        author = Author(f"{_SEED} track {track}")
        length = documents * track // count - documents * (track - 1) // count
        units = [_unit(track, position, roles[track - 1], author) for position in range(1, length + 1)]
        for unit in units:
            _link(unit, units, earlier, author)
        yield units
        earlier = [*earlier[-5 * PER_TRACK :], *(unit for unit in units if not unit.is_project)]


def _unit(track: int, position: int, role: str, author: Author) -> Unit:
    project = position % 3 == 0
    layout = author.one_of(*(name for name in _LAYOUTS if name.startswith("project") == project))
    return Unit(track, position, role, layout, author.title())


def _link(unit: Unit, units: list[Unit], earlier: list[Unit], author: Author) -> None:
    """Give a unit one or two prerequisites of its track, and every third a prerequisite of an earlier track."""
    before = units[max(0, unit.position - 6) : unit.position - 1]
    unit.required = author.random.sample(before, min(len(before), author.number(1, 2)))
    for required in unit.required:
        required.followers.append(unit)
    if earlier and author.chance(0.35):
        unit.required.append(author.random.choice(earlier))


# --- the documents ---

Section = Callable[[Unit, Author], str]


def _document(unit: Unit, author: Author) -> str:
    heading = "Project Plan" if unit.is_project else "Module Roadmap"
    summary = f"> {unit.role} | {author.sentence()} Legacy source: `{unit.folder}`."
    sections = [section(unit, author) for section in _LAYOUTS[unit.layout]]
    return "\n\n".join([f"# {heading}", summary, *sections]) + "\n"


def _slug(text: str) -> str:
    return text.lower().replace(" ", "-")


def _section(title: str, *parts: str) -> str:
    return "\n\n".join([f"## {title}", *parts])


def _bullets(texts: list[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _fields(values: dict[str, str]) -> str:
    """Return labelled values; a label may end in a qualifier, which stands outside the bold type."""
    parts = ((*label.partition(" ("), value) for label, value in values.items())
    return _bullets([f"**{name}**{opening}{qualifier}: {value}" for name, opening, qualifier, value in parts])


def _numbered(texts: list[str]) -> str:
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def _table(header: str, rows: list[list[str]]) -> str:
    columns = header.split(" | ")
    lines = [columns, ["-" * max(3, len(column)) for column in columns], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _reference(unit: Unit, author: Author) -> str:
    """Return a reference to a unit: mostly bare, at times labelled or annotated."""
    if author.chance(0.7):
        return unit.id
    return author.one_of(f"{unit.id} {unit.title}", f"{unit.id} ({author.noun()})")


def _required(unit: Unit, author: Author) -> str:
    return ", ".join(_reference(found, author) for found in unit.required) or author.one_of(*_OUTSIDE)


def _next(unit: Unit, author: Author) -> str:
    """Return most of what requires the unit, since real documents leave some out."""
    named = [found.id for found in unit.followers if author.chance(0.8)][:3]
    return ", ".join(named) or "TBD in master plan"


def _module_overview(unit: Unit, author: Author) -> str:
    parts = [author.number(4, 20), author.number(4, 20), author.number(2, 10), author.number(2, 6)]
    kinds = ("lecture", "lab", author.one_of("portfolio", "project"), "assessment")
    breakdown = ", ".join(f"{hours} {kind}" for hours, kind in zip(parts, kinds, strict=True))
    values = {
        "Module ID": unit.id,
        "Module Title": unit.title,
        "Target Role(s)": unit.role,
        "Duration": f"{sum(parts)} hours ({breakdown})",
        "Prerequisites": _required(unit, author),
        "Next Module(s)": _next(unit, author),
    }
    return _section("Module Overview", _fields(values))


def _project_overview(unit: Unit, author: Author) -> str:
    placed = ", ".join(found.id for found in unit.required)
    values = {
        "Project ID": unit.id,
        "Project Title": unit.title,
        "Target Role(s)": unit.role,
        "Placement in Curriculum": f"After {placed}" if placed else "See master plan sequencing",
        "Estimated Duration": f"{author.number(4, 12) * 10} hours",
        "Prerequisite Modules / Skills": _required(unit, author),
        "Related Assessments": author.phrases(2),
    }
    return _section("Project Overview", _fields(values))


def _labelled_progression(unit: Unit, author: Author) -> str:
    values = {
        "Builds On (modules/roles)": author.phrases(2),
        "Adds New Depth For (roles)": unit.role,
        "Shared Assets (reuse / adapt)": f"See `{unit.folder}`",
        "Differentiators (role-specific emphasis)": author.phrases(2),
    }
    return _section("Cross-Role Progression", _fields(values))


def _competencies(unit: Unit, author: Author) -> str:
    rows = [
        [author.slug(), author.one_of(*_TARGETS), f"{author.phrase()} & {author.noun()}", unit.role]
        for _ in range(author.number(2, 3))
    ]
    header = "Competency | Proficiency Target | Evidence / Assessment | Role Alignment"
    return _section("Competency Alignment", _table(header, rows))


def _outline(unit: Unit, author: Author) -> str:
    topics = [f"**{author.title()}** – {author.phrases(3)}." for _ in range(author.number(4, 6))]
    return _section("Content Outline", _numbered(topics))


def _components(unit: Unit, author: Author) -> str:
    rows = [
        [asset, author.phrase(), f"≥{author.number(14, 19) * 5}% on {author.phrase()}", author.at_times_marked(0.3)]
        for asset in ("Lab 1", "Lab 2", "Exercises", "Project", "Assessment")
    ]
    header = "Asset | Description | Completion Criteria | Linked Validation"
    return _section("Practical Components", _table(header, rows))


def _solutions_plan(unit: Unit, author: Author) -> str:
    lines = [
        f"- **Solution Coverage Required**: {author.phrases(2)}",
        "- **Repository Strategy**:",
        f"  - Placement: {author.sentence()}",
        f"  - Repo / Path: `solutions/{unit.folder}`",
        f"- **Reuse Opportunities**: {author.phrases(2)}",
        f"- **Validation Status**: {author.one_of('Not started', 'In review', 'Validated')}",
    ]
    return _section("Solutions Plan", "\n".join(lines))


def _resource_plan(unit: Unit, author: Author) -> str:
    lines = []
    for label in ("Primary References", "Supplemental Resources", "Tooling Requirements"):
        lines += [f"- **{label}**:", f"  - {author.title()}, {author.phrases(2)}"]
    return _section("Resource Plan", "\n".join(lines))


def _checklist(unit: Unit, author: Author) -> str:
    boxes = [f"[{author.one_of(' ', ' ', 'x')}] {text}" for text in author.sentences(5, 7)]
    return _section("Quality Checklist", _bullets(boxes))


def _notes(unit: Unit, author: Author) -> str:
    values = {
        "Upstream Inputs": author.phrases(2),
        "Downstream Outputs": author.phrases(2),
        "Risks / Mitigations": author.sentence(),
    }
    return _section("Dependencies & Notes", _fields(values))


def _narrative(unit: Unit, author: Author) -> str:
    paragraphs = [" ".join(author.sentences(2, 3)) for _ in range(2)]
    return _section("Project Narrative", *paragraphs, _numbered(author.sentences(3, 4)))


def _headed_narrative(unit: Unit, author: Author) -> str:
    titles = ("Problem Statement", "Deliverables", "Constraints & Assumptions")
    return _section("Project Narrative", *(f"### {title}\n{_bullets(author.sentences(2, 3))}" for title in titles))


def _experience(unit: Unit, author: Author) -> str:
    rows = [
        [phase, author.sentence(), f"{author.number(2, 40)} hours", author.phrase()]
        for phase in ("Kickoff", "Build", "Review")
    ]
    return _section("Learner Experience", _table("Phase | Description | Estimated Time | Instructor Touchpoints", rows))


def _milestones(unit: Unit, author: Author) -> str:
    guided = _bullets(author.sentences(3, 4))
    weeks = _bullets([f"Week {first}-{first + 1}: {author.sentence()}" for first in range(1, 9, 2)])
    return _section(
        "Learning Activities & Milestones", "### Guided Activities", guided, "### Milestone Schedule", weeks
    )


def _assets(unit: Unit, author: Author) -> str:
    labels = ("Starter Assets", "Shared Components", "Role Progression", "Differentiators")
    return _section("Assets & Reuse Strategy", _fields({label: author.phrases(2) for label in labels}))


def _risks(unit: Unit, author: Author) -> str:
    risks = [f"**Risk**: {author.phrase()} → {author.sentence()}" for _ in range(2)]
    return _section("Risks & Mitigations", _bullets(risks))


def _legacy(unit: Unit, author: Author) -> str:
    source = f"Legacy source: `{unit.folder}`"
    return _section("Legacy Alignment & Next Steps", _bullets([source, *author.sentences(2, 2)]))


def _sign_off(unit: Unit, author: Author) -> str:
    values = {"Author": author.name(), "Reviewer(s)": f"{author.name()}, {author.name()}", "Date Approved": "Pending"}
    return _section("Sign-off", _fields(values))


def _listed(title: str, least: int, most: int) -> Section:
    """Return a section that is a list of sentences."""
    return lambda unit, author: _section(title, _bullets(author.sentences(least, most)))


def _staff_plan(title: str) -> Section:
    """Return a section that tells staff where the solution lies."""

    def write(unit: Unit, author: Author) -> str:
        values = {
            "Solution Path / Repo": f"`solutions/{unit.folder}` (planned)",
            "Validation Requirements": author.sentence(),
            "Access Controls": author.sentence(),
        }
        return _section(title, _fields(values))

    return write


_OBJECTIVES = _listed("Learning Objectives", 3, 4)
_REFERENCES = _listed("References & Inspiration", 1, 2)
_LAYOUTS: dict[str, tuple[Section, ...]] = {
    "module A": (
        _module_overview, _labelled_progression, _OBJECTIVES, _competencies, _outline, _components, _solutions_plan,
        _resource_plan, _checklist, _notes,
    ),
    "module B": (
        _module_overview, _listed("Cross-Role Progression", 3, 3), _OBJECTIVES, _competencies, _outline,
        _listed("Hands-On Activities", 3, 4), _listed("Assessments & Evidence", 2, 3),
        _listed("Shared Assets & Legacy Mapping", 2, 2),
    ),
    "project A": (
        _project_overview, _OBJECTIVES, _competencies, _narrative, _listed("Deliverables", 3, 4),
        _listed("Constraints & Assumptions", 2, 3), _experience, _staff_plan("Solutions & Validation"), _risks,
        _REFERENCES, _sign_off,
    ),
    "project J": (
        _project_overview, _OBJECTIVES, _competencies, _headed_narrative, _experience, _assets,
        _staff_plan("Solution & Repository Plan"), _listed("Assessment & Rubric", 2, 3), _risks, _REFERENCES, _sign_off,
    ),
    "project B": (
        _project_overview, _OBJECTIVES, _competencies, _listed("Key Deliverables", 3, 4), _milestones,
        _listed("Assessment & Validation", 2, 3), _legacy,
    ),
}  # fmt: skip
