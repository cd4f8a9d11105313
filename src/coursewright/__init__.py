"""coursewright: compiles a Markdown curriculum into packages that an LMS imports.

This is the public API. Importing it loads nothing heavy: each name brings its own modules when it is first used.

>>> import coursewright
>>> curriculum = coursewright.read("seeds")
>>> courses = coursewright.plan(curriculum)
>>> report = coursewright.build(courses, folder, formats=["scorm12"])
>>> verdict = coursewright.validate(folder / report.written[0].name)
>>> verdict.kind
'SCORM 1.2'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coursewright.api import WRITERS, build, compare, inspect, plan, read, validate
    from coursewright.audit.diff.values import Comparison
    from coursewright.audit.inspect import Inspection
    from coursewright.audit.validate import Verdict
    from coursewright.building.report import Report
    from coursewright.building.settings import Config
    from coursewright.course.model import Course, Curriculum, Section, Step, Unit
    from coursewright.course.plan import Grouping, Selection
    from coursewright.course.values import Audience, Identity
    from coursewright.findings.finding import Finding, Place, Severity
    from coursewright.readers.kinds import READERS
    from coursewright.text.markdown.values import Listing, Prose, Table, Text
    from coursewright.version import __version__

__all__ = [
    "READERS",
    "WRITERS",
    "Audience",
    "Comparison",
    "Config",
    "Course",
    "Curriculum",
    "Finding",
    "Grouping",
    "Identity",
    "Inspection",
    "Listing",
    "Place",
    "Prose",
    "Report",
    "Section",
    "Selection",
    "Severity",
    "Step",
    "Table",
    "Text",
    "Unit",
    "Verdict",
    "__version__",
    "build",
    "compare",
    "inspect",
    "plan",
    "read",
    "validate",
]
_HOMES = {
    "api": "WRITERS build compare inspect plan read validate",
    "audit.diff.values": "Comparison",
    "audit.inspect": "Inspection",
    "audit.validate": "Verdict",
    "building.report": "Report",
    "building.settings": "Config",
    "course.model": "Course Curriculum Section Step Unit",
    "course.plan": "Grouping Selection",
    "course.values": "Audience Identity",
    "findings.finding": "Finding Place Severity",
    "readers.kinds": "READERS",
    "text.markdown.values": "Listing Prose Table Text",
    "version": "__version__",
}
_HOME = {name: f"coursewright.{module}" for module, names in _HOMES.items() for name in names.split()}


if not TYPE_CHECKING:  # a type checker sees the imports above, and so what is missing

    def __getattr__(name: str) -> object:
        """Return a name of the API from the module that it lives in (PEP 562)."""
        if name not in _HOME:
            raise AttributeError(f"module 'coursewright' has no attribute '{name}'")
        found: object = getattr(import_module(_HOME[name]), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted(__all__)
