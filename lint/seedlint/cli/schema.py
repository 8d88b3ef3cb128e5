"""`seedlint schema`: what can be done with a contract itself."""

from __future__ import annotations

from collections.abc import Mapping

import click

from seedlint.cli.lazy_group import LazyGroup, Subcommand

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar


class _SchemaCommands(LazyGroup):
    subcommands: ClassVar[Mapping[str, Subcommand]] = {
        "check": Subcommand("seedlint.cli.schema_check", "Check contracts."),
        "infer": Subcommand("seedlint.cli.schema_infer", "Draft a contract from seeds."),
    }


@click.group("schema", cls=_SchemaCommands)
def command() -> None:
    """Check or draft a contract."""
