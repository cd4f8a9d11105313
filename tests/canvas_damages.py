"""Damaged general cartridges and packages of QTI, with what Canvas made of each: its converters, and its importers by source."""

from __future__ import annotations

import re
from collections.abc import Mapping

from damages import CARTRIDGE, FINE, LONG, LOSES, STOPS, Case, Damage

_M, _Q, _T, _L, _I = "imsmanifest.xml", "quiz.xml", "topic.xml", "link.xml", "tool.xml"
_ASSIGNMENT = "http://www.imsglobal.org/xsd/imscc_extensions/assignment"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PAGE = '<resource identifier="R1" type="webcontent" href="one.html"><file href="one.html"/></resource>'
_PLAN = '<resource identifier="R1" type="webcontent" href="plan.pdf"><file href="plan.pdf"/></resource>'
_WORK = '<resource identifier="R7" type="assignment_xmlv1p0"><file href="work.xml"/></resource>'
GENERAL: Mapping[str, bytes] = {
    **{name: content for name, content in CARTRIDGE.items() if name != "one.html"},
    "plan.pdf": b"%PDF-1.4",
    _M: CARTRIDGE[_M].decode().replace(_PAGE, _PLAN).replace("</resources>", f"{_WORK}</resources>").encode(),
    "work.xml": f"""{_HEAD}<assignment xmlns="{_ASSIGNMENT}" identifier="W"><title>Work</title>
<text texttype="text/html">Write.</text><gradable points_possible="10">true</gradable><submission_formats>
<format type="file"/></submission_formats></assignment>""".encode(),
}


def _prefixed(name: str, prefix: str) -> str:
    """Return a document with a prefix before the names that have none."""
    text = re.sub(r"<(/?)(?=[a-zA-Z]+[ >/])", rf"<\1{prefix}:", GENERAL[name].decode())
    return text.replace(" xmlns=", f" xmlns:{prefix}=")


