"""Activities of a Moodle backup that nobody completes, since what completes them by itself cannot be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from lxml import etree

from coursewright.packages.documents.moodle.xml import number, said

_ON, _AUTOMATIC = "1", "2"
_POSTS = ("completiondiscussions", "completionreplies", "completionposts")
# By the kind of activity, the conditions of its own that complete it by themselves, besides being viewed or graded.
# Not here is what Moodle completes without any: SCORM, once it reports something, and BigBlueButton, after a meeting.
_RULES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("book", "folder", "h5pactivity", "imscp", "label", "lti"), ()),
    **dict.fromkeys(("page", "resource", "url", "wiki", "workshop"), ()),
    **dict.fromkeys(("assign", "choice", "feedback"), ("completionsubmit",)),
    **dict.fromkeys(("data", "glossary"), ("completionentries",)),
    "forum": _POSTS,
    "lesson": ("completionendreached", "completiontimespent"),
    "quiz": ("completionattemptsexhausted", "completionminattempts"),
}
NEVER_GRADED = frozenset({"book", "choice", "feedback", "folder", "imscp", "label", "page", "resource", "url", "wiki"})
"""The kinds of activities that give no grade."""
_ANY_STATUS = (2, 4, 6)  # that a SCORM package reports: passed, completed, or either
_UNCONDITIONED = "it is complete by itself, and no condition says when"
# By the kind of activity and the number of its grade, the fields of which each has to be more than 0, or a scale, for
# anybody to be graded.
_GRADED: Mapping[tuple[str, str], tuple[str, ...]] = {
    **{(kind, "0"): ("grade",) for kind in ("assign", "lesson", "quiz")},
    **{(kind, "0"): ("assessed", "scale") for kind in ("data", "forum", "glossary")},
    ("forum", "1"): ("grade_forum",),
}
KINDS = (*_RULES, "scorm")
"""The kinds of activities of which it can be told."""


def never_completed(kind: str, activity: etree._Element | None, says: Callable[[str], str]) -> str:
    """Return why nobody completes an activity of a kind, in words about "it"; "" where somebody may.

    It is None where it could not be read; `says` returns what module.xml has in an element.
    """
    if says("completion") != _AUTOMATIC:
        return ""
    reason, judge = never_met(kind, activity, says), _REASONS.get(kind)
    return judge(activity) if not reason and judge is not None and activity is not None else reason


def never_met(kind: str, activity: etree._Element | None, says: Callable[[str], str]) -> str:
    """Return why what module.xml asks for never comes about, or ""."""
    is_viewed, item = says("completionview") not in ("", "0"), says("completiongradeitemnumber")
    own = [name for name in _RULES.get(kind, ()) if activity is None or number(activity, name)]
    if kind in _RULES and not (is_viewed or item or own):
        return _UNCONDITIONED
    if kind == "label" and is_viewed:
        return "it is complete once it is viewed, and a label has no page to view"
    if item and (reason_of_grade := ungraded(kind, item, activity)):
        return f"it is complete once it is graded, and {reason_of_grade}"
    return ""


def ungraded(kind: str, item: str, activity: etree._Element | None) -> str:
    """Return why nobody is graded in an activity by the grade of a number, or ""."""
    wanted = _GRADED.get((kind, item), ())
    if kind in NEVER_GRADED:
        return f"nobody is graded in a {kind}"
    off = next((name for name in wanted if number(activity, name) == 0), "")
    return f"nobody is graded in it, for its <{off}> is 0" if off else ""


def _of_work(assign: etree._Element) -> str:
    kinds = (one for one in assign.iterfind("plugin_configs/plugin_config") if said(one, "name") == "enabled")
    asked = [said(one, "value") for one in kinds if said(one, "subtype") == "assignsubmission"]
    if asked and said(assign, "completionsubmit") == _ON and _ON not in asked:
        return "it is complete once something is handed in, and no kind of submission is enabled"
    return ""


# Kinds of forums in which learners begin no discussions.
_LED = {"single": "there is one discussion", "qanda": "teachers alone ask"}


def _of_forum(forum: etree._Element) -> str:
    kind = said(forum, "type")
    if kind == "news" and any(number(forum, name) for name in _POSTS):
        return "it is complete after posts, and in a forum of news teachers alone write"
    if kind in _LED and number(forum, "completiondiscussions"):
        return f"it is complete after discussions that learners begin, and in a forum of the type {kind} {_LED[kind]}"
    return ""


def _beyond(asked: str, allowed: str, what: str, activity: etree._Element) -> str:
    wanted, there = number(activity, asked), number(activity, allowed)
    if wanted and there and wanted > there:
        return f"it is complete after {wanted:g} {what}, and allows {there:g}"
    return ""


def _of_scorm(scorm: etree._Element) -> str:
    wanted = number(scorm, "completionstatusrequired")
    if wanted and wanted not in _ANY_STATUS:
        return f"it is complete by the status {wanted:g}, which is none: 2 is passed, 4 completed, 6 either"
    return ""


_REASONS: Mapping[str, Callable[[etree._Element], str]] = {
    "assign": _of_work,
    "data": partial(_beyond, "completionentries", "maxentries", "entries"),
    "forum": _of_forum,
    "quiz": partial(_beyond, "completionminattempts", "attempts_number", "attempts"),
    "scorm": _of_scorm,
}
