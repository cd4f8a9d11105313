"""Every word of a document is on a page, in a section for staff, or in a finding, whatever constructs hold it."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

from conftest import linted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from coursewright.building.pipeline import Linted, planned
from coursewright.building.settings import Config
from coursewright.course.model import Unit
from coursewright.course.plan import Selection
from coursewright.course.values import Audience
from coursewright.pages.parts import Lesson, WebLink, lessons
from coursewright.pages.renderer import Renderer

CONSTRUCTS = [
    "A sentence of @ and @.",
    "Two lines of @\nand @.",
    "- @\n- @\n",
    "- @\n  - @\n    - @\n  - @\n- @",
    "- @\n\n  @ below it\n",
    "1. @\n2. @",
    "- [ ] @\n- [x] @",
    "- [ ] @\n  - [ ] @",
    "* @\n+ @",
    "| @ | @ |\n|---|---|\n| @ | @ |\n| @ | @ | @ | @ |\n| @ |",
    "| Competency | Target | @ |\n|---|---|---|\n| @ | @ | @ |\n",
    "| Asset | Description | Completion Criteria | @ |\n|---|---|---|---|\n| @ | @ | @ | @ |\n| | @ | @ | @ |",
    "| @ | @ |\n|---|---|\n| @ | @ |\n\n| @ | @ |",
    "> @ quoted\n> @",
    "> **@**: @",
    "```\n@ code\n```",
    "~~~python\n@ = 1\n~~~",
    "    @ indented",
    "- @\n  ```\n  @\n  ```",
    "<div>@ html</div>",
    "<details><summary>@</summary>@</details>",
    "<!-- @ -->",
    "Seen <!-- @ --> @.",
    "- **@**: @",
    "- **@** (@): @",
    "- **@**:\n  - @\n  - @",
    "- **Note**: @\n- **Note**: @",
    "- **Duration**: 4 hours\n- **Duration**: @",
    "- **Module ID**: MOD-1\n- **@**: @",
    "- **Module ID**: MOD-2\n  - @",
    "- **Prerequisites**: @",
    "Prerequisites: @",
    "| Prerequisites | @ |\n|---|---|\n| @ | @ |",
    "- **Next**: @",
    "- Week 1-2: @\n- Week 3: @\n- @",
    "- **Risk**: @ → @",
    "- **@** → @",
    "- @ -> @\n  - @",
    "- **@** – @\n  - @",
    "Term @\n: Definition @",
    "See [@][@] and [@](https://example.org/@ \"@\").",
    "[@]: https://example.org/@ \"@\"",
    "![@](@.png)",
    "- **Prerequisites**: [@](@.md \"@\"), ![@](@.png)",
    "- **Prerequisites**: [@][@]\n\n[@]: @.md",
    "Prerequisites: see [@](https://example.org/@), <https://example.org/@>",
    "- **Next**: [@](@.md)",
    "### [@](@.md \"@\") and ![@](@.png)",
    "<img src=\"@.png\" alt=\"@\">",
    "<a href=\"@.md\" title=\"@\">@</a>",
    "- [@](@.md)",
    "- [ ] [@](@.md '@')",
    "- Week 1: [@](@.md) ![@](@.png \"@\")",
    "- **[@](@.md)**: @",
    "> [@](@.md)",
    "![@][@]\n\n[@]: @.png '@'",
    "[@](<@ @.md>) and ![@](<@ @.png>)",
    "<@@example.org>",
    "*[@]: @",
    "```python title=@\n@\n```",
    "## @ {#@ .@}",
    "- [@] @",
    "[@]: @.md",
    "| Competency | Target |\n|---|---|\n| [@](@.md) | ![@](@.png) |\n",
    "- **Placement**: [@](@.md)",
    "- **Module Title**: [@](https://example.org/@)",
    "| [@](@.md) | ![@](@.png) |\n|---|---|\n| [@](@.md \"@\") | @ |",
    "[^@]: @\n",
    "Setext @\n====",
    "Setext @\n----",
    "# @",
    "## @",
    "## @\n### @\n#### @\n##### @\n###### @",
    "### @",
    "#### @ ####",
    "##@",
    "##",
    "---",
    "## Solutions Plan\n\n- @",
    "## @ for instructors\n\n@",
    "Answer: @\n\n```\n@\n```",
    "- **Answer**: @\n  - @",
    "@\n**Solution**\n\n@\n\n@",
    "**Answers**:\n\n| @ | @ |\n|---|---|\n| @ | @ |",
    "**Answer**\n\n- @\n  - @",
    "Which? @ Answer: @",
    "> **Instructor note**\n> @",
    "Read `solutions/a/@` first. Then @.",
    "- See `@/@.py` (@).",
    "TBD in @",
    "- TBD",
    "**@**\n@",
    "- \n- @",
    "$@$ and \\| @",
    "@ | @",
    "{@}",
    "~~@~~ *@* __@__ `@`",
    "&amp; @ &lt;@&gt;",
    "http://example.org/@",
    "<https://example.org/@>",
    "@\\\n@",
]  # fmt: skip
TITLES = ["Module Overview", "Learning Objectives", "Competency Alignment", "Content Outline", "Project Narrative",
          "Hands-On Activities", "Practical Components", "Key Deliverables", "Milestones", "Learner Experience",
          "Assessments & Evidence", "Quality Checklist", "Risks & Mitigations", "Prerequisites",
          "Cross-Role Progression", "Glossary"]  # fmt: skip
PIECES = st.sampled_from(CONSTRUCTS) | st.sampled_from(
    [f"{marks} {title}" for title in TITLES for marks in ("##", "###")]
)
OPENING = "# Module Roadmap\n\n> In short.\n\n## Module Overview\n\n- **Module ID**: MOD-1\n- **Module Title**: Title\n"
RENDERER = Renderer()


def with_words(text: str) -> str:
    """Return a text with a word of its own in place of each @."""
    numbers = count()
    return re.sub("@", lambda _: "zq" + "".join("bcdfghjklm"[int(digit)] for digit in f"{next(numbers):03}"), text)


def told(found: Linted) -> tuple[str, str]:
    """Return what learners read on pages of ours and in an LMS's own parts, each with what staff and findings say."""
    beside = [text for finding in found.findings for text in (finding.text, *finding.words)]
    for unit in found.curriculum.units:
        beside += [f"{part.title} {part.markdown}" for part in unit.sections if part.audience is Audience.STAFF]
    pages = [text for edition in found.editions.values() for text in _read(edition.unit)]
    courses = planned(found, Selection(), Config()).courses
    parts = [
        text for course in courses for lesson in lessons(RENDERER, course, lambda _: "") for text in _given(lesson)
    ]
    return "\n".join([*pages, *beside]), "\n".join([*parts, *beside])


