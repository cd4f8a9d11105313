"""Plays Canvas importing a package: finds out what it is, and reads what Canvas reads from where Canvas reads it.

A cartridge of the Canvas flavour is read by its own files; any other Common Cartridge by its organization, as Canvas
does: web content becomes files, folders become modules or headings, and gates and states are lost.
Bodies are given as they stand in the package; `stripped` says what the sanitiser will take out of them, and `broken`
which of their links lead nowhere. All of it is in the `issues` of the course too.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar
from urllib.parse import unquote

from lxml import etree

from importers.canvas_course import (
    Assignment,
    Content,
    Course,
    Criterion,
    Discussion,
    File,
    Group,
    Item,
    Module,
    Outcome,
    Page,
    Quiz,
    Rating,
    Requirement,
    Rubric,
    Tool,
    WebLink,
)
from importers.canvas_generic import Generic
from importers.canvas_package import (
    MOST_SETTINGS,
    SETTINGS,
    TIME,
    TRUE,
    Bodies,
    Found,
    Held,
    Node,
    course_of,
    plain_assignment,
    state_of,
    text_of,
    tool_of,
    web_links,
)
from importers.manifest import Listed
from importers.package import (
    MANIFEST,
    ImportAborted,
    Package,
    anchors,
    body,
    decoded,
    find,
    find_all,
    links,
    local,
    namespace,
    page,
    raw,
    words,
)

__all__ = [
    "Assignment",
    "Content",
    "Course",
    "Criterion",
    "Discussion",
    "File",
    "Group",
    "Item",
    "Module",
    "Outcome",
    "Page",
    "Quiz",
    "Rating",
    "Requirement",
    "Rubric",
    "Tool",
    "WebLink",
    "imported",
]

SPACE = "http://canvas.instructure.com/xsd/cccv1p0"
LOR = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
WIKI, FILES, QUIZZES = "wiki_content/", "web_resources/", "non_cc_assessments/"
TOPIC, LTI, ASSIGNMENT = "imsdt_xmlv1p1", "imsbasiclti_xmlv1p0", "assignment_xmlv1p0"
GRADING = ("points", "percent", "letter_grade", "gpa_scale", "pass_fail", "not_graded")
SUBMISSIONS = {
    *("online_text_entry", "online_url", "online_upload", "media_recording", "on_paper", "none", "not_graded"),
    *("external_tool", "online_quiz", "discussion_topic"),
}
REQUIREMENTS = ("must_view", "must_mark_done", "must_contribute", "must_submit", "min_score", "min_percentage")
QUESTIONS = {
    f"{kind}_question"
    for kind in (
        *("multiple_choice", "true_false", "multiple_answers", "short_answer", "essay", "matching", "numerical"),
        *("calculated", "fill_in_multiple_blanks", "multiple_dropdowns", "file_upload", "text_only"),
    )
}
VIEWS = ("feed", "wiki", "modules", "assignments", "syllabus")


def imported(package: Package) -> Course:
    """Return the course that Canvas makes of a package. Raises ImportAborted."""
    held = Held(package)
    if held.flavour == "canvas":
        return _Canvas(held).course()
    return Generic(held).course()


_Linked = TypeVar("_Linked", Page, Assignment, Discussion, Quiz)


class _Canvas:
    """A cartridge of the Canvas flavour while it is read."""

    def __init__(self, held: Held) -> None:
        self.held, self.issues = held, held.issues
        self.bodies = Bodies(self.issues)
        self.found = Found()
        self.by_id = {resource.identifier: resource for resource in held.listed}

    def course(self) -> Course:
        """Everything is read in the order in which Canvas imports it."""
        settings = self._settings("course_settings.xml", "course")
        self._types()
        self._files()
        self._groups()
        self._outcomes()
        self._rubrics()
        self._assignments()
        self._discussions()
        self._quizzes()
        self._pages()
        self._tools()
        modules = self._settings("module_meta.xml", "modules")
        syllabus = self._links(modules)
        found = tuple(self._modules(modules))
        web = tuple(web_links(found))
        self._web(web)
        self._unread()
        values = self._course(settings)
        return course_of("canvas", self.held, self.found, found, web, values, syllabus)

    def _settings(self, name: str, root_name: str, folder: str = SETTINGS) -> Node | None:
        """Return the root of a settings file; None where Canvas finds nothing to read."""
        path = f"{folder}{name}"
        data = self.held.read(path)
        if data is not None and len(data) > MOST_SETTINGS:
            self.issues.append(f"{path}: it is larger than 25 MB, and is skipped")
            return None
        root = self.held.xml(path)
        if root is None:
            return None
        if local(root) != root_name or namespace(root) != SPACE or root.prefix is not None:
            self.issues.append(f"{path}: its root is not <{root_name}> with Canvas's namespace as the default one")
        if local(root) != root_name:
            return None
        return Node(root, path, self.issues)

    def _types(self) -> None:
        for resource in self.held.listed:
            type = resource.type or ""
            newer = re.search(r"imscc_xmlv1p[023]/|^ims(dt|wl)_xmlv1p[023]$", type)
            if newer or (resource.kind == "lti" and type != LTI):
                self.issues.append(
                    f"{MANIFEST}: resource {resource.identifier} has the type '{type}', which the Canvas flavour"
                    " does not read"
                )

    # --- files, groups, outcomes, rubrics ---

    def _files(self) -> None:
        meta = self._settings("files_meta.xml", "fileMeta")
        said = {node.identifier: node for node in (meta.all("files", "file") if meta else [])}
        folders = {node.element.get("path", ""): node for node in (meta.all("folders", "folder") if meta else [])}
        for resource in self.held.listed:
            if resource.kind == "webcontent" and resource.href.startswith(FILES) and resource.href in self.held.names:
                path = resource.href.removeprefix(FILES)
                nodes = [said.get(resource.identifier), folders.get(posixpath.dirname(path))]
                flags = {name: any(node.flag(name) for node in nodes if node) for name in ("hidden", "locked")}
                name = nodes[0].text("display_name") if nodes[0] else ""
                file = File(resource.identifier, path, name or posixpath.basename(path), **flags)
                self.found.files[file.identifier] = file
        for identifier, node in said.items():
            if identifier not in self.found.files:
                node.say("is no file of the package")

    def _groups(self) -> None:
        root = self._settings("assignment_groups.xml", "assignmentGroups")
        for node in root.all("assignmentGroup") if root else []:
            self._identified(node, self.found.groups)
            self.found.groups[node.identifier] = Group(node.identifier, node.title(), node.number("group_weight"))

    def _identified(self, node: Node, known: Mapping[str, object]) -> None:
        self.held.identify(f"{node.path}: {local(node.element)}", node.identifier, set(known))

    def _outcomes(self) -> None:
        root = self._settings("learning_outcomes.xml", "learningOutcomes")
        if root:
            self._outcomes_in(root, ())

    def _outcomes_in(self, node: Node, groups: tuple[str, ...]) -> None:
        for outcome in node.all("learningOutcome"):
            self._identified(outcome, self.found.outcomes)
            self.found.outcomes[outcome.identifier] = self._outcome(outcome, groups)
        for group in node.all("learningOutcomeGroup"):
            title = group.title()
            group.text("description")
            for below in group.all("learningOutcomes"):
                self._outcomes_in(below, (*groups, title))

    def _outcome(self, node: Node, groups: tuple[str, ...]) -> Outcome:
        if node.all("alignments", "alignment"):
            node.say("has alignments, which are dropped as the assignments come after it")
        return Outcome(
            node.identifier,
            node.title(),
            node.text("description"),
            node.number("points_possible"),
            node.number("mastery_points"),
            node.text("calculation_method"),
            node.number("calculation_int"),
            self._ratings(node),
            groups,
        )

    def _ratings(self, node: Node) -> tuple[Rating, ...]:
        return tuple(
            Rating(found.text("id"), found.text("description"), found.text("long_description"), found.number("points"))
            for found in node.all("ratings", "rating")
        )

    def _rubrics(self) -> None:
        root = self._settings("rubrics.xml", "rubrics")
        for node in root.all("rubric") if root else []:
            self._identified(node, self.found.rubrics)
            criteria = tuple(map(self._criterion, node.all("criteria", "criterion")))
            points = node.number("points_possible")
            total = sum(found.points or 0 for found in criteria if not found.ignored)
            if not criteria:
                node.say("has no criteria")
            if points is not None and points != total:
                node.say(f"is stored with {points:g} points, and its criteria make {total:g}")
            for name in ("read_only", "reusable", "public", "hide_score_total", "free_form_criterion_comments"):
                node.flag(name)
            rubric = Rubric(node.identifier, node.title(), node.text("description"), points, criteria)
            self.found.rubrics[rubric.identifier] = rubric

    def _criterion(self, node: Node) -> Criterion:
        reference = node.text("learning_outcome_identifierref")
        if reference and reference not in self.found.outcomes:
            node.say(f"{node.text('criterion_id')} refers to the outcome {reference}, which is not there")
        return Criterion(
            node.text("criterion_id"),
            node.text("description"),
            node.text("long_description"),
            node.number("points"),
            node.number("mastery_points"),
            node.flag("ignore_for_scoring"),
            self._ratings(node),
            self.found.outcomes.get(reference),
        )

    # --- assignments ---

    def _assignments(self) -> None:
        for resource in self.held.listed:
            settings = next((path for path in resource.files if path.endswith("assignment_settings.xml")), "")
            if resource.type == LOR and settings:
                self._assignment(resource, settings)
            elif resource.type == ASSIGNMENT:
                self._extension(resource)

    def _assignment(self, resource: Listed, settings: str) -> None:
        path = next((path for path in resource.files if path.endswith("html")), "")
        if not path:
            raise ImportAborted(f"{MANIFEST}: resource {resource.identifier} is an assignment without an html file")
        node = self._settings(settings, "assignment", "")
        if node is None:
            return
        content, lost = "", tuple[str, ...]()
        data = self.held.read(path)
        if data is not None:
            _, content, lost = self.bodies.of_file(path, data)
        if not node.text("submission_types"):
            node.say("has no submission types")
        self._identified(node, self.found.assignments)
        found = replace(self._from_settings(node, node.identifier), body=content, path=path, stripped=lost)
        self.found.assignments[found.identifier] = found

    def _from_settings(self, node: Node, identifier: str, plain: Assignment | None = None) -> Assignment:
        """Return what the settings say of an assignment, and what was plainly said of it where they are silent."""
        grading = node.one_of("grading_type", GRADING)
        points = node.number("points_possible")
        if points is not None and not grading:
            node.say("has points and no grading_type, and the points are ignored")
        for name in ("peer_reviews", "omit_from_final_grade", "has_group_category", "rubric_hide_score_total"):
            node.flag(name)
        state = node.one_of("workflow_state", ("published", "unpublished"))
        if not state:
            node.say("has no workflow_state")
        points = points if grading else None
        return Assignment(
            identifier,
            plain.title if plain else node.title(),
            "",
            state_of(state != "unpublished"),
            self._group(node),
            plain.points if plain and points is None else points,
            grading,
            self._submissions(node) or (plain.submission_types if plain else ()),
            self._rubric(node),
            node.flag("rubric_use_for_grading"),
            {name: node.time(name) for name in ("due_at", "lock_at", "unlock_at")},
            node.path,
        )

    def _group(self, node: Node) -> Group | None:
        reference = node.text("assignment_group_identifierref")
        if reference not in self.found.groups:
            node.say(f"is in the group '{reference}', which is not there: it goes to \"Imported Assignments\"")
        return self.found.groups.get(reference)

    def _submissions(self, node: Node) -> tuple[str, ...]:
        found = tuple(part for part in node.text("submission_types").split(",") if part)
        for unknown in (part for part in found if part not in SUBMISSIONS):
            node.say(f"has the submission type '{unknown}', which Canvas does not know")
        return found

    def _nested(self, node: Node) -> None:
        """Look at the assignment in a discussion or a quiz."""
        nested = node.child("assignment")
        if nested is not None and nested.text("assignment_group_identifierref"):
            self._group(nested)

    def _rubric(self, node: Node) -> Rubric | None:
        reference = node.text("rubric_identifierref")
        if reference and reference not in self.found.rubrics:
            node.say(f"refers to the rubric {reference}, which is not there")
        return self.found.rubrics.get(reference)

    def _extension(self, resource: Listed) -> None:
        """Read an assignment of version 1.3."""
        path = resource.href or next(iter(resource.files), "")
        root = self.held.xml(path)
        if root is None:
            return
        if not namespace(root).endswith("imscc_extensions/assignment"):
            self.issues.append(f"{path}: its namespace is none of an assignment, and it is not read")
            return
        if find(root, "text") is None:
            raise ImportAborted(f"{path}: the assignment of version 1.3 has no <text>")
        node = Node(root, path, self.issues)
        node.text("text")
        if node.identifier and node.identifier != resource.identifier:
            node.say(f"has another identifier than its resource {resource.identifier}")
        own = find(root, "extensions", "assignment")
        identifier = node.identifier or resource.identifier
        plain = plain_assignment(node, identifier)
        if own is not None:
            plain = self._from_settings(Node(own, path, self.issues), identifier, plain)
        given = [found.get("href", "") for found in find_all(root, "attachments", "attachment")]
        whole = text_of(root) + "".join(
            f'<p><a href="{html.escape(href)}">{html.escape(href)}</a></p>' for href in given
        )
        content, lost = self.bodies.of_text(path, whole)
        self.held.identify(f"{path}: assignment", identifier, set(self.found.assignments))
        self.found.assignments[identifier] = replace(plain, body=content, path=path, stripped=lost)

    # --- discussions, quizzes, pages, tools ---

    def _discussions(self) -> None:
        for resource in self.held.listed:
            path = next(iter(resource.files), "")
            root = self.held.xml(path) if resource.type == TOPIC else None
            if root is not None:
                self._discussion(resource, path, root)

    def _discussion(self, resource: Listed, path: str, root: etree._Element) -> None:
        Node(root, path, self.issues).text("text")
        content, lost = self.bodies.of_text(path, text_of(root))
        node = self._meta(resource, "topicMeta")
        if node is None:
            self.issues.append(f"{path}: its resource {resource.identifier} has no topicMeta as its first dependency")
            plain = Discussion(resource.identifier, words(find(root, "title")), content, "topic", "active", False, path)
            self.found.discussions[resource.identifier] = replace(plain, stripped=lost)
            return
        identifier = node.text("topic_id")
        self.held.identify(f"{node.path}: topic_id", identifier, set(self.found.discussions))
        for name in ("pinned", "require_initial_post"):
            node.flag(name)
        self._nested(node)
        self.found.discussions[identifier] = Discussion(
            identifier,
            node.title(),
            content,
            node.one_of("type", ("topic", "announcement")) or "topic",
            state_of(node.one_of("workflow_state", ("active", "unpublished", "post_delayed")) != "unpublished"),
            node.child("assignment") is not None,
            path,
            lost,
        )

    def _meta(self, resource: Listed, name: str) -> Node | None:
        """Return the settings in the first resource that another one depends on."""
        target = self.by_id.get(next(iter(resource.dependencies), ""))
        path = next(iter(target.files), "") if target is not None and target.type == LOR else ""
        return self._settings(path, name, "") if path else None

    def _quizzes(self) -> None:
        paths = [name for name in self.held.names if name.startswith(QUIZZES)]
        for path in paths:
            root = self.held.xml(path)
            assessment = find(root, "assessment")
            if assessment is not None:
                self._quiz(path, assessment)
        if not paths and any(resource.kind == "assessment" for resource in self.held.listed):
            self.issues.append(f"{MANIFEST}: there are quizzes and no {QUIZZES}, and none of them is read")

    def _quiz(self, path: str, assessment: etree._Element) -> None:
        identifier = assessment.get("ident", "")
        if identifier != posixpath.basename(path).removesuffix(".qti").removesuffix(".xml"):
            self.issues.append(f"{path}: the assessment is named {identifier}, unlike its file")
        node = self._settings("assessment_meta.xml", "quiz", f"{identifier}/")
        if node is None:
            self.issues.append(f"{path}: there is no {identifier}/assessment_meta.xml")
        questions = tuple(self._questions(path, assessment))
        self.held.identify(f"{path}: quiz", identifier, set(self.found.quizzes))
        title = node.title() if node else assessment.get("title", "")
        kind = node.one_of("quiz_type", ("assignment", "practice_quiz", "survey", "graded_survey")) if node else ""
        content, lost = self.bodies.of_text(node.path, node.text("description")) if node else ("", ())
        if node and kind in ("assignment", "graded_survey") and node.child("assignment") is None:
            node.say("is graded and has no <assignment>, and gets no assignment")
        if node:
            self._nested(node)
        self.found.quizzes[identifier] = Quiz(
            identifier,
            title,
            content,
            kind,
            state_of(node is not None and node.flag("available")),
            node.number("points_possible") if node else None,
            questions,
            path,
            lost,
        )

    def _questions(self, path: str, assessment: etree._Element) -> Iterator[str]:
        for item in assessment.iterdescendants("{*}item"):
            fields = {
                words(find(found, "fieldlabel")): words(find(found, "fieldentry"))
                for found in item.iterdescendants("{*}qtimetadatafield")
            }
            kind = fields.get("question_type", "")
            if kind in QUESTIONS:
                yield kind
            else:
                self.issues.append(f"{path}: the question {item.get('ident', '')} has the type '{kind}', and is lost")

    def _pages(self) -> None:
        slugs: set[str] = set()
        fronts = []
        for path in self.held.names:
            if path.startswith(WIKI):
                found = self._page(path)
                slug = posixpath.splitext(posixpath.basename(path))[0]
                if slug in slugs:
                    self.issues.append(f"{path}: another page has the same name, and one of them gets another")
                slugs.add(slug)
                fronts += [path] if found and found.front else []
        for path in fronts[1:]:
            self.issues.append(f"{path}: it is a second front page")

    def _page(self, path: str) -> Page | None:
        root, content, lost = self.bodies.of_file(path, self.held.archive.read(path))
        meta = _Head(root, path, self.issues)
        identifier = meta.text("identifier")
        if not identifier:
            self.issues.append(f"{path}: it has no identifier in its head, and is not saved")
            return None
        self.held.identify(f"{path}: page", identifier, set(self.found.pages))
        title = words(root.find(".//title"))
        if not title or len(title) > 255:
            self.issues.append(f"{path}: its title has {len(title)} characters, not 1 to 255")
        slug = posixpath.splitext(posixpath.basename(path))[0]
        state = meta.state()
        found = Page(identifier, slug, title, content, meta.flag("front_page"), state, path, lost)
        self.found.pages[identifier] = found
        return found

    def _tools(self) -> None:
        for resource in self.held.listed:
            path = next(iter(resource.files), "")
            root = self.held.xml(path) if resource.type == LTI else None
            if root is not None:
                self.found.tools[resource.identifier] = tool_of(resource, root)

    # --- links ---

    def _links(self, modules: Node | None) -> str:
        """Follow every link, once all that it can lead to is known, and return the syllabus."""
        targets = _Targets(self.found, modules)
        self._follow(self.found.pages, targets)
        self._follow(self.found.assignments, targets)
        self._follow(self.found.discussions, targets)
        self._follow(self.found.quizzes, targets)
        path = f"{SETTINGS}syllabus.html"
        data = self.held.read(path)
        if data is None:
            return ""
        _, content, _ = self.bodies.of_file(path, data)
        self._broken(path, content, targets)
        return content

    def _follow(self, contents: dict[str, _Linked], targets: _Targets) -> None:
        for identifier, content in contents.items():
            broken = self._broken(content.path, content.body, targets)
            contents[identifier] = replace(content, broken=broken)

    def _broken(self, path: str, content: str, targets: _Targets) -> tuple[str, ...]:
        root = body(page(content))
        names = anchors(root)
        found = dict.fromkeys((link.address, targets.fault(link.address, names)) for link in links(root))
        faults = [(address, fault) for address, fault in found if fault]
        self.issues += [f"{path}: the link {address} {fault}" for address, fault in faults]
        return tuple(address for address, _ in faults)

    # --- modules ---

    def _modules(self, root: Node | None) -> Iterator[Module]:
        if root is None:
            if find(self.held.root, "organizations", "organization", "item", "item") is not None:
                self.issues.append(f"{MANIFEST}: there is no {SETTINGS}module_meta.xml, and so no module")
            return
        yield from _Modules(self.held, self.found, root).all()

    def _web(self, web: tuple[WebLink, ...]) -> None:
        """Say which web links of the manifest no item of a module gives."""
        known = {link.url for link in web}
        for resource in self.held.listed:
            path = next(iter(resource.files), "")
            root = self.held.xml(path) if resource.kind == "weblink" else None
            url = find(root, "url")
            if url is not None and url.get("href") not in known:
                self.issues.append(f"{path}: no module has its address {url.get('href')}, and it is lost")

    def _unread(self) -> None:
        """Say which files Canvas never looks at."""
        read = {MANIFEST}
        stand_ins = {variant for resource in self.held.listed for variant in resource.variants}
        for resource in self.held.listed:
            if resource.kind != "webcontent" or resource.variants or resource.identifier in stand_ins:
                read |= set(resource.files)
            elif resource.href.startswith(FILES):
                read.add(resource.href)
        for name in self.held.names:
            if name not in read and not name.startswith((SETTINGS, WIKI, QUIZZES)):
                self.issues.append(f"{name}: Canvas does not read it")

    def _course(self, node: Node | None) -> dict[str, str]:
        """Return the settings of the course."""
        if node is None:
            return {}
        values = {local(child): raw(child).strip() for child in node.element if local(child)}
        node.title()
        view = node.one_of("default_view", VIEWS)
        front = [found for found in self.found.pages.values() if found.front]
        if view == "wiki" and not any(found.state == "active" for found in front):
            node.say("opens with the front page, and no published page is it")
        if "is_public" in values:
            node.flag("is_public")
            node.say("sets is_public, which changes who sees the course")
        image = values.get("image_identifier_ref")
        if image and image not in self.found.files:
            node.say(f"has the image {image}, which is not there")
        for name in ("start_at", "conclude_at"):
            node.time(name)
        node.one_of("group_weighting_scheme", ("percent", "equal"))
        if values.get("tab_configuration") and not _is_json(values["tab_configuration"]):
            node.say("has a tab_configuration that is no JSON")
        return values


class _Modules:
    """The modules of a cartridge while they are read."""

    def __init__(self, held: Held, found: Found, root: Node) -> None:
        self.held, self.found, self.root = held, found, root
        self.seen: set[str] = set()
        self.contents = {name for kind in _KINDS for name in found.of_kind(kind)}

    def all(self) -> list[Module]:
        done: list[Module] = []
        later = {node.identifier for node in self.root.all("module")}
        for node in self.root.all("module"):
            done.append(self._module(node, done, later))
        return done

    def _module(self, node: Node, done: list[Module], known: set[str]) -> Module:
        self.held.identify(f"{node.path}: module", node.identifier, self.seen)
        title = node.title()
        state = node.one_of("workflow_state", ("active", "unpublished"))
        position = node.number("position")
        count = node.text("requirement_count")
        if count not in ("", "0", "1"):
            node.say(f"has the requirement_count '{count}', and only 1 has a meaning")
        if node.child("locked") is not None and node.flag("locked"):
            node.say("is locked, which is ignored")
        prerequisites = [self._prerequisite(node, found, done, known, position) for found in _prerequisites(node)]
        items = [item for item in map(self._item, node.all("items", "item")) if item is not None]
        positions = [found.number("position") for found in node.all("items", "item")]
        given = [found for found in positions if found is not None]
        if given != sorted(given):
            node.say("lists its items in another order than their positions, and the order of the file counts")
        return Module(
            node.identifier,
            title,
            state_of(state != "unpublished"),
            position,
            node.flag("require_sequential_progress"),
            count,
            node.time("unlock_at"),
            tuple(found for found in prerequisites if found is not None),
            tuple(self._with_requirements(node, items)),
        )

    def _prerequisite(
        self, module: Node, node: Node, done: list[Module], known: set[str], position: float | None
    ) -> Module | None:
        reference = node.text("identifierref")
        if node.element.get("type") != "context_module":
            module.say(f"has a prerequisite of the type '{node.element.get('type')}', which is dropped")
            return None
        target = next((found for found in done if found.identifier == reference), None)
        if target is None:
            what = "does not come before it" if reference in known else "is no module"
            module.say(f"has the prerequisite {reference}, which {what} and is dropped")
            return None
        if position is not None and target.position is not None and target.position >= position:
            module.say(f"has the prerequisite {reference}, whose position is not smaller, and which is dropped")
            return None
        return target

    # --- items ---

    def _item(self, node: Node) -> Item | None:
        kind = node.text("content_type")
        self.held.identify(f"{node.path}: item", node.identifier, self.seen)
        if kind in _BARE:
            return self._bare(node, kind)
        if kind not in _KINDS:
            node.say(f"has the content_type '{kind}', and is dropped")
            return None
        reference = node.text("identifierref")
        content = self.found.of_kind(kind).get(reference)
        if content is None and not (kind == "ContextExternalTool" and node.text("url")):
            node.say(f"refers to the {kind} '{reference}', which is not there, and is dropped")
            return None
        return self._made(node, kind, self._title(node, content), self._item_state(node, content), content)

    def _made(self, node: Node, kind: str, title: str, state: str, content: Content | None) -> Item:
        return Item(
            node.identifier,
            kind,
            title,
            state,
            content,
            node.text("url"),
            int(node.number("indent") or 0),
            node.flag("new_tab"),
        )

    def _bare(self, node: Node, kind: str) -> Item | None:
        state = node.text("workflow_state")
        if state != "active":
            node.say("has no workflow_state active, and stays unpublished")
        if kind == "ExternalUrl" and not node.text("url"):
            node.say("has no url, and is dropped")
            return None
        return self._made(node, kind, node.title(), state_of(state == "active"), None)

    def _title(self, node: Node, content: Content | None) -> str:
        """Return the title of an item: the content's own one wins where the content has one."""
        own = node.text("title")
        if not isinstance(content, Page | Assignment | Quiz | Discussion):
            if not own:
                node.say("has no title")
            return own
        if own.split() != content.title.split():
            node.say(f"has the title '{own}', and is shown as '{content.title}'")
        return content.title

    def _item_state(self, node: Node, content: Content | None) -> str:
        """Return the state of an item: it follows the content's."""
        state = node.text("workflow_state")
        if not isinstance(content, Page | Assignment | Quiz | Discussion):
            return state_of(state != "unpublished")
        if state and (state == "unpublished") != (content.state == "unpublished"):
            node.say(f"is {state}, and becomes {content.state} as its content is")
        return content.state

    def _with_requirements(self, module: Node, items: list[Item]) -> Iterator[Item]:
        asked: dict[str, list[Requirement]] = {}
        by_id = {item.identifier: item for item in items}
        for node in module.all("completionRequirements", "completionRequirement"):
            reference = node.text("identifierref")
            requirement = self._requirement(module, node, reference, by_id.get(reference))
            if requirement is not None:
                asked.setdefault(reference, []).append(requirement)
        for item in items:
            yield replace(item, requirements=tuple(asked.get(item.identifier, ())))

    def _requirement(self, module: Node, node: Node, reference: str, item: Item | None) -> Requirement | None:
        kind = node.element.get("type", "")
        score = node.number("min_score")
        if item is None:
            what = "content and not an item of it" if reference in self.contents else "no item of it"
            module.say(f"has the requirement {kind} of '{reference}', which is {what}, and it is dropped")
        elif kind not in REQUIREMENTS:
            module.say(f"has the requirement {kind} of {reference}, which Canvas does not know")
        elif kind in ("must_submit", "min_score", "min_percentage") and not _scoreable(item):
            module.say(f"has the requirement {kind} of {reference}, which has no score, and it is dropped")
        else:
            self._doubts(module, node, kind, score)
            return Requirement(kind, score)
        return None

    def _doubts(self, module: Node, node: Node, kind: str, score: float | None) -> None:
        reference = node.text("identifierref")
        if kind == "min_score" and score is None:
            module.say(f"has the requirement min_score of {reference} without a score")
        if kind == "min_percentage":
            module.say(f"has the requirement min_percentage of {reference}, which only a newer Canvas knows")


