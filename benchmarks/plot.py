"""Write results into docs/benchmarks.md and docs/benchmarks.svg.

    python benchmarks/plot.py results.json

The page is kept but for what stands between its markers.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from measure import three_digits

DOCS = Path(__file__).resolve().parents[1] / "docs"
BEGIN, END = "<!-- results: {} -->", "<!-- end of results -->"
BUSY = 0.5
"""A load above this, before anything was measured, makes the numbers rough."""
WIDTH, LABELS, BAR, STEP, TOP, BOTTOM = 760, 190, 16, 24, 44, 54
"""Pixels: of the picture, of its labels, a bar, from bar to bar, above and below the bars."""
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f }
.small { font-size: 11px; fill: #57606a }
.grid { stroke: #d0d7de }
.peer { fill: #8c959f }
.own { fill: #1a7f37 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .small { fill: #9198a1 }
  .grid { stroke: #3d444d }
  .peer { fill: #656c76 }
  .own { fill: #3fb950 }
}
"""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; all columns but the first to the right."""
    line = "|" + "|".join(["---", *["---:"] * (len(head) - 1)]) + "|"
    return "\n".join([f"| {' | '.join(head)} |", line, *(f"| {' | '.join(r)} |" for r in rows)])


def own_medians(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Way to run seedlint → its quantities, the medians over all comparisons."""
    found: dict[str, dict[str, float]] = {}
    for way in dict.fromkeys(row["own"] for row in rows):
        ours = [row["ours"] for row in rows if row["own"] == way]
        found[way] = {key: statistics.median(each[key] for each in ours) for key in ours[0]}
    return found


def quantities(sample: dict[str, float]) -> list[str]:
    """A sample as cells."""
    return [three_digits(sample["wall"]), three_digits(sample["cpu"]), f"{sample['mib']:.0f}"]


def scenario_table(rows: Sequence[dict[str, Any]]) -> str:
    """One scenario: what each command took, and its ratio to each way to run seedlint."""
    ways = list(dict.fromkeys(row["own"] for row in rows))
    lines = [
        [f"**seedlint {way}**", *quantities(sample), *[""] * len(ways)]
        for way, sample in own_medians(rows).items()
    ]
    for peer in dict.fromkeys(row["peer"] for row in rows):
        of_peer = {row["own"]: row for row in rows if row["peer"] == peer}
        # seedlint against itself stands above already, where it is one of the ways.
        if peer.removeprefix("seedlint ") in ways:
            line = next(each for each in lines if each[0] == f"**{peer}**")
        else:
            line = [peer, *quantities(next(iter(of_peer.values()))["theirs"]), *[""] * len(ways)]
            lines.append(line)
        for column, way in enumerate(ways, start=4):
            if way in of_peer:
                row = of_peer[way]
                span = f"{three_digits(row['lowest'])}–{three_digits(row['highest'])}"
                line[column] = f"{three_digits(row['ratio'])} ({span})"
    return table(["", "wall s", "CPU s", "MiB", *(f"÷ {way}" for way in ways)], lines)


def results_part(results: dict[str, Any]) -> str:
    """Every scenario with a heading, then memory, growth and what was left out."""
    parts = ["![Seconds for each tool](benchmarks.svg)"]
    for scenario in dict.fromkeys(row["scenario"] for row in results["rows"]):
        rows = [row for row in results["rows"] if row["scenario"] == scenario]
        counts = sorted({row["runs"] for row in rows})
        runs = " or ".join(map(str, counts))
        parts += [f"### {scenario[0].upper()}{scenario[1:]}", f"{runs} runs of each pair."]
        parts.append(scenario_table(rows))
    if results["memory"]:
        lines = [
            [each["name"], "not known" if each["mib"] is None else f"{each['mib']:.0f}"]
            for each in results["memory"]
        ]
        parts += [f"### Memory, {results['count']:,} clean seeds", table(["", "MiB"], lines)]
    if results["growth"]:
        lines = [
            [
                f"{each['seeds']:,}",
                f"seedlint {each['own']}",
                f"{each['milliseconds each']:.4f}",
                three_digits(each["ours"]["wall"]),
                "" if each["mib together"] is None else f"{each['mib together']:.0f}",
                f"{each['by the smallest']:.2f}",
            ]
            for each in results["growth"]
        ]
        head = ["seeds", "", "ms a seed", "wall s", "MiB", "÷ fewest seeds"]
        parts += ["### From few seeds to many", table(head, lines)]
    if results["left out"]:
        lines = [[name, reason] for name, reason in results["left out"].items()]
        parts += ["### Left out", "\n".join(f"- {name}: {reason}" for name, reason in lines)]
    return "\n\n".join(parts)


