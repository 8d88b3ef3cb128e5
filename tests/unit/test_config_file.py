"""Configuration files are read strictly and within bounds, and say where they are wrong."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from paths import ROOT
from seedlint.config_file import find_config, open_config
from seedlint.config_settings import read_settings
from seedlint.document.limits import Limits
from seedlint.errors import ConfigError
from seedlint.settings import Settings
from seedlint.severity import Severity

INFO, WARNING = Severity.INFO, Severity.WARNING


def settings(folder: Path, text: str, name: str = "seedlint.toml") -> Settings:
    path = folder / name
    path.write_bytes(text.encode())
    return Settings(**read_settings(open_config(str(path))))


def refusal(folder: Path, text: str | bytes, name: str = "seedlint.toml") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as caught:
        read_settings(open_config(str(path)))
    message = str(caught.value)
    assert "\n" not in message
    return message.removeprefix(os.path.relpath(folder) + "/")


# ---------------------------------------------------------------- loading


def test_every_setting(tmp_path: Path) -> None:
    (tmp_path / "contract.json").touch()
    chosen = settings(
        tmp_path,
        """
        schema = "contract.json"
        formats-unchecked = ["unix-time"]
        include = ["seeds/*.md"]
        exclude = ["drafts"]
        select = ["SCH", "unquoted-colon"]
        ignore = ["SCH003"]
        suppressions = false
        target = "hugo"
        fail-on = "warning"
        [per-file-ignores]
        "old/**" = ["SCH", "URL"]
        [severity]
        SCH001 = "info"
        [limits]
        findings = 7
        file-bytes = 99
        """,
    )
    assert chosen == Settings(
        schema=str(tmp_path / "contract.json"),
        formats_unchecked=("unix-time",),
        root=str(tmp_path),
        include=("seeds/*.md",),
        exclude=("drafts",),
        select=("SCH", "unquoted-colon"),
        ignore=("SCH003",),
        per_file_ignores=(("old/**", ("SCH", "URL")),),
        severity=(("SCH001", INFO),),
        suppressions=False,
        target="hugo",
        fail_on=WARNING,
        limits=Limits(findings=7, file_bytes=99),
    )


def test_the_same_in_pyproject(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.other]\nselect = 5\n[tool.seedlint]\nignore = ["URL"]\n'
    assert settings(tmp_path, text, "pyproject.toml").ignore == ("URL",)


@pytest.mark.parametrize("text", ["", "# c\n", "[limits]\n"])
def test_nothing_set(tmp_path: Path, text: str) -> None:
    assert settings(tmp_path, text) == Settings(root=str(tmp_path))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("selct = []", "1:1: unknown setting `selct`; did you mean `select`?"),
        ("ignore = []\n\n  zzz = 1", "3:3: unknown setting `zzz`"),
        ('"fail_on" = "error"', "1:1: unknown setting `fail_on`; did you mean `fail-on`?"),
        ("[limit]\nfindings = 1", "1:2: unknown setting `limit`; did you mean `limits`?"),
        ("# \u2028 c\nzzz = 1", "2:1: unknown setting"),
        ("# c\r\nzzz = 1\r\n", "2:1: unknown setting"),
        ("[limits]\n# zzz = 1\nfindins = 1", "3:1: unknown setting `findins`"),
        ("limits = { findins = 1 }", "1:12: unknown setting `findins`"),
        ("limits.findins = 1", "1:8: unknown setting `findins`"),
        ("[limits]\nfindings = 0", "2:1: `findings` must be a whole number of at least 1"),
        ("[limits]\nfindings = true", "2:1: `findings` must be a whole number"),
        ('[limits]\nfindings = "9"', "2:1: `findings` must be a whole number"),
        ("[limits]\nfindings = 1.5", "2:1: `findings` must be a whole number"),
        ("[limits]\ndepth = 501", "2:1: `depth` must be a whole number of at least 1 and at most"),
        ("[limits]\ninteger-digits = 4001", "2:1: `integer-digits` must be"),
        ("limits = 5", "1:1: `limits` must be a table"),
        ("[foo.bar]\nx = 1", "1:2: unknown setting `foo`"),
        ("suppressions = 0", "1:1: `suppressions` must be `true` or `false`"),
        ("select = 'SCH'", "1:1: `select` must be a list of texts"),
        ("select = [1]", "1:11: `select` must be a list of texts"),
        ("include = 5", "1:1: `include` must be a list of texts"),
        ("select = ['SCH003x']", "1:11: `select`: no rule is called `SCH003x`"),
        ("ignore = ['']", "1:11: `ignore`: no rule is called ``"),
        ("ignore = ['wrong-typ']", "1:11: `ignore`: no rule is called `wrong-typ`; did you mean"),
        ("fail-on = 'fatal'", "1:1: `fail-on` must be `error`, `warning` or `info`"),
        ("fail-on = 5", "1:1: `fail-on` must be"),
        ("fail-on = []", "1:1: `fail-on` must be"),
        ("[severity]\nSCH003 = 'off'", "2:1: `SCH003` must be `error`, `warning` or `info`"),
        ("[severity]\nSCHX = 'error'", "2:1: `severity`: no rule is called `SCHX`"),
        ("[per-file-ignores]\n'a' = ['SCHX']", "2:8: `a`: no rule is called `SCHX`"),
        ("[per-file-ignores]\n'a/**' = 'SCH'", "2:1: `a/**` must be a list of texts"),
        ('include = ["""\nsecnds = 1\n"""]\n[limits]\nsecnds = 2', "5:1: unknown setting `secnds`"),
        ('select = [\n "URL", # URLX\n "URLX",\n]', "3:2: `select`: no rule is called `URLX`"),
        ('exclude = ["a", "{b}"]', "1:17: `{b}`: "),
        ("limits = { a.b = 1 }", "1:12: unknown setting `a`"),
        (
            "target = 'jekyl'",
            "1:1: `target` must be `jekyll`, `hugo`, `astro`, `eleventy` or "
            "`yaml-1.2`; did you mean `jekyll`?",
        ),
        ("target = 1", "1:1: `target` must be `jekyll`"),
        ("per-file-ignores = []", "1:1: `per-file-ignores` must be a table"),
        ("schema = 5", "1:1: `schema` must be text"),
        ("formats-unchecked = 'x'", "1:1: `formats-unchecked` must be a list of texts"),
        ("formats-unchecked = ['x', 'date']", "1:27: `date` is a format that seedlint checks"),
        ("schema = ''", "1:1: `schema` must be text"),
        ("schema = '../s.json'", "1:1: `schema` must be the path of a file in this folder"),
        ("schema = '/etc/passwd'", "1:1: `schema` must be the path"),
        ("schema = 'http://x/y'", "1:1: `schema` must be the path"),
        ("schema = 'C:\\s.json'", "1:1: `schema` must be the path"),
        ("schema = '\\\\host\\s.json'", "1:1: `schema` must be the path"),
        ('schema = "a\\u0000b"', "1:1: `schema` is not a path"),
        # not TOML
        ("a = ", "1:"),
        ("ignore = [\n", "1:11: not TOML"),
        ("a = 1\na = 2", "2:"),
        ("\n]", "2:1: not TOML"),
        ("schema = \u201ca\u201d", '1:10: not TOML: `\u201c` is a typographic quote, write `"`'),
        (b"# \xc3\xa9\nb = '\xff'", "2:6: not UTF-8"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_refused(tmp_path: Path, text: str | bytes, start: str) -> None:
    assert refusal(tmp_path, text).startswith(f"seedlint.toml:{start}")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("[project]\nselect = 1\n[tool.seedlint]\nselct = []", "4:1: unknown setting `selct`"),
        ("[tool.a]\nzzz = 1\n[tool.seedlint]\nzzz = 1\n", "4:1: unknown setting `zzz`"),
        ("[tool.seedlint.limits]\nzzz = 1", "2:1: unknown setting `zzz`"),
        ("[tool.seedlint.zzz]\n", "1:16: unknown setting `zzz`"),
        ("[tool.seedlint]\n[tool.seedlint.severity]\nSCH003 = 1", "3:1: `SCH003` must be"),
    ],
)
def test_refused_in_pyproject(tmp_path: Path, text: str, start: str) -> None:
    assert refusal(tmp_path, text, "pyproject.toml").startswith(f"pyproject.toml:{start}")


@pytest.mark.parametrize("text", ["[tool]\nseedlint = 5", "tool = 5\n"])
def test_no_table_in_pyproject(tmp_path: Path, text: str) -> None:
    assert "expected a table of settings" in refusal(tmp_path, text, "pyproject.toml")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"#" * (1024 * 1024 + 1), "larger than 1 MiB"),
        ("a = " + "[" * 50_000, "nested too deeply"),
        ("a = " + "9" * 5000, "a number that is too long"),
    ],
    ids=["large", "deep", "digits"],
)
def test_bounded(tmp_path: Path, text: str | bytes, words: str) -> None:
    assert words in refusal(tmp_path, text)


@pytest.mark.parametrize("name", ["none.toml", "file/none.toml", "dangling.toml"])
def test_a_missing_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "dangling.toml").symlink_to("gone.toml")
    with pytest.raises(ConfigError, match=r"\.toml: no such configuration file$"):
        open_config(str(tmp_path / name))


# ---------------------------------------------------------------- finding the file


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, None),
        ({"seedlint.toml": ""}, "seedlint.toml"),
        ({"a/seedlint.toml": "", "seedlint.toml": ""}, "a/seedlint.toml"),
        ({"pyproject.toml": "[tool.seedlint]"}, "pyproject.toml"),
        ({"a/b/pyproject.toml": "[tool.other]", "seedlint.toml": ""}, "seedlint.toml"),
        ({"a/pyproject.toml": "[tool.seedlint]", "a/seedlint.toml": ""}, "a/seedlint.toml"),
        ({"a/pyproject.toml": "# seedlint\n", "seedlint.toml": ""}, "seedlint.toml"),
        ({"a/pyproject.toml": "# other\n]", "seedlint.toml": ""}, "seedlint.toml"),
        ({"a/.git/HEAD": "", "seedlint.toml": ""}, None),
        ({"a/.git/HEAD": "", "a/seedlint.toml": ""}, "a/seedlint.toml"),
        ({"a/b/.git": "gitdir: x", "a/seedlint.toml": ""}, None),
    ],
)
def test_find_config(tmp_path: Path, files: dict[str, str], found: str | None) -> None:
    root = tmp_path / "root"
    (root / "a" / "b").mkdir(parents=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    # Nothing above this folder is to be found.
    (tmp_path / ".git").mkdir()
    file = find_config(root / "a" / "b")
    assert (file and file.path) == (str(root / found) if found else None)


@pytest.mark.parametrize("name", [name.replace("_", "-") for name in Limits._fields])
def test_every_limit_has_the_bound_that_is_published(name: str, tmp_path: Path) -> None:
    schema = json.loads((ROOT / "schemas" / "config.schema.json").read_text("utf-8"))
    published = schema["properties"]["limits"]["properties"][name]
    most = published["maximum"]
    assert published["minimum"] == 1 < published["default"] < most
    chosen = settings(tmp_path, f"[limits]\n{name} = {most}").limits
    assert getattr(chosen, name.replace("-", "_")) == most
    assert f"at most {most}" in refusal(tmp_path, f"[limits]\n{name} = {most + 1}")


# ---------------------------------------------------------------- collections and other files


ONE = '[[collections]]\nname = "one"\nfiles = ["one/**"]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("collections = 1", "1:1: `collections` must be tables, `[[collections]]`"),
        ('[[collections]]\nname = "one"', "1:1: a collection needs `files`"),
        (ONE + '[[collections]]\nfiles = ["x"]', "4:1: a collection needs `name`"),
        (ONE + ONE, "5:1: two collections are called `one`"),
        ('[[collections]]\nname = "a/b"\nfiles = ["x"]', "2:1: `name` must be 1 to 60 letters"),
        (ONE.replace('["one/**"]', "[]"), "3:1: collection `one`: `files` is empty"),
        (ONE + "shcema = 1", "4:1: collection `one`: unknown setting `shcema`; did you mean"),
        (ONE + 'exclude = ["x"]', "4:1: collection `one`: unknown setting `exclude`"),
        (ONE + 'ignore = ["XYZ"]', "4:11: collection `one`: `ignore`: no rule is called `XYZ`"),
        (ONE + '[collections.severity]\nSCH = "bad"', "5:1: collection `one`: `SCH` must be `err"),
        ('unmatched = "warn"', "1:1: `unmatched` must be `report` or `ignore`"),
        ('required-version = ">=9"', "1:1: this configuration requires seedlint >=9, this is 0."),
        ('required-version = "^1"', "1:1: `required-version`: `^1` is not a version specifier"),
        ('new-setting = 1\nrequired-version = "==9.*"', "2:1: this configuration requires"),
        ('extend = "../x.toml"', "1:1: `extend` must be the path of a file in this folder or"),
        ('extend = "x.toml"', "1:1: `extend`: x.toml: no such configuration file"),
        ('extend = "seedlint.toml"', "1:1: `extend` leads back to this configuration"),
    ],
)
def test_what_is_wrong_with_it_is_said_with_its_place(
    text: str, message: str, tmp_path: Path
) -> None:
    found = refusal(tmp_path, text).replace(os.path.relpath(tmp_path) + "/", "")
    assert found.startswith(f"seedlint.toml:{message}")


def test_a_collection_has_its_settings_and_the_others_of_the_top_level(tmp_path: Path) -> None:
    chosen = settings(
        tmp_path,
        f"""
        select = ["SCH"]
        fail-on = "warning"
        [limits]
        findings = 7
        {ONE}extend-select = ["URL"]
        severity = {{ SCH = "info" }}
        """,
    )
    (one,) = chosen.of_each()
    assert (one.collection, one.select, one.fail_on) == ("one", ("SCH", "URL"), WARNING)
    assert (one.severity, one.limits.findings) == ((("SCH", INFO),), 7)
    assert chosen.include == Settings().include


def test_extended_settings(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "s.json").touch()
    (tmp_path / "config" / "deep.toml").write_text('fail-on = "info"\nextend-select = ["YML"]\n')
    (tmp_path / "config" / "base.toml").write_text(
        'extend = "deep.toml"\nschema = "s.json"\nselect = ["SCH"]\nignore = ["SCH003"]\n'
        f'extend-select = ["IMG"]\nseverity = {{ URL = "info" }}\n{ONE}'
    )
    chosen = settings(
        tmp_path,
        'extend = "config/base.toml"\nextend-select = ["URL"]\n[severity]\nSCH = "warning"\n',
    )
    assert chosen.select == ("SCH", "IMG", "URL")
    assert chosen.ignore == ("SCH003",)
    assert chosen.fail_on is INFO
    # A table takes the place of the other.
    assert chosen.severity == (("SCH", WARNING),)
    assert os.path.samefile(str(chosen.schema), tmp_path / "config" / "s.json")
    assert os.path.samefile(chosen.root, tmp_path)
    assert [each.name for each in chosen.collections] == ["one"]


def test_extended_files_may_be_ten_and_no_link(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.toml").write_text(f'extend = "{number + 1}.toml"\n')
    assert "more than 10 files that extend one another" in refusal(tmp_path, 'extend = "0.toml"')
    (tmp_path / "10.toml").write_text("")
    assert settings(tmp_path, 'extend = "2.toml"') == Settings(root=os.path.realpath(tmp_path))
    (tmp_path / "a.toml").write_text('extend = "b.toml"\n')
    (tmp_path / "b.toml").write_text('extend = "a.toml"\n')
    assert refusal(tmp_path, 'extend = "a.toml"').endswith("leads back to this configuration")
    (tmp_path / "link.toml").symlink_to(tmp_path / "10.toml")
    assert "cannot read: " in refusal(tmp_path, 'extend = "link.toml"')


def test_a_schema_that_is_replaced_need_not_be_there(tmp_path: Path) -> None:
    (tmp_path / "s.json").touch()
    (tmp_path / "base.toml").write_text('schema = "gone.json"\n')
    chosen = settings(tmp_path, 'extend = "base.toml"\nschema = "s.json"\n')
    assert str(chosen.schema).endswith("s.json")
    assert "no such file: `gone.json`" in refusal(tmp_path, 'extend = "base.toml"\n')