_KINDS = ("WikiPage", "Attachment", "Assignment", "DiscussionTopic", "Quizzes::Quiz", "ContextExternalTool")
_BARE = ("ContextModuleSubHeader", "ExternalUrl")


def _prerequisites(node: Node) -> list[Node]:
    return node.all("prerequisites", "prerequisite")


def _scoreable(item: Item) -> bool:
    graded = isinstance(item.content, Discussion) and item.content.graded
    return graded or isinstance(item.content, Assignment | Quiz)


class _Head:
    """The head of a page, where its settings stand as `<meta name content>`."""

    def __init__(self, root: etree._Element, path: str, issues: list[str]) -> None:
        self.path, self.issues = path, issues
        self.values = {
            meta.get("name", ""): meta.get("content", "").strip() for meta in reversed(list(root.iter("meta")))
        }
        for name in ("todo_date", "publish_at", "unlock_at", "lock_at"):
            if self.text(name) and not TIME.fullmatch(self.text(name)):
                issues.append(f"{path}: its {name} '{self.text(name)}' is no time in UTC without offset")

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def flag(self, name: str) -> bool:
        text = self.text(name)
        if text not in ("", "true", "false"):
            self.issues.append(f"{self.path}: its {name} '{text}' is neither true nor false and is read loosely")
        return TRUE.search(text) is not None

    def state(self) -> str:
        text = self.text("workflow_state")
        if text not in ("active", "unpublished"):
            self.issues.append(f"{self.path}: its workflow_state '{text}' is neither active nor unpublished")
        return state_of(text != "unpublished")


