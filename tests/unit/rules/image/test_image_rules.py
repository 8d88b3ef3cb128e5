"""What each rule on image sizes finds and lets pass."""

from __future__ import annotations

from typing import Any

import pytest

from seedlint.rules import all_rules
from seedlint.rules.base import Finding, Related
from seedlint.rules.image import BINDING
from seedlint.rules.image.url_sizes import parse_sizes

RULES = [rule for rule in all_rules().values() if BINDING.name in rule.on.names]
LIMITS: dict[str, Any] = {
    "minWidth": 16,
    "minHeight": 20,
    "maxWidth": 20000,
    "maxHeight": 10000,
    "maxAspectRatio": 6,
}


def findings(image: dict[str, Any], **options: Any) -> list[tuple[str, Finding]]:
    subject = BINDING.parse(image, LIMITS | options)
    if subject is None:
        return []
    return [(rule.code, finding) for rule in RULES for finding in rule.check(subject)]


def places(width: Any, height: Any, url: Any = None) -> list[tuple[str, Any]]:
    image = {"width": width, "height": height, "url": url}
    return [(code, finding.pointer[0]) for code, finding in findings(image)]


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (1200, 675, []),
        (16, 20, []),
        (20000, 10000, []),
        (0, 675, [("IMG001", "width")]),
        (1200, -1, [("IMG001", "height")]),
        (0, 0, [("IMG001", "width"), ("IMG001", "height")]),
        (15, 60, [("IMG002", "width")]),
        (60, 19, [("IMG002", "height")]),
        (1, 1, [("IMG002", "width"), ("IMG002", "height")]),
        (0, 1, [("IMG001", "width"), ("IMG002", "height")]),
        (20001, 9000, [("IMG003", "width")]),
        (9000, 10001, [("IMG003", "height")]),
        (1200, 200, []),
        (1201, 200, [("IMG004", "width")]),
        (200, 1201, [("IMG004", "height")]),
        # Silent where a side is wrong by itself.
        (15, 10000, [("IMG002", "width")]),
        # Not whole numbers: the schema speaks.
        (True, False, []),
        ("0", 0.0, []),
        (None, None, []),
        (None, 0, [("IMG001", "height")]),
        (1200.0, 5, [("IMG002", "height")]),
    ],
)
def test_sizes(width: Any, height: Any, expected: list[tuple[str, str]]) -> None:
    assert places(width, height) == expected


def test_without_limits_only_nonsense_is_reported() -> None:
    subject = BINDING.parse({"width": 1, "height": 10**9}, {})
    assert [finding for rule in RULES for finding in rule.check(subject)] == []


def test_other_names_of_the_keys() -> None:
    image = {"w": 630, "h": 0, "src": "https://example.com/a-630x355.jpg"}
    [(code, finding)] = findings(image, width="w", height="h", url="src")
    assert (code, finding.pointer) == ("IMG001", ("h",))
    [(code, finding)] = findings(image | {"h": 335}, width="w", height="h", url="src")
    assert (code, finding.pointer) == ("IMG005", ("h",))
    assert finding.related == (Related(("src",), "the size is in this URL"),)


def test_ratio_names_the_other_side() -> None:
    [(_, finding)] = findings({"width": 1800, "height": 150}, maxAspectRatio=6.5)
    assert finding.related == (Related(("height",), "the height"),)
    assert finding.message.endswith("one side may be at most 6.5 times the other")


@pytest.mark.parametrize(
    ("url", "width", "height", "place"),
    [
        ("https://example.com/a-630x355.jpg", 630, 335, "height"),
        ("https://example.com/a-630x355.jpg", 603, 355, "width"),
        ("https://example.com/a-630x355.jpg", 1000, 563, "width"),
        ("https://example.com/a-630x355.jpg?v=2", 630, 335, "height"),
        ("https://example.com/a_1200x675.PNG", 675, 1200, "width"),
        ("https://example.com/1280x720.jpg", 1280, 702, "height"),
        ("https://example.com/a-630x355@2x.webp", 630, 335, "height"),
        ("https://example.com/1200x675/a.jpg", 1200, 900, "height"),
        ("https://example.com/a.jpg?w=640&h=360", 640, 480, "height"),
        ("https://example.com/a.jpg?width=640&amp;height=360", 800, 360, "width"),
        ("https://example.com/a.jpg?resize=620%2C497", 620, 947, "height"),
        ("https://example.com/a.jpg?resize=620,497&#038;ssl=1", 620, 947, "height"),
        ("https://example.com/a.jpg?fit=1280,720", 1820, 720, "width"),
        ("https://example.com/c_fill,w_1200,h_630,q_80/a.jpg", 1200, 675, "height"),
        ("https://example.com/thumb/height-450,width-600,id-3/a.jpg", 600, 600, "height"),
        ("https://example.com/cdn-cgi/image/width=800,height=450/a.jpg", 900, 450, "width"),
    ],
)
def test_size_contradicts_url(url: str, width: int, height: int, place: str) -> None:
    assert places(width, height, url) == [("IMG005", place)]


