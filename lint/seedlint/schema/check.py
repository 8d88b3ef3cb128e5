"""All checks of a contract, made before any file is checked against it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from seedlint.document.pointer import Part, Pointer, format_pointer
from seedlint.errors import SchemaError
from seedlint.rules import find_binding
from seedlint.rules.binding import COLLECTED, ITEMS, KEYWORD, Lookup
from seedlint.rules.corpus import BINDING as ACROSS
from seedlint.rules.reference import is_collected
from seedlint.schema.bindings import check_bindings
from seedlint.schema.contradictions import Contradiction, Contradictions
from seedlint.schema.dialects import DEFAULT_DIALECT, Dialect, dialect_named, say_unknown
from seedlint.schema.evaluate import Evaluator
from seedlint.schema.files import SchemaFiles
from seedlint.schema.json_source import JsonSource
from seedlint.schema.keyword_remarks import (
    checks_something,
    hidden_by_ref,
    ineffective,
    instead_of,
    schema_inside,
)
from seedlint.schema.keywords.keyword import Holds
from seedlint.schema.keywords.table import KEYWORDS, below, keywords_of, subschemas
from seedlint.schema.metaschemas import read_metaschema
from seedlint.schema.references import References, Resource, Target, Unresolvable, dynamic_anchor
from seedlint.text.formats import FORMATS
from seedlint.text.nearest import did_you_mean
from seedlint.text.patterns import PatternError, compile_pattern

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
# Nobody reads more remarks about one contract than these, and each one costs time.
_MAX_REMARKS = 50
# The total length of all different patterns of a contract, in characters, counting so many more for
# each: they are compiled and kept.
_MAX_PATTERNS = 1_000_000
_PER_PATTERN = 100
# Formats of other tools that look like misspellings of known ones and are none.
_FOREIGN_FORMATS = """
cuid date-time-local guid iso-date-time iso-time ulid uuid1 uuid3 uuid4 uuid5 uuid6 uuid7 uuid8
uuidv4 uuidv6 uuidv7
"""
# Of how many unknown keywords it is asked whether they are misspelt, which takes time.
_MOST_UNKNOWN_KEYWORDS = 500
# What older drafts wrote for a keyword, and what to write now.
_FORMER: Mapping[str, tuple[type, str]] = {
    "exclusiveMaximum": (bool, "write the number itself, instead of `maximum`"),
    "exclusiveMinimum": (bool, "write the number itself, instead of `minimum`"),
    "items": (list, "write `prefixItems` for a list of schemas"),
    "required": (bool, "list the required keys beside `properties`"),
}
# What people call the values that bindings look at.
_NOUNS: Mapping[type, str] = {dict: "mappings", list: "lists", str: "texts"}
_OTHER_DIALECT = "another `$schema` than the contract's: one contract, one dialect"


def _unusable_id(source: JsonSource, dialect: Dialect, pointer: Pointer) -> SchemaError:
    name = dialect.id_keyword
    return source.error(f"`{name}` is not an address", (*pointer, name))


def _refuse_unknown_dialect(source: JsonSource, schema: Any, pointer: Pointer = ()) -> None:
    """Refuse a schema, at `pointer` of a file, that names a draft seedlint does not know."""
    if isinstance(schema, dict) and "$schema" in schema:
        declared = schema["$schema"]
        if dialect_named(declared) is None:
            raise source.error(f"unknown `$schema`; {say_unknown(declared)}", (*pointer, "$schema"))


def _check_file(source: JsonSource, dialect: Dialect) -> None:
    """Refuse a file of a contract in another draft, or one that is not a schema of its draft."""
    if not isinstance(source.data, (dict, bool)):
        raise source.error("a JSON Schema is an object, or true or false")
    _refuse_unknown_dialect(source, source.data)
    if _declared(source.data) not in (None, dialect):
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
        kind, advice = _FORMER.get(str(place[-1]) if place else "", (type(None), ""))
        if error.validator == "type" and error.instance.__class__ is kind:
            message += f"; {advice}"
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


def check_schema(
    path: str,
    source: JsonSource,
    fragment: str = "",
    formats_unchecked: Sequence[str] = (),
    collections: Sequence[str] | None = None,
    top: str = os.curdir,
) -> tuple[SchemaFiles, tuple[str, ...], tuple[str, ...]]:
    """Check all that the contract at `path` consists of.

    Gives its files, remarks about it, and the names of its bindings. Each remark is one line with a
    place. `fragment` says where in the file the contract is, `formats_unchecked` which formats need
    no check, `collections` which ones there are, if that is known, and `top` is the folder of the
    settings. Raises SchemaError for what is not a valid schema, a reference that leads nowhere or
    outside, for a pattern, a format or a binding that cannot be checked, and for a contract that
    checks nothing by mistake.
    """
    if not fragment:
        dialect = _declared(source.data) or DEFAULT_DIALECT
        _check_file(source, dialect)
    try:
        files = SchemaFiles(path, source, fragment, _check_file, collections, top)
    except Unresolvable:
        raise source.error(f"no schema at `#{fragment[:60]}` of this file") from None
    except ValueError:
        raise _unusable_id(source, _declared(source.data) or DEFAULT_DIALECT, ()) from None
    checker = _Checker(files, fragment, formats_unchecked)
    checker.check_all()
    return files, checker.remarks(), tuple(sorted(checker.bindings))


def _declared(schema: Any) -> Dialect | None:
    return dialect_named(schema.get("$schema")) if isinstance(schema, dict) else None


class _Schema(NamedTuple):
    """A schema of the contract, and where it is."""

    schema: dict[str, Any]
    resource: Resource
    source: JsonSource
    pointer: Pointer


class _Checker:
    """Walks every schema that can be reached, once, and refuses what could not be checked."""

    def __init__(self, files: SchemaFiles, fragment: str, formats_unchecked: Sequence[str]) -> None:
        self.files = files
        self.dialect = files.references.dialect
        self._is_whole_file = not fragment
        self._formats_unchecked = formats_unchecked
        self._remarks: dict[str, SchemaError] = {}
        self._formats: set[str] = set()
        self.bindings: set[str] = set()
        # The places of each unknown keyword of each file.
        self._unknown: dict[tuple[str, str], list[tuple[JsonSource, Pointer]]] = {}
        # Those that the metaschema vouches for: a draft takes no notice of some places.
        self._schemas: list[_Schema] = []
        self._counted: set[int] = set()
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
        start = self.files.references.start
        at = self._start()
        if not self._is_whole_file:
            _refuse_unknown_dialect(root, start.schema, at)
            _check_metaschema(root, self.dialect, start.schema, at)
        self._refuse_no_schema(start.schema, root, at)
        self._walk([(start.schema, root, at, start.resource, True)])
        # A dynamic reference may lead to any schema with its anchor, even to one that nothing else
        # leads to.
        pending = True
        while self._dynamic and pending:
            anchored = [each for found in self._anchored.values() for each in found]
            pending = any(id(schema) not in self._places for schema, _ in anchored)
            self._walk(
                [(schema, *self._home_of(schema), around, True) for schema, around in anchored]
            )
        for schema_id, anchor in self._dynamic:
            found = self._anchored.get(anchor, ())
            self._same_value[schema_id] += [id(schema) for schema, _ in found]
        self._refuse_loops()
        self._remark_on_unknown_keywords()
        contradictions = Contradictions(self.files.references)
        self._refuse_closed_out(contradictions)
        if COLLECTED & self.bindings:
            self._refuse_out_of_reach()
        if not self._dynamic:
            self._remark_on_contradictions(contradictions)

    def remarks(self) -> tuple[str, ...]:
        """The remarks on the contract, by place."""
        found = sorted(
            self._remarks.items(),
            key=lambda each: (each[1].path or "", each[1].line or 0, each[1].column or 0),
        )
        return tuple(text for text, _ in found)

    def _start(self) -> Pointer:
        """The pointer of the contract in its file."""
        if self._is_whole_file:
            return ()
        place = self._place_of(self.files.references.start.schema)
        return place[1] if place else ()

    def _refuse_no_schema(self, schema: Any, source: JsonSource, pointer: Pointer) -> None:
        """Refuse a document that looks like a schema and would check nothing."""
        if not isinstance(schema, dict) or checks_something(schema, self.dialect):
            return
        unknown = next(
            (
                key
                for key in schema
                if key not in keywords_of(self.dialect) and not key.startswith(("x-", "$"))
            ),
            None,
        )
        if unknown is None:
            for name in ("$defs", "definitions"):
                if isinstance(schema.get(name), dict) and schema[name]:
                    step = format_pointer((*pointer, name, next(iter(schema[name]))))
                    words = f"only definitions here, so nothing is checked; `{source.path}#"
                    self._remark(source, (*pointer, name), f"{words}{step[:60]}` uses one of them")
            return
        inside = schema_inside(schema)
        raise source.error(
            f"no keyword of {self.dialect.name} here, so nothing would be checked"
            + (did_you_mean(unknown, KEYWORDS) if not inside else ""),
            (*pointer, unknown),
            "key",
            help=f"if the schema is under `{inside[:60]}`, write "
            f"`{source.path}#{format_pointer((inside[:60],))}`"
            if inside and not pointer
            else None,
        )

    def _walk(self, pending: list[tuple[Any, JsonSource, Pointer, Resource, bool]]) -> None:
        """Check schemas and all below them, each with its place and the resource around it.

        The last part of each says whether the draft makes it a schema, so that the metaschema
        vouches for it.
        """
        references = self.files.references
        own = keywords_of(self.dialect)
        while pending:
            schema, source, pointer, around, counts = pending.pop()
            if not isinstance(schema, dict):
                continue
            is_new = id(schema) not in self._places
            if not is_new and (not counts or id(schema) in self._counted):
                continue
            self._places.setdefault(id(schema), (source, pointer))
            try:
                resource = references.enter(schema, around)
            except ValueError:
                raise _unusable_id(source, self.dialect, pointer) from None
            self._note_anchors(resource)
            if is_new:
                self._check_one(schema, source, pointer)
            if counts:
                self._counted.add(id(schema))
                self._schemas.append(_Schema(schema, resource, source, pointer))
            same_value = self._same_value[id(schema)] = []
            following: list[tuple[Any, JsonSource, Pointer, Resource, bool]] = []
            for keyword in _REFERENCES:
                if keyword in schema and keyword in own:
                    at = (*pointer, keyword)
                    target = self._resolve(schema[keyword], resource, source, at)
                    if (anchor := dynamic_anchor(keyword, target)) is not None:
                        self._dynamic.append((id(schema), anchor))
                    same_value.append(id(target.schema))
                    home = self._place_of(target.schema) or (source, at)
                    following.append((target.schema, *home, target.resource, True))
            for found, child, steps in subschemas(schema, KEYWORDS):
                if found.in_place:
                    same_value.append(id(child))
                is_own = counts and found.name in own
                following.append((child, source, (*pointer, *steps), resource, is_own))
            # In the order of the file, because some remarks are made once, at the first place.
            pending += reversed(following)

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
        if hidden_by_ref(schema, self.dialect):
            self._remark(source, (*pointer, "$ref"), "keywords beside `$ref` have no effect here")
        else:
            root = self.files.references.start.schema
            is_declared = _declared(root) is not None or _declared(self.files.root.data) is not None
            for keyword, words in ineffective(schema, self.dialect, is_declared=is_declared):
                self._remark(source, (*pointer, keyword), words)
        for keyword in schema:
            if keyword not in KEYWORDS and not keyword.startswith("x-"):
                self._unknown.setdefault((keyword, source.path), []).append(
                    (source, (*pointer, keyword))
                )
        if isinstance(schema.get("pattern"), str):
            self._check_pattern(source, (*pointer, "pattern"), schema["pattern"], "value")
        for pattern in schema.get("patternProperties", ()):
            self._check_pattern(source, (*pointer, "patternProperties", pattern), pattern, "key")
        if isinstance(name := schema.get("format"), str) and name not in FORMATS:
            self._check_unknown_format(source, (*pointer, "format"), name)
        if KEYWORD in schema:
            surroundings = self.files.references.surroundings
            check_bindings(source, pointer, schema[KEYWORD], surroundings)
            self.bindings.update(schema[KEYWORD])
            if ACROSS.name in schema[KEYWORD] and schema is not self.files.references.start.schema:
                at = (*pointer, KEYWORD, ACROSS.name)
                self._remark(source, at, f"`{ACROSS.name}` counts at the root of the contract only")
            for name in schema[KEYWORD]:
                binding = find_binding(name)
                if binding and binding.beside and binding.beside not in schema:
                    words = f"`{name}` does nothing without `{binding.beside}` in the same schema"
                    self._remark(source, (*pointer, KEYWORD, name), words)

    def _check_unknown_format(self, source: JsonSource, pointer: Pointer, name: str) -> None:
        """Refuse a misspelt format, and warn once about one that is not known."""
        if name in self._formats_unchecked or name in self._formats:
            return
        self._formats.add(name)
        near = "" if name in _FOREIGN_FORMATS.split() else did_you_mean(name, FORMATS)
        shown = self._name(source, name)
        if near:
            raise source.error(
                f"format{shown} cannot be checked{near}",
                pointer,
                help=f"formats that can be checked: {', '.join(sorted(FORMATS))}; "
                "the setting `formats-unchecked` lists others that need no check",
            )
        self._remark(
            source,
            pointer,
            f"format{shown} is not known, so no value is checked against it; "
            "list it in the setting `formats-unchecked` if it need not be",
            "value",
        )

    def _remark_on_unknown_keywords(self) -> None:
        """One line per misspelt keyword, and one for all others, which some tool may know."""
        vendor: list[tuple[str, int, JsonSource, Pointer]] = []
        for number, ((keyword, _), places) in enumerate(self._unknown.items()):
            source, at = places[0]
            advice = instead_of(keyword) if number < _MOST_UNKNOWN_KEYWORDS else None
            if advice is None:
                vendor.append((keyword, len(places), source, at))
                continue
            words = f"unknown keyword{self._name(source, keyword)}{_times(len(places))}"
            self._remark(source, at, f"{words}; {advice}")
        if not vendor:
            return
        # A file that a reference led to may be somebody's secret: better one that can be named.
        named = [each for each in vendor if each[2] is self.files.root]
        keyword, _, source, at = (named or vendor)[0]
        kinds = len({name for name, *_ in vendor})
        total = sum(each[1] for each in vendor)
        name = self._name(source, keyword)
        if kinds == 1:
            words = f"unknown keyword{name}{_times(total)}: JSON Schema gives it no meaning"
        else:
            such = f" such as{name}" if name else ""
            words = f"{kinds:,} unknown keywords{such}{_times(total)} in all: JSON Schema gives"
            words += " them no meaning"
        self._remark(source, at, words)

    def _name(self, source: JsonSource, name: str) -> str:
        """A name in the contract, for a sentence; empty in a file that must not be quoted.

        A reference may lead to a file that is no schema at all, but somebody's secret.
        """
        return f" `{name[:60]}`" if source is self.files.root else ""

    def _refuse_closed_out(self, contradictions: Contradictions) -> None:
        """Refuse a binding that looks at what the contract does not allow."""
        for schema, resource, source, pointer in self._schemas:
            if self.dialect.ref_stands_alone and "$ref" in schema:
                continue
            for name, options in schema.get(KEYWORD, {}).items():
                binding = find_binding(name)
                assert binding is not None
                if not any(contradictions.allows(schema, resource, kind) for kind in binding.types):
                    noun = " and ".join(_NOUNS[kind] for kind in binding.types)
                    words = f"`{name}` looks at {noun}, and the contract allows none here"
                    raise source.error(words, (*pointer, KEYWORD, name), "key")
                for lookup in binding.look_up(options):
                    if all(
                        contradictions.closes_out(schema, resource, path) for path in lookup.paths
                    ):
                        known = contradictions.known_keys(schema, resource, lookup.paths[0])
                        raise self._closed_out(source, pointer, name, lookup, known)

    def _refuse_out_of_reach(self) -> None:
        """Refuse a binding where its values are not collected."""
        from seedlint.schema.bound_texts import BoundTexts

        evaluator = Evaluator(self.files.references, lambda rule: None)
        reached = BoundTexts(evaluator, is_collected).reached.values()
        places = {id(node.schema) for node in reached}
        for schema, _, source, pointer in self._schemas:
            for name, options in schema.get(KEYWORD, {}).items():
                if is_collected(name, options) and id(schema) not in places:
                    words = f"`{name}` cannot be checked here, below `not`, `contains` or the like"
                    raise source.error(words, (*pointer, KEYWORD, name), "key")

    def _closed_out(
        self, source: JsonSource, pointer: Pointer, name: str, lookup: Lookup, known: set[str]
    ) -> SchemaError:
        at = (*pointer, KEYWORD, name, *lookup.option)
        if source is not self.files.root:
            return source.error(f"`{name}` looks for a key that the contract does not allow", at)
        keys = " or ".join(f"`{str(path[-1])[:60]}`" for path in lookup.paths)
        hint = did_you_mean(str(lookup.paths[0][-1]), known)
        where = " in the entries" if ITEMS in lookup.paths[0] else ""
        words = f"`{name}` looks for the key {keys}, which the contract does not allow{where}{hint}"
        shown = ", ".join(f"`{key[:30]}`" for key in sorted(known)[:10])
        help = f"keys that it allows: {shown}" if shown else None
        return source.error(words, at, "value" if lookup.option else "key", help=help)

    def _remark_on_contradictions(self, contradictions: Contradictions) -> None:
        for schema, resource, source, pointer in self._schemas:
            if len(self._remarks) >= _MAX_REMARKS:
                return
            for found in contradictions.find(schema, resource):
                self._remark_on(found, source, pointer)
        for schema, _, source, pointer in self._schemas:
            for found in contradictions.find_refused(schema):
                self._remark_on(found, source, pointer)

    def _remark_on(self, found: Contradiction, source: JsonSource, pointer: Pointer) -> None:
        keys = ", ".join(f"`{key[:30]}`" for key in found.keys[:5])
        more = f" and {len(found.keys) - 5} more" if len(found.keys) > 5 else ""
        shown = f": {keys}{more}" if keys and source is self.files.root else ""
        is_value = bool(found.pointer) and isinstance(found.pointer[-1], int)
        part: Part = "value" if is_value else "key"
        self._remark(source, (*pointer, *found.pointer), f"{found.message}{shown}", part)

    def _check_pattern(
        self, source: JsonSource, pointer: Pointer, pattern: str, part: Part
    ) -> None:
        try:
            compiled = compile_pattern(pattern)
        except PatternError as error:
            raise source.error(
                f"pattern cannot be used: {error}", pointer, part, shift=error.offset
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
        if (found := self._place_of(schema)) and id(schema) not in self._counted:
            place, at = found
            is_unchecked = place is self.files.root and not self._is_whole_file
            if is_unchecked or not _is_subschema(at, place.data, self.dialect):
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

    def _remark(
        self, source: JsonSource, pointer: Pointer, message: str, part: Part = "key"
    ) -> None:
        if len(self._remarks) < _MAX_REMARKS:
            remark = source.error(message, pointer, part)
            self._remarks[str(remark)] = remark


def _times(count: int) -> str:
    return f", {count:,} times" if count > 1 else ""


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
