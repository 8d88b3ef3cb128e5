"""A picture of what the command prints on a terminal, in its colours, from a real run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_CHARACTER, _LINE, _MARGIN = 7.8, 17, 16
# The styles that `report/full.py` uses, as classes.
_STYLES = {"1;31": "r", "1;33": "y", "1;36": "c", "1;34": "b", "1": "w"}
_STYLE = """
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #c9d1d9;
  white-space: pre }
.r { fill: #ff7b72; font-weight: bold }
.y { fill: #e3b341; font-weight: bold }
.c { fill: #76e3ea; font-weight: bold }
.b { fill: #79c0ff; font-weight: bold }
.w { fill: #f0f6fc; font-weight: bold }
.g { fill: #8b949e }
"""


def picture(*arguments: str) -> str:
    """An SVG of `seedlint` with these arguments, run in the checkout: the command, what it says."""
    env = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    done = subprocess.run(
        [sys.executable, "-m", "seedlint", *arguments],
        cwd=ROOT,
        env={**env, "FORCE_COLOR": "1", "SEEDLINT_NO_CACHE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        raise ValueError(done.stdout)
    lines = [f"$ seedlint {' '.join(arguments)}", "", *done.stdout.splitlines()]
    columns = max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines)
    width = round(columns * _CHARACTER) + 2 * _MARGIN
    height = len(lines) * _LINE + 2 * _MARGIN
    body = "\n".join(
        text for number, line in enumerate(lines) for text in _texts(line, number) if text
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">\n'
        f"<title>{escape(lines[0])}</title>\n<style>{_STYLE}</style>\n"
        f'<rect width="{width}" height="{height}" rx="8" fill="#0d1117"/>\n{body}\n</svg>\n'
    )


def _texts(line: str, number: int) -> Iterator[str]:
    """The pieces of a line, each of one style, and as wide as it is on a terminal."""
    y = _MARGIN + _LINE * number + 13
    column, style = 0, "g" if number == 0 else ""
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        if piece.startswith("\x1b"):
            style = _STYLES.get(piece[2:-1], "")
            continue
        if text := piece.strip():
            x = _MARGIN + _CHARACTER * (column + piece.index(text[0]))
            name = f' class="{style}"' if style else ""
            length = f"{len(text) * _CHARACTER:.1f}"
            yield (
                f'<text{name} x="{x:.1f}" y="{y}" textLength="{length}" '
                f'lengthAdjust="spacingAndGlyphs" xml:space="preserve">{escape(text)}</text>'
            )
        column += len(piece)
