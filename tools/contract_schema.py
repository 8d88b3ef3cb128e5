"""Makes schemas/contract.schema.json: the metaschema of contracts, from the bindings' options."""

from __future__ import annotations

import json
from typing import Any

from rule_index import defined_bindings
from seedlint.rules import find_binding
from seedlint.rules.binding import KEYWORD
from seedlint.schema.drafts import DRAFT_2020
from seedlint.schema.keywords.keyword import Holds
from seedlint.schema.keywords.table import keywords_of
from seedlint.schema.metaschemas import read_metaschema

_ADDRESS = "https://seedlint.example/schemas/contract.schema.json"
_VOCABULARY = "https://seedlint.example/vocabularies/bindings"


def contract_schema() -> str:
    """The JSON Schema of a contract in draft 2020-12 with `x-seedlint`.

    The draft's own metaschema finds the schemas inside a schema by `$dynamicRef`, which editors do
    not follow. So `$defs/schema` finds them once more.
    """
    inner = {
        name: _inside(keyword.holds)
        for name, keyword in keywords_of(DRAFT_2020).items()
        if keyword.holds != "data"
    }
    schema = {
        "$schema": DRAFT_2020.address,
        "$id": _ADDRESS,
        "$vocabulary": {
            **read_metaschema(DRAFT_2020.address)["$vocabulary"],
            # A validator that does not know it can go on.
            _VOCABULARY: False,
        },
        "title": "seedlint contract",
        "description": "A JSON Schema in draft 2020-12 that may bind rules of seedlint to fields.",
        "allOf": [{"$ref": DRAFT_2020.address}, {"$ref": "#/$defs/schema"}],
        "$defs": {
            "schema": {
                "type": ["object", "boolean"],
                "properties": {KEYWORD: {"$ref": "#/$defs/bindings"}, **inner},
            },
            "bindings": {
                "title": "Rules of seedlint for this field",
                "description": "The bindings that apply to the value, by name, with their options.",
                "type": "object",
                "properties": {name: _binding(name) for name in sorted(defined_bindings())},
                "additionalProperties": False,
            },
        },
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _inside(holds: Holds) -> dict[str, Any]:
    """The schema of a keyword that holds a schema, or a list or an object of them."""
    one = {"$ref": "#/$defs/schema"}
    return {"items": one, "additionalProperties": one} if holds == "schemas" else one


def _binding(name: str) -> dict[str, Any]:
    """The schema of a binding's options, with words for people."""
    binding = find_binding(name)
    assert binding is not None
    return {"title": name, "description": binding.summary, **binding.options}
