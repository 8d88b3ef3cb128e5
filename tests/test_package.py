"""The artefacts: what is in them, and that the wheel works where there is no checkout.

No index is needed: the build uses this environment's hatchling, and the wheel's environment
borrows this one's dependencies.
"""

from __future__ import annotations

import email
import email.policy
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

import seedlint
from cpu import HANGING
from paths import CONTRACT, ROOT, SEEDS

PACKAGE = ROOT / "lint" / "seedlint"
OFFLINE = ("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check")


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    hidden = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP")
    return subprocess.run(
        command,
        cwd=cwd,
        env={name: value for name, value in os.environ.items() if name not in hidden},
        capture_output=True,
        encoding="utf-8",
        timeout=HANGING,
        check=False,
    )


def build(kind: str, source: Path, folder: Path) -> Path:
    """Build the `wheel` or the `sdist` of a source tree."""
    done = run(
        *(sys.executable, "-m", "build", "--no-isolation", f"--{kind}", "--outdir", folder),
        source,
        cwd=folder,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (artefact,) = folder.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return artefact


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts' folder of a new environment in which the wheel is installed.

    A `.pth` file lends it the packages of this environment. The `.pth` files over there are not
    followed, so it cannot find an editable seedlint by them.
    """
    folder = tmp_path_factory.mktemp("environment") / "venv"
    made = run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    assert made.returncode == 0, made.stdout + made.stderr
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    found = run(
        scripts / "python",
        "-c",
        "import sysconfig; print(sysconfig.get_path('purelib'))",
        cwd=folder,
    )
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python")
    done = run(*pip, "install", *OFFLINE, wheel, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    lenders = sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    lent = Path(found.stdout.strip()) / "dependencies.pth"
    lent.write_text("".join(f"{each}\n" for each in lenders), "utf-8")
    return scripts


def test_wheel_holds_the_package_the_schemas_and_nothing_else(wheel: Path) -> None:
    files = contents(wheel)
    expected = {
        f"seedlint/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    expected |= {
        f"seedlint/schemas/{path.name}": path.read_bytes() for path in CONTRACT.parent.iterdir()
    }
    assert {name: data for name, data in files.items() if ".dist-info/" not in name} == expected
    assert files["seedlint/schemas/article.schema.json"] == CONTRACT.read_bytes()
    assert "seedlint/py.typed" in files
    assert "seedlint/rules/schema/missing_key.py" in files
    assert not [name for name in files if "test" in name]


@pytest.mark.slow
def test_sdist_makes_the_same_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        if sys.version_info >= (3, 12):
            archive.extractall(tmp_path, filter="data")
        else:
            archive.extractall(tmp_path)
    (source,) = tmp_path.iterdir()
    (tmp_path / "dist").mkdir()
    again = build("wheel", source, tmp_path / "dist")
    assert again.name == wheel.name
    assert contents(again) == contents(wheel)


def test_sdist_holds_what_a_packager_looks_for(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"} <= names
    assert {"pyproject.toml", "tests/test_package.py", "tests/support/paths.py"} <= names


def test_metadata_is_ready_for_the_package_index(wheel: Path) -> None:
    (metadata,) = [data for name, data in contents(wheel).items() if name.endswith("/METADATA")]
    message = email.message_from_bytes(metadata, policy=email.policy.default)
    assert message["License-Expression"] == "MIT"
    assert message.get_all("License-File") == ["LICENSE"]
    assert message["Author"] == "the seedlint authors"
    addresses = dict(each.split(", ") for each in message.get_all("Project-URL"))
    assert {"Homepage", "Source", "Changelog", "Issues"} <= addresses.keys()

    # README.md, but for its links: those into the repository work nowhere else.
    description = metadata.decode("utf-8").partition("\n\n")[2]
    base = f"{addresses['Source']}/blob/v{seedlint.__version__}/"
    links = re.findall(r"\]\(([^)\s]*)\)", description)
    assert f"{base}docs/architecture.md" in links
    assert not [link for link in links if not link.startswith(("https://", "#"))]
    # A picture is needed itself, not the page about it.
    raw = f"{base.replace('github.com', 'raw.githubusercontent.com').replace('blob/', '')}"
    assert f"]({raw}docs/findings.svg)" in description
    readme = (ROOT / "README.md").read_text("utf-8")
    assert description.replace(base, "").replace(raw, "").rstrip() == readme.rstrip()


def test_wheel_lints_the_seeds_where_there_is_no_checkout(
    environment: Path, tmp_path: Path
) -> None:
    shutil.copytree(SEEDS, tmp_path / "copies")
    done = run(environment / "seedlint", "check", "copies", cwd=tmp_path)
    seeds = len(list(SEEDS.glob("*.md")))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"OK: {seeds} seeds checked against article.schema.json" in done.stderr


def test_wheel_uses_its_own_modules_and_contract(environment: Path, tmp_path: Path) -> None:
    program = (
        "import seedlint; from seedlint.schema.bundled import bundled_schema;"
        "print(seedlint.__file__, bundled_schema(), sep='\\n')"
    )
    done = run(environment / "python", "-c", program, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    module, contract = map(Path, done.stdout.splitlines())
    assert environment.parent in module.parents
    assert contract == module.parent / "schemas" / "article.schema.json"
    assert contract.read_bytes() == CONTRACT.read_bytes()


def test_module_runs_as_the_command(environment: Path, tmp_path: Path) -> None:
    done = run(environment / "python", "-m", "seedlint", "--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"seedlint {seedlint.__version__}\n"), done.stderr
