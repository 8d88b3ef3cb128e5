"""Group F: the file system."""

from __future__ import annotations

import os
import re
import socket
import stat
import time
from pathlib import Path

import pytest

from harness import ANYTHING, BROKEN_PLACE, BROKEN_SEED, check_failure, places, run, snapshot
from live import (
    CLEAN_SEED,
    CLOSED,
    FIXABLE_SEED,
    FIXED_SEED,
    HOSTILE,
    NO_ANNOTATIONS,
    SLOW_SEED,
    WRONG_SEED,
    check,
    codes,
    lay,
    peak_kib,
    waits,
    watched,
)

F1 = pytest.mark.torture("F1", "missing, folder, without permission, gone in between")
F2 = pytest.mark.torture("F2", "symbolic links: to files, out of the tree, dangling, loops")
F3 = pytest.mark.torture("F3", "--fix and links, modes, owners")
F4 = pytest.mark.torture("F4", "fifo, socket, device")
F5 = pytest.mark.torture("F5", "hostile file names, names that are not UTF-8")
F6 = pytest.mark.torture("F6", "file names that look like options")
F7 = pytest.mark.torture("F7", "Windows paths; the form of a path")
F8 = pytest.mark.torture("F8", "working folder below the root of the repository")
F9 = pytest.mark.torture("F9", "files of 100 MB and of 10 GB with holes")
F10 = pytest.mark.torture("F10", "hidden folders, nested repositories")


@F1
def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, {"good.md": CLEAN_SEED})
    for name in ("nope.md", "good.md/x", "no/*.md", "x" * 300):
        ran = check(tmp_path, name)
        assert ran.code == 2
        check_failure(ran, f"{name}: no such file or folder")
        # The others are checked.
        ran = check(tmp_path, "good.md", name)
        assert (ran.code, codes(ran)) == (2, {})
    assert check(tmp_path, "good.md", "").code == 2


@F1
def test_a_folder_called_like_a_seed_is_a_folder(tmp_path: Path) -> None:
    lay(tmp_path, {"folder.md/in.md": WRONG_SEED, "good.md": CLEAN_SEED})
    ran = check(tmp_path, ".")
    assert (ran.code, codes(ran)) == (1, {"folder.md/in.md": ["SCH003"]})


@F1
def test_a_folder_without_seeds_is_refused(tmp_path: Path) -> None:
    lay(tmp_path, {"a/x.txt": b""})
    ran = check(tmp_path, "a")
    assert ran.code == 2
    check_failure(ran, "no seeds found in a")


@F1
@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_finding(tmp_path: Path) -> None:
    lay(tmp_path, {"locked.md": CLEAN_SEED, "z.md": BROKEN_SEED})
    (tmp_path / "locked.md").chmod(0)
    ran = check(tmp_path, ".")
    assert (ran.code, codes(ran)) == (1, {"locked.md": ["SEED007"], "z.md": ["YML008"]})


@F1
@pytest.mark.slow
def test_a_file_that_goes_during_the_run_is_a_finding(tmp_path: Path) -> None:
    lay(tmp_path, {"a-slow.md": SLOW_SEED, "m-gone.md": WRONG_SEED, "z.md": BROKEN_SEED})
    (tmp_path / "limits.toml").write_text("[limits]\nseconds = 6\n")
    options = ("--config", "limits.toml", "--schema", "case.schema.json", "-j", "1")
    with watched(tmp_path, "check", *options, "--output-format", "concise", ".") as going:
        # The worker has the slow file before it for some seconds, and the folder has been listed.
        going.wait_for(lambda: len(going.workers()) > 0)
        time.sleep(0.5)
        (tmp_path / "m-gone.md").unlink()
        ran = going.finish()
    assert ran.code == 1
    found = places(ran.out, "concise")
    assert found == {
        "a-slow.md": [("SEED006", 1, 1)],
        "m-gone.md": [("SEED007", 1, 1)],
        "z.md": [BROKEN_PLACE],
    }


