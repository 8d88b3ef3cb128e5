"""The ratios that seedlint is held to, in pairs, on this machine.

    python benchmarks/ratios.py --corpus FOLDER --script-python PYTHON

Each line is a median of ratios, run by run, and the most that it should be: what a finding costs by
a clean seed, what a form of seeds or contracts by the plain one (CPU time, one process, no cache).
`--corpus` names a folder of real seeds of which some have findings; `--script-python` a Python with
PyYAML and jsonschema-rs, for the time by the clock of a script of twenty lines over those seeds;
`--baseline COMMAND` another seedlint to hold this one against.
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measure import Command, Sample, in_turn, output_of
from samples import CONTRACT, HERE, MARKDOWN, seed_set

FINDINGS = (0, 1)


@dataclass(frozen=True)
class Ratio:
    """One comparison: the command in question, the one it is held against, and the most it may be.

    `weigh` turns a run of both, and one over one small seed, into the ratio.
    """

    name: str
    above: Command
    below: Command
    most: float
    weigh: Callable[[Sample, Sample, Sample], float] = lambda above, below, start: (
        above.cpu / below.cpu
    )


class Bench:
    """The commands and folders that are measured."""

    def __init__(self, work: Path, seedlint: Sequence[str], count: int) -> None:
        self.work = work
        self.seedlint = list(seedlint)
        self.count = count
        self.without_comparison = work / "one-by-one.json"
        contract = json.loads(CONTRACT.read_text("utf-8"))
        contract["x-seedlint"].pop("unique-across", None)
        self.without_comparison.write_text(json.dumps(contract), "utf-8")

    def check(self, folder: Path, *options: str, name: str = "") -> Command:
        """`seedlint check` over a folder or a file, in one process."""
        arguments = [*self.seedlint, "check", "--isolated", "--no-cache", "--jobs", "1"]
        arguments += ["--output-format", "concise", *options, str(folder)]
        return Command(name or folder.name, arguments, self.work, FINDINGS)

    def folder(self, name: str, files: Iterator[tuple[str, bytes]]) -> Path:
        """A folder with these files."""
        folder = self.work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file, data in files:
            (folder / file).write_bytes(data)
        return folder

    def one(self, name: str, text: str) -> Path:
        """A folder with one seed."""
        return self.folder(name, iter([("seed.md", text.encode())]))


def real(bench: Bench, corpus: Path) -> Iterator[Ratio]:
    """What a byte of a real seed with findings costs, by what one of a clean seed costs."""
    contract = ("--schema", str(bench.without_comparison))
    report = bench.check(corpus, *contract)
    arguments = [each if each != "concise" else "json" for each in report.arguments]
    output = output_of(Command("json", [*arguments, "--quiet"], bench.work, FINDINGS))[1]
    dirty = {Path(each["filename"]).name for each in json.loads(output)}
    files = [(path.name, path.read_bytes()) for path in sorted(corpus.rglob("*.md"))]
    sizes = {
        kind: sum(len(data) for name, data in files if (name in dirty) is kind)
        for kind in (True, False)
    }

    def per_byte(above: Sample, below: Sample, start: Sample) -> float:
        return (above.cpu - start.cpu) / (below.cpu - start.cpu) / (sizes[True] / sizes[False])

    yield Ratio(
        f"per byte, {len(dirty)} real seeds with findings by {len(files) - len(dirty)} without",
        bench.check(bench.folder("dirty", ((n, d) for n, d in files if n in dirty)), *contract),
        bench.check(bench.folder("clean", ((n, d) for n, d in files if n not in dirty)), *contract),
        2.0,
        per_byte,
    )


def scripts(bench: Bench, corpus: Path, python: str) -> Iterator[Ratio]:
    """All cores over real seeds, by a script with PyYAML's C loader and jsonschema-rs."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(corpus.rglob("*.md"))}
    # As seeds of a larger site: no two share a link or a title.
    unique = re.compile(r'^(title: "?|(?:originalUrl|webUrl): .*[/=])', re.MULTILINE)
    larger = (
        (f"{number}-{name}", unique.sub(rf"\g<1>{number}", text).encode())
        for number in range(4)
        for name, text in texts.items()
    )
    once = bench.folder("once", ((name, text.encode()) for name, text in texts.items()))
    for folder, most in ((once, 0.75), (bench.folder("four-times", larger), 0.6)):
        arguments = [*bench.seedlint, "check", "--isolated", "--no-cache"]
        arguments += ["--output-format", "concise", str(folder)]
        script = [python, str(HERE / "pyyaml_jsonschema.py"), "jsonschema-rs", str(CONTRACT)]
        yield Ratio(
            f"{folder.name}, all cores, by a script",
            Command(folder.name, arguments, bench.work, FINDINGS),
            Command("script", [*script, str(folder)], bench.work, FINDINGS),
            most,
            lambda above, below, start: above.wall / below.wall,
        )


SEED = HERE.parent / "seeds" / "2021-05-08-ferry-timetable-changes-for-the-spring-season.md"


