"""Hosts: IP addresses, what a browser makes of a name, and which names IDNA 2008 allows.

The only place that encodes a host. The tables are those of the library `idna`, which is imported
when the first such name is met, because most runs meet none.
"""

import re

DOT = "[.\u3002\uff0e\uff61]"
"""The full stops that separate labels (RFC 3490 section 3.1), as a pattern."""

# 255 octets on the wire (RFC 1035 section 2.3.4), less the first length octet and the root label.
LONGEST_NAME, LONGEST_LABEL = 253, 63
# The forbidden domain code points of the URL standard.
_FORBIDDEN = r"[\x00-\x20#%/:<>?@\[\\\]^|\x7f]"
_JOINERS = "\u200c\u200d"


def is_ipv4(text: str) -> bool:
    """RFC 2673 section 3.2, with RFC 3986's `dec-octet`: a leading zero would read as octal."""
    octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
    return re.fullmatch(rf"{octet}(?:\.{octet}){{3}}", text) is not None


def is_ipv6(text: str) -> bool:
    """RFC 4291 section 2.2, without zone id or prefix length."""
    # Longer than any address; beyond it there is nothing to gain from cutting the text up.
    if len(text) > 45:
        return False
    head, gap, tail = text.partition("::")
    groups = [*(head.split(":") if head else []), *(tail.split(":") if tail else [])]
    if groups and is_ipv4(groups[-1]) and not text.endswith("::"):
        groups[-1:] = ["0", "0"]
    if not all(re.fullmatch("[0-9A-Fa-f]{1,4}", group) for group in groups):
        return False
    return len(groups) <= 7 if gap else len(groups) == 8


def browser_host(host: str) -> str | None:
    """The name in ASCII that a browser looks up for `host`; None for a host it refuses.

    This is "domain to ASCII" of the URL standard: UTS 46, not transitional, with `ß` as a letter
    of its own.
    """
    # Punycode never shortens, so nothing that the DNS could hold is refused here.
    if not host or len(host) > LONGEST_NAME:
        return None
    name: str | None = (lowered := host.lower())
    if not host.isascii() or "xn--" in lowered:
        name = _domain_to_ascii(host)
    return None if not name or re.search(_FORBIDDEN, name) else name


def is_idn_hostname(text: str) -> bool:
    """RFC 5890 section 2.3.2.3, with all four full stops as dots."""
    import idna

    if len(text) > LONGEST_NAME:
        return False
    written = re.split(DOT, text)
    try:
        labels = [idna.ulabel(label) for label in written]
        _check_direction(labels)
    except ValueError:
        return False
    encoded = [encode_label(label) for label in labels]
    # Punycode can be written in more than one way, and only one is right (RFC 5891 section 5.4).
    if any(
        one.isascii() and one.lower() != other for one, other in zip(written, encoded, strict=True)
    ):
        return False
    return max(map(len, encoded)) <= LONGEST_LABEL and len(".".join(encoded)) <= LONGEST_NAME


def encode_label(label: str) -> str:
    """The label in ASCII, by Punycode and nothing else. A lone surrogate has a code, too."""
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii").lower()


def decode_label(label: str) -> str:
    """The label as people read it; ValueError when what follows `xn--` is not Punycode."""
    if not label.startswith("xn--"):
        return label
    return label[4:].encode("ascii").decode("punycode")


def _domain_to_ascii(host: str) -> str | None:
    import idna

    try:
        mapped = idna.uts46_remap(host, std3_rules=False)
        labels = [_checked_label(label) for label in mapped.split(".")]
        _check_direction(labels)
    except ValueError:
        return None
    return ".".join(map(encode_label, labels))


def _checked_label(label: str) -> str:
    """The label as people read it; ValueError when it breaks UTS 46 section 4.1."""
    import idna

    if not label:
        return ""
    decoded = decode_label(label)
    if decoded != label and (
        decoded.isascii() or idna.uts46_remap(decoded, std3_rules=False) != decoded
    ):
        raise ValueError(f"encodes no name: {label}")
    if decoded.startswith("xn--"):
        raise ValueError(f"encoded twice: {label}")
    idna.check_initial_combiner(decoded)
    for place, character in enumerate(decoded):
        if character in _JOINERS and not idna.valid_contextj(decoded, place):
            raise ValueError(f"joins nothing: {label}")
    return decoded


def _check_direction(labels: list[str]) -> None:
    """RFC 5893 section 2: binding on every label once one has a letter that runs leftwards."""
    from unicodedata import bidirectional

    import idna

    if any(bidirectional(character) in ("R", "AL", "AN") for character in "".join(labels)):
        for label in filter(None, labels):
            idna.check_bidi(label, check_ltr=True)
