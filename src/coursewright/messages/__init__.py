"""The catalogue of findings, one entry a code, a file for what they are about.

S = what a source file holds, C = what the curriculum says, P = what a package holds, X = a schema, L = what an LMS will
do with it, D = what changes from one package to the next. A code is never used again for something else.
"""

from __future__ import annotations

from coursewright.messages.building import *
from coursewright.messages.canvas import *
from coursewright.messages.catalogue import LETTERS as LETTERS
from coursewright.messages.catalogue import catalogue as catalogue
from coursewright.messages.changes import *
from coursewright.messages.containers import *
from coursewright.messages.curriculum import *
from coursewright.messages.formats import *
from coursewright.messages.lms import *
from coursewright.messages.manifests import *
from coursewright.messages.questions import *
from coursewright.messages.sources import *
