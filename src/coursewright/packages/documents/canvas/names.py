"""Where Canvas's own documents stand in a cartridge, their namespace, and the types of resources that it writes."""

NAMESPACE = "http://canvas.instructure.com/xsd/cccv1p0"

SETTINGS = "course_settings/"
WIKI = "wiki_content/"
QUESTIONS = "non_cc_assessments/"
FILES = "web_resources/"

FLAG = f"{SETTINGS}canvas_export.txt"
"""The file by which Canvas knows a cartridge of its own."""
COURSE = f"{SETTINGS}course_settings.xml"
MODULES = f"{SETTINGS}module_meta.xml"
GROUPS = f"{SETTINGS}assignment_groups.xml"
RUBRICS = f"{SETTINGS}rubrics.xml"
OUTCOMES = f"{SETTINGS}learning_outcomes.xml"
FILES_META = f"{SETTINGS}files_meta.xml"
EVENTS = f"{SETTINGS}events.xml"
SCHEMES = f"{SETTINGS}grading_standards.xml"
FEEDS = f"{SETTINGS}external_feeds.xml"
LATE_POLICY = f"{SETTINGS}late_policy.xml"
TRACKS = f"{SETTINGS}media_tracks.xml"
SYLLABUS = f"{SETTINGS}syllabus.html"

ASSIGNMENT = "assignment_settings.xml"
QUIZ = "assessment_meta.xml"
"""How the documents are called that stand in the folder of an assignment, and of a quiz."""

TOPIC_TYPE, TOOL_TYPE = "imsdt_xmlv1p1", "imsbasiclti_xmlv1p0"
"""The types of the resources that are discussions, and tools: those of one version alone."""


def questions_file(quiz: str) -> str:
    """Return where the questions of a quiz, or of a bank, stand."""
    return f"{QUESTIONS}{quiz}.xml.qti"
