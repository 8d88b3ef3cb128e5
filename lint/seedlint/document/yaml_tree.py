"""The guarded parse: YAML text to events, events to JSON data, with bounds on both.

Only the event stream of ruamel.yaml's C parser is used. Its composer recurses on the C stack and
crashes the process on 55 kB of nesting; here depth, nodes and aliases are counted while events
arrive, and data is built with a stack of our own.
"""

from __future__ import annotations

import re
from functools import cache

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
from seedlint.document.line_reader import LineReader
from seedlint.document.problem import Problem, ProblemKind
from seedlint.document.scalars import TAG_PREFIX, key_text, resolve_plain, resolve_tagged
from seedlint.text.edit import Edit
from seedlint.text.marks import FENCE, ODD_SPACES, YAML_BREAKS
from seedlint.text.span import Span, line_end, line_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, TypeAlias

    from seedlint.document.diagnosis import Reads
    from seedlint.document.flow_scalars import MaskedText

JsonValue: TypeAlias = "Any"
"""`dict[str, JsonValue] | list[JsonValue] | str | int | float | bool | None`."""

MERGE_KEY = "<<"
# A colon or question mark that begins a plain scalar, which the parser takes for an indicator in a
# flow collection without a complaint.
_MISREAD = rf"[:?](?=[^ \t,\[\]{{}}{YAML_BREAKS}])(?<![^ \t,\[\]{{}}:?{YAML_BREAKS}][:?])"
_BLANK_REST = re.compile(r"[ \t]*(?:\r\n|\n|\r)")
_KEY_COLON = r":(?=[ \t\r\n]|\Z)"
# Problems that a mending must not lead to; warnings do not count.
_MISTAKES = frozenset(
    {
        ProblemKind.SYNTAX,
        ProblemKind.TAB_INDENTATION,
        ProblemKind.MULTIPLE_DOCUMENTS,
        ProblemKind.DUPLICATE_KEY,
        ProblemKind.NON_STRING_KEY,
        ProblemKind.TAG,
        ProblemKind.TAG_MISMATCH,
        ProblemKind.UNKNOWN_ALIAS,
        ProblemKind.RECURSIVE_ALIAS,
        ProblemKind.INVALID_MERGE,
        ProblemKind.TOO_DEEP,
        ProblemKind.TOO_MANY_NODES,
        ProblemKind.TOO_MANY_ALIASED_NODES,
    }
)
# Compiled when a text begins so.
_ODD_BEGINNING = rf"-[{ODD_SPACES}]+(?=\S)|[{ODD_SPACES}]+(?:- |(?=\S))"
# So many keys in a row that are there already are another entry.
_WHOLE_ENTRY = 3
_TEMPLATE = "`{{` begins a mapping, and is not a template to YAML"
# Problems that quotes around the value mend, if it was meant as text.
_NEED_QUOTES = frozenset({ProblemKind.TAG, ProblemKind.UNKNOWN_ALIAS, ProblemKind.SYNTAX})
_TEXT_STARTS = frozenset("!*&{")
_line_reader = cache(LineReader)
# What to do with the value of a key that is not a key of the data.
_MERGE, _SKIP = object(), object()


class YamlTree:
    """What a block of YAML says.

    `data` is plain JSON data; aliases share objects, which is safe because nobody writes to it.
    `events` are kept for the source map. `complete` is False when parsing stopped early: then
    `data` is of no use and `problems` says why.
    """

    __slots__ = ("complete", "data", "events", "problems")

    def __init__(self) -> None:
        self.data: JsonValue = None
        self.events: list[Event] = []
        self.problems: list[Problem] = []
        self.complete = False


