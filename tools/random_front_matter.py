"""Random front matter that is close to what people write, for tests that compare two readers."""

from __future__ import annotations

import random

KEYS = (
    *("a", "b", "key", "web_url", "webUrl", "a.b", "a b", "a-b", "x1", "1", "on", "null", ".inf"),
    *("2024-05-01", "1_000", "_a", '"a"', "'b'", '"a: b"', "'it''s'", '"a\\"b"', "ключ", "<<", "~"),
)
SCALARS = (
    *("text", "two words", "it's", '"quoted"', "'single'", "'it''s'", '"a \\" b"', '"a\\nb"', "12"),
    *("1.5", "-3", "true", "null", "~", "~x", "_x", "2024-05-01T10:00:00Z", "2024-05-01", "yes"),
    *("https://a.example/x?y=1#z", "a:b", "a #b", "a# b", "#c", "a: b", "[]", "{}", "[ ]", "{ }"),
    *(
        '""',
        "''",
        "é",
        "😀 party",
        "\u00a0x",
        "x\u00a0",
        "“typographic”",
        "a\u200bb",
        "012",
        "0x1F",
    ),
    *("- x", "-x", "?x", "&a", "*a", "!t", "%x", "@x", "`x", "a,b", "a]", "Who won?", "1e3", ".5"),
    *('"x" y', "'x' y", '"x"#y', '"x" # y', "x # y", "|", ">", "|-", ">-", "|+", ">+", "|2", "|1-"),
    *(
        "| # c",
        ">x",
        "||",
        "|0",
        "(x)",
        'x"',
        "x #y",
        "9007199254740993",
        "-.5",
        "012",
        "$x",
        "+1",
        "=",
        "<",
        "x:",
        "x: ",
        "::",
        "a\\",
        '"a\\',
        "'",
    ),
)
ITEMS = (
    *(
        "a",
        "b c",
        "1",
        "true",
        "null",
        '"q"',
        "'s'",
        "https://a.example/x",
        "a:b",
        "a?",
        "?a",
        "-1",
    ),
    *("a #b", "", " ", "a: b", "[x]", "{y: 1}", "~", "10:30", '"a":1', "'", "a'b", "é", "*x", "&x"),
    *("2024-05-01T10:00:00Z", "Who won?", '"a, b"', "'a, b'", "a#b", "#", ":", "-", "a}", "a]b"),
)


class Maker:
    """Makes one document after another from one source of chance."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def front_matter(self) -> str:
        """A whole block of front matter with its fences and a body."""
        lines = self._mapping(0, 3)
        for _ in range(self.rng.choice((0, 0, 1, 2))):
            self._disturb(lines)
        end = "\r\n" if self.rng.random() < 0.15 else "\n"
        text = end.join(["---", *lines, "---", "body: x", ""])
        return "\ufeff" + text if self.rng.random() < 0.1 else text

    def _mapping(self, column: int, depth: int) -> list[str]:
        rng = self.rng
        lines: list[str] = []
        for key in rng.sample(KEYS[:11] if rng.random() < 0.7 else KEYS, rng.randrange(1, 5)):
            indent = " " * column
            kind = rng.randrange(10)
            if depth and kind == 0:
                inner = self._mapping(column + rng.choice((1, 2, 4)), depth - 1)
                lines += [f"{indent}{key}:{self._comment()}", *inner]
            elif depth and kind in (1, 2):
                items = self._list(column + rng.choice((0, 0, 2)), depth - 1)
                lines += [f"{indent}{key}:{self._comment()}", *items]
            elif kind == 3:
                header = rng.choice(("|", ">", "|-", ">-", "|+", ">+", "|2", ">1-", "|-2"))
                lines += [f"{indent}{key}: {header}{self._comment()}", *self._block(column)]
            else:
                lines.append(f"{indent}{key}:{self._value()}{self._comment()}")
            self._between(lines, column)
        return lines

    def _list(self, column: int, depth: int) -> list[str]:
        rng = self.rng
        lines: list[str] = []
        for _ in range(rng.randrange(1, 4)):
            indent = " " * column
            kind = rng.randrange(6)
            if depth and kind < 2:
                first, *others = self._mapping(column + 2, depth - 1)
                lines += [f"{indent}- {first[column + 2 :]}", *others]
            elif kind == 2:
                header = rng.choice(("|", ">-", "|+", "|1"))
                lines += [f"{indent}- {header}", *self._block(column)]
            else:
                lines.append(f"{indent}-{self._value()}{self._comment()}")
            self._between(lines, column)
        return lines

    def _block(self, column: int) -> list[str]:
        rng = self.rng
        indent = " " * (column + rng.choice((1, 2, 2, 2, 4)))
        texts = ("text", "two words", " deeper", "key: value", "- item", "# no comment", "a\u00a0")
        lines = [
            rng.choice(("", "", " ", indent, indent + "  "))
            if rng.random() < 0.25
            else indent + rng.choice(texts)
            for _ in range(rng.randrange(5))
        ]
        if rng.random() < 0.1:
            lines.append(" " * column + "# comment")
        return lines

    def _value(self) -> str:
        rng = self.rng
        kind = rng.randrange(12)
        if kind == 0:
            return ""
        if kind < 3:
            items = [self._item() for _ in range(rng.randrange(4))]
            return (
                " " * rng.choice((1, 1, 2)) + "[" + rng.choice((", ", ",", " , ")).join(items) + "]"
            )
        if kind == 3:
            pairs = [f"{rng.choice(KEYS)}: {self._item()}" for _ in range(rng.randrange(3))]
            return " {" + rng.choice((", ", ",")).join(pairs) + "}"
        return rng.choice((" ", " ", "  ", "")) + rng.choice(
            SCALARS if rng.random() < 0.5 else SCALARS[:25]
        )

    def _item(self) -> str:
        return self.rng.choice(ITEMS if self.rng.random() < 0.3 else ITEMS[:9])

    def _comment(self) -> str:
        return self.rng.choice(("",) * 8 + (" # c", "  #c", "#c", " "))

    def _between(self, lines: list[str], column: int) -> None:
        if self.rng.random() < 0.1:
            lines.append(self.rng.choice(("", " ", "# c", " " * column + "# c", "    # c", "   ")))

    def _disturb(self, lines: list[str]) -> None:
        """Change one line."""
        rng = self.rng
        at = rng.randrange(len(lines))
        kind = rng.randrange(6)
        if kind == 0:
            lines[at] = " " * rng.randrange(4) + lines[at].lstrip(" ")
        elif kind == 1:
            lines[at] += rng.choice((" ", "x", ":", ": y", " #", "\u200b", "\t", ","))
        elif kind == 2:
            lines.insert(at, rng.choice(lines))
        elif kind == 3:
            del lines[at]
            lines.append("z: 1")
        elif lines[at]:
            where = rng.randrange(len(lines[at]))
            insert = rng.choice(
                (":", " ", "#", "-", '"', "'", "[", "]", ",", "{", "}", "?", "&", "|")
            )
            lines[at] = lines[at][:where] + insert + lines[at][where:]