_PROFILE = "<fieldlabel>cc_profile</fieldlabel>\n?<fieldentry>cc.multiple_choice.v0p1</fieldentry>"
_OPTION = '<response_label ident="{}"><material><mattext>{}</mattext></material></response_label>'
_RIGHT = '<varequal respident="r">a</varequal>'
_EXTENDED = '<extensions platform="canvas.instructure.com"><assignment><grading_type>{}</grading_type></assignment></extensions>'
GENERALS: tuple[Case, ...] = (
    ("whole", FINE, ()),
    ("base-not-needed", FINE, ((_M, "<resources>", '<resources xml:base="units/">'),)),
    ("version-of-another-namespace", FINE, ((_M, "<schemaversion>1.1.0", "<schemaversion>1.2.0"),)),
    ("thin-of-1.1", FINE, ((_M, "IMS Common Cartridge", "IMS Thin Common Cartridge"),)),
    ("schema-in-one-word", LOSES, ((_M, "IMS Common Cartridge", "IMS CommonCartridge"),)),
    ("schema-gone", LOSES, ((_M, "<schema>.*?</schema>", ""),)),
    ("answers-in-no-place-of-theirs", LOSES, ((_Q, "</presentation><resprocessing>(.*)</resprocessing>", r"<resprocessing>\1</resprocessing></presentation>"),)),
    ("names-with-a-prefix", STOPS, ((_M, "", _prefixed(_M, "cp")),)),
    ("tag-that-another-closes", FINE, ((_M, "</organizations>", "</organisations>"),)),
    ("tag-that-nothing-closes", FINE, ((_M, "</manifest>", ""),)),
    ("blank-before-everything", FINE, ((_M, "<.xml version", "\\n<?xml version"),)),
    ("sign-that-is-not-escaped", LOSES, ((_M, "<title>Doc", "<title>Doc & all"),)),
    ("manifest-cut-off", LOSES, ((_M, '<resource identifier="R5".*', "<resour"),)),
    ("resources-of-another-name", FINE, ((_M, "<resources>(.*)</resources>", r"<things>\1</things>"),)),
    ("menu-of-another-name", LOSES, ((_M, "<organizations>(.*)</organizations>", r"<menus>\1</menus>"),)),
    ("file-with-nothing-in-it", LOSES, (("doc.pdf", "", ""),)),
    ("version-between-blanks", STOPS, ((_M, ">1.1.0<", "> 1.1.0 <"),)),
    ("schema-in-small-letters", FINE, ((_M, "IMS Common Cartridge", "ims common cartridge"),)),
    ("types-of-other-versions", FINE, ((_M, "imswl_xmlv1p1", "imswl_xmlv1p3"), (_M, "imsdt_xmlv1p1", "imsdt_xmlv1p2"))),
    ("address-with-a-backslash", FINE, ((_M, 'href="doc.pdf"><file href="doc.pdf"', r'href="docs\\doc.pdf"><file href="docs\\doc.pdf"'),
                                        ("doc.pdf", "", None), ("docs/doc.pdf", "", "%PDF"))),
    ("address-with-a-query", LOSES, ((_M, 'href="doc.pdf"', 'href="doc.pdf?v=2"'),)),
    ("address-under-a-base", LOSES, ((_M, '<resource identifier="R2" (.*?)href="doc.pdf"><file href="doc.pdf"', r'<resource identifier="R2" xml:base="docs/" \1href="doc.pdf"><file href="doc.pdf"'),
                                     ("doc.pdf", "", None), ("docs/doc.pdf", "", "%PDF"))),
    ("address-without-a-file", FINE, ((_M, '<file href="doc.pdf"/>', ""),)),
    ("address-of-the-web", LOSES, ((_M, 'href="doc.pdf"', 'href="https://example.org/doc.pdf"'), ("doc.pdf", "", None))),
    ("file-that-nothing-lists", FINE, (("more.txt", "", "More."),)),
    ("folder-that-shows-nothing", LOSES, ((_M, '<item identifier="F1">', '<item identifier="F1" identifierref="">'),)),
    ("quiz-of-no-assessment", LOSES, ((_M, "imscc_xmlv1p1/assessment", "imscc_xmlv1p1/exam"),)),
    ("topic-without-title", LOSES, ((_T, "<title>Talk</title>", ""),)),
    ("topic-of-another-namespace", FINE, ((_T, "imsdt_v1p1", "imsdt_v1p2"),)),
    ("topic-with-a-long-title", LOSES, ((_T, "<title>Talk", f"<title>{LONG}"),)),
    ("topic-with-a-file-that-is-not-there", LOSES, ((_T, "</topic>", '<attachments><attachment href="none.pdf"/></attachments></topic>'),)),
    ("topic-with-a-file", FINE, ((_T, "</topic>", '<attachments><attachment href="doc.pdf"/></attachments></topic>'),)),
    ("link-of-another-root", LOSES, ((_L, "webLink", "link"),)),
    ("link-by-mail", LOSES, ((_L, "https://example.org/x", "mailto:a@example.org"),)),
    ("link-with-a-blank", LOSES, ((_L, "https://example.org/x", "https://example.org/a b"),)),
    ("link-with-a-letter-beyond-ascii", FINE, ((_L, "https://example.org/x", "https://example.org/\u00fc"),)),
    ("link-without-address", LOSES, ((_L, "<url [^>]*>", ""),)),
    ("tool-without-title", LOSES, ((_I, "<blti:title>Tool</blti:title>", ""),)),
    ("tool-with-an-empty-address", LOSES, ((_I, "<blti:vendor>", "<blti:secure_launch_url/><blti:vendor>"),)),
    ("tool-with-another-prefix", FINE, ((_I, "", CARTRIDGE[_I].decode().replace("blti:", "b:").replace(":blti", ":b")),)),
    ("work-with-points-in-words", LOSES, (("work.xml", 'possible="10"', 'possible="ten"'),)),
    ("work-handed-in-on-paper", LOSES, (("work.xml", 'type="file"', 'type="paper"'),)),
    ("work-with-an-attachment-of-nothing", STOPS, (("work.xml", "<gradable", '<attachments><attachment/></attachments><gradable'),)),
    ("work-graded-by-marks", LOSES, (("work.xml", "</assignment>", _EXTENDED.format("marks") + "</assignment>"),)),
    ("work-graded-by-points", FINE, (("work.xml", "</assignment>", _EXTENDED.format("points") + "</assignment>"),)),
    ("quiz-without-namespace", FINE, ((_Q, ' xmlns="[^"]*"', ""),)),
    ("quiz-with-a-dtd", FINE, ((_Q, "<questestinterop", '<!DOCTYPE questestinterop SYSTEM "ims_qtiasiv1p2.dtd"><questestinterop'),)),
    ("quiz-without-title", LOSES, ((_Q, 'title="Quiz title"', 'title=""'),)),
    ("quiz-without-assessment", LOSES, ((_Q, "<assessment [^>]*>(.*)</assessment>", r"\1"),)),
    ("quiz-with-a-sibling", LOSES, ((_Q, "(<assessment .*</assessment>)", r"\1\1"),)),
    ("quiz-as-a-bank", LOSES, ((_Q, "<assessment [^>]*>(.*)</assessment>", r'<objectbank ident="B">\1</objectbank>'),)),
    ("attempts-in-words", LOSES, ((_Q, "<section", "<qtimetadata><qtimetadatafield><fieldlabel>cc_maxattempts</fieldlabel><fieldentry>lots</fieldentry></qtimetadatafield></qtimetadata><section"),)),
    ("question-outside-sections", LOSES, ((_Q, '<section ident="S">(.*)</section>', r"\1"),)),
    ("question-without-profile", FINE, ((_Q, _PROFILE, "<fieldlabel>x</fieldlabel><fieldentry>y</fieldentry>"),)),
    ("question-of-a-profile-misspelt", FINE, ((_Q, "cc.multiple_choice.v0p1", "cc.multiple_choise"),)),
    ("question-without-ident", LOSES, ((_Q, '<item ident="q1"', "<item"),)),
    ("question-of-two-options", FINE, ((_Q, r'<response_label ident="c">.*?</response_label>', ""),)),
    ("question-with-several-marks", LOSES, ((_Q, "cc.multiple_choice", "cc.multiple_response"), (_Q, _RIGHT, f"<and>{_RIGHT}{_RIGHT.replace('>a<', '>b<')}</and>"))),
    ("question-in-groups", LOSES, ((_Q, "response_lid", "response_grp"),)),
    ("question-on-a-picture", LOSES, ((_Q, "response_lid", "response_xy"),)),
    ("option-without-ident", LOSES, ((_Q, '<response_label ident="b"', "<response_label"),)),
    ("option-without-text", LOSES, ((_Q, "<mattext>B</mattext>", "<mattext/>"),)),
    ("option-twice", FINE, ((_Q, '(<response_label ident="b">.*?</response_label>)', r"\1\1"),)),
    ("options-with-one-ident", LOSES, ((_Q, 'ident="b"', 'ident="c"'),)),
    ("answer-to-another-response", FINE, ((_Q, 'respident="r"', 'respident="s"'),)),
    ("answer-that-is-none", LOSES, ((_Q, _RIGHT, '<varequal respident="r">z</varequal>'),)),
    ("answers-of-one-condition", LOSES, ((_Q, _RIGHT, f"<or>{_RIGHT}{_RIGHT.replace('>a<', '>b<')}</or>"),)),
    ("answer-worth-one", FINE, ((_Q, ">100</setvar>", ">1</setvar>"),)),
    ("answer-worth-a-half", LOSES, ((_Q, ">100</setvar>", ">50</setvar>"),)),
    ("feedback-that-is-not-there", FINE, ((_Q, "</setvar>", '</setvar><displayfeedback feedbacktype="Response" linkrefid="none"/>'),)),
)  # fmt: skip

