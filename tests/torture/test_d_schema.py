"""Group D: the schema file."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness import FORMATS, SCHEMA, Case, as_bytes, lay_out, one, params, run, seed, torture

SECRET = "c2VjcmV0LXRva2Vu"
QUICK = "[limits]\nseconds = 1\n"


def refused(
    id: str, title: str, variants: dict[str, tuple[Any, str]], **settings: Any
) -> list[Case]:
    """A case for each contract, which must be refused with the message that begins so.

    The formats take turns: a refused contract never gets as far as a report.
    """
    return [
        Case(
            id,
            title,
            schema=schema,
            failure=f"{SCHEMA}{beginning}",
            variant=variant,
            formats=(FORMATS[index % 2],),
            **settings,
        )
        for index, (variant, (schema, beginning)) in enumerate(variants.items())
    ]


def compact(**schema: Any) -> str:
    """A contract on one line, so that columns are easy to count."""
    return json.dumps(schema)


def nested(depth: int) -> str:
    return '{"not": ' * depth + "true" + "}" * depth


def doubling(levels: int) -> dict[str, Any]:
    """Definitions that each refer twice to the one before."""
    definitions: dict[str, Any] = {"n0": {"type": "string"}}
    for level in range(1, levels + 1):
        reference = {"$ref": f"#/$defs/n{level - 1}"}
        definitions[f"n{level}"] = {"allOf": [reference, reference]}
    return {"$defs": definitions, "properties": {"x": {"$ref": f"#/$defs/n{levels}"}}}


CASES = [
    *refused(
        "D1",
        "no contract: empty, not JSON, not UTF-8, with a byte order mark",
        {
            "empty": (b"", ":1:1: not JSON"),
            "text": (b"hello", ":1:1: not JSON"),
            "comma": (b'{\n  "type": "object",\n}', ":"),
            "two": (b'{} {"a": 1}', ":1:4: not JSON"),
            "mark": (b"\xef\xbb\xbf{}", ":1:1: begins with a byte order mark"),
            "latin": ('{\n "title": "é'.encode("latin-1"), ":2:12: not UTF-8"),
            "large": (b" " * 6_000_000, ": larger than"),
        },
    ),
    *refused(
        "D2",
        "JSON that is no schema",
        {
            "type": (compact(type="sting"), ":1:10: not a valid schema: `type`"),
            "required": (compact(required="a"), ":1:14: not a valid schema: `required`"),
            "list": ("[]", ":1:1: a JSON Schema is an object"),
            "null": ("null", ":1:1: a JSON Schema is an object"),
            "number": ("5", ":1:1: a JSON Schema is an object"),
            "ref": (compact(**{"$ref": 5}), ":1:10: not a valid schema: `$ref`"),
            "draft": (compact(**{"$schema": 5}), ":1:13: unknown `$schema`"),
            "multiple": (compact(multipleOf=0), ":1:16: not a valid schema: `multipleOf`"),
            "properties": (
                compact(properties={"a": {"type": 5}}),
                ":1:31: not a valid schema: `type`",
            ),
            "old-exclusive": (
                compact(exclusiveMinimum=True, minimum=1),
                ":1:22: not a valid schema: `exclusiveMinimum`",
            ),
        },
    ),
    *refused(
        "D3",
        "a draft that nobody knows, or misspelt: never taken for another",
        {
            "unknown": (
                compact(**{"$schema": "https://example.com/schema"}),
                ":1:13: unknown `$schema`; drafts 4, 6, 7, 2019-09 and 2020-12 are known",
            ),
            "misspelt": (
                compact(**{"$schema": "http://json-schema.org/draft-7/schema#"}),
                ":1:13: unknown `$schema`; did you mean `http://json-schema.org/draft-07/schema`?",
            ),
            "future": (
                compact(**{"$schema": "https://json-schema.org/draft/next/schema"}),
                ":1:13: unknown `$schema`; this draft is not published yet",
            ),
            "inner": (
                compact(not_=1, **{"not": {"$schema": "http://json-schema.org/draft-07/schema#"}}),
                ":1:32: another `$schema`",
            ),
        },
    ),
    *refused(
        "D4",
        "repeated keys and numbers that JSON does not have",
        {
            "twice": ('{"type": "object",\n "type": "string"}', ":2:2: the key `type`"),
            "deep": (
                '{"properties": {"a": {\n "type": "x",\n "type": "y"}}}',
                ":3:2: the key `type`",
            ),
            "escaped": ('{"type": "object",\n "\\u0074ype": 1}', ":2:2: the key `type`"),
            "nan": ('{"title": "NaN",\n "maximum": NaN}', ":2:13: not JSON: NaN"),
            "infinity": ('{"maximum": -Infinity}', ":1:13: not JSON: -Infinity"),
            "beyond": ('{"maximum": 1e999}', ":1:13: not JSON: a number"),
            "digits": ('{"maximum": ' + "9" * 5_000 + "}", ":1:13: not JSON: a number"),
        },
    ),
    *refused(
        "D6",
        "references out of the schema's folder: nothing read, nothing shown",
        {
            "file": (compact(**{"$ref": "file:///etc/passwd"}), ":1:10: reference `file:///etc"),
            "parent": (compact(**{"$ref": "../../x.json"}), ":1:10: reference `../../x.json`"),
            "encoded": (compact(**{"$ref": "%2e%2e/x.json"}), ":1:10: reference `%2e%2e/x.json`"),
            "windows": (compact(**{"$ref": "C:\\x.json"}), ":1:10: reference `C:\\x.json`"),
            "backslash": (
                compact(**{"$ref": "..\\x.json"}),
                ":1:10: reference `..\\x.json`",
            ),
            "device": (compact(**{"$ref": "/dev/zero"}), ":1:10: reference `/dev/zero`"),
            "absolute": (compact(**{"$ref": "/etc/passwd"}), ":1:10: reference `/etc/passwd`"),
            "nul": (compact(**{"$ref": "x\0.json"}), ":1:10: reference"),
        },
        never=("root:x",),
    ),
    *refused(
        "D7",
        "a reference into a file that must not be shown",
        {
            "nowhere": (
                compact(**{"$ref": "creds.json#/nope"}),
                ":1:10: reference `creds.json#/nope` leads nowhere",
            ),
            "no-schema": (
                compact(**{"$ref": "list.json"}),
                ":1:10: reference refused: list.json:1:1: a JSON Schema is",
            ),
            "no-json": (
                compact(**{"$ref": "key.pem"}),
                ":1:10: reference refused: key.pem:1:1: not JSON",
            ),
            "twice": (
                compact(**{"$ref": "twice.json"}),
                ":1:10: reference refused: twice.json:1:25: a key appears twice",
            ),
            "wrong": (
                compact(**{"$ref": "wrong.json"}),
                ":1:10: reference refused: wrong.json:1:37: not a valid schema",
            ),
        },
        others={
            "creds.json": json.dumps({"auths": {SECRET: {"auth": SECRET}}}).encode(),
            "list.json": json.dumps([SECRET]).encode(),
            "key.pem": SECRET.encode(),
            "twice.json": f'{{"{SECRET}": 1, "{SECRET}": 2}}'.encode(),
            "wrong.json": json.dumps({"properties": {SECRET: 5}}).encode(),
        },
        never=(SECRET,),
    ),
    Case(
        "D7",
        "a reference into a file that must not be shown",
        one(seed("x: 1")),
        schema={"properties": {"y": {"$ref": "creds.json#/auths"}}},
        others={"creds.json": json.dumps({"auths": {SECRET: {SECRET: SECRET}}}).encode()},
        says=("creds.json",),
        never=(SECRET,),
        variant="walked",
    ),
    *refused(
        "D9",
        "references that lead back to themselves",
        {
            "self": (compact(**{"$ref": "#"}), ":1:1: reference loop"),
            "mutual": (
                compact(
                    **{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}},
                ),
                ":1:",
            ),
            "all-of": (compact(allOf=[{"$ref": "#"}]), ":1:"),
            "if": (compact(**{"if": {"not": {"$ref": "#"}}}), ":1:"),
            "anchor": (compact(**{"$anchor": "a", "anyOf": [{"$ref": "#a"}]}), ":1:"),
            "dynamic": (
                compact(**{"$dynamicAnchor": "a", "oneOf": [{"$dynamicRef": "#a"}]}),
                ":1:",
            ),
        },
        says=("reference loop",),
    ),
    *refused(
        "D10",
        "a reference that leads nowhere, under a property that no seed has",
        {
            "pointer": (
                compact(properties={"absent": {"$ref": "#/$defs/no"}}),
                ":1:36: reference `#/$defs/no` leads nowhere",
            ),
            "anchor": (compact(**{"not": {"$ref": "#no"}}), ":1:18: reference `#no`"),
            "dynamic": (compact(**{"not": {"$dynamicRef": "#no"}}), ":1:25: reference `#no`"),
            "file": (compact(**{"not": {"$ref": "no.json"}}), ":1:18: reference `no.json`"),
            "text": (
                compact(title="t", **{"not": {"$ref": "#/title"}}),
                ":1:32: reference `#/title` does not lead to a schema",
            ),
            "unchecked": (
                compact(x={"type": "sting"}, **{"not": {"$ref": "#/x"}}),
                ":1:16: not a valid schema: `type`",
            ),
            "index": (
                compact(allOf=[True], **{"not": {"$ref": "#/allOf/x"}}),
                ":1:35: ",
            ),
        },
    ),
    *refused(
        "D11",
        "contracts nested too deeply, patterns with too many groups",
        {
            "300": (nested(300), ":1:801: nested deeper than 100"),
            "10000": (nested(10_000), ":1:801: nested deeper than 100"),
            "lists": ('{"enum": ' + "[" * 100_000, ":1:109: nested deeper than 100"),
            "strings": ('{"enum": ["[[' + '\\"[' * 100 + '"]' + "[" * 100, ":1:"),
            "parens": (
                compact(pattern="(" * 3_000 + ")" * 3_000),
                ":1:114: pattern cannot be used: more than 100 groups",
            ),
        },
    ),
    Case(
        "D11",
        "contracts nested too deeply, patterns with too many groups",
        one(seed("x: 1"), ("SCH023", 2, 4)),
        schema='{"properties": {"x": ' + nested(97) + "}}",
        variant="deep-but-allowed",
    ),
    *refused(
        "D12",
        "patterns that are none, or that engines read in different ways",
        {
            "class": (compact(pattern="ab["), ":1:"),
            "end": (compact(pattern="^a\\Z"), ":1:16: pattern cannot be used"),
            "python": (compact(pattern="(?P<n>a)"), ":1:14: pattern cannot be used"),
            "flags": (compact(pattern="a(?i)"), ":1:15: pattern cannot be used"),
            "repeat": (compact(pattern="*a"), ":1:14: pattern cannot be used"),
            "key": (
                compact(patternProperties={"a(": True}),
                ":1:26: pattern cannot be used",
            ),
            "huge": (compact(pattern="a{99999999999}"), ":1:14: pattern cannot be used"),
        },
    ),
    Case(
        "D12",
        "`\\p{L}`, `$` and `\\d` mean what ECMA-262 says (policy)",
        {
            "letter.md": (seed("letter: é"), []),
            "digit.md": (seed("letter: 5x"), [("SCH007", 2, 9)]),
            "line.md": (seed('end: "a\\n"'), [("SCH007", 2, 6)]),
            "arabic.md": (seed("digits: ٣"), [("SCH007", 2, 9)]),
        },
        schema={
            "properties": {
                "letter": {"pattern": "^\\p{L}$"},
                "end": {"pattern": "^a$"},
                "digits": {"pattern": "^\\d$"},
            }
        },
        variant="meaning",
    ),
    Case(
        "D13",
        "a pattern that would never end costs its file only",
        {
            "loop.md": (seed("x: " + "a" * 40 + "!"), [("SEED006", 1, 1)]),
            "other.md": (seed("x: aaa"), []),
        },
        schema={"properties": {"x": {"pattern": "^(a+)+$"}}},
        config=QUICK,
    ),
    Case(
        "D13",
        "a pattern that would never end costs its file only",
        one(seed("a" * 40 + "!: 1"), ("SEED006", 1, 1)),
        schema={"patternProperties": {"^(a|a)*$": True}},
        config=QUICK,
        formats=("json",),
        variant="key",
    ),
    Case(
        "D14",
        "unknown keyword: a warning that names it (policy: the run goes on)",
        one(seed("x: 1")),
        schema=compact(type="object", requird=["x"]),
        says=(f"warning: {SCHEMA}:1:20: unknown keyword `requird`; did you mean `required`?",),
    ),
    *refused(
        "D14",
        "no known keyword at all: refused, because nothing would be checked",
        {"root": (compact(requird=["x"]), ":1:2: no keyword of draft 2020-12 here")},
    ),
    Case(
        "D14",
        "a format that nobody knows: a warning that names it (policy: the run goes on)",
        one(seed("x: 1")),
        schema=compact(format="unix-time"),
        says=(f"warning: {SCHEMA}:1:12: format `unix-time` is not known, so no value is checked",),
        variant="unknown-format",
    ),
    *refused(
        "D14",
        "a misspelt format is refused, never passed",
        {
            "typo": (
                compact(format="date-tme"),
                ":1:12: format `date-tme` cannot be checked; did you mean `date-time`?",
            ),
            "case": (compact(format="Date"), ":1:12: format `Date` cannot be checked"),
        },
    ),
    Case(
        "D15",
        "references that double 20 times: given up in time (policy: `limits.seconds`)",
        {
            "wrong.md": (seed("x: 1"), [("SEED006", 1, 1)]),
            "absent.md": (seed("y: 1"), []),
        },
        schema=doubling(20),
        config=QUICK,
        within=15,
    ),
    Case(
        "D15",
        "references that double 20 times: given up in time (policy: `limits.seconds`)",
        one(seed("x: 1"), ("SCH003", 2, 4)),
        schema=doubling(8),
        variant="8-levels",
    ),
    Case(
        "D16",
        "draft 7: keywords beside `$ref` have no effect, and a warning says so",
        one(seed("x: 1")),
        schema="""{"$schema": "http://json-schema.org/draft-07/schema#",
 "definitions": {"n": {"type": "integer"}},
 "properties": {"x": {"$ref": "#/definitions/n", "maximum": 0}}}""",
        says=(f"warning: {SCHEMA}:3:23: keywords beside `$ref` have no effect here",),
    ),
]


@pytest.mark.parametrize("case", params(CASES))
def test_schema(case: Case, tmp_path: Path) -> None:
    torture(case, tmp_path)


@pytest.mark.torture("D1", "no contract: missing, a folder, unreadable, a fifo")
@pytest.mark.parametrize("kind", ["missing", "folder", "unreadable", "fifo"])
def test_no_schema_file(kind: str, tmp_path: Path) -> None:
    lay_out(Case("D1", "", schema=None), tmp_path)
    path = tmp_path / SCHEMA
    reason = "cannot read the file: "
    if kind == "folder":
        path.mkdir()
        reason = ""
    elif kind == "unreadable":
        if os.geteuid() == 0:
            pytest.skip("root can read everything")
        path.write_bytes(b"{}")
        path.chmod(0)
    elif kind == "fifo":
        os.mkfifo(path)
        reason = "not a regular file"
    ran = run(tmp_path, "check", "--isolated", "--schema", SCHEMA, ".")
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith(f"seedlint: {SCHEMA}: {reason}")
    assert ran.err.count("\n") == 1


@pytest.mark.torture("D6", "references out of the schema's folder: nothing read, nothing shown")
@pytest.mark.parametrize("kind", ["link", "link-to-folder", "fifo"])
def test_references_to_special_files(kind: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.json").write_text(json.dumps({"const": SECRET}))
    inside = tmp_path / "inside"
    reference = "x.json"
    lay_out(Case("D6", "", schema={"$ref": "x.json"}), inside)
    if kind == "link":
        (inside / "x.json").symlink_to(outside / "x.json")
    elif kind == "link-to-folder":
        (inside / "folder").symlink_to(outside)
        reference = "folder/x.json"
        (inside / SCHEMA).write_bytes(as_bytes({"$ref": reference}))
    else:
        os.mkfifo(inside / "x.json")
    ran = run(inside, "check", "--isolated", "--schema", SCHEMA, ".")
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith(f"seedlint: {SCHEMA}:2:10: reference ")
    assert ran.err.count("\n") == 1
    assert SECRET not in ran.err


class Listener:
    """A server that counts who calls."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.calls = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.close()


