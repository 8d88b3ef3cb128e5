"""Characters: source files and the one place where offsets become lines and columns."""
