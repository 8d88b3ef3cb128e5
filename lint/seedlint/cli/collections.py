"""Which collections are chosen, and which of them take no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from seedlint.collection import group_files
from seedlint.discover import Files
from seedlint.errors import ConfigError, InputError
from seedlint.settings import Settings
from seedlint.text.nearest import did_you_mean


def keep_collections(files: Files, chosen: Sequence[str], settings: Settings) -> int:
    """Leave only the files of these collections; how many others there were.

    Raises ConfigError for a name that no collection has.
    """
    known = [collection.name for collection in settings.collections]
    for name in chosen:
        if not known:
            raise ConfigError("--collection: the configuration has no collections")
        if name not in known:
            hint = did_you_mean(name, known) or (
                f"; the configuration has {', '.join(f'`{each}`' for each in known[:20])}"
            )
            raise ConfigError(f"--collection: no collection is called `{name[:60]}`{hint}")
    others = {
        files[number].path
        for group, numbers in group_files(files, settings).items()
        if group is None or group[0] not in chosen
        for number in numbers
    }
    return files.drop(others)


def count_files(files: Files, settings: Settings) -> dict[str, int]:
    """How many of the files each collection takes."""
    counts: Counter[str] = Counter()
    for group, numbers in group_files(files, settings).items():
        if group is not None:
            counts[group[0]] += len(numbers)
    return counts


def find_empty(
    counts: Mapping[str, int], chosen: Sequence[str] | None, settings: Settings
) -> list[InputError]:
    """An error for each chosen collection (all if none is) that took no file."""
    return [
        InputError(
            f"collection `{each.name}` takes no file",
            help=f"patterns of its files: {', '.join(each.files)[:200]}; files that an earlier "
            "collection takes do not count, nor what `include` and `exclude` leave out",
        )
        for each in settings.collections
        if (not chosen or each.name in chosen) and not counts.get(each.name)
    ]
