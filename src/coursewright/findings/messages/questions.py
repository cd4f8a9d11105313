"""P270 to P284: questions and quizzes."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, WARNING, message

QUIZ_EMPTY = message(
    "P270", ERROR, "the quiz '{quiz}' has no question",
    "Add one, or leave the quiz out.",
    "Moodle's import of a cartridge stops at such a quiz; elsewhere learners open an empty page.",
)  # fmt: skip
QUESTION_WITHOUT_TEXT = message(
    "P271", WARNING, "the question '{question}' has no text",
    "Write into its presentation what is asked.",
    "Learners see answers and no question.",
)  # fmt: skip
ANSWER_UNKNOWN = message(
    "P272", ERROR, "the question '{question}' judges {problem}, which it does not have",
    "Take the identifier of one that it has.",
    "Nobody can ever give that answer, so the question is scored wrongly, or lost at the import.",
)  # fmt: skip
NO_RIGHT_ANSWER = message(
    "P273", ERROR, "no answer to the question '{question}' gives points{reason}",
    "Say which answer is right.",
    "Everyone gets 0 for it; Moodle leaves the question out.",
)  # fmt: skip
FEEDBACK_WRONG = message(
    "P274", WARNING, "the feedback of the question '{question}' does not fit together: {problem}",
    "Let each displayfeedback name an itemfeedback of its question: a hint as 'hint', a solution as 'solution'.",
    "Learners do not see this feedback, or see it when it helps nobody.",
)  # fmt: skip
PROFILE_UNKNOWN = message(
    "P275", ERROR, "nothing says what kind of question '{question}' is: {problem}",
    "Give it a cc_profile: cc.multiple_choice.v0p1, or that of true_false, multiple_response, fib, pattern_match, essay.",
    "Importers of cartridges leave out a question of a kind they do not know, most without a word.",
)  # fmt: skip
UNLIKE_PROFILE = message(
    "P276", WARNING, "the question '{question}' is no {profile}: it {problem}",
    "Mend the question, or name the profile that it is of.",
    "Strict importers refuse it; others guess, and may ask or score it in another way.",
)  # fmt: skip
METADATA_WRONG = message(
    "P277", WARNING, "the metadata of {whose} have {problem}",
    "Correct the <qtimetadatafield>, or remove it.",
    "Strict importers refuse the quiz; others take no notice, so that attempts, times or points are not what was meant.",
)  # fmt: skip
VARIABLE_WRONG = message(
    "P280", ERROR, "the item '{item}' does not fit together: {problem}",
    "Give both places the same identifier, or declare what is missing.",
    "A player stops at such an item, or scores it 0 whatever the learner does.",
)  # fmt: skip
TEMPLATE_UNKNOWN = message(
    "P281", WARNING, "the item '{item}' is processed by a template that only its author has: {template}",
    "Take match_correct, map_response or map_response_point, or write the processing out.",
    "Players know the templates of the standard; by any other, answers are not scored.",
)  # fmt: skip
ITEM_UNDECLARED = message(
    "P282", WARNING, "the test takes in {name}, which is no resource of the manifest",
    "Give it a <resource> of its own.",
    "Importers that go by the manifest leave the item out of the test.",
)  # fmt: skip