def single(bench: Bench) -> Iterator[Ratio]:
    """One seed, by a clean one that asks no rule."""
    clean = SEED.read_text("utf-8")
    none = bench.check(bench.one("asks-none", clean))
    asks = clean.replace("www.harbour-times.example/tr", "a.b.c.d.harbour-times.example/tr")
    wrong_type = clean.replace("type: article", "type: articel")
    wrong_url = clean.replace('ferry-timetable"', 'ferry timetable"', 1)
    yield Ratio("one clean seed that asks a rule", bench.check(bench.one("asks", asks)), none, 1.4)
    one_schema = bench.check(bench.one("schema-finding", wrong_type))
    yield Ratio("one seed with a schema finding", one_schema, none, 1.5)
    yield Ratio("one seed with a URL finding", bench.check(bench.one("url", wrong_url)), none, 1.6)
    own = bench.work / "own.json"
    own.write_text(CONTRACT.read_text("utf-8") + "\n", "utf-8")
    of_own = bench.check(bench.work / "asks-none", "--schema", str(own))
    yield Ratio("a contract of one's own, not known yet", of_own, none, 1.7)
    bare = Command("python", [sys.executable, "-c", "pass"], bench.work)
    # As pre-commit runs it: with options that need no command line parser.
    plain = Command(
        "plain",
        [
            *bench.seedlint,
            "check",
            "--isolated",
            "--no-cache",
            str(bench.work / "asks-none" / "seed.md"),
        ],
        bench.work,
    )
    yield Ratio("one clean seed by bare Python", plain, bare, 3.8)


def forms(bench: Bench) -> Iterator[Ratio]:
    """Forms of seeds and contracts, by the plain form."""
    seeds = seed_set(bench.work, bench.count, copies=False).folder / MARKDOWN
    files = [(path.name, path.read_text("utf-8")) for path in sorted(seeds.rglob("*.md"))]
    contract: dict[str, Any] = json.loads(CONTRACT.read_text("utf-8"))
    contract["x-seedlint"].pop("unique-across", None)
    contract["properties"].update({"note": {"type": "string"}, "a.b": {"type": "string"}})
    contract["properties"]["flow"] = {"type": "array", "items": {"type": "string"}}
    plain = bench.work / "forms.json"
    plain.write_text(json.dumps(contract), "utf-8")

    def of(name: str, line: str) -> Command:
        end = f"\n{line}---\n"
        made = ((file, text.replace("\n---\n", end, 1).encode()) for file, text in files)
        return bench.check(bench.folder(name, made), "--schema", str(plain), name=name)

    base = of("plain-form", 'note: "one two three"\n')
    lines = {
        "a flow list": "flow: [one, two, three]\n",
        "a folded text": "note: >-\n  one two\n  three\n",
        "a dotted key": 'a.b: "one two three"\n',
    }
    for name, line in lines.items():
        yield Ratio(f"seeds with {name}", of(name.replace(" ", "-"), line), base, 1.2)
    old = json.dumps(contract).replace("$defs", "definitions")
    changed = {
        "draft 4": {**json.loads(old), "$schema": "http://json-schema.org/draft-04/schema#"},
        "an annotation keyword": {**contract, "x-order": 1, "markdownDescription": "a seed"},
        "a reference to a sibling file": {
            **contract,
            "properties": {**contract["properties"], "note": {"$ref": "note.json"}},
        },
    }
    (bench.work / "note.json").write_text('{"type": "string"}', "utf-8")
    for name, schema in changed.items():
        schema.pop("$id", None)
        path = bench.work / f"{name.replace(' ', '-')}.json"
        path.write_text(json.dumps(schema), "utf-8")
        command = bench.check(bench.work / "plain-form", "--schema", str(path), name=name)
        yield Ratio(f"under {name}", command, base, 1.2)


def measured(ratio: Ratio, start: Command, runs: int) -> float:
    """The median of a ratio over `runs` rounds."""
    above, below, nothing = in_turn([ratio.above, ratio.below, start], runs)
    return statistics.median(map(ratio.weigh, above, below, nothing))


def main() -> int:
    """Print every ratio; 1 if one is above what it should be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, help="a folder of real seeds, some with findings")
    parser.add_argument("--script-python", help="a Python with PyYAML and jsonschema-rs")
    parser.add_argument("--seedlint", default=f"{sys.executable} -m seedlint")
    parser.add_argument("--baseline", help="the command of another seedlint")
    parser.add_argument("--work", type=Path, default=HERE / ".work")
    parser.add_argument("--count", type=int, default=3000, help="seeds of each form")
    parser.add_argument("--runs", type=int, default=9)
    arguments = parser.parse_args()
    work: Path = arguments.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    bench = Bench(work, shlex.split(arguments.seedlint), arguments.count)
    ratios = [*single(bench), *forms(bench)]
    if arguments.corpus:
        ratios += real(bench, arguments.corpus.resolve())
        if arguments.script_python:
            ratios += scripts(bench, arguments.corpus.resolve(), arguments.script_python)
    if arguments.baseline:
        other = Bench(work, shlex.split(arguments.baseline), arguments.count)
        for folder in ("asks-none", "plain-form", "clean", "dirty"):
            if (work / folder).exists():
                above, below = bench.check(work / folder), other.check(work / folder)
                ratios.append(Ratio(f"{folder}, by the baseline", above, below, 1.0))
    start = bench.check(work / "asks-none")
    failed = False
    for ratio in ratios:
        value = measured(ratio, start, arguments.runs)
        failed |= value > ratio.most
        mark = "  TOO MUCH" if value > ratio.most else ""
        print(f"{value:6.2f}  at most {ratio.most:.2f}  {ratio.name}{mark}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
