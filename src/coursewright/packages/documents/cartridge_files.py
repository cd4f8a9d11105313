"""The small files of cartridges: discussion topics, web links, assignments of 1.3, and tools."""

from __future__ import annotations

from typing import ClassVar

from markupsafe import Markup

from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.fields import attribute, content, line, listed

RICH, PLAIN = "text/html", "text/plain"


@frozen
class CartridgeText:
    """A text that is HTML unless it says that it is plain."""

    texttype: str = attribute()
    text: str = content()

    @property
    def html(self) -> str:
        """The text as HTML: as it stands, or with the lines of a plain text kept; "" where it is blank."""
        if not self.text.strip():
            return ""
        if self.texttype.lower() != PLAIN:
            return self.text
        lines = (Markup("<p>{}</p>").format(one) for one in self.text.split("\n\n"))
        return "\n".join(str(one).replace("\n", "<br>\n") for one in lines)


@frozen
class Attachment:
    """A file that belongs to a topic or an assignment."""

    href: str = attribute()


@frozen
class CartridgeTopic:
    """What a discussion is about."""

    ROOT: ClassVar[str] = "topic"
    title: str = ""
    text: CartridgeText | None = None
    attachments: tuple[Attachment, ...] = listed("attachment", "attachments")

    @property
    def html(self) -> str:
        """Its text as HTML."""
        return self.text.html if self.text else ""


@frozen
class LinkAddress:
    """Where a web link leads."""

    href: str = attribute()


@frozen
class CartridgeLink:
    """A link to the web."""

    ROOT: ClassVar[str] = "webLink"
    title: str = ""
    url: LinkAddress | None = None


@frozen
class Gradable:
    """Whether work is graded, and with how many points."""

    points_possible: str = attribute()
    said: str = content()


@frozen
class SubmissionFormat:
    """A way in which work may be handed in."""

    type: str = attribute()


@frozen
class Extensions:
    """What Canvas knows of work beside what the profile says."""

    assignment: AssignmentSettings | None = None


@frozen
class CartridgeAssignment:
    """Work, as from Common Cartridge 1.3 on."""

    ROOT: ClassVar[str] = "assignment"
    identifier: str = attribute()
    title: str = ""
    text: CartridgeText | None = None
    instructor_text: CartridgeText | None = None
    gradable: Gradable | None = None
    submission_formats: tuple[SubmissionFormat, ...] = listed("format", "submission_formats")
    attachments: tuple[Attachment, ...] = listed("attachment", "attachments")
    extensions: Extensions | None = None
    line: int = line()

    @property
    def html(self) -> str:
        """Its text as HTML."""
        return self.text.html if self.text else ""

    @property
    def points(self) -> str:
        """Its points as they are written, "" where it has none."""
        return self.gradable.points_possible if self.gradable else ""

    @property
    def ways(self) -> tuple[str, ...]:
        """How it may be handed in, in the words of cartridges."""
        return tuple(one.type for one in self.submission_formats)


@frozen
class ToolLink:
    """An external tool, without what lets anybody in."""

    ROOT: ClassVar[str] = "cartridge_basiclti_link"
    title: str = ""
    description: str = ""
    secure_launch_url: str = ""
    launch_url: str = ""
