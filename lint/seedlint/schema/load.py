"""Loading the contract: a closed registry, and every check that can be made before any seed.

The contract may come from a stranger's pull request. It can name no file outside its own folder
and nothing on a network; what a referenced file says is never printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import jsonschema
from jsonschema.protocols import Validator
from jsonschema_specifications import REGISTRY as METASCHEMAS
from referencing import Registry, Resource
from referencing.exceptions import NoSuchResource, Unresolvable
from referencing.jsonschema import Schema, specification_with

from seedlint.document.source_map import Part, Pointer
from seedlint.errors import SchemaError
from seedlint.rules.binding import KEYWORD
from seedlint.schema.bindings import check_bindings
from seedlint.schema.dynamic import RECURSIVE, DynamicReferences
from seedlint.schema.json_source import JsonSource, read_json
from seedlint.schema.known import is_shipped
from seedlint.text.formats import FORMATS
from seedlint.text.patterns import PatternError, compile_pattern

DEFAULT_DIALECT = "https://json-schema.org/draft/2020-12/schema"
DIALECTS: dict[str, type[Validator]] = {
    "http://json-schema.org/draft-04/schema": jsonschema.Draft4Validator,
    "http://json-schema.org/draft-06/schema": jsonschema.Draft6Validator,
    "http://json-schema.org/draft-07/schema": jsonschema.Draft7Validator,
    "https://json-schema.org/draft/2019-09/schema": jsonschema.Draft201909Validator,
    DEFAULT_DIALECT: jsonschema.Draft202012Validator,
}

# Where subschemas stand, by keyword: one, a list of them, or an object of them.
_ONE = frozenset(
    [
        "additionalItems",
        "additionalProperties",
        "contains",
        "contentSchema",
        "else",
        "if",
        "items",
        "not",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    ]
)
_LIST = frozenset(["allOf", "anyOf", "items", "oneOf", "prefixItems"])
_OBJECT = frozenset(
    ["$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"]
)
# Keywords that apply their subschemas to the same value: a loop of only these never ends.
_IN_PLACE = frozenset(
    ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies"]
)
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_OTHER_KEYWORDS = frozenset(
    [
        "$anchor",
        "$comment",
        "$dynamicAnchor",
        "$id",
        "$recursiveAnchor",
        "$schema",
        "$vocabulary",
        "const",
        "contentEncoding",
        "contentMediaType",
        "default",
        "dependentRequired",
        "deprecated",
        "description",
        "enum",
        "examples",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "id",
        "maxContains",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minContains",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
        "readOnly",
        "required",
        "title",
        "type",
        "uniqueItems",
        "writeOnly",
    ]
)
_KNOWN = _ONE | _LIST | _OBJECT | _OTHER_KEYWORDS | {*_REFERENCES, KEYWORD}
# The address of a contract without one: of a scheme in which relative references work, on a host
# that cannot exist, in a folder that `..` can leave.
_NOWHERE = "https://seedlint.invalid/contract/"
# More remarks about one contract than these nobody reads, and each takes its time.
_MAX_WARNINGS = 50
# What the different patterns of a contract may come to in all, as they are compiled and kept: in
# characters, with so many on top of each.
_MAX_PATTERNS = 1_000_000
_PER_PATTERN = 100
_OTHER_DIALECT = "another `$schema` than the contract's: one contract, one dialect"


@dataclass(frozen=True)
class Contract:
    """A contract that passed every check.

    `path` is its name as shown to people, `texts` those of its files, itself first; `warnings` are
    remarks about it, each one line with a place. `references` gives, by the `id` of each schema
    with a `$ref`, the schema it leads to.
    """

    path: str
    schema: Any
    dialect: str
    texts: tuple[str, ...] = field(default=(), compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)
    references: Mapping[int, Any] = field(default_factory=dict, compare=False)
    dynamic: DynamicReferences = field(default_factory=DynamicReferences, compare=False)

    @property
    def text(self) -> str:
        """All that it consists of; of a contract of one file, what is in the file."""
        return "\0".join(self.texts)

    @property
    def library(self) -> type[Validator]:
        """The `jsonschema` class of the contract's dialect."""
        return DIALECTS[self.dialect]


