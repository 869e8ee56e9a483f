"""Execute notebooks: for the tests, and, run as a program, in place, with outputs that a code host can show."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_output

BIGGEST = 100_000  # characters of one output; the pages of the viewer are bigger, and a code host shows none of them


def executed(path: Path) -> NotebookNode:
    """The notebook with the outputs of a fresh kernel. Raises CellExecutionError for a cell that fails."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    return notebook


def readable(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what changes from run to run or is too big to keep."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata.pop("execution", None)
            if sum(len(str(output)) for output in cell.outputs) > BIGGEST:
                cell.outputs = [new_output("stream", text="(run this cell to see the page)\n")]
    notebook.metadata = {key: notebook.metadata[key] for key in ("kernelspec",) if key in notebook.metadata}
    return notebook


if __name__ == "__main__":
    for name in sys.argv[1:]:
        nbformat.write(readable(executed(Path(name))), name)
