"""All checks of a contract, made before any file is checked against it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from seedlint.document.pointer import Part, Pointer, format_pointer, value_at
from seedlint.errors import SchemaError
from seedlint.rules import find_binding, rules_by_fault
from seedlint.rules.base import Related, quote
from seedlint.rules.binding import COLLECTED, ITEMS, KEYWORD, Lookup
from seedlint.rules.contract import Fault, FaultKind
from seedlint.rules.corpus import BINDING as ACROSS
from seedlint.rules.reference import is_collected
from seedlint.schema.bindings import find_binding_faults
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
from seedlint.schema.keywords.keyword import DEFINITIONS, REFERENCES, Holds
from seedlint.schema.keywords.table import KEYWORDS, below, keywords_of, subschemas
from seedlint.schema.metaschema_faults import find_metaschema_faults
from seedlint.schema.references import Resource, Target, Unresolvable, dynamic_anchor
from seedlint.severity import Severity
from seedlint.text.formats import FORMATS
from seedlint.text.nearest import did_you_mean, nearest
from seedlint.text.patterns import PatternError, compile_pattern

# Nobody reads more remarks about one contract than these, and each one costs time.
_MAX_REMARKS = 50
_MOST_FAULTS = 20_000
# The total length of all different patterns of a contract, in characters, counting so many more for
# each: they are compiled and kept.
_MAX_PATTERNS = 1_000_000
_PER_PATTERN = 100
# Formats of other tools that look like misspellings of known ones and are none.
_FOREIGN_FORMATS = """
cuid date-time-local guid iso-date-time iso-time ulid uuid1 uuid3 uuid4 uuid5 uuid6 uuid7 uuid8
uuidv4 uuidv6 uuidv7
"""
# By how many letters a misspelt format may be longer or shorter than what was meant.
_MOST_LETTERS = 2
# Of how many unknown keywords it is asked whether they are misspelt, which takes time.
_MOST_UNKNOWN_KEYWORDS = 500
# How many other places of the same fault are shown.
_MOST_LABELS = 10
# What people call the values that bindings look at.
_NOUNS: Mapping[type, str] = {dict: "mappings", list: "lists", str: "texts"}
_OTHER_DIALECT = "another `$schema` than the contract's: one contract, one dialect"


Report = Callable[[JsonSource, Fault], None]
"""Takes a fault and the file that it is in, and may raise SchemaError."""


class ParsedSchema(NamedTuple):
    """A contract that has been read and not been checked, and what the settings say about it.

    `path` is that of its file, and `fragment` says where in the file it is. `formats_unchecked`
    are the formats that need no check, `collections` those that there are, if that is known, and
    `top` is the folder of the settings.
    """

    path: str
    source: JsonSource
    fragment: str = ""
    formats_unchecked: Sequence[str] = ()
    collections: Sequence[str] | None = None
    top: str = os.curdir


def check_schema(schema: ParsedSchema) -> tuple[SchemaFiles, tuple[str, ...], tuple[str, ...]]:
    """Check all that a contract consists of.

    Gives its files, remarks about it, and the names of its bindings. Each remark is one line with a
    place. Raises SchemaError for the first fault whose rule is one of severity error.
    """
    remarks: dict[str, SchemaError] = {}

    def report(source: JsonSource, fault: Fault) -> None:
        severity = rules_by_fault()[fault.kind].severity
        if severity is Severity.ERROR or len(remarks) < _MAX_REMARKS:
            error = source.error(
                fault.message, fault.pointer, fault.part, help=fault.help, within=fault.within
            )
            if severity is Severity.ERROR:
                raise error
            remarks[str(error)] = error

    found = _check(schema, report, is_complete=False)
    assert found is not None
    files, bindings = found
    in_order = sorted(
        remarks.values(), key=lambda each: (each.path or "", each.line or 0, each.column or 0)
    )
    return files, tuple(map(str, in_order)), tuple(sorted(bindings))


def find_faults(schema: ParsedSchema) -> list[tuple[JsonSource, Fault]]:
    """All that is wrong with a contract, with the file that it is in; see `check_schema`.

    What takes a sound contract to see is not looked for in one that has an error. Far more faults
    than anybody reads are left out.
    """
    found: list[tuple[JsonSource, Fault]] = []

    def report(source: JsonSource, fault: Fault) -> None:
        if len(found) < _MOST_FAULTS:
            found.append((source, fault))

    _check(schema, report, is_complete=True)
    return found


def _check(
    schema: ParsedSchema, report: Report, *, is_complete: bool
) -> tuple[SchemaFiles, set[str]] | None:
    """Report every fault; with `is_complete` those that `seedlint check` does not tell, too.

    Gives the files and the names of the bindings; None if there is nothing to walk.
    """
    errors = 0

    def count(source: JsonSource, fault: Fault) -> None:
        nonlocal errors
        errors += rules_by_fault()[fault.kind].severity is Severity.ERROR
        report(source, fault)

    def check_file(source: JsonSource, dialect: Dialect) -> None:
        for fault in _file_faults(source.data, dialect, quotes=source is root):
            count(source, fault)

    path, root, fragment, formats_unchecked, collections, top = schema
    if not fragment:
        check_file(root, _declared(root.data) or DEFAULT_DIALECT)
        if not _can_be_walked(root.data):
            return None
    try:
        files = SchemaFiles(path, root, fragment, check_file, collections, top)
    except Unresolvable:
        message = f"no schema at `#{fragment[:60]}` of this file"
        count(root, Fault(FaultKind.UNRESOLVED_REFERENCE, message))
        return None
    except ValueError:
        count(root, _unusable_id(_declared(root.data) or DEFAULT_DIALECT, ()))
        return None
    checker = _Checker(files, fragment, formats_unchecked, count, lambda: errors, is_complete)
    checker.check_all()
    return files, checker.bindings


def _can_be_walked(schema: Any) -> bool:
    """Whether it is certain how a schema is to be read."""
    if not isinstance(schema, (dict, bool)):
        return False
    return isinstance(schema, bool) or "$schema" not in schema or _declared(schema) is not None


def _file_faults(schema: Any, dialect: Dialect, *, quotes: bool) -> Iterator[Fault]:
    """What is wrong with a file of a contract in a draft as a whole."""
    if not isinstance(schema, (dict, bool)):
        message = "a JSON Schema is an object, or true or false"
        yield Fault(FaultKind.INVALID_SCHEMA, message)
        return
    if not _can_be_walked(schema):
        yield _unknown_draft(schema)
        return
    if _declared(schema) not in (None, dialect):
        yield Fault(FaultKind.UNKNOWN_DRAFT, _OTHER_DIALECT, ("$schema",))
        return
    yield from find_metaschema_faults(dialect, schema, quotes=quotes)


def _unknown_draft(schema: Any, pointer: Pointer = ()) -> Fault:
    message = f"unknown `$schema`; {say_unknown(schema['$schema'])}"
    return Fault(FaultKind.UNKNOWN_DRAFT, message, (*pointer, "$schema"))


def _unusable_id(dialect: Dialect, pointer: Pointer) -> Fault:
    name = dialect.id_keyword
    message = f"`{name}` is not an address"
    return Fault(FaultKind.INVALID_SCHEMA, message, (*pointer, name))


def _declared(schema: Any) -> Dialect | None:
    return dialect_named(schema.get("$schema")) if isinstance(schema, dict) else None


class _Schema(NamedTuple):
    """A schema of the contract, and where it is."""

    schema: dict[str, Any]
    resource: Resource
    source: JsonSource
    pointer: Pointer


class _Checker:
    """Walks every schema that can be reached, once, and reports what could not be checked."""

    def __init__(
        self,
        files: SchemaFiles,
        fragment: str,
        formats_unchecked: Sequence[str],
        report: Report,
        count_errors: Callable[[], int],
        is_complete: bool,
    ) -> None:
        """`report` takes each fault, and `count_errors` says how many errors were among them.

        With `is_complete` those are looked for, too, whose rules are neither errors nor warnings.
        """
        self.files = files
        self.dialect = files.references.dialect
        self._is_whole_file = not fragment
        self._formats_unchecked = formats_unchecked
        self._report = report
        self._count_errors = count_errors
        self._is_complete = is_complete
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
        # By kind, the places of what is not portable in patterns of the contract's own file.
        self._unportable: dict[str, list[tuple[Pointer, Part, tuple[int, int]]]] = {}
        # The places of references in the contract's own file, and where they lead there.
        self._links: list[tuple[Pointer, Pointer]] = []
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
            if not _can_be_walked(start.schema):
                self._report(root, _unknown_draft(start.schema, at))
                return
            self._report_metaschema(root, start.schema, at)
        if self._report_no_schema(start.schema, root, at):
            return
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
        self._report_loops()
        self._report_unknown_keywords()
        if self._unportable:
            self._report_unportable()
        if self._count_errors():
            # Nobody knows what the contract allows.
            return
        contradictions = Contradictions(self.files.references)
        self._report_closed_out(contradictions)
        if COLLECTED & self.bindings:
            self._report_out_of_reach()
        if not self._dynamic:
            self._report_contradictions(contradictions)
        if self._is_complete:
            self._report_neglected(start.schema)

    def _start(self) -> Pointer:
        """The pointer of the contract in its file."""
        if self._is_whole_file:
            return ()
        place = self._place_of(self.files.references.start.schema)
        return place[1] if place else ()

    def _report_metaschema(self, source: JsonSource, schema: Any, pointer: Pointer) -> None:
        """Report what keeps `schema`, at `pointer` of a file, from being one of the dialect."""
        quotes = source is self.files.root
        for fault in find_metaschema_faults(self.dialect, schema, quotes=quotes):
            self._report(source, fault._replace(pointer=(*pointer, *fault.pointer)))

    def _report_no_schema(self, schema: Any, source: JsonSource, pointer: Pointer) -> bool:
        """Report a document that looks like a schema and would check nothing.

        True if it has no keyword at all.
        """
        if not isinstance(schema, dict) or checks_something(schema, self.dialect):
            return False
        unknown = next(
            (
                key
                for key in schema
                if key not in keywords_of(self.dialect) and not key.startswith(("x-", "$"))
            ),
            None,
        )
        if unknown is None:
            for name in DEFINITIONS:
                if isinstance(schema.get(name), dict) and schema[name]:
                    step = format_pointer((*pointer, name, next(iter(schema[name]))))
                    words = f"only definitions here, so nothing is checked; `{source.path}#"
                    self._report_idle(
                        source, (*pointer, name), f"{words}{step[:60]}` uses one of them"
                    )
            return False
        inside = schema_inside(schema)
        message = f"no keyword of {self.dialect.name} here, so nothing would be checked"
        help = None
        if inside and not pointer:
            inner = f"`{source.path}#{format_pointer((inside[:60],))}`"
            help = f"if the schema is under `{inside[:60]}`, write {inner}"
        elif not inside:
            message += did_you_mean(unknown, KEYWORDS)
        at = (*pointer, unknown)
        self._report(source, Fault(FaultKind.NOTHING_CHECKED, message, at, "key", help))
        return True

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
                self._report(source, _unusable_id(self.dialect, pointer))
                resource = around
            self._note_anchors(resource)
            if is_new:
                self._check_one(schema, source, pointer)
            if counts:
                self._counted.add(id(schema))
                self._schemas.append(_Schema(schema, resource, source, pointer))
            same_value = self._same_value[id(schema)] = []
            following: list[tuple[Any, JsonSource, Pointer, Resource, bool]] = []
            for keyword in REFERENCES:
                if keyword in schema and keyword in own:
                    at = (*pointer, keyword)
                    target = self._resolve(schema[keyword], resource, source, at)
                    if target is None:
                        continue
                    if (anchor := dynamic_anchor(keyword, target)) is not None:
                        self._dynamic.append((id(schema), anchor))
                    same_value.append(id(target.schema))
                    home = self._place_of(target.schema) or (source, at)
                    if home[0] is self.files.root:
                        self._links.append((at if source is home[0] else (), home[1]))
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
            at = (*pointer, "$schema")
            self._report(source, Fault(FaultKind.UNKNOWN_DRAFT, _OTHER_DIALECT, at))
        if hidden_by_ref(schema, self.dialect):
            words = "keywords beside `$ref` have no effect here"
            self._report_idle(source, (*pointer, "$ref"), words)
        else:
            root = self.files.references.start.schema
            is_declared = _declared(root) is not None or _declared(self.files.root.data) is not None
            for kind, keyword, words in ineffective(schema, self.dialect, is_declared=is_declared):
                self._report(source, Fault(kind, words, (*pointer, keyword), "key"))
        for keyword in schema:
            if keyword not in KEYWORDS and not keyword.startswith("x-"):
                self._unknown.setdefault((keyword, source.path), []).append(
                    (source, (*pointer, keyword))
                )
        if isinstance(pattern := schema.get("pattern"), str):
            self._check_pattern(source, (*pointer, "pattern"), pattern, "value")
        if isinstance(patterns := schema.get("patternProperties"), dict):
            for pattern in patterns:
                at = (*pointer, "patternProperties", pattern)
                self._check_pattern(source, at, pattern, "key")
        if isinstance(name := schema.get("format"), str):
            at = (*pointer, "format")
            if name not in FORMATS:
                self._check_unknown_format(source, at, name)
            elif self._is_complete and name not in self._formats:
                self._report_unportable_format(source, at, name)
        if KEYWORD in schema:
            self._check_bindings(schema, source, pointer)

    def _check_bindings(self, schema: dict[str, Any], source: JsonSource, pointer: Pointer) -> None:
        bindings = schema[KEYWORD]
        surroundings = self.files.references.surroundings
        try:
            for fault in find_binding_faults(bindings, surroundings):
                self._report(source, fault._replace(pointer=(*pointer, *fault.pointer)))
        except SchemaError as error:
            if not self._is_complete:
                raise
            at = (*pointer, KEYWORD)
            self._report(source, Fault(FaultKind.UNREADABLE, str(error), at))
        if not isinstance(bindings, dict):
            return
        self.bindings.update(bindings)
        if ACROSS.name in bindings and schema is not self.files.references.start.schema:
            at = (*pointer, KEYWORD, ACROSS.name)
            self._report_idle(
                source, at, f"`{ACROSS.name}` counts at the root of the contract only"
            )
        for name in bindings:
            binding = find_binding(name)
            if binding and binding.beside and binding.beside not in schema:
                words = f"`{name}` does nothing without `{binding.beside}` in the same schema"
                self._report_idle(source, (*pointer, KEYWORD, name), words)

    def _check_unknown_format(self, source: JsonSource, pointer: Pointer, name: str) -> None:
        """Report a misspelt format, and one that is not known, once each."""
        if name in self._formats_unchecked or name in self._formats:
            return
        self._formats.add(name)
        near = did_you_mean(name, FORMATS)
        meant = nearest(name, FORMATS) or name
        if name in _FOREIGN_FORMATS.split() or abs(len(name) - len(meant)) > _MOST_LETTERS:
            near = ""
        shown = self._name(source, name)
        if near:
            message = f"format{shown} cannot be checked{near}"
            help = (
                f"formats that can be checked: {', '.join(sorted(FORMATS))}; "
                "the setting `formats-unchecked` lists others that need no check"
            )
            self._report(source, Fault(FaultKind.MISSPELT_FORMAT, message, pointer, help=help))
            return
        message = (
            f"format{shown} is not known, so no value is checked against it; "
            "list it in the setting `formats-unchecked` if it need not be"
        )
        self._report(source, Fault(FaultKind.UNCHECKED_FORMAT, message, pointer))

    def _report_unportable_format(self, source: JsonSource, pointer: Pointer, name: str) -> None:
        """Report a format that other validators refuse, once."""
        from seedlint.text.portability import UNPORTABLE_FORMATS

        self._formats.add(name)
        if name in UNPORTABLE_FORMATS:
            message = f"format{self._name(source, name)} is one that Ajv does not know"
            self._report(source, Fault(FaultKind.UNPORTABLE_FORMAT, message, pointer))

    def _report_unknown_keywords(self) -> None:
        """Report each misspelt keyword, and all others at once, which some tool may know."""
        vendor: list[tuple[str, int, JsonSource, Pointer]] = []
        for number, ((keyword, _), places) in enumerate(self._unknown.items()):
            source, at = places[0]
            advice = instead_of(keyword) if number < _MOST_UNKNOWN_KEYWORDS else None
            if advice is None:
                vendor.append((keyword, len(places), source, at))
                continue
            words = f"unknown keyword{self._name(source, keyword)}{_times(len(places))}"
            message = f"{words}; {advice}"
            others = tuple(
                Related(place, "here, too", "key")
                for file, place in places[1 : _MOST_LABELS + 1]
                if file is source
            )
            fault = Fault(FaultKind.MISSPELT_KEYWORD, message, at, "key", related=others)
            self._report(source, fault)
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
        others = tuple(
            Related(place, f"`{other[:60]}`{_times(count)}", "key")
            for other, count, _, place in named[1 : _MOST_LABELS + 1]
        )
        fault = Fault(FaultKind.FOREIGN_KEYWORD, words, at, "key", related=others)
        self._report(source, fault)

    def _report_unportable(self) -> None:
        """Report each kind of construct once, at its first place: most are in many patterns."""
        from seedlint.text.portability import CONSTRUCTS

        for kind, places in self._unportable.items():
            construct = CONSTRUCTS[kind]
            pointer, part, within = places[0]
            text = pointer[-1] if part == "key" else value_at(self.files.root.data, pointer)
            written = quote(str(text)[slice(*within)])
            fault = Fault(
                FaultKind.UNPORTABLE_PATTERN,
                f"{written} {construct.reads}{_times(len(places))}",
                pointer,
                part,
                construct.instead,
                within,
                tuple(
                    Related(at, "here, too", part, within)
                    for at, part, within in places[1 : _MOST_LABELS + 1]
                ),
            )
            self._report(self.files.root, fault)

    def _name(self, source: JsonSource, name: str) -> str:
        """A name in the contract, for a sentence; empty in a file that must not be quoted.

        A reference may lead to a file that is no schema at all, but somebody's secret.
        """
        return f" `{name[:60]}`" if source is self.files.root else ""

    def _report_closed_out(self, contradictions: Contradictions) -> None:
        """Report a binding that looks at what the contract does not allow."""
        for schema, resource, source, pointer in self._schemas:
            if self.dialect.ref_stands_alone and "$ref" in schema:
                continue
            for name, options in schema.get(KEYWORD, {}).items():
                binding = find_binding(name)
                assert binding is not None
                if not any(contradictions.allows(schema, resource, kind) for kind in binding.types):
                    noun = " and ".join(_NOUNS[kind] for kind in binding.types)
                    words = f"`{name}` looks at {noun}, and the contract allows none here"
                    at = (*pointer, KEYWORD, name)
                    self._report(source, Fault(FaultKind.IDLE_BINDING, words, at, "key"))
                    continue
                for lookup in binding.look_up(options):
                    if all(
                        contradictions.closes_out(schema, resource, path) for path in lookup.paths
                    ):
                        known = contradictions.known_keys(schema, resource, lookup.paths[0])
                        at = (*pointer, KEYWORD, name, *lookup.option)
                        is_own = source is self.files.root
                        self._report(
                            source, _closed_out(at, name, lookup, known if is_own else None)
                        )

    def _report_out_of_reach(self) -> None:
        """Report a binding where its values are not collected."""
        from seedlint.schema.bound_texts import BoundTexts

        evaluator = Evaluator(self.files.references, lambda rule: None)
        reached = BoundTexts(evaluator, is_collected).reached.values()
        places = {id(node.schema) for node in reached}
        for schema, _, source, pointer in self._schemas:
            for name, options in schema.get(KEYWORD, {}).items():
                if is_collected(name, options) and id(schema) not in places:
                    words = f"`{name}` cannot be checked here, below `not`, `contains` or the like"
                    at = (*pointer, KEYWORD, name)
                    self._report(source, Fault(FaultKind.IDLE_BINDING, words, at, "key"))

    def _report_contradictions(self, contradictions: Contradictions) -> None:
        for schema, resource, source, pointer in self._schemas:
            for found in contradictions.find(schema, resource):
                self._report_found(FaultKind.CONTRADICTION, found, source, pointer)
        for schema, _, source, pointer in self._schemas:
            for found in contradictions.find_refused(schema):
                help = None
                if "unevaluatedProperties" not in keywords_of(self.dialect):
                    help = "list these keys in the `properties` beside it as well"
                self._report_found(FaultKind.REFUSED_KEY, found, source, pointer, help)

    def _report_found(
        self,
        kind: FaultKind,
        found: Contradiction,
        source: JsonSource,
        pointer: Pointer,
        help: str | None = None,
    ) -> None:
        keys = ", ".join(f"`{key[:30]}`" for key in found.keys[:5])
        more = f" and {len(found.keys) - 5} more" if len(found.keys) > 5 else ""
        shown = f": {keys}{more}" if keys and source is self.files.root else ""
        is_value = bool(found.pointer) and isinstance(found.pointer[-1], int)
        at = (*pointer, *found.pointer)
        part: Part = "value" if is_value else "key"
        self._report(source, Fault(kind, f"{found.message}{shown}", at, part, help))

    def _report_neglected(self, start: Any) -> None:
        """Report definitions that nothing uses, and keys without a description."""
        from seedlint.schema.neglected import undescribed_keys, unused_definitions

        root = self.files.root
        own = [each for each in self._schemas if each.source is root]
        if (
            self._is_whole_file
            and isinstance(start, dict)
            and checks_something(start, self.dialect)
            and not self._dynamic
        ):
            for pointer in unused_definitions(root.data, self._links, self.dialect):
                message = f"nothing uses `{pointer[-1]}`"
                self._report(root, Fault(FaultKind.UNUSED_DEFINITION, message, pointer, "key"))
        for schema, resource, _, pointer in own:
            for at in undescribed_keys(schema, resource, pointer, self.files.references):
                message = f"`{at[-1]}` has no description"
                self._report(root, Fault(FaultKind.MISSING_DESCRIPTION, message, at, "key"))

    def _check_pattern(
        self, source: JsonSource, pointer: Pointer, pattern: str, part: Part
    ) -> None:
        try:
            compiled = compile_pattern(pattern)
        except PatternError as error:
            message = f"pattern cannot be used: {error}"
            within = (error.offset, error.offset + 1)
            from seedlint.text.portability import advise_refused

            help = advise_refused(pattern, error.offset)
            fault = Fault(FaultKind.UNUSABLE_PATTERN, message, pointer, part, help, within)
            self._report(source, fault)
            return
        if pattern not in self._patterns:
            self._patterns.add(pattern)
            before = self._pattern_size
            self._pattern_size += len(compiled.pattern) + _PER_PATTERN
            if self._pattern_size > _MAX_PATTERNS >= before:
                message = "too many or too long patterns in all"
                self._report(source, Fault(FaultKind.UNUSABLE_PATTERN, message, pointer, part))
        if self._is_complete and source is self.files.root:
            from seedlint.text.portability import find_unportable

            for each in find_unportable(pattern):
                found = self._unportable.setdefault(each.kind, [])
                found.append((pointer, part, (each.start, each.end)))

    def _resolve(
        self, reference: Any, base: Resource, source: JsonSource, pointer: Pointer
    ) -> Target | None:
        """Where a reference leads, if that is a schema."""
        words = "not a usable reference"
        target, help = None, None
        try:
            if isinstance(reference, str):
                target = self.files.references.resolve(reference, base)
        except SchemaError as error:
            words = f"reference refused: {error}"
        except Unresolvable:
            words = _say_unresolvable(reference)
            if source is self.files.root and reference.startswith("#/"):
                from seedlint.schema.neglected import meant_reference

                words += meant_reference(reference, base.schema)
                help = self._advise_inner(reference, base)
        except ValueError:
            pass
        if target is None:
            fault = Fault(FaultKind.UNRESOLVED_REFERENCE, words, pointer, help=help)
            self._report(source, fault)
            return None
        schema = target.schema
        if not isinstance(schema, (dict, bool)):
            words = f"reference `{reference[:60]}` does not lead to a schema"
            self._report(source, Fault(FaultKind.UNRESOLVED_REFERENCE, words, pointer))
            return None
        if (found := self._place_of(schema)) and id(schema) not in self._counted:
            place, at = found
            is_unchecked = place is self.files.root and not self._is_whole_file
            if is_unchecked or not _is_subschema(at, place.data, self.dialect):
                # The metaschema of the file says nothing about a place without meaning.
                self._report_metaschema(place, schema, at)
        return target

    def _advise_inner(self, reference: str, base: Resource) -> str | None:
        """What to do about a pointer that would lead somewhere if there were no `$id` around it."""
        references = self.files.references
        if base is references.root:
            return None
        try:
            references.resolve(reference, references.root)
        except (Unresolvable, ValueError):
            return None
        name = self.dialect.id_keyword
        return (
            f"inside a schema with `{name}`, `#` means that schema and not the file; remove the "
            f"`{name}`, or write the address of the file before `#`"
        )

    def _place_of(self, target: Any) -> tuple[JsonSource, Pointer] | None:
        """The file and the pointer of an object that a reference led to."""
        for uri, source in (("", self.files.root), *self.files.others()):
            if uri not in self._indexed:
                self._indexed.add(uri)
                for value, pointer in _objects(source.data):
                    self._index.setdefault(id(value), (source, pointer))
        return self._index.get(id(target)) if isinstance(target, dict) else None

    def _report_loops(self) -> None:
        """Report references that lead back to where they began without going into the data."""
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
                    message = "reference loop: it leads back to itself"
                    self._report(source, Fault(FaultKind.REFERENCE_LOOP, message, pointer))
                elif child not in done and child in self._same_value:
                    on_path.add(child)
                    stack.append((child, iter(self._same_value[child])))

    def _report_idle(self, source: JsonSource, pointer: Pointer, message: str) -> None:
        self._report(source, Fault(FaultKind.IDLE_KEYWORD, message, pointer, "key"))


def _closed_out(at: Pointer, name: str, lookup: Lookup, known: set[str] | None) -> Fault:
    """A binding that looks for keys that are not allowed, where `known` are; None to quote none."""
    part: Part = "value" if lookup.option else "key"
    if known is None:
        words = f"`{name}` looks for a key that the contract does not allow"
        return Fault(FaultKind.IDLE_BINDING, words, at)
    keys = " or ".join(f"`{str(path[-1])[:60]}`" for path in lookup.paths)
    hint = did_you_mean(str(lookup.paths[0][-1]), known)
    where = " in the entries" if ITEMS in lookup.paths[0] else ""
    words = f"`{name}` looks for the key {keys}, which the contract does not allow{where}{hint}"
    shown = ", ".join(f"`{key[:30]}`" for key in sorted(known)[:10])
    help = f"keys that it allows: {shown}" if shown else None
    return Fault(FaultKind.IDLE_BINDING, words, at, part, help)


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
