"""What authors tell one another of how a course is made: boxes that they tick themselves, and what it was made from.

A box for the learner's own work speaks of that work, one of the authors' of the unit, its objectives, its rubrics.
"""

from __future__ import annotations

import re

from coursewright.text.letters import has_any
from coursewright.text.patterns import later

_COURSE = r"(?:modules?|projects?|units?|lessons?|courses?|curriculum|program(?:me)?s?|tracks?|syllabus)"
_GOALS = r"(?:(?:learning|module|unit|course|lesson) )*(?:objectives|outcomes|goals|competenc(?:y|ies))"
_FITS = (
    r"(?:(?:is|are|have been|has been|all) )*(?:clearly )?"
    r"(?:maps?|mapped|mapping|aligns?|aligned|linked|tied|traced?|traceable|match(?:es)?|matched)"
)
_MADE_FOR_OTHERS = (
    rf"(?:the |all |this )?{_COURSE}(?:'s)? {_GOALS} {_FITS}\b",
    rf"(?:the |all )?{_GOALS} {_FITS} (?:to|with) (?:the |our )?"
    r"(?:competency|competence|skills?|role|framework|assess)",
    rf"(?:the |this )?{_COURSE} (?:advances|duplicates|does not duplicate|avoids duplicating|complements)\b",
    rf"(?:the |this )?{_COURSE} (?:content |material |metadata |roadmap )?{_FITS} (?:to|with) (?:the |our )?"
    r"(?:competency|competence|skills? (?:framework|matrix)|role|curriculum|program|track|master plan)",
    r"(?:the |all )?(?:hands-on|practical|lab) (?:assets|components|labs?|exercises|activities|materials?)"
    rf" (?:cover|exercise|reinforce|address|support|{_FITS})\b.*\b(?:skills?|{_GOALS})",
    r"case stud(?:y|ies) (?:or|and) (?:real[- ]world )?examples? (?:(?:is|are|have been) )?(?:included|provided|added)",
    r"(?:all )?code (?:examples?|samples?|snippets?)(?: and \w+)? (?:(?:is|are|have been) )?"
    r"(?:validated|verified|tested|checked) (?:by|with|in|through|via) (?:the |an? |our )?"
    r"(?:automation|automated|ci\b|validation|curriculum)",
    r"(?:the |all )?(?:assessments?|assessment rubrics?|rubrics?|quizzes|quiz questions|assessment (?:items|methods))"
    rf"(?: and \w+)? {_FITS} (?:to|with) (?:the |all )?{_GOALS}",
    rf".*\bwithout duplicat(?:ing|ion of) (?:\w+ ){{0,3}}(?:materials?|content|{_COURSE})",
    r".*\b(?:approved|reviewed|signed off|validated) by (?:the |an? |our )?(?:curriculum|instructional|content|course)"
    r" (?:lead|owner|team|designer|review|reviewer|board|committee)",
)
_SIGNS = later(r"[\W_]*")
_FOR_AUTHORS = later("|".join(_MADE_FOR_OTHERS), re.IGNORECASE)
_STOPS = frozenset(".!?;(")
_ORIGIN = later(
    rf"(?<![^\W_])(?:(?:the |this |all |these )?(?:{_COURSE}|contents?|materials?|assets?|text"
    r"|outline|roadmap|plan)(?: \d[\w.-]*)? )?(?:(?:is|was|are|were|has been|have been) )?"
    r"(?:largely |partly |mostly |originally )?"
    r"(?:derived|adapted|ported|migrated|converted|carried over|taken|built|based|drawn|extracted|reworked|aligned"
    r"|reused)"
    r" (?:from|on|out of|upon|with) (?:the |our |an? |its |material (?:of|from) the )?(?:old |former )?legacy"
    rf" (?:[\w-]+ ){{0,4}}?(?:{_COURSE}|repo(?:sitory|sitories)?|assets?|materials?|contents?|docs?|documentation"
    r"|sources?)\b",
    re.IGNORECASE,
)


def is_box_of_authors(text: str) -> bool:
    """Say whether a box of a checklist is ticked by those who make a unit, not by those who take it."""
    signs = _SIGNS.match(text)
    return bool(_FOR_AUTHORS.match(text, signs.end() if signs else 0))


def tells_origin(text: str) -> bool:
    """Say whether a sentence tells from which course of the authors' a text was made."""
    if not has_any(text, ("legacy",)):
        return False
    at = 0
    while found := _ORIGIN.search(text, at):
        if _begins_sentence(text, found.start()):
            return True
        at = found.start() + 1
    return False


def _begins_sentence(text: str, at: int) -> bool:
    """Say whether nothing but signs stands between a place and the stop before it, or the beginning."""
    for sign in reversed(text[:at]):
        if sign in _STOPS:
            return True
        if sign.isalnum():
            return False
    return True
