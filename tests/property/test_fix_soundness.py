"""Each fix by itself: it changes the data at the places it names, brings no finding, and no more.

What the data are is asked of readers that have nothing to do with ours: PyYAML for YAML 1.1,
ruamel.yaml in pure Python for YAML 1.2.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest
import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from fuzz import mutate
from paths import CONTRACT, CORPUS, SEEDS, needs, seeds_in
from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.discover import Target
from seedlint.document.document import Document
from seedlint.document.limits import Limits
from seedlint.document.pointer import Pointer
from seedlint.fix.fixer import Fixer
from seedlint.fix.operation import InsertPair, Operation, ReplaceScalar, applied
from seedlint.run import open_schema
from seedlint.settings import Settings

UNREADABLE = object()
WRITTEN = "what the fix has written"


def by_yaml_1_1(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, LookupError, ValueError, RecursionError, TypeError, AttributeError):
        return UNREADABLE


def by_yaml_1_2(text: str) -> Any:
    try:
        return YAML(typ="safe", pure=True).load(text)
    except (YAMLError, LookupError, ValueError, RecursionError, TypeError, AttributeError):
        return UNREADABLE


READERS: tuple[Callable[[str], Any], ...] = (by_yaml_1_1, by_yaml_1_2)


def front_matter(document: Document) -> str:
    assert document.front_matter is not None
    return document.source.text[slice(*document.front_matter.content)]


def put(data: Any, pointer: Pointer, value: Any) -> None:
    for step in pointer[:-1]:
        data = data[step]
    data[pointer[-1]] = value


def check_data(old: str, new: str, operations: Iterable[Operation]) -> None:
    """Only what `operations` name is different, whatever the values there are to the reader.

    A reader to which a key is a number or a date has other places, so it is not asked.
    """
    for read in READERS:
        before, after = read(old), read(new)
        if before is UNREADABLE or not all(isinstance(key, str) for key in keys_in(before)):
            continue
        assert after is not UNREADABLE
        blanked = []
        for operation in operations:
            if isinstance(operation, (ReplaceScalar, InsertPair)):
                put(after, operation.pointer, WRITTEN)
                operation = operation._replace(value=WRITTEN)
            blanked.append(operation)
        wanted = applied(before, blanked)
        assert repr(wanted) == repr(after)


def keys_in(data: Any) -> Iterable[Any]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from keys_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from keys_in(value)


def kinds(found: Iterable[Diagnostic]) -> Counter[str]:
    return Counter(each.code for each in found)


def check_fixes(checker: Checker, data: bytes, seen: Counter[str]) -> None:
    """Make the fixes of each rule alone, safe and unsafe ones."""
    document = checker.read("s.md", data)
    found = checker.check(document).diagnostics
    for code in {each.code for each in found if each.fix}:
        settings = checker.settings._replace(fixable=(code,))
        fixed = Fixer(checker.with_settings(settings), unsafe=True).fix(
            Target("s.md", "s.md", data)
        )
        if not fixed.is_changed:
            continue
        after = checker.read("s.md", fixed.new)
        left = checker.check(after).diagnostics
        count = dict(fixed.fixed)[code]
        # What a syntax error hid is seen once it is mended; another one may be fixed as well.
        assert kinds(left) <= kinds(found) or not document.is_checkable
        assert kinds(left)[code] <= kinds(found)[code] - count or not document.is_checkable
        assert after.is_checkable
        seen[code] += count
        of_rule = [each for each in found if each.code == code and each.fix]
        if document.is_checkable and len(of_rule) == count and not fixed.refused:
            operations = [each for one in of_rule if one.fix for each in one.fix.operations]
            # Those that name no data are the business of test_text_fixes.py.
            names_data = all(one.fix and one.fix.operations for one in of_rule)
            if names_data and len({each.pointer for each in operations}) == len(operations):
                check_data(front_matter(document), front_matter(after), operations)


def article_checker() -> Checker:
    # With all findings, as the fixer does it.
    settings = Settings(schema=CONTRACT, limits=Limits(findings=2_000))
    return Checker(open_schema(settings), settings)


def check_mutants(number: int, seed: int) -> Counter[str]:
    checker, seen = article_checker(), Counter[str]()
    pool = [*seeds_in(SEEDS), *(list(seeds_in(CORPUS))[::9] if CORPUS.exists() else ())]
    rng = random.Random(seed)
    for _ in range(number):
        data = mutate(pool, rng, Counter())
        try:
            check_fixes(checker, data, seen)
        except AssertionError:
            print(repr(data))
            raise
    return seen


def test_mutants() -> None:
    assert len(check_mutants(150, 1)) > 3


@pytest.mark.slow
def test_many_mutants() -> None:
    assert len(check_mutants(5_000, 2)) > 10


@pytest.mark.slow
@needs(CORPUS)
def test_real_seeds() -> None:
    checker, seen = article_checker(), Counter[str]()
    for data in seeds_in(CORPUS):
        check_fixes(checker, data, seen)
    assert seen.total() > 500
