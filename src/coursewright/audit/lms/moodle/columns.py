"""The columns of Moodle's tables that a restore writes to, by document and element of a backup: data, and its reader.

`name:255` has room for so many characters, `grade#8` holds a whole number of so many bytes, `fraction#12.7` one of so
many digits, of which so many stand after the point, `maxgrade#f` any number, `duedate#t` a time, which the restore may
shift. What ends in ! may be missing, and may not be NULL; what ends in !! may not be missing, either, and with !!! not
empty. What ends in ? is looked for, and may be missing or NULL, but not empty. The document of each kind of activity
begins with an <activity>, too. Documents that have an element alike stand between |.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from coursewright.audit.lms import field_bounds as bounds
from coursewright.audit.lms.moodle.stock import MODULES

_FIELD = re.compile(
    r"(?P<name>@?\w+)(?::(?P<length>\d+)|#(?:(?P<digits>\d+)\.(?P<after>\d+)|(?P<size>[248ft])))?(?P<end>!*|\?)"
)
_OF_SIZE: Mapping[str, bounds.Bound] = {"t": bounds.Leading(), "f": bounds.Number()}
_SOMETHING = re.compile(".+", re.DOTALL)
_ACTIVITY = "@id#8!! @contextid#8!!"
# What several elements have alike.
_COMBINED = (
    "correctfeedback!! correctfeedbackformat#2! partiallycorrectfeedback!! partiallycorrectfeedbackformat#2! "
    "incorrectfeedback!! incorrectfeedbackformat#2!"
)
_FORMATS = "correctfeedbackformat#2! partiallycorrectfeedbackformat#2! incorrectfeedbackformat#2!"
_GRADE = (
    "@id#8!! categoryid#8 itemname:255 itemtype:30! itemmodule:30 iteminstance#8 itemnumber#8 idnumber:255 "
    "gradetype#2! grademax#10.5! grademin#10.5! scaleid#8? outcomeid#8? gradepass#10.5! multfactor#10.5! "
    "plusfactor#10.5! aggregationcoef#10.5! aggregationcoef2#10.5! weightoverride#2! display#8! decimals#2 "
    "hidden#8! locked#8!"
)
_COLUMNS = f"""
assign.xml assign @id!! name:255! intro!! introformat#2! alwaysshowdescription#2! submissiondrafts#2!
  sendnotifications#2! sendlatenotifications#2! sendstudentnotifications#2! duedate#t!! cutoffdate#t gradingduedate#t
  allowsubmissionsfromdate#t!! grade#8! completionsubmit#2! requiresubmissionstatement#2! teamsubmission#2!
  requireallteammemberssubmit#2! teamsubmissiongroupingid#8 blindmarking#2! hidegrader#2! revealidentities#2!
  attemptreopenmethod:10! maxattempts#4! markingworkflow#2 markingallocation#2 markinganonymous#2
  preventsubmissionnotingroup#2 activityformat#2! timelimit#8! submissionattachments#2! gradepenalty#2 timemodified#8!
  nosubmissions#2!
assign.xml plugin_config plugin:28! subtype:28! name:28!
assign.xml override @id#8!! groupid#8? userid#8? sortorder#8 allowsubmissionsfromdate#t duedate#t cutoffdate#t
  timelimit#8
badges.xml alignment targetname:255! targeturl:255! targetframework:255 targetcode:255
badges.xml badge name:255!! timecreated#8!! timemodified#8!! issuername:255!! issuerurl:255!! issuercontact:255
  expiredate#t expireperiod#8 attachment#2!! notification#2!! nextcron#8 version:255 language:255 usercreated#8?
  usermodified#8?
