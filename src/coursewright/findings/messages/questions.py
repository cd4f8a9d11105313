"""P270 to P284: questions and quizzes."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, WARNING, message

QUIZ_EMPTY = message("P270", ERROR,
    "the quiz '{quiz}' has no questions",
    "Add one, or remove the quiz.",
    "Moodle's cartridge import stops at such a quiz; elsewhere learners open an empty page.",
)  # fmt: skip
QUESTION_WITHOUT_TEXT = message("P271", WARNING,
    "the question '{question}' has no text",
    "Write the text of the question in its presentation.",
    "Learners see answers but no question.",
)  # fmt: skip
ANSWER_UNKNOWN = message("P272", ERROR,
    "the question '{question}' scores {problem}, which it does not have",
    "Use the identifier of one that it has.",
    "Nobody can ever give that answer, so the question is scored wrongly, or lost in the import.",
    "a question scores an answer or response that it does not have",
)  # fmt: skip
NO_RIGHT_ANSWER = message("P273", ERROR,
    "no answer to the question '{question}' earns points{reason}",
    "Mark the right answer.",
    "Everyone gets 0 for it; Moodle leaves the question out.",
)  # fmt: skip
FEEDBACK_WRONG = message("P274", WARNING,
    "the feedback of the question '{question}' is inconsistent: {problem}",
    "Make each displayfeedback name an itemfeedback of its question: a hint as 'hint', a solution as 'solution'.",
    "Learners do not see this feedback, or see it when it helps nobody.",
    "the feedback of a question is inconsistent",
)  # fmt: skip
PROFILE_UNKNOWN = message("P275", ERROR,
    "it is not clear what kind of question '{question}' is: {problem}",
    "Give it a cc_profile: cc.multiple_choice.v0p1, or the one for true_false, multiple_response, fib, pattern_match or essay.",
    "Cartridge importers leave out questions of unknown kinds, most of them silently.",
    "it is not clear what kind of question this is",
)  # fmt: skip
UNLIKE_PROFILE = message("P276", WARNING,
    "the question '{question}' does not fit {profile}: it {problem}",
    "Correct the question, or name the profile that it fits.",
    "Strict importers reject it; others guess, and may show or score it differently.",
    "a question does not fit its cc_profile",
)  # fmt: skip
METADATA_WRONG = message("P277", WARNING,
    "the metadata of {whose} has {problem}",
    "Correct the <qtimetadatafield>, or remove it.",
    "Strict importers reject the quiz; others ignore the field, so that attempts, times or points are not as intended.",
    "the metadata of a quiz or question has a wrong value",
)  # fmt: skip
VARIABLE_WRONG = message("P280", ERROR,
    "the item '{item}' is inconsistent: {problem}",
    "Use the same identifier in both places, or declare what is missing.",
    "A player stops at such an item, or scores it 0 whatever the learner does.",
    "identifiers in an item do not match",
)  # fmt: skip
TEMPLATE_UNKNOWN = message("P281", WARNING,
    "the item '{item}' is scored by a template that only its author has: {template}",
    "Use match_correct, map_response or map_response_point, or write out the response processing.",
    "Players know the templates of the standard; with any other, answers are not scored.",
    "an item is scored by a template that only its author has",
)  # fmt: skip
ITEM_UNDECLARED = message("P282", WARNING,
    "the test includes {name}, which is not a resource in the manifest",
    "Give it its own <resource>.",
    "Importers that go by the manifest leave the item out of the test.",
)  # fmt: skip
ANSWER_BY_TEXT = message("P380", WARNING,
    "the question '{question}' scores an answer by its text, '{text}', and not by its ident",
    "Write the ident of the answer in <varequal>.",
    "Canvas takes a text of one word for the ident. Other importers find no such answer, and score every answer as wrong.",
    "a question scores an answer by its text, and not by its ident",
)  # fmt: skip
