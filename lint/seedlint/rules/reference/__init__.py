"""REF: values that name something elsewhere, such as a term of a list or another seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from seedlint.rules.binding import (
    FOUND_ROOTS,
    ROOTS,
    Binding,
    Options,
    Surroundings,
    UnusableOption,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from seedlint.rules.reference.subject import NamedFile, Term

# Under these names the terms are added to the options.
TERMS, _LEXICON = "terms", "lexicon"


def read_vocabulary(options: Options, surroundings: Surroundings) -> Options:
    """The options with the terms that they name."""
    from seedlint.rules.reference.vocabulary import read_terms
    from seedlint.text.nearest import Lexicon

    name = VOCABULARY.name, options["file"], options.get("pointer", ""), options.get("key")
    terms = surroundings.once(name, lambda: read_terms(options, surroundings))
    lexicon = surroundings.once((_LEXICON, *name), lambda: Lexicon(terms))
    return {**options, TERMS: terms, _LEXICON: lexicon}


def _accept_terms(options: Options) -> Callable[[str], object]:
    terms: Mapping[str, Any] = options[TERMS]
    return terms.__contains__


def _parse_term(value: str, options: Options) -> Term:
    from seedlint.rules.reference.subject import Term

    return Term(value, options["file"], options[TERMS], options[_LEXICON])


VOCABULARY = Binding(
    name="vocabulary",
    applies_to=str,
    options={
        "type": "object",
        "properties": {
            "file": {
                "description": "The YAML or JSON file with the terms, from the schema's folder.",
                "type": "string",
            },
            "pointer": {
                "description": "The JSON Pointer of the terms in the file (all of it).",
                "type": "string",
            },
            "key": {
                "description": "The key that holds the term, in a list of mappings.",
                "type": "string",
            },
            "unused": {
                "description": "Whether terms that no seed uses are reported (false).",
                "type": "boolean",
            },
        },
        "required": ["file"],
        "additionalProperties": False,
    },
    parse=_parse_term,
    quick_accept=_accept_terms,
    summary="A text, or a list of texts, each a term of a list kept in another file.",
    takes_items=True,
    complete=read_vocabulary,
)


def _find_collection(options: Options, surroundings: Surroundings) -> Options:
    name, known = options.get("collection"), surroundings.collections
    if name is not None and known is not None and name not in known:
        from seedlint.text.nearest import did_you_mean
        from seedlint.text.quotes import quote

        hint = did_you_mean(name, known)
        if not hint:
            listed = ", ".join(map(quote, known[:12]))
            hint = f"; there are {listed}" if known else "; they have none"
        words = f"the settings have no collection {quote(name)}{hint}"
        raise UnusableOption(words, ("collection",))
    return options


REFERS_TO = Binding(
    name="refers-to",
    applies_to=str,
    options={
        "type": "object",
        "properties": {
            "collection": {
                "description": "The collection of the seeds that are named (the same one).",
                "type": "string",
            },
            "key": {
                "description": "The key, at the top level of those seeds, with the value.",
                "type": "string",
            },
        },
        "required": ["key"],
        "additionalProperties": False,
    },
    # One seed alone cannot break it: it is judged when all seeds are read.
    parse=lambda value, options: None,
    quick_accept=lambda options: lambda value: True,
    summary="A text, or a list of texts, each the value of a key in another seed.",
    takes_items=True,
    complete=_find_collection,
)


def find_roots(options: Options, surroundings: Surroundings) -> Options:
    """The options with the folders that they name."""
    from seedlint.disk import Disk
    from seedlint.rules.reference import local_files

    roots, top, disk = options["roots"], surroundings.root, surroundings.disk
    found = surroundings.once(
        ("roots", disk, *roots), lambda: local_files.find_roots(roots, top, disk or Disk())
    )
    return {**options, FOUND_ROOTS: found}


def _accept_addresses(options: Options) -> Callable[[str], object]:
    from seedlint.rules.reference.local_files import is_address

    return is_address if options.get("remote") != "refuse" else lambda value: False


def _parse_file(value: str, options: Options) -> NamedFile:
    from seedlint.rules.reference.subject import NamedFile

    return NamedFile(value, options[FOUND_ROOTS], options.get("remote") == "refuse")


FILE = Binding(
    name="file",
    applies_to=str,
    options={
        "type": "object",
        "properties": {
            "roots": ROOTS,
            "remote": {
                "description": "What happens to an address such as `https://…` (`allow`).",
                "enum": ["allow", "refuse"],
            },
        },
        "required": ["roots"],
        "additionalProperties": False,
    },
    parse=_parse_file,
    quick_accept=_accept_addresses,
    summary="A text, or a list of texts, each the path of a file that is there, or an address.",
    takes_items=True,
    complete=find_roots,
    looks_outside=lambda options: True,
)


def is_collected(name: str, options: Options) -> bool:
    """Whether the values of a binding are collected, and judged when all seeds are read."""
    return name == REFERS_TO.name or (name == VOCABULARY.name and options.get("unused") is True)
