"""The address of a rule's page comes from the metadata of the package."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from command import EXECUTABLE, seedlint
from cpu import HANGING
from paths import ROOT

SEED = "---\ntitle: x\n---\n"
ASK = "from seedlint.documentation import rule_url; print(rule_url('URL003'))"


def as_described(tmp_path: Path, *urls: str) -> str:
    """What a process answers in which the package's metadata has these addresses."""
    described = tmp_path / "seedlint-0.1.0.dist-info"
    described.mkdir()
    lines = ["Metadata-Version: 2.4", "Name: seedlint", "Version: 0.1.0"]
    (described / "METADATA").write_text(
        "\n".join([*lines, *(f"Project-URL: {each}" for each in urls), "", ""])
    )
    path = os.pathsep.join([str(tmp_path), str(ROOT / "lint")])
    done = subprocess.run(
        [sys.executable, "-S", "-c", ASK],
        env={"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=HANGING,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.skipif(not (ROOT / "lint").is_dir(), reason="only in a checkout")
@pytest.mark.parametrize("address", ["https://docs.example.org/", "https://docs.example.org"])
def test_an_address_follows_from_the_site(tmp_path: Path, address: str) -> None:
    said = as_described(tmp_path, "Source, https://example.org", f"Documentation, {address}")
    assert said == "https://docs.example.org/rules/URL003/"


@pytest.mark.skipif(not (ROOT / "lint").is_dir(), reason="only in a checkout")
def test_without_a_site_there_is_no_address(tmp_path: Path) -> None:
    assert as_described(tmp_path, "Source, https://example.org") == "None"


def test_each_machine_format_has_the_address(tmp_path: Path) -> None:
    seed = tmp_path / "a.md"
    seed.write_text(SEED)

    def report(form: str) -> str:
        return seedlint("check", "--isolated", "--output-format", form, str(seed)).out

    for found in json.loads(report("json")):
        assert found["url"].endswith(f"/rules/{found['code']}/")
    for each in json.loads(report("rdjson"))["diagnostics"]:
        assert each["code"]["url"].endswith(f"/rules/{each['code']['value']}/")
    for rule in json.loads(report("sarif"))["runs"][0]["tool"]["driver"]["rules"]:
        assert rule["helpUri"].endswith(f"/rules/{rule['id']}/")


def test_codes_are_hyperlinks_only_if_asked_for_or_taken(tmp_path: Path) -> None:
    seed = tmp_path / "a.md"
    seed.write_text(SEED)

    def report(**env: str) -> str:
        done = subprocess.run(
            [EXECUTABLE, "check", "--isolated", str(seed)],
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **env},
            capture_output=True,
            text=True,
            timeout=HANGING,
            check=False,
        )
        return done.stdout

    plain = report(TERM_PROGRAM="vscode")
    assert "\x1b" not in plain
    linked = report(FORCE_HYPERLINK="1")
    start = "\x1b]8;;https://seedlint.example/rules/SCH001/\x1b\\SCH001 missing-key\x1b]8;;\x1b\\"
    assert f"error[{start}]: missing key" in linked
    assert report(FORCE_HYPERLINK="0") == plain
