"""An executor whose workers run out of memory."""

from concurrent.futures import Executor, Future


class _Small(Executor):
    def submit(self, *_, **__):
        future = Future()
        future.set_exception(MemoryError("no room"))
        return future


EXECUTOR = _Small()
