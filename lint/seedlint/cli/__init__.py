"""The command line: options to settings, outcome to exit code, no logic."""

import gc

# Until the command runs: looking for garbage among imports takes as long as checking twenty seeds.
gc.disable()
