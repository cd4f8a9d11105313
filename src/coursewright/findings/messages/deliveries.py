"""S090 and S091: what a build says of itself and of the folder that it writes to."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, message

COURSE_FAILED = message("S090", ERROR,
    "this package could not be made: {reason}",
    "Run coursewright build --jobs 1 for the whole story, and tell us: this is an error in coursewright, or a worker that ran out of memory.",
    "The other packages were made all the same. An older package with this name is still in the folder.",
    "a package could not be made",
)  # fmt: skip
OLDER_PACKAGES = message("S091", INFO,
    "{count} from earlier builds, and this build does not make them: {names}",
    "Delete them, or build with --clean. SHA256SUMS lists only what this build made.",
    "Whoever uploads the whole folder uploads packages that are out of date.",
    "the folder contains packages of earlier builds",
)  # fmt: skip
