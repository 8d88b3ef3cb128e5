"""`seedlint init`."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

import click

from seedlint.adopt import files
from seedlint.adopt.existing import has_hook, has_step
from seedlint.adopt.seeds import SeedFiles, find_seeds
from seedlint.baseline import lines_of
from seedlint.cli.baseline import entries_of
from seedlint.cli.check import cores, plural, settings_of, summarize
from seedlint.cli.check_command import same_option
from seedlint.cli.new_texts import show_patch
from seedlint.cli.options import Options
from seedlint.cli.schema_infer import draft_text, echo_listed, echo_unread
from seedlint.config_file import find_config
from seedlint.discover import find_targets
from seedlint.errors import ConfigError, OutputError
from seedlint.files import read_regular_file, reason_of, shown_path, work_tree_of
from seedlint.infer.draft import Wishes
from seedlint.infer.survey import survey
from seedlint.named_tuple import NamedTuple
from seedlint.outcome import Outcome
from seedlint.report.sanitize import sanitize
from seedlint.report.stream import echo_err, write_report
from seedlint.run import run
from seedlint.schema.files import split_fragment
from seedlint.settings import CONFIG_FILE, Settings

_HELP = """Set up seedlint in this folder: contract, settings, baseline, hook and workflow.

Seeds are looked for in PATHS, or wherever most of them are. Their contract is drafted from them,
unless there is one. Today's findings go into a baseline, so that only new ones are reported. No
file that exists is changed.

