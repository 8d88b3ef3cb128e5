"""The hooks and gates of this repository, run by the real pre-commit in real git repositories.

The repository that the hooks come from is a commit of the working tree: what is tested is what
would be committed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from identify.identify import tags_from_filename
from packaging.requirements import Requirement

from command import seedlint
from cpu import HANGING
from paths import CORPUS, ROOT, SEEDS, needs
from trees import KINDS, lay_kinds

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
CONFIG = ROOT / ".pre-commit-config.yaml"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text("utf-8"))
}
SEED = SEEDS / "2021-05-08-ferry-timetable-changes-for-the-spring-season.md"
OTHER = SEEDS / "2022-03-30-seed-library-lends-its-thousandth-packet.md"
_NO_INDEX = re.compile(
    r"connection broken by|NewConnectionError|NameResolutionError|ProxyError|ConnectTimeout"
    r"|Could not fetch URL|Failed to establish a new connection|Temporary failure in name"
)


def run(
    arguments: Sequence[str | os.PathLike[str]], cwd: Path, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a command, its standard error in with its standard output, as a terminal shows it."""
    return subprocess.run(
        arguments,
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=HANGING,
        check=False,
    )


def git(cwd: Path, env: Mapping[str, str], *arguments: str) -> str:
    done = run(["git", *arguments], cwd, env)
    assert done.returncode == 0, done.stdout
    return done.stdout


@dataclass(frozen=True)
class HookRepository:
    """Where the hooks come from, and the environment in which git and pre-commit run."""

    folder: Path
    revision: str
    env: Mapping[str, str]

    def config(self, **settings: object) -> str:
        """A `.pre-commit-config.yaml` with both hooks; `settings` go to the first."""
        hooks = [{"id": "seedlint", **settings}, {"id": "seedlint-corpus"}]
        repository = {"repo": str(self.folder), "rev": self.revision, "hooks": hooks}
        return str(yaml.safe_dump({"repos": [repository]}))


@dataclass(frozen=True)
class Consumer:
    """A git repository with seeds that uses the hooks."""

    folder: Path
    env: Mapping[str, str]

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")

    def commit(self) -> None:
        git(self.folder, self.env, "add", "--all")
        git(self.folder, self.env, "commit", "--quiet", "--message", "seeds")

    def run_hook(self, hook: str) -> subprocess.CompletedProcess[str]:
        """Stage everything and run a hook as `git commit` would."""
        git(self.folder, self.env, "add", "--all")
        command = [sys.executable, "-m", "pre_commit", "run", "--color=never", "--verbose", hook]
        return run(command, self.folder, self.env)


