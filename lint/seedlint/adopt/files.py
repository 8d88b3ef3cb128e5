"""The texts of the files that a repository gets."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution

import seedlint
from seedlint.adopt.seeds import SeedFiles
from seedlint.files import read_regular_file
from seedlint.infer.shapes import singular

BASELINE = "seedlint-baseline.json"
HOOKS = ".pre-commit-config.yaml"
WORKFLOW = ".github/workflows/seedlint.yml"

_MOST_BYTES = 64 * 1024
# Versions that docs/security.md and docs/ci.md name, too.
_CHECKOUT = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0"
_PYTHON = "actions/setup-python@e797f83bcb11b83ae66e0230d6156d7c80228e7c # v6.0.0"
# Characters that need no quotes in YAML, in a shell and in TOML.
_PLAIN = re.compile(r"[A-Za-z0-9_./-]+")


def requirement() -> str | None:
    """What pip can install this version of seedlint from; None if only this machine has it."""
    with suppress(PackageNotFoundError, ValueError):
        direct = distribution("seedlint").read_text("direct_url.json")
        if direct is None:
            return f"seedlint=={seedlint.__version__}"
        origin = json.loads(direct)
        if "vcs_info" in origin:
            version = origin["vcs_info"]["commit_id"]
            return f"seedlint @ git+{origin['url']}@{version}"
    return None


def schema_name(seeds: SeedFiles) -> str:
    """What the contract of seeds is called: `post.schema.json` if they are in `content/posts`."""
    name = "".join(re.findall(r"[\w-]+", os.path.basename(seeds.folder)))
    return f"{singular(name) or 'seed'}.schema.json"


def settings_text(schema: str, seeds: SeedFiles, *, has_baseline: bool) -> str:
    """A `seedlint.toml`."""
    lines = [
        "# What seedlint checks. Every setting is described in docs/configuration.md of seedlint.",
        f"schema = {_toml(schema)}",
        f"include = [{', '.join(map(_toml, seeds.include))}]",
    ]
    if seeds.exclude:
        lines.append(f"exclude = [{', '.join(map(_toml, seeds.exclude))}]")
    if has_baseline:
        lines += [
            "# Findings that were there before. --prune-baseline removes those that are fixed.",
            f"baseline = {_toml(BASELINE)}",
        ]
    return "\n".join([*lines, ""])


def hooks_text(folder: str, config: str, requires: str | None) -> str:
    """A configuration of pre-commit.

    `folder` is where the settings are, from the root of git, and `config` the name of their file.
    """
    return "\n".join(["repos:", *hook_lines(folder, config, requires), ""])


def hook_lines(folder: str, config: str, requires: str | None) -> list[str]:
    """The entry of the hook under `repos:`."""
    if requires is None:
        # It is only on this machine, so everybody installs it where they have it from.
        language = ["language: system"]
    else:
        needs = json.dumps(requires)
        language = ["language: python", f"additional_dependencies: [{needs}]"]
    options = _options(folder, config)
    entry = f"seedlint check --force-exclude {options}--"
    hook = [
        "id: seedlint",
        # pre-commit shows the name of each hook, and there may be one per folder.
        f"name: {json.dumps(f'seedlint ({folder})') if folder else 'seedlint'}",
        f"entry: {json.dumps(entry)}",
        *language,
        "types: [text]",
        *([f"files: {json.dumps(f'^{re.escape(folder)}/')}"] if folder else []),
        "require_serial: true",
    ]
    lines = [f"        {line}" for line in hook]
    lines[0] = f"      - {hook[0]}"
    return ["  - repo: local", "    hooks:", *lines]


def step_lines(folder: str) -> list[str]:
    """The step for the settings in a folder, for a workflow that has others."""
    return [
        "      - run: seedlint check",
        # One folder says nothing of the others.
        "        if: ${{ !cancelled() }}",
        *_place_of(folder),
    ]


def workflow_text(folder: str, requires: str | None) -> str:
    """A workflow of GitHub Actions that checks pull requests and the main branch."""
    install = requires or "seedlint @ git+https://github.com/OWNER/seedlint@COMMIT"
    remark = [] if requires else ["      # Replace OWNER and COMMIT by those of seedlint."]
    lines = [
        "# A pull request may change the contract, too. For those of strangers, docs/security.md",
        "# of seedlint has a gate that takes the contract from the base branch.",
        "name: seedlint",
        "",
        "on:",
        "  pull_request:",
        "  push:",
        "    branches: [main, master]",
        "",
        "permissions:",
        "  contents: read",
        "",
        "jobs:",
        "  seedlint:",
        "    runs-on: ubuntu-latest",
        "    timeout-minutes: 10",
        "    steps:",
        f"      - uses: {_CHECKOUT}",
        "        with:",
        "          persist-credentials: false",
        f"      - uses: {_PYTHON}",
        "        with:",
        '          python-version: "3.13"',
        *remark,
        f"      - run: python -m pip install {json.dumps(install)}",
        "      - run: seedlint check",
        *_place_of(folder),
    ]
    return "\n".join([*lines, ""])


def is_on_github(root: str) -> bool:
    """Whether a work tree has a folder `.github`, or a remote at GitHub."""
    if os.path.isdir(os.path.join(root, ".github")):
        return True
    with suppress(OSError):
        text, _ = read_regular_file(os.path.join(root, ".git", "config"), _MOST_BYTES)
        return re.search(rb"(?m)^[ \t]*url[ \t]*=[^\r\n]*\bgithub\.com[:/]", text) is not None
    return False


def _place_of(folder: str) -> list[str]:
    return [f"        working-directory: {json.dumps(folder)}"] if folder else []


def _options(folder: str, config: str) -> str:
    if not folder:
        return ""
    return f"--config {_shell(f'{folder}/{config}')} --root {_shell(folder)} "


def _shell(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    return "'" + text.replace("'", "'\"'\"'") + "'"


def _toml(text: str) -> str:
    """A text between quotes. JSON's are those of TOML, which has more to escape."""
    written = json.dumps(text, ensure_ascii=False)
    return "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in written)
