"""`--show-settings`: which settings apply to one file, and where each comes from."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator

from seedlint.cli.options import Options
from seedlint.collection import Collection, Lookup, in_file_schema
from seedlint.discover import Target
from seedlint.files import shown_path
from seedlint.rules import all_rules
from seedlint.rules.base import Rule
from seedlint.run import schema_name
from seedlint.settings import BY_NAME, IGNORE, Settings, closest, compile_glob, selects

_DEFAULTS = Settings()


def describe(path: str, options: Options, settings: Settings) -> Iterator[str]:
    """The lines that say how the file at `path`, which need not exist, would be checked."""
    from_root = settings.from_root(path)
    matched = Lookup(settings).matches(from_root)
    collection = matched[0][0] if matched else None
    own = settings.of(collection) if collection else settings
    where = _Origins(options, own, collection.own.keys() if collection else ())

    yield f"file           {shown_path(path)}"
    config = "none" if settings.config is None else shown_path(os.fspath(settings.config))
    yield f"configuration  {config}"
    yield f"root           {shown_path(os.fspath(settings.root))}"
    yield f"looked for     {_looked_for(from_root, settings)}"
    schema = in_file_schema(Target(path, path), settings) if settings.allow_in_file_schema else ""
    if settings.collections:
        yield f"collection     {_in_words(matched[0]) if matched else 'none'}"
        for each in matched[1:]:
            yield f"               an earlier one is used, not {_in_words(each)}"
        if not matched and not schema:
            left_alone = settings.unmatched == IGNORE
            yield f"               not checked, {'and left alone' if left_alone else 'see SEED008'}"
            return
    if schema:
        yield f"schema         {shown_path(schema)} ($schema in the file)"
    else:
        yield f"schema         {schema_name(own)} ({where.of('schema')})"
    yield f"fail-on        {own.fail_on.value} ({where.of('fail_on')})"
    if own.target:
        yield f"target         {own.target} ({where.of('target')})"
    comments = "suppress findings" if own.suppressions else "suppress nothing"
    yield f"comments       {comments} ({where.of('suppressions')})"
    yield ""
    about_seeds = (rule for rule in all_rules().values() if rule.on.kind != "contract")
    rules = sorted(about_seeds, key=lambda rule: rule.code)
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        severity = own.severity_of(rule)
        level = severity.value if severity else "off"
        why = "; ".join(_reasons(rule, own, where, from_root))
        yield f"{rule.code:<7}  {rule.name:<{width}}  {level:<7}  {why}"


class _Origins:
    """Says where the settings of a file come from."""

    def __init__(self, options: Options, settings: Settings, own: Container[str]) -> None:
        """`own` are the fields that its collection sets."""
        self._options = options
        self._settings = settings
        self._own = own

    def of(self, field: str) -> str:
        """The origin of one setting, in words."""
        if field == "suppressions" and self._options.ignore_suppressions:
            return "--ignore-suppressions"
        if field != "ignore" and getattr(self._options, field, None) is not None:
            return f"--{field.replace('_', '-')}"
        if field in self._own:
            return f"collection {self._settings.collection}"
        if getattr(self._settings, field) != getattr(_DEFAULTS, field):
            return "configuration"
        return "default"

    def of_ignored(self, selector: str) -> str:
        """The origin of one selector of `ignore`, which the command line adds to."""
        given = self._options.ignore or ()
        kept = self._settings.ignore[: len(self._settings.ignore) - len(given)]
        return self.of("ignore") if selector in kept else "--ignore"


def _reasons(rule: Rule, settings: Settings, origins: _Origins, path: str) -> Iterator[str]:
    """Why a rule is on or off, has its severity, or does not count in the file."""
    chosen, selector = closest(rule, settings.select)
    refused, ignored = closest(rule, settings.ignore)
    if rule.is_failure or (rule.is_required and chosen <= refused):
        yield "always on"
    elif rule.optional and chosen < BY_NAME:
        yield "off unless its code or its name is selected"
    elif chosen > refused:
        yield f"`{selector}` in select ({origins.of('select')})"
    elif ignored:
        yield f"`{ignored}` in ignore ({origins.of_ignored(ignored)})"
    else:
        yield f"not in select ({origins.of('select')})"
    if settings.severity_of(rule) is None or rule.is_failure:
        return
    levels = [each for each, _ in settings.severity]
    if closest(rule, levels)[0]:
        yield f"`{closest(rule, levels)[1]}` in severity ({origins.of('severity')})"
    if rule.is_required:
        return
    for pattern, selectors in settings.per_file_ignores:
        if compile_glob(pattern).fullmatch(path) and any(selects(each, rule) for each in selectors):
            yield f"not in this file: `{pattern}` in per-file-ignores"
    places = [each.pattern for each in settings.ignore_at if selects(each.selector, rule)]
    if places and rule.on.kind != "problem":
        yield f"not at {', '.join(f'`{each}`' for each in places)} (ignore-at)"


def _looked_for(path: str, settings: Settings) -> str:
    """Whether a path from the root is one that folders are searched for."""
    if excluded := _first(path, settings.exclude):
        return f"no, `{excluded}` in exclude"
    if included := _first(path, settings.include):
        return f"yes, by `{included}`"
    return "no, unless it is named: no pattern of include matches"


def _first(path: str, patterns: Iterable[str]) -> str | None:
    return next((each for each in patterns if compile_glob(each).fullmatch(path)), None)


def _in_words(match: tuple[Collection, str]) -> str:
    collection, pattern = match
    return f"{collection.name}, by `{pattern}`"
