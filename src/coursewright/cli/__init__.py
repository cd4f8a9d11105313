"""The command line. It alone prints and exits (`preview` brings its own command).

Exit status: 0 success, 1 errors found, 2 wrong usage.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from coursewright.cli.streams import drop_output, keep_streams

_STOPPED = 130  # by Ctrl-C, as shells have it


def main() -> None:
    """Run the command line."""
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
    finally:
        gc.freeze()  # what is left goes with the process: nobody need look for circles in it, which takes 30 ms
