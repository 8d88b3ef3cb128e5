"""The files of a contract: its own, and those in its folder that its references name.

A file is known by the address that a reference to it resolves to: the folder of the contract stands
for the folder of its `$id`, so relative references work without any network. A contract may come
from a stranger's pull request: it can name no file outside its own folder, and what a referenced
file says is never printed.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from seedlint.errors import SchemaError
from seedlint.schema.dialects import Dialect
from seedlint.schema.json_source import JsonSource, parse_json, read_text
from seedlint.schema.references import References, Unresolvable, is_absolute, own_address

# The address of a contract without one: of a scheme in which relative references work, on a host
# that cannot exist, in a folder that `..` can leave.
_NOWHERE = "https://seedlint.invalid/contract/"


class SchemaFiles:
    """The files of one contract by address, read as references lead to them."""

    def __init__(
        self,
        path: str,
        root: JsonSource,
        dialect: Dialect,
        check: Callable[[JsonSource], None] = lambda source: None,
    ) -> None:
        """`check` is called with each further file; it raises SchemaError for one to refuse."""
        self._folder = os.path.dirname(os.path.realpath(path))
        self._check = check
        own = own_address(root.data, dialect)
        self.root = root
        if own is not None and is_absolute(own):
            self.root_address = own
        else:
            self.root_address = _NOWHERE + os.path.basename(path)
        self._base = self.root_address.rpartition("/")[0] + "/"
        self._others: dict[str, JsonSource] = {}
        # Of every file that was read.
        self.paths = [path]
        self.references = References(
            root.data, self.root_address, dialect, lambda address: self.read(address).data
        )

    def others(self) -> list[tuple[str, JsonSource]]:
        """The files beside the contract itself that were read, by address."""
        return sorted(self._others.items(), key=lambda item: item[0])

    def read(self, address: str) -> JsonSource:
        """The file at an address. Raises Unresolvable, or SchemaError for one that is refused."""
        if address not in self._others:
            path, shown = self._locate(address)
            source = parse_json(read_text(path, shown), shown, quote=False)
            self._check(source)
            self.paths.append(path)
            self._others[address] = source
        return self._others[address]

    def _locate(self, address: str) -> tuple[str, str]:
        """The path of the file at an address, and its name as shown to people."""
        from urllib.parse import unquote, urlsplit

        if not address.startswith(self._base):
            raise Unresolvable
        relative = unquote(urlsplit(address[len(self._base) :]).path)
        parts = relative.split("/")
        if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
            raise Unresolvable
        path = os.path.realpath(os.path.join(self._folder, *parts))
        if not path.startswith(os.path.join(self._folder, "")):
            raise SchemaError("reference leaves the schema's folder through a link")
        if not os.path.isfile(path):
            raise Unresolvable
        return path, os.path.relpath(path, self._folder).replace(os.sep, "/")
