"""`seedlint rule`."""

from __future__ import annotations

import json

from command import seedlint
from seedlint.rules import all_rules


def test_lists_every_rule_in_a_line() -> None:
    lines = seedlint("rule").out.splitlines()
    assert [line.split()[0] for line in lines] == list(all_rules())


def test_explains_by_code_and_by_name() -> None:
    by_code = seedlint("rule", "URL003")
    assert by_code.out == seedlint("rule", "unknown-scheme").out
    assert by_code.out.startswith("# unknown-scheme (URL003)\n")
    assert "\nFix: safe\n" in seedlint("rule", "SCH015").out


def test_explains_all_as_json() -> None:
    rules = json.loads(seedlint("rule", "--all", "--output-format", "json").out)
    assert {rule["code"] for rule in rules} == set(all_rules())
    assert all(rule["explanation"] for rule in rules)
    assert {rule["fix"] for rule in rules} >= {"none", "safe", "sometimes"}


def test_unknown_rule_is_a_usage_error_with_a_suggestion() -> None:
    result = seedlint("rule", "duplicate-keys")
    assert result.code == 2
    assert "did you mean `duplicate-key`?" in result.err
