"""Which versions of seedlint a configuration asks for: PEP 440's specifiers of plain releases."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import seedlint

_CLAUSE = r"(==|~=|!=|<=|>=|<|>)\s*([0-9]{1,6}(?:\.[0-9]{1,6}){0,5})(\.\*)?"
_LONGEST = 200
_Release = tuple[int, ...]
_COMPARE: Mapping[str, Callable[[int], bool]] = {
    "==": lambda order: order == 0,
    "!=": lambda order: order != 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
}


def is_version_in(specifiers: str, version: str | None = None) -> bool:
    """Whether a version, by default this one, is one that `specifiers` (`>=0.2, <1`) admit.

    Raises ValueError for what is not a list of such clauses.
    """
    version = seedlint.__version__ if version is None else version
    match = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    this = _release(match[0] if match else "0")
    clauses = specifiers.split(",") if len(specifiers) <= _LONGEST else [""]
    # All are read, even if the first one is not met.
    met = [_is_met(clause.strip(), this) for clause in clauses]
    return all(met)


def _is_met(clause: str, this: _Release) -> bool:
    found = re.fullmatch(_CLAUSE, clause)
    if found is None or (found[3] and found[1] not in ("==", "!=")):
        raise ValueError(f"`{clause[:60]}` is not a version specifier such as `>=0.2` or `==1.4.*`")
    operator, wanted = found[1], _release(found[2])
    if operator == "~=":
        if len(wanted) < 2:
            raise ValueError(f"`{clause[:60]}` needs a second number, as in `~=1.4`")
        is_older = _order(this, wanted) < 0
        return not is_older and _cut(this, len(wanted) - 1) == wanted[:-1]
    if found[3]:
        this = _cut(this, len(wanted))
    return _COMPARE[operator](_order(this, wanted))


def _release(text: str) -> _Release:
    return tuple(map(int, text.split(".")))


def _cut(release: _Release, length: int) -> _Release:
    """The first numbers of a release; what it lacks is 0."""
    return (*release, *[0] * length)[:length]


def _order(one: _Release, other: _Release) -> int:
    """Negative, zero or positive; what a version lacks is 0, so 1.0 is 1."""
    length = max(len(one), len(other))
    first, second = ((*each, *[0] * (length - len(each))) for each in (one, other))
    return (first > second) - (first < second)
