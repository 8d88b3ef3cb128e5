"""References from one seed to another: in whole runs, runs over some files, and later ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import seedlint as package
from command import Result, seedlint
from repositories import git
from seedlint import broken_references
from trees import collection
from trees import write_front_matter as write

CONFIG = "".join(
    collection(f"{each}s", f"{each}s/*.md", f'schema = "{each}.json"')
    for each in ("author", "post")
)
AUTHOR = {"type": "object", "properties": {"id": {}}}
TO_AUTHOR = {"x-seedlint": {"refers-to": {"collection": "authors", "key": "id"}}}
POST = {
    "type": "object",
    "properties": {
        "author": TO_AUTHOR,
        "follows": {"x-seedlint": {"refers-to": {"key": "slug"}}},
    },
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "seedlint.toml").write_text(CONFIG)
    (folder / "author.json").write_text(json.dumps(AUTHOR))
    (folder / "post.json").write_text(json.dumps(POST))
    for number in range(60):
        write(folder, f"authors/{number:02}.md", f"id: author-{number:02}")
        write(
            folder, f"posts/{number:02}.md", f"slug: post-{number:02}\nauthor: author-{number:02}"
        )
    write(folder, "posts/broken.md", "slug: last\nauthor: auhtor-07\nfollows: post-7")
    return folder


BROKEN = [("posts/broken.md", 3), ("posts/broken.md", 4)]


def check(folder: Path, *options: str, cache: bool = False, stdin: bytes | None = None) -> Result:
    where = ("--cache-dir", str(folder.parent / "cache")) if cache else ("--no-cache",)
    command = ("check", "--output-format", "json", "--quiet", *where, *options)
    return seedlint(*command, cwd=folder, stdin=stdin)


def places(done: Result) -> list[tuple[str, int]]:
    assert done.code in (0, 1), done.err
    assert all(each["code"] == "REF002" for each in done.findings), done.out
    return [(each["filename"].rpartition("site/")[2], each["location"]["row"])
            for each in done.findings]  # fmt: skip


def test_a_reference_that_no_seed_answers(site: Path) -> None:
    done = check(site)
    assert places(done) == BROKEN
    first, second = done.findings
    assert first["message"] == (
        "`auhtor-07` is not the `id` of any seed in `authors`; did you mean `author-07`?"
    )
    assert first["help"] == "write `author-07`, or add the seed that is missing"
    assert first["pointer"] == "/author"
    assert second["message"].startswith("`post-7` is not the `slug` of any seed in `posts`; did")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_number_of_processes_makes_no_difference(site: Path, jobs: str) -> None:
    for number in range(60, 400):
        write(site, f"authors/{number}.md", f"id: author-{number}")
    assert check(site, "--jobs", jobs).out == check(site).out


def test_a_run_over_some_files_brings_the_others_along(site: Path) -> None:
    assert places(check(site, "posts/broken.md")) == BROKEN
    assert places(check(site, "posts/00.md")) == []
    assert places(check(site, "posts/00.md", cache=True)) == []
    assert places(check(site, "authors")) == []
    assert places(check(site, "--collection", "posts")) == BROKEN
    assert places(check(site, "--collection", "authors")) == []
    text = b"---\nslug: new\nauthor: author-00\nfollows: post-99\n---\n"
    assert places(check(site, "-", "--stdin-filename", "posts/new.md", stdin=text)) == [
        ("posts/new.md", 4)
    ]


def test_what_is_cached_is_compared_again(site: Path) -> None:
    assert [places(check(site, cache=True)) for _ in range(2)] == [BROKEN, BROKEN]
    write(site, "authors/07.md", "id: auhtor-07")
    assert [places(check(site, cache=True)) for _ in range(2)] == [
        [("posts/07.md", 3), ("posts/broken.md", 4)]
    ] * 2
    assert places(check(site, "posts/07.md", cache=True)) == [("posts/07.md", 3)]
    write(site, "authors/07.md", "id: [author-07, auhtor-07]")
    assert places(check(site, cache=True)) == BROKEN[1:]
    (site / "authors" / "00.md").unlink()
    assert places(check(site, cache=True)) == [("posts/00.md", 3), *BROKEN[1:]]
    # Another key is another question, although no author has changed.
    to_alias = {"x-seedlint": {"refers-to": {"collection": "authors", "key": "alias"}}}
    (site / "post.json").write_text(json.dumps({"properties": {"slug": to_alias}}))
    done = check(site, cache=True)
    assert len(places(done)) == 61
    first = done.findings[0]["message"]
    assert first == "no seed in `authors` has the key `alias`, so `post-00` names none"
    for number in range(60):
        write(site, f"authors/{number:02}.md", f"id: author-{number:02}\nalias: post-{number:02}")
    (site / "post.json").write_text(json.dumps(POST))
    assert places(check(site, cache=True)) == BROKEN
    (site / "post.json").write_text(json.dumps({"properties": {"slug": to_alias}}))
    assert places(check(site, cache=True)) == [("posts/broken.md", 2)]


def test_other_forms_of_front_matter(site: Path) -> None:
    write(site, "authors/07.md", "{id: &x author-07}")
    write(site, "posts/broken.md", "? slug\n: s\nauthor: {a: &y b}")
    write(site, "posts/07.md", "{author: 'author-07', follows: 'post-7'}")
    done = check(site, "--select", "REF")
    assert [each["location"] for each in done.findings] == [{"row": 2, "column": 32}]
    write(site, "posts/07.md", "author: !!str author-07\nfollows: >-\n  post-7")
    assert places(check(site, "--select", "REF")) == [("posts/07.md", 3)]


@pytest.mark.parametrize(
    "answer",
    ["# seedlint: ignore[REF002]", "# seedlint: ignore[broken-reference]"],
)
def test_a_comment_answers_it(site: Path, answer: str) -> None:
    write(site, "posts/broken.md", f"slug: last\nauthor: auhtor-07 {answer}\nfollows: post-7")
    assert places(check(site)) == BROKEN[1:]


def test_settings_answer_it(site: Path) -> None:
    config = site / "seedlint.toml"
    written = config.read_text()
    config.write_text('per-file-ignores = {"posts/b*" = ["REF002"]}\n' + written)
    assert places(check(site)) == []
    config.write_text('ignore = ["REF002"]\n' + written)
    assert places(check(site)) == []
    config.write_text('severity = {REF002 = "warning"}\n' + written)
    done = check(site)
    assert (places(done), done.code) == (BROKEN, 0)


def test_the_place_in_the_data_answers_it(site: Path) -> None:
    config = site / "seedlint.toml"
    config.write_text(config.read_text() + '[collections.ignore-at]\n"/author" = ["REF002"]\n')
    for options in ((), ("--jobs", "2"), ("posts",)):
        assert places(check(site, *options)) == BROKEN[1:]
    write(site, "posts/broken.md", "slug: last\nauthor: author-07")
    done = check(site)
    assert [each["code"] for each in done.findings] == ["SUP005"]


def test_seeds_in_json(site: Path) -> None:
    (site / "authors/07.md").write_text('{"id": "author-07"}\n')
    (site / "posts/07.md").write_text('---json\n{\n  "author": "author-07"\n}\n---\n')
    (site / "posts/broken.md").write_text(';;;\n"author": "auhtor-07",\n"follows": "post-7"\n;;;\n')
    assert places(check(site)) == [("posts/broken.md", 2), ("posts/broken.md", 3)]
    assert places(check(site, "posts/broken.md")) == [
        ("posts/broken.md", 2),
        ("posts/broken.md", 3),
    ]


def test_a_baseline_holds_it(site: Path) -> None:
    base = ("--baseline", "base.json")
    assert check(site, *base, "--update-baseline").code == 0
    assert places(check(site, *base)) == []
    write(site, "posts/broken.md", "slug: last\nfollows: post-7\n\nauthor: auhtor-07")
    assert places(check(site, *base)) == []
    write(site, "posts/broken.md", "slug: last\nfollows: post-8\nauthor: auhtor-07")
    assert places(check(site, *base)) == [("posts/broken.md", 3)]
    # It is held in its seed, not in any.
    write(site, "posts/broken.md", "slug: last\nauthor: auhtor-07")
    write(site, "posts/08.md", "slug: post-08\nfollows: post-7")
    assert places(check(site, *base)) == [("posts/08.md", 3)]
    done = check(site, *base, "--strict-baseline")
    assert done.code == 1
    assert "posts/broken.md" in done.err


def test_since_reports_what_a_commit_breaks(site: Path) -> None:
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "one")
    assert places(check(site, "--since", "HEAD")) == []
    # The seed that breaks is not the one that changes.
    write(site, "authors/03.md", "id: author-3")
    assert places(check(site, "--since", "HEAD")) == [("posts/03.md", 3)]
    (site / "authors" / "04.md").unlink()
    write(site, "posts/broken.md", "slug: last\nauthor: author-94\nfollows: post-7")
    write(site, "posts/new.md", "author: author-90")
    assert places(check(site, "--since", "HEAD")) == [
        ("posts/03.md", 3),
        ("posts/04.md", 3),
        ("posts/broken.md", 3),
        ("posts/new.md", 2),
    ]


@pytest.mark.parametrize("options", [(), ("--isolated", "--schema", "own.json", "posts")])
def test_since_sees_what_deleting_and_renaming_breaks(site: Path, options: tuple[str, ...]) -> None:
    """In a whole run, and in one over a folder where nobody says which seeds there are."""
    contract = {"properties": {"follows": {"x-seedlint": {"refers-to": {"key": "slug"}}}}}
    (site / "own.json").write_text(json.dumps(contract))
    write(site, "other/00.md", "slug: other-0")
    write(site, "posts/10.md", "slug: post-10\nfollows: post-11")
    write(site, "posts/20.md", "slug: post-20\nfollows: post-21")
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "one")
    since = ("--since", "HEAD~0", *options)
    assert places(check(site, *since)) == []
    (site / "posts" / "11.md").unlink()
    # Under another name it is there all the same.
    git(site, "mv", "posts/21.md", "posts/renamed.md")
    assert places(check(site, *since)) == [("posts/10.md", 3)]
    write(site, "posts/renamed.md", "slug: renamed")
    git(site, "add", "--all")
    git(site, "commit", "-qm", "two")
    since = ("--since", "HEAD~1", *options)
    assert places(check(site, *since)) == [("posts/10.md", 3), ("posts/20.md", 3)]


def test_since_sees_a_folder_that_nothing_is_left_of(site: Path) -> None:
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "one")
    git(site, "rm", "-rq", "authors")
    write(site, "authors/new.md", "id: newcomer")
    found = places(check(site, "--since", "HEAD"))
    assert found == [(f"posts/{number:02}.md", 3) for number in range(60)]
    write(site, "posts/07.md", "slug: post-07\nauthor: newcomer")
    assert ("posts/07.md", 3) not in places(check(site, "--since", "HEAD"))


def test_staged_seeds_refer_to_those_of_the_index(site: Path) -> None:
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-qm", "one")
    write(site, "authors/new.md", "id: newcomer")
    write(site, "posts/new.md", "author: newcomer")
    git(site, "add", "posts/new.md")
    assert places(check(site, "--staged")) == [("posts/new.md", 2)]
    git(site, "add", "authors/new.md")
    assert places(check(site, "--staged")) == []


def test_collections_that_are_compared_refer_to_their_own_all_the_same(site: Path) -> None:
    config = site / "seedlint.toml"
    config.write_text("compare-across = true\n" + config.read_text())
    assert places(check(site)) == BROKEN
    write(site, "authors/99.md", "id: author-99\nslug: post-7")
    assert places(check(site)) == BROKEN


def test_without_a_configuration_a_folder_is_all_there_is(site: Path) -> None:
    contract = {"properties": {"follows": {"x-seedlint": {"refers-to": {"key": "slug"}}}}}
    (site / "own.json").write_text(json.dumps(contract))
    command = ("check", "--isolated", "--output-format", "json", "--schema", "own.json")
    assert places(seedlint(*command, "posts", cwd=site)) == BROKEN[1:]
    alone = seedlint(*command, "posts/broken.md", cwd=site)
    assert (alone.code, alone.findings) == (0, [])
    assert "warning: references to seeds are not followed" in alone.err
    text = (site / "posts" / "broken.md").read_text()
    assert package.lint_text(text, schema=site / "own.json") == []
    assert len(package.lint_paths(site / "posts", schema=site / "own.json")) == 1
    assert package.lint_paths(site / "posts" / "broken.md", schema=site / "own.json") == []


@pytest.mark.parametrize(
    ("options", "place", "words"),
    [
        ({"collection": "autors", "key": "id"}, "post.json:7:25", "did you mean `authors`?"),
        ({"collection": "xyz", "key": "id"}, "post.json:7:25", "there are `authors`, `posts`"),
        ({"collection": "authors"}, "post.json:6:22", "`refers-to` lacks `key`"),
        ({"key": "id", "pointer": "/a"}, "post.json:8:11", "has no option `pointer`"),
    ],
)
def test_what_cannot_be_used_is_refused(
    site: Path, options: dict[str, Any], place: str, words: str
) -> None:
    contract = {"type": "object", "properties": {"a": {"x-seedlint": {"refers-to": options}}}}
    (site / "post.json").write_text(json.dumps(contract, indent=2))
    for _ in range(2):
        done = check(site, cache=True)
        assert done.code == 2
        assert place in done.err, done.err
        assert words in done.err, done.err


def test_a_collection_that_is_gone_is_noticed_although_the_contract_has_passed(site: Path) -> None:
    assert check(site, cache=True).code == 1
    config = site / "seedlint.toml"
    config.write_text(config.read_text().replace('"authors"', '"people"'))
    done = check(site, cache=True)
    assert done.code == 2
    assert "no collection `authors`" in done.err


@pytest.mark.parametrize(
    "contract",
    [
        {"not": {"properties": {"author": TO_AUTHOR}}},
        {"properties": {"author": {"contains": TO_AUTHOR}}},
        {"propertyNames": TO_AUTHOR},
        {"unevaluatedProperties": TO_AUTHOR},
    ],
)
def test_where_it_would_not_be_looked_at_it_is_refused(
    site: Path, contract: dict[str, Any]
) -> None:
    (site / "post.json").write_text(json.dumps(contract))
    done = check(site)
    assert done.code == 2
    assert "`refers-to` cannot be checked here" in done.err


@pytest.mark.parametrize(
    "contract",
    [
        {"properties": {"author": TO_AUTHOR}},
        {"properties": {"author": {"$ref": "#/$defs/a"}}, "$defs": {"a": TO_AUTHOR}},
        {"additionalProperties": {"items": TO_AUTHOR}, "patternProperties": {"^auth": TO_AUTHOR}},
        {"allOf": [{"properties": {"author": TO_AUTHOR}}, {"properties": {"author": TO_AUTHOR}}]},
        {"anyOf": [{"required": ["none"], "properties": {"slug": TO_AUTHOR}},
                   {"properties": {"author": TO_AUTHOR}}]},
        {"if": {"required": ["follows"]}, "then": {"properties": {"author": TO_AUTHOR}},
         "else": {"properties": {"slug": TO_AUTHOR}}},
        {"dependentSchemas": {"follows": {"properties": {"author": TO_AUTHOR}},
                              "none": {"properties": {"slug": TO_AUTHOR}}}},
        {"$dynamicRef": "#x", "$defs": {"a": {"$dynamicAnchor": "x",
                                              "properties": {"author": TO_AUTHOR}}}},
    ],
)  # fmt: skip
def test_it_counts_where_a_keyword_beside_it_would(site: Path, contract: dict[str, Any]) -> None:
    (site / "post.json").write_text(json.dumps({"type": "object", **contract}))
    done = check(site, "posts/broken.md")
    assert places(done) == BROKEN[:1], done.out


def test_an_item_of_a_nested_list(site: Path) -> None:
    # What a schema binds in itself is found at any depth.
    contract = {
        "properties": {"by": {"items": TO_AUTHOR}, "inner": {"items": {"$ref": "#"}}},
    }
    (site / "post.json").write_text(json.dumps(contract))
    lines = "by: [author-01]\ninner:\n  - by:\n      - author-02\n      - nobody\n      - 12"
    write(site, "posts/broken.md", lines)
    done = check(site, "posts/broken.md")
    assert places(done) == [("posts/broken.md", 6)]
    assert done.findings[0]["pointer"] == "/inner/0/by/1"


def test_a_seed_that_cannot_be_read_defines_nothing(site: Path) -> None:
    write(site, "authors/03.md", "id: author-03\n\tx: [")
    found = [(each["filename"].rpartition("/")[2], each["code"]) for each in check(site).findings]
    assert ("03.md", "REF002") in found
    assert any(code.startswith("YML") for _, code in found)


def test_what_was_not_read_again_is_not_denied(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broken_references, "_MOST_READ", 3)
    monkeypatch.chdir(site)
    to_alias = {"x-seedlint": {"refers-to": {"collection": "authors", "key": "alias"}}}
    contract = {"properties": {"author": TO_AUTHOR, "follows": to_alias}}
    (site / "post.json").write_text(json.dumps(contract))
    write(site, "authors/50.md", "id: author-50\nalias: jo")
    write(site, "posts/broken.md", "author: nobody\nfollows: joe")
    found = package.lint_paths([site], config=site / "seedlint.toml")
    # Only a seed that is not read again has the key.
    assert [each.message for each in found if each.path.endswith("broken.md")] == [
        "`nobody` is not the `id` of any seed in `authors`",
        "`joe` is not the `alias` of any seed in `authors`",
    ]
    monkeypatch.undo()
    monkeypatch.chdir(site)
    found = package.lint_paths([site], config=site / "seedlint.toml")
    assert found[-1].message.endswith("did you mean `jo`?")


def test_very_many_broken_references_are_counted(site: Path) -> None:
    listed = "\n".join(f"  - nobody-{number}" for number in range(3000))
    write(site, "posts/broken.md", f"author:\n{listed}")
    done = check(site)
    assert done.code == 1
    assert {each["code"] for each in done.findings} == {"REF002", "SEED005"}
    assert len(done.findings) <= 1002
