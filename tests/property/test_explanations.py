"""Whatever the contract and the value: what fails is told, in sentences, and nothing gets lost."""

from __future__ import annotations

import random

import pytest
from jsonschema.exceptions import SchemaError
from jsonschema.validators import validator_for

from compare_evaluators import evaluator_of
from random_schemas import DRAFTS, Maker
from seedlint.document.pointer import Pointer
from seedlint.schema.explain import Seed, explain
from seedlint.severity import Severity

PAIRS = 1500
VALUES = 10


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("seed", range(3))
def test_random_schemas_and_values(seed: int) -> None:
    rng = random.Random(100 + seed)
    pairs = told = folded = 0
    while pairs < PAIRS:
        maker = Maker(rng, rng.choice(list(DRAFTS)))
        schema = maker.contract()
        try:
            validator_for(schema).check_schema(schema)
        except SchemaError:
            continue
        evaluator = evaluator_of(schema)
        for _ in range(VALUES):
            value = maker.value(3)
            try:
                failures = evaluator.failures(value)
            except RecursionError:
                # A reference loop, which a contract may not have.
                break
            seed = Seed(value, evaluator.root, written, is_flow=lambda pointer: False)
            explained = explain(failures, lambda rule: Severity.ERROR, seed)
            speaking = [each for each in explained if not each.under]
            assert bool(speaking) == bool(failures), (schema, value)
            for each in explained:
                message, help_text = each.finding.message, each.finding.help
                assert is_sentence(message), (message, schema, value)
                assert help_text is None or is_sentence(help_text), (help_text, schema, value)
            pairs += 1
            told += len(speaking)
            folded += len(explained) - len(speaking)
    assert told > PAIRS // 5
    assert folded


def written(pointer: Pointer) -> str:
    """How a number is written."""
    return "1.50"


def is_sentence(text: str) -> bool:
    """Whether there is something behind each of its words that asks for it."""
    ends = (
        " ",
        "expected",
        "expected at least",
        "expected at most",
        ":",
        ",",
        " or",
        " and",
        "add",
    )
    return bool(text) and not text.endswith(ends) and "``" not in text and "\n" not in text