@pytest.fixture(scope="session")
def common(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this test run share: the hooks are installed once."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "hooks"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def env(common: Path) -> dict[str, str]:
    """No git settings but these, no hook that this run may itself be part of."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "PRE_COMMIT", "PYTEST_")) and name != "PYTHONPATH"
    }
    return inherited | {
        "GIT_AUTHOR_EMAIL": "hooks@tests.example",
        "GIT_AUTHOR_NAME": "hooks",
        "GIT_COMMITTER_EMAIL": "hooks@tests.example",
        "GIT_COMMITTER_NAME": "hooks",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "PIP_RETRIES": "1",
        "PRE_COMMIT_HOME": str(common / "home"),
    }


@pytest.fixture(scope="session")
def hook_repository(common: Path, env: dict[str, str], tmp_path_factory: Any) -> HookRepository:
    """A commit of the working tree: tracked files and new ones, as they are now."""
    folder = common / "repository"
    if not folder.exists():
        if not (ROOT / ".git").exists():
            pytest.skip("hooks not tested: this is no git checkout")
        draft: Path = tmp_path_factory.mktemp("draft") / "repository"
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        for name in filter(None, os.fsdecode(listed.stdout).split("\0")):
            if (ROOT / name).is_file():
                (draft / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, draft / name)
        git(draft, env, "init", "--quiet")
        git(draft, env, "add", "--all")
        git(draft, env, "commit", "--quiet", "--message", "working tree")
        try:
            draft.rename(folder)
        except OSError:
            # Another worker was faster.
            assert folder.exists()
    return HookRepository(folder, git(folder, env, "rev-parse", "HEAD").strip(), env)


@pytest.fixture(scope="session")
def installed(hook_repository: HookRepository, tmp_path_factory: Any) -> HookRepository:
    """The hooks' environment is built, else what needs it is skipped aloud."""
    folder: Path = tmp_path_factory.mktemp("install")
    git(folder, hook_repository.env, "init", "--quiet")
    (folder / ".pre-commit-config.yaml").write_text(hook_repository.config(), "utf-8")
    # Workers wait for each other here: pre-commit locks its home.
    command = [sys.executable, "-m", "pre_commit", "install-hooks"]
    done = run(command, folder, hook_repository.env)
    if done.returncode and _NO_INDEX.search(done.stdout):
        pytest.skip("hooks not tested: pip cannot reach an index to build their environment")
    assert done.returncode == 0, done.stdout
    return hook_repository


@pytest.fixture
def consumer(installed: HookRepository, tmp_path: Path) -> Consumer:
    consumer = Consumer(tmp_path, installed.env)
    git(tmp_path, installed.env, "init", "--quiet")
    consumer.write(".pre-commit-config.yaml", installed.config())
    consumer.commit()
    return consumer


CLEAN = SEED.read_text("utf-8")
BROKEN = CLEAN.replace("type: article", "type: artikel")
LINE = BROKEN.splitlines().index("type: artikel") + 1


def test_clean_seed_passes(consumer: Consumer) -> None:
    consumer.write("seeds/ferry.md", CLEAN)
    done = consumer.run_hook("seedlint")
    assert done.returncode == 0, done.stdout
    assert "OK: 1 seed " in done.stdout


def test_broken_seed_fails_with_what_the_command_says(consumer: Consumer) -> None:
    consumer.write("seeds/ferry.md", BROKEN)
    consumer.write("seeds/library.md", OTHER.read_text("utf-8"))
    done = consumer.run_hook("seedlint")
    by_hand = seedlint("check", "seeds", cwd=consumer.folder)
    assert (done.returncode, by_hand.code) == (1, 1), done.stdout
    assert f"seeds/ferry.md:{LINE}:7" in by_hand.out
    assert by_hand.out in done.stdout
    assert by_hand.err in done.stdout


@pytest.mark.slow
@needs(CORPUS)
def test_collections_are_those_of_the_command(
    consumer: Consumer, installed: HookRepository
) -> None:
    lay_kinds(consumer.folder)
    command = ["check", "--output-format", "concise", "--quiet"]
    entry = " ".join(["seedlint", *command, "--force-exclude", "--"])
    consumer.write(".pre-commit-config.yaml", installed.config(entry=entry))
    by_hand = seedlint(*command, cwd=consumer.folder)
    done = consumer.run_hook("seedlint")
    assert (done.returncode, by_hand.code) == (1, 1), done.stdout
    lines = [line for line in done.stdout.splitlines() if line.startswith("content/")]
    # pre-commit may deal a long list out to several runs.
    assert sorted(lines) == sorted(by_hand.out.splitlines())
    assert {line.split("/")[1] for line in lines} == set(KINDS)
    (consumer.folder / "schemas" / "people.json").unlink()
    gone = consumer.run_hook("seedlint")
    assert "collection `people`: `schema`: no such file" in gone.stdout


def test_file_name_is_never_an_option(consumer: Consumer) -> None:
    # Taken for an option, the first would bring a configuration that leaves out everything.
    (consumer.folder / ".git" / "info" / "exclude").write_text("/evil.md\n", "utf-8")
    consumer.write("evil.md", 'exclude = ["**/*.md"]\n')
    names = ["--config=evil.md", "--exit-zero.md", "-x.md"]
    for name in names:
        consumer.write(name, BROKEN)
    done = consumer.run_hook("seedlint")
    assert done.returncode == 1, done.stdout
    for name in names:
        assert f"{name}:{LINE}:7" in done.stdout


def test_excluded_seed_is_left_out_though_it_is_named(consumer: Consumer) -> None:
    consumer.write("seedlint.toml", 'exclude = ["drafts/"]\n')
    consumer.write("seeds/ferry.md", CLEAN)
    consumer.commit()
    consumer.write("drafts/ferry.md", BROKEN)
    consumer.write("seeds/ferry.md", CLEAN)
    done = consumer.run_hook("seedlint")
    assert done.returncode == 0, done.stdout
    assert "not checked, because `exclude` matches: drafts/ferry.md" in done.stdout
    assert "no seeds to check" in done.stdout


def test_a_hook_whose_configuration_matches_nothing_fails(
    consumer: Consumer, installed: HookRepository
) -> None:
    """pre-commit shows nothing of a hook that passes, so nobody would notice."""
    consumer.write("seedlint.toml", 'include = ["seed/*.md"]\n')
    consumer.write("seeds/ferry.md", BROKEN)
    consumer.commit()
    everything = [sys.executable, "-m", "pre_commit", "run", "--color=never", "--all-files"]
    done = run(everything, consumer.folder, consumer.env)
    assert done.returncode == 1, done.stdout
    assert "seedlint: no seeds found in .\n" in done.stdout
    assert "files that are looked for: seed/*.md" in done.stdout
    consumer.write(
        ".pre-commit-config.yaml",
        installed.config(entry="seedlint check --staged", pass_filenames=False, always_run=True),
    )
    done = consumer.run_hook("seedlint")
    assert (done.returncode, "seedlint: no seeds found in .\n" in done.stdout) == (1, True)
    # With a pattern that matches, a commit without seeds passes.
    consumer.write("seedlint.toml", 'include = ["seeds/*.md"]\n')
    consumer.commit()
    consumer.write("code.py", "x = 1\n")
    done = consumer.run_hook("seedlint")
    assert done.returncode == 0, done.stdout
    assert "note: no seeds are staged\nno seeds to check\n" in done.stdout


def test_arguments_of_the_hook_are_paths_and_fail_aloud(
    consumer: Consumer, installed: HookRepository
) -> None:
    consumer.write(".pre-commit-config.yaml", installed.config(args=["--exit-zero"]))
    consumer.write("seeds/ferry.md", BROKEN)
    done = consumer.run_hook("seedlint")
    assert done.returncode == 1, done.stdout
    assert "exit code: 2" in done.stdout
    assert "--exit-zero: no such file" in done.stdout
    assert "its options belong in `entry`" in done.stdout


ENDINGS = ("mdx", "qmd", "mdc", "html", "Rmd")


def test_seeds_of_every_ending_that_is_included(consumer: Consumer) -> None:
    for ending in ENDINGS:
        consumer.write(f"seeds/ferry.{ending}", BROKEN)
    # By default they are no seeds.
    done = consumer.run_hook("seedlint")
    assert done.returncode == 0, done.stdout
    assert "5 files were not checked" in done.stdout
    included = ", ".join(f'"seeds/*.{ending}"' for ending in ENDINGS)
    consumer.write("seedlint.toml", f"include = [{included}]\n")
    consumer.write("index.html", "<p>No seed</p>\n")
    for hook in ("seedlint", "seedlint-corpus"):
        done = consumer.run_hook(hook)
        assert done.returncode == 1, done.stdout
        for ending in ENDINGS:
            assert f"seeds/ferry.{ending}:{LINE}:7" in done.stdout
        assert "in 5 seeds" in done.stdout


def test_the_hook_with_files_of_its_own_sees_no_pictures(
    consumer: Consumer, installed: HookRepository
) -> None:
    consumer.write(".pre-commit-config.yaml", installed.config(files="^seeds/"))
    consumer.write("seeds/ferry.md", CLEAN)
    (consumer.folder / "seeds" / "ferry.jpg").write_bytes(b"\xff\xd8\xff\0")
    consumer.write("seeds/notes.txt", "x\n")
    done = consumer.run_hook("seedlint")
    assert done.returncode == 0, done.stdout
    assert "OK: 1 seed " in done.stdout
    assert "1 file was not checked" in done.stdout
    assert "seeds/notes.txt" in done.stdout


def test_hooks_of_a_monorepo_as_documented(consumer: Consumer, installed: HookRepository) -> None:
    """Two folders with a contract and a configuration each."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.S)
    (block,) = (each for each in blocks if "alias:" in each)
    config = yaml.safe_load(block)
    config["repos"][0] |= {"repo": str(installed.folder), "rev": installed.revision}
    consumer.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    for name, ending, kind in (("shop", "mdx", "string"), ("site", "md", "integer")):
        consumer.write(f"{name}/s.json", f'{{"properties": {{"n": {{"type": "{kind}"}}}}}}\n')
        consumer.write(
            f"{name}/seedlint.toml",
            f'schema = "s.json"\ninclude = ["posts/*.{ending}"]\nexclude = ["posts/old.*"]\n',
        )
        for post in ("a", "old"):
            consumer.write(f"{name}/posts/{post}.{ending}", "---\nn: 1\n---\n")
        consumer.write(f"{name}/posts/b.{ending}", "---\nn: x\n---\n")
    consumer.write("README.md", "# No seed\n")
    expected = {
        "seedlint-shop": ("shop/posts/a.mdx:2:4", "shop/posts/b", "site/", "posts/old.mdx"),
        "seedlint-site": ("site/posts/b.md:2:4", "site/posts/a", "shop/", "posts/old.md"),
    }
    assert {hook["alias"] for hook in config["repos"][0]["hooks"]} == expected.keys()
    for hook, (found, clean, other, left_out) in expected.items():
        done = consumer.run_hook(hook)
        assert done.returncode == 1, done.stdout
        assert f"{found}: SCH003" in done.stdout
        assert clean not in done.stdout
        assert other not in done.stdout
        assert f"`exclude` matches: {hook.removeprefix('seedlint-')}/{left_out}\n" in done.stdout
        assert "1 error in 2 seeds checked against" in done.stdout


def test_a_commit_that_only_deletes_as_documented(
    consumer: Consumer, installed: HookRepository
) -> None:
    """pre-commit names no file that is gone, and skips a hook without files."""
    contract = {"properties": {"author": {"x-seedlint": {"refers-to": {"key": "name"}}}}}
    consumer.write("s.json", json.dumps(contract))
    consumer.write("seedlint.toml", 'schema = "s.json"\ninclude = ["seeds/*.md"]\n')
    consumer.write("seeds/ann.md", "---\nname: ann\n---\n")
    consumer.write("seeds/post.md", "---\nname: post\nauthor: ann\n---\n")
    consumer.commit()
    (consumer.folder / "seeds" / "ann.md").unlink()
    for hook in ("seedlint", "seedlint-corpus"):
        assert "no files to check" in consumer.run_hook(hook).stdout
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.S)
    (block,) = (each for each in blocks if "always_run:" in each)
    config = yaml.safe_load(block)
    config["repos"][0] |= {"repo": str(installed.folder), "rev": installed.revision}
    (hook,) = config["repos"][0]["hooks"]
    config["repos"][0]["hooks"] = [hook, {"id": "seedlint-corpus", "always_run": True}]
    (consumer.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    for name in ("seedlint", "seedlint-corpus"):
        done = consumer.run_hook(name)
        assert done.returncode == 1, done.stdout
        assert "seeds/post.md:3:9" in done.stdout
        assert "REF002" in done.stdout
    # A name that is left on the disk, and not staged, does not answer it either.
    git(consumer.folder, consumer.env, "reset", "--quiet", "--hard")
    git(consumer.folder, consumer.env, "rm", "--quiet", "--cached", "seeds/ann.md")
    (consumer.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    git(consumer.folder, consumer.env, "add", ".pre-commit-config.yaml")
    command = [sys.executable, "-m", "pre_commit", "run", "--color=never", "seedlint"]
    done = run(command, consumer.folder, consumer.env)
    assert done.returncode == 1, done.stdout
    assert "seeds/post.md:3:9" in done.stdout


def test_corpus_hook_checks_also_seeds_that_did_not_change(consumer: Consumer) -> None:
    consumer.write("seeds/a.md", CLEAN)
    consumer.write("seeds/b.md", CLEAN)
    consumer.commit()
    consumer.write("seeds/c.md", OTHER.read_text("utf-8"))

    changed = consumer.run_hook("seedlint")
    assert changed.returncode == 0, changed.stdout
    assert "OK: 1 seed " in changed.stdout

    corpus = consumer.run_hook("seedlint-corpus")
    line = CLEAN[: CLEAN.index("originalUrl:")].count("\n") + 1
    assert corpus.returncode == 1, corpus.stdout
    assert f"seeds/b.md:{line}:14" in corpus.stdout
    assert "DUP001" in corpus.stdout
    assert "3 seeds" in corpus.stdout


def test_corpus_hook_runs_when_only_the_configuration_changed(consumer: Consumer) -> None:
    consumer.write("seeds/a.md", BROKEN)
    consumer.commit()
    consumer.write("seedlint.toml", 'include = ["seeds/*.md"]\n')
    assert "no files to check" in consumer.run_hook("seedlint").stdout
    done = consumer.run_hook("seedlint-corpus")
    assert done.returncode == 1, done.stdout
    assert f"seeds/a.md:{LINE}:7" in done.stdout


def runs_on(hook: Mapping[str, Any], path: str) -> bool:
    """Whether pre-commit runs a hook for a regular file of this name."""
    # What has no type by its name is text by its content.
    tags = (tags_from_filename(path) or {"text"}) | {"file"}
    return (
        re.search(hook.get("files", ""), path) is not None
        and re.search(hook.get("exclude", "^$"), path) is None
        and tags.issuperset(hook.get("types", ["file"]))
        and tags.isdisjoint(hook.get("exclude_types", []))
        and (not hook.get("types_or") or not tags.isdisjoint(hook["types_or"]))
    )


@pytest.mark.parametrize(
    ("path", "hooks"),
    [
        ("story.md", {"seedlint", "seedlint-corpus"}),
        ("seeds/2024/story.md", {"seedlint", "seedlint-corpus"}),
        ("seeds/story.markdown", {"seedlint", "seedlint-corpus"}),
        ("--config=evil.md", {"seedlint", "seedlint-corpus"}),
        ("seeds/STORY.MD", {"seedlint", "seedlint-corpus"}),
        # pre-commit has no type for these two.
        ("seeds/story.MDOWN", {"seedlint", "seedlint-corpus"}),
        (".cursor/rules/story.mdc", {"seedlint", "seedlint-corpus"}),
        ("seeds/story.mdx", {"seedlint", "seedlint-corpus"}),
        ("seeds/story.qmd", {"seedlint", "seedlint-corpus"}),
        ("seeds/story.Rmd", {"seedlint", "seedlint-corpus"}),
        ("seeds/story.html", {"seedlint", "seedlint-corpus"}),
        ("schemas/article.schema.json", {"seedlint-corpus", "seedlint-schema-check"}),
        ("vocabularies/topics.YAML", {"seedlint-corpus", "seedlint-schema-check"}),
        ("post.schema.jsonc", {"seedlint-corpus", "seedlint-schema-check"}),
        ("seedlint.toml", {"seedlint-corpus", "seedlint-schema-check"}),
        ("site/seedlint.toml", {"seedlint-corpus", "seedlint-schema-check"}),
        ("pyproject.toml", {"seedlint-corpus", "seedlint-schema-check"}),
        ("my-pyproject.toml", set()),
        ("seedlint.toml.orig", set()),
        ("seeds/story.md.bak", set()),
        ("seeds/story.xhtml", set()),
        ("seeds/photo.jpg", set()),
        ("lint/seedlint/run.py", set()),
        ("md", set()),
    ],
)
def test_hooks_that_a_file_starts(path: str, hooks: set[str]) -> None:
    assert {name for name, hook in HOOKS.items() if runs_on(hook, path)} == hooks


def test_names_of_files_stand_after_the_options() -> None:
    for hook in HOOKS.values():
        assert not hook.get("pass_filenames", True) or hook["entry"].endswith(" --")


def test_configuration_of_the_readme_works(consumer: Consumer, installed: HookRepository) -> None:
    (shown,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    config = yaml.safe_load(shown)
    config["repos"][0] |= {"repo": str(installed.folder), "rev": installed.revision}
    consumer.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    consumer.write("seedlint.toml", 'include = ["seeds/*.md"]\n')
    consumer.write("README.md", "# No seed\n")
    consumer.write("seeds/ferry.md", CLEAN)
    # One hook is enough: two would print every finding twice.
    (hook,) = config["repos"][0]["hooks"]
    assert hook["id"] == "seedlint"
    done = consumer.run_hook("seedlint")
    assert done.returncode == 0, done.stdout
    assert "OK: 1 seed " in done.stdout
    # With the entry that the README has for those who want options.
    (entry,) = re.findall(r"`entry: (.*?)`", (ROOT / "README.md").read_text("utf-8"))
    hook["entry"] = entry
    consumer.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    consumer.write("seeds/ferry.md", BROKEN)
    done = consumer.run_hook("seedlint")
    assert done.returncode == 1, done.stdout
    assert f"\nseeds/ferry.md:{LINE}:7: SCH004 [error] " in done.stdout


BROKEN_CONTRACT = '{\n  "type": "objekt"\n}\n'


def config_of_contracts(installed: HookRepository) -> dict[str, Any]:
    """The configuration of docs/schema-check.md, with the hooks of the working tree."""
    page = (ROOT / "docs" / "schema-check.md").read_text("utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", page, re.S)
    config: dict[str, Any] = yaml.safe_load(block)
    config["repos"][0] |= {"repo": str(installed.folder), "rev": installed.revision}
    return config


def test_the_hook_for_contracts(consumer: Consumer, installed: HookRepository) -> None:
    hook = "seedlint-schema-check"
    consumer.write(".pre-commit-config.yaml", yaml.safe_dump(config_of_contracts(installed)))
    consumer.write("seedlint.toml", 'schema = "schemas/post.json"\n')
    consumer.write("schemas/post.json", '{"$ref": "shared.json"}\n')
    consumer.write("schemas/shared.json", '{"type": "object"}\n')
    # No contract of this repository.
    consumer.write("package.json", BROKEN_CONTRACT)
    done = consumer.run_hook(hook)
    assert done.returncode == 0, done.stdout
    assert "OK: 1 contract\n" in done.stdout
    consumer.commit()
    # The file that breaks is one that the contract refers to.
    consumer.write("schemas/shared.json", BROKEN_CONTRACT)
    done = consumer.run_hook(hook)
    assert done.returncode == 1, done.stdout
    assert "schemas/shared.json:2:11" in done.stdout
    assert "package.json" not in done.stdout
    consumer.write("schemas/shared.json", '{"type": "object"}\n')
    consumer.write("seeds/a.md", CLEAN)
    assert "no files to check" in consumer.run_hook(hook).stdout


def test_the_hook_for_contracts_with_files_of_its_own(
    consumer: Consumer, installed: HookRepository
) -> None:
    """As the page says for those whose configuration names no contract."""
    page = (ROOT / "docs" / "schema-check.md").read_text("utf-8")
    config = config_of_contracts(installed)
    (hook,) = config["repos"][0]["hooks"]
    (args,) = re.findall(r"`args: (\[.*?\])`", page)
    consumer.write(
        ".pre-commit-config.yaml",
        yaml.safe_dump(
            {"repos": [{**config["repos"][0], "hooks": [{**hook, "args": yaml.safe_load(args)}]}]}
        ),
    )
    consumer.write("schemas/post.schema.json", BROKEN_CONTRACT)
    done = consumer.run_hook(hook["id"])
    assert done.returncode == 1, done.stdout
    assert "\nschemas/post.schema.json:2:11: CON002 [error] " in done.stdout
    # Or with the names of the files that changed, none of which can be an option.
    (entry,) = re.findall(r"`entry: (.*?)`", page)
    (pattern,) = re.findall(r"`files: (.*?)`", page)
    own = {**hook, "entry": entry, "files": pattern, "pass_filenames": True}
    consumer.write(
        ".pre-commit-config.yaml",
        yaml.safe_dump({"repos": [{**config["repos"][0], "hooks": [own]}]}),
    )
    consumer.commit()
    consumer.write("schemas/other.schema.json", BROKEN_CONTRACT)
    consumer.write("schemas/package.json", BROKEN_CONTRACT)
    done = consumer.run_hook(hook["id"])
    assert done.returncode == 1, done.stdout
    assert "schemas/other.schema.json:2:11" in done.stdout
    assert "1 error in 1 contract\n" in done.stdout


def test_options_of_the_hook_for_the_corpus(consumer: Consumer, installed: HookRepository) -> None:
    config = yaml.safe_load(installed.config())
    config["repos"][0]["hooks"] = [
        {"id": "seedlint-corpus", "args": ["--output-format", "concise"]}
    ]
    consumer.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    consumer.write("seedlint.toml", 'include = ["seeds/*.md"]\n')
    consumer.write("seeds/ferry.md", BROKEN)
    done = consumer.run_hook("seedlint-corpus")
    assert done.returncode == 1, done.stdout
    assert f"\nseeds/ferry.md:{LINE}:7: SCH004 [error] " in done.stdout


@pytest.mark.parametrize("overlaps", [False, True], ids=["far", "overlapping"])
def test_fixes_and_partly_staged_files(
    consumer: Consumer, installed: HookRepository, overlaps: bool
) -> None:
    """The index stays as it is, and what is not staged is not lost."""
    page = (ROOT / "docs" / "fixes.md").read_text("utf-8")
    (entry,) = re.findall(r"^ +entry: (.*)$", page, re.M)
    consumer.write(".pre-commit-config.yaml", installed.config(entry=entry))
    consumer.write("seeds/ferry.md", CLEAN)
    consumer.commit()
    broken = CLEAN.replace("type: article", "type: artcile")
    consumer.write("seeds/ferry.md", broken)
    git(consumer.folder, consumer.env, "add", "--all")
    if overlaps:
        mine = broken.replace("type: artcile", "type: artcile # mine")
        wanted = mine
    else:
        mine, wanted = f"{broken}Mine\n", f"{CLEAN}Mine\n"
    consumer.write("seeds/ferry.md", mine)
    staged = git(consumer.folder, consumer.env, "ls-files", "--stage")
    command = [sys.executable, "-m", "pre_commit", "run", "--color=never", "seedlint"]
    done = run(command, consumer.folder, consumer.env)
    assert done.returncode == 1, done.stdout
    assert "files were modified by this hook" in done.stdout
    assert (consumer.folder / "seeds/ferry.md").read_text("utf-8") == wanted
    assert git(consumer.folder, consumer.env, "ls-files", "--stage") == staged


@pytest.mark.parametrize("hook", HOOKS)
def test_readme_names_the_hook(hook: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"- id: {hook} " in readme or f"`{hook}`" in readme


@pytest.mark.parametrize(("kind", "path"), [("manifest", MANIFEST), ("config", CONFIG)])
def test_pre_commit_accepts(kind: str, path: Path, env: dict[str, str]) -> None:
    command = [sys.executable, "-W", "error", "-m", "pre_commit", f"validate-{kind}", str(path)]
    done = run(command, ROOT, env)
    assert (done.returncode, done.stdout) == (0, "")


def test_own_hooks_have_what_seedlint_needs() -> None:
    pinned: dict[str, str] = {}
    for repository in yaml.safe_load(CONFIG.read_text("utf-8"))["repos"]:
        for hook in repository["hooks"]:
            for text in hook["additional_dependencies"]:
                name, version = text.split("==")
                assert pinned.setdefault(name, version) == version
    for requirement in map(Requirement, PROJECT["dependencies"]):
        assert requirement.specifier.contains(pinned[requirement.name]), requirement


GATE = (ROOT / ".ci" / "run").read_text("utf-8")
PYTHONS = [
    text.rpartition(" ")[2]
    for text in PROJECT["classifiers"]
    if re.fullmatch(r"Programming Language :: Python :: 3\.\d+", text)
]


@pytest.mark.parametrize("workflow", ["ci", "release"])
def test_gates_run_the_command_of_the_readme(workflow: str) -> None:
    (command,) = re.findall(r"^python3 -m venv .*pytest.*$", GATE, re.M)
    assert f"\n{command}\n" in (ROOT / "README.md").read_text("utf-8")
    assert command in (ROOT / ".github" / "workflows" / f"{workflow}.yml").read_text("utf-8")


def test_gates_run_the_slow_tests() -> None:
    assert "\n.venv/bin/pytest -n auto -m slow\n" in GATE
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]
    assert ".venv/bin/pytest -n auto -m slow" in jobs["slow"]["steps"][-1]["run"]
    assert set(jobs["all-green"]["needs"]) == jobs.keys() - {"all-green", "fuzz"}


def test_every_promised_python_is_tested() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))["jobs"]
    assert jobs["test"]["strategy"]["matrix"]["python"] == PYTHONS
    assert f"for version in {' '.join(PYTHONS)}; do" in GATE
    assert PROJECT["requires-python"] == f">={PYTHONS[0]}"


def test_actions_are_pinned() -> None:
    """By a hash, and each by one."""
    used: dict[str, str] = {}
    for workflow in (ROOT / ".github" / "workflows").iterdir():
        for action, version in re.findall(r"uses: (\S+?)@(.*)", workflow.read_text("utf-8")):
            assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", version), action
            assert used.setdefault(action, version) == version
    assert "pypa/gh-action-pypi-publish" in used
