"""`html`: one file to pass around, with everything in it and nothing fetched.

The head, the tables and the first findings are plain HTML and useful without script. All findings
are in the page as JSON, from which a small script makes the rows that a filter asks for: ten
thousand rows of HTML would take a browser seconds.
"""

from __future__ import annotations

import html
import json
import os
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from seedlint.diagnostic import Diagnostic
from seedlint.named_tuple import NamedTuple
from seedlint.report.repository import InRepository
from seedlint.report.sanitize import sanitize
from seedlint.severity import Severity
from seedlint.text.source import ReadSource

# How many findings are rows from the beginning, and how many the script adds at a time.
_ROWS, _STEP = 200, 100
# A longer time is shown without the months that have no findings.
_MOST_MONTHS = 240
# What is shown of a line, in code points, and how much of it before the place.
_WIDTH, _BEFORE = 120, 40
# Rows of a table.
_MOST_COUNTED = 30
_MONTH = re.compile(r"(?:^|/)((?:19|20)\d\d-(?:0[1-9]|1[0-2]))-\d\d[^/]*$")

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5d6673; --line: #d8dde3; --back: #fff;
  --card: #f6f8fa; --error: #c1272d; --warning: #9a6700; --info: #0b6bcb; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e7ec; --soft: #9aa4b1; --line: #343b44;
  --back: #14171b; --card: #1c2126; --error: #ff7b72; --warning: #e3b341; --info: #6cb6ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; background: var(--back);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.total { color: var(--soft); margin: .2rem 0 1.5rem; }
