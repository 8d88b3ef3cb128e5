"""How many findings of each rule have a fix: `python tools/fix_shares.py FOLDER…`.

The findings are those of the seeds in the folders under the article contract, of the examples of
all rules, and of the cases of tests/writers under theirs.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from rule_examples import examples_of, run_example
from seedlint.check import Checker
from seedlint.diagnostic import Diagnostic
from seedlint.rules import all_rules
from seedlint.run import open_schema
from seedlint.settings import Settings

WRITERS = Path(__file__).parents[1] / "tests" / "writers"
_SECTION = re.compile(r"^## .+\n((?:(?!## ).*\n)*)", re.MULTILINE)
_BLOCK = re.compile(r"^(`{3,})(\w+)( escaped)?\n((?:.*\n)*?)\1\n", re.MULTILINE)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\t")


def of_seeds(folders: Iterable[str]) -> Iterator[Diagnostic]:
    """The findings of all seeds below some folders."""
    checker = Checker(open_schema(Settings()), Settings())
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.md")):
            document = checker.read(path.name, path.read_bytes())
            yield from checker.check(document).diagnostics


def of_examples() -> Iterator[Diagnostic]:
    """The findings of the fail examples of all rules."""
    for rule in all_rules().values():
        for example in examples_of(rule):
            yield from run_example(example)[0]


def of_writers() -> Iterator[Diagnostic]:
    """The findings of the broken seeds of tests/writers."""
    with TemporaryDirectory() as folder:
        for path in sorted(WRITERS.rglob("*.md")):
            beside = path.with_name("contract.json")
            contract = beside.read_text("utf-8") if beside.exists() else "{}"
            for section in _SECTION.finditer(path.read_text("utf-8")):
                blocks = list(_BLOCK.finditer(section[1]))
                if blocks and blocks[0][2] == "json":
                    contract = blocks.pop(0)[4]
                if not blocks:
                    continue
                _, language, escaped, text = blocks[0].groups()
                text = f"---\n{text}---\n" if language == "yaml" else text
                if escaped:
                    text = _ESCAPE.sub(lambda at: chr(int(at[1], 16)) if at[1] else "\t", text)
                file = Path(folder, "contract.json")
                file.write_text(contract, "utf-8")
                settings = Settings(schema=file)
                checker = Checker(open_schema(settings), settings)
                document = checker.read("s.md", text.encode())
                yield from checker.check(document).diagnostics


def main() -> int:
    """Print a table in Markdown."""
    shares: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for found in (of_seeds(sys.argv[1:]), of_examples(), of_writers()):
        for each in found:
            shares[each.code][each.fix.applicability if each.fix else ""] += 1
    print("| rule | findings | safe | unsafe | with a fix |\n|---|--:|--:|--:|--:|")
    for code, share in sorted(shares.items()):
        total = share.total()
        fixed = f"{(total - share['']) * 100 // total} %"
        name = all_rules()[code].name
        print(f"| {code} {name} | {total} | {share['safe']} | {share['unsafe']} | {fixed} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