badges.xml criterion criteriatype#8!! method#2!! descriptionformat#2!
bigbluebuttonbn.xml bigbluebuttonbn @id!! type#2! name:255! introformat#2! meetingid:255! moderatorpass:255!
  viewerpass:255! wait#2! record#2! recordallfromstart#2! recordhidebutton#2! voicebridge#4! openingtime#8!
  closingtime#8! userlimit#2! recordings_html#2! recordings_deleted#2! recordings_imported#2! recordings_preview#2!
  clienttype#2! muteonstart#2! completionattendance#4! completionengagementchats#4! completionengagementtalks#4!
  completionengagementraisehand#4! completionengagementpollvotes#4! completionengagementemojis#4! guestallowed#2
  mustapproveuser#2 showpresentation#2! grade#8! timecreated#8! timemodified#8! disablecam#2! disablemic#2!
  disableprivatechat#2! disablepublicchat#2! disablenote#2! hideuserlist#2!
bigbluebuttonbn.xml log @id#8!! userid#8? meetingid:256! timecreated#8! log:32!
block.xml block blockname:40! showinsubcontexts#2! pagetypepattern:64! subpagepattern:16 defaultregion:16!
  defaultweight#8! parentcontextid#8?
book.xml book @id!! name:255! introformat#2! numbering#2! navstyle#2! customtitles#2! timecreated#8! timemodified#8!
  revision#8!
book.xml chapter @id#8!! pagenum#8! subchapter#8! title:255! content!! contentformat#2! hidden#2! importsrc:255!
  timecreated#8! timemodified#8!
calendar.xml event name!! description!! format#2!! groupid#8!! userid#8? repeatid#8? type#2 modulename:20!! eventtype:20
  timestart#t!!! timeduration#8!!! timesort#t visible#2!! uuid:255!! sequence#8!! timemodified#8!! priority#8
choice.xml choice @id!! name:255! intro!! introformat#2! publish#2! showresults#2! display#2! allowupdate#2!
  allowmultiple#2! showunanswered#2! limitanswers#2! timeopen#t!! timeclose#t!! completionsubmit#2! showpreview#2!
  includeinactive#2! showavailable#2! timemodified#8!
choice.xml option @id#8!! maxanswers#8 timemodified#8!
choice.xml answer optionid#8? userid#8?
completion.xml course_completion_aggr_methd criteriatype#8 method#2! value#10.5
completion.xml course_completion_criteria criteriatype#8! timeend#t gradepass#10.5 role#8 moduleinstance#8
course.xml course summaryformat#2! format:21! showgrades#2! newsitems#4! enddate#t! marker#8! maxbytes#8! legacyfiles#2!
  showreports#2! visible#2! groupmode#2! groupmodeforce#2! defaultgroupingid#8! requested#2! showactivitydates#2!
  showcompletionconditions#2 pdfexportfont:50 enablecompletion#2! completionnotify#2! startdate#t!! relativedatesmode#2!
  visibleold#2! timemodified#8! timecreated#8! idnumber:100
course.xml courseformatoption format:21! sectionid#8! name:100!
data.xml data @id!! name:255! intro!! introformat#2! comments#2! timeavailablefrom#t!! timeavailableto#t!!
  timeviewfrom#t!! timeviewto#t!! requiredentries#4! requiredentriestoview#4! maxentries#4! rssarticles#2! approval#2!
  manageapproved#2! scale#8! assessed#8! assesstimestart#t!! assesstimefinish#t!! defaultsort#8! defaultsortdir#2!
  editany#2! notification#8! completionentries#8 timemodified#8!
data.xml field @id#8!! type:255! name:255! description!! required#2!
enrolments.xml enrol @id#8!! roleid#8? status#8 name:255 enrolperiod#8 enrolstartdate#8 enrolenddate#8 expirynotify#2
  expirythreshold#8 notifyall#2 password:50 cost:20 currency:3 customint1#8 customint2#8 customint3#8 customint4#8
  customint5#8 customint6#8 customint7#8 customint8#8 customchar1:255 customchar2:255 customchar3:1333 customdec1#12.7
  customdec2#12.7