def load_contract(path: Path, shown: str | None = None) -> Contract:
    """Load and check the JSON Schema at `path`, shown to people as `shown`.

    Raises SchemaError, with a position where there is one, for a schema that is not valid, a
    reference that leads nowhere or outside, a pattern, format or binding that cannot be checked.
    """
    source = read_json(path, shown or str(path))
    if not isinstance(source.data, (dict, bool)):
        raise source.error("a JSON Schema is an object, or true or false")
    dialect = _dialect(source)
    # Nine tenths of the time go here, and of the article contract the tests know the answer.
    if not is_shipped(source.text.encode()):
        _check_against_metaschema(source, dialect, source.data)
    files = _Files(path.resolve().parent, source, dialect)
    checker = _Checker(files, dialect)
    checker.check_all()
    return Contract(
        source.path,
        source.data,
        dialect,
        # A contract begins with itself; what it refers to follows by address.
        (source.text, *(f"{uri}\0{each.text}" for uri, each in files.others())),
        tuple(sorted(set(checker.warnings))),
        checker.references,
        checker.dynamic,
    )


def _dialect(source: JsonSource) -> str:
    if not isinstance(source.data, dict) or "$schema" not in source.data:
        return DEFAULT_DIALECT
    declared = source.data["$schema"]
    if isinstance(declared, str) and (name := declared.removesuffix("#")) in DIALECTS:
        return name
    near = get_close_matches(str(declared), DIALECTS, n=1, cutoff=0.8)
    known = (
        f"did you mean `{near[0]}`?" if near else "drafts 4, 6, 7, 2019-09 and 2020-12 are known"
    )
    raise source.error(f"unknown `$schema`; {known}", ("$schema",))


def _check_against_metaschema(
    source: JsonSource, dialect: str, schema: Any, pointer: Pointer = ()
) -> None:
    """Refuse what is no schema of the dialect; `schema` stands at `pointer` of the file."""
    validator = DIALECTS[dialect](DIALECTS[dialect].META_SCHEMA)
    try:
        error = min(
            validator.iter_errors(schema),
            key=lambda error: (-len(error.absolute_path), str(error.validator)),
            default=None,
        )
    except RecursionError:
        raise source.error("nested too deeply", pointer) from None
    if error is not None:
        place = tuple(error.absolute_path)
        name = next((step for step in reversed(place) if step in _KNOWN), "schema")
        message = f"not a valid schema: `{name}` {_say_metaschema(error)}"
        raise source.error(message, (*pointer, *place))


def _say_metaschema(error: Any) -> str:
    if error.validator == "type":
        kinds = error.validator_value
        return f"must be {' or '.join([kinds] if isinstance(kinds, str) else kinds)}"
    if error.validator in ("enum", "anyOf"):
        return "has a value that this keyword does not take"
    if error.validator == "required":
        return f"lacks `{next(k for k in error.validator_value if k not in error.instance)}`"
    if error.validator in ("minimum", "exclusiveMinimum"):
        return (
            f"must be above {error.validator_value}"
            if (error.validator == "exclusiveMinimum")
            else f"must be at least {error.validator_value}"
        )
    if error.validator == "uniqueItems":
        return "names the same thing twice"
    return f"does not fit the metaschema (`{error.validator}`)"


