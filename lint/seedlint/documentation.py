"""Where the documentation of this package is, by the package's own metadata."""

from __future__ import annotations

from functools import cache


def rule_url(code: str) -> str | None:
    """The address of the page of the rule `code`; None if the package names no documentation.

    The first call takes some 25 ms, which only reports that show addresses pay.
    """
    site = site_url()
    return f"{site}rules/{code}/" if site else None


@cache
def site_url() -> str | None:
    """The `Documentation` address of the package (PEP 753), with a slash at its end."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        urls = metadata("seedlint").get_all("Project-URL") or []
    except PackageNotFoundError:
        # The source is run without having been installed.
        return None
    for url in urls:
        label, _, address = url.partition(",")
        if label.strip().casefold() == "documentation":
            return f"{address.strip().rstrip('/')}/"
    return None