enrolments.xml enrolment userid#8? status#8 timestart#8 timeend#8
feedback.xml feedback @id!! name:255! intro!! introformat#2! anonymous#2! email_notification#2! multiple_submit#2!
  autonumbering#2! site_after_submit:255! page_after_submit!! page_after_submitformat#2! publish_stats#2! timeopen#t!!
  timeclose#t!! completionsubmit#2! timemodified#8!
feedback.xml item @id#8!! template#8! name:255! label:255! presentation!! typ:255! hasvalue#2! position#2! required#2!
  dependitem#8! dependvalue:255! options:255!
files.xml file @id#8 component:100! filearea:50! itemid#8!! filepath:255! filename:255! mimetype:100 author:255
  license:255 contextid#8!! userid#8?
folder.xml folder @id!! name:255! introformat#2! display#2! showexpanded#2 showdownloadfolder#2! forcedownload#2!
  timemodified#8! revision#8!
forum.xml discussion @id#8 name:255! firstpost#8! groupid#8! assessed#2! timestart#t! timeend#t! pinned#2! timelocked#8!
  timemodified#8! userid#8? usermodified#8?
forum.xml forum @id!! type:20! name:255! intro!! introformat#2! duedate#t cutoffdate#t assessed#8! assesstimestart#t!!
  assesstimefinish#t!! scale#8! maxbytes#8! maxattachments#8! forcesubscribe#2! trackingtype#2! rsstype#2!
  rssarticles#2! warnafter#8! blockafter#8! blockperiod#8! completiondiscussions#4! completionreplies#4!
  completionposts#4! displaywordcount#2! lockdiscussionafter#8! grade_forum#8! timemodified#8! grade_forum_notify#2!
forum.xml post @id#8 created#8! modified#8! mailed#2! subject:255! message!! messageformat#2! messagetrust#2!
  attachment:100! totalscore#2! mailnow#8! privatereplyto#8! parent#8! deleted#2! userid#8?
glossary.xml category @id#8 name:255! usedynalink#2!
glossary.xml entry @id#8 concept:255! definition!! definitionformat#2! definitiontrust#2! attachment:100!
  teacherentry#2! usedynalink#2! casesensitive#2! fullmatch#2! approved#2! timecreated#8! timemodified#8! userid#8?
  sourceglossaryid#8?
glossary.xml glossary @id!! name:255! intro!! introformat#2! allowduplicatedentries#2! displayformat mainglossary#2!
  showspecial#2! showalphabet#2! showall#2! allowcomments#2! allowprintview#2! usedynalink#2! defaultapproval#2!
  globalglossary#2! entbypage#2! editalways#2! rsstype#2! rssarticles#2! assessed#8! assesstimestart#t!!
  assesstimefinish#t!! scale#8! completionentries#4! timecreated#8! timemodified#8!
glossary.xml category_entry entryid#8?
gradebook.xml grade_category @id#8!! fullname:255! aggregation#8! keephigh#8! droplow#8! aggregateonlygraded#2!
  aggregateoutcomes#2! hidden#8! timecreated#8!! timemodified#8!! parent#8 depth#8! path:255
gradebook.xml grade_item {_GRADE} locktime#t!! timecreated#8 timemodified#8 sortorder#8! needsupdate#8!
gradebook.xml|grades.xml grade_letter lowerboundary#10.5!! letter:255! @id#8!!
gradebook.xml grade_setting @id#8 name:255!
grades.xml grade_item {_GRADE} locktime#8! timecreated#8 timemodified#8 needsupdate#8! sortorder#8!!
grading.xml area @id#8!! areaname:100! activemethod:100
grading.xml criterion @id#8!! descriptionformat#2 sortorder#8!!
grading.xml definition @id#8!! method:100! name:255! descriptionformat#2 status#8! timecreated#8! timemodified#8!
  usercreated#8 usermodified#8
