"""The public functions, for programs that want findings as data."""

from __future__ import annotations

import os
from collections.abc import Iterable

from seedlint.config_settings import named_settings
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Files, Target, find_targets
from seedlint.run import run
from seedlint.settings import Settings, StrPath, choose_rules


def lint_text(
    text: str | bytes,
    *,
    filename: str = "<text>",
    schema: StrPath | None = None,
    config: StrPath | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
) -> list[Diagnostic]:
    """The findings of one seed given as text, in order of place.

    `filename` is what the findings call the seed, and by it a collection takes the seed. `schema`
    is the path of the contract, None for that of the configuration or else the article contract
    that seedlint brings. `config` is the path of a configuration file; none is looked for. `select`
    and `ignore` take codes, prefixes and names of rules, as the options of the command do. Raises
    SchemaError if the contract cannot be used, and ConfigError if another argument cannot.
    """
    settings = _settings(schema, config, select, ignore)
    data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    targets = Files([Target(filename, filename, data)])
    return list(run(targets, settings, knows_others=False).diagnostics)


def lint_paths(
    paths: StrPath | Iterable[StrPath],
    *,
    schema: StrPath | None = None,
    config: StrPath | None = None,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] | None = None,
) -> list[Diagnostic]:
    """The findings of files and folders, or of one, in order of path and place.

    They are compared with each other. Without paths there are no findings. The other arguments are
    those of `lint_text`. Raises the same errors as `lint_text`, and InputError if a path does not
    exist or has no seeds below it.
    """
    listed = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    settings = _settings(schema, config, select, ignore)
    if not listed:
        return []
    targets = find_targets([os.fspath(path) for path in listed], settings)
    if targets.errors:
        raise targets.errors[0]
    knows_others = all(map(os.path.isdir, listed))
    return list(run(targets.files, settings, knows_others=knows_others).diagnostics)


def _settings(
    schema: StrPath | None,
    config: StrPath | None,
    select: Iterable[str] | None,
    ignore: Iterable[str] | None,
) -> Settings:
    settings = Settings()
    if config is not None:
        settings = named_settings(os.fspath(config), needs_schema=schema is None)
    if schema is not None:
        settings = settings.with_schema(schema)
    return choose_rules(settings, select, ignore)
