"""Of a value too long for the screen the characters at fault are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import check_json, seedlint

LONG = "https://www.harbour-times.example/" + "a" * 380
URLS = [
    ("URL007", " ", "a space"),
    ("URL007", "\\", "a backslash"),
    ("URL007", "|", "`|`"),
    ("URL008", "Ã©", "wrong encoding"),
    ("URL009", "%zz", "this percent sign"),
]


@pytest.mark.parametrize("style", ["{}", '"{}"', "'{}'", "&x {}"])
@pytest.mark.parametrize(("code", "fault", "label"), URLS)
def test_an_address(code: str, fault: str, label: str, style: str, tmp_path: Path) -> None:
    if style == '"{}"' and fault == "\\":
        pytest.skip("it is written as an escape")
    (tmp_path / "s.json").write_text('{"properties": {"u": {"format": "uri"}}}', "utf-8")
    line = "u: " + style.format(f"{LONG}{fault}{'b' * 90}")
    (tmp_path / "a.md").write_text(f"---\n{line}\n---\n", "utf-8")
    found = check_json("--schema", "s.json", "a.md", cwd=tmp_path).findings
    (each,) = (each for each in found if each["code"] == code)
    # The finding is about the whole value, the label about the characters.
    assert each["location"] == {"row": 2, "column": 4}
    (place,) = each["labels"]
    assert place["message"] == label
    column = line.rindex(fault) + 1
    assert place["location"] == {"row": 2, "column": column}
    full = seedlint("check", "--isolated", "--schema", "s.json", "a.md", cwd=tmp_path).out
    frame = full[full.index(f"[{code} ") :].splitlines()
    assert f"{'a' * 20}{fault}" in frame[4]
    assert frame[5].rstrip().endswith(f"~ {label}")
    assert frame[5].index("^") == frame[4].rindex(fault)
    concise = seedlint(
        "check", "--isolated", "--schema", "s.json", "--output-format", "concise", "a.md",
        cwd=tmp_path,
    ).out  # fmt: skip
    assert f" ({label}: a.md:2:{place['location']['column']})\n" in concise


def test_what_is_written_elsewhere_has_no_label_inside_it(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text('{"properties": {"u": {"format": "uri"}}}', "utf-8")
    (tmp_path / "a.md").write_text('---\nv: &v "https://a.example/x y"\nu: *v\n---\n', "utf-8")
    (found,) = check_json("--schema", "s.json", "a.md", cwd=tmp_path).findings
    labels = [(each["message"], each["location"]["row"]) for each in found["labels"]]
    assert (found["code"], labels) == ("URL007", [("the value comes from here", 2)])
