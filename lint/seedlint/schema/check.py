"""All checks of a contract, made before any file is checked against it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from seedlint.document.pointer import Part, Pointer
from seedlint.errors import SchemaError
from seedlint.rules.binding import KEYWORD
from seedlint.schema.bindings import check_bindings
from seedlint.schema.dialects import DEFAULT_DIALECT, DIALECTS, Dialect, dialect_named
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.files import SchemaFiles
from seedlint.schema.json_source import JsonSource
from seedlint.schema.keywords.keyword import Holds
from seedlint.schema.keywords.table import KEYWORDS, below, keywords_of, subschemas
from seedlint.schema.metaschemas import read_metaschema
from seedlint.schema.references import References, Resource, Target, Unresolvable, dynamic_anchor
from seedlint.text.formats import FORMATS
from seedlint.text.nearest import did_you_mean, nearest
from seedlint.text.patterns import PatternError, compile_pattern

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
# Nobody reads more warnings about one contract than these, and each one costs time.
_MAX_WARNINGS = 50
# The total length of all different patterns of a contract, in characters, counting so many more for
# each: they are compiled and kept.
_MAX_PATTERNS = 1_000_000
_PER_PATTERN = 100
# Nobody expects these to have an effect on a value.
_HARMLESS_BESIDE_REF = frozenset(
    ["$ref", "$comment", "title", "description", "definitions", "$defs", "$id", "id"]
)
_OTHER_DIALECT = "another `$schema` than the contract's: one contract, one dialect"


def _unusable_id(source: JsonSource, dialect: Dialect, pointer: Pointer) -> SchemaError:
    name = dialect.id_keyword
    return source.error(f"`{name}` is not an address", (*pointer, name))


def _dialect_of(source: JsonSource) -> Dialect:
    """The draft that a file names. Raises SchemaError for one that seedlint does not know."""
    if not isinstance(source.data, dict) or "$schema" not in source.data:
        return DEFAULT_DIALECT
    declared = source.data["$schema"]
    if (found := dialect_named(declared)) is not None:
        return found
    near = nearest(str(declared), DIALECTS, cutoff=0.8)
    known = f"did you mean `{near}`?" if near else "drafts 4, 6, 7, 2019-09 and 2020-12 are known"
    raise source.error(f"unknown `$schema`; {known}", ("$schema",))


def _check_file(source: JsonSource, dialect: Dialect) -> None:
    """Refuse a file of a contract in another draft, or one that is not a schema of its draft."""
    if not isinstance(source.data, (dict, bool)):
        raise source.error("a JSON Schema is an object, or true or false")
    has_dialect = isinstance(source.data, dict) and "$schema" in source.data
    if has_dialect and _dialect_of(source) is not dialect:
        raise source.error(_OTHER_DIALECT, ("$schema",))
    _check_metaschema(source, dialect, source.data)


def _check_metaschema(
    source: JsonSource, dialect: Dialect, schema: Any, pointer: Pointer = ()
) -> None:
    """Refuse what is not a schema of the dialect; `schema` is at `pointer` of the file."""
    try:
        if _metaschema(dialect).accepts(schema):
            return
        # The library says what is wrong; its import takes 70 ms.
        from jsonschema.validators import validator_for

        library = validator_for({"$schema": dialect.address})
        error = min(
            library(library.META_SCHEMA).iter_errors(schema),
            key=lambda error: (-len(error.absolute_path), str(error.validator)),
            default=None,
        )
    except RecursionError:
        raise source.error("nested too deeply", pointer) from None
    if error is not None:
        place = tuple(error.absolute_path)
        name = next((step for step in reversed(place) if step in KEYWORDS), "schema")
        message = f"not a valid schema: `{name}` {_say_metaschema(error)}"
        raise source.error(message, (*pointer, *place))


@cache
def _metaschema(dialect: Dialect) -> Evaluator:
    references = References(read_metaschema(dialect.address), dialect.address, dialect)
    # What a format or a pattern may be is checked where it is used, with a better message.
    keywords = {name: each for name, each in keywords_of(dialect).items() if name != "format"}
    return Evaluator(references, lambda rule: rule.severity, keywords)


def _say_metaschema(error: Any) -> str:
    if error.validator == "type":
        kinds = error.validator_value
        return f"must be {' or '.join([kinds] if isinstance(kinds, str) else kinds)}"
    if error.validator in ("enum", "anyOf"):
        return "has a value that this keyword does not take"
    if error.validator == "required":
        return f"lacks `{next(k for k in error.validator_value if k not in error.instance)}`"
    if error.validator == "minimum":
        return f"must be at least {error.validator_value}"
    if error.validator == "exclusiveMinimum":
        return f"must be above {error.validator_value}"
    if error.validator == "uniqueItems":
        return "names the same thing twice"
    return f"does not fit the metaschema (`{error.validator}`)"


def check_schema(path: str, source: JsonSource) -> tuple[SchemaFiles, tuple[str, ...]]:
    """Check all that the contract at `path` consists of: its files, and remarks about it.

    Each remark is one line with a place. Raises SchemaError for what is not a valid schema, a
    reference that leads nowhere or outside, and for a pattern, a format or a binding that cannot be
    checked.
    """
    dialect = _dialect_of(source)
    _check_file(source, dialect)
    try:
        files = SchemaFiles(path, source, dialect, lambda other: _check_file(other, dialect))
    except ValueError:
        raise _unusable_id(source, dialect, ()) from None
    checker = _Checker(files, dialect)
    checker.check_all()
    return files, tuple(sorted(set(checker.warnings)))


class _Checker:
    """Walks every schema that can be reached, once, and refuses what could not be checked."""

    def __init__(self, files: SchemaFiles, dialect: Dialect) -> None:
        self.files = files
        self.dialect = dialect
        self.warnings: list[str] = []
        self._indexed: set[str] = set()
        self._index: dict[int, tuple[JsonSource, Pointer]] = {}
        self._same_value: dict[int, list[int]] = {}
        self._places: dict[int, tuple[JsonSource, Pointer]] = {}
        self._patterns: set[str] = set()
        self._pattern_size = 0
        # The resources that were entered, and the schemas that a dynamic reference of a name may
        # lead to.
        self._resources: set[int] = set()
        self._anchored: dict[str, list[tuple[Any, Resource]]] = {}
        self._dynamic: list[tuple[int, str]] = []

    def check_all(self) -> None:
        root = self.files.root
        self._walk([(root.data, root, (), self.files.references.root)])
        # A dynamic reference may lead to any schema with its anchor, even to one that nothing else
        # leads to.
        pending = True
        while self._dynamic and pending:
            anchored = [each for found in self._anchored.values() for each in found]
            pending = any(id(schema) not in self._places for schema, _ in anchored)
            self._walk([(schema, *self._home_of(schema), around) for schema, around in anchored])
        for schema_id, anchor in self._dynamic:
            found = self._anchored.get(anchor, ())
            self._same_value[schema_id] += [id(schema) for schema, _ in found]
        self._refuse_loops()

    def _walk(self, pending: list[tuple[Any, JsonSource, Pointer, Resource]]) -> None:
        references = self.files.references
        while pending:
            schema, source, pointer, around = pending.pop()
            if not isinstance(schema, dict) or id(schema) in self._places:
                continue
            self._places[id(schema)] = (source, pointer)
            try:
                resource = references.enter(schema, around)
            except ValueError:
                raise _unusable_id(source, self.dialect, pointer) from None
            self._note_anchors(resource)
            self._check_one(schema, source, pointer)
            same_value = self._same_value[id(schema)] = []
            for keyword in _REFERENCES:
                if keyword in schema and keyword in keywords_of(self.dialect):
                    at = (*pointer, keyword)
                    target = self._resolve(schema[keyword], resource, source, at)
                    if (anchor := dynamic_anchor(keyword, target)) is not None:
                        self._dynamic.append((id(schema), anchor))
                    same_value.append(id(target.schema))
                    home = self._place_of(target.schema) or (source, at)
                    pending.append((target.schema, *home, target.resource))
            for found, child, steps in subschemas(schema, KEYWORDS):
                if found.in_place:
                    same_value.append(id(child))
                pending.append((child, source, (*pointer, *steps), resource))

    def _note_anchors(self, resource: Resource) -> None:
        """Note, the first time that a resource is entered, the dynamic anchors in it."""
        if id(resource) not in self._resources:
            self._resources.add(id(resource))
            for anchor, schema in resource.dynamic.items():
                self._anchored.setdefault(anchor, []).append((schema, resource))

    def _home_of(self, schema: Any) -> tuple[JsonSource, Pointer]:
        """The file and the pointer of a schema."""
        return self._place_of(schema) or (self.files.root, ())

    def _check_one(self, schema: dict[str, Any], source: JsonSource, pointer: Pointer) -> None:
        embedded = schema.get("$schema") if pointer else None
        if isinstance(embedded, str) and dialect_named(embedded) is not self.dialect:
            raise source.error(_OTHER_DIALECT, (*pointer, "$schema"))
        if (
            self.dialect.ref_stands_alone
            and "$ref" in schema
            and schema.keys() & KEYWORDS.keys() - _HARMLESS_BESIDE_REF
        ):
            self._warn(source, (*pointer, "$ref"), "keywords beside `$ref` have no effect here")
        for keyword in schema:
            if len(self.warnings) >= _MAX_WARNINGS:
                break
            if keyword not in KEYWORDS and not keyword.startswith("x-"):
                hint = did_you_mean(keyword, KEYWORDS)
                # A file that a reference led to may be no schema at all, but somebody's secret.
                is_root = source is self.files.root
                shown = f" `{keyword[:60]}`" if is_root else ""
                self._warn(source, (*pointer, keyword), f"unknown keyword{shown}{hint}")
        if isinstance(schema.get("pattern"), str):
            self._check_pattern(source, (*pointer, "pattern"), schema["pattern"], "value")
        for pattern in schema.get("patternProperties", ()):
            self._check_pattern(source, (*pointer, "patternProperties", pattern), pattern, "key")
        if isinstance(name := schema.get("format"), str) and name not in FORMATS:
            raise source.error(
                f"format `{name[:60]}` cannot be checked{did_you_mean(name, FORMATS)}",
                (*pointer, "format"),
                help=f"formats that can be checked: {', '.join(sorted(FORMATS))}",
            )
        if KEYWORD in schema:
            check_bindings(source, pointer, schema[KEYWORD])

    def _check_pattern(
        self, source: JsonSource, pointer: Pointer, pattern: str, part: Part
    ) -> None:
        try:
            compiled = compile_pattern(pattern)
        except PatternError as error:
            raise source.error(
                f"pattern cannot be used: {error}", pointer, part, shift=error.offset + 1
            ) from None
        if pattern not in self._patterns:
            self._patterns.add(pattern)
            self._pattern_size += len(compiled.pattern) + _PER_PATTERN
            if self._pattern_size > _MAX_PATTERNS:
                raise source.error("too many or too long patterns in all", pointer, part)

    def _resolve(
        self, reference: Any, base: Resource, source: JsonSource, pointer: Pointer
    ) -> Target:
        """Where a reference leads, if that is a schema."""
        if not isinstance(reference, str):
            raise source.error("not a usable reference", pointer)
        try:
            target = self.files.references.resolve(reference, base)
        except SchemaError as error:
            raise source.error(f"reference refused: {error}", pointer) from None
        except Unresolvable:
            raise source.error(_say_unresolvable(reference), pointer) from None
        except ValueError:
            raise source.error("not a usable reference", pointer) from None
        schema = target.schema
        if not isinstance(schema, (dict, bool)):
            raise source.error(f"reference `{reference[:60]}` does not lead to a schema", pointer)
        if (found := self._place_of(schema)) and id(schema) not in self._places:
            place, at = found
            if not _is_subschema(at, place.data, self.dialect):
                # The metaschema of the file says nothing about a place without meaning.
                _check_metaschema(place, self.dialect, schema, at)
        return target

    def _place_of(self, target: Any) -> tuple[JsonSource, Pointer] | None:
        """The file and the pointer of an object that a reference led to."""
        for uri, source in (("", self.files.root), *self.files.others()):
            if uri not in self._indexed:
                self._indexed.add(uri)
                for value, pointer in _objects(source.data):
                    self._index.setdefault(id(value), (source, pointer))
        return self._index.get(id(target)) if isinstance(target, dict) else None

    def _refuse_loops(self) -> None:
        """Refuse references that lead back to where they began without going into the data."""
        done: set[int] = set()
        for start in self._same_value:
            if start in done:
                continue
            on_path = {start}
            stack = [(start, iter(self._same_value[start]))]
            while stack:
                node, children = stack[-1]
                child = next(children, None)
                if child is None:
                    stack.pop()
                    on_path.discard(node)
                    done.add(node)
                elif child in on_path:
                    source, pointer = self._places[node]
                    raise source.error("reference loop: it leads back to itself", pointer)
                elif child not in done and child in self._same_value:
                    on_path.add(child)
                    stack.append((child, iter(self._same_value[child])))

    def _warn(self, source: JsonSource, pointer: Pointer, message: str) -> None:
        if len(self.warnings) < _MAX_WARNINGS:
            self.warnings.append(str(source.error(message, pointer, "key")))


def _say_unresolvable(reference: str) -> str:
    from urllib.parse import urlsplit

    shown = reference[:60]
    scheme = urlsplit(reference).scheme if ":" in reference else ""
    if scheme or reference.startswith("//"):
        return f"reference `{shown}` leads out of the schema's folder: nothing is fetched"
    address = reference.partition("#")[0]
    if ".." in address.split("/"):
        return f"reference `{shown}` leads out of the schema's folder"
    return f"reference `{shown}` leads nowhere"


def _objects(data: Any) -> Iterator[tuple[dict[str, Any], Pointer]]:
    """Every object inside `data` with its pointer."""
    pending: list[tuple[Any, Pointer]] = [(data, ())]
    while pending:
        value, pointer = pending.pop()
        if isinstance(value, dict):
            yield value, pointer
            pending += [(child, (*pointer, key)) for key, child in value.items()]
        elif isinstance(value, list):
            pending += [(child, (*pointer, index)) for index, child in enumerate(value)]


def _is_subschema(pointer: Pointer, data: Any, dialect: Dialect) -> bool:
    """Whether a schema is at `pointer` of a file by the keywords that lead there."""
    holds: Holds = "schema"
    for step in pointer:
        holds = below(holds, data, str(step), keywords_of(dialect))
        data = data[step]
    return holds == "schema"
