"""The tools that seedlint is compared with: how they are installed and called."""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from measure import Command
from samples import HERE, MARKDOWN, YAML, SeedSet

# ryl enables nothing by itself: the rules that yamllint has on by default, and that it shares.
YAMLLINT_DEFAULTS = [
    *("anchors", "braces", "brackets", "colons", "commas", "comments", "comments-indentation"),
    *("document-start", "empty-lines", "hyphens", "indentation", "key-duplicates", "line-length"),
    *("new-line-at-end-of-file", "new-lines", "trailing-spaces", "truthy"),
]
TIMEOUT = 600
"""Seconds for one installation."""


@dataclass(frozen=True)
class Toolbox:
    """The folder that peers are installed into."""

    folder: Path

    @property
    def python(self) -> Path:
        """The interpreter of the peers' own virtual environment."""
        return self.folder / "python" / "bin" / "python"

    @property
    def node_modules(self) -> Path:
        """Where npm puts packages."""
        return self.folder / "node" / "node_modules"

    def script(self, name: str) -> str:
        """A command of the virtual environment."""
        return str(self.python.with_name(name))

    def node_script(self, name: str) -> str:
        """One of our scripts, copied to where it finds the installed packages."""
        copy = self.node_modules.with_name(name)
        shutil.copyfile(HERE / name, copy)
        return str(copy)


@dataclass(frozen=True)
class Peer:
    """A tool, and how to know that it did its work."""

    name: str
    title: str
    """What it is and what of the job it does, for people."""
    registry: str
    """`pip` or `npm`."""
    packages: list[str]
    arguments: Callable[[Toolbox, SeedSet, str | None], list[str]]
    """The command line for a set, or for one file of it."""
    finds: str
    """`schema`: departures from the contract; `yaml`: errors and duplicate keys alone."""
    marker: str
    """Stands in a line of output that reports the planted defect."""
    clean_exit: int = 0
    faulty_exit: int = 1
    has_cache: bool = False

    def command(self, toolbox: Toolbox, seeds: SeedSet, file: str | None = None) -> Command:
        """The command that checks all seeds of a set, or one file: its path without ending."""
        return Command(
            self.name,
            self.arguments(toolbox, seeds, file),
            seeds.folder,
            (self.clean_exit, self.faulty_exit),
        )


def yaml_files(seeds: SeedSet, file: str | None) -> list[str]:
    """The YAML copies to name on a command line."""
    if file is not None:
        return [f"{YAML}/{file}.yaml"]
    paths = sorted((seeds.folder / YAML).rglob("*.yaml"))
    return [str(path.relative_to(seeds.folder)) for path in paths]


def yaml_target(file: str | None) -> str:
    """The folder with the YAML copies, or one of them."""
    return YAML if file is None else f"{YAML}/{file}.yaml"


def markdown_target(file: str | None) -> str:
    """The folder with the seeds, or one of them."""
    return MARKDOWN if file is None else f"{MARKDOWN}/{file}.md"


def yamllint(config: str) -> Callable[[Toolbox, SeedSet, str | None], list[str]]:
    """yamllint with a configuration."""

    def arguments(toolbox: Toolbox, seeds: SeedSet, file: str | None) -> list[str]:
        target = yaml_target(file)
        return [toolbox.script("yamllint"), "-f", "parsable", "-d", config, target]

    return arguments


def ryl(rules: list[str], cached: bool) -> Callable[[Toolbox, SeedSet, str | None], list[str]]:
    """ryl on Markdown, with some rules on."""

    def arguments(toolbox: Toolbox, seeds: SeedSet, file: str | None) -> list[str]:
        folder = str(toolbox.folder / "ryl-cache" / seeds.name)
        cache = ["--cache-dir", folder] if cached else ["--no-cache"]
        command = [toolbox.script("ryl"), "check", "--markdown", *cache, "-f", "parsable"]
        return [*command, "--enable", ",".join(rules), markdown_target(file)]

    return arguments


