"""What is for staff: sections by their title, and within a text its paths, labels and notes."""

from __future__ import annotations

import re

from coursewright.model import Audience, Text
from coursewright.wording import normal

# The layouts' own sections that speak to the people who make and run the course.
_STAFF_SECTIONS = frozenset(
    {
        "solutions plan",
        "solutions and validation",
        "solution and repository plan",
        "solutions",
        "answer key",
        "answers",
        "shared assets and legacy mapping",
        "legacy alignment and next steps",
        "assets and reuse strategy",
        "dependencies and notes",
        "sign off",
        "signoff",
        "instructor notes",
        "facilitator notes",
        "teacher notes",
        "validation status",
        "repository strategy",
    }
)
_STAFF_WORDS = re.compile(
    r"\b(?:solutions?|\w*lösung(?:en)?|erwartungshorizont|corrigés?|soluci[oó]n(?:es)?"
    r"|answer (?:keys?|sheets?)|(?:quiz|test|exam) keys?|answers"
    r"|sign offs?|approvals?|legacy (?:mapping|alignment)|internal|staff|für (?:lehrende|lehrkräfte|lehrpersonen)"
    r"|for (?:instructors|teachers|trainers|graders|tutors|lecturers|tas)"
    r"|(?:instructor|facilitator|teacher|trainer|grader|reviewer|tutor|lecturer|ta)(?: ?s)?"
    r" (?:notes?|guide|only|section|use)"
    r"|(?:teaching|facilitation|grading|marking) (?:notes?|keys?|guide|scheme)"
    r"|repository (?:plan|strategy|mapping)|validation status)\b"
)
# Labels of what the authors keep for themselves, and of solutions. A label with other words is content:
# `**Repository pattern**`, `**Author**`.
_KEPT = r"(?:path|repos?(?:itory)?|location|mapping|placement|plan|strategy|metadata|status|links?|urls?)"
_SOLVED = (
    r"(?:(?:correct|right|model|sample|example|suggested|expected|possible|reference)\s+)?(?:answers?|solutions?)"
    r"|(?:\w*lösung(?:en)?|antwort(?:en)?|réponses?|corrigés?|soluci[oó]n(?:es)?|respuestas?)"
)
_OF_WHICH = (
    r"(?:\s+(?:keys?|sheets?|guide|notes?|code|explained|(?:to|for|of)\s[^*_:]{1,60}|[\d.]+|[a-z])|\s*\(\w{1,20}\))?"
)
_STAFF_LABEL = re.compile(
    rf"[>\s]*[*_]{{2,3}}(?:(?:{_SOLVED}){_OF_WHICH}|solutions?\s+{_KEPT}(?:\s*/\s*{_KEPT})?"
    rf"|repo(?:sitory)?(?:\s*/\s*|\s+){_KEPT}|legacy(?:\s+(?:source|assets?|modules?|projects?|materials?|references?"
    rf"|alignment|repo|docs|{_KEPT}))?|validation (?:status|profiles|requirements)|automation hooks"
    r"|reviewers?\(s\)|date approved)\s*:?[*_]{2,3}"
    rf"|[>\s]*(?:\w{{1,3}}[.)]\s+)?[*_]{{0,3}}(?:{_SOLVED}){_OF_WHICH}[*_]{{0,3}}\s*[:=][*_]{{0,3}}"
    r"|[>\s]*[*_]{0,3}(?:answer keys?|(?:instructor|facilitator|teacher|grader)s?'?s? notes?)[*_]{0,3}\s*:"
    rf"|[>\s]*[*_]{{0,3}}(?:repo\s*/\s*path|repository {_KEPT}|legacy (?:mapping|alignment|source))[*_]{{0,3}}\s*:"
    r"|[>\s]*[*_]{0,3}repo(?:sitory)?:?[*_]{0,3}:?\s*`(?!https?:)[^`\s]*/[^`]*`",
    re.IGNORECASE,
)
_UNIT_FOLDER = (
    r"(?:[\w.<>&+()*-]{1,80}/){0,6}(?:module|mod|project|proj|lesson)s?-[\w<*]|(?:lessons|modules|projects)/[\w<>*-]*\d"
)
_UNIT_PATH = (
    rf"`?(?:\.{{0,2}}/)?(?:(?:modules|projects|lessons|curriculum|repositories)/(?=[\w<*])"
    rf"|/home/\w+/(?={_UNIT_FOLDER}))"
)
_SOME_PATH = r"(?:`(?!https?:)[^`\s]*/[^`]*`|(?<![\w:/.])[\w.-]+/[\w./-]+)"
_KEEPS = (
    r"(?:(?:is|are|was|were)\s+(?:\w+ly\s+)?)?(?:maintained|stored|kept|hosted|located|tracked|versioned"
    r"|checked in|found|lives?|resides?)"
    r"\s+(?:in|at|under|on)"
)
# Where the authors keep things, in their words: paths of solutions and metadata, of old courses, of this one's sources.
_KEEPING = re.compile(
    r"`[^`]{0,300}(?<![\w-])(?:solutions|answer-keys?|instructors?)/[^`]*`"
    r"|(?<![\w:@-])(?<!://)(?:[\w.-]{1,60}/){0,9}solutions/(?=[\w.<>*-]*(?:[-\d_<*/]|\.\w))[\w.<>*/-]+"
    r"|`[^`]{0,300}\b(?:(?:module-|project-)?metadata(?:-template)?|master-plan|repository-strategy)\.ya?ml[^`]*`"
    r"|templates/(?:curriculum|solutions)/|\btools/curriculum\.py\b"
    rf"|\blegacy (?:(?:docs?|assets?|project|module|lessons?|course|curriculum|content|repo(?:sitory)?"
    rf"|materials?|resources"
    rf"|readme|sources?|track)s?:?,? ?(?:readme|docs?)? ?(?:in|at|under|from|of)? ?\(?)?{_UNIT_PATH}"
    r"|\blegacy docs at\b|\blegacy (?:alignment|mapping)\b"
    rf"|(?:\b(?:see|cf\.?|refer to|reuse|adapt(?:ed)?(?: from)?|based on|built on|extends|aligns(?: with)?"
    rf"|taken from|sources?:)"
    rf"\s+(?:the\s+)?|^[(\s]*){_UNIT_PATH}(?={_UNIT_FOLDER}|[^`]{{0,200}}`)"
    rf"|^(?!.{{0,400}}\byour?\b).{{0,400}}?\b(?:mirrored (?:at|in|to|from|under)|maintained (?:in|at|under"
    rf"|on))\b.{{0,200}}?{_SOME_PATH}"
    rf"|^(?!.{{0,400}}\byour?\b).{{0,400}}?\b(?:repo(?:sitory)?|course|curriculum|this (?:module|unit|lesson"
    rf"|project)|slides?|materials?|assets"
    rf"|originals?|master cop(?:y|ies)|upstream|solutions?|answers?|answer keys?"
    rf"|rubrics?)\b.{{0,120}}?\b{_KEEPS}\b.{{0,200}}?{_SOME_PATH}"
    rf"|(?<!your )\b(?:solutions?|answers?|answer keys?) (?:is|are) (?:in|at|under|on)\b.{{0,200}}?{_SOME_PATH}"
    r"|\brepository (?:strategy|mapping)\b|\bsolutions? (?:are |is )?(?:planned|validated|published)\b",
    re.IGNORECASE,
)
_ASKED = (
    r"(?:choose|select|mark|tick|circle|pick|find|write|give|enter|underline|identify|check|match|state|explain"
    r"|note|type"
    r"|discuss|compare|record|submit|justify|share|prepare|cross|highlight|guess|work out|put|save|collect|say)"
)
# An answer or a solution that is given, not asked for: `Answer: B`, `(correct answer: B)`, `The correct answer is B`.
_GIVEN = re.compile(
    rf"(?:^|[?.;,(–—-]\s*)[*_]{{0,3}}(?:the\s+)?(?:{_SOLVED}){_OF_WHICH}[*_]{{0,3}}\s*[:=]\s*\S"
    rf"|^(?!.{{0,400}}\b{_ASKED}\b[^.:]{{0,200}}\b(?:answer|solution))(?:.{{0,400}}\b)?(?<!no )(?:correct|right"
    rf"|model|sample|(?:quiz|test|exam|exercise"
    r"|question|task|lab|problem)s?[\s\d.]*)\s*(?:answers?|solutions?)(?:\s+keys?)?\s*:\s*\S"
    r"|(?<!no )(?<!not the )\b(?:correct|right) answers? (?:is|are|was)\s+(?!not\b)\S|\bthe (?:answer"
    r"|solution) is\s*:?\s+(?:[`*\d]|[A-F]\b)"
    r"|\banswer keys?\b\s*(?::|\bis\b|\bare\b|\bin\b|\bat\b|=|$)",
    re.IGNORECASE,
)
_WORTH_A_LOOK = re.compile(r"/|\*\*|__|<!--|yaml|[:=]|(?i:solution|repository|answer|legacy)")  # of most texts, nothing
_ANSWERS = re.compile(
    r"(?:(?:correct|right|model|sample|expected) )?(?:answers?|solutions?)(?: keys?)?"
    r"|(?:richtige )?(?:antwort|lösung)(?:en)?"
    r"|(?:bonnes? )?réponses?|corrigés?|respuestas?(?: correctas?)?"
)
FOLDED_ANSWER = re.compile(r"<summary>[^<]*(?:answer|solution|lösung)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_ASIDE = re.compile(r"(?<!\s)\s?\([^()]*\)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s(?=[A-ZÀ-Þ`*(\[])|(?<=;)\s")


def usual_audience(title: str) -> tuple[Audience, bool]:
    """Return whom a section is for by its title, and whether that is a guess from words rather than a known title."""
    name = normal(title)
    if name in _STAFF_SECTIONS:
        return Audience.STAFF, False
    if _STAFF_WORDS.search(name):
        return Audience.STAFF, True
    return Audience.LEARNER, False


def is_column_of_answers(title: str) -> bool:
    """Say whether the header of a table's column tells that what stands below is the answers, `Correct answer`."""
    return bool(_ANSWERS.fullmatch(normal(title)))


def is_staff_label(text: str) -> bool:
    """Say whether a line begins with a label for staff, such as `**Answer**`."""
    return bool(_STAFF_LABEL.match(text))


def for_learners(text: Text) -> Text:
    """Return what a learner may read of a text, which is empty when nothing is left.

    A comment, and an aside in parentheses that is for staff, are cut out, and so is each sentence that says where the
    authors keep things, or gives an answer. A path that the learner works with stays.
    """
    if not _WORTH_A_LOOK.search(text):
        return text
    if is_staff_label(text):
        return Text("", text.line)
    kept = _COMMENT.sub("", text) if "<!--" in text else str(text)
    kept = _ASIDE.sub(lambda aside: "" if _is_staff(aside[0]) else aside[0], kept) if "(" in kept else kept
    if _is_staff(kept):
        kept = " ".join(sentence for sentence in _SENTENCE_END.split(kept) if not _is_staff(sentence))
    kept = kept.rstrip(" ;") if kept != text else kept
    return text if kept == text else Text(kept if kept.strip(" .") else "", text.line)


def difference(text: Text, kept: Text) -> str:
    """Return what learners do not get of a text: all of it, or its comments, asides and sentences for staff."""
    if not kept:
        return text
    cut = [found for found in (*_COMMENT.findall(text), *_ASIDE.findall(text)) if found not in kept and _is_cut(found)]
    rest = str(text)
    for found in cut:
        rest = rest.replace(found, "", 1)
    sentences = [part for part in _SENTENCE_END.split(rest) if part.strip(" ;") not in kept]
    return " … ".join(part.strip() for part in (*cut, *sentences))


def _is_cut(found: str) -> bool:
    return found.startswith("<!--") or _is_staff(found)


def _is_staff(text: str) -> bool:
    return bool(_KEEPING.search(text) or _GIVEN.search(text))
