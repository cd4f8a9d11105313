"""Notebooks as text: each line knows its line in the file, and nothing hostile takes long or ends in a traceback."""

from __future__ import annotations

import base64
import json
import time
import tracemalloc
from pathlib import Path

import pytest

from coursewright.findings.finding import Severity
from coursewright.readers.decoding import MAX_BYTES, read_lines
from coursewright.readers.notebook import read_notebook
from coursewright.text.markdown.values import Text


def _code(source: str, **more: object) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": source, **more}]})


HOSTILE = {
    "cells": '{"cells":[' + ",".join(['{"cell_type":"code","source":"a"}'] * 10_000) + "]}",
    "brackets": '{"cells":[],"x":[' + ",".join(["[]"] * 100_000) + "]}",
    "depth": '{"cells":[' + "[" * 100_000 + "]" * 100_000 + "]}",
    "marks": _code("`" * 300_000),
    "attachments": json.dumps(
        {
            "cells": [
                {
                    "cell_type": "markdown",
                    "source": "](attachment:" * 30_000,
                    "attachments": {str(at): {} for at in range(9_000)},
                }
            ]
        }
    ),
    "escapes": _code("a", outputs=[{"output_type": "stream", "text": "\x1b]" * 200_000}]),
    "solutions": _code("# " * 200_000 + "SOLUTION x"),
    "blanks": _code("#| a:" + " " * 200_000 + "x"),
    "idle": _code(" " * 300_000 + "x", metadata={"tags": ["solution"]}),
    "pictures that never end": '{"image/png":[' * 200_000,
    "pictures without a word": _code("a", outputs=[{"data": {"image/png": ""}}] * 20_000),
    "pictures of brackets": '{"cells":[],"application/json":' + "[" * 3_000_000,
    "pictures of escapes": _code("a", outputs=[{"data": {"image/svg+xml": "\n" * 1_000_000}}]),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_notebook_takes_no_time(case: str, tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(HOSTILE[case])
    start = time.process_time()
    lines, findings = read_lines(tmp_path / "a.ipynb", "a.ipynb")

    assert time.process_time() - start < 5
    assert lines is not None or findings


def test_a_notebook_that_is_too_large_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(_code("a" * MAX_BYTES))
    lines, findings = read_lines(tmp_path / "a.ipynb", "a.ipynb")
    assert lines is None and [(one.code, one.severity) for one in findings] == [("S005", Severity.WARNING)]


def _plots(count: int, size: int) -> tuple[str, list[bytes]]:
    """Return a notebook of so many plots, as Jupyter and as Plotly show them, with so many bytes each, and these."""
    pictures = [b"\x89PNG\r\n\x1a\n" + bytes([at]) * size for at in range(count)]
    cells = [
        {
            "cell_type": "code",
            "source": [f"plot({at})\n", "show()"],
            "outputs": [
                {"output_type": "display_data", "data": {"image/png": base64.encodebytes(one).decode()}},
                {
                    "output_type": "display_data",
                    "data": {
                        "text/html": ["<script>\n", "x" * size],
                        "application/vnd.plotly.v1+json": {"data": [{"y": [at] * (size // 10), "name": "a]}"}]},
                        "text/plain": "Figure",
                    },
                },
            ],
        }
        for at, one in enumerate(pictures)
    ]
    return json.dumps({"cells": cells, "nbformat": 4}, indent=1), pictures


def test_a_notebook_of_many_plots_is_read_with_its_pictures(tmp_path: Path) -> None:
    text, pictures = _plots(20, 500_000)
    (tmp_path / "a.ipynb").write_text(text)
    assert len(text) > 5 * MAX_BYTES
    start = time.process_time()
    tracemalloc.start()
    made = read_notebook(tmp_path / "a.ipynb", "a.ipynb")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - start < 5 and most < 2 * len(text)
    assert made.lines is not None and [one.code for one in made.findings] == []
    source = str(tmp_path / "a.ipynb")
    held = [one.content(source) for one in made.pictures.values()]
    assert held == pictures and list(made.pictures)[:2] == ["1/output-1.png", "2/output-1.png"]
    rows = text.split("\n")
    code = [line for line in made.lines if line.startswith("plot(")]
    assert all(isinstance(line, Text) and line in rows[line.line - 1] for line in code) and len(code) == len(pictures)


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_every_line_knows_its_line_in_the_file(indent: int | None, tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {"source": ["no"]}, "source": ["# A title\n", "\n", "Some words."]},
        {"cell_type": "code", "outputs": [{"output_type": "stream", "text": ["source\n"]}], "source": ["one = 1\n", "two"]},
        {"cell_type": "markdown", "source": "In a string\nof two lines."},
    ]  # fmt: skip
    text = json.dumps({"cells": cells, "nbformat": 4}, indent=indent)
    (tmp_path / "a.ipynb").write_text(text)
    lines, _ = read_lines(tmp_path / "a.ipynb", "a.ipynb")
    rows = text.split("\n")
    for words in ("# A title", "Some words.", "one = 1", "two", "In a string", "of two lines."):
        line = next(one for one in lines or () if one == words)
        assert isinstance(line, Text) and words in rows[line.line - 1]


def test_what_stands_below_the_place_to_write_in_is_for_staff_in_a_solved_notebook(tmp_path: Path) -> None:
    here = (
        "# scrivi qui",
        "# Write your code here",
        "# YOUR CODE HERE",
        "# Schreibe hier: dein Code hier",
        "# 在此处编写代码",
    )
    cells = [{"cell_type": "code", "source": f"a = {at}\n{line}\nb = {at}{at}"} for at, line in enumerate(here)]
    cells.append({"cell_type": "code", "source": "# SOLUZIONE\n\nc = 99"})
    cells.append({"cell_type": "code", "source": "# here we write nothing\nd = 77"})
    for name, kept in (("if-sol.ipynb", False), ("if.ipynb", True), ("console.ipynb", True)):
        (tmp_path / name).write_text(json.dumps({"cells": cells}))
        lines, _ = read_lines(tmp_path / name, name)
        for_staff, text = False, list[str]()
        for line in lines or ():
            for_staff = (for_staff or line == "::::: instructor") and line.strip() != ":::::"
            text += [] if for_staff else [line]
        assert [any(f"b = {at}{at}" in line for line in text) for at in range(5)] == [kept] * 5
        assert ("c = 99" in text) is kept and "d = 77" in text and "a = 1" in text