def check_jsonschema(toolbox: Toolbox, seeds: SeedSet, file: str | None) -> list[str]:
    """check-jsonschema; it takes names of files only."""
    command = [toolbox.script("check-jsonschema"), "--schemafile", "plain.json"]
    return [*command, *yaml_files(seeds, file)]


def sourcemeta(toolbox: Toolbox, seeds: SeedSet, file: str | None) -> list[str]:
    """Sourcemeta's native program, without the Python that starts it."""
    machine = "x86_64" if platform.machine() == "x86_64" else "arm64"
    name = f"jsonschema-{platform.system().lower()}-{machine}"
    program = next(toolbox.python.parents[1].rglob(f"sourcemeta_jsonschema/{name}"))
    command = [str(program), "validate", "plain.json", yaml_target(file)]
    return [*command, "--extension", ".yaml", "--format-assertion", "--continue"]


def remark(toolbox: Toolbox, seeds: SeedSet, file: str | None) -> list[str]:
    """remark with the plugin that validates front matter."""
    schemas = {"./draftless.json": [f"./{MARKDOWN}/**/*.md"]}
    plugins = ["remark-frontmatter", ["remark-lint-frontmatter-schema", {"schemas": schemas}]]
    config = toolbox.node_modules.with_name("remark.json")
    config.write_text(json.dumps({"plugins": plugins}), "utf-8")
    program = toolbox.node_modules / "remark-cli" / "cli.js"
    options = ["--quiet", "--frail", "--no-stdout", "--no-color", "--rc-path", str(config)]
    return ["node", str(program), *options, markdown_target(file)]


def gray_matter(toolbox: Toolbox, seeds: SeedSet, file: str | None) -> list[str]:
    """The script of 20 lines with gray-matter and Ajv."""
    script = toolbox.node_script("gray_matter_ajv.mjs")
    return ["node", script, "plain.json", markdown_target(file)]


def pyyaml(library: str) -> Callable[[Toolbox, SeedSet, str | None], list[str]]:
    """The script of 20 lines with PyYAML and a validator."""

    def arguments(toolbox: Toolbox, seeds: SeedSet, file: str | None) -> list[str]:
        script = str(HERE / "pyyaml_jsonschema.py")
        return [str(toolbox.python), script, library, "plain.json", markdown_target(file)]

    return arguments


FEW = "rules: {key-duplicates: enable}"
PEERS = [
    Peer(
        "remark",
        "remark-cli with remark-frontmatter and remark-lint-frontmatter-schema: schema, Markdown",
        "npm",
        ["remark-cli", "remark-frontmatter", "remark-lint-frontmatter-schema"],
        remark,
        "schema",
        ".md",
    ),
    Peer(
        "yamllint",
        "yamllint, its default rules: YAML style, no schema, YAML copies",
        "pip",
        ["yamllint"],
        yamllint("extends: default"),
        "yaml",
        "duplication of key",
        clean_exit=1,
    ),
    Peer(
        "yamllint-few",
        "yamllint, duplicate keys alone: no schema, YAML copies",
        "pip",
        ["yamllint"],
        yamllint(FEW),
        "yaml",
        "duplication of key",
    ),
    Peer(
        "check-jsonschema",
        "check-jsonschema: schema, YAML copies",
        "pip",
        ["check-jsonschema"],
        check_jsonschema,
        "schema",
        "$.category",
    ),
    Peer(
        "pyyaml-jsonschema",
        "20 lines of Python, PyYAML's C loader and jsonschema: schema, Markdown",
        "pip",
        ["PyYAML", "jsonschema[format]"],
        pyyaml("jsonschema"),
        "schema",
        "'news' was expected",
    ),
    Peer(
        "pyyaml-jsonschema-rs",
        "20 lines of Python, PyYAML's C loader and jsonschema-rs: schema, Markdown",
        "pip",
        ["PyYAML", "jsonschema-rs"],
        pyyaml("jsonschema-rs"),
        "schema",
        '"news" was expected',
    ),
    Peer(
        "gray-matter-ajv",
        "20 lines of Node, gray-matter and Ajv: schema, Markdown",
        "npm",
        ["gray-matter", "js-yaml@3", "ajv", "ajv-formats"],
        gray_matter,
        "schema",
        "/category must be equal",
    ),
    Peer(
        "sourcemeta",
        "Sourcemeta's jsonschema (C++): schema, YAML copies",
        "pip",
        ["sourcemeta-jsonschema"],
        sourcemeta,
        "schema",
        "fail: ",
        faulty_exit=2,
    ),
    Peer(
        "ryl",
        "ryl (Rust), the default rules of yamllint: YAML style, no schema, Markdown",
        "pip",
        ["ryl"],
        ryl(YAMLLINT_DEFAULTS, cached=False),
        "yaml",
        "duplication of key",
        clean_exit=1,
    ),
    Peer(
        "ryl-few",
        "ryl (Rust), duplicate keys alone: no schema, Markdown",
        "pip",
        ["ryl"],
        ryl(["key-duplicates"], cached=False),
        "yaml",
        "duplication of key",
    ),
    Peer(
        "ryl-cached",
        "ryl (Rust) from its cache, the default rules of yamllint: no schema, Markdown",
        "pip",
        ["ryl"],
        ryl(YAMLLINT_DEFAULTS, cached=True),
        "yaml",
        "duplication of key",
        clean_exit=1,
        has_cache=True,
    ),
]