def _given(lesson: Lesson) -> list[str]:
    """Return what a unit is in a cartridge, in Canvas and in Moodle."""
    texts = [lesson.title, str(lesson.unit.track)]
    for part in lesson.parts:
        body = part.url if isinstance(part, WebLink) else getattr(part, "body", "")
        texts += [part.title, body, Markup(body).striptags()]
    return texts


def _read(unit: Unit) -> list[str]:
    content = RENDERER.content(unit)
    head = [unit.id, content.title, content.summary, *unit.roles, *unit.prerequisites.text, unit.next.raw]
    head += [content.hours.total] if content.hours else []
    bodies = [page.body for page in content.pages]
    return [*map(str, head), *bodies, *(Markup(body).striptags() for body in bodies)]


@settings(max_examples=150, derandomize=True, suppress_health_check=list(HealthCheck))
@given(pieces=st.lists(st.tuples(PIECES, st.booleans()), max_size=12), before=st.booleans())
def test_every_word_of_a_document_is_read_by_someone(tmp_path_factory, pieces, before) -> None:  # type: ignore[no-untyped-def]
    body = "".join(piece + ("\n\n" if apart else "\n") for piece, apart in pieces)
    document = with_words(f"First @.\n\n{OPENING}{body}" if before else f"{OPENING}\n{body}")
    path: Path = tmp_path_factory.getbasetemp() / "document.md"
    path.write_text(document, encoding="utf-8")
    for text in told(linted(path)):
        assert [word for word in re.findall(r"zq[a-z]{3}", document) if word not in text] == []