class _Frame:
    """An open mapping or list while its events arrive.

    `key` is None while a mapping waits for a key, else the key (or `_MERGE`, `_SKIP`) whose value
    comes next; `keys` holds the event of each key there is; `expanded` is the node count before
    the collection began. `second_entry` says that the keys since the last repetition of the first
    one seem to be another entry of the list. `run` counts the repeated keys in a row, since there
    were so many keys.
    """

    __slots__ = (
        "data",
        "expanded",
        "is_list",
        "key",
        "keys",
        "merge_key",
        "merges",
        "repeated",
        "run",
        "second_entry",
        "start",
    )

    def __init__(self, start: Any, expanded: int) -> None:
        self.start = start
        self.is_list = start.__class__ is SequenceStartEvent
        self.data: Any = [] if self.is_list else {}
        self.expanded = expanded
        self.key: object = None
        self.keys: dict[str, Any] = {}
        self.merge_key: Any = None
        self.second_entry = False
        self.repeated: int | None = None
        self.run = (0, 0)
        self.merges: list[dict[str, Any]] = []


class _Stop(Exception):
    """What comes after cannot be trusted, or not afforded; the problem is on record."""


def event_span(event: Event) -> Span:
    """The characters of one event: exact for scalars, aliases and flow collections."""
    return Span(event.start_mark.index, event.end_mark.index)


def parse_yaml(view: str, limits: Limits, target: str = "") -> YamlTree:
    """Parse `view` (see `FrontMatter.view`), never raising for anything the text may hold.

    `target` is as in `read_document`. The first line is the fence, blanked. The text must hold no
    character that YAML forbids (see `characters`).
    """
    masked = _mask(view) if _has_flow(view) and re.search(_MISREAD, view) else None
    tree, error = _compose(view, limits, masked, target)
    if error is not None and masked is None and (masked := _mask(view)):
        tree, error = _compose(view, limits, masked, target)
    if error is not None:
        # What is wrong above is reported by itself, and no mending is to blame for it.
        known = frozenset(each.span.start for each in tree.problems)
        problem = _explain(view, error, lambda text: first_mistake(text, limits, known))
        # What was noted on the same line is part of the same mistake, and so is a key that is there
        # twice because it is not indented.
        line = _line_around(view, problem.span.start)
        moved = {each.start for each in problem.edits if each.text.isspace()}
        tree.problems = [
            each
            for each in tree.problems
            if each.span.start not in line
            and not (each.kind is ProblemKind.DUPLICATE_KEY and each.span.start in moved)
        ]
        tree.problems.append(problem)
    elif tree.complete:
        # Not for documents that are broken, because its patterns take a millisecond.
        from seedlint.document.losses import find_losses

        tree.problems += find_losses(view, tree.events, limits.integer_digits)
    tree.problems = [_advise_quotes(view, each) for each in tree.problems]
    return tree


def _advise_quotes(view: str, problem: Problem) -> Problem:
    """The problem, proposing the line with quotes if the first character of a text is to blame."""
    at = problem.span.start
    if problem.advice or problem.kind not in _NEED_QUOTES:
        return problem
    if view[at : at + 1] not in _TEXT_STARTS or view.startswith("!!", at):
        return problem
    from seedlint.document.diagnosis import advise_quotes

    return advise_quotes(view, problem)


def first_mistake(view: str, limits: Limits, known: frozenset[int] = frozenset()) -> int | None:
    """The offset of the first error in `view` that does not depend on the contract.

    If it can be read, what is wrong at the offsets `known` does not count.
    """
    # What the line reader reads has no mistake, and it takes a fifth of the time.
    if _line_reader(limits).is_sound(view):
        return None
    masked = _mask(view)
    tree, error = _compose(view, limits, masked)
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        return mark.index if mark else 0
    if error is not None:
        return 0
    for each in tree.problems:
        if each.kind in _MISTAKES and each.span.start not in known:
            return each.span.start
    return None if isinstance(tree.data, dict) else 0


def _line_around(view: str, offset: int) -> range:
    """The offsets of the line that `offset` is on, with the first character of its line break."""
    return range(line_start(view, offset), line_end(view, offset) + 1)


def explain_root(view: str, root: Span, kind: str, limits: Limits) -> Problem:
    """The problem of a document at `root` that is a `kind` and not a mapping."""
    from seedlint.document.diagnosis import diagnose_root

    found = diagnose_root(view, root.start, lambda text: first_mistake(text, limits))
    return found or Problem(ProblemKind.ROOT_NOT_MAPPING, root, kind)


