"""The `format` checkers of JSON Schema: does this string conform to that grammar?

Each checker takes any string at all (control characters, lone surrogates, a megabyte of noise),
never raises, and runs in time linear in its length. Three habits keep it so. Text is cut at its
delimiters first and each part then matched against a flat character class, so no pattern has a
repeat to backtrack into. Only `fullmatch` decides, because `$` would let a final newline through.
And digits are spelled `[0-9]`, because `\\d` takes every script's. Patterns are compiled on first
use by `re`'s own cache, which keeps this import cheap.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from seedlint.text.host_names import LONGEST_NAME, is_idn_hostname, is_ipv4, is_ipv6

# ---------------------------------------------------------------- dates and times (RFC 3339)


def _date(text: str) -> bool:
    """RFC 3339 `full-date`, calendar-true in the proleptic Gregorian calendar."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if match is None:
        return False
    year, month, day = map(int, match.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= 12 and 1 <= day <= lengths[month - 1]


def _time(text: str) -> bool:
    """RFC 3339 `full-time`; second 60 only where it is 23:59:60 in UTC (section 5.7)."""
    hour_minute = "([01][0-9]|2[0-3]):([0-5][0-9])"
    match = re.fullmatch(
        rf"{hour_minute}:([0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|([+-]){hour_minute})", text
    )
    if match is None:
        return False
    hour, minute, second, sign, ahead_hours, ahead_minutes = match.groups(default="0")
    ahead = int(ahead_hours) * 60 + int(ahead_minutes)
    utc = int(hour) * 60 + int(minute) + (ahead if sign == "-" else -ahead)
    return second != "60" or utc % (24 * 60) == 24 * 60 - 1


# Dates that every month has, in the form that programs write.
_QUICK_DATE_TIME = (
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?Z"
)


def _date_time(text: str) -> bool:
    """RFC 3339 `date-time`; the separator is `T` or `t`."""
    if re.fullmatch(_QUICK_DATE_TIME, text):
        return True
    return text[10:11] in ("T", "t") and _date(text[:10]) and _time(text[11:])


def _duration(text: str) -> bool:
    """RFC 3339 appendix A: units in order, none skipped between two others, weeks alone."""
    clock = "T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)"
    days = "(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)"
    return re.fullmatch(f"P(?:{days}(?:{clock})?|{clock}|[0-9]+W)", text) is not None


# ---------------------------------------------------------------- addresses and host names

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"


def _hostname(text: str) -> bool:
    """RFC 1123 section 2.1; labels in Punycode (`xn--`) must also be good IDNA (RFC 5891)."""
    if len(text) > LONGEST_NAME:
        return False
    labels = text.split(".")
    if not all(re.fullmatch(_LABEL, label) for label in labels):
        return False
    return not any(label[:4].lower() == "xn--" for label in labels) or is_idn_hostname(text)


def _email(text: str, beyond_ascii: str = "") -> bool:
    """RFC 5321 section 4.1.2 `Mailbox`, with the size limits of section 4.5.3.1."""
    local, _, domain = text.rpartition("@")
    if len(local.encode(errors="surrogatepass")) > 64 or len(domain) > LONGEST_NAME:
        return False
    atom = rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~{beyond_ascii}-]+"
    quoted = rf'"(?:[ !#-\[\]-~{beyond_ascii}]|\\[ -~])*"'
    if not re.fullmatch(rf"{atom}(?:\.{atom})*|{quoted}", local):
        return False
    if domain.startswith("[") and domain.endswith("]"):
        literal = domain[1:-1]
        return is_ipv6(literal[5:]) if literal[:5].lower() == "ipv6:" else is_ipv4(literal)
    label = _LABEL.replace("0-9", f"0-9{beyond_ascii}")
    return all(re.fullmatch(label, part) for part in domain.split("."))


