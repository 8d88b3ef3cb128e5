"""A seed as rules see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from seedlint.document.characters import find_character_problems
from seedlint.document.front_matter import FrontMatter, find_front_matter
from seedlint.document.limits import Limits
from seedlint.document.problem import Problem, ProblemKind
from seedlint.document.source_map import SourceMap
from seedlint.document.yaml_tree import JsonValue, YamlTree, parse_yaml
from seedlint.text.source import SourceFile
from seedlint.text.span import Span

# Problems that leave no text worth parsing.
_UNREADABLE = frozenset(
    {ProblemKind.NOT_UTF8, ProblemKind.CONTROL_CHARACTER, ProblemKind.EXOTIC_LINE_BREAK}
)


@dataclass(slots=False)
class Document:
    """One file taken apart.

    `data` is the front matter as JSON data and is present only when `is_checkable`; `problems`
    are those of the file, its fences, its characters and its YAML.
    """

    source: SourceFile
    front_matter: FrontMatter | None
    tree: YamlTree = field(default_factory=YamlTree)
    problems: list[Problem] = field(default_factory=list)

    @property
    def data(self) -> JsonValue:
        """The front matter: a mapping. Not to be changed: aliases share objects."""
        return self.tree.data

    @property
    def is_checkable(self) -> bool:
        """Whether there is a mapping that the contract can be held against."""
        return self.tree.complete and isinstance(self.tree.data, dict)

    @cached_property
    def source_map(self) -> SourceMap:
        """Pointers to spans; computed when first asked for, so a clean seed never pays."""
        opening = self.front_matter.opening if self.front_matter else Span(0, 0)
        return SourceMap(self.source.text, self.tree.events, opening)


def read_document(source: SourceFile, limits: Limits) -> Document:
    """Take `source` apart as far as it goes; never raises for anything it may hold."""
    if source.utf16:
        return Document(source, None, problems=[Problem(ProblemKind.UTF16, Span(0, 0))])
    found = find_front_matter(source.text)
    if isinstance(found, Problem):
        return Document(source, None, problems=[found])
    size = found.yaml.end - found.yaml.start
    if size > limits.front_matter_bytes:
        too_large = Problem(
            ProblemKind.TOO_LARGE, found.opening, "front matter", limit=limits.front_matter_bytes
        )
        return Document(source, found, problems=[too_large])

    problems = list(find_character_problems(source.text, found.yaml))
    if found.dots:
        problems.append(Problem(ProblemKind.DOTS_FENCE, found.closing))
    if any(problem.kind in _UNREADABLE for problem in problems):
        return Document(source, found, problems=problems)
    tree = parse_yaml(found.view(source.text), limits)
    if tree.complete and not tree.events:
        tree.data = {}
    if tree.complete and not isinstance(tree.data, dict):
        root = SourceMap(source.text, tree.events, found.opening).span((), "value")
        problems.append(Problem(ProblemKind.ROOT_NOT_MAPPING, root, _kind_of(tree.data)))
    return Document(source, found, tree, problems + tree.problems)


def _kind_of(data: JsonValue) -> str:
    if isinstance(data, list):
        return "list"
    if data is None:
        return "null"
    return "text" if isinstance(data, str) else "number or boolean"
