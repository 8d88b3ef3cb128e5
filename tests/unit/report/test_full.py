"""The frame: carets stand under the characters that are meant."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

import pytest

from cpu import cpu_limit
from seedlint.diagnostic import Diagnostic, Fix, Label, Region, Replacement
from seedlint.report.full import display_width, render
from seedlint.severity import Severity
from seedlint.text.source import SourceFile
from seedlint.text.span import Position


def region(line: int, start: int, end: int, path: str = "s.md", end_line: int = 0) -> Region:
    return Region(path, Position(line, start), Position(end_line or line, end))


def diagnostic(place: Region, **changes: object) -> Diagnostic:
    fields: dict[str, object] = {
        "region": place,
        "code": "SCH003",
        "name": "wrong-type",
        "severity": Severity.ERROR,
        "message": "expected text",
    }
    return Diagnostic(**{**fields, **changes})  # type: ignore[arg-type]


def report(text: str, each: Diagnostic, color: bool = False) -> list[str]:
    return list(render([each], lambda path: SourceFile(path, text), color=color))


def columns(text: str) -> int:
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def test_a_whole_report() -> None:
    each = diagnostic(
        region(3, 4, 6),
        help="put it in quotes",
        labels=(Label(region(2, 1, 6), "see here"),),
    )
    assert report("---\ntitle: x\nb: 12\nc: 3\n---\n", each) == [
        "error[SCH003 wrong-type]: expected text",
        " --> s.md:3:4",
        "  |",
        "2 | title: x",
        "3 | b: 12",
        "  |    ^^",
        "4 | c: 3",
        "  = note: see here",
        " --> s.md:2:1",
        "  |",
        "2 | title: x",
        "  | -----",
        "  = help: put it in quotes",
        "",
    ]


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("a: bc", 4, 6),
        ("a: 中文 bc", 7, 9),
        ("a: 中文 bc", 4, 6),
        ("😀: bc", 4, 6),
        ("e\u0301: bc", 5, 7),
        ("a: e\u0301x", 4, 6),
        ("\ta: bc", 5, 7),
        ("a: \tb\tc", 5, 8),
        ("a: x\x1bbc", 6, 8),
        ("a: x\u200bbc", 5, 6),
        ("a: \u00a0bc", 5, 7),
        ("ﾊﾝ: bc", 5, 7),
        ("Ａ: bc", 4, 6),
        ("a: ##[x] bc", 10, 12),
        ("  ::error:: bc", 13, 15),
        ("a: b " + "x" * 300 + " bc " + "y" * 300, 307, 309),
        ("中" * 300 + "bc" + "文" * 300, 301, 303),
        ("a: " + "x" * 500, 4, 504),
        ("x" * 95 + "bc", 96, 98),
        ("x" * 69 + "bc" + "y" * 60, 70, 72),
    ],
    ids=ascii,
)
def test_carets_stand_under_what_is_marked(line: str, start: int, end: int) -> None:
    lines = report(f"{line}\n", diagnostic(region(1, start, end)))
    shown = next(each for each in lines if each.startswith("1 | "))[4:]
    carets = next(each for each in lines if "^" in each)[4:]
    before, width = len(carets) - len(carets.lstrip()), len(carets.strip())
    assert set(carets.strip()) == {"^"}

    # The columns of the shown line that the carets cover, as text.
    position, covered = 0, ""
    for character in shown:
        if before <= position < before + width or (covered and combining(character)):
            covered += character
        position += columns(character)
    escapes = {"\t": "    ", "\x1b": r"\x1b", "\u200b": r"\u200b", "\u00a0": r"\xa0"}
    expected = "".join(escapes.get(each, each) for each in line[start - 1 : end - 1])
    assert covered == expected or (len(line) > 100 and expected.startswith(covered) and covered)
    assert len(shown) < 130


def test_a_long_line_is_cut_on_both_sides() -> None:
    line = "x" * 300 + "bc" + "y" * 300
    shown = report(line, diagnostic(region(1, 301, 303)))[3]
    assert shown.startswith("1 | …")
    assert shown.endswith("…")
    assert "bc" in shown


@pytest.mark.parametrize(
    ("text", "place", "frame"),
    [
        ("", region(1, 1, 1), []),
        ("---\n\n", region(2, 1, 1), []),
        ("---", region(9, 1, 4), []),
        ("ab", region(1, 3, 3), ["  |", "1 | ab", "  |   ^"]),
        ("ab\ncd", region(1, 2, 2, end_line=2), ["  |", "1 | ab", "  |  ^", "2 | cd"]),
        ("ab\r\ncd\r\n", region(2, 1, 3), ["  |", "1 | ab", "2 | cd", "  | ^^"]),
        ("a\n\nb\n\nc", region(3, 1, 2), ["  |", "2 |", "3 | b", "  | ^"]),
    ],
)
def test_odd_places(text: str, place: Region, frame: list[str]) -> None:
    lines = report(text, diagnostic(place))
    assert lines[2:-1] == frame


def test_the_margin_fits_the_numbers() -> None:
    lines = report("a\n" * 1000, diagnostic(region(999, 1, 2)))
    assert lines[1:-1] == [
        "    --> s.md:999:1",
        "     |",
        " 998 | a",
        " 999 | a",
        "     | ^",
        "1000 | a",
    ]


def test_colours_only_when_asked() -> None:
    each = diagnostic(
        region(1, 1, 2), help="help", labels=(Label(region(1, 1, 2, "o.md"), "other"),)
    )
    plain = report("\x1b[31mred", each)
    painted = report("\x1b[31mred", each, color=True)
    assert not any("\x1b" in line for line in plain)
    assert any("\x1b" in line for line in painted)
    # Colours are all that differs, and what the seed brought is shown, not obeyed.
    for old, new in zip(plain, painted, strict=True):
        for code in ("\x1b[1;31m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"):
            new = new.replace(code, "")
        assert old == new
    assert any(r"\x1b[31mred" in line for line in painted)


@pytest.mark.parametrize("severity", list(Severity))
def test_each_severity_has_its_word(severity: Severity) -> None:
    head = report("a", diagnostic(region(1, 1, 2), severity=severity))[0]
    assert head.startswith(f"{severity.value}[SCH003 wrong-type]: ")


def test_a_file_that_is_gone() -> None:
    lines = list(render([diagnostic(region(1, 1, 2))], lambda path: None, color=False))
    assert lines == ["error[SCH003 wrong-type]: expected text", " --> s.md:1:1", ""]


def test_hostile_text_is_neutral_everywhere() -> None:
    hostile = "\n::error::x ##[add-mask]y\x1b[2J\u202e"
    place = region(1, 1, 2, path=f"{hostile}.md")
    each = diagnostic(place, message=hostile, help=hostile, labels=(Label(place, hostile),))
    lines = report("::error::x ##[add-mask]y\x1b[2J\u202e", each)
    # In the message, the help, the label, its place, the line and the place of the finding.
    assert "\n".join(lines).count("add-mask") >= 6
    for line in lines:
        assert line.isprintable()
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("ab", 2), ("中a", 3), ("😀", 2), ("e\u0301", 1), ("Ａ", 2)]
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


def test_what_matters_in_a_value_is_marked_inside_it() -> None:
    each = diagnostic(region(1, 4, 15), labels=(Label(region(1, 10, 11), "a space"),))
    assert report('u: "http: 文x/"', each)[2:-1] == [
        "  |",
        '1 | u: "http: 文x/"',
        "  |    " + "~" * 6 + "^" + "~" * 5 + " a space",
    ]
    # A second one is told below it.
    second = Label(region(1, 6, 7), "another")
    lines = report('u: "http: /x/"', each._replace(labels=(*each.labels, second)))
    assert lines[5:7] == ["  = note: another", " --> s.md:1:6"]
    assert lines[-2] == "  |      -"


def test_what_matters_in_a_long_line_is_shown() -> None:
    text = 'u: "https://x.example/' + "a" * 400 + " " + "b" * 200 + '"'
    at = text.rindex(" ") + 1
    whole = region(1, 4, len(text) + 1)
    each = diagnostic(whole, labels=(Label(region(1, at, at + 1), "a space"),))
    _, place, _, line, marks, _ = report(text, each)
    # The place is that of the value.
    assert place == " --> s.md:1:4"
    assert line == "1 | …" + "a" * 30 + " " + "b" * 69 + "…"
    assert marks == "  |  " + "~" * 30 + "^" + "~" * 69 + " a space"
    # At the end of the window and of the line.
    at = len(text) - 1
    each = diagnostic(whole, labels=(Label(region(1, at, at + 1), "b"),))
    assert report(text, each)[4] == "  |  " + "~" * 98 + "^~ b"


def test_of_a_long_line_only_what_is_shown_is_laid_out() -> None:
    """A line of a megabyte may have as many findings as a file can."""
    line = "k: " + "é\ta\x1b##[error]" * 80_000 + "XY"
    place = region(1, len(line) - 1, len(line) + 1)
    edit = Replacement(place.start, place.end, "Z")
    each = diagnostic(place, fix=Fix("write `Z`", "safe", (edit,)))
    source = SourceFile("s.md", line)
    with cpu_limit():
        lines = list(render([each] * 200, lambda path: source, color=False))
    shown, marks = lines[3:5]
    assert shown.startswith("1 | …")
    assert shown.endswith("XY")
    assert columns(marks) == columns(shown)
    assert not any("##[" in line for line in lines)


@pytest.mark.parametrize(
    "label",
    [
        region(1, 4, 15),
        region(1, 1, 2),
        region(2, 1, 2),
        region(1, 9, 9),
        region(1, 9, 10, path="other.md"),
    ],
)
def test_a_label_elsewhere_is_a_note_below(label: Region) -> None:
    each = diagnostic(region(1, 4, 15), labels=(Label(label, "there"),))
    lines = report('u: "http: /x/"\nv: 1', each)
    assert "  |    ^^^^^^^^^^^" in lines
    assert "  = note: there" in lines


def test_an_inner_label_is_harmless() -> None:
    label = Label(region(1, 9, 10), "##[error]x\x1b[2J")
    each = diagnostic(region(1, 4, 15), labels=(label,))
    lines = report('u: "http: /x/"', each, color=True)
    assert not any("##[" in line or "\x1b[2J" in line for line in lines)


@pytest.mark.parametrize("at", [5, 60, 99, 120, 399])
def test_what_a_fix_changes_in_a_long_line_is_shown(at: int) -> None:
    text = "u: " + "a" * (at - 3) + "XY" + "b" * (400 - at)
    edit = Replacement(Position(1, 4), Position(1, len(text) + 1), text[3:].replace("XY", "Z"))
    fix = Fix("write `Z`", "safe", (edit,))
    lines = report(text, diagnostic(region(1, 4, len(text) + 1), fix=fix))
    old, new = (next(line for line in lines if line[2:4] == f"{sign} ") for sign in "-+")
    assert old.replace("XY", "Z")[4:60] == new[4:60]
    assert "XY" in old
    assert "Z" in new
    assert max(len(old), len(new)) <= 106
    # Both begin at the same character of the line.
    assert old.index("XY") == new.index("Z")


def test_a_fix_that_adds_and_removes_lines_is_shown() -> None:
    text = "a: 1\nb: [\n  x\n]\nc: 2\n"
    edit = Replacement(Position(2, 1), Position(5, 1), "b:\n- x\n")
    each = diagnostic(region(2, 1, 5), fix=Fix("write a list", "unsafe", (edit,)))
    assert report(text, each)[-7:] == [
        "  = fix with --unsafe-fixes: write a list",
        "2 - b: [",
        "3 -   x",
        "4 - ]",
        "  + b:",
        "  + - x",
        "",
    ]


@pytest.mark.parametrize(
    ("start", "end", "content", "shown"),
    [
        ((3, 1), (3, 1), "n: 1\n", ["  + n: 1"]),
        ((2, 5), (2, 5), "\nn: 1", ["  + n: 1"]),
        ((2, 1), (3, 1), "", ["2 - b: x"]),
        ((2, 1), (3, 1), "n: 1\n", ["2 - b: x", "  + n: 1"]),
        ((1, 5), (2, 1), "", ["1 - a: 1", "2 - b: x", "  + a: 1b: x"]),
        ((1, 5), (2, 1), "\r\n", ["1 - a: 1", "2 - b: x", "  + a: 1", "  + b: x"]),
        ((4, 1), (4, 1), "n: 1\n", ["  + n: 1"]),
    ],
)
def test_lines_that_a_fix_leaves_as_they_are_are_not_shown(
    start: tuple[int, int], end: tuple[int, int], content: str, shown: list[str]
) -> None:
    fix = Fix("write it", "safe", (Replacement(Position(*start), Position(*end), content),))
    lines = report("a: 1\nb: x\nc: 2\n", diagnostic(region(2, 1, 2), fix=fix))
    assert lines[lines.index("  = fix with --fix: write it") + 1 : -1] == shown
