"""The small invented district, resolved and written, for all tests that only look at it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdf_district import make_small

from kg.graph.coappearance import Pair, coappearance
from kg.rdf.serialise import write_rdf
from kg.resolve.model import Resolution


@pytest.fixture(scope="session")
def small() -> Resolution:
    return make_small()


@pytest.fixture(scope="session")
def small_pairs(small: Resolution) -> tuple[Pair, ...]:
    return coappearance(small)


@pytest.fixture(scope="session")
def small_folder(small: Resolution, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    write_rdf(small, folder)
    return folder