def machine_part(results: dict[str, Any]) -> str:
    """The machine, the versions and what the names stand for."""
    machine = dict(results["machine"])
    load = machine.pop("load at the start")
    facts = ", ".join(f"{key}: {value}" for key, value in machine.items())
    rough = " **The machine was busy: the numbers are rough.**" if load > BUSY else ""
    ways = [f"- **seedlint {way}**: {what}" for way, what in results["ways"].items()]
    peers = [f"- **{name}**: {title}" for name, title in results["peers"].items()]
    versions = ", ".join(f"{name} {each}" for name, each in sorted(results["versions"].items()))
    return "\n\n".join(
        [
            f"{facts}; load before the start: {load}.{rough}",
            "\n".join([*ways, *peers]),
            f"Versions: {versions}.",
            f"A process of less than {results['floor']:.0f} MiB shows as that.",
        ]
    )


def label(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    """Words in the picture."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(text)}</text>'


def picture(results: dict[str, Any]) -> str:
    """Bars: seconds for all clean seeds, on a logarithmic scale."""
    scenario = f"{results['count']:,} clean seeds"
    rows = [row for row in results["rows"] if row["scenario"] == scenario]
    walls = {row["peer"]: row["theirs"]["wall"] for row in rows}
    own = {f"seedlint {way}": sample["wall"] for way, sample in own_medians(rows).items()}
    bars = sorted((walls | own).items(), key=lambda bar: -bar[1])
    low = math.floor(math.log10(min(wall for _, wall in bars)))
    high = math.log10(max(wall for _, wall in bars))
    scale = (WIDTH - LABELS - 70) / (high - low)
    height = TOP + STEP * len(bars) + BOTTOM
    title = f"Seconds to check {scenario}, logarithmic scale; shorter is better"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{title}</title>",
        f"<style>{STYLE}</style>",
        label(8, 20, title, "name"),
    ]
    end = TOP + STEP * len(bars)
    for power in range(low, math.floor(high) + 1):
        x = LABELS + (power - low) * scale
        parts.append(f'<path class="grid" d="M{x:.0f} {TOP - 8}V{end}"/>')
        parts.append(label(x, end + 14, f"{10**power:g} s", "small", "middle"))
    for index, (name, wall) in enumerate(bars):
        y, length = TOP + STEP * index, (math.log10(wall) - low) * scale
        place = f'x="{LABELS}" y="{y}" width="{length:.1f}" height="{BAR}" rx="2"'
        parts += [
            label(LABELS - 8, y + BAR - 3, name, "name", "end"),
            f'<rect class="{"own" if name.startswith("seedlint") else "peer"}" {place}/>',
            label(LABELS + length + 6, y + BAR - 3, three_digits(wall), "small"),
        ]
    machine = results["machine"]
    about = f"{machine['CPU']}, {machine['cores']} cores, Python {machine['Python']}"
    note = f"{about}, {machine['day']}; what each tool does of the job differs"
    parts.append(label(8, height - 12, note, "small"))
    return "\n".join([*parts, "</svg>", ""])


def fill(page: str, name: str, text: str) -> str:
    """The page with `text` between the markers of `name`."""
    begin = BEGIN.format(name)
    pattern = re.compile(f"{re.escape(begin)}\n.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(page):
        raise SystemExit(f"the page has no part {name}")
    return pattern.sub(lambda _: f"{begin}\n{text}\n{END}", page)


def main() -> None:
    """Read the results, write the page and the picture."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("results", type=Path, help="from peers.py --json")
    parser.add_argument("--docs", type=Path, default=DOCS, help="folder of the page")
    options = parser.parse_args()
    results = json.loads(options.results.read_text("utf-8"))
    page = options.docs / "benchmarks.md"
    text = fill(page.read_text("utf-8"), "machine", machine_part(results))
    text = fill(text, "tables", results_part(results))
    page.write_text(text, "utf-8", newline="")
    (options.docs / "benchmarks.svg").write_text(picture(results), "utf-8", newline="")


if __name__ == "__main__":
    main()
