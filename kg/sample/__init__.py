"""The sample corpus: fifteen invented pages of two invented local papers, which ``kg demo`` builds and the tests read."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def folder() -> Path:
    """The folder with the pages, ``PAPER_YYYY-MM-DD_PAGE.txt``, UTF-8."""
    return Path(str(files(__name__))) / "text"