grading.xml guidecomment descriptionformat#2
grading.xml guidecriterion shortname:255! descriptionformat#2 descriptionmarkersformat#2 maxscore#10.5!! sortorder#8!!
grading.xml level @id#8!! score#10.5!! definitionformat#8
groups.xml group @id#8!! name:254! idnumber:100 descriptionformat#2! enrolmentkey:50 picture#8! visibility#2!
  participation#2! timecreated#8! timemodified#8!
groups.xml grouping @id#8!! name:255! idnumber:100 descriptionformat#2! timecreated#8! timemodified#8!
groups.xml grouping_group groupid#8? timeadded#8
groups.xml group_member userid#8?
h5pactivity.xml h5pactivity @id!! name:255! introformat#2! grade#8 displayoptions#2! enabletracking#2! grademethod#2!
  reviewmode#2 timecreated#8!! timemodified#8!!
imscp.xml imscp @id!! name:255! introformat#2! keepold#8! timemodified#8! revision#8!
label.xml label @id!! name:255! intro!! introformat#2 timemodified#8!
lesson.xml answer @id#8!! jumpto#8! grade#2! score#8! flags#2! answerformat#2! responseformat#2! timecreated#8!
  timemodified#8!
lesson.xml lesson @id!! name:255! introformat#2! practice#2! modattempts#2! usepassword#2! password:32! dependency#8!
  conditions!! grade#8! custom#2! ongoing#2! usemaxgrade#2! maxanswers#2! maxattempts#2! review#2! nextpagedefault#2!
  feedback#2! minquestions#2! maxpages#2! timelimit#8 retake#2! activitylink#8! mediafile:255! mediaheight#8!
  mediawidth#8! mediaclose#2! slideshow#2! width#8! height#8! bgcolor:7! displayleft#2! displayleftif#2! progressbar#2!
  available#t!! deadline#t!! completionendreached#2 completiontimespent#8 allowofflineattempts#2 timemodified#8!
lesson.xml page @id#8!! prevpageid#8! nextpageid#8! qtype#2! qoption#2! layout#2! display#2! title:255! contents!!
  contentsformat#2! timemodified#8! revision#8 timecreated#8!
lesson.xml override @id#8!! groupid#8? userid#8? available#t deadline#t timelimit#8 review#2 maxattempts#2 retake#2
  password:32
lti.xml lti @id!! name:255! introformat#2 typeid#8 toolurl!! instructorchoicesendname#2 instructorchoicesendemailaddr#2
  instructorchoiceallowroster#2 instructorchoiceallowsetting#2 instructorchoiceacceptgrades#2 launchcontainer#2!
  debuglaunch#2! showtitlelaunch#2! showdescriptionlaunch#2! servicesalt:40 timecreated#8! timemodified#8!
logstores.xml logstore_standard_log contextid#8? userid#8? relateduserid#8? realuserid#8?
module.xml module @id#8!! idnumber:100 added#8! score#2! indent#4! visible#2! visibleoncoursepage#2! visibleold#2!
  groupmode#2! groupingid#8? completion#2! completiongradeitemnumber#8 completionpassgrade#2! completionview#2!
  completionexpected#t!! showdescription#2 downloadcontent#2 lang:30 sectionid#8?
outcomes.xml outcome @id#8 shortname:255! fullname!! scaleid#8? descriptionformat#2! timecreated#8 timemodified#8
  usermodified#8?
page.xml page @id!! name:255! introformat#2! contentformat#2! legacyfiles#2! legacyfileslast#8 display#2!
  timemodified#8! revision#8!
qbank.xml qbank @id!! name:255! introformat#2! type:40! timecreated#8! timemodified#8!
questions.xml answer @id#8!! answertext!! answerformat#2! fraction#12.7! feedback!! feedbackformat#2!
questions.xml calculated_option synchronize#2! single#2! shuffleanswers#2! {_FORMATS} answernumbering:10!
  shownumcorrect#2!
