"""The command line: options to settings, outcome to exit code, no logic."""

import gc

# The fast path creates no reference cycles, so cyclic GC is off; the full path turns it back on.
gc.disable()
