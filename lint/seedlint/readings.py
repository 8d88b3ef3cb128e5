"""A warning about text that may have been meant in two ways, in the light of the contract.

`type: article #video` is cut by a comment. Where the contract refuses the longer text, the help
must not offer it. This is looked up for these warnings only, and for the first of them in a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from seedlint.document.document import Document
from seedlint.document.pointer import Pointer
from seedlint.document.problem import Problem, ProblemKind, Reading
from seedlint.schema.evaluate import Evaluator
from seedlint.text.span import line_end, line_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_KINDS = (ProblemKind.TEXT_CUT_BY_COMMENT, ProblemKind.UNUSED_ANCHOR, ProblemKind.AMBIGUOUS_SCALAR)
# How much is looked up: each question holds the whole seed against the contract.
_MOST_PROBLEMS = 10
_LONGEST = 100_000
_LONGEST_LINE = 2000
# A key behind other text on its line, perhaps with a dash; behind a bracket or a colon it begins
# something, and so it does behind a comma in brackets.
_KEY_INSIDE = re.compile(r"(?<=[^\s{:\[-])[\s\"']+(?:- +)?([A-Za-z_][\w.$-]{0,59}):(?=\s|\Z)")
_BRACKETS = frozenset("[{")
_MOST_VALUES = 5000
_FALSE_WORDS = ("n", "no", "off")
_TRUE_WORDS = ("y", "yes", "on")


def settle_readings(
    document: Document, problems: Sequence[Problem], evaluator: Evaluator
) -> Sequence[Problem]:
    """The problems; of two ways to read a text, those that the contract refuses are marked."""
    if not any(problem.kind in _KINDS for problem in problems):
        return problems
    if len(document.source.text) > _LONGEST:
        return problems
    places = dict(_places(document))
    try:
        told = len(evaluator.failures(document.data))
    except RecursionError:
        return problems
    tries = _MOST_PROBLEMS
    settled = []
    for problem in problems:
        pointer = None
        if tries and problem.kind in _KINDS:
            tries -= 1
            pointer = places.get(_end_of_value(document, problem))
        if pointer is not None:
            refused = [
                reading
                for reading, value in _readings(problem, _at(document.data, pointer))
                if len(evaluator.failures(_with(document.data, pointer, value))) > told
            ]
            if len(refused) == 1:
                problem = problem._replace(refused=refused[0])
        settled.append(problem)
    return settled


def doubt_lost_breaks(
    document: Document, problems: Sequence[Problem], evaluator: Evaluator
) -> Sequence[Problem]:
    """The problems; a mending is a guess if it makes text of what may be a key.

    `title: Tides type: article` has lost a line break if the contract knows a key `type`.
    """
    return [
        _doubted(problem, *key)
        if problem.edits and (key := _key_inside(document, problem, evaluator))
        else problem
        for problem in problems
    ]


def _doubted(problem: Problem, key: str, missing: str) -> Problem:
    advice = problem.advice
    if problem.kind is ProblemKind.UNQUOTED_COLON and advice.startswith("put "):
        advice = f"if `{key}` is a key, {missing} before it; if not, {advice}"
    return problem._replace(is_safe=False, advice=advice)


def _key_inside(
    document: Document, problem: Problem, evaluator: Evaluator
) -> tuple[str, str] | None:
    """A key of the contract that is in a value to mend, and what to do before it."""
    text = document.source.text
    names: set[str] | None = None
    for edit in problem.edits:
        start, end = line_start(text, edit.start), line_end(text, edit.end)
        line = text[start : min(end, start + _LONGEST_LINE)]
        for match in _KEY_INSIDE.finditer(line):
            in_brackets = not _BRACKETS.isdisjoint(line[: match.start()])
            if in_brackets and line[match.start() - 1] == ",":
                continue
            if names is None:
                names = set(_names_of_keys(evaluator.references.start.schema))
            if match[1] in names:
                return match[1], "write a comma" if in_brackets else "begin a new line"
    return None


def _names_of_keys(schema: Any) -> Iterator[str]:
    """The keys that a contract names, for whatever mapping."""
    waiting = [schema]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if isinstance(properties := each.get("properties"), dict):
                yield from properties
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each


def _readings(problem: Problem, value: Any) -> Iterator[tuple[Reading, Any]]:
    """The two ways to read a value, and what it is then."""
    yield Reading.TEXT, problem.detail
    if problem.kind is not ProblemKind.AMBIGUOUS_SCALAR or not isinstance(value, str):
        yield Reading.OTHER, value
    elif problem.detail.lower() in _FALSE_WORDS:
        yield Reading.OTHER, False
    elif problem.detail.lower() in _TRUE_WORDS:
        yield Reading.OTHER, True
    else:
        yield Reading.OTHER, 1


def _end_of_value(document: Document, problem: Problem) -> int:
    """Where the value that a problem is about ends."""
    text = document.source.text
    if problem.kind is ProblemKind.TEXT_CUT_BY_COMMENT:
        return len(text[: problem.span.start].rstrip(" \t"))
    if problem.kind is ProblemKind.UNUSED_ANCHOR:
        rest = text[problem.span.end : problem.span.end + len(problem.detail)]
        value = problem.detail.partition(" ")[2]
        at = rest.find(value)
        return problem.span.end + at + len(value) if at >= 0 else -1
    return problem.span.end


def _places(document: Document) -> Iterable[tuple[int, Pointer]]:
    """Where the first scalars of a document end, and what their pointers are."""
    for pointer in islice(_pointers(document.data, ()), _MOST_VALUES):
        yield document.source_map.span(pointer, "value").end, pointer


def _pointers(value: Any, pointer: Pointer) -> Iterator[Pointer]:
    waiting: list[tuple[Any, Pointer]] = [(value, pointer)]
    while waiting:
        value, pointer = waiting.pop()
        if isinstance(value, dict):
            waiting += [(inner, (*pointer, key)) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(inner, (*pointer, index)) for index, inner in enumerate(value)]
        elif value is not None:
            yield pointer


def _at(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        value = value[step]
    return value


def _with(data: Any, pointer: Pointer, value: Any) -> Any:
    """The data with another value at a pointer; nothing of it is changed."""
    if not pointer:
        return value
    first, *rest = pointer
    copy = data.copy()
    copy[first] = _with(data[first], tuple(rest), value)
    return copy