questions.xml calculated_record tolerance:20! tolerancetype#8! correctanswerlength#8! correctanswerformat#8! answer#8?
questions.xml dataset_definition @id#8 name:255! type#8! options:255! itemcount#8! category#8?
questions.xml dataset_item value:255!
questions.xml ddmarker shuffleanswers#2! {_FORMATS} shownumcorrect#2! showmisplaced#2!
questions.xml drag no#8! infinite#2! noofdrags#8! draggroup#8!
questions.xml drop no#8! shape:255 choice#8! xleft#8! ytop#8!
questions.xml ddwtos @id#8!! shuffleanswers#2! {_COMBINED} shownumcorrect#2!
questions.xml essay @id#8!! responseformat:16! responserequired#2! responsefieldlines#2! minwordlimit#8 maxwordlimit#8
  attachments#2! attachmentsrequired#2! graderinfoformat#2! responsetemplateformat#2! maxbytes#8!
questions.xml gapselect shuffleanswers#2! {_COMBINED} shownumcorrect#2!
questions.xml match @id#8!! questiontext!! questiontextformat#2! answertext:255!
questions.xml matchoptions @id#8!! shuffleanswers#2! {_COMBINED} shownumcorrect#2!
questions.xml multianswer @id#8!! sequence!!
questions.xml multichoice @id#8!! layout#2! single#2! shuffleanswers#2! {_COMBINED} answernumbering:10!
  shownumcorrect#2! showstandardinstruction#2!
questions.xml numerical_option showunits#2! unitsleft#2! unitgradingtype#2! unitpenalty#12.7!
questions.xml numerical_record tolerance:255! answer#8?
questions.xml numerical_unit multiplier#38.19! unit:50!
questions.xml ordering @id#8!! layouttype#2! selecttype#2! selectcount#2! gradingtype#2! showgrading#2!
  numberingstyle:10! {_FORMATS} shownumcorrect#2!
questions.xml question @id#8!! name:255! questiontext!! questiontextformat#2! generalfeedback!! generalfeedbackformat#2!
  defaultmark#12.7! penalty#12.7! qtype:20! length#8! timecreated#8! timemodified#8! stamp:255! parent#8! createdby#8?
  modifiedby#8?
questions.xml question_bank_entry @id#8!! idnumber:100 nextversion#8 ownerid#8?
questions.xml question_category @id#8!! name:255! info!! infoformat#2! idnumber:100 contextid#8!! stamp:255! parent#8?
  sortorder#8!
questions.xml question_hint @id#8!! hint!! hintformat#2! shownumcorrect#2 clearwrong#2 options:255
questions.xml question_versions @id#8!! version#8! status:10!
questions.xml randomsamatch choose#8! subcats#2! {_COMBINED} shownumcorrect#2!
questions.xml shortanswer @id#8!! usecase#2!
questions.xml truefalse @id#8!! trueanswer#8? falseanswer#8? showstandardinstruction#2!
quiz.xml feedback feedbacktext!! feedbacktextformat#2! mingrade#10.5! maxgrade#10.5! timemodified#8
quiz.xml override timeopen#t timeclose#t timelimit#8 attempts#4 password:255 @id#8!! groupid#8? userid#8?
quiz.xml question_instance @id#8!! slot#8! page#8! displaynumber:16 requireprevious#2! maxmark#12.7! quizgradeitemid#8?
quiz.xml question_reference usingcontextid#8? questionbankentryid#8? component:100 questionarea:50 version#8
quiz.xml question_set_reference usingcontextid#8? questionscontextid#8? component:100 questionarea:50
quiz.xml quiz @id!! name:255! intro!! introformat#2! timelimit#8! overduehandling:16 graceperiod#8!
  preferredbehaviour:32 canredoquestions#2! attemptonlast#2! grademethod#2! decimalpoints#2! questiondecimalpoints#2!
  reviewattempt#4! reviewcorrectness#4! reviewmaxmarks#4 reviewmarks#4! reviewspecificfeedback#4!
  reviewgeneralfeedback#4! reviewrightanswer#4! reviewoverallfeedback#4! questionsperpage#8! navmethod:16!
  shuffleanswers#2! sumgrades#10.5! grade#10.5! password:255! subnet:255! browsersecurity:32 delay1#8! delay2#8!
  showuserpicture#2! showblocks#2! completionattemptsexhausted#2 completionminattempts#8! allowofflineattempts#2
  precreateattempts#2 timecreated#8! timemodified#8! timeopen#t!! timeclose#t!! attempts_number#4
