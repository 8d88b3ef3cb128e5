"""Fixtures for tests of every kind."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator

import pytest

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what runs in the background so, and the runs that tests interrupt inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def no_gc_callbacks() -> Iterator[None]:
    """Take away the callbacks of the garbage collector.

    Hypothesis has one. An exception that is raised in a callback goes no further, so the
    interruption of a time limit may be lost there.
    """
    callbacks = gc.callbacks[:]
    gc.callbacks.clear()
    yield
    gc.callbacks[:] = callbacks
