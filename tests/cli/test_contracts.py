"""How a contract is named on the command line, and what is said about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command import Result, seedlint

TITLE = {"properties": {"title": {"type": "string"}}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.md").write_text("---\ntitle: 5\n---\n")
    return tmp_path


def write(folder: Path, schema: Any, name: str = "s.json") -> None:
    (folder / name).write_text(schema if isinstance(schema, str) else json.dumps(schema))


def check(folder: Path, *arguments: str) -> Result:
    return seedlint("check", "--output-format", "concise", *arguments, cwd=folder)


def test_a_schema_in_a_document(folder: Path) -> None:
    write(folder, {"schemas": {"a": True, "b": TITLE}})
    ran = check(folder, "--schema", "s.json#/schemas/b", "a.md")
    assert ran.code == 1
    assert "checked against s.json#/schemas/b; " in ran.err
    assert check(folder, "--schema", "s.json#/schemas/a", "a.md").code == 0
    write(folder, 'schema = "s.json#/schemas/b"', "seedlint.toml")
    assert check(folder, "a.md").code == 1
    write(folder, 'schema = "none.json#/schemas/b"', "seedlint.toml")
    assert "`schema`: no such file: `none.json#/schemas/b`" in check(folder, "a.md").err


def test_the_document_around_it_is_named_with_the_way_out(folder: Path) -> None:
    write(folder, {"title": "config", "schema": TITLE})
    ran = check(folder, "--schema", "s.json", "a.md")
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == (
        "  help: if the schema is under `schema`, write `s.json#/schema`"
    )
    assert check(folder, "--schema", "s.json#/schema", "a.md").code == 1


@pytest.mark.parametrize("outside", ["../out.json#/a", "x#/../../out.json"])
def test_a_configuration_names_no_contract_elsewhere(outside: str, folder: Path) -> None:
    inner = folder / "in"
    (inner / "x#").mkdir(parents=True)
    write(folder, {"a": {}}, "out.json")
    write(inner, f'schema = "{outside}"', "seedlint.toml")
    ran = check(inner, "--config", "seedlint.toml", "../a.md")
    assert ran.code == 2
    assert "`schema` must be the path of a file in this folder or below" in ran.err


@pytest.mark.parametrize("second", [("--schema", "t.json"), ("--schema=t.json",)])
def test_one_contract(second: tuple[str, ...], folder: Path) -> None:
    write(folder, TITLE)
    write(folder, {}, "t.json")
    ran = check(folder, "--schema", "s.json", *second, "a.md")
    assert ran.code == 2
    assert ran.err.splitlines()[0] == "seedlint: --schema can be given only once"


def test_nothing_is_fetched(folder: Path) -> None:
    ran = check(folder, "--schema", "https://x.example/s.json", "a.md")
    assert ran.code == 2
    assert "https://x.example/s.json: --schema takes a file; nothing is fetched" in ran.err


def test_formats_that_need_no_check(folder: Path) -> None:
    write(folder, {"properties": {"title": {"format": "unix-time"}}})
    write(folder, 'schema = "s.json"', "seedlint.toml")
    ran = check(folder, "a.md")
    assert ran.code == 0
    assert "warning: s.json:1:37: format `unix-time` is not known" in ran.err
    write(folder, 'schema = "s.json"\nformats-unchecked = ["unix-time"]', "seedlint.toml")
    ran = check(folder, "a.md")
    assert (ran.code, ran.err) == (0, "OK: 1 seed checked against s.json\n")


def test_a_listed_address_draws_no_advice(folder: Path) -> None:
    """What the contract allows is its author's choice: to follow the advice would be an error."""
    licence = "http://terms.example/1.0/"
    (folder / "a.md").write_text(f"---\nlicence: {licence}\n---\n")
    listing: list[Any] = [
        {"format": "uri", "enum": [licence, "x"]},
        {"format": "uri", "const": licence},
        {"x-seedlint": {"url": {"schemes": ["https", "http"]}}, "enum": [licence]},
        {"allOf": [{"format": "uri"}], "enum": [licence]},
        {"$ref": "#/$defs/address", "enum": [licence]},
        {"anyOf": [{"type": "integer"}, {"format": "uri", "enum": [licence]}]},
    ]
    for schema in listing:
        write(folder, {"$defs": {"address": {"format": "uri"}}, "properties": {"licence": schema}})
        ran = check(folder, "--isolated", "--schema", "s.json", "a.md")
        assert (ran.code, ran.out) == (0, ""), schema
    write(folder, {"properties": {"licence": {"format": "uri"}}})
    assert "URL012" in check(folder, "--isolated", "--schema", "s.json", "a.md").out
    # An error stays one: no listing makes a broken address work.
    broken = "https://terms..example/"
    (folder / "a.md").write_text(f"---\nlicence: {broken}\n---\n")
    write(folder, {"properties": {"licence": {"format": "uri", "enum": [broken]}}})
    assert "URL005" in check(folder, "--isolated", "--schema", "s.json", "a.md").out


def test_a_contract_with_remarks_is_remembered(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = tmp_path_factory.mktemp("cache")
    write(folder, {**TITLE, "then": {}, "level": 1, "dependencies": {}})
    home = {"XDG_CACHE_HOME": str(cache)}
    runs = [seedlint("check", "--schema", "s.json", "a.md", cwd=folder, env=home) for _ in range(2)]
    assert runs[0].err == runs[1].err
    assert runs[0].err.count("warning: ") == 3
    (note,) = cache.rglob("*.contract")
    assert len(json.loads(note.read_text())["warnings"]) == 3
