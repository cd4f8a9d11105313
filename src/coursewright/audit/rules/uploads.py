"""Rules over how a package is brought to an LMS: in which kind of archive, by which name, and whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from coursewright.audit.flaw import PACKAGE, Flaw, flaw
from coursewright.audit.rule import ANY_SCORM, EVERY, rule
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.addresses import address_in_package
from coursewright.packages.files.container import Container, Holding
from coursewright.packages.files.names import printable, such_as
from coursewright.packages.files.paths import is_harmless
from coursewright.packages.kinds import Family, Recognised
from coursewright.packages.schema.malformed import GIT_LFS
from coursewright.packages.subject import Subject

# How the names of packages end, the usual one first; not all LMSs take the others.
_SUFFIXES: Mapping[Family, tuple[str, ...]] = {
    **dict.fromkeys(ANY_SCORM, (".zip", ".pif")),
    Family.CARTRIDGE: (".imscc", ".zip"),
    Family.MOODLE: (".mbz",),
    **dict.fromkeys((Family.CMI5, Family.XAPI), (".zip",)),
}
_RARE = ".pif"
_MOST_LOOKED_FOR = 50
_OF_A_POINTER = range(115, 160)  # bytes
_MOST_POINTERS = 500


@rule("P336 P337 P338", family=EVERY)
def archive_is_as_lmss_take_it(subject: Subject) -> Iterator[Flaw]:
    """A package is the archive that LMSs want of its kind, by a usual name."""
    found, container = subject.found, subject.container
    if container.holding is Holding.DOCUMENT:
        yield flaw(messages.MANIFEST_ALONE, whole=_whole(found, container)).within(PACKAGE)
    elif container.holding is Holding.TARBALL and found.kind.family is not Family.MOODLE:
        yield flaw(messages.TARBALL, kind=found.kind.title).within(PACKAGE)
    elif container.holding not in (Holding.FOLDER, Holding.MEMORY):
        yield from _suffix(found, container)


@rule("P348", family=EVERY)
def files_were_fetched(subject: Subject) -> Iterator[Flaw]:
    """All files were fetched from where Git keeps them."""
    container = subject.container
    small = (name for name, size in container.sizes.items() if size in _OF_A_POINTER and not name.endswith(".xml"))
    found = [name for name in islice(small, _MOST_POINTERS) if (container.read(name) or b"").startswith(GIT_LFS)]
    if found:
        yield flaw(messages.GIT_LFS_POINTERS, what=such_as(found)).within(PACKAGE)


def _suffix(found: Recognised, container: Container) -> Iterator[Flaw]:
    suffix, usual = container.path.suffix.lower(), _SUFFIXES.get(found.kind.family, ())
    if usual and (suffix not in usual or suffix == _RARE):
        ends = f"ends in {printable(suffix)}" if suffix else "has no ending"
        wanted = " or ".join(one for one in usual if one != _RARE)
        about = {"kind": found.kind.title, "wanted": wanted, "ends": ends}
        yield flaw(messages.SUFFIX_UNUSUAL, None, Severity.INFO if suffix == _RARE else None, **about).within(PACKAGE)


def _whole(found: Recognised, container: Container) -> str:
    """Return what to judge instead of a manifest alone: the folder around it, if files that it names are there."""
    folder = container.path.parent
    named = filter(is_harmless, map(address_in_package, found.root.iter("{*}resource", "{*}file")))
    beside = any(Path(folder, name).exists() for name in islice(named, _MOST_LOOKED_FOR))
    beside = beside or Path(folder, "activities").is_dir()
    return f"the folder {printable(str(folder))}, where they lie" if beside else "the package that it is of"
