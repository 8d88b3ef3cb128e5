"""Random JSON Schemas and values for them, for tests that compare two evaluators."""

from __future__ import annotations

import random
from typing import Any

KEYS = ("a", "b", "c", "d")
TEXTS = ("", "a", "ab", "abc", "é", "😀", "2024-02-30", "2024-02-29", "1")
NUMBERS = (0, 1, 2, -1, 1.0, 1.5, 0.1, 3, 10**20, 1e20)
PATTERNS = ("^a", "b$", "^[a-c]+$", ".")
DRAFTS = {
    4: "http://json-schema.org/draft-04/schema#",
    6: "http://json-schema.org/draft-06/schema#",
    7: "http://json-schema.org/draft-07/schema#",
    2019: "https://json-schema.org/draft/2019-09/schema",
    2020: "https://json-schema.org/draft/2020-12/schema",
}


class Maker:
    """Makes schemas of one draft, and values that come close to what they ask for."""

    def __init__(self, rng: random.Random, draft: int) -> None:
        self.rng = rng
        self.draft = draft

    def contract(self) -> dict[str, Any]:
        """A whole schema, with definitions that its references lead to."""
        definitions = "definitions" if self.draft < 2019 else "$defs"
        contract = {"$schema": DRAFTS[self.draft], **self._object_schema(3)}
        contract.pop("$ref", None)
        contract[definitions] = {name: self.schema(2) for name in ("p", "q")}
        if self.draft == 2019 and self.rng.random() < 0.3:
            contract["$recursiveAnchor"] = True
        if self.draft == 2020 and self.rng.random() < 0.3:
            contract["$dynamicAnchor"] = "node"
        return contract

    def schema(self, depth: int) -> Any:
        """A schema at most `depth` levels deep."""
        if self.draft > 4 and self.rng.random() < 0.08:
            return self.rng.random() < 0.6
        return self._object_schema(depth)

    def _object_schema(self, depth: int) -> dict[str, Any]:
        names = [name for name, since, until in KEYWORDS if since <= self.draft <= until]
        made: dict[str, Any] = {}
        for name in self.rng.sample(names, self.rng.choice((0, 1, 1, 2, 2, 3, 4))):
            value = self._value_of(name, depth)
            if value is not None:
                made[name] = value
        return made

    def _value_of(self, name: str, depth: int) -> Any:
        rng = self.rng
        if name in ("minLength", "maxLength", "minItems", "maxItems"):
            return rng.randrange(4)
        if name in ("minProperties", "maxProperties", "minContains", "maxContains"):
            return rng.randrange(3)
        if name in ("minimum", "maximum"):
            return rng.choice(NUMBERS)
        if name.startswith("exclusive"):
            return rng.random() < 0.5 if self.draft == 4 else rng.choice(NUMBERS)
        if name == "multipleOf":
            return rng.choice((1, 2, 0.5, 0.1))
        if name == "type":
            types = ["string", "number", "integer", "object", "array", "boolean", "null"]
            return rng.choice(types) if rng.random() < 0.7 else rng.sample(types, 2)
        if name == "const":
            return self.value(2)
        if name == "enum":
            return [self.value(1) for _ in range(rng.randrange(1, 4))]
        if name == "pattern":
            return rng.choice(PATTERNS)
        if name == "uniqueItems":
            return rng.random() < 0.8
        if name == "required":
            return rng.sample(KEYS, rng.randrange(1, 3))
        if name == "dependentRequired":
            return {key: rng.sample(KEYS, 1) for key in rng.sample(KEYS, 2)}
        if name == "$ref":
            definitions = "definitions" if self.draft < 2019 else "$defs"
            return rng.choice([f"#/{definitions}/p", f"#/{definitions}/q"]) if depth else None
        if not depth:
            return None
        if name in ("properties", "dependentSchemas"):
            return {key: self.schema(depth - 1) for key in rng.sample(KEYS, rng.randrange(1, 4))}
        if name == "dependencies":
            return {
                key: self.schema(depth - 1) if rng.random() < 0.5 else rng.sample(KEYS, 1)
                for key in rng.sample(KEYS, 2)
            }
        if name == "patternProperties":
            return {
                rng.choice(PATTERNS): self.schema(depth - 1) for _ in range(rng.randrange(1, 3))
            }
        if name in ("allOf", "anyOf", "oneOf", "prefixItems"):
            return [self.schema(depth - 1) for _ in range(rng.randrange(1, 4))]
        if name == "items" and self.draft < 2020 and rng.random() < 0.4:
            return [self.schema(depth - 1) for _ in range(rng.randrange(1, 3))]
        if name in ("items", "contains", "not", "propertyNames") or name in ("if", "then", "else"):
            return self.schema(depth - 1)
        # additionalProperties, additionalItems, unevaluated…: `false` is what people write.
        return False if rng.random() < 0.5 else self.schema(depth - 1)

    def value(self, depth: int) -> Any:
        """A JSON value at most `depth` levels deep."""
        rng = self.rng
        kind = rng.randrange(8 if depth else 5)
        if kind < 2:
            return rng.choice(TEXTS)
        if kind == 2:
            return rng.choice(NUMBERS)
        if kind == 3:
            return rng.random() < 0.5
        if kind == 4:
            return None
        if kind == 5:
            return [self.value(depth - 1) for _ in range(rng.randrange(4))]
        keys = rng.sample(KEYS, rng.randrange(4))
        return {key: self.value(depth - 1) for key in keys}


KEYWORDS = [
    ("type", 4, 2020),
    ("const", 6, 2020),
    ("enum", 4, 2020),
    ("minimum", 4, 2020),
    ("maximum", 4, 2020),
    ("exclusiveMinimum", 4, 2020),
    ("exclusiveMaximum", 4, 2020),
    ("multipleOf", 4, 2020),
    ("minLength", 4, 2020),
    ("maxLength", 4, 2020),
    ("pattern", 4, 2020),
    ("minItems", 4, 2020),
    ("maxItems", 4, 2020),
    ("uniqueItems", 4, 2020),
    ("items", 4, 2020),
    ("prefixItems", 2020, 2020),
    ("additionalItems", 4, 2019),
    ("contains", 6, 2020),
    ("minContains", 2019, 2020),
    ("maxContains", 2019, 2020),
    ("unevaluatedItems", 2019, 2020),
    ("properties", 4, 2020),
    ("patternProperties", 4, 2020),
    ("additionalProperties", 4, 2020),
    ("unevaluatedProperties", 2019, 2020),
    ("required", 4, 2020),
    ("propertyNames", 6, 2020),
    ("minProperties", 4, 2020),
    ("maxProperties", 4, 2020),
    ("dependencies", 4, 7),
    ("dependentRequired", 2019, 2020),
    ("dependentSchemas", 2019, 2020),
    ("allOf", 4, 2020),
    ("anyOf", 4, 2020),
    ("oneOf", 4, 2020),
    ("not", 4, 2020),
    ("if", 7, 2020),
    ("then", 7, 2020),
    ("else", 7, 2020),
    ("$ref", 4, 2020),
]
