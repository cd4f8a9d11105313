"""From a document's sections to a unit: which section holds what, and what is left over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import PurePath
from typing import Any

from coursewright.course.edition import own_title
from coursewright.course.model import Section, Unit
from coursewright.course.values import Audience, Field, Kind, References, Unheld
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.readers.roadmap.audiences import aimed, told
from coursewright.readers.roadmap.blocks import HeadedBlocks, sections
from coursewright.readers.roadmap.choices import is_a_choice, opens_the_other_half
from coursewright.readers.roadmap.durations import read_hours
from coursewright.readers.roadmap.elsewhere import named, resembling
from coursewright.readers.roadmap.frontmatter import without_front_matter
from coursewright.readers.roadmap.labels import Label
from coursewright.readers.roadmap.references import (
    is_nothing,
    read_next,
    read_placement,
    read_prerequisites,
)
from coursewright.readers.roadmap.requirements import Known, can_be_named
from coursewright.readers.roadmap.sections import KIND_OF_FIELD, NAMING_FIELDS, READERS, Draft, kind_of, read_fields
from coursewright.readers.roadmap.settling import Settled, with_settled
from coursewright.readers.roadmap.signs import split_top_level
from coursewright.readers.roadmap.statements import (
    Stated,
    meant_by,
    read_elsewhere,
    read_section,
    say_of,
    stated_by,
    tell_of,
    tell_of_all,
    unheld,
)
from coursewright.text.markdown.values import Block, Prose, Text
from coursewright.text.names import normal, slug
from coursewright.text.patterns import later
from coursewright.text.vocabulary import FIELDS, HEADINGS, OVERVIEWS, names, of_meaning

_called = partial(of_meaning, FIELDS)
_FIELD_NAMES = {
    "id": (*KIND_OF_FIELD, "id"),
    "title": ("module title", "project title", *_called("module title"), "title", *_called("title")),
    "roles": ("target role", "target roles", *_called("target role"), "role", "roles", *_called("roles")),
    "hours": ("duration", "estimated duration", "hours", *_called("hours")),
    "placement": ("placement in curriculum", "placement", *_called("placement")),
}
_KIND_OF_HEADING = {"module roadmap": Kind.MODULE, "project plan": Kind.PROJECT}
_KIND_ELSEWHERE = {name: Kind(kind) for name, kind in names(HEADINGS)}
_KIND_OF_OVERVIEW = {
    **{name: Kind(kind) for name, kind in names(OVERVIEWS)},
    "module overview": Kind.MODULE,
    "project overview": Kind.PROJECT,
}
_TEACHING = {"objectives", "competencies", "components", "activities", "assessments", "outline", "narrative"}
_NEXT = later(rf"(?:next(?: (?:modules?|projects?|units?|steps?))?|{'|'.join(_called('next'))})$")
_ID = later(r"(?:MOD|PROJ)-\d+$")
_COMMAS = str.maketrans("،、，؛；", ",,,;;")


def read_units(lines: list[str], path: str, audiences: Mapping[str, Audience], findings: list[Finding]) -> list[Unit]:
    """Return the units a document holds, which is none for a document of another kind.

    `audiences` gives the audience of sections by their normal title, over the usual one.
    """
    groups: list[list[HeadedBlocks]] = [[]]
    for section in sections(without_front_matter(lines, path, findings), path, findings):
        if _opens_unit(section) and any(_opens_unit(earlier) for earlier in groups[-1]):
            groups.append([])
        groups[-1].append(section)
    several = len(groups) > 1
    return [unit for group in groups if (unit := _unit(group, path, audiences, findings, several=several))]


def _opens_unit(section: HeadedBlocks) -> bool:
    return section.level == 1 and _kind_of_title(section.title) is not None


def _kind_of_title(title: str) -> Kind | None:
    known = (*_KIND_OF_HEADING.items(), *_KIND_ELSEWHERE.items())
    return next((kind for name, kind in known if f"{normal(title)} ".startswith(f"{name} ")), None)


def _unit(
    group: list[HeadedBlocks], path: str, audiences: Mapping[str, Audience], findings: list[Finding], *, several: bool
) -> Unit | None:
    draft = Draft(path, findings)
    summary = _take_summary(group)
    aims = aimed(group, audiences)
    whom = [aim.audience for aim in aims]
    found = zip(group, whom, stated_by(group), strict=True)
    rests = [_read_section(section, audience, stated, draft) for section, audience, stated in found]
    kinds = (_kind_of_title(section.title) for section in group if section.level == 1)
    titled = next(filter(None, kinds), None) if several or _says_which(group, draft) else None
    kind = titled or _kind_of_fields(draft) or _kind_of_overview(group, draft)
    if kind is None:
        return None
    findings += told(group, aims, path)
    first = next((section for section in group if _opens_unit(section)), group[0])
    fields = _Fields(draft)
    identity = _identity(fields, kind, first, path, draft)
    prerequisites = fields.prerequisites()
    return Unit(
        path=path,
        line=first.line,
        kind=kind,
        summary=summary,
        hours=read_hours(fields.take("hours")),
        prerequisites=replace(prerequisites, unheld=tuple(unheld(draft, prerequisites.raw))),
        next=read_next(fields.take_all(_NEXT)),
        placement=read_placement(fields.take("placement")),
        fields=fields.rest(),
        sections=tuple(
            Section(found.title, found.level, found.line, audience, found.markdown, kind_of(found.title), tuple(rest))
            for found, audience, rest in zip(group, whom, rests, strict=True)
            if found.level > 1 or found.blocks or own_title(found.title, identity["id"], identity["title"])
        ),
        **identity,
        **draft.values,
    )


def _take_summary(group: list[HeadedBlocks]) -> Text:
    """Take the first quote before the first inner heading out of its section, as the summary."""
    for section in group:
        if section.level > 1:
            break
        for index, block in enumerate(section.blocks):
            if isinstance(block, Prose) and (summary := _quoted(block)):
                del section.blocks[index]
                return summary
    return Text("")


def _quoted(block: Prose) -> Text:
    lines = [line.strip() for line in block.markdown.split("\n")]
    if not all(line.startswith(">") for line in lines):
        return Text("")
    return Text(" ".join(line.lstrip("> ").strip() for line in lines).strip(), block.line)


def has_family_heading(line: str) -> bool:
    """Say whether a line is the heading of a module roadmap or a project plan."""
    return line.startswith("#") and _kind_of_title(line.lstrip("#")) is not None


def _says_which(group: list[HeadedBlocks], draft: Draft) -> bool:
    """Say whether a document under a heading of the family is a unit: it names one, or says what learners will do.

    Notes for a coding assistant or a plan for software can have the heading, too. In other languages than English it
    is a common one, and only a name will do.
    """
    named = any(normal(found.label) in NAMING_FIELDS for found in draft.fields)
    titles = (f"{normal(section.title)} " for section in group if section.level == 1)
    headed = any(title.startswith(f"{name} ") for title in titles for name in _KIND_OF_HEADING)
    return named or (headed and any(kind_of(section.title) in _TEACHING for section in group))


def _kind_of_overview(group: list[HeadedBlocks], draft: Draft) -> Kind | None:
    """Return what an overview makes of a document that names its unit; a README has an overview of its project, too."""
    if NAMING_FIELDS.isdisjoint(normal(found.label) for found in draft.fields):
        return None
    names = {normal(section.title) for section in group}
    return next((kind for name, kind in _KIND_OF_OVERVIEW.items() if name in names), None)


def _kind_of_fields(draft: Draft) -> Kind | None:
    return next((kind for found in draft.fields if (kind := KIND_OF_FIELD.get(normal(found.label)))), None)


class _Fields:
    """The overview's fields, each taken once; what nobody takes remains."""

    def __init__(self, draft: Draft) -> None:
        self._by_name: dict[str, Field] = {}
        self._prerequisites: list[Field] = []
        self._doubtful = tuple(map(str, draft.doubtful))
        self._together = tuple(draft.together)
        self._line = next((text.line for texts in (*draft.together, draft.doubtful) for text in texts), 0)
        for found in _with_other_halves(draft.fields):
            if (label := meant_by(found)) in (Label.PLAIN, Label.DOUBTFUL):
                self._prerequisites.append(found)
                continue
            if label in (Label.BACKWARDS, Label.PERHAPS):
                say_of(found, draft)
            if (name := normal(found.label)) in self._by_name:
                draft.findings.append(
                    messages.FIELD_TWICE.at(draft.place(found.line), label=found.name, value=_whole_value(found))
                )
            else:
                self._by_name[name] = found

    def take(self, name: str) -> Text:
        """Return the value of a field under any of its labels, or an empty text."""
        found = next((self._by_name.pop(label) for label in _FIELD_NAMES[name] if label in self._by_name), None)
        return _whole_value(found) if found else Text("")

    def take_all(self, wanted: re.Pattern[str]) -> Text:
        """Return the values of all fields whose labels match, one after another."""
        labels = [label for label in self._by_name if wanted.match(label)]
        values = [_whole_value(self._by_name.pop(label)) for label in labels]
        return Text(", ".join(filter(None, values)), values[0].line) if values else Text("")

    def prerequisites(self) -> References:
        """Return the prerequisites of all places before all units are known: words of doubtful labels never gate."""
        plain = [_whole_value(found) for found in self._prerequisites if meant_by(found) is Label.PLAIN]
        doubtful = [found for found in self._prerequisites if meant_by(found) is Label.DOUBTFUL]
        text = [_labelled(found) for found in doubtful if not is_nothing(_whole_value(found))]
        line = self._prerequisites[0].line if self._prerequisites else self._line
        texts = [*((text,) for text in plain), *self._together]
        statements = tuple(dict.fromkeys(found for each in texts if (found := tuple(filter(None, map(str, each))))))
        values = tuple(dict.fromkeys(chain.from_iterable(statements)))
        contradicted = len({is_nothing(value) for value in values}) > 1
        raw = Text("; ".join(values), line)
        return References(raw, text=(*text, *self._doubtful), contradicted=contradicted, statements=statements)

    def rest(self) -> tuple[Field, ...]:
        """Return the fields that nothing took."""
        return tuple(self._by_name.values())


