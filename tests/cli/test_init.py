"""`seedlint init`: what it writes, and what a newcomer gets from it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from command import EXECUTABLE, Result, seedlint
from paths import ROOT
from repositories import commit, git
from seedlint.adopt import files
from seedlint.adopt.files import hooks_text, requirement, workflow_text
from seedlint.adopt.seeds import SeedFiles


def write_seed(folder: Path, number: int, *more: str) -> Path:
    """Write the seed with this number."""
    path = folder / f"{number:03}.md"
    lines = [
        f"title: Article {number}",
        f"type: {'video' if number % 3 == 0 else 'article'}",
        f"date: 2024-05-{number % 28 + 1:02}",
        f"url: https://example.com/{number}",
        *(["length: PT3M"] if number % 3 == 0 else []),
        *more,
    ]
    path.write_text("\n".join(["---", *lines, "---", f"Text {number}.", ""]), "utf-8")
    return path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of 500 seeds that has never heard of us, and a page beside them."""
    posts = tmp_path / "site" / "posts"
    posts.mkdir(parents=True)
    for number in range(500):
        write_seed(posts, number)
    (tmp_path / "README.md").write_text("# Our site\n")
    (posts / "README.md").write_text("# How to write a post\n")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "remote", "add", "origin", "https://github.com/example/site.git")
    commit(tmp_path)
    return tmp_path


def changes(folder: Path) -> list[str]:
    """What is new in a work tree, or different from what was committed."""
    return git(folder, "status", "--porcelain", "--untracked-files=all").splitlines()


WRITTEN = [
    "?? .github/workflows/seedlint.yml",
    "?? .pre-commit-config.yaml",
    "?? post.schema.json",
    "?? seedlint.toml",
]


def test_the_way_of_a_newcomer(repository: Path) -> None:
    """500 seeds without a contract; init, commit, a pull request with a defect: one finding."""
    result = seedlint("init", cwd=repository)
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines() == [
        "OK: 500 seeds",
        "wrote post.schema.json: a draft from 500 seeds, which you should read",
        "wrote seedlint.toml: settings",
        "wrote .pre-commit-config.yaml: run `pre-commit install`",
        "wrote .github/workflows/seedlint.yml: replace OWNER and COMMIT in it",
    ]
    assert changes(repository) == WRITTEN
    commit(repository)
    assert seedlint("check", cwd=repository).code == 0

    git(repository, "checkout", "--quiet", "-b", "pull-request")
    write_seed(repository / "site" / "posts", 500)
    seed = repository / "site" / "posts" / "501.md"
    seed.write_text(
        "---\ntitle: New\ntype: artcle\ndate: 2024-05-01\nurl: https://example.com/n\n---\n"
    )
    commit(repository)
    for arguments in (["--since", "main"], ["site/posts/501.md"], []):
        result = seedlint("check", "--output-format", "json", *arguments, cwd=repository)
        assert result.code == 1
        assert result.places == [("SCH004", 3, 7)]
        assert result.findings[0]["message"].startswith("`artcle` is not an allowed value")


def test_what_was_wrong_before_is_held(repository: Path) -> None:
    posts = repository / "site" / "posts"
    write_seed(posts, 3, "typo: 1")
    (posts / "004.md").write_text("no front matter\n")
    (posts / "005.md").write_text(
        (posts / "005.md").read_text().replace("https://example.com/5", '""')
    )
    result = seedlint("init", cwd=repository)
    assert result.code == 0
    assert "seedlint: cannot read site/posts/004.md:1:1: FM001 no front matter" in result.err
    assert "wrote seedlint-baseline.json: holds 2 findings" in result.err
    # The draft allows it because it was there.
    assert "note: `typo` is rare, in 1 of 499: site/posts/003.md" in result.err
    assert 'baseline = "seedlint-baseline.json"' in (repository / "seedlint.toml").read_text()
    result = seedlint("check", cwd=repository)
    assert result.code == 0
    assert result.err.endswith("; 2 findings in the baseline\n")
    write_seed(posts, 7, "tpyo: 1")
    found = seedlint("check", "--output-format", "json", cwd=repository)
    assert found.places == [("SCH002", 6, 1)]


def test_diff_shows_what_it_writes(repository: Path) -> None:
    result = seedlint("init", "--diff", cwd=repository)
    assert result.code == 1
    assert changes(repository) == []
    patch = repository.parent / "init.patch"
    patch.write_text(result.out, "utf-8")
    git(repository, "apply", str(patch))
    assert changes(repository) == WRITTEN
    shown = {path[3:]: (repository / path[3:]).read_bytes() for path in WRITTEN}
    git(repository, "clean", "--quiet", "-fd")
    assert seedlint("init", cwd=repository).code == 0
    assert {path: (repository / path).read_bytes() for path in shown} == shown


