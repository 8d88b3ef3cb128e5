"""What a contract is said to refuse, it does refuse, whatever the value."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from random_schemas import DRAFTS, KEYS, Maker
from seedlint.errors import SchemaError
from seedlint.schema.checks.contradictions import Contradictions
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.load import load_schema

SCHEMAS = 300
VALUES = 40
KINDS = {"value": object, "mapping": dict, "list": list, "text": str, "number": (int, float)}


@pytest.mark.parametrize("draft", DRAFTS)
def test_it_is_certain(draft: int, tmp_path: Path) -> None:
    rng = random.Random(draft)
    maker = Maker(rng, draft)
    path = tmp_path / "s.json"
    said: Counter[str] = Counter()
    for _ in range(SCHEMAS):
        contract = maker.contract()
        path.write_text(json.dumps(contract))
        try:
            references = load_schema(path).references
        except SchemaError:
            continue
        accepts = Evaluator(references, lambda rule: None).accepts
        start = references.start
        contradictions = Contradictions(references)
        excluded = [
            KINDS[found.message.split()[1]]
            for found in contradictions.find(start.schema, start.resource)
        ]
        refused = {
            key for found in contradictions.find_refused(start.schema) for key in found.keys
        } | {key for key in KEYS if contradictions.closes_out(start.schema, start.resource, (key,))}
        said.update(kind=len(excluded), key=len(refused))
        if not excluded and not refused:
            continue
        for value in [maker.value(3) for _ in range(VALUES)]:
            if accepts(value):
                is_bool = isinstance(value, bool)
                assert not any(
                    isinstance(value, kind) and not (is_bool and kind == (int, float))
                    for kind in excluded
                ), (contract, value)
                assert not (isinstance(value, dict) and refused & value.keys()), (contract, value)
    assert min(said.values()) > 0, said
