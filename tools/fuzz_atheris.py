"""Coverage-guided fuzzing of front matter and YAML: `python tools/fuzz_atheris.py [CORPUS]`.

Optional: needs `pip install atheris`, which is no dependency of seedlint. Any bytes at all must
give findings or none; an exception, a broken law of `fuzz.check_laws` or a file that takes 10 s
stops the run and leaves the input as `crash-…` or `timeout-…`. All arguments go to libFuzzer: a
folder holds the corpus (new inputs are added to the first), `-runs=N` and
`-max_total_time=SECONDS` bound the run, a file is tried again:

    mkdir -p /tmp/found
    python tools/fuzz_atheris.py /tmp/found seeds -max_total_time=600
    python tools/fuzz_atheris.py crash-1234
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

_LARGEST = 64 * 1024
_OPENING, _CLOSING = b"---\n", b"\n---\n"


def load_atheris() -> Any:
    """The module, or the end of the program with a line that says how to get it."""
    try:
        return import_module("atheris")
    except ImportError:
        sys.exit("fuzz_atheris: the package `atheris` is not installed: pip install atheris")


def main() -> None:
    atheris = load_atheris()
    # What is imported in here, and not before, tells libFuzzer which lines were reached: `fuzz`
    # too, because it imports all of seedlint.
    with atheris.instrument_imports(include=["seedlint"]):
        import fuzz
        from seedlint.check import Checker
        from seedlint.run import open_schema
        from seedlint.settings import Settings
        from seedlint.text.source import SourceFile

        settings = Settings()
        checker = Checker(open_schema(settings), settings)

    def test_one_input(data: bytes) -> None:
        # Bytes as they come, and the same as front matter: half of the effort would else go into
        # finding out what a fence is.
        for text in (data, _OPENING + data + _CLOSING):
            source = SourceFile.from_bytes("input.md", text)
            fuzz.check_laws(source, checker.check(checker.read("input.md", text)))

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        """libFuzzer's own mutation, or one of those of `fuzz`, by tokens or by events."""
        rng = random.Random(seed)
        kinds: Sequence[fuzz.Mutate] = rng.choice(((), (fuzz.insert_token,), fuzz.EVENT_MUTATIONS))
        if not kinds:
            mutated: bytes = atheris.Mutate(data, max_size)
            return mutated
        # An input without a fence is front matter, see above.
        fences = (b"", b"") if data.startswith(_OPENING) else (_OPENING, _CLOSING)
        text = bytearray(fences[0] + data + fences[1])
        rng.choice(kinds)(text, rng, [data])
        changed = bytes(text).removeprefix(fences[0]).removesuffix(fences[1])
        return changed[:max_size]

    options = [f"-max_len={_LARGEST}", "-timeout=10"]
    atheris.Setup([sys.argv[0], *options, *sys.argv[1:]], test_one_input, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
