"""From paths to files: nothing twice, nothing in silence, nothing that blocks."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from shutil import rmtree

import pytest

from seedlint.discover import Target, find_context_files, find_targets, read_target
from seedlint.errors import InputError
from seedlint.settings import Settings


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of files, and the working directory at its top."""
    for name in (
        "b.md",
        "a.markdown",
        "a.txt",
        "seeds/z.md",
        "seeds/a b.md",
        "seeds/é.md",
        "seeds/deep/er/x.md",
        "drafts/d.md",
        ".hidden/h.md",
        "node_modules/n.md",
        "seeds/__pycache__/p.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown(*paths: str, force_exclude: bool = False, **settings: object) -> list[str]:
    chosen = Settings(**settings)  # type: ignore[arg-type]
    targets = find_targets(paths, chosen, force_exclude=force_exclude)
    assert all(os.path.lexists(target.path) for target in targets.files)
    return [target.shown for target in targets.files]


EVERYTHING = [
    "a.markdown",
    "b.md",
    "drafts/d.md",
    "seeds/a b.md",
    "seeds/deep/er/x.md",
    "seeds/z.md",
    "seeds/é.md",
]


@pytest.mark.parametrize("paths", [[], ["."], ["./"], ["seeds", "."], [".", "b.md", "./b.md"]])
def test_the_whole_tree_once_in_order(paths: list[str]) -> None:
    assert shown(*paths) == EVERYTHING


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        (["b.md"], ["b.md"]),
        (["./b.md", "b.md", "seeds/../b.md"], ["b.md"]),
        (["a.txt"], ["a.txt"]),  # named by hand
        ([".hidden/h.md"], [".hidden/h.md"]),
        ([".hidden"], [".hidden/h.md"]),
        (["node_modules"], ["node_modules/n.md"]),
        (["seeds/deep"], ["seeds/deep/er/x.md"]),
        (["seeds/deep/"], ["seeds/deep/er/x.md"]),
        (["seeds/z.md", "b.md"], ["b.md", "seeds/z.md"]),
    ],
)
def test_named_paths(paths: list[str], files: list[str]) -> None:
    assert shown(*paths) == files


def test_an_absolute_path_stays_absolute(tree: Path) -> None:
    assert shown(str(tree / "b.md")) == [f"{tree}/b.md"]
    assert shown(str(tree / "b.md"), "b.md") == [f"{tree}/b.md"]


@pytest.mark.parametrize(
    ("settings", "files"),
    [
        ({"include": ("seeds/*.md",)}, ["seeds/a b.md", "seeds/z.md", "seeds/é.md"]),
        ({"include": ("*.txt",)}, ["a.txt"]),
        ({"exclude": ("seeds",)}, ["a.markdown", "b.md", "drafts/d.md"]),
        ({"exclude": ("*.md",)}, ["a.markdown"]),
        ({"exclude": ("seeds/deep/**", "drafts"), "include": ("*.md",)},
         ["b.md", "seeds/a b.md", "seeds/z.md", "seeds/é.md"]),
    ],
)  # fmt: skip
def test_include_and_exclude(settings: dict[str, object], files: list[str]) -> None:
    assert shown(**settings) == files


def test_patterns_start_from_the_root_of_the_settings(tree: Path) -> None:
    chosen = {"root": tree / "seeds", "exclude": ("deep/**",)}
    assert shown(**chosen) == ["seeds/a b.md", "seeds/z.md", "seeds/é.md"]


ENDINGS = ["UP.MD", "mixed.Markdown", "one.mdown", "two.MDOWN"]


def test_the_case_of_an_ending_makes_no_difference(tree: Path) -> None:
    for name in [*ENDINGS, "notes.MDX", "md", "x.md.bak"]:
        (tree / "drafts" / name).write_text("x")
    assert shown("drafts") == [f"drafts/{name}" for name in sorted([*ENDINGS, "d.md"])]
    assert shown(include=("drafts/*.md",)) == ["drafts/UP.MD", "drafts/d.md"]
    assert shown(include=("drafts/*.MD",)) == ["drafts/UP.MD", "drafts/d.md"]
    assert shown("drafts", exclude=("*.md",)) == [f"drafts/{name}" for name in ENDINGS[1:]]
    named = [f"drafts/{name}" for name in ENDINGS]
    assert shown(*named, force_exclude=True) == named
    others = find_context_files([Target("b.md", "b.md")], Settings())
    assert set(named) < {target.shown for target in others}


HIDDEN = [
    ".github/agents/a.md",
    ".github/x.md",
    ".hidden/h.md",
    "node_modules/n.md",
    "node_modules/p/.docs/n.md",
    "posts/.notes/.old/o.md",
    "posts/.notes/n.md",
    "posts/.notes/node_modules/m.md",
    "posts/p.md",
]


