"""`seedlint edit`."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from seedlint.cli.check import cores, echo_errors, plural, raise_if_nothing, settings_of
from seedlint.cli.check_command import same_option
from seedlint.cli.new_texts import NewTexts, echo_notes
from seedlint.cli.options import Options
from seedlint.collection import Lookup
from seedlint.discover import Files, Target, find_targets
from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.document.pointer import unescape_step
from seedlint.document.problem import ProblemKind
from seedlint.document.scalars import resolve_plain
from seedlint.errors import ConfigError
from seedlint.fix.editor import EditedFile, Instruction, edit_each
from seedlint.fix.operation import Scalar
from seedlint.fix.write import remove_leftovers
from seedlint.report.stream import echo_err
from seedlint.run import open_checkers
from seedlint.settings import Settings
from seedlint.text.source import SourceFile

_LIMITS = Limits()
_HELP = """Edit a key in seeds: files, or folders with Markdown files in them.

KEY is the name of a key at the top level, or a JSON Pointer such as `/provider/name`, in which `*`
is each item of a list. VALUE is read as YAML: `3` is a number, `'"3"'` is text.

Exit code 0: done, or nothing to do; 1: a seed was left alone, or there is a patch; 2: the run could
not be trusted.
"""


@click.command(name="edit", help=_HELP)
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--rename", multiple=True, metavar="KEY=NAME", help="Give a key another name.")
@click.option("--set", "sets", multiple=True, metavar="KEY=VALUE", help="Give a key this value.")
@click.option("--delete", multiple=True, metavar="KEY", help="Remove a key with its value.")
@click.option("--diff", is_flag=True, help="Show the edits as a patch, and write no file.")
@click.option("--schema", type=click.Path(), help="The contract that new findings depart from.")
@same_option("config")
@same_option("isolated")
@same_option("root")
@same_option("force_exclude")
@same_option("jobs")
@click.option("-q", "--quiet", is_flag=True, help="Write no summary.")
def command(
    paths: tuple[str, ...],
    rename: tuple[str, ...],
    sets: tuple[str, ...],
    delete: tuple[str, ...],
    diff: bool,
    schema: str | None,
    config: str | None,
    isolated: bool,
    root: str | None,
    force_exclude: bool,
    jobs: int | None,
    quiet: bool,
) -> int:
    """Run the command; the exit code."""
    instructions = [
        *map(_read_rename, rename),
        *map(_read_set, sets),
        *(Instruction("delete", _read_place(key)) for key in delete),
    ]
    if not instructions:
        raise ConfigError("nothing to edit: give --rename, --set or --delete")
    options = Options(schema=schema, config=config, isolated=isolated, root=root)
    settings = settings_of(options)
    targets, _, errors = find_targets(paths, settings, force_exclude=force_exclude)
    raise_if_nothing(targets, errors)
    left = [
        f"{target.shown} was left alone: no collection takes it"
        for target in _drop_unmatched(targets, settings)
    ]
    checker_of = open_checkers(settings)
    if not diff:
        remove_leftovers({os.path.dirname(each.path) for each in targets})
    brings: list[str] = []
    with NewTexts(diff=diff, done="edited", left="left alone") as new_texts:
        edited_files = edit_each(
            targets, checker_of, instructions, jobs or cores(), settings.limits.seconds
        )
        for target, edited in zip(targets, edited_files, strict=True):
            if edited.left:
                left.append(f"{target.shown} was left alone: {edited.left}")
            if edited.is_changed and new_texts.put(target, edited.old, edited.new):
                brings += _worse(target.shown, edited)
    left += new_texts.notes
    errors += new_texts.errors
    echo_notes(left, "were left alone")
    echo_notes(brings, "have new findings")
    echo_errors(errors)
    count = new_texts.files
    if not quiet:
        done = "would edit" if diff else "edited"
        echo_err(f"{done} {count:,} of {plural(len(targets), 'seed')}")
    return 2 if errors else int(bool(left or (diff and count)))


def _drop_unmatched(targets: Files, settings: Settings) -> list[Target]:
    """Take out the files that no collection takes, which have no contract."""
    lookup = Lookup(settings)
    unmatched = [target for target in targets if lookup.group_of(target) is None]
    targets.drop({target.path for target in unmatched})
    return unmatched


def _worse(shown: str, edited: EditedFile) -> Sequence[str]:
    if not edited.brings:
        return ()
    return (f"{shown} has findings that it did not have before: {', '.join(edited.brings)}",)


def _read_rename(text: str) -> Instruction:
    key, equals, name = text.partition("=")
    if not equals or not name or name.startswith("/"):
        raise ConfigError("--rename takes KEY=NAME, and NAME is a name without `/` before it")
    return Instruction("rename", _read_place(key), name)


def _read_set(text: str) -> Instruction:
    key, equals, value = text.partition("=")
    if not equals:
        raise ConfigError("--set takes KEY=VALUE")
    return Instruction("set", _read_place(key), _read_value(value.strip()))


def _read_place(key: str) -> tuple[str, ...]:
    """The steps of a key: its name, or those of a JSON Pointer."""
    steps: tuple[str, ...] = (key,)
    if key.startswith("/"):
        steps = tuple(map(unescape_step, key[1:].split("/")))
    if not steps[-1]:
        raise ConfigError("a key is missing: give its name, or a JSON Pointer such as `/a/b`")
    return steps


def _read_value(text: str) -> Scalar:
    """The value that a text means to YAML, on a line of its own."""
    if text[:1] in ("'", '"'):
        source = SourceFile("", f"---\nx: {text}\n---\n")
        data = read_document(source, _LIMITS).data
        if isinstance(data, dict) and isinstance(data.get("x"), str) and text[-1] == text[0]:
            return str(data["x"])
        raise ConfigError("--set: the quotes of the value are not closed, or close too early")
    if text[:1] in ("[", "{"):
        way_out = "put it in quotes if it is text"
        raise ConfigError("--set: a list or mapping cannot be set", help=way_out)
    value, problem = resolve_plain(text, _LIMITS.integer_digits)
    if problem is ProblemKind.NOT_JSON_NUMBER:
        raise ConfigError("--set: this is not a number that JSON can hold")
    return value
