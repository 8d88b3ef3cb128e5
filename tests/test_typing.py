"""The package does without `typing`, and its own `NamedTuple` is the one of `typing`.

Importing `typing` takes a twelfth of a run over one clean seed (docs/decisions/0036-no-typing.md).
"""

from __future__ import annotations

import ast
import pickle
import typing
from collections.abc import Iterator

import pytest

from paths import ROOT
from seedlint.named_tuple import NamedTuple


class Place(NamedTuple):
    """Where something is."""

    line: int
    column: int = 1
    # A type that does not exist: nobody looks at it at run time.
    note: NoSuchType | None = None  # type: ignore[name-defined]  # noqa: F821

    @property
    def shown(self) -> str:
        """The place, as text."""
        return f"{self.line}:{self.column}"

    @classmethod
    def start(cls) -> Place:
        """The first place of a file."""
        return cls(1)

    def __str__(self) -> str:
        return self.shown


def test_is_a_tuple_with_named_fields() -> None:
    place = Place(3, note="x")
    assert tuple(place) == (3, 1, "x")
    assert place._replace(column=7) == Place(3, 7, "x")
    assert Place._fields == ("line", "column", "note")
    assert repr(place) == "Place(line=3, column=1, note='x')"
    assert str(place) == "3:1"
    assert Place.start() == Place(1)
    assert Place.__doc__ == "Where something is."
    assert Place.__module__ == __name__
    assert pickle.loads(pickle.dumps(place)) == place


def test_refuses_what_a_tuple_refuses() -> None:
    with pytest.raises(AttributeError):
        Place(1).line = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Place(1).other = 2  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        Place()  # type: ignore[call-arg]


def test_has_what_the_one_of_typing_has() -> None:
    class Ours(NamedTuple):
        """Alike."""

        a: int
        b: str = "b"

    class Theirs(typing.NamedTuple):
        """Alike."""

        a: int
        b: str = "b"

    without = {"__annotations__", "__orig_bases__", "__annotate__", "__annotate_func__"}
    assert set(dir(Theirs)) - set(dir(Ours)) <= without
    assert Ours._field_defaults == Theirs._field_defaults
    assert Ours(1)._asdict() == Theirs(1)._asdict()


def test_no_module_imports_typing_when_it_runs() -> None:
    package = ROOT / "lint" / "seedlint"
    found = {
        f"{path.relative_to(package).as_posix()}:{node.lineno}"
        for path in package.rglob("*.py")
        for node in imports_at_run_time(ast.parse(path.read_text("utf-8")))
        if "typing" in names_of(node)
    }
    assert found == set()


def imports_at_run_time(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports below a node, without those that only type checkers see."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            for other in child.orelse:
                yield from imports_at_run_time(other)
        else:
            yield from imports_at_run_time(child)


def names_of(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The modules that an import names."""
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [each.name for each in node.names]