def test_nothing_is_overwritten(repository: Path) -> None:
    hooks = repository / ".pre-commit-config.yaml"
    hooks.write_text("repos: []\n")
    (repository / "pyproject.toml").write_text('[project]\nname = "site"\n')
    result = seedlint("init", cwd=repository)
    assert result.code == 0
    assert hooks.read_text() == "repos: []\n"
    assert (repository / "pyproject.toml").read_text() == '[project]\nname = "site"\n'
    assert "note: .pre-commit-config.yaml is there, and stays as it is" in result.err
    lines = result.out.splitlines()
    assert lines[:4] == [
        "# Add to .pre-commit-config.yaml:",
        "  - repo: local",
        "    hooks:",
        "      - id: seedlint",
    ]
    # With these lines it is what would have been written.
    hooks.write_text("\n".join(["repos:", *lines[1:], ""]))
    assert hooks.read_text() == hooks_text("", "seedlint.toml", None)
    before = {path: path.read_bytes() for path in repository.iterdir() if path.is_file()}
    result = seedlint("init", cwd=repository)
    assert result.code == 2
    assert result.err.splitlines()[-1] == (
        "seedlint: nothing to write: seedlint.toml, post.schema.json, .pre-commit-config.yaml and "
        ".github/workflows/seedlint.yml exist"
    )
    assert {path: path.read_bytes() for path in repository.iterdir() if path.is_file()} == before


def test_what_is_missing_is_added(repository: Path) -> None:
    assert seedlint("init", cwd=repository).code == 0
    schema = (repository / "post.schema.json").read_bytes()
    for name in ("post.schema.json", ".github/workflows/seedlint.yml"):
        (repository / name).unlink()
    assert seedlint("init", cwd=repository).code == 0
    assert (repository / "post.schema.json").read_bytes() == schema
    assert changes(repository) == WRITTEN


def test_a_contract_that_is_there(repository: Path) -> None:
    (repository / "own.json").write_text('{"required": ["title", "author"]}')
    result = seedlint("init", "--schema", "own.json", "site/posts", cwd=repository)
    assert result.code == 0
    assert "wrote seedlint-baseline.json: holds 500 findings" in result.err
    assert 'schema = "own.json"' in (repository / "seedlint.toml").read_text()
    assert seedlint("check", cwd=repository).code == 0
    # A part of a file is one, too.
    for name in ("seedlint.toml", "seedlint-baseline.json"):
        (repository / name).unlink()
    (repository / "own.json").write_text('{"$defs": {"post": {"required": ["author"]}}}')
    result = seedlint("init", "--schema", "own.json#/$defs/post", "site/posts", cwd=repository)
    assert 'schema = "own.json#/$defs/post"' in (repository / "seedlint.toml").read_text()
    assert seedlint("check", cwd=repository).code == 0
    (repository / "seedlint.toml").unlink()
    for absent in ("absent.json", "own.json#/$defs/page"):
        assert seedlint("init", "--schema", absent, cwd=repository).code == 2
        assert not (repository / "seedlint.toml").exists()


def test_where_seeds_are(tmp_path: Path) -> None:
    def settings(*paths: str) -> Result:
        return seedlint("init", "--diff", *paths, cwd=tmp_path)

    assert "no seeds found in ." in settings().err
    (tmp_path / "README.md").write_text("# A page\n")
    assert "no seeds found in this folder" in settings().err
    for folder, count in (("posts/2023", 30), ("posts/2024", 30), ("people", 20)):
        (tmp_path / folder).mkdir(parents=True)
        for number in range(count):
            write_seed(tmp_path / folder, number)
    result = settings()
    assert result.code == 2
    assert result.err.splitlines() == [
        "seedlint: there are seeds in several folders: posts (60), people (20)",
        "  help: name those that have one contract, as in `seedlint init posts`",
    ]
    assert '+include = ["posts/**/*.md"]' in settings("posts").out
    both = settings("people", "posts/2023")
    assert '+include = ["people/**/*.md", "posts/2023/**/*.md"]' in both.out
    assert "+++ b/seed.schema.json" in both.out
    assert "no git repository here" in both.err
    assert settings("absent").code == 2
    assert settings("..").code == 2
    for number in range(700):
        write_seed(tmp_path / "posts" / "2024", number)
    result = settings()
    assert '+include = ["posts/**/*.md"]' in result.out
    assert "note: 20 files with front matter elsewhere are left out of `include`" in result.err


