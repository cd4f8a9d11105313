"""The small files of cartridges: discussion topics, web links, assignments of 1.3, and tools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.fields import attribute, content, line, listed

RICH, PLAIN = "text/html", "text/plain"


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a topic or an assignment."""

    href: str = attribute()


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class LinkAddress:
    """Where a web link leads."""

    href: str = attribute()


@dataclass(frozen=True, slots=True)
class CartridgeLink:
    """A link to the web."""

    ROOT: ClassVar[str] = "webLink"
    title: str = ""
    url: LinkAddress | None = None


@dataclass(frozen=True, slots=True)
class Gradable:
    """Whether work is graded, and with how many points."""

    points_possible: str = attribute()
    said: str = content()


@dataclass(frozen=True, slots=True)
class SubmissionFormat:
    """A way in which work may be handed in."""

    type: str = attribute()


@dataclass(frozen=True, slots=True)
class Extensions:
    """What Canvas knows of work beside what the profile says."""

    assignment: AssignmentSettings | None = None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class ToolLink:
    """An external tool, without what lets anybody in."""

    ROOT: ClassVar[str] = "cartridge_basiclti_link"
    title: str = ""
    description: str = ""
    secure_launch_url: str = ""
    launch_url: str = ""
