"""The course that `new` writes: three units, an order of its own, a picture, a quiz, a prerequisite."""

from __future__ import annotations

import json
from collections.abc import Mapping

_COURSE = """\
# What the course is called, and in which order its units come.
# Without this file, the order is that of the names of folders and files.

title = {title}
language = "en"
about = ["README.md"]
# description = "A year in the garden"    # what the course is about, on its home
# cover = "cover.svg"  # a picture for its home: SVG, PNG or JPEG
# rights = "CC BY 4.0"
# keywords = ["bees", "garden"]
# sequential = true    # each unit waits for the one before
# id = "bees"          # what an LMS knows the course by, whatever its title
# url = "https://example.org/bees/"    # where its site is: links to it lead within the course

# A unit may also have: id = "BEE-1" (learners see it), slug (they don't), folder = "1-meet-the-bees" instead of pages,
# objectives = ["Tell bees apart."], staff = ["1-meet-the-bees/notes.md"].
# opens = {{ any = ["bees", "wasps"] }} (one of these units must be complete, by id or slug), next = ["wasps"].
# A page may be {{ path = "a.md", title = "A" }}, or a link: {{ url = "https://example.org/", title = "More" }}.
# dialect = "plain" reads documents as they stand, without guessing anything: see examples/reading.md.

[[unit]]
title = "Meet the bees"
pages = ["1-meet-the-bees/README.md", "1-meet-the-bees/the-year-of-a-hive.md"]
minutes = 20

[[unit]]
title = "A home for bees"
pages = ["2-a-home-for-bees/README.md", "2-a-home-for-bees/build-a-box.md"]
requires = ["Meet the bees"]    # it opens when that unit is complete

[[unit]]
title = "What did you learn?"
pages = ["3-what-did-you-learn/quiz.md"]
requires = ["A home for bees"]
"""

_MEET = """\
# Meet the bees

## Learning objectives

- Tell honeybees from wild bees.
- Say what bees eat.

Most bees live alone. Only a few kinds, among them the honeybee, live in hives of thousands.

![A bee with two pairs of wings](bee.svg)

> [!NOTE]
> Bees eat nectar and pollen. Wasps look alike, but hunt other insects.

What a hive does in each season is on [the next page](the-year-of-a-hive.md).
"""

_YEAR = """\
# The year of a hive

| Season | What bees do |
|--------|--------------|
| Spring | The hive grows, and new bees fly out for pollen. |
| Summer | They store honey. |
| Autumn | The drones have to leave. |
| Winter | They keep together, and warm. |
"""

_HOME = """\
# A home for bees

Wild bees need a hole in wood or earth. You can give them one.

1. Choose a sunny and dry place.
2. Build [a box](build-a-box.md).
3. Do not move it while bees live in it.
"""

_BOX = """\
# Build a box

You need a piece of hard wood and a drill.

- [ ] Drill holes of 3 to 9 mm, ten times as deep as they are wide.
- [ ] Sand the edges.
- [ ] Put a small roof on it.

<details>
<summary>Why hard wood?</summary>

Soft wood splinters, and bees hurt their wings on it.

</details>
"""

_QUIZ = """\
# What did you learn?

### Question 1

What do bees eat?

- [ ] Other insects
- [x] Nectar and pollen
- [ ] Leaves

### Question 2

Which of these are true?

- [x] Most kinds of bees live alone.
- [ ] Every bee makes honey.
- [x] Wild bees nest in wood or earth.

### Question 3

True or false: a box for bees may be moved at any time.

- [ ] True
- [x] False
"""

_BEE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80" width="240" height="160">
  <ellipse cx="48" cy="24" rx="12" ry="20" fill="#cfe3f2" stroke="#333"/>
  <ellipse cx="70" cy="24" rx="12" ry="20" fill="#cfe3f2" stroke="#333"/>
  <ellipse cx="60" cy="50" rx="34" ry="18" fill="#f4b400" stroke="#333"/>
  <path d="M50 33v34M64 32v36M78 35v30" stroke="#333" stroke-width="6"/>
  <circle cx="34" cy="46" r="3" fill="#333"/>
</svg>
"""

_README = """\
# {title}

A small course to start from. Change its pages, add your own, and list them in `course.toml`.
"""


def starter(name: str) -> Mapping[str, bytes]:
    """Return the files of a course by their paths; `name` is that of its folder."""
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    title = f"{words[:1].upper()}{words[1:]}" or "Bees"
    files = {
        "course.toml": _COURSE.format(title=json.dumps(title, ensure_ascii=False)),
        "README.md": _README.format(title=title),
        "1-meet-the-bees/README.md": _MEET,
        "1-meet-the-bees/the-year-of-a-hive.md": _YEAR,
        "1-meet-the-bees/bee.svg": _BEE,
        "2-a-home-for-bees/README.md": _HOME,
        "2-a-home-for-bees/build-a-box.md": _BOX,
        "3-what-did-you-learn/quiz.md": _QUIZ,
    }
    return {path: text.encode() for path, text in files.items()}
