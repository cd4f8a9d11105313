"""Rules over a curriculum and over its units: each function states what should hold and yields a finding where it does
not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import PurePath
from urllib.parse import unquote

from coursewright.course.audience import Reason
from coursewright.course.blocks import Headed
from coursewright.course.blocks import texts as said
from coursewright.course.edition import Edition, Withheld, texts
from coursewright.course.graph import Graph, LinkedMention, cycles, with_prerequisites
from coursewright.course.model import Curriculum, Unit
from coursewright.course.parts import Assigned, Page
from coursewright.course.values import Identity, Kind
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.frozen import frozen
from coursewright.text.markdown.code import intricacy, without_code
from coursewright.text.markdown.formulas import unreadable
from coursewright.text.markdown.targets import NAMED, links
from coursewright.text.markdown.values import Prose, Text
from coursewright.text.names import plain_number, shortened
from coursewright.text.patterns import later
from coursewright.text.phrases import is_placeholder, quoted

_NOT_CARRIED = later(
    rf"(!)\[[^\]]*\]\({NAMED}|(?<!!)\[[^\]]*\]\((?!<?(?:https?://|mailto:|tel:)){NAMED}", re.IGNORECASE
)
_ON_THE_WEB = later(r"https?://", re.IGNORECASE)
_TEXT_ALONE = "the learner sees the text of this link or picture, not the thing"
_IN_NAMES = "learners read what the link or picture says, without it"
_IN_TITLE = "titles are shown as plain text"
_LINKED = "the learner gets a link to this picture on the web"
_HTML = later(
    r"(?<!\\)</?(?:abbr|a|article|aside|audio|base|blockquote|br|b|button|center|cite|code|dd|del|details|div|dl|dt|em"
    r"|embed|figcaption|figure|font|footer|form|h[1-6]|header|hr|iframe|img|input|ins|i|kbd|label|link|li|main|mark|math"
    r"|meta|nav|object|ol|option|picture|pre|p|q|samp|script|section|select|small|source|span|strong|strike|style|sub"
    r"|summary|sup|svg|s|table|tbody|td|textarea|tfoot|thead|th|time|tr|ul|u|var|video)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)

_WHAT = {
    Reason.SOLUTION: ("an answer or a solution", "{count} answers or solutions"),
    Reason.STAFF: (
        "a note for the people who make or teach the course",
        "{count} notes for the people who make or teach the course",
    ),
    Reason.COMMENT: ("a comment is", "{count} comments are"),
}
_MOST_QUOTED = 20


@frozen
class LintSubject:
    """What rules look at: the curriculum as written, its graph, and the learners' edition of each unit.

    `math` says whether what stands between dollars is a formula.
    """

    curriculum: Curriculum
    graph: Graph
    editions: Mapping[Identity, Edition]
    math: bool = False


Rule = Callable[[LintSubject], Iterator[Finding]]
RuleOfUnits = Callable[[Unit, Edition], Iterator[Finding]]


def lint(subject: LintSubject) -> list[Finding]:
    """Return what every rule finds that looks at all units, by what is at hand of large numbers of them."""
    return list(chain.from_iterable(rule(subject) for rule in RULES))


def lint_unit(unit: Unit, edition: Edition) -> Iterator[Finding]:
    """Yield what every rule finds that looks into one unit, as written and as learners get it."""
    for rule in RULES_OF_UNITS:
        yield from rule(unit, edition)


def identities_are_unique(subject: LintSubject) -> Iterator[Finding]:
    """No two units have one id in one track."""
    for unit in subject.curriculum.units:
        first = subject.graph.units[unit.identity]
        if first is not unit:
            found = messages.DUPLICATE_IDENTITY.at(unit.place(), id=unit.id, track=unit.track, other=first.place())
            yield found.about(unit.identity, related=[first.place()])


def ids_differ_in_more_than_capitals(subject: LintSubject) -> Iterator[Finding]:
    """No two ids are one but for their capitals."""
    first: dict[str, Unit] = {}
    told: set[str] = set()
    for unit in subject.graph.units.values():
        other = first.setdefault(unit.id.casefold(), unit)
        if other.id != unit.id and unit.id not in told:
            told.add(unit.id)
            found = messages.IDS_ALIKE.at(unit.place(), id=unit.id, other=other.id)
            yield found.about(unit.identity, related=[other.place()])


def prerequisites_are_acyclic(subject: LintSubject) -> Iterator[Finding]:
    """No unit waits for itself, directly or through others."""
    for circle in cycles(subject.graph):
        places = [unit.place(unit.prerequisites.raw) for unit in circle]
        way = " → ".join(f"{unit.id} ({place})" for unit, place in zip(circle, places, strict=True))
        found = messages.PREREQUISITE_CYCLE.at(places[0], cycle=f"{way} → {circle[0].id}")
        yield found.about(*(unit.identity for unit in circle), related=places)


def prerequisites_exist(subject: LintSubject) -> Iterator[Finding]:
    """Every prerequisite names exactly one unit."""
    for unit in subject.graph.units.values():
        place = unit.place(unit.prerequisites.raw)
        for link in subject.graph.prerequisites[unit.identity]:
            if not link.candidates:
                yield messages.PREREQUISITE_UNKNOWN.at(place, id=link.mention.id).about(unit.identity)
            elif len(link.candidates) > 1:
                yield _ambiguous(unit, link)


def _ambiguous(unit: Unit, link: LinkedMention) -> Finding:
    tracks = [candidate.track for candidate in link.candidates]
    example = f"{tracks[0].replace('-', ' ')} {link.mention.id}"
    found = messages.PREREQUISITE_AMBIGUOUS.at(
        unit.place(unit.prerequisites.raw), id=link.mention.id, candidates=" or ".join(tracks), example=example
    )
    return found.about(unit.identity, related=[candidate.place() for candidate in link.candidates])


def prerequisites_are_units(subject: LintSubject) -> Iterator[Finding]:
    """Every prerequisite is a unit rather than words; what only names skills is told of once a unit, as an info."""
    for unit in subject.graph.units.values():
        place, references = unit.place(unit.prerequisites.raw), unit.prerequisites
        for text in references.text:
            if text in references.skills:
                continue
            conditional = text in references.conditions
            message = messages.CONDITION_NOT_HELD if conditional else messages.PREREQUISITE_IN_WORDS
            yield message.at(place, text=shortened(text, 300)).about(unit.identity)
        if references.skills:
            skills = shortened("', '".join(dict.fromkeys(references.skills)), 300)
            found = messages.PREREQUISITE_IN_WORDS.at(place, text=skills)
            yield replace(found, severity=Severity.INFO).about(unit.identity)
        for text in references.struck:
            yield messages.PREREQUISITE_STRUCK.at(place, text=shortened(text)).about(unit.identity)
        if references.contradicted:
            yield messages.PREREQUISITES_DISAGREE.at(place).about(unit.identity)


def what_looks_like_a_prerequisite_is_one(subject: LintSubject) -> Iterator[Finding]:
    """What speaks of a unit as required stands where locks are read, or says no more than they do."""
    following: defaultdict[Identity, set[str]] = defaultdict(set)
    for unit in subject.graph.units.values():
        for required in subject.graph.required(unit):
            following[required.identity].add(unit.id.casefold())
    for unit in subject.graph.units.values():
        if not unit.prerequisites.unheld:
            continue
        before = {required.id.casefold() for required in with_prerequisites([unit], subject.graph)}
        for found in unit.prerequisites.unheld:
            said = following[unit.identity] | (set() if found.backwards else before)
            if not found.ids or not {id.casefold() for id in found.ids} <= said:
                about = messages.GATES_NOTHING.at(unit.place(found.text), text=shortened(found.text))
                yield about.about(unit.identity)


def next_units_require_this_one(subject: LintSubject) -> Iterator[Finding]:
    """What a unit names as next has it as a prerequisite."""
    for unit in subject.graph.units.values():
        place = unit.place(unit.next.raw)
        for link in subject.graph.next[unit.identity]:
            if link.target is None:
                yield messages.NEXT_UNKNOWN.at(place, id=link.mention.id).about(unit.identity)
            elif unit not in subject.graph.required(link.target):
                found = messages.NEXT_NOT_REQUIRED.at(place, id=link.target.id, unit=unit.id)
                yield found.about(unit.identity, related=[link.target.place()])


def prerequisites_are_next(subject: LintSubject) -> Iterator[Finding]:
    """What a unit requires names it as next, where it names anything."""
    for unit in subject.graph.units.values():
        for required in subject.graph.required(unit):
            if required.next.mentions and unit not in subject.graph.following(required):
                found = messages.NOT_IN_NEXT.at(required.place(required.next.raw), unit=required.id, id=unit.id)
                yield found.about(required.identity, related=[unit.place()])


def placement_agrees(subject: LintSubject) -> Iterator[Finding]:
    """What a project is placed after is among its prerequisites."""
    for unit in subject.graph.units.values():
        required = subject.graph.required(unit)
        mentioned = {mention.id for mention in unit.prerequisites.mentions}
        for link in subject.graph.placement[unit.identity]:
            if link.mention.id not in mentioned and link.target not in required:
                found = messages.PLACEMENT_DISAGREES.at(unit.place(unit.placement.raw), id=link.mention.id)
                yield found.about(unit.identity)


def hours_add_up(unit: Unit, _: Edition) -> Iterator[Finding]:
    """The hours can be read, and their parts sum to the total."""
    hours, place = unit.hours, unit.place(unit.hours.raw)
    parts = sum(hours.breakdown.values())
    if hours.total is None:
        if hours.raw and not is_placeholder(hours.raw):
            yield messages.HOURS_UNREADABLE.at(place, text=hours.raw).about(unit.identity)
    elif hours.breakdown and abs(parts - hours.total) > 0.01:
        found = messages.HOURS_DISAGREE.at(place, total=plain_number(hours.total), sum=plain_number(parts))
        yield found.about(unit.identity)


def objectives_are_stated(unit: Unit, _: Edition) -> Iterator[Finding]:
    """Every unit says what it is for."""
    if not unit.objectives:
        yield messages.OBJECTIVES_MISSING.at(unit.place(), id=unit.id).about(unit.identity)


def texts_are_no_placeholders(unit: Unit, _: Edition) -> Iterator[Finding]:
    """Fields that learners never see say something rather than point into plans and templates."""
    for text in (unit.hours.raw, unit.prerequisites.raw, unit.next.raw):
        if is_placeholder(text):
            yield messages.PLACEHOLDER.at(unit.place(text), text=text).about(unit.identity)


def learners_get_every_text(unit: Unit, edition: Edition) -> Iterator[Finding]:
    """Texts for learners say something, hold nothing that is for staff, and can be shown as they are meant."""
    yield from _withheld(edition, unit)
    for text in _shown(edition.unit):
        yield from _unshowable(text, unit)


def _shown(edited: Unit) -> Iterator[Text]:
    """Yield what learners read of a roadmap. Other units stand on pages, whose links their reader followed."""
    if edited.kind is not Kind.UNIT:
        yield from chain(texts(edited), _beside(edited))


def formulas_are_readable(subject: LintSubject) -> Iterator[Finding]:
    """Formulas can be shown as they are meant."""
    for edited in (subject.editions[identity].unit for identity in subject.graph.units if subject.math):
        for text in _shown(edited):
            for latex in unreadable(text):
                found = messages.FORMULA_UNREADABLE.at(edited.place(text), formula=shortened(latex, 80))
                yield found.about(edited.identity)


def diagrams_are_drawn(unit: Unit, _: Edition) -> Iterator[Finding]:
    """What draws a diagram stands beside its picture: here it is shown as code."""
    for page in (part for part in unit.parts if isinstance(part, Page | Assigned)):
        if lines := list(chain.from_iterable(map(_diagrams, page.body))):
            place = Place(page.path, lines[0])
            yield messages.DIAGRAM_AS_CODE.at(place, count=_count(len(lines))).about(unit.identity)


def _count(diagrams: int) -> str:
    return "a Mermaid diagram is" if diagrams == 1 else f"{diagrams} Mermaid diagrams are"


def _diagrams(headed: Headed) -> Iterator[int]:
    for text in said(headed.block):
        if isinstance(text, Prose) and "mermaid" in text.markdown.lower():
            from coursewright.text.markdown.addresses import diagrams  # 30 ms, and few texts have any

            yield from (text.line + line - 1 for line in diagrams(text.markdown))


def _withheld(edition: Edition, unit: Unit) -> Iterator[Finding]:
    """Yield a finding for each placeholder, and one for all the texts that learners do not get for one reason."""
    by_reason: dict[Reason, list[Withheld]] = {}
    for found in edition.withheld:
        if found.reason is None:
            told = messages.PLACEHOLDER.at(unit.place(found.text), text=quoted(found.cut))
            yield replace(told, words=_whole([found])).about(unit.identity)
        else:
            by_reason.setdefault(found.reason, []).append(found)
    for reason, unsorted in by_reason.items():
        group = sorted(unsorted, key=lambda found: found.text.line)
        message = messages.COMMENT_WITHHELD if reason is Reason.COMMENT else messages.STAFF_TEXT_WITHHELD
        first, *others = (unit.place(found.text) for found in group)
        told = message.at(first, what=_what(reason, len(group)), text=_told(group))
        yield replace(told, words=_whole(group)).about(unit.identity, related=others)


def _what(reason: Reason, count: int) -> str:
    one, many = _WHAT[reason]
    return one if count == 1 else many.format(count=count)


def _told(group: Sequence[Withheld]) -> str:
    """Return the words of what is withheld, shortened, each with its line where there are several."""
    if len(group) == 1:
        return quoted(group[0].cut)
    told = [f"line {found.text.line}: {quoted(found.cut)}" for found in group[:_MOST_QUOTED]]
    return "; ".join([*told, *([f"and {len(group) - _MOST_QUOTED} more"] if len(group) > _MOST_QUOTED else [])])


def _whole(group: Sequence[Withheld]) -> tuple[str, ...]:
    """Return the whole words of what is withheld, or nothing where the finding's text holds them all."""
    short = len(group) <= _MOST_QUOTED and all(quoted(found.cut) == " ".join(found.cut.split()) for found in group)
    return () if short else tuple(found.cut for found in group)