def _with_other_halves(fields: Sequence[Field]) -> Iterator[Field]:
    """Yield fields, those of prerequisites with the other half of a choice that follows them: `- **or**: MOD-103`."""
    held: Field | None = None
    halves: list[Text] = []
    for found in (*fields, None):
        if found and held and opens_the_other_half(found.label):
            halves.append(Text(_labelled(found), found.line))
            continue
        if held:
            yield replace(held, children=(*held.children, *halves)) if halves else held
        halves = []
        held = found if found and meant_by(found) is Label.PLAIN else None
        if found and not held:
            yield found


def _labelled(found: Field) -> str:
    return f"{found.name}: {_whole_value(found)}"


def settled(units: list[Unit]) -> tuple[Unit, ...]:
    """Return the units with their prerequisites read, which takes the ids and titles of all of them."""
    known = Known(units)
    return tuple(with_settled(unit, settled_among(unit, known)) for unit in units)


def settled_among(unit: Unit, known: Known) -> Settled:
    """Return what of a unit is read by what is known of all units: its prerequisites, and where it leads and stands."""
    return _settled(unit, known), read_next(unit.next.raw, known), read_placement(unit.placement.raw, known)


def _settled(unit: Unit, known: Known) -> References:
    """Return the prerequisites of a unit, each statement read by itself."""
    whole = unit.prerequisites
    read = list(_read(whole, unit.path, known))
    told = [replace(found, ids=named(found.text, unit, known, any_form=True)) for found in whole.unheld]
    more = _not_among(resembling(unit, known), told)
    return replace(
        whole,
        mentions=tuple(mention for found in read for mention in found.mentions),
        text=(*(text for found in read for text in found.text), *whole.text),
        placeholder=bool(read) and all(found.placeholder for found in read),
        conditions=tuple(text for found in read for text in found.conditions),
        struck=tuple(text for found in read for text in found.struck),
        skills=tuple(text for found in read for text in found.skills),
        unheld=(*told, *more),
    )


