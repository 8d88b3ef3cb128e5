"""The options of `seedlint check`: one table, for click and for the reader that does without.

click takes a third of the time of a run over one seed to import, and most command lines, those of
the hooks among them, hold nothing that needs it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence

from seedlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal


class Options(NamedTuple):
    """The command line of `check`; `OPTIONS` says what each option means."""

    paths: tuple[str, ...] = ()
    schema: str | None = None
    config: str | None = None
    isolated: bool = False
    root: str | None = None
    collection: tuple[str, ...] | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    output_format: str | None = None
    output_file: str | None = None
    report: tuple[str, ...] | None = None
    statistics: bool = False
    show_files: bool = False
    show_settings: str | None = None
    files_from: str | None = None
    stdin_filename: str | None = None
    exit_zero: bool = False
    fail_on: str | None = None
    max_warnings: int | None = None
    ignore_suppressions: bool = False
    add_ignores: bool = False
    baseline: str | None = None
    update_baseline: bool = False
    prune_baseline: bool = False
    strict_baseline: bool = False
    since: str | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    fix_only: bool = False
    exit_non_zero_on_fix: bool = False
    staged: bool = False
    force_exclude: bool = False
    jobs: int | None = None
    no_cache: bool = False
    cache_dir: str | None = None
    quiet: bool = False


class Option(NamedTuple):
    """One option: what it takes, its help, its short form, and the variable that stands for it.

    A `list` has its items between commas; it and `texts` may be given more than once. Of other
    options the last one counts, unless one is to be given `once`. A `number` is from `least` to
    `most`.
    """

    takes: Literal["nothing", "path", "text", "texts", "list", "choice", "number"]
    help: str
    letter: str = ""
    variable: str | None = None
    choices: tuple[str, ...] = ()
    once: bool = False
    least: int = 1
    most: int = 999_999


MOST_JOBS = 256
FORMATS = (
    "full",
    "concise",
    "json",
    "json-lines",
    "github",
    "gitlab",
    "html",
    "junit",
    "markdown",
    "rdjson",
    "sarif",
)

# In the order of the help.
OPTIONS: Mapping[str, Option] = {
    "schema": Option(
        "path",
        "The JSON Schema to check against, a file or `FILE#/POINTER`.  "
        "[default: the article contract]",
        once=True,
    ),
    "config": Option("path", "The configuration file to use."),
    "isolated": Option("nothing", "Use no configuration file."),
    "root": Option(
        "path",
        "The folder that patterns start from.  "
        "[default: the folder of the configuration that was found, else the working directory]",
    ),
    "collection": Option(
        "list", "Check only the files of these collections, with commas between the names."
    ),
    "select": Option("list", "Rules to check: codes, prefixes, names or ALL, with commas between."),
    "ignore": Option("list", "Rules to leave out: codes, prefixes or names, with commas between."),
    "output_format": Option(
        "choice",
        "The format of the report.  [default: full; github in GitHub Actions]",
        choices=FORMATS,
    ),
    "output_file": Option("path", "Write the report to this file.", letter="o"),
    "report": Option("texts", "Write another report, FORMAT=FILE. Can be given more than once."),
    "statistics": Option("nothing", "Count findings per rule instead of listing them."),
    "show_files": Option("nothing", "List the files that would be checked, and exit."),
    "show_settings": Option(
        "path", "Show which settings apply to this file, and where they come from, and exit."
    ),
    "files_from": Option(
        "path", "Check the files that this file lists, between NULs or on lines; `-` is stdin."
    ),
    "stdin_filename": Option("text", "Check standard input, under this name."),
    "exit_zero": Option("nothing", "Exit with 0 even if there are findings."),
    "fail_on": Option(
        "choice",
        "The mildest findings that fail the run.  [default: error]",
        choices=("error", "warning", "info"),
    ),
    "max_warnings": Option("number", "Fail if there are more warnings than this.", least=0),
    "ignore_suppressions": Option("nothing", "Also report what comments in seeds suppress."),
    "add_ignores": Option("nothing", "Write comments into the seeds that suppress what is found."),
    "baseline": Option("path", "Report only findings that this file does not list."),
    "update_baseline": Option("nothing", "Write all findings to the baseline, and report none."),
    "prune_baseline": Option("nothing", "Remove from the baseline what is no longer found."),
    "strict_baseline": Option("nothing", "Fail if the baseline lists what is no longer found."),
    "since": Option("text", "Report only what was not there where this revision and HEAD meet."),
    "fix": Option("nothing", "Make the fixes that are safe."),
    "unsafe_fixes": Option("nothing", "Make or show the fixes that are not safe, too."),
    "diff": Option("nothing", "Show what would be fixed as a patch, and write no file."),
    "fix_only": Option("nothing", "Make the fixes, and do not report what is left."),
    "exit_non_zero_on_fix": Option("nothing", "Exit with 1 if anything was fixed."),
    "staged": Option("nothing", "Check what is staged in git for the next commit."),
    "force_exclude": Option("nothing", "Apply `include` and `exclude` to the files in PATHS, too."),
    "jobs": Option(
        "number", "Processes to use.  [default: the number of cores]", letter="j", most=MOST_JOBS
    ),
    "no_cache": Option(
        "nothing", "Do not use the cache.", letter="n", variable="SEEDLINT_NO_CACHE"
    ),
    "cache_dir": Option(
        "path",
        "The cache folder.  [default: the user's cache folder; none in CI]",
        variable="SEEDLINT_CACHE_DIR",
    ),
    "quiet": Option("nothing", "Write no summary, only findings.", letter="q"),
}


def spellings(name: str) -> tuple[str, ...]:
    """What an option is called on a command line: `-q` and `--quiet`."""
    letter = OPTIONS[name].letter
    return (*([f"-{letter}"] if letter else []), f"--{name.replace('_', '-')}")


def split_list(texts: Iterable[str]) -> tuple[str, ...] | None:
    """The items of a list that was given in any number of parts; None when there are none."""
    return tuple(item.strip() for text in texts for item in text.split(",")) or None


def parse_plain(arguments: Sequence[str]) -> Options | None:
    """The options on a command line, as click reads them; None for what only click can read.

    That is anything wrong, a request for help, letters that are joined (`-nq`, `-j4`) and a flag in
    the environment.
    """
    found: dict[str, Any] = {}
    for name, option in OPTIONS.items():
        if option.variable and option.variable in os.environ:
            if option.takes == "nothing":
                return None
            found[name] = os.environ[option.variable] or None
    named = {spelling: name for name in OPTIONS for spelling in spellings(name)}
    lists: dict[str, list[str]] = {}
    paths: list[str] = []
    left = iter(arguments)
    for argument in left:
        spelling, equals, text = argument.partition("=")
        if argument == "--":
            paths += left
        elif argument[:1] != "-" or argument == "-":
            paths.append(argument)
        elif spelling not in named or (equals and argument[:2] != "--"):
            return None
        elif OPTIONS[named[spelling]].takes == "nothing":
            if equals:
                return None
            found[named[spelling]] = True
        else:
            name, option = named[spelling], OPTIONS[named[spelling]]
            value = text if equals else next(left, None)
            if value is None or (option.once and name in found):
                return None
            if option.takes == "texts":
                found[name] = (*found.get(name, ()), value)
            elif option.takes == "list":
                lists.setdefault(name, []).append(value)
            elif option.takes == "number":
                is_number = re.fullmatch("0|[1-9][0-9]{0,5}", value)
                if not is_number or not option.least <= int(value) <= option.most:
                    return None
                found[name] = int(value)
            elif option.takes == "choice" and value not in option.choices:
                return None
            else:
                found[name] = value
    found |= {name: split_list(texts) for name, texts in lists.items()}
    return Options(tuple(paths), **found)
