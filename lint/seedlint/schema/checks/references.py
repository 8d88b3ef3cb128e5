"""References of a contract that lead nowhere, or back to themselves."""

from __future__ import annotations

from collections.abc import Iterator

from seedlint.document.pointer import format_pointer, unescape_step, value_at
from seedlint.errors import SchemaError
from seedlint.rules.contract import Fault, FaultKind
from seedlint.schema.checks.base import Check, Contract, Located, Subschema
from seedlint.schema.keywords.keyword import DEFINITIONS
from seedlint.schema.references import Resource, Target, Unresolvable
from seedlint.text.nearest import nearest
from seedlint.text.quotes import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class LoopCheck(Check):
    """References that lead back to where they began without going into the data."""

    def at_end(self) -> Iterator[Located]:
        same_value = self.contract.same_value
        done: set[int] = set()
        for start in same_value:
            if start in done:
                continue
            on_path = {start}
            stack = [(start, iter(same_value[start]))]
            while stack:
                node, children = stack[-1]
                child = next(children, None)
                if child is None:
                    stack.pop()
                    on_path.discard(node)
                    done.add(node)
                elif child in on_path:
                    source, pointer = self.contract.places[node]
                    message = "reference loop: it leads back to itself"
                    yield source, Fault(FaultKind.REFERENCE_LOOP, message, pointer)
                elif child not in done and child in same_value:
                    on_path.add(child)
                    stack.append((child, iter(same_value[child])))


def follow(contract: Contract, at: Subschema, keyword: str) -> Target | Fault:
    """Where the reference that a schema has under `keyword` leads, or what is wrong with it."""
    reference, base, pointer = at.schema[keyword], at.resource, (*at.pointer, keyword)
    words = "not a usable reference"
    target, help = None, None
    try:
        if isinstance(reference, str):
            target = contract.references.resolve(reference, base)
    except SchemaError as error:
        words = f"reference refused: {error}"
    except Unresolvable:
        words = _say_unresolvable(reference)
        if at.source is contract.root and reference.startswith("#/"):
            words += _meant_reference(reference, base.schema)
            help = _advise_inner(contract, reference, base)
    except ValueError:
        pass
    if target is None:
        return Fault(FaultKind.UNRESOLVED_REFERENCE, words, pointer, help=help)
    if not isinstance(target.schema, (dict, bool)):
        words = f"reference {quote(reference)} does not lead to a schema"
        return Fault(FaultKind.UNRESOLVED_REFERENCE, words, pointer)
    return target


def _say_unresolvable(reference: str) -> str:
    from urllib.parse import urlsplit

    shown = quote(reference)
    scheme = urlsplit(reference).scheme if ":" in reference else ""
    if scheme or reference.startswith("//"):
        return f"reference {shown} leads out of the schema's folder: nothing is fetched"
    address = reference.partition("#")[0]
    if ".." in address.split("/"):
        return f"reference {shown} leads out of the schema's folder"
    return f"reference {shown} leads nowhere"


def _meant_reference(reference: str, schema: Any) -> str:
    """The end of a sentence: which pointer into `schema` was probably meant, if any."""
    *before, last = map(unescape_step, reference[2:].split("/"))
    found = value_at(schema, tuple(before))
    near = nearest(last, found) if isinstance(found, dict) else None
    if near is None and before in ([name] for name in DEFINITIONS):
        # Drafts call them by different names.
        near, before = last, [next(name for name in DEFINITIONS if name != before[0])]
        if not isinstance(value_at(schema, (*before, near)), (dict, bool)):
            return ""
    return f"; did you mean `#{format_pointer((*before, near))[:60]}`?" if near else ""


def _advise_inner(contract: Contract, reference: str, base: Resource) -> str | None:
    """What to do about a pointer that would lead somewhere if there were no `$id` around it."""
    references = contract.references
    if base is references.root:
        return None
    try:
        references.resolve(reference, references.root)
    except (Unresolvable, ValueError):
        return None
    name = contract.draft.id_keyword
    return (
        f"inside a schema with `{name}`, `#` means that schema and not the file; remove the "
        f"`{name}`, or write the address of the file before `#`"
    )
