"""Values that must be terms of another file: what is one, where it may be, and what is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from command import Result, seedlint
from seedlint.errors import SchemaError
from seedlint.schema.load import load_schema

TERMS = "topics:\n  - politics\n  - science\n  - weather\n"


def contract(**options: Any) -> dict[str, Any]:
    bound = {"x-seedlint": {"vocabulary": {"file": "topics.yaml", **options}}}
    return {"properties": {"topics": bound, "topic": bound}}


def write(folder: Path, options: dict[str, Any], files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    schema = folder / "own.schema.json"
    schema.write_text(json.dumps(contract(**options), indent=1), "utf-8")
    return schema


def check(folder: Path, seed: str, *options: str) -> Result:
    (folder / "s.md").write_text(f"---\n{seed}\n---\n", "utf-8")
    command = ("check", "--isolated", "--output-format", "json", "--schema", "own.schema.json")
    return seedlint(*command, *options, "s.md", cwd=folder, env={"XDG_CACHE_HOME": str(folder)})


@pytest.mark.parametrize(
    ("options", "name", "text"),
    [
        ({"pointer": "/topics"}, "topics.yaml", TERMS),
        ({}, "topics.yml", "- politics\n- science\n- weather\n"),
        ({}, "topics.yaml", "politics: 1\nscience:\nweather: {a: b}\n"),
        ({"pointer": "/a~1b/1", "key": "id"}, "t.yaml", 'a/b: [x, [{"id": politics}]]\n'),
        ({"key": "id"}, "t.json", '[{"id": "politics", "name": "All"}, {"id": "science"}]'),
        ({}, "sub/t.jsonc", '["politics", // all\n "science",]'),
    ],
)
def test_shapes_of_a_vocabulary(
    tmp_path: Path, options: dict[str, Any], name: str, text: str
) -> None:
    write(tmp_path, {"file": name, **options}, {name: text})
    done = check(tmp_path, "topics: [politics, frost]\ntopic: politics")
    assert done.places == [("REF001", 2, 20)], done.err
    assert done.code == 1


def test_only_texts_are_looked_at(tmp_path: Path) -> None:
    write(tmp_path, {"pointer": "/topics"}, {"topics.yaml": TERMS})
    done = check(tmp_path, "topics: [1, null, [frost], {a: frost}]\ntopic: 12")
    assert done.places == []
    assert check(tmp_path, 'topics: [""]\ntopic: ""').places == [
        ("REF001", 2, 10),
        ("REF001", 3, 8),
    ]


@pytest.mark.parametrize(
    ("written", "meant", "applicability"),
    [
        ("plitics", "politics", "safe"),
        ("Science", "science", "safe"),
        ("wheater", "weather", "unsafe"),
        ("sceince", "science", "safe"),
        ("weatherly", "weather", "unsafe"),
        ("tides", None, None),
    ],
)
def test_what_was_meant(
    tmp_path: Path, written: str, meant: str | None, applicability: str | None
) -> None:
    write(tmp_path, {"pointer": "/topics"}, {"topics.yaml": TERMS})
    (found,) = check(tmp_path, f"topic: {written}").findings
    assert ("did you mean" in found["message"]) == (meant is not None)
    assert (found["fix"] and found["fix"]["applicability"]) == applicability
    if meant:
        assert found["message"].endswith(f"did you mean `{meant}`?")
        assert [edit["content"] for edit in found["fix"]["edits"]] == [meant]


def test_the_right_term_is_found_among_very_many(tmp_path: Path) -> None:
    many = json.dumps([f"term-{number}" for number in range(20_000)] + ["politics"])
    write(tmp_path, {"file": "t.json"}, {"t.json": many})
    (found,) = check(tmp_path, "topic: oplitics").findings
    assert found["message"] == "`oplitics` is not in the vocabulary; did you mean `politics`?"
    assert found["help"] == "write a term that is in `t.json`"


@pytest.mark.parametrize(
    ("options", "text", "place", "words"),
    [
        ({"file": "none.yaml"}, TERMS, "own.schema.json:6:14", "no such file"),
        ({"file": "../topics.yaml"}, TERMS, "own.schema.json:6:14", "no such file"),
        ({"file": "/etc/passwd.json"}, TERMS, "own.schema.json:6:14", "no such file"),
        ({"file": "s.md"}, TERMS, "own.schema.json:6:14", "must end in"),
        ({"file": "link.yaml"}, TERMS, "own.schema.json:6:14", "outside"),
        ({"pointer": "/topic"}, TERMS, "own.schema.json:7:17", "leads nowhere in `topics.yaml`"),
        ({"pointer": "topics"}, TERMS, "own.schema.json:7:17", "leads nowhere"),
        ({"pointer": "/topics/00"}, TERMS, "own.schema.json:7:17", "leads nowhere"),
        ({"pointer": "/topics/3"}, TERMS, "own.schema.json:7:17", "leads nowhere"),
        ({"pointer": "/topics/0"}, TERMS, "topics.yaml:2:5", "a list or a mapping"),
        ({"pointer": "/topics", "key": "id"}, TERMS, "topics.yaml:2:5", "no key `id`"),
        ({"key": "id"}, TERMS, "topics.yaml:1:1", "needs a list of mappings"),
        ({}, "- a\n- b: c\n", "topics.yaml:2:3", "the option `key`"),
        ({}, "- a\n- 12\n", "topics.yaml:2:3", "is a text"),
        ({}, "[]\n", "topics.yaml:1:1", "without any term"),
        ({}, "- a\n- 'b\n", "topics.yaml:2:3", "not usable as YAML"),
        ({}, "- a\n- &x [*x]\n", "topics.yaml", "not usable as YAML"),
        ({"unique": True}, TERMS, "own.schema.json:7:6", "has no option `unique`"),
        ({"file": 3}, TERMS, "own.schema.json:6:14", "must be a string"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(
    tmp_path: Path, options: dict[str, Any], text: str, place: str, words: str
) -> None:
    folder = tmp_path / "contract"
    folder.mkdir()
    (tmp_path / "topics.yaml").write_text(TERMS)
    (folder / "link.yaml").symlink_to(tmp_path / "topics.yaml")
    write(folder, options, {"topics.yaml": text})
    for _ in range(2):
        done = check(folder, "topic: politics")
        assert done.code == 2
        assert f"{place}" in done.err, done.err
        assert words in done.err, done.err


def test_nothing_of_a_file_that_is_refused_is_shown(tmp_path: Path) -> None:
    write(tmp_path, {"file": "t.json"}, {"t.json": '{"password": "hunter2" "x": 1}'})
    done = check(tmp_path, "topic: politics")
    assert done.code == 2
    assert "hunter2" not in done.err
    assert "password" not in done.err


def test_a_device_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"file": "t.yaml"}, {})
    (tmp_path / "t.yaml").symlink_to("/dev/zero")
    assert check(tmp_path, "topic: politics").code == 2


def test_a_change_of_the_vocabulary_counts_at_once(tmp_path: Path) -> None:
    write(tmp_path, {"pointer": "/topics"}, {"topics.yaml": TERMS})
    cache = ("--cache-dir", str(tmp_path / "cache"))
    for number in range(120):
        (tmp_path / f"{number}.md").write_text("---\ntopic: weather\n---\n")
    (tmp_path / "s.md").write_text("---\ntopic: frost\n---\n")
    command = ("check", "--isolated", "--output-format", "concise", "--schema", "own.schema.json")

    def found() -> int:
        done = seedlint(*command, *cache, ".", cwd=tmp_path)
        assert done.code in (0, 1), done.err
        return done.out.count("REF001")

    assert [found(), found()] == [1, 1]
    (tmp_path / "topics.yaml").write_text(TERMS + "  - frost\n")
    assert [found(), found()] == [0, 0]
    (tmp_path / "topics.yaml").write_text("topics: [frost]\n")
    assert [found(), found()] == [120, 120]
    (tmp_path / "topics.yaml").write_text("topics: 1\n")
    assert seedlint(*command, *cache, ".", cwd=tmp_path).code == 2


def test_it_is_read_once_although_it_is_bound_twice(tmp_path: Path) -> None:
    path = write(tmp_path, {"pointer": "/topics"}, {"topics.yaml": TERMS})
    loaded = load_schema(path)
    assert loaded.files == (str(path), str((tmp_path / "topics.yaml").resolve()))
    assert loaded.text.count(TERMS) == 1


def test_a_contract_that_allows_no_text_there_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {}, {"topics.yaml": TERMS})
    bound = {"type": "integer", **contract()["properties"]["topic"]}
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"properties": {"topic": bound}}))
    with pytest.raises(SchemaError, match="looks at texts and lists"):
        load_schema(path)
