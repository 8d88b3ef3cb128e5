"""Fixtures for tests of every kind."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator

import pytest

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what runs in the background so, and the runs that tests interrupt inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Have pytest-xdist give each process a run of neighbours, which share fixtures.

    It deals tests out one by one, unless it is told otherwise.
    """
    if getattr(config.option, "numprocesses", None) and config.option.dist == "no":
        config.option.dist = "worksteal"


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