class _Files:
    """The schema files a contract may use: those in its own folder, read when referenced.

    A file is known by the address that a reference to it resolves to: the folder of the contract
    stands for the folder of its `$id`, so relative references work without any network.
    """

    def __init__(self, folder: Path, root: JsonSource, dialect: str) -> None:
        self.folder = folder
        self.dialect = dialect
        resource = specification_with(dialect).create_resource(root.data)
        self.root_uri = resource.id() or ""
        try:
            has_scheme = urlsplit(self.root_uri).scheme
        except ValueError:
            raise _unusable_id(root, (), dialect) from None
        if not has_scheme:
            self.root_uri = _NOWHERE + Path(root.path).name
        self.base = self.root_uri.rpartition("/")[0] + "/"
        self.sources = {self.root_uri: root}
        self._resources: dict[str, Resource[Schema]] = {}
        self.registry: Registry[Schema] = (
            Registry(retrieve=self._retrieve)  # type: ignore[call-arg]
            .with_resource(self.root_uri, resource)
            .combine(METASCHEMAS)
        )

    def others(self) -> list[tuple[str, JsonSource]]:
        """The files beside the contract itself that were read, by address."""
        return sorted(item for item in self.sources.items() if item[0] != self.root_uri)

    def _retrieve(self, uri: str) -> Resource[Schema]:
        if uri not in self._resources:
            self._resources[uri] = self._read(uri)
        return self._resources[uri]

    def _read(self, uri: str) -> Resource[Schema]:
        path = self._local_path(uri)
        shown = path.relative_to(self.folder).as_posix()
        source = read_json(path, shown, quote=False)
        if not isinstance(source.data, (dict, bool)):
            raise source.error("a JSON Schema is an object, or true or false")
        has_dialect = isinstance(source.data, dict) and "$schema" in source.data
        if has_dialect and _dialect(source) != self.dialect:
            raise source.error(_OTHER_DIALECT, ("$schema",))
        _check_against_metaschema(source, self.dialect, source.data)
        self.sources[uri] = source
        return specification_with(self.dialect).create_resource(source.data)

    def _local_path(self, uri: str) -> Path:
        if not uri.startswith(self.base):
            raise NoSuchResource(uri)
        relative = unquote(urlsplit(uri[len(self.base) :]).path)
        parts = relative.split("/")
        if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
            raise NoSuchResource(uri)
        path = (self.folder / relative).resolve()
        if not path.is_relative_to(self.folder):
            raise SchemaError("reference leaves the schema's folder through a link")
        if not path.is_file():
            raise NoSuchResource(uri)
        return path


class _Place(NamedTuple):
    """A schema, where it is written, how references in it resolve, and its schema resource."""

    schema: Any
    source: JsonSource
    pointer: Pointer
    resolver: Any
    root: Any


