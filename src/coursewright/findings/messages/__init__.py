"""The catalogue of findings, one entry a code, a file for what they are about.

S = what a source file holds, C = what the curriculum says, P = what a package holds, X = a schema, L = what an LMS will
do with it, D = what changes from one package to the next. A code is never used again for something else.
"""

from __future__ import annotations

from coursewright.findings.messages.building import *
from coursewright.findings.messages.canvas import *
from coursewright.findings.messages.catalogue import LETTERS as LETTERS
from coursewright.findings.messages.catalogue import catalogue as catalogue
from coursewright.findings.messages.changes import *
from coursewright.findings.messages.containers import *
from coursewright.findings.messages.curriculum import *
from coursewright.findings.messages.formats import *
from coursewright.findings.messages.lms import *
from coursewright.findings.messages.manifests import *
from coursewright.findings.messages.moodle import *
from coursewright.findings.messages.questions import *
from coursewright.findings.messages.sources import *