def _has_flow(view: str) -> bool:
    return "[" in view or "{" in view


def _mask(view: str) -> MaskedText | None:
    if not _has_flow(view):
        return None
    # Few documents need it.
    from seedlint.document.flow_scalars import mask_flow_scalars

    return mask_flow_scalars(view)


def _compose(
    view: str, limits: Limits, masked: MaskedText | None, target: str = ""
) -> tuple[YamlTree, Exception | None]:
    """What `view` says, and what the parser raised."""
    tree = YamlTree()
    parser = CParser(_with_a_safe_end(masked.text if masked else view))
    try:
        _Composer(view, tree, limits, masked, target).compose(parser)
    except (YAMLError, ValueError) as error:
        # With its traceback it would keep the frames that refer to it, and all that they hold.
        return tree, error.with_traceback(None)
    return tree, None


def _explain(view: str, error: Exception, reads: Reads) -> Problem:
    """The problem behind what the parser raised."""
    if not isinstance(error, MarkedYAMLError):
        # The reader's refusals carry no mark; what it refuses is found by `characters` first.
        return Problem(ProblemKind.SYNTAX, Span(0, 0), type(error).__name__)
    mark = error.problem_mark or error.context_mark
    # Most documents have no error.
    from seedlint.document.syntax import explain_syntax_error

    in_quotes = error.context_mark and "quoted scalar" in (error.context or "")
    return explain_syntax_error(
        view,
        mark.index if mark else 0,
        error.problem or "",
        error.context_mark.index if in_quotes else None,
        reads=reads,
    )


def _with_a_safe_end(view: str) -> str:
    """`view`, with a blank more where libyaml 0.1.7 would read on beyond its end.

    After an escaped line break it looks at the next character before it has asked for one. If the
    text ends there, that is whatever the memory last held: a quotation mark, at times.
    """
    return view + " " if view.rstrip(YAML_BREAKS).endswith("\\") else view