@pytest.mark.parametrize(
    ("url", "width", "height"),
    [
        ("https://example.com/a-630x355.jpg", 630, 355),
        ("https://example.com/a-630x355.jpg", 1260, 710),
        ("https://example.com/a-630x355@2x.jpg", 1260, 710),
        ("https://example.com/a-1000x563-1-630x355.jpg", 630, 355),
        ("https://example.com/a-1000x563-1-630x355.jpg", 1000, 563),
        # Width and quality, not width and height.
        ("https://example.com/HyXkW5kwCFqDry6piLRy7Z-1200-80.jpg", 1200, 675),
        # Proportions, dates, digests.
        ("https://example.com/a-16x9.jpg", 1200, 675),
        ("https://example.com/2021-02-26_16h37_37.png", 1200, 675),
        ("https://example.com/fe6f1200x630ab.jpg", 640, 360),
        ("https://example.com/a_2400x1600-100788531-large.jpg", 1200, 800),
        # One side alone decides, or something else in the query.
        ("https://example.com/fit-in/1200x0/a-630x355.jpg", 1200, 676),
        ("https://example.com/0x0.jpg?format=jpg&width=1200", 1200, 675),
        ("https://example.com/a_1920x1080.jpg?w=1000", 1000, 562),
        ("https://example.com/w_640/a_1920x1080.jpg", 640, 360),
        ("https://example.com/a-630x355.jpg?crop=1", 500, 500),
        # Services: proportions are kept, nothing is enlarged, screens are dense.
        ("https://example.com/x=/0x0:1600x900/1400x933/filters:no_upscale()/a.png", 1400, 900),
        ("https://example.com/x=/0x0:1600x900/1400x933/filters:focal(1x1:2x2)/a.png", 1600, 900),
        ("https://example.com/r/s/1200x630/a.jpg", 945, 630),
        ("https://example.com/images/800x800/dimg/a.jpg", 800, 533),
        ("https://example.com/a.jpg/BROK/thumbnail/1200x630/a.jpg", 1200, 630),
        ("https://example.com/a.jpg?w=640&h=360", 320, 180),
        ("https://example.com/a.jpg?w=640&h=360", 1280, 720),
        ("https://example.com/a.jpg?h=630&w=1200&x=10&y=20", 1200, 630),
        ("https://example.com/a.jpg?zoom=2&resize=600%2C309", 1200, 618),
        ("https://example.com/a.jpg?zoom=2.5&resize=600%2C309", 1500, 772),
        ("https://example.com/a.jpg?fit=1812%2C858&#038;ssl=1", 1024, 485),
        ("https://example.com/a.jpg?rect=0,49,1620,912&w=686&h=386", 686, 386),
        ("https://example.com/a.jpg?rect=0,49,1620,912&w=686", 686, 386),
        ("https://example.com/c_fit,w_1200,h_630/a.jpg", 1120, 630),
        ("https://example.com/w_600,h_315,dpr_2.5/a.jpg", 1500, 788),
        # A proxy that carries another URL.
        ("https://example.com/640x360/https://example.org/a-1280x853.jpg", 1280, 853),
        ("https://example.com/640x360/https://example.org/a-1280x853.jpg", 640, 360),
        # Nothing to compare.
        ("https://example.com/a.jpg", 1, 100),
        ("", 100, 100),
        (None, 100, 100),
        (7, 100, 100),
    ],
)
def test_url_leaves_room_for_doubt(url: Any, width: int, height: int) -> None:
    assert "IMG005" not in [code for code, _ in places(width, height, url)]


def test_absurd_sizes_do_not_raise() -> None:
    assert places(10**400, 10**5000) == [("IMG003", "width"), ("IMG003", "height")]
    assert places(-(10**5000), 100) == [("IMG001", "width")]
    subject = BINDING.parse({"width": 10**5000, "height": 10**400}, {"maxAspectRatio": 6.5})
    assert [rule.code for rule in RULES for _ in rule.check(subject)] == ["IMG004"]
    assert ("IMG005", "width") in places(10**5000, 10**400, "https://example.com/a-630x355.jpg")


@pytest.mark.parametrize(
    "unit", ["%", "1", "1x", "10x10", "w_10,", "&amp;", "-", "/", "=", "&w=1", "\ud800"]
)
def test_hostile_urls(unit: str) -> None:
    for length in (3_900, 1_000_000):
        for start in (
            "",
            "https://example.com/",
            "https://example.com/a?",
            "https://example.com/a?w=",
        ):
            parse_sizes(start + unit * (length // len(unit)))