def test_seeds_in_json(tmp_path: Path) -> None:
    for number in range(60):
        front_matter = json.dumps({"title": f"Tides {number}", "heat": number})
        form = ("{}\n", "---json\n{}\n---\n", "\ufeff{}\n")[number % 3]
        (tmp_path / f"{number}.md").write_text(form.replace("{}", front_matter), "utf-8")
    (tmp_path / "shortcode.md").write_text("{{< tides >}}\n")
    ran = seedlint("init", cwd=tmp_path)
    assert ran.code in (0, 1), ran.err
    assert json.loads((tmp_path / "seed.schema.json").read_text("utf-8"))["required"] == [
        "title",
        "heat",
    ]


def test_a_folder_of_a_repository(repository: Path) -> None:
    """pre-commit and the workflow run in the root, and the settings are below it."""
    assert seedlint("init", cwd=repository / "site").code == 0
    assert changes(repository) == [
        "?? .github/workflows/seedlint.yml",
        "?? .pre-commit-config.yaml",
        "?? site/post.schema.json",
        "?? site/seedlint.toml",
    ]
    reader = YAML(typ="safe")
    hook = reader.load(repository / ".pre-commit-config.yaml")["repos"][0]["hooks"][0]
    assert hook["files"] == "^site/"
    command = hook["entry"].split(" ")[1:]
    write_seed(repository / "site" / "posts", 1, "lenght: 2")
    assert seedlint(*command, "site/posts/000.md", cwd=repository).code == 0
    assert seedlint(*command, "site/posts/001.md", cwd=repository).code == 1
    steps = reader.load(repository / files.WORKFLOW)["jobs"]["seedlint"]["steps"]
    assert steps[-1] == {"run": "seedlint check", "working-directory": "site"}


def test_a_folder_with_settings_in_pyproject(repository: Path) -> None:
    (repository / "site" / "pyproject.toml").write_text(
        '[tool.seedlint]\nschema = "s.json"\ninclude = ["posts/*.md"]\n'
    )
    (repository / "site" / "s.json").write_text('{"required": ["title"]}')
    assert seedlint("init", cwd=repository / "site").code == 0
    reader = YAML(typ="safe")
    hook = reader.load(repository / ".pre-commit-config.yaml")["repos"][0]["hooks"][0]
    write_seed(repository / "site" / "posts", 1, "lenght: 2")
    done = seedlint(*hook["entry"].split(" ")[1:], "site/posts/001.md", cwd=repository)
    assert (done.code, "s.json" in done.err) == (0, True)


def test_a_second_folder_of_a_repository(repository: Path) -> None:
    """The hook and the workflow that are there know the first folder alone."""
    (repository / "shop").mkdir()
    write_seed(repository / "shop", 1)
    assert seedlint("init", cwd=repository / "site").code == 0
    result = seedlint("init", cwd=repository / "shop")
    assert result.code == 0
    lines = result.out.splitlines()
    middle = lines.index("# Add to ../.github/workflows/seedlint.yml:")
    assert lines[0] == "# Add to ../.pre-commit-config.yaml:"
    hooks, workflow = (repository / name for name in (files.HOOKS, files.WORKFLOW))
    for path, added in ((hooks, lines[1:middle]), (workflow, lines[middle + 1 :])):
        path.write_text(path.read_text() + "".join(f"{line}\n" for line in added))
    reader = YAML(typ="safe")
    names = [repo["hooks"][0]["name"] for repo in reader.load(hooks)["repos"]]
    assert names == ["seedlint (site)", "seedlint (shop)"]
    steps = reader.load(workflow)["jobs"]["seedlint"]["steps"]
    assert [each.get("working-directory") for each in steps[-2:]] == ["site", "shop"]
    # A step that fails does not keep the next one from running.
    assert steps[-1]["if"] == "${{ !cancelled() }}"
    for folder in ("site", "shop"):
        again = seedlint("init", cwd=repository / folder)
        assert (again.code, again.out) == (2, "")


