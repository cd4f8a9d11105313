"""The files of a manifest's resources: their own, and those of what they depend on."""

from __future__ import annotations

from lxml import etree

from coursewright.course.outline import FILE_MISSING, RESOURCE_MISSING
from coursewright.packages.documents.addresses import held_as
from coursewright.packages.subject import Subject

_MOST_FILES = 20_000
_SHOWN = ("webcontent", "sco", "asset", "imsqti")  # by what their own file is; others by any document among their files
_MOST_STEPS = 3_000_000  # over files and dependencies, of all resources together


class Resources:
    """The resources of a manifest by identifier."""

    def __init__(self, subject: Subject) -> None:
        self._subject, self._container = subject, subject.container
        self._own: dict[str, tuple[str, ...]] = {}
        self._whole: dict[str, tuple[str, ...]] = {}
        self._steps = _MOST_STEPS
        self._faults: dict[str, str] = {}
        self.by_identifier = {name: found for found in subject.resources if (name := found.get("identifier"))}

    def files_of(self, identifier: str) -> tuple[str, ...]:
        """Return the files of the package that a resource is made of, in order and once each."""
        if identifier not in self._whole:
            self._whole[identifier] = self._closure(identifier)
        return self._whole[identifier]

    def _closure(self, identifier: str) -> tuple[str, ...]:
        files: dict[str, None] = {}
        seen: set[str] = set()
        waiting = [identifier]
        while waiting and len(files) < _MOST_FILES and self._steps > 0:
            name = waiting.pop()
            self._steps -= 1
            resource = self.by_identifier.get(name)
            if resource is None or name in seen:
                continue
            seen.add(name)
            files |= dict.fromkeys(self._files(name, resource))
            self._steps -= len(self._own[name])
            waiting += [needed.get("identifierref", "") for needed in resource.iterfind("{*}dependency")]
        return tuple(files)

    def fault_of(self, identifier: str) -> str:
        """Return in words what is wrong with the files of a resource; nothing where a manifest stands alone."""
        if not identifier or self._container.alone:
            return ""
        if identifier not in self.by_identifier:
            return RESOURCE_MISSING
        if identifier not in self._faults:
            self._faults[identifier] = self._fault(self.by_identifier[identifier])
        return self._faults[identifier]

    def _fault(self, resource: etree._Element) -> str:
        named = self._named(resource)
        missing = [address for address in named[:_MOST_FILES] if held_as(address, self._container) is None]
        if not missing:
            return ""
        is_shown = resource.get("type", "").lower().startswith(_SHOWN)
        is_gone = missing[0] == named[0] and (is_shown or len(missing) == len(named))
        return FILE_MISSING if is_gone else f"lacks {missing[0]}"

    def _files(self, name: str, resource: etree._Element) -> tuple[str, ...]:
        if name not in self._own:
            files = (held_as(address, self._container) for address in self._named(resource))
            self._own[name] = tuple(dict.fromkeys(filter(None, files)))
        return self._own[name]

    def _named(self, resource: etree._Element) -> list[str]:
        """Return the paths in the package that a resource names, in order and once each."""
        named = (self._subject.named(one) for one in (resource, *resource.iterfind("{*}file")))
        return list(dict.fromkeys(filter(None, named)))