_META, _BANK = "Q/assessment_meta.xml", "Q/Q.xml"
_LOR = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
_ANSWER = """<resprocessing><respcondition><conditionvar><varequal respident="response1">{0}</varequal></conditionvar>
<setvar action="Set" varname="SCORE">100</setvar></respcondition></resprocessing>"""
_FIELD = "<qtimetadatafield><fieldlabel>{0}</fieldlabel><fieldentry>{1}</fieldentry></qtimetadatafield>"


def _asked(name: str, kind: str, text: str, response: str, judged: str) -> str:
    told = _FIELD.format("question_type", kind) + _FIELD.format("points_possible", "1")
    return f"""<item ident="{name}" title="{name}"><itemmetadata><qtimetadata>{told}</qtimetadata></itemmetadata><presentation>
<material><mattext texttype="text/html">{text}</mattext></material>{response}</presentation>{judged}</item>"""


_CHOSEN = '<response_lid ident="response1" rcardinality="Single"><render_choice>{}{}</render_choice></response_lid>'
_BLANK = '<response_lid ident="response_x"><material><mattext>x</mattext></material><render_choice>{}</render_choice></response_lid>'
_ITEMS = (
    _asked("i1", "multiple_choice_question", "Why?", _CHOSEN.format(_OPTION.format(1, "A"), _OPTION.format(2, "B")), _ANSWER.format(1)),
    _asked("i2", "fill_in_multiple_blanks_question", "It is [x].", _BLANK.format(_OPTION.format(3, "wet")), _ANSWER.format(3).replace("response1", "response_x")),
    _asked("i3", "essay_question", "Tell.", '<response_str ident="response1"><render_fib/></response_str>', ""),
)  # fmt: skip
QUIZ: Mapping[str, bytes] = {
    _M: f"""{_HEAD}<manifest identifier="M" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><metadata><schema>IMS Content</schema>
<schemaversion>1.1.3</schemaversion></metadata><organizations/><resources><resource identifier="Q" type="imsqti_xmlv1p2">
<file href="{_BANK}"/><dependency identifierref="QM"/></resource><resource identifier="QM" type="{_LOR}" href="{_META}">
<file href="{_META}"/></resource><resource identifier="P" type="webcontent" href="p.png"><file href="p.png"/></resource>
</resources></manifest>""".encode(),
    _META: f"""{_HEAD}<quiz xmlns="http://canvas.instructure.com/xsd/cccv1p0" identifier="Q"><title>Quiz</title>
<description>&lt;p&gt;Do it.&lt;/p&gt;</description><quiz_type>assignment</quiz_type><points_possible>3</points_possible>
<allowed_attempts>1</allowed_attempts><available>true</available></quiz>""".encode(),
    _BANK: f"""{_HEAD}<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="Q" title="Quiz">
<section ident="root_section">{"".join(_ITEMS)}</section></assessment></questestinterop>""".encode(),
    "p.png": b"\x89PNG",
}
_SHOWN = '&lt;img src="p.png"&gt;Tell.'
_WORD = '<response_str ident="response1"{}><render_fib/></response_str>'
_JUDGED = """<resprocessing><respcondition><conditionvar>{}</conditionvar><setvar action="Set" varname="SCORE">100</setvar>
</respcondition></resprocessing>"""
_BOTH = '<varequal respident="response1">1</varequal><varequal respident="response1">2</varequal>'


