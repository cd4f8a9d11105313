"""Rules over quizzes in Common Cartridges: their profile of QTI 1.2, as far as no schema says it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import rule
from coursewright.audit.rules.questions.quizzes import PackedQuestion, PackedQuiz, QuestionDialect
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.frozen import frozen
from coursewright.packages.documents.qti12.values import (
    MetadataField,
    QtiFlow,
    QtiItem,
    QtiPiece,
    QtiRendering,
    QtiResponse,
    QtiTest,
    pieces,
)
from coursewright.text.names import plural

_YES_NO = "Yes|No"
# What may stand in metadata: labels, and patterns of their values with words for them.
_OF_QUIZZES: Mapping[str, tuple[str, str]] = {
    "cc_profile": (r"cc\.exam\.v0p1", "cc.exam.v0p1"),
    "qmd_assessmenttype": ("Examination", "Examination"),
    "qmd_scoretype": ("Percentage", "Percentage"),
    "qmd_feedbackpermitted": (_YES_NO, "Yes or No"),
    "qmd_hintspermitted": (_YES_NO, "Yes or No"),
    "qmd_solutionspermitted": (_YES_NO, "Yes or No"),
    "qmd_timelimit": (r"[1-9]\d{0,5}", "a whole number of minutes"),
    "cc_allow_late_submission": (_YES_NO, "Yes or No"),
    "cc_maxattempts": ("Examination|[1-5]|unlimited", "1 to 5, unlimited or Examination"),
}
_LONGEST_QUIZ = 527_040  # minutes
_OF_QUESTIONS: Mapping[str, tuple[str, str]] = {
    "cc_profile": (".*", ""),
    "cc_question_category": (".*", ""),
    "cc_weighting": (r"[1-9]\d?", "a whole number from 1 to 99"),
    "qmd_scoringpermitted": ("Yes", "Yes"),
    "qmd_computerscored": (_YES_NO, "Yes or No"),
}
_FIRST_OF_FEEDBACK = {"Hint": "hint", "Solution": "solution"}


@frozen
class QuestionProfile:
    """What a kind of question is made of: how it is answered, and what it must not have."""

    response: str
    cardinality: str = ""
    fewest: int = 0
    most: int = 10_000
    forbidden: tuple[str, ...] = ()


_CHOICE = ("response_str", "render_fib", "varsubstring")
PROFILES: Mapping[str, QuestionProfile] = {
    "cc.true_false.v0p1": QuestionProfile("response_lid", "Single", 2, 2, _CHOICE),
    "cc.multiple_choice.v0p1": QuestionProfile("response_lid", "Single", 3, forbidden=_CHOICE),
    "cc.multiple_response.v0p1": QuestionProfile("response_lid", "Multiple", 2, forbidden=_CHOICE),
    "cc.fib.v0p1": QuestionProfile("response_str", forbidden=("response_lid", "render_choice", "varsubstring")),
    "cc.pattern_match.v0p1": QuestionProfile("response_str", forbidden=("response_lid", "render_choice")),
    "cc.essay.v0p1": QuestionProfile(
        "response_str", forbidden=("response_lid", "render_choice", "varequal", "varsubstring")
    ),
}
ESSAY = "cc.essay.v0p1"


@rule("P277", over=PackedQuiz)
def metadata_of_quizzes_are_known(quiz: PackedQuiz) -> Iterator[Flaw]:
    """What a quiz of a cartridge says of itself is what the profile knows."""
    if quiz.dialect is QuestionDialect.CARTRIDGE and quiz.content.name == "assessment":
        yield from _metadata(quiz.content.metadata, _OF_QUIZZES, f"the quiz '{quiz.content.title or '?'}'")


@rule("P274 P275 P276 P277", over=PackedQuestion)
def profile_is_kept(question: PackedQuestion) -> Iterator[Flaw]:
    """A question of a cartridge is as the profile wants it."""
    if question.is_of is QuestionDialect.CARTRIDGE:
        yield from _metadata(question.item.known.fields, _OF_QUESTIONS, f"the question '{question.name}'")
        yield from _kind(question)
        yield from _feedback(question)


def _metadata(found: Iterable[MetadataField], allowed: Mapping[str, tuple[str, str]], whose: str) -> Iterator[Flaw]:
    """Yield a flaw for each label that is unknown, stands twice or has a value that it may not have."""
    counts: Counter[str] = Counter()
    for one in found:
        counts[one.fieldlabel] += 1
        if problem := _problem(one.fieldlabel, one.fieldentry, counts[one.fieldlabel], allowed):
            yield flaw(messages.METADATA_WRONG, one.line, whose=whose, problem=problem)


def _problem(label: str, value: str, count: int, allowed: Mapping[str, tuple[str, str]]) -> str:
    if label not in allowed:
        return f"the label '{label}', which cartridges do not have there"
    if count == 2:
        return f"the label {label} twice"
    pattern, words = allowed[label]
    fits = re.fullmatch(pattern, value, re.ASCII | re.DOTALL) is not None
    if not fits or (label == "qmd_timelimit" and int(value) > _LONGEST_QUIZ):
        return f"'{value}' for {label}, which may be {words}"
    return ""


def _kind(question: PackedQuestion) -> Iterator[Flaw]:
    """Yield what is wrong with the kind that a question says it is, and with the question for it."""
    named = next((one.fieldentry for one in question.item.known.fields if one.fieldlabel == "cc_profile"), None)
    profile = PROFILES.get(named or "")
    if profile is None or named is None:
        problem = "it has no cc_profile" if named is None else f"'{named}' is not a cc_profile of cartridges"
        yield question.flaw(messages.PROFILE_UNKNOWN, problem=problem)
        return
    item = question.item
    for problem in (*_makeup(item, profile), *_scoring(item, named), *_of_essays(item, named)):
        yield question.flaw(messages.UNLIKE_PROFILE, profile=named, problem=problem)


def _makeup(item: QtiItem, profile: QuestionProfile) -> Iterator[str]:
    """Yield how a question is not made of what its kind is made of."""
    made_of = _names(item)
    yield from (f"has a <{name}>" for name in profile.forbidden if name in made_of)
    response = next((one for one in item.responses if one.name == profile.response), None)
    if response is None:
        yield f"has no <{profile.response}>"
        return
    cardinality = "Single" if response.rcardinality is None else response.rcardinality
    if profile.cardinality and cardinality != profile.cardinality:
        yield f"has the rcardinality {cardinality}, not {profile.cardinality}"
    elif not profile.cardinality and not response.rendered("render_fib"):
        yield "has no <render_fib>"
    count = len(response.labels) if profile.fewest else 0
    if not profile.fewest <= count <= profile.most:
        wanted = profile.fewest if profile.fewest == profile.most else f"{profile.fewest} or more"
        yield f"has {plural(count, 'answer')} to choose from, not {wanted}"


def _names(item: QtiItem) -> set[str]:
    """Return the names of what a question is answered by, and compared with."""
    asked = {one.name for one in item.presented if isinstance(one, QtiResponse | QtiRendering)}
    return asked | {test.name for test, _ in item.compared}


def _scoring(item: QtiItem, profile: str) -> Iterator[str]:
    """Yield that nothing compares the answer itself where that is all that importers read."""
    if profile in (ESSAY, "cc.multiple_response.v0p1", "cc.pattern_match.v0p1"):
        return
    compared = [tests.tests for condition in item.conditions for tests in condition.tests[:1] if tests.tests]
    direct = (isinstance(one, QtiTest) and one.name == "varequal" for tests in compared for one in tests)
    if compared and not any(direct):
        yield "has no <varequal> directly in a <conditionvar>"


def _of_essays(item: QtiItem, profile: str) -> Iterator[str]:
    if profile == ESSAY and item.known.facts.get("qmd_computerscored") != "No":
        yield "has no qmd_computerscored with the value No"
    told = (piece for feedback in item.feedback for piece in pieces(feedback.contents))
    if profile == ESSAY and sum(_is_flow(one, "solution") for one in told) > 1:
        yield "has more than one <solution>"


def _is_flow(piece: QtiPiece, name: str) -> bool:
    return isinstance(piece, QtiFlow) and piece.name == name


def _feedback(question: PackedQuestion) -> Iterator[Flaw]:
    """Yield where hints, solutions and responses are mixed up, and what no answer ever shows."""
    for one in question.shown:
        name, kind = one.linkrefid, one.feedbacktype
        wanted = _FIRST_OF_FEEDBACK.get(kind, "")
        if name != wanted if wanted else name in _FIRST_OF_FEEDBACK.values():
            problem = f"the feedbacktype {kind or 'none'} leads to '{name}'"
            yield question.flaw(messages.FEEDBACK_WRONG, one.line, problem=problem)
    led_to = {one.linkrefid for one in question.shown}
    for feedback in question.item.feedback:
        name = feedback.ident or ""
        if name in _FIRST_OF_FEEDBACK.values() and not all(_is_flow(part, name) for part in feedback.contents):
            problem = f"the feedback '{name}' contains more than <{name}>"
            yield question.flaw(messages.FEEDBACK_WRONG, feedback.line, problem=problem)
        elif name not in led_to and any(_is_flow(part, "flow_mat") for part in feedback.contents):
            problem = f"no answer leads to the feedback '{name}'"
            yield question.flaw(messages.FEEDBACK_WRONG, feedback.line, Severity.INFO, problem=problem)
