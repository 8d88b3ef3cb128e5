"""Random slips in good seeds: told near their place, with a line to write that can be read."""

from __future__ import annotations

import random

import pytest

from paths import SEEDS, seeds_in
from seedlint.document.document import read_document
from seedlint.document.limits import Limits
from seedlint.document.yaml_tree import first_mistake
from seedlint.text.source import SourceFile
from seedlint.text.span import LineIndex

TEXTS = [data.decode("utf-8-sig").replace("\r\n", "\n") for data in seeds_in(SEEDS)]
INSERTED = [*"\"':-[]{},#&*!|>%@` ", "  ", '"', ":"]


def slip(text: str, rng: random.Random) -> tuple[str, int]:
    """The text with one slip in its front matter, and the line it is on."""
    at = rng.randrange(4, text.index("\n---", 4))
    line = text[:at].count("\n") + 1
    kind = rng.choice(["delete", "insert", "swap", "indent"])
    if kind == "delete" and text[at] != "\n":
        return text[:at] + text[at + 1 :], line
    if kind == "swap" and "\n" not in text[at : at + 2]:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :], line
    if kind == "indent":
        start = text.rindex("\n", 0, at) + 1
        removed = text[start] == " "
        return text[:start] + ("" if removed else " ") + text[start + removed :], line
    return text[:at] + rng.choice(INSERTED) + text[at:], line


@pytest.mark.parametrize("seed", range(3))
def test_random_slips(seed: int) -> None:
    rng = random.Random(seed)
    broken = near = told = 0
    for _ in range(400):
        text, line = slip(rng.choice(TEXTS), rng)
        document = read_document(SourceFile("s.md", text), Limits())
        if document.is_parsed:
            continue
        problem = document.problems[0]
        broken += 1
        index = LineIndex(text)
        place = index.position(problem.span.start).line
        near += abs(place - line) <= 1
        told += bool(problem.advice)
        if not problem.proposal:
            continue
        # The line as it should be, where it is.
        start, end = index.line_span(place)
        indentation = text[start:end][: len(text[start:end]) - len(text[start:end].lstrip())]
        written = text[:start] + indentation + problem.proposal + text[end:]
        matter = document.front_matter
        assert matter is not None
        view = matter._replace(
            content=matter.content._replace(end=matter.content.end + len(written) - len(text))
        ).view(written)
        error = first_mistake(view, Limits())
        assert error is None or LineIndex(written).position(error).line > place, problem
    assert broken > 60
    assert near > 0.95 * broken
    assert told > 0.85 * broken
