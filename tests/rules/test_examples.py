"""Every example of every rule's documentation, run."""

from __future__ import annotations

import pytest

from rule_examples import Example, examples_of, run_example
from seedlint.rules import all_rules

EXAMPLES = [example for rule in all_rules().values() for example in examples_of(rule)]


def name(example: Example) -> str:
    return f"{example.rule.code}-{example.kind}"


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.kind == "fail"], ids=name)
def test_fail_example_gives_findings_of_its_own_rule_only(example: Example) -> None:
    findings, _ = run_example(example)
    codes = {finding.code for finding in findings}
    assert example.rule.code in codes
    if example.rule.family != "SUP":
        # What a comment does not answer is reported as well.
        assert codes == {example.rule.code}, findings


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.kind == "pass"], ids=name)
def test_pass_example_gives_nothing(example: Example) -> None:
    findings, _ = run_example(example)
    assert findings == []
