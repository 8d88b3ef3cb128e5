"""Mappings whose keys were not indented: one mistake, but one failure per key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile

from seedlint.document.pointer import Pointer, value_at
from seedlint.named_tuple import NamedTuple
from seedlint.rules import all_rules
from seedlint.rules.base import Failure, Finding, quote
from seedlint.schema.evaluate import site_of
from seedlint.schema.folding import UNKNOWN
from seedlint.schema.outline import named_keys, sites_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    pass

_UNIONS = ("anyOf", "oneOf")
_WRONG_TYPE = "SCH003"


class Dedented(NamedTuple):
    """What is said of a mapping that has no value, and the failures of the keys outside it."""

    finding: Finding
    keys: tuple[Failure, ...]


def find_dedented(
    data: object,
    failures: Sequence[Failure],
    written: Callable[[Pointer], str | None],
    is_flow: Callable[[Pointer], bool],
) -> tuple[Sequence[Failure], list[Dedented]]:
    """The failures, and those that are left to one that says which keys are not indented.

    If `name: …` follows `provider:` at the same indentation, `provider` has no value, and `name` is
    unknown where it is although `provider` knows it. `written` says how a null is written, if it
    is: it has to go, because nothing can be below it. Nothing can be below a null in braces or
    brackets either; `is_flow` tells whether a mapping or a list is written so.
    """
    unknown = {
        (*failure.pointer, failure.key): failure
        for failure in failures
        if failure.keyword in UNKNOWN and failure.said is None
    }
    if not unknown:
        return failures, []
    kept: list[Failure] = []
    dedented: list[Dedented] = []
    # Which key follows which, by the place of their mapping.
    following: dict[Pointer, dict[str, str]] = {}
    for failure in failures:
        holder, keys = _keys_below(data, failure, unknown, following)
        if keys and not is_flow(failure.pointer[:-1]):
            failure = _reworded(failure, holder, keys, written(failure.pointer))
            assert failure.said is not None
            outside = tuple(unknown[(*holder, key)] for key in keys)
            dedented.append(Dedented(failure.said[1], outside))
        kept.append(failure)
    left = {id(key) for each in dedented for key in each.keys}
    return [failure for failure in kept if id(failure) not in left], dedented


def _keys_below(
    data: object,
    failure: Failure,
    unknown: Mapping[Pointer, Failure],
    following: dict[Pointer, dict[str, str]],
) -> tuple[Pointer, list[str]]:
    """The keys right below an empty value that belong in its mapping, and the mapping they are in.

    They are in the mapping of the empty value, or further to the left.
    """
    if failure.instance is not None or not failure.pointer:
        return (), []
    known = _keys_of_mapping(failure)
    if not known:
        return (), []
    outer, below = _next_keys(data, failure.pointer, following)
    if _is_list(failure) and len(outer) < len(failure.pointer) - 1:
        # Where its dash should be is not known.
        return (), []
    return outer, list(takewhile(lambda key: key in known and (*outer, key) in unknown, below))


def _next_keys(
    data: object, pointer: Pointer, following: dict[Pointer, dict[str, str]]
) -> tuple[Pointer, Iterator[str]]:
    """The keys that follow the value at `pointer`, and the innermost mapping that has any."""
    while pointer:
        *rest, step = pointer
        pointer = tuple(rest)
        holder = value_at(data, pointer)
        if isinstance(holder, list):
            if step != len(holder) - 1:
                break
        elif isinstance(holder, dict) and step != next(reversed(holder)):
            if pointer not in following:
                following[pointer] = dict(pairwise(holder))
            return pointer, _from(following[pointer], str(step))
    return (), iter(())


def _from(following: Mapping[str, str], key: str) -> Iterator[str]:
    """The keys after one key."""
    while key in following:
        key = following[key]
        yield key


def _keys_of_mapping(failure: Failure) -> Collection[str]:
    """The keys of the mapping that a value should be, or that one of its alternatives is.

    Of a list they are those of the mappings in it.
    """
    schemas = [failure.schema]
    if failure.keyword in _UNIONS:
        schemas = [each for each in failure.expected if isinstance(each, dict)]
    elif failure.keyword != "type":
        return ()
    elif _is_list(failure):
        site = site_of(failure)
        return named_keys(sites_of([site.node(site.get("items", True))], {}))
    return {
        key
        for schema in schemas
        if "object" in schema.get("type", ()) and isinstance(schema.get("properties"), dict)
        for key in schema["properties"]
    }


def _is_list(failure: Failure) -> bool:
    return failure.expected == "array" and isinstance(failure.schema.get("items"), dict)


def _reworded(
    failure: Failure, outer: Pointer, keys: Sequence[str], written: str | None
) -> Failure:
    """The failure with a finding that says where `keys` are: in the mapping at `outer`.

    `written` is the null, if it is written.
    """
    step = failure.pointer[-1]
    holder = quote(step) if isinstance(step, str) else "the item"
    those = quote(keys[0]) if len(keys) == 1 else f"{quote(keys[0])} to {quote(keys[-1])}"
    message = f"{holder} is empty, because what belongs to it is not indented"
    if _is_list(failure):
        message = f"{holder} is empty, because the keys below it have no dash"
        advice = f"write `- ` before {quote(keys[0])}"
        if len(keys) > 1:
            advice += f", and 2 spaces before each line below it, up to {quote(keys[-1])}"
    elif len(outer) == len(failure.pointer) - 1:
        advice = f"indent the lines of {those} below it by 2 more spaces"
    else:
        mark = holder if isinstance(step, str) else "its dash"
        advice = f"indent the lines of {those} below it 2 spaces further than {mark}"
    if written:
        advice = f"remove {quote(written)}, and {advice}"
    return Failure(
        "type",
        failure.expected,
        failure.instance,
        failure.site,
        pointer=failure.pointer,
        said=(all_rules()[_WRONG_TYPE], Finding(message, help=advice)),
    )