def _of_word(cardinality: str) -> tuple[Damage, ...]:
    """Return what makes the last question one that is answered by a word."""
    judged = _JUDGED.format('<varequal respident="response1">yes</varequal>')
    asked = _asked("i3", "short_answer_question", "So?", _WORD.format(cardinality), judged)
    return ((_BANK, '<item ident="i3".*?</item>', asked),)


def _of_several(tests: str) -> tuple[Damage, ...]:
    """Return what makes the last question one whose answers are ticked, as its condition says."""
    offered = _CHOSEN.format(_OPTION.format(1, "A"), _OPTION.format(2, "B")).replace("Single", "Multiple")
    asked = _asked("i3", "multiple_answers_question", "Which?", offered, _JUDGED.format(tests))
    return ((_BANK, '<item ident="i3".*?</item>', asked),)


QUIZZES: tuple[Case, ...] = (
    ("whole", FINE, ()),
    ("essay-without-a-place-for-it", LOSES, ((_BANK, "<render_fib/>", ""),)),
    ("word-of-a-single-answer", FINE, _of_word(' rcardinality="Single"')),
    ("word-of-a-number-of-answers-unsaid", FINE, _of_word("")),
    ("word-of-a-number-of-answers-that-is-none", LOSES, _of_word(' rcardinality="One"')),
    ("blank-with-an-answer-of-nothing", LOSES, ((_BANK, "<mattext>wet<", "<mattext><"),)),
    ("blank-with-an-answer-of-nothing-beside-another", FINE, ((_BANK, "(<response_label ident=\"3\")", _OPTION.format(4, "") + r"\1"),)),
    ("answers-in-one-and", FINE, _of_several(f"<and>{_BOTH}</and>")),
    ("answers-in-an-and-within-another", LOSES, _of_several(f"<and><and><and>{_BOTH}</and></and></and>")),
    ("answer-worth-one", FINE, ((_BANK, ">100</setvar>", ">1</setvar>"),)),
    ("answer-set-in-small-letters", FINE, ((_BANK, 'action="Set"', 'action="set"'),)),
    ("quiz-without-assessment", LOSES, ((_BANK, "<assessment [^>]*>(.*)</assessment>", r"\1"),)),
    ("answers-in-no-place-of-theirs", STOPS, ((_BANK, "</presentation>(<resprocessing>.*?</resprocessing>)", r"\1</presentation>"),)),
    ("text-in-no-place-of-its-own", STOPS, ((_BANK, "<material>(<mattext[^>]*>Tell.</mattext>)</material>", r"\1"),)),
    ("facts-in-no-place-of-theirs", STOPS, ((_BANK, "<itemmetadata>(.*?)</itemmetadata>", r"\1"),)),
    ("sign-that-stands-for-nothing", STOPS, ((_BANK, "Tell[.]", "Tell&nbsp;it."),)),
    ("tag-that-nothing-closes", STOPS, ((_BANK, "</presentation>", ""),)),
    ("answer-worth-a-word", LOSES, ((_BANK, ">100</setvar>", ">full</setvar>"),)),
    ("answer-worth-a-percentage", FINE, ((_BANK, ">100</setvar>", ">100%</setvar>"),)),
    ("answer-by-a-text-of-digits", LOSES, ((_BANK, "<mattext>A</mattext>", "<mattext>33</mattext>"), (_BANK, 'respident="response1">1<', 'respident="response1">33<'))),
    ("answer-of-another-variable", LOSES, ((_BANK, '<resprocessing>', '<resprocessing><outcomes><decvar varname="SCORE" maxvalue="100"/></outcomes>'),
                                           (_BANK, 'varname="SCORE">', 'varname="POINTS">'))),
    ("kind-misspelt", FINE, ((_BANK, "multiple_choice_question", "multiple_choise_question"),)),
    ("kind-of-others-for-choices", FINE, ((_BANK, "multiple_choice_question", "number_question"),)),
    ("settings-of-another-quiz", LOSES, ((_BANK, '<assessment ident="Q"', '<assessment ident="Q9"'),)),
    ("settings-unlisted", LOSES, ((_M, '<resource identifier="QM".*?</resource>', ""),)),
    ("settings-cut-off", LOSES, ((_META, "<points_possible>.*", ""),)),
    ("settings-of-an-exam", LOSES, ((_META, "<quiz_type>assignment", "<quiz_type>exam"),)),
    ("settings-with-elements", LOSES, ((_META, "&lt;p&gt;Do it.&lt;/p&gt;", "<p>Do it.</p>"),)),
    ("quiz-unlisted", FINE, ((_M, '<resource identifier="Q" .*?</resource>', '<resource identifier="Q" type="imsqti_xmlv1p2"/>'),)),
    ("points-in-words", LOSES, ((_BANK, "<fieldentry>1<", "<fieldentry>one<"),)),
    ("blank-that-is-not-in-the-text", LOSES, ((_BANK, r"It is \[x\]", "It is"),)),
    ("question-of-new-quizzes", LOSES, ((_BANK, '<item ident="i3".*?</item>', _asked("i3", "hot_spot_question", "Click.", "", "")),)),
    ("question-of-several-things", LOSES, ((_BANK, "fill_in_multiple_blanks_question", "categorization_question"),
                                           (_BANK, '(<response_lid ident="response_x".*?</response_lid>)', r"\1\1"))),
    ("picture", FINE, ((_BANK, "Tell[.]", _SHOWN),)),
    ("picture-unlisted", LOSES, ((_BANK, "Tell[.]", _SHOWN), (_M, '<resource identifier="P".*?</resource>', ""))),
    ("picture-missing", LOSES, ((_BANK, "Tell[.]", _SHOWN.replace("p.png", "q.png")),)),
)  # fmt: skip