quiz.xml quiz_grade_item name:255!
quiz.xml section @id#8!! firstslot#8!! heading:1333 shufflequestions#2!
resource.xml resource @id!! name:255! introformat#2! tobemigrated#2! legacyfiles#2! legacyfileslast#8 display#2!
  filterfiles#2! timemodified#8! revision#8!
roles.xml override capability:255! permission#8! roleid#8?
roles.xml role @id#8
roles.xml assignment roleid#8? userid#8?
scales.xml scale @id#8 name:255! scale!! description!! descriptionformat#2! timemodified#8! userid#8?
scorm.xml sco @id#8!! manifest:255! organization:255! identifier:255! launch!! scormtype:5! title:255! sortorder#8!
  parent:255!
scorm.xml sco_data name:255! value!!
scorm.xml scorm @id!! name:255! scormtype:50! reference:255! intro!! introformat#2! version:9! maxgrade#f!
  grademethod#2! whatgrade#8! maxattempt#8! forcecompleted#2! forcenewattempt#2! lastattemptlock#2! masteryoverride#2!
  displayattemptstatus#2! displaycoursestructure#2! updatefreq#2! sha1hash:40 md5hash:32! launch#8! skipview#2!
  hidebrowse#2! hidetoc#2! nav#2! navpositionleft#8 navpositiontop#8 auto#2! popup#2! options:255! width#8! height#8!
  timeopen#t!! timeclose#t!! completionstatusrequired#2 completionscorerequired#8 completionstatusallscos#2
  autocommit#2! timemodified#8! revision#8!
scorm.xml seq_mapinfo targetobjectiveid#8! readsatisfiedstatus#2! readnormalizedmeasure#2! writesatisfiedstatus#2!
  writenormalizedmeasure#2!
scorm.xml seq_objective primaryobj#2! objectiveid:255! satisfiedbymeasure#2! minnormalizedmeasure#f!
scorm.xml seq_rolluprule childactivityset:15! minimumcount#8! minimumpercent#f! conditioncombination:3! action:15!
scorm.xml seq_rolluprulecond cond:25! operator:5!
scorm.xml seq_rulecond conditioncombination:3! ruletype#2! action:25!
scorm.xml seq_rulecond_data refrencedobjective:255! measurethreshold#f! operator:5! cond:30!
section.xml section @id#8!! name:255 summaryformat#2!! visible#2!! number#8!!! timemodified#8! component:100 itemid#8
subsection.xml subsection @id#8!! name:255! timemodified#8!
url.xml url @id!! name:255! introformat#2! externalurl!! display#2! timemodified#8!
users.xml user username:100! idnumber:255! email:100! firstname:100! lastname:100! phone1:20! phone2:20! city:120!
  country:2! timezone:100! confirmed#2! mailformat#2! maildisplay#2! descriptionformat#2! institution:255!
  department:255! address:255! lastip:45! imagealt:255 alternatename:255 middlename:255 firstnamephonetic:255
  lastnamephonetic:255
wiki.xml page title:255! cachedcontent!! timerendered#8! pageviews#8! readonly#2! timemodified#8! revision#8
  timecreated#8! userid#8?
wiki.xml synonym pageid#8? pagesynonym:255!
wiki.xml version content!! contentformat:20! version#4! userid#8? timecreated#8!
wiki.xml wiki @id!! name:255! introformat#2! firstpagetitle:255! wikimode:20! defaultformat:20! forceformat#2!
  editbegin#t!! editend#t!! timecreated#8! timemodified#8!
