"""What Moodle does with packages."""

from __future__ import annotations

from coursewright.validation.kinds import Recognised
from coursewright.validation.lms.lms import Lms


def _refusal(found: Recognised) -> str:
    return ""


LMS = Lms("moodle", "Moodle", _refusal, {})
