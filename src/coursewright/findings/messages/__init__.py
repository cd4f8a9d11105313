"""The catalogue of findings: one entry for each code, one file for each subject.

S = source files, C = the curriculum, P = packages, X = XML and its schemas, L = what a format or an LMS loses or
changes, D = differences between two packages. Codes are never reused.
"""

from __future__ import annotations

from coursewright.findings.messages.building import *
from coursewright.findings.messages.canvas import *
from coursewright.findings.messages.catalogue import LETTERS as LETTERS
from coursewright.findings.messages.catalogue import catalogue as catalogue
from coursewright.findings.messages.changes import *
from coursewright.findings.messages.containers import *
from coursewright.findings.messages.content import *
from coursewright.findings.messages.curriculum import *
from coursewright.findings.messages.deliveries import *
from coursewright.findings.messages.formats import *
from coursewright.findings.messages.imports import *
from coursewright.findings.messages.lms import *
from coursewright.findings.messages.lowered import *
from coursewright.findings.messages.manifests import *
from coursewright.findings.messages.moodle import *
from coursewright.findings.messages.questions import *
from coursewright.findings.messages.quizzes import *
from coursewright.findings.messages.recovered import *
from coursewright.findings.messages.releases import *
from coursewright.findings.messages.sources import *
