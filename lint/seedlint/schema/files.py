"""The files of a contract: its own, and those in its folder that its references name.

A file is known by the address that a reference to it resolves to: the folder of the contract stands
for the folder of its `$id`, so relative references work without any network. A contract may come
from a stranger's pull request: it can name no file outside its own folder, and what a referenced
file says is never printed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from seedlint.errors import SchemaError
from seedlint.files import is_inside
from seedlint.rules.binding import Surroundings, UnusableOption
from seedlint.schema.drafts import DEFAULT_DRAFT, Draft, declared_draft
from seedlint.schema.json_source import JsonSource, parse_source, read_text
from seedlint.schema.references import References, Unresolvable, is_absolute, own_address

# The address of a contract without one: of a scheme in which relative references work, on a host
# that cannot exist, in a folder that `..` can leave.
_NOWHERE = "https://seedlint.invalid/contract/"
# In a configuration the name of a contract may be a stranger's.
_LONGEST_PATH = 4096
_DATA_ENDINGS = (".json", ".jsonc", ".yaml", ".yml")


class SchemaFiles:
    """The files of one contract by address, read as references lead to them."""

    def __init__(
        self,
        path: str,
        root: JsonSource,
        fragment: str = "",
        check: Callable[[JsonSource, Draft], None] = lambda source, draft: None,
        collections: Sequence[str] | None = None,
        top: str = os.curdir,
    ) -> None:
        """`fragment` says where in the file the contract is; without it, it is the whole file.

        `check` is called with each further file and the draft of the contract; it raises
        SchemaError for one to refuse. `collections` are those that there are, if that is known,
        `top` is the folder of the settings. Raises Unresolvable for a fragment that leads to no
        schema, ValueError for an address that is not one.
        """
        self._folder = os.path.dirname(os.path.realpath(path))
        self._name = os.path.basename(path)
        self._check = check
        self._surroundings = Surroundings(self.read_data, collections, top, {})
        self.root = root
        self._others: dict[str, JsonSource] = {}
        self._data: dict[str, JsonSource] = {}
        # Of every file that was read.
        self.paths = [path]
        draft = declared_draft(root.data) or DEFAULT_DRAFT
        self.references = self._references(draft, fragment)
        own = declared_draft(self.references.start.schema)
        if own is not None and own is not draft:
            # A schema inside another document names its draft itself.
            self.references = self._references(own, fragment)

    def _references(self, draft: Draft, fragment: str) -> References:
        data = self.root.data
        own = own_address(data, draft)
        if own is not None and is_absolute(own):
            self.root_address = own
        else:
            self.root_address = _NOWHERE + self._name
        self._base = self.root_address.rpartition("/")[0] + "/"
        references = References(
            data,
            self.root_address,
            draft,
            lambda address: self.read(address).data,
            self._surroundings,
        )
        if fragment:
            references.start_at(fragment)
        return references

    def others(self) -> list[tuple[str, JsonSource]]:
        """The files beside the contract itself that were read, by address."""
        return sorted(self._others.items(), key=lambda item: item[0])

    def read(self, address: str) -> JsonSource:
        """The file at an address. Raises Unresolvable, or SchemaError for one that is refused."""
        if address not in self._others:
            path, shown = self._locate(address)
            source = parse_source(read_text(path, shown), shown, quote=False)
            self._check(source, self.references.draft)
            self.paths.append(path)
            self._others[address] = source
        return self._others[address]

    def data_files(self) -> list[tuple[str, JsonSource]]:
        """The files that bindings read values from, by their path from the contract's folder."""
        return sorted(self._data.items(), key=lambda item: item[0])

    def read_data(self, path: str) -> JsonSource:
        """The file of values at a path from the contract's folder.

        Raises UnusableOption if there is none that may be read, SchemaError, with a place in it,
        for one that cannot be. Nothing of it is quoted then.
        """
        if path not in self._data:
            if not path.lower().endswith(_DATA_ENDINGS):
                endings = ", ".join(_DATA_ENDINGS)
                raise UnusableOption(f"the name of the file must end in {endings}", ())
            try:
                real, _ = self._inside(path)
            except SchemaError:
                raise UnusableOption("the file is outside of the schema's folder", ()) from None
            except Unresolvable:
                raise UnusableOption("no such file in the schema's folder", ()) from None
            shown = os.path.dirname(self.root.path)
            shown = f"{shown}/{path}" if shown else path
            self._data[path] = parse_source(read_text(real, shown), shown, quote=False)
            self.paths.append(real)
        return self._data[path]

    def _locate(self, address: str) -> tuple[str, str]:
        """The path of the file at an address, and its name as shown to people."""
        from urllib.parse import unquote, urlsplit

        if not address.startswith(self._base):
            raise Unresolvable
        return self._inside(unquote(urlsplit(address[len(self._base) :]).path))

    def _inside(self, relative: str) -> tuple[str, str]:
        """The real path of a file in the contract's folder, and its name as shown to people.

        It is stricter than what seeds name by `file` (`rules/reference/local_files.py`): a contract
        has no reason to write `..`, and nothing is said of what is beside a missing file.
        """
        parts = relative.split("/")
        if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
            raise Unresolvable
        path = os.path.realpath(os.path.join(self._folder, *parts))
        if path == self._folder or not is_inside(path, self._folder):
            raise SchemaError("reference leaves the schema's folder through a link")
        if not os.path.isfile(path):
            raise Unresolvable
        return path, os.path.relpath(path, self._folder).replace(os.sep, "/")


def split_fragment(name: str) -> tuple[str, str]:
    """The path and the fragment of a name such as `schemas.json#/$defs/article`."""
    # The name of a file may have a number sign in it.
    if "#" not in name or os.path.lexists(name):
        return name, ""
    at = name.find("#", 0, _LONGEST_PATH)
    while at >= 0 and not os.path.isfile(name[:at]):
        at = name.find("#", at + 1, _LONGEST_PATH)
    if at < 0:
        at = name.find("#")
    return name[:at], name[at + 1 :]
