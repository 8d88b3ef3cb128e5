"""Write any number of invented seeds that are built like real ones.

    python benchmarks/generate.py FOLDER --count 1600 --seed 1 --defects 0.1

The words, people, publishers and addresses are invented; sizes, shapes and proportions are those of
334 real news seeds (docs/benchmarks.md compares them). One `--seed` gives the same bytes on one
version of Python, whatever the number of processes, and a larger `--count` begins with the seeds of
a smaller one. No two seeds share a title or a link.

`--defects 0.1` plants exactly one defect in a tenth of the seeds, the kinds by turns;
`--manifest FILE` tells which and where.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

SEEDS_PER_FOLDER = 1000
FIRST_YEAR = 2016

# Numbers of related entries, and how many of 334 real seeds have so many.
RELATED_COUNTS = [*range(15), 16, 17, 19, 20, 23, 32, 39]
RELATED_WEIGHTS = [137, 63, 35, 22, 8, 9, 11, 5, 11, 4, 2, 3, 7, 2, 1, 2, 1, 1, 1, 2, 3, 4]
# Width and height in pixels, the common ones more than once.
SIZES = [(1200, 630)] * 4 + [(1200, 675), (1920, 1080), (1280, 720)] * 2
SIZES += [(1200, 800), (640, 360), (480, 270), (1519, 675), (1952, 1074), (615, 330), (1600, 900)]
# Editorial scores.
QUALITIES = [87] * 8 + [107] * 4 + [67, 86, 101, 127, 137, 147, 162]
ONSETS = ["b", "br", "c", "d", "dr", "f", "fl", "g", "gl", "h", "j", "k", "kr", "l", "m", "n"]
ONSETS += ["p", "pl", "r", "s", "sk", "st", "t", "tr", "v", "w", "z"]
VOWELS = ["a", "a", "e", "e", "i", "i", "o", "u", "ai", "ou"]
CODAS = ["", "", "", "", "l", "m", "n", "nd", "r", "s", "st", "t"]
DIGITS = [onset + vowel for onset in "bdfgklmnprstvz" for vowel in "aeiou"]
FUNCTION_WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "for",
    "on",
    "with",
    "that",
    "at",
    "by",
]
SECTIONS = ["news", "games", "features", "guides", "stories", "world", "culture", "articles"]
TOPICS = ["Velmora 4", "Harbours", "Tidemarks", "Lanterns"]
IDENTIFIER = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
IFRAME = (
    '<iframe width=\\"800\\" height=\\"500\\" frameborder=\\"0\\" '
    'src=\\"https://video.example.com/embed/{}\\" allow=\\"accelerometer; autoplay; '
    'encrypted-media; gyroscope; picture-in-picture\\" allowfullscreen></iframe>'
)


@dataclass(frozen=True)
class Publisher:
    """An invented publisher."""

    name: str
    domain: str
    host: str
    has_amp: bool


@dataclass(frozen=True)
class Planted:
    """A defect that was planted: where, what, and what seedlint calls it."""

    path: str
    kind: str
    code: str


# The words that all generated seeds are made of: the same in every run.


def invent_word(rng: random.Random) -> str:
    """A word of one to three syllables."""
    syllables = rng.choice((1, 2, 2, 2, 3))
    return "".join(
        rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(syllables)
    )


def invent_phrases(rng: random.Random, count: int) -> list[str]:
    """Pieces of text of four or five words; a good tenth with a typographic character."""
    words = [invent_word(rng) for _ in range(2500)]
    phrases = []
    for _ in range(count):
        piece = rng.choices(words, k=3) + rng.choices(FUNCTION_WORDS, k=rng.choice((1, 2)))
        rng.shuffle(piece)
        at = rng.randrange(len(piece))
        draw = rng.random()
        if draw < 0.026:
            piece[at] += "’s"
        elif draw < 0.033:
            piece[at] = f"‘{piece[at]}’"
        elif draw < 0.038:
            piece[at] = f"“{piece[at]}”"
        elif draw < 0.045:
            piece[at] += rng.choice((" –", " —", "…"))
        elif draw < 0.047:
            piece[at] += rng.choice((" 🔴", " ✨", " £5", " ▷", " å"))
        elif draw < 0.08:
            piece[at] += "'s"
        elif draw < 0.16:
            piece[at] = piece[at].capitalize()
        elif draw < 0.24:
            piece[-1] += rng.choice((",", ".", ":", " &", "?"))
        elif draw < 0.248:
            piece[at] = f'\\"{piece[at]}\\"'
        phrases.append(" ".join(piece))
    return phrases


def invent_publishers(rng: random.Random, count: int) -> list[Publisher]:
    """Publishers under domains reserved for examples; the first have most of the articles."""
    endings = ("example", "example.com", "example.org", "example.net")
    publishers = []
    for number in range(count):
        word = invent_word(rng) + rng.choice(DIGITS)
        domain = f"{word}.{endings[number % len(endings)]}"
        host = f"www.{domain}" if rng.random() < 0.8 else domain
        name = word.capitalize() + rng.choice(("", "", ".com", " Times", "+", " on Example News"))
        publishers.append(Publisher(name, domain, host, rng.random() < 0.36))
    return publishers


VOCABULARY = random.Random("the words of all seeds")
PHRASES = invent_phrases(VOCABULARY, 6000)
PUBLISHERS = invent_publishers(VOCABULARY, 96)
WEIGHTS = [1 / (rank + 3) for rank in range(len(PUBLISHERS))]


def unique_word(number: int) -> str:
    """A word that stands for `number` and no other number."""
    syllables: list[str] = []
    while number or len(syllables) < 2:
        number, digit = divmod(number, len(DIGITS))
        syllables.append(DIGITS[digit])
    return "".join(syllables)


# One article and its parts, as lines of YAML.


def text(rng: random.Random, length: int) -> str:
    """Text of at most `length` characters, fit for double quotes."""
    joined = " ".join(rng.choices(PHRASES, k=length // 22 + 1))
    if len(joined) > length:
        joined = joined[:length].rpartition(" ")[0]
    if joined.count('\\"') % 2:
        joined = joined.replace('\\"', "", 1)
    return joined


def title(rng: random.Random, number: int) -> str:
    """A headline that no other number has: about 60 characters."""
    length = min(max(int(rng.gauss(67, 16)), 28), 135)
    words = text(rng, length - 9).split(" ")
    words.insert(rng.randrange(len(words) + 1), unique_word(number).capitalize())
    joined = " ".join(words)
    return joined[0].upper() + joined[1:]


def excerpt(rng: random.Random) -> str:
    """The first sentences: most of them cut at 200 characters, as the real ones are."""
    draw = rng.random()
    if draw < 0.56:
        return text(rng, 201) + " ..."
    if draw < 0.96:
        return text(rng, rng.randrange(90, 200))
    return text(rng, 255)


def slug(headline: str) -> str:
    """The part of an address that is made of a headline."""
    return re.sub("[^a-z0-9]+", "-", headline.lower()).strip("-")


def identifier(rng: random.Random, length: int) -> str:
    """Random letters and digits, such as services put into addresses."""
    return "".join(rng.choices(IDENTIFIER, k=length))


def image(rng: random.Random, publisher: Publisher, name: str, month: str) -> tuple[str, int, int]:
    """The address, width and height (pixels) of a picture."""
    width, height = rng.choice(SIZES)
    draw = rng.random()
    date = month.replace("-", "/")
    if draw < 0.23:
        tail = f"h={height}&w={width}&m=6&q=60&o=t&l=f&f=jpg"
        return (
            f"https://img.example.net/tenant/entityid/{identifier(rng, 8)}.img?{tail}",
            width,
            height,
        )
    if draw < 0.30:
        tail = "format=jpg&quality=80&strip=all&auto=webp"[: rng.choice((10, 21, 31, 41))]
        folder = identifier(rng, 24).lower()
        return f"https://{publisher.host}/imageserve/{folder}/0x0.jpg?{tail}", width, height
    if draw < 0.335:
        inner = f"{publisher.domain}%2Fimageserve%2F{identifier(rng, 24).lower()}%2F{name[:24]}.jpg"
        return (
            f"https://thumbs.example.org/fit-in/filters%3Aformat%28jpg%29/https%3A%2F%2F{inner}",
            width,
            height,
        )
    if draw < 0.50:
        return f"https://cdn.{publisher.domain}/{identifier(rng, 22)}-{width}-80.jpg", width, height
    if draw < 0.60:
        return (
            f"https://{publisher.host}/files/{date}/{name[:40]}-{width}x{height}.jpg",
            width,
            height,
        )
    folder = rng.choice(("wp-content/uploads", "assets/uploads", "a/uploads/screen_large"))
    return f"https://{publisher.host}/{folder}/{date}/{name[:48]}.jpg", width, height


def picture_lines(picture: tuple[str, int, int], indent: str, cached: bool = True) -> str:
    """One item of a list of images."""
    url, width, height = picture
    lines = f'{indent}- url: "{url}"\n{indent}  width: {width}\n{indent}  height: {height}\n'
    return lines + f"{indent}  isCached: true\n" if cached else lines


def time_of(rng: random.Random, month: str) -> str:
    """A moment in `month`, in UTC; most times are whole minutes."""
    second = rng.randrange(60) if rng.random() < 0.4 else 0
    day, hour, minute = rng.randrange(1, 29), rng.randrange(24), rng.randrange(60)
    return f"{month}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"


def address(rng: random.Random, publisher: Publisher, name: str, month: str) -> str:
    """Where an article stands."""
    section = rng.choice(SECTIONS)
    draw = rng.random()
    if draw < 0.4:
        return f"https://{publisher.host}/{section}/{name}/"
    if draw < 0.6:
        return f"https://{publisher.host}/{month.replace('-', '/')}/{section}/{name}"
    if draw < 0.9:
        return f"https://{publisher.host}/en-us/{section}/{name}/ar-AA{identifier(rng, 6)}"
    if draw < 0.97:
        return f"https://{publisher.host}/{section}/{name}-{rng.randrange(10**6)}.html"
    return f"https://{publisher.host}/{section}/{name}?pc=EUPP_&c={rng.randrange(10**15)}&mkt=en-us"


def links(url: str, publisher: Publisher, indent: str) -> str:
    """`webUrl`, and for some publishers the AMP page with its address in the AMP cache."""
    lines = f'{indent}webUrl: "{url}"\n'
    if not publisher.has_amp:
        return lines
    amp = url + "&amp=1" if "?" in url else url.rstrip("/") + "/amp/"
    cache = f"https://{publisher.host.replace('.', '-')}.cdn.ampproject.org/c/s/"
    cached = cache + amp.removeprefix("https://")
    return lines + f'{indent}ampWebUrl: "{amp}"\n{indent}cdnAmpWebUrl: "{cached}"\n'


def related_entry(rng: random.Random, number: int, month: str) -> str:
    """One entry of the list of related coverage; `number` makes it unlike all others."""
    publisher = rng.choices(PUBLISHERS, WEIGHTS)[0]
    headline = title(rng, number)
    name = slug(headline)
    is_video = rng.random() < 0.06
    if is_video:
        link = f'    webUrl: "https://video.example.com/watch?v={identifier(rng, 11)}"\n'
    else:
        link = links(address(rng, publisher, name, month), publisher, "    ")
    lines = (
        f'  - title: "{headline}"\n'
        f'    excerpt: "{excerpt(rng)}"\n'
        f"    publishedDateTime: {time_of(rng, month)}\n"
        f"{link}"
        f"    type: {'video' if is_video else 'article'}\n"
        "    provider:\n"
        f"      name: {publisher.name}\n"
        f"      domain: {publisher.domain}\n"
        f"    quality: {rng.choice(QUALITIES)}\n"
    )
    if rng.random() < 0.94:
        lines += "    images:\n" + picture_lines(image(rng, publisher, name, month), "      ")
    return lines


def secured(rng: random.Random) -> str:
    """Two Base64 texts with a semicolon between them: 389 characters, seldom more."""
    length = rng.choices((272, 304, 320, 336), (90, 2, 2, 6))[0]
    return f"{b64encode(rng.randbytes(length)).decode()};{b64encode(rng.randbytes(16)).decode()}"


def seed_file(rng: random.Random, number: int, month: str, shared: list[str]) -> tuple[str, str]:
    """The name and the text of one seed.

    `shared` are the related entries of the seeds before: real seeds about one story list the same
    coverage, so half of the entries are taken from there.
    """
    publisher = rng.choices(PUBLISHERS, WEIGHTS)[0]
    # The numbers between two seeds are for the related entries of the first.
    story = number * (max(RELATED_COUNTS) + 1)
    headline = title(rng, story)
    name = slug(headline)
    is_video = rng.random() < 0.1
    moment = time_of(rng, month)
    lines = (
        "---\n"
        "category: news\n"
        f'title: "{headline}"\n'
        f'excerpt: "{excerpt(rng)}"\n'
        f"publishedDateTime: {moment}\n"
    )
    if is_video:
        key = identifier(rng, 4) + unique_word(story)
        lines += f'originalUrl: "https://video.example.com/watch?v={key}"\ntype: video\n'
        domain = "video.example.com"
        picture = (f"https://thumbs.example.com/vi/{key}/maxresdefault.jpg", 1280, 720)
    else:
        url = address(rng, publisher, name, month)
        lines += f'originalUrl: "{url}"\n' + links(url, publisher, "") + "type: article\n"
        domain = publisher.domain
        picture = image(rng, publisher, name, month)
    if rng.random() < 0.95:
        score, shown = rng.choice(QUALITIES), rng.random() < 0.5
        heat = score if shown else -1
        lines += f"quality: {score}\nheat: {heat}\npublished: {str(shown).lower()}\n"
    if is_video:
        lines += f'\nfeaturedContent: "{IFRAME.format(key)}"\n'
    lines += f"\nprovider:\n  name: {publisher.name}\n  domain: {domain}\n"
    if rng.random() < 0.18:
        logo = f"https://logos.example.com/organizations/{domain}-50x50.jpg"
        lines += "  images:\n" + picture_lines((logo, 50, 50), "    ", cached=False)
    lines += f"\ntopics:\n  - {TOPICS[0]}\n"
    if rng.random() < 0.04:
        lines += f"  - {rng.choice(TOPICS[1:])}\n"
    if rng.random() < 0.92:
        lines += "\nimages:\n" + picture_lines(picture, "  ")
    count = rng.choices(RELATED_COUNTS, RELATED_WEIGHTS)[0]
    if count:
        old = rng.sample(shared, min(len(shared), sum(rng.random() < 0.5 for _ in range(count))))
        new = [related_entry(rng, story + 1 + each, month) for each in range(count - len(old))]
        shared += new
        del shared[:-120]
        entries = old + new
        rng.shuffle(entries)
        lines += "\nrelated:\n" + "".join(entries)
    lines += f'\nsecured: "{secured(rng)}"\n---\n\n'
    return f"{moment[:10]}-{name[:70].strip('-')}-{number}.md", lines


# Defects: each changes the text of a good seed in one place, or gives None where it cannot.

Change = Callable[[str, random.Random], str | None]


def swap(pattern: str, replacement: str) -> Change:
    """A change of the first place that `pattern` matches."""
    compiled = re.compile(pattern, re.MULTILINE)

    def change(seed: str, rng: random.Random) -> str | None:
        changed, count = compiled.subn(replacement, seed, count=1)
        return changed if count else None

    return change


def repeat_link(seed: str, rng: random.Random) -> str | None:
    """The second related entry links to what the first one links to."""
    found = list(re.finditer(r'^    webUrl: ("[^"]+")$', seed, re.MULTILINE))
    if len(found) < 2:
        return None
    return seed[: found[1].start(1)] + found[0][1] + seed[found[1].end(1) :]


def relate_to_itself(seed: str, rng: random.Random) -> str | None:
    """The first related entry links to the seed."""
    own = re.search(r'^webUrl: ("[^"]+")$', seed, re.MULTILINE)
    entry = re.search(r'^    webUrl: ("[^"]+")$', seed, re.MULTILINE)
    if not own or not entry:
        return None
    return seed[: entry.start(1)] + own[1] + seed[entry.end(1) :]


# The size of a picture whose address speaks of no size.
UNSIZED = r'(url: "[^"?]*?/uploads/[^"?]*\.jpg"\n +width: )\d+(\n +height: )\d+'
# What is wrong, the code that seedlint reports it under, and the change that makes it.
DEFECTS: list[tuple[str, str, Change]] = [
    ("missing key", "SCH001", swap(r"^excerpt: .*\n", "")),
    ("wrong type", "SCH003", swap(r"^quality: (\d+)$", r'quality: "\1"')),
    ("unknown key", "SCH002", swap(r"^type: ", "mood: 3\ntype: ")),
    ("duplicate key", "YML008", swap(r"^(publishedDateTime: .*\n)", r"\1\1")),
    ("empty related URL", "URL001", swap(r'^    webUrl: "[^"]+"$', '    webUrl: ""')),
    ("repeated related link", "REL001", repeat_link),
    ("tab indentation", "YML003", swap(r"^  name:", "\tname:")),
    ("unclosed quote", "YML004", swap(r'^(title: .*)"$', r"\1")),
    ("tiny image", "IMG002", swap(UNSIZED, r"\g<1>15\g<2>16")),
    ("bad scheme", "URL003", swap(r'^originalUrl: "https', 'originalUrl: "htps')),
    ("missing scheme", "URL002", swap(r'^    webUrl: "https://', '    webUrl: "')),
    ("HTML entity", "URL010", swap(r'(url: "[^"&]*)&', r"\1&#038;")),
    ("impossible day", "SCH006", swap(r"^(publishedDateTime: \d+-\d\d)-\d\d", r"\1-32")),
    ("unlisted value", "SCH004", swap(r"^    type: article", "    type: articel")),
    ("another constant", "SCH005", swap(r"^category: news", "category: new")),
    ("pattern mismatch", "SCH007", swap(r'^(secured: "[^;]*);', r"\1")),
    ("bad percent encoding", "URL009", swap(r'^(originalUrl: "[^"]+)"', r'\1%2"')),
    ("blank in a URL", "URL007", swap(r'^(originalUrl: "[^"]+)"', r'\1 b"')),
    ("null topic", "SCH003", swap(r"^topics:\n  - .*", "topics:\n  -")),
    ("repeated topic", "SCH015", swap(r"^topics:\n(  - .*\n)", r"topics:\n\1\1")),
    ("height of nothing", "IMG001", swap(UNSIZED, r"\g<1>640\g<2>0")),
    ("insecure URL", "URL012", swap(r'^  - url: "https', '  - url: "http')),
    ("wrong AMP cache", "URL014", swap(r'^( *cdnAmpWebUrl: "[^"]+)"', r'\1x"')),
    ("related to itself", "REL003", relate_to_itself),
    ("unquoted colon", "YML005", swap(r"^  name: ", "  name: Editor: ")),
    ("unclosed front matter", "FM002", swap(r"^(secured: .*)\n---\n", r"\1\n")),
]


def plant(seed: str, turn: int, rng: random.Random) -> tuple[str, str, str]:
    """`seed` with the defect whose turn it is, or the next that this seed has a place for."""
    for offset in range(len(DEFECTS)):
        kind, code, change = DEFECTS[(turn + offset) % len(DEFECTS)]
        changed = change(seed, rng)
        if changed is not None and changed != seed:
            return changed, kind, code
    raise AssertionError("a missing key can be planted in every seed")


# Folders.


def write_folder(
    folder: Path, seed: int, index: int, count: int, turns: dict[int, int]
) -> list[Planted]:
    """Write the seeds of one month; `turns` has the defects: number of the seed → kind."""
    rng = random.Random(f"{seed} {index}")
    month = f"{FIRST_YEAR + index // 12}-{index % 12 + 1:02}"
    (folder / month).mkdir(parents=True, exist_ok=True)
    shared: list[str] = []
    planted = []
    for number in range(index * SEEDS_PER_FOLDER, index * SEEDS_PER_FOLDER + count):
        name, content = seed_file(rng, number, month, shared)
        if number in turns:
            chance = random.Random(f"{seed} {number}")
            content, kind, code = plant(content, turns[number], chance)
            planted.append(Planted(f"{month}/{name}", kind, code))
        with open(folder / month / name, "w", encoding="utf-8", newline="") as file:
            file.write(content)
    return planted


def generate(
    folder: Path, count: int, seed: int = 1, defects: float = 0.0, jobs: int = 1
) -> list[Planted]:
    """Write `count` seeds into `folder`, a share of `defects` (0 to 1) with one defect each."""
    dirty = random.Random(f"defects of {seed}").sample(range(count), round(count * defects))
    turns = {number: turn for turn, number in enumerate(sorted(dirty))}
    months = range(-(-count // SEEDS_PER_FOLDER))
    sizes = [min(SEEDS_PER_FOLDER, count - index * SEEDS_PER_FOLDER) for index in months]
    parts = [
        {n: turn for n, turn in turns.items() if n // SEEDS_PER_FOLDER == index} for index in months
    ]
    arguments = ([folder] * len(months), [seed] * len(months), months, sizes, parts)
    if jobs == 1 or len(months) == 1:
        written = map(write_folder, *arguments)
        return [planted for month in written for planted in month]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return [planted for month in pool.map(write_folder, *arguments) for planted in month]


def main() -> None:
    """Read the command line and write the seeds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where to write; must be empty or new")
    parser.add_argument("--count", type=int, default=1600, help="seeds (default: 1600)")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers (default: 1)")
    parser.add_argument("--defects", type=float, default=0.0, help="share of seeds, 0 to 1")
    parser.add_argument("--manifest", type=Path, help="write the planted defects to this JSON file")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    options = parser.parse_args()
    if not 0 <= options.defects <= 1:
        parser.error("--defects is a share, from 0 to 1")
    if options.folder.exists() and any(options.folder.iterdir()):
        parser.error(f"{options.folder} is not empty")
    planted = generate(options.folder, options.count, options.seed, options.defects, options.jobs)
    if options.manifest:
        entries = [asdict(each) for each in planted]
        options.manifest.write_text(json.dumps(entries, indent=1) + "\n", "utf-8")
    print(f"{options.count} seeds, {len(planted)} of them with a defect", file=sys.stderr)


if __name__ == "__main__":
    main()
