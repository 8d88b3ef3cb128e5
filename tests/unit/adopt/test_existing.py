"""Which hooks and which steps of a workflow check the seeds of a folder."""

from __future__ import annotations

import pytest

from seedlint.adopt.existing import has_hook, has_step
from seedlint.adopt.files import hooks_text, workflow_text

FOLDERS = ["", "one", "site", "site/one", "site/one/two", "a b/c'd", "o", 'q"t']


@pytest.mark.parametrize("written", FOLDERS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_written_for_one_folder_is_for_no_other(written: str, folder: str) -> None:
    hooks = hooks_text(written, "pyproject.toml", "seedlint==9.9")
    assert has_hook(hooks, folder) == (folder == written)
    assert has_step(workflow_text(written, "seedlint==9.9"), folder) == (folder == written)


def hook(*lines: str) -> str:
    indented = [f"  {line}" for line in lines]
    return "\n".join(["repos:", "- repo: https://example.com/x", "  hooks:", *indented, ""])


@pytest.mark.parametrize(
    ("lines", "folder"),
    [
        ("- id: seedlint", ""),
        ("- id: seedlint-corpus", ""),
        ("- {files: ^site/, 'entry': 'seedlint check', id: x}", ""),
        ("- {id: x, entry: seedlint}", ""),
        ("- {id: x, entry: .venv/bin/seedlint check --config seedlint.toml --}", ""),
        ("- {id: x, entry: tool -- seedlint check --config site/seedlint.toml --}", "site"),
        ("- {args: [check, --config=site/seedlint.toml], entry: seedlint, id: x}", "site"),
        ("- {id: x, entry: env A=b python -m seedlint check --config ./site//a.toml}", "site"),
        ("- entry: >-\n      seedlint check --root 'a b'\n      --config 'a b/s.toml' --", "a b"),
    ],
)
def test_hooks_that_people_write(lines: str, folder: str) -> None:
    for text in (hook(lines), "\ufeff" + hook(lines).replace("\n", "\r\n")):
        assert has_hook(text, folder)
        assert not has_hook(text, "other")
        assert not has_hook(text, "" if folder else "site")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "repos: []\n",
        "repos: {hooks: [{id: seedlint}]}\n",
        "- seedlint check\n",
        "repos: [\n",
        'repos: [1, {hooks: [1, {id: [seedlint]}, {entry: 1}, {entry: "seedlint \'check"}]}]\n',
        # A comment, and other commands.
        hook("# - id: seedlint", "- id: ruff"),
        hook("- id: seedlint-schema-check"),
        hook("- id: x", "  entry: seedlint schema check"),
        hook("- id: x", "  entry: grep seedlint", "  files: seedlint.toml"),
        hook("- id: x", "  entry: bash -c 'cd site && seedlint check'"),
    ],
)
def test_what_is_no_hook(text: str) -> None:
    assert not has_hook(text, "")
    assert not has_hook(text, "site")


def test_what_is_after_the_options_is_a_path() -> None:
    text = hook("- id: x", "  entry: seedlint check -- --config site/seedlint.toml")
    assert has_hook(text, "")
    assert not has_hook(text, "site")


IN_SITE = "defaults: {run: {working-directory: site}}"


def workflow(*lines: str, top: str = "", job: str = "") -> str:
    steps = [f"      {line}" for line in lines]
    return "\n".join(["on: push", top, "jobs:", "  lint:", f"    {job}", "    steps:", *steps, ""])


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        (workflow("- run: seedlint check"), ""),
        (workflow("- run: seedlint check seeds # all", "  working-directory: ."), ""),
        (workflow("- {working-directory: './site/', \"run\": 'seedlint check'}"), "site"),
        (workflow("- {run: seedlint check, working-directory: 2024}"), "2024"),
        (workflow("- run: |", "    pip install seedlint", "    seedlint check"), ""),
        (workflow("- run: |", "    cd site", "    seedlint check"), "site"),
        (workflow("- run: cd site && ../.venv/bin/seedlint check; cd .."), "site"),
        (workflow("- run: seedlint check --config site/a.toml --root site"), "site"),
        (workflow("- run: |", "    seedlint check \\", "      --config site/a.toml"), "site"),
        (workflow("- run: uvx seedlint check", job=IN_SITE), "site"),
        (workflow("- run: uvx seedlint check", top=IN_SITE), "site"),
        (workflow("- uses: OWNER/seedlint@HASH"), ""),
        (workflow("- uses: OWNER/seedlint@HASH", "  with: {config: site/seedlint.toml}"), "site"),
    ],
)
def test_steps_that_people_write(text: str, folder: str) -> None:
    for each in (text, text.replace("\n", "\r\n")):
        assert has_step(each, folder)
        assert not has_step(each, "other")
        assert not has_step(each, "" if folder else "site")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jobs: []\n",
        "jobs: {a: 1, b: {steps: 1}, c: {steps: [1, {run: 1}, {uses: 1}]}}\n",
        "jobs: {a: {defaults: 1, steps: [{run: [seedlint check]}]}}\n",
        workflow("- run: echo"),
        workflow("- run: python -m pip install seedlint"),
        workflow("# - run: seedlint check"),
        workflow("- run: '# seedlint check'"),
        workflow("- run: seedlint schema check"),
        workflow("- run: seedlint --version"),
        workflow("- uses: OWNER/seedlint-action@HASH"),
        workflow("- run: seedlint check", "  working-directory: ${{ matrix.folder }}"),
    ],
)
def test_what_is_no_step(text: str) -> None:
    assert not has_step(text, "")
    assert not has_step(text, "site")
