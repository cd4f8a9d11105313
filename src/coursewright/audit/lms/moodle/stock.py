"""What Moodle 5.0 has without plugins: of anything else in a backup, a restore makes nothing."""

from __future__ import annotations

import re
from collections.abc import Collection

_CALLED = re.compile(r"([A-Za-z_]\w*)\s*\(")


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


MODULES = words_of("""
    assign bigbluebuttonbn book choice data feedback folder forum glossary h5pactivity imscp label lesson lti
    page qbank quiz resource scorm subsection url wiki workshop
""")
"""Kinds of activities."""
EARLIER_MODULES = ("assignment", "chat", "survey")
"""Kinds of activities that Moodle itself had in earlier versions."""
COURSE_FORMATS = ("topics", "weeks", "social", "singleactivity", "site", "scorm")
"""Formats of courses."""
QUESTION_TYPES = words_of("""
    calculated calculatedmulti calculatedsimple ddimageortext ddmarker ddwtos description essay gapselect match
    missingtype multianswer multichoice numerical ordering random randomsamatch shortanswer truefalse
""")
"""Types of questions."""
BLOCKS = words_of("""
    accessreview activity_modules activity_results admin_bookmarks badges blog_menu blog_recent blog_tags
    calendar_month calendar_upcoming comments completionstatus course_list course_summary feedback globalsearch
    glossary_random html login lp mentees myoverview myprofile navigation news_items online_users private_files
    recent_activity recentlyaccessedcourses recentlyaccesseditems rss_client search_forums section_links
    selfcompletion settings site_main_menu social_activities starredcourses tag_flickr tag_youtube tags timeline
""")
"""Kinds of blocks."""
ENROLMENTS = words_of("""
    category cohort database fee flatfile guest imsenterprise ldap lti manual meta paypal self
""")
"""Ways to be enrolled."""
WAYS_OF_ASSIGNMENTS = {
    "assignsubmission": ("comments", "file", "onlinetext"),
    "assignfeedback": ("comments", "editpdf", "file", "offline"),
}
"""Ways in which assignments are handed in, and answered."""


def unknown_functions(formula: str, known: Collection[str]) -> list[str]:
    """Return what a formula calls that is none of these."""
    return [name for name in _CALLED.findall(formula) if name.lower() not in known]
