"""Standard output and error: where one is closed, or its reader gone, the work goes on, and the status tells."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Forgiving(io.FileIO):
    """A stream that lets words go where nobody reads them any more."""

    lost: type[OSError] = BrokenPipeError

    def write(self, content: ReadableBuffer, /) -> int:
        try:
            return super().write(content) or 0
        except self.lost:
            return memoryview(content).nbytes


class _Errors(_Forgiving):
    """A stream that lets words go wherever they cannot be written, as on a full disk: the status tells."""

    lost = OSError


def keep_streams() -> None:
    """Make both streams UTF-8, and let neither end the program."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # it is closed: a file opened next would take its place, and be written to
            os.open(os.devnull, os.O_RDWR)
    if os.name == "nt":
        for stream in filter(None, (sys.stdout, sys.stderr)):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")
        return
    sys.stdout, sys.stderr = _stream(1), _stream(2)


def drop_output() -> None:
    """Let what could not be written go, so that it is not tried again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _stream(number: int) -> io.TextIOWrapper:
    raw = (_Errors if number == 2 else _Forgiving)(number, "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="replace", line_buffering=True)
