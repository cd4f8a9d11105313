"""What activities say of themselves of which we write none: a class for each module, with the fields that are read.

Whatever else such an instance says in a text of its own is among its `others`.
"""

from __future__ import annotations

from typing import ClassVar

from coursewright.frozen import frozen
from coursewright.packages.documents.fields import attribute, line, listed, long_text, tag
from coursewright.packages.documents.moodle.instances import Instance
from coursewright.packages.documents.moodle.rows import MoodleRow, OfUsers


@frozen
class ChapterRow(MoodleRow):
    """A chapter of a book."""

    id: str = attribute()
    pagenum: str = ""
    title: str = ""
    content: str = long_text()
    contentformat: str = "1"
    hidden: str = "0"

    @property
    def told(self) -> tuple[str, str]:
        """What it says, with the number of its format."""
        return self.content, self.contentformat


@frozen
class BookInstance(Instance):
    """A book."""

    TAGS: ClassVar[tuple[str, ...]] = ("book",)
    chapters: tuple[ChapterRow, ...] = listed("chapter", "chapters")

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """What it is about, and its chapters."""
        return (self.intro, self.introformat), *(one.told for one in self.chapters)


@frozen
class LessonAnswer(MoodleRow):
    """An answer to what a page of a lesson asks, or a button on it, and where it leads."""

    id: str = attribute()
    jumpto: str = ""
    score: str = ""
    answer_text: str = ""
    answerformat: str = "1"
    response: str = ""
    responseformat: str = "1"
    line: int = line()


@frozen
class LessonPage(MoodleRow):
    """A page of a lesson."""

    id: str = attribute()
    prevpageid: str = ""
    nextpageid: str = ""
    qtype: str = ""
    qoption: str = ""
    title: str = ""
    contents: str = long_text()
    contentsformat: str = "1"
    answers: tuple[LessonAnswer, ...] = listed("answer", "answers")
    line: int = line()

    @property
    def told(self) -> tuple[str, str]:
        """What it says, with the number of its format."""
        return self.contents, self.contentsformat


@frozen
class LessonInstance(Instance):
    """A lesson, whose pages name the ones before and after them."""

    TAGS: ClassVar[tuple[str, ...]] = ("lesson",)
    practice: str = "0"
    grade: str = ""
    usepassword: str = "0"
    password: str = ""
    dependency: str = "0"
    conditions: str = ""
    maxattempts: str = "0"
    review: str = "0"
    displayleft: str = "0"
    pages: tuple[LessonPage, ...] = listed("page", "pages")


@frozen
class LtiInstance(Instance):
    """A tool elsewhere."""

    TAGS: ClassVar[tuple[str, ...]] = ("lti",)
    toolurl: str = ""
    securetoolurl: str = ""


@frozen
class GlossaryEntry(MoodleRow):
    """A term of a glossary, which a teacher wrote or anybody else."""

    id: str = attribute()
    concept: str = ""
    definition: str = long_text()
    definitionformat: str = "1"
    teacherentry: str = "0"
    approved: str = "1"

    @property
    def is_teachers(self) -> bool:
        """Say whether a teacher wrote it."""
        return self.teacherentry == "1"


@frozen
class GlossaryInstance(Instance):
    """A glossary."""

    TAGS: ClassVar[tuple[str, ...]] = ("glossary",)
    entries: tuple[GlossaryEntry, ...] = listed("entry", "entries")

    @property
    def by_users(self) -> tuple[GlossaryEntry, ...]:
        """The entries that no teacher wrote."""
        return tuple(one for one in self.entries if not one.is_teachers)


@frozen
class OptionRow(MoodleRow):
    """What can be chosen."""

    id: str = attribute()
    text: str = ""


@frozen
class ChoiceInstance(Instance):
    """A choice, and who chose."""

    TAGS: ClassVar[tuple[str, ...]] = ("choice",)
    options: tuple[OptionRow, ...] = listed("option", "options")
    by_users: tuple[OfUsers, ...] = listed("answer", "answers")


@frozen
class FieldRow(MoodleRow):
    """What is filled in."""

    id: str = attribute()
    name: str = ""


@frozen
class DataInstance(Instance):
    """A database, and what was filled in."""

    TAGS: ClassVar[tuple[str, ...]] = ("data",)
    fields: tuple[FieldRow, ...] = listed("field", "fields")
    by_users: tuple[OfUsers, ...] = listed("record", "records")


@frozen
class FeedbackItem(MoodleRow):
    """What a questionnaire asks or shows; `r>>>>>good|bad<<<<<1` is how it presents what is chosen from."""

    id: str = attribute()
    name: str = ""
    presentation: str = ""
    typ: str = ""


@frozen
class FeedbackInstance(Instance):
    """A questionnaire, and who answered."""

    TAGS: ClassVar[tuple[str, ...]] = ("feedback",)
    items: tuple[FeedbackItem, ...] = listed("item", "items")
    by_users: tuple[OfUsers, ...] = listed("completed", "completeds")


@frozen
class WikiInstance(Instance):
    """A wiki, and the pages that its users wrote."""

    TAGS: ClassVar[tuple[str, ...]] = ("wiki",)
    by_users: tuple[OfUsers, ...] = listed("page", "subwikis/subwiki/pages")


@frozen
class WorkshopInstance(Instance):
    """A workshop, with what it tells its users at each step, and what they handed in."""

    TAGS: ClassVar[tuple[str, ...]] = ("workshop",)
    instructauthors: str = long_text()
    instructauthorsformat: str = "1"
    instructreviewers: str = long_text()
    instructreviewersformat: str = "1"
    conclusion: str = long_text()
    conclusionformat: str = "1"
    by_users: tuple[OfUsers, ...] = listed("submission", "submissions")

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """What it is about, and what it tells its users."""
        return (
            (self.intro, self.introformat),
            (self.instructauthors, self.instructauthorsformat),
            (self.instructreviewers, self.instructreviewersformat),
            (self.conclusion, self.conclusionformat),
        )


@frozen
class LabelInstance(Instance):
    """A text of the course page."""

    TAGS: ClassVar[tuple[str, ...]] = ("label",)


@frozen
class FolderInstance(Instance):
    """A folder, whose files `files.xml` names."""

    TAGS: ClassVar[tuple[str, ...]] = ("folder",)


@frozen
class OtherInstance(Instance):
    """An activity of any other module."""

    module: str = tag("")
