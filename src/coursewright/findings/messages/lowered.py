"""L460 to L479: what a format loses of a quiz."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

QUESTION_LOWERED = message("L460", INFO,
    "{format} has no such kind of question ({kind}): “{question}” becomes {becomes}",
    "Nothing to do if that is fine; else ask it in another way, or use a format that has it, such as moodle or canvas.",
    "Importers leave out questions of kinds that they do not know, or show them broken.",
    "the format has no such kind of question, so it becomes another one",
)  # fmt: skip
QUESTION_REDUCED = message("L461", INFO,
    "{format} has no place for {lost}, so “{question}” goes without",
    "Use moodle where these matter; it keeps nearly all of them.",
    "Teachers would look for them after the import.",
    "the format has no place for some details of a question",
)  # fmt: skip
QUIZ_SETTINGS_LOST = message("L462", INFO,
    "{format} has no place for {lost} of the quiz '{quiz}'",
    "Set them in the LMS after the import, or use moodle, canvas or scorm12.",
    "Learners get the quiz with the settings that the LMS has for new ones.",
    "the format has no place for some settings of a quiz",
)  # fmt: skip
DRAW_LOWERED = message("L463", INFO,
    "{format} cannot draw questions from '{bank}' by chance: of its {total}, the first {count} are asked",
    "Use moodle or canvas where learners should get different questions; a cartridge has all of them as a question bank.",
    "The quiz has as many questions as was meant, but the same ones for everybody.",
    "the format cannot draw questions by chance, so the first ones are asked",
)  # fmt: skip
QUESTION_TOO_LONG = message("L464", WARNING,
    "the question “{question}” has {size} KB, but Canvas keeps no more than 16 KB and shows a sentence in its place",
    "Move the long text to a page, and let the question refer to it.",
    "Canvas replaces such a question by the remark that its text was too long.",
    "a question is too long for Canvas",
)  # fmt: skip
NO_KEY = message("L466", INFO,
    "“{question}” has no key that could be used, so in {format} it is answered in writing and counts nothing",
    "Mark the right answer in the source, if there is one.",
    "Without a key every answer would be marked wrong.",
    "a question has no key that could be used, so it is answered in writing",
)  # fmt: skip
NO_QUIZ = message("L465", ERROR,
    "there is no quiz in '{course}', so there is nothing to write as {format}",
    "Write questions, such as a list of answers in which the right ones are ticked (- [x]), or choose a format for whole courses.",
    "The format holds questions and nothing else of a course.",
    "there is no quiz, and the format holds nothing else",
)  # fmt: skip