def _idn_email(text: str) -> bool:
    """RFC 6531 section 3.3: RFC 5321 with any character beyond ASCII, lone surrogates apart."""
    return _email(text, "\u0080-\ud7ff\ue000-\U0010ffff")


# ---------------------------------------------------------------- URI, IRI (RFC 3986, RFC 3987)

_UNRESERVED_OR_SUB_DELIM = r"A-Za-z0-9._~!$&'()*+,;=\-"
# RFC 3987 `ucschar` without the bidirectional formatting characters its section 4.1 forbids.
_UCS = "\u00a0-\u200d\u2010-\u2029\u202f-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(
    f"{chr(plane + first)}-{chr(plane + 0xFFFD)}"
    for plane in range(0x10000, 0xF0000, 0x10000)
    for first in [0x1000 if plane == 0xE0000 else 0]
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
LONE_PERCENT = "%(?![0-9A-Fa-f]{2})"
"""A `%` that does not begin a code, as a pattern."""


def _uri_reference(text: str, ucs: str = "", private: str = "", *, absolute: bool = False) -> bool:
    """RFC 3986 section 4.1 `URI-reference`; `absolute` asks for the scheme (`URI`)."""
    if re.search(LONE_PERCENT, text):
        return False
    rest, _, fragment = text.partition("#")
    rest, _, query = rest.partition("?")
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.\-]*:", rest)
    if scheme:
        rest = rest[scheme.end() :]
    elif absolute or ":" in rest.partition("/")[0]:
        return False
    if rest.startswith("//"):
        authority, _, rest = rest[2:].partition("/")
        if not _authority(authority, ucs):
            return False
    path = f"{_UNRESERVED_OR_SUB_DELIM}{ucs}%:@/"
    return bool(
        re.fullmatch(f"[{path}]*", rest)
        and re.fullmatch(f"[{path}?{private}]*", query)
        and re.fullmatch(f"[{path}?]*", fragment)
    )


def _authority(text: str, ucs: str) -> bool:
    """RFC 3986 section 3.2; any run of name characters is a host, `999.999.999.999` too."""
    user, _, host_port = text.rpartition("@")
    match = re.fullmatch(r"(\[[^\[\]]*\]|[^\[\]:]*)(?::[0-9]*)?", host_port)
    if match is None or not re.fullmatch(f"[{_UNRESERVED_OR_SUB_DELIM}{ucs}%:]*", user):
        return False
    host = match[1]
    if host.startswith("["):
        future = rf"\[[Vv][0-9A-Fa-f]+\.[{_UNRESERVED_OR_SUB_DELIM}:]+\]"
        return is_ipv6(host[1:-1]) or re.fullmatch(future, host) is not None
    return re.fullmatch(f"[{_UNRESERVED_OR_SUB_DELIM}{ucs}%]*", host) is not None


def _uri(text: str) -> bool:
    """RFC 3986 section 3 `URI`."""
    return _uri_reference(text, absolute=True)


def _iri(text: str) -> bool:
    """RFC 3987 section 2.2 `IRI`."""
    return _uri_reference(text, _UCS, _PRIVATE, absolute=True)


def _iri_reference(text: str) -> bool:
    """RFC 3987 section 2.2 `IRI-reference`."""
    return _uri_reference(text, _UCS, _PRIVATE)


def _uri_template(text: str) -> bool:
    """RFC 6570 section 2, with erratum 6937 (an apostrophe is a literal)."""
    if re.search(LONE_PERCENT, text):
        return False
    literal = rf"[{_UNRESERVED_OR_SUB_DELIM}%#/:?@\[\]{_UCS}{_PRIVATE}]*"
    variable = r"[A-Za-z0-9_%]+(?:\.[A-Za-z0-9_%]+)*(?:\*|:[1-9][0-9]{0,3})?"
    before, *pieces = text.split("{")
    for piece in pieces:
        expression, brace, after = piece.partition("}")
        names = expression[1:] if expression.startswith(tuple("+#./;?&=,!@|")) else expression
        if not (brace and re.fullmatch(literal, after)):
            return False
        if not all(re.fullmatch(variable, name) for name in names.split(",")):
            return False
    return re.fullmatch(literal, before) is not None


