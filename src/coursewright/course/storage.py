"""Where the authors keep things, in their words: paths of solutions, of old courses and of this one's sources.

A path that learners work with is none of these, and neither is an address on the web.
"""

from __future__ import annotations

import re

from coursewright.text.letters import has_any
from coursewright.text.patterns import later

# One of these stands in each text that a pattern below finds anything in. They take long, and most texts have none.
WORDS = ("/", "metadata", "master-plan", "repository", "legacy", "solution", "answer")
_WORDS_ALWAYS = (  # the same for the slowest of them
    *("metadata", "master-plan", "repository", "templates/", "tools/", "legacy", "solution", "/home/"),
    *("modules/", "projects/", "lessons/", "curriculum/", "repositories/"),
    *("maintained", "stored", "kept", "hosted", "located", "tracked", "versioned", "checked", "found", "live"),
    *("reside", "mirrored"),
)
_UNIT_FOLDER = (
    r"(?:[\w.<>&+()*-]{1,80}/){0,6}(?:module|mod|project|proj|lesson)s?-[\w<*]|(?:lessons|modules|projects)/[\w<>*-]*\d"
)
_UNIT_PATH = (
    rf"`?(?:\.{{0,2}}/)?(?:(?:modules|projects|lessons|curriculum|repositories)/(?=[\w<*])"
    rf"|/home/\w+/(?={_UNIT_FOLDER}))"
)
_HOST = r"(?:https?:|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?/|s3/|s3:|gs:)"
_SOME_PATH = (
    rf"(?:`(?!{_HOST})[^`\s]*/[^`]*`"
    rf"|(?<![\w:/.@-])(?!{_HOST})(?:\.{{0,2}}/)?(?=[\w./-]*(?:[-_\d]|/[\w.-]+/|/\s|\.\w))[\w.-]+/[\w./-]*)"
)
_KEEPS = (
    r"(?:(?:is|are|was|were)\s+(?:\w+ly\s+)?)?(?:maintained|stored|kept|hosted|located|tracked|versioned"
    r"|checked in|found|lives?|resides?|mirrored)"
    r"\s+(?:in|at|under|on|to|from)"
)
_COURSE = (
    r"(?:the\s+(?:sources?|originals?|master cop(?:y|ies))\s+(?:of|for)\s+)?"
    r"(?:(?:this|the|our)\s+)?(?:repo(?:sitory)?|course|curriculum|(?:this|the|our)\s+(?:module|unit|lesson|project)"
    r"|originals?|master cop(?:y|ies)|upstream|solutions?(?:\s+(?:files?|code|notebooks?))?|answers?"
    r"|answer keys?|rubrics?)(?:'s)?(?:\s+(?:repo(?:sitory)?|sources?|originals?|master cop(?:y|ies)))?"
    r"(?:\s+(?:to|for|of)\s+[^,;:.]{1,60}?)?"
)
_LEARNER_SAVES = later(
    r"^[\W\d]*(?:save|put|write|push|commit|create|submit|place|store|upload|hand in|move|copy|clone|fork|download|open"
    r"|run|check out|cd|change|name|add)\b(?!.{0,200}\blegacy\b)",
    re.IGNORECASE,
)
_KEEPING = later(
    r"`[^`]{0,300}(?<![\w-])(?:solutions|answer-keys?|instructors?)/[^`]*`"
    r"|(?<![\w:@-])(?<!://)(?:[\w.-]{1,60}/){0,9}solutions/(?=[\w.<>*-]*(?:[-\d_<*/]|\.\w))[\w.<>*/-]+"
    rf"|(?<!your )(?<!your own )\b(?:solutions?|answers?|answer keys?) (?:is|are) (?:in|at|under|on)\b.{{0,200}}?"
    rf"(?:{_SOME_PATH}|`[^`\s]*/[^`]*`|https?://|(?<![\w.-]){_HOST})",
    re.IGNORECASE,
)
_ALWAYS = later(
    r"`[^`]{0,300}\b(?:(?:module-|project-)metadata(?:-template)?|metadata-template|master-plan|repository-strategy)\.ya?ml[^`]*`"
    r"|templates/(?:curriculum|solutions)/|\btools/curriculum\.py\b"
    rf"|\blegacy (?:(?:docs?|assets?|project|module|lessons?|course|curriculum|content|repo(?:sitory)?"
    rf"|materials?|resources"
    rf"|readme|sources?|track)s?:?,? ?(?:readme|docs?)? ?(?:in|at|under|from|of)? ?\(?)?{_UNIT_PATH}"
    r"|\blegacy docs at\b|\blegacy (?:alignment|mapping)\s*[:=]"
    r"|^\W*legacy (?:alignment|mapping)\W*$|^\W*legacy (?:alignment|mapping)\s*[(`]"
    rf"|(?:\b(?:see|cf\.?|refer to|reuse|adapt(?:ed)?(?: from)?|based on|built on|extends|aligns(?: with)?"
    rf"|taken from|sources?:)"
    rf"\s+(?:the\s+)?|^[(\s]*){_UNIT_PATH}(?={_UNIT_FOLDER}|[^`]{{0,200}}`)"
    rf"|^(?!.{{0,400}}\byour?\b)(?:.{{0,400}}?[.;(]\s{{0,3}})?[\W\d]{{0,20}}?{_COURSE}\s+{_KEEPS}\b.{{0,200}}?{_SOME_PATH}"
    r"|\b(?:per|see|follow|in|as of) (?:the |our )?repository (?:strategy|mapping)\b"
    r"|^\W*repository (?:strategy|mapping)\W*$"
    r"|^\W*solutions? (?:are |is )?(?:planned|validated|published)(?: and (?:planned|validated|published))?"
    r"(?:\W*$| (?:per|in (?:the|our) (?:\w+ )?repo))",
    re.IGNORECASE,
)

# A file that holds a solution, within the units' folders: learners who write one themselves are told so.
_SOLUTION_FILE = later(
    r"(?<![\w:/.@-])(?:\.{0,2}/)?(?:modules|projects|lessons|curriculum|repositories)/(?:[\w.-]{1,60}/){0,6}"
    r"(?:\w{1,40}[-_])?(?:solutions?|answers?(?:[-_]?key)?)\.\w{1,5}\b",
    re.IGNORECASE,
)
_LEARNER_WORKS = later(
    r"\b(?:your?|implement|edit|complete|fill|extend|start|work|test|pytest|python|deliver|finish|develop|name|rename"
    r"|import|execute|write|save|create|submit|open|run)\b",
    re.IGNORECASE,
)


def is_kept(text: str) -> bool:
    """Say whether a sentence tells where the authors keep things, or points into their files."""
    if not has_any(text, WORDS):
        return False
    if has_any(text, _WORDS_ALWAYS) and _ALWAYS.search(text):
        return True
    if _SOLUTION_FILE.search(text) and not _LEARNER_WORKS.search(text):
        return True
    return bool(_KEEPING.search(text) and not _LEARNER_SAVES.match(text))
