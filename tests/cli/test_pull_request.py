"""A pull request over six hundred real seeds: what is reported is what it did, and nothing else."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from command import Result, seedlint
from paths import SHARED
from repositories import commit, git

CORPUS = SHARED / "corpus"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32" or not shutil.which("git"), reason="needs git"),
    pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here"),
]
# Seeds that the article contract is for, and some that it is not for, with many old findings.
FOLDERS = {"diablo4/news": 334, "powerapps/news": 192, "powerapps/learning-videos": 74}
_RELATED = re.compile(r"(?m)^related:\n((?:  .*\n)+)")
_ENTRY = re.compile(r"(?m)^  - .*\n(?:    .*\n)*")

Edit = Callable[[str], str]


def delete_key(text: str) -> str:
    return re.sub(r"(?m)^type: .*\n", "", text)


def misspell_key(text: str) -> str:
    return re.sub(r"(?m)^excerpt:", "exerpt:", text)


def empty_value(text: str) -> str:
    return re.sub(r"(?m)^excerpt: .*$", "excerpt:", text)


def entries_of(text: str) -> list[str]:
    """The entries of `related`."""
    found = _RELATED.search(text)
    return _ENTRY.findall(found[1]) if found else []


def with_entries(text: str, entries: list[str]) -> str:
    return _RELATED.sub(lambda _: "related:\n" + "".join(entries), text)


def duplicate_entry(text: str) -> str:
    first, *others = entries_of(text)
    return with_entries(text, [first, *others, first])


def put_last_entry_first(text: str) -> str:
    *others, last = entries_of(text)
    return with_entries(text, [last, *others])


def insert_lines(text: str) -> str:
    return text.replace("---\n", "---\n# a note\n\n", 1)


def leave(text: str) -> str:
    return text


# Eight ways, each with the rule that reports it.
WAYS: dict[str, tuple[Edit, str | None]] = {
    "deleted": (delete_key, "SCH001"),
    "misspelt": (misspell_key, "SCH002"),
    "null": (empty_value, "SCH003"),
    "duplicated": (duplicate_entry, "REL001"),
    "first": (put_last_entry_first, None),
    "moved": (leave, None),
    "renamed": (leave, None),
    "untouched": (leave, None),
}


class PullRequest(NamedTuple):
    """Two checkouts, what the second has that the first has not, and a baseline of the first."""

    base: Path
    head: Path
    expected: list[tuple[str, str]]
    baseline: Path


def checkout(folder: Path) -> Path:
    """A repository with the seeds."""
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "seedlint.toml").write_text('include = ["content/**/*.md"]\n')
    for name, count in FOLDERS.items():
        target = folder / "content" / name
        target.mkdir(parents=True)
        for path in sorted((CORPUS / name).rglob("*.md"))[:count]:
            shutil.copyfile(path, target / path.name)
    commit(folder)
    return folder


def baseline_of(folder: Path) -> Path:
    done = seedlint("check", "--no-cache", "--baseline", "known.json", "--update-baseline",
                    cwd=folder)  # fmt: skip
    assert done.code == 0, done.err
    return folder / "known.json"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout(tmp_path_factory.mktemp("pull-request") / "base")


@pytest.fixture(scope="module")
def pull_request(base: Path) -> PullRequest:
    """Three hundred seeds are changed in eight ways, on a branch in a clone."""
    baseline = baseline_of(base)
    head = base.parent / "head"
    git(base.parent, "clone", "--quiet", "--no-hardlinks", str(base), str(head))
    git(head, "checkout", "--quiet", "-b", "branch")
    files = [
        path
        for name in ("diablo4/news", "powerapps/news")
        for path in sorted((head / "content" / name).glob("*.md"))
    ]
    with_related = [path for path in files if len(entries_of(path.read_text("utf-8"))) >= 2]
    others = [path for path in files if path not in with_related]
    # A copy of an entry with a finding of its own would bring that again.
    known = {each["path"] for each in json.loads(baseline.read_text("utf-8"))["findings"]}
    clean = [path for path in with_related if path.relative_to(head).as_posix() not in known]
    sources = {"duplicated": clean, "first": [path for path in with_related if path not in clean]}
    expected = []
    counts = dict.fromkeys(WAYS, 0)
    for number in range(300):
        way = list(WAYS)[number % len(WAYS)]
        path = sources.get(way, others).pop()
        counts[way] += 1
        edit, code = WAYS[way]
        before = path.read_text("utf-8")
        after = edit(before)
        assert (after == before) == (edit is leave)
        path.write_text(after, "utf-8", newline="\n")
        if way == "moved":
            (path.parent / "moved").mkdir(exist_ok=True)
            path.rename(path.parent / "moved" / path.name)
        elif way == "renamed":
            path.rename(path.with_name(f"renamed-{path.name}"))
        if code:
            expected.append((path.relative_to(head).as_posix(), code))
    assert min(counts.values()) >= 37
    commit(head)
    return PullRequest(base, head, sorted(expected), baseline)


def check(folder: Path, *arguments: str) -> Result:
    return seedlint("check", "--no-cache", *arguments, cwd=folder)


@pytest.mark.parametrize("inside", ["", "content/diablo4"])
@pytest.mark.parametrize("way", ["since", "baseline", "staged"])
def test_what_is_reported_is_what_was_done(
    pull_request: PullRequest, way: str, inside: str, tmp_path: Path
) -> None:
    folder, expected = pull_request.head, pull_request.expected
    options = ["--since", "origin/main"]
    if way == "baseline":
        options = ["--baseline", str(pull_request.baseline)]
    elif way == "staged":
        # The same, staged on top of what was before.
        folder = tmp_path / "head"
        git(tmp_path, "clone", "--quiet", "--no-hardlinks", "--branch", "branch",
            str(pull_request.head), "head")  # fmt: skip
        base = git(pull_request.head, "rev-parse", "origin/main").strip()
        git(folder, "reset", "--quiet", "--soft", base)
        options = ["--staged", "--since", "HEAD"]
    where = folder / inside
    sarif = tmp_path / "out.sarif"
    done = check(where, *options, "--output-format", "json", "--report", f"sarif={sarif}")
    assert done.code == 1, done.err
    found = [
        ((where / each["filename"]).resolve().relative_to(folder).as_posix(), each["code"])
        for each in done.findings
    ]
    assert sorted(found) == expected
    results = json.loads(sarif.read_text("utf-8"))["runs"][0]["results"]
    in_sarif = [
        (each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], each["ruleId"])
        for each in results
    ]
    assert sorted(in_sarif) == expected


def test_there_was_something_to_hide(pull_request: PullRequest) -> None:
    assert len(pull_request.expected) >= 150
    old = json.loads(pull_request.baseline.read_text("utf-8"))["findings"]
    assert sum(each["count"] for each in old) >= 287
    done = check(pull_request.base, "--baseline", "known.json")
    assert (done.code, done.out) == (0, "")


def test_nothing_has_happened(tmp_path: Path) -> None:
    """Lines come, the last entry goes first, a folder is renamed: all is as it was."""
    folder = checkout(tmp_path / "quiet")
    known = baseline_of(folder).read_bytes()

    def is_green() -> None:
        for where in (folder, folder / "content"):
            for options in (["--baseline", str(folder / "known.json")], ["--since", "main"]):
                done = check(where, *options)
                assert (done.code, done.out) == (0, ""), done.out[:1000]
                assert "no longer found" not in done.err

    (folder / ".git" / "info" / "exclude").write_text("known.json\n")
    git(folder, "checkout", "--quiet", "-b", "branch")
    for path in (folder / "content").rglob("*.md"):
        text = insert_lines(path.read_text("utf-8"))
        if len(entries_of(text)) >= 2:
            text = put_last_entry_first(text)
        path.write_text(text, "utf-8", newline="\n")
    is_green()
    assert baseline_of(folder).read_bytes() == known
    git(folder, "mv", "content/diablo4", "content/games")
    is_green()
    assert baseline_of(folder).read_bytes() == b"\n".join(
        _sorted_entries(known.replace(b"content/diablo4/", b"content/games/"))
    )


def _sorted_entries(data: bytes) -> list[bytes]:
    """The lines of a baseline, in order again."""
    head, *entries, tail = data.strip(b"\n").split(b"\n")
    entries = sorted(each.rstrip(b",") for each in entries)
    return [head, *(each + b"," for each in entries[:-1]), entries[-1], tail, b""]
