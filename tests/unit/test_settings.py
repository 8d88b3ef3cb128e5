"""Settings are read strictly, and say where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpu import cpu_limit
from seedlint.errors import ConfigError
from seedlint.rules import all_rules
from seedlint.settings import Settings, check_pattern, check_selectors, compile_glob, selects
from seedlint.severity import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
RULES = all_rules()
WRONG_TYPE = RULES["SCH003"]


# ---------------------------------------------------------------- which rules, how grave


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        ("ALL", True),
        ("S", True),
        ("SCH", True),
        ("SCH0", True),
        ("SCH003", True),
        ("wrong-type", True),
        ("SCH001", False),
        ("wrong", False),
        ("sch003", False),
        ("URL", False),
    ],
)
def test_selects(selector: str, selected: bool) -> None:
    assert selects(selector, WRONG_TYPE) is selected


@pytest.mark.parametrize(
    ("select", "ignore", "selected"),
    [
        (["ALL"], [], True),
        ([], [], False),
        (["URL"], [], False),
        (["ALL"], ["SCH"], False),
        (["ALL"], ["URL"], True),
        (["SCH"], ["SCH"], False),
        (["SCH003"], ["SCH"], True),
        (["wrong-type"], ["SCH"], True),
        (["wrong-type"], ["ALL"], True),
        (["SCH003"], ["wrong-type"], False),
        (["SCH"], ["wrong-type"], False),
        (["SCH"], ["SCH0"], False),
        (["SCH00"], ["SCH0"], True),
        (["ALL"], ["ALL"], False),
        (["SCH"], ["ALL"], True),
    ],
)
def test_the_more_specific_selector_decides(
    select: list[str], ignore: list[str], selected: bool
) -> None:
    chosen = Settings(select=tuple(select), ignore=tuple(ignore))
    assert (chosen.severity_of(WRONG_TYPE) is not None) is selected


@pytest.mark.parametrize(
    ("levels", "severity"),
    [
        ([], ERROR),
        ([("SCH", INFO)], INFO),
        ([("URL", INFO)], ERROR),
        ([("SCH003", WARNING), ("SCH", INFO)], WARNING),
        ([("SCH", INFO), ("SCH003", WARNING)], WARNING),
        ([("wrong-type", INFO), ("ALL", WARNING)], INFO),
        ([("ALL", WARNING)], WARNING),
        ([("SCH003", INFO), ("wrong-type", WARNING)], WARNING),
    ],
)
def test_severity(levels: list[tuple[str, Severity]], severity: Severity) -> None:
    assert Settings(severity=tuple(levels)).severity_of(WRONG_TYPE) is severity


def test_our_own_failures_cannot_be_silenced() -> None:
    silent = Settings(select=(), ignore=("ALL",), severity=(("ALL", INFO),))
    for rule in RULES.values():
        required = INFO if rule.is_required else None
        assert silent.severity_of(rule) is (rule.severity if rule.family == "INT" else required)


@pytest.mark.parametrize("selector", ["SCH003", "SCH", "S", "ALL", "wrong-type"])
def test_known_selectors(selector: str) -> None:
    check_selectors([selector], "--select")


@pytest.mark.parametrize("selector", ["", "SCH9", "XYZ", "all", "wrong_type", "SCH003 "])
def test_unknown_selectors(selector: str) -> None:
    with pytest.raises(ConfigError, match=r"^--select: no rule is called"):
        check_selectors([selector], "--select")


def test_per_file_ignores() -> None:
    chosen = Settings(
        per_file_ignores=(("old/**", ("SCH",)), ("*.md", ("URL", "FM")), ("new", ("YML",)))
    )
    assert chosen.ignored_in("old/a.md") == ("SCH", "URL", "FM")
    assert chosen.ignored_in("new/x/a.markdown") == ("YML",)
    assert chosen.ignored_in("a.markdown") == ()


# ---------------------------------------------------------------- globs


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("*.md", ["a.md", "x/a.md", "x/y/.md"], ["a.mdx", "a.md.txt", "md"]),
        ("*.md", ["a.MD", "x/a.Md", "x/y/.MD"], ["a.MDX", "MD"]),
        ("x/**/A.MD", ["x/A.md", "x/y/A.mD"], ["x/a.md", "X/A.md"]),
        ("**.md", ["a.MD", "x/a.md"], ["a.m"]),
        ("v1.d/*.tar.gz", ["v1.d/a.tar.GZ"], ["v1.D/a.tar.gz", "v1.d/a.TAR.gz"]),
        ("v1.d/", ["v1.d/a"], ["v1.D/a"]),
        (".notes", [".notes/a"], [".NOTES/a"]),
        ("a.m*", ["a.md"], ["a.MD"]),
        ("a.md", ["a.md", "x/a.md", "a.md/b"], ["xa.md", "aXmd"]),
        ("/a.md", ["a.md"], ["x/a.md"]),
        ("drafts", ["drafts", "drafts/a.md", "x/drafts/y/a.md"], ["mydrafts/a.md", "drafts.md"]),
        ("drafts/", ["drafts/a.md", "x/drafts/a.md"], ["draft/a.md"]),
        ("x/*.md", ["x/a.md"], ["x/y/a.md", "y/x/a.md", "a.md"]),
        ("x/**", ["x/a", "x/y/a"], ["x", "yx/a"]),
        ("x/**/a.md", ["x/a.md", "x/y/a.md", "x/y/z/a.md"], ["a.md", "x/ba.md"]),
        ("**/a.md", ["a.md", "x/a.md", "x/y/a.md"], ["xa.md"]),
        ("**/*.md", ["a.md", "x/a.md", "x.md/y.md"], ["a.txt"]),
        ("**", ["a", "x/y"], []),
        ("**/x/**/y", ["x/y", "a/x/b/y", "x/x/y/y", "x/y/z"], ["xy", "y/x", "x/z"]),
        ("**/x/y", ["x/x/y", "x/y"], ["x/z/y"]),
        ("a?c", ["abc", "x/a.c"], ["ac", "a/c", "abbc"]),
        ("a*b*c", ["abc", "aXbXbXc", "abbcc"], ["ab", "a/bc", "acb"]),
        ("*a*b", ["ab", "xaab", "abab"], ["ba"]),
        ("a+(b)[c].md", ["a+(b)[c].md"], ["aab.md", "a+(b)c.md"]),
        ("é中😀*", ["é中😀.md"], ["e.md"]),
        ("a\nb", ["a\nb"], ["ab"]),
        ("*", ["a", "a\nb", "x/y"], []),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else "",
)
def test_globs(pattern: str, matching: list[str], other: list[str]) -> None:
    glob = compile_glob(pattern)
    assert [path for path in matching if not glob.fullmatch(path)] == []
    assert [path for path in other if glob.fullmatch(path)] == []


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 30 + "b", "a" * 200),
        ("**/" * 20 + "x", "a/" * 100 + "b"),
        ("**/*a*" * 10 + "b", "a/" * 100),
        ("*" * 200 + "b", "a" * 2000),
        ("**/a/**/a/**/a/**/a/**/b", "a/" * 200),
    ],
)
def test_no_glob_is_slow(pattern: str, path: str) -> None:
    with cpu_limit():
        assert not compile_glob(pattern).fullmatch(path)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("seeds/{a,b}.md", "`{` has no meaning in a pattern"),
        ("seeds/[ab].md", "`[` has no meaning in a pattern"),
        ("seeds\\a.md", "`\\` has no meaning in a pattern"),
        ("!seeds/a.md", "`!` has no meaning in a pattern"),
        ("./seeds/*.md", "`.` has no meaning in a pattern"),
        ("seeds/../a.md", "`..` has no meaning in a pattern"),
        ("..", "`..` has no meaning in a pattern"),
        ("", "an empty pattern matches nothing"),
        ("/", "an empty pattern matches nothing"),
    ],
)
def test_patterns_that_would_match_nothing(pattern: str, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        check_pattern(pattern)
    assert str(caught.value).startswith(reason)


@pytest.mark.parametrize("pattern", ["**", "*.md", ".notes/*.md", "a.b/..c/d...md", "/a/", "a!"])
def test_patterns(pattern: str) -> None:
    check_pattern(pattern)


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        (["ALL"], [], True),
        ([], [], False),
        (["ALL"], ["ALL"], False),
        (["URL003"], ["URL003"], False),
        (["URL003"], ["unknown-scheme"], False),
        (["URL003"], ["ALL"], True),
        (["INT001"], [], False),
        (["ALL"], ["SCH"], True),
    ],
)
def test_whether_a_rule_is_left(select: list[str], ignore: list[str], left: bool) -> None:
    assert Settings(select=tuple(select), ignore=tuple(ignore)).selects_any() is left


def test_the_path_from_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Patterns see the same path, whether people came here by a link or not."""
    (tmp_path / "real" / "seeds").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real")
    for here in ("real", "link"):
        monkeypatch.chdir(tmp_path / here)
        for root in (".", tmp_path / "real", tmp_path / "link", "../link"):
            chosen = Settings(root=root)
            for path in ("seeds/a.md", "../link/seeds/a.md", str(tmp_path / "real/seeds/a.md")):
                assert chosen.from_root(path) == "seeds/a.md", (here, root, path)
            assert chosen.from_root(".") == "."
            assert chosen.from_root("..") == ".."
    # A file that is a link keeps its own name.
    (tmp_path / "real" / "seeds" / "b.md").symlink_to("../../a.md")
    assert Settings(root=tmp_path / "link").from_root("seeds/b.md") == "seeds/b.md"
