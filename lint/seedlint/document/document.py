"""A seed as rules see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from seedlint.document.front_matter import FrontMatter, find_yaml
from seedlint.document.limits import Limits
from seedlint.document.problem import Problem, ProblemKind
from seedlint.text.edit import Edit
from seedlint.text.marks import FENCE, JSON_FENCE, NAME
from seedlint.text.source import SourceFile
from seedlint.text.span import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ruamel.yaml.events import Event

    from seedlint.document.json_map import JsonMap
    from seedlint.document.json_reader import JsonNode
    from seedlint.document.line_map import LineMap
    from seedlint.document.line_reader import Content
    from seedlint.document.pointer_map import PointerMap
    from seedlint.document.source_map import SourceMap
    from seedlint.document.yaml_tree import JsonValue

_NONE: Mapping[ProblemKind, int] = MappingProxyType({})
_JSON_BLANKS = " \t\r\n"
# Problems that leave no text worth parsing.
_UNREADABLE = frozenset(
    {ProblemKind.NOT_UTF8, ProblemKind.CONTROL_CHARACTER, ProblemKind.NONSTANDARD_LINE_BREAK}
)


class Document:
    """One file taken apart, by one of the three readers.

    `data` is the front matter as JSON data, not to be changed, because aliases share objects. It
    can be checked against a contract only when the document `is_checkable`. `problems` are those of
    the file, its fences, its characters and its YAML; `more` counts those that are too many to be
    among them. `events` are those of the YAML reader, None if the lines were read; `places` are
    those of the JSON reader. Front matter that `is_json` has no comments and no text
    without quotes.
    """

    def __init__(
        self,
        source: SourceFile,
        front_matter: FrontMatter | None,
        problems: Sequence[Problem] = (),
        data: JsonValue = None,
        events: Sequence[Event] | None = (),
        *,
        more: Mapping[ProblemKind, int] = _NONE,
        is_parsed: bool = False,
        places: JsonNode | None = None,
    ) -> None:
        self.source = source
        self.front_matter = front_matter
        self.problems = problems
        self.more = more
        self.data = data
        self.events = events
        self.is_parsed = is_parsed
        self.places = places
        self.is_json = front_matter is not None and front_matter.language == "JSON"
        self._source_map: SourceMap | LineMap | JsonMap | None = None

    @property
    def is_checkable(self) -> bool:
        """Whether there is a mapping that the contract can be checked against."""
        return self.is_parsed and isinstance(self.data, dict)

    @property
    def may_have_directives(self) -> bool:
        """Whether a comment to seedlint may be among the YAML.

        The line reader leaves front matter that may have one to the YAML reader.
        """
        has_comments = self.is_parsed and self.events is not None
        return has_comments and NAME in self.source.text.lower()

    # Not a `cached_property`: up to Python 3.11 that takes a lock, and a microsecond.
    @property
    def source_map(self) -> SourceMap | LineMap | JsonMap:
        """Pointers to spans; computed when first asked for, so a clean seed never pays."""
        if self._source_map is None:
            self._source_map = self._make_source_map()
        return self._source_map

    def _make_source_map(self) -> SourceMap | LineMap | JsonMap:
        opening = self.front_matter.opening if self.front_matter else Span(0, 0)
        if self.is_json:
            from seedlint.document.json_map import JsonMap

            return JsonMap(self.source.text, self.places, opening)
        if self.events is None:
            from seedlint.document.line_map import LineMap

            assert self.front_matter is not None
            return LineMap(self.source.text, self.data, self.front_matter.content, opening)
        from seedlint.document.source_map import SourceMap

        return SourceMap(self.source.text, self.events, opening)

    @cached_property
    def pointer_map(self) -> PointerMap:
        """Places to pointers."""
        # Few configurations leave out problems at a place.
        from seedlint.document.pointer_map import PointerMap

        return PointerMap(self.data, self.source_map, self.source.lines)


def find_front_matter(text: str) -> FrontMatter | Problem:
    """Where the front matter of `text` is, or what is wrong with it.

    `text` has no byte order mark. Takes time linear in its length, and never raises.
    """
    if found := find_yaml(text):
        return found
    # Nearly all files have YAML between two fences, and the patterns take 2 ms.
    from seedlint.document.fences import find_unusual

    return find_unusual(text)


def _characters(text: str, span: Span) -> tuple[list[Problem], Mapping[ProblemKind, int]]:
    """What `find_character_problems` finds in `span`."""
    # The line reader has looked at the characters of nearly all documents.
    from seedlint.document.characters import find_character_problems

    return find_character_problems(text, span)


def document_of_lines(source: SourceFile, content: Content) -> Document:
    """The document whose front matter the line reader has read."""
    yaml = content.yaml
    matter = FrontMatter(Span(0, len(FENCE)), yaml, Span(yaml.end, yaml.end + len(FENCE)))
    problems, more = _characters(source.text, yaml) if content.has_invisible else ([], _NONE)
    return Document(source, matter, problems, content.data, None, more=more, is_parsed=True)


def read_document(source: SourceFile, limits: Limits, target: str = "") -> Document:
    """Take `source` apart with the YAML or the JSON reader; never raises, whatever it holds.

    Given a target, values that it reads otherwise are problems, and not those that others do.
    """
    if source.utf16:
        return Document(source, None, [Problem(ProblemKind.UTF16, Span(0, 0))])
    found = find_front_matter(source.text)
    if isinstance(found, Problem):
        return Document(source, None, [found])
    if found.language == "JSON":
        return _read_json(source, found, limits)
    size = found.content.end - found.content.start
    if size > limits.front_matter_bytes:
        too_large = Problem(
            ProblemKind.TOO_LARGE, found.opening, "front matter", limit=limits.front_matter_bytes
        )
        return Document(source, found, [too_large])

    problems, more = _characters(source.text, found.content)
    if found.dots:
        edits = (Edit(*found.closing, FENCE),)
        problems.append(Problem(ProblemKind.DOTS_FENCE, found.closing, edits=edits))
    if any(problem.kind in _UNREADABLE for problem in problems):
        return Document(source, found, problems, more=more)
    # The line reader reads nearly all documents, and this import takes 20 ms.
    from seedlint.document.yaml_tree import explain_root, parse_yaml

    view = found.view(source.text)
    tree = parse_yaml(view, limits, target)
    if tree.complete and not tree.events:
        tree.data = {}
    if tree.complete and not isinstance(tree.data, dict):
        from seedlint.document.source_map import SourceMap

        root = SourceMap(source.text, tree.events, found.opening).span((), "value")
        problems.append(explain_root(view, root, _kind_of(tree.data), limits))
    problems += tree.problems
    return Document(
        source, found, problems, tree.data, tree.events, more=more, is_parsed=tree.complete
    )


def _read_json(source: SourceFile, found: FrontMatter, limits: Limits) -> Document:
    # Few seeds are JSON.
    from seedlint.document.json_reader import read_json

    text, (start, end), most = source.text, found.content, limits.front_matter_bytes
    is_closed = found.closing.start < found.closing.end
    if is_closed and end - start > most:
        too_large = Problem(ProblemKind.TOO_LARGE, found.opening, "front matter", limit=most)
        return Document(source, found, [too_large])
    problems, more = _characters(text, found.content) if is_closed else ([], _NONE)
    if any(problem.kind in _UNREADABLE for problem in problems):
        return Document(source, found, problems, more=more)
    written = text[start:end]
    if not written.strip(_JSON_BLANKS):
        return Document(source, found, problems, {}, None, more=more, is_parsed=True)
    begin = end - len(written.lstrip(_JSON_BLANKS))
    has_braces = text[begin] == "{"
    is_inside = text.startswith(JSON_FENCE)
    tree = read_json(
        text, Span(start, min(end, start + most)), limits, is_object=is_inside and not has_braces
    )
    problems += tree.problems
    if not is_closed and problems[-1].detail.startswith("expected a comma"):
        # What cannot follow a value is the body.
        message, advice = "`{` is not closed", "write `}` after its last key"
        kind = ProblemKind.INVALID_JSON
        problems[-1] = Problem(kind, found.opening, message, advice=advice)
    is_complete = tree.complete
    if tree.root is not None and is_complete:
        if not isinstance(tree.data, dict):
            place = Span(tree.root.start, tree.root.end)
            message = f"front matter is a {_kind_of(tree.data)}, expected keys in braces"
            advice = 'write it as in `{"title": "…"}`'
            problems.append(Problem(ProblemKind.INVALID_JSON, place, message, advice=advice))
            is_complete = False
        elif is_inside and has_braces:
            braces = (tree.root.start, tree.root.end - 1)
            edits = tuple(Edit(at, at + 1, "") for at in braces)
            place = Span(braces[0], braces[0] + 1)
            problems.append(Problem(ProblemKind.DOUBLED_BRACES, place, edits=edits))
    return Document(
        source,
        found,
        problems,
        tree.data,
        None,
        more=more,
        is_parsed=is_complete,
        places=tree.root,
    )


def _kind_of(data: JsonValue) -> str:
    if isinstance(data, list):
        return "list"
    if data is None:
        return "null"
    return "text" if isinstance(data, str) else "number or boolean"
