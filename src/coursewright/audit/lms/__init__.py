"""What an LMS drops, renames or refuses of a package, as far as it is known: one file an LMS."""

from __future__ import annotations

from coursewright.audit.lms import blackboard, brightspace, canvas, moodle, scorm_cloud
from coursewright.audit.lms.lms import Lms
from coursewright.audit.rule import load_rules

for _name in (__name__, canvas.__name__, moodle.__name__):
    load_rules(_name)
ALL: tuple[Lms, ...] = (moodle.LMS, canvas.LMS, blackboard.LMS, brightspace.LMS, scorm_cloud.LMS)
LMSS: dict[str, Lms] = {found.name: found for found in ALL}