def _beside(unit: Unit) -> Iterator[Text]:
    """Yield what learners read of the fields that name units."""
    yield unit.placement.raw
    for named in (unit.prerequisites, unit.next):
        yield from (Text(text, named.raw.line) for text in named.text)


def titles_hold_no_links(unit: Unit, edition: Edition) -> Iterator[Finding]:
    """Titles are plain text in every format, so they hold no links and no pictures."""
    for title in (edition.unit.title, *(section.title for section in edition.unit.sections)):
        for found in links(title):
            place = unit.place(title)
            yield messages.LINK_NOT_CARRIED.at(place, target=_target(found), shown=_IN_TITLE).about(unit.identity)


def links_to_units_are_followed(subject: LintSubject) -> Iterator[Finding]:
    """What names units keeps no link and no picture but those to the units."""
    for unit in subject.graph.units.values():
        for named, graph in ((unit.prerequisites, subject.graph.prerequisites), (unit.next, subject.graph.next)):
            meant = (candidate for link in graph[unit.identity] for candidate in link.candidates)
            known = {PurePath(candidate.path).name for candidate in meant}
            for found in links(named.raw):
                file = PurePath(unquote(re.split("[#?]", found[2] or found[3])[0])).name
                if found[1] or file not in known:
                    lost = messages.LINK_NOT_CARRIED.at(unit.place(named.raw), target=_target(found), shown=_IN_NAMES)
                    yield lost.about(unit.identity)