def _read(whole: References, path: str, known: Known) -> Iterator[References]:
    """Yield the texts of statements read, each once; a choice in one of them holds for all of its statement."""
    seen: set[str] = set()
    for statement in whole.statements:
        texts = [known.followed(text, path) for text in statement]
        doubted = is_a_choice(texts, known)
        for text in dict.fromkeys(texts):
            if text not in seen:
                seen.add(text)
                yield read_prerequisites(Text(text, whole.raw.line), known, doubted=doubted)


def _not_among(found: Iterable[Unheld], told: Sequence[Unheld]) -> Iterator[Unheld]:
    """Yield what is not told of already, in the same words or on the same line."""
    texts = {normal(other.text) for other in told}
    by_line: defaultdict[int, list[str]] = defaultdict(list)
    for other in told:
        by_line[other.text.line].append(normal(other.text))
    for one in found:
        text = normal(one.text)
        if text not in texts and not any(text in other or other in text for other in by_line[one.text.line]):
            texts.add(text)
            yield one


def _whole_value(found: Field) -> Text:
    """Return a field's value with the bullets below it; without a value each bullet stands for itself."""
    whole = ", ".join([found.value, *found.children]) if found.value else "; ".join(found.children)
    return Text(whole, found.line)


def _identity(fields: _Fields, kind: Kind, first: HeadedBlocks, path: str, draft: Draft) -> dict[str, Any]:
    """Return the unit's id, title, roles and track, each mended with a finding where the document gives none."""
    label = kind.value.capitalize()
    id, title, role_text = fields.take("id"), fields.take("title"), fields.take("roles")
    line = first.line
    place = draft.place(line)
    title = title or Text("".join(re.split("[:：]", first.title, maxsplit=1)[1:]).strip(), line)
    if not id:
        id = Text(slug(PurePath(path).stem).upper(), line)
        draft.findings.append(messages.ID_MISSING.at(place, id=id, label=f"{label} ID"))
    elif not can_be_named(id.strip("`")):
        draft.findings.append(messages.ID_FORM.at(draft.place(id.line), id=id))
    id = Text(id.strip("`").upper() if _ID.match(id.strip("`").upper()) else id.strip("`"), id.line)
    if not title:
        draft.findings.append(messages.TITLE_MISSING.at(place, id=id, label=f"{label} Title"))
    roles = tuple(Text(role, role_text.line) for role in split_top_level(role_text.translate(_COMMAS)))
    track = slug(roles[0]) if roles else slug(_folder(path))
    if not roles:
        draft.findings.append(messages.ROLE_MISSING.at(place, id=id, track=track))
    return {"id": str(id), "title": title or id, "roles": roles, "track": track}


def _folder(path: str) -> str:
    """Return the name of the nearest folder that is not just `modules` or `projects`."""
    folders = [part for part in PurePath(path).parts[:-1] if part not in ("modules", "projects", "/", ".", "..")]
    return folders[-1] if folders else "course"


def _read_section(section: HeadedBlocks, audience: Audience, stated: Stated | None, draft: Draft) -> list[Block]:
    """Read a section into the draft and return the blocks that its reader leaves; what is for staff is not typed."""
    kind = kind_of(section.title)
    if kind == "overview" or section.level < 2:
        if section.level == 1:
            tell_of_all(section.blocks, section.title, draft)
        rest = read_fields(section.blocks, draft, all_items=kind == "overview")
        return read_elsewhere(rest, draft, overview=True)
    if audience is Audience.STAFF:
        tell_of(section.blocks, draft)
        return list(section.blocks)
    if reader := READERS.get(kind):
        tell_of(section.blocks, draft)
        return reader(section.blocks, draft)
    return read_section(section.blocks, stated, draft) if stated else read_elsewhere(section.blocks, draft)