class _Targets:
    """All that the links of a course can lead to."""

    def __init__(self, found: Found, modules: Node | None) -> None:
        nodes = modules.all("module") if modules else []
        self.files = {file.path for file in found.files.values()}
        self.slugs = {found.slug for found in found.pages.values()}
        self.items = {item.identifier for node in nodes for item in node.all("items", "item")}
        self.objects: dict[str, set[str]] = {
            "assignments": set(found.assignments),
            "quizzes": set(found.quizzes),
            "discussion_topics": set(found.discussions),
            "attachments": set(found.files),
            "modules": {node.identifier for node in nodes},
        }

    def fault(self, address: str, names: set[str]) -> str:
        """Return what is wrong with a link in a body with these names in it; nothing if it leads somewhere."""
        if address.startswith("#"):
            return "" if unquote(address[1:]) in names | {""} else "leads to no element of the page"
        token = re.match(r"\$([\w.\-]+)\$/?(.*)", unquote(address) if address.startswith("%24") else address)
        if token is None:
            out = re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:|//", address)
            return "" if out else "is no token, and leads nowhere in Canvas"
        known: Mapping[str, Callable[[str], bool]] = {
            "IMS-CC-FILEBASE": lambda rest: decoded(rest) in self.files,
            "WIKI_REFERENCE": self._page,
            "CANVAS_OBJECT_REFERENCE": self._object,
            "CANVAS_COURSE_REFERENCE": self._place,
        }
        if token[1] not in known:
            return f"has the token {token[1]}, which Canvas does not know"
        if re.search(r"\s", token[2]):
            return "has spaces, which are not encoded"
        return "" if known[token[1]](token[2]) else "leads to nothing in the package"

    def _page(self, rest: str) -> bool:
        kind, _, slug = decoded(rest).partition("/")
        return kind == "pages" and slug in self.slugs

    def _object(self, rest: str) -> bool:
        kind, _, identifier = decoded(rest).partition("/")
        return identifier in self.objects.get(kind, ())

    def _place(self, rest: str) -> bool:
        place = decoded(rest)
        return place == "modules" or place.removeprefix("modules/items/") in self.items


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