_V2, _ITEM = "http://www.imsglobal.org/xsd/imsqti_v2p1", "i/one.xml"
_TEST = f"""{_HEAD}<assessmentTest xmlns="{_V2}" identifier="T" title="Test"><testPart identifier="P" navigationMode="linear"
submissionMode="individual"><assessmentSection identifier="S" title="S" visible="false"><assessmentItemRef identifier="one"
href="i/one.xml"/></assessmentSection></testPart></assessmentTest>"""
_CHOOSE = """<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1"><simpleChoice identifier="A">Yes
</simpleChoice><simpleChoice identifier="B">No</simpleChoice></choiceInteraction>"""
TESTS: Mapping[str, bytes] = {
    _M: f"""{_HEAD}<manifest identifier="M" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><metadata><schema>QTIv2.1 Package</schema>
<schemaversion>1.0.0</schemaversion></metadata><organizations/><resources><resource identifier="R" type="imsqti_item_xmlv2p1"
href="{_ITEM}"><file href="{_ITEM}"/><file href="i/p.png"/></resource><resource identifier="T" type="imsqti_test_xmlv2p1"
href="test.xml"><file href="test.xml"/></resource></resources></manifest>""".encode(),
    _ITEM: f"""{_HEAD}<assessmentItem xmlns="{_V2}" identifier="one" title="One" adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>A</value>
</correctResponse></responseDeclaration><outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
<itemBody><p>So? <img src="p.png" alt="p"/></p>{_CHOOSE}</itemBody></assessmentItem>""".encode(),
    "test.xml": _TEST.encode(),
    "i/p.png": b"\x89PNG",
}
_OTHER = '<{} responseIdentifier="RESPONSE"/>'
TESTED: tuple[Case, ...] = (
    ("whole", FINE, ()),
    ("schema-elsewhere", LOSES, ((_M, "<metadata>(.*)</metadata>", r"<told>\1</told>"),)),
    ("resources-of-another-name", STOPS, ((_M, "<resources>(.*)</resources>", r"<things>\1</things>"),)),
    ("schema-of-2.2", FINE, ((_M, "QTIv2.1", "QTIv2.2"),)),
    ("schema-missing", STOPS, ((_M, "<schema>.*?</schema>", ""),)),
    ("test-of-2.2", LOSES, ((_M, "imsqti_test_xmlv2p1", "imsqti_test_xmlv2p2"),)),
    ("test-unlisted", LOSES, ((_M, '<resource identifier="T".*?</resource>', ""),)),
    ("test-that-calls-it-otherwise", LOSES, (("test.xml", 'identifier="one"', 'identifier="two"'),)),
    ("item-without-href", STOPS, ((_M, '\\nhref="i/one.xml">', ">"),)),
    ("item-of-a-slider", LOSES, ((_ITEM, "<choiceInteraction.*</choiceInteraction>", _OTHER.format("sliderInteraction")),)),
    ("item-of-two-choices", LOSES, ((_ITEM, "(<choiceInteraction.*</choiceInteraction>)", r"\1\1"),)),
    ("item-with-an-empty-choice", LOSES, ((_ITEM, ">No<", "><"),)),
    ("answer-between-blanks", LOSES, ((_ITEM, "<value>A", "<value> A"),)),
    ("picture-from-another-folder", LOSES, ((_ITEM, 'src="p.png"', 'src="../i/p.png"'),)),
    ("feedback-undeclared", FINE, ((_ITEM, "</assessmentItem>", '<modalFeedback outcomeIdentifier="FB" identifier="A" showHide="show">Yes</modalFeedback></assessmentItem>'),)),
)  # fmt: skip

ALL: Mapping[str, tuple[str, str, Mapping[str, bytes], tuple[Case, ...]]] = {
    "general": ("canvas", ".imscc", GENERAL, GENERALS),
    "quiz": ("canvas", ".zip", QUIZ, QUIZZES),
    "test": ("canvas", ".zip", TESTS, TESTED),
}