# ---------------------------------------------------------------- identifiers and pointers


def _uuid(text: str) -> bool:
    """RFC 4122 section 3; any version, any variant."""
    return re.fullmatch("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", text) is not None


def _json_pointer(text: str) -> bool:
    """RFC 6901 section 3; after JSON unescaping, so any character may stand in a token."""
    return text[:1] in ("", "/") and not re.search("~(?![01])", text)


def _relative_json_pointer(text: str) -> bool:
    """draft-bhutton-relative-json-pointer-00 section 3, index manipulation (`0+1`) included."""
    match = re.match(r"(?:0|[1-9][0-9]*)(?:[+-][1-9][0-9]*)?", text)
    return match is not None and (text[match.end() :] == "#" or _json_pointer(text[match.end() :]))


# ---------------------------------------------------------------- regular expressions (ECMA-262)

_DEEPEST_GROUP = 200
_HEX = "[0-9A-Fa-f]"
_ESCAPE = (
    rf"\\(?:[dDsSwWfnrtv]|0(?![0-9])|c[A-Za-z]|x{_HEX}{{2}}"
    rf"|u[dD][89ABab]{_HEX}{{2}}\\u[dD][C-Fc-f]{_HEX}{{2}}|u{_HEX}{{4}}"
    rf"|u\{{0*(?:10{_HEX}{{4}}|{_HEX}{{1,5}})\}}|[pP]\{{[A-Za-z0-9_=]+\}}|[^A-Za-z0-9])"
)
_CLASS_ITEM = rf"{_ESCAPE}|\\b|[^\]\\]"
_REGEX_TOKEN = (
    r"(?P<open>\((?:\?(?:[:=!]|<[=!]|<(?P<name>(?![0-9])[\w$]+)>))?)(?!\?)|(?P<close>\))"
    r"|(?P<repeat>(?:[*+?]|\{(?P<least>[0-9]+)(?:,(?P<most>[0-9]*))?\})\??)"
    r"|(?P<assertion>[|^$]|\\[bB])|(?P<backreference>\\[1-9][0-9]{0,8}(?![0-9])|\\k<(?![0-9])[\w$]+>)"
    rf"|(?P<class>\[\^?)|(?P<atom>{_ESCAPE}|[^\\()\[*+?|^${{]+|\{{)"
)


def _regex(text: str) -> bool:
    """ECMA-262 section 22.2.1 `Pattern` as the `u` flag reads letters after a backslash, and as
    annex B reads stray punctuation (`\\-`, a lone `}`), which every engine takes.

    Read here rather than given to `re.compile`, which speaks another dialect, differs between
    Python versions, and spends milliseconds on every character class that reaches past Latin-1.
    """
    groups = 0
    opened: list[str] = []
    names: set[str] = set()
    references: set[str] = set()
    repeatable = False
    position = 0
    next_token = re.compile(_REGEX_TOKEN).match
    while position < len(text):
        token = next_token(text, position)
        if token is None:
            return False
        position = token.end()
        kind, found = token.lastgroup, token[0]
        if kind == "repeat":
            if not repeatable or not _in_order(token["least"] or "", token["most"] or ""):
                return False
        elif kind == "open":
            opened.append(found)
            groups += found == "(" or token["name"] is not None
            if len(opened) > _DEEPEST_GROUP or token["name"] in names:
                return False
            names |= {token["name"]} - {None}
        elif kind == "close":
            if not opened:
                return False
            if opened.pop().endswith(("=", "!")):
                kind = "assertion"
        elif kind == "backreference":
            references.add(found[3:-1] if found.startswith("\\k") else found[1:])
        elif kind == "class":
            position = _class_end(text, position)
            if position < 0:
                return False
        repeatable = kind in ("close", "backreference", "class", "atom")
    return not opened and all(
        int(reference) <= groups if reference.isdecimal() else reference in names
        for reference in references
    )


