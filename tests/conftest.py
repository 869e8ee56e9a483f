"""What several tests need: the sample corpus, its gold, one build of it, and the folder of shared data where there is one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg import sample

if TYPE_CHECKING:
    from kg.pipeline import Summary

GOLD = Path(__file__).parent / "gold" / "sample"


@pytest.fixture(scope="session")
def pages() -> Path:
    """The folder of the sample pages."""
    return sample.folder()


@pytest.fixture(scope="session")
def gold() -> Path:
    """``gold/*.json`` and ``corpus.json`` of the sample."""
    return GOLD


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, pages: Path) -> Summary:
    """The sample, built once for all tests that only look at it."""
    return kg.build(pages, tmp_path_factory.mktemp("sample") / "built", workers=1)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Data that is not part of the project (``KG_SHARED``); tests that need it are skipped elsewhere."""
    folder = Path(os.environ.get("KG_SHARED", "")) if os.environ.get("KG_SHARED") else None
    if folder is None or not folder.is_dir():
        pytest.skip("KG_SHARED names no folder with the shared pages and their gold")
    return folder
