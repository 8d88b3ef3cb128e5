"""Fixtures for tests of every kind."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


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