@pytest.mark.parametrize(
    ("include", "files"),
    [
        (("**/*.md",), ["posts/p.md"]),
        (("posts/**",), ["posts/p.md"]),
        (("**/.notes/*.md",), ["posts/.notes/n.md"]),
        ((".notes/*.md", "**/h.md"), []),
        (("/.hidden/h.md",), [".hidden/h.md"]),
        ((".hidden",), [".hidden/h.md"]),
        ((".hidden/",), [".hidden/h.md"]),
        ((".hid*/**/*.md",), [".hidden/h.md"]),
        (("?hidden/*.md", "*/x.md", "[.]hidden/*.md"), []),
        # A pattern that does not name the folder does not count there.
        ((".github/agents/*.md", "**/*.md"), [".github/agents/a.md", "posts/p.md"]),
        ((".github/**/*.md", "posts/*"), [".github/agents/a.md", ".github/x.md", "posts/p.md"]),
        # Below a folder that is named, another hidden one must be named as well.
        (("posts/.notes/**/*.md",), ["posts/.notes/n.md"]),
        (("posts/.notes/",), ["posts/.notes/n.md"]),
        (("posts/.notes/.old/**",), ["posts/.notes/.old/o.md"]),
        (("posts/.*/.*/*.md",), ["posts/.notes/.old/o.md"]),
        (("**/.notes/**/.old/*",), ["posts/.notes/.old/o.md"]),
        (("node_modules/*.md",), ["node_modules/n.md"]),
        (("node*/*.md",), []),
        (("node_modules/**/.docs/*",), ["node_modules/p/.docs/n.md"]),
    ],
)  # fmt: skip
def test_a_hidden_folder_must_be_named(
    include: tuple[str, ...], files: list[str], tree: Path
) -> None:
    for folder in ("seeds", "drafts"):
        rmtree(tree / folder)
    for name in ("a.markdown", "b.md"):
        (tree / name).unlink()
    for name in HIDDEN:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("x")
    if files:
        assert shown(include=include) == files
        assert shown(".", include=include) == files
    else:
        with pytest.raises(InputError, match="no seeds found"):
            shown(include=include)
    others = find_context_files([], Settings(include=include))
    assert [target.shown for target in others] == files
    # The same from elsewhere, where paths begin with `..`.
    (tree / "elsewhere").mkdir()
    os.chdir("elsewhere")
    others = find_context_files([], Settings(root=tree, include=include))
    assert [target.shown for target in others] == [f"../{name}" for name in files]


def test_a_hidden_folder_named_by_hand_is_no_more_hidden(tree: Path) -> None:
    (tree / ".hidden" / ".git").mkdir()
    (tree / ".hidden" / ".git" / "x.md").write_text("x")
    (tree / ".hidden" / "sub").mkdir()
    (tree / ".hidden" / "sub" / "x.md").write_text("x")
    assert shown(".hidden") == [".hidden/h.md", ".hidden/sub/x.md"]
    assert shown(".hidden/.git") == [".hidden/.git/x.md"]
    os.chdir(".hidden")
    assert shown(".") == ["h.md", "sub/x.md"]


def test_what_is_left_out_is_counted(tree: Path) -> None:
    for name in ("loop", "2025", ".hidden-link", "latest.md"):
        (tree / "seeds" / name).symlink_to(tree / "drafts")
    (tree / "seeds" / "circle").symlink_to("circle")
    (tree / "seeds" / "file").symlink_to(tree / "b.md")
    left_out = find_targets([], Settings()).left_out
    # One that is called like a seed is one, of which reading says why it is not checked.
    assert sorted(left_out.linked_folders) == ["seeds/2025", "seeds/loop"]
    assert (len(left_out.excluded_files), len(left_out.excluded_folders)) == (0, 0)
    chosen = Settings(include=("drafts/**/*.md", "seeds/.hidden-link/*.md"))
    assert find_targets([], chosen).left_out.linked_folders == {"seeds/.hidden-link"}
    # A picture, a folder of modules and a link are none of what is looked for.
    chosen = Settings(exclude=("seeds/deep", "b.md", "a.*", "node_modules", "loop"))
    left_out = find_targets([], chosen).left_out
    assert left_out.linked_folders == {"seeds/2025"}
    assert (len(left_out.excluded_files), len(left_out.excluded_folders)) == (2, 1)
    assert not find_targets(["drafts"], Settings()).left_out


def test_an_excluded_file_named_by_hand() -> None:
    assert shown("drafts/d.md", exclude=("drafts",)) == ["drafts/d.md"]
    targets = find_targets(["drafts/d.md"], Settings(exclude=("drafts",)), force_exclude=True)
    assert ([*targets.files], targets.left_out.named_excluded) == ([], ["drafts/d.md"])
    targets = find_targets(["a.txt", "b.md"], Settings(), force_exclude=True)
    assert [target.shown for target in targets.files] == ["b.md"]
    assert targets.left_out.named_unmatched == ["a.txt"]