@F2
def test_links_are_named_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    tree = tmp_path / "tree"
    lay(outside, {"secret.md": b"---\nname: [TOPSECRET]\n---\n", "more/x.md": WRONG_SEED})
    lay(tree, {"good.md": CLEAN_SEED, "z.md": BROKEN_SEED})
    (tree / "inside.md").symlink_to("good.md")
    (tree / "out.md").symlink_to("../outside/secret.md")
    (tree / "dangling.md").symlink_to("nowhere.md")
    (tree / "itself.md").symlink_to("itself.md")
    (tree / "loop").symlink_to(".")
    (tree / "up").symlink_to("..")
    (tree / "folder.md").symlink_to("../outside/more")
    before = snapshot(tmp_path)
    links = ("dangling.md", "folder.md", "inside.md", "itself.md", "out.md")
    ran = check(tree, ".")
    assert ran.code == 1
    assert codes(ran) == {**{name: ["SEED007"] for name in links}, "z.md": ["YML008"]}
    ran = check(tree, "good.md", "folder.md")
    assert (ran.code, codes(ran)) == (2, {})
    assert "folder.md: a linked folder is not looked into" in ran.err
    for name in set(links) - {"folder.md"}:
        ran = check(tree, "good.md", name)
        assert (ran.code, codes(ran)) == (1, {name: ["SEED007"]})
        assert "symbolic link" in ran.out
        assert "TOPSECRET" not in ran.out + ran.err
    assert snapshot(tmp_path) == before


@F2
def test_a_linked_folder_named_by_hand_is_said_not_passed(tmp_path: Path) -> None:
    lay(tmp_path, {"real/x.md": WRONG_SEED})
    (tmp_path / "link").symlink_to("real")
    ran = check(tmp_path, "link")
    assert ran.code == 2
    assert "link: a linked folder is not looked into" in ran.err


@F3
def test_fixes_keep_links_and_modes(tmp_path: Path) -> None:
    lay(tmp_path, {"a.md": FIXABLE_SEED, "b.md": FIXABLE_SEED, "secret": FIXABLE_SEED}, CLOSED)
    (tmp_path / "a.md").chmod(0o600)
    (tmp_path / "link.md").symlink_to("secret")
    os.link(tmp_path / "b.md", tmp_path / "b-too.md")
    ran = check(tmp_path, "--fix", ".")
    assert (tmp_path / "a.md").read_bytes() == FIXED_SEED
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o600
    for name in ("b.md", "b-too.md", "secret"):
        assert (tmp_path / name).read_bytes() == FIXABLE_SEED
    assert (tmp_path / "link.md").is_symlink()
    assert "note: b.md was not fixed: it has another name" in ran.err
    assert codes(ran) == {"b.md": ["SCH002"], "b-too.md": ["SCH002"], "link.md": ["SEED007"]}


@F4
def test_what_is_no_regular_file_is_named_at_once(tmp_path: Path) -> None:
    lay(tmp_path, {"good.md": CLEAN_SEED, "z.md": BROKEN_SEED})
    os.mkfifo(tmp_path / "fifo.md")
    expected = {"fifo.md": ["SEED007"], "socket.md": ["SEED007"], "z.md": ["YML008"]}
    here = os.getcwd()
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(tmp_path)  # The name of a socket may not be long.
        listener.bind("socket.md")
        os.chdir(here)
        try:
            os.mknod(tmp_path / "zero.md", 0o600 | stat.S_IFCHR, os.makedev(1, 5))
            expected["zero.md"] = ["SEED007"]
        except PermissionError:
            pass
        ran = check(tmp_path, ".")
    assert (ran.code, codes(ran)) == (1, expected)
    for path in ("/dev/zero", "/dev/tty", "/proc/self/mem", "fifo.md"):
        ran = check(tmp_path, path, "z.md")
        assert ran.code == 1
        assert codes(ran)["z.md"] == ["YML008"]
        assert any(each in (["SEED007"], ["FM001"]) for each in codes(ran).values())


@F5
@pytest.mark.parametrize("output_format", ["full", "concise", "json"])
def test_hostile_names_are_shown_harmless(tmp_path: Path, output_format: str) -> None:
    names = [f"{text.replace('/', '|')}.md" for text in HOSTILE.values()]
    names += ["a,b:c%d.md", 'quote"and\\back.md', "é😀.md", "-x.md", " .md"]
    lay(tmp_path, dict.fromkeys(names, WRONG_SEED))
    raw = os.fsencode(tmp_path) + b"/\xff\xfe\x80.md"
    with open(raw, "wb") as stream:
        stream.write(WRONG_SEED)
    options = ("--output-format", output_format)
    ran = check(tmp_path, *options, ".")
    assert ran.code == 1
    assert f"{len(names) + 1} errors in {len(names) + 1} seeds" in ran.err
    if output_format == "json":
        assert set(codes(ran)) == {*names, os.fsdecode(b"\xff\xfe\x80.md")}
    elif output_format == "concise":
        assert len(ran.out.splitlines()) == len(names) + 1
    by_hand = check(tmp_path, *options, "--", *names)
    assert by_hand.code == 1
    # What is said of a missing one is the same in every format.
    for name in names[::5] if output_format == "json" else ():
        ran = check(tmp_path, *options, "--", "missing" + name)
        assert ran.code == 2
        check_failure(ran, "missing")