def install(peer: Peer, toolbox: Toolbox) -> str | None:
    """Install what the peer needs; what went wrong, or None."""
    done = toolbox.folder / f"installed-{'-'.join(peer.packages).replace('/', '-')}"
    if done.exists():
        return None
    toolbox.folder.mkdir(parents=True, exist_ok=True)
    try:
        if peer.registry == "pip":
            pip_install(toolbox, peer.packages)
        else:
            npm_install(toolbox, peer.packages)
    except subprocess.CalledProcessError as error:
        lines = (error.stderr or error.stdout or "").strip().splitlines()
        print("".join(f"    {line}\n" for line in lines[-3:]), end="", file=sys.stderr)
        return f"{peer.registry} could not install {' '.join(peer.packages)}"
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{peer.registry}: {type(error).__name__}"
    done.touch()
    return None


def pip_install(toolbox: Toolbox, packages: list[str]) -> None:
    """Install packages into the virtual environment, made now if need be."""
    if not toolbox.python.exists():
        folder = str(toolbox.python.parents[1])
        quietly([sys.executable, "-m", "venv", "--without-pip", folder])
    pip = [sys.executable, "-m", "pip", "--python", str(toolbox.python)]
    quietly([*pip, "install", "--disable-pip-version-check", "--quiet", *packages])


def npm_install(toolbox: Toolbox, packages: list[str]) -> None:
    """Install packages below `node/`."""
    folder = toolbox.node_modules.parent
    folder.mkdir(parents=True, exist_ok=True)
    options = ["--no-fund", "--no-audit", "--ignore-scripts", "--prefix", str(folder)]
    quietly(["npm", "install", *options, *packages])


def quietly(command: list[str]) -> None:
    """Run; CalledProcessError with what was printed when it fails."""
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=TIMEOUT)


def versions(peer: Peer, toolbox: Toolbox) -> dict[str, str]:
    """Package → version, for the peer's packages."""
    names = [re.split(r"[\[@]", package)[0] for package in peer.packages]
    if peer.registry == "npm":
        manifests = {name: toolbox.node_modules / name / "package.json" for name in names}
        return {
            name: str(json.loads(path.read_text("utf-8"))["version"])
            for name, path in manifests.items()
        }
    program = "import sys, importlib.metadata as m; print(*map(m.version, sys.argv[1:]))"
    done = subprocess.run(
        [toolbox.python, "-I", "-c", program, *names], check=True, capture_output=True, text=True
    )
    return dict(zip(names, done.stdout.split(), strict=True))