def _target(found: re.Match[str]) -> str:
    """Return where a link or a picture leads to, and its title."""
    return " ".join(part for part in found.groups() if part and part != "!")


def _unshowable(text: Text, unit: Unit) -> Iterator[Finding]:
    """Yield a finding for Markdown that takes unbounded time, for links out of the package, and for HTML."""
    if reason := intricacy(text):
        yield messages.TOO_INTRICATE.at(unit.place(text), reason=reason).about(unit.identity)
        return
    if "](" not in text and "<" not in text:
        return
    place, written = unit.place(text), without_code(text)
    for found in _NOT_CARRIED.finditer(written) if "](" in written else ():
        target = _target(found)
        shown = _LINKED if found[1] and _ON_THE_WEB.match(target) else _TEXT_ALONE
        yield messages.LINK_NOT_CARRIED.at(place, target=target, shown=shown).about(unit.identity)
    if "<" in written and (tags := [shortened(tag, 60) for tag in dict.fromkeys(_HTML.findall(written))]):
        yield messages.HTML_AS_TEXT.at(place, tags=", ".join(tags[:3])).about(unit.identity)


RULES: tuple[Rule, ...] = (
    identities_are_unique,
    ids_differ_in_more_than_capitals,
    prerequisites_are_acyclic,
    prerequisites_exist,
    prerequisites_are_units,
    what_looks_like_a_prerequisite_is_one,
    next_units_require_this_one,
    prerequisites_are_next,
    placement_agrees,
    formulas_are_readable,
    links_to_units_are_followed,
)
RULES_OF_UNITS: tuple[RuleOfUnits, ...] = (
    hours_add_up,
    objectives_are_stated,
    texts_are_no_placeholders,
    learners_get_every_text,
    diagrams_are_drawn,
    titles_hold_no_links,
)