Exit code 0: done; 1: --diff has shown a patch; 2: nothing could be written.
"""


# How much is read of the hooks and the workflow that exist, in bytes.
_MOST_BYTES = 128 * 1024


class _NewFile(NamedTuple):
    """A file to write: its path from the working directory, with `/`, and what to say of it."""

    path: str
    text: str
    remark: str


@click.command(name="init", help=_HELP)
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--schema", type=click.Path(), help="The contract of the seeds, instead of a draft.")
@click.option("--diff", is_flag=True, help="Show the files as a patch, and write none.")
@same_option("jobs")
def command(paths: tuple[str, ...], schema: str | None, diff: bool, jobs: int | None) -> int:
    """Run the command; the exit code."""
    with tempfile.TemporaryDirectory(prefix="seedlint-") as scratch:
        plan = _Plan(jobs or cores(), scratch)
        plan.look_at_repository(paths, schema)
    if diff:
        for each in plan.new:
            show_patch(each.path, None, each.text.encode())
    else:
        plan.new = [each for each in plan.new if plan.write(each)]
    if plan.to_add and not diff:
        write_report(map(sanitize, plan.to_add), None)
    if not plan.new:
        exist = "exists" if len(plan.present) == 1 else "exist"
        raise ConfigError(f"nothing to write: {_enumerate(plan.present)} {exist}")
    for path in plan.present:
        echo_err(f"note: {path} is there, and stays as it is")
    return int(diff)


class _Plan:
    """The files to write, the paths that are there already, and lines that people add to those."""

    def __init__(self, jobs: int, scratch: str) -> None:
        """`scratch` is a folder for a contract that is not written yet."""
        self.new: list[_NewFile] = []
        self.present: list[str] = []
        self.to_add: list[str] = []
        self._jobs = jobs
        self._scratch = scratch

    def look_at_repository(self, paths: Sequence[str], schema: str | None) -> None:
        """Check its seeds, under a contract that is drafted if there is none, and plan the files.

        Raises SeedlintError.
        """
        config = find_config(os.curdir)
        if config is None:
            seeds = find_seeds(paths)
            if seeds.elsewhere:
                others = plural(seeds.elsewhere, "file")
                echo_err(f"note: {others} with front matter elsewhere are left out of `include`")
            settings = Settings(include=seeds.include, exclude=seeds.exclude)
            if schema and not os.path.lexists(split_fragment(schema)[0]):
                advice = "without `--schema` a contract is drafted"
                reason = "cannot read the file: no such file or directory"
                raise ConfigError(reason, path=schema, help=advice)
            name = shown_path(schema) if schema else files.schema_name(seeds)
            if not _is_utf8(name):
                raise ConfigError("settings cannot name it: its name is not UTF-8", path=name)
        else:
            if paths or schema:
                raise ConfigError("the settings say where seeds and schema are", path=config.shown)
            self.present.append(config.shown)
            settings = settings_of(Options(), needs_schema=False)
            seeds = SeedFiles("", settings.include, settings.exclude)
            name = shown_path(settings.schema) if settings.schema else ""
        outcome = self._check(settings, name, is_named=schema is not None)
        has_baseline = self._add_baseline(settings, outcome, is_configured=config is not None)
        if config is None:
            text = files.settings_text(name, seeds, has_baseline=has_baseline)
            self._add(CONFIG_FILE, text, "settings")
        self._add_git_files(settings)

    def _check(self, settings: Settings, schema: str, *, is_named: bool) -> Outcome:
        """Check the seeds under their contract, which is drafted if it is not there."""
        targets = find_targets([], settings).files
        file, fragment = split_fragment(schema)
        if schema and not (is_named or fragment or os.path.lexists(file)):
            found = survey(targets, settings.limits, self._jobs)
            text, notes = draft_text(found, Wishes())
            echo_listed("note", notes)
            echo_unread(found)
            draft = f"a draft from {plural(found.seeds, 'seed')}, which you should read"
            self._add(schema, text, draft)
            path = os.path.join(self._scratch, os.path.basename(schema))
            with open(path, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            settings = settings.with_schema(path)
        elif schema and not settings.collections:
            self.present.append(file)
            settings = settings.with_schema(schema)
        outcome = run(targets, settings, self._jobs)
        echo_err(summarize(outcome).partition(" checked against ")[0])
        return outcome

    def _add_baseline(self, settings: Settings, outcome: Outcome, *, is_configured: bool) -> bool:
        """Whether there is a baseline that holds what was found."""
        name = shown_path(settings.baseline) if settings.baseline else files.BASELINE
        if os.path.lexists(name):
            self.present.append(name)
            return True
        if not outcome.diagnostics:
            return False
        if is_configured and not settings.baseline:
            echo_err(
                f"note: {plural(len(outcome.diagnostics), 'finding')}; to report only new ones, "
                f'put baseline = "{name}" into the settings and run seedlint init again'
            )
            return False
        entries = (entry for entry, _ in entries_of(outcome, settings))
        text = "".join(f"{line}\n" for line in lines_of(Counter(entries)))
        self._add(name, text, f"holds {plural(len(outcome.diagnostics), 'finding')}")
        return True

    def _add_git_files(self, settings: Settings) -> None:
        """The hook and the workflow, which belong to the root of the repository."""
        root = work_tree_of(os.path.realpath(os.curdir))
        if root is None:
            echo_err("note: no git repository here, so there is no hook and no workflow")
            return
        folder = os.path.relpath(os.path.realpath(settings.root), root).replace(os.sep, "/")
        folder = "" if folder == "." else folder
        if not folder.isprintable() or "${{" in folder:
            # GitHub would take the last for an expression.
            echo_err(f"note: {folder} cannot be written into a hook, nor into a workflow")
            return
        requires = files.requirement()
        config = os.path.basename(settings.config or CONFIG_FILE)
        hooks = shown_path(os.path.join(root, files.HOOKS))
        if os.path.lexists(hooks) and not has_hook(_beginning(hooks), folder):
            self.to_add = [f"# Add to {hooks}:", *files.hook_lines(folder, config, requires)]
        self._add(hooks, files.hooks_text(folder, config, requires), "run `pre-commit install`")
        if files.is_on_github(root):
            remark = "" if requires else "replace OWNER and COMMIT in it"
            workflow = shown_path(os.path.join(root, files.WORKFLOW))
            if os.path.lexists(workflow) and not has_step(_beginning(workflow), folder):
                self.to_add += [f"# Add to {workflow}:", *files.step_lines(folder)]
            self._add(workflow, files.workflow_text(folder, requires), remark)

    def _add(self, path: str, text: str, remark: str) -> None:
        if os.path.lexists(path):
            self.present.append(path)
        elif _is_behind_link(path):
            echo_err(f"note: {path} is not written, because a folder on the way is a link")
        else:
            self.new.append(_NewFile(path, text, remark))

    def write(self, new: _NewFile) -> bool:
        """Write a file unless it is there by now; whether it was written. Raises OutputError."""
        try:
            if folder := os.path.dirname(new.path):
                os.makedirs(folder, exist_ok=True)
            # It follows no link, and replaces nothing.
            with open(new.path, "x", encoding="utf-8", newline="\n") as stream:
                stream.write(new.text)
        except OSError as error:
            if isinstance(error, FileExistsError) and os.path.lexists(new.path):
                self.present.append(new.path)
                return False
            raise OutputError(f"cannot be written: {reason_of(error)}", path=new.path) from None
        echo_err(f"wrote {new.path}" + (f": {new.remark}" if new.remark else ""))
        return True


def _enumerate(paths: Sequence[str]) -> str:
    """`a, b and c`."""
    *others, last = paths
    return f"{', '.join(others)} and {last}" if others else last


def _is_utf8(name: str) -> bool:
    return name.encode("utf-8", "replace").decode() == name


def _is_behind_link(path: str) -> bool:
    """Whether the way from the working directory to a file leads through a symbolic link."""
    folder = os.path.join(os.path.realpath(os.curdir), os.path.dirname(path))
    return os.path.realpath(folder) != os.path.normpath(folder)


def _beginning(path: str) -> str:
    """The text of a file of the repository, as far as it is looked at; "" if it cannot be read."""
    with suppress(OSError):
        data, _ = read_regular_file(path, _MOST_BYTES)
        return data.decode("utf-8", "replace")
    return ""
