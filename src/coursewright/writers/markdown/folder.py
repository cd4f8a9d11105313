"""From a course to its folder: course.toml, a document a page, an assignment, a discussion or a quiz, and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import partial

from coursewright.course.blocks import Headed, Paragraph
from coursewright.course.division import staff_parts
from coursewright.course.gates import each
from coursewright.course.model import Course, Step, Unit
from coursewright.course.parts import Assignment, Discussion, Leading, Page, Part
from coursewright.course.quiz import Quiz, with_texts
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message, Place
from coursewright.frozen import slotted
from coursewright.packages.files.writing import Package
from coursewright.pages.renderer import Renderer
from coursewright.text.names import few, shortened
from coursewright.text.yaml import write_yaml
from coursewright.writers import FORMATS
from coursewright.writers.files import course_files
from coursewright.writers.losses import gates_reduced
from coursewright.writers.markdown.blocks import body_markdown, trimmed
from coursewright.writers.markdown.course_file import course_toml, is_told
from coursewright.writers.markdown.fronts import front_of
from coursewright.writers.markdown.roadmap import is_roadmap, roadmap_document
from coursewright.writers.markdown.shelves import FILES, ShelvedPart, Shelves, shelved
from coursewright.writers.writer import Materials

_FILE = "course.toml"


def write(package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill the folder of a course; return what is lost in it."""
    package.unzipped = True
    renderer, packed = materials.renderer, course_files(course, staff=True)
    parts = {step.unit.identity: list(_parts(step, renderer)) for step in course.steps}
    writer = _Writer(shelved(course, parts, packed, renderer), renderer)
    package.add(_FILE, course_toml(course, writer.shelves, materials).encode(errors="replace"))
    for unit in filter(is_roadmap, course.units):
        package.add(writer.shelves.roadmap(unit.identity), partial(_roadmap, unit, renderer))
    for found in writer.shelves.parts.values():
        for one in found:
            if one.path:
                package.add(one.path, writer.document(one).encode(errors="replace"))
    files = Package(package.name)
    if course.cover:
        files.add(course.cover.name, course.cover.content)
    for file in packed:
        files.add(f"{FILES}/{file.name}", file.asset.content)
    package.files += files.files
    return [*_lost(course, package.name), *writer.lost, *files.problems()]


def _roadmap(unit: Unit, renderer: Renderer) -> bytes:
    return roadmap_document(unit, renderer).encode(errors="replace")


def _lost(course: Course, package: str) -> Iterator[Finding]:
    tracks = dict.fromkeys(unit.track for unit in course.units)
    if len(tracks) > 1:
        yield messages.TRACKS_JOINED.at(Place(package), tracks=few(tracks))
    for unit in course.units:
        untold = (gate for gate in each(unit.gate) if not is_told(gate))
        yield from gates_reduced(unit, untold, FORMATS["markdown"].title)


def _parts(step: Step, renderer: Renderer) -> Iterator[Part]:
    """Yield the parts of a step that have documents of their own; what else a roadmap says stands in its document."""
    unit = step.unit
    yield from (*unit.parts, *staff_parts(unit, step.staff, renderer.converter), *step.staff_parts)


@slotted
class _Writer:
    """Makes the documents of a course."""

    shelves: Shelves
    renderer: Renderer
    lost: list[Finding] = field(default_factory=list)

    def document(self, one: ShelvedPart) -> str:
        """Return a part as a document with front matter."""
        part = one.part
        if not isinstance(part, Leading):
            return ""
        body = self._body(part, one.path)
        front = f"---\n{write_yaml(front_of(part, part.title, part.key))}---\n"
        return f"{front}\n{body}\n" if body else front

    def _body(self, part: Leading, path: str) -> str:
        from coursewright.packages.documents.quiz_document.writing import quiz_document  # roadmaps need no parser
        from coursewright.text.markdown.readdressing import readdressed

        found = {old: self.shelves.address(target, path) for old, target in part.targets.items()}
        change = {old: new for old, new in found.items() if new}
        self._tell(part, [old for old, new in found.items() if not new], messages.TARGETS_OUTSIDE)
        if isinstance(part, Quiz):
            left: dict[str, None] = {}

            def changed(text: str) -> str:
                made, kept = readdressed(text.replace("\r\n", "\n").replace("\r", "\n"), change)
                left.update(dict.fromkeys(kept))
                return made

            text = trimmed(quiz_document(with_texts(part, changed)))
        else:
            text, kept = readdressed(body_markdown(self._blocks(part), self.renderer), change)
            left = dict.fromkeys(kept)
        self._tell(part, list(left), messages.ADDRESSES_KEPT)
        return text

    def _tell(self, part: Leading, addresses: Sequence[str], message: Message) -> None:
        if addresses:
            told = few(shortened(href, 80) for href in addresses)
            self.lost.append(message.at(Place(part.path, part.line), count=len(addresses), targets=told))

    @staticmethod
    def _blocks(part: Page | Assignment | Discussion) -> Sequence[Headed]:
        """Return what a part says that its front matter does not."""
        if isinstance(part, Page):
            lead = [Headed(Paragraph(part.lead))] if part.lead else []
            return [*lead, *part.body]
        return part.content or ([Headed(Paragraph(part.text))] if part.text else [])