class _Checker:
    """Walks every schema that can be reached, once, and refuses what could not be checked."""

    def __init__(self, files: _Files, dialect: str) -> None:
        self.files = files
        self.dialect = dialect
        self.warnings: list[str] = []
        self.references: dict[int, Any] = {}
        self.dynamic = DynamicReferences()
        self._keywords = DIALECTS[dialect].VALIDATORS
        self._seen: set[int] = set()
        self._indexed: set[str] = set()
        self._index: dict[int, tuple[JsonSource, Pointer]] = {}
        self._same_value: dict[int, list[int]] = {}
        self._places: dict[int, tuple[JsonSource, Pointer]] = {}
        self._patterns: set[str] = set()
        self._pattern_size = 0
        self._resources: set[int] = set()
        # Every schema with a dynamic anchor in a resource that was entered.
        self._anchored: list[_Place] = []

    def check_all(self) -> None:
        root = self.files.sources[self.files.root_uri]
        resolver = self.files.registry.resolver(self.files.root_uri)
        self._walk([_Place(root.data, root, (), resolver, root.data)])
        while self.dynamic.targets and self._anchored:
            # A dynamic reference may lead to each, and no other need lead there.
            anchored, self._anchored = self._anchored, []
            self._walk([self._at_home(place) for place in anchored])
        for schema_id in self.dynamic.targets:
            self._same_value[schema_id] += map(id, self.dynamic.candidates(schema_id))
        self._refuse_loops()

    def _walk(self, pending: list[_Place]) -> None:
        while pending:
            schema, source, pointer, resolver, root = pending.pop()
            if not isinstance(schema, dict) or id(schema) in self._seen:
                continue
            self._seen.add(id(schema))
            self._places[id(schema)] = (source, pointer)
            resource = specification_with(self.dialect).create_resource(schema)
            try:
                inner = resolver.in_subresource(resource)
            except ValueError:
                raise _unusable_id(source, pointer, self.dialect) from None
            if resource.id() is not None:
                root = schema
            self._note_resource(_Place(schema, source, pointer, inner, root))
            self._check_one(schema, source, pointer)
            same_value = self._same_value[id(schema)] = []
            for keyword in _REFERENCES:
                if keyword in schema and keyword in self._keywords:
                    target = self._follow(keyword, schema, inner, source, (*pointer, keyword))
                    same_value.append(id(target.schema))
                    pending.append(target)
            for keyword, child, at in _subschemas(schema):
                if keyword in _IN_PLACE:
                    same_value.append(id(child))
                pending.append(_Place(child, source, (*pointer, *at), inner, root))

    def _note_resource(self, place: _Place) -> None:
        """Note the resource of a schema and, the first time, the dynamic anchors in it."""
        root = place.root
        self.dynamic.resources[id(place.schema)] = id(root)
        if id(root) in self._resources:
            return
        self._resources.add(id(root))
        anchors: dict[str, Any] = {}
        if "$dynamicRef" in self._keywords:
            anchors = _dynamic_anchors(root)
        elif "$recursiveRef" in self._keywords and root.get("$recursiveAnchor") is True:
            anchors = {RECURSIVE: root}
        for name, schema in anchors.items():
            self.dynamic.anchors[id(root), name] = schema
            self._anchored.append(place._replace(schema=schema))

    def _at_home(self, place: _Place) -> _Place:
        """The same schema with the file and the pointer where it is written."""
        source, pointer = self._place_of(place.schema) or (place.source, place.pointer)
        return place._replace(source=source, pointer=pointer)

    def _check_one(self, schema: dict[str, Any], source: JsonSource, pointer: Pointer) -> None:
        if pointer and isinstance(schema.get("$schema"), str):
            embedded = schema["$schema"].removesuffix("#")
            if embedded != self.dialect:
                raise source.error(_OTHER_DIALECT, (*pointer, "$schema"))
        if "$ref" in schema and len(schema) > 1 and _ref_stands_alone(self.dialect):
            siblings = [key for key in schema if key in _KNOWN - {"$ref", "$comment"}]
            if set(siblings) - {"title", "description", "definitions", "$defs", "$id", "id"}:
                self._warn(source, (*pointer, "$ref"), "keywords beside `$ref` have no effect here")
        for keyword in schema:
            if len(self.warnings) >= _MAX_WARNINGS:
                break
            if keyword not in _KNOWN and not keyword.startswith("x-"):
                near = get_close_matches(keyword, _KNOWN, n=1)
                hint = f"; did you mean `{near[0]}`?" if near else ""
                # A file that a reference led to may be no schema at all, but somebody's secret.
                is_root = source is self.files.sources[self.files.root_uri]
                shown = f" `{keyword[:60]}`" if is_root else ""
                self._warn(source, (*pointer, keyword), f"unknown keyword{shown}{hint}")
        if isinstance(schema.get("pattern"), str):
            self._check_pattern(source, (*pointer, "pattern"), schema["pattern"], "value")
        for pattern in schema.get("patternProperties", ()):
            self._check_pattern(source, (*pointer, "patternProperties", pattern), pattern, "key")
        if isinstance(name := schema.get("format"), str) and name not in FORMATS:
            near = get_close_matches(name, FORMATS, n=1)
            raise source.error(
                f"format `{name[:60]}` cannot be checked"
                + (f"; did you mean `{near[0]}`?" if near else ""),
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

    def _follow(
        self, keyword: str, schema: Any, resolver: Any, source: JsonSource, pointer: Pointer
    ) -> _Place:
        """Note and return where a reference leads, before any way is taken."""
        reference = schema[keyword]
        try:
            target, root, resolver = self._look_up(reference, resolver)
        except Unresolvable as error:
            # The library's text quotes the referenced file, which may be anybody's secret.
            cause: BaseException | None = error
            while cause is not None:
                if isinstance(cause, SchemaError):
                    raise source.error(f"reference refused: {cause}", pointer) from None
                cause = cause.__cause__
            raise source.error(_say_unresolvable(str(reference)), pointer) from None
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise source.error("not a usable reference", pointer) from None
        if not isinstance(target, (dict, bool)):
            shown = str(reference)[:60]
            raise source.error(f"reference `{shown}` leads to what is no schema", pointer)
        found = self._place_of(target)
        place, at = found or (source, pointer)
        if found and not _is_subschema(at, self.dialect) and id(target) not in self._seen:
            # The metaschema of the file says nothing about a place without meaning.
            _check_against_metaschema(place, self.dialect, target, at)
        if keyword == "$ref":
            self.references[id(schema)] = target
        else:
            self.dynamic.targets[id(schema)] = target, _anchor(keyword, reference, target)
        return _Place(target, place, at, resolver, root)

    def _look_up(self, reference: str, resolver: Any) -> tuple[Any, Any, Any]:
        """The schema that a reference names, its resource, and how references there resolve."""
        address, _, name = reference.partition("#")
        if name and not name.startswith("/") and "$dynamicRef" in self._keywords:
            # The library follows a dynamic anchor on the way taken here, even for a plain `$ref`.
            whole = resolver.lookup(address or "#")
            anchors = _dynamic_anchors(whole.contents)
            if name in anchors:
                resource = specification_with(self.dialect).create_resource(whole.contents)
                return anchors[name], whole.contents, whole.resolver.in_subresource(resource)
        resolved = resolver.lookup(reference)
        try:
            root = resolved.resolver.lookup("#").contents
        except Unresolvable:
            # An `$id` where there is no subschema is known to nobody.
            root = resolved.contents
        return resolved.contents, root, resolved.resolver

    def _place_of(self, target: Any) -> tuple[JsonSource, Pointer] | None:
        """The file and the pointer of an object that a reference led to."""
        for uri, source in self.files.sources.items():
            if uri not in self._indexed:
                self._indexed.add(uri)
                for value, pointer in _objects(source.data):
                    self._index.setdefault(id(value), (source, pointer))
        return self._index.get(id(target)) if isinstance(target, dict) else None

    def _refuse_loops(self) -> None:
        """Refuse references that lead back to where they began without going into the data."""
        done: set[int] = set()
        for start in self._same_value:
            path: list[int] = []
            on_path: set[int] = set()
            stack: list[tuple[int, Iterator[int]]] = []
            if start in done:
                continue
            stack.append((start, iter(self._same_value.get(start, ()))))
            path.append(start)
            on_path.add(start)
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
        self.warnings.append(str(source.error(message, pointer, "key")))


def _unusable_id(source: JsonSource, pointer: Pointer, dialect: str) -> SchemaError:
    name = "id" if "draft-04" in dialect else "$id"
    return source.error(f"`{name}` is not an address", (*pointer, name))


def _ref_stands_alone(dialect: str) -> bool:
    """Up to draft 7 a `$ref` hides its siblings."""
    return "draft-0" in dialect


def _subschemas(schema: dict[str, Any]) -> Iterator[tuple[str, Any, Pointer]]:
    """The keyword, the subschema and its relative pointer, for each subschema of `schema`."""
    for keyword, value in schema.items():
        if keyword in _LIST and isinstance(value, list):
            for index, child in enumerate(value):
                yield keyword, child, (keyword, index)
        elif keyword in _ONE and isinstance(value, dict):
            yield keyword, value, (keyword,)
        elif keyword in _OBJECT and isinstance(value, dict):
            for name, child in value.items():
                if isinstance(child, dict):
                    yield keyword, child, (keyword, name)


def _dynamic_anchors(resource: Any) -> dict[str, Any]:
    """The schemas with a `$dynamicAnchor` in a schema resource, by its name."""
    found: dict[str, Any] = {}
    pending = [resource]
    while pending:
        schema = pending.pop()
        if isinstance(name := schema.get("$dynamicAnchor"), str):
            found.setdefault(name, schema)
        pending += [
            child
            for _, child, _ in _subschemas(schema)
            if isinstance(child, dict) and "$id" not in child
        ]
    return found


def _anchor(keyword: str, reference: str, target: Any) -> str | None:
    """The name of the dynamic anchor that a dynamic reference leads to at first, if any."""
    if not isinstance(target, dict):
        return None
    if keyword == "$recursiveRef":
        return RECURSIVE if target.get("$recursiveAnchor") is True else None
    name = reference.partition("#")[2]
    return name if name and target.get("$dynamicAnchor") == name else None


def _say_unresolvable(reference: str) -> str:
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


def _is_subschema(pointer: Pointer, dialect: str) -> bool:
    """Whether a schema stands at `pointer` by the keywords that lead there, so far as the dialect
    has them: `$defs`, for one, means nothing before 2019.
    """
    described = DIALECTS[dialect].META_SCHEMA["properties"]
    steps = iter(pointer)
    for keyword in steps:
        # From 2019 on the metaschema is in parts, and all keywords are known.
        if "type" in described and keyword not in described:
            return False
        if keyword in _OBJECT:
            next(steps, None)
        elif keyword in _LIST:
            # `items` has one subschema or a list of them.
            if keyword not in _ONE:
                next(steps, None)
            elif not isinstance(next(steps, 0), int):
                return False
        elif keyword not in _ONE:
            return False
    return True
