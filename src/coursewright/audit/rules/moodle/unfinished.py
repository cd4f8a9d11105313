"""Activities of a Moodle backup that nobody completes, since what completes them by itself cannot be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from coursewright.audit.rules.moodle.numbers import number
from coursewright.packages.documents.moodle.availability import said

_ON = "1"
_POSTS = ("completiondiscussions", "completionreplies", "completionposts")


def never_completed(kind: str, activity: etree._Element) -> str:
    """Return why nobody completes an activity of a kind, in words about "it"; "" where somebody may."""
    reason = _REASONS.get(kind)
    return reason(activity) if reason is not None else ""


def _of_work(assign: etree._Element) -> str:
    kinds = (one for one in assign.iterfind("plugin_configs/plugin_config") if said(one, "name") == "enabled")
    asked = [said(one, "value") for one in kinds if said(one, "subtype") == "assignsubmission"]
    if asked and said(assign, "completionsubmit") == _ON and _ON not in asked:
        return "it is complete once something is handed in, and no kind of submission is enabled"
    return ""


def _of_quiz(quiz: etree._Element) -> str:
    wanted, there = number(quiz, "completionminattempts"), number(quiz, "attempts_number")
    if wanted and there and wanted > there:
        return f"it is complete after {wanted:g} attempts, and allows {there:g}"
    return ""


def _of_forum(forum: etree._Element) -> str:
    if said(forum, "type") == "news" and any(number(forum, name) for name in _POSTS):
        return "it is complete after posts, and in a forum of news teachers alone write"
    return ""


_REASONS: Mapping[str, Callable[[etree._Element], str]] = {"assign": _of_work, "forum": _of_forum, "quiz": _of_quiz}
