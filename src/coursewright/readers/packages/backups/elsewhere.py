"""What leads elsewhere in a backup: links, tools, files, and activities of kinds that no course here has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

from coursewright.course.parts import Part
from coursewright.packages.documents.moodle.instances import Instance, UrlInstance
from coursewright.packages.documents.moodle.other_instances import (
    ChoiceInstance,
    DataInstance,
    FeedbackInstance,
    FeedbackItem,
    GlossaryInstance,
    LtiInstance,
)
from coursewright.packages.documents.moodle.rows import FileRow
from coursewright.packages.documents.reading import is_page
from coursewright.readers.packages.addresses import without_secrets
from coursewright.readers.packages.amounts import amount
from coursewright.readers.packages.backups.making import BackedUp, Making
from coursewright.readers.packages.backups.ways import joined
from coursewright.readers.packages.reasons import NO_ADDRESS, NO_FILE, NO_TOOL, TOOL
from coursewright.readers.packages.recovery import ElementKind
from coursewright.readers.packages.texts import WrittenText, decoded, list_of, written
from coursewright.text.addresses import is_web
from coursewright.text.names import plural

_PACKED = {"scorm": "package", "h5pactivity": "package", "imscp": "backup", "hvp": "content"}
_NAMES: Mapping[str, str] = {
    "h5pactivity": "H5P activity",
    "hvp": "H5P activity",
    "scorm": "SCORM activity",
    "imscp": "IMS content package",
    "data": "database",
    "bigbluebuttonbn": "BigBlueButton room",
    "feedback": "questionnaire",
}


def url(making: Making, one: BackedUp[UrlInstance]) -> Iterator[Part]:
    """Yield a link; one with a text of its own becomes a page with both."""
    if is_web(one.own.address):
        yield from _leading(making, one, ElementKind.LINK, one.own.address, making.head(one).link(one.own.address))
    else:
        making.dropped(ElementKind.LINK, one, NO_ADDRESS)


def _leading(
    making: Making, one: BackedUp[Instance], kind: ElementKind, address: str, alone: Part, why: str = ""
) -> Iterator[Part]:
    """Yield a part that leads to an address, or a page with a link where more is said about it than its title.

    `why` says what of it is lost in any case.
    """
    text = making.intro(one)
    if text.markdown.strip() in ("", one.title):
        making.kept(kind, one) if not why else making.changed(kind, one, why)
        yield alone
        return
    making.changed(kind, one, why or "what is said about it becomes a page with a link to it", text)
    link = Markup('<p><a href="{}">{}</a></p>').format(address, one.title)
    yield making.page(one, joined([text, making.text(one, (), more=str(link))]))


def lti(making: Making, one: BackedUp[LtiInstance]) -> Iterator[Part]:
    """Yield a link in the place of an external tool, without its keys."""
    own = one.own
    address = own.toolurl or own.securetoolurl
    address = without_secrets(address) if is_web(address) else ""
    if address:
        yield from _leading(making, one, ElementKind.TOOL, address, making.head(one).link(address), TOOL)
    elif (text := making.intro(one)).markdown.strip():
        making.changed(ElementKind.TOOL, one, "of an external tool only its text is kept", text)
        yield making.page(one, text)
    else:
        making.dropped(ElementKind.TOOL, one, NO_TOOL)


def resource(making: Making, one: BackedUp[Instance]) -> Iterator[Part]:
    """Yield a file; a page of HTML with its files becomes a page."""
    files = list(making.stored.of(one.context, "content"))
    if not files:
        making.dropped(ElementKind.FILE, one, "its file is not in the backup")
        return
    main = min(files, key=lambda found: (not found.is_main, amount(found.id)))
    if is_page(main.path):
        yield from _html_file(making, one, main)
        return
    asset = making.stored.asset(main)
    if asset is None:
        making.dropped(ElementKind.FILE, one, NO_FILE)
        return
    address = f"@@PLUGINFILE@@{main.path}"
    yield from _leading(making, one, ElementKind.FILE, address, making.head(one).file(asset))


def _html_file(making: Making, one: BackedUp[Instance], main: FileRow) -> Iterator[Part]:
    content = making.stored.materials.container.read(main.file)
    making.stored.materials.used.add(main.file)
    text = written(decoded(content or b""), making.ways.lead_beside(one.context, main.path, one.title))
    text = joined([making.intro(one), text])
    if not text.markdown.strip():
        making.dropped(ElementKind.FILE, one, "its page says nothing that could be read")
        return
    making.changed(ElementKind.FILE, one, "a file of HTML becomes a page", text)
    yield making.page(one, text)


def folder(making: Making, one: BackedUp[Instance]) -> Iterator[Part]:
    """Yield the files of a folder, and what is said about them."""
    text = making.intro(one)
    if text.markdown.strip():
        yield making.page(one, text)
    listed = making.first(one, list(making.stored.of(one.context, "content")), ElementKind.FILE, "files")
    files = [(found, making.stored.asset(found)) for found in listed]
    for number, (found, asset) in enumerate(files, start=1):
        title = f"{one.title}: {found.path.strip('/')}"
        if asset:
            yield making.head(one, title, f"{one.key}-{number}").file(asset)
        else:
            making.ledger.dropped(ElementKind.FILE, found.file, title, "it is empty, or not in the backup", found.file)
    count = sum(asset is not None for _, asset in files)
    why = f"a folder becomes {plural(count, 'file')}" if count else "a folder without files becomes a page"
    making.changed(ElementKind.FILE, one, why, text)


def other(making: Making, one: BackedUp[Instance]) -> Iterator[Part]:
    """Yield what is said about an activity of another kind, and the package that it plays."""
    own = one.own
    text = joined([making.text(one, own.texts, more=_listed(making, one)), *_entries(making, one)])
    files = [making.stored.asset(found) for found in making.stored.of(one.context, _PACKED.get(one.module, "-"))]
    assets = [asset for asset in files if asset]
    name = _NAMES.get(one.module, one.module)
    name = f"{'an' if name[0] in 'aeioHI' else 'a'} {name}"
    if text.markdown.strip():
        why = f"{name} becomes a page with its text" + ("; what it plays becomes a file" if assets else "")
        making.changed(ElementKind.ACTIVITY, one, why, text)
        yield making.page(one, text)
    elif assets:
        making.changed(ElementKind.ACTIVITY, one, f"what {name} plays becomes a file")
    else:
        making.dropped(ElementKind.ACTIVITY, one, f"nothing of {name} can be kept")
    if users := len(own.by_users):
        why, count = "what users write is never copied", f"{users} entries" if users > 1 else "1 entry"
        making.ledger.dropped(ElementKind.USER_DATA, one.entry.identifier, f"{one.title}: {count}", why)
    for asset in assets[:1]:
        yield making.head(one, key=f"{one.key}-file").file(asset)


def _entries(making: Making, one: BackedUp[Instance]) -> Iterator[WrittenText]:
    """Yield the entries of a glossary that are its teachers', in the order of the alphabet."""
    entries = one.own.entries if isinstance(one.own, GlossaryInstance) else ()
    found = [entry for entry in entries if entry.is_teachers and entry.approved != "0"]
    found.sort(key=lambda entry: entry.concept.casefold())
    for entry in making.first(one, found, ElementKind.TEXT, "entries"):
        head = Markup("<h4>{}</h4>").format(entry.concept)
        yield making.text(one, (), more=str(head))
        yield making.text(one, [(entry.definition, entry.definitionformat)], entry.id)


def _listed(making: Making, one: BackedUp[Instance]) -> str:
    """Return what is chosen from, filled in or asked, as a list in HTML."""
    match one.own:
        case FeedbackInstance(items=items):
            found = making.first(one, items, ElementKind.TEXT, "questions")
            return "".join(map(_asked, found)).replace("</ul><ul>", "")
        case ChoiceInstance(options=options):
            choices = [each.text for each in options]
        case DataInstance(fields=fields):
            choices = [each.name for each in fields]
        case _:
            return ""
    return list_of(filter(None, making.first(one, choices, ElementKind.TEXT, "choices")))


def _asked(item: FeedbackItem) -> str:
    """Return what an item of a questionnaire asks, with what is chosen from: `r>>>>>good|bad<<<<<1`."""
    kind, shown = item.typ, item.presentation
    if kind == "label":
        return shown
    if kind in ("pagebreak", "captcha", "info"):
        return ""
    options = shown.partition(">>>>>")[2].partition("<<<<<")[0] if kind.startswith("multichoice") else ""
    rows = (one.rpartition("####")[2].strip() for one in options.split("|") if one.strip())
    return f"<ul><li>{escape(item.name)}{list_of(rows)}</li></ul>"
