"""Measure seedlint against other tools, in pairs, on this machine.

    python benchmarks/peers.py --json results.json

Makes the seeds, installs the other tools into a folder of its own (--work), checks that each of
them reads every file and finds a planted defect, and prints medians and ratios. A ratio is the
other tool's time divided by seedlint's, run by run, seedlint first: 10 means that seedlint takes a
tenth of the time. Everything is in the page cache of the system; "cold" and "warm" are about
seedlint's own index of checked files.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from measure import (
    Command,
    Sample,
    in_turn,
    median_sample,
    memory_of_all,
    output_of,
    ratios,
    run,
    three_digits,
)
from peer_tools import PEERS, Peer, Toolbox, install, versions
from samples import HERE, MARKDOWN, SeedSet, seed_set

SLOW = 5.0
"""A command that takes so many seconds is run three times at most."""
GROWTH = [1000, 10000, 100000]
# Codes of the planted defects that every validator reports, and every reader of YAML.
ANY_VALIDATOR = ("SCH001", "SCH002", "SCH003", "SCH004", "SCH005", "SCH015")
ANY_YAML_READER = ("YML008",)
WAYS = {
    "cold": "no index, all cores",
    "one": "no index, one process",
    "first": "an index to write, all cores",
    "warm": "an index to read, all cores",
}


@dataclass
class Plan:
    """What to measure, and what came of it."""

    seedlint: str
    work: Path
    count: int
    runs: int
    single_runs: int
    growth: list[int]
    peers: list[Peer]
    has_index: bool
    results: dict[str, Any] = field(default_factory=dict)

    @property
    def toolbox(self) -> Toolbox:
        """Where the peers are."""
        return Toolbox(self.work / "peers")

    def seeds(self, defects: float = 0.0) -> SeedSet:
        """The set of `count` seeds."""
        return seed_set(self.work, self.count, defects)

    def ways(self, *wanted: str) -> list[str]:
        """Those of the ways to run seedlint that this seedlint knows."""
        return [way for way in wanted if self.has_index or way in ("cold", "one")]


def seedlint(plan: Plan, way: str, seeds: SeedSet, file: str | None = None) -> Command:
    """seedlint on all seeds of a set, or on one file."""
    target = MARKDOWN if file is None else f"{MARKDOWN}/{file}.md"
    arguments = [plan.seedlint, "check", "--isolated", "--schema", "contract.json"]
    if way in ("cold", "one") and plan.has_index:
        arguments.append("--no-cache")
    if way == "one":
        arguments += ["--jobs", "1"]
    index = plan.work / "index" / f"{way}-{seeds.name}-{'one' if file else 'all'}"
    return Command(
        f"seedlint {way}",
        [*arguments, target],
        seeds.folder,
        (0, 1),
        {"XDG_CACHE_HOME": str(index), "SEEDLINT_CACHE_DIR": str(index)},
        index if way == "first" else None,
    )


# Proof that the commands do their work.


def reported(text: str, marker: str, stems: Sequence[str]) -> int:
    """How many of the files stand in a line that has `marker` in it."""
    lines = "\n".join(line for line in text.splitlines() if marker in line)
    return sum(f"{stem}.md" in lines or f"{stem}.yaml" in lines for stem in stems)


def prove(
    clean: Command, faulty: Command, marker: str, stems: Sequence[str], exits: tuple[int, int]
) -> str | None:
    """What is wrong with a tool that must report every faulty file and no clean one."""
    for command, code_wanted, files_wanted in (
        (clean, exits[0], 0),
        (faulty, exits[1], len(stems)),
    ):
        code, text = output_of(command)
        files = reported(text, marker, stems)
        if code != code_wanted or files != files_wanted:
            return (
                f"exit code {code} where {code_wanted} was expected, "
                f"{files} of {len(stems)} files reported where {files_wanted} should be"
            )
    return None


def prove_seedlint(plan: Plan) -> None:
    """Stop unless seedlint reports every faulty seed and no clean one, in each way to run it."""
    clean, faulty = plan.seeds(), seed_set(plan.work, plan.count, planted="schema")
    for way in plan.ways("cold", "one", "first", "warm", "warm"):
        commands = [seedlint(plan, way, seeds) for seeds in (clean, faulty)]
        concise = [
            replace(each, arguments=[*each.arguments, "--output-format", "concise"])
            for each in commands
        ]
        wrong = prove(concise[0], concise[1], "SCH005", faulty.stems(), (0, 1))
        if wrong:
            sys.exit(f"seedlint {way}: {wrong}")
        index = Path(commands[0].environment["SEEDLINT_CACHE_DIR"])
        if way in ("first", "warm") and not index.exists():
            sys.exit("seedlint keeps its index where the measuring cannot find it")


def ready_peers(plan: Plan) -> list[Peer]:
    """Install the peers and keep those that are proved to work; say which are not."""
    ready = []
    for peer in plan.peers:
        wrong = install(peer, plan.toolbox)
        if wrong is None:
            faulty = seed_set(plan.work, plan.count, planted=peer.finds)
            wrong = prove(
                peer.command(plan.toolbox, plan.seeds()),
                peer.command(plan.toolbox, faulty),
                peer.marker,
                faulty.stems(),
                (peer.clean_exit, peer.faulty_exit),
            )
        if wrong is None:
            ready.append(peer)
            plan.results["versions"] |= versions(peer, plan.toolbox)
            say(f"  {peer.name}: reads all files, finds what it should")
        else:
            plan.results["left out"][peer.name] = wrong
            say(f"  {peer.name}: LEFT OUT. {wrong}")
    return ready


# Scenarios: each adds its rows to the results and prints them.


def say(line: str = "") -> None:
    """Print now, so that a long run can be watched."""
    print(line, flush=True)


def numbers(sample: Sample) -> str:
    """The three quantities of a sample in columns."""
    return f"{sample.wall:9.3f} s {sample.cpu:8.2f} s {sample.mib:7.0f} MiB"


def compare(
    plan: Plan, scenario: str, own: list[Command], others: list[Command], runs: int
) -> None:
    """Measure each of the other commands right after each of ours."""
    say(f"\n{scenario}")
    say(f"  {'':24} {'wall':>11} {'CPU':>10} {'largest':>11}   ratio (lowest to highest)")
    for command in own:
        run(command)
    for other in others:
        warm_up = run(other)
        turns = min(runs, 3) if warm_up.wall > SLOW else runs
        samples = in_turn([*own, other], turns)
        theirs = samples.pop()
        say(f"  {other.name:24} {numbers(median_sample(theirs))}   ({turns} runs)")
        for command, ours in zip(own, samples, strict=True):
            each = ratios(theirs, ours)
            ratio = statistics.median(each)
            say(
                f"    {command.name:22} {numbers(median_sample(ours))}   "
                f"× {three_digits(ratio)} ({three_digits(min(each))} to {three_digits(max(each))})"
            )
            row = {
                "scenario": scenario,
                "own": command.name.removeprefix("seedlint "),
                "peer": other.name,
                "runs": turns,
                "ours": asdict(median_sample(ours)),
                "theirs": asdict(median_sample(theirs)),
                "ratio": ratio,
                "lowest": min(each),
                "highest": max(each),
            }
            plan.results["rows"].append(row)


def reads_all(plan: Plan, peer: Peer, seeds: SeedSet) -> bool:
    """Whether the peer reports all defects of a set that any tool of its kind reports.

    Some tools stop at the first file that is not YAML: they have no place in a comparison.
    """
    wanted = set(seeds.stems_with(ANY_VALIDATOR if peer.finds == "schema" else ANY_YAML_READER))
    _, text = output_of(peer.command(plan.toolbox, seeds))
    found = {stem for stem in wanted if f"{stem}.md" in text or f"{stem}.yaml" in text}
    if found != wanted:
        say(f"  {peer.name}: left out, {len(found)} of {len(wanted)} defects found")
        plan.results["left out"][f"{peer.name}, {seeds.name}"] = "does not read all the files"
    return found == wanted


def against_peers(plan: Plan, scenario: str, ways: list[str], defects: float = 0.0) -> None:
    """All seeds of a set, seedlint in some ways against every peer."""
    seeds = plan.seeds(defects)
    ready = [peer for peer in plan.peers if not defects or reads_all(plan, peer, seeds)]
    for peers, possible in (
        ([peer for peer in ready if not peer.has_cache], ways),
        ([peer for peer in ready if peer.has_cache], [way for way in ways if way == "warm"]),
    ):
        others = [peer.command(plan.toolbox, seeds) for peer in peers]
        own = [seedlint(plan, way, seeds) for way in possible]
        if others and own:
            compare(plan, scenario, own, others, plan.runs)


def itself(plan: Plan, scenario: str, seeds: SeedSet, ways: list[str]) -> None:
    """seedlint in several ways against seedlint without an index."""
    cold = seedlint(plan, "cold", seeds)
    for way in ways:
        if way != "cold":
            compare(plan, scenario, [cold], [seedlint(plan, way, seeds)], plan.runs)


def clean(plan: Plan) -> None:
    """Clean seeds: every way to run seedlint, every peer."""
    ways = plan.ways("cold", "one", "first", "warm")
    scenario = f"{plan.count:,} clean seeds"
    itself(plan, scenario, plan.seeds(), ways)
    against_peers(plan, scenario, ways)


def dirty(plan: Plan) -> None:
    """Seeds of which a tenth, and of which all have a defect."""
    cold = seedlint(plan, "cold", plan.seeds())
    for share in (0.1, 1.0):
        scenario = f"{plan.count:,} seeds, {share:.0%} with a defect"
        seeds = plan.seeds(share)
        ways = plan.ways("cold", "warm")
        others = [
            replace(seedlint(plan, way, seeds), name=f"seedlint {way}, {share:.0%}") for way in ways
        ]
        compare(plan, f"{scenario}, by clean ones", [cold], others, plan.runs)
        against_peers(plan, scenario, ways, share)


def single(plan: Plan) -> None:
    """One seed of median size: what starting costs."""
    seeds = plan.seeds()
    file = str(seeds.typical().relative_to(MARKDOWN).with_suffix(""))
    nothing = Command("python -c pass", [sys.executable, "-c", "pass"], seeds.folder)
    others = [peer.command(plan.toolbox, seeds, file) for peer in plan.peers if not peer.has_cache]
    own = [seedlint(plan, way, seeds, file) for way in plan.ways("cold", "warm")]
    compare(plan, "one seed", own, [nothing, *others], plan.single_runs)


def memory(plan: Plan) -> None:
    """What the processes of a command have together, at the worst moment."""
    seeds = plan.seeds()
    say(f"\nmemory, {plan.count:,} clean seeds: MiB of all processes together")
    commands = [seedlint(plan, way, seeds) for way in plan.ways("cold", "one", "first", "warm")]
    commands += [peer.command(plan.toolbox, seeds) for peer in plan.peers]
    for command in commands:
        run(command)
        taken = [memory_of_all(command) for _ in range(min(plan.runs, 3))]
        most = None if taken[0] is None else max(each or 0 for each in taken)
        say(f"  {command.name:24} {'not known' if most is None else f'{most:.0f}'}")
        plan.results["memory"].append({"name": command.name, "mib": most})


def growth(plan: Plan) -> None:
    """From a thousand seeds to a hundred thousand: does the time for one seed stay?"""
    say("\ngrowth: milliseconds for one seed")
    smallest: dict[str, float] = {}
    for count in plan.growth:
        seeds = seed_set(plan.work, count, copies=False)
        commands = [seedlint(plan, way, seeds) for way in plan.ways("cold", "one", "first", "warm")]
        for command in commands:
            run(command)
        for command, samples in zip(commands, in_turn(commands, min(plan.runs, 3)), strict=True):
            median = median_sample(samples)
            most = memory_of_all(command)
            each = median.wall / count * 1000
            ratio = each / smallest.setdefault(command.name, each)
            together = "" if most is None else f", together {most:.0f} MiB"
            say(
                f"  {count:9,} {command.name:16} {each:7.4f} ms {numbers(median)}{together}   "
                f"× {ratio:.2f}"
            )
            row = {
                "seeds": count,
                "own": command.name.removeprefix("seedlint "),
                "ours": asdict(median),
                "milliseconds each": each,
                "by the smallest": ratio,
                "mib together": most,
            }
            plan.results["growth"].append(row)


SCENARIOS: dict[str, Callable[[Plan], None]] = {
    "clean": clean,
    "single": single,
    "dirty": dirty,
    "memory": memory,
    "growth": growth,
}


# The command line.


def machine() -> dict[str, str | int | float]:
    """What a reader must know of this machine; no names of it."""
    cpu = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        cpu = next((line.split(": ", 1)[1] for line in lines if line.startswith("model name")), cpu)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "CPU": cpu,
        "cores": os.cpu_count() or 1,
        "GiB": round(memory),
        "system": platform.system(),
        "Python": platform.python_version(),
        "load at the start": round(os.getloadavg()[0], 2),
        "day": datetime.now(timezone.utc).date().isoformat(),
    }


def version_of(command: list[str]) -> str:
    """What the command says of its version; "" when it is not there."""
    if not shutil.which(command[0]):
        return ""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return (done.stdout or done.stderr).strip().rpartition(" ")[2].removeprefix("v")


def help_of(program: str) -> str:
    """The options of `seedlint check`."""
    done = subprocess.run([program, "check", "--help"], check=True, capture_output=True, text=True)
    return done.stdout


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    names = [peer.name for peer in PEERS]
    beside = Path(sys.executable).with_name("seedlint")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=1600, help="seeds in a set (default: 1600)")
    parser.add_argument("--runs", type=int, default=7, help="of each pair (default: 7)")
    parser.add_argument("--only", nargs="+", choices=SCENARIOS, default=list(SCENARIOS))
    parser.add_argument(
        "--peers",
        nargs="*",
        choices=names,
        default=names,
        metavar="NAME",
        help=f"which to install and measure; no name: none. {', '.join(names)}",
    )
    parser.add_argument("--growth", nargs="+", type=int, default=GROWTH, metavar="COUNT")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results to FILE")
    parser.add_argument("--quick", action="store_true", help="small sizes: does it run at all?")
    parser.add_argument(
        "--work",
        type=Path,
        default=HERE / ".work",
        help="for tools and seeds; kept (default: benchmarks/.work)",
    )
    parser.add_argument(
        "--seedlint",
        default=str(beside) if beside.exists() else shutil.which("seedlint"),
        help="the command to measure (default: the one beside this Python)",
    )
    options = parser.parse_args(arguments)
    if options.seedlint is None:
        parser.error("seedlint is not installed; name it with --seedlint")
    if options.quick:
        # Of fewer seeds nothing is kept.
        options.count, options.runs, options.growth = 110, 2, [110, 120]
    return options


def main() -> None:
    """Measure what the command line asks for."""
    options = parse()
    wanted = [peer for peer in PEERS if peer.name in options.peers]
    plan = Plan(
        seedlint=str(Path(options.seedlint).absolute()),
        work=options.work.resolve(),
        count=options.count,
        runs=options.runs,
        single_runs=options.runs * (1 if options.quick else 3),
        growth=sorted(options.growth),
        peers=wanted,
        has_index="--no-cache" in help_of(options.seedlint),
    )
    node = version_of(["node", "--version"])
    plan.results = {
        "machine": machine() | ({"Node": node} if node else {}),
        "versions": {"seedlint": version_of([options.seedlint, "--version"])},
        "count": plan.count,
        "ways": {way: WAYS[way] for way in plan.ways(*WAYS)},
        "peers": {peer.name: peer.title for peer in wanted},
        "left out": {},
        "rows": [],
        "memory": [],
        "growth": [],
    }
    for key, value in plan.results["machine"].items():
        say(f"{key}: {value}")
    floor = run(Command("nothing", ["true"], Path.cwd())).mib
    plan.results["floor"] = floor
    say(f"largest process: what took less than {floor:.0f} MiB shows as that")
    if not plan.has_index:
        say("this seedlint has no --no-cache: nothing is measured with an index")
    say("\nproof")
    prove_seedlint(plan)
    say("  seedlint: reads all files, finds what it should")
    plan.peers = ready_peers(plan)
    try:
        for name in options.only:
            SCENARIOS[name](plan)
    finally:
        if options.json:
            options.json.write_text(json.dumps(plan.results, indent=1) + "\n", "utf-8")
    for name, version in sorted(plan.results["versions"].items()):
        say(f"{name} {version}")


if __name__ == "__main__":
    main()
