"""The command line: options to settings, outcome to exit code, no logic."""