REMOTE = {
    "http": {"$ref": "http://127.0.0.1:PORT/x.json"},
    "https": {"$ref": "https://127.0.0.1:PORT/x.json#/a"},
    "ftp": {"$ref": "ftp://127.0.0.1:PORT/x.json"},
    "data": {"$ref": "data:application/json,{}"},
    "network-path": {"$ref": "//127.0.0.1:PORT/x.json"},
}
REMOTE_BASES = {
    "id": {"$id": "http://127.0.0.1:PORT/s.json", "$ref": "x.json"},
    "inner-id": {"not": {"$id": "http://127.0.0.1:PORT/", "not": {"$ref": "x.json"}}},
    "dynamic": {"not": {"$dynamicRef": "http://127.0.0.1:PORT/x.json#a"}},
    "recursive": {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "not": {"$recursiveRef": "http://127.0.0.1:PORT/x.json"},
    },
    "draft": {"$schema": "http://127.0.0.1:PORT/schema"},
}


def refused_without_a_call(schema: Any, listener: Listener, folder: Path) -> None:
    text = json.dumps(schema).replace("PORT", str(listener.port))
    failure = f"{SCHEMA}:1:"
    torture(Case("", "", schema=text, failure=failure, formats=("json",)), folder)
    assert listener.calls == 0


@pytest.mark.torture("D5", "references to the network: refused, no connection made")
@pytest.mark.parametrize("name", REMOTE)
def test_remote_reference(name: str, listener: Listener, tmp_path: Path) -> None:
    refused_without_a_call(REMOTE[name], listener, tmp_path)


@pytest.mark.torture("D8", "identifiers on the network: refused, no connection made")
@pytest.mark.parametrize("name", REMOTE_BASES)
def test_remote_base(name: str, listener: Listener, tmp_path: Path) -> None:
    refused_without_a_call(REMOTE_BASES[name], listener, tmp_path)