.tables { display: grid; gap: 1rem 2rem; align-items: start;
  grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
td, th { text-align: left; padding: .15rem .5rem .15rem 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
td:last-child, th:last-child { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; height: 7rem; } rect { fill: var(--info); } text { fill: var(--soft);
  font-size: 10px; }
.filters { display: flex; flex-wrap: wrap; gap: .5rem; position: sticky; top: 0; z-index: 1;
  padding: .75rem 0; background: var(--back); }
input, select, button { font: inherit; color: inherit; background: var(--card);
  padding: .3rem .6rem;
  border: 1px solid var(--line); border-radius: .4rem; } input { flex: 1 1 14rem; }
:focus-visible { outline: 2px solid var(--info); outline-offset: 1px; }
ol { list-style: none; margin: 0; padding: 0; }
li { border: 1px solid var(--line); border-left: 4px solid var(--info); border-radius: .4rem;
  padding: .6rem .9rem; margin: .6rem 0; background: var(--card); }
li.error { border-left-color: var(--error); } li.warning { border-left-color: var(--warning); }
li p { margin: 0; overflow-wrap: anywhere; } .place, .help { color: var(--soft); font-size: .9rem; }
.rule { font: .85rem ui-monospace, monospace; } .error .rule { color: var(--error); }
.warning .rule { color: var(--warning); } .info .rule { color: var(--info); }
pre { margin: .4rem 0; padding: .4rem .6rem; overflow-x: auto; background: var(--back);
  border-radius: .3rem; font: .85rem/1.45 ui-monospace, monospace; }
mark { background: none; color: var(--error); border-bottom: 2px solid; }
.warning mark { color: var(--warning); } .info mark { color: var(--info); }
"""

_SCRIPT = """
"use strict";
const data = JSON.parse(document.getElementById("findings").textContent);
const withCommas = (number) => number.toLocaleString("en-US");
const list = document.getElementById("list"), more = document.getElementById("more");
const search = document.getElementById("search");
const count = document.getElementById("count");
const choices = [...document.querySelectorAll("select")];
const texts = data.map(each => [each.rule, each.place, each.message].join(" ").toLowerCase());
let found = data, shown = STATIC;
function element(name, kind, text) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (text !== undefined) made.textContent = text;
  return made;
}
function row(each) {
  const item = element("li", each.severity), head = element("p");
  head.append(element("span", "rule", each.rule), " ", each.message);
  item.append(head, element("p", "place", each.place));
  if (each.frame) {
    const frame = element("pre");
    each.frame.forEach((part, number) =>
      frame.append(number % 2 ? element("mark", "", part) : part));
    item.append(frame);
  }
  if (each.help) item.append(element("p", "help", "help: " + each.help));
  return item;
}
function grow(from) {
  const rows = document.createDocumentFragment();
  found.slice(from, from + STEP).forEach(each => rows.append(row(each)));
  list.append(rows);
  shown = Math.min(found.length, from + STEP);
  more.hidden = shown >= found.length;
  count.textContent = withCommas(found.length) + " of " + withCommas(data.length) + " findings";
}
function filter() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const chosen = choices.filter(choice => choice.value);
  found = data.filter((each, number) => chosen.every(choice => each[choice.id] === choice.value)
    && words.every(word => texts[number].includes(word)));
  list.replaceChildren();
  grow(0);
}
for (const control of [search, ...choices]) control.addEventListener("input", filter);
more.addEventListener("click", () => grow(shown));
addEventListener("keydown", event => {
  if (event.key === "/" && document.activeElement !== search) {
    search.focus();
    event.preventDefault();
  }
  if (event.key === "Escape") {
    for (const control of [search, ...choices]) control.value = "";
    filter();
  }
});
document.getElementById("filters").hidden = false;
more.hidden = shown >= data.length;
count.textContent = withCommas(data.length) + " findings";
""".replace("STATIC", str(_ROWS)).replace("STEP", str(_STEP))


class _Row(NamedTuple):
    """A finding as it is shown, its texts sanitized.

    `frame` has the text before the marks, what is marked, and the text after it.
    """

    severity: str
    rule: str
    place: str
    message: str
    help: str | None
    frame: list[str] | None
    collection: str


def render(
    diagnostics: Sequence[Diagnostic], in_repository: InRepository, read: ReadSource, seeds: int
) -> Iterator[str]:
    """The page of a run over so many `seeds`. The same findings give the same bytes."""
    gravest = sorted(diagnostics, key=lambda each: each.severity.rank)
    rows = [_row(each, in_repository, read) for each in gravest]
    yield "<!doctype html>"
    yield '<html lang="en"><head><meta charset="utf-8"><title>seedlint</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    policy = (
        f"default-src 'none'; script-src '{_digest(_SCRIPT)}'; style-src '{_digest(_STYLE)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f"<style>{_STYLE}</style></head><body>"
    yield from _head(diagnostics, in_repository, seeds)
    yield "<h2>Findings</h2>"
    yield from _filters(diagnostics)
    yield '<ol id="list">'
    yield from map(_as_html, rows[:_ROWS])
    yield '</ol><button id="more" type="button" hidden>Show more</button>'
    if len(rows) > _ROWS:
        yield f"<noscript><p>Without script, the first {_ROWS} are shown.</p></noscript>"
    yield '<script type="application/json" id="findings">['
    for number, row in enumerate(rows, 1):
        end = "," if number < len(rows) else ""
        # Nothing in it ends the element or looks like a tag.
        yield json.dumps(row._asdict()).replace("<", "\\u003c") + end
    yield "]</script>"
    yield f"<script>{_SCRIPT}</script></body></html>"


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _head(
    diagnostics: Sequence[Diagnostic], in_repository: InRepository, seeds: int
) -> Iterator[str]:
    """The totals and the tables."""
    severities = Counter(each.severity for each in diagnostics)
    total = ", ".join(
        f"{severities[each]:,} {each.value}{'' if severities[each] == 1 else 's'}"
        for each in Severity
        if severities[each]
    )
    checked = f"{seeds:,} file{'' if seeds == 1 else 's'}"
    where = f"{len({each.path for each in diagnostics}):,} of {checked}" if total else checked
    yield f'<h1>seedlint</h1><p class="total">{total or "No findings"} in {where}</p>'
    if not diagnostics:
        return
    paths = [in_repository(each.path) for each in diagnostics]
    yield '<div class="tables">'
    yield from _table("Rule", (f"{each.code} {each.name}" for each in diagnostics))
    if any(each.collection for each in diagnostics):
        yield from _table("Collection", (each.collection or "none" for each in diagnostics))
    yield from _table("Folder", (os.path.dirname(path) or "." for path in paths))
    yield "</div>"
    months = Counter(match[1] for path in paths if (match := _MONTH.search(path)))
    if len(months) > 1:
        yield from _histogram(months)


def _table(title: str, values: Iterable[str]) -> Iterator[str]:
    counts = sorted(Counter(values).items(), key=lambda each: (-each[1], each[0]))
    yield f"<table><thead><tr><th>{title}</th><th>Findings</th></tr></thead><tbody>"
    for value, count in counts[:_MOST_COUNTED]:
        yield f"<tr><td>{_text(value)}</td><td>{count:,}</td></tr>"
    if rest := counts[_MOST_COUNTED:]:
        others = sum(count for _, count in rest)
        yield f"<tr><td>{len(rest):,} others</td><td>{others:,}</td></tr>"
    yield "</tbody></table>"


def _with_gaps(months: list[str]) -> list[str]:
    """The months with those between them, unless there are too many for a chart."""
    first, last = (12 * int(each[:4]) + int(each[-2:]) - 1 for each in (months[0], months[-1]))
    if last - first >= _MOST_MONTHS:
        return months
    return [f"{each // 12:04}-{each % 12 + 1:02}" for each in range(first, last + 1)]


def _histogram(months: Counter[str]) -> Iterator[str]:
    """Findings by the month in the names of the files."""
    most, columns = max(months.values()), _with_gaps(sorted(months))
    width = 600 / len(columns)
    yield "<h2>By month of the file name</h2>"
    yield '<svg viewBox="0 0 600 100" preserveAspectRatio="none" role="img">'
    yield f"<title>{min(months)} to {max(months)}, at most {most:,} in a month</title>"
    for number, month in enumerate(columns):
        count = months[month]
        height = 100 * count / most
        yield (
            f'<rect x="{number * width:.1f}" y="{100 - height:.1f}" width="{width * 0.8:.1f}" '
            f'height="{height:.1f}"><title>{month}: {count:,}</title></rect>'
        )
    yield "</svg>"
    yield f'<p class="place">{min(months)} to {max(months)}, at most {most:,} in a month</p>'


def _filters(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    rules = {f"{each.code} {each.name}" for each in diagnostics}
    collections = {each.collection for each in diagnostics if each.collection}
    yield '<div class="filters" id="filters" hidden>'
    yield '<input id="search" type="search" placeholder="Search (/)" aria-label="Search">'
    yield from _choice("rule", "All rules", sorted(rules))
    yield from _choice("severity", "All severities", (each.value for each in Severity))
    if collections:
        yield from _choice("collection", "All collections", sorted(collections))
    yield '</div><p class="place" id="count" role="status"></p>'


def _choice(key: str, everything: str, values: Iterable[str]) -> Iterator[str]:
    """A list to choose from; `key` is the field of a row that has the chosen value."""
    yield f'<select id="{key}" aria-label="{key.title()}"><option value="">{everything}</option>'
    yield from (f"<option>{_text(value)}</option>" for value in values)
    yield "</select>"


def _row(diagnostic: Diagnostic, in_repository: InRepository, read: ReadSource) -> _Row:
    start = diagnostic.region.start
    place = f"{in_repository(diagnostic.path)}:{start.line}:{start.column}"
    return _Row(
        diagnostic.severity.value,
        f"{diagnostic.code} {diagnostic.name}",
        sanitize(place),
        sanitize(diagnostic.message),
        sanitize(diagnostic.help) if diagnostic.help else None,
        _frame(diagnostic, read),
        sanitize(diagnostic.collection),
    )


def _as_html(row: _Row) -> str:
    frame = "".join(
        f"<mark>{html.escape(part)}</mark>" if number % 2 else html.escape(part)
        for number, part in enumerate(row.frame or ())
    )
    return (
        f'<li class="{row.severity}"><p><span class="rule">{_text(row.rule)}</span> '
        f'{_text(row.message)}</p><p class="place">{_text(row.place)}</p>'
        + (f"<pre>{frame}</pre>" if frame else "")
        + (f'<p class="help">help: {_text(row.help)}</p>' if row.help else "")
        + "</li>"
    )


def _frame(diagnostic: Diagnostic, read: ReadSource) -> list[str] | None:
    """The line of a finding and those around it, with what is at fault marked."""
    source = read(diagnostic.path)
    if source is None:
        return None
    lines = source.lines
    start, end = diagnostic.region.start, diagnostic.region.end
    if not lines.has_line(start.line):
        return None
    text = lines.line_text(start.line)
    stop = end.column - 1 if end.line == start.line else len(text)
    first = max(0, start.column - 1 - _BEFORE) if start.column > _WIDTH - _BEFORE else 0
    before = "…" * (first > 0) + text[first : start.column - 1]
    marked = text[start.column - 1 : min(stop, first + _WIDTH)] or " "
    after = text[min(stop, first + _WIDTH) : first + _WIDTH]
    after += "…" * (len(text) > first + _WIDTH)
    above = f"{_cropped(lines.line_text(start.line - 1))}\n" if start.line > 1 else ""
    has_next = lines.has_line(start.line + 1)
    below = f"\n{_cropped(lines.line_text(start.line + 1))}" if has_next else ""
    return [above + _safe(before), _safe(marked), _safe(after) + below]


def _cropped(line: str) -> str:
    return _safe(line[:_WIDTH]) + "…" * (len(line) > _WIDTH)


def _safe(text: str) -> str:
    return sanitize(text.replace("\t", "    "))


def _text(text: str) -> str:
    return html.escape(sanitize(text))
