"""Operational failures: what stops seedlint from checking. Never used for findings."""

from __future__ import annotations


class SeedlintError(Exception):
    """A failure that ends the run with exit code 2. Its text is one line for people.

    `path`, `line` and `column` (both from 1) name the place of the cause where one is known.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        help: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.help = help

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{place}: {self.message}" if place else self.message


class ConfigError(SeedlintError):
    """The configuration or the command line cannot be used."""


class SchemaError(SeedlintError):
    """The contract cannot be used."""


class InputError(SeedlintError):
    """A path that was asked for cannot be checked, or nothing was found to check."""


class OutputError(SeedlintError):
    """The report could not be written."""


class OutputRefused(OutputError):
    """The report may not be written there; what is there is left alone."""
