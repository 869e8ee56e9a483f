"""The notebooks run from top to bottom, and what readers see in them is what they would see today."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from notebooks import BIGGEST, executed, readable, shown

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture(scope="module")
def kept(path: Path) -> NotebookNode:
    """The notebook as it is in the project."""
    return nbformat.read(path, as_version=4)


@pytest.fixture(scope="module")
def fresh(path: Path) -> NotebookNode:
    """The notebook executed now."""
    return executed(path)


def code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_notebooks_and_the_readme_names_them() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]
    assert not [path.name for path in NOTEBOOKS if f"](notebooks/{path.name})" not in readme]


def test_runs_without_complaint(fresh: NotebookNode) -> None:
    assert all(cell.execution_count for cell in code(fresh) if cell.source.strip())
    assert not [output for cell in code(fresh) for output in cell.outputs if output.get("name") == "stderr"]


def test_shows_what_it_would_show_today(path: Path, kept: NotebookNode, fresh: NotebookNode) -> None:
    before, now = shown(kept), shown(readable(deepcopy(fresh)))
    assert any(before.values()), "not executed: bash scripts/notebooks"
    changed = [cell for cell in now if now[cell] != before.get(cell)]
    assert not changed, (f"{path.name}, {', '.join(changed)}: the outputs have changed; bash scripts/notebooks runs them again. "
                         "Read the prose beside them: does it still hold?")


def test_keeps_its_outputs_small_and_without_errors(kept: NotebookNode) -> None:
    assert all(len(str(cell.outputs)) <= BIGGEST for cell in code(kept))
    assert not [output for cell in code(kept) for output in cell.outputs if output.output_type == "error"]
    needs_scripts = [output for cell in code(kept) for output in cell.outputs
                     if "<script" in str(output.get("data", "")) or "application/vnd" in str(output.get("data", ""))]
    assert not needs_scripts, "a code host runs no scripts: tables and pictures only"


def test_opens_with_its_question_and_with_what_may_not_be_concluded(kept: NotebookNode) -> None:
    first = kept.cells[0]
    assert first.cell_type == "markdown"
    assert "?" in first.source.splitlines()[0]
    assert "**What may be concluded**" in first.source
    assert "**What may not**" in first.source


def test_the_page_shows_itself_in_the_first(path: Path, fresh: NotebookNode) -> None:
    pages = [output.data["text/html"] for cell in code(fresh) for output in cell.outputs
             if "<iframe" in output.get("data", {}).get("text/html", "")]
    assert len(pages) == (1 if path.stem.startswith("01") else 0)
    assert all('srcdoc="' in page and 'src="http' not in page for page in pages)
