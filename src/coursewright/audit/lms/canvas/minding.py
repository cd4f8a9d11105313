"""What Canvas minds of that which general rules find in packages, its own and others'."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from html import unescape
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.lms.canvas.failures import question_of
from coursewright.audit.lms.canvas.limits import has_host
from coursewright.audit.lms.canvas.quizzes import QUIZ_ENDINGS, is_qti_1
from coursewright.audit.rules.questions.quizzes import quiz_documents, unmet
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message
from coursewright.packages.documents.addresses import hrefs, local_name
from coursewright.packages.documents.canvas.cartridge import read_course
from coursewright.packages.documents.canvas.names import (
    COURSE,
    FILES,
    FLAG,
    LATE_POLICY,
    QUESTIONS,
    SETTINGS,
    TRACKS,
    WIKI,
)
from coursewright.packages.documents.canvas.pages import read_pages_of
from coursewright.packages.documents.elements import canonical
from coursewright.packages.documents.parsing import mended, text_of
from coursewright.packages.documents.reading import is_page, read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

# Documents without which Canvas reads on, and of which it lays nothing into a course that it does not have already.
_SPARED = (f"{SETTINGS}context.xml", FLAG, COURSE)
_SPARED_IF_GONE = (*_SPARED, LATE_POLICY, TRACKS)
_FOR_OTHERS = ("imswl_", "imsqti_")  # what Canvas has elsewhere: links among its modules, quizzes in its own form
_ENTITY = re.compile(rb"<!ENTITY\s+([^\s%<>\"']{1,100})\s")
_NO_TAGS = re.compile(rb"<!--(?:.*?-->|.*)|<\?(?:.*?\?>|.*)|<!DOCTYPE[^>]*+>?", re.DOTALL)
_OPENING = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)(?=[\s/>])")
_ANY_TAG = re.compile(rb"</?[A-Za-z][^<>]*>")
TAKEN_VERSION = re.compile(r"1\.[0-3]\.0")
_LARGEST, _MOST_NAMES = 3_000_000, 10_000
_MADE_OF = ("imsdt", "imswl", "imsqti", "imsbasiclti", "assignment")  # what types begin with, whatever their version
_NO_CONTENT = ("", "metadata", "dependency", "variant")  # in a resource, beside its files
# What of a manifest Canvas looks for.
_LOOKED_FOR = ("manifest", "metadata", "schema", "schemaversion", "resources", "resource", "file", "dependency")
_IN_NONE = (messages.NAME_CUT, messages.MANIFEST_DEEPER, messages.EDITIONS_MIXED)
# What is against the standard, and nothing that Canvas looks at in its own cartridges: it takes its modules from
# elsewhere than the menu, and reads no DTD.
_IN_ITS_OWN = (
    *(messages.VERSION_UNKNOWN, messages.REFERENCE_DANGLES, messages.SCHEMA_VIOLATED, messages.HREF_NOT_AMONG_FILES),
    *(messages.RESOURCE_FILES, messages.ITEM_WITHOUT_TITLE, messages.ITEM_WITH_BOTH, messages.NAMED_TWICE),
    *(messages.DEPENDENCY_WRONG, messages.TAKES_IN, messages.EDITIONS_MIXED),
)
# The same in those of others, lost nowhere: whatever of it does lose something, rules of Canvas's own say. Of the
# variables of QTI 2 it looks at right answers alone.
_IN_OTHERS = (
    *(messages.SCHEMA_VIOLATED, messages.PROFILE_UNKNOWN, messages.UNLIKE_PROFILE, messages.METADATA_WRONG),
    *(messages.FEEDBACK_WRONG, messages.RESOURCE_HREF, messages.DEPENDENCY_WRONG, messages.LINK_DEPENDS),
    *(messages.NAMED_TWICE, messages.FILE_UNDECLARED, messages.LINK_RUNS),
    *(messages.THIN_HOLDS_MORE,),
    *(messages.TAKES_IN, messages.PAGE_EMPTY, messages.QUIZ_EMPTY, messages.VARIABLE_WRONG, messages.TEMPLATE_UNKNOWN),
)
_IN_NO_MENU = ("dependency", "organizations")  # whose references Canvas does not look at
_Judge = Callable[[Finding, Subject], bool]


def minds(finding: Finding, subject: Subject) -> bool:
    """Say whether Canvas minds what was found: in its own cartridges it looks at few things of the manifest, and it
    takes an address letter by letter."""
    judge = (_OF_ITS_OWN if subject.found.is_canvas else _OF_OTHERS).get(finding.code)
    return judge is None or judge(finding, subject)


def _never(_finding: Finding, _subject: Subject) -> bool:
    return False


# --- in its own cartridges ---


def _misses_file(finding: Finding, subject: Subject) -> bool:
    """Say whether a file that is not there, or not by that name, is one that Canvas looks for."""
    name = str(finding.values.get("name", ""))
    owners = subject.once(_owners).get(name, ())
    if not owners and finding.code == messages.FILE_MISSING.code:  # an href alone names it, which counts for files only
        has_tools = any(one.get("type", "").startswith("imsbasiclti_") for one in subject.resources)
        return name.startswith(FILES) or has_tools
    if name.startswith(QUESTIONS) and _is_renamed(subject):
        return False
    launched = [one.get("href", "") for one in owners]
    if name.startswith(FILES) and launched and all(one in subject.container.sizes for one in launched):
        return False  # it takes what web content launches, whatever else that lists
    is_for_others = bool(owners) and all(one.get("type", "").startswith(_FOR_OTHERS) for one in owners)
    if name in _SPARED_IF_GONE or is_for_others:
        return False
    if not name.startswith(WIKI):
        return True
    known = {one.get("identifier") for one in owners}  # it takes all pages that there are
    is_there = any(page.identifier in known for page in read_pages_of(subject))
    return finding.code != messages.NAME_DIFFERS.code and not is_there


def _owners(subject: Subject) -> Mapping[str, list[etree._Element]]:
    """Return the resources by the files that they list."""
    found: defaultdict[str, list[etree._Element]] = defaultdict(list)
    for one in subject.resources:
        for name in {subject.address(file)[0] for file in one.iterfind("{*}file")}:
            found[name].append(one)
    return found


def _is_renamed(subject: Subject) -> bool:
    """Say whether there are quizzes that no resource lists: Canvas reads the whole folder."""
    listed = {name for one in subject.resources for name in hrefs(one)}
    return not listed.issuperset(quiz_documents(subject))


def _links(finding: Finding, subject: Subject) -> bool:
    """Say whether a link on a page is one that Canvas follows: those of its own pages are judged apart."""
    name = subject.container.name_at(finding.place.path)
    return not name.startswith((WIKI, SETTINGS)) and name not in subject.once(_of_work)


def _of_work(subject: Subject) -> frozenset[str]:
    """Return the files of assignments."""
    return frozenset(name for work in read_course(subject).assignments for name in work.files)


def _is_looked_for(finding: Finding, subject: Subject) -> bool:
    """Say whether a prefix that is declared nowhere is on an element of the manifest that Canvas looks for."""
    every = (str(one.tag) for one in subject.found.root.iter(etree.Element))
    names = {tag.partition(":")[2] for tag in every if ":" in tag and not tag.startswith("{")}
    return finding.place.path != subject.shown or not names.isdisjoint(_LOOKED_FOR)


def _uses_entity(finding: Finding, subject: Subject) -> bool:
    """Say whether a document uses an entity that it declares; one that it declares alone does nothing."""
    name = subject.container.name_at(finding.place.path)
    content = (subject.container.read(name, _LARGEST) if name in subject.container.sizes else None) or b""
    return any(b"&" + found[1] + b";" in content for found in _ENTITY.finditer(content)) or b"%" in content


def _cuts_the_manifest(finding: Finding, subject: Subject) -> bool:
    """Say whether something of the manifest is lost where it is not well-formed: of what else others say that, or it is
    for other LMSs."""
    return finding.place.path == subject.shown and _is_cut(subject, _LOOKED_FOR)


def _is_cut(subject: Subject, names: tuple[str, ...] = ()) -> bool:
    """Say whether a manifest that is not XML has lost something in mending: one of its elements of these names, or of
    any, with all its words."""
    content = _NO_TAGS.sub(b"", subject.container.read(subject.found.file) or b"")
    written = Counter(found[1].decode("ascii", "replace") for found in _OPENING.finditer(content))
    _, root = mended(subject.container, subject.found.file) or (b"", subject.found.root)
    read = Counter(map(local_name, root.iter(etree.Element)))
    if names:
        return any(written[name] != read[name] for name in names)
    words = unescape(_ANY_TAG.sub(b"", content).decode("utf-8", "replace"))
    return written != read or words.split() != text_of(root).split()


def _is_replaced(finding: Finding, subject: Subject) -> bool:
    """Say whether one of two resources of one identifier replaces the other: it does among files of the course."""
    name = finding.values.get("name")
    if finding.place.path != subject.shown:
        return _is_ambiguous(finding, subject)
    doubles = [one for one in subject.resources if one.get("identifier") == name]
    needed = {one.get("identifierref") for each in subject.resources for one in each.iterfind("{*}dependency")}
    is_tool = all(one.get("type", "").startswith("imsbasiclti_") for one in doubles)
    is_file = is_tool or any((one.get("href") or "").startswith(FILES) for one in doubles)
    told = {(one.get("type"), one.get("href"), *hrefs(one)) for one in doubles}
    return len(told) > 1 and (is_file or name in needed)


# --- in general cartridges and packages of QTI: it looks for names, and guesses kinds ---


def _resource(finding: Finding, subject: Subject) -> etree._Element | None:
    return subject.by_identifier.get(str(finding.values.get("name")))


def _is_uncopied(finding: Finding, subject: Subject) -> bool:
    """Say whether a resource is none of web content whose file is there: Canvas copies what its href names."""
    resource = _resource(finding, subject)
    if resource is None or resource.get("type") != "webcontent":
        return True
    return subject.address(resource)[0] not in subject.container.sizes


def _is_gone(finding: Finding, subject: Subject) -> bool:
    """Say whether a file is nowhere where Canvas looks for it: without a slash before its path, or among its files."""
    name, sizes = str(finding.values.get("name", "")).replace("\\", "/").lstrip("/"), subject.container.sizes
    is_quiz = subject.found.kind.family is Family.QTI and name.lower().endswith(QUIZ_ENDINGS)
    if is_quiz and (finding.values.get("other") in sizes or _is_elsewhere(subject)):
        return False
    is_folder = any(one.startswith(f"{name}/") for one in sizes)
    return not is_folder and name not in sizes and FILES + name not in sizes


def _cuts(finding: Finding, subject: Subject) -> bool:
    """Say whether something is lost of a document that is not XML; what that is, is known of the manifest alone."""
    return finding.place.path != subject.shown or _is_cut(subject)


def _is_elsewhere(subject: Subject) -> bool:
    """Say whether there are questions of QTI 1 in a document that no resource lists: Canvas converts them all."""
    listed = {subject.address(one)[0] for one in subject.naming()}
    others = [name for name in subject.container.sizes if name.lower().endswith(QUIZ_ENDINGS) and name not in listed]
    found = (name for name in others[:20] if name != subject.found.file)
    return any(is_qti_1(read_document(name, subject.container)) for name in found)


def _is_bare(finding: Finding, subject: Subject) -> bool:
    """Say whether a resource has no file at all, or several documents: of those, Canvas takes the first."""
    resource = _resource(finding, subject)
    if resource is None:
        return True
    files = hrefs(resource)
    is_inline = any(local_name(one) not in _NO_CONTENT for one in resource)
    return not (files or is_inline or resource.get("href")) or sum(name.endswith(".xml") for name in files) > 1


def _is_shown(finding: Finding, _subject: Subject) -> bool:
    """Say whether something of the menu names what is not there: Canvas looks at no other references."""
    return finding.values.get("kind") not in _IN_NO_MENU


def _is_dead(finding: Finding, subject: Subject) -> bool:
    """Say whether a link leads nowhere: in topics and questions Canvas looks for a path that ends as the link does."""
    name = subject.container.name_at(finding.place.path)
    link = unquote(str(finding.values.get("link", ""))).replace("../", "")
    tail = link.rpartition("$")[2].lstrip("/")
    if is_page(name) or name.lower().endswith(".css") or not tail:
        return True
    return not any(one.endswith(tail) for one in list(subject.container.sizes)[:_MOST_NAMES])


def _is_other(finding: Finding, subject: Subject) -> bool:
    """Say whether a document is neither what its type says nor of QTI 1, which Canvas converts whatever its type."""
    resources = (one for one in subject.resources if subject.place(one) == finding.place)
    names = (*(subject.address(one)[0] for one in resources), subject.container.name_at(finding.place.path))
    return not any(is_qti_1(read_document(name, subject.container)) for name in names)


def _is_scored(finding: Finding, subject: Subject) -> bool:
    """Say whether a question names an answer that Canvas does not find."""
    asked = question_of(finding, subject)
    return asked is None or next(unmet(asked), None) is not None


def _is_doubled(finding: Finding, subject: Subject) -> bool:
    """Say whether an identifier stands twice in the manifest, or for two things in another document."""
    return finding.place.path == subject.shown or _is_ambiguous(finding, subject)


def _is_ambiguous(finding: Finding, subject: Subject) -> bool:
    """Say whether two questions of a document, or two different options of a response, have the identifier that a
    finding is about: blanks have none, and of two equal options learners take either."""
    name = finding.values.get("name")
    root = read_document(subject.container.name_at(finding.place.path), subject.container)
    if root is None:
        return True
    if asked := [one for one in root.iter("{*}item") if one.get("ident") == name]:
        return len({canonical(one) for one in asked}) > 1
    parts = [one.get("href") for one in root.iter("{*}assessmentItemRef") if one.get("identifier") == name]
    if len(parts) > 1:
        return len(set(parts)) > 1
    for choices in root.iter("{*}render_choice"):
        equal = (one for one in choices.iter("{*}response_label") if one.get("ident") == name)
        if len({text_of(one).strip() for one in equal}) > 1:
            return True
    return next(root.iter("{*}response_label"), None) is None


def _by_code(never: tuple[Message, ...], judged: Mapping[Message, _Judge]) -> Mapping[str, _Judge]:
    return {one.code: judge for one, judge in (*dict.fromkeys(never, _never).items(), *judged.items())}


def _is_bare_base(finding: Finding, _subject: Subject) -> bool:
    """Say whether files are not where their address leads without its base, which it does not look at."""
    return finding.values.get("kind") != "needless"


_OF_ITS_OWN = _by_code(
    (*_IN_NONE, *_IN_ITS_OWN),
    {
        messages.READ_IN_PART: lambda finding, subject: not finding.place.path.endswith(_SPARED),
        messages.FILE_MISSING: _misses_file,
        messages.BASE_MISLEADS: _is_bare_base,
        messages.NAME_DIFFERS: _misses_file,
        messages.NOT_WELL_FORMED: _cuts_the_manifest,
        messages.IDENTIFIER_TWICE: _is_replaced,
        messages.LINK_BROKEN: _links,
        messages.ENTITIES_DECLARED: _uses_entity,
        messages.PREFIX_UNDECLARED: _is_looked_for,
    },
)
_OF_OTHERS = _by_code(
    (*_IN_NONE, *_IN_OTHERS),
    {
        messages.HREF_NOT_AMONG_FILES: _is_uncopied,
        messages.FILE_MISSING: _is_gone,
        messages.BASE_MISLEADS: _is_bare_base,
        messages.NAME_DIFFERS: _is_gone,
        messages.RESOURCE_FILES: _is_bare,
        messages.NOT_WELL_FORMED: _cuts,
        messages.VERSION_UNKNOWN: lambda finding, _: not TAKEN_VERSION.fullmatch(str(finding.values.get("version"))),
        messages.REFERENCE_DANGLES: _is_shown,
        messages.TYPE_UNKNOWN: lambda finding, _: not str(finding.values.get("type")).startswith(_MADE_OF),
        messages.LINK_WITHOUT_SCHEME: lambda finding, _: not has_host(str(finding.values.get("url"))),
        messages.LINK_BROKEN: _is_dead,
        messages.ROOT_WRONG: _is_other,
        messages.ANSWER_UNKNOWN: _is_scored,
        messages.ANSWER_BY_TEXT: _is_scored,
        messages.IDENTIFIER_TWICE: _is_doubled,
    },
)
