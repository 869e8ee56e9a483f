"""The README tells the truth about the commands, and every command tells what it does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.graph.codebook import TABLES
from kg.pipeline import Summary
from kg.rdf.query import named_queries

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GROUP = typer.main.get_command(app)
COMMANDS = dict(GROUP.commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_a_line_in_the_readme(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert len(command.help.splitlines()[0]) < 90
    undocumented = [parameter.name for parameter in command.params if not getattr(parameter, "help", None)]
    assert not undocumented
    assert re.search(rf"\bkg {name}\b", README), f"the README does not show kg {name}"
    shown = CliRunner().invoke(app, [name, "--help"])
    assert shown.exit_code == 0
    assert "Usage" in shown.output


def test_every_option_in_the_readme_exists() -> None:
    for line in README.splitlines():
        used = re.match(r"\s*kg (\w+)( .*)", line)
        if used and used[1] in COMMANDS:
            known = {option for parameter in COMMANDS[used[1]].params for option in parameter.opts} | {"--help"}
            assert set(re.findall(r"(?<= )--?[a-z][a-z-]*", used[2].split("#")[0])) <= known, line


def test_what_the_readme_shows_on_the_demo_works_as_it_stands(built: Summary, tmp_path: Path) -> None:
    lines = [line.strip() for line in README.splitlines() if re.match(r"    (echo|kg \w+) ", line)]
    shown = [line for line in lines if "guanpu-demo" in line or line.startswith(("echo", "kg explain"))]
    assert {line.split()[1] for line in shown} >= {"view", "who", "unseen", "explain", "query", "validate", "sample", "evaluate"}
    (tmp_path / "guanpu-demo").symlink_to(built.folder)
    for name in ("kg", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    env = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    for line in shown:
        done = subprocess.run(["bash", "-c", f'kg() {{ {sys.executable} -m kg.cli "$@"; }}; {line}'], cwd=tmp_path, env=env,
                              capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), line
        assert done.stdout or line.startswith("echo"), line


def test_the_readme_s_judgements_hold_on_the_demo(built: Summary, tmp_path: Path) -> None:
    rows = [line.strip(" ") for line in README.splitlines() if re.match(r"    (same|different|reject)\t", line)]
    assert [row.split("\t")[0] for row in rows] == ["same", "different", "reject"]
    (tmp_path / "judgements.tsv").write_text("\n".join(rows), encoding="utf-8")
    kg.build((), tmp_path / "out", records_from=built.folder / "records.jsonl", judgements=tmp_path / "judgements.tsv")


def test_every_file_that_the_readme_names_exists() -> None:
    for name in re.findall(r"\]\((?!http)([^)#]+)\)", README) + re.findall(r"^    bash (\S+)$", README, re.MULTILINE):
        assert (ROOT / name).exists(), name


def test_one_version_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"version: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {_plain(line.split("==")[0]) for line in lines if not line.startswith("#")}
    assert all(re.fullmatch(r"[\w.-]+==[\w.!+]+", line) for line in lines if line and not line.startswith("#"))
    assert {_plain(re.split(r"[<>=!\[; ]", name)[0]) for name in wanted} <= pinned


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_readme_counts_and_names_what_there_is() -> None:
    assert f"| {len(TABLES)} tables " in README
    assert set(re.findall(r"--name ([a-z-]+)", README)) <= set(named_queries())
    blocks = [line.strip() for line in README.splitlines() if line.startswith("    bash ")]
    assert blocks == ["bash scripts/demo", "bash scripts/test"]
