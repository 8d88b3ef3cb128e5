"""The torture list: its marker, and the table of its cases after a run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

GROUPS = {
    "A": ("bytes and encoding", 13),
    "B": ("fences", 11),
    "C": ("YAML", 22),
    "D": ("the schema file", 16),
    "E": ("instance against schema", 12),
    "F": ("file system", 10),
    "G": ("concurrency, kill, disk", 15),
    "H": ("output injection", 9),
    "I": ("resources", 5),
    "J": ("configuration", 8),
    "K": ("what bindings and init reach for", 6),
}
if sys.platform != "linux":
    # The cases need /proc, `ulimit -v`, /dev/full and more.
    collect_ignore_glob = ["test_*.py"]

_PROPERTY = "torture"
# What a row shows when its tests ended differently: the first of these.
_ORDER = ("FAIL", "pass", "waits", "not run")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "torture(case, title): a case of the torture list, a row of its table"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in item.iter_markers("torture"):
            # User properties travel from the workers of pytest-xdist, marks do not.
            item.user_properties.append((_PROPERTY, "\n".join(mark.args)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    titles: dict[str, str] = {}
    statuses: dict[str, set[str]] = {}
    reasons: dict[str, list[str]] = {}
    outcomes = {"passed": "pass", "failed": "FAIL", "error": "FAIL", "skipped": "waits"}
    for outcome, status in outcomes.items():
        for report in terminalreporter.stats.get(outcome, ()):
            for name, value in getattr(report, "user_properties", ()):
                if name != _PROPERTY:
                    continue
                case, _, title = value.partition("\n")
                titles.setdefault(case, title)
                statuses.setdefault(case, set()).add(status)
                if status == "waits" and isinstance(report.longrepr, tuple):
                    reason = str(report.longrepr[2]).removeprefix("Skipped: ")
                    reasons.setdefault(case, []).append(reason)
    if not statuses:
        return
    terminalreporter.section("the torture list")
    counts = dict.fromkeys(_ORDER, 0)
    for letter, (group, size) in GROUPS.items():
        terminalreporter.write_line(f"{letter}  {group}")
        for number in range(1, size + 1):
            case = f"{letter}{number}"
            status = min(statuses.get(case, {"not run"}), key=_ORDER.index)
            counts[status] += 1
            if status == "not run":
                continue
            why = f"  [{'; '.join(dict.fromkeys(reasons[case]))}]" if case in reasons else ""
            line = f"  {case:<4} {status:<8} {titles.get(case, '')}{why}"
            terminalreporter.write_line(line, red=status == "FAIL")
    total = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    terminalreporter.write_line(f"{sum(counts.values())} cases: {total}")