def _in_order(least: str, most: str) -> bool:
    """Compared as text, because `int` refuses a number of more than 4,300 digits."""
    low, high = least.lstrip("0"), most.lstrip("0")
    return not most or (len(low), low) <= (len(high), high)


def _class_end(text: str, position: int) -> int:
    """Where the character class whose items start here ends; -1 if it does not, or has a range
    that does not run upwards from one character to another."""
    items: list[str] = []
    next_item = re.compile(_CLASS_ITEM).match
    while item := next_item(text, position):
        items.append(item[0])
        position = item.end()
    dash = 1
    while dash + 1 < len(items):
        if items[dash] != "-":
            dash += 1
        elif 0 <= _code_point(items[dash - 1]) <= _code_point(items[dash + 1]):
            dash += 3
        else:
            return -1
    return position + 1 if text.startswith("]", position) else -1


def _code_point(item: str) -> int:
    """The character a class item stands for; -1 when it stands for many, as `\\d` does."""
    kind, digits = item[1:2], item[2:]
    if not kind:
        return ord(item)
    if kind in "dDsSwWpP":
        return -1
    if kind == "c":
        return ord(digits) % 32
    if kind == "x" or digits.startswith("{"):
        return int(digits.strip("{}"), 16)
    if kind == "u":
        units = bytes.fromhex(digits.replace("\\u", ""))
        return ord(units.decode("utf-16-be", "surrogatepass"))
    return ord(dict(zip("0bfnrtv", "\0\b\f\n\r\t\v", strict=True)).get(kind, kind))


# ---------------------------------------------------------------- the table

_TABLE: dict[str, tuple[Callable[[str], bool], str]] = {
    "date-time": (_date_time, "a date and time such as `2024-05-01T09:30:00Z`"),
    "date": (_date, "a date such as `2024-05-01`"),
    "time": (_time, "a time with its offset, such as `09:30:00Z`"),
    "duration": (_duration, "a duration such as `P3DT12H`"),
    "email": (_email, "an email address such as `ada@example.com`"),
    "idn-email": (_idn_email, "an email address such as `zoë@example.com`"),
    "hostname": (_hostname, "a host name such as `www.example.com`"),
    "idn-hostname": (is_idn_hostname, "a host name such as `bücher.example`"),
    "ipv4": (is_ipv4, "an IPv4 address such as `192.0.2.1`"),
    "ipv6": (is_ipv6, "an IPv6 address such as `2001:db8::1`"),
    "uri": (_uri, "a full URL such as `https://example.com/page`"),
    "uri-reference": (_uri_reference, "a URL or a path such as `/page#top`"),
    "iri": (_iri, "a full URL such as `https://example.com/café`"),
    "iri-reference": (_iri_reference, "a URL or a path such as `/café#top`"),
    "uri-template": (_uri_template, "a URL template such as `/users/{id}`"),
    "uuid": (_uuid, "a UUID such as `123e4567-e89b-12d3-a456-426614174000`"),
    "json-pointer": (_json_pointer, "a JSON pointer such as `/related/0/title`"),
    "relative-json-pointer": (_relative_json_pointer, "a relative JSON pointer such as `1/title`"),
    "regex": (_regex, "a regular expression such as `^[a-z]+$`"),
}

FORMATS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {name: checker for name, (checker, _) in _TABLE.items()}
)


QUICK_PATTERNS: Mapping[str, str] = MappingProxyType({"date-time": _QUICK_DATE_TIME})
"""Of some formats, a pattern: what it matches as a whole is certainly of the format."""


def describe(name: str) -> str:
    """What a string of the format `name` is, as a short noun phrase with an example.

    `name` is a key of `FORMATS`; any other raises `KeyError`. Each example conforms to its format.
    """
    return _TABLE[name][1]