@pytest.mark.parametrize("name", ["none.md", "b.md/x", "a\0b", "x" * 300, ""])
def test_a_path_that_is_not_there(name: str) -> None:
    found = find_targets(["b.md", name], Settings())
    assert [target.shown for target in found.files] == ["b.md"]
    assert [(each.path, each.message) for each in found.errors] == [
        (name, "no such file or folder")
    ]


def test_nothing_found_is_an_error(tree: Path) -> None:
    (tree / "empty").mkdir()
    with pytest.raises(InputError, match="no seeds found in empty"):
        shown("empty")
    with pytest.raises(InputError, match="no seeds found"):
        shown(include=("*.xyz",))
    (tree / "empty" / "link").symlink_to(tree / "seeds")
    with pytest.raises(InputError) as caught:
        shown("drafts", "empty", exclude=("*.md",))
    assert caught.value.help == (
        "files that are looked for: **/*.md, **/*.markdown, **/*.mdown; "
        "left out by `exclude`: *.md; linked folders are not looked into"
    )
    with pytest.raises(InputError) as caught:
        shown(include=())
    assert caught.value.help == "`include` is empty, so no files are looked for"


def test_links_are_not_followed(tree: Path) -> None:
    (tree / "seeds" / "loop").symlink_to(tree)
    (tree / "seeds" / "out").symlink_to("/etc")
    (tree / "folder-link.md").symlink_to(tree / "seeds")
    (tree / "file-link.md").symlink_to(tree / "b.md")
    (tree / "dangling.md").symlink_to(tree / "nowhere")
    # A link that looks like a seed is not passed over in silence: reading it says why not.
    links = {"folder-link.md", "file-link.md", "dangling.md"}
    assert [name for name in shown() if name not in links] == EVERYTHING
    assert links <= set(shown())
    for name in sorted(links):
        with pytest.raises(OSError, match="symbolic link"):
            read_target(Target(name, name), 100)


def test_what_is_no_regular_file(tree: Path) -> None:
    os.mkfifo(tree / "fifo.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("sock.md")
        for name in ("fifo.md", "sock.md", "seeds"):
            with pytest.raises(OSError, match=r".+"):
                read_target(Target(name, name), 100)
    assert {"fifo.md", "sock.md"} <= set(shown())


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_is_not_read() -> None:
    with pytest.raises(OSError, match="not a regular file"):
        read_target(Target("/dev/zero", "zero"), 100)


@pytest.mark.parametrize(("limit", "length"), [(0, 1), (3, 4), (4, 4), (100, 4)])
def test_at_most_one_byte_more_than_the_limit(tree: Path, limit: int, length: int) -> None:
    assert read_target(Target("b.md", "b.md"), limit) == b"b.md"[:length]


def test_a_sparse_file_is_not_read_whole(tree: Path) -> None:
    with (tree / "sparse.md").open("wb") as stream:
        stream.truncate(10 * 1024**3)
    assert len(read_target(Target("sparse.md", "s"), 3 * 1024 * 1024)) == 3 * 1024 * 1024 + 1


def test_names_of_any_kind(tree: Path) -> None:
    for name in ("-x.md", "--config=evil.md", "@x.md", "~.md", "*.md", "a\nb.md", "\x1b.md"):
        (tree / "seeds" / "deep" / name).write_text("x")
    (tree / "seeds" / "deep" / os.fsdecode(b"\xff.md")).write_text("x")
    names = shown("seeds/deep")
    assert len(names) == 9
    assert os.fsdecode(b"seeds/deep/\xff.md") in names


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_folder_that_cannot_be_read(tree: Path) -> None:
    (tree / "drafts").chmod(0)
    try:
        found = find_targets([], Settings())
        (error,) = found.errors
        assert str(error) == "drafts/: cannot read the folder: permission denied"
        assert "seeds/z.md" in [target.shown for target in found.files]
    finally:
        (tree / "drafts").chmod(0o755)


def test_what_is_left_out_is_counted_once(tree: Path) -> None:
    """However many of the paths lead to it."""
    (tree / "seeds" / "2025").symlink_to(tree / "drafts")
    chosen = Settings(exclude=("seeds/deep/", "seeds/z.md"))
    left_out = find_targets([".", "seeds", "seeds"], chosen).left_out
    assert left_out.linked_folders == {"seeds/2025"}
    assert left_out.excluded_files == {"seeds/z.md"}
    assert left_out.excluded_folders == {"seeds/deep"}


def test_a_folder_that_no_pattern_leads_into_is_not_read(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be large, or one that nobody may read."""
    scandir = os.scandir

    def refusing(path: str) -> object:
        if "drafts" in path:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert shown(include=("seeds/**/*.md",)) == [
        "seeds/a b.md",
        "seeds/deep/er/x.md",
        "seeds/z.md",
        "seeds/é.md",
    ]
    found = find_targets([], Settings())
    assert "seeds/z.md" in [target.shown for target in found.files]
    assert [(each.path, each.message) for each in found.errors] == [
        ("drafts/", "cannot read the folder: permission denied")
    ]
    with pytest.raises(InputError, match="cannot read the folder"):
        find_context_files([], Settings())