@F6
def test_names_like_options_are_paths_after_the_dashes(tmp_path: Path) -> None:
    names = ["--config=evil.md", "--output-file=x.md", "-x.md", "@x.md", "~.md", "*.md", "--.md"]
    lay(tmp_path, dict.fromkeys(names, WRONG_SEED) | {"evil.md": b"exclude = ['**']\n"})
    before = snapshot(tmp_path)
    ran = check(tmp_path, "--", *names)
    assert (ran.code, codes(ran)) == (1, {name: ["SCH003"] for name in names})
    assert snapshot(tmp_path) == before


@F6
def test_the_hook_that_takes_names_ends_in_dashes() -> None:
    hooks = (Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text()
    for hook in hooks.split("- id: ")[1:]:
        takes_names = "pass_filenames: false" not in hook
        entry = re.search("entry: (.+)", hook)
        assert entry
        assert entry[1].endswith(" --") == takes_names, hook


@F7
def test_paths_are_shown_in_one_form(tmp_path: Path) -> None:
    lay(tmp_path, {"a/b/x.md": WRONG_SEED, "back\\slash.md": WRONG_SEED, "CON.md": WRONG_SEED})
    for path in ("a", "./a", "a//b/../b/x.md", "./a/./b"):
        assert list(codes(check(tmp_path, path))) == ["a/b/x.md"]
    both = check(tmp_path, "a", "./a/b/x.md", str(tmp_path / "a"))
    assert len(codes(both)) == 1, "one file was checked more than once"
    assert list(codes(check(tmp_path, "back\\slash.md", "CON.md"))) == ["CON.md", "back\\slash.md"]


@F7
@waits("a Windows machine")
def test_windows_paths() -> None: ...


@F8
def test_paths_are_relative_to_the_working_folder(tmp_path: Path) -> None:
    lay(tmp_path, {"seeds/x.md": WRONG_SEED, "sub/y.md": WRONG_SEED})
    (tmp_path / "seedlint.toml").write_text(
        'schema = "case.schema.json"\n[per-file-ignores]\n"seeds/x.md" = ["SCH003"]\n'
    )
    ran = run(tmp_path / "sub", "--output-format", "concise", ".", "../seeds", "../sub")
    assert ran.code == 1
    assert list(places(ran.out, "concise")) == ["y.md"]
    assert "1 error in 2 seeds" in ran.err


@F8
@waits(NO_ANNOTATIONS)
def test_annotations_are_relative_to_the_repository() -> None: ...


@F9
def test_huge_files_are_not_read_whole(tmp_path: Path) -> None:
    lay(tmp_path, {}, ANYTHING)
    for name, size in (("dense.md", 100 * 1024**2), ("holes.md", 10 * 1024**3)):
        with (tmp_path / name).open("wb") as stream:
            stream.write(b"---\nname: x\n" if size < 1024**3 else b"---\n")
            if name == "dense.md":
                for _ in range(100):
                    stream.write(b"a: 12345678\n" * (1024**2 // 12))
            stream.truncate(size)
    with (tmp_path / "body.md").open("wb") as stream:
        stream.write(CLEAN_SEED)
        stream.truncate(10 * 1024**3)
    options = ("check", "--isolated", "--schema", "case.schema.json", "--output-format", "json")
    peak, ran = peak_kib(tmp_path, *options, ".")
    found = codes(ran)
    assert ran.code == 1
    # The front matter of the third ends long before; what follows it is not looked at.
    assert set(found) == {"dense.md", "holes.md"}
    assert found["dense.md"] == ["SEED001"]
    assert peak < 200 * 1024
    assert ran.cpu < 10


@F10
def test_which_folders_are_walked(tmp_path: Path) -> None:
    walked = {"a.md", "ignored/b.md", "nested/c.md", "deep/" * 100 + "d.md"}
    skipped = {".git/x.md", ".hidden/x.md", "node_modules/m/x.md", "nested/.git/x.md"}
    lay(tmp_path, dict.fromkeys(walked | skipped, WRONG_SEED))
    (tmp_path / ".gitignore").write_text("ignored/\n")
    ran = check(tmp_path, ".")
    assert set(codes(ran)) == walked
    # What is named by hand is checked wherever it lies.
    assert set(codes(check(tmp_path, ".hidden/x.md"))) == {".hidden/x.md"}
