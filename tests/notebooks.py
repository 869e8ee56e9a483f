"""Execute notebooks: for the tests, and, run as a program, in place, with outputs that a code host can show."""

from __future__ import annotations

import os
import re
import sys
from html import unescape
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_output

BIGGEST = 100_000  # characters of one output; the pages of the viewer are bigger, and a code host shows none of them

# The matrices are small: threads would wait for each other, and the last digits would depend on how many there are.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def executed(path: Path) -> NotebookNode:
    """The notebook with the outputs of a fresh kernel. Raises CellExecutionError for a cell that fails."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}})
    client.execute(env={**os.environ, **ONE_THREAD})
    return notebook


def readable(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what changes from run to run or is too big to keep."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata.pop("execution", None)
            cell.outputs = _joined(cell.outputs)
            if sum(len(str(output)) for output in cell.outputs) > BIGGEST:
                cell.outputs = [new_output("stream", text="(run this cell to see the page)\n")]
    notebook.metadata = {key: notebook.metadata[key] for key in ("kernelspec",) if key in notebook.metadata}
    return notebook


def shown(notebook: NotebookNode) -> dict[str, list[str]]:
    """What a reader sees, by the id of the cell: texts and tables, and of a picture its words.

    Where the words of a picture stand depends on the fonts of the machine, so that pictures are not compared by their bytes.
    """
    return {cell.id: [part for output in cell.outputs for part in _shown(output)]
            for cell in notebook.cells if cell.cell_type == "code"}


def _shown(output: NotebookNode) -> list[str]:
    if output.output_type == "stream":
        return [output.text]
    if output.output_type == "error":
        return [output.ename, output.evalue]
    picture = output.data.get("image/svg+xml")
    words = [unescape(word) for word in re.findall(r"<text[^>]*>([^<]*)</text>", picture)] if picture else []
    return [*sorted(words), *(output.data[kind] for kind in ("text/html", "text/plain") if kind in output.data)]


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs with what was printed in one piece: how the kernel cuts it up is a matter of its speed."""
    joined: list[NotebookNode] = []
    for output in outputs:
        if joined and output.output_type == joined[-1].output_type == "stream" and output.name == joined[-1].name:
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


if __name__ == "__main__":
    for name in sys.argv[1:]:
        nbformat.write(readable(executed(Path(name))), name)
