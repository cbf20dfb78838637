"""Many objects made at once that all stay: the garbage collector would go through them again and again."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Generator[None]:
    """No garbage is collected inside; afterwards as before. For work of less than a second on any thread:
    another thread's garbage waits as long."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()
