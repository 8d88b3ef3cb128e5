"""The folders of seeds that are measured, made once and kept."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Container
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generate import generate

HERE = Path(__file__).resolve().parent
CONTRACT = HERE.parent / "schemas" / "article.schema.json"
# Files that hold the seeds; names of folders below a set.
MARKDOWN, YAML = "md", "yaml"
MANIFEST = "planted.json"


@dataclass(frozen=True)
class SeedSet:
    """A folder with `md/`, the seeds, `yaml/`, copies of their front matter, and the contracts."""

    name: str
    folder: Path
    count: int

    def stems(self) -> list[str]:
        """Names of all files, without their endings."""
        return [path.stem for path in sorted((self.folder / MARKDOWN).rglob("*.md"))]

    def stems_with(self, codes: Container[str]) -> list[str]:
        """Those of the files with a planted defect that seedlint has one of these codes for."""
        planted = json.loads((self.folder / MANIFEST).read_text("utf-8"))
        return [Path(each["path"]).stem for each in planted if each["code"] in codes]

    def typical(self) -> Path:
        """The seed of median size, as a path below the folder."""
        paths = sorted((self.folder / MARKDOWN).rglob("*.md"), key=lambda path: path.stat().st_size)
        return paths[len(paths) // 2].relative_to(self.folder)


def front_matter(seed: str) -> str:
    """What stands between the fences, or all to the end if nothing closes it."""
    return seed.removeprefix("---\n").partition("\n---\n")[0] + "\n"


def spoil(seed: str) -> str:
    """A seed with a wrong constant: what validators report."""
    return seed.replace("category: news\n", "category: new\n", 1)


def double(seed: str) -> str:
    """A seed with a key twice: what readers of YAML report."""
    return seed.replace("category: news\n", "category: news\ncategory: news\n", 1)


def plain(value: Any) -> Any:
    """The contract without seedlint's own keyword, which some validators refuse."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if key != "x-seedlint"}
    return [plain(each) for each in value] if isinstance(value, list) else value


def write_contracts(folder: Path) -> None:
    """The contract, the same for others, and once more without naming its draft."""
    shutil.copyfile(CONTRACT, folder / "contract.json")
    contract = plain(json.loads(CONTRACT.read_text("utf-8")))
    (folder / "plain.json").write_text(json.dumps(contract), "utf-8")
    for key in ("$schema", "$id"):
        contract.pop(key, None)
    (folder / "draftless.json").write_text(json.dumps(contract), "utf-8")


def write_yaml_copies(folder: Path) -> None:
    """`yaml/`: the front matter of each seed in `md/`, for tools that read no Markdown."""
    for path in (folder / MARKDOWN).rglob("*.md"):
        copy = folder / YAML / path.relative_to(folder / MARKDOWN).with_suffix(".yaml")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(front_matter(path.read_text("utf-8")), "utf-8", newline="")


def seed_set(
    work: Path, count: int, defects: float = 0.0, *, planted: str = "", copies: bool = True
) -> SeedSet:
    """A set of seeds below `work`, made now if it is not there.

    `planted` puts the same defect into every seed: "schema" one that validators report, "yaml" one
    that readers of YAML report.
    """
    made_by = hashlib.sha256((HERE / "generate.py").read_bytes() + CONTRACT.read_bytes())
    label = f"{count}-{planted or f'{defects:g}'}"
    folder = work / "sets" / f"{label}-{made_by.hexdigest()[:12]}"
    if not folder.exists():
        unfinished = folder.with_name(folder.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        defective = generate(
            unfinished / MARKDOWN, count, defects=defects, jobs=os.cpu_count() or 1
        )
        manifest = json.dumps([asdict(each) for each in defective], indent=1)
        (unfinished / MANIFEST).write_text(manifest, "utf-8")
        if planted:
            change = {"schema": spoil, "yaml": double}[planted]
            for path in (unfinished / MARKDOWN).rglob("*.md"):
                path.write_text(change(path.read_text("utf-8")), "utf-8", newline="")
        if copies:
            write_yaml_copies(unfinished)
        write_contracts(unfinished)
        unfinished.rename(folder)
    return SeedSet(label, folder, count)
