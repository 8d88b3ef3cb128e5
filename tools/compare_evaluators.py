"""Our evaluator against `jsonschema`: `python tools/compare_evaluators.py --count 500000`.

Random schemas of every draft and random values: valid for one must be valid for the other, and the
quick test and the walk over failures must say the same. A disagreement without a known reason is
printed and ends the run with 1.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Mapping
from typing import Any

from jsonschema.exceptions import SchemaError
from jsonschema.validators import validator_for

from random_schemas import DRAFTS as ADDRESSES
from random_schemas import Maker
from seedlint.schema.drafts import DRAFTS
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.explain import explain
from seedlint.schema.references import References
from seedlint.severity import Severity

VALUES = 6
"""How many values are checked against one schema."""


def evaluator_of(schema: Mapping[str, Any]) -> Evaluator:
    """Our evaluator of a schema of one file, which names its draft."""
    draft = DRAFTS[schema["$schema"].removesuffix("#")]
    references = References(schema, "https://seedlint.invalid/schema.json", draft)
    return Evaluator(references, lambda rule: rule.severity)


def known_reason(schema: Mapping[str, Any]) -> str | None:
    """Why the library may be wrong about values of a schema."""
    text = json.dumps(schema)
    if "2019-09" not in schema["$schema"]:
        return None
    if '"unevaluatedProperties"' in text and '"additionalProperties"' in text:
        return "the library takes the keys of the schema in additionalProperties for the value's"
    if '"unevaluatedItems"' in text and '"contains"' in text:
        return "before 2020-12 contains does not evaluate items"
    return None


def answers(evaluator: Evaluator, value: Any) -> set[bool]:
    """All that our evaluator says of one value; one answer if it agrees with itself."""
    accepted = bool(evaluator.accepts(value))
    failures = evaluator.failures(value)
    explained = explain(failures, lambda rule: Severity.ERROR)
    # Whatever is left to other findings, one speaks.
    speaking = [found for found in explained if not found.under]
    return {accepted, not failures, not speaking, evaluator.root.is_valid(value)}


def compare(rng: random.Random, counts: Counter[str]) -> str | None:
    """Compare one schema over some values; a text about the first disagreement without a reason."""
    maker = Maker(rng, rng.choice(list(ADDRESSES)))
    schema = maker.contract()
    library = validator_for(schema)
    try:
        library.check_schema(schema)
    except SchemaError:
        counts["schemas that are not valid"] += 1
        return None
    oracle, evaluator = library(schema), evaluator_of(schema)
    for _ in range(VALUES):
        value = maker.value(3)
        try:
            said = answers(evaluator, value)
            valid = oracle.is_valid(value)
        except TypeError:
            # `additionalItems` and `unevaluatedItems` beside `items: true`.
            counts["crashes of the library"] += 1
            continue
        except RecursionError:
            # A reference loop, which a contract may not have.
            counts["reference loops"] += 1
            return None
        counts["pairs"] += 1
        counts["valid"] += valid
        if said != {valid}:
            reason = known_reason(schema)
            if reason is None:
                return f"{json.dumps(schema)}\n{json.dumps(value)}\nlibrary: {valid}, ours: {said}"
            counts[reason] += 1
    return None


def main() -> int:
    """Compare until `--count` pairs are done; 1 if there was a disagreement."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=100_000, help="pairs of schema and value")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    counts: Counter[str] = Counter()
    while counts["pairs"] < arguments.count:
        if (problem := compare(rng, counts)) is not None:
            print(problem)
            return 1
    print(", ".join(f"{count:,} {name}" for name, count in counts.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
