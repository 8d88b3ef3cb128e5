"""The guarded parse: YAML text to events, events to JSON data, with bounds on both.

Only the event stream of ruamel.yaml's C parser is used. Its composer recurses on the C stack and
crashes the process on 55 kB of nesting; here depth, nodes and aliases are counted while events
arrive, and data is built with a stack of our own.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import Any

from _ruamel_yaml import CParser
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from seedlint.document.limits import Limits
from seedlint.document.problem import Problem, ProblemKind
from seedlint.document.scalars import TAG_PREFIX, key_text, resolve_plain, resolve_tagged
from seedlint.document.syntax import explain_syntax_error
from seedlint.text.span import Span

JsonValue = Any
"""`dict[str, JsonValue] | list[JsonValue] | str | int | float | bool | None`."""

MERGE_KEY = "<<"
# What to do with the value of a key that is not a key of the data.
_MERGE, _SKIP = object(), object()


@dataclass(slots=True)
class YamlTree:
    """What a block of YAML says.

    `data` is plain JSON data; aliases share objects, which is safe because nobody writes to it.
    `events` are kept for the source map. `complete` is False when parsing stopped early: then
    `data` is of no use and `problems` says why.
    """

    data: JsonValue = None
    events: list[Event] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    complete: bool = False


class _Frame:
    """An open mapping or list while its events arrive.

    `key` is None while a mapping waits for a key, else the key (or `_MERGE`, `_SKIP`) whose value
    comes next; `expanded` is the node count before the collection began.
    """

    __slots__ = ("anchor", "data", "expanded", "key", "merge_seen", "merges", "seen", "start")

    def __init__(self, data: Any, anchor: str | None, expanded: int, start: int) -> None:
        self.data = data
        self.anchor = anchor
        self.expanded = expanded
        self.start = start
        self.key: object = None
        self.seen: dict[str, Span] = {}
        self.merge_seen: Span | None = None
        self.merges: list[dict[str, Any]] = []

    @property
    def awaits_key(self) -> bool:
        """Whether the next node is a mapping key."""
        return self.key is None and isinstance(self.data, dict)


def event_span(event: Event) -> Span:
    """The characters of one event: exact for scalars, aliases and flow collections."""
    return Span(event.start_mark.index, event.end_mark.index)


def parse_yaml(view: str, limits: Limits) -> YamlTree:
    """Parse `view` (see `FrontMatter.view`), never raising for anything the text may hold.

    The text must hold no character that YAML forbids (see `characters`).
    """
    tree = YamlTree()
    try:
        _build(CParser(view), tree, limits)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        in_quotes = error.context_mark and "quoted scalar" in (error.context or "")
        tree.problems.append(
            explain_syntax_error(
                view,
                mark.index if mark else 0,
                error.problem or "",
                error.context_mark.index if in_quotes else None,
            )
        )
    except (YAMLError, ValueError) as error:
        # The reader's refusals carry no mark; what it refuses is found by `characters` first.
        tree.problems.append(Problem(ProblemKind.SYNTAX, Span(0, 0), type(error).__name__))
    return tree


def _build(parser: Any, tree: YamlTree, limits: Limits) -> None:
    events, problems = tree.events, tree.problems
    anchors: dict[str, tuple[JsonValue, int]] = {}
    open_anchors: set[str] = set()
    stack: list[_Frame] = []
    documents = nodes = expanded = 0
    aliased = False

    while parser.check_event():
        event = parser.get_event()
        kind = event.__class__
        value: JsonValue

        if kind is ScalarEvent or kind is AliasEvent:
            nodes += 1
            expanded += 1
            if kind is AliasEvent:
                aliased = True
                name = event.anchor
                if name in open_anchors or name not in anchors:
                    problems.append(
                        Problem(
                            ProblemKind.RECURSIVE_ALIAS
                            if name in open_anchors
                            else ProblemKind.UNKNOWN_ALIAS,
                            event_span(event),
                            name,
                        )
                    )
                    return
                value, size = anchors[name]
                expanded += size - 1
            else:
                value, problem = scalar_value(event, limits)
                is_key = bool(stack) and stack[-1].awaits_key
                if problem and not (problem is ProblemKind.AMBIGUOUS_SCALAR and is_key):
                    detail = event.value
                    if problem in (ProblemKind.TAG, ProblemKind.TAG_MISMATCH):
                        detail = _short_tag(event.tag)
                    problems.append(Problem(problem, event_span(event), detail))
                if event.anchor:
                    _register_anchor(event, (anchors, open_anchors), problems)
                    anchors[event.anchor] = (value, 1)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            nodes += 1
            expanded += 1
            if len(stack) >= limits.depth:
                problems.append(Problem(ProblemKind.TOO_DEEP, _start(event), limit=limits.depth))
                return
            collection: JsonValue = {} if kind is MappingStartEvent else []
            expected_tag = TAG_PREFIX + ("map" if kind is MappingStartEvent else "seq")
            if event.tag not in (None, expected_tag, "!"):
                problems.append(Problem(ProblemKind.TAG, _start(event), _short_tag(event.tag)))
            if event.anchor:
                _register_anchor(event, (anchors, open_anchors), problems)
                open_anchors.add(event.anchor)
            stack.append(_Frame(collection, event.anchor, expanded - 1, event.start_mark.index))
            events.append(event)
            if nodes > limits.nodes:
                break
            continue
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            events.append(event)
            frame = stack.pop()
            value = frame.data
            for merged in frame.merges:
                for key, merged_value in merged.items():
                    value.setdefault(key, merged_value)
            if frame.anchor:
                open_anchors.discard(frame.anchor)
                anchors[frame.anchor] = (value, expanded - frame.expanded)
            _attach(stack, value, Span(frame.start, event.end_mark.index), event, tree)
            continue
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                problems.append(Problem(ProblemKind.SEVERAL_DOCUMENTS, event_span(event)))
                return
            continue
        else:
            continue

        events.append(event)
        _attach(stack, value, event_span(event), event, tree)
        if nodes > limits.nodes:
            break
        if aliased and expanded > limits.aliased_nodes:
            problems.append(
                Problem(
                    ProblemKind.TOO_MANY_ALIASED_NODES,
                    event_span(event),
                    limit=limits.aliased_nodes,
                )
            )
            return
    if nodes > limits.nodes:
        problems.append(Problem(ProblemKind.TOO_MANY_NODES, _start(events[-1]), limit=limits.nodes))
        return
    tree.complete = True


def _attach(
    stack: list[_Frame], value: JsonValue, span: Span, event: Event, tree: YamlTree
) -> None:
    """Put a finished node where it belongs: root, list item, mapping key or mapping value."""
    if not stack:
        tree.data = value
        return
    frame = stack[-1]
    if isinstance(frame.data, list):
        frame.data.append(value)
    elif frame.key is None:
        frame.key = _read_key(frame, value, span, event, tree.problems)
    else:
        if frame.key is _MERGE:
            sources = value if isinstance(value, list) else [value]
            if all(isinstance(source, dict) for source in sources):
                frame.merges.extend(sources)
            else:
                tree.problems.append(Problem(ProblemKind.BAD_MERGE, span))
        elif frame.key is not _SKIP:
            frame.data[frame.key] = value
        frame.key = None


def _read_key(
    frame: _Frame, value: JsonValue, span: Span, event: Event, problems: list[Problem]
) -> object:
    """The JSON key of a key node, or what to do with the value that follows."""
    if is_merge_key(event):
        if frame.merge_seen:
            problems.append(
                Problem(ProblemKind.DUPLICATE_KEY, span, MERGE_KEY, related=frame.merge_seen)
            )
        frame.merge_seen = frame.merge_seen or span
        return _MERGE
    if isinstance(value, (dict, list)):
        problems.append(Problem(ProblemKind.NON_STRING_KEY, span))
        return _SKIP
    key = key_text(value)
    first = frame.seen.setdefault(key, span)
    if first is not span:
        problems.append(Problem(ProblemKind.DUPLICATE_KEY, span, key, related=first))
    elif not isinstance(value, str):
        problems.append(Problem(ProblemKind.NON_STRING_KEY, span, key))
    return key


def is_merge_key(event: Event) -> bool:
    """Whether a key node is the merge key: `<<` without quotes or tag."""
    return (
        event.__class__ is ScalarEvent
        and event.value == MERGE_KEY
        and not event.style
        and event.tag is None
    )


def scalar_value(event: Any, limits: Limits) -> tuple[JsonValue, ProblemKind | None]:
    """The JSON data of a scalar event, and what is wrong with it."""
    if event.tag is not None:
        return resolve_tagged(event.tag, event.value, not event.style, limits.integer_digits)
    if event.style:
        return event.value, None
    return resolve_plain(event.value, limits.integer_digits)


def _register_anchor(event: Any, known: Sequence[Container[str]], problems: list[Problem]) -> None:
    if any(event.anchor in names for names in known):
        problems.append(Problem(ProblemKind.REDEFINED_ANCHOR, _start(event), event.anchor))


def _start(event: Any) -> Span:
    """The first character of a node."""
    return Span(event.start_mark.index, event.start_mark.index + 1)


def _short_tag(tag: str) -> str:
    """A tag as a person writes it."""
    return "!!" + tag[len(TAG_PREFIX) :] if tag.startswith(TAG_PREFIX) else tag
