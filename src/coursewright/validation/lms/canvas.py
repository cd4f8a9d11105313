"""What Canvas does with packages."""

from __future__ import annotations

from coursewright.validation.kinds import Family, Recognised
from coursewright.validation.lms.lms import Lms


def _refusal(found: Recognised) -> str:
    if found.kind.family in (Family.SCORM12, Family.SCORM2004):
        return "it plays SCORM through a separate tool only, not as an import"
    return ""


LMS = Lms("canvas", "Canvas", _refusal, {})
