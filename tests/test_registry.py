"""What is true of every rule."""

from __future__ import annotations

import inspect
import re
import sys
from collections import Counter
from enum import Enum
from functools import cache
from pathlib import Path

import pytest

import docs
import rule_index
from new_rule import NOT_AT_THE_START
from rule_examples import examples_of, run_example
from seedlint.document.problem import ProblemKind
from seedlint.rules import all_rules, find_binding, rules_bound_to
from seedlint.rules.base import Rule
from seedlint.rules.contract import FaultKind
from seedlint.schema.explain import _rules_by_keyword
from seedlint.schema.keywords.table import KEYWORDS

RULES = list(all_rules().values())
# Rules about what cannot be put into an example, or not without a lot of text.
WITHOUT_EXAMPLES = {"FM007", "INT001", "SUP005", *(f"SEED{number:03}" for number in range(1, 10))}
KEYWORDS_THAT_ASSERT = {
    "additionalItems",
    "additionalProperties",
    "anyOf",
    "const",
    "contains",
    "dependencies",
    "dependentRequired",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "propertyNames",
    "required",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
}


def code(rule: Rule) -> str:
    return rule.code


@pytest.mark.parametrize("rule", RULES, ids=code)
def test_name_says_what_is_wrong(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert not rule.name.startswith(NOT_AT_THE_START)


@pytest.mark.parametrize("rule", RULES, ids=code)
def test_module_is_named_after_the_rule(rule: Rule) -> None:
    module = rule.check.__module__.rpartition(".")[2]
    assert module == rule.name.replace("-", "_")


@pytest.mark.parametrize("rule", RULES, ids=code)
def test_documentation_has_its_sections(rule: Rule) -> None:
    sections = re.findall(r"^## (.+)$", rule.doc, re.MULTILINE)
    assert sections[:3] == ["What it does", "Why it matters", "Examples"]
    assert rule.doc.partition("\n")[0].endswith(".")
    assert max(map(len, rule.doc.splitlines())) <= 100


@pytest.mark.parametrize("rule", RULES, ids=code)
def test_there_is_an_example_that_fails_and_one_that_passes(rule: Rule) -> None:
    kinds = {example.kind for example in examples_of(rule)}
    assert (kinds == {"fail", "pass"}) != (rule.code in WITHOUT_EXAMPLES), kinds


@pytest.mark.parametrize("rule", RULES, ids=code)
def test_nothing_of_the_scaffold_is_left_to_fill_in(rule: Rule) -> None:
    """`tools/new_rule.py` writes `…` for what the author has to say."""
    source = inspect.getsource(sys.modules[rule.check.__module__])
    assert re.findall(r'^(?:Reports )?…$|.*(?:"|\} )…"', source, re.MULTILINE) == []


@pytest.mark.parametrize(
    ("on", "members"), [("problem", ProblemKind), ("contract", FaultKind)], ids=str
)
def test_every_problem_and_every_fault_has_exactly_one_rule(on: str, members: type[Enum]) -> None:
    rules_of = dict.fromkeys((member.name for member in members), 0)
    rules_of.update(Counter(rule.on.names[0] for rule in RULES if rule.on.kind == on))
    assert {name: rules for name, rules in rules_of.items() if rules != 1} == {}


def test_the_index_has_what_the_modules_define() -> None:
    assert rule_index.defined_rules() == dict(all_rules())
    assert rule_index.INDEX.read_text("utf-8") == rule_index.index_source(), (
        "run `python tools/docs.py --write`"
    )


def test_a_silent_rule_of_every_kind_is_explained() -> None:
    assert docs._WHERE_TO_LOOK.keys() == {rule.on.kind for rule in RULES}


def test_answers_about_texts_rest_on_the_texts() -> None:
    """What is said of a text is remembered for all seeds that have it."""
    for name in rule_index.defined_bindings():
        binding = find_binding(name)
        assert binding is not None
        if binding.applies_to is str:
            assert not binding.needs_file_name, name
            assert not any(rule.transient for rule in rules_bound_to(name)), name


def test_every_asserting_keyword_has_a_rule() -> None:
    assert set(_rules_by_keyword()) >= KEYWORDS_THAT_ASSERT
    assert KEYWORDS.keys() >= KEYWORDS_THAT_ASSERT


def test_codes_are_unique_and_files_few_lines() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        path = Path(sys.modules[rule.check.__module__].__file__ or "")
        assert len(path.read_text("utf-8").splitlines()) <= 190, path


@cache
def fixes_of_examples() -> dict[str, set[str]]:
    """The applicability of the fixes of each rule, "" for findings without, over all examples.

    These are the fail examples of the rules and the seeds of tests/writers.
    """
    found: dict[str, set[str]] = {}
    for rule in RULES:
        for example in examples_of(rule):
            for each in run_example(example)[0]:
                applicability = each.fix.applicability if each.fix else ""
                found.setdefault(each.code, set()).add(applicability)
    return found


@pytest.mark.parametrize("rule", RULES, ids=code)
def test_declared_fixes_are_those_that_are_made(rule: Rule) -> None:
    made = fixes_of_examples().get(rule.code, set()) - {""}
    if rule.fixable == "sometimes":
        assert made
    else:
        assert made == ({rule.fixable} - {""})
