"""What a text that is not of a format was meant to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from seedlint.document.scalars import is_date
from seedlint.fix.operation import ProposedFix, ReplaceScalar
from seedlint.named_tuple import NamedTuple
from seedlint.rules.base import quote
from seedlint.rules.url.parts import split_url
from seedlint.text.dates import read_date
from seedlint.text.formats import FORMATS

_NO_WWW = re.compile(r"(?i)\b(?:without|no)\W{1,3}www\.")
_IN_BRACKETS = re.compile(r"<([^<>]*)>")
_AT = re.compile(r" *(?:\(at\)|\[at\]| at ) *")
_NAMED_ZONE = re.compile(r"(?i)[a-z]{2}(?<!utc)(?<!gmt)\Z")
_SCHEME = re.compile("https?://")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]{1,9})?"
    r"(?:[Zz]|[-+](?:0[0-9]|1[0-4]):[0-5][0-9])"
)
# What people write behind a date: a full stop, a second `Z`, a note in brackets.
_NOTE = re.compile(r"(?<=[0-9Zz])(?:\.|(?<=[Zz])[Zz]| *\([^()]*\))\Z")
_LONGEST = 300
# What is put around a value and is not part of it: quotes, brackets, blanks, a comma after it.
_MARKS = " \u00a0\t\"'<>()[],;\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb"


class Advice(NamedTuple):
    """Help, the text that it proposes to write, and whether only that can have been meant."""

    help: str
    meant: str | None = None
    is_certain: bool = False

    @property
    def fix(self) -> ProposedFix | None:
        """The fix that writes the text."""
        if self.meant is None:
            return None
        operation = ReplaceScalar((), self.meant, may_be_date=is_date(self.meant))
        return ProposedFix(f"write {quote(self.meant)}", (operation,), is_safe=self.is_certain)


def _write(meant: str, is_certain: bool) -> Advice:
    return Advice(f"write `{meant}`", meant, is_certain)


def advise_format(name: str, text: str, schema: Mapping[str, object]) -> Advice | None:
    """What to do about a text that is not of the format `name`; `schema` is what asks for it."""
    if len(text) > _LONGEST:
        return None
    advise = _BY_FORMAT.get(name)
    advice = advise(text, schema) if advise else None
    if advice is None and name != "regex":
        inner = text.strip(_MARKS)
        if inner != text and inner and "`" not in inner and FORMATS[name](inner):
            return _write(inner, is_certain=True)
    if advice is None and name in ("date", "date-time"):
        alone = _NOTE.sub("", text)
        if alone != text and FORMATS[name](alone):
            return _write(alone, is_certain=False)
        way_out = _last_day(name, text) or _time_of_day(text)
        return Advice(way_out) if way_out else None
    return advice


def _last_day(name: str, text: str) -> str | None:
    """What to write for a day that its month does not have, or for a month that no year has."""
    other_way = f"{text[:5]}{text[8:10]}-{text[5:7]}{text[10:]}"
    if FORMATS[name](other_way):
        return f"write the month before the day: `{other_way}`"
    for day in ("31", "30", "29", "28"):
        if FORMATS["date"](text[:8] + day):
            mended = text[:8] + day + text[10:]
            if day < text[8:10] and FORMATS[name](mended):
                return f"write a day that the month has, such as `{mended}`"
            return None
    return None


def _time_of_day(text: str) -> str | None:
    """What to write for a time that no day has."""
    time = _TIME.fullmatch(text)
    if time is None:
        return None
    if time[1] > "23":
        return f"write an hour from 00 to 23 in place of `{time[1]}`"
    if time[2] > "59":
        return f"write minutes from 00 to 59 in place of `{time[2]}`"
    return f"write seconds from 00 to 59 in place of `{time[3]}`" if time[3] > "59" else None


def _advise_date(text: str, schema: Mapping[str, object]) -> Advice | None:
    found = read_date(text)
    if found is None:
        return None
    if found.other_day:
        return Advice(
            f"write the year first: `{found.day}` or `{found.other_day}`, whichever is meant"
        )
    # A time that is left out was meant to say something.
    return _write(found.day, is_certain=_has_year_first(text) and not found.time)


def _advise_date_time(text: str, schema: Mapping[str, object]) -> Advice | None:
    found = read_date(text)
    if found is None:
        return None
    if found.other_day:
        time = f"T{found.time or '09:30:00'}{found.offset or 'Z'}"
        such_as = ":" if found.time else ", such as"
        return Advice(
            f"write the year first, and `T` before the time{such_as} `{found.day}{time}` or "
            f"`{found.other_day}{time}`, whichever is meant"
        )
    if not found.time:
        return Advice(f"write the time after the day, such as `{found.day}T09:30:00Z`")
    meant = f"{found.day}T{found.time}{found.offset or 'Z'}"
    if not found.offset:
        return Advice(f"write `{meant}`, or the offset from UTC for the `Z`", meant)
    # The name of a zone is often written all year, and its offset changes.
    return _write(meant, is_certain=_has_year_first(text) and not _NAMED_ZONE.search(text))


def _has_year_first(text: str) -> bool:
    """Whether a date is in the one order that is the same in all countries."""
    return text.lstrip()[:4].isdecimal()


def _advise_hostname(text: str, schema: Mapping[str, object]) -> Advice | None:
    address = text.strip()
    host = split_url(address if "//" in address else f"//{address}").host.rstrip(".").lower()
    if _NO_WWW.search(str(schema.get("description", ""))):
        host = host.removeprefix("www.")
    if "." not in host or host == text or not FORMATS["hostname"](host):
        return None
    # What is more than a scheme and a slash at the end may have been meant.
    bare = _SCHEME.sub("", address.lower()).rstrip("./")
    return _write(host, is_certain=bare == host)


def _advise_email(text: str, schema: Mapping[str, object]) -> Advice | None:
    bracketed = _IN_BRACKETS.search(text)
    address = (bracketed[1] if bracketed else text).strip().removeprefix("mailto:")
    address = _AT.sub("@", address, count=1).replace(" ", "")
    if not FORMATS["email"](address) or "`" in address or "." not in address.rpartition("@")[2]:
        return None
    return _write(address, is_certain=text.strip().removeprefix("mailto:") == address)


_BY_FORMAT: dict[str, Callable[[str, Mapping[str, object]], Advice | None]] = {
    "date": _advise_date,
    "date-time": _advise_date_time,
    "hostname": _advise_hostname,
    "email": _advise_email,
}
