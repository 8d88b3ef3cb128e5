"""The command line: options to settings, outcome to exit code, no logic."""

import gc

# Looking for garbage among what stays takes long; the exact path, which makes some, enables it.
gc.disable()
