"""The settings of a run, and what selectors and patterns of paths mean."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache
from itertools import count

from seedlint.document.limits import Limits
from seedlint.errors import ConfigError
from seedlint.files import resolve_folder
from seedlint.named_tuple import NamedTuple
from seedlint.rules import all_rules
from seedlint.severity import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.collection import Collection
    from seedlint.diagnostic import Applicability
    from seedlint.ignore_at import IgnoredAt
    from seedlint.rules.base import Rule

# `pathlib` takes longer to import than a seed to check.
StrPath = str | os.PathLike[str]

CONFIG_FILE = "seedlint.toml"
PYPROJECT = "pyproject.toml"
ALL = "ALL"
# How closely a name or a whole code means a rule.
BY_NAME = 100
# What happens to a file that no collection takes.
REPORT, IGNORE = "report", "ignore"
# The readers of YAML that `document.targets` knows, which few runs need.
TARGETS = ("jekyll", "hugo", "astro", "eleventy", "yaml-1.2")
# What other tools have in patterns, and what leads nowhere because paths have none of it.
_NOT_IN_PATTERNS = r"[][{}\\]|^!|(?:^|/)\.\.?(?:/|$)"


class Settings(NamedTuple):
    """The settings of one run.

    `schema` is None for the article contract that seedlint brings; `formats_unchecked` are formats
    of the contract that need no check; `root` the folder that patterns
    start from and in which other seeds are looked for (that of a configuration file that was found,
    else the working directory, unless another is named); `respect_gitignore` whether untracked
    files that git ignores are left out of folders; `suppressions` whether comments in seeds
    can answer findings; `use_cache` whether what is found is remembered, in `cache_dir` (None:
    where the platform keeps such things). `collections` are sets of files with settings of their
    own, `collection` is the name of the one that these settings are for, and `unmatched` says what
    a file is that belongs to none: `report` a finding, or `ignore`. Rules across files compare the
    files of a collection, and with `compare_across` also those of others that say so.
    `allow_in_file_schema` are patterns of the schemas that a file may name itself, and
    `is_schema_in_file` says that `schema` is one that these files name. `ignore_at` are rules that
    are left out at some places of the data. `target` is the site generator that values must mean
    the same to, "" for none. `fixable` and `unfixable` choose the rules whose fixes are made,
    `extend_safe_fixes` those whose unsafe ones count as safe.
    """

    schema: StrPath | None = None
    formats_unchecked: tuple[str, ...] = ()
    root: StrPath = os.curdir
    config: StrPath | None = None
    include: tuple[str, ...] = ("**/*.md", "**/*.markdown", "**/*.mdown")
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    select: tuple[str, ...] = (ALL,)
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ignore_at: tuple[IgnoredAt, ...] = ()
    target: str = ""
    severity: tuple[tuple[str, Severity], ...] = ()
    fail_on: Severity = Severity.ERROR
    fixable: tuple[str, ...] = (ALL,)
    unfixable: tuple[str, ...] = ()
    extend_safe_fixes: tuple[str, ...] = ()
    limits: Limits = Limits()
    suppressions: bool = True
    baseline: StrPath | None = None
    use_cache: bool = False
    cache_dir: str | None = None
    collections: tuple[Collection, ...] = ()
    collection: str = ""
    unmatched: str = REPORT
    compare_across: bool = False
    allow_in_file_schema: tuple[str, ...] = ()
    is_schema_in_file: bool = False

    def of(self, collection: Collection) -> Settings:
        """The settings of a collection: its own, and the others from here."""
        return self._replace(**collection.own, collections=(), collection=collection.name)

    def of_group(self, collection: str, schema: str = "") -> Settings:
        """The settings of files of the collection with this name that name a schema themselves.

        "" is for no collection, and for no schema.
        """
        named = (each for each in self.collections if each.name == collection)
        settings = next(map(self.of, named), self)
        return settings._replace(schema=schema, is_schema_in_file=True) if schema else settings

    def with_schema(self, schema: StrPath) -> Settings:
        """Settings with one schema for all files, whatever collections and files say."""
        return self.everywhere(schema=schema, allow_in_file_schema=())

    def names_unused_schema(self, data: Any) -> bool:
        """Whether a file with this data names a schema that is not used, though it might be."""
        return bool(
            self.allow_in_file_schema
            and not self.is_schema_in_file
            and isinstance(data, dict)
            and "$schema" in data
        )

    @property
    def compared_as(self) -> str:
        """What the settings of files have in common that are compared with each other."""
        return "" if self.compare_across else self.collection

    def of_each(self) -> list[Settings]:
        """The settings of all collections, or these if there are none."""
        return [self.of(collection) for collection in self.collections] or [self]

    @property
    def ignores_places(self) -> bool:
        """Whether rules are left out at some places of the data, in any collection."""
        return any(each.ignore_at for each in (self, *self.of_each()))

    def everywhere(self, **values: Any) -> Settings:
        """Settings with other values, which no collection changes."""
        return self._replace(
            **values,
            collections=tuple(collection.without(values) for collection in self.collections),
        )

    def severity_of(self, rule: Rule) -> Severity | None:
        """The severity of `rule` in this run, None when it is not selected.

        The most specific selector decides: a name or whole code before a prefix before `ALL`; of
        equally specific ones, `ignore`. Rules that are required are always selected.
        """
        if rule.is_failure:
            return rule.severity
        if not (self._selects(rule) or rule.is_required):
            return None
        chosen = max(
            (
                (_specificity(rule, (selector,)), index, severity)
                for index, (selector, severity) in enumerate(self.severity)
            ),
            key=lambda entry: entry[:2],
            default=(0, 0, rule.severity),
        )
        return chosen[2] if chosen[0] else rule.severity

    def applicability_of(self, rule: Rule, own: Applicability) -> Applicability | None:
        """Whether a fix of `rule` is safe in this run; None if none is made. `own` is its own."""
        if _specificity(rule, self.fixable) <= _specificity(rule, self.unfixable):
            return None
        return "safe" if any(selects(each, rule) for each in self.extend_safe_fixes) else own

    def selects_any(self, *, about_contracts: bool = False) -> bool:
        """Whether a rule is left to check, beside those that nothing can leave out.

        It must be a rule about seeds, or, if asked so, one about contracts.
        """
        if self.select == (ALL,) and not self.ignore:
            return True
        return any(
            self._selects(rule)
            for rule in all_rules().values()
            if not rule.is_failure and (rule.on.kind == "contract") is about_contracts
        )

    def _selects(self, rule: Rule) -> bool:
        selected = _specificity(rule, self.select)
        if rule.optional and selected < BY_NAME:
            return False
        return selected > _specificity(rule, self.ignore)

    def from_root(self, path: StrPath) -> str:
        """A path as patterns see it: from the root, with `/`, even if links lead to either."""
        found = os.path.relpath(path, self.root)
        if found.startswith(os.pardir):
            found = os.path.relpath(resolve_folder(path), os.path.realpath(self.root))
        return found.replace(os.sep, "/")

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """The selectors that `per-file-ignores` lists for a path relative to `root`."""
        return tuple(
            selector
            for pattern, selectors in self.per_file_ignores
            if compile_glob(pattern).fullmatch(path)
            for selector in selectors
        )

    def ignores(self, rule: Rule, path: StrPath) -> bool:
        """Whether `per-file-ignores` leaves out a rule in the file at `path`."""
        if not self.per_file_ignores:
            return False
        return any(selects(each, rule) for each in self.ignored_in(self.from_root(path)))


def selects(selector: str, rule: Rule) -> bool:
    """Whether a code, a prefix of one, a name or `ALL` means `rule`."""
    return selector == ALL or selector == rule.name or rule.code.startswith(selector)


def _specificity(rule: Rule, selectors: Iterable[str]) -> int:
    """How closely the closest of `selectors` means `rule`: 0 not at all, 1 by `ALL`."""
    return closest(rule, selectors)[0]


def closest(rule: Rule, selectors: Iterable[str]) -> tuple[int, str]:
    """How closely `rule` is meant, and by which of `selectors`; (0, "") if none means it."""
    best = (0, "")
    for selector in selectors:
        if selector in (rule.name, rule.code):
            return BY_NAME, selector
        if selector == ALL:
            found = 1
        elif rule.code.startswith(selector):
            found = 1 + len(selector)
        else:
            continue
        if found > best[0]:
            best = (found, selector)
    return best


def check_selectors(selectors: Iterable[str], origin: str) -> None:
    """Raise ConfigError for a selector that means no rule; `origin` says where it came from."""
    rules = all_rules().values()
    for selector in selectors:
        if not selector or not any(selects(selector, rule) for rule in rules):
            known = [name for rule in rules for name in (rule.code, rule.name)]
            from seedlint.text.nearest import did_you_mean

            hint = did_you_mean(selector, known)
            raise ConfigError(f"{origin}: no rule is called `{selector[:60]}`{hint}")


def check_ignored(selectors: Iterable[str], origin: str) -> None:
    """Raise ConfigError for a selector that means no rule, or only rules that are always on."""
    for selector in selectors:
        check_selectors([selector], origin)
        if all(rule.is_required for rule in all_rules().values() if selects(selector, rule)):
            raise ConfigError(
                f"{origin}: `{selector}` is about files that cannot be checked and is always on; "
                "`exclude` leaves out files"
            )


def choose_rules(
    settings: Settings,
    select: Iterable[str] | None,
    ignore: Iterable[str] | None,
    prefix: str = "",
    *,
    about_contracts: bool = False,
) -> Settings:
    """Settings with other rules: `select` replaces those selected, `ignore` adds to those ignored.

    Raises ConfigError for what means no rule, for what is always on, and when no rule is left that
    is about seeds, or about contracts; `prefix` is put before the names of the two in the message.
    """
    if select is not None:
        settings = settings.everywhere(select=tuple(select))
        check_selectors(settings.select, f"{prefix}select")
    if ignore is not None:
        ignored = tuple(ignore)
        check_ignored(ignored, f"{prefix}ignore")
        settings = settings._replace(
            ignore=(*settings.ignore, *ignored),
            collections=tuple(each.ignoring(ignored) for each in settings.collections),
        )
    for each in settings.of_each():
        if not each.selects_any(about_contracts=about_contracts):
            where = f" in collection `{each.collection}`" if each.collection else ""
            raise ConfigError(
                f"no rule is left to check{where}: `select` and `ignore` leave out all of them"
            )
    return settings


def check_pattern(pattern: str) -> None:
    """Raise ConfigError for a pattern that can match nothing, or not what it was meant for."""
    if not pattern.strip("/"):
        raise ConfigError("an empty pattern matches nothing")
    if found := re.search(_NOT_IN_PATTERNS, pattern):
        raise ConfigError(
            f"`{found[0].strip('/')}` has no meaning in a pattern; "
            "it may have `*`, `?`, `**` and text, with `/` between folders"
        )


@cache
def compile_glob(pattern: str) -> re.Pattern[str]:
    """A glob as a regular expression over a path with `/`: `*`, `?`, `**` and literal text.

    As in .gitignore a pattern without a slash matches at any depth, and one that names a folder
    matches everything below it. The case of the ending makes no difference: `*.md` matches `A.MD`.
    What follows a star is looked for at the first place only, which is enough for a glob, so no
    pattern and no file name can make matching slow.
    """
    anchored = "/" in pattern.rstrip("/")
    runs: list[list[str]] = [[]] if anchored else [[], []]
    names = map("g{}".format, count())

    def once(text: str) -> str:
        """A group that is not tried again once it has matched."""
        name = next(names)
        return f"(?=(?P<{name}>{text}))(?P={name})"

    def of_segment(segment: str) -> str:
        first, *others = (
            "".join("[^/]" if char == "?" else re.escape(char) for char in piece)
            for piece in re.split(r"\*+", segment)
        )
        if not others:
            return first
        middle = "".join(once(f"[^/]*?{piece}") for piece in others[:-1])
        return f"{first}{middle}[^/]*{others[-1]}"

    *folders, last = pattern.strip("/").split("/")
    stem, ending = os.path.splitext(last)
    if "*" in ending or "?" in ending or pattern.endswith("/"):
        stem, ending = last, ""
    for segment, letters in [*((folder, "") for folder in folders), (stem, ending)]:
        if segment + letters == "**":
            runs.append([])
        else:
            any_case = f"(?i:{re.escape(letters)})" if letters else ""
            runs[-1].append(of_segment(segment) + any_case)
    text = "/".join(runs[0])
    for run in filter(None, runs[1:]):
        body = "/".join(run)
        text += ("/" if text else "") + once(rf"(?:[^/]*/)*?{body}(?=/|\Z)")
    if len(runs) > 1 and not runs[-1]:
        text += "/.*" if text else ".*"
    return re.compile(text + r"(?:/.*)?", re.DOTALL)
