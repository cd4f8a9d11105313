"""What authors write in their own dialects becomes plain Markdown, and nothing of a dialect is shown to learners."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from folders import contents, quizzes, read, shown, written

from coursewright.course.values import Audience
from coursewright.readers.folder.content import content_of
from coursewright.readers.folder.document import Document
from coursewright.text.markdown.values import Prose


def _text(tmp_path: Path, text: str, name: str = "a.md", **files: str) -> str:
    written(tmp_path, {name: text, **{key.replace("__", "."): value for key, value in files.items()}})
    return shown(contents(tmp_path)[name])


# Each dialect, and what learners are to read of it; `None` stands for nothing at all.
PLAIN = {
    "figure of Jekyll": ('{% include figure.html url="fig/b.png" alt="A bee" caption="*Apis*" %}\n', "![A bee](fig/b.png)\n\n*Apis*"),
    "link of Jekyll": ("[b]({{ page.root }}{% link _episodes/b.md %})\n", "[b](/_episodes/b.md)"),
    "root of Jekyll": ("![b]({{ page.root }}/fig/b.png)\n", "![b](/fig/b.png)"),
    "filter of Jekyll": ("[b]({{ '/b/' | relative_url }})\n", "[b](/b/)"),
    "highlight of Jekyll": ("{% highlight python %}\nx = {{ y }}\n{% endhighlight %}\n", "```python\nx = {{ y }}\n```"),
    "raw of Jekyll": ("{% raw %}\n{{ x }}\n{% endraw %}\n", "&#123;&#123; x &#125;&#125;"),
    "comment of Jekyll": ("a\n{% comment %}\nb\n{% endcomment %}\nc\n", "a\nc"),
    "hint of GitBook": ('{% hint style="warning" %}\nHot.\n{% endhint %}\n', ":::: warning\nHot.\n\n::::"),
    "youtube": ("{% youtube abc %}\n", "[Video](https://www.youtube.com/watch?v=abc)"),
    "figure of Hugo": ('{{< figure src="b.png" alt="A bee" >}}\n', "![A bee](b.png)"),
    "link of Hugo": ('[b]({{< relref "/b/_index.md#x" >}})\n', "[b](/b/_index.md#x)"),
    "note of Hugo": ('{{<note type="tip" title="Wax">}}\nHot.\n{{</note>}}\n', ":::: tip Wax\n\nHot.\n\n::::"),
    "expand of Hugo": ('{{% expand "More" %}}\nHot.\n{{% /expand %}}\n', "<details>\n<summary>More</summary>\n\n\nHot.\n\n\n</details>"),
    "highlight of Hugo": ('{{< highlight go "linenos=table" >}}\nx := 1\n{{< /highlight >}}\n', "```go\nx := 1\n```"),
    "value of Quarto": ("---\nversion: 7\n---\n\nVersion {{< meta version >}}.\n", "Version 7."),
    "shortcode in words": ("Write `{{< figure >}}` here, or {{</* figure */>}}.\n", "Write `{{< figure >}}` here, or `{{< figure >}}`."),
    "break of Hugo": ("a\n\n{{< pagebreak >}}\n\nb\n", "a\n\n\nb"),
    "figure of MyST": ("```{figure} b.png\n:alt: A bee\n:width: 50%\n\nA **bee**.\n```\n", "![A bee](b.png)\n\nA **bee**."),
    "listing of MyST": ("```{code-block} python\n:caption: b.py\nx = 1\n```\n", '```python title="b.py"\nx = 1\n```'),
    "contents of MyST": ("a\n\n```{toctree}\nb\n```\n", "a"),
    "role of MyST": ("Press {kbd}`Esc`, read {file}`a.py`, a {term}`bee`.\n", "Press <kbd>Esc</kbd>, read `a.py`, a bee."),
    "target of MyST": ("Bees.\n\n(top)=\n## Wax\n", "Bees.\n\n## Wax {#top}"),
    "class of kramdown": ("[b](b.md){:target=\"_blank\"}\n{: .no_toc}\n", "[b](b.md)"),
    "language of kramdown": ("~~~\n$ ls\n~~~\n{: .language-bash}\n", "~~~bash\n$ ls\n~~~"),
    "note of kramdown": ("{: .note }\nWax is hot.\n\nMore.\n", ":::: note\nWax is hot.\n::::\n\nMore."),
    "anchor in a heading": ("Bees.\n\n## Wax [[wax]]\n", "Bees.\n\n## Wax {#wax}"),
    "chunk of R": ("```{r plot, echo=FALSE}\nplot(x)\n```\n", "```r\nplot(x)\n```"),
    "hidden chunk of R": ("a\n\n```{r, include=FALSE}\nplot(x)\n```\n", "a"),
    "picture of R": ('```{r}\n#| fig-alt: "A bee"\nknitr::include_graphics("b.png")\n```\n', "![A bee](b.png)"),
    "code of Quarto": ('```{.python filename="b.py"}\nx = 1\n```\n', '```python title="b.py"\nx = 1\n```'),
    "import of MDX": ("import Tabs from '@theme/Tabs';\n\n<Tip warning={true}>\n\nHot.\n\n</Tip>\n", ":::: warning\n\n\nHot.\n\n\n::::"),
    "tabs of MDX": (
        "import T from 't';\n\n<Tabs>\n  <TabItem value=\"a\" label=\"Apple\">\n    An apple.\n  </TabItem>\n</Tabs>\n",
        ":::::: tabs\n\n  \n\n::::: tab Apple\n\n\nAn apple.\n\n:::::\n\n\n::::::",
    ),
    "picture of MDX": ("import b from './b.png';\n\n<img\n  src={b}\n  alt=\"B\"\n/>\n", '<img src="./b.png" alt="B" />'),
    "export of MDX": ("import T from 't';\n\nexport const A = ({x}) => (\n  <b>\n    {x}\n  </b>\n);\n\nText.\n", "Text."),
    "button of Hugo": ('{{< button href="b.md" >}}Go{{< /button >}}\n', "[Go](b.md)"),
    "video of MDX": ("import Y from 'y';\n\n<Youtube id=\"abc\"/>\n", "[Video](https://www.youtube.com/watch?v=abc)"),
    "comment": ("a <!-- b --> c\n<!--\n# d\n-->\ne\n", "a  c\ne"),
    "code is code": ("```jinja\n{% if x %}{{ y }}{% endif %}\n```\n\nIt is `{{ y }}`.\n", "```jinja\n{% if x %}{{ y }}{% endif %}\n```\n\nIt is `{{ y }}`."),
    "indented code is code": ("See:\n\n    {{ y }}\n", "See:\n\n    {{ y }}"),
    "formula": ("$$\\frac{{ a }}{{ b }}$$\n", "$$\\frac{{ a }}{{ b }}$$"),
    "task of Raspberry Pi": ("--- task ---\nBuild.\n--- /task ---\n", ":::: task\n\nBuild.\n::::"),
    "fold of Raspberry Pi": ("--- collapse ---\n---\ntitle: Wax\n---\nHot.\n--- /collapse ---\n", "<details>\n<summary>Wax</summary>\n\nHot.\n\n</details>"),
    "keys of Material": ("Press ++ctrl+page-up++, in C++ and C++.\n", "Press <kbd>Ctrl</kbd>+<kbd>Page up</kbd>, in C++ and C++."),
    "icon of Material": ("# A\n\n:material-anchor: Anchor, `:material-x:`. :bee:\n", "Anchor, `:material-x:`. :bee:"),
    "icon of Material in a heading": ("a\n\n## :fontawesome-brands-rust:{ .red } Rust\n", "a\n\n## Rust"),
    "hidden lines of Rust": ("```rust\n# // licence\n#\n#[test]\nfn a() {}\n```\n", "```rust\n#[test]\nfn a() {}\n```"),
}  # fmt: skip


@pytest.mark.parametrize("form", PLAIN)
def test_a_form_is_read(form: str, tmp_path: Path) -> None:
    source, wanted = PLAIN[form]
    assert _text(tmp_path, source).strip() == wanted


@pytest.mark.parametrize(
    "source",
    [
        "{% include ads.html %}",
        "{{ site.data.x }}",
        '{{< chart "x" >}}',
        "{{% partial %}}",
        "{% mystery x %}",
        "{{code_block('a', ['b'])}}",
        "*[BEE]: An insect",
    ],
)
def test_what_is_not_understood_is_left_out_with_one_finding(source: str, tmp_path: Path) -> None:
    written(tmp_path, {"a.md": f"# A\n\nText.\n\n{source}\n\nMore.\n"})
    content, findings = read(tmp_path)["a.md"]
    assert shown(content) == "Text.\n\n\nMore."
    assert [(one.code, one.place.line) for one in findings] == [("S073", 5)]


def test_quotes_with_a_class_are_boxes_within_boxes(tmp_path: Path) -> None:
    text = _text(
        tmp_path,
        "> ## Count\n>\n> How many?\n>\n> > ## Solution\n> >\n> > ~~~\n> > 3\n> > ~~~\n> {: .solution}\n{: .challenge}\n\n> A quote.\n",
    )
    assert text.startswith("::::: challenge\n## Count")
    assert ":::: solution\n## Solution\n\n~~~\n3\n~~~\n::::" in text
    assert text.endswith("> A quote.")


def test_liascript_macros_are_written_out_and_its_marks_are_not_shown(tmp_path: Path) -> None:
    header = (
        "<!--\nauthor: Ada\nnarrator: UK English\nestimated_time_in_minutes: 20\n\n@learning_objectives\n- Name a bee\n- Keep a bee\n"
        "@end\n\n@pre_reqs\nNone but curiosity.\n@end\n\n@depends_on_knowledge_available_in\n- wax\n- hives\n@end\n\nimport: macros.md\n-->\n"
    )
    macros = "<!--\nnarrator: x\nauthor: y\n@hello\nHello, **@0**!\n\n@learning_objectives\n@end\n-->\n"
    body = "\n# Bees\n\n@hello(bee)\n\n    {{1}}\nSee !?[film](https://x.example/f).\n\n@unknown\n\n``` python @Run\nx = 1\n```\n@Pyodide.eval\n"
    written(tmp_path, {"a.md": header + body, "macros.md": macros})
    content, findings = read(tmp_path)["a.md"]
    text = shown(content)
    assert "Hello, **bee**!" in text and "- Name a bee" in text
    assert "See [film](https://x.example/f)." in text
    assert "@" not in text and "{{" not in text and "```python\nx = 1" in text.replace("``` python", "```python")
    assert content.objectives == ("Name a bee", "Keep a bee")
    assert content.minutes == 20
    assert {"wax", "hives"} <= set(content.prerequisites)
    assert [one.code for one in findings] == ["S073"]


def test_a_line_that_is_a_macro_of_liascript_alone_has_code_for_its_arguments(tmp_path: Path) -> None:
    header = "<!--\nauthor: Ada\nnarrator: x\nimport: https://github.com/LiaScript/CodeRunner\n-->\n"
    body = '\n# Bees\n\n``` cpp\nint x;\n```\n@LIA.eval(`["main.cpp"]`, `g++ main.cpp`, `./a.out`)\n\nSee `@LIA.eval(a)`.\n'
    written(tmp_path, {"a.md": header + body})
    text = shown(read(tmp_path)["a.md"][0])
    assert "int x;" in text and "a.out" not in text and text.endswith("See `@LIA.eval(a)`.")


def test_exercises_of_gitbook_keep_their_solution_folded_and_their_checks_for_staff(tmp_path: Path) -> None:
    written(
        tmp_path,
        {
            "a.md": "{% exercise %}\nAdd.\n{% initial %}\nvar x;\n{% solution %}\nvar x = 1;\n{% validation %}\nassert(x);\n{% endexercise %}\n"
        },
    )
    content = contents(tmp_path)["a.md"]
    assert "```js\nvar x;\n```" in shown(content)
    assert ":::: solution\n\n```js\nvar x = 1;\n```" in shown(content)
    assert "assert" not in shown(content) and "assert" in shown(content, Audience.STAFF)


def test_guiding_questions_and_key_points_of_a_header_stand_on_the_page(tmp_path: Path) -> None:
    written(
        tmp_path,
        {
            "a.md": "---\ntitle: Bees\nteaching: 10\nexercises: 5\nquestions:\n- Why?\nobjectives:\n- Name: a bee\nkeypoints:\n- Bees fly.\n---\nText.\n"
        },
    )
    content = contents(tmp_path)["a.md"]
    assert shown(content) == ":::: questions\n\n- Why?\n\n::::\n\nText.\n\n\n:::: keypoints\n\n- Bees fly.\n\n::::"
    assert (content.minutes, content.objectives, quizzes(content)) == (15, ("Name: a bee",), [])


# --- titles ---

TITLES = {
    "header": ("---\ntitle: Bees\n---\n\nText.\n", "Bees", "Text."),
    "header and the same heading": ("---\ntitle: Bees\n---\n# Bees\n\nText.\n", "Bees", "Text."),
    "header and another heading": ("---\ntitle: Bees\n---\n# Wax\n\nText.\n", "Bees", "# Wax\n\nText."),
    "heading": ("# Bees\n\nText.\n", "Bees", "Text."),
    "heading with an anchor": ("# Bees {#bees}\n\nText.\n", "Bees", "Text."),
    "heading underlined": ("Bees\n====\n\nText.\n", "Bees", "Text."),
    "heading in HTML": ('<h1 align="center">Bees</h1>\n\nText.\n', "Bees", "Text."),
    "after a licence": ("<!-- (c) Ada\n# Not this\n-->\n\n# Bees\n\nText.\n", "Bees", "Text."),
    "not in a fence": ("```sh\n# install\n```\n\nText.\n", "", "```sh\n# install\n```\n\nText."),
    "not in a fence that is never closed": ("Text.\n\n```sh\n# install\n", "", "Text.\n\n```sh\n# install"),
    "the first of level 2": ("## Bees\n\nText.\n", "Bees", "Text."),
    "one of several of level 2": ("## Bees\n\nText.\n\n## Wax\n\nMore.\n", "", "## Bees\n\nText.\n\n## Wax\n\nMore."),
}


@pytest.mark.parametrize("form", TITLES)
def test_a_title_is_found_and_taken_out(form: str, tmp_path: Path) -> None:
    source, title, text = TITLES[form]
    written(tmp_path, {"a.md": source})
    content = contents(tmp_path)["a.md"]
    assert (content.title, shown(content)) == (title, text)


# --- objectives, time, prerequisites ---

OBJECTIVES = [
    "## Learning Objectives\n\n{}",
    "## What you'll learn\n\nBy the end, you can:\n\n{}",
    "## 🎯 Objectives\n{}",
    "**Learning Outcomes**\n\n{}",
    "## Lesson overview\n\n{}",
    "## In this lesson, you will learn\n\n{}",
    "Bees matter. In this lesson we'll cover:\n\n{}",
    "By the end of this module, you will be able to:\n\n{}",
    "After completing this chapter you should be able to:\n\n{}",
    "::: objectives\n\n{}\n:::",
    "::::::::::::::::::::: {{.objectives}}\n\n{}\n\n:::::",
    "```{{objectives}}\n{}\n```",
    '!!! abstract "Learning objectives"\n\n    {}',
    "> ## Objectives\n>\n> {}",
    '::: {{.callout-tip title="Learning objectives"}}\n{}\n:::',
    "## Lernziele\n\n{}",
    "## Objectifs d'apprentissage\n\n{}",
    "À la fin de ce chapitre, vous saurez :\n\n{}",
    "## Objetivos de aprendizaje\n\n{}",
    "## Objetivos\n\n{}",
    "## 学習目標\n\n{}",
]


@pytest.mark.parametrize("form", OBJECTIVES)
def test_objectives_are_found_and_stay_on_the_page(form: str, tmp_path: Path) -> None:
    lead = "> " if form.startswith(">") else "    " if form.startswith("!!!") else ""
    items = f"- Name a `bee`\n{lead}- Keep a bee\n{lead}  through winter"
    text = f"# Bees\n\n{form.format(items)}\n\n## Next\n\n- Not this\n"
    written(tmp_path, {"a.md": text})
    content = contents(tmp_path)["a.md"]
    assert content.objectives == ("Name a `bee`", "Keep a bee through winter")
    assert (
        content.objectives[0].line == text.split("\n").index(next(one for one in text.split("\n") if "Name" in one)) + 1
    )
    assert "- Name a `bee`" in shown(content)


@pytest.mark.parametrize(
    "header",
    [
        "---\nobjectives:\n- Name a bee\n- Keep: a bee\n---\n",
        "---\nlearning_objectives: |\n  - Name a bee\n  - Keep: a bee\n---\n",
        '+++\nobjectives = ["Name a bee", "Keep: a bee"]\n+++\n',
        '+++\n[objectives]\n1 = "Name a bee"\n2 = "Keep: a bee"\n+++\n',
    ],
)
def test_objectives_of_a_header_are_found(header: str, tmp_path: Path) -> None:
    written(tmp_path, {"a.md": header + "\n{{<objectives>}}\n"})
    content = contents(tmp_path)["a.md"]
    assert content.objectives == ("Name a bee", "Keep: a bee")
    assert shown(content) == "- Name a bee\n- Keep: a bee"


@pytest.mark.parametrize(
    "text",
    [
        "## Summary\n\nIn this lesson we covered:\n\n- bees\n",
        "## Prerequisites\n\nBefore this lesson you need to know:\n\n- bees\n",
        "## Objects\n\n- bees\n",
        "```\n## Objectives\n- bees\n```\n",
    ],
)
def test_other_lists_are_no_objectives(text: str, tmp_path: Path) -> None:
    written(tmp_path, {"a.md": text})
    assert contents(tmp_path)["a.md"].objectives == ()


TIMES = {
    "---\nminutes: 20\n---\n": 20,
    "---\ntime: '115'\n---\n": 115,
    "+++\ntime = 30\n+++\n": 30,
    "---\nlab:\n  duration: 30 minutes\n---\n": 30,
    "---\nduration: 1 hour 30 min\n---\n": 90,
    "---\nestimated_time: 1h\n---\n": 60,
    "---\nduration: PT1H5M\n---\n": 65,
    "# Bees (25 min)\n": 25,
    "# Bees\n\n## One (10 min)\n\n## Two (5 minutes)\n": 15,
    "# Bees\n\n**Estimated time:** 45 minutes\n": 45,
    "# Bees\n\nWait 5 minutes.\n": None,
    "---\ntime: soon\n---\n": None,
}


@pytest.mark.parametrize("source", TIMES)
def test_a_duration_is_read_in_minutes(source: str, tmp_path: Path) -> None:
    written(tmp_path, {"a.md": source})
    assert contents(tmp_path)["a.md"].minutes == TIMES[source]


NEEDS = {
    "---\nprerequisites: [wax, hives]\n---\n": ("wax", "hives"),
    "---\nrequires: wax\n---\n": ("wax",),
    "---\nprerequisites:\n- {id: wax, title: Wax}\n---\n": ("wax",),
    "# A\n\n## Prerequisites\n\n- [Wax](../wax/README.md)\n- Curiosity\n\n## More\n\n- [x](y.md)\n": (
        "../wax/README.md",
        "Curiosity",
    ),
    "# A\n\n## Prerequisites\n\n| Lesson | Why |\n|---|---|\n| [Wax](wax.md) | hot |\n": ("wax.md",),
    "# A\n\n**Prerequisites:** [Wax](wax.md)\n": ("wax.md",),
}


@pytest.mark.parametrize("source", NEEDS)
def test_prerequisites_that_are_plainly_named_are_listed(source: str, tmp_path: Path) -> None:
    written(tmp_path, {"a.md": source})
    assert contents(tmp_path)["a.md"].prerequisites == NEEDS[source]


# --- audience ---

STAFF = [
    "::: instructor\nSECRET\n:::",
    ":::::::::::: instructor\n\n## Note\n\nSECRET\n\n::::::::",
    "```{instructor-note}\nSECRET\n```",
    ":::{instructor-note}\nSECRET\n:::",
    '::: {.callout-note title="Teacher note"}\nSECRET\n:::',
    "::: {.callout-warning}\n## Teacher note\n\nSECRET\n:::",
    '!!! note "Instructor notes"\n    SECRET',
    "> [!NOTE] Instructor note\n> SECRET",
    "<details>\n<summary>Instructor notes</summary>\n\nSECRET\n\n</details>",
    "> **Instructor note:** SECRET",
    "**Teacher's note:** SECRET",
    "## Solution\n\nSECRET",
    "## Answer Key\n\nSECRET\n\n### More\n\nSECRET",
    "## Exercise\n\nAdd.\n\n**Solution:**\n\nSECRET",
    "What is 2 + 2?\n\n**Solution:** SECRET",
    "**Answer:** SECRET",
    "## Instructor notes\n\nSECRET",
    "`@solution`\n```{r}\nSECRET\n```",
    "- item\n\n  ::: instructor\n  SECRET\n  :::",
]


@pytest.mark.parametrize("block", STAFF)
def test_what_is_for_staff_is_kept_from_learners_and_told(block: str, tmp_path: Path) -> None:
    written(tmp_path, {"a.md": f"# A\n\nBefore.\n\n{block}\n\n# After\n\nAfter.\n"})
    content, findings = read(tmp_path)["a.md"]
    assert "SECRET" not in shown(content) and "SECRET" in shown(content, Audience.STAFF)
    assert "Before." in shown(content) and "After." in shown(content)
    assert [one.code for one in findings if one.code == "S076"] == ["S076"]


@pytest.mark.parametrize(
    "text",
    [
        "**Problem:** Noise.\n\n**Solution:** Close the door.",
        "::: callout\n\n## A possible solution\n\nClose the door.\n\n:::",
        "## Preguntas y respuestas\n\nClose the door.",
        "<details>\n\nClose the door.\n\n</details>",
        "## Solutions to climate change\n\nClose the door.",
    ],
)
def test_what_only_speaks_of_solutions_is_for_learners(text: str, tmp_path: Path) -> None:
    written(tmp_path, {"a.md": f"# A\n\nBefore.\n\n{text}\n"})
    assert "Close the door." in shown(contents(tmp_path)["a.md"])


def test_details_without_a_summary_are_speaker_notes_in_mdbook(tmp_path: Path) -> None:
    written(tmp_path, {"book/book.toml": "", "book/src/a.md": "# A\n\nText.\n\n<details>\n\nSECRET\n\n</details>\n"})
    content = contents(tmp_path)["book/src/a.md"]
    assert shown(content) == "Text." and "SECRET" in shown(content, Audience.STAFF)


FOLDED = [
    "::: solution\nSECRET\n:::",
    "::: spoiler\n\n## Solution\n\nSECRET\n\n:::",
    "<details>\n<summary>Solution</summary>\n\n#### Answer\n\nSECRET\n\n</details>",
    "```{solution} ex\nSECRET\n```",
    "```{admonition} Solution\n:class: dropdown\nSECRET\n```",
    '??? success "Answer"\n    SECRET',
    '::: {.callout-tip collapse="true"}\n## Solution\n\nSECRET\n:::',
    "> [!TIP]- Solution\n> SECRET",
]


@pytest.mark.parametrize("block", FOLDED)
def test_a_folded_solution_stays_unless_solutions_are_for_staff(block: str, tmp_path: Path) -> None:
    written(tmp_path, {"a.md": f"# A\n\nBefore.\n\n{block}\n\nAfter.\n"})
    assert "SECRET" in shown(contents(tmp_path)["a.md"])
    staff = contents(tmp_path, solutions=Audience.STAFF)["a.md"]
    assert "SECRET" not in shown(staff) and "SECRET" in shown(staff, Audience.STAFF)


@pytest.mark.parametrize(
    "text",
    [
        "# For teachers\n\nText.\n",
        "# Solutions\n\nText.\n",
        "# Lists\n\nThis page is for the course instructor.\n",
        "---\naudience: staff\n---\n\nText.\n",
        "---\ntitle: FIXME\n---\n\nThis is a placeholder file. Please add content here.\n",
    ],
)
def test_a_page_for_staff_is_all_for_staff(text: str, tmp_path: Path) -> None:
    written(tmp_path, {"a.md": text})
    content, findings = read(tmp_path)["a.md"]
    assert {one.audience for one in content.pieces} == {Audience.STAFF}
    assert [one.code for one in findings] == ["S075"]


def test_a_quiz_in_a_page_is_a_piece_of_its_own_and_its_key_no_text(tmp_path: Path) -> None:
    written(
        tmp_path,
        {
            "a.md": "# Bees\n\nBees fly.\n\n<!-- note -->\n\n## Wax\n\nWax is hot.\n\nAnd so on.\n\n## Quiz\n\n### 1. What do bees make?\n\n- [ ] Milk\n- [x] Honey\n- [ ] Bread\n\n### 2. Can bees fly?\n\n- [x] Yes\n- [ ] No\n"
        },
    )
    content = contents(tmp_path)["a.md"]
    (quiz,) = quizzes(content)
    assert len(quiz.questions) == 2
    assert "[x]" not in shown(content) and "Bees fly." in shown(content)


def test_a_box_that_a_quiz_cuts_in_two_is_two_whole_boxes(tmp_path: Path) -> None:
    words = "Bees fly from flower to flower, and bring home what they find there.\n\n"
    quiz = '{{<multiple-choice question="Can bees fly?" answers="Yes | No" feedback="So it is. | Look again." correct="0">}}'
    text = f"# Bees\n\n{words * 5}::: challenge\n\n## Look\n\n{words}{quiz}\n\nAnd then.\n\n:::\n\nEnd.\n"
    written(tmp_path, {"a.md": text})
    first, second = [one.content for one in contents(tmp_path)["a.md"].pieces if isinstance(one.content, Prose)]
    assert first.markdown.endswith("\n\n:::") and first.markdown.count(":::") == 2
    assert second.markdown == "::: challenge\n\nAnd then.\n\n:::\n\nEnd."


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    written(tmp_path, {"a.md": "---\ntitle: A\n---\n\n# A\n\n<!--\nx\n-->\nOne.\n\n::: instructor\nx\n:::\n\nTwo.\n"})
    first, *_ = contents(tmp_path)["a.md"].pieces
    rows = dict(zip(first.content.markdown.split("\n"), first.lines, strict=True))  # type: ignore[union-attr]
    assert (rows["One."], rows["Two."]) == (10, 16)


# --- bad input ---

HOSTILE = {
    "fences": "```\n" * 8_001,
    "divs": "::: note\n" * 8_000,
    "divs that close": "::: note\n" * 3_000 + ":::\n" * 3_000,
    "details": "<details>\n" * 3_000,
    "comments": "<!-- " * 20_000,
    "quotes": ">" * 5_000 + " x\n{: .challenge}\n",
    "tags": "{% include " * 10_000,
    "shortcodes": "{{< x " * 4_000 + "\n" + "{{< y\n" * 4_000,
    "braces": "{{ " * 20_000 + "}}" * 20_000,
    "brackets": "[[" * 20_000,
    "ticks": "`" * 50_000 + "a",
    "ticks apart": "` `` " * 20_000,
    "jsx": "import x from 'x';\n" + "<A b={" * 4_000,
    "jsx lines": "import x from 'x';\n" + "<A\n" * 4_000,
    "roles": "{a}`" * 20_000,
    "macros": "<!--\nnarrator: x\nauthor: y\n@a: @b @b @b @b\n@b: @c @c @c @c\n@c: @a @a @a @a\n-->\n" + "@a\n" * 200,
    "one line": "x" * 2_000_000,
    "spaces": " " * 20_000 + "x",
    "headings": "# \n" * 10_000,
    "labels": "**Answer:**\n\n" * 1_000,
    "items": "## Objectives\n\n" + "- " * 50_000,
    "hidden": '<div style="display:none">\n' * 20_000,
    "hidden and opened": "".join(f'<p id="a{n}" hidden>a</p> <a href="#a{n}">b</a>\n' for n in range(4_000)),
    "hidden with scripts": "<p id=a class='b c' hidden>a</p>\n" * 2_000 + "<script>\n" * 10_000,
    "hidden in one line": "<b hidden>a</b> " * 4_000,
    "hidden with calls": "```{code-cell}\ndisplay_quiz('#q')\n```\n" + "<div hidden>\n" * 8_000,
    "functions in cells": "```{code-cell}\nf = " + "lambda: " * 2_000 + "1\ndisplay_quiz(f)\n```\n",
    "solutions": "```{solution-start} x\n```\n" * 2_000,
    "controls": "\x00\x0b\u2028\u0085 # x\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_read_to_their_end(name: str, tmp_path: Path) -> None:
    document = Document("a.md", "a.md", tuple(HOSTILE[name].split("\n")))
    content, findings = content_of(document, tmp_path)
    assert pickle.loads(pickle.dumps((content, findings))) == (content, findings)


def test_front_matter_of_a_page_says_how_its_quiz_is_passed_and_its_duration_is_no_time_limit(tmp_path: Path) -> None:
    ask = "1. What?\n   - [ ] Wax\n   - [x] Honey\n\n2. Who?\n   - [x] A bee\n   - [ ] An ant\n"
    written(tmp_path, {"a.md": f"---\npassing_score: 70\nattempts: 2\nduration: 2h\n---\n\n# Quiz\n\n{ask}"})
    (quiz,) = quizzes(contents(tmp_path)["a.md"])
    assert (quiz.passing, quiz.attempts, quiz.minutes) == (70, 2, None)
