"""Tell what seeds are like, so that invented ones can be held against real ones.

    python benchmarks/shape.py FOLDER …

Prints a table in Markdown, a column for each folder. It looks at lines and needs no YAML: the seeds
must be laid out as those here are.
"""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

SCALAR = re.compile(r"^ *(?:- )?([A-Za-z]+): +(\S.*)$", re.MULTILINE)
RELATED = re.compile(r"^  - title: ", re.MULTILINE)


def spread(values: Sequence[float]) -> str:
    """Median, mean and greatest."""
    return f"{statistics.median(values):,.0f} / {statistics.mean(values):,.1f} / {max(values):,.0f}"


def share(part: int, whole: int) -> str:
    """A percentage."""
    return f"{part / whole:.1%}"


def shape(folder: Path) -> dict[str, str]:
    """What is measured → its value."""
    texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))]
    matters = [text.partition("\n---\n")[0].removeprefix("---\n") for text in texts]
    scalars = [match for matter in matters for match in SCALAR.findall(matter)]
    quoted = [value for _, value in scalars if value.startswith('"')]
    words = [value for key, value in scalars if key in ("title", "excerpt")]
    links = [value.strip('"') for value in quoted if value.startswith('"http')]
    titles = [len(value) - 2 for key, value in scalars if key == "title"]
    excerpts = [len(value) - 2 for key, value in scalars if key == "excerpt"]
    related = [len(RELATED.findall(matter)) for matter in matters]
    own = {match[1] for matter in matters for match in re.finditer("^webUrl: (.*)$", matter, re.M)}
    listed = [m[1] for matter in matters for m in re.finditer("^    webUrl: (.*)$", matter, re.M)]
    times = [value for key, value in scalars if key == "publishedDateTime"]
    plain_times = sum(not value.startswith('"') for value in times)
    videos = sum("\ntype: video\n" in matter for matter in matters)
    return {
        "seeds": f"{len(texts):,}",
        "bytes of front matter: median / mean / most": spread([len(m.encode()) for m in matters]),
        "lines: median / mean / most": spread([matter.count("\n") + 1 for matter in matters]),
        "related entries: median / mean / most": spread(related),
        "seeds without related entries": share(related.count(0), len(texts)),
        "related entries that other seeds list too": share(
            len(listed) - len(set(listed)), len(listed)
        ),
        "links of seeds that another seed has": str(
            sum(1 for m in matters if "\nwebUrl: " in m) - len(own)
        ),
        "videos": share(videos, len(texts)),
        "quoted values": share(len(quoted), len(scalars)),
        "quoted values with a backslash": share(sum("\\" in v for v in quoted), len(quoted)),
        "timestamps without quotes": share(plain_times, len(times)),
        "characters of a title: median / mean / most": spread(titles),
        "characters of an excerpt: median / mean / most": spread(excerpts),
        "titles and excerpts beyond ASCII": share(
            sum(not value.isascii() for value in words), len(words)
        ),
        "characters of a URL: median / mean / most": spread([len(link) for link in links]),
        "URLs with a query": share(sum("?" in link for link in links), len(links)),
        "URLs with percent codes": share(sum("%" in link for link in links), len(links)),
        "related entries with an AMP page": share(
            sum(matter.count("\n    ampWebUrl: ") for matter in matters), sum(related)
        ),
    }


def main() -> None:
    """Print the table."""
    shapes = [shape(Path(folder)) for folder in sys.argv[1:]]
    if not shapes:
        sys.exit(__doc__)
    for label in shapes[0]:
        print("|", " | ".join([label, *(each[label] for each in shapes)]), "|")


if __name__ == "__main__":
    main()
