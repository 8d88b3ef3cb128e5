"""A contract in YAML as strict JSON data: what YAML readers disagree about is refused."""

from __future__ import annotations

from collections.abc import Callable

from seedlint.document.characters import find_character_problems
from seedlint.document.limits import Limits
from seedlint.document.problem import ProblemKind
from seedlint.document.yaml_tree import YamlTree, parse_yaml
from seedlint.errors import SchemaError
from seedlint.rules import rules_by_problem
from seedlint.text.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Far more than contracts that people write; each node takes a kilobyte.
_MAX_LENGTH = 1024 * 1024
_LIMITS = Limits(nodes=100_000, depth=100, integer_digits=4000)

# The rules speak of seeds there.
_LIMIT_WORDS = {
    ProblemKind.TOO_DEEP: "nested deeper than {}",
    ProblemKind.TOO_MANY_NODES: "more than {:,} values",
    ProblemKind.TOO_MANY_ALIASED_NODES: "more than {:,} values, every alias replaced",
}


def parse_yaml_source(
    text: str, error_at: Callable[[str, int, str | None], SchemaError], *, quote: bool = True
) -> tuple[Any, YamlTree]:
    """The JSON data in a YAML text, and its tree, for places.

    Raises what `error_at` makes of a message, an offset and a help. Without `quote` the messages
    quote nothing of the file.
    """
    if text.startswith("\ufeff"):
        raise error_at("begins with a byte order mark: save it as UTF-8 without", 0, None)
    if len(text) > _MAX_LENGTH:
        raise error_at(f"larger than {_MAX_LENGTH:,} characters, the most in YAML", 0, None)
    problems = find_character_problems(text, Span(0, len(text))).problems
    tree = YamlTree()
    if not problems:
        tree = parse_yaml(text, _LIMITS)
        problems = tree.problems
    if problems:
        first = min(problems, key=lambda problem: problem.span)
        rule = rules_by_problem()[first.kind]
        words, help = rule.name.replace("-", " "), None
        if first.kind in _LIMIT_WORDS:
            words = _LIMIT_WORDS[first.kind].format(first.limit)
        elif quote:
            finding = rule.finding_about(first)
            words, help = finding.message, finding.help
        raise error_at(f"not usable as YAML: {words}", first.span.start, help)
    # What aliases share is one object in the tree, and a schema is known by its identity.
    return _unshared(tree.data), tree


def _unshared(value: Any) -> Any:
    """The same data with every collection an object of its own; texts may be shared."""
    if isinstance(value, dict):
        return {key: _unshared(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_unshared(each) for each in value]
    return value
