"""From a course to a Moodle backup: a section a unit, its parts as activities, and what each waits for.

A unit ends with a page that opens once all its work is done; whatever requires the unit waits for that page. So what a
learner reads at a locked section is the name of what is missing, and who adds an activity has one restriction to mend.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from coursewright.coursemap import Maps
from coursewright.formats import scorm12
from coursewright.formats.cartridges import POINTS
from coursewright.formats.format import Materials
from coursewright.formats.moodle.model import Activity, Backup, Criterion, Kind, Section, StoredFile, Value
from coursewright.formats.moodle.xml import MOMENT
from coursewright.identity import course_identifier, identifier, slug
from coursewright.ims import cut
from coursewright.lessons import Assignment, Discussion, Lesson, Part, Reading, WebLink, lesson
from coursewright.model import Competency, Course, Identity, Unit
from coursewright.overview import map_file, native_overview
from coursewright.package import Package, zipped
from coursewright.plan import alone
from coursewright.wording import LEVELS, level, normal

_STEP = 100_000  # numbers of activities from one section to the next
_FIRST, _LAST = 1, _STEP - 1  # the overview of a unit, and the page that ends it
_MAP = "map.svg"
_LONGEST_NAME, _LONGEST_COURSE_NAME = 255, 254
_SHARE = 10.0  # points of each row of a rubric; Moodle makes the sum the grade

Details = dict[str, Value]

_PAGE: Details = {
    "contentformat": 1, "legacyfiles": 0, "legacyfileslast": None, "display": 5,
    "displayoptions": 'a:2:{s:10:"printintro";s:1:"0";s:17:"printlastmodified";s:1:"0";}',
    "revision": 1, "timemodified": MOMENT,
}  # fmt: skip
_ASSIGN: Details = {
    "alwaysshowdescription": 1, "submissiondrafts": 0, "sendnotifications": 0, "sendlatenotifications": 0,
    "sendstudentnotifications": 1, "duedate": 0, "cutoffdate": 0, "gradingduedate": 0, "allowsubmissionsfromdate": 0,
    "timemodified": MOMENT, "completionsubmit": 1, "requiresubmissionstatement": 0, "teamsubmission": 0,
    "requireallteammemberssubmit": 0, "teamsubmissiongroupingid": 0, "blindmarking": 0, "hidegrader": 0,
    "revealidentities": 0, "attemptreopenmethod": "untilpass", "maxattempts": 1, "markingworkflow": 0,
    "markingallocation": 0, "markinganonymous": 0, "preventsubmissionnotingroup": 0, "activity": "",
    "activityformat": 1, "timelimit": 0, "submissionattachments": 0,
}  # fmt: skip
_FORUM: Details = {
    "type": "general", "duedate": 0, "cutoffdate": 0, "assessed": 0, "assesstimestart": 0, "assesstimefinish": 0,
    "scale": 0, "maxbytes": 0, "maxattachments": 9, "forcesubscribe": 0, "trackingtype": 1, "rsstype": 0,
    "rssarticles": 0, "timemodified": MOMENT, "warnafter": 0, "blockafter": 0, "blockperiod": 0,
    "completiondiscussions": 0, "completionreplies": 0, "completionposts": 1, "displaywordcount": 0,
    "lockdiscussionafter": 0, "grade_forum": 0,
}  # fmt: skip
_SCORM: Details = {
    "scormtype": "local", "version": "SCORM_1.2", "maxgrade": 100, "grademethod": 0, "whatgrade": 0, "maxattempt": 0,
    "forcecompleted": 0, "forcenewattempt": 0, "lastattemptlock": 0, "masteryoverride": 1, "displayattemptstatus": 1,
    "displaycoursestructure": 0, "updatefreq": 3, "sha1hash": "", "md5hash": "", "revision": 0, "launch": 0,
    "skipview": 2, "hidebrowse": 1, "hidetoc": 3, "nav": 0, "navpositionleft": -100, "navpositiontop": -100, "auto": 0,
    "popup": 0, "options": "", "width": 100, "height": 800, "timeopen": 0, "timeclose": 0, "timemodified": MOMENT,
    "completionstatusrequired": 4, "completionscorerequired": None, "completionstatusallscos": 0, "autocommit": 0,
}  # fmt: skip
_URL: Details = {
    "display": 0, "displayoptions": 'a:1:{s:10:"printintro";i:1;}', "parameters": "a:0:{}", "timemodified": MOMENT,
}  # fmt: skip


def competency_idnumber(name: str) -> str:
    """Return what a competency is known by on every site: its name."""
    return f"competency-{slug(normal(name))}"


@dataclass(frozen=True, slots=True)
class Planner:
    """Makes the backup of one course."""

    course: Course
    materials: Materials
    places: dict[Identity, int] = field(default_factory=dict)

    def backup(self) -> Backup:
        """Return the course as a backup."""
        for place, unit in enumerate(self.course.units, start=1):
            self.places[unit.identity] = place
        plain, name = self.materials.renderer.plain, course_identifier(self.course.name)
        rows = [row for unit in self.course.units for row in unit.competencies]
        return Backup(
            identifier=name,
            name=self.course.name,
            title=cut(plain(self.course.title), _LONGEST_COURSE_NAME),
            summary="",
            sections=[self._start(), *map(self._section, self.course.units)],
            framework=f"coursewright-{self.course.name}"[:100],
            competencies=list(dict.fromkeys(competency_idnumber(plain(row.name)) for row in rows)),
        )

    def _address(self, unit: Unit) -> str:
        """Return where a page finds another unit: what is first in it, whose number a restore replaces."""
        kind = "SCORM" if self.materials.with_scorm else "PAGE"
        return f"$@{kind}VIEWBYID*{self.places[unit.identity] * _STEP + _FIRST}@$"

    def _start(self) -> Section:
        """Return the section at the top: the overview of the course."""
        renderer = self.materials.renderer
        whole = Maps(self.course, renderer.plain, renderer.drawn).whole
        stored = [StoredFile(1, _MAP, map_file(renderer, whole), "image/svg+xml", "mod_page")] if whole else []
        body = native_overview(renderer, self.course, self._address, f"@@PLUGINFILE@@/{_MAP}" if stored else "")
        name = f"{course_identifier(self.course.name)}-home"
        home = self._page(_FIRST, 0, name, renderer.labels["course_overview"], body, tracked=False, files=stored)
        return Section(0, "", "", [home])

    def _section(self, unit: Unit) -> Section:
        place = self.places[unit.identity]
        found = lesson(self.materials.renderer, self.course, unit, self._address)
        first = place * _STEP + _FIRST
        parts = [part for part in found.parts if not (self.materials.with_scorm and isinstance(part, Reading))]
        work = [self._scorm(first, place, unit)] if self.materials.with_scorm else []
        work += [self._activity(number, place, part) for number, part in enumerate(parts, start=first + len(work))]
        end = self._end(place, found, [activity.number for activity in work if activity.tracked])
        hidden = [
            self._page(number, place, page.identifier, page.title, page.body, tracked=False, visible=False)
            for number, page in enumerate(found.staff, start=first + len(work))
        ]
        gates = [self.places[needed.identity] * _STEP + _LAST for needed in self.course.gates[unit.identity]]
        return Section(place, cut(found.title, _LONGEST_NAME), self._summary(unit), [*work, end, *hidden], gates)

    def _summary(self, unit: Unit) -> str:
        renderer = self.materials.renderer
        hours = renderer.hours(unit)
        lines = [renderer.inline(unit.summary), Markup("{}").format(hours.total) if hours else ""]
        return str(Markup("").join(Markup("<p>{}</p>").format(line) for line in lines if line))

    def _end(self, place: int, found: Lesson, after: Sequence[int]) -> Activity:
        """Return the page that ends a unit: where to go next, for whoever has done all of it."""
        renderer, identity = self.materials.renderer, found.unit.identity
        body = renderer.render(
            "native/end.html.j2",
            after=[(unit.id, renderer.inline(unit.title), self._address(unit)) for unit in self.course.after[identity]],
            beyond=[renderer.inline(text) for text in self.course.beyond[identity]],
        )
        title = renderer.labels["unit_completed"].format(unit=found.unit.id)
        name = identifier(identity, "end")
        return self._page(place * _STEP + _LAST, place, name, title, Markup(body), after=after)  # noqa: S704

    def _scorm(self, number: int, place: int, unit: Unit) -> Activity:
        """Return a unit as the SCORM package it would be alone."""
        name, file = identifier(unit.identity), f"{identifier(unit.identity)}.zip"
        package = Package(file)
        scorm12.FORMAT.write(package, alone(self.course, unit), self.materials)
        stored = StoredFile(place + 1, file, zipped(package), "application/zip", "mod_scorm", "package")
        title = cut(self.materials.renderer.plain(unit.title), _LONGEST_NAME)
        return Activity(number, Kind.SCORM, place, name, title, details={"reference": file, **_SCORM}, files=[stored])

    def _activity(self, number: int, place: int, part: Part) -> Activity:
        match part:
            case Reading():
                return self._page(number, place, part.identifier, part.title, part.body)
            case Assignment():
                return self._assignment(number, place, part)
            case Discussion():
                return Activity(number, Kind.FORUM, place, part.identifier, part.title, str(part.body), _FORUM)
            case WebLink():
                address = {"externalurl": part.url, **_URL}
                return Activity(number, Kind.URL, place, part.identifier, part.title, "", address, tracked=False)

    def _page(
        self,
        number: int,
        place: int,
        name: str,
        title: str,
        body: Markup,
        *,
        tracked: bool = True,
        visible: bool = True,
        after: Sequence[int] = (),
        files: Sequence[StoredFile] = (),
    ) -> Activity:
        return Activity(
            number,
            Kind.PAGE,
            place,
            name,
            title,
            details={"content": str(body), **_PAGE},
            tracked=tracked,
            visible=visible,
            after=after,
            files=files,
        )

    def _assignment(self, number: int, place: int, work: Assignment) -> Activity:
        points, plain = float(POINTS) if work.graded else 0.0, self.materials.renderer.plain
        return Activity(
            number,
            Kind.ASSIGN,
            place,
            work.identifier,
            work.title,
            str(work.body),
            {**_ASSIGN, "grade": int(points)},
            points=points,
            to_pass=points * (work.threshold or 0) / 100,
            rubric=list(self._rubric(work)),
            competencies=list(dict.fromkeys(competency_idnumber(plain(row.name)) for row in work.competencies)),
        )

    def _rubric(self, work: Assignment) -> Iterator[Criterion]:
        """Yield a row for what counts as done, and one for each competency."""
        labels = self.materials.renderer.labels
        if work.graded and work.criterion:
            yield Criterion(work.criterion, [(0, labels["rating_not_met"]), (_SHARE, labels["rating_met"])])
        for row in work.competencies:
            yield self._competency(row)

    def _competency(self, row: Competency) -> Criterion:
        """Return a row that gives all its points to whoever reaches the target of the unit."""
        labels, plain = self.materials.renderer.labels, self.materials.renderer.plain
        target = level(row.target)
        steps = [name.capitalize() for name in LEVELS[:target]] or [labels["rating_met"]]
        levels = [(_SHARE * number / len(steps), name) for number, name in enumerate(steps, start=1)]
        wanted = f"{plain(row.name)}: {plain(row.target)}" if row.target else plain(row.name)
        return Criterion(wanted, [(0, labels["rating_not_met"]), *levels])
