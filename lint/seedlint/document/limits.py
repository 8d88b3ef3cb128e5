"""Bounds on what one file may cost. Passing one is a finding, never a crash."""

from seedlint.named_tuple import NamedTuple


class Limits(NamedTuple):
    """The bounds and their defaults, each several times the largest of 2,890 real seeds."""

    file_bytes: int = 10 * 1024 * 1024
    """Size of a file that is read, in bytes."""
    front_matter_bytes: int = 256 * 1024
    """Size of the front matter in characters; the largest real one has 28,846."""
    depth: int = 64
    """Nesting of mappings and lists; real seeds reach 5."""
    nodes: int = 50_000
    """Mappings, lists and scalars; real seeds reach 1,403 events."""
    aliased_nodes: int = 100_000
    """Nodes after every alias is replaced by what it stands for; counted only with aliases."""
    integer_digits: int = 300
    """Digits of one number."""
    findings: int = 100
    """Findings reported for one file; the rest is counted."""
    seconds: int = 5
    """Work, in CPU time, on one file."""


LARGEST = {
    "file_bytes": 100 * 1024 * 1024,
    "front_matter_bytes": 32 * 1024 * 1024,
    "depth": 500,
    "nodes": 1_000_000,
    "aliased_nodes": 1_000_000,
    "integer_digits": 4000,
    "findings": 10_000,
    "seconds": 3600,
}
"""The most that a configuration may ask for, by limit."""
