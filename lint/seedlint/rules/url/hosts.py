"""What can be wrong with the host of a web address."""

from __future__ import annotations

import re

from seedlint.rules.base import quote
from seedlint.rules.url.characters import FORBIDDEN_IN_ASCII, decode
from seedlint.text.host_names import (
    DOT,
    LONGEST_LABEL,
    LONGEST_NAME,
    browser_host,
    is_ipv4,
    is_ipv6,
)

# An underscore is in no host name by the book and in a good many that work.
_NOT_IN_HOST = re.compile(r"[!-,/:-@\[\]~=;]")
_HEX_NUMBER = re.compile(r"0[xX][0-9A-Fa-f]*")
# What the URL standard has a browser look for in a web address, which is less than a person sees.
_OPENED = re.compile(r"(?:https?|ftp|wss?):[/\\]*([^/\\?#]*)", re.IGNORECASE)
_EDGES = "".join(map(chr, range(0x21)))
_TOP_LEVEL = re.compile(r"[a-z][a-z0-9-]*")


def host_problem(host: str) -> str | None:
    """What is wrong with `host`, as a message; None when nothing is."""
    if not host:
        return "the name of the site is missing"
    if host.startswith("["):
        return None if _is_ipv6_literal(host) else f"{quote(host)} is not an IPv6 address"
    if ":" in host:
        return f"the IPv6 address {quote(host)} must be in square brackets"
    if FORBIDDEN_IN_ASCII.search(host):
        # Reported by the rule on illegal characters, wherever they are.
        return None
    labels = _labels(host)
    return _spelling_problem(host, labels) or _name_problem(host, labels)


def encoding_problem(host: str) -> str | None:
    """What is wrong with a host that `host_problem` lets pass and no browser opens."""
    # Most hosts have nothing that needs decoding.
    if host.startswith("[") or (host.isascii() and "xn--" not in host.lower()):
        return None
    name = browser_host(host)
    if name is not None and len(name) <= LONGEST_NAME:
        labels = _labels(name)
        if "" not in labels and len(max(labels, key=len)) <= LONGEST_LABEL:
            return None
    return f"the host {quote(host)} is not an internationalised name that a browser can open"


def is_local(host: str) -> bool:
    """Whether the host is this computer."""
    name = host.lower().removesuffix(".")
    return (
        name in ("localhost", "[::1]")
        or name.endswith(".localhost")
        or (name.startswith("127.") and is_ipv4(name))
    )


def opened_site(text: str) -> str | None:
    """The site that a browser opens for the text as it is written; None where that names none.

    This is the reading of the URL standard, which knows nothing of HTML entities and the like.
    """
    match = _OPENED.match(re.sub("[\t\n\r]", "", text.strip(_EDGES)))
    if match is None:
        return None
    host = match[1].rpartition("@")[2]
    if host.startswith("["):
        return host.partition("]")[0].lower()
    name = browser_host(decode(host.partition(":")[0]))
    if name is None:
        return None
    labels = _labels(name)
    # `https://https://…` opens the site `https`: nobody has such a name.
    if (
        len(labels) < 2
        or "" in labels
        or not (_TOP_LEVEL.fullmatch(labels[-1]) or is_ipv4(".".join(labels)))
    ):
        return None
    return ".".join(labels)


def _labels(host: str) -> list[str]:
    labels = host.split(".") if host.isascii() else re.split(DOT, host)
    if len(labels) > 1 and not labels[-1]:
        labels.pop()
    return labels


def _spelling_problem(host: str, labels: list[str]) -> str | None:
    if "" in labels:
        if labels[0] == "" and "" not in labels[1:]:
            return f"the host {quote(host)} begins with a dot"
        return f"the host {quote(host)} has nothing between two dots"
    wrong = _NOT_IN_HOST.search(host)
    if wrong:
        return f"the host {quote(host)} has {quote(wrong[0])} in it"
    for label in labels:
        if label[0] == "-" or label[-1] == "-":
            where = "begins" if label[0] == "-" else "ends"
            whole = "the host" if len(labels) == 1 else "in the host"
            name = "" if len(labels) == 1 else f", {quote(label)}"
            return f"{whole} {quote(host)}{name} {where} with a hyphen"
    return None


def _name_problem(host: str, labels: list[str]) -> str | None:
    longest = max(labels, key=len)
    if len(longest) > LONGEST_LABEL:
        return (
            f"{quote(longest)} in the host has {len(longest)} characters; "
            f"{LONGEST_LABEL} is the most there can be between two dots"
        )
    if len(host) > LONGEST_NAME:
        return f"the host {quote(host)} has more than {LONGEST_NAME} characters"
    # Full-width digits are digits, and some other characters have a dot in them.
    labels = _labels(browser_host(host) or host)
    last = labels[-1]
    is_number = (last.isascii() and last.isdecimal()) or _HEX_NUMBER.fullmatch(last) is not None
    if is_number and not is_ipv4(".".join(labels)):
        return f"the host {quote(host)} is neither a name nor an IP address"
    if len(labels) == 1 and last.lower() != "localhost":
        return f"the host {quote(host)} has no dot: no site has such a name"
    return None


def _is_ipv6_literal(host: str) -> bool:
    # A zone only means something on the computer it was written on.
    return host.endswith("]") and is_ipv6(host[1:-1])
