"""What the rules on the name of a file are given."""

from __future__ import annotations

import re
from collections.abc import Mapping

from seedlint.named_tuple import NamedTuple
from seedlint.rules.binding import FILE_NAME
from seedlint.text.dates import DateAndTime, read_date
from seedlint.text.file_names import (
    USUAL_FORM,
    DateAndSlug,
    FileName,
    read_stem,
    slug_of,
    split_path,
)
from seedlint.text.quotes import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Such as `24-5-1-` or `20240231_`.
_LOOSE_DATE = re.compile(r"(?:[0-9]{1,4}[-_. ][0-9]{1,2}[-_. ][0-9]{1,4}|[0-9]{6}|[0-9]{8})[-_. ]+")


class Field(NamedTuple):
    """A key of the seed and its text."""

    key: str
    text: str


class NamedSeed(NamedTuple):
    """A seed and the name of its file.

    `said` is what the name says; None if it is not of the `form` that is asked for. `date`, `slug`
    and `title` are None if they are not to be compared or are missing; `day` is what the date
    means. `days` is how many days the dates may be apart.
    """

    name: FileName
    form: str
    said: DateAndSlug | None
    days: int
    date: Field | None
    day: DateAndTime | None
    slug: Field | None
    title: Field | None

    def say_other_form(self) -> str:
        """The message for a file whose name is not of the form."""
        return f"the file name {quote(str(self.name))} is not of the form {quote(self.form)}"

    def renamed(self, date: str | None = None, slug: str | None = None) -> str:
        """The name of the file with another date, or another slug."""
        said = self.said or DateAndSlug("", "")
        stem = self.form.replace("{date}", date or said.date)
        return stem.replace("{slug}", slug or said.slug) + self.name.ending

    def named(self, date: str) -> str | None:
        """A name for a file whose name is not of the form; None if there is no plain one."""
        slug = slug_of(self.title.text) if self.title else ""
        if self.slug:
            slug = self.slug.text
        slug = slug or _without_date(self.name.stem)
        name = self.renamed(date, slug)
        stem = name.removesuffix(self.name.ending)
        said = read_stem(stem, self.form)
        return name if "/" not in slug and said and said.date == date else None


def _without_date(stem: str) -> str:
    """A stem without the date in a form of its own that it begins with."""
    return _LOOSE_DATE.sub("", stem) or stem


def read_named_seed(value: Mapping[str, Any], options: Mapping[str, Any]) -> NamedSeed | None:
    """The seed with the name of its file; None if the file has none that says anything."""
    name = split_path(options[FILE_NAME])
    if name is None:
        return None
    form = options.get("form", USUAL_FORM)
    date = _field(value, options, "date")
    day = read_date(date.text) if date else None
    return NamedSeed(
        name,
        form,
        read_stem(name.stem, form),
        options.get("days", 1),
        date if day and not day.other_day else None,
        day,
        _field(value, options, "slug"),
        _field(value, options, "title"),
    )


def _field(value: Mapping[str, Any], options: Mapping[str, Any], option: str) -> Field | None:
    key = options.get(option)
    if key is None:
        return None
    text = value.get(key)
    return Field(key, text) if isinstance(text, str) and text else None
