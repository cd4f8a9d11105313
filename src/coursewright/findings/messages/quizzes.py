"""S100 to S139: quizzes and banks of questions as authors write them."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

QUIZ_TEMPLATE = message("S100", WARNING,
    "this question is a template that was never filled in, so it was left out: {text}",
    "Write the question and its options, or delete it.",
    "Learners would be asked to choose between placeholders.",
)  # fmt: skip
QUESTION_WITHOUT_KEY = message("S101", WARNING,
    "the question has no key, so it is asked but not graded: {question}",
    "Say which answer is right: tick it, or write a line such as 'Answer: B' below the options.",
    "Only a question whose right answer is known can be graded by an LMS.",
)  # fmt: skip
KEY_UNKNOWN = message("S102", WARNING,
    "the key '{key}' names no option of the question: {question}",
    "Name one of its options.",
    "The question cannot be graded until its key is right.",
)  # fmt: skip
RIGHT_TOO_MANY = message("S103", INFO,
    "{count} options count as right though only one can be chosen; any of them gets all points: {question}",
    "Mark only one, or let learners choose several.",
    "The author may have wanted a question with several right answers.",
)  # fmt: skip
SHARES_WRONG = message("S104", WARNING,
    "the shares of the right answers add up to {total}, not to 100 %; they were made to fit: {question}",
    "Correct the fractions so that the best answer gets all points.",
    "With other totals nobody can reach all points, or some get more, and LMSs refuse the question.",
)  # fmt: skip
TASKS_UNSURE = message("S105", INFO,
    "this list of tasks may be a quiz question, but was read as a checklist: {text}",
    "If it is a question, let the text above it end with a question mark, or begin it with 'Question 1'.",
    "Ticked boxes are used for both. A checklist that became a quiz would be graded.",
)  # fmt: skip
QUIZ_COUNT_WRONG = message("S106", INFO,
    "the quiz says that it has {stated} questions, but {count} were found",
    "Correct the number, or check whether a question is written unlike the others.",
    "A question that was not recognised is missing from the quiz.",
)  # fmt: skip
QUESTION_LEFT_OUT = message("S107", WARNING,
    "a question was left out: {reason}",
    "Correct the question.",
    "One bad question should not cost the others, but learners will not be asked it.",
)  # fmt: skip
QUIZ_UNREADABLE = message("S108", ERROR,
    "the quiz cannot be read as {format}: {reason}",
    "Correct the file, or export it again.",
    "None of its questions would reach learners.",
)  # fmt: skip
QUESTION_KIND_UNKNOWN = message("S109", WARNING,
    "questions of the kind {kind} cannot be graded here, so this one is asked but not graded: {question}",
    "Write it as another kind, or grade it by hand.",
    "Its key is a formula, a place in a picture or a program, which few LMSs exchange.",
)  # fmt: skip
PICTURE_LEFT_OUT = message("S110", WARNING,
    "the file '{name}' within a question was left out: {reason}",
    "Save it beside the quiz, and refer to it there.",
    "Learners will not see it.",
)  # fmt: skip
JUDGED_BY_SCRIPT = message("S111", INFO,
    "a program judges this question, which no LMS runs, so {instead}: {question}",
    "Give the accepted answers as text, or grade it by hand.",
    "No LMS runs a program from a document.",
)  # fmt: skip
KEY_LEFT_OUT = message("S112", WARNING,
    "this is a key that belongs to no question that was found, so it is not shown to learners: {text}",
    "Number the questions and their keys alike, or remove it.",
    "A key on a page would tell learners the answers.",
)  # fmt: skip
KEYS_DIFFER = message("S113", WARNING,
    "two keys are given to this question, {first} and then {second}; the first is used: {question}",
    "Correct the one that is wrong.",
    "Right answers would be marked wrong.",
)  # fmt: skip
