"""The notebooks run from top to bottom, and the outputs that readers see are there."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from notebooks import BIGGEST, executed

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path: Path) -> None:
    notebook = executed(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code if cell.source.strip())
    assert not [output for cell in code for output in cell.outputs if output.get("name") == "stderr"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_shows_its_outputs_and_keeps_them_small(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert any(cell.outputs for cell in code), "not executed: bash scripts/notebooks"
    assert all(len(str(cell.outputs)) <= BIGGEST for cell in code)
    assert not [output for cell in code for output in cell.outputs if output.output_type == "error"]