class _Composer:
    """Builds JSON data from events with a stack of its own, and counts what it costs."""

    def __init__(
        self, view: str, tree: YamlTree, limits: Limits, masked: MaskedText | None, target: str
    ) -> None:
        self._target = target
        self._view = view
        self._tree = tree
        self._events = tree.events
        self._limits = limits
        self._masked = masked
        self._stack: list[_Frame] = []
        # The value and the expanded size of each anchor; None while its node is open.
        self._anchors: dict[str, tuple[JsonValue, int] | None] = {}
        self._documents = self._nodes = self._expanded = 0

    def compose(self, parser: Any) -> None:
        """Read all events of `parser`. Raises what the parser raises."""
        handlers = {
            DocumentStartEvent: self._document,
            AliasEvent: self._alias,
            MappingStartEvent: self._open,
            SequenceStartEvent: self._open,
            MappingEndEvent: self._close,
            SequenceEndEvent: self._close,
        }
        next_event, scalar, handler_of = parser.get_event, self._scalar, handlers.get
        try:
            while (event := next_event()) is not None:
                if event.__class__ is ScalarEvent:
                    scalar(event)
                elif handle := handler_of(event.__class__):
                    handle(event)
        except _Stop:
            return
        self._tree.complete = True

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            start = event.start_mark.index
            marker = self._view[start : start + len(FENCE)]
            self._stop(ProblemKind.MULTIPLE_DOCUMENTS, event_span(event), marker)

    def _scalar(self, event: Any) -> None:
        self._count(event, 1)
        # `ctag` is what the property `tag` makes a text of.
        is_text = event.style and event.ctag is None
        value = event.value if is_text else self._read_scalar(event)
        if event.anchor:
            self._define(event, (value, 1))
        self._attach(value, event, event)

    def _read_scalar(self, event: Any) -> JsonValue:
        """The value of a scalar that is not simply text in quotes."""
        is_plain = not event.style
        if is_plain and self._masked:
            event.value = self._masked.restore(event.value)
        value, problem = scalar_value(event, self._limits)
        if is_plain:
            first = event.value[:1]
            if first.isspace() or (first == "-" and event.value[1:2].isspace()):
                self._check_blanks(event)
            if self._target and event.tag is None:
                problem = self._settle(problem, value, event)
        if problem is not None:
            self._note_scalar(problem, event)
            if problem is ProblemKind.TAG and not event.value:
                # Text that was taken for a tag, such as `![boats](boats.jpg)`.
                return event.tag
        return value

    def _check_blanks(self, event: Any) -> None:
        """Stop at a line that begins with a blank that is not a space, or has one after its dash.

        It is part of the text to YAML, and looks like indentation to everybody else.
        """
        odd = re.match(_ODD_BEGINNING, event.value)
        if odd is None or not (self._is_key() or "-" in odd[0]):
            # A text that begins so is where its indentation says.
            return
        start = event.start_mark.index
        if not self._view[start - event.start_mark.column : start].strip(" "):
            from seedlint.document.diagnosis import explain_blank

            if problem := explain_blank(self._view, start):
                self._tree.problems.append(problem)
                raise _Stop

    def _settle(self, problem: ProblemKind | None, value: Any, event: Any) -> ProblemKind | None:
        """What is wrong with a plain scalar in the eyes of the target.

        What it reads otherwise is noted with its reading; what only others do is not a problem.
        """
        if problem not in (None, ProblemKind.AMBIGUOUS_SCALAR, ProblemKind.ROUNDED_INTEGER):
            return problem
        # Few runs have a target.
        from seedlint.document.targets import is_rounded_by, other_reading

        if problem is ProblemKind.ROUNDED_INTEGER and is_rounded_by(self._target):
            return problem
        reading = other_reading(self._target, event.value, value)
        if reading and not self._is_key():
            kind = ProblemKind.AMBIGUOUS_SCALAR
            advice, proposal = reading
            span = event_span(event)
            self._tree.problems.append(
                Problem(kind, span, event.value, advice=advice, proposal=proposal)
            )
        return None

    def _is_key(self) -> bool:
        """Whether the next node is a key."""
        frame = self._stack[-1] if self._stack else None
        return frame is not None and frame.key is None and not frame.is_list

    def _note_scalar(self, problem: ProblemKind, event: Any) -> None:
        if problem is ProblemKind.AMBIGUOUS_SCALAR and self._is_key():
            # A key called `on` is text to everybody who reads it by name.
            return
        is_tag = problem in (ProblemKind.TAG, ProblemKind.TAG_MISMATCH)
        self._note(problem, event_span(event), _short_tag(event.tag) if is_tag else event.value)

    def _alias(self, event: Any) -> None:
        self._check_name("*", event)
        if event.anchor not in self._anchors:
            self._stop(ProblemKind.UNKNOWN_ALIAS, event_span(event), event.anchor)
        known = self._anchors[event.anchor]
        if known is None:
            self._stop(ProblemKind.RECURSIVE_ALIAS, event_span(event), event.anchor)
        value, size = known
        self._count(event, size)
        if self._expanded > self._limits.aliased_nodes:
            limit = self._limits.aliased_nodes
            self._stop(ProblemKind.TOO_MANY_ALIASED_NODES, event_span(event), limit=limit)
        self._attach(value, event, event)

    def _open(self, event: Any) -> None:
        if len(self._stack) >= self._limits.depth:
            self._stop(ProblemKind.TOO_DEEP, _start(event), limit=self._limits.depth)
        frame = _Frame(event, self._expanded)
        self._count(event, 1)
        usual = "seq" if frame.is_list else "map"
        if event.ctag is not None and event.tag not in (TAG_PREFIX + usual, "!"):
            self._note(ProblemKind.TAG, _start(event), _short_tag(event.tag))
        if event.anchor:
            self._define(event, None)
        self._stack.append(frame)

    def _close(self, event: Any) -> None:
        self._events.append(event)
        frame = self._stack.pop()
        for merged in frame.merges:
            for key, value in merged.items():
                frame.data.setdefault(key, value)
        if frame.start.anchor:
            self._anchors[frame.start.anchor] = frame.data, self._expanded - frame.expanded
        self._attach(frame.data, frame.start, event)

    def _count(self, event: Any, size: int) -> None:
        """Keep an event that begins a node which stands for `size` nodes."""
        self._events.append(event)
        self._nodes += 1
        self._expanded += size
        if self._nodes > self._limits.nodes:
            self._stop(ProblemKind.TOO_MANY_NODES, _start(event), limit=self._limits.nodes)

    def _define(self, event: Any, node: tuple[JsonValue, int] | None) -> None:
        self._check_name("&", event)
        if event.anchor in self._anchors:
            self._note(ProblemKind.REDEFINED_ANCHOR, _start(event), event.anchor)
        self._anchors[event.anchor] = node

    def _check_name(self, sigil: str, event: Any) -> None:
        """Refuse `&a:b`: the colon is part of the name, but libyaml ends it before.

        With a blank after the colon, `*a: b`, readers take the alias for a key or refuse it.
        """
        name: str = sigil + event.anchor
        start = self._view.find(name, event.start_mark.index)
        end = start + len(name)
        if sigil == "*" and re.compile(_KEY_COLON).match(self._view, end):
            # Of an alias that is not known there is more to say.
            if event.anchor in self._anchors:
                from seedlint.document.losses import ALIAS_KEY

                self._note(ProblemKind.UNPORTABLE_SYNTAX, Span(start, end + 1), ALIAS_KEY)
        elif self._view[end : end + 1] in (":", "?"):
            self._stop(ProblemKind.SYNTAX, Span(end, end + 1), "expected a space after the name")

    def _attach(self, value: JsonValue, first: Any, last: Any) -> None:
        """Put a finished node, written from `first` to `last`, where it belongs."""
        if not self._stack:
            self._tree.data = value
            return
        frame = self._stack[-1]
        if frame.is_list:
            frame.data.append(value)
        elif frame.key is None:
            # Nearly all keys are words that the mapping does not have yet.
            if value.__class__ is str and value not in frame.keys and value != MERGE_KEY:
                frame.keys[value] = first
                frame.key = value
            else:
                frame.key = self._read_key(frame, value, first, last)
        else:
            if frame.key.__class__ is str:
                if frame.repeated is not None:
                    self._fix_repeated(frame, value, last)
                frame.data[frame.key] = value
            elif frame.key is _MERGE:
                sources = value if isinstance(value, list) else [value]
                if all(isinstance(source, dict) for source in sources):
                    frame.merges.extend(sources)
                else:
                    self._note(ProblemKind.INVALID_MERGE, _between(first, last))
            frame.key = None

    def _read_key(self, frame: _Frame, value: JsonValue, first: Any, last: Any) -> object:
        """The JSON key of a key node, or what to do with the value that follows."""
        if value == MERGE_KEY and is_merge_key(first):
            if frame.merge_key is not None:
                self._note_repeated(MERGE_KEY, first, frame.merge_key)
            frame.merge_key = frame.merge_key or first
            return _MERGE
        if isinstance(value, (dict, list)):
            outer, inner = frame.start.start_mark.index, first.start_mark.index
            if frame.start.flow_style and self._view.startswith("{{", outer) and inner == outer + 1:
                self._stop(ProblemKind.SYNTAX, Span(outer, inner + 1), _TEMPLATE)
            self._note(ProblemKind.NON_STRING_KEY, _between(first, last))
            return _SKIP
        key = key_text(value)
        earlier = frame.keys.setdefault(key, first)
        if earlier is not first:
            if self._begins_entry(frame, key):
                frame.second_entry = True
                self._note_second_entry(key, first, earlier)
            elif not frame.second_entry:
                frame.repeated = len(self._tree.problems)
                self._note_repeated(key, first, earlier)
                keys, count = frame.run
                count = count + 1 if keys == len(frame.keys) else 1
                frame.run = len(frame.keys), count
                if count == _WHOLE_ENTRY and self._is_in_list(frame):
                    self._join_repeated(frame)
        elif not isinstance(value, str):
            self._note(ProblemKind.NON_STRING_KEY, event_span(first), key)
        return key

    def _begins_entry(self, frame: _Frame, key: str) -> bool:
        """Whether a repeated key seems to begin another entry, whose dash was forgotten.

        It is the first of its mapping, which is a list item and has other keys since.
        """
        return len(frame.keys) > 1 and next(iter(frame.keys)) == key and self._is_in_list(frame)

    def _is_in_list(self, frame: _Frame) -> bool:
        """Whether a mapping, the innermost one, is an item that begins with a dash."""
        is_item = len(self._stack) > 1 and self._stack[-2].is_list
        return is_item and not frame.start.flow_style

    def _join_repeated(self, frame: _Frame) -> None:
        """Leave one problem of several keys in a row that are there twice: they are an entry.

        Its first line, with the dash, is missing.
        """
        problems = self._tree.problems
        first = problems[-_WHOLE_ENTRY]
        if all(each.kind is ProblemKind.DUPLICATE_KEY for each in problems[-_WHOLE_ENTRY:]):
            advice = "write the first line of the entry above it, with a dash, or remove the lines"
            problems[-_WHOLE_ENTRY:] = [first._replace(advice=advice, edits=())]
            frame.repeated, frame.second_entry = None, True

    def _note_second_entry(self, key: str, event: Any, earlier: Any) -> None:
        from seedlint.document.diagnosis import explain_second_entry

        problem = explain_second_entry(self._view, event_span(event), key)
        self._tree.problems.append(problem._replace(related=event_span(earlier)))

    def _note_repeated(self, key: str, event: Any, earlier: Any) -> None:
        self._tree.problems.append(
            Problem(ProblemKind.DUPLICATE_KEY, event_span(event), key, related=event_span(earlier))
        )

    def _fix_repeated(self, frame: _Frame, value: JsonValue, last: Any) -> None:
        """Give the problem of a repeated key a fix if it has the same value as before.

        Its lines can go if they hold nothing else.
        """
        index, frame.repeated = frame.repeated, None
        assert index is not None
        problem, view = self._tree.problems[index], self._view
        is_written_so = last.__class__ is ScalarEvent and last.style not in ("|", ">")
        start, end = line_start(view, problem.span.start), last.end_mark.index
        rest = _BLANK_REST.match(view, end)
        has_lines = is_written_so and not view[start : problem.span.start].strip(" ")
        # `repr` tells 1 from 1.0 and true.
        if has_lines and rest and repr(frame.data[problem.detail]) == repr(value):
            edits = (Edit(start, rest.end(), ""),)
            self._tree.problems[index] = problem._replace(edits=edits, is_safe=False)

    def _note(self, kind: ProblemKind, span: Span, detail: str = "") -> None:
        self._tree.problems.append(Problem(kind, span, detail))

    def _stop(self, kind: ProblemKind, span: Span, detail: str = "", limit: int = 0) -> NoReturn:
        self._tree.problems.append(Problem(kind, span, detail, limit=limit))
        raise _Stop


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
    if event.ctag is not None:
        return resolve_tagged(event.tag, event.value, not event.style, limits.integer_digits)
    if event.style:
        return event.value, None
    return resolve_plain(event.value, limits.integer_digits)


def _between(first: Any, last: Any) -> Span:
    """From the first character of a node to its last."""
    return Span(first.start_mark.index, last.end_mark.index)


def _start(event: Any) -> Span:
    """The first character of a node."""
    return Span(event.start_mark.index, event.start_mark.index + 1)


def _short_tag(tag: str) -> str:
    """A tag as a person writes it."""
    return "!!" + tag[len(TAG_PREFIX) :] if tag.startswith(TAG_PREFIX) else tag