wiki.xml link frompageid#8? topageid#8? tomissingpage:255
wiki.xml subwiki groupid#8 userid#8
workshop.xml examplesubmission title:255! contentformat#2! contenttrust#2! attachment#2
workshop.xml workshop @id!! name:255! introformat#2! instructauthorsformat#2! instructreviewersformat#2! phase#2
  useexamples#2 usepeerassessment#2 useselfassessment#2 grade#10.5 gradinggrade#10.5 strategy:30! evaluation:30!
  gradedecimals#2 submissiontypetext#2! submissiontypefile#2! nattachments#2 submissionfiletypes:255 latesubmissions#2
  maxbytes#8 examplesmode#2 submissionstart#t submissionend#t assessmentstart#t assessmentend#t conclusionformat#2!
  overallfeedbackmode#2 overallfeedbackfiles#2 overallfeedbackfiletypes:255 overallfeedbackmaxbytes#8 timemodified#8!!
  phaseswitchassessment#2!
workshop.xml workshopform_accumulative_dimension sort#8 descriptionformat#2 grade#8! weight#4
workshop.xml workshopform_comments_dimension sort#8 descriptionformat#2
workshop.xml workshopform_numerrors_dimension sort#8 descriptionformat#2 grade0:50 grade1:50 weight#4
workshop.xml workshopform_rubric_dimension sort#8 descriptionformat#2
workshop.xml workshopform_rubric_level grade#10.5! definitionformat#2
"""


@cache
def written(document: str) -> frozenset[str]:
    """Return the elements of a document that become rows of a table."""
    return frozenset(element for name, element, _ in _lines() if name == document)


@cache
def numbers(document: str, element: str) -> frozenset[str]:
    """Return the fields of an element that hold numbers."""
    found = (one for one in columns() if one[:2] == (document, element))
    return frozenset(field for _, _, field, bound in found if isinstance(bound, bounds.NotBlank))


def _lines() -> Iterator[tuple[str, str, list[str]]]:
    """Yield the lines of the table, each with what goes on in the next, and before those of an activity its own."""
    before = ""
    for line in _COLUMNS.strip().replace("\n  ", " ").splitlines():
        documents, element, *fields = line.split()
        for document in documents.split("|"):
            if document != before and document.removesuffix(".xml") in MODULES:
                yield document, "activity", _ACTIVITY.split()
            yield document, element, fields
            before = document


def columns() -> Iterator[tuple[str, str, str, bounds.Bound]]:
    """Yield what holds of each column: by document, element and field."""
    for document, element, fields in _lines():
        for found in filter(None, map(_FIELD.fullmatch, fields)):
            yield from ((document, element, found["name"], bound) for bound in _bounds(found))


def _bounds(found: re.Match[str]) -> Iterator[bounds.Bound]:
    if found["length"]:
        yield bounds.Length(int(found["length"]))
    elif found["digits"]:
        most = 10.0 ** (int(found["digits"]) - int(found["after"]))
        yield from (bounds.Number(), bounds.Within(-most, most))
    elif found["size"]:
        yield _OF_SIZE.get(found["size"]) or bounds.Whole(int(found["size"]))
    if found["digits"] or found["size"]:
        yield bounds.NotBlank()
    yield from _there(found["name"], bool(found["size"]), found["end"])


def _there(name: str, is_number: bool, end: str) -> Iterator[bounds.Bound]:
    """Yield whether a field may be missing, NULL or empty."""
    if end == "?":
        yield bounds.Matching(_SOMETHING, "a number")
    elif end == "!":
        yield bounds.Given()
    elif end:  # by an attribute that is a number, a row is looked for
        yield bounds.Filled() if end == "!!!" or (name.startswith("@") and is_number) else bounds.There()
