"""Measure how long the HTML report of 10,000 findings takes to load and to filter in Chromium.

    python benchmarks/html_page.py

Prints, in milliseconds, the medians of five loads: from the beginning of the navigation until the
page is laid out, and of each keystroke of a search until its result is.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

FINDINGS = 10_000
LOADS = 5
SEARCH = "ferr"
_MEASURE = """
const layOut = () => document.body.offsetHeight;
layOut();
const times = [performance.now()], input = document.getElementById("search");
for (const key of SEARCH) {
  const start = performance.now();
  input.value += key;
  input.dispatchEvent(new Event("input"));
  layOut();
  times.push(performance.now() - start);
}
const said = document.createElement("output");
said.textContent = JSON.stringify(times);
document.body.append(said);
"""


def make_page(folder: Path) -> Path:
    """A report of `FINDINGS` findings, with a script in it that measures."""
    contract = {"properties": {"title": {"type": "string", "maxLength": 4}, "n": {"enum": [1]}}}
    (folder / "contract.json").write_text(json.dumps(contract))
    words = ("ferries", "harbours", "tides", "storms")
    for number in range(FINDINGS // 2):
        name = f"{2010 + number % 12}-{number % 12 + 1:02}-01-{number}.md"
        title = f"{words[number % 4]} number {number}"
        (folder / name).write_text(f"---\ntitle: {title}\nn: {number + 2}\n---\n")
    command = [sys.executable, "-m", "seedlint", "check", "--isolated", "--no-cache"]
    options = ["--schema", "contract.json", "--output-format", "html"]
    done = subprocess.run(
        [*command, *options], cwd=folder, capture_output=True, text=True, check=False
    )
    # The policy of the page allows no other script than its own.
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", done.stdout)
    script = f"<script>const SEARCH = {json.dumps(SEARCH)};{_MEASURE}</script>"
    file = folder / "report.html"
    file.write_text(page.replace("</body>", f"{script}</body>"), "utf-8")
    return file


def measure(chromium: str, page: Path, profile: Path) -> list[float]:
    """The milliseconds of one load, and of each keystroke."""
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
    options += [f"--user-data-dir={profile}", "--dump-dom"]
    done = subprocess.run(
        [chromium, *options, page.as_uri()], capture_output=True, text=True, check=True
    )
    found = re.search(r"<output>(.*?)</output>", done.stdout)
    if found is None:
        raise SystemExit("Chromium did not run the page")
    times: list[float] = json.loads(found[1])
    return times


def main() -> int:
    """Measure and print."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("this needs Chromium", file=sys.stderr)
        return 2
    with TemporaryDirectory() as name:
        folder = Path(name)
        page = make_page(folder)
        print(f"{FINDINGS:,} findings, {page.stat().st_size / 2**20:.1f} MiB")
        loads = [measure(chromium, page, folder / "profile") for _ in range(LOADS)]
    load, *keys = (median(each) for each in zip(*loads, strict=True))
    print(f"load {load:.0f} ms, keystrokes {' · '.join(f'{each:.0f}' for each in keys)} ms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
