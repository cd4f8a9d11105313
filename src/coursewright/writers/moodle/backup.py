"""From a course to a Moodle backup: a section a unit, its parts as activities, and what each waits for.

A section waits for all the work of the units that it requires, and so opens with no further click once that is done. A
unit ends with a page that appears then, and nothing waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from functools import partial
from pathlib import PurePosixPath

from markupsafe import Markup

from coursewright.course.gates import OPEN, All, Condition, Done, Gate, Status, Unknown, mapped, spelt_out, waits_for
from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.model import Course, Step, Unit
from coursewright.course.parts import Assignment, Discussion
from coursewright.course.plan import alone
from coursewright.course.questions import number_text
from coursewright.course.quiz import Quiz
from coursewright.course.values import Identity
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.activities import menu_of
from coursewright.packages.documents.moodle.availability import is_written
from coursewright.packages.documents.moodle.instances import (
    ForumInstance,
    PageInstance,
    ResourceInstance,
    ScormInstance,
    UrlInstance,
)
from coursewright.packages.documents.moodle.values import (
    COURSE,
    Activity,
    MoodleBackup,
    MoodleSection,
    StoredFile,
    Tracking,
)
from coursewright.packages.documents.moodle.xml import own_text
from coursewright.packages.documents.wording import Wording
from coursewright.packages.files.writing import Package, zipped
from coursewright.pages.authored import content_of, page_path
from coursewright.pages.dress import Dress
from coursewright.pages.hours import hours_together
from coursewright.pages.links import Places, required_among
from coursewright.pages.overview import map_file, native_overview
from coursewright.pages.parts import Exam, Handout, Lesson, Part, Reading, Talk, WebLink, Work, lessons
from coursewright.text.names import digest, known_as, slug
from coursewright.writers.cartridges import HOME
from coursewright.writers.files import course_files
from coursewright.writers.losses import gates_reduced
from coursewright.writers.moodle.assignments import assignment, least
from coursewright.writers.moodle.filing import Filing
from coursewright.writers.moodle.quizzes import quiz_activity
from coursewright.writers.scorm import scorm12
from coursewright.writers.wording import wording
from coursewright.writers.writer import Materials

_STEP = 100_000  # numbers of activities from one section to the next
_FIRST, _LAST = 1, _STEP - 1  # the overview of a unit, and the page that ends it
_MAP = "map.svg"
_MOST_AWAITED = 1000  # activities that one thing waits for

_MEDIA_TYPES = {  # the same on every machine, as those that a system knows are not
    ".css": "text/css", ".gif": "image/gif", ".htm": "text/html", ".html": "text/html", ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg", ".js": "text/javascript", ".json": "application/json", ".md": "text/markdown",
    ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".otf": "font/otf", ".pdf": "application/pdf", ".png": "image/png",
    ".svg": "image/svg+xml", ".ttf": "font/ttf", ".txt": "text/plain", ".vtt": "text/vtt", ".webm": "video/webm",
    ".webp": "image/webp", ".woff": "font/woff", ".woff2": "font/woff2", ".xml": "application/xml",
    ".xsd": "application/xml", ".zip": "application/zip",
}  # fmt: skip


def competency_idnumber(name: str) -> str:
    """Return what a competency is known by on every site: its name."""
    return f"{slug(name)}-{digest(known_as(name))}"


def framework_idnumber(course: str, competencies: Sequence[str]) -> str:
    """Return what a framework is known by: Moodle takes each once, so another set of competencies is another one."""
    return f"coursewright-{course[:60]}-{digest(chr(10).join(sorted(competencies)), 8)}"


@frozen
class Planner:
    """Makes the backup of one course."""

    course: Course
    materials: Materials
    filing: Filing
    worn: Dress
    places: dict[Identity, int] = field(default_factory=dict)
    work: dict[Identity, list[Activity]] = field(default_factory=dict)
    lost: list[Finding] = field(default_factory=list)
    wordings: dict[int, Wording] = field(default_factory=dict)

    def backup(self) -> MoodleBackup:
        """Return the course as a backup."""
        for place, step in enumerate(self.course.steps, start=1):
            self.places[step.unit.identity] = place
            self.filing.enter(step, place * _STEP + _FIRST)
        renderer, name = self.materials.renderer, course_identifier(self.course.name)
        plain = renderer.plain
        rows = [row for unit in self.course.units for row in unit.competencies]
        idnumbers = list(dict.fromkeys(competency_idnumber(plain(row.name)) for row in rows))
        return MoodleBackup(
            identifier=name,
            name=self.course.name,
            title=plain(self.course.title),
            summary=self._about(),
            sections=self._sections(),
            framework=framework_idnumber(self.course.name, idnumbers),
            competencies=idnumbers,
            start=self.materials.options.publication.start,
        )

    def _sections(self) -> list[MoodleSection]:
        renderer, once, start = self.materials.renderer, self.materials.once, self._start()
        titled = "{part}: {unit}"  # an index shows how titles begin
        places = Places(
            self.filing.place, self.filing.address, dressed=self.worn.on, ended=True, titled=titled, has_rubrics=True
        )
        found = list(lessons(renderer, self.course, self._address, locked=True, places=places, once=once))
        for lesson in found:
            self.work[lesson.unit.identity] = self._work(lesson)
        return [start, *map(self._section, found)]

    def _about(self) -> str:
        """Return what the list of courses says of this one: for whom it is, and how long it takes."""
        renderer, roles = self.materials.renderer, self.course.roles
        lines = [renderer.said("made_for", roles=roles) if roles else "", hours_together(self.course.units, renderer)]
        text = Markup("").join(Markup("<p>{}</p>").format(line) for line in lines if line)
        return own_text(renderer.spoken(text) if text else text)

    def _address(self, unit: Unit) -> str:
        """Return where a page finds another unit: its section, which says why if it is locked."""
        return f"$@COURSEVIEWBYID*{COURSE}@$#section-{self.places[unit.identity]}"

    def _start(self) -> MoodleSection:
        """Return the section at the top: the overview of the course."""
        renderer = self.materials.renderer
        picture = map_file(renderer, self.course, self.materials.once)
        number = next(self.filing.numbers) if picture else 0
        stored = [StoredFile(number, _MAP, picture, "image/svg+xml", "mod_page")] if picture else []
        shown = f"@@PLUGINFILE@@/{_MAP}" if stored else ""
        body = native_overview(
            renderer, self.course, self._address, shown, locked=True,
            places=Places(self.filing.place, whole=f"$@COURSEVIEWBYID*{COURSE}@$", dressed=self.worn.on),
        )  # fmt: skip
        home = self._page(
            _FIRST, 0, HOME, renderer.labels["course_overview"], body, tracking=Tracking.NONE, files=stored
        )
        return MoodleSection(0, "", self._welcome(), [home])

    def _welcome(self) -> str:
        """Return what stands at the top of the course: whom it is for, and how long it takes."""
        renderer, course = self.materials.renderer, self.course
        html = renderer.render(
            "native/welcome.html.j2",
            summary=renderer.inline(course.summary),
            roles=course.roles,
            hours=hours_together(course.units, renderer),
            units=len(course.units),
        )
        return own_text(renderer.spoken(self.worn.on(Markup(html))))  # noqa: S704 - escaped there

    def _work(self, found: Lesson) -> list[Activity]:
        """Return the activities of a unit for learners."""
        unit, place = found.unit, self.places[found.unit.identity]
        first = place * _STEP + _FIRST
        parts = [part for part in found.parts if not (self.materials.options.with_scorm and isinstance(part, Reading))]
        work = [self._scorm(first, place, unit)] if self.materials.options.with_scorm else []
        return work + [
            self._activity(number, place, part) for number, part in enumerate(parts, start=first + len(work))
        ]

    def _section(self, found: Lesson) -> MoodleSection:
        unit, place = found.unit, self.places[found.unit.identity]
        work = self.work[unit.identity]
        end, first = self._end(place, found), place * _STEP + _FIRST
        hidden = [
            replace(self._activity(number, place, part), tracking=Tracking.NONE, visible=False)
            for number, part in enumerate(found.staff, start=first + len(work))
        ]
        return MoodleSection(
            place, found.title, self._summary(unit), [*work, end, *hidden], self._gate(self.course.step(unit))
        )

    def _gate(self, step: Step) -> Gate:
        """Return what opens a section: all work of the units that it needs, and what else its gate says of units."""
        awaited = waits_for(self._awaited(step.unit, step.unit.id, step.needs))
        others = [spelt_out(mapped(gate, partial(self._of_activities, step))) for gate in step.others]
        held = [gate for gate in others if is_written(gate)]
        lost = [gate for gate, other in zip(step.others, others, strict=True) if other not in held]
        self.lost.extend(gates_reduced(step.unit, lost, "Moodle"))
        return All((*awaited.parts, *(gate for gate in held if gate != OPEN)))

    def _of_activities(self, step: Step, condition: Condition) -> Gate:
        """Return a condition on a unit as one on its activities."""
        plain = isinstance(condition, Done) and condition.status is Status.DONE
        named = self.course.named_by(condition) if plain else ()
        return waits_for(self._awaited(step.unit, step.unit.id, named)) if named else Unknown()

    def _awaited(self, unit: Unit, what: str, needs: Sequence[Unit]) -> list[int]:
        """Return the activities that units are complete with, or as many as a restriction can name, scores first."""
        found = [
            activity
            for needed in needs
            for activity in self.work[needed.identity]
            if activity.tracking is not Tracking.NONE
        ]
        if len(found) > _MOST_AWAITED:
            cut = messages.RESTRICTION_CUT.at(unit.place(), what=what, count=len(found), most=_MOST_AWAITED)
            self.lost.append(cut)
            found = sorted(found, key=lambda activity: (not activity.to_pass, not activity.points))[:_MOST_AWAITED]
        return sorted(activity.number for activity in found)

    def _summary(self, unit: Unit) -> str:
        renderer, needs = self.materials.renderer, self.course.step(unit).needs
        hours = renderer.hours(unit)
        lines = [
            renderer.inline(unit.summary),
            self._time(hours.total) if hours else "",
            renderer.said("opens_after", units=map(self._name, needs)) if needs else "",
        ]
        text = Markup("").join(Markup("<p>{}</p>").format(line) for line in lines if line)
        return own_text(renderer.spoken(text) if text else text)

    def _time(self, total: str) -> Markup:
        labels = self.materials.renderer.labels
        return Markup("<strong>{}{}</strong> {}").format(labels["hours_heading"], labels["colon"].rstrip(), total)

    def _name(self, unit: Unit) -> str:
        return unit.called(self.materials.renderer.plain(unit.title))

    def _end(self, place: int, found: Lesson) -> Activity:
        """Return the page that ends a unit: where to go next, for whoever has done all of it."""
        renderer, unit = self.materials.renderer, found.unit
        body = renderer.render(
            "native/end.html.j2",
            after=[self._following(unit, other) for other in self._opened_by(unit)],
            beyond=[renderer.inline(text) for text in self.course.step(unit).beyond],
        )
        title = renderer.labels["unit_completed"].format(unit=found.title)
        name, after = identifier(unit.identity, "end"), self._awaited(unit, f"the page that ends {unit.id}", [unit])
        number, spoken = place * _STEP + _LAST, renderer.spoken(self.worn.on(Markup(body)))  # noqa: S704
        return self._page(number, place, name, title, spoken, tracking=Tracking.NONE, after=after)

    def _following(self, unit: Unit, other: Unit) -> tuple[str, str, Sequence[str]]:
        """Return a unit that comes after one: its name, its address if it is open then, and what else it waits for."""
        gates = self.course.step(other).needs
        done = {unit.identity} | required_among(self.course, unit, {gate.identity for gate in gates})
        waits = [self._name(gate) for gate in gates if gate.identity not in done]
        return self._name(other), "" if waits else self._address(other), waits

    def _opened_by(self, unit: Unit) -> list[Unit]:
        """Return what a unit opens, and what its author sends the learner to."""
        following = [*self.course.opened_by(unit), *self.course.step(unit).next]
        return list({other.identity: other for other in following}.values())

    def _scorm(self, number: int, place: int, unit: Unit) -> Activity:
        """Return a unit as the SCORM package it would be alone."""
        name, file = identifier(unit.identity), f"{identifier(unit.identity)}.zip"
        step = self.course.step(unit)  # its quizzes and its work are Moodle's own
        own = Quiz | Assignment | Discussion
        lesson = replace(unit, parts=tuple(part for part in unit.parts if not isinstance(part, own)))
        package, course = Package(file), alone(self.course, replace(step, unit=lesson))
        lost = scorm12.write(package, course, self._alone(course))
        reported = messages.THRESHOLD_NOT_REPORTED.code  # the assignment has the threshold
        self.lost.extend(finding for finding in lost if finding.code != reported)
        whole = StoredFile(next(self.filing.numbers), file, zipped(package), "application/zip", "mod_scorm", "package")
        plain, manifest = self.materials.renderer.plain(unit.title), course_identifier(course.name)
        menu = menu_of(number, manifest, name, page_path(unit), plain)
        played = ScormInstance(reference=file, sha1hash=whole.hash, launch=menu[-1].id, scoes=menu)
        return Activity(number, place, name, self._name(unit), played, files=[whole, *self._unpacked(package)])

    def _alone(self, course: Course) -> Materials:
        """Return what a unit alone is made with: its pages lead to no other."""
        own = replace(self.materials, options=replace(self.materials.options, certificate=False, carries=False))
        made = partial(content_of, own.renderer, course, course_files(course).name)
        return own.alone(course, made if course.units[0].parts else own.content)

    def _unpacked(self, package: Package) -> Iterator[StoredFile]:
        for path, content in package.files:
            folder, _, file = f"/{path}".rpartition("/")
            data = content if isinstance(content, bytes) else content()
            kind = _MEDIA_TYPES.get(PurePosixPath(file).suffix.lower(), "application/octet-stream")
            yield StoredFile(next(self.filing.numbers), file, data, kind, "mod_scorm", folder=f"{folder}/")

    def _activity(self, number: int, place: int, part: Part) -> Activity:
        match part:
            case Reading():
                files = [self.filing.stored(asset, "mod_page") for asset in part.files]
                return self._page(number, place, part.identifier, part.title, part.body, files=files)
            case Handout():
                return self._handout(number, place, part)
            case Exam():
                self.wordings[number] = words = wording(self.materials.renderer, part.address, self.worn.on)
                made, lost = quiz_activity(part, number, place, self.filing, words, least)
                self.lost.extend(lost)
                return made
            case Work():
                return self._assignment(number, place, part)
            case Talk():
                own, files = ForumInstance(intro=own_text(part.body)), self._shown(part, "mod_forum")
                return Activity(number, place, part.identifier, part.title, own, files=files)
            case WebLink():
                link = UrlInstance(externalurl=part.url.replace("$@", "%24@"))
                return Activity(number, place, part.identifier, part.title, link, tracking=Tracking.NONE)

    def _handout(self, number: int, place: int, part: Handout) -> Activity:
        files = [self.filing.stored(part.asset, "mod_resource")]
        own, tracking = ResourceInstance(), Tracking.NONE
        return Activity(number, place, part.identifier, part.title, own, tracking=tracking, files=files)

    def _page(
        self,
        number: int,
        place: int,
        name: str,
        title: str,
        body: Markup,
        *,
        tracking: Tracking = Tracking.AUTOMATIC,
        visible: bool = True,
        after: Sequence[int] = (),
        files: Sequence[StoredFile] = (),
    ) -> Activity:
        return Activity(
            number,
            place,
            name,
            title,
            PageInstance(content=own_text(body)),
            tracking=tracking,
            visible=visible,
            after=after,
            files=files,
        )

    def _assignment(self, number: int, place: int, work: Work) -> Activity:
        if not work.graded and not work.handed_in:
            files = [self.filing.stored(asset, "mod_page") for asset in work.files]
            name, title = work.identifier, work.title
            return self._page(number, place, name, title, work.body, tracking=Tracking.MANUAL, files=files)
        made, plain = assignment(work, number, place, self.materials.renderer), self.materials.renderer.plain
        if made.points != work.points:
            origin = self.course.steps[place - 1].unit.place()
            lost = messages.POINTS_ROUNDED.at(origin, title=work.title, points=number_text(work.points))
            self.lost.append(lost)
        names = dict.fromkeys(competency_idnumber(plain(row.name)) for row in work.competencies)
        return replace(made, competencies=list(names), files=self._shown(work, "mod_assign"))

    def _shown(self, part: Work | Talk, component: str) -> list[StoredFile]:
        """Return the files that the introduction of an activity shows."""
        return [replace(self.filing.stored(asset, component), area="intro") for asset in part.files]
