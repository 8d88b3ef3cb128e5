"""What the command says of collections: which are chosen, and which take no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from seedlint.cli.check import plural
from seedlint.collection import group_files
from seedlint.discover import Files
from seedlint.errors import ConfigError, InputError
from seedlint.settings import IGNORE, Settings
from seedlint.text.nearest import did_you_mean

# How many names a note lists.
_MOST_NAMES = 5


def keep_collections(files: Files, chosen: Sequence[str], settings: Settings) -> int:
    """Leave only the files of these collections; how many others there were.

    Raises ConfigError for a collection that there is not.
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
    """The collections that took no file in a run over all of theirs."""
    return [
        InputError(
            f"collection `{each.name}` takes no file",
            help=f"patterns of its files: {', '.join(each.files)[:200]}; files that an earlier "
            "collection takes do not count, nor what `include` and `exclude` leave out",
        )
        for each in settings.collections
        if (not chosen or each.name in chosen) and not counts.get(each.name)
    ]


def notes_on_collections(
    unmatched: Sequence[str], others: int, settings: Settings
) -> Iterator[str]:
    """One line about files that no collection takes, and one about those of other collections."""
    if unmatched and settings.unmatched == IGNORE:
        more = len(unmatched) - _MOST_NAMES
        names = ", ".join(unmatched[:_MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")
        yield f"no collection takes {plural(len(unmatched), 'file')}; not checked: {names}"
    if others:
        yield f"{plural(others, 'file')} outside of the chosen collections left out"
