"""The command line. It alone prints and exits (`preview` brings its own command).

Exit status: 0 success, 1 errors found, 2 wrong usage, 3 a fault of coursewright itself.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from coursewright.cli.streams import drop_output, keep_streams

_FAULT = 3
_WHOLE = "COURSEWRIGHT_TRACEBACK"  # set to anything, it has a fault shown with its traceback
_STOPPED = 130  # by Ctrl-C, as shells have it


def run() -> None:
    """Run the command line, and end the process: taking apart what is left of a build would take it 40 ms."""
    try:
        main()
    except SystemExit as left:
        if threading.active_count() > 1 or sys.gettrace() or sys.getprofile() or not isinstance(left.code, int | None):
            raise
        for stream in filter(None, (sys.stdout, sys.stderr)):
            with suppress(OSError):
                stream.flush()
        _tidy()
        os._exit(left.code or 0)


def _tidy() -> None:
    """Delete the folders in which packages were unpacked: nothing else is done when the process ends at once."""
    if "coursewright.building.unpacked" in sys.modules:  # loading it for nothing would take longer than it saves
        from coursewright.building.unpacked import let_go

        let_go()


def main() -> None:
    """Run the command line, which ends in SystemExit."""
    sys.excepthook = _tell
    gc.set_threshold(5_000, 10, 5)  # a build makes many small values and few circles: looking for them costs a tenth
    gc.disable()  # what is loaded stays
    keep_streams()
    from coursewright.cli.console import say
    from coursewright.cli.program import app

    gc.enable()
    try:
        app()
    except SystemExit as left:
        if left.code == _STOPPED:
            say("coursewright: stopped", err=True)
        raise
    except OSError as error:
        if not error.filename:
            drop_output()
        name = Path(error.filename or "the output")
        shown = name.parent if name.suffix == ".part" else name  # a draft, of which nobody knows
        say(f"coursewright: {shown}: {error.strerror or error}", err=True)
        sys.exit(2)


def _tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Tell of a fault of our own, which nothing else has dealt with, and end the process."""
    if os.environ.get(_WHOLE) or kind is KeyboardInterrupt:
        sys.__excepthook__(kind, fault, trace)
        return
    import traceback

    at = traceback.extract_tb(trace)[-1]
    print(
        f"coursewright: this is a fault of coursewright, not of your files: {kind.__name__}: {fault}\n"
        f"    It happened in {Path(at.filename).name}, line {at.lineno}. Please report it, with what {_WHOLE}=1 shows.",
        file=sys.stderr,
        flush=True,
    )
    _tidy()
    os._exit(_FAULT)
