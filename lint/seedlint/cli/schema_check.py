"""`seedlint schema check`."""

from __future__ import annotations

import click


@click.command("check")
@click.argument("files", nargs=-1, type=click.Path())
def command(files: tuple[str, ...]) -> int:
    """Check contracts, in JSON or YAML."""
    raise click.UsageError("not yet")
