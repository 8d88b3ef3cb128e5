"""Rules without which a file cannot be checked are known as such, and stay on."""

from __future__ import annotations

import pytest

from rule_examples import examples_of
from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.document.problem import PREVENTS_CHECKING, ProblemKind
from seedlint.rules import all_rules
from seedlint.settings import Settings
from seedlint.text.source import SourceFile

EXAMPLES = [
    pytest.param(example.text, id=f"{rule.code}-{number}")
    for rule in all_rules().values()
    for number, example in enumerate(examples_of(rule))
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_document_is_checkable_unless_a_problem_prevents_it(text: str) -> None:
    source = SourceFile.from_bytes("a.md", text.encode("utf-8", "surrogateescape"))
    document = read_document(source, Limits())
    prevented = any(problem.kind in PREVENTS_CHECKING for problem in document.problems)
    assert document.is_checkable != prevented


def test_the_rule_on_a_kind_is_required() -> None:
    required = {rule.on.names[0] for rule in all_rules().values() if rule.is_required}
    assert required == {kind.name for kind in PREVENTS_CHECKING}
    assert required < {kind.name for kind in ProblemKind}


def test_what_is_required_is_never_left_out() -> None:
    settings = Settings(select=("URL",), ignore=("FM", "YML"))
    for rule in all_rules().values():
        assert (settings.severity_of(rule) is not None) == (
            rule.family == "URL" or rule.is_required
        ), rule.code
    assert not settings._replace(select=("INT",)).selects_any()