@pytest.mark.parametrize(
    ("first", "second"), [("site/one", "one"), ("one", "site/one"), ("one", "")]
)
def test_a_folder_is_not_taken_for_another(first: str, second: str, tmp_path: Path) -> None:
    """Neither by a part of its path, nor the root for a folder below it."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / ".github").mkdir()
    for folder in (first, second):
        (tmp_path / folder / "posts").mkdir(parents=True)
        write_seed(tmp_path / folder / "posts", 1)
    assert seedlint("init", "posts", cwd=tmp_path / first).code == 0
    result = seedlint("init", "posts", cwd=tmp_path / second)
    assert result.code == 0
    lines = result.out.splitlines()
    (middle,) = (at for at, line in enumerate(lines) if line.endswith("workflows/seedlint.yml:"))
    assert lines[0].endswith(".pre-commit-config.yaml:")
    # With these lines, nothing is left to add for either folder.
    hooks, workflow = (tmp_path / name for name in (files.HOOKS, files.WORKFLOW))
    for path, added in ((hooks, lines[1:middle]), (workflow, lines[middle + 1 :])):
        path.write_text(path.read_text() + "".join(f"{line}\n" for line in added))
    entries = [repo["hooks"][0]["entry"] for repo in YAML(typ="safe").load(hooks)["repos"]]
    assert [entry.split(" ")[3:-1] for entry in entries] == [
        ["--config", f"{folder}/seedlint.toml", "--root", folder] if folder else []
        for folder in (first, second)
    ]
    steps = YAML(typ="safe").load(workflow)["jobs"]["seedlint"]["steps"]
    assert [each.get("working-directory", "") for each in steps[-2:]] == [first, second]
    for folder in (first, second):
        again = seedlint("init", cwd=tmp_path / folder)
        assert (again.code, again.out) == (2, "")


@pytest.mark.parametrize("text", [None, "seedlint==9.9", "seedlint @ git+https://x.example@abc"])
@pytest.mark.parametrize("folder", ["", "site", "a b/c'd"])
def test_the_files_are_yaml(text: str | None, folder: str) -> None:
    reader = YAML(typ="safe")
    (repo,) = reader.load(hooks_text(folder, "seedlint.toml", text))["repos"]
    (hook,) = repo["hooks"]
    assert hook["entry"].startswith("seedlint check --force-exclude ")
    assert hook.get("additional_dependencies", [None]) == [text]
    workflow = reader.load(workflow_text(folder, text))
    assert workflow["permissions"] == {"contents": "read"}
    install = workflow["jobs"]["seedlint"]["steps"][2]["run"]
    assert text is None or text in install
    if folder:
        words = subprocess.run(
            ["sh", "-c", f'printf "%s\\n" {hook["entry"]}'],
            capture_output=True,
            text=True,
            check=True,
        )
        assert words.stdout.splitlines()[-2:] == [folder, "--"]


@pytest.mark.parametrize(
    ("direct", "expected"),
    [
        (None, f"seedlint=={files.seedlint.__version__}"),
        ('{"url": "file:///home/x/seedlint", "dir_info": {"editable": true}}', None),
        (
            '{"url": "https://git.example/a/seedlint",'
            ' "vcs_info": {"vcs": "git", "commit_id": "0a1b"}}',
            "seedlint @ git+https://git.example/a/seedlint@0a1b",
        ),
        ("{", None),
    ],
)
def test_where_seedlint_comes_from(
    direct: str | None, expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Distribution, "read_text", lambda self, name: direct, raising=False)
    monkeypatch.setattr(
        "importlib.metadata.PathDistribution.read_text", lambda self, name: direct, raising=False
    )
    assert requirement() == expected


def test_links_are_not_followed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("elsewhere") / "target"
    os.symlink(target, repository / ".pre-commit-config.yaml")
    result = seedlint("init", cwd=repository)
    assert "note: .pre-commit-config.yaml is there, and stays as it is" in result.err
    assert not target.exists()


PAGE = (ROOT / "docs" / "infer.md").read_text("utf-8")
SHOWN = [
    line.split(" #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize("command", SHOWN)
def test_the_commands_of_the_page(command: str, repository: Path) -> None:
    (repository / "post.schema.json").write_text('{"required": ["title"]}')
    (repository / "site").rename(repository / "seeds")
    env = {**os.environ, "PATH": f"{EXECUTABLE.parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=repository,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    # The page beside the seeds is no seed.
    expected = 1 if "--diff" in command or "infer" in command else 0
    assert done.returncode == expected, done.stderr


def test_a_contract_that_is_not_there_yet(repository: Path) -> None:
    result = seedlint("init", "--schema", "post.schema.json", cwd=repository)
    assert result.code == 2
    assert result.err == (
        "seedlint: post.schema.json: cannot read the file: no such file or directory\n"
        "  help: without `--schema` a contract is drafted\n"
    )
    assert not changes(repository)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("posts", "post"),
        ("stories", "story"),
        ("news", "news"),
        ("Series", "Series"),
        ("!", "seed"),
    ],
)
def test_the_name_of_the_contract(folder: str, name: str) -> None:
    seeds = SeedFiles(f"content/{folder}", (), ())
    assert files.schema_name(seeds) == f"{name}.schema.json"
