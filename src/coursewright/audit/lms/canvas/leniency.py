"""What Canvas does not mind in general cartridges and packages of QTI: it looks for names, and guesses kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.lms.canvas.groups import ROOT
from coursewright.audit.rules.questions.quizzes import question_name
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.canvas.names import FILES
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import is_page, read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

# What is against the standard, and lost nowhere: whatever of it does lose something, rules of Canvas's own say.
_NEVER = frozenset(
    (
        messages.SCHEMA_VIOLATED.code,
        messages.PROFILE_UNKNOWN.code,
        messages.UNLIKE_PROFILE.code,
        messages.METADATA_WRONG.code,
        messages.FEEDBACK_WRONG.code,
        messages.RESOURCE_HREF.code,
        messages.DEPENDENCY_WRONG.code,
        messages.LINK_DEPENDS.code,
        messages.NAMED_TWICE.code,
        messages.FILE_UNDECLARED.code,
        messages.LINK_WITHOUT_SCHEME.code,
        messages.LINK_RUNS.code,
        messages.TAKES_IN.code,  # it reads no DTD
        messages.PAGE_EMPTY.code,
        messages.QUIZ_EMPTY.code,
        messages.VARIABLE_WRONG.code,  # of QTI 2, it looks at right answers alone
        messages.TEMPLATE_UNKNOWN.code,
    )
)
_MOST_NAMES = 10_000
_NO_CONTENT = ("", "metadata", "dependency", "variant")  # in a resource, beside its files


def minds_of_others(finding: Finding, subject: Subject) -> bool:
    """Say whether Canvas minds what was found in a package that is none of its own cartridges."""
    if finding.code in _NEVER:
        return False
    judge = _JUDGED.get(finding.code)
    return judge is None or judge(finding, subject)


def _is_uncopied(finding: Finding, subject: Subject) -> bool:
    """Say whether a resource is none of web content whose file is there: Canvas copies what its href names."""
    resource = subject.by_identifier.get(str(finding.values.get("name")))
    if resource is None or resource.get("type") != "webcontent":
        return True
    return subject.address(resource)[0] not in subject.container.sizes


def _is_gone(finding: Finding, subject: Subject) -> bool:
    """Say whether a file is nowhere where Canvas looks for it: without a slash before its path, or among its files."""
    name = str(finding.values.get("name", "")).replace("\\", "/").lstrip("/")
    if subject.found.kind.family is Family.QTI and name.endswith(".xml") and _is_elsewhere(subject):
        return False
    if any(one.startswith(f"{name}/") for one in subject.container.sizes):
        return False  # a folder
    return name not in subject.container.sizes and FILES + name not in subject.container.sizes


def _is_elsewhere(subject: Subject) -> bool:
    """Say whether there are questions of QTI 1 in a document that no resource lists: Canvas converts them all."""
    listed = {subject.address(one)[0] for each in subject.resources for one in (each, *each.iterfind("{*}file"))}
    others = [name for name in subject.container.sizes if name.endswith(".xml") and name not in listed]
    roots = (read_document(name, subject.container) for name in others[:20] if name != subject.found.file)
    return any(root is not None and local_name(root) == ROOT for root in roots)


def _is_bare(finding: Finding, subject: Subject) -> bool:
    """Say whether a resource has no file at all, or several documents: of those, Canvas takes the first."""
    resource = subject.by_identifier.get(str(finding.values.get("name")))
    files = [one.get("href", "") for one in resource.iterfind("{*}file")] if resource is not None else []
    is_inline = resource is not None and any(local_name(one) not in _NO_CONTENT for one in resource)
    is_launched = resource is not None and bool(resource.get("href"))
    return not (files or is_inline or is_launched) or sum(name.endswith(".xml") for name in files) > 1


def _is_shown(finding: Finding, subject: Subject) -> bool:
    """Say whether something of the menu names what is not there: Canvas looks at no other references."""
    element = finding.values.get("element")
    return element not in ("<dependency>", "<organizations>")


def _is_dead(finding: Finding, subject: Subject) -> bool:
    """Say whether a link leads nowhere: in topics and questions Canvas looks for a path that ends as the link does."""
    name = _name(finding, subject)
    link = unquote(str(finding.values.get("link", ""))).replace("../", "")
    tail = link.rpartition("$")[2].lstrip("/")
    if is_page(name) or name.lower().endswith(".css") or not tail:
        return True
    return not any(one.endswith(tail) for one in list(subject.container.sizes)[:_MOST_NAMES])


def _is_other(finding: Finding, subject: Subject) -> bool:
    """Say whether a document is neither what its type says nor of QTI 1, which Canvas converts whatever its type."""
    resources = (one for one in subject.resources if subject.place(one) == finding.place)
    documents = (read_document(subject.address(one)[0], subject.container) for one in resources)
    here = read_document(_name(finding, subject), subject.container)
    return not any(one is not None and local_name(one) == ROOT for one in (*documents, here))


def _is_scored(finding: Finding, subject: Subject) -> bool:
    """Say whether a question names an answer that it does not have; of which response that is, Canvas does not ask."""
    root = read_document(_name(finding, subject), subject.container)
    name = finding.values.get("question")
    items = root.iter("{*}item") if root is not None else ()
    asked = next((one for one in items if question_name(one.get("title", ""), one.get("ident")) == name), None)
    return asked is None or bool(set(_named(asked)) - set(_offered(asked)))


def _named(item: etree._Element) -> Iterator[str]:
    for condition in item.iter("{*}respcondition"):
        if condition.find("{*}setvar") is not None and next(item.iter("{*}render_choice"), None) is not None:
            yield from (text_of(one).strip() for one in condition.iter("{*}varequal"))


def _offered(item: etree._Element) -> Iterator[str]:
    for label in item.iter("{*}response_label"):
        yield label.get("ident", "")
        yield text_of(label).strip()


def is_ambiguous(finding: Finding, subject: Subject) -> bool:
    """Say whether two questions of a document, or two different options of a response, have the identifier that a
    finding is about: blanks have none, and of two equal options learners take either."""
    root, name = read_document(_name(finding, subject), subject.container), finding.values.get("name")
    if root is None:
        return True
    if asked := [one for one in root.iter("{*}item") if one.get("ident") == name]:
        return len({etree.tostring(one, method="c14n").strip() for one in asked}) > 1
    parts = [one.get("href") for one in root.iter("{*}assessmentItemRef") if one.get("identifier") == name]
    if len(parts) > 1:
        return len(set(parts)) > 1
    for choices in root.iter("{*}render_choice"):
        equal = [one for one in choices.iter("{*}response_label") if one.get("ident") == name]
        if len({text_of(one).strip() for one in equal}) > 1:
            return True
    return next(root.iter("{*}response_label"), None) is None


def _name(finding: Finding, subject: Subject) -> str:
    """Return the name in the package of the document that a finding is about."""
    return finding.place.path.removeprefix(f"{subject.container.shown}/")


_JUDGED: Mapping[str, Callable[[Finding, Subject], bool]] = {
    messages.HREF_NOT_AMONG_FILES.code: _is_uncopied,
    messages.FILE_MISSING.code: _is_gone,
    messages.NAME_DIFFERS.code: _is_gone,
    messages.RESOURCE_FILES.code: _is_bare,
    messages.REFERENCE_DANGLES.code: _is_shown,
    messages.LINK_BROKEN.code: _is_dead,
    messages.ROOT_WRONG.code: _is_other,
    messages.ANSWER_UNKNOWN.code: _is_scored,
    messages.IDENTIFIER_TWICE.code: lambda finding, subject: (
        finding.place.path == subject.shown or is_ambiguous(finding, subject)
    ),
}
