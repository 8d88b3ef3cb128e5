"""Whether the hooks and the workflow that a repository has check the seeds of a folder."""

from __future__ import annotations

import posixpath
import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress

from seedlint.document.limits import Limits
from seedlint.document.yaml_tree import parse_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# What our own hooks run where a configuration gives no `entry`.
_HOOKS_THAT_CHECK = frozenset({"seedlint", "seedlint-corpus"})
# They end a command of the shell.
_OPERATORS = ";&|()"


def has_hook(text: str, folder: str) -> bool:
    """Whether a configuration of pre-commit has a hook for the settings in a folder.

    The folder is given from the root of git, "" being the root itself, here and below.
    """
    for repo in _items(_read(text), "repos"):
        for hook in _items(repo, "hooks"):
            entry = _text(hook, "entry")
            if not entry and _text(hook, "id") in _HOOKS_THAT_CHECK:
                entry = "seedlint check"
            words: list[str] = []
            with suppress(ValueError):  # a quotation mark that is not closed
                words = shlex.split(entry)
            arguments = [each for each in _items(hook, "args") if isinstance(each, str)]
            if _checked_folder([*words, *arguments], "") == folder:
                return True
    return False


def has_step(text: str, folder: str) -> bool:
    """Whether a workflow of GitHub Actions has a step for the settings in a folder."""
    workflow = _read(text)
    jobs = _value(workflow, "jobs")
    for job in jobs.values() if isinstance(jobs, dict) else ():
        usual = _usual_folder(job) or _usual_folder(workflow)
        for step in _items(job, "steps"):
            where = _text(step, "working-directory") or usual
            if folder in _folders_of_script(_text(step, "run"), where):
                return True
            if posixpath.basename(_text(step, "uses").partition("@")[0]) == "seedlint":
                config = _text(_value(step, "with"), "config")
                if _settings_folder(config, "") == folder:
                    return True
    return False


def _folders_of_script(script: str, where: str) -> Iterator[str]:
    """The folders that a script checks; it is run in the folder `where`."""
    for line in script.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=_OPERATORS)
        lexer.whitespace_split = True
        words: list[str] = []
        with suppress(ValueError):
            words = list(lexer)
        command: list[str] = []
        for word in [*words, ";"]:
            if word.strip(_OPERATORS):
                command.append(word)
                continue
            if command[:1] in (["cd"], ["pushd"]):
                where = posixpath.join(where, *command[1:])
            elif (checked := _checked_folder(command, where)) is not None:
                yield checked
            command = []


def _checked_folder(words: list[str], where: str) -> str | None:
    """The folder whose settings a command uses; None if it is not `seedlint check`."""
    for at, word in enumerate(words):
        if posixpath.basename(word) != "seedlint":
            continue
        if words[at + 1 : at + 2] == ["check"] or len(words) == 1:
            options = words[at + 2 :]
            # After `--` there are paths.
            options = options[: options.index("--") if "--" in options else None]
            config = ""
            for number, option in enumerate(options):
                name, equals, value = option.partition("=")
                if name == "--config":
                    config = value if equals else "".join(options[number + 1 : number + 2])
            return _settings_folder(config, where)
    return None


def _settings_folder(config: str, where: str) -> str:
    """The folder of a configuration that is named in `where`; that folder if none is named."""
    folder = posixpath.normpath(posixpath.join(where, posixpath.dirname(config)))
    return "" if folder == "." else folder


def _usual_folder(node: Any) -> str:
    """Where the scripts of a workflow, or of one of its jobs, are run."""
    return _text(_value(_value(node, "defaults"), "run"), "working-directory")


def _read(text: str) -> Any:
    """The data of a YAML text; None if it cannot be read."""
    tree = parse_yaml(text, Limits())
    return tree.data if tree.complete else None


def _value(node: Any, key: str) -> Any:
    return node.get(key) if isinstance(node, dict) else None


def _text(node: Any, key: str) -> str:
    """What a key says that has one value; a folder may be called `1`."""
    value = _value(node, key)
    return "" if value is None or isinstance(value, (dict, list)) else str(value)


def _items(node: Any, key: str) -> Sequence[Any]:
    value = _value(node, key)
    return value if isinstance(value, list) else ()
