"""What the name of a file says: a date, a slug."""

from __future__ import annotations

import re
from functools import lru_cache

from seedlint.named_tuple import NamedTuple
from seedlint.text.formats import FORMATS
from seedlint.text.letters import letters, without_accents

USUAL_FORM = "{date}-{slug}"
"""How files of articles are usually named, without the ending."""

# The ending, with the language before it that some generators take: `tides.en.md`.
_ENDING = re.compile(r"(?:\.[a-z]{2}(?:-[A-Za-z]{2})?)?\.[^.]*$")
_DATE = "(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8})"
_SLUG = "(?P<slug>.+)"
# Such a file is named after its folder, or not at all.
_FOLDERS_OWN = frozenset({"index", "_index"})
# What is shown of texts that are in no file. Any other name is one that a seed may have.
_NO_FILES = frozenset({"<stdin>", "<text>"})
_FORMS = 16
# Signs that some generators leave out of a slug and others write as words.
_SPELT_OUT = frozenset("&%$@+#=<>£€°½")
# File names have at most 255 bytes, so what follows in a title makes no difference.
_LONGEST = 1000


class FileName(NamedTuple):
    """The name of a file without its folder, in two parts: `stem` and `ending`."""

    stem: str
    ending: str

    def __str__(self) -> str:
        return self.stem + self.ending


class DateAndSlug(NamedTuple):
    """The date in a file name, as `2022-07-06`, and the slug; "" for what it does not have."""

    date: str
    slug: str


def split_path(path: str) -> FileName | None:
    """The name of the file at a path with `/`; None for an index, and for a text without a file."""
    name = path.rpartition("/")[2]
    ending = _ENDING.search(name)
    at = ending.start() if ending else len(name)
    stem = name[:at]
    if not stem or stem in _FOLDERS_OWN or path in _NO_FILES:
        return None
    return FileName(stem, name[at:])


def read_stem(stem: str, form: str = USUAL_FORM) -> DateAndSlug | None:
    """The date and the slug in the stem of a file name of this form; None for all other stems."""
    match = _pattern(form).fullmatch(stem)
    if match is None:
        return None
    found = {"date": "", "slug": "", **match.groupdict()}
    date = found["date"]
    if date and "-" not in date:
        date = f"{date[:4]}-{date[4:6]}-{date[6:]}"
    if date and not FORMATS["date"](date):
        return None
    return DateAndSlug(date, found["slug"])


@lru_cache(_FORMS)
def _pattern(form: str) -> re.Pattern[str]:
    pattern = re.escape(form).replace(r"\{date\}", _DATE).replace(r"\{slug\}", _SLUG)
    return re.compile(pattern, re.DOTALL)


def slug_of(title: str) -> str:
    """The words of a title as a slug: small letters, digits and hyphens; accents are lost."""
    folded = re.sub("['’‘]", "", without_accents(title[:_LONGEST]))
    return re.sub("[^a-z0-9]+", "-", folded).strip("-")


def is_slug_of(slug: str, title: str) -> bool:
    """Whether a slug may have been made of a title, by its letters and digits.

    True as well where that is a matter of taste: letters beyond ASCII, which may be spelt in
    another alphabet, and signs such as `&`, which may be spelt out.
    """
    folded, wanted = without_accents(slug[:_LONGEST]), without_accents(title[:_LONGEST])
    if letters(folded) == letters(wanted):
        return True
    is_in_ascii = letters(title.casefold()).isascii() or not letters(slug).isascii()
    return not is_in_ascii or not _SPELT_OUT.isdisjoint(wanted)
